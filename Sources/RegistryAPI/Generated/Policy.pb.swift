// swift-format-ignore-file
// Generated from registry/v1/policy.proto by protoc-gen-registry-swift.
// Do not edit: run tools/generate

internal import CRegistryAPI
internal import CProtobufC
public import RPCCore
public import RPCProtobuf

/// What kind of line an amount is.
public struct LineKind: RPCProtobuf.MessageEnum {
  /// The number on the wire.
  public let rawValue: Int32
  /// Keeps any number.
  public init(rawValue: Int32) { self.rawValue = rawValue }

  /// Not given.
  public static let unspecified = LineKind(rawValue: 0)

  /// Poverty line: net income per person and year (扶贫标准).
  public static let poverty = LineKind(rawValue: 1)

  /// Minimum living security standard per person and year (低保标准).
  public static let dibao = LineKind(rawValue: 2)

  /// The values that the schema names, by number.
  public static let allKnown: [LineKind] = [
    .unspecified,
    .poverty,
    .dibao,
  ]

  /// The value's name in the schema, or its number in digits when it has none.
  public var name: String {
    switch rawValue {
    case 0: "LINE_KIND_UNSPECIFIED"
    case 1: "LINE_KIND_POVERTY"
    case 2: "LINE_KIND_DIBAO"
    default: String(rawValue)
    }
  }
}

/// A parameter of the procedure for a division and all below, from a day on.
public struct PolicyParameter: RPCProtobuf.Message {
  /// The division's code.
  public var division: String

  /// The parameter's stable name, such as `notice.village.days` (`registryctl policy names`).
  public var name: String

  /// The first day on which it holds, YYYYMMDD.
  public var validFrom: Int32

  /// The value, in the unit that the name's table gives.
  public var value: Int64

  /// Why, or by which document; at most 200 bytes.
  public var source: String

  /// Who set it: the identity's URI; `built-in` for those that come with the program.
  public var setBy: String

  /// The version of this parameter, division and day: 0 built in, 1 the first set, one more each time.
  public var version: UInt64

  /// The instant at which it was recorded; 0 built in.
  public var recordedAt: Int64

  /// The message whose fields all have their default values.
  public init() {
    self.division = ""
    self.name = ""
    self.validFrom = 0
    self.value = 0
    self.source = ""
    self.setBy = ""
    self.version = 0
    self.recordedAt = 0
  }

  /// A message with these values, and the default for what is not given.
  public init(
    division: String = "",
    name: String = "",
    validFrom: Int32 = 0,
    value: Int64 = 0,
    source: String = "",
    setBy: String = "",
    version: UInt64 = 0,
    recordedAt: Int64 = 0
  ) {
    self.division = division
    self.name = name
    self.validFrom = validFrom
    self.value = value
    self.source = source
    self.setBy = setBy
    self.version = version
    self.recordedAt = recordedAt
  }

  /// The schema of the message.
  public static let messageDescriptor: RPCProtobuf.MessageDescriptor = {
    var c = Registry__V1__PolicyParameter()
    registry__v1__policy_parameter__init(&c)
    return RPCProtobuf.MessageDescriptor(c.base.descriptor)
  }()

  /// Reads the unpacked C structure of the type; for the decoder alone.
  public init(structure: UnsafeRawPointer) {
    self.init(structure.assumingMemoryBound(to: Registry__V1__PolicyParameter.self))
  }

  init(_ c: UnsafePointer<Registry__V1__PolicyParameter>) {
    self.division = StructureReader.string(c.pointee.division)
    self.name = StructureReader.string(c.pointee.name)
    self.validFrom = c.pointee.valid_from
    self.value = c.pointee.value
    self.source = StructureReader.string(c.pointee.source)
    self.setBy = StructureReader.string(c.pointee.set_by)
    self.version = c.pointee.version
    self.recordedAt = c.pointee.recorded_at
  }

  /// Fills an initialised C structure of the type; for the encoder alone.
  public func fill(structure: UnsafeMutableRawPointer, encoder: RPCProtobuf.MessageEncoder) {
    fill(structure.assumingMemoryBound(to: Registry__V1__PolicyParameter.self), encoder)
  }

  func fill(_ c: UnsafeMutablePointer<Registry__V1__PolicyParameter>, _ encoder: RPCProtobuf.MessageEncoder) {
    c.pointee.division = encoder.string(self.division, "PolicyParameter.division")
    c.pointee.name = encoder.string(self.name, "PolicyParameter.name")
    c.pointee.valid_from = self.validFrom
    c.pointee.value = self.value
    c.pointee.source = encoder.string(self.source, "PolicyParameter.source")
    c.pointee.set_by = encoder.string(self.setBy, "PolicyParameter.set_by")
    c.pointee.version = self.version
    c.pointee.recorded_at = self.recordedAt
  }
}

/// A code that is added to one of the registry's own lists. Codes that come with the program, and lists
/// of standards and forms, stay as they are.
public struct Code: RPCProtobuf.Message {
  /// The list: exit-reason, need, no-id-reason, organisation, reception, road.
  public var list: String

  /// The code, up to 127.
  public var code: UInt32

  /// The name in Chinese; at most 60 bytes.
  public var nameZh: String

  /// The name in English; at most 60 bytes.
  public var nameEn: String

  /// By which document; at most 200 bytes.
  public var source: String

  /// The division of the office that set it; it holds there and below. The node gives it.
  public var division: String

  /// Who set it: the identity's URI.
  public var setBy: String

  /// The version: 1 the first set, one more each time.
  public var version: UInt64

  /// The instant at which it was recorded.
  public var recordedAt: Int64

  /// The message whose fields all have their default values.
  public init() {
    self.list = ""
    self.code = 0
    self.nameZh = ""
    self.nameEn = ""
    self.source = ""
    self.division = ""
    self.setBy = ""
    self.version = 0
    self.recordedAt = 0
  }

  /// A message with these values, and the default for what is not given.
  public init(
    list: String = "",
    code: UInt32 = 0,
    nameZh: String = "",
    nameEn: String = "",
    source: String = "",
    division: String = "",
    setBy: String = "",
    version: UInt64 = 0,
    recordedAt: Int64 = 0
  ) {
    self.list = list
    self.code = code
    self.nameZh = nameZh
    self.nameEn = nameEn
    self.source = source
    self.division = division
    self.setBy = setBy
    self.version = version
    self.recordedAt = recordedAt
  }

  /// The schema of the message.
  public static let messageDescriptor: RPCProtobuf.MessageDescriptor = {
    var c = Registry__V1__Code()
    registry__v1__code__init(&c)
    return RPCProtobuf.MessageDescriptor(c.base.descriptor)
  }()

  /// Reads the unpacked C structure of the type; for the decoder alone.
  public init(structure: UnsafeRawPointer) {
    self.init(structure.assumingMemoryBound(to: Registry__V1__Code.self))
  }

