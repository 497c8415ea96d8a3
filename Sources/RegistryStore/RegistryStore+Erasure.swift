internal import Journal
internal import RPCCore
internal import RPCProtobuf
package import RegistryAPI
package import RegistryModel
internal import SQL

extension RegistryStore {
  /// Erases a household with its applications: the keys are destroyed, so that no body that was ever
  /// recorded of it can be opened, and its rows go. The journal's entries stay, and every proof holds.
  ///
  /// Answers kept under idempotency keys are not looked for: they expire.
  ///
  /// Throws `StoreError`: `refused`, `notFound`, `invalid` without a reason, `conflict` for a stale
  /// version, `precondition` while an application of it is on its way.
  package func erase(
    _ request: EraseHouseholdRequest,
    idempotencyKey: [UInt8]? = nil,
    scope: Scope
  ) async throws -> Answered<EraseHouseholdResponse> {
    try scope.require(.erase)
    guard let id = Bytes16(request.id) else {
      throw StoreError.broken([Violation(.required, row: 0, member: 0, field: "id")])
    }
    if let rule = TextRules.broken(request.reason, limit: 400) {
      throw StoreError.broken([Violation(rule, row: 0, member: 0, field: "reason")])
    }
    guard !request.reason.isEmpty else {
      throw StoreError.broken([Violation(.required, row: 0, member: 0, field: "reason")])
    }
    let actor = scope.actor(node: node)
    let answered: Answered<EraseHouseholdResponse> = try await answered(
      "erase-household",
      request: request,
      key: idempotencyKey,
      scope: scope
    ) { [self] session in
      let found = try session.reader.household(.id(id), scope: scope, directory: divisions)
      guard let found else { throw StoreError.householdNotFound }
      guard found.version == request.baseVersion else {
        throw ChangePreparer.conflict(request.baseVersion, found.version, [])
      }
      guard !EntryPlace.isForeign(found.entry) else { throw ExchangeRule.owner.error() }
      let entry = try session.append(
        open: Erasure(reason: request.reason).serializedBytes(),
        EntryDraft(
          operation: .keyErased,
          kind: .household,
          subject: id,
          versionBefore: found.version,
          versionAfter: found.version,
          prior: found.entry,
          actor: actor
        )
      )
      try session.erase(id, found.recorded(), village: found.village, n: found.n)
      return EraseHouseholdResponse(entry: UInt64(entry))
    }
    return answered
  }
}

extension WriteSession {
  /// Takes a household's rows and keys away, with those of its applications.
  ///
  /// - Parameter isCopy: its own node erased it: what is on its way here has ended there.
  func erase(
    _ id: Bytes16,
    _ household: Household,
    village: DivisionRecord,
    n: Int64,
    isCopy: Bool = false
  ) throws {
    try eraseApplications(of: id, n: n, isCopy: isCopy)
    for (position, member) in household.members.enumerated() {
      guard let name = member.identity?.name, !name.isEmpty else { continue }
      try statements.delete(name: name, n: n, position: position)
    }
    let numbers = try HouseholdPreparer(context, reader: reader, scope: .system(reason: "erasure"))
      .memberNumbers(of: household)
    for number in numbers { try releaseCopied(number, n: n) }
    for (table, column) in [
      ("household_past", "household"), ("proposal", "household"), ("finding", "household"),
      ("idempotency", "household"), ("pair_found", "household"), ("pair_found", "other"),
    ] {
      try delete(from: table, where: column, n)
    }
    // What arrived from another county names people too.
    let keys = try connection.prepare(
      "DELETE FROM entry_key WHERE owner = $1 OR entry IN "
        + "(SELECT entry FROM arrival WHERE household = $1)"
    )
    keys.bind(id, at: 1)
    try keys.run()
    let settled = try connection.prepare(
      "DELETE FROM hand_over_settled WHERE id IN (SELECT id FROM hand_over WHERE household = $1)"
    )
    settled.bind(n, at: 1)
    try settled.run()
    try delete(from: "hand_over", where: "household", n)
    let arrivals = try connection.prepare("DELETE FROM arrival WHERE household = $1")
    arrivals.bind(id, at: 1)
    try arrivals.run()
    try delete(from: "household", where: "n", n)
    effects.tallies[village.id, default: Tally()].subtract(household, lines: context.lines)
  }

  private func delete(from table: String, where column: String, _ n: Int64) throws {
    let row = try connection.prepare("DELETE FROM \(table) WHERE \(column) = $1")
    row.bind(n, at: 1)
    try row.run()
  }

  /// Applications are sealed under the key of the household that they became, or came back to.
  private func eraseApplications(of owner: Bytes16, n: Int64, isCopy: Bool) throws {
    let rows = try connection.prepare(
      """
      SELECT n, village, period, state, people FROM application WHERE owner = $1 OR household = $2
      """
    )
    rows.bind(owner, at: 1)
    rows.bind(n, at: 2)
    var found: [(n: Int64, village: Int64, period: UInt32, state: ProcedureState, people: Int64)] =
      []
    try rows.forEach { row in
      found.append(
        (
          row.int64(at: 0), row.int64(at: 1), UInt32(clamping: row.int64(at: 2)),
          ProcedureState(rawValue: Int32(clamping: row.int64(at: 3))) ?? .applied,
          row.int64(at: 4)
        )
      )
    }
    guard isCopy || found.allSatisfy(\.state.isEnd) else { throw ExchangeRule.onItsWay.error() }
    for application in found {
      if let village = context.directory.record(id: application.village) {
        count(
          -1,
          village: village,
          period: application.period,
          state: application.state,
          people: application.people
        )
      }
      try delete(from: "applicant_number", where: "application", application.n)
      try delete(from: "applicant_name", where: "application", application.n)
      try delete(from: "application", where: "n", application.n)
    }
  }
}
