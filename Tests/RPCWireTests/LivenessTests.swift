import RPCCore
import Testing

@testable import RPCWire

/// What keeps calls from holding each other up, and a peer from holding more than its limits.
@Suite struct LivenessTests {
  private static var narrow: Limits {
    var limits = Limits()
    limits.callWindow = 64 << 10
    limits.connectionWindow = 128 << 10
    return limits
  }

  /// The totals of the CREDIT frames for a call (0: the connection) in some output.
  private func credit(_ call: UInt32, in output: [UInt8]) -> [UInt64] {
    var totals: [UInt64] = []
    var bytes = output[...]
    while bytes.count >= 12,
      let header = Array(bytes.prefix(12)).withUnsafeBytes({
        $0.baseAddress.flatMap { FrameHeader($0) }
      })
    {
      let payload = bytes.dropFirst(12).prefix(Int(header.length))
      if header.type == 7, header.call == call {
        totals.append(payload.reduce(0) { $0 << 8 | UInt64($1) })
      }
      bytes = bytes.dropFirst(12 + Int(header.length))
    }
    return totals
  }

  @Test func answersThatWaitForCreditHoldTheirPlaces() throws {
    var limits = Limits()
    limits.concurrentCalls = 8
    limits.idleTimeout = 1_000_000_000
    let server = End(.server, limits: limits)
    server.receive(End(.client, limits: Self.narrow).output())
    // The client takes nothing: each answer waits for credit when its handler has returned.
    for id: UInt32 in [1, 3, 5] + Array(stride(from: 7, to: 400, by: 2)) {
      server.receive(openFrame(id) + dataFrame(id, [1], end: true))
      guard let call = server.calls[id] else { continue }
      _ = try server.engine.send(Bytes(count: 60_000), on: call)
      server.engine.finish(call, error: nil, trailers: [:], processed: .mayHaveRun)
      _ = server.output()
    }
    #expect(server.fatal == nil)
    #expect(server.engine.activeCalls == 0)
    // Two answers fit the client's window and ended; eight more wait.
    #expect(server.calls.count == 10 && server.engine.calls.count == 8)
    // A call that waits to be told its end is one: the connection is not idle.
    server.advance(by: 2_000_000_000)
    let isIdle = server.events.contains { if case .idle = $0 { true } else { false } }
    #expect(!isIdle)
  }

  @Test func aLargeFirstMessageWaitsForHello() throws {
    let pair = WirePair()
    let call = try pair.open()
    let goesOn = try pair.client.engine.send(Bytes(count: 70_000), on: call)
    #expect(!goesOn)
    pair.client.engine.finishSending(call)
    for _ in 0..<3 {
      pair.exchange()
      pair.server.echo()
    }
    pair.exchange()
    #expect(pair.client.messages(call) == [Bytes(count: 70_000)])
  }

  @Test func aFirstMessageOverTheServersLimitEndsItsCallAtHello() throws {
    var limits = Limits()
    limits.messageBytes = 64 << 10
    let pair = WirePair(server: limits)
    let call = try pair.open()
    _ = try pair.client.engine.send(Bytes(count: 70_000), on: call)
    pair.exchange()
    #expect(call.failure?.code == .resourceExhausted)
    #expect(pair.server.calls[1]?.isEnded == true)
    #expect(pair.server.calls[1]?.inbound.isEmpty == true)
  }

  @Test func requestsBehindAWaitingAnswerGiveTheirCreditBack() throws {
    let server = End(.server)
    server.receive(End(.client, limits: Self.narrow).output() + openFrame(1))
    let call = try #require(server.calls[1])
    _ = try server.engine.send(Bytes(count: 200_000), on: call)
    server.engine.finish(call, error: nil, trailers: [:], processed: .mayHaveRun)
    _ = server.output()
    #expect(!call.isEnded)
    server.receive(dataFrame(1, [UInt8](repeating: 1, count: 16_000)))
    server.receive(dataFrame(1, [UInt8](repeating: 1, count: 16_000), end: true))
    let credit = server.engine.receiving
    #expect(credit.received == 32_010 && credit.taken == credit.received)
  }

