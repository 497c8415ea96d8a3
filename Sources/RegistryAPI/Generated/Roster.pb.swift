// swift-format-ignore-file
// Generated from registry/v1/roster.proto by protoc-gen-registry-swift.
// Do not edit: run tools/generate

internal import CRegistryAPI
internal import CProtobufC
public import RPCCore
public import RPCProtobuf

/// What a roster is of.
public struct RosterKind: RPCProtobuf.MessageEnum {
  /// The number on the wire.
  public let rawValue: Int32
  /// Keeps any number.
  public init(rawValue: Int32) { self.rawValue = rawValue }

  /// Not given.
  public static let unspecified = RosterKind(rawValue: 0)

  /// Those who get the minimum living security.
  public static let dibao = RosterKind(rawValue: 1)

  /// Five-guarantee people.
  public static let fiveGuarantee = RosterKind(rawValue: 2)

  /// People with disability certificates.
  public static let disability = RosterKind(rawValue: 3)

  /// Another list.
  public static let other = RosterKind(rawValue: 4)

  /// The values that the schema names, by number.
  public static let allKnown: [RosterKind] = [
    .unspecified,
    .dibao,
    .fiveGuarantee,
    .disability,
    .other,
  ]

  /// The value's name in the schema, or its number in digits when it has none.
  public var name: String {
    switch rawValue {
    case 0: "ROSTER_KIND_UNSPECIFIED"
    case 1: "ROSTER_KIND_DIBAO"
    case 2: "ROSTER_KIND_FIVE_GUARANTEE"
    case 3: "ROSTER_KIND_DISABILITY"
    case 4: "ROSTER_KIND_OTHER"
    default: String(rawValue)
    }
  }
}

/// How a person of a roster or of the registry compares.
public struct ConvergenceFinding: RPCProtobuf.MessageEnum {
  /// The number on the wire.
  public let rawValue: Int32
  /// Keeps any number.
  public init(rawValue: Int32) { self.rawValue = rawValue }

  /// Not given.
  public static let unspecified = ConvergenceFinding(rawValue: 0)

  /// In both, under the same name.
  public static let both = ConvergenceFinding(rawValue: 1)

  /// In the roster alone: of the people of the roster each is in both, under another name or here.
  public static let rosterOnly = ConvergenceFinding(rawValue: 2)

  /// On the register as one of the roster's kind, and not in the roster.
  public static let registryOnly = ConvergenceFinding(rawValue: 3)

  /// The number is in both, under another name.
  public static let otherName = ConvergenceFinding(rawValue: 4)

  /// In both, and the household's category is not of the roster's kind.
  public static let category = ConvergenceFinding(rawValue: 5)

  /// The member's own mark contradicts the household's category.
  public static let mark = ConvergenceFinding(rawValue: 6)

  /// The number stands in two households of one county.
  public static let twice = ConvergenceFinding(rawValue: 7)

  /// The number is none.
  public static let malformed = ConvergenceFinding(rawValue: 8)

  /// The number stands in households of two counties.
  public static let counties = ConvergenceFinding(rawValue: 9)

  /// A household on the register as one of the roster's kind that cannot be compared: the roster has
  /// nobody of it, and a member has no number, or the name of a row whose number is none. Counted by
  /// household; nothing is proposed for it.
  public static let uncomparable = ConvergenceFinding(rawValue: 10)

  /// The values that the schema names, by number.
  public static let allKnown: [ConvergenceFinding] = [
    .unspecified,
    .both,
    .rosterOnly,
    .registryOnly,
    .otherName,
    .category,
    .mark,
    .twice,
    .malformed,
    .counties,
    .uncomparable,
  ]

  /// The value's name in the schema, or its number in digits when it has none.
  public var name: String {
    switch rawValue {
    case 0: "CONVERGENCE_FINDING_UNSPECIFIED"
    case 1: "CONVERGENCE_FINDING_BOTH"
    case 2: "CONVERGENCE_FINDING_ROSTER_ONLY"
    case 3: "CONVERGENCE_FINDING_REGISTRY_ONLY"
    case 4: "CONVERGENCE_FINDING_OTHER_NAME"
    case 5: "CONVERGENCE_FINDING_CATEGORY"
    case 6: "CONVERGENCE_FINDING_MARK"
    case 7: "CONVERGENCE_FINDING_TWICE"
    case 8: "CONVERGENCE_FINDING_MALFORMED"
    case 9: "CONVERGENCE_FINDING_COUNTIES"
    case 10: "CONVERGENCE_FINDING_UNCOMPARABLE"
    default: String(rawValue)
    }
  }
}

/// What became of a person between two rosters.
public struct RosterChange: RPCProtobuf.MessageEnum {
  /// The number on the wire.
  public let rawValue: Int32
  /// Keeps any number.
  public init(rawValue: Int32) { self.rawValue = rawValue }

  /// Not given.
  public static let unspecified = RosterChange(rawValue: 0)

  /// In the later one alone.
  public static let joined = RosterChange(rawValue: 1)

  /// In the earlier one alone.
  public static let left = RosterChange(rawValue: 2)

  /// The values that the schema names, by number.
  public static let allKnown: [RosterChange] = [
    .unspecified,
    .joined,
    .left,
  ]

  /// The value's name in the schema, or its number in digits when it has none.
  public var name: String {
    switch rawValue {
    case 0: "ROSTER_CHANGE_UNSPECIFIED"
    case 1: "ROSTER_CHANGE_JOINED"
    case 2: "ROSTER_CHANGE_LEFT"
    default: String(rawValue)
    }
  }
}

/// Where a proposal to start an application stands.
public struct StartState: RPCProtobuf.MessageEnum {
  /// The number on the wire.
  public let rawValue: Int32
  /// Keeps any number.
  public init(rawValue: Int32) { self.rawValue = rawValue }

  /// Not given.
  public static let unspecified = StartState(rawValue: 0)

  /// Nobody has settled it.
  public static let open = StartState(rawValue: 1)

  /// Accepted: the village is to take an application.
  public static let accepted = StartState(rawValue: 2)

  /// Refused.
  public static let refused = StartState(rawValue: 3)

  /// The person stands in an application or on a registered file of the roster's division by now.
  public static let started = StartState(rawValue: 4)

  /// The values that the schema names, by number.
  public static let allKnown: [StartState] = [
    .unspecified,
    .open,
    .accepted,
    .refused,
    .started,
  ]

  /// The value's name in the schema, or its number in digits when it has none.
  public var name: String {
    switch rawValue {
    case 0: "START_STATE_UNSPECIFIED"
    case 1: "START_STATE_OPEN"
    case 2: "START_STATE_ACCEPTED"
    case 3: "START_STATE_REFUSED"
    case 4: "START_STATE_STARTED"
    default: String(rawValue)
    }
  }
}

/// A roster; body of the entry that records its import, not sealed: it names nobody. Its rows are kept
/// beside the journal, ID numbers as keyed digests.
public struct Roster: RPCProtobuf.Message {
  /// The id that never changes; the node gives it.
  public var id: [UInt8]

  /// What it is of.
  public var kind: RosterKind

  /// The code of the division whose people it lists.
  public var division: String

  /// The day that it is of, YYYYMMDD.
  public var day: Int32

  /// What it is called; 1 to 200 bytes.
  public var name: String

  /// SHA-256 of the file: the same file is imported once.
  public var fileDigest: [UInt8]

  /// Rows of the file.
  public var rows: UInt64

  /// Different people whose numbers can be compared.
  public var people: UInt64

  /// Rows whose numbers are none.
  public var malformed: UInt64

  /// Rows that repeat a number.
  public var repeated: UInt64

  /// Who imported it: the identity's URI.
  public var importedBy: String

  /// The instant at which it was imported; the node gives it.
  public var recordedAt: Int64

  /// The message whose fields all have their default values.
  public init() {
    self.id = []
    self.kind = RosterKind(rawValue: 0)
    self.division = ""
    self.day = 0
    self.name = ""
    self.fileDigest = []
    self.rows = 0
    self.people = 0
    self.malformed = 0
    self.repeated = 0
    self.importedBy = ""
    self.recordedAt = 0
  }

  /// A message with these values, and the default for what is not given.
  public init(
    id: [UInt8] = [],
    kind: RosterKind = RosterKind(rawValue: 0),
    division: String = "",
    day: Int32 = 0,
    name: String = "",
    fileDigest: [UInt8] = [],
    rows: UInt64 = 0,
    people: UInt64 = 0,
    malformed: UInt64 = 0,
    repeated: UInt64 = 0,
    importedBy: String = "",
    recordedAt: Int64 = 0
  ) {
    self.id = id
    self.kind = kind
    self.division = division
    self.day = day
    self.name = name
    self.fileDigest = fileDigest
    self.rows = rows
    self.people = people
    self.malformed = malformed
    self.repeated = repeated
    self.importedBy = importedBy
    self.recordedAt = recordedAt
  }

  /// The schema of the message.
  public static let messageDescriptor: RPCProtobuf.MessageDescriptor = {
    var c = Registry__V1__Roster()
    registry__v1__roster__init(&c)
    return RPCProtobuf.MessageDescriptor(c.base.descriptor)
  }()

  /// Reads the unpacked C structure of the type; for the decoder alone.
  public init(structure: UnsafeRawPointer) {
    self.init(structure.assumingMemoryBound(to: Registry__V1__Roster.self))
  }

  init(_ c: UnsafePointer<Registry__V1__Roster>) {
    self.id = StructureReader.bytes(c.pointee.id.data, c.pointee.id.len)
    self.kind = RosterKind(rawValue: Int32(truncatingIfNeeded: c.pointee.kind.rawValue))
    self.division = StructureReader.string(c.pointee.division)
    self.day = c.pointee.day
    self.name = StructureReader.string(c.pointee.name)
    self.fileDigest = StructureReader.bytes(c.pointee.file_digest.data, c.pointee.file_digest.len)
    self.rows = c.pointee.rows
    self.people = c.pointee.people
    self.malformed = c.pointee.malformed
    self.repeated = c.pointee.repeated
    self.importedBy = StructureReader.string(c.pointee.imported_by)
    self.recordedAt = c.pointee.recorded_at
  }

  /// Fills an initialised C structure of the type; for the encoder alone.
  public func fill(structure: UnsafeMutableRawPointer, encoder: RPCProtobuf.MessageEncoder) {
    fill(structure.assumingMemoryBound(to: Registry__V1__Roster.self), encoder)
  }

  func fill(_ c: UnsafeMutablePointer<Registry__V1__Roster>, _ encoder: RPCProtobuf.MessageEncoder) {
    c.pointee.id = ProtobufCBinaryData(len: self.id.count, data: encoder.bytes(self.id))
    c.pointee.kind = .init(rawValue: .init(truncatingIfNeeded: self.kind.rawValue))
    c.pointee.division = encoder.string(self.division, "Roster.division")
    c.pointee.day = self.day
    c.pointee.name = encoder.string(self.name, "Roster.name")
    c.pointee.file_digest = ProtobufCBinaryData(len: self.fileDigest.count, data: encoder.bytes(self.fileDigest))
    c.pointee.rows = self.rows
    c.pointee.people = self.people
    c.pointee.malformed = self.malformed
    c.pointee.repeated = self.repeated
    c.pointee.imported_by = encoder.string(self.importedBy, "Roster.imported_by")
    c.pointee.recorded_at = self.recordedAt
  }

