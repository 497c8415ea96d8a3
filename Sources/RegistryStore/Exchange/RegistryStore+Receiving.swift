internal import Compression
internal import Exchange
package import Journal
internal import RPCCore
internal import RPCProtobuf
package import RegistryAPI
package import RegistryModel
internal import SQL

/// How a batch that is offered is received.
package enum BatchAnswer: Sendable, Equatable {
  /// Its payload is wanted from here on.
  case wanted(from: UInt64)
  /// It was committed before.
  case committed(SignedReceipt)
}

extension RegistryStore {
  /// Opens a batch that another node offers, before any of its payload is taken.
  ///
  /// - Parameter node: the node that offers it, whose own stream or one below it must be; nil for
  ///   what this node fetched itself from the node above.
  ///
  /// Throws `StoreError` with the rule of the exchange that is broken; nothing is changed then.
  package func openBatch(
    _ offer: BatchOffer,
    from node: OfficeIdentity?
  ) async throws -> BatchAnswer {
    let incoming = try IncomingBatch(offer, limits: limits)
    return try await writer.perform(weight: 1) { [self] session in
      let stream = try session.receivable(incoming.manifest.stream, from: node, self)
      if let receipt = try session.check(incoming, stream) { return .committed(receipt) }
      return .wanted(from: try session.open(incoming, stream))
    }
  }

  /// Takes a piece of an open batch's payload and returns how much is durable, from the start and
  /// without a gap; a piece that begins elsewhere, or is damaged, changes nothing.
  ///
  /// Throws `StoreError`: `notFound` (`exchange.not-open`), `invalid` (`exchange.size`) beyond the
  /// end, `diskFull`, `overloaded`.
  package func take(_ chunk: BatchChunk, from node: OfficeIdentity?) async throws -> UInt64 {
    guard chunk.octets.count <= limits.chunkBytes else { throw ExchangeRule.size.error() }
    return try await writer.perform(weight: 1) { [self] session in
      let stream = try session.receivable(chunk.stream, from: node, self)
      return try session.take(chunk, stream)
    }
  }

  /// Commits an open batch whose payload is whole: effects, position, receipt and audit entry in one
  /// transaction. Repeated, it returns the stored receipt.
  ///
  /// Throws `StoreError`: `notFound`, `conflict` (`exchange.incomplete`), `invalid`
  /// (`exchange.records`, `exchange.root`): the payload is dropped then and nothing took effect;
  /// `diskFull`, `overloaded`.
  ///
  /// - Parameter trust: checks the certificates of those who signed steps at a stand-alone office; nil
  ///   takes no decisions from there.
  package func commitBatch(
    _ request: CommitBatchRequest,
    from node: OfficeIdentity?,
    trust: CertificateTrust? = nil
  ) async throws -> SignedReceipt {
    let found = try await work.run { [self] _ in
      try readers.with { reader -> CommitPlan in
        let stream = try reader.receivable(request.stream, from: node, self)
        if let receipt = try reader.receipt(stream.n, manifest: request.manifest) {
          return .done(receipt)
        }
        return .payload(stream, try reader.payload(stream, manifest: request.manifest, limits))
      }
    }
    switch found {
    case .done(let receipt): return receipt
    case .payload(let stream, let payload):
      do {
        let entries = try await prepare(payload, stream)
        return try await writer.perform(weight: entries.entries.count) { [self] session in
          try session.commit(payload, entries, self, trust)
        }
      } catch let error as StoreError where error.code == .invalid {
        // What is not what its manifest says will not become so: the sender starts again.
        try await writer.perform(weight: 1) { try $0.drop(stream.n) }
        throw error
      }
    }
  }

  /// Restores, hashes and decodes a payload's records, on all workers.
  func prepare(
    _ payload: WholePayload,
    _ stream: StoredStream
  ) async throws -> PreparedCopies {
    let records = try await work.run { _ in try payload.records() }
    let area = try area(of: stream)
    let opensLater = stream.role == .office || isOffice
    let spans = try await work.run { _ in try RecordSpans(records, payload.manifest) }
    let size = max(50, (spans.count + limits.workers * 4 - 1) / (limits.workers * 4))
    let pieces = try await withThrowingTaskGroup(
      of: (Int, PreparedCopies).self
    ) { group in
      for start in stride(from: 0, to: spans.count, by: size) {
        let piece = spans.octets(start..<min(start + size, spans.count))
        group.addTask { [self] in
          let prepared = try await work.run { [self] flag in
            try readers.with { reader in
              var preparer = CopyPreparer(context: context, reader: reader, area: area)
              preparer.opensLater = opensLater
              return try PreparedCopies(records, piece, preparer, flag)
            }
          }
          return (start, prepared)
        }
      }
      var pieces: [(Int, PreparedCopies)] = []
      for try await piece in group { pieces.append(piece) }
      return pieces.sorted { $0.0 < $1.0 }.map { $0.1 }
    }
    return PreparedCopies(joining: pieces)
  }

