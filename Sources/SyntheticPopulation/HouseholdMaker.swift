package import CSV
internal import RegistryModel

/// Makes households one after the other and writes their rows: what populations and the nation
/// share.
struct HouseholdMaker<Choices: HouseholdChoices>: Sendable {
  /// What decides what they are.
  private(set) var choices: Choices
  /// How many people and households were written so far.
  private(set) var people = 0
  private(set) var households = 0
  /// The rules that rows written so far break on purpose, in the order of the rows.
  private(set) var faults: [Fault] = []
  /// How many rows were written to the present file, that of the headings aside.
  private var rows = 0
  /// How many households were written to the present file.
  private var keys = 0

  private let maker: FamilyMaker
  private let year: Int
  private let day: Day
  private let faultShare: Int
  private var random: SplitMix64
  private var numbers = NumberRegister()

  /// Throws `PopulationError` for a year that is none, `ModelDataError` when the tables of names
  /// cannot be read.
  init(_ choices: Choices, seed: UInt64, year: Int, faults: Double = 0) throws {
    self.choices = choices
    maker = FamilyMaker(names: try NameTables())
    guard let day = Day(year: year, month: 12, day: 31) else {
      throw PopulationError.option("year")
    }
    self.day = day
    self.year = year
    faultShare = Int(faults * 1000)
    random = SplitMix64(seed: seed)
  }

  /// Begins a file with its headings.
  mutating func begin(_ writer: inout CSVWriter, chineseHeadings: Bool) {
    rows = 0
    keys = 0
    for column in RowWriter.columns {
      writer.field(chineseHeadings ? column.chinese[0] : column.name)
    }
    writer.endRecord()
  }

  /// Writes the next household, of a village; villages of a county follow each other.
  mutating func write(_ village: VillageTable.Village, to writer: inout CSVWriter) {
    var facts = facts(of: village)
    var drawn = random
    var family = choices.family { [maker] in
      maker.family(category: facts.category, cause: facts.cause, &drawn)
    }
    random = drawn
    for index in family.indices { number(&family[index], village) }
    setIncome(&facts, people: family.count)
    var writing = RowWriter(facts: facts, day: day, family: family)
    writing.write(to: &writer, firstRow: rows + 1, faultShare: faultShare, &random, &faults)
    rows += family.count
    keys += 1
    people += family.count
    households += 1
  }

  private mutating func facts(of village: VillageTable.Village) -> HouseholdFacts {
    let category = choices.category(&random)
    let reported = choices.cause(of: category, &random)
    var facts = HouseholdFacts(village: village, category: category, cause: form(reported))
    facts.key = keys + 1
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
  private var line: Int { year >= 2011 ? 2300 : year >= 2008 ? 1274 : 865 }

  private mutating func setIncome(_ facts: inout HouseholdFacts, people: Int) {
    let below = choices.isBelowLine(&random)
    facts.net = below ? random.within(line * 2 / 5...line - 1) : random.within(line...line * 9 / 5)
    let total = facts.net * people
    facts.transfers = total * random.within(8...25) / 100
    facts.property = random.chance(150) ? total * random.within(1...4) / 100 : 0
    facts.wages = total * random.within(0...45) / 100
    facts.cost = total * random.within(10...40) / 100
    facts.business = total - facts.transfers - facts.property - facts.wages + facts.cost
  }

  /// Gives a birth date of the person's age and an ID number that nobody else has.
  private mutating func number(_ person: inout Person, _ village: VillageTable.Village) {
    let year = year - person.age
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