  /// A value of its own of what a view looks at.
  public init(_ view: borrowing View) { self.init(view._c) }

  /// A `Roster` where it lies unpacked; valid only while it is lent.
  public struct View: RPCProtobuf.MessageView, ~Escapable {
    /// The message that is looked at.
    public typealias ViewedMessage = Roster
    private let _structure: RPCProtobuf.LentStructure
    /// Looks at the unpacked C structure of the type; for the decoder alone.
    @_lifetime(copy structure)
    public init(_ structure: RPCProtobuf.LentStructure) { _structure = structure }
    fileprivate var _c: UnsafePointer<Registry__V1__Roster> {
      _structure.pointer.assumingMemoryBound(to: Registry__V1__Roster.self)
    }
    /// The id that never changes; the node gives it.
    public var id: Span<UInt8> {
      @_lifetime(copy self)
      get {
        return _structure.elements(_c.pointee.id.data, _c.pointee.id.len)
      }
    }
    /// What it is of.
    public var kind: RosterKind {
      return RosterKind(rawValue: Int32(truncatingIfNeeded: _c.pointee.kind.rawValue))
    }
    /// The code of the division whose people it lists.
    public var division: UTF8Span {
      @_lifetime(copy self)
      get {
        return _structure.text(_c.pointee.division)
      }
    }
    /// The day that it is of, YYYYMMDD.
    public var day: Int32 {
      return _c.pointee.day
    }
    /// What it is called; 1 to 200 bytes.
    public var name: UTF8Span {
      @_lifetime(copy self)
      get {
        return _structure.text(_c.pointee.name)
      }
    }
    /// SHA-256 of the file: the same file is imported once.
    public var fileDigest: Span<UInt8> {
      @_lifetime(copy self)
      get {
        return _structure.elements(_c.pointee.file_digest.data, _c.pointee.file_digest.len)
      }
    }
    /// Rows of the file.
    public var rows: UInt64 {
      return _c.pointee.rows
    }
    /// Different people whose numbers can be compared.
    public var people: UInt64 {
      return _c.pointee.people
    }
    /// Rows whose numbers are none.
    public var malformed: UInt64 {
      return _c.pointee.malformed
    }
    /// Rows that repeat a number.
    public var repeated: UInt64 {
      return _c.pointee.repeated
    }
    /// Who imported it: the identity's URI.
    public var importedBy: UTF8Span {
      @_lifetime(copy self)
      get {
        return _structure.text(_c.pointee.imported_by)
      }
    }
    /// The instant at which it was imported; the node gives it.
    public var recordedAt: Int64 {
      return _c.pointee.recorded_at
    }
  }
}

/// A row of a roster.
public struct RosterRow: RPCProtobuf.Message {
  /// Its place in the file, from 1.
  public var row: UInt64

  /// The citizen ID number.
  public var citizenId: String

  /// The name.
  public var name: String

  /// The message whose fields all have their default values.
  public init() {
    self.row = 0
    self.citizenId = ""
    self.name = ""
  }

  /// A message with these values, and the default for what is not given.
  public init(
    row: UInt64 = 0,
    citizenId: String = "",
    name: String = ""
  ) {
    self.row = row
    self.citizenId = citizenId
    self.name = name
  }

  /// The schema of the message.
  public static let messageDescriptor: RPCProtobuf.MessageDescriptor = {
    var c = Registry__V1__RosterRow()
    registry__v1__roster_row__init(&c)
    return RPCProtobuf.MessageDescriptor(c.base.descriptor)
  }()

  /// Reads the unpacked C structure of the type; for the decoder alone.
  public init(structure: UnsafeRawPointer) {
    self.init(structure.assumingMemoryBound(to: Registry__V1__RosterRow.self))
  }

  init(_ c: UnsafePointer<Registry__V1__RosterRow>) {
    self.row = c.pointee.row
    self.citizenId = StructureReader.string(c.pointee.citizen_id)
    self.name = StructureReader.string(c.pointee.name)
  }

  /// Fills an initialised C structure of the type; for the encoder alone.
  public func fill(structure: UnsafeMutableRawPointer, encoder: RPCProtobuf.MessageEncoder) {
    fill(structure.assumingMemoryBound(to: Registry__V1__RosterRow.self), encoder)
  }

  func fill(_ c: UnsafeMutablePointer<Registry__V1__RosterRow>, _ encoder: RPCProtobuf.MessageEncoder) {
    c.pointee.row = self.row
    c.pointee.citizen_id = encoder.string(self.citizenId, "RosterRow.citizen_id")
    c.pointee.name = encoder.string(self.name, "RosterRow.name")
  }

  /// A value of its own of what a view looks at.
  public init(_ view: borrowing View) { self.init(view._c) }

  /// A `RosterRow` where it lies unpacked; valid only while it is lent.
  public struct View: RPCProtobuf.MessageView, ~Escapable {
    /// The message that is looked at.
    public typealias ViewedMessage = RosterRow
    private let _structure: RPCProtobuf.LentStructure
    /// Looks at the unpacked C structure of the type; for the decoder alone.
    @_lifetime(copy structure)
    public init(_ structure: RPCProtobuf.LentStructure) { _structure = structure }
    fileprivate var _c: UnsafePointer<Registry__V1__RosterRow> {
      _structure.pointer.assumingMemoryBound(to: Registry__V1__RosterRow.self)
    }
    /// Its place in the file, from 1.
    public var row: UInt64 {
      return _c.pointee.row
    }
    /// The citizen ID number.
    public var citizenId: UTF8Span {
      @_lifetime(copy self)
      get {
        return _structure.text(_c.pointee.citizen_id)
      }
    }
    /// The name.
    public var name: UTF8Span {
      @_lifetime(copy self)
      get {
        return _structure.text(_c.pointee.name)
      }
    }
  }
}

/// A part of a roster's import.
public struct ImportRosterRequest: RPCProtobuf.Message {
  /// What is imported; in the first message alone, with kind, division, day, name and digest.
  public var roster: Roster?

  /// Rows in the file's order; at most 10,000 a message.
  public var rows: [RosterRow]

  /// The message whose fields all have their default values.
  public init() {
    self.roster = nil
    self.rows = []
  }

  /// A message with these values, and the default for what is not given.
  public init(
    roster: Roster? = nil,
    rows: [RosterRow] = []
  ) {
    self.roster = roster
    self.rows = rows
  }

  /// The schema of the message.
  public static let messageDescriptor: RPCProtobuf.MessageDescriptor = {
    var c = Registry__V1__ImportRosterRequest()
    registry__v1__import_roster_request__init(&c)
    return RPCProtobuf.MessageDescriptor(c.base.descriptor)
  }()

  /// Reads the unpacked C structure of the type; for the decoder alone.
  public init(structure: UnsafeRawPointer) {
    self.init(structure.assumingMemoryBound(to: Registry__V1__ImportRosterRequest.self))
  }

  init(_ c: UnsafePointer<Registry__V1__ImportRosterRequest>) {
    self.roster = c.pointee.roster.map { Roster(UnsafePointer($0)) }
    self.rows = StructureReader.messages(c.pointee.rows, c.pointee.n_rows) { RosterRow($0) }
  }

  /// Fills an initialised C structure of the type; for the encoder alone.
  public func fill(structure: UnsafeMutableRawPointer, encoder: RPCProtobuf.MessageEncoder) {
    fill(structure.assumingMemoryBound(to: Registry__V1__ImportRosterRequest.self), encoder)
  }

  func fill(_ c: UnsafeMutablePointer<Registry__V1__ImportRosterRequest>, _ encoder: RPCProtobuf.MessageEncoder) {
    if let value = self.roster {
      c.pointee.roster = encoder.message(registry__v1__roster__init) { value.fill($0, encoder) }
    }
    if let elements = encoder.messages(self.rows, registry__v1__roster_row__init, { $0.fill($1, encoder) }) {
      c.pointee.n_rows = self.rows.count
      c.pointee.rows = elements
    }
  }

  /// A value of its own of what a view looks at.
  public init(_ view: borrowing View) { self.init(view._c) }

  /// A `ImportRosterRequest` where it lies unpacked; valid only while it is lent.
  public struct View: RPCProtobuf.MessageView, ~Escapable {
    /// The message that is looked at.
    public typealias ViewedMessage = ImportRosterRequest
    private let _structure: RPCProtobuf.LentStructure
    /// Looks at the unpacked C structure of the type; for the decoder alone.
    @_lifetime(copy structure)
    public init(_ structure: RPCProtobuf.LentStructure) { _structure = structure }
    fileprivate var _c: UnsafePointer<Registry__V1__ImportRosterRequest> {
      _structure.pointer.assumingMemoryBound(to: Registry__V1__ImportRosterRequest.self)
    }
    /// What is imported; in the first message alone, with kind, division, day, name and digest.
    public var roster: Roster.View? {
      @_lifetime(copy self)
      get {
        guard let inner = _c.pointee.roster else { return nil }
        return Roster.View(_structure.inner(UnsafeRawPointer(inner)))
      }
    }
    /// Rows in the file's order; at most 10,000 a message.
    public var rows: RPCProtobuf.MessageViews<RosterRow.View> {
      @_lifetime(copy self)
      get {
        return _structure.messages(_c.pointee.rows, _c.pointee.n_rows, as: RosterRow.View.self)
      }
    }
  }
}

/// What became of a part of a roster.
public struct ImportRosterResponse: RPCProtobuf.Message {
  /// The rows of the part whose numbers are none, with the rule that each breaks.
  public var faults: [Violation]

  /// The roster; in the last message, when it is durable.
  public var roster: Roster?

  /// It was imported before: nothing was done.
  public var known: Bool

  /// The message whose fields all have their default values.
  public init() {
    self.faults = []
    self.roster = nil
    self.known = false
  }

  /// A message with these values, and the default for what is not given.
  public init(
    faults: [Violation] = [],
    roster: Roster? = nil,
    known: Bool = false
  ) {
    self.faults = faults
    self.roster = roster
    self.known = known
  }

  /// The schema of the message.
  public static let messageDescriptor: RPCProtobuf.MessageDescriptor = {
    var c = Registry__V1__ImportRosterResponse()
    registry__v1__import_roster_response__init(&c)
    return RPCProtobuf.MessageDescriptor(c.base.descriptor)
  }()

  /// Reads the unpacked C structure of the type; for the decoder alone.
  public init(structure: UnsafeRawPointer) {
    self.init(structure.assumingMemoryBound(to: Registry__V1__ImportRosterResponse.self))
  }

  init(_ c: UnsafePointer<Registry__V1__ImportRosterResponse>) {
    self.faults = StructureReader.messages(c.pointee.faults, c.pointee.n_faults) { Violation($0) }
    self.roster = c.pointee.roster.map { Roster(UnsafePointer($0)) }
    self.known = c.pointee.known != 0
  }

  /// Fills an initialised C structure of the type; for the encoder alone.
  public func fill(structure: UnsafeMutableRawPointer, encoder: RPCProtobuf.MessageEncoder) {
    fill(structure.assumingMemoryBound(to: Registry__V1__ImportRosterResponse.self), encoder)
  }

