internal import Journal
internal import RPCCore
internal import RPCProtobuf
internal import RegistryAPI
internal import RegistryModel
internal import SQL

/// Compares the rows of pilot work with the entries that they point to, and checks signatures.
struct PilotCheck {
  let reader: Reader
  let directory: DivisionDirectory
  let kinds: PilotKinds

  private static let page: Int64 = 500

  func run(_ log: inout CheckLog) throws {
    let total = try reader.connection.prepare("SELECT count(*) FROM pilot")
      .first { UInt64(clamping: $0.int64(at: 0)) }
    try log.begin("pilot", total: total ?? 0)
    var last: Int64 = 0
    while true {
      let before = last
      // Each page is a view of its own.
      try reader.connection.transaction { try checkPage(&last, &log) }
      if last == before { break }
    }
    try reader.connection.transaction { try compareSums(&log) }
  }

  /// Compares the kept sums of every division with what the present records add up to, all of one
  /// moment.
  private func compareSums(_ log: inout CheckLog) throws {
    var sums: [Int64: PilotTally] = [:]
    let projects = PilotKinds.Number.forProjects.key
    func add(_ sql: String, _ value: (any SQLStatement) -> Int128) throws {
      let rows = try reader.connection.prepare(sql)
      rows.bind(WriteSession.untilReplaced, at: 1)
      try rows.forEach { row in
        guard let kind = kinds[row.string(at: 1)],
          let division = directory.record(id: row.int64(at: 0))
        else { return }
        let key = PilotTally.Key(
          kind: kind.word,
          level: row.string(at: 2),
          figure: row.string(at: 3)
        )
        // As `PilotTally` counts a record.
        let numbers = kind.numbers.map(\.0.key) + [""] + (kind.isMoney ? [projects] : [])
        guard numbers.contains(key.figure) else { return }
        for id in division.path.ids { sums[id, default: PilotTally()].add(value(row), to: key) }
      }
    }
    let present = "p.until = $1 AND p.withdrawn = 0"
    try add(
      """
      SELECT p.division, p.kind, p.level, '', count(*) FROM pilot p WHERE \(present)
      GROUP BY p.division, p.kind, p.level
      """
    ) { Int128($0.int64(at: 4)) }
    func wide(_ row: any SQLStatement) -> Int128 {
      Int128(row.int64(at: 4)) * 1_000_000 + Int128(row.int64(at: 5))
    }
    try add(
      """
      SELECT p.division, p.kind, p.level, f.key, \(Reader.sumOfValues) FROM pilot p
      JOIN pilot_figure f ON f.record = p.n AND f.key <> '' AND f.key <> '\(projects)'
      WHERE \(present)
      GROUP BY p.division, p.kind, p.level, f.key
      """,
      wide
    )
    try add(
      """
      SELECT p.division, p.kind, p.level, '\(projects)', \(Reader.sumOfValues) FROM pilot p
      JOIN pilot_figure f ON f.record = p.n AND f.key = 'fen'
      WHERE \(present) AND EXISTS (
        SELECT 1 FROM pilot_link l WHERE l.record = p.n AND l.role = \(PilotLinkRole.project)
      )
      GROUP BY p.division, p.kind, p.level
      """,
      wide
    )
    var kept: [Int64: PilotTally] = [:]
    let rows = try reader.connection.prepare(
      """
      SELECT division, sums FROM pilot_tally t
      WHERE day = (SELECT max(day) FROM pilot_tally u WHERE u.division = t.division)
      """
    )
    try rows.forEach { row in
      kept[row.int64(at: 0)] = row.withBytes(at: 1) { PilotTally(stored: $0) }
    }
    for id in Set(kept.keys).union(sums.keys).sorted()
    where sums[id] ?? PilotTally() != kept[id] ?? PilotTally() {
      let code = directory.record(id: id).map { "\($0.code)" } ?? "\(id)"
      log.find(
        "pilot.sums",
        at: "division \(code)",
        "the kept sums are not what the records add up to",
        "存储的合计与记录不一致"
      )
    }
  }

