internal import RegistryAPI
internal import RegistryModel

/// Taking a proposal: on its base, merged with what changed since, or as a conflict.
extension ChangePreparer {
  /// Takes a proposal, or opens a conflict, or settles one.
  ///
  /// Throws `StoreError`: `invalid`, `refused`, `notFound`; `HouseholdPreparer.Refusal`.
  func taken(
    _ request: SettleProposalRequest,
    _ proposal: Proposal,
    _ row: ProposalRow
  ) throws -> RegistryStore.ChangePlan {
    let change = proposal.change ?? Change()
    let party = try party(change.household, "change.household")
    let other = try joining(change)
    let isStale = isStale(change, party, other)
    let isConflict = request.verdict == .take && isStale && change.isOfTwo
    if isConflict { return try conflict(proposal, row, request) }
    let office = scope.identity?.kind
    // A split or merger that a person takes in spite of a conflict is made from what is on record.
    let base = change.isOfTwo ? party.household : proposal.baseHousehold ?? Household()
    if change.isOfTwo, request.verdict == .keepCurrent {
      return .propose(try next(proposal, row, request) { $0.state = .refused })
    }
    let (result, violations) = rules(office: office)
      .apply(change, to: base, other: other?.household)
    guard violations.isEmpty else { throw Self.broken(violations) }
    if !isStale || change.isOfTwo {
      return try carriedOut(result, [], change, party, other, proposal, row, request)
    }
    return try merged(result, change, party, proposal, row, request)
  }

  /// Whether one of the files has changed since a change's base.
  func isStale(_ change: Change, _ party: Party, _ other: Party?) -> Bool {
    if change.baseVersion != party.stored.version { return true }
    guard case .merge(let merge)? = change.kind, let other else { return false }
    return merge.otherBaseVersion != other.stored.version
  }

  /// An exited household takes corrections only, whoever exited it meanwhile.
  func isClosed(_ current: Household, to change: Change) -> Bool {
    current.status == .exited && change.changeKind != .correction
  }

  /// Merges a proposal with what changed since its base, by fields.
  private func merged(
    _ result: ChangedHouseholds,
    _ change: Change,
    _ party: Party,
    _ proposal: Proposal,
    _ row: ProposalRow,
    _ request: SettleProposalRequest
  ) throws -> RegistryStore.ChangePlan {
    let base = proposal.baseHousehold ?? Household()
    let current = party.household
    var proposed = preparer.rules.normalised(result.household)
    proposed.change = base.change
    let overlap = FieldOverlap(base: base, first: proposed, second: current)
    let isClosed = isClosed(current, to: change)
    if request.verdict == .take, isClosed || !overlap.paths.isEmpty {
      return try conflict(proposal, row, request)
    }
    if isClosed { throw Self.broken([ChangeRule.exited.violation("verdict")]) }
    var merged = result
    // Whose side goes over the other's decides where both differ.
    merged.household =
      request.verdict == .keepCurrent
      ? HouseholdFields.applying(from: base, to: current, onto: proposed)
      : HouseholdFields.applying(from: base, to: proposed, onto: current)
    merged.household.version = current.version
    merged.household.effectiveOn = result.effectiveOn
    let paths = HouseholdFields.recordedDifferences(base, current)
    do {
      return try carriedOut(merged, paths, change, party, nil, proposal, row, request)
    } catch let refusal as HouseholdPreparer.Refusal where request.verdict == .take {
      // Each side obeys the rules and both together do not: a person decides.
      guard !refusal.violations.isEmpty else { throw refusal }
      return try conflict(proposal, row, request)
    }
  }

  private func carriedOut(
    _ result: ChangedHouseholds,
    _ merged: [String],
    _ change: Change,
    _ party: Party,
    _ other: Party?,
    _ proposal: Proposal,
    _ row: ProposalRow,
    _ request: SettleProposalRequest
  ) throws -> RegistryStore.ChangePlan {
    let isNothing =
      !HouseholdFields.hasTouched(from: party.household, to: result.household)
      && result.other == nil
    guard !isNothing,
      let prepared = try prepare(change, result, party, other, proposal: proposal.id)
    else {
      return .propose(try next(proposal, row, request) { $0.state = .refused })
    }
    let settled = try next(proposal, row, request) { message in
      message.state = .taken
      message.madeVersion = prepared.household.version
      message.merged = merged
    }
    return .change(prepared, settled)
  }

  private func conflict(
    _ proposal: Proposal,
    _ row: ProposalRow,
    _ request: SettleProposalRequest
  ) throws -> RegistryStore.ChangePlan {
    let opened = try next(proposal, row, request) { message in
      message.state = .conflict
      message.settledBy = ""
    }
    return .propose(opened)
  }
}
