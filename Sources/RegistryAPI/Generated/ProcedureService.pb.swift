// swift-format-ignore-file
// Generated from registry/v1/procedure_service.proto by protoc-gen-registry-swift.
// Do not edit: run tools/generate

internal import CRegistryAPI
internal import CProtobufC
public import RPCCore
public import RPCProtobuf

/// An application to be recorded.
public struct NewApplication: RPCProtobuf.Message {
  /// The file; decisions, category and everything that the node gives are ignored.
  public var household: Household?

  /// The year whose quota it counts against; 0 for the present year.
  public var period: UInt32

  /// The day on which the household applied, YYYYMMDD; 0 for today.
  public var day: Int32

  /// The printed number of the exited household that comes back; empty for a new one.
  public var previousHousehold: String

  /// The row of the file it comes from, for the result; 0 for none.
  public var row: UInt32

  /// The message whose fields all have their default values.
  public init() {
    self.household = nil
    self.period = 0
    self.day = 0
    self.previousHousehold = ""
    self.row = 0
  }

  /// A message with these values, and the default for what is not given.
  public init(
    household: Household? = nil,
    period: UInt32 = 0,
    day: Int32 = 0,
    previousHousehold: String = "",
    row: UInt32 = 0
  ) {
    self.household = household
    self.period = period
    self.day = day
    self.previousHousehold = previousHousehold
    self.row = row
  }

  /// The schema of the message.
  public static let messageDescriptor: RPCProtobuf.MessageDescriptor = {
    var c = Registry__V1__NewApplication()
    registry__v1__new_application__init(&c)
    return RPCProtobuf.MessageDescriptor(c.base.descriptor)
  }()

  /// Reads the unpacked C structure of the type; for the decoder alone.
  public init(structure: UnsafeRawPointer) {
    self.init(structure.assumingMemoryBound(to: Registry__V1__NewApplication.self))
  }

  init(_ c: UnsafePointer<Registry__V1__NewApplication>) {
    self.household = c.pointee.household.map { Household(UnsafePointer($0)) }
    self.period = c.pointee.period
    self.day = c.pointee.day
    self.previousHousehold = StructureReader.string(c.pointee.previous_household)
    self.row = c.pointee.row
  }

  /// Fills an initialised C structure of the type; for the encoder alone.
  public func fill(structure: UnsafeMutableRawPointer, encoder: RPCProtobuf.MessageEncoder) {
    fill(structure.assumingMemoryBound(to: Registry__V1__NewApplication.self), encoder)
  }

  func fill(_ c: UnsafeMutablePointer<Registry__V1__NewApplication>, _ encoder: RPCProtobuf.MessageEncoder) {
    if let value = self.household {
      c.pointee.household = encoder.message(registry__v1__household__init) { value.fill($0, encoder) }
    }
    c.pointee.period = self.period
    c.pointee.day = self.day
    c.pointee.previous_household = encoder.string(self.previousHousehold, "NewApplication.previous_household")
    c.pointee.row = self.row
  }
}

/// Asks to record applications.
public struct ApplyRequest: RPCProtobuf.Message {
  /// The applications; 1 to 500.
  public var applications: [NewApplication]

  /// The message whose fields all have their default values.
  public init() {
    self.applications = []
  }

  /// A message with these values, and the default for what is not given.
  public init(
    applications: [NewApplication] = []
  ) {
    self.applications = applications
  }

  /// The schema of the message.
  public static let messageDescriptor: RPCProtobuf.MessageDescriptor = {
    var c = Registry__V1__ApplyRequest()
    registry__v1__apply_request__init(&c)
    return RPCProtobuf.MessageDescriptor(c.base.descriptor)
  }()

  /// Reads the unpacked C structure of the type; for the decoder alone.
  public init(structure: UnsafeRawPointer) {
    self.init(structure.assumingMemoryBound(to: Registry__V1__ApplyRequest.self))
  }

  init(_ c: UnsafePointer<Registry__V1__ApplyRequest>) {
    self.applications = StructureReader.messages(c.pointee.applications, c.pointee.n_applications) { NewApplication($0) }
  }

  /// Fills an initialised C structure of the type; for the encoder alone.
  public func fill(structure: UnsafeMutableRawPointer, encoder: RPCProtobuf.MessageEncoder) {
    fill(structure.assumingMemoryBound(to: Registry__V1__ApplyRequest.self), encoder)
  }

  func fill(_ c: UnsafeMutablePointer<Registry__V1__ApplyRequest>, _ encoder: RPCProtobuf.MessageEncoder) {
    if let elements = encoder.messages(self.applications, registry__v1__new_application__init, { $0.fill($1, encoder) }) {
      c.pointee.n_applications = self.applications.count
      c.pointee.applications = elements
    }
  }
}

/// What became of an application or step.
public struct StepResult: RPCProtobuf.Message {
  /// The place in the request, from 1; with a row given, that row.
  public var row: UInt32

  /// The application's id; empty when it was never recorded.
  public var application: [UInt8]

  /// Its printed number.
  public var number: String

  /// Its state on record after the call.
  public var state: ApplicationState

  /// Its version on record after the call.
  public var version: UInt64

  /// Why it was refused; none when it was done.
  public var violations: [Violation]

  /// Set when the base version is stale.
  public var conflict: VersionConflict?

  /// The registered household's id.
  public var household: [UInt8]

  /// The registered household's printed number.
  public var householdNumber: String

  /// Possible duplicates that wait to be settled.
  public var possibleDuplicates: UInt32

  /// The message whose fields all have their default values.
  public init() {
    self.row = 0
    self.application = []
    self.number = ""
    self.state = ApplicationState(rawValue: 0)
    self.version = 0
    self.violations = []
    self.conflict = nil
    self.household = []
    self.householdNumber = ""
    self.possibleDuplicates = 0
  }

  /// A message with these values, and the default for what is not given.
  public init(
    row: UInt32 = 0,
    application: [UInt8] = [],
    number: String = "",
    state: ApplicationState = ApplicationState(rawValue: 0),
    version: UInt64 = 0,
    violations: [Violation] = [],
    conflict: VersionConflict? = nil,
    household: [UInt8] = [],
    householdNumber: String = "",
    possibleDuplicates: UInt32 = 0
  ) {
    self.row = row
    self.application = application
    self.number = number
    self.state = state
    self.version = version
    self.violations = violations
    self.conflict = conflict
    self.household = household
    self.householdNumber = householdNumber
    self.possibleDuplicates = possibleDuplicates
  }

  /// The schema of the message.
  public static let messageDescriptor: RPCProtobuf.MessageDescriptor = {
    var c = Registry__V1__StepResult()
    registry__v1__step_result__init(&c)
    return RPCProtobuf.MessageDescriptor(c.base.descriptor)
  }()

  /// Reads the unpacked C structure of the type; for the decoder alone.
  public init(structure: UnsafeRawPointer) {
    self.init(structure.assumingMemoryBound(to: Registry__V1__StepResult.self))
  }

  init(_ c: UnsafePointer<Registry__V1__StepResult>) {
    self.row = c.pointee.row
    self.application = StructureReader.bytes(c.pointee.application.data, c.pointee.application.len)
    self.number = StructureReader.string(c.pointee.number)
    self.state = ApplicationState(rawValue: Int32(truncatingIfNeeded: c.pointee.state.rawValue))
    self.version = c.pointee.version
    self.violations = StructureReader.messages(c.pointee.violations, c.pointee.n_violations) { Violation($0) }
    self.conflict = c.pointee.conflict.map { VersionConflict(UnsafePointer($0)) }
    self.household = StructureReader.bytes(c.pointee.household.data, c.pointee.household.len)
    self.householdNumber = StructureReader.string(c.pointee.household_number)
    self.possibleDuplicates = c.pointee.possible_duplicates
  }

