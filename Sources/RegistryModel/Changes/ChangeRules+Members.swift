internal import RegistryAPI

/// Changes of who belongs to a household.
extension ChangeRules {
  /// Marital status in GB/T 2261.2: married, and its kinds; widowed.
  private static let married: UInt32 = 20
  private static let marriedKinds: ClosedRange<UInt32> = 20...29
  private static let widowed: UInt32 = 30

  func birth(_ birth: Birth, _ draft: inout ChangeDraft) {
    guard var child = birth.member else {
      return draft.refuse(.memberMissing, "change.birth.member")
    }
    child.id = []
    let place = UInt32(draft.household.members.count + 1)
    if child.identity?.birthDate ?? 0 > draft.day {
      draft.refuse(.birthDay, "change.birth.member.identity.birth_date", member: place)
    }
    checkRelation(of: child, "change.birth.member.identity.relation", place, &draft)
    draft.household.members.append(child)
  }

  func death(_ death: Death, _ draft: inout ChangeDraft) {
    guard let index = draft.index(of: death.member, "change.death.member") else { return }
    guard draft.household.members.count > 1 else {
      return draft.refuse(.lastMember, "change.death.member")
    }
    let gone = draft.household.members.remove(at: index)
    widow(of: gone, &draft)
    succeed(
      gone.isHead,
      death.newHead,
      death.relations,
      ("change.death.new_head", "change.death.relations"),
      &draft
    )
  }

  func marriage(_ marriage: Marriage, _ draft: inout ChangeDraft) {
    switch (marriage.joins, marriage.leaves.isEmpty) {
    case (let person?, true): marryIn(person, marriage.spouseOf, &draft)
    case (nil, false): marryOut(marriage.leaves, &draft)
    default: draft.refuse(.marriageSides, "change.marriage")
    }
  }

  private func marryIn(_ person: Member, _ spouse: [UInt8], _ draft: inout ChangeDraft) {
    var person = person
    person.id = []
    let place = UInt32(draft.household.members.count + 1)
    checkRelation(of: person, "change.marriage.joins.identity.relation", place, &draft)
    if person.identity?.maritalStatus == 0 { person.identity?.maritalStatus = Self.married }
    draft.household.members.append(person)
    if spouse.isEmpty { return }
    guard let index = draft.index(of: spouse, "change.marriage.spouse_of") else { return }
    draft.household.members[index].identity?.maritalStatus = Self.married
  }

  private func marryOut(_ id: [UInt8], _ draft: inout ChangeDraft) {
    guard let index = draft.index(of: id, "change.marriage.leaves") else { return }
    if draft.household.members.count == 1 {
      draft.refuse(.lastMember, "change.marriage.leaves")
    } else if draft.household.members[index].isHead {
      draft.refuse(.headMarriesOut, "change.marriage.leaves")
    }
    draft.household.members.remove(at: index)
  }

  func split(_ split: Split, _ draft: inout ChangeDraft) {
    let field = "change.split.members"
    if split.members.isEmpty { return draft.refuse(.splitEmpty, field) }
    guard Set(split.members).count == split.members.count else {
      return draft.refuse(.memberTwice, field)
    }
    let before = draft.household
    var leaving: [Member] = []
    for id in split.members {
      guard let index = draft.index(of: id, field) else { return }
      leaving.append(draft.household.members.remove(at: index))
    }
    if draft.household.members.isEmpty { return draft.refuse(.splitAll, field) }
    succeed(
      leaving.contains { $0.isHead },
      split.newHead,
      split.remainingRelations,
      ("change.split.new_head", "change.split.remaining_relations"),
      &draft
    )
    relate(&leaving, split.relations, head: split.members[0], "change.split.relations", &draft)
    draft.newOther = household(of: split, from: before, leaving)
  }

  /// The household that a split makes: what it has of its own, the decisions of the one it leaves.
  private func household(
    of split: Split,
    from before: Household,
    _ members: [Member]
  ) -> Household {
    let own = split.household ?? Household()
    var made = Household()
    made.location = own.location ?? before.location
    made.classification = own.classification ?? before.classification
    made.classification?.povertyDecision = before.classification?.povertyDecision ?? .unspecified
    made.classification?.securityDecision = before.classification?.securityDecision ?? .unspecified
    made.classification?.category = before.classification?.category ?? .unspecified
    made.contact = own.contact
    made.account = own.account
    made.income = own.income
    made.dwelling = own.dwelling
    made.production = own.production
    made.support = own.support
    made.members = members
    made.status = .registered
    return made
  }

