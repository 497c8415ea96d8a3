// swift-format-ignore-file
// Generated from registry/v1/change.proto by protoc-gen-registry-swift.
// Do not edit: run tools/generate

internal import CRegistryAPI
internal import CProtobufC
public import RPCCore
public import RPCProtobuf

/// Where a proposal stands.
public struct ProposalState: RPCProtobuf.MessageEnum {
  /// The number on the wire.
  public let rawValue: Int32
  /// Keeps any number.
  public init(rawValue: Int32) { self.rawValue = rawValue }

  /// Not given.
  public static let unspecified = ProposalState(rawValue: 0)

  /// Waits for the county.
  public static let open = ProposalState(rawValue: 1)

  /// Taken: the household has the change.
  public static let taken = ProposalState(rawValue: 2)

  /// Refused, with a reason.
  public static let refused = ProposalState(rawValue: 3)

  /// In conflict: the household changed meanwhile where the proposal changes it too.
  public static let conflict = ProposalState(rawValue: 4)

  /// Withdrawn by the office that made it.
  public static let withdrawn = ProposalState(rawValue: 5)

  /// The values that the schema names, by number.
  public static let allKnown: [ProposalState] = [
    .unspecified,
    .open,
    .taken,
    .refused,
    .conflict,
    .withdrawn,
  ]

  /// The value's name in the schema, or its number in digits when it has none.
  public var name: String {
    switch rawValue {
    case 0: "PROPOSAL_STATE_UNSPECIFIED"
    case 1: "PROPOSAL_STATE_OPEN"
    case 2: "PROPOSAL_STATE_TAKEN"
    case 3: "PROPOSAL_STATE_REFUSED"
    case 4: "PROPOSAL_STATE_CONFLICT"
    case 5: "PROPOSAL_STATE_WITHDRAWN"
    default: String(rawValue)
    }
  }
}

/// How a proposal is settled.
public struct ProposalVerdict: RPCProtobuf.MessageEnum {
  /// The number on the wire.
  public let rawValue: Int32
  /// Keeps any number.
  public init(rawValue: Int32) { self.rawValue = rawValue }

  /// Not given.
  public static let unspecified = ProposalVerdict(rawValue: 0)

  /// Take it. Where its base is stale and both changed a field, it becomes a conflict instead; so
  /// does a split or merger whose base is stale.
  public static let take = ProposalVerdict(rawValue: 1)

  /// Refuse it, with a reason.
  public static let refuse = ProposalVerdict(rawValue: 2)

  /// Of a conflict: the proposal's side counts where both differ.
  public static let takeProposed = ProposalVerdict(rawValue: 3)

  /// Of a conflict: what is on record counts where both differ; the rest of the proposal is taken.
  /// Where nothing is left of it, as of a split or merger, it is refused.
  public static let keepCurrent = ProposalVerdict(rawValue: 4)

  /// The proposer withdraws it.
  public static let withdraw = ProposalVerdict(rawValue: 5)

  /// The values that the schema names, by number.
  public static let allKnown: [ProposalVerdict] = [
    .unspecified,
    .take,
    .refuse,
    .takeProposed,
    .keepCurrent,
    .withdraw,
  ]

  /// The value's name in the schema, or its number in digits when it has none.
  public var name: String {
    switch rawValue {
    case 0: "PROPOSAL_VERDICT_UNSPECIFIED"
    case 1: "PROPOSAL_VERDICT_TAKE"
    case 2: "PROPOSAL_VERDICT_REFUSE"
    case 3: "PROPOSAL_VERDICT_TAKE_PROPOSED"
    case 4: "PROPOSAL_VERDICT_KEEP_CURRENT"
    case 5: "PROPOSAL_VERDICT_WITHDRAW"
    default: String(rawValue)
    }
  }
}

/// Where a hand-over to another county stands.
public struct HandOverState: RPCProtobuf.MessageEnum {
  /// The number on the wire.
  public let rawValue: Int32
  /// Keeps any number.
  public init(rawValue: Int32) { self.rawValue = rawValue }

  /// Not given.
  public static let unspecified = HandOverState(rawValue: 0)

  /// Recorded here; the link carries it to the province, which owns the file on the way.
  public static let ready = HandOverState(rawValue: 1)

  /// The other county has taken the household: the file is its own. Never in a body: told by its entry.
  public static let taken = HandOverState(rawValue: 2)

  /// The other county has refused it: the file is this county's again. Never in a body.
  public static let returned = HandOverState(rawValue: 3)

  /// The values that the schema names, by number.
  public static let allKnown: [HandOverState] = [
    .unspecified,
    .ready,
    .taken,
    .returned,
  ]

  /// The value's name in the schema, or its number in digits when it has none.
  public var name: String {
    switch rawValue {
    case 0: "HAND_OVER_STATE_UNSPECIFIED"
    case 1: "HAND_OVER_STATE_READY"
    case 2: "HAND_OVER_STATE_TAKEN"
    case 3: "HAND_OVER_STATE_RETURNED"
    default: String(rawValue)
    }
  }
}

/// A correction of what was recorded, or other new circumstances, by a mask as in
/// `UpdateHouseholdRequest`.
public struct Correction: RPCProtobuf.Message {
  /// The new values.
  public var household: Household?

  /// The paths of the fields to change.
  public var mask: [String]

  /// The message whose fields all have their default values.
  public init() {
    self.household = nil
    self.mask = []
  }

  /// A message with these values, and the default for what is not given.
  public init(
    household: Household? = nil,
    mask: [String] = []
  ) {
    self.household = household
    self.mask = mask
  }

  /// The schema of the message.
  public static let messageDescriptor: RPCProtobuf.MessageDescriptor = {
    var c = Registry__V1__Correction()
    registry__v1__correction__init(&c)
    return RPCProtobuf.MessageDescriptor(c.base.descriptor)
  }()

  /// Reads the unpacked C structure of the type; for the decoder alone.
  public init(structure: UnsafeRawPointer) {
    self.init(structure.assumingMemoryBound(to: Registry__V1__Correction.self))
  }

  init(_ c: UnsafePointer<Registry__V1__Correction>) {
    self.household = c.pointee.household.map { Household(UnsafePointer($0)) }
    self.mask = StructureReader.strings(c.pointee.mask, c.pointee.n_mask)
  }

  /// Fills an initialised C structure of the type; for the encoder alone.
  public func fill(structure: UnsafeMutableRawPointer, encoder: RPCProtobuf.MessageEncoder) {
    fill(structure.assumingMemoryBound(to: Registry__V1__Correction.self), encoder)
  }

  func fill(_ c: UnsafeMutablePointer<Registry__V1__Correction>, _ encoder: RPCProtobuf.MessageEncoder) {
    if let value = self.household {
      c.pointee.household = encoder.message(registry__v1__household__init) { value.fill($0, encoder) }
    }
    if let elements = encoder.strings(self.mask, "Correction.mask") {
      c.pointee.n_mask = self.mask.count
      c.pointee.mask = elements
    }
  }
}

/// The yearly review (年度复核).
public struct Review: RPCProtobuf.Message {
  /// The year reviewed.
  public var year: UInt32

  /// That year's income; takes the place of one on record for the same year.
  public var income: YearIncome?

  /// Further new values, by the mask.
  public var household: Household?

  /// The paths of the further fields to change; none under `income`.
  public var mask: [String]

  /// The message whose fields all have their default values.
  public init() {
    self.year = 0
    self.income = nil
    self.household = nil
    self.mask = []
  }

  /// A message with these values, and the default for what is not given.
  public init(
    year: UInt32 = 0,
    income: YearIncome? = nil,
    household: Household? = nil,
    mask: [String] = []
  ) {
    self.year = year
    self.income = income
    self.household = household
    self.mask = mask
  }

  /// The schema of the message.
  public static let messageDescriptor: RPCProtobuf.MessageDescriptor = {
    var c = Registry__V1__Review()
    registry__v1__review__init(&c)
    return RPCProtobuf.MessageDescriptor(c.base.descriptor)
  }()

  /// Reads the unpacked C structure of the type; for the decoder alone.
  public init(structure: UnsafeRawPointer) {
    self.init(structure.assumingMemoryBound(to: Registry__V1__Review.self))
  }

  init(_ c: UnsafePointer<Registry__V1__Review>) {
    self.year = c.pointee.year
    self.income = c.pointee.income.map { YearIncome(UnsafePointer($0)) }
    self.household = c.pointee.household.map { Household(UnsafePointer($0)) }
    self.mask = StructureReader.strings(c.pointee.mask, c.pointee.n_mask)
  }

  /// Fills an initialised C structure of the type; for the encoder alone.
  public func fill(structure: UnsafeMutableRawPointer, encoder: RPCProtobuf.MessageEncoder) {
    fill(structure.assumingMemoryBound(to: Registry__V1__Review.self), encoder)
  }

  func fill(_ c: UnsafeMutablePointer<Registry__V1__Review>, _ encoder: RPCProtobuf.MessageEncoder) {
    c.pointee.year = self.year
    if let value = self.income {
      c.pointee.income = encoder.message(registry__v1__year_income__init) { value.fill($0, encoder) }
    }
    if let value = self.household {
      c.pointee.household = encoder.message(registry__v1__household__init) { value.fill($0, encoder) }
    }
    if let elements = encoder.strings(self.mask, "Review.mask") {
      c.pointee.n_mask = self.mask.count
      c.pointee.mask = elements
    }
  }
}

/// A birth (出生).
public struct Birth: RPCProtobuf.Message {
  /// The child.
  public var member: Member?

  /// The message whose fields all have their default values.
  public init() {
    self.member = nil
  }

  /// A message with these values, and the default for what is not given.
  public init(
    member: Member? = nil
  ) {
    self.member = member
  }

  /// The schema of the message.
  public static let messageDescriptor: RPCProtobuf.MessageDescriptor = {
    var c = Registry__V1__Birth()
    registry__v1__birth__init(&c)
    return RPCProtobuf.MessageDescriptor(c.base.descriptor)
  }()

  /// Reads the unpacked C structure of the type; for the decoder alone.
  public init(structure: UnsafeRawPointer) {
    self.init(structure.assumingMemoryBound(to: Registry__V1__Birth.self))
  }

  init(_ c: UnsafePointer<Registry__V1__Birth>) {
    self.member = c.pointee.member.map { Member(UnsafePointer($0)) }
  }

  /// Fills an initialised C structure of the type; for the encoder alone.
  public func fill(structure: UnsafeMutableRawPointer, encoder: RPCProtobuf.MessageEncoder) {
    fill(structure.assumingMemoryBound(to: Registry__V1__Birth.self), encoder)
  }

  func fill(_ c: UnsafeMutablePointer<Registry__V1__Birth>, _ encoder: RPCProtobuf.MessageEncoder) {
    if let value = self.member {
      c.pointee.member = encoder.message(registry__v1__member__init) { value.fill($0, encoder) }
    }
  }
}

/// A death (死亡).
public struct Death: RPCProtobuf.Message {
  /// The member's id.
  public var member: [UInt8]

  /// If the head died: the id of the new head.
  public var newHead: [UInt8]

  /// Relations to the new head, for members whose relation changes.
  public var relations: [MemberRelation]

  /// The message whose fields all have their default values.
  public init() {
    self.member = []
    self.newHead = []
    self.relations = []
  }

  /// A message with these values, and the default for what is not given.
  public init(
    member: [UInt8] = [],
    newHead: [UInt8] = [],
    relations: [MemberRelation] = []
  ) {
    self.member = member
    self.newHead = newHead
    self.relations = relations
  }

  /// The schema of the message.
  public static let messageDescriptor: RPCProtobuf.MessageDescriptor = {
    var c = Registry__V1__Death()
    registry__v1__death__init(&c)
    return RPCProtobuf.MessageDescriptor(c.base.descriptor)
  }()

