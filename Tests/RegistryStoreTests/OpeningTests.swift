import Glibc
import Journal
import RegistryAPI
import RegistryModel
import RegistryStore
import TestDatabases
import Testing

@Suite(.timeLimit(.minutes(1)))
struct OpeningTests {
  let fixture: Fixture

  init() throws { fixture = try Fixture() }

  func create(_ index: Int, in store: RegistryStore) async throws -> Household {
    let scope = try Fixture.county(.create, in: store)
    return try await store.create(
      CreateHouseholdRequest(household: Sample.household(index)),
      scope: scope
    ).stored.household()
  }

  @Test(arguments: TestDatabase.all)
  func aStoreGoesOnWhereItEnded(on database: TestDatabase) async throws {
    try fixture.use(database)
    var made: [Household] = []
    for round in 0..<3 {
      let store = try fixture.open()
      for index in 0..<90 { made.append(try await create(round * 100 + index, in: store)) }
      await store.close()
    }
    let store = try fixture.open()
    let scope = try Fixture.county(.get, in: store)
    for household in made {
      let id = try #require(Bytes16(household.id))
      #expect(try store.household(.id(id), scope: scope).household() == household)
    }
    #expect(Set(made.map(\.number)).count == made.count)
    #expect(try store.status().journalSize == 271)
    #expect(
      try await store.check(deep: true, scope: Fixture.county(.check, in: store)) { _ in } == 0
    )
  }

  @Test(arguments: TestDatabase.all)
  func aClosedStoreSaysSo(on database: TestDatabase) async throws {
    try fixture.use(database)
    let store = try fixture.open()
    let scope = try Fixture.county(.get, in: store)
    await store.close()
    await #expect(throws: StoreError(.closed, "")) { _ = try await create(1, in: store) }
    #expect(throws: StoreError(.closed, "")) { try store.household(.id(.zero), scope: scope) }
  }

  @Test(arguments: TestDatabase.all)
  func otherKeysAreRefused(on database: TestDatabase) async throws {
    try fixture.use(database)
    let store = try fixture.open()
    let made = try await create(1, in: store)
    await store.close()
    let other = try Fixture()
    #expect(throws: StoreError(.wrongKey, "")) {
      try fixture.open { $0.keys = other.keys }
    }
    // The right ones still open it.
    let again = try fixture.open()
    let id = try #require(Bytes16(made.id))
    #expect(
      try again.household(.id(id), scope: Fixture.county(.get, in: again)).household() == made
    )
  }

  @Test(arguments: TestDatabase.all)
  func anotherNodesDatabaseIsRefused(on database: TestDatabase) async throws {
    try fixture.use(database)
    await (try fixture.open()).close()
    let foreign = StoreError(.foreign, "")
    let node = try #require(OfficeIdentity(uri: "registry://421223/node/main"))
    #expect(throws: foreign) { try fixture.open { $0.node = node } }
    #expect(throws: foreign) { try fixture.open { $0.synthetic = false } }
  }

  @Test(arguments: TestDatabase.all)
  func aSecondProcessOrStoreIsRefused(on database: TestDatabase) throws {
    try fixture.use(database)
    let store = try fixture.open()
    #expect(throws: StoreError(.unavailable, "")) { try fixture.open() }
    #expect(store.division.name == "通山县")
  }

  @Test(arguments: TestDatabase.all)
  func configuredVillagesAreAddedOnce(on database: TestDatabase) async throws {
    try fixture.use(database)
    let file = fixture.directory + "/villages.csv"
    defer { unlink(file) }
    let text = "code,name\n421224100203,戊村\n421224100201,甲村\n429999100201,无村\n"
    guard let stream = fopen(file, "w") else { throw StoreError(.dataFile, "") }
    fputs(text, stream)
    fclose(stream)
    for round in 0..<2 {
      let store = try fixture.open { $0.villages = file }
      let scope = try Fixture.county(.divisionRead, in: store)
      let division = try store.getDivision(GetDivisionRequest(code: "421224100203"), scope: scope)
      #expect(division.fullName == "湖北省咸宁市通山县通羊镇戊村")
      #expect(division.source == "configured")
      #expect(store.skippedDivisions.villages == 1)
      let household = Sample.household(round, village: "421224100203")
      _ = try await store.create(
        CreateHouseholdRequest(household: household),
        scope: Fixture.county(.create, in: store)
      )
      await store.close()
    }
  }

  @Test(arguments: TestDatabase.all)
  func aRepeatedVillageIsSkippedOrNamed(on database: TestDatabase) async throws {
    try fixture.use(database)
    let file = fixture.directory + "/villages.csv"
    defer { unlink(file) }
    func write(_ text: String) throws {
      guard let stream = fopen(file, "w") else { throw StoreError(.dataFile, "") }
      fputs(text, stream)
      fclose(stream)
    }
    try write("code,name\n421224100203,戊村\n421224100203,己村\n")
    let error = #expect(throws: StoreError.self) { try fixture.open { $0.villages = file } }
    #expect(error?.code == .dataFile)
    #expect(error?.message.contains("villages.csv, line 3: 421224100203") == true)
    try write("code,name\n421224100203,戊村\n421224100204,己村\n421224100203,戊村\n")
    let store = try fixture.open { $0.villages = file }
    #expect(store.divisions.records.count == Fixture.divisions.count + 2)
  }

  @Test(arguments: TestDatabase.all)
  func theNationsDivisionsAreLoaded(on database: TestDatabase) throws {
    try fixture.use(database)
    let store = try fixture.open { $0.divisions = .national }
    #expect(store.divisions.records.count > 40_000)
    #expect(store.skippedDivisions.townships > 0)
    let scope = try Fixture.county(.divisionRead, in: store)
    let county = try store.getDivision(GetDivisionRequest(code: "421224"), scope: scope)
    #expect(county.fullName == "湖北省咸宁市通山县")
    #expect(county.level == .county && county.parent == "421200" && county.children > 0)
  }

  @Test(arguments: TestDatabase.all)
  func divisionsAreListedInPages(on database: TestDatabase) throws {
    try fixture.use(database)
    let store = try fixture.open()
    let scope = try Fixture.county(.divisionRead, in: store)
    var codes: [String] = []
    var request = ListDivisionsRequest(parent: "420000", pageSize: 3)
    repeat {
      let page = try store.listDivisions(request, scope: scope)
      codes += page.divisions.map(\.code)
      request.pageToken = page.nextPageToken
    } while !request.pageToken.isEmpty
    #expect(codes.count == 10 && codes == codes.sorted())
    let own = try store.listDivisions(
      ListDivisionsRequest(level: .village, nameContains: "乙"),
      scope: scope
    )
    #expect(own.divisions.map(\.name) == ["乙村"])
    let direct = try store.listDivisions(ListDivisionsRequest(direct: true), scope: scope)
    #expect(direct.divisions.map(\.name) == ["通羊镇", "大畈镇"])
  }
}
