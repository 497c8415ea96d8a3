import Foundation
import Logging
import RPCCore
import TestCertificates
import TestSchema
import Testing

@testable import RPCTransport

/// The cases of gRPC's interoperability tests (`interop-test-descriptions.md`), with peers of two other
/// implementations: gRPC's own core in C (`grpcio`) and one in Python alone (`grpclib`).
@Suite("gRPC interoperability", .timeLimit(.minutes(3)))
struct InteropTests {
  @Test(arguments: ["interop_grpcio.py", "interop_grpclib.py"])
  func clientsOfOtherImplementations(script: String) async throws {
    let peers = try await Peers()
    let (status, output) = try await PythonScript(script).run(peers.arguments)
    await peers.server.shutdown()
    let failures = output.split(separator: "\n").filter { !$0.hasPrefix("ok ") }
    #expect(status == 0, "\(failures.joined(separator: "\n"))")
    #expect(output.contains("ok large_unary"), "nothing was tried: \(output)")
  }

  /// Frames that no gRPC client sends: each ends its call or its connection, and nobody else's.
  @Test func hostileFrames() async throws {
    let peers = try await Peers()
    let (status, output) = try await PythonScript("hostile_h2.py").run(peers.arguments)
    let failures = output.split(separator: "\n").filter { !$0.hasPrefix("ok ") }
    #expect(status == 0, "\(failures.joined(separator: "\n"))")
    #expect(output.contains("ok continuation_flood"), "nothing was tried: \(output)")
    let client = TestClient(try peers.channel())
    #expect(try await client.emptyCall(Nothing()) == Nothing())
    await (client.channel as? RPCChannel)?.close()
    await peers.server.shutdown()
  }

  /// Channels of this project at a server of gRPC's own core.
  @Test func serverOfAnotherImplementation() async throws {
    let authority = try TestAuthority()
    let node = try authority.issue(.node("421224", "main"))
    let office = try authority.issue(.office("421224", "poverty-office", "p0007"))
    let (process, port) = try await PythonScript("interop_server.py").start([
      "--ca", authority.certificate, "--cert", node.chain, "--key", node.key,
    ])
    // It does not end by itself.
    defer { kill(process.processIdentifier, SIGKILL) }
    let channel = try Peers.channel(
      Endpoint(host: "127.0.0.1", port: try #require(UInt16(port))),
      as: office
    )
    try await callEverything(TestClient(channel))
    await channel.close()
  }

  /// The same calls at a server of this project, through both doors.
  @Test(arguments: Door.allCases)
  func ownServer(door: Door) async throws {
    let peers = try await Peers()
    let channel = try peers.channel { $0.door = door }
    try await callEverything(TestClient(channel))
    await channel.close()
    await peers.server.shutdown()
  }

  private func callEverything(_ client: TestClient) async throws {
    #expect(try await client.emptyCall(Nothing()) == Nothing())
    let large = SimpleRequest(
      responseSize: 314_159,
      payload: Payload(body: [UInt8](repeating: 0, count: 271_828))
    )
    #expect(try await client.unaryCall(large).payload?.body.count == 314_159)
    // Compressed both ways, where the peer does so.
    let compressed = try await client.unaryCall(large, options: CallOptions(compression: true))
    #expect(compressed.payload?.body.count == 314_159)
    let upload = try await client.streamingInputCall()
    for size in [27_182, 8, 1_828, 45_904] {
      try await upload.send(
        StreamingInputCallRequest(payload: Payload(body: [UInt8](repeating: 0, count: size)))
      )
    }
    #expect(try await upload.finish().aggregatedPayloadSize == 74_922)
    let sizes: [Int32] = [31_415, 9, 2_653, 58_979]
    let download = try await client.streamingOutputCall(
      StreamingOutputCallRequest(responseParameters: sizes.map { ResponseParameters(size: $0) })
    )
    var received: [Int32] = []
    for try await part in download { received.append(Int32(part.payload?.body.count ?? 0)) }
    #expect(received == sizes)
    let chat = try await client.fullDuplexCall()
    for size in sizes {
      try await chat.send(
        StreamingOutputCallRequest(responseParameters: [ResponseParameters(size: size)])
      )
      #expect(try await chat.responses.next()?.payload?.body.count == Int(size))
    }
    try await chat.finishSending()
    #expect(try await chat.responses.next() == nil)
    await #expect(throws: RPCError(.unknown, "")) {
      try await client.unaryCall(
        SimpleRequest(responseStatus: EchoStatus(code: 2, message: "\t\ntest with 汉字 100%\n"))
      )
    }
    do {
      _ = try await client.unaryCall(
        SimpleRequest(responseStatus: EchoStatus(code: 2, message: "\t\ntest with 汉字 100%\n"))
      )
    } catch let error as RPCError {
      #expect(error.message == "\t\ntest with 汉字 100%\n")
    }
    let slow = StreamingOutputCallRequest(
      responseParameters: [ResponseParameters(size: 1, intervalUs: 10_000_000)]
    )
    let late = try await client.streamingOutputCall(
      slow,
      options: CallOptions(timeout: .milliseconds(50))
    )
    await #expect(throws: RPCError(.deadlineExceeded, "")) { _ = try await late.next() }
  }
}

