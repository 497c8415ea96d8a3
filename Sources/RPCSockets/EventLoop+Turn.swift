internal import CLinux
internal import DequeModule
internal import Dispatch
internal import Glibc
internal import Synchronization

extension EventLoop {
  /// One call of the Dispatch source's handler.
  func turn() {
    guard let poller, !closing else { return }
    enter()
    let end = SystemCall.monotonicNanoseconds() &+ limits.turn
    var wait: Int32 = 0
    while true {
      let count = poller.wait(milliseconds: wait)
      round(poller, events: count)
      if closing || SystemCall.monotonicNanoseconds() >= end { break }
      if hasWork {
        wait = 0
      } else if count == 0 && wait > 0 {
        break  // It stayed a whole wait for nothing.
      } else {
        // Sleeping with an empty inbox: whoever adds a job now writes the eventfd.
        wait = fallAsleep() ? limits.idleWait : 0
        armTimer(poller)
      }
    }
    if closing { finish() } else { pause(poller) }
    leave()
  }

  private var hasWork: Bool { !jobs.isEmpty || !turnEnd.isEmpty || !backlog.isEmpty }

  private func round(_ poller: Poller, events count: Int) {
    beginRound()
    for position in 0..<count {
      if case .socket(let registration, let events) = poller.event(at: position),
        let handler = sockets.handler(registration)
      {
        handler.ready(events)
      }
    }
    fireTimers()
    takeArrivals()
    runJobs(atMost: limits.jobsPerRound)
    runBacklog()
    endRound()
  }

  /// At least one, however late it is.
  private func runBacklog() {
    guard !backlog.isEmpty else { return }
    let start = freshNow()
    while let body = backlog.popFirst() {
      body()
      backlogDone += 1
      // What it has made ready, first of all.
      runJobs(atMost: limits.jobsPerRound)
      if freshNow() &- start > limits.round { return }
    }
  }

  private func fireTimers() {
    // A handler may add a timer that is due at once; it waits for the next round.
    var budget = timers.count
    while budget > 0, let due = timers.popDue(roundTime) {
      due.handler.timerFired(due.timer)
      budget -= 1
    }
  }

  func runJobs(atMost limit: Int) {
    var budget = limit
    while budget > 0, let job = jobs.popFirst() {
      run(job)
      budget -= 1
    }
  }

  func endRound() {
    guard !turnEnd.isEmpty else { return }
    swap(&turnEnd, &turnEndNow)
    for handler in turnEndNow { handler.turnEnded() }
    turnEndNow.removeAll(keepingCapacity: true)
  }

  private func takeArrivals() {
    inbox.withLock { inbox in
      inbox.awake = true
      swap(&inbox.jobs, &arrivals)
    }
    guard !arrivals.isEmpty else { return }
    jobs.append(contentsOf: arrivals)
    arrivals.removeAll(keepingCapacity: true)
  }

  /// True when the inbox is empty: from now on a job has to wake the loop.
  private func fallAsleep() -> Bool {
    inbox.withLock { inbox in
      inbox.awake = !inbox.jobs.isEmpty
      return !inbox.awake
    }
  }

  private func armTimer(_ poller: Poller) {
    // A manual clock does not run by itself: `poke` does what the timerfd does.
    if clock == nil, let deadline = timers.earliest { poller.arm(deadline) }
  }

  /// Leaves the turn; what is left to do brings the next one about.
  private func pause(_ poller: Poller) {
    armTimer(poller)
    if !fallAsleep() || hasWork { poller.waker.wake() }
  }

  /// The last turn: all that is queued runs, later jobs go by the queue.
  private func finish() {
    sockets.removeAll()
    timers.removeAll()
    inbox.withLock { $0.waker = nil }
    takeArrivals()
    drain()
    source?.cancel()
  }

  /// Runs jobs and end-of-turn handlers until there are none.
  func drain() {
    while hasWork {
      runJobs(atMost: .max)
      while let body = backlog.popFirst() { body() }
      endRound()
    }
  }
}