  init(_ c: UnsafePointer<Registry__V1__Code>) {
    self.list = StructureReader.string(c.pointee.list)
    self.code = c.pointee.code
    self.nameZh = StructureReader.string(c.pointee.name_zh)
    self.nameEn = StructureReader.string(c.pointee.name_en)
    self.source = StructureReader.string(c.pointee.source)
    self.division = StructureReader.string(c.pointee.division)
    self.setBy = StructureReader.string(c.pointee.set_by)
    self.version = c.pointee.version
    self.recordedAt = c.pointee.recorded_at
  }

  /// Fills an initialised C structure of the type; for the encoder alone.
  public func fill(structure: UnsafeMutableRawPointer, encoder: RPCProtobuf.MessageEncoder) {
    fill(structure.assumingMemoryBound(to: Registry__V1__Code.self), encoder)
  }

  func fill(_ c: UnsafeMutablePointer<Registry__V1__Code>, _ encoder: RPCProtobuf.MessageEncoder) {
    c.pointee.list = encoder.string(self.list, "Code.list")
    c.pointee.code = self.code
    c.pointee.name_zh = encoder.string(self.nameZh, "Code.name_zh")
    c.pointee.name_en = encoder.string(self.nameEn, "Code.name_en")
    c.pointee.source = encoder.string(self.source, "Code.source")
    c.pointee.division = encoder.string(self.division, "Code.division")
    c.pointee.set_by = encoder.string(self.setBy, "Code.set_by")
    c.pointee.version = self.version
    c.pointee.recorded_at = self.recordedAt
  }
}

/// Adds codes, or names them anew: all or none.
public struct SetCodesRequest: RPCProtobuf.Message {
  /// 1 to 100.
  public var codes: [Code]

  /// The message whose fields all have their default values.
  public init() {
    self.codes = []
  }

  /// A message with these values, and the default for what is not given.
  public init(
    codes: [Code] = []
  ) {
    self.codes = codes
  }

  /// The schema of the message.
  public static let messageDescriptor: RPCProtobuf.MessageDescriptor = {
    var c = Registry__V1__SetCodesRequest()
    registry__v1__set_codes_request__init(&c)
    return RPCProtobuf.MessageDescriptor(c.base.descriptor)
  }()

  /// Reads the unpacked C structure of the type; for the decoder alone.
  public init(structure: UnsafeRawPointer) {
    self.init(structure.assumingMemoryBound(to: Registry__V1__SetCodesRequest.self))
  }

  init(_ c: UnsafePointer<Registry__V1__SetCodesRequest>) {
    self.codes = StructureReader.messages(c.pointee.codes, c.pointee.n_codes) { Code($0) }
  }

  /// Fills an initialised C structure of the type; for the encoder alone.
  public func fill(structure: UnsafeMutableRawPointer, encoder: RPCProtobuf.MessageEncoder) {
    fill(structure.assumingMemoryBound(to: Registry__V1__SetCodesRequest.self), encoder)
  }

  func fill(_ c: UnsafeMutablePointer<Registry__V1__SetCodesRequest>, _ encoder: RPCProtobuf.MessageEncoder) {
    if let elements = encoder.messages(self.codes, registry__v1__code__init, { $0.fill($1, encoder) }) {
      c.pointee.n_codes = self.codes.count
      c.pointee.codes = elements
    }
  }
}

/// The codes as they are on record.
public struct SetCodesResponse: RPCProtobuf.Message {
  /// In the order of the request.
  public var codes: [Code]

  /// The message whose fields all have their default values.
  public init() {
    self.codes = []
  }

  /// A message with these values, and the default for what is not given.
  public init(
    codes: [Code] = []
  ) {
    self.codes = codes
  }

  /// The schema of the message.
  public static let messageDescriptor: RPCProtobuf.MessageDescriptor = {
    var c = Registry__V1__SetCodesResponse()
    registry__v1__set_codes_response__init(&c)
    return RPCProtobuf.MessageDescriptor(c.base.descriptor)
  }()

  /// Reads the unpacked C structure of the type; for the decoder alone.
  public init(structure: UnsafeRawPointer) {
    self.init(structure.assumingMemoryBound(to: Registry__V1__SetCodesResponse.self))
  }

  init(_ c: UnsafePointer<Registry__V1__SetCodesResponse>) {
    self.codes = StructureReader.messages(c.pointee.codes, c.pointee.n_codes) { Code($0) }
  }

  /// Fills an initialised C structure of the type; for the encoder alone.
  public func fill(structure: UnsafeMutableRawPointer, encoder: RPCProtobuf.MessageEncoder) {
    fill(structure.assumingMemoryBound(to: Registry__V1__SetCodesResponse.self), encoder)
  }

  func fill(_ c: UnsafeMutablePointer<Registry__V1__SetCodesResponse>, _ encoder: RPCProtobuf.MessageEncoder) {
    if let elements = encoder.messages(self.codes, registry__v1__code__init, { $0.fill($1, encoder) }) {
      c.pointee.n_codes = self.codes.count
      c.pointee.codes = elements
    }
  }
}

/// Asks for codes that were added.
public struct ListCodesRequest: RPCProtobuf.Message {
  /// Of this list alone; empty for all.
  public var list: String

  /// The message whose fields all have their default values.
  public init() {
    self.list = ""
  }

  /// A message with these values, and the default for what is not given.
  public init(
    list: String = ""
  ) {
    self.list = list
  }

  /// The schema of the message.
  public static let messageDescriptor: RPCProtobuf.MessageDescriptor = {
    var c = Registry__V1__ListCodesRequest()
    registry__v1__list_codes_request__init(&c)
    return RPCProtobuf.MessageDescriptor(c.base.descriptor)
  }()

  /// Reads the unpacked C structure of the type; for the decoder alone.
  public init(structure: UnsafeRawPointer) {
    self.init(structure.assumingMemoryBound(to: Registry__V1__ListCodesRequest.self))
  }

  init(_ c: UnsafePointer<Registry__V1__ListCodesRequest>) {
    self.list = StructureReader.string(c.pointee.list)
  }

  /// Fills an initialised C structure of the type; for the encoder alone.
  public func fill(structure: UnsafeMutableRawPointer, encoder: RPCProtobuf.MessageEncoder) {
    fill(structure.assumingMemoryBound(to: Registry__V1__ListCodesRequest.self), encoder)
  }

  func fill(_ c: UnsafeMutablePointer<Registry__V1__ListCodesRequest>, _ encoder: RPCProtobuf.MessageEncoder) {
    c.pointee.list = encoder.string(self.list, "ListCodesRequest.list")
  }
}

/// The codes that were added, in the order of lists and codes.
public struct ListCodesResponse: RPCProtobuf.Message {
  /// The codes.
  public var codes: [Code]

  /// The message whose fields all have their default values.
  public init() {
    self.codes = []
  }

