internal import ArgumentParser
internal import RegistryModel

/// A day as an argument: `YYYY-MM-DD`, `YYYY/MM/DD` or `YYYYMMDD`.
struct DayArgument: ExpressibleByArgument, Hashable {
  /// The day as messages write it, YYYYMMDD.
  let number: Int32

  init?(argument: String) {
    guard let day = Day(argument) else { return nil }
    number = Int32(day.yyyymmdd)
  }
}
