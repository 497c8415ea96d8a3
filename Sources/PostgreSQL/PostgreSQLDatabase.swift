internal import CPostgreSQL
package import SQL
internal import Synchronization

/// A PostgreSQL database, or the schema of one that the search path names first; one session writes
/// to it at a time.
package final class PostgreSQLDatabase: SQLDatabase {
  /// How it is reached.
  package let configuration: PostgreSQLConfiguration
  package let dialect = SQLDialect.postgreSQL
  /// Every session reads by itself.
  package var gainsFromHeldView: Bool { false }
  /// The epoch of the lease that this process took last.
  private let epoch = Mutex<Int64?>(nil)

  /// Connects and checks that the database is ours, or empty.
  ///
  /// Throws `SQLError`: `foreign` if it has tables of another program, `cannotOpen`.
  package init(_ configuration: PostgreSQLConfiguration) throws(SQLError) {
    self.configuration = configuration
    let connection = try PostgreSQLConnection(role: .reader, configuration: configuration)
    if try Self.isOurs(connection, configuration) { return }
    guard try Self.isEmpty(connection) else {
      throw SQLError(.foreign, "the database has tables of another program")
    }
  }

  /// Opens a connection.
  ///
  /// A writer takes the lease. One that this object makes again, because the first was lost, takes
  /// it only if nobody else had it meanwhile. Throws `SQLError`: `inUse`, `cannotOpen`, also for a
  /// server that does not sync its log.
  package func makeConnection(role: SQLRole) throws(SQLError) -> sending any SQLConnection {
    try connect(role: role)
  }

  /// As `makeConnection(role:)`, with the driver's own type.
  package func connect(role: SQLRole) throws(SQLError) -> sending PostgreSQLConnection {
    let connection = try PostgreSQLConnection(role: role, configuration: configuration)
    if role == .writer {
      let known = epoch.withLock { $0 }
      let lease = try WriterLease.take(connection, configuration, known: known)
      connection.lease = lease
      epoch.withLock { $0 = lease.epoch }
    }
    return connection
  }

  /// Whether a registry has been made in the database.
  ///
  /// Throws `SQLError`: `cannotOpen`.
  package static func isTaken(
    _ configuration: PostgreSQLConfiguration
  ) throws(SQLError) -> Bool {
    let connection = try PostgreSQLConnection(role: .reader, configuration: configuration)
    return try isOurs(connection, configuration)
  }

  private static func isOurs(
    _ connection: PostgreSQLConnection,
    _ configuration: PostgreSQLConfiguration
  ) throws(SQLError) -> Bool {
    guard try connection.text("SELECT to_regclass('writer_lease') IS NOT NULL") == "1" else {
      return false
    }
    let application = configuration.applicationID
    return try connection.text(
      "SELECT count(*) FROM writer_lease WHERE application = \(application)"
    ) == "1"
  }

  private static func isEmpty(_ connection: PostgreSQLConnection) throws(SQLError) -> Bool {
    guard try connection.text("SELECT current_schema IS NOT NULL") == "1" else {
      throw SQLError(.cannotOpen, "the search path names no schema of the database")
    }
    let tables = try connection.text(
      """
      SELECT count(*) FROM pg_class WHERE relkind IN ('r', 'p', 'v', 'm', 'f')
        AND relnamespace = CAST(current_schema AS regnamespace) AND relname <> 'writer_lease'
      """
    )
    guard tables == "0" else { return false }
    // A start that ended early may have left the table without its row.
    if try connection.text("SELECT to_regclass('writer_lease') IS NULL") == "1" { return true }
    return try connection.text("SELECT count(*) FROM writer_lease") == "0"
  }
}
