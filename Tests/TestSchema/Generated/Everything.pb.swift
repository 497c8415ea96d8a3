// swift-format-ignore-file
// Generated from test/v1/everything.proto by protoc-gen-registry-swift.
// Do not edit: run tools/generate

internal import CTestSchema
internal import CProtobufC
public import RPCProtobuf

/// Every singular scalar kind.
public struct Scalars: RPCProtobuf.Message {
  /// A double.
  public var doubleValue: Double

  /// `float_value`.
  public var floatValue: Float

  /// `int32_value`.
  public var int32Value: Int32

  /// `int64_value`.
  public var int64Value: Int64

  /// `uint32_value`.
  public var uint32Value: UInt32

  /// `uint64_value`.
  public var uint64Value: UInt64

  /// `sint32_value`.
  public var sint32Value: Int32

  /// `sint64_value`.
  public var sint64Value: Int64

  /// `fixed32_value`.
  public var fixed32Value: UInt32

  /// `fixed64_value`.
  public var fixed64Value: UInt64

  /// `sfixed32_value`.
  public var sfixed32Value: Int32

  /// `sfixed64_value`.
  public var sfixed64Value: Int64

  /// `bool_value`.
  public var boolValue: Bool

  /// `string_value`.
  public var stringValue: String

  /// `bytes_value`.
  public var bytesValue: [UInt8]

  /// `colour`.
  public var colour: Colour

  /// The message whose fields all have their default values.
  public init() {
    self.doubleValue = 0
    self.floatValue = 0
    self.int32Value = 0
    self.int64Value = 0
    self.uint32Value = 0
    self.uint64Value = 0
    self.sint32Value = 0
    self.sint64Value = 0
    self.fixed32Value = 0
    self.fixed64Value = 0
    self.sfixed32Value = 0
    self.sfixed64Value = 0
    self.boolValue = false
    self.stringValue = ""
    self.bytesValue = []
    self.colour = Colour(rawValue: 0)
  }

  /// A message with these values, and the default for what is not given.
  public init(
    doubleValue: Double = 0,
    floatValue: Float = 0,
    int32Value: Int32 = 0,
    int64Value: Int64 = 0,
    uint32Value: UInt32 = 0,
    uint64Value: UInt64 = 0,
    sint32Value: Int32 = 0,
    sint64Value: Int64 = 0,
    fixed32Value: UInt32 = 0,
    fixed64Value: UInt64 = 0,
    sfixed32Value: Int32 = 0,
    sfixed64Value: Int64 = 0,
    boolValue: Bool = false,
    stringValue: String = "",
    bytesValue: [UInt8] = [],
    colour: Colour = Colour(rawValue: 0)
  ) {
    self.doubleValue = doubleValue
    self.floatValue = floatValue
    self.int32Value = int32Value
    self.int64Value = int64Value
    self.uint32Value = uint32Value
    self.uint64Value = uint64Value
    self.sint32Value = sint32Value
    self.sint64Value = sint64Value
    self.fixed32Value = fixed32Value
    self.fixed64Value = fixed64Value
    self.sfixed32Value = sfixed32Value
    self.sfixed64Value = sfixed64Value
    self.boolValue = boolValue
    self.stringValue = stringValue
    self.bytesValue = bytesValue
    self.colour = colour
  }

  /// The schema of the message.
  public static let messageDescriptor: RPCProtobuf.MessageDescriptor = {
    var c = Test__V1__Scalars()
    test__v1__scalars__init(&c)
    return RPCProtobuf.MessageDescriptor(c.base.descriptor)
  }()

  /// Reads the unpacked C structure of the type; for the decoder alone.
  public init(structure: UnsafeRawPointer) {
    self.init(structure.assumingMemoryBound(to: Test__V1__Scalars.self))
  }

  init(_ c: UnsafePointer<Test__V1__Scalars>) {
    self.doubleValue = c.pointee.double_value
    self.floatValue = c.pointee.float_value
    self.int32Value = c.pointee.int32_value
    self.int64Value = c.pointee.int64_value
    self.uint32Value = c.pointee.uint32_value
    self.uint64Value = c.pointee.uint64_value
    self.sint32Value = c.pointee.sint32_value
    self.sint64Value = c.pointee.sint64_value
    self.fixed32Value = c.pointee.fixed32_value
    self.fixed64Value = c.pointee.fixed64_value
    self.sfixed32Value = c.pointee.sfixed32_value
    self.sfixed64Value = c.pointee.sfixed64_value
    self.boolValue = c.pointee.bool_value != 0
    self.stringValue = StructureReader.string(c.pointee.string_value)
    self.bytesValue = StructureReader.bytes(c.pointee.bytes_value.data, c.pointee.bytes_value.len)
    self.colour = Colour(rawValue: Int32(truncatingIfNeeded: c.pointee.colour.rawValue))
  }

  /// Fills an initialised C structure of the type; for the encoder alone.
  public func fill(structure: UnsafeMutableRawPointer, encoder: RPCProtobuf.MessageEncoder) {
    fill(structure.assumingMemoryBound(to: Test__V1__Scalars.self), encoder)
  }

  func fill(_ c: UnsafeMutablePointer<Test__V1__Scalars>, _ encoder: RPCProtobuf.MessageEncoder) {
    c.pointee.double_value = self.doubleValue
    c.pointee.float_value = self.floatValue
    c.pointee.int32_value = self.int32Value
    c.pointee.int64_value = self.int64Value
    c.pointee.uint32_value = self.uint32Value
    c.pointee.uint64_value = self.uint64Value
    c.pointee.sint32_value = self.sint32Value
    c.pointee.sint64_value = self.sint64Value
    c.pointee.fixed32_value = self.fixed32Value
    c.pointee.fixed64_value = self.fixed64Value
    c.pointee.sfixed32_value = self.sfixed32Value
    c.pointee.sfixed64_value = self.sfixed64Value
    c.pointee.bool_value = self.boolValue ? 1 : 0
    c.pointee.string_value = encoder.string(self.stringValue, "Scalars.string_value")
    c.pointee.bytes_value = ProtobufCBinaryData(len: self.bytesValue.count, data: encoder.bytes(self.bytesValue))
    c.pointee.colour = .init(rawValue: .init(truncatingIfNeeded: self.colour.rawValue))
  }

  /// A value of its own of what a view looks at.
  public init(_ view: borrowing View) { self.init(view._c) }

  /// A `Scalars` where it lies unpacked; valid only while it is lent.
  public struct View: RPCProtobuf.MessageView, ~Escapable {
    /// The message that is looked at.
    public typealias ViewedMessage = Scalars
    private let _structure: RPCProtobuf.LentStructure
    /// Looks at the unpacked C structure of the type; for the decoder alone.
    @_lifetime(copy structure)
    public init(_ structure: RPCProtobuf.LentStructure) { _structure = structure }
    fileprivate var _c: UnsafePointer<Test__V1__Scalars> {
      _structure.pointer.assumingMemoryBound(to: Test__V1__Scalars.self)
    }
    /// A double.
    public var doubleValue: Double {
      return _c.pointee.double_value
    }
    /// `float_value`.
    public var floatValue: Float {
      return _c.pointee.float_value
    }
    /// `int32_value`.
    public var int32Value: Int32 {
      return _c.pointee.int32_value
    }
    /// `int64_value`.
    public var int64Value: Int64 {
      return _c.pointee.int64_value
    }
    /// `uint32_value`.
    public var uint32Value: UInt32 {
      return _c.pointee.uint32_value
    }
    /// `uint64_value`.
    public var uint64Value: UInt64 {
      return _c.pointee.uint64_value
    }
    /// `sint32_value`.
    public var sint32Value: Int32 {
      return _c.pointee.sint32_value
    }
    /// `sint64_value`.
    public var sint64Value: Int64 {
      return _c.pointee.sint64_value
    }
    /// `fixed32_value`.
    public var fixed32Value: UInt32 {
      return _c.pointee.fixed32_value
    }
    /// `fixed64_value`.
    public var fixed64Value: UInt64 {
      return _c.pointee.fixed64_value
    }
    /// `sfixed32_value`.
    public var sfixed32Value: Int32 {
      return _c.pointee.sfixed32_value
    }
    /// `sfixed64_value`.
    public var sfixed64Value: Int64 {
      return _c.pointee.sfixed64_value
    }
    /// `bool_value`.
    public var boolValue: Bool {
      return _c.pointee.bool_value != 0
    }
    /// `string_value`.
    public var stringValue: UTF8Span {
      @_lifetime(copy self)
      get {
        return _structure.text(_c.pointee.string_value)
      }
    }
    /// `bytes_value`.
    public var bytesValue: Span<UInt8> {
      @_lifetime(copy self)
      get {
        return _structure.elements(_c.pointee.bytes_value.data, _c.pointee.bytes_value.len)
      }
    }
    /// `colour`.
    public var colour: Colour {
      return Colour(rawValue: Int32(truncatingIfNeeded: _c.pointee.colour.rawValue))
    }
  }
}

/// Every repeated kind, packed where the wire format allows it.
public struct Repeated: RPCProtobuf.Message {
  /// `doubles`.
  public var doubles: [Double]

  /// `floats`.
  public var floats: [Float]

  /// `int32s`.
  public var int32s: [Int32]

  /// `int64s`.
  public var int64s: [Int64]

  /// `uint32s`.
  public var uint32s: [UInt32]

  /// `uint64s`.
  public var uint64s: [UInt64]

  /// `sint32s`.
  public var sint32s: [Int32]

  /// `sint64s`.
  public var sint64s: [Int64]

  /// `fixed32s`.
  public var fixed32s: [UInt32]

