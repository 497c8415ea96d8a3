package import RPCCore
package import RegistryAPI
internal import RegistryModel
package import RegistryStore

/// Tells operators how the links stand, and lets them block a node.
package struct LinkServer: LinkService {
  private let store: RegistryStore
  private let upstream: String

  /// Serves a store; `upstream` is the node above, empty where none is configured.
  package init(store: RegistryStore, upstream: String) {
    self.store = store
    self.upstream = upstream
  }

  package func getLinks(
    _ request: GetLinksRequest,
    context: ServerContext
  ) async throws -> GetLinksResponse {
    var links = try await store.links(scope: try context.scope)
    links.upstream = upstream
    links.restored = store.isRestored
    return links
  }

  package func listFindings(
    _ request: ListFindingsRequest,
    context: ServerContext
  ) async throws -> ListFindingsResponse {
    let scope = try context.scope
    var response = try await store.findings(request, scope: scope)
    if scope.people == .none {
      // That there is one is told, and whose it is not.
      for index in response.findings.indices {
        response.findings[index].household = []
        response.findings[index].member = []
        response.numbers[index] = ""
      }
      return response
    }
    let files = response.findings.map(\.household)
    try await context.disclose(files, people: files.count, showing: .identity, from: store)
    return response
  }

  package func listAhead(
    _ request: ListAheadRequest,
    context: ServerContext
  ) async throws -> ListAheadResponse {
    let scope = try context.scope
    var response = try await store.listAhead(request, scope: scope)
    if !scope.seesEverything {
      for index in response.files.indices {
        // Where the entry stands is of the node's journal; what it says, and of whom, is not.
        response.files[index].ahead = nil
        if scope.people != .none { continue }
        response.files[index].household = []
        response.files[index].number = ""
      }
    }
    if scope.people == .none { return response }
    try await context.disclose(
      response.files.map(\.household),
      people: nil,
      showing: .classification,
      from: store
    )
    return response
  }

  package func setLinkAccess(
    _ request: SetLinkAccessRequest,
    context: ServerContext
  ) async throws -> SetLinkAccessResponse {
    try await store.setAccess(request, scope: try context.scope)
    return SetLinkAccessResponse()
  }
}
