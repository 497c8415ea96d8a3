internal import RegistryAPI
internal import RegistryModel

/// What became of one row of a command on many applications.
struct StepOutcome: Sendable {
  var row: UInt32
  var number: String
  var state = ApplicationState.unspecified
  var version: UInt64 = 0
  var household = ""
  var possibleDuplicates: UInt32 = 0
  var violations: [Violation] = []
  var conflict: VersionConflict?

  /// A row that was not sent.
  init(row: UInt32, number: String, refusedBy violation: Violation) {
    self.row = row
    self.number = number
    violations = [violation]
  }

  /// A row that the node answered.
  init(_ result: StepResult, row: UInt32, number: String = "") {
    self.row = row
    self.number = result.number.isEmpty ? number : result.number
    state = result.state
    version = result.version
    household = result.householdNumber
    possibleDuplicates = result.possibleDuplicates
    violations = result.violations
    conflict = result.conflict
  }

  /// Whether the node did not do it.
  var isRefused: Bool { !violations.isEmpty || conflict != nil }

  /// Why it was not done, each rule with its name.
  var reason: Text {
    var reasons = violations.map { violation in
      var words = violation
      words.row = 0
      return Text(words)
    }
    if let conflict {
      reasons.append(
        Text(
          en: "made from version \(conflict.baseVersion), on record is \(conflict.currentVersion)",
          zh: "所依据的版本为 \(conflict.baseVersion)，现有版本为 \(conflict.currentVersion)"
        )
      )
    }
    return Self.joined(reasons)
  }

  /// What helps.
  var advice: Text {
    var rules = violations.map(\.rule)
    if rules.isEmpty, conflict != nil { rules = [ProcedureRule.stale.rawValue] }
    var words: [Text] = []
    for rule in rules {
      guard let more = ProcedureAdvice.words(rule, state: state, number: number),
        !words.contains(more)
      else { continue }
      words.append(more)
    }
    return Self.joined(words)
  }

  static let columns: [Rows.Column] = [
    .init("row", "Row", "行"), .init("number", "Number", "申请编号"),
    .init("result", "Result", "结果"), .init("state", "State", "状态"),
    .init("version", "Version", "版本"), .init("household", "Household", "户编号"),
    .init("possible_duplicates", "Duplicates", "疑似重复"), .init("reason", "Reason", "原因"),
    .init("next", "What to do", "如何处理"),
  ]

  func values(_ language: Language) -> [Value] {
    [
      .text(String(row)), number.isEmpty ? .absent : .text(number),
      isRefused
        ? .coded("refused", Text(en: "refused", zh: "被拒"))
        : .coded("done", Text(en: "done", zh: "完成")),
      ProcedureWords.value(state), version == 0 ? .absent : .text(String(version)),
      household.isEmpty ? .absent : .text(household),
      possibleDuplicates == 0 ? .absent : .integer(Int64(possibleDuplicates)),
      isRefused ? .text(reason(language)) : .absent,
      isRefused && !advice(language).isEmpty ? .text(advice(language)) : .absent,
    ]
  }

  private static func joined(_ words: [Text]) -> Text {
    Text(
      en: words.map(\.en).joined(separator: "; "),
      zh: words.map(\.zh).joined(separator: "；")
    )
  }
}
