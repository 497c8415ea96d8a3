package import RegistryAPI
package import RegistryModel
internal import SQL

extension RegistryStore {
  /// Sets quotas, all or none; returns when they are durable and hold.
  ///
  /// Throws `StoreError` as `setPolicy` does; `invalid` also where the quotas of a division's
  /// children pass its own, or one sinks below what is allotted, and no reason is given.
  package func setQuotas(
    _ request: SetQuotasRequest,
    idempotencyKey: [UInt8]? = nil,
    scope: Scope
  ) async throws -> Answered<SetQuotasResponse> {
    try scope.require(.setQuota)
    let actor = scope.actor(node: node)
    return try await answered(
      "set-quotas",
      request: request,
      key: idempotencyKey,
      scope: scope,
      // Alone in its commit: steps that come later are compared with it.
      weight: limits.householdsPerCommit,
      prepare: { [self] _ in try plan(request.quotas, scope) },
      write: { planned, session in
        let broken = try session.checkAllotment(planned)
        guard broken.isEmpty else { throw StoreError.setting(broken) }
        return SetQuotasResponse(quotas: try planned.map { try session.set($0, actor: actor) })
      }
    )
  }

  /// The quota of a division for a period and what counts against it; with a breakdown also those
  /// of each division directly below, in the order of their codes.
  ///
  /// Throws `StoreError`: `refused` outside the scope's area, `invalid`, `notFound` for a code.
  package func listQuotas(
    _ request: ListQuotasRequest,
    scope: Scope
  ) async throws -> ListQuotasResponse {
    try scope.require(.quotaRead)
    let division = try ruled(request.division, scope)
    let year = UInt32(context.environment.today.components.year)
    let period = request.period == 0 ? year : request.period
    return try await work.run { [self] _ in
      let below = request.breakdown ? divisions.children(of: division) : []
      let uses = try readers.with { reader in
        try reader.quotas([division] + below, period: period, directory: divisions)
      }
      return ListQuotasResponse(quotas: uses, period: period)
    }
  }

  fileprivate func plan(
    _ quotas: [Quota],
    _ scope: Scope
  ) throws(StoreError) -> [PlannedQuota] {
    guard 1...limits.quotasPerRequest ~= quotas.count else {
      throw .broken([SettingRule.count.violation("quotas")])
    }
    let rules = SettingRules(today: context.environment.today, allowsPast: isSynthetic)
    let setter = scope.isSystem ? nil : try home(of: scope)
    var broken: [Violation] = []
    var planned: [PlannedQuota] = []
    var keys: Set<String> = []
    for (index, quota) in quotas.enumerated() {
      let row = UInt32(index + 1)
      let place = division(
        ofRecord: quota.division,
        "quotas.division",
        row: row,
        scope: scope,
        &broken
      )
      broken += rules.broken(quota, row: row)
      guard let place else { continue }
      if !isSet(place, by: setter) {
        broken.append(SettingRule.quotaLevel.violation("quotas.division", row: row))
      }
      let one = PlannedQuota(division: place, given: quota, row: row)
      if !keys.insert(one.key.text).inserted {
        broken.append(SettingRule.repeated.violation("quotas", row: row))
      }
      planned.append(one)
    }
    guard broken.isEmpty else { throw .setting(broken) }
    return planned
  }

  /// Whether an office of a division sets the quota of another.
  ///
  /// Counties have theirs from above, whichever office sets it; below, each level sets the next.
  /// Townships of a prefecture without counties have theirs from above as counties do.
  private func isSet(_ target: DivisionRecord, by setter: DivisionRecord?) -> Bool {
    guard let setter else { return target.level >= .county }
    if setter.level >= .county { return target.parent == setter.id }
    let parent = target.parent.flatMap { divisions.record(id: $0) }
    return target.level == .county || (target.level == .township && parent?.level == .prefecture)
  }
}

/// A quota that may be set, as far as it alone tells.
struct PlannedQuota: Sendable {
  var division: DivisionRecord
  var given: Quota
  var row: UInt32

  var key: RuleKey { .quota(division, period: given.period) }
}

extension WriteSession {
  /// Sets quotas that a stand-alone office set, under the rules that hold here.
  ///
  /// Throws `StoreError` as `RegistryStore.setQuotas` does.
  func set(_ quotas: [Quota], scope: Scope, _ store: RegistryStore) throws {
    let planned = try store.plan(quotas, scope)
    let broken = try checkAllotment(planned)
    guard broken.isEmpty else { throw StoreError.setting(broken) }
    for one in planned { _ = try set(one, actor: scope.actor(node: node)) }
  }

