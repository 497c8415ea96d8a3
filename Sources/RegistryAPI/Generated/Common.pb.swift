// swift-format-ignore-file
// Generated from registry/v1/common.proto by protoc-gen-registry-swift.
// Do not edit: run tools/generate

internal import CRegistryAPI
internal import CProtobufC
public import RPCProtobuf

/// An answer on a form.
public struct Answer: RPCProtobuf.MessageEnum {
  /// The number on the wire.
  public let rawValue: Int32
  /// Keeps any number.
  public init(rawValue: Int32) { self.rawValue = rawValue }

  /// Not recorded.
  public static let unspecified = Answer(rawValue: 0)

  /// Yes (是).
  public static let yes = Answer(rawValue: 1)

  /// No (否).
  public static let no = Answer(rawValue: 2)

  /// The values that the schema names, by number.
  public static let allKnown: [Answer] = [
    .unspecified,
    .yes,
    .no,
  ]

  /// The value's name in the schema, or its number in digits when it has none.
  public var name: String {
    switch rawValue {
    case 0: "ANSWER_UNSPECIFIED"
    case 1: "ANSWER_YES"
    case 2: "ANSWER_NO"
    default: String(rawValue)
    }
  }
}

/// The category of a household, derived from the decisions of the two offices, never typed in.
public struct Category: RPCProtobuf.MessageEnum {
  /// The number on the wire.
  public let rawValue: Int32
  /// Keeps any number.
  public init(rawValue: Int32) { self.rawValue = rawValue }

  /// No office has the household on its list.
  public static let unspecified = Category(rawValue: 0)

  /// Poverty-alleviation object (扶贫户): on the poverty office's list alone.
  public static let povertyObject = Category(rawValue: 1)

  /// Minimum living security (低保户): on civil affairs' list alone.
  public static let dibao = Category(rawValue: 2)

  /// On both lists (扶贫低保户).
  public static let both = Category(rawValue: 3)

  /// Five-guarantee (五保户), which excludes the rest.
  public static let fiveGuarantee = Category(rawValue: 4)

  /// The values that the schema names, by number.
  public static let allKnown: [Category] = [
    .unspecified,
    .povertyObject,
    .dibao,
    .both,
    .fiveGuarantee,
  ]

  /// The value's name in the schema, or its number in digits when it has none.
  public var name: String {
    switch rawValue {
    case 0: "CATEGORY_UNSPECIFIED"
    case 1: "CATEGORY_POVERTY_OBJECT"
    case 2: "CATEGORY_DIBAO"
    case 3: "CATEGORY_BOTH"
    case 4: "CATEGORY_FIVE_GUARANTEE"
    default: String(rawValue)
    }
  }
}

/// The groups of fields that offices see or do not see together.
public struct DisclosureClass: RPCProtobuf.MessageEnum {
  /// The number on the wire.
  public let rawValue: Int32
  /// Keeps any number.
  public init(rawValue: Int32) { self.rawValue = rawValue }

  /// No class.
  public static let unspecified = DisclosureClass(rawValue: 0)

  /// Names, ID numbers, sex, birth, relations, ethnic group.
  public static let identity = DisclosureClass(rawValue: 1)

  /// Telephone and street address.
  public static let contact = DisclosureClass(rawValue: 2)

  /// Bank and account number.
  public static let account = DisclosureClass(rawValue: 3)

  /// Income, its sources, production cost.
  public static let income = DisclosureClass(rawValue: 4)

  /// Health and disability.
  public static let health = DisclosureClass(rawValue: 5)

  /// Education and schooling.
  public static let schooling = DisclosureClass(rawValue: 6)

  /// Labour capacity and work away.
  public static let labour = DisclosureClass(rawValue: 7)

  /// Insurance, pension, dibao, five-guarantee.
  public static let security = DisclosureClass(rawValue: 8)

  /// Dwelling, water, electricity, reception, fuel, road.
  public static let dwelling = DisclosureClass(rawValue: 9)

  /// Land and organisations.
  public static let production = DisclosureClass(rawValue: 10)

  /// Category, causes, standard of identification.
  public static let classification = DisclosureClass(rawValue: 11)

