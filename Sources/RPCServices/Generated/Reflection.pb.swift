// swift-format-ignore-file
// Generated from grpc/reflection/v1/reflection.proto by protoc-gen-registry-swift.
// Do not edit: run tools/generate

internal import CRPCServices
internal import CProtobufC
public import RPCCore
public import RPCProtobuf

/// A question about what is served.
public struct ServerReflectionRequest: RPCProtobuf.Message {
  /// The host that is asked about; not looked at.
  public var host: String

  /// The question.
  public enum MessageRequest: Hashable, Sendable {
    /// A file by its name, such as `registry/v1/node.proto`.
    case fileByFilename(String)
    /// The file that declares a service, a method, a message or an enumeration, by its full name.
    case fileContainingSymbol(String)
    /// The file with an extension; there are none here.
    case fileContainingExtension(ExtensionRequest)
    /// The numbers of a message's extensions; there are none here.
    case allExtensionNumbersOfType(String)
    /// The services; the value is not looked at.
    case listServices(String)
  }

  /// The question.
  public var messageRequest: MessageRequest?

  /// The message whose fields all have their default values.
  public init() {
    self.host = ""
    self.messageRequest = nil
  }

  /// A message with these values, and the default for what is not given.
  public init(
    host: String = "",
    messageRequest: MessageRequest? = nil
  ) {
    self.host = host
    self.messageRequest = messageRequest
  }

  /// The schema of the message.
  public static let messageDescriptor: RPCProtobuf.MessageDescriptor = {
    var c = Grpc__Reflection__V1__ServerReflectionRequest()
    grpc__reflection__v1__server_reflection_request__init(&c)
    return RPCProtobuf.MessageDescriptor(c.base.descriptor)
  }()

  /// Reads the unpacked C structure of the type; for the decoder alone.
  public init(structure: UnsafeRawPointer) {
    self.init(structure.assumingMemoryBound(to: Grpc__Reflection__V1__ServerReflectionRequest.self))
  }

  init(_ c: UnsafePointer<Grpc__Reflection__V1__ServerReflectionRequest>) {
    self.host = StructureReader.string(c.pointee.host)
    switch c.pointee.message_request_case.rawValue {
    case 3: self.messageRequest = MessageRequest.fileByFilename(StructureReader.string(c.pointee.file_by_filename))
    case 4: self.messageRequest = MessageRequest.fileContainingSymbol(StructureReader.string(c.pointee.file_containing_symbol))
    case 5: self.messageRequest = c.pointee.file_containing_extension.map { MessageRequest.fileContainingExtension(ExtensionRequest(UnsafePointer($0))) }
    case 6: self.messageRequest = MessageRequest.allExtensionNumbersOfType(StructureReader.string(c.pointee.all_extension_numbers_of_type))
    case 7: self.messageRequest = MessageRequest.listServices(StructureReader.string(c.pointee.list_services))
    default: self.messageRequest = nil
    }
  }

  /// Fills an initialised C structure of the type; for the encoder alone.
  public func fill(structure: UnsafeMutableRawPointer, encoder: RPCProtobuf.MessageEncoder) {
    fill(structure.assumingMemoryBound(to: Grpc__Reflection__V1__ServerReflectionRequest.self), encoder)
  }

  func fill(_ c: UnsafeMutablePointer<Grpc__Reflection__V1__ServerReflectionRequest>, _ encoder: RPCProtobuf.MessageEncoder) {
    c.pointee.host = encoder.string(self.host, "ServerReflectionRequest.host")
    switch self.messageRequest {
    case .fileByFilename(let value)?:
      c.pointee.message_request_case = .init(rawValue: 3)
      c.pointee.file_by_filename = encoder.text(value, "ServerReflectionRequest.file_by_filename")
    case .fileContainingSymbol(let value)?:
      c.pointee.message_request_case = .init(rawValue: 4)
      c.pointee.file_containing_symbol = encoder.text(value, "ServerReflectionRequest.file_containing_symbol")
    case .fileContainingExtension(let value)?:
      c.pointee.message_request_case = .init(rawValue: 5)
      c.pointee.file_containing_extension = encoder.message(grpc__reflection__v1__extension_request__init) { value.fill($0, encoder) }
    case .allExtensionNumbersOfType(let value)?:
      c.pointee.message_request_case = .init(rawValue: 6)
      c.pointee.all_extension_numbers_of_type = encoder.text(value, "ServerReflectionRequest.all_extension_numbers_of_type")
    case .listServices(let value)?:
      c.pointee.message_request_case = .init(rawValue: 7)
      c.pointee.list_services = encoder.text(value, "ServerReflectionRequest.list_services")
    case nil: break
    }
  }