  /// A message with these values, and the default for what is not given.
  public init(
    codes: [Code] = []
  ) {
    self.codes = codes
  }

  /// The schema of the message.
  public static let messageDescriptor: RPCProtobuf.MessageDescriptor = {
    var c = Registry__V1__ListCodesResponse()
    registry__v1__list_codes_response__init(&c)
    return RPCProtobuf.MessageDescriptor(c.base.descriptor)
  }()

  /// Reads the unpacked C structure of the type; for the decoder alone.
  public init(structure: UnsafeRawPointer) {
    self.init(structure.assumingMemoryBound(to: Registry__V1__ListCodesResponse.self))
  }

  init(_ c: UnsafePointer<Registry__V1__ListCodesResponse>) {
    self.codes = StructureReader.messages(c.pointee.codes, c.pointee.n_codes) { Code($0) }
  }

  /// Fills an initialised C structure of the type; for the encoder alone.
  public func fill(structure: UnsafeMutableRawPointer, encoder: RPCProtobuf.MessageEncoder) {
    fill(structure.assumingMemoryBound(to: Registry__V1__ListCodesResponse.self), encoder)
  }

  func fill(_ c: UnsafeMutablePointer<Registry__V1__ListCodesResponse>, _ encoder: RPCProtobuf.MessageEncoder) {
    if let elements = encoder.messages(self.codes, registry__v1__code__init, { $0.fill($1, encoder) }) {
      c.pointee.n_codes = self.codes.count
      c.pointee.codes = elements
    }
  }
}

/// A line or standard of a division, from an income year on.
public struct Line: RPCProtobuf.Message {
  /// What it is.
  public var kind: LineKind

  /// The division's code; it holds for all below that have none of their own.
  public var division: String

  /// The first income year that it is used for.
  public var year: UInt32

  /// The amount per person and year.
  public var amount: Money?

  /// By which document; at most 200 bytes.
  public var source: String

  /// Who set it: the identity's URI; `built-in` for those that come with the program.
  public var setBy: String

  /// The version of this kind, division and year: 0 built in, 1 the first set, one more each time.
  public var version: UInt64

  /// The instant at which it was recorded; 0 built in.
  public var recordedAt: Int64

  /// The message whose fields all have their default values.
  public init() {
    self.kind = LineKind(rawValue: 0)
    self.division = ""
    self.year = 0
    self.amount = nil
    self.source = ""
    self.setBy = ""
    self.version = 0
    self.recordedAt = 0
  }

  /// A message with these values, and the default for what is not given.
  public init(
    kind: LineKind = LineKind(rawValue: 0),
    division: String = "",
    year: UInt32 = 0,
    amount: Money? = nil,
    source: String = "",
    setBy: String = "",
    version: UInt64 = 0,
    recordedAt: Int64 = 0
  ) {
    self.kind = kind
    self.division = division
    self.year = year
    self.amount = amount
    self.source = source
    self.setBy = setBy
    self.version = version
    self.recordedAt = recordedAt
  }

  /// The schema of the message.
  public static let messageDescriptor: RPCProtobuf.MessageDescriptor = {
    var c = Registry__V1__Line()
    registry__v1__line__init(&c)
    return RPCProtobuf.MessageDescriptor(c.base.descriptor)
  }()

  /// Reads the unpacked C structure of the type; for the decoder alone.
  public init(structure: UnsafeRawPointer) {
    self.init(structure.assumingMemoryBound(to: Registry__V1__Line.self))
  }

  init(_ c: UnsafePointer<Registry__V1__Line>) {
    self.kind = LineKind(rawValue: Int32(truncatingIfNeeded: c.pointee.kind.rawValue))
    self.division = StructureReader.string(c.pointee.division)
    self.year = c.pointee.year
    self.amount = c.pointee.amount.map { Money(UnsafePointer($0)) }
    self.source = StructureReader.string(c.pointee.source)
    self.setBy = StructureReader.string(c.pointee.set_by)
    self.version = c.pointee.version
    self.recordedAt = c.pointee.recorded_at
  }

  /// Fills an initialised C structure of the type; for the encoder alone.
  public func fill(structure: UnsafeMutableRawPointer, encoder: RPCProtobuf.MessageEncoder) {
    fill(structure.assumingMemoryBound(to: Registry__V1__Line.self), encoder)
  }

  func fill(_ c: UnsafeMutablePointer<Registry__V1__Line>, _ encoder: RPCProtobuf.MessageEncoder) {
    c.pointee.kind = .init(rawValue: .init(truncatingIfNeeded: self.kind.rawValue))
    c.pointee.division = encoder.string(self.division, "Line.division")
    c.pointee.year = self.year
    if let value = self.amount {
      c.pointee.amount = encoder.message(registry__v1__money__init) { value.fill($0, encoder) }
    }
    c.pointee.source = encoder.string(self.source, "Line.source")
    c.pointee.set_by = encoder.string(self.setBy, "Line.set_by")
    c.pointee.version = self.version
    c.pointee.recorded_at = self.recordedAt
  }
}

/// How many people a division may identify in a period (低收入人口规模).
public struct Quota: RPCProtobuf.Message {
  /// The division's code: a county, township or village.
  public var division: String

  /// The year.
  public var period: UInt32

  /// The people.
  public var people: Int64

  /// Why, or by which document; at most 200 bytes. Needed where those below add up to more than the
  /// division above has.
  public var reason: String

  /// Who set it: the identity's URI.
  public var setBy: String

  /// The version: 1 the first set, one more each time.
  public var version: UInt64

  /// The instant at which it was recorded.
  public var recordedAt: Int64

  /// The message whose fields all have their default values.
  public init() {
    self.division = ""
    self.period = 0
    self.people = 0
    self.reason = ""
    self.setBy = ""
    self.version = 0
    self.recordedAt = 0
  }

  /// A message with these values, and the default for what is not given.
  public init(
    division: String = "",
    period: UInt32 = 0,
    people: Int64 = 0,
    reason: String = "",
    setBy: String = "",
    version: UInt64 = 0,
    recordedAt: Int64 = 0
  ) {
    self.division = division
    self.period = period
    self.people = people
    self.reason = reason
    self.setBy = setBy
    self.version = version
    self.recordedAt = recordedAt
  }

  /// The schema of the message.
  public static let messageDescriptor: RPCProtobuf.MessageDescriptor = {
    var c = Registry__V1__Quota()
    registry__v1__quota__init(&c)
    return RPCProtobuf.MessageDescriptor(c.base.descriptor)
  }()

  /// Reads the unpacked C structure of the type; for the decoder alone.
  public init(structure: UnsafeRawPointer) {
    self.init(structure.assumingMemoryBound(to: Registry__V1__Quota.self))
  }

