package import RegistryAPI

/// A field that a change touches: the path, and whose it is.
package struct FieldTouch: Sendable, Hashable {
  /// The path as masks name it; `status` for an exit.
  package let path: String
  /// The member's id, or what tells a new one from others; empty for the household's own fields.
  package let member: [UInt8]
  /// The income year; 0 for other fields.
  package let year: UInt32

  init(_ path: String, member: [UInt8] = [], year: UInt32 = 0) {
    self.path = path
    self.member = member
    self.year = year
  }
}

/// What two sides changed since one base, and where they meet.
package struct FieldOverlap: Sendable, Hashable {
  /// What the one side changed.
  package let first: Set<FieldTouch>
  /// What the other side changed.
  package let second: Set<FieldTouch>
  /// The paths at which both changed the same thing, or things that depend on each other.
  package let paths: Set<String>

  /// Compares two versions that were made from the same base.
  package init(base: Household, first: Household, second: Household) {
    self.first = HouseholdFields.touched(from: base, to: first)
    self.second = HouseholdFields.touched(from: base, to: second)
    var paths = Set(self.first.intersection(self.second).map(\.path))
    paths.formUnion(Self.dependent(self.first, self.second))
    paths.formUnion(Self.dependent(self.second, self.first))
    self.paths = paths
  }

  /// A member who left on one side and has changes on the other; relations to a head who is another
  /// on the other side.
  private static func dependent(
    _ one: Set<FieldTouch>,
    _ other: Set<FieldTouch>
  ) -> Set<String> {
    let gone = Set(one.filter { $0.path == HouseholdFields.leaving }.map(\.member))
    let headChanges = one.contains { $0.path == HouseholdFields.heading }
    let relation = "members.identity.relation"
    var paths: Set<String> = []
    for touch in other {
      if !touch.member.isEmpty, gone.contains(touch.member) { paths.insert("members") }
      if headChanges, touch.path == "members" || touch.path == relation { paths.insert(relation) }
    }
    return paths
  }
}

extension HouseholdFields {
  /// The touch of a member who left, beside that of `members`.
  static let leaving = "members leaving"
  /// The touch of a household whose head is another, beside that of the relations.
  static let heading = "members heading"

  /// Whether anything differs between two versions that a change can touch.
  package static func hasTouched(from: Household, to: Household) -> Bool {
    !touched(from: from, to: to).isEmpty
  }

  /// Everything that differs between two versions, each thing by itself.
  static func touched(from: Household, to: Household) -> Set<FieldTouch> {
    var touches = Set(
      householdLeaves.filter { $0.path != "effective_on" && $0.differs(from, to) }
        .map { FieldTouch($0.path) }
    )
    let years = Set(from.income?.years ?? []).symmetricDifference(to.income?.years ?? [])
    for year in years { touches.insert(FieldTouch("income.years", year: year.year)) }
    for person in from.members {
      guard let other = to.members.first(where: { $0.id == person.id }) else {
        touches.insert(FieldTouch("members", member: person.id))
        touches.insert(FieldTouch(leaving, member: person.id))
        continue
      }
      for field in memberLeaves where field.differs(person, other) {
        touches.insert(FieldTouch(field.path, member: person.id))
      }
    }
    let known = Set(from.members.map(\.id))
    for person in to.members where !known.contains(person.id) {
      touches.insert(FieldTouch("members", member: key(ofNew: person)))
      if !person.id.isEmpty { touches.insert(FieldTouch("members", member: person.id)) }
    }
    if head(of: from) != head(of: to) { touches.insert(FieldTouch(heading)) }
    if from.status != to.status || from.exit != to.exit { touches.insert(FieldTouch("status")) }
    if from.reviewedIn != to.reviewedIn { touches.insert(FieldTouch("reviewed_in")) }
    return touches
  }

  /// The same person added on both sides is one thing, whatever ids they have.
  private static func key(ofNew person: Member) -> [UInt8] {
    let identity = person.identity ?? Identity()
    if !identity.citizenId.isEmpty { return Array(identity.citizenId.utf8) }
    return Array("\(identity.name) \(identity.birthDate)".utf8)
  }

  private static func head(of household: Household) -> [UInt8] {
    household.members.first { $0.isHead }?.id ?? []
  }

  /// The classes that paths are about, all together.
  package static func disclosure(of paths: [String]) -> DisclosureClasses {
    paths.reduce(into: []) { $0.formUnion(disclosure(of: $1) ?? []) }
  }

  /// The classes without which a path is withheld; nil for what is shown with the file itself.
  package static func disclosure(of path: String) -> DisclosureClasses? {
    let parts = path.split(separator: ".")
    let word = parts.first == "members" && parts.count > 1 ? parts[1] : parts.first ?? ""
    if word == "status" || word == "effective_on" { return nil }
    // Its last two digits are the kind and grade of the disability.
    if parts.last == "disability_certificate" { return [.identity, .health] }
    return DisclosureClasses.named.first { $0.name == word }?.value
  }
}
