internal import DequeModule
package import Logging
package import RPCCore
internal import RPCSockets
internal import RPCTLS
internal import RPCWire

/// A client's channel over mutual TLS: one connection at a time, many calls on it.
///
/// It connects when a call needs it, again after the connection was lost or retired, with backoff;
/// calls wait for that within their deadline. Unary calls are sent again by the rules of
/// `proto/PROTOCOL.md`, Retries. Each connection begins with certificate, key and trust as their files are
/// then. It lives until `close()`.
package final class RPCChannel: Channel, ClientConnection.Owner, @unchecked Sendable {
  // Unchecked: mutable state is touched on the loop only.

  let loop: EventLoop
  let configuration: ChannelConfiguration
  private var context: TLSContext
  /// The files of the context as they were before it was made.
  private var marks: [Credentials.Mark?]
  private let logger: Logger
  private let buffer = ReceiveBuffer()
  private let codec = MessageCodec()

  var retries: RetryPolicy
  private var connection: ClientConnection?
  /// The next connection may have begun before the files were renewed.
  private var isRenewing = false
  /// Connections in their handshake, and those that finish their last calls.
  private var others: [ClientConnection] = []
  private var connecting: Task<Void, Never>?
  private var waiters = Deque<ChannelWaiter>()
  private var failures = 0
  /// Failures in a row that time does not mend: certificates, protocols.
  private var finalFailures = 0
  private var nextAttempt: UInt64 = 0
  private var endpointIndex = 0
  private var isClosed = false

  /// Prepares a channel; reads certificate and key, and connects with the first call.
  ///
  /// - Throws: UNAUTHENTICATED when a file cannot be used (the words name it), INVALID_ARGUMENT
  ///   without an endpoint, UNAVAILABLE without descriptors.
  package init(
    configuration: ChannelConfiguration,
    logger: Logger = Logger(label: "rpc.channel")
  ) throws(RPCError) {
    guard !configuration.endpoints.isEmpty else {
      throw RPCError(.invalidArgument, "a channel needs an endpoint")
    }
    marks = configuration.credentials.marks
    do throws(TLSError) {
      context = try configuration.tlsContext()
    } catch {
      throw Connection.failure(error)
    }
    do throws(SocketError) {
      loop = try EventLoop(label: "rpc-channel")
    } catch {
      throw RPCError(code: .unavailable, message: "\(error)", cause: error)
    }
    self.configuration = configuration
    self.logger = logger
    retries = RetryPolicy(maximumAttempts: configuration.maximumAttempts)
  }

  package func open(
    _ method: MethodDescriptor,
    options: CallOptions
  ) async throws -> any ClientCall {
    let deadline = options.deadline
    var options = options
    options.trace = options.effectiveTrace
    return try await loop.hop { [options] in
      ChannelCall(
        try await self.begin(
          method,
          options: options,
          deadline: deadline,
          attempt: 1,
          onFinish: options.onFinish
        )
      )
    }
  }

  /// Ends the channel: open calls end with CANCELLED, waiting ones too.
  package func close() async {
    try? await loop.hop { self.closeOnLoop() }
    await loop.shutdown()
  }

  private func closeOnLoop() {
    guard !isClosed else { return }
    isClosed = true
    connecting?.cancel()
    let error = RPCError(.cancelled, "the channel was closed")
    for connection in others + (connection.map { [$0] } ?? []) { connection.close(error) }
    connection = nil
    for waiter in waiters { waiter.resume(error) }
    waiters.removeAll()
  }

  // MARK: Calls

  /// Opens one attempt of a call, once there is a connection with room; on the loop.
  func begin(
    _ method: MethodDescriptor,
    options: CallOptions,
    deadline: Deadline,
    attempt: Int,
    onFinish: (@Sendable (CallOutcome) -> Void)?
  ) async throws -> CallTransfer {
    loop.preconditionOnLoop()
    let isCompressed = options.compression ?? configuration.compression
    let connection = try await connectionWithRoom(deadline, isGreeted: isCompressed)
    var request = OutgoingCall(method: method.path)
    request.isCompressed = isCompressed
    request.deadline = deadline
    request.metadata = options.metadata
    request.idempotencyKey = options.idempotencyKey
    request.attempt = attempt
    request.trace = options.trace?.bytes ?? []
    let call: WireCall
    do {
      call = try connection.engine.open(request, now: loop.now)
    } catch {
      // The place that this call did not take is another's.
      wake(atMost: 1)
      throw error
    }
    connection.scheduleFlush()
    return CallTransfer(call, connection: connection, attempt: attempt, onFinish: onFinish)
  }

  /// - Parameter isGreeted: the connection has to know what the server takes: without its HELLO no
  ///   request could be compressed.
  private func connectionWithRoom(
    _ deadline: Deadline,
    isGreeted: Bool
  ) async throws -> ClientConnection {
    let waiter = ChannelWaiter()
    while true {
      if isClosed { throw Self.failure(.unavailable, "the channel is closed") }
      if let connection, connection.refusal == nil, !isGreeted || connection.engine.isGreeted {
        return connection
      }
      if connection?.refusal == .never { connection = nil }
      if connection == nil { connect() }
      if let error = await wait(waiter, deadline) { throw error }
    }
  }

  /// Waits until something changed; returns why there is no use in waiting on.
  private func wait(_ waiter: ChannelWaiter, _ deadline: Deadline) async -> RPCError? {
    guard waiters.count < configuration.maximumWaitingCalls else {
      return Self.failure(.resourceExhausted, "too many calls wait for a connection")
    }
    if Task.isCancelled { return Self.failure(.cancelled, "the caller gave the call up") }
    var timer: TimerID?
    if deadline != .never {
      let late = Self.failure(.deadlineExceeded, "no connection before the deadline")
      let delay = deadline.nanoseconds - min(deadline.nanoseconds, loop.now)
      timer = loop.schedule(after: delay) { [self] in dismiss(waiter, late) }
    }
    defer { if let timer { loop.cancel(timer) } }
    return await withTaskCancellationHandler {
      await withUnsafeContinuation { continuation in
        waiter.continuation = continuation
        waiters.append(waiter)
      }
    } onCancel: {
      loop.execute {
        self.dismiss(waiter, Self.failure(.cancelled, "the caller gave the call up"))
      }
    }
  }

  private func dismiss(_ waiter: ChannelWaiter, _ error: RPCError) {
    waiters.removeAll { $0 === waiter }
    waiter.resume(error)
  }

  private func wake(atMost count: Int) {
    for _ in 0..<max(0, min(count, waiters.count)) { waiters.popFirst()?.resume(nil) }
  }

  /// A failure of a call that was never sent.
  static func failure(
    _ code: StatusCode,
    _ message: String,
    cause: (any Error)? = nil
  ) -> RPCError {
    RPCError(code: code, message: message, processed: .notStarted, cause: cause)
  }

  // MARK: Connecting

  private func connect() {
    guard connecting == nil, !isClosed else { return }
    connecting = Task(executorPreference: loop) { await self.makeConnection() }
  }

  private func makeConnection() async {
    let endpoint = configuration.endpoints[endpointIndex % configuration.endpoints.count]
    do {
      if nextAttempt > loop.now { try await Task.sleep(nanoseconds: nextAttempt - loop.now) }
      let socket = try await Connector.connect(
        host: endpoint.host,
        port: endpoint.port,
        on: loop,
        timeout: configuration.connectTimeout
      )
      try Task.checkCancellation()
      renewContext()
      let session = try TLSSession(
        context: context,
        descriptor: socket.descriptor,
        expectedPeer: configuration.node
      )
      let connection = ClientConnection(
        owner: self,
        endpoint: endpoint,
        loop: loop,
        socket: socket,
        session: session,
        configuration: configuration,
        buffer: buffer,
        codec: codec,
        handshakeDeadline: loop.now.addingReportingOverflow(configuration.connectTimeout)
          .partialValue
      )
      others.append(connection)
      connection.start()
    } catch {
      connecting = nil
      failed(Self.failure(.unavailable, "no connection to \(endpoint): \(error)", cause: error))
    }
  }

  /// Connects anew for the calls to come if the files have changed, with certificate, key and trust as
  /// they are then; calls that are open go on where they are.
  package func renew() {
    loop.execute { [self] in
      guard configuration.credentials.marks != marks else { return }
      guard let connection else { return isRenewing = connecting != nil }
      retire(connection)
    }
  }

  private func retire(_ connection: ClientConnection) {
    retired(connection)
    connection.engine.retire()
    // It may have no call that would end it.
    connection.scheduleFlush()
  }

  /// Makes the context anew when its files have changed: certificates are renewed while clients live. What
  /// cannot be used, being half written for instance, is left until the next connection, and so is what
  /// would make the client somebody else.
  private func renewContext() {
    let present = configuration.credentials.marks
    guard present != marks else { return }
    do throws(TLSError) {
      let fresh = try configuration.tlsContext()
      guard fresh.identity?.uri == context.identity?.uri else {
        throw TLSError(.configuration, "the certificate is for another identity")
      }
      context = fresh
      marks = present
    } catch {
      logger.warning("the new certificates cannot be used", metadata: ["error": "\(error.message)"])
    }
  }

  /// An attempt to connect came to nothing: calls that have seen too many give up.
  private func failed(_ error: RPCError) {
    logger.debug("connecting failed: \(error.message)")
    noteFailure()
    var error = error
    error.processed = .notStarted
    // What is wrong with certificates or protocols, time does not mend; another endpoint may.
    finalFailures = error.code == .unavailable ? 0 : finalFailures + 1
    let isFinal = finalFailures >= configuration.endpoints.count || isClosed
    if isFinal { finalFailures = 0 }
    var patient = Deque<ChannelWaiter>()
    for waiter in waiters {
      waiter.failures += 1
      if isFinal || waiter.failures >= configuration.maximumAttempts {
        waiter.resume(error)
      } else {
        patient.append(waiter)
      }
    }
    waiters = patient
    if !waiters.isEmpty { connect() }
  }

  private func noteFailure() {
    failures += 1
    endpointIndex += 1
    // The other endpoints are tried before the first pause.
    let round = failures / configuration.endpoints.count
    guard round > 0, failures % configuration.endpoints.count == 0 else { return }
    let random = Double.random(in: 0...1)
    nextAttempt = loop.now &+ configuration.backoff.pause(afterFailures: round, random: random)
  }

  func connected(_ connection: ClientConnection) {
    connecting = nil
    others.removeAll { $0 === connection }
    guard !isClosed else { return connection.close(Self.failure(.cancelled, "closed")) }
    self.connection = connection
    finalFailures = 0
    if isRenewing {
      isRenewing = false
      return retire(connection)
    }
    wake(atMost: connection.room)
  }

  func roomAppeared(on connection: ClientConnection) {
    guard connection === self.connection else { return }
    if connection.engine.isGreeted { failures = 0 }
    wake(atMost: connection.room)
  }

  func retired(_ connection: ClientConnection) {
    guard connection === self.connection else { return }
    self.connection = nil
    others.append(connection)
    wake(atMost: waiters.count)
  }

  func lost(_ connection: ClientConnection, _ error: RPCError) {
    if connection === self.connection {
      self.connection = nil
      if !connection.engine.isGreeted { noteFailure() }
      wake(atMost: waiters.count)
    } else if others.contains(where: { $0 === connection }) {
      others.removeAll { $0 === connection }
      if !connection.wasConnected {
        connecting = nil
        failed(error)
      }
    }
  }
}

/// A call that waits for a connection with room; touched on the channel's loop only.
private final class ChannelWaiter: @unchecked Sendable {
  var continuation: UnsafeContinuation<RPCError?, Never>?
  /// How many failed attempts to connect it has seen.
  var failures = 0

  func resume(_ error: RPCError?) {
    continuation?.resume(returning: error)
    continuation = nil
  }
}
