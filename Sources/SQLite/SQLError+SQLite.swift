internal import CSQLite
internal import SQL

extension SQLError {
  /// The error of a result code, with the connection's words for it if it is the last one.
  init(result: Int32, in database: OpaquePointer?) {
    let extended =
      database.map {
        sqlite3_errcode($0) & 0xff == result & 0xff ? sqlite3_extended_errcode($0) : result
      }
      ?? result
    let text =
      database.flatMap { sqlite3_errcode($0) & 0xff == result & 0xff ? sqlite3_errmsg($0) : nil }
      ?? sqlite3_errstr(result)
    let message = text.map { String(cString: $0) } ?? "unknown error"
    let code = Code(sqlite: extended)
    self.init(
      code,
      message,
      names: Self.constraintNames(message, of: code),
      extendedCode: extended
    )
  }

  /// What stands after the colon of "UNIQUE constraint failed: t.a, t.b".
  private static func constraintNames(_ message: String, of code: Code) -> [String] {
    guard [.unique, .notNull, .check].contains(code),
      let range = message.firstRange(of: "constraint failed: ")
    else { return [] }
    let names = message[range.upperBound...]
    // A rule without a name stands there as its text, which may have commas.
    if code == .check { return [String(names)] }
    return names.split(separator: ",").map { name in String(name.drop { $0 == " " }) }
  }
}

extension SQLError.Code {
  /// The code for an extended result code of SQLite.
  init(sqlite extended: Int32) {
    switch extended {
    case SQLITE_CONSTRAINT_PRIMARYKEY_, SQLITE_CONSTRAINT_UNIQUE_, SQLITE_CONSTRAINT_ROWID_:
      self = .unique
    case SQLITE_CONSTRAINT_FOREIGNKEY_: self = .foreignKey
    case SQLITE_CONSTRAINT_NOTNULL_: self = .notNull
    default:
      self = Self.primary[extended & 0xff] ?? .other
    }
  }

  // The extended codes are macros with arithmetic in them, which Swift does not import.
  private static let primary: [Int32: Self] = [
    SQLITE_CONSTRAINT: .check, SQLITE_MISMATCH: .check, SQLITE_BUSY: .busy, SQLITE_LOCKED: .busy,
    SQLITE_FULL: .full, SQLITE_READONLY: .readOnly, SQLITE_CORRUPT: .corrupt,
    SQLITE_NOTADB: .corrupt, SQLITE_INTERRUPT: .interrupted, SQLITE_IOERR: .inputOutput,
    SQLITE_CANTOPEN: .cannotOpen, SQLITE_PERM: .cannotOpen, SQLITE_AUTH: .cannotOpen,
    SQLITE_MISUSE: .misuse, SQLITE_ERROR: .misuse, SQLITE_RANGE: .misuse, SQLITE_SCHEMA: .misuse,
    SQLITE_TOOBIG: .tooLarge, SQLITE_NOMEM: .noMemory,
  ]
}

private let SQLITE_CONSTRAINT_FOREIGNKEY_ = SQLITE_CONSTRAINT | (3 << 8)
private let SQLITE_CONSTRAINT_NOTNULL_ = SQLITE_CONSTRAINT | (5 << 8)
private let SQLITE_CONSTRAINT_PRIMARYKEY_ = SQLITE_CONSTRAINT | (6 << 8)
private let SQLITE_CONSTRAINT_UNIQUE_ = SQLITE_CONSTRAINT | (8 << 8)
private let SQLITE_CONSTRAINT_ROWID_ = SQLITE_CONSTRAINT | (10 << 8)
