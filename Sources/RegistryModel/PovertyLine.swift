/// A poverty line: net income per person and year, for a division, from an income year on.
package struct PovertyLine: Sendable, Hashable {
  /// The division whose line it is.
  package let division: DivisionCode
  /// The first income year that it is used for.
  package let year: Int
  /// Net income per person and year; below it is poor.
  package let amount: Amount
  /// Where a bundled line comes from; empty for others.
  package let source: String

  /// Makes a line.
  package init(division: DivisionCode, year: Int, amount: Amount, source: String = "") {
    self.division = division
    self.year = year
    self.amount = amount
    self.source = source
  }
}

/// Dated poverty lines by division.
package struct PovertyLines: Sendable {
  private var byDivision: [DivisionCode: [PovertyLine]]

  /// Makes a table of lines.
  package init(_ lines: [PovertyLine]) {
    byDivision = Dictionary(grouping: lines, by: \.division)
      .mapValues { $0.sorted { $0.year < $1.year } }
  }

  /// Puts a line in, in the place of one for the same division and year.
  package mutating func set(_ line: PovertyLine) {
    var lines = byDivision[line.division] ?? []
    lines.removeAll { $0.year == line.year }
    let place = lines.firstIndex { $0.year > line.year } ?? lines.endIndex
    lines.insert(line, at: place)
    byDivision[line.division] = lines
  }

  /// A division's own lines in the order of their years.
  package func lines(of division: DivisionCode) -> [PovertyLine] { byDivision[division] ?? [] }

  /// A division's own line for an income year: the latest that is not of a later year.
  package func line(of division: DivisionCode, year: Int) -> PovertyLine? {
    byDivision[division]?.last { $0.year <= year }
  }

  /// The line that holds in a division for an income year: of the nearest one, from it upwards, that
  /// has one.
  /// - Parameter chain: the divisions from the state down to the one asked for.
  package func inherited(_ chain: [DivisionCode], year: Int) -> PovertyLine? {
    for division in chain.reversed() {
      if let line = line(of: division, year: year) { return line }
    }
    return nil
  }

  /// The national line for an income year.
  package func national(year: Int) -> PovertyLine? { line(of: .state, year: year) }

  /// Reads the bundled lines: the national ones and Henan's.
  /// - Throws: `ModelDataError` when the file is missing or malformed.
  package static func load() throws(ModelDataError) -> PovertyLines {
    let file = "poverty_lines_2010.csv"
    let table = try DataTable(
      file: file,
      heading: ["measure", "year", "value", "unit", "source"]
    )
    var lines: [PovertyLine] = []
    for row in 0..<table.count {
      let division: DivisionCode?
      switch table[row, 0] {
      case "national rural poverty line": division = .state
      case "rural poverty line of Henan province": division = DivisionCode("410000")
      default: continue
      }
      guard let division, let year = Int(table[row, 1]), let amount = Amount(yuan: table[row, 2])
      else { throw .malformed(file: file, line: row + 2) }
      lines.append(
        PovertyLine(division: division, year: year, amount: amount, source: table[row, 4])
      )
    }
    return PovertyLines(lines)
  }
}
