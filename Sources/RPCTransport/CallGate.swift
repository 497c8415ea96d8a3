internal import DequeModule
internal import RPCCore
internal import RPCWire
internal import Synchronization

/// Lets calls through to their handlers while there is a place, lets some wait, and turns the rest
/// away while they cost nothing yet.
///
/// A call takes a place of the server, of its caller and, where the method is bounded, of its method.
/// Only for the server's and the method's it may wait, in a bounded queue, and only while it can still
/// meet its deadline: what waited too long would be carried out for nobody. Before that it may wait for its
/// loop, if that has more to do than time; what waits there is bounded in the same way.
final class CallGate: Sendable {
  /// How many calls run and wait.
  struct Load: Sendable {
    var running = 0
    /// For a place.
    var waiting = 0
    /// For their loop to have time.
    var delayed = 0
    var refused: UInt64 = 0
  }

  /// What holds for one method.
  struct Bound: Sendable {
    /// Calls at a time.
    var calls = Int.max
    /// Whether they take the server's places; those that do not never wait.
    var takesPlace = true
  }

  /// What becomes of a call.
  enum Decision: Sendable {
    /// Its handler may begin.
    case goesOn
    /// `admit` or `refuse` will be told of it.
    case waits
    /// There is no place.
    case refused(RPCError)
  }

  /// Who waits for a place.
  protocol Waiter: AnyObject, Sendable {
    /// When the call must have ended.
    var deadline: Deadline { get }
    /// The place is there, and is the call's; from any thread.
    func admit()
    /// There will be no place in time; from any thread.
    func refuse(_ error: RPCError)
  }

  private struct Entry {
    let waiter: any Waiter
    let caller: Caller
  }

  private struct Queue {
    var running = 0
    var entries = Deque<Entry>()
    /// What a call of the method takes, as a moving mean (ns).
    var mean: UInt64 = 0
  }

  private struct State {
    var load = Load()
    var methods: [Queue]
    /// Methods for which calls wait, each once, the one whose turn is next in front.
    var turns = Deque<Int>()
  }

  /// The shortest and longest delay that a refusal asks for (ns).
  private static let delays: ClosedRange<UInt64> = 50_000_000...5_000_000_000

  private let total: Int
  private let perCaller: Int
  private let waiting: Int
  private let bounds: [Bound]
  private let state: Mutex<State>

  /// - Parameters:
  ///   - total: calls at a time in all.
  ///   - perCaller: calls at a time of one identity, those that wait included.
  ///   - waiting: calls that may wait.
  ///   - methods: what holds for each method, by index.
  init(total: Int, perCaller: Int, waiting: Int, methods: [Bound]) {
    self.total = total
    self.perCaller = perCaller
    self.waiting = waiting
    bounds = methods
    state = Mutex(State(methods: methods.map { _ in Queue() }))
  }

  var load: Load { state.withLock { $0.load } }

  /// Asks for a place for a call of the method with that index.
  ///
  /// - Parameter margin: what a call that had to wait before it asked needs besides its own time (ns).
  func enter(
    _ waiter: any Waiter,
    method: Int,
    caller: Caller,
    margin: UInt64 = 0,
    now: UInt64
  ) -> Decision {
    state.withLock { state in
      guard caller.calls < perCaller else {
        return refuse(&state, method, "too many calls of this identity at a time")
      }
      guard now < waiter.deadline.nanoseconds else {
        state.load.refused += 1
        return .refused(
          RPCError(
            code: .deadlineExceeded,
            message: "the deadline passed before the call began",
            processed: .notStarted
          )
        )
      }
      let bound = bounds[method]
      let hasPlace =
        state.methods[method].running < bound.calls
        && (!bound.takesPlace || state.load.running < total)
      if hasPlace, state.methods[method].entries.isEmpty {
        guard canEnd(waiter.deadline, margin, at: now) else {
          return refuse(&state, method, "the server was too busy to answer before the deadline")
        }
        caller.calls += 1
        take(&state, method)
        return .goesOn
      }
      guard bound.takesPlace, state.load.waiting < waiting else {
        return refuse(&state, method, "the server has as many calls waiting as it bears")
      }
      let queue = state.methods[method]
      let places = UInt64(max(1, min(bound.calls, total)))
      let ahead = queue.mean.multipliedReportingOverflow(by: UInt64(queue.entries.count + 1))
      let wait = (ahead.overflow ? .max : ahead.partialValue) / places
      guard canEnd(waiter.deadline, queue.mean, at: now.addingClamped(wait)) else {
        return refuse(&state, method, "the server is too busy to answer before the deadline")
      }
      caller.calls += 1
      if queue.entries.isEmpty { state.turns.append(method) }
      state.methods[method].entries.append(Entry(waiter: waiter, caller: caller))
      state.load.waiting += 1
      return .waits
    }
  }

  /// Whether calls of the method take places, and so may have to wait.
  func takesPlace(_ method: Int) -> Bool { bounds[method].takesPlace }

