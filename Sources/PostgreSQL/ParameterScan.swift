/// What a statement's text holds beside strings, quoted names and comments: words, parameters.
///
/// It only looks; the server parses. Dollar-quoted strings are not portable and not known here.
struct ParameterScan {
  /// Whether there is anything to run.
  private(set) var hasWords = false
  /// The parameters in the order of their first appearance.
  private(set) var parameters: [Int] = []

  init(_ sql: String) {
    let octets = Array(sql.utf8)
    var index = 0
    while index < octets.count {
      let octet = octets[index]
      let next = index + 1 < octets.count ? octets[index + 1] : 0
      switch octet {
      case UInt8(ascii: "'"), UInt8(ascii: "\""):
        hasWords = true
        index = Self.skip(octets, from: index + 1) { $0 == octet }
      case UInt8(ascii: "-") where next == octet:
        index = Self.skip(octets, from: index + 2) { $0 == UInt8(ascii: "\n") }
      case UInt8(ascii: "/") where next == UInt8(ascii: "*"):
        index = Self.endOfComment(octets, from: index + 2)
      case UInt8(ascii: "$"):
        index = take(octets, from: index + 1)
      default:
        if octet > UInt8(ascii: " "), octet != UInt8(ascii: ";") { hasWords = true }
        index += 1
      }
    }
  }

  private mutating func take(_ octets: [UInt8], from start: Int) -> Int {
    hasWords = true
    var index = start
    var number = 0
    while index < octets.count, (0x30...0x39).contains(octets[index]), number < 1_000_000 {
      number = number * 10 + Int(octets[index] - 0x30)
      index += 1
    }
    if !parameters.contains(number) { parameters.append(number) }
    return index
  }

  private static func skip(
    _ octets: [UInt8],
    from start: Int,
    until isEnd: (UInt8) -> Bool
  ) -> Int {
    var index = start
    while index < octets.count, !isEnd(octets[index]) { index += 1 }
    return index + 1
  }

  private static func endOfComment(_ octets: [UInt8], from start: Int) -> Int {
    var index = start
    while index + 1 < octets.count {
      if octets[index] == UInt8(ascii: "*"), octets[index + 1] == UInt8(ascii: "/") {
        return index + 2
      }
      index += 1
    }
    return octets.count
  }
}
