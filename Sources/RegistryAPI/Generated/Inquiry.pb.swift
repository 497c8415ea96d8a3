// swift-format-ignore-file
// Generated from registry/v1/inquiry.proto by protoc-gen-registry-swift.
// Do not edit: run tools/generate

internal import CRegistryAPI
internal import CProtobufC
public import RPCCore
public import RPCProtobuf

/// What a number of the list is.
public struct MatchResult: RPCProtobuf.MessageEnum {
  /// The number on the wire.
  public let rawValue: Int32
  /// Keeps any number.
  public init(rawValue: Int32) { self.rawValue = rawValue }

  /// Not given.
  public static let unspecified = MatchResult(rawValue: 0)

  /// Nobody of that number is on record in the caller's area, or nobody whom the caller may see.
  public static let absent = MatchResult(rawValue: 1)

  /// Somebody is.
  public static let found = MatchResult(rawValue: 2)

  /// It is no number: wrong length, characters, date or check digit.
  public static let malformed = MatchResult(rawValue: 3)

  /// The values that the schema names, by number.
  public static let allKnown: [MatchResult] = [
    .unspecified,
    .absent,
    .found,
    .malformed,
  ]

  /// The value's name in the schema, or its number in digits when it has none.
  public var name: String {
    switch rawValue {
    case 0: "MATCH_RESULT_UNSPECIFIED"
    case 1: "MATCH_RESULT_ABSENT"
    case 2: "MATCH_RESULT_FOUND"
    case 3: "MATCH_RESULT_MALFORMED"
    default: String(rawValue)
    }
  }
}

/// One look at personal data; body of an entry of the node's stream of looks, and of the order that
/// tells a county of looks at its files made above. It names no person whose file it is: households
/// stand by their ids.
public struct Look: RPCProtobuf.Message {
  /// What was asked: the operation's word in the authorisation table, such as `get` or `match`.
  public var operation: String

  /// The purpose that was stated; empty where none need be.
  public var purpose: String

  /// The groups of data that were shown: those that the answer has a place for, as far as the office
  /// sees them.
  public var classes: [DisclosureClass]

  /// The households and applications of which something was shown: their ids of 16 octets, one behind
  /// the other; none where somebody was asked for and not found.
  public var files: [UInt8]

  /// The name of the person who looked, from the certificate's subject.
  public var person: String

  /// The node at which it was made: its identity's URI.
  public var node: String

  /// The instant at which it was made.
  public var at: Int64

  /// Numbers that were asked for in a match or of a roster; 1 for a number or name of which nobody was
  /// found; else 0.
  public var asked: UInt32

  /// The message whose fields all have their default values.
  public init() {
    self.operation = ""
    self.purpose = ""
    self.classes = []
    self.files = []
    self.person = ""
    self.node = ""
    self.at = 0
    self.asked = 0
  }

  /// A message with these values, and the default for what is not given.
  public init(
    operation: String = "",
    purpose: String = "",
    classes: [DisclosureClass] = [],
    files: [UInt8] = [],
    person: String = "",
    node: String = "",
    at: Int64 = 0,
    asked: UInt32 = 0
  ) {
    self.operation = operation
    self.purpose = purpose
    self.classes = classes
    self.files = files
    self.person = person
    self.node = node
    self.at = at
    self.asked = asked
  }

  /// The schema of the message.
  public static let messageDescriptor: RPCProtobuf.MessageDescriptor = {
    var c = Registry__V1__Look()
    registry__v1__look__init(&c)
    return RPCProtobuf.MessageDescriptor(c.base.descriptor)
  }()

  /// Reads the unpacked C structure of the type; for the decoder alone.
  public init(structure: UnsafeRawPointer) {
    self.init(structure.assumingMemoryBound(to: Registry__V1__Look.self))
  }

  init(_ c: UnsafePointer<Registry__V1__Look>) {
    self.operation = StructureReader.string(c.pointee.operation)
    self.purpose = StructureReader.string(c.pointee.purpose)
    self.classes = StructureReader.enums(c.pointee.classes, c.pointee.n_classes)
    self.files = StructureReader.bytes(c.pointee.files.data, c.pointee.files.len)
    self.person = StructureReader.string(c.pointee.person)
    self.node = StructureReader.string(c.pointee.node)
    self.at = c.pointee.at
    self.asked = c.pointee.asked
  }

  /// Fills an initialised C structure of the type; for the encoder alone.
  public func fill(structure: UnsafeMutableRawPointer, encoder: RPCProtobuf.MessageEncoder) {
    fill(structure.assumingMemoryBound(to: Registry__V1__Look.self), encoder)
  }

  func fill(_ c: UnsafeMutablePointer<Registry__V1__Look>, _ encoder: RPCProtobuf.MessageEncoder) {
    c.pointee.operation = encoder.string(self.operation, "Look.operation")
    c.pointee.purpose = encoder.string(self.purpose, "Look.purpose")
    if let elements = encoder.enums(self.classes) {
      c.pointee.n_classes = self.classes.count
      c.pointee.classes = elements.assumingMemoryBound(to: Registry__V1__DisclosureClass.self)
    }
    c.pointee.files = ProtobufCBinaryData(len: self.files.count, data: encoder.bytes(self.files))
    c.pointee.person = encoder.string(self.person, "Look.person")
    c.pointee.node = encoder.string(self.node, "Look.node")
    c.pointee.at = self.at
    c.pointee.asked = self.asked
  }
}

/// Asks who looked at a household's file.
public struct ListLooksRequest: RPCProtobuf.Message {
  /// The household.
  public enum By: Hashable, Sendable {
    /// Its id, or that of an application.
    case id([UInt8])
    /// The printed number.
    case number(String)
  }

  /// The household.
  public var by: By?

