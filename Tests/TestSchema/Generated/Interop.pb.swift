// swift-format-ignore-file
// Generated from test/interop/interop.proto by protoc-gen-registry-swift.
// Do not edit: run tools/generate

internal import CTestSchema
internal import CProtobufC
public import RPCCore
public import RPCProtobuf

/// Nothing.
public struct Nothing: RPCProtobuf.Message {
  /// The message whose fields all have their default values.
  public init() {
  }

  /// The schema of the message.
  public static let messageDescriptor: RPCProtobuf.MessageDescriptor = {
    var c = Grpc__Testing__Nothing()
    grpc__testing__nothing__init(&c)
    return RPCProtobuf.MessageDescriptor(c.base.descriptor)
  }()

  /// Reads the unpacked C structure of the type; for the decoder alone.
  public init(structure: UnsafeRawPointer) {
    self.init(structure.assumingMemoryBound(to: Grpc__Testing__Nothing.self))
  }

  init(_ c: UnsafePointer<Grpc__Testing__Nothing>) {
  }

  /// Fills an initialised C structure of the type; for the encoder alone.
  public func fill(structure: UnsafeMutableRawPointer, encoder: RPCProtobuf.MessageEncoder) {
    fill(structure.assumingMemoryBound(to: Grpc__Testing__Nothing.self), encoder)
  }

  func fill(_ c: UnsafeMutablePointer<Grpc__Testing__Nothing>, _ encoder: RPCProtobuf.MessageEncoder) {
  }
}

/// A boolean that may be absent.
public struct BoolValue: RPCProtobuf.Message {
  /// `value`.
  public var value: Bool

  /// The message whose fields all have their default values.
  public init() {
    self.value = false
  }

  /// A message with these values, and the default for what is not given.
  public init(
    value: Bool = false
  ) {
    self.value = value
  }

  /// The schema of the message.
  public static let messageDescriptor: RPCProtobuf.MessageDescriptor = {
    var c = Grpc__Testing__BoolValue()
    grpc__testing__bool_value__init(&c)
    return RPCProtobuf.MessageDescriptor(c.base.descriptor)
  }()

  /// Reads the unpacked C structure of the type; for the decoder alone.
  public init(structure: UnsafeRawPointer) {
    self.init(structure.assumingMemoryBound(to: Grpc__Testing__BoolValue.self))
  }

  init(_ c: UnsafePointer<Grpc__Testing__BoolValue>) {
    self.value = c.pointee.value != 0
  }

  /// Fills an initialised C structure of the type; for the encoder alone.
  public func fill(structure: UnsafeMutableRawPointer, encoder: RPCProtobuf.MessageEncoder) {
    fill(structure.assumingMemoryBound(to: Grpc__Testing__BoolValue.self), encoder)
  }

  func fill(_ c: UnsafeMutablePointer<Grpc__Testing__BoolValue>, _ encoder: RPCProtobuf.MessageEncoder) {
    c.pointee.value = self.value ? 1 : 0
  }

  /// A value of its own of what a view looks at.
  public init(_ view: borrowing View) { self.init(view._c) }

  /// A `BoolValue` where it lies unpacked; valid only while it is lent.
  public struct View: RPCProtobuf.MessageView, ~Escapable {
    /// The message that is looked at.
    public typealias ViewedMessage = BoolValue
    private let _structure: RPCProtobuf.LentStructure
    /// Looks at the unpacked C structure of the type; for the decoder alone.
    @_lifetime(copy structure)
    public init(_ structure: RPCProtobuf.LentStructure) { _structure = structure }
    fileprivate var _c: UnsafePointer<Grpc__Testing__BoolValue> {
      _structure.pointer.assumingMemoryBound(to: Grpc__Testing__BoolValue.self)
    }
    /// `value`.
    public var value: Bool {
      return _c.pointee.value != 0
    }
  }
}

/// Bytes without meaning.
public struct Payload: RPCProtobuf.Message {
  /// `type`.
  public var type: Int32

  /// `body`.
  public var body: [UInt8]

  /// The message whose fields all have their default values.
  public init() {
    self.type = 0
    self.body = []
  }

  /// A message with these values, and the default for what is not given.
  public init(
    type: Int32 = 0,
    body: [UInt8] = []
  ) {
    self.type = type
    self.body = body
  }

  /// The schema of the message.
  public static let messageDescriptor: RPCProtobuf.MessageDescriptor = {
    var c = Grpc__Testing__Payload()
    grpc__testing__payload__init(&c)
    return RPCProtobuf.MessageDescriptor(c.base.descriptor)
  }()

  /// Reads the unpacked C structure of the type; for the decoder alone.
  public init(structure: UnsafeRawPointer) {
    self.init(structure.assumingMemoryBound(to: Grpc__Testing__Payload.self))
  }