  /// The area in which a stream's node may change anything.
  func area(of stream: StoredStream) throws(StoreError) -> DivisionPath {
    // Orders come from above: what they set holds for this node whatever division it names.
    let code = stream.role == .orders ? DivisionCode.state : nil
    let record = code.map { divisions.record(code: $0) } ?? divisions.record(id: stream.division)
    guard let record else { throw StoreError(.damaged, "a stream's division is not on record") }
    return record.path
  }
}

extension StoreLimits {
  /// Entries of one batch of a stream.
  func entries(of role: StreamRole) -> Int {
    role == .office ? entriesPerOfficeBatch : entriesPerBatch
  }
}

/// What committing comes down to.
private enum CommitPlan: Sendable {
  case done(SignedReceipt)
  case payload(StoredStream, WholePayload)
}

/// A batch as it is offered, checked as far as that goes without what is on record.
struct IncomingBatch: Sendable {
  let offer: BatchOffer
  let manifest: BatchManifest
  /// SHA-256 of the manifest.
  let digest: [UInt8]

  init(_ offer: BatchOffer, limits: StoreLimits) throws {
    guard let manifest = try? BatchManifest(wireArray: offer.manifest), manifest.first >= 1,
      manifest.last >= manifest.first, manifest.epoch >= 1, manifest.root.count == 32,
      offer.payloadDigest.count == 32, offer.payloadLength > 0
    else { throw ExchangeRule.records.error() }
    let entries = manifest.last - manifest.first
    let most = UInt64(2 * limits.batchBytes + SealerContext.maximumBody)
    guard entries < UInt64(limits.entriesPerBatch), offer.recordsLength <= most,
      offer.payloadLength <= most
    else { throw ExchangeRule.size.error() }
    self.offer = offer
    self.manifest = manifest
    digest = try SHA256Context().hash(offer.manifest).bytes
  }
}

/// The whole payload of an open batch.
struct WholePayload: Sendable {
  let batch: IncomingBatch
  let octets: [UInt8]

  var manifest: BatchManifest { batch.manifest }

  /// The records. Throws `StoreError` (`invalid`) if they are not those that were offered.
  func records() throws -> [UInt8] {
    guard try SHA256Context().hash(octets).bytes == batch.offer.payloadDigest else {
      throw ExchangeRule.records.error()
    }
    do throws(CompressionError) {
      let decompressor = try Decompressor()
      // A result, because the closure would forget the type of what is thrown.
      let restored: Result<[UInt8], CompressionError> = octets.withUnsafeBytes { octets in
        do throws(CompressionError) {
          return .success(
            try decompressor.decompress(octets, count: Int(batch.offer.recordsLength))
          )
        } catch {
          return .failure(error)
        }
      }
      return try restored.get()
    } catch {
      throw ExchangeRule.records.error(error.description)
    }
  }
}

/// Where the records of a batch lie, so that several threads can prepare them.
struct RecordSpans: Sendable {
  private let starts: [Int]
  private let end: Int

  /// Throws `StoreError` (`invalid`) for octets that are no records, or not as many entries as the
  /// manifest says.
  init(_ records: [UInt8], _ manifest: BatchManifest) throws {
    var starts: [Int] = []
    var entries: UInt64 = 0
    try records.withUnsafeBytes { octets in
      var reader = BatchReader(octets)
      do throws(BatchFormatError) {
        while true {
          let start = reader.offset
          guard let record = try reader.next() else { break }
          starts.append(start)
          if case .entry = record { entries += 1 }
        }
      } catch {
        throw ExchangeRule.records.error("\(error.reason), \(error.offset)")
      }
    }
    guard entries == manifest.last - manifest.first + 1 else {
      throw ExchangeRule.records.error("\(entries)")
    }
    self.starts = starts
    end = records.count
  }

  var count: Int { starts.count }

  func octets(_ range: Range<Int>) -> Range<Int> {
    starts[range.lowerBound]..<(range.upperBound < starts.count ? starts[range.upperBound] : end)
  }
}

