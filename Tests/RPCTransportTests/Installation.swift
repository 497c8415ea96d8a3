import Logging
import RPCCore
import TestCertificates

@testable import RPCTransport

/// A server with its authority, and channels to it.
final class Installation: Sendable {
  static let nodeURI = "registry://421224/node/main"

  /// The protocol that channels speak unless a test says otherwise.
  @TaskLocal static var door = Door.native

  let authority: TestAuthority
  let node: TestIdentity
  let office: TestIdentity
  let service: TestService
  let server: RPCServer
  let endpoint: Endpoint

  init(
    service: TestService = TestService(),
    policies: [String: MethodPolicy] = [:],
    router: Router? = nil,
    authority: TestAuthority? = nil,
    port: UInt16 = 0,
    logger: Logger = Logger(label: "rpc.server"),
    _ change: (inout ServerConfiguration) -> Void = { _ in }
  ) async throws {
    let authority = try authority ?? TestAuthority()
    self.authority = authority
    node = try authority.issue(.node("421224", "main"))
    office = try authority.issue(.office("421224", "poverty-office", "p0007"))
    self.service = service
    var configuration = ServerConfiguration(
      endpoints: [Endpoint(host: "127.0.0.1", port: port)],
      credentials: node.credentials
    )
    configuration.loops = 2
    configuration.detailsType = "test.v1.Details"
    change(&configuration)
    server = try RPCServer(
      router: router ?? service.router(policies: policies),
      configuration: configuration,
      logger: logger
    )
    endpoint = try await server.start()[0]
  }

  func channel(
    as identity: TestIdentity? = nil,
    _ change: (inout ChannelConfiguration) -> Void = { _ in }
  ) throws -> RPCChannel {
    var configuration = ChannelConfiguration(
      endpoints: [endpoint],
      credentials: (identity ?? office).credentials,
      node: Self.nodeURI
    )
    configuration.backoff.first = 1_000_000
    configuration.door = Self.door
    change(&configuration)
    return try RPCChannel(configuration: configuration)
  }
}

extension TestIdentity {
  var credentials: Credentials {
    Credentials(authorities: [authority], certificate: chain, key: key)
  }
}

extension Channel {
  func echo(
    _ text: String,
    _ method: MethodDescriptor = Methods.echo,
    _ options: CallOptions = .init()
  ) async throws -> String {
    try await unary(method, Text(text), returning: Text.self, options: options).value
  }
}