  init(_ c: UnsafePointer<Grpc__Testing__Payload>) {
    self.type = c.pointee.type
    self.body = StructureReader.bytes(c.pointee.body.data, c.pointee.body.len)
  }

  /// Fills an initialised C structure of the type; for the encoder alone.
  public func fill(structure: UnsafeMutableRawPointer, encoder: RPCProtobuf.MessageEncoder) {
    fill(structure.assumingMemoryBound(to: Grpc__Testing__Payload.self), encoder)
  }

  func fill(_ c: UnsafeMutablePointer<Grpc__Testing__Payload>, _ encoder: RPCProtobuf.MessageEncoder) {
    c.pointee.type = self.type
    c.pointee.body = ProtobufCBinaryData(len: self.body.count, data: encoder.bytes(self.body))
  }

  /// A value of its own of what a view looks at.
  public init(_ view: borrowing View) { self.init(view._c) }

  /// A `Payload` where it lies unpacked; valid only while it is lent.
  public struct View: RPCProtobuf.MessageView, ~Escapable {
    /// The message that is looked at.
    public typealias ViewedMessage = Payload
    private let _structure: RPCProtobuf.LentStructure
    /// Looks at the unpacked C structure of the type; for the decoder alone.
    @_lifetime(copy structure)
    public init(_ structure: RPCProtobuf.LentStructure) { _structure = structure }
    fileprivate var _c: UnsafePointer<Grpc__Testing__Payload> {
      _structure.pointer.assumingMemoryBound(to: Grpc__Testing__Payload.self)
    }
    /// `type`.
    public var type: Int32 {
      return _c.pointee.type
    }
    /// `body`.
    public var body: Span<UInt8> {
      @_lifetime(copy self)
      get {
        return _structure.elements(_c.pointee.body.data, _c.pointee.body.len)
      }
    }
  }
}

/// A status that the client wants to get.
public struct EchoStatus: RPCProtobuf.Message {
  /// `code`.
  public var code: Int32

  /// `message`.
  public var message: String

  /// The message whose fields all have their default values.
  public init() {
    self.code = 0
    self.message = ""
  }

  /// A message with these values, and the default for what is not given.
  public init(
    code: Int32 = 0,
    message: String = ""
  ) {
    self.code = code
    self.message = message
  }

  /// The schema of the message.
  public static let messageDescriptor: RPCProtobuf.MessageDescriptor = {
    var c = Grpc__Testing__EchoStatus()
    grpc__testing__echo_status__init(&c)
    return RPCProtobuf.MessageDescriptor(c.base.descriptor)
  }()

  /// Reads the unpacked C structure of the type; for the decoder alone.
  public init(structure: UnsafeRawPointer) {
    self.init(structure.assumingMemoryBound(to: Grpc__Testing__EchoStatus.self))
  }

  init(_ c: UnsafePointer<Grpc__Testing__EchoStatus>) {
    self.code = c.pointee.code
    self.message = StructureReader.string(c.pointee.message)
  }

  /// Fills an initialised C structure of the type; for the encoder alone.
  public func fill(structure: UnsafeMutableRawPointer, encoder: RPCProtobuf.MessageEncoder) {
    fill(structure.assumingMemoryBound(to: Grpc__Testing__EchoStatus.self), encoder)
  }

  func fill(_ c: UnsafeMutablePointer<Grpc__Testing__EchoStatus>, _ encoder: RPCProtobuf.MessageEncoder) {
    c.pointee.code = self.code
    c.pointee.message = encoder.string(self.message, "EchoStatus.message")
  }

  /// A value of its own of what a view looks at.
  public init(_ view: borrowing View) { self.init(view._c) }

  /// A `EchoStatus` where it lies unpacked; valid only while it is lent.
  public struct View: RPCProtobuf.MessageView, ~Escapable {
    /// The message that is looked at.
    public typealias ViewedMessage = EchoStatus
    private let _structure: RPCProtobuf.LentStructure
    /// Looks at the unpacked C structure of the type; for the decoder alone.
    @_lifetime(copy structure)
    public init(_ structure: RPCProtobuf.LentStructure) { _structure = structure }
    fileprivate var _c: UnsafePointer<Grpc__Testing__EchoStatus> {
      _structure.pointer.assumingMemoryBound(to: Grpc__Testing__EchoStatus.self)
    }
    /// `code`.
    public var code: Int32 {
      return _c.pointee.code
    }
    /// `message`.
    public var message: UTF8Span {
      @_lifetime(copy self)
      get {
        return _structure.text(_c.pointee.message)
      }
    }
  }
}

/// A unary request.
public struct SimpleRequest: RPCProtobuf.Message {
  /// `response_type`.
  public var responseType: Int32

  /// `response_size`.
  public var responseSize: Int32

  /// `payload`.
  public var payload: Payload?

