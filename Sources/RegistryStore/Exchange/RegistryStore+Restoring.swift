internal import Exchange
internal import Journal
internal import RPCCore
internal import RPCProtobuf
package import RegistryAPI
package import RegistryModel
internal import SQL
internal import SQLite

extension RegistryStore {
  /// Whether the node was restored from a backup and is read-only.
  package var isRestored: Bool { context.isRestored }

  /// Makes the node read-only, because another has more of its journal than itself.
  package func markRestored() async throws {
    try await writer.perform(weight: 1) { try $0.setRestored(true) }
  }

  /// Goes on under a new epoch; what a node that was restored appends from here on is told apart
  /// from what was lost.
  ///
  /// - Parameter reason: why, or who decided it.
  package func resume(_ reason: String) async throws {
    try await writer.perform(weight: limits.householdsPerCommit) { [self] session in
      guard session.state.isRestored else { return }
      try session.setRestored(false)
      try session.beginEpoch()
      let message = EpochStarted(size: session.state.tree.size, reason: reason)
      _ = try session.append(
        open: message.serializedBytes(),
        EntryDraft(
          operation: .epochStarted,
          kind: .stream,
          subject: session.stream,
          versionBefore: 0,
          versionAfter: 0,
          prior: 0,
          actor: session.node.uri
        )
      )
      if let signer { try StoreIdentity.setKey(session, signer) }
    }
  }

  /// How far the node has come with its own journal.
  package func ownPosition() async throws -> StreamPosition {
    try await work.run { [self] _ in
      try readers.with { reader in
        var own = try ownStream()
        try reader.fill(&own)
        return own.position
      }
    }
  }

  /// Goes on if a receipt that another node gave shows that all that it has of this node's journal is
  /// back; whether it does.
  ///
  /// Throws `StoreError` (`invalid`) for octets that are no receipt.
  package func resume(shownBy signed: SignedReceipt, of node: String) async throws -> Bool {
    let receipt = try BatchReceipt(decoding: signed.receipt)
    guard isRestored, receipt.stream == stream.bytes else { return false }
    guard try await ownPosition().size == receipt.last,
      try await root(of: receipt.stream, at: receipt.last) == receipt.root
    else { return false }
    try await resume("own entries given back by \(node)")
    return true
  }

  /// What this node has of a journal that goes back to its node, which was restored from a backup.
  ///
  /// Throws `StoreError`: `refused` for a node that this one takes no journal of, or blocks.
  package func givenBack(
    to holder: OfficeIdentity
  ) async throws -> (stream: [UInt8], size: UInt64, receipt: SignedReceipt?) {
    try await work.run { [self] _ in
      try readers.with { reader in
        try reader.connection.transaction {
          // The newest, where the node began another since.
          let found = try reader.streams().last { stream in
            guard stream.isIncoming, stream.role != .orders,
              let node = OfficeIdentity(uri: stream.node)
            else { return false }
            return holder.kind == .node
              ? node == holder
              : holder.kind.holdsNodes && node.division == holder.division
          }
          guard let found else { throw ExchangeRule.recipientUnknown.error(holder.uri) }
          if try reader.peer(found.node)?.isBlocked == true {
            throw ExchangeRule.blocked.error(found.node)
          }
          return (found.id.bytes, found.size, try reader.lastReceipt(found.n))
        }
      }
    }
  }

  /// Takes entries of this node's own journal back that another node has a copy of; those that are
  /// here stay. A node that lacks some was restored, told so or not: it is read-only from here on.
  ///
  /// Throws `StoreError`: `precondition` (`exchange.conflict`) for entries that differ from those that
  /// the node has, `refused` for a batch that this node did not sign, `invalid` for records that
  /// are not the manifest's; nothing is changed then.
  package func takeBack(_ offer: BatchOffer, payload: [UInt8]) async throws {
    let batch = try IncomingBatch(offer, limits: limits)
    let whole = WholePayload(batch: batch, octets: payload)
    guard let signer, batch.manifest.stream == stream.bytes else {
      throw ExchangeRule.streamUnknown.error()
    }
    let signed = Statements.manifest(offer.manifest)
    let keys = [signer.verifyingKey] + signer.earlier.keys
    guard try keys.contains(where: { try $0.verifies(offer.signature, of: signed) }) else {
      throw ExchangeRule.signature.error(node.uri)
    }
    let own = try ownStream()
    let entries = try await prepare(whole, own)
    try await writer.perform(weight: entries.entries.count) { [self] session in
      if batch.manifest.last <= session.state.tree.size {
        // All of it is here: the backup is younger than the batch.
        let root = try session.reader.root(of: 0, at: batch.manifest.last)
        guard root == batch.manifest.root else { throw ExchangeRule.conflict.error() }
        return
      }
      if !session.state.isRestored { try session.setRestored(true) }
      try session.takeBack(whole, entries, own, self)
    }
  }
}