  /// Fills an initialised C structure of the type; for the encoder alone.
  public func fill(structure: UnsafeMutableRawPointer, encoder: RPCProtobuf.MessageEncoder) {
    fill(structure.assumingMemoryBound(to: Registry__V1__StepResult.self), encoder)
  }

  func fill(_ c: UnsafeMutablePointer<Registry__V1__StepResult>, _ encoder: RPCProtobuf.MessageEncoder) {
    c.pointee.row = self.row
    c.pointee.application = ProtobufCBinaryData(len: self.application.count, data: encoder.bytes(self.application))
    c.pointee.number = encoder.string(self.number, "StepResult.number")
    c.pointee.state = .init(rawValue: .init(truncatingIfNeeded: self.state.rawValue))
    c.pointee.version = self.version
    if let elements = encoder.messages(self.violations, registry__v1__violation__init, { $0.fill($1, encoder) }) {
      c.pointee.n_violations = self.violations.count
      c.pointee.violations = elements
    }
    if let value = self.conflict {
      c.pointee.conflict = encoder.message(registry__v1__version_conflict__init) { value.fill($0, encoder) }
    }
    c.pointee.household = ProtobufCBinaryData(len: self.household.count, data: encoder.bytes(self.household))
    c.pointee.household_number = encoder.string(self.householdNumber, "StepResult.household_number")
    c.pointee.possible_duplicates = self.possibleDuplicates
  }
}

/// What became of applications.
public struct ApplyResponse: RPCProtobuf.Message {
  /// One for each, in their order.
  public var results: [StepResult]

  /// The message whose fields all have their default values.
  public init() {
    self.results = []
  }

  /// A message with these values, and the default for what is not given.
  public init(
    results: [StepResult] = []
  ) {
    self.results = results
  }

  /// The schema of the message.
  public static let messageDescriptor: RPCProtobuf.MessageDescriptor = {
    var c = Registry__V1__ApplyResponse()
    registry__v1__apply_response__init(&c)
    return RPCProtobuf.MessageDescriptor(c.base.descriptor)
  }()

  /// Reads the unpacked C structure of the type; for the decoder alone.
  public init(structure: UnsafeRawPointer) {
    self.init(structure.assumingMemoryBound(to: Registry__V1__ApplyResponse.self))
  }

  init(_ c: UnsafePointer<Registry__V1__ApplyResponse>) {
    self.results = StructureReader.messages(c.pointee.results, c.pointee.n_results) { StepResult($0) }
  }

  /// Fills an initialised C structure of the type; for the encoder alone.
  public func fill(structure: UnsafeMutableRawPointer, encoder: RPCProtobuf.MessageEncoder) {
    fill(structure.assumingMemoryBound(to: Registry__V1__ApplyResponse.self), encoder)
  }

  func fill(_ c: UnsafeMutablePointer<Registry__V1__ApplyResponse>, _ encoder: RPCProtobuf.MessageEncoder) {
    if let elements = encoder.messages(self.results, registry__v1__step_result__init, { $0.fill($1, encoder) }) {
      c.pointee.n_results = self.results.count
      c.pointee.results = elements
    }
  }
}

/// Asks to take steps.
public struct RecordStepsRequest: RPCProtobuf.Message {
  /// The steps, each the encoding of a `Step`; 1 to 2000.
  public var steps: [[UInt8]]

  /// The caller's signature over them; needed for decisions (see `registryctl procedure`).
  public var signature: StepSignature?

  /// The message whose fields all have their default values.
  public init() {
    self.steps = []
    self.signature = nil
  }

  /// A message with these values, and the default for what is not given.
  public init(
    steps: [[UInt8]] = [],
    signature: StepSignature? = nil
  ) {
    self.steps = steps
    self.signature = signature
  }

  /// The schema of the message.
  public static let messageDescriptor: RPCProtobuf.MessageDescriptor = {
    var c = Registry__V1__RecordStepsRequest()
    registry__v1__record_steps_request__init(&c)
    return RPCProtobuf.MessageDescriptor(c.base.descriptor)
  }()

  /// Reads the unpacked C structure of the type; for the decoder alone.
  public init(structure: UnsafeRawPointer) {
    self.init(structure.assumingMemoryBound(to: Registry__V1__RecordStepsRequest.self))
  }

  init(_ c: UnsafePointer<Registry__V1__RecordStepsRequest>) {
    self.steps = StructureReader.byteStrings(c.pointee.steps, c.pointee.n_steps)
    self.signature = c.pointee.signature.map { StepSignature(UnsafePointer($0)) }
  }

  /// Fills an initialised C structure of the type; for the encoder alone.
  public func fill(structure: UnsafeMutableRawPointer, encoder: RPCProtobuf.MessageEncoder) {
    fill(structure.assumingMemoryBound(to: Registry__V1__RecordStepsRequest.self), encoder)
  }

  func fill(_ c: UnsafeMutablePointer<Registry__V1__RecordStepsRequest>, _ encoder: RPCProtobuf.MessageEncoder) {
    if let elements = encoder.byteStrings(self.steps) {
      c.pointee.n_steps = self.steps.count
      c.pointee.steps = elements.assumingMemoryBound(to: ProtobufCBinaryData.self)
    }
    if let value = self.signature {
      c.pointee.signature = encoder.message(registry__v1__step_signature__init) { value.fill($0, encoder) }
    }
  }
}

/// What became of steps.
public struct RecordStepsResponse: RPCProtobuf.Message {
  /// One for each, in their order. Each was done or refused alone.
  public var results: [StepResult]

  /// The message whose fields all have their default values.
  public init() {
    self.results = []
  }

  /// A message with these values, and the default for what is not given.
  public init(
    results: [StepResult] = []
  ) {
    self.results = results
  }

  /// The schema of the message.
  public static let messageDescriptor: RPCProtobuf.MessageDescriptor = {
    var c = Registry__V1__RecordStepsResponse()
    registry__v1__record_steps_response__init(&c)
    return RPCProtobuf.MessageDescriptor(c.base.descriptor)
  }()

  /// Reads the unpacked C structure of the type; for the decoder alone.
  public init(structure: UnsafeRawPointer) {
    self.init(structure.assumingMemoryBound(to: Registry__V1__RecordStepsResponse.self))
  }

  init(_ c: UnsafePointer<Registry__V1__RecordStepsResponse>) {
    self.results = StructureReader.messages(c.pointee.results, c.pointee.n_results) { StepResult($0) }
  }

  /// Fills an initialised C structure of the type; for the encoder alone.
  public func fill(structure: UnsafeMutableRawPointer, encoder: RPCProtobuf.MessageEncoder) {
    fill(structure.assumingMemoryBound(to: Registry__V1__RecordStepsResponse.self), encoder)
  }

  func fill(_ c: UnsafeMutablePointer<Registry__V1__RecordStepsResponse>, _ encoder: RPCProtobuf.MessageEncoder) {
    if let elements = encoder.messages(self.results, registry__v1__step_result__init, { $0.fill($1, encoder) }) {
      c.pointee.n_results = self.results.count
      c.pointee.results = elements
    }
  }
}

/// Asks for one application.
public struct GetApplicationRequest: RPCProtobuf.Message {
  /// By what it is asked for.
  public enum By: Hashable, Sendable {
    /// Its id.
    case id([UInt8])
    /// Its printed number.
    case number(String)
    /// The citizen ID number of a member; the latest application with the person.
    case citizenId(String)
  }

  /// By what it is asked for.
  public var by: By?

  /// The message whose fields all have their default values.
  public init() {
    self.by = nil
  }

  /// A message with these values, and the default for what is not given.
  public init(
    by: By? = nil
  ) {
    self.by = by
  }

