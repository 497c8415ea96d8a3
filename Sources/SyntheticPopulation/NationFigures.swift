/// What the progress report of 2010 says of the nation, in people and yuan.
enum NationFigures {
  /// People registered by the counties that uploaded, and those of them below the national line.
  static let registered = (people: 34_878_000, belowLine: 23_248_000)
  /// People identified by category, in the order of `HouseholdCategory`.
  static let identified = [32_505_000, 8_238_000, 11_467_000, 1_380_000]
  /// Main causes by household, in percent, in the order of `ReportCause`.
  static let causes = [33.1, 25.5, 7.5, 7, 6, 6.3, 4.6, 10]
  /// Money in yuan.
  static let workFunds = 149_000_000
  static let supportProjects = 2_310_000_000
  static let mobilised = 219_000
  /// These stay as they are at every scale.
  static let training = (courses: 4, staff: 816)

  /// A figure of the nation in small, rounded.
  static func scaled(_ figure: Int, _ scale: Int) -> Int { (figure + scale / 2) / scale }
}
