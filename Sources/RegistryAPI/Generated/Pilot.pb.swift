// swift-format-ignore-file
// Generated from registry/v1/pilot.proto by protoc-gen-registry-swift.
// Do not edit: run tools/generate

internal import CRegistryAPI
internal import CProtobufC
public import RPCCore
public import RPCProtobuf

/// A number of a record.
public struct PilotFigure: RPCProtobuf.Message {
  /// Its key, one of the kind's, such as `people.mobilised`.
  public var key: String

  /// The number, in the key's unit; not negative.
  public var value: Int64

  /// The message whose fields all have their default values.
  public init() {
    self.key = ""
    self.value = 0
  }

  /// A message with these values, and the default for what is not given.
  public init(
    key: String = "",
    value: Int64 = 0
  ) {
    self.key = key
    self.value = value
  }

  /// The schema of the message.
  public static let messageDescriptor: RPCProtobuf.MessageDescriptor = {
    var c = Registry__V1__PilotFigure()
    registry__v1__pilot_figure__init(&c)
    return RPCProtobuf.MessageDescriptor(c.base.descriptor)
  }()

  /// Reads the unpacked C structure of the type; for the decoder alone.
  public init(structure: UnsafeRawPointer) {
    self.init(structure.assumingMemoryBound(to: Registry__V1__PilotFigure.self))
  }

  init(_ c: UnsafePointer<Registry__V1__PilotFigure>) {
    self.key = StructureReader.string(c.pointee.key)
    self.value = c.pointee.value
  }

  /// Fills an initialised C structure of the type; for the encoder alone.
  public func fill(structure: UnsafeMutableRawPointer, encoder: RPCProtobuf.MessageEncoder) {
    fill(structure.assumingMemoryBound(to: Registry__V1__PilotFigure.self), encoder)
  }

  func fill(_ c: UnsafeMutablePointer<Registry__V1__PilotFigure>, _ encoder: RPCProtobuf.MessageEncoder) {
    c.pointee.key = encoder.string(self.key, "PilotFigure.key")
    c.pointee.value = self.value
  }
}

/// A record of pilot work; body of its entry, not sealed: of poor households it holds no more than
/// the id of one whose need a project takes up, or that a finding is about.
public struct PilotRecord: RPCProtobuf.Message {
  /// The id that never changes; the node gives it.
  public var id: [UInt8]

  /// The version, from 1.
  public var version: UInt64

  /// What it is: a word of the table of kinds, such as `training`.
  public var kind: String

  /// The code of the division that it is about.
  public var division: String

  /// The day that it is of, YYYYMMDD.
  public var day: Int32

  /// What it is called; 1 to 200 bytes.
  public var title: String

  /// More words; at most 2000 bytes.
  public var text: String

  /// Its numbers.
  public var figures: [PilotFigure]

  /// The level of government whose money it is: state, province, prefecture, county or society; only
  /// where the kind is of money.
  public var level: String

  /// Where it is from: the number of the document, or words; at most 200 bytes.
  public var source: String

  /// It no longer counts.
  public var withdrawn: Bool

  /// Why this version was made; for later versions, at most 400 bytes.
  public var reason: String

  /// Who recorded this version: the identity's URI.
  public var recordedBy: String

  /// The person's name, from the certificate's subject.
  public var person: String

  /// The person's signature over the record as it was asked for, where the kind asks for one; see
  /// `StepSignature`: the list is this one record's octets.
  public var signature: [UInt8]

  /// SHA-256 of the signing certificate (DER).
  public var certificate: [UInt8]

  /// The octets that were signed: the record as it was asked for.
  public var signed: [UInt8]

  /// The id of the record that it is of, as its kind asks for: the budget or the money received that
  /// an allocation or a disbursement draws on, the allocation that money was received from, the
  /// inspection of a finding, the finding that a correction puts right. Never changes.
  public var of: [UInt8]

  /// The id of the project that it is for, as its kind asks for. Never changes.
  public var project: [UInt8]

  /// The id of the household that it is about, as its kind asks for; records that name one are left out
  /// for offices that see no households. Never changes.
  public var household: [UInt8]

  /// The kind of need, code list `ours: need`, as its kind asks for.
  public var need: UInt32

  /// The unit of `scale`, such as 亩; at most 20 bytes. Of a need that is taken up: the need's own.
  public var unit: String

  /// The codes of more divisions that it is about: the rest of a contiguous area; at most 100.
  public var divisions: [String]

  /// The instant at which this version was recorded; the node gives it.
  public var recordedAt: Int64

  /// The message whose fields all have their default values.
  public init() {
    self.id = []
    self.version = 0
    self.kind = ""
    self.division = ""
    self.day = 0
    self.title = ""
    self.text = ""
    self.figures = []
    self.level = ""
    self.source = ""
    self.withdrawn = false
    self.reason = ""
    self.recordedBy = ""
    self.person = ""
    self.signature = []
    self.certificate = []
    self.signed = []
    self.of = []
    self.project = []
    self.household = []
    self.need = 0
    self.unit = ""
    self.divisions = []
    self.recordedAt = 0
  }

  /// A message with these values, and the default for what is not given.
  public init(
    id: [UInt8] = [],
    version: UInt64 = 0,
    kind: String = "",
    division: String = "",
    day: Int32 = 0,
    title: String = "",
    text: String = "",
    figures: [PilotFigure] = [],
    level: String = "",
    source: String = "",
    withdrawn: Bool = false,
    reason: String = "",
    recordedBy: String = "",
    person: String = "",
    signature: [UInt8] = [],
    certificate: [UInt8] = [],
    signed: [UInt8] = [],
    of: [UInt8] = [],
    project: [UInt8] = [],
    household: [UInt8] = [],
    need: UInt32 = 0,
    unit: String = "",
    divisions: [String] = [],
    recordedAt: Int64 = 0
  ) {
    self.id = id
    self.version = version
    self.kind = kind
    self.division = division
    self.day = day
    self.title = title
    self.text = text
    self.figures = figures
    self.level = level
    self.source = source
    self.withdrawn = withdrawn
    self.reason = reason
    self.recordedBy = recordedBy
    self.person = person
    self.signature = signature
    self.certificate = certificate
    self.signed = signed
    self.of = of
    self.project = project
    self.household = household
    self.need = need
    self.unit = unit
    self.divisions = divisions
    self.recordedAt = recordedAt
  }

  /// The schema of the message.
  public static let messageDescriptor: RPCProtobuf.MessageDescriptor = {
    var c = Registry__V1__PilotRecord()
    registry__v1__pilot_record__init(&c)
    return RPCProtobuf.MessageDescriptor(c.base.descriptor)
  }()

