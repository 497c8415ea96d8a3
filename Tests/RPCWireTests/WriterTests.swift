import RPCCore
import Testing

@testable import RPCWire

@Suite struct WriterTests {
  /// Many megabytes on one call do not hold up a short answer on another.
  @Test func shortAnswersOvertakeBulk() throws {
    var limits = Limits()
    limits.callWindow = 8 << 20
    limits.connectionWindow = 8 << 20
    let pair = WirePair(client: limits)
    let bulk = try pair.open()
    let short = try pair.open()
    pair.exchange()
    let engine = pair.server.engine
    _ = try engine.send(Bytes(count: 3 << 20), on: #require(pair.server.calls[bulk.id]))
    engine.prepareOutput()
    // The socket has not taken anything yet; now the answer comes.
    let answer = try #require(pair.server.calls[short.id])
    _ = try engine.send(Bytes("short"), on: answer)
    engine.finish(answer, error: nil, trailers: [:], processed: .mayHaveRun)
    let bytes = pair.server.output(atMost: (64 << 10) + 4 * (16 << 10))
    pair.client.receive(bytes)
    #expect(pair.client.messages(short) == [Bytes("short")])
    #expect(pair.client.ended[short.id] != nil)
    #expect(pair.client.messages(bulk).isEmpty)
    pair.exchange()
    #expect(pair.client.messages(bulk) == [Bytes(count: 3 << 20)])
  }

  @Test func callsTakeTurns() throws {
    var limits = Limits()
    limits.callWindow = 1 << 20
    let pair = WirePair(client: limits)
    let calls = try (0..<4).map { _ in try pair.open() }
    pair.exchange()
    for call in calls {
      _ = try pair.server.engine.send(
        Bytes(count: 100_000),
        on: #require(pair.server.calls[call.id])
      )
    }
    var order: [UInt32] = []
    var bytes = pair.server.output()[...]
    while bytes.count >= 12,
      let header = Array(bytes.prefix(12)).withUnsafeBytes({
        $0.baseAddress.flatMap { FrameHeader($0) }
      })
    {
      order.append(header.call)
      bytes = bytes.dropFirst(12 + Int(header.length))
    }
    #expect(order.prefix(8) == [1, 3, 5, 7, 1, 3, 5, 7])
  }

  @Test func statusFollowsWhatWaitsForCredit() throws {
    let pair = WirePair()
    let call = try pair.open()
    pair.exchange()
    let served = try #require(pair.server.calls[1])
    let goesOn = try pair.server.engine.send(Bytes(count: 400_000), on: served)
    #expect(!goesOn)
    pair.server.engine.finish(served, error: nil, trailers: [:], processed: .mayHaveRun)
    pair.exchange()
    #expect(!call.isEnded)
    pair.client.engine.await(call)
    pair.exchange()
    #expect(call.isEnded && call.failure == nil)
    #expect(pair.client.messages(call) == [Bytes(count: 400_000)])
  }

  @Test func messagesOverThePeersLimitStayHere() throws {
    let pair = WirePair()
    let call = try pair.open()
    pair.exchange()
    _ = try pair.client.engine.send(Bytes(count: 70_000), on: call)
    #expect(throws: RPCError(.resourceExhausted, "")) {
      try pair.client.engine.send(Bytes(count: (4 << 20) + 1), on: call)
    }
    #expect(!call.isEnded)
  }

  @Test func anIdleEngineKeepsLittleMemory() throws {
    let pair = WirePair()
    for _ in 0..<100 {
      let call = try pair.open()
      _ = try pair.client.engine.send(Bytes(count: 50_000), on: call)
      pair.client.engine.finishSending(call)
      for _ in 0..<4 {
        pair.exchange()
        pair.server.echo()
      }
      _ = pair.client.messages(call)
    }
    pair.exchange()
    #expect(pair.server.engine.nextWake <= pair.server.now + 1_000_000_000)
    pair.server.advance(by: 1_000_000_000)
    #expect(pair.server.engine.output.keptBytes == 0)
    #expect(pair.server.engine.calls.count == 0)
    #expect(pair.server.engine.activeCalls == 0)
  }
}
