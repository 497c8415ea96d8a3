import RPCCore
import RegistryAPI
import RegistryLink
import RegistryModel
import RegistryStore
import TestDatabases
import TestRegistry
import Testing

/// What a roster of a province leads to: orders to the counties that own the files, which make
/// proposals of them.
struct RosterOrderTests {
  private func settle(_ below: LinkedNode..., to above: LinkedNode) async throws {
    for _ in 0..<3 {
      for node in below { while try await node.link(to: above).exchangeOnce() {} }
    }
  }

  private func proposals(
    _ node: LinkedNode,
    as office: String = RosterDesk.civilAffairs
  ) async throws -> [Proposal] {
    try await ChangeClient(node.channel(as: office)).listProposals(
      ListProposalsRequest(states: [.open, .conflict, .taken, .refused])
    )
    .proposals
  }

  @Test(
    "Proposals of a province's roster are made by the county, once",
    arguments: TestDatabase.all
  )
  func down(on database: TestDatabase) async throws {
    let nodes = try LinkedNodes(on: database)
    let county = try nodes.open(LinkedNodes.county)
    let other = try nodes.open(LinkedNodes.otherCounty)
    let province = try nodes.open(LinkedNodes.province)
    let first = try await RosterDesk.register(county, 0)
    let second = try await RosterDesk.register(county, 1) { $0.grant(.dibao, alone: true) }
    let third = try await RosterDesk.register(other, 2, village: LinkedNodes.villages[2])
    try await settle(county, other, to: province)
    let affairs = RosterDesk.provincialAffairs
    func roster(_ people: [RosterDesk.Person], _ digest: UInt8) async throws -> Roster {
      let made = try await RosterDesk.importRoster(
        province,
        people,
        as: affairs,
        division: "420000",
        digest: digest
      ).roster
      _ = try await RosterDesk.converge(province, made, as: affairs)
      return made
    }
    let people = [RosterDesk.person(0, 0), RosterDesk.person(2, 0)]
    let made = try await roster(people, 1)
    let proposed = try await RosterDesk.propose(province, made, as: affairs)
    // Two to grant, one that ends, as an exit; nothing is made above.
    #expect(proposed.ordered == 3 && proposed.made == 0 && proposed.elsewhere == 0)
    #expect(try await RosterDesk.propose(province, made, as: affairs).known == 3)
    // The next month's says the same before anything has come back.
    let next = try await roster(people, 2)
    let again = try await RosterDesk.propose(province, next, as: affairs)
    #expect(again.ordered == 0 && again.known == 3)
    try await settle(county, other, to: province)
    let open = try await proposals(county)
    #expect(Set(open.compactMap(\.change?.household)) == [first.id, second.id])
    #expect(open.allSatisfy { $0.proposedBy == affairs && $0.state == .open })
    #expect(open.map(\.change?.changeKind).contains(.exit))
    let theirs = try await proposals(other, as: "registry://421223/civil-affairs/p0009")
    #expect(theirs.map(\.change?.household) == [third.id])
    // They are the county's to settle.
    let grant = try #require(open.first { $0.change?.household == first.id })
    let taken = try await ChangeClient(county.channel(as: RosterDesk.civilAffairs)).settleProposal(
      SettleProposalRequest(id: grant.id, baseVersion: 1, verdict: .take, reason: "名册")
    )
    #expect(taken.household?.classification?.category == .both)
    try await settle(county, other, to: province)
    let above = try await proposals(province, as: affairs)
    #expect(above.count == 3 && above.filter { $0.state == .taken }.map(\.id) == [grant.id])
    // A county's own roster does not ask for what is asked for already.
    let own = try await RosterDesk.importRoster(county, [RosterDesk.person(9, 0)]).roster
    _ = try await RosterDesk.converge(county, own)
    let ours = try await RosterDesk.propose(county, own)
    // The household that was granted is to end now: that is another matter.
    #expect(ours.known == 1 && ours.made == 1)
    for node in [county, other, province] {
      #expect(try await node.findings().map { "\($0.check) at \($0.place)" } == [])
      await node.close()
    }
  }

