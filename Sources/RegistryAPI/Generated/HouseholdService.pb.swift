// swift-format-ignore-file
// Generated from registry/v1/household_service.proto by protoc-gen-registry-swift.
// Do not edit: run tools/generate

internal import CRegistryAPI
internal import CProtobufC
public import RPCCore
public import RPCProtobuf

/// What became of an item.
public struct ImportOutcome: RPCProtobuf.MessageEnum {
  /// The number on the wire.
  public let rawValue: Int32
  /// Keeps any number.
  public init(rawValue: Int32) { self.rawValue = rawValue }

  /// Not given.
  public static let unspecified = ImportOutcome(rawValue: 0)

  /// A household was registered.
  public static let created = ImportOutcome(rawValue: 1)

  /// A household was changed.
  public static let updated = ImportOutcome(rawValue: 2)

  /// The rows say what is on record.
  public static let unchanged = ImportOutcome(rawValue: 3)

  /// A rule refuses the rows; nothing of them was recorded.
  public static let refused = ImportOutcome(rawValue: 4)

  /// The values that the schema names, by number.
  public static let allKnown: [ImportOutcome] = [
    .unspecified,
    .created,
    .updated,
    .unchanged,
    .refused,
  ]

  /// The value's name in the schema, or its number in digits when it has none.
  public var name: String {
    switch rawValue {
    case 0: "IMPORT_OUTCOME_UNSPECIFIED"
    case 1: "IMPORT_OUTCOME_CREATED"
    case 2: "IMPORT_OUTCOME_UPDATED"
    case 3: "IMPORT_OUTCOME_UNCHANGED"
    case 4: "IMPORT_OUTCOME_REFUSED"
    default: String(rawValue)
    }
  }
}

/// Asks to register a household.
public struct CreateHouseholdRequest: RPCProtobuf.Message {
  /// The file. `id`, `number`, `version`, `recorded_at`, `withheld` and the category are ignored.
  public var household: Household?

  /// The message whose fields all have their default values.
  public init() {
    self.household = nil
  }

  /// A message with these values, and the default for what is not given.
  public init(
    household: Household? = nil
  ) {
    self.household = household
  }

  /// The schema of the message.
  public static let messageDescriptor: RPCProtobuf.MessageDescriptor = {
    var c = Registry__V1__CreateHouseholdRequest()
    registry__v1__create_household_request__init(&c)
    return RPCProtobuf.MessageDescriptor(c.base.descriptor)
  }()

  /// Reads the unpacked C structure of the type; for the decoder alone.
  public init(structure: UnsafeRawPointer) {
    self.init(structure.assumingMemoryBound(to: Registry__V1__CreateHouseholdRequest.self))
  }

  init(_ c: UnsafePointer<Registry__V1__CreateHouseholdRequest>) {
    self.household = c.pointee.household.map { Household(UnsafePointer($0)) }
  }

  /// Fills an initialised C structure of the type; for the encoder alone.
  public func fill(structure: UnsafeMutableRawPointer, encoder: RPCProtobuf.MessageEncoder) {
    fill(structure.assumingMemoryBound(to: Registry__V1__CreateHouseholdRequest.self), encoder)
  }

  func fill(_ c: UnsafeMutablePointer<Registry__V1__CreateHouseholdRequest>, _ encoder: RPCProtobuf.MessageEncoder) {
    if let value = self.household {
      c.pointee.household = encoder.message(registry__v1__household__init) { value.fill($0, encoder) }
    }
  }
}

/// Asks to change a household.
public struct UpdateHouseholdRequest: RPCProtobuf.Message {
  /// The household's id.
  public var id: [UInt8]

  /// The version that the change was made from; a stale one is refused with ABORTED.
  public var baseVersion: UInt64

  /// The new values.
  public var household: Household?

  /// The paths of the fields to change, such as `contact.telephone`, `dwelling`, `members.health`.
  /// A path under `members` concerns the members given, matched by id; `members` itself adds those
  /// without id and replaces those with one. A path that is named and has no value is blanked; a
  /// value that is not named is ignored.
  public var mask: [String]

  /// The ids of members who leave the file.
  public var removedMembers: [[UInt8]]

  /// The message whose fields all have their default values.
  public init() {
    self.id = []
    self.baseVersion = 0
    self.household = nil
    self.mask = []
    self.removedMembers = []
  }

  /// A message with these values, and the default for what is not given.
  public init(
    id: [UInt8] = [],
    baseVersion: UInt64 = 0,
    household: Household? = nil,
    mask: [String] = [],
    removedMembers: [[UInt8]] = []
  ) {
    self.id = id
    self.baseVersion = baseVersion
    self.household = household
    self.mask = mask
    self.removedMembers = removedMembers
  }

  /// The schema of the message.
  public static let messageDescriptor: RPCProtobuf.MessageDescriptor = {
    var c = Registry__V1__UpdateHouseholdRequest()
    registry__v1__update_household_request__init(&c)
    return RPCProtobuf.MessageDescriptor(c.base.descriptor)
  }()

  /// Reads the unpacked C structure of the type; for the decoder alone.
  public init(structure: UnsafeRawPointer) {
    self.init(structure.assumingMemoryBound(to: Registry__V1__UpdateHouseholdRequest.self))
  }

  init(_ c: UnsafePointer<Registry__V1__UpdateHouseholdRequest>) {
    self.id = StructureReader.bytes(c.pointee.id.data, c.pointee.id.len)
    self.baseVersion = c.pointee.base_version
    self.household = c.pointee.household.map { Household(UnsafePointer($0)) }
    self.mask = StructureReader.strings(c.pointee.mask, c.pointee.n_mask)
    self.removedMembers = StructureReader.byteStrings(c.pointee.removed_members, c.pointee.n_removed_members)
  }

  /// Fills an initialised C structure of the type; for the encoder alone.
  public func fill(structure: UnsafeMutableRawPointer, encoder: RPCProtobuf.MessageEncoder) {
    fill(structure.assumingMemoryBound(to: Registry__V1__UpdateHouseholdRequest.self), encoder)
  }

  func fill(_ c: UnsafeMutablePointer<Registry__V1__UpdateHouseholdRequest>, _ encoder: RPCProtobuf.MessageEncoder) {
    c.pointee.id = ProtobufCBinaryData(len: self.id.count, data: encoder.bytes(self.id))
    c.pointee.base_version = self.baseVersion
    if let value = self.household {
      c.pointee.household = encoder.message(registry__v1__household__init) { value.fill($0, encoder) }
    }
    if let elements = encoder.strings(self.mask, "UpdateHouseholdRequest.mask") {
      c.pointee.n_mask = self.mask.count
      c.pointee.mask = elements
    }
    if let elements = encoder.byteStrings(self.removedMembers) {
      c.pointee.n_removed_members = self.removedMembers.count
      c.pointee.removed_members = elements.assumingMemoryBound(to: ProtobufCBinaryData.self)
    }
  }
}

/// Asks for one household.
public struct GetHouseholdRequest: RPCProtobuf.Message {
  /// By what it is asked for.
  public enum By: Hashable, Sendable {
    /// The household's id.
    case id([UInt8])
    /// The printed number.
    case number(String)
    /// The citizen ID number of any member (18 or 15 digits, or a disability certificate).
    case citizenId(String)
  }

  /// By what it is asked for.
  public var by: By?

  /// The file as it was on record at this instant; 0 for now. It never changes afterwards. Past files
  /// are for those who may see the history (operation `history`), as are those of `effective_on`.
  public var asOf: Int64

  /// The file as it held on this day, YYYYMMDD, as corrected since; 0 for now. Not with `as_of`.
  public var effectiveOn: Int32

  /// The message whose fields all have their default values.
  public init() {
    self.by = nil
    self.asOf = 0
    self.effectiveOn = 0
  }

  /// A message with these values, and the default for what is not given.
  public init(
    by: By? = nil,
    asOf: Int64 = 0,
    effectiveOn: Int32 = 0
  ) {
    self.by = by
    self.asOf = asOf
    self.effectiveOn = effectiveOn
  }

  /// The schema of the message.
  public static let messageDescriptor: RPCProtobuf.MessageDescriptor = {
    var c = Registry__V1__GetHouseholdRequest()
    registry__v1__get_household_request__init(&c)
    return RPCProtobuf.MessageDescriptor(c.base.descriptor)
  }()

  /// Reads the unpacked C structure of the type; for the decoder alone.
  public init(structure: UnsafeRawPointer) {
    self.init(structure.assumingMemoryBound(to: Registry__V1__GetHouseholdRequest.self))
  }

  init(_ c: UnsafePointer<Registry__V1__GetHouseholdRequest>) {
    switch c.pointee.by_case.rawValue {
    case 1: self.by = By.id(StructureReader.bytes(c.pointee.id.data, c.pointee.id.len))
    case 2: self.by = By.number(StructureReader.string(c.pointee.number))
    case 3: self.by = By.citizenId(StructureReader.string(c.pointee.citizen_id))
    default: self.by = nil
    }
    self.asOf = c.pointee.as_of
    self.effectiveOn = c.pointee.effective_on
  }

  /// Fills an initialised C structure of the type; for the encoder alone.
  public func fill(structure: UnsafeMutableRawPointer, encoder: RPCProtobuf.MessageEncoder) {
    fill(structure.assumingMemoryBound(to: Registry__V1__GetHouseholdRequest.self), encoder)
  }

  func fill(_ c: UnsafeMutablePointer<Registry__V1__GetHouseholdRequest>, _ encoder: RPCProtobuf.MessageEncoder) {
    switch self.by {
    case .id(let value)?:
      c.pointee.by_case = .init(rawValue: 1)
      c.pointee.id = ProtobufCBinaryData(len: value.count, data: encoder.bytes(value))
    case .number(let value)?:
      c.pointee.by_case = .init(rawValue: 2)
      c.pointee.number = encoder.text(value, "GetHouseholdRequest.number")
    case .citizenId(let value)?:
      c.pointee.by_case = .init(rawValue: 3)
      c.pointee.citizen_id = encoder.text(value, "GetHouseholdRequest.citizen_id")
    case nil: break
    }
    c.pointee.as_of = self.asOf
    c.pointee.effective_on = self.effectiveOn
  }
}

/// Asks for a household's history.
public struct GetHistoryRequest: RPCProtobuf.Message {
  /// The household's id.
  public var id: [UInt8]

