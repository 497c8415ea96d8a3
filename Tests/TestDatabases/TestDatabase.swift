/// The databases that what is written in portable SQL is tested on.
public enum TestDatabase: String, Sendable, CaseIterable, CustomStringConvertible {
  case sqlite = "SQLite"
  case postgreSQL = "PostgreSQL"

  /// Those that are there: PostgreSQL where `tools/test` has started a server.
  public static let all: [TestDatabase] = TestServer.url == nil ? [.sqlite] : allCases

  /// The database's name.
  public var description: String { rawValue }
}