  /// At most this many; 0 for 100, at most 500.
  public var pageSize: UInt32

  /// Goes on from an earlier answer to the same question.
  public var pageToken: String

  /// The message whose fields all have their default values.
  public init() {
    self.by = nil
    self.pageSize = 0
    self.pageToken = ""
  }

  /// A message with these values, and the default for what is not given.
  public init(
    by: By? = nil,
    pageSize: UInt32 = 0,
    pageToken: String = ""
  ) {
    self.by = by
    self.pageSize = pageSize
    self.pageToken = pageToken
  }

  /// The schema of the message.
  public static let messageDescriptor: RPCProtobuf.MessageDescriptor = {
    var c = Registry__V1__ListLooksRequest()
    registry__v1__list_looks_request__init(&c)
    return RPCProtobuf.MessageDescriptor(c.base.descriptor)
  }()

  /// Reads the unpacked C structure of the type; for the decoder alone.
  public init(structure: UnsafeRawPointer) {
    self.init(structure.assumingMemoryBound(to: Registry__V1__ListLooksRequest.self))
  }

  init(_ c: UnsafePointer<Registry__V1__ListLooksRequest>) {
    switch c.pointee.by_case.rawValue {
    case 1: self.by = By.id(StructureReader.bytes(c.pointee.id.data, c.pointee.id.len))
    case 2: self.by = By.number(StructureReader.string(c.pointee.number))
    default: self.by = nil
    }
    self.pageSize = c.pointee.page_size
    self.pageToken = StructureReader.string(c.pointee.page_token)
  }

  /// Fills an initialised C structure of the type; for the encoder alone.
  public func fill(structure: UnsafeMutableRawPointer, encoder: RPCProtobuf.MessageEncoder) {
    fill(structure.assumingMemoryBound(to: Registry__V1__ListLooksRequest.self), encoder)
  }

  func fill(_ c: UnsafeMutablePointer<Registry__V1__ListLooksRequest>, _ encoder: RPCProtobuf.MessageEncoder) {
    switch self.by {
    case .id(let value)?:
      c.pointee.by_case = .init(rawValue: 1)
      c.pointee.id = ProtobufCBinaryData(len: value.count, data: encoder.bytes(value))
    case .number(let value)?:
      c.pointee.by_case = .init(rawValue: 2)
      c.pointee.number = encoder.text(value, "ListLooksRequest.number")
    case nil: break
    }
    c.pointee.page_size = self.pageSize
    c.pointee.page_token = encoder.string(self.pageToken, "ListLooksRequest.page_token")
  }
}

/// A look as the household is told of it.
public struct LookEntry: RPCProtobuf.Message {
  /// When.
  public var at: Int64

  /// Who: the identity's URI.
  public var identity: String

  /// The person's name.
  public var person: String

  /// The name of the office's division.
  public var division: String

  /// What was asked.
  public var operation: String

  /// What for; empty where nothing need be stated.
  public var purpose: String

  /// The groups of data that were shown.
  public var classes: [DisclosureClass]

  /// The node at which it was made.
  public var node: String

  /// The message whose fields all have their default values.
  public init() {
    self.at = 0
    self.identity = ""
    self.person = ""
    self.division = ""
    self.operation = ""
    self.purpose = ""
    self.classes = []
    self.node = ""
  }

  /// A message with these values, and the default for what is not given.
  public init(
    at: Int64 = 0,
    identity: String = "",
    person: String = "",
    division: String = "",
    operation: String = "",
    purpose: String = "",
    classes: [DisclosureClass] = [],
    node: String = ""
  ) {
    self.at = at
    self.identity = identity
    self.person = person
    self.division = division
    self.operation = operation
    self.purpose = purpose
    self.classes = classes
    self.node = node
  }

  /// The schema of the message.
  public static let messageDescriptor: RPCProtobuf.MessageDescriptor = {
    var c = Registry__V1__LookEntry()
    registry__v1__look_entry__init(&c)
    return RPCProtobuf.MessageDescriptor(c.base.descriptor)
  }()

  /// Reads the unpacked C structure of the type; for the decoder alone.
  public init(structure: UnsafeRawPointer) {
    self.init(structure.assumingMemoryBound(to: Registry__V1__LookEntry.self))
  }

  init(_ c: UnsafePointer<Registry__V1__LookEntry>) {
    self.at = c.pointee.at
    self.identity = StructureReader.string(c.pointee.identity)
    self.person = StructureReader.string(c.pointee.person)
    self.division = StructureReader.string(c.pointee.division)
    self.operation = StructureReader.string(c.pointee.operation)
    self.purpose = StructureReader.string(c.pointee.purpose)
    self.classes = StructureReader.enums(c.pointee.classes, c.pointee.n_classes)
    self.node = StructureReader.string(c.pointee.node)
  }

  /// Fills an initialised C structure of the type; for the encoder alone.
  public func fill(structure: UnsafeMutableRawPointer, encoder: RPCProtobuf.MessageEncoder) {
    fill(structure.assumingMemoryBound(to: Registry__V1__LookEntry.self), encoder)
  }

  func fill(_ c: UnsafeMutablePointer<Registry__V1__LookEntry>, _ encoder: RPCProtobuf.MessageEncoder) {
    c.pointee.at = self.at
    c.pointee.identity = encoder.string(self.identity, "LookEntry.identity")
    c.pointee.person = encoder.string(self.person, "LookEntry.person")
    c.pointee.division = encoder.string(self.division, "LookEntry.division")
    c.pointee.operation = encoder.string(self.operation, "LookEntry.operation")
    c.pointee.purpose = encoder.string(self.purpose, "LookEntry.purpose")
    if let elements = encoder.enums(self.classes) {
      c.pointee.n_classes = self.classes.count
      c.pointee.classes = elements.assumingMemoryBound(to: Registry__V1__DisclosureClass.self)
    }
    c.pointee.node = encoder.string(self.node, "LookEntry.node")
  }
}

