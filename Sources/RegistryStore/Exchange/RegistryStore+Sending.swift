internal import Compression
internal import Exchange
internal import Journal
internal import RPCCore
internal import RPCProtobuf
package import RegistryAPI
internal import RegistryModel
internal import SQL

/// A batch ready to be sent.
package struct OutgoingBatch: Sendable {
  /// What the receiver is told beforehand.
  package let offer: BatchOffer
  /// The manifest, decoded.
  package let manifest: BatchManifest
  /// The compressed records.
  package let payload: [UInt8]

  /// SHA-256 of the manifest, by which it is named.
  package var digest: [UInt8] {
    get throws { try SHA256Context().hash(offer.manifest).bytes }
  }
}

extension RegistryStore {
  /// The next batch of a stream behind an entry that the receiver has; nil where there is none.
  ///
  /// The same call gives the same octets again until the batch's receipt is kept, also after a
  /// restart, so that a payload goes on where it was cut. A stream of this node's own is signed
  /// here; a copy is passed on in the batches and with the signatures that it came with.
  ///
  /// Throws `StoreError`: `notFound` for an unknown stream, `conflict` (`exchange.gap`) if no batch
  /// begins there, `damaged`.
  package func nextBatch(of stream: [UInt8], after: UInt64) async throws -> OutgoingBatch? {
    let plan = try await work.run { [self] _ in
      try readers.with { try $0.nextBatch(of: stream, after: after, self) }
    }
    switch plan {
    case nil: return nil
    case .made(let batch): return batch
    case .new(let batch, let stream):
      // Durable before the first octet leaves: another manifest for the same entries would be a fork.
      let offer = try batch.offer.serializedBytes()
      try await writer.perform(weight: 1) { session in
        try session.keepOffer(offer, stream: stream, first: Int64(batch.manifest.first))
      }
      return batch
    }
  }

  /// Keeps the receipt of a batch that this node sent, after checking it; what is sent next goes on
  /// from there.
  ///
  /// - Parameter node: the node that signed it.
  ///
  /// Throws `StoreError`: `refused` for a signature that is not the node's, `invalid`
  /// (`exchange.receipt`) for one that does not fit what was sent.
  package func keep(_ signed: SignedReceipt, of node: String) async throws {
    let receipt = try BatchReceipt(decoding: signed.receipt)
    try await writer.perform(weight: 1) { session in
      guard let peer = try session.reader.peer(node), let key = VerifyingKey(peer.key),
        try key.verifies(signed.signature, of: Statements.receipt(signed.receipt)),
        receipt.receiver == node
      else { throw ExchangeRule.signature.error(node) }
      try session.keep(receipt, signed)
    }
  }
}

extension StoreLimits {
  /// Entries of one batch of a stream that is sent; the receiver may take more.
  fileprivate func sentEntries(of role: StreamRole) -> Int {
    role == .orders ? min(entriesPerOrderBatch, entriesPerBatch) : entries(of: role)
  }
}

extension BatchReceipt {
  /// Reads a receipt. Throws `StoreError` (`invalid`) for octets that are none.
  init(decoding octets: [UInt8]) throws(StoreError) {
    guard let receipt = try? BatchReceipt(wireArray: octets), receipt.stream.count == 16,
      receipt.first >= 1, receipt.last >= receipt.first
    else { throw ExchangeRule.receipt.error() }
    self = receipt
  }
}

/// What the next batch comes down to.
private enum BatchPlan: Sendable {
  case made(OutgoingBatch)
  case new(OutgoingBatch, stream: Int64)
}

extension Reader {
  /// The row of a stream; for the node's own journal made up from the journal, until it is sent.
  func sendable(_ id: [UInt8], _ store: RegistryStore) throws -> StoredStream {
    guard let id = Bytes16(id) else { throw ExchangeRule.streamUnknown.error() }
    if let found = try stream(id) { return found }
    guard id == stream else { throw ExchangeRule.streamUnknown.error() }
    return try store.ownStream()
  }