  @Test func endedCallsNobodyReadsGiveTheConnectionsCreditBack() throws {
    let pair = WirePair(client: Self.narrow)
    let calls = try (0..<2).map { _ in try pair.open() }
    pair.exchange()
    for call in calls {
      let served = try #require(pair.server.calls[call.id])
      _ = try pair.server.engine.send(Bytes(count: 60_000), on: served)
      pair.server.engine.finish(served, error: nil, trailers: [:], processed: .mayHaveRun)
    }
    pair.exchange()
    let credit = pair.client.engine.receiving
    #expect(credit.received == 120_010 && credit.taken == credit.received)
    for call in calls { #expect(pair.client.messages(call) == [Bytes(count: 60_000)]) }
  }

  /// Streams that nobody reads use up the connection's window: the call that is read goes on.
  @Test func streamsNobodyReadsDoNotHoldUpTheOneThatIsRead() throws {
    let pair = WirePair(server: Self.narrow)
    let unread = try (0..<4).map { _ in try pair.open() }
    let read = try pair.open()
    pair.exchange()
    for call in unread { _ = try pair.client.engine.send(Bytes(count: 300_000), on: call) }
    pair.exchange()
    #expect(pair.server.engine.receiving.received == 128 << 10)
    _ = try pair.client.engine.send(Bytes(count: 50_000), on: read)
    let served = try #require(pair.server.calls[read.id])
    pair.server.engine.await(served)
    pair.exchange()
    #expect(pair.server.messages(served) == [Bytes(count: 50_000)])
    // The others got no more than their own windows hold.
    for call in unread {
      let count = try #require(pair.server.calls[call.id]).inbound.count
      #expect(count <= 64 << 10)
    }
    for round in 0..<20 {
      _ = try pair.client.engine.send(Bytes(count: 10_000 + round), on: read)
      pair.server.engine.await(served)
      pair.exchange()
      #expect(pair.server.messages(served) == [Bytes(count: 10_000 + round)])
    }
    #expect(pair.server.fatal == nil && pair.client.fatal == nil)
  }

  @Test func aMessageThatFitsTheWindowNeedsNoTurn() throws {
    let server = End(.server, limits: Self.narrow)
    server.receive(clientHello() + openFrame(1) + openFrame(3))
    _ = server.output()
    // Call 1 waits for a message of 300,000 bytes and has the one extension there is.
    server.receive(frame(3, call: 1, [0, 0, 4, 0x93, 0xe0, 1]))
    let large = try #require(server.calls[1])
    server.engine.await(large)
    #expect(credit(1, in: server.output()) == [300_005])
    // Call 3 took 10,005 bytes, which is not yet worth a frame, and waits for 60,000.
    server.receive(dataFrame(3, [UInt8](repeating: 1, count: 10_000)))
    let small = try #require(server.calls[3])
    #expect(server.messages(small).count == 1)
    server.receive(frame(3, call: 3, [0, 0, 0, 0xea, 0x60, 1]))
    server.engine.await(small)
    #expect(credit(3, in: server.output()) == [10_005 + 65_536])
  }

  /// A handler that runs but does not wait has no more of the peer's bytes than its window.
  @Test func aCallThatIsOnlyWatchedKeepsItsCredit() throws {
    let server = End(.server, limits: Self.narrow)
    server.receive(clientHello() + openFrame(1))
    let call = try #require(server.calls[1])
    server.engine.watch(call)
    server.receive(frame(3, call: 1, [0, 0, 4, 0x93, 0xe0, 1]))
    #expect(server.engine.receiving.taken == 0)
    #expect(credit(1, in: server.output()).isEmpty)
  }

  @Test func theTimeForHelloRunsFromTheHandshakesEnd() {
    let server = End(.server)
    server.now += 9_000_000_000
    server.engine.begin(at: server.now)
    server.advance(by: 9_000_000_000)
    #expect(server.fatal == nil)
    server.advance(by: 1_000_000_000)
    #expect(server.fatal?.code == .deadlineExceeded)
  }

  @Test func aFatalMayComeAheadOfHello() {
    let client = End(.client)
    client.receive(frame(0x0a, [0x08, 8, 0x12, 4] + Array("full".utf8)))
    #expect(client.fatal?.code == .unavailable)
    #expect(client.fatal?.message.contains("full") == true)
  }

  @Test func metadataLeavesRoomInItsFrame() {
    var limits = Limits()
    limits.metadataBytes = 1 << 20
    let pair = WirePair(server: limits)
    pair.exchange()
    #expect(pair.client.engine.peer.metadataBytes == 8192)
  }
}
