package import RPCCore
package import RegistryAPI
internal import RegistryModel
package import RegistryStore

/// Tells about divisions: what the tables say, the same to every office.
package struct DivisionServer: DivisionService {
  private let store: RegistryStore

  /// Serves the divisions of a store.
  package init(store: RegistryStore) { self.store = store }

  /// Gives one division; NOT_FOUND for a code that nobody bore.
  package func getDivision(
    _ request: GetDivisionRequest,
    context: ServerContext
  ) async throws -> Division {
    try store.getDivision(request, scope: try context.scope)
  }

  /// Gives a page of divisions in the order of their codes.
  package func listDivisions(
    _ request: ListDivisionsRequest,
    context: ServerContext
  ) async throws -> ListDivisionsResponse {
    let scope = try context.scope
    // It looks through tens of thousands of names: not on a connection's loop.
    return try await withTaskExecutorPreference(globalConcurrentExecutor) {
      try store.listDivisions(request, scope: scope)
    }
  }
}
