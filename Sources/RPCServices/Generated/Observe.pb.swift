// swift-format-ignore-file
// Generated from observe/v1/observe.proto by protoc-gen-registry-swift.
// Do not edit: run tools/generate

internal import CRPCServices
internal import CProtobufC
public import RPCCore
public import RPCProtobuf

/// Asks what the server does.
public struct GetServerRequest: RPCProtobuf.Message {
  /// Lists the calls that run and wait, too.
  public var calls: Bool

  /// Lists the open connections, too.
  public var connections: Bool

  /// The message whose fields all have their default values.
  public init() {
    self.calls = false
    self.connections = false
  }

  /// A message with these values, and the default for what is not given.
  public init(
    calls: Bool = false,
    connections: Bool = false
  ) {
    self.calls = calls
    self.connections = connections
  }

  /// The schema of the message.
  public static let messageDescriptor: RPCProtobuf.MessageDescriptor = {
    var c = Observe__V1__GetServerRequest()
    observe__v1__get_server_request__init(&c)
    return RPCProtobuf.MessageDescriptor(c.base.descriptor)
  }()

  /// Reads the unpacked C structure of the type; for the decoder alone.
  public init(structure: UnsafeRawPointer) {
    self.init(structure.assumingMemoryBound(to: Observe__V1__GetServerRequest.self))
  }

  init(_ c: UnsafePointer<Observe__V1__GetServerRequest>) {
    self.calls = c.pointee.calls != 0
    self.connections = c.pointee.connections != 0
  }

  /// Fills an initialised C structure of the type; for the encoder alone.
  public func fill(structure: UnsafeMutableRawPointer, encoder: RPCProtobuf.MessageEncoder) {
    fill(structure.assumingMemoryBound(to: Observe__V1__GetServerRequest.self), encoder)
  }

  func fill(_ c: UnsafeMutablePointer<Observe__V1__GetServerRequest>, _ encoder: RPCProtobuf.MessageEncoder) {
    c.pointee.calls = self.calls ? 1 : 0
    c.pointee.connections = self.connections ? 1 : 0
  }
}

/// Asks to be told again and again.
public struct WatchServerRequest: RPCProtobuf.Message {
  /// What to tell each time.
  public var what: GetServerRequest?

  /// The pause between two answers, in milliseconds: 100 to 60,000; 1,000 where it is 0.
  public var intervalMs: UInt32

  /// The message whose fields all have their default values.
  public init() {
    self.what = nil
    self.intervalMs = 0
  }

  /// A message with these values, and the default for what is not given.
  public init(
    what: GetServerRequest? = nil,
    intervalMs: UInt32 = 0
  ) {
    self.what = what
    self.intervalMs = intervalMs
  }

  /// The schema of the message.
  public static let messageDescriptor: RPCProtobuf.MessageDescriptor = {
    var c = Observe__V1__WatchServerRequest()
    observe__v1__watch_server_request__init(&c)
    return RPCProtobuf.MessageDescriptor(c.base.descriptor)
  }()

  /// Reads the unpacked C structure of the type; for the decoder alone.
  public init(structure: UnsafeRawPointer) {
    self.init(structure.assumingMemoryBound(to: Observe__V1__WatchServerRequest.self))
  }

  init(_ c: UnsafePointer<Observe__V1__WatchServerRequest>) {
    self.what = c.pointee.what.map { GetServerRequest(UnsafePointer($0)) }
    self.intervalMs = c.pointee.interval_ms
  }

  /// Fills an initialised C structure of the type; for the encoder alone.
  public func fill(structure: UnsafeMutableRawPointer, encoder: RPCProtobuf.MessageEncoder) {
    fill(structure.assumingMemoryBound(to: Observe__V1__WatchServerRequest.self), encoder)
  }

  func fill(_ c: UnsafeMutablePointer<Observe__V1__WatchServerRequest>, _ encoder: RPCProtobuf.MessageEncoder) {
    if let value = self.what {
      c.pointee.what = encoder.message(observe__v1__get_server_request__init) { value.fill($0, encoder) }
    }
    c.pointee.interval_ms = self.intervalMs
  }
}

/// What the server does, and has done since it began.
public struct ServerState: RPCProtobuf.Message {
  /// The server's clock, in microseconds since 1970.
  public var now: Int64

  /// How long it has served, in microseconds.
  public var uptimeUs: UInt64

  /// Connections whose handshake is done.
  public var openConnections: UInt32

  /// Connections in their handshake.
  public var pendingConnections: UInt32