  /// The rules of allotment that quotas break without a reason: level by level.
  fileprivate func checkAllotment(_ planned: [PlannedQuota]) throws -> [Violation] {
    var broken: [Violation] = []
    for period in Set(planned.map(\.given.period)).sorted() {
      let ones = planned.filter { $0.given.period == period }
      let before = try reader.quotas(period: period)
      var after = before
      for one in ones { after[one.division.id] = one.given.people }
      let allotted = context.directory.sums(byParent: after)
      for one in ones where one.given.reason.isEmpty {
        let (id, people) = (one.division.id, one.given.people)
        if let parent = one.division.parent, let own = after[parent],
          allotted[parent] ?? 0 > own, people > before[id] ?? 0
        {
          broken.append(SettingRule.quotaAllotted.violation("quotas.people", row: one.row))
        }
        if people < allotted[id] ?? 0, people < before[id] ?? .max {
          broken.append(SettingRule.quotaLowered.violation("quotas.people", row: one.row))
        }
      }
    }
    return broken.sorted { $0.row < $1.row }
  }

  /// Writes a quota and returns it as it is on record.
  fileprivate func set(_ planned: PlannedQuota, actor: String) throws -> Quota {
    var record = planned.given
    record.division = planned.division.code.description
    record.setBy = actor
    record.recordedAt = 0
    try set(planned.key, amount: record.people, actor: actor) { version in
      record.version = version
      return record
    }
    let key = RuleBook.QuotaKey(division: planned.division.id, period: record.period)
    effects.published.append { [book = context.book, people = record.people] in
      book.update { $0.quotas[key] = people }
    }
    record.recordedAt = instant.microseconds
    return record
  }
}

extension DivisionDirectory {
  /// The sums of quotas by the division above.
  fileprivate func sums(byParent quotas: [Int64: Int64]) -> [Int64: Int64] {
    var sums: [Int64: Int64] = [:]
    for (id, people) in quotas {
      if let parent = record(id: id)?.parent { sums[parent, default: 0] += people }
    }
    return sums
  }
}

extension Reader {
  /// All quotas of a period by division.
  fileprivate func quotas(period: UInt32) throws -> [Int64: Int64] {
    let rows = try connection.prepare("SELECT division, people FROM quota WHERE period = $1")
    rows.bind(Int64(period), at: 1)
    var quotas: [Int64: Int64] = [:]
    try rows.forEach { quotas[$0.int64(at: 0)] = $0.int64(at: 1) }
    return quotas
  }

  /// Quotas and what counts against them, of one moment.
  fileprivate func quotas(
    _ divisions: [DivisionRecord],
    period: UInt32,
    directory: DivisionDirectory
  ) throws -> [QuotaUse] {
    try connection.transaction {
      let allotted = directory.sums(byParent: try quotas(period: period))
      return try divisions.map { division in
        let quota = try quota(of: division, period: period)
        let counts = try counts(of: division, period: period)
        return QuotaUse(
          division: directory.message(division),
          quota: quota,
          proposed: counts.proposed,
          examined: counts.examined,
          approved: counts.approved,
          registered: counts.registered,
          over: counts.over(quota?.people),
          allotted: allotted[division.id] ?? 0,
          applications: counts.applications
        )
      }
    }
  }

  private func quota(of division: DivisionRecord, period: UInt32) throws -> Quota? {
    let row = try connection.prepare(
      """
      SELECT j.recorded_at, j.sealed FROM quota q JOIN journal j ON j.seq = q.entry
      WHERE q.division = $1 AND q.period = $2
      """
    )
    row.bind(division.id, at: 1)
    row.bind(Int64(period), at: 2)
    return try row.first { row in
      var (quota, instant): (Quota, Int64) = try record(row)
      quota.recordedAt = instant
      return quota
    }
  }

  private func counts(of division: DivisionRecord, period: UInt32) throws -> QuotaCounts {
    let rows = try connection.prepare(
      """
      SELECT state, applications, people FROM application_count
      WHERE division = $1 AND period = $2
      """
    )
    rows.bind(division.id, at: 1)
    rows.bind(Int64(period), at: 2)
    var counts = QuotaCounts()
    try rows.forEach { row in
      guard let state = ProcedureState(rawValue: Int32(truncatingIfNeeded: row.int64(at: 0))) else {
        throw StoreError(.damaged, "applications are counted in a state that is none")
      }
      counts.add(state, applications: row.int64(at: 1), people: row.int64(at: 2))
    }
    return counts
  }
}
