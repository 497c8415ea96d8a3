import Journal
import RegistryAPI
import RegistryModel
import RegistryStore
import TestDatabases
import Testing

@Suite(.timeLimit(.minutes(1)))
struct UpdateTests {
  let fixture: Fixture
  var store: RegistryStore { fixture.store }

  init() throws { fixture = try Fixture() }

  func start(on database: TestDatabase) throws {
    try fixture.start(on: database)
  }

  func create(_ index: Int, key: UInt8? = nil) async throws -> WrittenHousehold {
    let request = CreateHouseholdRequest(household: Sample.household(index))
    return try await store.create(
      request,
      idempotencyKey: key.map { Array(repeating: $0, count: 16) },
      scope: Fixture.county(.create, in: store)
    )
  }

  func update(
    _ household: Household,
    base: UInt64? = nil,
    mask: [String],
    removed: [[UInt8]] = [],
    key: UInt8? = nil
  ) async throws -> WrittenHousehold {
    let request = UpdateHouseholdRequest(
      id: household.id,
      baseVersion: base ?? household.version,
      household: household,
      mask: mask,
      removedMembers: removed
    )
    return try await store.update(
      request,
      idempotencyKey: key.map { Array(repeating: $0, count: 16) },
      scope: Fixture.county(.update, in: store)
    )
  }

  @Test(arguments: TestDatabase.all)
  func onlyWhatTheMaskNamesChanges(on database: TestDatabase) async throws {
    try start(on: database)
    var household = try await create(1).stored.household()
    household.contact = nil
    household.income?.years.append(YearIncome(year: 2010, netPerPerson: Money(fen: 200_000)))
    let changed = try await update(household, mask: ["income"]).stored.household()
    #expect(changed.version == 2)
    #expect(changed.income?.years.count == 2)
    #expect(changed.contact?.telephone == "13800000000")
    let blanked = try await update(
      changed,
      mask: ["contact.telephone"]
    ).stored.household()
    #expect(blanked.version == 2, "a value that is what it was makes no version")
  }

