internal import Journal
internal import RPCCore
internal import RPCProtobuf
package import RegistryAPI
package import RegistryModel
internal import SQL

/// A roster that is being imported.
package struct RosterDraft: Sendable {
  /// Its number here.
  let n: Int64
  /// What is known of it so far.
  package var roster: Roster
  /// The last row that came; rows rise.
  var lastRow: UInt64 = 0
}

/// How an import of a roster begins.
package enum RosterBeginning: Sendable {
  /// Its rows are wanted.
  case wanted(RosterDraft)
  /// It was imported before.
  case known(Roster)
}

extension SubjectKind {
  /// A roster; not sealed.
  static let roster = SubjectKind(rawValue: 18)
}

extension EntryOperation {
  /// A roster was imported.
  static let rosterImported = EntryOperation(rawValue: firstOfRegistry + 22)
  /// A roster's rows were forgotten.
  static let rosterRemoved = EntryOperation(rawValue: firstOfRegistry + 23)
}

extension RegistryStore {
  /// Begins to import a roster; what an import of the same file left behind is forgotten.
  ///
  /// Throws `StoreError`: `refused` outside the scope's area, `invalid` with every rule broken.
  package func beginRoster(_ given: Roster, scope: Scope) async throws -> RosterBeginning {
    try scope.require(.setRoster)
    var broken: [Violation] = []
    let division = DivisionCode(given.division).flatMap { divisions.record(code: $0) }
    if division == nil { broken.append(PilotRule.division.violation("roster.division")) }
    if let division, !scope.covers(division.path) { throw StoreError.outsideArea }
    if !(1...4).contains(given.kind.rawValue) {
      broken.append(PilotRule.kind.violation("roster.kind"))
    }
    let day = Day(yyyymmdd: Int(given.day))
    if day == nil || given.day < 20_000_101 || day.map({ $0 > context.environment.today }) == true {
      broken.append(PilotRule.day.violation("roster.day"))
    }
    if given.name.isEmpty || TextRules.broken(given.name, limit: 200) != nil {
      broken.append(PilotRule.title.violation("roster.name"))
    }
    if given.fileDigest.count != 32 {
      broken.append(Violation(.required, row: 0, member: 0, field: "roster.file_digest"))
    }
    guard broken.isEmpty, let division else { throw StoreError.broken(broken) }
    var roster = Roster(
      kind: given.kind,
      division: given.division,
      day: given.day,
      name: given.name,
      fileDigest: given.fileDigest
    )
    roster.importedBy = scope.actor(node: node)
    return try await writer.perform(weight: 1) { [roster] session in
      try session.begin(roster, division: division)
    }
  }

  /// Adds a part of a roster's rows; the rows whose numbers are none, with the rule.
  ///
  /// Throws `StoreError`: `invalid` for more than `StoreLimits.numbersPerPart`, `overloaded`.
  package func add(
    _ rows: [RosterRow],
    to draft: inout RosterDraft,
    scope: Scope
  ) async throws -> [Violation] {
    try scope.require(.setRoster)
    guard rows.count <= limits.numbersPerPart else {
      throw StoreError.broken([Violation(.tooMany, row: 0, member: 0, field: "rows")])
    }
    for row in rows {
      guard row.row > draft.lastRow, row.row <= UInt64(Int64.max) else {
        let violation = Violation(
          field: "rows.row",
          rule: "roster.row",
          messageEn: "rows are numbered from 1 and rise: \(row.row) behind \(draft.lastRow)",
          messageZh: "行号应从1起递增：\(draft.lastRow) 之后为 \(row.row)"
        )
        throw StoreError.broken([violation])
      }
      draft.lastRow = row.row
    }
    let today = context.environment.today
    let (found, faults) = try await work.run { [self] flag in
      try readers.with { reader -> ([PreparedRosterRow], [Violation]) in
        var found: [PreparedRosterRow] = []
        var faults: [Violation] = []
        for (place, row) in rows.enumerated() {
          if place % 256 == 0 { try flag.check() }
          let field = UInt32(clamping: row.row)
          if let rule = TextRules.broken(row.name, limit: 200) {
            faults.append(Violation(rule, row: field, member: 0, field: "name"))
            continue
          }
          let text = CitizenIDNumber.folded(row.citizenId)
          switch CitizenIDNumber.read(text, on: today, allowsSynthetic: true) {
          case .failure(let error):
            faults.append(Violation(error.rule, row: field, member: 0, field: "citizen_id"))
          case .success(let number):
            found.append(
              PreparedRosterRow(
                digest: try reader.sealer.digest(of: number.text, field: .idNumber),
                row: Int64(clamping: row.row),
                name: TextRules.folded(row.name)
              )
            )
          }
        }
        // In the order of the table, so that rows that follow each other stand together.
        found.sort { ($0.digest.high, $0.digest.low) < ($1.digest.high, $1.digest.low) }
        return (found, faults)
      }
    }
    let n = draft.n
    let kept = try await writer.perform(weight: 1 + found.count / 20) { session in
      try session.add(found, toRoster: n)
    }
    draft.roster.rows += UInt64(rows.count)
    draft.roster.people += UInt64(kept)
    draft.roster.malformed += UInt64(faults.count)
    draft.roster.repeated += UInt64(found.count - kept)
    return faults
  }

