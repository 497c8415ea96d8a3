internal import CPostgreSQL
internal import SQL

extension SQLError {
  /// The error of a failed result.
  ///
  /// The server's words for a refused value repeat the value, and so does its detail: neither is
  /// taken over. Constraints, tables and columns are names.
  init(result: OpaquePointer?, on connection: OpaquePointer) {
    guard let state = Self.field("C", of: result) else {
      self.init(lost: connection)
      return
    }
    let code = Code(state: state)
    // Ended by an administrator or a shutdown: the session is gone, whatever the state's class.
    if code == .connectionLost || PQstatus(connection) == CONNECTION_BAD {
      self.init(.connectionLost, "the server ended the connection (\(state))")
      return
    }
    let primary = Self.field("M", of: result) ?? "no words"
    let quotesValues = state.hasPrefix("22") || state.hasPrefix("P0")
    let message = quotesValues ? "a value is refused" : primary
    self.init(code, "\(message) (\(state))", names: Self.names(of: result, code))
  }

  /// The error of a connection on which nothing was returned.
  init(lost connection: OpaquePointer) {
    let words = Self.line(PQerrorMessage(connection))
    self.init(PQstatus(connection) == CONNECTION_BAD ? .connectionLost : .other, words)
  }

  /// What libpq says, as one line.
  static func line(_ text: UnsafePointer<CChar>?) -> String {
    let text = text.map { String(cString: $0) } ?? ""
    let lines = text.split(whereSeparator: \.isNewline)
    return lines.isEmpty ? "no words" : lines.joined(separator: " ")
  }

  /// `table.column` where the server names a column, else the constraint.
  private static func names(of result: OpaquePointer?, _ code: Code) -> [String] {
    guard [.unique, .foreignKey, .notNull, .check].contains(code) else { return [] }
    if let column = field("c", of: result) {
      return [field("t", of: result).map { "\($0).\(column)" } ?? column]
    }
    return field("n", of: result).map { [$0] } ?? []
  }

  /// A field of an error; the letters are the protocol's, which libpq's macros (character constants)
  /// stand for.
  private static func field(_ letter: UnicodeScalar, of result: OpaquePointer?) -> String? {
    PQresultErrorField(result, Int32(letter.value)).map { String(cString: $0) }
  }
}

extension SQLError.Code {
  /// The code of an SQLSTATE.
  init(state: String) {
    self = Self.states[state] ?? Self.classes[String(state.prefix(2))] ?? .other
  }

  private static let states: [String: Self] = [
    "23505": .unique, "23503": .foreignKey, "23001": .foreignKey, "23502": .notNull,
    "23514": .check, "55P03": .busy, "53100": .full, "53200": .noMemory, "25006": .readOnly,
    "57014": .interrupted, "57P01": .connectionLost, "57P02": .connectionLost,
    "57P05": .connectionLost, "25P03": .connectionLost, "42501": .cannotOpen, "54000": .tooLarge,
    "58030": .inputOutput,
  ]

  private static let classes: [String: Self] = [
    "22": .check, "40": .busy, "53": .busy, "54": .tooLarge, "XX": .corrupt, "58": .inputOutput,
    "08": .connectionLost, "3D": .cannotOpen, "28": .cannotOpen, "57": .cannotOpen, "42": .misuse,
    "25": .misuse, "26": .misuse, "34": .misuse, "3B": .misuse, "0A": .misuse,
  ]
}
