internal import RPCSockets
internal import Synchronization

/// Counts connections against their caps and knows those that are open.
final class Admission: Sendable {
  private struct Identity {
    var connections = 0
    let caller = Caller()
  }

  private struct State {
    var alive: [ObjectIdentifier: ServerConnection] = [:]
    /// All that hold a place, `pending` of them in or before their handshake, those that were told to
    /// give way left out.
    var count = 0
    var pending = 0
    /// Those whose handshake has begun, by a number that rises; none has a lower one than `oldest`.
    var begun: [UInt64: ServerConnection] = [:]
    var oldest: UInt64 = 0
    var next: UInt64 = 0
    /// Those of them that are closed, while handlers of theirs run.
    var closed = 0
    /// Whether nobody waits for handlers any more.
    var isImpatient = false
    var identities: [String: Identity] = [:]
    var refused: UInt64 = 0
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
  ///
  /// Where as many handshakes are under way as may be, the one that began first gives way: clients that
  /// begin and do not go on must not keep out those that do.
  func reserve() -> Bool {
    let (isAccepted, loser) = state.withLock { state -> (Bool, ServerConnection?) in
      var loser: ServerConnection?
      if !state.isClosed, state.count < total, state.pending >= pending {
        loser = Self.takeOldest(&state)
      }
      guard !state.isClosed, state.count < total, state.pending < pending else {
        state.refused += 1
        return (false, loser)
      }
      state.pending += 1
      state.count += 1
      return (true, loser)
    }
    if let loser { loser.loop.execute { loser.giveWay() } }
    return isAccepted
  }

  private static func takeOldest(_ state: inout State) -> ServerConnection? {
    guard !state.begun.isEmpty else { return nil }
    while true {
      defer { state.oldest += 1 }
      if let found = state.begun.removeValue(forKey: state.oldest) {
        state.pending -= 1
        return found
      }
    }
  }

  /// A handshake has ended, in whatever way.
  private static func settle(_ connection: ServerConnection, _ state: inout State) {
    if state.begun.removeValue(forKey: connection.ticket) != nil { state.pending -= 1 }
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
      connection.ticket = state.next
      state.begun[state.next] = connection
      state.next += 1
      return true
    }
  }

  /// A handshake is done: what all connections of the identity share; nil when it has too many.
  func admit(_ connection: ServerConnection, as identity: String) -> Caller? {
    state.withLock { state in
      var known = state.identities[identity] ?? Identity()
      guard !state.isClosed, known.connections < perIdentity else { return nil }
      known.connections += 1
      state.identities[identity] = known
      Self.settle(connection, &state)
      return known.caller
    }
  }

  /// A connection that began is closed; it holds its place until `leave`.
  func close(_ connection: ServerConnection) {
    let waiters = state.withLock { state in
      state.alive[ObjectIdentifier(connection)] = nil
      state.closed += 1
      return Self.waitersIfEmpty(&state)
    }
    resume(waiters)
  }

  /// The last handler of a closed connection has returned; `identity` is nil when it was not
  /// admitted. Called once.
  func leave(_ connection: ServerConnection, identity: String?) {
    let waiters = state.withLock { state in
      Self.settle(connection, &state)
      state.closed -= 1
      state.count -= 1
      if let identity {
        state.identities[identity]?.connections -= 1
        if state.identities[identity]?.connections == 0 { state.identities[identity] = nil }
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

  /// The connections that are alive.
  var connections: [ServerConnection] { state.withLock { Array($0.alive.values) } }

  /// A connection was refused in its handshake.
  func noteRefusal() { state.withLock { $0.refused += 1 } }

  /// Connections that were refused since the start.
  var refused: UInt64 { state.withLock { $0.refused } }

  /// Whether nobody is admitted any more.
  var isClosed: Bool { state.withLock { $0.isClosed } }

  /// Connections that are open, and those in their handshake.
  var counts: (open: Int, pending: Int) { state.withLock { ($0.count - $0.pending, $0.pending) } }

  /// Lets `emptied` return though handlers of closed connections still run.
  func forgetHandlers() {
    let waiters = state.withLock { state in
      state.isImpatient = true
      return Self.waitersIfEmpty(&state)
    }
    resume(waiters)
  }

  /// Waits until all connections are gone, and their handlers unless `forgetHandlers` was called.
  func emptied() async {
    await withCheckedContinuation { continuation in
      let isEmpty = state.withLock { state in
        if Self.isEmpty(state) { return true }
        state.waiters.append(continuation)
        return false
      }
      if isEmpty { continuation.resume() }
    }
  }

  private func resume(_ waiters: [CheckedContinuation<Void, Never>]) {
    for waiter in waiters { waiter.resume() }
  }

  private static func isEmpty(_ state: State) -> Bool {
    state.count == (state.isImpatient ? state.closed : 0)
  }

  private static func waitersIfEmpty(_ state: inout State) -> [CheckedContinuation<Void, Never>] {
    guard isEmpty(state) else { return [] }
    defer { state.waiters = [] }
    return state.waiters
  }
}