/// A page of looks, the latest first by when they were made.
public struct ListLooksResponse: RPCProtobuf.Message {
  /// The looks.
  public var looks: [LookEntry]

  /// Asks for the next page; empty after the last.
  public var nextPageToken: String

  /// The message whose fields all have their default values.
  public init() {
    self.looks = []
    self.nextPageToken = ""
  }

  /// A message with these values, and the default for what is not given.
  public init(
    looks: [LookEntry] = [],
    nextPageToken: String = ""
  ) {
    self.looks = looks
    self.nextPageToken = nextPageToken
  }

  /// The schema of the message.
  public static let messageDescriptor: RPCProtobuf.MessageDescriptor = {
    var c = Registry__V1__ListLooksResponse()
    registry__v1__list_looks_response__init(&c)
    return RPCProtobuf.MessageDescriptor(c.base.descriptor)
  }()

  /// Reads the unpacked C structure of the type; for the decoder alone.
  public init(structure: UnsafeRawPointer) {
    self.init(structure.assumingMemoryBound(to: Registry__V1__ListLooksResponse.self))
  }

  init(_ c: UnsafePointer<Registry__V1__ListLooksResponse>) {
    self.looks = StructureReader.messages(c.pointee.looks, c.pointee.n_looks) { LookEntry($0) }
    self.nextPageToken = StructureReader.string(c.pointee.next_page_token)
  }

  /// Fills an initialised C structure of the type; for the encoder alone.
  public func fill(structure: UnsafeMutableRawPointer, encoder: RPCProtobuf.MessageEncoder) {
    fill(structure.assumingMemoryBound(to: Registry__V1__ListLooksResponse.self), encoder)
  }

  func fill(_ c: UnsafeMutablePointer<Registry__V1__ListLooksResponse>, _ encoder: RPCProtobuf.MessageEncoder) {
    if let elements = encoder.messages(self.looks, registry__v1__look_entry__init, { $0.fill($1, encoder) }) {
      c.pointee.n_looks = self.looks.count
      c.pointee.looks = elements
    }
    c.pointee.next_page_token = encoder.string(self.nextPageToken, "ListLooksResponse.next_page_token")
  }
}

/// A part of a list of persons.
public struct MatchPeopleRequest: RPCProtobuf.Message {
  /// Citizen ID numbers (18 or 15 digits, or disability certificates); at most 10,000 a message.
  public var citizenIds: [String]

  /// The message whose fields all have their default values.
  public init() {
    self.citizenIds = []
  }

  /// A message with these values, and the default for what is not given.
  public init(
    citizenIds: [String] = []
  ) {
    self.citizenIds = citizenIds
  }

  /// The schema of the message.
  public static let messageDescriptor: RPCProtobuf.MessageDescriptor = {
    var c = Registry__V1__MatchPeopleRequest()
    registry__v1__match_people_request__init(&c)
    return RPCProtobuf.MessageDescriptor(c.base.descriptor)
  }()

  /// Reads the unpacked C structure of the type; for the decoder alone.
  public init(structure: UnsafeRawPointer) {
    self.init(structure.assumingMemoryBound(to: Registry__V1__MatchPeopleRequest.self))
  }

  init(_ c: UnsafePointer<Registry__V1__MatchPeopleRequest>) {
    self.citizenIds = StructureReader.strings(c.pointee.citizen_ids, c.pointee.n_citizen_ids)
  }

  /// Fills an initialised C structure of the type; for the encoder alone.
  public func fill(structure: UnsafeMutableRawPointer, encoder: RPCProtobuf.MessageEncoder) {
    fill(structure.assumingMemoryBound(to: Registry__V1__MatchPeopleRequest.self), encoder)
  }

  func fill(_ c: UnsafeMutablePointer<Registry__V1__MatchPeopleRequest>, _ encoder: RPCProtobuf.MessageEncoder) {
    if let elements = encoder.strings(self.citizenIds, "MatchPeopleRequest.citizen_ids") {
      c.pointee.n_citizen_ids = self.citizenIds.count
      c.pointee.citizen_ids = elements
    }
  }

  /// A value of its own of what a view looks at.
  public init(_ view: borrowing View) { self.init(view._c) }

  /// A `MatchPeopleRequest` where it lies unpacked; valid only while it is lent.
  public struct View: RPCProtobuf.MessageView, ~Escapable {
    /// The message that is looked at.
    public typealias ViewedMessage = MatchPeopleRequest
    private let _structure: RPCProtobuf.LentStructure
    /// Looks at the unpacked C structure of the type; for the decoder alone.
    @_lifetime(copy structure)
    public init(_ structure: RPCProtobuf.LentStructure) { _structure = structure }
    fileprivate var _c: UnsafePointer<Registry__V1__MatchPeopleRequest> {
      _structure.pointer.assumingMemoryBound(to: Registry__V1__MatchPeopleRequest.self)
    }
    /// Citizen ID numbers (18 or 15 digits, or disability certificates); at most 10,000 a message.
    public var citizenIds: [String] {
      return StructureReader.strings(_c.pointee.citizen_ids, _c.pointee.n_citizen_ids)
    }
  }
}

/// A person of the list who is on record.
public struct PersonMatch: RPCProtobuf.Message {
  /// The place in the message, from 0.
  public var place: UInt32

  /// The household's printed number.
  public var household: String

  /// The village's code.
  public var village: String

  /// The household's category; unspecified when withheld.
  public var category: Category

  /// The household's main cause; 0 when withheld. Schooling goes with the class SCHOOLING.
  public var mainCause: UInt32

