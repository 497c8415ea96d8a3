internal import Glibc
internal import Journal
internal import RegistryAPI
package import RegistryModel
internal import SQL
internal import Synchronization

/// The registry's database: every function that touches people requires a scope and applies it in
/// SQL; every write appends to the journal and changes the counts in its own transaction.
///
/// Functions that are not `async` read one thing and may run on an event loop; the others leave it.
package final class RegistryStore: Sendable {
  /// Whose store it is.
  package let node: OfficeIdentity
  /// Whether its people are generated.
  package let isSynthetic: Bool
  /// All divisions.
  package let divisions: DivisionDirectory
  /// The division whose files the node owns.
  package let division: DivisionRecord
  /// Townships and villages of the division tables that were left out when the database was made or
  /// villages were added, because what they belong to is not known.
  package let skippedDivisions: (townships: Int, villages: Int)
  /// How many, how much, how long.
  package let limits: StoreLimits

  let identity: StoreIdentity
  /// The key that signs for the node; without one it exchanges with no other.
  let signer: NodeSigner?
  /// How many people's data an office may be shown in a day.
  let budgets: DisclosureBudgets
  /// The kinds of records of pilot work.
  package let pilotKinds: PilotKinds
  /// The measures of support.
  package let measures: MeasureCatalogue
  /// The node's own journal.
  var stream: Bytes16 { identity.stream }
  let context: PreparationContext
  /// For point reads, which may run on event loops: their statements have a limit of steps.
  let pointReaders: ReaderPool
  /// For everything else.
  let readers: ReaderPool
  let work: WorkQueue
  /// For the check alone, which takes minutes; what waits is the next one while the thread of the
  /// last finishes.
  let checks = WorkQueue(label: "registry.check", width: 1, limit: 1)
  /// A check runs.
  let isChecking = Mutex(false)
  /// The rosters that are being compared.
  let converging = Mutex<Set<Int64>>([])
  let writer: Writer
  /// Of those who sign decisions.
  let certificates = SignerCertificates()

  /// Opens a database, or makes it: schema, identity, divisions, the journal's first entry.
  ///
  /// Blocks, for up to a second on a new database. Throws `StoreError`: `wrongKey`, `foreign`,
  /// `dataFile`, `unavailable`, `damaged`, `invalid` if the node's division is not known.
  package static func open(_ configuration: StoreConfiguration) throws -> RegistryStore {
    do {
      return try RegistryStore(configuration)
    } catch {
      throw StoreError.wrapping(error)
    }
  }

  /// Throws `StoreError` unless a file is a database of this program: `foreign`, `damaged` if it is
  /// no database at all, `unavailable` if it cannot be read. Changes nothing.
  package static func requireOurs(_ database: StoreDatabase) throws {
    do {
      try database.requireOurs()
    } catch {
      throw StoreError.wrapping(error)
    }
  }

  private init(_ configuration: StoreConfiguration) throws {
    let database = try configuration.database.open()
    let connection = try database.makeConnection(role: .writer)
    let now = configuration.environment.now()
    try SchemaMigrator(steps: Schema.steps).migrate(connection, now: now.microseconds)
    // Keys and owner are checked before anything is written.
    let known = try StoreIdentity(reading: connection, configuration)
    let loaded = try Self.loadDivisions(connection, configuration)
    // Numbers that such a node made up from the first one on would be its county's as well.
    if known == nil, configuration.serials == nil, configuration.node.division.level > .county {
      throw StoreError(
        .invalid,
        "a village or township needs a block of its county's serials",
        zh: "村、乡镇须有县里划出的号段"
      )
    }
    if known == nil, let serials = configuration.serials {
      try NumberAllocator.limit(
        connection,
        county: loaded.directory.record(code: configuration.node.division)
          .flatMap { loaded.directory.county(of: $0) },
        to: serials
      )
    }
    guard let division = loaded.directory.record(code: configuration.node.division) else {
      throw StoreError(
        .invalid,
        "the node's division \(configuration.node.division) is not known",
        zh: "节点所在区划 \(configuration.node.division) 未知"
      )
    }
    let builtIn = try PovertyLines.load()
    budgets = try DisclosureBudgets.load()
    let pilotKinds = try PilotKinds.load()
    self.pilotKinds = pilotKinds
    measures = try MeasureCatalogue.load()
    let rules = RuleLoader(connection: connection, directory: loaded.directory)
    context = PreparationContext(
      directory: loaded.directory,
      numbers: try NumberAllocator(connection),
      book: RuleBook(builtIn: builtIn, try rules.contents(over: builtIn)),
      environment: configuration.environment,
      synthetic: configuration.synthetic,
      area: division.path,
      owners: try Self.owners(connection, loaded.directory),
      pilotKinds: pilotKinds,
      signer: configuration.signer
    )
    let (identity, session) = try Self.start(connection, known, configuration, context)
    self.identity = identity
    let anchor = try database.gainsFromHeldView ? Self.anchor(database) : nil
    let (keys, limits, context) = (configuration.keys, configuration.limits, context)
    let stream = identity.stream
    writer = Writer(session, anchor: anchor, limits: limits) {
      try WriteSession(
        connection: database.makeConnection(role: .writer),
        keys: keys,
        identity: identity,
        context: context,
        limits: limits
      )
    }
    let pointSteps = configuration.limits.pointReadSteps
    pointReaders = ReaderPool(limit: configuration.limits.readers) {
      let connection = try database.makeConnection(role: .reader)
      connection.stepLimit = pointSteps
      return try Reader(connection: connection, keys: keys, stream: stream)
    }
    readers = ReaderPool(limit: configuration.limits.readers) {
      try Reader(
        connection: database.makeConnection(role: .reader),
        keys: keys,
        stream: stream
      )
    }
    work = WorkQueue(
      label: "registry.store",
      width: configuration.limits.workers,
      limit: configuration.limits.waitingWork
    )
    node = configuration.node
    signer = configuration.signer
    isSynthetic = configuration.synthetic
    divisions = loaded.directory
    self.division = division
    skippedDivisions = loaded.skipped
    self.limits = limits
  }

  private static func anchor(_ database: any SQLDatabase) throws -> sending ReadAnchor {
    ReadAnchor(try database.makeConnection(role: .reader))
  }

  /// Finishes the writes that wait, moves the log into the database and lets the file go.
  ///
  /// Calls that come later, or are still reading, fail with `closed` or end normally.
  package func close() async {
    work.close()
    checks.close()
    await writer.close()
    pointReaders.close()
    readers.close()
  }

  /// Commits of the writer since it was opened.
  package var commits: Int { writer.commits }

  private static func start(
    _ connection: any SQLConnection,
    _ known: StoreIdentity?,
    _ configuration: StoreConfiguration,
    _ context: PreparationContext
  ) throws -> (StoreIdentity, WriteSession) {
    func session(_ identity: StoreIdentity) throws -> WriteSession {
      try WriteSession(
        connection: connection,
        keys: configuration.keys,
        identity: identity,
        context: context,
        limits: configuration.limits
      )
    }
    if let known {
      let session = try session(known)
      try connection.transaction { try session.leaveBrokenRosters() }
      if try !session.hasCountedNeeds {
        try connection.transaction {
          session.takeInstant()
          try session.recountNeeds()
        }
      }
      if try !session.hasCountedPilot {
        try connection.transaction {
          session.takeInstant()
          try session.recountPilot()
        }
      }
      guard let signer = configuration.signer else {
        try StoreIdentity.requireUnsigned(connection)
        return (known, session)
      }
      if context.isRestored { return (known, session) }
      try connection.transaction {
        session.takeInstant()
        try StoreIdentity.setKey(session, signer)
        session.keepEffects()
        try session.finishGroup()
      }
      return (known, session)
    }
    // A new database: its identity and the journal's first entry are one transaction.
    return try connection.transaction {
      let identity = try StoreIdentity(making: connection, configuration)
      let session = try session(identity)
      session.takeInstant()
      try identity.start(session)
      try session.recountNeeds()
      try session.recountPilot()
      if let signer = configuration.signer { try StoreIdentity.setKey(session, signer) }
      session.keepEffects()
      try session.finishGroup()
      return (identity, session)
    }
  }

  /// The areas of the nodes whose journals this one has copies of.
  private static func owners(
    _ connection: any SQLConnection,
    _ directory: DivisionDirectory
  ) throws -> OwnerAreas {
    let rows = try connection.prepare(
      "SELECT division FROM stream WHERE incoming = 1 AND role = $1"
    )
    rows.bind(Int64(StreamRole.journal.rawValue), at: 1)
    var paths: [DivisionPath] = []
    try rows.forEach { row in
      if let record = directory.record(id: row.int64(at: 0)) { paths.append(record.path) }
    }
    return OwnerAreas(paths)
  }

  private static func loadDivisions(
    _ connection: any SQLConnection,
    _ configuration: StoreConfiguration
  ) throws -> (directory: DivisionDirectory, skipped: (townships: Int, villages: Int)) {
    let loader = DivisionLoader(connection: connection)
    var skipped = try loader.fill(from: configuration.divisions)
    var directory = try loader.read()
    if let file = configuration.villages {
      let bytes = try SmallFile.read(file, limit: ModelData.byteLimit)
      skipped.villages += try loader.add(villages: file, bytes: bytes, known: directory).villages
      directory = try loader.read()
    }
    return (directory, (skipped.townships, skipped.villages))
  }
}

/// A file that is read whole.
enum SmallFile {
  /// Throws `StoreError` (`dataFile`) if it cannot be read or is longer than the limit.
  static func read(_ path: String, limit: Int) throws(StoreError) -> [UInt8] {
    guard let file = fopen(path, "re") else {
      throw StoreError(.dataFile, "\(path): \(String(cString: strerror(errno)))")
    }
    defer { fclose(file) }
    var bytes: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: 65_536)
    while true {
      let count = fread(&buffer, 1, buffer.count, file)
      bytes.append(contentsOf: buffer[..<count])
      if bytes.count > limit { throw StoreError(.dataFile, "\(path): over \(limit) octets") }
      if count < buffer.count { break }
    }
    guard ferror(file) == 0 else { throw StoreError(.dataFile, "\(path): cannot be read") }
    return bytes
  }
}
