// swift-format-ignore-file
// Generated from registry/v1/household.proto by protoc-gen-registry-swift.
// Do not edit: run tools/generate

internal import CRegistryAPI
internal import CProtobufC
public import RPCProtobuf

/// Where a file stands in its life.
public struct HouseholdStatus: RPCProtobuf.MessageEnum {
  /// The number on the wire.
  public let rawValue: Int32
  /// Keeps any number.
  public init(rawValue: Int32) { self.rawValue = rawValue }

  /// Not given.
  public static let unspecified = HouseholdStatus(rawValue: 0)

  /// Registered: the file exists and counts in reports.
  public static let registered = HouseholdStatus(rawValue: 1)

  /// Exited: out of poverty, moved away, died out; kept for its history.
  public static let exited = HouseholdStatus(rawValue: 2)

  /// The values that the schema names, by number.
  public static let allKnown: [HouseholdStatus] = [
    .unspecified,
    .registered,
    .exited,
  ]

  /// The value's name in the schema, or its number in digits when it has none.
  public var name: String {
    switch rawValue {
    case 0: "HOUSEHOLD_STATUS_UNSPECIFIED"
    case 1: "HOUSEHOLD_STATUS_REGISTERED"
    case 2: "HOUSEHOLD_STATUS_EXITED"
    default: String(rawValue)
    }
  }
}

/// The poverty office's decision for its own list.
public struct PovertyDecision: RPCProtobuf.MessageEnum {
  /// The number on the wire.
  public let rawValue: Int32
  /// Keeps any number.
  public init(rawValue: Int32) { self.rawValue = rawValue }

  /// Not decided.
  public static let unspecified = PovertyDecision(rawValue: 0)

  /// Under the poverty line, able and willing to work (扶贫对象).
  public static let object = PovertyDecision(rawValue: 1)

  /// Not on the list.
  public static let refused = PovertyDecision(rawValue: 2)

  /// The values that the schema names, by number.
  public static let allKnown: [PovertyDecision] = [
    .unspecified,
    .object,
    .refused,
  ]

  /// The value's name in the schema, or its number in digits when it has none.
  public var name: String {
    switch rawValue {
    case 0: "POVERTY_DECISION_UNSPECIFIED"
    case 1: "POVERTY_DECISION_OBJECT"
    case 2: "POVERTY_DECISION_REFUSED"
    default: String(rawValue)
    }
  }
}

/// Civil affairs' decision for its own list.
public struct SecurityDecision: RPCProtobuf.MessageEnum {
  /// The number on the wire.
  public let rawValue: Int32
  /// Keeps any number.
  public init(rawValue: Int32) { self.rawValue = rawValue }

  /// Not decided.
  public static let unspecified = SecurityDecision(rawValue: 0)

  /// Minimum living security (低保).
  public static let dibao = SecurityDecision(rawValue: 1)

  /// Five-guarantee (五保).
  public static let fiveGuarantee = SecurityDecision(rawValue: 2)

  /// Neither.
  public static let neither = SecurityDecision(rawValue: 3)

  /// The values that the schema names, by number.
  public static let allKnown: [SecurityDecision] = [
    .unspecified,
    .dibao,
    .fiveGuarantee,
    .neither,
  ]

  /// The value's name in the schema, or its number in digits when it has none.
  public var name: String {
    switch rawValue {
    case 0: "SECURITY_DECISION_UNSPECIFIED"
    case 1: "SECURITY_DECISION_DIBAO"
    case 2: "SECURITY_DECISION_FIVE_GUARANTEE"
    case 3: "SECURITY_DECISION_NEITHER"
    default: String(rawValue)
    }
  }
}

/// What kind of change made a version of a file.
public struct ChangeKind: RPCProtobuf.MessageEnum {
  /// The number on the wire.
  public let rawValue: Int32
  /// Keeps any number.
  public init(rawValue: Int32) { self.rawValue = rawValue }

  /// Not given: versions recorded before kinds were.
  public static let unspecified = ChangeKind(rawValue: 0)

  /// Registered at the end of the procedure.
  public static let registration = ChangeKind(rawValue: 1)

  /// Registered, or changed, by an import or by hand without the procedure.
  public static let entry = ChangeKind(rawValue: 2)

  /// A correction of what was recorded wrongly.
  public static let correction = ChangeKind(rawValue: 3)

  /// Yearly review: new income and circumstances.
  public static let review = ChangeKind(rawValue: 4)

  /// A member was born.
  public static let birth = ChangeKind(rawValue: 5)

  /// A member died.
  public static let death = ChangeKind(rawValue: 6)

  /// A member married into the household or out of it.
  public static let marriage = ChangeKind(rawValue: 7)

  /// Members left for a household of their own, or this is that household.
  public static let split = ChangeKind(rawValue: 8)

  /// Another household joined this one, or this one joined another.
  public static let merge = ChangeKind(rawValue: 9)

  /// The household moved to another village of the county.
  public static let move = ChangeKind(rawValue: 10)

  /// The household moves to another county: handed over.
  public static let handOver = ChangeKind(rawValue: 11)

  /// An office changed its decision for its own list.
  public static let category = ChangeKind(rawValue: 12)

  /// The household left the register.
  public static let exit = ChangeKind(rawValue: 13)

  /// The household came back to the register (返贫), by a new application.
  public static let reEntry = ChangeKind(rawValue: 14)

  /// The values that the schema names, by number.
  public static let allKnown: [ChangeKind] = [
    .unspecified,
    .registration,
    .entry,
    .correction,
    .review,
    .birth,
    .death,
    .marriage,
    .split,
    .merge,
    .move,
    .handOver,
    .category,
    .exit,
    .reEntry,
  ]

  /// The value's name in the schema, or its number in digits when it has none.
  public var name: String {
    switch rawValue {
    case 0: "CHANGE_KIND_UNSPECIFIED"
    case 1: "CHANGE_KIND_REGISTRATION"
    case 2: "CHANGE_KIND_ENTRY"
    case 3: "CHANGE_KIND_CORRECTION"
    case 4: "CHANGE_KIND_REVIEW"
    case 5: "CHANGE_KIND_BIRTH"
    case 6: "CHANGE_KIND_DEATH"
    case 7: "CHANGE_KIND_MARRIAGE"
    case 8: "CHANGE_KIND_SPLIT"
    case 9: "CHANGE_KIND_MERGE"
    case 10: "CHANGE_KIND_MOVE"
    case 11: "CHANGE_KIND_HAND_OVER"
    case 12: "CHANGE_KIND_CATEGORY"
    case 13: "CHANGE_KIND_EXIT"
    case 14: "CHANGE_KIND_RE_ENTRY"
    default: String(rawValue)
    }
  }
}

/// Why a version was made: shown to offices that see everything.
public struct ChangeNote: RPCProtobuf.Message {
  /// What kind of change it was.
  public var kind: ChangeKind

  /// Why, in words; at most 400 bytes.
  public var reason: String

  /// The id of the application behind a registration or re-entry; else empty.
  public var application: [UInt8]

  /// The id of the proposal that was taken; else empty.
  public var proposal: [UInt8]

  /// The id of the other household of a split or merge; else empty.
  public var otherHousehold: [UInt8]

  /// The message whose fields all have their default values.
  public init() {
    self.kind = ChangeKind(rawValue: 0)
    self.reason = ""
    self.application = []
    self.proposal = []
    self.otherHousehold = []
  }

  /// A message with these values, and the default for what is not given.
  public init(
    kind: ChangeKind = ChangeKind(rawValue: 0),
    reason: String = "",
    application: [UInt8] = [],
    proposal: [UInt8] = [],
    otherHousehold: [UInt8] = []
  ) {
    self.kind = kind
    self.reason = reason
    self.application = application
    self.proposal = proposal
    self.otherHousehold = otherHousehold
  }

  /// The schema of the message.
  public static let messageDescriptor: RPCProtobuf.MessageDescriptor = {
    var c = Registry__V1__ChangeNote()
    registry__v1__change_note__init(&c)
    return RPCProtobuf.MessageDescriptor(c.base.descriptor)
  }()

  /// Reads the unpacked C structure of the type; for the decoder alone.
  public init(structure: UnsafeRawPointer) {
    self.init(structure.assumingMemoryBound(to: Registry__V1__ChangeNote.self))
  }

  init(_ c: UnsafePointer<Registry__V1__ChangeNote>) {
    self.kind = ChangeKind(rawValue: Int32(truncatingIfNeeded: c.pointee.kind.rawValue))
    self.reason = StructureReader.string(c.pointee.reason)
    self.application = StructureReader.bytes(c.pointee.application.data, c.pointee.application.len)
    self.proposal = StructureReader.bytes(c.pointee.proposal.data, c.pointee.proposal.len)
    self.otherHousehold = StructureReader.bytes(c.pointee.other_household.data, c.pointee.other_household.len)
  }

  /// Fills an initialised C structure of the type; for the encoder alone.
  public func fill(structure: UnsafeMutableRawPointer, encoder: RPCProtobuf.MessageEncoder) {
    fill(structure.assumingMemoryBound(to: Registry__V1__ChangeNote.self), encoder)
  }

  func fill(_ c: UnsafeMutablePointer<Registry__V1__ChangeNote>, _ encoder: RPCProtobuf.MessageEncoder) {
    c.pointee.kind = .init(rawValue: .init(truncatingIfNeeded: self.kind.rawValue))
    c.pointee.reason = encoder.string(self.reason, "ChangeNote.reason")
    c.pointee.application = ProtobufCBinaryData(len: self.application.count, data: encoder.bytes(self.application))
    c.pointee.proposal = ProtobufCBinaryData(len: self.proposal.count, data: encoder.bytes(self.proposal))
    c.pointee.other_household = ProtobufCBinaryData(len: self.otherHousehold.count, data: encoder.bytes(self.otherHousehold))
  }

  /// A value of its own of what a view looks at.
  public init(_ view: borrowing View) { self.init(view._c) }

  /// A `ChangeNote` where it lies unpacked; valid only while it is lent.
  public struct View: RPCProtobuf.MessageView, ~Escapable {
    /// The message that is looked at.
    public typealias ViewedMessage = ChangeNote
    private let _structure: RPCProtobuf.LentStructure
    /// Looks at the unpacked C structure of the type; for the decoder alone.
    @_lifetime(copy structure)
    public init(_ structure: RPCProtobuf.LentStructure) { _structure = structure }
    fileprivate var _c: UnsafePointer<Registry__V1__ChangeNote> {
      _structure.pointer.assumingMemoryBound(to: Registry__V1__ChangeNote.self)
    }
    /// What kind of change it was.
    public var kind: ChangeKind {
      return ChangeKind(rawValue: Int32(truncatingIfNeeded: _c.pointee.kind.rawValue))
    }
    /// Why, in words; at most 400 bytes.
    public var reason: UTF8Span {
      @_lifetime(copy self)
      get {
        return _structure.text(_c.pointee.reason)
      }
    }
    /// The id of the application behind a registration or re-entry; else empty.
    public var application: Span<UInt8> {
      @_lifetime(copy self)
      get {
        return _structure.elements(_c.pointee.application.data, _c.pointee.application.len)
      }
    }
    /// The id of the proposal that was taken; else empty.
    public var proposal: Span<UInt8> {
      @_lifetime(copy self)
      get {
        return _structure.elements(_c.pointee.proposal.data, _c.pointee.proposal.len)
      }
    }
    /// The id of the other household of a split or merge; else empty.
    public var otherHousehold: Span<UInt8> {
      @_lifetime(copy self)
      get {
        return _structure.elements(_c.pointee.other_household.data, _c.pointee.other_household.len)
      }
    }
  }
}

/// How a household left the register (class CLASSIFICATION).
public struct Exit: RPCProtobuf.Message {
  /// Code list `ours: exit reason`.
  public var reason: UInt32

  /// The day on which it left, YYYYMMDD.
  public var day: Int32

  /// The code of the division that it moved to; else empty.
  public var destination: String

  /// The message whose fields all have their default values.
  public init() {
    self.reason = 0
    self.day = 0
    self.destination = ""
  }

  /// A message with these values, and the default for what is not given.
  public init(
    reason: UInt32 = 0,
    day: Int32 = 0,
    destination: String = ""
  ) {
    self.reason = reason
    self.day = day
    self.destination = destination
  }

  /// The schema of the message.
  public static let messageDescriptor: RPCProtobuf.MessageDescriptor = {
    var c = Registry__V1__Exit()
    registry__v1__exit__init(&c)
    return RPCProtobuf.MessageDescriptor(c.base.descriptor)
  }()

  /// Reads the unpacked C structure of the type; for the decoder alone.
  public init(structure: UnsafeRawPointer) {
    self.init(structure.assumingMemoryBound(to: Registry__V1__Exit.self))
  }

  init(_ c: UnsafePointer<Registry__V1__Exit>) {
    self.reason = c.pointee.reason
    self.day = c.pointee.day
    self.destination = StructureReader.string(c.pointee.destination)
  }

  /// Fills an initialised C structure of the type; for the encoder alone.
  public func fill(structure: UnsafeMutableRawPointer, encoder: RPCProtobuf.MessageEncoder) {
    fill(structure.assumingMemoryBound(to: Registry__V1__Exit.self), encoder)
  }

  func fill(_ c: UnsafeMutablePointer<Registry__V1__Exit>, _ encoder: RPCProtobuf.MessageEncoder) {
    c.pointee.reason = self.reason
    c.pointee.day = self.day
    c.pointee.destination = encoder.string(self.destination, "Exit.destination")
  }

  /// A value of its own of what a view looks at.
  public init(_ view: borrowing View) { self.init(view._c) }

