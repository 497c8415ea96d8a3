import RPCCore
import Testing

@testable import RPCWire

@Suite struct EngineCallTests {
  @Test(arguments: [1, 2, 7, 11, 13, 100, Int.max])
  func carriesAUnaryCallInPiecesOfAnySize(piece: Int) throws {
    let pair = WirePair()
    let call = try pair.open()
    let goesOn = try pair.client.engine.send(Bytes("hello"), on: call)
    #expect(goesOn)
    pair.client.engine.finishSending(call)
    pair.exchange(piece: piece)
    let served = try #require(pair.server.calls[1])
    #expect(pair.server.engine.methodName == "t.Echo/Say")
    #expect(pair.server.messages(served) == [Bytes("hello")])
    try pair.server.engine.sendHead(["k": "v"], on: served)
    _ = try pair.server.engine.send(Bytes("bye"), on: served)
    pair.server.engine.finish(served, error: nil, trailers: ["t": "1"], processed: .replayed)
    pair.exchange(piece: piece)
    #expect(call.head == ["k": "v"])
    #expect(pair.client.messages(call) == [Bytes("bye")])
    guard case .end = pair.client.engine.offer(call) else {
      Issue.record("the call has not ended")
      return
    }
    #expect(call.trailers == ["t": "1"])
    #expect(call.processed == .replayed)
    #expect(pair.client.fatal == nil && pair.server.fatal == nil)
  }

  @Test func aSmallCallIsThreeFramesThereAndTwoBack() throws {
    let pair = WirePair()
    pair.exchange()
    let call = try pair.open()
    _ = try pair.client.engine.send(Bytes("hi"), on: call)
    pair.client.engine.finishSending(call)
    let there = pair.client.output()
    // OPEN (12 + 12 bytes) and one DATA with END (12 + 7).
    #expect(there.count == 12 + 2 + 10 + 12 + 7)
    #expect(there[29] == FrameHeader.endFlag)
    pair.server.receive(there)
    pair.server.echo()
    #expect(pair.server.output().count == 12 + 7 + 12)
  }

  @Test func endIsAFrameOfItsOwnOnceTheDataWasOffered() throws {
    let pair = WirePair()
    let call = try pair.open()
    _ = try pair.client.engine.send(Bytes("hi"), on: call)
    _ = pair.client.engine.offerOutput()
    pair.client.engine.finishSending(call)
    let bytes = pair.client.output()
    #expect(Array(bytes.suffix(12)) == frame(3, flags: 1, call: 1))
  }

  @Test func metadataKeyTraceAndAttemptTravel() throws {
    let pair = WirePair()
    var request = OutgoingCall(method: "t.Echo/Say")
    request.metadata.append("x-bin", bytes: [0, 255])
    request.trace = Array(0..<25)
    request.idempotencyKey = .random()
    request.attempt = 3
    request.deadline = .after(nanoseconds: 5_000_000_000, from: pair.client.now)
    _ = try pair.client.engine.open(request, now: pair.client.now)
    pair.exchange()
    let served = try #require(pair.server.calls[1])
    #expect(served.metadata == request.metadata)
    #expect(served.trace == request.trace)
    #expect(served.idempotencyKey == request.idempotencyKey)
    #expect(served.attempt == 3)
    #expect(served.deadline == request.deadline)
  }

  @Test func statusTellsEverything() throws {
    let pair = WirePair()
    let call = try pair.open()
    pair.exchange()
    let error = RPCError(
      code: .aborted,
      message: String(repeating: "字", count: 400),
      details: [1, 2, 3],
      retryDelay: .milliseconds(250)
    )
    let served = try #require(pair.server.calls[1])
    pair.server.engine.finish(served, error: error, trailers: ["a": "b"], processed: .mayHaveRun)
    pair.exchange()
    let failure = try #require(call.failure)
    #expect(failure.code == .aborted)
    #expect(failure.details == [1, 2, 3])
    #expect(failure.retryDelay == .milliseconds(250))
    #expect(failure.metadata == ["a": "b"])
    // Cut to 1,024 bytes, at a character.
    #expect(failure.message == String(repeating: "字", count: 341))
  }

