internal import RegistryAPI
package import RegistryModel
internal import SQL
internal import Synchronization

extension RegistryStore {
  /// Recounts the registry: the database's own pages, the journal's tree from its entries, the
  /// counts from the households and applications; deep, also every sealed file against its rows.
  ///
  /// `progress` is called on a thread of the store and must not wait for anything. Returns how much
  /// was found wrong. Throws `StoreError`: `refused` unless the scope covers the node's whole
  /// division, `overloaded` while another check runs,
  /// `damaged` if the database cannot be read through; `CancellationError`.
  package func check(
    deep: Bool,
    scope: Scope,
    progress: @escaping @Sendable (CheckProgress) -> Void
  ) async throws -> UInt64 {
    try scope.require(.check)
    guard scope.covers(division.path) else {
      throw StoreError.refused(
        by: "office.area",
        "a check recounts the whole node, and its division lies outside the caller's area",
        zh: "核对涉及整个节点，而节点所在区划不在本机构辖区内"
      )
    }
    let isFirst = isChecking.withLock { isChecking in
      defer { isChecking = true }
      return !isChecking
    }
    guard isFirst else { throw StoreError(.overloaded, "another check runs", zh: "另一核对正在进行") }
    defer { isChecking.withLock { $0 = false } }
    return try await checks.run { [self] flag in
      try readers.with { reader in
        try flag.interrupting(reader.connection.interrupter) {
          var log = CheckLog(limit: limits.findings, flag: flag, report: progress)
          try check(reader, deep: deep, &log)
          log.finish()
          return log.findingCount
        }
      }
    }
  }

  func check(_ reader: Reader, deep: Bool, _ log: inout CheckLog) throws {
    try checkDatabase(reader, &log)
    let size = try JournalTreeSource(reader.connection).size
    try JournalCheck(reader: reader).run(size: size, &log)
    try CopyCheck(reader: reader).run(&log)
    let tallies = TallyCheck(reader: reader, directory: divisions, isDeep: deep)
    var households = HouseholdCheck(
      reader: reader,
      context: context,
      tallies: tallies,
      isDeep: deep,
      isOffice: isOffice
    )
    try households.run(&log)
    if deep { try RecordCheck(reader: reader).run(&log) }
    try tallies.run(&log)
    if deep { try ApplicationCheck(reader: reader, directory: divisions).run(&log) }
    try ApplicationCountCheck(reader: reader, directory: divisions).run(&log)
    try RuleCheck(reader: reader, directory: divisions).run(&log)
    try PilotCheck(reader: reader, directory: divisions, kinds: pilotKinds).run(&log)
    try LookCheck(reader: reader).run(&log)
  }

  private func checkDatabase(_ reader: Reader, _ log: inout CheckLog) throws {
    try log.begin("database", total: 1)
    for finding in try reader.connection.pageFindings() {
      log.find("database", at: finding, "the database's pages contradict each other", "数据库页面损坏")
    }
    try log.advance()
  }
}
