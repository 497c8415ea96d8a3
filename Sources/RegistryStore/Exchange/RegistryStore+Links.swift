internal import Exchange
package import Journal
internal import RPCCore
internal import RPCProtobuf
package import RegistryAPI
package import RegistryModel
internal import SQL

/// The version of the exchange that this node speaks.
package let exchangeVersion: UInt32 = 1

extension RegistryStore {
  /// The key that signs for the node, if it has one.
  package var verifyingKey: VerifyingKey? { signer?.verifyingKey }

  /// The node's own journal as it is introduced to other nodes, without its certificate's signature.
  package var introduction: StreamIntroduction {
    get throws {
      guard let signer else {
        throw StoreError(.unavailable, "the node has no signing key", zh: "节点没有签名密钥")
      }
      return StreamIntroduction(
        stream: stream.bytes,
        node: node.uri,
        role: isOffice ? .office : .journal,
        key: signer.verifyingKey.octets,
        synthetic: isSynthetic
      )
    }
  }

  /// Whether the node is a stand-alone office's below the county, which owns no files: what it
  /// records is asked of the county.
  package var isOffice: Bool { division.level > .county }

  /// The row of the node's own journal before its first receipt.
  func ownStream() throws -> StoredStream {
    try StoredStream(
      n: 0,
      try introduction,
      id: stream,
      isIncoming: false,
      division: division.id
    )
  }

  /// What this node sends the node above: its own journal, and the copies that it passes on.
  ///
  /// The first is this node's own; `vouch` adds its certificate and signature.
  package func sentUpwards() async throws -> [(StreamIntroduction, StreamPosition)] {
    try await work.run { [self] _ in
      try readers.with { reader in
        try reader.connection.transaction {
          var own = try reader.stream(stream) ?? ownStream()
          try reader.fill(&own)
          var sent = [(try introduction, own.position)]
          for copy in try reader.streams() where copy.isIncoming && copy.role == .journal {
            guard let told = try? StreamIntroduction(wireArray: copy.introduction) else { continue }
            sent.append((told, copy.position))
          }
          return sent
        }
      }
    }
  }

  /// What this node has of the streams that the node above sends it, and the last head that it saw.
  package func receivedFromAbove(
    _ upstream: String
  ) async throws -> (received: [StreamPosition], witnessed: StreamPosition?) {
    try await work.run { [self] _ in
      try readers.with { reader in
        let received = try reader.streams()
          .filter { $0.isIncoming && $0.role == .orders && $0.node == upstream }
          .map(\.position)
        return (received, try reader.peer(upstream)?.head?.position)
      }
    }
  }

  /// Answers another node that calls: how far this one is with each of its streams.
  ///
  /// - Parameters:
  ///   - node: the caller, by its certificate, which the connection has checked.
  ///   - trust: checks the certificates of nodes whose streams are passed on; nil where none are.
  ///
  /// Throws `StoreError` (`refused`) for a caller that this node exchanges nothing with, or whose
  /// people are of the other kind.
  package func answer(
    _ request: HelloRequest,
    from node: OfficeIdentity,
    certificate: [UInt8],
    trust: CertificateTrust?
  ) async throws -> HelloResponse {
    guard request.streams.count == request.sent.count, !request.streams.isEmpty else {
      throw ExchangeRule.records.error()
    }
    let met = try await writer.perform(weight: 1) { [self] session in
      var states: [StreamState] = []
      for (introduction, position) in zip(request.streams, request.sent) {
        let stream = try session.meet(introduction, from: node, certificate, trust, self)
        states.append(try session.compare(stream, position))
      }
      return states
    }
    let orders = try await orders(for: node, request.streams)
    return try await work.run { [self] _ in
      try readers.with { reader in
        try reader.connection.transaction {
          var response = HelloResponse(
            version: min(request.version, exchangeVersion),
            streams: met,
            chunkLimit: UInt32(limits.chunkBytes)
          )
          var own = try reader.stream(stream) ?? ownStream()
          try reader.fill(&own)
          response.offered = [try introduction]
          response.offeredPositions = [own.position]
          for orders in orders {
            var orders = orders
            try reader.fill(&orders)
            response.offered.append(try StreamIntroduction(wireArray: orders.introduction))
            response.offeredPositions.append(orders.position)
          }
          response.head = try reader.head()
          if let seen = request.witnessed, seen.size > 0, let head = response.head?.position,
            seen.size <= head.size
          {
            response.consistency = try reader.consistency(from: seen.size, to: head.size)
          }
          return response
        }
      }
    }
  }

