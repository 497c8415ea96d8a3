/// Counts resets and control frames that bring nothing on, within an interval.
struct AbuseGuard {
  private let limit: Int
  private let interval: UInt64
  private var count = 0
  private var start: UInt64 = 0

  init(limit: Int, interval: UInt64) {
    self.limit = limit
    self.interval = interval
  }

  /// Counts one; false when that is one too many.
  mutating func note(at now: UInt64) -> Bool {
    if now &- start >= interval {
      start = now
      count = 0
    }
    count += 1
    return count <= limit
  }

  /// A message was taken or sent: what led there was not in vain.
  mutating func noteProgress() { if count > 0 { count -= 1 } }
}