  /// The schema of the message.
  public static let messageDescriptor: RPCProtobuf.MessageDescriptor = {
    var c = Registry__V1__GetApplicationRequest()
    registry__v1__get_application_request__init(&c)
    return RPCProtobuf.MessageDescriptor(c.base.descriptor)
  }()

  /// Reads the unpacked C structure of the type; for the decoder alone.
  public init(structure: UnsafeRawPointer) {
    self.init(structure.assumingMemoryBound(to: Registry__V1__GetApplicationRequest.self))
  }

  init(_ c: UnsafePointer<Registry__V1__GetApplicationRequest>) {
    switch c.pointee.by_case.rawValue {
    case 1: self.by = By.id(StructureReader.bytes(c.pointee.id.data, c.pointee.id.len))
    case 2: self.by = By.number(StructureReader.string(c.pointee.number))
    case 3: self.by = By.citizenId(StructureReader.string(c.pointee.citizen_id))
    default: self.by = nil
    }
  }

  /// Fills an initialised C structure of the type; for the encoder alone.
  public func fill(structure: UnsafeMutableRawPointer, encoder: RPCProtobuf.MessageEncoder) {
    fill(structure.assumingMemoryBound(to: Registry__V1__GetApplicationRequest.self), encoder)
  }

  func fill(_ c: UnsafeMutablePointer<Registry__V1__GetApplicationRequest>, _ encoder: RPCProtobuf.MessageEncoder) {
    switch self.by {
    case .id(let value)?:
      c.pointee.by_case = .init(rawValue: 1)
      c.pointee.id = ProtobufCBinaryData(len: value.count, data: encoder.bytes(value))
    case .number(let value)?:
      c.pointee.by_case = .init(rawValue: 2)
      c.pointee.number = encoder.text(value, "GetApplicationRequest.number")
    case .citizenId(let value)?:
      c.pointee.by_case = .init(rawValue: 3)
      c.pointee.citizen_id = encoder.text(value, "GetApplicationRequest.citizen_id")
    case nil: break
    }
  }
}

/// Asks for a page of applications.
public struct ListApplicationsRequest: RPCProtobuf.Message {
  /// In this division or below; empty for the caller's whole area.
  public var division: String

  /// In one of these states; none for all.
  public var states: [ApplicationState]

  /// Only what waits for the caller's office.
  public var waitingForMe: Bool

  /// Only of this period; 0 for all.
  public var period: UInt32

  /// At most this many; 0 for 50, at most 2000.
  public var pageSize: UInt32

  /// Goes on from an earlier answer to the same question.
  public var pageToken: String

  /// The message whose fields all have their default values.
  public init() {
    self.division = ""
    self.states = []
    self.waitingForMe = false
    self.period = 0
    self.pageSize = 0
    self.pageToken = ""
  }

  /// A message with these values, and the default for what is not given.
  public init(
    division: String = "",
    states: [ApplicationState] = [],
    waitingForMe: Bool = false,
    period: UInt32 = 0,
    pageSize: UInt32 = 0,
    pageToken: String = ""
  ) {
    self.division = division
    self.states = states
    self.waitingForMe = waitingForMe
    self.period = period
    self.pageSize = pageSize
    self.pageToken = pageToken
  }

  /// The schema of the message.
  public static let messageDescriptor: RPCProtobuf.MessageDescriptor = {
    var c = Registry__V1__ListApplicationsRequest()
    registry__v1__list_applications_request__init(&c)
    return RPCProtobuf.MessageDescriptor(c.base.descriptor)
  }()

  /// Reads the unpacked C structure of the type; for the decoder alone.
  public init(structure: UnsafeRawPointer) {
    self.init(structure.assumingMemoryBound(to: Registry__V1__ListApplicationsRequest.self))
  }

  init(_ c: UnsafePointer<Registry__V1__ListApplicationsRequest>) {
    self.division = StructureReader.string(c.pointee.division)
    self.states = StructureReader.enums(c.pointee.states, c.pointee.n_states)
    self.waitingForMe = c.pointee.waiting_for_me != 0
    self.period = c.pointee.period
    self.pageSize = c.pointee.page_size
    self.pageToken = StructureReader.string(c.pointee.page_token)
  }

  /// Fills an initialised C structure of the type; for the encoder alone.
  public func fill(structure: UnsafeMutableRawPointer, encoder: RPCProtobuf.MessageEncoder) {
    fill(structure.assumingMemoryBound(to: Registry__V1__ListApplicationsRequest.self), encoder)
  }

  func fill(_ c: UnsafeMutablePointer<Registry__V1__ListApplicationsRequest>, _ encoder: RPCProtobuf.MessageEncoder) {
    c.pointee.division = encoder.string(self.division, "ListApplicationsRequest.division")
    if let elements = encoder.enums(self.states) {
      c.pointee.n_states = self.states.count
      c.pointee.states = elements.assumingMemoryBound(to: Registry__V1__ApplicationState.self)
    }
    c.pointee.waiting_for_me = self.waitingForMe ? 1 : 0
    c.pointee.period = self.period
    c.pointee.page_size = self.pageSize
    c.pointee.page_token = encoder.string(self.pageToken, "ListApplicationsRequest.page_token")
  }
}

/// A line of a list of applications.
public struct ApplicationSummary: RPCProtobuf.Message {
  /// Its id.
  public var id: [UInt8]

  /// Its printed number.
  public var number: String

  /// Its version.
  public var version: UInt64

  /// Its state.
  public var state: ApplicationState

  /// The village's code.
  public var village: String

  /// The village's name.
  public var villageName: String

  /// The head's name.
  public var head: String

  /// How many members.
  public var members: UInt32

  /// The period.
  public var period: UInt32

  /// The poverty office's decision so far.
  public var povertyDecision: PovertyDecision

  /// Civil affairs' decision so far.
  public var securityDecision: SecurityDecision

  /// Possible duplicates that wait to be settled.
  public var possibleDuplicates: UInt32

  /// Objections that wait for their answer.
  public var openObjections: UInt32

  /// The open notice that it stands in; else empty.
  public var notice: [UInt8]

  /// It was sent back and waits at a level for the second time.
  public var returned: Bool

  /// The day of its last step.
  public var lastDay: Int32

  /// The message whose fields all have their default values.
  public init() {
    self.id = []
    self.number = ""
    self.version = 0
    self.state = ApplicationState(rawValue: 0)
    self.village = ""
    self.villageName = ""
    self.head = ""
    self.members = 0
    self.period = 0
    self.povertyDecision = PovertyDecision(rawValue: 0)
    self.securityDecision = SecurityDecision(rawValue: 0)
    self.possibleDuplicates = 0
    self.openObjections = 0
    self.notice = []
    self.returned = false
    self.lastDay = 0
  }

  /// A message with these values, and the default for what is not given.
  public init(
    id: [UInt8] = [],
    number: String = "",
    version: UInt64 = 0,
    state: ApplicationState = ApplicationState(rawValue: 0),
    village: String = "",
    villageName: String = "",
    head: String = "",
    members: UInt32 = 0,
    period: UInt32 = 0,
    povertyDecision: PovertyDecision = PovertyDecision(rawValue: 0),
    securityDecision: SecurityDecision = SecurityDecision(rawValue: 0),
    possibleDuplicates: UInt32 = 0,
    openObjections: UInt32 = 0,
    notice: [UInt8] = [],
    returned: Bool = false,
    lastDay: Int32 = 0
  ) {
    self.id = id
    self.number = number
    self.version = version
    self.state = state
    self.village = village
    self.villageName = villageName
    self.head = head
    self.members = members
    self.period = period
    self.povertyDecision = povertyDecision
    self.securityDecision = securityDecision
    self.possibleDuplicates = possibleDuplicates
    self.openObjections = openObjections
    self.notice = notice
    self.returned = returned
    self.lastDay = lastDay
  }

