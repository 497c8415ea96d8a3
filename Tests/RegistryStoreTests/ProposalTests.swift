import Journal
import RegistryAPI
import RegistryModel
import SQL
import SQLite
import TestDatabases
import Testing

@testable import RegistryStore

/// Proposals of village offices, and how the county settles them.
@Suite(.timeLimit(.minutes(1)))
struct ProposalTests {
  static let county = "registry://421224/poverty-office/p0007"
  let changes: ChangeTests

  init() throws { changes = try ChangeTests() }

  var store: RegistryStore { changes.store }

  func phone(_ number: String) -> Change.Kind {
    .correct(
      Correction(
        household: Household(contact: Contact(telephone: number)),
        mask: ["contact.telephone"]
      )
    )
  }

  func address(_ text: String) -> Change.Kind {
    .correct(
      Correction(household: Household(contact: Contact(address: text)), mask: ["contact.address"])
    )
  }

  func propose(
    _ kind: Change.Kind,
    _ household: Household,
    key: UInt8? = nil
  ) async throws -> Proposal {
    let made = try await changes.submit(
      kind,
      household,
      as: ChangeTests.villageOffice,
      key: key
    )
    #expect(made.household == nil)
    return try #require(made.proposal)
  }

  func settle(
    _ proposal: Proposal,
    _ verdict: ProposalVerdict,
    as office: String = ProposalTests.county,
    reason: String = "核实",
    key: UInt8? = nil
  ) async throws -> SubmittedChange {
    let request = SettleProposalRequest(
      id: proposal.id,
      baseVersion: proposal.version,
      verdict: verdict,
      reason: reason
    )
    return try await store.settle(
      request,
      idempotencyKey: key.map { Array(repeating: $0, count: 16) },
      scope: Fixture.scope(office, .settle, in: store)
    )
  }

  @Test(arguments: TestDatabase.all)
  func aProposalChangesNothingUntilItIsTaken(on database: TestDatabase) async throws {
    try changes.fixture.start(on: database)
    let household = try await changes.create(1)
    let proposal = try await propose(phone("13800000001"), household, key: 1)
    #expect(proposal.state == .open && proposal.baseHousehold?.id == household.id)
    #expect(try await propose(phone("13800000001"), household, key: 1) == proposal)
    #expect(try changes.get(household.id) == household)

    let scope = try Fixture.county(.proposalRead, in: store)
    let view = try await store.proposal(GetProposalRequest(id: proposal.id), scope: scope)
    #expect(view.proposal == proposal && view.current == household)
    #expect(view.proposed?.contact?.telephone == "13800000001")
    #expect(view.fields.map(\.field) == ["contact.telephone"])

    let taken = try await settle(proposal, .take, key: 2)
    let made = try #require(try taken.household?.household())
    #expect(taken.proposal?.state == .taken && taken.proposal?.madeVersion == 2)
    #expect(made.contact?.telephone == "13800000001" && made.change?.proposal == proposal.id)
    let again = try await settle(proposal, .take, key: 2)
    #expect(again.isReplayed && again.proposal == taken.proposal)
    #expect(again.household == taken.household)
    await #expect(throws: StoreError(.conflict, "")) { try await settle(proposal, .take) }
    let settled = try #require(taken.proposal)
    await #expect(throws: StoreError(.invalid, "")) { try await settle(settled, .take) }
    #expect(try await changes.findings() == 0)
  }