  /// `fill_username`.
  public var fillUsername: Bool

  /// `fill_oauth_scope`.
  public var fillOauthScope: Bool

  /// `response_compressed`.
  public var responseCompressed: BoolValue?

  /// `response_status`.
  public var responseStatus: EchoStatus?

  /// `expect_compressed`.
  public var expectCompressed: BoolValue?

  /// The message whose fields all have their default values.
  public init() {
    self.responseType = 0
    self.responseSize = 0
    self.payload = nil
    self.fillUsername = false
    self.fillOauthScope = false
    self.responseCompressed = nil
    self.responseStatus = nil
    self.expectCompressed = nil
  }

  /// A message with these values, and the default for what is not given.
  public init(
    responseType: Int32 = 0,
    responseSize: Int32 = 0,
    payload: Payload? = nil,
    fillUsername: Bool = false,
    fillOauthScope: Bool = false,
    responseCompressed: BoolValue? = nil,
    responseStatus: EchoStatus? = nil,
    expectCompressed: BoolValue? = nil
  ) {
    self.responseType = responseType
    self.responseSize = responseSize
    self.payload = payload
    self.fillUsername = fillUsername
    self.fillOauthScope = fillOauthScope
    self.responseCompressed = responseCompressed
    self.responseStatus = responseStatus
    self.expectCompressed = expectCompressed
  }

  /// The schema of the message.
  public static let messageDescriptor: RPCProtobuf.MessageDescriptor = {
    var c = Grpc__Testing__SimpleRequest()
    grpc__testing__simple_request__init(&c)
    return RPCProtobuf.MessageDescriptor(c.base.descriptor)
  }()

  /// Reads the unpacked C structure of the type; for the decoder alone.
  public init(structure: UnsafeRawPointer) {
    self.init(structure.assumingMemoryBound(to: Grpc__Testing__SimpleRequest.self))
  }

  init(_ c: UnsafePointer<Grpc__Testing__SimpleRequest>) {
    self.responseType = c.pointee.response_type
    self.responseSize = c.pointee.response_size
    self.payload = c.pointee.payload.map { Payload(UnsafePointer($0)) }
    self.fillUsername = c.pointee.fill_username != 0
    self.fillOauthScope = c.pointee.fill_oauth_scope != 0
    self.responseCompressed = c.pointee.response_compressed.map { BoolValue(UnsafePointer($0)) }
    self.responseStatus = c.pointee.response_status.map { EchoStatus(UnsafePointer($0)) }
    self.expectCompressed = c.pointee.expect_compressed.map { BoolValue(UnsafePointer($0)) }
  }

  /// Fills an initialised C structure of the type; for the encoder alone.
  public func fill(structure: UnsafeMutableRawPointer, encoder: RPCProtobuf.MessageEncoder) {
    fill(structure.assumingMemoryBound(to: Grpc__Testing__SimpleRequest.self), encoder)
  }

  func fill(_ c: UnsafeMutablePointer<Grpc__Testing__SimpleRequest>, _ encoder: RPCProtobuf.MessageEncoder) {
    c.pointee.response_type = self.responseType
    c.pointee.response_size = self.responseSize
    if let value = self.payload {
      c.pointee.payload = encoder.message(grpc__testing__payload__init) { value.fill($0, encoder) }
    }
    c.pointee.fill_username = self.fillUsername ? 1 : 0
    c.pointee.fill_oauth_scope = self.fillOauthScope ? 1 : 0
    if let value = self.responseCompressed {
      c.pointee.response_compressed = encoder.message(grpc__testing__bool_value__init) { value.fill($0, encoder) }
    }
    if let value = self.responseStatus {
      c.pointee.response_status = encoder.message(grpc__testing__echo_status__init) { value.fill($0, encoder) }
    }
    if let value = self.expectCompressed {
      c.pointee.expect_compressed = encoder.message(grpc__testing__bool_value__init) { value.fill($0, encoder) }
    }
  }
}

/// A unary response.
public struct SimpleResponse: RPCProtobuf.Message {
  /// `payload`.
  public var payload: Payload?

  /// `username`.
  public var username: String

  /// `oauth_scope`.
  public var oauthScope: String

  /// The message whose fields all have their default values.
  public init() {
    self.payload = nil
    self.username = ""
    self.oauthScope = ""
  }

  /// A message with these values, and the default for what is not given.
  public init(
    payload: Payload? = nil,
    username: String = "",
    oauthScope: String = ""
  ) {
    self.payload = payload
    self.username = username
    self.oauthScope = oauthScope
  }

  /// The schema of the message.
  public static let messageDescriptor: RPCProtobuf.MessageDescriptor = {
    var c = Grpc__Testing__SimpleResponse()
    grpc__testing__simple_response__init(&c)
    return RPCProtobuf.MessageDescriptor(c.base.descriptor)
  }()

