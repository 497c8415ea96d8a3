package import RegistryAPI

extension ImportedHousehold {
  /// Everything that is wrong with a household of a file, so that one mending is enough: the cells
  /// that could not be read, then the rules that the others break.
  ///
  /// Rules about the section of a cell that could not be read are passed over: what they say of a
  /// field that stayed empty would not be true of the file.
  package func violations(by rules: HouseholdRules) -> [Violation] {
    let broken = rules.violations(of: household, firstRow: firstRow)
    guard !violations.isEmpty else { return broken }
    // Where rows are not cut as the headings say, or a household has no head, nothing else is sure.
    guard violations.allSatisfy({ Self.cellRules.contains($0.rule) }) else { return violations }
    // A change need not say everything: whether rules hold is known only beside what is on record.
    guard household.number.isEmpty else { return violations }
    let unread = Set(violations.map(Place.init))
    return violations + broken.filter { !unread.contains(Place($0)) }
  }

  /// The rules that tell of one cell that could not be read.
  private static let cellRules = Set(
    Rule.allCases.filter { ![.rowFields, .rowHousehold, .headFirst, .rowWithoutHead].contains($0) }
      .map(\.rawValue)
  )

  /// A section of the household or of one member.
  private struct Place: Hashable {
    let member: UInt32
    let section: Substring

    init(_ violation: Violation) {
      let parts = violation.field.split(separator: ".")
      let isOfMember = parts.first == "members"
      member = isOfMember ? violation.member : 0
      section = (isOfMember ? parts.dropFirst().first : parts.first) ?? ""
    }
  }
}
