package import RegistryAPI

/// The fields of a household that can be updated, by the paths that masks name.
package enum HouseholdFields {
  struct Field<Root>: Sendable {
    let path: String
    let isGiven: @Sendable (Root) -> Bool
    let differs: @Sendable (Root, Root) -> Bool
    let copy: @Sendable (_ source: Root, _ target: inout Root) -> Void
  }

  /// Applies a masked update to a stored household.
  ///
  /// A path that is named and has no value is blanked; a value that is not named is ignored. A path
  /// under `members` concerns the members given, matched by id; `members` itself adds those without
  /// id and replaces those with one.
  /// - Returns: the household, or the violations of the mask (`mask.field`, `mask.member`).
  package static func updated(
    _ stored: Household,
    with update: Household,
    mask: [String],
    removing removed: [[UInt8]] = []
  ) -> (household: Household, violations: [Violation]) {
    var result = stored
    var violations: [Violation] = []
    for path in mask {
      if path == "members" {
        replaceMembers(of: &result, with: update, &violations)
      } else if let field = household[path] {
        field.copy(update, &result)
      } else if let field = member[path] {
        copy(field, from: update, to: &result, &violations)
      } else {
        violations.append(Violation(.maskField, row: 0, member: 0, field: "mask"))
      }
    }
    for id in removed {
      if let index = result.members.firstIndex(where: { $0.id == id }) {
        result.members.remove(at: index)
      } else {
        violations.append(Violation(.maskMember, row: 0, member: 0, field: "removed_members"))
      }
    }
    return (result, violations)
  }

  /// Puts the values that are given over a stored household's; what is not given stays.
  ///
  /// Members are matched by id, else by ID number, else by name; others are added. A year of income
  /// that is given is put over the same year's. Nothing is ever blanked.
  package static func merged(_ stored: Household, with given: Household) -> Household {
    var result = stored
    for field in householdLeaves where field.isGiven(given) { field.copy(given, &result) }
    if let years = given.income?.years { mergeYears(years, into: &result) }
    for person in given.members {
      guard let index = match(person, in: result.members) else {
        result.members.append(person)
        continue
      }
      for field in memberLeaves where field.isGiven(person) {
        field.copy(person, &result.members[index])
      }
    }
    return result
  }

  /// The paths of the fields that differ between two versions of a household, in a fixed order;
  /// fields of members once for all of them, `members` when other people belong to it.
  package static func differences(_ first: Household, _ second: Household) -> [String] {
    var paths = householdLeaves.filter { $0.differs(first, second) }.map(\.path)
    if first.income != second.income { paths.append("income.years") }
    var changed: Set<String> = []
    for person in first.members {
      guard let other = second.members.first(where: { $0.id == person.id }) else { continue }
      for field in memberLeaves where field.differs(person, other) { changed.insert(field.path) }
    }
    paths += memberLeaves.map(\.path).filter(changed.contains)
    if Set(first.members.map(\.id)) != Set(second.members.map(\.id)) { paths.append("members") }
    return paths
  }

  /// Every path that a mask may name, `members` included.
  package static let paths: [String] =
    householdGroups.map(\.path) + householdLeaves.map(\.path) + ["income.years", "members"]
    + memberGroups.map(\.path) + memberLeaves.map(\.path)

  private static let household = index(householdGroups + householdLeaves + [incomeYears])
  private static let member = index(memberGroups + memberLeaves)

  private static func index<Root>(_ fields: [Field<Root>]) -> [String: Field<Root>] {
    Dictionary(fields.map { ($0.path, $0) }, uniquingKeysWith: { first, _ in first })
  }

  private static func replaceMembers(
    of household: inout Household,
    with update: Household,
    _ violations: inout [Violation]
  ) {
    for (place, person) in update.members.enumerated() {
      if person.id.isEmpty {
        household.members.append(person)
      } else if let index = household.members.firstIndex(where: { $0.id == person.id }) {
        household.members[index] = person
      } else {
        violations.append(
          Violation(.maskMember, row: 0, member: UInt32(place + 1), field: "members.id")
        )
      }
    }
  }

  private static func copy(
    _ field: Field<Member>,
    from update: Household,
    to household: inout Household,
    _ violations: inout [Violation]
  ) {
    for (place, person) in update.members.enumerated() {
      if let index = household.members.firstIndex(where: { $0.id == person.id }) {
        field.copy(person, &household.members[index])
      } else {
        violations.append(
          Violation(.maskMember, row: 0, member: UInt32(place + 1), field: "members.id")
        )
      }
    }
  }

  private static func match(_ person: Member, in members: [Member]) -> Int? {
    if !person.id.isEmpty { return members.firstIndex { $0.id == person.id } }
    guard let identity = person.identity else { return nil }
    if !identity.citizenId.isEmpty,
      let index = members.firstIndex(where: { $0.identity?.citizenId == identity.citizenId })
    {
      return index
    }
    // A name alone matches only where one of the two has no number to contradict it.
    return members.firstIndex {
      $0.identity?.name == identity.name
        && (identity.citizenId.isEmpty || $0.identity?.citizenId.isEmpty == true)
    }
  }

  private static func mergeYears(_ years: [YearIncome], into household: inout Household) {
    var income = household.income ?? Income()
    for given in years {
      guard let index = income.years.firstIndex(where: { $0.year == given.year }) else {
        income.years.append(given)
        continue
      }
      var year = income.years[index]
      year.netPerPerson = given.netPerPerson ?? year.netPerPerson
      year.wages = given.wages ?? year.wages
      year.business = given.business ?? year.business
      year.transfers = given.transfers ?? year.transfers
      year.property = given.property ?? year.property
      year.productionCost = given.productionCost ?? year.productionCost
      income.years[index] = year
    }
    income.years.sort { $0.year < $1.year }
    household.income = income
  }
}
