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
    if let office = scope.identity?.kind, !given.kind.isImported(by: office) {
      throw StoreError.refused(
        by: "roster.kind",
        "offices of this kind import no rosters of this kind",
        zh: "此类机构不导入该类名册"
      )
    }
    var roster = Roster(
      kind: given.kind,
      division: given.division,
      day: given.day,
      name: given.name,
      fileDigest: given.fileDigest
    )
    roster.importedBy = scope.actor(node: node)
    let office = scope.identity?.kind.rawValue ?? ""
    try await sweepRosters()
    return try await writer.perform(weight: 1) { [roster] session in
      try session.begin(roster, division: division, office: office)
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
    let (found, faults, broken) = try await work.run { [self] flag in
      try readers.with { reader -> ([PreparedRosterRow], [Violation], [RosterFault]) in
        var found: [PreparedRosterRow] = []
        var faults: [Violation] = []
        var broken: [RosterFault] = []
        for (place, row) in rows.enumerated() {
          if place % 256 == 0 { try flag.check() }
          let field = UInt32(clamping: row.row)
          if let rule = TextRules.broken(row.name, limit: 200) {
            faults.append(Violation(rule, row: field, member: 0, field: "name"))
            broken.append(RosterFault(row: Int64(clamping: row.row), name: ""))
            continue
          }
          let text = CitizenIDNumber.folded(row.citizenId)
          let name = TextRules.folded(row.name)
          switch CitizenIDNumber.read(text, on: today, allowsSynthetic: isSynthetic) {
          case .failure(let error):
            faults.append(Violation(error.rule, row: field, member: 0, field: "citizen_id"))
            broken.append(RosterFault(row: Int64(clamping: row.row), name: name))
          case .success(let number):
            found.append(
              PreparedRosterRow(
                digest: try reader.sealer.digest(of: number.text, field: .idNumber),
                row: Int64(clamping: row.row),
                name: name
              )
            )
          }
        }
        // In the order of the table, so that rows that follow each other stand together.
        found.sort { ($0.digest.high, $0.digest.low) < ($1.digest.high, $1.digest.low) }
        return (found, faults, broken)
      }
    }
    let n = draft.n
    let weight = 1 + (found.count + broken.count) / 20
    let kept = try await writer.perform(weight: weight) { session in
      try session.add(found, broken, toRoster: n)
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

  /// A page of the rosters of the scope's area that it sees, the latest first.
  ///
  /// Throws `StoreError`: `refused`, `notFound` for a code, `invalid` for a token.
  package func rosters(
    _ request: ListRostersRequest,
    scope: Scope
  ) async throws -> ListRostersResponse {
    try scope.require(.readRoster)
    let division = try ruled(request.division, scope)
    let size = limits.page(request.pageSize, limits.rosterPage, limits.rosterPageMaximum)
    var question = request
    question.pageToken = ""
    question.pageSize = 0
    let asked = try question.serializedBytes()
    return try await work.run { [self] _ in
      try readers.with { reader in
        let holder = scope.actor(node: node)
        let start = try PageToken.place(
          .rosters,
          token: request.pageToken,
          start: .max,
          holder: holder,
          question: asked,
          using: reader.sealer
        )
        return try reader.rosters(in: division, scope, before: start, size) { place in
          try PageToken.make(
            .rosters,
            place: place,
            holder: holder,
            question: asked,
            using: reader.sealer
          )
        }
      }
    }
  }

  /// Forgets a roster's rows: none of them counts from the answer on, and they are deleted a slice a
  /// transaction.
  ///
  /// Throws `StoreError`: `refused` unless the scope's office imported it, or is above the one that
  /// did and of its kind; `notFound`.
  package func removeRoster(_ id: [UInt8], scope: Scope) async throws {
    try scope.require(.setRoster)
    let known = try await work.run { [self] _ in
      try readers.with { try $0.roster(id, scope, self) }
    }
    if let caller = scope.identity {
      let importer = OfficeIdentity(uri: known.roster.importedBy)
      let home = importer.flatMap { divisions.record(code: $0.division) }
      guard importer?.kind == caller.kind, let home, scope.covers(home.path) else {
        throw StoreError.refused(
          by: "roster.office",
          "the office that imported a roster removes it, or one above it of the same kind",
          zh: "名册由导入机构或其同类上级机构删除"
        )
      }
    }
    let actor = scope.actor(node: node)
    try await writer.perform(weight: 1) { session in
      try session.remove(known.n, known.roster, actor: actor)
    }
    try await sweepRosters()
  }
}

/// A row of a roster whose number is none.
struct RosterFault: Sendable {
  let row: Int64
  /// Folded; empty where the name is none either.
  let name: String
}

/// A roster on record.
struct KnownRoster: Sendable {
  let n: Int64
  let division: DivisionRecord
  let roster: Roster
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
  /// A roster of the scope's area that it sees. Throws `StoreError` (`notFound`).
  func roster(
    _ id: [UInt8],
    _ scope: Scope,
    _ store: RegistryStore
  ) throws -> KnownRoster {
    let row = try connection.prepare(
      """
      SELECT j.recorded_at, j.sealed, r.n, r.division, r.office
      FROM roster r JOIN journal j ON j.seq = r.entry WHERE r.id = $1 AND r.entry > 0
      """
    )
    row.bind(id, at: 1)
    let found = try row.first { row -> (Int64, Int64, Roster, String) in
      var (roster, instant): (Roster, Int64) = try record(row)
      roster.recordedAt = instant
      return (row.int64(at: 2), row.int64(at: 3), roster, row.string(at: 4))
    }
    guard let (n, division, roster, office) = found,
      let home = store.divisions.record(id: division), scope.covers(home.path),
      scope.rosterOffice.map({ $0 == office }) ?? true
    else { throw StoreError(.notFound, "no such roster in the caller's area", zh: "辖区内没有该名册") }
    return KnownRoster(n: n, division: home, roster: roster)
  }

  /// A page of the rosters of a division, the latest first; places are days and numbers.
  fileprivate func rosters(
    in division: DivisionRecord,
    _ scope: Scope,
    before start: Int64,
    _ size: Int,
    token: (Int64) throws -> String
  ) throws -> ListRostersResponse {
    let office = scope.rosterOffice
    let rows = try connection.prepare(
      """
      SELECT j.recorded_at, j.sealed, r.day, r.n FROM roster r JOIN journal j ON j.seq = r.entry
      JOIN division d ON d.id = r.division
      WHERE r.entry > 0 AND d.path >= $1 AND d.path < $2
        AND (r.day < $3 OR (r.day = $3 AND r.n < $4))\(office == nil ? "" : " AND r.office = $5")
      ORDER BY r.day DESC, r.n DESC LIMIT \(size + 1)
      """
    )
    let area = AreaRange(division.path)
    rows.bind(area.lower, at: 1)
    rows.bind(area.upper, at: 2)
    rows.bind(start >> 36, at: 3)
    rows.bind(start & (1 << 36 - 1), at: 4)
    if let office { rows.bind(office, at: 5) }
    var response = ListRostersResponse()
    var last: Int64 = 0
    try rows.forEach { row in
      guard response.rosters.count < size else {
        response.nextPageToken = try token(last)
        return
      }
      last = row.int64(at: 2) << 36 | row.int64(at: 3)
      var (roster, instant): (Roster, Int64) = try record(row)
      roster.recordedAt = instant
      response.rosters.append(roster)
    }
    return response
  }
}

extension PageToken.List {
  /// Rosters.
  fileprivate static let rosters = PageToken.List(rawValue: 27)
}