  /// Counts a call that has to wait until its loop has time for it, before it asks for a place; nil when
  /// it may, and `endDelay` follows. Else why not: it would be late, or too many wait.
  ///
  /// - Parameters:
  ///   - wait: how long it is going to be until the loop has time (ns).
  ///   - margin: what the call needs then (ns).
  func delay(
    _ waiter: any Waiter,
    method: Int,
    caller: Caller,
    for wait: UInt64,
    margin: UInt64,
    now: UInt64
  ) -> RPCError? {
    state.withLock { state in
      let words: String
      if caller.calls + caller.delayed >= perCaller {
        words = "too many calls of this identity at a time"
      } else if state.load.delayed >= total + waiting {
        words = "the server has as many calls waiting as it bears"
      } else if canEnd(waiter.deadline, margin, at: now.addingClamped(wait)) {
        caller.delayed += 1
        state.load.delayed += 1
        return nil
      } else {
        words = "the server is too busy to answer before the deadline"
      }
      return refusal(&state, words, wait: wait)
    }
  }

  /// The loop has time for a call that was delayed.
  func endDelay(of caller: Caller) {
    state.withLock { state in
      caller.delayed -= 1
      state.load.delayed -= 1
    }
  }

  /// A call was turned away elsewhere.
  func noteRefusal() { state.withLock { $0.load.refused += 1 } }

  /// Gives a call's place to those who wait.
  ///
  /// - Parameter duration: how long the call had it (ns).
  func leave(method: Int, caller: Caller, duration: UInt64, now: UInt64) {
    let (admitted, late) = state.withLock { state in
      caller.calls -= 1
      state.methods[method].running -= 1
      if bounds[method].takesPlace { state.load.running -= 1 }
      let mean = state.methods[method].mean
      state.methods[method].mean = mean == 0 ? duration : mean - mean / 8 + duration / 8
      return state.load.waiting == 0 ? ([], []) : next(&state, now)
    }
    for waiter in admitted { waiter.admit() }
    for (waiter, error) in late { waiter.refuse(error) }
  }

  /// Takes a call out of the queue because it is over; false when it has a place, or will be told.
  func forget(_ waiter: any Waiter, method: Int) -> Bool {
    state.withLock { state in
      let index = state.methods[method].entries.firstIndex { $0.waiter === waiter }
      guard let index else { return false }
      let entry = state.methods[method].entries.remove(at: index)
      entry.caller.calls -= 1
      state.load.waiting -= 1
      if state.methods[method].entries.isEmpty { state.turns.removeAll { $0 == method } }
      return true
    }
  }

  /// Hands free places out, method by method in turn; drops those who would be late.
  private func next(
    _ state: inout State,
    _ now: UInt64
  ) -> (admitted: [any Waiter], late: [(any Waiter, RPCError)]) {
    var admitted: [any Waiter] = []
    var late: [(any Waiter, RPCError)] = []
    var blocked = 0
    while blocked < state.turns.count, state.load.running < total {
      guard let method = state.turns.popFirst() else { break }
      guard state.methods[method].running < bounds[method].calls,
        let entry = state.methods[method].entries.popFirst()
      else {
        state.turns.append(method)
        blocked += 1
        continue
      }
      blocked = 0
      if !state.methods[method].entries.isEmpty { state.turns.append(method) }
      state.load.waiting -= 1
      if canEnd(entry.waiter.deadline, state.methods[method].mean, at: now) {
        take(&state, method)
        admitted.append(entry.waiter)
      } else {
        entry.caller.calls -= 1
        let words = "the server was too busy to answer before the deadline"
        late.append((entry.waiter, refusal(&state, method, words)))
      }
    }
    return (admitted, late)
  }

  private func take(_ state: inout State, _ method: Int) {
    state.methods[method].running += 1
    if bounds[method].takesPlace { state.load.running += 1 }
  }

  /// Whether a call that begins then ends before its deadline, if it takes as long as others do.
  private func canEnd(_ deadline: Deadline, _ mean: UInt64, at start: UInt64) -> Bool {
    start.addingClamped(mean) < deadline.nanoseconds
  }

  private func refuse(_ state: inout State, _ method: Int, _ words: String) -> Decision {
    .refused(refusal(&state, method, words))
  }

  /// The delay asked for is the time that the queue as it is will take.
  private func refusal(_ state: inout State, _ method: Int, _ words: String) -> RPCError {
    let queue = state.methods[method]
    let ahead = queue.mean.multipliedReportingOverflow(by: UInt64(queue.entries.count + 1))
    let wait =
      (ahead.overflow ? .max : ahead.partialValue)
      / UInt64(max(1, min(bounds[method].calls, total)))
    return refusal(&state, words, wait: wait)
  }

  private func refusal(_ state: inout State, _ words: String, wait: UInt64) -> RPCError {
    state.load.refused += 1
    let delay = min(max(wait, Self.delays.lowerBound), Self.delays.upperBound)
    return RPCError(
      code: .resourceExhausted,
      message: words,
      retryDelay: .nanoseconds(Int64(delay)),
      processed: .notStarted
    )
  }
}

/// What one identity uses, all its connections together.
final class Caller: @unchecked Sendable {
  // Unchecked: `calls` and `delayed` are read and changed under the gate's lock only.

  /// Calls that run and wait.
  @exclusivity(unchecked) fileprivate var calls = 0
  /// Calls that wait until their loop has time for them.
  @exclusivity(unchecked) fileprivate var delayed = 0
  /// Bytes of messages in memory.
  let heldBytes = Atomic<Int>(0)
}
