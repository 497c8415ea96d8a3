internal import RegistryAPI
internal import RegistryModel

/// A value that a step's rule does not take.
struct StepFault: Error, Hashable {
  let field: StepField
  let rule: Rule

  init(_ rule: Rule, _ field: StepField) {
    self.field = field
    self.rule = rule
  }

  /// The fault as results carry it.
  func violation(row: UInt32) -> Violation {
    Violation(rule, row: row, member: 0, field: field.rawValue)
  }
}

/// The values of one step as text: amounts in yuan, days as `YYYY-MM-DD`, codes by their names.
struct StepValues: Sendable, Hashable {
  /// The texts that were given; an empty one counts as none.
  var texts: [StepField: String] = [:]

  /// These values, and those of another where these say nothing.
  func over(_ base: StepValues) -> StepValues {
    StepValues(texts: base.texts.merging(texts.filter { !$0.value.isEmpty }) { _, own in own })
  }

  /// The step that the values and the move's kind make, for an application and version.
  ///
  /// - Throws: `StepFault` naming field and rule.
  func step(
    _ kind: ProcedureMove,
    application: [UInt8],
    version: UInt64
  ) throws(StepFault) -> Step {
    Step(
      application: application,
      baseVersion: try self.version() ?? version,
      day: try day(),
      reason: texts[.reason] ?? "",
      overQuotaReason: texts[.overQuotaReason] ?? "",
      move: try move(kind)
    )
  }

  /// What is done, by the values.
  ///
  /// - Throws: `StepFault` naming field and rule.
  func move(_ kind: ProcedureMove) throws(StepFault) -> Step.Move {
    switch kind {
    case .appraise: .appraise(try appraisal())
    case .decide: .decide(Verdict(accepted: try flag(.accepted)))
    case .decideAppeal: .decideAppeal(Verdict(accepted: try flag(.accepted)))
    case .examine: .examine(try examination())
    case .approvePoverty:
      .approvePoverty(
        PovertyApproval(decision: try choice(.decision, ProcedureWords.povertyDecisions))
      )
    case .approveSecurity:
      .approveSecurity(
        SecurityApproval(decision: try choice(.decision, ProcedureWords.securityDecisions))
      )
    case .sendBack: .returnTo(Return(to: try choice(.to, Self.levels)))
    case .withdraw: .withdraw(Withdrawal())
    case .appeal: .appeal(Appeal())
    case .register: .register(Registration())
    case .object: .object(ObjectionInput(text: try required(.text)))
    case .answer:
      .answer(ObjectionAnswer(objection: try place(.objection), upheld: try flag(.upheld)))
    case .settleDuplicate:
      .settleDuplicate(
        DuplicateAnswer(duplicate: try place(.duplicate), samePerson: try flag(.samePerson))
      )
    // These are no steps of values alone.
    case .apply, .amend, .openNotice, .closeNotice: throw StepFault(.required, .text)
    }
  }

  private func appraisal() throws(StepFault) -> Appraisal {
    var appraisal = Appraisal()
    appraisal.present = try number(.present)
    appraisal.votesFor = try number(.votesFor)
    appraisal.votesAgainst = try number(.votesAgainst, otherwise: 0)
    appraisal.abstained = try number(.abstained, otherwise: 0)
    if let text = given(.minutes) {
      guard let digest = Hexadecimal.bytes(text), digest.count == 32 else {
        throw StepFault(.codeUnknown, .minutes)
      }
      appraisal.minutes = digest
    }
    return appraisal
  }

  /// A refusal needs no figures; what is given goes with it.
  private func examination() throws(StepFault) -> Examination {
    var examination = Examination(accepted: try flag(.accepted))
    if examination.accepted || given(.income) != nil {
      guard let amount = Amount(yuan: try required(.income)) else {
        throw StepFault(.money, .income)
      }
      examination.netPerPerson = Money(fen: amount.fen)
    }
    if examination.accepted || given(.incomeYear) != nil {
      examination.incomeYear = try number(.incomeYear)
    }
    if examination.accepted || given(.ableToWork) != nil {
      examination.ableToWork = try flag(.ableToWork) ? .yes : .no
    }
    return examination
  }

  private func version() throws(StepFault) -> UInt64? {
    guard let text = given(.version) else { return nil }
    guard let version = UInt64(text) else { throw StepFault(.number, .version) }
    return version
  }

  private func day() throws(StepFault) -> Int32 {
    guard let text = given(.day) else { return 0 }
    guard let day = Day(text) else { throw StepFault(.dateInvalid, .day) }
    return Int32(day.yyyymmdd)
  }

  private func given(_ field: StepField) -> String? {
    guard let text = texts[field]?.trimmingSpaces, !text.isEmpty else { return nil }
    return text
  }

  private func required(_ field: StepField) throws(StepFault) -> String {
    guard let text = given(field) else { throw StepFault(.required, field) }
    return text
  }

  private func number(
    _ field: StepField,
    otherwise: UInt32? = nil
  ) throws(StepFault) -> UInt32 {
    if given(field) == nil, let otherwise { return otherwise }
    guard let number = UInt32(try required(field)) else { throw StepFault(.number, field) }
    return number
  }

  /// A place in a list, from 1; the first where nothing is said.
  private func place(_ field: StepField) throws(StepFault) -> UInt32 {
    let place = try number(field, otherwise: 1)
    guard place > 0 else { throw StepFault(.range, field) }
    return place
  }

  private func flag(_ field: StepField) throws(StepFault) -> Bool {
    switch try required(field).lowercased() {
    case "1", "yes", "true", "y", "是", "有", "同意": true
    case "0", "2", "no", "false", "n", "否", "无", "不同意": false
    default: throw StepFault(.truthValue, field)
    }
  }

  private func choice<E>(
    _ field: StepField,
    _ names: [(E, String, Text)]
  ) throws(StepFault) -> E {
    let text = try required(field)
    guard let found = names.first(where: { $0.1 == text.lowercased() || $0.2.zh == text }) else {
      throw StepFault(.codeUnknown, field)
    }
    return found.0
  }

  private static let levels: [(DivisionLevel, String, Text)] = [
    (.village, "village", Text(en: "village", zh: "村级")),
    (.township, "township", Text(en: "township", zh: "乡级")),
    (.county, "county", Text(en: "county", zh: "县级")),
  ]
}