  /// A `Exit` where it lies unpacked; valid only while it is lent.
  public struct View: RPCProtobuf.MessageView, ~Escapable {
    /// The message that is looked at.
    public typealias ViewedMessage = Exit
    private let _structure: RPCProtobuf.LentStructure
    /// Looks at the unpacked C structure of the type; for the decoder alone.
    @_lifetime(copy structure)
    public init(_ structure: RPCProtobuf.LentStructure) { _structure = structure }
    fileprivate var _c: UnsafePointer<Registry__V1__Exit> {
      _structure.pointer.assumingMemoryBound(to: Registry__V1__Exit.self)
    }
    /// Code list `ours: exit reason`.
    public var reason: UInt32 {
      return _c.pointee.reason
    }
    /// The day on which it left, YYYYMMDD.
    public var day: Int32 {
      return _c.pointee.day
    }
    /// The code of the division that it moved to; else empty.
    public var destination: UTF8Span {
      @_lifetime(copy self)
      get {
        return _structure.text(_c.pointee.destination)
      }
    }
  }
}

/// Where a household lives: shown with the file itself.
public struct Location: RPCProtobuf.Message {
  /// The village's twelve-digit code.
  public var village: String

  /// The village group (村民小组) by name; at most 60 bytes.
  public var group: String

  /// The message whose fields all have their default values.
  public init() {
    self.village = ""
    self.group = ""
  }

  /// A message with these values, and the default for what is not given.
  public init(
    village: String = "",
    group: String = ""
  ) {
    self.village = village
    self.group = group
  }

  /// The schema of the message.
  public static let messageDescriptor: RPCProtobuf.MessageDescriptor = {
    var c = Registry__V1__Location()
    registry__v1__location__init(&c)
    return RPCProtobuf.MessageDescriptor(c.base.descriptor)
  }()

  /// Reads the unpacked C structure of the type; for the decoder alone.
  public init(structure: UnsafeRawPointer) {
    self.init(structure.assumingMemoryBound(to: Registry__V1__Location.self))
  }

  init(_ c: UnsafePointer<Registry__V1__Location>) {
    self.village = StructureReader.string(c.pointee.village)
    self.group = StructureReader.string(c.pointee.group)
  }

  /// Fills an initialised C structure of the type; for the encoder alone.
  public func fill(structure: UnsafeMutableRawPointer, encoder: RPCProtobuf.MessageEncoder) {
    fill(structure.assumingMemoryBound(to: Registry__V1__Location.self), encoder)
  }

  func fill(_ c: UnsafeMutablePointer<Registry__V1__Location>, _ encoder: RPCProtobuf.MessageEncoder) {
    c.pointee.village = encoder.string(self.village, "Location.village")
    c.pointee.group = encoder.string(self.group, "Location.group")
  }

  /// A value of its own of what a view looks at.
  public init(_ view: borrowing View) { self.init(view._c) }

  /// A `Location` where it lies unpacked; valid only while it is lent.
  public struct View: RPCProtobuf.MessageView, ~Escapable {
    /// The message that is looked at.
    public typealias ViewedMessage = Location
    private let _structure: RPCProtobuf.LentStructure
    /// Looks at the unpacked C structure of the type; for the decoder alone.
    @_lifetime(copy structure)
    public init(_ structure: RPCProtobuf.LentStructure) { _structure = structure }
    fileprivate var _c: UnsafePointer<Registry__V1__Location> {
      _structure.pointer.assumingMemoryBound(to: Registry__V1__Location.self)
    }
    /// The village's twelve-digit code.
    public var village: UTF8Span {
      @_lifetime(copy self)
      get {
        return _structure.text(_c.pointee.village)
      }
    }
    /// The village group (村民小组) by name; at most 60 bytes.
    public var group: UTF8Span {
      @_lifetime(copy self)
      get {
        return _structure.text(_c.pointee.group)
      }
    }
  }
}

/// Category, causes and standard (class CLASSIFICATION). Schooling as a cause is shown with the class
/// SCHOOLING also where this class is withheld: it then stands alone, in the field that has it.
public struct Classification: RPCProtobuf.Message {
  /// The poverty office's decision.
  public var povertyDecision: PovertyDecision

  /// Civil affairs' decision.
  public var securityDecision: SecurityDecision

  /// Derived from the two decisions; ignored in requests.
  public var category: Category

  /// Identification standard, code list `form: identification standard (A1)`.
  public var standard: UInt32

  /// Main cause of poverty, exactly one, code list `form: cause of poverty (A3a/A3b)`.
  public var mainCause: UInt32

  /// Other causes, at most two, same list, none equal to the main one.
  public var otherCauses: [UInt32]

  /// The day on which the household was identified, YYYYMMDD.
  public var identifiedOn: Int32

  /// The message whose fields all have their default values.
  public init() {
    self.povertyDecision = PovertyDecision(rawValue: 0)
    self.securityDecision = SecurityDecision(rawValue: 0)
    self.category = Category(rawValue: 0)
    self.standard = 0
    self.mainCause = 0
    self.otherCauses = []
    self.identifiedOn = 0
  }

  /// A message with these values, and the default for what is not given.
  public init(
    povertyDecision: PovertyDecision = PovertyDecision(rawValue: 0),
    securityDecision: SecurityDecision = SecurityDecision(rawValue: 0),
    category: Category = Category(rawValue: 0),
    standard: UInt32 = 0,
    mainCause: UInt32 = 0,
    otherCauses: [UInt32] = [],
    identifiedOn: Int32 = 0
  ) {
    self.povertyDecision = povertyDecision
    self.securityDecision = securityDecision
    self.category = category
    self.standard = standard
    self.mainCause = mainCause
    self.otherCauses = otherCauses
    self.identifiedOn = identifiedOn
  }

  /// The schema of the message.
  public static let messageDescriptor: RPCProtobuf.MessageDescriptor = {
    var c = Registry__V1__Classification()
    registry__v1__classification__init(&c)
    return RPCProtobuf.MessageDescriptor(c.base.descriptor)
  }()

  /// Reads the unpacked C structure of the type; for the decoder alone.
  public init(structure: UnsafeRawPointer) {
    self.init(structure.assumingMemoryBound(to: Registry__V1__Classification.self))
  }

  init(_ c: UnsafePointer<Registry__V1__Classification>) {
    self.povertyDecision = PovertyDecision(rawValue: Int32(truncatingIfNeeded: c.pointee.poverty_decision.rawValue))
    self.securityDecision = SecurityDecision(rawValue: Int32(truncatingIfNeeded: c.pointee.security_decision.rawValue))
    self.category = Category(rawValue: Int32(truncatingIfNeeded: c.pointee.category.rawValue))
    self.standard = c.pointee.standard
    self.mainCause = c.pointee.main_cause
    self.otherCauses = StructureReader.scalars(c.pointee.other_causes, c.pointee.n_other_causes)
    self.identifiedOn = c.pointee.identified_on
  }

  /// Fills an initialised C structure of the type; for the encoder alone.
  public func fill(structure: UnsafeMutableRawPointer, encoder: RPCProtobuf.MessageEncoder) {
    fill(structure.assumingMemoryBound(to: Registry__V1__Classification.self), encoder)
  }

  func fill(_ c: UnsafeMutablePointer<Registry__V1__Classification>, _ encoder: RPCProtobuf.MessageEncoder) {
    c.pointee.poverty_decision = .init(rawValue: .init(truncatingIfNeeded: self.povertyDecision.rawValue))
    c.pointee.security_decision = .init(rawValue: .init(truncatingIfNeeded: self.securityDecision.rawValue))
    c.pointee.category = .init(rawValue: .init(truncatingIfNeeded: self.category.rawValue))
    c.pointee.standard = self.standard
    c.pointee.main_cause = self.mainCause
    if let elements = encoder.scalars(self.otherCauses) {
      c.pointee.n_other_causes = self.otherCauses.count
      c.pointee.other_causes = elements
    }
    c.pointee.identified_on = self.identifiedOn
  }

  /// A value of its own of what a view looks at.
  public init(_ view: borrowing View) { self.init(view._c) }

  /// A `Classification` where it lies unpacked; valid only while it is lent.
  public struct View: RPCProtobuf.MessageView, ~Escapable {
    /// The message that is looked at.
    public typealias ViewedMessage = Classification
    private let _structure: RPCProtobuf.LentStructure
    /// Looks at the unpacked C structure of the type; for the decoder alone.
    @_lifetime(copy structure)
    public init(_ structure: RPCProtobuf.LentStructure) { _structure = structure }
    fileprivate var _c: UnsafePointer<Registry__V1__Classification> {
      _structure.pointer.assumingMemoryBound(to: Registry__V1__Classification.self)
    }
    /// The poverty office's decision.
    public var povertyDecision: PovertyDecision {
      return PovertyDecision(rawValue: Int32(truncatingIfNeeded: _c.pointee.poverty_decision.rawValue))
    }
    /// Civil affairs' decision.
    public var securityDecision: SecurityDecision {
      return SecurityDecision(rawValue: Int32(truncatingIfNeeded: _c.pointee.security_decision.rawValue))
    }
    /// Derived from the two decisions; ignored in requests.
    public var category: Category {
      return Category(rawValue: Int32(truncatingIfNeeded: _c.pointee.category.rawValue))
    }
    /// Identification standard, code list `form: identification standard (A1)`.
    public var standard: UInt32 {
      return _c.pointee.standard
    }
    /// Main cause of poverty, exactly one, code list `form: cause of poverty (A3a/A3b)`.
    public var mainCause: UInt32 {
      return _c.pointee.main_cause
    }
    /// Other causes, at most two, same list, none equal to the main one.
    public var otherCauses: Span<UInt32> {
      @_lifetime(copy self)
      get {
        return _structure.elements(_c.pointee.other_causes, _c.pointee.n_other_causes)
      }
    }
    /// The day on which the household was identified, YYYYMMDD.
    public var identifiedOn: Int32 {
      return _c.pointee.identified_on
    }
  }
}

/// How the household is reached (class CONTACT; sealed at rest).
public struct Contact: RPCProtobuf.Message {
  /// Telephone of the household: digits, `+`, `-`; at most 20 bytes.
  public var telephone: String

  /// Street address below the village group; at most 200 bytes.
  public var address: String

  /// The message whose fields all have their default values.
  public init() {
    self.telephone = ""
    self.address = ""
  }

  /// A message with these values, and the default for what is not given.
  public init(
    telephone: String = "",
    address: String = ""
  ) {
    self.telephone = telephone
    self.address = address
  }

  /// The schema of the message.
  public static let messageDescriptor: RPCProtobuf.MessageDescriptor = {
    var c = Registry__V1__Contact()
    registry__v1__contact__init(&c)
    return RPCProtobuf.MessageDescriptor(c.base.descriptor)
  }()

  /// Reads the unpacked C structure of the type; for the decoder alone.
  public init(structure: UnsafeRawPointer) {
    self.init(structure.assumingMemoryBound(to: Registry__V1__Contact.self))
  }

  init(_ c: UnsafePointer<Registry__V1__Contact>) {
    self.telephone = StructureReader.string(c.pointee.telephone)
    self.address = StructureReader.string(c.pointee.address)
  }

  /// Fills an initialised C structure of the type; for the encoder alone.
  public func fill(structure: UnsafeMutableRawPointer, encoder: RPCProtobuf.MessageEncoder) {
    fill(structure.assumingMemoryBound(to: Registry__V1__Contact.self), encoder)
  }

  func fill(_ c: UnsafeMutablePointer<Registry__V1__Contact>, _ encoder: RPCProtobuf.MessageEncoder) {
    c.pointee.telephone = encoder.string(self.telephone, "Contact.telephone")
    c.pointee.address = encoder.string(self.address, "Contact.address")
  }

  /// A value of its own of what a view looks at.
  public init(_ view: borrowing View) { self.init(view._c) }

  /// A `Contact` where it lies unpacked; valid only while it is lent.
  public struct View: RPCProtobuf.MessageView, ~Escapable {
    /// The message that is looked at.
    public typealias ViewedMessage = Contact
    private let _structure: RPCProtobuf.LentStructure
    /// Looks at the unpacked C structure of the type; for the decoder alone.
    @_lifetime(copy structure)
    public init(_ structure: RPCProtobuf.LentStructure) { _structure = structure }
    fileprivate var _c: UnsafePointer<Registry__V1__Contact> {
      _structure.pointer.assumingMemoryBound(to: Registry__V1__Contact.self)
    }
    /// Telephone of the household: digits, `+`, `-`; at most 20 bytes.
    public var telephone: UTF8Span {
      @_lifetime(copy self)
      get {
        return _structure.text(_c.pointee.telephone)
      }
    }
    /// Street address below the village group; at most 200 bytes.
    public var address: UTF8Span {
      @_lifetime(copy self)
      get {
        return _structure.text(_c.pointee.address)
      }
    }
  }
}

/// Where money is paid to (class ACCOUNT; sealed at rest).
public struct Account: RPCProtobuf.Message {
  /// The bank's name; at most 100 bytes.
  public var bank: String

  /// The account number: digits, 8 to 30.
  public var number: String

  /// The message whose fields all have their default values.
  public init() {
    self.bank = ""
    self.number = ""
  }

  /// A message with these values, and the default for what is not given.
  public init(
    bank: String = "",
    number: String = ""
  ) {
    self.bank = bank
    self.number = number
  }

  /// The schema of the message.
  public static let messageDescriptor: RPCProtobuf.MessageDescriptor = {
    var c = Registry__V1__Account()
    registry__v1__account__init(&c)
    return RPCProtobuf.MessageDescriptor(c.base.descriptor)
  }()