/// The records of a batch, ready to be written in their order.
struct PreparedCopies: Sendable {
  var entries: [CopiedEntry] = []
  var certificates: [[UInt8]] = []

  init(joining pieces: [PreparedCopies]) {
    entries = pieces.flatMap(\.entries)
    certificates = pieces.flatMap(\.certificates)
  }

  init(
    _ records: [UInt8],
    _ range: Range<Int>,
    _ preparer: CopyPreparer,
    _ flag: CancellationFlag
  ) throws {
    try records.withUnsafeBytes { octets in
      var reader = BatchReader(UnsafeRawBufferPointer(rebasing: octets[range]))
      while let record = try reader.next() {
        try flag.check()
        switch record {
        case .entry(let entry): entries.append(try preparer.prepare(entry))
        case .certificate(let octets): certificates.append(Array(octets))
        }
      }
    }
  }
}

extension Reader {
  /// A stream that this node receives, if the caller may send it.
  func receivable(
    _ id: [UInt8],
    from node: OfficeIdentity?,
    _ store: RegistryStore
  ) throws -> StoredStream {
    guard let id = Bytes16(id), let stream = try stream(id), stream.isIncoming else {
      throw ExchangeRule.streamUnknown.error()
    }
    guard let node else { return stream }
    try require(node, mayCarry: stream.division, store)
    if try peer(stream.node)?.isBlocked == true { throw ExchangeRule.blocked.error(stream.node) }
    return stream
  }

  /// Throws the rule against a node that carries a stream of a division's.
  func require(
    _ node: OfficeIdentity,
    mayCarry division: Int64,
    _ store: RegistryStore
  ) throws {
    guard node.kind == .node, let caller = store.divisions.record(code: node.division),
      let origin = store.divisions.record(id: division),
      store.division.path.contains(caller.path), store.division.id != caller.id,
      caller.path.contains(origin.path)
    else { throw ExchangeRule.caller.error(node.uri) }
    if try peer(node.uri)?.isBlocked == true { throw ExchangeRule.blocked.error(node.uri) }
  }

  /// The receipt that this node gave for a batch; nil if it has not committed it.
  ///
  /// - Parameter last: the batch's last entry; nil asks for the last batch alone.
  func receipt(
    _ stream: Int64,
    manifest digest: [UInt8],
    last: UInt64? = nil
  ) throws -> SignedReceipt? {
    let row = try connection.prepare(
      "SELECT manifest, given FROM batch WHERE stream = $1 AND last <= $2 ORDER BY last DESC LIMIT 1"
    )
    row.bind(stream, at: 1)
    row.bind(last.map { Int64(clamping: $0) } ?? .max, at: 2)
    guard let (manifest, given) = try row.first({ ($0.bytes(at: 0), $0.bytes(at: 1)) }),
      hasher.hash(manifest).bytes == digest
    else { return nil }
    return try SignedReceipt(wireArray: given)
  }

  /// The payload of an open batch.
  fileprivate func payload(
    _ stream: StoredStream,
    manifest digest: [UInt8],
    _ limits: StoreLimits
  ) throws -> WholePayload {
    guard let (batch, received) = try incoming(stream.n, limits), batch.digest == digest else {
      throw ExchangeRule.notOpen.error()
    }
    guard received == batch.offer.payloadLength else {
      throw ExchangeRule.incomplete.error("\(received) / \(batch.offer.payloadLength)")
    }
    var octets: [UInt8] = []
    octets.reserveCapacity(Int(received))
    let rows = try connection.prepare(
      "SELECT octets FROM incoming_chunk WHERE stream = $1 ORDER BY place"
    )
    rows.bind(stream.n, at: 1)
    try rows.forEach { row in row.withBytes(at: 0) { octets.append(contentsOf: $0) } }
    return WholePayload(batch: batch, octets: octets)
  }

  /// The batch that is open, and how much of its payload is here; nil if none is.
  func incoming(
    _ stream: Int64,
    _ limits: StoreLimits
  ) throws -> (batch: IncomingBatch, received: UInt64)? {
    let row = try connection.prepare("SELECT offer, received FROM incoming WHERE stream = $1")
    row.bind(stream, at: 1)
    let found = try row.first { ($0.bytes(at: 0), UInt64(clamping: $0.int64(at: 1))) }
    guard let (octets, received) = found else { return nil }
    return (try IncomingBatch(try BatchOffer(wireArray: octets), limits: limits), received)
  }
}

