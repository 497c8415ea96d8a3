import RPCCore
import Testing

@testable import RPCWire

/// A generator with a seed, so that a failing schedule can be had again.
struct Seeded: RandomNumberGenerator {
  var state: UInt64
  mutating func next() -> UInt64 {
    state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
    var value = state
    value = (value ^ (value >> 33)) &* 0xff51_afd7_ed55_8ccd
    return value ^ (value >> 33)
  }
}

@Suite(.timeLimit(.minutes(1)))
struct CreditTests {
  /// The example of PROTOCOL.md, Credit.
  @Test func addsUpAsTheSpecificationSays() {
    var receiving = ReceiveCredit(window: 65_536)
    let fits = [receiving.receive(65_536), receiving.receive(1)]
    #expect(fits == [true, false])
    let early = receiving.announcement()
    #expect(early == nil)
    receiving.take(40_005)
    let totals = [
      receiving.announcement(), receiving.announcement(),
      receiving.announcement(extension: 280_015),
    ]
    #expect(totals == [105_541, nil, 280_015])
    var sending = SendCredit(limit: 65_536)
    sending.spend(65_536)
    #expect(sending.available == 0)
    let raised = [sending.raise(to: 105_541), sending.raise(to: 100_000)]
    #expect(raised == [true, false])
    #expect(sending.available == 40_005)
    _ = sending.raise(to: .max)
    #expect(sending.available == Int.max)
  }

  private static var narrow: Limits {
    var limits = Limits()
    limits.callWindow = 64 << 10
    limits.connectionWindow = 128 << 10
    return limits
  }

  @Test func creditReturnsWhenTheApplicationTakesNotBefore() throws {
    let pair = WirePair(server: Self.narrow)
    let call = try pair.open()
    var accepted = 0
    while try pair.client.engine.send(Bytes(count: 1000), on: call) {
      accepted += 1
      pair.exchange()
    }
    // The window and what the sender may queue.
    #expect((64...84).contains(accepted))
    #expect(pair.client.writable.isEmpty)
    let served = try #require(pair.server.calls[1])
    #expect(pair.server.messages(served).count == 65)
    pair.exchange()
    #expect(pair.client.writable == [1])
    #expect(pair.server.messages(served).count > 10)
  }

  @Test func aMessageLargerThanTheWindowsPasses() throws {
    let pair = WirePair(server: Self.narrow)
    pair.exchange()
    let call = try pair.open()
    _ = try pair.client.engine.send(Bytes(count: 1 << 20), on: call)
    pair.exchange()
    let served = try #require(pair.server.calls[1])
    // Not before the application waits for it.
    #expect(served.inbound.count == 64 << 10)
    pair.server.engine.await(served)
    pair.exchange()
    #expect(pair.server.readable == [1])
    #expect(pair.server.messages(served) == [Bytes(count: 1 << 20)])
  }

  /// Random schedules against the simplest reference: each call is a queue of messages.
  @Test(arguments: 0..<12 as Range<UInt64>)
  func randomSchedulesDeliverEverythingWithinMemory(seed: UInt64) throws {
    var random = Seeded(state: seed)
    let pair = WirePair(server: Self.narrow)
    let calls = try (0..<6).map { _ in try pair.open() }
    pair.exchange()
    var reference: [UInt32: [Int]] = [:]
    var blocked: Set<UInt32> = []
    var most = 0
    func takeSome(_ served: WireCall) {
      let engine = pair.server.engine
      guard case .message = engine.offer(served) else { return engine.await(served) }
      #expect(engine.message(of: served).count == reference[served.id]?.first, "seed \(seed)")
      reference[served.id]?.removeFirst()
      engine.take(served)
    }
    for _ in 0..<1500 {
      let call = calls[Int.random(in: 0..<calls.count, using: &random)]
      let served = try #require(pair.server.calls[call.id])
      switch Int.random(in: 0..<5, using: &random) {
      case 0, 1:
        guard !blocked.contains(call.id) else { break }
        let size =
          Int.random(in: 0..<8, using: &random) == 0
          ? Int.random(in: 60_000...300_000, using: &random)
          : Int.random(in: 0...5000, using: &random)
        if try !pair.client.engine.send(Bytes(count: size), on: call) { blocked.insert(call.id) }
        reference[call.id, default: []].append(size)
      case 2: takeSome(served)
      case 3:
        let bytes = pair.client.output(atMost: Int.random(in: 1...40_000, using: &random))
        pair.server.receive(bytes, piece: Int.random(in: 1...9000, using: &random))
      default: pair.client.receive(pair.server.output())
      }
      blocked.subtract(pair.client.writable)
      pair.client.writable = []
      most = max(most, pair.server.calls.values.reduce(0) { $0 + $1.inbound.count })
      #expect(pair.server.fatal == nil && pair.client.fatal == nil, "seed \(seed)")
    }
    for call in calls { pair.client.engine.finishSending(call) }
    for _ in 0..<3000 where reference.values.contains(where: { !$0.isEmpty }) {
      pair.exchange()
      for served in pair.server.calls.values { takeSome(served) }
    }
    #expect(reference.values.allSatisfy { $0.isEmpty }, "seed \(seed)")
    // Both windows, every call's window beyond what it waits for, and one large message.
    #expect(most <= (128 << 10) + 6 * (64 << 10) + 300_005, "seed \(seed)")
    let credit = pair.server.engine.receiving
    #expect(credit.taken == credit.received, "seed \(seed)")
  }
}
