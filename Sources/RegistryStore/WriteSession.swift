internal import Exchange
internal import Journal
internal import RegistryAPI
internal import RegistryModel
internal import SQL

/// The writer's connection with its statements and state; confined to the writer's queue.
final class WriteSession {
  let connection: any SQLConnection
  /// Reads with the writer's own view, for versions that must be prepared anew.
  let reader: Reader
  let context: PreparationContext
  let limits: StoreLimits
  let stream: Bytes16
  let node: OfficeIdentity
  let statements: WriteStatements

  /// Meaningful inside a group.
  var state: WriterState
  /// The instant that the group's entries bear.
  private(set) var instant = Instant(microseconds: 0)
  /// The effects of the running job.
  var effects = WriteEffects()
  private var groupEffects = WriteEffects()
  private var header: [UInt8] = []

  init(
    connection: any SQLConnection,
    keys: KeyRing,
    identity: StoreIdentity,
    context: PreparationContext,
    limits: StoreLimits
  ) throws {
    self.connection = connection
    self.context = context
    self.limits = limits
    stream = identity.stream
    node = identity.node
    reader = try Reader(connection: connection, keys: keys, stream: identity.stream)
    statements = try WriteStatements(connection)
    state = try Self.load(connection, hasher: reader.hasher)
    context.isRestored = state.isRestored
    context.knowsAhead = try reader.knowsAhead()
  }

  /// Reads the state from the database, when the store opens and after a failed commit.
  func reload() throws {
    state = try Self.load(connection, hasher: reader.hasher)
    context.isRestored = state.isRestored
  }

  private static func load(
    _ connection: any SQLConnection,
    hasher: SHA256Context
  ) throws -> WriterState {
    let source = try JournalTreeSource(connection)
    let last = try connection.prepare("SELECT recorded_at FROM journal WHERE seq = $1")
    last.bind(Int64(bitPattern: source.size), at: 1)
    let instant = try last.first { $0.int64(at: 0) } ?? 0
    func lastKey(_ table: String) throws -> Int64 {
      try connection.prepare("SELECT max(n) FROM \(table)").first { $0.int64(at: 0) } ?? 0
    }
    return WriterState(
      tree: try MerkleTree(restoring: source, using: hasher),
      nextN: try lastKey("household") + 1,
      nextApplication: try lastKey("application") + 1,
      nextNotice: try lastKey("notice") + 1,
      lastInstant: Instant(microseconds: instant),
      epoch: try StoreIdentity.epoch(connection) ?? 1,
      isRestored: try StoreIdentity.isRestored(connection)
    )
  }

  /// Begins a group of jobs: one transaction, one instant.
  func beginGroup() throws {
    try connection.begin()
    takeInstant()
  }

  /// Takes over an epoch that this node began before it was restored.
  func setEpoch(_ known: UInt32) throws {
    state.epoch = max(state.epoch, known)
    try StoreIdentity.put("epoch", Array("\(state.epoch)".utf8), connection)
  }

  /// Goes on under the next epoch: entries from here on are told apart from those that were lost.
  func beginEpoch() throws {
    state.epoch += 1
    try StoreIdentity.put("epoch", Array("\(state.epoch)".utf8), connection)
  }

  /// Makes the node read-only, or ends that; readers in memory learn it once it is durable.
  func setRestored(_ isRestored: Bool) throws {
    try StoreIdentity.setRestored(isRestored, connection)
    state.isRestored = isRestored
    effects.published.append { [context] in context.isRestored = isRestored }
  }

  /// Fixes the instant of the entries to come, and forgets effects of before.
  func takeInstant() {
    instant = max(context.environment.now(), state.lastInstant, Instant(microseconds: 0))
    groupEffects = WriteEffects()
    effects = WriteEffects()
  }

  /// Takes a job's effects over into its group's.
  func keepEffects() {
    groupEffects.merge(effects)
    effects = WriteEffects()
  }

  /// The people that the group and the running job add to a count that is not written yet.
  func pendingApplications(_ key: ApplicationCount.Key) -> Int64 {
    (groupEffects.applications[key]?.people ?? 0) + (effects.applications[key]?.people ?? 0)
  }

  /// Writes what the group's jobs have in common: counts, serials and the journal's head.
  func finishGroup() throws {
    if groupEffects.isEmpty { return }
    try writeCounts(groupEffects, on: instant)
    try writeApplicationCounts(groupEffects.applications)
    for (county, serial) in groupEffects.serials { try statements.noteSerial(county, serial) }
    // What was counted of other nodes' entries alone leaves the journal as it was.
    if groupEffects.entries == 0 { return }
    let root = state.tree.root(using: reader.hasher).bytes
    let head = statements.insertHead
    head.bind(Int64(bitPattern: state.tree.size), at: 1)
    head.bind(root, at: 2)
    head.bind(instant.microseconds, at: 3)
    head.bind(try signature(of: root), at: 4)
    try head.run()
    state.lastInstant = instant
  }

  /// The node's signature of the group's head; nil where no key signs for the node.
  private func signature(of root: [UInt8]) throws -> [UInt8]? {
    guard let signer = context.signer else { return nil }
    let position = StreamPosition(stream: stream.bytes, size: state.tree.size, root: root)
    let head = JournalHead(position: position, recordedAt: instant.microseconds)
    return try signer.key.sign(Statements.head(head))
  }