  /// Reads the unpacked C structure of the type; for the decoder alone.
  public init(structure: UnsafeRawPointer) {
    self.init(structure.assumingMemoryBound(to: Grpc__Testing__SimpleResponse.self))
  }

  init(_ c: UnsafePointer<Grpc__Testing__SimpleResponse>) {
    self.payload = c.pointee.payload.map { Payload(UnsafePointer($0)) }
    self.username = StructureReader.string(c.pointee.username)
    self.oauthScope = StructureReader.string(c.pointee.oauth_scope)
  }

  /// Fills an initialised C structure of the type; for the encoder alone.
  public func fill(structure: UnsafeMutableRawPointer, encoder: RPCProtobuf.MessageEncoder) {
    fill(structure.assumingMemoryBound(to: Grpc__Testing__SimpleResponse.self), encoder)
  }

  func fill(_ c: UnsafeMutablePointer<Grpc__Testing__SimpleResponse>, _ encoder: RPCProtobuf.MessageEncoder) {
    if let value = self.payload {
      c.pointee.payload = encoder.message(grpc__testing__payload__init) { value.fill($0, encoder) }
    }
    c.pointee.username = encoder.string(self.username, "SimpleResponse.username")
    c.pointee.oauth_scope = encoder.string(self.oauthScope, "SimpleResponse.oauth_scope")
  }
}

/// A part of a client's stream.
public struct StreamingInputCallRequest: RPCProtobuf.Message {
  /// `payload`.
  public var payload: Payload?

  /// `expect_compressed`.
  public var expectCompressed: BoolValue?

  /// The message whose fields all have their default values.
  public init() {
    self.payload = nil
    self.expectCompressed = nil
  }

  /// A message with these values, and the default for what is not given.
  public init(
    payload: Payload? = nil,
    expectCompressed: BoolValue? = nil
  ) {
    self.payload = payload
    self.expectCompressed = expectCompressed
  }

  /// The schema of the message.
  public static let messageDescriptor: RPCProtobuf.MessageDescriptor = {
    var c = Grpc__Testing__StreamingInputCallRequest()
    grpc__testing__streaming_input_call_request__init(&c)
    return RPCProtobuf.MessageDescriptor(c.base.descriptor)
  }()

  /// Reads the unpacked C structure of the type; for the decoder alone.
  public init(structure: UnsafeRawPointer) {
    self.init(structure.assumingMemoryBound(to: Grpc__Testing__StreamingInputCallRequest.self))
  }

  init(_ c: UnsafePointer<Grpc__Testing__StreamingInputCallRequest>) {
    self.payload = c.pointee.payload.map { Payload(UnsafePointer($0)) }
    self.expectCompressed = c.pointee.expect_compressed.map { BoolValue(UnsafePointer($0)) }
  }

  /// Fills an initialised C structure of the type; for the encoder alone.
  public func fill(structure: UnsafeMutableRawPointer, encoder: RPCProtobuf.MessageEncoder) {
    fill(structure.assumingMemoryBound(to: Grpc__Testing__StreamingInputCallRequest.self), encoder)
  }

  func fill(_ c: UnsafeMutablePointer<Grpc__Testing__StreamingInputCallRequest>, _ encoder: RPCProtobuf.MessageEncoder) {
    if let value = self.payload {
      c.pointee.payload = encoder.message(grpc__testing__payload__init) { value.fill($0, encoder) }
    }
    if let value = self.expectCompressed {
      c.pointee.expect_compressed = encoder.message(grpc__testing__bool_value__init) { value.fill($0, encoder) }
    }
  }

  /// A value of its own of what a view looks at.
  public init(_ view: borrowing View) { self.init(view._c) }

  /// A `StreamingInputCallRequest` where it lies unpacked; valid only while it is lent.
  public struct View: RPCProtobuf.MessageView, ~Escapable {
    /// The message that is looked at.
    public typealias ViewedMessage = StreamingInputCallRequest
    private let _structure: RPCProtobuf.LentStructure
    /// Looks at the unpacked C structure of the type; for the decoder alone.
    @_lifetime(copy structure)
    public init(_ structure: RPCProtobuf.LentStructure) { _structure = structure }
    fileprivate var _c: UnsafePointer<Grpc__Testing__StreamingInputCallRequest> {
      _structure.pointer.assumingMemoryBound(to: Grpc__Testing__StreamingInputCallRequest.self)
    }
    /// `payload`.
    public var payload: Payload.View? {
      @_lifetime(copy self)
      get {
        guard let inner = _c.pointee.payload else { return nil }
        return Payload.View(_structure.inner(UnsafeRawPointer(inner)))
      }
    }
    /// `expect_compressed`.
    public var expectCompressed: BoolValue.View? {
      @_lifetime(copy self)
      get {
        guard let inner = _c.pointee.expect_compressed else { return nil }
        return BoolValue.View(_structure.inner(UnsafeRawPointer(inner)))
      }
    }
  }
}

