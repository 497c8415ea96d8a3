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