  /// `fixed64s`.
  public var fixed64s: [UInt64]

  /// `sfixed32s`.
  public var sfixed32s: [Int32]

  /// `sfixed64s`.
  public var sfixed64s: [Int64]

  /// `bools`.
  public var bools: [Bool]

  /// `strings`.
  public var strings: [String]

  /// `byte_strings`.
  public var byteStrings: [[UInt8]]

  /// `colours`.
  public var colours: [Colour]

  /// `messages`.
  public var messages: [Scalars]

  /// `unpacked`.
  public var unpacked: [Int32]

  /// The message whose fields all have their default values.
  public init() {
    self.doubles = []
    self.floats = []
    self.int32s = []
    self.int64s = []
    self.uint32s = []
    self.uint64s = []
    self.sint32s = []
    self.sint64s = []
    self.fixed32s = []
    self.fixed64s = []
    self.sfixed32s = []
    self.sfixed64s = []
    self.bools = []
    self.strings = []
    self.byteStrings = []
    self.colours = []
    self.messages = []
    self.unpacked = []
  }

  /// A message with these values, and the default for what is not given.
  public init(
    doubles: [Double] = [],
    floats: [Float] = [],
    int32s: [Int32] = [],
    int64s: [Int64] = [],
    uint32s: [UInt32] = [],
    uint64s: [UInt64] = [],
    sint32s: [Int32] = [],
    sint64s: [Int64] = [],
    fixed32s: [UInt32] = [],
    fixed64s: [UInt64] = [],
    sfixed32s: [Int32] = [],
    sfixed64s: [Int64] = [],
    bools: [Bool] = [],
    strings: [String] = [],
    byteStrings: [[UInt8]] = [],
    colours: [Colour] = [],
    messages: [Scalars] = [],
    unpacked: [Int32] = []
  ) {
    self.doubles = doubles
    self.floats = floats
    self.int32s = int32s
    self.int64s = int64s
    self.uint32s = uint32s
    self.uint64s = uint64s
    self.sint32s = sint32s
    self.sint64s = sint64s
    self.fixed32s = fixed32s
    self.fixed64s = fixed64s
    self.sfixed32s = sfixed32s
    self.sfixed64s = sfixed64s
    self.bools = bools
    self.strings = strings
    self.byteStrings = byteStrings
    self.colours = colours
    self.messages = messages
    self.unpacked = unpacked
  }

  /// The schema of the message.
  public static let messageDescriptor: RPCProtobuf.MessageDescriptor = {
    var c = Test__V1__Repeated()
    test__v1__repeated__init(&c)
    return RPCProtobuf.MessageDescriptor(c.base.descriptor)
  }()

  /// Reads the unpacked C structure of the type; for the decoder alone.
  public init(structure: UnsafeRawPointer) {
    self.init(structure.assumingMemoryBound(to: Test__V1__Repeated.self))
  }

  init(_ c: UnsafePointer<Test__V1__Repeated>) {
    self.doubles = StructureReader.scalars(c.pointee.doubles, c.pointee.n_doubles)
    self.floats = StructureReader.scalars(c.pointee.floats, c.pointee.n_floats)
    self.int32s = StructureReader.scalars(c.pointee.int32s, c.pointee.n_int32s)
    self.int64s = StructureReader.scalars(c.pointee.int64s, c.pointee.n_int64s)
    self.uint32s = StructureReader.scalars(c.pointee.uint32s, c.pointee.n_uint32s)
    self.uint64s = StructureReader.scalars(c.pointee.uint64s, c.pointee.n_uint64s)
    self.sint32s = StructureReader.scalars(c.pointee.sint32s, c.pointee.n_sint32s)
    self.sint64s = StructureReader.scalars(c.pointee.sint64s, c.pointee.n_sint64s)
    self.fixed32s = StructureReader.scalars(c.pointee.fixed32s, c.pointee.n_fixed32s)
    self.fixed64s = StructureReader.scalars(c.pointee.fixed64s, c.pointee.n_fixed64s)
    self.sfixed32s = StructureReader.scalars(c.pointee.sfixed32s, c.pointee.n_sfixed32s)
    self.sfixed64s = StructureReader.scalars(c.pointee.sfixed64s, c.pointee.n_sfixed64s)
    self.bools = StructureReader.booleans(c.pointee.bools, c.pointee.n_bools)
    self.strings = StructureReader.strings(c.pointee.strings, c.pointee.n_strings)
    self.byteStrings = StructureReader.byteStrings(c.pointee.byte_strings, c.pointee.n_byte_strings)
    self.colours = StructureReader.enums(c.pointee.colours, c.pointee.n_colours)
    self.messages = StructureReader.messages(c.pointee.messages, c.pointee.n_messages) { Scalars($0) }
    self.unpacked = StructureReader.scalars(c.pointee.unpacked, c.pointee.n_unpacked)
  }

  /// Fills an initialised C structure of the type; for the encoder alone.
  public func fill(structure: UnsafeMutableRawPointer, encoder: RPCProtobuf.MessageEncoder) {
    fill(structure.assumingMemoryBound(to: Test__V1__Repeated.self), encoder)
  }

  func fill(_ c: UnsafeMutablePointer<Test__V1__Repeated>, _ encoder: RPCProtobuf.MessageEncoder) {
    if let elements = encoder.scalars(self.doubles) {
      c.pointee.n_doubles = self.doubles.count
      c.pointee.doubles = elements
    }
    if let elements = encoder.scalars(self.floats) {
      c.pointee.n_floats = self.floats.count
      c.pointee.floats = elements
    }
    if let elements = encoder.scalars(self.int32s) {
      c.pointee.n_int32s = self.int32s.count
      c.pointee.int32s = elements
    }
    if let elements = encoder.scalars(self.int64s) {
      c.pointee.n_int64s = self.int64s.count
      c.pointee.int64s = elements
    }
    if let elements = encoder.scalars(self.uint32s) {
      c.pointee.n_uint32s = self.uint32s.count
      c.pointee.uint32s = elements
    }
    if let elements = encoder.scalars(self.uint64s) {
      c.pointee.n_uint64s = self.uint64s.count
      c.pointee.uint64s = elements
    }
    if let elements = encoder.scalars(self.sint32s) {
      c.pointee.n_sint32s = self.sint32s.count
      c.pointee.sint32s = elements
    }
    if let elements = encoder.scalars(self.sint64s) {
      c.pointee.n_sint64s = self.sint64s.count
      c.pointee.sint64s = elements
    }
    if let elements = encoder.scalars(self.fixed32s) {
      c.pointee.n_fixed32s = self.fixed32s.count
      c.pointee.fixed32s = elements
    }
    if let elements = encoder.scalars(self.fixed64s) {
      c.pointee.n_fixed64s = self.fixed64s.count
      c.pointee.fixed64s = elements
    }
    if let elements = encoder.scalars(self.sfixed32s) {
      c.pointee.n_sfixed32s = self.sfixed32s.count
      c.pointee.sfixed32s = elements
    }
    if let elements = encoder.scalars(self.sfixed64s) {
      c.pointee.n_sfixed64s = self.sfixed64s.count
      c.pointee.sfixed64s = elements
    }
    if let elements = encoder.booleans(self.bools) {
      c.pointee.n_bools = self.bools.count
      c.pointee.bools = elements
    }
    if let elements = encoder.strings(self.strings, "Repeated.strings") {
      c.pointee.n_strings = self.strings.count
      c.pointee.strings = elements
    }
    if let elements = encoder.byteStrings(self.byteStrings) {
      c.pointee.n_byte_strings = self.byteStrings.count
      c.pointee.byte_strings = elements.assumingMemoryBound(to: ProtobufCBinaryData.self)
    }
    if let elements = encoder.enums(self.colours) {
      c.pointee.n_colours = self.colours.count
      c.pointee.colours = elements.assumingMemoryBound(to: Test__V1__Colour.self)
    }
    if let elements = encoder.messages(self.messages, test__v1__scalars__init, { $0.fill($1, encoder) }) {
      c.pointee.n_messages = self.messages.count
      c.pointee.messages = elements
    }
    if let elements = encoder.scalars(self.unpacked) {
      c.pointee.n_unpacked = self.unpacked.count
      c.pointee.unpacked = elements
    }
  }

  /// A value of its own of what a view looks at.
  public init(_ view: borrowing View) { self.init(view._c) }