  /// Needs, plans, responsible cadre.
  public static let support = DisclosureClass(rawValue: 12)

  /// The values that the schema names, by number.
  public static let allKnown: [DisclosureClass] = [
    .unspecified,
    .identity,
    .contact,
    .account,
    .income,
    .health,
    .schooling,
    .labour,
    .security,
    .dwelling,
    .production,
    .classification,
    .support,
  ]

  /// The value's name in the schema, or its number in digits when it has none.
  public var name: String {
    switch rawValue {
    case 0: "DISCLOSURE_CLASS_UNSPECIFIED"
    case 1: "DISCLOSURE_CLASS_IDENTITY"
    case 2: "DISCLOSURE_CLASS_CONTACT"
    case 3: "DISCLOSURE_CLASS_ACCOUNT"
    case 4: "DISCLOSURE_CLASS_INCOME"
    case 5: "DISCLOSURE_CLASS_HEALTH"
    case 6: "DISCLOSURE_CLASS_SCHOOLING"
    case 7: "DISCLOSURE_CLASS_LABOUR"
    case 8: "DISCLOSURE_CLASS_SECURITY"
    case 9: "DISCLOSURE_CLASS_DWELLING"
    case 10: "DISCLOSURE_CLASS_PRODUCTION"
    case 11: "DISCLOSURE_CLASS_CLASSIFICATION"
    case 12: "DISCLOSURE_CLASS_SUPPORT"
    default: String(rawValue)
    }
  }
}

/// An amount of money.
public struct Money: RPCProtobuf.Message {
  /// Fen, 1/100 yuan. Negative only where a field says so.
  public var fen: Int64

  /// The message whose fields all have their default values.
  public init() {
    self.fen = 0
  }

  /// A message with these values, and the default for what is not given.
  public init(
    fen: Int64 = 0
  ) {
    self.fen = fen
  }

  /// The schema of the message.
  public static let messageDescriptor: RPCProtobuf.MessageDescriptor = {
    var c = Registry__V1__Money()
    registry__v1__money__init(&c)
    return RPCProtobuf.MessageDescriptor(c.base.descriptor)
  }()

  /// Reads the unpacked C structure of the type; for the decoder alone.
  public init(structure: UnsafeRawPointer) {
    self.init(structure.assumingMemoryBound(to: Registry__V1__Money.self))
  }

  init(_ c: UnsafePointer<Registry__V1__Money>) {
    self.fen = c.pointee.fen
  }

  /// Fills an initialised C structure of the type; for the encoder alone.
  public func fill(structure: UnsafeMutableRawPointer, encoder: RPCProtobuf.MessageEncoder) {
    fill(structure.assumingMemoryBound(to: Registry__V1__Money.self), encoder)
  }

  func fill(_ c: UnsafeMutablePointer<Registry__V1__Money>, _ encoder: RPCProtobuf.MessageEncoder) {
    c.pointee.fen = self.fen
  }

  /// A value of its own of what a view looks at.
  public init(_ view: borrowing View) { self.init(view._c) }

  /// A `Money` where it lies unpacked; valid only while it is lent.
  public struct View: RPCProtobuf.MessageView, ~Escapable {
    /// The message that is looked at.
    public typealias ViewedMessage = Money
    private let _structure: RPCProtobuf.LentStructure
    /// Looks at the unpacked C structure of the type; for the decoder alone.
    @_lifetime(copy structure)
    public init(_ structure: RPCProtobuf.LentStructure) { _structure = structure }
    fileprivate var _c: UnsafePointer<Registry__V1__Money> {
      _structure.pointer.assumingMemoryBound(to: Registry__V1__Money.self)
    }
    /// Fen, 1/100 yuan. Negative only where a field says so.
    public var fen: Int64 {
      return _c.pointee.fen
    }
  }
}

/// A whole quantity whose unit the field names; its absence says that nobody recorded it.
public struct Quantity: RPCProtobuf.Message {
  /// The number of units.
  public var value: Int64

  /// The message whose fields all have their default values.
  public init() {
    self.value = 0
  }

