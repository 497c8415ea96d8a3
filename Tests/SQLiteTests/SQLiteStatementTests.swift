import SQL
import SQLite
import Testing

@Suite struct SQLiteStatementTests {
  let directory: TemporaryDirectory
  let connection: any SQLConnection

  init() throws {
    directory = try TemporaryDirectory()
    connection = try directory.open().makeConnection(role: .writer)
    let table = try connection.dialect.definition(
      """
      CREATE TABLE t (
        id {integer} NOT NULL PRIMARY KEY, n {integer}, s {text}, b {bytes},
        CHECK (n <> 13), UNIQUE (s, n)) {strict}
      """
    )
    try connection.execute(table)
  }

  func insert(_ id: Int64, n: Int64? = nil, s: String? = nil, b: [UInt8]? = nil) throws {
    let insert = try connection.prepare("INSERT INTO t (id, n, s, b) VALUES ($1, $2, $3, $4)")
    insert.bind(id, at: 1)
    insert.bind(n, at: 2)
    insert.bind(s, at: 3)
    insert.bind(b, at: 4)
    try insert.run()
  }

  @Test(
    arguments: [
      (Int64.min, "", []), (.max, "张三\0李四 👨‍👩‍👧", [0, 255]),
      (0, "a", [UInt8](repeating: 7, count: 100_000)),
    ] as [(Int64, String, [UInt8])]
  )
  func keepsValues(n: Int64, s: String, b: [UInt8]) throws {
    try insert(1, n: n, s: s, b: b)
    let row = try connection.prepare("SELECT n, s, b FROM t").first { row in
      #expect(!row.isNull(at: 1) && !row.isNull(at: 2))
      #expect(row.withBytes(at: 2) { Array($0) } == b)
      #expect(row.withBytes(at: 1) { Array($0) } == Array(s.utf8))
      return (row.int64(at: 0), row.string(at: 1), row.bytes(at: 2))
    }
    let (n2, s2, b2) = try #require(row)
    #expect(n2 == n && s2 == s && b2 == b)
    #expect(connection.changes == 1)
  }

  @Test func keepsNull() throws {
    try insert(1)
    try connection.prepare("SELECT n, s, b FROM t").forEach { row in
      for column in 0..<3 { #expect(row.isNull(at: column)) }
      #expect(row.optionalInt64(at: 0) == nil && row.int64(at: 0) == 0)
      #expect(row.optionalString(at: 1) == nil && row.string(at: 1) == "")
      #expect(row.optionalBytes(at: 2) == nil && row.bytes(at: 2) == [])
    }
  }

  @Test func forgetsBorrowedOctetsOnReset() throws {
    let insert = try connection.prepare("INSERT INTO t (id, b) VALUES ($1, $2)")
    for (id, octets) in [(1, [1, 2, 3]), (2, [])] as [(Int64, [UInt8])] {
      try octets.withUnsafeBytes { octets in
        insert.bind(id, at: 1)
        insert.bind(borrowed: octets, at: 2)
        try insert.run()
      }
    }
    insert.bind(3, at: 1)
    try insert.run()
    var read: [[UInt8]?] = []
    try connection.prepare("SELECT b FROM t ORDER BY id").forEach {
      read.append($0.optionalBytes(at: 0))
    }
    #expect(read == [[1, 2, 3], [], nil])
  }

  @Test func namesWhatAConstraintRefuses() throws {
    try connection.execute("CREATE TABLE u (t INTEGER NOT NULL REFERENCES t (id)) STRICT")
    try insert(1, n: 1, s: "a")
    func refusal(_ body: () throws -> Void) throws -> SQLError {
      try #require(throws: SQLError.self) { try body() }
    }
    let pair = try refusal { try insert(2, n: 1, s: "a") }
    #expect(pair.code == .unique && pair.names == ["t.s", "t.n"] && pair.extendedCode == 2_067)
    let key = try refusal { try insert(1) }
    #expect(key.code == .unique && key.names == ["t.id"])
    let check = try refusal { try insert(3, n: 13) }
    #expect(check.code == .check && check.names == ["n <> 13"])
    let absent = try refusal { try connection.execute("INSERT INTO u VALUES (NULL)") }
    #expect(absent.code == .notNull && absent.names == ["u.t"])
    let foreign = try refusal { try connection.execute("INSERT INTO u VALUES (9)") }
    #expect(foreign.code == .foreignKey)
    let type = try refusal {
      let insert = try connection.prepare("INSERT INTO t (id, n) VALUES ($1, $2)")
      insert.bind(5, at: 1)
      insert.bind("secret", at: 2)
      try insert.run()
    }
    #expect(type.code == .check)
    #expect(!type.message.contains("secret"))
    // After a failure the statement works again.
    try insert(2, n: 2, s: "a")
  }

  @Test(arguments: [
    "SELECT $2", "SELECT ?", "SELECT ?1", "SELECT :a", "SELECT $2, $1", "SELECT 1; SELECT 2", "",
    "-- nothing", "SELEKT 1", "SELECT * FROM absent",
  ])
  func refusesTexts(sql: String) {
    #expect(code { _ = try connection.prepare(sql) } == .misuse)
  }

  @Test func reportsBindingFailuresWhenStepped() throws {
    let statement = try connection.prepare("SELECT $1")
    statement.bind(1, at: 2)
    #expect(code { _ = try statement.step() } == .misuse)
    statement.reset()
    statement.bind(1, at: 1)
    #expect(try statement.step())
    statement.reset()
    statement.bind(1, at: .max)
    #expect(code { try statement.run() } == .misuse)
  }

  @Test func nestsLoopsOverOneText() throws {
    for id in 1...3 { try insert(Int64(id)) }
    var pairs = 0
    try connection.prepare("SELECT id FROM t").forEach { _ in
      try connection.prepare("SELECT id FROM t").forEach { _ in pairs += 1 }
    }
    #expect(pairs == 9)
  }

  @Test func outlivesItsConnection() throws {
    var other: (any SQLConnection)? = try directory.open(.readOnly).makeConnection(role: .reader)
    let statement = try #require(try other?.prepare("SELECT 42"))
    let interrupter = try #require(other?.interrupter)
    other = nil
    #expect(try statement.first { $0.int64(at: 0) } == 42)
    interrupter.interrupt()
  }

  @Test func stopsAtTheStepLimit() throws {
    let endless = """
      WITH RECURSIVE c (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM c WHERE n < 100000000)
      SELECT count(*) FROM c
      """
    connection.stepLimit = 10_000
    #expect(code { try connection.prepare(endless).run() } == .interrupted)
    // Short statements never add up to the limit.
    let short = try connection.prepare("SELECT $1")
    for number in 0..<20_000 {
      short.bind(Int64(number), at: 1)
      try short.run()
    }
    connection.stepLimit = nil
    let long = endless.replacing("100000000", with: "100000")
    #expect(try connection.prepare(long).first { $0.int64(at: 0) } == 100_000)
  }

  @Test(.timeLimit(.minutes(1))) func isInterruptedFromAnotherThread() async throws {
    let interrupter = connection.interrupter
    let task = Task.detached {
      while !Task.isCancelled {
        interrupter.interrupt()
        await Task.yield()
      }
    }
    defer { task.cancel() }
    let endless = """
      WITH RECURSIVE c (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM c) SELECT count(*) FROM c
      """
    #expect(code { try connection.prepare(endless).run() } == .interrupted)
  }
}
