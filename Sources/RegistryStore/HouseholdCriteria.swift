package import RegistryAPI
package import RegistryModel

/// The conditions of a filter that only the file itself can tell: it is opened, and they are asked of
/// what the scope sees of it, so that nothing hidden decides.
package struct HouseholdCriteria {
  private let filter: HouseholdFilter

  /// The conditions of a filter.
  package init(_ filter: HouseholdFilter) { self.filter = filter }

  /// The classes that the conditions given are about: whoever is found meets them.
  package var classes: DisclosureClasses {
    lists.reduce(into: []) { if !$1.codes.isEmpty { $0.formUnion($1.group) } }
  }

  /// The lists of codes, each with the class that it is about; the four of people first.
  var lists: [(codes: [UInt32], group: DisclosureClasses)] {
    [
      (filter.atSchool, .schooling), (filter.disabilityKinds, .health),
      (filter.disabilityGrades, .health), (filter.healthStates, .health),
      (filter.dangerGrades, .dwelling), (filter.receptions, .dwelling), (filter.needs, .support),
    ]
  }

  /// There are none: no file needs to be opened.
  var isEmpty: Bool { lists.allSatisfy { $0.codes.isEmpty } }

  /// Whether a household, as the scope sees it, meets them all; what is asked of people holds for one
  /// and the same person.
  func hold(for household: Household) -> Bool {
    func has(_ codes: [UInt32], _ found: UInt32?) -> Bool {
      codes.isEmpty || found.map(codes.contains) == true
    }
    let asksPeople = lists.prefix(4).contains { !$0.codes.isEmpty }
    let isOfPerson =
      !asksPeople
      || household.members.contains { member in
        has(filter.atSchool, member.schooling?.atSchool)
          && has(filter.disabilityKinds, member.health?.disabilityKind)
          && has(filter.disabilityGrades, member.health?.disabilityGrade)
          && (filter.healthStates.isEmpty
            || member.health?.states.contains(where: filter.healthStates.contains) == true)
      }
    return isOfPerson && has(filter.dangerGrades, household.dwelling?.dangerGrade)
      && has(filter.receptions, household.dwelling?.reception)
      && (filter.needs.isEmpty
        || household.support?.needs.contains { filter.needs.contains($0.kind) } == true)
  }
}