  fileprivate func nextBatch(
    of id: [UInt8],
    after: UInt64,
    _ store: RegistryStore
  ) throws -> BatchPlan? {
    // One view of rows and entries; nothing is waited for inside.
    try connection.transaction { () -> BatchPlan? in
      let stream = try sendable(id, store)
      let size = try JournalTreeSource(connection, stream: stream.n).size
      guard after < size else { return nil }
      let limits = store.limits
      if stream.isIncoming {
        guard let kept = try batch(stream.n, holding: after + 1) else {
          throw ExchangeRule.gap.error("\(after)")
        }
        return .made(try remake(kept.manifest, kept.signature, stream))
      }
      guard let signer = store.signer else {
        throw StoreError(.unavailable, "the node has no signing key", zh: "节点没有签名密钥")
      }
      if let kept = try offer(stream.n, first: after + 1) {
        // Signed anew: the key may have changed since, and the receiver knows the present one.
        let signature = try signer.key.sign(Statements.manifest(kept.manifest))
        return .made(try remake(kept.manifest, signature, stream))
      }
      let builder = BatchBuilder(reader: self, stream: stream)
      let (records, last) = try builder.records(
        after: after,
        upTo: min(size, after + UInt64(limits.sentEntries(of: stream.role))),
        limit: limits.batchBytes
      )
      let source = try JournalTreeSource(connection, stream: stream.n)
      var tree = try MerkleReader(source, size: last, using: hasher)
      let manifest = BatchManifest(
        stream: stream.id.bytes,
        epoch: try epoch(of: stream.n, at: last),
        first: after + 1,
        last: last,
        root: try tree.root().bytes,
        previous: try previous(of: stream.n, before: after + 1),
        schemaVersion: UInt32(JournalSchema.version),
        madeAt: store.context.environment.now().microseconds
      )
      let encoded = try manifest.serializedBytes()
      let signature = try signer.key.sign(Statements.manifest(encoded))
      let batch = try batch(manifest, encoded, signature, records.octets)
      return .new(batch, stream: stream.n)
    }
  }

  /// The same records under a manifest that was made before.
  private func remake(
    _ encoded: [UInt8],
    _ signature: [UInt8],
    _ stream: StoredStream
  ) throws -> OutgoingBatch {
    guard let manifest = try? BatchManifest(wireArray: encoded) else {
      throw StoreError(.damaged, "a kept manifest cannot be decoded")
    }
    let (records, last) = try BatchBuilder(reader: self, stream: stream)
      .records(after: manifest.first - 1, upTo: manifest.last, limit: .max)
    guard last == manifest.last else { throw StoreError(.damaged, "the journal ends early") }
    // What was erased meanwhile makes the records shorter; the root, which is signed, stays.
    return try batch(manifest, encoded, signature, records.octets)
  }

  private func batch(
    _ manifest: BatchManifest,
    _ encoded: [UInt8],
    _ signature: [UInt8],
    _ records: [UInt8]
  ) throws -> OutgoingBatch {
    let payload = try records.withUnsafeBytes { try Compressor().compress($0) }
    return OutgoingBatch(
      offer: BatchOffer(
        manifest: encoded,
        signature: signature,
        payloadLength: UInt64(payload.count),
        payloadDigest: hasher.hash(payload).bytes,
        recordsLength: UInt64(records.count)
      ),
      manifest: manifest,
      payload: payload
    )
  }

  /// The batch that holds an entry, as it was signed. It may begin before: a node that was restored
  /// has the first of its entries already.
  private func batch(
    _ stream: Int64,
    holding first: UInt64
  ) throws -> (manifest: [UInt8], signature: [UInt8])? {
    let row = try connection.prepare(
      "SELECT manifest, signature FROM batch WHERE stream = $1 AND last >= $2 ORDER BY last LIMIT 1"
    )
    row.bind(stream, at: 1)
    row.bind(Int64(clamping: first), at: 2)
    let found = try row.first { ($0.bytes(at: 0), $0.bytes(at: 1)) }
    guard let found, let manifest = try? BatchManifest(wireArray: found.0), manifest.first <= first
    else { return nil }
    return found
  }

