internal import CSQLite
internal import Glibc
package import SQL

/// A SQLite database file, opened by at most one process for writing.
///
/// While it is open for writing it holds an exclusive lock on `PATH.lock`, which lasts until the
/// database and its connections are gone; the lock file itself stays. The file is in WAL mode; its
/// header carries the application's number, so that no other program's database is taken for ours.
package final class SQLiteDatabase: SQLDatabase {
  /// Where the file is.
  package let path: String
  /// How it is opened.
  package let configuration: SQLiteConfiguration
  package let dialect = SQLDialect.sqlite
  /// Connections of one process share the log's read locks.
  package var gainsFromHeldView: Bool { true }
  private let lock: FileLock?

  /// Opens the file, making it if the mode says so, and checks that it is ours.
  ///
  /// Throws `SQLError`: `inUse` if another process has it open for writing, `foreign` if it belongs
  /// to another program, `corrupt` if it is not a database, `cannotOpen`, `inputOutput`.
  package init(path: String, configuration: SQLiteConfiguration = .init()) throws(SQLError) {
    self.path = path
    self.configuration = configuration
    switch configuration.openMode {
    case .create:
      lock = try FileLock(path: path + ".lock")
      try Self.createFile(path)
    case .existing:
      try Self.requireFile(path)
      lock = try FileLock(path: path + ".lock")
    case .readOnly:
      try Self.requireFile(path)
      lock = nil
    }
    try claim()
  }

  package func makeConnection(role: SQLRole) throws(SQLError) -> sending any SQLConnection {
    try connect(role: role)
  }

  /// As `makeConnection(role:)`, with the driver's own type.
  package func connect(role: SQLRole) throws(SQLError) -> sending SQLiteConnection {
    guard role == .reader || lock != nil else {
      throw SQLError(.readOnly, "the database was opened for reading only")
    }
    return try SQLiteConnection(
      path: path,
      role: role,
      configuration: configuration,
      lock: lock
    )
  }

  /// Whether there is a file at a path.
  package static func exists(at path: String) -> Bool { access(path, F_OK) == 0 }

  /// Checks that the file is ours, and marks it as ours if it is new and empty.
  private func claim() throws(SQLError) {
    // A reader first: a writer would turn another program's file to WAL mode.
    let reader = try connect(role: .reader)
    let identity = try reader.pragma("application_id")
    if identity == Int64(configuration.applicationID) { return }
    let tables = try reader.number("SELECT count(*) FROM sqlite_master")
    guard identity == 0, tables == 0, lock != nil else {
      throw SQLError(.foreign, "the file is a database of another program (id \(identity))")
    }
    try connect(role: .writer).execute("PRAGMA application_id = \(configuration.applicationID)")
  }

  /// Makes an empty file, readable for its owner only (SQLite's own would follow the umask), and
  /// syncs the directory, so that a power cut cannot lose a file with acknowledged commits.
  private static func createFile(_ path: String) throws(SQLError) {
    let file = open(path, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
    if file < 0 {
      let cause = errno
      if cause == EEXIST { return }
      throw SQLError(.cannotOpen, "the database cannot be created: \(words(cause))")
    }
    close(file)
    let parent =
      path.lastIndex(of: "/").map { $0 == path.startIndex ? "/" : String(path[..<$0]) } ?? "."
    let directory = open(parent, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    guard directory >= 0 else {
      throw SQLError(.cannotOpen, "the database's directory cannot be opened: \(words(errno))")
    }
    defer { close(directory) }
    guard fsync(directory) == 0 else {
      throw SQLError(.inputOutput, "the database's directory cannot be synced: \(words(errno))")
    }
  }

  private static func requireFile(_ path: String) throws(SQLError) {
    guard access(path, R_OK) == 0 else {
      throw SQLError(.cannotOpen, "the database cannot be read: \(words(errno))")
    }
  }
}

/// The system's words for an error number.
func words(_ error: Int32) -> String {
  String(cString: strerror(error))
}
