/// What a connection is for.
package enum SQLRole: Hashable, Sendable {
  /// Reads only; a write fails with `readOnly`.
  case reader
  /// Reads and writes; there is one at a time.
  case writer
}

/// A database from which connections are opened; it may be shared between threads.
package protocol SQLDatabase: AnyObject, Sendable {
  /// The words of this database's data definitions.
  var dialect: SQLDialect { get }
  /// Whether a read view that somebody holds makes the reads of other connections cheaper.
  var gainsFromHeldView: Bool { get }

  /// Opens a connection, to be confined to one thread, loop or serial queue at a time.
  ///
  /// Throws `SQLError`: `cannotOpen`, `readOnly` for a writer on a database opened for reading,
  /// `inUse` for a second writer.
  func makeConnection(role: SQLRole) throws(SQLError) -> sending any SQLConnection
}

/// Interrupts a connection's running statement from any thread.
package protocol SQLInterrupter: AnyObject, Sendable {
  /// Makes the running statement fail with `interrupted`; does nothing if none runs.
  func interrupt()
}

/// One connection: not `Sendable`, used by one thread or loop at a time.
///
/// Statements are written once for all databases: parameters are `$1 … $n`, each first appearing
/// in this order (which `prepare` checks), and only portable SQL is used:
///
/// - A failed statement may void its transaction until a savepoint or the start is gone back to: go
///   on after an error only outside of `nested`.
/// - NULLs sort first on SQLite and last on PostgreSQL: an ORDER BY over a column that may be NULL
///   says NULLS FIRST or LAST. Texts are compared by their octets.
/// - A text holds no U+0000 (PostgreSQL refuses it with `check`), a sum is cast to `bigint`.
package protocol SQLConnection: AnyObject {
  /// The words of this database's data definitions.
  var dialect: SQLDialect { get }
  /// What the connection is for.
  var role: SQLRole { get }
  /// False once the connection to a server is lost: every statement fails from then on, and a new
  /// connection must be made.
  var isOpen: Bool { get }
  /// Rows changed by the statement that ran last.
  var changes: Int64 { get }
  /// True between `begin` and the `commit` or `rollback` that ends it. A failure such as a full
  /// disk may end a transaction by itself: everything in it is undone then.
  var isInTransaction: Bool { get }
  /// How many steps of the database's machine a statement may take until it is reset, or nil for
  /// no limit. Set it on connections that run on event loops: a point read takes some dozens, and
  /// a statement that passes the limit fails with `interrupted`. Granularity: 1,000 steps. A server
  /// counts time instead: 50 ms for a thousand steps.
  var stepLimit: Int? { get set }
  /// Interrupts this connection's statement from any thread.
  var interrupter: any SQLInterrupter { get }

  /// The prepared statement for a text, from the connection's cache if it is there and idle.
  ///
  /// Keep the statement where a path is hot. Its bindings are clear and it is reset. While a
  /// statement of this text is being stepped, another one is made, so that loops may nest.
  func prepare(_ sql: String) throws(SQLError) -> any SQLStatement
  /// Runs one or several statements that take no parameters and give no rows.
  func execute(_ sql: String) throws(SQLError)

  /// Starts a transaction; a writer's takes the write lock at once.
  func begin() throws(SQLError)
  /// Ends the transaction and returns when it is synced (as the database is configured).
  func commit() throws(SQLError)
  /// Undoes the transaction. Does nothing if there is none (a failure may have ended it).
  func rollback() throws(SQLError)
  /// Marks a point inside the transaction; points nest.
  func savepoint() throws(SQLError)
  /// Drops the last point and keeps what was done since.
  func releaseSavepoint() throws(SQLError)
  /// Undoes what was done since the last point, and drops it.
  func rollbackToSavepoint() throws(SQLError)

  /// Moves the log into the database as far as readers allow; `truncating` waits for readers (as
  /// long as statements wait for locks, or not at all) and cuts the log's file to nothing. Does
  /// nothing where a server keeps the log.
  ///
  /// Throws `SQLError`: `busy` if a reader keeps the log from being cut; what it allows is moved.
  func checkpoint(truncating: Bool, waiting: Bool) throws(SQLError)
  /// Reads the whole database and returns what contradicts itself: nothing in a sound one, at most
  /// 100 findings (pages, indexes and row numbers; no values).
  ///
  /// Throws `SQLError`: `corrupt` if it is too broken to be read through.
  func pageFindings() throws(SQLError) -> [String]
  /// Writes the schema's number where the database's own tools show it; part of the transaction.
  func noteSchemaVersion(_ version: Int) throws(SQLError)
}

extension SQLConnection {
  /// Runs `body` in a transaction: commits if it returns, undoes everything if it throws.
  package func transaction<Result>(_ body: () throws -> Result) throws -> Result {
    try begin()
    do {
      let result = try body()
      try commit()
      return result
    } catch {
      // The first error counts: if undoing fails too, closing the connection undoes.
      try? rollback()
      throw error
    }
  }

  /// Runs `body` after a savepoint: keeps its work if it returns, undoes only that if it throws.
  package func nested<Result>(_ body: () throws -> Result) throws -> Result {
    try savepoint()
    do {
      let result = try body()
      try releaseSavepoint()
      return result
    } catch {
      // A full disk ends the whole transaction; there is no point left to go back to then.
      if isInTransaction { try? rollbackToSavepoint() }
      throw error
    }
  }
}