  /// The message whose fields all have their default values.
  public init() {
    self.place = 0
    self.household = ""
    self.village = ""
    self.category = Category(rawValue: 0)
    self.mainCause = 0
  }

  /// A message with these values, and the default for what is not given.
  public init(
    place: UInt32 = 0,
    household: String = "",
    village: String = "",
    category: Category = Category(rawValue: 0),
    mainCause: UInt32 = 0
  ) {
    self.place = place
    self.household = household
    self.village = village
    self.category = category
    self.mainCause = mainCause
  }

  /// The schema of the message.
  public static let messageDescriptor: RPCProtobuf.MessageDescriptor = {
    var c = Registry__V1__PersonMatch()
    registry__v1__person_match__init(&c)
    return RPCProtobuf.MessageDescriptor(c.base.descriptor)
  }()

  /// Reads the unpacked C structure of the type; for the decoder alone.
  public init(structure: UnsafeRawPointer) {
    self.init(structure.assumingMemoryBound(to: Registry__V1__PersonMatch.self))
  }

  init(_ c: UnsafePointer<Registry__V1__PersonMatch>) {
    self.place = c.pointee.place
    self.household = StructureReader.string(c.pointee.household)
    self.village = StructureReader.string(c.pointee.village)
    self.category = Category(rawValue: Int32(truncatingIfNeeded: c.pointee.category.rawValue))
    self.mainCause = c.pointee.main_cause
  }

  /// Fills an initialised C structure of the type; for the encoder alone.
  public func fill(structure: UnsafeMutableRawPointer, encoder: RPCProtobuf.MessageEncoder) {
    fill(structure.assumingMemoryBound(to: Registry__V1__PersonMatch.self), encoder)
  }

  func fill(_ c: UnsafeMutablePointer<Registry__V1__PersonMatch>, _ encoder: RPCProtobuf.MessageEncoder) {
    c.pointee.place = self.place
    c.pointee.household = encoder.string(self.household, "PersonMatch.household")
    c.pointee.village = encoder.string(self.village, "PersonMatch.village")
    c.pointee.category = .init(rawValue: .init(truncatingIfNeeded: self.category.rawValue))
    c.pointee.main_cause = self.mainCause
  }
}

/// The answer to a part of a list.
public struct MatchPeopleResponse: RPCProtobuf.Message {
  /// One octet for each number, in order: a `MatchResult`.
  public var results: [UInt8]

  /// Those who are on record, in order.
  public var matches: [PersonMatch]

  /// The classes left out.
  public var withheld: [DisclosureClass]

  /// The message whose fields all have their default values.
  public init() {
    self.results = []
    self.matches = []
    self.withheld = []
  }

  /// A message with these values, and the default for what is not given.
  public init(
    results: [UInt8] = [],
    matches: [PersonMatch] = [],
    withheld: [DisclosureClass] = []
  ) {
    self.results = results
    self.matches = matches
    self.withheld = withheld
  }

  /// The schema of the message.
  public static let messageDescriptor: RPCProtobuf.MessageDescriptor = {
    var c = Registry__V1__MatchPeopleResponse()
    registry__v1__match_people_response__init(&c)
    return RPCProtobuf.MessageDescriptor(c.base.descriptor)
  }()

  /// Reads the unpacked C structure of the type; for the decoder alone.
  public init(structure: UnsafeRawPointer) {
    self.init(structure.assumingMemoryBound(to: Registry__V1__MatchPeopleResponse.self))
  }

  init(_ c: UnsafePointer<Registry__V1__MatchPeopleResponse>) {
    self.results = StructureReader.bytes(c.pointee.results.data, c.pointee.results.len)
    self.matches = StructureReader.messages(c.pointee.matches, c.pointee.n_matches) { PersonMatch($0) }
    self.withheld = StructureReader.enums(c.pointee.withheld, c.pointee.n_withheld)
  }

  /// Fills an initialised C structure of the type; for the encoder alone.
  public func fill(structure: UnsafeMutableRawPointer, encoder: RPCProtobuf.MessageEncoder) {
    fill(structure.assumingMemoryBound(to: Registry__V1__MatchPeopleResponse.self), encoder)
  }

  func fill(_ c: UnsafeMutablePointer<Registry__V1__MatchPeopleResponse>, _ encoder: RPCProtobuf.MessageEncoder) {
    c.pointee.results = ProtobufCBinaryData(len: self.results.count, data: encoder.bytes(self.results))
    if let elements = encoder.messages(self.matches, registry__v1__person_match__init, { $0.fill($1, encoder) }) {
      c.pointee.n_matches = self.matches.count
      c.pointee.matches = elements
    }
    if let elements = encoder.enums(self.withheld) {
      c.pointee.n_withheld = self.withheld.count
      c.pointee.withheld = elements.assumingMemoryBound(to: Registry__V1__DisclosureClass.self)
    }
  }
}

/// Asks for the changes of households from a position on.
public struct FollowHouseholdsRequest: RPCProtobuf.Message {
  /// Behind this position of an earlier answer to the same caller and divisions; empty from the first
  /// file on.
  public var position: String

  /// In this division or below; empty, without `divisions`, for the caller's whole area.
  public var division: String

  /// Only tells the present position, with no changes: for one who has the files already. With a
  /// position it says nothing.
  public var fromNow: Bool

  /// Goes on for this many seconds when all is told, at most 3600; 0 ends the answer then.
  public var waitSeconds: UInt32

  /// In one of these divisions or below, beside `division`; at most 100, each in the caller's area.
  public var divisions: [String]

  /// The message whose fields all have their default values.
  public init() {
    self.position = ""
    self.division = ""
    self.fromNow = false
    self.waitSeconds = 0
    self.divisions = []
  }

