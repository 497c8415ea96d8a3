import Glibc
import SQL
import SQLite
import Testing

@Suite struct SQLiteConnectionTests {
  let directory: TemporaryDirectory
  let database: SQLiteDatabase
  let writer: SQLiteConnection

  init() throws {
    directory = try TemporaryDirectory()
    database = try directory.open()
    writer = try database.connect(role: .writer)
    try writer.execute("CREATE TABLE t (id INTEGER NOT NULL PRIMARY KEY, b BLOB) STRICT")
  }

  func ids(_ connection: any SQLConnection) throws -> [Int64] {
    var ids: [Int64] = []
    try connection.prepare("SELECT id FROM t ORDER BY id").forEach { ids.append($0.int64(at: 0)) }
    return ids
  }

  func insert(_ id: Int64) throws {
    try writer.execute("INSERT INTO t (id) VALUES (\(id))")
  }

  struct Stop: Error {}

  @Test func keepsOrUndoesTransactions() throws {
    try writer.transaction { try insert(1) }
    #expect(throws: Stop.self) {
      try writer.transaction {
        try insert(2)
        throw Stop()
      }
    }
    #expect(!writer.isInTransaction)
    try writer.rollback()
    #expect(try ids(writer) == [1])
  }

  @Test func undoesToTheLastSavepoint() throws {
    try writer.transaction {
      try insert(1)
      try writer.nested { try insert(2) }
      try? writer.nested {
        try insert(3)
        try? writer.nested {
          try insert(4)
          throw Stop()
        }
        #expect(try ids(writer) == [1, 2, 3])
        throw Stop()
      }
      try insert(5)
    }
    #expect(try ids(writer) == [1, 2, 5])
    #expect(code { try writer.savepoint() } == .misuse)
  }

  @Test func showsReadersWhatIsCommitted() throws {
    let reader = try database.makeConnection(role: .reader)
    try writer.begin()
    try insert(1)
    #expect(try ids(reader) == [])
    try writer.commit()
    #expect(try ids(reader) == [1])
    #expect(code { try reader.execute("DELETE FROM t") } == .readOnly)
    try reader.begin()
    #expect(try ids(reader) == [1])
    try insert(2)
    #expect(try ids(reader) == [1])
    try reader.commit()
    #expect(try ids(reader) == [1, 2])
  }

  @Test func aSecondWriterWaitsAndFails() throws {
    let second = try database.makeConnection(role: .writer)
    try writer.begin()
    #expect(code { try second.begin() } == .busy)
    try writer.rollback()
    try second.begin()
    try second.rollback()
  }

  @Test func aFullDiskUndoesAndLeavesTheDatabaseSound() throws {
    try writer.execute("PRAGMA max_page_count = 20")
    let fill = {
      try writer.transaction {
        for _ in 0..<100 { try writer.execute("INSERT INTO t (b) VALUES (zeroblob(4000))") }
      }
    }
    #expect(code { try fill() } == .full)
    #expect(!writer.isInTransaction)
    #expect(try ids(writer) == [])
    #expect(try writer.pageFindings() == [])
    try writer.execute("PRAGMA max_page_count = 2000")
    try fill()
    #expect(try ids(writer).count == 100)
  }

  /// The same on a real file system of 1 MiB, where the tests may mount one.
  @Test func aFullFileSystemUndoes() throws {
    let small = directory.path + "/small"
    try #require(mkdir(small, 0o700) == 0)
    guard mount("tmpfs", small, "tmpfs", 0, "size=1m") == 0 else {
      try Test.cancel("mounting a file system is not permitted here")
    }
    defer { umount2(small, 2) }
    let full = try SQLiteDatabase(path: small + "/registry.db").connect(role: .writer)
    try full.execute("CREATE TABLE t (id INTEGER NOT NULL PRIMARY KEY, b BLOB) STRICT")
    var acknowledged = 0
    let failure = code {
      while true {
        try full.transaction { try full.execute("INSERT INTO t (b) VALUES (zeroblob(20000))") }
        acknowledged += 1
      }
    }
    #expect(failure == .full)
    #expect(!full.isInTransaction)
    #expect(try ids(full).count == acknowledged)
    #expect(try full.pageFindings() == [])
  }

  @Test func checkpointsTheLog() throws {
    try insert(1)
    try writer.checkpoint(truncating: false, waiting: true)
    try writer.checkpoint(truncating: true, waiting: true)
    let reader = try database.connect(role: .reader)
    #expect(try ids(reader) == [1])
    var configured: [String: Int64] = [:]
    for name in ["synchronous", "foreign_keys", "wal_autocheckpoint"] {
      configured[name] = try writer.prepare("PRAGMA \(name)").first { $0.int64(at: 0) }
    }
    #expect(configured == ["synchronous": 0, "foreign_keys": 1, "wal_autocheckpoint": 32_768])
    #expect(try writer.prepare("PRAGMA journal_mode").first { $0.string(at: 0) } == "wal")
  }

  @Test func aCheckpointNeedNotWaitForAReader() throws {
    var configuration = SQLiteConfiguration()
    configuration.busyTimeout = 20_000
    let patient = try SQLiteDatabase(
      path: directory.path + "/patient.db",
      configuration: configuration
    )
    let writer = try patient.connect(role: .writer)
    let reader = try patient.connect(role: .reader)
    try writer.execute("CREATE TABLE t (id INTEGER NOT NULL PRIMARY KEY) STRICT")
    try reader.begin()
    #expect(try ids(reader) == [])
    try writer.execute("INSERT INTO t (id) VALUES (1)")
    let start = ContinuousClock.now
    #expect(code { try writer.checkpoint(truncating: true, waiting: false) } == .busy)
    #expect(ContinuousClock.now - start < .seconds(10))
    try reader.commit()
    try writer.checkpoint(truncating: true, waiting: false)
    #expect(try writer.prepare("PRAGMA busy_timeout").first { $0.int64(at: 0) } == 20_000)
  }

  @Test func keepsAtMostItsLimitOfStatements() throws {
    for number in 0..<600 {
      #expect(
        try writer.prepare("SELECT \(number)").first { $0.int64(at: 0) } == Int64(number)
      )
    }
    let kept = try writer.statement("SELECT 599")
    #expect(try writer.statement("SELECT 599") === kept)
    #expect(try writer.statement("SELECT 1") !== kept)
  }
}