  /// Reads the unpacked C structure of the type; for the decoder alone.
  public init(structure: UnsafeRawPointer) {
    self.init(structure.assumingMemoryBound(to: Registry__V1__PilotRecord.self))
  }

  init(_ c: UnsafePointer<Registry__V1__PilotRecord>) {
    self.id = StructureReader.bytes(c.pointee.id.data, c.pointee.id.len)
    self.version = c.pointee.version
    self.kind = StructureReader.string(c.pointee.kind)
    self.division = StructureReader.string(c.pointee.division)
    self.day = c.pointee.day
    self.title = StructureReader.string(c.pointee.title)
    self.text = StructureReader.string(c.pointee.text)
    self.figures = StructureReader.messages(c.pointee.figures, c.pointee.n_figures) { PilotFigure($0) }
    self.level = StructureReader.string(c.pointee.level)
    self.source = StructureReader.string(c.pointee.source)
    self.withdrawn = c.pointee.withdrawn != 0
    self.reason = StructureReader.string(c.pointee.reason)
    self.recordedBy = StructureReader.string(c.pointee.recorded_by)
    self.person = StructureReader.string(c.pointee.person)
    self.signature = StructureReader.bytes(c.pointee.signature.data, c.pointee.signature.len)
    self.certificate = StructureReader.bytes(c.pointee.certificate.data, c.pointee.certificate.len)
    self.signed = StructureReader.bytes(c.pointee.signed_.data, c.pointee.signed_.len)
    self.of = StructureReader.bytes(c.pointee.of.data, c.pointee.of.len)
    self.project = StructureReader.bytes(c.pointee.project.data, c.pointee.project.len)
    self.household = StructureReader.bytes(c.pointee.household.data, c.pointee.household.len)
    self.need = c.pointee.need
    self.unit = StructureReader.string(c.pointee.unit)
    self.divisions = StructureReader.strings(c.pointee.divisions, c.pointee.n_divisions)
    self.recordedAt = c.pointee.recorded_at
  }

  /// Fills an initialised C structure of the type; for the encoder alone.
  public func fill(structure: UnsafeMutableRawPointer, encoder: RPCProtobuf.MessageEncoder) {
    fill(structure.assumingMemoryBound(to: Registry__V1__PilotRecord.self), encoder)
  }

  func fill(_ c: UnsafeMutablePointer<Registry__V1__PilotRecord>, _ encoder: RPCProtobuf.MessageEncoder) {
    c.pointee.id = ProtobufCBinaryData(len: self.id.count, data: encoder.bytes(self.id))
    c.pointee.version = self.version
    c.pointee.kind = encoder.string(self.kind, "PilotRecord.kind")
    c.pointee.division = encoder.string(self.division, "PilotRecord.division")
    c.pointee.day = self.day
    c.pointee.title = encoder.string(self.title, "PilotRecord.title")
    c.pointee.text = encoder.string(self.text, "PilotRecord.text")
    if let elements = encoder.messages(self.figures, registry__v1__pilot_figure__init, { $0.fill($1, encoder) }) {
      c.pointee.n_figures = self.figures.count
      c.pointee.figures = elements
    }
    c.pointee.level = encoder.string(self.level, "PilotRecord.level")
    c.pointee.source = encoder.string(self.source, "PilotRecord.source")
    c.pointee.withdrawn = self.withdrawn ? 1 : 0
    c.pointee.reason = encoder.string(self.reason, "PilotRecord.reason")
    c.pointee.recorded_by = encoder.string(self.recordedBy, "PilotRecord.recorded_by")
    c.pointee.person = encoder.string(self.person, "PilotRecord.person")
    c.pointee.signature = ProtobufCBinaryData(len: self.signature.count, data: encoder.bytes(self.signature))
    c.pointee.certificate = ProtobufCBinaryData(len: self.certificate.count, data: encoder.bytes(self.certificate))
    c.pointee.signed_ = ProtobufCBinaryData(len: self.signed.count, data: encoder.bytes(self.signed))
    c.pointee.of = ProtobufCBinaryData(len: self.of.count, data: encoder.bytes(self.of))
    c.pointee.project = ProtobufCBinaryData(len: self.project.count, data: encoder.bytes(self.project))
    c.pointee.household = ProtobufCBinaryData(len: self.household.count, data: encoder.bytes(self.household))
    c.pointee.need = self.need
    c.pointee.unit = encoder.string(self.unit, "PilotRecord.unit")
    if let elements = encoder.strings(self.divisions, "PilotRecord.divisions") {
      c.pointee.n_divisions = self.divisions.count
      c.pointee.divisions = elements
    }
    c.pointee.recorded_at = self.recordedAt
  }
}

/// Asks to record a piece of pilot work, or a later version of one.
public struct SetPilotRecordRequest: RPCProtobuf.Message {
  /// The record's octets. Without an id it is new; with one, `version` is the version that it goes on
  /// from. `recorded_by`, `person` and what the node gives are ignored.
  public var record: [UInt8]

  /// The person's signature; needed where the kind asks for one.
  public var signature: StepSignature?

  /// The message whose fields all have their default values.
  public init() {
    self.record = []
    self.signature = nil
  }

  /// A message with these values, and the default for what is not given.
  public init(
    record: [UInt8] = [],
    signature: StepSignature? = nil
  ) {
    self.record = record
    self.signature = signature
  }

  /// The schema of the message.
  public static let messageDescriptor: RPCProtobuf.MessageDescriptor = {
    var c = Registry__V1__SetPilotRecordRequest()
    registry__v1__set_pilot_record_request__init(&c)
    return RPCProtobuf.MessageDescriptor(c.base.descriptor)
  }()

  /// Reads the unpacked C structure of the type; for the decoder alone.
  public init(structure: UnsafeRawPointer) {
    self.init(structure.assumingMemoryBound(to: Registry__V1__SetPilotRecordRequest.self))
  }

  init(_ c: UnsafePointer<Registry__V1__SetPilotRecordRequest>) {
    self.record = StructureReader.bytes(c.pointee.record.data, c.pointee.record.len)
    self.signature = c.pointee.signature.map { StepSignature(UnsafePointer($0)) }
  }

  /// Fills an initialised C structure of the type; for the encoder alone.
  public func fill(structure: UnsafeMutableRawPointer, encoder: RPCProtobuf.MessageEncoder) {
    fill(structure.assumingMemoryBound(to: Registry__V1__SetPilotRecordRequest.self), encoder)
  }

  func fill(_ c: UnsafeMutablePointer<Registry__V1__SetPilotRecordRequest>, _ encoder: RPCProtobuf.MessageEncoder) {
    c.pointee.record = ProtobufCBinaryData(len: self.record.count, data: encoder.bytes(self.record))
    if let value = self.signature {
      c.pointee.signature = encoder.message(registry__v1__step_signature__init) { value.fill($0, encoder) }
    }
  }
}

