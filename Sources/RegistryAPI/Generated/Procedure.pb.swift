// swift-format-ignore-file
// Generated from registry/v1/procedure.proto by protoc-gen-registry-swift.
// Do not edit: run tools/generate

internal import CRegistryAPI
internal import CProtobufC
public import RPCProtobuf

/// Where an application stands; `registryctl procedure` prints the moves between the states.
public struct ApplicationState: RPCProtobuf.MessageEnum {
  /// The number on the wire.
  public let rawValue: Int32
  /// Keeps any number.
  public init(rawValue: Int32) { self.rawValue = rawValue }

  /// Not given.
  public static let unspecified = ApplicationState(rawValue: 0)

  /// The village committee recorded the household's application (申请).
  public static let applied = ApplicationState(rawValue: 1)

  /// The village's democratic appraisal was held (民主评议).
  public static let appraised = ApplicationState(rawValue: 2)

  /// The village committee decided for it (村级决定).
  public static let villageDecided = ApplicationState(rawValue: 3)

  /// Posted in the village (村级公示中).
  public static let villageNotice = ApplicationState(rawValue: 4)

  /// Through the village's notice; waits for the township (待乡镇审核).
  public static let villageNoticed = ApplicationState(rawValue: 5)

  /// The township examined it, with an income check, and decided for it (乡镇审核).
  public static let examined = ApplicationState(rawValue: 6)

  /// Posted in the township (乡镇公示中).
  public static let townshipNotice = ApplicationState(rawValue: 7)

  /// Through the township's notice; waits for both county offices (待县级审批).
  public static let townshipNoticed = ApplicationState(rawValue: 8)

  /// One county office decided for its list, the other has not (县级审批中).
  public static let approving = ApplicationState(rawValue: 9)

  /// Both county offices decided, at least one for its list (县级审批).
  public static let approved = ApplicationState(rawValue: 10)

  /// Posted in the county (县级公示中).
  public static let countyNotice = ApplicationState(rawValue: 11)

  /// Through the county's notice; waits for registration (待登记).
  public static let countyNoticed = ApplicationState(rawValue: 12)

  /// The file exists (已登记建档).
  public static let registered = ApplicationState(rawValue: 13)

  /// Refused, by the level that `rejected_at` names (已否决).
  public static let rejected = ApplicationState(rawValue: 14)

  /// Withdrawn by the household (已撤回).
  public static let withdrawn = ApplicationState(rawValue: 15)

  /// Refused, and the household appealed to the level above (申诉中).
  public static let appealed = ApplicationState(rawValue: 16)

  /// The values that the schema names, by number.
  public static let allKnown: [ApplicationState] = [
    .unspecified,
    .applied,
    .appraised,
    .villageDecided,
    .villageNotice,
    .villageNoticed,
    .examined,
    .townshipNotice,
    .townshipNoticed,
    .approving,
    .approved,
    .countyNotice,
    .countyNoticed,
    .registered,
    .rejected,
    .withdrawn,
    .appealed,
  ]

  /// The value's name in the schema, or its number in digits when it has none.
  public var name: String {
    switch rawValue {
    case 0: "APPLICATION_STATE_UNSPECIFIED"
    case 1: "APPLICATION_STATE_APPLIED"
    case 2: "APPLICATION_STATE_APPRAISED"
    case 3: "APPLICATION_STATE_VILLAGE_DECIDED"
    case 4: "APPLICATION_STATE_VILLAGE_NOTICE"
    case 5: "APPLICATION_STATE_VILLAGE_NOTICED"
    case 6: "APPLICATION_STATE_EXAMINED"
    case 7: "APPLICATION_STATE_TOWNSHIP_NOTICE"
    case 8: "APPLICATION_STATE_TOWNSHIP_NOTICED"
    case 9: "APPLICATION_STATE_APPROVING"
    case 10: "APPLICATION_STATE_APPROVED"
    case 11: "APPLICATION_STATE_COUNTY_NOTICE"
    case 12: "APPLICATION_STATE_COUNTY_NOTICED"
    case 13: "APPLICATION_STATE_REGISTERED"
    case 14: "APPLICATION_STATE_REJECTED"
    case 15: "APPLICATION_STATE_WITHDRAWN"
    case 16: "APPLICATION_STATE_APPEALED"
    default: String(rawValue)
    }
  }
}

/// The democratic appraisal in the village (民主评议).
public struct Appraisal: RPCProtobuf.Message {
  /// How many were present.
  public var present: UInt32

  /// How many voted for it.
  public var votesFor: UInt32

  /// How many voted against it.
  public var votesAgainst: UInt32

  /// How many abstained; the three add up to those present.
  public var abstained: UInt32

  /// SHA-256 of the minutes, 32 bytes, which were attached before (`AttachMinutes`); may be empty
  /// where the policy asks for none.
  public var minutes: [UInt8]

  /// The message whose fields all have their default values.
  public init() {
    self.present = 0
    self.votesFor = 0
    self.votesAgainst = 0
    self.abstained = 0
    self.minutes = []
  }

  /// A message with these values, and the default for what is not given.
  public init(
    present: UInt32 = 0,
    votesFor: UInt32 = 0,
    votesAgainst: UInt32 = 0,
    abstained: UInt32 = 0,
    minutes: [UInt8] = []
  ) {
    self.present = present
    self.votesFor = votesFor
    self.votesAgainst = votesAgainst
    self.abstained = abstained
    self.minutes = minutes
  }

  /// The schema of the message.
  public static let messageDescriptor: RPCProtobuf.MessageDescriptor = {
    var c = Registry__V1__Appraisal()
    registry__v1__appraisal__init(&c)
    return RPCProtobuf.MessageDescriptor(c.base.descriptor)
  }()

  /// Reads the unpacked C structure of the type; for the decoder alone.
  public init(structure: UnsafeRawPointer) {
    self.init(structure.assumingMemoryBound(to: Registry__V1__Appraisal.self))
  }

  init(_ c: UnsafePointer<Registry__V1__Appraisal>) {
    self.present = c.pointee.present
    self.votesFor = c.pointee.votes_for
    self.votesAgainst = c.pointee.votes_against
    self.abstained = c.pointee.abstained
    self.minutes = StructureReader.bytes(c.pointee.minutes.data, c.pointee.minutes.len)
  }

  /// Fills an initialised C structure of the type; for the encoder alone.
  public func fill(structure: UnsafeMutableRawPointer, encoder: RPCProtobuf.MessageEncoder) {
    fill(structure.assumingMemoryBound(to: Registry__V1__Appraisal.self), encoder)
  }

  func fill(_ c: UnsafeMutablePointer<Registry__V1__Appraisal>, _ encoder: RPCProtobuf.MessageEncoder) {
    c.pointee.present = self.present
    c.pointee.votes_for = self.votesFor
    c.pointee.votes_against = self.votesAgainst
    c.pointee.abstained = self.abstained
    c.pointee.minutes = ProtobufCBinaryData(len: self.minutes.count, data: encoder.bytes(self.minutes))
  }
}

/// A decision for or against, by the level whose turn it is.
public struct Verdict: RPCProtobuf.Message {
  /// For it; a refusal needs the step's `reason`.
  public var accepted: Bool

  /// The message whose fields all have their default values.
  public init() {
    self.accepted = false
  }

  /// A message with these values, and the default for what is not given.
  public init(
    accepted: Bool = false
  ) {
    self.accepted = accepted
  }

  /// The schema of the message.
  public static let messageDescriptor: RPCProtobuf.MessageDescriptor = {
    var c = Registry__V1__Verdict()
    registry__v1__verdict__init(&c)
    return RPCProtobuf.MessageDescriptor(c.base.descriptor)
  }()

  /// Reads the unpacked C structure of the type; for the decoder alone.
  public init(structure: UnsafeRawPointer) {
    self.init(structure.assumingMemoryBound(to: Registry__V1__Verdict.self))
  }

  init(_ c: UnsafePointer<Registry__V1__Verdict>) {
    self.accepted = c.pointee.accepted != 0
  }

  /// Fills an initialised C structure of the type; for the encoder alone.
  public func fill(structure: UnsafeMutableRawPointer, encoder: RPCProtobuf.MessageEncoder) {
    fill(structure.assumingMemoryBound(to: Registry__V1__Verdict.self), encoder)
  }

  func fill(_ c: UnsafeMutablePointer<Registry__V1__Verdict>, _ encoder: RPCProtobuf.MessageEncoder) {
    c.pointee.accepted = self.accepted ? 1 : 0
  }
}