  func fill(_ c: UnsafeMutablePointer<Registry__V1__ImportRosterResponse>, _ encoder: RPCProtobuf.MessageEncoder) {
    if let elements = encoder.messages(self.faults, registry__v1__violation__init, { $0.fill($1, encoder) }) {
      c.pointee.n_faults = self.faults.count
      c.pointee.faults = elements
    }
    if let value = self.roster {
      c.pointee.roster = encoder.message(registry__v1__roster__init) { value.fill($0, encoder) }
    }
    c.pointee.known = self.known ? 1 : 0
  }
}

/// Asks for rosters: those that the caller sees. An office that does not see its area whole sees those
/// that offices of its kind imported.
public struct ListRostersRequest: RPCProtobuf.Message {
  /// In this division or below; empty for the caller's whole area.
  public var division: String

  /// At most this many; 0 for 100, at most 1,000.
  public var pageSize: UInt32

  /// Goes on from an earlier answer to the same question.
  public var pageToken: String

  /// The message whose fields all have their default values.
  public init() {
    self.division = ""
    self.pageSize = 0
    self.pageToken = ""
  }

  /// A message with these values, and the default for what is not given.
  public init(
    division: String = "",
    pageSize: UInt32 = 0,
    pageToken: String = ""
  ) {
    self.division = division
    self.pageSize = pageSize
    self.pageToken = pageToken
  }

  /// The schema of the message.
  public static let messageDescriptor: RPCProtobuf.MessageDescriptor = {
    var c = Registry__V1__ListRostersRequest()
    registry__v1__list_rosters_request__init(&c)
    return RPCProtobuf.MessageDescriptor(c.base.descriptor)
  }()

  /// Reads the unpacked C structure of the type; for the decoder alone.
  public init(structure: UnsafeRawPointer) {
    self.init(structure.assumingMemoryBound(to: Registry__V1__ListRostersRequest.self))
  }

  init(_ c: UnsafePointer<Registry__V1__ListRostersRequest>) {
    self.division = StructureReader.string(c.pointee.division)
    self.pageSize = c.pointee.page_size
    self.pageToken = StructureReader.string(c.pointee.page_token)
  }

  /// Fills an initialised C structure of the type; for the encoder alone.
  public func fill(structure: UnsafeMutableRawPointer, encoder: RPCProtobuf.MessageEncoder) {
    fill(structure.assumingMemoryBound(to: Registry__V1__ListRostersRequest.self), encoder)
  }

  func fill(_ c: UnsafeMutablePointer<Registry__V1__ListRostersRequest>, _ encoder: RPCProtobuf.MessageEncoder) {
    c.pointee.division = encoder.string(self.division, "ListRostersRequest.division")
    c.pointee.page_size = self.pageSize
    c.pointee.page_token = encoder.string(self.pageToken, "ListRostersRequest.page_token")
  }
}

/// Rosters, the latest first.
public struct ListRostersResponse: RPCProtobuf.Message {
  /// The rosters.
  public var rosters: [Roster]

  /// Goes on behind these; empty at the end.
  public var nextPageToken: String

  /// The message whose fields all have their default values.
  public init() {
    self.rosters = []
    self.nextPageToken = ""
  }

  /// A message with these values, and the default for what is not given.
  public init(
    rosters: [Roster] = [],
    nextPageToken: String = ""
  ) {
    self.rosters = rosters
    self.nextPageToken = nextPageToken
  }

  /// The schema of the message.
  public static let messageDescriptor: RPCProtobuf.MessageDescriptor = {
    var c = Registry__V1__ListRostersResponse()
    registry__v1__list_rosters_response__init(&c)
    return RPCProtobuf.MessageDescriptor(c.base.descriptor)
  }()

  /// Reads the unpacked C structure of the type; for the decoder alone.
  public init(structure: UnsafeRawPointer) {
    self.init(structure.assumingMemoryBound(to: Registry__V1__ListRostersResponse.self))
  }

  init(_ c: UnsafePointer<Registry__V1__ListRostersResponse>) {
    self.rosters = StructureReader.messages(c.pointee.rosters, c.pointee.n_rosters) { Roster($0) }
    self.nextPageToken = StructureReader.string(c.pointee.next_page_token)
  }

  /// Fills an initialised C structure of the type; for the encoder alone.
  public func fill(structure: UnsafeMutableRawPointer, encoder: RPCProtobuf.MessageEncoder) {
    fill(structure.assumingMemoryBound(to: Registry__V1__ListRostersResponse.self), encoder)
  }

  func fill(_ c: UnsafeMutablePointer<Registry__V1__ListRostersResponse>, _ encoder: RPCProtobuf.MessageEncoder) {
    if let elements = encoder.messages(self.rosters, registry__v1__roster__init, { $0.fill($1, encoder) }) {
      c.pointee.n_rosters = self.rosters.count
      c.pointee.rosters = elements
    }
    c.pointee.next_page_token = encoder.string(self.nextPageToken, "ListRostersResponse.next_page_token")
  }
}

/// Asks to forget a roster's rows; that it was imported stays on record. The office that imported it
/// asks, or one above it of the same kind.
public struct RemoveRosterRequest: RPCProtobuf.Message {
  /// The roster.
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
    var c = Registry__V1__RemoveRosterRequest()
    registry__v1__remove_roster_request__init(&c)
    return RPCProtobuf.MessageDescriptor(c.base.descriptor)
  }()

  /// Reads the unpacked C structure of the type; for the decoder alone.
  public init(structure: UnsafeRawPointer) {
    self.init(structure.assumingMemoryBound(to: Registry__V1__RemoveRosterRequest.self))
  }

  init(_ c: UnsafePointer<Registry__V1__RemoveRosterRequest>) {
    self.id = StructureReader.bytes(c.pointee.id.data, c.pointee.id.len)
  }

  /// Fills an initialised C structure of the type; for the encoder alone.
  public func fill(structure: UnsafeMutableRawPointer, encoder: RPCProtobuf.MessageEncoder) {
    fill(structure.assumingMemoryBound(to: Registry__V1__RemoveRosterRequest.self), encoder)
  }

  func fill(_ c: UnsafeMutablePointer<Registry__V1__RemoveRosterRequest>, _ encoder: RPCProtobuf.MessageEncoder) {
    c.pointee.id = ProtobufCBinaryData(len: self.id.count, data: encoder.bytes(self.id))
  }
}

/// It is forgotten.
public struct RemoveRosterResponse: RPCProtobuf.Message {
  /// The message whose fields all have their default values.
  public init() {
  }

  /// The schema of the message.
  public static let messageDescriptor: RPCProtobuf.MessageDescriptor = {
    var c = Registry__V1__RemoveRosterResponse()
    registry__v1__remove_roster_response__init(&c)
    return RPCProtobuf.MessageDescriptor(c.base.descriptor)
  }()

  /// Reads the unpacked C structure of the type; for the decoder alone.
  public init(structure: UnsafeRawPointer) {
    self.init(structure.assumingMemoryBound(to: Registry__V1__RemoveRosterResponse.self))
  }

  init(_ c: UnsafePointer<Registry__V1__RemoveRosterResponse>) {
  }

  /// Fills an initialised C structure of the type; for the encoder alone.
  public func fill(structure: UnsafeMutableRawPointer, encoder: RPCProtobuf.MessageEncoder) {
    fill(structure.assumingMemoryBound(to: Registry__V1__RemoveRosterResponse.self), encoder)
  }

  func fill(_ c: UnsafeMutablePointer<Registry__V1__RemoveRosterResponse>, _ encoder: RPCProtobuf.MessageEncoder) {
  }
}

/// Asks how a roster and the registry compare.
public struct ConvergeRequest: RPCProtobuf.Message {
  /// The roster.
  public var roster: [UInt8]

  /// The message whose fields all have their default values.
  public init() {
    self.roster = []
  }

  /// A message with these values, and the default for what is not given.
  public init(
    roster: [UInt8] = []
  ) {
    self.roster = roster
  }

  /// The schema of the message.
  public static let messageDescriptor: RPCProtobuf.MessageDescriptor = {
    var c = Registry__V1__ConvergeRequest()
    registry__v1__converge_request__init(&c)
    return RPCProtobuf.MessageDescriptor(c.base.descriptor)
  }()

  /// Reads the unpacked C structure of the type; for the decoder alone.
  public init(structure: UnsafeRawPointer) {
    self.init(structure.assumingMemoryBound(to: Registry__V1__ConvergeRequest.self))
  }

  init(_ c: UnsafePointer<Registry__V1__ConvergeRequest>) {
    self.roster = StructureReader.bytes(c.pointee.roster.data, c.pointee.roster.len)
  }

  /// Fills an initialised C structure of the type; for the encoder alone.
  public func fill(structure: UnsafeMutableRawPointer, encoder: RPCProtobuf.MessageEncoder) {
    fill(structure.assumingMemoryBound(to: Registry__V1__ConvergeRequest.self), encoder)
  }

  func fill(_ c: UnsafeMutablePointer<Registry__V1__ConvergeRequest>, _ encoder: RPCProtobuf.MessageEncoder) {
    c.pointee.roster = ProtobufCBinaryData(len: self.roster.count, data: encoder.bytes(self.roster))
  }
}

/// A number of people with a finding.
public struct ConvergenceCount: RPCProtobuf.Message {
  /// The finding.
  public var finding: ConvergenceFinding

  /// How many: people of the roster, each once in a division, whatever number of households they stand
  /// in; of `REGISTRY_ONLY` and `MARK` members, of `UNCOMPARABLE` households.
  public var people: Int64

  /// The message whose fields all have their default values.
  public init() {
    self.finding = ConvergenceFinding(rawValue: 0)
    self.people = 0
  }

  /// A message with these values, and the default for what is not given.
  public init(
    finding: ConvergenceFinding = ConvergenceFinding(rawValue: 0),
    people: Int64 = 0
  ) {
    self.finding = finding
    self.people = people
  }

  /// The schema of the message.
  public static let messageDescriptor: RPCProtobuf.MessageDescriptor = {
    var c = Registry__V1__ConvergenceCount()
    registry__v1__convergence_count__init(&c)
    return RPCProtobuf.MessageDescriptor(c.base.descriptor)
  }()

  /// Reads the unpacked C structure of the type; for the decoder alone.
  public init(structure: UnsafeRawPointer) {
    self.init(structure.assumingMemoryBound(to: Registry__V1__ConvergenceCount.self))
  }

  init(_ c: UnsafePointer<Registry__V1__ConvergenceCount>) {
    self.finding = ConvergenceFinding(rawValue: Int32(truncatingIfNeeded: c.pointee.finding.rawValue))
    self.people = c.pointee.people
  }

  /// Fills an initialised C structure of the type; for the encoder alone.
  public func fill(structure: UnsafeMutableRawPointer, encoder: RPCProtobuf.MessageEncoder) {
    fill(structure.assumingMemoryBound(to: Registry__V1__ConvergenceCount.self), encoder)
  }

