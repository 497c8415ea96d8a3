internal import Exchange
internal import Journal
internal import RPCCore
internal import RPCProtobuf
package import RegistryAPI
package import RegistryModel
internal import SQL

/// What goes ahead of the bulk: deaths, exits, households that move away, erasures.
///
/// An entry that is sent ahead proves that it stands in its node's journal, but takes effect in its
/// order alone: until the bulk has come that far, whoever asks for the file is told what is known.
extension RegistryStore {
  /// Urgent entries of this node's journal behind one, with a head that proves them; nil where none
  /// waits to be told.
  ///
  /// Throws `StoreError` (`damaged`).
  package func urgentEntries(after: UInt64) async throws -> SendUrgentRequest? {
    try await work.run { [self] _ in
      try readers.with { reader in
        try reader.connection.transaction { try reader.urgentEntries(after: after) }
      }
    }
  }

  /// Notes that the node above keeps entries that were sent ahead.
  package func noteTold(_ request: SendUrgentRequest) async throws {
    let sequences = try request.entries.map { entry in
      try entry.header.withUnsafeBytes { try EntryHeader(decoding: $0).sequence }
    }
    try await writer.perform(weight: 1) { session in
      let row = try session.connection.prepare("UPDATE urgent SET told = 1 WHERE entry = $1")
      for sequence in sequences {
        row.bind(Int64(clamping: sequence), at: 1)
        try row.run()
      }
    }
  }

  /// Keeps what a node below sent ahead; what has come in its order meanwhile is left out.
  ///
  /// Throws `StoreError`: `refused` (`exchange.signature`) for a head that its node did not sign,
  /// `invalid` (`exchange.records`, `exchange.size`) for entries that the head does not prove, or that
  /// are not urgent; nothing is kept then.
  package func takeUrgent(
    _ request: SendUrgentRequest,
    from node: OfficeIdentity
  ) async throws {
    guard 1...Self.urgentPerCall ~= request.entries.count else { throw ExchangeRule.size.error() }
    try await writer.perform(weight: request.entries.count) { [self] session in
      let stream = try session.reader.receivable(request.stream, from: node, self)
      if stream.relation == .forked { throw ExchangeRule.conflict.error(stream.node) }
      guard stream.role == .journal else { throw ExchangeRule.streamUnknown.error() }
      let area = try area(of: stream)
      let found = try UrgentProof(request, stream, session.reader).entries.map { header, body in
        try session.news(header, body, area: area)
      }
      for news in found where news.entry > stream.size {
        // Another node's file is that node's to tell of.
        let row = try session.household(news.household)
        if let row, EntryPlace(row.entry).stream != stream.n { continue }
        try session.keep(news, of: stream)
      }
      session.effects.published.append { [context] in context.knowsAhead = true }
    }
  }

  /// Entries of one call.
  private static let urgentPerCall = 50

  /// What its own node told of a household ahead of its version here; a point read.
  package func ahead(of household: StoredHousehold) throws -> Ahead? {
    guard context.knowsAhead else { return nil }
    let stream = EntryPlace(household.entry).stream
    return try pointReaders.with { try $0.ahead(of: household.id, in: stream) }
  }

  /// What is known ahead of files in the scope's area.
  ///
  /// Throws `StoreError`: `refused`, `overloaded`.
  package func listAhead(
    _ request: ListAheadRequest,
    scope: Scope
  ) async throws -> ListAheadResponse {
    try scope.require(.linkRead)
    let limit = request.limit == 0 ? 100 : min(Int(request.limit), 500)
    return try await work.run { [self] _ in
      try readers.with { reader in
        let files = try reader.aheadFiles(limit: limit) { division in
          divisions.record(id: division).map { scope.covers($0.path) } ?? false
        }
        return ListAheadResponse(files: files)
      }
    }
  }
}

/// What an urgent entry says.
private struct UrgentNews {
  let entry: UInt64
  let household: Bytes16
  let ahead: Ahead
}

/// Entries that a signed head proves to stand in a stream.
private struct UrgentProof {
  let entries: [(header: EntryHeader, body: [UInt8])]