  /// The schema of the message.
  public static let messageDescriptor: RPCProtobuf.MessageDescriptor = {
    var c = Registry__V1__ApplicationSummary()
    registry__v1__application_summary__init(&c)
    return RPCProtobuf.MessageDescriptor(c.base.descriptor)
  }()

  /// Reads the unpacked C structure of the type; for the decoder alone.
  public init(structure: UnsafeRawPointer) {
    self.init(structure.assumingMemoryBound(to: Registry__V1__ApplicationSummary.self))
  }

  init(_ c: UnsafePointer<Registry__V1__ApplicationSummary>) {
    self.id = StructureReader.bytes(c.pointee.id.data, c.pointee.id.len)
    self.number = StructureReader.string(c.pointee.number)
    self.version = c.pointee.version
    self.state = ApplicationState(rawValue: Int32(truncatingIfNeeded: c.pointee.state.rawValue))
    self.village = StructureReader.string(c.pointee.village)
    self.villageName = StructureReader.string(c.pointee.village_name)
    self.head = StructureReader.string(c.pointee.head)
    self.members = c.pointee.members
    self.period = c.pointee.period
    self.povertyDecision = PovertyDecision(rawValue: Int32(truncatingIfNeeded: c.pointee.poverty_decision.rawValue))
    self.securityDecision = SecurityDecision(rawValue: Int32(truncatingIfNeeded: c.pointee.security_decision.rawValue))
    self.possibleDuplicates = c.pointee.possible_duplicates
    self.openObjections = c.pointee.open_objections
    self.notice = StructureReader.bytes(c.pointee.notice.data, c.pointee.notice.len)
    self.returned = c.pointee.returned != 0
    self.lastDay = c.pointee.last_day
  }

  /// Fills an initialised C structure of the type; for the encoder alone.
  public func fill(structure: UnsafeMutableRawPointer, encoder: RPCProtobuf.MessageEncoder) {
    fill(structure.assumingMemoryBound(to: Registry__V1__ApplicationSummary.self), encoder)
  }

  func fill(_ c: UnsafeMutablePointer<Registry__V1__ApplicationSummary>, _ encoder: RPCProtobuf.MessageEncoder) {
    c.pointee.id = ProtobufCBinaryData(len: self.id.count, data: encoder.bytes(self.id))
    c.pointee.number = encoder.string(self.number, "ApplicationSummary.number")
    c.pointee.version = self.version
    c.pointee.state = .init(rawValue: .init(truncatingIfNeeded: self.state.rawValue))
    c.pointee.village = encoder.string(self.village, "ApplicationSummary.village")
    c.pointee.village_name = encoder.string(self.villageName, "ApplicationSummary.village_name")
    c.pointee.head = encoder.string(self.head, "ApplicationSummary.head")
    c.pointee.members = self.members
    c.pointee.period = self.period
    c.pointee.poverty_decision = .init(rawValue: .init(truncatingIfNeeded: self.povertyDecision.rawValue))
    c.pointee.security_decision = .init(rawValue: .init(truncatingIfNeeded: self.securityDecision.rawValue))
    c.pointee.possible_duplicates = self.possibleDuplicates
    c.pointee.open_objections = self.openObjections
    c.pointee.notice = ProtobufCBinaryData(len: self.notice.count, data: encoder.bytes(self.notice))
    c.pointee.returned = self.returned ? 1 : 0
    c.pointee.last_day = self.lastDay
  }
}

/// A page of applications in the order of their recording.
public struct ListApplicationsResponse: RPCProtobuf.Message {
  /// The applications.
  public var applications: [ApplicationSummary]

  /// Asks for the next page; empty after the last.
  public var nextPageToken: String

  /// The message whose fields all have their default values.
  public init() {
    self.applications = []
    self.nextPageToken = ""
  }

  /// A message with these values, and the default for what is not given.
  public init(
    applications: [ApplicationSummary] = [],
    nextPageToken: String = ""
  ) {
    self.applications = applications
    self.nextPageToken = nextPageToken
  }

  /// The schema of the message.
  public static let messageDescriptor: RPCProtobuf.MessageDescriptor = {
    var c = Registry__V1__ListApplicationsResponse()
    registry__v1__list_applications_response__init(&c)
    return RPCProtobuf.MessageDescriptor(c.base.descriptor)
  }()

  /// Reads the unpacked C structure of the type; for the decoder alone.
  public init(structure: UnsafeRawPointer) {
    self.init(structure.assumingMemoryBound(to: Registry__V1__ListApplicationsResponse.self))
  }

  init(_ c: UnsafePointer<Registry__V1__ListApplicationsResponse>) {
    self.applications = StructureReader.messages(c.pointee.applications, c.pointee.n_applications) { ApplicationSummary($0) }
    self.nextPageToken = StructureReader.string(c.pointee.next_page_token)
  }

  /// Fills an initialised C structure of the type; for the encoder alone.
  public func fill(structure: UnsafeMutableRawPointer, encoder: RPCProtobuf.MessageEncoder) {
    fill(structure.assumingMemoryBound(to: Registry__V1__ListApplicationsResponse.self), encoder)
  }

  func fill(_ c: UnsafeMutablePointer<Registry__V1__ListApplicationsResponse>, _ encoder: RPCProtobuf.MessageEncoder) {
    if let elements = encoder.messages(self.applications, registry__v1__application_summary__init, { $0.fill($1, encoder) }) {
      c.pointee.n_applications = self.applications.count
      c.pointee.applications = elements
    }
    c.pointee.next_page_token = encoder.string(self.nextPageToken, "ListApplicationsResponse.next_page_token")
  }
}

/// Asks to post a notice in the caller's own division.
public struct OpenNoticeRequest: RPCProtobuf.Message {
  /// The division to post in: the caller's own; empty for it.
  public var division: String

  /// The applications to post; none for all that wait for their notice there, up to 2000.
  public var applications: [[UInt8]]

  /// The day on which it was posted; 0 for today.
  public var day: Int32

  /// Where it hangs.
  public var place: String

  /// The message whose fields all have their default values.
  public init() {
    self.division = ""
    self.applications = []
    self.day = 0
    self.place = ""
  }

  /// A message with these values, and the default for what is not given.
  public init(
    division: String = "",
    applications: [[UInt8]] = [],
    day: Int32 = 0,
    place: String = ""
  ) {
    self.division = division
    self.applications = applications
    self.day = day
    self.place = place
  }

  /// The schema of the message.
  public static let messageDescriptor: RPCProtobuf.MessageDescriptor = {
    var c = Registry__V1__OpenNoticeRequest()
    registry__v1__open_notice_request__init(&c)
    return RPCProtobuf.MessageDescriptor(c.base.descriptor)
  }()

  /// Reads the unpacked C structure of the type; for the decoder alone.
  public init(structure: UnsafeRawPointer) {
    self.init(structure.assumingMemoryBound(to: Registry__V1__OpenNoticeRequest.self))
  }

  init(_ c: UnsafePointer<Registry__V1__OpenNoticeRequest>) {
    self.division = StructureReader.string(c.pointee.division)
    self.applications = StructureReader.byteStrings(c.pointee.applications, c.pointee.n_applications)
    self.day = c.pointee.day
    self.place = StructureReader.string(c.pointee.place)
  }

  /// Fills an initialised C structure of the type; for the encoder alone.
  public func fill(structure: UnsafeMutableRawPointer, encoder: RPCProtobuf.MessageEncoder) {
    fill(structure.assumingMemoryBound(to: Registry__V1__OpenNoticeRequest.self), encoder)
  }

  func fill(_ c: UnsafeMutablePointer<Registry__V1__OpenNoticeRequest>, _ encoder: RPCProtobuf.MessageEncoder) {
    c.pointee.division = encoder.string(self.division, "OpenNoticeRequest.division")
    if let elements = encoder.byteStrings(self.applications) {
      c.pointee.n_applications = self.applications.count
      c.pointee.applications = elements.assumingMemoryBound(to: ProtobufCBinaryData.self)
    }
    c.pointee.day = self.day
    c.pointee.place = encoder.string(self.place, "OpenNoticeRequest.place")
  }
}

