package import RegistryAPI
package import RegistryModel
internal import SQL

extension RegistryStore {
  /// Sets a poverty line; returns when it is durable and holds.
  ///
  /// A national one changes who is counted below it: the kept counts change in the same
  /// transaction. Throws `StoreError` as `setPolicy` does.
  package func setPovertyLine(
    _ request: SetLineRequest,
    idempotencyKey: [UInt8]? = nil,
    scope: Scope
  ) async throws -> Answered<Line> {
    try scope.require(.setPovertyLine)
    return try await set(.poverty, request, "set-poverty-line", idempotencyKey, scope)
  }

  /// Sets a dibao standard; returns when it is durable and holds. Throws as `setPovertyLine` does.
  package func setDibaoStandard(
    _ request: SetLineRequest,
    idempotencyKey: [UInt8]? = nil,
    scope: Scope
  ) async throws -> Answered<Line> {
    try scope.require(.setDibaoStandard)
    return try await set(.dibao, request, "set-dibao-standard", idempotencyKey, scope)
  }

  /// The lines and standards of a division and those above, in the order of kind, division and
  /// year; those that come with the program stand among them.
  ///
  /// Throws `StoreError`: `refused` outside the scope's area, `invalid`, `notFound` for a code.
  package func listLines(
    _ request: ListLinesRequest,
    scope: Scope
  ) async throws -> ListLinesResponse {
    try scope.require(.policyRead)
    let division = try ruled(request.division, scope)
    let known: [LineKind] = [.poverty, .dibao]
    guard known.contains(request.kind) || request.kind == .unspecified else {
      throw StoreError.broken([SettingRule.lineKind.violation("kind")])
    }
    let kinds = request.kind == .unspecified ? known : [request.kind]
    let chain = divisions.chain(to: division)
    let builtIn = context.book.builtIn
    return try await work.run { [self] _ in
      try readers.with { reader in
        ListLinesResponse(lines: try reader.lines(kinds, of: chain, over: builtIn))
      }
    }
  }

  private func set(
    _ kind: LineKind,
    _ request: SetLineRequest,
    _ method: String,
    _ key: [UInt8]?,
    _ scope: Scope
  ) async throws -> Answered<Line> {
    let actor = scope.actor(node: node)
    return try await answered(
      method,
      request: request,
      key: key,
      scope: scope,
      // Alone in its commit: later households are counted by it, and it counts all earlier ones.
      weight: limits.householdsPerCommit,
      prepare: { [self] _ in try plan(kind, request.line ?? Line(), scope) },
      write: { planned, session in try session.set(planned, actor: actor) }
    )
  }

  private func plan(
    _ kind: LineKind,
    _ line: Line,
    _ scope: Scope
  ) throws(StoreError) -> PlannedLine {
    var broken: [Violation] = []
    if line.kind != .unspecified, line.kind != kind {
      broken.append(SettingRule.lineKind.violation("line.kind"))
    }
    let place = division(ofRecord: line.division, "line.division", row: 0, scope: scope, &broken)
    if let place {
      let levels: ClosedRange<DivisionTier> =
        kind == .dibao ? .prefecture...(.county) : .state...(.county)
      if !levels.contains(place.level) {
        let rule: SettingRule = kind == .dibao ? .standardLevel : .lineLevel
        broken.append(rule.violation("line.division"))
      }
    }
    broken += SettingRules(today: context.environment.today, allowsPast: isSynthetic).broken(line)
    guard broken.isEmpty, let place, let amount = line.amount else { throw .setting(broken) }
    return PlannedLine(
      kind: kind,
      division: place,
      line: PovertyLine(
        division: place.code,
        year: Int(line.year),
        amount: Amount(fen: amount.fen)
      ),
      source: line.source
    )
  }
}

/// A line or standard that may be set.
private struct PlannedLine: Sendable {
  var kind: LineKind
  var division: DivisionRecord
  var line: PovertyLine
  var source: String

  var key: RuleKey { .line(kind, division, year: UInt32(clamping: line.year)) }
}

extension WriteSession {
  /// Writes a line or standard and returns it as it is on record.
  fileprivate func set(_ planned: PlannedLine, actor: String) throws -> Line {
    let line = planned.line
    var record = Line(
      kind: planned.kind,
      division: line.division.description,
      year: UInt32(clamping: line.year),
      amount: Money(fen: line.amount.fen),
      source: planned.source,
      setBy: actor
    )
    try set(planned.key, amount: line.amount.fen, actor: actor) { version in
      record.version = version
      return record
    }
    if planned.kind == .poverty, line.division == .state { try recount(line) }
    effects.published.append { [book = context.book, kind = planned.kind] in
      book.update { kind == .poverty ? $0.lines.set(line) : $0.standards.set(line) }
    }
    record.recordedAt = instant.microseconds
    return record
  }

  /// Changes the kept counts of those below the national line as a new one does: by the households
  /// whose latest income lies between the line that held for its year and the new one.
  func recount(_ line: PovertyLine) throws {
    let lines = context.lines
    let before = lines.national(year: line.year)?.amount.fen
    let after = line.amount.fen
    let next = lines.lines(of: .state).first { $0.year > line.year }?.year
    // Nobody was below a line that there was not.
    let lower = min(before ?? .min, after)
    let upper = max(before ?? .min, after)
    if lower == upper { return }
    let rows = try connection.prepare(
      """
      SELECT village, count(*), CAST(sum(members) AS BIGINT) FROM household
      WHERE status <> $1 AND income_year >= $2 AND income_year < $3
        AND net_income >= $4 AND net_income < $5
      GROUP BY village
      """
    )
    rows.bind(Int64(HouseholdStatus.exited.rawValue), at: 1)
    rows.bind(Int64(line.year), at: 2)
    rows.bind(next.map { Int64($0) } ?? .max, at: 3)
    rows.bind(lower, at: 4)
    rows.bind(upper, at: 5)
    let sign: Int64 = before ?? .min < after ? 1 : -1
    try rows.forEach { row in
      let count = Count(households: sign * row.int64(at: 1), people: sign * row.int64(at: 2))
      effects.tallies[row.int64(at: 0), default: Tally()].addBelowLine(count)
    }
  }
}

extension Reader {
  /// The lines of each division of a chain, those that come with the program included.
  fileprivate func lines(
    _ kinds: [LineKind],
    of chain: [DivisionRecord],
    over builtIn: PovertyLines
  ) throws -> [Line] {
    try connection.transaction {
      let rows = try connection.prepare(
        """
        SELECT j.recorded_at, j.sealed FROM line l JOIN journal j ON j.seq = l.entry
        WHERE l.kind = $1 AND l.division = $2 ORDER BY l.year
        """
      )
      var all: [Line] = []
      for kind in kinds {
        for division in chain {
          var found: [Line] = []
          rows.bind(Int64(kind.rawValue), at: 1)
          rows.bind(division.id, at: 2)
          try rows.forEach { row in
            var (line, instant): (Line, Int64) = try record(row)
            line.recordedAt = instant
            found.append(line)
          }
          let years = Set(found.map(\.year))
          let bundled = kind == .poverty ? builtIn.lines(of: division.code) : []
          found += bundled.map(Self.message).filter { !years.contains($0.year) }
          all += found.sorted { $0.year < $1.year }
        }
      }
      return all
    }
  }

  private static func message(_ line: PovertyLine) -> Line {
    Line(
      kind: .poverty,
      division: line.division.description,
      year: UInt32(clamping: line.year),
      amount: Money(fen: line.amount.fen),
      source: line.source,
      setBy: RegistryStore.builtInSetter
    )
  }
}
