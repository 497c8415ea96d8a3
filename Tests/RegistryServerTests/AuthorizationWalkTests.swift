import RPCCore
import RPCServices
import RegistryAPI
import RegistryModel
import TestRegistry
import Testing

@testable import RegistryServer

/// Every office calls every method of a real node: what the table does not grant is refused before
/// anything else is looked at, and what it grants is not.
@Suite(.timeLimit(.minutes(1))) struct AuthorizationWalkTests {
  private static let divisions: [(code: String, level: DivisionTier)] = [
    ("000000", .state), ("420000", .province), ("421200", .prefecture), ("421224", .county),
    ("421223", .county), ("421224100000", .township), ("421224100001", .village),
  ]

  /// Calls with an empty request, which no method carries out as a change.
  private func call(
    _ method: MethodDescriptor,
    on channel: any Channel,
    purpose: Purpose?
  ) async throws -> StatusCode {
    let options = purpose.map { CallOptions(metadata: ["registry-purpose": $0.rawValue]) }
    let call = try await channel.open(method, options: options ?? CallOptions())
    do {
      try await call.send(EncodedMessage([]))
      try await call.finishSending()
      while try await call.receive(EncodedMessage.self) != nil {
        // It tells of changes for ever; the server does not change.
        if method == HealthMethods.watch {
          call.cancel()
          break
        }
      }
      return .ok
    } catch let error as RPCError {
      return error.code
    }
  }

  @Test(arguments: Way.allCases)
  func grantsWhatTheTableGrants(way: Way) async throws {
    let table = try AuthorizationTable.load()
    try await TestNode.with(way) { node in
      for kind in OfficeKind.allCases {
        for (code, level) in Self.divisions {
          let person = kind == .node ? "second" : "p0007"
          let channel = try node.channel("registry://\(code)/\(kind.rawValue)/\(person)")
          for method in MethodOperations.methods {
            let operation = try #require(MethodOperations.byPath[method.path])
            let grant = table.grant(kind: kind, level: level, operation: operation)
            let told = try await call(method, on: channel, purpose: grant?.purposes.first)
            // A recount, a bundle, an arrival, a block is of the whole node: it needs the node's area,
            // besides a row of the table.
            let isWithout = code == "421223" || level > .county
            let isElsewhere =
              isWithout && [.check, .bundle, .arrival, .linkControl].contains(operation)
            // What a server does is for the offices of its own division.
            let isOthers = operation == .observe && code != "421224"
            let isRefused = grant == nil || isElsewhere || isOthers
            #expect((told == .permissionDenied) == isRefused, "\(code) \(kind) \(method.path)")
            #expect(told != .unauthenticated && told != .internalError && told != .unknown)
          }
          await channel.close()
        }
      }
    }
  }

  @Test(arguments: Way.allCases)
  func everyAnswerKeepsToTheArea(way: Way) async throws {
    try await TestNode.with(way) { node in
      let request = CreateHouseholdRequest(household: SampleHousehold.household(1))
      _ = try await node.households().createHousehold(request)
      for (office, sees) in [
        (Office.county, 1), (Office.village, 1), (Office.otherCounty, 0),
        ("registry://420000/poverty-office/p0001", 1),
        ("registry://421224100002/village-committee/p0102", 0),
      ] {
        let client = try node.households(office)
        let found = try await client.searchHouseholds(SearchHouseholdsRequest())
        #expect(found.households.count == sees, "\(office)")
        var exported = 0
        for try await page in try await client.exportHouseholds(ExportHouseholdsRequest()) {
          exported += page.households.count
        }
        #expect(exported == sees, "\(office)")
        let statistics = StatisticsClient(client.channel)
        let counts = try await statistics.getStatistics(GetStatisticsRequest())
        #expect(counts.divisions.first?.registered?.households == Int64(sees), "\(office)")
        for code in ["421224100001", "421224"] where sees == 0 {
          try await refused(.permissionDenied) {
            try await statistics.getReport(GetReportRequest(division: code))
          }
        }
      }
    }
  }
}