/// Asks to close a notice.
public struct CloseNoticeRequest: RPCProtobuf.Message {
  /// The notice.
  public var notice: [UInt8]

  /// The day on which it came down; 0 for today.
  public var day: Int32

  /// The message whose fields all have their default values.
  public init() {
    self.notice = []
    self.day = 0
  }

  /// A message with these values, and the default for what is not given.
  public init(
    notice: [UInt8] = [],
    day: Int32 = 0
  ) {
    self.notice = notice
    self.day = day
  }

  /// The schema of the message.
  public static let messageDescriptor: RPCProtobuf.MessageDescriptor = {
    var c = Registry__V1__CloseNoticeRequest()
    registry__v1__close_notice_request__init(&c)
    return RPCProtobuf.MessageDescriptor(c.base.descriptor)
  }()

  /// Reads the unpacked C structure of the type; for the decoder alone.
  public init(structure: UnsafeRawPointer) {
    self.init(structure.assumingMemoryBound(to: Registry__V1__CloseNoticeRequest.self))
  }

  init(_ c: UnsafePointer<Registry__V1__CloseNoticeRequest>) {
    self.notice = StructureReader.bytes(c.pointee.notice.data, c.pointee.notice.len)
    self.day = c.pointee.day
  }

  /// Fills an initialised C structure of the type; for the encoder alone.
  public func fill(structure: UnsafeMutableRawPointer, encoder: RPCProtobuf.MessageEncoder) {
    fill(structure.assumingMemoryBound(to: Registry__V1__CloseNoticeRequest.self), encoder)
  }

  func fill(_ c: UnsafeMutablePointer<Registry__V1__CloseNoticeRequest>, _ encoder: RPCProtobuf.MessageEncoder) {
    c.pointee.notice = ProtobufCBinaryData(len: self.notice.count, data: encoder.bytes(self.notice))
    c.pointee.day = self.day
  }
}

/// A notice and what became of its applications.
public struct NoticeResponse: RPCProtobuf.Message {
  /// The notice; absent when nothing could be posted.
  public var notice: Notice?

  /// One for each application.
  public var results: [StepResult]

  /// The message whose fields all have their default values.
  public init() {
    self.notice = nil
    self.results = []
  }

  /// A message with these values, and the default for what is not given.
  public init(
    notice: Notice? = nil,
    results: [StepResult] = []
  ) {
    self.notice = notice
    self.results = results
  }

  /// The schema of the message.
  public static let messageDescriptor: RPCProtobuf.MessageDescriptor = {
    var c = Registry__V1__NoticeResponse()
    registry__v1__notice_response__init(&c)
    return RPCProtobuf.MessageDescriptor(c.base.descriptor)
  }()

  /// Reads the unpacked C structure of the type; for the decoder alone.
  public init(structure: UnsafeRawPointer) {
    self.init(structure.assumingMemoryBound(to: Registry__V1__NoticeResponse.self))
  }

  init(_ c: UnsafePointer<Registry__V1__NoticeResponse>) {
    self.notice = c.pointee.notice.map { Notice(UnsafePointer($0)) }
    self.results = StructureReader.messages(c.pointee.results, c.pointee.n_results) { StepResult($0) }
  }

  /// Fills an initialised C structure of the type; for the encoder alone.
  public func fill(structure: UnsafeMutableRawPointer, encoder: RPCProtobuf.MessageEncoder) {
    fill(structure.assumingMemoryBound(to: Registry__V1__NoticeResponse.self), encoder)
  }

  func fill(_ c: UnsafeMutablePointer<Registry__V1__NoticeResponse>, _ encoder: RPCProtobuf.MessageEncoder) {
    if let value = self.notice {
      c.pointee.notice = encoder.message(registry__v1__notice__init) { value.fill($0, encoder) }
    }
    if let elements = encoder.messages(self.results, registry__v1__step_result__init, { $0.fill($1, encoder) }) {
      c.pointee.n_results = self.results.count
      c.pointee.results = elements
    }
  }
}

/// Asks for a notice.
public struct GetNoticeRequest: RPCProtobuf.Message {
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
    var c = Registry__V1__GetNoticeRequest()
    registry__v1__get_notice_request__init(&c)
    return RPCProtobuf.MessageDescriptor(c.base.descriptor)
  }()

  /// Reads the unpacked C structure of the type; for the decoder alone.
  public init(structure: UnsafeRawPointer) {
    self.init(structure.assumingMemoryBound(to: Registry__V1__GetNoticeRequest.self))
  }

  init(_ c: UnsafePointer<Registry__V1__GetNoticeRequest>) {
    self.id = StructureReader.bytes(c.pointee.id.data, c.pointee.id.len)
  }

  /// Fills an initialised C structure of the type; for the encoder alone.
  public func fill(structure: UnsafeMutableRawPointer, encoder: RPCProtobuf.MessageEncoder) {
    fill(structure.assumingMemoryBound(to: Registry__V1__GetNoticeRequest.self), encoder)
  }

  func fill(_ c: UnsafeMutablePointer<Registry__V1__GetNoticeRequest>, _ encoder: RPCProtobuf.MessageEncoder) {
    c.pointee.id = ProtobufCBinaryData(len: self.id.count, data: encoder.bytes(self.id))
  }
}

/// A line of a notice's sheet: nothing that need not hang on a wall.
public struct NoticeLine: RPCProtobuf.Message {
  /// The application's printed number.
  public var number: String

  /// The head's name.
  public var head: String

  /// How many members.
  public var members: UInt32

  /// The village's name and group.
  public var place: String

  /// What was decided so far: the category, or unspecified before the county.
  public var category: Category

  /// The main cause.
  public var mainCause: UInt32

  /// The message whose fields all have their default values.
  public init() {
    self.number = ""
    self.head = ""
    self.members = 0
    self.place = ""
    self.category = Category(rawValue: 0)
    self.mainCause = 0
  }

  /// A message with these values, and the default for what is not given.
  public init(
    number: String = "",
    head: String = "",
    members: UInt32 = 0,
    place: String = "",
    category: Category = Category(rawValue: 0),
    mainCause: UInt32 = 0
  ) {
    self.number = number
    self.head = head
    self.members = members
    self.place = place
    self.category = category
    self.mainCause = mainCause
  }

  /// The schema of the message.
  public static let messageDescriptor: RPCProtobuf.MessageDescriptor = {
    var c = Registry__V1__NoticeLine()
    registry__v1__notice_line__init(&c)
    return RPCProtobuf.MessageDescriptor(c.base.descriptor)
  }()

  /// Reads the unpacked C structure of the type; for the decoder alone.
  public init(structure: UnsafeRawPointer) {
    self.init(structure.assumingMemoryBound(to: Registry__V1__NoticeLine.self))
  }

  init(_ c: UnsafePointer<Registry__V1__NoticeLine>) {
    self.number = StructureReader.string(c.pointee.number)
    self.head = StructureReader.string(c.pointee.head)
    self.members = c.pointee.members
    self.place = StructureReader.string(c.pointee.place)
    self.category = Category(rawValue: Int32(truncatingIfNeeded: c.pointee.category.rawValue))
    self.mainCause = c.pointee.main_cause
  }

  /// Fills an initialised C structure of the type; for the encoder alone.
  public func fill(structure: UnsafeMutableRawPointer, encoder: RPCProtobuf.MessageEncoder) {
    fill(structure.assumingMemoryBound(to: Registry__V1__NoticeLine.self), encoder)
  }

