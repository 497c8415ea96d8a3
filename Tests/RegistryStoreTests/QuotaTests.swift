import Journal
import RegistryAPI
import RegistryModel
import SQL
import TestDatabases
import Testing

@testable import RegistryStore

/// Quotas: level by level, and what counts against them.
@Suite(.timeLimit(.minutes(1)))
struct QuotaTests {
  let fixture: Fixture
  static let state = "registry://000000/poverty-office/p0001"
  static let prefecture = "registry://421200/poverty-office/p0002"
  static let county = "registry://421224/poverty-office/p0007"
  static let township = "registry://421224100000/township-government/p0021"

  init() throws { fixture = try Fixture() }

  var store: RegistryStore { fixture.store }

  func quota(
    _ division: String,
    _ people: Int64,
    _ reason: String = "",
    period: UInt32 = 2010
  ) -> Quota {
    Quota(division: division, period: period, people: people, reason: reason)
  }

  @discardableResult
  func set(_ quotas: [Quota], by office: String) async throws -> [Quota] {
    try await store.setQuotas(
      SetQuotasRequest(quotas: quotas),
      scope: Fixture.scope(office, .setQuota, in: store)
    ).response.quotas
  }

  func list(
    _ division: String = "",
    period: UInt32 = 0,
    breakdown: Bool = false
  ) async throws -> ListQuotasResponse {
    try await store.listQuotas(
      ListQuotasRequest(division: division, period: period, breakdown: breakdown),
      scope: Fixture.scope(Self.prefecture, .quotaRead, in: store)
    )
  }

  func broken(_ quotas: [Quota], by office: String) async throws -> [String] {
    let error = await #expect(throws: StoreError.self) { try await set(quotas, by: office) }
    let found = try #require(error)
    #expect(found.code == .invalid)
    return found.details?.violations.map { "\($0.row) \($0.field) \($0.rule)" } ?? []
  }

