import Foundation
import SQL
import SQLite

/// A directory of a test's own, removed with the object.
final class TemporaryDirectory {
  let path: String

  init() throws {
    path = FileManager.default.temporaryDirectory.path + "/sqlite-" + UUID().uuidString
    try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
  }

  deinit {
    try? FileManager.default.removeItem(atPath: path)
  }

  var database: String { path + "/registry.db" }

  func open(_ mode: SQLiteConfiguration.OpenMode = .create) throws -> SQLiteDatabase {
    var configuration = SQLiteConfiguration(openMode: mode)
    configuration.synchronous = .off
    configuration.busyTimeout = 10
    return try SQLiteDatabase(path: database, configuration: configuration)
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