  /// Takes the called node's answer: who it is, its head, the streams that it sends.
  ///
  /// Throws `StoreError`: `refused` for a node that is not the one that was called, or holds people
  /// of the other kind; `conflict` (`exchange.conflict`) if its journal is not the one that this
  /// node saw before.
  package func take(
    _ response: HelloResponse,
    from upstream: String,
    certificate: [UInt8]
  ) async throws {
    guard response.offered.count == response.offeredPositions.count,
      let first = response.offered.first, first.node == upstream, first.role == .journal,
      let head = response.head, let position = head.position, position.stream == first.stream,
      let key = VerifyingKey(first.key)
    else { throw ExchangeRule.introduction.error(upstream) }
    guard first.synthetic == isSynthetic else { throw ExchangeRule.synthetic.error(upstream) }
    guard try key.verifies(head.signature, of: Statements.head(head)) else {
      throw ExchangeRule.signature.error(upstream)
    }
    try await writer.perform(weight: 1) { [self] session in
      let known = try session.reader.peer(upstream)
      if let seen = known?.head?.position {
        guard try session.reader.continues(seen, by: position, response.consistency) else {
          throw ExchangeRule.conflict.error(upstream)
        }
      }
      try session.put(
        Peer(
          node: upstream,
          stream: first.stream,
          key: first.key,
          certificate: certificate,
          isBlocked: false,
          head: head
        )
      )
      guard
        let place = OfficeIdentity(uri: upstream).flatMap({ divisions.record(code: $0.division) })
      else { throw ExchangeRule.caller.error(upstream) }
      for orders in response.offered.dropFirst() where orders.recipient == node.uri {
        guard orders.node == upstream, orders.role == .orders else {
          throw ExchangeRule.introduction.error(upstream)
        }
        try session.meet(orders: orders, from: place)
      }
      var own = try session.reader.stream(stream) ?? ownStream()
      own.contactAt = context.environment.now().microseconds
      own.relation = .inOrder
      own.error = nil
      try session.put(own)
    }
  }

  /// Whether this node's copy of a stream has a root at a size; the receiver's told position is
  /// compared so.
  package func agrees(with position: StreamPosition) async throws -> Bool {
    if position.size == 0 { return true }
    return try await root(of: position.stream, at: position.size) == position.root
  }

  /// The root of a stream's tree when it had so many entries; empty for more than there are, or a
  /// stream that is not known.
  package func root(of id: [UInt8], at size: UInt64) async throws -> [UInt8] {
    try await work.run { [self] _ in
      try readers.with { reader in
        guard let id = Bytes16(id), let n = try id == stream ? 0 : reader.stream(id)?.n else {
          return []
        }
        return try reader.root(of: n, at: size)
      }
    }
  }

  /// Notes what went wrong with a stream, or with all where none is named, for operators.
  package func note(
    _ error: (english: String, chinese: String),
    relation: StreamRelation? = nil,
    of id: [UInt8]
  ) async throws {
    try await writer.perform(weight: 1) { [self] session in
      guard let id = Bytes16(id) else { return }
      guard var row = try session.reader.stream(id) ?? (id == stream ? ownStream() : nil) else {
        return
      }
      row.error = StoredStream.StreamError(
        english: error.english,
        chinese: error.chinese,
        at: context.environment.now().microseconds
      )
      if let relation { row.relation = relation }
      try session.put(row)
    }
  }

