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
          response.matches[index].mainCause = 0
        }
      }
      try await responses.write(response)
    }
  }

  /// Tells who looked at a household's file.
  package func listLooks(
    _ request: ListLooksRequest,
    context: ServerContext
  ) async throws -> ListLooksResponse {
    try await store.looks(request, scope: try context.scope)
  }
}