  /// Reads the unpacked C structure of the type; for the decoder alone.
  public init(structure: UnsafeRawPointer) {
    self.init(structure.assumingMemoryBound(to: Registry__V1__Death.self))
  }

  init(_ c: UnsafePointer<Registry__V1__Death>) {
    self.member = StructureReader.bytes(c.pointee.member.data, c.pointee.member.len)
    self.newHead = StructureReader.bytes(c.pointee.new_head.data, c.pointee.new_head.len)
    self.relations = StructureReader.messages(c.pointee.relations, c.pointee.n_relations) { MemberRelation($0) }
  }

  /// Fills an initialised C structure of the type; for the encoder alone.
  public func fill(structure: UnsafeMutableRawPointer, encoder: RPCProtobuf.MessageEncoder) {
    fill(structure.assumingMemoryBound(to: Registry__V1__Death.self), encoder)
  }

  func fill(_ c: UnsafeMutablePointer<Registry__V1__Death>, _ encoder: RPCProtobuf.MessageEncoder) {
    c.pointee.member = ProtobufCBinaryData(len: self.member.count, data: encoder.bytes(self.member))
    c.pointee.new_head = ProtobufCBinaryData(len: self.newHead.count, data: encoder.bytes(self.newHead))
    if let elements = encoder.messages(self.relations, registry__v1__member_relation__init, { $0.fill($1, encoder) }) {
      c.pointee.n_relations = self.relations.count
      c.pointee.relations = elements
    }
  }
}

/// A member's relation to a new head.
public struct MemberRelation: RPCProtobuf.Message {
  /// The member's id.
  public var member: [UInt8]

  /// GB/T 4761 two digits.
  public var relation: UInt32

  /// The message whose fields all have their default values.
  public init() {
    self.member = []
    self.relation = 0
  }

  /// A message with these values, and the default for what is not given.
  public init(
    member: [UInt8] = [],
    relation: UInt32 = 0
  ) {
    self.member = member
    self.relation = relation
  }

  /// The schema of the message.
  public static let messageDescriptor: RPCProtobuf.MessageDescriptor = {
    var c = Registry__V1__MemberRelation()
    registry__v1__member_relation__init(&c)
    return RPCProtobuf.MessageDescriptor(c.base.descriptor)
  }()

  /// Reads the unpacked C structure of the type; for the decoder alone.
  public init(structure: UnsafeRawPointer) {
    self.init(structure.assumingMemoryBound(to: Registry__V1__MemberRelation.self))
  }

  init(_ c: UnsafePointer<Registry__V1__MemberRelation>) {
    self.member = StructureReader.bytes(c.pointee.member.data, c.pointee.member.len)
    self.relation = c.pointee.relation
  }

  /// Fills an initialised C structure of the type; for the encoder alone.
  public func fill(structure: UnsafeMutableRawPointer, encoder: RPCProtobuf.MessageEncoder) {
    fill(structure.assumingMemoryBound(to: Registry__V1__MemberRelation.self), encoder)
  }

  func fill(_ c: UnsafeMutablePointer<Registry__V1__MemberRelation>, _ encoder: RPCProtobuf.MessageEncoder) {
    c.pointee.member = ProtobufCBinaryData(len: self.member.count, data: encoder.bytes(self.member))
    c.pointee.relation = self.relation
  }
}

/// A marriage (婚入、婚出).
public struct Marriage: RPCProtobuf.Message {
  /// A member who married into the household; absent for one who married out.
  public var joins: Member?

  /// The id of a member who married out of the household; empty for one who married in.
  public var leaves: [UInt8]

  /// The id of the member whom the joining one married; their marital status becomes married.
  public var spouseOf: [UInt8]

  /// The message whose fields all have their default values.
  public init() {
    self.joins = nil
    self.leaves = []
    self.spouseOf = []
  }

  /// A message with these values, and the default for what is not given.
  public init(
    joins: Member? = nil,
    leaves: [UInt8] = [],
    spouseOf: [UInt8] = []
  ) {
    self.joins = joins
    self.leaves = leaves
    self.spouseOf = spouseOf
  }

  /// The schema of the message.
  public static let messageDescriptor: RPCProtobuf.MessageDescriptor = {
    var c = Registry__V1__Marriage()
    registry__v1__marriage__init(&c)
    return RPCProtobuf.MessageDescriptor(c.base.descriptor)
  }()

  /// Reads the unpacked C structure of the type; for the decoder alone.
  public init(structure: UnsafeRawPointer) {
    self.init(structure.assumingMemoryBound(to: Registry__V1__Marriage.self))
  }

  init(_ c: UnsafePointer<Registry__V1__Marriage>) {
    self.joins = c.pointee.joins.map { Member(UnsafePointer($0)) }
    self.leaves = StructureReader.bytes(c.pointee.leaves.data, c.pointee.leaves.len)
    self.spouseOf = StructureReader.bytes(c.pointee.spouse_of.data, c.pointee.spouse_of.len)
  }

  /// Fills an initialised C structure of the type; for the encoder alone.
  public func fill(structure: UnsafeMutableRawPointer, encoder: RPCProtobuf.MessageEncoder) {
    fill(structure.assumingMemoryBound(to: Registry__V1__Marriage.self), encoder)
  }

  func fill(_ c: UnsafeMutablePointer<Registry__V1__Marriage>, _ encoder: RPCProtobuf.MessageEncoder) {
    if let value = self.joins {
      c.pointee.joins = encoder.message(registry__v1__member__init) { value.fill($0, encoder) }
    }
    c.pointee.leaves = ProtobufCBinaryData(len: self.leaves.count, data: encoder.bytes(self.leaves))
    c.pointee.spouse_of = ProtobufCBinaryData(len: self.spouseOf.count, data: encoder.bytes(self.spouseOf))
  }
}

/// A split (分户): members become a household of their own.
public struct Split: RPCProtobuf.Message {
  /// The ids of those who leave; the new household's head first.
  public var members: [[UInt8]]

  /// Their relations to the new head.
  public var relations: [MemberRelation]

  /// What the new household has of its own, beside the members: location (else the same), contact,
  /// account, dwelling, income and so on; a group that is absent is not recorded, and classification,
  /// if absent, is that of the household they leave.
  public var household: Household?

  /// If the old household's head leaves: the id of its new head.
  public var newHead: [UInt8]

  /// Relations to the old household's new head.
  public var remainingRelations: [MemberRelation]

  /// The message whose fields all have their default values.
  public init() {
    self.members = []
    self.relations = []
    self.household = nil
    self.newHead = []
    self.remainingRelations = []
  }

  /// A message with these values, and the default for what is not given.
  public init(
    members: [[UInt8]] = [],
    relations: [MemberRelation] = [],
    household: Household? = nil,
    newHead: [UInt8] = [],
    remainingRelations: [MemberRelation] = []
  ) {
    self.members = members
    self.relations = relations
    self.household = household
    self.newHead = newHead
    self.remainingRelations = remainingRelations
  }

  /// The schema of the message.
  public static let messageDescriptor: RPCProtobuf.MessageDescriptor = {
    var c = Registry__V1__Split()
    registry__v1__split__init(&c)
    return RPCProtobuf.MessageDescriptor(c.base.descriptor)
  }()

  /// Reads the unpacked C structure of the type; for the decoder alone.
  public init(structure: UnsafeRawPointer) {
    self.init(structure.assumingMemoryBound(to: Registry__V1__Split.self))
  }

  init(_ c: UnsafePointer<Registry__V1__Split>) {
    self.members = StructureReader.byteStrings(c.pointee.members, c.pointee.n_members)
    self.relations = StructureReader.messages(c.pointee.relations, c.pointee.n_relations) { MemberRelation($0) }
    self.household = c.pointee.household.map { Household(UnsafePointer($0)) }
    self.newHead = StructureReader.bytes(c.pointee.new_head.data, c.pointee.new_head.len)
    self.remainingRelations = StructureReader.messages(c.pointee.remaining_relations, c.pointee.n_remaining_relations) { MemberRelation($0) }
  }

  /// Fills an initialised C structure of the type; for the encoder alone.
  public func fill(structure: UnsafeMutableRawPointer, encoder: RPCProtobuf.MessageEncoder) {
    fill(structure.assumingMemoryBound(to: Registry__V1__Split.self), encoder)
  }

  func fill(_ c: UnsafeMutablePointer<Registry__V1__Split>, _ encoder: RPCProtobuf.MessageEncoder) {
    if let elements = encoder.byteStrings(self.members) {
      c.pointee.n_members = self.members.count
      c.pointee.members = elements.assumingMemoryBound(to: ProtobufCBinaryData.self)
    }
    if let elements = encoder.messages(self.relations, registry__v1__member_relation__init, { $0.fill($1, encoder) }) {
      c.pointee.n_relations = self.relations.count
      c.pointee.relations = elements
    }
    if let value = self.household {
      c.pointee.household = encoder.message(registry__v1__household__init) { value.fill($0, encoder) }
    }
    c.pointee.new_head = ProtobufCBinaryData(len: self.newHead.count, data: encoder.bytes(self.newHead))
    if let elements = encoder.messages(self.remainingRelations, registry__v1__member_relation__init, { $0.fill($1, encoder) }) {
      c.pointee.n_remaining_relations = self.remainingRelations.count
      c.pointee.remaining_relations = elements
    }
  }
}

/// A merger (并户): another household's members join this one, and its file is closed.
public struct Merge: RPCProtobuf.Message {
  /// The household that joins.
  public var other: [UInt8]

  /// The version of the other household that the change was made from.
  public var otherBaseVersion: UInt64

  /// Relations of those who join to this household's head; each of them must be named.
  public var relations: [MemberRelation]

  /// The message whose fields all have their default values.
  public init() {
    self.other = []
    self.otherBaseVersion = 0
    self.relations = []
  }

  /// A message with these values, and the default for what is not given.
  public init(
    other: [UInt8] = [],
    otherBaseVersion: UInt64 = 0,
    relations: [MemberRelation] = []
  ) {
    self.other = other
    self.otherBaseVersion = otherBaseVersion
    self.relations = relations
  }

  /// The schema of the message.
  public static let messageDescriptor: RPCProtobuf.MessageDescriptor = {
    var c = Registry__V1__Merge()
    registry__v1__merge__init(&c)
    return RPCProtobuf.MessageDescriptor(c.base.descriptor)
  }()

  /// Reads the unpacked C structure of the type; for the decoder alone.
  public init(structure: UnsafeRawPointer) {
    self.init(structure.assumingMemoryBound(to: Registry__V1__Merge.self))
  }

  init(_ c: UnsafePointer<Registry__V1__Merge>) {
    self.other = StructureReader.bytes(c.pointee.other.data, c.pointee.other.len)
    self.otherBaseVersion = c.pointee.other_base_version
    self.relations = StructureReader.messages(c.pointee.relations, c.pointee.n_relations) { MemberRelation($0) }
  }

  /// Fills an initialised C structure of the type; for the encoder alone.
  public func fill(structure: UnsafeMutableRawPointer, encoder: RPCProtobuf.MessageEncoder) {
    fill(structure.assumingMemoryBound(to: Registry__V1__Merge.self), encoder)
  }

  func fill(_ c: UnsafeMutablePointer<Registry__V1__Merge>, _ encoder: RPCProtobuf.MessageEncoder) {
    c.pointee.other = ProtobufCBinaryData(len: self.other.count, data: encoder.bytes(self.other))
    c.pointee.other_base_version = self.otherBaseVersion
    if let elements = encoder.messages(self.relations, registry__v1__member_relation__init, { $0.fill($1, encoder) }) {
      c.pointee.n_relations = self.relations.count
      c.pointee.relations = elements
    }
  }
}

