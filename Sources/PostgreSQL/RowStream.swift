internal import CPostgreSQL
internal import DequeModule
internal import SQL

/// The rows of a result, taken from the connection one by one, or from memory where another
/// statement needed the connection meanwhile.
final class RowStream {
  private let handle: PostgreSQLHandle
  /// Rows that were read ahead.
  private var kept = Deque<OpaquePointer>()
  /// The failure with which the result ended; thrown behind the kept rows.
  private var failure: SQLError?
  private var isEnded = false
  /// The tag of the last statement that ended, such as `COMMIT`.
  private(set) var tag = ""

  /// Octets of a dropped result that are read before the server is asked to stop.
  private static let dropLimit = 1 << 20

  init(_ handle: PostgreSQLHandle) {
    self.handle = handle
    // Declined only where nothing was sent, which the caller has checked.
    PQsetSingleRowMode(handle.connection)
  }

  deinit {
    finish()
  }

  /// The next row, which the caller clears; nil behind the last.
  ///
  /// Throws `SQLError`, after which there are no more.
  func next() throws(SQLError) -> OpaquePointer? {
    if let row = kept.popFirst() { return row }
    if !isEnded, let row = receive() { return row }
    if let failure {
      self.failure = nil
      throw failure
    }
    return nil
  }

  /// Reads what is left into memory. What is longer than the limit is read and dropped, and the
  /// result fails with `tooLarge` behind the kept rows.
  func keepRest(limit: Int) {
    var octets = 0
    while !isEnded, let row = receive() {
      octets += PQresultMemorySize(row)
      if octets <= limit {
        kept.append(row)
      } else {
        PQclear(row)
        failure = SQLError(.tooLarge, "a result of over \(limit) octets waited for another")
      }
    }
  }

  /// Ends the result, whatever is left of it.
  func finish() {
    for row in kept { PQclear(row) }
    kept.removeAll()
    var octets = 0
    var asks = !handle.isInTransaction
    while !isEnded, let row = receive() {
      octets += PQresultMemorySize(row)
      PQclear(row)
      // Inside a transaction an interrupt would void it: the rest is read then.
      if asks, octets > Self.dropLimit {
        asks = false
        handle.interrupter.interrupt()
      }
    }
    failure = nil
  }

  /// The next row from the connection; nil when the result has ended, well or not.
  private func receive() -> OpaquePointer? {
    while let result = PQgetResult(handle.connection) {
      switch PQresultStatus(result) {
      case PGRES_SINGLE_TUPLE:
        return result
      case PGRES_COMMAND_OK:
        note(result)
        handle.changes = PQcmdTuples(result).flatMap { Int64(String(cString: $0)) } ?? 0
      case PGRES_TUPLES_OK:
        note(result)
      case PGRES_EMPTY_QUERY:
        break
      default:
        // The first failure counts: those that follow are its consequences.
        let error = SQLError(result: result, on: handle.connection)
        if failure == nil { failure = error }
      }
      PQclear(result)
      // A lost connection may go on to report that it is lost.
      if !handle.isOpen, failure != nil { break }
    }
    isEnded = true
    handle.ended(self)
    return nil
  }

  private func note(_ result: OpaquePointer) {
    tag = PQcmdStatus(result).map { String(cString: $0) } ?? ""
  }
}