extension WriteSession {
  fileprivate func takeBack(
    _ payload: WholePayload,
    _ copies: PreparedCopies,
    _ own: StoredStream,
    _ store: RegistryStore
  ) throws {
    let manifest = payload.manifest
    let known = state.tree.size
    guard manifest.first <= known + 1, manifest.last > known else {
      throw ExchangeRule.gap.error("\(known)")
    }
    for certificate in copies.certificates { try keep(certificate: certificate) }
    let writer = try CopyWriter(self, own, area: try store.area(of: own))
    // Those that the backup had are not written again; were they others, the root would tell.
    for entry in copies.entries where entry.header.sequence > known { try writer.write(entry) }
    let root = writer.tree.root(using: reader.hasher).bytes
    guard root == manifest.root else { throw ExchangeRule.root.error() }
    try writer.finish()
    for entry in copies.entries where entry.header.operation == .epochStarted {
      try setEpoch(entry.header.epoch)
    }
    var row = try reader.stream(own.id) ?? own
    row.sent = manifest.last
    row.sentManifest = payload.batch.digest
    if let rule = writer.refused.first {
      // They are back, but something here contradicts them: the operator looks.
      let count = writer.refused.count
      row.error = StoredStream.StreamError(
        english: "\(count) entries that came back took no effect: \(rule.messageEn); "
          + "run check --deep",
        chinese: "取回的 \(count) 条未生效：\(rule.messageZh)；请运行 check --deep",
        at: context.environment.now().microseconds
      )
    }
    try put(row)
    let kept = try connection.prepare(
      """
      INSERT INTO batch (stream, last, first, manifest, signature, given, got)
      VALUES ($1, $2, $3, $4, $5, $6, $7) ON CONFLICT (stream, last) DO NOTHING
      """
    )
    kept.bind(0 as Int64, at: 1)
    kept.bind(Int64(clamping: manifest.last), at: 2)
    kept.bind(Int64(clamping: manifest.first), at: 3)
    kept.bind(payload.batch.offer.manifest, at: 4)
    kept.bind(payload.batch.offer.signature, at: 5)
    kept.bind([] as [UInt8], at: 6)
    kept.bind([] as [UInt8], at: 7)
    try kept.run()
    let done = try connection.prepare("DELETE FROM outgoing WHERE stream = 0 AND first <= $1")
    done.bind(Int64(clamping: manifest.last), at: 1)
    try done.run()
  }
}

/// What a database is, as its backup names it.
package struct DatabaseSummary: Sendable, Hashable {
  /// The node whose it is.
  package let node: String
  /// Its journal.
  package let stream: [UInt8]
  /// The entries of its journal.
  package let size: UInt64
  /// The root of its journal's tree.
  package let root: [UInt8]
}

extension RegistryStore {
  /// Copies a database's file into a new one, as it stands at this moment, while others write to it.
  ///
  /// Throws `StoreError`: `foreign`, `diskFull`, `unavailable`.
  package static func copy(database path: String, to copy: String) throws {
    do {
      try StoreDatabase(path).requireOurs()
      try SQLiteCopy.copy(path, to: copy)
    } catch {
      throw StoreError.wrapping(error)
    }
  }

  /// What a database is; its pages are checked too.
  ///
  /// Throws `StoreError`: `foreign`, `damaged`, `unavailable`.
  package static func summary(ofDatabase path: String) throws -> DatabaseSummary {
    do {
      let database = StoreDatabase(path)
      let owner = try StoreIdentity.owner(of: database)
      let connection = try database.readOnly().makeConnection(role: .reader)
      guard try connection.pageFindings().isEmpty else {
        throw StoreError(.damaged, "the database's pages contradict each other", zh: "数据库页面损坏")
      }
      let row = try connection.prepare(
        "SELECT size, root FROM journal_head ORDER BY size DESC LIMIT 1"
      )
      let head = try row.first { (UInt64(clamping: $0.int64(at: 0)), $0.bytes(at: 1)) }
      guard let (size, root) = head,
        let stream = try StoreIdentity.value("stream", connection)
      else { throw StoreError(.damaged, "the journal has no head") }
      return DatabaseSummary(node: owner.node.uri, stream: stream, size: size, root: root)
    } catch {
      throw StoreError.wrapping(error)
    }
  }

  /// Marks a database that came from a backup: it opens read-only until its later entries are back.
  ///
  /// Throws `StoreError`: `foreign`, `unavailable`.
  package static func markRestored(_ database: StoreDatabase) throws {
    do {
      // Opening for writing would make a file of a name that is mistyped.
      _ = try StoreIdentity.owner(of: database)
      let connection = try database.open().makeConnection(role: .writer)
      try StoreIdentity.setRestored(true, connection)
    } catch {
      throw StoreError.wrapping(error)
    }
  }
}
