internal import CPostgreSQL
package import SQL

/// A connection to a PostgreSQL database, for one thread, loop or serial queue at a time.
package final class PostgreSQLConnection: SQLConnection {
  package let role: SQLRole
  package let dialect = SQLDialect.postgreSQL
  let handle: PostgreSQLHandle
  /// A writer's right to write, checked in each transaction.
  var lease: WriterLease?
  private var cache: StatementCache<PostgreSQLStatement>

  package var isOpen: Bool { handle.isOpen }
  package var interrupter: any SQLInterrupter { handle.interrupter }
  package var changes: Int64 { handle.changes }
  package var isInTransaction: Bool { handle.isInTransaction }

  /// The server counts time: a thousand steps stand for 50 ms.
  package var stepLimit: Int? {
    didSet {
      let milliseconds = stepLimit.map { max(1, $0 / 1_000) * 50 } ?? 0
      // Declined only by a lost connection, on which no statement runs any more.
      _ = try? handle.run("SET statement_timeout = \(milliseconds)")
    }
  }

  init(role: SQLRole, configuration: PostgreSQLConfiguration) throws(SQLError) {
    self.role = role
    cache = StatementCache(limit: configuration.statementCache)
    let seconds = max(1, configuration.networkTimeout / 1_000)
    handle = try PostgreSQLHandle(
      configuration,
      settings: [
        "client_encoding": "UTF8", "connect_timeout": "\(configuration.connectTimeout)",
        "fallback_application_name": "registryd", "keepalives_idle": "\(seconds)",
        "keepalives_interval": "\(max(1, seconds / 3))", "keepalives_count": "3",
        "tcp_user_timeout": "\(configuration.networkTimeout)",
      ]
    )
    try configure(configuration)
  }

  package func prepare(_ sql: String) throws(SQLError) -> any SQLStatement {
    try statement(sql)
  }

  /// As `prepare(_:)`, with the driver's own type.
  package func statement(_ sql: String) throws(SQLError) -> PostgreSQLStatement {
    if let cached = cache[sql], !cached.isRunning {
      cached.reset()
      return cached
    }
    let statement = try PostgreSQLStatement(sql, handle: handle)
    cache.insert(statement, for: sql)
    return statement
  }

  package func execute(_ sql: String) throws(SQLError) {
    try handle.run(sql)
  }

  /// Starts a transaction: a reader's has one view of the database, a writer's holds the lease.
  ///
  /// Throws `SQLError`: `inUse` if another process has taken the lease.
  package func begin() throws(SQLError) {
    guard !isInTransaction else { throw SQLError(.misuse, "a transaction inside a transaction") }
    guard role == .writer else {
      try handle.run("BEGIN ISOLATION LEVEL REPEATABLE READ, READ ONLY")
      return
    }
    guard let lease else { throw SQLError(.misuse, "a writer without a lease") }
    // The row stays locked to the end: nobody else can take the lease before the commit.
    let tag = try handle.run("BEGIN; \(lease.check)")
    guard tag == "SELECT 1" else {
      try handle.run("ROLLBACK")
      throw SQLError(.inUse, "another process has taken over writing")
    }
  }

  package func commit() throws(SQLError) {
    guard isInTransaction else { throw SQLError(.misuse, "a commit outside a transaction") }
    // The server takes the commit of a voided transaction for its end, and says so in the tag alone.
    guard try handle.run("COMMIT") == "COMMIT" else {
      throw SQLError(.other, "the transaction was void because a statement had failed")
    }
  }

  package func rollback() throws(SQLError) {
    if isInTransaction { try handle.run("ROLLBACK") }
  }

  // One name serves all points: the statements refer to the one set last.
  package func savepoint() throws(SQLError) {
    guard isInTransaction else { throw SQLError(.misuse, "a savepoint outside a transaction") }
    try handle.run("SAVEPOINT point")
  }

  package func releaseSavepoint() throws(SQLError) {
    try handle.run("RELEASE point")
  }

  package func rollbackToSavepoint() throws(SQLError) {
    try handle.run("ROLLBACK TO point; RELEASE point")
  }

  /// Does nothing: the server keeps the log.
  package func checkpoint(truncating: Bool, waiting: Bool) throws(SQLError) {}

  /// Reads every table to its end: the server checks each page that it reads, and fails with
  /// `corrupt`.
  package func pageFindings() throws(SQLError) -> [String] {
    var tables: [String] = []
    let names = try statement(
      """
      SELECT quote_ident(relname) FROM pg_class
      WHERE relkind = 'r' AND relnamespace = CAST(current_schema AS regnamespace) ORDER BY 1
      """
    )
    defer { names.reset() }
    while try names.step() { tables.append(names.string(at: 0)) }
    // A whole row is made of all its columns, those stored apart too.
    for table in tables { try handle.run("SELECT sum(hashtext(CAST(t AS text))) FROM \(table) t") }
    return []
  }

  /// Does nothing: the migrator's own table tells.
  package func noteSchemaVersion(_ version: Int) throws(SQLError) {}

  /// The first column of the first row as text; "" if there is none.
  func text(_ sql: String) throws(SQLError) -> String {
    let statement = try PostgreSQLStatement(sql, handle: handle)
    defer { statement.reset() }
    return try statement.step() ? statement.string(at: 0) : ""
  }

  private func configure(_ configuration: PostgreSQLConfiguration) throws(SQLError) {
    guard try text("SHOW server_encoding") == "UTF8" else {
      throw SQLError(.cannotOpen, "the database's encoding is not UTF8")
    }
    let seconds = max(1, configuration.networkTimeout / 1_000)
    var settings = [
      "lock_timeout = \(configuration.lockTimeout)", "client_min_messages = warning",
      "tcp_keepalives_idle = \(seconds)", "tcp_keepalives_interval = \(max(1, seconds / 3))",
      "tcp_keepalives_count = 3",
    ]
    switch role {
    case .reader: settings.append("default_transaction_read_only = on")
    case .writer:
      if configuration.allowsUnsynced { break }
      guard try text("SHOW fsync") == "on" else {
        throw SQLError(.cannotOpen, "the server has fsync = off: a commit would not be durable")
      }
      // Stricter values, which wait for other servers too, are left as they are.
      if try text("SHOW synchronous_commit") == "off" { settings.append("synchronous_commit = on") }
    }
    try handle.run(settings.map { "SET \($0)" }.joined(separator: "; "))
  }
}