  /// Connections that were refused.
  public var refusedConnections: UInt64

  /// Calls that wait for a place.
  public var waitingCalls: UInt32

  /// Calls that were turned away for want of a place.
  public var refusedCalls: UInt64

  /// Bytes of messages in memory.
  public var heldBytes: UInt64

  /// It takes no further connections.
  public var draining: Bool

  /// The processor time that the process has used, in microseconds.
  public var cpuUs: UInt64

  /// The memory of the process, in bytes (resident set).
  public var residentBytes: UInt64

  /// Open descriptors of the process.
  public var descriptors: UInt32

  /// The methods that were called.
  public var methods: [MethodState]

  /// The calls that run and wait, where they were asked for: at most 1,000, the oldest first.
  public var calls: [CallState]

  /// The open connections, where they were asked for: at most 1,000, those with most calls first.
  public var connections: [ConnectionState]

  /// The files by which the server is trusted and trusts.
  public var certificates: [CertificateState]

  /// The message whose fields all have their default values.
  public init() {
    self.now = 0
    self.uptimeUs = 0
    self.openConnections = 0
    self.pendingConnections = 0
    self.refusedConnections = 0
    self.waitingCalls = 0
    self.refusedCalls = 0
    self.heldBytes = 0
    self.draining = false
    self.cpuUs = 0
    self.residentBytes = 0
    self.descriptors = 0
    self.methods = []
    self.calls = []
    self.connections = []
    self.certificates = []
  }

  /// A message with these values, and the default for what is not given.
  public init(
    now: Int64 = 0,
    uptimeUs: UInt64 = 0,
    openConnections: UInt32 = 0,
    pendingConnections: UInt32 = 0,
    refusedConnections: UInt64 = 0,
    waitingCalls: UInt32 = 0,
    refusedCalls: UInt64 = 0,
    heldBytes: UInt64 = 0,
    draining: Bool = false,
    cpuUs: UInt64 = 0,
    residentBytes: UInt64 = 0,
    descriptors: UInt32 = 0,
    methods: [MethodState] = [],
    calls: [CallState] = [],
    connections: [ConnectionState] = [],
    certificates: [CertificateState] = []
  ) {
    self.now = now
    self.uptimeUs = uptimeUs
    self.openConnections = openConnections
    self.pendingConnections = pendingConnections
    self.refusedConnections = refusedConnections
    self.waitingCalls = waitingCalls
    self.refusedCalls = refusedCalls
    self.heldBytes = heldBytes
    self.draining = draining
    self.cpuUs = cpuUs
    self.residentBytes = residentBytes
    self.descriptors = descriptors
    self.methods = methods
    self.calls = calls
    self.connections = connections
    self.certificates = certificates
  }

  /// The schema of the message.
  public static let messageDescriptor: RPCProtobuf.MessageDescriptor = {
    var c = Observe__V1__ServerState()
    observe__v1__server_state__init(&c)
    return RPCProtobuf.MessageDescriptor(c.base.descriptor)
  }()

  /// Reads the unpacked C structure of the type; for the decoder alone.
  public init(structure: UnsafeRawPointer) {
    self.init(structure.assumingMemoryBound(to: Observe__V1__ServerState.self))
  }

  init(_ c: UnsafePointer<Observe__V1__ServerState>) {
    self.now = c.pointee.now
    self.uptimeUs = c.pointee.uptime_us
    self.openConnections = c.pointee.open_connections
    self.pendingConnections = c.pointee.pending_connections
    self.refusedConnections = c.pointee.refused_connections
    self.waitingCalls = c.pointee.waiting_calls
    self.refusedCalls = c.pointee.refused_calls
    self.heldBytes = c.pointee.held_bytes
    self.draining = c.pointee.draining != 0
    self.cpuUs = c.pointee.cpu_us
    self.residentBytes = c.pointee.resident_bytes
    self.descriptors = c.pointee.descriptors
    self.methods = StructureReader.messages(c.pointee.methods, c.pointee.n_methods) { MethodState($0) }
    self.calls = StructureReader.messages(c.pointee.calls, c.pointee.n_calls) { CallState($0) }
    self.connections = StructureReader.messages(c.pointee.connections, c.pointee.n_connections) { ConnectionState($0) }
    self.certificates = StructureReader.messages(c.pointee.certificates, c.pointee.n_certificates) { CertificateState($0) }
  }

