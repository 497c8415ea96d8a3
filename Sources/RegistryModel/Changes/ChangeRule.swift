package import RegistryAPI

/// The rules of dynamic management that a change or a proposal can break: a stable id and words in
/// two languages.
package enum ChangeRule: String, Sendable, Hashable, CaseIterable {
  case kindMissing = "change.kind-missing"
  case baseMissing = "change.base-missing"
  case dayInvalid = "change.day"
  case dayFuture = "change.day-future"
  case reasonMissing = "change.reason-missing"
  case exited = "change.exited"
  case office = "change.office"
  case ownList = "change.own-list"
  case oneList = "change.one-list"
  case sameDecision = "change.same-decision"
  case exitNeeded = "change.exit-needed"
  case decisionInMask = "change.decision-in-mask"
  case dayInMask = "change.day-in-mask"
  case incomeInMask = "change.income-in-mask"
  case nothingChanges = "change.nothing"
  case reviewYear = "change.review-year"
  case reviewIncome = "change.review-income"
  case memberUnknown = "change.member-unknown"
  case memberMissing = "change.member-missing"
  case memberTwice = "change.member-twice"
  case lastMember = "change.last-member"
  case newHead = "change.new-head"
  case headStays = "change.head-stays"
  case relationMissing = "change.relation-missing"
  case birthDay = "change.birth-day"
  case marriageSides = "change.marriage-sides"
  case headMarriesOut = "change.head-marries-out"
  case splitEmpty = "change.split-empty"
  case splitAll = "change.split-all"
  case mergeSelf = "change.merge-self"
  case mergeExited = "change.merge-exited"
  case mergeBase = "change.merge-base"
  case moveSame = "change.move-same"
  case destination = "change.destination"
  case destinationInside = "change.destination-inside"
  case exitReason = "change.exit-reason"
  case exitByMerge = "change.exit-by-merge"
  case proposalState = "proposal.state"
  case proposalOffice = "proposal.office"
  case proposalReason = "proposal.reason-missing"
  case proposalVerdict = "proposal.verdict"

  /// The rule in English, one clause without a full stop.
  package var english: String { words.0 }
  /// The rule in Chinese, one clause without a full stop.
  package var chinese: String { words.1 }

  /// Whether the rule says who may, so that breaking it is a refusal and not a wrong request.
  package var isRefusal: Bool {
    switch self {
    case .office, .ownList, .proposalOffice: true
    default: false
    }
  }

  /// The violation of this rule by a field.
  package func violation(_ field: String, member: UInt32 = 0) -> Violation {
    Violation(
      row: 0,
      member: member,
      field: field,
      rule: rawValue,
      messageEn: english,
      messageZh: chinese
    )
  }
}
