// swift-format-ignore-file
// Generated from registry/v1/statistics.proto by protoc-gen-registry-swift.
// Do not edit: run tools/generate

internal import CRegistryAPI
internal import CProtobufC
public import RPCCore
public import RPCProtobuf

/// The unit of a figure.
public struct FigureUnit: RPCProtobuf.MessageEnum {
  /// The number on the wire.
  public let rawValue: Int32
  /// Keeps any number.
  public init(rawValue: Int32) { self.rawValue = rawValue }

  /// A plain number.
  public static let unspecified = FigureUnit(rawValue: 0)

  /// Households.
  public static let households = FigureUnit(rawValue: 1)

  /// People.
  public static let people = FigureUnit(rawValue: 2)

  /// Fen.
  public static let fen = FigureUnit(rawValue: 3)

  /// Divisions.
  public static let divisions = FigureUnit(rawValue: 4)

  /// Hundredths of the unit that the figure's name states.
  public static let hundredths = FigureUnit(rawValue: 5)

  /// The values that the schema names, by number.
  public static let allKnown: [FigureUnit] = [
    .unspecified,
    .households,
    .people,
    .fen,
    .divisions,
    .hundredths,
  ]

  /// The value's name in the schema, or its number in digits when it has none.
  public var name: String {
    switch rawValue {
    case 0: "FIGURE_UNIT_UNSPECIFIED"
    case 1: "FIGURE_UNIT_HOUSEHOLDS"
    case 2: "FIGURE_UNIT_PEOPLE"
    case 3: "FIGURE_UNIT_FEN"
    case 4: "FIGURE_UNIT_DIVISIONS"
    case 5: "FIGURE_UNIT_HUNDREDTHS"
    default: String(rawValue)
    }
  }
}

/// Households and their members.
public struct Count: RPCProtobuf.Message {
  /// Households.
  public var households: Int64

  /// Members of those households.
  public var people: Int64

  /// The message whose fields all have their default values.
  public init() {
    self.households = 0
    self.people = 0
  }

  /// A message with these values, and the default for what is not given.
  public init(
    households: Int64 = 0,
    people: Int64 = 0
  ) {
    self.households = households
    self.people = people
  }

  /// The schema of the message.
  public static let messageDescriptor: RPCProtobuf.MessageDescriptor = {
    var c = Registry__V1__Count()
    registry__v1__count__init(&c)
    return RPCProtobuf.MessageDescriptor(c.base.descriptor)
  }()

  /// Reads the unpacked C structure of the type; for the decoder alone.
  public init(structure: UnsafeRawPointer) {
    self.init(structure.assumingMemoryBound(to: Registry__V1__Count.self))
  }

  init(_ c: UnsafePointer<Registry__V1__Count>) {
    self.households = c.pointee.households
    self.people = c.pointee.people
  }

  /// Fills an initialised C structure of the type; for the encoder alone.
  public func fill(structure: UnsafeMutableRawPointer, encoder: RPCProtobuf.MessageEncoder) {
    fill(structure.assumingMemoryBound(to: Registry__V1__Count.self), encoder)
  }

  func fill(_ c: UnsafeMutablePointer<Registry__V1__Count>, _ encoder: RPCProtobuf.MessageEncoder) {
    c.pointee.households = self.households
    c.pointee.people = self.people
  }
}

/// A count of one category.
public struct CategoryCount: RPCProtobuf.Message {
  /// The category.
  public var category: Category

  /// The count.
  public var count: Count?

  /// The message whose fields all have their default values.
  public init() {
    self.category = Category(rawValue: 0)
    self.count = nil
  }

  /// A message with these values, and the default for what is not given.
  public init(
    category: Category = Category(rawValue: 0),
    count: Count? = nil
  ) {
    self.category = category
    self.count = count
  }

  /// The schema of the message.
  public static let messageDescriptor: RPCProtobuf.MessageDescriptor = {
    var c = Registry__V1__CategoryCount()
    registry__v1__category_count__init(&c)
    return RPCProtobuf.MessageDescriptor(c.base.descriptor)
  }()

  /// Reads the unpacked C structure of the type; for the decoder alone.
  public init(structure: UnsafeRawPointer) {
    self.init(structure.assumingMemoryBound(to: Registry__V1__CategoryCount.self))
  }

  init(_ c: UnsafePointer<Registry__V1__CategoryCount>) {
    self.category = Category(rawValue: Int32(truncatingIfNeeded: c.pointee.category.rawValue))
    self.count = c.pointee.count.map { Count(UnsafePointer($0)) }
  }

  /// Fills an initialised C structure of the type; for the encoder alone.
  public func fill(structure: UnsafeMutableRawPointer, encoder: RPCProtobuf.MessageEncoder) {
    fill(structure.assumingMemoryBound(to: Registry__V1__CategoryCount.self), encoder)
  }

  func fill(_ c: UnsafeMutablePointer<Registry__V1__CategoryCount>, _ encoder: RPCProtobuf.MessageEncoder) {
    c.pointee.category = .init(rawValue: .init(truncatingIfNeeded: self.category.rawValue))
    if let value = self.count {
      c.pointee.count = encoder.message(registry__v1__count__init) { value.fill($0, encoder) }
    }
  }
}

/// A count of one main cause.
public struct CauseCount: RPCProtobuf.Message {
  /// Code list `form: cause of poverty (A3a/A3b)`.
  public var cause: UInt32

  /// The count.
  public var count: Count?

  /// The message whose fields all have their default values.
  public init() {
    self.cause = 0
    self.count = nil
  }

  /// A message with these values, and the default for what is not given.
  public init(
    cause: UInt32 = 0,
    count: Count? = nil
  ) {
    self.cause = cause
    self.count = count
  }

  /// The schema of the message.
  public static let messageDescriptor: RPCProtobuf.MessageDescriptor = {
    var c = Registry__V1__CauseCount()
    registry__v1__cause_count__init(&c)
    return RPCProtobuf.MessageDescriptor(c.base.descriptor)
  }()