  @Test("What changed since is a conflict, what the county proposed itself is refused")
  func stale() async throws {
    let nodes = try LinkedNodes()
    let county = try nodes.open(LinkedNodes.county)
    let province = try nodes.open(LinkedNodes.province)
    let first = try await RosterDesk.register(county, 0)
    _ = try await RosterDesk.register(county, 1)
    let third = try await RosterDesk.register(county, 2)
    try await settle(county, to: province)
    let affairs = RosterDesk.provincialAffairs
    let people = (0..<3).map { RosterDesk.person($0, 0) }
    let above = try await RosterDesk.importRoster(
      province,
      people,
      as: affairs,
      division: "421224"
    ).roster
    _ = try await RosterDesk.converge(province, above, as: affairs)
    #expect(try await RosterDesk.propose(province, above, as: affairs).ordered == 3)
    // Meanwhile the first household leaves the register, and the county proposes the same for the third.
    let changes = ChangeClient(county.channel(as: LinkedNodes.office))
    _ = try await changes.submitChange(
      SubmitChangeRequest(
        change: Change(
          household: first.id,
          baseVersion: 1,
          reason: "脱贫",
          kind: .exit(ExitChange(reason: 1))
        )
      )
    )
    let own = try await RosterDesk.importRoster(county, [RosterDesk.person(2, 0)]).roster
    _ = try await RosterDesk.converge(county, own)
    #expect(try await RosterDesk.propose(county, own).made == 1)
    try await settle(county, to: province)
    let known = try await proposals(county)
    let ordered = known.filter { $0.proposedBy == affairs }
    #expect(known.count == 3)
    #expect(ordered.first { $0.change?.household == first.id }?.state == .conflict)
    #expect(!ordered.contains { $0.change?.household == third.id })
    // The refusal is told in the receipt.
    let links = try await province.links()
    #expect(links.streams.contains { $0.role == .orders && $0.refused == 1 }, "\(links)")
    for node in [county, province] {
      #expect(try await node.findings().map { "\($0.check) at \($0.place)" } == [])
      await node.close()
    }
  }

  @Test("Who takes no orders is said to be elsewhere; applications to start stay above")
  func elsewhere() async throws {
    let nodes = try LinkedNodes()
    let county = try nodes.open(LinkedNodes.county)
    let province = try nodes.open(LinkedNodes.province)
    try await county.register(0..<1)
    try await settle(county, to: province)
    await province.close()
    // As of a county whose journal comes by file, and which has taken no orders yet.
    try RosterDesk.sql(nodes, "420000", "DELETE FROM stream WHERE recipient <> ''")
    let again = try nodes.open(LinkedNodes.province)
    let affairs = RosterDesk.provincialAffairs
    let roster = try await RosterDesk.importRoster(
      again,
      [RosterDesk.person(0, 0), RosterDesk.person(9, 0)],
      as: affairs,
      division: "421224"
    ).roster
    _ = try await RosterDesk.converge(again, roster, as: affairs)
    let proposed = try await RosterDesk.propose(again, roster, as: affairs)
    #expect(proposed.elsewhere == 1 && proposed.ordered == 0 && proposed.made == 0)
    #expect(proposed.starts == 1 && proposed.startsAbove)
    for node in [county, again] { await node.close() }
  }

  @Test("The state's go through the province")
  func through() async throws {
    let nodes = try LinkedNodes()
    let county = try nodes.open(LinkedNodes.county)
    let province = try nodes.open(LinkedNodes.province)
    let state = try nodes.open(LinkedNodes.state)
    let first = try await RosterDesk.register(county, 0)
    try await settle(county, to: province)
    try await settle(province, to: state)
    let office = "registry://000000/poverty-office/p0001"
    let roster = try await RosterDesk.importRoster(
      state,
      [RosterDesk.person(0, 0)],
      as: office,
      division: "000000"
    ).roster
    _ = try await RosterDesk.converge(state, roster, as: office)
    #expect(try await RosterDesk.propose(state, roster, as: office).ordered == 1)
    try await settle(province, to: state)
    #expect(try await proposals(province, as: LinkedNodes.provinceOffice) == [])
    try await settle(county, to: province)
    let made = try await proposals(county)
    #expect(made.map(\.proposedBy) == [office] && made.map(\.change?.household) == [first.id])
    try await settle(county, to: province)
    try await settle(province, to: state)
    #expect(try await proposals(state, as: office).map(\.id) == made.map(\.id))
    // An erased household's order goes with its file.
    _ = try await ChangeClient(county.channel(as: LinkedNodes.office)).eraseHousehold(
      EraseHouseholdRequest(id: first.id, baseVersion: 1, reason: "本人申请")
    )
    try await settle(county, to: province)
    try await settle(province, to: state)
    for node in [county, province, state] {
      #expect(try await node.findings().map { "\($0.check) at \($0.place)" } == [])
      await node.close()
    }
    for (name, kept) in [("420000", 0), ("000000", 0), ("421224", 0)] {
      let keys = try RosterDesk.sql(nodes, name, "SELECT count(*) FROM entry_key")
      #expect(keys == Int64(kept), "\(name)")
    }
  }
}