  /// A value of its own of what a view looks at.
  public init(_ view: borrowing View) { self.init(view._c) }

  /// A `ServerReflectionRequest` where it lies unpacked; valid only while it is lent.
  public struct View: RPCProtobuf.MessageView, ~Escapable {
    /// The message that is looked at.
    public typealias ViewedMessage = ServerReflectionRequest
    private let _structure: RPCProtobuf.LentStructure
    /// Looks at the unpacked C structure of the type; for the decoder alone.
    @_lifetime(copy structure)
    public init(_ structure: RPCProtobuf.LentStructure) { _structure = structure }
    fileprivate var _c: UnsafePointer<Grpc__Reflection__V1__ServerReflectionRequest> {
      _structure.pointer.assumingMemoryBound(to: Grpc__Reflection__V1__ServerReflectionRequest.self)
    }
    /// The host that is asked about; not looked at.
    public var host: UTF8Span {
      @_lifetime(copy self)
      get {
        return _structure.text(_c.pointee.host)
      }
    }
    /// A file by its name, such as `registry/v1/node.proto`.
    public var fileByFilename: UTF8Span? {
      @_lifetime(copy self)
      get {
        guard _c.pointee.message_request_case.rawValue == 3 else { return nil }
        return _structure.text(_c.pointee.file_by_filename)
      }
    }
    /// The file that declares a service, a method, a message or an enumeration, by its full name.
    public var fileContainingSymbol: UTF8Span? {
      @_lifetime(copy self)
      get {
        guard _c.pointee.message_request_case.rawValue == 4 else { return nil }
        return _structure.text(_c.pointee.file_containing_symbol)
      }
    }
    /// The file with an extension; there are none here.
    public var fileContainingExtension: ExtensionRequest.View? {
      @_lifetime(copy self)
      get {
        guard _c.pointee.message_request_case.rawValue == 5 else { return nil }
        guard let inner = _c.pointee.file_containing_extension else { return nil }
        return ExtensionRequest.View(_structure.inner(UnsafeRawPointer(inner)))
      }
    }
    /// The numbers of a message's extensions; there are none here.
    public var allExtensionNumbersOfType: UTF8Span? {
      @_lifetime(copy self)
      get {
        guard _c.pointee.message_request_case.rawValue == 6 else { return nil }
        return _structure.text(_c.pointee.all_extension_numbers_of_type)
      }
    }
    /// The services; the value is not looked at.
    public var listServices: UTF8Span? {
      @_lifetime(copy self)
      get {
        guard _c.pointee.message_request_case.rawValue == 7 else { return nil }
        return _structure.text(_c.pointee.list_services)
      }
    }
  }
}

/// Names an extension.
public struct ExtensionRequest: RPCProtobuf.Message {
  /// The message that is extended.
  public var containingType: String

  /// The extension's number.
  public var extensionNumber: Int32

  /// The message whose fields all have their default values.
  public init() {
    self.containingType = ""
    self.extensionNumber = 0
  }

  /// A message with these values, and the default for what is not given.
  public init(
    containingType: String = "",
    extensionNumber: Int32 = 0
  ) {
    self.containingType = containingType
    self.extensionNumber = extensionNumber
  }

  /// The schema of the message.
  public static let messageDescriptor: RPCProtobuf.MessageDescriptor = {
    var c = Grpc__Reflection__V1__ExtensionRequest()
    grpc__reflection__v1__extension_request__init(&c)
    return RPCProtobuf.MessageDescriptor(c.base.descriptor)
  }()

  /// Reads the unpacked C structure of the type; for the decoder alone.
  public init(structure: UnsafeRawPointer) {
    self.init(structure.assumingMemoryBound(to: Grpc__Reflection__V1__ExtensionRequest.self))
  }

  init(_ c: UnsafePointer<Grpc__Reflection__V1__ExtensionRequest>) {
    self.containingType = StructureReader.string(c.pointee.containing_type)
    self.extensionNumber = c.pointee.extension_number
  }

  /// Fills an initialised C structure of the type; for the encoder alone.
  public func fill(structure: UnsafeMutableRawPointer, encoder: RPCProtobuf.MessageEncoder) {
    fill(structure.assumingMemoryBound(to: Grpc__Reflection__V1__ExtensionRequest.self), encoder)
  }