  /// A message with these values, and the default for what is not given.
  public init(
    position: String = "",
    division: String = "",
    fromNow: Bool = false,
    waitSeconds: UInt32 = 0,
    divisions: [String] = []
  ) {
    self.position = position
    self.division = division
    self.fromNow = fromNow
    self.waitSeconds = waitSeconds
    self.divisions = divisions
  }

  /// The schema of the message.
  public static let messageDescriptor: RPCProtobuf.MessageDescriptor = {
    var c = Registry__V1__FollowHouseholdsRequest()
    registry__v1__follow_households_request__init(&c)
    return RPCProtobuf.MessageDescriptor(c.base.descriptor)
  }()

  /// Reads the unpacked C structure of the type; for the decoder alone.
  public init(structure: UnsafeRawPointer) {
    self.init(structure.assumingMemoryBound(to: Registry__V1__FollowHouseholdsRequest.self))
  }

  init(_ c: UnsafePointer<Registry__V1__FollowHouseholdsRequest>) {
    self.position = StructureReader.string(c.pointee.position)
    self.division = StructureReader.string(c.pointee.division)
    self.fromNow = c.pointee.from_now != 0
    self.waitSeconds = c.pointee.wait_seconds
    self.divisions = StructureReader.strings(c.pointee.divisions, c.pointee.n_divisions)
  }

  /// Fills an initialised C structure of the type; for the encoder alone.
  public func fill(structure: UnsafeMutableRawPointer, encoder: RPCProtobuf.MessageEncoder) {
    fill(structure.assumingMemoryBound(to: Registry__V1__FollowHouseholdsRequest.self), encoder)
  }

  func fill(_ c: UnsafeMutablePointer<Registry__V1__FollowHouseholdsRequest>, _ encoder: RPCProtobuf.MessageEncoder) {
    c.pointee.position = encoder.string(self.position, "FollowHouseholdsRequest.position")
    c.pointee.division = encoder.string(self.division, "FollowHouseholdsRequest.division")
    c.pointee.from_now = self.fromNow ? 1 : 0
    c.pointee.wait_seconds = self.waitSeconds
    if let elements = encoder.strings(self.divisions, "FollowHouseholdsRequest.divisions") {
      c.pointee.n_divisions = self.divisions.count
      c.pointee.divisions = elements
    }
  }
}

/// A household that the caller does not see any more: it moved away, no person of it is of the kind
/// that the caller sees, or its file was erased. Told of files that were seen behind the position; of an
/// erased file, whose place went with it, to all who follow something of the area of its node.
public struct GoneHousehold: RPCProtobuf.Message {
  /// The household's id.
  public var id: [UInt8]

  /// The printed number; empty where the file was erased.
  public var number: String

  /// The message whose fields all have their default values.
  public init() {
    self.id = []
    self.number = ""
  }

  /// A message with these values, and the default for what is not given.
  public init(
    id: [UInt8] = [],
    number: String = ""
  ) {
    self.id = id
    self.number = number
  }

  /// The schema of the message.
  public static let messageDescriptor: RPCProtobuf.MessageDescriptor = {
    var c = Registry__V1__GoneHousehold()
    registry__v1__gone_household__init(&c)
    return RPCProtobuf.MessageDescriptor(c.base.descriptor)
  }()

  /// Reads the unpacked C structure of the type; for the decoder alone.
  public init(structure: UnsafeRawPointer) {
    self.init(structure.assumingMemoryBound(to: Registry__V1__GoneHousehold.self))
  }

  init(_ c: UnsafePointer<Registry__V1__GoneHousehold>) {
    self.id = StructureReader.bytes(c.pointee.id.data, c.pointee.id.len)
    self.number = StructureReader.string(c.pointee.number)
  }

  /// Fills an initialised C structure of the type; for the encoder alone.
  public func fill(structure: UnsafeMutableRawPointer, encoder: RPCProtobuf.MessageEncoder) {
    fill(structure.assumingMemoryBound(to: Registry__V1__GoneHousehold.self), encoder)
  }

  func fill(_ c: UnsafeMutablePointer<Registry__V1__GoneHousehold>, _ encoder: RPCProtobuf.MessageEncoder) {
    c.pointee.id = ProtobufCBinaryData(len: self.id.count, data: encoder.bytes(self.id))
    c.pointee.number = encoder.string(self.number, "GoneHousehold.number")
  }
}

/// A change of a household.
public struct FollowedHousehold: RPCProtobuf.Message {
  /// What became of it.
  public enum What: Hashable, Sendable {
    /// The file as it is now, as far as the caller sees it.
    case shown(Household)
    /// It is not seen any more.
    case gone(GoneHousehold)
  }

  /// What became of it.
  public var what: What?

  /// The message whose fields all have their default values.
  public init() {
    self.what = nil
  }

  /// A message with these values, and the default for what is not given.
  public init(
    what: What? = nil
  ) {
    self.what = what
  }

  /// The schema of the message.
  public static let messageDescriptor: RPCProtobuf.MessageDescriptor = {
    var c = Registry__V1__FollowedHousehold()
    registry__v1__followed_household__init(&c)
    return RPCProtobuf.MessageDescriptor(c.base.descriptor)
  }()

  /// Reads the unpacked C structure of the type; for the decoder alone.
  public init(structure: UnsafeRawPointer) {
    self.init(structure.assumingMemoryBound(to: Registry__V1__FollowedHousehold.self))
  }

  init(_ c: UnsafePointer<Registry__V1__FollowedHousehold>) {
    switch c.pointee.what_case.rawValue {
    case 1: self.what = c.pointee.shown.map { What.shown(Household(UnsafePointer($0))) }
    case 2: self.what = c.pointee.gone.map { What.gone(GoneHousehold(UnsafePointer($0))) }
    default: self.what = nil
    }
  }

