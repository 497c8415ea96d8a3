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
  func create(_ prepared: PreparedHousehold, actor: String) throws -> WriteOutcome {
    let n = state.nextN
    let onFile = try insertNumbers(prepared.numbers, n: n)
    guard onFile.isEmpty else { return .onFile(positions: onFile) }
    let draft = EntryDraft(
      operation: .householdCreated,
      subject: prepared.id,
      versionBefore: 0,
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
    try statements.keepPast(base)
    guard
      try statements.update(prepared, base: base, entry: entry, connection: connection)
    else { throw Undone.overtaken }
    if base.numbers != prepared.numbers {
      for number in base.numbers { try statements.delete(number) }
      let onFile = try insertNumbers(prepared.numbers, n: base.n)
      guard onFile.isEmpty else { throw Undone.onFile(positions: onFile) }
    }
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

  /// Inserts the digests of ID numbers; where some are on file, none stays and their owners'
  /// positions are returned.
  private func insertNumbers(
    _ numbers: [PreparedHousehold.MemberNumber],
    n: Int64
  ) throws -> [Int] {
    var onFile: [Int] = []
    for (index, number) in numbers.enumerated() {
      if try statements.insert(number, n: n, connection: connection) { continue }
      if onFile.isEmpty { for earlier in numbers[..<index] { try statements.delete(earlier) } }
      onFile.append(number.position)
      // The rest is only looked at: what it inserts goes away again at once.
      for later in numbers[(index + 1)...] {
        if try statements.insert(later, n: n, connection: connection) {
          try statements.delete(later)
        } else {
          onFile.append(later.position)
        }
      }
      break
    }
    return onFile
  }

  private func replaceNames(
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