  /// Makes an import whole: from here on it is listed and compared.
  package func finish(_ draft: RosterDraft, scope: Scope) async throws -> Roster {
    try scope.require(.setRoster)
    let actor = scope.actor(node: node)
    return try await writer.perform(weight: 1) { try $0.finish(draft, actor: actor) }
  }

  /// Forgets an import that did not become whole.
  package func abandon(_ draft: RosterDraft) async {
    // Where that fails, the next import of the file forgets it.
    try? await writer.perform(weight: 1) { try $0.abandon(draft.n) }
  }

  /// The rosters of the scope's area, the latest first.
  ///
  /// Throws `StoreError`: `refused`, `notFound` for a code.
  package func rosters(
    _ request: ListRostersRequest,
    scope: Scope
  ) async throws -> ListRostersResponse {
    try scope.require(.readRoster)
    let division = try ruled(request.division, scope)
    return try await work.run { [self] _ in
      try readers.with { reader in
        let rows = try reader.connection.prepare(
          """
          SELECT j.recorded_at, j.sealed, r.division FROM roster r JOIN journal j ON j.seq = r.entry
          WHERE r.entry > 0 ORDER BY r.day DESC, r.n DESC LIMIT 1000
          """
        )
        var response = ListRostersResponse()
        try rows.forEach { row in
          guard let home = divisions.record(id: row.int64(at: 2)),
            division.path.contains(home.path)
          else { return }
          var (roster, instant): (Roster, Int64) = try reader.record(row)
          roster.recordedAt = instant
          response.rosters.append(roster)
        }
        return response
      }
    }
  }

  /// Forgets a roster's rows.
  ///
  /// Throws `StoreError`: `refused`, `notFound`.
  package func removeRoster(_ id: [UInt8], scope: Scope) async throws {
    try scope.require(.setRoster)
    let known = try await work.run { [self] _ in
      try readers.with { try $0.roster(id, scope, self) }
    }
    let actor = scope.actor(node: node)
    try await writer.perform(weight: limits.householdsPerCommit) { session in
      try session.remove(known.n, known.roster, actor: actor)
    }
  }

  /// What changed between two rosters.
  ///
  /// Throws `StoreError`: `refused`, `notFound`, `invalid` for two of different kinds.
  package func compareRosters(
    _ request: CompareRostersRequest,
    scope: Scope
  ) async throws -> CompareRostersResponse {
    try scope.require(.readRoster)
    return try await work.run { [self] _ in
      try readers.with { reader in
        try reader.connection.transaction {
          let from = try reader.roster(request.from, scope, self)
          let to = try reader.roster(request.to, scope, self)
          guard from.roster.kind == to.roster.kind else {
            throw StoreError.broken([PilotRule.kind.violation("to")])
          }
          var response = CompareRostersResponse()
          let left = try reader.rows(in: from.n, notIn: to.n)
          let joined = try reader.rows(in: to.n, notIn: from.n)
          (response.left, response.leftRows) = (left.count, left.rows)
          (response.joined, response.joinedRows) = (joined.count, joined.rows)
          response.stayed = from.roster.people - left.count
          return response
        }
      }
    }
  }
}