  /// A `Repeated` where it lies unpacked; valid only while it is lent.
  public struct View: RPCProtobuf.MessageView, ~Escapable {
    /// The message that is looked at.
    public typealias ViewedMessage = Repeated
    private let _structure: RPCProtobuf.LentStructure
    /// Looks at the unpacked C structure of the type; for the decoder alone.
    @_lifetime(copy structure)
    public init(_ structure: RPCProtobuf.LentStructure) { _structure = structure }
    fileprivate var _c: UnsafePointer<Test__V1__Repeated> {
      _structure.pointer.assumingMemoryBound(to: Test__V1__Repeated.self)
    }
    /// `doubles`.
    public var doubles: Span<Double> {
      @_lifetime(copy self)
      get {
        return _structure.elements(_c.pointee.doubles, _c.pointee.n_doubles)
      }
    }
    /// `floats`.
    public var floats: Span<Float> {
      @_lifetime(copy self)
      get {
        return _structure.elements(_c.pointee.floats, _c.pointee.n_floats)
      }
    }
    /// `int32s`.
    public var int32s: Span<Int32> {
      @_lifetime(copy self)
      get {
        return _structure.elements(_c.pointee.int32s, _c.pointee.n_int32s)
      }
    }
    /// `int64s`.
    public var int64s: Span<Int64> {
      @_lifetime(copy self)
      get {
        return _structure.elements(_c.pointee.int64s, _c.pointee.n_int64s)
      }
    }
    /// `uint32s`.
    public var uint32s: Span<UInt32> {
      @_lifetime(copy self)
      get {
        return _structure.elements(_c.pointee.uint32s, _c.pointee.n_uint32s)
      }
    }
    /// `uint64s`.
    public var uint64s: Span<UInt64> {
      @_lifetime(copy self)
      get {
        return _structure.elements(_c.pointee.uint64s, _c.pointee.n_uint64s)
      }
    }
    /// `sint32s`.
    public var sint32s: Span<Int32> {
      @_lifetime(copy self)
      get {
        return _structure.elements(_c.pointee.sint32s, _c.pointee.n_sint32s)
      }
    }
    /// `sint64s`.
    public var sint64s: Span<Int64> {
      @_lifetime(copy self)
      get {
        return _structure.elements(_c.pointee.sint64s, _c.pointee.n_sint64s)
      }
    }
    /// `fixed32s`.
    public var fixed32s: Span<UInt32> {
      @_lifetime(copy self)
      get {
        return _structure.elements(_c.pointee.fixed32s, _c.pointee.n_fixed32s)
      }
    }
    /// `fixed64s`.
    public var fixed64s: Span<UInt64> {
      @_lifetime(copy self)
      get {
        return _structure.elements(_c.pointee.fixed64s, _c.pointee.n_fixed64s)
      }
    }
    /// `sfixed32s`.
    public var sfixed32s: Span<Int32> {
      @_lifetime(copy self)
      get {
        return _structure.elements(_c.pointee.sfixed32s, _c.pointee.n_sfixed32s)
      }
    }
    /// `sfixed64s`.
    public var sfixed64s: Span<Int64> {
      @_lifetime(copy self)
      get {
        return _structure.elements(_c.pointee.sfixed64s, _c.pointee.n_sfixed64s)
      }
    }
    /// `bools`.
    public var bools: [Bool] {
      return StructureReader.booleans(_c.pointee.bools, _c.pointee.n_bools)
    }
    /// `strings`.
    public var strings: [String] {
      return StructureReader.strings(_c.pointee.strings, _c.pointee.n_strings)
    }
    /// `byte_strings`.
    public var byteStrings: [[UInt8]] {
      return StructureReader.byteStrings(_c.pointee.byte_strings, _c.pointee.n_byte_strings)
    }
    /// `colours`.
    public var colours: [Colour] {
      return StructureReader.enums(_c.pointee.colours, _c.pointee.n_colours)
    }
    /// `messages`.
    public var messages: RPCProtobuf.MessageViews<Scalars.View> {
      @_lifetime(copy self)
      get {
        return _structure.messages(_c.pointee.messages, _c.pointee.n_messages, as: Scalars.View.self)
      }
    }
    /// `unpacked`.
    public var unpacked: Span<Int32> {
      @_lifetime(copy self)
      get {
        return _structure.elements(_c.pointee.unpacked, _c.pointee.n_unpacked)
      }
    }
  }
}

/// Maps with keys and values of several kinds.
public struct Maps: RPCProtobuf.Message {
  /// `texts`.
  public var texts: [String: String]

  /// `messages`.
  public var messages: [Int32: Scalars]

  /// `colours`.
  public var colours: [Bool: Colour]

  /// `blobs`.
  public var blobs: [UInt64: [UInt8]]

  /// `doubles`.
  public var doubles: [Int32: Double]

  /// The message whose fields all have their default values.
  public init() {
    self.texts = [:]
    self.messages = [:]
    self.colours = [:]
    self.blobs = [:]
    self.doubles = [:]
  }

  /// A message with these values, and the default for what is not given.
  public init(
    texts: [String: String] = [:],
    messages: [Int32: Scalars] = [:],
    colours: [Bool: Colour] = [:],
    blobs: [UInt64: [UInt8]] = [:],
    doubles: [Int32: Double] = [:]
  ) {
    self.texts = texts
    self.messages = messages
    self.colours = colours
    self.blobs = blobs
    self.doubles = doubles
  }

  /// The schema of the message.
  public static let messageDescriptor: RPCProtobuf.MessageDescriptor = {
    var c = Test__V1__Maps()
    test__v1__maps__init(&c)
    return RPCProtobuf.MessageDescriptor(c.base.descriptor)
  }()

  /// Reads the unpacked C structure of the type; for the decoder alone.
  public init(structure: UnsafeRawPointer) {
    self.init(structure.assumingMemoryBound(to: Test__V1__Maps.self))
  }

  init(_ c: UnsafePointer<Test__V1__Maps>) {
    self.texts = StructureReader.map(c.pointee.texts, c.pointee.n_texts) { (StructureReader.string($0.pointee.key), StructureReader.string($0.pointee.value)) }
    self.messages = StructureReader.map(c.pointee.messages, c.pointee.n_messages) { ($0.pointee.key, ($0.pointee.value.map { Scalars(UnsafePointer($0)) } ?? Scalars())) }
    self.colours = StructureReader.map(c.pointee.colours, c.pointee.n_colours) { ($0.pointee.key != 0, Colour(rawValue: Int32(truncatingIfNeeded: $0.pointee.value.rawValue))) }
    self.blobs = StructureReader.map(c.pointee.blobs, c.pointee.n_blobs) { ($0.pointee.key, StructureReader.bytes($0.pointee.value.data, $0.pointee.value.len)) }
    self.doubles = StructureReader.map(c.pointee.doubles, c.pointee.n_doubles) { ($0.pointee.key, $0.pointee.value) }
  }

  /// Fills an initialised C structure of the type; for the encoder alone.
  public func fill(structure: UnsafeMutableRawPointer, encoder: RPCProtobuf.MessageEncoder) {
    fill(structure.assumingMemoryBound(to: Test__V1__Maps.self), encoder)
  }

  func fill(_ c: UnsafeMutablePointer<Test__V1__Maps>, _ encoder: RPCProtobuf.MessageEncoder) {
    if !self.texts.isEmpty {
      let entries = self.texts.sorted { $0.key < $1.key }
      let elements = encoder.messages(entries, test__v1__maps__texts_entry__init) { entry, c in
        c.pointee.key = encoder.string(entry.key, "TextsEntry.key")
        c.pointee.value = encoder.string(entry.value, "TextsEntry.value")
      }
      if let elements {
        c.pointee.n_texts = entries.count
        c.pointee.texts = elements
      }
    }
    if !self.messages.isEmpty {
      let entries = self.messages.sorted { $0.key < $1.key }
      let elements = encoder.messages(entries, test__v1__maps__messages_entry__init) { entry, c in
        c.pointee.key = entry.key
        c.pointee.value = encoder.message(test__v1__scalars__init) { entry.value.fill($0, encoder) }
      }
      if let elements {
        c.pointee.n_messages = entries.count
        c.pointee.messages = elements
      }
    }
    if !self.colours.isEmpty {
      let entries = self.colours.sorted { !$0.key && $1.key }
      let elements = encoder.messages(entries, test__v1__maps__colours_entry__init) { entry, c in
        c.pointee.key = entry.key ? 1 : 0
        c.pointee.value = .init(rawValue: .init(truncatingIfNeeded: entry.value.rawValue))
      }
      if let elements {
        c.pointee.n_colours = entries.count
        c.pointee.colours = elements
      }
    }
    if !self.blobs.isEmpty {
      let entries = self.blobs.sorted { $0.key < $1.key }
      let elements = encoder.messages(entries, test__v1__maps__blobs_entry__init) { entry, c in
        c.pointee.key = entry.key
        c.pointee.value = ProtobufCBinaryData(len: entry.value.count, data: encoder.bytes(entry.value))
      }
      if let elements {
        c.pointee.n_blobs = entries.count
        c.pointee.blobs = elements
      }
    }
    if !self.doubles.isEmpty {
      let entries = self.doubles.sorted { $0.key < $1.key }
      let elements = encoder.messages(entries, test__v1__maps__doubles_entry__init) { entry, c in
        c.pointee.key = entry.key
        c.pointee.value = entry.value
      }
      if let elements {
        c.pointee.n_doubles = entries.count
        c.pointee.doubles = elements
      }
    }
  }

  /// A value of its own of what a view looks at.
  public init(_ view: borrowing View) { self.init(view._c) }

  /// A `Maps` where it lies unpacked; valid only while it is lent.
  public struct View: RPCProtobuf.MessageView, ~Escapable {
    /// The message that is looked at.
    public typealias ViewedMessage = Maps
    private let _structure: RPCProtobuf.LentStructure
    /// Looks at the unpacked C structure of the type; for the decoder alone.
    @_lifetime(copy structure)
    public init(_ structure: RPCProtobuf.LentStructure) { _structure = structure }
    fileprivate var _c: UnsafePointer<Test__V1__Maps> {
      _structure.pointer.assumingMemoryBound(to: Test__V1__Maps.self)
    }
    /// `texts`.
    public var texts: [String: String] {
      return StructureReader.map(_c.pointee.texts, _c.pointee.n_texts) { (StructureReader.string($0.pointee.key), StructureReader.string($0.pointee.value)) }
    }
    /// `messages`.
    public var messages: [Int32: Scalars] {
      return StructureReader.map(_c.pointee.messages, _c.pointee.n_messages) { ($0.pointee.key, ($0.pointee.value.map { Scalars(UnsafePointer($0)) } ?? Scalars())) }
    }
    /// `colours`.
    public var colours: [Bool: Colour] {
      return StructureReader.map(_c.pointee.colours, _c.pointee.n_colours) { ($0.pointee.key != 0, Colour(rawValue: Int32(truncatingIfNeeded: $0.pointee.value.rawValue))) }
    }
    /// `blobs`.
    public var blobs: [UInt64: [UInt8]] {
      return StructureReader.map(_c.pointee.blobs, _c.pointee.n_blobs) { ($0.pointee.key, StructureReader.bytes($0.pointee.value.data, $0.pointee.value.len)) }
    }
    /// `doubles`.
    public var doubles: [Int32: Double] {
      return StructureReader.map(_c.pointee.doubles, _c.pointee.n_doubles) { ($0.pointee.key, $0.pointee.value) }
    }
  }
}

