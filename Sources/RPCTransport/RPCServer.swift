package import Logging
package import RPCCore
internal import RPCSockets
internal import RPCTLS
internal import Synchronization

extension CertificateExpiry {
  fileprivate init(_ expiry: TLSExpiry) {
    let role: Role =
      switch expiry.role {
      case .own: .own
      case .authority: .authority
      case .revocations: .revocations
      }
    self.init(role: role, name: expiry.name, endsAt: expiry.endsAt)
  }
}

/// Serves a router over mutual TLS.
///
/// `start`, then `drain` with a limit, or `shutdown`. Handlers run as tasks on their connection's
/// event loop; what blocks has to leave it.
package final class RPCServer: ServerObservation, Sendable {
  private struct State {
    var listeners: [Listener] = []
    var hasStarted = false
    var hasEnded = false
  }

  /// What TLS offers (ALPN), the native protocol first.
  private static let protocols = Door.allCases.map(\.protocolName)

  private let shared: ServerShared
  private let group: EventLoopGroup
  private let buffers: [ReceiveBuffer]
  private let codecs: [MessageCodec]
  private let counts: [LoopCounts]
  private let startedAt: UInt64
  private let state = Mutex(State())

  /// Prepares a server; reads certificate and key.
  ///
  /// - Throws: UNAUTHENTICATED when a file cannot be used (the words name it), UNAVAILABLE without
  ///   descriptors.
  package init(
    router: Router,
    configuration: ServerConfiguration,
    logger: Logger = Logger(label: "rpc.server")
  ) throws(RPCError) {
    let context: TLSContext
    do throws(TLSError) {
      context = try configuration.credentials.context(.server, protocols: Self.protocols)
    } catch {
      throw Connection.failure(error)
    }
    let group: EventLoopGroup
    do throws(SocketError) {
      group = try EventLoopGroup(count: configuration.loops, label: "rpc-server")
    } catch {
      throw RPCError(code: .unavailable, message: "\(error)", cause: error)
    }
    self.group = group
    var handshakes: [BackgroundThread] = []
    do throws(SocketError) {
      for _ in 0..<max(1, group.loops.count / 2) { handshakes.append(try BackgroundThread()) }
    } catch {
      // Its descriptors are given back.
      Task { await group.shutdown() }
      throw RPCError(code: .unavailable, message: "\(error)", cause: error)
    }
    buffers = group.loops.map { _ in ReceiveBuffer() }
    codecs = group.loops.map { _ in MessageCodec() }
    let shared = ServerShared(
      router: router,
      configuration: configuration,
      context: context,
      handshakes: handshakes,
      logger: logger
    )
    self.shared = shared
    let loops = group.loops
    counts = loops.enumerated().map { index, loop in
      LoopCounts(loop, paths: shared.paths, index: index, of: loops.count)
    }
    startedAt = loops[0].freshNow()
  }

  /// Listens; returns where, with the ports that were free.
  ///
  /// - Throws: UNAVAILABLE, with the endpoint in its words, when one cannot be bound.
  package func start() async throws(RPCError) -> [Endpoint] {
    let isFirst = state.withLock { state in
      defer { state.hasStarted = true }
      return !state.hasStarted
    }
    guard isFirst else { throw RPCError(.failedPrecondition, "the server was started before") }
    var bound: [Endpoint] = []
    for endpoint in shared.configuration.endpoints {
      let listener = try listen(at: endpoint)
      do {
        try await listener.start()
      } catch {
        throw RPCError(code: .unavailable, message: "\(error)", cause: error)
      }
      state.withLock { $0.listeners.append(listener) }
      bound.append(Endpoint(host: listener.address.host, port: listener.address.port))
    }
    return bound
  }

  /// Open connections, and those in their handshake.
  package var connectionCounts: (open: Int, pending: Int) { shared.admission.counts }

  /// What the server does now and has counted since it was made.
  package func snapshot() async -> ServerSnapshot? {
    var result = ServerSnapshot()
    result.takenAt = group.loops[0].freshNow()
    result.startedAt = startedAt
    (result.openConnections, result.pendingConnections) = connectionCounts
    result.refusedConnections = shared.admission.refused
    let load = shared.gate.load
    result.waitingCalls = load.waiting + load.delayed
    result.refusedCalls = load.refused
    result.heldBytes = shared.heldBytes.load(ordering: .relaxed)
    result.isDraining = shared.admission.isClosed
    result.certificates = shared.context.expiries.map(CertificateExpiry.init)
    let connections = shared.admission.connections
    for counts in counts {
      let part = await withCheckedContinuation { continuation in
        counts.loop.execute {
          let own = connections.filter { $0.loop === counts.loop }
          continuation.resume(
            returning: (counts.methods, counts.calls, own.compactMap(\.snapshot))
          )
        }
      }
      if result.methods.isEmpty {
        result.methods = part.0
      } else {
        for index in result.methods.indices { result.methods[index].add(part.0[index]) }
      }
      result.calls += part.1
      result.connections += part.2
    }
    return result
  }

  private func listen(at endpoint: Endpoint) throws(RPCError) -> Listener {
    guard let address = SocketAddress(host: endpoint.host, port: endpoint.port) else {
      throw RPCError(.invalidArgument, "\(endpoint) is not an address in numbers")
    }
    do throws(SocketError) {
      return Listener(
        try ListeningSocket(address),
        on: group.next(),
        hasTime: { [shared] in shared.hasTimeForHandshakes },
        refused: { [shared] in shared.logger.warning("connection refused: no descriptors left") },
        accepted: { [self] socket, _ in accept(socket) }
      )
    } catch {
      throw RPCError(code: .unavailable, message: "\(error)", cause: error)
    }
  }

  private func accept(_ socket: Socket) {
    guard shared.admission.reserve() else {
      let error = RPCError(.resourceExhausted, "too many connections")
      shared.refusals.tell(error, of: socket.peerAddress?.host ?? "", at: group.loops[0].freshNow())
      return socket.close()
    }
    let loop = group.next()
    loop.execute { [self] in begin(socket, on: loop) }
  }

  private func begin(_ socket: Socket, on loop: EventLoop) {
    guard let index = group.loops.firstIndex(where: { $0 === loop }),
      let session = try? TLSSession(context: shared.context, descriptor: socket.descriptor)
    else {
      shared.admission.abandon()
      return socket.close()
    }
    let connection = ServerConnection(
      shared: shared,
      counts: counts[index],
      socket: socket,
      session: session,
      buffer: buffers[index],
      codec: codecs[index]
    )
    guard shared.admission.begin(connection) else {
      shared.admission.abandon()
      return socket.close()
    }
    connection.start()
  }

  /// Reads certificate, key, authorities and revocation lists again: connections that begin from now
  /// on have them. Those that are open go on, but for peers that are not trusted any more: their calls
  /// end with UNAUTHENTICATED and their handlers are cancelled; when this returns none of theirs begins.
  /// One at a time, and not once the server ends.
  ///
  /// - Parameter accepts: whether the own certificate's URI, nil for none, will do.
  /// - Throws: UNAUTHENTICATED when a file cannot be used (the words name it) or the certificate will
  ///   not do: all stays as it was.
  package func reload(
    accepts: (String?) -> Bool = { _ in true }
  ) async throws(RPCError) {
    let fresh: TLSContext
    do throws(TLSError) {
      fresh = try shared.configuration.credentials.context(.server, protocols: Self.protocols)
    } catch {
      throw Connection.failure(error)
    }
    guard accepts(fresh.identity?.uri) else {
      throw RPCError(.unauthenticated, "the certificate is for another identity")
    }
    shared.replace(context: fresh)
    for connection in shared.admission.connections {
      connection.loop.execute { connection.verifyAgain() }
    }
    for loop in group.loops {
      await withCheckedContinuation { done in loop.execute { done.resume() } }
    }
  }

  // MARK: Ending

  /// Ends in order: takes no new connections, lets accepted calls end and handlers return, and stops
  /// what is left after the limit.
  ///
  /// - Returns: whether everything ended within the limit.
  @discardableResult
  package func drain(limit: Duration) async -> Bool {
    await stopListening()
    let connections = shared.admission.close()
    let nanoseconds = limit.wholeNanoseconds
    for connection in connections {
      connection.loop.execute { connection.drain(limit: nanoseconds) }
    }
    let expired = Atomic<Bool>(false)
    let timer = Task { [shared] in
      try await Task.sleep(for: limit)
      expired.store(true, ordering: .relaxed)
      Self.stop(shared.admission.close())
      shared.admission.forgetHandlers()
    }
    await shared.admission.emptied()
    timer.cancel()
    await end()
    return !expired.load(ordering: .relaxed)
  }

  /// Ends at once: open calls are told UNAVAILABLE and their handlers cancelled.
  package func shutdown() async {
    await stopListening()
    Self.stop(shared.admission.close())
    shared.admission.forgetHandlers()
    await shared.admission.emptied()
    await end()
  }

  private static func stop(_ connections: [ServerConnection]) {
    for connection in connections {
      connection.loop.execute {
        connection.stop(RPCError(.unavailable, "the server is shutting down"))
      }
    }
  }

  private func stopListening() async {
    let listeners = state.withLock { state in
      defer { state.listeners = [] }
      return state.listeners
    }
    for listener in listeners { await listener.stop() }
  }

  private func end() async {
    let isFirst = state.withLock { state in
      defer { state.hasEnded = true }
      return !state.hasEnded
    }
    if isFirst { await group.shutdown() }
  }
}
