import SQL
import SQLite
import Testing

@Suite struct SchemaMigratorTests {
  let directory: TemporaryDirectory
  let connection: any SQLConnection

  init() throws {
    directory = try TemporaryDirectory()
    connection = try directory.open().makeConnection(role: .writer)
  }

  let first = SchemaStep(
    version: 1,
    name: "households",
    definitions: ["CREATE TABLE h (id {integer}) {strict}"]
  )
  let second = SchemaStep(
    version: 2,
    name: "members",
    definitions: ["CREATE TABLE m (id {integer}) {strict}"]
  )

  func number(_ sql: String) throws -> Int64? {
    try connection.prepare(sql).first { $0.int64(at: 0) }
  }

  @Test func runsWhatIsMissing() throws {
    #expect(try SchemaMigrator(steps: [first]).migrate(connection, now: 5) == 1)
    #expect(try SchemaMigrator(steps: [first, second]).migrate(connection, now: 7) == 1)
    #expect(try SchemaMigrator(steps: [first, second]).migrate(connection, now: 9) == 0)
    #expect(try number("PRAGMA user_version") == 2)
    var recorded: [String] = []
    try connection.prepare("SELECT version, name, applied_at FROM schema_step ORDER BY 1")
      .forEach { recorded.append("\($0.int64(at: 0)) \($0.string(at: 1)) \($0.int64(at: 2))") }
    #expect(recorded == ["1 households 5", "2 members 7"])
  }

  @Test func undoesAFailedStepOnly() throws {
    let broken = SchemaStep(
      version: 2,
      name: "broken",
      definitions: ["CREATE TABLE b (id {integer})", "CREATE nonsense"]
    )
    #expect(
      code { try SchemaMigrator(steps: [first, broken]).migrate(connection, now: 1) } == .misuse
    )
    #expect(try number("PRAGMA user_version") == 1)
    #expect(try number("SELECT count(*) FROM sqlite_master WHERE name = 'b'") == 0)
    #expect(try SchemaMigrator(steps: [first, second]).migrate(connection, now: 1) == 1)
  }

  @Test func refusesANewerOrOtherHistory() throws {
    try SchemaMigrator(steps: [first, second]).migrate(connection, now: 1)
    #expect(code { try SchemaMigrator(steps: [first]).migrate(connection, now: 1) } == .schema)
    let other = SchemaStep(version: 1, name: "other", definitions: [])
    #expect(
      code { try SchemaMigrator(steps: [other, second]).migrate(connection, now: 1) } == .schema
    )
    try connection.execute("DELETE FROM schema_step WHERE version = 1")
    #expect(
      code { try SchemaMigrator(steps: [first, second]).migrate(connection, now: 1) } == .schema
    )
  }

  @Test func refusesStepsOutOfOrder() {
    #expect(code { _ = try SchemaMigrator(steps: [second]) } == .misuse)
    #expect(code { _ = try SchemaMigrator(steps: [first, first]) } == .misuse)
  }

  @Test(arguments: ["{strange}", "{integer", "CREATE {"])
  func refusesUnknownWords(text: String) {
    #expect(code { _ = try connection.dialect.definition(text) } == .misuse)
  }
}