  /// At most this many versions; 0 for 100, at most 500.
  public var pageSize: UInt32

  /// Goes on from an earlier answer.
  public var pageToken: String

  /// The message whose fields all have their default values.
  public init() {
    self.id = []
    self.pageSize = 0
    self.pageToken = ""
  }

  /// A message with these values, and the default for what is not given.
  public init(
    id: [UInt8] = [],
    pageSize: UInt32 = 0,
    pageToken: String = ""
  ) {
    self.id = id
    self.pageSize = pageSize
    self.pageToken = pageToken
  }

  /// The schema of the message.
  public static let messageDescriptor: RPCProtobuf.MessageDescriptor = {
    var c = Registry__V1__GetHistoryRequest()
    registry__v1__get_history_request__init(&c)
    return RPCProtobuf.MessageDescriptor(c.base.descriptor)
  }()

  /// Reads the unpacked C structure of the type; for the decoder alone.
  public init(structure: UnsafeRawPointer) {
    self.init(structure.assumingMemoryBound(to: Registry__V1__GetHistoryRequest.self))
  }

  init(_ c: UnsafePointer<Registry__V1__GetHistoryRequest>) {
    self.id = StructureReader.bytes(c.pointee.id.data, c.pointee.id.len)
    self.pageSize = c.pointee.page_size
    self.pageToken = StructureReader.string(c.pointee.page_token)
  }

  /// Fills an initialised C structure of the type; for the encoder alone.
  public func fill(structure: UnsafeMutableRawPointer, encoder: RPCProtobuf.MessageEncoder) {
    fill(structure.assumingMemoryBound(to: Registry__V1__GetHistoryRequest.self), encoder)
  }

  func fill(_ c: UnsafeMutablePointer<Registry__V1__GetHistoryRequest>, _ encoder: RPCProtobuf.MessageEncoder) {
    c.pointee.id = ProtobufCBinaryData(len: self.id.count, data: encoder.bytes(self.id))
    c.pointee.page_size = self.pageSize
    c.pointee.page_token = encoder.string(self.pageToken, "GetHistoryRequest.page_token")
  }
}

/// One version of a household.
public struct HistoryEntry: RPCProtobuf.Message {
  /// The version.
  public var version: UInt64

  /// The day from which it holds.
  public var effectiveOn: Int32

  /// The instant at which it was recorded.
  public var recordedAt: Int64

  /// Who made it: the identity's URI.
  public var actor: String

  /// What kind of change, why, by which application or proposal; absent when withheld or unknown.
  public var change: ChangeNote?

  /// The status after it.
  public var status: HouseholdStatus

  /// The paths of the fields that it changed; none for the first.
  public var fields: [String]

  /// The entry of the node's journal.
  public var sequence: UInt64

  /// The message whose fields all have their default values.
  public init() {
    self.version = 0
    self.effectiveOn = 0
    self.recordedAt = 0
    self.actor = ""
    self.change = nil
    self.status = HouseholdStatus(rawValue: 0)
    self.fields = []
    self.sequence = 0
  }

  /// A message with these values, and the default for what is not given.
  public init(
    version: UInt64 = 0,
    effectiveOn: Int32 = 0,
    recordedAt: Int64 = 0,
    actor: String = "",
    change: ChangeNote? = nil,
    status: HouseholdStatus = HouseholdStatus(rawValue: 0),
    fields: [String] = [],
    sequence: UInt64 = 0
  ) {
    self.version = version
    self.effectiveOn = effectiveOn
    self.recordedAt = recordedAt
    self.actor = actor
    self.change = change
    self.status = status
    self.fields = fields
    self.sequence = sequence
  }

  /// The schema of the message.
  public static let messageDescriptor: RPCProtobuf.MessageDescriptor = {
    var c = Registry__V1__HistoryEntry()
    registry__v1__history_entry__init(&c)
    return RPCProtobuf.MessageDescriptor(c.base.descriptor)
  }()

  /// Reads the unpacked C structure of the type; for the decoder alone.
  public init(structure: UnsafeRawPointer) {
    self.init(structure.assumingMemoryBound(to: Registry__V1__HistoryEntry.self))
  }

  init(_ c: UnsafePointer<Registry__V1__HistoryEntry>) {
    self.version = c.pointee.version
    self.effectiveOn = c.pointee.effective_on
    self.recordedAt = c.pointee.recorded_at
    self.actor = StructureReader.string(c.pointee.actor)
    self.change = c.pointee.change.map { ChangeNote(UnsafePointer($0)) }
    self.status = HouseholdStatus(rawValue: Int32(truncatingIfNeeded: c.pointee.status.rawValue))
    self.fields = StructureReader.strings(c.pointee.fields, c.pointee.n_fields)
    self.sequence = c.pointee.sequence
  }

  /// Fills an initialised C structure of the type; for the encoder alone.
  public func fill(structure: UnsafeMutableRawPointer, encoder: RPCProtobuf.MessageEncoder) {
    fill(structure.assumingMemoryBound(to: Registry__V1__HistoryEntry.self), encoder)
  }

  func fill(_ c: UnsafeMutablePointer<Registry__V1__HistoryEntry>, _ encoder: RPCProtobuf.MessageEncoder) {
    c.pointee.version = self.version
    c.pointee.effective_on = self.effectiveOn
    c.pointee.recorded_at = self.recordedAt
    c.pointee.actor = encoder.string(self.actor, "HistoryEntry.actor")
    if let value = self.change {
      c.pointee.change = encoder.message(registry__v1__change_note__init) { value.fill($0, encoder) }
    }
    c.pointee.status = .init(rawValue: .init(truncatingIfNeeded: self.status.rawValue))
    if let elements = encoder.strings(self.fields, "HistoryEntry.fields") {
      c.pointee.n_fields = self.fields.count
      c.pointee.fields = elements
    }
    c.pointee.sequence = self.sequence
  }
}

/// A page of a household's versions, the latest first.
public struct GetHistoryResponse: RPCProtobuf.Message {
  /// The versions.
  public var versions: [HistoryEntry]

  /// Asks for the next page; empty after the last.
  public var nextPageToken: String

  /// The message whose fields all have their default values.
  public init() {
    self.versions = []
    self.nextPageToken = ""
  }

  /// A message with these values, and the default for what is not given.
  public init(
    versions: [HistoryEntry] = [],
    nextPageToken: String = ""
  ) {
    self.versions = versions
    self.nextPageToken = nextPageToken
  }

  /// The schema of the message.
  public static let messageDescriptor: RPCProtobuf.MessageDescriptor = {
    var c = Registry__V1__GetHistoryResponse()
    registry__v1__get_history_response__init(&c)
    return RPCProtobuf.MessageDescriptor(c.base.descriptor)
  }()

  /// Reads the unpacked C structure of the type; for the decoder alone.
  public init(structure: UnsafeRawPointer) {
    self.init(structure.assumingMemoryBound(to: Registry__V1__GetHistoryResponse.self))
  }

  init(_ c: UnsafePointer<Registry__V1__GetHistoryResponse>) {
    self.versions = StructureReader.messages(c.pointee.versions, c.pointee.n_versions) { HistoryEntry($0) }
    self.nextPageToken = StructureReader.string(c.pointee.next_page_token)
  }

  /// Fills an initialised C structure of the type; for the encoder alone.
  public func fill(structure: UnsafeMutableRawPointer, encoder: RPCProtobuf.MessageEncoder) {
    fill(structure.assumingMemoryBound(to: Registry__V1__GetHistoryResponse.self), encoder)
  }

  func fill(_ c: UnsafeMutablePointer<Registry__V1__GetHistoryResponse>, _ encoder: RPCProtobuf.MessageEncoder) {
    if let elements = encoder.messages(self.versions, registry__v1__history_entry__init, { $0.fill($1, encoder) }) {
      c.pointee.n_versions = self.versions.count
      c.pointee.versions = elements
    }
    c.pointee.next_page_token = encoder.string(self.nextPageToken, "GetHistoryResponse.next_page_token")
  }
}

/// Asks what changed between two versions of a household.
public struct CompareVersionsRequest: RPCProtobuf.Message {
  /// The household's id.
  public var id: [UInt8]

  /// The one version; 0 for the first.
  public var from: UInt64

  /// The other version; 0 for the current one.
  public var to: UInt64

  /// The message whose fields all have their default values.
  public init() {
    self.id = []
    self.from = 0
    self.to = 0
  }

  /// A message with these values, and the default for what is not given.
  public init(
    id: [UInt8] = [],
    from: UInt64 = 0,
    to: UInt64 = 0
  ) {
    self.id = id
    self.from = from
    self.to = to
  }

  /// The schema of the message.
  public static let messageDescriptor: RPCProtobuf.MessageDescriptor = {
    var c = Registry__V1__CompareVersionsRequest()
    registry__v1__compare_versions_request__init(&c)
    return RPCProtobuf.MessageDescriptor(c.base.descriptor)
  }()

  /// Reads the unpacked C structure of the type; for the decoder alone.
  public init(structure: UnsafeRawPointer) {
    self.init(structure.assumingMemoryBound(to: Registry__V1__CompareVersionsRequest.self))
  }

  init(_ c: UnsafePointer<Registry__V1__CompareVersionsRequest>) {
    self.id = StructureReader.bytes(c.pointee.id.data, c.pointee.id.len)
    self.from = c.pointee.from
    self.to = c.pointee.to
  }

  /// Fills an initialised C structure of the type; for the encoder alone.
  public func fill(structure: UnsafeMutableRawPointer, encoder: RPCProtobuf.MessageEncoder) {
    fill(structure.assumingMemoryBound(to: Registry__V1__CompareVersionsRequest.self), encoder)
  }

  func fill(_ c: UnsafeMutablePointer<Registry__V1__CompareVersionsRequest>, _ encoder: RPCProtobuf.MessageEncoder) {
    c.pointee.id = ProtobufCBinaryData(len: self.id.count, data: encoder.bytes(self.id))
    c.pointee.from = self.from
    c.pointee.to = self.to
  }
}

/// Two versions of a household and where they differ.
public struct CompareVersionsResponse: RPCProtobuf.Message {
  /// The one version.
  public var from: Household?

  /// The other version.
  public var to: Household?

  /// The paths of the fields that differ.
  public var fields: [String]

