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
        // Those without id are added whole where `members` is named too.
        copy(field, from: update, to: &result, skippingNew: mask.contains("members"), &violations)
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

  /// What differs between two versions on record: `differences`, and `status` and `reviewed_in`,
  /// without the effective day, which every version has of its own.
  package static func recordedDifferences(_ first: Household, _ second: Household) -> [String] {
    var paths = differences(first, second).filter { $0 != "effective_on" }
    if first.status != second.status || first.exit != second.exit { paths.append("status") }
    if first.reviewedIn != second.reviewedIn { paths.append("reviewed_in") }
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
    skippingNew: Bool,
    _ violations: inout [Violation]
  ) {
    for (place, person) in update.members.enumerated() {
      if person.id.isEmpty, skippingNew { continue }
      let index = household.members.firstIndex { !$0.id.isEmpty && $0.id == person.id }
      if let index {
        field.copy(person, &household.members[index])
      } else {
        violations.append(
          Violation(.maskMember, row: 0, member: UInt32(place + 1), field: "members.id")
        )
      }
    }
  }
}
