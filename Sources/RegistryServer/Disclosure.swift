package import RegistryAPI
package import RegistryModel

/// What an office gets to see of a household's file.
///
/// Sub-messages of classes outside the scope are left out and named in `withheld`, whether the file
/// has them or not, so that an answer does not tell what it hides. Members whom the office does not
/// see at all are left out without a word: that they exist is what is hidden.
package struct Disclosure: Sendable {
  private let classes: DisclosureClasses
  private let people: PeopleFilter
  private let today: Day

  /// Discloses what a scope allows; ages are those of `today`.
  package init(_ scope: Scope, today: Day) {
    classes = scope.classes
    people = scope.people
    self.today = today
  }

  /// Whether nothing is left out, so that stored bytes can be passed on as they are.
  package var isFull: Bool { classes.contains(.all) && people == .all }

  /// The classes left out, in the order of their numbers.
  package var withheld: [DisclosureClass] {
    DisclosureClasses.named.filter { !classes.contains($0.value) }.map {
      DisclosureClass(rawValue: Int32($0.value.rawValue.trailingZeroBitCount))
    }
  }

  /// The household without what is not disclosed.
  package func masked(_ household: Household) -> Household {
    var household = household
    if !classes.contains(.classification) { household.classification = nil }
    if !classes.contains(.contact) { household.contact = nil }
    if !classes.contains(.account) { household.account = nil }
    if !classes.contains(.income) { household.income = nil }
    if !classes.contains(.dwelling) { household.dwelling = nil }
    if !classes.contains(.production) { household.production = nil }
    if !classes.contains(.support) { household.support = nil }
    household.members = household.members.filter(isSeen).map(masked)
    household.withheld = withheld
    return household
  }

  /// The line of a list without what is not disclosed.
  package func masked(_ summary: HouseholdSummary) -> HouseholdSummary {
    var summary = summary
    if !classes.contains(.identity) { summary.head = "" }
    if !classes.contains(.income) { summary.netPerPerson = nil }
    if !classes.contains(.classification) {
      summary.category = .unspecified
      summary.mainCause = 0
    }
    return summary
  }

  private func masked(_ member: Member) -> Member {
    var member = member
    if !classes.contains(.identity) { member.identity = nil }
    if !classes.contains(.schooling) { member.schooling = nil }
    if !classes.contains(.health) { member.health = nil }
    if !classes.contains(.labour) { member.labour = nil }
    if !classes.contains(.security) { member.security = nil }
    return member
  }

  private func isSeen(_ member: Member) -> Bool { people.admits(member, on: today) }
}
