package import RegistryAPI

/// Carrying what changed between two versions of a household over to another one.
extension HouseholdFields {
  /// Applies what differs between two versions to a third, field by field.
  ///
  /// Members are matched by id, years of income by their year; members without id are new. Status,
  /// exit, change note and the year reviewed go with the fields. What the two do not differ in stays
  /// as the third has it; its id, number, version and instant always do. Applied to `from` itself
  /// it yields `to`.
  package static func applying(
    from: Household,
    to: Household,
    onto base: Household
  ) -> Household {
    var result = base
    for group in householdGroups where !group.differs(base, from) { group.copy(to, &result) }
    for field in householdLeaves where field.differs(from, to) { field.copy(to, &result) }
    if base.income != from.income { applyYears(from, to, &result) }
    if let classification = result.classification {
      result.classification?.category = HouseholdRules.category(of: classification)
    }
    applyMembers(from, to, &result)
    if from.status != to.status { result.status = to.status }
    if from.exit != to.exit { result.exit = to.exit }
    if from.change != to.change { result.change = to.change }
    if from.reviewedIn != to.reviewedIn { result.reviewedIn = to.reviewedIn }
    return result
  }

  private static func applyYears(_ from: Household, _ to: Household, _ result: inout Household) {
    let old = from.income?.years ?? []
    let new = to.income?.years ?? []
    var years = result.income?.years ?? []
    for year in old where !new.contains(where: { $0.year == year.year }) {
      years.removeAll { $0.year == year.year }
    }
    for year in new where !old.contains(year) {
      years.removeAll { $0.year == year.year }
      years.append(year)
    }
    years.sort { $0.year < $1.year }
    if years != result.income?.years ?? [] {
      result.income = years.isEmpty ? nil : Income(years: years)
    }
  }

  private static func applyMembers(_ from: Household, _ to: Household, _ result: inout Household) {
    for person in from.members where !to.members.contains(where: { $0.id == person.id }) {
      result.members.removeAll { $0.id == person.id }
    }
    for person in to.members {
      let index = result.members.firstIndex { !person.id.isEmpty && $0.id == person.id }
      let old = from.members.first { !person.id.isEmpty && $0.id == person.id }
      switch (index, old) {
      case (let index?, let old?):
        result.members[index] = applying(from: old, to: person, onto: result.members[index])
      // New in `to`, and somehow there already: as `to` has it.
      case (let index?, nil): result.members[index] = person
      case (nil, nil): result.members.append(person)
      // It left the third one: it does not come back for a change of its fields.
      case (nil, _?): break
      }
    }
    let order = Dictionary(
      to.members.enumerated().map { ($1.id, $0) },
      uniquingKeysWith: { first, _ in first }
    )
    if result.members.allSatisfy({ !$0.id.isEmpty && order[$0.id] != nil }) {
      result.members.sort { order[$0.id] ?? 0 < order[$1.id] ?? 0 }
    }
  }

  private static func applying(from: Member, to: Member, onto base: Member) -> Member {
    var result = base
    for group in memberGroups where !group.differs(base, from) { group.copy(to, &result) }
    for field in memberLeaves where field.differs(from, to) { field.copy(to, &result) }
    return result
  }
}