/// A row of a roster, ready to be kept.
struct PreparedRosterRow: Sendable {
  let digest: Bytes16
  let row: Int64
  let name: String
}

extension TextRules {
  /// A name as names are compared: without spaces.
  static func folded(_ name: String) -> String { name.filter { !$0.isWhitespace } }
}

extension Reader {
  /// A roster of the scope's area. Throws `StoreError` (`notFound`).
  func roster(
    _ id: [UInt8],
    _ scope: Scope,
    _ store: RegistryStore
  ) throws -> (n: Int64, division: DivisionRecord, roster: Roster) {
    let row = try connection.prepare(
      """
      SELECT j.recorded_at, j.sealed, r.n, r.division FROM roster r JOIN journal j ON j.seq = r.entry
      WHERE r.id = $1 AND r.entry > 0
      """
    )
    row.bind(id, at: 1)
    let found = try row.first { row -> (Int64, Int64, Roster) in
      let (roster, _): (Roster, Int64) = try record(row)
      return (row.int64(at: 2), row.int64(at: 3), roster)
    }
    guard let (n, division, roster) = found, let home = store.divisions.record(id: division),
      scope.covers(home.path)
    else { throw StoreError(.notFound, "no such roster in the caller's area", zh: "辖区内没有该名册") }
    return (n, home, roster)
  }

  fileprivate func rows(
    in roster: Int64,
    notIn other: Int64
  ) throws -> (count: UInt64, rows: [UInt64]) {
    let found = try connection.prepare(
      """
      SELECT a.row FROM roster_row a
      LEFT JOIN roster_row b ON b.roster = $1 AND b.digest = a.digest
      WHERE a.roster = $2 AND b.digest IS NULL
      """
    )
    found.bind(other, at: 1)
    found.bind(roster, at: 2)
    var count: UInt64 = 0
    var rows: [UInt64] = []
    try found.forEach { row in
      count += 1
      if rows.count < 10_000 { rows.append(UInt64(clamping: row.int64(at: 0))) }
    }
    return (count, rows.sorted())
  }
}

extension WriteSession {
  fileprivate func begin(_ roster: Roster, division: DivisionRecord) throws -> RosterBeginning {
    let same = try connection.prepare(
      "SELECT n, entry FROM roster WHERE digest = $1 AND kind = $2 AND division = $3 AND day = $4"
    )
    same.bind(roster.fileDigest, at: 1)
    same.bind(Int64(roster.kind.rawValue), at: 2)
    same.bind(division.id, at: 3)
    same.bind(Int64(roster.day), at: 4)
    var known: [(Int64, Int64)] = []
    try same.forEach { known.append(($0.int64(at: 0), $0.int64(at: 1))) }
    for (n, entry) in known {
      if entry > 0 {
        let row = try connection.prepare("SELECT recorded_at, sealed FROM journal WHERE seq = $1")
        row.bind(entry, at: 1)
        if let found = try row.first({ try reader.record($0) as (record: Roster, instant: Int64) })
        {
          return .known(found.record)
        }
      }
      try forget(n)
    }
    let n = try nextRoster()
    var draft = RosterDraft(n: n, roster: roster)
    let id = try reader.sealer.makeRandom16()
    draft.roster.id = id.bytes
    let row = try connection.prepare(
      """
      INSERT INTO roster (n, id, kind, division, day, digest, entry) VALUES ($1, $2, $3, $4, $5, $6, 0)
      """
    )
    row.bind(n, at: 1)
    row.bind(id, at: 2)
    row.bind(Int64(roster.kind.rawValue), at: 3)
    row.bind(division.id, at: 4)
    row.bind(Int64(roster.day), at: 5)
    row.bind(roster.fileDigest, at: 6)
    try row.run()
    return .wanted(draft)
  }