  /// Reads the unpacked C structure of the type; for the decoder alone.
  public init(structure: UnsafeRawPointer) {
    self.init(structure.assumingMemoryBound(to: Registry__V1__Account.self))
  }

  init(_ c: UnsafePointer<Registry__V1__Account>) {
    self.bank = StructureReader.string(c.pointee.bank)
    self.number = StructureReader.string(c.pointee.number)
  }

  /// Fills an initialised C structure of the type; for the encoder alone.
  public func fill(structure: UnsafeMutableRawPointer, encoder: RPCProtobuf.MessageEncoder) {
    fill(structure.assumingMemoryBound(to: Registry__V1__Account.self), encoder)
  }

  func fill(_ c: UnsafeMutablePointer<Registry__V1__Account>, _ encoder: RPCProtobuf.MessageEncoder) {
    c.pointee.bank = encoder.string(self.bank, "Account.bank")
    c.pointee.number = encoder.string(self.number, "Account.number")
  }

  /// A value of its own of what a view looks at.
  public init(_ view: borrowing View) { self.init(view._c) }

  /// A `Account` where it lies unpacked; valid only while it is lent.
  public struct View: RPCProtobuf.MessageView, ~Escapable {
    /// The message that is looked at.
    public typealias ViewedMessage = Account
    private let _structure: RPCProtobuf.LentStructure
    /// Looks at the unpacked C structure of the type; for the decoder alone.
    @_lifetime(copy structure)
    public init(_ structure: RPCProtobuf.LentStructure) { _structure = structure }
    fileprivate var _c: UnsafePointer<Registry__V1__Account> {
      _structure.pointer.assumingMemoryBound(to: Registry__V1__Account.self)
    }
    /// The bank's name; at most 100 bytes.
    public var bank: UTF8Span {
      @_lifetime(copy self)
      get {
        return _structure.text(_c.pointee.bank)
      }
    }
    /// The account number: digits, 8 to 30.
    public var number: UTF8Span {
      @_lifetime(copy self)
      get {
        return _structure.text(_c.pointee.number)
      }
    }
  }
}

/// One year's income of the household (class INCOME).
public struct YearIncome: RPCProtobuf.Message {
  /// The income year, 1990 to the present.
  public var year: UInt32

  /// Net income per person; may be negative. Reports and lines use this.
  public var netPerPerson: Money?

  /// Wages (工资性收入).
  public var wages: Money?

  /// Household business (家庭经营性收入).
  public var business: Money?

  /// Transfers (转移性收入).
  public var transfers: Money?

  /// Property (财产性收入).
  public var property: Money?

  /// Production cost (生产经营费用支出).
  public var productionCost: Money?

  /// The message whose fields all have their default values.
  public init() {
    self.year = 0
    self.netPerPerson = nil
    self.wages = nil
    self.business = nil
    self.transfers = nil
    self.property = nil
    self.productionCost = nil
  }

  /// A message with these values, and the default for what is not given.
  public init(
    year: UInt32 = 0,
    netPerPerson: Money? = nil,
    wages: Money? = nil,
    business: Money? = nil,
    transfers: Money? = nil,
    property: Money? = nil,
    productionCost: Money? = nil
  ) {
    self.year = year
    self.netPerPerson = netPerPerson
    self.wages = wages
    self.business = business
    self.transfers = transfers
    self.property = property
    self.productionCost = productionCost
  }

  /// The schema of the message.
  public static let messageDescriptor: RPCProtobuf.MessageDescriptor = {
    var c = Registry__V1__YearIncome()
    registry__v1__year_income__init(&c)
    return RPCProtobuf.MessageDescriptor(c.base.descriptor)
  }()

  /// Reads the unpacked C structure of the type; for the decoder alone.
  public init(structure: UnsafeRawPointer) {
    self.init(structure.assumingMemoryBound(to: Registry__V1__YearIncome.self))
  }

  init(_ c: UnsafePointer<Registry__V1__YearIncome>) {
    self.year = c.pointee.year
    self.netPerPerson = c.pointee.net_per_person.map { Money(UnsafePointer($0)) }
    self.wages = c.pointee.wages.map { Money(UnsafePointer($0)) }
    self.business = c.pointee.business.map { Money(UnsafePointer($0)) }
    self.transfers = c.pointee.transfers.map { Money(UnsafePointer($0)) }
    self.property = c.pointee.property.map { Money(UnsafePointer($0)) }
    self.productionCost = c.pointee.production_cost.map { Money(UnsafePointer($0)) }
  }

  /// Fills an initialised C structure of the type; for the encoder alone.
  public func fill(structure: UnsafeMutableRawPointer, encoder: RPCProtobuf.MessageEncoder) {
    fill(structure.assumingMemoryBound(to: Registry__V1__YearIncome.self), encoder)
  }

  func fill(_ c: UnsafeMutablePointer<Registry__V1__YearIncome>, _ encoder: RPCProtobuf.MessageEncoder) {
    c.pointee.year = self.year
    if let value = self.netPerPerson {
      c.pointee.net_per_person = encoder.message(registry__v1__money__init) { value.fill($0, encoder) }
    }
    if let value = self.wages {
      c.pointee.wages = encoder.message(registry__v1__money__init) { value.fill($0, encoder) }
    }
    if let value = self.business {
      c.pointee.business = encoder.message(registry__v1__money__init) { value.fill($0, encoder) }
    }
    if let value = self.transfers {
      c.pointee.transfers = encoder.message(registry__v1__money__init) { value.fill($0, encoder) }
    }
    if let value = self.property {
      c.pointee.property = encoder.message(registry__v1__money__init) { value.fill($0, encoder) }
    }
    if let value = self.productionCost {
      c.pointee.production_cost = encoder.message(registry__v1__money__init) { value.fill($0, encoder) }
    }
  }

  /// A value of its own of what a view looks at.
  public init(_ view: borrowing View) { self.init(view._c) }

  /// A `YearIncome` where it lies unpacked; valid only while it is lent.
  public struct View: RPCProtobuf.MessageView, ~Escapable {
    /// The message that is looked at.
    public typealias ViewedMessage = YearIncome
    private let _structure: RPCProtobuf.LentStructure
    /// Looks at the unpacked C structure of the type; for the decoder alone.
    @_lifetime(copy structure)
    public init(_ structure: RPCProtobuf.LentStructure) { _structure = structure }
    fileprivate var _c: UnsafePointer<Registry__V1__YearIncome> {
      _structure.pointer.assumingMemoryBound(to: Registry__V1__YearIncome.self)
    }
    /// The income year, 1990 to the present.
    public var year: UInt32 {
      return _c.pointee.year
    }
    /// Net income per person; may be negative. Reports and lines use this.
    public var netPerPerson: Money.View? {
      @_lifetime(copy self)
      get {
        guard let inner = _c.pointee.net_per_person else { return nil }
        return Money.View(_structure.inner(UnsafeRawPointer(inner)))
      }
    }
    /// Wages (工资性收入).
    public var wages: Money.View? {
      @_lifetime(copy self)
      get {
        guard let inner = _c.pointee.wages else { return nil }
        return Money.View(_structure.inner(UnsafeRawPointer(inner)))
      }
    }
    /// Household business (家庭经营性收入).
    public var business: Money.View? {
      @_lifetime(copy self)
      get {
        guard let inner = _c.pointee.business else { return nil }
        return Money.View(_structure.inner(UnsafeRawPointer(inner)))
      }
    }
    /// Transfers (转移性收入).
    public var transfers: Money.View? {
      @_lifetime(copy self)
      get {
        guard let inner = _c.pointee.transfers else { return nil }
        return Money.View(_structure.inner(UnsafeRawPointer(inner)))
      }
    }
    /// Property (财产性收入).
    public var property: Money.View? {
      @_lifetime(copy self)
      get {
        guard let inner = _c.pointee.property else { return nil }
        return Money.View(_structure.inner(UnsafeRawPointer(inner)))
      }
    }
    /// Production cost (生产经营费用支出).
    public var productionCost: Money.View? {
      @_lifetime(copy self)
      get {
        guard let inner = _c.pointee.production_cost else { return nil }
        return Money.View(_structure.inner(UnsafeRawPointer(inner)))
      }
    }
  }
}

/// Income by year (class INCOME).
public struct Income: RPCProtobuf.Message {
  /// Years in rising order, none twice; at most 20.
  public var years: [YearIncome]

  /// The message whose fields all have their default values.
  public init() {
    self.years = []
  }

  /// A message with these values, and the default for what is not given.
  public init(
    years: [YearIncome] = []
  ) {
    self.years = years
  }

  /// The schema of the message.
  public static let messageDescriptor: RPCProtobuf.MessageDescriptor = {
    var c = Registry__V1__Income()
    registry__v1__income__init(&c)
    return RPCProtobuf.MessageDescriptor(c.base.descriptor)
  }()

  /// Reads the unpacked C structure of the type; for the decoder alone.
  public init(structure: UnsafeRawPointer) {
    self.init(structure.assumingMemoryBound(to: Registry__V1__Income.self))
  }

  init(_ c: UnsafePointer<Registry__V1__Income>) {
    self.years = StructureReader.messages(c.pointee.years, c.pointee.n_years) { YearIncome($0) }
  }

  /// Fills an initialised C structure of the type; for the encoder alone.
  public func fill(structure: UnsafeMutableRawPointer, encoder: RPCProtobuf.MessageEncoder) {
    fill(structure.assumingMemoryBound(to: Registry__V1__Income.self), encoder)
  }

  func fill(_ c: UnsafeMutablePointer<Registry__V1__Income>, _ encoder: RPCProtobuf.MessageEncoder) {
    if let elements = encoder.messages(self.years, registry__v1__year_income__init, { $0.fill($1, encoder) }) {
      c.pointee.n_years = self.years.count
      c.pointee.years = elements
    }
  }

  /// A value of its own of what a view looks at.
  public init(_ view: borrowing View) { self.init(view._c) }

  /// A `Income` where it lies unpacked; valid only while it is lent.
  public struct View: RPCProtobuf.MessageView, ~Escapable {
    /// The message that is looked at.
    public typealias ViewedMessage = Income
    private let _structure: RPCProtobuf.LentStructure
    /// Looks at the unpacked C structure of the type; for the decoder alone.
    @_lifetime(copy structure)
    public init(_ structure: RPCProtobuf.LentStructure) { _structure = structure }
    fileprivate var _c: UnsafePointer<Registry__V1__Income> {
      _structure.pointer.assumingMemoryBound(to: Registry__V1__Income.self)
    }
    /// Years in rising order, none twice; at most 20.
    public var years: RPCProtobuf.MessageViews<YearIncome.View> {
      @_lifetime(copy self)
      get {
        return _structure.messages(_c.pointee.years, _c.pointee.n_years, as: YearIncome.View.self)
      }
    }
  }
}

/// Dwelling and supply (class DWELLING).
public struct Dwelling: RPCProtobuf.Message {
  /// Floor area in square decimetres (1/100 m2); 0 says that there is no dwelling.
  public var floorArea: Quantity?

  /// Main structure, code list `form: dwelling structure (A22, Guizhou 2013)`.
  public var structure: UInt32

  /// Danger grade, code list `form: dangerous dwelling`.
  public var dangerGrade: UInt32

  /// The year it was built in; 0 unknown.
  public var yearBuilt: UInt32

  /// Drinking water, code list `form: drinking water (A37, Guizhou 2013)`.
  public var drinkingWater: UInt32

  /// Connected to electricity.
  public var electricity: Answer

  /// Radio and television reception, code list `ours: reception`.
  public var reception: UInt32

  /// Fuels, 1 to 3, code list `form: fuel (A36, Guizhou 2013)`.
  public var fuels: [UInt32]

  /// The road to the house, code list `ours: road`.
  public var road: UInt32

  /// Metres to the nearest market.
  public var marketDistance: Quantity?

  /// The message whose fields all have their default values.
  public init() {
    self.floorArea = nil
    self.structure = 0
    self.dangerGrade = 0
    self.yearBuilt = 0
    self.drinkingWater = 0
    self.electricity = Answer(rawValue: 0)
    self.reception = 0
    self.fuels = []
    self.road = 0
    self.marketDistance = nil
  }

  /// A message with these values, and the default for what is not given.
  public init(
    floorArea: Quantity? = nil,
    structure: UInt32 = 0,
    dangerGrade: UInt32 = 0,
    yearBuilt: UInt32 = 0,
    drinkingWater: UInt32 = 0,
    electricity: Answer = Answer(rawValue: 0),
    reception: UInt32 = 0,
    fuels: [UInt32] = [],
    road: UInt32 = 0,
    marketDistance: Quantity? = nil
  ) {
    self.floorArea = floorArea
    self.structure = structure
    self.dangerGrade = dangerGrade
    self.yearBuilt = yearBuilt
    self.drinkingWater = drinkingWater
    self.electricity = electricity
    self.reception = reception
    self.fuels = fuels
    self.road = road
    self.marketDistance = marketDistance
  }

  /// The schema of the message.
  public static let messageDescriptor: RPCProtobuf.MessageDescriptor = {
    var c = Registry__V1__Dwelling()
    registry__v1__dwelling__init(&c)
    return RPCProtobuf.MessageDescriptor(c.base.descriptor)
  }()

  /// Reads the unpacked C structure of the type; for the decoder alone.
  public init(structure: UnsafeRawPointer) {
    self.init(structure.assumingMemoryBound(to: Registry__V1__Dwelling.self))
  }