  /// The versions after the one, up to the other: who changed what and why.
  public var steps: [HistoryEntry]

  /// The message whose fields all have their default values.
  public init() {
    self.from = nil
    self.to = nil
    self.fields = []
    self.steps = []
  }

  /// A message with these values, and the default for what is not given.
  public init(
    from: Household? = nil,
    to: Household? = nil,
    fields: [String] = [],
    steps: [HistoryEntry] = []
  ) {
    self.from = from
    self.to = to
    self.fields = fields
    self.steps = steps
  }

  /// The schema of the message.
  public static let messageDescriptor: RPCProtobuf.MessageDescriptor = {
    var c = Registry__V1__CompareVersionsResponse()
    registry__v1__compare_versions_response__init(&c)
    return RPCProtobuf.MessageDescriptor(c.base.descriptor)
  }()

  /// Reads the unpacked C structure of the type; for the decoder alone.
  public init(structure: UnsafeRawPointer) {
    self.init(structure.assumingMemoryBound(to: Registry__V1__CompareVersionsResponse.self))
  }

  init(_ c: UnsafePointer<Registry__V1__CompareVersionsResponse>) {
    self.from = c.pointee.from.map { Household(UnsafePointer($0)) }
    self.to = c.pointee.to.map { Household(UnsafePointer($0)) }
    self.fields = StructureReader.strings(c.pointee.fields, c.pointee.n_fields)
    self.steps = StructureReader.messages(c.pointee.steps, c.pointee.n_steps) { HistoryEntry($0) }
  }

  /// Fills an initialised C structure of the type; for the encoder alone.
  public func fill(structure: UnsafeMutableRawPointer, encoder: RPCProtobuf.MessageEncoder) {
    fill(structure.assumingMemoryBound(to: Registry__V1__CompareVersionsResponse.self), encoder)
  }

  func fill(_ c: UnsafeMutablePointer<Registry__V1__CompareVersionsResponse>, _ encoder: RPCProtobuf.MessageEncoder) {
    if let value = self.from {
      c.pointee.from = encoder.message(registry__v1__household__init) { value.fill($0, encoder) }
    }
    if let value = self.to {
      c.pointee.to = encoder.message(registry__v1__household__init) { value.fill($0, encoder) }
    }
    if let elements = encoder.strings(self.fields, "CompareVersionsResponse.fields") {
      c.pointee.n_fields = self.fields.count
      c.pointee.fields = elements
    }
    if let elements = encoder.messages(self.steps, registry__v1__history_entry__init, { $0.fill($1, encoder) }) {
      c.pointee.n_steps = self.steps.count
      c.pointee.steps = elements
    }
  }
}

/// What households are looked for. All conditions given must hold.
public struct HouseholdFilter: RPCProtobuf.Message {
  /// In this division or below; empty, without `divisions`, for the caller's whole area.
  public var division: String

  /// Of one of these categories; none for all.
  public var categories: [Category]

  /// With one of these main causes; none for all. Schooling alone may be asked for where the class
  /// SCHOOLING is shown and CLASSIFICATION is withheld.
  public var mainCauses: [UInt32]

  /// A member's name begins with this text; empty for all.
  public var name: String

  /// Net income per person in the latest year on record is below this; absent for all.
  public var incomeBelow: Money?

  /// Of this status; unspecified for registered ones.
  public var status: HouseholdStatus

  /// Criteria of programmes: a person of whom the caller sees it, or the household, is of one of the
  /// codes of each list that is given; at most 32 codes a list. A list of a class that is withheld from
  /// the caller is refused.
  ///
  /// Somebody's schooling, code list `form: at school`.
  public var atSchool: [UInt32]

  /// Somebody's kind of disability, code list `second-generation disability certificate: kind`.
  public var disabilityKinds: [UInt32]

  /// Somebody's grade of disability, code list `second-generation disability certificate: grade`.
  public var disabilityGrades: [UInt32]

  /// Somebody's health, code list `form: health`.
  public var healthStates: [UInt32]

  /// The dwelling's danger grade, code list `form: dangerous dwelling`.
  public var dangerGrades: [UInt32]

  /// Radio and television reception, code list `ours: reception`.
  public var receptions: [UInt32]

  /// A kind of need, code list `ours: need`.
  public var needs: [UInt32]

  /// In one of these divisions or below, beside `division`; at most 100, each in the caller's area.
  public var divisions: [String]

  /// The message whose fields all have their default values.
  public init() {
    self.division = ""
    self.categories = []
    self.mainCauses = []
    self.name = ""
    self.incomeBelow = nil
    self.status = HouseholdStatus(rawValue: 0)
    self.atSchool = []
    self.disabilityKinds = []
    self.disabilityGrades = []
    self.healthStates = []
    self.dangerGrades = []
    self.receptions = []
    self.needs = []
    self.divisions = []
  }

  /// A message with these values, and the default for what is not given.
  public init(
    division: String = "",
    categories: [Category] = [],
    mainCauses: [UInt32] = [],
    name: String = "",
    incomeBelow: Money? = nil,
    status: HouseholdStatus = HouseholdStatus(rawValue: 0),
    atSchool: [UInt32] = [],
    disabilityKinds: [UInt32] = [],
    disabilityGrades: [UInt32] = [],
    healthStates: [UInt32] = [],
    dangerGrades: [UInt32] = [],
    receptions: [UInt32] = [],
    needs: [UInt32] = [],
    divisions: [String] = []
  ) {
    self.division = division
    self.categories = categories
    self.mainCauses = mainCauses
    self.name = name
    self.incomeBelow = incomeBelow
    self.status = status
    self.atSchool = atSchool
    self.disabilityKinds = disabilityKinds
    self.disabilityGrades = disabilityGrades
    self.healthStates = healthStates
    self.dangerGrades = dangerGrades
    self.receptions = receptions
    self.needs = needs
    self.divisions = divisions
  }

  /// The schema of the message.
  public static let messageDescriptor: RPCProtobuf.MessageDescriptor = {
    var c = Registry__V1__HouseholdFilter()
    registry__v1__household_filter__init(&c)
    return RPCProtobuf.MessageDescriptor(c.base.descriptor)
  }()

  /// Reads the unpacked C structure of the type; for the decoder alone.
  public init(structure: UnsafeRawPointer) {
    self.init(structure.assumingMemoryBound(to: Registry__V1__HouseholdFilter.self))
  }

  init(_ c: UnsafePointer<Registry__V1__HouseholdFilter>) {
    self.division = StructureReader.string(c.pointee.division)
    self.categories = StructureReader.enums(c.pointee.categories, c.pointee.n_categories)
    self.mainCauses = StructureReader.scalars(c.pointee.main_causes, c.pointee.n_main_causes)
    self.name = StructureReader.string(c.pointee.name)
    self.incomeBelow = c.pointee.income_below.map { Money(UnsafePointer($0)) }
    self.status = HouseholdStatus(rawValue: Int32(truncatingIfNeeded: c.pointee.status.rawValue))
    self.atSchool = StructureReader.scalars(c.pointee.at_school, c.pointee.n_at_school)
    self.disabilityKinds = StructureReader.scalars(c.pointee.disability_kinds, c.pointee.n_disability_kinds)
    self.disabilityGrades = StructureReader.scalars(c.pointee.disability_grades, c.pointee.n_disability_grades)
    self.healthStates = StructureReader.scalars(c.pointee.health_states, c.pointee.n_health_states)
    self.dangerGrades = StructureReader.scalars(c.pointee.danger_grades, c.pointee.n_danger_grades)
    self.receptions = StructureReader.scalars(c.pointee.receptions, c.pointee.n_receptions)
    self.needs = StructureReader.scalars(c.pointee.needs, c.pointee.n_needs)
    self.divisions = StructureReader.strings(c.pointee.divisions, c.pointee.n_divisions)
  }

  /// Fills an initialised C structure of the type; for the encoder alone.
  public func fill(structure: UnsafeMutableRawPointer, encoder: RPCProtobuf.MessageEncoder) {
    fill(structure.assumingMemoryBound(to: Registry__V1__HouseholdFilter.self), encoder)
  }

  func fill(_ c: UnsafeMutablePointer<Registry__V1__HouseholdFilter>, _ encoder: RPCProtobuf.MessageEncoder) {
    c.pointee.division = encoder.string(self.division, "HouseholdFilter.division")
    if let elements = encoder.enums(self.categories) {
      c.pointee.n_categories = self.categories.count
      c.pointee.categories = elements.assumingMemoryBound(to: Registry__V1__Category.self)
    }
    if let elements = encoder.scalars(self.mainCauses) {
      c.pointee.n_main_causes = self.mainCauses.count
      c.pointee.main_causes = elements
    }
    c.pointee.name = encoder.string(self.name, "HouseholdFilter.name")
    if let value = self.incomeBelow {
      c.pointee.income_below = encoder.message(registry__v1__money__init) { value.fill($0, encoder) }
    }
    c.pointee.status = .init(rawValue: .init(truncatingIfNeeded: self.status.rawValue))
    if let elements = encoder.scalars(self.atSchool) {
      c.pointee.n_at_school = self.atSchool.count
      c.pointee.at_school = elements
    }
    if let elements = encoder.scalars(self.disabilityKinds) {
      c.pointee.n_disability_kinds = self.disabilityKinds.count
      c.pointee.disability_kinds = elements
    }
    if let elements = encoder.scalars(self.disabilityGrades) {
      c.pointee.n_disability_grades = self.disabilityGrades.count
      c.pointee.disability_grades = elements
    }
    if let elements = encoder.scalars(self.healthStates) {
      c.pointee.n_health_states = self.healthStates.count
      c.pointee.health_states = elements
    }
    if let elements = encoder.scalars(self.dangerGrades) {
      c.pointee.n_danger_grades = self.dangerGrades.count
      c.pointee.danger_grades = elements
    }
    if let elements = encoder.scalars(self.receptions) {
      c.pointee.n_receptions = self.receptions.count
      c.pointee.receptions = elements
    }
    if let elements = encoder.scalars(self.needs) {
      c.pointee.n_needs = self.needs.count
      c.pointee.needs = elements
    }
    if let elements = encoder.strings(self.divisions, "HouseholdFilter.divisions") {
      c.pointee.n_divisions = self.divisions.count
      c.pointee.divisions = elements
    }
  }
}