  /// Blocks a node that this one knows, or takes it again; an open batch of it stays where it is.
  ///
  /// Who oversees the whole node decides of every other; who oversees a part, of those in it.
  ///
  /// Throws `StoreError`: `refused` for a node outside the scope's area, `notFound` for one that was
  /// never met.
  package func setAccess(_ request: SetLinkAccessRequest, scope: Scope) async throws {
    try scope.require(.linkControl)
    let place = OfficeIdentity(uri: request.node)
      .flatMap { divisions.record(code: $0.division) }
    let isInArea = place.map { scope.covers($0.path) } ?? false
    guard isInArea || scope.covers(division.path) else { throw StoreError.outsideArea }
    try await writer.perform(weight: 1) { session in
      guard var peer = try session.reader.peer(request.node) else {
        throw StoreError(.notFound, "no such node is on record", zh: "没有该节点的记录")
      }
      peer.isBlocked = request.blocked
      if !request.blocked {
        // Taken again: whatever journal, key and head it shows next begin anew.
        peer.stream = []
        peer.key = []
        peer.head = nil
      }
      try session.put(peer)
      guard !request.blocked else { return }
      // Taken again also means that an alarm was looked into.
      for var stream in try session.reader.streams()
      where stream.node == request.node && stream.relation == .forked {
        stream.relation = .unspecified
        stream.error = nil
        try session.put(stream)
      }
    }
  }
}

extension RegistryStore {
  /// Puts a node on record that introduces itself by a file: one below with its journal, or one
  /// above, which gives receipts and orders.
  ///
  /// - Parameter upstream: the node above that this one is configured to call, whose orders alone
  ///   hold then; empty where there is none.
  ///
  /// Throws `StoreError` (`refused`) with the rule that it breaks.
  package func meet(
    _ introduction: StreamIntroduction,
    from node: OfficeIdentity,
    trust: CertificateTrust,
    upstream: String
  ) async throws {
    guard let place = divisions.record(code: node.division) else {
      throw ExchangeRule.introduction.error(node.uri)
    }
    let isAbove = place.path.contains(division.path) && place.id != division.id
    try await writer.perform(weight: 1) { [self] session in
      if isAbove {
        try session.meet(above: introduction, trust, upstream, self)
      } else {
        _ = try session.meet(introduction, from: node, [], trust, self)
      }
    }
  }

  /// What goes by file to the holder of a certificate: this node's own journal to a node above, its
  /// orders to one below; a division's poverty office stands for the division's node.
  ///
  /// Throws `StoreError`: `refused` (`exchange.recipient`) for any other holder, `notFound` for a
  /// node below that has sent nothing yet, `precondition` (`node.restored`) while the node is
  /// read-only.
  package func outgoing(to holder: OfficeIdentity) async throws -> OutgoingStream {
    // What it would send is not all that it sent before: another history under the same numbers.
    guard !isRestored else { throw ExchangeRule.restored.error() }
    guard let signer else {
      throw StoreError(.unavailable, "the node has no signing key", zh: "节点没有签名密钥")
    }
    guard holder.kind.holdsNodes, let place = divisions.record(code: holder.division),
      place.id != division.id
    else { throw ExchangeRule.recipient.error(holder.uri) }
    if place.path.contains(division.path) {
      // The county owns the files: what an office asks for is carried out there.
      guard !isOffice || place.level == .county else {
        throw ExchangeRule.recipient.error(holder.uri)
      }
      return try await work.run { [self] _ in
        try readers.with { reader in
          try reader.outgoing(try reader.stream(stream) ?? ownStream(), try introduction)
        }
      }
    }
    guard division.path.contains(place.path) else {
      throw ExchangeRule.recipient.error(holder.uri)
    }
    return try await writer.perform(weight: 1) { session in
      // Only a node that has introduced itself gets orders: its name is known from there.
      let nodes = try session.reader.nodesBelow(self).filter {
        holder.kind == .node ? $0 == holder : $0.division == holder.division
      }
      guard let node = nodes.first, nodes.count == 1 else {
        throw ExchangeRule.recipientUnknown.error(holder.uri)
      }
      if try session.reader.peer(node.uri)?.isBlocked == true {
        throw ExchangeRule.blocked.error(node.uri)
      }
      let orders = try session.orders(for: node)
      var introduction = try StreamIntroduction(wireArray: orders.introduction)
      // By file nothing else tells which key signs today.
      introduction.key = signer.verifyingKey.octets
      return try session.reader.outgoing(orders, introduction)
    }
  }