  init(_ c: UnsafePointer<Registry__V1__Dwelling>) {
    self.floorArea = c.pointee.floor_area.map { Quantity(UnsafePointer($0)) }
    self.structure = c.pointee.structure
    self.dangerGrade = c.pointee.danger_grade
    self.yearBuilt = c.pointee.year_built
    self.drinkingWater = c.pointee.drinking_water
    self.electricity = Answer(rawValue: Int32(truncatingIfNeeded: c.pointee.electricity.rawValue))
    self.reception = c.pointee.reception
    self.fuels = StructureReader.scalars(c.pointee.fuels, c.pointee.n_fuels)
    self.road = c.pointee.road
    self.marketDistance = c.pointee.market_distance.map { Quantity(UnsafePointer($0)) }
  }

  /// Fills an initialised C structure of the type; for the encoder alone.
  public func fill(structure: UnsafeMutableRawPointer, encoder: RPCProtobuf.MessageEncoder) {
    fill(structure.assumingMemoryBound(to: Registry__V1__Dwelling.self), encoder)
  }

  func fill(_ c: UnsafeMutablePointer<Registry__V1__Dwelling>, _ encoder: RPCProtobuf.MessageEncoder) {
    if let value = self.floorArea {
      c.pointee.floor_area = encoder.message(registry__v1__quantity__init) { value.fill($0, encoder) }
    }
    c.pointee.structure = self.structure
    c.pointee.danger_grade = self.dangerGrade
    c.pointee.year_built = self.yearBuilt
    c.pointee.drinking_water = self.drinkingWater
    c.pointee.electricity = .init(rawValue: .init(truncatingIfNeeded: self.electricity.rawValue))
    c.pointee.reception = self.reception
    if let elements = encoder.scalars(self.fuels) {
      c.pointee.n_fuels = self.fuels.count
      c.pointee.fuels = elements
    }
    c.pointee.road = self.road
    if let value = self.marketDistance {
      c.pointee.market_distance = encoder.message(registry__v1__quantity__init) { value.fill($0, encoder) }
    }
  }

  /// A value of its own of what a view looks at.
  public init(_ view: borrowing View) { self.init(view._c) }

  /// A `Dwelling` where it lies unpacked; valid only while it is lent.
  public struct View: RPCProtobuf.MessageView, ~Escapable {
    /// The message that is looked at.
    public typealias ViewedMessage = Dwelling
    private let _structure: RPCProtobuf.LentStructure
    /// Looks at the unpacked C structure of the type; for the decoder alone.
    @_lifetime(copy structure)
    public init(_ structure: RPCProtobuf.LentStructure) { _structure = structure }
    fileprivate var _c: UnsafePointer<Registry__V1__Dwelling> {
      _structure.pointer.assumingMemoryBound(to: Registry__V1__Dwelling.self)
    }
    /// Floor area in square decimetres (1/100 m2); 0 says that there is no dwelling.
    public var floorArea: Quantity.View? {
      @_lifetime(copy self)
      get {
        guard let inner = _c.pointee.floor_area else { return nil }
        return Quantity.View(_structure.inner(UnsafeRawPointer(inner)))
      }
    }
    /// Main structure, code list `form: dwelling structure (A22, Guizhou 2013)`.
    public var structure: UInt32 {
      return _c.pointee.structure
    }
    /// Danger grade, code list `form: dangerous dwelling`.
    public var dangerGrade: UInt32 {
      return _c.pointee.danger_grade
    }
    /// The year it was built in; 0 unknown.
    public var yearBuilt: UInt32 {
      return _c.pointee.year_built
    }
    /// Drinking water, code list `form: drinking water (A37, Guizhou 2013)`.
    public var drinkingWater: UInt32 {
      return _c.pointee.drinking_water
    }
    /// Connected to electricity.
    public var electricity: Answer {
      return Answer(rawValue: Int32(truncatingIfNeeded: _c.pointee.electricity.rawValue))
    }
    /// Radio and television reception, code list `ours: reception`.
    public var reception: UInt32 {
      return _c.pointee.reception
    }
    /// Fuels, 1 to 3, code list `form: fuel (A36, Guizhou 2013)`.
    public var fuels: Span<UInt32> {
      @_lifetime(copy self)
      get {
        return _structure.elements(_c.pointee.fuels, _c.pointee.n_fuels)
      }
    }
    /// The road to the house, code list `ours: road`.
    public var road: UInt32 {
      return _c.pointee.road
    }
    /// Metres to the nearest market.
    public var marketDistance: Quantity.View? {
      @_lifetime(copy self)
      get {
        guard let inner = _c.pointee.market_distance else { return nil }
        return Quantity.View(_structure.inner(UnsafeRawPointer(inner)))
      }
    }
  }
}

/// Land and organisations (class PRODUCTION). Areas are in 1/100 mu.
public struct Production: RPCProtobuf.Message {
  /// Farmland (耕地).
  public var farmland: Quantity?

  /// Irrigated part of it.
  public var irrigated: Quantity?

  /// Woodland (林地).
  public var woodland: Quantity?

  /// Orchard (林果).
  public var orchard: Quantity?

  /// Pasture (牧草地).
  public var pasture: Quantity?

  /// Water surface (水面).
  public var waterSurface: Quantity?

  /// Organisations it belongs to, code list `ours: organisation`.
  public var organisations: [UInt32]

  /// The message whose fields all have their default values.
  public init() {
    self.farmland = nil
    self.irrigated = nil
    self.woodland = nil
    self.orchard = nil
    self.pasture = nil
    self.waterSurface = nil
    self.organisations = []
  }

  /// A message with these values, and the default for what is not given.
  public init(
    farmland: Quantity? = nil,
    irrigated: Quantity? = nil,
    woodland: Quantity? = nil,
    orchard: Quantity? = nil,
    pasture: Quantity? = nil,
    waterSurface: Quantity? = nil,
    organisations: [UInt32] = []
  ) {
    self.farmland = farmland
    self.irrigated = irrigated
    self.woodland = woodland
    self.orchard = orchard
    self.pasture = pasture
    self.waterSurface = waterSurface
    self.organisations = organisations
  }

  /// The schema of the message.
  public static let messageDescriptor: RPCProtobuf.MessageDescriptor = {
    var c = Registry__V1__Production()
    registry__v1__production__init(&c)
    return RPCProtobuf.MessageDescriptor(c.base.descriptor)
  }()

  /// Reads the unpacked C structure of the type; for the decoder alone.
  public init(structure: UnsafeRawPointer) {
    self.init(structure.assumingMemoryBound(to: Registry__V1__Production.self))
  }

  init(_ c: UnsafePointer<Registry__V1__Production>) {
    self.farmland = c.pointee.farmland.map { Quantity(UnsafePointer($0)) }
    self.irrigated = c.pointee.irrigated.map { Quantity(UnsafePointer($0)) }
    self.woodland = c.pointee.woodland.map { Quantity(UnsafePointer($0)) }
    self.orchard = c.pointee.orchard.map { Quantity(UnsafePointer($0)) }
    self.pasture = c.pointee.pasture.map { Quantity(UnsafePointer($0)) }
    self.waterSurface = c.pointee.water_surface.map { Quantity(UnsafePointer($0)) }
    self.organisations = StructureReader.scalars(c.pointee.organisations, c.pointee.n_organisations)
  }

  /// Fills an initialised C structure of the type; for the encoder alone.
  public func fill(structure: UnsafeMutableRawPointer, encoder: RPCProtobuf.MessageEncoder) {
    fill(structure.assumingMemoryBound(to: Registry__V1__Production.self), encoder)
  }

  func fill(_ c: UnsafeMutablePointer<Registry__V1__Production>, _ encoder: RPCProtobuf.MessageEncoder) {
    if let value = self.farmland {
      c.pointee.farmland = encoder.message(registry__v1__quantity__init) { value.fill($0, encoder) }
    }
    if let value = self.irrigated {
      c.pointee.irrigated = encoder.message(registry__v1__quantity__init) { value.fill($0, encoder) }
    }
    if let value = self.woodland {
      c.pointee.woodland = encoder.message(registry__v1__quantity__init) { value.fill($0, encoder) }
    }
    if let value = self.orchard {
      c.pointee.orchard = encoder.message(registry__v1__quantity__init) { value.fill($0, encoder) }
    }
    if let value = self.pasture {
      c.pointee.pasture = encoder.message(registry__v1__quantity__init) { value.fill($0, encoder) }
    }
    if let value = self.waterSurface {
      c.pointee.water_surface = encoder.message(registry__v1__quantity__init) { value.fill($0, encoder) }
    }
    if let elements = encoder.scalars(self.organisations) {
      c.pointee.n_organisations = self.organisations.count
      c.pointee.organisations = elements
    }
  }

  /// A value of its own of what a view looks at.
  public init(_ view: borrowing View) { self.init(view._c) }

  /// A `Production` where it lies unpacked; valid only while it is lent.
  public struct View: RPCProtobuf.MessageView, ~Escapable {
    /// The message that is looked at.
    public typealias ViewedMessage = Production
    private let _structure: RPCProtobuf.LentStructure
    /// Looks at the unpacked C structure of the type; for the decoder alone.
    @_lifetime(copy structure)
    public init(_ structure: RPCProtobuf.LentStructure) { _structure = structure }
    fileprivate var _c: UnsafePointer<Registry__V1__Production> {
      _structure.pointer.assumingMemoryBound(to: Registry__V1__Production.self)
    }
    /// Farmland (耕地).
    public var farmland: Quantity.View? {
      @_lifetime(copy self)
      get {
        guard let inner = _c.pointee.farmland else { return nil }
        return Quantity.View(_structure.inner(UnsafeRawPointer(inner)))
      }
    }
    /// Irrigated part of it.
    public var irrigated: Quantity.View? {
      @_lifetime(copy self)
      get {
        guard let inner = _c.pointee.irrigated else { return nil }
        return Quantity.View(_structure.inner(UnsafeRawPointer(inner)))
      }
    }
    /// Woodland (林地).
    public var woodland: Quantity.View? {
      @_lifetime(copy self)
      get {
        guard let inner = _c.pointee.woodland else { return nil }
        return Quantity.View(_structure.inner(UnsafeRawPointer(inner)))
      }
    }
    /// Orchard (林果).
    public var orchard: Quantity.View? {
      @_lifetime(copy self)
      get {
        guard let inner = _c.pointee.orchard else { return nil }
        return Quantity.View(_structure.inner(UnsafeRawPointer(inner)))
      }
    }
    /// Pasture (牧草地).
    public var pasture: Quantity.View? {
      @_lifetime(copy self)
      get {
        guard let inner = _c.pointee.pasture else { return nil }
        return Quantity.View(_structure.inner(UnsafeRawPointer(inner)))
      }
    }
    /// Water surface (水面).
    public var waterSurface: Quantity.View? {
      @_lifetime(copy self)
      get {
        guard let inner = _c.pointee.water_surface else { return nil }
        return Quantity.View(_structure.inner(UnsafeRawPointer(inner)))
      }
    }
    /// Organisations it belongs to, code list `ours: organisation`.
    public var organisations: Span<UInt32> {
      @_lifetime(copy self)
      get {
        return _structure.elements(_c.pointee.organisations, _c.pointee.n_organisations)
      }
    }
  }
}

/// Something that the household needs (class SUPPORT).
public struct Need: RPCProtobuf.Message {
  /// The kind of project, code list `ours: need`.
  public var kind: UInt32

  /// The scale in 1/100 of the unit.
  public var scale: Quantity?

  /// The unit in words, such as 亩 or 头; at most 20 bytes.
  public var unit: String

  /// The investment needed.
  public var investment: Money?

  /// The message whose fields all have their default values.
  public init() {
    self.kind = 0
    self.scale = nil
    self.unit = ""
    self.investment = nil
  }

  /// A message with these values, and the default for what is not given.
  public init(
    kind: UInt32 = 0,
    scale: Quantity? = nil,
    unit: String = "",
    investment: Money? = nil
  ) {
    self.kind = kind
    self.scale = scale
    self.unit = unit
    self.investment = investment
  }

  /// The schema of the message.
  public static let messageDescriptor: RPCProtobuf.MessageDescriptor = {
    var c = Registry__V1__Need()
    registry__v1__need__init(&c)
    return RPCProtobuf.MessageDescriptor(c.base.descriptor)
  }()

  /// Reads the unpacked C structure of the type; for the decoder alone.
  public init(structure: UnsafeRawPointer) {
    self.init(structure.assumingMemoryBound(to: Registry__V1__Need.self))
  }

  init(_ c: UnsafePointer<Registry__V1__Need>) {
    self.kind = c.pointee.kind
    self.scale = c.pointee.scale.map { Quantity(UnsafePointer($0)) }
    self.unit = StructureReader.string(c.pointee.unit)
    self.investment = c.pointee.investment.map { Money(UnsafePointer($0)) }
  }

  /// Fills an initialised C structure of the type; for the encoder alone.
  public func fill(structure: UnsafeMutableRawPointer, encoder: RPCProtobuf.MessageEncoder) {
    fill(structure.assumingMemoryBound(to: Registry__V1__Need.self), encoder)
  }

  func fill(_ c: UnsafeMutablePointer<Registry__V1__Need>, _ encoder: RPCProtobuf.MessageEncoder) {
    c.pointee.kind = self.kind
    if let value = self.scale {
      c.pointee.scale = encoder.message(registry__v1__quantity__init) { value.fill($0, encoder) }
    }
    c.pointee.unit = encoder.string(self.unit, "Need.unit")
    if let value = self.investment {
      c.pointee.investment = encoder.message(registry__v1__money__init) { value.fill($0, encoder) }
    }
  }

