import RPCCore
import Synchronization
import Testing

@testable import RPCTransport

/// Who may begin, who waits and who is turned away.
struct CallGateTests {
  /// A call that keeps what it was told.
  private final class Call: CallGate.Waiter, Sendable {
    let deadline: Deadline
    private let told = Mutex<[String]>([])

    init(deadline: UInt64 = .max) { self.deadline = Deadline(nanoseconds: deadline) }

    func admit() { told.withLock { $0.append("admitted") } }
    func refuse(_ error: RPCError) { told.withLock { $0.append("refused \(error.code)") } }
    var words: [String] { told.withLock { $0 } }
  }

  private let caller = Caller()

  private func enter(
    _ gate: CallGate,
    _ call: Call,
    method: Int = 0,
    caller: Caller? = nil,
    now: UInt64 = 0
  ) -> String {
    switch gate.enter(call, method: method, caller: caller ?? self.caller, now: now) {
    case .goesOn: "goes on"
    case .waits: "waits"
    case .refused(let error):
      "refused \(error.code) \(error.processed == .notStarted) \(error.retryDelay != nil)"
    }
  }

  @Test func callsWaitInTurnAndGetThePlacesThatAreLeft() {
    let gate = CallGate(total: 2, perCaller: 10, waiting: 2, methods: [CallGate.Bound()])
    #expect(enter(gate, Call()) == "goes on")
    #expect(enter(gate, Call()) == "goes on")
    let first = Call()
    let second = Call()
    #expect(enter(gate, first) == "waits")
    #expect(enter(gate, second) == "waits")
    #expect(enter(gate, Call()) == "refused RESOURCE_EXHAUSTED true true")
    gate.leave(method: 0, caller: caller, duration: 5, now: 5)
    #expect(first.words == ["admitted"] && second.words.isEmpty)
    gate.leave(method: 0, caller: caller, duration: 5, now: 10)
    #expect(second.words == ["admitted"])
    #expect(gate.load.running == 2 && gate.load.waiting == 0 && gate.load.refused == 1)
  }

  private func delay(
    _ gate: CallGate,
    deadline: UInt64 = .max,
    caller: Caller? = nil,
    for wait: UInt64 = 0
  ) -> String {
    gate.delay(
      Call(deadline: deadline),
      method: 0,
      caller: caller ?? self.caller,
      for: wait,
      margin: 10,
      now: 100
    )?.message ?? "waits"
  }

