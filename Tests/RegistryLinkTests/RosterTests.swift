import RPCCore
import RegistryAPI
import RegistryModel
import TestDatabases
import TestRegistry
import Testing

/// Rosters of other systems against the registry.
struct RosterTests {
  private static let civilAffairs = "registry://421224/civil-affairs/p0008"

  private func list(
    _ client: RosterClient,
    _ roster: Roster,
    _ finding: ConvergenceFinding
  ) async throws -> [String] {
    var found: [String] = []
    let request = ListConvergenceRequest(roster: roster.id, finding: finding)
    for try await part in try await client.listConvergence(request) {
      found += part.rows.map { "\($0.row) \($0.member) \($0.household.isEmpty ? "" : "户")" }
    }
    return found
  }

  @Test("Who is on no file is proposed to apply, once", arguments: TestDatabase.all)
  func starts(on database: TestDatabase) async throws {
    let nodes = try LinkedNodes(on: database)
    let county = try nodes.open(LinkedNodes.county)
    try await county.register(0..<1)
    let committee = county.channel(as: "registry://421224100001/village-committee/p0101")
    _ = try await ProcedureClient(committee).apply(
      ApplyRequest(applications: [NewApplication(household: SampleHousehold.household(5))])
    )
    // On file, in an application, and three who are nowhere.
    let rows = [
      RosterDesk.person(0, 0), RosterDesk.person(5, 0), RosterDesk.person(7, 0),
      RosterDesk.person(8, 0), RosterDesk.person(9, 0), ("12", "坏"),
    ]
    let (roster, _, _) = try await RosterDesk.importRoster(county, rows)
    let client = RosterClient(county.channel(as: Self.civilAffairs))
    _ = try await client.converge(ConvergeRequest(roster: roster.id))
    let asked = ProposeFromRosterRequest(roster: roster.id)
    #expect(try await client.proposeFromRoster(asked).starts == 3)
    #expect(try await client.proposeFromRoster(asked).starts == 0)
    func list(_ state: StartState = .unspecified) async throws -> [String] {
      var found: [String] = []
      let request = ListStartsRequest(roster: roster.id, state: state)
      for try await part in try await client.listStarts(request) {
        found += part.starts.map { "\($0.row) \($0.name) \($0.state.rawValue) \($0.reason)" }
      }
      return found
    }
    #expect(try await list(.open) == ["3 样大 1 ", "4 样大 1 ", "5 样大 1 "])
    let settled = try await client.settleStarts(
      SettleStartsRequest(roster: roster.id, rows: [4, 99], verdict: .refused, reason: "已迁出")
    )
    #expect(settled.settled == 1 && settled.passed == 1)
    for wrong in [
      SettleStartsRequest(roster: roster.id, verdict: .refused),
      SettleStartsRequest(roster: roster.id, verdict: .open, reason: "x"),
      SettleStartsRequest(roster: roster.id, rows: [3, 3], verdict: .accepted),
    ] {
      await #expect(throws: RPCError.self) { try await client.settleStarts(wrong) }
    }
    let rest = try await client.settleStarts(
      SettleStartsRequest(roster: roster.id, verdict: .accepted)
    )
    #expect(rest.settled == 2)
    let applied = try await ProcedureClient(committee).apply(
      ApplyRequest(applications: [NewApplication(household: SampleHousehold.household(7))])
    ).results
    #expect(try await list() == ["3 样大 4 ", "4 样大 3 已迁出", "5 样大 2 "])
    // Who has started is shown to stand in an application: that is a look at it.
    let looks = try await InquiryClient(county.channel(as: LinkedNodes.office)).listLooks(
      ListLooksRequest(
        by: .id(
          try #require(applied.first).application
        )
      )
    ).looks
    #expect(looks.contains { $0.identity == Self.civilAffairs && $0.operation == "roster-propose" })
    // The next month's roster asks for nobody who was settled.
    let (later, _, _) = try await RosterDesk.importRoster(county, rows, day: 20_101_201, digest: 9)
    _ = try await client.converge(ConvergeRequest(roster: later.id))
    let again = try await client.proposeFromRoster(ProposeFromRosterRequest(roster: later.id))
    #expect(again.starts == 0)
    let school = RosterClient(county.channel(as: "registry://421224/education/p0100"))
    await #expect(throws: RPCError.self) {
      for try await _ in try await school.listStarts(ListStartsRequest(roster: roster.id)) {}
    }
    #expect(try await county.findings() == [])
    await county.close()
  }

  @Test("Imports, comparisons and proposals of rosters that are gone are of no roster")
  func numbers() async throws {
    let nodes = try LinkedNodes()
    let county = try nodes.open(LinkedNodes.county)
    try await county.register(0..<1)
    let client = RosterClient(county.channel(as: Self.civilAffairs))
    // Rows rise, over parts too.
    for numbers: [[UInt64]] in [[[0]], [[1, 1]], [[2, 1]], [[1, 2], [2]]] {
      let call = try await client.importRoster()
      var request = ImportRosterRequest(
        roster: Roster(
          kind: .dibao,
          division: "421224",
          day: 20_101_101,
          name: "名册",
          fileDigest: Array(repeating: 7, count: 32)
        )
      )
      await #expect(throws: RPCError.self) {
        for part in numbers {
          request.rows = part.map {
            RosterRow(row: $0, citizenId: RosterDesk.person(7, 0).number, name: "样大")
          }
          try await call.send(request)
          request = ImportRosterRequest()
          _ = try await call.responses.next()
        }
      }
    }
    // A first import hangs; the second takes its place and stands, whatever becomes of the first.
    let hanging = try await client.importRoster()
    try await hanging.send(
      ImportRosterRequest(
        roster: Roster(
          kind: .dibao,
          division: "421224",
          day: 20_101_101,
          name: "低保名册",
          fileDigest: Array(repeating: 1, count: 32)
        ),
        rows: [RosterRow(row: 1, citizenId: RosterDesk.person(3, 0).number, name: "样大")]
      )
    )
    _ = try await hanging.responses.next()
    let (roster, _, _) = try await RosterDesk.importRoster(
      county,
      [RosterDesk.person(7, 0), RosterDesk.person(8, 0)]
    )
    await #expect(throws: RPCError.self) {
      try await hanging.send(
        ImportRosterRequest(rows: [
          RosterRow(row: 2, citizenId: RosterDesk.person(4, 0).number, name: "样大")
        ])
      )
      _ = try await hanging.responses.next()
    }
    #expect(try await client.listRosters(ListRostersRequest()).rosters.map(\.id) == [roster.id])
    // Not compared yet, nothing is proposed; removed, nothing is settled.
    let asked = ProposeFromRosterRequest(roster: roster.id)
    do {
      _ = try await client.proposeFromRoster(asked)
      Issue.record("proposed without a comparison")
    } catch let error as RPCError {
      #expect(error.code == .failedPrecondition)
    }
    _ = try await client.converge(ConvergeRequest(roster: roster.id))
    #expect(try await client.proposeFromRoster(asked).starts == 2)
    _ = try await client.removeRoster(RemoveRosterRequest(id: roster.id))
    await #expect(throws: RPCError.self) {
      try await client.settleStarts(SettleStartsRequest(roster: roster.id, verdict: .accepted))
    }
    let (next, _, _) = try await RosterDesk.importRoster(
      county,
      [RosterDesk.person(9, 0)],
      digest: 5
    )
    await #expect(throws: RPCError.self) {
      try await client.proposeFromRoster(ProposeFromRosterRequest(roster: next.id))
    }
    await county.close()
  }

  @Test("What a removed roster proposed and nobody settled is not proposed twice")
  func removed() async throws {
    let nodes = try LinkedNodes()
    let county = try nodes.open(LinkedNodes.county)
    try await county.register(0..<1)
    let client = RosterClient(county.channel(as: Self.civilAffairs))
    for (digest, made, known) in [(UInt8(1), UInt64(1), UInt64(0)), (2, 0, 1)] {
      let (roster, _, _) = try await RosterDesk.importRoster(
        county,
        [RosterDesk.person(0, 0)],
        digest: digest
      )
      _ = try await client.converge(ConvergeRequest(roster: roster.id))
      let told = try await client.proposeFromRoster(ProposeFromRosterRequest(roster: roster.id))
      #expect(told.made == made && told.known == known)
      _ = try await client.removeRoster(RemoveRosterRequest(id: roster.id))
    }
    let open = try await ChangeClient(county.channel(as: Self.civilAffairs))
      .listProposals(ListProposalsRequest()).proposals
    #expect(open.count == 1)
    await county.close()
  }

  @Test(
    "The next month's roster does not propose again what was settled",
    arguments: TestDatabase.all
  )
  func nextMonth(on database: TestDatabase) async throws {
    let nodes = try LinkedNodes(on: database)
    let county = try nodes.open(LinkedNodes.county)
    try await county.register(0..<1)
    let client = RosterClient(county.channel(as: Self.civilAffairs))
    let changes = ChangeClient(county.channel(as: Self.civilAffairs))
    var digest: UInt8 = 0
    func propose(
      _ day: Int32,
      kind: RosterKind = .dibao
    ) async throws -> (roster: Roster, told: ProposeFromRosterResponse) {
      digest += 1
      let rows = [RosterDesk.person(0, 0), RosterDesk.person(7, 0), RosterDesk.person(8, 0)]
      let (roster, _, _) = try await RosterDesk.importRoster(
        county,
        rows,
        kind: kind,
        day: day,
        digest: digest
      )
      _ = try await client.converge(ConvergeRequest(roster: roster.id))
      return (
        roster, try await client.proposeFromRoster(ProposeFromRosterRequest(roster: roster.id))
      )
    }
    let first = try await propose(20_091_101)
    #expect(first.told.made == 1 && first.told.starts == 2)
    func settle(_ row: UInt64, _ verdict: StartState) async throws {
      _ = try await client.settleStarts(
        SettleStartsRequest(roster: first.roster.id, rows: [row], verdict: verdict, reason: "查实")
      )
    }
    try await settle(2, .accepted)
    try await settle(3, .refused)
    let open = try await changes.listProposals(ListProposalsRequest()).proposals
    _ = try await changes.settleProposal(
      SettleProposalRequest(id: open[0].id, baseVersion: 1, verdict: .refuse, reason: "查实")
    )
    var told = try await propose(20_091_201).told
    #expect(told.made == 0 && told.known == 1 && told.starts == 0, "\(told)")
    // A file that has changed since may be proposed again; a year later, so may who was refused.
    let file = try await county.households().searchHouseholds(SearchHouseholdsRequest())
      .households[0]
    _ = try await county.households().updateHousehold(
      UpdateHouseholdRequest(
        id: file.id,
        baseVersion: 1,
        household: Household(contact: Contact(telephone: "13800000009")),
        mask: ["contact.telephone"]
      )
    )
    told = try await propose(20_101_101).told
    #expect(told.made == 1 && told.starts == 1, "\(told)")
    // A roster that names nobody ends nothing.
    let (empty, _, _) = try await RosterDesk.importRoster(
      county,
      [("12", "坏")],
      day: 20_101_102,
      digest: 99
    )
    _ = try await client.converge(ConvergeRequest(roster: empty.id))
    await #expect {
      _ = try await client.proposeFromRoster(ProposeFromRosterRequest(roster: empty.id))
    } throws: { ($0 as? RPCError)?.code == .failedPrecondition }
    await county.close()
  }

  @Test("Who is in the roster no more and on no other list is proposed to exit")
  func exits() async throws {
    let nodes = try LinkedNodes()
    let county = try nodes.open(LinkedNodes.county)
    // On dibao alone; on dibao and the poverty offices' list.
    for serial in 0..<2 {
      var household = SampleHousehold.household(serial)
      household.classification?.securityDecision = .dibao
      if serial == 0 {
        household.classification?.povertyDecision = .refused
        household.classification?.standard = 0
      }
      _ = try await county.households().createHousehold(
        CreateHouseholdRequest(household: household)
      )
    }
    let (roster, _, _) = try await RosterDesk.importRoster(county, [RosterDesk.person(9, 0)])
    let client = RosterClient(county.channel(as: Self.civilAffairs))
    _ = try await client.converge(ConvergeRequest(roster: roster.id))
    let asked = ProposeFromRosterRequest(roster: roster.id)
    let proposed = try await client.proposeFromRoster(asked)
    #expect(proposed.made == 2 && proposed.exits == 1 && proposed.refused == 0)
    #expect(try await client.proposeFromRoster(asked).made == 0)
    let changes = ChangeClient(county.channel(as: LinkedNodes.office))
    let open = try await changes.listProposals(ListProposalsRequest()).proposals
    let exit = try #require(open.first { if case .exit? = $0.change?.kind { true } else { false } })
    let settled = try await changes.settleProposal(
      SettleProposalRequest(id: exit.id, baseVersion: 1, verdict: .take, reason: "名册")
    )
    #expect(settled.household?.status == .exited && settled.household?.exit?.reason == 7)
    await county.close()
  }

  @Test("A dibao roster and the registry, finding by finding", arguments: TestDatabase.all)
  func converges(on database: TestDatabase) async throws {
    let nodes = try LinkedNodes(on: database)
    let county = try nodes.open(LinkedNodes.county)
    // Households 0 and 1 are poverty objects; 2 gets dibao.
    try await county.register(0..<2)
    var dibao = SampleHousehold.household(2, village: LinkedNodes.villages[1])
    dibao.classification?.securityDecision = .dibao
    dibao.members[0].security = Security(dibao: .yes)
    dibao.members[1].security = Security(dibao: .no)
    _ = try await county.households().createHousehold(CreateHouseholdRequest(household: dibao))
    let rows = [
      RosterDesk.person(0, 0), RosterDesk.person(2, 0), (RosterDesk.person(2, 1).number, "张别名"),
      ("12", "坏"),
      RosterDesk.person(7, 0), (RosterDesk.person(2, 0).number, "重复"),
    ]
    let (roster, faults, known) = try await RosterDesk.importRoster(county, rows)
    #expect(!known && faults == ["4 citizen_id id.length"], "\(faults)")
    #expect(roster.rows == 6 && roster.people == 4 && roster.malformed == 1)
    #expect(roster.repeated == 1)
    let again = try await RosterDesk.importRoster(county, rows)
    #expect(again.known && again.roster.id == roster.id)
    let client = RosterClient(county.channel(as: Self.civilAffairs))
    for _ in 0..<2 {
      let report = try await client.converge(ConvergeRequest(roster: roster.id))
      let counts = Dictionary(
        uniqueKeysWithValues: try #require(report.divisions.first).counts
          .map { ($0.finding, $0.people) }
      )
      #expect(
        counts == [
          .both: 2, .rosterOnly: 1, .registryOnly: 1, .otherName: 1, .category: 1, .mark: 1,
          .malformed: 1,
        ],
        "\(counts)"
      )
    }
    // Household 0 is to be granted dibao; of household 2, who gets it, two are in the roster.
    let asked = ProposeFromRosterRequest(roster: roster.id)
    let proposed = try await client.proposeFromRoster(asked)
    #expect(proposed.made == 1 && proposed.refused == 0 && proposed.known == 0)
    #expect(try await client.proposeFromRoster(asked).known == 1)
    let changes0 = ChangeClient(county.channel(as: Self.civilAffairs))
    let open = try await changes0.listProposals(ListProposalsRequest()).proposals
    let proposal = try #require(open.first)
    #expect(open.count == 1)
    let settled = try await changes0.settleProposal(
      SettleProposalRequest(id: proposal.id, baseVersion: 1, verdict: .take, reason: "名册")
    )
    #expect(settled.household?.classification?.category == .both)
    // Taken or refused, the same roster proposes it no more.
    _ = try await client.converge(ConvergeRequest(roster: roster.id))
    let after = try await client.proposeFromRoster(asked)
    #expect(after.made == 0)
    #expect(try await list(client, roster, .rosterOnly) == ["5 0 "])
    // The new dibao household's other two members, and the one of before.
    #expect(try await list(client, roster, .registryOnly) == ["0 2 户", "0 3 户", "0 3 户"])
    #expect(try await list(client, roster, .otherName) == ["3 2 户"])
    #expect(try await list(client, roster, .category) == [])
    #expect(try await list(client, roster, .mark) == ["0 2 户"])
    #expect(try await list(client, roster, .twice) == [])
    // Who was listed can ask who looked.
    let looks = try await InquiryClient(county.channel(as: LinkedNodes.office)).listLooks(
      ListLooksRequest(
        by: .id(
          try await county.households().getHousehold(
            GetHouseholdRequest(by: .citizenId(RosterDesk.person(0, 0).number))
          ).id
        )
      )
    ).looks
    #expect(looks.contains { $0.identity == Self.civilAffairs && $0.operation == "roster-read" })
    // Next month: one joined, one left.
    let next = try await RosterDesk.importRoster(
      county,
      [
        RosterDesk.person(0, 0), RosterDesk.person(2, 0), RosterDesk.person(8, 0),
        (RosterDesk.person(2, 1).number, "张别名"),
      ],
      day: 20_101_201,
      digest: 2
    )
    let changes = try await client.compareRosters(
      CompareRostersRequest(from: roster.id, to: next.roster.id)
    )
    #expect(changes.stayed == 3 && changes.joined == 1 && changes.left == 1)
    #expect(changes.joinedRows == [3] && changes.leftRows == [5])
    #expect(
      try await client.listRosters(ListRostersRequest()).rosters.map(\.id) == [
        next.roster.id, roster.id,
      ]
    )
    _ = try await client.removeRoster(RemoveRosterRequest(id: roster.id))
    await #expect {
      _ = try await client.converge(ConvergeRequest(roster: roster.id))
    } throws: { ($0 as? RPCError)?.code == .notFound }
    #expect(try await county.findings().map { "\($0.check) at \($0.place)" } == [])
    await county.close()
  }

  @Test("An import that is cut short leaves nothing, and what is wrong is told by field")
  func refusals() async throws {
    let nodes = try LinkedNodes()
    let county = try nodes.open(LinkedNodes.county)
    let client = RosterClient(county.channel(as: Self.civilAffairs))
    let call = try await client.importRoster()
    try await call.send(
      ImportRosterRequest(
        roster: Roster(
          kind: .dibao,
          division: "421224",
          day: 20_101_101,
          name: "x",
          fileDigest: Array(repeating: 9, count: 32)
        ),
        rows: [RosterRow(row: 1, citizenId: RosterDesk.person(1, 0).number, name: "x")]
      )
    )
    _ = try await call.responses.next()
    // More rows than a message may have end it.
    try await call.send(
      ImportRosterRequest(rows: Array(repeating: RosterRow(row: 2), count: 10_001))
    )
    await #expect {
      while try await call.responses.next() != nil {}
    } throws: { ($0 as? RPCError)?.code == .invalidArgument }
    #expect(try await client.listRosters(ListRostersRequest()).rosters == [])
    // The same file again, whole this time.
    let made = try await RosterDesk.importRoster(
      county,
      [RosterDesk.person(1, 0), RosterDesk.person(1, 1)],
      digest: 9
    )
    #expect(!made.known && made.roster.people == 2)
    let wrong = try await client.importRoster()
    try await wrong.send(ImportRosterRequest(roster: Roster(division: "421224", day: 1)))
    do {
      while try await wrong.responses.next() != nil {}
      Issue.record("it was taken")
    } catch let error as RPCError {
      let details = try ErrorDetails(wireArray: error.details)
      #expect(
        details.violations.map(\.field) == [
          "roster.kind", "roster.day", "roster.name", "roster.file_digest",
        ]
      )
    }
    // The school office imports none.
    let school = RosterClient(county.channel(as: "registry://421224/education/p0100"))
    await #expect {
      _ = try await school.listRosters(ListRostersRequest())
    } throws: { ($0 as? RPCError)?.code == .permissionDenied }
    await county.close()
  }
}
