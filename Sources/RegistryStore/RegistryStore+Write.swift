internal import Journal
internal import RPCProtobuf
package import RegistryAPI
package import RegistryModel

/// A household as a write left it.
package struct WrittenHousehold: Sendable, Hashable {
  /// The file.
  package let stored: StoredHousehold
  /// Whether it is the kept result of an earlier call under the same idempotency key.
  package let isReplayed: Bool
  /// Whether this very call wrote it: what it answers else is a look.
  package let isWritten: Bool
}

extension RegistryStore {
  /// Registers a household; returns when that is durable.
  ///
  /// Throws `StoreError`: `refused`, `invalid` with every rule broken, `duplicate` naming the
  /// members who stand in other files, `keyReused`, `overloaded`, `diskFull`, `unavailable`.
  package func create(
    _ request: CreateHouseholdRequest,
    idempotencyKey: [UInt8]? = nil,
    scope: Scope
  ) async throws -> WrittenHousehold {
    try scope.require(.create)
    return try await write("create", request, idempotencyKey, scope) { [self] reader in
      let preparer = HouseholdPreparer(context, reader: reader, scope: scope)
      return .write(try preparer.create(request.household ?? Household()))
    }
  }

  /// Changes a household, made from a base version, by a mask; returns when that is durable.
  ///
  /// A change that changes nothing makes no version. Throws `StoreError` as `create` does, and
  /// `notFound`, `conflict` with both versions if the base is stale.
  package func update(
    _ request: UpdateHouseholdRequest,
    idempotencyKey: [UInt8]? = nil,
    scope: Scope
  ) async throws -> WrittenHousehold {
    try scope.require(.update)
    return try await write("update", request, idempotencyKey, scope) { [self] reader in
      try plan(request, scope, reader)
    }
  }

  /// What a write comes down to once it is prepared.
  private enum Plan: Sendable {
    case write(PreparedHousehold)
    case unchanged(StoredHousehold)
  }

  /// What the writer gives back: where the version stands and when it was recorded.
  struct Place: Sendable {
    var n: Int64
    var entry: Int64
    var instant: Int64
  }

  private func write(
    _ method: String,
    _ request: some Message,
    _ key: [UInt8]?,
    _ scope: Scope,
    _ prepare: @escaping @Sendable (Reader) throws -> Plan
  ) async throws -> WrittenHousehold {
    let actor = scope.actor(node: node)
    return try await attempt(method, request, key, holder: actor, prepare) { [self] claim, reader in
      try replay(claim, reader, scope).map {
        WrittenHousehold(stored: $0, isReplayed: true, isWritten: false)
      }
    } carryOut: { [self] plan, claim in
      switch plan {
      case .unchanged(let stored):
        try await keep(claim, stored)
        return WrittenHousehold(stored: stored, isReplayed: false, isWritten: false)
      case .write(let prepared):
        let written = try await writer.perform(weight: 1) { session in
          try Self.carryOut(prepared, claim, actor, session)
        }
        return Self.answer(prepared, written)
      }
    }
  }

