internal import Journal
package import RPCCore
package import RegistryAPI
internal import RegistryModel
package import RegistryStore

/// Changes registered households: at once, or by proposals that the county settles.
package struct ChangeServer: ChangeService {
  let store: RegistryStore

  /// Serves the changes of a store.
  package init(store: RegistryStore) { self.store = store }

  /// Changes a household, or proposes it; what an idempotency key repeats is masked anew.
  package func submitChange(
    _ request: SubmitChangeRequest,
    context: ServerContext
  ) async throws -> SubmitChangeResponse {
    let scope = try context.scope
    let key = context.idempotencyKey?.bytes
    let made = try await context.disclosingConflicts(of: request.change.files, from: store) {
      try await store.submit(request, idempotencyKey: key, scope: scope)
    }
    if made.isReplayed { try await replayed(made, context) }
    return SubmitChangeResponse(
      household: try shown(made.household, scope),
      other: try shown(made.other, scope),
      proposal: made.proposal.map { scope.disclosed($0, on: today) },
      handOver: made.handOver
    )
  }

  /// Lists proposals and conflicts.
  package func listProposals(
    _ request: ListProposalsRequest,
    context: ServerContext
  ) async throws -> ListProposalsResponse {
    let scope = try context.scope
    var response = try await store.proposals(request, scope: scope)
    response.proposals = response.proposals.map { scope.disclosed($0, on: today) }
    try await context.disclose(
      response.proposals.flatMap(\.change.files),
      people: nil,
      showing: .all,
      from: store
    )
    return response
  }

  /// Gives a proposal with all its sides.
  package func getProposal(
    _ request: GetProposalRequest,
    context: ServerContext
  ) async throws -> ProposalView {
    let scope = try context.scope
    var view = try await store.proposal(request, scope: scope)
    view.proposal = view.proposal.map { scope.disclosed($0, on: today) }
    view.proposed = view.proposed.flatMap { scope.disclosed($0, on: today) }
    view.current = view.current.flatMap { scope.disclosed($0, on: today) }
    view.fields = view.fields.filter { scope.shows($0.field) }
    // Those who join are shown in what is proposed.
    let sides = [view.proposal?.baseHousehold, view.proposed, view.current]
    try await context.disclose(
      view.proposal?.change.files ?? [],
      people: Set(sides.flatMap { $0?.members ?? [] }.map(\.id)).count,
      showing: .all,
      from: store
    )
    return view
  }

  /// Settles a proposal or conflict.
  package func settleProposal(
    _ request: SettleProposalRequest,
    context: ServerContext
  ) async throws -> SettleProposalResponse {
    let scope = try context.scope
    let key = context.idempotencyKey?.bytes
    let made = try await store.settle(request, idempotencyKey: key, scope: scope)
    if made.isReplayed { try await replayed(made, context) }
    return SettleProposalResponse(
      proposal: made.proposal.map { scope.disclosed($0, on: today) },
      household: try shown(made.household, scope)
    )
  }

  /// Lists hand-overs to other counties.
  package func listHandOvers(
    _ request: ListHandOversRequest,
    context: ServerContext
  ) async throws -> ListHandOversResponse {
    let response = try await store.handOvers(request, scope: try context.scope)
    try await context.disclose(
      response.handOvers.map(\.household),
      people: nil,
      showing: .classification,
      from: store
    )
    return response
  }

  /// Lists households that other counties hand over to this one.
  package func listArrivals(
    _ request: ListArrivalsRequest,
    context: ServerContext
  ) async throws -> ListArrivalsResponse {
    let response = try await store.arrivals(request, scope: try context.scope)
    let files = response.arrivals.compactMap { $0.household }
    let people = files.reduce(0) { $0 + $1.members.count }
    try await context.disclose(files.map(\.id), people: people, showing: .all, from: store)
    return response
  }

  /// Takes such a household over, or refuses it.
  package func settleArrival(
    _ request: SettleArrivalRequest,
    context: ServerContext
  ) async throws -> SettleArrivalResponse {
    let answer = try await store.settleArrival(
      request,
      idempotencyKey: context.idempotencyKey?.bytes,
      scope: try context.scope
    )
    if answer.isReplayed { context.trailers.markReplayed() }
    return answer.response
  }

  /// Erases a household; every proof of the journal holds as before.
  package func eraseHousehold(
    _ request: EraseHouseholdRequest,
    context: ServerContext
  ) async throws -> EraseHouseholdResponse {
    let answer = try await store.erase(
      request,
      idempotencyKey: context.idempotencyKey?.bytes,
      scope: try context.scope
    )
    if answer.isReplayed { context.trailers.markReplayed() }
    return answer.response
  }

  private var today: Day { store.today }

  /// What an earlier call wrote is read, and not written, by one that repeats it.
  private func replayed(_ made: SubmittedChange, _ context: ServerContext) async throws {
    context.trailers.markReplayed()
    let proposed = made.proposal?.change.files ?? []
    let files = Set([made.household, made.other].compactMap { $0?.id.bytes } + proposed)
    try await context.disclose(Array(files), people: nil, showing: .all, from: store)
  }

  private func shown(_ stored: StoredHousehold?, _ scope: Scope) throws -> Household? {
    guard let household = try stored?.household() else { return nil }
    // Who joined another household has nobody left to be shown.
    if household.members.isEmpty, scope.seesEverything { return household }
    return scope.disclosed(household, on: today)
  }
}

extension Optional<Change> {
  /// The households that a change is about.
  fileprivate var files: [[UInt8]] {
    guard let change = self else { return [] }
    var files = [change.household]
    if case .merge(let merge)? = change.kind { files.append(merge.other) }
    // What is asked may name anything; what is recorded are ids.
    return files.filter { $0.count == 16 }
  }
}
