internal import Synchronization

/// What was sent and not yet answered: one task adds, another takes; adding waits while it is full.
///
/// At most one task waits on each side. `fail` ends both with an error.
final class ImportWindow<Element: Sendable>: Sendable {
  private struct State {
    var elements: [Element] = []
    var taken = 0
    var failure: (any Error)?
    var adder: CheckedContinuation<Void, any Error>?

    var count: Int { elements.count - taken }
  }

  /// The most elements that wait for their answer.
  let limit: Int
  private let state = Mutex(State())

  init(limit: Int) { self.limit = limit }

  /// Waits until there is room.
  ///
  /// - Throws: what `fail` was given.
  func waitForRoom() async throws {
    try await withCheckedThrowingContinuation { continuation in
      let result: Result<Void, any Error>? = state.withLock { state in
        if let failure = state.failure { return .failure(failure) }
        if state.count < limit { return .success(()) }
        state.adder = continuation
        return nil
      }
      if let result { continuation.resume(with: result) }
    }
  }

  /// Adds an element before it is sent, so that its answer finds it.
  func add(_ element: Element) {
    state.withLock { state in
      if state.taken > 64, state.taken * 2 > state.elements.count {
        state.elements.removeFirst(state.taken)
        state.taken = 0
      }
      state.elements.append(element)
    }
  }

  /// The oldest element that has no answer yet; nil when everything is answered.
  var first: Element? {
    state.withLock { $0.count > 0 ? $0.elements[$0.taken] : nil }
  }

  /// What `fail` was given; nil while all is well.
  var failure: (any Error)? { state.withLock { $0.failure } }

  /// Drops the oldest element, whose answer is complete.
  func removeFirst() {
    let adder = state.withLock { state in
      if state.count > 0 { state.taken += 1 }
      defer { state.adder = nil }
      return state.adder
    }
    adder?.resume()
  }

  /// Ends a wait for room, now and later.
  func fail(_ error: any Error) {
    let adder = state.withLock { state in
      state.failure = state.failure ?? error
      defer { state.adder = nil }
      return state.adder
    }
    adder?.resume(throwing: error)
  }
}