/// A choice between members of several kinds.
public struct Choice: RPCProtobuf.Message {
  /// What was chosen.
  public indirect enum Value: Hashable, Sendable {
    /// A text, possibly empty.
    case text(String)
    /// `number`.
    case number(Int64)
    /// `blob`.
    case blob([UInt8])
    /// `colour`.
    case colour(Colour)
    /// `scalars`.
    case scalars(Scalars)
    /// `flag`.
    case flag(Bool)
    /// The choice within the choice.
    case choice(Choice)
    /// `ratio`.
    case ratio(Double)
  }

  /// What was chosen.
  public var value: Value?

  /// `note`.
  public var note: String

  /// The choice `second`.
  public enum Second: Hashable, Sendable {
    /// `point`.
    case point(Point)
    /// `code`.
    case code(UInt32)
  }

  /// The choice `second`.
  public var second: Second?

  /// The message whose fields all have their default values.
  public init() {
    self.value = nil
    self.note = ""
    self.second = nil
  }

  /// A message with these values, and the default for what is not given.
  public init(
    value: Value? = nil,
    note: String = "",
    second: Second? = nil
  ) {
    self.value = value
    self.note = note
    self.second = second
  }

  /// The schema of the message.
  public static let messageDescriptor: RPCProtobuf.MessageDescriptor = {
    var c = Test__V1__Choice()
    test__v1__choice__init(&c)
    return RPCProtobuf.MessageDescriptor(c.base.descriptor)
  }()

  /// Reads the unpacked C structure of the type; for the decoder alone.
  public init(structure: UnsafeRawPointer) {
    self.init(structure.assumingMemoryBound(to: Test__V1__Choice.self))
  }

  init(_ c: UnsafePointer<Test__V1__Choice>) {
    switch c.pointee.value_case.rawValue {
    case 1: self.value = Value.text(StructureReader.string(c.pointee.text))
    case 2: self.value = Value.number(c.pointee.number)
    case 3: self.value = Value.blob(StructureReader.bytes(c.pointee.blob.data, c.pointee.blob.len))
    case 4: self.value = Value.colour(Colour(rawValue: Int32(truncatingIfNeeded: c.pointee.colour.rawValue)))
    case 5: self.value = c.pointee.scalars.map { Value.scalars(Scalars(UnsafePointer($0))) }
    case 6: self.value = Value.flag(c.pointee.flag != 0)
    case 7: self.value = c.pointee.choice.map { Value.choice(Choice(UnsafePointer($0))) }
    case 8: self.value = Value.ratio(c.pointee.ratio)
    default: self.value = nil
    }
    self.note = StructureReader.string(c.pointee.note)
    switch c.pointee.second_case.rawValue {
    case 10: self.second = c.pointee.point.map { Second.point(Point(UnsafePointer($0))) }
    case 11: self.second = Second.code(c.pointee.code)
    default: self.second = nil
    }
  }

  /// Fills an initialised C structure of the type; for the encoder alone.
  public func fill(structure: UnsafeMutableRawPointer, encoder: RPCProtobuf.MessageEncoder) {
    fill(structure.assumingMemoryBound(to: Test__V1__Choice.self), encoder)
  }

  func fill(_ c: UnsafeMutablePointer<Test__V1__Choice>, _ encoder: RPCProtobuf.MessageEncoder) {
    switch self.value {
    case .text(let value)?:
      c.pointee.value_case = .init(rawValue: 1)
      c.pointee.text = encoder.text(value, "Choice.text")
    case .number(let value)?:
      c.pointee.value_case = .init(rawValue: 2)
      c.pointee.number = value
    case .blob(let value)?:
      c.pointee.value_case = .init(rawValue: 3)
      c.pointee.blob = ProtobufCBinaryData(len: value.count, data: encoder.bytes(value))
    case .colour(let value)?:
      c.pointee.value_case = .init(rawValue: 4)
      c.pointee.colour = .init(rawValue: .init(truncatingIfNeeded: value.rawValue))
    case .scalars(let value)?:
      c.pointee.value_case = .init(rawValue: 5)
      c.pointee.scalars = encoder.message(test__v1__scalars__init) { value.fill($0, encoder) }
    case .flag(let value)?:
      c.pointee.value_case = .init(rawValue: 6)
      c.pointee.flag = value ? 1 : 0
    case .choice(let value)?:
      c.pointee.value_case = .init(rawValue: 7)
      c.pointee.choice = encoder.message(test__v1__choice__init) { value.fill($0, encoder) }
    case .ratio(let value)?:
      c.pointee.value_case = .init(rawValue: 8)
      c.pointee.ratio = value
    case nil: break
    }
    c.pointee.note = encoder.string(self.note, "Choice.note")
    switch self.second {
    case .point(let value)?:
      c.pointee.second_case = .init(rawValue: 10)
      c.pointee.point = encoder.message(test__v1__point__init) { value.fill($0, encoder) }
    case .code(let value)?:
      c.pointee.second_case = .init(rawValue: 11)
      c.pointee.code = value
    case nil: break
    }
  }

  /// A value of its own of what a view looks at.
  public init(_ view: borrowing View) { self.init(view._c) }

  /// A `Choice` where it lies unpacked; valid only while it is lent.
  public struct View: RPCProtobuf.MessageView, ~Escapable {
    /// The message that is looked at.
    public typealias ViewedMessage = Choice
    private let _structure: RPCProtobuf.LentStructure
    /// Looks at the unpacked C structure of the type; for the decoder alone.
    @_lifetime(copy structure)
    public init(_ structure: RPCProtobuf.LentStructure) { _structure = structure }
    fileprivate var _c: UnsafePointer<Test__V1__Choice> {
      _structure.pointer.assumingMemoryBound(to: Test__V1__Choice.self)
    }
    /// A text, possibly empty.
    public var text: UTF8Span? {
      @_lifetime(copy self)
      get {
        guard _c.pointee.value_case.rawValue == 1 else { return nil }
        return _structure.text(_c.pointee.text)
      }
    }
    /// `number`.
    public var number: Int64? {
      guard _c.pointee.value_case.rawValue == 2 else { return nil }
      return _c.pointee.number
    }
    /// `blob`.
    public var blob: Span<UInt8>? {
      @_lifetime(copy self)
      get {
        guard _c.pointee.value_case.rawValue == 3 else { return nil }
        return _structure.elements(_c.pointee.blob.data, _c.pointee.blob.len)
      }
    }
    /// `colour`.
    public var colour: Colour? {
      guard _c.pointee.value_case.rawValue == 4 else { return nil }
      return Colour(rawValue: Int32(truncatingIfNeeded: _c.pointee.colour.rawValue))
    }
    /// `scalars`.
    public var scalars: Scalars.View? {
      @_lifetime(copy self)
      get {
        guard _c.pointee.value_case.rawValue == 5 else { return nil }
        guard let inner = _c.pointee.scalars else { return nil }
        return Scalars.View(_structure.inner(UnsafeRawPointer(inner)))
      }
    }
    /// `flag`.
    public var flag: Bool? {
      guard _c.pointee.value_case.rawValue == 6 else { return nil }
      return _c.pointee.flag != 0
    }
    /// The choice within the choice.
    public var choice: Choice.View? {
      @_lifetime(copy self)
      get {
        guard _c.pointee.value_case.rawValue == 7 else { return nil }
        guard let inner = _c.pointee.choice else { return nil }
        return Choice.View(_structure.inner(UnsafeRawPointer(inner)))
      }
    }
    /// `ratio`.
    public var ratio: Double? {
      guard _c.pointee.value_case.rawValue == 8 else { return nil }
      return _c.pointee.ratio
    }
    /// `note`.
    public var note: UTF8Span {
      @_lifetime(copy self)
      get {
        return _structure.text(_c.pointee.note)
      }
    }
    /// `point`.
    public var point: Point.View? {
      @_lifetime(copy self)
      get {
        guard _c.pointee.second_case.rawValue == 10 else { return nil }
        guard let inner = _c.pointee.point else { return nil }
        return Point.View(_structure.inner(UnsafeRawPointer(inner)))
      }
    }
    /// `code`.
    public var code: UInt32? {
      guard _c.pointee.second_case.rawValue == 11 else { return nil }
      return _c.pointee.code
    }
  }
}

/// A tree: a message that holds itself, singly and repeatedly.
public struct Node: RPCProtobuf.Message {
  /// `label`.
  public var label: String

  private var _next: [Node]
  /// `next`.
  public var next: Node? {
    get { _next.first }
    set { _next = newValue.map { [$0] } ?? [] }
  }

  /// `children`.
  public var children: [Node]

  private var _partner: [Partner]
  /// `partner`.
  public var partner: Partner? {
    get { _partner.first }
    set { _partner = newValue.map { [$0] } ?? [] }
  }

  /// The message whose fields all have their default values.
  public init() {
    self.label = ""
    self._next = []
    self.children = []
    self._partner = []
  }

