internal import Synchronization

/// A clock for tests: it stands still until it is advanced.
package final class ManualClock: Sendable {
  private let nanoseconds: Atomic<UInt64>

  /// A clock that shows `now` (ns).
  package init(now: UInt64 = 1_000_000_000) {
    nanoseconds = Atomic(now)
  }

  /// The time shown (ns).
  package var now: UInt64 { nanoseconds.load(ordering: .acquiring) }

  /// Moves the clock on by `step` ns; `EventLoop.poke()` then lets a loop see it.
  package func advance(by step: UInt64) {
    nanoseconds.wrappingAdd(step, ordering: .acquiringAndReleasing)
  }
}
