import Dispatch
import Glibc
import Journal
import RegistryAPI
import RegistryModel
import SQL
import SQLite
import TestDatabases
import Testing

@testable import RegistryStore

/// Versions that others replaced: on record then, holding then, told as a history.
@Suite(.timeLimit(.minutes(1)))
struct HistoryTests {
  static let dayLength: Int64 = 86_400_000_000

  let fixture: Fixture

  init() throws { fixture = try Fixture() }

  func change(_ telephone: String, _ base: Household, day: Int32 = 0) -> SubmitChangeRequest {
    SubmitChangeRequest(
      change: Change(
        household: base.id,
        baseVersion: base.version,
        effectiveOn: day,
        reason: "更正",
        kind: .correct(
          Correction(
            household: Household(contact: Contact(telephone: telephone)),
            mask: ["contact.telephone"]
          )
        )
      )
    )
  }

  /// What is read as of an instant waits for the transaction that began before it.
  @Test func anInstantIsSettledWhenItsTransactionHasEnded() async throws {
    let store = try fixture.open()
    let scope = try Fixture.county(.create, in: store)
    let made = try await store.create(
      CreateHouseholdRequest(household: Sample.household(1)),
      scope: scope
    ).stored.household()
    fixture.now = Instant(microseconds: fixture.now.microseconds + 1_000)
    let began = fixture.now.microseconds
    let (hasBegun, mayEnd) = (DispatchSemaphore(value: 0), DispatchSemaphore(value: 0))
    let work = try store.writer.enqueue(weight: 1) { _ in
      hasBegun.signal()
      mayEnd.wait()
    }
    let submission = Task {
      try await store.submit(
        change("13800000001", made),
        scope: Fixture.county(.change, in: store)
      )
    }
    await withCheckedContinuation { continuation in
      DispatchQueue.global().async {
        hasBegun.wait()
        continuation.resume()
      }
    }
    try await store.settled(began - 1)
    #expect(!store.writer.isSettled(Instant(microseconds: began)))
    let reading = Task {
      try await store.settled(began)
      return store.writer.isSettled(Instant(microseconds: began - 1))
    }
    mayEnd.signal()
    try await work.value()
    _ = try await submission.value
    #expect(try await reading.value)
    await store.close()
  }