/// Asks for a page of households.
public struct SearchHouseholdsRequest: RPCProtobuf.Message {
  /// What is looked for.
  public var filter: HouseholdFilter?

  /// At most this many; 0 for 50, at most 500.
  public var pageSize: UInt32

  /// Goes on from an earlier answer to the same filter.
  public var pageToken: String

  /// The message whose fields all have their default values.
  public init() {
    self.filter = nil
    self.pageSize = 0
    self.pageToken = ""
  }

  /// A message with these values, and the default for what is not given.
  public init(
    filter: HouseholdFilter? = nil,
    pageSize: UInt32 = 0,
    pageToken: String = ""
  ) {
    self.filter = filter
    self.pageSize = pageSize
    self.pageToken = pageToken
  }

  /// The schema of the message.
  public static let messageDescriptor: RPCProtobuf.MessageDescriptor = {
    var c = Registry__V1__SearchHouseholdsRequest()
    registry__v1__search_households_request__init(&c)
    return RPCProtobuf.MessageDescriptor(c.base.descriptor)
  }()

  /// Reads the unpacked C structure of the type; for the decoder alone.
  public init(structure: UnsafeRawPointer) {
    self.init(structure.assumingMemoryBound(to: Registry__V1__SearchHouseholdsRequest.self))
  }

  init(_ c: UnsafePointer<Registry__V1__SearchHouseholdsRequest>) {
    self.filter = c.pointee.filter.map { HouseholdFilter(UnsafePointer($0)) }
    self.pageSize = c.pointee.page_size
    self.pageToken = StructureReader.string(c.pointee.page_token)
  }

  /// Fills an initialised C structure of the type; for the encoder alone.
  public func fill(structure: UnsafeMutableRawPointer, encoder: RPCProtobuf.MessageEncoder) {
    fill(structure.assumingMemoryBound(to: Registry__V1__SearchHouseholdsRequest.self), encoder)
  }

  func fill(_ c: UnsafeMutablePointer<Registry__V1__SearchHouseholdsRequest>, _ encoder: RPCProtobuf.MessageEncoder) {
    if let value = self.filter {
      c.pointee.filter = encoder.message(registry__v1__household_filter__init) { value.fill($0, encoder) }
    }
    c.pointee.page_size = self.pageSize
    c.pointee.page_token = encoder.string(self.pageToken, "SearchHouseholdsRequest.page_token")
  }
}

/// A line of a list of households.
public struct HouseholdSummary: RPCProtobuf.Message {
  /// The household's id.
  public var id: [UInt8]

  /// The printed number.
  public var number: String

  /// The version on record; 0 for an office that does not see every class of all people.
  public var version: UInt64

  /// The village's code.
  public var village: String

  /// The village's name.
  public var villageName: String

  /// The head's name; empty when withheld.
  public var head: String

  /// How many members.
  public var members: UInt32

  /// The category.
  public var category: Category

  /// The main cause; 0 when withheld.
  public var mainCause: UInt32

  /// Net income per person in the latest year on record; absent when unknown or withheld.
  public var netPerPerson: Money?

  /// The status.
  public var status: HouseholdStatus

  /// The message whose fields all have their default values.
  public init() {
    self.id = []
    self.number = ""
    self.version = 0
    self.village = ""
    self.villageName = ""
    self.head = ""
    self.members = 0
    self.category = Category(rawValue: 0)
    self.mainCause = 0
    self.netPerPerson = nil
    self.status = HouseholdStatus(rawValue: 0)
  }

  /// A message with these values, and the default for what is not given.
  public init(
    id: [UInt8] = [],
    number: String = "",
    version: UInt64 = 0,
    village: String = "",
    villageName: String = "",
    head: String = "",
    members: UInt32 = 0,
    category: Category = Category(rawValue: 0),
    mainCause: UInt32 = 0,
    netPerPerson: Money? = nil,
    status: HouseholdStatus = HouseholdStatus(rawValue: 0)
  ) {
    self.id = id
    self.number = number
    self.version = version
    self.village = village
    self.villageName = villageName
    self.head = head
    self.members = members
    self.category = category
    self.mainCause = mainCause
    self.netPerPerson = netPerPerson
    self.status = status
  }

  /// The schema of the message.
  public static let messageDescriptor: RPCProtobuf.MessageDescriptor = {
    var c = Registry__V1__HouseholdSummary()
    registry__v1__household_summary__init(&c)
    return RPCProtobuf.MessageDescriptor(c.base.descriptor)
  }()

  /// Reads the unpacked C structure of the type; for the decoder alone.
  public init(structure: UnsafeRawPointer) {
    self.init(structure.assumingMemoryBound(to: Registry__V1__HouseholdSummary.self))
  }

  init(_ c: UnsafePointer<Registry__V1__HouseholdSummary>) {
    self.id = StructureReader.bytes(c.pointee.id.data, c.pointee.id.len)
    self.number = StructureReader.string(c.pointee.number)
    self.version = c.pointee.version
    self.village = StructureReader.string(c.pointee.village)
    self.villageName = StructureReader.string(c.pointee.village_name)
    self.head = StructureReader.string(c.pointee.head)
    self.members = c.pointee.members
    self.category = Category(rawValue: Int32(truncatingIfNeeded: c.pointee.category.rawValue))
    self.mainCause = c.pointee.main_cause
    self.netPerPerson = c.pointee.net_per_person.map { Money(UnsafePointer($0)) }
    self.status = HouseholdStatus(rawValue: Int32(truncatingIfNeeded: c.pointee.status.rawValue))
  }

  /// Fills an initialised C structure of the type; for the encoder alone.
  public func fill(structure: UnsafeMutableRawPointer, encoder: RPCProtobuf.MessageEncoder) {
    fill(structure.assumingMemoryBound(to: Registry__V1__HouseholdSummary.self), encoder)
  }

  func fill(_ c: UnsafeMutablePointer<Registry__V1__HouseholdSummary>, _ encoder: RPCProtobuf.MessageEncoder) {
    c.pointee.id = ProtobufCBinaryData(len: self.id.count, data: encoder.bytes(self.id))
    c.pointee.number = encoder.string(self.number, "HouseholdSummary.number")
    c.pointee.version = self.version
    c.pointee.village = encoder.string(self.village, "HouseholdSummary.village")
    c.pointee.village_name = encoder.string(self.villageName, "HouseholdSummary.village_name")
    c.pointee.head = encoder.string(self.head, "HouseholdSummary.head")
    c.pointee.members = self.members
    c.pointee.category = .init(rawValue: .init(truncatingIfNeeded: self.category.rawValue))
    c.pointee.main_cause = self.mainCause
    if let value = self.netPerPerson {
      c.pointee.net_per_person = encoder.message(registry__v1__money__init) { value.fill($0, encoder) }
    }
    c.pointee.status = .init(rawValue: .init(truncatingIfNeeded: self.status.rawValue))
  }
}

/// A page of households in the order of their registration, stable while data changes. Where files must
/// be opened to find some, a page may be short after much work in vain, and have a next one.
public struct SearchHouseholdsResponse: RPCProtobuf.Message {
  /// The households.
  public var households: [HouseholdSummary]

  /// Asks for the next page; empty after the last.
  public var nextPageToken: String

  /// The classes left out.
  public var withheld: [DisclosureClass]

  /// The message whose fields all have their default values.
  public init() {
    self.households = []
    self.nextPageToken = ""
    self.withheld = []
  }

  /// A message with these values, and the default for what is not given.
  public init(
    households: [HouseholdSummary] = [],
    nextPageToken: String = "",
    withheld: [DisclosureClass] = []
  ) {
    self.households = households
    self.nextPageToken = nextPageToken
    self.withheld = withheld
  }

  /// The schema of the message.
  public static let messageDescriptor: RPCProtobuf.MessageDescriptor = {
    var c = Registry__V1__SearchHouseholdsResponse()
    registry__v1__search_households_response__init(&c)
    return RPCProtobuf.MessageDescriptor(c.base.descriptor)
  }()

  /// Reads the unpacked C structure of the type; for the decoder alone.
  public init(structure: UnsafeRawPointer) {
    self.init(structure.assumingMemoryBound(to: Registry__V1__SearchHouseholdsResponse.self))
  }

  init(_ c: UnsafePointer<Registry__V1__SearchHouseholdsResponse>) {
    self.households = StructureReader.messages(c.pointee.households, c.pointee.n_households) { HouseholdSummary($0) }
    self.nextPageToken = StructureReader.string(c.pointee.next_page_token)
    self.withheld = StructureReader.enums(c.pointee.withheld, c.pointee.n_withheld)
  }

  /// Fills an initialised C structure of the type; for the encoder alone.
  public func fill(structure: UnsafeMutableRawPointer, encoder: RPCProtobuf.MessageEncoder) {
    fill(structure.assumingMemoryBound(to: Registry__V1__SearchHouseholdsResponse.self), encoder)
  }

  func fill(_ c: UnsafeMutablePointer<Registry__V1__SearchHouseholdsResponse>, _ encoder: RPCProtobuf.MessageEncoder) {
    if let elements = encoder.messages(self.households, registry__v1__household_summary__init, { $0.fill($1, encoder) }) {
      c.pointee.n_households = self.households.count
      c.pointee.households = elements
    }
    c.pointee.next_page_token = encoder.string(self.nextPageToken, "SearchHouseholdsResponse.next_page_token")
    if let elements = encoder.enums(self.withheld) {
      c.pointee.n_withheld = self.withheld.count
      c.pointee.withheld = elements.assumingMemoryBound(to: Registry__V1__DisclosureClass.self)
    }
  }
}

/// Asks for households drawn at random, for an inspection.
public struct SampleHouseholdsRequest: RPCProtobuf.Message {
  /// What they are drawn from.
  public var filter: HouseholdFilter?

  /// How many; 1 to 500.
  public var count: UInt32

  /// Whoever knows it draws the same from the same files: 1 to 100 bytes. Those with the smallest
  /// SHA-256 of the seed and their id (16 octets) are drawn.
  public var seed: String

  /// The message whose fields all have their default values.
  public init() {
    self.filter = nil
    self.count = 0
    self.seed = ""
  }

  /// A message with these values, and the default for what is not given.
  public init(
    filter: HouseholdFilter? = nil,
    count: UInt32 = 0,
    seed: String = ""
  ) {
    self.filter = filter
    self.count = count
    self.seed = seed
  }

