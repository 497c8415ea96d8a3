/// The printed number of a household: six digits of the county that gave it, a serial of seven,
/// and a check digit (ISO 7064 MOD 11,10).
package struct HouseholdNumber: Sendable, Hashable, Comparable, CustomStringConvertible {
  /// The first 13 digits as a number.
  package let body: UInt64

  /// The serials that a number can hold.
  package static let serials: ClosedRange<UInt32> = 1...9_999_999

  /// Makes a number from a serial and the code of a county, or of a prefecture without counties;
  /// nil when either is out of range.
  package init?(county: DivisionCode, serial: UInt32) {
    guard county.level == .county || county.level == .prefecture,
      HouseholdNumber.serials.contains(serial)
    else { return nil }
    body = county.value / 1_000_000 * 10_000_000 + UInt64(serial)
  }

  /// Reads 14 ASCII digits with a right check digit; nil for anything else.
  package init?(_ text: String) {
    guard text.utf8.count == 14 else { return nil }
    var value: UInt64 = 0
    for byte in text.utf8 {
      let digit = byte &- 0x30
      guard digit <= 9 else { return nil }
      value = value * 10 + UInt64(digit)
    }
    body = value / 10
    guard serial > 0, value % 10 == UInt64(HouseholdNumber.checkDigit(ofBody: body)) else {
      return nil
    }
  }

  /// The serial within the county.
  package var serial: UInt32 { UInt32(body % 10_000_000) }

  /// The code of the county that gave the number.
  package var county: DivisionCode? {
    DivisionCode(twelveDigits: body / 10_000_000 * 1_000_000)
  }

  /// The 14 digits.
  package var description: String {
    let digits = String(body)
    return String(repeating: "0", count: 13 - digits.utf8.count) + digits
      + String(HouseholdNumber.checkDigit(ofBody: body))
  }

  package static func < (left: HouseholdNumber, right: HouseholdNumber) -> Bool {
    left.body < right.body
  }

  /// The check digit of a number of so many digits: the hybrid system MOD 11,10 of ISO 7064.
  static func checkDigit(ofBody body: UInt64, digits: Int = 13) -> Int {
    var product = 10
    var divisor = (1..<digits).reduce(UInt64(1)) { power, _ in power * 10 }
    for _ in 0..<digits {
      let sum = (product + Int(body / divisor % 10)) % 10
      product = (sum == 0 ? 10 : sum) * 2 % 11
      divisor /= 10
    }
    return (11 - product) % 10
  }
}

/// A range of serials handed to an office that works without the county's server.
package struct HouseholdSerialBlock: Sendable, Hashable {
  /// The serials of the block, first to last.
  package let serials: ClosedRange<UInt32>

  /// Makes a block; nil when it leaves the serials of a number.
  package init?(first: UInt32, count: UInt32) {
    guard count > 0, HouseholdNumber.serials.contains(first),
      count - 1 <= HouseholdNumber.serials.upperBound - first
    else { return nil }
    serials = first...(first + count - 1)
  }

  /// Parses `first-last`, such as `5000001-5010000`; nil for anything else.
  package init?(_ text: String) {
    let ends = text.split(separator: "-", omittingEmptySubsequences: false).map { UInt32($0) }
    guard ends.count == 2, let first = ends[0], let last = ends[1], first <= last else {
      return nil
    }
    self.init(first: first, count: last - first + 1)
  }

  /// The serial after one of the block; nil at its end, the first one for nil.
  package func next(after serial: UInt32?) -> UInt32? {
    guard let serial else { return serials.lowerBound }
    return serial >= serials.lowerBound && serial < serials.upperBound ? serial + 1 : nil
  }
}