  /// Reads the unpacked C structure of the type; for the decoder alone.
  public init(structure: UnsafeRawPointer) {
    self.init(structure.assumingMemoryBound(to: Registry__V1__CauseCount.self))
  }

  init(_ c: UnsafePointer<Registry__V1__CauseCount>) {
    self.cause = c.pointee.cause
    self.count = c.pointee.count.map { Count(UnsafePointer($0)) }
  }

  /// Fills an initialised C structure of the type; for the encoder alone.
  public func fill(structure: UnsafeMutableRawPointer, encoder: RPCProtobuf.MessageEncoder) {
    fill(structure.assumingMemoryBound(to: Registry__V1__CauseCount.self), encoder)
  }

  func fill(_ c: UnsafeMutablePointer<Registry__V1__CauseCount>, _ encoder: RPCProtobuf.MessageEncoder) {
    c.pointee.cause = self.cause
    if let value = self.count {
      c.pointee.count = encoder.message(registry__v1__count__init) { value.fill($0, encoder) }
    }
  }
}

/// A further count, by name: sex, age bands, schooling, labour capacity and so on.
public struct NamedCount: RPCProtobuf.Message {
  /// A stable name, such as `people.female`.
  public var key: String

  /// The name in English.
  public var nameEn: String

  /// The name in Chinese.
  public var nameZh: String

  /// The number.
  public var value: Int64

  /// The message whose fields all have their default values.
  public init() {
    self.key = ""
    self.nameEn = ""
    self.nameZh = ""
    self.value = 0
  }

  /// A message with these values, and the default for what is not given.
  public init(
    key: String = "",
    nameEn: String = "",
    nameZh: String = "",
    value: Int64 = 0
  ) {
    self.key = key
    self.nameEn = nameEn
    self.nameZh = nameZh
    self.value = value
  }

  /// The schema of the message.
  public static let messageDescriptor: RPCProtobuf.MessageDescriptor = {
    var c = Registry__V1__NamedCount()
    registry__v1__named_count__init(&c)
    return RPCProtobuf.MessageDescriptor(c.base.descriptor)
  }()

  /// Reads the unpacked C structure of the type; for the decoder alone.
  public init(structure: UnsafeRawPointer) {
    self.init(structure.assumingMemoryBound(to: Registry__V1__NamedCount.self))
  }

  init(_ c: UnsafePointer<Registry__V1__NamedCount>) {
    self.key = StructureReader.string(c.pointee.key)
    self.nameEn = StructureReader.string(c.pointee.name_en)
    self.nameZh = StructureReader.string(c.pointee.name_zh)
    self.value = c.pointee.value
  }

  /// Fills an initialised C structure of the type; for the encoder alone.
  public func fill(structure: UnsafeMutableRawPointer, encoder: RPCProtobuf.MessageEncoder) {
    fill(structure.assumingMemoryBound(to: Registry__V1__NamedCount.self), encoder)
  }

  func fill(_ c: UnsafeMutablePointer<Registry__V1__NamedCount>, _ encoder: RPCProtobuf.MessageEncoder) {
    c.pointee.key = encoder.string(self.key, "NamedCount.key")
    c.pointee.name_en = encoder.string(self.nameEn, "NamedCount.name_en")
    c.pointee.name_zh = encoder.string(self.nameZh, "NamedCount.name_zh")
    c.pointee.value = self.value
  }
}

/// What is registered in one division.
public struct DivisionStatistics: RPCProtobuf.Message {
  /// The division.
  public var division: Division?

  /// All registered households.
  public var registered: Count?

  /// By category.
  public var categories: [CategoryCount]

  /// By main cause.
  public var causes: [CauseCount]

  /// Under the poverty line in force for the latest income on record.
  public var belowLine: Count?

  /// Further counts.
  public var others: [NamedCount]

  /// The message whose fields all have their default values.
  public init() {
    self.division = nil
    self.registered = nil
    self.categories = []
    self.causes = []
    self.belowLine = nil
    self.others = []
  }

  /// A message with these values, and the default for what is not given.
  public init(
    division: Division? = nil,
    registered: Count? = nil,
    categories: [CategoryCount] = [],
    causes: [CauseCount] = [],
    belowLine: Count? = nil,
    others: [NamedCount] = []
  ) {
    self.division = division
    self.registered = registered
    self.categories = categories
    self.causes = causes
    self.belowLine = belowLine
    self.others = others
  }

  /// The schema of the message.
  public static let messageDescriptor: RPCProtobuf.MessageDescriptor = {
    var c = Registry__V1__DivisionStatistics()
    registry__v1__division_statistics__init(&c)
    return RPCProtobuf.MessageDescriptor(c.base.descriptor)
  }()

  /// Reads the unpacked C structure of the type; for the decoder alone.
  public init(structure: UnsafeRawPointer) {
    self.init(structure.assumingMemoryBound(to: Registry__V1__DivisionStatistics.self))
  }

  init(_ c: UnsafePointer<Registry__V1__DivisionStatistics>) {
    self.division = c.pointee.division.map { Division(UnsafePointer($0)) }
    self.registered = c.pointee.registered.map { Count(UnsafePointer($0)) }
    self.categories = StructureReader.messages(c.pointee.categories, c.pointee.n_categories) { CategoryCount($0) }
    self.causes = StructureReader.messages(c.pointee.causes, c.pointee.n_causes) { CauseCount($0) }
    self.belowLine = c.pointee.below_line.map { Count(UnsafePointer($0)) }
    self.others = StructureReader.messages(c.pointee.others, c.pointee.n_others) { NamedCount($0) }
  }

  /// Fills an initialised C structure of the type; for the encoder alone.
  public func fill(structure: UnsafeMutableRawPointer, encoder: RPCProtobuf.MessageEncoder) {
    fill(structure.assumingMemoryBound(to: Registry__V1__DivisionStatistics.self), encoder)
  }

