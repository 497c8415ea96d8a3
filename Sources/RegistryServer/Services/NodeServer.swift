internal import Journal
package import RPCCore
package import RegistryAPI
internal import RegistryModel
package import RegistryStore

/// Tells who serves, and whom it takes the caller for.
package struct NodeServer: NodeService {
  private let store: RegistryStore
  private let software: String
  private let startedAt: Int64

  /// Serves the facts of a node that starts now.
  package init(store: RegistryStore, software: String) {
    self.store = store
    self.software = software
    startedAt = SystemClock.now().microseconds
  }

  /// Tells who serves, and who asks.
  package func getNode(
    _ request: GetNodeRequest,
    context: ServerContext
  ) async throws -> Node {
    _ = try context.scope
    let journal = try store.status()
    return Node(
      identity: store.node.uri,
      division: store.divisions.message(store.division),
      synthetic: store.isSynthetic,
      software: software,
      startedAt: startedAt,
      now: SystemClock.now().microseconds,
      journalSize: journal.journalSize,
      journalRoot: journal.journalRoot.bytes,
      services: Self.services,
      caller: context.peer.identity,
      restored: store.isRestored
    )
  }

  /// The full names of the services that a node serves, sorted.
  package static let services = Set(MethodOperations.methods.map(\.service)).sorted()
}
