// swift-format-ignore-file
// Generated from registry/v1/division.proto by protoc-gen-registry-swift.
// Do not edit: run tools/generate

internal import CRegistryAPI
internal import CProtobufC
public import RPCCore
public import RPCProtobuf

/// The level of a division.
public struct DivisionLevel: RPCProtobuf.MessageEnum {
  /// The number on the wire.
  public let rawValue: Int32
  /// Keeps any number.
  public init(rawValue: Int32) { self.rawValue = rawValue }

  /// Not given.
  public static let unspecified = DivisionLevel(rawValue: 0)

  /// The state, code 000000.
  public static let state = DivisionLevel(rawValue: 1)

  /// Province, autonomous region, municipality under the central government.
  public static let province = DivisionLevel(rawValue: 2)

  /// Prefecture, prefecture-level city, league.
  public static let prefecture = DivisionLevel(rawValue: 3)

  /// County, county-level city, district, banner.
  public static let county = DivisionLevel(rawValue: 4)

  /// Township, town, subdistrict.
  public static let township = DivisionLevel(rawValue: 5)

  /// Village committee, residents committee.
  public static let village = DivisionLevel(rawValue: 6)

  /// The values that the schema names, by number.
  public static let allKnown: [DivisionLevel] = [
    .unspecified,
    .state,
    .province,
    .prefecture,
    .county,
    .township,
    .village,
  ]

  /// The value's name in the schema, or its number in digits when it has none.
  public var name: String {
    switch rawValue {
    case 0: "DIVISION_LEVEL_UNSPECIFIED"
    case 1: "DIVISION_LEVEL_STATE"
    case 2: "DIVISION_LEVEL_PROVINCE"
    case 3: "DIVISION_LEVEL_PREFECTURE"
    case 4: "DIVISION_LEVEL_COUNTY"
    case 5: "DIVISION_LEVEL_TOWNSHIP"
    case 6: "DIVISION_LEVEL_VILLAGE"
    default: String(rawValue)
    }
  }
}

/// One division.
public struct Division: RPCProtobuf.Message {
  /// The code in force.
  public var code: String

  /// The name in Chinese.
  public var name: String

  /// The level.
  public var level: DivisionLevel

  /// The code of the division above; empty for the state.
  public var parent: String

  /// The names from the province down to this division, as people write them.
  public var fullName: String

  /// The first day on which the code was in force, YYYYMMDD; 0 when the source does not say.
  public var validFrom: Int32

  /// The first day on which it no longer was; 0 while it is.
  public var validTo: Int32

  /// A national key county for poverty alleviation (国家扶贫开发工作重点县).
  public var keyCounty: Bool

  /// Where the row comes from: `gb2260-2010`, `nbs-2022`, `sample-2019`, `configured`.
  public var source: String

  /// How many divisions stand directly below.
  public var children: UInt32

  /// The message whose fields all have their default values.
  public init() {
    self.code = ""
    self.name = ""
    self.level = DivisionLevel(rawValue: 0)
    self.parent = ""
    self.fullName = ""
    self.validFrom = 0
    self.validTo = 0
    self.keyCounty = false
    self.source = ""
    self.children = 0
  }

  /// A message with these values, and the default for what is not given.
  public init(
    code: String = "",
    name: String = "",
    level: DivisionLevel = DivisionLevel(rawValue: 0),
    parent: String = "",
    fullName: String = "",
    validFrom: Int32 = 0,
    validTo: Int32 = 0,
    keyCounty: Bool = false,
    source: String = "",
    children: UInt32 = 0
  ) {
    self.code = code
    self.name = name
    self.level = level
    self.parent = parent
    self.fullName = fullName
    self.validFrom = validFrom
    self.validTo = validTo
    self.keyCounty = keyCounty
    self.source = source
    self.children = children
  }