/// A move to another village of the county (迁移).
public struct Move: RPCProtobuf.Message {
  /// The new place.
  public var location: Location?

  /// The message whose fields all have their default values.
  public init() {
    self.location = nil
  }

  /// A message with these values, and the default for what is not given.
  public init(
    location: Location? = nil
  ) {
    self.location = location
  }

  /// The schema of the message.
  public static let messageDescriptor: RPCProtobuf.MessageDescriptor = {
    var c = Registry__V1__Move()
    registry__v1__move__init(&c)
    return RPCProtobuf.MessageDescriptor(c.base.descriptor)
  }()

  /// Reads the unpacked C structure of the type; for the decoder alone.
  public init(structure: UnsafeRawPointer) {
    self.init(structure.assumingMemoryBound(to: Registry__V1__Move.self))
  }

  init(_ c: UnsafePointer<Registry__V1__Move>) {
    self.location = c.pointee.location.map { Location(UnsafePointer($0)) }
  }

  /// Fills an initialised C structure of the type; for the encoder alone.
  public func fill(structure: UnsafeMutableRawPointer, encoder: RPCProtobuf.MessageEncoder) {
    fill(structure.assumingMemoryBound(to: Registry__V1__Move.self), encoder)
  }

  func fill(_ c: UnsafeMutablePointer<Registry__V1__Move>, _ encoder: RPCProtobuf.MessageEncoder) {
    if let value = self.location {
      c.pointee.location = encoder.message(registry__v1__location__init) { value.fill($0, encoder) }
    }
  }
}

/// A move to another county: the file is handed over. It is exited here, with the destination, and
/// a hand-over is recorded for the other county.
public struct MoveAway: RPCProtobuf.Message {
  /// The code of the county, township or village it moves to, outside the node's area.
  public var destination: String

  /// The message whose fields all have their default values.
  public init() {
    self.destination = ""
  }

  /// A message with these values, and the default for what is not given.
  public init(
    destination: String = ""
  ) {
    self.destination = destination
  }

  /// The schema of the message.
  public static let messageDescriptor: RPCProtobuf.MessageDescriptor = {
    var c = Registry__V1__MoveAway()
    registry__v1__move_away__init(&c)
    return RPCProtobuf.MessageDescriptor(c.base.descriptor)
  }()

  /// Reads the unpacked C structure of the type; for the decoder alone.
  public init(structure: UnsafeRawPointer) {
    self.init(structure.assumingMemoryBound(to: Registry__V1__MoveAway.self))
  }

  init(_ c: UnsafePointer<Registry__V1__MoveAway>) {
    self.destination = StructureReader.string(c.pointee.destination)
  }

  /// Fills an initialised C structure of the type; for the encoder alone.
  public func fill(structure: UnsafeMutableRawPointer, encoder: RPCProtobuf.MessageEncoder) {
    fill(structure.assumingMemoryBound(to: Registry__V1__MoveAway.self), encoder)
  }

  func fill(_ c: UnsafeMutablePointer<Registry__V1__MoveAway>, _ encoder: RPCProtobuf.MessageEncoder) {
    c.pointee.destination = encoder.string(self.destination, "MoveAway.destination")
  }
}

/// An office changes its decision for its own list: dibao is granted or ends, and so on.
public struct CategoryChange: RPCProtobuf.Message {
  /// The poverty office's new decision; unspecified for none.
  public var povertyDecision: PovertyDecision

  /// Civil affairs' new decision; unspecified for none.
  public var securityDecision: SecurityDecision

  /// The message whose fields all have their default values.
  public init() {
    self.povertyDecision = PovertyDecision(rawValue: 0)
    self.securityDecision = SecurityDecision(rawValue: 0)
  }

  /// A message with these values, and the default for what is not given.
  public init(
    povertyDecision: PovertyDecision = PovertyDecision(rawValue: 0),
    securityDecision: SecurityDecision = SecurityDecision(rawValue: 0)
  ) {
    self.povertyDecision = povertyDecision
    self.securityDecision = securityDecision
  }

  /// The schema of the message.
  public static let messageDescriptor: RPCProtobuf.MessageDescriptor = {
    var c = Registry__V1__CategoryChange()
    registry__v1__category_change__init(&c)
    return RPCProtobuf.MessageDescriptor(c.base.descriptor)
  }()

  /// Reads the unpacked C structure of the type; for the decoder alone.
  public init(structure: UnsafeRawPointer) {
    self.init(structure.assumingMemoryBound(to: Registry__V1__CategoryChange.self))
  }

  init(_ c: UnsafePointer<Registry__V1__CategoryChange>) {
    self.povertyDecision = PovertyDecision(rawValue: Int32(truncatingIfNeeded: c.pointee.poverty_decision.rawValue))
    self.securityDecision = SecurityDecision(rawValue: Int32(truncatingIfNeeded: c.pointee.security_decision.rawValue))
  }

  /// Fills an initialised C structure of the type; for the encoder alone.
  public func fill(structure: UnsafeMutableRawPointer, encoder: RPCProtobuf.MessageEncoder) {
    fill(structure.assumingMemoryBound(to: Registry__V1__CategoryChange.self), encoder)
  }

  func fill(_ c: UnsafeMutablePointer<Registry__V1__CategoryChange>, _ encoder: RPCProtobuf.MessageEncoder) {
    c.pointee.poverty_decision = .init(rawValue: .init(truncatingIfNeeded: self.povertyDecision.rawValue))
    c.pointee.security_decision = .init(rawValue: .init(truncatingIfNeeded: self.securityDecision.rawValue))
  }
}

/// An exit from the register.
public struct ExitChange: RPCProtobuf.Message {
  /// Code list `ours: exit reason`.
  public var reason: UInt32

  /// The message whose fields all have their default values.
  public init() {
    self.reason = 0
  }

  /// A message with these values, and the default for what is not given.
  public init(
    reason: UInt32 = 0
  ) {
    self.reason = reason
  }

  /// The schema of the message.
  public static let messageDescriptor: RPCProtobuf.MessageDescriptor = {
    var c = Registry__V1__ExitChange()
    registry__v1__exit_change__init(&c)
    return RPCProtobuf.MessageDescriptor(c.base.descriptor)
  }()

  /// Reads the unpacked C structure of the type; for the decoder alone.
  public init(structure: UnsafeRawPointer) {
    self.init(structure.assumingMemoryBound(to: Registry__V1__ExitChange.self))
  }

  init(_ c: UnsafePointer<Registry__V1__ExitChange>) {
    self.reason = c.pointee.reason
  }

  /// Fills an initialised C structure of the type; for the encoder alone.
  public func fill(structure: UnsafeMutableRawPointer, encoder: RPCProtobuf.MessageEncoder) {
    fill(structure.assumingMemoryBound(to: Registry__V1__ExitChange.self), encoder)
  }

  func fill(_ c: UnsafeMutablePointer<Registry__V1__ExitChange>, _ encoder: RPCProtobuf.MessageEncoder) {
    c.pointee.reason = self.reason
  }
}

/// One change of a registered household.
public struct Change: RPCProtobuf.Message {
  /// The household's id.
  public var household: [UInt8]

  /// The version that the change was made from; a stale one is refused with both sides shown.
  public var baseVersion: UInt64

  /// The day from which it holds, YYYYMMDD, not after today; 0 for today.
  public var effectiveOn: Int32

  /// Why, in words; at most 400 bytes. Needed for exits, category changes and corrections.
  public var reason: String

  /// What happens.
  public enum Kind: Hashable, Sendable {
    /// A correction.
    case correct(Correction)
    /// The yearly review.
    case review(Review)
    /// A birth.
    case birth(Birth)
    /// A death.
    case death(Death)
    /// A marriage.
    case marriage(Marriage)
    /// A split.
    case split(Split)
    /// A merger.
    case merge(Merge)
    /// A move within the county.
    case move(Move)
    /// A move to another county.
    case moveAway(MoveAway)
    /// A category change.
    case category(CategoryChange)
    /// An exit.
    case exit(ExitChange)
  }

  /// What happens.
  public var kind: Kind?

  /// The message whose fields all have their default values.
  public init() {
    self.household = []
    self.baseVersion = 0
    self.effectiveOn = 0
    self.reason = ""
    self.kind = nil
  }

  /// A message with these values, and the default for what is not given.
  public init(
    household: [UInt8] = [],
    baseVersion: UInt64 = 0,
    effectiveOn: Int32 = 0,
    reason: String = "",
    kind: Kind? = nil
  ) {
    self.household = household
    self.baseVersion = baseVersion
    self.effectiveOn = effectiveOn
    self.reason = reason
    self.kind = kind
  }

  /// The schema of the message.
  public static let messageDescriptor: RPCProtobuf.MessageDescriptor = {
    var c = Registry__V1__Change()
    registry__v1__change__init(&c)
    return RPCProtobuf.MessageDescriptor(c.base.descriptor)
  }()

  /// Reads the unpacked C structure of the type; for the decoder alone.
  public init(structure: UnsafeRawPointer) {
    self.init(structure.assumingMemoryBound(to: Registry__V1__Change.self))
  }

  init(_ c: UnsafePointer<Registry__V1__Change>) {
    self.household = StructureReader.bytes(c.pointee.household.data, c.pointee.household.len)
    self.baseVersion = c.pointee.base_version
    self.effectiveOn = c.pointee.effective_on
    self.reason = StructureReader.string(c.pointee.reason)
    switch c.pointee.kind_case.rawValue {
    case 10: self.kind = c.pointee.correct.map { Kind.correct(Correction(UnsafePointer($0))) }
    case 11: self.kind = c.pointee.review.map { Kind.review(Review(UnsafePointer($0))) }
    case 12: self.kind = c.pointee.birth.map { Kind.birth(Birth(UnsafePointer($0))) }
    case 13: self.kind = c.pointee.death.map { Kind.death(Death(UnsafePointer($0))) }
    case 14: self.kind = c.pointee.marriage.map { Kind.marriage(Marriage(UnsafePointer($0))) }
    case 15: self.kind = c.pointee.split.map { Kind.split(Split(UnsafePointer($0))) }
    case 16: self.kind = c.pointee.merge.map { Kind.merge(Merge(UnsafePointer($0))) }
    case 17: self.kind = c.pointee.move.map { Kind.move(Move(UnsafePointer($0))) }
    case 18: self.kind = c.pointee.move_away.map { Kind.moveAway(MoveAway(UnsafePointer($0))) }
    case 19: self.kind = c.pointee.category.map { Kind.category(CategoryChange(UnsafePointer($0))) }
    case 20: self.kind = c.pointee.exit.map { Kind.exit(ExitChange(UnsafePointer($0))) }
    default: self.kind = nil
    }
  }

  /// Fills an initialised C structure of the type; for the encoder alone.
  public func fill(structure: UnsafeMutableRawPointer, encoder: RPCProtobuf.MessageEncoder) {
    fill(structure.assumingMemoryBound(to: Registry__V1__Change.self), encoder)
  }

