import RegistryAPI
import RegistryModel
import TestDatabases
import Testing

@testable import RegistryStore

@Suite(.timeLimit(.minutes(1)))
struct CountTests {
  let fixture: Fixture
  var store: RegistryStore { fixture.store }

  init() throws { fixture = try Fixture() }

  func start(on database: TestDatabase) throws {
    try fixture.start(on: database)
  }

  func fill(_ indices: Range<Int>) async throws {
    let items = indices.map {
      Sample.item(Sample.household($0, village: Fixture.villages[$0 % 3]), row: $0 * 4 + 1)
    }
    _ = try await store.importItems(
      items,
      file: Sample.file(),
      scope: Fixture.county(.importRows, in: store)
    )
  }

  func people(_ code: String, at day: Day? = nil) async throws -> Int64 {
    let scope = try Fixture.scope("registry://420000/poverty-office/p0001", .statistics, in: store)
    return try await store.counts(of: code, at: day, scope: scope)
      .divisions[0].tally.registered.people
  }

  @Test(arguments: TestDatabase.all)
  func everyLevelAddsUp(on database: TestDatabase) async throws {
    try start(on: database)
    try await fill(0..<30)
    for (code, count) in [
      ("420000", 120), ("421224", 120), ("421224100000", 80), ("421224101201", 40), ("421223", 0),
    ] as [(String, Int64)] {
      #expect(try await people(code) == count)
    }
    let scope = try Fixture.county(.statistics, in: store)
    let all = try await store.counts(of: "", breakdown: true, scope: scope)
    #expect(
      all.divisions.map { $0.division.code.description } == [
        "421224", "421224100000", "421224101000",
      ]
    )
    #expect(all.divisions.map { $0.tally.registered.people } == [120, 80, 40])
    #expect(
      all.divisions[0].tally.count(of: HouseholdCategory.povertyObjectWithDibao).households == 10
    )
    #expect(all.sequence == 31)
    #expect(all.asOf == fixture.now)
  }

  @Test("Offices that see nobody get no counts of a village", arguments: TestDatabase.all)
  func countsOfVillages(on database: TestDatabase) async throws {
    try start(on: database)
    try await fill(0..<6)
    for (uri, purpose) in [
      ("registry://421224/statistics/p0001", nil),
      ("registry://421224/audit/p0001", Purpose.inspection),
    ] {
      let counts = try Fixture.scope(uri, .statistics, purpose: purpose, in: store)
      let report = try Fixture.scope(uri, .report, purpose: purpose, in: store)
      for (code, breakdown, isGiven) in [
        ("421224", false, true), ("421224", true, true), ("421224100000", false, true),
        ("421224100000", true, false), ("421224101201", false, false),
      ] {
        func askForReports() async throws {
          _ =
            try await breakdown
            ? store.reports(ListReportsRequest(division: code), scope: report)
            : store.report(GetReportRequest(division: code), scope: report)
        }
        if isGiven {
          _ = try await store.counts(of: code, breakdown: breakdown, scope: counts)
          try await askForReports()
          continue
        }
        let errors = [
          await #expect(throws: StoreError.self) {
            _ = try await store.counts(of: code, breakdown: breakdown, scope: counts)
          },
          await #expect(throws: StoreError.self) {
            try await askForReports()
          },
        ]
        let rules = errors.map { $0?.details?.refusedBy }
        #expect(rules == Array(repeating: "statistics.township", count: 2))
      }
    }
    // Who sees the people may count them.
    let village = try Fixture.scope(
      "registry://421224101201/village-committee/p0001",
      .report,
      in: store
    )
    _ = try await store.report(GetReportRequest(), scope: village)
  }

  @Test("A database that did not count needs yet counts them once", arguments: TestDatabase.all)
  func olderDatabase(on database: TestDatabase) async throws {
    try start(on: database)
    let items = (0..<5).map { index in
      var household = Sample.household(index, village: Fixture.villages[0])
      household.support = Support(needs: [Need(kind: 1, investment: Money(fen: 500_000))])
      return Sample.item(household, row: index * 4 + 1)
    }
    _ = try await store.importItems(
      items,
      file: Sample.file(),
      scope: Fixture.county(.importRows, in: store)
    )
    func counts(_ store: RegistryStore) async throws -> Tally {
      let scope = try Fixture.county(.statistics, in: store)
      return try await store.counts(of: "", scope: scope).divisions[0].tally
    }
    let whole = try await counts(store)
    #expect(whole.need(1).count.households == 5 && whole.need(1).fen == 2_500_000)
    await store.close()
    let older = try #require(Tally(values: Array(whole.values.prefix(78))))
    let octets = older.stored.map { byte in
      let digits = String(byte, radix: 16)
      return digits.count == 1 ? "0" + digits : digits
    }
    try fixture.tamper("UPDATE tally SET counts = x'\(octets.joined())'")
    try fixture.tamper("DELETE FROM meta WHERE name = 'needs-counted'")
    for _ in 0..<2 {
      let again = try fixture.open()
      #expect(try await counts(again) == whole)
      #expect(try await fixture.findings(in: again, deep: true).map(\.place) == [])
      await again.close()
    }
  }

  @Test(arguments: TestDatabase.all)
  func countsStayInTheirArea(on database: TestDatabase) async throws {
    try start(on: database)
    let scope = try Fixture.county(.statistics, in: store)
    await #expect(throws: StoreError(.refused, "")) {
      _ = try await store.counts(of: "420000", scope: scope)
    }
    await #expect(throws: StoreError(.notFound, "")) {
      _ = try await store.counts(of: "429999", scope: scope)
    }
  }

  @Test(arguments: TestDatabase.all)
  func daysStayCountable(on database: TestDatabase) async throws {
    try start(on: database)
    let day = Day(of: fixture.now)
    try await fill(0..<3)
    fixture.now = Instant(microseconds: fixture.now.microseconds + 2 * 86_400_000_000)
    try await fill(3..<9)
    // The clock goes back; the journal and the days do not.
    fixture.now = Instant(microseconds: fixture.now.microseconds - 86_400_000_000)
    try await fill(9..<12)
    let days = (-1...2).map { Day(daysSince1970: day.daysSince1970 + $0) }
    let counts = try await [
      people("421224", at: days[0]), people("421224", at: days[1]),
      people("421224", at: days[2]), people("421224", at: days[3]),
    ]
    #expect(counts == [0, 12, 12, 48])
    #expect(
      try await store.check(deep: true, scope: Fixture.county(.check, in: store)) { _ in } == 0
    )
  }
}
