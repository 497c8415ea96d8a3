package import PostgreSQL
package import SQL
package import SQLite

/// Where a registry's database is, and how it is opened.
package enum StoreDatabase: Hashable, Sendable {
  /// A file of this machine.
  case sqlite(path: String, SQLiteConfiguration = .registry)
  /// A database of a server.
  case postgreSQL(PostgreSQLConfiguration)

  /// The database of a setting: a URL `postgresql://…`, or a file's path.
  package init(_ text: String) {
    self =
      PostgreSQLAddress.isURL(text)
      ? .postgreSQL(PostgreSQLConfiguration(url: text)) : .sqlite(path: text)
  }

  /// Whether it is a file of this machine.
  package var isFile: Bool {
    if case .sqlite = self { true } else { false }
  }

  /// Opens it; a file is made if it is absent.
  ///
  /// Throws `SQLError`: `inUse`, `foreign`, `corrupt`, `cannotOpen`, `inputOutput`.
  package func open() throws(SQLError) -> any SQLDatabase {
    switch self {
    case .sqlite(let path, let configuration):
      try SQLiteDatabase(path: path, configuration: configuration)
    case .postgreSQL(let configuration): try PostgreSQLDatabase(configuration)
    }
  }

  /// Throws `SQLError` (`foreign`, `corrupt`) unless what is there is a registry's. A server was
  /// asked that by `exists`.
  func requireOurs() throws(SQLError) {
    guard case .sqlite(let path, _) = self else { return }
    _ = try SQLiteDatabase(path: path, configuration: SQLiteConfiguration(openMode: .readOnly))
  }

  /// Opens it for reading alone, so that nothing of it changes; other processes may write to it.
  func readOnly() throws(SQLError) -> any SQLDatabase {
    switch self {
    case .sqlite(let path, _):
      try SQLiteDatabase(path: path, configuration: SQLiteConfiguration(openMode: .readOnly))
    case .postgreSQL(let configuration): try PostgreSQLDatabase(configuration)
    }
  }

  /// Whether a registry has been made there already; for a file, whether there is one.
  ///
  /// Throws `StoreError` (`unavailable`) if a server cannot be asked.
  package func exists() throws -> Bool {
    switch self {
    case .sqlite(let path, _): return SQLiteDatabase.exists(at: path)
    case .postgreSQL(let configuration):
      do {
        return try PostgreSQLDatabase.isTaken(configuration)
      } catch {
        throw StoreError.wrapping(error)
      }
    }
  }
}

extension StoreDatabase: CustomStringConvertible {
  /// The path, or the URL without passwords.
  package var description: String {
    switch self {
    case .sqlite(let path, _): path
    case .postgreSQL(let configuration): PostgreSQLAddress.redacted(configuration.url)
    }
  }
}

extension SQLiteConfiguration {
  /// The defaults of a registry.
  package static let registry: SQLiteConfiguration = {
    var sqlite = SQLiteConfiguration()
    // Two trees in random order, digests and names, take 80 MB at a million people.
    sqlite.writerCache = 262_144
    return sqlite
  }()
}
