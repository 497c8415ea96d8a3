import Journal
import RegistryAPI
import RegistryModel
import TestDatabases
import Testing

@testable import RegistryStore

/// Changes of registered households in a store.
@Suite(.timeLimit(.minutes(1)))
struct ChangeTests {
  static let villageOffice = "registry://421224100201/village-committee/p0101"
  static let civilAffairs = "registry://421224/civil-affairs/p0301"

  let fixture: Fixture
  var store: RegistryStore { fixture.store }

  init() throws {
    fixture = try Fixture()
  }

  func create(_ index: Int, village: String = Fixture.villages[0]) async throws -> Household {
    let request = CreateHouseholdRequest(household: Sample.household(index, village: village))
    let scope = try Fixture.county(.create, in: store)
    return try await store.create(request, scope: scope).stored.household()
  }

  func submit(
    _ kind: Change.Kind,
    _ household: Household,
    base: UInt64? = nil,
    as office: String = "registry://421224/poverty-office/p0007",
    key: UInt8? = nil
  ) async throws -> SubmittedChange {
    let change = Change(
      household: household.id,
      baseVersion: base ?? household.version,
      reason: "理由",
      kind: kind
    )
    return try await store.submit(
      SubmitChangeRequest(change: change),
      idempotencyKey: key.map { Array(repeating: $0, count: 16) },
      scope: Fixture.scope(office, .change, in: store)
    )
  }

  /// The rules that a call breaks.
  func broken(_ call: () async throws -> SubmittedChange) async throws -> [String] {
    do {
      _ = try await call()
      return []
    } catch let error as StoreError {
      return (error.details?.violations ?? []).map(\.rule)
    }
  }

  func counts(_ village: String) async throws -> (households: Int64, people: Int64, exited: Int64) {
    let scope = try Fixture.county(.statistics, in: store)
    let tally = try await store.counts(of: village, scope: scope).divisions.first?.tally
    let registered = tally?.registered ?? Count()
    return (registered.households, registered.people, tally?.values[2] ?? -1)
  }

  func findings() async throws -> UInt64 {
    try await store.check(deep: true, scope: Fixture.county(.check, in: store)) { _ in }
  }

  func get(_ id: [UInt8]) throws -> Household {
    let id = try #require(Bytes16(id))
    return try store.household(.id(id), scope: Fixture.county(.get, in: store)).household()
  }

  func split(_ household: Household, _ count: Int = 2, village: String? = nil) -> Change.Kind {
    let leaving = household.members.suffix(count)
    let relations = leaving.dropFirst().map { MemberRelation(member: $0.id, relation: 97) }
    let own = Household(location: village.map { Location(village: $0, group: "二组") })
    return .split(Split(members: leaving.map(\.id), relations: Array(relations), household: own))
  }

  @Test(arguments: TestDatabase.all)
  func aSplitIsOneChangeOfTwoHouseholds(on database: TestDatabase) async throws {
    try fixture.start(on: database)
    let household = try await create(1)
    let made = try await submit(split(household, village: Fixture.villages[2]), household)
    let rest = try #require(try made.household?.household())
    let new = try #require(try made.other?.household())
    #expect(rest.version == 2 && rest.members.count == 2 && rest.change?.kind == .split)
    #expect(new.version == 1 && new.number != rest.number && new.change?.otherHousehold == rest.id)
    #expect(new.members.map(\.id) == household.members.suffix(2).map(\.id))
    #expect(rest.change?.otherHousehold == new.id)
    #expect(try await counts(Fixture.villages[0]) == (1, 2, 0))
    #expect(try await counts(Fixture.villages[2]) == (1, 2, 0))
    // Each person is found in the one file where they stand now.
    let number = try #require(household.members[3].identity?.citizenId)
    let request = GetHouseholdRequest(by: .citizenId(number))
    let reference = try HouseholdReference(request, today: Day(of: fixture.now))
    let scope = try Fixture.county(.get, in: store)
    #expect(try store.household(reference, scope: scope).id.bytes == new.id)
    #expect(try await findings() == 0)
  }