  /// A value of its own of what a view looks at.
  public init(_ view: borrowing View) { self.init(view._c) }

  /// A `Need` where it lies unpacked; valid only while it is lent.
  public struct View: RPCProtobuf.MessageView, ~Escapable {
    /// The message that is looked at.
    public typealias ViewedMessage = Need
    private let _structure: RPCProtobuf.LentStructure
    /// Looks at the unpacked C structure of the type; for the decoder alone.
    @_lifetime(copy structure)
    public init(_ structure: RPCProtobuf.LentStructure) { _structure = structure }
    fileprivate var _c: UnsafePointer<Registry__V1__Need> {
      _structure.pointer.assumingMemoryBound(to: Registry__V1__Need.self)
    }
    /// The kind of project, code list `ours: need`.
    public var kind: UInt32 {
      return _c.pointee.kind
    }
    /// The scale in 1/100 of the unit.
    public var scale: Quantity.View? {
      @_lifetime(copy self)
      get {
        guard let inner = _c.pointee.scale else { return nil }
        return Quantity.View(_structure.inner(UnsafeRawPointer(inner)))
      }
    }
    /// The unit in words, such as 亩 or 头; at most 20 bytes.
    public var unit: UTF8Span {
      @_lifetime(copy self)
      get {
        return _structure.text(_c.pointee.unit)
      }
    }
    /// The investment needed.
    public var investment: Money.View? {
      @_lifetime(copy self)
      get {
        guard let inner = _c.pointee.investment else { return nil }
        return Money.View(_structure.inner(UnsafeRawPointer(inner)))
      }
    }
  }
}

/// The responsible cadre and plan (class SUPPORT).
public struct Plan: RPCProtobuf.Message {
  /// The cadre's name; at most 60 bytes.
  public var cadre: String

  /// The cadre's unit; at most 100 bytes.
  public var unit: String

  /// The cadre's post; at most 60 bytes.
  public var post: String

  /// The cadre's telephone.
  public var telephone: String

  /// The plan in words; at most 2000 bytes.
  public var text: String

  /// The day of the plan, YYYYMMDD.
  public var day: Int32

  /// The message whose fields all have their default values.
  public init() {
    self.cadre = ""
    self.unit = ""
    self.post = ""
    self.telephone = ""
    self.text = ""
    self.day = 0
  }

  /// A message with these values, and the default for what is not given.
  public init(
    cadre: String = "",
    unit: String = "",
    post: String = "",
    telephone: String = "",
    text: String = "",
    day: Int32 = 0
  ) {
    self.cadre = cadre
    self.unit = unit
    self.post = post
    self.telephone = telephone
    self.text = text
    self.day = day
  }

  /// The schema of the message.
  public static let messageDescriptor: RPCProtobuf.MessageDescriptor = {
    var c = Registry__V1__Plan()
    registry__v1__plan__init(&c)
    return RPCProtobuf.MessageDescriptor(c.base.descriptor)
  }()

  /// Reads the unpacked C structure of the type; for the decoder alone.
  public init(structure: UnsafeRawPointer) {
    self.init(structure.assumingMemoryBound(to: Registry__V1__Plan.self))
  }

  init(_ c: UnsafePointer<Registry__V1__Plan>) {
    self.cadre = StructureReader.string(c.pointee.cadre)
    self.unit = StructureReader.string(c.pointee.unit)
    self.post = StructureReader.string(c.pointee.post)
    self.telephone = StructureReader.string(c.pointee.telephone)
    self.text = StructureReader.string(c.pointee.text)
    self.day = c.pointee.day
  }

  /// Fills an initialised C structure of the type; for the encoder alone.
  public func fill(structure: UnsafeMutableRawPointer, encoder: RPCProtobuf.MessageEncoder) {
    fill(structure.assumingMemoryBound(to: Registry__V1__Plan.self), encoder)
  }

  func fill(_ c: UnsafeMutablePointer<Registry__V1__Plan>, _ encoder: RPCProtobuf.MessageEncoder) {
    c.pointee.cadre = encoder.string(self.cadre, "Plan.cadre")
    c.pointee.unit = encoder.string(self.unit, "Plan.unit")
    c.pointee.post = encoder.string(self.post, "Plan.post")
    c.pointee.telephone = encoder.string(self.telephone, "Plan.telephone")
    c.pointee.text = encoder.string(self.text, "Plan.text")
    c.pointee.day = self.day
  }

  /// A value of its own of what a view looks at.
  public init(_ view: borrowing View) { self.init(view._c) }

  /// A `Plan` where it lies unpacked; valid only while it is lent.
  public struct View: RPCProtobuf.MessageView, ~Escapable {
    /// The message that is looked at.
    public typealias ViewedMessage = Plan
    private let _structure: RPCProtobuf.LentStructure
    /// Looks at the unpacked C structure of the type; for the decoder alone.
    @_lifetime(copy structure)
    public init(_ structure: RPCProtobuf.LentStructure) { _structure = structure }
    fileprivate var _c: UnsafePointer<Registry__V1__Plan> {
      _structure.pointer.assumingMemoryBound(to: Registry__V1__Plan.self)
    }
    /// The cadre's name; at most 60 bytes.
    public var cadre: UTF8Span {
      @_lifetime(copy self)
      get {
        return _structure.text(_c.pointee.cadre)
      }
    }
    /// The cadre's unit; at most 100 bytes.
    public var unit: UTF8Span {
      @_lifetime(copy self)
      get {
        return _structure.text(_c.pointee.unit)
      }
    }
    /// The cadre's post; at most 60 bytes.
    public var post: UTF8Span {
      @_lifetime(copy self)
      get {
        return _structure.text(_c.pointee.post)
      }
    }
    /// The cadre's telephone.
    public var telephone: UTF8Span {
      @_lifetime(copy self)
      get {
        return _structure.text(_c.pointee.telephone)
      }
    }
    /// The plan in words; at most 2000 bytes.
    public var text: UTF8Span {
      @_lifetime(copy self)
      get {
        return _structure.text(_c.pointee.text)
      }
    }
    /// The day of the plan, YYYYMMDD.
    public var day: Int32 {
      return _c.pointee.day
    }
  }
}

/// Needs and plan (class SUPPORT).
public struct Support: RPCProtobuf.Message {
  /// What is needed; at most 20.
  public var needs: [Need]

  /// Who is responsible and what is planned.
  public var plan: Plan?

  /// The message whose fields all have their default values.
  public init() {
    self.needs = []
    self.plan = nil
  }

  /// A message with these values, and the default for what is not given.
  public init(
    needs: [Need] = [],
    plan: Plan? = nil
  ) {
    self.needs = needs
    self.plan = plan
  }

  /// The schema of the message.
  public static let messageDescriptor: RPCProtobuf.MessageDescriptor = {
    var c = Registry__V1__Support()
    registry__v1__support__init(&c)
    return RPCProtobuf.MessageDescriptor(c.base.descriptor)
  }()

  /// Reads the unpacked C structure of the type; for the decoder alone.
  public init(structure: UnsafeRawPointer) {
    self.init(structure.assumingMemoryBound(to: Registry__V1__Support.self))
  }

  init(_ c: UnsafePointer<Registry__V1__Support>) {
    self.needs = StructureReader.messages(c.pointee.needs, c.pointee.n_needs) { Need($0) }
    self.plan = c.pointee.plan.map { Plan(UnsafePointer($0)) }
  }

  /// Fills an initialised C structure of the type; for the encoder alone.
  public func fill(structure: UnsafeMutableRawPointer, encoder: RPCProtobuf.MessageEncoder) {
    fill(structure.assumingMemoryBound(to: Registry__V1__Support.self), encoder)
  }

  func fill(_ c: UnsafeMutablePointer<Registry__V1__Support>, _ encoder: RPCProtobuf.MessageEncoder) {
    if let elements = encoder.messages(self.needs, registry__v1__need__init, { $0.fill($1, encoder) }) {
      c.pointee.n_needs = self.needs.count
      c.pointee.needs = elements
    }
    if let value = self.plan {
      c.pointee.plan = encoder.message(registry__v1__plan__init) { value.fill($0, encoder) }
    }
  }

  /// A value of its own of what a view looks at.
  public init(_ view: borrowing View) { self.init(view._c) }

  /// A `Support` where it lies unpacked; valid only while it is lent.
  public struct View: RPCProtobuf.MessageView, ~Escapable {
    /// The message that is looked at.
    public typealias ViewedMessage = Support
    private let _structure: RPCProtobuf.LentStructure
    /// Looks at the unpacked C structure of the type; for the decoder alone.
    @_lifetime(copy structure)
    public init(_ structure: RPCProtobuf.LentStructure) { _structure = structure }
    fileprivate var _c: UnsafePointer<Registry__V1__Support> {
      _structure.pointer.assumingMemoryBound(to: Registry__V1__Support.self)
    }
    /// What is needed; at most 20.
    public var needs: RPCProtobuf.MessageViews<Need.View> {
      @_lifetime(copy self)
      get {
        return _structure.messages(_c.pointee.needs, _c.pointee.n_needs, as: Need.View.self)
      }
    }
    /// Who is responsible and what is planned.
    public var plan: Plan.View? {
      @_lifetime(copy self)
      get {
        guard let inner = _c.pointee.plan else { return nil }
        return Plan.View(_structure.inner(UnsafeRawPointer(inner)))
      }
    }
  }
}

/// Who a member is (class IDENTITY; numbers sealed at rest).
public struct Identity: RPCProtobuf.Message {
  /// The name as on the ID card, else as in the household register; 1 to 60 bytes.
  public var name: String

  /// Citizen ID number (GB 11643), 18 characters; empty with a reason.
  public var citizenId: String

  /// The 15-digit number that `citizen_id` was converted from; else empty.
  public var citizenId15: String

  /// Why there is no number, code list `ours: no ID number`; 0 with a number.
  public var noIdReason: UInt32

  /// Disability certificate: the ID number followed by kind and grade, 20 characters; or empty, also
  /// where the class HEALTH is withheld.
  public var disabilityCertificate: String

  /// Sex, GB/T 2261.1; derived from the ID number where there is one.
  public var sex: UInt32

  /// Birth date, YYYYMMDD; derived from the ID number where there is one.
  public var birthDate: Int32

  /// Relation to the head, GB/T 4761 two digits (2 is the head, 10 to 12 the spouse).
  public var relation: UInt32

  /// Ethnic group, GB/T 3304.
  public var ethnicGroup: UInt32

  /// Marital status, GB/T 2261.2.
  public var maritalStatus: UInt32

  /// Political status, code list `form: political status`.
  public var politicalStatus: UInt32

  /// The message whose fields all have their default values.
  public init() {
    self.name = ""
    self.citizenId = ""
    self.citizenId15 = ""
    self.noIdReason = 0
    self.disabilityCertificate = ""
    self.sex = 0
    self.birthDate = 0
    self.relation = 0
    self.ethnicGroup = 0
    self.maritalStatus = 0
    self.politicalStatus = 0
  }

  /// A message with these values, and the default for what is not given.
  public init(
    name: String = "",
    citizenId: String = "",
    citizenId15: String = "",
    noIdReason: UInt32 = 0,
    disabilityCertificate: String = "",
    sex: UInt32 = 0,
    birthDate: Int32 = 0,
    relation: UInt32 = 0,
    ethnicGroup: UInt32 = 0,
    maritalStatus: UInt32 = 0,
    politicalStatus: UInt32 = 0
  ) {
    self.name = name
    self.citizenId = citizenId
    self.citizenId15 = citizenId15
    self.noIdReason = noIdReason
    self.disabilityCertificate = disabilityCertificate
    self.sex = sex
    self.birthDate = birthDate
    self.relation = relation
    self.ethnicGroup = ethnicGroup
    self.maritalStatus = maritalStatus
    self.politicalStatus = politicalStatus
  }

  /// The schema of the message.
  public static let messageDescriptor: RPCProtobuf.MessageDescriptor = {
    var c = Registry__V1__Identity()
    registry__v1__identity__init(&c)
    return RPCProtobuf.MessageDescriptor(c.base.descriptor)
  }()

  /// Reads the unpacked C structure of the type; for the decoder alone.
  public init(structure: UnsafeRawPointer) {
    self.init(structure.assumingMemoryBound(to: Registry__V1__Identity.self))
  }

  init(_ c: UnsafePointer<Registry__V1__Identity>) {
    self.name = StructureReader.string(c.pointee.name)
    self.citizenId = StructureReader.string(c.pointee.citizen_id)
    self.citizenId15 = StructureReader.string(c.pointee.citizen_id_15)
    self.noIdReason = c.pointee.no_id_reason
    self.disabilityCertificate = StructureReader.string(c.pointee.disability_certificate)
    self.sex = c.pointee.sex
    self.birthDate = c.pointee.birth_date
    self.relation = c.pointee.relation
    self.ethnicGroup = c.pointee.ethnic_group
    self.maritalStatus = c.pointee.marital_status
    self.politicalStatus = c.pointee.political_status
  }

  /// Fills an initialised C structure of the type; for the encoder alone.
  public func fill(structure: UnsafeMutableRawPointer, encoder: RPCProtobuf.MessageEncoder) {
    fill(structure.assumingMemoryBound(to: Registry__V1__Identity.self), encoder)
  }

