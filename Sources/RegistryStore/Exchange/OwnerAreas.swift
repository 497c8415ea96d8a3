package import RegistryModel
internal import Synchronization

/// The areas whose files belong to other nodes: this one has copies and writes none of them.
final class OwnerAreas: Sendable {
  private let paths: Mutex<[DivisionPath]>

  init(_ paths: [DivisionPath]) { self.paths = Mutex(paths) }

  /// Whether the files of a place are another node's.
  func own(_ path: DivisionPath) -> Bool {
    paths.withLock { paths in paths.contains { $0.contains(path) } }
  }

  /// Another node's area, from now on.
  func add(_ path: DivisionPath) {
    paths.withLock { paths in
      if !paths.contains(path) { paths.append(path) }
    }
  }
}

extension RegistryStore {
  /// Whether the files of a place belong to another node.
  package func isForeign(_ path: DivisionPath) -> Bool { context.owners.own(path) }
}
