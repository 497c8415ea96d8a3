// swift-format-ignore-file
// Generated from test/v1/echo.proto by protoc-gen-registry-swift.
// Do not edit: run tools/generate

internal import CTestSchema
internal import CProtobufC
public import RPCCore
public import RPCProtobuf

/// A message of every kind of field.
public struct Gathering: RPCProtobuf.Message {
  /// `scalars`.
  public var scalars: Scalars?

  /// `repeated`.
  public var repeated: Repeated?

  /// `maps`.
  public var maps: Maps?

  /// `choice`.
  public var choice: Choice?

  /// `node`.
  public var node: Node?

  /// `records`.
  public var records: [Record]

  /// `words`.
  public var words: Words?

  /// The message whose fields all have their default values.
  public init() {
    self.scalars = nil
    self.repeated = nil
    self.maps = nil
    self.choice = nil
    self.node = nil
    self.records = []
    self.words = nil
  }

  /// A message with these values, and the default for what is not given.
  public init(
    scalars: Scalars? = nil,
    repeated: Repeated? = nil,
    maps: Maps? = nil,
    choice: Choice? = nil,
    node: Node? = nil,
    records: [Record] = [],
    words: Words? = nil
  ) {
    self.scalars = scalars
    self.repeated = repeated
    self.maps = maps
    self.choice = choice
    self.node = node
    self.records = records
    self.words = words
  }

  /// The schema of the message.
  public static let messageDescriptor: RPCProtobuf.MessageDescriptor = {
    var c = Test__V1__Gathering()
    test__v1__gathering__init(&c)
    return RPCProtobuf.MessageDescriptor(c.base.descriptor)
  }()

  /// Reads the unpacked C structure of the type; for the decoder alone.
  public init(structure: UnsafeRawPointer) {
    self.init(structure.assumingMemoryBound(to: Test__V1__Gathering.self))
  }

  init(_ c: UnsafePointer<Test__V1__Gathering>) {
    self.scalars = c.pointee.scalars.map { Scalars(UnsafePointer($0)) }
    self.repeated = c.pointee.repeated.map { Repeated(UnsafePointer($0)) }
    self.maps = c.pointee.maps.map { Maps(UnsafePointer($0)) }
    self.choice = c.pointee.choice.map { Choice(UnsafePointer($0)) }
    self.node = c.pointee.node.map { Node(UnsafePointer($0)) }
    self.records = StructureReader.messages(c.pointee.records, c.pointee.n_records) { Record($0) }
    self.words = c.pointee.words.map { Words(UnsafePointer($0)) }
  }

  /// Fills an initialised C structure of the type; for the encoder alone.
  public func fill(structure: UnsafeMutableRawPointer, encoder: RPCProtobuf.MessageEncoder) {
    fill(structure.assumingMemoryBound(to: Test__V1__Gathering.self), encoder)
  }

  func fill(_ c: UnsafeMutablePointer<Test__V1__Gathering>, _ encoder: RPCProtobuf.MessageEncoder) {
    if let value = self.scalars {
      c.pointee.scalars = encoder.message(test__v1__scalars__init) { value.fill($0, encoder) }
    }
    if let value = self.repeated {
      c.pointee.repeated = encoder.message(test__v1__repeated__init) { value.fill($0, encoder) }
    }
    if let value = self.maps {
      c.pointee.maps = encoder.message(test__v1__maps__init) { value.fill($0, encoder) }
    }
    if let value = self.choice {
      c.pointee.choice = encoder.message(test__v1__choice__init) { value.fill($0, encoder) }
    }
    if let value = self.node {
      c.pointee.node = encoder.message(test__v1__node__init) { value.fill($0, encoder) }
    }
    if let elements = encoder.messages(self.records, test__v1__record__init, { $0.fill($1, encoder) }) {
      c.pointee.n_records = self.records.count
      c.pointee.records = elements
    }
    if let value = self.words {
      c.pointee.words = encoder.message(test__v1__words__init) { value.fill($0, encoder) }
    }
  }

  /// A value of its own of what a view looks at.
  public init(_ view: borrowing View) { self.init(view._c) }

  /// A `Gathering` where it lies unpacked; valid only while it is lent.
  public struct View: RPCProtobuf.MessageView, ~Escapable {
    /// The message that is looked at.
    public typealias ViewedMessage = Gathering
    private let _structure: RPCProtobuf.LentStructure
    /// Looks at the unpacked C structure of the type; for the decoder alone.
    @_lifetime(copy structure)
    public init(_ structure: RPCProtobuf.LentStructure) { _structure = structure }
    fileprivate var _c: UnsafePointer<Test__V1__Gathering> {
      _structure.pointer.assumingMemoryBound(to: Test__V1__Gathering.self)
    }
    /// `scalars`.
    public var scalars: Scalars.View? {
      @_lifetime(copy self)
      get {
        guard let inner = _c.pointee.scalars else { return nil }
        return Scalars.View(_structure.inner(UnsafeRawPointer(inner)))
      }
    }
    /// `repeated`.
    public var repeated: Repeated.View? {
      @_lifetime(copy self)
      get {
        guard let inner = _c.pointee.repeated else { return nil }
        return Repeated.View(_structure.inner(UnsafeRawPointer(inner)))
      }
    }
    /// `maps`.
    public var maps: Maps.View? {
      @_lifetime(copy self)
      get {
        guard let inner = _c.pointee.maps else { return nil }
        return Maps.View(_structure.inner(UnsafeRawPointer(inner)))
      }
    }
    /// `choice`.
    public var choice: Choice.View? {
      @_lifetime(copy self)
      get {
        guard let inner = _c.pointee.choice else { return nil }
        return Choice.View(_structure.inner(UnsafeRawPointer(inner)))
      }
    }
    /// `node`.
    public var node: Node.View? {
      @_lifetime(copy self)
      get {
        guard let inner = _c.pointee.node else { return nil }
        return Node.View(_structure.inner(UnsafeRawPointer(inner)))
      }
    }
    /// `records`.
    public var records: RPCProtobuf.MessageViews<Record.View> {
      @_lifetime(copy self)
      get {
        return _structure.messages(_c.pointee.records, _c.pointee.n_records, as: Record.View.self)
      }
    }
    /// `words`.
    public var words: Words.View? {
      @_lifetime(copy self)
      get {
        guard let inner = _c.pointee.words else { return nil }
        return Words.View(_structure.inner(UnsafeRawPointer(inner)))
      }
    }
  }
}

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
  /// `Gather`.
  public static let gather = RPCCore.MethodDescriptor(
    service: "test.v1.Echo", method: "Gather",
    kind: .clientStreaming)
  /// All of them, in the order of the schema.
  public static let all: [RPCCore.MethodDescriptor] = [
    get,
    sum,
    list,
    chat,
    gather,
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
  /// Counts what it is sent.
  func gather(
    _ requests: RPCCore.RequestStream<Gathering>, context: RPCCore.ServerContext
  ) async throws -> Point
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
    router.clientStreaming(EchoMethods.gather) {
      (requests: RPCCore.RequestStream<Gathering>, context) async throws -> Point in
      try await self.gather(requests, context: context)
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

  /// Counts what it is sent.
  public func gather(
    options: RPCCore.CallOptions = RPCCore.CallOptions()
  ) async throws -> RPCCore.ClientStreamingCall<Gathering, Point> {
    try await channel.clientStreaming(
      EchoMethods.gather, sending: Gathering.self, returning: Point.self,
      options: options)
  }
}
