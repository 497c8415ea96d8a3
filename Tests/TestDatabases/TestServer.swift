internal import CPostgreSQL
import Foundation
internal import Glibc

/// The PostgreSQL server for tests, which `tools/test` starts and stops.
public enum TestServer {
  /// Its URL, without a database; nil when there is none.
  public static let url = ProcessInfo.processInfo.environment["REGISTRY_TEST_POSTGRESQL"]
  /// A program that runs `pg_ctl` with its arguments on the server.
  static let control = ProcessInfo.processInfo.environment["REGISTRY_TEST_POSTGRESQL_CONTROL"]
  /// Why tests are skipped where there is none.
  public static let absence = "no PostgreSQL server: tools/test starts one"

  /// Kills the server as a power cut would end it, and starts it again.
  public static func crash() throws {
    try run("stop", "-m", "immediate")
    try run("start")
  }

  /// Runs `pg_ctl` on the server and waits for its end.
  public static func run(_ arguments: String...) throws {
    // Foundation's Process would wait for the server too, which inherits what it watches.
    let program = control ?? "/nonexistent"
    var words: [UnsafeMutablePointer<CChar>?] = ([program] + arguments).map { strdup($0) }
    words.append(nil)
    defer { for word in words { free(word) } }
    var child: pid_t = 0
    var status: Int32 = -1
    guard posix_spawn(&child, program, nil, nil, words, environ) == 0,
      waitpid(child, &status, 0) == child, status == 0
    else { throw Failure(words: "pg_ctl \(arguments)") }
  }

  /// Runs statements on a database, as the server's owner; the first value of the last one.
  @discardableResult
  public static func run(_ sql: String, on url: String) throws -> String? {
    let connection = PQconnectdb(url)
    defer { PQfinish(connection) }
    PQsetNoticeProcessor(connection, { _, _ in }, nil)
    let result = PQexec(connection, sql)
    defer { PQclear(result) }
    switch PQresultStatus(result) {
    case PGRES_COMMAND_OK: return nil
    case PGRES_TUPLES_OK:
      return PQntuples(result) > 0 ? PQgetvalue(result, 0, 0).map { String(cString: $0) } : nil
    default: throw Failure(words: String(cString: PQerrorMessage(connection)))
    }
  }

  /// What the server or its program refused.
  public struct Failure: Error {
    /// What it said.
    public let words: String
  }
}

/// A database of a test's own, dropped with the object.
public final class TestServerDatabase: Sendable {
  /// Its URL.
  public let url: String
  private let name: String
  private let server: String

  /// Makes it, empty.
  public init() throws {
    guard let server = TestServer.url else { throw TestServer.Failure(words: TestServer.absence) }
    self.server = server
    name = "t" + UUID().uuidString.replacingOccurrences(of: "-", with: "").lowercased()
    url = Self.url(of: name, server)
    try TestServer.run(
      "CREATE DATABASE \(name) TEMPLATE template0",
      on: Self.url(of: "postgres", server)
    )
  }

  deinit { drop() }

  /// Drops it, whoever is connected.
  public func drop() {
    _ = try? TestServer.run(
      "DROP DATABASE IF EXISTS \(name) WITH (FORCE)",
      on: Self.url(of: "postgres", server)
    )
  }

  /// Ends every session of the database but the caller's own.
  public func endSessions() throws {
    try TestServer.run(
      """
      SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity
      WHERE datname = current_database() AND pid <> pg_backend_pid()
      """,
      on: url
    )
  }

  private static func url(of name: String, _ server: String) -> String {
    server.replacingOccurrences(of: "///", with: "///" + name)
  }
}
