internal import Journal
internal import RPCCore
internal import RPCProtobuf
package import RegistryAPI
package import RegistryModel
internal import SQL

extension RegistryStore {
  /// Records a piece of pilot work, or a later version of one; returns when it is durable.
  ///
  /// Throws `StoreError`: `refused` outside the scope's area, `invalid` with every rule broken,
  /// `conflict` for a stale version, `notFound`, `keyReused`, `overloaded`, `unavailable`.
  package func setPilotRecord(
    _ request: SetPilotRecordRequest,
    signer: StepSigner,
    idempotencyKey: [UInt8]? = nil,
    scope: Scope
  ) async throws -> Answered<PilotRecord> {
    try scope.require(.setPilot)
    let home = try home(of: scope)
    let record = try planned(request, signer, home: home, scope)
    let actor = scope.actor(node: node)
    return try await answered(
      "set-pilot-record",
      // What is asked is the record: it may be signed anew when it is asked for again.
      request: SetPilotRecordRequest(record: request.record),
      key: idempotencyKey,
      scope: scope
    ) { [self] session in
      if !signer.certificate.isEmpty, !record.signature.isEmpty {
        try session.keep(certificate: signer.certificate)
      }
      return try session.set(record, actor: actor, divisions, pilotKinds)
    }
  }

  /// The record of a request as it would be written, without what the writer gives.
  func planned(
    _ request: SetPilotRecordRequest,
    _ signer: StepSigner,
    home: DivisionRecord,
    _ scope: Scope
  ) throws -> PilotRecord {
    guard request.record.count <= limits.proposalBytes,
      var record = try? PilotRecord(wireArray: request.record)
    else { throw StoreError.broken([PilotRule.malformed.violation("record")]) }
    record.recordedBy = scope.actor(node: node)
    record.person = signer.name
    record.recordedAt = 0
    record.signature = []
    record.certificate = []
    record.signed = []
    let place = DivisionCode(record.division).flatMap { divisions.record(code: $0) }
    let more = record.divisions.map { DivisionCode($0).flatMap { divisions.record(code: $0) } }
    for place in [place] + more {
      if let place, !scope.covers(place.path) { throw StoreError.outsideArea }
    }
    var broken = pilotKinds.broken(
      record,
      division: place?.level,
      setter: scope.identity.map { ($0.kind, home.level) },
      today: context.environment.today,
      isLater: !record.id.isEmpty
    )
    if let levels = place?.level, more.contains(where: { $0 == nil || $0?.level != levels }) {
      broken.append(PilotRule.division.violation("divisions"))
    }
    if pilotKinds[record.kind]?.isSigned == true {
      let list = SignedList([request.record], using: try SHA256Context())
      if let value = request.signature?.value, let certificate = certificates[signer.certificate],
        try certificate.verifies(value, of: list.signedOctets)
      {
        record.signature = value
        record.certificate = certificate.fingerprint
        record.signed = request.record
      } else {
        broken.append(PilotRule.signature.violation("signature"))
      }
    }
    guard broken.isEmpty else { throw StoreError.broken(broken) }
    return record
  }

  /// The present version of a record that concerns the scope's area.
  ///
  /// Throws `StoreError`: `refused`, `notFound` also for one that is withdrawn or not shown to the
  /// scope.
  package func pilotRecord(
    _ request: GetPilotRecordRequest,
    scope: Scope
  ) async throws -> PilotRecord {
    try scope.require(.listPilot)
    let found = try await work.run { [self] _ in
      try readers.with { reader in
        try Bytes16(request.id).flatMap { try reader.pilotRecord(id: $0) }
      }
    }
    guard let found, !found.withdrawn, concerns(found, scope),
      let shown = found.shown(to: scope)
    else { throw StoreError(.notFound, "no such record", zh: "没有该记录") }
    return shown
  }

  /// Whether a record lies in the scope's area; or, of a kind that nodes below are told of, around it.
  private func concerns(_ record: PilotRecord, _ scope: Scope) -> Bool {
    let isTold = pilotKinds[record.kind]?.isTold == true
    return ([record.division] + record.divisions).contains { code in
      guard let path = DivisionCode(code).flatMap({ divisions.record(code: $0)?.path }) else {
        return false
      }
      return scope.covers(path) || isTold && scope.areas.contains { path.contains($0) }
    }
  }

