internal import SQL

/// The rows that lead to one household's past versions, for comparing them with the journal.
struct PastIndex {
  private let row: any SQLStatement
  private let counting: any SQLStatement
  private let n: Int64

  init(_ reader: Reader, n: Int64) throws {
    self.n = n
    row = try reader.connection.prepare(
      "SELECT entry, recorded_at FROM household_past WHERE household = $1 AND version = $2"
    )
    counting = try reader.connection.prepare(
      "SELECT count(*) FROM household_past WHERE household = $1"
    )
  }

  /// How many rows the household has: one for each version but the current one.
  func count() throws -> Int64 {
    counting.bind(n, at: 1)
    return try counting.first { $0.int64(at: 0) } ?? 0
  }

  /// Whether a version's row leads to its entry, with the entry's instant.
  func leads(_ version: UInt64, to entry: Int64, recordedAt: Int64) throws -> Bool {
    row.bind(n, at: 1)
    row.bind(Int64(clamping: version), at: 2)
    return try row.first { $0.int64(at: 0) == entry && $0.int64(at: 1) == recordedAt } ?? false
  }
}
