// swift-format-ignore-file
// Generated from test/v1/echo.proto by protoc-gen-registry-swift.
// Do not edit: run tools/generate

public import RPCCore

/// The methods of `test.v1.Echo`.
public enum EchoMethods {
  /// `Get`.
  public static let get = RPCCore.MethodDescriptor(
    service: "test.v1.Echo", method: "Get",
    kind: .unary, isReadOnly: true)
  /// `Sum`.
  public static let sum = RPCCore.MethodDescriptor(
    service: "test.v1.Echo", method: "Sum",
    kind: .clientStreaming)
  /// `List`.
  public static let list = RPCCore.MethodDescriptor(
    service: "test.v1.Echo", method: "List",
    kind: .serverStreaming, isReadOnly: true)
  /// `Chat`.
  public static let chat = RPCCore.MethodDescriptor(
    service: "test.v1.Echo", method: "Chat",
    kind: .bidirectional)
  /// All of them, in the order of the schema.
  public static let all: [RPCCore.MethodDescriptor] = [
    get,
    sum,
    list,
    chat,
  ]
}

/// Answers with what it was asked: one method of each kind.
public protocol EchoService: RPCCore.Service {
  /// Returns the record unchanged.
  func get(
    _ request: Record, context: RPCCore.ServerContext
  ) async throws -> Record
  /// Adds up the points of a stream.
  func sum(
    _ requests: RPCCore.RequestStream<Point>, context: RPCCore.ServerContext
  ) async throws -> Point
  /// Sends the children of a node one by one.
  func list(
    _ request: Node, responses: RPCCore.ResponseWriter<Node>, context: RPCCore.ServerContext
  ) async throws
  /// Answers each scalar message with one of its own.
  func chat(
    _ requests: RPCCore.RequestStream<Scalars>, responses: RPCCore.ResponseWriter<Scalars>, context: RPCCore.ServerContext
  ) async throws
}

extension EchoService {
  /// Adds every method of the service to a router.
  public func register(in router: inout RPCCore.Router) {
    router.unary(EchoMethods.get) {
      (request: Record, context) async throws -> Record in
      try await self.get(request, context: context)
    }
    router.clientStreaming(EchoMethods.sum) {
      (requests: RPCCore.RequestStream<Point>, context) async throws -> Point in
      try await self.sum(requests, context: context)
    }
    router.serverStreaming(EchoMethods.list) {
      (request: Node, responses: RPCCore.ResponseWriter<Node>, context) async throws -> Void in
      try await self.list(request, responses: responses, context: context)
    }
    router.bidirectional(EchoMethods.chat) {
      (requests: RPCCore.RequestStream<Scalars>, responses: RPCCore.ResponseWriter<Scalars>, context) async throws -> Void in
      try await self.chat(requests, responses: responses, context: context)
    }
  }
}

/// Answers with what it was asked: one method of each kind.
public struct EchoClient: Sendable {
  /// What carries the calls.
  public let channel: any RPCCore.Channel

  /// Calls the service over a channel.
  public init(_ channel: any RPCCore.Channel) { self.channel = channel }

  /// Returns the record unchanged.
  public func get(
    _ request: Record, options: RPCCore.CallOptions = RPCCore.CallOptions()
  ) async throws -> Record {
    try await channel.unary(
      EchoMethods.get, request, returning: Record.self,
      options: options)
  }

  /// Adds up the points of a stream.
  public func sum(
    options: RPCCore.CallOptions = RPCCore.CallOptions()
  ) async throws -> RPCCore.ClientStreamingCall<Point, Point> {
    try await channel.clientStreaming(
      EchoMethods.sum, sending: Point.self, returning: Point.self,
      options: options)
  }

  /// Sends the children of a node one by one.
  public func list(
    _ request: Node, options: RPCCore.CallOptions = RPCCore.CallOptions()
  ) async throws -> RPCCore.ResponseStream<Node> {
    try await channel.serverStreaming(
      EchoMethods.list, request, returning: Node.self,
      options: options)
  }

  /// Answers each scalar message with one of its own.
  public func chat(
    options: RPCCore.CallOptions = RPCCore.CallOptions()
  ) async throws -> RPCCore.BidirectionalCall<Scalars, Scalars> {
    try await channel.bidirectional(
      EchoMethods.chat, sending: Scalars.self, returning: Scalars.self,
      options: options)
  }
}
