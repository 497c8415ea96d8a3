import CSV
import RegistryAPI
import RegistryModel
import Testing

@testable import SyntheticPopulation

@Suite struct PopulationGeneratorTests {
  static let county = DivisionCode("421224")!

  static func options(_ change: (inout PopulationOptions) -> Void = { _ in }) -> PopulationOptions {
    var options = PopulationOptions(division: county)
    options.people = 8000
    change(&options)
    return options
  }

  /// The file of a population, its generator, and the households read back from it.
  static func generate(_ options: PopulationOptions) throws -> (
    bytes: [UInt8], generator: PopulationGenerator
  ) {
    var generator = try PopulationGenerator(options)
    var writer = CSVWriter()
    while generator.writeHousehold(to: &writer) {}
    return (writer.bytes, generator)
  }

  static func read(_ bytes: [UInt8], english: Bool = false) throws -> (
    households: [ImportedHousehold], rules: HouseholdRules
  ) {
    let headings = RowWriter.columns.map { english ? $0.name : $0.chinese[0] }
    let table = try DataTable(bytes: bytes, file: "population", heading: headings)
    let columns = ImportColumns(headings: headings)
    #expect(columns.problems.isEmpty && columns.unknown.isEmpty)
    let rules = HouseholdRules(
      lists: try CodeLists.load(),
      today: try #require(Day("2010-12-31")),
      allowsSynthetic: true
    )
    var assembler = ImportAssembler(columns: columns, rules: rules)
    var households: [ImportedHousehold] = []
    for row in 0..<table.count {
      let done = assembler.add(row: UInt32(row + 1), fieldCount: table.columns) { table[row, $0] }
      if let done { households.append(done) }
    }
    if let done = assembler.finish() { households.append(done) }
    return (households, rules)
  }

  @Test(.timeLimit(.minutes(1))) func aPopulationBreaksNoRuleAndNoNumberStandsTwice() throws {
    let (bytes, generator) = try Self.generate(Self.options())
    let (households, rules) = try Self.read(bytes)
    #expect(households.count == generator.households)
    var numbers: Set<String> = []
    for household in households {
      let violations =
        household.violations
        + rules.violations(of: household.household, firstRow: household.firstRow)
      #expect(violations == [])
      for member in household.household.members {
        guard let number = member.identity?.citizenId, !number.isEmpty else { continue }
        #expect(number.hasPrefix("991224") && numbers.insert(number).inserted)
      }
    }
    let size = Double(generator.people) / Double(generator.households)
    #expect((3.2...4.0).contains(size), "\(size)")
  }

  @Test(.timeLimit(.minutes(1))) func proportionsAreThoseOfTheReport() throws {
    let (bytes, _) = try Self.generate(Self.options { $0.people = 30_000 })
    let lines = try PovertyLines.load()
    var tally = Tally()
    for household in try Self.read(bytes).households {
      tally.add(household.household, lines: lines)
    }
    let households = Double(tally.registered.households)
    for (cause, percent) in zip(ReportCause.allCases, Self.options().causes) {
      let share = Double(tally.count(of: cause).households) / households * 100
      #expect(abs(share - percent) < 1.6, "\(cause) \(share)")
    }
    let people = Double(tally.registered.people)
    for (category, millions) in zip(HouseholdCategory.allCases, Self.options().categories) {
      let share = Double(tally.count(of: category).people) / people
      #expect(abs(share - millions / 53.59) < 0.02, "\(category) \(share)")
    }
    #expect(abs(Double(tally.belowLine.households) / households - 0.6666) < 0.02)
  }

  @Test(.timeLimit(.minutes(1))) func faultsAreExactlyThoseListed() throws {
    let (bytes, generator) = try Self.generate(Self.options { $0.faults = 0.05 })
    let (households, rules) = try Self.read(bytes)
    var found: Set<Fault> = []
    for household in households {
      let violations =
        household.violations
        + rules.violations(of: household.household, firstRow: household.firstRow)
      for violation in violations {
        found.insert(
          Fault(row: Int(violation.row), field: violation.field, rule: violation.rule)
        )
      }
    }
    let listed = Set(generator.faults)
    #expect(found.subtracting(listed) == [] && listed.subtracting(found) == [])
    #expect(listed.count > 250 && Set(listed.map(\.rule)).count >= 14)
  }

  @Test func theSameOptionsGiveTheSameBytes() throws {
    let small = Self.options { $0.people = 500 }
    #expect(try Self.generate(small).bytes == Self.generate(small).bytes)
    let other = Self.options {
      $0.people = 500; $0.seed = 2
    }
    #expect(try Self.generate(small).bytes != Self.generate(other).bytes)
    let english = Self.options {
      $0.people = 500; $0.chineseHeadings = false
    }
    #expect(try Self.read(Self.generate(english).bytes, english: true).households.count > 90)
  }

  /// Files of the same options stay as they are: benchmarks and others' notes rest on them.
  @Test func thePopulationsOfTodayStay() throws {
    /// FNV-1a.
    func digest(_ bytes: [UInt8]) -> String {
      let hash = bytes.reduce(0xCBF2_9CE4_8422_2325 as UInt64) {
        ($0 ^ UInt64($1)) &* 0x100_0000_01B3
      }
      return String(hash, radix: 16)
    }
    #expect(
      digest(try Self.generate(Self.options { $0.people = 5000 }).bytes) == "fbfa4545b5759d73"
    )
    let province = try #require(DivisionCode("420000"))
    var options = PopulationOptions(division: province)
    options.people = 3000
    options.seed = 7
    options.faults = 0.05
    #expect(digest(try Self.generate(options).bytes) == "9ec1c699ceca5ed5")
  }

  @Test func otherDivisionsGetMadeUpVillages() throws {
    let province = try #require(DivisionCode("420000"))
    var options = PopulationOptions(division: province)
    options.people = 3000
    let (bytes, generator) = try Self.generate(options)
    #expect(generator.madeUpVillages > 5000 && generator.skippedTownships > 0)
    #expect(try Self.read(bytes).households.allSatisfy { $0.violations.isEmpty })
    let village = try #require(DivisionCode("421224100001"))
    #expect(try PopulationGenerator(PopulationOptions(division: village)).villages == 1)
  }

  @Test func wrongOptionsAreRefused() throws {
    let nowhere = try #require(DivisionCode("999999"))
    #expect(throws: PopulationError.noVillages("999999")) {
      try PopulationGenerator(PopulationOptions(division: nowhere))
    }
    for change in [
      { $0.people = 0 }, { $0.causes = [1] }, { $0.categories = [0, 0, 0, 0] }, { $0.faults = 2 },
      { $0.belowLine = .nan }, { $0.year = 0 },
    ] as [(inout PopulationOptions) -> Void] {
      #expect(throws: PopulationError.self) { try PopulationGenerator(Self.options(change)) }
    }
  }

  @Test func theSequenceIsThatOfSplitMix64() {
    var random = SplitMix64(seed: 1_234_567)
    #expect(random.next() == 6_457_827_717_110_365_317)
    #expect(random.next() == 3_203_168_211_198_807_973)
  }
}