  func fill(_ c: UnsafeMutablePointer<Registry__V1__Change>, _ encoder: RPCProtobuf.MessageEncoder) {
    c.pointee.household = ProtobufCBinaryData(len: self.household.count, data: encoder.bytes(self.household))
    c.pointee.base_version = self.baseVersion
    c.pointee.effective_on = self.effectiveOn
    c.pointee.reason = encoder.string(self.reason, "Change.reason")
    switch self.kind {
    case .correct(let value)?:
      c.pointee.kind_case = .init(rawValue: 10)
      c.pointee.correct = encoder.message(registry__v1__correction__init) { value.fill($0, encoder) }
    case .review(let value)?:
      c.pointee.kind_case = .init(rawValue: 11)
      c.pointee.review = encoder.message(registry__v1__review__init) { value.fill($0, encoder) }
    case .birth(let value)?:
      c.pointee.kind_case = .init(rawValue: 12)
      c.pointee.birth = encoder.message(registry__v1__birth__init) { value.fill($0, encoder) }
    case .death(let value)?:
      c.pointee.kind_case = .init(rawValue: 13)
      c.pointee.death = encoder.message(registry__v1__death__init) { value.fill($0, encoder) }
    case .marriage(let value)?:
      c.pointee.kind_case = .init(rawValue: 14)
      c.pointee.marriage = encoder.message(registry__v1__marriage__init) { value.fill($0, encoder) }
    case .split(let value)?:
      c.pointee.kind_case = .init(rawValue: 15)
      c.pointee.split = encoder.message(registry__v1__split__init) { value.fill($0, encoder) }
    case .merge(let value)?:
      c.pointee.kind_case = .init(rawValue: 16)
      c.pointee.merge = encoder.message(registry__v1__merge__init) { value.fill($0, encoder) }
    case .move(let value)?:
      c.pointee.kind_case = .init(rawValue: 17)
      c.pointee.move = encoder.message(registry__v1__move__init) { value.fill($0, encoder) }
    case .moveAway(let value)?:
      c.pointee.kind_case = .init(rawValue: 18)
      c.pointee.move_away = encoder.message(registry__v1__move_away__init) { value.fill($0, encoder) }
    case .category(let value)?:
      c.pointee.kind_case = .init(rawValue: 19)
      c.pointee.category = encoder.message(registry__v1__category_change__init) { value.fill($0, encoder) }
    case .exit(let value)?:
      c.pointee.kind_case = .init(rawValue: 20)
      c.pointee.exit = encoder.message(registry__v1__exit_change__init) { value.fill($0, encoder) }
    case nil: break
    }
  }
}

/// A change that a village or township office proposes to the county.
public struct Proposal: RPCProtobuf.Message {
  /// The id that never changes.
  public var id: [UInt8]

  /// The version, from 1.
  public var version: UInt64

  /// Where it stands.
  public var state: ProposalState

  /// The change.
  public var change: Change?

  /// The household as the proposer had it: the base version.
  public var baseHousehold: Household?

  /// Who proposed it: the identity's URI.
  public var proposedBy: String

  /// Who settled it; empty before.
  public var settledBy: String

  /// Why it was settled so.
  public var reason: String

  /// The household's version that it made; 0 before.
  public var madeVersion: UInt64

  /// The instant at which it was proposed; the node gives it.
  public var proposedAt: Int64

  /// Where it was taken although the household had changed since its base: the paths of the fields
  /// that had, with which it was merged.
  public var merged: [String]

  /// The instant at which this version was recorded; the node gives it.
  public var recordedAt: Int64

  /// The message whose fields all have their default values.
  public init() {
    self.id = []
    self.version = 0
    self.state = ProposalState(rawValue: 0)
    self.change = nil
    self.baseHousehold = nil
    self.proposedBy = ""
    self.settledBy = ""
    self.reason = ""
    self.madeVersion = 0
    self.proposedAt = 0
    self.merged = []
    self.recordedAt = 0
  }

  /// A message with these values, and the default for what is not given.
  public init(
    id: [UInt8] = [],
    version: UInt64 = 0,
    state: ProposalState = ProposalState(rawValue: 0),
    change: Change? = nil,
    baseHousehold: Household? = nil,
    proposedBy: String = "",
    settledBy: String = "",
    reason: String = "",
    madeVersion: UInt64 = 0,
    proposedAt: Int64 = 0,
    merged: [String] = [],
    recordedAt: Int64 = 0
  ) {
    self.id = id
    self.version = version
    self.state = state
    self.change = change
    self.baseHousehold = baseHousehold
    self.proposedBy = proposedBy
    self.settledBy = settledBy
    self.reason = reason
    self.madeVersion = madeVersion
    self.proposedAt = proposedAt
    self.merged = merged
    self.recordedAt = recordedAt
  }

  /// The schema of the message.
  public static let messageDescriptor: RPCProtobuf.MessageDescriptor = {
    var c = Registry__V1__Proposal()
    registry__v1__proposal__init(&c)
    return RPCProtobuf.MessageDescriptor(c.base.descriptor)
  }()

  /// Reads the unpacked C structure of the type; for the decoder alone.
  public init(structure: UnsafeRawPointer) {
    self.init(structure.assumingMemoryBound(to: Registry__V1__Proposal.self))
  }

  init(_ c: UnsafePointer<Registry__V1__Proposal>) {
    self.id = StructureReader.bytes(c.pointee.id.data, c.pointee.id.len)
    self.version = c.pointee.version
    self.state = ProposalState(rawValue: Int32(truncatingIfNeeded: c.pointee.state.rawValue))
    self.change = c.pointee.change.map { Change(UnsafePointer($0)) }
    self.baseHousehold = c.pointee.base_household.map { Household(UnsafePointer($0)) }
    self.proposedBy = StructureReader.string(c.pointee.proposed_by)
    self.settledBy = StructureReader.string(c.pointee.settled_by)
    self.reason = StructureReader.string(c.pointee.reason)
    self.madeVersion = c.pointee.made_version
    self.proposedAt = c.pointee.proposed_at
    self.merged = StructureReader.strings(c.pointee.merged, c.pointee.n_merged)
    self.recordedAt = c.pointee.recorded_at
  }

  /// Fills an initialised C structure of the type; for the encoder alone.
  public func fill(structure: UnsafeMutableRawPointer, encoder: RPCProtobuf.MessageEncoder) {
    fill(structure.assumingMemoryBound(to: Registry__V1__Proposal.self), encoder)
  }

  func fill(_ c: UnsafeMutablePointer<Registry__V1__Proposal>, _ encoder: RPCProtobuf.MessageEncoder) {
    c.pointee.id = ProtobufCBinaryData(len: self.id.count, data: encoder.bytes(self.id))
    c.pointee.version = self.version
    c.pointee.state = .init(rawValue: .init(truncatingIfNeeded: self.state.rawValue))
    if let value = self.change {
      c.pointee.change = encoder.message(registry__v1__change__init) { value.fill($0, encoder) }
    }
    if let value = self.baseHousehold {
      c.pointee.base_household = encoder.message(registry__v1__household__init) { value.fill($0, encoder) }
    }
    c.pointee.proposed_by = encoder.string(self.proposedBy, "Proposal.proposed_by")
    c.pointee.settled_by = encoder.string(self.settledBy, "Proposal.settled_by")
    c.pointee.reason = encoder.string(self.reason, "Proposal.reason")
    c.pointee.made_version = self.madeVersion
    c.pointee.proposed_at = self.proposedAt
    if let elements = encoder.strings(self.merged, "Proposal.merged") {
      c.pointee.n_merged = self.merged.count
      c.pointee.merged = elements
    }
    c.pointee.recorded_at = self.recordedAt
  }
}

/// Asks to change a household, or to propose it.
public struct SubmitChangeRequest: RPCProtobuf.Message {
  /// The change.
  public var change: Change?

  /// The message whose fields all have their default values.
  public init() {
    self.change = nil
  }

  /// A message with these values, and the default for what is not given.
  public init(
    change: Change? = nil
  ) {
    self.change = change
  }

  /// The schema of the message.
  public static let messageDescriptor: RPCProtobuf.MessageDescriptor = {
    var c = Registry__V1__SubmitChangeRequest()
    registry__v1__submit_change_request__init(&c)
    return RPCProtobuf.MessageDescriptor(c.base.descriptor)
  }()

  /// Reads the unpacked C structure of the type; for the decoder alone.
  public init(structure: UnsafeRawPointer) {
    self.init(structure.assumingMemoryBound(to: Registry__V1__SubmitChangeRequest.self))
  }

  init(_ c: UnsafePointer<Registry__V1__SubmitChangeRequest>) {
    self.change = c.pointee.change.map { Change(UnsafePointer($0)) }
  }

  /// Fills an initialised C structure of the type; for the encoder alone.
  public func fill(structure: UnsafeMutableRawPointer, encoder: RPCProtobuf.MessageEncoder) {
    fill(structure.assumingMemoryBound(to: Registry__V1__SubmitChangeRequest.self), encoder)
  }

  func fill(_ c: UnsafeMutablePointer<Registry__V1__SubmitChangeRequest>, _ encoder: RPCProtobuf.MessageEncoder) {
    if let value = self.change {
      c.pointee.change = encoder.message(registry__v1__change__init) { value.fill($0, encoder) }
    }
  }
}

/// What became of a change.
public struct SubmitChangeResponse: RPCProtobuf.Message {
  /// The household as it is now; absent for a proposal.
  public var household: Household?

  /// The other household of a split (the new one) or merger (the closed one).
  public var other: Household?

  /// The proposal, for an office that proposes.
  public var proposal: Proposal?

  /// The hand-over, for a move to another county.
  public var handOver: HandOver?

  /// The message whose fields all have their default values.
  public init() {
    self.household = nil
    self.other = nil
    self.proposal = nil
    self.handOver = nil
  }

  /// A message with these values, and the default for what is not given.
  public init(
    household: Household? = nil,
    other: Household? = nil,
    proposal: Proposal? = nil,
    handOver: HandOver? = nil
  ) {
    self.household = household
    self.other = other
    self.proposal = proposal
    self.handOver = handOver
  }

  /// The schema of the message.
  public static let messageDescriptor: RPCProtobuf.MessageDescriptor = {
    var c = Registry__V1__SubmitChangeResponse()
    registry__v1__submit_change_response__init(&c)
    return RPCProtobuf.MessageDescriptor(c.base.descriptor)
  }()

  /// Reads the unpacked C structure of the type; for the decoder alone.
  public init(structure: UnsafeRawPointer) {
    self.init(structure.assumingMemoryBound(to: Registry__V1__SubmitChangeResponse.self))
  }

  init(_ c: UnsafePointer<Registry__V1__SubmitChangeResponse>) {
    self.household = c.pointee.household.map { Household(UnsafePointer($0)) }
    self.other = c.pointee.other.map { Household(UnsafePointer($0)) }
    self.proposal = c.pointee.proposal.map { Proposal(UnsafePointer($0)) }
    self.handOver = c.pointee.hand_over.map { HandOver(UnsafePointer($0)) }
  }

  /// Fills an initialised C structure of the type; for the encoder alone.
  public func fill(structure: UnsafeMutableRawPointer, encoder: RPCProtobuf.MessageEncoder) {
    fill(structure.assumingMemoryBound(to: Registry__V1__SubmitChangeResponse.self), encoder)
  }

  func fill(_ c: UnsafeMutablePointer<Registry__V1__SubmitChangeResponse>, _ encoder: RPCProtobuf.MessageEncoder) {
    if let value = self.household {
      c.pointee.household = encoder.message(registry__v1__household__init) { value.fill($0, encoder) }
    }
    if let value = self.other {
      c.pointee.other = encoder.message(registry__v1__household__init) { value.fill($0, encoder) }
    }
    if let value = self.proposal {
      c.pointee.proposal = encoder.message(registry__v1__proposal__init) { value.fill($0, encoder) }
    }
    if let value = self.handOver {
      c.pointee.hand_over = encoder.message(registry__v1__hand_over__init) { value.fill($0, encoder) }
    }
  }
}

/// Asks for proposals.
public struct ListProposalsRequest: RPCProtobuf.Message {
  /// In this division or below; empty for the caller's whole area.
  public var division: String

  /// In one of these states; none for open ones and conflicts.
  public var states: [ProposalState]

  /// Of this household; empty for all.
  public var household: [UInt8]

  /// At most this many; 0 for 50, at most 500.
  public var pageSize: UInt32

  /// Goes on from an earlier answer to the same question.
  public var pageToken: String