  func fill(_ c: UnsafeMutablePointer<Registry__V1__ConvergenceCount>, _ encoder: RPCProtobuf.MessageEncoder) {
    c.pointee.finding = .init(rawValue: .init(truncatingIfNeeded: self.finding.rawValue))
    c.pointee.people = self.people
  }
}

/// The counts of a division.
public struct ConvergenceCounts: RPCProtobuf.Message {
  /// The division; absent for those whose place only the registry would know.
  public var division: Division?

  /// The counts, in the order of the findings.
  public var counts: [ConvergenceCount]

  /// The message whose fields all have their default values.
  public init() {
    self.division = nil
    self.counts = []
  }

  /// A message with these values, and the default for what is not given.
  public init(
    division: Division? = nil,
    counts: [ConvergenceCount] = []
  ) {
    self.division = division
    self.counts = counts
  }

  /// The schema of the message.
  public static let messageDescriptor: RPCProtobuf.MessageDescriptor = {
    var c = Registry__V1__ConvergenceCounts()
    registry__v1__convergence_counts__init(&c)
    return RPCProtobuf.MessageDescriptor(c.base.descriptor)
  }()

  /// Reads the unpacked C structure of the type; for the decoder alone.
  public init(structure: UnsafeRawPointer) {
    self.init(structure.assumingMemoryBound(to: Registry__V1__ConvergenceCounts.self))
  }

  init(_ c: UnsafePointer<Registry__V1__ConvergenceCounts>) {
    self.division = c.pointee.division.map { Division(UnsafePointer($0)) }
    self.counts = StructureReader.messages(c.pointee.counts, c.pointee.n_counts) { ConvergenceCount($0) }
  }

  /// Fills an initialised C structure of the type; for the encoder alone.
  public func fill(structure: UnsafeMutableRawPointer, encoder: RPCProtobuf.MessageEncoder) {
    fill(structure.assumingMemoryBound(to: Registry__V1__ConvergenceCounts.self), encoder)
  }

  func fill(_ c: UnsafeMutablePointer<Registry__V1__ConvergenceCounts>, _ encoder: RPCProtobuf.MessageEncoder) {
    if let value = self.division {
      c.pointee.division = encoder.message(registry__v1__division__init) { value.fill($0, encoder) }
    }
    if let elements = encoder.messages(self.counts, registry__v1__convergence_count__init, { $0.fill($1, encoder) }) {
      c.pointee.n_counts = self.counts.count
      c.pointee.counts = elements
    }
  }
}

/// How a roster and the registry compare.
public struct ConvergenceReport: RPCProtobuf.Message {
  /// The roster.
  public var roster: Roster?

  /// The roster's division first, then those directly below. One who stands in two of these counts in
  /// each of them.
  public var divisions: [ConvergenceCounts]

  /// The people are generated, not real.
  public var synthetic: Bool

  /// The groups of data that the caller does not see: people and findings that tell of them are left
  /// out.
  public var withheld: [DisclosureClass]

  /// The message whose fields all have their default values.
  public init() {
    self.roster = nil
    self.divisions = []
    self.synthetic = false
    self.withheld = []
  }

  /// A message with these values, and the default for what is not given.
  public init(
    roster: Roster? = nil,
    divisions: [ConvergenceCounts] = [],
    synthetic: Bool = false,
    withheld: [DisclosureClass] = []
  ) {
    self.roster = roster
    self.divisions = divisions
    self.synthetic = synthetic
    self.withheld = withheld
  }

  /// The schema of the message.
  public static let messageDescriptor: RPCProtobuf.MessageDescriptor = {
    var c = Registry__V1__ConvergenceReport()
    registry__v1__convergence_report__init(&c)
    return RPCProtobuf.MessageDescriptor(c.base.descriptor)
  }()

  /// Reads the unpacked C structure of the type; for the decoder alone.
  public init(structure: UnsafeRawPointer) {
    self.init(structure.assumingMemoryBound(to: Registry__V1__ConvergenceReport.self))
  }

  init(_ c: UnsafePointer<Registry__V1__ConvergenceReport>) {
    self.roster = c.pointee.roster.map { Roster(UnsafePointer($0)) }
    self.divisions = StructureReader.messages(c.pointee.divisions, c.pointee.n_divisions) { ConvergenceCounts($0) }
    self.synthetic = c.pointee.synthetic != 0
    self.withheld = StructureReader.enums(c.pointee.withheld, c.pointee.n_withheld)
  }

  /// Fills an initialised C structure of the type; for the encoder alone.
  public func fill(structure: UnsafeMutableRawPointer, encoder: RPCProtobuf.MessageEncoder) {
    fill(structure.assumingMemoryBound(to: Registry__V1__ConvergenceReport.self), encoder)
  }

  func fill(_ c: UnsafeMutablePointer<Registry__V1__ConvergenceReport>, _ encoder: RPCProtobuf.MessageEncoder) {
    if let value = self.roster {
      c.pointee.roster = encoder.message(registry__v1__roster__init) { value.fill($0, encoder) }
    }
    if let elements = encoder.messages(self.divisions, registry__v1__convergence_counts__init, { $0.fill($1, encoder) }) {
      c.pointee.n_divisions = self.divisions.count
      c.pointee.divisions = elements
    }
    c.pointee.synthetic = self.synthetic ? 1 : 0
    if let elements = encoder.enums(self.withheld) {
      c.pointee.n_withheld = self.withheld.count
      c.pointee.withheld = elements.assumingMemoryBound(to: Registry__V1__DisclosureClass.self)
    }
  }
}

/// Asks for the people of a finding.
public struct ListConvergenceRequest: RPCProtobuf.Message {
  /// The roster; compared before.
  public var roster: [UInt8]

  /// The finding. A caller that does not see its area whole lists `BOTH`, `ROSTER_ONLY`, `OTHER_NAME`,
  /// `TWICE`, `COUNTIES` and `MALFORMED`, and of a roster of disability `REGISTRY_ONLY`. `BOTH` and
  /// `ROSTER_ONLY` are told as the registry is now, the others as it was when it was compared.
  public var finding: ConvergenceFinding

  /// The message whose fields all have their default values.
  public init() {
    self.roster = []
    self.finding = ConvergenceFinding(rawValue: 0)
  }

  /// A message with these values, and the default for what is not given.
  public init(
    roster: [UInt8] = [],
    finding: ConvergenceFinding = ConvergenceFinding(rawValue: 0)
  ) {
    self.roster = roster
    self.finding = finding
  }

  /// The schema of the message.
  public static let messageDescriptor: RPCProtobuf.MessageDescriptor = {
    var c = Registry__V1__ListConvergenceRequest()
    registry__v1__list_convergence_request__init(&c)
    return RPCProtobuf.MessageDescriptor(c.base.descriptor)
  }()

  /// Reads the unpacked C structure of the type; for the decoder alone.
  public init(structure: UnsafeRawPointer) {
    self.init(structure.assumingMemoryBound(to: Registry__V1__ListConvergenceRequest.self))
  }

  init(_ c: UnsafePointer<Registry__V1__ListConvergenceRequest>) {
    self.roster = StructureReader.bytes(c.pointee.roster.data, c.pointee.roster.len)
    self.finding = ConvergenceFinding(rawValue: Int32(truncatingIfNeeded: c.pointee.finding.rawValue))
  }

  /// Fills an initialised C structure of the type; for the encoder alone.
  public func fill(structure: UnsafeMutableRawPointer, encoder: RPCProtobuf.MessageEncoder) {
    fill(structure.assumingMemoryBound(to: Registry__V1__ListConvergenceRequest.self), encoder)
  }

  func fill(_ c: UnsafeMutablePointer<Registry__V1__ListConvergenceRequest>, _ encoder: RPCProtobuf.MessageEncoder) {
    c.pointee.roster = ProtobufCBinaryData(len: self.roster.count, data: encoder.bytes(self.roster))
    c.pointee.finding = .init(rawValue: .init(truncatingIfNeeded: self.finding.rawValue))
  }
}

/// A person with a finding; one who stands in several households has a row for each, one behind the
/// other.
public struct ConvergenceRow: RPCProtobuf.Message {
  /// The row of the roster; 0 where the person is not in it.
  public var row: UInt64

  /// The name in the roster; empty where the person is not in it.
  public var name: String

  /// The household's printed number; empty where the person is not on the register.
  public var household: String

  /// The member's place in the file, from 1, among those whom the caller sees; 0 where the person is
  /// not on the register.
  public var member: UInt32

  /// The village's code.
  public var village: String

  /// The household's category.
  public var category: Category

  /// The message whose fields all have their default values.
  public init() {
    self.row = 0
    self.name = ""
    self.household = ""
    self.member = 0
    self.village = ""
    self.category = Category(rawValue: 0)
  }

  /// A message with these values, and the default for what is not given.
  public init(
    row: UInt64 = 0,
    name: String = "",
    household: String = "",
    member: UInt32 = 0,
    village: String = "",
    category: Category = Category(rawValue: 0)
  ) {
    self.row = row
    self.name = name
    self.household = household
    self.member = member
    self.village = village
    self.category = category
  }

  /// The schema of the message.
  public static let messageDescriptor: RPCProtobuf.MessageDescriptor = {
    var c = Registry__V1__ConvergenceRow()
    registry__v1__convergence_row__init(&c)
    return RPCProtobuf.MessageDescriptor(c.base.descriptor)
  }()

  /// Reads the unpacked C structure of the type; for the decoder alone.
  public init(structure: UnsafeRawPointer) {
    self.init(structure.assumingMemoryBound(to: Registry__V1__ConvergenceRow.self))
  }

  init(_ c: UnsafePointer<Registry__V1__ConvergenceRow>) {
    self.row = c.pointee.row
    self.name = StructureReader.string(c.pointee.name)
    self.household = StructureReader.string(c.pointee.household)
    self.member = c.pointee.member
    self.village = StructureReader.string(c.pointee.village)
    self.category = Category(rawValue: Int32(truncatingIfNeeded: c.pointee.category.rawValue))
  }

  /// Fills an initialised C structure of the type; for the encoder alone.
  public func fill(structure: UnsafeMutableRawPointer, encoder: RPCProtobuf.MessageEncoder) {
    fill(structure.assumingMemoryBound(to: Registry__V1__ConvergenceRow.self), encoder)
  }

  func fill(_ c: UnsafeMutablePointer<Registry__V1__ConvergenceRow>, _ encoder: RPCProtobuf.MessageEncoder) {
    c.pointee.row = self.row
    c.pointee.name = encoder.string(self.name, "ConvergenceRow.name")
    c.pointee.household = encoder.string(self.household, "ConvergenceRow.household")
    c.pointee.member = self.member
    c.pointee.village = encoder.string(self.village, "ConvergenceRow.village")
    c.pointee.category = .init(rawValue: .init(truncatingIfNeeded: self.category.rawValue))
  }
}

/// A part of the people of a finding.
public struct ConvergenceRows: RPCProtobuf.Message {
  /// The people.
  public var rows: [ConvergenceRow]

  /// The groups of data that the caller does not see.
  public var withheld: [DisclosureClass]

  /// The message whose fields all have their default values.
  public init() {
    self.rows = []
    self.withheld = []
  }

  /// A message with these values, and the default for what is not given.
  public init(
    rows: [ConvergenceRow] = [],
    withheld: [DisclosureClass] = []
  ) {
    self.rows = rows
    self.withheld = withheld
  }

