internal import RegistryModel
internal import SQL

/// Compares the kept counts of applications, of every division, period and state, with those
/// counted anew from the applications.
struct ApplicationCountCheck {
  let reader: Reader
  let directory: DivisionDirectory

  /// Counts in one view of the database, then compares.
  func run(_ log: inout CheckLog) throws {
    let (counted, kept) = try reader.connection.transaction { try both() }
    let keys = Set(counted.keys).union(kept.keys).sorted {
      ($0.division, $0.period, $0.state) < ($1.division, $1.period, $1.state)
    }
    try log.begin("application-counts", total: UInt64(keys.count))
    let none = ApplicationCount(applications: 0, people: 0)
    for key in keys {
      if counted[key] ?? none != kept[key] ?? none {
        log.find(
          "application.count",
          at: place(key),
          "the kept count is not what the applications add up to",
          "存储的计数与申请合计不一致"
        )
      }
      try log.advance()
    }
  }

  private typealias Counts = [ApplicationCount.Key: ApplicationCount]

  private func both() throws -> (counted: Counts, kept: Counts) { (try count(), try kept()) }

  private func count() throws -> Counts {
    var counted: Counts = [:]
    let rows = try reader.connection.prepare(
      """
      SELECT village, period, state, count(*), CAST(sum(people) AS BIGINT) FROM application
      GROUP BY village, period, state
      """
    )
    try rows.forEach { row in
      let count = ApplicationCount(applications: row.int64(at: 3), people: row.int64(at: 4))
      // A village that is not on record would show as a difference of its own.
      for id in directory.record(id: row.int64(at: 0))?.path.ids ?? [row.int64(at: 0)] {
        let key = Self.key(division: id, row)
        counted[key] = counted[key].map { $0 + count } ?? count
      }
    }
    return counted
  }

  private func kept() throws -> Counts {
    var kept: Counts = [:]
    let rows = try reader.connection.prepare(
      "SELECT division, period, state, applications, people FROM application_count"
    )
    try rows.forEach { row in
      kept[Self.key(division: row.int64(at: 0), row)] = ApplicationCount(
        applications: row.int64(at: 3),
        people: row.int64(at: 4)
      )
    }
    return kept
  }

  /// The key of a row whose second and third columns are period and state.
  private static func key(division: Int64, _ row: any SQLStatement) -> ApplicationCount.Key {
    ApplicationCount.Key(
      division: division,
      period: UInt32(clamping: row.int64(at: 1)),
      state: Int32(clamping: row.int64(at: 2))
    )
  }

  private func place(_ key: ApplicationCount.Key) -> String {
    let code = directory.record(id: key.division).map { "\($0.code)" } ?? "\(key.division)"
    return "division \(code), period \(key.period), state \(key.state)"
  }
}
