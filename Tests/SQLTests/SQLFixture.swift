import Foundation
import PostgreSQL
import SQL
import SQLite
import TestDatabases

/// An empty database of a test's own, of either kind.
final class SQLFixture {
  let database: any SQLDatabase
  private let folder: URL
  private let server: TestServerDatabase?

  init(_ kind: TestDatabase) throws {
    folder = FileManager.default.temporaryDirectory.appendingPathComponent("sql-\(UUID())")
    switch kind {
    case .sqlite:
      try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
      var configuration = SQLiteConfiguration()
      configuration.synchronous = .off
      configuration.busyTimeout = 10
      let path = folder.appendingPathComponent("test.db").path
      database = try SQLiteDatabase(path: path, configuration: configuration)
      server = nil
    case .postgreSQL:
      let server = try TestServerDatabase()
      var configuration = PostgreSQLConfiguration(url: server.url)
      configuration.leaseTimeout = 40
      database = try PostgreSQLDatabase(configuration)
      self.server = server
    }
  }

  /// Removes the database; called at a test's end, because a connection does not hold the fixture.
  func end() {
    try? FileManager.default.removeItem(at: folder)
    server?.drop()
  }

  /// A writer on tables that are defined in the dialect's names.
  func writer(_ definitions: String...) throws -> any SQLConnection {
    let connection = try database.makeConnection(role: .writer)
    for text in definitions { try connection.execute(connection.dialect.definition(text)) }
    return connection
  }
}

/// The code of what `body` throws, or nil.
func code(_ body: () throws -> Void) -> SQLError.Code? {
  do {
    try body()
    return nil
  } catch {
    return (error as? SQLError)?.code
  }
}

extension SQLConnection {
  /// The first column of the first row.
  func number(_ sql: String) throws -> Int64? { try prepare(sql).first { $0.int64(at: 0) } }
}
