internal import DequeModule
internal import Dispatch
internal import SQL
internal import Synchronization

/// Threads for work that blocks, so that event loops do not: a few at a time, a bounded number
/// waiting.
final class WorkQueue: Sendable {
  private struct State {
    var running = 0
    var waiting = Deque<@Sendable () -> Void>()
    var isClosed = false
  }

  private let width: Int
  private let limit: Int
  private let queue: DispatchQueue
  private let state = Mutex(State())

  /// Makes a queue that runs `width` pieces of work at a time while at most `limit` wait.
  init(label: String, width: Int, limit: Int) {
    self.width = max(1, width)
    self.limit = limit
    queue = DispatchQueue(label: label, attributes: .concurrent)
  }

  /// Runs work on one of the threads; `isCancelled` tells long work that nobody waits any more.
  ///
  /// Throws `StoreError` (`overloaded`) if too much waits, `closed`; `CancellationError` if the
  /// task was cancelled before the work began; what the work throws.
  func run<Result: Sendable>(
    _ work: @escaping @Sendable (_ isCancelled: CancellationFlag) throws -> Result
  ) async throws -> Result {
    let flag = CancellationFlag()
    return try await withTaskCancellationHandler {
      try await withCheckedThrowingContinuation { continuation in
        let accepted = submit {
          if flag.isSet { return continuation.resume(throwing: CancellationError()) }
          continuation.resume(with: Swift.Result { try work(flag) }.mapError(StoreError.wrapping))
        }
        if let refusal = accepted { continuation.resume(throwing: refusal) }
      }
    } onCancel: {
      flag.set()
    }
  }

  /// Takes no more work.
  func close() {
    state.withLock { $0.isClosed = true }
  }

  private func submit(_ work: @escaping @Sendable () -> Void) -> StoreError? {
    let (refusal, starts) = state.withLock { state -> (StoreError?, Bool) in
      if state.isClosed { return (StoreError(.closed, "the store is closed", zh: "数据库已关闭"), false) }
      if state.running < width {
        state.running += 1
        return (nil, true)
      }
      guard state.waiting.count < limit else {
        return (
          StoreError(.overloaded, "too many calls wait for the store", zh: "等待处理的请求过多"), false
        )
      }
      state.waiting.append(work)
      return (nil, false)
    }
    if starts { queue.async { self.turn(work) } }
    return refusal
  }

  private func turn(_ first: @Sendable () -> Void) {
    first()
    while let next = takeNext() { next() }
  }

  private func takeNext() -> (@Sendable () -> Void)? {
    state.withLock { state in
      if let next = state.waiting.popFirst() { return next }
      state.running -= 1
      return nil
    }
  }
}

/// Tells work on another thread that its task was cancelled.
final class CancellationFlag: Sendable {
  private let flag = Atomic(false)
  private let interrupter = Mutex<(any SQLInterrupter)?>(nil)

  var isSet: Bool { flag.load(ordering: .relaxed) }

  func set() {
    flag.store(true, ordering: .relaxed)
    interrupter.withLock { $0?.interrupt() }
  }

  /// Runs work whose connection is interrupted when the flag is set: for statements that take long.
  ///
  /// Throws `CancellationError` if the flag is set, what the work throws otherwise.
  func interrupting<Result>(
    _ interrupter: any SQLInterrupter,
    _ work: () throws -> Result
  ) throws -> Result {
    self.interrupter.withLock { $0 = interrupter }
    // The connection goes back to a pool: nobody else's statement may be interrupted.
    defer { self.interrupter.withLock { $0 = nil } }
    try check()
    do {
      return try work()
    } catch let error as SQLError where error.code == .interrupted {
      try check()
      throw error
    }
  }

  /// Throws `CancellationError` once the flag is set.
  func check() throws {
    if isSet { throw CancellationError() }
  }
}
