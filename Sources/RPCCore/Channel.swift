/// What a caller asks of one call.
public struct CallOptions: Sendable {
  /// The longest the call may take; the deadline of the call being served holds as well.
  public var timeout: Duration?
  /// What travels beside the messages.
  public var metadata: Metadata
  /// Makes a write safe to send again: the server carries it out once.
  public var idempotencyKey: IdempotencyKey?
  /// The place of the call in a larger piece of work; nil passes that of the call being served on.
  public var trace: TraceContext?
  /// Whether large messages travel compressed both ways, where the server can: worth its time on slow
  /// links. Nil leaves it to the channel.
  public var compression: Bool?
  /// Called once with how the call ended, for those who want its trailers.
  public var onFinish: (@Sendable (CallOutcome) -> Void)?

  /// Asks for nothing special unless said.
  public init(
    timeout: Duration? = nil,
    metadata: Metadata = [:],
    idempotencyKey: IdempotencyKey? = nil,
    trace: TraceContext? = nil,
    compression: Bool? = nil,
    onFinish: (@Sendable (CallOutcome) -> Void)? = nil
  ) {
    self.timeout = timeout
    self.metadata = metadata
    self.idempotencyKey = idempotencyKey
    self.trace = trace
    self.compression = compression
    self.onFinish = onFinish
  }

  /// The deadline that these options and the call being served give.
  package var deadline: Deadline {
    let own = timeout.map { Deadline.after($0) } ?? .never
    return min(own, ServerContext.current?.deadline ?? .never)
  }

  /// The trace context that these options or else the call being served give.
  package var effectiveTrace: TraceContext? { trace ?? ServerContext.current?.trace }
}

/// How a call ended, seen from its caller.
public struct CallOutcome: Sendable {
  /// The code that ended it.
  public let code: StatusCode
  /// Metadata that came with the status.
  public let trailers: Metadata
  /// Whether the work was done, or the answer is a stored one.
  public let processed: Processed
  /// How many attempts were made.
  public let attempts: Int

  /// Describes an ending.
  package init(code: StatusCode, trailers: Metadata, processed: Processed, attempts: Int) {
    self.code = code
    self.trailers = trailers
    self.processed = processed
    self.attempts = attempts
  }
}

/// One outgoing call as a transport carries it.
///
/// Sends do not overlap each other, nor do receives; a send and a receive may overlap. Cancelling
/// the task that waits in any of them gives the call up.
public protocol ClientCall: AnyObject, Sendable {
  /// Sends a request message; suspends while the server gives no credit.
  func send<M: WireMessage>(_ message: M) async throws
  /// Ends the requests.
  func finishSending() async throws
  /// Takes the next response; nil when the call has ended well, throws its `RPCError` otherwise.
  func receive<M: WireMessage>(_ type: M.Type) async throws -> M?
  /// The metadata that came ahead of the first response, once that or the status is here.
  func head() async throws -> Metadata
  /// Gives the call up: the server's handler is cancelled.
  func cancel()
}

extension ClientCall {
  /// Takes the only response of a call.
  ///
  /// - Throws: the call's status, or INTERNAL when the server sent none or more than one message.
  package func receiveOnly<M: WireMessage>(_ type: M.Type) async throws -> M {
    guard let message = try await receive(M.self) else {
      throw RPCError(.internalError, "the server ended the call without its one message")
    }
    guard try await receive(M.self) == nil else {
      cancel()
      throw RPCError(.internalError, "the server sent a second message to a call that takes one")
    }
    return message
  }
}

/// A client's logical connection to a service, whatever carries it.
///
/// Generated client stubs stand on this protocol alone.
public protocol Channel: Sendable {
  /// Opens a call.
  ///
  /// - Throws: UNAVAILABLE when there is no way to the server.
  func open(_ method: MethodDescriptor, options: CallOptions) async throws -> any ClientCall

  /// Makes a unary call, sent again where that is safe.
  func unary<Request: WireMessage, Response: WireMessage>(
    _ method: MethodDescriptor,
    _ request: Request,
    returning: Response.Type,
    options: CallOptions
  ) async throws -> Response

  /// Ends the channel; open calls end with CANCELLED.
  func close() async
}

extension Channel {
  /// Makes a unary call once.
  public func unary<Request: WireMessage, Response: WireMessage>(
    _ method: MethodDescriptor,
    _ request: Request,
    returning: Response.Type,
    options: CallOptions
  ) async throws -> Response {
    let call = try await open(method, options: options)
    try await call.send(request)
    try await call.finishSending()
    return try await call.receiveOnly(Response.self)
  }

  /// Opens a call with one request and many responses.
  public func serverStreaming<Request: WireMessage, Response: WireMessage>(
    _ method: MethodDescriptor,
    _ request: Request,
    returning: Response.Type,
    options: CallOptions
  ) async throws -> ResponseStream<Response> {
    let call = try await open(method, options: options)
    try await call.send(request)
    try await call.finishSending()
    return ResponseStream(call)
  }

  /// Opens a call with many requests and one response.
  public func clientStreaming<Request: WireMessage, Response: WireMessage>(
    _ method: MethodDescriptor,
    sending: Request.Type,
    returning: Response.Type,
    options: CallOptions
  ) async throws -> ClientStreamingCall<Request, Response> {
    ClientStreamingCall(try await open(method, options: options))
  }

  /// Opens a call with many messages both ways.
  public func bidirectional<Request: WireMessage, Response: WireMessage>(
    _ method: MethodDescriptor,
    sending: Request.Type,
    returning: Response.Type,
    options: CallOptions
  ) async throws -> BidirectionalCall<Request, Response> {
    BidirectionalCall(try await open(method, options: options))
  }
}