  /// The schema of the message.
  public static let messageDescriptor: RPCProtobuf.MessageDescriptor = {
    var c = Registry__V1__SampleHouseholdsRequest()
    registry__v1__sample_households_request__init(&c)
    return RPCProtobuf.MessageDescriptor(c.base.descriptor)
  }()

  /// Reads the unpacked C structure of the type; for the decoder alone.
  public init(structure: UnsafeRawPointer) {
    self.init(structure.assumingMemoryBound(to: Registry__V1__SampleHouseholdsRequest.self))
  }

  init(_ c: UnsafePointer<Registry__V1__SampleHouseholdsRequest>) {
    self.filter = c.pointee.filter.map { HouseholdFilter(UnsafePointer($0)) }
    self.count = c.pointee.count
    self.seed = StructureReader.string(c.pointee.seed)
  }

  /// Fills an initialised C structure of the type; for the encoder alone.
  public func fill(structure: UnsafeMutableRawPointer, encoder: RPCProtobuf.MessageEncoder) {
    fill(structure.assumingMemoryBound(to: Registry__V1__SampleHouseholdsRequest.self), encoder)
  }

  func fill(_ c: UnsafeMutablePointer<Registry__V1__SampleHouseholdsRequest>, _ encoder: RPCProtobuf.MessageEncoder) {
    if let value = self.filter {
      c.pointee.filter = encoder.message(registry__v1__household_filter__init) { value.fill($0, encoder) }
    }
    c.pointee.count = self.count
    c.pointee.seed = encoder.string(self.seed, "SampleHouseholdsRequest.seed")
  }
}

/// Households that were drawn, in the order of the draw.
public struct SampleHouseholdsResponse: RPCProtobuf.Message {
  /// The households.
  public var households: [HouseholdSummary]

  /// How many there were to draw from.
  public var drawnFrom: UInt64

  /// The classes left out.
  public var withheld: [DisclosureClass]

  /// The message whose fields all have their default values.
  public init() {
    self.households = []
    self.drawnFrom = 0
    self.withheld = []
  }

  /// A message with these values, and the default for what is not given.
  public init(
    households: [HouseholdSummary] = [],
    drawnFrom: UInt64 = 0,
    withheld: [DisclosureClass] = []
  ) {
    self.households = households
    self.drawnFrom = drawnFrom
    self.withheld = withheld
  }

  /// The schema of the message.
  public static let messageDescriptor: RPCProtobuf.MessageDescriptor = {
    var c = Registry__V1__SampleHouseholdsResponse()
    registry__v1__sample_households_response__init(&c)
    return RPCProtobuf.MessageDescriptor(c.base.descriptor)
  }()

  /// Reads the unpacked C structure of the type; for the decoder alone.
  public init(structure: UnsafeRawPointer) {
    self.init(structure.assumingMemoryBound(to: Registry__V1__SampleHouseholdsResponse.self))
  }

  init(_ c: UnsafePointer<Registry__V1__SampleHouseholdsResponse>) {
    self.households = StructureReader.messages(c.pointee.households, c.pointee.n_households) { HouseholdSummary($0) }
    self.drawnFrom = c.pointee.drawn_from
    self.withheld = StructureReader.enums(c.pointee.withheld, c.pointee.n_withheld)
  }

  /// Fills an initialised C structure of the type; for the encoder alone.
  public func fill(structure: UnsafeMutableRawPointer, encoder: RPCProtobuf.MessageEncoder) {
    fill(structure.assumingMemoryBound(to: Registry__V1__SampleHouseholdsResponse.self), encoder)
  }

  func fill(_ c: UnsafeMutablePointer<Registry__V1__SampleHouseholdsResponse>, _ encoder: RPCProtobuf.MessageEncoder) {
    if let elements = encoder.messages(self.households, registry__v1__household_summary__init, { $0.fill($1, encoder) }) {
      c.pointee.n_households = self.households.count
      c.pointee.households = elements
    }
    c.pointee.drawn_from = self.drawnFrom
    if let elements = encoder.enums(self.withheld) {
      c.pointee.n_withheld = self.withheld.count
      c.pointee.withheld = elements.assumingMemoryBound(to: Registry__V1__DisclosureClass.self)
    }
  }
}

/// Opens an import.
public struct ImportHeader: RPCProtobuf.Message {
  /// SHA-256 of the file's bytes: the import's identity. The same rows of the same file are carried
  /// out once, however often they are sent.
  public var fileDigest: [UInt8]

  /// The file's name, for the record; at most 200 bytes.
  public var fileName: String

  /// How many rows the file has below its headings, if known.
  public var rowCount: UInt32

  /// The message whose fields all have their default values.
  public init() {
    self.fileDigest = []
    self.fileName = ""
    self.rowCount = 0
  }

  /// A message with these values, and the default for what is not given.
  public init(
    fileDigest: [UInt8] = [],
    fileName: String = "",
    rowCount: UInt32 = 0
  ) {
    self.fileDigest = fileDigest
    self.fileName = fileName
    self.rowCount = rowCount
  }

  /// The schema of the message.
  public static let messageDescriptor: RPCProtobuf.MessageDescriptor = {
    var c = Registry__V1__ImportHeader()
    registry__v1__import_header__init(&c)
    return RPCProtobuf.MessageDescriptor(c.base.descriptor)
  }()

  /// Reads the unpacked C structure of the type; for the decoder alone.
  public init(structure: UnsafeRawPointer) {
    self.init(structure.assumingMemoryBound(to: Registry__V1__ImportHeader.self))
  }

  init(_ c: UnsafePointer<Registry__V1__ImportHeader>) {
    self.fileDigest = StructureReader.bytes(c.pointee.file_digest.data, c.pointee.file_digest.len)
    self.fileName = StructureReader.string(c.pointee.file_name)
    self.rowCount = c.pointee.row_count
  }

  /// Fills an initialised C structure of the type; for the encoder alone.
  public func fill(structure: UnsafeMutableRawPointer, encoder: RPCProtobuf.MessageEncoder) {
    fill(structure.assumingMemoryBound(to: Registry__V1__ImportHeader.self), encoder)
  }

  func fill(_ c: UnsafeMutablePointer<Registry__V1__ImportHeader>, _ encoder: RPCProtobuf.MessageEncoder) {
    c.pointee.file_digest = ProtobufCBinaryData(len: self.fileDigest.count, data: encoder.bytes(self.fileDigest))
    c.pointee.file_name = encoder.string(self.fileName, "ImportHeader.file_name")
    c.pointee.row_count = self.rowCount
  }

  /// A value of its own of what a view looks at.
  public init(_ view: borrowing View) { self.init(view._c) }

  /// A `ImportHeader` where it lies unpacked; valid only while it is lent.
  public struct View: RPCProtobuf.MessageView, ~Escapable {
    /// The message that is looked at.
    public typealias ViewedMessage = ImportHeader
    private let _structure: RPCProtobuf.LentStructure
    /// Looks at the unpacked C structure of the type; for the decoder alone.
    @_lifetime(copy structure)
    public init(_ structure: RPCProtobuf.LentStructure) { _structure = structure }
    fileprivate var _c: UnsafePointer<Registry__V1__ImportHeader> {
      _structure.pointer.assumingMemoryBound(to: Registry__V1__ImportHeader.self)
    }
    /// SHA-256 of the file's bytes: the import's identity. The same rows of the same file are carried
    /// out once, however often they are sent.
    public var fileDigest: Span<UInt8> {
      @_lifetime(copy self)
      get {
        return _structure.elements(_c.pointee.file_digest.data, _c.pointee.file_digest.len)
      }
    }
    /// The file's name, for the record; at most 200 bytes.
    public var fileName: UTF8Span {
      @_lifetime(copy self)
      get {
        return _structure.text(_c.pointee.file_name)
      }
    }
    /// How many rows the file has below its headings, if known.
    public var rowCount: UInt32 {
      return _c.pointee.row_count
    }
  }
}

/// One household of an import file.
public struct ImportItem: RPCProtobuf.Message {
  /// The first row of the household, from 1.
  public var firstRow: UInt32

  /// How many rows it has: one a member.
  public var rowCount: UInt32

  /// What the rows say. With a number, the household on record is changed: values given replace,
  /// values not given stay. Without one, a household is registered.
  public var household: Household?

  /// The message whose fields all have their default values.
  public init() {
    self.firstRow = 0
    self.rowCount = 0
    self.household = nil
  }

  /// A message with these values, and the default for what is not given.
  public init(
    firstRow: UInt32 = 0,
    rowCount: UInt32 = 0,
    household: Household? = nil
  ) {
    self.firstRow = firstRow
    self.rowCount = rowCount
    self.household = household
  }

  /// The schema of the message.
  public static let messageDescriptor: RPCProtobuf.MessageDescriptor = {
    var c = Registry__V1__ImportItem()
    registry__v1__import_item__init(&c)
    return RPCProtobuf.MessageDescriptor(c.base.descriptor)
  }()

  /// Reads the unpacked C structure of the type; for the decoder alone.
  public init(structure: UnsafeRawPointer) {
    self.init(structure.assumingMemoryBound(to: Registry__V1__ImportItem.self))
  }

  init(_ c: UnsafePointer<Registry__V1__ImportItem>) {
    self.firstRow = c.pointee.first_row
    self.rowCount = c.pointee.row_count
    self.household = c.pointee.household.map { Household(UnsafePointer($0)) }
  }

  /// Fills an initialised C structure of the type; for the encoder alone.
  public func fill(structure: UnsafeMutableRawPointer, encoder: RPCProtobuf.MessageEncoder) {
    fill(structure.assumingMemoryBound(to: Registry__V1__ImportItem.self), encoder)
  }

  func fill(_ c: UnsafeMutablePointer<Registry__V1__ImportItem>, _ encoder: RPCProtobuf.MessageEncoder) {
    c.pointee.first_row = self.firstRow
    c.pointee.row_count = self.rowCount
    if let value = self.household {
      c.pointee.household = encoder.message(registry__v1__household__init) { value.fill($0, encoder) }
    }
  }

  /// A value of its own of what a view looks at.
  public init(_ view: borrowing View) { self.init(view._c) }

