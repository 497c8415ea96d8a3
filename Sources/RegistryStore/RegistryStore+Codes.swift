package import RegistryAPI
package import RegistryModel
internal import SQL

extension RegistryStore {
  /// Adds codes to the registry's own lists, or names such anew, all or none; returns when they are
  /// durable and hold.
  ///
  /// They hold at the node and, as orders, at those below. Throws `StoreError`: `refused`, `invalid`
  /// with every rule broken, `keyReused`, `overloaded`, `diskFull`, `unavailable`.
  package func setCodes(
    _ request: SetCodesRequest,
    idempotencyKey: [UInt8]? = nil,
    scope: Scope
  ) async throws -> Answered<SetCodesResponse> {
    try scope.require(.setCode)
    let actor = scope.actor(node: node)
    let home = try home(of: scope)
    return try await answered(
      "set-codes",
      request: request,
      key: idempotencyKey,
      scope: scope,
      // Alone in its commit: what is written later goes by it.
      weight: limits.householdsPerCommit,
      prepare: { [self] _ in try plan(request.codes, home) },
      write: { planned, session in
        SetCodesResponse(codes: try planned.map { try session.set($0, actor: actor) })
      }
    )
  }

  /// The codes that were added, of one list or of all.
  ///
  /// Throws `StoreError`: `refused`, `invalid` for a list that is none.
  package func listCodes(
    _ request: ListCodesRequest,
    scope: Scope
  ) async throws -> ListCodesResponse {
    try scope.require(.divisionRead)
    guard request.list.isEmpty || CodeListName(extensible: request.list) != nil else {
      throw StoreError.broken([SettingRule.codeList.violation("list")])
    }
    return try await work.run { [self] _ in
      try readers.with { reader in
        let rows = try reader.connection.prepare(
          """
          SELECT j.recorded_at, j.sealed FROM code c JOIN journal j ON j.seq = c.entry
          WHERE $1 = '' OR c.list = $1 ORDER BY c.list, c.code
          """
        )
        rows.bind(request.list, at: 1)
        var response = ListCodesResponse()
        try rows.forEach { row in
          var (code, instant): (Code, Int64) = try reader.record(row)
          code.recordedAt = instant
          response.codes.append(code)
        }
        return response
      }
    }
  }

  private func plan(
    _ codes: [Code],
    _ home: DivisionRecord
  ) throws(StoreError) -> [PlannedCode] {
    guard 1...limits.parametersPerRequest ~= codes.count else {
      throw .broken([SettingRule.count.violation("codes")])
    }
    let rules = SettingRules(today: context.environment.today, allowsPast: isSynthetic)
    let bundled: CodeLists
    do {
      bundled = try CodeLists.load()
    } catch {
      throw StoreError(.dataFile, "the program's code lists cannot be read", cause: error)
    }
    var lists = context.lists
    var broken: [Violation] = []
    var planned: [PlannedCode] = []
    var keys: Set<String> = []
    for (index, code) in codes.enumerated() {
      let row = UInt32(index + 1)
      let found = rules.broken(code, row: row, over: bundled)
      broken += found
      guard found.isEmpty, let name = CodeListName(extensible: code.list) else { continue }
      let one = PlannedCode(division: home, list: name, given: code)
      if !keys.insert(one.key.text).inserted {
        broken.append(SettingRule.repeated.violation("codes", row: row))
      }
      for (text, field) in [(code.nameZh, "codes.name_zh"), (code.nameEn, "codes.name_en")] {
        if let other = lists[name].code(for: text), other != Int32(clamping: code.code) {
          broken.append(SettingRule.codeName.violation(field, row: row))
        }
      }
      lists = lists.setting(CodeList.Entry(code), in: name)
      planned.append(one)
    }
    guard broken.isEmpty else { throw .setting(broken) }
    return planned
  }
}

/// A code that may be set.
private struct PlannedCode: Sendable {
  var division: DivisionRecord
  var list: CodeListName
  var given: Code

  var key: RuleKey { .code(division, list: list, code: given.code) }
}

extension WriteSession {
  /// Writes a code and returns it as it is on record.
  fileprivate func set(_ planned: PlannedCode, actor: String) throws -> Code {
    var record = planned.given
    record.division = planned.division.code.description
    record.setBy = actor
    record.recordedAt = 0
    try set(planned.key, amount: Int64(record.code), actor: actor) { version in
      record.version = version
      return record
    }
    effects.published.append { [book = context.book, entry = CodeList.Entry(record)] in
      book.update { $0.set(entry, in: planned.list) }
    }
    record.recordedAt = instant.microseconds
    return record
  }
}

extension RuleBook.Contents {
  /// Adds a code to a list, or names it anew.
  mutating func set(_ entry: CodeList.Entry, in list: CodeListName) {
    lists = RuleBook.SharedLists(lists.value.setting(entry, in: list))
  }
}

extension CodeList.Entry {
  /// The row of an added code.
  init(_ code: Code) {
    self.init(code: Int32(clamping: code.code), chinese: code.nameZh, english: code.nameEn)
  }
}

extension CodeListName {
  /// The word that names an extensible list in messages; empty for every other.
  var word: String { CodeListName.extensible.first { $0.name == self }?.word ?? "" }
}