  func fill(_ c: UnsafeMutablePointer<Grpc__Reflection__V1__ExtensionRequest>, _ encoder: RPCProtobuf.MessageEncoder) {
    c.pointee.containing_type = encoder.string(self.containingType, "ExtensionRequest.containing_type")
    c.pointee.extension_number = self.extensionNumber
  }

  /// A value of its own of what a view looks at.
  public init(_ view: borrowing View) { self.init(view._c) }

  /// A `ExtensionRequest` where it lies unpacked; valid only while it is lent.
  public struct View: RPCProtobuf.MessageView, ~Escapable {
    /// The message that is looked at.
    public typealias ViewedMessage = ExtensionRequest
    private let _structure: RPCProtobuf.LentStructure
    /// Looks at the unpacked C structure of the type; for the decoder alone.
    @_lifetime(copy structure)
    public init(_ structure: RPCProtobuf.LentStructure) { _structure = structure }
    fileprivate var _c: UnsafePointer<Grpc__Reflection__V1__ExtensionRequest> {
      _structure.pointer.assumingMemoryBound(to: Grpc__Reflection__V1__ExtensionRequest.self)
    }
    /// The message that is extended.
    public var containingType: UTF8Span {
      @_lifetime(copy self)
      get {
        return _structure.text(_c.pointee.containing_type)
      }
    }
    /// The extension's number.
    public var extensionNumber: Int32 {
      return _c.pointee.extension_number
    }
  }
}

/// An answer.
public struct ServerReflectionResponse: RPCProtobuf.Message {
  /// The host of the question.
  public var validHost: String

  /// The question.
  public var originalRequest: ServerReflectionRequest?

  /// The answer.
  public enum MessageResponse: Hashable, Sendable {
    /// Files, those included that they import.
    case fileDescriptorResponse(FileDescriptorResponse)
    /// Numbers of extensions.
    case allExtensionNumbersResponse(ExtensionNumberResponse)
    /// Services.
    case listServicesResponse(ListServiceResponse)
    /// Why there is no answer.
    case errorResponse(ErrorResponse)
  }

  /// The answer.
  public var messageResponse: MessageResponse?

  /// The message whose fields all have their default values.
  public init() {
    self.validHost = ""
    self.originalRequest = nil
    self.messageResponse = nil
  }

  /// A message with these values, and the default for what is not given.
  public init(
    validHost: String = "",
    originalRequest: ServerReflectionRequest? = nil,
    messageResponse: MessageResponse? = nil
  ) {
    self.validHost = validHost
    self.originalRequest = originalRequest
    self.messageResponse = messageResponse
  }

  /// The schema of the message.
  public static let messageDescriptor: RPCProtobuf.MessageDescriptor = {
    var c = Grpc__Reflection__V1__ServerReflectionResponse()
    grpc__reflection__v1__server_reflection_response__init(&c)
    return RPCProtobuf.MessageDescriptor(c.base.descriptor)
  }()

  /// Reads the unpacked C structure of the type; for the decoder alone.
  public init(structure: UnsafeRawPointer) {
    self.init(structure.assumingMemoryBound(to: Grpc__Reflection__V1__ServerReflectionResponse.self))
  }

  init(_ c: UnsafePointer<Grpc__Reflection__V1__ServerReflectionResponse>) {
    self.validHost = StructureReader.string(c.pointee.valid_host)
    self.originalRequest = c.pointee.original_request.map { ServerReflectionRequest(UnsafePointer($0)) }
    switch c.pointee.message_response_case.rawValue {
    case 4: self.messageResponse = c.pointee.file_descriptor_response.map { MessageResponse.fileDescriptorResponse(FileDescriptorResponse(UnsafePointer($0))) }
    case 5: self.messageResponse = c.pointee.all_extension_numbers_response.map { MessageResponse.allExtensionNumbersResponse(ExtensionNumberResponse(UnsafePointer($0))) }
    case 6: self.messageResponse = c.pointee.list_services_response.map { MessageResponse.listServicesResponse(ListServiceResponse(UnsafePointer($0))) }
    case 7: self.messageResponse = c.pointee.error_response.map { MessageResponse.errorResponse(ErrorResponse(UnsafePointer($0))) }
    default: self.messageResponse = nil
    }
  }

  /// Fills an initialised C structure of the type; for the encoder alone.
  public func fill(structure: UnsafeMutableRawPointer, encoder: RPCProtobuf.MessageEncoder) {
    fill(structure.assumingMemoryBound(to: Grpc__Reflection__V1__ServerReflectionResponse.self), encoder)
  }