  init(_ c: UnsafePointer<Registry__V1__Quota>) {
    self.division = StructureReader.string(c.pointee.division)
    self.period = c.pointee.period
    self.people = c.pointee.people
    self.reason = StructureReader.string(c.pointee.reason)
    self.setBy = StructureReader.string(c.pointee.set_by)
    self.version = c.pointee.version
    self.recordedAt = c.pointee.recorded_at
  }

  /// Fills an initialised C structure of the type; for the encoder alone.
  public func fill(structure: UnsafeMutableRawPointer, encoder: RPCProtobuf.MessageEncoder) {
    fill(structure.assumingMemoryBound(to: Registry__V1__Quota.self), encoder)
  }

  func fill(_ c: UnsafeMutablePointer<Registry__V1__Quota>, _ encoder: RPCProtobuf.MessageEncoder) {
    c.pointee.division = encoder.string(self.division, "Quota.division")
    c.pointee.period = self.period
    c.pointee.people = self.people
    c.pointee.reason = encoder.string(self.reason, "Quota.reason")
    c.pointee.set_by = encoder.string(self.setBy, "Quota.set_by")
    c.pointee.version = self.version
    c.pointee.recorded_at = self.recordedAt
  }
}

/// A quota and what counts against it.
public struct QuotaUse: RPCProtobuf.Message {
  /// The division.
  public var division: Division?

  /// The quota; absent where none is set.
  public var quota: Quota?

  /// People decided for by the village or further on.
  public var proposed: Int64

  /// People examined and accepted by the township or further on.
  public var examined: Int64

  /// People approved by the county or further on.
  public var approved: Int64

  /// People registered.
  public var registered: Int64

  /// People beyond the quota at the furthest stage that passes it; 0 within.
  public var over: Int64

  /// The sum of the quotas directly below.
  public var allotted: Int64

  /// How many applications stand in the division for the period; refused and withdrawn ones are left
  /// out.
  public var applications: Int64

  /// The message whose fields all have their default values.
  public init() {
    self.division = nil
    self.quota = nil
    self.proposed = 0
    self.examined = 0
    self.approved = 0
    self.registered = 0
    self.over = 0
    self.allotted = 0
    self.applications = 0
  }

  /// A message with these values, and the default for what is not given.
  public init(
    division: Division? = nil,
    quota: Quota? = nil,
    proposed: Int64 = 0,
    examined: Int64 = 0,
    approved: Int64 = 0,
    registered: Int64 = 0,
    over: Int64 = 0,
    allotted: Int64 = 0,
    applications: Int64 = 0
  ) {
    self.division = division
    self.quota = quota
    self.proposed = proposed
    self.examined = examined
    self.approved = approved
    self.registered = registered
    self.over = over
    self.allotted = allotted
    self.applications = applications
  }

  /// The schema of the message.
  public static let messageDescriptor: RPCProtobuf.MessageDescriptor = {
    var c = Registry__V1__QuotaUse()
    registry__v1__quota_use__init(&c)
    return RPCProtobuf.MessageDescriptor(c.base.descriptor)
  }()

  /// Reads the unpacked C structure of the type; for the decoder alone.
  public init(structure: UnsafeRawPointer) {
    self.init(structure.assumingMemoryBound(to: Registry__V1__QuotaUse.self))
  }

  init(_ c: UnsafePointer<Registry__V1__QuotaUse>) {
    self.division = c.pointee.division.map { Division(UnsafePointer($0)) }
    self.quota = c.pointee.quota.map { Quota(UnsafePointer($0)) }
    self.proposed = c.pointee.proposed
    self.examined = c.pointee.examined
    self.approved = c.pointee.approved
    self.registered = c.pointee.registered
    self.over = c.pointee.over
    self.allotted = c.pointee.allotted
    self.applications = c.pointee.applications
  }

  /// Fills an initialised C structure of the type; for the encoder alone.
  public func fill(structure: UnsafeMutableRawPointer, encoder: RPCProtobuf.MessageEncoder) {
    fill(structure.assumingMemoryBound(to: Registry__V1__QuotaUse.self), encoder)
  }

  func fill(_ c: UnsafeMutablePointer<Registry__V1__QuotaUse>, _ encoder: RPCProtobuf.MessageEncoder) {
    if let value = self.division {
      c.pointee.division = encoder.message(registry__v1__division__init) { value.fill($0, encoder) }
    }
    if let value = self.quota {
      c.pointee.quota = encoder.message(registry__v1__quota__init) { value.fill($0, encoder) }
    }
    c.pointee.proposed = self.proposed
    c.pointee.examined = self.examined
    c.pointee.approved = self.approved
    c.pointee.registered = self.registered
    c.pointee.over = self.over
    c.pointee.allotted = self.allotted
    c.pointee.applications = self.applications
  }
}

/// Asks to set parameters.
public struct SetPolicyRequest: RPCProtobuf.Message {
  /// The parameters: division, name, valid_from, value, source; 1 to 100. All or none are set.
  public var parameters: [PolicyParameter]

  /// The message whose fields all have their default values.
  public init() {
    self.parameters = []
  }

  /// A message with these values, and the default for what is not given.
  public init(
    parameters: [PolicyParameter] = []
  ) {
    self.parameters = parameters
  }

  /// The schema of the message.
  public static let messageDescriptor: RPCProtobuf.MessageDescriptor = {
    var c = Registry__V1__SetPolicyRequest()
    registry__v1__set_policy_request__init(&c)
    return RPCProtobuf.MessageDescriptor(c.base.descriptor)
  }()

  /// Reads the unpacked C structure of the type; for the decoder alone.
  public init(structure: UnsafeRawPointer) {
    self.init(structure.assumingMemoryBound(to: Registry__V1__SetPolicyRequest.self))
  }

  init(_ c: UnsafePointer<Registry__V1__SetPolicyRequest>) {
    self.parameters = StructureReader.messages(c.pointee.parameters, c.pointee.n_parameters) { PolicyParameter($0) }
  }

  /// Fills an initialised C structure of the type; for the encoder alone.
  public func fill(structure: UnsafeMutableRawPointer, encoder: RPCProtobuf.MessageEncoder) {
    fill(structure.assumingMemoryBound(to: Registry__V1__SetPolicyRequest.self), encoder)
  }

  func fill(_ c: UnsafeMutablePointer<Registry__V1__SetPolicyRequest>, _ encoder: RPCProtobuf.MessageEncoder) {
    if let elements = encoder.messages(self.parameters, registry__v1__policy_parameter__init, { $0.fill($1, encoder) }) {
      c.pointee.n_parameters = self.parameters.count
      c.pointee.parameters = elements
    }
  }
}

/// The parameters as they are now on record.
public struct SetPolicyResponse: RPCProtobuf.Message {
  /// In the order of the request.
  public var parameters: [PolicyParameter]

  /// The message whose fields all have their default values.
  public init() {
    self.parameters = []
  }

