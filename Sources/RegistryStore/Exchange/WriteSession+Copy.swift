internal import Exchange
internal import Journal
internal import RPCCore
internal import RPCProtobuf
internal import RegistryAPI
internal import RegistryModel
internal import SQL

/// What a copied entry leaves behind beside its effect.
struct KeptCopy {
  /// The body as it is stored.
  var sealed: [UInt8]
  /// The entry of the subject's version before, 0 for none.
  var prior: Int64 = 0
  /// Why it took no effect; nil if it did.
  var refused: CopyRule?
}

/// Writes entries of another node's stream, each with its effect.
final class CopyWriter {
  let session: WriteSession
  let stream: StoredStream
  let preparer: CopyPreparer
  private(set) var tree: MerkleTree
  private(set) var epoch: UInt32
  private(set) var refused: [RefusedEntry] = []
  /// The instant of the last entry that came back to its own node.
  private var last: Instant?
  /// The store, where orders of proposals are carried out.
  var store: RegistryStore?
  /// Who may order proposals; read when the first comes.
  lazy var authorization = Result { try AuthorizationTable.load() }
  /// Carries out what a stand-alone office asks for, where the stream is one's.
  var office: OfficeReplay?

  init(_ session: WriteSession, _ stream: StoredStream, area: DivisionPath) throws {
    self.session = session
    self.stream = stream
    preparer = CopyPreparer(context: session.context, reader: session.reader, area: area)
    tree = try stream.n == 0 ? session.state.tree : session.tree(of: stream.n)
    epoch = stream.epoch
  }

  /// Writes an entry; one that breaks a rule is kept without effect and told in `refused`.
  ///
  /// Throws `StoreError` (`invalid`) for one that is not the next of the stream: nothing of its
  /// batch may stay then.
  func write(_ entry: CopiedEntry) throws {
    let header = entry.header
    guard header.stream == stream.id, header.sequence == tree.size + 1, header.epoch >= epoch,
      header.schemaVersion <= JournalSchema.version
    else {
      throw ExchangeRule.records.error("entry \(tree.size + 1)")
    }
    epoch = header.epoch
    try settleDay(before: header.instant)
    let hasher = session.reader.hasher
    let leaf = entry.octets.withUnsafeBytes { hasher.leaf(header: $0, bodyHash: entry.bodyHash) }
    let statements = session.statements
    try tree.append(leaf, using: hasher) { try statements.insert($0, stream: stream.n) }
    let place = EntryPlace(stream: stream.n, sequence: Int64(header.sequence)).stored
    let kept =
      try office.map { try asked($0, entry, at: place) } ?? effect(of: entry, at: place)
    if let rule = kept.refused { refused.append(rule.refusal(of: header.sequence)) }
    try statements.insertEntry(
      place: place,
      // When it became known here: what a past day's report counted must not change later. What
      // comes back to its own node was known when it was recorded.
      instant: stream.n == 0 ? header.instant : session.instant.microseconds,
      prior: kept.prior,
      header: entry.octets,
      bodyHash: entry.bodyHash,
      sealed: kept.sealed
    )
  }

  /// Tells of entries that took no effect.
  func refuse(_ entries: [RefusedEntry]) { refused += entries }

  /// What comes back to its own node counts from the day on which it was recorded.
  private func settleDay(before instant: Int64?) throws {
    guard stream.n == 0 else { return }
    let next = instant.map { Instant(microseconds: $0) }
    if let last, next.map({ Day(of: $0) }) != Day(of: last) { try session.settleCounts(on: last) }
    last = next
  }

  /// Takes the tree over into the session's state.
  func finish() throws {
    try settleDay(before: nil)
    if stream.n != 0 {
      session.state.streams[stream.n] = tree
    } else {
      session.state.tree = tree
      // So that the group gets its head.
      session.effects.entries += Int(tree.size - stream.size)
    }
  }

