import RPCCore
import RegistryAPI
import RegistryLink
import RegistryModel
import RegistryStore
import TestDatabases
import TestRegistry
import Testing

/// What a roster finds and proposes where lists exclude each other, people cannot be compared, or
/// stand in several places.
struct RosterFindingTests {
  @Test("Neither of two lists that exclude each other ends the other", arguments: TestDatabase.all)
  func exclusive(on database: TestDatabase) async throws {
    let nodes = try LinkedNodes(on: database)
    let county = try nodes.open(LinkedNodes.county)
    _ = try await RosterDesk.register(county, 0) { $0.grant(.fiveGuarantee) }
    _ = try await RosterDesk.register(county, 1) { $0.grant(.dibao) }
    for (kind, serial, digest) in [(RosterKind.dibao, 0, UInt8(1)), (.fiveGuarantee, 1, 2)] {
      // The household of the roster's own kind is in it, with one of the other kind.
      let rows: [RosterDesk.Person] = [RosterDesk.person(0, 0), RosterDesk.person(1, 0)]
      let roster = try await RosterDesk.importRoster(county, rows, kind: kind, digest: digest)
        .roster
      let found = try await RosterDesk.converge(county, roster)
      #expect(found.counts["421224"]?[.category] == 1)
      let listed = try await RosterDesk.list(county, roster, .category)
      #expect(listed.map(\.row) == [UInt64(serial + 1)])
      let proposed = try await RosterDesk.propose(county, roster)
      #expect(proposed.made == 0 && proposed.refused == 1, "\(kind)")
    }
    let open = try await ChangeClient(county.channel(as: RosterDesk.civilAffairs))
      .listProposals(ListProposalsRequest()).proposals
    #expect(open == [])
    await county.close()
  }

  @Test(
    "A household whose file would break a rule is refused, and keeps no other from its proposal"
  )
  func broken() async throws {
    let nodes = try LinkedNodes()
    let county = try nodes.open(LinkedNodes.county)
    // A poverty object cannot get five-guarantee; one of the list is in its roster no more.
    _ = try await RosterDesk.register(county, 0)
    _ = try await RosterDesk.register(county, 1) { $0.grant(.fiveGuarantee) }
    let roster = try await RosterDesk.importRoster(
      county,
      [RosterDesk.person(0, 0)],
      kind: .fiveGuarantee
    ).roster
    _ = try await RosterDesk.converge(county, roster)
    let proposed = try await RosterDesk.propose(county, roster)
    #expect(proposed.refused == 1 && proposed.made == 1 && proposed.exits == 1)
    // Nor is it ordered of a county.
    let province = try nodes.open(LinkedNodes.province)
    while try await county.link(to: province).exchangeOnce() {}
    let affairs = RosterDesk.provincialAffairs
    let above = try await RosterDesk.importRoster(
      province,
      [RosterDesk.person(0, 0), RosterDesk.person(1, 0)],
      as: affairs,
      kind: .fiveGuarantee
    ).roster
    _ = try await RosterDesk.converge(province, above, as: affairs)
    let ordered = try await RosterDesk.propose(province, above, as: affairs)
    #expect(ordered.refused == 1 && ordered.ordered == 0)
    for node in [county, province] { await node.close() }
  }

  @Test("Who cannot be compared is not proposed to end", arguments: TestDatabase.all)
  func uncomparable(on database: TestDatabase) async throws {
    let nodes = try LinkedNodes(on: database)
    let county = try nodes.open(LinkedNodes.county)
    // A member without a number; one whose row's number is none; one who is really in it no more.
    _ = try await RosterDesk.register(county, 0) { household in
      household.grant(.dibao)
      household.members[2].identity?.citizenId = ""
      household.members[2].identity?.birthDate = 20_000_615
      household.members[2].identity?.sex = 1
      household.members[2].identity?.noIdReason = 1
    }
    _ = try await RosterDesk.register(county, 1) { household in
      household.grant(.dibao)
      household.members[1].identity?.name = "错号妻"
    }
    _ = try await RosterDesk.register(county, 2, village: LinkedNodes.villages[1]) {
      $0.grant(.dibao)
    }
    let rows: [RosterDesk.Person] = [RosterDesk.person(9, 0), ("12", "错号 妻"), ("13", "无关人")]
    let roster = try await RosterDesk.importRoster(county, rows).roster
    let found = try await RosterDesk.converge(county, roster)
    #expect(found.counts["421224"]?[.uncomparable] == 2)
    #expect(found.counts["421224100000"]?[.uncomparable] == 2)
    let listed = try await RosterDesk.list(county, roster, .uncomparable)
    #expect(listed.map { "\($0.member) \($0.village)" } == ["3 421224100001", "2 421224100001"])
    let faults = try await RosterDesk.list(county, roster, .malformed)
    #expect(faults.map { "\($0.row) \($0.name)" } == ["2 错号妻", "3 无关人"])
    let proposed = try await RosterDesk.propose(county, roster)
    #expect(proposed.made == 1 && proposed.refused == 0 && proposed.exits == 0)
    await county.close()
  }