/// Asks for one record.
public struct GetPilotRecordRequest: RPCProtobuf.Message {
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
    var c = Registry__V1__GetPilotRecordRequest()
    registry__v1__get_pilot_record_request__init(&c)
    return RPCProtobuf.MessageDescriptor(c.base.descriptor)
  }()

  /// Reads the unpacked C structure of the type; for the decoder alone.
  public init(structure: UnsafeRawPointer) {
    self.init(structure.assumingMemoryBound(to: Registry__V1__GetPilotRecordRequest.self))
  }

  init(_ c: UnsafePointer<Registry__V1__GetPilotRecordRequest>) {
    self.id = StructureReader.bytes(c.pointee.id.data, c.pointee.id.len)
  }

  /// Fills an initialised C structure of the type; for the encoder alone.
  public func fill(structure: UnsafeMutableRawPointer, encoder: RPCProtobuf.MessageEncoder) {
    fill(structure.assumingMemoryBound(to: Registry__V1__GetPilotRecordRequest.self), encoder)
  }

  func fill(_ c: UnsafeMutablePointer<Registry__V1__GetPilotRecordRequest>, _ encoder: RPCProtobuf.MessageEncoder) {
    c.pointee.id = ProtobufCBinaryData(len: self.id.count, data: encoder.bytes(self.id))
  }
}

/// Asks for records.
public struct ListPilotRecordsRequest: RPCProtobuf.Message {
  /// In this division or below; empty for the caller's whole area.
  public var division: String

  /// Of this kind; empty for all.
  public var kind: String

  /// Of this day or a later one, YYYYMMDD; 0 for all.
  public var from: Int32

  /// Of this day or an earlier one; 0 for all.
  public var to: Int32

  /// At most this many; 0 for 50, at most 500.
  public var pageSize: UInt32

  /// Goes on from an earlier answer to the same question.
  public var pageToken: String

  /// The message whose fields all have their default values.
  public init() {
    self.division = ""
    self.kind = ""
    self.from = 0
    self.to = 0
    self.pageSize = 0
    self.pageToken = ""
  }

  /// A message with these values, and the default for what is not given.
  public init(
    division: String = "",
    kind: String = "",
    from: Int32 = 0,
    to: Int32 = 0,
    pageSize: UInt32 = 0,
    pageToken: String = ""
  ) {
    self.division = division
    self.kind = kind
    self.from = from
    self.to = to
    self.pageSize = pageSize
    self.pageToken = pageToken
  }

  /// The schema of the message.
  public static let messageDescriptor: RPCProtobuf.MessageDescriptor = {
    var c = Registry__V1__ListPilotRecordsRequest()
    registry__v1__list_pilot_records_request__init(&c)
    return RPCProtobuf.MessageDescriptor(c.base.descriptor)
  }()

  /// Reads the unpacked C structure of the type; for the decoder alone.
  public init(structure: UnsafeRawPointer) {
    self.init(structure.assumingMemoryBound(to: Registry__V1__ListPilotRecordsRequest.self))
  }

  init(_ c: UnsafePointer<Registry__V1__ListPilotRecordsRequest>) {
    self.division = StructureReader.string(c.pointee.division)
    self.kind = StructureReader.string(c.pointee.kind)
    self.from = c.pointee.from
    self.to = c.pointee.to
    self.pageSize = c.pointee.page_size
    self.pageToken = StructureReader.string(c.pointee.page_token)
  }

  /// Fills an initialised C structure of the type; for the encoder alone.
  public func fill(structure: UnsafeMutableRawPointer, encoder: RPCProtobuf.MessageEncoder) {
    fill(structure.assumingMemoryBound(to: Registry__V1__ListPilotRecordsRequest.self), encoder)
  }

  func fill(_ c: UnsafeMutablePointer<Registry__V1__ListPilotRecordsRequest>, _ encoder: RPCProtobuf.MessageEncoder) {
    c.pointee.division = encoder.string(self.division, "ListPilotRecordsRequest.division")
    c.pointee.kind = encoder.string(self.kind, "ListPilotRecordsRequest.kind")
    c.pointee.from = self.from
    c.pointee.to = self.to
    c.pointee.page_size = self.pageSize
    c.pointee.page_token = encoder.string(self.pageToken, "ListPilotRecordsRequest.page_token")
  }
}

/// A page of records in the order of their recording.
public struct ListPilotRecordsResponse: RPCProtobuf.Message {
  /// The records; withdrawn ones are left out. A page may be short, or empty, and have a next one all the
  /// same.
  public var records: [PilotRecord]

  /// Asks for the next page; empty after the last.
  public var nextPageToken: String

  /// The message whose fields all have their default values.
  public init() {
    self.records = []
    self.nextPageToken = ""
  }

  /// A message with these values, and the default for what is not given.
  public init(
    records: [PilotRecord] = [],
    nextPageToken: String = ""
  ) {
    self.records = records
    self.nextPageToken = nextPageToken
  }

  /// The schema of the message.
  public static let messageDescriptor: RPCProtobuf.MessageDescriptor = {
    var c = Registry__V1__ListPilotRecordsResponse()
    registry__v1__list_pilot_records_response__init(&c)
    return RPCProtobuf.MessageDescriptor(c.base.descriptor)
  }()

  /// Reads the unpacked C structure of the type; for the decoder alone.
  public init(structure: UnsafeRawPointer) {
    self.init(structure.assumingMemoryBound(to: Registry__V1__ListPilotRecordsResponse.self))
  }

  init(_ c: UnsafePointer<Registry__V1__ListPilotRecordsResponse>) {
    self.records = StructureReader.messages(c.pointee.records, c.pointee.n_records) { PilotRecord($0) }
    self.nextPageToken = StructureReader.string(c.pointee.next_page_token)
  }

  /// Fills an initialised C structure of the type; for the encoder alone.
  public func fill(structure: UnsafeMutableRawPointer, encoder: RPCProtobuf.MessageEncoder) {
    fill(structure.assumingMemoryBound(to: Registry__V1__ListPilotRecordsResponse.self), encoder)
  }

  func fill(_ c: UnsafeMutablePointer<Registry__V1__ListPilotRecordsResponse>, _ encoder: RPCProtobuf.MessageEncoder) {
    if let elements = encoder.messages(self.records, registry__v1__pilot_record__init, { $0.fill($1, encoder) }) {
      c.pointee.n_records = self.records.count
      c.pointee.records = elements
    }
    c.pointee.next_page_token = encoder.string(self.nextPageToken, "ListPilotRecordsResponse.next_page_token")
  }
}

