internal import CoreMetrics
internal import DequeModule
internal import Dispatch
internal import RegistryModel
internal import SQL
internal import Synchronization

/// A piece of work for the writer.
struct WriteJob: Sendable {
  /// Households that it writes.
  var weight: Int
  /// Does the work inside the group's transaction.
  var run: @Sendable (WriteSession) throws -> Void
  /// Tells how it ended, after the commit: nil if its work is durable.
  var settle: @Sendable ((any Error)?) -> Void
}

/// The one writer: its queue takes waiting jobs together into one transaction.
///
/// A job is settled when COMMIT has returned, with the log synced. A job that fails is undone alone,
/// by a savepoint; if the commit fails, or the disk does, all jobs of the group fail, nothing of
/// them is recorded, and the state is read from the database anew.
///
/// Unchecked: `session` and `reopen` are used on the serial queue alone; the rest is behind the
/// mutex.
final class Writer: @unchecked Sendable {
  private struct State {
    var waiting = Deque<WriteJob>()
    var weight = 0
    var isScheduled = false
    var isClosed = false
    var groups = 0
    /// Not after the instant of the transaction that is under way; nil between two.
    var openSince: Instant?
  }

  private let queue = DispatchQueue(label: "registry.writer", qos: .userInitiated)
  private let state = Mutex(State())
  private let limits: StoreLimits
  private var session: WriteSession?
  /// Set by a failure after which the session's state may not be the database's.
  private var needsReload = false
  private var groupsSinceCheckpoint = 0
  private let anchor: ReadAnchor?
  /// From the beginning of a group's transaction until it is durable.
  private let commitTime = Timer(label: "registry_commit_seconds")
  private let writesDone = Counter(label: "registry_writes")
  private let commitsFailed = Counter(label: "registry_commits_failed")
  /// Makes the session anew when its connection is lost. It holds the database open, so it goes with
  /// the session.
  private var reopen: (@Sendable () throws -> WriteSession)?

  init(
    _ session: sending WriteSession,
    anchor: sending ReadAnchor?,
    limits: StoreLimits,
    reopen: @escaping @Sendable () throws -> WriteSession
  ) {
    self.session = session
    self.reopen = reopen
    self.anchor = anchor
    self.limits = limits
    anchor?.drop()
  }

  /// Commits so far.
  var commits: Int { state.withLock { $0.groups } }

  /// Whether all that will ever be recorded for a past instant can be read.
  func isSettled(_ instant: Instant) -> Bool {
    state.withLock { $0.openSince.map { instant < $0 } ?? true }
  }

  /// Runs work in a transaction, perhaps with other callers' work, and returns when it is durable.
  ///
  /// Throws what `enqueue` and `PendingWrite.value` throw.
  func perform<Value: Sendable>(
    weight: Int,
    _ work: @escaping @Sendable (WriteSession) throws -> Value
  ) async throws -> Value {
    try await enqueue(weight: weight, work).value()
  }

  /// Gives work to the writer, behind all that was given before.
  ///
  /// Throws `StoreError`: `overloaded` if too much waits, `closed`. Its value throws `diskFull`,
  /// `unavailable`, or what the work throws, which undoes it.
  func enqueue<Value: Sendable>(
    weight: Int,
    _ work: @escaping @Sendable (WriteSession) throws -> Value
  ) throws(StoreError) -> PendingWrite<Value> {
    let pending = PendingWrite<Value>()
    let box = ResultBox<Value>()
    let job = WriteJob(
      weight: weight,
      run: { box.value = try work($0) },
      settle: { error in
        if let value = box.value, error == nil { return pending.settle(.success(value)) }
        let failure =
          error ?? StoreError(.unavailable, "the write was not carried out", zh: "写入未执行")
        pending.settle(.failure(StoreError.wrapping(failure)))
      }
    )
    if let refusal = submit(job) { throw refusal }
    return pending
  }

  /// Takes no more jobs, finishes those that wait, and moves the log into the database.
  func close() async {
    state.withLock { $0.isClosed = true }
    await withCheckedContinuation { continuation in
      queue.async {
        self.drain()
        _ = self.truncateLog(waiting: true)
        self.anchor?.close()
        self.session = nil
        self.reopen = nil
        continuation.resume()
      }
    }
  }

  private func submit(_ job: WriteJob) -> StoreError? {
    let (refusal, schedules) = state.withLock { state -> (StoreError?, Bool) in
      if state.isClosed { return (StoreError(.closed, "the store is closed", zh: "数据库已关闭"), false) }
      let fits = state.weight + job.weight <= limits.waitingHouseholds || state.waiting.isEmpty
      guard state.waiting.count < limits.waitingWrites, fits else {
        return (
          StoreError(.overloaded, "too many writes wait for the store", zh: "等待写入的请求过多"), false
        )
      }
      state.waiting.append(job)
      state.weight += job.weight
      defer { state.isScheduled = true }
      return (nil, !state.isScheduled)
    }
    if schedules { queue.async { self.drain() } }
    return refusal
  }

