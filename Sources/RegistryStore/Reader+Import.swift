internal import RPCCore
internal import RPCProtobuf
internal import RegistryAPI
internal import SQL

/// What is on record of some rows of an import.
struct StoredResults {
  /// The results of items that were carried out, by first row.
  var done: [UInt32: ImportResult] = [:]
  /// The rows of items that were refused: nothing of them is on record but that.
  var refused: [ClosedRange<UInt32>] = []
}

extension Reader {
  /// The number of an office's import of a file; nil if it has sent nothing of it.
  func importID(_ file: PreparedImport.File) throws -> Int64? {
    let row = try connection.prepare(
      "SELECT id FROM import_file WHERE office = $1 AND digest = $2"
    )
    row.bind(file.office, at: 1)
    row.bind(file.digest, at: 2)
    return try row.first { $0.int64(at: 0) }
  }

  /// The stored results of items that begin in a range of rows or reach into it.
  func results(
    import id: Int64,
    rows: ClosedRange<UInt32>
  ) throws -> StoredResults {
    var found = StoredResults()
    // Parts never overlap: only the last that begins before the range can reach into it.
    let before = try connection.prepare(
      """
      SELECT first_row, last_row, results FROM import_result WHERE import = $1 AND first_row < $2
      ORDER BY first_row DESC LIMIT 1
      """
    )
    before.bind(id, at: 1)
    before.bind(Int64(rows.lowerBound), at: 2)
    try before.forEach { row in
      if row.int64(at: 1) >= Int64(rows.lowerBound) { try Self.read(row, &found) }
    }
    let inside = try connection.prepare(
      """
      SELECT first_row, last_row, results FROM import_result
      WHERE import = $1 AND first_row >= $2 AND first_row <= $3 ORDER BY first_row
      """
    )
    inside.bind(id, at: 1)
    inside.bind(Int64(rows.lowerBound), at: 2)
    inside.bind(Int64(rows.upperBound), at: 3)
    try inside.forEach { try Self.read($0, &found) }
    return found
  }

  private static func read(_ row: any SQLStatement, _ found: inout StoredResults) throws {
    let octets = row.bytes(at: 2)
    if octets.isEmpty {
      let first = UInt32(clamping: row.int64(at: 0))
      found.refused.append(first...max(first, UInt32(clamping: row.int64(at: 1))))
      return
    }
    do {
      for var result in try ImportHouseholdsResponse(serializedBytes: octets).results {
        result.replayed = true
        found.done[result.firstRow] = result
      }
    } catch {
      throw StoreError(.damaged, "stored results of an import are malformed", cause: error)
    }
  }

  /// How far an import has come: the ranges of rows carried out, joined where they touch.
  func importProgress(office: String, digest: [UInt8]) throws -> Import {
    var progress = Import()
    let file = try connection.prepare(
      """
      SELECT id, created, updated, unchanged, refused FROM import_file
      WHERE office = $1 AND digest = $2
      """
    )
    file.bind(office, at: 1)
    file.bind(digest, at: 2)
    let id = try file.first { row in
      progress.created = UInt64(clamping: row.int64(at: 1))
      progress.updated = UInt64(clamping: row.int64(at: 2))
      progress.unchanged = UInt64(clamping: row.int64(at: 3))
      progress.refused = UInt64(clamping: row.int64(at: 4))
      return row.int64(at: 0)
    }
    guard let id else { return progress }
    let parts = try connection.prepare(
      """
      SELECT first_row, last_row FROM import_result WHERE import = $1 AND length(results) > 0
      ORDER BY first_row
      """
    )
    parts.bind(id, at: 1)
    try parts.forEach { row in
      let (first, last) = (UInt32(clamping: row.int64(at: 0)), UInt32(clamping: row.int64(at: 1)))
      if let end = progress.done.last?.last, UInt64(end) + 1 == UInt64(first) {
        progress.done[progress.done.count - 1].last = last
      } else {
        progress.done.append(RowRange(first: first, last: last))
      }
    }
    return progress
  }
}
