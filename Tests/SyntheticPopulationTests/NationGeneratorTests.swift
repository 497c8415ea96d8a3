import CSV
import RegistryAPI
import RegistryModel
import Testing

@testable import SyntheticPopulation

@Suite(.timeLimit(.minutes(3))) struct NationGeneratorTests {
  /// A nation and its counties' files, all written.
  private static func made(
    _ change: (inout NationOptions) -> Void = { _ in }
  ) throws -> (nation: Nation, files: [(county: PilotCounty, bytes: [UInt8])]) {
    var options = NationOptions()
    change(&options)
    var nation = try Nation(options)
    var files: [(PilotCounty, [UInt8])] = []
    while let county = nation.nextCounty() {
      var writer = CSVWriter()
      while nation.writeHousehold(to: &writer) {}
      files.append((county, writer.bytes))
    }
    return (nation, files)
  }

  @Test func theSumsAreTheReportsAndNoRuleIsBroken() throws {
    let (nation, files) = try Self.made()
    #expect(files.count == 565)
    let lines = try PovertyLines.load()
    var tally = Tally()
    var numbers: Set<String> = []
    for file in files {
      let (households, rules) = try PopulationGeneratorTests.read(file.bytes)
      #expect(!households.isEmpty, "\(file.county)")
      var own = Tally()
      for household in households {
        own.add(household.household, lines: lines)
        let code = household.household.location?.village ?? ""
        #expect(code.hasPrefix(file.county.code.description))
        for member in household.household.members {
          let number = member.identity?.citizenId ?? ""
          guard !number.isEmpty else { continue }
          #expect(number.hasPrefix("99") && numbers.insert(number).inserted)
        }
        #expect(household.violations(by: rules) == [])
      }
      let count = nation.counts[try #require(nation.counties.firstIndex(of: file.county))]
      #expect(own.registered.people == Int64(count.people))
      #expect(own.registered.households == Int64(count.households))
      tally.add(own)
    }
    #expect(tally.registered.people == 34_878 && tally.belowLine.people == 23_248)
    let households = Double(tally.registered.households)
    for (cause, percent) in zip(ReportCause.allCases, [33.1, 25.5, 7.5, 7, 6, 6.3, 4.6, 10]) {
      let share = Double(tally.count(of: cause).households) / households * 100
      #expect(abs(share - percent) < 0.02, "\(cause) \(share)")
    }
    let people = HouseholdCategory.allCases.map { Int(tally.count(of: $0).people) }
    #expect(people == nation.peopleByCategory)
    for (people, millions) in zip(people, [32.505, 8.238, 11.467, 1.38]) {
      #expect(abs(Double(people) / 34_878 - millions / 53.59) < 0.0005)
    }
  }

  @Test func theSumsHoldAtOtherScalesAndWithOtherSeeds() throws {
    for (scale, seed) in [(2000, 1), (1999, 2), (777, 3), (1000, 4)] as [(Int, UInt64)] {
      let (nation, files) = try Self.made {
        $0.scale = scale
        $0.seed = seed
      }
      #expect(nation.people == (34_878_000 + scale / 2) / scale, "\(scale)")
      #expect(nation.peopleBelowLine == (23_248_000 + scale / 2) / scale, "\(scale)")
      #expect(files.count == 565, "\(scale)")
      for (place, county) in nation.counties.enumerated() where county.uploads {
        #expect(nation.counts[place].households > 0, "\(scale): \(county)")
      }
    }
  }

  @Test func theSameOptionsGiveTheSameBytes() throws {
    func bytes(_ seed: UInt64) throws -> [[UInt8]] {
      try Self.made {
        $0.scale = 2000
        $0.seed = seed
      }.files.map(\.bytes)
    }
    #expect(try bytes(1) == bytes(1))
    #expect(try bytes(1) != bytes(2))
    #expect(throws: PopulationError.option("scale")) {
      try Self.made { $0.scale = 0 }
    }
    #expect(throws: PopulationError.option("scale")) {
      try Self.made { $0.scale = 2001 }
    }
  }

  @Test func recordsFillUpWhatTheFilesLack() throws {
    let (nation, _) = try Self.made()
    func sum(_ key: String, _ records: [Nation.Record], _ kind: String = "") -> Int {
      records.filter { kind.isEmpty || $0.cells["kind"] == kind }
        .reduce(0) { $0 + (Int($1.cells[key] ?? "") ?? 0) }
    }
    let returns = nation.returns
    #expect(returns.count == 384)
    let keys = [
      "people.poverty-object", "people.dibao", "people.both", "people.five-guarantee",
    ]
    let identified = zip(keys, nation.peopleByCategory).map { sum($0, returns) + $1 }
    #expect(identified == [32_505, 8_238, 11_467, 1_380])
    let work = nation.pilotWork
    #expect(work.count { $0.cells["kind"] == "pilot-county" } == 949)
    #expect(sum("people.rural", work) == 343_200)
    #expect(sum("people.rural", returns) == 343_200 - 232_500)
    #expect(sum("people.mobilised", work) == 219)
    #expect(sum("courses", work) == 4 && sum("people.trained", work) == 816)
    func fen(_ kind: String) -> Int64 {
      work.filter { $0.cells["kind"] == kind }
        .reduce(0) { $0 + (Amount(yuan: $1.cells["yuan"] ?? "")?.fen ?? 0) }
    }
    #expect(fen("work-fund") == 14_900_000 && fen("disbursement") == 231_000_000)
    #expect(fen("budget") == 245_900_000 && fen("project") == 231_000_000)
    // What a disbursement names stands before it, in its own division.
    var labels: [String: String] = [:]
    for record in work {
      if let label = record.cells["label"] { labels[label] = record.cells["division"] }
      guard record.cells["kind"] == "disbursement" else { continue }
      #expect(labels[record.cells["of"] ?? ""] == "000000")
      #expect(labels[record.cells["project"] ?? ""] == record.cells["division"])
    }
    #expect(Set(work.flatMap { $0.cells.keys }).isSubset(of: Nation.recordColumns))
  }

  @Test func villagesAreInRealTownships() throws {
    let nation = try Nation(NationOptions())
    let townships = Set(
      try NationalDivisions.load().rows.filter { $0.level == .township }.map(\.code)
    )
    #expect(nation.villages > 2000 && nation.inventedVillages.count < nation.villages)
    for village in nation.inventedVillages {
      let code = try #require(DivisionCode(village.code))
      #expect(code.level == .village && townships.contains(code.township), "\(village)")
    }
  }
}
