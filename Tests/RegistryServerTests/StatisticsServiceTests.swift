import RPCCore
import RegistryAPI
import TestRegistry
import Testing

@testable import RegistryServer

/// Counts, report, recount, divisions and the node itself, in process and over TLS.
@Suite(.timeLimit(.minutes(1))) struct StatisticsServiceTests {
  private func fill(_ node: TestNode) async throws {
    let client = try node.households()
    for serial in 0..<3 {
      let village = serial < 2 ? SampleHousehold.village : SampleHousehold.otherVillage
      let household = SampleHousehold.household(serial, village: village)
      _ = try await client.createHousehold(CreateHouseholdRequest(household: household))
    }
  }

  @Test(arguments: Way.allCases)
  func countsByDivision(way: Way) async throws {
    try await TestNode.with(way) { node in
      try await fill(node)
      let county = StatisticsClient(try node.channel(Office.statistics))
      let villages = GetStatisticsRequest(division: "421224100000", breakdown: true)
      // Those who see nobody get no counts of a village.
      try await refused(.permissionDenied) { try await county.getStatistics(villages) }
      let all = try await StatisticsClient(node.channel()).getStatistics(villages)
      #expect(
        all.divisions.map { $0.division?.code } == [
          "421224100000", "421224100001", "421224100002",
        ]
      )
      #expect(
        all.divisions.map { $0.registered } == [
          Count(households: 3, people: 9), Count(households: 2, people: 6),
          Count(households: 1, people: 3),
        ]
      )
      #expect(all.synthetic && all.sequence == 4 && all.asOf > 0)
      let own = try await county.getStatistics(GetStatisticsRequest())
      #expect(own.divisions.count == 1 && own.divisions.first?.division?.code == "421224")
      #expect(own.divisions.first?.causes.first { $0.cause == 9 }?.count?.households == 3)
      try await refused(.permissionDenied) {
        try await county.getStatistics(GetStatisticsRequest(division: "421223"))
      }
      try await refused(.notFound) {
        try await county.getStatistics(GetStatisticsRequest(division: "999999"))
      }
    }
  }

  @Test(arguments: Way.allCases)
  func reportsWithItsNotes(way: Way) async throws {
    try await TestNode.with(way) { node in
      try await fill(node)
      let report = try await StatisticsClient(node.channel()).getReport(GetReportRequest())
      let registered = try #require(report.figures.first { $0.key == "registered.people" })
      #expect(registered.value == 9 && registered.unit == .people)
      let keys = Set(report.figures.map(\.key))
      #expect(report.figures.allSatisfy { $0.baseKey.isEmpty || keys.contains($0.baseKey) })
      #expect(report.synthetic && report.division?.code == "421224")
      let notes = report.notesEn.joined(separator: "\n")
      #expect(notes.contains("synthetic") && notes.contains("unverified"))
      #expect(report.notesZh.count == report.notesEn.count)
    }
  }

  @Test(
    "Published counts reach partners, not villages; counts do not reach partners",
    arguments: Way.allCases
  )
  func publishedCounts(way: Way) async throws {
    try await TestNode.with(way) { node in
      try await fill(node)
      let partner = StatisticsClient(try node.channel("registry://421224/partner/p0400"))
      let answer = try await partner.getPublishedCounts(
        GetPublishedCountsRequest(breakdown: true)
      )
      #expect(answer.synthetic && answer.day > 0 && answer.divisions.count > 1)
      // Three households are fewer than five, whatever the month.
      #expect(answer.divisions.allSatisfy { $0.figures.count == 12 })
      #expect(answer.divisions.allSatisfy { $0.figures.allSatisfy { $0.value == 0 } })
      try await refused(.permissionDenied) {
        try await partner.getStatistics(GetStatisticsRequest())
      }
      for division in ["421224100001", "421223", "420000"] {
        try await refused(.permissionDenied) {
          try await partner.getPublishedCounts(GetPublishedCountsRequest(division: division))
        }
      }
      let village = try node.channel("registry://421224100001/village-committee/p0101")
      try await refused(.permissionDenied) {
        try await StatisticsClient(village).getPublishedCounts(GetPublishedCountsRequest())
      }
    }
  }

  @Test(arguments: Way.allCases, [false, true])
  func recountsAndFindsNothing(way: Way, deep: Bool) async throws {
    try await TestNode.with(way) { node in
      try await fill(node)
      let stream = try await StatisticsClient(node.channel())
        .checkRegistry(CheckRegistryRequest(deep: deep))
      var last: CheckRegistryResponse?
      var findings: [CheckFinding] = []
      for try await message in stream {
        #expect(last?.finished != true)
        findings += message.findings
        last = message
      }
      #expect(last?.finished == true && last?.findingCount == 0 && findings.isEmpty)
    }
  }

  @Test(arguments: Way.allCases)
  func aRecountNeedsTheNodesWholeArea(way: Way) async throws {
    try await TestNode.with(way) { node in
      let client = StatisticsClient(try node.channel(Office.otherCounty))
      let error = try await #require(throws: RPCError.self) {
        for try await _ in try await client.checkRegistry(CheckRegistryRequest()) {}
      }
      let details = try ErrorDetails(wireArray: error.details)
      #expect(error.code == .permissionDenied && details.refusedBy == "office.area")
      #expect(details.messageZh.contains("节点") && error.message.contains("whole node"))
    }
  }

  @Test(arguments: Way.allCases)
  func tellsWhoServesAndWhoAsks(way: Way) async throws {
    try await TestNode.with(way) { node in
      let told = try await NodeClient(node.channel(Office.finance)).getNode(GetNodeRequest())
      #expect(told.identity == "registry://421224/node/main" && told.caller == Office.finance)
      #expect(told.division?.name == "通山县" && told.synthetic)
      #expect(told.journalSize == 1 && told.journalRoot.count == 32)
      #expect(told.services.contains("registry.v1.ProcedureService"))
      #expect(told.now >= told.startedAt)
    }
  }

  @Test(arguments: Way.allCases)
  func readsDivisions(way: Way) async throws {
    try await TestNode.with(way) { node in
      let client = DivisionClient(try node.channel(Office.finance))
      let county = try await client.getDivision(GetDivisionRequest(code: "421224"))
      #expect(county.fullName == "湖北省咸宁市通山县" && county.children == 1 && county.keyCounty)
      try await refused(.notFound) {
        try await client.getDivision(GetDivisionRequest(code: "429999"))
      }
      try await refused(.invalidArgument) {
        try await client.getDivision(GetDivisionRequest(code: "x"))
      }
      let page = try await client.listDivisions(ListDivisionsRequest(pageSize: 2))
      let rest = try await client.listDivisions(ListDivisionsRequest(pageToken: page.nextPageToken))
      #expect((page.divisions + rest.divisions).map(\.level) == [.township, .village, .village])
    }
  }
}
