internal import Journal
internal import RPCProtobuf
package import RegistryAPI
package import RegistryModel
internal import SQL
internal import Synchronization

extension RegistryStore {
  /// Proposes what a roster says otherwise than the registry, each once: to grant its kind to
  /// households of which somebody is in it, to end it for those of which nobody is; for those that
  /// would then stand on no list, their exit.
  ///
  /// The last comparison counts. Nothing changes before civil affairs takes a proposal. Those of files
  /// that another node owns go down to it as orders. Throws
  /// `StoreError`: `refused`, `notFound`, `invalid` for a roster of another kind.
  package func propose(
    from id: [UInt8],
    scope: Scope
  ) async throws -> ProposeFromRosterResponse {
    try scope.require(.proposeRoster)
    let (roster, comparison) = try await work.run { [self] _ in
      try readers.with { reader in
        let known = try reader.roster(id, scope, self)
        return (known, try reader.comparison(of: known.n, view: ""))
      }
    }
    guard let comparison, !converging.withLock({ $0.contains(roster.n) }) else {
      throw StoreError(
        .precondition,
        "the roster is not compared yet, or being compared: converge",
        zh: "该名册尚未比对或正在比对：请先执行 converge"
      )
    }
    guard let granted = SecurityDecision(roster.roster.kind) else {
      throw StoreError(
        .precondition,
        "a roster of this kind says nothing of a household's category: it leads to no proposals",
        zh: "该类名册不涉及农户属性，不产生提议"
      )
    }
    // Of such a one everybody would have to leave: a wrong file rather than a change.
    guard roster.roster.people > 0 else {
      throw StoreError(
        .precondition,
        "the roster lists nobody whose number can be compared: nothing is proposed",
        zh: "名册中没有可比对的人员：不作提议"
      )
    }
    var response = ProposeFromRosterResponse()
    response.starts = try await proposeStarts(of: roster.n, in: roster.division)
    response.startsAbove = division.level < .county
    let actor = scope.actor(node: node)
    for finding in [ConvergenceFinding.toGrant, .toEnd] {
      var place: Int64 = -1
      while true {
        let after = place
        let page = try await work.run { [self] flag in
          try readers.with { reader in
            let page = try reader.households(of: comparison, finding, after: after)
            let preparer = ChangePreparer(self, reader: reader, scope: scope)
            return try page.map { row in
              try flag.check()
              let one = (n: row.household, isGranted: finding == .toGrant)
              return (row.place, try prepare(one, roster, granted, preparer))
            }
          }
        }
        guard let last = page.last?.0 else { break }
        place = last
        let prepared = page.map(\.1)
        let made = try await writer.perform(weight: 100) { session in
          try session.propose(prepared, from: roster.n, actor: actor)
        }
        response.made += made.all
        response.exits += made.exits
        response.known += made.known
        response.ordered += made.ordered
        response.elsewhere += made.elsewhere
        for one in prepared {
          switch one {
          case .known: response.known += 1
          case .refused: response.refused += 1
          case .made, .ordered: break
          }
        }
      }
    }
    return response
  }

