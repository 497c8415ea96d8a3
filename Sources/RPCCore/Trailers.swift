internal import Synchronization

/// What a handler adds to its call's status.
///
/// A class, because the handler's copy of the context and the router's must meet in one place; the
/// lock is taken only when something is added or when the call ends.
public final class Trailers: Sendable {
  private struct State {
    var metadata = Metadata()
    var processed = Processed.mayHaveRun
  }
  private let state = Mutex(State())

  /// Starts empty.
  public init() {}

  /// Adds metadata to be sent with the status.
  public func append(_ key: String, _ value: String) {
    state.withLock { $0.metadata.append(key, value) }
  }

  /// Adds a binary value to be sent with the status; the key must end in `-bin`.
  public func append(_ key: String, bytes: [UInt8]) {
    state.withLock { $0.metadata.append(key, bytes: bytes) }
  }

  /// Marks the answer as the stored first result of the same idempotency key.
  public func markReplayed() {
    state.withLock { $0.processed = .replayed }
  }

  /// What was added.
  public var contents: (metadata: Metadata, processed: Processed) {
    state.withLock { ($0.metadata, $0.processed) }
  }
}
