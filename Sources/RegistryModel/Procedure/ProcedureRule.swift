package import RegistryAPI

/// The rules of the procedure that a step can break: a stable id and words in two languages.
package enum ProcedureRule: String, Sendable, Hashable, CaseIterable {
  case unknown = "procedure.unknown"
  case moveMissing = "procedure.move-missing"
  case state = "procedure.state"
  case office = "procedure.office"
  case area = "procedure.area"
  case stale = "procedure.stale"
  case samePerson = "procedure.same-person"
  case reasonMissing = "procedure.reason-missing"
  case dayOrder = "procedure.day-order"
  case dayFuture = "procedure.day-future"
  case dayLate = "procedure.day-late"
  case tooManySteps = "procedure.too-many-steps"
  case stepSize = "procedure.step-size"
  case signatureMissing = "signature.missing"
  case signatureWrong = "signature.wrong"
  case appraisalVotes = "appraisal.votes"
  case appraisalQuorum = "appraisal.quorum"
  case appraisalMajority = "appraisal.majority"
  case minutesMissing = "appraisal.minutes-missing"
  case minutesUnknown = "appraisal.minutes-unknown"
  case noticeDays = "notice.days"
  case noticeObjection = "notice.objection-open"
  case noticeAnother = "notice.another"
  case noticeDivision = "notice.division"
  case noticeClosed = "notice.closed"
  case objectionUnknown = "objection.unknown"
  case objectionAnswered = "objection.answered"
  case incomeMissing = "income.missing"
  case incomeYear = "income.year"
  case incomeOverLine = "income.over-line"
  case incomeOverStandard = "income.over-standard"
  case notAbleToWork = "decision.not-able-to-work"
  case decisionUnknown = "decision.unknown"
  case decisionMade = "decision.made"
  case returnLevel = "return.level"
  case appealUsed = "appeal.used"
  case appealDays = "appeal.days"
  case appealLevel = "appeal.level"
  case quotaExceeded = "quota.exceeded"
  case duplicateApplied = "duplicate.applied"
  case duplicateOnFile = "duplicate.on-file"
  case duplicateOpen = "duplicate.open"
  case duplicateUnknown = "duplicate.unknown"
  case duplicateSettled = "duplicate.settled"
  case previousUnknown = "re-entry.unknown"
  case previousNotExited = "re-entry.not-exited"
  case previousPeople = "re-entry.people"
  case period = "procedure.period"
  case numberReview = "procedure.number-review"

  /// The rule in English, one clause without a full stop.
  package var english: String { words.0 }
  /// The rule in Chinese, one clause without a full stop.
  package var chinese: String { words.1 }

  /// The violation of this rule by a field.
  package func violation(_ field: String, row: UInt32 = 0, member: UInt32 = 0) -> Violation {
    Violation(
      row: row,
      member: member,
      field: field,
      rule: rawValue,
      messageEn: english,
      messageZh: chinese
    )
  }
}
