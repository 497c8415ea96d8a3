internal import Journal
internal import RegistryAPI
internal import SQL

/// Opens every proposal and hand-over and compares its row with it.
struct RecordCheck {
  let reader: Reader

  /// Reads all of them.
  func run(_ log: inout CheckLog) throws {
    try log.begin("proposals", total: 0)
    try check("proposal", "proposal.row", &log) { entry, household, key in
      let proposal = try reader.proposal(entry: entry, household: household, wrappedKey: key)
      return (proposal.id, proposal.version, proposal.state.rawValue)
    }
    try check("hand_over", "hand-over.row", &log) { entry, household, key in
      let handOver = try reader.handOver(entry: entry, household: household, wrappedKey: key)
      return (handOver.id, handOver.version, handOver.state.rawValue)
    }
  }

  private typealias Facts = (id: [UInt8], version: UInt64, state: Int32)

  private func check(
    _ table: String,
    _ name: String,
    _ log: inout CheckLog,
    _ open: (Int64, Bytes16, [UInt8]) throws -> Facts
  ) throws {
    // One statement, which is one view of the database: a change meanwhile does not look like damage.
    let rows = try reader.connection.prepare(
      """
      SELECT p.n, p.id, p.version, p.state, p.entry, h.id, h.wrapped_key
      FROM \(table) p LEFT JOIN household h ON h.n = p.household ORDER BY p.n
      """
    )
    try rows.forEach { row in
      let facts =
        row.isNull(at: 5)
        ? nil : try? open(row.int64(at: 4), try row.bytes16(at: 5), row.bytes(at: 6))
      let isRight =
        facts?.id == row.bytes(at: 1) && facts?.version == UInt64(bitPattern: row.int64(at: 2))
        && facts.map { Int64($0.state) } == row.int64(at: 3)
      if !isRight {
        log.find(
          name,
          at: "\(table) \(row.int64(at: 0))",
          "the row differs from its entry, or the entry cannot be opened",
          "数据行与日志条目不一致，或条目无法打开"
        )
      }
      try log.advance()
    }
  }
}
