internal import Glibc

/// The instant by which a call must have ended, on this machine's monotonic clock.
///
/// Between machines the time remaining travels instead, since clocks need not agree.
public struct Deadline: Sendable, Hashable, Comparable {
  /// Nanoseconds of `CLOCK_MONOTONIC`.
  public let nanoseconds: UInt64

  /// A point on the monotonic clock.
  public init(nanoseconds: UInt64) { self.nanoseconds = nanoseconds }

  /// No deadline of the caller's: a method's own maximum still holds.
  public static let never = Deadline(nanoseconds: .max)

  /// The present on the monotonic clock, in nanoseconds.
  public static func now() -> UInt64 {
    var time = timespec()
    clock_gettime(CLOCK_MONOTONIC, &time)
    return UInt64(time.tv_sec) &* 1_000_000_000 &+ UInt64(time.tv_nsec)
  }

  /// A deadline that far from now; a negative duration has passed already.
  public static func after(_ duration: Duration) -> Deadline {
    after(nanoseconds: duration.wholeNanoseconds)
  }

  /// A deadline that many nanoseconds after a given present.
  public static func after(nanoseconds: UInt64, from present: UInt64 = now()) -> Deadline {
    let (sum, overflow) = present.addingReportingOverflow(nanoseconds)
    return Deadline(nanoseconds: overflow ? .max : sum)
  }

  /// The time left, zero once it has passed, nil when there is no deadline.
  public func remaining(from present: UInt64 = now()) -> Duration? {
    if self == .never { return nil }
    return .nanoseconds(Int64(clamping: nanoseconds > present ? nanoseconds - present : 0))
  }

  /// Whether it has passed.
  public func hasPassed(at present: UInt64 = now()) -> Bool { present >= nanoseconds }

  /// The earlier of two comes first.
  public static func < (left: Deadline, right: Deadline) -> Bool {
    left.nanoseconds < right.nanoseconds
  }
}

extension Duration {
  /// The duration in whole nanoseconds, clamped to 0 … 2^63.
  package var wholeNanoseconds: UInt64 {
    let (seconds, attoseconds) = components
    if seconds < 0 { return 0 }
    let (product, overflow) = UInt64(seconds).multipliedReportingOverflow(by: 1_000_000_000)
    if overflow { return UInt64(Int64.max) }
    let whole = product.addingReportingOverflow(UInt64(max(0, attoseconds) / 1_000_000_000))
    return whole.overflow ? UInt64(Int64.max) : min(whole.partialValue, UInt64(Int64.max))
  }
}
