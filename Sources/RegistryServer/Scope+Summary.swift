package import RegistryAPI
package import RegistryModel
internal import RegistryStore

extension Scope {
  /// The groups of which lines of a list tell that a filter finds: theirs, what the filter asks
  /// for, and what tells who is seen at all.
  package func listed(by filter: HouseholdFilter) -> DisclosureClasses {
    HouseholdCriteria(filter).classes.union(people.tells).union(causes)
      .union([.identity, .income, .classification])
  }

  /// The groups of which it tells that somebody of a list of persons is on record.
  package var matched: DisclosureClasses {
    people.tells.union(causes).union([.identity, .classification])
  }

  /// The group by which a cause of poverty is shown.
  private var causes: DisclosureClasses {
    classes.contains(.classification) ? .classification : .schooling
  }

  /// A line of a list without the classes that this scope does not show.
  package func disclosed(_ summary: HouseholdSummary) -> HouseholdSummary {
    if seesEverything { return summary }
    var summary = summary
    // It would tell of changes of what is withheld.
    summary.version = 0
    if !classes.contains(.identity) { summary.head = "" }
    if !classes.contains(.income) { summary.netPerPerson = nil }
    if !classes.contains(.classification) {
      summary.category = .unspecified
      summary.mainCause = shown(cause: summary.mainCause)
    }
    return summary
  }
}
