/// How many durations fell where: buckets a quarter of a power of two wide, so that what is read from
/// them is within an eighth of what was counted.
///
/// The unit is the microsecond; what lasted nine hours and longer is in the last bucket.
package struct DurationCounts: Sendable, Hashable {
  /// Durations of one to seven microseconds have a bucket each; above, each power of two has four.
  private static let exact = 8
  private static let powers = 32
  static let bucketCount = exact + powers * 4

  /// How many fell into each bucket.
  private var buckets = [UInt64](repeating: 0, count: bucketCount)
  /// All durations together (ns).
  package private(set) var nanoseconds: UInt64 = 0
  /// How many there were.
  package private(set) var count: UInt64 = 0

  /// None.
  package init() {}

  /// Counts a duration (ns).
  package mutating func note(_ duration: UInt64) {
    buckets[Self.bucket(of: duration / 1000)] &+= 1
    nanoseconds &+= duration
    count &+= 1
  }

  /// Adds what another has counted.
  package mutating func add(_ other: DurationCounts) {
    for index in buckets.indices { buckets[index] &+= other.buckets[index] }
    nanoseconds &+= other.nanoseconds
    count &+= other.count
  }

  /// What has been counted since an earlier state of the same counts.
  package func since(_ earlier: DurationCounts) -> DurationCounts {
    var result = self
    for index in buckets.indices { result.buckets[index] &-= earlier.buckets[index] }
    result.nanoseconds &-= earlier.nanoseconds
    result.count &-= earlier.count
    return result
  }

  /// The duration that a share of those counted did not exceed (µs); nil when none was counted.
  package func quantile(_ share: Double) -> UInt64? {
    guard count > 0 else { return nil }
    let rank = max(1, min(count, UInt64((Double(count) * share).rounded(.up))))
    var seen: UInt64 = 0
    for (index, number) in buckets.enumerated() {
      seen += number
      if seen >= rank { return Self.upperBound(of: index) }
    }
    return Self.upperBound(of: buckets.count - 1)
  }

  /// How many lasted less than a power of two of microseconds, the exponent from 3 on.
  package func count(below exponent: Int) -> UInt64 {
    let end = min(buckets.count, Self.exact + max(0, exponent - 3) * 4)
    return buckets[..<end].reduce(0, &+)
  }

  private static func bucket(of microseconds: UInt64) -> Int {
    guard microseconds >= exact else { return Int(microseconds) }
    let exponent = 63 - microseconds.leadingZeroBitCount
    let quarter = Int(truncatingIfNeeded: microseconds >> UInt64(exponent - 2)) & 3
    return min(bucketCount - 1, exact + (exponent - 3) * 4 + quarter)
  }

  /// The largest whole number of microseconds in a bucket.
  private static func upperBound(of index: Int) -> UInt64 {
    guard index >= exact else { return UInt64(index) }
    let exponent = UInt64(3 + (index - exact) / 4)
    let quarter = UInt64((index - exact) % 4)
    return (1 << exponent) + ((quarter + 1) << (exponent - 2)) - 1
  }
}
