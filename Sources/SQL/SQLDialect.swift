/// The few words in which the databases' data definitions differ.
///
/// Statements are the same text for every database. Definitions (`CREATE TABLE …`) are written
/// once with names in braces, which `definition(_:)` replaces:
///
/// | in the text | meaning | SQLite | PostgreSQL |
/// |---|---|---|---|
/// | `{integer}` | 64-bit integer | `INTEGER` | `BIGINT` |
/// | `{text}` | UTF-8 text | `TEXT` | `TEXT COLLATE "C"` |
/// | `{bytes}` | octets | `BLOB` | `BYTEA` |
/// | `{strict}` | after the closing parenthesis | `STRICT` | |
/// | `{keyed}` | the same, rows ordered by primary key | `STRICT, WITHOUT ROWID` | |
package struct SQLDialect: Hashable, Sendable {
  /// The database's name, for messages.
  package var name: String
  /// What stands for each name in braces.
  package var words: [String: String]

  /// A dialect with a word for each name that definitions use.
  package init(name: String, words: [String: String]) {
    self.name = name
    self.words = words
  }

  /// SQLite 3.37 and later.
  package static let sqlite = SQLDialect(
    name: "SQLite",
    words: [
      "integer": "INTEGER", "text": "TEXT", "bytes": "BLOB", "strict": "STRICT",
      "keyed": "STRICT, WITHOUT ROWID",
    ]
  )

  /// PostgreSQL 15 and later. Texts are compared by their octets, as SQLite does.
  package static let postgreSQL = SQLDialect(
    name: "PostgreSQL",
    words: [
      "integer": "BIGINT", "text": "TEXT COLLATE \"C\"", "bytes": "BYTEA", "strict": "",
      "keyed": "",
    ]
  )

  /// The definition in this database's words.
  ///
  /// Throws `SQLError` with code `misuse` if a name in braces is unknown or a brace is not closed.
  package func definition(_ text: String) throws(SQLError) -> String {
    var result = ""
    var rest = text[...]
    while let open = rest.firstIndex(of: "{") {
      guard let close = rest[open...].firstIndex(of: "}") else {
        throw SQLError(.misuse, "a brace is not closed in a definition")
      }
      let name = String(rest[rest.index(after: open)..<close])
      guard let word = words[name] else {
        throw SQLError(.misuse, "\(self.name) has no word for {\(name)} in a definition")
      }
      result += rest[..<open]
      result += word
      rest = rest[rest.index(after: close)...]
    }
    return result + rest
  }
}