/// The township's examination (乡镇审核) with its income check.
public struct Examination: RPCProtobuf.Message {
  /// For it; a refusal needs the step's `reason`.
  public var accepted: Bool

  /// Net income per person as checked.
  public var netPerPerson: Money?

  /// The income year that was checked.
  public var incomeYear: UInt32

  /// The poverty line that it was compared with; the node fills it in.
  public var line: Money?

  /// The code of the division whose line it is; the node fills it in.
  public var lineDivision: String

  /// Whether somebody in the household is able and willing to work.
  public var ableToWork: Answer

  /// The message whose fields all have their default values.
  public init() {
    self.accepted = false
    self.netPerPerson = nil
    self.incomeYear = 0
    self.line = nil
    self.lineDivision = ""
    self.ableToWork = Answer(rawValue: 0)
  }

  /// A message with these values, and the default for what is not given.
  public init(
    accepted: Bool = false,
    netPerPerson: Money? = nil,
    incomeYear: UInt32 = 0,
    line: Money? = nil,
    lineDivision: String = "",
    ableToWork: Answer = Answer(rawValue: 0)
  ) {
    self.accepted = accepted
    self.netPerPerson = netPerPerson
    self.incomeYear = incomeYear
    self.line = line
    self.lineDivision = lineDivision
    self.ableToWork = ableToWork
  }

  /// The schema of the message.
  public static let messageDescriptor: RPCProtobuf.MessageDescriptor = {
    var c = Registry__V1__Examination()
    registry__v1__examination__init(&c)
    return RPCProtobuf.MessageDescriptor(c.base.descriptor)
  }()

  /// Reads the unpacked C structure of the type; for the decoder alone.
  public init(structure: UnsafeRawPointer) {
    self.init(structure.assumingMemoryBound(to: Registry__V1__Examination.self))
  }

  init(_ c: UnsafePointer<Registry__V1__Examination>) {
    self.accepted = c.pointee.accepted != 0
    self.netPerPerson = c.pointee.net_per_person.map { Money(UnsafePointer($0)) }
    self.incomeYear = c.pointee.income_year
    self.line = c.pointee.line.map { Money(UnsafePointer($0)) }
    self.lineDivision = StructureReader.string(c.pointee.line_division)
    self.ableToWork = Answer(rawValue: Int32(truncatingIfNeeded: c.pointee.able_to_work.rawValue))
  }

  /// Fills an initialised C structure of the type; for the encoder alone.
  public func fill(structure: UnsafeMutableRawPointer, encoder: RPCProtobuf.MessageEncoder) {
    fill(structure.assumingMemoryBound(to: Registry__V1__Examination.self), encoder)
  }

  func fill(_ c: UnsafeMutablePointer<Registry__V1__Examination>, _ encoder: RPCProtobuf.MessageEncoder) {
    c.pointee.accepted = self.accepted ? 1 : 0
    if let value = self.netPerPerson {
      c.pointee.net_per_person = encoder.message(registry__v1__money__init) { value.fill($0, encoder) }
    }
    c.pointee.income_year = self.incomeYear
    if let value = self.line {
      c.pointee.line = encoder.message(registry__v1__money__init) { value.fill($0, encoder) }
    }
    c.pointee.line_division = encoder.string(self.lineDivision, "Examination.line_division")
    c.pointee.able_to_work = .init(rawValue: .init(truncatingIfNeeded: self.ableToWork.rawValue))
  }
}

/// The poverty office's decision for its own list.
public struct PovertyApproval: RPCProtobuf.Message {
  /// Object or refused; a refusal needs the step's `reason`.
  public var decision: PovertyDecision

  /// The message whose fields all have their default values.
  public init() {
    self.decision = PovertyDecision(rawValue: 0)
  }

  /// A message with these values, and the default for what is not given.
  public init(
    decision: PovertyDecision = PovertyDecision(rawValue: 0)
  ) {
    self.decision = decision
  }

  /// The schema of the message.
  public static let messageDescriptor: RPCProtobuf.MessageDescriptor = {
    var c = Registry__V1__PovertyApproval()
    registry__v1__poverty_approval__init(&c)
    return RPCProtobuf.MessageDescriptor(c.base.descriptor)
  }()

  /// Reads the unpacked C structure of the type; for the decoder alone.
  public init(structure: UnsafeRawPointer) {
    self.init(structure.assumingMemoryBound(to: Registry__V1__PovertyApproval.self))
  }

  init(_ c: UnsafePointer<Registry__V1__PovertyApproval>) {
    self.decision = PovertyDecision(rawValue: Int32(truncatingIfNeeded: c.pointee.decision.rawValue))
  }

  /// Fills an initialised C structure of the type; for the encoder alone.
  public func fill(structure: UnsafeMutableRawPointer, encoder: RPCProtobuf.MessageEncoder) {
    fill(structure.assumingMemoryBound(to: Registry__V1__PovertyApproval.self), encoder)
  }

  func fill(_ c: UnsafeMutablePointer<Registry__V1__PovertyApproval>, _ encoder: RPCProtobuf.MessageEncoder) {
    c.pointee.decision = .init(rawValue: .init(truncatingIfNeeded: self.decision.rawValue))
  }
}

/// Civil affairs' decision for its own list.
public struct SecurityApproval: RPCProtobuf.Message {
  /// Dibao, five-guarantee or neither; neither needs the step's `reason`.
  public var decision: SecurityDecision

  /// The message whose fields all have their default values.
  public init() {
    self.decision = SecurityDecision(rawValue: 0)
  }

  /// A message with these values, and the default for what is not given.
  public init(
    decision: SecurityDecision = SecurityDecision(rawValue: 0)
  ) {
    self.decision = decision
  }

  /// The schema of the message.
  public static let messageDescriptor: RPCProtobuf.MessageDescriptor = {
    var c = Registry__V1__SecurityApproval()
    registry__v1__security_approval__init(&c)
    return RPCProtobuf.MessageDescriptor(c.base.descriptor)
  }()

  /// Reads the unpacked C structure of the type; for the decoder alone.
  public init(structure: UnsafeRawPointer) {
    self.init(structure.assumingMemoryBound(to: Registry__V1__SecurityApproval.self))
  }

  init(_ c: UnsafePointer<Registry__V1__SecurityApproval>) {
    self.decision = SecurityDecision(rawValue: Int32(truncatingIfNeeded: c.pointee.decision.rawValue))
  }

  /// Fills an initialised C structure of the type; for the encoder alone.
  public func fill(structure: UnsafeMutableRawPointer, encoder: RPCProtobuf.MessageEncoder) {
    fill(structure.assumingMemoryBound(to: Registry__V1__SecurityApproval.self), encoder)
  }

  func fill(_ c: UnsafeMutablePointer<Registry__V1__SecurityApproval>, _ encoder: RPCProtobuf.MessageEncoder) {
    c.pointee.decision = .init(rawValue: .init(truncatingIfNeeded: self.decision.rawValue))
  }
}

/// Sends an application back; needs the step's `reason`.
public struct Return: RPCProtobuf.Message {
  /// To the village (to be appraised anew), the township (to be examined anew) or the county (to be
  /// decided anew).
  public var to: DivisionLevel

  /// The message whose fields all have their default values.
  public init() {
    self.to = DivisionLevel(rawValue: 0)
  }

  /// A message with these values, and the default for what is not given.
  public init(
    to: DivisionLevel = DivisionLevel(rawValue: 0)
  ) {
    self.to = to
  }

  /// The schema of the message.
  public static let messageDescriptor: RPCProtobuf.MessageDescriptor = {
    var c = Registry__V1__Return()
    registry__v1__return__init(&c)
    return RPCProtobuf.MessageDescriptor(c.base.descriptor)
  }()

  /// Reads the unpacked C structure of the type; for the decoder alone.
  public init(structure: UnsafeRawPointer) {
    self.init(structure.assumingMemoryBound(to: Registry__V1__Return.self))
  }

  init(_ c: UnsafePointer<Registry__V1__Return>) {
    self.to = DivisionLevel(rawValue: Int32(truncatingIfNeeded: c.pointee.to.rawValue))
  }

  /// Fills an initialised C structure of the type; for the encoder alone.
  public func fill(structure: UnsafeMutableRawPointer, encoder: RPCProtobuf.MessageEncoder) {
    fill(structure.assumingMemoryBound(to: Registry__V1__Return.self), encoder)
  }

  func fill(_ c: UnsafeMutablePointer<Registry__V1__Return>, _ encoder: RPCProtobuf.MessageEncoder) {
    c.pointee.to = .init(rawValue: .init(truncatingIfNeeded: self.to.rawValue))
  }
}

