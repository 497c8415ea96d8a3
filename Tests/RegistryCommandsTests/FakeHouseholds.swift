internal import RPCCore
internal import RegistryAPI

struct FakeHouseholds: HouseholdService {
  typealias State = FakeRegistry.State

  let registry: FakeRegistry

  func createHousehold(
    _ request: CreateHouseholdRequest,
    context: ServerContext
  ) async throws -> Household {
    guard context.idempotencyKey != nil else { throw RPCError(.invalidArgument, "no key") }
    guard let household = request.household, household.location?.group != "refuse me" else {
      throw Self.refusal
    }
    return registry.with { Self.store(household, in: &$0) }
  }

  static var violation: Violation {
    var violation = Violation()
    violation.member = 1
    violation.field = "members.identity.citizen_id"
    violation.rule = "id.check-digit"
    violation.messageEn = "the check character is wrong"
    violation.messageZh = "校验码错误"
    return violation
  }

  private static var refusal: RPCError {
    var details = ErrorDetails()
    details.violations = [violation]
    let bytes = (try? details.encodedBytes()) ?? []
    return RPCError(code: .invalidArgument, message: "1 rule is broken", details: bytes)
  }

  private static func store(_ household: Household, in state: inout State) -> Household {
    var household = household
    let serial = state.households.count + 1
    let bytes = [UInt8(serial / 256), UInt8(serial % 256)]
    household.id = bytes + Array(repeating: 7, count: 14)
    household.number = "4212240000\(serial)"
    household.version = 1
    household.status = .registered
    for index in household.members.indices {
      household.members[index].id = bytes + [UInt8(index)] + Array(repeating: 0, count: 13)
    }
    state.households.append(household)
    return household
  }

  func updateHousehold(
    _ request: UpdateHouseholdRequest,
    context: ServerContext
  ) async throws -> Household {
    try registry.with { state -> Result<Household, RPCError> in
      state.updates.append(request)
      guard let index = state.households.firstIndex(where: { $0.id == request.id }) else {
        return .failure(RPCError(.notFound, "no such household"))
      }
      guard state.households[index].version == request.baseVersion else {
        var conflict = VersionConflict()
        conflict.baseVersion = request.baseVersion
        conflict.currentVersion = state.households[index].version
        var details = ErrorDetails()
        details.conflict = conflict
        return .failure(
          RPCError(
            code: .aborted,
            message: "the version is stale",
            details: (try? details.encodedBytes()) ?? []
          )
        )
      }
      for path in request.mask where path.hasPrefix("contact") {
        state.households[index].contact = request.household?.contact
      }
      if request.mask.contains("income.years") {
        state.households[index].income = request.household?.income
      }
      state.households[index].version += 1
      return .success(state.households[index])
    }.get()
  }

  func getHousehold(
    _ request: GetHouseholdRequest,
    context: ServerContext
  ) async throws -> Household {
    let found = registry.with { state in
      state.gets.append(request)
      return state.households.first { household in
        switch request.by {
        case .id(let id): household.id == id
        case .number(let number): household.number == number
        case .citizenId(let text): household.members.contains { $0.identity?.citizenId == text }
        case nil: false
        }
      }
    }
    guard let found else { throw RPCError(.notFound, "no such household in your area") }
    return found
  }

  // The registry in memory keeps no versions: histories are tested against a real node.
  func getHistory(
    _ request: GetHistoryRequest,
    context: ServerContext
  ) async throws -> GetHistoryResponse {
    throw RPCError(.unimplemented, "no versions are kept")
  }

  func compareVersions(
    _ request: CompareVersionsRequest,
    context: ServerContext
  ) async throws -> CompareVersionsResponse {
    throw RPCError(.unimplemented, "no versions are kept")
  }

  func sampleHouseholds(
    _ request: SampleHouseholdsRequest,
    context: ServerContext
  ) async throws -> SampleHouseholdsResponse {
    SampleHouseholdsResponse()
  }

  func searchHouseholds(
    _ request: SearchHouseholdsRequest,
    context: ServerContext
  ) async throws -> SearchHouseholdsResponse {
    registry.with { state in
      if let filter = request.filter { state.filters.append(filter) }
      var response = SearchHouseholdsResponse()
      let start = Int(request.pageToken) ?? 0
      let page = state.households.dropFirst(start).prefix(Int(request.pageSize))
      response.households = page.map { household in
        var summary = HouseholdSummary()
        summary.id = household.id
        summary.number = household.number
        summary.version = household.version
        summary.village = household.location?.village ?? ""
        summary.head = household.members.first?.identity?.name ?? ""
        summary.members = UInt32(household.members.count)
        summary.category = .dibao
        return summary
      }
      let next = start + page.count
      response.nextPageToken = next < state.households.count ? "\(next)" : ""
      response.withheld = [.income]
      return response
    }
  }

  func importHouseholds(
    _ requests: RequestStream<ImportHouseholdsRequest>,
    responses: ResponseWriter<ImportHouseholdsResponse>,
    context: ServerContext
  ) async throws {
    var digest: [UInt8] = []
    while let request = try await requests.next() {
      if let header = request.header {
        digest = header.fileDigest
        registry.with { $0.fileNames.append(header.fileName) }
      }
      var response = ImportHouseholdsResponse()
      var isCut = false
      for item in request.items {
        let result = registry.with { state -> ImportResult? in
          if let limit = state.cutAfter, state.itemsReceived >= limit { return nil }
          state.itemsReceived += 1
          return Self.result(of: item, digest, in: &state)
        }
        guard let result else {
          isCut = true
          break
        }
        response.results.append(result)
      }
      if !response.results.isEmpty { try await responses.write(response) }
      if isCut { throw RPCError(.unavailable, "the connection was lost") }
    }
  }

  private static func result(
    of item: ImportItem,
    _ digest: [UInt8],
    in state: inout State
  ) -> ImportResult {
    if var known = state.results[digest]?[item.firstRow], known.outcome != .refused {
      known.replayed = true
      return known
    }
    var result = ImportResult()
    result.firstRow = item.firstRow
    result.rowCount = item.rowCount
    if item.household?.location?.group == "refuse me" {
      result.outcome = .refused
      var violation = violation
      violation.row = item.firstRow
      result.violations = [violation]
    } else {
      result.outcome = .created
      if let household = item.household { _ = store(household, in: &state) }
    }
    state.results[digest, default: [:]][item.firstRow] = result
    return result
  }

  func getImport(_ request: GetImportRequest, context: ServerContext) async throws -> Import {
    registry.with { state in
      var known = Import()
      let results = (state.results[request.fileDigest] ?? [:]).values.sorted {
        $0.firstRow < $1.firstRow
      }
      for result in results {
        // What was refused is not done: it is tried anew.
        if result.outcome == .refused {
          known.refused += 1
          continue
        }
        known.created += 1
        let last = result.firstRow + result.rowCount - 1
        if let end = known.done.indices.last, known.done[end].last + 1 == result.firstRow {
          known.done[end].last = last
        } else {
          var range = RowRange()
          range.first = result.firstRow
          range.last = last
          known.done.append(range)
        }
      }
      return known
    }
  }

  func exportHouseholds(
    _ request: ExportHouseholdsRequest,
    responses: ResponseWriter<ExportHouseholdsResponse>,
    context: ServerContext
  ) async throws {
    for household in registry.with({ $0.households }) {
      var response = ExportHouseholdsResponse()
      response.households = [household]
      try await responses.write(response)
    }
  }
}

extension WireMessage {
  /// The message's bytes.
  func encodedBytes() throws -> [UInt8] { try encodedArray() }
}
