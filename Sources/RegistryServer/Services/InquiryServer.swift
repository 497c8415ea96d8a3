internal import Journal
package import RPCCore
package import RegistryAPI
internal import RegistryModel
package import RegistryStore

/// Compares departments' lists with the registry, and tells households who looked at their files.
package struct InquiryServer: InquiryService {
  private let store: RegistryStore

  /// Serves the inquiries of a store.
  package init(store: RegistryStore) { self.store = store }

  /// Compares a list of persons, part by part.
  package func matchPeople(
    _ requests: RequestStream<MatchPeopleRequest>,
    responses: ResponseWriter<MatchPeopleResponse>,
    context: ServerContext
  ) async throws {
    let scope = try context.scope
    let withheld = scope.seesEverything ? [] : scope.withheld
    while let request = try await requests.next() {
      let part = try await store.match(request.citizenIds, scope: scope)
      try await context.disclose(
        part.files,
        people: part.matches.count,
        showing: scope.matched,
        asked: request.citizenIds.count,
        from: store
      )
      var response = MatchPeopleResponse(
        results: part.results,
        matches: part.matches,
        withheld: withheld
      )
      if !scope.classes.contains(.classification) {
        for index in response.matches.indices {
          response.matches[index].category = .unspecified
          let cause = response.matches[index].mainCause
          response.matches[index].mainCause = scope.shown(cause: cause)
        }
      }
      try await responses.write(response)
    }
  }

  /// The time between two looks for changes, where the caller waits for them.
  private static let pause = Duration.milliseconds(500)
  /// The longest silence towards a caller who waits: it tells one that waits from one that is cut off.
  private static let heartbeat = Duration.seconds(15)

  /// Tells what changes, part by part.
  package func followHouseholds(
    _ request: FollowHouseholdsRequest,
    responses: ResponseWriter<FollowHouseholdsResponse>,
    context: ServerContext
  ) async throws {
    let scope = try context.scope
    guard request.waitSeconds <= 3_600 else {
      throw RPCError(.invalidArgument, "wait_seconds is at most 3600")
    }
    let clock = ContinuousClock()
    let end = clock.now + .seconds(request.waitSeconds)
    var follower = try store.follower(request, scope: scope)
    var told: ContinuousClock.Instant?
    while true {
      let part = try await follower.next()
      try await context.disclose(
        part.files,
        people: part.people,
        showing: .all,
        from: store
      )
      let now = clock.now
      let isDue = told.map { $0 + Self.heartbeat <= now } ?? true
      let isLast = part.response.caughtUp && now >= end
      if !part.response.changes.isEmpty || isDue || isLast {
        try await responses.write(part.response)
        told = now
      }
      if isLast { return }
      if part.response.caughtUp { try await Task.sleep(for: min(Self.pause, end - now)) }
    }
  }

  /// Suggests measures of support for a household.
  package func suggestMeasures(
    _ request: SuggestMeasuresRequest,
    context: ServerContext
  ) async throws -> SuggestMeasuresResponse {
    let scope = try context.scope
    let today = store.today
    let day = request.day == 0 ? today : Day(yyyymmdd: Int(request.day))
    guard let day else { throw RPCError(.invalidArgument, "day is no day") }
    var asked = GetHouseholdRequest()
    switch request.by {
    case .id(let id)?: asked.by = .id(id)
    case .number(let number)?: asked.by = .number(number)
    case nil: break
    }
    let reference = try HouseholdReference(asked, today: today)
    let stored = try store.household(reference, scope: scope)
    guard let household = scope.disclosed(try stored.household(), on: today) else {
      throw RPCError(.notFound, "no such household in the caller's area")
    }
    let measures = store.measures.suggestions(for: household, on: day)
    try await context.disclose(
      [stored.id.bytes],
      people: store.countsPeople(shownTo: scope) ? household.members.count : 0,
      showing: [.classification, .labour],
      from: store
    )
    return SuggestMeasuresResponse(
      number: household.number,
      measures: measures,
      day: Int32(day.yyyymmdd),
      withheld: household.withheld
    )
  }

  /// Tells who looked at a household's file.
  package func listLooks(
    _ request: ListLooksRequest,
    context: ServerContext
  ) async throws -> ListLooksResponse {
    try await store.looks(request, scope: try context.scope)
  }
}