  /// The schema of the message.
  public static let messageDescriptor: RPCProtobuf.MessageDescriptor = {
    var c = Registry__V1__ConvergenceRows()
    registry__v1__convergence_rows__init(&c)
    return RPCProtobuf.MessageDescriptor(c.base.descriptor)
  }()

  /// Reads the unpacked C structure of the type; for the decoder alone.
  public init(structure: UnsafeRawPointer) {
    self.init(structure.assumingMemoryBound(to: Registry__V1__ConvergenceRows.self))
  }

  init(_ c: UnsafePointer<Registry__V1__ConvergenceRows>) {
    self.rows = StructureReader.messages(c.pointee.rows, c.pointee.n_rows) { ConvergenceRow($0) }
    self.withheld = StructureReader.enums(c.pointee.withheld, c.pointee.n_withheld)
  }

  /// Fills an initialised C structure of the type; for the encoder alone.
  public func fill(structure: UnsafeMutableRawPointer, encoder: RPCProtobuf.MessageEncoder) {
    fill(structure.assumingMemoryBound(to: Registry__V1__ConvergenceRows.self), encoder)
  }

  func fill(_ c: UnsafeMutablePointer<Registry__V1__ConvergenceRows>, _ encoder: RPCProtobuf.MessageEncoder) {
    if let elements = encoder.messages(self.rows, registry__v1__convergence_row__init, { $0.fill($1, encoder) }) {
      c.pointee.n_rows = self.rows.count
      c.pointee.rows = elements
    }
    if let elements = encoder.enums(self.withheld) {
      c.pointee.n_withheld = self.withheld.count
      c.pointee.withheld = elements.assumingMemoryBound(to: Registry__V1__DisclosureClass.self)
    }
  }
}

/// Asks what changed between two rosters of a kind and a division.
public struct CompareRostersRequest: RPCProtobuf.Message {
  /// The earlier one.
  public var from: [UInt8]

  /// The later one.
  public var to: [UInt8]

  /// The message whose fields all have their default values.
  public init() {
    self.from = []
    self.to = []
  }

  /// A message with these values, and the default for what is not given.
  public init(
    from: [UInt8] = [],
    to: [UInt8] = []
  ) {
    self.from = from
    self.to = to
  }

  /// The schema of the message.
  public static let messageDescriptor: RPCProtobuf.MessageDescriptor = {
    var c = Registry__V1__CompareRostersRequest()
    registry__v1__compare_rosters_request__init(&c)
    return RPCProtobuf.MessageDescriptor(c.base.descriptor)
  }()

  /// Reads the unpacked C structure of the type; for the decoder alone.
  public init(structure: UnsafeRawPointer) {
    self.init(structure.assumingMemoryBound(to: Registry__V1__CompareRostersRequest.self))
  }

  init(_ c: UnsafePointer<Registry__V1__CompareRostersRequest>) {
    self.from = StructureReader.bytes(c.pointee.from.data, c.pointee.from.len)
    self.to = StructureReader.bytes(c.pointee.to.data, c.pointee.to.len)
  }

  /// Fills an initialised C structure of the type; for the encoder alone.
  public func fill(structure: UnsafeMutableRawPointer, encoder: RPCProtobuf.MessageEncoder) {
    fill(structure.assumingMemoryBound(to: Registry__V1__CompareRostersRequest.self), encoder)
  }

  func fill(_ c: UnsafeMutablePointer<Registry__V1__CompareRostersRequest>, _ encoder: RPCProtobuf.MessageEncoder) {
    c.pointee.from = ProtobufCBinaryData(len: self.from.count, data: encoder.bytes(self.from))
    c.pointee.to = ProtobufCBinaryData(len: self.to.count, data: encoder.bytes(self.to))
  }
}

/// What changed between two rosters.
public struct CompareRostersResponse: RPCProtobuf.Message {
  /// People in both.
  public var stayed: UInt64

  /// People in the later one alone.
  public var joined: UInt64

  /// People in the earlier one alone.
  public var left: UInt64

  /// The rows of the later file of those who joined; at most 10,000: `ListRosterChanges` has all.
  public var joinedRows: [UInt64]

  /// The rows of the earlier file of those who left; at most 10,000: `ListRosterChanges` has all.
  public var leftRows: [UInt64]

  /// Those of them whose household the registry knows, as far as the caller sees it, by the divisions
  /// directly below the rosters'.
  public var divisions: [RosterChangeCounts]

  /// The people are generated, not real.
  public var synthetic: Bool

  /// The message whose fields all have their default values.
  public init() {
    self.stayed = 0
    self.joined = 0
    self.left = 0
    self.joinedRows = []
    self.leftRows = []
    self.divisions = []
    self.synthetic = false
  }

  /// A message with these values, and the default for what is not given.
  public init(
    stayed: UInt64 = 0,
    joined: UInt64 = 0,
    left: UInt64 = 0,
    joinedRows: [UInt64] = [],
    leftRows: [UInt64] = [],
    divisions: [RosterChangeCounts] = [],
    synthetic: Bool = false
  ) {
    self.stayed = stayed
    self.joined = joined
    self.left = left
    self.joinedRows = joinedRows
    self.leftRows = leftRows
    self.divisions = divisions
    self.synthetic = synthetic
  }

  /// The schema of the message.
  public static let messageDescriptor: RPCProtobuf.MessageDescriptor = {
    var c = Registry__V1__CompareRostersResponse()
    registry__v1__compare_rosters_response__init(&c)
    return RPCProtobuf.MessageDescriptor(c.base.descriptor)
  }()

  /// Reads the unpacked C structure of the type; for the decoder alone.
  public init(structure: UnsafeRawPointer) {
    self.init(structure.assumingMemoryBound(to: Registry__V1__CompareRostersResponse.self))
  }

  init(_ c: UnsafePointer<Registry__V1__CompareRostersResponse>) {
    self.stayed = c.pointee.stayed
    self.joined = c.pointee.joined
    self.left = c.pointee.left
    self.joinedRows = StructureReader.scalars(c.pointee.joined_rows, c.pointee.n_joined_rows)
    self.leftRows = StructureReader.scalars(c.pointee.left_rows, c.pointee.n_left_rows)
    self.divisions = StructureReader.messages(c.pointee.divisions, c.pointee.n_divisions) { RosterChangeCounts($0) }
    self.synthetic = c.pointee.synthetic != 0
  }

  /// Fills an initialised C structure of the type; for the encoder alone.
  public func fill(structure: UnsafeMutableRawPointer, encoder: RPCProtobuf.MessageEncoder) {
    fill(structure.assumingMemoryBound(to: Registry__V1__CompareRostersResponse.self), encoder)
  }

  func fill(_ c: UnsafeMutablePointer<Registry__V1__CompareRostersResponse>, _ encoder: RPCProtobuf.MessageEncoder) {
    c.pointee.stayed = self.stayed
    c.pointee.joined = self.joined
    c.pointee.left = self.left
    if let elements = encoder.scalars(self.joinedRows) {
      c.pointee.n_joined_rows = self.joinedRows.count
      c.pointee.joined_rows = elements
    }
    if let elements = encoder.scalars(self.leftRows) {
      c.pointee.n_left_rows = self.leftRows.count
      c.pointee.left_rows = elements
    }
    if let elements = encoder.messages(self.divisions, registry__v1__roster_change_counts__init, { $0.fill($1, encoder) }) {
      c.pointee.n_divisions = self.divisions.count
      c.pointee.divisions = elements
    }
    c.pointee.synthetic = self.synthetic ? 1 : 0
  }
}

/// How many joined and left in a division.
public struct RosterChangeCounts: RPCProtobuf.Message {
  /// The division.
  public var division: Division?

  /// People in the later roster alone.
  public var joined: UInt64

  /// People in the earlier roster alone.
  public var left: UInt64

  /// The message whose fields all have their default values.
  public init() {
    self.division = nil
    self.joined = 0
    self.left = 0
  }

  /// A message with these values, and the default for what is not given.
  public init(
    division: Division? = nil,
    joined: UInt64 = 0,
    left: UInt64 = 0
  ) {
    self.division = division
    self.joined = joined
    self.left = left
  }

  /// The schema of the message.
  public static let messageDescriptor: RPCProtobuf.MessageDescriptor = {
    var c = Registry__V1__RosterChangeCounts()
    registry__v1__roster_change_counts__init(&c)
    return RPCProtobuf.MessageDescriptor(c.base.descriptor)
  }()

  /// Reads the unpacked C structure of the type; for the decoder alone.
  public init(structure: UnsafeRawPointer) {
    self.init(structure.assumingMemoryBound(to: Registry__V1__RosterChangeCounts.self))
  }

  init(_ c: UnsafePointer<Registry__V1__RosterChangeCounts>) {
    self.division = c.pointee.division.map { Division(UnsafePointer($0)) }
    self.joined = c.pointee.joined
    self.left = c.pointee.left
  }

  /// Fills an initialised C structure of the type; for the encoder alone.
  public func fill(structure: UnsafeMutableRawPointer, encoder: RPCProtobuf.MessageEncoder) {
    fill(structure.assumingMemoryBound(to: Registry__V1__RosterChangeCounts.self), encoder)
  }

  func fill(_ c: UnsafeMutablePointer<Registry__V1__RosterChangeCounts>, _ encoder: RPCProtobuf.MessageEncoder) {
    if let value = self.division {
      c.pointee.division = encoder.message(registry__v1__division__init) { value.fill($0, encoder) }
    }
    c.pointee.joined = self.joined
    c.pointee.left = self.left
  }
}

/// Asks who joined and who left between two rosters of a kind and a division.
public struct ListRosterChangesRequest: RPCProtobuf.Message {
  /// The earlier one.
  public var from: [UInt8]

  /// The later one.
  public var to: [UInt8]

  /// Of this change; unspecified for both, those who joined first.
  public var change: RosterChange

  /// The message whose fields all have their default values.
  public init() {
    self.from = []
    self.to = []
    self.change = RosterChange(rawValue: 0)
  }

  /// A message with these values, and the default for what is not given.
  public init(
    from: [UInt8] = [],
    to: [UInt8] = [],
    change: RosterChange = RosterChange(rawValue: 0)
  ) {
    self.from = from
    self.to = to
    self.change = change
  }

  /// The schema of the message.
  public static let messageDescriptor: RPCProtobuf.MessageDescriptor = {
    var c = Registry__V1__ListRosterChangesRequest()
    registry__v1__list_roster_changes_request__init(&c)
    return RPCProtobuf.MessageDescriptor(c.base.descriptor)
  }()

  /// Reads the unpacked C structure of the type; for the decoder alone.
  public init(structure: UnsafeRawPointer) {
    self.init(structure.assumingMemoryBound(to: Registry__V1__ListRosterChangesRequest.self))
  }

  init(_ c: UnsafePointer<Registry__V1__ListRosterChangesRequest>) {
    self.from = StructureReader.bytes(c.pointee.from.data, c.pointee.from.len)
    self.to = StructureReader.bytes(c.pointee.to.data, c.pointee.to.len)
    self.change = RosterChange(rawValue: Int32(truncatingIfNeeded: c.pointee.change.rawValue))
  }