/// A server of the interoperability tests, and what its clients need.
private struct Peers {
  let server: RPCServer
  let arguments: [String]
  private let endpoint: Endpoint
  private let office: TestIdentity

  init() async throws {
    let authority = try TestAuthority()
    let node = try authority.issue(.node("421224", "main"))
    office = try authority.issue(.office("421224", "poverty-office", "p0007"))
    var router = Router(interceptors: [MetadataEcho()])
    InteropServer().register(in: &router)
    var configuration = ServerConfiguration(
      endpoints: [Endpoint(host: "127.0.0.1", port: 0)],
      credentials: node.credentials
    )
    configuration.detailsType = "grpc.testing.EchoStatus"
    server = try RPCServer(
      router: router,
      configuration: configuration,
      logger: Logger(label: "interop") { _ in SwiftLogNoOpLogHandler() }
    )
    endpoint = try await server.start()[0]
    let proto = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
      .deletingLastPathComponent().deletingLastPathComponent().appendingPathComponent("proto")
    arguments = [
      "--port", "\(endpoint.port)", "--ca", authority.certificate, "--cert", office.chain,
      "--key", office.key, "--proto", proto.path,
    ]
  }

  func channel(_ change: (inout ChannelConfiguration) -> Void = { _ in }) throws -> RPCChannel {
    try Self.channel(endpoint, as: office, change)
  }

  static func channel(
    _ endpoint: Endpoint,
    as office: TestIdentity,
    _ change: (inout ChannelConfiguration) -> Void = { _ in }
  ) throws -> RPCChannel {
    var configuration = ChannelConfiguration(
      endpoints: [endpoint],
      credentials: office.credentials,
      node: "registry://421224/node/main"
    )
    configuration.door = .grpc
    change(&configuration)
    return try RPCChannel(configuration: configuration)
  }
}

/// Sends back what the case `custom_metadata` sends.
private struct MetadataEcho: ServerInterceptor {
  func intercept(
    _ context: ServerContext,
    next: (ServerContext) async throws -> Void
  ) async throws {
    if let value = context.metadata["x-grpc-test-echo-initial"] {
      try await context.call.sendHead(["x-grpc-test-echo-initial": value])
    }
    if let value = context.metadata.bytes("x-grpc-test-echo-trailing-bin") {
      context.trailers.append("x-grpc-test-echo-trailing-bin", bytes: value)
    }
    try await next(context)
  }
}

/// The service as gRPC's interoperability tests want it.
private struct InteropServer: TestSchema.TestService {
  func emptyCall(_ request: Nothing, context: ServerContext) async throws -> Nothing { Nothing() }

  func unaryCall(
    _ request: SimpleRequest,
    context: ServerContext
  ) async throws -> SimpleResponse {
    try fail(request.responseStatus)
    return SimpleResponse(
      payload: payload(request.responseSize),
      username: request.fillUsername ? context.peer.identity : ""
    )
  }

  func streamingOutputCall(
    _ request: StreamingOutputCallRequest,
    responses: ResponseWriter<StreamingOutputCallResponse>,
    context: ServerContext
  ) async throws {
    try await answer(request, responses)
  }

  func streamingInputCall(
    _ requests: RequestStream<StreamingInputCallRequest>,
    context: ServerContext
  ) async throws -> StreamingInputCallResponse {
    var total = 0
    for try await request in requests { total += request.payload?.body.count ?? 0 }
    return StreamingInputCallResponse(aggregatedPayloadSize: Int32(clamping: total))
  }

  func fullDuplexCall(
    _ requests: RequestStream<StreamingOutputCallRequest>,
    responses: ResponseWriter<StreamingOutputCallResponse>,
    context: ServerContext
  ) async throws {
    for try await request in requests { try await answer(request, responses) }
  }

  func halfDuplexCall(
    _ requests: RequestStream<StreamingOutputCallRequest>,
    responses: ResponseWriter<StreamingOutputCallResponse>,
    context: ServerContext
  ) async throws {
    var all: [StreamingOutputCallRequest] = []
    for try await request in requests { all.append(request) }
    for request in all { try await answer(request, responses) }
  }

  private func answer(
    _ request: StreamingOutputCallRequest,
    _ responses: ResponseWriter<StreamingOutputCallResponse>
  ) async throws {
    try fail(request.responseStatus)
    for wanted in request.responseParameters {
      if wanted.intervalUs > 0 { try await Task.sleep(for: .microseconds(wanted.intervalUs)) }
      try await responses.write(StreamingOutputCallResponse(payload: payload(wanted.size)))
    }
  }

  private func payload(_ size: Int32) -> Payload {
    Payload(body: [UInt8](repeating: 0, count: max(0, min(4_000_000, Int(size)))))
  }

  private func fail(_ status: EchoStatus?) throws {
    guard let status, status.code != 0 else { return }
    throw RPCError(
      code: StatusCode(rawValue: UInt32(status.code)),
      message: status.message,
      // An EchoStatus with the code alone.
      details: [8, UInt8(clamping: status.code)]
    )
  }
}
