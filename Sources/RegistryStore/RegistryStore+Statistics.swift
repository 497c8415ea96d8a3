internal import RegistryAPI
package import RegistryModel
internal import SQL

/// What is counted in one division.
package struct DivisionCounts: Sendable, Hashable {
  /// The division.
  package let division: DivisionRecord
  /// The counts of it and all below.
  package let tally: Tally
}

/// Counts of one instant.
package struct CountSnapshot: Sendable, Hashable {
  /// The division asked for, then those directly below in the order of their codes, if asked for.
  package let divisions: [DivisionCounts]
  /// The instant of the last change that they include.
  package let asOf: Instant
  /// The journal's sequence that they include.
  package let sequence: UInt64
}

extension RegistryStore {
  /// The counts of a division, and of each directly below; for statistics and the report.
  ///
  /// Point reads of kept counts: nothing is counted anew. An empty code is the caller's own
  /// division. With a day, the counts as they were on record at its end.
  /// Throws `StoreError`: `refused` if the scope allows neither statistics nor reports, or not
  /// there, or below townships for one that sees nobody; `invalid`, `notFound` for a code.
  package func counts(
    of code: String,
    breakdown: Bool = false,
    at day: Day? = nil,
    scope: Scope
  ) async throws -> CountSnapshot {
    try scope.require(.statistics, .report)
    let asked = code.isEmpty ? try home(of: scope) : try division(text: code)
    guard scope.covers(asked.path) else {
      throw StoreError.outsideArea
    }
    try checkCounted(asked, breakdown: breakdown, scope)
    let below = breakdown ? divisions.children(of: asked) : []
    return try await work.run { [self] _ in
      try readers.with { try $0.counts([asked] + below, at: day) }
    }
  }
}

extension RegistryStore {
  /// Offices that see nobody get counts of townships and above alone: those of a village tell of
  /// single households.
  ///
  /// Throws `StoreError` (`refused`, `statistics.township`).
  func checkCounted(
    _ division: DivisionRecord,
    breakdown: Bool,
    _ scope: Scope
  ) throws(StoreError) {
    let lowest: DivisionTier = breakdown ? .county : .township
    guard scope.people == .none, division.level > lowest else { return }
    throw .refused(
      by: "statistics.township",
      "an office that sees counts alone gets none of divisions below townships",
      zh: "仅可查看统计的机构不能查看乡镇以下的统计"
    )
  }
}

extension Reader {
  /// The counts of divisions in one view of the database.
  func counts(_ divisions: [DivisionRecord], at day: Day?) throws -> CountSnapshot {
    // One view for all reads; nothing is waited for inside.
    try connection.transaction { try counts(inView: divisions, at: day) }
  }

  /// The same within a view that is open.
  func counts(inView divisions: [DivisionRecord], at day: Day?) throws -> CountSnapshot {
    let row = try connection.prepare(
      """
      SELECT counts FROM tally WHERE division = $1 AND day <= $2 ORDER BY day DESC LIMIT 1
      """
    )
    let found = try divisions.map { division in
      row.bind(division.id, at: 1)
      row.bind(day.map { Int64($0.daysSince1970) } ?? Int64(Int32.max), at: 2)
      let tally = try row.first { row in
        guard let tally = row.withBytes(at: 0, { Tally(stored: $0) }) else {
          throw StoreError(.damaged, "the counts of division \(division.code) are malformed")
        }
        return tally
      }
      return DivisionCounts(division: division, tally: tally ?? Tally())
    }
    let head = try connection.prepare(
      "SELECT size, recorded_at FROM journal_head ORDER BY size DESC LIMIT 1"
    )
    let (size, instant) = try head.first { ($0.int64(at: 0), $0.int64(at: 1)) } ?? (0, 0)
    return CountSnapshot(
      divisions: found,
      asOf: Instant(microseconds: instant),
      sequence: UInt64(clamping: size)
    )
  }
}