  func fill(_ c: UnsafeMutablePointer<Registry__V1__NoticeLine>, _ encoder: RPCProtobuf.MessageEncoder) {
    c.pointee.number = encoder.string(self.number, "NoticeLine.number")
    c.pointee.head = encoder.string(self.head, "NoticeLine.head")
    c.pointee.members = self.members
    c.pointee.place = encoder.string(self.place, "NoticeLine.place")
    c.pointee.category = .init(rawValue: .init(truncatingIfNeeded: self.category.rawValue))
    c.pointee.main_cause = self.mainCause
  }
}

/// A notice as it hangs: for the printable sheet.
public struct NoticeSheet: RPCProtobuf.Message {
  /// The notice.
  public var notice: Notice?

  /// The division in which it hangs.
  public var division: Division?

  /// Its lines, in the order of villages and numbers.
  public var lines: [NoticeLine]

  /// Objections so far.
  public var objections: UInt32

  /// The people are generated, not real.
  public var synthetic: Bool

  /// The message whose fields all have their default values.
  public init() {
    self.notice = nil
    self.division = nil
    self.lines = []
    self.objections = 0
    self.synthetic = false
  }

  /// A message with these values, and the default for what is not given.
  public init(
    notice: Notice? = nil,
    division: Division? = nil,
    lines: [NoticeLine] = [],
    objections: UInt32 = 0,
    synthetic: Bool = false
  ) {
    self.notice = notice
    self.division = division
    self.lines = lines
    self.objections = objections
    self.synthetic = synthetic
  }

  /// The schema of the message.
  public static let messageDescriptor: RPCProtobuf.MessageDescriptor = {
    var c = Registry__V1__NoticeSheet()
    registry__v1__notice_sheet__init(&c)
    return RPCProtobuf.MessageDescriptor(c.base.descriptor)
  }()

  /// Reads the unpacked C structure of the type; for the decoder alone.
  public init(structure: UnsafeRawPointer) {
    self.init(structure.assumingMemoryBound(to: Registry__V1__NoticeSheet.self))
  }

  init(_ c: UnsafePointer<Registry__V1__NoticeSheet>) {
    self.notice = c.pointee.notice.map { Notice(UnsafePointer($0)) }
    self.division = c.pointee.division.map { Division(UnsafePointer($0)) }
    self.lines = StructureReader.messages(c.pointee.lines, c.pointee.n_lines) { NoticeLine($0) }
    self.objections = c.pointee.objections
    self.synthetic = c.pointee.synthetic != 0
  }

  /// Fills an initialised C structure of the type; for the encoder alone.
  public func fill(structure: UnsafeMutableRawPointer, encoder: RPCProtobuf.MessageEncoder) {
    fill(structure.assumingMemoryBound(to: Registry__V1__NoticeSheet.self), encoder)
  }

  func fill(_ c: UnsafeMutablePointer<Registry__V1__NoticeSheet>, _ encoder: RPCProtobuf.MessageEncoder) {
    if let value = self.notice {
      c.pointee.notice = encoder.message(registry__v1__notice__init) { value.fill($0, encoder) }
    }
    if let value = self.division {
      c.pointee.division = encoder.message(registry__v1__division__init) { value.fill($0, encoder) }
    }
    if let elements = encoder.messages(self.lines, registry__v1__notice_line__init, { $0.fill($1, encoder) }) {
      c.pointee.n_lines = self.lines.count
      c.pointee.lines = elements
    }
    c.pointee.objections = self.objections
    c.pointee.synthetic = self.synthetic ? 1 : 0
  }
}

/// Asks for notices.
public struct ListNoticesRequest: RPCProtobuf.Message {
  /// In this division or below; empty for the caller's area.
  public var division: String

  /// Only open ones.
  public var open: Bool

  /// At most this many; 0 for 50, at most 500.
  public var pageSize: UInt32

  /// Goes on from an earlier answer.
  public var pageToken: String

  /// The message whose fields all have their default values.
  public init() {
    self.division = ""
    self.open = false
    self.pageSize = 0
    self.pageToken = ""
  }

  /// A message with these values, and the default for what is not given.
  public init(
    division: String = "",
    open: Bool = false,
    pageSize: UInt32 = 0,
    pageToken: String = ""
  ) {
    self.division = division
    self.open = open
    self.pageSize = pageSize
    self.pageToken = pageToken
  }

  /// The schema of the message.
  public static let messageDescriptor: RPCProtobuf.MessageDescriptor = {
    var c = Registry__V1__ListNoticesRequest()
    registry__v1__list_notices_request__init(&c)
    return RPCProtobuf.MessageDescriptor(c.base.descriptor)
  }()

  /// Reads the unpacked C structure of the type; for the decoder alone.
  public init(structure: UnsafeRawPointer) {
    self.init(structure.assumingMemoryBound(to: Registry__V1__ListNoticesRequest.self))
  }

  init(_ c: UnsafePointer<Registry__V1__ListNoticesRequest>) {
    self.division = StructureReader.string(c.pointee.division)
    self.open = c.pointee.open != 0
    self.pageSize = c.pointee.page_size
    self.pageToken = StructureReader.string(c.pointee.page_token)
  }

  /// Fills an initialised C structure of the type; for the encoder alone.
  public func fill(structure: UnsafeMutableRawPointer, encoder: RPCProtobuf.MessageEncoder) {
    fill(structure.assumingMemoryBound(to: Registry__V1__ListNoticesRequest.self), encoder)
  }

  func fill(_ c: UnsafeMutablePointer<Registry__V1__ListNoticesRequest>, _ encoder: RPCProtobuf.MessageEncoder) {
    c.pointee.division = encoder.string(self.division, "ListNoticesRequest.division")
    c.pointee.open = self.open ? 1 : 0
    c.pointee.page_size = self.pageSize
    c.pointee.page_token = encoder.string(self.pageToken, "ListNoticesRequest.page_token")
  }
}

/// A page of notices in the order of their posting.
public struct ListNoticesResponse: RPCProtobuf.Message {
  /// The notices.
  public var notices: [Notice]

  /// Asks for the next page; empty after the last.
  public var nextPageToken: String

  /// The message whose fields all have their default values.
  public init() {
    self.notices = []
    self.nextPageToken = ""
  }

  /// A message with these values, and the default for what is not given.
  public init(
    notices: [Notice] = [],
    nextPageToken: String = ""
  ) {
    self.notices = notices
    self.nextPageToken = nextPageToken
  }

  /// The schema of the message.
  public static let messageDescriptor: RPCProtobuf.MessageDescriptor = {
    var c = Registry__V1__ListNoticesResponse()
    registry__v1__list_notices_response__init(&c)
    return RPCProtobuf.MessageDescriptor(c.base.descriptor)
  }()

  /// Reads the unpacked C structure of the type; for the decoder alone.
  public init(structure: UnsafeRawPointer) {
    self.init(structure.assumingMemoryBound(to: Registry__V1__ListNoticesResponse.self))
  }

  init(_ c: UnsafePointer<Registry__V1__ListNoticesResponse>) {
    self.notices = StructureReader.messages(c.pointee.notices, c.pointee.n_notices) { Notice($0) }
    self.nextPageToken = StructureReader.string(c.pointee.next_page_token)
  }

  /// Fills an initialised C structure of the type; for the encoder alone.
  public func fill(structure: UnsafeMutableRawPointer, encoder: RPCProtobuf.MessageEncoder) {
    fill(structure.assumingMemoryBound(to: Registry__V1__ListNoticesResponse.self), encoder)
  }

  func fill(_ c: UnsafeMutablePointer<Registry__V1__ListNoticesResponse>, _ encoder: RPCProtobuf.MessageEncoder) {
    if let elements = encoder.messages(self.notices, registry__v1__notice__init, { $0.fill($1, encoder) }) {
      c.pointee.n_notices = self.notices.count
      c.pointee.notices = elements
    }
    c.pointee.next_page_token = encoder.string(self.nextPageToken, "ListNoticesResponse.next_page_token")
  }
}

