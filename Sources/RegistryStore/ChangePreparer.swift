internal import Journal
internal import RPCProtobuf
internal import RegistryAPI
internal import RegistryModel

/// Makes changes of registered households ready to be written, or proposals of such.
struct ChangePreparer {
  /// A household of a change, as it is on record.
  struct Party {
    let stored: StoredHousehold
    let household: Household

    init(_ stored: StoredHousehold) throws {
      self.stored = stored
      household = try stored.recorded()
    }
  }

  let store: RegistryStore
  let reader: Reader
  let scope: Scope
  let preparer: HouseholdPreparer

  init(_ store: RegistryStore, reader: Reader, scope: Scope) {
    self.store = store
    self.reader = reader
    self.scope = scope
    preparer = HouseholdPreparer(store.context, reader: reader, scope: scope)
  }

  /// The rules as they bind an office; nil for a proposal, which is bound when it is taken.
  func rules(office: OfficeKind?) -> ChangeRules {
    ChangeRules(lists: store.context.lists, today: preparer.rules.today, office: office)
  }

  /// A change that takes effect at once.
  ///
  /// Throws `StoreError`: `invalid` and `refused` with the rules broken, `notFound`, `conflict` with
  /// both sides if the base is stale.
  func direct(_ change: Change, office: OfficeKind?) throws -> PreparedChange {
    let party = try party(change.household, "change.household")
    let other = try joining(change)
    let rules = rules(office: office)
    guard change.baseVersion == party.stored.version else {
      throw try stale(change, party, other, rules)
    }
    try checkJoining(change, other)
    let (result, violations) = rules.apply(change, to: party.household, other: other?.household)
    guard violations.isEmpty else { throw Self.broken(violations) }
    guard let prepared = try prepare(change, result, party, other, proposal: []) else {
      throw Self.broken([ChangeRule.nothingChanges.violation("change")])
    }
    return prepared
  }

  /// A household that the scope may change.
  func party(_ id: [UInt8], _ field: String) throws -> Party {
    guard let id = Bytes16(id) else {
      throw StoreError.broken([Violation(.required, row: 0, member: 0, field: field)])
    }
    let found = try reader.household(.id(id), scope: scope, directory: store.divisions)
    guard let found else { throw StoreError.householdNotFound }
    return try Party(found)
  }

  /// The household that joins in a merger; nil for other changes.
  func joining(_ change: Change) throws -> Party? {
    guard case .merge(let merge)? = change.kind else { return nil }
    return try party(merge.other, "change.merge.other")
  }

  /// Throws `conflict` if the household that joins changed since.
  func checkJoining(_ change: Change, _ other: Party?) throws {
    guard case .merge(let merge)? = change.kind, let other,
      merge.otherBaseVersion != other.stored.version
    else { return }
    var error = Self.conflict(merge.otherBaseVersion, other.stored.version, [])
    error.details?.violations = [ChangeRule.mergeBase.violation("change.merge.other_base_version")]
    throw error
  }

  /// A version on record; nil if there is none of this number.
  func version(_ number: UInt64, of stored: StoredHousehold) throws -> Household? {
    guard number > 0, let entry = try reader.entry(ofVersion: number, from: stored.entry) else {
      return nil
    }
    return try reader.version(
      entry: entry,
      ofHousehold: stored.n,
      scope: scope,
      directory: store.divisions
    )?.recorded()
  }

