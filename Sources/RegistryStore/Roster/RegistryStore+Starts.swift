internal import Journal
internal import RPCCore
internal import RPCProtobuf
package import RegistryAPI
package import RegistryModel
internal import SQL

extension RegistryStore {
  /// Proposes to start applications for the people of a roster who stand on no file of its division;
  /// how many are new.
  func proposeStarts(of roster: Int64, in division: DivisionRecord) async throws -> UInt64 {
    var place = ConvergencePlace()
    var made: UInt64 = 0
    while true {
      let after = place.digest
      let page = try await work.run { [self] flag in
        try flag.check()
        return try readers.with { reader in
          try reader.connection.transaction {
            try reader.startable(roster, in: division, after: after)
          }
        }
      }
      guard let page else { return made }
      place = ConvergencePlace(digest: page.last)
      if page.people.isEmpty { continue }
      let rows = page.people
      made += try await writer.perform(weight: 100) { session in
        try session.start(rows, of: roster)
      }
    }
  }

  /// A page of the applications to start that a roster led to, behind a row; nil at the end.
  ///
  /// Throws `StoreError`: `refused`, `notFound`.
  package func starts(
    _ request: ListStartsRequest,
    after row: UInt64,
    scope: Scope
  ) async throws -> (starts: [Start], last: UInt64)? {
    try scope.require(.readRoster)
    return try await work.run { [self] _ in
      try readers.with { reader in
        try reader.connection.transaction {
          let known = try reader.roster(request.roster, scope, self)
          return try reader.starts(known.n, after: row).map { page in
            let wanted = page.starts.filter {
              request.state == .unspecified || $0.state == request.state
            }
            return (wanted, page.last)
          }
        }
      }
    }
  }

  /// Accepts or refuses applications to start; returns when it is durable.
  ///
  /// Throws `StoreError`: `refused`, `notFound`, `invalid`, `keyReused`, `overloaded`, `unavailable`.
  package func settleStarts(
    _ request: SettleStartsRequest,
    idempotencyKey: [UInt8]?,
    scope: Scope
  ) async throws -> Answered<SettleStartsResponse> {
    try scope.require(.setRoster)
    var broken: [Violation] = []
    if request.verdict != .accepted, request.verdict != .refused {
      broken.append(PilotRule.kind.violation("verdict"))
    }
    let isReasoned = request.verdict == .accepted || !request.reason.isEmpty
    if !isReasoned || TextRules.broken(request.reason, limit: 400) != nil {
      broken.append(PilotRule.reason.violation("reason"))
    }
    if request.rows.count > 10_000 || Set(request.rows).count != request.rows.count {
      broken.append(PilotRule.malformed.violation("rows"))
    }
    guard broken.isEmpty else { throw StoreError.broken(broken) }
    let roster = try await work.run { [self] _ in
      try readers.with { try $0.roster(request.roster, scope, self).n }
    }
    let actor = scope.actor(node: node)
    return try await answered(
      "settle-starts",
      request: request,
      key: idempotencyKey,
      scope: scope
    ) { session in
      try session.settle(request, of: roster, actor: actor)
    }
  }
}

extension EntryOperation {
  /// Applications to start were accepted or refused.
  static let startsSettled = EntryOperation(rawValue: firstOfRegistry + 24)
}

/// A person of a roster for whom an application may be started.
private struct Startable: Sendable {
  let digest: [UInt8]
  let row: Int64
}

extension Reader {
  /// A page of the people of a roster who stand on no file of its division, those left out who stand
  /// in an application or are proposed by another roster; nil at the end.
  fileprivate func startable(
    _ roster: Int64,
    in division: DivisionRecord,
    after digest: [UInt8]
  ) throws -> (people: [Startable], last: [UInt8])? {
    guard let page = try rosterOnly(roster, in: division, after: digest) else { return nil }
    let free = try connection.prepare(
      """
      SELECT r.digest, r.row FROM roster_row r
      WHERE r.roster = $1 AND r.digest > $2 AND r.digest <= $3
        AND NOT EXISTS (SELECT 1 FROM applicant_number a WHERE a.digest = r.digest)
        AND NOT EXISTS (SELECT 1 FROM applicant_elsewhere a WHERE a.digest = r.digest)
        AND NOT EXISTS (
          SELECT 1 FROM roster_start s WHERE s.digest = r.digest AND (s.roster = $1 OR s.entry = 0)
        )
      """
    )
    free.bind(roster, at: 1)
    free.bind(digest, at: 2)
    free.bind(page.last.digest, at: 3)
    let onNoFile = Set(page.rows.map { Int64(clamping: $0.row) })
    var people: [Startable] = []
    try free.forEach { row in
      let person = Startable(digest: row.bytes(at: 0), row: row.int64(at: 1))
      if onNoFile.contains(person.row) { people.append(person) }
    }
    return (people, page.last.digest)
  }

