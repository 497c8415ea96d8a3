import SQL
import TestDatabases
import Testing

/// Values, parameters, nesting and limits of statements, alike on every database.
@Suite(.timeLimit(.minutes(1))) struct StatementTests {
  let table = """
    CREATE TABLE t (
      id {integer} NOT NULL PRIMARY KEY, n {integer}, s {text}, b {bytes},
      CONSTRAINT unlucky CHECK (n <> 13), UNIQUE (s, n)) {strict}
    """

  func insert(
    _ id: Int64,
    n: Int64? = nil,
    s: String? = nil,
    b: [UInt8]? = nil,
    _ connection: any SQLConnection
  ) throws {
    let insert = try connection.prepare("INSERT INTO t (id, n, s, b) VALUES ($1, $2, $3, $4)")
    insert.bind(id, at: 1)
    insert.bind(n, at: 2)
    insert.bind(s, at: 3)
    insert.bind(b, at: 4)
    try insert.run()
  }

  @Test(
    arguments: [
      (Int64.min, "", []), (.max, "张三 李四 👨‍👩‍👧 \u{10FFFF}", [0, 255]),
      (0, "a", [UInt8](repeating: 7, count: 100_000)), (-1, "'\\x", [0]),
    ] as [(Int64, String, [UInt8])],
    TestDatabase.all
  )
  func valuesAreKept(_ values: (n: Int64, s: String, b: [UInt8]), on kind: TestDatabase) throws {
    let fixture = try SQLFixture(kind)
    defer { fixture.end() }
    let connection = try fixture.writer(table)
    try insert(1, n: values.n, s: values.s, b: values.b, connection)
    #expect(connection.changes == 1)
    let row = try connection.prepare("SELECT n, s, b FROM t").first { row in
      #expect(!row.isNull(at: 1) && !row.isNull(at: 2))
      #expect(row.withBytes(at: 2) { Array($0) } == values.b)
      #expect(row.withBytes(at: 1) { Array($0) } == Array(values.s.utf8))
      return (row.int64(at: 0), row.string(at: 1), row.bytes(at: 2))
    }
    let (n, s, b) = try #require(row)
    #expect(n == values.n && s == values.s && b == values.b)
    #expect(try connection.prepare("SELECT n FROM t").first { $0.string(at: 0) } == "\(values.n)")
  }

  @Test(arguments: TestDatabase.all) func nullIsKept(on kind: TestDatabase) throws {
    let fixture = try SQLFixture(kind)
    defer { fixture.end() }
    let connection = try fixture.writer(table)
    try insert(1, connection)
    try connection.prepare("SELECT n, s, b FROM t").forEach { row in
      for column in 0..<3 { #expect(row.isNull(at: column)) }
      #expect(row.optionalInt64(at: 0) == nil && row.int64(at: 0) == 0)
      #expect(row.optionalString(at: 1) == nil && row.string(at: 1) == "")
      #expect(row.optionalBytes(at: 2) == nil && row.bytes(at: 2) == [])
    }
    #expect(try connection.number("SELECT max(n) FROM t") == 0)
  }

  @Test(arguments: TestDatabase.all)
  func borrowedOctetsAreForgottenOnReset(on kind: TestDatabase) throws {
    let fixture = try SQLFixture(kind)
    defer { fixture.end() }
    let connection = try fixture.writer(table)
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

  @Test(arguments: TestDatabase.all) func constraintsHaveTheirCodes(on kind: TestDatabase) throws {
    let fixture = try SQLFixture(kind)
    defer { fixture.end() }
    let connection = try fixture.writer(
      table,
      "CREATE TABLE u (t {integer} NOT NULL REFERENCES t (id)) {strict}"
    )
    try insert(1, n: 1, s: "a", connection)
    func refusal(_ body: () throws -> Void) throws -> SQLError {
      try #require(throws: SQLError.self) { try body() }
    }
    let isSQLite = kind == .sqlite
    let pair = try refusal { try insert(2, n: 1, s: "a", connection) }
    #expect(pair.code == .unique && pair.names == (isSQLite ? ["t.s", "t.n"] : ["t_s_n_key"]))
    let key = try refusal { try insert(1, connection) }
    #expect(key.code == .unique && key.names == (isSQLite ? ["t.id"] : ["t_pkey"]))
    let check = try refusal { try insert(3, n: 13, s: "secret", connection) }
    #expect(check.code == .check && check.names == ["unlucky"])
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
    for error in [pair, key, check, absent, foreign, type] {
      #expect(!"\(error)".contains("secret") && !"\(error)".contains("13"))
    }
    // After a failure the statement works again.
    try insert(2, n: 2, s: "a", connection)
  }

  @Test(
    arguments: [
      "SELECT $2", "SELECT ?", "SELECT ?1", "SELECT :a", "SELECT $2, $1", "SELECT 1; SELECT 2", "",
      "-- nothing", "/* $1 */ ;", "SELEKT 1", "SELECT * FROM absent",
    ],
    TestDatabase.all
  )
  func wrongTextsAreRefused(sql: String, on kind: TestDatabase) throws {
    let fixture = try SQLFixture(kind)
    defer { fixture.end() }
    let connection = try fixture.writer()
    #expect(code { _ = try connection.prepare(sql) } == .misuse)
    #expect(try connection.number("SELECT '$2 --' || \"count\"(*) FROM (SELECT 1) x -- $3") == 0)
  }

  @Test(arguments: TestDatabase.all)
  func bindingFailuresAreThrownByTheStep(on kind: TestDatabase) throws {
    let fixture = try SQLFixture(kind)
    defer { fixture.end() }
    let connection = try fixture.writer(table)
    let statement = try connection.prepare("SELECT id FROM t WHERE id <> $1")
    statement.bind(1, at: 2)
    #expect(code { _ = try statement.step() } == .misuse)
    statement.reset()
    statement.bind(1, at: 1)
    #expect(try !statement.step())
    statement.reset()
    statement.bind(1, at: .max)
    #expect(code { try statement.run() } == .misuse)
  }

  /// Texts by their octets, NULL where the statement says; the same on every database.
  @Test(arguments: TestDatabase.all) func orderIsTheSame(on kind: TestDatabase) throws {
    let fixture = try SQLFixture(kind)
    defer { fixture.end() }
    let connection = try fixture.writer(table)
    let texts = ["b", "B", "a", "Z", "ä", "", "张", "王", "_", "aa", "A b"]
    for (id, text) in texts.enumerated() { try insert(Int64(id), s: text, connection) }
    try insert(100, connection)
    var read: [String?] = []
    try connection.prepare("SELECT s FROM t ORDER BY s NULLS FIRST").forEach {
      read.append($0.optionalString(at: 0))
    }
    let sorted = texts.sorted { Array($0.utf8).lexicographicallyPrecedes(Array($1.utf8)) }
    #expect(read == [nil] + sorted)
    read = []
    try connection.prepare("SELECT s FROM t ORDER BY s DESC NULLS LAST").forEach {
      read.append($0.optionalString(at: 0))
    }
    #expect(read == sorted.reversed() + [nil])
    #expect(try connection.number("SELECT count(*) FROM t WHERE s >= 'a' AND s < 'b'") == 2)
  }

  @Test(arguments: TestDatabase.all) func loopsOverOneTextNest(on kind: TestDatabase) throws {
    let fixture = try SQLFixture(kind)
    defer { fixture.end() }
    let connection = try fixture.writer(table)
    for id in 1...30 { try insert(Int64(id), connection) }
    var pairs = 0
    try connection.prepare("SELECT id FROM t ORDER BY id").forEach { outer in
      try connection.prepare("SELECT id FROM t ORDER BY id").forEach { inner in
        if outer.int64(at: 0) < inner.int64(at: 0) { pairs += 1 }
        try connection.prepare("UPDATE t SET n = 1 WHERE id = 1").run()
        #expect(connection.changes == 1)
      }
    }
    #expect(pairs == 435)
  }

  @Test(arguments: TestDatabase.all)
  func aLoopIsLeftInItsMiddle(on kind: TestDatabase) throws {
    let fixture = try SQLFixture(kind)
    defer { fixture.end() }
    let connection = try fixture.writer(table)
    for id in 1...30 { try insert(Int64(id), connection) }
    for _ in 0..<3 {
      #expect(try connection.number("SELECT id FROM t ORDER BY id DESC") == 30)
    }
    // One that would never end, in and outside of a transaction.
    let endless = "WITH RECURSIVE c (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM c) SELECT n FROM c"
    #expect(try connection.number(endless) == 1)
    #expect(try connection.number("SELECT count(*) FROM t") == 30)
  }

  @Test(arguments: TestDatabase.all) func aStatementOutlivesItsConnection(on kind: TestDatabase)
    throws
  {
    let fixture = try SQLFixture(kind)
    defer { fixture.end() }
    _ = try fixture.writer()
    var other: (any SQLConnection)? = try fixture.database.makeConnection(role: .reader)
    let statement = try #require(try other?.prepare("SELECT 42"))
    let interrupter = try #require(other?.interrupter)
    other = nil
    #expect(try statement.first { $0.int64(at: 0) } == 42)
    interrupter.interrupt()
  }

  @Test(arguments: TestDatabase.all) func theStepLimitStops(on kind: TestDatabase) throws {
    let fixture = try SQLFixture(kind)
    defer { fixture.end() }
    let connection = try fixture.writer()
    let endless = """
      WITH RECURSIVE c (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM c WHERE n < 100000000)
      SELECT count(*) FROM c
      """
    connection.stepLimit = 10_000
    #expect(code { try connection.prepare(endless).run() } == .interrupted)
    // Short statements never add up to the limit.
    let short = try connection.prepare("SELECT $1")
    for number in 0..<5_000 {
      short.bind("\(number)", at: 1)
      try short.run()
    }
    connection.stepLimit = nil
    let long = endless.replacing("100000000", with: "100000")
    #expect(try connection.number(long) == 100_000)
  }

  @Test(arguments: TestDatabase.all)
  func isInterruptedFromAnotherThread(on kind: TestDatabase) throws {
    let fixture = try SQLFixture(kind)
    defer { fixture.end() }
    let connection = try fixture.writer()
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