  /// A message with these values, and the default for what is not given.
  public init(
    parameters: [PolicyParameter] = []
  ) {
    self.parameters = parameters
  }

  /// The schema of the message.
  public static let messageDescriptor: RPCProtobuf.MessageDescriptor = {
    var c = Registry__V1__SetPolicyResponse()
    registry__v1__set_policy_response__init(&c)
    return RPCProtobuf.MessageDescriptor(c.base.descriptor)
  }()

  /// Reads the unpacked C structure of the type; for the decoder alone.
  public init(structure: UnsafeRawPointer) {
    self.init(structure.assumingMemoryBound(to: Registry__V1__SetPolicyResponse.self))
  }

  init(_ c: UnsafePointer<Registry__V1__SetPolicyResponse>) {
    self.parameters = StructureReader.messages(c.pointee.parameters, c.pointee.n_parameters) { PolicyParameter($0) }
  }

  /// Fills an initialised C structure of the type; for the encoder alone.
  public func fill(structure: UnsafeMutableRawPointer, encoder: RPCProtobuf.MessageEncoder) {
    fill(structure.assumingMemoryBound(to: Registry__V1__SetPolicyResponse.self), encoder)
  }

  func fill(_ c: UnsafeMutablePointer<Registry__V1__SetPolicyResponse>, _ encoder: RPCProtobuf.MessageEncoder) {
    if let elements = encoder.messages(self.parameters, registry__v1__policy_parameter__init, { $0.fill($1, encoder) }) {
      c.pointee.n_parameters = self.parameters.count
      c.pointee.parameters = elements
    }
  }
}

/// Asks for parameters.
public struct ListPolicyRequest: RPCProtobuf.Message {
  /// Those that hold for this division: its own, else inherited; empty for the caller's own.
  public var division: String

  /// On this day; 0 for today.
  public var day: Int32

  /// Also every later, earlier and overruled one of the division and those above; versions that
  /// others replaced stay in the journal.
  public var all: Bool

  /// The message whose fields all have their default values.
  public init() {
    self.division = ""
    self.day = 0
    self.all = false
  }

  /// A message with these values, and the default for what is not given.
  public init(
    division: String = "",
    day: Int32 = 0,
    all: Bool = false
  ) {
    self.division = division
    self.day = day
    self.all = all
  }

  /// The schema of the message.
  public static let messageDescriptor: RPCProtobuf.MessageDescriptor = {
    var c = Registry__V1__ListPolicyRequest()
    registry__v1__list_policy_request__init(&c)
    return RPCProtobuf.MessageDescriptor(c.base.descriptor)
  }()

  /// Reads the unpacked C structure of the type; for the decoder alone.
  public init(structure: UnsafeRawPointer) {
    self.init(structure.assumingMemoryBound(to: Registry__V1__ListPolicyRequest.self))
  }

  init(_ c: UnsafePointer<Registry__V1__ListPolicyRequest>) {
    self.division = StructureReader.string(c.pointee.division)
    self.day = c.pointee.day
    self.all = c.pointee.all != 0
  }

  /// Fills an initialised C structure of the type; for the encoder alone.
  public func fill(structure: UnsafeMutableRawPointer, encoder: RPCProtobuf.MessageEncoder) {
    fill(structure.assumingMemoryBound(to: Registry__V1__ListPolicyRequest.self), encoder)
  }

  func fill(_ c: UnsafeMutablePointer<Registry__V1__ListPolicyRequest>, _ encoder: RPCProtobuf.MessageEncoder) {
    c.pointee.division = encoder.string(self.division, "ListPolicyRequest.division")
    c.pointee.day = self.day
    c.pointee.all = self.all ? 1 : 0
  }
}

/// Parameters in the order of their names.
public struct ListPolicyResponse: RPCProtobuf.Message {
  /// The parameters.
  public var parameters: [PolicyParameter]

  /// The message whose fields all have their default values.
  public init() {
    self.parameters = []
  }

  /// A message with these values, and the default for what is not given.
  public init(
    parameters: [PolicyParameter] = []
  ) {
    self.parameters = parameters
  }

  /// The schema of the message.
  public static let messageDescriptor: RPCProtobuf.MessageDescriptor = {
    var c = Registry__V1__ListPolicyResponse()
    registry__v1__list_policy_response__init(&c)
    return RPCProtobuf.MessageDescriptor(c.base.descriptor)
  }()

  /// Reads the unpacked C structure of the type; for the decoder alone.
  public init(structure: UnsafeRawPointer) {
    self.init(structure.assumingMemoryBound(to: Registry__V1__ListPolicyResponse.self))
  }

  init(_ c: UnsafePointer<Registry__V1__ListPolicyResponse>) {
    self.parameters = StructureReader.messages(c.pointee.parameters, c.pointee.n_parameters) { PolicyParameter($0) }
  }

  /// Fills an initialised C structure of the type; for the encoder alone.
  public func fill(structure: UnsafeMutableRawPointer, encoder: RPCProtobuf.MessageEncoder) {
    fill(structure.assumingMemoryBound(to: Registry__V1__ListPolicyResponse.self), encoder)
  }

  func fill(_ c: UnsafeMutablePointer<Registry__V1__ListPolicyResponse>, _ encoder: RPCProtobuf.MessageEncoder) {
    if let elements = encoder.messages(self.parameters, registry__v1__policy_parameter__init, { $0.fill($1, encoder) }) {
      c.pointee.n_parameters = self.parameters.count
      c.pointee.parameters = elements
    }
  }
}

/// Asks to set a line.
public struct SetLineRequest: RPCProtobuf.Message {
  /// Kind, division, year, amount, source.
  public var line: Line?

  /// The message whose fields all have their default values.
  public init() {
    self.line = nil
  }

  /// A message with these values, and the default for what is not given.
  public init(
    line: Line? = nil
  ) {
    self.line = line
  }

  /// The schema of the message.
  public static let messageDescriptor: RPCProtobuf.MessageDescriptor = {
    var c = Registry__V1__SetLineRequest()
    registry__v1__set_line_request__init(&c)
    return RPCProtobuf.MessageDescriptor(c.base.descriptor)
  }()

  /// Reads the unpacked C structure of the type; for the decoder alone.
  public init(structure: UnsafeRawPointer) {
    self.init(structure.assumingMemoryBound(to: Registry__V1__SetLineRequest.self))
  }

  init(_ c: UnsafePointer<Registry__V1__SetLineRequest>) {
    self.line = c.pointee.line.map { Line(UnsafePointer($0)) }
  }

  /// Fills an initialised C structure of the type; for the encoder alone.
  public func fill(structure: UnsafeMutableRawPointer, encoder: RPCProtobuf.MessageEncoder) {
    fill(structure.assumingMemoryBound(to: Registry__V1__SetLineRequest.self), encoder)
  }