  func fill(_ c: UnsafeMutablePointer<Registry__V1__DivisionStatistics>, _ encoder: RPCProtobuf.MessageEncoder) {
    if let value = self.division {
      c.pointee.division = encoder.message(registry__v1__division__init) { value.fill($0, encoder) }
    }
    if let value = self.registered {
      c.pointee.registered = encoder.message(registry__v1__count__init) { value.fill($0, encoder) }
    }
    if let elements = encoder.messages(self.categories, registry__v1__category_count__init, { $0.fill($1, encoder) }) {
      c.pointee.n_categories = self.categories.count
      c.pointee.categories = elements
    }
    if let elements = encoder.messages(self.causes, registry__v1__cause_count__init, { $0.fill($1, encoder) }) {
      c.pointee.n_causes = self.causes.count
      c.pointee.causes = elements
    }
    if let value = self.belowLine {
      c.pointee.below_line = encoder.message(registry__v1__count__init) { value.fill($0, encoder) }
    }
    if let elements = encoder.messages(self.others, registry__v1__named_count__init, { $0.fill($1, encoder) }) {
      c.pointee.n_others = self.others.count
      c.pointee.others = elements
    }
  }
}

/// Asks for statistics.
public struct GetStatisticsRequest: RPCProtobuf.Message {
  /// The division; empty for the caller's own. Below townships nothing is given to offices that see
  /// counts alone.
  public var division: String

  /// Also each division directly below.
  public var breakdown: Bool

  /// The message whose fields all have their default values.
  public init() {
    self.division = ""
    self.breakdown = false
  }

  /// A message with these values, and the default for what is not given.
  public init(
    division: String = "",
    breakdown: Bool = false
  ) {
    self.division = division
    self.breakdown = breakdown
  }

  /// The schema of the message.
  public static let messageDescriptor: RPCProtobuf.MessageDescriptor = {
    var c = Registry__V1__GetStatisticsRequest()
    registry__v1__get_statistics_request__init(&c)
    return RPCProtobuf.MessageDescriptor(c.base.descriptor)
  }()

  /// Reads the unpacked C structure of the type; for the decoder alone.
  public init(structure: UnsafeRawPointer) {
    self.init(structure.assumingMemoryBound(to: Registry__V1__GetStatisticsRequest.self))
  }

  init(_ c: UnsafePointer<Registry__V1__GetStatisticsRequest>) {
    self.division = StructureReader.string(c.pointee.division)
    self.breakdown = c.pointee.breakdown != 0
  }

  /// Fills an initialised C structure of the type; for the encoder alone.
  public func fill(structure: UnsafeMutableRawPointer, encoder: RPCProtobuf.MessageEncoder) {
    fill(structure.assumingMemoryBound(to: Registry__V1__GetStatisticsRequest.self), encoder)
  }

  func fill(_ c: UnsafeMutablePointer<Registry__V1__GetStatisticsRequest>, _ encoder: RPCProtobuf.MessageEncoder) {
    c.pointee.division = encoder.string(self.division, "GetStatisticsRequest.division")
    c.pointee.breakdown = self.breakdown ? 1 : 0
  }
}

/// Statistics of a division.
public struct Statistics: RPCProtobuf.Message {
  /// The division itself first, then those below in the order of their codes.
  public var divisions: [DivisionStatistics]

  /// The instant of the figures.
  public var asOf: Int64

  /// The journal's sequence that they include.
  public var sequence: UInt64

  /// The people are generated, not real.
  public var synthetic: Bool

  /// The message whose fields all have their default values.
  public init() {
    self.divisions = []
    self.asOf = 0
    self.sequence = 0
    self.synthetic = false
  }

  /// A message with these values, and the default for what is not given.
  public init(
    divisions: [DivisionStatistics] = [],
    asOf: Int64 = 0,
    sequence: UInt64 = 0,
    synthetic: Bool = false
  ) {
    self.divisions = divisions
    self.asOf = asOf
    self.sequence = sequence
    self.synthetic = synthetic
  }

  /// The schema of the message.
  public static let messageDescriptor: RPCProtobuf.MessageDescriptor = {
    var c = Registry__V1__Statistics()
    registry__v1__statistics__init(&c)
    return RPCProtobuf.MessageDescriptor(c.base.descriptor)
  }()

  /// Reads the unpacked C structure of the type; for the decoder alone.
  public init(structure: UnsafeRawPointer) {
    self.init(structure.assumingMemoryBound(to: Registry__V1__Statistics.self))
  }

  init(_ c: UnsafePointer<Registry__V1__Statistics>) {
    self.divisions = StructureReader.messages(c.pointee.divisions, c.pointee.n_divisions) { DivisionStatistics($0) }
    self.asOf = c.pointee.as_of
    self.sequence = c.pointee.sequence
    self.synthetic = c.pointee.synthetic != 0
  }

  /// Fills an initialised C structure of the type; for the encoder alone.
  public func fill(structure: UnsafeMutableRawPointer, encoder: RPCProtobuf.MessageEncoder) {
    fill(structure.assumingMemoryBound(to: Registry__V1__Statistics.self), encoder)
  }

  func fill(_ c: UnsafeMutablePointer<Registry__V1__Statistics>, _ encoder: RPCProtobuf.MessageEncoder) {
    if let elements = encoder.messages(self.divisions, registry__v1__division_statistics__init, { $0.fill($1, encoder) }) {
      c.pointee.n_divisions = self.divisions.count
      c.pointee.divisions = elements
    }
    c.pointee.as_of = self.asOf
    c.pointee.sequence = self.sequence
    c.pointee.synthetic = self.synthetic ? 1 : 0
  }
}

/// Asks for the report.
public struct GetReportRequest: RPCProtobuf.Message {
  /// The division; empty for the caller's own. Below townships nothing is given to offices that see
  /// counts alone.
  public var division: String

