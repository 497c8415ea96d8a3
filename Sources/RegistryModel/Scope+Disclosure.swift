package import RegistryAPI

/// What of a household an office sees.
extension Scope {
  /// The household as this scope's holder may see it: groups left out are absent and named as
  /// withheld, people left out are absent.
  ///
  /// Nil when the scope sees nobody of the household. The caller has checked the area.
  /// - Parameter day: the day on which ages are taken.
  package func disclosed(_ household: Household, on day: Day) -> Household? {
    guard people != .none else { return nil }
    if isSystem || (people == .all && classes == .all) { return household }
    var result = household
    result.members = household.members.filter { sees($0, on: day) }
    guard !result.members.isEmpty else { return nil }
    if !classes.contains(.classification) {
      result.classification = nil
      result.change = nil
      result.exit = nil
      result.ahead = nil
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

  /// The classes that this scope does not show, in the order of their numbers.
  package var withheld: [DisclosureClass] {
    let hidden = DisclosureClasses.all.subtracting(classes).rawValue
    return (1...DisclosureClasses.named.count).filter { hidden >> UInt32($0) & 1 == 1 }
      .map { DisclosureClass(rawValue: Int32($0)) }
  }

  private func mask(_ member: inout Member) {
    if !classes.contains(.identity) { member.identity = nil }
    if !classes.contains(.schooling) { member.schooling = nil }
    if !classes.contains(.health) { member.health = nil }
    if !classes.contains(.labour) { member.labour = nil }
    if !classes.contains(.security) { member.security = nil }
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
    return (6...22).contains(birth.age(on: day))
  }
}
