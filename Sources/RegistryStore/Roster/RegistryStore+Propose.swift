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
    try scope.require(.setRoster)
    let (roster, households, isCompared) = try await work.run { [self] _ in
      try readers.with { reader in
        let known = try reader.roster(id, scope, self)
        return (
          known, try reader.households(toChangeBy: known.n), try reader.isCompared(known.n)
        )
      }
    }
    guard isCompared, !converging.withLock({ $0.contains(roster.n) }) else {
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
    for start in stride(from: 0, to: households.count, by: 100) {
      let part = households[start..<min(start + 100, households.count)]
      let prepared = try await work.run { [self] flag in
        try readers.with { reader in
          try part.map { household -> PreparedFromRoster in
            try flag.check()
            return try prepare(
              household,
              roster,
              granted,
              ChangePreparer(self, reader: reader, scope: scope)
            )
          }
        }
      }
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
    return response
  }

  private func prepare(
    _ household: (n: Int64, isGranted: Bool),
    _ roster: (n: Int64, division: DivisionRecord, roster: Roster),
    _ granted: SecurityDecision,
    _ preparer: ChangePreparer
  ) throws -> PreparedFromRoster {
    let reader = preparer.reader
    if try reader.isProposed(household.n, from: roster.n) { return .known }
    let row = try reader.connection.prepare("SELECT id, version, entry FROM household WHERE n = $1")
    row.bind(household.n, at: 1)
    let found = try row.first {
      ($0.bytes(at: 0), UInt64(bitPattern: $0.int64(at: 1)), $0.int64(at: 2))
    }
    guard let (id, version, entry) = found else { return .refused }
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
  fileprivate func households(
    toChangeBy roster: Int64
  ) throws -> [(n: Int64, isGranted: Bool)] {
    let rows = try connection.prepare(
      """
      SELECT household, finding FROM converged WHERE roster = $1 AND finding IN ($2, $3) ORDER BY n
      """
    )
    rows.bind(roster, at: 1)
    rows.bind(Int64(ConvergenceFinding.toGrant.rawValue), at: 2)
    rows.bind(Int64(ConvergenceFinding.toEnd.rawValue), at: 3)
    var found: [(n: Int64, isGranted: Bool)] = []
    try rows.forEach { row in
      let isGranted = row.int64(at: 1) == Int64(ConvergenceFinding.toGrant.rawValue)
      found.append((row.int64(at: 0), isGranted))
    }
    return found
  }

  /// Whether the last comparison of a roster is whole.
  fileprivate func isCompared(_ roster: Int64) throws -> Bool {
    let row = try connection.prepare(
      "SELECT 1 FROM converged WHERE roster = $1 AND finding = $2 LIMIT 1"
    )
    row.bind(roster, at: 1)
    row.bind(Int64(ConvergenceFinding.compared.rawValue), at: 2)
    return try row.first { _ in true } == true
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
