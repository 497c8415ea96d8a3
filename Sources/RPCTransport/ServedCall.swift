internal import RPCCore
internal import RPCSockets
internal import RPCWire

/// A call on its way through the router; the handler's end of it.
///
/// May outlive its connection: it keeps the engine alive, whose ended calls answer with their
/// failure.
final class ServedCall: ServerCall, @unchecked Sendable {
  // Unchecked: mutable state is touched on the loop only; what handlers read from other threads
  // (metadata, deadline …) was written before the handler began and does not change.

  private let call: WireCall
  private let method: ServerShared.Method
  private let connection: ServerConnection
  private var receiver: UnsafeContinuation<Void, Never>?
  private var sender: UnsafeContinuation<Void, Never>?
  private var task: HandlerTask?

  init(_ call: WireCall, method: ServerShared.Method, connection: ServerConnection) {
    self.call = call
    self.method = method
    self.connection = connection
  }

  var peer: Peer { connection.peer }
  var metadata: Metadata { call.metadata }
  var deadline: Deadline { call.deadline }
  var idempotencyKey: IdempotencyKey? { call.idempotencyKey }
  var attempt: Int { call.attempt }
  var trace: TraceContext? { TraceContext(bytes: call.trace) }

  // MARK: The connection's side, on the loop

  /// Whether the handler was started, or skipped.
  private(set) var isStarted = false

  /// Starts the handler.
  func start() {
    isStarted = true
    task = connection.tasks.start(self)
  }

  /// The call is over before its handler began, and takes no place any more.
  func skip() {
    isStarted = true
    let error = RPCError(.cancelled, "the call ended before it began")
    complete(CallEnding(error: error, trailers: [:], processed: .notStarted))
  }

  /// The call is over for the peer: the handler is to notice.
  func stop() {
    task?.cancel()
    wakeReceiver()
    wakeSender()
  }

  func wakeReceiver() {
    receiver?.resume()
    receiver = nil
  }

  func wakeSender() {
    sender?.resume()
    sender = nil
  }

  // MARK: The handler's side

  /// Runs the handler; returns on the loop.
  func run() async {
    let ending = await connection.shared.router.serve(self, entry: method.entry)
    if connection.loop.isCurrent { return complete(ending) }
    try? await connection.loop.hop { self.complete(ending) }
  }

  private func complete(_ ending: CallEnding) {
    task = nil
    call.owner = nil
    connection.engine.finish(
      call,
      error: ending.error,
      trailers: ending.trailers,
      processed: ending.processed
    )
    connection.scheduleFlush()
    connection.handlerReturned()
  }

  func receive<M: WireMessage>(_ type: M.Type) async throws -> M? {
    if connection.loop.isCurrent { return try await receiveOnLoop(type) }
    return try await connection.loop.hop {
      try await self.receiveOnLoop(type)
    }
  }

  func receiveOnlyNow<M: WireMessage>(_ type: M.Type) throws -> M? {
    guard connection.loop.isCurrent, connection.engine.hasOnlyMessage(call) else { return nil }
    return try take(type)
  }

  private func take<M: WireMessage>(_ type: M.Type) throws -> M {
    let engine = connection.engine
    defer {
      engine.take(call)
      if engine.hasOutput { connection.scheduleFlush() }
    }
    return try M(wireBytes: engine.message(of: call))
  }

  private func receiveOnLoop<M: WireMessage>(_ type: M.Type) async throws -> M? {
    let engine = connection.engine
    while true {
      switch engine.offer(call) {
      case .message: return try take(type)
      case .end: return nil
      case .failed(let error): throw error
      case .nothing:
        try Task.checkCancellation()
        engine.await(call)
        connection.scheduleFlush()
        await waitToReceive()
      }
    }
  }

  func sendHead(_ metadata: Metadata) async throws {
    if connection.loop.isCurrent { return try sendHeadOnLoop(metadata) }
    try await connection.loop.hop { try self.sendHeadOnLoop(metadata) }
  }

  private func sendHeadOnLoop(_ metadata: Metadata) throws {
    try connection.engine.sendHead(metadata, on: call)
    connection.scheduleFlush()
  }

  func send<M: WireMessage>(_ message: M) async throws {
    if connection.loop.isCurrent {
      if try !put(message) { try await waitToSend() }
      return
    }
    try await connection.loop.hop {
      if try !self.put(message) { try await self.waitToSend() }
    }
  }

  func sendNow<M: WireMessage>(_ message: M) throws -> Bool {
    guard connection.loop.isCurrent, connection.engine.canSendNow(on: call) else { return false }
    _ = try put(message)
    return true
  }

  /// Encodes a message into the output or the call's queue; false when its sender has to wait.
  private func put(_ message: some WireMessage) throws -> Bool {
    let goesOn = try connection.engine.send(message, on: call)
    connection.scheduleFlush()
    return goesOn
  }

  private func waitToReceive() async {
    await withTaskCancellationHandler {
      await withUnsafeContinuation { receiver = $0 }
    } onCancel: {
      connection.loop.execute { self.wakeReceiver() }
    }
  }

  private func waitToSend() async throws {
    await withTaskCancellationHandler {
      await withUnsafeContinuation { sender = $0 }
    } onCancel: {
      connection.loop.execute { self.wakeSender() }
    }
    if let failure = call.failure { throw failure }
    try Task.checkCancellation()
  }
}