  /// A household of four versions, a day apart, the third corrected for an earlier day.
  func history(_ store: RegistryStore) async throws -> [Household] {
    let scope = try Fixture.county(.change, in: store)
    var household = Sample.household(1)
    household.effectiveOn = 2010_11_01
    var versions = [
      try await store.create(
        CreateHouseholdRequest(household: household),
        scope: Fixture.county(.create, in: store)
      ).stored.household()
    ]
    for (telephone, day) in [("13800000001", 2010_11_10), ("13800000002", 2010_11_05)] {
      fixture.now = Instant(microseconds: fixture.now.microseconds + Self.dayLength)
      let request = change(telephone, versions[versions.count - 1], day: Int32(day))
      versions.append(
        try #require(try await store.submit(request, scope: scope).household?.household())
      )
    }
    fixture.now = Instant(microseconds: fixture.now.microseconds + Self.dayLength)
    let exit = Change(
      household: versions[2].id,
      baseVersion: 3,
      effectiveOn: 2010_11_15,
      reason: "收入达标",
      kind: .exit(ExitChange(reason: 1))
    )
    let made = try await store.submit(SubmitChangeRequest(change: exit), scope: scope)
    versions.append(try #require(try made.household?.household()))
    return versions
  }

  @Test(arguments: TestDatabase.all)
  func asOfShowsWhatWasOnRecordAndNeverChanges(on database: TestDatabase) async throws {
    try fixture.use(database)
    let store = try fixture.open()
    let versions = try await history(store)
    let get = try Fixture.county(.history, in: store)
    let number = try #require(HouseholdNumber(versions[0].number))
    for (index, version) in versions.enumerated() {
      let next = index + 1 < versions.count ? versions[index + 1].recordedAt : .max
      for instant in [version.recordedAt, next - 1] {
        let found = try store.household(.number(number), asOf: instant, scope: get)
        #expect(try found.household() == version)
      }
    }
    #expect(throws: StoreError.householdNotFound) {
      try store.household(.number(number), asOf: versions[0].recordedAt - 1, scope: get)
    }
    let other = try Fixture.scope("registry://421223/poverty-office/p0001", .history, in: store)
    #expect(throws: StoreError.householdNotFound) {
      try store.household(.number(number), asOf: versions[0].recordedAt, scope: other)
    }
    await store.close()
  }

  @Test(arguments: TestDatabase.all)
  func effectiveShowsTheDayAsCorrectedSince(on database: TestDatabase) async throws {
    try fixture.use(database)
    let store = try fixture.open()
    let versions = try await history(store)
    let get = try Fixture.county(.history, in: store)
    let id = try #require(Bytes16(versions[0].id))
    func on(_ day: Int) async throws -> Household {
      let day = try #require(Day(yyyymmdd: day))
      return try await store.household(.id(id), effectiveOn: day, scope: get).household()
    }
    #expect(try await on(2010_11_01) == versions[0])
    // Recorded third, it holds from the fifth; recorded second, the other holds from the tenth: what
    // was recorded later counts where both speak of the same field.
    let fifth = try await on(2010_11_05)
    #expect(fifth.contact?.telephone == "13800000002" && fifth.version == 3)
    #expect(fifth.status == .registered && fifth.effectiveOn == 2010_11_05)
    #expect(try await on(2010_11_14).contact?.telephone == "13800000002")
    #expect(try await on(2010_11_15) == versions[3])
    await #expect(throws: StoreError.householdNotFound) { try await on(2010_10_31) }
    await store.close()
  }

  /// Random corrections with random days: every instant keeps its version, and every day has of each
  /// field what was recorded last among what holds by then.
  @Test(arguments: 1...4)
  func instantsAndDaysOfRandomCorrections(seed: UInt64) async throws {
    let store = try fixture.open()
    let (change, get) = (
      try Fixture.county(.change, in: store), try Fixture.county(.history, in: store)
    )
    var household = Sample.household(1)
    household.effectiveOn = 2010_10_01
    let request = CreateHouseholdRequest(household: household)
    household = try await store.create(request, scope: Fixture.county(.create, in: store))
      .stored.household()
    var versions = [household]
    var state = seed
    func random(_ limit: UInt64) -> Int32 {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return Int32(truncatingIfNeeded: (state >> 33) % limit)
    }
    for step in 1...25 {
      fixture.now = Instant(microseconds: fixture.now.microseconds + Int64(random(3)))
      let contact = Contact(telephone: "138000000\(10 + step)", address: "村\(step)号")
      let correction = Correction(
        household: Household(location: Location(group: "\(step)组"), contact: contact),
        mask: [["contact.telephone", "contact.address", "location.group"][Int(random(3))]]
      )
      let made = try await store.submit(
        SubmitChangeRequest(
          change: Change(
            household: household.id,
            baseVersion: household.version,
            effectiveOn: 2010_10_02 + random(28),
            reason: "更正",
            kind: .correct(correction)
          )
        ),
        scope: change
      )
      household = try #require(try made.household?.household())
      versions.append(household)
    }
    let id = try #require(Bytes16(household.id))
    for (index, version) in versions.enumerated() {
      // Of several at one instant the last is what was on record when it was over.
      let last = versions[index...].last { $0.recordedAt == version.recordedAt }
      let found = try store.household(.id(id), asOf: version.recordedAt, scope: get)
      #expect(try found.household() == last)
    }
    for number in 2010_10_01...2010_10_31 {
      let day = try #require(Day(yyyymmdd: number))
      let found = try await store.household(.id(id), effectiveOn: day, scope: get).household()
      #expect(found.contact?.telephone == expected(versions, number) { $0.contact?.telephone })
      #expect(found.contact?.address == expected(versions, number) { $0.contact?.address })
      #expect(found.location?.group == expected(versions, number) { $0.location?.group })
    }
    await store.close()
  }

  /// The value of a field that was recorded last among the versions that hold by a day.
  private func expected(
    _ versions: [Household],
    _ day: Int,
    _ field: (Household) -> String?
  ) -> String? {
    var value = field(versions[0])
    for (before, version) in zip(versions, versions.dropFirst())
    where Int(version.effectiveOn) <= day && field(before) != field(version) {
      value = field(version)
    }
    return value
  }

  @Test(arguments: TestDatabase.all)
  func historyAndCompareTellWhoChangedWhat(on database: TestDatabase) async throws {
    try fixture.use(database)
    let store = try fixture.open()
    let versions = try await history(store)
    let scope = try Fixture.county(.history, in: store)
    var request = GetHistoryRequest(id: versions[0].id, pageSize: 3)
    let page = try await store.history(request, scope: scope)
    #expect(page.versions.map(\.version) == [4, 3, 2])
    #expect(
      page.versions.map(\.fields) == [["status"], ["contact.telephone"], ["contact.telephone"]]
    )
    #expect(page.versions[0].change?.kind == .exit && page.versions[0].change?.reason == "收入达标")
    #expect(page.versions.allSatisfy { $0.actor == "registry://421224/poverty-office/p0007" })
    request.pageToken = page.nextPageToken
    let rest = try await store.history(request, scope: scope)
    #expect(rest.versions.map(\.version) == [1] && rest.nextPageToken.isEmpty)
    #expect(rest.versions[0].fields.isEmpty && rest.versions[0].change?.kind == .entry)

    let compared = try await store.compare(
      CompareVersionsRequest(id: versions[0].id, from: 2, to: 4),
      scope: scope
    )
    #expect(compared.from == versions[1] && compared.to == versions[3])
    #expect(compared.steps.map(\.version) == [3, 4])
    #expect(compared.steps[0].fields == ["contact.telephone"])
    await #expect(throws: StoreError(.notFound, "")) {
      try await store.compare(CompareVersionsRequest(id: versions[0].id, to: 9), scope: scope)
    }
    await store.close()
  }

  /// A database whose schema is the first step's, with the rows that were written under it.
  private func downgrade() throws {
    let old = fixture.directory + "/old.db"
    let database = try SQLiteDatabase(path: old)
    do {
      let connection = try database.makeConnection(role: .writer)
      try SchemaMigrator(steps: [Schema.steps[0]]).migrate(connection, now: 0)
      try connection.execute("ATTACH '\(fixture.path)' AS full")
      let tables = [
        "meta", "division", "household", "member_number", "member_name", "journal", "journal_tile",
        "journal_head", "tally", "import_file", "import_result", "idempotency", "number_block",
      ]
      for table in tables {
        try connection.execute("INSERT INTO \(table) SELECT * FROM full.\(table)")
      }
      try connection.execute("DETACH full")
      try connection.checkpoint(truncating: true, waiting: true)
    }
  }

  @Test func anOlderDatabaseGetsItsPastFromTheJournal() async throws {
    let store = try fixture.open()
    let versions = try await history(store)
    await store.close()
    try downgrade()
    let migrated = try fixture.open { $0.database = .sqlite(path: fixture.directory + "/old.db") }
    let get = try Fixture.county(.history, in: migrated)
    let id = try #require(Bytes16(versions[0].id))
    for version in versions {
      let found = try migrated.household(.id(id), asOf: version.recordedAt, scope: get)
      #expect(try found.household() == version)
    }
    let found = try await migrated.check(
      deep: true,
      scope: Fixture.county(.check, in: migrated)
    ) { _ in }
    #expect(found == 0)
    await migrated.close()
    for end in ["", "-wal", "-shm", ".lock"] { unlink(fixture.directory + "/old.db" + end) }
  }

  @Test(
    arguments: [
      "DELETE FROM household_past WHERE version = 2",
      "UPDATE household_past SET entry = entry + 1 WHERE version = 1",
      "UPDATE household_past SET recorded_at = recorded_at + 1 WHERE version = 3",
      "INSERT INTO household_past SELECT 99, version, entry, recorded_at FROM household_past LIMIT 1",
      "INSERT INTO household_past SELECT household, 9, entry, recorded_at FROM household_past LIMIT 1",
    ]
  )
  func theDeepCheckFindsDamagedRows(statement: String) async throws {
    let store = try fixture.open()
    _ = try await history(store)
    await store.close()
    do {
      let database = try SQLiteDatabase(path: fixture.path)
      try database.makeConnection(role: .writer).execute(statement)
    }
    let damaged = try fixture.open()
    let check = try Fixture.county(.check, in: damaged)
    #expect(try await damaged.check(deep: true, scope: check) { _ in } > 0)
    #expect(try await damaged.check(deep: false, scope: check) { _ in } == 0)
    await damaged.close()
  }
}