  /// The schema of the message.
  public static let messageDescriptor: RPCProtobuf.MessageDescriptor = {
    var c = Registry__V1__Division()
    registry__v1__division__init(&c)
    return RPCProtobuf.MessageDescriptor(c.base.descriptor)
  }()

  /// Reads the unpacked C structure of the type; for the decoder alone.
  public init(structure: UnsafeRawPointer) {
    self.init(structure.assumingMemoryBound(to: Registry__V1__Division.self))
  }

  init(_ c: UnsafePointer<Registry__V1__Division>) {
    self.code = StructureReader.string(c.pointee.code)
    self.name = StructureReader.string(c.pointee.name)
    self.level = DivisionLevel(rawValue: Int32(truncatingIfNeeded: c.pointee.level.rawValue))
    self.parent = StructureReader.string(c.pointee.parent)
    self.fullName = StructureReader.string(c.pointee.full_name)
    self.validFrom = c.pointee.valid_from
    self.validTo = c.pointee.valid_to
    self.keyCounty = c.pointee.key_county != 0
    self.source = StructureReader.string(c.pointee.source)
    self.children = c.pointee.children
  }

  /// Fills an initialised C structure of the type; for the encoder alone.
  public func fill(structure: UnsafeMutableRawPointer, encoder: RPCProtobuf.MessageEncoder) {
    fill(structure.assumingMemoryBound(to: Registry__V1__Division.self), encoder)
  }

  func fill(_ c: UnsafeMutablePointer<Registry__V1__Division>, _ encoder: RPCProtobuf.MessageEncoder) {
    c.pointee.code = encoder.string(self.code, "Division.code")
    c.pointee.name = encoder.string(self.name, "Division.name")
    c.pointee.level = .init(rawValue: .init(truncatingIfNeeded: self.level.rawValue))
    c.pointee.parent = encoder.string(self.parent, "Division.parent")
    c.pointee.full_name = encoder.string(self.fullName, "Division.full_name")
    c.pointee.valid_from = self.validFrom
    c.pointee.valid_to = self.validTo
    c.pointee.key_county = self.keyCounty ? 1 : 0
    c.pointee.source = encoder.string(self.source, "Division.source")
    c.pointee.children = self.children
  }
}

/// Asks for one division.
public struct GetDivisionRequest: RPCProtobuf.Message {
  /// Its code; a code no longer in force finds the division that bore it.
  public var code: String

  /// The message whose fields all have their default values.
  public init() {
    self.code = ""
  }

  /// A message with these values, and the default for what is not given.
  public init(
    code: String = ""
  ) {
    self.code = code
  }

  /// The schema of the message.
  public static let messageDescriptor: RPCProtobuf.MessageDescriptor = {
    var c = Registry__V1__GetDivisionRequest()
    registry__v1__get_division_request__init(&c)
    return RPCProtobuf.MessageDescriptor(c.base.descriptor)
  }()

  /// Reads the unpacked C structure of the type; for the decoder alone.
  public init(structure: UnsafeRawPointer) {
    self.init(structure.assumingMemoryBound(to: Registry__V1__GetDivisionRequest.self))
  }

  init(_ c: UnsafePointer<Registry__V1__GetDivisionRequest>) {
    self.code = StructureReader.string(c.pointee.code)
  }

  /// Fills an initialised C structure of the type; for the encoder alone.
  public func fill(structure: UnsafeMutableRawPointer, encoder: RPCProtobuf.MessageEncoder) {
    fill(structure.assumingMemoryBound(to: Registry__V1__GetDivisionRequest.self), encoder)
  }

  func fill(_ c: UnsafeMutablePointer<Registry__V1__GetDivisionRequest>, _ encoder: RPCProtobuf.MessageEncoder) {
    c.pointee.code = encoder.string(self.code, "GetDivisionRequest.code")
  }
}

/// Asks for divisions.
public struct ListDivisionsRequest: RPCProtobuf.Message {
  /// Only those below this division; empty for the caller's own area.
  public var parent: String

