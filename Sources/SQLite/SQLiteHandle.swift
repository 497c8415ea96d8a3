internal import CSQLite
internal import SQL
internal import Synchronization

/// The owner of one `sqlite3 *`: closes it when the connection and its last statement are gone.
final class SQLiteHandle {
  let database: OpaquePointer
  let interrupter: SQLiteInterrupter
  /// Steps counted down by the progress handler, in thousands; nil without a limit.
  let budget: StepBudget
  // Held so that the database stays locked while a connection lives.
  private let lock: FileLock?

  /// Opens the file; it must exist.
  init(path: String, flags: Int32, lock: FileLock?) throws(SQLError) {
    var opened: OpaquePointer?
    let result = sqlite3_open_v2(path, &opened, flags, nil)
    guard result == SQLITE_OK, let opened else {
      // SQLite hands out a connection even if it fails, to carry the error.
      let error = SQLError(result: result, in: opened)
      sqlite3_close_v2(opened)
      throw error
    }
    sqlite3_extended_result_codes(opened, 1)
    database = opened
    interrupter = SQLiteInterrupter(opened)
    budget = StepBudget()
    self.lock = lock
  }

  deinit {
    interrupter.disarm()
    // Statements hold this object, so all of them are finalised by now.
    sqlite3_close_v2(database)
  }

  /// The choke point: turns every result but `accepted` into an error.
  func check(_ result: Int32, accepts accepted: Int32 = SQLITE_OK) throws(SQLError) {
    if result != accepted { throw SQLError(result: result, in: database) }
  }
}

/// Interrupts a connection from another thread, as long as it is open.
package final class SQLiteInterrupter: SQLInterrupter {
  // An address instead of a pointer, because pointers are not Sendable. `sqlite3_interrupt` may be
  // called from any thread while the connection is open, which the mutex makes sure of.
  private let address: Mutex<UInt>

  init(_ database: OpaquePointer) {
    address = Mutex(UInt(bitPattern: database))
  }

  package func interrupt() {
    address.withLock { address in
      guard let database = OpaquePointer(bitPattern: address) else { return }
      sqlite3_interrupt(database)
    }
  }

  func disarm() {
    address.withLock { $0 = 0 }
  }
}

/// How many steps the running statement may still take.
final class StepBudget {
  /// Steps between two calls of the progress handler.
  static let granularity: Int32 = 1_000

  /// Allowed calls of the handler for a statement; nil without a limit.
  private(set) var allowance: Int?
  private var left = 0

  /// Sets the limit on a connection, in steps.
  func setLimit(_ steps: Int?, on database: OpaquePointer) {
    // SQLite counts steps across runs, so the first call may come early: one more is allowed.
    allowance = steps.map { max(1, $0 / Int(Self.granularity)) + 1 }
    guard allowance != nil else {
      sqlite3_progress_handler(database, 0, nil, nil)
      return
    }
    refill()
    // Unretained: the handle that owns this object also owns the connection.
    let context = Unmanaged.passUnretained(self).toOpaque()
    sqlite3_progress_handler(
      database,
      Self.granularity,
      { context in
        guard let context else { return 0 }
        return Unmanaged<StepBudget>.fromOpaque(context).takeUnretainedValue().spend()
      },
      context
    )
  }

  /// Gives a statement its allowance, when its run begins.
  func refill() {
    left = allowance ?? 0
  }

  private func spend() -> Int32 {
    left -= 1
    return left <= 0 ? 1 : 0
  }
}
