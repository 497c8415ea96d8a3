import Journal
import RPCCore
import RegistryAPI
import RegistryModel
import RegistryStore
import SQL
import TestDatabases
import Testing

@Suite(.timeLimit(.minutes(1)))
struct HouseholdTests {
  let fixture: Fixture
  var store: RegistryStore { fixture.store }

  init() throws { fixture = try Fixture() }

  func start(on database: TestDatabase) throws {
    try fixture.start(on: database)
  }

  func create(_ index: Int, village: String = Fixture.villages[0]) async throws -> Household {
    let scope = try Fixture.county(.create, in: store)
    let request = CreateHouseholdRequest(household: Sample.household(index, village: village))
    return try await store.create(request, scope: scope).stored.household()
  }

  func get(_ reference: HouseholdReference, as uri: String) throws -> StoredHousehold {
    try store.household(reference, scope: Fixture.scope(uri, .get, in: store))
  }

  @Test(arguments: TestDatabase.all)
  func whatIsCreatedIsFoundByAllThreeReferences(on database: TestDatabase) async throws {
    try start(on: database)
    let made = try await create(1)
    #expect(made.version == 1)
    #expect(made.status == .registered)
    #expect(made.classification?.category == .povertyObject)
    #expect(made.recordedAt == fixture.now.microseconds)
    #expect(made.effectiveOn == Int32(Day(of: fixture.now).yyyymmdd))
    #expect(made.members.allSatisfy { $0.id.count == 16 })
    let scope = try Fixture.county(.get, in: store)
    let id = try #require(Bytes16(made.id))
    let number = try #require(HouseholdNumber(made.number))
    for request in [
      GetHouseholdRequest(by: .id(id.bytes)), GetHouseholdRequest(by: .number("\(number)")),
      GetHouseholdRequest(by: .citizenId(Sample.number(6))),
    ] {
      let reference = try HouseholdReference(request, today: Day(of: fixture.now))
      #expect(try store.household(reference, scope: scope).household() == made)
    }
  }

  @Test(arguments: TestDatabase.all)
  func areasAreKeptApart(on database: TestDatabase) async throws {
    try start(on: database)
    let made = try await create(1)
    let reference = HouseholdReference.id(try #require(Bytes16(made.id)))
    let inside = [
      "registry://421224100201/village-committee/p0001",
      "registry://421224100000/township-government/p0001",
      "registry://421224/civil-affairs/p0001", "registry://420000/poverty-office/p0001",
    ]
    let outside = [
      "registry://421224100202/village-committee/p0001",
      "registry://421224101000/township-government/p0001",
      "registry://421223/poverty-office/p0001",
    ]
    for uri in inside { #expect(try get(reference, as: uri).household() == made) }
    for uri in outside {
      #expect(throws: StoreError(.notFound, "")) { try get(reference, as: uri) }
      let scope = try Fixture.scope(uri, .search, in: store)
      let found = try await store.search(SearchHouseholdsRequest(), scope: scope)
      #expect(found.households.isEmpty)
    }
  }

  @Test(arguments: TestDatabase.all)
  func aScopeForAnotherOperationIsRefused(on database: TestDatabase) async throws {
    try start(on: database)
    let made = try await create(1)
    let id = try #require(Bytes16(made.id))
    let scope = try Fixture.county(.search, in: store)
    #expect(throws: StoreError(.refused, "")) { try store.household(.id(id), scope: scope) }
  }

  @Test(arguments: TestDatabase.all)
  func aVillageOutsideTheAreaIsRefused(on database: TestDatabase) async throws {
    try start(on: database)
    let error = await #expect(throws: StoreError.self) {
      try await create(1, village: Fixture.villages[3])
    }
    #expect(error?.code == .refused)
    #expect(error?.details?.refusedBy == "household.node-area")
  }

  @Test(arguments: TestDatabase.all)
  func brokenRulesAreNamedWithTheirFields(on database: TestDatabase) async throws {
    try start(on: database)
    var household = Sample.household(1)
    household.members[1].identity?.citizenId = "990000195001010011"
    household.location?.village = "421224100999"
    let scope = try Fixture.county(.create, in: store)
    let request = CreateHouseholdRequest(household: household)
    let error = await #expect(throws: StoreError.self) {
      try await store.create(request, scope: scope)
    }
    let rules = error?.details?.violations.map(\.rule)
    #expect(rules?.contains("id.check-digit") == true)
    #expect(rules?.contains("household.village-unknown") == true)
    #expect(error?.rpcError.code == .invalidArgument)
    // Nothing of it is on record, and no number was used.
    #expect(try store.status().journalSize == 1)
  }

  @Test(arguments: TestDatabase.all)
  func aPersonStandsInOneFile(on database: TestDatabase) async throws {
    try start(on: database)
    _ = try await create(1)
    var second = Sample.household(2)
    second.members[2].identity?.citizenId = Sample.number(5)
    second.members[3].identity?.citizenId = Sample.number(4)
    let scope = try Fixture.county(.create, in: store)
    let request = CreateHouseholdRequest(household: second)
    let error = await #expect(throws: StoreError.self) {
      try await store.create(request, scope: scope)
    }
    #expect(error?.code == .duplicate)
    #expect(error?.details?.violations.map(\.member) == [3, 4])
    // The others of the refused household are still free.
    _ = try await create(2)
  }

  @Test(arguments: TestDatabase.all)
  func concurrentCreatesShareCommits(on database: TestDatabase) async throws {
    try start(on: database)
    let scope = try Fixture.county(.create, in: store)
    let before = store.commits
    let numbers = try await withThrowingTaskGroup(of: String.self) { group in
      for index in 0..<200 {
        group.addTask {
          let request = CreateHouseholdRequest(household: Sample.household(index))
          return try await store.create(request, scope: scope).stored.household().number
        }
      }
      return try await group.reduce(into: Set()) { $0.insert($1) }
    }
    #expect(numbers.count == 200)
    #expect(store.commits - before < 150)
    #expect(try store.status().journalSize == 201)
    #expect(
      try await store.check(deep: true, scope: Fixture.county(.check, in: store)) { _ in } == 0
    )
  }

  @Test(arguments: TestDatabase.all)
  func personalDataIsSealedInTheFile(on database: TestDatabase) async throws {
    try start(on: database)
    _ = try await create(1)
    await store.close()
    let reader = try fixture.database.open().makeConnection(role: .reader)
    let rows = try reader.prepare("SELECT header, body_hash, sealed FROM journal")
    var octets: [UInt8] = []
    try rows.forEach { for column in 0..<3 { octets += $0.bytes(at: column) } }
    let text = String(decoding: octets, as: UTF8.self)
    for secret in [Sample.number(4), "13800000000", "老街", "王"] { #expect(!text.contains(secret)) }
  }
}
