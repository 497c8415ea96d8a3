package import RegistryAPI

/// What of a household an office sees.
extension Scope {
  /// The household as this scope's holder may see it: groups left out are absent and named as
  /// withheld, people left out are absent.
  ///
  /// A scope that does not see everything is told neither the version nor when and why it was made:
  /// a change of what is withheld would show in them. Nil when the scope sees nobody of the
  /// household. The caller has checked the area.
  /// - Parameter day: the day on which ages are taken.
  package func disclosed(_ household: Household, on day: Day) -> Household? {
    guard people != .none else { return nil }
    if seesEverything { return household }
    var result = household
    result.members = household.members.filter { sees($0, on: day) }
    guard !result.members.isEmpty else { return nil }
    result.version = 0
    result.recordedAt = 0
    result.effectiveOn = 0
    result.reviewedIn = 0
    result.change = nil
    result.ahead = nil
    if !classes.contains(.classification) {
      result.classification = shown(result.classification)
      result.exit = nil
    }
    if !classes.contains(.contact) { result.contact = nil }
    if !classes.contains(.account) { result.account = nil }
    if !classes.contains(.income) { result.income = nil }
    if !classes.contains(.dwelling) { result.dwelling = nil }
    if !classes.contains(.production) { result.production = nil }
    if !classes.contains(.support) { result.support = nil }
    for index in result.members.indices { mask(&result.members[index]) }
    result.withheld = withheld
    return result
  }

  /// Whether nothing of a household is left out, so that stored bytes can be passed on undecoded.
  package var seesEverything: Bool {
    isSystem || people == .all && classes.isSuperset(of: .all)
  }

  /// Whether households may be looked for by these main causes: by schooling alone also where
  /// schooling is shown without the classification.
  package func mayAsk(forCauses causes: [UInt32]) -> Bool {
    isSystem || causes.allSatisfy { shown(cause: $0) != 0 }
  }

  /// A cause of poverty; 0 when it is withheld. Schooling as a cause goes with the class schooling.
  package func shown(cause: UInt32) -> UInt32 {
    if isSystem || classes.contains(.classification) { return cause }
    return cause == Self.schoolingCause && classes.contains(.schooling) ? cause : 0
  }

  /// The code of schooling in the list `form: cause of poverty (A3a/A3b)`.
  private static let schoolingCause: UInt32 = 3

  /// What is shown of a classification that is withheld: that schooling is a cause.
  private func shown(_ classification: Classification?) -> Classification? {
    guard let whole = classification else { return nil }
    let part = Classification(
      mainCause: shown(cause: whole.mainCause),
      otherCauses: whole.otherCauses.filter { shown(cause: $0) != 0 }
    )
    return part == Classification() ? nil : part
  }

  /// The classes that this scope does not show, in the order of their numbers.
  package var withheld: [DisclosureClass] {
    let hidden = DisclosureClasses.all.subtracting(classes).rawValue
    return (1...DisclosureClasses.named.count).filter { hidden >> UInt32($0) & 1 == 1 }
      .map { DisclosureClass(rawValue: Int32($0)) }
  }

  private func mask(_ member: inout Member) {
    if !classes.contains(.identity) { member.identity = nil }
    if !classes.contains(.schooling) { member.schooling = nil }
    if !classes.contains(.health) {
      member.health = nil
      // Its last two digits are the kind and grade of a disability.
      member.identity?.disabilityCertificate = ""
    }
    if !classes.contains(.labour) { member.labour = nil }
    if !classes.contains(.security) {
      // The medical scheme goes with the class health.
      let scheme = classes.contains(.health) ? member.security?.medicalScheme : nil
      let isKnown = scheme != nil && scheme != .unspecified
      member.security = isKnown ? Security(medicalScheme: scheme ?? .unspecified) : nil
    }
  }

  private func sees(_ member: Member, on day: Day) -> Bool {
    switch people {
    case .all: true
    case .none: false
    case .disabled: isDisabled(member)
    case .illOrDisabled:
      isDisabled(member) || member.health?.states.contains { $0 == 2 || $0 == 3 } == true
    case .schoolAge: isOfSchoolAge(member, on: day)
    }
  }

  private func isDisabled(_ member: Member) -> Bool {
    member.health?.states.contains(4) == true || member.health?.disabilityKind ?? 0 > 0
      || member.identity?.disabilityCertificate.isEmpty == false
  }

  private func isOfSchoolAge(_ member: Member, on day: Day) -> Bool {
    guard let birth = Day(yyyymmdd: Int(member.identity?.birthDate ?? 0)) else { return false }
    return SchoolAge.bundled.holds(age: birth.age(on: day), on: day)
  }
}
