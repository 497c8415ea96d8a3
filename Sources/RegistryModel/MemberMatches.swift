internal import RegistryAPI

/// Which stored member each given one is; no stored member is two of them.
struct MemberMatches {
  /// The place of the stored member, by the given one's place; none where it is a new member.
  private(set) var places: [Int: Int] = [:]
  /// One of the stored members who may be meant, by the place of a given one of whom nobody can say
  /// which.
  private(set) var ambiguous: [Int: Int] = [:]

  private let given: [Member]
  private let stored: [Member]
  private var taken: Set<Int> = []

  /// Matches by the surest mark first, for all members, so that a name takes nobody whose number or
  /// id another row gives.
  init(_ given: [Member], in stored: [Member]) {
    self.given = given
    self.stored = stored
    match { !$0.id.isEmpty && $0.id == $1.id }
    match { person, other in
      guard let number = person.identity?.citizenId, !number.isEmpty else { return false }
      return person.id.isEmpty && number == other.identity?.citizenId
    }
    matchNames(alsoBirth: true)
    matchNames(alsoBirth: false)
  }

  private mutating func match(_ isSame: (Member, Member) -> Bool) {
    for place in given.indices where places[place] == nil {
      let found = stored.indices.first { !taken.contains($0) && isSame(given[place], stored[$0]) }
      if let found { take(found, for: place) }
    }
  }

  private mutating func matchNames(alsoBirth: Bool) {
    for place in given.indices where isOpen(place) {
      let fitting = stored.indices.filter {
        !taken.contains($0) && fits(given[place], stored[$0], alsoBirth)
      }
      guard let first = fitting.first else { continue }
      let rivals = given.indices.filter {
        isOpen($0) && fits(given[$0], stored[first], alsoBirth)
      }
      if rivals.count < fitting.count {
        for rival in rivals { ambiguous[rival] = first }
      } else {
        // As many rows as people, or more: they stand in the same order, the rest is new.
        for (rival, index) in zip(rivals, fitting)
        where fits(given[rival], stored[index], alsoBirth) {
          take(index, for: rival)
        }
      }
    }
  }

  private mutating func take(_ index: Int, for place: Int) {
    places[place] = index
    taken.insert(index)
  }

  private func isOpen(_ place: Int) -> Bool {
    places[place] == nil && given[place].id.isEmpty && ambiguous[place] == nil
  }

  /// Whether two bear one name; a name alone says it only where one of them has no number.
  private func fits(_ person: Member, _ other: Member, _ alsoBirth: Bool) -> Bool {
    guard let one = person.identity, let two = other.identity, !one.name.isEmpty else {
      return false
    }
    return one.name == two.name && (one.citizenId.isEmpty || two.citizenId.isEmpty)
      && (!alsoBirth || one.birthDate != 0 && one.birthDate == two.birthDate)
  }
}