  /// The message whose fields all have their default values.
  public init() {
    self.division = ""
    self.states = []
    self.household = []
    self.pageSize = 0
    self.pageToken = ""
  }

  /// A message with these values, and the default for what is not given.
  public init(
    division: String = "",
    states: [ProposalState] = [],
    household: [UInt8] = [],
    pageSize: UInt32 = 0,
    pageToken: String = ""
  ) {
    self.division = division
    self.states = states
    self.household = household
    self.pageSize = pageSize
    self.pageToken = pageToken
  }

  /// The schema of the message.
  public static let messageDescriptor: RPCProtobuf.MessageDescriptor = {
    var c = Registry__V1__ListProposalsRequest()
    registry__v1__list_proposals_request__init(&c)
    return RPCProtobuf.MessageDescriptor(c.base.descriptor)
  }()

  /// Reads the unpacked C structure of the type; for the decoder alone.
  public init(structure: UnsafeRawPointer) {
    self.init(structure.assumingMemoryBound(to: Registry__V1__ListProposalsRequest.self))
  }

  init(_ c: UnsafePointer<Registry__V1__ListProposalsRequest>) {
    self.division = StructureReader.string(c.pointee.division)
    self.states = StructureReader.enums(c.pointee.states, c.pointee.n_states)
    self.household = StructureReader.bytes(c.pointee.household.data, c.pointee.household.len)
    self.pageSize = c.pointee.page_size
    self.pageToken = StructureReader.string(c.pointee.page_token)
  }

  /// Fills an initialised C structure of the type; for the encoder alone.
  public func fill(structure: UnsafeMutableRawPointer, encoder: RPCProtobuf.MessageEncoder) {
    fill(structure.assumingMemoryBound(to: Registry__V1__ListProposalsRequest.self), encoder)
  }

  func fill(_ c: UnsafeMutablePointer<Registry__V1__ListProposalsRequest>, _ encoder: RPCProtobuf.MessageEncoder) {
    c.pointee.division = encoder.string(self.division, "ListProposalsRequest.division")
    if let elements = encoder.enums(self.states) {
      c.pointee.n_states = self.states.count
      c.pointee.states = elements.assumingMemoryBound(to: Registry__V1__ProposalState.self)
    }
    c.pointee.household = ProtobufCBinaryData(len: self.household.count, data: encoder.bytes(self.household))
    c.pointee.page_size = self.pageSize
    c.pointee.page_token = encoder.string(self.pageToken, "ListProposalsRequest.page_token")
  }
}

/// A page of proposals in the order of their recording.
public struct ListProposalsResponse: RPCProtobuf.Message {
  /// The proposals, without their bases.
  public var proposals: [Proposal]

  /// Asks for the next page; empty after the last.
  public var nextPageToken: String

  /// The message whose fields all have their default values.
  public init() {
    self.proposals = []
    self.nextPageToken = ""
  }

  /// A message with these values, and the default for what is not given.
  public init(
    proposals: [Proposal] = [],
    nextPageToken: String = ""
  ) {
    self.proposals = proposals
    self.nextPageToken = nextPageToken
  }

  /// The schema of the message.
  public static let messageDescriptor: RPCProtobuf.MessageDescriptor = {
    var c = Registry__V1__ListProposalsResponse()
    registry__v1__list_proposals_response__init(&c)
    return RPCProtobuf.MessageDescriptor(c.base.descriptor)
  }()

  /// Reads the unpacked C structure of the type; for the decoder alone.
  public init(structure: UnsafeRawPointer) {
    self.init(structure.assumingMemoryBound(to: Registry__V1__ListProposalsResponse.self))
  }

  init(_ c: UnsafePointer<Registry__V1__ListProposalsResponse>) {
    self.proposals = StructureReader.messages(c.pointee.proposals, c.pointee.n_proposals) { Proposal($0) }
    self.nextPageToken = StructureReader.string(c.pointee.next_page_token)
  }

  /// Fills an initialised C structure of the type; for the encoder alone.
  public func fill(structure: UnsafeMutableRawPointer, encoder: RPCProtobuf.MessageEncoder) {
    fill(structure.assumingMemoryBound(to: Registry__V1__ListProposalsResponse.self), encoder)
  }

  func fill(_ c: UnsafeMutablePointer<Registry__V1__ListProposalsResponse>, _ encoder: RPCProtobuf.MessageEncoder) {
    if let elements = encoder.messages(self.proposals, registry__v1__proposal__init, { $0.fill($1, encoder) }) {
      c.pointee.n_proposals = self.proposals.count
      c.pointee.proposals = elements
    }
    c.pointee.next_page_token = encoder.string(self.nextPageToken, "ListProposalsResponse.next_page_token")
  }
}

/// Asks for one proposal.
public struct GetProposalRequest: RPCProtobuf.Message {
  /// Its id.
  public var id: [UInt8]

  /// The message whose fields all have their default values.
  public init() {
    self.id = []
  }

  /// A message with these values, and the default for what is not given.
  public init(
    id: [UInt8] = []
  ) {
    self.id = id
  }

  /// The schema of the message.
  public static let messageDescriptor: RPCProtobuf.MessageDescriptor = {
    var c = Registry__V1__GetProposalRequest()
    registry__v1__get_proposal_request__init(&c)
    return RPCProtobuf.MessageDescriptor(c.base.descriptor)
  }()

  /// Reads the unpacked C structure of the type; for the decoder alone.
  public init(structure: UnsafeRawPointer) {
    self.init(structure.assumingMemoryBound(to: Registry__V1__GetProposalRequest.self))
  }

  init(_ c: UnsafePointer<Registry__V1__GetProposalRequest>) {
    self.id = StructureReader.bytes(c.pointee.id.data, c.pointee.id.len)
  }

  /// Fills an initialised C structure of the type; for the encoder alone.
  public func fill(structure: UnsafeMutableRawPointer, encoder: RPCProtobuf.MessageEncoder) {
    fill(structure.assumingMemoryBound(to: Registry__V1__GetProposalRequest.self), encoder)
  }

  func fill(_ c: UnsafeMutablePointer<Registry__V1__GetProposalRequest>, _ encoder: RPCProtobuf.MessageEncoder) {
    c.pointee.id = ProtobufCBinaryData(len: self.id.count, data: encoder.bytes(self.id))
  }
}

/// A proposal with all sides: what it started from, what it wants, what is on record now.
public struct ProposalView: RPCProtobuf.Message {
  /// The proposal.
  public var proposal: Proposal?

  /// The household that it would make of its base.
  public var proposed: Household?

  /// The household on record now.
  public var current: Household?

  /// The fields concerned: changed meanwhile, changed by the proposal, or both.
  public var fields: [FieldDifference]

  /// The message whose fields all have their default values.
  public init() {
    self.proposal = nil
    self.proposed = nil
    self.current = nil
    self.fields = []
  }

  /// A message with these values, and the default for what is not given.
  public init(
    proposal: Proposal? = nil,
    proposed: Household? = nil,
    current: Household? = nil,
    fields: [FieldDifference] = []
  ) {
    self.proposal = proposal
    self.proposed = proposed
    self.current = current
    self.fields = fields
  }

  /// The schema of the message.
  public static let messageDescriptor: RPCProtobuf.MessageDescriptor = {
    var c = Registry__V1__ProposalView()
    registry__v1__proposal_view__init(&c)
    return RPCProtobuf.MessageDescriptor(c.base.descriptor)
  }()

  /// Reads the unpacked C structure of the type; for the decoder alone.
  public init(structure: UnsafeRawPointer) {
    self.init(structure.assumingMemoryBound(to: Registry__V1__ProposalView.self))
  }

  init(_ c: UnsafePointer<Registry__V1__ProposalView>) {
    self.proposal = c.pointee.proposal.map { Proposal(UnsafePointer($0)) }
    self.proposed = c.pointee.proposed.map { Household(UnsafePointer($0)) }
    self.current = c.pointee.current.map { Household(UnsafePointer($0)) }
    self.fields = StructureReader.messages(c.pointee.fields, c.pointee.n_fields) { FieldDifference($0) }
  }

  /// Fills an initialised C structure of the type; for the encoder alone.
  public func fill(structure: UnsafeMutableRawPointer, encoder: RPCProtobuf.MessageEncoder) {
    fill(structure.assumingMemoryBound(to: Registry__V1__ProposalView.self), encoder)
  }

  func fill(_ c: UnsafeMutablePointer<Registry__V1__ProposalView>, _ encoder: RPCProtobuf.MessageEncoder) {
    if let value = self.proposal {
      c.pointee.proposal = encoder.message(registry__v1__proposal__init) { value.fill($0, encoder) }
    }
    if let value = self.proposed {
      c.pointee.proposed = encoder.message(registry__v1__household__init) { value.fill($0, encoder) }
    }
    if let value = self.current {
      c.pointee.current = encoder.message(registry__v1__household__init) { value.fill($0, encoder) }
    }
    if let elements = encoder.messages(self.fields, registry__v1__field_difference__init, { $0.fill($1, encoder) }) {
      c.pointee.n_fields = self.fields.count
      c.pointee.fields = elements
    }
  }
}

/// Asks to settle a proposal or conflict.
public struct SettleProposalRequest: RPCProtobuf.Message {
  /// Its id.
  public var id: [UInt8]

  /// The version of the proposal that the caller saw; a stale one is refused.
  public var baseVersion: UInt64

  /// How.
  public var verdict: ProposalVerdict

  /// Why; needed to refuse and to settle a conflict. At most 400 bytes.
  public var reason: String

  /// The message whose fields all have their default values.
  public init() {
    self.id = []
    self.baseVersion = 0
    self.verdict = ProposalVerdict(rawValue: 0)
    self.reason = ""
  }

  /// A message with these values, and the default for what is not given.
  public init(
    id: [UInt8] = [],
    baseVersion: UInt64 = 0,
    verdict: ProposalVerdict = ProposalVerdict(rawValue: 0),
    reason: String = ""
  ) {
    self.id = id
    self.baseVersion = baseVersion
    self.verdict = verdict
    self.reason = reason
  }

  /// The schema of the message.
  public static let messageDescriptor: RPCProtobuf.MessageDescriptor = {
    var c = Registry__V1__SettleProposalRequest()
    registry__v1__settle_proposal_request__init(&c)
    return RPCProtobuf.MessageDescriptor(c.base.descriptor)
  }()

  /// Reads the unpacked C structure of the type; for the decoder alone.
  public init(structure: UnsafeRawPointer) {
    self.init(structure.assumingMemoryBound(to: Registry__V1__SettleProposalRequest.self))
  }

  init(_ c: UnsafePointer<Registry__V1__SettleProposalRequest>) {
    self.id = StructureReader.bytes(c.pointee.id.data, c.pointee.id.len)
    self.baseVersion = c.pointee.base_version
    self.verdict = ProposalVerdict(rawValue: Int32(truncatingIfNeeded: c.pointee.verdict.rawValue))
    self.reason = StructureReader.string(c.pointee.reason)
  }

  /// Fills an initialised C structure of the type; for the encoder alone.
  public func fill(structure: UnsafeMutableRawPointer, encoder: RPCProtobuf.MessageEncoder) {
    fill(structure.assumingMemoryBound(to: Registry__V1__SettleProposalRequest.self), encoder)
  }

  func fill(_ c: UnsafeMutablePointer<Registry__V1__SettleProposalRequest>, _ encoder: RPCProtobuf.MessageEncoder) {
    c.pointee.id = ProtobufCBinaryData(len: self.id.count, data: encoder.bytes(self.id))
    c.pointee.base_version = self.baseVersion
    c.pointee.verdict = .init(rawValue: .init(truncatingIfNeeded: self.verdict.rawValue))
    c.pointee.reason = encoder.string(self.reason, "SettleProposalRequest.reason")
  }
}