extension WriteSession {
  fileprivate func receivable(
    _ id: [UInt8],
    from node: OfficeIdentity?,
    _ store: RegistryStore
  ) throws -> StoredStream {
    try reader.receivable(id, from: node, store)
  }

  /// Checks an offered batch against what is on record; its receipt, if it was committed before.
  fileprivate func check(
    _ batch: IncomingBatch,
    _ stream: StoredStream
  ) throws -> SignedReceipt? {
    let manifest = batch.manifest
    guard let peer = try reader.peer(stream.node), let key = VerifyingKey(peer.key),
      try key.verifies(
        batch.offer.signature,
        of: Statements.manifest(batch.offer.manifest)
      )
    else { throw ExchangeRule.signature.error(stream.node) }
    let given = try reader.receipt(stream.n, manifest: batch.digest, last: manifest.last)
    if let given { return given }
    if stream.relation == .forked { throw ExchangeRule.conflict.error(stream.node) }
    guard manifest.epoch >= stream.epoch else { throw ExchangeRule.fenced.error(stream.node) }
    guard manifest.schemaVersion <= UInt32(JournalSchema.version) else {
      throw ExchangeRule.schema.error(stream.node)
    }
    guard manifest.first == stream.size + 1 else {
      let missing = "\(stream.size + 1)-\(manifest.first - 1)"
      throw manifest.first <= stream.size
        ? ExchangeRule.conflict.error("\(manifest.first)-\(manifest.last)")
        : ExchangeRule.gap.error(
          "entries \(missing) of \(stream.node) come first",
          zh: "须先有 \(stream.node) 的第 \(missing) 条"
        )
    }
    guard manifest.previous == stream.manifest else { throw ExchangeRule.conflict.error() }
    guard manifest.last - manifest.first < UInt64(limits.entries(of: stream.role)) else {
      throw ExchangeRule.size.error("\(manifest.first)-\(manifest.last)")
    }
    return nil
  }

  /// Opens a batch and returns how much of its payload is here already.
  fileprivate func open(_ batch: IncomingBatch, _ stream: StoredStream) throws -> UInt64 {
    if let (known, received) = try reader.incoming(stream.n, limits), known.offer == batch.offer {
      return received
    }
    try drop(stream.n)
    let row = try connection.prepare(
      "INSERT INTO incoming (stream, offer, manifest, received) VALUES ($1, $2, $3, 0)"
    )
    row.bind(stream.n, at: 1)
    row.bind(try batch.offer.serializedBytes(), at: 2)
    row.bind(batch.digest, at: 3)
    try row.run()
    return 0
  }

  /// Forgets a batch that is under way.
  fileprivate func drop(_ stream: Int64) throws {
    for table in ["incoming", "incoming_chunk"] {
      let row = try connection.prepare("DELETE FROM \(table) WHERE stream = $1")
      row.bind(stream, at: 1)
      try row.run()
    }
  }

  fileprivate func take(_ chunk: BatchChunk, _ stream: StoredStream) throws -> UInt64 {
    let row = try connection.prepare(
      "SELECT offer, received, manifest FROM incoming WHERE stream = $1"
    )
    row.bind(stream.n, at: 1)
    let found = try row.first {
      ($0.bytes(at: 0), UInt64(clamping: $0.int64(at: 1)), $0.bytes(at: 2))
    }
    guard let (octets, received, manifest) = found, manifest == chunk.manifest else {
      throw ExchangeRule.notOpen.error()
    }
    let sum = reader.hasher.hash(chunk.octets).bytes.prefix(4)
    guard chunk.offset == received, chunk.checksum.elementsEqual(sum), !chunk.octets.isEmpty else {
      return received
    }
    let offer = try BatchOffer(wireArray: octets)
    let end = received + UInt64(chunk.octets.count)
    guard end <= offer.payloadLength else { throw ExchangeRule.size.error() }
    let insert = try connection.prepare(
      "INSERT INTO incoming_chunk (stream, place, octets) VALUES ($1, $2, $3)"
    )
    insert.bind(stream.n, at: 1)
    insert.bind(Int64(clamping: received), at: 2)
    insert.bind(chunk.octets, at: 3)
    try insert.run()
    let update = try connection.prepare("UPDATE incoming SET received = $1 WHERE stream = $2")
    update.bind(Int64(clamping: end), at: 1)
    update.bind(stream.n, at: 2)
    try update.run()
    return end
  }

