internal import RegistryModel
internal import SQL

/// Applications by division, period and state: kept with each step.
extension WriteSession {
  /// Counts an application in or out, in its village and every division above.
  func count(
    _ sign: Int64,
    village: DivisionRecord,
    period: UInt32,
    state: ProcedureState,
    people: Int64
  ) {
    for id in village.path.ids {
      let key = ApplicationCount.Key(division: id, period: period, state: state.rawValue)
      let change = ApplicationCount(applications: sign, people: sign * people)
      effects.applications[key] = effects.applications[key].map { $0 + change } ?? change
    }
  }

  /// The people of a division's period in some states, the changes of the running group and job
  /// included.
  func people(division: Int64, period: UInt32, states: [ProcedureState]) throws -> Int64 {
    var sum: Int64 = 0
    let row = try connection.prepare(
      "SELECT state, people FROM application_count WHERE division = $1 AND period = $2"
    )
    row.bind(division, at: 1)
    row.bind(Int64(period), at: 2)
    try row.forEach { row in
      let state = ProcedureState(rawValue: Int32(truncatingIfNeeded: row.int64(at: 0)))
      if let state, states.contains(state) { sum += row.int64(at: 1) }
    }
    for state in states {
      let key = ApplicationCount.Key(division: division, period: period, state: state.rawValue)
      sum += pendingApplications(key)
    }
    return sum
  }

  /// Writes the changes of a group.
  func writeApplicationCounts(_ changes: [ApplicationCount.Key: ApplicationCount]) throws {
    if changes.isEmpty { return }
    let row = try connection.prepare(
      """
      INSERT INTO application_count (division, period, state, applications, people)
      VALUES ($1, $2, $3, $4, $5)
      ON CONFLICT (division, period, state) DO UPDATE SET
        applications = application_count.applications + excluded.applications,
        people = application_count.people + excluded.people
      """
    )
    for (key, change) in changes where change.applications != 0 || change.people != 0 {
      row.bind(key.division, at: 1)
      row.bind(Int64(key.period), at: 2)
      row.bind(Int64(key.state), at: 3)
      row.bind(change.applications, at: 4)
      row.bind(change.people, at: 5)
      try row.run()
    }
  }
}
