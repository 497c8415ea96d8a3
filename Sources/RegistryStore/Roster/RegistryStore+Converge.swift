internal import Journal
internal import RPCProtobuf
package import RegistryAPI
package import RegistryModel
internal import SQL
internal import Synchronization

extension RegistryStore {
  /// Compares a roster with the registered households of its division, on all workers, and keeps who
  /// was found how for listing, in the place of what an earlier comparison for the same view found.
  ///
  /// A scope that sees some people alone is told of these alone, and each part of it is recorded as a
  /// look at those who are on record before the answer is given. Throws `StoreError`: `refused`,
  /// `notFound`, `overloaded` also while it is being compared; `CancellationError`.
  package func converge(
    _ id: [UInt8],
    to person: String = "",
    scope: Scope
  ) async throws -> ConvergenceReport {
    try scope.require(.readRoster)
    let known = try await work.run { [self] _ in
      try readers.with { try $0.roster(id, scope, self) }
    }
    // Two at once would mix what they found.
    let isFirst = converging.withLock { $0.insert(known.n).inserted }
    guard isFirst else {
      throw StoreError(.overloaded, "the roster is being compared", zh: "该名册正在比对")
    }
    defer { converging.withLock { _ = $0.remove(known.n) } }
    if !scope.seesEverything {
      let asked = Int(clamping: known.roster.people)
      try await disclose(
        Disclosure(files: [], people: 0, classes: [], asked: asked),
        to: person,
        scope: scope
      )
    }
    let view = scope.rosterView
    let comparison = try await writer.perform(weight: 1) { session in
      try session.beginComparison(of: known.n, view: view)
    }
    let whole = try await compare(known, comparison, person, scope)
    try await writer.perform(weight: 1) { session in
      try session.finish(comparison, of: known.n, view: view)
    }
    try await sweepRosters()
    return report(whole, known.roster, known.division, scope)
  }

  private func compare(
    _ known: KnownRoster,
    _ comparison: Int64,
    _ person: String,
    _ scope: Scope
  ) async throws -> Converged {
    let last = try await work.run { [self] _ in
      try readers.with { reader in
        try reader.connection.prepare("SELECT max(n) FROM household")
          .first { $0.int64(at: 0) } ?? 0
      }
    }
    let subject = Comparison.Subject(
      n: known.n,
      kind: known.roster.kind,
      division: known.division,
      hasFaults: known.roster.malformed > 0
    )
    let parts = Int64(limits.workers) * 2
    let size = max(1_000, (last + parts - 1) / parts)
    return try await withThrowingTaskGroup(of: Converged.self) { group in
      for start in stride(from: Int64(0), to: last, by: Int(size)) {
        group.addTask { [self] in
          var whole = Converged()
          var range = start..<min(start + size, last)
          while true {
            let (found, end) = try await work.run { [self, range] flag in
              try readers.with { reader in
                try Comparison(reader, self, subject, scope).part(of: range, flag)
              }
            }
            whole.count(found)
            if found.people > 0 {
              let shown = Disclosure(
                files: found.files,
                people: found.people,
                classes: .identity.intersection(scope.classes)
              )
              try await disclose(shown, to: person, scope: scope)
            }
            if !found.rows.isEmpty {
              let rows = found.rows
              try await writer.perform(weight: 1 + rows.count / 20) { session in
                try session.keep(rows, of: comparison)
              }
            }
            guard let end else { return whole }
            range = end..<range.upperBound
          }
        }
      }
      var whole = Converged()
      for try await part in group { whole.count(part) }
      return whole
    }
  }

