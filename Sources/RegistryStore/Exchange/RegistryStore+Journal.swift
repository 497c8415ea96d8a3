internal import Journal
internal import RPCCore
package import RegistryAPI
package import RegistryModel
internal import SQL

extension RegistryStore {
  /// The node's signed head; a point read.
  ///
  /// Throws `StoreError`: `refused`, `unavailable` where no key signs for the node.
  package func head(scope: Scope) throws -> GetHeadResponse {
    try scope.require(.journalRead)
    guard let signer else {
      throw StoreError(.unavailable, "the node has no signing key", zh: "节点没有签名密钥")
    }
    let head = try pointReaders.with { try $0.head() }
    return GetHeadResponse(head: head, key: signer.verifyingKey.octets, node: node.uri)
  }

  /// Entries without their contents, and the heads among them.
  ///
  /// Throws `StoreError`: `refused`, `overloaded`.
  package func entries(
    _ request: ListEntriesRequest,
    scope: Scope
  ) async throws -> JournalPage {
    try scope.require(.journalRead)
    return try await work.run { [self] _ in
      try readers.with { reader in
        try reader.connection.transaction { try JournalPages(reader.connection).page(request) }
      }
    }
  }

  /// A proof that an entry stands in the journal, or that the head continues an earlier one.
  ///
  /// Throws `StoreError`: `refused`, `notFound` for an entry or head that there is not.
  package func prove(_ request: ProveRequest, scope: Scope) async throws -> JournalProof {
    try scope.require(.journalRead)
    guard let signer else {
      throw StoreError(.unavailable, "the node has no signing key", zh: "节点没有签名密钥")
    }
    return try await work.run { [self] _ in
      try readers.with { reader in
        try reader.connection.transaction {
          var proof = JournalProof(node: node.uri, key: signer.verifyingKey.octets)
          let head = try reader.head()
          proof.head = head
          let source = try JournalTreeSource(reader.connection)
          let size = head.position?.size ?? 0
          var tree = try MerkleReader(source, size: size, using: reader.hasher)
          if request.sequence > 0 {
            let page = try JournalPages(reader.connection)
              .page(ListEntriesRequest(after: request.sequence - 1, limit: 1))
            guard let entry = page.entries.first, request.sequence <= size else {
              throw StoreError(.notFound, "the journal has no such entry", zh: "日志中没有该条目")
            }
            proof.entry = entry
            proof.path = try tree.inclusionProof(leaf: request.sequence - 1).map(\.bytes)
          } else {
            guard let earlier = try reader.head(ofSize: request.earlier) else {
              throw StoreError(.notFound, "no head of this size is on record", zh: "没有该大小的树头")
            }
            proof.earlier = earlier
            proof.path = try tree.consistencyProof(from: request.earlier).map(\.bytes)
          }
          return proof
        }
      }
    }
  }
}

extension Reader {
  /// The signed head of the node's own journal, or an earlier one; nil if there is none of the size.
  func head(ofSize size: UInt64) throws -> JournalHead? {
    let row = try connection.prepare(
      "SELECT size, root, recorded_at, signature FROM journal_head WHERE size = $1"
    )
    row.bind(Int64(clamping: size), at: 1)
    return try row.first { JournalHead($0, stream: stream.bytes) }
  }

  /// The latest signed head.
  func head() throws -> JournalHead {
    let row = try connection.prepare(
      "SELECT size, root, recorded_at, signature FROM journal_head ORDER BY size DESC LIMIT 1"
    )
    guard let head = try row.first({ JournalHead($0, stream: stream.bytes) }) else {
      throw StoreError(.damaged, "the journal has no head")
    }
    return head
  }
}

extension JournalHead {
  /// Reads size, root, instant and signature.
  init(_ row: any SQLStatement, stream: [UInt8]) {
    self.init(
      position: StreamPosition(
        stream: stream,
        size: UInt64(clamping: row.int64(at: 0)),
        root: row.bytes(at: 1)
      ),
      recordedAt: row.int64(at: 2),
      signature: row.optionalBytes(at: 3) ?? []
    )
  }
}