  /// What comes back to its own node used serials that must not be given again; so did an office's
  /// that its county tells it of, where the office's file was lost.
  func noteSerial(
    _ serial: UInt32,
    in village: DivisionRecord,
    _ list: NumberAllocator.List
  ) {
    guard let county = session.context.directory.county(of: village),
      stream.n == 0
        || stream.role == .orders
          && session.context.numbers.isOpen(serial, county: county, list: list)
    else { return }
    let block = county.id * list.rawValue
    session.effects.serials[block] = max(session.effects.serials[block] ?? 0, serial)
    session.context.numbers.pass(county: county, list: list, serial: serial)
  }

  private func effect(of entry: CopiedEntry, at place: Int64) throws -> KeptCopy {
    switch entry.content {
    case .withheld:
      return try withheld(entry)
    case .refused(let rule, let salt, let body):
      return try keep(entry, salt, body, refused: rule)
    case .household(let prepared):
      if let row = try session.household(entry.header.subject) {
        return try keep(entry, prepared, over: row)
      }
      try session.copy(prepared, entry: place, in: stream)
      noteSerial(prepared.number.serial, in: prepared.village, .households)
      return KeptCopy(sealed: prepared.sealed)
    case .body(let salt, let body):
      return try effect(of: entry, salt, body, at: place)
    }
  }

  private func effect(
    of entry: CopiedEntry,
    _ salt: Bytes16,
    _ body: [UInt8],
    at place: Int64
  ) throws -> KeptCopy {
    let open = KeptCopy(sealed: salt.bytes + body)
    if stream.role == .orders, session.isOffice,
      let kept = try told(entry, salt, body, at: place)
    {
      return kept
    }
    switch entry.header.subjectKind {
    // What a roster compares stands at its own node.
    case .stream, .receipt, .roster: return open
    case .household where entry.header.isVersionOfHousehold:
      return try household(entry, salt, body, at: place)
    case .household where entry.header.operation == .keyErased:
      return open.refusing(try erased(entry.header))
    case .application: return try application(entry, salt, body, at: place)
    case .notice:
      guard let notice = try? Notice(wireArray: body) else { return open.refusing(.malformed) }
      if isOwnOffice, try session.isTold(notice: entry.header.subject) { return open }
      return open.refusing(try session.copy(notice, entry.header, at: place))
    case .policy, .line, .quota, .code:
      return open.refusing(try rule(entry.header, body, at: place))
    case .arrival where stream.role == .orders:
      let rule = try session.keep(arrival: body, entry.header, at: place)
      return try keep(entry, salt, body, refused: rule)
    case .arrivalSettled:
      return open.refusing(
        try session.keep(settled: body, entry.header, from: stream, preparer.area, at: place)
      )
    case .pilot:
      let record = try? PilotRecord(wireArray: body)
      let path = record.flatMap { DivisionCode($0.division) }
        .flatMap { session.context.directory.record(code: $0)?.path }
      guard let record, let path, preparer.area.contains(path) else { return open.refusing(.area) }
      let rule = try session.copy(pilot: body, entry.header, at: place)
      if rule == nil, stream.role == .orders {
        try session.tellBelow(record, body, EntryDraft(passingOn: entry.header))
      }
      return open.refusing(rule)
    case .look where stream.role == .orders:
      return open.refusing(try session.keep(look: body, entry.header, at: place))
    case .finding where stream.role == .orders:
      return open.refusing(try session.keep(finding: body, entry.header, at: place))
    case .minutes: return try minutes(entry, salt, body, at: place)
    case .proposal where stream.role == .orders: return try ordered(entry, salt, body)
    case .proposal, .handOver: return try record(entry, salt, body, at: place)
    default: return try keep(entry, salt, body, refused: .kind)
    }
  }

  /// A stand-alone office's own journal comes back to it.
  var isOwnOffice: Bool { stream.n == 0 && session.isOffice }

  /// Whether this office was told of a file's present version by its county, while its own journal
  /// comes back: what it made itself goes on from there, or was overtaken.
  private func isTold(_ entry: Int64) -> Bool {
    isOwnOffice && EntryPlace(entry).stream != 0
  }

