internal import RPCCore
internal import RPCSockets
internal import RPCWire

/// One attempt of an outgoing call on one connection.
///
/// Everything happens on the connection's loop; `ChannelCall` hops there for those who are not.
final class CallTransfer: @unchecked Sendable {
  // Unchecked: mutable state is touched on the loop only.

  let call: WireCall
  let connection: ClientConnection
  private let attempt: Int
  private var onFinish: (@Sendable (CallOutcome) -> Void)?
  private var receiver: UnsafeContinuation<Void, Never>?
  private var header: UnsafeContinuation<Void, Never>?
  private var sender: UnsafeContinuation<Void, Never>?

  init(
    _ call: WireCall,
    connection: ClientConnection,
    attempt: Int,
    onFinish: (@Sendable (CallOutcome) -> Void)?
  ) {
    self.call = call
    self.connection = connection
    self.attempt = attempt
    self.onFinish = onFinish
    call.owner = self
  }

  // MARK: The connection's side

  func wakeReceivers() {
    receiver?.resume()
    receiver = nil
    header?.resume()
    header = nil
  }

  func wakeSender() {
    sender?.resume()
    sender = nil
  }

  func ended() {
    call.owner = nil
    wakeReceivers()
    wakeSender()
    onFinish?(outcome)
    onFinish = nil
  }

  var outcome: CallOutcome {
    CallOutcome(
      code: call.failure?.code ?? .ok,
      trailers: call.trailers,
      processed: call.failure?.processed ?? call.processed,
      attempts: attempt
    )
  }

  // MARK: The caller's side, on the loop

  func send<M: WireMessage>(_ message: M) async throws {
    // After an early end `receive` tells the status; what is sent has nowhere to go.
    if call.isEnded { return }
    if try connection.send(message, on: call) { return }
    await withTaskCancellationHandler {
      await withUnsafeContinuation { sender = $0 }
    } onCancel: {
      connection.loop.execute { self.wakeSender() }
    }
    if !call.isEnded { try cancelIfTaskIs() }
  }

  func finishSending() {
    connection.engine.finishSending(call)
    connection.scheduleFlush()
  }

  func receive<M: WireMessage>(_ type: M.Type) async throws -> M? {
    let engine = connection.engine
    while true {
      switch engine.offer(call) {
      case .message: return try take(type)
      case .end: return nil
      case .failed(let error): throw error
      case .nothing:
        try cancelIfTaskIs()
        engine.await(call)
        connection.scheduleFlush()
        await withTaskCancellationHandler {
          await withUnsafeContinuation { receiver = $0 }
        } onCancel: {
          connection.loop.execute { self.wakeReceivers() }
        }
      }
    }
  }

  private func take<M: WireMessage>(_ type: M.Type) throws(RPCError) -> M {
    defer { connection.take(call) }
    var isRestored = false
    do throws(RPCError) {
      let octets = try connection.message(of: call)
      isRestored = true
      return try M(wireBytes: octets)
    } catch {
      // A compressed response over the limit is told as one that is not compressed.
      let isOverLimit = !isRestored && error.code == .resourceExhausted
      let failure = isOverLimit ? error : RPCError(unreadableResponse: error)
      cancel(failure)
      throw failure
    }
  }

  /// Takes the only response.
  ///
  /// - Throws: the call's failure; INTERNAL for none or more than one message.
  func receiveOnly<M: WireMessage>(_ type: M.Type) async throws -> M {
    guard let message = try await receive(M.self) else {
      throw RPCError(.internalError, "the server ended the call without its one message")
    }
    guard try await receive(M.self) == nil else {
      cancel(RPCError(.cancelled, "a second message to a call that takes one"))
      throw RPCError(.internalError, "the server sent a second message to a call that takes one")
    }
    return message
  }

  func head() async throws -> Metadata {
    while true {
      if let head = call.head { return head }
      if let failure = call.failure { throw failure }
      if call.isEnded || call.state.responses != .waiting { return [:] }
      try cancelIfTaskIs()
      connection.engine.await(call)
      await withTaskCancellationHandler {
        await withUnsafeContinuation { header = $0 }
      } onCancel: {
        connection.loop.execute { self.wakeReceivers() }
      }
    }
  }

  func cancel(_ error: RPCError) {
    connection.engine.cancel(call, error)
    connection.handleEvents()
    connection.scheduleFlush()
  }

  private func cancelIfTaskIs() throws {
    guard Task.isCancelled else { return }
    let error = RPCError(.cancelled, "the caller gave the call up")
    cancel(error)
    throw error
  }
}

/// The caller's end of a streaming call; dropping it gives the call up.
final class ChannelCall: ClientCall {
  private let transfer: CallTransfer
  private var loop: EventLoop { transfer.connection.loop }

  init(_ transfer: CallTransfer) { self.transfer = transfer }

  deinit { Self.giveUp(transfer, "the caller dropped the call") }

  func send<M: WireMessage>(_ message: M) async throws {
    if loop.isCurrent { return try await transfer.send(message) }
    try await loop.hop { [transfer] in try await transfer.send(message) }
  }

  func finishSending() async throws {
    if loop.isCurrent { return transfer.finishSending() }
    try await loop.hop { [transfer] in transfer.finishSending() }
  }

  func receive<M: WireMessage>(_ type: M.Type) async throws -> M? {
    if loop.isCurrent { return try await transfer.receive(type) }
    return try await loop.hop { [transfer] in try await transfer.receive(type) }
  }

  func head() async throws -> Metadata {
    if loop.isCurrent { return try await transfer.head() }
    return try await loop.hop { [transfer] in try await transfer.head() }
  }

  func cancel() { Self.giveUp(transfer, "the caller gave the call up") }

  private static func giveUp(_ transfer: CallTransfer, _ words: String) {
    transfer.connection.loop.execute { transfer.cancel(RPCError(.cancelled, words)) }
  }
}
