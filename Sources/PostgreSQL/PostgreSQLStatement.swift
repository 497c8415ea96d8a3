internal import CPostgreSQL
package import SQL

/// A prepared statement of PostgreSQL; it keeps its connection's handle open.
///
/// Values go and come in the binary form of their types, octets as they are.
package final class PostgreSQLStatement: SQLStatement {
  private let handle: PostgreSQLHandle
  private let name: String
  private let columns: [PostgreSQLType]
  private var values: ParameterValues
  private var stream: RowStream?
  private var row: OpaquePointer?

  /// True between a step and the reset.
  var isRunning: Bool { stream != nil }

  /// Prepares the first and only statement of a text.
  ///
  /// Throws `SQLError` (`misuse`) for a text that the server refuses, holds more than one statement,
  /// has other parameters than `$1 … $n`, each first appearing in this order, or parameters or
  /// columns of types without a value in the interface.
  init(_ sql: String, handle: PostgreSQLHandle) throws(SQLError) {
    let scan = ParameterScan(sql)
    guard scan.hasWords else { throw SQLError(.misuse, "a statement without words") }
    for (index, number) in scan.parameters.enumerated() where number != index + 1 {
      throw SQLError(.misuse, "parameter \(index + 1) is not written $\(index + 1)")
    }
    let name = try handle.prepare(sql)
    let types = try handle.describe(name)
    self.handle = handle
    self.name = name
    columns = try Self.known(types.columns, "column", from: 0)
    values = ParameterValues(try Self.known(types.parameters, "parameter", from: 1))
  }

  deinit {
    PQclear(row)
    handle.forget(name)
  }

  package func bind(_ value: Int64, at parameter: Int) {
    values.set(value, at: parameter)
  }

  package func bind(_ value: String, at parameter: Int) {
    values.set(value, at: parameter)
  }

  package func bind(_ value: [UInt8], at parameter: Int) {
    value.withUnsafeBytes { values.set($0, at: parameter) }
  }

  package func bind(borrowed value: UnsafeRawBufferPointer, at parameter: Int) {
    values.set(borrowed: value, at: parameter)
  }

  package func bindNull(at parameter: Int) {
    values.setNull(at: parameter)
  }

  package func step() throws(SQLError) -> Bool {
    PQclear(row)
    row = nil
    if stream == nil { stream = try send() }
    row = try stream?.next()
    return row != nil
  }

  package func reset() {
    PQclear(row)
    row = nil
    stream?.finish()
    stream = nil
    values.clear()
  }

  package func isNull(at column: Int) -> Bool {
    guard let row, columns.indices.contains(column) else { return true }
    return PQgetisnull(row, 0, Int32(column)) != 0
  }

  package func int64(at column: Int) -> Int64 {
    withBytes(at: column) { octets in
      guard columns.indices.contains(column) else { return 0 }
      return Self.number(octets, columns[column])
    }
  }

  package func string(at column: Int) -> String {
    withBytes(at: column) { octets in
      switch columns.indices.contains(column) ? columns[column] : .text {
      case .text, .bytes: String(decoding: octets, as: UTF8.self)
      case .integer, .boolean: octets.isEmpty ? "" : String(int64(at: column))
      }
    }
  }

  package func bytes(at column: Int) -> [UInt8] {
    withBytes(at: column) { Array($0) }
  }

  package func withBytes<Result, Failure: Error>(
    at column: Int,
    _ body: (UnsafeRawBufferPointer) throws(Failure) -> Result
  ) throws(Failure) -> Result {
    guard let row, columns.indices.contains(column), PQgetisnull(row, 0, Int32(column)) == 0 else {
      return try body(UnsafeRawBufferPointer(start: nil, count: 0))
    }
    let count = Int(PQgetlength(row, 0, Int32(column)))
    return try body(UnsafeRawBufferPointer(start: PQgetvalue(row, 0, Int32(column)), count: count))
  }

  private func send() throws(SQLError) -> RowStream {
    if let failure = values.failure { throw failure }
    let count = Int32(clamping: values.count)
    return try handle.open {
      values.withPointers { pointers, lengths, formats in
        PQsendQueryPrepared(handle.connection, name, count, pointers, lengths, formats, 1)
      }
    }
  }

  /// A number in network byte order, or a text that is one; 0 for everything else.
  private static func number(_ octets: UnsafeRawBufferPointer, _ type: PostgreSQLType) -> Int64 {
    if octets.isEmpty { return 0 }
    switch type {
    case .integer, .boolean:
      // The sign is that of the first octet.
      let start = Int64(Int8(bitPattern: octets[0]))
      return octets.dropFirst().reduce(start) { $0 << 8 | Int64($1) }
    case .text, .bytes:
      return Int64(String(decoding: octets, as: UTF8.self)) ?? 0
    }
  }

  private static func known(
    _ numbers: [Oid],
    _ what: String,
    from first: Int
  ) throws(SQLError) -> [PostgreSQLType] {
    var types: [PostgreSQLType] = []
    for number in numbers {
      // `RETURNS void` of a function is a column without a value.
      guard let type = number == 2_278 ? .text : PostgreSQLType(number) else {
        let place = types.count + first
        throw SQLError(.misuse, "\(what) \(place) has type \(number): cast it to bigint or text")
      }
      types.append(type)
    }
    return types
  }
}