  @Test(arguments: TestDatabase.all)
  func listsKeepToAreaAndState(on database: TestDatabase) async throws {
    try changes.fixture.start(on: database)
    let (one, other) = (
      try await changes.create(1), try await changes.create(2, village: Fixture.villages[1])
    )
    let first = try await propose(phone("13800000001"), one)
    let second = try await propose(address("新街"), one)
    await #expect(throws: StoreError.householdNotFound) {
      try await propose(phone("13800000001"), other)
    }
    _ = try await settle(second, .refuse)
    func list(_ office: String, _ request: ListProposalsRequest = .init()) async throws -> [[UInt8]]
    {
      let scope = try Fixture.scope(office, .proposalRead, in: store)
      let page = try await store.proposals(request, scope: scope)
      #expect(page.proposals.allSatisfy { $0.baseHousehold == nil })
      return page.proposals.map(\.id)
    }
    #expect(try await list(Self.county) == [first.id])
    #expect(try await list(ChangeTests.villageOffice) == [first.id])
    #expect(try await list("registry://421224100202/village-committee/p0102") == [])
    #expect(try await list("registry://421223/poverty-office/p0001") == [])
    #expect(try await list(Self.county, .init(states: [.refused])) == [second.id])
    #expect(try await list(Self.county, .init(household: other.id)) == [])
    let scope = try Fixture.county(.proposalRead, in: store)
    var request = ListProposalsRequest(states: [.open, .refused], pageSize: 1)
    let page = try await store.proposals(request, scope: scope)
    request.pageToken = page.nextPageToken
    let next = try await store.proposals(request, scope: scope)
    #expect((page.proposals + next.proposals).map(\.id) == [first.id, second.id])
    #expect(next.nextPageToken.isEmpty)
  }

  @Test(arguments: TestDatabase.all)
  func differentFieldsMerge(on database: TestDatabase) async throws {
    try changes.fixture.start(on: database)
    let household = try await changes.create(1)
    let proposal = try await propose(phone("13800000001"), household)
    _ = try await changes.submit(address("新街2号"), household)
    let taken = try await settle(proposal, .take)
    let made = try #require(try taken.household?.household())
    #expect(made.version == 3 && made.contact?.telephone == "13800000001")
    #expect(made.contact?.address == "新街2号")
    #expect(taken.proposal?.merged == ["contact.address"] && taken.proposal?.madeVersion == 3)
  }

  @Test(arguments: [ProposalVerdict.takeProposed, .keepCurrent])
  func theSameFieldIsAConflictThatAPersonSettles(verdict: ProposalVerdict) async throws {
    try changes.fixture.start(on: .sqlite)
    let household = try await changes.create(1)
    let both = Change.Kind.correct(
      Correction(
        household: Household(contact: Contact(telephone: "13800000001", address: "村东")),
        mask: ["contact"]
      )
    )
    let proposal = try await propose(both, household)
    _ = try await changes.submit(phone("13800000002"), household)
    let opened = try await settle(proposal, .take)
    let conflict = try #require(opened.proposal)
    #expect(conflict.state == .conflict && opened.household == nil)
    #expect(try changes.get(household.id).version == 2)
    #expect(
      try await changes.broken { try await settle(conflict, verdict, reason: "") }
        == ["proposal.reason-missing"]
    )
    let settled = try await settle(conflict, verdict)
    let made = try #require(try settled.household?.household())
    #expect(settled.proposal?.state == .taken && made.version == 3)
    let kept = verdict == .keepCurrent
    #expect(made.contact?.telephone == (kept ? "13800000002" : "13800000001"))
    #expect(made.contact?.address == "村东", "what only the proposal changed is taken")
    #expect(try await changes.findings() == 0)
  }

  @Test(arguments: TestDatabase.all)
  func aSplitOnAStaleBaseIsAConflict(on database: TestDatabase) async throws {
    try changes.fixture.start(on: database)
    let household = try await changes.create(1)
    let proposal = try await propose(changes.split(household), household)
    _ = try await changes.submit(phone("13800000002"), household)
    let conflict = try #require(try await settle(proposal, .take).proposal)
    #expect(conflict.state == .conflict)
    let settled = try await settle(conflict, .takeProposed)
    let made = try #require(try settled.household?.household())
    #expect(made.members.count == 2 && made.contact?.telephone == "13800000002")
    #expect(settled.other != nil)
    #expect(try await changes.findings() == 0)
  }

  @Test(arguments: TestDatabase.all)
  func sidesThatTogetherBreakARuleAreAConflict(on database: TestDatabase) async throws {
    try changes.fixture.start(on: database)
    var household = try await changes.create(3)
    #expect(household.classification?.category == .both)
    let kind = Change.Kind.category(CategoryChange(povertyDecision: .refused))
    let proposal = try await propose(kind, household)
    _ = try await changes.submit(
      .category(CategoryChange(securityDecision: .neither)),
      household,
      as: ChangeTests.civilAffairs
    )
    #expect(try await settle(proposal, .take).proposal?.state == .conflict)
    household = try changes.get(household.id)
    #expect(household.version == 2)
  }

  @Test(arguments: TestDatabase.all)
  func whoExitedMeanwhileTakesNoProposal(on database: TestDatabase) async throws {
    try changes.fixture.start(on: database)
    let household = try await changes.create(1)
    let child = Member(
      identity: Identity(name: "婴", noIdReason: 1, sex: 1, birthDate: 2010_10_01, relation: 20),
      schooling: Schooling(education: 1),
      health: Health(states: [1])
    )
    let proposal = try await propose(.birth(Birth(member: child)), household)
    _ = try await changes.submit(.exit(ExitChange(reason: 1)), household)
    let conflict = try #require(try await settle(proposal, .take).proposal)
    #expect(conflict.state == .conflict)
    for verdict in [ProposalVerdict.takeProposed, .keepCurrent] {
      #expect(
        try await changes.broken { try await settle(conflict, verdict) } == ["change.exited"]
      )
    }
    #expect(try await settle(conflict, .refuse).proposal?.state == .refused)
    #expect(try changes.get(household.id).members.count == 4)
  }

  @Test(arguments: TestDatabase.all)
  func onlyTheOfficeWhoseMatterItIsSettles(on database: TestDatabase) async throws {
    try changes.fixture.start(on: database)
    let household = try await changes.create(1)
    let proposal = try await propose(phone("13800000001"), household)
    let dibao = try await propose(
      .category(CategoryChange(securityDecision: .dibao)),
      household
    )
    for (one, verdict, office) in [
      (proposal, ProposalVerdict.take, ChangeTests.villageOffice),
      (proposal, .take, ChangeTests.civilAffairs), (proposal, .withdraw, Self.county),
      (dibao, .take, Self.county), (dibao, .refuse, Self.county),
    ] {
      let rules = try await changes.broken { try await settle(one, verdict, as: office) }
      #expect(rules == ["proposal.office"])
    }
    let taken = try await settle(dibao, .take, as: ChangeTests.civilAffairs)
    #expect(try taken.household?.household().classification?.category == .both)
    let withdrawn = try await settle(proposal, .withdraw, as: ChangeTests.villageOffice)
    #expect(withdrawn.proposal?.state == .withdrawn && withdrawn.proposal?.version == 2)
    #expect(withdrawn.proposal?.proposedAt == proposal.proposedAt)
    await #expect(throws: StoreError.proposalNotFound) {
      try await settle(proposal, .take, as: "registry://421223/poverty-office/p0001")
    }
  }

  @Test(
    arguments: [
      "UPDATE proposal SET state = 2", "UPDATE proposal SET version = 3",
      "UPDATE proposal SET entry = entry - 1", "UPDATE proposal SET household = 77",
    ]
  )
  func theDeepCheckFindsDamagedRows(statement: String) async throws {
    try changes.fixture.start(on: .sqlite)
    let household = try await changes.create(1)
    _ = try await propose(phone("13800000001"), household)
    #expect(try await changes.findings() == 0)
    await store.close()
    do {
      let database = try SQLiteDatabase(path: changes.fixture.path)
      try database.makeConnection(role: .writer).execute(statement)
    }
    let damaged = try changes.fixture.open()
    let scope = try Fixture.county(.check, in: damaged)
    #expect(try await damaged.check(deep: true, scope: scope) { _ in } == 1)
    await damaged.close()
  }

  @Test(arguments: TestDatabase.all)
  func whatBreaksRulesIsNoProposal(on database: TestDatabase) async throws {
    try changes.fixture.start(on: database)
    let household = try await changes.create(1)
    let outside = Move(location: Location(village: Fixture.villages[3], group: "一组"))
    for (kind, rule) in [
      (phone("abc"), "value.telephone"), (.move(outside), "household.node-area"),
    ] {
      let rules = try await changes.broken {
        try await changes.submit(kind, household, as: ChangeTests.villageOffice)
      }
      #expect(rules == [rule])
    }
    // Another village of the county lies outside the office's area: that the county decides.
    let inside = Move(location: Location(village: Fixture.villages[2], group: "一组"))
    #expect(try await propose(.move(inside), household).state == .open)
  }
}