  /// A page of records in the scope's area; short, or empty, where some are not shown to the scope.
  ///
  /// Throws `StoreError`: `refused`, `invalid`, `notFound` for a code.
  package func pilotRecords(
    _ request: ListPilotRecordsRequest,
    scope: Scope
  ) async throws -> ListPilotRecordsResponse {
    try scope.require(.listPilot)
    let division = try request.division.isEmpty ? nil : self.division(text: request.division)
    if let division, !scope.covers(division.path) { throw StoreError.outsideArea }
    if !request.kind.isEmpty, pilotKinds[request.kind] == nil {
      throw StoreError.broken([PilotRule.kind.violation("kind")])
    }
    let ranges = AreaRange.ranges(of: scope, within: division?.path)
    let size = limits.page(request.pageSize, limits.proposalPage, limits.proposalPageMaximum)
    var question = request
    question.pageToken = ""
    question.pageSize = 0
    let asked = try question.serializedBytes()
    let holder = scope.actor(node: node)
    return try await work.run { [self] _ in
      try readers.with { reader in
        let start = try PageToken.place(
          .pilotRecords,
          token: request.pageToken,
          holder: holder,
          question: asked,
          using: reader.sealer
        )
        var response = ListPilotRecordsResponse()
        var last: Int64 = start
        var read = 0
        for range in ranges.prefix(1) {
          try reader.pilotRecords(request, range, after: start, limit: size + 1) { n, record in
            read += 1
            if read > size { return }
            if let shown = record.shown(to: scope) { response.records.append(shown) }
            last = n
          }
        }
        if read > size {
          response.nextPageToken = try PageToken.make(
            .pilotRecords,
            place: last,
            holder: holder,
            question: asked,
            using: reader.sealer
          )
        }
        return response
      }
    }
  }

  /// The sums of a division and all below, by kind.
  ///
  /// Throws `StoreError`: `refused`, `invalid`, `notFound` for a code.
  package func pilotSummary(
    _ request: SummarizePilotWorkRequest,
    scope: Scope
  ) async throws -> PilotSummary {
    try scope.require(.readPilot)
    let division = try ruled(request.division, scope)
    try checkCounted(division, breakdown: false, scope)
    let day = try await asOf(request.asOf)
    return try await work.run { [self] _ in
      try readers.with { reader in
        try reader.connection.transaction {
          var summary = PilotSummary(division: divisions.message(division), synthetic: isSynthetic)
          for kind in pilotKinds.all {
            let sum = try reader.pilotSum(kind, in: division, at: day)
            if sum.records > 0, kind.isTold(sum, to: scope) { summary.sums.append(sum) }
          }
          return summary
        }
      }
    }
  }

  /// The day at whose close a question looks, when all that was recorded by then can be read; nil for
  /// now. Throws `StoreError` (`invalid`) for one that is none, or has not ended.
  func asOf(_ number: Int32) async throws -> Day? {
    if number == 0 { return nil }
    guard let day = Day(yyyymmdd: Int(number)) else {
      throw StoreError.broken([Violation(.dateInvalid, row: 0, member: 0, field: "as_of")])
    }
    guard day < context.environment.today else {
      throw StoreError.broken([PilotRule.dayEnded.violation("as_of")])
    }
    try await settled(day.close.microseconds)
    return day
  }
}

extension PageToken.List {
  /// Records of pilot work.
  static let pilotRecords = PageToken.List(rawValue: 24)
}

extension SubjectKind {
  /// A record of pilot work; not sealed.
  static let pilot = SubjectKind(rawValue: 17)
}

extension EntryOperation {
  /// A record of pilot work was made, or a later version of one.
  static let pilotRecorded = EntryOperation(rawValue: firstOfRegistry + 21)
}

/// A record of pilot work as sums read it.
struct PilotRow {
  let division: Int64
  let day: Int32
  let level: String
  var figures: [String: Int64] = [:]
}

extension Reader {
  /// Rows that held at a day's close, or hold now; joined with the divisions `d` of a range.
  private static let holding = """
    JOIN division d ON d.id = p.division
    WHERE p.kind = $1 AND p.since <= $2 AND p.until > $2 AND p.withdrawn = 0
      AND d.path >= $3 AND d.path < $4
    """