  /// A message with these values, and the default for what is not given.
  public init(
    value: Int64 = 0
  ) {
    self.value = value
  }

  /// The schema of the message.
  public static let messageDescriptor: RPCProtobuf.MessageDescriptor = {
    var c = Registry__V1__Quantity()
    registry__v1__quantity__init(&c)
    return RPCProtobuf.MessageDescriptor(c.base.descriptor)
  }()

  /// Reads the unpacked C structure of the type; for the decoder alone.
  public init(structure: UnsafeRawPointer) {
    self.init(structure.assumingMemoryBound(to: Registry__V1__Quantity.self))
  }

  init(_ c: UnsafePointer<Registry__V1__Quantity>) {
    self.value = c.pointee.value
  }

  /// Fills an initialised C structure of the type; for the encoder alone.
  public func fill(structure: UnsafeMutableRawPointer, encoder: RPCProtobuf.MessageEncoder) {
    fill(structure.assumingMemoryBound(to: Registry__V1__Quantity.self), encoder)
  }

  func fill(_ c: UnsafeMutablePointer<Registry__V1__Quantity>, _ encoder: RPCProtobuf.MessageEncoder) {
    c.pointee.value = self.value
  }

  /// A value of its own of what a view looks at.
  public init(_ view: borrowing View) { self.init(view._c) }

  /// A `Quantity` where it lies unpacked; valid only while it is lent.
  public struct View: RPCProtobuf.MessageView, ~Escapable {
    /// The message that is looked at.
    public typealias ViewedMessage = Quantity
    private let _structure: RPCProtobuf.LentStructure
    /// Looks at the unpacked C structure of the type; for the decoder alone.
    @_lifetime(copy structure)
    public init(_ structure: RPCProtobuf.LentStructure) { _structure = structure }
    fileprivate var _c: UnsafePointer<Registry__V1__Quantity> {
      _structure.pointer.assumingMemoryBound(to: Registry__V1__Quantity.self)
    }
    /// The number of units.
    public var value: Int64 {
      return _c.pointee.value
    }
  }
}

/// One rule that a request breaks.
public struct Violation: RPCProtobuf.Message {
  /// The row of the file, 1 being the first below the headings; 0 outside files.
  public var row: UInt32

  /// The member in the household, from 1; 0 for the household itself.
  public var member: UInt32

  /// The path of the field, such as `members.identity.citizen_id`.
  public var field: String

  /// The rule's stable name, such as `id.check-digit`.
  public var rule: String

  /// The rule in English, without personal data.
  public var messageEn: String

  /// The rule in Chinese, without personal data.
  public var messageZh: String

  /// The message whose fields all have their default values.
  public init() {
    self.row = 0
    self.member = 0
    self.field = ""
    self.rule = ""
    self.messageEn = ""
    self.messageZh = ""
  }

  /// A message with these values, and the default for what is not given.
  public init(
    row: UInt32 = 0,
    member: UInt32 = 0,
    field: String = "",
    rule: String = "",
    messageEn: String = "",
    messageZh: String = ""
  ) {
    self.row = row
    self.member = member
    self.field = field
    self.rule = rule
    self.messageEn = messageEn
    self.messageZh = messageZh
  }

  /// The schema of the message.
  public static let messageDescriptor: RPCProtobuf.MessageDescriptor = {
    var c = Registry__V1__Violation()
    registry__v1__violation__init(&c)
    return RPCProtobuf.MessageDescriptor(c.base.descriptor)
  }()

  /// Reads the unpacked C structure of the type; for the decoder alone.
  public init(structure: UnsafeRawPointer) {
    self.init(structure.assumingMemoryBound(to: Registry__V1__Violation.self))
  }

  init(_ c: UnsafePointer<Registry__V1__Violation>) {
    self.row = c.pointee.row
    self.member = c.pointee.member
    self.field = StructureReader.string(c.pointee.field)
    self.rule = StructureReader.string(c.pointee.rule)
    self.messageEn = StructureReader.string(c.pointee.message_en)
    self.messageZh = StructureReader.string(c.pointee.message_zh)
  }