/// Asks for the sums of a division.
public struct SummarizePilotWorkRequest: RPCProtobuf.Message {
  /// The division with all below; empty for the caller's own.
  public var division: String

  /// As this node had it at the close of this day (China time), YYYYMMDD; 0 for now.
  public var asOf: Int32

  /// The message whose fields all have their default values.
  public init() {
    self.division = ""
    self.asOf = 0
  }

  /// A message with these values, and the default for what is not given.
  public init(
    division: String = "",
    asOf: Int32 = 0
  ) {
    self.division = division
    self.asOf = asOf
  }

  /// The schema of the message.
  public static let messageDescriptor: RPCProtobuf.MessageDescriptor = {
    var c = Registry__V1__SummarizePilotWorkRequest()
    registry__v1__summarize_pilot_work_request__init(&c)
    return RPCProtobuf.MessageDescriptor(c.base.descriptor)
  }()

  /// Reads the unpacked C structure of the type; for the decoder alone.
  public init(structure: UnsafeRawPointer) {
    self.init(structure.assumingMemoryBound(to: Registry__V1__SummarizePilotWorkRequest.self))
  }

  init(_ c: UnsafePointer<Registry__V1__SummarizePilotWorkRequest>) {
    self.division = StructureReader.string(c.pointee.division)
    self.asOf = c.pointee.as_of
  }

  /// Fills an initialised C structure of the type; for the encoder alone.
  public func fill(structure: UnsafeMutableRawPointer, encoder: RPCProtobuf.MessageEncoder) {
    fill(structure.assumingMemoryBound(to: Registry__V1__SummarizePilotWorkRequest.self), encoder)
  }

  func fill(_ c: UnsafeMutablePointer<Registry__V1__SummarizePilotWorkRequest>, _ encoder: RPCProtobuf.MessageEncoder) {
    c.pointee.division = encoder.string(self.division, "SummarizePilotWorkRequest.division")
    c.pointee.as_of = self.asOf
  }
}

/// The records of one kind, summed.
public struct PilotSum: RPCProtobuf.Message {
  /// The kind.
  public var kind: String

  /// Its name in English.
  public var nameEn: String

  /// Its name in Chinese.
  public var nameZh: String

  /// How many records.
  public var records: Int64

  /// In how many divisions.
  public var divisions: Int64

  /// The sums of its numbers, each a figure whose key is the number's.
  public var figures: [Figure]

  /// The message whose fields all have their default values.
  public init() {
    self.kind = ""
    self.nameEn = ""
    self.nameZh = ""
    self.records = 0
    self.divisions = 0
    self.figures = []
  }

  /// A message with these values, and the default for what is not given.
  public init(
    kind: String = "",
    nameEn: String = "",
    nameZh: String = "",
    records: Int64 = 0,
    divisions: Int64 = 0,
    figures: [Figure] = []
  ) {
    self.kind = kind
    self.nameEn = nameEn
    self.nameZh = nameZh
    self.records = records
    self.divisions = divisions
    self.figures = figures
  }

  /// The schema of the message.
  public static let messageDescriptor: RPCProtobuf.MessageDescriptor = {
    var c = Registry__V1__PilotSum()
    registry__v1__pilot_sum__init(&c)
    return RPCProtobuf.MessageDescriptor(c.base.descriptor)
  }()

  /// Reads the unpacked C structure of the type; for the decoder alone.
  public init(structure: UnsafeRawPointer) {
    self.init(structure.assumingMemoryBound(to: Registry__V1__PilotSum.self))
  }

  init(_ c: UnsafePointer<Registry__V1__PilotSum>) {
    self.kind = StructureReader.string(c.pointee.kind)
    self.nameEn = StructureReader.string(c.pointee.name_en)
    self.nameZh = StructureReader.string(c.pointee.name_zh)
    self.records = c.pointee.records
    self.divisions = c.pointee.divisions
    self.figures = StructureReader.messages(c.pointee.figures, c.pointee.n_figures) { Figure($0) }
  }

  /// Fills an initialised C structure of the type; for the encoder alone.
  public func fill(structure: UnsafeMutableRawPointer, encoder: RPCProtobuf.MessageEncoder) {
    fill(structure.assumingMemoryBound(to: Registry__V1__PilotSum.self), encoder)
  }

  func fill(_ c: UnsafeMutablePointer<Registry__V1__PilotSum>, _ encoder: RPCProtobuf.MessageEncoder) {
    c.pointee.kind = encoder.string(self.kind, "PilotSum.kind")
    c.pointee.name_en = encoder.string(self.nameEn, "PilotSum.name_en")
    c.pointee.name_zh = encoder.string(self.nameZh, "PilotSum.name_zh")
    c.pointee.records = self.records
    c.pointee.divisions = self.divisions
    if let elements = encoder.messages(self.figures, registry__v1__figure__init, { $0.fill($1, encoder) }) {
      c.pointee.n_figures = self.figures.count
      c.pointee.figures = elements
    }
  }
}

/// The sums of a division and all below.
public struct PilotSummary: RPCProtobuf.Message {
  /// The division.
  public var division: Division?

  /// The kinds in the order of their table, those without records left out.
  public var sums: [PilotSum]

  /// The data are generated, not real.
  public var synthetic: Bool

  /// The message whose fields all have their default values.
  public init() {
    self.division = nil
    self.sums = []
    self.synthetic = false
  }

  /// A message with these values, and the default for what is not given.
  public init(
    division: Division? = nil,
    sums: [PilotSum] = [],
    synthetic: Bool = false
  ) {
    self.division = division
    self.sums = sums
    self.synthetic = synthetic
  }

  /// The schema of the message.
  public static let messageDescriptor: RPCProtobuf.MessageDescriptor = {
    var c = Registry__V1__PilotSummary()
    registry__v1__pilot_summary__init(&c)
    return RPCProtobuf.MessageDescriptor(c.base.descriptor)
  }()

  /// Reads the unpacked C structure of the type; for the decoder alone.
  public init(structure: UnsafeRawPointer) {
    self.init(structure.assumingMemoryBound(to: Registry__V1__PilotSummary.self))
  }

  init(_ c: UnsafePointer<Registry__V1__PilotSummary>) {
    self.division = c.pointee.division.map { Division(UnsafePointer($0)) }
    self.sums = StructureReader.messages(c.pointee.sums, c.pointee.n_sums) { PilotSum($0) }
    self.synthetic = c.pointee.synthetic != 0
  }

  /// Fills an initialised C structure of the type; for the encoder alone.
  public func fill(structure: UnsafeMutableRawPointer, encoder: RPCProtobuf.MessageEncoder) {
    fill(structure.assumingMemoryBound(to: Registry__V1__PilotSummary.self), encoder)
  }

