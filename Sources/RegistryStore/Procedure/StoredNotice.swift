internal import Journal
internal import RPCProtobuf
internal import RegistryAPI
internal import RegistryModel
internal import SQL

/// A notice as it is on record.
struct StoredNotice: Sendable {
  let n: Int64
  let division: DivisionRecord
  let entry: Int64
  let notice: Notice
}

extension Reader {
  private static let noticeColumns = "t.n, t.division, t.entry, j.sealed"

  /// The notice of an id within a scope's area; nil if there is none there.
  func notice(
    _ id: [UInt8],
    scope: Scope,
    directory: DivisionDirectory
  ) throws -> StoredNotice? {
    let row = try connection.prepare(
      """
      SELECT \(Self.noticeColumns) FROM notice t JOIN journal j ON j.seq = t.entry WHERE t.id = $1
      """
    )
    row.bind(id, at: 1)
    let found = try row.first { row -> StoredNotice? in
      guard let division = directory.record(id: row.int64(at: 1)) else {
        throw StoreError(.damaged, "a notice lies in a division that is not on record")
      }
      // A village's office may see the notices of the levels above that its people hang in.
      guard scope.covers(division.path) || scope.areas.contains(where: division.path.contains)
      else { return nil }
      return StoredNotice(
        n: row.int64(at: 0),
        division: division,
        entry: row.int64(at: 2),
        notice: try Self.notice(row, at: 3)
      )
    }
    return found ?? nil
  }

  /// Calls `body` for each notice of some areas behind a place, in the order of their posting.
  func notices(
    after place: Int64,
    _ ranges: [AreaRange],
    open: Bool,
    limit: Int,
    _ body: (Int64, Notice) throws -> Void
  ) throws {
    if ranges.isEmpty { return }
    var parameter = 2
    let areas = ranges.map { _ in
      defer { parameter += 2 }
      return "(d.path >= $\(parameter) AND d.path < $\(parameter + 1))"
    }
    let row = try connection.prepare(
      """
      SELECT \(Self.noticeColumns) FROM notice t JOIN journal j ON j.seq = t.entry
      JOIN division d ON d.id = t.division
      WHERE t.n > $1 AND (\(areas.joined(separator: " OR ")))\(open ? " AND t.closed_on = 0" : "")
      ORDER BY t.n LIMIT $\(parameter)
      """
    )
    row.bind(place, at: 1)
    for (index, range) in ranges.enumerated() {
      row.bind(range.lower, at: 2 + 2 * index)
      row.bind(range.upper, at: 3 + 2 * index)
    }
    row.bind(Int64(limit), at: parameter)
    try row.forEach { try body($0.int64(at: 0), try Self.notice($0, at: 3)) }
  }

  /// The applications that wait for their notice in an actor's division, by their ids.
  func waiting(
    for actor: ProcedureActor,
    in division: DivisionRecord,
    limit: Int
  ) throws -> [[UInt8]] {
    let row = ProcedureTable.rows(of: .openNotice).first { $0.offices.contains(actor.office) }
    guard let state = row?.from.first else {
      throw StoreError.broken([ProcedureRule.office.violation("division")])
    }
    let range = AreaRange(division.path)
    // The plus: a village's or township's few are found by their villages, not among all.
    let order = actor.office == .poverty ? "a.n" : "+a.n"
    let rows = try connection.prepare(
      """
      SELECT a.id FROM application a
      WHERE a.state = $1
        AND a.village IN (SELECT d.id FROM division d WHERE d.path >= $2 AND d.path < $3)
      ORDER BY \(order) LIMIT $4
      """
    )
    rows.bind(Int64(state.rawValue), at: 1)
    rows.bind(range.lower, at: 2)
    rows.bind(range.upper, at: 3)
    rows.bind(Int64(limit), at: 4)
    var ids: [[UInt8]] = []
    try rows.forEach { ids.append($0.bytes(at: 0)) }
    return ids
  }

  private static func notice(_ row: any SQLStatement, at column: Int) throws -> Notice {
    try row.withBytes(at: column) { stored in
      try Notice(wireBytes: try OpenBody.content(stored))
    }
  }
}