  func fill(_ c: UnsafeMutablePointer<Grpc__Reflection__V1__ServerReflectionResponse>, _ encoder: RPCProtobuf.MessageEncoder) {
    c.pointee.valid_host = encoder.string(self.validHost, "ServerReflectionResponse.valid_host")
    if let value = self.originalRequest {
      c.pointee.original_request = encoder.message(grpc__reflection__v1__server_reflection_request__init) { value.fill($0, encoder) }
    }
    switch self.messageResponse {
    case .fileDescriptorResponse(let value)?:
      c.pointee.message_response_case = .init(rawValue: 4)
      c.pointee.file_descriptor_response = encoder.message(grpc__reflection__v1__file_descriptor_response__init) { value.fill($0, encoder) }
    case .allExtensionNumbersResponse(let value)?:
      c.pointee.message_response_case = .init(rawValue: 5)
      c.pointee.all_extension_numbers_response = encoder.message(grpc__reflection__v1__extension_number_response__init) { value.fill($0, encoder) }
    case .listServicesResponse(let value)?:
      c.pointee.message_response_case = .init(rawValue: 6)
      c.pointee.list_services_response = encoder.message(grpc__reflection__v1__list_service_response__init) { value.fill($0, encoder) }
    case .errorResponse(let value)?:
      c.pointee.message_response_case = .init(rawValue: 7)
      c.pointee.error_response = encoder.message(grpc__reflection__v1__error_response__init) { value.fill($0, encoder) }
    case nil: break
    }
  }
}

/// Files.
public struct FileDescriptorResponse: RPCProtobuf.Message {
  /// Each a `google.protobuf.FileDescriptorProto`.
  public var fileDescriptorProto: [[UInt8]]

  /// The message whose fields all have their default values.
  public init() {
    self.fileDescriptorProto = []
  }

  /// A message with these values, and the default for what is not given.
  public init(
    fileDescriptorProto: [[UInt8]] = []
  ) {
    self.fileDescriptorProto = fileDescriptorProto
  }

  /// The schema of the message.
  public static let messageDescriptor: RPCProtobuf.MessageDescriptor = {
    var c = Grpc__Reflection__V1__FileDescriptorResponse()
    grpc__reflection__v1__file_descriptor_response__init(&c)
    return RPCProtobuf.MessageDescriptor(c.base.descriptor)
  }()

  /// Reads the unpacked C structure of the type; for the decoder alone.
  public init(structure: UnsafeRawPointer) {
    self.init(structure.assumingMemoryBound(to: Grpc__Reflection__V1__FileDescriptorResponse.self))
  }

  init(_ c: UnsafePointer<Grpc__Reflection__V1__FileDescriptorResponse>) {
    self.fileDescriptorProto = StructureReader.byteStrings(c.pointee.file_descriptor_proto, c.pointee.n_file_descriptor_proto)
  }

  /// Fills an initialised C structure of the type; for the encoder alone.
  public func fill(structure: UnsafeMutableRawPointer, encoder: RPCProtobuf.MessageEncoder) {
    fill(structure.assumingMemoryBound(to: Grpc__Reflection__V1__FileDescriptorResponse.self), encoder)
  }

  func fill(_ c: UnsafeMutablePointer<Grpc__Reflection__V1__FileDescriptorResponse>, _ encoder: RPCProtobuf.MessageEncoder) {
    if let elements = encoder.byteStrings(self.fileDescriptorProto) {
      c.pointee.n_file_descriptor_proto = self.fileDescriptorProto.count
      c.pointee.file_descriptor_proto = elements.assumingMemoryBound(to: ProtobufCBinaryData.self)
    }
  }
}

/// Numbers of extensions.
public struct ExtensionNumberResponse: RPCProtobuf.Message {
  /// The message that is extended.
  public var baseTypeName: String

  /// The numbers.
  public var extensionNumber: [Int32]

  /// The message whose fields all have their default values.
  public init() {
    self.baseTypeName = ""
    self.extensionNumber = []
  }

  /// A message with these values, and the default for what is not given.
  public init(
    baseTypeName: String = "",
    extensionNumber: [Int32] = []
  ) {
    self.baseTypeName = baseTypeName
    self.extensionNumber = extensionNumber
  }

