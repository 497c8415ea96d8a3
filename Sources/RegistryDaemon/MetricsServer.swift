internal import FlyingFox
internal import FlyingSocks
internal import FoundationEssentials
internal import RPCCore
internal import RPCServices

/// Serves the counts over HTTP, to who fetches `/metrics` from this machine.
struct MetricsServer: Sendable {
  private let server: HTTPServer

  /// Prepares to serve at an address of this machine.
  init(
    host: String,
    port: UInt16,
    _ observation: any ServerObservation,
    _ counts: CountRegister
  ) async throws {
    if host.contains(":") {
      server = HTTPServer(address: try .inet6(ip6: host, port: port), timeout: 5, logger: .disabled)
    } else {
      server = HTTPServer(address: try .inet(ip4: host, port: port), timeout: 5, logger: .disabled)
    }
    await server.appendRoute("GET /metrics") { [weak observation] _ in
      guard let snapshot = await observation?.snapshot() else {
        return HTTPResponse(statusCode: .serviceUnavailable)
      }
      let metrics = OpenMetrics(snapshot, process: ProcessUse(), counts: counts)
      return HTTPResponse(
        statusCode: .ok,
        headers: [.contentType: OpenMetrics.contentType],
        body: Data(metrics.text.utf8)
      )
    }
  }

  /// Serves until the task is cancelled.
  func run() async throws { try await server.run() }

  /// Where it listens; nil before it does.
  var address: String? {
    get async {
      switch await server.listeningAddress {
      case .ip4(let host, port: let port): "\(host):\(port)"
      case .ip6(let host, port: let port): "[\(host)]:\(port)"
      default: nil
      }
    }
  }
}