  func merge(_ merge: Merge, _ draft: inout ChangeDraft) {
    guard var other = draft.joining, other.id != draft.household.id else {
      return draft.refuse(.mergeSelf, "change.merge.other")
    }
    if other.status == .exited { draft.refuse(.mergeExited, "change.merge.other") }
    var joining = other.members
    relate(&joining, merge.relations, head: [], "change.merge.relations", &draft)
    draft.household.members += joining
    // The people stand in the one file from now on; the other is kept for its history.
    other.members = []
    other.status = .exited
    other.exit = Exit(reason: Self.merged, day: draft.day)
    draft.newOther = other
  }

  /// Gives members their relations to a new head; each but the head must be named.
  private func relate(
    _ members: inout [Member],
    _ relations: [MemberRelation],
    head: [UInt8],
    _ field: String,
    _ draft: inout ChangeDraft
  ) {
    for relation in relations where !members.contains(where: { $0.id == relation.member }) {
      draft.refuse(.memberUnknown, field)
    }
    for index in members.indices {
      let id = members[index].id
      if id == head {
        members[index].identity?.relation = Relation.head
        continue
      }
      let named = relations.last { $0.member == id }
      guard let named, named.relation != 0, named.relation != Relation.head else {
        draft.refuse(.relationMissing, field, member: UInt32(index + 1))
        continue
      }
      members[index].identity?.relation = named.relation
    }
  }

  /// A new head takes the place of one who left; nobody does where the head stayed.
  private func succeed(
    _ headLeft: Bool,
    _ newHead: [UInt8],
    _ relations: [MemberRelation],
    _ fields: (head: String, relations: String),
    _ draft: inout ChangeDraft
  ) {
    guard headLeft else {
      if !newHead.isEmpty || !relations.isEmpty { draft.refuse(.headStays, fields.head) }
      return
    }
    let place = draft.household.members.firstIndex { !newHead.isEmpty && $0.id == newHead }
    guard let place else { return draft.refuse(.newHead, fields.head) }
    draft.household.members[place].identity?.relation = Relation.head
    for relation in relations {
      guard relation.member != newHead,
        let index = draft.index(of: relation.member, fields.relations)
      else {
        if relation.member == newHead { draft.refuse(.memberTwice, fields.relations) }
        continue
      }
      draft.household.members[index].identity?.relation = relation.relation
    }
    let head = draft.household.members.remove(at: place)
    draft.household.members.insert(head, at: 0)
    // A spouse of the head who left is not the new one's: the relation must be named.
    let named = Set(relations.map(\.member))
    for (index, member) in draft.household.members.enumerated() {
      guard member.isSpouse, !named.contains(member.id) else {
        continue
      }
      draft.refuse(.relationMissing, fields.relations, member: UInt32(index + 1))
    }
  }

  /// The surviving one of head and spouse is widowed, if recorded as married.
  private func widow(of gone: Member, _ draft: inout ChangeDraft) {
    for index in draft.household.members.indices {
      let member = draft.household.members[index]
      let isCouple = gone.isHead && member.isSpouse || member.isHead && gone.isSpouse
      if isCouple, Self.marriedKinds.contains(member.identity?.maritalStatus ?? 0) {
        draft.household.members[index].identity?.maritalStatus = Self.widowed
      }
    }
  }

  private func checkRelation(
    of person: Member,
    _ field: String,
    _ place: UInt32,
    _ draft: inout ChangeDraft
  ) {
    let relation = person.identity?.relation ?? 0
    if relation == 0 || relation == Relation.head {
      draft.refuse(.relationMissing, field, member: place)
    }
  }
}

extension Member {
  /// Whether the member is the household's head.
  var isHead: Bool { identity?.relation == Relation.head }
  /// Whether the member is the head's spouse.
  var isSpouse: Bool { Relation.isSpouse(identity?.relation ?? 0) }
}
