import RPCCore
import Testing

@testable import RPCWire

@Suite struct DrainTests {
  @Test func twoStepsLoseNoCall() throws {
    let pair = WirePair()
    pair.exchange()
    let running = try pair.open()
    pair.exchange()
    pair.server.engine.beginDrain(limit: 5_000_000_000)
    // On its way while GOAWAY travels: still accepted.
    let crossing = try pair.open()
    let crossingBytes = pair.client.output()
    pair.client.receive(pair.server.output())
    #expect(pair.client.engine.openRefusal == .never)
    pair.server.receive(crossingBytes)
    #expect(pair.server.calls[crossing.id] != nil)
    pair.exchange()
    #expect(pair.server.engine.phase == .gone)
    #expect(!pair.server.engine.isDrained)
    #expect(running.failure == nil && crossing.failure == nil)
    for id in [running.id, crossing.id] {
      let call = try #require(pair.server.calls[id])
      pair.server.engine.finish(call, error: nil, trailers: [:], processed: .mayHaveRun)
    }
    pair.exchange()
    #expect(running.isEnded && crossing.isEnded)
    #expect(pair.server.engine.isDrained && pair.client.engine.isDrained)
  }

  @Test func callsAboveTheTrueIdWereNotStarted() throws {
    let pair = WirePair()
    pair.exchange()
    _ = try pair.open()
    pair.exchange()
    // As for an idle connection: one step, and a call crosses it.
    pair.server.engine.finishDrain()
    let excluded = try pair.open()
    _ = try pair.client.engine.send(Bytes("x"), on: excluded)
    pair.exchange()
    #expect(pair.server.calls[excluded.id] == nil)
    #expect(pair.server.fatal == nil)
    #expect(excluded.failure?.code == .unavailable)
    #expect(excluded.failure?.processed == .notStarted)
  }

  @Test func aSilentClientDoesNotHoldTheSecondStepUp() {
    let pair = WirePair()
    pair.exchange()
    pair.server.engine.beginDrain(limit: 1)
    _ = pair.server.output()
    pair.server.advance(by: 1_999_999_999)
    #expect(pair.server.engine.phase == .goingAway)
    pair.server.advance(by: 1)
    #expect(pair.server.engine.isDrained == false)
    _ = pair.server.output()
    #expect(pair.server.engine.isDrained)
  }

  @Test func abandonedCallsAreTold() throws {
    let pair = WirePair()
    let call = try pair.open()
    pair.exchange()
    pair.server.engine.abandonCalls(RPCError(.unavailable, "the time is over"))
    pair.server.collect()
    #expect(pair.server.ended[1]??.code == .unavailable)
    pair.exchange()
    #expect(call.failure?.code == .unavailable)
    #expect(pair.server.engine.activeCalls == 1, "its handler has not returned")
  }

  @Test func silenceIsProbedAndThenGivenUp() {
    let pair = WirePair()
    pair.exchange()
    for end in [pair.client, pair.server] {
      #expect(end.engine.nextWake <= end.now + 60_000_000_000)
      end.advance(by: 60_000_000_000)
      #expect(end.output().count == 20)
      end.advance(by: 19_999_999_999)
      #expect(end.fatal == nil)
      end.advance(by: 1)
      #expect(end.fatal?.code == .unavailable)
    }
  }

  @Test func answeredPingsKeepAConnectionAliveForDays() {
    var limits = Limits()
    limits.idleTimeout = .max
    let pair = WirePair(client: limits, server: limits)
    pair.exchange()
    for _ in 0..<3000 {
      pair.client.advance(by: 60_000_000_000)
      pair.server.advance(by: 60_000_000_000)
      pair.exchange()
    }
    #expect(pair.client.fatal == nil && pair.server.fatal == nil)
  }

  @Test func idlenessIsTold() throws {
    let pair = WirePair()
    let call = try pair.open()
    pair.exchange()
    func isIdle() -> Bool {
      pair.server.events.contains { if case .idle = $0 { true } else { false } }
    }
    for _ in 0..<20 {
      pair.server.advance(by: 50_000_000_000)
      pair.exchange()
    }
    #expect(!isIdle(), "a call is open")
    pair.client.engine.cancel(call, RPCError(.cancelled, "x"))
    pair.exchange()
    let served = try #require(pair.server.calls[1])
    pair.server.engine.finish(served, error: nil, trailers: [:], processed: .mayHaveRun)
    for _ in 0..<13 {
      pair.server.advance(by: 50_000_000_000)
      pair.exchange()
    }
    #expect(isIdle())
  }

  @Test func withoutHelloThereIsNoWaiting() {
    let server = End(.server)
    server.advance(by: 10_000_000_000)
    #expect(server.fatal?.code == .deadlineExceeded)
  }
}
