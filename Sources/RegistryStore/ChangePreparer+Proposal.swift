internal import Journal
internal import RPCProtobuf
internal import RegistryAPI
internal import RegistryModel

/// Making and settling proposals.
extension ChangePreparer {
  /// A proposal on a version on record.
  ///
  /// What it would make of that version must break no rule, wherever the office's own area ends: the
  /// county decides. Throws `StoreError`: `invalid`, `notFound`.
  ///
  /// - Parameter given: the id that a stand-alone office gave it, and when; nil for a new one. The
  ///   office's may come late: where the file has changed in the same places since, it is a conflict
  ///   from the start.
  func proposal(
    of request: Change,
    recorded given: (id: Bytes16, at: Int64)? = nil
  ) throws -> PreparedProposal {
    // It is kept and listed as it came, with what no mask names and no rule looks at.
    guard try request.serializedBytes().count <= store.limits.proposalBytes else {
      throw Self.broken([ChangeRule.proposalLength.violation("change")])
    }
    let party = try party(request.household, "change.household")
    let other = try joining(request)
    var change = request
    if change.effectiveOn == 0 { change.effectiveOn = Int32(preparer.rules.today.yyyymmdd) }
    if change.baseVersion == 0 {
      throw Self.broken([ChangeRule.baseMissing.violation("change.base_version")])
    }
    guard let base = try version(change.baseVersion, of: party.stored) else {
      throw Self.conflict(change.baseVersion, party.stored.version, [])
    }
    let (result, violations) = rules(office: nil).apply(change, to: base, other: other?.household)
    guard violations.isEmpty else { throw Self.broken(violations) }
    try checkResult(change, result)
    let id = try given?.id ?? preparer.makeID()
    let isLate = given != nil && isConflict(change, result, base: base, party, other)
    let message = Proposal(
      id: id.bytes,
      version: 1,
      state: isLate ? .conflict : .open,
      change: change,
      baseHousehold: base,
      proposedBy: scope.actor(node: store.node),
      proposedAt: given?.at ?? 0
    )
    let wrapped = try reader.wrappedKey(n: party.stored.n)
    return PreparedProposal(
      record: try record(message, id, household: party.stored.id, wrappedKey: wrapped),
      message: message,
      household: party.stored.n,
      village: party.stored.village.id
    )
  }

  /// Whether taking a proposal on the version on record would open a conflict.
  private func isConflict(
    _ change: Change,
    _ result: ChangedHouseholds,
    base: Household,
    _ party: Party,
    _ other: Party?
  ) -> Bool {
    guard isStale(change, party, other) else { return false }
    if change.isOfTwo || isClosed(party.household, to: change) { return true }
    var proposed = preparer.rules.normalised(result.household)
    proposed.change = base.change
    return !FieldOverlap(base: base, first: proposed, second: party.household).paths.isEmpty
  }

  /// The rules of files and places, as the node's own area bounds them.
  private func checkResult(_ change: Change, _ result: ChangedHouseholds) throws {
    if case .moveAway(let move)? = change.kind { try checkDestination(move.destination) }
    let scope = Scope.system(reason: "a proposal's result")
    let whole = HouseholdPreparer(store.context, reader: reader, scope: scope)
    for household in [result.household, result.other].compactMap({ $0 }) {
      _ = try whole.check(whole.rules.normalised(household))
    }
  }

  private func record(
    _ message: Proposal,
    _ id: Bytes16,
    household: Bytes16,
    wrappedKey: [UInt8]
  ) throws -> PreparedRecord {
    try reader.record(
      message,
      kind: .proposal,
      subject: id,
      version: message.version,
      household: household,
      wrappedKey: wrappedKey
    )
  }

  /// A proposal settled as a request asks.
  ///
  /// Throws `StoreError`: `invalid`, `refused`, `notFound`, `conflict` if the proposal changed.
  func settled(_ request: SettleProposalRequest) throws -> RegistryStore.ChangePlan {
    guard let id = Bytes16(request.id) else {
      throw StoreError.broken([Violation(.required, row: 0, member: 0, field: "id")])
    }
    guard let row = try reader.proposal(id: id, scope: scope, directory: store.divisions) else {
      throw StoreError.proposalNotFound
    }
    let proposal = try reader.proposal(entry: row.entry, of: row.household)
    try check(request, proposal)
    switch request.verdict {
    case .refuse:
      return .propose(try next(proposal, row, request) { $0.state = .refused })
    case .withdraw:
      return .propose(try next(proposal, row, request) { $0.state = .withdrawn })
    default: return try taken(request, proposal, row)
    }
  }

  private func check(_ request: SettleProposalRequest, _ proposal: Proposal) throws {
    let verdict = request.verdict
    guard (1...5).contains(verdict.rawValue) else {
      throw Self.broken([ChangeRule.proposalVerdict.violation("verdict")])
    }
    guard isOffice(for: verdict, of: proposal) else {
      throw Self.broken([ChangeRule.proposalOffice.violation("verdict")])
    }
    guard request.baseVersion == proposal.version else {
      throw Self.conflict(request.baseVersion, proposal.version, [])
    }
    let isFitting =
      switch verdict {
      case .take: proposal.state == .open
      case .takeProposed, .keepCurrent: proposal.state == .conflict
      default: proposal.state == .open || proposal.state == .conflict
      }
    guard isFitting else { throw Self.broken([ChangeRule.proposalState.violation("verdict")]) }
    if let violation = ChangeRules.violation(ofReason: request.reason, "reason") {
      throw StoreError.broken([violation])
    }
    let needsReason = [.refuse, .takeProposed, .keepCurrent].contains(verdict)
    if needsReason, ChangeRules.isBlank(request.reason) {
      throw Self.broken([ChangeRule.proposalReason.violation("reason")])
    }
  }

  /// The office that proposed withdraws; of the county's two, the one whose matter it is settles.
  private func isOffice(for verdict: ProposalVerdict, of proposal: Proposal) -> Bool {
    guard let identity = scope.identity else { return true }
    if verdict == .withdraw {
      let proposer = OfficeIdentity(uri: proposal.proposedBy)
      return proposer?.division == identity.division && proposer?.kind == identity.kind
    }
    if case .category(let change)? = proposal.change?.kind,
      change.securityDecision != .unspecified
    {
      return identity.kind == .civilAffairs
    }
    return identity.kind == .povertyOffice
  }

  /// The next version of a proposal.
  func next(
    _ proposal: Proposal,
    _ row: ProposalRow,
    _ request: SettleProposalRequest,
    _ change: (inout Proposal) -> Void
  ) throws -> PreparedProposal {
    var message = proposal
    message.version += 1
    message.reason = request.reason
    message.settledBy = scope.actor(node: store.node)
    // The instant of an entry stands in its header alone; that of the first one is kept here.
    message.recordedAt = 0
    change(&message)
    guard let id = Bytes16(message.id) else {
      throw StoreError(.damaged, "a stored proposal has no id")
    }
    let owner = row.household
    return PreparedProposal(
      record: try record(message, id, household: owner.id, wrappedKey: owner.wrappedKey),
      message: message,
      household: owner.n,
      village: owner.village.id,
      base: PreparedProposal.Base(
        n: row.n,
        entry: row.entry,
        version: proposal.version,
        proposedAt: proposal.proposedAt
      )
    )
  }
}
