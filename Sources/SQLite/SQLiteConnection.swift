internal import CSQLite
package import SQL

/// A connection to a SQLite database, for one thread, loop or serial queue at a time.
///
/// SQLite is opened without its own mutexes; the confinement replaces them.
package final class SQLiteConnection: SQLConnection {
  package let role: SQLRole
  package let dialect = SQLDialect.sqlite
  private let handle: SQLiteHandle
  private let busyTimeout: Int32
  private var cache: StatementCache<SQLiteStatement>

  package var isOpen: Bool { true }
  package var interrupter: any SQLInterrupter { handle.interrupter }
  package var changes: Int64 { sqlite3_changes64(handle.database) }
  package var isInTransaction: Bool { sqlite3_get_autocommit(handle.database) == 0 }

  package var stepLimit: Int? {
    didSet { handle.budget.setLimit(stepLimit, on: handle.database) }
  }

  init(
    path: String,
    role: SQLRole,
    configuration: SQLiteConfiguration,
    lock: FileLock?
  ) throws(SQLError) {
    let access = configuration.openMode == .readOnly ? SQLITE_OPEN_READONLY : SQLITE_OPEN_READWRITE
    handle = try SQLiteHandle(
      path: path,
      flags: access | SQLITE_OPEN_NOMUTEX,
      lock: lock
    )
    self.role = role
    busyTimeout = configuration.busyTimeout
    cache = StatementCache(limit: configuration.statementCache)
    sqlite3_busy_timeout(handle.database, busyTimeout)
    try configure(configuration)
  }

  package func prepare(_ sql: String) throws(SQLError) -> any SQLStatement {
    try statement(sql)
  }

  /// As `prepare(_:)`, with the driver's own type.
  package func statement(_ sql: String) throws(SQLError) -> SQLiteStatement {
    if let cached = cache[sql], !cached.isRunning {
      cached.reset()
      return cached
    }
    let statement = try SQLiteStatement(sql, handle: handle)
    cache.insert(statement, for: sql)
    return statement
  }

  package func execute(_ sql: String) throws(SQLError) {
    handle.budget.refill()
    try handle.check(sqlite3_exec(handle.database, sql, nil, nil, nil))
  }

  package func begin() throws(SQLError) {
    try statement(role == .writer ? "BEGIN IMMEDIATE" : "BEGIN").run()
  }

  package func commit() throws(SQLError) {
    try statement("COMMIT").run()
  }

  package func rollback() throws(SQLError) {
    if isInTransaction { try statement("ROLLBACK").run() }
  }

  // One name serves all points: the statements refer to the one set last.
  package func savepoint() throws(SQLError) {
    guard isInTransaction else { throw SQLError(.misuse, "a savepoint outside a transaction") }
    try statement("SAVEPOINT point").run()
  }

  package func releaseSavepoint() throws(SQLError) {
    try statement("RELEASE point").run()
  }

  package func rollbackToSavepoint() throws(SQLError) {
    try statement("ROLLBACK TO point").run()
    try statement("RELEASE point").run()
  }

  package func checkpoint(truncating: Bool, waiting: Bool) throws(SQLError) {
    if !waiting { sqlite3_busy_timeout(handle.database, 0) }
    defer { if !waiting { sqlite3_busy_timeout(handle.database, busyTimeout) } }
    let mode = truncating ? SQLITE_CHECKPOINT_TRUNCATE : SQLITE_CHECKPOINT_PASSIVE
    try handle.check(sqlite3_wal_checkpoint_v2(handle.database, nil, mode, nil, nil))
  }

  package func noteSchemaVersion(_ version: Int) throws(SQLError) {
    try execute("PRAGMA user_version = \(version)")
  }

  package func pageFindings() throws(SQLError) -> [String] {
    var findings: [String] = []
    let rows = try statement("PRAGMA quick_check(100)")
    defer { rows.reset() }
    while try rows.step() { findings.append(rows.string(at: 0)) }
    return findings == ["ok"] ? [] : findings
  }

  /// The number that a pragma gives.
  func pragma(_ name: String) throws(SQLError) -> Int64 {
    try number("PRAGMA \(name)")
  }

  /// The first column of the first row.
  func number(_ sql: String) throws(SQLError) -> Int64 {
    let statement = try statement(sql)
    defer { statement.reset() }
    return try statement.step() ? statement.int64(at: 0) : 0
  }

  /// Turns WAL mode on, which SQLite declines without an error where memory cannot be shared.
  private func startLog() throws(SQLError) {
    let mode = try statement("PRAGMA journal_mode = WAL")
    defer { mode.reset() }
    guard try mode.step(), mode.string(at: 0) == "wal" else {
      throw SQLError(.cannotOpen, "the file system does not allow a write-ahead log")
    }
  }

  private func configure(_ configuration: SQLiteConfiguration) throws(SQLError) {
    let cache = role == .writer ? configuration.writerCache : configuration.readerCache
    var pragmas = [
      "foreign_keys = ON", "trusted_schema = OFF", "cell_size_check = ON",
      "cache_size = -\(cache)", "mmap_size = \(configuration.memoryMap)",
      "temp_store = MEMORY",
    ]
    switch role {
    case .reader:
      pragmas.append("query_only = ON")
    case .writer:
      pragmas += [
        "synchronous = \(configuration.synchronous.rawValue)",
        "wal_autocheckpoint = \(configuration.checkpointPages)",
        // An erased key must not survive in the free space of a page.
        "secure_delete = ON",
        // After a checkpoint the log's file is cut to what the policy lets it grow to anyway.
        "journal_size_limit = \(max(1, configuration.checkpointPages) * 4_096)",
      ]
    }
    for pragma in pragmas { try execute("PRAGMA \(pragma)") }
    if role == .writer { try startLog() }
  }
}
