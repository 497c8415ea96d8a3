internal import RegistryAPI
package import RegistryModel
internal import SQL
internal import SQLite

extension RegistryStore {
  /// Recounts the registry: the database's own pages, the journal's tree from its entries, the
  /// counts from the households; deep, also every sealed file against its rows.
  ///
  /// `progress` is called on a thread of the store and must not wait for anything. Returns how much
  /// was found wrong. Throws `StoreError`: `refused`, `overloaded`, `damaged` if the database cannot
  /// be read through; `CancellationError`.
  package func check(
    deep: Bool,
    scope: Scope,
    progress: @escaping @Sendable (CheckProgress) -> Void
  ) async throws -> UInt64 {
    try scope.require(.check)
    return try await work.run { [self] flag in
      try readers.with { reader in
        var log = CheckLog(limit: limits.findings, flag: flag, report: progress)
        try checkDatabase(reader, &log)
        let size = try JournalTreeSource(reader.connection).size
        try JournalCheck(reader: reader).run(size: size, &log)
        try reader.connection.transaction {
          var households = HouseholdCheck(reader: reader, context: context, isDeep: deep)
          try households.run(&log)
          try TallyCheck(reader: reader, directory: divisions, isDeep: deep)
            .run(households.counted, &log)
        }
        log.finish()
        return log.findingCount
      }
    }
  }

  private func checkDatabase(_ reader: Reader, _ log: inout CheckLog) throws {
    // Other databases check their pages by themselves.
    guard let connection = reader.connection as? SQLiteConnection else { return }
    log.begin("database", total: 1)
    for finding in try connection.quickCheck() {
      log.find("database", at: finding, "the database's pages contradict each other", "数据库页面损坏")
    }
    try log.advance()
  }
}
