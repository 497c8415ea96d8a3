internal import RegistryAPI
internal import RegistryModel

/// The dialogue about one application: question by question, each answer checked by the model's
/// rules and asked for again in the rule's words.
struct Interview {
  /// The longest code list that is shown without being asked for.
  private static let shownEntries = 20

  private let console: Console
  private let answers: any LineSource
  private let codes: CodeLists
  private let rules: HouseholdRules
  private var household = Household()
  /// Whether fields are asked for again: then an empty answer blanks what was said.
  private var mending = false

  init(
    console: Console,
    answers: any LineSource,
    codes: CodeLists,
    rules: HouseholdRules
  ) {
    self.console = console
    self.answers = answers
    self.codes = codes
    self.rules = rules
  }

  /// Asks everything, shows the whole and asks whether to record it.
  ///
  /// - Returns: the file; nil when the answer is no.
  /// - Throws: `interrupted` when the answers end, `dataRefused` when a rule stays broken that no
  ///   question can mend.
  mutating func run() throws(CommandFailure) -> Household? {
    console.note(
      Text(
        en: "Enter leaves a field empty, ? shows the codes, Ctrl-D ends without recording.",
        zh: "直接回车表示留空，输入 ? 显示代码表，Ctrl-D 退出且不登记。"
      )
    )
    for question in Question.household { try ask(question, member: 0) }
    repeat {
      try askMember(household.members.count)
    } while try confirm(Text(en: "Another member?", zh: "是否还有家庭成员？"))
    try mend()
    let checked = rules.normalised(household)
    console.note(
      Text(TablePrinter(language: console.language).text(HouseholdForm.record(checked, codes)))
    )
    return try confirm(Text(en: "Record this application?", zh: "是否登记此申请？")) ? checked : nil
  }

  private mutating func askMember(_ place: Int) throws(CommandFailure) {
    console.note(
      place == 0
        ? Text(en: "Member 1: the head", zh: "第 1 人：户主")
        : Text(en: "Member \(place + 1)", zh: "第 \(place + 1) 人")
    )
    var member = Member()
    if place == 0 { member.identity = Identity(relation: Relation.head) }
    household.members.append(member)
    for question in Question.member { try ask(question, member: place) }
  }

  /// Asks until the answer breaks no rule.
  private mutating func ask(_ question: Question, member: Int) throws(CommandFailure) {
    if let condition = question.condition, !condition(household, member) { return }
    if let list = question.list, codes[list].entries.count <= Self.shownEntries { show(list) }
    while true {
      let answer = try line(question)
      if answer == "?" {
        if let list = question.list { show(list) }
        continue
      }
      let faults = take(answer, question, member: member)
      if faults.isEmpty { return }
      for fault in faults { console.note(Text(en: "  \(fault.en)", zh: "  \(fault.zh)")) }
    }
  }

  /// Sets the answer if it is readable, and says which rules it breaks; then it is not kept.
  private mutating func take(
    _ answer: String,
    _ question: Question,
    member: Int
  ) -> [Text] {
    let path = question.path.split(separator: ".", omittingEmptySubsequences: false)
      .map { $0 == "N" ? String(member + 1) : String($0) }.joined(separator: ".")
    var next = household
    if !answer.isEmpty || question.isRequired || mending {
      do throws(CommandFailure) {
        let input: FieldInput = answer.isEmpty ? .nothing : .text(answer)
        _ = try HouseholdForm.set(path, to: input, in: &next, codes)
      } catch {
        return [error.words]
      }
    }
    if answer.isEmpty, !question.isRequired {
      household = next
      return []
    }
    let found = violations(of: next).filter { violation in
      question.fields.contains(violation.field)
        && (!question.path.hasPrefix("members.") || violation.member == 0
          || violation.member == UInt32(member + 1))
    }
    if found.isEmpty { household = next }
    return found.map { Text(en: "\($0.messageEn) (\($0.rule))", zh: "\($0.messageZh)（\($0.rule)）") }
  }

  /// Asks again for what the whole breaks, until it breaks nothing.
  private mutating func mend() throws(CommandFailure) {
    mending = true
    defer { mending = false }
    var rounds = 0
    while let broken = violations(of: household).first {
      rounds += 1
      console.note(Text(broken))
      let place = max(0, Int(broken.member) - 1)
      let questions = broken.field.hasPrefix("members") ? Question.member : Question.household
      let question = questions.first { question in
        question.fields.contains(broken.field)
          && question.condition.map { $0(household, place) } ?? true
      }
      guard let question, rounds <= 100 else {
        throw CommandFailure(
          .dataRefused,
          Text(en: "the application breaks a rule", zh: "申请不合规则"),
          details: [Text(broken)]
        )
      }
      try ask(question, member: place)
    }
  }

  /// What the file breaks; the decisions are not the applicant's to make.
  private func violations(of household: Household) -> [Violation] {
    rules.violations(of: rules.normalised(household)).filter {
      $0.field != "classification.poverty_decision"
        && $0.field != "classification.security_decision" && $0.field != "classification"
    }
  }

  private func show(_ list: CodeListName) {
    for entry in codes[list].entries {
      console.note(
        Text(en: "    \(entry.text)  \(entry.english)", zh: "    \(entry.text)  \(entry.chinese)")
      )
    }
  }

  private func line(_ question: Question) throws(CommandFailure) -> String {
    var prompt = question.title
    if let hint = question.hint {
      prompt = Text(en: "\(prompt.en) (\(hint.en))", zh: "\(prompt.zh)（\(hint.zh)）")
    }
    return try line(Text(en: prompt.en + ": ", zh: prompt.zh + "："))
  }

  private func line(_ prompt: Text) throws(CommandFailure) -> String {
    try console.error.write(prompt(console.language))
    guard let line = answers.line() else {
      throw CommandFailure(
        .interrupted,
        en: "the answers ended; nothing was recorded",
        zh: "输入中止，未登记"
      )
    }
    return line.trimmingSpaces
  }

  private func confirm(_ question: Text) throws(CommandFailure) -> Bool {
    while true {
      let answer = try line(
        Text(en: question.en + " (yes/no): ", zh: question.zh + "（是/否）：")
      )
      switch answer.lowercased() {
      case "yes", "y", "是": return true
      case "no", "n", "否": return false
      default: continue
      }
    }
  }
}
