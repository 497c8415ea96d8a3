/// Prepared statements by their text, up to a limit; the one unused for longest goes first.
package struct StatementCache<Statement: AnyObject> {
  private let limit: Int
  private var entries: [String: (statement: Statement, used: UInt64)] = [:]
  private var clock: UInt64 = 0

  /// An empty cache.
  package init(limit: Int) {
    self.limit = max(1, limit)
  }

  /// The statement of this text, marked as used.
  package subscript(sql: String) -> Statement? {
    mutating get {
      guard let statement = entries[sql]?.statement else { return nil }
      clock += 1
      entries[sql]?.used = clock
      return statement
    }
  }

  /// Keeps a statement, unless one of the same text is kept already (which is being stepped then).
  package mutating func insert(_ statement: Statement, for sql: String) {
    guard entries[sql] == nil else { return }
    if entries.count >= limit, let oldest = entries.min(by: { $0.value.used < $1.value.used }) {
      // Whoever still holds it keeps it alive.
      entries[oldest.key] = nil
    }
    clock += 1
    entries[sql] = (statement, clock)
  }
}
