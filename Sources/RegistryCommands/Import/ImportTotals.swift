internal import RegistryAPI

/// What became of the households of an import.
struct ImportTotals: Sendable, Hashable {
  var created: Int64 = 0
  var updated: Int64 = 0
  var unchanged: Int64 = 0
  var refused: Int64 = 0
  var refusedRows: Int64 = 0
  /// Households that an earlier run had done; the server only repeats its result.
  var replayed: Int64 = 0
  /// Rows that an earlier run had done and that were not sent again.
  var skippedRows: Int64 = 0
  /// Rows with a result in this run.
  var answeredRows: Int64 = 0

  /// Counts one answer of the server.
  mutating func count(_ result: ImportResult) {
    switch result.outcome {
    case .created where !result.replayed: created += 1
    case .updated where !result.replayed: updated += 1
    case .unchanged where !result.replayed: unchanged += 1
    case .created, .updated, .unchanged: replayed += 1
    default:
      refused += 1
      refusedRows += Int64(result.rowCount)
    }
    answeredRows += Int64(result.rowCount)
  }

  /// Counts a household that could not be read and was not sent.
  mutating func countUnreadable(rows: Int) {
    refused += 1
    refusedRows += Int64(rows)
    answeredRows += Int64(rows)
  }
}