/// The household takes its application back.
public struct Withdrawal: RPCProtobuf.Message {
  /// The message whose fields all have their default values.
  public init() {
  }

  /// The schema of the message.
  public static let messageDescriptor: RPCProtobuf.MessageDescriptor = {
    var c = Registry__V1__Withdrawal()
    registry__v1__withdrawal__init(&c)
    return RPCProtobuf.MessageDescriptor(c.base.descriptor)
  }()

  /// Reads the unpacked C structure of the type; for the decoder alone.
  public init(structure: UnsafeRawPointer) {
    self.init(structure.assumingMemoryBound(to: Registry__V1__Withdrawal.self))
  }

  init(_ c: UnsafePointer<Registry__V1__Withdrawal>) {
  }

  /// Fills an initialised C structure of the type; for the encoder alone.
  public func fill(structure: UnsafeMutableRawPointer, encoder: RPCProtobuf.MessageEncoder) {
    fill(structure.assumingMemoryBound(to: Registry__V1__Withdrawal.self), encoder)
  }

  func fill(_ c: UnsafeMutablePointer<Registry__V1__Withdrawal>, _ encoder: RPCProtobuf.MessageEncoder) {
  }
}

/// The household appeals against a refusal; needs the step's `reason`.
public struct Appeal: RPCProtobuf.Message {
  /// The message whose fields all have their default values.
  public init() {
  }

  /// The schema of the message.
  public static let messageDescriptor: RPCProtobuf.MessageDescriptor = {
    var c = Registry__V1__Appeal()
    registry__v1__appeal__init(&c)
    return RPCProtobuf.MessageDescriptor(c.base.descriptor)
  }()

  /// Reads the unpacked C structure of the type; for the decoder alone.
  public init(structure: UnsafeRawPointer) {
    self.init(structure.assumingMemoryBound(to: Registry__V1__Appeal.self))
  }

  init(_ c: UnsafePointer<Registry__V1__Appeal>) {
  }

  /// Fills an initialised C structure of the type; for the encoder alone.
  public func fill(structure: UnsafeMutableRawPointer, encoder: RPCProtobuf.MessageEncoder) {
    fill(structure.assumingMemoryBound(to: Registry__V1__Appeal.self), encoder)
  }

  func fill(_ c: UnsafeMutablePointer<Registry__V1__Appeal>, _ encoder: RPCProtobuf.MessageEncoder) {
  }
}

/// Puts the household on the register.
public struct Registration: RPCProtobuf.Message {
  /// The message whose fields all have their default values.
  public init() {
  }

  /// The schema of the message.
  public static let messageDescriptor: RPCProtobuf.MessageDescriptor = {
    var c = Registry__V1__Registration()
    registry__v1__registration__init(&c)
    return RPCProtobuf.MessageDescriptor(c.base.descriptor)
  }()

  /// Reads the unpacked C structure of the type; for the decoder alone.
  public init(structure: UnsafeRawPointer) {
    self.init(structure.assumingMemoryBound(to: Registry__V1__Registration.self))
  }

  init(_ c: UnsafePointer<Registry__V1__Registration>) {
  }

  /// Fills an initialised C structure of the type; for the encoder alone.
  public func fill(structure: UnsafeMutableRawPointer, encoder: RPCProtobuf.MessageEncoder) {
    fill(structure.assumingMemoryBound(to: Registry__V1__Registration.self), encoder)
  }

  func fill(_ c: UnsafeMutablePointer<Registry__V1__Registration>, _ encoder: RPCProtobuf.MessageEncoder) {
  }
}

/// Replaces the file that was applied for, while the village has it.
public struct Amendment: RPCProtobuf.Message {
  /// The whole file.
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
    var c = Registry__V1__Amendment()
    registry__v1__amendment__init(&c)
    return RPCProtobuf.MessageDescriptor(c.base.descriptor)
  }()

  /// Reads the unpacked C structure of the type; for the decoder alone.
  public init(structure: UnsafeRawPointer) {
    self.init(structure.assumingMemoryBound(to: Registry__V1__Amendment.self))
  }

  init(_ c: UnsafePointer<Registry__V1__Amendment>) {
    self.household = c.pointee.household.map { Household(UnsafePointer($0)) }
  }

  /// Fills an initialised C structure of the type; for the encoder alone.
  public func fill(structure: UnsafeMutableRawPointer, encoder: RPCProtobuf.MessageEncoder) {
    fill(structure.assumingMemoryBound(to: Registry__V1__Amendment.self), encoder)
  }

  func fill(_ c: UnsafeMutablePointer<Registry__V1__Amendment>, _ encoder: RPCProtobuf.MessageEncoder) {
    if let value = self.household {
      c.pointee.household = encoder.message(registry__v1__household__init) { value.fill($0, encoder) }
    }
  }
}

/// Somebody objects while a notice is open.
public struct ObjectionInput: RPCProtobuf.Message {
  /// What is objected, in words; at most 1000 bytes.
  public var text: String

  /// The message whose fields all have their default values.
  public init() {
    self.text = ""
  }

  /// A message with these values, and the default for what is not given.
  public init(
    text: String = ""
  ) {
    self.text = text
  }

  /// The schema of the message.
  public static let messageDescriptor: RPCProtobuf.MessageDescriptor = {
    var c = Registry__V1__ObjectionInput()
    registry__v1__objection_input__init(&c)
    return RPCProtobuf.MessageDescriptor(c.base.descriptor)
  }()

  /// Reads the unpacked C structure of the type; for the decoder alone.
  public init(structure: UnsafeRawPointer) {
    self.init(structure.assumingMemoryBound(to: Registry__V1__ObjectionInput.self))
  }

  init(_ c: UnsafePointer<Registry__V1__ObjectionInput>) {
    self.text = StructureReader.string(c.pointee.text)
  }

  /// Fills an initialised C structure of the type; for the encoder alone.
  public func fill(structure: UnsafeMutableRawPointer, encoder: RPCProtobuf.MessageEncoder) {
    fill(structure.assumingMemoryBound(to: Registry__V1__ObjectionInput.self), encoder)
  }

  func fill(_ c: UnsafeMutablePointer<Registry__V1__ObjectionInput>, _ encoder: RPCProtobuf.MessageEncoder) {
    c.pointee.text = encoder.string(self.text, "ObjectionInput.text")
  }
}

/// Answers an objection; needs the step's `reason`.
public struct ObjectionAnswer: RPCProtobuf.Message {
  /// Which one, from 1, in the order of `Application.objections`.
  public var objection: UInt32

  /// Upheld: the application goes back when the notice closes. Else dismissed.
  public var upheld: Bool

  /// The message whose fields all have their default values.
  public init() {
    self.objection = 0
    self.upheld = false
  }

  /// A message with these values, and the default for what is not given.
  public init(
    objection: UInt32 = 0,
    upheld: Bool = false
  ) {
    self.objection = objection
    self.upheld = upheld
  }

  /// The schema of the message.
  public static let messageDescriptor: RPCProtobuf.MessageDescriptor = {
    var c = Registry__V1__ObjectionAnswer()
    registry__v1__objection_answer__init(&c)
    return RPCProtobuf.MessageDescriptor(c.base.descriptor)
  }()

  /// Reads the unpacked C structure of the type; for the decoder alone.
  public init(structure: UnsafeRawPointer) {
    self.init(structure.assumingMemoryBound(to: Registry__V1__ObjectionAnswer.self))
  }

  init(_ c: UnsafePointer<Registry__V1__ObjectionAnswer>) {
    self.objection = c.pointee.objection
    self.upheld = c.pointee.upheld != 0
  }

  /// Fills an initialised C structure of the type; for the encoder alone.
  public func fill(structure: UnsafeMutableRawPointer, encoder: RPCProtobuf.MessageEncoder) {
    fill(structure.assumingMemoryBound(to: Registry__V1__ObjectionAnswer.self), encoder)
  }

  func fill(_ c: UnsafeMutablePointer<Registry__V1__ObjectionAnswer>, _ encoder: RPCProtobuf.MessageEncoder) {
    c.pointee.objection = self.objection
    c.pointee.upheld = self.upheld ? 1 : 0
  }
}

/// Settles a possible duplicate; needs the step's `reason`.
public struct DuplicateAnswer: RPCProtobuf.Message {
  /// Which one, from 1, in the order of `Application.possible_duplicates`.
  public var duplicate: UInt32

  /// They are the same person: the application is refused. Else another person of that name.
  public var samePerson: Bool

  /// The message whose fields all have their default values.
  public init() {
    self.duplicate = 0
    self.samePerson = false
  }

