package import RegistryAPI

/// Who takes a step, as the transport and the table of offices know it.
package struct ProcedureActor: Sendable, Hashable {
  /// The identity of the certificate.
  package let identity: OfficeIdentity
  /// The level on record of the identity's division.
  package let level: DivisionTier
  /// The person's name in the certificate's subject.
  package let name: String

  /// Names an actor.
  package init(identity: OfficeIdentity, level: DivisionTier, name: String) {
    self.identity = identity
    self.level = level
    self.name = name
  }

  /// The office, as the procedure's table names it.
  package var office: ProcedureOffice { ProcedureOffice(kind: identity.kind, level: level) }
}

/// The evidence of a step: the octets that were signed and where they stand in the signed list.
package struct StepEvidence: Sendable, Hashable {
  /// The encoding of the `Step`.
  package var step: [UInt8]
  /// The signature over the list; empty for moves that need none.
  package var signature: [UInt8] = []
  /// The step's place in the list.
  package var place: UInt64 = 0
  /// The list's length.
  package var count: UInt64 = 1
  /// The inclusion proof.
  package var proof: [[UInt8]] = []
  /// SHA-256 of the certificate.
  package var certificate: [UInt8] = []

  /// The evidence of a step that nobody signed.
  package init(step: [UInt8]) { self.step = step }
}

/// What the rules of a step need to know beside the application itself.
package struct ProcedureContext: Sendable {
  /// The parameters that were set.
  package var policy: PolicyBook
  /// Poverty lines.
  package var lines: PovertyLines
  /// Dibao standards, per year.
  package var standards: PovertyLines
  /// The divisions from the state down to the village.
  package var chain: [DivisionCode]
  /// The present day.
  package var today: Day
  /// Whether the minutes that an appraisal names are kept for the village.
  package var hasMinutes: @Sendable ([UInt8]) -> Bool

  /// Names everything.
  package init(
    policy: PolicyBook,
    lines: PovertyLines,
    standards: PovertyLines,
    chain: [DivisionCode],
    today: Day,
    hasMinutes: @escaping @Sendable ([UInt8]) -> Bool
  ) {
    self.policy = policy
    self.lines = lines
    self.standards = standards
    self.chain = chain
    self.today = today
    self.hasMinutes = hasMinutes
  }
}

/// Why a step is refused: every rule that it breaks.
package struct ProcedureRefusal: Error, Sendable, Hashable {
  /// The rules broken.
  package var violations: [Violation]

  /// A refusal for one rule.
  package init(_ rule: ProcedureRule, _ field: String) {
    violations = [rule.violation(field)]
  }

  /// A refusal for several rules.
  package init(violations: [Violation]) { self.violations = violations }
}

