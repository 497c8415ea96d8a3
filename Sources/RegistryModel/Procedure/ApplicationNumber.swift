/// The printed number of an application: `A` before a number of the same make as a household's.
package struct ApplicationNumber: Sendable, Hashable, CustomStringConvertible {
  /// County, serial and check digit.
  package let number: HouseholdNumber

  /// Puts an `A` before a number.
  package init(_ number: HouseholdNumber) { self.number = number }

  /// Reads `A` (or `a`) and 14 digits with a right check digit; nil for anything else.
  package init?(_ text: String) {
    guard let first = text.utf8.first, first | 0x20 == UInt8(ascii: "a"),
      let number = HouseholdNumber(String(text.dropFirst()))
    else { return nil }
    self.number = number
  }

  /// The number as printed.
  package var description: String { "A\(number)" }
}