/// A body that holds no personal data: stored as salt ‖ body, not sealed.
enum OpenBody {
  /// The body behind the salt. Throws `StoreError` (`damaged`) for octets that are too short.
  static func content(_ stored: UnsafeRawBufferPointer) throws -> UnsafeRawBufferPointer {
    guard stored.count >= 16 else { throw StoreError(.damaged, "an open body is too short") }
    return UnsafeRawBufferPointer(rebasing: stored[16...])
  }
}

extension WriteSession {
  /// Appends an entry whose body holds no personal data.
  func append(open body: [UInt8], _ draft: EntryDraft) throws -> Int64 {
    let salt = try reader.sealer.makeRandom16()
    let hash = body.withUnsafeBytes { reader.hasher.bodyHash(salt: salt, body: $0) }
    return try append(draft, body: salt.bytes + body, bodyHash: hash)
  }

  /// Writes a notice and its applications' next versions; no notice where none of them could be.
  func open(
    _ given: Notice,
    _ items: [StepItem],
    division: DivisionRecord,
    actor: String
  ) throws -> NoticeResponse {
    let n = state.nextNotice
    let results = try carryOut(
      items.map { item in
        if case .write(let prepared) = item.plan { prepared.notice = n }
        return item
      },
      actor: actor
    )
    var notice = given
    notice.applications = results.filter(\.violations.isEmpty).map(\.application)
    guard !notice.applications.isEmpty, let id = Bytes16(notice.id) else {
      return NoticeResponse(results: results)
    }
    let entry = try append(
      open: notice.serializedBytes(),
      EntryDraft(
        operation: .noticeOpened,
        kind: .notice,
        subject: id,
        versionBefore: 0,
        versionAfter: 1,
        prior: 0,
        actor: actor
      )
    )
    let row = try connection.prepare(
      """
      INSERT INTO notice (n, id, division, level, opened_on, closes_from, closed_on, version, entry)
      VALUES ($1, $2, $3, $4, $5, $6, 0, 1, $7)
      """
    )
    row.bind(n, at: 1)
    row.bind(id, at: 2)
    row.bind(division.id, at: 3)
    row.bind(Int64(division.level.rawValue), at: 4)
    row.bind(Int64(notice.openedOn), at: 5)
    row.bind(Int64(notice.closesFrom), at: 6)
    row.bind(entry, at: 7)
    try row.run()
    state.nextNotice = n + 1
    return NoticeResponse(notice: notice, results: results)
  }

  /// Writes the closing of a notice, if no rule keeps any of its applications; else nothing.
  ///
  /// Throws `AnswerOvertaken` if one of them, or the notice, changed since.
  func close(
    _ stored: StoredNotice,
    _ items: [StepItem],
    on day: Int32,
    actor: String
  ) throws -> NoticeResponse {
    // Nothing joins a notice that hangs, and what left it since is stale.
    let current = try connection.prepare("SELECT version FROM notice WHERE n = $1")
    current.bind(stored.n, at: 1)
    guard try current.first({ $0.int64(at: 0) }) == 1 else { throw AnswerOvertaken() }
    let isKept = items.contains { if case .refused = $0.plan { true } else { false } }
    if isKept {
      let refused = items.filter { if case .refused = $0.plan { true } else { false } }
      return NoticeResponse(
        notice: stored.notice,
        results: try carryOut(refused, actor: actor)
      )
    }
    let results = try carryOut(items, actor: actor)
    // One that changed since it was prepared undoes all.
    guard results.allSatisfy(\.violations.isEmpty) else { throw AnswerOvertaken() }
    var notice = stored.notice
    notice.version = 2
    notice.closedOn = day
    notice.closedBy = actor
    guard let id = Bytes16(notice.id) else { throw StoreError(.damaged, "a notice has no id") }
    let entry = try append(
      open: notice.serializedBytes(),
      EntryDraft(
        operation: .noticeClosed,
        kind: .notice,
        subject: id,
        versionBefore: 1,
        versionAfter: 2,
        prior: stored.entry,
        actor: actor
      )
    )
    let row = try connection.prepare(
      "UPDATE notice SET closed_on = $1, version = 2, entry = $2 WHERE n = $3"
    )
    row.bind(Int64(day), at: 1)
    row.bind(entry, at: 2)
    row.bind(stored.n, at: 3)
    try row.run()
    return NoticeResponse(notice: notice, results: results)
  }
}
