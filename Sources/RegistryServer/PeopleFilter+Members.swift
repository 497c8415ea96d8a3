internal import RegistryAPI
package import RegistryModel

extension PeopleFilter {
  /// School age in whole years; the dated policy of a later issue will take its place.
  package static let schoolAges = 6...22

  /// Whether a member is one of the people seen, ages being those of a day.
  func admits(_ member: Member, on today: Day) -> Bool {
    switch self {
    case .all: true
    case .none: false
    case .disabled: Self.isDisabled(member)
    case .schoolAge: Self.isOfSchoolAge(member, on: today)
    case .illOrDisabled: Self.isDisabled(member) || Self.isIll(member)
    }
  }

  private static func isDisabled(_ member: Member) -> Bool {
    let health = member.health
    return health?.disabilityKind ?? 0 != 0 || health?.disabilityGrade ?? 0 != 0
      || !(member.identity?.disabilityCertificate.isEmpty ?? true)
  }

  // Code 1 of the list `form: health` is healthy.
  private static func isIll(_ member: Member) -> Bool {
    member.health?.states.contains { $0 != 1 } ?? false
  }

  private static func isOfSchoolAge(_ member: Member, on today: Day) -> Bool {
    guard let number = member.identity?.birthDate, let birth = Day(yyyymmdd: Int(number)) else {
      return false
    }
    return schoolAges.contains(birth.age(on: today))
  }
}