  /// Makes known what the group that was committed changed.
  func publish() {
    for change in groupEffects.published { change() }
    groupEffects = WriteEffects()
  }

  /// Adds the running job's counts to those of the day of an instant that has passed: of entries of this
  /// node's own that come back to it.
  func settleCounts(on instant: Instant) throws {
    try writeCounts(effects, on: instant)
    (effects.tallies, effects.pilot) = ([:], [:])
  }

  private func writeCounts(_ effects: WriteEffects, on instant: Instant) throws {
    let day = Int64(Day(of: instant).daysSince1970)
    try writeTallies(effects.tallies, on: day)
    try writePilotTallies(effects.pilot, on: day)
  }

  /// Adds counts to the villages' rows of a day and to those of every division above.
  func writeTallies(_ villages: [Int64: Tally], on today: Int64) throws {
    var sums: [Int64: Tally] = [:]
    for (village, delta) in villages where !delta.isEmpty {
      guard let record = context.directory.record(id: village) else { continue }
      for id in record.path.ids { sums[id, default: Tally()].add(delta) }
    }
    for id in sums.keys.sorted() {
      guard var tally = sums[id] else { continue }
      var day = today
      if let last = try statements.latestTally(division: id) {
        tally.add(last.tally)
        day = max(day, last.day)
      }
      try statements.put(tally, division: id, day: day)
    }
  }
}

/// What an entry of a stream of this node's own is about.
struct EntryDraft {
  var operation: EntryOperation
  var kind = SubjectKind.household
  var subject: Bytes16
  var versionBefore: UInt64
  var versionAfter: UInt64
  /// The entry of the version before, 0 for none.
  var prior: Int64
  var actor: String
}

extension EntryDraft {
  /// What was ordered from above, as it is ordered below.
  init(passingOn header: EntryHeader) {
    self.init(
      operation: header.operation,
      kind: header.subjectKind,
      subject: header.subject,
      versionBefore: header.versionBefore,
      versionAfter: header.versionAfter,
      prior: 0,
      actor: header.actor
    )
  }
}

extension WriteSession {
  /// The sequence of the next entry.
  var nextEntry: Int64 { Int64(bitPattern: state.tree.size + 1) }

  /// Appends an entry to the journal and its tree, and returns its sequence.
  ///
  /// Throws `StoreError` (`precondition`) while the node is a restored one: whatever it would append
  /// now stands elsewhere already, under the same sequence.
  func append(_ draft: EntryDraft, body: [UInt8], bodyHash: Hash256) throws -> Int64 {
    if state.isRestored { throw ExchangeRule.restored.error() }
    let sequence = state.tree.size + 1
    let entry = try EntryHeader(
      stream: stream,
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
    )
    header.removeAll(keepingCapacity: true)
    entry.append(to: &header)
    let leaf = reader.hasher.leaf(header: header, bodyHash: bodyHash)
    try state.tree.append(leaf, using: reader.hasher) { try statements.insert($0) }
    try statements.insertEntry(
      place: Int64(bitPattern: sequence),
      instant: instant.microseconds,
      prior: draft.prior,
      header: header,
      bodyHash: bodyHash,
      sealed: body
    )
    effects.entries += 1
    try note(draft, at: Int64(bitPattern: sequence))
    return Int64(bitPattern: sequence)
  }
}

/// The numbers of this store's entries in the journal.
enum JournalSchema {
  /// The version of the bodies' schema, `registry.v1`.
  static let version: UInt16 = 1
}

extension EntryOperation {
  /// A household was registered.
  static let householdCreated = EntryOperation(rawValue: firstOfRegistry)
  /// A household was changed.
  static let householdUpdated = EntryOperation(rawValue: firstOfRegistry + 1)
  /// An application was recorded.
  static let applicationRecorded = EntryOperation(rawValue: firstOfRegistry + 2)
  /// A step was taken on an application.
  static let stepTaken = EntryOperation(rawValue: firstOfRegistry + 3)
  /// A notice was posted.
  static let noticeOpened = EntryOperation(rawValue: firstOfRegistry + 4)
  /// A notice was closed.
  static let noticeClosed = EntryOperation(rawValue: firstOfRegistry + 5)
  /// A parameter of the procedure was set.
  static let policySet = EntryOperation(rawValue: firstOfRegistry + 6)
  /// A line or standard was set.
  static let lineSet = EntryOperation(rawValue: firstOfRegistry + 7)
  /// A quota was set.
  static let quotaSet = EntryOperation(rawValue: firstOfRegistry + 8)
  /// Minutes were kept.
  static let minutesKept = EntryOperation(rawValue: firstOfRegistry + 9)
  /// A change was proposed.
  static let changeProposed = EntryOperation(rawValue: firstOfRegistry + 10)
  /// A proposal was settled.
  static let proposalSettled = EntryOperation(rawValue: firstOfRegistry + 11)
  /// A hand-over was recorded.
  static let handOverRecorded = EntryOperation(rawValue: firstOfRegistry + 12)
}