/// How much came.
public struct StreamingInputCallResponse: RPCProtobuf.Message {
  /// `aggregated_payload_size`.
  public var aggregatedPayloadSize: Int32

  /// The message whose fields all have their default values.
  public init() {
    self.aggregatedPayloadSize = 0
  }

  /// A message with these values, and the default for what is not given.
  public init(
    aggregatedPayloadSize: Int32 = 0
  ) {
    self.aggregatedPayloadSize = aggregatedPayloadSize
  }

  /// The schema of the message.
  public static let messageDescriptor: RPCProtobuf.MessageDescriptor = {
    var c = Grpc__Testing__StreamingInputCallResponse()
    grpc__testing__streaming_input_call_response__init(&c)
    return RPCProtobuf.MessageDescriptor(c.base.descriptor)
  }()

  /// Reads the unpacked C structure of the type; for the decoder alone.
  public init(structure: UnsafeRawPointer) {
    self.init(structure.assumingMemoryBound(to: Grpc__Testing__StreamingInputCallResponse.self))
  }

  init(_ c: UnsafePointer<Grpc__Testing__StreamingInputCallResponse>) {
    self.aggregatedPayloadSize = c.pointee.aggregated_payload_size
  }

  /// Fills an initialised C structure of the type; for the encoder alone.
  public func fill(structure: UnsafeMutableRawPointer, encoder: RPCProtobuf.MessageEncoder) {
    fill(structure.assumingMemoryBound(to: Grpc__Testing__StreamingInputCallResponse.self), encoder)
  }

  func fill(_ c: UnsafeMutablePointer<Grpc__Testing__StreamingInputCallResponse>, _ encoder: RPCProtobuf.MessageEncoder) {
    c.pointee.aggregated_payload_size = self.aggregatedPayloadSize
  }
}

/// One response that the client wants.
public struct ResponseParameters: RPCProtobuf.Message {
  /// `size`.
  public var size: Int32

  /// `interval_us`.
  public var intervalUs: Int32

  /// `compressed`.
  public var compressed: BoolValue?

  /// The message whose fields all have their default values.
  public init() {
    self.size = 0
    self.intervalUs = 0
    self.compressed = nil
  }

  /// A message with these values, and the default for what is not given.
  public init(
    size: Int32 = 0,
    intervalUs: Int32 = 0,
    compressed: BoolValue? = nil
  ) {
    self.size = size
    self.intervalUs = intervalUs
    self.compressed = compressed
  }

  /// The schema of the message.
  public static let messageDescriptor: RPCProtobuf.MessageDescriptor = {
    var c = Grpc__Testing__ResponseParameters()
    grpc__testing__response_parameters__init(&c)
    return RPCProtobuf.MessageDescriptor(c.base.descriptor)
  }()

  /// Reads the unpacked C structure of the type; for the decoder alone.
  public init(structure: UnsafeRawPointer) {
    self.init(structure.assumingMemoryBound(to: Grpc__Testing__ResponseParameters.self))
  }

  init(_ c: UnsafePointer<Grpc__Testing__ResponseParameters>) {
    self.size = c.pointee.size
    self.intervalUs = c.pointee.interval_us
    self.compressed = c.pointee.compressed.map { BoolValue(UnsafePointer($0)) }
  }

  /// Fills an initialised C structure of the type; for the encoder alone.
  public func fill(structure: UnsafeMutableRawPointer, encoder: RPCProtobuf.MessageEncoder) {
    fill(structure.assumingMemoryBound(to: Grpc__Testing__ResponseParameters.self), encoder)
  }

  func fill(_ c: UnsafeMutablePointer<Grpc__Testing__ResponseParameters>, _ encoder: RPCProtobuf.MessageEncoder) {
    c.pointee.size = self.size
    c.pointee.interval_us = self.intervalUs
    if let value = self.compressed {
      c.pointee.compressed = encoder.message(grpc__testing__bool_value__init) { value.fill($0, encoder) }
    }
  }

  /// A value of its own of what a view looks at.
  public init(_ view: borrowing View) { self.init(view._c) }

  /// A `ResponseParameters` where it lies unpacked; valid only while it is lent.
  public struct View: RPCProtobuf.MessageView, ~Escapable {
    /// The message that is looked at.
    public typealias ViewedMessage = ResponseParameters
    private let _structure: RPCProtobuf.LentStructure
    /// Looks at the unpacked C structure of the type; for the decoder alone.
    @_lifetime(copy structure)
    public init(_ structure: RPCProtobuf.LentStructure) { _structure = structure }
    fileprivate var _c: UnsafePointer<Grpc__Testing__ResponseParameters> {
      _structure.pointer.assumingMemoryBound(to: Grpc__Testing__ResponseParameters.self)
    }
    /// `size`.
    public var size: Int32 {
      return _c.pointee.size
    }
    /// `interval_us`.
    public var intervalUs: Int32 {
      return _c.pointee.interval_us
    }
    /// `compressed`.
    public var compressed: BoolValue.View? {
      @_lifetime(copy self)
      get {
        guard let inner = _c.pointee.compressed else { return nil }
        return BoolValue.View(_structure.inner(UnsafeRawPointer(inner)))
      }
    }
  }
}

