// swift-format-ignore-file
// Generated from grpc/health/v1/health.proto by protoc-gen-registry-swift.
// Do not edit: run tools/generate

internal import CRPCServices
internal import CProtobufC
public import RPCCore
public import RPCProtobuf

/// Asks about a service.
public struct HealthCheckRequest: RPCProtobuf.Message {
  /// The service's full name; empty for the server as a whole.
  public var service: String

  /// The message whose fields all have their default values.
  public init() {
    self.service = ""
  }

  /// A message with these values, and the default for what is not given.
  public init(
    service: String = ""
  ) {
    self.service = service
  }

  /// The schema of the message.
  public static let messageDescriptor: RPCProtobuf.MessageDescriptor = {
    var c = Grpc__Health__V1__HealthCheckRequest()
    grpc__health__v1__health_check_request__init(&c)
    return RPCProtobuf.MessageDescriptor(c.base.descriptor)
  }()

  /// Reads the unpacked C structure of the type; for the decoder alone.
  public init(structure: UnsafeRawPointer) {
    self.init(structure.assumingMemoryBound(to: Grpc__Health__V1__HealthCheckRequest.self))
  }

  init(_ c: UnsafePointer<Grpc__Health__V1__HealthCheckRequest>) {
    self.service = StructureReader.string(c.pointee.service)
  }

  /// Fills an initialised C structure of the type; for the encoder alone.
  public func fill(structure: UnsafeMutableRawPointer, encoder: RPCProtobuf.MessageEncoder) {
    fill(structure.assumingMemoryBound(to: Grpc__Health__V1__HealthCheckRequest.self), encoder)
  }

  func fill(_ c: UnsafeMutablePointer<Grpc__Health__V1__HealthCheckRequest>, _ encoder: RPCProtobuf.MessageEncoder) {
    c.pointee.service = encoder.string(self.service, "HealthCheckRequest.service")
  }
}

/// How a service is.
public struct HealthCheckResponse: RPCProtobuf.Message {
  /// Whether a service takes calls.
  public struct ServingStatus: RPCProtobuf.MessageEnum {
    /// The number on the wire.
    public let rawValue: Int32
    /// Keeps any number.
    public init(rawValue: Int32) { self.rawValue = rawValue }

    /// Nothing is known of it.
    public static let unknown = ServingStatus(rawValue: 0)

    /// It takes calls.
    public static let serving = ServingStatus(rawValue: 1)

    /// It is there and takes no calls now.
    public static let notServing = ServingStatus(rawValue: 2)

    /// There is no such service; told by Watch alone.
    public static let serviceUnknown = ServingStatus(rawValue: 3)

    /// The values that the schema names, by number.
    public static let allKnown: [ServingStatus] = [
      .unknown,
      .serving,
      .notServing,
      .serviceUnknown,
    ]

    /// The value's name in the schema, or its number in digits when it has none.
    public var name: String {
      switch rawValue {
      case 0: "UNKNOWN"
      case 1: "SERVING"
      case 2: "NOT_SERVING"
      case 3: "SERVICE_UNKNOWN"
      default: String(rawValue)
      }
    }
  }

  /// How the service is now.
  public var status: HealthCheckResponse.ServingStatus

  /// The message whose fields all have their default values.
  public init() {
    self.status = HealthCheckResponse.ServingStatus(rawValue: 0)
  }

  /// A message with these values, and the default for what is not given.
  public init(
    status: HealthCheckResponse.ServingStatus = HealthCheckResponse.ServingStatus(rawValue: 0)
  ) {
    self.status = status
  }

  /// The schema of the message.
  public static let messageDescriptor: RPCProtobuf.MessageDescriptor = {
    var c = Grpc__Health__V1__HealthCheckResponse()
    grpc__health__v1__health_check_response__init(&c)
    return RPCProtobuf.MessageDescriptor(c.base.descriptor)
  }()

  /// Reads the unpacked C structure of the type; for the decoder alone.
  public init(structure: UnsafeRawPointer) {
    self.init(structure.assumingMemoryBound(to: Grpc__Health__V1__HealthCheckResponse.self))
  }

  init(_ c: UnsafePointer<Grpc__Health__V1__HealthCheckResponse>) {
    self.status = HealthCheckResponse.ServingStatus(rawValue: Int32(truncatingIfNeeded: c.pointee.status.rawValue))
  }

  /// Fills an initialised C structure of the type; for the encoder alone.
  public func fill(structure: UnsafeMutableRawPointer, encoder: RPCProtobuf.MessageEncoder) {
    fill(structure.assumingMemoryBound(to: Grpc__Health__V1__HealthCheckResponse.self), encoder)
  }

  func fill(_ c: UnsafeMutablePointer<Grpc__Health__V1__HealthCheckResponse>, _ encoder: RPCProtobuf.MessageEncoder) {
    c.pointee.status = .init(rawValue: .init(truncatingIfNeeded: self.status.rawValue))
  }
}

/// The methods of `grpc.health.v1.Health`.
public enum HealthMethods {
  /// `Check`.
  public static let check = RPCCore.MethodDescriptor(
    service: "grpc.health.v1.Health", method: "Check",
    kind: .unary, isReadOnly: true)
  /// `Watch`.
  public static let watch = RPCCore.MethodDescriptor(
    service: "grpc.health.v1.Health", method: "Watch",
    kind: .serverStreaming, isReadOnly: true)
  /// All of them, in the order of the schema.
  public static let all: [RPCCore.MethodDescriptor] = [
    check,
    watch,
  ]
}

/// Tells whether services take calls.
public protocol HealthService: RPCCore.Service {
  /// Tells how a service is; NOT_FOUND for one that is not known.
  func check(
    _ request: HealthCheckRequest, context: RPCCore.ServerContext
  ) async throws -> HealthCheckResponse
  /// Tells at once how a service is, and again whenever that changes, until the caller ends.
  func watch(
    _ request: HealthCheckRequest, responses: RPCCore.ResponseWriter<HealthCheckResponse>, context: RPCCore.ServerContext
  ) async throws
}

extension HealthService {
  /// Adds every method of the service to a router.
  public func register(in router: inout RPCCore.Router) {
    router.unary(HealthMethods.check) {
      (request: HealthCheckRequest, context) async throws -> HealthCheckResponse in
      try await self.check(request, context: context)
    }
    router.serverStreaming(HealthMethods.watch) {
      (request: HealthCheckRequest, responses: RPCCore.ResponseWriter<HealthCheckResponse>, context) async throws -> Void in
      try await self.watch(request, responses: responses, context: context)
    }
  }
}

/// Tells whether services take calls.
public struct HealthClient: Sendable {
  /// What carries the calls.
  public let channel: any RPCCore.Channel

  /// Calls the service over a channel.
  public init(_ channel: any RPCCore.Channel) { self.channel = channel }

  /// Tells how a service is; NOT_FOUND for one that is not known.
  public func check(
    _ request: HealthCheckRequest, options: RPCCore.CallOptions = RPCCore.CallOptions()
  ) async throws -> HealthCheckResponse {
    try await channel.unary(
      HealthMethods.check, request, returning: HealthCheckResponse.self,
      options: options)
  }

  /// Tells at once how a service is, and again whenever that changes, until the caller ends.
  public func watch(
    _ request: HealthCheckRequest, options: RPCCore.CallOptions = RPCCore.CallOptions()
  ) async throws -> RPCCore.ResponseStream<HealthCheckResponse> {
    try await channel.serverStreaming(
      HealthMethods.watch, request, returning: HealthCheckResponse.self,
      options: options)
  }
}
