internal import RegistryModel

/// A rule that a row breaks on purpose.
package struct Fault: Sendable, Hashable {
  /// The row, 1 being the first below the headings.
  package let row: Int
  /// The path of the field, as violations name it.
  package let field: String
  /// The rule's id.
  package let rule: String
}

/// The ways to spoil a row, each of which breaks exactly one rule.
enum FaultKind: CaseIterable, Sendable {
  // Of any member.
  case checkDigit, numberShort, numberMissing, ethnicGroup, noEducation, monthsAlone, healthBoth
  case nameMissing, nameControl
  // Of the household: on the head's row.
  case noMainCause, causeTwice, incomeWords, telephone, identifiedLater, fiveGuaranteeToo
  // Of a household with more than one member.
  case twoHeads

  static let ofMembers: [FaultKind] = [
    .checkDigit, .numberShort, .numberMissing, .ethnicGroup, .noEducation, .monthsAlone,
    .healthBoth, .nameMissing, .nameControl,
  ]

  static let ofHeads: [FaultKind] = [
    .noMainCause, .causeTwice, .incomeWords, .telephone, .identifiedLater, .fiveGuaranteeToo,
  ]

  var rule: Rule {
    switch self {
    case .checkDigit: .idCheckDigit
    case .numberShort: .idLength
    case .numberMissing: .idOrReason
    case .ethnicGroup: .codeUnknown
    case .noEducation: .educationOrSchooling
    case .monthsAlone: .monthsWithPlace
    case .healthBoth: .healthContradiction
    case .nameMissing: .required
    case .nameControl: .textControl
    case .noMainCause: .causeMain
    case .causeTwice: .causeRepeated
    case .incomeWords: .money
    case .telephone: .telephone
    case .identifiedLater: .dateFuture
    case .fiveGuaranteeToo: .fiveGuaranteeExcludes
    case .twoHeads: .oneHead
    }
  }

  var field: String {
    switch self {
    case .checkDigit, .numberShort, .numberMissing: "members.identity.citizen_id"
    case .ethnicGroup: "members.identity.ethnic_group"
    case .noEducation: "members.schooling"
    case .monthsAlone: "members.labour.away_months"
    case .healthBoth: "members.health.states"
    case .nameMissing, .nameControl: "members.identity.name"
    case .noMainCause: "classification.main_cause"
    case .causeTwice: "classification.other_causes"
    case .incomeWords: "income.years.net_per_person"
    case .telephone: "contact.telephone"
    case .identifiedLater: "classification.identified_on"
    case .fiveGuaranteeToo: "classification.security_decision"
    case .twoHeads: "members.identity.relation"
    }
  }
}