/// What the client wants streamed.
public struct StreamingOutputCallRequest: RPCProtobuf.Message {
  /// `response_type`.
  public var responseType: Int32

  /// `response_parameters`.
  public var responseParameters: [ResponseParameters]

  /// `payload`.
  public var payload: Payload?

  /// `response_status`.
  public var responseStatus: EchoStatus?

  /// The message whose fields all have their default values.
  public init() {
    self.responseType = 0
    self.responseParameters = []
    self.payload = nil
    self.responseStatus = nil
  }

  /// A message with these values, and the default for what is not given.
  public init(
    responseType: Int32 = 0,
    responseParameters: [ResponseParameters] = [],
    payload: Payload? = nil,
    responseStatus: EchoStatus? = nil
  ) {
    self.responseType = responseType
    self.responseParameters = responseParameters
    self.payload = payload
    self.responseStatus = responseStatus
  }

  /// The schema of the message.
  public static let messageDescriptor: RPCProtobuf.MessageDescriptor = {
    var c = Grpc__Testing__StreamingOutputCallRequest()
    grpc__testing__streaming_output_call_request__init(&c)
    return RPCProtobuf.MessageDescriptor(c.base.descriptor)
  }()

  /// Reads the unpacked C structure of the type; for the decoder alone.
  public init(structure: UnsafeRawPointer) {
    self.init(structure.assumingMemoryBound(to: Grpc__Testing__StreamingOutputCallRequest.self))
  }

  init(_ c: UnsafePointer<Grpc__Testing__StreamingOutputCallRequest>) {
    self.responseType = c.pointee.response_type
    self.responseParameters = StructureReader.messages(c.pointee.response_parameters, c.pointee.n_response_parameters) { ResponseParameters($0) }
    self.payload = c.pointee.payload.map { Payload(UnsafePointer($0)) }
    self.responseStatus = c.pointee.response_status.map { EchoStatus(UnsafePointer($0)) }
  }

  /// Fills an initialised C structure of the type; for the encoder alone.
  public func fill(structure: UnsafeMutableRawPointer, encoder: RPCProtobuf.MessageEncoder) {
    fill(structure.assumingMemoryBound(to: Grpc__Testing__StreamingOutputCallRequest.self), encoder)
  }

  func fill(_ c: UnsafeMutablePointer<Grpc__Testing__StreamingOutputCallRequest>, _ encoder: RPCProtobuf.MessageEncoder) {
    c.pointee.response_type = self.responseType
    if let elements = encoder.messages(self.responseParameters, grpc__testing__response_parameters__init, { $0.fill($1, encoder) }) {
      c.pointee.n_response_parameters = self.responseParameters.count
      c.pointee.response_parameters = elements
    }
    if let value = self.payload {
      c.pointee.payload = encoder.message(grpc__testing__payload__init) { value.fill($0, encoder) }
    }
    if let value = self.responseStatus {
      c.pointee.response_status = encoder.message(grpc__testing__echo_status__init) { value.fill($0, encoder) }
    }
  }

  /// A value of its own of what a view looks at.
  public init(_ view: borrowing View) { self.init(view._c) }

  /// A `StreamingOutputCallRequest` where it lies unpacked; valid only while it is lent.
  public struct View: RPCProtobuf.MessageView, ~Escapable {
    /// The message that is looked at.
    public typealias ViewedMessage = StreamingOutputCallRequest
    private let _structure: RPCProtobuf.LentStructure
    /// Looks at the unpacked C structure of the type; for the decoder alone.
    @_lifetime(copy structure)
    public init(_ structure: RPCProtobuf.LentStructure) { _structure = structure }
    fileprivate var _c: UnsafePointer<Grpc__Testing__StreamingOutputCallRequest> {
      _structure.pointer.assumingMemoryBound(to: Grpc__Testing__StreamingOutputCallRequest.self)
    }
    /// `response_type`.
    public var responseType: Int32 {
      return _c.pointee.response_type
    }
    /// `response_parameters`.
    public var responseParameters: RPCProtobuf.MessageViews<ResponseParameters.View> {
      @_lifetime(copy self)
      get {
        return _structure.messages(_c.pointee.response_parameters, _c.pointee.n_response_parameters, as: ResponseParameters.View.self)
      }
    }
    /// `payload`.
    public var payload: Payload.View? {
      @_lifetime(copy self)
      get {
        guard let inner = _c.pointee.payload else { return nil }
        return Payload.View(_structure.inner(UnsafeRawPointer(inner)))
      }
    }
    /// `response_status`.
    public var responseStatus: EchoStatus.View? {
      @_lifetime(copy self)
      get {
        guard let inner = _c.pointee.response_status else { return nil }
        return EchoStatus.View(_structure.inner(UnsafeRawPointer(inner)))
      }
    }
  }
}

