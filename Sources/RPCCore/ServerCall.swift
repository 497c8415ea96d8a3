/// One incoming call as a transport presents it to the router.
///
/// A call is driven by one task: receives do not overlap each other, nor do sends; a send and a
/// receive may overlap. All methods may be used from any executor; on the call's own they do not
/// switch. After the peer is gone or the call was cancelled they throw CANCELLED or
/// DEADLINE_EXCEEDED, and the task that runs the handler is cancelled.
public protocol ServerCall: AnyObject, Sendable {
  /// The verified caller.
  var peer: Peer { get }
  /// What the caller sent beside its messages.
  var metadata: Metadata { get }
  /// The caller's deadline, or the method's maximum if that is sooner.
  var deadline: Deadline { get }
  /// The caller's key for doing this once.
  var idempotencyKey: IdempotencyKey? { get }
  /// Which attempt this is, from 1.
  var attempt: Int { get }
  /// The place of the call in a larger piece of work, when the caller told it.
  var trace: TraceContext? { get }

  /// Takes the next request message, and gives its credit back; nil once the caller has ended.
  func receive<M: WireMessage>(_ type: M.Type) async throws -> M?
  /// Takes the request messages that are here, waiting for one, and lends their bytes; false once the
  /// caller has ended. What `body` throws ends it, that message being taken.
  func lend(_ body: (UnsafeRawBufferPointer) throws -> Void) async throws -> Bool
  /// Sends metadata ahead of the first response; at most once, and not after a message.
  func sendHead(_ metadata: Metadata) async throws
  /// Sends a response message; suspends while the caller gives no credit.
  func send<M: WireMessage>(_ message: M) async throws

  /// Takes the only request when it is here whole, with the end behind it; nil when `receive` has
  /// to find out. A call that need not wait then need not suspend.
  func receiveOnlyNow<M: WireMessage>(_ type: M.Type) throws -> M?
  /// Sends a response without suspending; false, and nothing is sent, when only `send` can.
  func sendNow<M: WireMessage>(_ message: M) throws -> Bool
}

extension ServerCall {
  /// None.
  public var trace: TraceContext? { nil }
  /// Takes one message, by way of a copy.
  public func lend(_ body: (UnsafeRawBufferPointer) throws -> Void) async throws -> Bool {
    try await lendCopy(body)
  }
  /// The same, for calls that lend in another way where they can.
  package func lendCopy(_ body: (UnsafeRawBufferPointer) throws -> Void) async throws -> Bool {
    guard let message = try await receive(EncodedMessage.self) else { return false }
    try message.octets.withUnsafeBytes(body)
    return true
  }
  /// Leaves it to `receive`.
  public func receiveOnlyNow<M: WireMessage>(_ type: M.Type) throws -> M? { nil }
  /// Leaves it to `send`.
  public func sendNow<M: WireMessage>(_ message: M) throws -> Bool { false }
}

/// What a handler knows of its call.
public struct ServerContext: Sendable {
  /// The call itself.
  public let call: any ServerCall
  private let entry: Router.Entry
  /// What interceptors found out: at most one value of each type, in the order added.
  public private(set) var attachments: [any Sendable] = []
  /// Collects what is to go out with the status.
  public let trailers: Trailers

  /// Describes a call to its handler.
  package init(call: any ServerCall, entry: Router.Entry, trailers: Trailers) {
    self.call = call
    self.entry = entry
    self.trailers = trailers
  }

  /// The method called.
  public var method: MethodDescriptor { entry.method }

  /// The verified caller.
  public var peer: Peer { call.peer }
  /// What the caller sent beside its messages.
  public var metadata: Metadata { call.metadata }
  /// When the call must have ended.
  public var deadline: Deadline { call.deadline }
  /// The caller's key for doing this once.
  public var idempotencyKey: IdempotencyKey? { call.idempotencyKey }
  /// The place of the call in a larger piece of work, when the caller told it.
  public var trace: TraceContext? { call.trace }

  /// Attaches what an interceptor found out, in place of an earlier value of the same type.
  public mutating func attach<Value: Sendable>(_ value: Value) {
    attachments.removeAll { $0 is Value }
    attachments.append(value)
  }

  /// The attached value of a type, or nil.
  public func attachment<Value: Sendable>(_ type: Value.Type) -> Value? {
    for attachment in attachments {
      if let value = attachment as? Value { return value }
    }
    return nil
  }

  /// The context of the call that the current task serves, if it serves one.
  ///
  /// Client channels take deadline and trace context of nested calls from here.
  @TaskLocal public static var current: ServerContext?
}
