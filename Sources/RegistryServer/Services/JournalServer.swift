package import RPCCore
package import RegistryAPI
package import RegistryStore

/// Gives evidence of what was recorded.
package struct JournalServer: JournalService {
  private let store: RegistryStore

  /// Serves a store.
  package init(store: RegistryStore) { self.store = store }

  package func getHead(
    _ request: GetHeadRequest,
    context: ServerContext
  ) async throws -> GetHeadResponse {
    try store.head(scope: try context.scope)
  }

  package func listEntries(
    _ request: ListEntriesRequest,
    context: ServerContext
  ) async throws -> JournalPage {
    try await store.entries(request, scope: try context.scope)
  }

  package func prove(
    _ request: ProveRequest,
    context: ServerContext
  ) async throws -> JournalProof {
    try await store.prove(request, scope: try context.scope)
  }
}