/// What became of a proposal.
public struct SettleProposalResponse: RPCProtobuf.Message {
  /// The proposal as it is now.
  public var proposal: Proposal?

  /// The household as it is now, if the proposal was taken.
  public var household: Household?

  /// The message whose fields all have their default values.
  public init() {
    self.proposal = nil
    self.household = nil
  }

  /// A message with these values, and the default for what is not given.
  public init(
    proposal: Proposal? = nil,
    household: Household? = nil
  ) {
    self.proposal = proposal
    self.household = household
  }

  /// The schema of the message.
  public static let messageDescriptor: RPCProtobuf.MessageDescriptor = {
    var c = Registry__V1__SettleProposalResponse()
    registry__v1__settle_proposal_response__init(&c)
    return RPCProtobuf.MessageDescriptor(c.base.descriptor)
  }()

  /// Reads the unpacked C structure of the type; for the decoder alone.
  public init(structure: UnsafeRawPointer) {
    self.init(structure.assumingMemoryBound(to: Registry__V1__SettleProposalResponse.self))
  }

  init(_ c: UnsafePointer<Registry__V1__SettleProposalResponse>) {
    self.proposal = c.pointee.proposal.map { Proposal(UnsafePointer($0)) }
    self.household = c.pointee.household.map { Household(UnsafePointer($0)) }
  }

  /// Fills an initialised C structure of the type; for the encoder alone.
  public func fill(structure: UnsafeMutableRawPointer, encoder: RPCProtobuf.MessageEncoder) {
    fill(structure.assumingMemoryBound(to: Registry__V1__SettleProposalResponse.self), encoder)
  }

  func fill(_ c: UnsafeMutablePointer<Registry__V1__SettleProposalResponse>, _ encoder: RPCProtobuf.MessageEncoder) {
    if let value = self.proposal {
      c.pointee.proposal = encoder.message(registry__v1__proposal__init) { value.fill($0, encoder) }
    }
    if let value = self.household {
      c.pointee.household = encoder.message(registry__v1__household__init) { value.fill($0, encoder) }
    }
  }
}

/// A household that another county hands over to this one; body of the order that brings it, sealed.
public struct Arrival: RPCProtobuf.Message {
  /// The hand-over.
  public var handOver: HandOver?

  /// The file as it left.
  public var household: Household?

  /// The code of the county that it comes from.
  public var fromCounty: String

  /// The message whose fields all have their default values.
  public init() {
    self.handOver = nil
    self.household = nil
    self.fromCounty = ""
  }

  /// A message with these values, and the default for what is not given.
  public init(
    handOver: HandOver? = nil,
    household: Household? = nil,
    fromCounty: String = ""
  ) {
    self.handOver = handOver
    self.household = household
    self.fromCounty = fromCounty
  }

  /// The schema of the message.
  public static let messageDescriptor: RPCProtobuf.MessageDescriptor = {
    var c = Registry__V1__Arrival()
    registry__v1__arrival__init(&c)
    return RPCProtobuf.MessageDescriptor(c.base.descriptor)
  }()

  /// Reads the unpacked C structure of the type; for the decoder alone.
  public init(structure: UnsafeRawPointer) {
    self.init(structure.assumingMemoryBound(to: Registry__V1__Arrival.self))
  }

  init(_ c: UnsafePointer<Registry__V1__Arrival>) {
    self.handOver = c.pointee.hand_over.map { HandOver(UnsafePointer($0)) }
    self.household = c.pointee.household.map { Household(UnsafePointer($0)) }
    self.fromCounty = StructureReader.string(c.pointee.from_county)
  }

  /// Fills an initialised C structure of the type; for the encoder alone.
  public func fill(structure: UnsafeMutableRawPointer, encoder: RPCProtobuf.MessageEncoder) {
    fill(structure.assumingMemoryBound(to: Registry__V1__Arrival.self), encoder)
  }

  func fill(_ c: UnsafeMutablePointer<Registry__V1__Arrival>, _ encoder: RPCProtobuf.MessageEncoder) {
    if let value = self.handOver {
      c.pointee.hand_over = encoder.message(registry__v1__hand_over__init) { value.fill($0, encoder) }
    }
    if let value = self.household {
      c.pointee.household = encoder.message(registry__v1__household__init) { value.fill($0, encoder) }
    }
    c.pointee.from_county = encoder.string(self.fromCounty, "Arrival.from_county")
  }
}

/// What became of an arrival; body of the entry that settles it, and of the order that tells it back.
public struct ArrivalSettled: RPCProtobuf.Message {
  /// The hand-over's id.
  public var id: [UInt8]

  /// The household's id.
  public var household: [UInt8]

  /// Whether it was taken.
  public var taken: Bool

  /// Why not.
  public var reason: String

  /// The message whose fields all have their default values.
  public init() {
    self.id = []
    self.household = []
    self.taken = false
    self.reason = ""
  }

  /// A message with these values, and the default for what is not given.
  public init(
    id: [UInt8] = [],
    household: [UInt8] = [],
    taken: Bool = false,
    reason: String = ""
  ) {
    self.id = id
    self.household = household
    self.taken = taken
    self.reason = reason
  }

  /// The schema of the message.
  public static let messageDescriptor: RPCProtobuf.MessageDescriptor = {
    var c = Registry__V1__ArrivalSettled()
    registry__v1__arrival_settled__init(&c)
    return RPCProtobuf.MessageDescriptor(c.base.descriptor)
  }()

  /// Reads the unpacked C structure of the type; for the decoder alone.
  public init(structure: UnsafeRawPointer) {
    self.init(structure.assumingMemoryBound(to: Registry__V1__ArrivalSettled.self))
  }

  init(_ c: UnsafePointer<Registry__V1__ArrivalSettled>) {
    self.id = StructureReader.bytes(c.pointee.id.data, c.pointee.id.len)
    self.household = StructureReader.bytes(c.pointee.household.data, c.pointee.household.len)
    self.taken = c.pointee.taken != 0
    self.reason = StructureReader.string(c.pointee.reason)
  }

  /// Fills an initialised C structure of the type; for the encoder alone.
  public func fill(structure: UnsafeMutableRawPointer, encoder: RPCProtobuf.MessageEncoder) {
    fill(structure.assumingMemoryBound(to: Registry__V1__ArrivalSettled.self), encoder)
  }

  func fill(_ c: UnsafeMutablePointer<Registry__V1__ArrivalSettled>, _ encoder: RPCProtobuf.MessageEncoder) {
    c.pointee.id = ProtobufCBinaryData(len: self.id.count, data: encoder.bytes(self.id))
    c.pointee.household = ProtobufCBinaryData(len: self.household.count, data: encoder.bytes(self.household))
    c.pointee.taken = self.taken ? 1 : 0
    c.pointee.reason = encoder.string(self.reason, "ArrivalSettled.reason")
  }
}

/// Asks for arrivals that wait.
public struct ListArrivalsRequest: RPCProtobuf.Message {
  /// At most so many; 0 for 50, at most 200.
  public var limit: UInt32

  /// The message whose fields all have their default values.
  public init() {
    self.limit = 0
  }

  /// A message with these values, and the default for what is not given.
  public init(
    limit: UInt32 = 0
  ) {
    self.limit = limit
  }

  /// The schema of the message.
  public static let messageDescriptor: RPCProtobuf.MessageDescriptor = {
    var c = Registry__V1__ListArrivalsRequest()
    registry__v1__list_arrivals_request__init(&c)
    return RPCProtobuf.MessageDescriptor(c.base.descriptor)
  }()

  /// Reads the unpacked C structure of the type; for the decoder alone.
  public init(structure: UnsafeRawPointer) {
    self.init(structure.assumingMemoryBound(to: Registry__V1__ListArrivalsRequest.self))
  }

  init(_ c: UnsafePointer<Registry__V1__ListArrivalsRequest>) {
    self.limit = c.pointee.limit
  }

  /// Fills an initialised C structure of the type; for the encoder alone.
  public func fill(structure: UnsafeMutableRawPointer, encoder: RPCProtobuf.MessageEncoder) {
    fill(structure.assumingMemoryBound(to: Registry__V1__ListArrivalsRequest.self), encoder)
  }

  func fill(_ c: UnsafeMutablePointer<Registry__V1__ListArrivalsRequest>, _ encoder: RPCProtobuf.MessageEncoder) {
    c.pointee.limit = self.limit
  }
}

/// Arrivals that wait, the oldest first.
public struct ListArrivalsResponse: RPCProtobuf.Message {
  /// The arrivals.
  public var arrivals: [Arrival]

  /// The message whose fields all have their default values.
  public init() {
    self.arrivals = []
  }

  /// A message with these values, and the default for what is not given.
  public init(
    arrivals: [Arrival] = []
  ) {
    self.arrivals = arrivals
  }

  /// The schema of the message.
  public static let messageDescriptor: RPCProtobuf.MessageDescriptor = {
    var c = Registry__V1__ListArrivalsResponse()
    registry__v1__list_arrivals_response__init(&c)
    return RPCProtobuf.MessageDescriptor(c.base.descriptor)
  }()

  /// Reads the unpacked C structure of the type; for the decoder alone.
  public init(structure: UnsafeRawPointer) {
    self.init(structure.assumingMemoryBound(to: Registry__V1__ListArrivalsResponse.self))
  }

  init(_ c: UnsafePointer<Registry__V1__ListArrivalsResponse>) {
    self.arrivals = StructureReader.messages(c.pointee.arrivals, c.pointee.n_arrivals) { Arrival($0) }
  }

  /// Fills an initialised C structure of the type; for the encoder alone.
  public func fill(structure: UnsafeMutableRawPointer, encoder: RPCProtobuf.MessageEncoder) {
    fill(structure.assumingMemoryBound(to: Registry__V1__ListArrivalsResponse.self), encoder)
  }

  func fill(_ c: UnsafeMutablePointer<Registry__V1__ListArrivalsResponse>, _ encoder: RPCProtobuf.MessageEncoder) {
    if let elements = encoder.messages(self.arrivals, registry__v1__arrival__init, { $0.fill($1, encoder) }) {
      c.pointee.n_arrivals = self.arrivals.count
      c.pointee.arrivals = elements
    }
  }
}

/// Takes an arrival over, or refuses it.
public struct SettleArrivalRequest: RPCProtobuf.Message {
  /// The hand-over's id.
  public var id: [UInt8]

  /// Where the household lives now; its village must be given to take it.
  public var location: Location?

  /// Why it is refused; then nothing is taken.
  public var reason: String

  /// The message whose fields all have their default values.
  public init() {
    self.id = []
    self.location = nil
    self.reason = ""
  }

  /// A message with these values, and the default for what is not given.
  public init(
    id: [UInt8] = [],
    location: Location? = nil,
    reason: String = ""
  ) {
    self.id = id
    self.location = location
    self.reason = reason
  }

  /// The schema of the message.
  public static let messageDescriptor: RPCProtobuf.MessageDescriptor = {
    var c = Registry__V1__SettleArrivalRequest()
    registry__v1__settle_arrival_request__init(&c)
    return RPCProtobuf.MessageDescriptor(c.base.descriptor)
  }()

  /// Reads the unpacked C structure of the type; for the decoder alone.
  public init(structure: UnsafeRawPointer) {
    self.init(structure.assumingMemoryBound(to: Registry__V1__SettleArrivalRequest.self))
  }

  init(_ c: UnsafePointer<Registry__V1__SettleArrivalRequest>) {
    self.id = StructureReader.bytes(c.pointee.id.data, c.pointee.id.len)
    self.location = c.pointee.location.map { Location(UnsafePointer($0)) }
    self.reason = StructureReader.string(c.pointee.reason)
  }