  /// Throws `StoreError` (`refused`) unless a scope may do an operation and covers the whole node.
  package func requireWhole(_ scope: Scope, _ operation: Operation) throws {
    try scope.require(operation)
    guard scope.covers(division.path) else { throw StoreError.outsideArea }
  }
}

extension WriteSession {
  /// A node above, whose receipts and orders come by file: its certificate vouches for its key.
  fileprivate func meet(
    above introduction: StreamIntroduction,
    _ trust: CertificateTrust,
    _ upstream: String,
    _ store: RegistryStore
  ) throws {
    let certificate = try? SignerCertificate(der: introduction.certificate)
    let now = context.environment.now().microseconds / 1_000_000
    guard let certificate, let above = OfficeIdentity(uri: introduction.node),
      above.kind == .node, certificate.mayVouch(for: above), VerifyingKey(introduction.key) != nil,
      try certificate.verifies(
        introduction.signature,
        of: try Statements.introduction(introduction)
      ), try trust.vouches(for: certificate, now: now)
    else { throw ExchangeRule.introduction.error(introduction.node) }
    guard introduction.synthetic == store.isSynthetic else {
      throw ExchangeRule.synthetic.error(introduction.node)
    }
    var peer =
      try reader.peer(introduction.node)
      ?? Peer(node: introduction.node, stream: [], key: [], certificate: [], isBlocked: false)
    if peer.isBlocked { throw ExchangeRule.blocked.error(introduction.node) }
    // A node's own certificate changes its key; that of its office begins with one.
    guard peer.key.isEmpty || peer.key == introduction.key || certificate.identity == above.uri
    else { throw ExchangeRule.key.error(introduction.node) }
    if introduction.role == .orders {
      // One node orders: another above it would be a second one that sets the same rules.
      let others = try reader.streams().filter {
        $0.isIncoming && $0.role == .orders && $0.node != introduction.node
      }
      guard upstream.isEmpty ? others.isEmpty : introduction.node == upstream else {
        throw ExchangeRule.caller.error(introduction.node)
      }
    }
    peer.key = introduction.key
    peer.certificate = introduction.certificate
    if introduction.role == .journal { peer.stream = introduction.stream }
    try put(peer)
    if introduction.role == .orders {
      guard let division = context.directory.record(code: above.division) else {
        throw ExchangeRule.introduction.error(introduction.node)
      }
      try meet(orders: introduction, from: division)
    }
    // From its first receipt on the node's own journal has a row that tells what was confirmed.
    if try reader.stream(stream) == nil { try put(try store.ownStream()) }
  }

  /// The orders of a node above, put on record if they are new.
  fileprivate func meet(
    orders introduction: StreamIntroduction,
    from place: DivisionRecord
  ) throws {
    guard let id = Bytes16(introduction.stream), id != stream, introduction.recipient == node.uri
    else {
      throw ExchangeRule.introduction.error(introduction.node)
    }
    if let known = try reader.stream(id) {
      guard known.isIncoming, known.role == .orders, known.node == introduction.node else {
        throw ExchangeRule.introduction.error(introduction.node)
      }
      return
    }
    try put(
      StoredStream(
        n: try nextStream(),
        introduction,
        id: id,
        isIncoming: true,
        division: place.id
      )
    )
  }