  func fill(_ c: UnsafeMutablePointer<Registry__V1__Identity>, _ encoder: RPCProtobuf.MessageEncoder) {
    c.pointee.name = encoder.string(self.name, "Identity.name")
    c.pointee.citizen_id = encoder.string(self.citizenId, "Identity.citizen_id")
    c.pointee.citizen_id_15 = encoder.string(self.citizenId15, "Identity.citizen_id_15")
    c.pointee.no_id_reason = self.noIdReason
    c.pointee.disability_certificate = encoder.string(self.disabilityCertificate, "Identity.disability_certificate")
    c.pointee.sex = self.sex
    c.pointee.birth_date = self.birthDate
    c.pointee.relation = self.relation
    c.pointee.ethnic_group = self.ethnicGroup
    c.pointee.marital_status = self.maritalStatus
    c.pointee.political_status = self.politicalStatus
  }

  /// A value of its own of what a view looks at.
  public init(_ view: borrowing View) { self.init(view._c) }

  /// A `Identity` where it lies unpacked; valid only while it is lent.
  public struct View: RPCProtobuf.MessageView, ~Escapable {
    /// The message that is looked at.
    public typealias ViewedMessage = Identity
    private let _structure: RPCProtobuf.LentStructure
    /// Looks at the unpacked C structure of the type; for the decoder alone.
    @_lifetime(copy structure)
    public init(_ structure: RPCProtobuf.LentStructure) { _structure = structure }
    fileprivate var _c: UnsafePointer<Registry__V1__Identity> {
      _structure.pointer.assumingMemoryBound(to: Registry__V1__Identity.self)
    }
    /// The name as on the ID card, else as in the household register; 1 to 60 bytes.
    public var name: UTF8Span {
      @_lifetime(copy self)
      get {
        return _structure.text(_c.pointee.name)
      }
    }
    /// Citizen ID number (GB 11643), 18 characters; empty with a reason.
    public var citizenId: UTF8Span {
      @_lifetime(copy self)
      get {
        return _structure.text(_c.pointee.citizen_id)
      }
    }
    /// The 15-digit number that `citizen_id` was converted from; else empty.
    public var citizenId15: UTF8Span {
      @_lifetime(copy self)
      get {
        return _structure.text(_c.pointee.citizen_id_15)
      }
    }
    /// Why there is no number, code list `ours: no ID number`; 0 with a number.
    public var noIdReason: UInt32 {
      return _c.pointee.no_id_reason
    }
    /// Disability certificate: the ID number followed by kind and grade, 20 characters; or empty, also
    /// where the class HEALTH is withheld.
    public var disabilityCertificate: UTF8Span {
      @_lifetime(copy self)
      get {
        return _structure.text(_c.pointee.disability_certificate)
      }
    }
    /// Sex, GB/T 2261.1; derived from the ID number where there is one.
    public var sex: UInt32 {
      return _c.pointee.sex
    }
    /// Birth date, YYYYMMDD; derived from the ID number where there is one.
    public var birthDate: Int32 {
      return _c.pointee.birth_date
    }
    /// Relation to the head, GB/T 4761 two digits (2 is the head, 10 to 12 the spouse).
    public var relation: UInt32 {
      return _c.pointee.relation
    }
    /// Ethnic group, GB/T 3304.
    public var ethnicGroup: UInt32 {
      return _c.pointee.ethnic_group
    }
    /// Marital status, GB/T 2261.2.
    public var maritalStatus: UInt32 {
      return _c.pointee.marital_status
    }
    /// Political status, code list `form: political status`.
    public var politicalStatus: UInt32 {
      return _c.pointee.political_status
    }
  }
}

/// Education or schooling, exactly one (class SCHOOLING).
public struct Schooling: RPCProtobuf.Message {
  /// Education completed, code list `form: education`; 0 while at school.
  public var education: UInt32

  /// Schooling, code list `form: at school`; 0 when not at school.
  public var atSchool: UInt32

  /// The message whose fields all have their default values.
  public init() {
    self.education = 0
    self.atSchool = 0
  }

  /// A message with these values, and the default for what is not given.
  public init(
    education: UInt32 = 0,
    atSchool: UInt32 = 0
  ) {
    self.education = education
    self.atSchool = atSchool
  }

  /// The schema of the message.
  public static let messageDescriptor: RPCProtobuf.MessageDescriptor = {
    var c = Registry__V1__Schooling()
    registry__v1__schooling__init(&c)
    return RPCProtobuf.MessageDescriptor(c.base.descriptor)
  }()

  /// Reads the unpacked C structure of the type; for the decoder alone.
  public init(structure: UnsafeRawPointer) {
    self.init(structure.assumingMemoryBound(to: Registry__V1__Schooling.self))
  }

  init(_ c: UnsafePointer<Registry__V1__Schooling>) {
    self.education = c.pointee.education
    self.atSchool = c.pointee.at_school
  }

  /// Fills an initialised C structure of the type; for the encoder alone.
  public func fill(structure: UnsafeMutableRawPointer, encoder: RPCProtobuf.MessageEncoder) {
    fill(structure.assumingMemoryBound(to: Registry__V1__Schooling.self), encoder)
  }

  func fill(_ c: UnsafeMutablePointer<Registry__V1__Schooling>, _ encoder: RPCProtobuf.MessageEncoder) {
    c.pointee.education = self.education
    c.pointee.at_school = self.atSchool
  }

  /// A value of its own of what a view looks at.
  public init(_ view: borrowing View) { self.init(view._c) }

  /// A `Schooling` where it lies unpacked; valid only while it is lent.
  public struct View: RPCProtobuf.MessageView, ~Escapable {
    /// The message that is looked at.
    public typealias ViewedMessage = Schooling
    private let _structure: RPCProtobuf.LentStructure
    /// Looks at the unpacked C structure of the type; for the decoder alone.
    @_lifetime(copy structure)
    public init(_ structure: RPCProtobuf.LentStructure) { _structure = structure }
    fileprivate var _c: UnsafePointer<Registry__V1__Schooling> {
      _structure.pointer.assumingMemoryBound(to: Registry__V1__Schooling.self)
    }
    /// Education completed, code list `form: education`; 0 while at school.
    public var education: UInt32 {
      return _c.pointee.education
    }
    /// Schooling, code list `form: at school`; 0 when not at school.
    public var atSchool: UInt32 {
      return _c.pointee.at_school
    }
  }
}

/// Health and disability (class HEALTH).
public struct Health: RPCProtobuf.Message {
  /// Code list `form: health`, at least one; 1 (healthy) stands alone.
  public var states: [UInt32]

  /// Kind of disability, code list `second-generation disability certificate: kind`.
  public var disabilityKind: UInt32

  /// Grade of disability, code list `second-generation disability certificate: grade`.
  public var disabilityGrade: UInt32

  /// The message whose fields all have their default values.
  public init() {
    self.states = []
    self.disabilityKind = 0
    self.disabilityGrade = 0
  }

  /// A message with these values, and the default for what is not given.
  public init(
    states: [UInt32] = [],
    disabilityKind: UInt32 = 0,
    disabilityGrade: UInt32 = 0
  ) {
    self.states = states
    self.disabilityKind = disabilityKind
    self.disabilityGrade = disabilityGrade
  }

  /// The schema of the message.
  public static let messageDescriptor: RPCProtobuf.MessageDescriptor = {
    var c = Registry__V1__Health()
    registry__v1__health__init(&c)
    return RPCProtobuf.MessageDescriptor(c.base.descriptor)
  }()

  /// Reads the unpacked C structure of the type; for the decoder alone.
  public init(structure: UnsafeRawPointer) {
    self.init(structure.assumingMemoryBound(to: Registry__V1__Health.self))
  }

  init(_ c: UnsafePointer<Registry__V1__Health>) {
    self.states = StructureReader.scalars(c.pointee.states, c.pointee.n_states)
    self.disabilityKind = c.pointee.disability_kind
    self.disabilityGrade = c.pointee.disability_grade
  }

  /// Fills an initialised C structure of the type; for the encoder alone.
  public func fill(structure: UnsafeMutableRawPointer, encoder: RPCProtobuf.MessageEncoder) {
    fill(structure.assumingMemoryBound(to: Registry__V1__Health.self), encoder)
  }

  func fill(_ c: UnsafeMutablePointer<Registry__V1__Health>, _ encoder: RPCProtobuf.MessageEncoder) {
    if let elements = encoder.scalars(self.states) {
      c.pointee.n_states = self.states.count
      c.pointee.states = elements
    }
    c.pointee.disability_kind = self.disabilityKind
    c.pointee.disability_grade = self.disabilityGrade
  }

  /// A value of its own of what a view looks at.
  public init(_ view: borrowing View) { self.init(view._c) }

  /// A `Health` where it lies unpacked; valid only while it is lent.
  public struct View: RPCProtobuf.MessageView, ~Escapable {
    /// The message that is looked at.
    public typealias ViewedMessage = Health
    private let _structure: RPCProtobuf.LentStructure
    /// Looks at the unpacked C structure of the type; for the decoder alone.
    @_lifetime(copy structure)
    public init(_ structure: RPCProtobuf.LentStructure) { _structure = structure }
    fileprivate var _c: UnsafePointer<Registry__V1__Health> {
      _structure.pointer.assumingMemoryBound(to: Registry__V1__Health.self)
    }
    /// Code list `form: health`, at least one; 1 (healthy) stands alone.
    public var states: Span<UInt32> {
      @_lifetime(copy self)
      get {
        return _structure.elements(_c.pointee.states, _c.pointee.n_states)
      }
    }
    /// Kind of disability, code list `second-generation disability certificate: kind`.
    public var disabilityKind: UInt32 {
      return _c.pointee.disability_kind
    }
    /// Grade of disability, code list `second-generation disability certificate: grade`.
    public var disabilityGrade: UInt32 {
      return _c.pointee.disability_grade
    }
  }
}

/// Labour capacity and work away (class LABOUR).
public struct Labour: RPCProtobuf.Message {
  /// Code list `form: labour capacity`.
  public var capacity: UInt32

  /// The place of work away from home; empty for none; at most 100 bytes.
  public var awayPlace: String

  /// Months worked away last year, 1 to 12 if and only if there is a place.
  public var awayMonths: UInt32

  /// The message whose fields all have their default values.
  public init() {
    self.capacity = 0
    self.awayPlace = ""
    self.awayMonths = 0
  }

  /// A message with these values, and the default for what is not given.
  public init(
    capacity: UInt32 = 0,
    awayPlace: String = "",
    awayMonths: UInt32 = 0
  ) {
    self.capacity = capacity
    self.awayPlace = awayPlace
    self.awayMonths = awayMonths
  }

  /// The schema of the message.
  public static let messageDescriptor: RPCProtobuf.MessageDescriptor = {
    var c = Registry__V1__Labour()
    registry__v1__labour__init(&c)
    return RPCProtobuf.MessageDescriptor(c.base.descriptor)
  }()

  /// Reads the unpacked C structure of the type; for the decoder alone.
  public init(structure: UnsafeRawPointer) {
    self.init(structure.assumingMemoryBound(to: Registry__V1__Labour.self))
  }

  init(_ c: UnsafePointer<Registry__V1__Labour>) {
    self.capacity = c.pointee.capacity
    self.awayPlace = StructureReader.string(c.pointee.away_place)
    self.awayMonths = c.pointee.away_months
  }

  /// Fills an initialised C structure of the type; for the encoder alone.
  public func fill(structure: UnsafeMutableRawPointer, encoder: RPCProtobuf.MessageEncoder) {
    fill(structure.assumingMemoryBound(to: Registry__V1__Labour.self), encoder)
  }

  func fill(_ c: UnsafeMutablePointer<Registry__V1__Labour>, _ encoder: RPCProtobuf.MessageEncoder) {
    c.pointee.capacity = self.capacity
    c.pointee.away_place = encoder.string(self.awayPlace, "Labour.away_place")
    c.pointee.away_months = self.awayMonths
  }

  /// A value of its own of what a view looks at.
  public init(_ view: borrowing View) { self.init(view._c) }

  /// A `Labour` where it lies unpacked; valid only while it is lent.
  public struct View: RPCProtobuf.MessageView, ~Escapable {
    /// The message that is looked at.
    public typealias ViewedMessage = Labour
    private let _structure: RPCProtobuf.LentStructure
    /// Looks at the unpacked C structure of the type; for the decoder alone.
    @_lifetime(copy structure)
    public init(_ structure: RPCProtobuf.LentStructure) { _structure = structure }
    fileprivate var _c: UnsafePointer<Registry__V1__Labour> {
      _structure.pointer.assumingMemoryBound(to: Registry__V1__Labour.self)
    }
    /// Code list `form: labour capacity`.
    public var capacity: UInt32 {
      return _c.pointee.capacity
    }
    /// The place of work away from home; empty for none; at most 100 bytes.
    public var awayPlace: UTF8Span {
      @_lifetime(copy self)
      get {
        return _structure.text(_c.pointee.away_place)
      }
    }
    /// Months worked away last year, 1 to 12 if and only if there is a place.
    public var awayMonths: UInt32 {
      return _c.pointee.away_months
    }
  }
}

/// Insurance, pension and assistance (class SECURITY).
public struct Security: RPCProtobuf.Message {
  /// In the rural cooperative medical scheme (新农合). Shown with the class HEALTH also where this class
  /// is withheld: it then stands alone.
  public var medicalScheme: Answer

  /// In the residents' pension scheme.
  public var pension: Answer

  /// Receives minimum living security (低保人口).
  public var dibao: Answer

  /// Is a five-guarantee person (五保人口).
  public var fiveGuarantee: Answer

  /// The message whose fields all have their default values.
  public init() {
    self.medicalScheme = Answer(rawValue: 0)
    self.pension = Answer(rawValue: 0)
    self.dibao = Answer(rawValue: 0)
    self.fiveGuarantee = Answer(rawValue: 0)
  }