  /// Only those directly below `parent`.
  public var direct: Bool

  /// Only this level; unspecified for all.
  public var level: DivisionLevel

  /// Only names that contain this text; empty for all.
  public var nameContains: String

  /// At most this many; 0 for 100, at most 1000.
  public var pageSize: UInt32

  /// Goes on from an earlier answer.
  public var pageToken: String

  /// The message whose fields all have their default values.
  public init() {
    self.parent = ""
    self.direct = false
    self.level = DivisionLevel(rawValue: 0)
    self.nameContains = ""
    self.pageSize = 0
    self.pageToken = ""
  }

  /// A message with these values, and the default for what is not given.
  public init(
    parent: String = "",
    direct: Bool = false,
    level: DivisionLevel = DivisionLevel(rawValue: 0),
    nameContains: String = "",
    pageSize: UInt32 = 0,
    pageToken: String = ""
  ) {
    self.parent = parent
    self.direct = direct
    self.level = level
    self.nameContains = nameContains
    self.pageSize = pageSize
    self.pageToken = pageToken
  }

  /// The schema of the message.
  public static let messageDescriptor: RPCProtobuf.MessageDescriptor = {
    var c = Registry__V1__ListDivisionsRequest()
    registry__v1__list_divisions_request__init(&c)
    return RPCProtobuf.MessageDescriptor(c.base.descriptor)
  }()

  /// Reads the unpacked C structure of the type; for the decoder alone.
  public init(structure: UnsafeRawPointer) {
    self.init(structure.assumingMemoryBound(to: Registry__V1__ListDivisionsRequest.self))
  }

  init(_ c: UnsafePointer<Registry__V1__ListDivisionsRequest>) {
    self.parent = StructureReader.string(c.pointee.parent)
    self.direct = c.pointee.direct != 0
    self.level = DivisionLevel(rawValue: Int32(truncatingIfNeeded: c.pointee.level.rawValue))
    self.nameContains = StructureReader.string(c.pointee.name_contains)
    self.pageSize = c.pointee.page_size
    self.pageToken = StructureReader.string(c.pointee.page_token)
  }

  /// Fills an initialised C structure of the type; for the encoder alone.
  public func fill(structure: UnsafeMutableRawPointer, encoder: RPCProtobuf.MessageEncoder) {
    fill(structure.assumingMemoryBound(to: Registry__V1__ListDivisionsRequest.self), encoder)
  }

  func fill(_ c: UnsafeMutablePointer<Registry__V1__ListDivisionsRequest>, _ encoder: RPCProtobuf.MessageEncoder) {
    c.pointee.parent = encoder.string(self.parent, "ListDivisionsRequest.parent")
    c.pointee.direct = self.direct ? 1 : 0
    c.pointee.level = .init(rawValue: .init(truncatingIfNeeded: self.level.rawValue))
    c.pointee.name_contains = encoder.string(self.nameContains, "ListDivisionsRequest.name_contains")
    c.pointee.page_size = self.pageSize
    c.pointee.page_token = encoder.string(self.pageToken, "ListDivisionsRequest.page_token")
  }
}

/// A page of divisions, in the order of their codes.
public struct ListDivisionsResponse: RPCProtobuf.Message {
  /// The divisions.
  public var divisions: [Division]

  /// Asks for the next page; empty after the last.
  public var nextPageToken: String

  /// The message whose fields all have their default values.
  public init() {
    self.divisions = []
    self.nextPageToken = ""
  }

  /// A message with these values, and the default for what is not given.
  public init(
    divisions: [Division] = [],
    nextPageToken: String = ""
  ) {
    self.divisions = divisions
    self.nextPageToken = nextPageToken
  }

  /// The schema of the message.
  public static let messageDescriptor: RPCProtobuf.MessageDescriptor = {
    var c = Registry__V1__ListDivisionsResponse()
    registry__v1__list_divisions_response__init(&c)
    return RPCProtobuf.MessageDescriptor(c.base.descriptor)
  }()