  /// A message with these values, and the default for what is not given.
  public init(
    label: String = "",
    next: Node? = nil,
    children: [Node] = [],
    partner: Partner? = nil
  ) {
    self.label = label
    self._next = next.map { [$0] } ?? []
    self.children = children
    self._partner = partner.map { [$0] } ?? []
  }

  /// The schema of the message.
  public static let messageDescriptor: RPCProtobuf.MessageDescriptor = {
    var c = Test__V1__Node()
    test__v1__node__init(&c)
    return RPCProtobuf.MessageDescriptor(c.base.descriptor)
  }()

  /// Reads the unpacked C structure of the type; for the decoder alone.
  public init(structure: UnsafeRawPointer) {
    self.init(structure.assumingMemoryBound(to: Test__V1__Node.self))
  }

  init(_ c: UnsafePointer<Test__V1__Node>) {
    self.label = StructureReader.string(c.pointee.label)
    self._next = c.pointee.next.map { Node(UnsafePointer($0)) }.map { [$0] } ?? []
    self.children = StructureReader.messages(c.pointee.children, c.pointee.n_children) { Node($0) }
    self._partner = c.pointee.partner.map { Partner(UnsafePointer($0)) }.map { [$0] } ?? []
  }

  /// Fills an initialised C structure of the type; for the encoder alone.
  public func fill(structure: UnsafeMutableRawPointer, encoder: RPCProtobuf.MessageEncoder) {
    fill(structure.assumingMemoryBound(to: Test__V1__Node.self), encoder)
  }

  func fill(_ c: UnsafeMutablePointer<Test__V1__Node>, _ encoder: RPCProtobuf.MessageEncoder) {
    c.pointee.label = encoder.string(self.label, "Node.label")
    if let value = self._next.first {
      c.pointee.next = encoder.message(test__v1__node__init) { value.fill($0, encoder) }
    }
    if let elements = encoder.messages(self.children, test__v1__node__init, { $0.fill($1, encoder) }) {
      c.pointee.n_children = self.children.count
      c.pointee.children = elements
    }
    if let value = self._partner.first {
      c.pointee.partner = encoder.message(test__v1__partner__init) { value.fill($0, encoder) }
    }
  }

  /// A value of its own of what a view looks at.
  public init(_ view: borrowing View) { self.init(view._c) }

  /// A `Node` where it lies unpacked; valid only while it is lent.
  public struct View: RPCProtobuf.MessageView, ~Escapable {
    /// The message that is looked at.
    public typealias ViewedMessage = Node
    private let _structure: RPCProtobuf.LentStructure
    /// Looks at the unpacked C structure of the type; for the decoder alone.
    @_lifetime(copy structure)
    public init(_ structure: RPCProtobuf.LentStructure) { _structure = structure }
    fileprivate var _c: UnsafePointer<Test__V1__Node> {
      _structure.pointer.assumingMemoryBound(to: Test__V1__Node.self)
    }
    /// `label`.
    public var label: UTF8Span {
      @_lifetime(copy self)
      get {
        return _structure.text(_c.pointee.label)
      }
    }
    /// `next`.
    public var next: Node.View? {
      @_lifetime(copy self)
      get {
        guard let inner = _c.pointee.next else { return nil }
        return Node.View(_structure.inner(UnsafeRawPointer(inner)))
      }
    }
    /// `children`.
    public var children: RPCProtobuf.MessageViews<Node.View> {
      @_lifetime(copy self)
      get {
        return _structure.messages(_c.pointee.children, _c.pointee.n_children, as: Node.View.self)
      }
    }
    /// `partner`.
    public var partner: Partner.View? {
      @_lifetime(copy self)
      get {
        guard let inner = _c.pointee.partner else { return nil }
        return Partner.View(_structure.inner(UnsafeRawPointer(inner)))
      }
    }
  }
}

/// The other half of a mutual recursion.
public struct Partner: RPCProtobuf.Message {
  private var _node: [Node]
  /// `node`.
  public var node: Node? {
    get { _node.first }
    set { _node = newValue.map { [$0] } ?? [] }
  }

  /// The message whose fields all have their default values.
  public init() {
    self._node = []
  }

  /// A message with these values, and the default for what is not given.
  public init(
    node: Node? = nil
  ) {
    self._node = node.map { [$0] } ?? []
  }

  /// The schema of the message.
  public static let messageDescriptor: RPCProtobuf.MessageDescriptor = {
    var c = Test__V1__Partner()
    test__v1__partner__init(&c)
    return RPCProtobuf.MessageDescriptor(c.base.descriptor)
  }()

  /// Reads the unpacked C structure of the type; for the decoder alone.
  public init(structure: UnsafeRawPointer) {
    self.init(structure.assumingMemoryBound(to: Test__V1__Partner.self))
  }

  init(_ c: UnsafePointer<Test__V1__Partner>) {
    self._node = c.pointee.node.map { Node(UnsafePointer($0)) }.map { [$0] } ?? []
  }

  /// Fills an initialised C structure of the type; for the encoder alone.
  public func fill(structure: UnsafeMutableRawPointer, encoder: RPCProtobuf.MessageEncoder) {
    fill(structure.assumingMemoryBound(to: Test__V1__Partner.self), encoder)
  }

  func fill(_ c: UnsafeMutablePointer<Test__V1__Partner>, _ encoder: RPCProtobuf.MessageEncoder) {
    if let value = self._node.first {
      c.pointee.node = encoder.message(test__v1__node__init) { value.fill($0, encoder) }
    }
  }

  /// A value of its own of what a view looks at.
  public init(_ view: borrowing View) { self.init(view._c) }

  /// A `Partner` where it lies unpacked; valid only while it is lent.
  public struct View: RPCProtobuf.MessageView, ~Escapable {
    /// The message that is looked at.
    public typealias ViewedMessage = Partner
    private let _structure: RPCProtobuf.LentStructure
    /// Looks at the unpacked C structure of the type; for the decoder alone.
    @_lifetime(copy structure)
    public init(_ structure: RPCProtobuf.LentStructure) { _structure = structure }
    fileprivate var _c: UnsafePointer<Test__V1__Partner> {
      _structure.pointer.assumingMemoryBound(to: Test__V1__Partner.self)
    }
    /// `node`.
    public var node: Node.View? {
      @_lifetime(copy self)
      get {
        guard let inner = _c.pointee.node else { return nil }
        return Node.View(_structure.inner(UnsafeRawPointer(inner)))
      }
    }
  }
}

/// Names that are words of Swift or of C, or that need care.
public struct Words: RPCProtobuf.Message {
  /// A nested type.
  public struct TypeType: RPCProtobuf.Message {
    /// Deeper.
    public struct ProtocolType: RPCProtobuf.MessageEnum {
      /// The number on the wire.
      public let rawValue: Int32
      /// Keeps any number.
      public init(rawValue: Int32) { self.rawValue = rawValue }

      /// `PROTOCOL_UNSPECIFIED`.
      public static let unspecified = ProtocolType(rawValue: 0)

      /// `PROTOCOL_DEFAULT`.
      public static let `default` = ProtocolType(rawValue: 1)

      /// `PROTOCOL_2G`.
      public static let _2g = ProtocolType(rawValue: 2)

      /// The values that the schema names, by number.
      public static let allKnown: [ProtocolType] = [
        .unspecified,
        .`default`,
        ._2g,
      ]

      /// The value's name in the schema, or its number in digits when it has none.
      public var name: String {
        switch rawValue {
        case 0: "PROTOCOL_UNSPECIFIED"
        case 1: "PROTOCOL_DEFAULT"
        case 2: "PROTOCOL_2G"
        default: String(rawValue)
        }
      }
    }

    /// `protocol`.
    public var `protocol`: Words.TypeType.ProtocolType

    /// The message whose fields all have their default values.
    public init() {
      self.`protocol` = Words.TypeType.ProtocolType(rawValue: 0)
    }

    /// A message with these values, and the default for what is not given.
    public init(
      `protocol`: Words.TypeType.ProtocolType = Words.TypeType.ProtocolType(rawValue: 0)
    ) {
      self.`protocol` = `protocol`
    }

    /// The schema of the message.
    public static let messageDescriptor: RPCProtobuf.MessageDescriptor = {
      var c = Test__V1__Words__Type()
      test__v1__words__type__init(&c)
      return RPCProtobuf.MessageDescriptor(c.base.descriptor)
    }()

    /// Reads the unpacked C structure of the type; for the decoder alone.
    public init(structure: UnsafeRawPointer) {
      self.init(structure.assumingMemoryBound(to: Test__V1__Words__Type.self))
    }

    init(_ c: UnsafePointer<Test__V1__Words__Type>) {
      self.`protocol` = Words.TypeType.ProtocolType(rawValue: Int32(truncatingIfNeeded: c.pointee.protocol.rawValue))
    }

    /// Fills an initialised C structure of the type; for the encoder alone.
    public func fill(structure: UnsafeMutableRawPointer, encoder: RPCProtobuf.MessageEncoder) {
      fill(structure.assumingMemoryBound(to: Test__V1__Words__Type.self), encoder)
    }

    func fill(_ c: UnsafeMutablePointer<Test__V1__Words__Type>, _ encoder: RPCProtobuf.MessageEncoder) {
      c.pointee.protocol = .init(rawValue: .init(truncatingIfNeeded: self.`protocol`.rawValue))
    }

    /// A value of its own of what a view looks at.
    public init(_ view: borrowing View) { self.init(view._c) }