/// A part of a server's stream.
public struct StreamingOutputCallResponse: RPCProtobuf.Message {
  /// `payload`.
  public var payload: Payload?

  /// The message whose fields all have their default values.
  public init() {
    self.payload = nil
  }

  /// A message with these values, and the default for what is not given.
  public init(
    payload: Payload? = nil
  ) {
    self.payload = payload
  }

  /// The schema of the message.
  public static let messageDescriptor: RPCProtobuf.MessageDescriptor = {
    var c = Grpc__Testing__StreamingOutputCallResponse()
    grpc__testing__streaming_output_call_response__init(&c)
    return RPCProtobuf.MessageDescriptor(c.base.descriptor)
  }()

  /// Reads the unpacked C structure of the type; for the decoder alone.
  public init(structure: UnsafeRawPointer) {
    self.init(structure.assumingMemoryBound(to: Grpc__Testing__StreamingOutputCallResponse.self))
  }

  init(_ c: UnsafePointer<Grpc__Testing__StreamingOutputCallResponse>) {
    self.payload = c.pointee.payload.map { Payload(UnsafePointer($0)) }
  }

  /// Fills an initialised C structure of the type; for the encoder alone.
  public func fill(structure: UnsafeMutableRawPointer, encoder: RPCProtobuf.MessageEncoder) {
    fill(structure.assumingMemoryBound(to: Grpc__Testing__StreamingOutputCallResponse.self), encoder)
  }

  func fill(_ c: UnsafeMutablePointer<Grpc__Testing__StreamingOutputCallResponse>, _ encoder: RPCProtobuf.MessageEncoder) {
    if let value = self.payload {
      c.pointee.payload = encoder.message(grpc__testing__payload__init) { value.fill($0, encoder) }
    }
  }
}

/// The methods of `grpc.testing.TestService`.
public enum TestMethods {
  /// `EmptyCall`.
  public static let emptyCall = RPCCore.MethodDescriptor(
    service: "grpc.testing.TestService", method: "EmptyCall",
    kind: .unary)
  /// `UnaryCall`.
  public static let unaryCall = RPCCore.MethodDescriptor(
    service: "grpc.testing.TestService", method: "UnaryCall",
    kind: .unary)
  /// `StreamingOutputCall`.
  public static let streamingOutputCall = RPCCore.MethodDescriptor(
    service: "grpc.testing.TestService", method: "StreamingOutputCall",
    kind: .serverStreaming)
  /// `StreamingInputCall`.
  public static let streamingInputCall = RPCCore.MethodDescriptor(
    service: "grpc.testing.TestService", method: "StreamingInputCall",
    kind: .clientStreaming)
  /// `FullDuplexCall`.
  public static let fullDuplexCall = RPCCore.MethodDescriptor(
    service: "grpc.testing.TestService", method: "FullDuplexCall",
    kind: .bidirectional)
  /// `HalfDuplexCall`.
  public static let halfDuplexCall = RPCCore.MethodDescriptor(
    service: "grpc.testing.TestService", method: "HalfDuplexCall",
    kind: .bidirectional)
  /// All of them, in the order of the schema.
  public static let all: [RPCCore.MethodDescriptor] = [
    emptyCall,
    unaryCall,
    streamingOutputCall,
    streamingInputCall,
    fullDuplexCall,
    halfDuplexCall,
  ]
}

/// What gRPC's interoperability tests call.
public protocol TestService: RPCCore.Service {
  /// Answers nothing with nothing.
  func emptyCall(
    _ request: Nothing, context: RPCCore.ServerContext
  ) async throws -> Nothing
  /// Answers with as much as is asked for.
  func unaryCall(
    _ request: SimpleRequest, context: RPCCore.ServerContext
  ) async throws -> SimpleResponse
  /// Answers with the parts that are asked for.
  func streamingOutputCall(
    _ request: StreamingOutputCallRequest, responses: RPCCore.ResponseWriter<StreamingOutputCallResponse>, context: RPCCore.ServerContext
  ) async throws
  /// Adds up what comes.
  func streamingInputCall(
    _ requests: RPCCore.RequestStream<StreamingInputCallRequest>, context: RPCCore.ServerContext
  ) async throws -> StreamingInputCallResponse
  /// Answers each request at once.
  func fullDuplexCall(
    _ requests: RPCCore.RequestStream<StreamingOutputCallRequest>, responses: RPCCore.ResponseWriter<StreamingOutputCallResponse>, context: RPCCore.ServerContext
  ) async throws
  /// Answers when all requests are there.
  func halfDuplexCall(
    _ requests: RPCCore.RequestStream<StreamingOutputCallRequest>, responses: RPCCore.ResponseWriter<StreamingOutputCallResponse>, context: RPCCore.ServerContext
  ) async throws
}