  /// Calls may wait for their loop, but not without end, nor one caller's for all, nor in vain.
  @Test func whatWaitsForItsLoopIsBounded() {
    let gate = CallGate(total: 2, perCaller: 3, waiting: 2, methods: [CallGate.Bound()])
    #expect(delay(gate, deadline: 200, for: 89) == "waits")
    #expect(
      delay(gate, deadline: 200, for: 90)
        == "the server is too busy to answer before the deadline"
    )
    #expect(delay(gate) == "waits" && delay(gate) == "waits")
    #expect(delay(gate) == "too many calls of this identity at a time")
    let other = Caller()
    #expect(delay(gate, caller: other) == "waits")
    #expect(delay(gate, caller: other) == "the server has as many calls waiting as it bears")
    #expect(gate.load.delayed == 4 && gate.load.refused == 3)
    for _ in 0..<3 { gate.endDelay(of: caller) }
    gate.endDelay(of: other)
    #expect(gate.load.delayed == 0 && delay(gate) == "waits")
  }

  @Test func whatComesTooLateDoesNotBegin() {
    let gate = CallGate(total: 1, perCaller: 9, waiting: 9, methods: [CallGate.Bound()])
    #expect(enter(gate, Call(deadline: 50), now: 50) == "refused DEADLINE_EXCEEDED true false")
    #expect(enter(gate, Call(deadline: 51), now: 50) == "goes on")
    #expect(enter(gate, Call(deadline: 50), now: 50) == "refused DEADLINE_EXCEEDED true false")
  }

  @Test func oneCallerCannotTakeEverything() {
    let gate = CallGate(total: 10, perCaller: 2, waiting: 10, methods: [CallGate.Bound()])
    for _ in 0..<2 { #expect(enter(gate, Call()) == "goes on") }
    #expect(enter(gate, Call()) == "refused RESOURCE_EXHAUSTED true true")
    #expect(enter(gate, Call(), caller: Caller()) == "goes on")
    gate.leave(method: 0, caller: caller, duration: 1, now: 1)
    #expect(enter(gate, Call()) == "goes on")
  }

  @Test func aMethodAtItsBoundHoldsUpNoOther() {
    let gate = CallGate(
      total: 10,
      perCaller: 10,
      waiting: 10,
      methods: [CallGate.Bound(calls: 1), CallGate.Bound()]
    )
    #expect(enter(gate, Call()) == "goes on")
    let waiting = Call()
    #expect(enter(gate, waiting) == "waits")
    #expect(enter(gate, Call(), method: 1) == "goes on")
    gate.leave(method: 1, caller: caller, duration: 1, now: 1)
    #expect(waiting.words.isEmpty)
    gate.leave(method: 0, caller: caller, duration: 1, now: 2)
    #expect(waiting.words == ["admitted"])
  }

  @Test func whatCannotMeetItsDeadlineIsTurnedAwayOrDropped() {
    let gate = CallGate(total: 1, perCaller: 10, waiting: 10, methods: [CallGate.Bound()])
    #expect(enter(gate, Call()) == "goes on")
    gate.leave(method: 0, caller: caller, duration: 1_000, now: 1_000)
    #expect(enter(gate, Call(), now: 1_000) == "goes on")
    // A call takes 1,000: one behind another needs 2,000.
    #expect(
      enter(gate, Call(deadline: 2_900), now: 1_000) == "refused RESOURCE_EXHAUSTED true true"
    )
    let late = Call(deadline: 3_500)
    let patient = Call()
    #expect(enter(gate, late, now: 1_000) == "waits")
    #expect(enter(gate, patient, now: 1_000) == "waits")
    // The call before took longer than was to be expected.
    gate.leave(method: 0, caller: caller, duration: 2_000, now: 3_000)
    #expect(late.words == ["refused RESOURCE_EXHAUSTED"])
    #expect(patient.words == ["admitted"])
  }

  @Test func whoGivesUpWaitingTakesNoPlace() {
    let gate = CallGate(total: 1, perCaller: 10, waiting: 10, methods: [CallGate.Bound()])
    #expect(enter(gate, Call()) == "goes on")
    let gone = Call()
    let next = Call()
    #expect(enter(gate, gone) == "waits")
    #expect(enter(gate, next) == "waits")
    #expect(gate.forget(gone, method: 0))
    #expect(!gate.forget(gone, method: 0))
    gate.leave(method: 0, caller: caller, duration: 1, now: 1)
    #expect(gone.words.isEmpty && next.words == ["admitted"])
    #expect(!gate.forget(next, method: 0))
    gate.leave(method: 0, caller: caller, duration: 1, now: 2)
    #expect(gate.load.running == 0 && gate.load.waiting == 0)
  }

  @Test func watchesTakeNoPlaceAndNeverWait() {
    let free = CallGate.Bound(calls: 1, takesPlace: false)
    let gate = CallGate(total: 1, perCaller: 10, waiting: 10, methods: [CallGate.Bound(), free])
    #expect(enter(gate, Call(), method: 1) == "goes on")
    #expect(enter(gate, Call(), method: 1) == "refused RESOURCE_EXHAUSTED true true")
    #expect(enter(gate, Call()) == "goes on")
    gate.leave(method: 1, caller: caller, duration: 1, now: 1)
    // The server is full, and may still be looked at.
    #expect(enter(gate, Call()) == "waits")
    #expect(enter(gate, Call(), method: 1) == "goes on")
    #expect(gate.load.running == 1)
  }

  @Test func durationsAreFoundAgainWithinAnEighth() {
    for duration in [0, 1, 7, 8, 9, 100, 4_095, 1_000_000, 3_000_000_000] as [UInt64] {
      var counts = DurationCounts()
      counts.note(duration * 1000)
      let found = counts.quantile(0.5) ?? 0
      #expect(found >= duration && found <= duration + duration / 4, "\(duration) gave \(found)")
    }
    var counts = DurationCounts()
    for value in 1...1000 as ClosedRange<UInt64> { counts.note(value * 1000) }
    let p50 = counts.quantile(0.5) ?? 0
    let p99 = counts.quantile(0.99) ?? 0
    #expect((500...575).contains(p50) && (990...1150).contains(p99))
    #expect(counts.count(below: 3) == 7 && counts.count(below: 9) == 511)
    #expect(DurationCounts().quantile(0.5) == nil)
  }
}
