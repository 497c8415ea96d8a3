/// A day of China's civil calendar (UTC+8), counted from 1970-01-01; years 1 to 9999.
package struct Day: Sendable, Hashable, Comparable {
  /// Days since 1970-01-01; negative before.
  package let daysSince1970: Int32

  /// Makes a day from its count.
  package init(daysSince1970: Int32) { self.daysSince1970 = daysSince1970 }

  /// Makes a day from year, month and day; nil when the calendar has no such day.
  package init?(year: Int, month: Int, day: Int) {
    guard (1...9999).contains(year), (1...12).contains(month), day >= 1,
      day <= Day.length(ofMonth: month, year: year)
    else { return nil }
    daysSince1970 = Day.count(year: year, month: month, day: day)
  }

  /// Makes a day from a number written yyyymmdd, such as 20101231; nil when there is no such day.
  package init?(yyyymmdd: Int) {
    guard yyyymmdd > 0 else { return nil }
    self.init(year: yyyymmdd / 10000, month: yyyymmdd / 100 % 100, day: yyyymmdd % 100)
  }

  /// Parses `YYYY-MM-DD`, `YYYY/MM/DD` or `YYYYMMDD`; nil for anything else.
  package init?(_ text: String) {
    var digits = 0
    var count = 0
    var index = 0
    let length = text.utf8.count
    for byte in text.utf8 {
      switch byte {
      case 0x30...0x39:
        digits = digits * 10 + Int(byte - 0x30)
        count += 1
        if count > 8 { return nil }
      case 0x2D, 0x2F:
        guard length == 10, index == 4 || index == 7 else { return nil }
      default: return nil
      }
      index += 1
    }
    guard count == 8, length == 8 || length == 10 else { return nil }
    self.init(yyyymmdd: digits)
  }

  /// The day in China at an instant; the first or the last day for one beyond the years 1 to 9999.
  package init(of instant: Instant) {
    let perDay: Int64 = 86_400 * 1_000_000
    let offset: Int64 = 8 * 3600 * 1_000_000
    let days = Day.first.daysSince1970...Day.last.daysSince1970
    let span = Int64(days.lowerBound) * perDay...(Int64(days.upperBound) + 1) * perDay - 1
    // An instant may come from outside: bounded before anything is added to it.
    let local = min(max(instant.microseconds, span.lowerBound), span.upperBound - offset) + offset
    let day = local >= 0 ? local / perDay : -((-(local + 1)) / perDay) - 1
    daysSince1970 = Int32(day)
  }

  /// 0001-01-01.
  private static let first = Day(daysSince1970: count(year: 1, month: 1, day: 1))
  /// 9999-12-31.
  private static let last = Day(daysSince1970: count(year: 9999, month: 12, day: 31))

  /// Year, month and day of the calendar.
  package var components: (year: Int, month: Int, day: Int) {
    // Civil-from-days on a calendar whose years begin in March (public-domain algorithm).
    let shifted = Int(daysSince1970) + 719_468
    let era = (shifted >= 0 ? shifted : shifted - 146_096) / 146_097
    let dayOfEra = shifted - era * 146_097
    let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
    let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
    let part = (5 * dayOfYear + 2) / 153
    let month = part < 10 ? part + 3 : part - 9
    return (
      yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month, dayOfYear - (153 * part + 2) / 5 + 1
    )
  }

  /// The day as a number yyyymmdd.
  package var yyyymmdd: Int {
    let (year, month, day) = components
    return year * 10000 + month * 100 + day
  }

  /// The day as `YYYY-MM-DD`.
  package var text: String {
    let value = yyyymmdd
    return String(unsafeUninitializedCapacity: 10) { buffer in
      var rest = value
      for place in stride(from: 9, through: 0, by: -1) {
        if place == 4 || place == 7 {
          buffer[place] = 0x2D
        } else {
          buffer[place] = 0x30 + UInt8(rest % 10)
          rest /= 10
        }
      }
      return 10
    }
  }

  /// The day's last instant in China.
  package var close: Instant {
    Instant(microseconds: (Int64(daysSince1970) + 1) * 86_400_000_000 - 8 * 3_600_000_000 - 1)
  }

  /// Full years between this day and a later one: the age on that day; 0 when it is earlier.
  package func age(on day: Day) -> Int {
    let birth = components
    let now = day.components
    let beforeBirthday = (now.month, now.day) < (birth.month, birth.day)
    return max(0, now.year - birth.year - (beforeBirthday ? 1 : 0))
  }

  package static func < (left: Day, right: Day) -> Bool {
    left.daysSince1970 < right.daysSince1970
  }

  private static func length(ofMonth month: Int, year: Int) -> Int {
    switch month {
    case 2: year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) ? 29 : 28
    case 4, 6, 9, 11: 30
    default: 31
    }
  }

  private static func count(year: Int, month: Int, day: Int) -> Int32 {
    let shifted = month <= 2 ? year - 1 : year
    let era = shifted / 400
    let yearOfEra = shifted - era * 400
    let dayOfYear = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1
    let dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear
    return Int32(era * 146_097 + dayOfEra - 719_468)
  }
}

/// An instant in microseconds since 1970-01-01T00:00:00Z.
package struct Instant: Sendable, Hashable, Comparable {
  /// Microseconds since the epoch, UTC.
  package let microseconds: Int64

  /// Makes an instant from microseconds since the epoch.
  package init(microseconds: Int64) { self.microseconds = microseconds }

  package static func < (left: Instant, right: Instant) -> Bool {
    left.microseconds < right.microseconds
  }
}