  @Test(arguments: TestDatabase.all)
  func quotasAreSetLevelByLevel(on database: TestDatabase) async throws {
    try fixture.start(on: database)
    let made = try await set([quota("421224", 1_000), quota("421223", 900)], by: Self.prefecture)
    #expect(made.map(\.version) == [1, 1] && made[0].setBy == Self.prefecture)
    try await set([quota("421224100000", 600), quota("421224101000", 400)], by: Self.county)
    try await set([quota("421224100201", 350), quota("421224100202", 0)], by: Self.township)
    let answer = try await list("421224", breakdown: true)
    #expect(answer.period == 2010)
    #expect(
      answer.quotas.map { $0.division?.code } == ["421224", "421224100000", "421224101000"]
    )
    #expect(answer.quotas.map { $0.quota?.people } == [1_000, 600, 400])
    #expect(answer.quotas.map(\.allotted) == [1_000, 350, 0])
    #expect(answer.quotas.allSatisfy { $0.over == 0 && $0.quota?.recordedAt == made[0].recordedAt })
    #expect(try await list(breakdown: true).quotas.map(\.allotted) == [1_900, 0, 1_000])
    #expect(try await list("421224", period: 2011).quotas.map { $0.quota } == [nil])
    // Any poverty office above sets a county's; another version of the same.
    #expect(try await set([quota("421224", 1_100)], by: Self.state).map(\.version) == [2])
    #expect(try await set([quota("421224", 1, period: 2011)], by: Self.state)[0].version == 1)
    #expect(try store.status().journalSize == 9)
    let current = store.context.book.current.quotas
    let code = try #require(DivisionCode("421224"))
    let id = try #require(store.division(code: code)).id
    #expect(current[RuleBook.QuotaKey(division: id, period: 2010)] == 1_100)
    await store.close()
    #expect(try fixture.open().context.book.current.quotas == current)
  }

  @Test(
    arguments: [
      (state, "421200"), (state, "421224100000"), (prefecture, "421224100000"),
      (prefecture, "421200"), (county, "421224"), (county, "421224100201"),
      (township, "421224100000"),
    ]
  )
  func otherLevelsAreNot(office: String, division: String) async throws {
    try fixture.start(on: .sqlite)
    #expect(
      try await broken([quota(division, 1)], by: office) == ["1 quotas.division quota.level"]
    )
  }

  @Test(arguments: TestDatabase.all)
  func quotasStayInTheArea(on database: TestDatabase) async throws {
    try fixture.start(on: database)
    for (office, division) in [
      (Self.prefecture, "000000"), (Self.county, "421223100000"),
      (Self.township, "421224101201"),
    ] {
      let error = await #expect(throws: StoreError.self) {
        try await set([quota(division, 1)], by: office)
      }
      #expect(error?.code == .refused && error?.details?.refusedBy == "setting.area")
    }
    let scope = try Fixture.scope(Self.township, .quotaRead, in: store)
    await #expect(throws: StoreError(.refused, "")) {
      _ = try await store.listQuotas(ListQuotasRequest(division: "421224"), scope: scope)
    }
  }

  @Test(arguments: TestDatabase.all)
  func everyBrokenRuleIsNamed(on database: TestDatabase) async throws {
    try fixture.start(on: database)
    let quotas = [
      quota("421224", -1), quota("421224", 100_000_001), quota("421223", 1, period: 2012),
      quota("429999", 1), quota("421223", 1, "两\n行"),
    ]
    #expect(
      try await broken(quotas, by: Self.prefecture) == [
        "1 quotas.people quota.people", "2 quotas.people quota.people",
        "2 quotas setting.repeated", "3 quotas.period quota.period",
        "4 quotas.division setting.division-unknown", "5 quotas.reason value.control-character",
      ]
    )
    #expect(try await broken([], by: Self.county) == ["0 quotas setting.count"])
    #expect(try store.status().journalSize == 1)
  }

  @Test(arguments: TestDatabase.all)
  func moreThanTheDivisionAboveHasNeedsAReason(on database: TestDatabase) async throws {
    try fixture.start(on: database)
    let (north, south) = ("421224100000", "421224101000")
    // Without a quota above there is nothing to pass.
    try await set([quota(north, 5_000)], by: Self.county)
    try await set([quota("421224", 1_000, "按上年下达")], by: Self.prefecture)
    // A lower one that still passes needs none, a raised one does, each for itself.
    try await set([quota(north, 4_000)], by: Self.county)
    #expect(
      try await broken([quota(north, 900), quota(south, 200)], by: Self.county) == [
        "2 quotas.people quota.allotted"
      ]
    )
    #expect(try await list("421224").quotas.map(\.allotted) == [4_000])
    try await set([quota(north, 900), quota(south, 200, "水灾")], by: Self.county)
    #expect(try await list("421224").quotas.map(\.allotted) == [1_100])
    // The same sum again, moved between the two, still passes.
    #expect(
      try await broken([quota(north, 950), quota(south, 150)], by: Self.county) == [
        "1 quotas.people quota.allotted"
      ]
    )
    try await set([quota(north, 800), quota(south, 200)], by: Self.county)
    // Another year is counted by itself.
    try await set([quota(south, 9_000, period: 2011)], by: Self.county)
  }

  @Test(arguments: TestDatabase.all)
  func underWhatIsAllottedNeedsAReason(on database: TestDatabase) async throws {
    try fixture.start(on: database)
    try await set([quota("421224", 1_000)], by: Self.prefecture)
    try await set([quota("421224100000", 700)], by: Self.county)
    #expect(
      try await broken([quota("421224", 600)], by: Self.prefecture) == [
        "1 quotas.people quota.lowered"
      ]
    )
    try await set([quota("421224", 700)], by: Self.prefecture)
    try await set([quota("421224", 600, "复核调减")], by: Self.prefecture)
    // Raised, but not to what is allotted: it was the lowering that needed the reason.
    try await set([quota("421224", 650)], by: Self.prefecture)
    #expect(try await list("421224").quotas.map(\.allotted) == [700])
  }

  /// Puts an application in a state on record, as a step of the procedure does.
  func apply(
    _ n: Int64,
    _ state: ProcedureState,
    people: Int64,
    village: String = Fixture.villages[0],
    period: UInt32 = 2010
  ) async throws {
    let code = try #require(DivisionCode(village))
    let place = try #require(store.division(code: code))
    try await store.writer.perform(weight: 1) { session in
      let row = try session.connection.prepare(
        """
        INSERT INTO application
          (n, id, number, owner, village, state, version, entry, period, people, poverty, security,
           category, waits, objections, returned, last_day, refused_at, notice, household,
           head_name, wrapped_key)
        VALUES ($1, $2, $3, $4, $5, $6, 1, 1, $7, $8, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, '', $9)
        """
      )
      row.bind(n, at: 1)
      row.bind(Bytes16(high: 0, low: UInt64(n)), at: 2)
      row.bind(n, at: 3)
      row.bind([0], at: 4)
      row.bind(place.id, at: 5)
      row.bind(Int64(state.rawValue), at: 6)
      row.bind(Int64(period), at: 7)
      row.bind(people, at: 8)
      row.bind([0], at: 9)
      try row.run()
      session.count(1, village: place, period: period, state: state, people: people)
      let draft = EntryDraft(
        operation: .stepTaken,
        kind: .application,
        subject: Bytes16(high: 0, low: UInt64(n)),
        versionBefore: 0,
        versionAfter: 1,
        prior: 0,
        actor: Self.county
      )
      _ = try session.append(draft, body: [], bodyHash: session.reader.hasher.hash([]))
    }
  }

  @Test(arguments: TestDatabase.all)
  func peopleCountByHowFarTheyCame(on database: TestDatabase) async throws {
    try fixture.start(on: database)
    try await set([quota("421224", 30)], by: Self.prefecture)
    try await set([quota("421224100000", 5), quota("421224101000", 25)], by: Self.county)
    // One application in every state, with 1, 2, 3 … people.
    for state in ProcedureState.allCases {
      try await apply(Int64(state.rawValue), state, people: Int64(state.rawValue))
    }
    try await apply(90, .villageDecided, people: 7, village: Fixture.villages[2])
    try await apply(91, .registered, people: 9, period: 2009)
    let uses = try await list("421224", breakdown: true).quotas
    let (county, north, south) = (uses[0], uses[1], uses[2])
    #expect(north.proposed == (3...13).reduce(0, +) && north.examined == (6...13).reduce(0, +))
    #expect(north.approved == 10 + 11 + 12 + 13 && north.registered == 13)
    // Fourteen on their way or registered, and the one that was appealed.
    #expect(north.applications == 14)
    #expect(north.over == 13 - 5)
    #expect((south.proposed, south.examined, south.over, south.applications) == (7, 0, 0, 1))
    #expect(county.proposed == north.proposed + 7 && county.over == 46 - 30)
    let earlier = try await list("421224", period: 2009).quotas[0]
    #expect(earlier.registered == 9 && earlier.over == 0 && earlier.quota == nil)
    let check = try Fixture.county(.check, in: store)
    #expect(try await store.check(deep: false, scope: check) { _ in } == 0)
  }

  @Test(
    arguments: [
      "UPDATE application_count SET people = people + 1 WHERE division = 9",
      "UPDATE application_count SET applications = 0 WHERE division = 1",
      "DELETE FROM application_count WHERE division = 5",
      "INSERT INTO application_count VALUES (5, 2011, 3, 1, 4)",
    ],
    TestDatabase.all
  )
  func aCheckRecountsApplications(statement: String, on database: TestDatabase) async throws {
    try fixture.start(on: database)
    try await apply(1, .examined, people: 4)
    await store.close()
    try fixture.tamper(statement)
    let opened = try fixture.open()
    let found = try await fixture.findings(in: opened, deep: false)
    #expect(found.map(\.check) == ["application.count"])
  }

  @Test(arguments: TestDatabase.all)
  func aCheckFindsAChangedQuota(on database: TestDatabase) async throws {
    try fixture.start(on: database)
    try await set([quota("421224", 30)], by: Self.prefecture)
    await store.close()
    try fixture.tamper("UPDATE quota SET people = 31")
    let opened = try fixture.open()
    let found = try await fixture.findings(in: opened, deep: false)
    #expect(found.map { "\($0.check) \($0.place)" } == ["rule.row 7/421224/2010"])
  }
}