  func fill(_ c: UnsafeMutablePointer<Registry__V1__PilotSummary>, _ encoder: RPCProtobuf.MessageEncoder) {
    if let value = self.division {
      c.pointee.division = encoder.message(registry__v1__division__init) { value.fill($0, encoder) }
    }
    if let elements = encoder.messages(self.sums, registry__v1__pilot_sum__init, { $0.fill($1, encoder) }) {
      c.pointee.n_sums = self.sums.count
      c.pointee.sums = elements
    }
    c.pointee.synthetic = self.synthetic ? 1 : 0
  }
}

/// Asks for the trial balance of a division's funds.
public struct GetTrialBalanceRequest: RPCProtobuf.Message {
  /// The division with all below; empty for the caller's own.
  public var division: String

  /// As this node had it at the close of this day (China time), YYYYMMDD; 0 for now.
  public var asOf: Int32

  /// The message whose fields all have their default values.
  public init() {
    self.division = ""
    self.asOf = 0
  }

  /// A message with these values, and the default for what is not given.
  public init(
    division: String = "",
    asOf: Int32 = 0
  ) {
    self.division = division
    self.asOf = asOf
  }

  /// The schema of the message.
  public static let messageDescriptor: RPCProtobuf.MessageDescriptor = {
    var c = Registry__V1__GetTrialBalanceRequest()
    registry__v1__get_trial_balance_request__init(&c)
    return RPCProtobuf.MessageDescriptor(c.base.descriptor)
  }()

  /// Reads the unpacked C structure of the type; for the decoder alone.
  public init(structure: UnsafeRawPointer) {
    self.init(structure.assumingMemoryBound(to: Registry__V1__GetTrialBalanceRequest.self))
  }

  init(_ c: UnsafePointer<Registry__V1__GetTrialBalanceRequest>) {
    self.division = StructureReader.string(c.pointee.division)
    self.asOf = c.pointee.as_of
  }

  /// Fills an initialised C structure of the type; for the encoder alone.
  public func fill(structure: UnsafeMutableRawPointer, encoder: RPCProtobuf.MessageEncoder) {
    fill(structure.assumingMemoryBound(to: Registry__V1__GetTrialBalanceRequest.self), encoder)
  }

  func fill(_ c: UnsafeMutablePointer<Registry__V1__GetTrialBalanceRequest>, _ encoder: RPCProtobuf.MessageEncoder) {
    c.pointee.division = encoder.string(self.division, "GetTrialBalanceRequest.division")
    c.pointee.as_of = self.asOf
  }
}

/// The money of one level of government in a division, in fen. It closes where
/// `budgeted + received_from_outside + drawn_from_outside = undrawn + in_transit + disbursed`, nothing is
/// below zero, and none of the findings is of its level.
public struct TrialBalanceLine: RPCProtobuf.Message {
  /// Whose money: state, province, prefecture, county or society.
  public var level: String

  /// Budgets of the division and all below.
  public var budgeted: Int64

  /// Money received whose allocation is not on record here.
  public var receivedFromOutside: Int64

  /// Allocations to the division or below, and disbursements there, that draw on money of one above.
  public var drawnFromOutside: Int64

  /// What is left of budgets and of money received, drawn on by nothing yet.
  public var undrawn: Int64

  /// Allocated to the division or below and not received yet.
  public var inTransit: Int64

  /// Disbursed, for projects and households and as work funds.
  public var disbursed: Int64

  /// Every fen is accounted for.
  public var closes: Bool

  /// The message whose fields all have their default values.
  public init() {
    self.level = ""
    self.budgeted = 0
    self.receivedFromOutside = 0
    self.drawnFromOutside = 0
    self.undrawn = 0
    self.inTransit = 0
    self.disbursed = 0
    self.closes = false
  }

  /// A message with these values, and the default for what is not given.
  public init(
    level: String = "",
    budgeted: Int64 = 0,
    receivedFromOutside: Int64 = 0,
    drawnFromOutside: Int64 = 0,
    undrawn: Int64 = 0,
    inTransit: Int64 = 0,
    disbursed: Int64 = 0,
    closes: Bool = false
  ) {
    self.level = level
    self.budgeted = budgeted
    self.receivedFromOutside = receivedFromOutside
    self.drawnFromOutside = drawnFromOutside
    self.undrawn = undrawn
    self.inTransit = inTransit
    self.disbursed = disbursed
    self.closes = closes
  }

  /// The schema of the message.
  public static let messageDescriptor: RPCProtobuf.MessageDescriptor = {
    var c = Registry__V1__TrialBalanceLine()
    registry__v1__trial_balance_line__init(&c)
    return RPCProtobuf.MessageDescriptor(c.base.descriptor)
  }()

  /// Reads the unpacked C structure of the type; for the decoder alone.
  public init(structure: UnsafeRawPointer) {
    self.init(structure.assumingMemoryBound(to: Registry__V1__TrialBalanceLine.self))
  }

  init(_ c: UnsafePointer<Registry__V1__TrialBalanceLine>) {
    self.level = StructureReader.string(c.pointee.level)
    self.budgeted = c.pointee.budgeted
    self.receivedFromOutside = c.pointee.received_from_outside
    self.drawnFromOutside = c.pointee.drawn_from_outside
    self.undrawn = c.pointee.undrawn
    self.inTransit = c.pointee.in_transit
    self.disbursed = c.pointee.disbursed
    self.closes = c.pointee.closes != 0
  }

  /// Fills an initialised C structure of the type; for the encoder alone.
  public func fill(structure: UnsafeMutableRawPointer, encoder: RPCProtobuf.MessageEncoder) {
    fill(structure.assumingMemoryBound(to: Registry__V1__TrialBalanceLine.self), encoder)
  }

  func fill(_ c: UnsafeMutablePointer<Registry__V1__TrialBalanceLine>, _ encoder: RPCProtobuf.MessageEncoder) {
    c.pointee.level = encoder.string(self.level, "TrialBalanceLine.level")
    c.pointee.budgeted = self.budgeted
    c.pointee.received_from_outside = self.receivedFromOutside
    c.pointee.drawn_from_outside = self.drawnFromOutside
    c.pointee.undrawn = self.undrawn
    c.pointee.in_transit = self.inTransit
    c.pointee.disbursed = self.disbursed
    c.pointee.closes = self.closes ? 1 : 0
  }
}

/// Something wrong with the funds on record.
public struct FundsFinding: RPCProtobuf.Message {
  /// The record's id.
  public var record: [UInt8]

  /// A stable word: `overdrawn`, `source-missing`, `allocation-withdrawn`, `level`, `division`, `from-nowhere`.
  public var rule: String