  /// Fills an initialised C structure of the type; for the encoder alone.
  public func fill(structure: UnsafeMutableRawPointer, encoder: RPCProtobuf.MessageEncoder) {
    fill(structure.assumingMemoryBound(to: Registry__V1__FollowedHousehold.self), encoder)
  }

  func fill(_ c: UnsafeMutablePointer<Registry__V1__FollowedHousehold>, _ encoder: RPCProtobuf.MessageEncoder) {
    switch self.what {
    case .shown(let value)?:
      c.pointee.what_case = .init(rawValue: 1)
      c.pointee.shown = encoder.message(registry__v1__household__init) { value.fill($0, encoder) }
    case .gone(let value)?:
      c.pointee.what_case = .init(rawValue: 2)
      c.pointee.gone = encoder.message(registry__v1__gone_household__init) { value.fill($0, encoder) }
    case nil: break
    }
  }
}

/// A part of the changes. Nothing is left out: whatever the caller sees of a file and changed behind
/// the position is told, each time as it is now, so that a file may be told again with what the caller
/// knows already. Changes that the caller may not see are not told, except that a file of the area was
/// erased. The age of a person changes with the day and is no change of a file: birthdays, by which
/// somebody comes into the age that the caller sees or leaves it, cause no line.
public struct FollowHouseholdsResponse: RPCProtobuf.Message {
  /// The changes, each household once.
  public var changes: [FollowedHousehold]

  /// From here the next request goes on; also a part without changes moves it.
  public var position: String

  /// Everything on record is told.
  public var caughtUp: Bool

  /// The message whose fields all have their default values.
  public init() {
    self.changes = []
    self.position = ""
    self.caughtUp = false
  }

  /// A message with these values, and the default for what is not given.
  public init(
    changes: [FollowedHousehold] = [],
    position: String = "",
    caughtUp: Bool = false
  ) {
    self.changes = changes
    self.position = position
    self.caughtUp = caughtUp
  }

  /// The schema of the message.
  public static let messageDescriptor: RPCProtobuf.MessageDescriptor = {
    var c = Registry__V1__FollowHouseholdsResponse()
    registry__v1__follow_households_response__init(&c)
    return RPCProtobuf.MessageDescriptor(c.base.descriptor)
  }()

  /// Reads the unpacked C structure of the type; for the decoder alone.
  public init(structure: UnsafeRawPointer) {
    self.init(structure.assumingMemoryBound(to: Registry__V1__FollowHouseholdsResponse.self))
  }

  init(_ c: UnsafePointer<Registry__V1__FollowHouseholdsResponse>) {
    self.changes = StructureReader.messages(c.pointee.changes, c.pointee.n_changes) { FollowedHousehold($0) }
    self.position = StructureReader.string(c.pointee.position)
    self.caughtUp = c.pointee.caught_up != 0
  }

  /// Fills an initialised C structure of the type; for the encoder alone.
  public func fill(structure: UnsafeMutableRawPointer, encoder: RPCProtobuf.MessageEncoder) {
    fill(structure.assumingMemoryBound(to: Registry__V1__FollowHouseholdsResponse.self), encoder)
  }

  func fill(_ c: UnsafeMutablePointer<Registry__V1__FollowHouseholdsResponse>, _ encoder: RPCProtobuf.MessageEncoder) {
    if let elements = encoder.messages(self.changes, registry__v1__followed_household__init, { $0.fill($1, encoder) }) {
      c.pointee.n_changes = self.changes.count
      c.pointee.changes = elements
    }
    c.pointee.position = encoder.string(self.position, "FollowHouseholdsResponse.position")
    c.pointee.caught_up = self.caughtUp ? 1 : 0
  }
}

/// Asks for measures that suit a household.
public struct SuggestMeasuresRequest: RPCProtobuf.Message {
  /// The household.
  public enum By: Hashable, Sendable {
    /// Its id.
    case id([UInt8])
    /// The printed number.
    case number(String)
  }

  /// The household.
  public var by: By?

  /// As the measures stand on this day, YYYYMMDD; 0 for today.
  public var day: Int32

  /// The message whose fields all have their default values.
  public init() {
    self.by = nil
    self.day = 0
  }

  /// A message with these values, and the default for what is not given.
  public init(
    by: By? = nil,
    day: Int32 = 0
  ) {
    self.by = by
    self.day = day
  }

  /// The schema of the message.
  public static let messageDescriptor: RPCProtobuf.MessageDescriptor = {
    var c = Registry__V1__SuggestMeasuresRequest()
    registry__v1__suggest_measures_request__init(&c)
    return RPCProtobuf.MessageDescriptor(c.base.descriptor)
  }()

  /// Reads the unpacked C structure of the type; for the decoder alone.
  public init(structure: UnsafeRawPointer) {
    self.init(structure.assumingMemoryBound(to: Registry__V1__SuggestMeasuresRequest.self))
  }

  init(_ c: UnsafePointer<Registry__V1__SuggestMeasuresRequest>) {
    switch c.pointee.by_case.rawValue {
    case 1: self.by = By.id(StructureReader.bytes(c.pointee.id.data, c.pointee.id.len))
    case 2: self.by = By.number(StructureReader.string(c.pointee.number))
    default: self.by = nil
    }
    self.day = c.pointee.day
  }

  /// Fills an initialised C structure of the type; for the encoder alone.
  public func fill(structure: UnsafeMutableRawPointer, encoder: RPCProtobuf.MessageEncoder) {
    fill(structure.assumingMemoryBound(to: Registry__V1__SuggestMeasuresRequest.self), encoder)
  }