  /// Puts what a change makes into the form in which it is written; nil if nothing would change.
  ///
  /// Throws `HouseholdPreparer.Refusal` with the rules of households that the result breaks.
  func prepare(
    _ change: Change,
    _ result: ChangedHouseholds,
    _ party: Party,
    _ other: Party?,
    proposal: [UInt8]
  ) throws -> PreparedChange? {
    if case .moveAway(let move)? = change.kind { try checkDestination(move.destination) }
    let note = ChangeNote(kind: result.kind, reason: change.reason, proposal: proposal)
    var mark = VersionMark(note: note, effectiveOn: result.effectiveOn)
    var second = mark
    second.note.otherHousehold = party.household.id
    var prepared: PreparedHousehold?
    if case .split? = change.kind, let made = result.other {
      second.joining = Set(made.members.map(\.id))
      prepared = try preparer.create(made, as: second)
    } else if let other, let closed = result.other {
      mark.joining = Set(other.household.members.map(\.id))
      prepared = try preparer.next(
        of: other.stored,
        current: other.household,
        changed: closed,
        as: second
      )
    }
    mark.note.otherHousehold = prepared?.id.bytes ?? []
    let next = try preparer.next(
      of: party.stored,
      current: party.household,
      changed: result.household,
      as: mark
    )
    guard let next else { return nil }
    return PreparedChange(
      household: next,
      other: prepared,
      handOver: try handOver(change, next, day: result.effectiveOn)
    )
  }

  func checkDestination(_ text: String) throws {
    guard let code = DivisionCode(text), let record = store.divisions.record(code: code) else {
      throw Self.broken([ChangeRule.destination.violation("change.move_away.destination")])
    }
    if store.context.area.contains(record.path) {
      throw Self.broken([ChangeRule.destinationInside.violation("change.move_away.destination")])
    }
  }

  private func handOver(
    _ change: Change,
    _ next: PreparedHousehold,
    day: Int32
  ) throws -> PreparedHandOver? {
    guard case .moveAway? = change.kind, let exit = next.household.exit else { return nil }
    let id = try preparer.makeID()
    let message = HandOver(
      id: id.bytes,
      version: 1,
      state: .ready,
      household: next.id.bytes,
      destination: exit.destination,
      householdVersion: next.version,
      recordedBy: scope.actor(node: store.node),
      day: day
    )
    let record = try reader.record(
      message,
      kind: .handOver,
      subject: id,
      version: 1,
      household: next.id,
      wrappedKey: next.wrappedKey
    )
    return PreparedHandOver(record: record, message: message)
  }
}

extension ChangePreparer {
  /// Rules that say who may are refusals; the others make a wrong request.
  static func broken(_ violations: [Violation]) -> StoreError {
    let refusal = violations.first { ChangeRule(rawValue: $0.rule)?.isRefusal == true }
    guard let refusal else { return .broken(violations) }
    var error = StoreError.refused(
      by: refusal.rule,
      refusal.messageEn,
      zh: refusal.messageZh
    )
    error.details?.violations = violations
    return error
  }

  /// A stale base: what changed since, and what the change would.
  private func stale(
    _ change: Change,
    _ party: Party,
    _ other: Party?,
    _ rules: ChangeRules
  ) throws -> StoreError {
    if change.baseVersion == 0 {
      return .broken([ChangeRule.baseMissing.violation("change.base_version")])
    }
    guard let base = try version(change.baseVersion, of: party.stored) else {
      return Self.conflict(change.baseVersion, party.stored.version, [])
    }
    let (result, violations) = rules.apply(change, to: base, other: other?.household)
    let wanted = violations.isEmpty ? result.household : base
    return Self.conflict(
      change.baseVersion,
      party.stored.version,
      Self.differences(base: base, current: party.household, wanted: wanted)
    )
  }

  /// The fields in which what is on record, or what is wanted, differs from a base.
  static func differences(
    base: Household,
    current: Household,
    wanted: Household
  ) -> [FieldDifference] {
    let meanwhile = HouseholdFields.recordedDifferences(base, current)
    let requested = HouseholdFields.recordedDifferences(base, wanted)
    return (meanwhile + requested.filter { !meanwhile.contains($0) }).map { path in
      FieldDifference(
        field: path,
        changedMeanwhile: meanwhile.contains(path),
        changedByRequest: requested.contains(path)
      )
    }
  }

  /// The error of a stale version.
  static func conflict(
    _ base: UInt64,
    _ current: UInt64,
    _ fields: [FieldDifference]
  ) -> StoreError {
    StoreError(
      .conflict,
      "version \(base) is not current: \(current) is",
      details: ErrorDetails(
        conflict: VersionConflict(baseVersion: base, currentVersion: current, fields: fields)
      )
    )
  }
}
