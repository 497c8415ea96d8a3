internal import Logging
internal import RPCCore
internal import RPCProtobuf
internal import RPCTransport
internal import TestCertificates
internal import TestSchema
internal import Testing

/// The server against a client that was written from PROTOCOL.md alone.
@Suite("Python client")
struct PythonClientTests {
  @Test(.timeLimit(.minutes(3)))
  func conformance() async throws {
    let authority = try TestAuthority()
    let node = try authority.issue(.node("421224", "main"))
    let office = try authority.issue(.office("421224", "poverty", "w1"))
    var router = Router(interceptors: [EchoWishes()])
    Echo().register(in: &router)
    let server = try RPCServer(
      router: router,
      configuration: ServerConfiguration(
        endpoints: [Endpoint(host: "127.0.0.1", port: 0)],
        credentials: Credentials(
          authorities: [node.authority],
          certificate: node.chain,
          key: node.key
        )
      ),
      logger: Logger(label: "python") { _ in SwiftLogNoOpLogHandler() }
    )
    let endpoint = try #require(try await server.start().first)
    let (status, output) = try await PythonScript("conformance.py").run([
      "--suite", "echo", "--host", endpoint.host, "--port", "\(endpoint.port)",
      "--ca", authority.certificate, "--cert", office.chain, "--key", office.key,
      "--node", "registry://421224/node/main",
    ])
    await server.shutdown()
    let failures = output.split(separator: "\n").filter { !$0.hasPrefix("ok ") }
    #expect(status == 0, "\(failures.joined(separator: "\n"))")
    #expect(output.contains("ok unary"), "nothing was tried: \(output)")
  }

  @Test(.timeLimit(.minutes(1)))
  func scriptedPeer() async throws {
    let (status, output) = try await PythonScript("test_registry_rpc.py").run([])
    #expect(status == 0, "\(output)")
  }
}

/// The service that conformance.py expects.
private struct Echo: EchoService {
  func get(_ request: Record, context: ServerContext) async throws -> Record { request }

  func sum(_ requests: RequestStream<Point>, context: ServerContext) async throws -> Point {
    var total = Point()
    // Where they lie: what a peer sends wrongly is to show here as it does elsewhere.
    try await requests.read(as: Point.View.self) { point in
      total.x &+= point.x
      total.y &+= point.y
    }
    return total
  }

  func gather(_ requests: RequestStream<Gathering>, context: ServerContext) async throws -> Point {
    throw RPCError(.unimplemented, "not asked for by conformance.py")
  }

  func list(
    _ request: Node,
    responses: ResponseWriter<Node>,
    context: ServerContext
  ) async throws {
    for child in request.children { try await responses.write(child) }
  }

  func chat(
    _ requests: RequestStream<Scalars>,
    responses: ResponseWriter<Scalars>,
    context: ServerContext
  ) async throws {
    for try await message in requests { try await responses.write(message) }
  }
}

/// Does what the request's metadata wishes; the head of conformance.py lists it.
private struct EchoWishes: ServerInterceptor {
  func intercept(
    _ context: ServerContext,
    next: (ServerContext) async throws -> Void
  ) async throws {
    let head = context.metadata.entries.filter { $0.key.hasPrefix("head-") }
    if !head.isEmpty { try await context.call.sendHead(Metadata(entries: head)) }
    for entry in context.metadata.entries where entry.key.hasPrefix("trail-") {
      context.trailers.append(entry.key, String(decoding: entry.value, as: UTF8.self))
    }
    if let code = context.metadata["fail-code"].flatMap(UInt32.init) {
      throw RPCError(
        code: StatusCode(rawValue: code),
        message: context.metadata["fail-text"] ?? "",
        details: context.metadata.bytes("fail-details-bin") ?? []
      )
    }
    try await next(context)
  }
}
