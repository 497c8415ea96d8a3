/// Ids as hexadecimal digits.
enum Hexadecimal {
  static func text(_ bytes: [UInt8]) -> String {
    bytes.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
  }

  /// The bytes of an id; nil unless it has an even number of hexadecimal digits, hyphens aside.
  static func bytes(_ text: String) -> [UInt8]? {
    let characters = text.filter { $0 != "-" }
    let digits = characters.compactMap(\.hexDigitValue)
    guard digits.count == characters.count, digits.count.isMultiple(of: 2) else {
      return nil
    }
    return stride(from: 0, to: digits.count, by: 2).map { UInt8(digits[$0] * 16 + digits[$0 + 1]) }
  }
}