  /// A message with these values, and the default for what is not given.
  public init(
    duplicate: UInt32 = 0,
    samePerson: Bool = false
  ) {
    self.duplicate = duplicate
    self.samePerson = samePerson
  }

  /// The schema of the message.
  public static let messageDescriptor: RPCProtobuf.MessageDescriptor = {
    var c = Registry__V1__DuplicateAnswer()
    registry__v1__duplicate_answer__init(&c)
    return RPCProtobuf.MessageDescriptor(c.base.descriptor)
  }()

  /// Reads the unpacked C structure of the type; for the decoder alone.
  public init(structure: UnsafeRawPointer) {
    self.init(structure.assumingMemoryBound(to: Registry__V1__DuplicateAnswer.self))
  }

  init(_ c: UnsafePointer<Registry__V1__DuplicateAnswer>) {
    self.duplicate = c.pointee.duplicate
    self.samePerson = c.pointee.same_person != 0
  }

  /// Fills an initialised C structure of the type; for the encoder alone.
  public func fill(structure: UnsafeMutableRawPointer, encoder: RPCProtobuf.MessageEncoder) {
    fill(structure.assumingMemoryBound(to: Registry__V1__DuplicateAnswer.self), encoder)
  }

  func fill(_ c: UnsafeMutablePointer<Registry__V1__DuplicateAnswer>, _ encoder: RPCProtobuf.MessageEncoder) {
    c.pointee.duplicate = self.duplicate
    c.pointee.same_person = self.samePerson ? 1 : 0
  }
}

/// One step of the procedure. Its encoding is what the deciding person signs.
public struct Step: RPCProtobuf.Message {
  /// The application.
  public var application: [UInt8]

  /// The version that the step starts from; a stale one is refused with both states.
  public var baseVersion: UInt64

  /// The day on which it happened, YYYYMMDD, not after today and not before the last step; 0 today.
  public var day: Int32

  /// Why; at most 400 bytes.
  public var reason: String

  /// Why a quota is passed; only where it is. At most 400 bytes.
  public var overQuotaReason: String

  /// What is done.
  public enum Move: Hashable, Sendable {
    /// The village records the appraisal.
    case appraise(Appraisal)
    /// The village committee decides.
    case decide(Verdict)
    /// The township examines and decides.
    case examine(Examination)
    /// The county poverty office decides for its list.
    case approvePoverty(PovertyApproval)
    /// The county civil affairs office decides for its list.
    case approveSecurity(SecurityApproval)
    /// Sends it back.
    case returnTo(Return)
    /// The village records that the household withdraws.
    case withdraw(Withdrawal)
    /// The village records that the household appeals.
    case appeal(Appeal)
    /// The level above decides the appeal: accepted, and it goes back; or the refusal stands.
    case decideAppeal(Verdict)
    /// The county poverty office registers.
    case register(Registration)
    /// The village corrects what was applied for.
    case amend(Amendment)
    /// The posting office records an objection.
    case object(ObjectionInput)
    /// The posting office answers an objection.
    case answer(ObjectionAnswer)
    /// The township or county settles a possible duplicate.
    case settleDuplicate(DuplicateAnswer)
  }

  /// What is done.
  public var move: Move?

  /// The message whose fields all have their default values.
  public init() {
    self.application = []
    self.baseVersion = 0
    self.day = 0
    self.reason = ""
    self.overQuotaReason = ""
    self.move = nil
  }

  /// A message with these values, and the default for what is not given.
  public init(
    application: [UInt8] = [],
    baseVersion: UInt64 = 0,
    day: Int32 = 0,
    reason: String = "",
    overQuotaReason: String = "",
    move: Move? = nil
  ) {
    self.application = application
    self.baseVersion = baseVersion
    self.day = day
    self.reason = reason
    self.overQuotaReason = overQuotaReason
    self.move = move
  }

  /// The schema of the message.
  public static let messageDescriptor: RPCProtobuf.MessageDescriptor = {
    var c = Registry__V1__Step()
    registry__v1__step__init(&c)
    return RPCProtobuf.MessageDescriptor(c.base.descriptor)
  }()

  /// Reads the unpacked C structure of the type; for the decoder alone.
  public init(structure: UnsafeRawPointer) {
    self.init(structure.assumingMemoryBound(to: Registry__V1__Step.self))
  }

  init(_ c: UnsafePointer<Registry__V1__Step>) {
    self.application = StructureReader.bytes(c.pointee.application.data, c.pointee.application.len)
    self.baseVersion = c.pointee.base_version
    self.day = c.pointee.day
    self.reason = StructureReader.string(c.pointee.reason)
    self.overQuotaReason = StructureReader.string(c.pointee.over_quota_reason)
    switch c.pointee.move_case.rawValue {
    case 10: self.move = c.pointee.appraise.map { Move.appraise(Appraisal(UnsafePointer($0))) }
    case 11: self.move = c.pointee.decide.map { Move.decide(Verdict(UnsafePointer($0))) }
    case 12: self.move = c.pointee.examine.map { Move.examine(Examination(UnsafePointer($0))) }
    case 13: self.move = c.pointee.approve_poverty.map { Move.approvePoverty(PovertyApproval(UnsafePointer($0))) }
    case 14: self.move = c.pointee.approve_security.map { Move.approveSecurity(SecurityApproval(UnsafePointer($0))) }
    case 15: self.move = c.pointee.return_to.map { Move.returnTo(Return(UnsafePointer($0))) }
    case 16: self.move = c.pointee.withdraw.map { Move.withdraw(Withdrawal(UnsafePointer($0))) }
    case 17: self.move = c.pointee.appeal.map { Move.appeal(Appeal(UnsafePointer($0))) }
    case 18: self.move = c.pointee.decide_appeal.map { Move.decideAppeal(Verdict(UnsafePointer($0))) }
    case 19: self.move = c.pointee.register_.map { Move.register(Registration(UnsafePointer($0))) }
    case 20: self.move = c.pointee.amend.map { Move.amend(Amendment(UnsafePointer($0))) }
    case 21: self.move = c.pointee.object.map { Move.object(ObjectionInput(UnsafePointer($0))) }
    case 22: self.move = c.pointee.answer.map { Move.answer(ObjectionAnswer(UnsafePointer($0))) }
    case 23: self.move = c.pointee.settle_duplicate.map { Move.settleDuplicate(DuplicateAnswer(UnsafePointer($0))) }
    default: self.move = nil
    }
  }

  /// Fills an initialised C structure of the type; for the encoder alone.
  public func fill(structure: UnsafeMutableRawPointer, encoder: RPCProtobuf.MessageEncoder) {
    fill(structure.assumingMemoryBound(to: Registry__V1__Step.self), encoder)
  }

  func fill(_ c: UnsafeMutablePointer<Registry__V1__Step>, _ encoder: RPCProtobuf.MessageEncoder) {
    c.pointee.application = ProtobufCBinaryData(len: self.application.count, data: encoder.bytes(self.application))
    c.pointee.base_version = self.baseVersion
    c.pointee.day = self.day
    c.pointee.reason = encoder.string(self.reason, "Step.reason")
    c.pointee.over_quota_reason = encoder.string(self.overQuotaReason, "Step.over_quota_reason")
    switch self.move {
    case .appraise(let value)?:
      c.pointee.move_case = .init(rawValue: 10)
      c.pointee.appraise = encoder.message(registry__v1__appraisal__init) { value.fill($0, encoder) }
    case .decide(let value)?:
      c.pointee.move_case = .init(rawValue: 11)
      c.pointee.decide = encoder.message(registry__v1__verdict__init) { value.fill($0, encoder) }
    case .examine(let value)?:
      c.pointee.move_case = .init(rawValue: 12)
      c.pointee.examine = encoder.message(registry__v1__examination__init) { value.fill($0, encoder) }
    case .approvePoverty(let value)?:
      c.pointee.move_case = .init(rawValue: 13)
      c.pointee.approve_poverty = encoder.message(registry__v1__poverty_approval__init) { value.fill($0, encoder) }
    case .approveSecurity(let value)?:
      c.pointee.move_case = .init(rawValue: 14)
      c.pointee.approve_security = encoder.message(registry__v1__security_approval__init) { value.fill($0, encoder) }
    case .returnTo(let value)?:
      c.pointee.move_case = .init(rawValue: 15)
      c.pointee.return_to = encoder.message(registry__v1__return__init) { value.fill($0, encoder) }
    case .withdraw(let value)?:
      c.pointee.move_case = .init(rawValue: 16)
      c.pointee.withdraw = encoder.message(registry__v1__withdrawal__init) { value.fill($0, encoder) }
    case .appeal(let value)?:
      c.pointee.move_case = .init(rawValue: 17)
      c.pointee.appeal = encoder.message(registry__v1__appeal__init) { value.fill($0, encoder) }
    case .decideAppeal(let value)?:
      c.pointee.move_case = .init(rawValue: 18)
      c.pointee.decide_appeal = encoder.message(registry__v1__verdict__init) { value.fill($0, encoder) }
    case .register(let value)?:
      c.pointee.move_case = .init(rawValue: 19)
      c.pointee.register_ = encoder.message(registry__v1__registration__init) { value.fill($0, encoder) }
    case .amend(let value)?:
      c.pointee.move_case = .init(rawValue: 20)
      c.pointee.amend = encoder.message(registry__v1__amendment__init) { value.fill($0, encoder) }
    case .object(let value)?:
      c.pointee.move_case = .init(rawValue: 21)
      c.pointee.object = encoder.message(registry__v1__objection_input__init) { value.fill($0, encoder) }
    case .answer(let value)?:
      c.pointee.move_case = .init(rawValue: 22)
      c.pointee.answer = encoder.message(registry__v1__objection_answer__init) { value.fill($0, encoder) }
    case .settleDuplicate(let value)?:
      c.pointee.move_case = .init(rawValue: 23)
      c.pointee.settle_duplicate = encoder.message(registry__v1__duplicate_answer__init) { value.fill($0, encoder) }
    case nil: break
    }
  }
}