  /// Reads the unpacked C structure of the type; for the decoder alone.
  public init(structure: UnsafeRawPointer) {
    self.init(structure.assumingMemoryBound(to: Registry__V1__ListDivisionsResponse.self))
  }

  init(_ c: UnsafePointer<Registry__V1__ListDivisionsResponse>) {
    self.divisions = StructureReader.messages(c.pointee.divisions, c.pointee.n_divisions) { Division($0) }
    self.nextPageToken = StructureReader.string(c.pointee.next_page_token)
  }

  /// Fills an initialised C structure of the type; for the encoder alone.
  public func fill(structure: UnsafeMutableRawPointer, encoder: RPCProtobuf.MessageEncoder) {
    fill(structure.assumingMemoryBound(to: Registry__V1__ListDivisionsResponse.self), encoder)
  }

  func fill(_ c: UnsafeMutablePointer<Registry__V1__ListDivisionsResponse>, _ encoder: RPCProtobuf.MessageEncoder) {
    if let elements = encoder.messages(self.divisions, registry__v1__division__init, { $0.fill($1, encoder) }) {
      c.pointee.n_divisions = self.divisions.count
      c.pointee.divisions = elements
    }
    c.pointee.next_page_token = encoder.string(self.nextPageToken, "ListDivisionsResponse.next_page_token")
  }
}

/// The methods of `registry.v1.DivisionService`.
public enum DivisionMethods {
  /// `GetDivision`.
  public static let getDivision = RPCCore.MethodDescriptor(
    service: "registry.v1.DivisionService", method: "GetDivision",
    kind: .unary, isReadOnly: true)
  /// `ListDivisions`.
  public static let listDivisions = RPCCore.MethodDescriptor(
    service: "registry.v1.DivisionService", method: "ListDivisions",
    kind: .unary, isReadOnly: true)
  /// All of them, in the order of the schema.
  public static let all: [RPCCore.MethodDescriptor] = [
    getDivision,
    listDivisions,
  ]
}

/// Reads the divisions that the node knows.
public protocol DivisionService: RPCCore.Service {
  /// Gives one division.
  func getDivision(
    _ request: GetDivisionRequest, context: RPCCore.ServerContext
  ) async throws -> Division
  /// Lists divisions.
  func listDivisions(
    _ request: ListDivisionsRequest, context: RPCCore.ServerContext
  ) async throws -> ListDivisionsResponse
}

extension DivisionService {
  /// Adds every method of the service to a router.
  public func register(in router: inout RPCCore.Router) {
    router.unary(DivisionMethods.getDivision) {
      (request: GetDivisionRequest, context) async throws -> Division in
      try await self.getDivision(request, context: context)
    }
    router.unary(DivisionMethods.listDivisions) {
      (request: ListDivisionsRequest, context) async throws -> ListDivisionsResponse in
      try await self.listDivisions(request, context: context)
    }
  }
}

/// Reads the divisions that the node knows.
public struct DivisionClient: Sendable {
  /// What carries the calls.
  public let channel: any RPCCore.Channel

  /// Calls the service over a channel.
  public init(_ channel: any RPCCore.Channel) { self.channel = channel }

  /// Gives one division.
  public func getDivision(
    _ request: GetDivisionRequest, options: RPCCore.CallOptions = RPCCore.CallOptions()
  ) async throws -> Division {
    try await channel.unary(
      DivisionMethods.getDivision, request, returning: Division.self,
      options: options)
  }

  /// Lists divisions.
  public func listDivisions(
    _ request: ListDivisionsRequest, options: RPCCore.CallOptions = RPCCore.CallOptions()
  ) async throws -> ListDivisionsResponse {
    try await channel.unary(
      DivisionMethods.listDivisions, request, returning: ListDivisionsResponse.self,
      options: options)
  }
}
