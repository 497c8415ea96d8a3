internal import Synchronization

/// What both ends of one in-process call share.
final class InProcessCall: Sendable {
  private struct State {
    var handler: Task<Void, Never>?
    var isCancelled = false
    var hasEnded = false
    var hasHead = false
  }

  let peer: Peer
  let metadata: Metadata
  let deadline: Deadline
  let idempotencyKey: IdempotencyKey?
  let trace: TraceContext?
  let requests = Pipe<[UInt8]>()
  let responses = Pipe<[UInt8]>()
  private let heads = Pipe<Metadata>(capacity: 2)
  private let state = Mutex(State())
  /// The largest response, as clients accept it over the wire.
  static let maximumResponseBytes = 4 << 20
  let maximumRequestBytes: Int
  private let onFinish: (@Sendable (CallOutcome) -> Void)?

  init(peer: Peer, options: CallOptions, policy: MethodPolicy) {
    self.peer = peer
    metadata = options.metadata
    deadline = min(options.deadline, .after(policy.maximumDuration))
    idempotencyKey = options.idempotencyKey
    trace = options.effectiveTrace
    maximumRequestBytes = policy.maximumMessageBytes
    onFinish = options.onFinish
  }

  func start(_ entry: Router.Entry) {
    let handler = Task {
      let timer = Task { [deadline] in
        guard let remaining = deadline.remaining() else { return }
        try await Task.sleep(for: remaining)
        self.stop(RPCError(.deadlineExceeded, "the deadline passed"))
      }
      let ending = await entry.serve(InProcessServerCall(self))
      timer.cancel()
      self.end(ending)
    }
    let cancelNow = state.withLock { state in
      state.handler = handler
      return state.isCancelled
    }
    if cancelNow { handler.cancel() }
  }

  /// Ends the call before its handler does.
  func stop(_ error: RPCError) {
    let handler = state.withLock { state in
      state.isCancelled = true
      return state.handler
    }
    report(error, trailers: [:], processed: .mayHaveRun)
    requests.fail(error)
    responses.fail(error)
    heads.fail(error)
    handler?.cancel()
  }

  /// Passes the head on; only the first counts.
  func sendHead(_ metadata: Metadata) async throws {
    let isFirst = state.withLock { state in
      defer { state.hasHead = true }
      return !state.hasHead
    }
    if isFirst { try await heads.send(metadata) }
  }

  /// Waits for the head; an ended call without one has an empty head.
  func head() async throws -> Metadata { try await heads.receive() ?? [:] }

  func encode(_ message: some WireMessage, limit: Int) throws -> [UInt8] {
    let bytes = try message.encodedArray()
    guard bytes.count <= limit else {
      throw RPCError(
        .resourceExhausted,
        "a message of \(bytes.count) bytes is over the limit of \(limit)"
      )
    }
    return bytes
  }

  private func end(_ ending: CallEnding) {
    report(ending.error, trailers: ending.trailers, processed: ending.processed)
    if let error = ending.error {
      responses.fail(error)
      heads.fail(error)
    } else {
      responses.finish()
      heads.finish()
    }
    requests.fail(RPCError(.cancelled, "the call has ended"))
  }

  private func report(_ error: RPCError?, trailers: Metadata, processed: Processed) {
    let isFirst = state.withLock { state in
      defer { state.hasEnded = true }
      return !state.hasEnded
    }
    guard isFirst else { return }
    onFinish?(
      CallOutcome(code: error?.code ?? .ok, trailers: trailers, processed: processed, attempts: 1)
    )
  }
}

/// The handler's end of an in-process call.
final class InProcessServerCall: ServerCall {
  private let call: InProcessCall

  init(_ call: InProcessCall) { self.call = call }

  var peer: Peer { call.peer }
  var metadata: Metadata { call.metadata }
  var deadline: Deadline { call.deadline }
  var idempotencyKey: IdempotencyKey? { call.idempotencyKey }
  var attempt: Int { 1 }
  var trace: TraceContext? { call.trace }

  func receive<M: WireMessage>(_ type: M.Type) async throws -> M? {
    guard let bytes = try await call.requests.receive() else { return nil }
    return try M(wireArray: bytes)
  }

  func sendHead(_ metadata: Metadata) async throws { try await call.sendHead(metadata) }

  func send<M: WireMessage>(_ message: M) async throws {
    try await call.sendHead([:])
    let bytes = try call.encode(message, limit: InProcessCall.maximumResponseBytes)
    try await call.responses.send(bytes)
  }
}

/// The caller's end of an in-process call.
final class InProcessClientCall: ClientCall {
  private let call: InProcessCall

  init(_ call: InProcessCall) { self.call = call }

  // A caller that drops the call without reading it to its end gives it up.
  deinit { call.stop(RPCError(.cancelled, "the caller dropped the call")) }

  func send<M: WireMessage>(_ message: M) async throws {
    do {
      try await call.requests.send(
        try call.encode(message, limit: call.maximumRequestBytes)
      )
    } catch let error as RPCError where error.code == .cancelled {
      // The handler ended early; its status is what `receive` tells.
    } catch is CancellationError {
      cancel()
      throw RPCError(.cancelled, "the caller gave the call up")
    }
  }

  func finishSending() async throws { call.requests.finish() }

  func receive<M: WireMessage>(_ type: M.Type) async throws -> M? {
    do {
      guard let bytes = try await call.responses.receive() else { return nil }
      do {
        return try M(wireArray: bytes)
      } catch {
        cancel()
        throw RPCError(unreadableResponse: error)
      }
    } catch is CancellationError {
      cancel()
      throw RPCError(.cancelled, "the caller gave the call up")
    }
  }

  func head() async throws -> Metadata { try await call.head() }

  func cancel() { call.stop(RPCError(.cancelled, "the caller gave the call up")) }
}