  private func bind(
    _ row: any SQLStatement,
    _ kind: String,
    _ division: DivisionRecord,
    _ day: Day?
  ) {
    let range = AreaRange(division.path)
    row.bind(kind, at: 1)
    row.bind(day.map { Int64($0.daysSince1970) } ?? Int64(Int32.max) - 1, at: 2)
    row.bind(range.lower, at: 3)
    row.bind(range.upper, at: 4)
  }

  func pilotSum(
    _ kind: PilotKinds.Kind,
    in division: DivisionRecord,
    at day: Day?
  ) throws -> PilotSum {
    let counts = try connection.prepare(
      "SELECT count(*), count(DISTINCT p.division) FROM pilot p \(Self.holding)"
    )
    bind(counts, kind.word, division, day)
    let (records, places) = try counts.first { ($0.int64(at: 0), $0.int64(at: 1)) } ?? (0, 0)
    var sum = kind.sum(records: records, divisions: places)
    if kind.addsUp {
      sum.figures = try kind.figures(
        pilotSums(kind.word, in: division, at: day),
        hasOneUnit: false
      )
    }
    return sum
  }

  /// The sums of a kind's numbers.
  func pilotSums(
    _ kind: String,
    in division: DivisionRecord,
    at day: Day?
  ) throws -> [String: Int64] {
    let rows = try connection.prepare(
      """
      SELECT f.key, \(Self.sumOfValues) FROM pilot p
      JOIN pilot_figure f ON f.record = p.n \(Self.holding) GROUP BY f.key
      """
    )
    bind(rows, kind, division, day)
    var sums: [String: Int64] = [:]
    try rows.forEach { sums[$0.string(at: 0)] = Self.sum($0, at: 1) }
    return sums
  }

  /// The records of a kind, each with its numbers, in the order of their days, then of their making.
  func pilotRows(
    _ kind: String,
    in division: DivisionRecord,
    at day: Day?
  ) throws -> [PilotRow] {
    let rows = try connection.prepare(
      """
      SELECT p.n, p.division, p.day, p.level, f.key, f.value FROM pilot p
      LEFT JOIN pilot_figure f ON f.record = p.n \(Self.holding) ORDER BY p.day, p.n
      """
    )
    bind(rows, kind, division, day)
    var found: [PilotRow] = []
    var last: Int64 = 0
    try rows.forEach { row in
      if row.int64(at: 0) != last {
        last = row.int64(at: 0)
        found.append(
          PilotRow(
            division: row.int64(at: 1),
            day: Int32(clamping: row.int64(at: 2)),
            level: row.string(at: 3)
          )
        )
      }
      guard !row.isNull(at: 4) else { return }
      found[found.count - 1].figures[row.string(at: 4)] = row.int64(at: 5)
    }
    return found
  }

  fileprivate func pilotRecords(
    _ request: ListPilotRecordsRequest,
    _ range: AreaRange,
    after start: Int64,
    limit: Int,
    _ body: (Int64, PilotRecord) -> Void
  ) throws {
    let rows = try connection.prepare(
      """
      SELECT j.recorded_at, j.sealed, p.n FROM pilot p JOIN journal j ON j.seq = p.entry
      JOIN division d ON d.id = p.division
      WHERE p.n > $1 AND p.until = $2 AND p.withdrawn = 0 AND ($3 = '' OR p.kind = $3)
        AND p.day >= $4 AND p.day <= $5 AND d.path >= $6 AND d.path < $7
      ORDER BY p.n LIMIT $8
      """
    )
    rows.bind(start, at: 1)
    rows.bind(WriteSession.untilReplaced, at: 2)
    rows.bind(request.kind, at: 3)
    rows.bind(Int64(request.from), at: 4)
    rows.bind(request.to == 0 ? Int64(Int32.max) : Int64(request.to), at: 5)
    rows.bind(range.lower, at: 6)
    rows.bind(range.upper, at: 7)
    rows.bind(Int64(limit), at: 8)
    try rows.forEach { row in
      var (record, instant): (PilotRecord, Int64) = try self.record(row)
      record.recordedAt = instant
      body(row.int64(at: 2), record)
    }
  }
}

extension WriteSession {
  /// What stands for the day on which the present version was replaced.
  static let untilReplaced = Int64(Int32.max)

  /// The place, version and entry of a record's present version.
  private func pilot(_ id: Bytes16) throws -> (n: Int64, version: UInt64, entry: Int64)? {
    let row = try connection.prepare(
      "SELECT n, version, entry FROM pilot WHERE id = $1 AND until = $2"
    )
    row.bind(id, at: 1)
    row.bind(Self.untilReplaced, at: 2)
    return try row.first {
      ($0.int64(at: 0), UInt64(bitPattern: $0.int64(at: 1)), $0.int64(at: 2))
    }
  }