  /// What is wrong, in English.
  public var messageEn: String

  /// The same in Chinese.
  public var messageZh: String

  /// By how much, in fen.
  public var fen: Int64

  /// Whose money.
  public var level: String

  /// The message whose fields all have their default values.
  public init() {
    self.record = []
    self.rule = ""
    self.messageEn = ""
    self.messageZh = ""
    self.fen = 0
    self.level = ""
  }

  /// A message with these values, and the default for what is not given.
  public init(
    record: [UInt8] = [],
    rule: String = "",
    messageEn: String = "",
    messageZh: String = "",
    fen: Int64 = 0,
    level: String = ""
  ) {
    self.record = record
    self.rule = rule
    self.messageEn = messageEn
    self.messageZh = messageZh
    self.fen = fen
    self.level = level
  }

  /// The schema of the message.
  public static let messageDescriptor: RPCProtobuf.MessageDescriptor = {
    var c = Registry__V1__FundsFinding()
    registry__v1__funds_finding__init(&c)
    return RPCProtobuf.MessageDescriptor(c.base.descriptor)
  }()

  /// Reads the unpacked C structure of the type; for the decoder alone.
  public init(structure: UnsafeRawPointer) {
    self.init(structure.assumingMemoryBound(to: Registry__V1__FundsFinding.self))
  }

  init(_ c: UnsafePointer<Registry__V1__FundsFinding>) {
    self.record = StructureReader.bytes(c.pointee.record.data, c.pointee.record.len)
    self.rule = StructureReader.string(c.pointee.rule)
    self.messageEn = StructureReader.string(c.pointee.message_en)
    self.messageZh = StructureReader.string(c.pointee.message_zh)
    self.fen = c.pointee.fen
    self.level = StructureReader.string(c.pointee.level)
  }

  /// Fills an initialised C structure of the type; for the encoder alone.
  public func fill(structure: UnsafeMutableRawPointer, encoder: RPCProtobuf.MessageEncoder) {
    fill(structure.assumingMemoryBound(to: Registry__V1__FundsFinding.self), encoder)
  }

  func fill(_ c: UnsafeMutablePointer<Registry__V1__FundsFinding>, _ encoder: RPCProtobuf.MessageEncoder) {
    c.pointee.record = ProtobufCBinaryData(len: self.record.count, data: encoder.bytes(self.record))
    c.pointee.rule = encoder.string(self.rule, "FundsFinding.rule")
    c.pointee.message_en = encoder.string(self.messageEn, "FundsFinding.message_en")
    c.pointee.message_zh = encoder.string(self.messageZh, "FundsFinding.message_zh")
    c.pointee.fen = self.fen
    c.pointee.level = encoder.string(self.level, "FundsFinding.level")
  }
}

/// A trial balance.
public struct TrialBalance: RPCProtobuf.Message {
  /// The division.
  public var division: Division?

  /// The levels that have money, in their order.
  public var lines: [TrialBalanceLine]

  /// What is wrong, if anything; at most 1000.
  public var findings: [FundsFinding]

  /// The data are generated, not real.
  public var synthetic: Bool

  /// The message whose fields all have their default values.
  public init() {
    self.division = nil
    self.lines = []
    self.findings = []
    self.synthetic = false
  }

  /// A message with these values, and the default for what is not given.
  public init(
    division: Division? = nil,
    lines: [TrialBalanceLine] = [],
    findings: [FundsFinding] = [],
    synthetic: Bool = false
  ) {
    self.division = division
    self.lines = lines
    self.findings = findings
    self.synthetic = synthetic
  }

  /// The schema of the message.
  public static let messageDescriptor: RPCProtobuf.MessageDescriptor = {
    var c = Registry__V1__TrialBalance()
    registry__v1__trial_balance__init(&c)
    return RPCProtobuf.MessageDescriptor(c.base.descriptor)
  }()

  /// Reads the unpacked C structure of the type; for the decoder alone.
  public init(structure: UnsafeRawPointer) {
    self.init(structure.assumingMemoryBound(to: Registry__V1__TrialBalance.self))
  }

  init(_ c: UnsafePointer<Registry__V1__TrialBalance>) {
    self.division = c.pointee.division.map { Division(UnsafePointer($0)) }
    self.lines = StructureReader.messages(c.pointee.lines, c.pointee.n_lines) { TrialBalanceLine($0) }
    self.findings = StructureReader.messages(c.pointee.findings, c.pointee.n_findings) { FundsFinding($0) }
    self.synthetic = c.pointee.synthetic != 0
  }

  /// Fills an initialised C structure of the type; for the encoder alone.
  public func fill(structure: UnsafeMutableRawPointer, encoder: RPCProtobuf.MessageEncoder) {
    fill(structure.assumingMemoryBound(to: Registry__V1__TrialBalance.self), encoder)
  }

  func fill(_ c: UnsafeMutablePointer<Registry__V1__TrialBalance>, _ encoder: RPCProtobuf.MessageEncoder) {
    if let value = self.division {
      c.pointee.division = encoder.message(registry__v1__division__init) { value.fill($0, encoder) }
    }
    if let elements = encoder.messages(self.lines, registry__v1__trial_balance_line__init, { $0.fill($1, encoder) }) {
      c.pointee.n_lines = self.lines.count
      c.pointee.lines = elements
    }
    if let elements = encoder.messages(self.findings, registry__v1__funds_finding__init, { $0.fill($1, encoder) }) {
      c.pointee.n_findings = self.findings.count
      c.pointee.findings = elements
    }
    c.pointee.synthetic = self.synthetic ? 1 : 0
  }
}

/// Asks for what became of records: of projects, of inspections' findings.
public struct FollowPilotRecordsRequest: RPCProtobuf.Message {
  /// In this division or below; empty for the caller's own.
  public var division: String

  /// Of this kind, such as `project` or `finding`.
  public var kind: String

  /// Only those that nothing of this kind goes back to, such as `correction`; empty for all.
  public var without: String

  /// At most this many; 0 for 50, at most 500.
  public var pageSize: UInt32

  /// Goes on from an earlier answer to the same question.
  public var pageToken: String

  /// The message whose fields all have their default values.
  public init() {
    self.division = ""
    self.kind = ""
    self.without = ""
    self.pageSize = 0
    self.pageToken = ""
  }

  /// A message with these values, and the default for what is not given.
  public init(
    division: String = "",
    kind: String = "",
    without: String = "",
    pageSize: UInt32 = 0,
    pageToken: String = ""
  ) {
    self.division = division
    self.kind = kind
    self.without = without
    self.pageSize = pageSize
    self.pageToken = pageToken
  }

