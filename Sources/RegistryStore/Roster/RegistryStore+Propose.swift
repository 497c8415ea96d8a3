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
  /// The last comparison counts. Nothing changes before civil affairs takes a proposal. Throws
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
      throw StoreError.broken([PilotRule.kind.violation("roster")])
    }
    var response = ProposeFromRosterResponse()
    response.starts = try await proposeStarts(of: roster.n, in: roster.division)
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
        for one in prepared {
          switch one {
          case .known: response.known += 1
          case .refused: response.refused += 1
          case .elsewhere: response.elsewhere += 1
          case .made: break
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
    if try reader.isProposed(household.n, from: roster.n) { return .known }
    let row = try reader.connection.prepare(
      "SELECT id, version, entry, category FROM household WHERE n = $1"
    )
    row.bind(household.n, at: 1)
    let found = try row.first {
      ($0.bytes(at: 0), UInt64(bitPattern: $0.int64(at: 1)), $0.int64(at: 2), $0.int64(at: 3))
    }
    guard let (id, version, entry, category) = found else { return .refused }
    // The two kinds exclude each other: what one roster grants must not end the other's. Nor is
    // ended what has ended since.
    let decision = SecurityDecision(ofCategory: category)
    guard decision == (household.isGranted ? .neither : granted) else { return .refused }
    if EntryPlace.isForeign(entry) { return .elsewhere }
    var change = Change(
      household: id,
      baseVersion: version,
      reason: "\(roster.roster.name) \(roster.roster.day)",
      kind: .category(
        CategoryChange(securityDecision: household.isGranted ? granted : .neither)
      )
    )
    do {
      return .made(household.n, try preparer.proposal(of: change))
    } catch let error as StoreError where error.code == .invalid {
      let rules = (error.details?.violations ?? []).map(\.rule)
      guard rules == [ChangeRule.exitNeeded.rawValue] else { return .refused }
    } catch let error as StoreError where error.code == .notFound {
      return .refused
    }
    change.kind = .exit(ExitChange(reason: Self.otherExit))
    do {
      return .made(household.n, try preparer.proposal(of: change))
    } catch let error as StoreError where error.code == .invalid || error.code == .notFound {
      return .refused
    }
  }

  /// "Other" of the list of exit reasons: a roster does not say why somebody is in it no more.
  private static let otherExit: UInt32 = 7
}

/// What becomes of a household that a roster says otherwise of.
private enum PreparedFromRoster: Sendable {
  case made(Int64, PreparedProposal)
  case known, refused, elsewhere
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
  /// settled.
  fileprivate func isProposed(_ household: Int64, from roster: Int64) throws -> Bool {
    let row = try connection.prepare(
      """
      SELECT 1 FROM roster_proposal r LEFT JOIN proposal p ON p.id = r.proposal
      WHERE r.household = $1 AND (r.roster = $2 OR p.state IN (\(WriteSession.unsettled))) LIMIT 1
      """
    )
    row.bind(household, at: 1)
    row.bind(roster, at: 2)
    return try row.first { _ in true } == true
  }
}

extension WriteSession {
  /// Writes proposals; how many, of them exits, and how many came from elsewhere meanwhile.
  fileprivate func propose(
    _ prepared: [PreparedFromRoster],
    from roster: Int64,
    actor: String
  ) throws -> (all: UInt64, exits: UInt64, known: UInt64) {
    try require(roster: roster)
    let row = try connection.prepare(
      """
      INSERT INTO roster_proposal (roster, household, proposal) VALUES ($1, $2, $3)
      ON CONFLICT (roster, household) DO NOTHING
      """
    )
    var made: (all: UInt64, exits: UInt64, known: UInt64) = (0, 0, 0)
    for case .made(let household, let proposal) in prepared {
      // Another call, or another roster's, may have proposed it meanwhile.
      if try reader.isProposed(household, from: roster) {
        made.known += 1
        continue
      }
      do {
        _ = try write(proposal, actor: actor)
      } catch is Overtaken {
        // Erased meanwhile: nothing was written.
        continue
      }
      row.bind(roster, at: 1)
      row.bind(household, at: 2)
      row.bind(proposal.message.id, at: 3)
      try row.run()
      made.all += 1
      if case .exit? = proposal.message.change?.kind { made.exits += 1 }
    }
    return made
  }
}