  private func prepare(
    _ household: (n: Int64, isGranted: Bool),
    _ roster: KnownRoster,
    _ granted: SecurityDecision,
    _ preparer: ChangePreparer
  ) throws -> PreparedFromRoster {
    let reader = preparer.reader
    let since = WriteSession.orderedSince(context.environment.now())
    if try reader.isProposed(household.n, from: roster.n, since: since) { return .known }
    let row = try reader.connection.prepare(
      "SELECT id, version, entry, category, village FROM household WHERE n = $1"
    )
    row.bind(household.n, at: 1)
    let found = try row.first {
      (
        $0.bytes(at: 0), UInt64(bitPattern: $0.int64(at: 1)), $0.int64(at: 2), $0.int64(at: 3),
        divisions.record(id: $0.int64(at: 4))
      )
    }
    guard let (id, version, entry, category, village) = found, let village else { return .refused }
    // The two kinds exclude each other: what one roster grants must not end the other's. Nor is
    // ended what has ended since.
    let decision = SecurityDecision(ofCategory: category)
    guard decision == (household.isGranted ? .neither : granted) else { return .refused }
    /// The proposal, or the order of it where another node owns the file.
    func made(_ change: Change) throws -> PreparedFromRoster {
      guard EntryPlace.isForeign(entry) else {
        return .made(household.n, try preparer.proposal(of: change))
      }
      return .ordered(household.n, village.path, try preparer.order(of: change))
    }
    var change = Change(
      household: id,
      baseVersion: version,
      reason: "\(roster.roster.name) \(roster.roster.day)",
      kind: .category(
        CategoryChange(securityDecision: household.isGranted ? granted : .neither)
      )
    )
    do {
      return try made(change)
    } catch let error as StoreError where error.code == .invalid {
      let rules = (error.details?.violations ?? []).map(\.rule)
      guard rules == [ChangeRule.exitNeeded.rawValue] else { return .refused }
    } catch let error as StoreError where error.code == .notFound {
      return .refused
    } catch is HouseholdPreparer.Refusal {
      // The file would break a rule: a poverty object gets no five-guarantee, say.
      return .refused
    }
    change.kind = .exit(ExitChange(reason: Self.otherExit))
    do {
      return try made(change)
    } catch let error as StoreError where error.code == .invalid || error.code == .notFound {
      return .refused
    } catch is HouseholdPreparer.Refusal {
      return .refused
    }
  }

  /// "Other" of the list of exit reasons: a roster does not say why somebody is in it no more.
  private static let otherExit: UInt32 = 7
}

/// What becomes of a household that a roster says otherwise of.
private enum PreparedFromRoster: Sendable {
  case made(Int64, PreparedProposal)
  /// Of a file of another node, in this place.
  case ordered(Int64, DivisionPath, Proposal)
  case known, refused
}

extension SecurityDecision {
  /// The decision of a household's category.
  fileprivate init(ofCategory stored: Int64) {
    switch HouseholdCategory(rawValue: Int32(clamping: stored)) {
    case .dibao, .povertyObjectWithDibao: self = .dibao
    case .fiveGuarantee: self = .fiveGuarantee
    default: self = .neither
    }
  }

  /// What a roster's kind grants; nil for a kind that grants nothing.
  fileprivate init?(_ kind: RosterKind) {
    switch kind {
    case .dibao: self = .dibao
    case .fiveGuarantee: self = .fiveGuarantee
    default: return nil
    }
  }
}

extension Reader {
  /// Households of one call of the writer.
  private static let proposedPage: Int64 = 100

  /// A page of the households that a comparison found to be changed.
  fileprivate func households(
    of comparison: Int64,
    _ finding: ConvergenceFinding,
    after place: Int64
  ) throws -> [(place: Int64, household: Int64)] {
    let rows = try connection.prepare(
      """
      SELECT n, household FROM converged WHERE comparison = $1 AND finding = $2 AND n > $3
      ORDER BY n LIMIT $4
      """
    )
    rows.bind(comparison, at: 1)
    rows.bind(Int64(finding.rawValue), at: 2)
    rows.bind(place, at: 3)
    rows.bind(Self.proposedPage, at: 4)
    var found: [(place: Int64, household: Int64)] = []
    try rows.forEach { found.append(($0.int64(at: 0), $0.int64(at: 1))) }
    return found
  }

  /// Whether this roster proposed for a household before, or another one whose proposal nobody has
  /// settled, or one of the same kind whose proposal was refused while the file was as it is. One that
  /// was ordered and is not heard of counts so while its order is younger.
  func isProposed(_ household: Int64, from roster: Int64, since: Int64) throws -> Bool {
    let row = try connection.prepare(
      """
      SELECT 1 FROM roster_proposal r LEFT JOIN proposal p ON p.id = r.proposal
      LEFT JOIN journal j ON j.seq = r.ordered
      WHERE r.household = $1
        AND (r.roster = $2 OR p.state IN (\(WriteSession.unsettled))
          OR (p.id IS NULL AND r.ordered > 0 AND j.recorded_at > $3)
          OR p.state = \(ProposalState.refused.rawValue)
            AND p.base_version = (SELECT h.version FROM household h WHERE h.n = $1)
            AND (SELECT o.kind FROM roster o WHERE o.n = r.roster)
              = (SELECT o.kind FROM roster o WHERE o.n = $2)) LIMIT 1
      """
    )
    row.bind(household, at: 1)
    row.bind(roster, at: 2)
    row.bind(since, at: 3)
    return try row.first { _ in true } == true
  }
}

