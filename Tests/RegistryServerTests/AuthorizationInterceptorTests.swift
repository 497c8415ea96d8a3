import RPCCore
import RPCProtobuf
import RPCServices
import RegistryAPI
import RegistryModel
import Testing

@testable import RegistryServer

/// Every office kind, level, method and purpose, against the table.
@Suite struct AuthorizationInterceptorTests {
  /// Divisions by level, on one line from the state down, and one beside it.
  private static let divisions: [(code: String, ids: [Int64], level: DivisionTier)] = [
    ("000000", [1], .state), ("420000", [1, 2], .province), ("421200", [1, 2, 3], .prefecture),
    ("421224", [1, 2, 3, 4], .county), ("421224100000", [1, 2, 3, 4, 5], .township),
    ("421224100001", [1, 2, 3, 4, 5, 6], .village), ("421223", [1, 2, 3, 7], .county),
  ]
  private static let methods =
    DivisionMethods.all + HouseholdMethods.all + StatisticsMethods.all + NodeMethods.all
    + PolicyMethods.all + ProcedureMethods.all + ChangeMethods.all + ExchangeMethods.all
    + LinkMethods.all + JournalMethods.all + BundleMethods.all + InquiryMethods.all
    + PilotMethods.all
    + RosterMethods.all + HealthMethods.all
    + ServerReflectionMethods.all + [ServerReflectionMethods.earlier] + ObserveMethods.all

  private let table: AuthorizationTable

  init() throws { table = try AuthorizationTable.load() }

  private func interceptor(
    operations: [String: RegistryModel.Operation] = MethodOperations.byPath
  ) -> AuthorizationInterceptor {
    AuthorizationInterceptor(
      table: table,
      operations: operations,
      today: { Day(yyyymmdd: 20_101_201)! }
    ) { code in
      Self.divisions.first { $0.code == code.description }
        .flatMap { row in DivisionPath(ids: row.ids).map { OfficePlace(path: $0, level: row.level) }
        }
    }
  }

  private static func uri(_ division: String, _ kind: OfficeKind) -> String {
    "registry://\(division)/\(kind.rawValue)/\(kind == .node ? "main" : "p0007")"
  }

  private func refusal(_ body: () throws -> Scope) -> (code: StatusCode, rule: String)? {
    do {
      _ = try body()
      return nil
    } catch {
      let error = RPCError(sending: error)
      let rule = try? ErrorDetails(serializedBytes: error.details).refusedBy
      return (error.code, rule ?? "")
    }
  }

  @Test func everyMethodHasAnOperationAndNoOthersStandThere() {
    #expect(Set(MethodOperations.byPath.keys) == Set(Self.methods.map(\.path)))
  }

  @Test(arguments: OfficeKind.allCases)
  func decidesAsTheTableSays(kind: OfficeKind) throws {
    let interceptor = interceptor()
    for division in Self.divisions {
      for method in Self.methods {
        let operation = try #require(MethodOperations.byPath[method.path])
        let grant = table.grant(kind: kind, level: division.level, operation: operation)
        for purpose in [nil] + Purpose.allCases.map(Optional.some) {
          let isAllowed =
            grant.map { grant in
              purpose.map { grant.purposes(of: kind).contains($0) } ?? grant.purposes.isEmpty
            } ?? false
          // Twice: what is remembered must be what was decided.
          for _ in 1...2 {
            let decide = {
              try interceptor.scope(
                identity: Self.uri(division.code, kind),
                path: method.path,
                purpose: purpose?.rawValue
              )
            }
            if isAllowed {
              let scope = try decide()
              #expect(scope.classes == grant?.classes && scope.people == grant?.people)
              #expect(scope.areas.map(\.ids) == [division.ids])
              #expect(scope.operations == [operation])
            } else {
              #expect(refusal(decide)?.code == .permissionDenied)
              #expect(refusal(decide)?.rule.hasPrefix("office.") == true)
            }
          }
        }
      }
    }
  }

  @Test func refusesAMethodWithoutARowToEverybody() {
    let interceptor = interceptor(operations: [:])
    let refused = refusal {
      try interceptor.scope(
        identity: Self.uri("421224", .povertyOffice),
        path: HouseholdMethods.getHousehold.path,
        purpose: nil
      )
    }
    #expect(refused?.code == .permissionDenied && refused?.rule == "method.unlisted")
  }

  @Test(arguments: [
    "", "registry://421224", "registry://421224/poverty-office", "http://421224/audit/p0001",
    "registry://421224/mayor/p0001", "registry://421224/audit/p1", "registry://421224/AUDIT/p0001",
  ])
  func refusesWhatIsNoIdentity(uri: String) {
    let interceptor = interceptor()
    let refused = refusal {
      try interceptor.scope(identity: uri, path: NodeMethods.getNode.path, purpose: nil)
    }
    #expect(refused?.code == .unauthenticated)
  }

  @Test(arguments: [
    ("registry://999999/poverty-office/p0007", nil, "office.division"),
    ("registry://421224/finance/p0007", nil, "office.operation"),
    ("registry://421224/education/p0007", nil, "office.purpose-missing"),
    ("registry://421224/education/p0007", "medical-support", "office.purpose"),
    ("registry://421224/education/p0007", "curiosity", "office.purpose"),
    ("registry://421224/poverty-office/p0007", "schooling-support", "office.purpose"),
  ])
  func namesTheRule(uri: String, purpose: String?, rule: String) {
    let interceptor = interceptor()
    let refused = refusal {
      let path = HouseholdMethods.getHousehold.path
      return try interceptor.scope(identity: uri, path: path, purpose: purpose)
    }
    #expect(refused?.rule == rule)
  }

  @Test func aHandlerWithoutScopeServesNothing() async throws {
    var router = Router()
    router.unary(NodeMethods.getNode) { (_: GetNodeRequest, context) -> Node in
      _ = try context.scope
      return Node()
    }
    let peer = Peer(identity: Self.uri("421224", .povertyOffice))
    let client = NodeClient(InProcessChannel(router: router, peer: peer))
    await #expect(throws: RPCError(.permissionDenied, "")) {
      try await client.getNode(GetNodeRequest())
    }
  }
}