  func fill(_ c: UnsafeMutablePointer<Registry__V1__SuggestMeasuresRequest>, _ encoder: RPCProtobuf.MessageEncoder) {
    switch self.by {
    case .id(let value)?:
      c.pointee.by_case = .init(rawValue: 1)
      c.pointee.id = ProtobufCBinaryData(len: value.count, data: encoder.bytes(value))
    case .number(let value)?:
      c.pointee.by_case = .init(rawValue: 2)
      c.pointee.number = encoder.text(value, "SuggestMeasuresRequest.number")
    case nil: break
    }
    c.pointee.day = self.day
  }
}

/// A measure that suits a household.
public struct SuggestedMeasure: RPCProtobuf.Message {
  /// A word of the table of measures, such as `micro-credit`.
  public var measure: String

  /// Its name in English.
  public var nameEn: String

  /// Its name in Chinese.
  public var nameZh: String

  /// The household's causes that it answers, the main one first; none for one of its category alone.
  public var causes: [UInt32]

  /// It asks for a member who is able to work, and the caller does not see, or nobody recorded, whether
  /// there is one.
  public var labourUnknown: Bool

  /// The message whose fields all have their default values.
  public init() {
    self.measure = ""
    self.nameEn = ""
    self.nameZh = ""
    self.causes = []
    self.labourUnknown = false
  }

  /// A message with these values, and the default for what is not given.
  public init(
    measure: String = "",
    nameEn: String = "",
    nameZh: String = "",
    causes: [UInt32] = [],
    labourUnknown: Bool = false
  ) {
    self.measure = measure
    self.nameEn = nameEn
    self.nameZh = nameZh
    self.causes = causes
    self.labourUnknown = labourUnknown
  }

  /// The schema of the message.
  public static let messageDescriptor: RPCProtobuf.MessageDescriptor = {
    var c = Registry__V1__SuggestedMeasure()
    registry__v1__suggested_measure__init(&c)
    return RPCProtobuf.MessageDescriptor(c.base.descriptor)
  }()

  /// Reads the unpacked C structure of the type; for the decoder alone.
  public init(structure: UnsafeRawPointer) {
    self.init(structure.assumingMemoryBound(to: Registry__V1__SuggestedMeasure.self))
  }

  init(_ c: UnsafePointer<Registry__V1__SuggestedMeasure>) {
    self.measure = StructureReader.string(c.pointee.measure)
    self.nameEn = StructureReader.string(c.pointee.name_en)
    self.nameZh = StructureReader.string(c.pointee.name_zh)
    self.causes = StructureReader.scalars(c.pointee.causes, c.pointee.n_causes)
    self.labourUnknown = c.pointee.labour_unknown != 0
  }

  /// Fills an initialised C structure of the type; for the encoder alone.
  public func fill(structure: UnsafeMutableRawPointer, encoder: RPCProtobuf.MessageEncoder) {
    fill(structure.assumingMemoryBound(to: Registry__V1__SuggestedMeasure.self), encoder)
  }

  func fill(_ c: UnsafeMutablePointer<Registry__V1__SuggestedMeasure>, _ encoder: RPCProtobuf.MessageEncoder) {
    c.pointee.measure = encoder.string(self.measure, "SuggestedMeasure.measure")
    c.pointee.name_en = encoder.string(self.nameEn, "SuggestedMeasure.name_en")
    c.pointee.name_zh = encoder.string(self.nameZh, "SuggestedMeasure.name_zh")
    if let elements = encoder.scalars(self.causes) {
      c.pointee.n_causes = self.causes.count
      c.pointee.causes = elements
    }
    c.pointee.labour_unknown = self.labourUnknown ? 1 : 0
  }
}

/// Measures that suit a household, those for its main cause first.
public struct SuggestMeasuresResponse: RPCProtobuf.Message {
  /// The printed number.
  public var number: String

  /// The measures; none where the category is withheld.
  public var measures: [SuggestedMeasure]

  /// The day on which they are offered, YYYYMMDD.
  public var day: Int32

  /// The classes left out.
  public var withheld: [DisclosureClass]

  /// The message whose fields all have their default values.
  public init() {
    self.number = ""
    self.measures = []
    self.day = 0
    self.withheld = []
  }

  /// A message with these values, and the default for what is not given.
  public init(
    number: String = "",
    measures: [SuggestedMeasure] = [],
    day: Int32 = 0,
    withheld: [DisclosureClass] = []
  ) {
    self.number = number
    self.measures = measures
    self.day = day
    self.withheld = withheld
  }

  /// The schema of the message.
  public static let messageDescriptor: RPCProtobuf.MessageDescriptor = {
    var c = Registry__V1__SuggestMeasuresResponse()
    registry__v1__suggest_measures_response__init(&c)
    return RPCProtobuf.MessageDescriptor(c.base.descriptor)
  }()

  /// Reads the unpacked C structure of the type; for the decoder alone.
  public init(structure: UnsafeRawPointer) {
    self.init(structure.assumingMemoryBound(to: Registry__V1__SuggestMeasuresResponse.self))
  }

  init(_ c: UnsafePointer<Registry__V1__SuggestMeasuresResponse>) {
    self.number = StructureReader.string(c.pointee.number)
    self.measures = StructureReader.messages(c.pointee.measures, c.pointee.n_measures) { SuggestedMeasure($0) }
    self.day = c.pointee.day
    self.withheld = StructureReader.enums(c.pointee.withheld, c.pointee.n_withheld)
  }

  /// Fills an initialised C structure of the type; for the encoder alone.
  public func fill(structure: UnsafeMutableRawPointer, encoder: RPCProtobuf.MessageEncoder) {
    fill(structure.assumingMemoryBound(to: Registry__V1__SuggestMeasuresResponse.self), encoder)
  }

