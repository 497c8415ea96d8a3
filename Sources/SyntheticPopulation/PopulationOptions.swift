package import RegistryModel

/// What population is wanted.
package struct PopulationOptions: Sendable {
  /// The seed: the same options give the same bytes.
  package var seed: UInt64 = 1
  /// The division whose villages are peopled: a county, or anything above or below it.
  package var division: DivisionCode
  /// About how many people; the last household is whole.
  package var people = 20_000
  /// The year at whose end the file stands; also the income year.
  package var year = 2010
  /// Weights of the four categories, by people: poverty-alleviation objects, dibao, both,
  /// five-guarantee. The default are the millions identified by the 2010 progress report.
  package var categories: [Double] = [32.505, 8.238, 11.467, 1.38]
  /// Weights of the eight causes, by household, in the order of `ReportCause`; the default are the
  /// percentages of the 2010 progress report.
  package var causes: [Double] = [33.1, 25.5, 7.5, 7, 6, 6.3, 4.6, 10]
  /// The share of households below the national line, 0 to 1: 23.248 of 34.878 million.
  package var belowLine = 0.6666
  /// The share of rows that are made faulty, 0 to 1.
  package var faults = 0.0
  /// Whether headings are Chinese; else English.
  package var chineseHeadings = true

  /// Options with defaults for a division.
  package init(division: DivisionCode) { self.division = division }
}

/// Why no population can be made.
package enum PopulationError: Error, Hashable, CustomStringConvertible {
  /// The division is not in the bundled tables or has no townships there.
  case noVillages(String)
  /// An option is out of its range.
  case option(String)

  /// What is the matter.
  package var description: String {
    switch self {
    case .noVillages(let code): "the data have no townships or villages in division \(code)"
    case .option(let name): "option \(name) is out of range"
    }
  }
}

extension PopulationOptions {
  func check() throws(PopulationError) {
    func positive(_ weights: [Double], _ count: Int) -> Bool {
      weights.count == count && weights.allSatisfy { $0 >= 0 && $0.isFinite }
        && weights.contains { $0 > 0 }
    }
    guard (1...100_000_000).contains(people) else { throw .option("people") }
    guard (1991...2100).contains(year) else { throw .option("year") }
    guard positive(categories, 4) else { throw .option("categories") }
    guard positive(causes, 8) else { throw .option("causes") }
    guard (0...1).contains(belowLine) else { throw .option("below-line") }
    guard (0...1).contains(faults) else { throw .option("faults") }
  }
}
