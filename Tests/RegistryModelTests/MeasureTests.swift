import RegistryAPI
import RegistryModel
import Testing

struct MeasureTests {
  private let day = Day(yyyymmdd: 20_101_201)!

  private func household(
    _ category: Category,
    _ causes: [UInt32],
    capacities: [UInt32] = [1]
  ) -> Household {
    Household(
      classification: Classification(
        category: category,
        mainCause: causes[0],
        otherCauses: Array(causes.dropFirst())
      ),
      members: capacities.map { Member(labour: Labour(capacity: $0)) }
    )
  }

  @Test func theyFollowCategoryCauseAndLabour() throws {
    let table = try MeasureCatalogue.load()
    func words(_ household: Household) -> [String] {
      table.suggestions(for: household, on: day).map(\.measure)
    }
    #expect(
      words(household(.povertyObject, [9])) == ["micro-credit", "industry", "labour-transfer"]
    )
    #expect(words(household(.povertyObject, [9], capacities: [4, 5])) == [])
    #expect(words(household(.both, [1])).contains("living-allowance"))
    #expect(words(household(.dibao, [1])).first == "medical-assistance")
    #expect(words(household(.fiveGuarantee, [8])) == ["five-guarantee-support"])
    #expect(!words(household(.dibao, [9])).contains("micro-credit"))
    // Those for the main cause come first, whatever their place in the table.
    let mixed = table.suggestions(for: household(.povertyObject, [3, 9]), on: day)
    #expect(mixed.first?.measure == "schooling-aid" && mixed.count == 4)
    #expect(mixed.allSatisfy { $0.causes == ($0.measure == "schooling-aid" ? [3] : [9]) })
  }

  @Test func whatIsNotKnownIsSaid() throws {
    let table = try MeasureCatalogue.load()
    let found = table.suggestions(for: household(.povertyObject, [9], capacities: []), on: day)
    #expect(found.count == 3 && found.allSatisfy(\.labourUnknown))
    #expect(table.suggestions(for: Household(), on: day) == [])
  }

  @Test func theyAreDated() throws {
    let text = """
      measure,name_en,name_zh,categories,causes,labour,from,until
      a,A,甲,any,any,any,20100101,20101231
      a,A,甲,dibao,any,any,20110101,
      """
    let table = try MeasureCatalogue(bytes: Array(text.utf8), file: "measures.csv")
    let object = household(.povertyObject, [1])
    #expect(table.suggestions(for: object, on: day).count == 1)
    let later = try #require(Day(yyyymmdd: 20_110_101))
    #expect(table.suggestions(for: object, on: later).isEmpty)
    #expect(table.suggestions(for: household(.dibao, [1]), on: later).count == 1)
    let early = try #require(Day(yyyymmdd: 20_091_231))
    #expect(table.offered(on: early).isEmpty)
    for wrong in [
      "any,any,some,20100101,", "any,x,any,20100101,", "rich,any,any,20100101,",
      "any,any,any,20101301,", "any,any,any,20100101,1",
    ] {
      let bad = text + "\nb,B,乙," + wrong
      #expect(throws: ModelDataError.malformed(file: "measures.csv", line: 4)) {
        try MeasureCatalogue(bytes: Array(bad.utf8), file: "measures.csv")
      }
    }
  }
}

struct PurposeTests {
  @Test func theyAreDated() throws {
    let text = """
      purpose,name_en,name_zh,from,until
      a,A,甲,20100101,20101231
      b,B,乙,20100101,
      """
    let rows = try Purpose.read(Array(text.utf8), file: "purposes.csv")
    let days = [20_091_231, 20_100_101, 20_101_231, 20_110_101].compactMap { Day(yyyymmdd: $0) }
    #expect(
      days.map { day in rows.map { $0.holds(on: day) } }
        == [[false, false], [true, true], [true, true], [false, true]]
    )
    for wrong in ["a,A,甲,20100101,", "c,C,丙,,", "c,C,丙,20101301,", "c,C,丙,20100101,x"] {
      let bad = text + "\n" + wrong
      #expect(throws: ModelDataError.malformed(file: "purposes.csv", line: 4)) {
        try Purpose.read(Array(bad.utf8), file: "purposes.csv")
      }
    }
  }

  @Test func thoseOfTheProgramAreInTheTable() {
    let known: [Purpose] = [
      .administration, .disabilitySupport, .schoolingSupport, .medicalSupport, .receptionSupport,
      .dwellingSupport, .inspection,
    ]
    #expect(known == Purpose.allCases && Purpose(rawValue: "curiosity") == nil)
  }
}
