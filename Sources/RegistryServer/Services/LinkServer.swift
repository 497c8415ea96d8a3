package import RPCCore
package import RegistryAPI
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
    let response = try await store.findings(request, scope: try context.scope)
    let files = response.findings.map(\.household)
    try await context.disclose(files, people: files.count, from: store)
    return response
  }

  package func listAhead(
    _ request: ListAheadRequest,
    context: ServerContext
  ) async throws -> ListAheadResponse {
    let response = try await store.listAhead(request, scope: try context.scope)
    try await context.disclose(response.files.map(\.household), from: store)
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
