/// How a SQLite database is opened and written.
package struct SQLiteConfiguration: Hashable, Sendable {
  /// What the database is opened for.
  package enum OpenMode: Hashable, Sendable {
    /// Reading and writing; the file is made, readable for its owner only, if it is absent.
    case create
    /// Reading and writing of a file that exists.
    case existing
    /// Reading a file that another process may be writing.
    case readOnly
  }

  /// When a commit returns.
  package enum Synchronous: String, Hashable, Sendable {
    /// When the log is synced to the disk: acknowledged means durable. The default.
    case full = "FULL"
    /// When the log is written: the last commits may be lost at a power cut. Only for work that
    /// can be repeated.
    case normal = "NORMAL"
    /// Whenever: for tests.
    case off = "OFF"
  }

  /// What the database is opened for.
  package var openMode = OpenMode.create
  /// When a commit returns.
  package var synchronous = Synchronous.full
  /// How long a statement waits for another connection's lock, in milliseconds.
  package var busyTimeout: Int32 = 5_000
  /// A writer's page cache, in KiB.
  package var writerCache = 65_536
  /// A reader's page cache, in KiB; one per loop.
  package var readerCache = 16_384
  /// How much of the file is mapped into memory, in bytes. Off: a mapped page that the disk fails
  /// to read ends the process with a signal, where a plain read gives an error.
  package var memoryMap: Int64 = 0
  /// The log is moved into the database when a commit leaves more pages than this in it. The
  /// default, 128 MiB, gives bulk imports long runs without checkpoints; 0 leaves it to
  /// `checkpoint()` alone.
  package var checkpointPages = 32_768
  /// Statements that a connection keeps prepared; the one unused for longest goes first.
  package var statementCache = 256
  /// The number in the file's header that says whose it is: "HHRG", household registry.
  package var applicationID: Int32 = 0x4848_5247

  /// The defaults, for a way of opening.
  package init(openMode: OpenMode = .create) {
    self.openMode = openMode
  }
}
