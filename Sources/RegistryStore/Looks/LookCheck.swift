internal import Exchange
internal import Journal
internal import RPCCore
internal import RPCProtobuf
internal import RegistryAPI
internal import SQL

/// Compares the rows by which looks are found with the entries of looks, and the stream of looks with
/// what the journal says of it.
struct LookCheck {
  let reader: Reader

  private static let page: Int64 = 2_000

  func run(_ log: inout CheckLog) throws {
    let rows = try reader.connection.prepare("SELECT count(*) FROM look")
      .first { UInt64(clamping: $0.int64(at: 0)) }
    try log.begin("looks", total: rows ?? 0)
    try checkRows(&log)
    try checkTotal(rows ?? 0, &log)
    try checkAnchors(&log)
  }

  /// Every row leads to an entry of a look at its file; an entry's own files are its rows.
  private func checkRows(_ log: inout CheckLog) throws {
    let rows = try reader.connection.prepare(
      """
      SELECT l.file, l.entry, j.sealed FROM look l LEFT JOIN journal j ON j.seq = l.entry
      WHERE l.file > $1 OR (l.file = $1 AND l.entry > $2) ORDER BY l.file, l.entry LIMIT $3
      """
    )
    var last: (file: [UInt8], entry: Int64) = ([], -1)
    while true {
      rows.bind(last.file, at: 1)
      rows.bind(last.entry, at: 2)
      rows.bind(Self.page, at: 3)
      var count = 0
      try reader.connection.transaction {
        try rows.forEach { row in
          count += 1
          last = (row.bytes(at: 0), row.int64(at: 1))
          let look: Look? = row.isNull(at: 2) ? nil : try? reader.unsealed(row, at: 2)
          if look?.holds(last.file) != true {
            log.find(
              "look.row",
              at: "entry \(last.entry)",
              "the row leads to no look at its file",
              "索引行未指向该档案的查阅记录"
            )
          }
          try log.advance()
        }
      }
      if count == 0 { return }
    }
  }

  /// Every look has its rows: none is hidden from the household. Compared if nobody looked meanwhile.
  private func checkTotal(_ rows: UInt64, _ log: inout CheckLog) throws {
    var files: UInt64 = 0
    for stream in try reader.streams()
    where stream.isIncoming ? stream.role == .orders : stream.role == .looks {
      files += try count(in: stream)
    }
    let now = try reader.connection.prepare("SELECT count(*) FROM look")
      .first { UInt64(clamping: $0.int64(at: 0)) }
    guard now == rows, files != rows else { return }
    log.find("look.total", at: "look", "looks lack their rows", "部分查阅记录缺少索引行")
  }

  private func count(in stream: StoredStream) throws -> UInt64 {
    let entries = try reader.connection.prepare(
      "SELECT seq, header, sealed FROM journal WHERE seq > $1 AND seq < $2 ORDER BY seq LIMIT $3"
    )
    var last = EntryPlace(stream: stream.n, sequence: 0).stored
    let end = EntryPlace(stream: stream.n + 1, sequence: 0).stored
    var files: UInt64 = 0
    while true {
      let before = last
      entries.bind(last, at: 1)
      entries.bind(end, at: 2)
      entries.bind(Self.page, at: 3)
      try entries.forEach { row in
        last = row.int64(at: 0)
        let header = try row.withBytes(at: 1) { try EntryHeader(decoding: $0) }
        guard header.subjectKind == .look, header.operation == .looked,
          let look: Look = try? reader.unsealed(row, at: 2)
        else { return }
        files += UInt64(Set(look.ids).count)
      }
      if last == before { return files }
    }
  }

  /// The roots that the journal says the stream of looks had.
  private func checkAnchors(_ log: inout CheckLog) throws {
    guard let stream = try reader.streams().first(where: { !$0.isIncoming && $0.role == .looks })
    else { return }
    let rows = try reader.connection.prepare(
      "SELECT entry FROM look_anchor ORDER BY entry"
    )
    var entries: [Int64] = []
    try rows.forEach { entries.append($0.int64(at: 0)) }
    for entry in entries {
      try reader.connection.transaction {
        let body = try reader.connection.prepare("SELECT sealed FROM journal WHERE seq = $1")
        body.bind(entry, at: 1)
        let position: StreamPosition? = try body.first { try reader.unsealed($0, at: 0) }
        guard let position, position.stream == stream.id.bytes,
          try reader.root(of: stream.n, at: position.size) == position.root
        else {
          log.find(
            "look.anchor",
            at: "entry \(entry)",
            "the looks are not those that the journal vouches for",
            "查阅记录与日志所载不一致"
          )
          return
        }
      }
    }
  }
}

extension Look {
  /// Whether a file is among those that were looked at.
  fileprivate func holds(_ id: [UInt8]) -> Bool {
    stride(from: 0, to: files.count - 15, by: 16).contains { files[$0..<$0 + 16].elementsEqual(id) }
  }
}