    /// A `Type` where it lies unpacked; valid only while it is lent.
    public struct View: RPCProtobuf.MessageView, ~Escapable {
      /// The message that is looked at.
      public typealias ViewedMessage = TypeType
      private let _structure: RPCProtobuf.LentStructure
      /// Looks at the unpacked C structure of the type; for the decoder alone.
      @_lifetime(copy structure)
      public init(_ structure: RPCProtobuf.LentStructure) { _structure = structure }
      fileprivate var _c: UnsafePointer<Test__V1__Words__Type> {
        _structure.pointer.assumingMemoryBound(to: Test__V1__Words__Type.self)
      }
      /// `protocol`.
      public var `protocol`: Words.TypeType.ProtocolType {
        return Words.TypeType.ProtocolType(rawValue: Int32(truncatingIfNeeded: _c.pointee.protocol.rawValue))
      }
    }
  }

  /// `default`.
  public var `default`: String

  /// `class`.
  public var `class`: String

  /// `in`.
  public var `in`: Int32

  /// `self`.
  public var self_: Int32

  /// `init`.
  public var init_: Int32

  /// `hash_value`.
  public var hashValue_: Int32

  /// `is_2nd_url`.
  public var is2ndUrl: Bool

  /// `repeat`.
  public var `repeat`: [String]

  /// `UPPER_name`.
  public var upperName: Int32

  /// `type`.
  public var type: Words.TypeType?

  /// The choice `func`.
  public enum Func: Hashable, Sendable {
    /// `case`.
    case `case`(Int32)
    /// `let`.
    case `let`(Words.TypeType)
  }

  /// The choice `func`.
  public var `func`: Func?

  /// The message whose fields all have their default values.
  public init() {
    self.`default` = ""
    self.`class` = ""
    self.`in` = 0
    self.self_ = 0
    self.init_ = 0
    self.hashValue_ = 0
    self.is2ndUrl = false
    self.`repeat` = []
    self.upperName = 0
    self.type = nil
    self.`func` = nil
  }

  /// A message with these values, and the default for what is not given.
  public init(
    `default`: String = "",
    `class`: String = "",
    `in`: Int32 = 0,
    self_: Int32 = 0,
    init_: Int32 = 0,
    hashValue_: Int32 = 0,
    is2ndUrl: Bool = false,
    `repeat`: [String] = [],
    upperName: Int32 = 0,
    type: Words.TypeType? = nil,
    `func`: Func? = nil
  ) {
    self.`default` = `default`
    self.`class` = `class`
    self.`in` = `in`
    self.self_ = self_
    self.init_ = init_
    self.hashValue_ = hashValue_
    self.is2ndUrl = is2ndUrl
    self.`repeat` = `repeat`
    self.upperName = upperName
    self.type = type
    self.`func` = `func`
  }

  /// The schema of the message.
  public static let messageDescriptor: RPCProtobuf.MessageDescriptor = {
    var c = Test__V1__Words()
    test__v1__words__init(&c)
    return RPCProtobuf.MessageDescriptor(c.base.descriptor)
  }()

  /// Reads the unpacked C structure of the type; for the decoder alone.
  public init(structure: UnsafeRawPointer) {
    self.init(structure.assumingMemoryBound(to: Test__V1__Words.self))
  }

  init(_ c: UnsafePointer<Test__V1__Words>) {
    self.`default` = StructureReader.string(c.pointee.default_)
    self.`class` = StructureReader.string(c.pointee.class_)
    self.`in` = c.pointee.in
    self.self_ = c.pointee.`self`
    self.init_ = c.pointee.`init`
    self.hashValue_ = c.pointee.hash_value
    self.is2ndUrl = c.pointee.is_2nd_url != 0
    self.`repeat` = StructureReader.strings(c.pointee.repeat, c.pointee.n_repeat)
    self.upperName = c.pointee.upper_name
    self.type = c.pointee.type.map { Words.TypeType(UnsafePointer($0)) }
    switch c.pointee.func_case.rawValue {
    case 11: self.`func` = Func.`case`(c.pointee.case_)
    case 12: self.`func` = c.pointee.let.map { Func.`let`(Words.TypeType(UnsafePointer($0))) }
    default: self.`func` = nil
    }
  }

  /// Fills an initialised C structure of the type; for the encoder alone.
  public func fill(structure: UnsafeMutableRawPointer, encoder: RPCProtobuf.MessageEncoder) {
    fill(structure.assumingMemoryBound(to: Test__V1__Words.self), encoder)
  }

  func fill(_ c: UnsafeMutablePointer<Test__V1__Words>, _ encoder: RPCProtobuf.MessageEncoder) {
    c.pointee.default_ = encoder.string(self.`default`, "Words.default")
    c.pointee.class_ = encoder.string(self.`class`, "Words.class")
    c.pointee.in = self.`in`
    c.pointee.`self` = self.self_
    c.pointee.`init` = self.init_
    c.pointee.hash_value = self.hashValue_
    c.pointee.is_2nd_url = self.is2ndUrl ? 1 : 0
    if let elements = encoder.strings(self.`repeat`, "Words.repeat") {
      c.pointee.n_repeat = self.`repeat`.count
      c.pointee.repeat = elements
    }
    c.pointee.upper_name = self.upperName
    if let value = self.type {
      c.pointee.type = encoder.message(test__v1__words__type__init) { value.fill($0, encoder) }
    }
    switch self.`func` {
    case .`case`(let value)?:
      c.pointee.func_case = .init(rawValue: 11)
      c.pointee.case_ = value
    case .`let`(let value)?:
      c.pointee.func_case = .init(rawValue: 12)
      c.pointee.let = encoder.message(test__v1__words__type__init) { value.fill($0, encoder) }
    case nil: break
    }
  }

  /// A value of its own of what a view looks at.
  public init(_ view: borrowing View) { self.init(view._c) }

  /// A `Words` where it lies unpacked; valid only while it is lent.
  public struct View: RPCProtobuf.MessageView, ~Escapable {
    /// The message that is looked at.
    public typealias ViewedMessage = Words
    private let _structure: RPCProtobuf.LentStructure
    /// Looks at the unpacked C structure of the type; for the decoder alone.
    @_lifetime(copy structure)
    public init(_ structure: RPCProtobuf.LentStructure) { _structure = structure }
    fileprivate var _c: UnsafePointer<Test__V1__Words> {
      _structure.pointer.assumingMemoryBound(to: Test__V1__Words.self)
    }
    /// `default`.
    public var `default`: UTF8Span {
      @_lifetime(copy self)
      get {
        return _structure.text(_c.pointee.default_)
      }
    }
    /// `class`.
    public var `class`: UTF8Span {
      @_lifetime(copy self)
      get {
        return _structure.text(_c.pointee.class_)
      }
    }
    /// `in`.
    public var `in`: Int32 {
      return _c.pointee.in
    }
    /// `self`.
    public var self_: Int32 {
      return _c.pointee.`self`
    }
    /// `init`.
    public var init_: Int32 {
      return _c.pointee.`init`
    }
    /// `hash_value`.
    public var hashValue_: Int32 {
      return _c.pointee.hash_value
    }
    /// `is_2nd_url`.
    public var is2ndUrl: Bool {
      return _c.pointee.is_2nd_url != 0
    }
    /// `repeat`.
    public var `repeat`: [String] {
      return StructureReader.strings(_c.pointee.repeat, _c.pointee.n_repeat)
    }
    /// `UPPER_name`.
    public var upperName: Int32 {
      return _c.pointee.upper_name
    }
    /// `type`.
    public var type: Words.TypeType.View? {
      @_lifetime(copy self)
      get {
        guard let inner = _c.pointee.type else { return nil }
        return Words.TypeType.View(_structure.inner(UnsafeRawPointer(inner)))
      }
    }
    /// `case`.
    public var `case`: Int32? {
      guard _c.pointee.func_case.rawValue == 11 else { return nil }
      return _c.pointee.case_
    }
    /// `let`.
    public var `let`: Words.TypeType.View? {
      @_lifetime(copy self)
      get {
        guard _c.pointee.func_case.rawValue == 12 else { return nil }
        guard let inner = _c.pointee.let else { return nil }
        return Words.TypeType.View(_structure.inner(UnsafeRawPointer(inner)))
      }
    }
  }
}

/// A message without fields.
public struct Empty: RPCProtobuf.Message {
  /// The message whose fields all have their default values.
  public init() {
  }

  /// The schema of the message.
  public static let messageDescriptor: RPCProtobuf.MessageDescriptor = {
    var c = Test__V1__Empty()
    test__v1__empty__init(&c)
    return RPCProtobuf.MessageDescriptor(c.base.descriptor)
  }()

  /// Reads the unpacked C structure of the type; for the decoder alone.
  public init(structure: UnsafeRawPointer) {
    self.init(structure.assumingMemoryBound(to: Test__V1__Empty.self))
  }

  init(_ c: UnsafePointer<Test__V1__Empty>) {
  }

  /// Fills an initialised C structure of the type; for the encoder alone.
  public func fill(structure: UnsafeMutableRawPointer, encoder: RPCProtobuf.MessageEncoder) {
    fill(structure.assumingMemoryBound(to: Test__V1__Empty.self), encoder)
  }

  func fill(_ c: UnsafeMutablePointer<Test__V1__Empty>, _ encoder: RPCProtobuf.MessageEncoder) {
  }
}

/// A record of the size and shape of a household: about 300 bytes.
public struct Record: RPCProtobuf.Message {
  /// Where.
  public struct Address: RPCProtobuf.Message {
    /// `village`.
    public var village: String

    /// `group`.
    public var group: String

    /// `line`.
    public var line: String

