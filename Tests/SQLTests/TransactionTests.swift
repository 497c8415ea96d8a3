import SQL
import TestDatabases
import Testing

/// Transactions, savepoints and views, alike on every database.
@Suite(.timeLimit(.minutes(1))) struct TransactionTests {
  struct Stop: Error {}

  let table = "CREATE TABLE t (id {integer} NOT NULL PRIMARY KEY) {strict}"

  func ids(_ connection: any SQLConnection) throws -> [Int64] {
    var ids: [Int64] = []
    try connection.prepare("SELECT id FROM t ORDER BY id").forEach { ids.append($0.int64(at: 0)) }
    return ids
  }

  func insert(_ id: Int64, _ connection: any SQLConnection) throws {
    let row = try connection.prepare("INSERT INTO t (id) VALUES ($1)")
    row.bind(id, at: 1)
    try row.run()
  }

  @Test(arguments: TestDatabase.all) func areKeptOrUndone(on kind: TestDatabase) throws {
    let fixture = try SQLFixture(kind)
    defer { fixture.end() }
    let writer = try fixture.writer(table)
    try writer.transaction { try insert(1, writer) }
    #expect(throws: Stop.self) {
      try writer.transaction {
        try insert(2, writer)
        #expect(writer.isInTransaction)
        throw Stop()
      }
    }
    #expect(!writer.isInTransaction && writer.isOpen)
    try writer.rollback()
    #expect(try ids(writer) == [1])
    try writer.begin()
    #expect(code { try writer.begin() } == .misuse)
    try writer.rollback()
    #expect(code { try writer.commit() } == .misuse)
  }

  func insertAroundPoints(_ writer: any SQLConnection) throws {
    try insert(1, writer)
    try writer.nested { try insert(2, writer) }
    try? writer.nested {
      try insert(3, writer)
      try? writer.nested {
        try insert(4, writer)
        throw Stop()
      }
      let kept = try ids(writer)
      #expect(kept == [1, 2, 3])
      throw Stop()
    }
    try insert(5, writer)
    // A statement that fails undoes what is behind the point, and the rest goes on.
    let refusal = code { try writer.nested { try insert(1, writer) } }
    #expect(refusal == .unique)
    #expect(writer.isInTransaction)
    try insert(6, writer)
  }

  @Test(arguments: TestDatabase.all) func savepointsNest(on kind: TestDatabase) throws {
    let fixture = try SQLFixture(kind)
    defer { fixture.end() }
    let writer = try fixture.writer(table)
    try writer.transaction { try insertAroundPoints(writer) }
    #expect(try ids(writer) == [1, 2, 5, 6])
    #expect(code { try writer.savepoint() } == .misuse)
  }

  @Test(arguments: TestDatabase.all) func aReaderKeepsItsView(on kind: TestDatabase) throws {
    let fixture = try SQLFixture(kind)
    defer { fixture.end() }
    let writer = try fixture.writer(table)
    let reader = try fixture.database.makeConnection(role: .reader)
    try writer.begin()
    try insert(1, writer)
    #expect(try ids(reader) == [])
    try writer.commit()
    #expect(try ids(reader) == [1])
    #expect(code { try reader.execute("DELETE FROM t") } == .readOnly)
    try reader.begin()
    #expect(try ids(reader) == [1])
    try insert(2, writer)
    #expect(try ids(reader) == [1])
    try reader.commit()
    #expect(try ids(reader) == [1, 2])
  }

  @Test(arguments: TestDatabase.all) func pagesAreChecked(on kind: TestDatabase) throws {
    let fixture = try SQLFixture(kind)
    defer { fixture.end() }
    let writer = try fixture.writer(table)
    try insert(1, writer)
    #expect(try writer.pageFindings() == [])
    try writer.checkpoint(truncating: false, waiting: false)
    try writer.checkpoint(truncating: true, waiting: true)
    #expect(try ids(writer) == [1])
  }
}
