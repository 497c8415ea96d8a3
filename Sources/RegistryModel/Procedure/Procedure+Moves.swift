internal import RegistryAPI

/// What each move does to an application; whether it may be taken was checked before.
extension Procedure {
  func carryOut(
    _ step: Step,
    _ move: ProcedureMove,
    on next: inout Application,
    day: Int32,
    row: ProcedureRow
  ) throws(ProcedureRefusal) {
    switch step.move {
    case .appraise(let appraisal)?: try appraise(appraisal, &next, day)
    case .decide(let verdict)?: try decide(verdict, &next, day)
    case .examine(let examination)?: try examine(examination, &next, day)
    case .approvePoverty(let approval)?: try approve(poverty: approval.decision, &next)
    case .approveSecurity(let approval)?: try approve(security: approval.decision, &next)
    case .returnTo(let target)?: try sendBack(to: target.to, &next, row)
    case .withdraw?: withdraw(&next, day)
    case .appeal?: try appeal(&next, day)
    case .decideAppeal(let verdict)?: try decideAppeal(verdict, &next)
    case .register?: try register(step, &next)
    case .amend(let amendment)?: next.household = amendment.household
    case .object(let objection)?: try object(objection, &next, day)
    case .answer(let answer)?: try self.answer(answer, step.reason, &next, day)
    case .settleDuplicate(let answer)?: try settle(answer, step.reason, &next)
    case nil: throw ProcedureRefusal(.moveMissing, "move")
    }
  }

  private func appraise(
    _ appraisal: Appraisal,
    _ next: inout Application,
    _ day: Int32
  ) throws(ProcedureRefusal) {
    let votes =
      UInt64(appraisal.votesFor) + UInt64(appraisal.votesAgainst) + UInt64(appraisal.abstained)
    guard votes == UInt64(appraisal.present), votes <= 1_000_000 else {
      throw ProcedureRefusal(.appraisalVotes, "appraise.present")
    }
    guard Int64(appraisal.present) >= value(.appraisalQuorum, day) else {
      throw ProcedureRefusal(.appraisalQuorum, "appraise.present")
    }
    if appraisal.minutes.isEmpty {
      guard value(.appraisalMinutes, day) == 0 else {
        throw ProcedureRefusal(.minutesMissing, "appraise.minutes")
      }
    } else if !context.hasMinutes(appraisal.minutes) {
      throw ProcedureRefusal(.minutesUnknown, "appraise.minutes")
    }
    next.appraisal = appraisal
    next.state = ProcedureState.appraised.message
  }

  private func decide(
    _ verdict: Verdict,
    _ next: inout Application,
    _ day: Int32
  ) throws(ProcedureRefusal) {
    guard verdict.accepted else { return refuse(&next, at: .village) }
    let (present, votes) = (next.appraisal?.present ?? 0, next.appraisal?.votesFor ?? 0)
    guard Int64(votes) * 100 > Int64(present) * value(.appraisalMajority, day) else {
      throw ProcedureRefusal(.appraisalMajority, "decide.accepted")
    }
    next.state = ProcedureState.villageDecided.message
  }

  private func examine(
    _ given: Examination,
    _ next: inout Application,
    _ day: Int32
  ) throws(ProcedureRefusal) {
    guard given.accepted else {
      next.examination = given
      return refuse(&next, at: .township)
    }
    guard next.possibleDuplicates.allSatisfy(\.settled) else {
      throw ProcedureRefusal(.duplicateOpen, "possible_duplicates")
    }
    guard let net = given.netPerPerson else {
      throw ProcedureRefusal(.incomeMissing, "examine.net_per_person")
    }
    guard abs(net.fen.clamped) <= HouseholdRules.fenLimit else {
      throw broken(.range, "examine.net_per_person")
    }
    let year = UInt32(day / 10000)
    guard given.incomeYear <= year, given.incomeYear + 2 >= year else {
      throw ProcedureRefusal(.incomeYear, "examine.income_year")
    }
    guard given.ableToWork == .yes || given.ableToWork == .no else {
      throw broken(.required, "examine.able_to_work")
    }
    var examination = given
    let line = context.lines.inherited(context.chain, year: Int(given.incomeYear))
    examination.line = line.map { Money(fen: $0.amount.fen) }
    examination.lineDivision = line.map { $0.division.description } ?? ""
    next.examination = examination
    next.state = ProcedureState.examined.message
  }

