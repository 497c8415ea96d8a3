internal import RPCProtobuf
internal import RegistryAPI
internal import SQL

/// Records the results of a part of an import inside the writer's transaction.
///
/// A run of rows that were carried out is one row of the table. A refused item is a row of its own
/// without octets: it is only counted, and replaced when its rows are sent again.
struct ImportRecord {
  private let connection: any SQLConnection
  private let id: Int64
  /// Rows of refused items that are on record, rising; those that the part has passed are dropped.
  private var refused: ArraySlice<ClosedRange<UInt32>>
  private var run: [ImportResult] = []
  private var counts: [ImportOutcome: Int64] = [:]

  private static let outcomes: [ImportOutcome] = [.created, .updated, .unchanged, .refused]

  /// Begins with what `Reader.results` found of the part's rows.
  init(_ session: WriteSession, import id: Int64, refused: [ClosedRange<UInt32>]) {
    connection = session.connection
    self.id = id
    self.refused = refused[...]
  }

  /// Takes the result of the next item.
  mutating func add(_ result: ImportResult) throws {
    let rows = result.firstRow...(result.firstRow + (result.rowCount - 1))
    try forget(rows)
    counts[result.outcome, default: 0] += 1
    if result.outcome == .refused { return try insert(rows, []) }
    // A gap, a replay or a refusal ends a run.
    if let last = run.last, last.firstRow + last.rowCount != result.firstRow { try endRun() }
    run.append(result)
  }

  /// Writes what is left, and the counts.
  mutating func finish() throws {
    try endRun()
    if counts.isEmpty { return }
    let row = try connection.prepare(
      """
      UPDATE import_file SET created = created + $1, updated = updated + $2,
        unchanged = unchanged + $3, refused = refused + $4 WHERE id = $5
      """
    )
    for (index, outcome) in Self.outcomes.enumerated() {
      row.bind(counts[outcome] ?? 0, at: index + 1)
    }
    row.bind(id, at: 5)
    try row.run()
  }

  /// Drops earlier refusals of these rows.
  private mutating func forget(_ rows: ClosedRange<UInt32>) throws {
    while let first = refused.first, first.upperBound < rows.lowerBound { refused.removeFirst() }
    for earlier in refused.prefix(while: { $0.lowerBound <= rows.upperBound }) {
      let row = try connection.prepare(
        "DELETE FROM import_result WHERE import = $1 AND first_row = $2 AND length(results) = 0"
      )
      row.bind(id, at: 1)
      row.bind(Int64(earlier.lowerBound), at: 2)
      try row.run()
      counts[.refused, default: 0] -= connection.changes
    }
  }

  private mutating func endRun() throws {
    guard let first = run.first, let last = run.last else { return }
    let octets = try ImportHouseholdsResponse(results: run).serializedBytes()
    try insert(first.firstRow...(last.firstRow + (last.rowCount - 1)), octets)
    run.removeAll(keepingCapacity: true)
  }

  private func insert(_ rows: ClosedRange<UInt32>, _ results: [UInt8]) throws {
    let row = try connection.prepare(
      "INSERT INTO import_result (import, first_row, last_row, results) VALUES ($1, $2, $3, $4)"
    )
    row.bind(id, at: 1)
    row.bind(Int64(rows.lowerBound), at: 2)
    row.bind(Int64(rows.upperBound), at: 3)
    row.bind(results, at: 4)
    try row.run()
  }
}
