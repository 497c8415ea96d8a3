package import RegistryAPI
package import RegistryModel

/// What of changes and their history an office sees.
extension Scope {
  /// Whether the class of a field's path is shown.
  package func shows(_ path: String) -> Bool {
    guard !isSystem, let needed = HouseholdFields.disclosure(of: path) else { return true }
    return classes.isSuperset(of: needed)
  }

  /// A step of a history without the classes that this scope does not show.
  package func disclosed(_ entry: HistoryEntry) -> HistoryEntry {
    var entry = entry
    entry.fields = entry.fields.filter(shows)
    if !seesEverything { entry.change = nil }
    return entry
  }

  /// A proposal; what it wants to change is left out where not everything is shown.
  package func disclosed(_ proposal: Proposal, on day: Day) -> Proposal {
    if seesEverything { return proposal }
    var proposal = proposal
    proposal.baseHousehold = proposal.baseHousehold.flatMap { disclosed($0, on: day) }
    proposal.change?.kind = nil
    proposal.change?.reason = ""
    proposal.reason = ""
    proposal.merged = proposal.merged.filter(shows)
    return proposal
  }
}
