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
  /// version, `precondition` while an application of it is on its way, or while it moves to another
  /// county: what is carried there would come back to life.
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
      if try session.reader.transit(of: found.n, in: context.province) == .ready {
        throw ExchangeRule.inTransit.error()
      }
      try session.requireNoneOnItsWay(of: id)
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
      try session.noteUrgent(entry)
      try session.erase(id, found.recorded(), village: found.village, n: found.n)
      return EraseHouseholdResponse(entry: UInt64(entry))
    }
    return answered
  }
}

extension WriteSession {
  /// Throws `StoreError` (`precondition`) while an application of a household is on its way.
  fileprivate func requireNoneOnItsWay(of owner: Bytes16) throws {
    let rows = try connection.prepare("SELECT state FROM application WHERE owner = $1")
    rows.bind(owner, at: 1)
    try rows.forEach { row in
      let state = ProcedureState(rawValue: Int32(clamping: row.int64(at: 0)))
      if state?.isEnd != true { throw ExchangeRule.onItsWay.error() }
    }
  }

  /// Takes a household's rows and keys away, with those of its applications.
  func erase(_ id: Bytes16, _ household: Household, village: DivisionRecord, n: Int64) throws {
    try eraseEntryKeys(of: id, n: n)
    try eraseApplications(of: id)
    for (position, member) in household.members.enumerated() {
      guard let name = member.identity?.name, !name.isEmpty else { continue }
      try statements.delete(name: name, n: n, position: position)
    }
    let numbers = try HouseholdPreparer(context, reader: reader, scope: .system(reason: "erasure"))
      .memberNumbers(of: household)
    for number in numbers { try releaseCopied(number, n: n) }
    let settled = try connection.prepare(
      "DELETE FROM hand_over_settled WHERE id IN (SELECT id FROM hand_over WHERE household = $1)"
    )
    settled.bind(n, at: 1)
    try settled.run()
    for (table, column) in [
      ("household_past", "household"), ("proposal", "household"), ("finding", "household"),
      ("pair_found", "household"), ("pair_found", "other"), ("hand_over", "household"),
      ("household", "n"),
    ] {
      try delete(from: table, where: column, n)
    }
    for table in ["arrival", "ahead"] {
      let rows = try connection.prepare("DELETE FROM \(table) WHERE household = $1")
      rows.bind(id, at: 1)
      try rows.run()
    }
    // A call that is repeated under its key must find that the file is gone, not register it anew; no
    // household has the number 0.
    let calls = try connection.prepare(
      "UPDATE idempotency SET household = 0 WHERE household = $1"
    )
    calls.bind(n, at: 1)
    try calls.run()
    effects.tallies[village.id, default: Tally()].subtract(household, lines: context.lines)
  }

  private func delete(from table: String, where column: String, _ n: Int64) throws {
    let row = try connection.prepare("DELETE FROM \(table) WHERE \(column) = $1")
    row.bind(n, at: 1)
    try row.run()
  }

  /// Bodies under keys of their own name the people too: what arrived from another county, what was
  /// carried to one, what took no effect here.
  private func eraseEntryKeys(of id: Bytes16, n: Int64) throws {
    let keys = try connection.prepare(
      """
      DELETE FROM entry_key WHERE owner = $1
        OR owner IN (SELECT id FROM application WHERE owner = $1)
        OR owner IN (SELECT id FROM proposal WHERE household = $2)
        OR owner IN (SELECT id FROM hand_over WHERE household = $2)
        OR entry IN (SELECT entry FROM arrival WHERE household = $1)
      """
    )
    keys.bind(id, at: 1)
    keys.bind(n, at: 2)
    try keys.run()
  }

  /// Applications are sealed under the key of the household that they became, or came back to.
  ///
  /// A copy of one may seem to be on its way: the steps that ended it came without their contents.
  func eraseApplications(of owner: Bytes16) throws {
    let rows = try connection.prepare(
      """
      SELECT n, village, period, state, people, category FROM application WHERE owner = $1
      """
    )
    rows.bind(owner, at: 1)
    var found: [ErasedApplication] = []
    try rows.forEach { found.append(ErasedApplication($0)) }
    for application in found {
      try releasePeople(ofApplication: application.n)
      if let village = context.directory.record(id: application.village) {
        countOut(application, of: village)
      }
      try delete(from: "applicant_name", where: "application", application.n)
      try delete(from: "application", where: "n", application.n)
    }
  }

  private func countOut(_ application: ErasedApplication, of village: DivisionRecord) {
    count(
      -1,
      village: village,
      period: application.period,
      state: application.state,
      people: application.people
    )
    if application.state == .countyNoticed, let category = application.category {
      effects.tallies[village.id, default: Tally()]
        .countNoticed(category, people: application.people, sign: -1)
    }
  }
}

/// What the counts have of an application that is erased.
private struct ErasedApplication {
  let n: Int64
  let village: Int64
  let period: UInt32
  let state: ProcedureState
  let people: Int64
  let category: HouseholdCategory?

  init(_ row: any SQLStatement) {
    n = row.int64(at: 0)
    village = row.int64(at: 1)
    period = UInt32(clamping: row.int64(at: 2))
    state = ProcedureState(rawValue: Int32(clamping: row.int64(at: 3))) ?? .applied
    people = row.int64(at: 4)
    category = HouseholdCategory(rawValue: Int32(clamping: row.int64(at: 5)))
  }
}
