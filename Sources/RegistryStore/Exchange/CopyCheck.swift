internal import Exchange
internal import Journal
internal import RPCCore
internal import RPCProtobuf
internal import RegistryAPI
internal import SQL

/// Recomputes the trees of streams that are not the node's own journal from their entries, and
/// compares them with what was signed: each batch's manifest, and how far the stream has come.
struct CopyCheck {
  let reader: Reader

  /// Entries read by one statement, so that none keeps its view of the database for long.
  private static let page: Int64 = 10_000

  /// Checks every stream.
  func run(_ log: inout CheckLog) throws {
    let streams = try reader.streams().filter { $0.n > 0 }
    var sizes: [UInt64] = []
    for stream in streams {
      // What is committed meanwhile is of the next check.
      let size =
        try stream.isIncoming
        ? stream.size : JournalTreeSource(reader.connection, stream: stream.n).size
      sizes.append(size)
    }
    try log.begin("copies", total: sizes.reduce(0, +))
    for (stream, size) in zip(streams, sizes) { try check(stream, size: size, &log) }
  }

  private func check(_ stream: StoredStream, size: UInt64, _ log: inout CheckLog) throws {
    var tree = MerkleTree()
    var batches = try self.batches(of: stream)[...]
    let key = try self.key(of: stream)
    let base = EntryPlace(stream: stream.n, sequence: 0).stored
    let place = "stream \(stream.n)"
    var last: Int64 = 0
    let rows = try reader.connection.prepare(
      """
      SELECT seq, header, body_hash FROM journal WHERE seq > $1 AND seq <= $2 ORDER BY seq LIMIT $3
      """
    )
    while last < Int64(size) {
      let before = last
      rows.bind(base + last, at: 1)
      rows.bind(base + Int64(size), at: 2)
      rows.bind(Self.page, at: 3)
      try rows.forEach { row in
        let sequence = row.int64(at: 0) - base
        let header = try? row.withBytes(at: 1) { try EntryHeader(decoding: $0) }
        if sequence != last + 1 || header?.stream != stream.id
          || header.map({ Int64($0.sequence) }) != sequence
        {
          log.find(
            "copy.entry",
            at: "\(place), entry \(last + 1)",
            "the entry is missing, or another's",
            "日志副本条目缺失或不符"
          )
        }
        last = sequence
        let bodyHash = try row.hash256(at: 2)
        let leaf = row.withBytes(at: 1) { reader.hasher.leaf(header: $0, bodyHash: bodyHash) }
        try tree.append(leaf, using: reader.hasher) { _ in }
        if let batch = batches.first, batch.manifest.last == tree.size {
          batches.removeFirst()
          try compare(batch, tree, stream.isIncoming ? key : nil, place, &log)
        }
        try log.advance()
      }
      if last == before { break }
    }
    let root = tree.root(using: reader.hasher).bytes
    if tree.size != size || (stream.isIncoming && size > 0 && stream.root != root) {
      log.find(
        "copy.root",
        at: place,
        "the copy is not what was received",
        "日志副本与所接收的不一致"
      )
    }
  }

  /// The key that signs for a stream: its node's, or, where that node began another journal since,
  /// the one under which the stream was introduced last.
  private func key(of stream: StoredStream) throws -> VerifyingKey? {
    guard let peer = try reader.peer(stream.node) else { return nil }
    if stream.role == .orders || peer.stream == stream.id.bytes { return VerifyingKey(peer.key) }
    return (try? StreamIntroduction(wireArray: stream.introduction))
      .flatMap { VerifyingKey($0.key) }
  }

  private func compare(
    _ batch: Batch,
    _ tree: MerkleTree,
    _ key: VerifyingKey?,
    _ place: String,
    _ log: inout CheckLog
  ) throws {
    if batch.manifest.root != tree.root(using: reader.hasher).bytes {
      log.find(
        "copy.batch",
        at: "\(place), batch up to \(batch.manifest.last)",
        "the batch is not the one that was signed",
        "批次与签名的清单不一致"
      )
    }
    // A key that was changed since signed the earlier ones: the journal's own entries vouch for it.
    guard let key, tree.size == batch.newest else { return }
    if try !key.verifies(batch.signature, of: Statements.manifest(batch.octets)) {
      log.find(
        "copy.signature",
        at: "\(place), batch up to \(batch.manifest.last)",
        "the batch is not signed by its node's key",
        "批次没有其节点密钥的有效签名"
      )
    }
  }

  private struct Batch {
    let manifest: BatchManifest
    let octets: [UInt8]
    let signature: [UInt8]
    /// The last entry of the newest batch.
    var newest: UInt64 = 0
  }

  private func batches(of stream: StoredStream) throws -> [Batch] {
    let rows = try reader.connection.prepare(
      "SELECT manifest, signature FROM batch WHERE stream = $1 ORDER BY last"
    )
    rows.bind(stream.n, at: 1)
    var batches: [Batch] = []
    try rows.forEach { row in
      let octets = row.bytes(at: 0)
      batches.append(
        Batch(
          manifest: try BatchManifest(wireArray: octets),
          octets: octets,
          signature: row.bytes(at: 1)
        )
      )
    }
    let newest = batches.last?.manifest.last ?? 0
    for index in batches.indices { batches[index].newest = newest }
    return batches
  }
}
