internal import RegistryAPI
internal import RegistryStore
internal import Synchronization

/// Takes what a check tells on its own thread to the task that sends it.
///
/// The check never waits for the network: a slow reader gets fewer messages, each with everything
/// found since the one before (at most `StoreLimits.findings` in all).
final class CheckRelay: Sendable {
  /// Gives an element when there is something to take; ends with `finish`.
  let signals: AsyncStream<Void>
  private let signal: AsyncStream<Void>.Continuation
  /// At most one for each stage: a slow reader misses steps of a stage, but no stage.
  private let pending = Mutex<[CheckRegistryResponse]>([])

  init() {
    (signals, signal) = AsyncStream.makeStream(of: Void.self, bufferingPolicy: .bufferingNewest(1))
  }

  /// Notes how far the check is.
  func tell(_ progress: CheckProgress) {
    pending.withLock { pending in
      let last = pending.last?.stage == progress.stage ? pending.popLast() : nil
      pending.append(
        CheckRegistryResponse(
          stage: progress.stage,
          done: progress.done,
          total: progress.total,
          findings: (last?.findings ?? []) + progress.findings,
          finished: progress.isFinished,
          findingCount: progress.findingCount
        )
      )
    }
    signal.yield()
  }

  /// What was told since the last time, a message for each stage.
  func take() -> [CheckRegistryResponse] {
    pending.withLock { pending in
      defer { pending = [] }
      return pending
    }
  }

  /// Ends the signals; one that waits is still given.
  func finish() { signal.finish() }
}