  private func drain() {
    anchor?.weigh()
    while true {
      let group = takeGroup()
      if group.isEmpty { break }
      run(group)
    }
    anchor?.drop()
    scheduleCheckpoint()
  }

  private func takeGroup() -> [WriteJob] {
    state.withLock { state in
      var group: [WriteJob] = []
      var weight = 0
      while let next = state.waiting.first, group.count < limits.jobsPerCommit,
        group.isEmpty || weight + next.weight <= limits.householdsPerCommit
      {
        state.waiting.removeFirst()
        weight += next.weight
        group.append(next)
      }
      state.weight -= weight
      if group.isEmpty { state.isScheduled = false }
      return group
    }
  }

  private func run(_ group: [WriteJob]) {
    var outcomes = [(any Error)?](repeating: nil, count: group.count)
    let start = DispatchTime.now().uptimeNanoseconds
    do {
      try commit(group, currentSession(), &outcomes)
      commitTime.recordNanoseconds(DispatchTime.now().uptimeNanoseconds - start)
      writesDone.increment(by: group.count)
      groupsSinceCheckpoint += 1
      state.withLock { $0.groups += 1 }
    } catch {
      // Whatever part succeeded is undone with the transaction; a job that failed alone may have
      // failed because of rows that are undone now.
      try? session?.connection.rollback()
      commitsFailed.increment()
      needsReload = true
      outcomes = Array(repeating: error, count: group.count)
    }
    state.withLock { $0.openSince = nil }
    for (job, outcome) in zip(group, outcomes) { job.settle(outcome) }
  }

  /// The session with the state of the database: read anew after a failure, on a new connection if
  /// the old one is lost.
  ///
  /// Throws `SQLError` (`inUse`) if another process has taken over writing.
  private func currentSession() throws -> WriteSession {
    guard needsReload else {
      guard let session else { throw StoreError(.closed, "the store is closed", zh: "数据库已关闭") }
      return session
    }
    if let session, session.connection.isOpen {
      try session.reload()
      needsReload = false
      return session
    }
    // The old one first: its server may still hold the lease for it.
    session = nil
    guard let reopen else { throw StoreError(.closed, "the store is closed", zh: "数据库已关闭") }
    let made = try reopen()
    session = made
    needsReload = false
    return made
  }

  private func commit(
    _ group: [WriteJob],
    _ session: WriteSession,
    _ outcomes: inout [(any Error)?]
  ) throws {
    // The clock is read inside the lock: whoever finds it free has read an earlier one.
    state.withLock { $0.openSince = session.context.environment.now() }
    try session.beginGroup()
    for (index, job) in group.enumerated() {
      outcomes[index] = try runAlone(job, session)
    }
    try session.finishGroup()
    try session.connection.commit()
    session.publish()
  }

  /// Runs a job after a savepoint; returns its own failure, and throws one that concerns all.
  private func runAlone(_ job: WriteJob, _ session: WriteSession) throws -> (any Error)? {
    let before = session.state
    do {
      try session.connection.nested {
        try job.run(session)
        try session.tellOffices()
      }
      session.keepEffects()
      return nil
    } catch {
      guard session.connection.isInTransaction, !concernsAll(error) else { throw error }
      session.state = before
      session.effects = WriteEffects()
      return error
    }
  }

  /// Whether a failure is the database's, not the job's.
  private func concernsAll(_ error: any Error) -> Bool {
    guard let error = error as? SQLError else { return false }
    switch error.code {
    case .full, .inputOutput, .corrupt, .noMemory, .readOnly, .busy, .connectionLost, .inUse:
      return true
    default: return false
    }
  }

  /// When nothing came for a while, moves the log into the database, so that it is short when the
  /// next burst, or the next start, comes.
  private func scheduleCheckpoint() {
    guard groupsSinceCheckpoint > 0, limits.idleCheckpoint > 0 else { return }
    let seen = commits
    queue.asyncAfter(deadline: .now() + limits.idleCheckpoint) { [weak self] in
      guard let self, commits == seen, session != nil else { return }
      // A write that comes meanwhile must not wait for a reader's long view: try again later.
      if !truncateLog(waiting: false) { scheduleCheckpoint() }
    }
  }

  /// Moves the log into the database and cuts it; false if a reader or the disk prevents it.
  private func truncateLog(waiting: Bool) -> Bool {
    guard groupsSinceCheckpoint > 0, let connection = session?.connection else { return true }
    anchor?.weigh()
    defer { anchor?.drop() }
    do {
      try connection.checkpoint(truncating: true, waiting: waiting)
      groupsSinceCheckpoint = 0
      return true
    } catch {
      // It is an economy: nothing is lost.
      return false
    }
  }
}

/// Carries a job's result from the writer's queue to its caller.
///
/// Unchecked: written on the writer's queue before the job is settled there, read by `settle`.
private final class ResultBox<Value: Sendable>: @unchecked Sendable {
  var value: Value?
}