  /// Fills an initialised C structure of the type; for the encoder alone.
  public func fill(structure: UnsafeMutableRawPointer, encoder: RPCProtobuf.MessageEncoder) {
    fill(structure.assumingMemoryBound(to: Observe__V1__ServerState.self), encoder)
  }

  func fill(_ c: UnsafeMutablePointer<Observe__V1__ServerState>, _ encoder: RPCProtobuf.MessageEncoder) {
    c.pointee.now = self.now
    c.pointee.uptime_us = self.uptimeUs
    c.pointee.open_connections = self.openConnections
    c.pointee.pending_connections = self.pendingConnections
    c.pointee.refused_connections = self.refusedConnections
    c.pointee.waiting_calls = self.waitingCalls
    c.pointee.refused_calls = self.refusedCalls
    c.pointee.held_bytes = self.heldBytes
    c.pointee.draining = self.draining ? 1 : 0
    c.pointee.cpu_us = self.cpuUs
    c.pointee.resident_bytes = self.residentBytes
    c.pointee.descriptors = self.descriptors
    if let elements = encoder.messages(self.methods, observe__v1__method_state__init, { $0.fill($1, encoder) }) {
      c.pointee.n_methods = self.methods.count
      c.pointee.methods = elements
    }
    if let elements = encoder.messages(self.calls, observe__v1__call_state__init, { $0.fill($1, encoder) }) {
      c.pointee.n_calls = self.calls.count
      c.pointee.calls = elements
    }
    if let elements = encoder.messages(self.connections, observe__v1__connection_state__init, { $0.fill($1, encoder) }) {
      c.pointee.n_connections = self.connections.count
      c.pointee.connections = elements
    }
    if let elements = encoder.messages(self.certificates, observe__v1__certificate_state__init, { $0.fill($1, encoder) }) {
      c.pointee.n_certificates = self.certificates.count
      c.pointee.certificates = elements
    }
  }
}

/// What was counted of a method.
public struct MethodState: RPCProtobuf.Message {
  /// `service/method`.
  public var path: String

  /// Calls that came.
  public var started: UInt64

  /// Calls that have not ended, those that wait included.
  public var running: UInt32

  /// How many ended with which code.
  public var codes: [CodeCount]

  /// How long half of them took at most, in microseconds.
  public var p50Us: UInt64

  /// How long 99 in 100 took at most, in microseconds.
  public var p99Us: UInt64

  /// All their times together, in microseconds.
  public var totalUs: UInt64

  /// Bytes of requests.
  public var receivedBytes: UInt64

  /// Bytes of responses.
  public var sentBytes: UInt64

  /// The message whose fields all have their default values.
  public init() {
    self.path = ""
    self.started = 0
    self.running = 0
    self.codes = []
    self.p50Us = 0
    self.p99Us = 0
    self.totalUs = 0
    self.receivedBytes = 0
    self.sentBytes = 0
  }

  /// A message with these values, and the default for what is not given.
  public init(
    path: String = "",
    started: UInt64 = 0,
    running: UInt32 = 0,
    codes: [CodeCount] = [],
    p50Us: UInt64 = 0,
    p99Us: UInt64 = 0,
    totalUs: UInt64 = 0,
    receivedBytes: UInt64 = 0,
    sentBytes: UInt64 = 0
  ) {
    self.path = path
    self.started = started
    self.running = running
    self.codes = codes
    self.p50Us = p50Us
    self.p99Us = p99Us
    self.totalUs = totalUs
    self.receivedBytes = receivedBytes
    self.sentBytes = sentBytes
  }

  /// The schema of the message.
  public static let messageDescriptor: RPCProtobuf.MessageDescriptor = {
    var c = Observe__V1__MethodState()
    observe__v1__method_state__init(&c)
    return RPCProtobuf.MessageDescriptor(c.base.descriptor)
  }()

  /// Reads the unpacked C structure of the type; for the decoder alone.
  public init(structure: UnsafeRawPointer) {
    self.init(structure.assumingMemoryBound(to: Observe__V1__MethodState.self))
  }

  init(_ c: UnsafePointer<Observe__V1__MethodState>) {
    self.path = StructureReader.string(c.pointee.path)
    self.started = c.pointee.started
    self.running = c.pointee.running
    self.codes = StructureReader.messages(c.pointee.codes, c.pointee.n_codes) { CodeCount($0) }
    self.p50Us = c.pointee.p50_us
    self.p99Us = c.pointee.p99_us
    self.totalUs = c.pointee.total_us
    self.receivedBytes = c.pointee.received_bytes
    self.sentBytes = c.pointee.sent_bytes
  }