  /// A number that no roster had before: rows that a broken import left behind are nobody's.
  private func nextRoster() throws -> Int64 {
    let last = try connection.prepare("SELECT max(n) FROM roster").first { $0.int64(at: 0) } ?? 0
    let known = try StoreIdentity.value("rosters", connection)
      .flatMap { Int64(String(decoding: $0, as: UTF8.self)) }
    let n = max(last, known ?? 0) + 1
    try StoreIdentity.put("rosters", Array("\(n)".utf8), connection)
    return n
  }

  /// Throws `notFound` unless a roster is on record, whole, or still being imported.
  func require(roster n: Int64, isWhole: Bool = true) throws {
    let row = try connection.prepare("SELECT entry FROM roster WHERE n = $1")
    row.bind(n, at: 1)
    let entry = try row.first { $0.int64(at: 0) }
    guard let entry, (entry > 0) == isWhole else {
      throw StoreError(.notFound, "no such roster in the caller's area", zh: "辖区内没有该名册")
    }
  }

  fileprivate func abandon(_ n: Int64) throws {
    let row = try connection.prepare("SELECT entry FROM roster WHERE n = $1")
    row.bind(n, at: 1)
    if try row.first({ $0.int64(at: 0) }) == 0 { try forget(n) }
  }

  private func forget(_ n: Int64) throws {
    let places = [
      ("roster_row", "roster"), ("converged", "roster"), ("roster_proposal", "roster"),
      ("roster_start", "roster"),
      ("roster", "n"),
    ]
    for (table, column) in places {
      // What was proposed and is not settled keeps others from proposing it again.
      let kept =
        table == "roster_proposal"
        ? " AND NOT EXISTS (SELECT 1 FROM proposal p WHERE p.id = roster_proposal.proposal AND p.state IN (\(Self.unsettled)))"
        : ""
      let row = try connection.prepare("DELETE FROM \(table) WHERE \(column) = $1\(kept)")
      row.bind(n, at: 1)
      try row.run()
    }
  }

  /// The states of proposals that nobody has settled, for a statement.
  static let unsettled = "\(ProposalState.open.rawValue), \(ProposalState.conflict.rawValue)"

  /// Keeps rows; how many, those that repeat a number left out.
  fileprivate func add(_ rows: [PreparedRosterRow], toRoster n: Int64) throws -> Int {
    // Another import of the file may have taken its place.
    try require(roster: n, isWhole: false)
    let insert = try connection.prepare(
      """
      INSERT INTO roster_row (roster, digest, row, name) VALUES ($1, $2, $3, $4)
      ON CONFLICT (roster, digest) DO NOTHING
      """
    )
    var kept = 0
    for one in rows {
      insert.bind(n, at: 1)
      insert.bind(one.digest, at: 2)
      insert.bind(one.row, at: 3)
      insert.bind(one.name, at: 4)
      try insert.run()
      if connection.changes == 1 { kept += 1 }
    }
    return kept
  }

  fileprivate func finish(_ draft: RosterDraft, actor: String) throws -> Roster {
    guard let id = Bytes16(draft.roster.id) else {
      throw StoreError(.damaged, "a roster has no id")
    }
    let entry = try append(
      open: draft.roster.serializedBytes(),
      EntryDraft(
        operation: .rosterImported,
        kind: .roster,
        subject: id,
        versionBefore: 0,
        versionAfter: 1,
        prior: 0,
        actor: actor
      )
    )
    let row = try connection.prepare("UPDATE roster SET entry = $1 WHERE n = $2 AND entry = 0")
    row.bind(entry, at: 1)
    row.bind(draft.n, at: 2)
    try row.run()
    guard connection.changes == 1 else {
      throw StoreError(.conflict, "another import of the file took its place", zh: "该文件另有导入")
    }
    var roster = draft.roster
    roster.recordedAt = instant.microseconds
    return roster
  }

  fileprivate func remove(_ n: Int64, _ roster: Roster, actor: String) throws {
    guard let id = Bytes16(roster.id) else { throw StoreError(.damaged, "a roster has no id") }
    try forget(n)
    _ = try append(
      open: roster.serializedBytes(),
      EntryDraft(
        operation: .rosterRemoved,
        kind: .roster,
        subject: id,
        versionBefore: 1,
        versionAfter: 2,
        prior: 0,
        actor: actor
      )
    )
  }
}