  /// Whether a row is another node's than the stream's.
  private func isForeign(_ entry: Int64) -> Bool {
    EntryPlace(entry).stream != stream.n && !isTold(entry)
  }

  /// An entry without its body: what it would have changed stays unknown here.
  private func withheld(_ entry: CopiedEntry) throws -> KeptCopy { KeptCopy(sealed: []) }

  /// Keeps a body whose subject has no row here, under a key of its own.
  func keep(
    _ entry: CopiedEntry,
    _ salt: Bytes16,
    _ body: [UInt8],
    owner given: Bytes16? = nil,
    refused rule: CopyRule?
  ) throws -> KeptCopy {
    let header = entry.header
    let owner = given ?? owner(of: header, body)
    let place = EntryPlace(stream: stream.n, sequence: Int64(header.sequence)).stored
    let key = try session.keepKey(of: owner, entry: place)
    let sealer = session.reader.sealer
    let sealed = try sealer.seal(
      body,
      salt: salt,
      key: key,
      binding: binding(header, owner: owner)
    )
    return KeptCopy(sealed: sealed, refused: rule)
  }

  private func binding(_ header: EntryHeader, owner: Bytes16) -> SealBinding {
    SealBinding(
      place: .body,
      household: owner,
      stream: session.reader.stream,
      subjectKind: header.subjectKind,
      subject: header.subject,
      version: header.versionAfter
    )
  }

  func seal(
    _ entry: CopiedEntry,
    _ salt: Bytes16,
    _ body: [UInt8],
    owner: Bytes16,
    wrapped: [UInt8]
  ) throws -> [UInt8] {
    let sealer = session.reader.sealer
    return try sealer.seal(
      body,
      salt: salt,
      key: try sealer.unwrap(wrapped, household: owner),
      binding: binding(entry.header, owner: owner)
    )
  }
}

extension KeptCopy {
  /// The same, without effect where there is a rule against it.
  func refusing(_ rule: CopyRule?) -> KeptCopy {
    var kept = self
    kept.refused = rule
    return kept
  }
}

/// Households.
extension CopyWriter {
  /// A first version that is the next one of a household on record.
  private func keep(
    _ entry: CopiedEntry,
    _ prepared: PreparedHousehold,
    over row: WriteSession.HouseholdPlace
  ) throws -> KeptCopy {
    let (salt, body) = try prepared.salted(session.reader)
    return try keep(
      entry,
      salt,
      body,
      refused: EntryPlace(row.entry).stream == stream.n ? .version : .foreign
    )
  }

  private func household(
    _ entry: CopiedEntry,
    _ salt: Bytes16,
    _ body: [UInt8],
    at place: Int64
  ) throws -> KeptCopy {
    let header = entry.header
    let reader = session.reader
    let row = try session.household(header.subject)
    // Two counties' journals come in no order between them: the one that a file left goes first.
    // What comes back to its own node is in its order.
    let isMoved = header.operation == .householdCreated && header.versionBefore > 0
    if isMoved, stream.n != 0, (row?.version ?? 0) < header.versionBefore {
      throw ExchangeRule.order.error("\(header.sequence)")
    }
    if let row, isForeign(row.entry), try !session.isHandedOver(row, into: preparer.area) {
      return try keep(entry, salt, body, refused: .foreign)
    }
    if let row, row.version != header.versionBefore {
      return try keep(entry, salt, body, refused: .version)
    }
    let base = try row.map { try self.base($0, header.subject) }
    let key =
      try base.map { try reader.sealer.unwrap($0.1, household: header.subject) }
      ?? reader.sealer.makeKey(for: header.subject)
    let made = try body.withUnsafeBytes { octets in
      try preparer.household(
        header,
        salt,
        octets,
        entry.bodyHash,
        key: key,
        wrapped: try base?.1 ?? reader.sealer.wrap(key),
        base: base?.0
      )
    }
    switch made {
    case .failure(let refused): return try keep(entry, salt, body, refused: refused.rule)
    case .success(let prepared):
      try session.copy(prepared, entry: place, in: stream)
      return KeptCopy(sealed: prepared.sealed, prior: row?.entry ?? 0)
    }
  }

