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
  /// How many people and households were written so far.
  package private(set) var people = 0
  package private(set) var households = 0
  /// The rules that rows written so far break on purpose, in the order of the rows.
  package private(set) var faults: [Fault] = []
  /// How many village names are made up.
  package var madeUpVillages: Int { pool.madeUp }
  /// Codes and names of the villages that are made up: a node takes them with `registryd
  /// --villages`.
  package var inventedVillages: [(code: String, name: String)] {
    pool.villages.filter(\.isMadeUp).map { ($0.code, $0.name) }
  }

  /// How many villages are peopled.
  package var villages: Int { pool.villages.count }
  /// Townships of the bundled table that have no county in the table of 2010.
  package var skippedTownships: Int { pool.skippedTownships }

  private let pool: VillagePool
  private let maker: FamilyMaker
  private let categories: WeightedTable<HouseholdCategory>
  private let causes: WeightedTable<ReportCause>
  private let causesWithoutSchooling: WeightedTable<ReportCause>
  private let day: Day
  private var random: SplitMix64
  private var numbers = NumberRegister()
  private var wroteHeadings = false

  /// Prepares a population.
  /// - Throws: `PopulationError` for options out of range or a division without townships,
  ///   `ModelDataError` when the bundled tables cannot be read.
  package init(_ options: PopulationOptions) throws {
    try options.check()
    self.options = options
    pool = try VillagePool(division: options.division)
    maker = FamilyMaker(names: try NameTables())
    guard let day = Day(year: options.year, month: 12, day: 31) else {
      throw PopulationError.option("year")
    }
    self.day = day
    random = SplitMix64(seed: options.seed)
    let tables = PopulationGenerator.tables(options)
    categories = tables.categories
    causes = tables.causes
    causesWithoutSchooling = tables.rest
  }

  /// Writes the headings, then a household with each call; false when all people are written.
  package mutating func writeHousehold(to writer: inout CSVWriter) -> Bool {
    if !wroteHeadings {
      wroteHeadings = true
      for column in RowWriter.columns {
        writer.field(options.chineseHeadings ? column.chinese[0] : column.name)
      }
      writer.endRecord()
    }
    guard people < options.people else { return false }
    // Villages in their order, each with about as many people.
    let share = people.multipliedFullWidth(by: pool.villages.count)
    let place = options.people.dividingFullWidth(share).quotient
    let village = pool.villages[min(place, pool.villages.count - 1)]
    var facts = facts(of: village)
    var family = maker.family(category: facts.category, cause: facts.cause, &random)
    for index in family.indices { number(&family[index], village) }
    setIncome(&facts, people: family.count)
    var rows = RowWriter(facts: facts, day: day, family: family)
    rows.write(
      to: &writer,
      firstRow: people + 1,
      faultShare: Int(options.faults * 1000),
      &random,
      &faults
    )
    people += family.count
    households += 1
    return true
  }

  /// Mean sizes of five-guarantee and of other households, by which weights by people become
  /// weights by household.
  private static let sizes = (fiveGuarantee: 1.15, other: 3.66)

  private static func tables(_ options: PopulationOptions) -> (
    categories: WeightedTable<HouseholdCategory>, causes: WeightedTable<ReportCause>,
    rest: WeightedTable<ReportCause>
  ) {
    let byHousehold = HouseholdCategory.allCases.map { category in
      let size = category == .fiveGuarantee ? sizes.fiveGuarantee : sizes.other
      return (category, options.categories[Int(category.rawValue) - 1] / size)
    }
    // Schooling is never the cause of a five-guarantee household; the others make up for it.
    let all = byHousehold.reduce(0) { $0 + $1.1 }
    let others = max(all - byHousehold[3].1, all / 1000)
    let total = options.causes.reduce(0, +)
    let school = options.causes[6] / total
    let raised = min(0.99, school * all / others)
    let spread = school < 1 ? (1 - raised) / (1 - school) : 1
    func weights(_ share: Double, _ rest: Double) -> WeightedTable<ReportCause> {
      WeightedTable(
        ReportCause.allCases.map { cause in
          let weight = options.causes[Int(cause.rawValue) - 1] / total
          return (cause, cause == .schooling ? share : weight * rest)
        }
      )
    }
    let only = school >= 1
    return (
      WeightedTable(byHousehold), weights(raised, spread),
      only ? WeightedTable([(.other, 1)]) : weights(0, 1)
    )
  }

  private mutating func facts(of village: VillagePool.Village) -> HouseholdFacts {
    let category = categories.draw(&random)
    let reported =
      category == .fiveGuarantee
      ? causesWithoutSchooling.draw(&random) : causes.draw(&random)
    var facts = HouseholdFacts(village: village, category: category, cause: form(reported))
    facts.key = households + 1
    facts.group = random.within(1...8)
    for _ in 0..<(random.chance(450) ? random.within(1...2) : 0) {
      let other = PovertyCause.allCases[random.below(12)]
      if other != facts.cause, !facts.otherCauses.contains(other) {
        facts.otherCauses.append(other)
      }
    }
    facts.identifiedOn = Day(daysSince1970: day.daysSince1970 - Int32(random.within(20...300)))
    facts.cadre =
      maker.names.surname(&random)
      + maker.names.given(random.chance(700) ? .male : .female, &random)
    return facts
  }

  /// One of the form's causes for one of the report's: the last of these stands for five.
  private mutating func form(_ cause: ReportCause) -> PovertyCause {
    switch cause {
    case .funds: .funds
    case .illness: .illness
    case .labour: .labour
    case .technology: .technology
    case .disability: .disability
    case .disaster: .disaster
    case .schooling: .schooling
    case .other: random.pick([.land, .land, .water, .transport, .transport, .motivation, .other])
    }
  }

  /// The national line in yuan that incomes are drawn about.
  private var line: Int { options.year >= 2011 ? 2300 : options.year >= 2008 ? 1274 : 865 }

  private mutating func setIncome(_ facts: inout HouseholdFacts, people: Int) {
    let below = random.chance(Int(options.belowLine * 1000))
    facts.net = below ? random.within(line * 2 / 5...line - 1) : random.within(line...line * 9 / 5)
    let total = facts.net * people
    facts.transfers = total * random.within(8...25) / 100
    facts.property = random.chance(150) ? total * random.within(1...4) / 100 : 0
    facts.wages = total * random.within(0...45) / 100
    facts.cost = total * random.within(10...40) / 100
    facts.business = total - facts.transfers - facts.property - facts.wages + facts.cost
  }

  /// Gives a birth date of the person's age and an ID number that nobody else has.
  private mutating func number(_ person: inout Person, _ village: VillagePool.Village) {
    let year = options.year - person.age
    let first = Day(year: year, month: 1, day: 1) ?? day
    let length = (Day(year: year, month: 12, day: 31) ?? day).daysSince1970 - first.daysSince1970
    person.birth = Day(daysSince1970: first.daysSince1970 + Int32(random.below(Int(length) + 1)))
    if person.age == 0, random.chance(300) { return }
    person.number = numbers.take(&person.birth, area: village.area, sex: person.sex)
  }
}

/// Hands out sequence numbers so that no ID number is given twice.
struct NumberRegister: Sendable {
  /// Numbers given by area; within it by birth date and sex.
  private var area = 0
  private var given: [Int32: UInt16] = [:]

  /// The next number for a birth date and sex; the date moves back where all 500 are taken.
  mutating func take(_ birth: inout Day, area: Int, sex: Sex) -> CitizenIDNumber? {
    // Villages come in the order of their codes, so an area never comes back.
    if area != self.area {
      self.area = area
      given.removeAll(keepingCapacity: true)
    }
    for _ in 0..<366 {
      let key = birth.daysSince1970 * 2 + (sex == .male ? 1 : 0)
      let count = given[key] ?? 0
      if count < 500 {
        given[key] = count + 1
        let sequence = Int(count) * 2 + (sex == .male ? 1 : 0)
        return CitizenIDNumber(area: area, birth: birth, sequence: sequence)
      }
      birth = Day(daysSince1970: birth.daysSince1970 - 1)
    }
    return nil
  }
}
