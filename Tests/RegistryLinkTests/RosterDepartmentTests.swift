import RPCCore
import RegistryAPI
import RegistryModel
import TestDatabases
import TestRegistry
import Testing

/// Rosters of departments: each imports its own, and is told of it what `match` would tell.
struct RosterDepartmentTests {
  private static let purposes: [(office: String, kind: RosterKind, purpose: String)] = [
    ("disabled-federation", .disability, "disability-support"),
    ("education", .other, "schooling-support"), ("health", .other, "medical-support"),
    ("housing", .other, "dwelling-support"), ("radio-television", .other, "reception-support"),
  ]

  @Test("The kind is tied to the office; who imported a roster, or is above, removes it")
  func offices() async throws {
    let nodes = try LinkedNodes()
    let county = try nodes.open(LinkedNodes.county)
    let kinds: [RosterKind] = [.dibao, .fiveGuarantee, .disability, .other]
    let row = [RosterDesk.person(0, 0)]
    for (place, department) in Self.purposes.enumerated() {
      let office = "registry://421224/\(department.office)/p0100"
      for kind in kinds {
        let rule = try await RosterDesk.rule {
          _ = try await RosterDesk.importRoster(
            county,
            row,
            as: office,
            kind: kind,
            digest: UInt8(place),
            purpose: department.purpose
          )
        }
        #expect(rule == (kind == department.kind ? nil : "roster.kind"), "\(office) \(kind)")
      }
      // Without its purpose it does nothing.
      let unstated = try await RosterDesk.rule {
        _ = try await RosterClient(county.channel(as: office)).listRosters(ListRostersRequest())
      }
      #expect(unstated != nil, "\(office)")
      // It sees its own roster alone, and proposes nothing.
      let client = RosterClient(county.channel(as: office))
      let options = RosterDesk.purpose(department.purpose)
      let own = try await client.listRosters(ListRostersRequest(), options: options).rosters
      #expect(own.map(\.importedBy) == [office])
      let id = try #require(own.first).id
      _ = try await client.converge(ConvergeRequest(roster: id), options: options)
      await #expect {
        _ = try await client.proposeFromRoster(
          ProposeFromRosterRequest(roster: id),
          options: options
        )
      } throws: { ($0 as? RPCError)?.code == .permissionDenied }
      await #expect {
        for try await _ in try await client.listStarts(
          ListStartsRequest(roster: id),
          options: options
        ) {}
      } throws: { ($0 as? RPCError)?.code == .permissionDenied }
    }
    for (office, taken) in [
      (RosterDesk.civilAffairs, [RosterKind.dibao, .fiveGuarantee, .other]),
      (LinkedNodes.office, kinds),
    ] {
      for kind in kinds {
        let rule = try await RosterDesk.rule {
          _ = try await RosterDesk.importRoster(county, row, as: office, kind: kind, digest: 50)
        }
        #expect(rule == (taken.contains(kind) ? nil : "roster.kind"), "\(office) \(kind)")
      }
    }
    // The dibao roster of civil affairs is nobody's to see but of those who see everything.
    let dibao = try await RosterDesk.importRoster(county, row, digest: 60).roster
    let school = RosterClient(county.channel(as: RosterDesk.school))
    let options = RosterDesk.purpose("schooling-support")
    await #expect {
      _ = try await school.converge(ConvergeRequest(roster: dibao.id), options: options)
    } throws: { ($0 as? RPCError)?.code == .notFound }
    #expect(
      try await RosterDesk.rule {
        _ = try await RosterClient(county.channel(as: LinkedNodes.office))
          .removeRoster(RemoveRosterRequest(id: dibao.id))
      } == "roster.office"
    )
    // Another person of the office, and the office above, remove; the one below does not.
    _ = try await RosterClient(county.channel(as: "registry://421224/civil-affairs/p0018"))
      .removeRoster(RemoveRosterRequest(id: dibao.id))
    let above = "registry://421200/civil-affairs/p0003"
    let again = try await RosterDesk.importRoster(county, row, as: above, digest: 61).roster
    #expect(
      try await RosterDesk.rule {
        _ = try await RosterClient(county.channel(as: RosterDesk.civilAffairs))
          .removeRoster(RemoveRosterRequest(id: again.id))
      } == "roster.office"
    )
    _ = try await RosterClient(county.channel(as: RosterDesk.provincialAffairs))
      .removeRoster(RemoveRosterRequest(id: again.id))
    await county.close()
  }

  @Test("A department is told what a match would tell it, recorded", arguments: TestDatabase.all)
  func disclosure(on database: TestDatabase) async throws {
    let nodes = try LinkedNodes(on: database)
    let county = try nodes.open(LinkedNodes.county)
    let file = try await RosterDesk.register(county, 0)
    _ = try await RosterDesk.register(county, 1) { $0.members[2].identity?.name = "改名" }
    // The son is a pupil; the head is not seen, and the third is on no file.
    let rows: [RosterDesk.Person] = [
      RosterDesk.person(0, 2), RosterDesk.person(0, 0), RosterDesk.person(7, 2),
      RosterDesk.person(1, 2), ("12", "坏"),
    ]
    let (school, purpose) = (RosterDesk.school, "schooling-support")
    let roster = try await RosterDesk.importRoster(
      county,
      rows,
      as: school,
      kind: .other,
      purpose: purpose
    ).roster
    func looks() async throws -> [LookEntry] {
      try await InquiryClient(county.channel(as: LinkedNodes.office))
        .listLooks(ListLooksRequest(by: .number(file.number))).looks
        .filter { $0.identity == school }
    }
    let found = try await RosterDesk.converge(county, roster, as: school, purpose: purpose)
    #expect(
      found.counts["421224"] == [.both: 1, .rosterOnly: 2, .otherName: 1, .malformed: 1],
      "\(found.counts)"
    )
    #expect(found.report.withheld.contains(.health))
    let first = try await looks()
    #expect(first.map { "\($0.operation) \($0.purpose)" } == ["roster-read \(purpose)"])
    let match = try await InquiryClient(county.channel(as: school))
      .matchPeople(options: RosterDesk.purpose(purpose))
    try await match.send(MatchPeopleRequest(citizenIds: rows.map(\.number)))
    try await match.finishSending()
    #expect(try await match.responses.next()?.results == [2, 1, 1, 2, 3])
    func list(_ finding: ConvergenceFinding) async throws -> [ConvergenceRow] {
      try await RosterDesk.list(county, roster, finding, as: school, purpose: purpose)
    }
    #expect(try await list(.rosterOnly).map(\.row).sorted() == [2, 3])
    #expect(
      try await list(.both).map { "\($0.row) \($0.member) \($0.household)" }
        == ["1 1 \(file.number)"]
    )
    let other = try await list(.otherName)
    // The one member who is seen is the first.
    #expect(other.map(\.row) == [4] && other.map(\.member) == [1])
    for finding in [ConvergenceFinding.category, .mark, .registryOnly, .uncomparable] {
      #expect(try await RosterDesk.rule { _ = try await list(finding) } == "roster.finding")
    }
    // Those who see everything compare the same roster, and are told of everybody.
    let whole = try await RosterDesk.converge(county, roster)
    #expect(whole.counts["421224"]?[.both] == 2 && whole.report.withheld == [])
    #expect(try await list(.otherName).map(\.row) == [4])
    // Housing sees no classification: the category is withheld.
    let housing = "registry://421224/housing/p0120"
    let dwellings = try await RosterDesk.importRoster(
      county,
      [(RosterDesk.person(0, 0).number, "别名")],
      as: housing,
      kind: .other,
      digest: 3,
      purpose: "dwelling-support"
    ).roster
    _ = try await RosterDesk.converge(county, dwellings, as: housing, purpose: "dwelling-support")
    let listed = try await RosterDesk.list(
      county,
      dwellings,
      .otherName,
      as: housing,
      purpose: "dwelling-support"
    )
    #expect(listed.map(\.category) == [.unspecified] && listed.map(\.household) == [file.number])
    #expect(try await county.findings() == [])
    await county.close()
  }

  @Test("Whom a department does not see is in its roster alone, as one who is on no file")
  func hidden() async throws {
    let nodes = try LinkedNodes()
    let county = try nodes.open(LinkedNodes.county)
    try await county.register(0..<1)
    // The head is well, the wife ill, the son at school; nobody is disabled.
    let seen: [String: Set<Int>] = [
      "disabled-federation": [], "education": [2], "health": [1], "housing": [0, 1, 2],
      "radio-television": [0, 1, 2],
    ]
    var digest: UInt8 = 0
    for department in Self.purposes {
      let office = "registry://421224/\(department.office)/p0100"
      let (kind, purpose) = (department.kind, department.purpose)
      func roster(_ number: String) async throws -> Roster {
        digest += 1
        return try await RosterDesk.importRoster(
          county,
          [(number, "册中人")],
          as: office,
          kind: kind,
          digest: digest,
          purpose: purpose
        ).roster
      }
      let none = try await roster(SampleHousehold.citizenID(9, member: 0))
      for member in 0..<3 {
        let made = try await roster(SampleHousehold.citizenID(0, member: member))
        let found = try await RosterDesk.converge(county, made, as: office, purpose: purpose)
        let isSeen = seen[department.office]?.contains(member) == true
        #expect(
          found.report.divisions.map { $0.counts.map(\.finding) }
            == (isSeen ? [[.otherName], [.otherName]] : [[.rosterOnly]]),
          "\(office) \(member)"
        )
        var changed: [String] = []
        for try await part in try await RosterClient(county.channel(as: office)).listRosterChanges(
          ListRosterChangesRequest(from: none.id, to: made.id, change: .joined),
          options: RosterDesk.purpose(purpose)
        ) {
          changed += part.rows.map(\.household)
        }
        #expect(changed.map(\.isEmpty) == [!isSeen], "\(office) \(member)")
      }
    }
    await county.close()
  }

  @Test("The federation learns who of the disabled is not in its roster")
  func federation() async throws {
    let nodes = try LinkedNodes()
    let county = try nodes.open(LinkedNodes.county)
    _ = try await RosterDesk.register(county, 0) { household in
      household.members[0].health = Health(states: [4], disabilityKind: 3, disabilityGrade: 2)
      household.members[1].health = Health(states: [4], disabilityKind: 3, disabilityGrade: 2)
    }
    let (office, purpose) = (RosterDesk.federation, "disability-support")
    let roster = try await RosterDesk.importRoster(
      county,
      [RosterDesk.person(0, 1), RosterDesk.person(0, 2)],
      as: office,
      kind: .disability,
      purpose: purpose
    ).roster
    let found = try await RosterDesk.converge(county, roster, as: office, purpose: purpose)
    // The son is no disabled person on record: to the federation he is not there.
    #expect(found.counts["421224"] == [.both: 1, .rosterOnly: 1, .registryOnly: 1])
    let missing = try await RosterDesk.list(
      county,
      roster,
      .registryOnly,
      as: office,
      purpose: purpose
    )
    #expect(missing.map(\.member) == [1])
    await county.close()
  }

  @Test("What a comparison tells counts against the day's limit")
  func budget() async throws {
    let nodes = try LinkedNodes()
    let county = try nodes.open(LinkedNodes.county)
    try await county.register(0..<1)
    let (office, purpose) = (RosterDesk.school, "schooling-support")
    let roster = try await RosterDesk.importRoster(
      county,
      [RosterDesk.person(0, 2)],
      as: office,
      kind: .other,
      purpose: purpose
    ).roster
    let other = RosterDesk.importRoster
    _ = try await RosterDesk.converge(county, roster, as: office, purpose: purpose)
    await county.close()
    try RosterDesk.sql(nodes, "421224", "UPDATE look_budget SET people = people + 199999")
    let again = try nodes.open(LinkedNodes.county)
    #expect(
      try await RosterDesk.rule {
        _ = try await RosterDesk.converge(again, roster, as: office, purpose: purpose)
      } == "disclosure.budget"
    )
    // Nobody of such a list is on record: nothing is shown.
    let absent = try await other(
      again,
      [RosterDesk.person(9, 2)],
      office,
      .other,
      "421224",
      20_101_101,
      9,
      3,
      purpose
    ).roster
    let found = try await RosterDesk.converge(again, absent, as: office, purpose: purpose)
    #expect(found.counts["421224"] == [.rosterOnly: 1])
    await again.close()
  }
}
