package import RegistryAPI
package import RegistryModel

extension Scope {
  /// Whether nothing of a household is left out, so that stored bytes can be passed on undecoded.
  package var seesEverything: Bool {
    isSystem || (people == .all && classes.contains(.all))
  }

  /// A line of a list without the classes that this scope does not show.
  package func disclosed(_ summary: HouseholdSummary) -> HouseholdSummary {
    var summary = summary
    if !classes.contains(.identity) { summary.head = "" }
    if !classes.contains(.income) { summary.netPerPerson = nil }
    if !classes.contains(.classification) {
      summary.category = .unspecified
      summary.mainCause = 0
    }
    return summary
  }
}
