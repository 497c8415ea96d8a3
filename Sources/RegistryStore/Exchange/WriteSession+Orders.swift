internal import Journal
internal import RPCCore
internal import RPCProtobuf
internal import RegistryAPI
internal import RegistryModel
internal import SQL

/// Orders to the nodes below: each has a stream of its own, so that none sees another's.
extension WriteSession {
  /// The stream of orders to a node, begun with what holds for it now if it is new.
  func orders(for recipient: OfficeIdentity) throws -> StoredStream {
    let known = try reader.streams().first {
      !$0.isIncoming && $0.role == .orders && $0.recipient == recipient.uri
    }
    if let known { return known }
    guard let signer = context.signer else {
      throw StoreError(.unavailable, "the node has no signing key", zh: "节点没有签名密钥")
    }
    let id = try reader.sealer.makeRandom16()
    let home = context.directory.record(code: node.division)
    let introduction = StreamIntroduction(
      stream: id.bytes,
      node: node.uri,
      role: .orders,
      recipient: recipient.uri,
      key: signer.verifyingKey.octets,
      synthetic: context.synthetic
    )
    let stream = try StoredStream(
      n: try nextStream(),
      introduction,
      id: id,
      isIncoming: false,
      division: home?.id ?? 0
    )
    try put(stream)
    state.offices = nil
    state.owners = nil
    let message = Node(identity: node.uri, synthetic: context.synthetic)
    try append(
      order: try message.serializedBytes(),
      EntryDraft(
        operation: .streamStarted,
        kind: .stream,
        subject: id,
        versionBefore: 0,
        versionAfter: 0,
        prior: 0,
        actor: node.uri
      ),
      to: stream
    )
    try seed(stream, recipient)
    return stream
  }

  /// Passes on to the nodes below what was set here, or ordered from above.
  func order(_ body: [UInt8], _ draft: EntryDraft, about divisions: [DivisionRecord]) throws {
    for below in try nodesBelow() + officeOrders()
    where divisions.contains(where: {
      below.path.contains($0.path) || $0.path.contains(below.path)
    }) {
      try append(order: body, draft, to: below.stream)
    }
  }

  /// Appends an order to a node's stream, or a look to the stream of these. Returns the entry's place.
  @discardableResult
  func append(
    order body: [UInt8],
    _ draft: EntryDraft,
    to stream: StoredStream,
    seal: OrderSeal = .open
  ) throws -> Int64 {
    var tree = try tree(of: stream.n)
    let sequence = tree.size + 1
    let header = try EntryHeader(
      stream: stream.id,
      epoch: state.epoch,
      sequence: sequence,
      instant: instant.microseconds,
      actor: draft.actor,
      operation: draft.operation,
      subjectKind: draft.kind,
      subject: draft.subject,
      versionBefore: draft.versionBefore,
      versionAfter: draft.versionAfter,
      schemaVersion: JournalSchema.version
    ).encoded
    let salt = try reader.sealer.makeRandom16()
    let hash = body.withUnsafeBytes { reader.hasher.bodyHash(salt: salt, body: $0) }
    let leaf = reader.hasher.leaf(header: header, bodyHash: hash)
    try tree.append(leaf, using: reader.hasher) { try statements.insert($0, stream: stream.n) }
    let place = EntryPlace(stream: stream.n, sequence: Int64(sequence)).stored
    func sealed(_ key: HouseholdKey, of owner: Bytes16) throws -> [UInt8] {
      let binding = SealBinding(
        place: .body,
        household: owner,
        stream: reader.stream,
        subjectKind: draft.kind,
        subject: draft.subject,
        version: draft.versionAfter
      )
      return try reader.sealer.seal(body, salt: salt, key: key, binding: binding)
    }
    let stored: [UInt8]
    switch seal {
    case .open: stored = salt.bytes + body
    case .alone(let owner):
      stored = try sealed(keepKey(of: owner, entry: place), of: owner)
    case .under(let owner, let wrapped):
      stored = try sealed(reader.sealer.unwrap(wrapped, household: owner), of: owner)
    }
    try statements.insertEntry(
      place: place,
      instant: instant.microseconds,
      prior: 0,
      header: header,
      bodyHash: hash,
      sealed: stored
    )
    state.streams[stream.n] = tree
    return place
  }

  /// A new key for the body of an entry whose subject has no row here.
  func keepKey(of subject: Bytes16, entry place: Int64) throws -> HouseholdKey {
    let key = try reader.sealer.makeKey(for: subject)
    let row = try connection.prepare(
      "INSERT INTO entry_key (entry, owner, wrapped_key) VALUES ($1, $2, $3)"
    )
    row.bind(place, at: 1)
    row.bind(subject, at: 2)
    row.bind(try reader.sealer.wrap(key), at: 3)
    try row.run()
    return key
  }

  /// Orders what holds for a node's division: everything set for it, for those above and below.
  private func seed(_ stream: StoredStream, _ recipient: OfficeIdentity) throws {
    guard let place = context.directory.record(code: recipient.division) else { return }
    let tables: [(String, EntryOperation, SubjectKind)] = [
      ("policy", .policySet, .policy), ("line", .lineSet, .line), ("quota", .quotaSet, .quota),
      ("code", .codeSet, .code),
    ]
    for (table, operation, kind) in tables {
      for held in try rules(table) {
        guard let division = context.directory.record(id: held.division),
          place.path.contains(division.path) || division.path.contains(place.path)
        else { continue }
        try append(
          order: held.body,
          EntryDraft(
            operation: operation,
            kind: kind,
            subject: held.header.subject,
            versionBefore: held.header.versionBefore,
            versionAfter: held.header.versionAfter,
            prior: 0,
            actor: held.header.actor
          ),
          to: stream
        )
      }
    }
    try tellPilotRecords(of: place, in: stream)
    try forwardWaiting(to: place, by: stream)
    if place.level > .county { try seed(OfficeOrders(stream: stream, path: place.path)) }
  }

  private struct HeldEntry {
    let division: Int64
    let header: EntryHeader
    let body: [UInt8]
  }

  /// What was set here or ordered from above; what a node below set itself came from it.
  private func rules(_ table: String) throws -> [HeldEntry] {
    let copies = Set(try reader.streams().filter { $0.role == .journal }.map(\.n)).subtracting([0])
    let rows = try connection.prepare(
      """
      SELECT t.division, j.header, j.sealed, t.entry FROM \(table) t JOIN journal j ON j.seq = t.entry
      ORDER BY t.entry
      """
    )
    var held: [HeldEntry] = []
    try rows.forEach { row in
      if copies.contains(EntryPlace(row.int64(at: 3)).stream) { return }
      held.append(
        HeldEntry(
          division: row.int64(at: 0),
          header: try row.withBytes(at: 1) { try EntryHeader(decoding: $0) },
          body: try row.withBytes(at: 2) { Array(try OpenBody.content($0)) }
        )
      )
    }
    return held
  }
}

extension RegistryStore {
  /// The streams of orders to the node that calls; only a node's own call opens one.
  func orders(
    for node: OfficeIdentity,
    _ introductions: [StreamIntroduction]
  ) async throws -> [StoredStream] {
    guard introductions.contains(where: { $0.node == node.uri }) else { return [] }
    return [try await writer.perform(weight: 1) { try $0.orders(for: node) }]
  }
}
