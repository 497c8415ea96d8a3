package import CSV
internal import RegistryModel

/// What nation is wanted.
package struct NationOptions: Sendable {
  /// One person stands for so many; 1 to `Nation.largestScale`.
  package var scale = 1000
  /// The seed of households: the same options give the same bytes.
  package var seed: UInt64 = 1
  /// Whether headings are Chinese; else English.
  package var chineseHeadings = true

  /// Options with defaults.
  package init() {}
}

/// The nation of the 2010 progress report in small: files of households for the counties that upload,
/// and records of pilot work for the rest, whose sums are the report's. All people are made up.
///
///     var nation = try Nation(NationOptions())
///     while let county = nation.nextCounty() {
///       while nation.writeHousehold(to: &writer) { … }   // the county's own file
///     }
///     let returns = nation.returns, work = nation.pilotWork
package struct Nation: Sendable {
  /// What happened in a county that uploads.
  package struct CountyCount: Sendable, Hashable {
    package var households = 0
    package var people = 0
  }

  /// Above it counties would have hardly a household each.
  package static let largestScale = 2000
  /// The villages in which a county's people live.
  private static let villagesPerCounty = 4

  /// What was wanted.
  package let options: NationOptions
  /// The pilot counties, by code.
  package let counties: [PilotCounty]
  /// Their rural populations, in small, in the same order.
  package let rural: [Int]
  /// What was written for each of them.
  package private(set) var counts: [CountyCount]
  /// Codes and names of the villages that are made up: nodes take them with `registryd --villages`.
  package let inventedVillages: [(code: String, name: String)]
  /// How many villages are peopled.
  package let villages: Int

  private let pools: [[VillageTable.Village]]
  /// How many people there are to be when a county is done, by place in the list.
  private let ends: [Int]
  private var place = -1
  private var wroteHeadings = false
  private var maker: HouseholdMaker<CountedChoices>

  /// Prepares a nation.
  /// - Throws: `PopulationError` for options out of range, `ModelDataError` when the bundled tables
  ///   cannot be read.
  package init(_ options: NationOptions) throws {
    guard (1...Self.largestScale).contains(options.scale) else {
      throw PopulationError.option("scale")
    }
    self.options = options
    let counties = try PilotCounty.load()
    self.counties = counties
    counts = Array(repeating: CountyCount(), count: counties.count)
    rural = Self.rural(counties, options.scale)
    let table = try VillageTable()
    let pools = counties.map { $0.uploads ? table.few(Self.villagesPerCounty, of: $0.code) : [] }
    if let empty = counties.indices.first(where: { counties[$0].uploads && pools[$0].isEmpty }) {
      throw PopulationError.noVillages(counties[empty].code.description)
    }
    self.pools = pools
    villages = pools.reduce(0) { $0 + $1.count }
    inventedVillages = pools.joined().filter(\.isMadeUp).map { ($0.code, $0.name) }
    let people = NationFigures.scaled(NationFigures.registered.people, options.scale)
    // Where key counties are, more of the people are poor.
    let weights = counties.map { $0.uploads ? $0.poor : 0 }
    var end = 0
    ends = Apportionment.parts(of: people, by: weights).map { part in
      end += part
      return end
    }
    maker = try HouseholdMaker(
      CountedChoices(
        people: people,
        belowLine: NationFigures.scaled(NationFigures.registered.belowLine, options.scale),
        categories: NationFigures.identified.map(Double.init),
        causes: NationFigures.causes
      ),
      seed: options.seed,
      year: 2010
    )
  }

  /// How many people and households were written so far, and how many of the people are below the
  /// national line.
  package var people: Int { maker.people }
  package var households: Int { maker.households }
  package var peopleBelowLine: Int { maker.choices.peopleBelowLine }
  /// The people of each category that were written so far, in the order of `HouseholdCategory`.
  package var peopleByCategory: [Int] { maker.choices.peopleByCategory }

  /// Goes on to the next county that uploads; nil after the last.
  package mutating func nextCounty() -> PilotCounty? {
    repeat { place += 1 } while place < counties.count && !counties[place].uploads
    wroteHeadings = false
    return place < counties.count ? counties[place] : nil
  }

  /// Writes the headings of the county's file, then a household with each call; false when the
  /// county is done.
  ///
  /// A county ends with the household that fills it; the next one has so many people fewer, and at
  /// least one household.
  package mutating func writeHousehold(to writer: inout CSVWriter) -> Bool {
    guard counties.indices.contains(place) else { return false }
    if !wroteHeadings {
      wroteHeadings = true
      maker.begin(&writer, chineseHeadings: options.chineseHeadings)
    }
    guard people < ends[place] || counts[place].households == 0, people < ends.last ?? 0 else {
      return false
    }
    let pool = pools[place]
    let wanted = max(1, ends[place] - (people - counts[place].people))
    let village = min(pool.count - 1, counts[place].people * pool.count / wanted)
    let before = people
    maker.write(pool[village], to: &writer)
    counts[place].households += 1
    counts[place].people += people - before
    return true
  }

  /// Writes the list of counties in small, with what was written for each.
  package func writeCounties(to writer: inout CSVWriter) {
    writer.write(
      ["code", "name", "province", "key_county", "uploads", "rural_population", "households"]
        + ["people"]
    )
    for (place, county) in counties.enumerated() {
      writer.write([
        county.code.description, county.name, county.province, county.isKey ? "yes" : "no",
        county.uploads ? "yes" : "no", String(rural[place]), String(counts[place].households),
        String(counts[place].people),
      ])
    }
  }

  private static func rural(_ counties: [PilotCounty], _ scale: Int) -> [Int] {
    let lists = [true, false].map { uploads in
      let own = counties.map { $0.uploads == uploads ? $0.ruralPopulation : 0 }
      let whole = NationFigures.scaled(own.reduce(0, +), scale)
      return Apportionment.parts(of: whole, by: own.map(Double.init))
    }
    return zip(lists[0], lists[1]).map { $0 + $1 }
  }
}

extension PilotCounty {
  /// By how much the county's poor weigh among the nation's.
  var poor: Double { Double(ruralPopulation) * (isKey ? 1.2 : 0.7) }
}