    /// The message whose fields all have their default values.
    public init() {
      self.village = ""
      self.group = ""
      self.line = ""
    }

    /// A message with these values, and the default for what is not given.
    public init(
      village: String = "",
      group: String = "",
      line: String = ""
    ) {
      self.village = village
      self.group = group
      self.line = line
    }

    /// The schema of the message.
    public static let messageDescriptor: RPCProtobuf.MessageDescriptor = {
      var c = Test__V1__Record__Address()
      test__v1__record__address__init(&c)
      return RPCProtobuf.MessageDescriptor(c.base.descriptor)
    }()

    /// Reads the unpacked C structure of the type; for the decoder alone.
    public init(structure: UnsafeRawPointer) {
      self.init(structure.assumingMemoryBound(to: Test__V1__Record__Address.self))
    }

    init(_ c: UnsafePointer<Test__V1__Record__Address>) {
      self.village = StructureReader.string(c.pointee.village)
      self.group = StructureReader.string(c.pointee.group)
      self.line = StructureReader.string(c.pointee.line)
    }

    /// Fills an initialised C structure of the type; for the encoder alone.
    public func fill(structure: UnsafeMutableRawPointer, encoder: RPCProtobuf.MessageEncoder) {
      fill(structure.assumingMemoryBound(to: Test__V1__Record__Address.self), encoder)
    }

    func fill(_ c: UnsafeMutablePointer<Test__V1__Record__Address>, _ encoder: RPCProtobuf.MessageEncoder) {
      c.pointee.village = encoder.string(self.village, "Address.village")
      c.pointee.group = encoder.string(self.group, "Address.group")
      c.pointee.line = encoder.string(self.line, "Address.line")
    }

    /// A value of its own of what a view looks at.
    public init(_ view: borrowing View) { self.init(view._c) }

    /// A `Address` where it lies unpacked; valid only while it is lent.
    public struct View: RPCProtobuf.MessageView, ~Escapable {
      /// The message that is looked at.
      public typealias ViewedMessage = Address
      private let _structure: RPCProtobuf.LentStructure
      /// Looks at the unpacked C structure of the type; for the decoder alone.
      @_lifetime(copy structure)
      public init(_ structure: RPCProtobuf.LentStructure) { _structure = structure }
      fileprivate var _c: UnsafePointer<Test__V1__Record__Address> {
        _structure.pointer.assumingMemoryBound(to: Test__V1__Record__Address.self)
      }
      /// `village`.
      public var village: UTF8Span {
        @_lifetime(copy self)
        get {
          return _structure.text(_c.pointee.village)
        }
      }
      /// `group`.
      public var group: UTF8Span {
        @_lifetime(copy self)
        get {
          return _structure.text(_c.pointee.group)
        }
      }
      /// `line`.
      public var line: UTF8Span {
        @_lifetime(copy self)
        get {
          return _structure.text(_c.pointee.line)
        }
      }
    }
  }

  /// Money, in fen.
  public struct Finances: RPCProtobuf.Message {
    /// `income_fen`.
    public var incomeFen: Int64

    /// `subsidy_fen`.
    public var subsidyFen: Int64

    /// `bank`.
    public var bank: String

    /// `account`.
    public var account: String

    /// The message whose fields all have their default values.
    public init() {
      self.incomeFen = 0
      self.subsidyFen = 0
      self.bank = ""
      self.account = ""
    }

    /// A message with these values, and the default for what is not given.
    public init(
      incomeFen: Int64 = 0,
      subsidyFen: Int64 = 0,
      bank: String = "",
      account: String = ""
    ) {
      self.incomeFen = incomeFen
      self.subsidyFen = subsidyFen
      self.bank = bank
      self.account = account
    }

    /// The schema of the message.
    public static let messageDescriptor: RPCProtobuf.MessageDescriptor = {
      var c = Test__V1__Record__Finances()
      test__v1__record__finances__init(&c)
      return RPCProtobuf.MessageDescriptor(c.base.descriptor)
    }()

    /// Reads the unpacked C structure of the type; for the decoder alone.
    public init(structure: UnsafeRawPointer) {
      self.init(structure.assumingMemoryBound(to: Test__V1__Record__Finances.self))
    }

    init(_ c: UnsafePointer<Test__V1__Record__Finances>) {
      self.incomeFen = c.pointee.income_fen
      self.subsidyFen = c.pointee.subsidy_fen
      self.bank = StructureReader.string(c.pointee.bank)
      self.account = StructureReader.string(c.pointee.account)
    }

    /// Fills an initialised C structure of the type; for the encoder alone.
    public func fill(structure: UnsafeMutableRawPointer, encoder: RPCProtobuf.MessageEncoder) {
      fill(structure.assumingMemoryBound(to: Test__V1__Record__Finances.self), encoder)
    }

    func fill(_ c: UnsafeMutablePointer<Test__V1__Record__Finances>, _ encoder: RPCProtobuf.MessageEncoder) {
      c.pointee.income_fen = self.incomeFen
      c.pointee.subsidy_fen = self.subsidyFen
      c.pointee.bank = encoder.string(self.bank, "Finances.bank")
      c.pointee.account = encoder.string(self.account, "Finances.account")
    }

    /// A value of its own of what a view looks at.
    public init(_ view: borrowing View) { self.init(view._c) }

    /// A `Finances` where it lies unpacked; valid only while it is lent.
    public struct View: RPCProtobuf.MessageView, ~Escapable {
      /// The message that is looked at.
      public typealias ViewedMessage = Finances
      private let _structure: RPCProtobuf.LentStructure
      /// Looks at the unpacked C structure of the type; for the decoder alone.
      @_lifetime(copy structure)
      public init(_ structure: RPCProtobuf.LentStructure) { _structure = structure }
      fileprivate var _c: UnsafePointer<Test__V1__Record__Finances> {
        _structure.pointer.assumingMemoryBound(to: Test__V1__Record__Finances.self)
      }
      /// `income_fen`.
      public var incomeFen: Int64 {
        return _c.pointee.income_fen
      }
      /// `subsidy_fen`.
      public var subsidyFen: Int64 {
        return _c.pointee.subsidy_fen
      }
      /// `bank`.
      public var bank: UTF8Span {
        @_lifetime(copy self)
        get {
          return _structure.text(_c.pointee.bank)
        }
      }
      /// `account`.
      public var account: UTF8Span {
        @_lifetime(copy self)
        get {
          return _structure.text(_c.pointee.account)
        }
      }
    }
  }

  /// Who.
  public struct Person: RPCProtobuf.Message {
    /// `name`.
    public var name: String

    /// `id_number`.
    public var idNumber: String

    /// `birth_day`.
    public var birthDay: Int32

    /// `health`.
    public var health: Colour

    /// `head`.
    public var head: Bool

    /// `phone`.
    public var phone: String

    /// The message whose fields all have their default values.
    public init() {
      self.name = ""
      self.idNumber = ""
      self.birthDay = 0
      self.health = Colour(rawValue: 0)
      self.head = false
      self.phone = ""
    }

    /// A message with these values, and the default for what is not given.
    public init(
      name: String = "",
      idNumber: String = "",
      birthDay: Int32 = 0,
      health: Colour = Colour(rawValue: 0),
      head: Bool = false,
      phone: String = ""
    ) {
      self.name = name
      self.idNumber = idNumber
      self.birthDay = birthDay
      self.health = health
      self.head = head
      self.phone = phone
    }

    /// The schema of the message.
    public static let messageDescriptor: RPCProtobuf.MessageDescriptor = {
      var c = Test__V1__Record__Person()
      test__v1__record__person__init(&c)
      return RPCProtobuf.MessageDescriptor(c.base.descriptor)
    }()

    /// Reads the unpacked C structure of the type; for the decoder alone.
    public init(structure: UnsafeRawPointer) {
      self.init(structure.assumingMemoryBound(to: Test__V1__Record__Person.self))
    }

    init(_ c: UnsafePointer<Test__V1__Record__Person>) {
      self.name = StructureReader.string(c.pointee.name)
      self.idNumber = StructureReader.string(c.pointee.id_number)
      self.birthDay = c.pointee.birth_day
      self.health = Colour(rawValue: Int32(truncatingIfNeeded: c.pointee.health.rawValue))
      self.head = c.pointee.head != 0
      self.phone = StructureReader.string(c.pointee.phone)
    }

    /// Fills an initialised C structure of the type; for the encoder alone.
    public func fill(structure: UnsafeMutableRawPointer, encoder: RPCProtobuf.MessageEncoder) {
      fill(structure.assumingMemoryBound(to: Test__V1__Record__Person.self), encoder)
    }

    func fill(_ c: UnsafeMutablePointer<Test__V1__Record__Person>, _ encoder: RPCProtobuf.MessageEncoder) {
      c.pointee.name = encoder.string(self.name, "Person.name")
      c.pointee.id_number = encoder.string(self.idNumber, "Person.id_number")
      c.pointee.birth_day = self.birthDay
      c.pointee.health = .init(rawValue: .init(truncatingIfNeeded: self.health.rawValue))
      c.pointee.head = self.head ? 1 : 0
      c.pointee.phone = encoder.string(self.phone, "Person.phone")
    }

    /// A value of its own of what a view looks at.
    public init(_ view: borrowing View) { self.init(view._c) }