  @Test("People of a roster are counted once, in two counties and in two households")
  func places() async throws {
    let nodes = try LinkedNodes()
    let county = try nodes.open(LinkedNodes.county)
    let other = try nodes.open(LinkedNodes.otherCounty)
    let province = try nodes.open(LinkedNodes.province)
    try await county.register(0..<3)
    // The head of household 0 stands in the other county's file too, under another name.
    _ = try await RosterDesk.register(other, 10, village: LinkedNodes.villages[2]) { household in
      household.members[0].identity?.citizenId = SampleHousehold.citizenID(0, member: 0)
      household.members[0].identity?.name = "别名"
    }
    // The wife of household 1 stands in a second file of this county: behind the node's back, since
    // it would refuse.
    await county.close()
    try RosterDesk.sql(
      nodes,
      "421224",
      "DELETE FROM member_number WHERE household = 2 AND position = 1"
    )
    let again = try nodes.open(LinkedNodes.county)
    _ = try await RosterDesk.register(again, 11, village: LinkedNodes.villages[1]) { household in
      household.members[1].identity?.citizenId = SampleHousehold.citizenID(1, member: 1)
    }
    for node in [again, other] {
      while try await node.link(to: province).exchangeOnce() {}
    }
    let rows: [RosterDesk.Person] = [
      RosterDesk.person(0, 0), RosterDesk.person(1, 1), RosterDesk.person(2, 0),
      RosterDesk.person(0, 1), RosterDesk.person(20, 0), ("1", "坏"),
    ]
    let affairs = RosterDesk.provincialAffairs
    let roster = try await RosterDesk.importRoster(
      province,
      rows,
      as: affairs,
      kind: .dibao,
      division: "421200"
    ).roster
    for _ in 0..<2 {
      let found = try await RosterDesk.converge(province, roster, as: affairs)
      let whole = try #require(found.counts["421200"])
      #expect(
        whole == [
          .both: 4, .rosterOnly: 1, .category: 4, .twice: 1, .malformed: 1, .counties: 1,
        ],
        "\(whole)"
      )
      #expect(
        (whole[.both] ?? 0) + (whole[.otherName] ?? 0) + (whole[.rosterOnly] ?? 0)
          == Int64(roster.people)
      )
      #expect(
        found.counts["421224"] == [.both: 4, .category: 4, .twice: 1, .counties: 1],
        "\(found.counts)"
      )
      // There the person is under another name.
      #expect(
        found.counts["421223"] == [.otherName: 1, .category: 1, .counties: 1],
        "\(found.counts)"
      )
    }
    func listed(_ finding: ConvergenceFinding) async throws -> [String] {
      try await RosterDesk.list(province, roster, finding, as: affairs)
        .map { "\($0.row) \($0.member) \($0.village)" }
    }
    #expect(try await listed(.counties) == ["1 1 421223100001", "1 1 421224100001"])
    #expect(try await listed(.twice) == ["2 2 421224100001", "2 2 421224100002"])
    #expect(try await listed(.otherName) == ["1 1 421223100001"])
    #expect(try await listed(.rosterOnly) == ["5 0 "])
    // Who stands twice has both places.
    #expect(
      try await listed(.both).sorted() == [
        "1 1 421223100001", "1 1 421224100001", "2 2 421224100001", "2 2 421224100002",
        "3 1 421224100001", "4 2 421224100001",
      ]
    )
    // A county's roster sees its own files alone.
    let ours = try await RosterDesk.importRoster(province, rows, as: affairs, digest: 2).roster
    let alone = try await RosterDesk.converge(province, ours, as: affairs)
    #expect(alone.counts["421224"]?[.counties] == nil && alone.counts["421224"]?[.twice] == 1)
    #expect(alone.counts["421224"]?[.both] == 4)
    for node in [again, other, province] { await node.close() }
  }

  @Test("On a node of real people generated numbers are none")
  func synthetic() async throws {
    let nodes = try LinkedNodes()
    let county = try nodes.open(LinkedNodes.county, isSynthetic: false)
    let made = try await RosterDesk.importRoster(county, [RosterDesk.person(0, 0)])
    #expect(made.faults.count == 1 && made.roster.people == 0 && made.roster.malformed == 1)
    await county.close()
  }

  @Test("Rosters are listed by pages of the caller's area", arguments: TestDatabase.all)
  func pages(on database: TestDatabase) async throws {
    let nodes = try LinkedNodes(on: database)
    let province = try nodes.open(LinkedNodes.province)
    let affairs = RosterDesk.provincialAffairs
    var ids: [String: [[UInt8]]] = [:]
    for (digest, division) in ["421224", "421223", "421224", "421223", "421224"].enumerated() {
      let made = try await RosterDesk.importRoster(
        province,
        [RosterDesk.person(digest, 0)],
        as: affairs,
        division: division,
        day: 20_101_101 + Int32(digest % 2),
        digest: UInt8(digest)
      )
      ids[division, default: []].append(made.roster.id)
    }
    // The county's office sees its own, a page at a time: the latest day first, then the last imported.
    let client = RosterClient(province.channel(as: RosterDesk.civilAffairs))
    var (request, pages) = (ListRostersRequest(pageSize: 2), [[[UInt8]]]())
    repeat {
      let page = try await client.listRosters(request)
      pages.append(page.rosters.map(\.id))
      request.pageToken = page.nextPageToken
    } while !request.pageToken.isEmpty && pages.count < 5
    let ours = ids["421224"] ?? []
    #expect(pages == [[ours[2], ours[1]], [ours[0]]])
    request = ListRostersRequest(pageToken: "x")
    await #expect(throws: RPCError.self) { try await client.listRosters(request) }
    await province.close()
  }
}