  /// Fills an initialised C structure of the type; for the encoder alone.
  public func fill(structure: UnsafeMutableRawPointer, encoder: RPCProtobuf.MessageEncoder) {
    fill(structure.assumingMemoryBound(to: Observe__V1__MethodState.self), encoder)
  }

  func fill(_ c: UnsafeMutablePointer<Observe__V1__MethodState>, _ encoder: RPCProtobuf.MessageEncoder) {
    c.pointee.path = encoder.string(self.path, "MethodState.path")
    c.pointee.started = self.started
    c.pointee.running = self.running
    if let elements = encoder.messages(self.codes, observe__v1__code_count__init, { $0.fill($1, encoder) }) {
      c.pointee.n_codes = self.codes.count
      c.pointee.codes = elements
    }
    c.pointee.p50_us = self.p50Us
    c.pointee.p99_us = self.p99Us
    c.pointee.total_us = self.totalUs
    c.pointee.received_bytes = self.receivedBytes
    c.pointee.sent_bytes = self.sentBytes
  }
}

/// How many calls ended with a code.
public struct CodeCount: RPCProtobuf.Message {
  /// The status code.
  public var code: UInt32

  /// How many.
  public var count: UInt64

  /// The message whose fields all have their default values.
  public init() {
    self.code = 0
    self.count = 0
  }

  /// A message with these values, and the default for what is not given.
  public init(
    code: UInt32 = 0,
    count: UInt64 = 0
  ) {
    self.code = code
    self.count = count
  }

  /// The schema of the message.
  public static let messageDescriptor: RPCProtobuf.MessageDescriptor = {
    var c = Observe__V1__CodeCount()
    observe__v1__code_count__init(&c)
    return RPCProtobuf.MessageDescriptor(c.base.descriptor)
  }()

  /// Reads the unpacked C structure of the type; for the decoder alone.
  public init(structure: UnsafeRawPointer) {
    self.init(structure.assumingMemoryBound(to: Observe__V1__CodeCount.self))
  }

  init(_ c: UnsafePointer<Observe__V1__CodeCount>) {
    self.code = c.pointee.code
    self.count = c.pointee.count
  }

  /// Fills an initialised C structure of the type; for the encoder alone.
  public func fill(structure: UnsafeMutableRawPointer, encoder: RPCProtobuf.MessageEncoder) {
    fill(structure.assumingMemoryBound(to: Observe__V1__CodeCount.self), encoder)
  }

  func fill(_ c: UnsafeMutablePointer<Observe__V1__CodeCount>, _ encoder: RPCProtobuf.MessageEncoder) {
    c.pointee.code = self.code
    c.pointee.count = self.count
  }
}

/// A call that has not ended.
public struct CallState: RPCProtobuf.Message {
  /// The server's number of it, which its record has too.
  public var number: UInt64

  /// `service/method`.
  public var path: String

  /// Who called.
  public var identity: String

  /// How long ago, in microseconds.
  public var ageUs: UInt64

  /// It waits for a place.
  public var waiting: Bool

  /// The message whose fields all have their default values.
  public init() {
    self.number = 0
    self.path = ""
    self.identity = ""
    self.ageUs = 0
    self.waiting = false
  }

  /// A message with these values, and the default for what is not given.
  public init(
    number: UInt64 = 0,
    path: String = "",
    identity: String = "",
    ageUs: UInt64 = 0,
    waiting: Bool = false
  ) {
    self.number = number
    self.path = path
    self.identity = identity
    self.ageUs = ageUs
    self.waiting = waiting
  }

  /// The schema of the message.
  public static let messageDescriptor: RPCProtobuf.MessageDescriptor = {
    var c = Observe__V1__CallState()
    observe__v1__call_state__init(&c)
    return RPCProtobuf.MessageDescriptor(c.base.descriptor)
  }()

  /// Reads the unpacked C structure of the type; for the decoder alone.
  public init(structure: UnsafeRawPointer) {
    self.init(structure.assumingMemoryBound(to: Observe__V1__CallState.self))
  }

  init(_ c: UnsafePointer<Observe__V1__CallState>) {
    self.number = c.pointee.number
    self.path = StructureReader.string(c.pointee.path)
    self.identity = StructureReader.string(c.pointee.identity)
    self.ageUs = c.pointee.age_us
    self.waiting = c.pointee.waiting != 0
  }