  /// Fills an initialised C structure of the type; for the encoder alone.
  public func fill(structure: UnsafeMutableRawPointer, encoder: RPCProtobuf.MessageEncoder) {
    fill(structure.assumingMemoryBound(to: Registry__V1__ListRosterChangesRequest.self), encoder)
  }

  func fill(_ c: UnsafeMutablePointer<Registry__V1__ListRosterChangesRequest>, _ encoder: RPCProtobuf.MessageEncoder) {
    c.pointee.from = ProtobufCBinaryData(len: self.from.count, data: encoder.bytes(self.from))
    c.pointee.to = ProtobufCBinaryData(len: self.to.count, data: encoder.bytes(self.to))
    c.pointee.change = .init(rawValue: .init(truncatingIfNeeded: self.change.rawValue))
  }
}

/// A person who joined or left.
public struct ChangedRow: RPCProtobuf.Message {
  /// What became of the person.
  public var change: RosterChange

  /// The row: of the later file of one who joined, of the earlier one of one who left.
  public var row: UInt64

  /// The name in that roster.
  public var name: String

  /// The household's printed number; empty where the caller sees no registered household of the person
  /// in the rosters' division.
  public var household: String

  /// The village's code.
  public var village: String

  /// The household's category, where the caller sees it.
  public var category: Category

  /// The message whose fields all have their default values.
  public init() {
    self.change = RosterChange(rawValue: 0)
    self.row = 0
    self.name = ""
    self.household = ""
    self.village = ""
    self.category = Category(rawValue: 0)
  }

  /// A message with these values, and the default for what is not given.
  public init(
    change: RosterChange = RosterChange(rawValue: 0),
    row: UInt64 = 0,
    name: String = "",
    household: String = "",
    village: String = "",
    category: Category = Category(rawValue: 0)
  ) {
    self.change = change
    self.row = row
    self.name = name
    self.household = household
    self.village = village
    self.category = category
  }

  /// The schema of the message.
  public static let messageDescriptor: RPCProtobuf.MessageDescriptor = {
    var c = Registry__V1__ChangedRow()
    registry__v1__changed_row__init(&c)
    return RPCProtobuf.MessageDescriptor(c.base.descriptor)
  }()

  /// Reads the unpacked C structure of the type; for the decoder alone.
  public init(structure: UnsafeRawPointer) {
    self.init(structure.assumingMemoryBound(to: Registry__V1__ChangedRow.self))
  }

  init(_ c: UnsafePointer<Registry__V1__ChangedRow>) {
    self.change = RosterChange(rawValue: Int32(truncatingIfNeeded: c.pointee.change.rawValue))
    self.row = c.pointee.row
    self.name = StructureReader.string(c.pointee.name)
    self.household = StructureReader.string(c.pointee.household)
    self.village = StructureReader.string(c.pointee.village)
    self.category = Category(rawValue: Int32(truncatingIfNeeded: c.pointee.category.rawValue))
  }

  /// Fills an initialised C structure of the type; for the encoder alone.
  public func fill(structure: UnsafeMutableRawPointer, encoder: RPCProtobuf.MessageEncoder) {
    fill(structure.assumingMemoryBound(to: Registry__V1__ChangedRow.self), encoder)
  }

  func fill(_ c: UnsafeMutablePointer<Registry__V1__ChangedRow>, _ encoder: RPCProtobuf.MessageEncoder) {
    c.pointee.change = .init(rawValue: .init(truncatingIfNeeded: self.change.rawValue))
    c.pointee.row = self.row
    c.pointee.name = encoder.string(self.name, "ChangedRow.name")
    c.pointee.household = encoder.string(self.household, "ChangedRow.household")
    c.pointee.village = encoder.string(self.village, "ChangedRow.village")
    c.pointee.category = .init(rawValue: .init(truncatingIfNeeded: self.category.rawValue))
  }
}

/// A part of those who joined and left.
public struct ListRosterChangesResponse: RPCProtobuf.Message {
  /// The people.
  public var rows: [ChangedRow]

  /// The groups of data that the caller does not see.
  public var withheld: [DisclosureClass]

  /// The message whose fields all have their default values.
  public init() {
    self.rows = []
    self.withheld = []
  }

  /// A message with these values, and the default for what is not given.
  public init(
    rows: [ChangedRow] = [],
    withheld: [DisclosureClass] = []
  ) {
    self.rows = rows
    self.withheld = withheld
  }

  /// The schema of the message.
  public static let messageDescriptor: RPCProtobuf.MessageDescriptor = {
    var c = Registry__V1__ListRosterChangesResponse()
    registry__v1__list_roster_changes_response__init(&c)
    return RPCProtobuf.MessageDescriptor(c.base.descriptor)
  }()

  /// Reads the unpacked C structure of the type; for the decoder alone.
  public init(structure: UnsafeRawPointer) {
    self.init(structure.assumingMemoryBound(to: Registry__V1__ListRosterChangesResponse.self))
  }

  init(_ c: UnsafePointer<Registry__V1__ListRosterChangesResponse>) {
    self.rows = StructureReader.messages(c.pointee.rows, c.pointee.n_rows) { ChangedRow($0) }
    self.withheld = StructureReader.enums(c.pointee.withheld, c.pointee.n_withheld)
  }

  /// Fills an initialised C structure of the type; for the encoder alone.
  public func fill(structure: UnsafeMutableRawPointer, encoder: RPCProtobuf.MessageEncoder) {
    fill(structure.assumingMemoryBound(to: Registry__V1__ListRosterChangesResponse.self), encoder)
  }

  func fill(_ c: UnsafeMutablePointer<Registry__V1__ListRosterChangesResponse>, _ encoder: RPCProtobuf.MessageEncoder) {
    if let elements = encoder.messages(self.rows, registry__v1__changed_row__init, { $0.fill($1, encoder) }) {
      c.pointee.n_rows = self.rows.count
      c.pointee.rows = elements
    }
    if let elements = encoder.enums(self.withheld) {
      c.pointee.n_withheld = self.withheld.count
      c.pointee.withheld = elements.assumingMemoryBound(to: Registry__V1__DisclosureClass.self)
    }
  }
}

/// Asks for proposals of what a roster says otherwise than the registry.
public struct ProposeFromRosterRequest: RPCProtobuf.Message {
  /// The roster, of dibao or five-guarantee; compared before.
  public var roster: [UInt8]

  /// The message whose fields all have their default values.
  public init() {
    self.roster = []
  }

  /// A message with these values, and the default for what is not given.
  public init(
    roster: [UInt8] = []
  ) {
    self.roster = roster
  }

  /// The schema of the message.
  public static let messageDescriptor: RPCProtobuf.MessageDescriptor = {
    var c = Registry__V1__ProposeFromRosterRequest()
    registry__v1__propose_from_roster_request__init(&c)
    return RPCProtobuf.MessageDescriptor(c.base.descriptor)
  }()

  /// Reads the unpacked C structure of the type; for the decoder alone.
  public init(structure: UnsafeRawPointer) {
    self.init(structure.assumingMemoryBound(to: Registry__V1__ProposeFromRosterRequest.self))
  }

  init(_ c: UnsafePointer<Registry__V1__ProposeFromRosterRequest>) {
    self.roster = StructureReader.bytes(c.pointee.roster.data, c.pointee.roster.len)
  }

  /// Fills an initialised C structure of the type; for the encoder alone.
  public func fill(structure: UnsafeMutableRawPointer, encoder: RPCProtobuf.MessageEncoder) {
    fill(structure.assumingMemoryBound(to: Registry__V1__ProposeFromRosterRequest.self), encoder)
  }

  func fill(_ c: UnsafeMutablePointer<Registry__V1__ProposeFromRosterRequest>, _ encoder: RPCProtobuf.MessageEncoder) {
    c.pointee.roster = ProtobufCBinaryData(len: self.roster.count, data: encoder.bytes(self.roster))
  }
}

/// What was proposed.
public struct ProposeFromRosterResponse: RPCProtobuf.Message {
  /// Proposals made: to grant the roster's kind to households of which somebody is in it, and to end it
  /// for those of which nobody is; where these would stand on no list, their exit.
  public var made: UInt64

  /// Households for which this roster proposed before, or one whose proposal is still open, or one of its
  /// kind whose proposal was refused while the file was as it is.
  public var known: UInt64

  /// Households for which a rule is against it, those among them that stand on the list of the other
  /// kind: dibao and five-guarantee exclude each other, and neither roster ends the other.
  public var refused: UInt64

  /// Households whose files another node owns that takes no orders from here.
  public var elsewhere: UInt64

  /// Of those made, exits: households that would stand on no list.
  public var exits: UInt64

  /// Applications to start that were proposed: people of the roster who stand on no file here and in no
  /// application, and whom no other roster's open proposal is about. They stay at this node: a roster's
  /// numbers are digests under its key, which another could not compare.
  public var starts: UInt64

  /// Sent down as orders to the nodes that own the files, which make proposals of them: not among
  /// those made.
  public var ordered: UInt64

  /// The applications to start are of a node above the counties: none of these sees them.
  public var startsAbove: Bool

  /// The message whose fields all have their default values.
  public init() {
    self.made = 0
    self.known = 0
    self.refused = 0
    self.elsewhere = 0
    self.exits = 0
    self.starts = 0
    self.ordered = 0
    self.startsAbove = false
  }

  /// A message with these values, and the default for what is not given.
  public init(
    made: UInt64 = 0,
    known: UInt64 = 0,
    refused: UInt64 = 0,
    elsewhere: UInt64 = 0,
    exits: UInt64 = 0,
    starts: UInt64 = 0,
    ordered: UInt64 = 0,
    startsAbove: Bool = false
  ) {
    self.made = made
    self.known = known
    self.refused = refused
    self.elsewhere = elsewhere
    self.exits = exits
    self.starts = starts
    self.ordered = ordered
    self.startsAbove = startsAbove
  }

  /// The schema of the message.
  public static let messageDescriptor: RPCProtobuf.MessageDescriptor = {
    var c = Registry__V1__ProposeFromRosterResponse()
    registry__v1__propose_from_roster_response__init(&c)
    return RPCProtobuf.MessageDescriptor(c.base.descriptor)
  }()

  /// Reads the unpacked C structure of the type; for the decoder alone.
  public init(structure: UnsafeRawPointer) {
    self.init(structure.assumingMemoryBound(to: Registry__V1__ProposeFromRosterResponse.self))
  }

  init(_ c: UnsafePointer<Registry__V1__ProposeFromRosterResponse>) {
    self.made = c.pointee.made
    self.known = c.pointee.known
    self.refused = c.pointee.refused
    self.elsewhere = c.pointee.elsewhere
    self.exits = c.pointee.exits
    self.starts = c.pointee.starts
    self.ordered = c.pointee.ordered
    self.startsAbove = c.pointee.starts_above != 0
  }

  /// Fills an initialised C structure of the type; for the encoder alone.
  public func fill(structure: UnsafeMutableRawPointer, encoder: RPCProtobuf.MessageEncoder) {
    fill(structure.assumingMemoryBound(to: Registry__V1__ProposeFromRosterResponse.self), encoder)
  }