/// Asks to keep minutes.
public struct AttachMinutesRequest: RPCProtobuf.Message {
  /// The minutes: village, media type, name and content.
  public var minutes: Minutes?

  /// The message whose fields all have their default values.
  public init() {
    self.minutes = nil
  }

  /// A message with these values, and the default for what is not given.
  public init(
    minutes: Minutes? = nil
  ) {
    self.minutes = minutes
  }

  /// The schema of the message.
  public static let messageDescriptor: RPCProtobuf.MessageDescriptor = {
    var c = Registry__V1__AttachMinutesRequest()
    registry__v1__attach_minutes_request__init(&c)
    return RPCProtobuf.MessageDescriptor(c.base.descriptor)
  }()

  /// Reads the unpacked C structure of the type; for the decoder alone.
  public init(structure: UnsafeRawPointer) {
    self.init(structure.assumingMemoryBound(to: Registry__V1__AttachMinutesRequest.self))
  }

  init(_ c: UnsafePointer<Registry__V1__AttachMinutesRequest>) {
    self.minutes = c.pointee.minutes.map { Minutes(UnsafePointer($0)) }
  }

  /// Fills an initialised C structure of the type; for the encoder alone.
  public func fill(structure: UnsafeMutableRawPointer, encoder: RPCProtobuf.MessageEncoder) {
    fill(structure.assumingMemoryBound(to: Registry__V1__AttachMinutesRequest.self), encoder)
  }

  func fill(_ c: UnsafeMutablePointer<Registry__V1__AttachMinutesRequest>, _ encoder: RPCProtobuf.MessageEncoder) {
    if let value = self.minutes {
      c.pointee.minutes = encoder.message(registry__v1__minutes__init) { value.fill($0, encoder) }
    }
  }
}

/// Minutes that are kept.
public struct AttachMinutesResponse: RPCProtobuf.Message {
  /// Their id.
  public var id: [UInt8]

  /// SHA-256 of the bytes: what an appraisal names.
  public var digest: [UInt8]

  /// The message whose fields all have their default values.
  public init() {
    self.id = []
    self.digest = []
  }

  /// A message with these values, and the default for what is not given.
  public init(
    id: [UInt8] = [],
    digest: [UInt8] = []
  ) {
    self.id = id
    self.digest = digest
  }

  /// The schema of the message.
  public static let messageDescriptor: RPCProtobuf.MessageDescriptor = {
    var c = Registry__V1__AttachMinutesResponse()
    registry__v1__attach_minutes_response__init(&c)
    return RPCProtobuf.MessageDescriptor(c.base.descriptor)
  }()

  /// Reads the unpacked C structure of the type; for the decoder alone.
  public init(structure: UnsafeRawPointer) {
    self.init(structure.assumingMemoryBound(to: Registry__V1__AttachMinutesResponse.self))
  }

  init(_ c: UnsafePointer<Registry__V1__AttachMinutesResponse>) {
    self.id = StructureReader.bytes(c.pointee.id.data, c.pointee.id.len)
    self.digest = StructureReader.bytes(c.pointee.digest.data, c.pointee.digest.len)
  }

  /// Fills an initialised C structure of the type; for the encoder alone.
  public func fill(structure: UnsafeMutableRawPointer, encoder: RPCProtobuf.MessageEncoder) {
    fill(structure.assumingMemoryBound(to: Registry__V1__AttachMinutesResponse.self), encoder)
  }

  func fill(_ c: UnsafeMutablePointer<Registry__V1__AttachMinutesResponse>, _ encoder: RPCProtobuf.MessageEncoder) {
    c.pointee.id = ProtobufCBinaryData(len: self.id.count, data: encoder.bytes(self.id))
    c.pointee.digest = ProtobufCBinaryData(len: self.digest.count, data: encoder.bytes(self.digest))
  }
}

/// Asks for minutes.
public struct GetMinutesRequest: RPCProtobuf.Message {
  /// SHA-256 of the bytes.
  public var digest: [UInt8]

  /// The code of the village.
  public var division: String

  /// The message whose fields all have their default values.
  public init() {
    self.digest = []
    self.division = ""
  }

  /// A message with these values, and the default for what is not given.
  public init(
    digest: [UInt8] = [],
    division: String = ""
  ) {
    self.digest = digest
    self.division = division
  }

  /// The schema of the message.
  public static let messageDescriptor: RPCProtobuf.MessageDescriptor = {
    var c = Registry__V1__GetMinutesRequest()
    registry__v1__get_minutes_request__init(&c)
    return RPCProtobuf.MessageDescriptor(c.base.descriptor)
  }()

  /// Reads the unpacked C structure of the type; for the decoder alone.
  public init(structure: UnsafeRawPointer) {
    self.init(structure.assumingMemoryBound(to: Registry__V1__GetMinutesRequest.self))
  }

  init(_ c: UnsafePointer<Registry__V1__GetMinutesRequest>) {
    self.digest = StructureReader.bytes(c.pointee.digest.data, c.pointee.digest.len)
    self.division = StructureReader.string(c.pointee.division)
  }

  /// Fills an initialised C structure of the type; for the encoder alone.
  public func fill(structure: UnsafeMutableRawPointer, encoder: RPCProtobuf.MessageEncoder) {
    fill(structure.assumingMemoryBound(to: Registry__V1__GetMinutesRequest.self), encoder)
  }

  func fill(_ c: UnsafeMutablePointer<Registry__V1__GetMinutesRequest>, _ encoder: RPCProtobuf.MessageEncoder) {
    c.pointee.digest = ProtobufCBinaryData(len: self.digest.count, data: encoder.bytes(self.digest))
    c.pointee.division = encoder.string(self.division, "GetMinutesRequest.division")
  }
}

/// The methods of `registry.v1.ProcedureService`.
public enum ProcedureMethods {
  /// `Apply`.
  public static let apply = RPCCore.MethodDescriptor(
    service: "registry.v1.ProcedureService", method: "Apply",
    kind: .unary)
  /// `RecordSteps`.
  public static let recordSteps = RPCCore.MethodDescriptor(
    service: "registry.v1.ProcedureService", method: "RecordSteps",
    kind: .unary)
  /// `GetApplication`.
  public static let getApplication = RPCCore.MethodDescriptor(
    service: "registry.v1.ProcedureService", method: "GetApplication",
    kind: .unary, isReadOnly: true)
  /// `ListApplications`.
  public static let listApplications = RPCCore.MethodDescriptor(
    service: "registry.v1.ProcedureService", method: "ListApplications",
    kind: .unary, isReadOnly: true)
  /// `OpenNotice`.
  public static let openNotice = RPCCore.MethodDescriptor(
    service: "registry.v1.ProcedureService", method: "OpenNotice",
    kind: .unary)
  /// `CloseNotice`.
  public static let closeNotice = RPCCore.MethodDescriptor(
    service: "registry.v1.ProcedureService", method: "CloseNotice",
    kind: .unary)
  /// `GetNotice`.
  public static let getNotice = RPCCore.MethodDescriptor(
    service: "registry.v1.ProcedureService", method: "GetNotice",
    kind: .unary, isReadOnly: true)
  /// `ListNotices`.
  public static let listNotices = RPCCore.MethodDescriptor(
    service: "registry.v1.ProcedureService", method: "ListNotices",
    kind: .unary, isReadOnly: true)
  /// `AttachMinutes`.
  public static let attachMinutes = RPCCore.MethodDescriptor(
    service: "registry.v1.ProcedureService", method: "AttachMinutes",
    kind: .unary)
  /// `GetMinutes`.
  public static let getMinutes = RPCCore.MethodDescriptor(
    service: "registry.v1.ProcedureService", method: "GetMinutes",
    kind: .unary, isReadOnly: true)
  /// All of them, in the order of the schema.
  public static let all: [RPCCore.MethodDescriptor] = [
    apply,
    recordSteps,
    getApplication,
    listApplications,
    openNotice,
    closeNotice,
    getNotice,
    listNotices,
    attachMinutes,
    getMinutes,
  ]
}

