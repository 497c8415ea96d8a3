import Journal
import RegistryAPI
import RegistryModel
import TestDatabases
import Testing

@testable import RegistryStore

/// People of exited households come into other files, whatever way they come.
@Suite(.timeLimit(.minutes(1)))
struct ExitedMemberTests {
  let changes: ChangeTests
  var store: RegistryStore { changes.store }

  init() throws { changes = try ChangeTests() }

  /// A household of four people that has left the register.
  func exited(_ index: Int) async throws -> Household {
    let household = try await changes.create(index)
    _ = try await changes.submit(.exit(ExitChange(reason: 1)), household)
    return try changes.get(household.id)
  }

  /// Where somebody of a household is found by the ID number.
  func place(_ household: Household, _ position: Int) throws -> [UInt8] {
    let number = try #require(household.members[position].identity?.citizenId)
    let reference = try HouseholdReference(
      GetHouseholdRequest(by: .citizenId(number)),
      today: Day(of: changes.fixture.now)
    )
    return try store.household(reference, scope: Fixture.county(.get, in: store)).id.bytes
  }

  /// Somebody of a household as a new member of another.
  func comer(_ household: Household, _ position: Int) -> Member {
    var member = household.members[position]
    member.identity?.relation = 20
    return member
  }

  func update(_ household: Household, _ members: [Member], _ mask: [String]) async throws {
    let request = UpdateHouseholdRequest(
      id: household.id,
      baseVersion: household.version,
      household: Household(members: members),
      mask: mask
    )
    _ = try await store.update(request, scope: Fixture.county(.update, in: store))
  }

  @Test(arguments: TestDatabase.all)
  func theyAreRegisteredAnew(on database: TestDatabase) async throws {
    try changes.fixture.start(on: database)
    let old = try await exited(1)
    let new = try await changes.create(1, village: Fixture.villages[1])
    for position in 0..<4 { #expect(try place(old, position) == new.id) }
    let other = try await exited(2)
    let results = try await store.importItems(
      [Sample.item(Sample.household(2), row: 1)],
      file: Sample.file(),
      scope: Fixture.county(.importRows, in: store)
    )
    #expect(results.map(\.outcome) == [.created])
    #expect(try place(other, 3) == results[0].householdId)
    #expect(try await changes.findings() == 0)
  }

  @Test(arguments: TestDatabase.all)
  func theyJoinByEveryWay(on database: TestDatabase) async throws {
    try changes.fixture.start(on: database)
    let (old, house) = (try await exited(1), try await changes.create(2))
    _ = try await changes.submit(.birth(Birth(member: comer(old, 1))), house)
    let marriage = Marriage(joins: comer(old, 2))
    _ = try await changes.submit(.marriage(marriage), try changes.get(house.id))
    var last = comer(old, 3)
    last.id = []
    try await update(try changes.get(house.id), [last], ["members"])
    for position in 1..<4 { #expect(try place(old, position) == house.id) }
    #expect(try place(old, 0) == old.id)
    // They go on with the household that they joined.
    let third = try await changes.create(3)
    let joined = try changes.get(house.id)
    let relations = joined.members.map { MemberRelation(member: $0.id, relation: 97) }
    let merge = Merge(other: house.id, otherBaseVersion: joined.version, relations: relations)
    let merged = try await changes.submit(.merge(merge), third)
    #expect(try place(old, 2) == third.id)
    let whole = try #require(try merged.household?.household())
    _ = try await changes.submit(changes.split(whole, 3), whole)
    #expect(try place(old, 0) == old.id)
    #expect(try place(old, 3) != third.id)
    #expect(try await changes.findings() == 0)
  }

  /// Half of a household is exited people, half stands in a registered file: nothing is written.
  @Test(arguments: TestDatabase.all)
  func aRefusedHouseholdLeavesThemWhereTheyWere(on database: TestDatabase) async throws {
    try changes.fixture.start(on: database)
    let (old, house) = (try await exited(1), try await changes.create(2))
    var mixed = Sample.household(5)
    for (position, source) in [(1, old), (2, house), (3, old)] {
      mixed.members[position] = comer(source, position)
    }
    let results = try await store.importItems(
      [Sample.item(mixed, row: 1), Sample.item(Sample.household(6), row: 5)],
      file: Sample.file(),
      scope: Fixture.county(.importRows, in: store)
    )
    #expect(results.map(\.outcome) == [.refused, .created])
    #expect(results[0].violations.map(\.member) == [3])
    for position in 0..<4 { #expect(try place(old, position) == old.id) }
    #expect(try await changes.findings() == 0)
  }

  /// A correction of the exited file takes nobody back, and keeps nobody from leaving the new one.
  @Test(arguments: TestDatabase.all)
  func aCorrectionOfTheExitedFileTakesNobodyBack(on database: TestDatabase) async throws {
    try changes.fixture.start(on: database)
    let (old, house) = (try await exited(1), try await changes.create(2))
    _ = try await changes.submit(.birth(Birth(member: comer(old, 1))), house)
    let number = Sample.number(900)
    let corrected = Member(id: old.members[2].id, identity: Identity(citizenId: number))
    try await update(old, [corrected], ["members.identity.citizen_id"])
    #expect(try place(old, 1) == house.id)
    #expect(try place(try changes.get(old.id), 2) == old.id)
    #expect(try await changes.findings() == 0)
    // Nobody holds the number when the person leaves the register with the file that holds it.
    let now = try changes.get(house.id)
    let gone = try #require(now.members.last)
    _ = try await changes.submit(.death(Death(member: gone.id)), now)
    #expect(throws: StoreError(.notFound, "")) { try place(old, 1) }
    #expect(try await changes.findings() == 0)
    let taken = Member(id: old.members[2].id, identity: house.members[1].identity)
    await #expect(throws: StoreError(.duplicate, "")) {
      try await update(try changes.get(old.id), [taken], ["members.identity.citizen_id"])
    }
  }

  /// The file that comes back takes its people from one that has left since.
  @Test(arguments: TestDatabase.all)
  func aReturningHouseholdHasItsPeople(on database: TestDatabase) async throws {
    try await ProcedureTests.atDesk(on: database) { desk, fixture in
      try desk.relax()
      func create() async throws -> Household {
        let request = CreateHouseholdRequest(household: Sample.household(1))
        let scope = try Fixture.county(.create, in: desk.store)
        let made = try await desk.store.create(request, scope: scope).stored.household()
        let exit = Change(
          household: made.id,
          baseVersion: 1,
          reason: "脱贫",
          kind: .exit(ExitChange(reason: 1))
        )
        _ = try await desk.store.submit(
          SubmitChangeRequest(change: exit),
          scope: Fixture.county(.change, in: desk.store)
        )
        return made
      }
      let first = try await create()
      let second = try await create()
      #expect(first.id != second.id)
      let again = NewApplication(
        household: Sample.household(1),
        previousHousehold: first.number
      )
      let result = try #require(try await desk.apply([again]).first)
      #expect(result.violations == [])
      let noticed = try await desk.noticed(try await desk.get(result.application))
      let done = try await desk.step(noticed, by: Desk.poverty, .register(Registration()))
      #expect(done.registeredHousehold == first.id)
      let number = try #require(first.members[0].identity?.citizenId)
      let reference = try HouseholdReference(
        GetHouseholdRequest(by: .citizenId(number)),
        today: Day(of: fixture.now)
      )
      let found = try desk.store.household(
        reference,
        scope: Fixture.county(.get, in: desk.store)
      )
      #expect(found.id.bytes == first.id)
    }
  }
}
