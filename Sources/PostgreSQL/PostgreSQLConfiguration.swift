/// How a PostgreSQL database is reached and written.
package struct PostgreSQLConfiguration: Hashable, Sendable {
  /// Where the database is: `postgresql://USER@HOST:PORT/NAME?…`, as libpq reads it. It may hold a
  /// password, so it is never printed: `PostgreSQLAddress.redacted` is.
  package var url: String
  /// How long connecting to one host may take, in seconds.
  package var connectTimeout = 10
  /// How long octets that were sent may stay unacknowledged over TCP, in milliseconds; after it the
  /// connection is lost. The server's side gives up after about the same time, so that the lease of
  /// a writer whose machine vanished becomes free.
  package var networkTimeout = 15_000
  /// How long a statement waits for another connection's lock, in milliseconds.
  package var lockTimeout = 5_000
  /// How long a writer waits for the lease of one that may just be ending, in milliseconds.
  package var leaseTimeout = 2_000
  /// Octets of one result that are kept while other statements run on its connection; a result that
  /// is longer fails with `tooLarge`, and belongs in pages.
  package var resultBuffer = 64 << 20
  /// Statements that a connection keeps prepared; the one unused for longest goes first.
  package var statementCache = 256
  /// Whether a server with `fsync = off` is accepted: only where its data may be lost.
  package var allowsUnsynced = false
  /// The number that says whose database it is: "HHRG", household registry.
  package var applicationID: Int32 = 0x4848_5247

  /// The defaults, for a database's URL.
  package init(url: String) {
    self.url = url
  }
}