  /// Fills an initialised C structure of the type; for the encoder alone.
  public func fill(structure: UnsafeMutableRawPointer, encoder: RPCProtobuf.MessageEncoder) {
    fill(structure.assumingMemoryBound(to: Registry__V1__SettleArrivalRequest.self), encoder)
  }

  func fill(_ c: UnsafeMutablePointer<Registry__V1__SettleArrivalRequest>, _ encoder: RPCProtobuf.MessageEncoder) {
    c.pointee.id = ProtobufCBinaryData(len: self.id.count, data: encoder.bytes(self.id))
    if let value = self.location {
      c.pointee.location = encoder.message(registry__v1__location__init) { value.fill($0, encoder) }
    }
    c.pointee.reason = encoder.string(self.reason, "SettleArrivalRequest.reason")
  }
}

/// What became of it.
public struct SettleArrivalResponse: RPCProtobuf.Message {
  /// The household as it is on record, if it was taken.
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
    var c = Registry__V1__SettleArrivalResponse()
    registry__v1__settle_arrival_response__init(&c)
    return RPCProtobuf.MessageDescriptor(c.base.descriptor)
  }()

  /// Reads the unpacked C structure of the type; for the decoder alone.
  public init(structure: UnsafeRawPointer) {
    self.init(structure.assumingMemoryBound(to: Registry__V1__SettleArrivalResponse.self))
  }

  init(_ c: UnsafePointer<Registry__V1__SettleArrivalResponse>) {
    self.household = c.pointee.household.map { Household(UnsafePointer($0)) }
  }

  /// Fills an initialised C structure of the type; for the encoder alone.
  public func fill(structure: UnsafeMutableRawPointer, encoder: RPCProtobuf.MessageEncoder) {
    fill(structure.assumingMemoryBound(to: Registry__V1__SettleArrivalResponse.self), encoder)
  }

  func fill(_ c: UnsafeMutablePointer<Registry__V1__SettleArrivalResponse>, _ encoder: RPCProtobuf.MessageEncoder) {
    if let value = self.household {
      c.pointee.household = encoder.message(registry__v1__household__init) { value.fill($0, encoder) }
    }
  }
}

/// A household's file on its way to another county.
public struct HandOver: RPCProtobuf.Message {
  /// The id that never changes.
  public var id: [UInt8]

  /// The version, from 1.
  public var version: UInt64

  /// Where it stands.
  public var state: HandOverState

  /// The household's id.
  public var household: [UInt8]

  /// The code of the division it moves to.
  public var destination: String

  /// The household's version that leaves.
  public var householdVersion: UInt64

  /// Who recorded it.
  public var recordedBy: String

  /// The day of the move.
  public var day: Int32

  /// The message whose fields all have their default values.
  public init() {
    self.id = []
    self.version = 0
    self.state = HandOverState(rawValue: 0)
    self.household = []
    self.destination = ""
    self.householdVersion = 0
    self.recordedBy = ""
    self.day = 0
  }

  /// A message with these values, and the default for what is not given.
  public init(
    id: [UInt8] = [],
    version: UInt64 = 0,
    state: HandOverState = HandOverState(rawValue: 0),
    household: [UInt8] = [],
    destination: String = "",
    householdVersion: UInt64 = 0,
    recordedBy: String = "",
    day: Int32 = 0
  ) {
    self.id = id
    self.version = version
    self.state = state
    self.household = household
    self.destination = destination
    self.householdVersion = householdVersion
    self.recordedBy = recordedBy
    self.day = day
  }

  /// The schema of the message.
  public static let messageDescriptor: RPCProtobuf.MessageDescriptor = {
    var c = Registry__V1__HandOver()
    registry__v1__hand_over__init(&c)
    return RPCProtobuf.MessageDescriptor(c.base.descriptor)
  }()

  /// Reads the unpacked C structure of the type; for the decoder alone.
  public init(structure: UnsafeRawPointer) {
    self.init(structure.assumingMemoryBound(to: Registry__V1__HandOver.self))
  }

  init(_ c: UnsafePointer<Registry__V1__HandOver>) {
    self.id = StructureReader.bytes(c.pointee.id.data, c.pointee.id.len)
    self.version = c.pointee.version
    self.state = HandOverState(rawValue: Int32(truncatingIfNeeded: c.pointee.state.rawValue))
    self.household = StructureReader.bytes(c.pointee.household.data, c.pointee.household.len)
    self.destination = StructureReader.string(c.pointee.destination)
    self.householdVersion = c.pointee.household_version
    self.recordedBy = StructureReader.string(c.pointee.recorded_by)
    self.day = c.pointee.day
  }

  /// Fills an initialised C structure of the type; for the encoder alone.
  public func fill(structure: UnsafeMutableRawPointer, encoder: RPCProtobuf.MessageEncoder) {
    fill(structure.assumingMemoryBound(to: Registry__V1__HandOver.self), encoder)
  }

  func fill(_ c: UnsafeMutablePointer<Registry__V1__HandOver>, _ encoder: RPCProtobuf.MessageEncoder) {
    c.pointee.id = ProtobufCBinaryData(len: self.id.count, data: encoder.bytes(self.id))
    c.pointee.version = self.version
    c.pointee.state = .init(rawValue: .init(truncatingIfNeeded: self.state.rawValue))
    c.pointee.household = ProtobufCBinaryData(len: self.household.count, data: encoder.bytes(self.household))
    c.pointee.destination = encoder.string(self.destination, "HandOver.destination")
    c.pointee.household_version = self.householdVersion
    c.pointee.recorded_by = encoder.string(self.recordedBy, "HandOver.recorded_by")
    c.pointee.day = self.day
  }
}

/// Asks for hand-overs.
public struct ListHandOversRequest: RPCProtobuf.Message {
  /// At most this many; 0 for 50, at most 500.
  public var pageSize: UInt32

  /// Goes on from an earlier answer.
  public var pageToken: String

  /// The message whose fields all have their default values.
  public init() {
    self.pageSize = 0
    self.pageToken = ""
  }

  /// A message with these values, and the default for what is not given.
  public init(
    pageSize: UInt32 = 0,
    pageToken: String = ""
  ) {
    self.pageSize = pageSize
    self.pageToken = pageToken
  }

  /// The schema of the message.
  public static let messageDescriptor: RPCProtobuf.MessageDescriptor = {
    var c = Registry__V1__ListHandOversRequest()
    registry__v1__list_hand_overs_request__init(&c)
    return RPCProtobuf.MessageDescriptor(c.base.descriptor)
  }()

  /// Reads the unpacked C structure of the type; for the decoder alone.
  public init(structure: UnsafeRawPointer) {
    self.init(structure.assumingMemoryBound(to: Registry__V1__ListHandOversRequest.self))
  }

  init(_ c: UnsafePointer<Registry__V1__ListHandOversRequest>) {
    self.pageSize = c.pointee.page_size
    self.pageToken = StructureReader.string(c.pointee.page_token)
  }

  /// Fills an initialised C structure of the type; for the encoder alone.
  public func fill(structure: UnsafeMutableRawPointer, encoder: RPCProtobuf.MessageEncoder) {
    fill(structure.assumingMemoryBound(to: Registry__V1__ListHandOversRequest.self), encoder)
  }

  func fill(_ c: UnsafeMutablePointer<Registry__V1__ListHandOversRequest>, _ encoder: RPCProtobuf.MessageEncoder) {
    c.pointee.page_size = self.pageSize
    c.pointee.page_token = encoder.string(self.pageToken, "ListHandOversRequest.page_token")
  }
}

/// A page of hand-overs.
public struct ListHandOversResponse: RPCProtobuf.Message {
  /// The hand-overs.
  public var handOvers: [HandOver]

  /// Asks for the next page; empty after the last.
  public var nextPageToken: String

  /// The message whose fields all have their default values.
  public init() {
    self.handOvers = []
    self.nextPageToken = ""
  }

  /// A message with these values, and the default for what is not given.
  public init(
    handOvers: [HandOver] = [],
    nextPageToken: String = ""
  ) {
    self.handOvers = handOvers
    self.nextPageToken = nextPageToken
  }

  /// The schema of the message.
  public static let messageDescriptor: RPCProtobuf.MessageDescriptor = {
    var c = Registry__V1__ListHandOversResponse()
    registry__v1__list_hand_overs_response__init(&c)
    return RPCProtobuf.MessageDescriptor(c.base.descriptor)
  }()

  /// Reads the unpacked C structure of the type; for the decoder alone.
  public init(structure: UnsafeRawPointer) {
    self.init(structure.assumingMemoryBound(to: Registry__V1__ListHandOversResponse.self))
  }

  init(_ c: UnsafePointer<Registry__V1__ListHandOversResponse>) {
    self.handOvers = StructureReader.messages(c.pointee.hand_overs, c.pointee.n_hand_overs) { HandOver($0) }
    self.nextPageToken = StructureReader.string(c.pointee.next_page_token)
  }

  /// Fills an initialised C structure of the type; for the encoder alone.
  public func fill(structure: UnsafeMutableRawPointer, encoder: RPCProtobuf.MessageEncoder) {
    fill(structure.assumingMemoryBound(to: Registry__V1__ListHandOversResponse.self), encoder)
  }

  func fill(_ c: UnsafeMutablePointer<Registry__V1__ListHandOversResponse>, _ encoder: RPCProtobuf.MessageEncoder) {
    if let elements = encoder.messages(self.handOvers, registry__v1__hand_over__init, { $0.fill($1, encoder) }) {
      c.pointee.n_hand_overs = self.handOvers.count
      c.pointee.hand_overs = elements
    }
    c.pointee.next_page_token = encoder.string(self.nextPageToken, "ListHandOversResponse.next_page_token")
  }
}

/// Asks to erase a household: its key is destroyed, and nothing recorded of it can be opened any more.
public struct EraseHouseholdRequest: RPCProtobuf.Message {
  /// The household's id.
  public var id: [UInt8]

  /// The version that the caller saw; a stale one is refused.
  public var baseVersion: UInt64

  /// Why, or on whose order; at most 400 bytes, without personal data: it stays on record.
  public var reason: String

  /// The message whose fields all have their default values.
  public init() {
    self.id = []
    self.baseVersion = 0
    self.reason = ""
  }

  /// A message with these values, and the default for what is not given.
  public init(
    id: [UInt8] = [],
    baseVersion: UInt64 = 0,
    reason: String = ""
  ) {
    self.id = id
    self.baseVersion = baseVersion
    self.reason = reason
  }

  /// The schema of the message.
  public static let messageDescriptor: RPCProtobuf.MessageDescriptor = {
    var c = Registry__V1__EraseHouseholdRequest()
    registry__v1__erase_household_request__init(&c)
    return RPCProtobuf.MessageDescriptor(c.base.descriptor)
  }()

  /// Reads the unpacked C structure of the type; for the decoder alone.
  public init(structure: UnsafeRawPointer) {
    self.init(structure.assumingMemoryBound(to: Registry__V1__EraseHouseholdRequest.self))
  }

  init(_ c: UnsafePointer<Registry__V1__EraseHouseholdRequest>) {
    self.id = StructureReader.bytes(c.pointee.id.data, c.pointee.id.len)
    self.baseVersion = c.pointee.base_version
    self.reason = StructureReader.string(c.pointee.reason)
  }

  /// Fills an initialised C structure of the type; for the encoder alone.
  public func fill(structure: UnsafeMutableRawPointer, encoder: RPCProtobuf.MessageEncoder) {
    fill(structure.assumingMemoryBound(to: Registry__V1__EraseHouseholdRequest.self), encoder)
  }

  func fill(_ c: UnsafeMutablePointer<Registry__V1__EraseHouseholdRequest>, _ encoder: RPCProtobuf.MessageEncoder) {
    c.pointee.id = ProtobufCBinaryData(len: self.id.count, data: encoder.bytes(self.id))
    c.pointee.base_version = self.baseVersion
    c.pointee.reason = encoder.string(self.reason, "EraseHouseholdRequest.reason")
  }
}