  /// As this node had it at the close of this day (China time), YYYYMMDD; 0 for now. What it says of a
  /// day that has passed never changes.
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
    var c = Registry__V1__GetReportRequest()
    registry__v1__get_report_request__init(&c)
    return RPCProtobuf.MessageDescriptor(c.base.descriptor)
  }()

  /// Reads the unpacked C structure of the type; for the decoder alone.
  public init(structure: UnsafeRawPointer) {
    self.init(structure.assumingMemoryBound(to: Registry__V1__GetReportRequest.self))
  }

  init(_ c: UnsafePointer<Registry__V1__GetReportRequest>) {
    self.division = StructureReader.string(c.pointee.division)
    self.asOf = c.pointee.as_of
  }

  /// Fills an initialised C structure of the type; for the encoder alone.
  public func fill(structure: UnsafeMutableRawPointer, encoder: RPCProtobuf.MessageEncoder) {
    fill(structure.assumingMemoryBound(to: Registry__V1__GetReportRequest.self), encoder)
  }

  func fill(_ c: UnsafeMutablePointer<Registry__V1__GetReportRequest>, _ encoder: RPCProtobuf.MessageEncoder) {
    c.pointee.division = encoder.string(self.division, "GetReportRequest.division")
    c.pointee.as_of = self.asOf
  }
}

/// Asks for the report of a division and of divisions below it.
public struct ListReportsRequest: RPCProtobuf.Message {
  /// The division; empty for the caller's own.
  public var division: String

  /// As `GetReportRequest.as_of`.
  public var asOf: Int32

  /// The level of the divisions below; unspecified for those directly below.
  public var level: DivisionLevel

  /// The message whose fields all have their default values.
  public init() {
    self.division = ""
    self.asOf = 0
    self.level = DivisionLevel(rawValue: 0)
  }

  /// A message with these values, and the default for what is not given.
  public init(
    division: String = "",
    asOf: Int32 = 0,
    level: DivisionLevel = DivisionLevel(rawValue: 0)
  ) {
    self.division = division
    self.asOf = asOf
    self.level = level
  }

  /// The schema of the message.
  public static let messageDescriptor: RPCProtobuf.MessageDescriptor = {
    var c = Registry__V1__ListReportsRequest()
    registry__v1__list_reports_request__init(&c)
    return RPCProtobuf.MessageDescriptor(c.base.descriptor)
  }()

  /// Reads the unpacked C structure of the type; for the decoder alone.
  public init(structure: UnsafeRawPointer) {
    self.init(structure.assumingMemoryBound(to: Registry__V1__ListReportsRequest.self))
  }

  init(_ c: UnsafePointer<Registry__V1__ListReportsRequest>) {
    self.division = StructureReader.string(c.pointee.division)
    self.asOf = c.pointee.as_of
    self.level = DivisionLevel(rawValue: Int32(truncatingIfNeeded: c.pointee.level.rawValue))
  }

  /// Fills an initialised C structure of the type; for the encoder alone.
  public func fill(structure: UnsafeMutableRawPointer, encoder: RPCProtobuf.MessageEncoder) {
    fill(structure.assumingMemoryBound(to: Registry__V1__ListReportsRequest.self), encoder)
  }

  func fill(_ c: UnsafeMutablePointer<Registry__V1__ListReportsRequest>, _ encoder: RPCProtobuf.MessageEncoder) {
    c.pointee.division = encoder.string(self.division, "ListReportsRequest.division")
    c.pointee.as_of = self.asOf
    c.pointee.level = .init(rawValue: .init(truncatingIfNeeded: self.level.rawValue))
  }
}

/// One figure of the report.
public struct Figure: RPCProtobuf.Message {
  /// A stable name, such as `registered.people`.
  public var key: String

  /// The section it stands in, such as `registered` or `causes`.
  public var section: String

  /// The name in English.
  public var nameEn: String

  /// The name in Chinese.
  public var nameZh: String

  /// The number.
  public var value: Int64

  /// Its unit.
  public var unit: FigureUnit

  /// The key of the figure that a percentage of this one is taken of; empty for none.
  public var baseKey: String

  /// The message whose fields all have their default values.
  public init() {
    self.key = ""
    self.section = ""
    self.nameEn = ""
    self.nameZh = ""
    self.value = 0
    self.unit = FigureUnit(rawValue: 0)
    self.baseKey = ""
  }

  /// A message with these values, and the default for what is not given.
  public init(
    key: String = "",
    section: String = "",
    nameEn: String = "",
    nameZh: String = "",
    value: Int64 = 0,
    unit: FigureUnit = FigureUnit(rawValue: 0),
    baseKey: String = ""
  ) {
    self.key = key
    self.section = section
    self.nameEn = nameEn
    self.nameZh = nameZh
    self.value = value
    self.unit = unit
    self.baseKey = baseKey
  }

  /// The schema of the message.
  public static let messageDescriptor: RPCProtobuf.MessageDescriptor = {
    var c = Registry__V1__Figure()
    registry__v1__figure__init(&c)
    return RPCProtobuf.MessageDescriptor(c.base.descriptor)
  }()

  /// Reads the unpacked C structure of the type; for the decoder alone.
  public init(structure: UnsafeRawPointer) {
    self.init(structure.assumingMemoryBound(to: Registry__V1__Figure.self))
  }

  init(_ c: UnsafePointer<Registry__V1__Figure>) {
    self.key = StructureReader.string(c.pointee.key)
    self.section = StructureReader.string(c.pointee.section)
    self.nameEn = StructureReader.string(c.pointee.name_en)
    self.nameZh = StructureReader.string(c.pointee.name_zh)
    self.value = c.pointee.value
    self.unit = FigureUnit(rawValue: Int32(truncatingIfNeeded: c.pointee.unit.rawValue))
    self.baseKey = StructureReader.string(c.pointee.base_key)
  }

  /// Fills an initialised C structure of the type; for the encoder alone.
  public func fill(structure: UnsafeMutableRawPointer, encoder: RPCProtobuf.MessageEncoder) {
    fill(structure.assumingMemoryBound(to: Registry__V1__Figure.self), encoder)
  }