  fileprivate func starts(
    _ roster: Int64,
    after row: UInt64
  ) throws -> (starts: [Start], last: UInt64)? {
    let rows = try connection.prepare(
      """
      SELECT s.row, r.name, s.verdict, j.header, j.sealed, j.recorded_at,
        (SELECT count(*) FROM applicant_number a WHERE a.digest = s.digest)
          + (SELECT count(*) FROM applicant_elsewhere a WHERE a.digest = s.digest)
          + (SELECT count(*) FROM member_number m WHERE m.digest = s.digest)
          + (SELECT count(*) FROM member_elsewhere m WHERE m.digest = s.digest)
      FROM roster_start s JOIN roster_row r ON r.roster = s.roster AND r.digest = s.digest
      LEFT JOIN journal j ON j.seq = s.entry
      WHERE s.roster = $1 AND s.row > $2 ORDER BY s.row LIMIT $3
      """
    )
    rows.bind(roster, at: 1)
    rows.bind(Int64(clamping: row), at: 2)
    rows.bind(Self.convergedPage, at: 3)
    var starts: [Start] = []
    try rows.forEach { row in
      var start = Start(row: UInt64(clamping: row.int64(at: 0)), name: row.string(at: 1))
      start.state = StartState(rawValue: Int32(clamping: row.int64(at: 2)))
      if !row.isNull(at: 3) {
        let header = try row.withBytes(at: 3) { try EntryHeader(decoding: $0) }
        let settled: SettleStartsRequest = try unsealed(row, at: 4)
        start.settledBy = header.actor
        start.reason = settled.reason
        start.settledAt = row.int64(at: 5)
      }
      if start.state != .refused, row.int64(at: 6) > 0 { start.state = .started }
      starts.append(start)
    }
    return starts.last.map { (starts, $0.row) }
  }
}

extension WriteSession {
  fileprivate func start(_ people: [Startable], of roster: Int64) throws -> UInt64 {
    let insert = try connection.prepare(
      """
      INSERT INTO roster_start (roster, digest, row, verdict, entry) VALUES ($1, $2, $3, $4, 0)
      ON CONFLICT (roster, digest) DO NOTHING
      """
    )
    var made: UInt64 = 0
    for person in people {
      insert.bind(roster, at: 1)
      insert.bind(person.digest, at: 2)
      insert.bind(person.row, at: 3)
      insert.bind(Int64(StartState.open.rawValue), at: 4)
      try insert.run()
      if connection.changes == 1 { made += 1 }
    }
    return made
  }

  fileprivate func settle(
    _ request: SettleStartsRequest,
    of roster: Int64,
    actor: String
  ) throws -> SettleStartsResponse {
    guard let id = Bytes16(request.roster) else {
      throw StoreError.broken([PilotRule.malformed.violation("roster")])
    }
    let entry = try append(
      open: request.serializedBytes(),
      EntryDraft(
        operation: .startsSettled,
        kind: .roster,
        subject: id,
        versionBefore: 1,
        versionAfter: 1,
        prior: 0,
        actor: actor
      )
    )
    var response = SettleStartsResponse()
    let one = "UPDATE roster_start SET verdict = $1, entry = $2 WHERE roster = $3 AND entry = 0"
    let update = try connection.prepare(request.rows.isEmpty ? one : one + " AND row = $4")
    update.bind(Int64(request.verdict.rawValue), at: 1)
    update.bind(entry, at: 2)
    update.bind(roster, at: 3)
    if request.rows.isEmpty {
      try update.run()
      response.settled = UInt64(clamping: connection.changes)
      return response
    }
    for row in request.rows {
      update.bind(Int64(request.verdict.rawValue), at: 1)
      update.bind(entry, at: 2)
      update.bind(roster, at: 3)
      update.bind(Int64(clamping: row), at: 4)
      try update.run()
      if connection.changes > 0 { response.settled += 1 } else { response.passed += 1 }
    }
    return response
  }
}
