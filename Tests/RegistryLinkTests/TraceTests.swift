import Journal
import RPCCore
import RPCProtobuf
import RegistryAPI
import RegistryModel
import SQL
import TestDatabases
import TestRegistry
import Testing

@testable import RegistryStore

/// What leaves a trace beside the files that are shown.
struct TraceTests {
  private static let school = "registry://421224/education/p0100"
  private static let schooling = CallOptions(metadata: ["registry-purpose": "schooling-support"])

  /// Every look on record, in order.
  private func looks(_ node: LinkedNode) throws -> [(actor: String, look: Look)] {
    try node.store.readers.with { reader in
      let rows = try reader.connection.prepare("SELECT header, sealed FROM journal ORDER BY seq")
      var found: [(String, Look)] = []
      try rows.forEach { row in
        let header = try row.withBytes(at: 0) { try EntryHeader(decoding: $0) }
        guard header.subjectKind == .look, header.operation == .looked else { return }
        let look = try row.withBytes(at: 1) { try Look(wireBytes: try OpenBody.content($0)) }
        found.append((header.actor, look))
      }
      return found.map { (actor: $0.0, look: $0.1) }
    }
  }

  @Test("Who asks for somebody and finds nobody is recorded", arguments: TestDatabase.all)
  func foundNobody(on database: TestDatabase) async throws {
    let nodes = try LinkedNodes(on: database)
    let county = try nodes.open(LinkedNodes.county)
    try await county.register(0..<1)
    let school = county.households(as: Self.school)
    // Nobody of the number; somebody whom the school does not see; the two are answered alike.
    for number in [
      SampleHousehold.citizenID(700, member: 2), SampleHousehold.citizenID(0, member: 0),
    ] {
      await #expect {
        _ = try await school.getHousehold(
          GetHouseholdRequest(by: .citizenId(number)),
          options: Self.schooling
        )
      } throws: { ($0 as? RPCError)?.code == .notFound }
    }
    let nobody = SearchHouseholdsRequest(filter: HouseholdFilter(name: "无此人"))
    _ = try await school.searchHouseholds(nobody, options: Self.schooling)
    var found = try looks(county)
    #expect(found.map(\.actor) == Array(repeating: Self.school, count: 3))
    #expect(found.map(\.look.operation) == ["get", "get", "search"])
    for (_, look) in found {
      #expect(look.asked == 1 && look.files == [] && look.classes == [])
      #expect(look.purpose == "schooling-support")
    }
    // A list without a name finds nobody: nobody was asked for. Offices on their own work leave none.
    let other = HouseholdFilter(atSchool: [9])
    _ = try await school.searchHouseholds(
      SearchHouseholdsRequest(filter: other),
      options: Self.schooling
    )
    _ = try await county.households().searchHouseholds(nobody)
    #expect(try looks(county).count == 3)
    // By a filter that names what it shows.
    let pupils = SearchHouseholdsRequest(filter: HouseholdFilter(atSchool: [3]))
    _ = try await school.searchHouseholds(pupils, options: Self.schooling)
    found = try looks(county)
    #expect(found.last?.look.classes == [.identity, .schooling])
    #expect(try await county.findings() == [])
    await county.close()
  }

  @Test("A merger that is looked at is a look at both households")
  func bothSides() async throws {
    let nodes = try LinkedNodes()
    let county = try nodes.open(LinkedNodes.county)
    try await county.register(0..<2)
    let channel = county.channel(as: LinkedNodes.office)
    var files: [Household] = []
    for serial in 0..<2 {
      let number = SampleHousehold.citizenID(serial, member: 0)
      files.append(
        try await county.households().getHousehold(GetHouseholdRequest(by: .citizenId(number)))
      )
    }
    let merge = Merge(
      other: files[1].id,
      otherBaseVersion: 1,
      relations: files[1].members.map { MemberRelation(member: $0.id, relation: 97) }
    )
    let committee = county.channel(as: "registry://421224100001/village-committee/p0101")
    let proposed = try await ChangeClient(committee).submitChange(
      SubmitChangeRequest(
        change: Change(
          household: files[0].id,
          baseVersion: 1,
          reason: "合户",
          kind: .merge(merge)
        )
      )
    )
    let view = try await ChangeClient(channel).getProposal(
      GetProposalRequest(id: try #require(proposed.proposal).id)
    )
    #expect(view.proposed?.members.count == 6)
    for file in files {
      let looks = try await InquiryClient(channel).listLooks(ListLooksRequest(by: .id(file.id)))
      #expect(looks.looks.first?.operation == "proposal-read")
    }
    await county.close()
  }

  @Test("Reads for which nobody waits any more end")
  func cancelled() async throws {
    let nodes = try LinkedNodes()
    let county = try nodes.open(LinkedNodes.county)
    try await county.register(0..<1)
    let number = SampleHousehold.citizenID(0, member: 0)
    let file = try await county.households().getHousehold(
      GetHouseholdRequest(by: .citizenId(number))
    )
    let id = try #require(Bytes16(file.id))
    let follower = try county.store.follower(
      FollowHouseholdsRequest(),
      scope: .system(reason: "test")
    )
    let (waited, left) = (CancellationFlag(), CancellationFlag())
    left.set()
    try county.store.readers.with { reader in
      let told = try follower.read(reader, waited).0.response.changes.count
      let looks = try reader.looks(at: id, behind: .max, limit: 5, waited).count
      #expect(told == 1 && looks == 1)
      #expect(throws: CancellationError.self) { try follower.read(reader, left) }
      #expect(throws: CancellationError.self) {
        try reader.looks(at: id, behind: .max, limit: 5, left)
      }
    }
    await county.close()
  }

  @Test("Of what links tell, audit sees where and not whose")
  func linksOfAudit() async throws {
    let nodes = try LinkedNodes()
    let county = try nodes.open(LinkedNodes.county)
    let audit = county.channel(as: "registry://421224/audit/p0300")
    for options in [CallOptions(), Self.schooling] {
      await #expect {
        _ = try await LinkClient(audit).getLinks(GetLinksRequest(), options: options)
      } throws: { ($0 as? RPCError)?.code == .permissionDenied }
    }
    let inspection = CallOptions(metadata: ["registry-purpose": "inspection"])
    _ = try await LinkClient(audit).getLinks(GetLinksRequest(), options: inspection)
    await county.close()
  }
}