  func fill(_ c: UnsafeMutablePointer<Registry__V1__SetLineRequest>, _ encoder: RPCProtobuf.MessageEncoder) {
    if let value = self.line {
      c.pointee.line = encoder.message(registry__v1__line__init) { value.fill($0, encoder) }
    }
  }
}

/// Asks for lines.
public struct ListLinesRequest: RPCProtobuf.Message {
  /// Those that hold for this division: its own and those above; empty for the caller's own.
  public var division: String

  /// Only of this kind; unspecified for all.
  public var kind: LineKind

  /// The message whose fields all have their default values.
  public init() {
    self.division = ""
    self.kind = LineKind(rawValue: 0)
  }

  /// A message with these values, and the default for what is not given.
  public init(
    division: String = "",
    kind: LineKind = LineKind(rawValue: 0)
  ) {
    self.division = division
    self.kind = kind
  }

  /// The schema of the message.
  public static let messageDescriptor: RPCProtobuf.MessageDescriptor = {
    var c = Registry__V1__ListLinesRequest()
    registry__v1__list_lines_request__init(&c)
    return RPCProtobuf.MessageDescriptor(c.base.descriptor)
  }()

  /// Reads the unpacked C structure of the type; for the decoder alone.
  public init(structure: UnsafeRawPointer) {
    self.init(structure.assumingMemoryBound(to: Registry__V1__ListLinesRequest.self))
  }

  init(_ c: UnsafePointer<Registry__V1__ListLinesRequest>) {
    self.division = StructureReader.string(c.pointee.division)
    self.kind = LineKind(rawValue: Int32(truncatingIfNeeded: c.pointee.kind.rawValue))
  }

  /// Fills an initialised C structure of the type; for the encoder alone.
  public func fill(structure: UnsafeMutableRawPointer, encoder: RPCProtobuf.MessageEncoder) {
    fill(structure.assumingMemoryBound(to: Registry__V1__ListLinesRequest.self), encoder)
  }

  func fill(_ c: UnsafeMutablePointer<Registry__V1__ListLinesRequest>, _ encoder: RPCProtobuf.MessageEncoder) {
    c.pointee.division = encoder.string(self.division, "ListLinesRequest.division")
    c.pointee.kind = .init(rawValue: .init(truncatingIfNeeded: self.kind.rawValue))
  }
}

/// Lines in the order of kind, division and year.
public struct ListLinesResponse: RPCProtobuf.Message {
  /// The lines.
  public var lines: [Line]

  /// The message whose fields all have their default values.
  public init() {
    self.lines = []
  }

  /// A message with these values, and the default for what is not given.
  public init(
    lines: [Line] = []
  ) {
    self.lines = lines
  }

  /// The schema of the message.
  public static let messageDescriptor: RPCProtobuf.MessageDescriptor = {
    var c = Registry__V1__ListLinesResponse()
    registry__v1__list_lines_response__init(&c)
    return RPCProtobuf.MessageDescriptor(c.base.descriptor)
  }()

  /// Reads the unpacked C structure of the type; for the decoder alone.
  public init(structure: UnsafeRawPointer) {
    self.init(structure.assumingMemoryBound(to: Registry__V1__ListLinesResponse.self))
  }

  init(_ c: UnsafePointer<Registry__V1__ListLinesResponse>) {
    self.lines = StructureReader.messages(c.pointee.lines, c.pointee.n_lines) { Line($0) }
  }

  /// Fills an initialised C structure of the type; for the encoder alone.
  public func fill(structure: UnsafeMutableRawPointer, encoder: RPCProtobuf.MessageEncoder) {
    fill(structure.assumingMemoryBound(to: Registry__V1__ListLinesResponse.self), encoder)
  }

  func fill(_ c: UnsafeMutablePointer<Registry__V1__ListLinesResponse>, _ encoder: RPCProtobuf.MessageEncoder) {
    if let elements = encoder.messages(self.lines, registry__v1__line__init, { $0.fill($1, encoder) }) {
      c.pointee.n_lines = self.lines.count
      c.pointee.lines = elements
    }
  }
}

/// Asks to set quotas.
public struct SetQuotasRequest: RPCProtobuf.Message {
  /// Division, period, people, reason; 1 to 1000. All or none are set.
  public var quotas: [Quota]

  /// The message whose fields all have their default values.
  public init() {
    self.quotas = []
  }

  /// A message with these values, and the default for what is not given.
  public init(
    quotas: [Quota] = []
  ) {
    self.quotas = quotas
  }

  /// The schema of the message.
  public static let messageDescriptor: RPCProtobuf.MessageDescriptor = {
    var c = Registry__V1__SetQuotasRequest()
    registry__v1__set_quotas_request__init(&c)
    return RPCProtobuf.MessageDescriptor(c.base.descriptor)
  }()

  /// Reads the unpacked C structure of the type; for the decoder alone.
  public init(structure: UnsafeRawPointer) {
    self.init(structure.assumingMemoryBound(to: Registry__V1__SetQuotasRequest.self))
  }

  init(_ c: UnsafePointer<Registry__V1__SetQuotasRequest>) {
    self.quotas = StructureReader.messages(c.pointee.quotas, c.pointee.n_quotas) { Quota($0) }
  }

  /// Fills an initialised C structure of the type; for the encoder alone.
  public func fill(structure: UnsafeMutableRawPointer, encoder: RPCProtobuf.MessageEncoder) {
    fill(structure.assumingMemoryBound(to: Registry__V1__SetQuotasRequest.self), encoder)
  }

  func fill(_ c: UnsafeMutablePointer<Registry__V1__SetQuotasRequest>, _ encoder: RPCProtobuf.MessageEncoder) {
    if let elements = encoder.messages(self.quotas, registry__v1__quota__init, { $0.fill($1, encoder) }) {
      c.pointee.n_quotas = self.quotas.count
      c.pointee.quotas = elements
    }
  }
}

/// The quotas as they are now on record.
public struct SetQuotasResponse: RPCProtobuf.Message {
  /// In the order of the request.
  public var quotas: [Quota]

  /// The message whose fields all have their default values.
  public init() {
    self.quotas = []
  }

  /// A message with these values, and the default for what is not given.
  public init(
    quotas: [Quota] = []
  ) {
    self.quotas = quotas
  }

  /// The schema of the message.
  public static let messageDescriptor: RPCProtobuf.MessageDescriptor = {
    var c = Registry__V1__SetQuotasResponse()
    registry__v1__set_quotas_response__init(&c)
    return RPCProtobuf.MessageDescriptor(c.base.descriptor)
  }()

  /// Reads the unpacked C structure of the type; for the decoder alone.
  public init(structure: UnsafeRawPointer) {
    self.init(structure.assumingMemoryBound(to: Registry__V1__SetQuotasResponse.self))
  }

  init(_ c: UnsafePointer<Registry__V1__SetQuotasResponse>) {
    self.quotas = StructureReader.messages(c.pointee.quotas, c.pointee.n_quotas) { Quota($0) }
  }