  /// A message with these values, and the default for what is not given.
  public init(
    medicalScheme: Answer = Answer(rawValue: 0),
    pension: Answer = Answer(rawValue: 0),
    dibao: Answer = Answer(rawValue: 0),
    fiveGuarantee: Answer = Answer(rawValue: 0)
  ) {
    self.medicalScheme = medicalScheme
    self.pension = pension
    self.dibao = dibao
    self.fiveGuarantee = fiveGuarantee
  }

  /// The schema of the message.
  public static let messageDescriptor: RPCProtobuf.MessageDescriptor = {
    var c = Registry__V1__Security()
    registry__v1__security__init(&c)
    return RPCProtobuf.MessageDescriptor(c.base.descriptor)
  }()

  /// Reads the unpacked C structure of the type; for the decoder alone.
  public init(structure: UnsafeRawPointer) {
    self.init(structure.assumingMemoryBound(to: Registry__V1__Security.self))
  }

  init(_ c: UnsafePointer<Registry__V1__Security>) {
    self.medicalScheme = Answer(rawValue: Int32(truncatingIfNeeded: c.pointee.medical_scheme.rawValue))
    self.pension = Answer(rawValue: Int32(truncatingIfNeeded: c.pointee.pension.rawValue))
    self.dibao = Answer(rawValue: Int32(truncatingIfNeeded: c.pointee.dibao.rawValue))
    self.fiveGuarantee = Answer(rawValue: Int32(truncatingIfNeeded: c.pointee.five_guarantee.rawValue))
  }

  /// Fills an initialised C structure of the type; for the encoder alone.
  public func fill(structure: UnsafeMutableRawPointer, encoder: RPCProtobuf.MessageEncoder) {
    fill(structure.assumingMemoryBound(to: Registry__V1__Security.self), encoder)
  }

  func fill(_ c: UnsafeMutablePointer<Registry__V1__Security>, _ encoder: RPCProtobuf.MessageEncoder) {
    c.pointee.medical_scheme = .init(rawValue: .init(truncatingIfNeeded: self.medicalScheme.rawValue))
    c.pointee.pension = .init(rawValue: .init(truncatingIfNeeded: self.pension.rawValue))
    c.pointee.dibao = .init(rawValue: .init(truncatingIfNeeded: self.dibao.rawValue))
    c.pointee.five_guarantee = .init(rawValue: .init(truncatingIfNeeded: self.fiveGuarantee.rawValue))
  }

  /// A value of its own of what a view looks at.
  public init(_ view: borrowing View) { self.init(view._c) }

  /// A `Security` where it lies unpacked; valid only while it is lent.
  public struct View: RPCProtobuf.MessageView, ~Escapable {
    /// The message that is looked at.
    public typealias ViewedMessage = Security
    private let _structure: RPCProtobuf.LentStructure
    /// Looks at the unpacked C structure of the type; for the decoder alone.
    @_lifetime(copy structure)
    public init(_ structure: RPCProtobuf.LentStructure) { _structure = structure }
    fileprivate var _c: UnsafePointer<Registry__V1__Security> {
      _structure.pointer.assumingMemoryBound(to: Registry__V1__Security.self)
    }
    /// In the rural cooperative medical scheme (新农合). Shown with the class HEALTH also where this class
    /// is withheld: it then stands alone.
    public var medicalScheme: Answer {
      return Answer(rawValue: Int32(truncatingIfNeeded: _c.pointee.medical_scheme.rawValue))
    }
    /// In the residents' pension scheme.
    public var pension: Answer {
      return Answer(rawValue: Int32(truncatingIfNeeded: _c.pointee.pension.rawValue))
    }
    /// Receives minimum living security (低保人口).
    public var dibao: Answer {
      return Answer(rawValue: Int32(truncatingIfNeeded: _c.pointee.dibao.rawValue))
    }
    /// Is a five-guarantee person (五保人口).
    public var fiveGuarantee: Answer {
      return Answer(rawValue: Int32(truncatingIfNeeded: _c.pointee.five_guarantee.rawValue))
    }
  }
}

/// One person of a household.
public struct Member: RPCProtobuf.Message {
  /// The person's id; the node gives one where a request has none.
  public var id: [UInt8]

  /// Class IDENTITY.
  public var identity: Identity?

  /// Class SCHOOLING.
  public var schooling: Schooling?

  /// Class HEALTH.
  public var health: Health?

  /// Class LABOUR.
  public var labour: Labour?

  /// Class SECURITY.
  public var security: Security?

  /// The message whose fields all have their default values.
  public init() {
    self.id = []
    self.identity = nil
    self.schooling = nil
    self.health = nil
    self.labour = nil
    self.security = nil
  }

  /// A message with these values, and the default for what is not given.
  public init(
    id: [UInt8] = [],
    identity: Identity? = nil,
    schooling: Schooling? = nil,
    health: Health? = nil,
    labour: Labour? = nil,
    security: Security? = nil
  ) {
    self.id = id
    self.identity = identity
    self.schooling = schooling
    self.health = health
    self.labour = labour
    self.security = security
  }

  /// The schema of the message.
  public static let messageDescriptor: RPCProtobuf.MessageDescriptor = {
    var c = Registry__V1__Member()
    registry__v1__member__init(&c)
    return RPCProtobuf.MessageDescriptor(c.base.descriptor)
  }()

  /// Reads the unpacked C structure of the type; for the decoder alone.
  public init(structure: UnsafeRawPointer) {
    self.init(structure.assumingMemoryBound(to: Registry__V1__Member.self))
  }

  init(_ c: UnsafePointer<Registry__V1__Member>) {
    self.id = StructureReader.bytes(c.pointee.id.data, c.pointee.id.len)
    self.identity = c.pointee.identity.map { Identity(UnsafePointer($0)) }
    self.schooling = c.pointee.schooling.map { Schooling(UnsafePointer($0)) }
    self.health = c.pointee.health.map { Health(UnsafePointer($0)) }
    self.labour = c.pointee.labour.map { Labour(UnsafePointer($0)) }
    self.security = c.pointee.security.map { Security(UnsafePointer($0)) }
  }

  /// Fills an initialised C structure of the type; for the encoder alone.
  public func fill(structure: UnsafeMutableRawPointer, encoder: RPCProtobuf.MessageEncoder) {
    fill(structure.assumingMemoryBound(to: Registry__V1__Member.self), encoder)
  }

  func fill(_ c: UnsafeMutablePointer<Registry__V1__Member>, _ encoder: RPCProtobuf.MessageEncoder) {
    c.pointee.id = ProtobufCBinaryData(len: self.id.count, data: encoder.bytes(self.id))
    if let value = self.identity {
      c.pointee.identity = encoder.message(registry__v1__identity__init) { value.fill($0, encoder) }
    }
    if let value = self.schooling {
      c.pointee.schooling = encoder.message(registry__v1__schooling__init) { value.fill($0, encoder) }
    }
    if let value = self.health {
      c.pointee.health = encoder.message(registry__v1__health__init) { value.fill($0, encoder) }
    }
    if let value = self.labour {
      c.pointee.labour = encoder.message(registry__v1__labour__init) { value.fill($0, encoder) }
    }
    if let value = self.security {
      c.pointee.security = encoder.message(registry__v1__security__init) { value.fill($0, encoder) }
    }
  }

  /// A value of its own of what a view looks at.
  public init(_ view: borrowing View) { self.init(view._c) }

  /// A `Member` where it lies unpacked; valid only while it is lent.
  public struct View: RPCProtobuf.MessageView, ~Escapable {
    /// The message that is looked at.
    public typealias ViewedMessage = Member
    private let _structure: RPCProtobuf.LentStructure
    /// Looks at the unpacked C structure of the type; for the decoder alone.
    @_lifetime(copy structure)
    public init(_ structure: RPCProtobuf.LentStructure) { _structure = structure }
    fileprivate var _c: UnsafePointer<Registry__V1__Member> {
      _structure.pointer.assumingMemoryBound(to: Registry__V1__Member.self)
    }
    /// The person's id; the node gives one where a request has none.
    public var id: Span<UInt8> {
      @_lifetime(copy self)
      get {
        return _structure.elements(_c.pointee.id.data, _c.pointee.id.len)
      }
    }
    /// Class IDENTITY.
    public var identity: Identity.View? {
      @_lifetime(copy self)
      get {
        guard let inner = _c.pointee.identity else { return nil }
        return Identity.View(_structure.inner(UnsafeRawPointer(inner)))
      }
    }
    /// Class SCHOOLING.
    public var schooling: Schooling.View? {
      @_lifetime(copy self)
      get {
        guard let inner = _c.pointee.schooling else { return nil }
        return Schooling.View(_structure.inner(UnsafeRawPointer(inner)))
      }
    }
    /// Class HEALTH.
    public var health: Health.View? {
      @_lifetime(copy self)
      get {
        guard let inner = _c.pointee.health else { return nil }
        return Health.View(_structure.inner(UnsafeRawPointer(inner)))
      }
    }
    /// Class LABOUR.
    public var labour: Labour.View? {
      @_lifetime(copy self)
      get {
        guard let inner = _c.pointee.labour else { return nil }
        return Labour.View(_structure.inner(UnsafeRawPointer(inner)))
      }
    }
    /// Class SECURITY.
    public var security: Security.View? {
      @_lifetime(copy self)
      get {
        guard let inner = _c.pointee.security else { return nil }
        return Security.View(_structure.inner(UnsafeRawPointer(inner)))
      }
    }
  }
}

/// What is known of a household ahead of its place in its node's journal, which has not come so far.
public struct Ahead: RPCProtobuf.Message {
  /// What happened; not given for an erasure.
  public var kind: ChangeKind

  /// The file was erased.
  public var erased: Bool

  /// The day from which it holds, YYYYMMDD; 0 for an erasure.
  public var effectiveOn: Int32

  /// The version that it made.
  public var version: UInt64

  /// When its node recorded it, microseconds since 1970-01-01 UTC.
  public var recordedAt: Int64

  /// The message whose fields all have their default values.
  public init() {
    self.kind = ChangeKind(rawValue: 0)
    self.erased = false
    self.effectiveOn = 0
    self.version = 0
    self.recordedAt = 0
  }

  /// A message with these values, and the default for what is not given.
  public init(
    kind: ChangeKind = ChangeKind(rawValue: 0),
    erased: Bool = false,
    effectiveOn: Int32 = 0,
    version: UInt64 = 0,
    recordedAt: Int64 = 0
  ) {
    self.kind = kind
    self.erased = erased
    self.effectiveOn = effectiveOn
    self.version = version
    self.recordedAt = recordedAt
  }

  /// The schema of the message.
  public static let messageDescriptor: RPCProtobuf.MessageDescriptor = {
    var c = Registry__V1__Ahead()
    registry__v1__ahead__init(&c)
    return RPCProtobuf.MessageDescriptor(c.base.descriptor)
  }()

  /// Reads the unpacked C structure of the type; for the decoder alone.
  public init(structure: UnsafeRawPointer) {
    self.init(structure.assumingMemoryBound(to: Registry__V1__Ahead.self))
  }

  init(_ c: UnsafePointer<Registry__V1__Ahead>) {
    self.kind = ChangeKind(rawValue: Int32(truncatingIfNeeded: c.pointee.kind.rawValue))
    self.erased = c.pointee.erased != 0
    self.effectiveOn = c.pointee.effective_on
    self.version = c.pointee.version
    self.recordedAt = c.pointee.recorded_at
  }

  /// Fills an initialised C structure of the type; for the encoder alone.
  public func fill(structure: UnsafeMutableRawPointer, encoder: RPCProtobuf.MessageEncoder) {
    fill(structure.assumingMemoryBound(to: Registry__V1__Ahead.self), encoder)
  }

  func fill(_ c: UnsafeMutablePointer<Registry__V1__Ahead>, _ encoder: RPCProtobuf.MessageEncoder) {
    c.pointee.kind = .init(rawValue: .init(truncatingIfNeeded: self.kind.rawValue))
    c.pointee.erased = self.erased ? 1 : 0
    c.pointee.effective_on = self.effectiveOn
    c.pointee.version = self.version
    c.pointee.recorded_at = self.recordedAt
  }

  /// A value of its own of what a view looks at.
  public init(_ view: borrowing View) { self.init(view._c) }

  /// A `Ahead` where it lies unpacked; valid only while it is lent.
  public struct View: RPCProtobuf.MessageView, ~Escapable {
    /// The message that is looked at.
    public typealias ViewedMessage = Ahead
    private let _structure: RPCProtobuf.LentStructure
    /// Looks at the unpacked C structure of the type; for the decoder alone.
    @_lifetime(copy structure)
    public init(_ structure: RPCProtobuf.LentStructure) { _structure = structure }
    fileprivate var _c: UnsafePointer<Registry__V1__Ahead> {
      _structure.pointer.assumingMemoryBound(to: Registry__V1__Ahead.self)
    }
    /// What happened; not given for an erasure.
    public var kind: ChangeKind {
      return ChangeKind(rawValue: Int32(truncatingIfNeeded: _c.pointee.kind.rawValue))
    }
    /// The file was erased.
    public var erased: Bool {
      return _c.pointee.erased != 0
    }
    /// The day from which it holds, YYYYMMDD; 0 for an erasure.
    public var effectiveOn: Int32 {
      return _c.pointee.effective_on
    }
    /// The version that it made.
    public var version: UInt64 {
      return _c.pointee.version
    }
    /// When its node recorded it, microseconds since 1970-01-01 UTC.
    public var recordedAt: Int64 {
      return _c.pointee.recorded_at
    }
  }
}