  /// A `ImportItem` where it lies unpacked; valid only while it is lent.
  public struct View: RPCProtobuf.MessageView, ~Escapable {
    /// The message that is looked at.
    public typealias ViewedMessage = ImportItem
    private let _structure: RPCProtobuf.LentStructure
    /// Looks at the unpacked C structure of the type; for the decoder alone.
    @_lifetime(copy structure)
    public init(_ structure: RPCProtobuf.LentStructure) { _structure = structure }
    fileprivate var _c: UnsafePointer<Registry__V1__ImportItem> {
      _structure.pointer.assumingMemoryBound(to: Registry__V1__ImportItem.self)
    }
    /// The first row of the household, from 1.
    public var firstRow: UInt32 {
      return _c.pointee.first_row
    }
    /// How many rows it has: one a member.
    public var rowCount: UInt32 {
      return _c.pointee.row_count
    }
    /// What the rows say. With a number, the household on record is changed: values given replace,
    /// values not given stay. Without one, a household is registered.
    public var household: Household.View? {
      @_lifetime(copy self)
      get {
        guard let inner = _c.pointee.household else { return nil }
        return Household.View(_structure.inner(UnsafeRawPointer(inner)))
      }
    }
  }
}

/// A part of an import.
public struct ImportHouseholdsRequest: RPCProtobuf.Message {
  /// The header first, then items.
  public var header: ImportHeader?

  /// Households in the file's order; at most 2000 a message.
  public var items: [ImportItem]

  /// The message whose fields all have their default values.
  public init() {
    self.header = nil
    self.items = []
  }

  /// A message with these values, and the default for what is not given.
  public init(
    header: ImportHeader? = nil,
    items: [ImportItem] = []
  ) {
    self.header = header
    self.items = items
  }

  /// The schema of the message.
  public static let messageDescriptor: RPCProtobuf.MessageDescriptor = {
    var c = Registry__V1__ImportHouseholdsRequest()
    registry__v1__import_households_request__init(&c)
    return RPCProtobuf.MessageDescriptor(c.base.descriptor)
  }()

  /// Reads the unpacked C structure of the type; for the decoder alone.
  public init(structure: UnsafeRawPointer) {
    self.init(structure.assumingMemoryBound(to: Registry__V1__ImportHouseholdsRequest.self))
  }

  init(_ c: UnsafePointer<Registry__V1__ImportHouseholdsRequest>) {
    self.header = c.pointee.header.map { ImportHeader(UnsafePointer($0)) }
    self.items = StructureReader.messages(c.pointee.items, c.pointee.n_items) { ImportItem($0) }
  }

  /// Fills an initialised C structure of the type; for the encoder alone.
  public func fill(structure: UnsafeMutableRawPointer, encoder: RPCProtobuf.MessageEncoder) {
    fill(structure.assumingMemoryBound(to: Registry__V1__ImportHouseholdsRequest.self), encoder)
  }

  func fill(_ c: UnsafeMutablePointer<Registry__V1__ImportHouseholdsRequest>, _ encoder: RPCProtobuf.MessageEncoder) {
    if let value = self.header {
      c.pointee.header = encoder.message(registry__v1__import_header__init) { value.fill($0, encoder) }
    }
    if let elements = encoder.messages(self.items, registry__v1__import_item__init, { $0.fill($1, encoder) }) {
      c.pointee.n_items = self.items.count
      c.pointee.items = elements
    }
  }

  /// A value of its own of what a view looks at.
  public init(_ view: borrowing View) { self.init(view._c) }

  /// A `ImportHouseholdsRequest` where it lies unpacked; valid only while it is lent.
  public struct View: RPCProtobuf.MessageView, ~Escapable {
    /// The message that is looked at.
    public typealias ViewedMessage = ImportHouseholdsRequest
    private let _structure: RPCProtobuf.LentStructure
    /// Looks at the unpacked C structure of the type; for the decoder alone.
    @_lifetime(copy structure)
    public init(_ structure: RPCProtobuf.LentStructure) { _structure = structure }
    fileprivate var _c: UnsafePointer<Registry__V1__ImportHouseholdsRequest> {
      _structure.pointer.assumingMemoryBound(to: Registry__V1__ImportHouseholdsRequest.self)
    }
    /// The header first, then items.
    public var header: ImportHeader.View? {
      @_lifetime(copy self)
      get {
        guard let inner = _c.pointee.header else { return nil }
        return ImportHeader.View(_structure.inner(UnsafeRawPointer(inner)))
      }
    }
    /// Households in the file's order; at most 2000 a message.
    public var items: RPCProtobuf.MessageViews<ImportItem.View> {
      @_lifetime(copy self)
      get {
        return _structure.messages(_c.pointee.items, _c.pointee.n_items, as: ImportItem.View.self)
      }
    }
  }
}

/// The result of one item.
public struct ImportResult: RPCProtobuf.Message {
  /// The item's first row.
  public var firstRow: UInt32

  /// How many rows it has.
  public var rowCount: UInt32

  /// What became of it.
  public var outcome: ImportOutcome

  /// The household's id, unless refused.
  public var householdId: [UInt8]

  /// Its printed number, unless refused.
  public var householdNumber: String

  /// Why it was refused.
  public var violations: [Violation]

  /// Whether this is the stored result of an earlier sending.
  public var replayed: Bool

  /// The message whose fields all have their default values.
  public init() {
    self.firstRow = 0
    self.rowCount = 0
    self.outcome = ImportOutcome(rawValue: 0)
    self.householdId = []
    self.householdNumber = ""
    self.violations = []
    self.replayed = false
  }

  /// A message with these values, and the default for what is not given.
  public init(
    firstRow: UInt32 = 0,
    rowCount: UInt32 = 0,
    outcome: ImportOutcome = ImportOutcome(rawValue: 0),
    householdId: [UInt8] = [],
    householdNumber: String = "",
    violations: [Violation] = [],
    replayed: Bool = false
  ) {
    self.firstRow = firstRow
    self.rowCount = rowCount
    self.outcome = outcome
    self.householdId = householdId
    self.householdNumber = householdNumber
    self.violations = violations
    self.replayed = replayed
  }

  /// The schema of the message.
  public static let messageDescriptor: RPCProtobuf.MessageDescriptor = {
    var c = Registry__V1__ImportResult()
    registry__v1__import_result__init(&c)
    return RPCProtobuf.MessageDescriptor(c.base.descriptor)
  }()

  /// Reads the unpacked C structure of the type; for the decoder alone.
  public init(structure: UnsafeRawPointer) {
    self.init(structure.assumingMemoryBound(to: Registry__V1__ImportResult.self))
  }

  init(_ c: UnsafePointer<Registry__V1__ImportResult>) {
    self.firstRow = c.pointee.first_row
    self.rowCount = c.pointee.row_count
    self.outcome = ImportOutcome(rawValue: Int32(truncatingIfNeeded: c.pointee.outcome.rawValue))
    self.householdId = StructureReader.bytes(c.pointee.household_id.data, c.pointee.household_id.len)
    self.householdNumber = StructureReader.string(c.pointee.household_number)
    self.violations = StructureReader.messages(c.pointee.violations, c.pointee.n_violations) { Violation($0) }
    self.replayed = c.pointee.replayed != 0
  }

  /// Fills an initialised C structure of the type; for the encoder alone.
  public func fill(structure: UnsafeMutableRawPointer, encoder: RPCProtobuf.MessageEncoder) {
    fill(structure.assumingMemoryBound(to: Registry__V1__ImportResult.self), encoder)
  }

  func fill(_ c: UnsafeMutablePointer<Registry__V1__ImportResult>, _ encoder: RPCProtobuf.MessageEncoder) {
    c.pointee.first_row = self.firstRow
    c.pointee.row_count = self.rowCount
    c.pointee.outcome = .init(rawValue: .init(truncatingIfNeeded: self.outcome.rawValue))
    c.pointee.household_id = ProtobufCBinaryData(len: self.householdId.count, data: encoder.bytes(self.householdId))
    c.pointee.household_number = encoder.string(self.householdNumber, "ImportResult.household_number")
    if let elements = encoder.messages(self.violations, registry__v1__violation__init, { $0.fill($1, encoder) }) {
      c.pointee.n_violations = self.violations.count
      c.pointee.violations = elements
    }
    c.pointee.replayed = self.replayed ? 1 : 0
  }
}

/// Results of items, sent when they are durable.
public struct ImportHouseholdsResponse: RPCProtobuf.Message {
  /// One for each item, in the order of the items.
  public var results: [ImportResult]

  /// The message whose fields all have their default values.
  public init() {
    self.results = []
  }

  /// A message with these values, and the default for what is not given.
  public init(
    results: [ImportResult] = []
  ) {
    self.results = results
  }

  /// The schema of the message.
  public static let messageDescriptor: RPCProtobuf.MessageDescriptor = {
    var c = Registry__V1__ImportHouseholdsResponse()
    registry__v1__import_households_response__init(&c)
    return RPCProtobuf.MessageDescriptor(c.base.descriptor)
  }()

  /// Reads the unpacked C structure of the type; for the decoder alone.
  public init(structure: UnsafeRawPointer) {
    self.init(structure.assumingMemoryBound(to: Registry__V1__ImportHouseholdsResponse.self))
  }

  init(_ c: UnsafePointer<Registry__V1__ImportHouseholdsResponse>) {
    self.results = StructureReader.messages(c.pointee.results, c.pointee.n_results) { ImportResult($0) }
  }

  /// Fills an initialised C structure of the type; for the encoder alone.
  public func fill(structure: UnsafeMutableRawPointer, encoder: RPCProtobuf.MessageEncoder) {
    fill(structure.assumingMemoryBound(to: Registry__V1__ImportHouseholdsResponse.self), encoder)
  }

  func fill(_ c: UnsafeMutablePointer<Registry__V1__ImportHouseholdsResponse>, _ encoder: RPCProtobuf.MessageEncoder) {
    if let elements = encoder.messages(self.results, registry__v1__import_result__init, { $0.fill($1, encoder) }) {
      c.pointee.n_results = self.results.count
      c.pointee.results = elements
    }
  }
}

/// Asks how far an import has come.
public struct GetImportRequest: RPCProtobuf.Message {
  /// The file's digest.
  public var fileDigest: [UInt8]

  /// The message whose fields all have their default values.
  public init() {
    self.fileDigest = []
  }

  /// A message with these values, and the default for what is not given.
  public init(
    fileDigest: [UInt8] = []
  ) {
    self.fileDigest = fileDigest
  }

