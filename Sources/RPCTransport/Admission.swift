internal import Synchronization

/// Counts connections against their caps and knows those that are open.
final class Admission: Sendable {
  private struct State {
    var alive: [ObjectIdentifier: ServerConnection] = [:]
    /// All that hold a place, `pending` of them in or before their handshake.
    var count = 0
    var pending = 0
    var identities: [String: Int] = [:]
    var isClosed = false
    var waiters: [CheckedContinuation<Void, Never>] = []
  }

  private let state = Mutex(State())
  private let total: Int
  private let pending: Int
  private let perIdentity: Int

  init(_ configuration: ServerConfiguration) {
    total = configuration.maximumConnections
    pending = configuration.maximumPendingConnections
    perIdentity = configuration.maximumConnectionsPerIdentity
  }

  /// Whether another connection may begin its handshake; it is then counted.
  func reserve() -> Bool {
    state.withLock { state in
      guard !state.isClosed, state.count < total, state.pending < pending else { return false }
      state.pending += 1
      state.count += 1
      return true
    }
  }

  /// A place was reserved and there will be no connection.
  func abandon() {
    let waiters = state.withLock { state in
      state.pending -= 1
      state.count -= 1
      return Self.waitersIfEmpty(&state)
    }
    resume(waiters)
  }

  /// A connection begins its handshake; false when none may any more.
  func begin(_ connection: ServerConnection) -> Bool {
    state.withLock { state in
      guard !state.isClosed else { return false }
      state.alive[ObjectIdentifier(connection)] = connection
      return true
    }
  }

  /// A handshake is done; false when the identity has too many connections.
  func admit(identity: String) -> Bool {
    state.withLock { state in
      let count = state.identities[identity, default: 0]
      guard !state.isClosed, count < perIdentity else { return false }
      state.identities[identity] = count + 1
      state.pending -= 1
      return true
    }
  }

  /// A connection that began is gone; `identity` is nil when it was not admitted.
  func leave(_ connection: ServerConnection, identity: String?) {
    let waiters = state.withLock { state in
      guard state.alive.removeValue(forKey: ObjectIdentifier(connection)) != nil else {
        return [CheckedContinuation<Void, Never>]()
      }
      state.count -= 1
      if let identity {
        let count = state.identities[identity, default: 1] - 1
        state.identities[identity] = count > 0 ? count : nil
      } else {
        state.pending -= 1
      }
      return Self.waitersIfEmpty(&state)
    }
    resume(waiters)
  }

  /// Admits nobody from now on; returns those that are alive.
  func close() -> [ServerConnection] {
    state.withLock { state in
      state.isClosed = true
      return Array(state.alive.values)
    }
  }

  /// Connections that are open, and those in their handshake.
  var counts: (open: Int, pending: Int) { state.withLock { ($0.count - $0.pending, $0.pending) } }

  /// Waits until all connections are gone.
  func emptied() async {
    await withCheckedContinuation { continuation in
      let isEmpty = state.withLock { state in
        if state.count == 0 { return true }
        state.waiters.append(continuation)
        return false
      }
      if isEmpty { continuation.resume() }
    }
  }

  private func resume(_ waiters: [CheckedContinuation<Void, Never>]) {
    for waiter in waiters { waiter.resume() }
  }

  private static func waitersIfEmpty(_ state: inout State) -> [CheckedContinuation<Void, Never>] {
    guard state.count == 0 else { return [] }
    defer { state.waiters = [] }
    return state.waiters
  }
}