  /// Writes a version of a record that was made here, under the id that it has or a new one.
  ///
  /// - Parameter given: the id that a stand-alone office gave a new one.
  func set(
    _ planned: PilotRecord,
    actor: String,
    _ divisions: DivisionDirectory,
    _ kinds: PilotKinds,
    id given: Bytes16? = nil
  ) throws -> PilotRecord {
    var record = planned
    let known = try Bytes16(record.id).flatMap { id -> (n: Int64, version: UInt64, entry: Int64)? in
      if given != nil { return nil }
      guard let known = try pilot(id) else {
        throw StoreError(.notFound, "no such record", zh: "没有该记录")
      }
      return known
    }
    if !record.id.isEmpty, Bytes16(record.id) == nil {
      throw StoreError.broken([Violation(.required, row: 0, member: 0, field: "record.id")])
    }
    var before: PilotRecord?
    if let known {
      // A record is the node's that made it.
      guard !EntryPlace.isForeign(known.entry) else { throw ExchangeRule.owner.error() }
      guard known.version == record.version else {
        throw StoreError(
          .conflict,
          "the record is at version \(known.version)",
          zh: "该记录现为第 \(known.version) 版"
        )
      }
      let last = try reader.pilotRecord(entry: known.entry)
      before = last
      guard mayAmend(last, actor: actor, divisions) else {
        throw StoreError.refused(
          by: "pilot.recorder",
          "a record is changed by the office that made it, or by one above",
          zh: "记录只能由登记机构或其上级修改"
        )
      }
      guard last.kind == record.kind, last.division == record.division else {
        throw StoreError.broken([PilotRule.kind.violation("record.kind")])
      }
      guard last.of == record.of, last.project == record.project,
        last.household == record.household, last.need == record.need,
        last.level == record.level, last.divisions == record.divisions
      else { throw StoreError.broken([PilotRule.linksFixed.violation("record.of")]) }
    }
    // A stand-alone office gives new records their ids: none of this name is on record here.
    if given != nil { record.id = [] }
    try fitLinks(&record, actor: actor, kinds)
    let id: Bytes16
    if let given {
      guard try pilot(given) == nil else {
        throw StoreError.broken([CopyRule.version.violation("record.id")])
      }
      id = given
    } else {
      id = try known == nil ? reader.sealer.makeRandom16() : Bytes16(record.id) ?? stream
    }
    record.id = id.bytes
    record.version = (known?.version ?? 0) + 1
    let body = try record.serializedBytes()
    var draft = EntryDraft(
      operation: .pilotRecorded,
      kind: .pilot,
      subject: id,
      versionBefore: known?.version ?? 0,
      versionAfter: record.version,
      prior: known?.entry ?? 0,
      actor: actor
    )
    let entry = try append(open: body, draft)
    draft.prior = 0
    try tellBelow(record, body, draft)
    try put(record, id: id, entry: entry, over: before)
    record.recordedAt = instant.microseconds
    return record
  }

  private func mayAmend(
    _ record: PilotRecord,
    actor: String,
    _ divisions: DivisionDirectory
  ) -> Bool {
    guard let recorder = OfficeIdentity(uri: record.recordedBy),
      let asker = OfficeIdentity(uri: actor), recorder.kind != .node
    else { return true }
    if recorder.kind == .partner, asker.kind == .partner { return recorder == asker }
    if recorder.kind == asker.kind, recorder.division == asker.division { return true }
    let (home, above) = (
      divisions.record(code: recorder.division)?.path, divisions.record(code: asker.division)?.path
    )
    guard let home, let above, home != above else { return false }
    return above.contains(home)
  }

