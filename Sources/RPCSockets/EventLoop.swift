internal import CLinux
internal import DequeModule
internal import Dispatch
internal import Glibc
internal import Synchronization

/// One thread's worth of work at a time: sockets, timers and jobs in one epoll set.
///
/// The loop is a serial Dispatch queue with one epoll descriptor, watched by one Dispatch source. Its
/// handler runs *turns*: it drains epoll and stays while events keep coming, within `Limits`. A turn
/// is a sequence of *rounds*: socket events, due timers, jobs, what was asked for by `later`, then the
/// end-of-turn handlers. Each is bounded, so that sockets, timers, jobs and a newcomer at the listener are
/// all served.
///
/// The loop is a task executor: `Task(executorPreference: loop)` runs on it between events.
/// It lives until `shutdown()`; jobs that arrive later still run, one at a time.
package final class EventLoop: TaskExecutor, @unchecked Sendable {
  // Unchecked: everything mutable is touched on the loop only (`preconditionOnLoop`), except `inbox`
  // (a mutex) and `owner` (an atomic).

  /// The bounds of a turn and a round.
  package struct Limits: Sendable {
    /// How long a turn waits for the next event before it leaves (ms). Longer than the kernel's tick: a
    /// shorter wait costs a timer of the processor's each time, a fifth of a call that comes alone.
    package var idleWait: Int32 = 10
    /// How long a turn may last before Dispatch gets its thread back, but for its last wait (ns).
    package var turn: UInt64 = 10_000_000
    /// Most jobs in a round before sockets are looked at again.
    package var jobsPerRound = 256
    /// How long a round may work before what it made has to leave and sockets are looked at again; what is
    /// asked for by `later` then waits for the next (ns).
    package var round: UInt64 = 2_000_000

    /// The defaults.
    package init() {}
  }

  enum Job {
    case task(UnownedJob)
    case closure(@Sendable () -> Void)
  }

  struct Inbox {
    var jobs: [Job] = []
    /// The loop will look at the inbox without being woken.
    var awake = false
    /// What wakes the loop; nil when it is shut down: jobs then go by the queue.
    var waker: Waker?
  }

  /// The loop's name, for logs.
  package let label: String
  let limits: Limits
  let clock: ManualClock?
  let queue: DispatchQueue
  let owner = Atomic<UInt>(0)
  let inbox = Mutex(Inbox())

  // From here on: loop only. Exempt from exclusivity checks, as `Engine`: no access calls what is not here.
  @exclusivity(unchecked) var poller: Poller?
  var source: (any DispatchSourceRead)?
  @exclusivity(unchecked) var sockets = RegistrationTable()
  @exclusivity(unchecked) var timers = TimerHeap()
  @exclusivity(unchecked) var jobs = Deque<Job>()
  @exclusivity(unchecked) var backlog = FairQueue()
  /// How many of them this round has run, and how long each takes as a moving mean (ns).
  @exclusivity(unchecked) var backlogDone: UInt64 = 0
  @exclusivity(unchecked) var pace: UInt64 = 0
  @exclusivity(unchecked) var arrivals: [Job] = []
  @exclusivity(unchecked) var turnEnd: [any TurnEndHandler] = []
  @exclusivity(unchecked) var turnEndNow: [any TurnEndHandler] = []
  @exclusivity(unchecked) var roundTime: UInt64 = 0
  /// The latest time (monotonic ns) that was read on the loop: that of the round, or of `readClock` in it.
  @exclusivity(unchecked) package private(set) var latestNow: UInt64 = 0
  @exclusivity(unchecked) var closing = false
  var shutdownWaiters: [CheckedContinuation<Void, Never>] = []

  /// Starts a loop.
  ///
  /// - Parameters:
  ///   - label: a name for logs and debuggers.
  ///   - limits: the bounds of its turns.
  ///   - clock: nil for the monotonic clock; a manual one in tests.
  /// - Throws: `SocketError` when the process has no descriptors left.
  package init(
    label: String = "loop",
    limits: Limits = Limits(),
    clock: ManualClock? = nil
  ) throws(SocketError) {
    let poller = try Poller()
    self.label = label
    self.limits = limits
    self.clock = clock
    self.poller = poller
    queue = DispatchQueue(label: label)
    inbox.withLock { $0.waker = poller.waker }
    let source = DispatchSource.makeReadSource(
      fileDescriptor: poller.descriptor,
      queue: queue
    )
    self.source = source
    roundTime = clock?.now ?? SystemCall.monotonicNanoseconds()
    latestNow = roundTime
    source.setEventHandler { [self] in turn() }
    source.setCancelHandler { [self] in releaseDescriptors() }
    source.activate()
  }

  /// Whether the caller runs on this loop.
  package var isCurrent: Bool { owner.load(ordering: .relaxed) == UInt(pthread_self()) }

  /// Stops the process when the caller is not on this loop: a mistake of the program.
  package func preconditionOnLoop(file: StaticString = #fileID, line: UInt = #line) {
    precondition(isCurrent, "not on the event loop", file: file, line: line)
  }

  /// The time (monotonic ns) when this round began; on the loop only.
  package var now: UInt64 {
    preconditionOnLoop()
    return roundTime
  }

  /// The time (monotonic ns) at this moment; from any thread.
  package func freshNow() -> UInt64 { clock?.now ?? SystemCall.monotonicNanoseconds() }

  /// The same, kept for whoever can do with the time of a little before; on the loop only.
  package func readClock() -> UInt64 {
    latestNow = freshNow()
    return latestNow
  }

  /// Asks for a call of `turnEnded()` when all events and jobs of this round are done: the place to
  /// turn the writes of one wake-up into one. On the loop only; a handler asks once for each call.
  package func onTurnEnd(_ handler: any TurnEndHandler) {
    preconditionOnLoop()
    turnEnd.append(handler)
  }

  /// Ends the loop: forgets sockets (their owners close them) and timers, closes its descriptors.
  /// Returns when they are closed. Jobs that are queued, or come later, still run.
  package func shutdown() async {
    await withCheckedContinuation { continuation in
      execute { [self] in
        if poller == nil {
          continuation.resume()
        } else {
          shutdownWaiters.append(continuation)
          closing = true
        }
      }
    }
  }

  /// Begins the end without waiting for it.
  func abandon() {
    execute { [self] in closing = true }
  }

  private func releaseDescriptors() {
    enter()
    poller = nil
    source = nil
    timers.removeAll()
    // What was released may have had a last word.
    drain()
    leave()
    for waiter in shutdownWaiters { waiter.resume() }
    shutdownWaiters = []
  }

  /// Whether there is more to do than a round has time for, the clock being read for it; on the loop only.
  package var isBehind: Bool { isBehind(at: readClock()) }

  /// The same, for a caller that knows the time.
  package func isBehind(at now: UInt64) -> Bool {
    !backlog.isEmpty || now &- roundTime > limits.round
  }

  /// How long a round may work (ns).
  package var roundLimit: UInt64 { limits.round }

  /// How long a closure that an owner gives to `later` now would wait, by the pace of those before it (ns).
  package func backlogTime(of owner: AnyObject) -> UInt64 {
    UInt64(backlog.ahead(of: ObjectIdentifier(owner))) &* pace
  }

  /// Runs a closure when there is time for it, behind this round's events and jobs or in a later round: an
  /// owner's in order, owners in turn. What it captures has to keep the owner. On the loop only.
  package func later(for owner: AnyObject, _ body: @escaping () -> Void) {
    preconditionOnLoop()
    backlog.append(body, of: ObjectIdentifier(owner))
  }

  /// Notes the time at which a round begins.
  func beginRound() {
    let previous = roundTime
    roundTime = readClock()
    if !backlog.isEmpty, backlogDone > 0 {
      // All that a round does besides is part of it.
      let each = (roundTime &- previous) / backlogDone
      pace = pace == 0 ? each : pace - pace / 8 + each / 8
    }
    backlogDone = 0
  }

  func enter() { owner.store(UInt(pthread_self()), ordering: .relaxed) }

  func leave() { owner.store(0, ordering: .relaxed) }
}