  /// Prepares a call off the loop and carries it out, again if another write came between.
  ///
  /// A call repeated under its key is answered by `replay`. `carryOut` throws `Repeated` or
  /// `Overtaken` if the call must be looked at anew. Throws `overloaded` after
  /// `limits.updateAttempts`.
  func attempt<Plan: Sendable, Answer: Sendable>(
    _ method: String,
    _ request: some Message,
    _ key: [UInt8]?,
    holder: String,
    _ prepare: @escaping @Sendable (Reader) throws -> Plan,
    replay: @escaping @Sendable (IdempotencyClaim, Reader) throws -> Answer?,
    carryOut: @Sendable (Plan, IdempotencyClaim?) async throws -> Answer
  ) async throws -> Answer {
    for _ in 0..<limits.updateAttempts {
      let (prepared, claim) = try await work.run { [self] _ in
        try readers.with { reader -> (Prepared<Plan, Answer>, IdempotencyClaim?) in
          let claim = try key.map {
            try IdempotencyClaim(
              key: $0,
              method: method,
              holder: holder,
              request: request,
              using: reader.sealer
            )
          }
          if let claim, let kept = try replay(claim, reader) { return (.replayed(kept), claim) }
          do {
            return (.plan(try prepare(reader)), claim)
          } catch {
            // Sent twice at once: what the first has written since is no other's change.
            if let claim, let kept = try replay(claim, reader) { return (.replayed(kept), claim) }
            guard let refusal = error as? HouseholdPreparer.Refusal else { throw error }
            throw Self.error(refusal)
          }
        }
      }
      do {
        switch prepared {
        case .replayed(let kept): return kept
        case .plan(let plan): return try await carryOut(plan, claim)
        }
      } catch is Repeated {
        // The first of the two is durable: the next turn finds its result.
      } catch is Overtaken {
        // The next turn starts from the version that came between.
      }
    }
    throw StoreError(
      .overloaded,
      "other changes of this household came between each time",
      zh: "此户屡次被他人先行修改"
    )
  }

  /// Keeps what a call found that changes nothing: repeated after another's change, it must not
  /// turn into a conflict.
  private func keep(_ claim: IdempotencyClaim?, _ stored: StoredHousehold) async throws {
    guard let claim else { return }
    try await writer.perform(weight: 1) { session in
      let isNew = try session.keep(claim, n: stored.n, entry: stored.entry)
      if !isNew { throw Repeated() }
    }
  }

  private func replay(
    _ claim: IdempotencyClaim,
    _ reader: Reader,
    _ scope: Scope
  ) throws -> StoredHousehold? {
    try reader.replay(
      claim,
      scope: scope,
      now: context.environment.now(),
      directory: divisions
    )
  }

  /// Writes inside the writer's transaction.
  ///
  /// Throws `Repeated` or `Overtaken` if it must be looked at anew, and `duplicate`.
  private static func carryOut(
    _ prepared: PreparedHousehold,
    _ claim: IdempotencyClaim?,
    _ actor: String,
    _ session: WriteSession
  ) throws -> Place {
    let n = prepared.base?.n ?? session.state.nextN
    // First of all, so that a call sent twice at once finds itself and not its own people on file.
    if let claim, try !session.keep(claim, n: n, entry: session.nextEntry) { throw Repeated() }
    let outcome =
      prepared.base == nil
      ? try session.create(prepared, actor: actor)
      : try session.updateAlone(prepared, actor: actor)
    switch outcome {
    case .overtaken: throw Overtaken()
    case .onFile(let positions): throw duplicate(positions)
    case .written(let entry):
      return Place(n: n, entry: entry, instant: session.instant.microseconds)
    }
  }

  static func answer(_ prepared: PreparedHousehold, _ place: Place) -> WrittenHousehold {
    let encoded = prepared.body.withUnsafeBytes {
      StoredHousehold.encoding(body: $0, recordedAt: place.instant)
    }
    return WrittenHousehold(
      stored: StoredHousehold(
        id: prepared.id,
        version: prepared.version,
        village: prepared.village,
        encoded: encoded,
        n: place.n,
        entry: place.entry
      ),
      isReplayed: false,
      isWritten: true
    )
  }

  static func duplicate(_ positions: [Int]) -> StoreError {
    let violations = positions.map {
      StoreRule.onFile.violation(member: UInt32($0 + 1), field: "members.identity.citizen_id")
    }
    return StoreError(
      .duplicate,
      "\(positions.count) member(s) stand in other files",
      zh: "\(positions.count) 名成员已在其他户档案中",
      details: ErrorDetails(violations: violations)
    )
  }

