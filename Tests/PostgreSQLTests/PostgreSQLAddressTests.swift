import PostgreSQL
import Testing

@Suite struct PostgreSQLAddressTests {
  @Test(
    arguments: [
      ("postgresql:///registry?host=/run/pg", "postgresql:///registry?host=/run/pg"),
      ("postgresql://county:geheim@db:5433/r", "postgresql://county@db:5433/r"),
      ("postgres://county:ge@heim@db/r", "postgres://county@db/r"),
      ("postgresql://db/r?user=a&password=geheim", "postgresql://db/r?user=a"),
      ("postgresql://db/r?sslPASSWORD=geheim&sslmode=require", "postgresql://db/r?sslmode=require"),
      ("postgresql://db/r?p%61ssword=geheim", "postgresql://db/r"),
      ("postgresql://county:?geheim@db/r", "postgresql://county:"),
    ]
  )
  func passwordsAreLeftOut(url: String, printed: String) {
    #expect(PostgreSQLAddress.redacted(url) == printed)
    #expect(!PostgreSQLAddress.redacted(url).contains("heim"))
  }

  @Test func pathsAreNoURLs() {
    #expect(PostgreSQLAddress.isURL("postgres://x") && PostgreSQLAddress.isURL("postgresql:///x"))
    #expect(!PostgreSQLAddress.isURL("postgresql.db") && !PostgreSQLAddress.isURL("/a/b"))
  }
}