  /// A stream that another node sends or passes on; put on record if it is new.
  fileprivate func meet(
    _ introduction: StreamIntroduction,
    from caller: OfficeIdentity,
    _ own: [UInt8],
    _ trust: CertificateTrust?,
    _ store: RegistryStore
  ) throws -> StoredStream {
    guard let id = Bytes16(introduction.stream), VerifyingKey(introduction.key) != nil,
      id != stream,
      let node = OfficeIdentity(uri: introduction.node), node.kind == .node,
      let place = context.directory.record(code: node.division),
      introduction.role == (place.level > .county ? .office : .journal)
    else { throw ExchangeRule.introduction.error(introduction.node) }
    try reader.require(caller, mayCarry: place.id, store)
    // What an office asks for is carried out at its county alone.
    guard introduction.role == .journal || store.division.level == .county else {
      throw ExchangeRule.caller.error(introduction.node)
    }
    guard introduction.synthetic == store.isSynthetic else {
      throw ExchangeRule.synthetic.error(introduction.node)
    }
    // A node's certificate vouches for the key that signs its stream, whoever carries it.
    let certificate = try? SignerCertificate(der: introduction.certificate)
    guard let certificate, certificate.mayVouch(for: node),
      try certificate.verifies(
        introduction.signature,
        of: try Statements.introduction(introduction)
      )
    else { throw ExchangeRule.introduction.error(introduction.node) }
    var stored = try reader.stream(id)
    let octets = try introduction.serializedBytes()
    if stored?.introduction != octets, introduction.certificate != own {
      let now = context.environment.now().microseconds / 1_000_000
      guard let trust, try trust.vouches(for: certificate, now: now) else {
        throw ExchangeRule.introduction.error(introduction.node)
      }
    }
    if let known = stored, known.node != introduction.node {
      throw ExchangeRule.introduction.error(introduction.node)
    }
    var peer =
      try reader.peer(introduction.node)
      ?? Peer(node: introduction.node, stream: [], key: [], certificate: [], isBlocked: false)
    if peer.isBlocked { throw ExchangeRule.blocked.error(introduction.node) }
    // A database that was made anew would be a second owner of the same files.
    guard peer.stream.isEmpty || peer.stream == introduction.stream else {
      throw ExchangeRule.stream.error(introduction.node)
    }
    peer.stream = introduction.stream
    peer.key = introduction.key
    peer.certificate = introduction.certificate
    try put(peer)
    var row =
      try stored
      ?? StoredStream(
        n: try nextStream(),
        introduction,
        id: id,
        isIncoming: true,
        division: place.id
      )
    row.introduction = octets
    row.contactAt = context.environment.now().microseconds
    stored = row
    try put(row)
    if row.role == .journal { store.context.owners.add(place.path) }
    return row
  }

  /// How this node stands with a stream that a sender has come so far with.
  fileprivate func compare(_ stream: StoredStream, _ theirs: StreamPosition) throws -> StreamState {
    var row = stream
    if stream.relation == .forked {
      // Until an operator has decided which of the two histories is right.
      row.relation = .forked
    } else if theirs.epoch < stream.epoch {
      row.relation = .fenced
    } else if theirs.size < stream.size {
      let root = theirs.size == 0 ? [] : try reader.root(of: stream.n, at: theirs.size)
      row.relation = root == theirs.root ? .senderBehind : .forked
    } else if theirs.size == stream.size, theirs.root != stream.root {
      row.relation = .forked
    } else {
      row.relation = .inOrder
    }
    if row.relation != .inOrder, row.relation != stream.relation {
      let words = row.relation.alarm
      row.error = StoredStream.StreamError(
        english: words.en,
        chinese: words.zh,
        at: context.environment.now().microseconds
      )
    }
    if row.relation != stream.relation { try put(row) }
    let open = try reader.incoming(stream.n, limits)
    return StreamState(
      applied: stream.position,
      relation: row.relation,
      lastReceipt: try reader.lastReceipt(stream.n),
      open: open?.batch.offer,
      openOffset: open?.received ?? 0
    )
  }
}

extension SignerCertificate {
  /// Whether the certificate is a node's own, or that of the office whose node it is, which sends by
  /// file where no daemon runs.
  fileprivate func mayVouch(for node: OfficeIdentity) -> Bool {
    guard let identity, let holder = OfficeIdentity(uri: identity) else { return false }
    if holder == node { return true }
    return holder.kind != .node && holder.kind.holdsNodes && holder.division == node.division
  }
}

extension OfficeKind {
  /// Whether bundles go to and come from certificates of this kind: a node's own, and those of the
  /// offices that run one without a daemon.
  var holdsNodes: Bool {
    switch self {
    case .node, .povertyOffice, .townshipGovernment, .villageCommittee: true
    default: false
    }
  }
}