  func fill(_ c: UnsafeMutablePointer<Registry__V1__Figure>, _ encoder: RPCProtobuf.MessageEncoder) {
    c.pointee.key = encoder.string(self.key, "Figure.key")
    c.pointee.section = encoder.string(self.section, "Figure.section")
    c.pointee.name_en = encoder.string(self.nameEn, "Figure.name_en")
    c.pointee.name_zh = encoder.string(self.nameZh, "Figure.name_zh")
    c.pointee.value = self.value
    c.pointee.unit = .init(rawValue: .init(truncatingIfNeeded: self.unit.rawValue))
    c.pointee.base_key = encoder.string(self.baseKey, "Figure.base_key")
  }
}

/// The report of a division, every figure counted from records.
public struct Report: RPCProtobuf.Message {
  /// The division.
  public var division: Division?

  /// The instant of the figures.
  public var asOf: Int64

  /// The journal's sequence that they include.
  public var sequence: UInt64

  /// The people are generated, not real.
  public var synthetic: Bool

  /// The figures in their order.
  public var figures: [Figure]

  /// What a reader must know, in English.
  public var notesEn: [String]

  /// The same in Chinese.
  public var notesZh: [String]

  /// The day at whose close the figures held, YYYYMMDD; 0 for now.
  public var day: Int32

  /// The message whose fields all have their default values.
  public init() {
    self.division = nil
    self.asOf = 0
    self.sequence = 0
    self.synthetic = false
    self.figures = []
    self.notesEn = []
    self.notesZh = []
    self.day = 0
  }

  /// A message with these values, and the default for what is not given.
  public init(
    division: Division? = nil,
    asOf: Int64 = 0,
    sequence: UInt64 = 0,
    synthetic: Bool = false,
    figures: [Figure] = [],
    notesEn: [String] = [],
    notesZh: [String] = [],
    day: Int32 = 0
  ) {
    self.division = division
    self.asOf = asOf
    self.sequence = sequence
    self.synthetic = synthetic
    self.figures = figures
    self.notesEn = notesEn
    self.notesZh = notesZh
    self.day = day
  }

  /// The schema of the message.
  public static let messageDescriptor: RPCProtobuf.MessageDescriptor = {
    var c = Registry__V1__Report()
    registry__v1__report__init(&c)
    return RPCProtobuf.MessageDescriptor(c.base.descriptor)
  }()

  /// Reads the unpacked C structure of the type; for the decoder alone.
  public init(structure: UnsafeRawPointer) {
    self.init(structure.assumingMemoryBound(to: Registry__V1__Report.self))
  }

  init(_ c: UnsafePointer<Registry__V1__Report>) {
    self.division = c.pointee.division.map { Division(UnsafePointer($0)) }
    self.asOf = c.pointee.as_of
    self.sequence = c.pointee.sequence
    self.synthetic = c.pointee.synthetic != 0
    self.figures = StructureReader.messages(c.pointee.figures, c.pointee.n_figures) { Figure($0) }
    self.notesEn = StructureReader.strings(c.pointee.notes_en, c.pointee.n_notes_en)
    self.notesZh = StructureReader.strings(c.pointee.notes_zh, c.pointee.n_notes_zh)
    self.day = c.pointee.day
  }

  /// Fills an initialised C structure of the type; for the encoder alone.
  public func fill(structure: UnsafeMutableRawPointer, encoder: RPCProtobuf.MessageEncoder) {
    fill(structure.assumingMemoryBound(to: Registry__V1__Report.self), encoder)
  }

  func fill(_ c: UnsafeMutablePointer<Registry__V1__Report>, _ encoder: RPCProtobuf.MessageEncoder) {
    if let value = self.division {
      c.pointee.division = encoder.message(registry__v1__division__init) { value.fill($0, encoder) }
    }
    c.pointee.as_of = self.asOf
    c.pointee.sequence = self.sequence
    c.pointee.synthetic = self.synthetic ? 1 : 0
    if let elements = encoder.messages(self.figures, registry__v1__figure__init, { $0.fill($1, encoder) }) {
      c.pointee.n_figures = self.figures.count
      c.pointee.figures = elements
    }
    if let elements = encoder.strings(self.notesEn, "Report.notes_en") {
      c.pointee.n_notes_en = self.notesEn.count
      c.pointee.notes_en = elements
    }
    if let elements = encoder.strings(self.notesZh, "Report.notes_zh") {
      c.pointee.n_notes_zh = self.notesZh.count
      c.pointee.notes_zh = elements
    }
    c.pointee.day = self.day
  }
}

/// Asks for a recount of the registry.
public struct CheckRegistryRequest: RPCProtobuf.Message {
  /// Also opens every sealed file and compares it with its row; slower.
  public var deep: Bool

  /// The message whose fields all have their default values.
  public init() {
    self.deep = false
  }

  /// A message with these values, and the default for what is not given.
  public init(
    deep: Bool = false
  ) {
    self.deep = deep
  }

  /// The schema of the message.
  public static let messageDescriptor: RPCProtobuf.MessageDescriptor = {
    var c = Registry__V1__CheckRegistryRequest()
    registry__v1__check_registry_request__init(&c)
    return RPCProtobuf.MessageDescriptor(c.base.descriptor)
  }()

  /// Reads the unpacked C structure of the type; for the decoder alone.
  public init(structure: UnsafeRawPointer) {
    self.init(structure.assumingMemoryBound(to: Registry__V1__CheckRegistryRequest.self))
  }

  init(_ c: UnsafePointer<Registry__V1__CheckRegistryRequest>) {
    self.deep = c.pointee.deep != 0
  }

  /// Fills an initialised C structure of the type; for the encoder alone.
  public func fill(structure: UnsafeMutableRawPointer, encoder: RPCProtobuf.MessageEncoder) {
    fill(structure.assumingMemoryBound(to: Registry__V1__CheckRegistryRequest.self), encoder)
  }

  func fill(_ c: UnsafeMutablePointer<Registry__V1__CheckRegistryRequest>, _ encoder: RPCProtobuf.MessageEncoder) {
    c.pointee.deep = self.deep ? 1 : 0
  }
}

/// A part of the recount.
public struct CheckFinding: RPCProtobuf.Message {
  /// What was checked, such as `tally`, `journal.tree`, `household.row`.
  public var check: String

