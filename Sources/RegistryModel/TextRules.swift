/// Checks on texts, on their UTF-8 bytes and without allocation.
package enum TextRules {
  /// The rule that a text breaks: too long in bytes, or with a control character.
  @inline(__always)
  package static func broken(_ text: String, limit: Int) -> Rule? {
    let count = text.utf8.count
    if count == 0 { return nil }
    if count > limit { return .textLength }
    return hasControl(text) ? .textControl : nil
  }

  /// Whether a text holds NUL, another C0 or C1 control character, or DEL.
  static func hasControl(_ text: String) -> Bool {
    var previous: UInt8 = 0
    for byte in text.utf8 {
      if byte < 0x20 || byte == 0x7F { return true }
      // U+0080 to U+009F are C2 80 to C2 9F.
      if previous == 0xC2, byte < 0xA0 { return true }
      previous = byte
    }
    return false
  }

  /// Whether a text is a telephone number: 7 to 20 of digits, `+` and `-`, at least 7 digits.
  static func isTelephone(_ text: String) -> Bool {
    var digits = 0
    var count = 0
    for byte in text.utf8 {
      count += 1
      if byte &- 0x30 <= 9 {
        digits += 1
      } else if byte != 0x2D && !(byte == 0x2B && count == 1) {
        return false
      }
    }
    return digits >= 7 && count <= 20
  }

  /// Whether a text is an account number: 8 to 30 digits.
  static func isAccount(_ text: String) -> Bool {
    (8...30).contains(text.utf8.count) && text.utf8.allSatisfy { $0 &- 0x30 <= 9 }
  }

  /// A text without spaces at its ends (the ideographic space included).
  static func trimmed(_ text: String) -> String {
    guard let first = text.utf8.first, let last = text.utf8.last else { return text }
    // U+3000 is E3 80 80: begins with E3, as much Chinese does not, and ends with 80.
    let suspicious = { (byte: UInt8) in
      byte == 0x20 || (0x09...0x0D).contains(byte) || byte == 0xE3 || byte == 0x80 || byte == 0xC2
        || byte == 0xA0
    }
    guard suspicious(first) || suspicious(last) else { return text }
    let isSpace = { (scalar: Unicode.Scalar) in
      scalar == " " || (0x09...0x0D).contains(scalar.value) || scalar.value == 0x3000
        || scalar.value == 0xA0
    }
    var view = text.unicodeScalars[...]
    while let scalar = view.first, isSpace(scalar) { view.removeFirst() }
    while let scalar = view.last, isSpace(scalar) { view.removeLast() }
    return String(view)
  }

  /// A number as text with full-width digits made ASCII, and spaces and other dashes folded.
  static func foldedNumber(_ text: String) -> String {
    if text.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7F }) { return text }
    var result = String.UnicodeScalarView()
    for scalar in text.unicodeScalars {
      switch scalar.value {
      case 0x20, 0x09, 0x3000, 0xA0: continue
      case 0xFF10...0xFF19, 0xFF0B, 0xFF0E:
        result.append(Unicode.Scalar(UInt8(scalar.value - 0xFEE0)))
      case 0x2010...0x2015, 0xFF0D, 0x2212: result.append("-")
      default: result.append(scalar)
      }
    }
    return String(result)
  }
}