extension ChangePreparer {
  /// A proposal that the node which owns the file is to make, on the version that is seen here.
  ///
  /// Throws `StoreError`: `invalid` with the rules that the change breaks, `notFound`.
  fileprivate func order(of change: Change) throws -> Proposal {
    let party = try party(change.household, "change.household")
    // The day of the change is that on which its node proposes it.
    var today = change
    today.effectiveOn = Int32(preparer.rules.today.yyyymmdd)
    let (result, violations) = rules(office: nil).apply(today, to: party.household, other: nil)
    guard violations.isEmpty else { throw Self.broken(violations) }
    // Its place is not this node's to judge.
    let broken = preparer.rules.violations(of: preparer.rules.normalised(result.household))
    guard broken.isEmpty else { throw StoreError.broken(broken) }
    return Proposal(
      id: try preparer.makeID().bytes,
      version: 1,
      state: .open,
      change: change,
      proposedBy: scope.actor(node: store.node)
    )
  }
}

/// What became of some households.
private struct ProposedFromRoster {
  var all: UInt64 = 0
  var exits: UInt64 = 0
  var known: UInt64 = 0
  var ordered: UInt64 = 0
  var elsewhere: UInt64 = 0
}

extension WriteSession {
  /// The roster under which proposals stand that a node above ordered.
  static let ofOrders: Int64 = 0
  /// No roster's number.
  static let noRoster: Int64 = -1

  /// How long an order that is not heard of keeps other rosters from proposing the same: its node
  /// may have refused it.
  static func orderedSince(_ now: Instant) -> Int64 { now.microseconds - 30 * 86_400_000_000 }

  /// Writes proposals, or the orders of them.
  fileprivate func propose(
    _ prepared: [PreparedFromRoster],
    from roster: Int64,
    actor: String
  ) throws -> ProposedFromRoster {
    try require(roster: roster)
    var made = ProposedFromRoster()
    func isProposed(_ household: Int64) throws -> Bool {
      // Another call, or another roster's, may have proposed it meanwhile.
      let since = Self.orderedSince(instant)
      guard try reader.isProposed(household, from: roster, since: since) else { return false }
      made.known += 1
      return true
    }
    for one in prepared {
      switch one {
      case .known, .refused: break
      case .made(let household, let proposal):
        if try isProposed(household) { continue }
        do {
          _ = try write(proposal, actor: actor)
        } catch is Overtaken {
          // Erased meanwhile: nothing was written.
          continue
        }
        try keepProposed(household, from: roster, proposal.message.id)
        made.all += 1
        if case .exit? = proposal.message.change?.kind { made.exits += 1 }
      case .ordered(let household, let path, let proposal):
        if try isProposed(household) { continue }
        guard let node = try nodeBelow(owning: path), let id = Bytes16(proposal.id),
          let file = proposal.change.flatMap({ Bytes16($0.household) })
        else {
          made.elsewhere += 1
          continue
        }
        let body = try proposal.serializedBytes()
        let entry = try order(body, of: file, id, to: node, actor: actor)
        try keepProposed(household, from: roster, proposal.id, ordered: entry)
        made.ordered += 1
      }
    }
    return made
  }

  /// Notes that a roster led to a proposal.
  func keepProposed(
    _ household: Int64,
    from roster: Int64,
    _ proposal: [UInt8],
    ordered entry: Int64 = 0
  ) throws {
    let row = try connection.prepare(
      """
      INSERT INTO roster_proposal (roster, household, proposal, ordered) VALUES ($1, $2, $3, $4)
      ON CONFLICT (roster, household) DO UPDATE
      SET proposal = excluded.proposal, ordered = excluded.ordered
      """
    )
    row.bind(roster, at: 1)
    row.bind(household, at: 2)
    row.bind(proposal, at: 3)
    row.bind(entry, at: 4)
    try row.run()
  }
}
