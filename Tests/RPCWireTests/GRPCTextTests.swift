import RPCCore
import Testing

@testable import RPCWire

/// How gRPC writes numbers, texts and bytes in headers.
@Suite struct GRPCTextTests {
  private func timeout(_ text: String) -> UInt64? {
    Array(text.utf8).withUnsafeBufferPointer { GRPCText.timeout($0) }
  }

  @Test(
    arguments: [
      ("1n", 1), ("20u", 20_000), ("3m", 3_000_000), ("4S", 4_000_000_000),
      ("5M", 300_000_000_000), ("6H", 21_600_000_000_000), ("99999999H", UInt64.max), ("0S", 0),
    ] as [(String, UInt64)]
  )
  func readsTimeouts(text: String, nanoseconds: UInt64) {
    #expect(timeout(text) == nanoseconds)
  }

  @Test(arguments: ["", "S", "5", "5x", "-1S", "123456789S", "1.5S", " 1S", "1S "])
  func refusesOtherTimeouts(text: String) { #expect(timeout(text) == nil) }

  /// Never shorter than asked for, and by less than one part in a thousand longer.
  @Test func writesTimeoutsThatItReads() throws {
    for microseconds in [1, 99_999_999, 100_000_000, 123_456_789, 86_400_000_000, 1 << 50] {
      let text = GRPCText.timeout(microseconds: UInt64(microseconds))
      let read = Double(try #require(timeout(text), "\(text)")) / 1_000
      #expect(read >= Double(microseconds) && read <= 1.001 * Double(microseconds), "\(text)")
    }
  }

  @Test func messagesTravelAsAscii() {
    let words = "100 % 汉字\r\n\u{1F608}~"
    let encoded = GRPCText.encoded(words)
    #expect(encoded.allSatisfy { (0x20...0x7e).contains($0) })
    #expect(GRPCText.decoded(encoded) == words)
    for odd in ["%", "%4", "%zz", "a%", "%%41"] {
      #expect(GRPCText.decoded(Array(odd.utf8)) == (odd == "%%41" ? "%A" : odd))
    }
  }

  @Test(arguments: [("", ""), (" ", ""), ("a", "a"), ("  a b ", "a b"), ("a ", "a")])
  func textHasNoSpacesAroundIt(value: String, expected: String) {
    #expect(GRPCText.trimmed(Array(value.utf8)) == Array(expected.utf8))
  }

  @Test func bytesTravelWithOrWithoutPadding() {
    for count in 0..<20 {
      let bytes = (0..<UInt8(count)).map { $0 &* 37 }
      let text = GRPCText.base64(bytes)
      #expect(!text.contains(UInt8(ascii: "=")))
      #expect(GRPCText.bytes(base64: text) == bytes)
      let padding = [UInt8](repeating: UInt8(ascii: "="), count: (4 - text.count % 4) % 4)
      #expect(GRPCText.bytes(base64: text + padding) == bytes)
    }
    #expect(GRPCText.bytes(base64: Array("a".utf8)) == nil)
    #expect(GRPCText.bytes(base64: Array("ab!d".utf8)) == nil)
  }

  /// A pushback that is negative or malformed asks for no retry at all (gRFC A6).
  @Test(arguments: [("0", false), ("250", false), ("-1", true), ("soon", true), ("", true)])
  func pushbackMayForbidRetries(value: String, forbids: Bool) {
    var headers = IncomingHeaders()
    Array("grpc-retry-pushback-ms".utf8).withUnsafeBufferPointer { name in
      Array(value.utf8).withUnsafeBufferPointer { headers.add(name, $0) }
    }
    #expect(headers.forbidsRetry == forbids && (headers.pushback == nil) == forbids)
  }

  @Test func idempotencyKeysAreUUIDs() {
    let key = GRPCText.idempotencyKey("00112233-4455-6677-8899-AABBccddeeff".utf8)
    #expect(key?.bytes == (0..<16).map { UInt8($0 * 17) })
    #expect(GRPCText.idempotencyKey("0011".utf8) == nil)
    #expect(GRPCText.idempotencyKey(String(repeating: "g", count: 32).utf8) == nil)
  }

  @Test func detailsAndDelayTravelAsGoogleStatus() throws {
    let error = RPCError(
      code: .resourceExhausted,
      message: "later",
      details: [1, 2, 3],
      retryDelay: .milliseconds(1_500)
    )
    let octets = try #require(GRPCStatus.encode(error, detailsOf: "t.Details"))
    var read = RPCError(.resourceExhausted, "later")
    GRPCStatus.decode(octets, into: &read)
    #expect(read.details == [1, 2, 3] && read.retryDelay == .milliseconds(1_500))
    #expect(GRPCStatus.encode(RPCError(.notFound, "no"), detailsOf: "t.Details") == nil)
    // Whatever comes, nothing is taken over from what is no status.
    for count in 0..<octets.count {
      var other = RPCError(.notFound, "no")
      GRPCStatus.decode(Array(octets.prefix(count)), into: &other)
      GRPCStatus.decode(octets.map { $0 ^ UInt8(truncatingIfNeeded: count) }, into: &other)
      #expect(other.code == .notFound)
    }
  }
}

/// Two ends of gRPC over HTTP/2 whose bytes reach each other.
@Suite struct HTTP2PairTests {
  private func call(_ pair: WirePair, _ message: Bytes, piece: Int = .max) throws -> [Bytes] {
    let call = try pair.open()
    _ = try pair.client.engine.send(message, on: call)
    pair.client.engine.finishSending(call)
    var answers: [Bytes] = []
    for _ in 0..<200 where !call.isEnded || call.failure == nil {
      pair.exchange(piece: piece)
      pair.server.echo()
      pair.client.engine.await(call)
      answers += pair.client.messages(call)
      if case .end = pair.client.engine.offer(call) { break }
    }
    #expect(call.isEnded && call.failure == nil, "\(String(describing: call.failure))")
    return answers
  }

  @Test(arguments: [0, 1, 5, 16_384, 300_000, 2_000_000])
  func messagesOfAnySizeComeBack(count: Int) throws {
    let pair = WirePair(isHTTP2: true)
    for _ in 0..<3 { #expect(try call(pair, Bytes(count: count)) == [Bytes(count: count)]) }
    #expect(pair.client.engine.heldBytes == 0 && pair.server.engine.heldBytes == 0)
    #expect(pair.client.engine.activeCalls == 0 && pair.server.engine.activeCalls == 0)
  }

  @Test(arguments: [1, 2, 9, 10, 100])
  func bytesMayComeInAnyPieces(piece: Int) throws {
    let pair = WirePair(isHTTP2: true)
    #expect(try call(pair, Bytes(count: 2_000), piece: piece) == [Bytes(count: 2_000)])
  }

  /// More than the windows hold in all, so that credit has to come back.
  @Test func windowsAreGivenBack() throws {
    let pair = WirePair(isHTTP2: true)
    for number in 0..<100 {
      #expect(try call(pair, Bytes(count: 50_000 + number)) == [Bytes(count: 50_000 + number)])
    }
  }

  @Test func aDrainLetsCallsEnd() throws {
    let pair = WirePair(isHTTP2: true)
    let call = try pair.open()
    pair.exchange()
    pair.server.engine.beginDrain(limit: 1_000_000_000)
    pair.exchange()
    #expect(pair.client.engine.openRefusal == .never)
    pair.client.engine.finishSending(call)
    pair.exchange()
    pair.server.echo()
    pair.exchange()
    #expect(call.isEnded && call.failure == nil)
    #expect(pair.server.engine.isDrained || pair.server.engine.isClosed)
  }

  /// A client that takes nothing shuts its window, and hears all the same how the call ended.
  @Test func aStatusPassesAShutWindow() throws {
    let pair = WirePair(isHTTP2: true)
    let call = try pair.open()
    pair.exchange()
    let served = try #require(pair.server.calls.values.first)
    for _ in 0..<8 { _ = try pair.server.engine.send(Bytes(count: 100_000), on: served) }
    pair.exchange()
    #expect(pair.server.engine.heldBytes > 100_000 && !call.isEnded)
    pair.server.engine.finish(
      served,
      error: RPCError(.deadlineExceeded, "late"),
      trailers: ["key": "value"],
      processed: .mayHaveRun
    )
    pair.exchange()
    #expect(call.failure?.code == .deadlineExceeded && call.trailers["key"] == "value")
    #expect(pair.server.engine.heldBytes == 0 && pair.server.engine.activeCalls == 0)
    #expect(try self.call(pair, Bytes("next")) == [Bytes("next")])
  }

  /// DATA on its way to a stream that was reset is nobody's, and its credit comes back all the same,
  /// also while other calls give credit.
  @Test func creditOfResetStreamsComesBack() throws {
    let pair = WirePair(isHTTP2: true)
    for number in 0..<200 {
      let call = try pair.open()
      pair.exchange()
      let served = try #require(pair.server.calls[call.id])
      _ = try pair.client.engine.send(Bytes(count: 60_000), on: call)
      let late = pair.client.output()
      #expect(late.count > 60_000, "call \(number) found the window shut")
      pair.server.engine.finish(
        served,
        error: RPCError(.aborted, "enough"),
        trailers: [:],
        processed: .mayHaveRun
      )
      let answer = pair.server.output()
      pair.server.receive(late)
      pair.client.receive(answer)
      pair.exchange()
      #expect(call.failure?.code == .aborted)
      #expect(try self.call(pair, Bytes(count: 30_000)) == [Bytes(count: 30_000)])
    }
    #expect(try self.call(pair, Bytes(count: 2_000_000)) == [Bytes(count: 2_000_000)])
  }

  @Test func aDeadlineEndsTheCallOnBothSides() throws {
    let pair = WirePair(isHTTP2: true)
    var request = OutgoingCall(method: "t.Echo/Say")
    request.deadline = .after(nanoseconds: 50_000_000, from: pair.client.now)
    let call = try pair.client.engine.open(request, now: pair.client.now)
    pair.exchange()
    pair.server.advance(by: 60_000_000)
    pair.exchange()
    #expect(call.failure?.code == .deadlineExceeded)
    #expect(pair.server.ended.count == 1)
  }
}
