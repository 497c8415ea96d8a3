internal import Journal
internal import RegistryAPI
internal import SQL

/// Opens every proposal and hand-over and compares its row with it.
struct RecordCheck {
  let reader: Reader

  /// Reads all of them.
  func run(_ log: inout CheckLog) throws {
    var total: UInt64 = 0
    for table in ["proposal", "hand_over"] {
      let count = try reader.connection.prepare("SELECT count(*) FROM \(table)")
        .first { UInt64(clamping: $0.int64(at: 0)) }
      total += count ?? 0
    }
    try log.begin("proposals", total: total)
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
    var last: Int64 = 0
    while true {
      let before = last
      // Each page is a view of its own: a change meanwhile does not look like damage, and a server's
      // rows wait in memory while their entries are read.
      try reader.connection.transaction {
        try checkPage(table, name, &last, &log, open)
      }
      if last == before { return }
    }
  }

  private static let page: Int64 = 200

  private func checkPage(
    _ table: String,
    _ name: String,
    _ last: inout Int64,
    _ log: inout CheckLog,
    _ open: (Int64, Bytes16, [UInt8]) throws -> Facts
  ) throws {
    let rows = try reader.connection.prepare(
      """
      SELECT p.n, p.id, p.version, p.state, p.entry, h.id, h.wrapped_key
      FROM \(table) p LEFT JOIN household h ON h.n = p.household WHERE p.n > $1 ORDER BY p.n LIMIT $2
      """
    )
    rows.bind(last, at: 1)
    rows.bind(Self.page, at: 2)
    try rows.forEach { row in
      last = row.int64(at: 0)
      let facts =
        row.isNull(at: 5)
        ? nil : try? open(row.int64(at: 4), try row.bytes16(at: 5), row.bytes(at: 6))
      let isRight =
        facts?.id == row.bytes(at: 1) && facts?.version == UInt64(bitPattern: row.int64(at: 2))
        && facts.map { Int64($0.state) } == row.int64(at: 3)
      if !isRight {
        log.find(
          name,
          at: "\(table) \(last)",
          "the row differs from its entry, or the entry cannot be opened",
          "数据行与日志条目不一致，或条目无法打开"
        )
      }
      try log.advance()
    }
  }
}
