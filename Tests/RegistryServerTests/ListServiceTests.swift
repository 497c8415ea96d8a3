import RPCCore
import RegistryAPI
import TestRegistry
import Testing

@testable import RegistryServer

/// Searching and exporting, in process and over TLS.
@Suite(.timeLimit(.minutes(1))) struct ListServiceTests {
  private func fill(_ node: TestNode, _ count: Int) async throws {
    let call = try await node.households().importHouseholds()
    try await call.send(
      ImportHouseholdsRequest(
        header: ImportHeader(fileDigest: Array(repeating: 1, count: 32)),
        items: SampleHousehold.items(0..<count)
      )
    )
    try await call.finishSending()
    for try await _ in call.responses {}
  }

  @Test(arguments: Way.allCases)
  func pagesStayStableWhileDataChanges(way: Way) async throws {
    try await TestNode.with(way) { node in
      try await fill(node, 25)
      let client = try node.households()
      var request = SearchHouseholdsRequest(pageSize: 10)
      let first = try await client.searchHouseholds(request)
      let late = SampleHousehold.household(100)
      _ = try await client.createHousehold(CreateHouseholdRequest(household: late))
      var found = first.households
      request.pageToken = first.nextPageToken
      while !request.pageToken.isEmpty {
        let page = try await client.searchHouseholds(request)
        found += page.households
        request.pageToken = page.nextPageToken
      }
      #expect(found.count == 26 && Set(found.map(\.id)).count == 26)
      #expect(found.first?.head == "样大" && found.first?.netPerPerson?.fen == 90_000)
      request.pageToken = first.nextPageToken
      try await refused(.invalidArgument) {
        try await node.households(Office.village).searchHouseholds(request)
      }
    }
  }

  @Test(arguments: Way.allCases)
  func linesShowWhatTheOfficeMaySee(way: Way) async throws {
    try await TestNode.with(way) { node in
      try await fill(node, 2)
      let page = try await node.households(Office.education)
        .searchHouseholds(SearchHouseholdsRequest(), options: purpose("schooling-support"))
      #expect(page.households.count == 2)
      // The head is not of school age, income is another class.
      #expect(page.households.allSatisfy { $0.head.isEmpty && $0.netPerPerson == nil })
      // Schooling is not their main cause; what is, and the category, are other classes.
      #expect(page.households.allSatisfy { $0.members == 1 && $0.category == .unspecified })
      #expect(page.households.allSatisfy { $0.mainCause == 0 && $0.version == 0 })
      #expect(page.withheld.contains(.income) && !page.withheld.contains(.schooling))
    }
  }

  @Test(arguments: Way.allCases)
  func exportsAllAndGoesOnFromAToken(way: Way) async throws {
    try await TestNode.with(way) { node in
      try await fill(node, 450)
      let client = try node.households()
      var pages: [ExportHouseholdsResponse] = []
      for try await page in try await client.exportHouseholds(ExportHouseholdsRequest()) {
        pages.append(page)
      }
      let all = pages.flatMap(\.households)
      #expect(all.count == 450 && Set(all.map(\.id)).count == 450 && pages.count > 2)
      #expect(all.allSatisfy { $0.version == 1 && $0.members.count == 3 })
      let resumed = ExportHouseholdsRequest(resumeToken: try #require(pages.first).resumeToken)
      var rest: [Household] = []
      for try await page in try await client.exportHouseholds(resumed) { rest += page.households }
      #expect(rest == Array(all.dropFirst(pages[0].households.count)))
      let audit = "registry://421224/audit/p0051"
      let stream = try await node.households(audit).exportHouseholds(ExportHouseholdsRequest())
      try await refused(.permissionDenied) { try await stream.next() }
    }
  }
}
