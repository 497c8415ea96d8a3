package import RegistryAPI

/// The households while a change is applied, and the rules found broken so far.
struct ChangeDraft {
  var household: Household
  /// The household that joins, as it is on record.
  let joining: Household?
  /// What becomes of the other household.
  var newOther: Household?
  let day: Int32
  var violations: [Violation] = []

  init(_ household: Household, other: Household?, day: Int32) {
    self.household = household
    joining = other
    self.day = day
  }

  mutating func refuse(_ rule: ChangeRule, _ field: String, member: UInt32 = 0) {
    violations.append(rule.violation(field, member: member))
  }

  /// The household leaves the register.
  mutating func exit(_ reason: UInt32, destination: String = "") {
    household.status = .exited
    household.exit = Exit(reason: reason, day: day, destination: destination)
  }

  /// The place of a member of the household, who must be there.
  mutating func index(of id: [UInt8], _ field: String) -> Int? {
    let index = household.members.firstIndex { !id.isEmpty && $0.id == id }
    if index == nil { refuse(.memberUnknown, field) }
    return index
  }
}

extension Household {
  /// Puts a year of income in the place of the same year's, or adds it.
  mutating func put(_ year: YearIncome) {
    var years = income?.years ?? []
    years.removeAll { $0.year == year.year }
    years.append(year)
    years.sort { $0.year < $1.year }
    var changed = income ?? Income()
    changed.years = years
    income = changed
  }
}

extension Change {
  /// The kind of the versions that it makes.
  package var changeKind: ChangeKind {
    switch kind {
    case .correct?: .correction
    case .review?: .review
    case .birth?: .birth
    case .death?: .death
    case .marriage?: .marriage
    case .split?: .split
    case .merge?: .merge
    case .move?: .move
    case .moveAway?: .handOver
    case .category?: .category
    case .exit?: .exit
    case nil: .unspecified
    }
  }

  /// Whether it concerns two households, so that it cannot be merged field by field.
  package var isOfTwo: Bool { changeKind == .split || changeKind == .merge }
}
