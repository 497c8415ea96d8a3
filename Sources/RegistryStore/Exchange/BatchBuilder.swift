internal import Exchange
internal import Journal
internal import RPCProtobuf
internal import RegistryAPI
internal import SQL

/// Puts a stream's entries together as records of a batch, from what is on record here.
struct BatchBuilder {
  let reader: Reader
  let stream: StoredStream

  /// Entries read by one statement, so that none stays open while keys are looked up.
  private static let page: Int64 = 256

  private struct Row {
    let header: [UInt8]
    let bodyHash: Hash256
    let stored: [UInt8]
    let place: Int64
  }

  /// The records behind `after`, up to `last` and until they have `limit` octets, but one entry at
  /// least; and the sequence of the last.
  func records(
    after: UInt64,
    upTo last: UInt64,
    limit: Int
  ) throws -> (writer: BatchWriter, last: UInt64) {
    var writer = BatchWriter()
    var told: Set<[UInt8]> = []
    var sequence = Int64(after)
    let base = EntryPlace(stream: stream.n, sequence: 0).stored
    let rows = try reader.connection.prepare(
      """
      SELECT seq, header, body_hash, sealed FROM journal WHERE seq > $1 AND seq <= $2
      ORDER BY seq LIMIT $3
      """
    )
    while sequence < Int64(last) {
      rows.bind(base + sequence, at: 1)
      rows.bind(base + Int64(last), at: 2)
      rows.bind(Self.page, at: 3)
      var page: [Row] = []
      try rows.forEach { row in
        page.append(
          Row(
            header: row.bytes(at: 1),
            bodyHash: try row.hash256(at: 2),
            stored: row.bytes(at: 3),
            place: row.int64(at: 0)
          )
        )
      }
      guard !page.isEmpty else { throw StoreError(.damaged, "the journal ends early") }
      for row in page {
        if writer.entries > 0, writer.octets.count >= limit {
          return (writer, UInt64(sequence))
        }
        try append(row, to: &writer, &told)
        sequence += 1
      }
    }
    return (writer, UInt64(sequence))
  }

  private func append(
    _ row: Row,
    to writer: inout BatchWriter,
    _ told: inout Set<[UInt8]>
  ) throws {
    try row.header.withUnsafeBytes { octets in
      let header = try EntryHeader(decoding: octets)
      let opened: Void? = try reader.withContent(header, stored: row.stored, at: row.place) {
        salt,
        body in
        if header.subjectKind == .application {
          try appendSigners(body, to: &writer, &told)
        } else if header.subjectKind == .pilot {
          let record = try PilotRecord(wireBytes: body)
          try append(signer: record.certificate, to: &writer, &told)
        }
        withUnsafeBytes(of: (salt.high.bigEndian, salt.low.bigEndian)) {
          writer.append(header: octets, salt: $0, body: body)
        }
      }
      if opened == nil { writer.append(header: octets, bodyHash: row.bodyHash) }
    }
  }

  /// Appends the certificates of those who signed an application's steps: they stand beside the
  /// journal, and the receiver checks the signatures.
  private func appendSigners(
    _ body: UnsafeRawBufferPointer,
    to writer: inout BatchWriter,
    _ told: inout Set<[UInt8]>
  ) throws {
    let application = try Application(wireBytes: body)
    for step in application.steps { try append(signer: step.certificate, to: &writer, &told) }
  }

  private func append(
    signer digest: [UInt8],
    to writer: inout BatchWriter,
    _ told: inout Set<[UInt8]>
  ) throws {
    if !digest.isEmpty, told.insert(digest).inserted {
      let row = try reader.connection.prepare("SELECT certificate FROM signer WHERE digest = $1")
      row.bind(digest, at: 1)
      if let certificate = try row.first({ $0.bytes(at: 0) }) {
        writer.append(certificate: certificate)
      }
    }
  }
}

extension Reader {
  /// Lends the salt and body of an entry; nil where it was withheld, or its key is gone.
  func withContent<Result>(
    _ header: EntryHeader,
    stored: [UInt8],
    at place: Int64,
    _ use: (_ salt: Bytes16, _ body: UnsafeRawBufferPointer) throws -> Result
  ) throws -> Result? {
    if stored.isEmpty { return nil }
    return try stored.withUnsafeBytes { octets in
      if header.isOpen {
        guard octets.count >= 16,
          let salt = Bytes16(UnsafeRawBufferPointer(rebasing: octets[..<16]))
        else { throw StoreError(.damaged, "an open body is too short") }
        return try use(salt, UnsafeRawBufferPointer(rebasing: octets[16...]))
      }
      guard let (owner, wrapped) = try key(of: header, at: place) else { return nil }
      let binding = SealBinding(
        place: .body,
        household: owner,
        stream: stream,
        subjectKind: header.subjectKind,
        subject: header.subject,
        version: header.versionAfter
      )
      return try wrapped.withUnsafeBytes { wrapped in
        try sealer.withOpened(octets, wrappedKey: wrapped, binding: binding, use)
      }
    }
  }

  /// Whose key seals an entry's body, and the wrapped key; nil where it is gone.
  func key(
    of header: EntryHeader,
    at place: Int64
  ) throws -> (owner: Bytes16, wrapped: [UInt8])? {
    let ofEntry = EntryPlace.isForeign(place) ? try key(ofEntry: place) : nil
    if let ofEntry { return ofEntry }
    if let ofRow = try key(ofRow: header) { return ofRow }
    // Of this node's own journal that alone which came back to it and took no effect.
    return EntryPlace.isForeign(place) ? nil : try key(ofEntry: place)
  }

  private func key(ofRow header: EntryHeader) throws -> (owner: Bytes16, wrapped: [UInt8])? {
    let text: String
    switch header.subjectKind {
    case .household: text = "SELECT id, wrapped_key FROM household WHERE id = $1"
    case .application: text = "SELECT owner, wrapped_key FROM application WHERE id = $1"
    case .minutes: text = "SELECT id, wrapped_key FROM minutes WHERE id = $1"
    case .proposal:
      text = """
        SELECT h.id, h.wrapped_key FROM proposal p JOIN household h ON h.n = p.household
        WHERE p.id = $1
        """
    case .handOver:
      text = """
        SELECT h.id, h.wrapped_key FROM hand_over p JOIN household h ON h.n = p.household
        WHERE p.id = $1
        """
    default: return nil
    }
    let row = try connection.prepare(text)
    row.bind(header.subject, at: 1)
    return try row.first { (try $0.bytes16(at: 0), $0.bytes(at: 1)) }
  }

  private func key(ofEntry place: Int64) throws -> (Bytes16, [UInt8])? {
    let row = try connection.prepare("SELECT owner, wrapped_key FROM entry_key WHERE entry = $1")
    row.bind(place, at: 1)
    return try row.first { (try $0.bytes16(at: 0), $0.bytes(at: 1)) }
  }
}

extension EntryHeader {
  /// Whether the body holds no personal data and is stored as salt ‖ body.
  var isOpen: Bool {
    switch subjectKind {
    case .stream, .notice, .policy, .line, .quota, .code, .receipt, .finding, .arrivalSettled,
      .look,
      .pilot, .roster:
      true
    default: operation == .keyErased
    }
  }
}

extension SubjectKind {
  /// The receipt of another node's batch; not sealed.
  static let receipt = SubjectKind(rawValue: 11)
}

extension EntryOperation {
  /// A batch of another node's stream took effect.
  static let batchReceived = EntryOperation(rawValue: firstOfRegistry + 13)
}