/// A person's signature over a list of steps.
///
/// Signed are the octets 0x03, `registry decision/1` (ASCII), the number of steps (8 octets, network
/// byte order) and the root (32 octets) of the Merkle tree (RFC 6962) whose leaves are the steps'
/// encodings in the order of the request; with the key of the caller's certificate (ECDSA with
/// SHA-256, or Ed25519).
public struct StepSignature: RPCProtobuf.Message {
  /// The signature (ECDSA: DER).
  public var value: [UInt8]

  /// The message whose fields all have their default values.
  public init() {
    self.value = []
  }

  /// A message with these values, and the default for what is not given.
  public init(
    value: [UInt8] = []
  ) {
    self.value = value
  }

  /// The schema of the message.
  public static let messageDescriptor: RPCProtobuf.MessageDescriptor = {
    var c = Registry__V1__StepSignature()
    registry__v1__step_signature__init(&c)
    return RPCProtobuf.MessageDescriptor(c.base.descriptor)
  }()

  /// Reads the unpacked C structure of the type; for the decoder alone.
  public init(structure: UnsafeRawPointer) {
    self.init(structure.assumingMemoryBound(to: Registry__V1__StepSignature.self))
  }

  init(_ c: UnsafePointer<Registry__V1__StepSignature>) {
    self.value = StructureReader.bytes(c.pointee.value.data, c.pointee.value.len)
  }

  /// Fills an initialised C structure of the type; for the encoder alone.
  public func fill(structure: UnsafeMutableRawPointer, encoder: RPCProtobuf.MessageEncoder) {
    fill(structure.assumingMemoryBound(to: Registry__V1__StepSignature.self), encoder)
  }

  func fill(_ c: UnsafeMutablePointer<Registry__V1__StepSignature>, _ encoder: RPCProtobuf.MessageEncoder) {
    c.pointee.value = ProtobufCBinaryData(len: self.value.count, data: encoder.bytes(self.value))
  }
}

/// A step as it was taken, with the evidence for it.
public struct TakenStep: RPCProtobuf.Message {
  /// The `Step`, as the octets that were signed; empty for the application itself and for notices.
  public var step: [UInt8]

  /// Who took it: the identity's URI.
  public var actor: String

  /// The person's name, from the certificate's subject.
  public var person: String

  /// The day on which it happened, YYYYMMDD.
  public var day: Int32

  /// The version of the application that it made.
  public var version: UInt64

  /// The state before.
  public var from: ApplicationState

  /// The state after.
  public var to: ApplicationState

  /// The person's signature over the list of steps that this one stands in; may be empty where the
  /// step is no decision.
  public var signature: [UInt8]

  /// The step's place in the signed list, from 0.
  public var place: UInt64

  /// How many steps the signed list has.
  public var count: UInt64

  /// The inclusion proof of the step in the signed list: hashes of 32 octets, from the leaf up.
  public var proof: [[UInt8]]

  /// SHA-256 of the signing certificate (DER).
  public var certificate: [UInt8]

  /// It was a decision: nobody takes one for two offices on the same application.
  public var decision: Bool

  /// The message whose fields all have their default values.
  public init() {
    self.step = []
    self.actor = ""
    self.person = ""
    self.day = 0
    self.version = 0
    self.from = ApplicationState(rawValue: 0)
    self.to = ApplicationState(rawValue: 0)
    self.signature = []
    self.place = 0
    self.count = 0
    self.proof = []
    self.certificate = []
    self.decision = false
  }

  /// A message with these values, and the default for what is not given.
  public init(
    step: [UInt8] = [],
    actor: String = "",
    person: String = "",
    day: Int32 = 0,
    version: UInt64 = 0,
    from: ApplicationState = ApplicationState(rawValue: 0),
    to: ApplicationState = ApplicationState(rawValue: 0),
    signature: [UInt8] = [],
    place: UInt64 = 0,
    count: UInt64 = 0,
    proof: [[UInt8]] = [],
    certificate: [UInt8] = [],
    decision: Bool = false
  ) {
    self.step = step
    self.actor = actor
    self.person = person
    self.day = day
    self.version = version
    self.from = from
    self.to = to
    self.signature = signature
    self.place = place
    self.count = count
    self.proof = proof
    self.certificate = certificate
    self.decision = decision
  }

  /// The schema of the message.
  public static let messageDescriptor: RPCProtobuf.MessageDescriptor = {
    var c = Registry__V1__TakenStep()
    registry__v1__taken_step__init(&c)
    return RPCProtobuf.MessageDescriptor(c.base.descriptor)
  }()

  /// Reads the unpacked C structure of the type; for the decoder alone.
  public init(structure: UnsafeRawPointer) {
    self.init(structure.assumingMemoryBound(to: Registry__V1__TakenStep.self))
  }

  init(_ c: UnsafePointer<Registry__V1__TakenStep>) {
    self.step = StructureReader.bytes(c.pointee.step.data, c.pointee.step.len)
    self.actor = StructureReader.string(c.pointee.actor)
    self.person = StructureReader.string(c.pointee.person)
    self.day = c.pointee.day
    self.version = c.pointee.version
    self.from = ApplicationState(rawValue: Int32(truncatingIfNeeded: c.pointee.from.rawValue))
    self.to = ApplicationState(rawValue: Int32(truncatingIfNeeded: c.pointee.to.rawValue))
    self.signature = StructureReader.bytes(c.pointee.signature.data, c.pointee.signature.len)
    self.place = c.pointee.place
    self.count = c.pointee.count
    self.proof = StructureReader.byteStrings(c.pointee.proof, c.pointee.n_proof)
    self.certificate = StructureReader.bytes(c.pointee.certificate.data, c.pointee.certificate.len)
    self.decision = c.pointee.decision != 0
  }

  /// Fills an initialised C structure of the type; for the encoder alone.
  public func fill(structure: UnsafeMutableRawPointer, encoder: RPCProtobuf.MessageEncoder) {
    fill(structure.assumingMemoryBound(to: Registry__V1__TakenStep.self), encoder)
  }

  func fill(_ c: UnsafeMutablePointer<Registry__V1__TakenStep>, _ encoder: RPCProtobuf.MessageEncoder) {
    c.pointee.step = ProtobufCBinaryData(len: self.step.count, data: encoder.bytes(self.step))
    c.pointee.actor = encoder.string(self.actor, "TakenStep.actor")
    c.pointee.person = encoder.string(self.person, "TakenStep.person")
    c.pointee.day = self.day
    c.pointee.version = self.version
    c.pointee.from = .init(rawValue: .init(truncatingIfNeeded: self.from.rawValue))
    c.pointee.to = .init(rawValue: .init(truncatingIfNeeded: self.to.rawValue))
    c.pointee.signature = ProtobufCBinaryData(len: self.signature.count, data: encoder.bytes(self.signature))
    c.pointee.place = self.place
    c.pointee.count = self.count
    if let elements = encoder.byteStrings(self.proof) {
      c.pointee.n_proof = self.proof.count
      c.pointee.proof = elements.assumingMemoryBound(to: ProtobufCBinaryData.self)
    }
    c.pointee.certificate = ProtobufCBinaryData(len: self.certificate.count, data: encoder.bytes(self.certificate))
    c.pointee.decision = self.decision ? 1 : 0
  }
}

