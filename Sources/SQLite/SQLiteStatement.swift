internal import CSQLite
package import SQL

/// A prepared statement of SQLite; it keeps its connection's handle open.
package final class SQLiteStatement: SQLStatement {
  private let handle: SQLiteHandle
  private let statement: OpaquePointer
  private var isFresh = true
  private var failure: SQLError?

  /// True between a step and the reset.
  var isRunning: Bool { !isFresh }

  /// Prepares the first and only statement of a text.
  ///
  /// Throws `SQLError` (`misuse`) for a text that SQLite refuses, holds more than one statement or
  /// has other parameters than `$1 … $n`, each first appearing in this order.
  init(_ sql: String, handle: SQLiteHandle) throws(SQLError) {
    var prepared: OpaquePointer?
    let rest = try Array(sql.utf8).withUnsafeBufferPointer { bytes throws(SQLError) -> Int in
      try Self.prepare(bytes, handle, into: &prepared)
    }
    guard let prepared else { throw SQLError(.misuse, "a statement without words") }
    statement = prepared
    self.handle = handle
    // From here on deinit finalises.
    guard rest == 0 else { throw SQLError(.misuse, "more than one statement in a text") }
    try checkParameters()
  }

  deinit {
    sqlite3_finalize(statement)
  }

  package func bind(_ value: Int64, at parameter: Int) {
    note(sqlite3_bind_int64(statement, Int32(clamping: parameter), value))
  }

  package func bind(_ value: String, at parameter: Int) {
    var value = value
    value.withUTF8 { bytes in
      // An empty buffer may have no address, which SQLite would take for NULL.
      guard let base = bytes.baseAddress else {
        note(sqlite3_bind_text(statement, Int32(clamping: parameter), "", 0, transient))
        return
      }
      base.withMemoryRebound(to: CChar.self, capacity: bytes.count) { text in
        note(
          sqlite3_bind_text64(
            statement,
            Int32(clamping: parameter),
            text,
            UInt64(bytes.count),
            transient,
            UInt8(SQLITE_UTF8)
          )
        )
      }
    }
  }

  package func bind(_ value: [UInt8], at parameter: Int) {
    value.withUnsafeBytes { bind($0, at: parameter, lifetime: transient) }
  }

  package func bind(borrowed value: UnsafeRawBufferPointer, at parameter: Int) {
    bind(value, at: parameter, lifetime: nil)
  }

  package func bindNull(at parameter: Int) {
    note(sqlite3_bind_null(statement, Int32(clamping: parameter)))
  }

  package func step() throws(SQLError) -> Bool {
    if isFresh {
      if let failure { throw failure }
      isFresh = false
      handle.budget.refill()
    }
    let result = sqlite3_step(statement)
    if result == SQLITE_ROW { return true }
    try handle.check(result, accepts: SQLITE_DONE)
    return false
  }

  package func reset() {
    // The result repeats the error that the last step threw.
    sqlite3_reset(statement)
    // Borrowed octets must not be reachable any more.
    sqlite3_clear_bindings(statement)
    isFresh = true
    failure = nil
  }

  package func isNull(at column: Int) -> Bool {
    sqlite3_column_type(statement, Int32(clamping: column)) == SQLITE_NULL
  }

  package func int64(at column: Int) -> Int64 {
    sqlite3_column_int64(statement, Int32(clamping: column))
  }

  package func string(at column: Int) -> String {
    let column = Int32(clamping: column)
    guard let text = sqlite3_column_text(statement, column) else { return "" }
    let count = Int(sqlite3_column_bytes(statement, column))
    return String(decoding: UnsafeBufferPointer(start: text, count: count), as: UTF8.self)
  }

  package func bytes(at column: Int) -> [UInt8] {
    withBytes(at: column) { Array($0) }
  }

  package func withBytes<Result, Failure: Error>(
    at column: Int,
    _ body: (UnsafeRawBufferPointer) throws(Failure) -> Result
  ) throws(Failure) -> Result {
    let column = Int32(clamping: column)
    // The pointer first: asking for it may convert the value and change the length.
    let start = sqlite3_column_blob(statement, column)
    let count = Int(sqlite3_column_bytes(statement, column))
    return try body(UnsafeRawBufferPointer(start: start, count: start == nil ? 0 : count))
  }

  private func bind(
    _ value: UnsafeRawBufferPointer,
    at parameter: Int,
    lifetime: sqlite3_destructor_type?
  ) {
    let parameter = Int32(clamping: parameter)
    guard let base = value.baseAddress, value.count > 0 else {
      // A blob without an address would be NULL.
      note(sqlite3_bind_zeroblob(statement, parameter, 0))
      return
    }
    note(sqlite3_bind_blob64(statement, parameter, base, UInt64(value.count), lifetime))
  }

  private func note(_ result: Int32) {
    guard result != SQLITE_OK, failure == nil else { return }
    failure = SQLError(result: result, in: handle.database)
  }

  /// Prepares and returns how many bytes with meaning are left after the first statement.
  private static func prepare(
    _ bytes: UnsafeBufferPointer<UInt8>,
    _ handle: SQLiteHandle,
    into prepared: inout OpaquePointer?
  ) throws(SQLError) -> Int {
    guard let base = bytes.baseAddress, let count = Int32(exactly: bytes.count) else { return 0 }
    let start = UnsafeRawPointer(base).assumingMemoryBound(to: CChar.self)
    var tail: UnsafePointer<CChar>?
    try handle.check(
      sqlite3_prepare_v3(
        handle.database,
        start,
        count,
        UInt32(SQLITE_PREPARE_PERSISTENT),
        &prepared,
        &tail
      )
    )
    let used = tail.map { $0 - start } ?? bytes.count
    return bytes[used...].count { $0 > UInt8(ascii: " ") && $0 != UInt8(ascii: ";") }
  }

  private func checkParameters() throws(SQLError) {
    for index in 0..<sqlite3_bind_parameter_count(statement) {
      let name = sqlite3_bind_parameter_name(statement, index + 1).map { String(cString: $0) }
      guard name == "$\(index + 1)" else {
        throw SQLError(.misuse, "parameter \(index + 1) is not written $\(index + 1)")
      }
    }
  }
}

/// Tells SQLite to copy what is bound: a cast of -1, which Swift does not import.
private let transient = unsafeBitCast(-1, to: sqlite3_destructor_type.self)
