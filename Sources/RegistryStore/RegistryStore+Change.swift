internal import Journal
internal import RPCProtobuf
package import RegistryAPI
package import RegistryModel

/// What became of a change.
package struct SubmittedChange: Sendable {
  /// The household as it is now; nil for a proposal.
  package var household: StoredHousehold?
  /// The other household of a split or merger.
  package var other: StoredHousehold?
  /// The proposal, for an office that proposes.
  package var proposal: Proposal?
  /// The hand-over, for a move to another county.
  package var handOver: HandOver?
  /// Whether it is the kept result of an earlier call under the same idempotency key.
  package var isReplayed = false
}

extension RegistryStore {
  /// Changes a registered household, or two of them as one; returns when that is durable.
  ///
  /// The county's poverty office changes at once, and its civil affairs office its own list; village
  /// and township offices make a proposal on any version on record. Nothing of an answer is kept
  /// under the idempotency key but where it stands in the journal. Throws `StoreError`: `refused`,
  /// `invalid` with every rule broken, `notFound`, `conflict` with both sides if the base is stale,
  /// `duplicate`, `keyReused`, `overloaded`, `diskFull`, `unavailable`.
  package func submit(
    _ request: SubmitChangeRequest,
    idempotencyKey: [UInt8]? = nil,
    scope: Scope
  ) async throws -> SubmittedChange {
    try scope.require(.change)
    let change = request.change ?? Change()
    return try await attempt("change", request, idempotencyKey, scope) { [self] reader in
      let preparer = ChangePreparer(self, reader: reader, scope: scope)
      if scope.proposes { return .propose(try preparer.proposal(of: change)) }
      return .change(try preparer.direct(change, office: scope.identity?.kind), nil)
    }
  }

  /// What a call comes down to once it is prepared.
  enum ChangePlan: Sendable {
    /// A change, and the settled proposal that it comes from.
    case change(PreparedChange, PreparedProposal?)
    /// A proposal's next version alone.
    case propose(PreparedProposal)
  }

  /// Prepares a call and writes it, again if another write came between.
  func attempt(
    _ method: String,
    _ request: some Message,
    _ key: [UInt8]?,
    _ scope: Scope,
    _ prepare: @escaping @Sendable (Reader) throws -> ChangePlan
  ) async throws -> SubmittedChange {
    let actor = scope.actor(node: node)
    return try await attempt(method, request, key, holder: actor, prepare) { [self] claim, reader in
      try replayedChange(claim, reader, scope)
    } carryOut: { [self] plan, claim in
      switch plan {
      case .change(let change, let proposal):
        return try await carryOut(change, proposal, claim, actor)
      case .propose(let proposal): return try await carryOut(proposal, claim, actor)
      }
    }
  }

  private func carryOut(
    _ change: PreparedChange,
    _ proposal: PreparedProposal?,
    _ claim: IdempotencyClaim?,
    _ actor: String
  ) async throws -> SubmittedChange {
    let n = change.household.base?.n ?? 0
    let (written, settled) = try await writer.perform(weight: 2) { session in
      // A settled proposal goes first: its entry is what its call's answer is rebuilt from.
      let entry = proposal == nil ? session.entry(of: change) : session.nextEntry
      if let claim, try !session.keep(claim, n: n, entry: entry) { throw Repeated() }
      let settled = try proposal.map { try session.write($0, actor: actor) }
      return (try session.write(change, actor: actor), settled)
    }
    var answer = SubmittedChange()
    answer.household = Self.answer(change.household, written.household).stored
    if let other = change.other, let place = written.other {
      answer.other = Self.answer(other, place).stored
    }
    answer.handOver = change.handOver?.message
    answer.proposal = settled.flatMap { place in proposal?.told(at: place.instant) }
    return answer
  }

  private func carryOut(
    _ proposal: PreparedProposal,
    _ claim: IdempotencyClaim?,
    _ actor: String
  ) async throws -> SubmittedChange {
    let place = try await writer.perform(weight: 1) { session in
      if let claim, try !session.keep(claim, n: proposal.household, entry: session.nextEntry) {
        throw Repeated()
      }
      return try session.write(proposal, actor: actor)
    }
    return SubmittedChange(proposal: proposal.told(at: place.instant))
  }
}

extension PreparedProposal {
  /// The proposal as an answer tells it, with its instants.
  func told(at instant: Int64) -> Proposal {
    var told = message
    told.recordedAt = instant
    told.proposedAt = base?.proposedAt ?? instant
    return told
  }
}

extension Scope {
  /// Whether the holder's changes are proposals: the county owns its files.
  var proposes: Bool {
    switch identity?.kind {
    case .villageCommittee?, .townshipGovernment?: true
    default: false
    }
  }
}
