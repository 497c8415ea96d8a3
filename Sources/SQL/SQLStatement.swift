/// A prepared statement: bind, step, read, reset.
///
/// Parameters are counted from 1, columns from 0. Binding does not throw: the first failure is kept
/// and thrown by the next `step`. Bindings hold until they are replaced or, all of them, cleared by
/// `reset`.
///
/// A statement left between two steps keeps its read view of the database open: reset it, or use
/// `run`, `first` and `forEach`, which do.
package protocol SQLStatement: AnyObject {
  /// Binds a number.
  func bind(_ value: Int64, at parameter: Int)
  /// Binds a text, which the statement copies.
  func bind(_ value: String, at parameter: Int)
  /// Binds octets that the statement copies.
  func bind(_ value: [UInt8], at parameter: Int)
  /// Binds octets without copying: they must stay valid and unchanged until `reset`, so bind, step
  /// and reset inside the scope that lends them. An empty buffer is an empty value, not NULL.
  func bind(borrowed value: UnsafeRawBufferPointer, at parameter: Int)
  /// Binds NULL.
  func bindNull(at parameter: Int)

  /// Takes the next row; false when there are no more. Throws `SQLError`, after which the statement
  /// must be reset.
  func step() throws(SQLError) -> Bool
  /// Ends the statement's run and clears its bindings; it can be used again at once.
  func reset()

  /// True if the column of the current row is NULL. NULL reads as 0, "" or no octets.
  func isNull(at column: Int) -> Bool
  /// The number in a column of the current row.
  func int64(at column: Int) -> Int64
  /// The text in a column; octets that are not UTF-8 are replaced.
  func string(at column: Int) -> String
  /// A copy of the octets in a column (text as UTF-8).
  func bytes(at column: Int) -> [UInt8]
  /// Lends the octets of a column (text as UTF-8) without copying; do not step or reset inside.
  func withBytes<Result, Failure: Error>(
    at column: Int,
    _ body: (UnsafeRawBufferPointer) throws(Failure) -> Result
  ) throws(Failure) -> Result
}

extension SQLStatement {
  /// Binds true as 1 and false as 0.
  package func bind(_ value: Bool, at parameter: Int) {
    bind(value ? 1 : 0 as Int64, at: parameter)
  }

  /// Binds the value, or NULL for nil.
  package func bind(_ value: Int64?, at parameter: Int) {
    if let value { bind(value, at: parameter) } else { bindNull(at: parameter) }
  }

  /// Binds the value, or NULL for nil.
  package func bind(_ value: String?, at parameter: Int) {
    if let value { bind(value, at: parameter) } else { bindNull(at: parameter) }
  }

  /// Binds the value, or NULL for nil.
  package func bind(_ value: [UInt8]?, at parameter: Int) {
    if let value { bind(value, at: parameter) } else { bindNull(at: parameter) }
  }

  /// True for every number but 0.
  package func bool(at column: Int) -> Bool { int64(at: column) != 0 }

  /// The number, or nil for NULL.
  package func optionalInt64(at column: Int) -> Int64? {
    isNull(at: column) ? nil : int64(at: column)
  }

  /// The text, or nil for NULL.
  package func optionalString(at column: Int) -> String? {
    isNull(at: column) ? nil : string(at: column)
  }

  /// The octets, or nil for NULL.
  package func optionalBytes(at column: Int) -> [UInt8]? {
    isNull(at: column) ? nil : bytes(at: column)
  }

  /// Runs the bound statement to its end, ignoring rows, and resets it.
  package func run() throws(SQLError) {
    defer { reset() }
    while try step() {}
  }

  /// Reads the first row with `body`, or nil if there is none, and resets the statement.
  package func first<Result>(_ body: (Self) throws -> Result) throws -> Result? {
    defer { reset() }
    return try step() ? body(self) : nil
  }

  /// Calls `body` for each row and resets the statement, also when `body` throws.
  package func forEach(_ body: (Self) throws -> Void) throws {
    defer { reset() }
    while try step() { try body(self) }
  }
}
