package import RPCCore
package import RegistryAPI
internal import RegistryModel
package import RegistryStore

/// Imports rosters of other systems and compares them with the registry.
package struct RosterServer: RosterService {
  private let store: RegistryStore

  /// Serves the rosters of a store.
  package init(store: RegistryStore) { self.store = store }

  /// Imports a roster, part by part.
  package func importRoster(
    _ requests: RequestStream<ImportRosterRequest>,
    responses: ResponseWriter<ImportRosterResponse>,
    context: ServerContext
  ) async throws {
    let scope = try context.scope
    guard let first = try await requests.next(), let given = first.roster else {
      throw RPCError(
        .invalidArgument,
        en: "roster: the first message says what is imported",
        zh: "roster：首条消息应说明所导入的名册"
      )
    }
    var draft: RosterDraft
    switch try await store.beginRoster(given, scope: scope) {
    case .known(let roster):
      return try await responses.write(ImportRosterResponse(roster: roster, known: true))
    case .wanted(let begun): draft = begun
    }
    do {
      var part: ImportRosterRequest? = first
      while let request = part {
        let faults = try await store.add(request.rows, to: &draft, scope: scope)
        try await responses.write(ImportRosterResponse(faults: faults))
        part = try await requests.next()
      }
    } catch {
      // What is not whole is no roster.
      await store.abandon(draft)
      throw error
    }
    let roster = try await store.finish(draft, scope: scope)
    try await responses.write(ImportRosterResponse(roster: roster))
  }

  /// Lists rosters.
  package func listRosters(
    _ request: ListRostersRequest,
    context: ServerContext
  ) async throws -> ListRostersResponse {
    try await store.rosters(request, scope: try context.scope)
  }

  /// Forgets a roster's rows.
  package func removeRoster(
    _ request: RemoveRosterRequest,
    context: ServerContext
  ) async throws -> RemoveRosterResponse {
    try await store.removeRoster(request.id, scope: try context.scope)
    return RemoveRosterResponse()
  }

  /// Compares a roster with the registry.
  package func converge(
    _ request: ConvergeRequest,
    context: ServerContext
  ) async throws -> ConvergenceReport {
    try await store.converge(
      request.roster,
      to: context.peer.commonName,
      scope: try context.scope
    )
  }

  /// Proposes what the roster says otherwise.
  package func proposeFromRoster(
    _ request: ProposeFromRosterRequest,
    context: ServerContext
  ) async throws -> ProposeFromRosterResponse {
    try await store.propose(from: request.roster, scope: try context.scope)
  }

  /// Lists applications to start, page by page.
  package func listStarts(
    _ request: ListStartsRequest,
    responses: ResponseWriter<ListStartsResponse>,
    context: ServerContext
  ) async throws {
    let scope = try context.scope
    var last: UInt64 = 0
    while let page = try await store.starts(request, after: last, scope: scope) {
      // That somebody stands on a file by now is shown, and the names of the others.
      try await context.disclose(
        page.files,
        people: page.files.count,
        showing: .identity,
        asked: page.starts.count,
        from: store
      )
      if !page.starts.isEmpty { try await responses.write(ListStartsResponse(starts: page.starts)) }
      last = page.last
    }
  }

  /// Accepts or refuses applications to start.
  package func settleStarts(
    _ request: SettleStartsRequest,
    context: ServerContext
  ) async throws -> SettleStartsResponse {
    let answer = try await store.settleStarts(
      request,
      idempotencyKey: context.idempotencyKey?.bytes,
      scope: try context.scope
    )
    if answer.isReplayed { context.trailers.markReplayed() }
    return answer.response
  }

  /// Gives the people of a finding, page by page, each when its look is durable.
  package func listConvergence(
    _ request: ListConvergenceRequest,
    responses: ResponseWriter<ConvergenceRows>,
    context: ServerContext
  ) async throws {
    let scope = try context.scope
    var place = ConvergencePlace()
    while let page = try await store.convergence(request, after: place, scope: scope) {
      try await context.disclose(
        page.files,
        people: page.files.count,
        showing: [.identity, .classification, .security],
        asked: page.rows.count,
        from: store
      )
      if !page.rows.isEmpty {
        try await responses.write(
          ConvergenceRows(rows: page.rows, withheld: scope.rosterWithheld)
        )
      }
      place = page.last
    }
  }

  /// Tells what changed between two rosters.
  package func compareRosters(
    _ request: CompareRostersRequest,
    context: ServerContext
  ) async throws -> CompareRostersResponse {
    try await store.compareRosters(
      request,
      to: context.peer.commonName,
      scope: try context.scope
    )
  }

  /// Gives who joined and who left, page by page, each when its look is durable.
  package func listRosterChanges(
    _ request: ListRosterChangesRequest,
    responses: ResponseWriter<ListRosterChangesResponse>,
    context: ServerContext
  ) async throws {
    let scope = try context.scope
    var place = RosterChangePlace()
    while let page = try await store.rosterChanges(request, after: place, scope: scope) {
      try await context.disclose(
        page.files,
        people: page.files.count,
        showing: .identity,
        asked: page.rows.count,
        from: store
      )
      try await responses.write(
        ListRosterChangesResponse(rows: page.rows, withheld: scope.rosterWithheld)
      )
      place = page.last
    }
  }
}
