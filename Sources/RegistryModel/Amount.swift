/// An amount of money in fen (1/100 yuan).
package struct Amount: Sendable, Hashable, Comparable {
  /// The amount in fen; negative for a loss.
  package let fen: Int64

  /// Makes an amount from fen.
  package init(fen: Int64) { self.fen = fen }

  /// Parses yuan with at most two decimals, such as `1274`, `1274.5` or `-80.25`.
  ///
  /// Nil for anything else, more than 12 digits before the point included.
  package init?(yuan text: String) {
    var whole: Int64 = 0
    var decimals: Int64 = 0
    var digits = 0
    var places = -1
    var negative = false
    var first = true
    for byte in text.utf8 {
      switch byte {
      case 0x2D where first: negative = true
      case 0x2E where places < 0 && digits > 0: places = 0
      case 0x30...0x39 where places < 0:
        digits += 1
        guard digits <= 12 else { return nil }
        whole = whole * 10 + Int64(byte - 0x30)
      case 0x30...0x39 where places < 2:
        places += 1
        decimals = decimals * 10 + Int64(byte - 0x30)
      default: return nil
      }
      first = false
    }
    guard digits > 0, places != 0 else { return nil }
    if places == 1 { decimals *= 10 }
    let amount = whole * 100 + decimals
    fen = negative ? -amount : amount
  }

  /// The amount in yuan without needless decimals, such as `1274` or `1274.50`.
  package var yuanText: String {
    let (whole, rest) = fen.magnitude.quotientAndRemainder(dividingBy: 100)
    let sign = fen < 0 ? "-" : ""
    if rest == 0 { return "\(sign)\(whole)" }
    return "\(sign)\(whole).\(rest < 10 ? "0" : "")\(rest)"
  }

  package static func < (left: Amount, right: Amount) -> Bool { left.fen < right.fen }
}
