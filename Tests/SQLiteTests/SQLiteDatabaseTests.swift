import Foundation
import SQL
import SQLite
import Testing

@Suite struct SQLiteDatabaseTests {
  let directory: TemporaryDirectory

  init() throws {
    directory = try TemporaryDirectory()
  }

  @Test func createsForItsOwnerOnlyAndOpensAgain() throws {
    do {
      let writer = try directory.open().makeConnection(role: .writer)
      try writer.execute("CREATE TABLE t (id INTEGER) STRICT")
    }
    let attributes = try FileManager.default.attributesOfItem(atPath: directory.database)
    #expect(attributes[.posixPermissions] as? Int == 0o600)
    let writer = try directory.open(.existing).makeConnection(role: .writer)
    try writer.execute("INSERT INTO t VALUES (1)")
    #expect(writer.changes == 1)
  }

  @Test func oneProcessWrites() throws {
    var connection: (any SQLConnection)?
    do {
      let first = try directory.open()
      #expect(code { _ = try directory.open() } == .inUse)
      connection = try first.makeConnection(role: .writer)
    }
    // The lock lasts as long as a connection does.
    #expect(code { _ = try directory.open(.existing) } == .inUse)
    try connection?.execute("CREATE TABLE t (id INTEGER) STRICT")
    let reading = try directory.open(.readOnly)
    let reader = try reading.makeConnection(role: .reader)
    #expect(try reader.prepare("SELECT count(*) FROM t").first { $0.int64(at: 0) } == 0)
    #expect(code { _ = try reading.makeConnection(role: .writer) } == .readOnly)
    #expect(code { try reader.execute("INSERT INTO t VALUES (1)") } == .readOnly)
    connection = nil
    _ = try directory.open(.existing)
  }

  @Test func refusesWhatIsNotThere() {
    #expect(code { _ = try directory.open(.existing) } == .cannotOpen)
    #expect(code { _ = try directory.open(.readOnly) } == .cannotOpen)
    #expect(code { _ = try SQLiteDatabase(path: directory.path + "/none/x.db") } == .cannotOpen)
    #expect(code { _ = try SQLiteDatabase(path: directory.path) } == .cannotOpen)
  }

  @Test func refusesAnotherProgramsDatabase() throws {
    var configuration = SQLiteConfiguration()
    configuration.applicationID = 42
    do {
      let other = try SQLiteDatabase(path: directory.database, configuration: configuration)
      #expect(other.path == directory.database)
    }
    #expect(code { _ = try directory.open() } == .foreign)
    #expect(code { _ = try directory.open(.readOnly) } == .foreign)
  }

  /// A plain SQLite file of a program that sets no number: refused and not touched.
  @Test func leavesForeignFilesAlone() throws {
    var configuration = SQLiteConfiguration()
    configuration.applicationID = 0
    do {
      let other = try SQLiteDatabase(path: directory.database, configuration: configuration)
      let writer = try other.connect(role: .writer)
      try writer.execute("CREATE TABLE theirs (id INTEGER)")
      try writer.execute("PRAGMA journal_mode = DELETE")
    }
    let before = FileManager.default.contents(atPath: directory.database)
    #expect(code { _ = try directory.open() } == .foreign)
    #expect(FileManager.default.contents(atPath: directory.database) == before)
  }

  @Test func refusesAFileThatIsNoDatabase() throws {
    let garbage = Data(repeating: 0x41, count: 10_000)
    try #require(FileManager.default.createFile(atPath: directory.database, contents: garbage))
    #expect(code { _ = try directory.open() } == .corrupt)
    #expect(code { _ = try directory.open(.readOnly) } == .corrupt)
    #expect(FileManager.default.contents(atPath: directory.database) == garbage)
  }

  @Test func findsDamage() throws {
    do {
      let writer = try directory.open().connect(role: .writer)
      try writer.execute("CREATE TABLE t (id INTEGER NOT NULL PRIMARY KEY, s TEXT) STRICT")
      try writer.execute("CREATE INDEX i ON t (s)")
      try writer.transaction {
        for _ in 0..<2_000 { try writer.execute("INSERT INTO t (s) VALUES (hex(randomblob(50)))") }
      }
      #expect(try writer.pageFindings() == [])
      try writer.checkpoint(truncating: true, waiting: true)
    }
    let file = try #require(FileHandle(forUpdatingAtPath: directory.database))
    // From the fifth page on; the schema stays whole.
    try file.seek(toOffset: 4 * 4_096)
    try file.write(contentsOf: Data(repeating: 0xa5, count: 20 * 4_096))
    try file.close()
    let reader = try directory.open(.readOnly).connect(role: .reader)
    let isDamaged: Bool
    do {
      isDamaged = try !reader.pageFindings().isEmpty
    } catch let error {
      isDamaged = error.code == .corrupt
    }
    #expect(isDamaged)
    #expect(
      code { try reader.prepare("SELECT sum(length(s)) FROM t NOT INDEXED").run() } == .corrupt
    )
  }
}