  private func report(
    _ converged: Converged,
    _ roster: Roster,
    _ division: DivisionRecord,
    _ scope: Scope
  ) -> ConvergenceReport {
    var whole = converged.whole
    // The households change while they are compared.
    whole[.rosterOnly] = max(0, Int64(roster.people) - whole[.both] - whole[.otherName])
    whole[.malformed] = Int64(roster.malformed)
    func isShown(_ finding: ConvergenceFinding) -> Bool { scope.shows(finding, of: roster.kind) }
    var report = ConvergenceReport(
      roster: roster,
      synthetic: isSynthetic,
      withheld: scope.rosterWithheld
    )
    report.divisions.append(
      ConvergenceCounts(division: divisions.message(division), counts: whole.messages(isShown))
    )
    for child in divisions.children(of: division) {
      guard let counts = converged.below[child.id]?.messages(isShown), !counts.isEmpty else {
        continue
      }
      report.divisions.append(
        ConvergenceCounts(division: divisions.message(child), counts: counts)
      )
    }
    return report
  }
}

extension WriteSession {
  /// Begins a comparison; one of the roster that never became whole is left to be swept.
  fileprivate func beginComparison(of roster: Int64, view: String) throws -> Int64 {
    try require(roster: roster)
    let broken = try connection.prepare(
      "UPDATE comparison SET state = $1 WHERE roster = $2 AND state = $3"
    )
    broken.bind(ComparisonState.replaced.rawValue, at: 1)
    broken.bind(roster, at: 2)
    broken.bind(ComparisonState.running.rawValue, at: 3)
    try broken.run()
    let n = try next("comparisons", after: "SELECT max(n) FROM comparison")
    let row = try connection.prepare(
      "INSERT INTO comparison (n, roster, view, state) VALUES ($1, $2, $3, $4)"
    )
    row.bind(n, at: 1)
    row.bind(roster, at: 2)
    row.bind(view, at: 3)
    row.bind(ComparisonState.running.rawValue, at: 4)
    try row.run()
    return n
  }

  /// Makes a comparison the one that counts of its roster and view.
  fileprivate func finish(_ comparison: Int64, of roster: Int64, view: String) throws {
    // The roster may have been removed meanwhile.
    try require(roster: roster)
    let earlier = try connection.prepare(
      "UPDATE comparison SET state = $1 WHERE roster = $2 AND view = $3 AND n <> $4"
    )
    earlier.bind(ComparisonState.replaced.rawValue, at: 1)
    earlier.bind(roster, at: 2)
    earlier.bind(view, at: 3)
    earlier.bind(comparison, at: 4)
    try earlier.run()
    let whole = try connection.prepare("UPDATE comparison SET state = $1 WHERE n = $2")
    whole.bind(ComparisonState.whole.rawValue, at: 1)
    whole.bind(comparison, at: 2)
    try whole.run()
  }

  fileprivate func keep(_ rows: [ConvergedRow], of comparison: Int64) throws {
    let insert = try connection.prepare(
      """
      INSERT INTO converged (comparison, finding, n, row, name, household, position)
      VALUES ($1, $2, $3, $4, $5, $6, $7)
      """
    )
    for one in rows {
      insert.bind(comparison, at: 1)
      insert.bind(Int64(one.finding.rawValue), at: 2)
      insert.bind(one.n, at: 3)
      insert.bind(one.row, at: 4)
      insert.bind(one.name, at: 5)
      insert.bind(one.household, at: 6)
      insert.bind(Int64(one.position), at: 7)
      try insert.run()
    }
  }
}

/// Where a comparison stands.
enum ComparisonState: Int64 {
  /// It is under way, or broke off.
  case running = 0
  /// The one that counts of its roster and view.
  case whole = 1
  /// Another took its place, or its roster is removed: its rows go.
  case replaced = 2
}

extension Reader {
  /// The comparison that counts of a roster and view; nil where it was not compared for it.
  func comparison(of roster: Int64, view: String) throws -> Int64? {
    let row = try connection.prepare(
      "SELECT n FROM comparison WHERE roster = $1 AND view = $2 AND state = $3"
    )
    row.bind(roster, at: 1)
    row.bind(view, at: 2)
    row.bind(ComparisonState.whole.rawValue, at: 3)
    return try row.first { $0.int64(at: 0) }
  }
}