  init(_ request: SendUrgentRequest, _ stream: StoredStream, _ reader: Reader) throws {
    guard let head = request.head, let position = head.position,
      let key = try reader.peer(stream.node).flatMap({ VerifyingKey($0.key) }),
      position.stream == stream.id.bytes,
      try key.verifies(head.signature, of: Statements.head(head))
    else { throw ExchangeRule.signature.error(stream.node) }
    let hasher = reader.hasher
    entries = try request.entries.map { entry in
      guard let salt = Bytes16(entry.salt), let root = Hash256(position.root),
        let header = try? entry.header.withUnsafeBytes({ try EntryHeader(decoding: $0) }),
        header.stream == stream.id, header.sequence >= 1,
        header.schemaVersion <= JournalSchema.version
      else { throw ExchangeRule.records.error() }
      let path = entry.path.compactMap { Hash256($0) }
      let bodyHash = entry.body.withUnsafeBytes { hasher.bodyHash(salt: salt, body: $0) }
      let leaf = entry.header.withUnsafeBytes { hasher.leaf(header: $0, bodyHash: bodyHash) }
      guard path.count == entry.path.count,
        MerkleProof.includes(
          leaf: leaf,
          at: header.sequence - 1,
          size: position.size,
          proof: path,
          root: root,
          using: hasher
        )
      else { throw ExchangeRule.records.error("\(header.sequence)") }
      return (header, entry.body)
    }
  }
}

extension ChangeKind {
  /// Whether a change is told ahead of the bulk: the people are no longer there to be helped, or not
  /// by this county.
  var isUrgent: Bool { self == .death || self == .exit || self == .handOver }
}

extension WriteSession {
  /// Notes an entry of this node's own that goes ahead of the bulk.
  func noteUrgent(_ entry: Int64) throws {
    let row = try connection.prepare("INSERT INTO urgent (entry, told) VALUES ($1, 0)")
    row.bind(entry, at: 1)
    try row.run()
  }

  /// Forgets urgent entries that have gone up in their order.
  func forgetUrgent(upTo entry: UInt64) throws {
    let row = try connection.prepare("DELETE FROM urgent WHERE entry <= $1")
    row.bind(Int64(clamping: entry), at: 1)
    try row.run()
  }

  /// Forgets what was known ahead of a stream that has come so far in its order.
  func forgetAhead(of stream: Int64, upTo size: UInt64) throws {
    guard context.knowsAhead else { return }
    let row = try connection.prepare("DELETE FROM ahead WHERE stream = $1 AND entry <= $2")
    row.bind(stream, at: 1)
    row.bind(Int64(clamping: size), at: 2)
    try row.run()
    if try !reader.knowsAhead() {
      effects.published.append { [context] in context.knowsAhead = false }
    }
  }

  fileprivate func news(
    _ header: EntryHeader,
    _ body: [UInt8],
    area: DivisionPath
  ) throws -> UrgentNews {
    var ahead = Ahead(version: header.versionAfter, recordedAt: header.instant)
    if header.subjectKind == .household, header.operation == .keyErased {
      ahead.erased = true
    } else {
      guard header.isVersionOfHousehold, let file = try? Household(wireArray: body),
        file.id == header.subject.bytes, let kind = file.change?.kind, kind.isUrgent
      else { throw ExchangeRule.records.error("\(header.sequence)") }
      let village = DivisionCode(file.location?.village ?? "")
        .flatMap { context.directory.record(code: $0) }
      guard let village, area.contains(village.path) else {
        throw ExchangeRule.records.error("\(header.sequence)")
      }
      ahead.kind = kind
      ahead.effectiveOn = file.effectiveOn
    }
    return UrgentNews(entry: header.sequence, household: header.subject, ahead: ahead)
  }

  fileprivate func keep(_ news: UrgentNews, of stream: StoredStream) throws {
    let row = try connection.prepare(
      """
      INSERT INTO ahead (stream, entry, household, kind, erased, effective_on, version, recorded_at)
      VALUES ($1, $2, $3, $4, $5, $6, $7, $8) ON CONFLICT (stream, entry) DO NOTHING
      """
    )
    row.bind(stream.n, at: 1)
    row.bind(Int64(clamping: news.entry), at: 2)
    row.bind(news.household, at: 3)
    row.bind(Int64(news.ahead.kind.rawValue), at: 4)
    row.bind(news.ahead.erased, at: 5)
    row.bind(Int64(news.ahead.effectiveOn), at: 6)
    row.bind(Int64(clamping: news.ahead.version), at: 7)
    row.bind(news.ahead.recordedAt, at: 8)
    try row.run()
  }
}

extension Reader {
  /// Octets of one call's bodies, above which the rest goes in the next.
  private static let urgentOctets = 1 << 20

  fileprivate func urgentEntries(after: UInt64) throws -> SendUrgentRequest? {
    let head = try head()
    var place = after
    // Pages of which everything was erased since are passed over.
    while true {
      let (request, last) = try urgentPage(after: place, head)
      guard let last else { return nil }
      if !request.entries.isEmpty { return request }
      place = last
    }
  }

