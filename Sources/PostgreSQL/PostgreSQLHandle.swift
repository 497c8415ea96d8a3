internal import CPostgreSQL
internal import SQL
internal import Synchronization

/// The owner of one `PGconn *`: closes it when the connection and its last statement are gone.
///
/// Results come row by row. While one of them, the active one, is still coming, another statement
/// may be sent: what is left of the active one is read into memory first, up to a limit.
final class PostgreSQLHandle {
  let connection: OpaquePointer
  let interrupter: PostgreSQLInterrupter
  /// Rows changed by the statement that ran last.
  var changes: Int64 = 0
  /// The result that is still coming; it holds this object while somebody reads it.
  private weak var active: RowStream?
  private let resultBuffer: Int
  /// Statements that nobody needs any more; the server is told before the next one is prepared.
  private var unneeded: [String] = []
  private var prepared = 0
  /// The state before the active result was asked for, which libpq does not tell meanwhile.
  private var transactionBefore = false

  /// Connects. `settings` come after those of the URL and win.
  ///
  /// Throws `SQLError`: `cannotOpen`, with the server's words.
  init(
    _ configuration: PostgreSQLConfiguration,
    settings: KeyValuePairs<String, String>
  ) throws(SQLError) {
    resultBuffer = configuration.resultBuffer
    let pairs = [("dbname", configuration.url)] + settings.map { ($0.key, $0.value) }
    let connected = Self.withStrings(pairs.map(\.0)) { names in
      Self.withStrings(pairs.map(\.1)) { PQconnectdbParams(names, $0, 1) }
    }
    guard let connected else { throw SQLError(.noMemory, "no memory for a connection") }
    guard PQstatus(connected) == CONNECTION_OK else {
      let words = SQLError.line(PQerrorMessage(connected))
      PQfinish(connected)
      throw SQLError(.cannotOpen, words)
    }
    connection = connected
    interrupter = PostgreSQLInterrupter(PQgetCancel(connected))
    // The default prints to standard error.
    PQsetNoticeProcessor(connected, { _, _ in }, nil)
  }

  deinit {
    interrupter.disarm()
    PQfinish(connection)
  }

  /// False once the server or the network ended the connection.
  var isOpen: Bool { PQstatus(connection) == CONNECTION_OK }

  /// Whether a transaction is open, be it one that an error voided.
  var isInTransaction: Bool {
    switch PQtransactionStatus(connection) {
    case PQTRANS_INTRANS, PQTRANS_INERROR: true
    case PQTRANS_ACTIVE: transactionBefore
    default: false
    }
  }

  /// Sends a statement and returns its rows to come.
  ///
  /// The choke point of sending: `send` returns 1, or it failed. Throws `SQLError`.
  func open(_ send: () -> Int32) throws(SQLError) -> RowStream {
    settle()
    transactionBefore = isInTransaction
    guard send() == 1 else { throw SQLError(lost: connection) }
    let stream = RowStream(self)
    active = stream
    return stream
  }

  /// Runs one or several statements without parameters and returns the last one's tag; rows are
  /// dropped.
  @discardableResult
  func run(_ sql: String) throws(SQLError) -> String {
    let stream = try open { PQsendQuery(connection, sql) }
    while let row = try stream.next() { PQclear(row) }
    return stream.tag
  }

  /// Prepares a statement under a name that it returns.
  func prepare(_ sql: String) throws(SQLError) -> String {
    // Taken from the list first: the server would refuse a name that it was told already, each time.
    if PQtransactionStatus(connection) != PQTRANS_INERROR {
      while let name = unneeded.popLast() { try run("DEALLOCATE \(name)") }
    }
    prepared += 1
    let name = "s\(prepared)"
    let stream = try open { PQsendPrepare(connection, name, sql, 0, nil) }
    while let row = try stream.next() { PQclear(row) }
    return name
  }

  /// The types of a prepared statement's parameters and columns.
  func describe(_ name: String) throws(SQLError) -> (parameters: [Oid], columns: [Oid]) {
    settle()
    guard let result = PQdescribePrepared(connection, name) else {
      throw SQLError(lost: connection)
    }
    defer { PQclear(result) }
    guard PQresultStatus(result) == PGRES_COMMAND_OK else {
      throw SQLError(result: result, on: connection)
    }
    return (
      (0..<PQnparams(result)).map { PQparamtype(result, $0) },
      (0..<PQnfields(result)).map { PQftype(result, $0) }
    )
  }

  /// Notes that a prepared statement is not needed any more.
  func forget(_ name: String) {
    unneeded.append(name)
  }

  /// Forgets the active result, which has ended.
  func ended(_ stream: RowStream) {
    if active === stream { active = nil }
  }

  /// Reads what is left of the active result into memory, so that the connection is free.
  private func settle() {
    active?.keepRest(limit: resultBuffer)
    active = nil
  }

  /// Lends texts as C strings, with a null pointer behind them.
  private static func withStrings<Result>(
    _ texts: [String],
    _ body: (UnsafePointer<UnsafePointer<CChar>?>) -> Result
  ) -> Result {
    let octets = texts.flatMap { $0.utf8CString }
    var offsets = [0]
    for text in texts { offsets.append((offsets.last ?? 0) + text.utf8.count + 1) }
    return octets.withUnsafeBufferPointer { octets in
      var pointers = offsets.dropLast().map { octets.baseAddress?.advanced(by: $0) }
      pointers.append(nil)
      return pointers.withUnsafeBufferPointer { buffer in
        // Never empty: the null pointer is there.
        buffer.baseAddress.map(body)
      }
    } ?? body([nil])
  }
}

/// Interrupts a connection from another thread, as long as it is open.
package final class PostgreSQLInterrupter: SQLInterrupter {
  // An address instead of a pointer, because pointers are not Sendable. `PQcancel` may be called
  // from any thread; the mutex keeps it from meeting `PQfreeCancel`.
  private let address: Mutex<UInt>

  init(_ cancel: OpaquePointer?) {
    address = Mutex(UInt(bitPattern: cancel))
  }

  package func interrupt() {
    address.withLock { address in
      guard let cancel = OpaquePointer(bitPattern: address) else { return }
      var words = [CChar](repeating: 0, count: 256)
      // A failure means that the server is gone: the statement fails by itself.
      _ = PQcancel(cancel, &words, Int32(words.count))
    }
  }

  func disarm() {
    address.withLock { address in
      PQfreeCancel(OpaquePointer(bitPattern: address))
      address = 0
    }
  }
}