  func fill(_ c: UnsafeMutablePointer<Registry__V1__SuggestMeasuresResponse>, _ encoder: RPCProtobuf.MessageEncoder) {
    c.pointee.number = encoder.string(self.number, "SuggestMeasuresResponse.number")
    if let elements = encoder.messages(self.measures, registry__v1__suggested_measure__init, { $0.fill($1, encoder) }) {
      c.pointee.n_measures = self.measures.count
      c.pointee.measures = elements
    }
    c.pointee.day = self.day
    if let elements = encoder.enums(self.withheld) {
      c.pointee.n_withheld = self.withheld.count
      c.pointee.withheld = elements.assumingMemoryBound(to: Registry__V1__DisclosureClass.self)
    }
  }
}

/// The methods of `registry.v1.InquiryService`.
public enum InquiryMethods {
  /// `MatchPeople`.
  public static let matchPeople = RPCCore.MethodDescriptor(
    service: "registry.v1.InquiryService", method: "MatchPeople",
    kind: .bidirectional)
  /// `FollowHouseholds`.
  public static let followHouseholds = RPCCore.MethodDescriptor(
    service: "registry.v1.InquiryService", method: "FollowHouseholds",
    kind: .serverStreaming, isReadOnly: true)
  /// `SuggestMeasures`.
  public static let suggestMeasures = RPCCore.MethodDescriptor(
    service: "registry.v1.InquiryService", method: "SuggestMeasures",
    kind: .unary, isReadOnly: true)
  /// `ListLooks`.
  public static let listLooks = RPCCore.MethodDescriptor(
    service: "registry.v1.InquiryService", method: "ListLooks",
    kind: .unary, isReadOnly: true)
  /// All of them, in the order of the schema.
  public static let all: [RPCCore.MethodDescriptor] = [
    matchPeople,
    followHouseholds,
    suggestMeasures,
    listLooks,
  ]
}

/// Inquiries of departments.
public protocol InquiryService: RPCCore.Service {
  /// Compares a list of persons with those on record, part by part: each part is answered when its
  /// look is durable.
  func matchPeople(
    _ requests: RPCCore.RequestStream<MatchPeopleRequest>, responses: RPCCore.ResponseWriter<MatchPeopleResponse>, context: RPCCore.ServerContext
  ) async throws
  /// Tells what changes in the files that the caller sees, from a position on; each part when its
  /// look is durable.
  func followHouseholds(
    _ request: FollowHouseholdsRequest, responses: RPCCore.ResponseWriter<FollowHouseholdsResponse>, context: RPCCore.ServerContext
  ) async throws
  /// Suggests measures of support by a household's category, causes and labour.
  func suggestMeasures(
    _ request: SuggestMeasuresRequest, context: RPCCore.ServerContext
  ) async throws -> SuggestMeasuresResponse
  /// Tells who looked at a household's file.
  func listLooks(
    _ request: ListLooksRequest, context: RPCCore.ServerContext
  ) async throws -> ListLooksResponse
}

extension InquiryService {
  /// Adds every method of the service to a router.
  public func register(in router: inout RPCCore.Router) {
    router.bidirectional(InquiryMethods.matchPeople) {
      (requests: RPCCore.RequestStream<MatchPeopleRequest>, responses: RPCCore.ResponseWriter<MatchPeopleResponse>, context) async throws -> Void in
      try await self.matchPeople(requests, responses: responses, context: context)
    }
    router.serverStreaming(InquiryMethods.followHouseholds) {
      (request: FollowHouseholdsRequest, responses: RPCCore.ResponseWriter<FollowHouseholdsResponse>, context) async throws -> Void in
      try await self.followHouseholds(request, responses: responses, context: context)
    }
    router.unary(InquiryMethods.suggestMeasures) {
      (request: SuggestMeasuresRequest, context) async throws -> SuggestMeasuresResponse in
      try await self.suggestMeasures(request, context: context)
    }
    router.unary(InquiryMethods.listLooks) {
      (request: ListLooksRequest, context) async throws -> ListLooksResponse in
      try await self.listLooks(request, context: context)
    }
  }
}

/// Inquiries of departments.
public struct InquiryClient: Sendable {
  /// What carries the calls.
  public let channel: any RPCCore.Channel

  /// Calls the service over a channel.
  public init(_ channel: any RPCCore.Channel) { self.channel = channel }

  /// Compares a list of persons with those on record, part by part: each part is answered when its
  /// look is durable.
  public func matchPeople(
    options: RPCCore.CallOptions = RPCCore.CallOptions()
  ) async throws -> RPCCore.BidirectionalCall<MatchPeopleRequest, MatchPeopleResponse> {
    try await channel.bidirectional(
      InquiryMethods.matchPeople, sending: MatchPeopleRequest.self, returning: MatchPeopleResponse.self,
      options: options)
  }

  /// Tells what changes in the files that the caller sees, from a position on; each part when its
  /// look is durable.
  public func followHouseholds(
    _ request: FollowHouseholdsRequest, options: RPCCore.CallOptions = RPCCore.CallOptions()
  ) async throws -> RPCCore.ResponseStream<FollowHouseholdsResponse> {
    try await channel.serverStreaming(
      InquiryMethods.followHouseholds, request, returning: FollowHouseholdsResponse.self,
      options: options)
  }

  /// Suggests measures of support by a household's category, causes and labour.
  public func suggestMeasures(
    _ request: SuggestMeasuresRequest, options: RPCCore.CallOptions = RPCCore.CallOptions()
  ) async throws -> SuggestMeasuresResponse {
    try await channel.unary(
      InquiryMethods.suggestMeasures, request, returning: SuggestMeasuresResponse.self,
      options: options)
  }

  /// Tells who looked at a household's file.
  public func listLooks(
    _ request: ListLooksRequest, options: RPCCore.CallOptions = RPCCore.CallOptions()
  ) async throws -> ListLooksResponse {
    try await channel.unary(
      InquiryMethods.listLooks, request, returning: ListLooksResponse.self,
      options: options)
  }
}