  func fill(_ c: UnsafeMutablePointer<Registry__V1__ProposeFromRosterResponse>, _ encoder: RPCProtobuf.MessageEncoder) {
    c.pointee.made = self.made
    c.pointee.known = self.known
    c.pointee.refused = self.refused
    c.pointee.elsewhere = self.elsewhere
    c.pointee.exits = self.exits
    c.pointee.starts = self.starts
    c.pointee.ordered = self.ordered
    c.pointee.starts_above = self.startsAbove ? 1 : 0
  }
}

/// Asks for the applications to start that a roster led to.
public struct ListStartsRequest: RPCProtobuf.Message {
  /// The roster.
  public var roster: [UInt8]

  /// Of this state; unspecified for all.
  public var state: StartState

  /// The message whose fields all have their default values.
  public init() {
    self.roster = []
    self.state = StartState(rawValue: 0)
  }

  /// A message with these values, and the default for what is not given.
  public init(
    roster: [UInt8] = [],
    state: StartState = StartState(rawValue: 0)
  ) {
    self.roster = roster
    self.state = state
  }

  /// The schema of the message.
  public static let messageDescriptor: RPCProtobuf.MessageDescriptor = {
    var c = Registry__V1__ListStartsRequest()
    registry__v1__list_starts_request__init(&c)
    return RPCProtobuf.MessageDescriptor(c.base.descriptor)
  }()

  /// Reads the unpacked C structure of the type; for the decoder alone.
  public init(structure: UnsafeRawPointer) {
    self.init(structure.assumingMemoryBound(to: Registry__V1__ListStartsRequest.self))
  }

  init(_ c: UnsafePointer<Registry__V1__ListStartsRequest>) {
    self.roster = StructureReader.bytes(c.pointee.roster.data, c.pointee.roster.len)
    self.state = StartState(rawValue: Int32(truncatingIfNeeded: c.pointee.state.rawValue))
  }

  /// Fills an initialised C structure of the type; for the encoder alone.
  public func fill(structure: UnsafeMutableRawPointer, encoder: RPCProtobuf.MessageEncoder) {
    fill(structure.assumingMemoryBound(to: Registry__V1__ListStartsRequest.self), encoder)
  }

  func fill(_ c: UnsafeMutablePointer<Registry__V1__ListStartsRequest>, _ encoder: RPCProtobuf.MessageEncoder) {
    c.pointee.roster = ProtobufCBinaryData(len: self.roster.count, data: encoder.bytes(self.roster))
    c.pointee.state = .init(rawValue: .init(truncatingIfNeeded: self.state.rawValue))
  }
}

/// An application to start.
public struct Start: RPCProtobuf.Message {
  /// The row of the roster.
  public var row: UInt64

  /// The name in the roster.
  public var name: String

  /// Where it stands.
  public var state: StartState

  /// Who settled it: the identity's URI; empty while it is open.
  public var settledBy: String

  /// Why it was settled so.
  public var reason: String

  /// The instant at which it was settled; 0 while it is open.
  public var settledAt: Int64

  /// The message whose fields all have their default values.
  public init() {
    self.row = 0
    self.name = ""
    self.state = StartState(rawValue: 0)
    self.settledBy = ""
    self.reason = ""
    self.settledAt = 0
  }

  /// A message with these values, and the default for what is not given.
  public init(
    row: UInt64 = 0,
    name: String = "",
    state: StartState = StartState(rawValue: 0),
    settledBy: String = "",
    reason: String = "",
    settledAt: Int64 = 0
  ) {
    self.row = row
    self.name = name
    self.state = state
    self.settledBy = settledBy
    self.reason = reason
    self.settledAt = settledAt
  }

  /// The schema of the message.
  public static let messageDescriptor: RPCProtobuf.MessageDescriptor = {
    var c = Registry__V1__Start()
    registry__v1__start__init(&c)
    return RPCProtobuf.MessageDescriptor(c.base.descriptor)
  }()

  /// Reads the unpacked C structure of the type; for the decoder alone.
  public init(structure: UnsafeRawPointer) {
    self.init(structure.assumingMemoryBound(to: Registry__V1__Start.self))
  }

  init(_ c: UnsafePointer<Registry__V1__Start>) {
    self.row = c.pointee.row
    self.name = StructureReader.string(c.pointee.name)
    self.state = StartState(rawValue: Int32(truncatingIfNeeded: c.pointee.state.rawValue))
    self.settledBy = StructureReader.string(c.pointee.settled_by)
    self.reason = StructureReader.string(c.pointee.reason)
    self.settledAt = c.pointee.settled_at
  }

  /// Fills an initialised C structure of the type; for the encoder alone.
  public func fill(structure: UnsafeMutableRawPointer, encoder: RPCProtobuf.MessageEncoder) {
    fill(structure.assumingMemoryBound(to: Registry__V1__Start.self), encoder)
  }

  func fill(_ c: UnsafeMutablePointer<Registry__V1__Start>, _ encoder: RPCProtobuf.MessageEncoder) {
    c.pointee.row = self.row
    c.pointee.name = encoder.string(self.name, "Start.name")
    c.pointee.state = .init(rawValue: .init(truncatingIfNeeded: self.state.rawValue))
    c.pointee.settled_by = encoder.string(self.settledBy, "Start.settled_by")
    c.pointee.reason = encoder.string(self.reason, "Start.reason")
    c.pointee.settled_at = self.settledAt
  }
}

/// A part of the applications to start.
public struct ListStartsResponse: RPCProtobuf.Message {
  /// In the order of the roster's rows.
  public var starts: [Start]

  /// The message whose fields all have their default values.
  public init() {
    self.starts = []
  }

  /// A message with these values, and the default for what is not given.
  public init(
    starts: [Start] = []
  ) {
    self.starts = starts
  }

  /// The schema of the message.
  public static let messageDescriptor: RPCProtobuf.MessageDescriptor = {
    var c = Registry__V1__ListStartsResponse()
    registry__v1__list_starts_response__init(&c)
    return RPCProtobuf.MessageDescriptor(c.base.descriptor)
  }()

  /// Reads the unpacked C structure of the type; for the decoder alone.
  public init(structure: UnsafeRawPointer) {
    self.init(structure.assumingMemoryBound(to: Registry__V1__ListStartsResponse.self))
  }

  init(_ c: UnsafePointer<Registry__V1__ListStartsResponse>) {
    self.starts = StructureReader.messages(c.pointee.starts, c.pointee.n_starts) { Start($0) }
  }

  /// Fills an initialised C structure of the type; for the encoder alone.
  public func fill(structure: UnsafeMutableRawPointer, encoder: RPCProtobuf.MessageEncoder) {
    fill(structure.assumingMemoryBound(to: Registry__V1__ListStartsResponse.self), encoder)
  }

  func fill(_ c: UnsafeMutablePointer<Registry__V1__ListStartsResponse>, _ encoder: RPCProtobuf.MessageEncoder) {
    if let elements = encoder.messages(self.starts, registry__v1__start__init, { $0.fill($1, encoder) }) {
      c.pointee.n_starts = self.starts.count
      c.pointee.starts = elements
    }
  }
}

/// Settles applications to start: all open ones of a roster, or some of its rows; body of the entry that
/// records it, not sealed: it names nobody.
public struct SettleStartsRequest: RPCProtobuf.Message {
  /// The roster.
  public var roster: [UInt8]

  /// The rows; none for all that are open. At most 10,000.
  public var rows: [UInt64]

  /// ACCEPTED or REFUSED.
  public var verdict: StartState

  /// Why; needed to refuse. At most 400 bytes.
  public var reason: String

  /// The message whose fields all have their default values.
  public init() {
    self.roster = []
    self.rows = []
    self.verdict = StartState(rawValue: 0)
    self.reason = ""
  }

  /// A message with these values, and the default for what is not given.
  public init(
    roster: [UInt8] = [],
    rows: [UInt64] = [],
    verdict: StartState = StartState(rawValue: 0),
    reason: String = ""
  ) {
    self.roster = roster
    self.rows = rows
    self.verdict = verdict
    self.reason = reason
  }

  /// The schema of the message.
  public static let messageDescriptor: RPCProtobuf.MessageDescriptor = {
    var c = Registry__V1__SettleStartsRequest()
    registry__v1__settle_starts_request__init(&c)
    return RPCProtobuf.MessageDescriptor(c.base.descriptor)
  }()

  /// Reads the unpacked C structure of the type; for the decoder alone.
  public init(structure: UnsafeRawPointer) {
    self.init(structure.assumingMemoryBound(to: Registry__V1__SettleStartsRequest.self))
  }

  init(_ c: UnsafePointer<Registry__V1__SettleStartsRequest>) {
    self.roster = StructureReader.bytes(c.pointee.roster.data, c.pointee.roster.len)
    self.rows = StructureReader.scalars(c.pointee.rows, c.pointee.n_rows)
    self.verdict = StartState(rawValue: Int32(truncatingIfNeeded: c.pointee.verdict.rawValue))
    self.reason = StructureReader.string(c.pointee.reason)
  }

  /// Fills an initialised C structure of the type; for the encoder alone.
  public func fill(structure: UnsafeMutableRawPointer, encoder: RPCProtobuf.MessageEncoder) {
    fill(structure.assumingMemoryBound(to: Registry__V1__SettleStartsRequest.self), encoder)
  }

  func fill(_ c: UnsafeMutablePointer<Registry__V1__SettleStartsRequest>, _ encoder: RPCProtobuf.MessageEncoder) {
    c.pointee.roster = ProtobufCBinaryData(len: self.roster.count, data: encoder.bytes(self.roster))
    if let elements = encoder.scalars(self.rows) {
      c.pointee.n_rows = self.rows.count
      c.pointee.rows = elements
    }
    c.pointee.verdict = .init(rawValue: .init(truncatingIfNeeded: self.verdict.rawValue))
    c.pointee.reason = encoder.string(self.reason, "SettleStartsRequest.reason")
  }
}

/// What was settled.
public struct SettleStartsResponse: RPCProtobuf.Message {
  /// How many were open and are settled now.
  public var settled: UInt64

  /// Rows among those asked for that were not open.
  public var passed: UInt64

  /// The message whose fields all have their default values.
  public init() {
    self.settled = 0
    self.passed = 0
  }

  /// A message with these values, and the default for what is not given.
  public init(
    settled: UInt64 = 0,
    passed: UInt64 = 0
  ) {
    self.settled = settled
    self.passed = passed
  }

  /// The schema of the message.
  public static let messageDescriptor: RPCProtobuf.MessageDescriptor = {
    var c = Registry__V1__SettleStartsResponse()
    registry__v1__settle_starts_response__init(&c)
    return RPCProtobuf.MessageDescriptor(c.base.descriptor)
  }()

  /// Reads the unpacked C structure of the type; for the decoder alone.
  public init(structure: UnsafeRawPointer) {
    self.init(structure.assumingMemoryBound(to: Registry__V1__SettleStartsResponse.self))
  }

  init(_ c: UnsafePointer<Registry__V1__SettleStartsResponse>) {
    self.settled = c.pointee.settled
    self.passed = c.pointee.passed
  }