/// Works on applications.
public protocol ProcedureService: RPCCore.Service {
  /// Records applications; a result for each, when all are durable.
  func apply(
    _ request: ApplyRequest, context: RPCCore.ServerContext
  ) async throws -> ApplyResponse
  /// Takes steps; each is done or refused alone, and the results come when all are durable.
  func recordSteps(
    _ request: RecordStepsRequest, context: RPCCore.ServerContext
  ) async throws -> RecordStepsResponse
  /// Gives an application whole.
  func getApplication(
    _ request: GetApplicationRequest, context: RPCCore.ServerContext
  ) async throws -> Application
  /// Lists applications, such as those that wait for the caller.
  func listApplications(
    _ request: ListApplicationsRequest, context: RPCCore.ServerContext
  ) async throws -> ListApplicationsResponse
  /// Posts a notice.
  func openNotice(
    _ request: OpenNoticeRequest, context: RPCCore.ServerContext
  ) async throws -> NoticeResponse
  /// Closes a notice: its applications move on, or back where an objection was upheld.
  func closeNotice(
    _ request: CloseNoticeRequest, context: RPCCore.ServerContext
  ) async throws -> NoticeResponse
  /// Gives what a notice's printed sheet says.
  func getNotice(
    _ request: GetNoticeRequest, context: RPCCore.ServerContext
  ) async throws -> NoticeSheet
  /// Lists notices.
  func listNotices(
    _ request: ListNoticesRequest, context: RPCCore.ServerContext
  ) async throws -> ListNoticesResponse
  /// Keeps minutes, sealed.
  func attachMinutes(
    _ request: AttachMinutesRequest, context: RPCCore.ServerContext
  ) async throws -> AttachMinutesResponse
  /// Gives minutes.
  func getMinutes(
    _ request: GetMinutesRequest, context: RPCCore.ServerContext
  ) async throws -> Minutes
}

extension ProcedureService {
  /// Adds every method of the service to a router.
  public func register(in router: inout RPCCore.Router) {
    router.unary(ProcedureMethods.apply) {
      (request: ApplyRequest, context) async throws -> ApplyResponse in
      try await self.apply(request, context: context)
    }
    router.unary(ProcedureMethods.recordSteps) {
      (request: RecordStepsRequest, context) async throws -> RecordStepsResponse in
      try await self.recordSteps(request, context: context)
    }
    router.unary(ProcedureMethods.getApplication) {
      (request: GetApplicationRequest, context) async throws -> Application in
      try await self.getApplication(request, context: context)
    }
    router.unary(ProcedureMethods.listApplications) {
      (request: ListApplicationsRequest, context) async throws -> ListApplicationsResponse in
      try await self.listApplications(request, context: context)
    }
    router.unary(ProcedureMethods.openNotice) {
      (request: OpenNoticeRequest, context) async throws -> NoticeResponse in
      try await self.openNotice(request, context: context)
    }
    router.unary(ProcedureMethods.closeNotice) {
      (request: CloseNoticeRequest, context) async throws -> NoticeResponse in
      try await self.closeNotice(request, context: context)
    }
    router.unary(ProcedureMethods.getNotice) {
      (request: GetNoticeRequest, context) async throws -> NoticeSheet in
      try await self.getNotice(request, context: context)
    }
    router.unary(ProcedureMethods.listNotices) {
      (request: ListNoticesRequest, context) async throws -> ListNoticesResponse in
      try await self.listNotices(request, context: context)
    }
    router.unary(ProcedureMethods.attachMinutes) {
      (request: AttachMinutesRequest, context) async throws -> AttachMinutesResponse in
      try await self.attachMinutes(request, context: context)
    }
    router.unary(ProcedureMethods.getMinutes) {
      (request: GetMinutesRequest, context) async throws -> Minutes in
      try await self.getMinutes(request, context: context)
    }
  }
}

/// Works on applications.
public struct ProcedureClient: Sendable {
  /// What carries the calls.
  public let channel: any RPCCore.Channel

  /// Calls the service over a channel.
  public init(_ channel: any RPCCore.Channel) { self.channel = channel }

  /// Records applications; a result for each, when all are durable.
  public func apply(
    _ request: ApplyRequest, options: RPCCore.CallOptions = RPCCore.CallOptions()
  ) async throws -> ApplyResponse {
    try await channel.unary(
      ProcedureMethods.apply, request, returning: ApplyResponse.self,
      options: options)
  }

  /// Takes steps; each is done or refused alone, and the results come when all are durable.
  public func recordSteps(
    _ request: RecordStepsRequest, options: RPCCore.CallOptions = RPCCore.CallOptions()
  ) async throws -> RecordStepsResponse {
    try await channel.unary(
      ProcedureMethods.recordSteps, request, returning: RecordStepsResponse.self,
      options: options)
  }

  /// Gives an application whole.
  public func getApplication(
    _ request: GetApplicationRequest, options: RPCCore.CallOptions = RPCCore.CallOptions()
  ) async throws -> Application {
    try await channel.unary(
      ProcedureMethods.getApplication, request, returning: Application.self,
      options: options)
  }

  /// Lists applications, such as those that wait for the caller.
  public func listApplications(
    _ request: ListApplicationsRequest, options: RPCCore.CallOptions = RPCCore.CallOptions()
  ) async throws -> ListApplicationsResponse {
    try await channel.unary(
      ProcedureMethods.listApplications, request, returning: ListApplicationsResponse.self,
      options: options)
  }

  /// Posts a notice.
  public func openNotice(
    _ request: OpenNoticeRequest, options: RPCCore.CallOptions = RPCCore.CallOptions()
  ) async throws -> NoticeResponse {
    try await channel.unary(
      ProcedureMethods.openNotice, request, returning: NoticeResponse.self,
      options: options)
  }

  /// Closes a notice: its applications move on, or back where an objection was upheld.
  public func closeNotice(
    _ request: CloseNoticeRequest, options: RPCCore.CallOptions = RPCCore.CallOptions()
  ) async throws -> NoticeResponse {
    try await channel.unary(
      ProcedureMethods.closeNotice, request, returning: NoticeResponse.self,
      options: options)
  }

  /// Gives what a notice's printed sheet says.
  public func getNotice(
    _ request: GetNoticeRequest, options: RPCCore.CallOptions = RPCCore.CallOptions()
  ) async throws -> NoticeSheet {
    try await channel.unary(
      ProcedureMethods.getNotice, request, returning: NoticeSheet.self,
      options: options)
  }

  /// Lists notices.
  public func listNotices(
    _ request: ListNoticesRequest, options: RPCCore.CallOptions = RPCCore.CallOptions()
  ) async throws -> ListNoticesResponse {
    try await channel.unary(
      ProcedureMethods.listNotices, request, returning: ListNoticesResponse.self,
      options: options)
  }

  /// Keeps minutes, sealed.
  public func attachMinutes(
    _ request: AttachMinutesRequest, options: RPCCore.CallOptions = RPCCore.CallOptions()
  ) async throws -> AttachMinutesResponse {
    try await channel.unary(
      ProcedureMethods.attachMinutes, request, returning: AttachMinutesResponse.self,
      options: options)
  }

  /// Gives minutes.
  public func getMinutes(
    _ request: GetMinutesRequest, options: RPCCore.CallOptions = RPCCore.CallOptions()
  ) async throws -> Minutes {
    try await channel.unary(
      ProcedureMethods.getMinutes, request, returning: Minutes.self,
      options: options)
  }
}