  /// Fills an initialised C structure of the type; for the encoder alone.
  public func fill(structure: UnsafeMutableRawPointer, encoder: RPCProtobuf.MessageEncoder) {
    fill(structure.assumingMemoryBound(to: Observe__V1__CallState.self), encoder)
  }

  func fill(_ c: UnsafeMutablePointer<Observe__V1__CallState>, _ encoder: RPCProtobuf.MessageEncoder) {
    c.pointee.number = self.number
    c.pointee.path = encoder.string(self.path, "CallState.path")
    c.pointee.identity = encoder.string(self.identity, "CallState.identity")
    c.pointee.age_us = self.ageUs
    c.pointee.waiting = self.waiting ? 1 : 0
  }
}

/// An open connection.
public struct ConnectionState: RPCProtobuf.Message {
  /// Who is at its other end.
  public var identity: String

  /// From where.
  public var address: String

  /// How long ago it was opened, in microseconds.
  public var ageUs: UInt64

  /// Calls that run on it.
  public var calls: UInt32

  /// Bytes that wait to be written.
  public var outputBytes: UInt64

  /// The message whose fields all have their default values.
  public init() {
    self.identity = ""
    self.address = ""
    self.ageUs = 0
    self.calls = 0
    self.outputBytes = 0
  }

  /// A message with these values, and the default for what is not given.
  public init(
    identity: String = "",
    address: String = "",
    ageUs: UInt64 = 0,
    calls: UInt32 = 0,
    outputBytes: UInt64 = 0
  ) {
    self.identity = identity
    self.address = address
    self.ageUs = ageUs
    self.calls = calls
    self.outputBytes = outputBytes
  }

  /// The schema of the message.
  public static let messageDescriptor: RPCProtobuf.MessageDescriptor = {
    var c = Observe__V1__ConnectionState()
    observe__v1__connection_state__init(&c)
    return RPCProtobuf.MessageDescriptor(c.base.descriptor)
  }()

  /// Reads the unpacked C structure of the type; for the decoder alone.
  public init(structure: UnsafeRawPointer) {
    self.init(structure.assumingMemoryBound(to: Observe__V1__ConnectionState.self))
  }

  init(_ c: UnsafePointer<Observe__V1__ConnectionState>) {
    self.identity = StructureReader.string(c.pointee.identity)
    self.address = StructureReader.string(c.pointee.address)
    self.ageUs = c.pointee.age_us
    self.calls = c.pointee.calls
    self.outputBytes = c.pointee.output_bytes
  }

  /// Fills an initialised C structure of the type; for the encoder alone.
  public func fill(structure: UnsafeMutableRawPointer, encoder: RPCProtobuf.MessageEncoder) {
    fill(structure.assumingMemoryBound(to: Observe__V1__ConnectionState.self), encoder)
  }

  func fill(_ c: UnsafeMutablePointer<Observe__V1__ConnectionState>, _ encoder: RPCProtobuf.MessageEncoder) {
    c.pointee.identity = encoder.string(self.identity, "ConnectionState.identity")
    c.pointee.address = encoder.string(self.address, "ConnectionState.address")
    c.pointee.age_us = self.ageUs
    c.pointee.calls = self.calls
    c.pointee.output_bytes = self.outputBytes
  }
}

/// A certificate, or a list of revoked ones, that the server uses.
public struct CertificateState: RPCProtobuf.Message {
  /// What it is for.
  public struct Role: RPCProtobuf.MessageEnum {
    /// The number on the wire.
    public let rawValue: Int32
    /// Keeps any number.
    public init(rawValue: Int32) { self.rawValue = rawValue }

    /// Not said.
    public static let unspecified = Role(rawValue: 0)

    /// The server's own.
    public static let own = Role(rawValue: 1)

    /// An authority that signs.
    public static let authority = Role(rawValue: 2)

    /// A list of revoked certificates.
    public static let revocations = Role(rawValue: 3)

    /// The values that the schema names, by number.
    public static let allKnown: [Role] = [
      .unspecified,
      .own,
      .authority,
      .revocations,
    ]

    /// The value's name in the schema, or its number in digits when it has none.
    public var name: String {
      switch rawValue {
      case 0: "ROLE_UNSPECIFIED"
      case 1: "ROLE_OWN"
      case 2: "ROLE_AUTHORITY"
      case 3: "ROLE_REVOCATIONS"
      default: String(rawValue)
      }
    }
  }

  /// What it is for.
  public var role: CertificateState.Role

  /// Its name: the URI, or else the common name of its subject or issuer.
  public var name: String

  /// When it ends, in seconds since 1970.
  public var endsAt: Int64