  private func checkPage(_ last: inout Int64, _ log: inout CheckLog) throws {
    let rows = try reader.connection.prepare(
      """
      SELECT p.n, p.id, p.version, p.kind, p.division, p.day, p.level, p.withdrawn, j.header,
        j.body_hash, j.sealed
      FROM pilot p LEFT JOIN journal j ON j.seq = p.entry WHERE p.n > $1 ORDER BY p.n LIMIT $2
      """
    )
    rows.bind(last, at: 1)
    rows.bind(Self.page, at: 2)
    var found: [(n: Int64, record: PilotRecord?)] = []
    try rows.forEach { row in
      last = row.int64(at: 0)
      found.append((last, try record(of: row)))
    }
    for (n, record) in found {
      let place = "record \(n)"
      if let record, try figures(of: n) == Dictionary(uniqueFigures: record.figures),
        try links(of: n) == Set(record.links.map { Named(target: $0.target, role: $0.role) })
      {
        if kinds[record.kind]?.isSigned == true, !record.withdrawn || !record.signature.isEmpty {
          try checkSignature(record, place, &log)
        }
      } else {
        log.find(
          "pilot.row",
          at: place,
          "the rows differ from the record's entry",
          "数据行与日志条目不一致"
        )
      }
      try log.advance()
    }
  }

  /// The record that a row's entry holds; nil where the two differ.
  private func record(of row: any SQLStatement) throws -> PilotRecord? {
    guard !row.isNull(at: 8),
      let header = try? row.withBytes(at: 8, { try EntryHeader(decoding: $0) }),
      header.subjectKind == .pilot, header.subject.bytes == row.bytes(at: 1),
      let hash = try? row.hash256(at: 9), row.withBytes(at: 10, { reader.hasher.hash($0) == hash }),
      let record: PilotRecord = try? reader.unsealed(row, at: 10)
    else { return nil }
    let division = DivisionCode(record.division).flatMap { directory.record(code: $0) }
    let isSame =
      record.id == row.bytes(at: 1) && record.version == UInt64(bitPattern: row.int64(at: 2))
      && record.kind == row.string(at: 3) && division?.id == row.int64(at: 4)
      && Int64(record.day) == row.int64(at: 5) && record.level == row.string(at: 6)
      && record.withdrawn == row.bool(at: 7)
    return isSame ? record : nil
  }

  private func figures(of n: Int64) throws -> [String: Int64] {
    let rows = try reader.connection.prepare(
      "SELECT key, value FROM pilot_figure WHERE record = $1"
    )
    rows.bind(n, at: 1)
    var found: [String: Int64] = [:]
    try rows.forEach { found[$0.string(at: 0)] = $0.int64(at: 1) }
    return found
  }

  /// What a record names, as its rows say.
  private struct Named: Hashable {
    let target: Bytes16
    let role: Int64
  }

  private func links(of n: Int64) throws -> Set<Named> {
    let rows = try reader.connection.prepare(
      "SELECT target, role FROM pilot_link WHERE record = $1"
    )
    rows.bind(n, at: 1)
    var found: Set<Named> = []
    try rows.forEach { row in
      guard let target = Bytes16(row.bytes(at: 0)) else { return }
      found.insert(Named(target: target, role: row.int64(at: 1)))
    }
    return found
  }

  /// What is counted must be what the person signed.
  private func checkSignature(
    _ record: PilotRecord,
    _ place: String,
    _ log: inout CheckLog
  ) throws {
    let row = try reader.connection.prepare(
      "SELECT identity, certificate FROM signer WHERE digest = $1"
    )
    row.bind(record.certificate, at: 1)
    let signer = try row.first { ($0.string(at: 0), $0.bytes(at: 1)) }
    let list = SignedList([record.signed], using: reader.hasher)
    let signed = try? PilotRecord(wireArray: record.signed)
    if let signer, signer.0 == record.recordedBy,
      let certificate = try? SignerCertificate(der: signer.1),
      try certificate.verifies(record.signature, of: list.signedOctets),
      signed?.kind == record.kind, signed?.division == record.division, signed?.day == record.day,
      signed?.figures == record.figures
    {
      return
    }
    log.find(
      "pilot.signature",
      at: place,
      "the record is not signed by the person whom it names",
      "记录没有所列人员的有效签名"
    )
  }
}

extension Dictionary where Key == String, Value == Int64 {
  fileprivate init(uniqueFigures figures: [PilotFigure]) {
    self.init(figures.map { ($0.key, $0.value) }, uniquingKeysWith: { first, _ in first })
  }
}
