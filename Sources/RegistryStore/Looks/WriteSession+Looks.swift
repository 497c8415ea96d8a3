internal import Journal
internal import RPCCore
internal import RPCProtobuf
internal import RegistryAPI
internal import RegistryModel
internal import SQL

extension SubjectKind {
  /// A look at personal data; not sealed: it names no person whose file was looked at.
  static let look = SubjectKind(rawValue: 16)
}

extension EntryOperation {
  /// Somebody was shown personal data.
  static let looked = EntryOperation(rawValue: firstOfRegistry + 19)
  /// How far the stream of looks had come: the journal's signed heads cover it from there.
  static let looksAnchored = EntryOperation(rawValue: firstOfRegistry + 20)
}

extension Look {
  /// The files that were looked at.
  var ids: [Bytes16] {
    stride(from: 0, to: files.count - 15, by: 16).compactMap { Bytes16(files[$0..<$0 + 16]) }
  }

  /// The same look at some of the files.
  func at(_ ids: [Bytes16]) -> Look {
    var look = self
    look.files = ids.flatMap(\.bytes)
    return look
  }
}

/// The stream of looks: a tree of its own, since a node is asked far more often than it writes.
extension WriteSession {
  /// How often the stream is anchored in the journal while looks come, in microseconds: an hour.
  private static let anchorEvery: Int64 = 3_600_000_000

  /// Records a look and tells the nodes below whose files were looked at.
  func append(_ look: Look, actor: String) throws {
    let stream = try looks()
    try anchor(stream)
    let place = try append(
      order: try look.serializedBytes(),
      EntryDraft(
        operation: .looked,
        kind: .look,
        subject: try reader.sealer.makeRandom16(),
        versionBefore: 0,
        versionAfter: 1,
        prior: 0,
        actor: actor
      ),
      to: stream
    )
    try index(look, at: place)
    try forward(look, actor: actor)
  }

  /// Takes over a look that a node above made at files of this node, or of those below.
  func keep(look body: [UInt8], _ header: EntryHeader, at place: Int64) throws -> CopyRule? {
    guard let look = try? Look(wireArray: body), look.files.count % 16 == 0,
      OfficeIdentity(uri: header.actor) != nil
    else { return .malformed }
    try index(look, at: place)
    try forward(look, actor: header.actor)
    return nil
  }

  private func index(_ look: Look, at place: Int64) throws {
    let row = try connection.prepare(
      "INSERT INTO look (file, entry) VALUES ($1, $2) ON CONFLICT (file, entry) DO NOTHING"
    )
    for id in look.ids {
      row.bind(id, at: 1)
      row.bind(place, at: 2)
      try row.run()
    }
  }

  /// The stream, begun when first something is shown.
  private func looks() throws -> StoredStream {
    if let known = state.looks { return known }
    let known = try reader.streams().first { !$0.isIncoming && $0.role == .looks }
    if let known {
      state.looks = known
      return known
    }
    let id = try reader.sealer.makeRandom16()
    let stream = try StoredStream(
      n: try nextStream(),
      StreamIntroduction(
        stream: id.bytes,
        node: node.uri,
        role: .looks,
        synthetic: context.synthetic
      ),
      id: id,
      isIncoming: false,
      division: context.directory.record(code: node.division)?.id ?? 0
    )
    try put(stream)
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
    state.looks = stream
    return stream
  }

