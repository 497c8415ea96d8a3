internal import Journal
internal import RPCProtobuf
internal import RegistryAPI
internal import RegistryModel
internal import SQL

/// Compares the rows of what is set from above with the journal's entries that they point to.
struct RuleCheck {
  let reader: Reader
  let directory: DivisionDirectory

  /// Compares parameters, lines and quotas in one view of the database, then tells.
  func run(_ log: inout CheckLog) throws {
    let rows = try reader.connection.transaction {
      try policyRows() + lineRows() + quotaRows() + codeRows()
    }
    try log.begin("rules", total: UInt64(rows.count))
    for row in rows {
      if !row.isWhole {
        log.find(
          "rule.row",
          at: row.place,
          "the row differs from its entry in the journal",
          "数据行与日志条目不一致"
        )
      }
      try log.advance()
    }
  }

  /// A row: which rule's, and whether it is as its entry says.
  private struct Row {
    var place: String
    var isWhole: Bool
  }

  private static let entry = "j.header, j.body_hash, j.sealed"

  private func policyRows() throws -> [Row] {
    var found: [Row] = []
    let rows = try reader.connection.prepare(
      """
      SELECT p.amount, p.version, \(Self.entry), p.division, p.name, p.valid_from
      FROM policy p LEFT JOIN journal j ON j.seq = p.entry
      """
    )
    try rows.forEach { row in
      let division = directory.record(id: row.int64(at: 5))
      let name = PolicyName(rawValue: row.string(at: 6))
      let key = division.flatMap { division in
        name.map {
          RuleKey.policy(division, $0, validFrom: Int32(clamping: row.int64(at: 7)))
        }
      }
      found.append(
        compare(row, key) { (record: PolicyParameter) in
          (record.value, record.version) == (row.int64(at: 0), UInt64(clamping: row.int64(at: 1)))
        }
      )
    }
    return found
  }

  private func lineRows() throws -> [Row] {
    var found: [Row] = []
    let rows = try reader.connection.prepare(
      """
      SELECT l.amount, l.version, \(Self.entry), l.division, l.kind, l.year
      FROM line l LEFT JOIN journal j ON j.seq = l.entry
      """
    )
    try rows.forEach { row in
      let key = directory.record(id: row.int64(at: 5)).map {
        let kind = LineKind(rawValue: Int32(clamping: row.int64(at: 6)))
        return RuleKey.line(kind, $0, year: UInt32(clamping: row.int64(at: 7)))
      }
      found.append(
        compare(row, key) { (record: Line) in
          record.amount?.fen == row.int64(at: 0)
            && record.version == UInt64(clamping: row.int64(at: 1))
        }
      )
    }
    return found
  }

  private func quotaRows() throws -> [Row] {
    var found: [Row] = []
    let rows = try reader.connection.prepare(
      """
      SELECT q.people, q.version, \(Self.entry), q.division, q.period
      FROM quota q LEFT JOIN journal j ON j.seq = q.entry
      """
    )
    try rows.forEach { row in
      let key = directory.record(id: row.int64(at: 5)).map {
        RuleKey.quota($0, period: UInt32(clamping: row.int64(at: 6)))
      }
      found.append(
        compare(row, key) { (record: Quota) in
          (record.people, record.version) == (row.int64(at: 0), UInt64(clamping: row.int64(at: 1)))
        }
      )
    }
    return found
  }

  private func codeRows() throws -> [Row] {
    var found: [Row] = []
    let rows = try reader.connection.prepare(
      """
      SELECT c.amount, c.version, \(Self.entry), c.division, c.list, c.code
      FROM code c LEFT JOIN journal j ON j.seq = c.entry
      """
    )
    try rows.forEach { row in
      let key = directory.record(id: row.int64(at: 5)).flatMap { division in
        CodeListName(extensible: row.string(at: 6)).map {
          RuleKey.code(division, list: $0, code: UInt32(clamping: row.int64(at: 7)))
        }
      }
      found.append(
        compare(row, key) { (record: Code) in
          (Int64(record.code), record.version)
            == (row.int64(at: 0), UInt64(clamping: row.int64(at: 1)))
        }
      )
    }
    return found
  }

  /// Compares a row, whose columns from the third on are its entry, with the key and the record.
  private func compare<Record: Message>(
    _ row: any SQLStatement,
    _ key: RuleKey?,
    _ isEqual: (Record) -> Bool
  ) -> Row {
    guard let key else { return Row(place: "division \(row.int64(at: 5))", isWhole: false) }
    return Row(place: "\(key.kind.rawValue)/\(key.text)", isWhole: isWhole(row, key, isEqual))
  }

  private func isWhole<Record: Message>(
    _ row: any SQLStatement,
    _ key: RuleKey,
    _ isEqual: (Record) -> Bool
  ) -> Bool {
    guard row.int64(at: 1) >= 1,
      let header = try? row.withBytes(at: 2, { try EntryHeader(decoding: $0) }),
      let subject = try? key.subject(using: reader.hasher), header.subject == subject,
      header.subjectKind == key.kind, header.operation == key.operation,
      header.versionAfter == UInt64(clamping: row.int64(at: 1)), let hash = try? row.hash256(at: 3)
    else { return false }
    // The body stands in clear behind its salt.
    let isHashed = row.withBytes(at: 4) { reader.hasher.hash($0) == hash }
    guard isHashed, let record: Record = try? reader.unsealed(row, at: 4) else { return false }
    return isEqual(record)
  }
}