/// One household's file.
///
/// An office that does not see every class of all people is told neither `version` nor `effective_on`,
/// `recorded_at`, `change`, `reviewed_in` and `ahead`: they would tell that something withheld changed.
/// Such offices never write files.
public struct Household: RPCProtobuf.Message {
  /// The id that never changes; the node gives it.
  public var id: [UInt8]

  /// The printed number: county (6), serial (7), check digit (1); the node gives it.
  public var number: String

  /// The version, from 1, one more with each change.
  public var version: UInt64

  /// Where the file stands in its life.
  public var status: HouseholdStatus

  /// Where the household lives.
  public var location: Location?

  /// Class CLASSIFICATION.
  public var classification: Classification?

  /// Class CONTACT.
  public var contact: Contact?

  /// Class ACCOUNT.
  public var account: Account?

  /// Class INCOME.
  public var income: Income?

  /// Class DWELLING.
  public var dwelling: Dwelling?

  /// Class PRODUCTION.
  public var production: Production?

  /// Class SUPPORT.
  public var support: Support?

  /// The members, head first; 1 to 30.
  public var members: [Member]

  /// The day from which the change that made this version holds, YYYYMMDD.
  public var effectiveOn: Int32

  /// The instant at which this version was recorded; the node gives it.
  public var recordedAt: Int64

  /// Why this version was made; the node gives it.
  public var change: ChangeNote?

  /// Class CLASSIFICATION: set while the status is exited; the node gives it.
  public var exit: Exit?

  /// The year of the last yearly review; 0 for none yet. The node gives it.
  public var reviewedIn: UInt32

  /// The classes that this answer leaves out because the caller's office may not see them.
  public var withheld: [DisclosureClass]

  /// What is known ahead of this version at a node that has a copy; only in answers.
  public var ahead: Ahead?

  /// The message whose fields all have their default values.
  public init() {
    self.id = []
    self.number = ""
    self.version = 0
    self.status = HouseholdStatus(rawValue: 0)
    self.location = nil
    self.classification = nil
    self.contact = nil
    self.account = nil
    self.income = nil
    self.dwelling = nil
    self.production = nil
    self.support = nil
    self.members = []
    self.effectiveOn = 0
    self.recordedAt = 0
    self.change = nil
    self.exit = nil
    self.reviewedIn = 0
    self.withheld = []
    self.ahead = nil
  }

  /// A message with these values, and the default for what is not given.
  public init(
    id: [UInt8] = [],
    number: String = "",
    version: UInt64 = 0,
    status: HouseholdStatus = HouseholdStatus(rawValue: 0),
    location: Location? = nil,
    classification: Classification? = nil,
    contact: Contact? = nil,
    account: Account? = nil,
    income: Income? = nil,
    dwelling: Dwelling? = nil,
    production: Production? = nil,
    support: Support? = nil,
    members: [Member] = [],
    effectiveOn: Int32 = 0,
    recordedAt: Int64 = 0,
    change: ChangeNote? = nil,
    exit: Exit? = nil,
    reviewedIn: UInt32 = 0,
    withheld: [DisclosureClass] = [],
    ahead: Ahead? = nil
  ) {
    self.id = id
    self.number = number
    self.version = version
    self.status = status
    self.location = location
    self.classification = classification
    self.contact = contact
    self.account = account
    self.income = income
    self.dwelling = dwelling
    self.production = production
    self.support = support
    self.members = members
    self.effectiveOn = effectiveOn
    self.recordedAt = recordedAt
    self.change = change
    self.exit = exit
    self.reviewedIn = reviewedIn
    self.withheld = withheld
    self.ahead = ahead
  }

  /// The schema of the message.
  public static let messageDescriptor: RPCProtobuf.MessageDescriptor = {
    var c = Registry__V1__Household()
    registry__v1__household__init(&c)
    return RPCProtobuf.MessageDescriptor(c.base.descriptor)
  }()

  /// Reads the unpacked C structure of the type; for the decoder alone.
  public init(structure: UnsafeRawPointer) {
    self.init(structure.assumingMemoryBound(to: Registry__V1__Household.self))
  }

  init(_ c: UnsafePointer<Registry__V1__Household>) {
    self.id = StructureReader.bytes(c.pointee.id.data, c.pointee.id.len)
    self.number = StructureReader.string(c.pointee.number)
    self.version = c.pointee.version
    self.status = HouseholdStatus(rawValue: Int32(truncatingIfNeeded: c.pointee.status.rawValue))
    self.location = c.pointee.location.map { Location(UnsafePointer($0)) }
    self.classification = c.pointee.classification.map { Classification(UnsafePointer($0)) }
    self.contact = c.pointee.contact.map { Contact(UnsafePointer($0)) }
    self.account = c.pointee.account.map { Account(UnsafePointer($0)) }
    self.income = c.pointee.income.map { Income(UnsafePointer($0)) }
    self.dwelling = c.pointee.dwelling.map { Dwelling(UnsafePointer($0)) }
    self.production = c.pointee.production.map { Production(UnsafePointer($0)) }
    self.support = c.pointee.support.map { Support(UnsafePointer($0)) }
    self.members = StructureReader.messages(c.pointee.members, c.pointee.n_members) { Member($0) }
    self.effectiveOn = c.pointee.effective_on
    self.recordedAt = c.pointee.recorded_at
    self.change = c.pointee.change.map { ChangeNote(UnsafePointer($0)) }
    self.exit = c.pointee.exit.map { Exit(UnsafePointer($0)) }
    self.reviewedIn = c.pointee.reviewed_in
    self.withheld = StructureReader.enums(c.pointee.withheld, c.pointee.n_withheld)
    self.ahead = c.pointee.ahead.map { Ahead(UnsafePointer($0)) }
  }

  /// Fills an initialised C structure of the type; for the encoder alone.
  public func fill(structure: UnsafeMutableRawPointer, encoder: RPCProtobuf.MessageEncoder) {
    fill(structure.assumingMemoryBound(to: Registry__V1__Household.self), encoder)
  }

  func fill(_ c: UnsafeMutablePointer<Registry__V1__Household>, _ encoder: RPCProtobuf.MessageEncoder) {
    c.pointee.id = ProtobufCBinaryData(len: self.id.count, data: encoder.bytes(self.id))
    c.pointee.number = encoder.string(self.number, "Household.number")
    c.pointee.version = self.version
    c.pointee.status = .init(rawValue: .init(truncatingIfNeeded: self.status.rawValue))
    if let value = self.location {
      c.pointee.location = encoder.message(registry__v1__location__init) { value.fill($0, encoder) }
    }
    if let value = self.classification {
      c.pointee.classification = encoder.message(registry__v1__classification__init) { value.fill($0, encoder) }
    }
    if let value = self.contact {
      c.pointee.contact = encoder.message(registry__v1__contact__init) { value.fill($0, encoder) }
    }
    if let value = self.account {
      c.pointee.account = encoder.message(registry__v1__account__init) { value.fill($0, encoder) }
    }
    if let value = self.income {
      c.pointee.income = encoder.message(registry__v1__income__init) { value.fill($0, encoder) }
    }
    if let value = self.dwelling {
      c.pointee.dwelling = encoder.message(registry__v1__dwelling__init) { value.fill($0, encoder) }
    }
    if let value = self.production {
      c.pointee.production = encoder.message(registry__v1__production__init) { value.fill($0, encoder) }
    }
    if let value = self.support {
      c.pointee.support = encoder.message(registry__v1__support__init) { value.fill($0, encoder) }
    }
    if let elements = encoder.messages(self.members, registry__v1__member__init, { $0.fill($1, encoder) }) {
      c.pointee.n_members = self.members.count
      c.pointee.members = elements
    }
    c.pointee.effective_on = self.effectiveOn
    c.pointee.recorded_at = self.recordedAt
    if let value = self.change {
      c.pointee.change = encoder.message(registry__v1__change_note__init) { value.fill($0, encoder) }
    }
    if let value = self.exit {
      c.pointee.exit = encoder.message(registry__v1__exit__init) { value.fill($0, encoder) }
    }
    c.pointee.reviewed_in = self.reviewedIn
    if let elements = encoder.enums(self.withheld) {
      c.pointee.n_withheld = self.withheld.count
      c.pointee.withheld = elements.assumingMemoryBound(to: Registry__V1__DisclosureClass.self)
    }
    if let value = self.ahead {
      c.pointee.ahead = encoder.message(registry__v1__ahead__init) { value.fill($0, encoder) }
    }
  }

  /// A value of its own of what a view looks at.
  public init(_ view: borrowing View) { self.init(view._c) }

  /// A `Household` where it lies unpacked; valid only while it is lent.
  public struct View: RPCProtobuf.MessageView, ~Escapable {
    /// The message that is looked at.
    public typealias ViewedMessage = Household
    private let _structure: RPCProtobuf.LentStructure
    /// Looks at the unpacked C structure of the type; for the decoder alone.
    @_lifetime(copy structure)
    public init(_ structure: RPCProtobuf.LentStructure) { _structure = structure }
    fileprivate var _c: UnsafePointer<Registry__V1__Household> {
      _structure.pointer.assumingMemoryBound(to: Registry__V1__Household.self)
    }
    /// The id that never changes; the node gives it.
    public var id: Span<UInt8> {
      @_lifetime(copy self)
      get {
        return _structure.elements(_c.pointee.id.data, _c.pointee.id.len)
      }
    }
    /// The printed number: county (6), serial (7), check digit (1); the node gives it.
    public var number: UTF8Span {
      @_lifetime(copy self)
      get {
        return _structure.text(_c.pointee.number)
      }
    }
    /// The version, from 1, one more with each change.
    public var version: UInt64 {
      return _c.pointee.version
    }
    /// Where the file stands in its life.
    public var status: HouseholdStatus {
      return HouseholdStatus(rawValue: Int32(truncatingIfNeeded: _c.pointee.status.rawValue))
    }
    /// Where the household lives.
    public var location: Location.View? {
      @_lifetime(copy self)
      get {
        guard let inner = _c.pointee.location else { return nil }
        return Location.View(_structure.inner(UnsafeRawPointer(inner)))
      }
    }
    /// Class CLASSIFICATION.
    public var classification: Classification.View? {
      @_lifetime(copy self)
      get {
        guard let inner = _c.pointee.classification else { return nil }
        return Classification.View(_structure.inner(UnsafeRawPointer(inner)))
      }
    }
    /// Class CONTACT.
    public var contact: Contact.View? {
      @_lifetime(copy self)
      get {
        guard let inner = _c.pointee.contact else { return nil }
        return Contact.View(_structure.inner(UnsafeRawPointer(inner)))
      }
    }
    /// Class ACCOUNT.
    public var account: Account.View? {
      @_lifetime(copy self)
      get {
        guard let inner = _c.pointee.account else { return nil }
        return Account.View(_structure.inner(UnsafeRawPointer(inner)))
      }
    }
    /// Class INCOME.
    public var income: Income.View? {
      @_lifetime(copy self)
      get {
        guard let inner = _c.pointee.income else { return nil }
        return Income.View(_structure.inner(UnsafeRawPointer(inner)))
      }
    }
    /// Class DWELLING.
    public var dwelling: Dwelling.View? {
      @_lifetime(copy self)
      get {
        guard let inner = _c.pointee.dwelling else { return nil }
        return Dwelling.View(_structure.inner(UnsafeRawPointer(inner)))
      }
    }
    /// Class PRODUCTION.
    public var production: Production.View? {
      @_lifetime(copy self)
      get {
        guard let inner = _c.pointee.production else { return nil }
        return Production.View(_structure.inner(UnsafeRawPointer(inner)))
      }
    }
    /// Class SUPPORT.
    public var support: Support.View? {
      @_lifetime(copy self)
      get {
        guard let inner = _c.pointee.support else { return nil }
        return Support.View(_structure.inner(UnsafeRawPointer(inner)))
      }
    }
    /// The members, head first; 1 to 30.
    public var members: RPCProtobuf.MessageViews<Member.View> {
      @_lifetime(copy self)
      get {
        return _structure.messages(_c.pointee.members, _c.pointee.n_members, as: Member.View.self)
      }
    }
    /// The day from which the change that made this version holds, YYYYMMDD.
    public var effectiveOn: Int32 {
      return _c.pointee.effective_on
    }
    /// The instant at which this version was recorded; the node gives it.
    public var recordedAt: Int64 {
      return _c.pointee.recorded_at
    }
    /// Why this version was made; the node gives it.
    public var change: ChangeNote.View? {
      @_lifetime(copy self)
      get {
        guard let inner = _c.pointee.change else { return nil }
        return ChangeNote.View(_structure.inner(UnsafeRawPointer(inner)))
      }
    }
    /// Class CLASSIFICATION: set while the status is exited; the node gives it.
    public var exit: Exit.View? {
      @_lifetime(copy self)
      get {
        guard let inner = _c.pointee.exit else { return nil }
        return Exit.View(_structure.inner(UnsafeRawPointer(inner)))
      }
    }
    /// The year of the last yearly review; 0 for none yet. The node gives it.
    public var reviewedIn: UInt32 {
      return _c.pointee.reviewed_in
    }
    /// The classes that this answer leaves out because the caller's office may not see them.
    public var withheld: [DisclosureClass] {
      return StructureReader.enums(_c.pointee.withheld, _c.pointee.n_withheld)
    }
    /// What is known ahead of this version at a node that has a copy; only in answers.
    public var ahead: Ahead.View? {
      @_lifetime(copy self)
      get {
        guard let inner = _c.pointee.ahead else { return nil }
        return Ahead.View(_structure.inner(UnsafeRawPointer(inner)))
      }
    }
  }
}