/// The body of the entry that says so; it names nobody.
public struct Erasure: RPCProtobuf.Message {
  /// Why, or on whose order.
  public var reason: String

  /// The message whose fields all have their default values.
  public init() {
    self.reason = ""
  }

  /// A message with these values, and the default for what is not given.
  public init(
    reason: String = ""
  ) {
    self.reason = reason
  }

  /// The schema of the message.
  public static let messageDescriptor: RPCProtobuf.MessageDescriptor = {
    var c = Registry__V1__Erasure()
    registry__v1__erasure__init(&c)
    return RPCProtobuf.MessageDescriptor(c.base.descriptor)
  }()

  /// Reads the unpacked C structure of the type; for the decoder alone.
  public init(structure: UnsafeRawPointer) {
    self.init(structure.assumingMemoryBound(to: Registry__V1__Erasure.self))
  }

  init(_ c: UnsafePointer<Registry__V1__Erasure>) {
    self.reason = StructureReader.string(c.pointee.reason)
  }

  /// Fills an initialised C structure of the type; for the encoder alone.
  public func fill(structure: UnsafeMutableRawPointer, encoder: RPCProtobuf.MessageEncoder) {
    fill(structure.assumingMemoryBound(to: Registry__V1__Erasure.self), encoder)
  }

  func fill(_ c: UnsafeMutablePointer<Registry__V1__Erasure>, _ encoder: RPCProtobuf.MessageEncoder) {
    c.pointee.reason = encoder.string(self.reason, "Erasure.reason")
  }
}

/// What was erased.
public struct EraseHouseholdResponse: RPCProtobuf.Message {
  /// The entry of the journal that says so.
  public var entry: UInt64

  /// The message whose fields all have their default values.
  public init() {
    self.entry = 0
  }

  /// A message with these values, and the default for what is not given.
  public init(
    entry: UInt64 = 0
  ) {
    self.entry = entry
  }

  /// The schema of the message.
  public static let messageDescriptor: RPCProtobuf.MessageDescriptor = {
    var c = Registry__V1__EraseHouseholdResponse()
    registry__v1__erase_household_response__init(&c)
    return RPCProtobuf.MessageDescriptor(c.base.descriptor)
  }()

  /// Reads the unpacked C structure of the type; for the decoder alone.
  public init(structure: UnsafeRawPointer) {
    self.init(structure.assumingMemoryBound(to: Registry__V1__EraseHouseholdResponse.self))
  }

  init(_ c: UnsafePointer<Registry__V1__EraseHouseholdResponse>) {
    self.entry = c.pointee.entry
  }

  /// Fills an initialised C structure of the type; for the encoder alone.
  public func fill(structure: UnsafeMutableRawPointer, encoder: RPCProtobuf.MessageEncoder) {
    fill(structure.assumingMemoryBound(to: Registry__V1__EraseHouseholdResponse.self), encoder)
  }

  func fill(_ c: UnsafeMutablePointer<Registry__V1__EraseHouseholdResponse>, _ encoder: RPCProtobuf.MessageEncoder) {
    c.pointee.entry = self.entry
  }
}

/// The methods of `registry.v1.ChangeService`.
public enum ChangeMethods {
  /// `SubmitChange`.
  public static let submitChange = RPCCore.MethodDescriptor(
    service: "registry.v1.ChangeService", method: "SubmitChange",
    kind: .unary)
  /// `ListProposals`.
  public static let listProposals = RPCCore.MethodDescriptor(
    service: "registry.v1.ChangeService", method: "ListProposals",
    kind: .unary, isReadOnly: true)
  /// `GetProposal`.
  public static let getProposal = RPCCore.MethodDescriptor(
    service: "registry.v1.ChangeService", method: "GetProposal",
    kind: .unary, isReadOnly: true)
  /// `SettleProposal`.
  public static let settleProposal = RPCCore.MethodDescriptor(
    service: "registry.v1.ChangeService", method: "SettleProposal",
    kind: .unary)
  /// `EraseHousehold`.
  public static let eraseHousehold = RPCCore.MethodDescriptor(
    service: "registry.v1.ChangeService", method: "EraseHousehold",
    kind: .unary)
  /// `ListArrivals`.
  public static let listArrivals = RPCCore.MethodDescriptor(
    service: "registry.v1.ChangeService", method: "ListArrivals",
    kind: .unary, isReadOnly: true)
  /// `SettleArrival`.
  public static let settleArrival = RPCCore.MethodDescriptor(
    service: "registry.v1.ChangeService", method: "SettleArrival",
    kind: .unary)
  /// `ListHandOvers`.
  public static let listHandOvers = RPCCore.MethodDescriptor(
    service: "registry.v1.ChangeService", method: "ListHandOvers",
    kind: .unary, isReadOnly: true)
  /// All of them, in the order of the schema.
  public static let all: [RPCCore.MethodDescriptor] = [
    submitChange,
    listProposals,
    getProposal,
    settleProposal,
    eraseHousehold,
    listArrivals,
    settleArrival,
    listHandOvers,
  ]
}

/// Changes registered households.
public protocol ChangeService: RPCCore.Service {
  /// Changes a household (county offices), or proposes it (village and township offices).
  ///
  /// ABORTED with both sides field by field when the base version is stale. A proposal may be made
  /// on any version on record, as offices without a network do: staleness counts when it is taken.
  func submitChange(
    _ request: SubmitChangeRequest, context: RPCCore.ServerContext
  ) async throws -> SubmitChangeResponse
  /// Lists proposals and conflicts.
  func listProposals(
    _ request: ListProposalsRequest, context: RPCCore.ServerContext
  ) async throws -> ListProposalsResponse
  /// Gives a proposal or conflict with all its sides.
  func getProposal(
    _ request: GetProposalRequest, context: RPCCore.ServerContext
  ) async throws -> ProposalView
  /// Takes or refuses a proposal, resolves a conflict, or withdraws.
  func settleProposal(
    _ request: SettleProposalRequest, context: RPCCore.ServerContext
  ) async throws -> SettleProposalResponse
  /// Erases a household; every proof of the journal holds as before.
  func eraseHousehold(
    _ request: EraseHouseholdRequest, context: RPCCore.ServerContext
  ) async throws -> EraseHouseholdResponse
  /// Lists households that other counties hand over to this one.
  func listArrivals(
    _ request: ListArrivalsRequest, context: RPCCore.ServerContext
  ) async throws -> ListArrivalsResponse
  /// Takes such a household over, or refuses it.
  func settleArrival(
    _ request: SettleArrivalRequest, context: RPCCore.ServerContext
  ) async throws -> SettleArrivalResponse
  /// Lists hand-overs to other counties.
  func listHandOvers(
    _ request: ListHandOversRequest, context: RPCCore.ServerContext
  ) async throws -> ListHandOversResponse
}

extension ChangeService {
  /// Adds every method of the service to a router.
  public func register(in router: inout RPCCore.Router) {
    router.unary(ChangeMethods.submitChange) {
      (request: SubmitChangeRequest, context) async throws -> SubmitChangeResponse in
      try await self.submitChange(request, context: context)
    }
    router.unary(ChangeMethods.listProposals) {
      (request: ListProposalsRequest, context) async throws -> ListProposalsResponse in
      try await self.listProposals(request, context: context)
    }
    router.unary(ChangeMethods.getProposal) {
      (request: GetProposalRequest, context) async throws -> ProposalView in
      try await self.getProposal(request, context: context)
    }
    router.unary(ChangeMethods.settleProposal) {
      (request: SettleProposalRequest, context) async throws -> SettleProposalResponse in
      try await self.settleProposal(request, context: context)
    }
    router.unary(ChangeMethods.eraseHousehold) {
      (request: EraseHouseholdRequest, context) async throws -> EraseHouseholdResponse in
      try await self.eraseHousehold(request, context: context)
    }
    router.unary(ChangeMethods.listArrivals) {
      (request: ListArrivalsRequest, context) async throws -> ListArrivalsResponse in
      try await self.listArrivals(request, context: context)
    }
    router.unary(ChangeMethods.settleArrival) {
      (request: SettleArrivalRequest, context) async throws -> SettleArrivalResponse in
      try await self.settleArrival(request, context: context)
    }
    router.unary(ChangeMethods.listHandOvers) {
      (request: ListHandOversRequest, context) async throws -> ListHandOversResponse in
      try await self.listHandOvers(request, context: context)
    }
  }
}

/// Changes registered households.
public struct ChangeClient: Sendable {
  /// What carries the calls.
  public let channel: any RPCCore.Channel

  /// Calls the service over a channel.
  public init(_ channel: any RPCCore.Channel) { self.channel = channel }

  /// Changes a household (county offices), or proposes it (village and township offices).
  ///
  /// ABORTED with both sides field by field when the base version is stale. A proposal may be made
  /// on any version on record, as offices without a network do: staleness counts when it is taken.
  public func submitChange(
    _ request: SubmitChangeRequest, options: RPCCore.CallOptions = RPCCore.CallOptions()
  ) async throws -> SubmitChangeResponse {
    try await channel.unary(
      ChangeMethods.submitChange, request, returning: SubmitChangeResponse.self,
      options: options)
  }

  /// Lists proposals and conflicts.
  public func listProposals(
    _ request: ListProposalsRequest, options: RPCCore.CallOptions = RPCCore.CallOptions()
  ) async throws -> ListProposalsResponse {
    try await channel.unary(
      ChangeMethods.listProposals, request, returning: ListProposalsResponse.self,
      options: options)
  }

  /// Gives a proposal or conflict with all its sides.
  public func getProposal(
    _ request: GetProposalRequest, options: RPCCore.CallOptions = RPCCore.CallOptions()
  ) async throws -> ProposalView {
    try await channel.unary(
      ChangeMethods.getProposal, request, returning: ProposalView.self,
      options: options)
  }

  /// Takes or refuses a proposal, resolves a conflict, or withdraws.
  public func settleProposal(
    _ request: SettleProposalRequest, options: RPCCore.CallOptions = RPCCore.CallOptions()
  ) async throws -> SettleProposalResponse {
    try await channel.unary(
      ChangeMethods.settleProposal, request, returning: SettleProposalResponse.self,
      options: options)
  }

  /// Erases a household; every proof of the journal holds as before.
  public func eraseHousehold(
    _ request: EraseHouseholdRequest, options: RPCCore.CallOptions = RPCCore.CallOptions()
  ) async throws -> EraseHouseholdResponse {
    try await channel.unary(
      ChangeMethods.eraseHousehold, request, returning: EraseHouseholdResponse.self,
      options: options)
  }

  /// Lists households that other counties hand over to this one.
  public func listArrivals(
    _ request: ListArrivalsRequest, options: RPCCore.CallOptions = RPCCore.CallOptions()
  ) async throws -> ListArrivalsResponse {
    try await channel.unary(
      ChangeMethods.listArrivals, request, returning: ListArrivalsResponse.self,
      options: options)
  }

  /// Takes such a household over, or refuses it.
  public func settleArrival(
    _ request: SettleArrivalRequest, options: RPCCore.CallOptions = RPCCore.CallOptions()
  ) async throws -> SettleArrivalResponse {
    try await channel.unary(
      ChangeMethods.settleArrival, request, returning: SettleArrivalResponse.self,
      options: options)
  }

  /// Lists hand-overs to other counties.
  public func listHandOvers(
    _ request: ListHandOversRequest, options: RPCCore.CallOptions = RPCCore.CallOptions()
  ) async throws -> ListHandOversResponse {
    try await channel.unary(
      ChangeMethods.listHandOvers, request, returning: ListHandOversResponse.self,
      options: options)
  }
}
