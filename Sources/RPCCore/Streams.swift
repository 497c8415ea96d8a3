/// The request messages of a streaming call, in order, each taken once.
///
/// Credit goes back to the caller as messages are taken, so a slow reader slows its sender.
public struct RequestStream<Message: WireMessage>: AsyncSequence, Sendable {
  private let call: any ServerCall

  /// Reads the messages of a call.
  package init(_ call: any ServerCall) { self.call = call }

  /// Takes the next message; nil once the caller has ended its half.
  public func next() async throws -> Message? { try await call.receive(Message.self) }

  /// Takes the messages that are here, waiting for one, and lends their bytes; false once the caller has
  /// ended its half.
  package func lend(_ body: (UnsafeRawBufferPointer) throws -> Void) async throws -> Bool {
    try await call.lend(body)
  }

  /// Iterates over what has not been taken yet.
  public func makeAsyncIterator() -> Iterator { Iterator(stream: self) }

  /// Takes messages one by one.
  public struct Iterator: AsyncIteratorProtocol {
    let stream: RequestStream

    /// Takes the next message.
    public mutating func next() async throws -> Message? { try await stream.next() }
  }
}

/// Where a streaming handler writes its responses.
public struct ResponseWriter<Message: WireMessage>: Sendable {
  private let call: any ServerCall

  /// Writes to a call.
  package init(_ call: any ServerCall) { self.call = call }

  /// Sends metadata ahead of the first response.
  public func sendHead(_ metadata: Metadata) async throws { try await call.sendHead(metadata) }

  /// Sends one response; suspends while the caller gives no credit.
  public func write(_ message: Message) async throws { try await call.send(message) }
}

/// The response messages of a streaming call, in order, each taken once.
///
/// Ends with nil when the call succeeded, and throws its `RPCError` otherwise.
public struct ResponseStream<Message: WireMessage>: AsyncSequence, Sendable {
  /// The call that the messages belong to.
  public let call: any ClientCall

  /// Reads the messages of a call.
  package init(_ call: any ClientCall) { self.call = call }

  /// Takes the next message.
  public func next() async throws -> Message? { try await call.receive(Message.self) }

  /// Gives the call up.
  public func cancel() { call.cancel() }

  /// Iterates over what has not been taken yet.
  public func makeAsyncIterator() -> Iterator { Iterator(stream: self) }

  /// Takes messages one by one.
  public struct Iterator: AsyncIteratorProtocol {
    let stream: ResponseStream

    /// Takes the next message.
    public mutating func next() async throws -> Message? { try await stream.next() }
  }
}

/// A call with many requests and one response.
public struct ClientStreamingCall<Request: WireMessage, Response: WireMessage>: Sendable {
  private let call: any ClientCall

  /// Wraps an open call.
  package init(_ call: any ClientCall) { self.call = call }

  /// Sends one request; suspends while the server gives no credit.
  public func send(_ request: Request) async throws { try await call.send(request) }

  /// Ends the requests and takes the one response.
  public func finish() async throws -> Response {
    try await call.finishSending()
    return try await call.receiveOnly(Response.self)
  }

  /// Gives the call up.
  public func cancel() { call.cancel() }
}

/// A call with many messages both ways.
public struct BidirectionalCall<Request: WireMessage, Response: WireMessage>: Sendable {
  private let call: any ClientCall
  /// What the server answers.
  public let responses: ResponseStream<Response>

  /// Wraps an open call.
  package init(_ call: any ClientCall) {
    self.call = call
    responses = ResponseStream(call)
  }

  /// Sends one request; suspends while the server gives no credit.
  public func send(_ request: Request) async throws { try await call.send(request) }

  /// Ends the requests; responses may still come.
  public func finishSending() async throws { try await call.finishSending() }

  /// Gives the call up.
  public func cancel() { call.cancel() }
}