/// A notice that an application stood in.
public struct NoticeEntry: RPCProtobuf.Message {
  /// The notice's id.
  public var notice: [UInt8]

  /// The level that posted it.
  public var level: DivisionLevel

  /// The day on which it was posted.
  public var openedOn: Int32

  /// The day on which it was closed; 0 while it is open.
  public var closedOn: Int32

  /// The message whose fields all have their default values.
  public init() {
    self.notice = []
    self.level = DivisionLevel(rawValue: 0)
    self.openedOn = 0
    self.closedOn = 0
  }

  /// A message with these values, and the default for what is not given.
  public init(
    notice: [UInt8] = [],
    level: DivisionLevel = DivisionLevel(rawValue: 0),
    openedOn: Int32 = 0,
    closedOn: Int32 = 0
  ) {
    self.notice = notice
    self.level = level
    self.openedOn = openedOn
    self.closedOn = closedOn
  }

  /// The schema of the message.
  public static let messageDescriptor: RPCProtobuf.MessageDescriptor = {
    var c = Registry__V1__NoticeEntry()
    registry__v1__notice_entry__init(&c)
    return RPCProtobuf.MessageDescriptor(c.base.descriptor)
  }()

  /// Reads the unpacked C structure of the type; for the decoder alone.
  public init(structure: UnsafeRawPointer) {
    self.init(structure.assumingMemoryBound(to: Registry__V1__NoticeEntry.self))
  }

  init(_ c: UnsafePointer<Registry__V1__NoticeEntry>) {
    self.notice = StructureReader.bytes(c.pointee.notice.data, c.pointee.notice.len)
    self.level = DivisionLevel(rawValue: Int32(truncatingIfNeeded: c.pointee.level.rawValue))
    self.openedOn = c.pointee.opened_on
    self.closedOn = c.pointee.closed_on
  }

  /// Fills an initialised C structure of the type; for the encoder alone.
  public func fill(structure: UnsafeMutableRawPointer, encoder: RPCProtobuf.MessageEncoder) {
    fill(structure.assumingMemoryBound(to: Registry__V1__NoticeEntry.self), encoder)
  }

  func fill(_ c: UnsafeMutablePointer<Registry__V1__NoticeEntry>, _ encoder: RPCProtobuf.MessageEncoder) {
    c.pointee.notice = ProtobufCBinaryData(len: self.notice.count, data: encoder.bytes(self.notice))
    c.pointee.level = .init(rawValue: .init(truncatingIfNeeded: self.level.rawValue))
    c.pointee.opened_on = self.openedOn
    c.pointee.closed_on = self.closedOn
  }
}

/// An objection and its answer.
public struct Objection: RPCProtobuf.Message {
  /// The notice during which it was made.
  public var notice: [UInt8]

  /// The day on which it was made.
  public var day: Int32

  /// What is objected.
  public var text: String

  /// The day of the answer; 0 while there is none.
  public var answeredOn: Int32

  /// Upheld; else dismissed.
  public var upheld: Bool

  /// The answer's reason.
  public var reason: String

  /// The message whose fields all have their default values.
  public init() {
    self.notice = []
    self.day = 0
    self.text = ""
    self.answeredOn = 0
    self.upheld = false
    self.reason = ""
  }

  /// A message with these values, and the default for what is not given.
  public init(
    notice: [UInt8] = [],
    day: Int32 = 0,
    text: String = "",
    answeredOn: Int32 = 0,
    upheld: Bool = false,
    reason: String = ""
  ) {
    self.notice = notice
    self.day = day
    self.text = text
    self.answeredOn = answeredOn
    self.upheld = upheld
    self.reason = reason
  }

  /// The schema of the message.
  public static let messageDescriptor: RPCProtobuf.MessageDescriptor = {
    var c = Registry__V1__Objection()
    registry__v1__objection__init(&c)
    return RPCProtobuf.MessageDescriptor(c.base.descriptor)
  }()

  /// Reads the unpacked C structure of the type; for the decoder alone.
  public init(structure: UnsafeRawPointer) {
    self.init(structure.assumingMemoryBound(to: Registry__V1__Objection.self))
  }

  init(_ c: UnsafePointer<Registry__V1__Objection>) {
    self.notice = StructureReader.bytes(c.pointee.notice.data, c.pointee.notice.len)
    self.day = c.pointee.day
    self.text = StructureReader.string(c.pointee.text)
    self.answeredOn = c.pointee.answered_on
    self.upheld = c.pointee.upheld != 0
    self.reason = StructureReader.string(c.pointee.reason)
  }

  /// Fills an initialised C structure of the type; for the encoder alone.
  public func fill(structure: UnsafeMutableRawPointer, encoder: RPCProtobuf.MessageEncoder) {
    fill(structure.assumingMemoryBound(to: Registry__V1__Objection.self), encoder)
  }

  func fill(_ c: UnsafeMutablePointer<Registry__V1__Objection>, _ encoder: RPCProtobuf.MessageEncoder) {
    c.pointee.notice = ProtobufCBinaryData(len: self.notice.count, data: encoder.bytes(self.notice))
    c.pointee.day = self.day
    c.pointee.text = encoder.string(self.text, "Objection.text")
    c.pointee.answered_on = self.answeredOn
    c.pointee.upheld = self.upheld ? 1 : 0
    c.pointee.reason = encoder.string(self.reason, "Objection.reason")
  }
}

/// Somebody on record with a member's name and birth date.
public struct PossibleDuplicate: RPCProtobuf.Message {
  /// The member's place in the file, from 1.
  public var member: UInt32

  /// The registered household in which the other person stands; or empty.
  public var household: [UInt8]

  /// The application in which the other person stands; or empty.
  public var application: [UInt8]

  /// Settled: the reason is given.
  public var settled: Bool

  /// The same person.
  public var samePerson: Bool

  /// Why.
  public var reason: String

  /// The message whose fields all have their default values.
  public init() {
    self.member = 0
    self.household = []
    self.application = []
    self.settled = false
    self.samePerson = false
    self.reason = ""
  }

  /// A message with these values, and the default for what is not given.
  public init(
    member: UInt32 = 0,
    household: [UInt8] = [],
    application: [UInt8] = [],
    settled: Bool = false,
    samePerson: Bool = false,
    reason: String = ""
  ) {
    self.member = member
    self.household = household
    self.application = application
    self.settled = settled
    self.samePerson = samePerson
    self.reason = reason
  }

  /// The schema of the message.
  public static let messageDescriptor: RPCProtobuf.MessageDescriptor = {
    var c = Registry__V1__PossibleDuplicate()
    registry__v1__possible_duplicate__init(&c)
    return RPCProtobuf.MessageDescriptor(c.base.descriptor)
  }()

  /// Reads the unpacked C structure of the type; for the decoder alone.
  public init(structure: UnsafeRawPointer) {
    self.init(structure.assumingMemoryBound(to: Registry__V1__PossibleDuplicate.self))
  }

  init(_ c: UnsafePointer<Registry__V1__PossibleDuplicate>) {
    self.member = c.pointee.member
    self.household = StructureReader.bytes(c.pointee.household.data, c.pointee.household.len)
    self.application = StructureReader.bytes(c.pointee.application.data, c.pointee.application.len)
    self.settled = c.pointee.settled != 0
    self.samePerson = c.pointee.same_person != 0
    self.reason = StructureReader.string(c.pointee.reason)
  }

  /// Fills an initialised C structure of the type; for the encoder alone.
  public func fill(structure: UnsafeMutableRawPointer, encoder: RPCProtobuf.MessageEncoder) {
    fill(structure.assumingMemoryBound(to: Registry__V1__PossibleDuplicate.self), encoder)
  }

  func fill(_ c: UnsafeMutablePointer<Registry__V1__PossibleDuplicate>, _ encoder: RPCProtobuf.MessageEncoder) {
    c.pointee.member = self.member
    c.pointee.household = ProtobufCBinaryData(len: self.household.count, data: encoder.bytes(self.household))
    c.pointee.application = ProtobufCBinaryData(len: self.application.count, data: encoder.bytes(self.application))
    c.pointee.settled = self.settled ? 1 : 0
    c.pointee.same_person = self.samePerson ? 1 : 0
    c.pointee.reason = encoder.string(self.reason, "PossibleDuplicate.reason")
  }
}

/// One household's application.
public struct Application: RPCProtobuf.Message {
  /// The id that never changes. A household that it makes has the same.
  public var id: [UInt8]

