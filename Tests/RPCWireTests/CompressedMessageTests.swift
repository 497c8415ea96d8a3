import RPCCore
import Testing

@testable import RPCWire

/// What the engine does with messages that are compressed; it never looks into them.
@Suite struct CompressedMessageTests {
  private static var speaking: Limits {
    var limits = Limits()
    limits.speaksZstandard = true
    return limits
  }

  private func open(_ pair: WirePair, isCompressed: Bool) throws -> WireCall {
    var request = OutgoingCall(method: "t.Echo/Say")
    request.isCompressed = isCompressed
    return try pair.client.engine.open(request, now: pair.client.now)
  }

  private func send(
    _ octets: [UInt8],
    from count: Int?,
    _ end: End,
    on call: WireCall
  ) throws -> Bool {
    try octets.withUnsafeBytes { buffer in
      try end.engine.send(encoded: buffer, compressedFrom: count, on: call)
    }
  }

  @Test(arguments: [false, true], [false, true])
  func bothEndsHaveToSpeakIt(client: Bool, server: Bool) throws {
    let pair = WirePair(
      client: client ? Self.speaking : Limits(),
      server: server ? Self.speaking : Limits()
    )
    let early = try open(pair, isCompressed: true)
    #expect(!pair.client.engine.compresses(early), "the server has not said anything yet")
    pair.exchange()
    #expect(pair.client.engine.compresses(early) == (client && server))
    let plain = try open(pair, isCompressed: false)
    pair.exchange()
    #expect(!pair.client.engine.compresses(plain))
    let served = try #require(pair.server.calls[early.id])
    #expect(pair.server.engine.compresses(served) == (client && server))
    let other = try #require(pair.server.calls[plain.id])
    #expect(!pair.server.engine.compresses(other))
    _ = try send([1, 2, 3], from: 5000, pair.client, on: early)
    pair.client.engine.finishSending(early)
    pair.exchange()
    if client && server {
      #expect(pair.server.engine.isCompressed(served))
      #expect(pair.server.messages(served) == [Bytes([1, 2, 3])])
      #expect(!pair.server.engine.isCompressed(served))
    } else {
      #expect(early.failure?.code == .unimplemented)
    }
    #expect(pair.server.fatal == nil && pair.client.fatal == nil)
  }

  @Test func theFlagIsOfEachMessage() throws {
    let pair = WirePair(client: Self.speaking, server: Self.speaking)
    pair.exchange()
    let call = try open(pair, isCompressed: true)
    let large = [UInt8](repeating: 9, count: 200_000)
    _ = try send([1], from: 5000, pair.client, on: call)
    _ = try send([2], from: nil, pair.client, on: call)
    _ = try send(large, from: 300_000, pair.client, on: call)
    _ = try pair.client.engine.send(Bytes([3]), on: call)
    pair.client.engine.finishSending(call)
    pair.exchange(piece: 7)
    let served = try #require(pair.server.calls[1])
    var flags: [Bool] = []
    var counts: [Int] = []
    while case .message = pair.server.engine.offer(served) {
      flags.append(pair.server.engine.isCompressed(served))
      counts.append(pair.server.engine.message(of: served).count)
      pair.server.engine.take(served)
    }
    #expect(flags == [true, false, true, false] && counts == [1, 1, 200_000, 1])
    // Credit and counts are of what travels.
    #expect(call.sentBytes == 200_023 && served.receivedBytes == 200_023)
  }

  /// A client's responses are bounded as a server's requests are.
  @Test func responsesTravelCompressed() throws {
    let pair = WirePair(client: Self.speaking, server: Self.speaking)
    let call = try open(pair, isCompressed: true)
    pair.client.engine.finishSending(call)
    pair.exchange()
    let served = try #require(pair.server.calls[1])
    _ = try send([1, 2], from: 5000, pair.server, on: served)
    pair.server.engine.finish(served, error: nil, trailers: [:], processed: .mayHaveRun)
    pair.exchange()
    #expect(pair.client.engine.isCompressed(call))
    #expect(pair.client.messages(call) == [Bytes([1, 2])])
    guard case .end = pair.client.engine.offer(call) else {
      Issue.record("the call has not ended")
      return
    }
  }

  @Test func thePeersLimitHoldsForBothLengths() throws {
    var small = Self.speaking
    small.messageBytes = 65_536
    let pair = WirePair(client: Self.speaking, server: small)
    pair.exchange()
    let call = try open(pair, isCompressed: true)
    for (octets, count) in [(1, 65_537), (65_537, 10), (65_537, nil)] as [(Int, Int?)] {
      #expect(throws: RPCError(.resourceExhausted, "")) {
        try send([UInt8](repeating: 1, count: octets), from: count, pair.client, on: call)
      }
    }
    _ = try send([7], from: 65_536, pair.client, on: call)
    pair.exchange()
    #expect(pair.server.messages(try #require(pair.server.calls[1])) == [Bytes([7])])
    // The prefix is looked at as that of any message.
    let server = End(.server, limits: small)
    server.receive(End(.client, limits: Self.speaking).output() + openFrame(1))
    server.receive(frame(3, call: 1, [1, 0, 1, 0, 1]))
    #expect(server.ended[1]??.code == .resourceExhausted && server.fatal == nil)
    server.receive(openFrame(3) + frame(3, call: 3, [2, 0, 0, 0, 1]))
    #expect(server.ended[3]??.code == .internalError && server.fatal == nil)
  }

  @Test func anEncodedMessageWaitsForHelloAsAnyDoes() throws {
    let pair = WirePair(client: Self.speaking, server: Self.speaking)
    let call = try open(pair, isCompressed: true)
    _ = try send([UInt8](repeating: 1, count: 100_000), from: nil, pair.client, on: call)
    // It is in the call's queue, not on its way.
    #expect(call.sending.sent == 0)
    pair.client.engine.finishSending(call)
    pair.exchange()
    #expect(
      pair.server.messages(try #require(pair.server.calls[1])).map(\.array.count) == [100_000]
    )
    #expect(throws: RPCError(.cancelled, "")) { try send([1], from: nil, pair.client, on: call) }
  }

  @Test func helloAndOpenSayIt() throws {
    var hello = ByteQueue()
    HelloPayload.write(Self.speaking, software: "", to: &hello)
    #expect(Array(hello.bytes.prefix(2)) == [0x10, 1])
    var request = OutgoingCall(method: "a")
    request.isCompressed = true
    var open = ByteQueue()
    OpenPayload.write(request, remaining: 0, to: &open)
    #expect(Array(open.bytes) == [0x0a, 1, 0x61, 0x2a, 4] + Array("zstd".utf8))
    // Others may be named beside it, and a feature nobody knows is none.
    let several: [UInt8] = [0x0a, 1, 0x61, 0x2a, 2] + Array("br".utf8) + [0x2a, 4]
    let read = try (several + Array("zstd".utf8)).withUnsafeBytes { try OpenPayload($0) }
    #expect(read.acceptsZstandard)
    let none = try several.dropLast(2).withUnsafeBytes { try OpenPayload($0) }
    #expect(!none.acceptsZstandard)
  }
}
