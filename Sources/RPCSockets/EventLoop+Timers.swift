extension EventLoop {
  /// Calls `handler` once the clock (monotonic ns) has reached `deadline`. On the loop only; the
  /// loop keeps the handler until then, or until `cancel`, or until shutdown, which forgets it.
  package func schedule(at deadline: UInt64, _ handler: any TimerHandler) -> TimerID {
    preconditionOnLoop()
    return timers.insert(deadline: deadline, handler: handler)
  }

  /// Calls `handler` after `delay` ns, counted from the start of this round. On the loop only.
  package func schedule(after delay: UInt64, _ handler: any TimerHandler) -> TimerID {
    let (deadline, overflow) = now.addingReportingOverflow(delay)
    return schedule(at: overflow ? .max : deadline, handler)
  }

  /// Runs a closure after `delay` ns; where it matters a handler is cheaper. On the loop only.
  package func schedule(after delay: UInt64, _ body: @escaping () -> Void) -> TimerID {
    schedule(after: delay, TimerClosure(body))
  }

  /// Cancels a timer; one that has fired or been cancelled is ignored. On the loop only.
  package func cancel(_ timer: TimerID) {
    preconditionOnLoop()
    timers.remove(timer)
  }
}

private final class TimerClosure: TimerHandler {
  private let body: () -> Void

  init(_ body: @escaping () -> Void) { self.body = body }

  func timerFired(_ timer: TimerID) { body() }
}
