internal import RPCCore
internal import RegistryAPI
internal import RegistryModel
internal import RegistryStore

extension ServerContext {
  /// Records what is about to be shown of households and applications; nothing may leave before it
  /// returns.
  ///
  /// - Parameters:
  ///   - people: of how many people something is shown; nil for all of the files.
  ///   - classes: the groups that the answer has a place for; those of them that the scope shows are
  ///     recorded.
  ///   - asked: numbers or names that were asked for.
  ///   - scope: that of the call where nil.
  ///
  /// Throws `StoreError` as `RegistryStore.disclose` does.
  func disclose(
    _ files: [[UInt8]],
    people: Int?,
    showing classes: DisclosureClasses,
    asked: Int = 0,
    from store: RegistryStore,
    scope: Scope? = nil
  ) async throws {
    let scope = try scope ?? self.scope
    let counted: Int
    if let people { counted = people } else { counted = try await store.people(in: files, scope) }
    try await store.disclose(
      Disclosure(
        files: files,
        people: counted,
        classes: classes.intersection(scope.classes),
        asked: asked
      ),
      to: peer.commonName,
      scope: scope
    )
  }

  /// Records that somebody was asked for and not found, by an office that says what for: whoever
  /// tries numbers leaves a trace.
  func discloseNothing(from store: RegistryStore) async throws {
    let scope = try scope
    guard scope.purpose != nil else { return }
    try await disclose([], people: 0, showing: [], asked: 1, from: store)
  }

  /// Gives what a write answers; where it is refused since its base is stale, the versions and fields
  /// that the refusal names are a look.
  func disclosingConflicts<Answer>(
    of files: [[UInt8]],
    from store: RegistryStore,
    _ write: () async throws -> Answer
  ) async throws -> Answer {
    do {
      return try await write()
    } catch let error as StoreError where error.code == .conflict {
      if let conflict = error.details?.conflict {
        let paths = conflict.fields.map(\.field)
        try await disclose(
          files,
          people: nil,
          showing: HouseholdFields.disclosure(of: paths),
          from: store
        )
      }
      throw error
    }
  }
}
