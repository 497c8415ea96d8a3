internal import RPCProtobuf
internal import RegistryAPI
internal import RegistryModel
internal import SQL

/// Writes a prepared part of an import inside the writer's transaction.
struct ImportWriter {
  let store: RegistryStore
  let session: WriteSession
  let part: PreparedImport

  /// Carries out every item, records the new results, and returns all in order.
  func run() throws -> [ImportResult] {
    guard let first = part.items.first, let last = part.items.last else { return [] }
    let file = try session.openImport(part.file)
    // The same rows may have been committed since they were prepared: sent twice after a cut.
    let stored = try session.reader.results(import: file, rows: first.firstRow...last.lastRow)
    var record = ImportRecord(session, import: file, refused: stored.refused)
    var results: [ImportResult] = []
    results.reserveCapacity(part.items.count)
    let actor = part.scope.actor(node: session.node)
    for item in part.items {
      if let known = replay(item, stored.done) {
        results.append(known)
        continue
      }
      let result = try carryOut(item, actor)
      results.append(result)
      try record.add(result)
    }
    try record.finish()
    return results
  }

  /// The stored result of an item; a refusal if its rows are cut otherwise than before.
  private func replay(
    _ item: PreparedImport.Item,
    _ known: [UInt32: ImportResult]
  ) -> ImportResult? {
    if known.isEmpty { return nil }
    if let stored = known[item.firstRow], stored.rowCount == item.rowCount { return stored }
    let overlaps = known.values.contains { result in
      result.firstRow <= item.lastRow && item.firstRow <= result.firstRow + (result.rowCount - 1)
    }
    guard overlaps else { return nil }
    return item.refused([
      StoreRule.importRows.violation(row: item.firstRow, field: "first_row")
    ])
  }

  private func carryOut(_ item: PreparedImport.Item, _ actor: String) throws -> ImportResult {
    switch item.plan {
    case .result(let result):
      return result
    case .create(let prepared):
      switch try session.create(prepared, actor: actor) {
      case .written: return item.result(.created, prepared)
      case .onFile(let positions): return item.onFile(positions)
      case .overtaken: throw StoreError(.unavailable, "a new household was overtaken")
      }
    case .update(let prepared, let given):
      return try change(item, prepared, given, actor)
    }
  }

  /// Writes a change; where another came between, prepares it anew on what is on record now.
  private func change(
    _ item: PreparedImport.Item,
    _ prepared: PreparedHousehold,
    _ given: Household,
    _ actor: String
  ) throws -> ImportResult {
    var prepared = prepared
    // Nobody else writes meanwhile, so the second try is the last.
    for _ in 0..<2 {
      switch try session.updateAlone(prepared, actor: actor) {
      case .written: return item.result(.updated, prepared)
      case .onFile(let positions): return item.onFile(positions)
      case .overtaken: break
      }
      let preparer = ImportPreparer(store, reader: session.reader, scope: part.scope)
      let source = ImportItem(
        firstRow: item.firstRow,
        rowCount: item.rowCount,
        household: given
      )
      switch try preparer.prepare(source).plan {
      case .result(let result): return result
      case .update(let again, _): prepared = again
      case .create: throw StoreError(.unavailable, "a change became a registration")
      }
    }
    throw StoreError(.unavailable, "a change was overtaken by nobody")
  }
}

extension WriteSession {
  /// The number of an office's import of a file, which is opened if it is new.
  func openImport(_ file: PreparedImport.File) throws -> Int64 {
    if let id = try reader.importID(file) { return id }
    let last = try connection.prepare("SELECT max(id) FROM import_file").first { $0.int64(at: 0) }
    let id = (last ?? 0) + 1
    let row = try connection.prepare(
      """
      INSERT INTO import_file
        (id, office, digest, name, row_count, started_at, created, updated, unchanged, refused)
      VALUES ($1, $2, $3, $4, $5, $6, 0, 0, 0, 0)
      """
    )
    row.bind(id, at: 1)
    row.bind(file.office, at: 2)
    row.bind(file.digest, at: 3)
    row.bind(file.name, at: 4)
    row.bind(Int64(file.rowCount), at: 5)
    row.bind(instant.microseconds, at: 6)
    try row.run()
    return id
  }
}