  /// The schema of the message.
  public static let messageDescriptor: RPCProtobuf.MessageDescriptor = {
    var c = Grpc__Reflection__V1__ExtensionNumberResponse()
    grpc__reflection__v1__extension_number_response__init(&c)
    return RPCProtobuf.MessageDescriptor(c.base.descriptor)
  }()

  /// Reads the unpacked C structure of the type; for the decoder alone.
  public init(structure: UnsafeRawPointer) {
    self.init(structure.assumingMemoryBound(to: Grpc__Reflection__V1__ExtensionNumberResponse.self))
  }

  init(_ c: UnsafePointer<Grpc__Reflection__V1__ExtensionNumberResponse>) {
    self.baseTypeName = StructureReader.string(c.pointee.base_type_name)
    self.extensionNumber = StructureReader.scalars(c.pointee.extension_number, c.pointee.n_extension_number)
  }

  /// Fills an initialised C structure of the type; for the encoder alone.
  public func fill(structure: UnsafeMutableRawPointer, encoder: RPCProtobuf.MessageEncoder) {
    fill(structure.assumingMemoryBound(to: Grpc__Reflection__V1__ExtensionNumberResponse.self), encoder)
  }

  func fill(_ c: UnsafeMutablePointer<Grpc__Reflection__V1__ExtensionNumberResponse>, _ encoder: RPCProtobuf.MessageEncoder) {
    c.pointee.base_type_name = encoder.string(self.baseTypeName, "ExtensionNumberResponse.base_type_name")
    if let elements = encoder.scalars(self.extensionNumber) {
      c.pointee.n_extension_number = self.extensionNumber.count
      c.pointee.extension_number = elements
    }
  }
}

/// Services.
public struct ListServiceResponse: RPCProtobuf.Message {
  /// One for each.
  public var service: [ServiceResponse]

  /// The message whose fields all have their default values.
  public init() {
    self.service = []
  }

  /// A message with these values, and the default for what is not given.
  public init(
    service: [ServiceResponse] = []
  ) {
    self.service = service
  }

  /// The schema of the message.
  public static let messageDescriptor: RPCProtobuf.MessageDescriptor = {
    var c = Grpc__Reflection__V1__ListServiceResponse()
    grpc__reflection__v1__list_service_response__init(&c)
    return RPCProtobuf.MessageDescriptor(c.base.descriptor)
  }()

  /// Reads the unpacked C structure of the type; for the decoder alone.
  public init(structure: UnsafeRawPointer) {
    self.init(structure.assumingMemoryBound(to: Grpc__Reflection__V1__ListServiceResponse.self))
  }

  init(_ c: UnsafePointer<Grpc__Reflection__V1__ListServiceResponse>) {
    self.service = StructureReader.messages(c.pointee.service, c.pointee.n_service) { ServiceResponse($0) }
  }

  /// Fills an initialised C structure of the type; for the encoder alone.
  public func fill(structure: UnsafeMutableRawPointer, encoder: RPCProtobuf.MessageEncoder) {
    fill(structure.assumingMemoryBound(to: Grpc__Reflection__V1__ListServiceResponse.self), encoder)
  }

  func fill(_ c: UnsafeMutablePointer<Grpc__Reflection__V1__ListServiceResponse>, _ encoder: RPCProtobuf.MessageEncoder) {
    if let elements = encoder.messages(self.service, grpc__reflection__v1__service_response__init, { $0.fill($1, encoder) }) {
      c.pointee.n_service = self.service.count
      c.pointee.service = elements
    }
  }
}

/// A service.
public struct ServiceResponse: RPCProtobuf.Message {
  /// Its full name.
  public var name: String

  /// The message whose fields all have their default values.
  public init() {
    self.name = ""
  }

  /// A message with these values, and the default for what is not given.
  public init(
    name: String = ""
  ) {
    self.name = name
  }

  /// The schema of the message.
  public static let messageDescriptor: RPCProtobuf.MessageDescriptor = {
    var c = Grpc__Reflection__V1__ServiceResponse()
    grpc__reflection__v1__service_response__init(&c)
    return RPCProtobuf.MessageDescriptor(c.base.descriptor)
  }()

  /// Reads the unpacked C structure of the type; for the decoder alone.
  public init(structure: UnsafeRawPointer) {
    self.init(structure.assumingMemoryBound(to: Grpc__Reflection__V1__ServiceResponse.self))
  }

  init(_ c: UnsafePointer<Grpc__Reflection__V1__ServiceResponse>) {
    self.name = StructureReader.string(c.pointee.name)
  }

