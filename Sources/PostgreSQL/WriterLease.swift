internal import Glibc
internal import SQL

/// The right to write a database, which one session has at a time.
///
/// Two things make it. An advisory lock, held by the writer's session, keeps others out while the
/// session lives. The table `writer_lease` counts the sessions that had it: its epoch is checked in
/// each transaction, and tells a writer that comes back whether another wrote meanwhile. The table's
/// one row also says whose database it is.
struct WriterLease: Hashable, Sendable {
  let epoch: Int64
  let application: Int32

  /// Finds one row, and locks it, while the lease holds.
  var check: String {
    """
    SELECT 1 FROM writer_lease WHERE application = \(application) AND epoch = \(epoch) FOR SHARE
    """
  }

  /// How long to wait between two tries for the lock, in milliseconds.
  private static let pause = 20

  /// Takes the lease for a session; `known` is the epoch that this process had before, if it had.
  ///
  /// Throws `SQLError`: `inUse` if another session has it, or had it since `known`.
  static func take(
    _ connection: PostgreSQLConnection,
    _ configuration: PostgreSQLConfiguration,
    known: Int64?
  ) throws(SQLError) -> WriterLease {
    let application = configuration.applicationID
    try lock(connection, configuration)
    try connection.execute(
      """
      CREATE TABLE IF NOT EXISTS writer_lease (
        application BIGINT NOT NULL PRIMARY KEY, epoch BIGINT NOT NULL, holder TEXT NOT NULL
      )
      """
    )
    let row = try connection.statement(
      """
      INSERT INTO writer_lease (application, epoch, holder) VALUES ($1, 1, $2)
      ON CONFLICT (application) DO UPDATE
        SET epoch = writer_lease.epoch + 1, holder = excluded.holder
        WHERE writer_lease.epoch = $3 OR $3 IS NULL
      RETURNING epoch
      """
    )
    defer { row.reset() }
    row.bind(Int64(application), at: 1)
    row.bind(holder, at: 2)
    row.bind(known, at: 3)
    guard try row.step() else {
      throw SQLError(.inUse, "another process wrote to the database meanwhile: start this one anew")
    }
    return WriterLease(epoch: row.int64(at: 0), application: application)
  }

  private static func lock(
    _ connection: PostgreSQLConnection,
    _ configuration: PostgreSQLConfiguration
  ) throws(SQLError) {
    // Locks are the whole database's: the schema's number tells its registry from those of others.
    let row = try connection.statement(
      """
      SELECT pg_try_advisory_lock(
        CAST($1 AS BIGINT) + CAST(CAST(CAST(current_schema AS regnamespace) AS oid) AS BIGINT)
      )
      """
    )
    for _ in 0...configuration.leaseTimeout / pause {
      row.bind(Int64(configuration.applicationID) << 32, at: 1)
      let isTaken = try row.step() && row.bool(at: 0)
      row.reset()
      if isTaken { return }
      usleep(UInt32(pause) * 1_000)
    }
    throw SQLError(.inUse, "another process has the database open for writing")
  }

  /// This process, for operators who look into the table.
  private static var holder: String {
    var name = [CChar](repeating: 0, count: 256)
    gethostname(&name, name.count - 1)
    let host = name.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }
    return "\(String(decoding: host, as: UTF8.self)) \(getpid())"
  }
}
