import RPCCore
import RegistryAPI
import RegistryModel
import RegistryStore
import TestDatabases
import TestRegistry
import Testing

/// The change between two rosters, and what removed ones leave behind.
struct RosterChangeTests {
  private func changes(
    _ node: LinkedNode,
    _ from: Roster,
    _ to: Roster,
    _ change: RosterChange = .unspecified,
    as office: String = RosterDesk.civilAffairs,
    purpose: String? = nil
  ) async throws -> [ChangedRow] {
    var rows: [ChangedRow] = []
    for try await part in try await RosterClient(node.channel(as: office)).listRosterChanges(
      ListRosterChangesRequest(from: from.id, to: to.id, change: change),
      options: RosterDesk.purpose(purpose)
    ) {
      rows += part.rows
    }
    return rows
  }

  @Test("Who joined and who left, with their households", arguments: TestDatabase.all)
  func people(on database: TestDatabase) async throws {
    let nodes = try LinkedNodes(on: database)
    let county = try nodes.open(LinkedNodes.county)
    let first = try await RosterDesk.register(county, 0)
    let second = try await RosterDesk.register(county, 1, village: LinkedNodes.villages[1])
    let from = try await RosterDesk.importRoster(
      county,
      [RosterDesk.person(0, 0), RosterDesk.person(1, 1), RosterDesk.person(8, 0)]
    ).roster
    let to = try await RosterDesk.importRoster(
      county,
      [RosterDesk.person(9, 0), RosterDesk.person(8, 0), RosterDesk.person(0, 1)],
      day: 20_101_201,
      digest: 2
    ).roster
    let client = RosterClient(county.channel(as: RosterDesk.civilAffairs))
    let counts = try await client.compareRosters(CompareRostersRequest(from: from.id, to: to.id))
    #expect(counts.stayed == 1 && counts.joined == 2 && counts.left == 2)
    #expect(
      counts.divisions.map { "\($0.division?.code ?? "") \($0.joined) \($0.left)" }
        == ["421224100000 1 2"]
    )
    func told(_ rows: [ChangedRow]) -> Set<String> {
      Set(rows.map { "\($0.change.rawValue) \($0.row) \($0.name) \($0.household) \($0.village)" })
    }
    let all = try await changes(county, from, to)
    #expect(
      told(all) == [
        "1 1 样大  ", "1 3 样妻 \(first.number) 421224100001",
        "2 1 样大 \(first.number) 421224100001", "2 2 样妻 \(second.number) 421224100002",
      ]
    )
    #expect(all.map(\.change) == [.joined, .joined, .left, .left])
    #expect(try await changes(county, from, to, .left).map(\.change) == [.left, .left])
    #expect(try await changes(county, from, to, .joined).map(\.change) == [.joined, .joined])
    let looks = try await InquiryClient(county.channel(as: LinkedNodes.office))
      .listLooks(ListLooksRequest(by: .number(second.number))).looks
    #expect(looks.filter { $0.operation == "roster-read" }.count == 2)
    // Rosters of different kinds or divisions say nothing to each other.
    let kind = try await RosterDesk.importRoster(
      county,
      [RosterDesk.person(0, 0)],
      kind: .fiveGuarantee
    ).roster
    let place = try await RosterDesk.importRoster(
      county,
      [RosterDesk.person(0, 0)],
      division: "421224100000"
    ).roster
    for (other, rule) in [(kind, "roster.kind"), (place, "roster.division")] {
      #expect(try await RosterDesk.rule { _ = try await changes(county, from, other) } == rule)
      #expect(
        try await RosterDesk.rule {
          _ = try await client.compareRosters(CompareRostersRequest(from: from.id, to: other.id))
        } == rule
      )
    }
    await county.close()
  }

  @Test("A department sees the households of those whom it sees")
  func departments() async throws {
    let nodes = try LinkedNodes()
    let county = try nodes.open(LinkedNodes.county)
    let file = try await RosterDesk.register(county, 0)
    let (school, purpose) = (RosterDesk.school, "schooling-support")
    var rosters: [Roster] = []
    for (digest, rows) in [
      [RosterDesk.person(8, 0)], [RosterDesk.person(0, 0), RosterDesk.person(0, 2)],
    ].enumerated() {
      rosters.append(
        try await RosterDesk.importRoster(
          county,
          rows,
          as: school,
          kind: .other,
          digest: UInt8(digest),
          purpose: purpose
        ).roster
      )
    }
    let rows = try await changes(
      county,
      rosters[0],
      rosters[1],
      .joined,
      as: school,
      purpose: purpose
    )
    #expect(Set(rows.map { "\($0.row) \($0.household)" }) == ["1 ", "2 \(file.number)"])
    let counts = try await RosterClient(county.channel(as: school)).compareRosters(
      CompareRostersRequest(from: rosters[0].id, to: rosters[1].id),
      options: RosterDesk.purpose(purpose)
    )
    #expect(counts.joined == 2 && counts.divisions.map(\.joined) == [1])
    let looks = try await InquiryClient(county.channel(as: LinkedNodes.office))
      .listLooks(ListLooksRequest(by: .number(file.number))).looks
    #expect(looks.filter { $0.identity == school }.count == 2)
    await county.close()
  }

  @Test("More changes than one answer had are all told, and a removed roster goes by slices")
  func slices() async throws {
    let nodes = try LinkedNodes()
    let county = try nodes.open(LinkedNodes.county)
    let many: [RosterDesk.Person] = (0..<4_100).flatMap { serial in
      (0..<3).map { (SampleHousehold.citizenID(serial, member: $0), "样") }
    }
    let from = try await RosterDesk.importRoster(county, many, part: 5_000).roster
    let to = try await RosterDesk.importRoster(
      county,
      [many[0], ("1", "坏")],
      day: 20_101_201,
      digest: 2
    ).roster
    let left = try await changes(county, from, to, .left)
    #expect(left.count == 12_299 && Set(left.map(\.row)).count == 12_299)
    let before = county.store.commits
    _ = try await RosterClient(county.channel(as: RosterDesk.civilAffairs))
      .removeRoster(RemoveRosterRequest(id: from.id))
    // No transaction holds the writer for all of it.
    #expect(county.store.commits - before >= 6)
    // A node that went down between two slices goes on with them.
    await county.close()
    #expect(try RosterDesk.sql(nodes, "421224", "SELECT count(*) FROM roster_row") == 1)
    try RosterDesk.sql(nodes, "421224", "UPDATE roster SET entry = -1")
    let again = try nodes.open(LinkedNodes.county)
    let next = try await RosterDesk.importRoster(again, [many[5]], digest: 3).roster
    await again.close()
    for (table, count) in [("roster_row", 1), ("roster_fault", 0), ("roster", 1)] {
      let kept = try RosterDesk.sql(nodes, "421224", "SELECT count(*) FROM \(table)")
      #expect(kept == Int64(count), "\(table)")
    }
    // So does one that went down in an import or a comparison.
    try RosterDesk.sql(nodes, "421224", "UPDATE roster SET entry = 0")
    let third = try nodes.open(LinkedNodes.county)
    let client = RosterClient(third.channel(as: RosterDesk.civilAffairs))
    #expect(try await client.listRosters(ListRostersRequest()).rosters == [])
    let last = try await RosterDesk.importRoster(third, [many[5], many[6]], digest: 3).roster
    #expect(last.id != next.id)
    await third.close()
    #expect(try RosterDesk.sql(nodes, "421224", "SELECT count(*) FROM roster_row") == 2)
  }

  @Test("Names of a roster are shown behind a look that says how many")
  func names() async throws {
    let nodes = try LinkedNodes()
    var county = try nodes.open(LinkedNodes.county)
    try await county.register(0..<1)
    let rows = [RosterDesk.person(7, 0), RosterDesk.person(8, 0)]
    let roster = try await RosterDesk.importRoster(county, rows).roster
    _ = try await RosterDesk.converge(county, roster)
    _ = try await RosterDesk.propose(county, roster)
    /// The entries of the stream of looks.
    func looks() async throws -> Int64 {
      await county.close()
      let text = "SELECT count(*) FROM journal WHERE seq >= 1099511627776"
      let count = try RosterDesk.sql(nodes, "421224", text)
      county = try nodes.open(LinkedNodes.county)
      return count ?? 0
    }
    let before = try await looks()
    #expect(try await RosterDesk.list(county, roster, .rosterOnly).count == 2)
    // The first look begins the stream.
    let listed = try await looks()
    #expect(listed == before + 2)
    for try await _ in try await RosterClient(county.channel(as: RosterDesk.civilAffairs))
      .listStarts(ListStartsRequest(roster: roster.id))
    {}
    #expect(try await looks() == listed + 1)
    #expect(try await county.findings() == [])
    await county.close()
  }
}