  /// Writes a batch: all of it, or nothing.
  fileprivate func commit(
    _ payload: WholePayload,
    _ copies: PreparedCopies,
    _ store: RegistryStore,
    _ trust: CertificateTrust?
  ) throws -> SignedReceipt {
    // Looked at anew: another call may have committed it meanwhile.
    guard let id = Bytes16(payload.manifest.stream), var stream = try reader.stream(id) else {
      throw ExchangeRule.streamUnknown.error()
    }
    if let receipt = try check(payload.batch, stream) { return receipt }
    let manifest = payload.manifest
    for certificate in copies.certificates { try keep(certificate: certificate) }
    let writer = try CopyWriter(self, stream, area: try store.area(of: stream))
    writer.store = store
    if stream.role == .office {
      // From its first batch on the office is told what becomes of what it asks for.
      if let office = OfficeIdentity(uri: stream.node) { _ = try orders(for: office) }
      writer.office = try OfficeReplay(
        stream,
        from: manifest.first,
        store: store,
        session: self,
        trust: trust
      )
    }
    for entry in copies.entries { try writer.write(entry) }
    if let office = writer.office { try keepClock(office.clock, ofOffice: stream.n) }
    let root = writer.tree.root(using: reader.hasher).bytes
    guard writer.tree.size == manifest.last, root == manifest.root else {
      throw ExchangeRule.root.error("\(manifest.first)-\(manifest.last)")
    }
    try writer.finish()
    stream.epoch = writer.epoch
    stream.size = manifest.last
    stream.root = root
    stream.manifest = payload.batch.digest
    stream.refused += Int64(writer.refused.count)
    stream.contactAt = instant.microseconds
    stream.receiptAt = instant.microseconds
    stream.relation = .inOrder
    stream.error = nil
    try put(stream)
    try forgetAhead(of: stream.n, upTo: stream.size)
    let receipt = try receipt(manifest, payload.batch.digest, writer.refused, store)
    let row = try connection.prepare(
      """
      INSERT INTO batch (stream, last, first, manifest, signature, given, got)
      VALUES ($1, $2, $3, $4, $5, $6, $7)
      """
    )
    row.bind(stream.n, at: 1)
    row.bind(Int64(clamping: manifest.last), at: 2)
    row.bind(Int64(clamping: manifest.first), at: 3)
    row.bind(payload.batch.offer.manifest, at: 4)
    row.bind(payload.batch.offer.signature, at: 5)
    row.bind(try receipt.serializedBytes(), at: 6)
    row.bind([] as [UInt8], at: 7)
    try row.run()
    try drop(stream.n)
    return receipt
  }

  /// The receipt of a batch, which is an entry of this node's own journal.
  private func receipt(
    _ manifest: BatchManifest,
    _ digest: [UInt8],
    _ refused: [RefusedEntry],
    _ store: RegistryStore
  ) throws -> SignedReceipt {
    guard let signer = store.signer else {
      throw StoreError(.unavailable, "the node has no signing key", zh: "节点没有签名密钥")
    }
    let receipt = BatchReceipt(
      stream: manifest.stream,
      epoch: manifest.epoch,
      first: manifest.first,
      last: manifest.last,
      root: manifest.root,
      manifest: digest,
      applied: UInt32(clamping: Int(manifest.last - manifest.first) + 1 - refused.count),
      refused: refused,
      receiver: node.uri,
      receiverStream: self.stream.bytes,
      receiverEntry: UInt64(nextEntry),
      receivedAt: instant.microseconds
    )
    let octets = try receipt.serializedBytes()
    guard let subject = Bytes16(manifest.stream) else { throw ExchangeRule.records.error() }
    _ = try append(
      open: octets,
      EntryDraft(
        operation: .batchReceived,
        kind: .receipt,
        subject: subject,
        versionBefore: manifest.first - 1,
        versionAfter: manifest.last,
        prior: 0,
        actor: node.uri
      )
    )
    return SignedReceipt(
      receipt: octets,
      signature: try signer.key.sign(Statements.receipt(octets))
    )
  }

  /// Keeps the certificate of a person who signed steps; one that is none is left out, and the
  /// check finds its signatures without it.
  func keep(certificate: [UInt8]) throws {
    guard let known = try? SignerCertificate(der: certificate), let identity = known.identity else {
      return
    }
    let row = try connection.prepare(
      """
      INSERT INTO signer (digest, identity, certificate) VALUES ($1, $2, $3)
      ON CONFLICT (digest) DO NOTHING
      """
    )
    row.bind(known.fingerprint, at: 1)
    row.bind(identity, at: 2)
    row.bind(certificate, at: 3)
    try row.run()
  }
}
