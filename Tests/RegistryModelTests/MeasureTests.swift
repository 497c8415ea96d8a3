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
      purpose,name_en,name_zh,from,until,offices
      a,A,甲,20100101,20101231,audit
      b,B,乙,20100101,,audit health
      """
    let rows = try Purpose.read(Array(text.utf8), file: "purposes.csv")
    let days = [20_091_231, 20_100_101, 20_101_231, 20_110_101].compactMap { Day(yyyymmdd: $0) }
    #expect(
      days.map { day in rows.map { $0.holds(on: day) } }
        == [[false, false], [true, true], [true, true], [false, true]]
    )
    for wrong in [
      "a,A,甲,20100101,,audit", "c,C,丙,,,audit", "c,C,丙,20101301,,audit",
      "c,C,丙,20100101,x,audit", "c,C,丙,20100101,,", "c,C,丙,20100101,,audit spies",
    ] {
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

  /// An office states its own purposes, also where none need be stated.
  @Test func eachOfficeHasItsOwn() throws {
    let table = try AuthorizationTable.load()
    let area = try #require(DivisionPath(ids: [1]))
    func scope(_ kind: OfficeKind, _ operation: Operation, _ purpose: Purpose?) throws -> Scope {
      try table.scope(
        for: try #require(OfficeIdentity(uri: "registry://421224/\(kind.rawValue)/p0001")),
        area: area,
        level: .county,
        operation: operation,
        purpose: purpose
      )
    }
    #expect(try scope(.povertyOffice, .get, .administration).purpose == .administration)
    #expect(try scope(.povertyOffice, .sample, .inspection).isBound == false)
    #expect(try scope(.audit, .sample, .inspection).isBound)
    #expect(
      throws: AuthorizationError.purposeNotAllowed(
        .schoolingSupport,
        allowed: [.administration, .inspection]
      )
    ) { try scope(.povertyOffice, .get, .schoolingSupport) }
    #expect(
      throws: AuthorizationError.purposeNotAllowed(
        .medicalSupport,
        allowed: [.schoolingSupport]
      )
    ) { try scope(.education, .readPilot, .medicalSupport) }
    let none = AuthorizationError.purposeNotAllowed(.administration, allowed: [])
    #expect(throws: none) { try scope(.partner, .published, .administration) }
    #expect(none.description.contains("none need be stated") && none.chinese.contains("无须"))
    // What a row asks for, its office may state.
    for kind in OfficeKind.allCases {
      for level in DivisionTier.allCases {
        for operation in Operation.allCases {
          guard let grant = table.grant(kind: kind, level: level, operation: operation) else {
            continue
          }
          #expect(grant.purposes.allSatisfy { $0.mayBeStated(by: kind) }, "\(kind) \(operation)")
        }
      }
    }
  }
}

struct SchoolAgeTests {
  @Test func itIsDated() throws {
    let text = """
      from,until,youngest,oldest
      20100101,20101231,6,22
      20110101,,7,25
      """
    let table = try SchoolAge(bytes: Array(text.utf8), file: "t")
    let days = [20_091_231, 20_100_101, 20_101_231, 20_110_101].compactMap { Day(yyyymmdd: $0) }
    #expect(days.map { table.holds(age: 6, on: $0) } == [false, true, true, false])
    #expect(days.map { table.holds(age: 25, on: $0) } == [false, false, false, true])
    #expect(days.map { table.holds(age: 26, on: $0) } == [false, false, false, false])
    for wrong in [
      "20101231,20110101,6,22", "20120101,,6,22", "20090101,,6,22", "20090101,20080101,6,22",
      "20090101,20091231,22,6", "20090101,20091231,-1,6", "20090101,x,6,22", ",,6,22",
    ] {
      let bad = text + "\n" + wrong
      #expect(throws: ModelDataError.malformed(file: "t", line: 4), "\(wrong)") {
        try SchoolAge(bytes: Array(bad.utf8), file: "t")
      }
    }
    let day = try #require(Day(yyyymmdd: 20_101_231))
    #expect(
      [5, 6, 22, 23].map { SchoolAge.bundled.holds(age: $0, on: day) }
        == [false, true, true, false]
    )
  }
}

struct DisclosureBudgetTests {
  private func scope(_ uri: String, _ purpose: Purpose?, _ level: DivisionTier) throws -> Scope {
    try AuthorizationTable.load().scope(
      for: try #require(OfficeIdentity(uri: uri)),
      area: try #require(DivisionPath(ids: [1])),
      level: level,
      operation: .get,
      purpose: purpose
    )
  }

  /// Whoever looks for a stated purpose alone has a limit; without a row it is nobody.
  @Test func whoHasNoRowIsShownNobody() throws {
    let text = "office,levels,people_per_day\naudit,county,7"
    let budgets = try DisclosureBudgets(bytes: Array(text.utf8), file: "t")
    let audit = try scope("registry://421224/audit/p0001", .inspection, .county)
    let school = try scope("registry://421224/education/p0001", .schoolingSupport, .county)
    let office = try scope("registry://421224/poverty-office/p0001", .administration, .county)
    #expect(budgets.people(for: audit, level: .county) == 7)
    #expect(budgets.people(for: audit, level: .province) == 0)
    #expect(budgets.people(for: school, level: .county) == 0)
    #expect(budgets.people(for: office, level: .county) == nil)
    #expect(budgets.people(for: .system(reason: "test"), level: .county) == nil)
  }

  @Test func everyOfficeWithAPurposeHasARow() throws {
    let (table, budgets) = (try AuthorizationTable.load(), try DisclosureBudgets.load())
    for kind in OfficeKind.allCases {
      for level in DivisionTier.allCases {
        guard let grant = table.grant(kind: kind, level: level, operation: .get),
          let purpose = grant.purposes.first
        else { continue }
        let scope = try scope("registry://421224/\(kind.rawValue)/p0001", purpose, level)
        #expect(budgets.people(for: scope, level: level) ?? 0 > 0, "\(kind) \(level)")
      }
    }
  }
}
