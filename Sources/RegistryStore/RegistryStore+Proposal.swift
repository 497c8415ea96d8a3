internal import Journal
internal import RPCProtobuf
package import RegistryAPI
package import RegistryModel
internal import SQL

extension RegistryStore {
  /// Takes or refuses a proposal, resolves a conflict, or withdraws; returns when that is durable.
  ///
  /// A proposal that is taken is settled in the transaction that makes the household's version.
  /// Throws `StoreError` as `submit` does; `conflict` if the proposal has another version.
  package func settle(
    _ request: SettleProposalRequest,
    idempotencyKey: [UInt8]? = nil,
    scope: Scope
  ) async throws -> SubmittedChange {
    try scope.require(.settle)
    return try await attempt("settle", request, idempotencyKey, scope) { [self] reader in
      try ChangePreparer(self, reader: reader, scope: scope).settled(request)
    }
  }

  /// A page of proposals in the scope's area, in the order of their recording, without their bases.
  ///
  /// What the scope does not disclose is the caller's to leave out. Throws `StoreError`: `refused`,
  /// `invalid`, `notFound` for an unknown division.
  package func proposals(
    _ request: ListProposalsRequest,
    scope: Scope
  ) async throws -> ListProposalsResponse {
    try scope.require(.proposalRead)
    let query = try ProposalQuery.make(request, scope: scope, store: self)
    var question = request
    question.pageToken = ""
    question.pageSize = 0
    let asked = try question.serializedBytes()
    let size = limits.page(request.pageSize, limits.proposalPage, limits.proposalPageMaximum)
    return try await work.run { [self] _ in
      try readers.with { reader in
        let holder = scope.actor(node: node)
        let start = try PageToken.place(
          .proposals,
          token: request.pageToken,
          holder: holder,
          question: asked,
          using: reader.sealer
        )
        var response = ListProposalsResponse()
        var octets = 0
        var last = start
        for row in try query.rows(after: start, limit: size + 1, on: reader) {
          if response.proposals.count == size || octets >= limits.proposalPageBytes {
            response.nextPageToken = try PageToken.make(
              .proposals,
              place: last,
              holder: holder,
              question: asked,
              using: reader.sealer
            )
            break
          }
          var proposal = try reader.proposal(
            entry: row.entry,
            household: row.household,
            wrappedKey: row.wrappedKey
          )
          proposal.baseHousehold = nil
          octets += try proposal.serializedBytes().count
          last = row.n
          response.proposals.append(proposal)
        }
        return response
      }
    }
  }

  /// A proposal with all its sides.
  ///
  /// Throws `StoreError`: `refused`, `invalid`, `notFound`.
  package func proposal(_ request: GetProposalRequest, scope: Scope) async throws -> ProposalView {
    try scope.require(.proposalRead)
    guard let id = Bytes16(request.id) else {
      throw StoreError.broken([Violation(.required, row: 0, member: 0, field: "id")])
    }
    return try await work.run { [self] _ in
      try readers.with { reader in
        guard let row = try reader.proposal(id: id, scope: scope, directory: divisions) else {
          throw StoreError.proposalNotFound
        }
        return try view(of: row, reader, scope)
      }
    }
  }

  private func view(
    of row: ProposalRow,
    _ reader: Reader,
    _ scope: Scope
  ) throws -> ProposalView {
    let proposal = try reader.proposal(entry: row.entry, of: row.household)
    let change = proposal.change ?? Change()
    let preparer = ChangePreparer(self, reader: reader, scope: scope)
    let party = try preparer.party(change.household, "change.household")
    // An office whose household has left is told of the outcome alone.
    guard let base = proposal.baseHousehold else {
      return ProposalView(proposal: proposal, current: try party.stored.household())
    }
    // Who joins may have moved out of the reader's area by now: then that side is not shown.
    let other: ChangePreparer.Party?
    do {
      other = try preparer.joining(change)
    } catch let error as StoreError where error == .householdNotFound {
      other = nil
    }
    let (result, violations) = preparer.rules(office: nil)
      .apply(change, to: base, other: other?.household)
    let proposed = violations.isEmpty ? result.household : nil
    return ProposalView(
      proposal: proposal,
      proposed: proposed,
      current: try party.stored.household(),
      fields: ChangePreparer.differences(
        base: base,
        current: party.household,
        wanted: proposed ?? base
      )
    )
  }

  /// A page of hand-overs, in the order of their recording.
  ///
  /// Throws `StoreError`: `refused`, `invalid`.
  package func handOvers(
    _ request: ListHandOversRequest,
    scope: Scope
  ) async throws -> ListHandOversResponse {
    try scope.require(.handOverRead)
    let size = limits.page(request.pageSize, limits.proposalPage, limits.proposalPageMaximum)
    return try await work.run { [self] _ in
      try readers.with { reader in
        let holder = scope.actor(node: node)
        let start = try PageToken.place(
          .handOvers,
          token: request.pageToken,
          holder: holder,
          question: [],
          using: reader.sealer
        )
        let query = AreaQuery(
          table: "hand_over",
          ranges: AreaRange.ranges(of: scope),
          states: [],
          household: nil
        )
        var response = ListHandOversResponse()
        var rows = try query.rows(after: start, limit: size + 1, on: reader)
        if rows.count > size {
          rows.removeLast()
          response.nextPageToken = try PageToken.make(
            .handOvers,
            place: rows[size - 1].n,
            holder: holder,
            question: [],
            using: reader.sealer
          )
        }
        response.handOvers = try rows.map {
          var handOver = try reader.handOver(
            entry: $0.entry,
            household: $0.household,
            wrappedKey: $0.wrappedKey
          )
          handOver.state = try reader.state(ofHandOver: handOver.id)
          return handOver
        }
        return response
      }
    }
  }
}

extension StoreError {
  /// There is none that the caller may know of.
  static let proposalNotFound = StoreError(
    .notFound,
    "no such proposal in the caller's area",
    zh: "本机构辖区内没有该变更建议"
  )
}
