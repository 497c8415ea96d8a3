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
      place.digest = page.last
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
  ) async throws -> StartsPage? {
    try scope.require(.proposeRoster)
    return try await work.run { [self] _ in
      try readers.with { reader in
        try reader.connection.transaction {
          let known = try reader.roster(request.roster, scope, self)
          return try reader.starts(known.n, in: known.division, after: row, request.state)
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
    try scope.require(.proposeRoster)
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

/// A page of applications to start.
package struct StartsPage: Sendable {
  /// Those of the state that was asked for.
  package var starts: [Start] = []
  /// The files and applications that those who have started stand in: that they do is shown.
  package var files: [[UInt8]] = []
  /// The last row that was looked at.
  package var last: UInt64 = 0
}

/// A person of a roster for whom an application may be started.
private struct Startable: Sendable {
  let digest: [UInt8]
  let row: Int64
}

extension Reader {
  /// A page of the people of a roster who stand on no file of its division; nil at the end. Those are
  /// left out who stand on a file or in an application anywhere here, or were proposed before: accepted,
  /// not settled yet, or refused within the year, of a roster of the same kind.
  fileprivate func startable(
    _ roster: Int64,
    in division: DivisionRecord,
    after digest: [UInt8]
  ) throws -> (people: [Startable], last: [UInt8])? {
    var place = ConvergencePlace()
    place.digest = digest
    guard let page = try rosterOnly(roster, in: division, after: place) else { return nil }
    let free = try connection.prepare(
      """
      SELECT r.digest, r.row FROM roster_row r
      WHERE r.roster = $1 AND r.digest > $2 AND r.digest <= $3
        AND NOT EXISTS (SELECT 1 FROM applicant_number a WHERE a.digest = r.digest)
        AND NOT EXISTS (SELECT 1 FROM applicant_elsewhere a WHERE a.digest = r.digest)
        AND NOT EXISTS (\(Self.registered(in: "member_number")))
        AND NOT EXISTS (\(Self.registered(in: "member_elsewhere")))
        AND NOT EXISTS (
          SELECT 1 FROM roster_start s JOIN roster o ON o.n = s.roster
          JOIN roster own ON own.n = $1
          WHERE s.digest = r.digest AND (
            s.roster = $1 OR s.entry = 0 OR s.verdict = \(StartState.accepted.rawValue)
            OR o.kind = own.kind AND own.day - o.day < \(Self.year)
          )
        )
      """
    )
    free.bind(roster, at: 1)
    free.bind(digest, at: 2)
    free.bind(page.last.digest, at: 3)
    free.bind(Int64(HouseholdStatus.registered.rawValue), at: 4)
    let onNoFile = Set(page.rows.map { Int64(clamping: $0.row) })
    var people: [Startable] = []
    try free.forEach { row in
      let person = Startable(digest: row.bytes(at: 0), row: row.int64(at: 1))
      if onNoFile.contains(person.row) { people.append(person) }
    }
    return (people, page.last.digest)
  }

  /// A year between two days as numbers yyyymmdd.
  private static let year = 10_000

  /// The registered files in which a person of a roster stands.
  private static func registered(in table: String) -> String {
    """
    SELECT 1 FROM \(table) m JOIN household h ON h.n = m.household
    WHERE m.digest = r.digest AND h.status = $4
    """
  }

  /// The ids of the applications of an area in which a person stands.
  private static func application(in table: String, of person: String, _ first: Int) -> String {
    """
    SELECT o.id FROM \(table) a JOIN application o ON o.n = a.application
    JOIN division d ON d.id = o.village
    WHERE a.digest = \(person).digest AND d.path >= $\(first) AND d.path < $\(first + 1)
    """
  }

  /// The ids of the registered files of an area in which a person stands.
  private static func file(in table: String) -> String {
    """
    SELECT h.id FROM \(table) m JOIN household h ON h.n = m.household
    JOIN division d ON d.id = h.village
    WHERE m.digest = s.digest AND d.path >= $1 AND d.path < $2 AND h.status = $3
    """
  }

  fileprivate func starts(
    _ roster: Int64,
    in division: DivisionRecord,
    after row: UInt64,
    _ state: StartState
  ) throws -> StartsPage? {
    let places = [
      Self.file(in: "member_number"), Self.file(in: "member_elsewhere"),
      Self.application(in: "applicant_number", of: "s", 1),
      Self.application(in: "applicant_elsewhere", of: "s", 1),
    ]
    let rows = try connection.prepare(
      """
      SELECT \(places.map { "(\($0) LIMIT 1)" }.joined(separator: ", ")),
        s.row, r.name, s.verdict, s.entry, j.header, j.sealed, j.recorded_at
      FROM roster_start s JOIN roster_row r ON r.roster = s.roster AND r.digest = s.digest
      LEFT JOIN journal j ON j.seq = s.entry
      WHERE s.roster = $4 AND s.row > $5 ORDER BY s.row LIMIT $6
      """
    )
    let area = AreaRange(division.path)
    rows.bind(area.lower, at: 1)
    rows.bind(area.upper, at: 2)
    rows.bind(Int64(HouseholdStatus.registered.rawValue), at: 3)
    rows.bind(roster, at: 4)
    rows.bind(Int64(clamping: row), at: 5)
    rows.bind(Self.convergedPage, at: 6)
    var page = StartsPage()
    // Many rows are settled by one entry.
    var settled: [Int64: (actor: String, reason: String)] = [:]
    var count = 0
    try rows.forEach { row in
      count += 1
      var start = Start(row: UInt64(clamping: row.int64(at: 4)), name: row.string(at: 5))
      page.last = start.row
      start.state = StartState(rawValue: Int32(clamping: row.int64(at: 6)))
      let entry = row.int64(at: 7)
      if entry > 0, !row.isNull(at: 8) {
        if settled[entry] == nil {
          let header = try row.withBytes(at: 8) { try EntryHeader(decoding: $0) }
          let body: SettleStartsRequest = try unsealed(row, at: 9)
          settled[entry] = (header.actor, body.reason)
        }
        (start.settledBy, start.reason) = settled[entry] ?? ("", "")
        start.settledAt = row.int64(at: 10)
      }
      let file = (0..<4).first { !row.isNull(at: $0) }.map { row.bytes(at: $0) }
      if start.state != .refused, file != nil { start.state = .started }
      guard state == .unspecified || start.state == state else { return }
      page.starts.append(start)
      if start.state == .started, let file { page.files.append(file) }
    }
    return count == 0 ? nil : page
  }
}

extension WriteSession {
  fileprivate func start(_ people: [Startable], of roster: Int64) throws -> UInt64 {
    try require(roster: roster)
    // Another roster's may have come between.
    let open = try connection.prepare(
      "SELECT 1 FROM roster_start WHERE digest = $1 AND entry = 0 LIMIT 1"
    )
    let insert = try connection.prepare(
      """
      INSERT INTO roster_start (roster, digest, row, verdict, entry) VALUES ($1, $2, $3, $4, 0)
      ON CONFLICT (roster, digest) DO NOTHING
      """
    )
    var made: UInt64 = 0
    for person in people {
      open.bind(person.digest, at: 1)
      if try open.first({ _ in true }) == true { continue }
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
    try require(roster: roster)
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
      response.settled += UInt64(clamping: connection.changes)
      if connection.changes == 0 { response.passed += 1 }
    }
    return response
  }
}
