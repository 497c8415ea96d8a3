internal import Journal
package import RPCCore
internal import RPCProtobuf
internal import RegistryAPI
internal import RegistryModel
package import RegistryStore

/// Reads and writes household files.
///
/// It puts its methods into a router itself, since a file is answered as the store keeps it: an
/// office that sees everything gets the stored bytes, which nobody decodes on the way.
package struct HouseholdServer: Service {
  let store: RegistryStore
  let importWindow: Int
  let authorization: AuthorizationInterceptor

  /// Serves the files of a store.
  ///
  /// - Parameters:
  ///   - importWindow: chunks of one import in work at once.
  ///   - authorization: is asked again by a read of the past, which needs the right to the history.
  package init(
    store: RegistryStore,
    importWindow: Int,
    authorization: AuthorizationInterceptor
  ) {
    self.store = store
    self.importWindow = importWindow
    self.authorization = authorization
  }

  /// Adds every method of `HouseholdService` to a router.
  package func register(in router: inout Router) {
    router.unary(HouseholdMethods.createHousehold) { try await create($0, context: $1) }
    router.unary(HouseholdMethods.updateHousehold) { try await update($0, context: $1) }
    router.unary(HouseholdMethods.getHousehold) { try await get($0, context: $1) }
    router.unary(HouseholdMethods.getHistory) { try await history($0, context: $1) }
    router.unary(HouseholdMethods.compareVersions) { try await compare($0, context: $1) }
    router.unary(HouseholdMethods.searchHouseholds) { try await search($0, context: $1) }
    router.unary(HouseholdMethods.sampleHouseholds) { try await sample($0, context: $1) }
    router.bidirectional(HouseholdMethods.importHouseholds) {
      try await importHouseholds($0, responses: $1, context: $2)
    }
    router.unary(HouseholdMethods.getImport) { try await getImport($0, context: $1) }
    router.serverStreaming(HouseholdMethods.exportHouseholds) {
      try await export($0, responses: $1, context: $2)
    }
  }

  // A point read, also of a past instant: it stays on the connection's loop.
  private func get(
    _ request: GetHouseholdRequest,
    context: ServerContext
  ) async throws -> EncodedMessage {
    let isPast = request.asOf != 0 || request.effectiveOn != 0
    let scope = try isPast ? historyScope(context) : context.scope
    let reference = try HouseholdReference(request, today: store.today)
    do {
      return try await shown(find(reference, request, scope), scope, context)
    } catch let error as StoreError where error.code == .notFound {
      if case .citizenID = reference { try await context.discloseNothing(from: store) }
      throw error
    }
  }

  private func find(
    _ reference: HouseholdReference,
    _ request: GetHouseholdRequest,
    _ scope: Scope
  ) async throws -> StoredHousehold {
    switch (request.asOf, request.effectiveOn) {
    case (0, 0):
      let stored = try store.household(reference, scope: scope)
      let ahead = try store.ahead(of: stored)
      return try ahead.map { try stored.telling($0) } ?? stored
    case (let instant, 0):
      try await store.settled(instant)
      return try store.household(reference, asOf: instant, scope: scope)
    case (0, let number):
      guard let day = Day(yyyymmdd: Int(number)) else {
        throw RPCError(.invalidArgument, "effective_on is no day")
      }
      return try await store.household(reference, effectiveOn: day, scope: scope)
    default: throw RPCError(.invalidArgument, "as_of and effective_on do not go together")
    }
  }

  /// The caller's scope for the history, of which a file's past is a part.
  private func historyScope(_ context: ServerContext) throws -> Scope {
    try authorization.scope(
      identity: context.peer.identity,
      path: HouseholdMethods.getHistory.path,
      purpose: context.scope.purpose?.rawValue
    )
  }

  private func history(
    _ request: GetHistoryRequest,
    context: ServerContext
  ) async throws -> GetHistoryResponse {
    let scope = try context.scope
    var response = try await store.history(request, scope: scope)
    response.versions = response.versions.map(scope.disclosed)
    let fields = HouseholdFields.disclosure(of: response.versions.flatMap(\.fields))
    try await context.disclose(
      [request.id],
      people: nil,
      showing: fields.union(.classification),
      from: store
    )
    return response
  }

  private func compare(
    _ request: CompareVersionsRequest,
    context: ServerContext
  ) async throws -> CompareVersionsResponse {
    let scope = try context.scope
    let compared = try await store.compare(request, scope: scope)
    guard let from = scope.disclosed(compared.from, on: store.today),
      let to = scope.disclosed(compared.to, on: store.today)
    else { throw RPCError(.notFound, "no such household in the caller's area") }
    let people = Set((from.members + to.members).map(\.id)).count
    try await context.disclose([request.id], people: people, showing: .all, from: store)
    return CompareVersionsResponse(
      from: from,
      to: to,
      fields: HouseholdFields.recordedDifferences(from, to),
      steps: compared.steps.map(scope.disclosed)
    )
  }

  private func create(
    _ request: CreateHouseholdRequest,
    context: ServerContext
  ) async throws -> EncodedMessage {
    let scope = try context.scope
    let key = context.idempotencyKey?.bytes
    let written = try await store.create(request, idempotencyKey: key, scope: scope)
    return try await answer(written, scope, context)
  }

  private func update(
    _ request: UpdateHouseholdRequest,
    context: ServerContext
  ) async throws -> EncodedMessage {
    let scope = try context.scope
    let key = context.idempotencyKey?.bytes
    let written = try await context.disclosingConflicts(of: [request.id], from: store) {
      try await store.update(request, idempotencyKey: key, scope: scope)
    }
    return try await answer(written, scope, context)
  }

  private func search(
    _ request: SearchHouseholdsRequest,
    context: ServerContext
  ) async throws -> SearchHouseholdsResponse {
    let scope = try context.scope
    var response = try await store.search(request, scope: scope)
    if !scope.seesEverything {
      response.households = response.households.map(scope.disclosed)
      response.withheld = scope.withheld
    }
    try await disclose(response.households, request.filter ?? HouseholdFilter(), context)
    return response
  }

  private func sample(
    _ request: SampleHouseholdsRequest,
    context: ServerContext
  ) async throws -> SampleHouseholdsResponse {
    let scope = try context.scope
    var response = try await store.sample(request, scope: scope)
    if !scope.seesEverything {
      response.households = response.households.map(scope.disclosed)
      response.withheld = scope.withheld
    }
    try await disclose(response.households, request.filter ?? HouseholdFilter(), context)
    return response
  }

  /// Records the lines of a list; one who looks for a name and finds nobody is recorded too.
  private func disclose(
    _ lines: [HouseholdSummary],
    _ filter: HouseholdFilter,
    _ context: ServerContext
  ) async throws {
    if lines.isEmpty {
      if !filter.name.isEmpty { try await context.discloseNothing(from: store) }
      return
    }
    try await context.disclose(
      lines.map(\.id),
      people: lines.reduce(0) { $0 + Int($1.members) },
      showing: try context.scope.listed(by: filter),
      from: store
    )
  }

  private func getImport(
    _ request: GetImportRequest,
    context: ServerContext
  ) async throws -> Import {
    try ImportStream.check(digest: request.fileDigest)
    return try await store.importProgress(request, scope: try context.scope)
  }

  private func importHouseholds(
    _ requests: RequestStream<ImportHouseholdsRequest>,
    responses: ResponseWriter<ImportHouseholdsResponse>,
    context: ServerContext
  ) async throws {
    try await ImportStream(store: store, scope: try context.scope, window: importWindow)
      .run(requests, responses: responses)
  }

  private func export(
    _ request: ExportHouseholdsRequest,
    responses: ResponseWriter<EncodedMessage>,
    context: ServerContext
  ) async throws {
    let scope = try context.scope
    let filter = request.filter ?? HouseholdFilter()
    var token = request.resumeToken
    repeat {
      // A page is read to its end before it is sent: no transaction waits for the network.
      let page = try await store.exportPage(filter: filter, after: token, scope: scope)
      let households = try page.households.compactMap { try disclosed($0, scope) }
      token = page.nextToken
      try await context.disclose(
        page.households.map(\.id.bytes),
        people: store.countsPeople(shownTo: scope)
          ? try page.households.reduce(0) { $0 + (try people(of: $1, scope)) } : 0,
        showing: .all,
        from: store
      )
      try await responses.write(.exportPage(households: households, resumeToken: token))
    } while !token.isEmpty
  }

  // The first result of an idempotency key is authorised and masked anew, as any other answer.
  private func answer(
    _ written: WrittenHousehold,
    _ scope: Scope,
    _ context: ServerContext
  ) async throws -> EncodedMessage {
    if written.isReplayed { context.trailers.markReplayed() }
    // The journal names who wrote; where nothing was written, the answer is a look.
    guard written.isWritten else { return try await shown(written.stored, scope, context) }
    return try answer(written.stored, scope)
  }

  private func answer(_ stored: StoredHousehold, _ scope: Scope) throws -> EncodedMessage {
    guard let bytes = try disclosed(stored, scope) else {
      throw StoreError.householdNotFound
    }
    return EncodedMessage(bytes)
  }

  /// A file that is read, once the look is durable.
  private func shown(
    _ stored: StoredHousehold,
    _ scope: Scope,
    _ context: ServerContext
  ) async throws -> EncodedMessage {
    let message = try answer(stored, scope)
    let people = store.countsPeople(shownTo: scope) ? try people(of: stored, scope) : 0
    try await context.disclose(
      [stored.id.bytes],
      people: people,
      showing: .all,
      from: store,
      scope: scope
    )
    return message
  }

  /// How many people of a file the scope sees.
  private func people(of stored: StoredHousehold, _ scope: Scope) throws -> Int {
    scope.disclosed(try stored.household(), on: store.today)?.members.count ?? 0
  }

  /// What the scope shows of a file; nil when it sees nobody of it.
  private func disclosed(_ stored: StoredHousehold, _ scope: Scope) throws -> [UInt8]? {
    if scope.seesEverything { return stored.encoded }
    return try scope.disclosed(try stored.household(), on: store.today)?.serializedBytes()
  }
}