  /// Fills an initialised C structure of the type; for the encoder alone.
  public func fill(structure: UnsafeMutableRawPointer, encoder: RPCProtobuf.MessageEncoder) {
    fill(structure.assumingMemoryBound(to: Registry__V1__Violation.self), encoder)
  }

  func fill(_ c: UnsafeMutablePointer<Registry__V1__Violation>, _ encoder: RPCProtobuf.MessageEncoder) {
    c.pointee.row = self.row
    c.pointee.member = self.member
    c.pointee.field = encoder.string(self.field, "Violation.field")
    c.pointee.rule = encoder.string(self.rule, "Violation.rule")
    c.pointee.message_en = encoder.string(self.messageEn, "Violation.message_en")
    c.pointee.message_zh = encoder.string(self.messageZh, "Violation.message_zh")
  }
}

/// A field that two versions of a household hold differently.
public struct FieldDifference: RPCProtobuf.Message {
  /// The path of the field.
  public var field: String

  /// Whether the version that the caller started from and the current one differ here.
  public var changedMeanwhile: Bool

  /// Whether the request would change it.
  public var changedByRequest: Bool

  /// The message whose fields all have their default values.
  public init() {
    self.field = ""
    self.changedMeanwhile = false
    self.changedByRequest = false
  }

  /// A message with these values, and the default for what is not given.
  public init(
    field: String = "",
    changedMeanwhile: Bool = false,
    changedByRequest: Bool = false
  ) {
    self.field = field
    self.changedMeanwhile = changedMeanwhile
    self.changedByRequest = changedByRequest
  }

  /// The schema of the message.
  public static let messageDescriptor: RPCProtobuf.MessageDescriptor = {
    var c = Registry__V1__FieldDifference()
    registry__v1__field_difference__init(&c)
    return RPCProtobuf.MessageDescriptor(c.base.descriptor)
  }()

  /// Reads the unpacked C structure of the type; for the decoder alone.
  public init(structure: UnsafeRawPointer) {
    self.init(structure.assumingMemoryBound(to: Registry__V1__FieldDifference.self))
  }

  init(_ c: UnsafePointer<Registry__V1__FieldDifference>) {
    self.field = StructureReader.string(c.pointee.field)
    self.changedMeanwhile = c.pointee.changed_meanwhile != 0
    self.changedByRequest = c.pointee.changed_by_request != 0
  }

  /// Fills an initialised C structure of the type; for the encoder alone.
  public func fill(structure: UnsafeMutableRawPointer, encoder: RPCProtobuf.MessageEncoder) {
    fill(structure.assumingMemoryBound(to: Registry__V1__FieldDifference.self), encoder)
  }

  func fill(_ c: UnsafeMutablePointer<Registry__V1__FieldDifference>, _ encoder: RPCProtobuf.MessageEncoder) {
    c.pointee.field = encoder.string(self.field, "FieldDifference.field")
    c.pointee.changed_meanwhile = self.changedMeanwhile ? 1 : 0
    c.pointee.changed_by_request = self.changedByRequest ? 1 : 0
  }
}

/// A request made from a version that is no longer current.
public struct VersionConflict: RPCProtobuf.Message {
  /// The version that the request names.
  public var baseVersion: UInt64

  /// The version on record.
  public var currentVersion: UInt64

  /// The fields concerned.
  public var fields: [FieldDifference]

  /// The message whose fields all have their default values.
  public init() {
    self.baseVersion = 0
    self.currentVersion = 0
    self.fields = []
  }

  /// A message with these values, and the default for what is not given.
  public init(
    baseVersion: UInt64 = 0,
    currentVersion: UInt64 = 0,
    fields: [FieldDifference] = []
  ) {
    self.baseVersion = baseVersion
    self.currentVersion = currentVersion
    self.fields = fields
  }

  /// The schema of the message.
  public static let messageDescriptor: RPCProtobuf.MessageDescriptor = {
    var c = Registry__V1__VersionConflict()
    registry__v1__version_conflict__init(&c)
    return RPCProtobuf.MessageDescriptor(c.base.descriptor)
  }()