  /// The schema of the message.
  public static let messageDescriptor: RPCProtobuf.MessageDescriptor = {
    var c = Registry__V1__GetImportRequest()
    registry__v1__get_import_request__init(&c)
    return RPCProtobuf.MessageDescriptor(c.base.descriptor)
  }()

  /// Reads the unpacked C structure of the type; for the decoder alone.
  public init(structure: UnsafeRawPointer) {
    self.init(structure.assumingMemoryBound(to: Registry__V1__GetImportRequest.self))
  }

  init(_ c: UnsafePointer<Registry__V1__GetImportRequest>) {
    self.fileDigest = StructureReader.bytes(c.pointee.file_digest.data, c.pointee.file_digest.len)
  }

  /// Fills an initialised C structure of the type; for the encoder alone.
  public func fill(structure: UnsafeMutableRawPointer, encoder: RPCProtobuf.MessageEncoder) {
    fill(structure.assumingMemoryBound(to: Registry__V1__GetImportRequest.self), encoder)
  }

  func fill(_ c: UnsafeMutablePointer<Registry__V1__GetImportRequest>, _ encoder: RPCProtobuf.MessageEncoder) {
    c.pointee.file_digest = ProtobufCBinaryData(len: self.fileDigest.count, data: encoder.bytes(self.fileDigest))
  }
}

/// A range of rows that have their results.
public struct RowRange: RPCProtobuf.Message {
  /// The first row.
  public var first: UInt32

  /// The last row.
  public var last: UInt32

  /// The message whose fields all have their default values.
  public init() {
    self.first = 0
    self.last = 0
  }

  /// A message with these values, and the default for what is not given.
  public init(
    first: UInt32 = 0,
    last: UInt32 = 0
  ) {
    self.first = first
    self.last = last
  }

  /// The schema of the message.
  public static let messageDescriptor: RPCProtobuf.MessageDescriptor = {
    var c = Registry__V1__RowRange()
    registry__v1__row_range__init(&c)
    return RPCProtobuf.MessageDescriptor(c.base.descriptor)
  }()

  /// Reads the unpacked C structure of the type; for the decoder alone.
  public init(structure: UnsafeRawPointer) {
    self.init(structure.assumingMemoryBound(to: Registry__V1__RowRange.self))
  }

  init(_ c: UnsafePointer<Registry__V1__RowRange>) {
    self.first = c.pointee.first
    self.last = c.pointee.last
  }

  /// Fills an initialised C structure of the type; for the encoder alone.
  public func fill(structure: UnsafeMutableRawPointer, encoder: RPCProtobuf.MessageEncoder) {
    fill(structure.assumingMemoryBound(to: Registry__V1__RowRange.self), encoder)
  }

  func fill(_ c: UnsafeMutablePointer<Registry__V1__RowRange>, _ encoder: RPCProtobuf.MessageEncoder) {
    c.pointee.first = self.first
    c.pointee.last = self.last
  }
}

/// How far an import has come.
public struct Import: RPCProtobuf.Message {
  /// The ranges done, rising, apart from each other; none when the file is unknown.
  public var done: [RowRange]

  /// Items registered, changed, unchanged and refused so far.
  public var created: UInt64

  /// Items changed.
  public var updated: UInt64

  /// Items that said what was on record.
  public var unchanged: UInt64

  /// Items refused.
  public var refused: UInt64

  /// The message whose fields all have their default values.
  public init() {
    self.done = []
    self.created = 0
    self.updated = 0
    self.unchanged = 0
    self.refused = 0
  }

  /// A message with these values, and the default for what is not given.
  public init(
    done: [RowRange] = [],
    created: UInt64 = 0,
    updated: UInt64 = 0,
    unchanged: UInt64 = 0,
    refused: UInt64 = 0
  ) {
    self.done = done
    self.created = created
    self.updated = updated
    self.unchanged = unchanged
    self.refused = refused
  }

  /// The schema of the message.
  public static let messageDescriptor: RPCProtobuf.MessageDescriptor = {
    var c = Registry__V1__Import()
    registry__v1__import__init(&c)
    return RPCProtobuf.MessageDescriptor(c.base.descriptor)
  }()

  /// Reads the unpacked C structure of the type; for the decoder alone.
  public init(structure: UnsafeRawPointer) {
    self.init(structure.assumingMemoryBound(to: Registry__V1__Import.self))
  }

  init(_ c: UnsafePointer<Registry__V1__Import>) {
    self.done = StructureReader.messages(c.pointee.done, c.pointee.n_done) { RowRange($0) }
    self.created = c.pointee.created
    self.updated = c.pointee.updated
    self.unchanged = c.pointee.unchanged
    self.refused = c.pointee.refused
  }

  /// Fills an initialised C structure of the type; for the encoder alone.
  public func fill(structure: UnsafeMutableRawPointer, encoder: RPCProtobuf.MessageEncoder) {
    fill(structure.assumingMemoryBound(to: Registry__V1__Import.self), encoder)
  }

  func fill(_ c: UnsafeMutablePointer<Registry__V1__Import>, _ encoder: RPCProtobuf.MessageEncoder) {
    if let elements = encoder.messages(self.done, registry__v1__row_range__init, { $0.fill($1, encoder) }) {
      c.pointee.n_done = self.done.count
      c.pointee.done = elements
    }
    c.pointee.created = self.created
    c.pointee.updated = self.updated
    c.pointee.unchanged = self.unchanged
    c.pointee.refused = self.refused
  }
}

/// Asks for all households that a filter finds.
public struct ExportHouseholdsRequest: RPCProtobuf.Message {
  /// What is looked for.
  public var filter: HouseholdFilter?

  /// Goes on from the token of the last answer received.
  public var resumeToken: String

  /// The message whose fields all have their default values.
  public init() {
    self.filter = nil
    self.resumeToken = ""
  }

  /// A message with these values, and the default for what is not given.
  public init(
    filter: HouseholdFilter? = nil,
    resumeToken: String = ""
  ) {
    self.filter = filter
    self.resumeToken = resumeToken
  }

  /// The schema of the message.
  public static let messageDescriptor: RPCProtobuf.MessageDescriptor = {
    var c = Registry__V1__ExportHouseholdsRequest()
    registry__v1__export_households_request__init(&c)
    return RPCProtobuf.MessageDescriptor(c.base.descriptor)
  }()

  /// Reads the unpacked C structure of the type; for the decoder alone.
  public init(structure: UnsafeRawPointer) {
    self.init(structure.assumingMemoryBound(to: Registry__V1__ExportHouseholdsRequest.self))
  }

  init(_ c: UnsafePointer<Registry__V1__ExportHouseholdsRequest>) {
    self.filter = c.pointee.filter.map { HouseholdFilter(UnsafePointer($0)) }
    self.resumeToken = StructureReader.string(c.pointee.resume_token)
  }

  /// Fills an initialised C structure of the type; for the encoder alone.
  public func fill(structure: UnsafeMutableRawPointer, encoder: RPCProtobuf.MessageEncoder) {
    fill(structure.assumingMemoryBound(to: Registry__V1__ExportHouseholdsRequest.self), encoder)
  }

  func fill(_ c: UnsafeMutablePointer<Registry__V1__ExportHouseholdsRequest>, _ encoder: RPCProtobuf.MessageEncoder) {
    if let value = self.filter {
      c.pointee.filter = encoder.message(registry__v1__household_filter__init) { value.fill($0, encoder) }
    }
    c.pointee.resume_token = encoder.string(self.resumeToken, "ExportHouseholdsRequest.resume_token")
  }
}

/// A part of an export.
public struct ExportHouseholdsResponse: RPCProtobuf.Message {
  /// The files, in the order of their registration.
  public var households: [Household]

  /// Goes on from here if the stream is cut.
  public var resumeToken: String

  /// The message whose fields all have their default values.
  public init() {
    self.households = []
    self.resumeToken = ""
  }

  /// A message with these values, and the default for what is not given.
  public init(
    households: [Household] = [],
    resumeToken: String = ""
  ) {
    self.households = households
    self.resumeToken = resumeToken
  }

  /// The schema of the message.
  public static let messageDescriptor: RPCProtobuf.MessageDescriptor = {
    var c = Registry__V1__ExportHouseholdsResponse()
    registry__v1__export_households_response__init(&c)
    return RPCProtobuf.MessageDescriptor(c.base.descriptor)
  }()

  /// Reads the unpacked C structure of the type; for the decoder alone.
  public init(structure: UnsafeRawPointer) {
    self.init(structure.assumingMemoryBound(to: Registry__V1__ExportHouseholdsResponse.self))
  }

  init(_ c: UnsafePointer<Registry__V1__ExportHouseholdsResponse>) {
    self.households = StructureReader.messages(c.pointee.households, c.pointee.n_households) { Household($0) }
    self.resumeToken = StructureReader.string(c.pointee.resume_token)
  }

  /// Fills an initialised C structure of the type; for the encoder alone.
  public func fill(structure: UnsafeMutableRawPointer, encoder: RPCProtobuf.MessageEncoder) {
    fill(structure.assumingMemoryBound(to: Registry__V1__ExportHouseholdsResponse.self), encoder)
  }

  func fill(_ c: UnsafeMutablePointer<Registry__V1__ExportHouseholdsResponse>, _ encoder: RPCProtobuf.MessageEncoder) {
    if let elements = encoder.messages(self.households, registry__v1__household__init, { $0.fill($1, encoder) }) {
      c.pointee.n_households = self.households.count
      c.pointee.households = elements
    }
    c.pointee.resume_token = encoder.string(self.resumeToken, "ExportHouseholdsResponse.resume_token")
  }
}

