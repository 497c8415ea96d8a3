internal import RPCSockets
internal import RPCTLS
internal import TestCertificates
internal import Testing

@Suite(.timeLimit(.minutes(1)))
struct TLSSessionTests {
  let authority: TestAuthority
  let node: TestIdentity
  let office: TestIdentity

  init() throws {
    authority = try TestAuthority()
    node = try authority.issue(.node("421224", "main"))
    office = try authority.issue(.office("421224", "poverty-office", "p0007", name: "张三"))
  }

  @Test func bothSidesLearnWhoThePeerIs() throws {
    let pair = try TLSPair(
      client: office,
      server: node,
      expectedPeer: "registry://421224/node/main"
    )
    let outcome = pair.shakeHands()
    #expect(outcome.client == nil && outcome.server == nil)
    #expect(pair.server.peerIdentity == "registry://421224/poverty-office/p0007")
    #expect(pair.server.peer?.commonName == "张三")
    #expect(pair.server.peer?.fingerprint.count == 32)
    #expect(pair.client.peerIdentity == "registry://421224/node/main")
    #expect(pair.server.negotiatedProtocol == "registry-rpc/1")
    #expect(pair.client.negotiatedProtocol == "registry-rpc/1")
    let context = pair.client.context
    #expect(context.identity == pair.server.peer)
  }

  @Test func bytesTravelBothWays() throws {
    let pair = try TLSPair(client: office, server: node)
    _ = pair.shakeHands()
    #expect(try pair.client.write(Array("question".utf8)) == .bytes(8))
    #expect(try pair.server.read(4).bytes == Array("ques".utf8))
    #expect(pair.server.pendingBytes == 4 && pair.server.hasPending)
    #expect(try pair.server.read(100).bytes == Array("tion".utf8))
    #expect(try pair.server.read(100).result == .wantsRead)
    #expect(try pair.server.write(Array("answer".utf8)) == .bytes(6))
    #expect(try pair.client.read(100).bytes == Array("answer".utf8))
  }

  @Test func aFullSocketAsksToWaitAndLosesNothing() throws {
    let pair = try TLSPair(client: office, server: node)
    _ = pair.shakeHands()
    let record = [UInt8](repeating: 7, count: 16_384)
    var sent = 0
    filling: while sent < 64 << 20 {
      switch try pair.client.write(record) {
      case .bytes(let count): sent += count
      case .wantsWrite: break filling
      case .wantsRead: Issue.record("a write waits for a read")
      }
    }
    var received = 0
    while case let part = try pair.server.read(65_536), case .bytes(let count) = part.result {
      received += count
    }
    // The record that waited goes out whole, from another address.
    let retried = try pair.client.write(Array(record))
    #expect(retried == .bytes(record.count))
    while case let part = try pair.server.read(65_536), case .bytes(let count) = part.result {
      received += count
    }
    #expect(received == sent + record.count)
  }

  @Test func aClosedHalfLeavesTheOtherOpen() throws {
    let pair = try TLSPair(client: office, server: node)
    _ = pair.shakeHands()
    #expect(pair.client.shutdown())
    #expect(try pair.server.read(10).result == .closed)
    #expect(try pair.server.write([1, 2, 3]) == .bytes(3))
    #expect(try pair.client.read(10).bytes == [1, 2, 3])
  }

  @Test func anEndWithoutCloseIsToldFromAProperOne() throws {
    let pair = try TLSPair(client: office, server: node)
    _ = pair.shakeHands()
    pair.clientSocket.close()
    #expect(throws: TLSError(.truncated, "")) { try pair.server.read(10) }
  }

  @Test func aVanishedPeerDoesNotKillTheProcess() throws {
    let pair = try TLSPair(client: office, server: node)
    _ = pair.shakeHands()
    pair.serverSocket.close()
    #expect(throws: TLSError(.connectionLost, "")) {
      for _ in 0..<3 { _ = try pair.client.write([1]) }
    }
  }

  @Test func aFlippedByteEndsTheConnection() throws {
    let pair = try TLSPair(client: office, server: node)
    _ = pair.shakeHands()
    let forged: [UInt8] = [0x17, 3, 3, 0, 32] + [UInt8](repeating: 0xA5, count: 32)
    #expect(try forged.withUnsafeBytes { try pair.clientSocket.send($0) } == .bytes(37))
    #expect(throws: TLSError(.failed, "")) { try pair.server.read(10) }
  }

  @Test(arguments: [
    "GET / HTTP/1.1\r\nHost: localhost\r\n\r\n", "\u{0}\u{1}\u{2}garbage of some length\u{7F}",
    "SSH-2.0-OpenSSH_9.2\r\n",
  ])
  func whatIsNotTLSIsRefusedInWords(_ text: String) throws {
    let (client, socket) = try Socket.pair()
    let server = try TLSSession(
      context: TLSContext(.init(.server, node)),
      descriptor: socket.descriptor
    )
    #expect(try server.handshake() == .wantsRead)
    _ = try Array(text.utf8).withUnsafeBytes { try client.send($0) }
    #expect(throws: TLSError(.notTLS, "")) { try server.handshake() }
  }

  @Test func aClientThatLeavesInTheHandshakeIsAnError() throws {
    let (client, socket) = try Socket.pair()
    let server = try TLSSession(
      context: TLSContext(.init(.server, node)),
      descriptor: socket.descriptor
    )
    client.shutdownWriting()
    #expect(throws: TLSError(.truncated, "")) { try server.handshake() }
  }
}
