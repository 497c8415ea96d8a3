internal import RPCProtobuf
package import RegistryAPI
package import RegistryModel

extension RegistryStore {
  /// Carries out a part of an import and returns a result for each item when they are durable.
  ///
  /// Items that this office's import of the same file carried out before return their stored
  /// results, marked as replayed; items that were refused are tried anew. Parts of one stream must be committed in their order, but the
  /// next may be prepared while one commits: `prepareImport` and `submit` are its halves.
  package func importItems(
    _ items: [ImportItem],
    file: ImportHeader,
    scope: Scope
  ) async throws -> [ImportResult] {
    try await commit(try await prepareImport(items, file: file, scope: scope))
  }

  /// Validates, encodes and seals a part of an import, on all workers; nothing is recorded.
  ///
  /// Throws `StoreError`: `refused`, `invalid` if there is no file digest, too many items, or their
  /// rows do not rise; `overloaded`.
  package func prepareImport(
    _ items: [ImportItem],
    file: ImportHeader,
    scope: Scope
  ) async throws -> PreparedImport {
    try scope.require(.importRows)
    try check(items, file)
    let part = PreparedImport.File(
      digest: file.fileDigest,
      name: file.fileName,
      rowCount: file.rowCount,
      office: scope.office(node: node)
    )
    let known = try await storedResults(part, items)
    // Pieces small enough that all workers end at about the same time.
    let size = max(50, (items.count + limits.workers * 4 - 1) / (limits.workers * 4))
    let prepared = try await withThrowingTaskGroup(
      of: (Int, [PreparedImport.Item]).self
    ) { group in
      for start in stride(from: 0, to: items.count, by: size) {
        let piece = items[start..<min(start + size, items.count)]
        group.addTask { [self] in
          (start, try await prepare(piece, known: known, scope: scope))
        }
      }
      var pieces: [(Int, [PreparedImport.Item])] = []
      for try await piece in group { pieces.append(piece) }
      return pieces.sorted { $0.0 < $1.0 }.flatMap { $0.1 }
    }
    return PreparedImport(file: part, scope: scope, items: prepared)
  }

  /// Writes a prepared part in one transaction with its results, and returns these when they are
  /// durable.
  ///
  /// Throws `StoreError`: `overloaded`, `diskFull`, `unavailable`, `closed`; nothing of the part is
  /// recorded then, and sending it again carries it out.
  package func commit(_ prepared: PreparedImport) async throws -> [ImportResult] {
    try await submit(prepared).results()
  }

  /// Gives a prepared part to the writer, behind all that were submitted before, without waiting:
  /// the way to keep the order of a stream's parts and let several share a commit.
  ///
  /// Throws `StoreError`: `overloaded` if too much waits, `closed`.
  package func submit(_ prepared: PreparedImport) throws -> PendingImport {
    PendingImport(
      pending: try writer.enqueue(weight: prepared.items.count) { [self] session in
        try ImportWriter(store: self, session: session, part: prepared).run()
      }
    )
  }

  /// How far this office's import of a file has come.
  ///
  /// Throws `StoreError`: `refused`, `overloaded`.
  package func importProgress(
    _ request: GetImportRequest,
    scope: Scope
  ) async throws -> Import {
    try scope.require(.importRows)
    let office = scope.office(node: node)
    return try await work.run { [self] _ in
      try readers.with { try $0.importProgress(office: office, digest: request.fileDigest) }
    }
  }

  private func check(_ items: [ImportItem], _ file: ImportHeader) throws(StoreError) {
    if let rule = TextRules.broken(file.fileName, limit: 200) {
      throw .broken([Violation(rule, row: 0, member: 0, field: "file_name")])
    }
    guard file.fileDigest.count == 32 else {
      throw StoreError(
        .invalid,
        "an import has a file digest of 32 octets",
        zh: "导入应有 32 字节的文件摘要"
      )
    }
    guard items.count <= limits.itemsPerPart else {
      throw StoreError(
        .invalid,
        "a part has at most \(limits.itemsPerPart) items",
        zh: "每批最多 \(limits.itemsPerPart) 户"
      )
    }
    var last: UInt32 = 0
    for item in items {
      let (end, overflow) = item.firstRow.addingReportingOverflow(item.rowCount)
      guard item.firstRow > last, item.rowCount > 0, !overflow else {
        throw StoreError(
          .invalid,
          "the rows of a part's items must rise from 1 and not overlap",
          zh: "每批的行号应从 1 递增且不重叠"
        )
      }
      last = end - 1
    }
  }

  private func storedResults(
    _ file: PreparedImport.File,
    _ items: [ImportItem]
  ) async throws -> [UInt32: ImportResult] {
    guard let first = items.first, let last = items.last else { return [:] }
    return try await work.run { [self] _ in
      try readers.with { reader in
        guard let id = try reader.importID(file) else { return [:] }
        return try reader.results(import: id, rows: first.firstRow...last.lastRow).done
      }
    }
  }

  private func prepare(
    _ items: ArraySlice<ImportItem>,
    known: [UInt32: ImportResult],
    scope: Scope
  ) async throws -> [PreparedImport.Item] {
    try await work.run { [self] flag in
      try readers.with { reader in
        let preparer = ImportPreparer(self, reader: reader, scope: scope)
        return try items.map { item in
          try flag.check()
          if let result = known[item.firstRow] {
            return PreparedImport.Item(
              firstRow: item.firstRow,
              rowCount: item.rowCount,
              plan: .result(result)
            )
          }
          return try preparer.prepare(item)
        }
      }
    }
  }
}