  /// A household outside the caller's area is a refusal, everything else a wrong request.
  static func error(_ refusal: HouseholdPreparer.Refusal) -> StoreError {
    var error = StoreError.broken(refusal.violations)
    let places = [StoreRule.area, .nodeArea, .owner].map(\.rawValue)
    if let place = refusal.violations.first(where: { places.contains($0.rule) }) {
      error = .refused(by: place.rule, place.messageEn, zh: place.messageZh)
      error.details?.violations = refusal.violations
    }
    return error
  }

  private func plan(
    _ request: UpdateHouseholdRequest,
    _ scope: Scope,
    _ reader: Reader
  ) throws -> Plan {
    guard let id = Bytes16(request.id) else {
      throw StoreError.broken([Violation(.required, row: 0, member: 0, field: "id")])
    }
    guard let stored = try reader.household(.id(id), scope: scope, directory: divisions) else {
      throw StoreError.householdNotFound
    }
    let current = try stored.recorded()
    let (changed, violations) = HouseholdFields.updated(
      current,
      with: request.household ?? Household(),
      mask: request.mask,
      removing: request.removedMembers
    )
    guard stored.version == request.baseVersion else {
      throw try conflict(request, stored, current, changed, reader, scope)
    }
    guard violations.isEmpty else { throw StoreError.broken(violations) }
    try checkOwnList(current, changed, scope)
    let preparer = HouseholdPreparer(context, reader: reader, scope: scope)
    guard let next = try preparer.next(of: stored, current: current, changed: changed) else {
      return .unchanged(stored)
    }
    return .write(next)
  }

  /// Each office decides for its own list: the other's decision comes by a category change.
  private func checkOwnList(
    _ current: Household,
    _ changed: Household,
    _ scope: Scope
  ) throws(StoreError) {
    let (before, after) = (current.classification, changed.classification)
    let others: Bool
    switch scope.identity?.kind {
    case nil: return
    case .povertyOffice: others = before?.securityDecision != after?.securityDecision
    case .civilAffairs: others = before?.povertyDecision != after?.povertyDecision
    default:
      others =
        before?.securityDecision != after?.securityDecision
        || before?.povertyDecision != after?.povertyDecision
    }
    if others {
      let rule = ChangeRule.ownList
      throw .refused(by: rule.rawValue, rule.english, zh: rule.chinese)
    }
  }

  /// Both versions' differences: what changed since the base, and what the request would change.
  private func conflict(
    _ request: UpdateHouseholdRequest,
    _ stored: StoredHousehold,
    _ current: Household,
    _ changed: Household,
    _ reader: Reader,
    _ scope: Scope
  ) throws -> StoreError {
    var meanwhile: [String] = []
    if let entry = try reader.entry(ofVersion: request.baseVersion, of: stored),
      let base = try reader.version(
        entry: entry,
        ofHousehold: stored.n,
        scope: scope,
        directory: divisions
      )
    {
      meanwhile = HouseholdFields.differences(try base.recorded(), current)
    }
    let requested = HouseholdFields.differences(current, changed)
    let others = requested.filter { !meanwhile.contains($0) }
    let fields = (meanwhile + others).map { path in
      FieldDifference(
        field: path,
        changedMeanwhile: meanwhile.contains(path),
        changedByRequest: requested.contains(path)
      )
    }
    let conflict = VersionConflict(
      baseVersion: request.baseVersion,
      currentVersion: stored.version,
      fields: fields
    )
    return StoreError(
      .conflict,
      "version \(request.baseVersion) is not current: \(stored.version) is",
      zh: "版本 \(request.baseVersion) 已非最新，现有版本为 \(stored.version)",
      details: ErrorDetails(conflict: conflict)
    )
  }
}

/// Undoes a write whose base another write replaced.
struct Overtaken: Error {}

/// Undoes a write whose idempotency key was kept by the same call sent twice at once.
struct Repeated: Error {}

/// A call once it is looked at: something to carry out, or the answer that an earlier one got.
private enum Prepared<Plan: Sendable, Answer: Sendable>: Sendable {
  case plan(Plan)
  case replayed(Answer)
}