  /// Reads the unpacked C structure of the type; for the decoder alone.
  public init(structure: UnsafeRawPointer) {
    self.init(structure.assumingMemoryBound(to: Registry__V1__VersionConflict.self))
  }

  init(_ c: UnsafePointer<Registry__V1__VersionConflict>) {
    self.baseVersion = c.pointee.base_version
    self.currentVersion = c.pointee.current_version
    self.fields = StructureReader.messages(c.pointee.fields, c.pointee.n_fields) { FieldDifference($0) }
  }

  /// Fills an initialised C structure of the type; for the encoder alone.
  public func fill(structure: UnsafeMutableRawPointer, encoder: RPCProtobuf.MessageEncoder) {
    fill(structure.assumingMemoryBound(to: Registry__V1__VersionConflict.self), encoder)
  }

  func fill(_ c: UnsafeMutablePointer<Registry__V1__VersionConflict>, _ encoder: RPCProtobuf.MessageEncoder) {
    c.pointee.base_version = self.baseVersion
    c.pointee.current_version = self.currentVersion
    if let elements = encoder.messages(self.fields, registry__v1__field_difference__init, { $0.fill($1, encoder) }) {
      c.pointee.n_fields = self.fields.count
      c.pointee.fields = elements
    }
  }
}

/// The details of a failed call's status.
public struct ErrorDetails: RPCProtobuf.Message {
  /// The rules broken, in the order of the request.
  public var violations: [Violation]

  /// Set when a base version is stale.
  public var conflict: VersionConflict?

  /// The rule of the authorisation table that refuses, such as `office.operation`; else empty.
  public var refusedBy: String

  /// The status's words in Chinese, without personal data; empty where only English ones exist.
  public var messageZh: String

  /// The message whose fields all have their default values.
  public init() {
    self.violations = []
    self.conflict = nil
    self.refusedBy = ""
    self.messageZh = ""
  }

  /// A message with these values, and the default for what is not given.
  public init(
    violations: [Violation] = [],
    conflict: VersionConflict? = nil,
    refusedBy: String = "",
    messageZh: String = ""
  ) {
    self.violations = violations
    self.conflict = conflict
    self.refusedBy = refusedBy
    self.messageZh = messageZh
  }

  /// The schema of the message.
  public static let messageDescriptor: RPCProtobuf.MessageDescriptor = {
    var c = Registry__V1__ErrorDetails()
    registry__v1__error_details__init(&c)
    return RPCProtobuf.MessageDescriptor(c.base.descriptor)
  }()

  /// Reads the unpacked C structure of the type; for the decoder alone.
  public init(structure: UnsafeRawPointer) {
    self.init(structure.assumingMemoryBound(to: Registry__V1__ErrorDetails.self))
  }

  init(_ c: UnsafePointer<Registry__V1__ErrorDetails>) {
    self.violations = StructureReader.messages(c.pointee.violations, c.pointee.n_violations) { Violation($0) }
    self.conflict = c.pointee.conflict.map { VersionConflict(UnsafePointer($0)) }
    self.refusedBy = StructureReader.string(c.pointee.refused_by)
    self.messageZh = StructureReader.string(c.pointee.message_zh)
  }

  /// Fills an initialised C structure of the type; for the encoder alone.
  public func fill(structure: UnsafeMutableRawPointer, encoder: RPCProtobuf.MessageEncoder) {
    fill(structure.assumingMemoryBound(to: Registry__V1__ErrorDetails.self), encoder)
  }

  func fill(_ c: UnsafeMutablePointer<Registry__V1__ErrorDetails>, _ encoder: RPCProtobuf.MessageEncoder) {
    if let elements = encoder.messages(self.violations, registry__v1__violation__init, { $0.fill($1, encoder) }) {
      c.pointee.n_violations = self.violations.count
      c.pointee.violations = elements
    }
    if let value = self.conflict {
      c.pointee.conflict = encoder.message(registry__v1__version_conflict__init) { value.fill($0, encoder) }
    }
    c.pointee.refused_by = encoder.string(self.refusedBy, "ErrorDetails.refused_by")
    c.pointee.message_zh = encoder.string(self.messageZh, "ErrorDetails.message_zh")
  }
}
