package import RegistryAPI

/// What a change makes of the households concerned.
package struct ChangedHouseholds: Sendable, Hashable {
  /// The household's next version: everything but version, instant and change note.
  package var household: Household
  /// The other one: of a split the new household, of a merger the closed one; else nil.
  package var other: Household?
  /// What kind of change it is.
  package var kind: ChangeKind
  /// The day from which it holds, YYYYMMDD.
  package var effectiveOn: Int32
}

/// Dynamic management as pure functions: what a change makes of a household on record.
///
/// The results obey the rules of changes; those of whole files (`HouseholdRules`) and of places are
/// for the caller to apply to them.
package struct ChangeRules: Sendable {
  /// The code lists that values are looked up in.
  let lists: CodeLists
  /// The day that no change may lie after.
  let today: Day
  /// The office whose change it is; nil while it is only proposed, and for the program itself.
  let office: OfficeKind?

  /// Makes the rules for a day and the office that changes.
  package init(lists: CodeLists, today: Day, office: OfficeKind?) {
    self.lists = lists
    self.today = today
    self.office = office
  }

  /// The longest reason in octets.
  package static let reasonLimit = 400
  /// Exit reasons that have changes of their own, in `ours: exit reason`.
  package static let movedAway: UInt32 = 3
  package static let merged: UInt32 = 4

  /// Applies a change to a household on record.
  ///
  /// - Parameter other: the household that joins in a merger, as it is on record.
  /// - Returns: what becomes of them, and the rules that the change breaks; with any, the first is
  ///   not to be used.
  package func apply(
    _ change: Change,
    to current: Household,
    other: Household? = nil
  ) -> (result: ChangedHouseholds, violations: [Violation]) {
    var draft = ChangeDraft(current, other: other, day: day(of: change))
    checkCommon(change, current, &draft)
    switch change.kind {
    case .correct(let value)?: correct(value, &draft)
    case .review(let value)?: review(value, &draft)
    case .birth(let value)?: birth(value, &draft)
    case .death(let value)?: death(value, &draft)
    case .marriage(let value)?: marriage(value, &draft)
    case .split(let value)?: split(value, &draft)
    case .merge(let value)?: merge(value, &draft)
    case .move(let value)?: move(value, &draft)
    case .moveAway(let value)?: moveAway(value, &draft)
    case .category(let value)?: category(value, &draft)
    case .exit(let value)?: exit(value, &draft)
    case nil: draft.refuse(.kindMissing, "change.kind")
    }
    if draft.violations.isEmpty, draft.household == current, draft.newOther == nil {
      draft.refuse(.nothingChanges, "change")
    }
    draft.household.effectiveOn = draft.day
    draft.newOther?.effectiveOn = draft.day
    let result = ChangedHouseholds(
      household: draft.household,
      other: draft.newOther,
      kind: change.changeKind,
      effectiveOn: draft.day
    )
    return (result, draft.violations)
  }

  /// What is wrong with the words of a reason: length or control characters; nil if nothing is.
  package static func violation(ofReason reason: String, _ field: String) -> Violation? {
    TextRules.broken(reason, limit: reasonLimit).map {
      Violation($0, row: 0, member: 0, field: field)
    }
  }

  /// Whether a reason says nothing.
  package static func isBlank(_ reason: String) -> Bool { TextRules.trimmed(reason).isEmpty }

  private func day(of change: Change) -> Int32 {
    change.effectiveOn == 0 ? Int32(today.yyyymmdd) : change.effectiveOn
  }

  private func checkCommon(_ change: Change, _ current: Household, _ draft: inout ChangeDraft) {
    if Day(yyyymmdd: Int(draft.day)) == nil {
      draft.refuse(.dayInvalid, "change.effective_on")
    } else if draft.day > Int32(today.yyyymmdd) {
      draft.refuse(.dayFuture, "change.effective_on")
    }
    if let violation = Self.violation(ofReason: change.reason, "change.reason") {
      draft.violations.append(violation)
    }
    switch change.kind {
    case .correct?, .category?, .exit?:
      if Self.isBlank(change.reason) { draft.refuse(.reasonMissing, "change.reason") }
    default: break
    }
    if office == .civilAffairs, change.changeKind != .category {
      draft.refuse(.office, "change.kind")
    }
    if current.status == .exited, change.changeKind != .correction {
      draft.refuse(.exited, "change.household")
    }
  }

  private func correct(_ correction: Correction, _ draft: inout ChangeDraft) {
    update(correction.household, correction.mask, "correct", &draft)
  }

  private func review(_ review: Review, _ draft: inout ChangeDraft) {
    let isInRange =
      (HouseholdRules.firstIncomeYear...UInt32(today.yyyymmdd / 10_000)).contains(review.year)
    if !isInRange || review.year < draft.household.reviewedIn {
      draft.refuse(.reviewYear, "change.review.year")
    }
    if var income = review.income, income.year == 0 || income.year == review.year,
      income.netPerPerson != nil
    {
      income.year = review.year
      draft.household.put(income)
    } else {
      draft.refuse(.reviewIncome, "change.review.income")
    }
    if review.mask.contains(where: { $0 == "income" || $0.hasPrefix("income.") }) {
      draft.refuse(.incomeInMask, "change.review.mask")
    }
    update(review.household, review.mask, "review", &draft)
    draft.household.reviewedIn = review.year
  }

  private static let decisions: Set<String> = [
    "classification", "classification.poverty_decision", "classification.security_decision",
  ]

  private func update(
    _ household: Household?,
    _ mask: [String],
    _ name: String,
    _ draft: inout ChangeDraft
  ) {
    if mask.contains(where: Self.decisions.contains) {
      draft.refuse(.decisionInMask, "change.\(name).mask")
    }
    if mask.contains("effective_on") { draft.refuse(.dayInMask, "change.\(name).mask") }
    let (changed, violations) = HouseholdFields.updated(
      draft.household,
      with: household ?? Household(),
      mask: mask
    )
    draft.household = changed
    draft.violations += violations
  }

  private func category(_ change: CategoryChange, _ draft: inout ChangeDraft) {
    let isPoverty = change.povertyDecision != .unspecified
    guard isPoverty != (change.securityDecision != .unspecified) else {
      return draft.refuse(.oneList, "change.category")
    }
    if let office, office != (isPoverty ? .povertyOffice : .civilAffairs) {
      draft.refuse(.ownList, "change.category")
    }
    var classification = draft.household.classification ?? Classification()
    let before = (classification.povertyDecision, classification.securityDecision)
    if isPoverty {
      classification.povertyDecision = change.povertyDecision
    } else {
      classification.securityDecision = change.securityDecision
    }
    if before == (classification.povertyDecision, classification.securityDecision) {
      draft.refuse(.sameDecision, "change.category")
    }
    let isOnNoList =
      classification.povertyDecision == .refused && classification.securityDecision == .neither
    if isOnNoList { draft.refuse(.exitNeeded, "change.category") }
    classification.category = HouseholdRules.category(of: classification)
    draft.household.classification = classification
  }

  private func move(_ move: Move, _ draft: inout ChangeDraft) {
    let village = move.location?.village ?? ""
    if TextRules.foldedNumber(village) == draft.household.location?.village {
      draft.refuse(.moveSame, "change.move.location.village")
    }
    draft.household.location = move.location
  }

  private func moveAway(_ move: MoveAway, _ draft: inout ChangeDraft) {
    let code = DivisionCode(move.destination)
    if let code, [.county, .township, .village].contains(code.level) {
      draft.exit(Self.movedAway, destination: code.description)
    } else {
      draft.refuse(.destination, "change.move_away.destination")
    }
  }

  private func exit(_ exit: ExitChange, _ draft: inout ChangeDraft) {
    if exit.reason == 0 || !lists.exitReason.contains(exit.reason) {
      draft.refuse(.exitReason, "change.exit.reason")
    } else if exit.reason == Self.merged {
      draft.refuse(.exitByMerge, "change.exit.reason")
    }
    draft.exit(exit.reason)
  }
}
