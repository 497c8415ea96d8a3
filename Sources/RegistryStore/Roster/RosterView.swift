package import RegistryAPI
internal import RegistryModel

extension RosterKind {
  /// Whether offices of a kind import rosters of this kind: each of its own matter, the poverty
  /// offices of any. Whether they import any at all is the authorisation table's.
  func isImported(by office: OfficeKind) -> Bool {
    switch office {
    case .povertyOffice: true
    case .civilAffairs: [.dibao, .fiveGuarantee, .other].contains(self)
    case .disabledFederation: self == .disability
    default: self == .other
    }
  }
}

extension Scope {
  /// The kind of office whose rosters the scope's holder sees; nil for one who sees all of its area.
  var rosterOffice: String? { seesEverything ? nil : identity?.kind.rawValue ?? "" }

  /// The word of what the holder sees of people: comparisons are kept for each. Empty where nothing
  /// is left out.
  var rosterView: String {
    guard !seesEverything else { return "" }
    return "\(people.rawValue) \(classes.rawValue)"
  }

  /// Whether a finding of a roster of a kind is shown. Who sees some people alone learns what `match`
  /// would tell of the same list, and the federation also who is missing in its own.
  func shows(_ finding: ConvergenceFinding, of kind: RosterKind) -> Bool {
    if seesEverything { return true }
    return switch finding {
    case .both, .rosterOnly, .malformed, .twice, .counties: true
    case .otherName: classes.contains(.identity)
    case .registryOnly: kind == .disability && identity?.kind == .disabledFederation
    default: false
    }
  }

  /// The groups of data that an answer about rosters names as withheld.
  package var rosterWithheld: [DisclosureClass] { seesEverything ? [] : withheld }
}
