internal import Glibc
package import RPCCore

/// Tells what a server does, to those who run it.
package struct ObserveServer: ObserveService {
  /// The most calls and connections of one answer.
  private static let listed = 1_000
  /// The pauses that a caller may ask for (ms).
  private static let pauses: ClosedRange<UInt32> = 100...60_000

  private let observation: any ServerObservation
  private let mayObserve: @Sendable (ServerContext) throws -> Void

  /// - Parameters:
  ///   - observation: the server.
  ///   - mayObserve: throws for those who may not know; asked with each answer.
  package init(
    _ observation: any ServerObservation,
    mayObserve: @escaping @Sendable (ServerContext) throws -> Void
  ) {
    self.observation = observation
    self.mayObserve = mayObserve
  }

  /// Tells it once.
  package func getServer(
    _ request: GetServerRequest,
    context: ServerContext
  ) async throws -> ServerState {
    try mayObserve(context)
    return try await state(request)
  }

  /// Tells it again and again, until the caller ends.
  package func watchServer(
    _ request: WatchServerRequest,
    responses: ResponseWriter<ServerState>,
    context: ServerContext
  ) async throws {
    let pause = request.intervalMs == 0 ? 1_000 : request.intervalMs
    guard Self.pauses.contains(pause) else {
      throw RPCError(.invalidArgument, "interval_ms must be 100 to 60,000")
    }
    while true {
      try mayObserve(context)
      let state = try await state(request.what ?? GetServerRequest())
      try await responses.write(state)
      // A call that goes on for ever would hold up the end.
      if state.draining { throw RPCError(.unavailable, "the server is shutting down") }
      try await sleep(milliseconds: pause)
    }
  }

  /// Sleeps, but not past the beginning of the server's end by more than a second.
  private func sleep(milliseconds: UInt32) async throws {
    var rest = milliseconds
    while rest > 0 {
      let part = min(rest, 1_000)
      try await Task.sleep(for: .milliseconds(Int64(part)))
      rest -= part
      if rest > 0, await observation.snapshot()?.isDraining != false { return }
    }
  }

  private func state(_ request: GetServerRequest) async throws -> ServerState {
    guard let snapshot = await observation.snapshot() else {
      throw RPCError(.failedPrecondition, "no server runs here")
    }
    var state = ServerState(snapshot, process: ProcessUse())
    state.certificates = snapshot.certificates.map(CertificateState.init)
    if request.calls {
      state.calls = snapshot.calls.sorted { $0.startedAt < $1.startedAt }.prefix(Self.listed)
        .map { CallState($0, at: snapshot.takenAt) }
    }
    if request.connections {
      state.connections = snapshot.connections.sorted { $0.calls > $1.calls }.prefix(Self.listed)
        .map { ConnectionState($0, at: snapshot.takenAt) }
    }
    return state
  }
}

extension ServerState {
  /// A snapshot as a message; methods that were never called are left out.
  fileprivate init(_ snapshot: ServerSnapshot, process: ProcessUse) {
    self.init()
    var clock = timespec()
    clock_gettime(CLOCK_REALTIME, &clock)
    now = Int64(clock.tv_sec) &* 1_000_000 &+ Int64(clock.tv_nsec) / 1000
    uptimeUs = (snapshot.takenAt &- snapshot.startedAt) / 1000
    openConnections = UInt32(clamping: snapshot.openConnections)
    pendingConnections = UInt32(clamping: snapshot.pendingConnections)
    refusedConnections = snapshot.refusedConnections
    waitingCalls = UInt32(clamping: snapshot.waitingCalls)
    refusedCalls = snapshot.refusedCalls
    heldBytes = UInt64(clamping: snapshot.heldBytes)
    draining = snapshot.isDraining
    cpuUs = process.cpuMicroseconds
    residentBytes = process.residentBytes
    descriptors = process.descriptors
    methods = snapshot.methods.filter { $0.started > 0 }.map(MethodState.init)
  }
}

extension CertificateState {
  fileprivate init(_ expiry: CertificateExpiry) {
    let role: Role =
      switch expiry.role {
      case .own: .own
      case .authority: .authority
      case .revocations: .revocations
      }
    self.init(role: role, name: expiry.name, endsAt: expiry.endsAt)
  }
}

extension MethodState {
  fileprivate init(_ method: MethodSnapshot) {
    self.init()
    path = method.path
    started = method.started
    running = UInt32(clamping: method.running)
    codes = method.codes.enumerated().filter { $0.element > 0 }.map {
      CodeCount(code: UInt32($0.offset), count: $0.element)
    }
    p50Us = method.durations.quantile(0.5) ?? 0
    p99Us = method.durations.quantile(0.99) ?? 0
    totalUs = method.durations.nanoseconds / 1000
    receivedBytes = method.receivedBytes
    sentBytes = method.sentBytes
  }
}

extension CallState {
  fileprivate init(_ call: LiveCall, at now: UInt64) {
    self.init(
      number: call.number,
      path: call.path,
      identity: call.identity,
      ageUs: (now - min(now, call.startedAt)) / 1000,
      waiting: call.isWaiting
    )
  }
}

extension ConnectionState {
  fileprivate init(_ connection: ConnectionSnapshot, at now: UInt64) {
    self.init(
      identity: connection.identity,
      address: connection.address,
      ageUs: (now - min(now, connection.openedAt)) / 1000,
      calls: UInt32(clamping: connection.calls),
      outputBytes: UInt64(clamping: connection.outputBytes)
    )
  }
}