  /// Where it fails, without personal data.
  public var place: String

  /// What is wrong, in English.
  public var messageEn: String

  /// The same in Chinese.
  public var messageZh: String

  /// The message whose fields all have their default values.
  public init() {
    self.check = ""
    self.place = ""
    self.messageEn = ""
    self.messageZh = ""
  }

  /// A message with these values, and the default for what is not given.
  public init(
    check: String = "",
    place: String = "",
    messageEn: String = "",
    messageZh: String = ""
  ) {
    self.check = check
    self.place = place
    self.messageEn = messageEn
    self.messageZh = messageZh
  }

  /// The schema of the message.
  public static let messageDescriptor: RPCProtobuf.MessageDescriptor = {
    var c = Registry__V1__CheckFinding()
    registry__v1__check_finding__init(&c)
    return RPCProtobuf.MessageDescriptor(c.base.descriptor)
  }()

  /// Reads the unpacked C structure of the type; for the decoder alone.
  public init(structure: UnsafeRawPointer) {
    self.init(structure.assumingMemoryBound(to: Registry__V1__CheckFinding.self))
  }

  init(_ c: UnsafePointer<Registry__V1__CheckFinding>) {
    self.check = StructureReader.string(c.pointee.check)
    self.place = StructureReader.string(c.pointee.place)
    self.messageEn = StructureReader.string(c.pointee.message_en)
    self.messageZh = StructureReader.string(c.pointee.message_zh)
  }

  /// Fills an initialised C structure of the type; for the encoder alone.
  public func fill(structure: UnsafeMutableRawPointer, encoder: RPCProtobuf.MessageEncoder) {
    fill(structure.assumingMemoryBound(to: Registry__V1__CheckFinding.self), encoder)
  }

  func fill(_ c: UnsafeMutablePointer<Registry__V1__CheckFinding>, _ encoder: RPCProtobuf.MessageEncoder) {
    c.pointee.check = encoder.string(self.check, "CheckFinding.check")
    c.pointee.place = encoder.string(self.place, "CheckFinding.place")
    c.pointee.message_en = encoder.string(self.messageEn, "CheckFinding.message_en")
    c.pointee.message_zh = encoder.string(self.messageZh, "CheckFinding.message_zh")
  }
}

/// The progress and end of a recount.
public struct CheckRegistryResponse: RPCProtobuf.Message {
  /// What is being checked.
  public var stage: String

  /// How much of it is done.
  public var done: UInt64

  /// How much there is.
  public var total: UInt64

  /// What was found wrong since the last message; at most 100 in all.
  public var findings: [CheckFinding]

  /// The recount is finished: no more messages follow.
  public var finished: Bool

  /// Everything found wrong, also beyond the findings sent.
  public var findingCount: UInt64

  /// The message whose fields all have their default values.
  public init() {
    self.stage = ""
    self.done = 0
    self.total = 0
    self.findings = []
    self.finished = false
    self.findingCount = 0
  }

  /// A message with these values, and the default for what is not given.
  public init(
    stage: String = "",
    done: UInt64 = 0,
    total: UInt64 = 0,
    findings: [CheckFinding] = [],
    finished: Bool = false,
    findingCount: UInt64 = 0
  ) {
    self.stage = stage
    self.done = done
    self.total = total
    self.findings = findings
    self.finished = finished
    self.findingCount = findingCount
  }

  /// The schema of the message.
  public static let messageDescriptor: RPCProtobuf.MessageDescriptor = {
    var c = Registry__V1__CheckRegistryResponse()
    registry__v1__check_registry_response__init(&c)
    return RPCProtobuf.MessageDescriptor(c.base.descriptor)
  }()

  /// Reads the unpacked C structure of the type; for the decoder alone.
  public init(structure: UnsafeRawPointer) {
    self.init(structure.assumingMemoryBound(to: Registry__V1__CheckRegistryResponse.self))
  }

  init(_ c: UnsafePointer<Registry__V1__CheckRegistryResponse>) {
    self.stage = StructureReader.string(c.pointee.stage)
    self.done = c.pointee.done
    self.total = c.pointee.total
    self.findings = StructureReader.messages(c.pointee.findings, c.pointee.n_findings) { CheckFinding($0) }
    self.finished = c.pointee.finished != 0
    self.findingCount = c.pointee.finding_count
  }

  /// Fills an initialised C structure of the type; for the encoder alone.
  public func fill(structure: UnsafeMutableRawPointer, encoder: RPCProtobuf.MessageEncoder) {
    fill(structure.assumingMemoryBound(to: Registry__V1__CheckRegistryResponse.self), encoder)
  }

  func fill(_ c: UnsafeMutablePointer<Registry__V1__CheckRegistryResponse>, _ encoder: RPCProtobuf.MessageEncoder) {
    c.pointee.stage = encoder.string(self.stage, "CheckRegistryResponse.stage")
    c.pointee.done = self.done
    c.pointee.total = self.total
    if let elements = encoder.messages(self.findings, registry__v1__check_finding__init, { $0.fill($1, encoder) }) {
      c.pointee.n_findings = self.findings.count
      c.pointee.findings = elements
    }
    c.pointee.finished = self.finished ? 1 : 0
    c.pointee.finding_count = self.findingCount
  }
}

/// Asks for the counts that are published.
public struct GetPublishedCountsRequest: RPCProtobuf.Message {
  /// The division, a township or one above; empty for the caller's own.
  public var division: String

  /// Also of each division directly below, down to townships.
  public var breakdown: Bool

  /// The message whose fields all have their default values.
  public init() {
    self.division = ""
    self.breakdown = false
  }

  /// A message with these values, and the default for what is not given.
  public init(
    division: String = "",
    breakdown: Bool = false
  ) {
    self.division = division
    self.breakdown = breakdown
  }

  /// The schema of the message.
  public static let messageDescriptor: RPCProtobuf.MessageDescriptor = {
    var c = Registry__V1__GetPublishedCountsRequest()
    registry__v1__get_published_counts_request__init(&c)
    return RPCProtobuf.MessageDescriptor(c.base.descriptor)
  }()