extension StreamRelation {
  /// What operators are told when a stream is not in order.
  package var alarm: (en: String, zh: String) {
    switch self {
    case .senderBehind:
      ("the sender has less than the receiver: it was restored", "发送方的内容少于接收方：发送方曾被恢复")
    case .forked:
      ("the two sides' histories differ: an operator decides", "双方的历史不一致：须由管理人员处理")
    case .fenced: ("the sender's epoch is older than one that is known", "发送方的纪元已过期")
    case .refused: ("the node is refused", "该节点被拒绝")
    default: ("in order", "正常")
    }
  }
}

/// A stream as it goes by file.
package struct OutgoingStream: Sendable {
  /// The stream, without the certificate's signature.
  package let introduction: StreamIntroduction
  /// Entries that the recipient has confirmed.
  package let sent: UInt64
  /// Entries on record.
  package let size: UInt64
}

extension Reader {
  /// The nodes below whose journals came, but for those that another node below stands above: that
  /// one gives them their orders.
  fileprivate func nodesBelow(_ store: RegistryStore) throws -> Set<OfficeIdentity> {
    func path(_ node: String) -> (OfficeIdentity, DivisionPath)? {
      guard let identity = OfficeIdentity(uri: node),
        let record = store.divisions.record(code: identity.division)
      else { return nil }
      return (identity, record.path)
    }
    let streams = try streams().filter { $0.isIncoming && $0.role != .orders }
    let between = streams.filter { $0.role == .journal }.compactMap { path($0.node)?.1 }
    return Set(
      streams.compactMap { stream in
        guard let (node, path) = path(stream.node),
          !between.contains(where: { $0 != path && $0.contains(path) })
        else { return nil }
        return node
      }
    )
  }

  fileprivate func outgoing(
    _ stream: StoredStream,
    _ introduction: StreamIntroduction
  ) throws -> OutgoingStream {
    let size = try JournalTreeSource(connection, stream: stream.n).size
    return OutgoingStream(introduction: introduction, sent: stream.sent, size: size)
  }

  /// Fills in how far a stream of this node's own has come.
  func fill(_ stream: inout StoredStream) throws {
    let source = try JournalTreeSource(connection, stream: stream.n)
    stream.size = source.size
    guard source.size > 0 else { return }
    stream.root = try root(of: stream.n, at: source.size)
    let row = try connection.prepare("SELECT header FROM journal WHERE seq = $1")
    row.bind(EntryPlace(stream: stream.n, sequence: Int64(source.size)).stored, at: 1)
    let epoch = try row.first { row in
      try row.withBytes(at: 0) { try EntryHeader(decoding: $0).epoch }
    }
    stream.epoch = epoch ?? stream.epoch
  }

  /// The root of a stream's tree when it had so many entries; empty for more than there are.
  func root(of stream: Int64, at size: UInt64) throws -> [UInt8] {
    let source = try JournalTreeSource(connection, stream: stream)
    guard size <= source.size else { return [] }
    var tree = try MerkleReader(source, size: size, using: hasher)
    return try tree.root().bytes
  }

  fileprivate func consistency(from earlier: UInt64, to size: UInt64) throws -> [[UInt8]] {
    let source = try JournalTreeSource(connection)
    var tree = try MerkleReader(source, size: size, using: hasher)
    return try tree.consistencyProof(from: earlier).map(\.bytes)
  }

  /// Whether a head continues one that was seen before.
  fileprivate func continues(
    _ seen: StreamPosition,
    by head: StreamPosition,
    _ proof: [[UInt8]]
  ) throws -> Bool {
    guard seen.stream == head.stream, seen.size <= head.size, let old = Hash256(seen.root),
      let new = Hash256(head.root)
    else { return false }
    let hashes = proof.compactMap { Hash256($0) }
    guard hashes.count == proof.count else { return false }
    return MerkleProof.isConsistent(
      earlierSize: seen.size,
      earlierRoot: old,
      size: head.size,
      root: new,
      proof: hashes,
      using: hasher
    )
  }

  func lastReceipt(_ stream: Int64) throws -> SignedReceipt? {
    let row = try connection.prepare(
      "SELECT given FROM batch WHERE stream = $1 ORDER BY last DESC LIMIT 1"
    )
    row.bind(stream, at: 1)
    return try row.first { try SignedReceipt(wireArray: $0.bytes(at: 0)) }
  }
}