  @Test(arguments: TestDatabase.all)
  func aMergerClosesTheOther(on database: TestDatabase) async throws {
    try fixture.start(on: database)
    let (one, other) = (try await create(1), try await create(2, village: Fixture.villages[1]))
    let relations = other.members.map { MemberRelation(member: $0.id, relation: 97) }
    let merge = Merge(other: other.id, otherBaseVersion: 1, relations: relations)
    let made = try await submit(.merge(merge), one, key: 7)
    #expect(try made.household?.household().members.count == 8)
    let closed = try #require(try made.other?.household())
    #expect(closed.status == .exited && closed.members.isEmpty && closed.exit?.reason == 4)
    #expect(try await counts(Fixture.villages[0]) == (1, 8, 0))
    #expect(try await counts(Fixture.villages[1]) == (0, 0, 1))
    #expect(try await findings() == 0)

    let again = try await submit(.merge(merge), one, key: 7)
    #expect(again.isReplayed && again.household == made.household && again.other == made.other)
    #expect(
      try await broken { try await submit(.exit(ExitChange(reason: 1)), closed) }
        == ["change.exited"]
    )
  }

  @Test(arguments: TestDatabase.all)
  func whatFailsHalfwayLeavesNothing(on database: TestDatabase) async throws {
    try fixture.start(on: database)
    let (one, other) = (try await create(1), try await create(2))
    let relations = other.members.map { MemberRelation(member: $0.id, relation: 97) }
    let merge = Merge(other: other.id, otherBaseVersion: 5, relations: relations)
    await #expect(throws: StoreError(.conflict, "")) { try await submit(.merge(merge), one) }
    // Every second one is overtaken inside the writer: either both households change or none.
    let split = split(one)
    async let first = try? submit(split, one)
    async let second = try? submit(split, one)
    let made = await [first, second].compactMap { $0 }
    #expect(made.count == 1)
    #expect(try await counts("421224").households == 3)
    #expect(try await findings() == 0)
  }

  @Test(arguments: TestDatabase.all)
  func repeatedCallsGiveTheFirstResult(on database: TestDatabase) async throws {
    try fixture.start(on: database)
    let household = try await create(1)
    let split = split(household)
    let first = try await submit(split, household, key: 1)
    let again = try await submit(split, household, key: 1)
    #expect(!first.isReplayed && again.isReplayed)
    #expect(again.household == first.household && again.other == first.other)
    let rest = try get(household.id)
    let away = Change.Kind.moveAway(MoveAway(destination: "421223"))
    let moved = try await submit(away, rest, key: 2)
    let movedAgain = try await submit(away, rest, key: 2)
    #expect(moved.handOver != nil && movedAgain.handOver == moved.handOver)
    #expect(try await findings() == 0)
    await #expect(throws: StoreError(.keyReused, "")) {
      try await submit(.exit(ExitChange(reason: 1)), rest, key: 2)
    }
  }

  @Test(arguments: TestDatabase.all)
  func aCallSentTwiceAtOnceIsCarriedOutOnce(on database: TestDatabase) async throws {
    try fixture.start(on: database)
    for index in 1...10 {
      let household = try await create(index)
      let split = split(household)
      async let first = submit(split, household, key: UInt8(index))
      async let second = submit(split, household, key: UInt8(index))
      let made = try await [first, second]
      #expect(made.filter(\.isReplayed).count == 1)
      #expect(made[0].household == made[1].household && made[0].other == made[1].other)
    }
    #expect(try await counts("421224").households == 20)
    #expect(try await findings() == 0)
  }

  @Test(arguments: TestDatabase.all)
  func movesKeepToTheArea(on database: TestDatabase) async throws {
    try fixture.start(on: database)
    let household = try await create(1)
    let to = { Change.Kind.move(Move(location: Location(village: $0, group: "一组"))) }
    let outside = try await broken { try await submit(to(Fixture.villages[3]), household) }
    #expect(outside == ["household.node-area"])
    let moved = try await submit(to(Fixture.villages[2]), household)
    #expect(try moved.household?.household().change?.kind == .move)
    #expect(try await counts(Fixture.villages[0]) == (0, 0, 0))
    #expect(try await counts(Fixture.villages[2]) == (1, 4, 0))
    let current = try get(household.id)
    for (destination, rule) in [
      ("421224100202", "change.destination-inside"), ("999999", "change.destination"),
    ] {
      let away = Change.Kind.moveAway(MoveAway(destination: destination))
      #expect(try await broken { try await submit(away, current) } == [rule])
    }
    let away = try await submit(.moveAway(MoveAway(destination: "421223100201")), current)
    #expect(away.handOver?.householdVersion == 3)
    let scope = try Fixture.county(.handOverRead, in: store)
    let listed = try await store.handOvers(ListHandOversRequest(), scope: scope)
    #expect(listed.handOvers == [away.handOver])
    #expect(try get(household.id).exit?.destination == "421223100201")
  }

  @Test(arguments: TestDatabase.all)
  func eachOfficeChangesItsOwnList(on database: TestDatabase) async throws {
    try fixture.start(on: database)
    let household = try await create(1)
    let dibao = Change.Kind.category(CategoryChange(securityDecision: .dibao))
    let refusal = try await broken { try await submit(dibao, household) }
    #expect(refusal == ["change.own-list"])
    await #expect(throws: StoreError(.refused, "")) { try await submit(dibao, household) }
    let granted = try await submit(dibao, household, as: Self.civilAffairs)
    #expect(try granted.household?.household().classification?.category == .both)
    let exit = Change.Kind.exit(ExitChange(reason: 1))
    await #expect(throws: StoreError(.refused, "")) {
      try await submit(exit, try get(household.id), as: Self.civilAffairs)
    }
  }

  @Test(arguments: TestDatabase.all)
  func aStaleBaseShowsBothSides(on database: TestDatabase) async throws {
    try fixture.start(on: database)
    let household = try await create(1)
    _ = try await submit(
      .category(CategoryChange(securityDecision: .dibao)),
      household,
      as: Self.civilAffairs
    )
    let correction = Correction(
      household: Household(contact: Contact(telephone: "13800000009")),
      mask: ["contact.telephone"]
    )
    do {
      _ = try await submit(.correct(correction), household)
      Issue.record("a stale base was taken")
    } catch let error as StoreError {
      let conflict = try #require(error.details?.conflict)
      #expect(error.code == .conflict && conflict.baseVersion == 1 && conflict.currentVersion == 2)
      #expect(
        conflict.fields == [
          FieldDifference(field: "classification.security_decision", changedMeanwhile: true),
          FieldDifference(field: "contact.telephone", changedByRequest: true),
        ]
      )
    }
    #expect(
      try await broken { try await submit(.correct(correction), household, base: 0) }
        == ["change.base-missing"]
    )
  }
}
