import SQL
import TestDatabases
import Testing

@Suite struct SchemaMigratorTests {
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

  @Test(arguments: TestDatabase.all) func runsWhatIsMissing(on kind: TestDatabase) throws {
    let fixture = try SQLFixture(kind)
    defer { fixture.end() }
    let connection = try fixture.writer()
    #expect(try SchemaMigrator(steps: [first]).migrate(connection, now: 5) == 1)
    #expect(try SchemaMigrator(steps: [first, second]).migrate(connection, now: 7) == 1)
    #expect(try SchemaMigrator(steps: [first, second]).migrate(connection, now: 9) == 0)
    if kind == .sqlite { #expect(try connection.number("PRAGMA user_version") == 2) }
    var recorded: [String] = []
    try connection.prepare("SELECT version, name, applied_at FROM schema_step ORDER BY 1")
      .forEach { recorded.append("\($0.int64(at: 0)) \($0.string(at: 1)) \($0.int64(at: 2))") }
    #expect(recorded == ["1 households 5", "2 members 7"])
  }

  @Test(arguments: TestDatabase.all) func undoesAFailedStepOnly(on kind: TestDatabase) throws {
    let fixture = try SQLFixture(kind)
    defer { fixture.end() }
    let connection = try fixture.writer()
    let broken = SchemaStep(
      version: 2,
      name: "broken",
      definitions: ["CREATE TABLE b (id {integer})", "CREATE nonsense"]
    )
    #expect(
      code { try SchemaMigrator(steps: [first, broken]).migrate(connection, now: 1) } == .misuse
    )
    #expect(try connection.number("SELECT count(*) FROM schema_step") == 1)
    #expect(code { _ = try connection.prepare("SELECT id FROM b") } == .misuse)
    #expect(try SchemaMigrator(steps: [first, second]).migrate(connection, now: 1) == 1)
  }

  @Test(arguments: TestDatabase.all) func refusesANewerOrOtherHistory(on kind: TestDatabase) throws
  {
    let fixture = try SQLFixture(kind)
    defer { fixture.end() }
    let connection = try fixture.writer()
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
    for dialect in [SQLDialect.sqlite, .postgreSQL] {
      #expect(code { _ = try dialect.definition(text) } == .misuse)
    }
  }
}
