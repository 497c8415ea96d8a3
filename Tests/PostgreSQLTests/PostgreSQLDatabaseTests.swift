import Foundation
import PostgreSQL
import SQL
import TestDatabases
import Testing

/// What a server's database adds: the lease, the mark of its owner, lost connections, long results.
@Suite(.enabled(if: TestServer.url != nil, "\(TestServer.absence)"), .timeLimit(.minutes(1)))
struct PostgreSQLDatabaseTests {
  let server: TestServerDatabase

  init() throws { server = try TestServerDatabase() }

  func open(
    _ change: (inout PostgreSQLConfiguration) -> Void = { _ in }
  ) throws -> PostgreSQLDatabase {
    var configuration = PostgreSQLConfiguration(url: server.url)
    configuration.leaseTimeout = 100
    change(&configuration)
    return try PostgreSQLDatabase(configuration)
  }

  func code(_ body: () throws -> Void) -> SQLError.Code? {
    do {
      try body()
      return nil
    } catch {
      return (error as? SQLError)?.code
    }
  }

  /// The memory of the process in KiB.
  private var resident: Int {
    let status = (try? String(contentsOfFile: "/proc/self/status", encoding: .utf8)) ?? ""
    return Int(
      status.split(separator: "\n").first { $0.hasPrefix("VmRSS:") }?.filter(\.isNumber) ?? ""
    ) ?? 0
  }

  /// As each transaction's beginning gives one.
  @Test func rowsThatNobodyReadsAreGivenBack() throws {
    let writer = try open().connect(role: .writer)
    try writer.execute("SELECT * FROM generate_series(1, 1000)")
    let before = resident
    try writer.execute("SELECT * FROM generate_series(1, 200000)")
    // Kept they would be 40 MiB at least.
    #expect(resident - before < 20_480, "\(resident - before) KiB")
  }

  @Test func oneSessionWrites() throws {
    let (first, second) = (try open(), try open())
    do {
      let writer = try first.connect(role: .writer)
      #expect(code { _ = try second.connect(role: .writer) } == .inUse)
      #expect(code { _ = try first.connect(role: .writer) } == .inUse)
      try writer.transaction { try writer.execute("CREATE TABLE t (id BIGINT)") }
    }
    // The session is gone, and with it the lock.
    let writer = try second.connect(role: .writer)
    try writer.transaction { try writer.execute("INSERT INTO t VALUES (1)") }
    #expect(try PostgreSQLDatabase.isTaken(second.configuration))
  }

  /// A writer that another overtook may neither go on nor come back.
  @Test func anOvertakenWriterCommitsNothing() throws {
    let (first, second) = (try open(), try open())
    let old = try first.connect(role: .writer)
    try old.execute("CREATE TABLE t (id BIGINT)")
    // As after a split: the epoch moves on while the old session still lives.
    try TestServer.run("UPDATE writer_lease SET epoch = epoch + 1", on: server.url)
    #expect(code { try old.transaction { try old.execute("INSERT INTO t VALUES (1)") } } == .inUse)
    #expect(!old.isInTransaction)
    try server.endSessions()
    #expect(code { try old.begin() } == .connectionLost)
    #expect(!old.isOpen)
    do {
      let new = try second.connect(role: .writer)
      try new.transaction { try new.execute("INSERT INTO t VALUES (2)") }
    }
    #expect(code { _ = try first.connect(role: .writer) } == .inUse)
    #expect(try TestServer.run("SELECT string_agg(id::text, ',') FROM t", on: server.url) == "2")
  }

  /// The lease is the schema's: two registries of one database are written at once.
  @Test func eachSchemaHasItsWriter() throws {
    try TestServer.run("CREATE SCHEMA other", on: server.url)
    let path = (server.url.contains("?") ? "&" : "?") + "options=-csearch_path%3Dother"
    let first = try open().connect(role: .writer)
    let other = try open { $0.url += path }
    let second = try other.connect(role: .writer)
    for writer in [first, second] {
      try writer.transaction { try writer.execute("CREATE TABLE t (id BIGINT)") }
    }
    #expect(code { _ = try open { $0.url += path }.connect(role: .writer) } == .inUse)
  }

  /// Statements that were given up are told to the server once, whatever becomes of it.
  @Test func whatCannotBeGivenUpBarsNothing() throws {
    let reader = try open { $0.statementCache = 1 }.connect(role: .reader)
    for number in 1...3 { _ = try reader.statement("SELECT \(number)") }
    // The server forgets them all on its own, so that giving one up fails.
    try reader.execute("DEALLOCATE ALL")
    #expect(code { _ = try reader.statement("SELECT 4") } != nil)
    let statement = try reader.statement("SELECT 5")
    #expect(try statement.step() && statement.int64(at: 0) == 5)
  }