  private func offer(_ stream: Int64, first: UInt64) throws -> BatchOffer? {
    let row = try connection.prepare(
      "SELECT offer FROM outgoing WHERE stream = $1 AND first = $2"
    )
    row.bind(stream, at: 1)
    row.bind(Int64(clamping: first), at: 2)
    guard let octets = try row.first({ $0.bytes(at: 0) }) else {
      // One that was confirmed before: the receiver lost it, or another receiver asks.
      guard let kept = try batch(stream, holding: first),
        try BatchManifest(wireArray: kept.manifest).first == first
      else { return nil }
      return BatchOffer(manifest: kept.manifest, signature: kept.signature)
    }
    guard let offer = try? BatchOffer(wireArray: octets) else {
      throw StoreError(.damaged, "a kept offer cannot be decoded")
    }
    return offer
  }

  /// The hash of the manifest that ends before an entry; empty for the first of a stream.
  private func previous(of stream: Int64, before first: UInt64) throws -> [UInt8] {
    if first == 1 { return [] }
    let row = try connection.prepare(
      "SELECT manifest FROM batch WHERE stream = $1 AND last = $2"
    )
    row.bind(stream, at: 1)
    row.bind(Int64(clamping: first - 1), at: 2)
    if let manifest = try row.first({ $0.bytes(at: 0) }) { return hasher.hash(manifest).bytes }
    // Sent ahead of receipts, as bundles are.
    let open = try connection.prepare(
      "SELECT offer FROM outgoing WHERE stream = $1 AND first < $2 ORDER BY first DESC LIMIT 1"
    )
    open.bind(stream, at: 1)
    open.bind(Int64(clamping: first), at: 2)
    guard let octets = try open.first({ $0.bytes(at: 0) }),
      let offer = try? BatchOffer(wireArray: octets),
      let manifest = try? BatchManifest(wireArray: offer.manifest), manifest.last == first - 1
    else { throw ExchangeRule.gap.error("\(first - 1)") }
    return hasher.hash(offer.manifest).bytes
  }

  private func epoch(of stream: Int64, at sequence: UInt64) throws -> UInt32 {
    let row = try connection.prepare("SELECT header FROM journal WHERE seq = $1")
    row.bind(EntryPlace(stream: stream, sequence: Int64(sequence)).stored, at: 1)
    let epoch = try row.first { row in
      try row.withBytes(at: 0) { try EntryHeader(decoding: $0).epoch }
    }
    guard let epoch else { throw StoreError(.damaged, "the journal ends early") }
    return epoch
  }
}

extension WriteSession {
  /// Keeps the offer of a batch; one made meanwhile by another call for the same entries stays.
  fileprivate func keepOffer(_ offer: [UInt8], stream: Int64, first: Int64) throws {
    let row = try connection.prepare(
      "INSERT INTO outgoing (stream, first, offer) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING"
    )
    row.bind(stream, at: 1)
    row.bind(first, at: 2)
    row.bind(offer, at: 3)
    try row.run()
    guard connection.changes == 1 else {
      throw StoreError(.conflict, "another batch begins there", zh: "另有批次从该处开始")
    }
  }

  fileprivate func keep(_ receipt: BatchReceipt, _ signed: SignedReceipt) throws {
    guard let id = Bytes16(receipt.stream) else { throw ExchangeRule.receipt.error() }
    var stream: StoredStream
    if let found = try reader.stream(id) {
      stream = found
    } else {
      throw ExchangeRule.streamUnknown.error()
    }
    // Repeated: it is kept already.
    if receipt.last <= stream.sent { return }
    guard receipt.first > stream.sent else { throw ExchangeRule.receipt.error() }
    let got = try signed.serializedBytes()
    let known = try sentManifest(stream, first: receipt.first)
    guard let known, reader.hasher.hash(known.manifest).bytes == receipt.manifest,
      let manifest = try? BatchManifest(wireArray: known.manifest), manifest.last == receipt.last,
      manifest.root == receipt.root
    else { throw ExchangeRule.receipt.error() }
    // A receipt also confirms what came before it: those receipts may have been lost on their way.
    if !stream.isIncoming {
      for earlier in try offers(stream.n, before: receipt.first) {
        try putBatch(stream.n, earlier.manifest, earlier.signature, got: [])
      }
    }
    try putBatch(stream.n, known.manifest, known.signature, got: got)
    let done = try connection.prepare("DELETE FROM outgoing WHERE stream = $1 AND first <= $2")
    done.bind(stream.n, at: 1)
    done.bind(Int64(clamping: receipt.first), at: 2)
    try done.run()
    if stream.n == 0 { try forgetUrgent(upTo: receipt.last) }
    stream.sent = receipt.last
    stream.sentManifest = receipt.manifest
    stream.refused += Int64(receipt.refused.count)
    stream.receiptAt = context.environment.now().microseconds
    stream.contactAt = stream.receiptAt
    stream.error = nil
    try put(stream)
  }