  /// Fills an initialised C structure of the type; for the encoder alone.
  public func fill(structure: UnsafeMutableRawPointer, encoder: RPCProtobuf.MessageEncoder) {
    fill(structure.assumingMemoryBound(to: Registry__V1__SettleStartsResponse.self), encoder)
  }

  func fill(_ c: UnsafeMutablePointer<Registry__V1__SettleStartsResponse>, _ encoder: RPCProtobuf.MessageEncoder) {
    c.pointee.settled = self.settled
    c.pointee.passed = self.passed
  }
}

/// The methods of `registry.v1.RosterService`.
public enum RosterMethods {
  /// `ImportRoster`.
  public static let importRoster = RPCCore.MethodDescriptor(
    service: "registry.v1.RosterService", method: "ImportRoster",
    kind: .bidirectional)
  /// `ListRosters`.
  public static let listRosters = RPCCore.MethodDescriptor(
    service: "registry.v1.RosterService", method: "ListRosters",
    kind: .unary, isReadOnly: true)
  /// `RemoveRoster`.
  public static let removeRoster = RPCCore.MethodDescriptor(
    service: "registry.v1.RosterService", method: "RemoveRoster",
    kind: .unary)
  /// `Converge`.
  public static let converge = RPCCore.MethodDescriptor(
    service: "registry.v1.RosterService", method: "Converge",
    kind: .unary)
  /// `ProposeFromRoster`.
  public static let proposeFromRoster = RPCCore.MethodDescriptor(
    service: "registry.v1.RosterService", method: "ProposeFromRoster",
    kind: .unary)
  /// `ListStarts`.
  public static let listStarts = RPCCore.MethodDescriptor(
    service: "registry.v1.RosterService", method: "ListStarts",
    kind: .serverStreaming)
  /// `SettleStarts`.
  public static let settleStarts = RPCCore.MethodDescriptor(
    service: "registry.v1.RosterService", method: "SettleStarts",
    kind: .unary)
  /// `ListConvergence`.
  public static let listConvergence = RPCCore.MethodDescriptor(
    service: "registry.v1.RosterService", method: "ListConvergence",
    kind: .serverStreaming)
  /// `CompareRosters`.
  public static let compareRosters = RPCCore.MethodDescriptor(
    service: "registry.v1.RosterService", method: "CompareRosters",
    kind: .unary, isReadOnly: true)
  /// `ListRosterChanges`.
  public static let listRosterChanges = RPCCore.MethodDescriptor(
    service: "registry.v1.RosterService", method: "ListRosterChanges",
    kind: .serverStreaming)
  /// All of them, in the order of the schema.
  public static let all: [RPCCore.MethodDescriptor] = [
    importRoster,
    listRosters,
    removeRoster,
    converge,
    proposeFromRoster,
    listStarts,
    settleStarts,
    listConvergence,
    compareRosters,
    listRosterChanges,
  ]
}

/// Rosters of other systems.
public protocol RosterService: RPCCore.Service {
  /// Imports a roster, part by part; the stream's end makes it whole.
  func importRoster(
    _ requests: RPCCore.RequestStream<ImportRosterRequest>, responses: RPCCore.ResponseWriter<ImportRosterResponse>, context: RPCCore.ServerContext
  ) async throws
  /// Lists rosters.
  func listRosters(
    _ request: ListRostersRequest, context: RPCCore.ServerContext
  ) async throws -> ListRostersResponse
  /// Forgets a roster's rows.
  func removeRoster(
    _ request: RemoveRosterRequest, context: RPCCore.ServerContext
  ) async throws -> RemoveRosterResponse
  /// Compares a roster with the registry.
  func converge(
    _ request: ConvergeRequest, context: RPCCore.ServerContext
  ) async throws -> ConvergenceReport
  /// Proposes category changes and exits, each once; an office of the county takes or refuses them.
  /// Those of files that a node below owns go down as orders.
  func proposeFromRoster(
    _ request: ProposeFromRosterRequest, context: RPCCore.ServerContext
  ) async throws -> ProposeFromRosterResponse
  /// Lists applications to start.
  func listStarts(
    _ request: ListStartsRequest, responses: RPCCore.ResponseWriter<ListStartsResponse>, context: RPCCore.ServerContext
  ) async throws
  /// Accepts or refuses applications to start.
  func settleStarts(
    _ request: SettleStartsRequest, context: RPCCore.ServerContext
  ) async throws -> SettleStartsResponse
  /// Gives the people of a finding.
  func listConvergence(
    _ request: ListConvergenceRequest, responses: RPCCore.ResponseWriter<ConvergenceRows>, context: RPCCore.ServerContext
  ) async throws
  /// Tells what changed between two rosters.
  func compareRosters(
    _ request: CompareRostersRequest, context: RPCCore.ServerContext
  ) async throws -> CompareRostersResponse
  /// Gives who joined and who left between two rosters.
  func listRosterChanges(
    _ request: ListRosterChangesRequest, responses: RPCCore.ResponseWriter<ListRosterChangesResponse>, context: RPCCore.ServerContext
  ) async throws
}

extension RosterService {
  /// Adds every method of the service to a router.
  public func register(in router: inout RPCCore.Router) {
    router.bidirectional(RosterMethods.importRoster) {
      (requests: RPCCore.RequestStream<ImportRosterRequest>, responses: RPCCore.ResponseWriter<ImportRosterResponse>, context) async throws -> Void in
      try await self.importRoster(requests, responses: responses, context: context)
    }
    router.unary(RosterMethods.listRosters) {
      (request: ListRostersRequest, context) async throws -> ListRostersResponse in
      try await self.listRosters(request, context: context)
    }
    router.unary(RosterMethods.removeRoster) {
      (request: RemoveRosterRequest, context) async throws -> RemoveRosterResponse in
      try await self.removeRoster(request, context: context)
    }
    router.unary(RosterMethods.converge) {
      (request: ConvergeRequest, context) async throws -> ConvergenceReport in
      try await self.converge(request, context: context)
    }
    router.unary(RosterMethods.proposeFromRoster) {
      (request: ProposeFromRosterRequest, context) async throws -> ProposeFromRosterResponse in
      try await self.proposeFromRoster(request, context: context)
    }
    router.serverStreaming(RosterMethods.listStarts) {
      (request: ListStartsRequest, responses: RPCCore.ResponseWriter<ListStartsResponse>, context) async throws -> Void in
      try await self.listStarts(request, responses: responses, context: context)
    }
    router.unary(RosterMethods.settleStarts) {
      (request: SettleStartsRequest, context) async throws -> SettleStartsResponse in
      try await self.settleStarts(request, context: context)
    }
    router.serverStreaming(RosterMethods.listConvergence) {
      (request: ListConvergenceRequest, responses: RPCCore.ResponseWriter<ConvergenceRows>, context) async throws -> Void in
      try await self.listConvergence(request, responses: responses, context: context)
    }
    router.unary(RosterMethods.compareRosters) {
      (request: CompareRostersRequest, context) async throws -> CompareRostersResponse in
      try await self.compareRosters(request, context: context)
    }
    router.serverStreaming(RosterMethods.listRosterChanges) {
      (request: ListRosterChangesRequest, responses: RPCCore.ResponseWriter<ListRosterChangesResponse>, context) async throws -> Void in
      try await self.listRosterChanges(request, responses: responses, context: context)
    }
  }
}

/// Rosters of other systems.
public struct RosterClient: Sendable {
  /// What carries the calls.
  public let channel: any RPCCore.Channel

  /// Calls the service over a channel.
  public init(_ channel: any RPCCore.Channel) { self.channel = channel }

  /// Imports a roster, part by part; the stream's end makes it whole.
  public func importRoster(
    options: RPCCore.CallOptions = RPCCore.CallOptions()
  ) async throws -> RPCCore.BidirectionalCall<ImportRosterRequest, ImportRosterResponse> {
    try await channel.bidirectional(
      RosterMethods.importRoster, sending: ImportRosterRequest.self, returning: ImportRosterResponse.self,
      options: options)
  }

  /// Lists rosters.
  public func listRosters(
    _ request: ListRostersRequest, options: RPCCore.CallOptions = RPCCore.CallOptions()
  ) async throws -> ListRostersResponse {
    try await channel.unary(
      RosterMethods.listRosters, request, returning: ListRostersResponse.self,
      options: options)
  }

  /// Forgets a roster's rows.
  public func removeRoster(
    _ request: RemoveRosterRequest, options: RPCCore.CallOptions = RPCCore.CallOptions()
  ) async throws -> RemoveRosterResponse {
    try await channel.unary(
      RosterMethods.removeRoster, request, returning: RemoveRosterResponse.self,
      options: options)
  }

  /// Compares a roster with the registry.
  public func converge(
    _ request: ConvergeRequest, options: RPCCore.CallOptions = RPCCore.CallOptions()
  ) async throws -> ConvergenceReport {
    try await channel.unary(
      RosterMethods.converge, request, returning: ConvergenceReport.self,
      options: options)
  }

  /// Proposes category changes and exits, each once; an office of the county takes or refuses them.
  /// Those of files that a node below owns go down as orders.
  public func proposeFromRoster(
    _ request: ProposeFromRosterRequest, options: RPCCore.CallOptions = RPCCore.CallOptions()
  ) async throws -> ProposeFromRosterResponse {
    try await channel.unary(
      RosterMethods.proposeFromRoster, request, returning: ProposeFromRosterResponse.self,
      options: options)
  }

  /// Lists applications to start.
  public func listStarts(
    _ request: ListStartsRequest, options: RPCCore.CallOptions = RPCCore.CallOptions()
  ) async throws -> RPCCore.ResponseStream<ListStartsResponse> {
    try await channel.serverStreaming(
      RosterMethods.listStarts, request, returning: ListStartsResponse.self,
      options: options)
  }

  /// Accepts or refuses applications to start.
  public func settleStarts(
    _ request: SettleStartsRequest, options: RPCCore.CallOptions = RPCCore.CallOptions()
  ) async throws -> SettleStartsResponse {
    try await channel.unary(
      RosterMethods.settleStarts, request, returning: SettleStartsResponse.self,
      options: options)
  }

  /// Gives the people of a finding.
  public func listConvergence(
    _ request: ListConvergenceRequest, options: RPCCore.CallOptions = RPCCore.CallOptions()
  ) async throws -> RPCCore.ResponseStream<ConvergenceRows> {
    try await channel.serverStreaming(
      RosterMethods.listConvergence, request, returning: ConvergenceRows.self,
      options: options)
  }

  /// Tells what changed between two rosters.
  public func compareRosters(
    _ request: CompareRostersRequest, options: RPCCore.CallOptions = RPCCore.CallOptions()
  ) async throws -> CompareRostersResponse {
    try await channel.unary(
      RosterMethods.compareRosters, request, returning: CompareRostersResponse.self,
      options: options)
  }

  /// Gives who joined and who left between two rosters.
  public func listRosterChanges(
    _ request: ListRosterChangesRequest, options: RPCCore.CallOptions = RPCCore.CallOptions()
  ) async throws -> RPCCore.ResponseStream<ListRosterChangesResponse> {
    try await channel.serverStreaming(
      RosterMethods.listRosterChanges, request, returning: ListRosterChangesResponse.self,
      options: options)
  }
}
