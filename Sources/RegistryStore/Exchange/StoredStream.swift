internal import Journal
internal import RPCProtobuf
internal import RegistryAPI
internal import SQL

/// A stream that this node receives or sends, as it is on record.
struct StoredStream: Sendable {
  /// Its number, under which its entries stand; 0 for the node's own journal.
  let n: Int64
  let id: Bytes16
  let role: StreamRole
  /// The node whose stream it is.
  let node: String
  /// The node that orders are for; else empty.
  let recipient: String
  /// This node has a copy of it; else it is its own.
  let isIncoming: Bool
  /// The division of the node whose stream it is.
  let division: Int64
  /// The highest epoch seen.
  var epoch: UInt32
  /// The last entry on record here; for the node's own journal the table `journal` tells.
  var size: UInt64
  /// The root with that entry; empty where there is none.
  var root: [UInt8]
  /// SHA-256 of the last manifest received.
  var manifest: [UInt8]
  /// The last entry that the node it is sent to has confirmed.
  var sent: UInt64
  /// SHA-256 of the manifest of that batch.
  var sentManifest: [UInt8]
  /// The encoded introduction, to be passed on.
  var introduction: [UInt8]
  /// Entries that the receiver refused effect.
  var refused: Int64
  var contactAt: Int64
  var receiptAt: Int64
  var relation: StreamRelation
  var error: StreamError?

  /// The last thing that went wrong with a stream.
  struct StreamError: Hashable, Sendable {
    var english: String
    var chinese: String
    var at: Int64
  }

  /// The columns in the order in which a row is read.
  static let columns = """
    n, id, role, node, recipient, incoming, division, epoch, size, root, manifest, sent,
    sent_manifest, introduction, refused, contact_at, receipt_at, relation, error_en, error_zh,
    error_at
    """

  /// A stream that was not known before.
  init(
    n: Int64,
    _ introduction: StreamIntroduction,
    id: Bytes16,
    isIncoming: Bool,
    division: Int64
  ) throws {
    self.n = n
    self.id = id
    role = introduction.role
    node = introduction.node
    recipient = introduction.recipient
    self.isIncoming = isIncoming
    self.division = division
    epoch = 1
    size = 0
    root = []
    manifest = []
    sent = 0
    sentManifest = []
    self.introduction = try introduction.serializedBytes()
    refused = 0
    contactAt = 0
    receiptAt = 0
    relation = .unspecified
  }

  /// Reads a row of `columns`.
  init(_ row: any SQLStatement) throws {
    n = row.int64(at: 0)
    id = try row.bytes16(at: 1)
    role = StreamRole(rawValue: Int32(clamping: row.int64(at: 2)))
    node = row.string(at: 3)
    recipient = row.string(at: 4)
    isIncoming = row.bool(at: 5)
    division = row.int64(at: 6)
    epoch = UInt32(clamping: row.int64(at: 7))
    size = UInt64(clamping: row.int64(at: 8))
    root = row.bytes(at: 9)
    manifest = row.bytes(at: 10)
    sent = UInt64(clamping: row.int64(at: 11))
    sentManifest = row.bytes(at: 12)
    introduction = row.bytes(at: 13)
    refused = row.int64(at: 14)
    contactAt = row.int64(at: 15)
    receiptAt = row.int64(at: 16)
    relation = StreamRelation(rawValue: Int32(clamping: row.int64(at: 17)))
    let at = row.int64(at: 20)
    if at != 0 {
      error = StreamError(english: row.string(at: 18), chinese: row.string(at: 19), at: at)
    }
  }

  /// Its position as a message.
  var position: StreamPosition {
    StreamPosition(stream: id.bytes, epoch: epoch, size: size, root: root)
  }
}

/// A node that this one exchanges with.
struct Peer: Sendable {
  var node: String
  var stream: [UInt8]
  /// The key that signs for it.
  var key: [UInt8]
  var certificate: [UInt8]
  var isBlocked: Bool
  /// The last head of its journal that was seen here.
  var head: JournalHead?
}

extension Reader {
  /// A stream by its id; nil if it is not on record.
  func stream(_ id: Bytes16) throws -> StoredStream? {
    let row = try connection.prepare("SELECT \(StoredStream.columns) FROM stream WHERE id = $1")
    row.bind(id, at: 1)
    return try row.first { try StoredStream($0) }
  }

  /// Every stream on record, in the order of their numbers.
  func streams() throws -> [StoredStream] {
    let rows = try connection.prepare("SELECT \(StoredStream.columns) FROM stream ORDER BY n")
    var streams: [StoredStream] = []
    try rows.forEach { streams.append(try StoredStream($0)) }
    return streams
  }