  private func urgentPage(
    after: UInt64,
    _ head: JournalHead
  ) throws -> (request: SendUrgentRequest, last: UInt64?) {
    var request = SendUrgentRequest(stream: stream.bytes, head: head)
    guard let position = head.position else { return (request, nil) }
    let rows = try connection.prepare(
      """
      SELECT j.seq, j.header, j.sealed FROM urgent u JOIN journal j ON j.seq = u.entry
      WHERE u.told = 0 AND u.entry > $1 AND u.entry <= $2 ORDER BY u.entry LIMIT 50
      """
    )
    rows.bind(Int64(clamping: after), at: 1)
    rows.bind(Int64(clamping: position.size), at: 2)
    var found: [(place: Int64, header: [UInt8], stored: [UInt8])] = []
    try rows.forEach { found.append(($0.int64(at: 0), $0.bytes(at: 1), $0.bytes(at: 2))) }
    guard let last = found.last?.place else { return (request, nil) }
    let source = try JournalTreeSource(connection)
    var tree = try MerkleReader(source, size: position.size, using: hasher)
    var octets = 0
    for one in found {
      let header = try one.header.withUnsafeBytes { try EntryHeader(decoding: $0) }
      var entry = UrgentEntry(header: one.header)
      let content = try withContent(header, stored: one.stored, at: one.place) { salt, body in
        (salt.bytes, Array(body))
      }
      // Erased since: the erasure itself is urgent too, and follows.
      guard let (salt, body) = content else { continue }
      if !request.entries.isEmpty, octets + body.count > Self.urgentOctets { break }
      (entry.salt, entry.body) = (salt, body)
      entry.path = try tree.inclusionProof(leaf: header.sequence - 1).map(\.bytes)
      octets += body.count
      request.entries.append(entry)
    }
    return (request, UInt64(clamping: last))
  }

  /// Whether anything is known ahead.
  func knowsAhead() throws -> Bool {
    try connection.prepare("SELECT 1 FROM ahead LIMIT 1").first { _ in true } == true
  }

  fileprivate func ahead(of household: Bytes16, in stream: Int64) throws -> Ahead? {
    let row = try connection.prepare(
      """
      SELECT kind, erased, effective_on, version, recorded_at FROM ahead
      WHERE household = $1 AND stream = $2 ORDER BY erased DESC, recorded_at DESC LIMIT 1
      """
    )
    row.bind(household, at: 1)
    row.bind(stream, at: 2)
    return try row.first { Ahead($0, from: 0) }
  }

  fileprivate func aheadFiles(
    limit: Int,
    _ isSeen: (_ division: Int64) -> Bool
  ) throws -> [AheadFile] {
    let rows = try connection.prepare(
      """
      SELECT a.kind, a.erased, a.effective_on, a.version, a.recorded_at, a.entry, a.household, s.node,
        h.number, COALESCE(h.village, s.division)
      FROM ahead a JOIN stream s ON s.n = a.stream LEFT JOIN household h ON h.id = a.household
      ORDER BY a.stream, a.entry
      """
    )
    var files: [AheadFile] = []
    try rows.forEach { row in
      guard files.count < limit, isSeen(row.int64(at: 9)) else { return }
      let number = row.isNull(at: 8) ? nil : HouseholdNumber(stored: row.int64(at: 8))
      files.append(
        AheadFile(
          node: row.string(at: 7),
          household: row.bytes(at: 6),
          number: number?.description ?? "",
          entry: UInt64(clamping: row.int64(at: 5)),
          ahead: Ahead(row, from: 0)
        )
      )
    }
    return files
  }
}

extension Ahead {
  fileprivate init(_ row: any SQLStatement, from column: Int) {
    self.init(
      kind: ChangeKind(rawValue: Int32(clamping: row.int64(at: column))),
      erased: row.bool(at: column + 1),
      effectiveOn: Int32(clamping: row.int64(at: column + 2)),
      version: UInt64(clamping: row.int64(at: column + 3)),
      recordedAt: row.int64(at: column + 4)
    )
  }
}

extension StoredHousehold {
  /// The same file, told of what is known ahead: field 31 behind the others, as any decoder takes it.
  ///
  /// Throws `RPCError` if it cannot be encoded.
  package func telling(_ ahead: Ahead) throws -> StoredHousehold {
    StoredHousehold(
      id: id,
      version: version,
      village: village,
      encoded: encoded + (try Household(ahead: ahead).serializedBytes()),
      n: n,
      entry: entry
    )
  }
}