  /// Reads the unpacked C structure of the type; for the decoder alone.
  public init(structure: UnsafeRawPointer) {
    self.init(structure.assumingMemoryBound(to: Registry__V1__GetPublishedCountsRequest.self))
  }

  init(_ c: UnsafePointer<Registry__V1__GetPublishedCountsRequest>) {
    self.division = StructureReader.string(c.pointee.division)
    self.breakdown = c.pointee.breakdown != 0
  }

  /// Fills an initialised C structure of the type; for the encoder alone.
  public func fill(structure: UnsafeMutableRawPointer, encoder: RPCProtobuf.MessageEncoder) {
    fill(structure.assumingMemoryBound(to: Registry__V1__GetPublishedCountsRequest.self), encoder)
  }

  func fill(_ c: UnsafeMutablePointer<Registry__V1__GetPublishedCountsRequest>, _ encoder: RPCProtobuf.MessageEncoder) {
    c.pointee.division = encoder.string(self.division, "GetPublishedCountsRequest.division")
    c.pointee.breakdown = self.breakdown ? 1 : 0
  }
}

/// What is published of a division.
public struct PublishedDivision: RPCProtobuf.Message {
  /// The division.
  public var division: Division?

  /// Registered households by category, main cause and need, and the scale and investment needed. Each
  /// counts at least this many. A township's households are rounded down to fives, so that fewer than
  /// five are none; of it no scale and no investment is published. A county has the sum of its
  /// townships' households, and of each need of which that is not zero its own scale, in the need's
  /// unit, and investment, rounded down to two significant digits and the investment at least to
  /// 100,000 yuan; divisions above have the sum of their counties.
  ///
  /// No difference of what is published of one month tells more than the townships' and counties'
  /// own figures. Between two months it shows where a count passed a multiple of five or an amount
  /// a step; who knows of all other changes of that township or county can tell from it on which
  /// side of the step one more household lies, and nothing closer.
  public var figures: [Figure]

  /// The message whose fields all have their default values.
  public init() {
    self.division = nil
    self.figures = []
  }

  /// A message with these values, and the default for what is not given.
  public init(
    division: Division? = nil,
    figures: [Figure] = []
  ) {
    self.division = division
    self.figures = figures
  }

  /// The schema of the message.
  public static let messageDescriptor: RPCProtobuf.MessageDescriptor = {
    var c = Registry__V1__PublishedDivision()
    registry__v1__published_division__init(&c)
    return RPCProtobuf.MessageDescriptor(c.base.descriptor)
  }()

  /// Reads the unpacked C structure of the type; for the decoder alone.
  public init(structure: UnsafeRawPointer) {
    self.init(structure.assumingMemoryBound(to: Registry__V1__PublishedDivision.self))
  }

  init(_ c: UnsafePointer<Registry__V1__PublishedDivision>) {
    self.division = c.pointee.division.map { Division(UnsafePointer($0)) }
    self.figures = StructureReader.messages(c.pointee.figures, c.pointee.n_figures) { Figure($0) }
  }

  /// Fills an initialised C structure of the type; for the encoder alone.
  public func fill(structure: UnsafeMutableRawPointer, encoder: RPCProtobuf.MessageEncoder) {
    fill(structure.assumingMemoryBound(to: Registry__V1__PublishedDivision.self), encoder)
  }

  func fill(_ c: UnsafeMutablePointer<Registry__V1__PublishedDivision>, _ encoder: RPCProtobuf.MessageEncoder) {
    if let value = self.division {
      c.pointee.division = encoder.message(registry__v1__division__init) { value.fill($0, encoder) }
    }
    if let elements = encoder.messages(self.figures, registry__v1__figure__init, { $0.fill($1, encoder) }) {
      c.pointee.n_figures = self.figures.count
      c.pointee.figures = elements
    }
  }
}

/// Counts for everybody.
public struct PublishedCounts: RPCProtobuf.Message {
  /// The division itself first, then those below in the order of their codes.
  public var divisions: [PublishedDivision]

  /// The day at whose close they held, the last of a month, YYYYMMDD.
  public var day: Int32

  /// The people are generated, not real.
  public var synthetic: Bool

  /// The message whose fields all have their default values.
  public init() {
    self.divisions = []
    self.day = 0
    self.synthetic = false
  }

  /// A message with these values, and the default for what is not given.
  public init(
    divisions: [PublishedDivision] = [],
    day: Int32 = 0,
    synthetic: Bool = false
  ) {
    self.divisions = divisions
    self.day = day
    self.synthetic = synthetic
  }

  /// The schema of the message.
  public static let messageDescriptor: RPCProtobuf.MessageDescriptor = {
    var c = Registry__V1__PublishedCounts()
    registry__v1__published_counts__init(&c)
    return RPCProtobuf.MessageDescriptor(c.base.descriptor)
  }()

  /// Reads the unpacked C structure of the type; for the decoder alone.
  public init(structure: UnsafeRawPointer) {
    self.init(structure.assumingMemoryBound(to: Registry__V1__PublishedCounts.self))
  }

  init(_ c: UnsafePointer<Registry__V1__PublishedCounts>) {
    self.divisions = StructureReader.messages(c.pointee.divisions, c.pointee.n_divisions) { PublishedDivision($0) }
    self.day = c.pointee.day
    self.synthetic = c.pointee.synthetic != 0
  }

  /// Fills an initialised C structure of the type; for the encoder alone.
  public func fill(structure: UnsafeMutableRawPointer, encoder: RPCProtobuf.MessageEncoder) {
    fill(structure.assumingMemoryBound(to: Registry__V1__PublishedCounts.self), encoder)
  }

  func fill(_ c: UnsafeMutablePointer<Registry__V1__PublishedCounts>, _ encoder: RPCProtobuf.MessageEncoder) {
    if let elements = encoder.messages(self.divisions, registry__v1__published_division__init, { $0.fill($1, encoder) }) {
      c.pointee.n_divisions = self.divisions.count
      c.pointee.divisions = elements
    }
    c.pointee.day = self.day
    c.pointee.synthetic = self.synthetic ? 1 : 0
  }
}