/// Reads a node's own journal as pages without contents; it needs no keys.
struct JournalPages {
  /// Entries of a page at most, and when no number is asked for.
  static let limits = (most: 5_000, usual: 1_000)

  private let connection: any SQLConnection
  private let source: JournalTreeSource
  private let stream: [UInt8]

  init(_ connection: any SQLConnection) throws {
    self.connection = connection
    source = try JournalTreeSource(connection)
    stream = try StoreIdentity.value("stream", connection) ?? []
  }

  func page(_ request: ListEntriesRequest) throws -> JournalPage {
    let asked = request.limit == 0 ? Self.limits.usual : Int(request.limit)
    let count = min(asked, Self.limits.most)
    let after = Int64(clamping: request.after)
    var page = JournalPage(size: source.size)
    let rows = try connection.prepare(
      """
      SELECT seq, header, body_hash, sealed FROM journal WHERE seq > $1 AND seq < $2
      ORDER BY seq LIMIT $3
      """
    )
    rows.bind(after, at: 1)
    rows.bind(EntryPlace.width, at: 2)
    rows.bind(Int64(count), at: 3)
    var last = after
    try rows.forEach { row in
      last = row.int64(at: 0)
      let header = row.bytes(at: 1)
      // The second octet is the kind of subject: entries about the stream hold no personal data.
      let isOpen = header.count > 1 && header[1] == SubjectKind.stream.rawValue
      page.entries.append(
        JournalEntry(
          header: header,
          bodyHash: row.bytes(at: 2),
          content: isOpen ? row.bytes(at: 3) : [],
          leaf: try leaf(of: last)
        )
      )
    }
    let heads = try connection.prepare(
      """
      SELECT size, root, recorded_at, signature FROM journal_head
      WHERE size > $1 AND size <= $2 ORDER BY size
      """
    )
    heads.bind(after, at: 1)
    heads.bind(last, at: 2)
    try heads.forEach { page.heads.append(JournalHead($0, stream: stream)) }
    page.last = UInt64(clamping: last)
    return page
  }

  /// The leaf as the stored tree has it; empty behind the last complete tile.
  private func leaf(of sequence: Int64) throws -> [UInt8] {
    let (tile, place) = (sequence - 1).quotientAndRemainder(dividingBy: Int64(MerkleTile.width))
    if cache.tile != tile {
      cache.tile = tile
      cache.hashes = try source.tile(level: 0, index: UInt64(tile)) ?? []
    }
    return cache.hashes.indices.contains(Int(place)) ? cache.hashes[Int(place)].bytes : []
  }

  private let cache = Cache()

  /// The tile that was read last.
  private final class Cache {
    var tile: Int64 = -1
    var hashes: [Hash256] = []
  }
}

extension RegistryStore {
  /// Whose database it is, and whether its people are generated; it needs no keys.
  ///
  /// Throws `StoreError`: `foreign`, `unavailable`, `damaged`.
  package static func owner(
    of database: StoreDatabase
  ) throws -> (node: OfficeIdentity, synthetic: Bool) {
    do {
      return try StoreIdentity.owner(of: database)
    } catch {
      throw StoreError.wrapping(error)
    }
  }

  /// Calls `body` with the pages of a database's journal, without any key, and without changing it.
  ///
  /// Throws `StoreError`: `foreign`, `unavailable`; what `body` throws.
  package static func readJournal(
    of database: StoreDatabase,
    _ body: (JournalPage) throws -> Void
  ) throws {
    do {
      let connection = try database.readOnly().makeConnection(role: .reader)
      var after: UInt64 = 0
      while true {
        let page = try connection.transaction {
          try JournalPages(connection).page(
            ListEntriesRequest(after: after, limit: UInt32(JournalPages.limits.most))
          )
        }
        try body(page)
        // By the row's place, whatever a header says: a tampered one must not lead back.
        if page.entries.isEmpty { return }
        after = page.last
      }
    } catch {
      throw StoreError.wrapping(error)
    }
  }
}