  /// The offers of a stream that begin before an entry, in their order.
  private func offers(_ stream: Int64, before first: UInt64) throws -> [BatchOffer] {
    let rows = try connection.prepare(
      "SELECT offer FROM outgoing WHERE stream = $1 AND first < $2 ORDER BY first"
    )
    rows.bind(stream, at: 1)
    rows.bind(Int64(clamping: first), at: 2)
    var offers: [BatchOffer] = []
    try rows.forEach { offers.append(try BatchOffer(wireArray: $0.bytes(at: 0))) }
    return offers
  }

  /// Keeps a batch that was confirmed.
  private func putBatch(
    _ stream: Int64,
    _ encoded: [UInt8],
    _ signature: [UInt8],
    got: [UInt8]
  ) throws {
    let manifest = try BatchManifest(wireArray: encoded)
    let row = try connection.prepare(
      """
      INSERT INTO batch (stream, last, first, manifest, signature, given, got)
      VALUES ($1, $2, $3, $4, $5, $6, $7)
      ON CONFLICT (stream, last) DO UPDATE SET got = excluded.got
      """
    )
    row.bind(stream, at: 1)
    row.bind(Int64(clamping: manifest.last), at: 2)
    row.bind(Int64(clamping: manifest.first), at: 3)
    row.bind(encoded, at: 4)
    row.bind(signature, at: 5)
    row.bind([] as [UInt8], at: 6)
    row.bind(got, at: 7)
    try row.run()
  }

  private func sentManifest(
    _ stream: StoredStream,
    first: UInt64
  ) throws -> (manifest: [UInt8], signature: [UInt8])? {
    let text =
      stream.isIncoming
      ? "SELECT manifest, signature FROM batch WHERE stream = $1 AND first = $2"
      : "SELECT offer FROM outgoing WHERE stream = $1 AND first = $2"
    let row = try connection.prepare(text)
    row.bind(stream.n, at: 1)
    row.bind(Int64(clamping: first), at: 2)
    return try row.first { row in
      if stream.isIncoming { return (row.bytes(at: 0), row.bytes(at: 1)) }
      let offer = try BatchOffer(wireArray: row.bytes(at: 0))
      return (offer.manifest, offer.signature)
    }
  }
}

extension RegistryStore {
  /// The node's own journal, by which it is named in messages.
  package var journalStream: [UInt8] { stream.bytes }

  /// How far this node is with a stream that it fetches.
  package struct FetchState: Sendable {
    /// The last entry on record.
    package let position: UInt64
    /// The batch that is under way.
    package let open: BatchOffer?
    /// Octets of its payload that are durable.
    package let offset: UInt64
  }

  /// How far this node is with a stream that it fetches.
  ///
  /// Throws `StoreError` (`notFound`) for an unknown one.
  package func fetchState(of stream: [UInt8]) async throws -> FetchState {
    try await work.run { [self] _ in
      try readers.with { reader in
        let stored = try reader.receivable(stream, from: nil, self)
        let open = try reader.incoming(stored.n, limits)
        return FetchState(
          position: stored.size,
          open: open?.batch.offer,
          offset: open?.received ?? 0
        )
      }
    }
  }
}
