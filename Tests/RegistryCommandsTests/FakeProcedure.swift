internal import Journal
internal import RPCCore
internal import RPCTransport
internal import RegistryAPI
internal import RegistryClient
internal import RegistryCommands
internal import Synchronization
internal import TestCertificates
internal import Testing

/// A procedure service in memory behind a real server over mutual TLS, which answers what a real
/// one cannot be made to: any state, any refusal, thousands of applications.
final class FakeProcedure: Sendable {
  struct State {
    var applications: [ApplicationSummary] = []
    var applied: [ApplyRequest] = []
    /// The sizes of the calls, and the steps of all of them.
    var calls: [Int] = []
    var steps: [Step] = []
    /// Rules that refuse steps of an application, by its number.
    var refusals: [String: Violation] = [:]
    var attached: [Minutes] = []
    /// The call, from 1, that fails.
    var failingCall: Int?
  }

  private let state = Mutex(State())

  func with<R>(_ body: (inout sending State) -> sending R) -> R { state.withLock(body) }

  /// Puts applications in a state.
  func fill(_ count: Int, _ state: ApplicationState) {
    with { now in
      now.applications = (0..<count).map { place in
        ApplicationSummary(
          id: Self.id(place),
          number: "A4212240\(100_000 + place)",
          version: 3,
          state: state,
          village: "421224100001",
          villageName: "新城社区",
          head: "样大",
          members: 3,
          period: 2011
        )
      }
    }
  }

  static func id(_ place: Int) -> [UInt8] {
    [UInt8(place >> 16 & 255), UInt8(place >> 8 & 255), UInt8(place & 255)]
      + Array(repeating: 0, count: 13)
  }

  var router: Router {
    var router = Router()
    FakeNode(registry: FakeRegistry()).register(in: &router)
    router.unary(ProcedureMethods.apply) { request, _ in self.apply(request) }
    router.unary(ProcedureMethods.recordSteps) { request, context in
      try self.record(request, context)
    }
    router.unary(ProcedureMethods.listApplications) { request, _ in self.list(request) }
    router.unary(ProcedureMethods.getApplication) { request, _ in try self.get(request) }
    router.unary(ProcedureMethods.attachMinutes) { request, _ in self.attach(request) }
    return router
  }

  private func apply(_ request: ApplyRequest) -> ApplyResponse {
    with { state in
      state.applied.append(request)
      return ApplyResponse(
        results: request.applications.map { application in
          guard application.household?.location?.group != "refuse me" else {
            return StepResult(row: application.row, violations: [FakeHouseholds.violation])
          }
          return StepResult(
            row: application.row,
            application: Self.id(Int(application.row)),
            number: "A42122400\(application.row)",
            state: .applied,
            version: 1
          )
        }
      )
    }
  }

  private func record(
    _ request: RecordStepsRequest,
    _ context: ServerContext
  ) throws -> RecordStepsResponse {
    let list = SignedList(request.steps, using: try SHA256Context())
    let certificate = try SignerCertificate(der: context.peer.certificate)
    let signature = request.signature?.value ?? []
    guard try certificate.verifies(signature, of: list.signedOctets) else {
      throw RPCError(.permissionDenied, "the signature is wrong")
    }
    let steps = try request.steps.map { try Step(wireArray: $0) }
    return try with { state -> Result<RecordStepsResponse, RPCError> in
      state.calls.append(steps.count)
      if state.calls.count == state.failingCall {
        return .failure(RPCError(.permissionDenied, "no more"))
      }
      state.steps += steps
      let results = steps.enumerated().map { place, step in
        let known = state.applications.first { $0.id == step.application }
        let number = known?.number ?? ""
        return StepResult(
          row: UInt32(place + 1),
          application: step.application,
          number: number,
          state: known?.state ?? .unspecified,
          version: step.baseVersion + (state.refusals[number] == nil ? 1 : 0),
          violations: state.refusals[number].map { [$0] } ?? []
        )
      }
      return .success(RecordStepsResponse(results: results))
    }.get()
  }

  private func list(_ request: ListApplicationsRequest) -> ListApplicationsResponse {
    with { state in
      let found = state.applications.filter {
        request.states.isEmpty || request.states.contains($0.state)
      }
      let start = Int(request.pageToken) ?? 0
      let page = Array(found.dropFirst(start).prefix(Int(request.pageSize)))
      let next = start + page.count
      return ListApplicationsResponse(
        applications: page,
        nextPageToken: next < found.count ? "\(next)" : ""
      )
    }
  }

  private func get(_ request: GetApplicationRequest) throws -> Application {
    let found = with { state in
      state.applications.first { line in
        switch request.by {
        case .id(let id): line.id == id
        case .number(let number): line.number == number
        default: false
        }
      }
    }
    guard let found else { throw RPCError(.notFound, "no such application") }
    return Application(
      id: found.id,
      number: found.number,
      version: found.version,
      state: found.state,
      period: found.period
    )
  }

  private func attach(_ request: AttachMinutesRequest) -> AttachMinutesResponse {
    with { state in
      if let minutes = request.minutes { state.attached.append(minutes) }
      return AttachMinutesResponse(id: Self.id(1), digest: Array(repeating: 0x5A, count: 32))
    }
  }
}

/// Answers of somebody at a terminal.
final class TypedLines: LineSource {
  private let lines: Mutex<[String]>

  init(_ lines: [String]) { self.lines = Mutex(lines.reversed()) }

  func line() -> String? { lines.withLock { $0.popLast() } }

  /// What was not asked for.
  var rest: [String] { lines.withLock { $0 } }
}

/// A running server with the fake service, and command lines that call it over TLS.
final class ProcedureInstallation: Sendable {
  let service = FakeProcedure()
  private let office: TestIdentity
  private let server: RPCServer
  private let address: String

  init(_ leaf: TestLeaf = .office("421224", "poverty-office", "p0007")) async throws {
    let authority = try TestAuthority()
    let node = try authority.issue(.node("421224", "main"))
    office = try authority.issue(leaf)
    server = try RPCServer(
      router: service.router,
      configuration: ServerConfiguration(
        endpoints: [Endpoint(host: "127.0.0.1", port: 0)],
        credentials: Credentials(
          authorities: [authority.certificate],
          certificate: node.chain,
          key: node.key
        )
      )
    )
    address = "\(try await server.start()[0])"
  }

  func stop() async { await server.shutdown() }

  func run(
    _ arguments: [String],
    _ language: Language = .en,
    answers: TypedLines? = nil
  ) async -> (output: String, error: String, code: Int32) {
    let output = MemorySink()
    let error = MemorySink()
    let console = Console(
      language: language,
      environment: [:],
      output: output,
      error: error,
      errorIsTerminal: false,
      answers: answers
    ) { try RegistryClient(profile: $0).channel }
    let code = await Program.run(
      arguments + [
        "--server", address, "--ca", office.authority, "--cert", office.chain, "--key", office.key,
        "--node", "registry://421224/node/main",
      ],
      on: console
    )
    return (output.text, error.text, code)
  }
}
