internal import Exchange
internal import Journal
internal import RegistryAPI
internal import SQL

/// Recomputes the journal's tree from its entries, and compares tiles and heads.
struct JournalCheck {
  let reader: Reader

  /// Entries read by one statement, so that none keeps its view of the database for long.
  private static let page: Int64 = 10_000

  /// Checks the first `size` entries: sequence without gaps, header and row alike, leaf, tiles and
  /// every head.
  func run(size: UInt64, _ log: inout CheckLog) throws {
    try log.begin("journal", total: size)
    var tree = MerkleTree()
    var heads = HeadCursor(reader)
    var last: Int64 = 0
    var instant: Int64 = 0
    let rows = try reader.connection.prepare(
      """
      SELECT seq, recorded_at, header, body_hash FROM journal
      WHERE seq > $1 AND seq <= $2 ORDER BY seq LIMIT $3
      """
    )
    while last < Int64(bitPattern: size) {
      let before = last
      rows.bind(last, at: 1)
      rows.bind(Int64(bitPattern: size), at: 2)
      rows.bind(Self.page, at: 3)
      try rows.forEach { row in
        let sequence = row.int64(at: 0)
        if sequence != last + 1 {
          log.find(
            "journal.sequence",
            at: "entry \(last + 1)",
            "entries are missing",
            "日志条目缺失"
          )
        }
        last = sequence
        if try checkHeader(row, sequence, &instant, &log) == .signingKeySet {
          heads.key = try key(at: sequence, after: heads.key, &log)
        }
        let bodyHash = try row.hash256(at: 3)
        let leaf = row.withBytes(at: 2) { reader.hasher.leaf(header: $0, bodyHash: bodyHash) }
        try tree.append(leaf, using: reader.hasher) { try compare($0, &log) }
        try heads.compare(tree, sequence, using: reader.hasher, &log)
        try log.advance()
      }
      if last == before {
        log.find(
          "journal.sequence",
          at: "entry \(last + 1)",
          "the journal ends early",
          "日志提前结束"
        )
        return
      }
    }
    try heads.finish(size: Int64(bitPattern: size), &log)
  }

  private func checkHeader(
    _ row: any SQLStatement,
    _ sequence: Int64,
    _ instant: inout Int64,
    _ log: inout CheckLog
  ) throws -> EntryOperation? {
    guard let header = try? row.withBytes(at: 2, { try EntryHeader(decoding: $0) }) else {
      log.find("journal.header", at: "entry \(sequence)", "the header is malformed", "日志头格式错误")
      return nil
    }
    if header.stream != reader.stream || Int64(bitPattern: header.sequence) != sequence
      || header.instant != row.int64(at: 1)
    {
      log.find(
        "journal.header",
        at: "entry \(sequence)",
        "header and row differ",
        "日志头与数据行不一致"
      )
    }
    if header.instant < instant {
      log.find(
        "journal.instant",
        at: "entry \(sequence)",
        "an entry is older than the one before",
        "日志时间倒退"
      )
    }
    instant = header.instant
    return header.operation
  }

  /// The key that an entry sets; the one before stays where that one does not vouch for it.
  private func key(
    at sequence: Int64,
    after key: VerifyingKey?,
    _ log: inout CheckLog
  ) throws -> VerifyingKey? {
    let body = try reader.connection.prepare("SELECT sealed FROM journal WHERE seq = $1")
    body.bind(sequence, at: 1)
    let set: SigningKeySet? = try body.first { try reader.unsealed($0, at: 0) }
    if let set, try set.isRight(after: key, in: reader.stream) { return VerifyingKey(set.key) }
    log.find(
      "journal.key",
      at: "entry \(sequence)",
      "the key before does not vouch for the signing key",
      "原签名密钥未为新密钥作证"
    )
    return key
  }

  private func compare(_ tile: MerkleTile, _ log: inout CheckLog) throws {
    let row = try reader.connection.prepare(
      "SELECT hashes FROM journal_tile WHERE level = $1 AND tile = $2"
    )
    row.bind(Int64(tile.level), at: 1)
    row.bind(Int64(bitPattern: tile.index), at: 2)
    let stored = try row.first { $0.bytes(at: 0) }
    if stored != tile.bytes {
      log.find(
        "journal.tile",
        at: "level \(tile.level), tile \(tile.index)",
        "the stored tile differs from the entries",
        "存储的哈希块与日志条目不一致"
      )
    }
  }
}

/// Walks the stored heads along with the recomputed tree.
private struct HeadCursor {
  private let connection: any SQLConnection
  private var pending: ArraySlice<Head> = []
  /// The key that signs from here on; nil before the first.
  var key: VerifyingKey?
  private var read: Int64 = 0

  private struct Head {
    let size: Int64
    let root: [UInt8]
    let recordedAt: Int64
    let signature: [UInt8]?
  }

  /// Heads read by one statement.
  private static let page: Int64 = 1_000

  private let stream: Bytes16

  init(_ reader: Reader) {
    connection = reader.connection
    stream = reader.stream
  }

  /// Compares the head of this size, if there is one.
  mutating func compare(
    _ tree: MerkleTree,
    _ size: Int64,
    using hasher: SHA256Context,
    _ log: inout CheckLog
  ) throws {
    if pending.isEmpty { try fill() }
    guard let next = pending.first, next.size <= size else { return }
    pending.removeFirst()
    if next.size < size || next.root != tree.root(using: hasher).bytes {
      log.find(
        "journal.head",
        at: "head of \(next.size) entries",
        "the head differs from the entries",
        "日志树头与日志条目不一致"
      )
    }
    if let key, try !isSigned(next, by: key) {
      log.find(
        "journal.signature",
        at: "head of \(next.size) entries",
        "the head is not signed by the node's key",
        "日志树头没有节点密钥的有效签名"
      )
    }
  }

  private func isSigned(_ head: Head, by key: VerifyingKey) throws -> Bool {
    let position = StreamPosition(
      stream: stream.bytes,
      size: UInt64(clamping: head.size),
      root: head.root
    )
    let signed = Statements.head(JournalHead(position: position, recordedAt: head.recordedAt))
    return try key.verifies(head.signature ?? [], of: signed)
  }

  /// The last head must be of the last entry.
  mutating func finish(size: Int64, _ log: inout CheckLog) throws {
    if read < size {
      log.find(
        "journal.head",
        at: "entry \(size)",
        "the last entries have no head",
        "最后的日志条目没有树头"
      )
    }
  }

  private mutating func fill() throws {
    let rows = try connection.prepare(
      """
      SELECT size, root, recorded_at, signature FROM journal_head WHERE size > $1
      ORDER BY size LIMIT $2
      """
    )
    rows.bind(read, at: 1)
    rows.bind(Self.page, at: 2)
    var heads: [Head] = []
    try rows.forEach { row in
      heads.append(
        Head(
          size: row.int64(at: 0),
          root: row.bytes(at: 1),
          recordedAt: row.int64(at: 2),
          signature: row.optionalBytes(at: 3)
        )
      )
    }
    if let last = heads.last { read = last.size }
    pending = heads[...]
  }
}