  private func approve(
    poverty decision: PovertyDecision,
    _ next: inout Application
  ) throws(ProcedureRefusal) {
    guard next.povertyDecision == .unspecified else {
      throw ProcedureRefusal(.decisionMade, "approve_poverty")
    }
    switch decision {
    case .object:
      if let net = next.examination?.netPerPerson, let line = next.examination?.line,
        net.fen >= line.fen
      {
        throw ProcedureRefusal(.incomeOverLine, "approve_poverty.decision")
      }
      guard next.examination?.ableToWork == .yes else {
        throw ProcedureRefusal(.notAbleToWork, "approve_poverty.decision")
      }
    case .refused: break
    default: throw ProcedureRefusal(.decisionUnknown, "approve_poverty.decision")
    }
    next.povertyDecision = decision
    try join(&next, "approve_poverty.decision")
  }

  private func approve(
    security decision: SecurityDecision,
    _ next: inout Application
  ) throws(ProcedureRefusal) {
    guard next.securityDecision == .unspecified else {
      throw ProcedureRefusal(.decisionMade, "approve_security")
    }
    switch decision {
    case .dibao:
      let year = Int(next.examination?.incomeYear ?? 0)
      if let net = next.examination?.netPerPerson,
        let standard = context.standards.inherited(context.chain, year: year),
        net.fen >= standard.amount.fen
      {
        throw ProcedureRefusal(.incomeOverStandard, "approve_security.decision")
      }
    case .fiveGuarantee, .neither: break
    default: throw ProcedureRefusal(.decisionUnknown, "approve_security.decision")
    }
    next.securityDecision = decision
    try join(&next, "approve_security.decision")
  }

  /// The pair of decisions makes the category; one alone waits for the other.
  private func join(_ next: inout Application, _ field: String) throws(ProcedureRefusal) {
    let security = CivilAffairsDecision(rawValue: next.securityDecision.rawValue)
    if next.povertyDecision == .object, security == .fiveGuarantee {
      throw broken(.fiveGuaranteeExcludes, field)
    }
    guard next.povertyDecision != .unspecified, let security else {
      next.state = ProcedureState.approving.message
      return
    }
    let pair = HouseholdCategory.pair(
      povertyObject: next.povertyDecision == .object,
      civilAffairs: security
    )
    guard case .success(let category) = pair else { throw broken(.fiveGuaranteeExcludes, field) }
    guard let category else { return refuse(&next, at: .county) }
    next.category = Category(rawValue: category.rawValue)
    next.state = ProcedureState.approved.message
  }

  private func sendBack(
    to level: DivisionLevel,
    _ next: inout Application,
    _ row: ProcedureRow
  ) throws(ProcedureRefusal) {
    guard let target = Self.waiting(at: DivisionTier(rawValue: level.rawValue)),
      row.to.contains(target), target.rawValue < next.state.rawValue
    else { throw ProcedureRefusal(.returnLevel, "return_to.to") }
    reset(&next, to: target)
  }

  private func withdraw(_ next: inout Application, _ day: Int32) {
    // It leaves the notice that it stands in.
    if let last = next.notices.indices.last, next.notices[last].closedOn == 0 {
      next.notices[last].closedOn = day
    }
    next.state = ProcedureState.withdrawn.message
  }

  private func appeal(_ next: inout Application, _ day: Int32) throws(ProcedureRefusal) {
    guard !next.appealUsed else { throw ProcedureRefusal(.appealUsed, "appeal") }
    if let refused = Day(yyyymmdd: Int(next.lastDay)), let now = Day(yyyymmdd: Int(day)) {
      let days = Int64(now.daysSince1970) - Int64(refused.daysSince1970)
      guard days <= value(.appealDays, day) else { throw ProcedureRefusal(.appealDays, "day") }
    }
    next.state = ProcedureState.appealed.message
  }

