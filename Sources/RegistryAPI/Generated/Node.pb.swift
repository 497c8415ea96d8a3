// swift-format-ignore-file
// Generated from registry/v1/node.proto by protoc-gen-registry-swift.
// Do not edit: run tools/generate

internal import CRegistryAPI
internal import CProtobufC
public import RPCCore
public import RPCProtobuf

/// Asks who serves.
public struct GetNodeRequest: RPCProtobuf.Message {
  /// The message whose fields all have their default values.
  public init() {
  }

  /// The schema of the message.
  public static let messageDescriptor: RPCProtobuf.MessageDescriptor = {
    var c = Registry__V1__GetNodeRequest()
    registry__v1__get_node_request__init(&c)
    return RPCProtobuf.MessageDescriptor(c.base.descriptor)
  }()

  /// Reads the unpacked C structure of the type; for the decoder alone.
  public init(structure: UnsafeRawPointer) {
    self.init(structure.assumingMemoryBound(to: Registry__V1__GetNodeRequest.self))
  }

  init(_ c: UnsafePointer<Registry__V1__GetNodeRequest>) {
  }

  /// Fills an initialised C structure of the type; for the encoder alone.
  public func fill(structure: UnsafeMutableRawPointer, encoder: RPCProtobuf.MessageEncoder) {
    fill(structure.assumingMemoryBound(to: Registry__V1__GetNodeRequest.self), encoder)
  }

  func fill(_ c: UnsafeMutablePointer<Registry__V1__GetNodeRequest>, _ encoder: RPCProtobuf.MessageEncoder) {
  }
}

/// The node that answers.
public struct Node: RPCProtobuf.Message {
  /// Its identity, such as `registry://421224/node/main`.
  public var identity: String

  /// The division whose files it owns.
  public var division: Division?

  /// It takes generated people with ID numbers under 99, and only such.
  public var synthetic: Bool

  /// Its software and version.
  public var software: String

  /// The instant at which it was started.
  public var startedAt: Int64

  /// Its clock.
  public var now: Int64

  /// How many entries its journal has.
  public var journalSize: UInt64

  /// The root of its journal's tree: 32 bytes.
  public var journalRoot: [UInt8]

  /// The full names of the services it serves.
  public var services: [String]

  /// The caller as the node has identified it.
  public var caller: String

  /// It was restored from a backup and is read-only until its own later entries are back.
  public var restored: Bool

  /// The message whose fields all have their default values.
  public init() {
    self.identity = ""
    self.division = nil
    self.synthetic = false
    self.software = ""
    self.startedAt = 0
    self.now = 0
    self.journalSize = 0
    self.journalRoot = []
    self.services = []
    self.caller = ""
    self.restored = false
  }

  /// A message with these values, and the default for what is not given.
  public init(
    identity: String = "",
    division: Division? = nil,
    synthetic: Bool = false,
    software: String = "",
    startedAt: Int64 = 0,
    now: Int64 = 0,
    journalSize: UInt64 = 0,
    journalRoot: [UInt8] = [],
    services: [String] = [],
    caller: String = "",
    restored: Bool = false
  ) {
    self.identity = identity
    self.division = division
    self.synthetic = synthetic
    self.software = software
    self.startedAt = startedAt
    self.now = now
    self.journalSize = journalSize
    self.journalRoot = journalRoot
    self.services = services
    self.caller = caller
    self.restored = restored
  }

  /// The schema of the message.
  public static let messageDescriptor: RPCProtobuf.MessageDescriptor = {
    var c = Registry__V1__Node()
    registry__v1__node__init(&c)
    return RPCProtobuf.MessageDescriptor(c.base.descriptor)
  }()

  /// Reads the unpacked C structure of the type; for the decoder alone.
  public init(structure: UnsafeRawPointer) {
    self.init(structure.assumingMemoryBound(to: Registry__V1__Node.self))
  }

  init(_ c: UnsafePointer<Registry__V1__Node>) {
    self.identity = StructureReader.string(c.pointee.identity)
    self.division = c.pointee.division.map { Division(UnsafePointer($0)) }
    self.synthetic = c.pointee.synthetic != 0
    self.software = StructureReader.string(c.pointee.software)
    self.startedAt = c.pointee.started_at
    self.now = c.pointee.now
    self.journalSize = c.pointee.journal_size
    self.journalRoot = StructureReader.bytes(c.pointee.journal_root.data, c.pointee.journal_root.len)
    self.services = StructureReader.strings(c.pointee.services, c.pointee.n_services)
    self.caller = StructureReader.string(c.pointee.caller)
    self.restored = c.pointee.restored != 0
  }

  /// Fills an initialised C structure of the type; for the encoder alone.
  public func fill(structure: UnsafeMutableRawPointer, encoder: RPCProtobuf.MessageEncoder) {
    fill(structure.assumingMemoryBound(to: Registry__V1__Node.self), encoder)
  }

  func fill(_ c: UnsafeMutablePointer<Registry__V1__Node>, _ encoder: RPCProtobuf.MessageEncoder) {
    c.pointee.identity = encoder.string(self.identity, "Node.identity")
    if let value = self.division {
      c.pointee.division = encoder.message(registry__v1__division__init) { value.fill($0, encoder) }
    }
    c.pointee.synthetic = self.synthetic ? 1 : 0
    c.pointee.software = encoder.string(self.software, "Node.software")
    c.pointee.started_at = self.startedAt
    c.pointee.now = self.now
    c.pointee.journal_size = self.journalSize
    c.pointee.journal_root = ProtobufCBinaryData(len: self.journalRoot.count, data: encoder.bytes(self.journalRoot))
    if let elements = encoder.strings(self.services, "Node.services") {
      c.pointee.n_services = self.services.count
      c.pointee.services = elements
    }
    c.pointee.caller = encoder.string(self.caller, "Node.caller")
    c.pointee.restored = self.restored ? 1 : 0
  }
}

/// The methods of `registry.v1.NodeService`.
public enum NodeMethods {
  /// `GetNode`.
  public static let getNode = RPCCore.MethodDescriptor(
    service: "registry.v1.NodeService", method: "GetNode",
    kind: .unary, isReadOnly: true)
  /// All of them, in the order of the schema.
  public static let all: [RPCCore.MethodDescriptor] = [
    getNode,
  ]
}

/// Tells about the node.
public protocol NodeService: RPCCore.Service {
  /// Tells who serves, and who asks.
  func getNode(
    _ request: GetNodeRequest, context: RPCCore.ServerContext
  ) async throws -> Node
}

extension NodeService {
  /// Adds every method of the service to a router.
  public func register(in router: inout RPCCore.Router) {
    router.unary(NodeMethods.getNode) {
      (request: GetNodeRequest, context) async throws -> Node in
      try await self.getNode(request, context: context)
    }
  }
}

/// Tells about the node.
public struct NodeClient: Sendable {
  /// What carries the calls.
  public let channel: any RPCCore.Channel

  /// Calls the service over a channel.
  public init(_ channel: any RPCCore.Channel) { self.channel = channel }

  /// Tells who serves, and who asks.
  public func getNode(
    _ request: GetNodeRequest, options: RPCCore.CallOptions = RPCCore.CallOptions()
  ) async throws -> Node {
    try await channel.unary(
      NodeMethods.getNode, request, returning: Node.self,
      options: options)
  }
}
