internal import COpenSSL
internal import Foundation
internal import RPCSockets
internal import RPCTLS
internal import TestCertificates
internal import Testing

@Suite(.timeLimit(.minutes(1)))
struct TLSContextTests {
  let authority: TestAuthority
  let node: TestIdentity
  let office: TestIdentity

  init() throws {
    authority = try TestAuthority()
    node = try authority.issue(.node("421224", "main"))
    office = try authority.issue(.office("421224", "poverty-office", "p0007"))
  }

  @Test func protocolsMustMeet() throws {
    var configuration = TLSConfiguration(.client, office)
    configuration.protocols = ["h2", "registry-rpc/2"]
    let outcome = try TLSPair(
      client: TLSContext(configuration),
      server: TLSContext(.init(.server, node))
    ).shakeHands()
    #expect(outcome.server?.code == .protocolMismatch)
    #expect(outcome.client?.code == .protocolMismatch)
  }

  @Test func theServersPreferenceDecides() throws {
    var server = TLSConfiguration(.server, node)
    server.protocols = ["registry-rpc/1", "h2"]
    var client = TLSConfiguration(.client, office)
    client.protocols = ["h2", "registry-rpc/1"]
    let pair = try TLSPair(client: TLSContext(client), server: TLSContext(server))
    let outcome = pair.shakeHands()
    #expect(outcome.client == nil && outcome.server == nil)
    #expect(pair.client.negotiatedProtocol == "registry-rpc/1")
  }

  @Test(arguments: [(["registry-rpc/1"], true), ([], false)])
  func aForeignClientIsHeldToTheRules(_ protocols: [String], _ certificate: Bool) throws {
    let server = try TLSSessionOverPair(node)
    let client = try ForeignClient(
      server.peer,
      identity: certificate ? office : nil,
      protocols: protocols
    )
    let error = server.shakeHands(with: client)
    if protocols.isEmpty {
      #expect(error?.code == .protocolMismatch)
      #expect(client.alert == "no application protocol")
    } else {
      #expect(error == nil)
    }
  }

  @Test func aClientWithoutCertificateIsRefused() throws {
    let server = try TLSSessionOverPair(node)
    let client = try ForeignClient(server.peer, identity: nil, protocols: ["registry-rpc/1"])
    let error = server.shakeHands(with: client)
    #expect(error?.code == .certificateRejected)
    #expect(error?.message == "peer showed no certificate")
    #expect(client.alert == "tlsv13 alert certificate required")
  }

  @Test func olderVersionsAreRefused() throws {
    let server = try TLSSessionOverPair(node)
    let client = try ForeignClient(
      server.peer,
      identity: office,
      protocols: ["registry-rpc/1"],
      version: TLS1_2_VERSION
    )
    let error = server.shakeHands(with: client)
    #expect(error?.code == .notTLS)
    #expect(client.alert == "tlsv1 alert protocol version")
  }

  @Test func theClientDemandsAProtocolOfTheServer() throws {
    let (clientSocket, serverSocket) = try Socket.pair()
    let server = try ForeignServer(serverSocket, identity: node)
    let client = try TLSSession(
      context: TLSContext(.init(.client, office)),
      descriptor: clientSocket.descriptor
    )
    #expect(throws: TLSError(.protocolMismatch, "")) {
      while try client.handshake() != .done { server.step() }
    }
  }

  @Test func aKeyOpenToOthersIsRefused() throws {
    let path = node.key
    try FileManager.default.setAttributes([.posixPermissions: 0o640], ofItemAtPath: path)
    let error = #expect(throws: TLSError.self) { try TLSContext(.init(.server, node)) }
    #expect(error?.code == .configuration)
    #expect(error?.message.contains("mode 640") == true)
  }

  @Test func filesThatDoNotFitAreNamed() throws {
    var configuration = TLSConfiguration(.server, node)
    configuration.privateKey = office.key
    expectFailure(configuration, naming: office.key)
    configuration.privateKey = node.key + "-missing"
    expectFailure(configuration, naming: node.key + "-missing")
    configuration = .init(.server, node)
    configuration.certificateChain = node.key
    expectFailure(configuration, naming: node.key)
    configuration = .init(.server, node, authorities: [node.key])
    expectFailure(configuration, naming: node.key)
    configuration.authorities = []
    expectFailure(configuration, naming: "authority")
    configuration = .init(.server, node)
    configuration.protocols = []
    expectFailure(configuration, naming: "ALPN")
  }

  private func expectFailure(_ configuration: TLSConfiguration, naming name: String) {
    let error = #expect(throws: TLSError.self) { try TLSContext(configuration) }
    #expect(error?.code == .configuration)
    #expect(error?.message.contains(name) == true)
  }
}