  private func decideAppeal(
    _ verdict: Verdict,
    _ next: inout Application
  ) throws(ProcedureRefusal) {
    let refusedAt = DivisionTier(rawValue: next.rejectedAt.rawValue)
    let deciding: ProcedureOffice = refusedAt == .village ? .township : .poverty
    guard actor.office == deciding else { throw ProcedureRefusal(.appealLevel, "decide_appeal") }
    // The county decides appeals against itself: then by somebody who took no part in the refusal.
    let refusal = next.steps.lastIndex { $0.to == ProcedureState.rejected.message } ?? 0
    let halves = next.steps[..<refusal].reversed()
      .prefix { $0.to == ProcedureState.approving.message }
    for step in next.steps[refusal...].prefix(1) + halves
    where OfficeIdentity(uri: step.actor)?.person == actor.identity.person {
      throw ProcedureRefusal(.samePerson, "decide_appeal")
    }
    guard verdict.accepted, let target = Self.waiting(at: refusedAt) else {
      next.appealUsed = true
      next.state = ProcedureState.rejected.message
      return
    }
    // A possible duplicate may be refused by a level that the application had not come to: it goes
    // back no further up than it was, so that no stage is passed over.
    let reached = next.steps[refusal].from.rawValue
    let waiting = [ProcedureState.applied, .villageNoticed, .townshipNoticed]
    reset(&next, to: waiting.last { $0.rawValue <= min(reached, target.rawValue) } ?? .applied)
  }

  private func register(_ step: Step, _ next: inout Application) throws(ProcedureRefusal) {
    let members = next.household?.members ?? []
    if let place = members.firstIndex(where: { $0.identity?.citizenId.isEmpty ?? true }),
      step.reason.isEmpty
    {
      throw ProcedureRefusal(violations: [
        ProcedureRule.numberReview.violation("reason", member: UInt32(place + 1))
      ])
    }
    next.state = ProcedureState.registered.message
  }

  private func settle(
    _ answer: DuplicateAnswer,
    _ reason: String,
    _ next: inout Application
  ) throws(ProcedureRefusal) {
    let place = Int(answer.duplicate) - 1
    guard next.possibleDuplicates.indices.contains(place) else {
      throw ProcedureRefusal(.duplicateUnknown, "settle_duplicate.duplicate")
    }
    guard !next.possibleDuplicates[place].settled else {
      throw ProcedureRefusal(.duplicateSettled, "settle_duplicate.duplicate")
    }
    next.possibleDuplicates[place].settled = true
    next.possibleDuplicates[place].samePerson = answer.samePerson
    next.possibleDuplicates[place].reason = reason
    if answer.samePerson { refuse(&next, at: actor.level == .township ? .township : .county) }
  }
}

extension Procedure {
  /// The state in which an application waits for a level's decision; nil for levels without one.
  static func waiting(at level: DivisionTier?) -> ProcedureState? {
    switch level {
    case .village: .applied
    case .township: .villageNoticed
    case .county: .townshipNoticed
    default: nil
    }
  }

  /// Puts an application back to where a level decides, without what was decided since.
  func reset(_ next: inout Application, to state: ProcedureState) {
    if state == .applied { next.appraisal = nil }
    if state == .applied || state == .villageNoticed { next.examination = nil }
    next.povertyDecision = .unspecified
    next.securityDecision = .unspecified
    next.category = .unspecified
    next.rejectedAt = .unspecified
    next.state = state.message
  }

  func value(_ name: PolicyName, _ day: Int32) -> Int64 {
    guard let day = Day(yyyymmdd: Int(day)) else { return name.builtIn }
    return context.policy.value(name, in: context.chain, on: day)
  }

  func broken(_ rule: Rule, _ field: String) -> ProcedureRefusal {
    ProcedureRefusal(violations: [Violation(rule, row: 0, member: 0, field: field)])
  }

  private func refuse(_ next: inout Application, at level: DivisionTier) {
    next.rejectedAt = DivisionLevel(rawValue: level.rawValue)
    next.state = ProcedureState.rejected.message
  }
}

extension Int64 {
  /// The value, or the one beside it where it has no opposite.
  fileprivate var clamped: Int64 { self == .min ? .min + 1 : self }
}
