import RPCCore
import Testing

@testable import RPCWire

/// Every byte of a recorded session changed or cut: an error or a clean end, never a crash or a hang.
@Suite(.timeLimit(.minutes(1)))
struct RecordedSessionTests {
  /// What each side wrote in a session with most kinds of frames.
  static let session: (client: [UInt8], server: [UInt8]) = record()

  private static func record() -> (client: [UInt8], server: [UInt8]) {
    let pair = WirePair()
    var there: [UInt8] = []
    var back: [UInt8] = []
    func step() {
      for _ in 0..<3 {
        let bytes = pair.client.output()
        there += bytes
        pair.server.receive(bytes)
        pair.server.echo()
        let answer = pair.server.output()
        back += answer
        pair.client.receive(answer)
      }
    }
    do {
      var request = OutgoingCall(method: "t.Echo/Say")
      request.metadata = ["user-agent": "test"]
      request.idempotencyKey = IdempotencyKey(bytes: Array(0..<16))
      let first = try pair.client.engine.open(request, now: 1_000_000_000)
      _ = try pair.client.engine.send(Bytes("first"), on: first)
      pair.client.engine.finishSending(first)
      let second = try pair.open()
      _ = try pair.client.engine.send(Bytes("second"), on: second)
      step()
      pair.client.engine.cancel(second, RPCError(.cancelled, "enough"))
      let third = try pair.open("t.Echo/Other")
      _ = try pair.client.engine.send(Bytes(count: 300), on: third)
      pair.client.engine.finishSending(third)
      pair.client.engine.frame(.ping, number: 7)
      pair.client.engine.frame(.credit, number: 2_000_000)
      pair.server.engine.beginDrain(limit: 1_000_000_000)
      step()
    } catch {
      Issue.record(error)
    }
    return (there, back)
  }

  private func server(_ bytes: [UInt8], piece: Int) -> End {
    let server = End(.server)
    server.receive(bytes, piece: piece)
    server.echo()
    _ = server.output(atMost: 1 << 20)
    return server
  }

  private func client(_ bytes: [UInt8], piece: Int) -> End {
    let client = End(.client)
    for method in ["t.Echo/Say", "t.Echo/Say", "t.Echo/Other"] {
      if let call = try? client.engine.open(OutgoingCall(method: method), now: 1) {
        client.engine.await(call)
      }
    }
    client.receive(bytes, piece: piece)
    _ = client.output(atMost: 1 << 20)
    return client
  }

  @Test func theSessionItselfIsWhole() {
    let server = server(Self.session.client, piece: .max)
    #expect(server.fatal == nil && server.calls.count == 3)
    // The one that the client gave up, the server ends without a word.
    #expect(client(Self.session.server, piece: .max).ended.count == 2)
    #expect(Self.session.client.count > 400)
  }

  @Test(arguments: [0x01, 0x80, 0xff] as [UInt8])
  func everyByteFlipped(mask: UInt8) {
    for position in Self.session.client.indices {
      var bytes = Self.session.client
      bytes[position] ^= mask
      let end = server(bytes, piece: 97)
      #expect(end.events.count < 200 && end.engine.activeCalls <= 3)
    }
    for position in Self.session.server.indices {
      var bytes = Self.session.server
      bytes[position] ^= mask
      let end = client(bytes, piece: 97)
      // Whatever came: the connection is beyond use, or every call is accounted for.
      #expect(end.fatal != nil || end.engine.activeCalls + end.ended.count == 3)
    }
  }

  @Test func everyByteLostOrTheRestCut() {
    for position in Self.session.client.indices {
      let cut = server(Array(Self.session.client[..<position]), piece: .max)
      #expect(cut.fatal == nil, "a cut is no fault of the frames before it")
      cut.engine.lose(RPCError(.unavailable, "gone"))
      cut.collect()
      #expect(cut.calls.values.allSatisfy { $0.isEnded })
      var bytes = Self.session.client
      bytes.remove(at: position)
      #expect(server(bytes, piece: 13).events.count < 200)
    }
    for position in Self.session.server.indices {
      let cut = client(Array(Self.session.server[..<position]), piece: .max)
      #expect(cut.fatal == nil)
      cut.engine.lose(RPCError(.unavailable, "gone"))
      cut.collect()
      #expect(cut.ended.count == 3)
    }
  }

  @Test(arguments: 0..<200 as Range<UInt64>)
  func garbageAfterHello(seed: UInt64) {
    var random = Seeded(state: seed)
    var bytes = clientHello()
    for _ in 0..<40 {
      let count = Int.random(in: 0...40, using: &random)
      let payload = (0..<count).map { _ in UInt8.random(in: 0...255, using: &random) }
      let call = UInt32.random(in: 0...9, using: &random)
      bytes += frame(
        UInt8.random(in: 1...10, using: &random),
        flags: UInt8.random(in: 0...1, using: &random),
        call: call,
        Bool.random(using: &random) ? payload : [0x0a, 1, 0x61]
      )
    }
    #expect(server(bytes, piece: 31).events.count < 200)
    #expect(
      client(End(.server).output() + bytes.dropFirst(clientHello().count), piece: 31)
        .events.count < 200
    )
  }
}
