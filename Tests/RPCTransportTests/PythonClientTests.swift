internal import Foundation
internal import Logging
internal import RPCCore
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

/// A script of Tests/python, run by the Python that tools/test sets up.
private struct PythonScript {
  struct Failure: Error, CustomStringConvertible {
    let description: String
  }

  let python: URL
  let script: URL

  init(_ name: String) throws {
    let tests = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
      .deletingLastPathComponent()
    let path =
      ProcessInfo.processInfo.environment["REGISTRY_PYTHON"]
      ?? tests.deletingLastPathComponent().appendingPathComponent(".build/venv/bin/python3").path
    guard FileManager.default.isExecutableFile(atPath: path) else {
      throw Failure(
        description: "no Python with protobuf at \(path): run tools/test, which sets it up, "
          + "or name one in REGISTRY_PYTHON"
      )
    }
    python = URL(fileURLWithPath: path)
    script = tests.appendingPathComponent("python").appendingPathComponent(name)
  }

  /// Its exit status and what it printed.
  func run(_ arguments: [String]) async throws -> (status: Int32, output: String) {
    let file = FileManager.default.temporaryDirectory
      .appendingPathComponent("registry-python-" + UUID().uuidString)
    try Data().write(to: file)
    defer { try? FileManager.default.removeItem(at: file) }
    let handle = try FileHandle(forWritingTo: file)
    let process = Process()
    process.executableURL = python
    process.arguments = ["-B", script.path] + arguments
    process.standardOutput = handle
    process.standardError = handle
    let status = try await withCheckedThrowingContinuation { continuation in
      process.terminationHandler = { continuation.resume(returning: $0.terminationStatus) }
      do { try process.run() } catch { continuation.resume(throwing: error) }
    }
    return (status, String(decoding: try Data(contentsOf: file), as: UTF8.self))
  }
}

/// The service that conformance.py expects.
private struct Echo: EchoService {
  func get(_ request: Record, context: ServerContext) async throws -> Record { request }

  func sum(_ requests: RequestStream<Point>, context: ServerContext) async throws -> Point {
    var total = Point()
    for try await point in requests {
      total.x &+= point.x
      total.y &+= point.y
    }
    return total
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