/// The methods of `registry.v1.HouseholdService`.
public enum HouseholdMethods {
  /// `CreateHousehold`.
  public static let createHousehold = RPCCore.MethodDescriptor(
    service: "registry.v1.HouseholdService", method: "CreateHousehold",
    kind: .unary)
  /// `UpdateHousehold`.
  public static let updateHousehold = RPCCore.MethodDescriptor(
    service: "registry.v1.HouseholdService", method: "UpdateHousehold",
    kind: .unary)
  /// `GetHousehold`.
  public static let getHousehold = RPCCore.MethodDescriptor(
    service: "registry.v1.HouseholdService", method: "GetHousehold",
    kind: .unary, isReadOnly: true)
  /// `GetHistory`.
  public static let getHistory = RPCCore.MethodDescriptor(
    service: "registry.v1.HouseholdService", method: "GetHistory",
    kind: .unary, isReadOnly: true)
  /// `CompareVersions`.
  public static let compareVersions = RPCCore.MethodDescriptor(
    service: "registry.v1.HouseholdService", method: "CompareVersions",
    kind: .unary, isReadOnly: true)
  /// `SampleHouseholds`.
  public static let sampleHouseholds = RPCCore.MethodDescriptor(
    service: "registry.v1.HouseholdService", method: "SampleHouseholds",
    kind: .unary, isReadOnly: true)
  /// `SearchHouseholds`.
  public static let searchHouseholds = RPCCore.MethodDescriptor(
    service: "registry.v1.HouseholdService", method: "SearchHouseholds",
    kind: .unary, isReadOnly: true)
  /// `ImportHouseholds`.
  public static let importHouseholds = RPCCore.MethodDescriptor(
    service: "registry.v1.HouseholdService", method: "ImportHouseholds",
    kind: .bidirectional)
  /// `GetImport`.
  public static let getImport = RPCCore.MethodDescriptor(
    service: "registry.v1.HouseholdService", method: "GetImport",
    kind: .unary, isReadOnly: true)
  /// `ExportHouseholds`.
  public static let exportHouseholds = RPCCore.MethodDescriptor(
    service: "registry.v1.HouseholdService", method: "ExportHouseholds",
    kind: .serverStreaming, isReadOnly: true)
  /// All of them, in the order of the schema.
  public static let all: [RPCCore.MethodDescriptor] = [
    createHousehold,
    updateHousehold,
    getHousehold,
    getHistory,
    compareVersions,
    sampleHouseholds,
    searchHouseholds,
    importHouseholds,
    getImport,
    exportHouseholds,
  ]
}

/// Reads and writes household files.
public protocol HouseholdService: RPCCore.Service {
  /// Registers a household.
  ///
  /// INVALID_ARGUMENT with every rule broken; ALREADY_EXISTS when a member stands in another file.
  func createHousehold(
    _ request: CreateHouseholdRequest, context: RPCCore.ServerContext
  ) async throws -> Household
  /// Changes a household.
  ///
  /// ABORTED with both versions when the base version is stale.
  func updateHousehold(
    _ request: UpdateHouseholdRequest, context: RPCCore.ServerContext
  ) async throws -> Household
  /// Gives a household.
  ///
  /// NOT_FOUND when there is none in the caller's area.
  func getHousehold(
    _ request: GetHouseholdRequest, context: RPCCore.ServerContext
  ) async throws -> Household
  /// Gives the versions of a household: when, by whom, why, what changed.
  func getHistory(
    _ request: GetHistoryRequest, context: RPCCore.ServerContext
  ) async throws -> GetHistoryResponse
  /// Gives two versions of a household and where they differ.
  func compareVersions(
    _ request: CompareVersionsRequest, context: RPCCore.ServerContext
  ) async throws -> CompareVersionsResponse
  /// Draws households at random, so that anybody can draw the same again.
  func sampleHouseholds(
    _ request: SampleHouseholdsRequest, context: RPCCore.ServerContext
  ) async throws -> SampleHouseholdsResponse
  /// Lists households.
  func searchHouseholds(
    _ request: SearchHouseholdsRequest, context: RPCCore.ServerContext
  ) async throws -> SearchHouseholdsResponse
  /// Takes many households, and gives a result for each.
  func importHouseholds(
    _ requests: RPCCore.RequestStream<ImportHouseholdsRequest>, responses: RPCCore.ResponseWriter<ImportHouseholdsResponse>, context: RPCCore.ServerContext
  ) async throws
  /// Tells how far an import has come.
  func getImport(
    _ request: GetImportRequest, context: RPCCore.ServerContext
  ) async throws -> Import
  /// Gives all households that a filter finds.
  func exportHouseholds(
    _ request: ExportHouseholdsRequest, responses: RPCCore.ResponseWriter<ExportHouseholdsResponse>, context: RPCCore.ServerContext
  ) async throws
}

extension HouseholdService {
  /// Adds every method of the service to a router.
  public func register(in router: inout RPCCore.Router) {
    router.unary(HouseholdMethods.createHousehold) {
      (request: CreateHouseholdRequest, context) async throws -> Household in
      try await self.createHousehold(request, context: context)
    }
    router.unary(HouseholdMethods.updateHousehold) {
      (request: UpdateHouseholdRequest, context) async throws -> Household in
      try await self.updateHousehold(request, context: context)
    }
    router.unary(HouseholdMethods.getHousehold) {
      (request: GetHouseholdRequest, context) async throws -> Household in
      try await self.getHousehold(request, context: context)
    }
    router.unary(HouseholdMethods.getHistory) {
      (request: GetHistoryRequest, context) async throws -> GetHistoryResponse in
      try await self.getHistory(request, context: context)
    }
    router.unary(HouseholdMethods.compareVersions) {
      (request: CompareVersionsRequest, context) async throws -> CompareVersionsResponse in
      try await self.compareVersions(request, context: context)
    }
    router.unary(HouseholdMethods.sampleHouseholds) {
      (request: SampleHouseholdsRequest, context) async throws -> SampleHouseholdsResponse in
      try await self.sampleHouseholds(request, context: context)
    }
    router.unary(HouseholdMethods.searchHouseholds) {
      (request: SearchHouseholdsRequest, context) async throws -> SearchHouseholdsResponse in
      try await self.searchHouseholds(request, context: context)
    }
    router.bidirectional(HouseholdMethods.importHouseholds) {
      (requests: RPCCore.RequestStream<ImportHouseholdsRequest>, responses: RPCCore.ResponseWriter<ImportHouseholdsResponse>, context) async throws -> Void in
      try await self.importHouseholds(requests, responses: responses, context: context)
    }
    router.unary(HouseholdMethods.getImport) {
      (request: GetImportRequest, context) async throws -> Import in
      try await self.getImport(request, context: context)
    }
    router.serverStreaming(HouseholdMethods.exportHouseholds) {
      (request: ExportHouseholdsRequest, responses: RPCCore.ResponseWriter<ExportHouseholdsResponse>, context) async throws -> Void in
      try await self.exportHouseholds(request, responses: responses, context: context)
    }
  }
}

/// Reads and writes household files.
public struct HouseholdClient: Sendable {
  /// What carries the calls.
  public let channel: any RPCCore.Channel

  /// Calls the service over a channel.
  public init(_ channel: any RPCCore.Channel) { self.channel = channel }

  /// Registers a household.
  ///
  /// INVALID_ARGUMENT with every rule broken; ALREADY_EXISTS when a member stands in another file.
  public func createHousehold(
    _ request: CreateHouseholdRequest, options: RPCCore.CallOptions = RPCCore.CallOptions()
  ) async throws -> Household {
    try await channel.unary(
      HouseholdMethods.createHousehold, request, returning: Household.self,
      options: options)
  }

  /// Changes a household.
  ///
  /// ABORTED with both versions when the base version is stale.
  public func updateHousehold(
    _ request: UpdateHouseholdRequest, options: RPCCore.CallOptions = RPCCore.CallOptions()
  ) async throws -> Household {
    try await channel.unary(
      HouseholdMethods.updateHousehold, request, returning: Household.self,
      options: options)
  }

  /// Gives a household.
  ///
  /// NOT_FOUND when there is none in the caller's area.
  public func getHousehold(
    _ request: GetHouseholdRequest, options: RPCCore.CallOptions = RPCCore.CallOptions()
  ) async throws -> Household {
    try await channel.unary(
      HouseholdMethods.getHousehold, request, returning: Household.self,
      options: options)
  }

  /// Gives the versions of a household: when, by whom, why, what changed.
  public func getHistory(
    _ request: GetHistoryRequest, options: RPCCore.CallOptions = RPCCore.CallOptions()
  ) async throws -> GetHistoryResponse {
    try await channel.unary(
      HouseholdMethods.getHistory, request, returning: GetHistoryResponse.self,
      options: options)
  }

  /// Gives two versions of a household and where they differ.
  public func compareVersions(
    _ request: CompareVersionsRequest, options: RPCCore.CallOptions = RPCCore.CallOptions()
  ) async throws -> CompareVersionsResponse {
    try await channel.unary(
      HouseholdMethods.compareVersions, request, returning: CompareVersionsResponse.self,
      options: options)
  }

  /// Draws households at random, so that anybody can draw the same again.
  public func sampleHouseholds(
    _ request: SampleHouseholdsRequest, options: RPCCore.CallOptions = RPCCore.CallOptions()
  ) async throws -> SampleHouseholdsResponse {
    try await channel.unary(
      HouseholdMethods.sampleHouseholds, request, returning: SampleHouseholdsResponse.self,
      options: options)
  }

  /// Lists households.
  public func searchHouseholds(
    _ request: SearchHouseholdsRequest, options: RPCCore.CallOptions = RPCCore.CallOptions()
  ) async throws -> SearchHouseholdsResponse {
    try await channel.unary(
      HouseholdMethods.searchHouseholds, request, returning: SearchHouseholdsResponse.self,
      options: options)
  }

  /// Takes many households, and gives a result for each.
  public func importHouseholds(
    options: RPCCore.CallOptions = RPCCore.CallOptions()
  ) async throws -> RPCCore.BidirectionalCall<ImportHouseholdsRequest, ImportHouseholdsResponse> {
    try await channel.bidirectional(
      HouseholdMethods.importHouseholds, sending: ImportHouseholdsRequest.self, returning: ImportHouseholdsResponse.self,
      options: options)
  }

  /// Tells how far an import has come.
  public func getImport(
    _ request: GetImportRequest, options: RPCCore.CallOptions = RPCCore.CallOptions()
  ) async throws -> Import {
    try await channel.unary(
      HouseholdMethods.getImport, request, returning: Import.self,
      options: options)
  }

  /// Gives all households that a filter finds.
  public func exportHouseholds(
    _ request: ExportHouseholdsRequest, options: RPCCore.CallOptions = RPCCore.CallOptions()
  ) async throws -> RPCCore.ResponseStream<ExportHouseholdsResponse> {
    try await channel.serverStreaming(
      HouseholdMethods.exportHouseholds, request, returning: ExportHouseholdsResponse.self,
      options: options)
  }
}