  /// Fills an initialised C structure of the type; for the encoder alone.
  public func fill(structure: UnsafeMutableRawPointer, encoder: RPCProtobuf.MessageEncoder) {
    fill(structure.assumingMemoryBound(to: Registry__V1__SetQuotasResponse.self), encoder)
  }

  func fill(_ c: UnsafeMutablePointer<Registry__V1__SetQuotasResponse>, _ encoder: RPCProtobuf.MessageEncoder) {
    if let elements = encoder.messages(self.quotas, registry__v1__quota__init, { $0.fill($1, encoder) }) {
      c.pointee.n_quotas = self.quotas.count
      c.pointee.quotas = elements
    }
  }
}

/// Asks for quotas and what counts against them.
public struct ListQuotasRequest: RPCProtobuf.Message {
  /// The division; empty for the caller's own.
  public var division: String

  /// The year; 0 for the present one.
  public var period: UInt32

  /// Also each division directly below.
  public var breakdown: Bool

  /// The message whose fields all have their default values.
  public init() {
    self.division = ""
    self.period = 0
    self.breakdown = false
  }

  /// A message with these values, and the default for what is not given.
  public init(
    division: String = "",
    period: UInt32 = 0,
    breakdown: Bool = false
  ) {
    self.division = division
    self.period = period
    self.breakdown = breakdown
  }

  /// The schema of the message.
  public static let messageDescriptor: RPCProtobuf.MessageDescriptor = {
    var c = Registry__V1__ListQuotasRequest()
    registry__v1__list_quotas_request__init(&c)
    return RPCProtobuf.MessageDescriptor(c.base.descriptor)
  }()

  /// Reads the unpacked C structure of the type; for the decoder alone.
  public init(structure: UnsafeRawPointer) {
    self.init(structure.assumingMemoryBound(to: Registry__V1__ListQuotasRequest.self))
  }

  init(_ c: UnsafePointer<Registry__V1__ListQuotasRequest>) {
    self.division = StructureReader.string(c.pointee.division)
    self.period = c.pointee.period
    self.breakdown = c.pointee.breakdown != 0
  }

  /// Fills an initialised C structure of the type; for the encoder alone.
  public func fill(structure: UnsafeMutableRawPointer, encoder: RPCProtobuf.MessageEncoder) {
    fill(structure.assumingMemoryBound(to: Registry__V1__ListQuotasRequest.self), encoder)
  }

  func fill(_ c: UnsafeMutablePointer<Registry__V1__ListQuotasRequest>, _ encoder: RPCProtobuf.MessageEncoder) {
    c.pointee.division = encoder.string(self.division, "ListQuotasRequest.division")
    c.pointee.period = self.period
    c.pointee.breakdown = self.breakdown ? 1 : 0
  }
}

/// Quotas: the division first, then those below in the order of their codes.
public struct ListQuotasResponse: RPCProtobuf.Message {
  /// The quotas.
  public var quotas: [QuotaUse]

  /// The period.
  public var period: UInt32

  /// The message whose fields all have their default values.
  public init() {
    self.quotas = []
    self.period = 0
  }

  /// A message with these values, and the default for what is not given.
  public init(
    quotas: [QuotaUse] = [],
    period: UInt32 = 0
  ) {
    self.quotas = quotas
    self.period = period
  }

  /// The schema of the message.
  public static let messageDescriptor: RPCProtobuf.MessageDescriptor = {
    var c = Registry__V1__ListQuotasResponse()
    registry__v1__list_quotas_response__init(&c)
    return RPCProtobuf.MessageDescriptor(c.base.descriptor)
  }()

  /// Reads the unpacked C structure of the type; for the decoder alone.
  public init(structure: UnsafeRawPointer) {
    self.init(structure.assumingMemoryBound(to: Registry__V1__ListQuotasResponse.self))
  }

  init(_ c: UnsafePointer<Registry__V1__ListQuotasResponse>) {
    self.quotas = StructureReader.messages(c.pointee.quotas, c.pointee.n_quotas) { QuotaUse($0) }
    self.period = c.pointee.period
  }

  /// Fills an initialised C structure of the type; for the encoder alone.
  public func fill(structure: UnsafeMutableRawPointer, encoder: RPCProtobuf.MessageEncoder) {
    fill(structure.assumingMemoryBound(to: Registry__V1__ListQuotasResponse.self), encoder)
  }

  func fill(_ c: UnsafeMutablePointer<Registry__V1__ListQuotasResponse>, _ encoder: RPCProtobuf.MessageEncoder) {
    if let elements = encoder.messages(self.quotas, registry__v1__quota_use__init, { $0.fill($1, encoder) }) {
      c.pointee.n_quotas = self.quotas.count
      c.pointee.quotas = elements
    }
    c.pointee.period = self.period
  }
}

/// The methods of `registry.v1.PolicyService`.
public enum PolicyMethods {
  /// `SetPolicy`.
  public static let setPolicy = RPCCore.MethodDescriptor(
    service: "registry.v1.PolicyService", method: "SetPolicy",
    kind: .unary)
  /// `ListPolicy`.
  public static let listPolicy = RPCCore.MethodDescriptor(
    service: "registry.v1.PolicyService", method: "ListPolicy",
    kind: .unary, isReadOnly: true)
  /// `SetPovertyLine`.
  public static let setPovertyLine = RPCCore.MethodDescriptor(
    service: "registry.v1.PolicyService", method: "SetPovertyLine",
    kind: .unary)
  /// `SetDibaoStandard`.
  public static let setDibaoStandard = RPCCore.MethodDescriptor(
    service: "registry.v1.PolicyService", method: "SetDibaoStandard",
    kind: .unary)
  /// `ListLines`.
  public static let listLines = RPCCore.MethodDescriptor(
    service: "registry.v1.PolicyService", method: "ListLines",
    kind: .unary, isReadOnly: true)
  /// `SetCodes`.
  public static let setCodes = RPCCore.MethodDescriptor(
    service: "registry.v1.PolicyService", method: "SetCodes",
    kind: .unary)
  /// `ListCodes`.
  public static let listCodes = RPCCore.MethodDescriptor(
    service: "registry.v1.PolicyService", method: "ListCodes",
    kind: .unary, isReadOnly: true)
  /// `SetQuotas`.
  public static let setQuotas = RPCCore.MethodDescriptor(
    service: "registry.v1.PolicyService", method: "SetQuotas",
    kind: .unary)
  /// `ListQuotas`.
  public static let listQuotas = RPCCore.MethodDescriptor(
    service: "registry.v1.PolicyService", method: "ListQuotas",
    kind: .unary, isReadOnly: true)
  /// All of them, in the order of the schema.
  public static let all: [RPCCore.MethodDescriptor] = [
    setPolicy,
    listPolicy,
    setPovertyLine,
    setDibaoStandard,
    listLines,
    setCodes,
    listCodes,
    setQuotas,
    listQuotas,
  ]
}