  @Test func methodIsComparedNotAllocated() throws {
    let pair = WirePair()
    for method in ["t.Echo/Say", "t.Echo/Say", "t.Echo/Other"] { _ = try pair.open(method) }
    final class Entry {}
    let entry = Entry()
    var seen: [Bool] = []
    let bytes = pair.client.output()
    bytes.withUnsafeBytes { buffer in
      pair.server.engine.receive(buffer, now: 1)
      while let event = pair.server.engine.nextEvent() {
        guard case .opened = event else { continue }
        seen.append(pair.server.engine.methodEntry === entry)
        pair.server.engine.methodEntry = entry
      }
    }
    #expect(seen == [false, true, false])
  }

  @Test func resetReachesTheHandlerAndCountsUntilItReturned() throws {
    var limits = Limits()
    limits.concurrentCalls = 8
    let pair = WirePair(server: limits)
    pair.exchange()
    for _ in 0..<8 {
      let call = try pair.open()
      pair.client.engine.cancel(call, RPCError(.cancelled, "enough"))
    }
    let ninth = try pair.open()
    pair.exchange()
    #expect(pair.server.ended.count == 8)
    #expect(pair.server.engine.activeCalls == 8)
    #expect(ninth.failure?.code == .resourceExhausted)
    #expect(ninth.failure?.processed == .notStarted)
    let first = try #require(pair.server.calls[1])
    pair.server.engine.finish(first, error: nil, trailers: [:], processed: .mayHaveRun)
    let tenth = try pair.open()
    pair.exchange()
    #expect(tenth.failure == nil)
    #expect(pair.server.calls[tenth.id] != nil)
  }

  @Test func lateFramesAreDroppedAndTheirCreditReturns() throws {
    let pair = WirePair()
    let call = try pair.open()
    pair.exchange()
    let served = try #require(pair.server.calls[1])
    pair.server.engine.finish(
      served,
      error: RPCError(.notFound, "no"),
      trailers: [:],
      processed: .mayHaveRun
    )
    _ = try pair.client.engine.send(Bytes(count: 4000), on: call)
    let late = pair.client.output()
    pair.exchange()
    pair.server.receive(late)
    pair.server.receive(frame(6, call: 1) + frame(7, call: 1, [UInt8](repeating: 0, count: 8)))
    #expect(pair.server.fatal == nil)
    #expect(pair.server.engine.droppedFrames == 3)
    #expect(pair.server.engine.receiving.taken == pair.server.engine.receiving.received)
  }

  @Test func deadlinesEndCallsOnBothSides() throws {
    let pair = WirePair()
    var request = OutgoingCall(method: "t.Echo/Say")
    request.deadline = .after(nanoseconds: 1_000_000, from: pair.client.now)
    let call = try pair.client.engine.open(request, now: pair.client.now)
    pair.exchange()
    #expect(pair.server.engine.nextWake == pair.server.now + 1_000_000)
    pair.server.advance(by: 999_999)
    #expect(pair.server.ended.isEmpty)
    pair.server.advance(by: 1)
    #expect(pair.server.ended[1]??.code == .deadlineExceeded)
    pair.exchange()
    #expect(call.failure?.code == .deadlineExceeded)
    // The client's own clock does the same when no status comes.
    let second = try pair.client.engine.open(
      OutgoingCall(method: "t.Echo/Say"),
      now: pair.client.now
    )
    second.deadline = .after(nanoseconds: 10, from: pair.client.now)
    pair.client.engine.earliestDeadline = second.deadline.nanoseconds
    pair.client.advance(by: 10)
    #expect(second.failure?.code == .deadlineExceeded)
    pair.exchange()
    #expect(pair.server.ended[3]??.code == .deadlineExceeded)
  }

  @Test func aLostConnectionTellsWhatWasNeverSent() throws {
    let pair = WirePair()
    let sent = try pair.open()
    pair.exchange()
    let unsent = try pair.open()
    pair.client.engine.lose(RPCError(.unavailable, "gone"))
    pair.client.collect()
    #expect(sent.failure?.processed == .mayHaveRun)
    #expect(unsent.failure?.processed == .notStarted)
    #expect(pair.client.fatal?.code == .unavailable)
  }
}
