package import CSV
internal import RegistryModel

/// Writes a synthetic population as an import file: one row a member, the head first.
///
///     var generator = try PopulationGenerator(options)
///     var writer = CSVWriter()
///     while generator.writeHousehold(to: &writer) { … }   // drain the writer now and then
package struct PopulationGenerator: Sendable {
  /// What was wanted.
  package let options: PopulationOptions
  /// How many people were written so far.
  package var people: Int { maker.people }
  /// How many households were written so far.
  package var households: Int { maker.households }
  /// The rules that rows written so far break on purpose, in the order of the rows.
  package var faults: [Fault] { maker.faults }
  /// How many village names are made up.
  package var madeUpVillages: Int { inventedVillages.count }
  /// Codes and names of the villages that are made up: a node takes them with `registryd
  /// --villages`.
  package var inventedVillages: [(code: String, name: String)] {
    pool.filter(\.isMadeUp).map { ($0.code, $0.name) }
  }

  /// How many villages are peopled.
  package var villages: Int { pool.count }
  /// Townships of the bundled table that have no county in the table of 2010.
  package let skippedTownships: Int

  private let pool: [VillageTable.Village]
  private var maker: HouseholdMaker<ChanceChoices>
  private var wroteHeadings = false

  /// Prepares a population.
  /// - Throws: `PopulationError` for options out of range or a division without townships,
  ///   `ModelDataError` when the bundled tables cannot be read.
  package init(_ options: PopulationOptions) throws {
    try options.check()
    self.options = options
    let table = try VillageTable()
    skippedTownships = table.data.skippedTownships
    pool = table.all(in: options.division)
    guard !pool.isEmpty else { throw PopulationError.noVillages(options.division.description) }
    maker = try HouseholdMaker(
      ChanceChoices(options),
      seed: options.seed,
      year: options.year,
      faults: options.faults
    )
  }

  /// Writes the headings, then a household with each call; false when all people are written.
  package mutating func writeHousehold(to writer: inout CSVWriter) -> Bool {
    if !wroteHeadings {
      wroteHeadings = true
      maker.begin(&writer, chineseHeadings: options.chineseHeadings)
    }
    guard people < options.people else { return false }
    // Villages in their order, each with about as many people.
    let share = people.multipliedFullWidth(by: pool.count)
    let place = options.people.dividingFullWidth(share).quotient
    maker.write(pool[min(place, pool.count - 1)], to: &writer)
    return true
  }
}