/// Sets and tells what the procedure is measured by.
public protocol PolicyService: RPCCore.Service {
  /// Sets parameters of the procedure.
  func setPolicy(
    _ request: SetPolicyRequest, context: RPCCore.ServerContext
  ) async throws -> SetPolicyResponse
  /// Lists parameters.
  func listPolicy(
    _ request: ListPolicyRequest, context: RPCCore.ServerContext
  ) async throws -> ListPolicyResponse
  /// Sets a poverty line.
  func setPovertyLine(
    _ request: SetLineRequest, context: RPCCore.ServerContext
  ) async throws -> Line
  /// Sets a dibao standard.
  func setDibaoStandard(
    _ request: SetLineRequest, context: RPCCore.ServerContext
  ) async throws -> Line
  /// Lists lines and standards.
  func listLines(
    _ request: ListLinesRequest, context: RPCCore.ServerContext
  ) async throws -> ListLinesResponse
  /// Adds codes to the registry's own lists.
  func setCodes(
    _ request: SetCodesRequest, context: RPCCore.ServerContext
  ) async throws -> SetCodesResponse
  /// Lists codes that were added.
  func listCodes(
    _ request: ListCodesRequest, context: RPCCore.ServerContext
  ) async throws -> ListCodesResponse
  /// Sets quotas of divisions directly below the caller's.
  func setQuotas(
    _ request: SetQuotasRequest, context: RPCCore.ServerContext
  ) async throws -> SetQuotasResponse
  /// Lists quotas and what counts against them.
  func listQuotas(
    _ request: ListQuotasRequest, context: RPCCore.ServerContext
  ) async throws -> ListQuotasResponse
}

extension PolicyService {
  /// Adds every method of the service to a router.
  public func register(in router: inout RPCCore.Router) {
    router.unary(PolicyMethods.setPolicy) {
      (request: SetPolicyRequest, context) async throws -> SetPolicyResponse in
      try await self.setPolicy(request, context: context)
    }
    router.unary(PolicyMethods.listPolicy) {
      (request: ListPolicyRequest, context) async throws -> ListPolicyResponse in
      try await self.listPolicy(request, context: context)
    }
    router.unary(PolicyMethods.setPovertyLine) {
      (request: SetLineRequest, context) async throws -> Line in
      try await self.setPovertyLine(request, context: context)
    }
    router.unary(PolicyMethods.setDibaoStandard) {
      (request: SetLineRequest, context) async throws -> Line in
      try await self.setDibaoStandard(request, context: context)
    }
    router.unary(PolicyMethods.listLines) {
      (request: ListLinesRequest, context) async throws -> ListLinesResponse in
      try await self.listLines(request, context: context)
    }
    router.unary(PolicyMethods.setCodes) {
      (request: SetCodesRequest, context) async throws -> SetCodesResponse in
      try await self.setCodes(request, context: context)
    }
    router.unary(PolicyMethods.listCodes) {
      (request: ListCodesRequest, context) async throws -> ListCodesResponse in
      try await self.listCodes(request, context: context)
    }
    router.unary(PolicyMethods.setQuotas) {
      (request: SetQuotasRequest, context) async throws -> SetQuotasResponse in
      try await self.setQuotas(request, context: context)
    }
    router.unary(PolicyMethods.listQuotas) {
      (request: ListQuotasRequest, context) async throws -> ListQuotasResponse in
      try await self.listQuotas(request, context: context)
    }
  }
}

/// Sets and tells what the procedure is measured by.
public struct PolicyClient: Sendable {
  /// What carries the calls.
  public let channel: any RPCCore.Channel

  /// Calls the service over a channel.
  public init(_ channel: any RPCCore.Channel) { self.channel = channel }

  /// Sets parameters of the procedure.
  public func setPolicy(
    _ request: SetPolicyRequest, options: RPCCore.CallOptions = RPCCore.CallOptions()
  ) async throws -> SetPolicyResponse {
    try await channel.unary(
      PolicyMethods.setPolicy, request, returning: SetPolicyResponse.self,
      options: options)
  }

  /// Lists parameters.
  public func listPolicy(
    _ request: ListPolicyRequest, options: RPCCore.CallOptions = RPCCore.CallOptions()
  ) async throws -> ListPolicyResponse {
    try await channel.unary(
      PolicyMethods.listPolicy, request, returning: ListPolicyResponse.self,
      options: options)
  }

  /// Sets a poverty line.
  public func setPovertyLine(
    _ request: SetLineRequest, options: RPCCore.CallOptions = RPCCore.CallOptions()
  ) async throws -> Line {
    try await channel.unary(
      PolicyMethods.setPovertyLine, request, returning: Line.self,
      options: options)
  }

  /// Sets a dibao standard.
  public func setDibaoStandard(
    _ request: SetLineRequest, options: RPCCore.CallOptions = RPCCore.CallOptions()
  ) async throws -> Line {
    try await channel.unary(
      PolicyMethods.setDibaoStandard, request, returning: Line.self,
      options: options)
  }

  /// Lists lines and standards.
  public func listLines(
    _ request: ListLinesRequest, options: RPCCore.CallOptions = RPCCore.CallOptions()
  ) async throws -> ListLinesResponse {
    try await channel.unary(
      PolicyMethods.listLines, request, returning: ListLinesResponse.self,
      options: options)
  }

  /// Adds codes to the registry's own lists.
  public func setCodes(
    _ request: SetCodesRequest, options: RPCCore.CallOptions = RPCCore.CallOptions()
  ) async throws -> SetCodesResponse {
    try await channel.unary(
      PolicyMethods.setCodes, request, returning: SetCodesResponse.self,
      options: options)
  }

  /// Lists codes that were added.
  public func listCodes(
    _ request: ListCodesRequest, options: RPCCore.CallOptions = RPCCore.CallOptions()
  ) async throws -> ListCodesResponse {
    try await channel.unary(
      PolicyMethods.listCodes, request, returning: ListCodesResponse.self,
      options: options)
  }

  /// Sets quotas of divisions directly below the caller's.
  public func setQuotas(
    _ request: SetQuotasRequest, options: RPCCore.CallOptions = RPCCore.CallOptions()
  ) async throws -> SetQuotasResponse {
    try await channel.unary(
      PolicyMethods.setQuotas, request, returning: SetQuotasResponse.self,
      options: options)
  }

  /// Lists quotas and what counts against them.
  public func listQuotas(
    _ request: ListQuotasRequest, options: RPCCore.CallOptions = RPCCore.CallOptions()
  ) async throws -> ListQuotasResponse {
    try await channel.unary(
      PolicyMethods.listQuotas, request, returning: ListQuotasResponse.self,
      options: options)
  }
}