  /// The message whose fields all have their default values.
  public init() {
    self.role = CertificateState.Role(rawValue: 0)
    self.name = ""
    self.endsAt = 0
  }

  /// A message with these values, and the default for what is not given.
  public init(
    role: CertificateState.Role = CertificateState.Role(rawValue: 0),
    name: String = "",
    endsAt: Int64 = 0
  ) {
    self.role = role
    self.name = name
    self.endsAt = endsAt
  }

  /// The schema of the message.
  public static let messageDescriptor: RPCProtobuf.MessageDescriptor = {
    var c = Observe__V1__CertificateState()
    observe__v1__certificate_state__init(&c)
    return RPCProtobuf.MessageDescriptor(c.base.descriptor)
  }()

  /// Reads the unpacked C structure of the type; for the decoder alone.
  public init(structure: UnsafeRawPointer) {
    self.init(structure.assumingMemoryBound(to: Observe__V1__CertificateState.self))
  }

  init(_ c: UnsafePointer<Observe__V1__CertificateState>) {
    self.role = CertificateState.Role(rawValue: Int32(truncatingIfNeeded: c.pointee.role.rawValue))
    self.name = StructureReader.string(c.pointee.name)
    self.endsAt = c.pointee.ends_at
  }

  /// Fills an initialised C structure of the type; for the encoder alone.
  public func fill(structure: UnsafeMutableRawPointer, encoder: RPCProtobuf.MessageEncoder) {
    fill(structure.assumingMemoryBound(to: Observe__V1__CertificateState.self), encoder)
  }

  func fill(_ c: UnsafeMutablePointer<Observe__V1__CertificateState>, _ encoder: RPCProtobuf.MessageEncoder) {
    c.pointee.role = .init(rawValue: .init(truncatingIfNeeded: self.role.rawValue))
    c.pointee.name = encoder.string(self.name, "CertificateState.name")
    c.pointee.ends_at = self.endsAt
  }
}

/// The methods of `observe.v1.Observe`.
public enum ObserveMethods {
  /// `GetServer`.
  public static let getServer = RPCCore.MethodDescriptor(
    service: "observe.v1.Observe", method: "GetServer",
    kind: .unary, isReadOnly: true)
  /// `WatchServer`.
  public static let watchServer = RPCCore.MethodDescriptor(
    service: "observe.v1.Observe", method: "WatchServer",
    kind: .serverStreaming, isReadOnly: true)
  /// All of them, in the order of the schema.
  public static let all: [RPCCore.MethodDescriptor] = [
    getServer,
    watchServer,
  ]
}

/// Tells what the server does.
public protocol ObserveService: RPCCore.Service {
  /// Tells it once.
  func getServer(
    _ request: GetServerRequest, context: RPCCore.ServerContext
  ) async throws -> ServerState
  /// Tells it again and again, until the caller ends.
  func watchServer(
    _ request: WatchServerRequest, responses: RPCCore.ResponseWriter<ServerState>, context: RPCCore.ServerContext
  ) async throws
}

extension ObserveService {
  /// Adds every method of the service to a router.
  public func register(in router: inout RPCCore.Router) {
    router.unary(ObserveMethods.getServer) {
      (request: GetServerRequest, context) async throws -> ServerState in
      try await self.getServer(request, context: context)
    }
    router.serverStreaming(ObserveMethods.watchServer) {
      (request: WatchServerRequest, responses: RPCCore.ResponseWriter<ServerState>, context) async throws -> Void in
      try await self.watchServer(request, responses: responses, context: context)
    }
  }
}

/// Tells what the server does.
public struct ObserveClient: Sendable {
  /// What carries the calls.
  public let channel: any RPCCore.Channel

  /// Calls the service over a channel.
  public init(_ channel: any RPCCore.Channel) { self.channel = channel }

  /// Tells it once.
  public func getServer(
    _ request: GetServerRequest, options: RPCCore.CallOptions = RPCCore.CallOptions()
  ) async throws -> ServerState {
    try await channel.unary(
      ObserveMethods.getServer, request, returning: ServerState.self,
      options: options)
  }

  /// Tells it again and again, until the caller ends.
  public func watchServer(
    _ request: WatchServerRequest, options: RPCCore.CallOptions = RPCCore.CallOptions()
  ) async throws -> RPCCore.ResponseStream<ServerState> {
    try await channel.serverStreaming(
      ObserveMethods.watchServer, request, returning: ServerState.self,
      options: options)
  }
}