  /// What a household's node erased is erased here too.
  private func erased(_ header: EntryHeader) throws -> CopyRule? {
    guard let row = try session.household(header.subject) else {
      // Of one that was registered since the last batch, the application alone is on record.
      try session.eraseApplications(of: header.subject)
      return nil
    }
    guard EntryPlace(row.entry).stream == stream.n else { return .foreign }
    let base = try base(row, header.subject).0
    try session.erase(header.subject, base.household, village: base.village, n: row.n)
    return nil
  }

  func base(
    _ row: WriteSession.HouseholdPlace,
    _ id: Bytes16
  ) throws -> (PreparedHousehold.Base, wrapped: [UInt8]) {
    let reader = session.reader
    let directory = session.context.directory
    let everywhere = Scope.system(reason: "copy")
    guard
      let stored = try reader.household(.id(id), scope: everywhere, directory: directory)
    else { throw StoreError(.damaged, "a household's row has no file") }
    let current = try stored.recorded()
    let numbers = try HouseholdPreparer(session.context, reader: reader, scope: everywhere)
      .memberNumbers(of: current)
    let base = PreparedHousehold.Base(
      n: row.n,
      entry: row.entry,
      version: row.version,
      village: stored.village,
      household: current,
      numbers: numbers
    )
    return (base, try reader.wrappedKey(n: row.n))
  }
}

/// What is set from above, minutes, proposals and hand-overs.
extension CopyWriter {
  private func rule(_ header: EntryHeader, _ body: [UInt8], at place: Int64) throws -> CopyRule? {
    guard let rule = CopiedRule(header.subjectKind, body, session.context),
      try rule.key.subject(using: session.reader.hasher) == header.subject
    else { return .malformed }
    // Counties add no codes: whatever theirs says, nobody above takes any from there.
    let home = session.context.directory.record(id: stream.division)
    if case .code = rule.key, stream.role != .orders, (home?.level ?? .county) >= .county {
      return .kind
    }
    // A node sets what holds in its own area; orders come from above and hold below it.
    guard preparer.area.contains(rule.division.path) else { return .area }
    if header.isStanding, stream.role == .orders, session.isOffice {
      return try session.withdraw(rule) ? nil : .kind
    }
    let held = try session.reader.rule(rule.key)
    // What this office set, and lost, gives way to what it has been told since.
    if let held, isTold(held.entry) { return nil }
    // Orders go above whatever was set here.
    if let held, EntryPlace(held.entry).stream != stream.n, stream.role != .orders {
      return .foreign
    }
    if let line = rule.nationalLine { try session.recount(line) }
    try session.put(
      rule.key,
      HeldRule(amount: rule.amount, version: header.versionAfter, entry: place)
    )
    session.effects.published.append { [book = session.context.book] in
      book.update { rule.publish(&$0) }
    }
    if stream.role == .orders {
      try session.order(body, EntryDraft(passingOn: header), about: [rule.division])
    }
    return nil
  }

  private func minutes(
    _ entry: CopiedEntry,
    _ salt: Bytes16,
    _ body: [UInt8],
    at place: Int64
  ) throws -> KeptCopy {
    let id = entry.header.subject
    let context = session.context
    guard let minutes = try? Minutes(wireArray: body), minutes.id == id.bytes,
      minutes.digest == session.reader.hasher.hash(minutes.content).bytes
    else { return try keep(entry, salt, body, refused: .malformed) }
    let division = DivisionCode(minutes.division).flatMap { context.directory.record(code: $0) }
    guard let division, preparer.area.contains(division.path) else {
      return try keep(entry, salt, body, refused: .area)
    }
    let known = try session.reader.minutesID(digest: minutes.digest, division: division.id)
    guard known == nil else {
      return try keep(entry, salt, body, refused: isOwnOffice ? nil : .version)
    }
    let sealer = session.reader.sealer
    let wrapped = try sealer.wrap(sealer.makeKey(for: id))
    try session.insertMinutes(
      id: id,
      digest: minutes.digest,
      division: division.id,
      size: minutes.content.count,
      entry: place,
      wrappedKey: wrapped
    )
    return KeptCopy(sealed: try seal(entry, salt, body, owner: id, wrapped: wrapped))
  }