  /// The schema of the message.
  public static let messageDescriptor: RPCProtobuf.MessageDescriptor = {
    var c = Registry__V1__FollowPilotRecordsRequest()
    registry__v1__follow_pilot_records_request__init(&c)
    return RPCProtobuf.MessageDescriptor(c.base.descriptor)
  }()

  /// Reads the unpacked C structure of the type; for the decoder alone.
  public init(structure: UnsafeRawPointer) {
    self.init(structure.assumingMemoryBound(to: Registry__V1__FollowPilotRecordsRequest.self))
  }

  init(_ c: UnsafePointer<Registry__V1__FollowPilotRecordsRequest>) {
    self.division = StructureReader.string(c.pointee.division)
    self.kind = StructureReader.string(c.pointee.kind)
    self.without = StructureReader.string(c.pointee.without)
    self.pageSize = c.pointee.page_size
    self.pageToken = StructureReader.string(c.pointee.page_token)
  }

  /// Fills an initialised C structure of the type; for the encoder alone.
  public func fill(structure: UnsafeMutableRawPointer, encoder: RPCProtobuf.MessageEncoder) {
    fill(structure.assumingMemoryBound(to: Registry__V1__FollowPilotRecordsRequest.self), encoder)
  }

  func fill(_ c: UnsafeMutablePointer<Registry__V1__FollowPilotRecordsRequest>, _ encoder: RPCProtobuf.MessageEncoder) {
    c.pointee.division = encoder.string(self.division, "FollowPilotRecordsRequest.division")
    c.pointee.kind = encoder.string(self.kind, "FollowPilotRecordsRequest.kind")
    c.pointee.without = encoder.string(self.without, "FollowPilotRecordsRequest.without")
    c.pointee.page_size = self.pageSize
    c.pointee.page_token = encoder.string(self.pageToken, "FollowPilotRecordsRequest.page_token")
  }
}

/// A record and what goes back to it.
public struct FollowedPilotRecord: RPCProtobuf.Message {
  /// The record.
  public var record: PilotRecord?

  /// The sums of the records that name it as what they are of, or as their project, by kind.
  public var sums: [PilotSum]

  /// The message whose fields all have their default values.
  public init() {
    self.record = nil
    self.sums = []
  }

  /// A message with these values, and the default for what is not given.
  public init(
    record: PilotRecord? = nil,
    sums: [PilotSum] = []
  ) {
    self.record = record
    self.sums = sums
  }

  /// The schema of the message.
  public static let messageDescriptor: RPCProtobuf.MessageDescriptor = {
    var c = Registry__V1__FollowedPilotRecord()
    registry__v1__followed_pilot_record__init(&c)
    return RPCProtobuf.MessageDescriptor(c.base.descriptor)
  }()

  /// Reads the unpacked C structure of the type; for the decoder alone.
  public init(structure: UnsafeRawPointer) {
    self.init(structure.assumingMemoryBound(to: Registry__V1__FollowedPilotRecord.self))
  }

  init(_ c: UnsafePointer<Registry__V1__FollowedPilotRecord>) {
    self.record = c.pointee.record.map { PilotRecord(UnsafePointer($0)) }
    self.sums = StructureReader.messages(c.pointee.sums, c.pointee.n_sums) { PilotSum($0) }
  }

  /// Fills an initialised C structure of the type; for the encoder alone.
  public func fill(structure: UnsafeMutableRawPointer, encoder: RPCProtobuf.MessageEncoder) {
    fill(structure.assumingMemoryBound(to: Registry__V1__FollowedPilotRecord.self), encoder)
  }

  func fill(_ c: UnsafeMutablePointer<Registry__V1__FollowedPilotRecord>, _ encoder: RPCProtobuf.MessageEncoder) {
    if let value = self.record {
      c.pointee.record = encoder.message(registry__v1__pilot_record__init) { value.fill($0, encoder) }
    }
    if let elements = encoder.messages(self.sums, registry__v1__pilot_sum__init, { $0.fill($1, encoder) }) {
      c.pointee.n_sums = self.sums.count
      c.pointee.sums = elements
    }
  }
}

/// A page of records with what became of them.
public struct FollowPilotRecordsResponse: RPCProtobuf.Message {
  /// The records in the order of their recording; withdrawn ones are left out.
  public var records: [FollowedPilotRecord]

  /// Asks for the next page; empty after the last.
  public var nextPageToken: String

  /// The message whose fields all have their default values.
  public init() {
    self.records = []
    self.nextPageToken = ""
  }

  /// A message with these values, and the default for what is not given.
  public init(
    records: [FollowedPilotRecord] = [],
    nextPageToken: String = ""
  ) {
    self.records = records
    self.nextPageToken = nextPageToken
  }

  /// The schema of the message.
  public static let messageDescriptor: RPCProtobuf.MessageDescriptor = {
    var c = Registry__V1__FollowPilotRecordsResponse()
    registry__v1__follow_pilot_records_response__init(&c)
    return RPCProtobuf.MessageDescriptor(c.base.descriptor)
  }()

  /// Reads the unpacked C structure of the type; for the decoder alone.
  public init(structure: UnsafeRawPointer) {
    self.init(structure.assumingMemoryBound(to: Registry__V1__FollowPilotRecordsResponse.self))
  }

  init(_ c: UnsafePointer<Registry__V1__FollowPilotRecordsResponse>) {
    self.records = StructureReader.messages(c.pointee.records, c.pointee.n_records) { FollowedPilotRecord($0) }
    self.nextPageToken = StructureReader.string(c.pointee.next_page_token)
  }

  /// Fills an initialised C structure of the type; for the encoder alone.
  public func fill(structure: UnsafeMutableRawPointer, encoder: RPCProtobuf.MessageEncoder) {
    fill(structure.assumingMemoryBound(to: Registry__V1__FollowPilotRecordsResponse.self), encoder)
  }

  func fill(_ c: UnsafeMutablePointer<Registry__V1__FollowPilotRecordsResponse>, _ encoder: RPCProtobuf.MessageEncoder) {
    if let elements = encoder.messages(self.records, registry__v1__followed_pilot_record__init, { $0.fill($1, encoder) }) {
      c.pointee.n_records = self.records.count
      c.pointee.records = elements
    }
    c.pointee.next_page_token = encoder.string(self.nextPageToken, "FollowPilotRecordsResponse.next_page_token")
  }
}