  /// Takes over a version that another node recorded; the rule against it, or nil.
  func copy(pilot body: [UInt8], _ header: EntryHeader, at entry: Int64) throws -> CopyRule? {
    guard let record = try? PilotRecord(wireArray: body), record.id == header.subject.bytes,
      record.version == header.versionAfter,
      DivisionCode(record.division).flatMap({ context.directory.record(code: $0) }) != nil,
      PilotKinds.isSound(record)
    else { return .malformed }
    let known = try pilot(header.subject)
    let before = try known.map { try reader.pilotRecord(entry: $0.entry) }
    // What it is and where never changes: sums are kept by both.
    guard before.map({ $0.kind == record.kind && $0.division == record.division }) ?? true else {
      return .malformed
    }
    var isNext = header.isStanding || (known?.version ?? 0) == header.versionBefore
    if let known, EntryPlace(known.entry).stream != EntryPlace(entry).stream {
      if isOffice {
        // What an office made comes back as its county recorded it, and goes on from there.
        if !header.isStanding, header.versionAfter <= known.version { return nil }
        isNext = true
      } else if !header.isStanding || !EntryPlace.isForeign(known.entry) {
        // What stands is told again by other streams, but never of this node's own.
        return .foreign
      }
    }
    guard isNext else { return .version }
    try put(
      record,
      id: header.subject,
      entry: entry,
      over: before,
      // As with counts: what comes back to its own node holds from when it was recorded.
      on: EntryPlace.isForeign(entry) ? instant : Instant(microseconds: header.instant)
    )
    return nil
  }

  /// Writes a version's rows in the place of the one before, which holds for the days before.
  private func put(
    _ record: PilotRecord,
    id: Bytes16,
    entry: Int64,
    over before: PilotRecord?,
    on instant: Instant? = nil
  ) throws {
    guard
      let division = DivisionCode(record.division)
        .flatMap({ context.directory.record(code: $0) })
    else { throw StoreError(.damaged, "a record's division is not on record") }
    count(record, over: before, in: division)
    let today = Int64(Day(of: instant ?? self.instant).daysSince1970)
    let replaced = try connection.prepare(
      "UPDATE pilot SET until = $1 WHERE id = $2 AND until = $3"
    )
    replaced.bind(today, at: 1)
    replaced.bind(id, at: 2)
    replaced.bind(Self.untilReplaced, at: 3)
    try replaced.run()
    let n = try (connection.prepare("SELECT max(n) FROM pilot").first { $0.int64(at: 0) } ?? 0) + 1
    let row = try connection.prepare(
      """
      INSERT INTO pilot (n, id, version, kind, division, day, level, since, until, withdrawn, entry)
      VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)
      """
    )
    row.bind(n, at: 1)
    row.bind(id, at: 2)
    row.bind(Int64(bitPattern: record.version), at: 3)
    row.bind(record.kind, at: 4)
    row.bind(division.id, at: 5)
    row.bind(Int64(record.day), at: 6)
    row.bind(record.level, at: 7)
    row.bind(today, at: 8)
    row.bind(Self.untilReplaced, at: 9)
    row.bind(record.withdrawn ? 1 : 0 as Int64, at: 10)
    row.bind(entry, at: 11)
    try row.run()
    let figure = try connection.prepare(
      "INSERT INTO pilot_figure (record, key, value) VALUES ($1, $2, $3)"
    )
    for one in record.figures {
      figure.bind(n, at: 1)
      figure.bind(one.key, at: 2)
      figure.bind(one.value, at: 3)
      try figure.run()
    }
    let link = try connection.prepare(
      "INSERT INTO pilot_link (target, role, record) VALUES ($1, $2, $3)"
    )
    for one in record.links {
      link.bind(one.target, at: 1)
      link.bind(one.role, at: 2)
      link.bind(n, at: 3)
      try link.run()
    }
  }
}

extension Reader {
  /// The present version of a record with its instant; nil where there is none.
  fileprivate func pilotRecord(id: Bytes16) throws -> PilotRecord? {
    let row = try connection.prepare(
      """
      SELECT j.recorded_at, j.sealed FROM pilot p JOIN journal j ON j.seq = p.entry
      WHERE p.id = $1 AND p.until = $2
      """
    )
    row.bind(id, at: 1)
    row.bind(WriteSession.untilReplaced, at: 2)
    return try row.first { row in
      var (record, instant): (PilotRecord, Int64) = try self.record(row)
      record.recordedAt = instant
      return record
    }
  }

  /// The record of an entry.
  func pilotRecord(entry: Int64) throws -> PilotRecord {
    let row = try connection.prepare("SELECT recorded_at, sealed FROM journal WHERE seq = $1")
    row.bind(entry, at: 1)
    guard
      let found = try row.first({ try self.record($0) as (record: PilotRecord, instant: Int64) })
    else { throw StoreError(.damaged, "a record's entry is missing") }
    return found.record
  }
}