/// The methods of `registry.v1.StatisticsService`.
public enum StatisticsMethods {
  /// `GetStatistics`.
  public static let getStatistics = RPCCore.MethodDescriptor(
    service: "registry.v1.StatisticsService", method: "GetStatistics",
    kind: .unary, isReadOnly: true)
  /// `GetReport`.
  public static let getReport = RPCCore.MethodDescriptor(
    service: "registry.v1.StatisticsService", method: "GetReport",
    kind: .unary, isReadOnly: true)
  /// `ListReports`.
  public static let listReports = RPCCore.MethodDescriptor(
    service: "registry.v1.StatisticsService", method: "ListReports",
    kind: .serverStreaming, isReadOnly: true)
  /// `GetPublishedCounts`.
  public static let getPublishedCounts = RPCCore.MethodDescriptor(
    service: "registry.v1.StatisticsService", method: "GetPublishedCounts",
    kind: .unary, isReadOnly: true)
  /// `CheckRegistry`.
  public static let checkRegistry = RPCCore.MethodDescriptor(
    service: "registry.v1.StatisticsService", method: "CheckRegistry",
    kind: .serverStreaming, isReadOnly: true)
  /// All of them, in the order of the schema.
  public static let all: [RPCCore.MethodDescriptor] = [
    getStatistics,
    getReport,
    listReports,
    getPublishedCounts,
    checkRegistry,
  ]
}

/// Counts and recounts.
public protocol StatisticsService: RPCCore.Service {
  /// Gives counts by division.
  func getStatistics(
    _ request: GetStatisticsRequest, context: RPCCore.ServerContext
  ) async throws -> Statistics
  /// Gives the report.
  func getReport(
    _ request: GetReportRequest, context: RPCCore.ServerContext
  ) async throws -> Report
  /// Gives the report of a division, then those of the divisions of a level below it in the order of their
  /// codes, these without notes: all of one moment.
  func listReports(
    _ request: ListReportsRequest, responses: RPCCore.ResponseWriter<Report>, context: RPCCore.ServerContext
  ) async throws
  /// Gives the counts that partners see: no small number can be told from them.
  func getPublishedCounts(
    _ request: GetPublishedCountsRequest, context: RPCCore.ServerContext
  ) async throws -> PublishedCounts
  /// Recounts the tallies from the files and the journal's tree from its entries.
  func checkRegistry(
    _ request: CheckRegistryRequest, responses: RPCCore.ResponseWriter<CheckRegistryResponse>, context: RPCCore.ServerContext
  ) async throws
}

extension StatisticsService {
  /// Adds every method of the service to a router.
  public func register(in router: inout RPCCore.Router) {
    router.unary(StatisticsMethods.getStatistics) {
      (request: GetStatisticsRequest, context) async throws -> Statistics in
      try await self.getStatistics(request, context: context)
    }
    router.unary(StatisticsMethods.getReport) {
      (request: GetReportRequest, context) async throws -> Report in
      try await self.getReport(request, context: context)
    }
    router.serverStreaming(StatisticsMethods.listReports) {
      (request: ListReportsRequest, responses: RPCCore.ResponseWriter<Report>, context) async throws -> Void in
      try await self.listReports(request, responses: responses, context: context)
    }
    router.unary(StatisticsMethods.getPublishedCounts) {
      (request: GetPublishedCountsRequest, context) async throws -> PublishedCounts in
      try await self.getPublishedCounts(request, context: context)
    }
    router.serverStreaming(StatisticsMethods.checkRegistry) {
      (request: CheckRegistryRequest, responses: RPCCore.ResponseWriter<CheckRegistryResponse>, context) async throws -> Void in
      try await self.checkRegistry(request, responses: responses, context: context)
    }
  }
}

/// Counts and recounts.
public struct StatisticsClient: Sendable {
  /// What carries the calls.
  public let channel: any RPCCore.Channel

  /// Calls the service over a channel.
  public init(_ channel: any RPCCore.Channel) { self.channel = channel }

  /// Gives counts by division.
  public func getStatistics(
    _ request: GetStatisticsRequest, options: RPCCore.CallOptions = RPCCore.CallOptions()
  ) async throws -> Statistics {
    try await channel.unary(
      StatisticsMethods.getStatistics, request, returning: Statistics.self,
      options: options)
  }

  /// Gives the report.
  public func getReport(
    _ request: GetReportRequest, options: RPCCore.CallOptions = RPCCore.CallOptions()
  ) async throws -> Report {
    try await channel.unary(
      StatisticsMethods.getReport, request, returning: Report.self,
      options: options)
  }

  /// Gives the report of a division, then those of the divisions of a level below it in the order of their
  /// codes, these without notes: all of one moment.
  public func listReports(
    _ request: ListReportsRequest, options: RPCCore.CallOptions = RPCCore.CallOptions()
  ) async throws -> RPCCore.ResponseStream<Report> {
    try await channel.serverStreaming(
      StatisticsMethods.listReports, request, returning: Report.self,
      options: options)
  }

  /// Gives the counts that partners see: no small number can be told from them.
  public func getPublishedCounts(
    _ request: GetPublishedCountsRequest, options: RPCCore.CallOptions = RPCCore.CallOptions()
  ) async throws -> PublishedCounts {
    try await channel.unary(
      StatisticsMethods.getPublishedCounts, request, returning: PublishedCounts.self,
      options: options)
  }

  /// Recounts the tallies from the files and the journal's tree from its entries.
  public func checkRegistry(
    _ request: CheckRegistryRequest, options: RPCCore.CallOptions = RPCCore.CallOptions()
  ) async throws -> RPCCore.ResponseStream<CheckRegistryResponse> {
    try await channel.serverStreaming(
      StatisticsMethods.checkRegistry, request, returning: CheckRegistryResponse.self,
      options: options)
  }
}