  @Test(arguments: TestDatabase.all)
  func theOtherOfficesDecisionIsNotReached(on database: TestDatabase) async throws {
    try start(on: database)
    var household = try await create(1).stored.household()
    household.classification?.securityDecision = .dibao
    for mask in [["classification.security_decision"], ["classification"]] {
      let error = try await #require(throws: StoreError.self) {
        _ = try await update(household, mask: mask)
      }
      #expect(error.code == .refused && error.details?.refusedBy == "change.own-list")
    }
    household.classification?.povertyDecision = .object
    household.classification?.mainCause = 4
    let mask = ["classification.poverty_decision", "classification.main_cause"]
    #expect(try await update(household, mask: mask).stored.version == 2)
  }

  @Test(arguments: TestDatabase.all)
  func theRowsFollowTheFile(on database: TestDatabase) async throws {
    try start(on: database)
    var household = try await create(1).stored.household()
    let left = household.members.removeLast()
    household.members[0].identity?.name = "欧阳锋"
    household.location?.village = Fixture.villages[2]
    household.classification?.mainCause = 9
    _ = try await update(
      household,
      mask: ["members.identity.name", "location.village", "classification.main_cause"],
      removed: [left.id]
    )
    let search = try Fixture.county(.search, in: store)
    let filter = HouseholdFilter(
      division: "421224101000",
      mainCauses: [9],
      name: "欧阳"
    )
    let found = try await store.search(SearchHouseholdsRequest(filter: filter), scope: search)
    #expect(found.households.map(\.head) == ["欧阳锋"])
    #expect(found.households.map(\.members) == [3])
    let old = try await store.search(
      SearchHouseholdsRequest(filter: HouseholdFilter(division: "421224100000")),
      scope: search
    )
    #expect(old.households.isEmpty)
    // The one who left can be registered elsewhere.
    var other = Sample.household(9, members: 1)
    other.members[0].identity?.citizenId = left.identity?.citizenId ?? ""
    _ = try await store.create(
      CreateHouseholdRequest(household: other),
      scope: Fixture.county(.create, in: store)
    )
    #expect(
      try await store.check(deep: true, scope: Fixture.county(.check, in: store)) { _ in } == 0
    )
  }

  @Test(arguments: TestDatabase.all)
  func aStaleBaseShowsBothSides(on database: TestDatabase) async throws {
    try start(on: database)
    let household = try await create(1).stored.household()
    var first = household
    first.contact?.address = "新街2号"
    _ = try await update(first, mask: ["contact.address"])
    var second = household
    second.contact?.address = "新街3号"
    second.dwelling?.road = 0
    second.location?.group = "二组"
    let stale = second
    let error = await #expect(throws: StoreError.self) {
      try await update(stale, mask: ["contact.address", "location.group"])
    }
    #expect(error?.code == .conflict)
    let conflict = try #require(error?.details?.conflict)
    #expect(conflict.baseVersion == 1)
    #expect(conflict.currentVersion == 2)
    let fields = Dictionary(uniqueKeysWithValues: conflict.fields.map { ($0.field, $0) })
    #expect(fields["contact.address"]?.changedMeanwhile == true)
    #expect(fields["contact.address"]?.changedByRequest == true)
    #expect(fields["location.group"]?.changedMeanwhile == false)
    #expect(fields["location.group"]?.changedByRequest == true)
  }

  @Test(arguments: TestDatabase.all)
  func ofConcurrentChangesOneWins(on database: TestDatabase) async throws {
    try start(on: database)
    let household = try await create(1).stored.household()
    let outcomes = await withTaskGroup(of: Bool.self) { group in
      for index in 0..<20 {
        group.addTask {
          var mine = household
          mine.location?.group = "\(index)组"
          return (try? await update(mine, mask: ["location.group"])) != nil
        }
      }
      return await group.reduce(into: []) { $0.append($1) }
    }
    #expect(outcomes.count { $0 } == 1)
  }

  @Test(arguments: TestDatabase.all)
  func aKeyMakesARepeatReturnTheFirstResult(on database: TestDatabase) async throws {
    try start(on: database)
    let first = try await create(1, key: 7)
    let again = try await create(1, key: 7)
    #expect(!first.isReplayed && again.isReplayed)
    #expect(first.stored == again.stored)
    var household = try await create(1, key: 7).stored.household()
    household.location?.group = "二组"
    let change = try await update(household, mask: ["location.group"], key: 8)
    // The repeat names a base that is stale by now, and still gets its first result.
    let repeated = try await update(household, mask: ["location.group"], key: 8)
    #expect(repeated.isReplayed)
    #expect(repeated.stored == change.stored)
    // The creation's result is the version that it made.
    #expect(try await create(1, key: 7).stored.version == 1)
    await #expect(throws: StoreError(.keyReused, "")) { _ = try await create(2, key: 7) }
  }

  @Test(arguments: TestDatabase.all)
  func aKeyKeepsAChangeThatChangedNothing(on database: TestDatabase) async throws {
    try start(on: database)
    let household = try await create(1).stored.household()
    let first = try await update(household, mask: ["location.group"], key: 8)
    #expect(first.stored.version == 1 && !first.isReplayed)
    var other = household
    other.location?.group = "二组"
    _ = try await update(other, mask: ["location.group"])
    // Without its result on record the repeat would meet a stale base.
    let again = try await update(household, mask: ["location.group"], key: 8)
    #expect(again.stored == first.stored && again.isReplayed)
  }

  @Test(arguments: TestDatabase.all)
  func aDateThatIsNotGivenIsToday(on database: TestDatabase) async throws {
    try start(on: database)
    var household = try await create(1).stored.household()
    let before = household.effectiveOn
    fixture.now = Instant(microseconds: fixture.now.microseconds + 86_400_000_000)
    household.effectiveOn = 0
    household.location?.group = "二组"
    let changed = try await update(household, mask: ["location.group", "effective_on"])
    let day = Int32(Day(of: fixture.now).yyyymmdd)
    #expect(try changed.stored.household().effectiveOn == day && day > before)
  }

  @Test(arguments: TestDatabase.all)
  func idsOfMembersAreGivenHere(on database: TestDatabase) async throws {
    try start(on: database)
    let first = try await create(1).stored.household()
    var second = Sample.household(2)
    second.members[0].id = first.members[0].id
    second.members[1].id = [1, 2, 3]
    let scope = try Fixture.county(.create, in: store)
    let made = try await store.create(CreateHouseholdRequest(household: second), scope: scope)
      .stored.household()
    #expect(made.members.allSatisfy { $0.id.count == 16 })
    #expect(made.members.allSatisfy { member in first.members.allSatisfy { $0.id != member.id } })
    // A person whom an import adds with an id of another household gets a new one too.
    var person = Sample.member(99, head: false)
    person.id = first.members[0].id
    let item = Sample.item(Household(number: made.number, members: [person]), row: 1)
    let results = try await store.importItems(
      [item],
      file: Sample.file(),
      scope: Fixture.county(.importRows, in: store)
    )
    #expect(results.map(\.outcome) == [.updated])
    let id = try #require(Bytes16(made.id))
    let changed = try store.household(.id(id), scope: Fixture.county(.get, in: store)).household()
    try #require(changed.members.count == 5)
    #expect(changed.members.prefix(4).map(\.id) == made.members.map(\.id))
    #expect(changed.members[4].id.count == 16 && changed.members[4].id != person.id)
  }

  @Test(arguments: TestDatabase.all)
  func callsWithOneKeyAtOnceWriteOnce(on database: TestDatabase) async throws {
    try start(on: database)
    let ids = try await withThrowingTaskGroup(of: Bytes16.self) { group in
      for _ in 0..<16 { group.addTask { try await create(1, key: 9).stored.id } }
      return try await group.reduce(into: Set()) { $0.insert($1) }
    }
    #expect(ids.count == 1)
    #expect(try store.status().journalSize == 2)
  }

  @Test(arguments: TestDatabase.all)
  func aKeyExpires(on database: TestDatabase) async throws {
    try start(on: database)
    let first = try await create(1, key: 7)
    fixture.now = Instant(microseconds: fixture.now.microseconds + store.limits.idempotencyLife + 1)
    let error = await #expect(throws: StoreError.self) { _ = try await create(1, key: 7) }
    #expect(error?.code == .duplicate)
    #expect(first.stored.version == 1)
  }
}