  /// The printed number: `A`, county (6), serial (7), check digit (1); the node gives it.
  public var number: String

  /// The version, from 1, one more with each step.
  public var version: UInt64

  /// Where it stands.
  public var state: ApplicationState

  /// The year whose quota it counts against.
  public var period: UInt32

  /// The file as applied for. Its decisions and category are those made in the procedure.
  public var household: Household?

  /// The exited household that comes back by it; else empty.
  public var previousHousehold: [UInt8]

  /// The appraisal that counts.
  public var appraisal: Appraisal?

  /// The examination that counts.
  public var examination: Examination?

  /// The poverty office's decision.
  public var povertyDecision: PovertyDecision

  /// Civil affairs' decision.
  public var securityDecision: SecurityDecision

  /// The category that follows from both.
  public var category: Category

  /// The notices it stood in.
  public var notices: [NoticeEntry]

  /// The objections against it.
  public var objections: [Objection]

  /// Its steps in their order.
  public var steps: [TakenStep]

  /// Possible duplicates to be settled before the county decides.
  public var possibleDuplicates: [PossibleDuplicate]

  /// The level that refused it, while it is refused or appealed.
  public var rejectedAt: DivisionLevel

  /// An appeal against it was dismissed: there is no other.
  public var appealUsed: Bool

  /// The registered household; empty before.
  public var registeredHousehold: [UInt8]

  /// The day of the last step.
  public var lastDay: Int32

  /// The instant at which this version was recorded; the node gives it.
  public var recordedAt: Int64

  /// The message whose fields all have their default values.
  public init() {
    self.id = []
    self.number = ""
    self.version = 0
    self.state = ApplicationState(rawValue: 0)
    self.period = 0
    self.household = nil
    self.previousHousehold = []
    self.appraisal = nil
    self.examination = nil
    self.povertyDecision = PovertyDecision(rawValue: 0)
    self.securityDecision = SecurityDecision(rawValue: 0)
    self.category = Category(rawValue: 0)
    self.notices = []
    self.objections = []
    self.steps = []
    self.possibleDuplicates = []
    self.rejectedAt = DivisionLevel(rawValue: 0)
    self.appealUsed = false
    self.registeredHousehold = []
    self.lastDay = 0
    self.recordedAt = 0
  }

  /// A message with these values, and the default for what is not given.
  public init(
    id: [UInt8] = [],
    number: String = "",
    version: UInt64 = 0,
    state: ApplicationState = ApplicationState(rawValue: 0),
    period: UInt32 = 0,
    household: Household? = nil,
    previousHousehold: [UInt8] = [],
    appraisal: Appraisal? = nil,
    examination: Examination? = nil,
    povertyDecision: PovertyDecision = PovertyDecision(rawValue: 0),
    securityDecision: SecurityDecision = SecurityDecision(rawValue: 0),
    category: Category = Category(rawValue: 0),
    notices: [NoticeEntry] = [],
    objections: [Objection] = [],
    steps: [TakenStep] = [],
    possibleDuplicates: [PossibleDuplicate] = [],
    rejectedAt: DivisionLevel = DivisionLevel(rawValue: 0),
    appealUsed: Bool = false,
    registeredHousehold: [UInt8] = [],
    lastDay: Int32 = 0,
    recordedAt: Int64 = 0
  ) {
    self.id = id
    self.number = number
    self.version = version
    self.state = state
    self.period = period
    self.household = household
    self.previousHousehold = previousHousehold
    self.appraisal = appraisal
    self.examination = examination
    self.povertyDecision = povertyDecision
    self.securityDecision = securityDecision
    self.category = category
    self.notices = notices
    self.objections = objections
    self.steps = steps
    self.possibleDuplicates = possibleDuplicates
    self.rejectedAt = rejectedAt
    self.appealUsed = appealUsed
    self.registeredHousehold = registeredHousehold
    self.lastDay = lastDay
    self.recordedAt = recordedAt
  }

  /// The schema of the message.
  public static let messageDescriptor: RPCProtobuf.MessageDescriptor = {
    var c = Registry__V1__Application()
    registry__v1__application__init(&c)
    return RPCProtobuf.MessageDescriptor(c.base.descriptor)
  }()

  /// Reads the unpacked C structure of the type; for the decoder alone.
  public init(structure: UnsafeRawPointer) {
    self.init(structure.assumingMemoryBound(to: Registry__V1__Application.self))
  }

  init(_ c: UnsafePointer<Registry__V1__Application>) {
    self.id = StructureReader.bytes(c.pointee.id.data, c.pointee.id.len)
    self.number = StructureReader.string(c.pointee.number)
    self.version = c.pointee.version
    self.state = ApplicationState(rawValue: Int32(truncatingIfNeeded: c.pointee.state.rawValue))
    self.period = c.pointee.period
    self.household = c.pointee.household.map { Household(UnsafePointer($0)) }
    self.previousHousehold = StructureReader.bytes(c.pointee.previous_household.data, c.pointee.previous_household.len)
    self.appraisal = c.pointee.appraisal.map { Appraisal(UnsafePointer($0)) }
    self.examination = c.pointee.examination.map { Examination(UnsafePointer($0)) }
    self.povertyDecision = PovertyDecision(rawValue: Int32(truncatingIfNeeded: c.pointee.poverty_decision.rawValue))
    self.securityDecision = SecurityDecision(rawValue: Int32(truncatingIfNeeded: c.pointee.security_decision.rawValue))
    self.category = Category(rawValue: Int32(truncatingIfNeeded: c.pointee.category.rawValue))
    self.notices = StructureReader.messages(c.pointee.notices, c.pointee.n_notices) { NoticeEntry($0) }
    self.objections = StructureReader.messages(c.pointee.objections, c.pointee.n_objections) { Objection($0) }
    self.steps = StructureReader.messages(c.pointee.steps, c.pointee.n_steps) { TakenStep($0) }
    self.possibleDuplicates = StructureReader.messages(c.pointee.possible_duplicates, c.pointee.n_possible_duplicates) { PossibleDuplicate($0) }
    self.rejectedAt = DivisionLevel(rawValue: Int32(truncatingIfNeeded: c.pointee.rejected_at.rawValue))
    self.appealUsed = c.pointee.appeal_used != 0
    self.registeredHousehold = StructureReader.bytes(c.pointee.registered_household.data, c.pointee.registered_household.len)
    self.lastDay = c.pointee.last_day
    self.recordedAt = c.pointee.recorded_at
  }

  /// Fills an initialised C structure of the type; for the encoder alone.
  public func fill(structure: UnsafeMutableRawPointer, encoder: RPCProtobuf.MessageEncoder) {
    fill(structure.assumingMemoryBound(to: Registry__V1__Application.self), encoder)
  }

  func fill(_ c: UnsafeMutablePointer<Registry__V1__Application>, _ encoder: RPCProtobuf.MessageEncoder) {
    c.pointee.id = ProtobufCBinaryData(len: self.id.count, data: encoder.bytes(self.id))
    c.pointee.number = encoder.string(self.number, "Application.number")
    c.pointee.version = self.version
    c.pointee.state = .init(rawValue: .init(truncatingIfNeeded: self.state.rawValue))
    c.pointee.period = self.period
    if let value = self.household {
      c.pointee.household = encoder.message(registry__v1__household__init) { value.fill($0, encoder) }
    }
    c.pointee.previous_household = ProtobufCBinaryData(len: self.previousHousehold.count, data: encoder.bytes(self.previousHousehold))
    if let value = self.appraisal {
      c.pointee.appraisal = encoder.message(registry__v1__appraisal__init) { value.fill($0, encoder) }
    }
    if let value = self.examination {
      c.pointee.examination = encoder.message(registry__v1__examination__init) { value.fill($0, encoder) }
    }
    c.pointee.poverty_decision = .init(rawValue: .init(truncatingIfNeeded: self.povertyDecision.rawValue))
    c.pointee.security_decision = .init(rawValue: .init(truncatingIfNeeded: self.securityDecision.rawValue))
    c.pointee.category = .init(rawValue: .init(truncatingIfNeeded: self.category.rawValue))
    if let elements = encoder.messages(self.notices, registry__v1__notice_entry__init, { $0.fill($1, encoder) }) {
      c.pointee.n_notices = self.notices.count
      c.pointee.notices = elements
    }
    if let elements = encoder.messages(self.objections, registry__v1__objection__init, { $0.fill($1, encoder) }) {
      c.pointee.n_objections = self.objections.count
      c.pointee.objections = elements
    }
    if let elements = encoder.messages(self.steps, registry__v1__taken_step__init, { $0.fill($1, encoder) }) {
      c.pointee.n_steps = self.steps.count
      c.pointee.steps = elements
    }
    if let elements = encoder.messages(self.possibleDuplicates, registry__v1__possible_duplicate__init, { $0.fill($1, encoder) }) {
      c.pointee.n_possible_duplicates = self.possibleDuplicates.count
      c.pointee.possible_duplicates = elements
    }
    c.pointee.rejected_at = .init(rawValue: .init(truncatingIfNeeded: self.rejectedAt.rawValue))
    c.pointee.appeal_used = self.appealUsed ? 1 : 0
    c.pointee.registered_household = ProtobufCBinaryData(len: self.registeredHousehold.count, data: encoder.bytes(self.registeredHousehold))
    c.pointee.last_day = self.lastDay
    c.pointee.recorded_at = self.recordedAt
  }
}