extension TestService {
  /// Adds every method of the service to a router.
  public func register(in router: inout RPCCore.Router) {
    router.unary(TestMethods.emptyCall) {
      (request: Nothing, context) async throws -> Nothing in
      try await self.emptyCall(request, context: context)
    }
    router.unary(TestMethods.unaryCall) {
      (request: SimpleRequest, context) async throws -> SimpleResponse in
      try await self.unaryCall(request, context: context)
    }
    router.serverStreaming(TestMethods.streamingOutputCall) {
      (request: StreamingOutputCallRequest, responses: RPCCore.ResponseWriter<StreamingOutputCallResponse>, context) async throws -> Void in
      try await self.streamingOutputCall(request, responses: responses, context: context)
    }
    router.clientStreaming(TestMethods.streamingInputCall) {
      (requests: RPCCore.RequestStream<StreamingInputCallRequest>, context) async throws -> StreamingInputCallResponse in
      try await self.streamingInputCall(requests, context: context)
    }
    router.bidirectional(TestMethods.fullDuplexCall) {
      (requests: RPCCore.RequestStream<StreamingOutputCallRequest>, responses: RPCCore.ResponseWriter<StreamingOutputCallResponse>, context) async throws -> Void in
      try await self.fullDuplexCall(requests, responses: responses, context: context)
    }
    router.bidirectional(TestMethods.halfDuplexCall) {
      (requests: RPCCore.RequestStream<StreamingOutputCallRequest>, responses: RPCCore.ResponseWriter<StreamingOutputCallResponse>, context) async throws -> Void in
      try await self.halfDuplexCall(requests, responses: responses, context: context)
    }
  }
}

/// What gRPC's interoperability tests call.
public struct TestClient: Sendable {
  /// What carries the calls.
  public let channel: any RPCCore.Channel

  /// Calls the service over a channel.
  public init(_ channel: any RPCCore.Channel) { self.channel = channel }

  /// Answers nothing with nothing.
  public func emptyCall(
    _ request: Nothing, options: RPCCore.CallOptions = RPCCore.CallOptions()
  ) async throws -> Nothing {
    try await channel.unary(
      TestMethods.emptyCall, request, returning: Nothing.self,
      options: options)
  }

  /// Answers with as much as is asked for.
  public func unaryCall(
    _ request: SimpleRequest, options: RPCCore.CallOptions = RPCCore.CallOptions()
  ) async throws -> SimpleResponse {
    try await channel.unary(
      TestMethods.unaryCall, request, returning: SimpleResponse.self,
      options: options)
  }

  /// Answers with the parts that are asked for.
  public func streamingOutputCall(
    _ request: StreamingOutputCallRequest, options: RPCCore.CallOptions = RPCCore.CallOptions()
  ) async throws -> RPCCore.ResponseStream<StreamingOutputCallResponse> {
    try await channel.serverStreaming(
      TestMethods.streamingOutputCall, request, returning: StreamingOutputCallResponse.self,
      options: options)
  }

  /// Adds up what comes.
  public func streamingInputCall(
    options: RPCCore.CallOptions = RPCCore.CallOptions()
  ) async throws -> RPCCore.ClientStreamingCall<StreamingInputCallRequest, StreamingInputCallResponse> {
    try await channel.clientStreaming(
      TestMethods.streamingInputCall, sending: StreamingInputCallRequest.self, returning: StreamingInputCallResponse.self,
      options: options)
  }

  /// Answers each request at once.
  public func fullDuplexCall(
    options: RPCCore.CallOptions = RPCCore.CallOptions()
  ) async throws -> RPCCore.BidirectionalCall<StreamingOutputCallRequest, StreamingOutputCallResponse> {
    try await channel.bidirectional(
      TestMethods.fullDuplexCall, sending: StreamingOutputCallRequest.self, returning: StreamingOutputCallResponse.self,
      options: options)
  }

  /// Answers when all requests are there.
  public func halfDuplexCall(
    options: RPCCore.CallOptions = RPCCore.CallOptions()
  ) async throws -> RPCCore.BidirectionalCall<StreamingOutputCallRequest, StreamingOutputCallResponse> {
    try await channel.bidirectional(
      TestMethods.halfDuplexCall, sending: StreamingOutputCallRequest.self, returning: StreamingOutputCallResponse.self,
      options: options)
  }
}
