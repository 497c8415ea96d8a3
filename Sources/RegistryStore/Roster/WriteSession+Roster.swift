internal import Journal
internal import RPCProtobuf
internal import RegistryAPI
internal import RegistryModel
internal import SQL

/// What is written of rosters.
extension WriteSession {
  func begin(
    _ roster: Roster,
    division: DivisionRecord,
    office: String
  ) throws -> RosterBeginning {
    let same = try connection.prepare(
      """
      SELECT n, entry FROM roster
      WHERE digest = $1 AND kind = $2 AND division = $3 AND day = $4 AND office = $5 AND entry >= 0
      """
    )
    same.bind(roster.fileDigest, at: 1)
    same.bind(Int64(roster.kind.rawValue), at: 2)
    same.bind(division.id, at: 3)
    same.bind(Int64(roster.day), at: 4)
    same.bind(office, at: 5)
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
      try leave(n)
    }
    let n = try next("rosters", after: "SELECT max(n) FROM roster")
    var draft = RosterDraft(n: n, roster: roster)
    let id = try reader.sealer.makeRandom16()
    draft.roster.id = id.bytes
    let row = try connection.prepare(
      """
      INSERT INTO roster (n, id, kind, division, day, digest, entry, office)
      VALUES ($1, $2, $3, $4, $5, $6, 0, $7)
      """
    )
    row.bind(n, at: 1)
    row.bind(id, at: 2)
    row.bind(Int64(roster.kind.rawValue), at: 3)
    row.bind(division.id, at: 4)
    row.bind(Int64(roster.day), at: 5)
    row.bind(roster.fileDigest, at: 6)
    row.bind(office, at: 7)
    try row.run()
    return .wanted(draft)
  }

  /// A number that none of a kind had before: rows that are left behind are nobody's.
  func next(_ kind: String, after query: String) throws -> Int64 {
    let last = try connection.prepare(query).first { $0.int64(at: 0) } ?? 0
    let known = try StoreIdentity.value(kind, connection)
      .flatMap { Int64(String(decoding: $0, as: UTF8.self)) }
    let n = max(last, known ?? 0) + 1
    try StoreIdentity.put(kind, Array("\(n)".utf8), connection)
    return n
  }

  /// Throws `notFound` unless a roster is on record, whole, or still being imported.
  func require(roster n: Int64, isWhole: Bool = true) throws {
    let row = try connection.prepare("SELECT entry FROM roster WHERE n = $1")
    row.bind(n, at: 1)
    let entry = try row.first { $0.int64(at: 0) }
    guard let entry, isWhole ? entry > 0 : entry == 0 else {
      throw StoreError(.notFound, "no such roster in the caller's area", zh: "辖区内没有该名册")
    }
  }

  func abandon(_ n: Int64) throws {
    let row = try connection.prepare("SELECT entry FROM roster WHERE n = $1")
    row.bind(n, at: 1)
    if try row.first({ $0.int64(at: 0) }) == 0 { try leave(n) }
  }

  /// The states of proposals that nobody has settled, for a statement.
  static let unsettled = "\(ProposalState.open.rawValue), \(ProposalState.conflict.rawValue)"

  /// Keeps rows, and those whose numbers are none; how many of the first, those that repeat a number
  /// left out.
  func add(
    _ rows: [PreparedRosterRow],
    _ faults: [RosterFault],
    toRoster n: Int64
  ) throws -> Int {
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
    let fault = try connection.prepare(
      "INSERT INTO roster_fault (roster, row, name) VALUES ($1, $2, $3)"
    )
    for one in faults {
      fault.bind(n, at: 1)
      fault.bind(one.row, at: 2)
      fault.bind(one.name, at: 3)
      try fault.run()
    }
    return kept
  }

  func finish(_ draft: RosterDraft, actor: String) throws -> Roster {
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

  func remove(_ n: Int64, _ roster: Roster, actor: String) throws {
    guard let id = Bytes16(roster.id) else { throw StoreError(.damaged, "a roster has no id") }
    // Another call may have removed it.
    try require(roster: n)
    try leave(n)
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

/// Rows that no longer count are deleted a slice a transaction: others write in between.
extension RegistryStore {
  /// Deletes what removed rosters and replaced comparisons left behind, also before a crash.
  func sweepRosters() async throws {
    while try await writer.perform(weight: 100, { try $0.sweepRosters() }) {}
  }
}

extension WriteSession {
  /// The entry of a roster that is removed, or did not become whole, until its rows are deleted.
  private static let left: Int64 = -1
  /// Rows of one transaction.
  private static let slice: Int64 = 5_000

  /// Leaves a roster and its comparisons to be swept.
  private func leave(_ n: Int64) throws {
    let roster = try connection.prepare("UPDATE roster SET entry = $1 WHERE n = $2")
    roster.bind(Self.left, at: 1)
    roster.bind(n, at: 2)
    try roster.run()
    let comparisons = try connection.prepare("UPDATE comparison SET state = $1 WHERE roster = $2")
    comparisons.bind(ComparisonState.replaced.rawValue, at: 1)
    comparisons.bind(n, at: 2)
    try comparisons.run()
  }

  /// Leaves what was under way when the node went down: nobody goes on with it.
  func leaveBrokenRosters() throws {
    let imports = try connection.prepare("UPDATE roster SET entry = $1 WHERE entry = 0")
    imports.bind(Self.left, at: 1)
    try imports.run()
    let comparisons = try connection.prepare("UPDATE comparison SET state = $1 WHERE state = $2")
    comparisons.bind(ComparisonState.replaced.rawValue, at: 1)
    comparisons.bind(ComparisonState.running.rawValue, at: 2)
    try comparisons.run()
  }

  /// Deletes a slice; whether there may be more.
  fileprivate func sweepRosters() throws -> Bool {
    let comparison = try connection.prepare("SELECT n FROM comparison WHERE state = $1 LIMIT 1")
    comparison.bind(ComparisonState.replaced.rawValue, at: 1)
    if let n = try comparison.first({ $0.int64(at: 0) }) {
      // The finding is a part of the key.
      let finding = try connection.prepare(
        "SELECT finding FROM converged WHERE comparison = $1 LIMIT 1"
      )
      finding.bind(n, at: 1)
      if let finding = try finding.first({ $0.int64(at: 0) }) {
        return try deleteSlice("converged", "n", "comparison = $1 AND finding = \(finding)", n)
      }
      return try delete("comparison", n)
    }
    let roster = try connection.prepare("SELECT n FROM roster WHERE entry = $1 LIMIT 1")
    roster.bind(Self.left, at: 1)
    guard let n = try roster.first({ $0.int64(at: 0) }) else { return false }
    // What was proposed and is not settled keeps others from proposing it again; so does what was
    // ordered lately and is not heard of.
    let known = "SELECT 1 FROM proposal p WHERE p.id = roster_proposal.proposal"
    let settled = """
      roster = $1 AND NOT EXISTS (\(known) AND p.state IN (\(Self.unsettled)))
        AND (ordered = 0 OR EXISTS (\(known)) OR NOT EXISTS (SELECT 1 FROM journal j
          WHERE j.seq = roster_proposal.ordered AND j.recorded_at > $2))
      """
    for (table, key, condition) in [
      ("roster_row", "digest", "roster = $1"), ("roster_fault", "row", "roster = $1"),
      ("roster_start", "digest", "roster = $1"), ("roster_proposal", "household", settled),
    ] {
      let one = try connection.prepare("SELECT 1 FROM \(table) WHERE \(condition) LIMIT 1")
      bind(n, one, condition)
      if try one.first({ _ in true }) == true { return try deleteSlice(table, key, condition, n) }
    }
    return try delete("roster", n)
  }

  private func bind(_ n: Int64, _ statement: any SQLStatement, _ condition: String) {
    statement.bind(n, at: 1)
    if condition.contains("$2") { statement.bind(Self.orderedSince(instant), at: 2) }
  }

  private func delete(_ table: String, _ n: Int64) throws -> Bool {
    let row = try connection.prepare("DELETE FROM \(table) WHERE n = $1")
    row.bind(n, at: 1)
    try row.run()
    return true
  }

  private func deleteSlice(
    _ table: String,
    _ key: String,
    _ condition: String,
    _ n: Int64
  ) throws -> Bool {
    // In the order of the table's key; digests are compared where they are.
    let rows = try connection.prepare(
      """
      DELETE FROM \(table) WHERE \(condition) AND \(key) IN (
        SELECT \(key) FROM \(table) WHERE \(condition) ORDER BY \(key) LIMIT \(Self.slice))
      """
    )
    bind(n, rows, condition)
    try rows.run()
    return true
  }
}