  @Test func aLostWriterTakesTheLeaseAgain() throws {
    let database = try open()
    let writer = try database.connect(role: .writer)
    try writer.execute("CREATE TABLE t (id BIGINT)")
    try writer.begin()
    try writer.execute("INSERT INTO t VALUES (1)")
    try server.endSessions()
    #expect(code { try writer.commit() } == .connectionLost)
    #expect(!writer.isOpen && !writer.isInTransaction)
    #expect(code { _ = try writer.prepare("SELECT 1") } == .connectionLost)
    let again = try database.connect(role: .writer)
    try again.transaction { try again.execute("INSERT INTO t VALUES (2)") }
    #expect(try TestServer.run("SELECT string_agg(id::text, ',') FROM t", on: server.url) == "2")
  }

  @Test func aVoidTransactionIsNotTakenForACommit() throws {
    let writer = try open().connect(role: .writer)
    try writer.execute("CREATE TABLE t (id BIGINT)")
    try writer.begin()
    try writer.execute("INSERT INTO t VALUES (1)")
    #expect(code { try writer.execute("SELECT * FROM absent") } == .misuse)
    #expect(writer.isInTransaction)
    #expect(code { try writer.commit() } == .other)
    #expect(!writer.isInTransaction)
    #expect(try TestServer.run("SELECT count(*) FROM t", on: server.url) == "0")
  }

  @Test func anotherProgramsDatabaseIsRefused() throws {
    try TestServer.run("CREATE TABLE theirs (id INTEGER)", on: server.url)
    #expect(code { _ = try open() } == .foreign)
    #expect(
      try TestServer.run(
        "SELECT count(*) FROM pg_class WHERE relname = 'writer_lease'",
        on: server.url
      ) == "0"
    )
    let other = try TestServerDatabase()
    var configuration = PostgreSQLConfiguration(url: other.url)
    configuration.applicationID = 42
    _ = try PostgreSQLDatabase(configuration).connect(role: .writer)
    #expect(code { _ = try PostgreSQLDatabase(.init(url: other.url)) } == .foreign)
    let absent = server.url.replacing("///", with: "///absent")
    #expect(code { _ = try PostgreSQLDatabase(.init(url: absent)) } == .cannotOpen)
    #expect(
      code { _ = try PostgreSQLDatabase(.init(url: "postgresql:///x?host=/nowhere")) }
        == .cannotOpen
    )
  }

  @Test func commitsAreSyncedWhateverTheDatabaseSays() throws {
    try TestServer.run(
      "DO $$ BEGIN EXECUTE format('ALTER DATABASE %I SET synchronous_commit = off', "
        + "current_database()); END $$",
      on: server.url
    )
    let writer = try open().connect(role: .writer)
    let setting = try writer.prepare("SHOW synchronous_commit").first { $0.string(at: 0) }
    #expect(setting == "on")
  }

  /// What waits in memory has a limit; the other statement goes on.
  @Test func aResultThatIsTooLongToWaitFails() throws {
    let database = try open { $0.resultBuffer = 1 << 20 }
    let reader = try database.connect(role: .reader)
    let long = "SELECT repeat('x', 10000) FROM generate_series(1, 1000)"
    var read = 0
    let failure = code {
      try reader.prepare(long).forEach { _ in
        if read == 0 { _ = try reader.prepare("SELECT 1").first { $0.string(at: 0) } }
        read += 1
      }
    }
    #expect(failure == .tooLarge)
    #expect(read > 50 && read < 110)
    // Alone it is read through, row by row.
    read = 0
    try reader.prepare(long).forEach { _ in read += 1 }
    #expect(read == 1_000)
  }

  @Test func valuesDoNotShowInErrors() throws {
    let writer = try open().connect(role: .writer)
    try writer.execute("CREATE TABLE t (id BIGINT NOT NULL PRIMARY KEY, s TEXT)")
    let row = try writer.prepare("INSERT INTO t VALUES ($1, $2)")
    func failure(_ id: Int64, _ text: String) -> SQLError? {
      row.bind(id, at: 1)
      row.bind(text, at: 2)
      do {
        try row.run()
        return nil
      } catch {
        return error
      }
    }
    #expect(failure(7_654_321, "geheim") == nil)
    let twice = try #require(failure(7_654_321, "geheim"))
    #expect(twice.code == .unique && twice.names == ["t_pkey"])
    let zero = try #require(failure(2, "geheim\0"))
    #expect(zero.code == .check)
    for error in [twice, zero] {
      #expect(!"\(error)".contains("geheim") && !"\(error)".contains("7654321"))
    }
  }

  @Test func statementsAreDroppedOnTheServer() throws {
    let database = try open { $0.statementCache = 10 }
    let reader = try database.connect(role: .reader)
    for number in 0..<50 {
      _ = try reader.prepare("SELECT \(number)").first { $0.int64(at: 0) }
    }
    let kept = try reader.prepare("SELECT count(*) FROM pg_prepared_statements").first {
      $0.int64(at: 0)
    }
    #expect(try #require(kept) <= 12)
  }
}
