package import RegistryAPI
package import RegistryModel
internal import SQL

extension RegistryStore {
  /// Sets parameters of the procedure, all or none; returns when they are durable and hold.
  ///
  /// Throws `StoreError`: `refused` where a division lies outside the scope's area, `invalid` with
  /// every rule broken, `keyReused`, `overloaded`, `diskFull`, `unavailable`.
  package func setPolicy(
    _ request: SetPolicyRequest,
    idempotencyKey: [UInt8]? = nil,
    scope: Scope
  ) async throws -> Answered<SetPolicyResponse> {
    try scope.require(.setPolicy)
    let actor = scope.actor(node: node)
    return try await answered(
      "set-policy",
      request: request,
      key: idempotencyKey,
      scope: scope,
      // Alone in its commit: what is written later goes by it.
      weight: limits.householdsPerCommit,
      prepare: { [self] _ in try plan(request.parameters, scope) },
      write: { planned, session in
        SetPolicyResponse(parameters: try planned.map { try session.set($0, actor: actor) })
      }
    )
  }

  /// The parameters that hold in a division on a day, in the order of their names; or all that are
  /// on record for it and those above.
  ///
  /// Throws `StoreError`: `refused` outside the scope's area, `invalid`, `notFound` for a code.
  package func listPolicy(
    _ request: ListPolicyRequest,
    scope: Scope
  ) async throws -> ListPolicyResponse {
    try scope.require(.policyRead)
    let division = try ruled(request.division, scope)
    let given = request.day == 0 ? context.environment.today : Day(yyyymmdd: Int(request.day))
    guard let day = given else {
      throw StoreError.broken([Violation(.dateInvalid, row: 0, member: 0, field: "day")])
    }
    let chain = divisions.chain(to: division)
    let found = try await work.run { [self] _ in
      try readers.with { try $0.parameters(of: chain) }
    }
    let names = PolicyName.allCases.sorted { $0.rawValue < $1.rawValue }
    return ListPolicyResponse(
      parameters: names.flatMap { name in
        let own = found.map { $0.filter { $0.name == name.rawValue } }
        if request.all { return [Self.builtIn(name)] + own.flatMap { $0 } }
        let holding = own.reversed().lazy.compactMap { set in
          set.last { $0.validFrom <= Int32(day.yyyymmdd) }
        }
        return [holding.first ?? Self.builtIn(name)]
      }
    )
  }

  /// The division of a question about rules: the caller's own for an empty code.
  func ruled(_ code: String, _ scope: Scope) throws(StoreError) -> DivisionRecord {
    let asked = code.isEmpty ? try home(of: scope) : try division(text: code)
    guard scope.covers(asked.path) else {
      throw .outsideArea
    }
    return asked
  }

  /// The division of a record that is to be set, by its code; adds the rule that it breaks.
  func division(
    ofRecord code: String,
    _ field: String,
    row: UInt32,
    scope: Scope,
    _ broken: inout [Violation]
  ) -> DivisionRecord? {
    guard let record = DivisionCode(code).flatMap({ divisions.record(code: $0) }) else {
      broken.append(SettingRule.divisionUnknown.violation(field, row: row))
      return nil
    }
    guard scope.covers(record.path) else {
      broken.append(SettingRule.area.violation(field, row: row))
      return nil
    }
    return record
  }

  private func plan(
    _ parameters: [PolicyParameter],
    _ scope: Scope
  ) throws(StoreError) -> [PlannedParameter] {
    guard 1...limits.parametersPerRequest ~= parameters.count else {
      throw .broken([SettingRule.count.violation("parameters")])
    }
    let rules = SettingRules(today: context.environment.today, allowsPast: isSynthetic)
    var broken: [Violation] = []
    var planned: [PlannedParameter] = []
    var keys: Set<String> = []
    for (index, parameter) in parameters.enumerated() {
      let row = UInt32(index + 1)
      let place = division(
        ofRecord: parameter.division,
        "parameters.division",
        row: row,
        scope: scope,
        &broken
      )
      broken += rules.broken(parameter, row: row)
      guard let place, let name = PolicyName(rawValue: parameter.name) else { continue }
      let one = PlannedParameter(division: place, name: name, given: parameter)
      if !keys.insert(one.key.text).inserted {
        broken.append(SettingRule.repeated.violation("parameters", row: row))
      }
      planned.append(one)
    }
    guard broken.isEmpty else { throw .setting(broken) }
    return planned
  }

  private static func builtIn(_ name: PolicyName) -> PolicyParameter {
    PolicyParameter(
      division: DivisionCode.state.description,
      name: name.rawValue,
      value: name.builtIn,
      setBy: builtInSetter
    )
  }

  /// Who set what comes with the program.
  static let builtInSetter = "built-in"
}

/// A parameter that may be set.
private struct PlannedParameter: Sendable {
  var division: DivisionRecord
  var name: PolicyName
  var given: PolicyParameter

  var key: RuleKey { .policy(division, name, validFrom: given.validFrom) }
}

extension WriteSession {
  /// Writes a parameter and returns it as it is on record.
  fileprivate func set(_ planned: PlannedParameter, actor: String) throws -> PolicyParameter {
    var record = planned.given
    record.division = planned.division.code.description
    record.setBy = actor
    record.recordedAt = 0
    try set(planned.key, amount: record.value, actor: actor) { version in
      record.version = version
      return record
    }
    if let day = Day(yyyymmdd: Int(record.validFrom)) {
      let entry = PolicyBook.Entry(
        division: planned.division.code,
        name: planned.name,
        validFrom: day,
        value: record.value
      )
      effects.published.append { [book = context.book] in book.update { $0.policy.set(entry) } }
    }
    record.recordedAt = instant.microseconds
    return record
  }
}

extension Reader {
  /// The parameters on record for each division, in the order of names and days.
  fileprivate func parameters(of divisions: [DivisionRecord]) throws -> [[PolicyParameter]] {
    // One view for all reads; nothing is waited for inside.
    try connection.transaction {
      let rows = try connection.prepare(
        """
        SELECT j.recorded_at, j.sealed FROM policy p JOIN journal j ON j.seq = p.entry
        WHERE p.division = $1 ORDER BY p.name, p.valid_from
        """
      )
      return try divisions.map { division in
        var found: [PolicyParameter] = []
        rows.bind(division.id, at: 1)
        try rows.forEach { row in
          var (parameter, instant): (PolicyParameter, Int64) = try record(row)
          parameter.recordedAt = instant
          found.append(parameter)
        }
        return found
      }
    }
  }
}

extension StoreError {
  /// Why nothing was set: a division outside the caller's area is a refusal, everything else a
  /// wrong request.
  static func setting(_ violations: [Violation]) -> StoreError {
    var error = StoreError.broken(violations)
    if let area = violations.first(where: { $0.rule == SettingRule.area.rawValue }) {
      error = .refused(by: area.rule, area.messageEn, zh: area.messageZh)
      error.details?.violations = violations
    }
    return error
  }
}