  /// Notes in the node's own journal how far the looks have come, so that the signed heads, and the
  /// nodes above, which have copies of it, tell if any of them is changed later.
  private func anchor(_ stream: StoredStream) throws {
    let now = instant.microseconds
    // The command line opens a file anew for each command: what was anchored before counts too.
    if state.looksAnchoredAt == 0 {
      let last = try connection.prepare(
        """
        SELECT j.recorded_at FROM look_anchor a JOIN journal j ON j.seq = a.entry
        ORDER BY a.entry DESC LIMIT 1
        """
      )
      state.looksAnchoredAt = try last.first { $0.int64(at: 0) } ?? 0
    }
    guard !state.isRestored, now - state.looksAnchoredAt >= Self.anchorEvery else { return }
    let tree = try tree(of: stream.n)
    let position = StreamPosition(
      stream: stream.id.bytes,
      epoch: state.epoch,
      size: tree.size,
      root: tree.root(using: reader.hasher).bytes
    )
    let entry = try append(
      open: position.serializedBytes(),
      EntryDraft(
        operation: .looksAnchored,
        kind: .stream,
        subject: stream.id,
        versionBefore: 0,
        versionAfter: 0,
        prior: 0,
        actor: node.uri
      )
    )
    let row = try connection.prepare("INSERT INTO look_anchor (entry) VALUES ($1)")
    row.bind(entry, at: 1)
    try row.run()
    state.looksAnchoredAt = now
  }

  /// Tells each node below of looks at the files that it owns.
  private func forward(_ look: Look, actor: String) throws {
    let below = try nodesBelow()
    if below.isEmpty { return }
    let household = try connection.prepare("SELECT village FROM household WHERE id = $1")
    let application = try connection.prepare("SELECT village FROM application WHERE id = $1")
    var told: [Int64: [Bytes16]] = [:]
    for id in look.ids {
      var village: Int64?
      for row in [household, application] where village == nil {
        row.bind(id, at: 1)
        village = try row.first { $0.int64(at: 0) }
      }
      guard let path = village.flatMap({ context.directory.record(id: $0)?.path }) else { continue }
      for (place, node) in below.enumerated() where node.path.contains(path) {
        told[Int64(place), default: []].append(id)
      }
    }
    for (place, ids) in told.sorted(by: { $0.key < $1.key }) {
      try append(
        order: try look.at(ids).serializedBytes(),
        EntryDraft(
          operation: .looked,
          kind: .look,
          subject: try reader.sealer.makeRandom16(),
          versionBefore: 0,
          versionAfter: 1,
          prior: 0,
          actor: actor
        ),
        to: below[Int(place)].stream
      )
    }
  }

  /// The streams of orders to the nodes below that own files, or stand above such.
  func nodesBelow() throws -> [OfficeOrders] {
    if let known = state.owners { return known }
    let found = try reader.streams().compactMap { stream -> OfficeOrders? in
      guard !stream.isIncoming, stream.role == .orders,
        let home = OfficeIdentity(uri: stream.recipient)
          .flatMap({ context.directory.record(code: $0.division) }),
        home.level <= .county
      else { return nil }
      return OfficeOrders(stream: stream, path: home.path)
    }
    state.owners = found
    return found
  }
}

/// How many people's data an identity was shown.
extension WriteSession {
  /// Counts people against an identity's day. Throws `StoreError` (`refused`, `disclosure.budget`)
  /// where its limit would be passed; nothing is shown then.
  func spend(_ people: Int64, of identity: String, limit: Int64) throws {
    let day = Int64(Day(of: instant).yyyymmdd)
    let known = try connection.prepare(
      "SELECT people FROM look_budget WHERE identity = $1 AND day = $2"
    )
    known.bind(identity, at: 1)
    known.bind(day, at: 2)
    let spent = try known.first { $0.int64(at: 0) } ?? 0
    guard spent + people <= limit else {
      throw StoreError.refused(
        by: "disclosure.budget",
        "the office has been shown \(spent) people today, and \(limit) are its limit",
        zh: "本机构今日已查看 \(spent) 人，每日限额 \(limit) 人"
      )
    }
    let row = try connection.prepare(
      """
      INSERT INTO look_budget (identity, day, people) VALUES ($1, $2, $3)
      ON CONFLICT (identity, day) DO UPDATE SET people = excluded.people
      """
    )
    row.bind(identity, at: 1)
    row.bind(day, at: 2)
    row.bind(spent + people, at: 3)
    try row.run()
    guard spent == 0 else { return }
    let old = try connection.prepare("DELETE FROM look_budget WHERE day < $1")
    old.bind(day, at: 1)
    try old.run()
  }
}