/// The identification procedure: one application, one step, pure values.
///
/// What a move may do stands in `ProcedureTable`; what it does stands in `Procedure+Moves`.
package struct Procedure: Sendable {
  /// The most steps that an application takes. What ends a notice, or the application, is taken
  /// beyond, so that one application never holds up a notice.
  package static let stepLimit = 200
  /// The most octets of an application's steps together, so that it always fits into a message.
  package static let octetLimit = 512 << 10

  let context: ProcedureContext
  let actor: ProcedureActor

  /// Takes steps of one actor on applications of one village.
  package init(context: ProcedureContext, actor: ProcedureActor) {
    self.context = context
    self.actor = actor
  }

  /// The application after a step.
  ///
  /// The area and the base version are the caller's to check, and what needs other records: quotas,
  /// duplicates, the rules of the file in an amendment.
  /// - Throws: `ProcedureRefusal` with the rules broken.
  package func taking(
    _ step: Step,
    on application: Application,
    evidence: StepEvidence
  ) throws(ProcedureRefusal) -> Application {
    guard let move = ProcedureMove(step) else { throw ProcedureRefusal(.moveMissing, "move") }
    let day = try day(of: step.day, after: application)
    let row = try row(of: move, on: application)
    try checkReason(step, row, refuses: Self.refuses(step))
    if row.isDecision { try checkPerson(application) }
    var next = application
    try carryOut(step, move, on: &next, day: day, row: row)
    finish(&next, from: application, day: day, evidence: evidence, isDecision: row.isDecision)
    return next
  }

  /// The row of the table by which the actor may take a move now.
  func row(
    of move: ProcedureMove,
    on application: Application
  ) throws(ProcedureRefusal) -> ProcedureRow {
    guard let state = ProcedureState(application.state) else {
      throw ProcedureRefusal(.state, "application")
    }
    let rows = ProcedureTable.rows(of: move)
    guard rows.contains(where: { $0.offices.contains(actor.office) }) else {
      throw ProcedureRefusal(.office, "move")
    }
    let possible = rows.filter { $0.from.contains(state) }
    guard !possible.isEmpty else { throw ProcedureRefusal(.state, "move") }
    guard let row = possible.first(where: { $0.offices.contains(actor.office) }) else {
      throw ProcedureRefusal(.office, "move")
    }
    let octets = application.steps.reduce(0) { $0 + $1.step.count }
    let isFull = application.steps.count >= Self.stepLimit || octets >= Self.octetLimit
    if isFull, ![.withdraw, .answer, .closeNotice].contains(move) {
      throw ProcedureRefusal(.tooManySteps, "move")
    }
    return row
  }

  /// The day of a step: not after today, not before the last one.
  func day(of given: Int32, after application: Application) throws(ProcedureRefusal) -> Int32 {
    let today = Int32(context.today.yyyymmdd)
    let day = given == 0 ? today : given
    try checkEntry(of: day)
    guard day >= application.lastDay else { throw ProcedureRefusal(.dayOrder, "day") }
    return day
  }

  /// Throws `ProcedureRefusal` for a day that is none, lies in the future, or so long ago that what
  /// happened then is not entered any more.
  package func checkEntry(of number: Int32) throws(ProcedureRefusal) {
    guard let day = Day(yyyymmdd: Int(number)) else {
      throw ProcedureRefusal(violations: [Violation(.dateInvalid, row: 0, member: 0, field: "day")])
    }
    guard day <= context.today else { throw ProcedureRefusal(.dayFuture, "day") }
    let limit = context.policy.value(.entryDays, in: context.chain, on: context.today)
    guard Int64(context.today.daysSince1970) - Int64(day.daysSince1970) <= limit else {
      throw ProcedureRefusal(.dayLate, "day")
    }
  }

  /// Notes state, day and trail of a step that was carried out.
  func finish(
    _ next: inout Application,
    from application: Application,
    day: Int32,
    evidence: StepEvidence,
    isDecision: Bool = false
  ) {
    next.version = application.version + 1
    next.lastDay = day
    next.steps.append(
      TakenStep(
        step: evidence.step,
        actor: actor.identity.uri,
        person: actor.name,
        day: day,
        version: next.version,
        from: application.state,
        to: next.state,
        signature: evidence.signature,
        place: evidence.place,
        count: evidence.count,
        proof: evidence.proof,
        certificate: evidence.certificate,
        decision: isDecision
      )
    )
  }

  private func checkReason(
    _ step: Step,
    _ row: ProcedureRow,
    refuses: Bool
  ) throws(ProcedureRefusal) {
    let needed =
      switch row.reason {
      case .none: false
      case .always: true
      case .refusal: refuses
      }
    if needed, step.reason.isEmpty { throw ProcedureRefusal(.reasonMissing, "reason") }
    for (text, field) in [
      (step.reason, "reason"), (step.overQuotaReason, "over_quota_reason"),
    ] {
      if let rule = TextRules.broken(text, limit: 400) {
        throw ProcedureRefusal(violations: [Violation(rule, row: 0, member: 0, field: field)])
      }
    }
  }

  private static func refuses(_ step: Step) -> Bool {
    switch step.move {
    case .decide(let verdict)?: !verdict.accepted
    case .examine(let examination)?: !examination.accepted
    case .approvePoverty(let approval)?: approval.decision == .refused
    case .approveSecurity(let approval)?: approval.decision == .neither
    default: false
    }
  }

  /// Nobody decides on one application for two offices: the person's number is compared, whatever
  /// the office.
  private func checkPerson(_ application: Application) throws(ProcedureRefusal) {
    for step in application.steps where step.decision {
      guard let earlier = OfficeIdentity(uri: step.actor),
        earlier.person == actor.identity.person
      else { continue }
      if earlier.kind != actor.identity.kind || earlier.division != actor.identity.division {
        throw ProcedureRefusal(.samePerson, "move")
      }
    }
  }
}
