package import Journal
internal import RegistryAPI
package import RegistryModel
internal import SQL

/// What a node says of its store.
package struct StoreStatus: Sendable, Hashable {
  /// The journal's entries.
  package let journalSize: UInt64
  /// The root of the journal's tree.
  package let journalRoot: Hash256
}

extension RegistryStore {
  /// The day by the store's clock.
  package var today: Day { context.environment.today }

  /// How far the journal has come; a point read.
  package func status() throws -> StoreStatus {
    try pointReaders.with { try $0.status() }
  }

  /// A household within the scope's area, as a point read that may run on an event loop.
  ///
  /// The answer holds everything on record: what the scope does not disclose is the caller's to
  /// leave out (`Scope.disclosed`). A household whose people the scope does not see is not found.
  /// Throws `StoreError`: `refused`, `notFound`, also for one outside the area, `damaged`.
  package func household(
    _ reference: HouseholdReference,
    scope: Scope
  ) throws -> StoredHousehold {
    try scope.require(.get)
    return try first(of: reference) { reference in
      try pointReaders.with { try $0.household(reference, scope: scope, directory: divisions) }
    } where: {
      try sees($0, scope, reference)
    }
  }

  /// The first household of a reference that holds: somebody may stand in two nodes' files, of which
  /// the scope sees the second alone.
  ///
  /// Throws `StoreError` (`notFound`), and what the two closures throw.
  func first(
    of reference: HouseholdReference,
    _ find: (HouseholdReference) throws -> StoredHousehold?,
    where holds: (StoredHousehold) throws -> Bool
  ) throws -> StoredHousehold {
    if let found = try find(reference), try holds(found) { return found }
    if case .citizenID(let number) = reference {
      for id in try pointReaders.with({ try $0.householdsElsewhere(of: number) }) {
        if let found = try find(.id(id)), try holds(found) { return found }
      }
    }
    throw StoreError.householdNotFound
  }

  /// Whether the scope sees anybody of a household, and the very person who was asked for.
  func sees(
    _ stored: StoredHousehold,
    _ scope: Scope,
    _ reference: HouseholdReference
  ) throws -> Bool {
    if scope.people == .all { return true }
    guard let shown = scope.disclosed(try stored.household(), on: context.environment.today) else {
      return false
    }
    guard case .citizenID(let number) = reference else { return true }
    let all = try stored.household()
    guard let asked = all.members.first(where: { $0.identity?.citizenId == number.text }) else {
      return false
    }
    return shown.members.contains { $0.id == asked.id }
  }
}

extension Reader {
  /// The latest head of the journal.
  func status() throws -> StoreStatus {
    let row = try connection.prepare(
      "SELECT size, root FROM journal_head ORDER BY size DESC LIMIT 1"
    )
    let status = try row.first { row in
      StoreStatus(
        journalSize: UInt64(bitPattern: row.int64(at: 0)),
        journalRoot: try row.hash256(at: 1)
      )
    }
    guard let status else { throw StoreError(.damaged, "the journal has no head") }
    return status
  }
}