/// The methods of `registry.v1.PilotService`.
public enum PilotMethods {
  /// `SetPilotRecord`.
  public static let setPilotRecord = RPCCore.MethodDescriptor(
    service: "registry.v1.PilotService", method: "SetPilotRecord",
    kind: .unary)
  /// `GetPilotRecord`.
  public static let getPilotRecord = RPCCore.MethodDescriptor(
    service: "registry.v1.PilotService", method: "GetPilotRecord",
    kind: .unary, isReadOnly: true)
  /// `ListPilotRecords`.
  public static let listPilotRecords = RPCCore.MethodDescriptor(
    service: "registry.v1.PilotService", method: "ListPilotRecords",
    kind: .unary, isReadOnly: true)
  /// `SummarizePilotWork`.
  public static let summarizePilotWork = RPCCore.MethodDescriptor(
    service: "registry.v1.PilotService", method: "SummarizePilotWork",
    kind: .unary, isReadOnly: true)
  /// `FollowPilotRecords`.
  public static let followPilotRecords = RPCCore.MethodDescriptor(
    service: "registry.v1.PilotService", method: "FollowPilotRecords",
    kind: .unary, isReadOnly: true)
  /// `GetTrialBalance`.
  public static let getTrialBalance = RPCCore.MethodDescriptor(
    service: "registry.v1.PilotService", method: "GetTrialBalance",
    kind: .unary, isReadOnly: true)
  /// All of them, in the order of the schema.
  public static let all: [RPCCore.MethodDescriptor] = [
    setPilotRecord,
    getPilotRecord,
    listPilotRecords,
    summarizePilotWork,
    followPilotRecords,
    getTrialBalance,
  ]
}

/// Records of pilot work, rolled up by division.
public protocol PilotService: RPCCore.Service {
  /// Records a piece of work, or a later version. Under an idempotency key, kept for a week, the same
  /// record is recorded once, however it is signed.
  func setPilotRecord(
    _ request: SetPilotRecordRequest, context: RPCCore.ServerContext
  ) async throws -> PilotRecord
  /// Gives the present version of a record: of one in the caller's area, or of a project or an allocation
  /// whose area the caller's lies in; NOT_FOUND for others, and once it is withdrawn.
  func getPilotRecord(
    _ request: GetPilotRecordRequest, context: RPCCore.ServerContext
  ) async throws -> PilotRecord
  /// Lists records.
  func listPilotRecords(
    _ request: ListPilotRecordsRequest, context: RPCCore.ServerContext
  ) async throws -> ListPilotRecordsResponse
  /// Sums records.
  func summarizePilotWork(
    _ request: SummarizePilotWorkRequest, context: RPCCore.ServerContext
  ) async throws -> PilotSummary
  /// Lists records of a kind with what became of them: what projects took up and were paid, which
  /// findings were corrected.
  func followPilotRecords(
    _ request: FollowPilotRecordsRequest, context: RPCCore.ServerContext
  ) async throws -> FollowPilotRecordsResponse
  /// Accounts for the funds of a division.
  func getTrialBalance(
    _ request: GetTrialBalanceRequest, context: RPCCore.ServerContext
  ) async throws -> TrialBalance
}

extension PilotService {
  /// Adds every method of the service to a router.
  public func register(in router: inout RPCCore.Router) {
    router.unary(PilotMethods.setPilotRecord) {
      (request: SetPilotRecordRequest, context) async throws -> PilotRecord in
      try await self.setPilotRecord(request, context: context)
    }
    router.unary(PilotMethods.getPilotRecord) {
      (request: GetPilotRecordRequest, context) async throws -> PilotRecord in
      try await self.getPilotRecord(request, context: context)
    }
    router.unary(PilotMethods.listPilotRecords) {
      (request: ListPilotRecordsRequest, context) async throws -> ListPilotRecordsResponse in
      try await self.listPilotRecords(request, context: context)
    }
    router.unary(PilotMethods.summarizePilotWork) {
      (request: SummarizePilotWorkRequest, context) async throws -> PilotSummary in
      try await self.summarizePilotWork(request, context: context)
    }
    router.unary(PilotMethods.followPilotRecords) {
      (request: FollowPilotRecordsRequest, context) async throws -> FollowPilotRecordsResponse in
      try await self.followPilotRecords(request, context: context)
    }
    router.unary(PilotMethods.getTrialBalance) {
      (request: GetTrialBalanceRequest, context) async throws -> TrialBalance in
      try await self.getTrialBalance(request, context: context)
    }
  }
}

/// Records of pilot work, rolled up by division.
public struct PilotClient: Sendable {
  /// What carries the calls.
  public let channel: any RPCCore.Channel

  /// Calls the service over a channel.
  public init(_ channel: any RPCCore.Channel) { self.channel = channel }

  /// Records a piece of work, or a later version. Under an idempotency key, kept for a week, the same
  /// record is recorded once, however it is signed.
  public func setPilotRecord(
    _ request: SetPilotRecordRequest, options: RPCCore.CallOptions = RPCCore.CallOptions()
  ) async throws -> PilotRecord {
    try await channel.unary(
      PilotMethods.setPilotRecord, request, returning: PilotRecord.self,
      options: options)
  }

  /// Gives the present version of a record: of one in the caller's area, or of a project or an allocation
  /// whose area the caller's lies in; NOT_FOUND for others, and once it is withdrawn.
  public func getPilotRecord(
    _ request: GetPilotRecordRequest, options: RPCCore.CallOptions = RPCCore.CallOptions()
  ) async throws -> PilotRecord {
    try await channel.unary(
      PilotMethods.getPilotRecord, request, returning: PilotRecord.self,
      options: options)
  }

  /// Lists records.
  public func listPilotRecords(
    _ request: ListPilotRecordsRequest, options: RPCCore.CallOptions = RPCCore.CallOptions()
  ) async throws -> ListPilotRecordsResponse {
    try await channel.unary(
      PilotMethods.listPilotRecords, request, returning: ListPilotRecordsResponse.self,
      options: options)
  }

  /// Sums records.
  public func summarizePilotWork(
    _ request: SummarizePilotWorkRequest, options: RPCCore.CallOptions = RPCCore.CallOptions()
  ) async throws -> PilotSummary {
    try await channel.unary(
      PilotMethods.summarizePilotWork, request, returning: PilotSummary.self,
      options: options)
  }

  /// Lists records of a kind with what became of them: what projects took up and were paid, which
  /// findings were corrected.
  public func followPilotRecords(
    _ request: FollowPilotRecordsRequest, options: RPCCore.CallOptions = RPCCore.CallOptions()
  ) async throws -> FollowPilotRecordsResponse {
    try await channel.unary(
      PilotMethods.followPilotRecords, request, returning: FollowPilotRecordsResponse.self,
      options: options)
  }

  /// Accounts for the funds of a division.
  public func getTrialBalance(
    _ request: GetTrialBalanceRequest, options: RPCCore.CallOptions = RPCCore.CallOptions()
  ) async throws -> TrialBalance {
    try await channel.unary(
      PilotMethods.getTrialBalance, request, returning: TrialBalance.self,
      options: options)
  }
}