  /// Fills an initialised C structure of the type; for the encoder alone.
  public func fill(structure: UnsafeMutableRawPointer, encoder: RPCProtobuf.MessageEncoder) {
    fill(structure.assumingMemoryBound(to: Grpc__Reflection__V1__ServiceResponse.self), encoder)
  }

  func fill(_ c: UnsafeMutablePointer<Grpc__Reflection__V1__ServiceResponse>, _ encoder: RPCProtobuf.MessageEncoder) {
    c.pointee.name = encoder.string(self.name, "ServiceResponse.name")
  }
}

/// Why there is no answer.
public struct ErrorResponse: RPCProtobuf.Message {
  /// A status code.
  public var errorCode: Int32

  /// Words.
  public var errorMessage: String

  /// The message whose fields all have their default values.
  public init() {
    self.errorCode = 0
    self.errorMessage = ""
  }

  /// A message with these values, and the default for what is not given.
  public init(
    errorCode: Int32 = 0,
    errorMessage: String = ""
  ) {
    self.errorCode = errorCode
    self.errorMessage = errorMessage
  }

  /// The schema of the message.
  public static let messageDescriptor: RPCProtobuf.MessageDescriptor = {
    var c = Grpc__Reflection__V1__ErrorResponse()
    grpc__reflection__v1__error_response__init(&c)
    return RPCProtobuf.MessageDescriptor(c.base.descriptor)
  }()

  /// Reads the unpacked C structure of the type; for the decoder alone.
  public init(structure: UnsafeRawPointer) {
    self.init(structure.assumingMemoryBound(to: Grpc__Reflection__V1__ErrorResponse.self))
  }

  init(_ c: UnsafePointer<Grpc__Reflection__V1__ErrorResponse>) {
    self.errorCode = c.pointee.error_code
    self.errorMessage = StructureReader.string(c.pointee.error_message)
  }

  /// Fills an initialised C structure of the type; for the encoder alone.
  public func fill(structure: UnsafeMutableRawPointer, encoder: RPCProtobuf.MessageEncoder) {
    fill(structure.assumingMemoryBound(to: Grpc__Reflection__V1__ErrorResponse.self), encoder)
  }

  func fill(_ c: UnsafeMutablePointer<Grpc__Reflection__V1__ErrorResponse>, _ encoder: RPCProtobuf.MessageEncoder) {
    c.pointee.error_code = self.errorCode
    c.pointee.error_message = encoder.string(self.errorMessage, "ErrorResponse.error_message")
  }
}

/// The methods of `grpc.reflection.v1.ServerReflection`.
public enum ServerReflectionMethods {
  /// `ServerReflectionInfo`.
  public static let serverReflectionInfo = RPCCore.MethodDescriptor(
    service: "grpc.reflection.v1.ServerReflection", method: "ServerReflectionInfo",
    kind: .bidirectional, isReadOnly: true)
  /// All of them, in the order of the schema.
  public static let all: [RPCCore.MethodDescriptor] = [
    serverReflectionInfo,
  ]
}

/// Tells what a server serves.
public protocol ServerReflectionService: RPCCore.Service {
  /// Answers each question in turn.
  func serverReflectionInfo(
    _ requests: RPCCore.RequestStream<ServerReflectionRequest>, responses: RPCCore.ResponseWriter<ServerReflectionResponse>, context: RPCCore.ServerContext
  ) async throws
}

extension ServerReflectionService {
  /// Adds every method of the service to a router.
  public func register(in router: inout RPCCore.Router) {
    router.bidirectional(ServerReflectionMethods.serverReflectionInfo) {
      (requests: RPCCore.RequestStream<ServerReflectionRequest>, responses: RPCCore.ResponseWriter<ServerReflectionResponse>, context) async throws -> Void in
      try await self.serverReflectionInfo(requests, responses: responses, context: context)
    }
  }
}

/// Tells what a server serves.
public struct ServerReflectionClient: Sendable {
  /// What carries the calls.
  public let channel: any RPCCore.Channel

  /// Calls the service over a channel.
  public init(_ channel: any RPCCore.Channel) { self.channel = channel }

  /// Answers each question in turn.
  public func serverReflectionInfo(
    options: RPCCore.CallOptions = RPCCore.CallOptions()
  ) async throws -> RPCCore.BidirectionalCall<ServerReflectionRequest, ServerReflectionResponse> {
    try await channel.bidirectional(
      ServerReflectionMethods.serverReflectionInfo, sending: ServerReflectionRequest.self, returning: ServerReflectionResponse.self,
      options: options)
  }
}