  private func record(
    _ entry: CopiedEntry,
    _ salt: Bytes16,
    _ body: [UInt8],
    at place: Int64
  ) throws -> KeptCopy {
    let header = entry.header
    let proposal = header.subjectKind == .proposal ? try? Proposal(wireArray: body) : nil
    let handOver = header.subjectKind == .handOver ? try? HandOver(wireArray: body) : nil
    let about = proposal?.change?.household ?? handOver?.household
    let told = proposal?.id ?? handOver?.id
    guard let household = about.flatMap({ Bytes16($0) }), told == header.subject.bytes else {
      return try keep(entry, salt, body, refused: .malformed)
    }
    guard let row = try session.household(household) else {
      return try keep(entry, salt, body, refused: .version)
    }
    guard !isForeign(row.entry) else {
      return try keep(entry, salt, body, refused: .foreign)
    }
    let prior: Int64?
    if let proposal {
      prior = try session.copy(proposal, header, household: row, at: place)
    } else {
      prior = try handOver.map { try session.copy($0, header, household: row, at: place) } ?? nil
      if let handOver, prior != nil, stream.n != 0 {
        try session.forward(handOver, from: stream)
      }
    }
    if prior == nil, !isOwnOffice {
      return try keep(entry, salt, body, refused: .version)
    }
    return KeptCopy(
      sealed: try seal(
        entry,
        salt,
        body,
        owner: household,
        wrapped: try session.reader.wrappedKey(n: row.n)
      ),
      prior: prior ?? 0
    )
  }

  private func application(
    _ entry: CopiedEntry,
    _ salt: Bytes16,
    _ body: [UInt8],
    at place: Int64
  ) throws -> KeptCopy {
    let header = entry.header
    guard let application = try? Application(wireArray: body),
      application.id == header.subject.bytes,
      application.version == header.versionAfter, ProcedureState(application.state) != nil,
      ApplicationNumber(application.number) != nil
    else { return try keep(entry, salt, body, refused: .malformed) }
    guard let village = try preparer.village(application.household?.location?.village ?? "") else {
      return try keep(entry, salt, body, refused: .area)
    }
    let reader = session.reader
    let everywhere = Scope.system(reason: "copy")
    let known = try reader.application(
      .id(application.id),
      scope: everywhere,
      directory: session.context.directory
    )
    if let known, isForeign(known.entry) {
      return try keep(entry, salt, body, refused: .foreign)
    }
    if let known, isOwnOffice, known.version != header.versionBefore {
      return KeptCopy(
        sealed: try seal(entry, salt, body, owner: known.owner, wrapped: known.wrappedKey)
      )
    }
    guard (known?.version ?? 0) == header.versionBefore else {
      return try keep(entry, salt, body, refused: .version)
    }
    let owner = known?.owner ?? Bytes16(application.previousHousehold) ?? header.subject
    let wrapped = try known?.wrappedKey ?? reader.sealer.wrap(reader.sealer.makeKey(for: owner))
    let prepared = PreparedStep(
      application: application,
      id: header.subject,
      owner: owner,
      village: village,
      operation: header.operation,
      sealed: try seal(entry, salt, body, owner: owner, wrapped: wrapped),
      bodyHash: entry.bodyHash,
      wrappedKey: wrapped,
      base: known.map { PreparedStep.Base($0) }
    )
    try session.copy(prepared, over: known, entry: place)
    if known == nil, let serial = prepared.number?.number.serial {
      noteSerial(serial, in: village, .applications)
    }
    return KeptCopy(sealed: prepared.sealed, prior: known?.entry ?? 0)
  }
}