    /// A `Person` where it lies unpacked; valid only while it is lent.
    public struct View: RPCProtobuf.MessageView, ~Escapable {
      /// The message that is looked at.
      public typealias ViewedMessage = Person
      private let _structure: RPCProtobuf.LentStructure
      /// Looks at the unpacked C structure of the type; for the decoder alone.
      @_lifetime(copy structure)
      public init(_ structure: RPCProtobuf.LentStructure) { _structure = structure }
      fileprivate var _c: UnsafePointer<Test__V1__Record__Person> {
        _structure.pointer.assumingMemoryBound(to: Test__V1__Record__Person.self)
      }
      /// `name`.
      public var name: UTF8Span {
        @_lifetime(copy self)
        get {
          return _structure.text(_c.pointee.name)
        }
      }
      /// `id_number`.
      public var idNumber: UTF8Span {
        @_lifetime(copy self)
        get {
          return _structure.text(_c.pointee.id_number)
        }
      }
      /// `birth_day`.
      public var birthDay: Int32 {
        return _c.pointee.birth_day
      }
      /// `health`.
      public var health: Colour {
        return Colour(rawValue: Int32(truncatingIfNeeded: _c.pointee.health.rawValue))
      }
      /// `head`.
      public var head: Bool {
        return _c.pointee.head != 0
      }
      /// `phone`.
      public var phone: UTF8Span {
        @_lifetime(copy self)
        get {
          return _structure.text(_c.pointee.phone)
        }
      }
    }
  }

  /// `id`.
  public var id: String

  /// `version`.
  public var version: UInt64

  /// `division`.
  public var division: String

  /// `number`.
  public var number: String

  /// `colour`.
  public var colour: Colour

  /// `address`.
  public var address: Record.Address?

  /// `finances`.
  public var finances: Record.Finances?

  /// `people`.
  public var people: [Record.Person]

  /// `causes`.
  public var causes: [Colour]

  /// `registered_year`.
  public var registeredYear: Int32

  /// `note`.
  public var note: String

  /// The message whose fields all have their default values.
  public init() {
    self.id = ""
    self.version = 0
    self.division = ""
    self.number = ""
    self.colour = Colour(rawValue: 0)
    self.address = nil
    self.finances = nil
    self.people = []
    self.causes = []
    self.registeredYear = 0
    self.note = ""
  }

  /// A message with these values, and the default for what is not given.
  public init(
    id: String = "",
    version: UInt64 = 0,
    division: String = "",
    number: String = "",
    colour: Colour = Colour(rawValue: 0),
    address: Record.Address? = nil,
    finances: Record.Finances? = nil,
    people: [Record.Person] = [],
    causes: [Colour] = [],
    registeredYear: Int32 = 0,
    note: String = ""
  ) {
    self.id = id
    self.version = version
    self.division = division
    self.number = number
    self.colour = colour
    self.address = address
    self.finances = finances
    self.people = people
    self.causes = causes
    self.registeredYear = registeredYear
    self.note = note
  }

  /// The schema of the message.
  public static let messageDescriptor: RPCProtobuf.MessageDescriptor = {
    var c = Test__V1__Record()
    test__v1__record__init(&c)
    return RPCProtobuf.MessageDescriptor(c.base.descriptor)
  }()

  /// Reads the unpacked C structure of the type; for the decoder alone.
  public init(structure: UnsafeRawPointer) {
    self.init(structure.assumingMemoryBound(to: Test__V1__Record.self))
  }

  init(_ c: UnsafePointer<Test__V1__Record>) {
    self.id = StructureReader.string(c.pointee.id)
    self.version = c.pointee.version
    self.division = StructureReader.string(c.pointee.division)
    self.number = StructureReader.string(c.pointee.number)
    self.colour = Colour(rawValue: Int32(truncatingIfNeeded: c.pointee.colour.rawValue))
    self.address = c.pointee.address.map { Record.Address(UnsafePointer($0)) }
    self.finances = c.pointee.finances.map { Record.Finances(UnsafePointer($0)) }
    self.people = StructureReader.messages(c.pointee.people, c.pointee.n_people) { Record.Person($0) }
    self.causes = StructureReader.enums(c.pointee.causes, c.pointee.n_causes)
    self.registeredYear = c.pointee.registered_year
    self.note = StructureReader.string(c.pointee.note)
  }

  /// Fills an initialised C structure of the type; for the encoder alone.
  public func fill(structure: UnsafeMutableRawPointer, encoder: RPCProtobuf.MessageEncoder) {
    fill(structure.assumingMemoryBound(to: Test__V1__Record.self), encoder)
  }

  func fill(_ c: UnsafeMutablePointer<Test__V1__Record>, _ encoder: RPCProtobuf.MessageEncoder) {
    c.pointee.id = encoder.string(self.id, "Record.id")
    c.pointee.version = self.version
    c.pointee.division = encoder.string(self.division, "Record.division")
    c.pointee.number = encoder.string(self.number, "Record.number")
    c.pointee.colour = .init(rawValue: .init(truncatingIfNeeded: self.colour.rawValue))
    if let value = self.address {
      c.pointee.address = encoder.message(test__v1__record__address__init) { value.fill($0, encoder) }
    }
    if let value = self.finances {
      c.pointee.finances = encoder.message(test__v1__record__finances__init) { value.fill($0, encoder) }
    }
    if let elements = encoder.messages(self.people, test__v1__record__person__init, { $0.fill($1, encoder) }) {
      c.pointee.n_people = self.people.count
      c.pointee.people = elements
    }
    if let elements = encoder.enums(self.causes) {
      c.pointee.n_causes = self.causes.count
      c.pointee.causes = elements.assumingMemoryBound(to: Test__V1__Colour.self)
    }
    c.pointee.registered_year = self.registeredYear
    c.pointee.note = encoder.string(self.note, "Record.note")
  }

  /// A value of its own of what a view looks at.
  public init(_ view: borrowing View) { self.init(view._c) }

  /// A `Record` where it lies unpacked; valid only while it is lent.
  public struct View: RPCProtobuf.MessageView, ~Escapable {
    /// The message that is looked at.
    public typealias ViewedMessage = Record
    private let _structure: RPCProtobuf.LentStructure
    /// Looks at the unpacked C structure of the type; for the decoder alone.
    @_lifetime(copy structure)
    public init(_ structure: RPCProtobuf.LentStructure) { _structure = structure }
    fileprivate var _c: UnsafePointer<Test__V1__Record> {
      _structure.pointer.assumingMemoryBound(to: Test__V1__Record.self)
    }
    /// `id`.
    public var id: UTF8Span {
      @_lifetime(copy self)
      get {
        return _structure.text(_c.pointee.id)
      }
    }
    /// `version`.
    public var version: UInt64 {
      return _c.pointee.version
    }
    /// `division`.
    public var division: UTF8Span {
      @_lifetime(copy self)
      get {
        return _structure.text(_c.pointee.division)
      }
    }
    /// `number`.
    public var number: UTF8Span {
      @_lifetime(copy self)
      get {
        return _structure.text(_c.pointee.number)
      }
    }
    /// `colour`.
    public var colour: Colour {
      return Colour(rawValue: Int32(truncatingIfNeeded: _c.pointee.colour.rawValue))
    }
    /// `address`.
    public var address: Record.Address.View? {
      @_lifetime(copy self)
      get {
        guard let inner = _c.pointee.address else { return nil }
        return Record.Address.View(_structure.inner(UnsafeRawPointer(inner)))
      }
    }
    /// `finances`.
    public var finances: Record.Finances.View? {
      @_lifetime(copy self)
      get {
        guard let inner = _c.pointee.finances else { return nil }
        return Record.Finances.View(_structure.inner(UnsafeRawPointer(inner)))
      }
    }
    /// `people`.
    public var people: RPCProtobuf.MessageViews<Record.Person.View> {
      @_lifetime(copy self)
      get {
        return _structure.messages(_c.pointee.people, _c.pointee.n_people, as: Record.Person.View.self)
      }
    }
    /// `causes`.
    public var causes: [Colour] {
      return StructureReader.enums(_c.pointee.causes, _c.pointee.n_causes)
    }
    /// `registered_year`.
    public var registeredYear: Int32 {
      return _c.pointee.registered_year
    }
    /// `note`.
    public var note: UTF8Span {
      @_lifetime(copy self)
      get {
        return _structure.text(_c.pointee.note)
      }
    }
  }
}

/// Several records.
public struct Records: RPCProtobuf.Message {
  /// `records`.
  public var records: [Record]

  /// The message whose fields all have their default values.
  public init() {
    self.records = []
  }

  /// A message with these values, and the default for what is not given.
  public init(
    records: [Record] = []
  ) {
    self.records = records
  }

  /// The schema of the message.
  public static let messageDescriptor: RPCProtobuf.MessageDescriptor = {
    var c = Test__V1__Records()
    test__v1__records__init(&c)
    return RPCProtobuf.MessageDescriptor(c.base.descriptor)
  }()

  /// Reads the unpacked C structure of the type; for the decoder alone.
  public init(structure: UnsafeRawPointer) {
    self.init(structure.assumingMemoryBound(to: Test__V1__Records.self))
  }

  init(_ c: UnsafePointer<Test__V1__Records>) {
    self.records = StructureReader.messages(c.pointee.records, c.pointee.n_records) { Record($0) }
  }

  /// Fills an initialised C structure of the type; for the encoder alone.
  public func fill(structure: UnsafeMutableRawPointer, encoder: RPCProtobuf.MessageEncoder) {
    fill(structure.assumingMemoryBound(to: Test__V1__Records.self), encoder)
  }

  func fill(_ c: UnsafeMutablePointer<Test__V1__Records>, _ encoder: RPCProtobuf.MessageEncoder) {
    if let elements = encoder.messages(self.records, test__v1__record__init, { $0.fill($1, encoder) }) {
      c.pointee.n_records = self.records.count
      c.pointee.records = elements
    }
  }
}
