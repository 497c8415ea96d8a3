package import RPCCore
package import RegistryAPI
internal import RegistryModel
package import RegistryStore

/// Tells who serves, and whom it takes the caller for.
package struct NodeServer: NodeService {
  private let store: RegistryStore
  private let configuration: NodeConfiguration
  private let startedAt: Int64

  /// Serves the facts of a node that starts now.
  package init(store: RegistryStore, configuration: NodeConfiguration) {
    self.store = store
    self.configuration = configuration
    startedAt = SystemClock.now().microseconds
  }

  /// Tells who serves, and who asks.
  package func getNode(
    _ request: GetNodeRequest,
    context: ServerContext
  ) async throws -> Node {
    let scope = try context.scope
    let journal = try store.nodeInfo()
    return Node(
      identity: configuration.identity.uri,
      division: try store.division(code: configuration.identity.division.description, scope: scope),
      synthetic: configuration.isSynthetic,
      software: configuration.software,
      startedAt: startedAt,
      now: SystemClock.now().microseconds,
      journalSize: journal.size,
      journalRoot: journal.root,
      services: Self.services,
      caller: context.peer.identity
    )
  }

  /// The full names of the services that a node serves, sorted.
  package static let services = Set(MethodOperations.methods.map(\.service)).sorted()
}
