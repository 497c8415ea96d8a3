internal import Journal
internal import RegistryAPI
internal import RegistryModel
internal import SQL

/// How the writing of one household ended.
enum WriteOutcome: Sendable {
  /// It is written, once the group is committed.
  case written(entry: Int64)
  /// These members stand in other files; nothing of the household is written.
  case onFile(positions: [Int])
  /// Another version came between; nothing is written.
  case overtaken
}

extension WriteSession {
  /// Writes a new household.
  ///
  /// Its ID numbers go first: where one is on file, those before it are taken back and nothing else
  /// was written, so that the other households of the job go on.
  ///
  /// - Parameter before: the version that it had in another county; 0 for one that is new.
  func create(
    _ prepared: PreparedHousehold,
    actor: String,
    from before: UInt64 = 0
  ) throws -> WriteOutcome {
    let n = state.nextN
    let onFile = try insertNumbers(prepared.numbers, n: n)
    guard onFile.isEmpty else { return .onFile(positions: onFile) }
    let draft = EntryDraft(
      operation: .householdCreated,
      subject: prepared.id,
      versionBefore: before,
      versionAfter: prepared.version,
      prior: 0,
      actor: actor
    )
    let entry = try append(draft, body: prepared.sealed, bodyHash: prepared.bodyHash)
    try statements.insert(prepared, n: n, entry: entry)
    for (position, member) in prepared.household.members.enumerated() {
      guard let name = member.identity?.name, !name.isEmpty else { continue }
      try statements.insert(name: name, n: n, position: position)
    }
    effects.tallies[prepared.village.id, default: Tally()]
      .add(prepared.household, lines: context.lines)
    if let county = prepared.county {
      effects.serials[county] = max(effects.serials[county] ?? 0, prepared.number.serial)
    }
    state.nextN = n + 1
    return .written(entry: entry)
  }

  /// Writes the next version of a household; a failure leaves rows behind, so call it inside a
  /// savepoint of its own, which `updateAlone` sets.
  private func update(
    _ prepared: PreparedHousehold,
    base: PreparedHousehold.Base,
    actor: String
  ) throws -> Int64 {
    let draft = EntryDraft(
      operation: .householdUpdated,
      subject: prepared.id,
      versionBefore: base.version,
      versionAfter: prepared.version,
      prior: base.entry,
      actor: actor
    )
    let entry = try append(draft, body: prepared.sealed, bodyHash: prepared.bodyHash)
    if prepared.household.change?.kind.isUrgent == true { try noteUrgent(entry) }
    try statements.keepPast(base)
    guard
      try statements.update(prepared, base: base, entry: entry, connection: connection)
    else { throw Undone.overtaken }
    let onFile = try replaceNumbers(base, by: prepared)
    guard onFile.isEmpty else { throw Undone.onFile(positions: onFile) }
    try replaceNames(of: base.household, by: prepared.household, n: base.n)
    effects.tallies[base.village.id, default: Tally()]
      .subtract(base.household, lines: context.lines)
    effects.tallies[prepared.village.id, default: Tally()]
      .add(prepared.household, lines: context.lines)
    return entry
  }

  /// Writes the next version of a household, or nothing.
  func updateAlone(_ prepared: PreparedHousehold, actor: String) throws -> WriteOutcome {
    guard let base = prepared.base else { return .overtaken }
    let before = (state, effects)
    do {
      return try connection.nested {
        .written(entry: try update(prepared, base: base, actor: actor))
      }
    } catch let undone as Undone {
      (state, effects) = before
      switch undone {
      case .overtaken: return .overtaken
      case .onFile(let positions): return .onFile(positions: positions)
      }
    }
  }

  /// Why the rows written so far must be undone.
  private enum Undone: Error {
    case overtaken
    case onFile(positions: [Int])
  }

  /// Puts the digests of a new version in the place of the old one's; returns the positions of
  /// those on file elsewhere, with rows left behind.
  ///
  /// The list of an exited household need not hold all its people: who stands in another file by now
  /// stays there, until the household comes back.
  private func replaceNumbers(
    _ base: PreparedHousehold.Base,
    by prepared: PreparedHousehold
  ) throws -> [Int] {
    let isExited = prepared.household.status == .exited
    let comesBack = base.household.status == .exited && !isExited
    guard base.numbers != prepared.numbers || comesBack else { return [] }
    for number in base.numbers { try statements.delete(number, n: base.n) }
    if !isExited { return try insertNumbers(prepared.numbers, n: base.n) }
    let known = Set(base.numbers.map(\.digest))
    let (old, new) = (
      prepared.numbers.filter { known.contains($0.digest) },
      prepared.numbers.filter { !known.contains($0.digest) }
    )
    for number in old { _ = try statements.insert(number, n: base.n, connection: connection) }
    return try insertNumbers(new, n: base.n)
  }

  /// Inserts the digests of ID numbers; where some are on file, none stays and their owners'
  /// positions are returned.
  ///
  /// A person of another household that has left the register is not on file: its list gives the
  /// number up, once it is clear that the whole household can be written.
  private func insertNumbers(
    _ numbers: [PreparedHousehold.MemberNumber],
    n: Int64
  ) throws -> [Int] {
    var onFile: [Int] = []
    var moving: [PreparedHousehold.MemberNumber] = []
    for number in numbers {
      if try statements.insert(number, n: n, connection: connection) { continue }
      if try statements.isOfExited(number, otherThan: n) {
        moving.append(number)
      } else {
        onFile.append(number.position)
      }
    }
    if onFile.isEmpty {
      for number in moving { try statements.move(number, to: n) }
    } else {
      for number in numbers { try statements.delete(number, n: n) }
    }
    return onFile
  }

  func replaceNames(
    of old: Household,
    by new: Household,
    n: Int64
  ) throws {
    let before = old.members.map { $0.identity?.name ?? "" }
    let after = new.members.map { $0.identity?.name ?? "" }
    if before == after { return }
    for (position, name) in before.enumerated() where !name.isEmpty {
      try statements.delete(name: name, n: n, position: position)
    }
    for (position, name) in after.enumerated() where !name.isEmpty {
      try statements.insert(name: name, n: n, position: position)
    }
  }
}
