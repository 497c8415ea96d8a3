internal import Glibc
internal import RegistryModel

/// Instants and days in China's civil time.
enum ChinaTime {
  /// The present day in China.
  static var today: Day {
    var time = timespec()
    clock_gettime(CLOCK_REALTIME, &time)
    return Day(of: Instant(microseconds: Int64(time.tv_sec) &* 1_000_000))
  }

  /// An instant as `2026-11-23 17:14:32 +08:00`; absent for 0.
  static func value(_ microseconds: Int64) -> Value {
    guard microseconds != 0 else { return .absent }
    let day = Day(of: Instant(microseconds: microseconds))
    let second = microseconds.flooredQuotient(1_000_000) &+ 8 * 3600
    let time = second.flooredRemainder(86_400)
    func two(_ number: Int64) -> String { number < 10 ? "0\(number)" : "\(number)" }
    return .text(
      "\(day.text) \(two(time / 3600)):\(two(time / 60 % 60)):\(two(time % 60)) +08:00"
    )
  }

  /// The instant of a text in microseconds: `2010-11-23T17:14:32.25+08:00` (or `Z`, or a blank for
  /// the `T`, as instants are printed), or the last one of a day; nil for anything else.
  static func instant(_ text: String) -> Int64? {
    let day = text.prefix(10)
    guard day.utf8.count == 10, let day = Day(String(day)) else { return nil }
    let midnight = Int64(day.daysSince1970) * 86_400 - 8 * 3600
    var rest = text.dropFirst(10)
    if rest.isEmpty { return (midnight + 86_400) * 1_000_000 - 1 }
    guard rest.first == "T" || rest.first == " " else { return nil }
    rest = rest.dropFirst()
    guard let offset = offset(&rest), let time = time(rest) else { return nil }
    return (midnight + 8 * 3600 - offset) * 1_000_000 + time
  }

  /// Takes the offset off the end of a time, in seconds; there must be one.
  private static func offset(_ text: inout Substring) -> Int64? {
    if text.last == "Z" {
      text = text.dropLast()
      return 0
    }
    let tail = text.suffix(6)
    guard tail.utf8.count == 6, let sign = tail.first, sign == "+" || sign == "-" else {
      return nil
    }
    let parts = tail.dropFirst().split(separator: ":", omittingEmptySubsequences: false)
    guard parts.count == 2, let hours = two(parts[0], below: 15), let minutes = two(parts[1])
    else { return nil }
    text = text.dropLast(6)
    if text.last == " " { text = text.dropLast() }
    return (sign == "+" ? 1 : -1) * (hours * 3600 + minutes * 60)
  }

  /// A time of day in microseconds; where a fraction is not given, the end of its second, so that
  /// what was printed finds what was recorded in it.
  private static func time(_ text: Substring) -> Int64? {
    let parts = text.split(separator: ":", omittingEmptySubsequences: false)
    guard parts.count == 3, let hours = two(parts[0], below: 24), let minutes = two(parts[1]) else {
      return nil
    }
    let seconds = parts[2].split(separator: ".", omittingEmptySubsequences: false)
    guard let second = two(seconds[0]), seconds.count <= 2 else { return nil }
    var fraction: Int64 = 999_999
    if seconds.count == 2 {
      let digits = seconds[1].utf8
      guard (1...6).contains(digits.count), digits.allSatisfy({ (0x30...0x39).contains($0) }),
        let number = Int64(seconds[1] + String(repeating: "0", count: 6 - digits.count))
      else { return nil }
      fraction = number
    }
    return (hours * 3600 + minutes * 60 + second) * 1_000_000 + fraction
  }

  private static func two(_ text: Substring, below limit: Int64 = 60) -> Int64? {
    guard text.utf8.count == 2, text.utf8.allSatisfy({ (0x30...0x39).contains($0) }),
      let number = Int64(text), number < limit
    else { return nil }
    return number
  }
}

extension Int64 {
  fileprivate func flooredQuotient(_ divisor: Int64) -> Int64 {
    self >= 0 ? self / divisor : -(-(self + 1) / divisor) - 1
  }

  fileprivate func flooredRemainder(_ divisor: Int64) -> Int64 {
    let rest = self % divisor
    return rest < 0 ? rest + divisor : rest
  }
}
