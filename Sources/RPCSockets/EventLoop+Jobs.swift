internal import DequeModule
internal import Dispatch
internal import Synchronization

extension EventLoop {
  /// Runs a closure on the loop, after this round's events; from any thread, in order.
  package func execute(_ body: @escaping @Sendable () -> Void) {
    submit(.closure(body))
  }

  /// Runs a task's next piece on the loop; the Swift runtime calls it.
  package func enqueue(_ job: consuming ExecutorJob) {
    submit(.task(UnownedJob(job)))
  }

  /// Runs the task that `body` makes ready at once, while what it needs is at hand, instead of after
  /// this round's events. Only the first task; what it makes ready in turn waits as usual. On the
  /// loop only, and never within a task.
  package func runAtOnce(_ body: () -> Void) {
    preconditionOnLoop()
    let count = jobs.count
    body()
    guard jobs.count == count + 1, case .task = jobs[count], let job = jobs.popLast() else {
      return
    }
    let before = latestNow
    run(job)
    // What ends has read the clock; what only waits now may have computed for long.
    if latestNow == before { _ = readClock() }
  }

  /// Runs a closure on the loop and waits for its answer.
  package func run<Answer: Sendable>(
    _ body: @escaping @Sendable () throws -> Answer
  ) async throws -> Answer {
    try await withCheckedThrowingContinuation { continuation in
      execute { continuation.resume(with: Result { try body() }) }
    }
  }

  /// Lets the loop come round once: with a manual clock, after it was advanced.
  package func poke() {
    execute {}
  }

  private func submit(_ job: Job) {
    if isCurrent {
      jobs.append(job)
      return
    }
    let (waker, late): (Waker?, Bool) = inbox.withLock { inbox in
      guard let waker = inbox.waker else { return (nil, true) }
      inbox.jobs.append(job)
      if inbox.awake { return (nil, false) }
      inbox.awake = true
      return (waker, false)
    }
    waker?.wake()
    if late { queue.async { [self] in runLate(job) } }
  }

  func run(_ job: Job) {
    switch job {
    case .task(let job): job.runSynchronously(on: asUnownedTaskExecutor())
    case .closure(let body): body()
    }
  }

  /// A job after shutdown: still on the serial queue, still alone.
  private func runLate(_ job: Job) {
    enter()
    roundTime = readClock()
    jobs.append(job)
    drain()
    leave()
  }
}