/// A public notice (公示): a list of applications posted at one level.
public struct Notice: RPCProtobuf.Message {
  /// The id that never changes.
  public var id: [UInt8]

  /// The version: 1 open, 2 closed.
  public var version: UInt64

  /// The level that posts it.
  public var level: DivisionLevel

  /// The code of the division in which it is posted.
  public var division: String

  /// The day on which it was posted, YYYYMMDD.
  public var openedOn: Int32

  /// The first day on which it may be closed, by the policy of the day it was posted.
  public var closesFrom: Int32

  /// The day on which it was closed; 0 while it is open.
  public var closedOn: Int32

  /// Where it hangs, in words; at most 200 bytes.
  public var place: String

  /// The applications in it.
  public var applications: [[UInt8]]

  /// The actor who posted it.
  public var openedBy: String

  /// The actor who closed it.
  public var closedBy: String

  /// The message whose fields all have their default values.
  public init() {
    self.id = []
    self.version = 0
    self.level = DivisionLevel(rawValue: 0)
    self.division = ""
    self.openedOn = 0
    self.closesFrom = 0
    self.closedOn = 0
    self.place = ""
    self.applications = []
    self.openedBy = ""
    self.closedBy = ""
  }

  /// A message with these values, and the default for what is not given.
  public init(
    id: [UInt8] = [],
    version: UInt64 = 0,
    level: DivisionLevel = DivisionLevel(rawValue: 0),
    division: String = "",
    openedOn: Int32 = 0,
    closesFrom: Int32 = 0,
    closedOn: Int32 = 0,
    place: String = "",
    applications: [[UInt8]] = [],
    openedBy: String = "",
    closedBy: String = ""
  ) {
    self.id = id
    self.version = version
    self.level = level
    self.division = division
    self.openedOn = openedOn
    self.closesFrom = closesFrom
    self.closedOn = closedOn
    self.place = place
    self.applications = applications
    self.openedBy = openedBy
    self.closedBy = closedBy
  }

  /// The schema of the message.
  public static let messageDescriptor: RPCProtobuf.MessageDescriptor = {
    var c = Registry__V1__Notice()
    registry__v1__notice__init(&c)
    return RPCProtobuf.MessageDescriptor(c.base.descriptor)
  }()

  /// Reads the unpacked C structure of the type; for the decoder alone.
  public init(structure: UnsafeRawPointer) {
    self.init(structure.assumingMemoryBound(to: Registry__V1__Notice.self))
  }

  init(_ c: UnsafePointer<Registry__V1__Notice>) {
    self.id = StructureReader.bytes(c.pointee.id.data, c.pointee.id.len)
    self.version = c.pointee.version
    self.level = DivisionLevel(rawValue: Int32(truncatingIfNeeded: c.pointee.level.rawValue))
    self.division = StructureReader.string(c.pointee.division)
    self.openedOn = c.pointee.opened_on
    self.closesFrom = c.pointee.closes_from
    self.closedOn = c.pointee.closed_on
    self.place = StructureReader.string(c.pointee.place)
    self.applications = StructureReader.byteStrings(c.pointee.applications, c.pointee.n_applications)
    self.openedBy = StructureReader.string(c.pointee.opened_by)
    self.closedBy = StructureReader.string(c.pointee.closed_by)
  }

  /// Fills an initialised C structure of the type; for the encoder alone.
  public func fill(structure: UnsafeMutableRawPointer, encoder: RPCProtobuf.MessageEncoder) {
    fill(structure.assumingMemoryBound(to: Registry__V1__Notice.self), encoder)
  }

  func fill(_ c: UnsafeMutablePointer<Registry__V1__Notice>, _ encoder: RPCProtobuf.MessageEncoder) {
    c.pointee.id = ProtobufCBinaryData(len: self.id.count, data: encoder.bytes(self.id))
    c.pointee.version = self.version
    c.pointee.level = .init(rawValue: .init(truncatingIfNeeded: self.level.rawValue))
    c.pointee.division = encoder.string(self.division, "Notice.division")
    c.pointee.opened_on = self.openedOn
    c.pointee.closes_from = self.closesFrom
    c.pointee.closed_on = self.closedOn
    c.pointee.place = encoder.string(self.place, "Notice.place")
    if let elements = encoder.byteStrings(self.applications) {
      c.pointee.n_applications = self.applications.count
      c.pointee.applications = elements.assumingMemoryBound(to: ProtobufCBinaryData.self)
    }
    c.pointee.opened_by = encoder.string(self.openedBy, "Notice.opened_by")
    c.pointee.closed_by = encoder.string(self.closedBy, "Notice.closed_by")
  }
}

/// Bytes attached to appraisals: the minutes (会议记录).
public struct Minutes: RPCProtobuf.Message {
  /// The id that never changes.
  public var id: [UInt8]

  /// SHA-256 of the bytes.
  public var digest: [UInt8]

  /// The code of the village whose minutes they are.
  public var division: String

  /// `application/pdf`, `image/jpeg`, `image/png` or `text/plain`.
  public var mediaType: String

  /// The file's name; at most 200 bytes.
  public var name: String

  /// The bytes; 1 to 2 MiB.
  public var content: [UInt8]

  /// The message whose fields all have their default values.
  public init() {
    self.id = []
    self.digest = []
    self.division = ""
    self.mediaType = ""
    self.name = ""
    self.content = []
  }

  /// A message with these values, and the default for what is not given.
  public init(
    id: [UInt8] = [],
    digest: [UInt8] = [],
    division: String = "",
    mediaType: String = "",
    name: String = "",
    content: [UInt8] = []
  ) {
    self.id = id
    self.digest = digest
    self.division = division
    self.mediaType = mediaType
    self.name = name
    self.content = content
  }

  /// The schema of the message.
  public static let messageDescriptor: RPCProtobuf.MessageDescriptor = {
    var c = Registry__V1__Minutes()
    registry__v1__minutes__init(&c)
    return RPCProtobuf.MessageDescriptor(c.base.descriptor)
  }()

  /// Reads the unpacked C structure of the type; for the decoder alone.
  public init(structure: UnsafeRawPointer) {
    self.init(structure.assumingMemoryBound(to: Registry__V1__Minutes.self))
  }

  init(_ c: UnsafePointer<Registry__V1__Minutes>) {
    self.id = StructureReader.bytes(c.pointee.id.data, c.pointee.id.len)
    self.digest = StructureReader.bytes(c.pointee.digest.data, c.pointee.digest.len)
    self.division = StructureReader.string(c.pointee.division)
    self.mediaType = StructureReader.string(c.pointee.media_type)
    self.name = StructureReader.string(c.pointee.name)
    self.content = StructureReader.bytes(c.pointee.content.data, c.pointee.content.len)
  }

  /// Fills an initialised C structure of the type; for the encoder alone.
  public func fill(structure: UnsafeMutableRawPointer, encoder: RPCProtobuf.MessageEncoder) {
    fill(structure.assumingMemoryBound(to: Registry__V1__Minutes.self), encoder)
  }

  func fill(_ c: UnsafeMutablePointer<Registry__V1__Minutes>, _ encoder: RPCProtobuf.MessageEncoder) {
    c.pointee.id = ProtobufCBinaryData(len: self.id.count, data: encoder.bytes(self.id))
    c.pointee.digest = ProtobufCBinaryData(len: self.digest.count, data: encoder.bytes(self.digest))
    c.pointee.division = encoder.string(self.division, "Minutes.division")
    c.pointee.media_type = encoder.string(self.mediaType, "Minutes.media_type")
    c.pointee.name = encoder.string(self.name, "Minutes.name")
    c.pointee.content = ProtobufCBinaryData(len: self.content.count, data: encoder.bytes(self.content))
  }
}