  /// A node by its name; nil if it was never met.
  func peer(_ node: String) throws -> Peer? {
    let row = try connection.prepare(
      """
      SELECT stream, key, certificate, blocked, head_size, head_root, head_at, head_signature
      FROM peer WHERE node = $1
      """
    )
    row.bind(node, at: 1)
    return try row.first { row in
      let size = UInt64(clamping: row.int64(at: 4))
      let stream = row.bytes(at: 0)
      let head = JournalHead(
        position: StreamPosition(stream: stream, size: size, root: row.bytes(at: 5)),
        recordedAt: row.int64(at: 6),
        signature: row.bytes(at: 7)
      )
      return Peer(
        node: node,
        stream: stream,
        key: row.bytes(at: 1),
        certificate: row.bytes(at: 2),
        isBlocked: row.bool(at: 3),
        head: size == 0 ? nil : head
      )
    }
  }
}

extension WriteSession {
  /// Writes a stream's row, new or changed.
  func put(_ stream: StoredStream) throws {
    let row = try connection.prepare(
      """
      INSERT INTO stream (\(StoredStream.columns))
      VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19,
        $20, $21)
      ON CONFLICT (n) DO UPDATE SET
        epoch = excluded.epoch, size = excluded.size, root = excluded.root,
        manifest = excluded.manifest, sent = excluded.sent, sent_manifest = excluded.sent_manifest,
        introduction = excluded.introduction, refused = excluded.refused,
        contact_at = excluded.contact_at, receipt_at = excluded.receipt_at,
        relation = excluded.relation, error_en = excluded.error_en,
        error_zh = excluded.error_zh, error_at = excluded.error_at
      """
    )
    row.bind(stream.n, at: 1)
    row.bind(stream.id, at: 2)
    row.bind(Int64(stream.role.rawValue), at: 3)
    row.bind(stream.node, at: 4)
    row.bind(stream.recipient, at: 5)
    row.bind(stream.isIncoming, at: 6)
    row.bind(stream.division, at: 7)
    row.bind(Int64(stream.epoch), at: 8)
    row.bind(Int64(clamping: stream.size), at: 9)
    row.bind(stream.root, at: 10)
    row.bind(stream.manifest, at: 11)
    row.bind(Int64(clamping: stream.sent), at: 12)
    row.bind(stream.sentManifest, at: 13)
    row.bind(stream.introduction, at: 14)
    row.bind(stream.refused, at: 15)
    row.bind(stream.contactAt, at: 16)
    row.bind(stream.receiptAt, at: 17)
    row.bind(Int64(stream.relation.rawValue), at: 18)
    row.bind(stream.error?.english ?? "", at: 19)
    row.bind(stream.error?.chinese ?? "", at: 20)
    row.bind(stream.error?.at ?? 0, at: 21)
    try row.run()
  }

  /// The number of the next stream that becomes known; 0 is the node's own journal.
  func nextStream() throws -> Int64 {
    let last = try connection.prepare("SELECT max(n) FROM stream").first { $0.int64(at: 0) }
    return max(last ?? 0, 0) + 1
  }

  /// Writes what is known of a node, new or changed.
  func put(_ peer: Peer) throws {
    let row = try connection.prepare(
      """
      INSERT INTO peer
        (node, stream, key, certificate, blocked, head_size, head_root, head_at, head_signature)
      VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)
      ON CONFLICT (node) DO UPDATE SET
        stream = excluded.stream, key = excluded.key, certificate = excluded.certificate,
        blocked = excluded.blocked, head_size = excluded.head_size,
        head_root = excluded.head_root, head_at = excluded.head_at,
        head_signature = excluded.head_signature
      """
    )
    row.bind(peer.node, at: 1)
    row.bind(peer.stream, at: 2)
    row.bind(peer.key, at: 3)
    row.bind(peer.certificate, at: 4)
    row.bind(peer.isBlocked, at: 5)
    row.bind(Int64(clamping: peer.head?.position?.size ?? 0), at: 6)
    row.bind(peer.head?.position?.root ?? [], at: 7)
    row.bind(peer.head?.recordedAt ?? 0, at: 8)
    row.bind(peer.head?.signature ?? [], at: 9)
    try row.run()
  }
}

extension WriteSession {
  /// The tree of a stream that is not the node's own journal.
  func tree(of stream: Int64) throws -> MerkleTree {
    if let tree = state.streams[stream] { return tree }
    let source = try JournalTreeSource(connection, stream: stream)
    return try MerkleTree(restoring: source, using: reader.hasher)
  }
}
