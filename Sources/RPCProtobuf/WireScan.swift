internal import CProtobufC
internal import RPCCore

/// Walks over a message's bytes ahead of unpacking, and refuses what libprotobuf-c would get wrong
/// or pay too much for.
///
/// The walk is a loop with a stack of its own, so no nesting can exhaust the thread's. It refuses:
/// nesting, sizes and counts over the limits; tags, lengths and varints that are cut off or
/// overlong; groups; a wire type that does not fit its field; strings that are not UTF-8 or hold a
/// NUL; a second occurrence of a singular message field, which libprotobuf-c merges wrongly (no
/// encoder writes one).
struct WireScan {
  /// One message being walked over.
  struct Frame {
    var descriptor: UnsafePointer<ProtobufCMessageDescriptor>
    var end: UnsafePointer<UInt8>
    var counters: UnsafeMutablePointer<UInt32>
    var lastIndex: Int
  }

  /// Memory for frames and counters, made once per thread.
  struct Scratch {
    /// Counters for all fields of all open messages: enough for 100 levels of 80 fields.
    static let counterCapacity = 8_192
    let frames = UnsafeMutablePointer<Frame>.allocate(capacity: DecodingLimits.greatestDepth)
    let counters = UnsafeMutablePointer<UInt32>.allocate(capacity: counterCapacity)

    func deallocate() {
      frames.deallocate()
      counters.deallocate()
    }
  }

  private let scratch: Scratch
  private let limits: DecodingLimits
  private let greatestDepth: Int
  private var frame: Frame
  private var depth = 0
  private var cursor: UnsafePointer<UInt8>
  private var elements = 0
  private var unknownFields = 0

  /// Checks a message against its descriptor and the limits.
  ///
  /// - Throws: INVALID_ARGUMENT naming message, field and rule; RESOURCE_EXHAUSTED over a limit.
  static func check(
    _ bytes: UnsafeRawBufferPointer,
    as descriptor: UnsafePointer<ProtobufCMessageDescriptor>,
    limits: DecodingLimits,
    scratch: Scratch
  ) throws(RPCError) {
    guard bytes.count <= limits.messageBytes else {
      throw RPCError(
        .resourceExhausted,
        "a message of \(bytes.count) bytes is over the limit of \(limits.messageBytes)"
      )
    }
    guard let start = bytes.baseAddress?.assumingMemoryBound(to: UInt8.self) else { return }
    var scan = WireScan(start, bytes.count, descriptor, limits, scratch)
    try scan.clearCounters()
    try scan.run()
  }

  private init(
    _ start: UnsafePointer<UInt8>,
    _ count: Int,
    _ descriptor: UnsafePointer<ProtobufCMessageDescriptor>,
    _ limits: DecodingLimits,
    _ scratch: Scratch
  ) {
    self.scratch = scratch
    self.limits = limits
    greatestDepth = min(limits.depth, DecodingLimits.greatestDepth)
    cursor = start
    frame = Frame(
      descriptor: descriptor,
      end: start + count,
      counters: scratch.counters,
      lastIndex: 0
    )
  }

  // What a field passes through is inlined into this loop, so that cursor and frame stay in
  // registers: without that a message of 300 bytes takes 0.15 µs longer.
  private mutating func run() throws(RPCError) {
    while true {
      if cursor < frame.end {
        try scanField()
      } else {
        if depth == 0 { return }
        depth -= 1
        frame = scratch.frames[depth]
      }
    }
  }

  @inline(__always)
  private mutating func scanField() throws(RPCError) {
    let tag = try readTag()
    let wireType = tag & 7
    guard let index = fieldIndex(tag >> 3) else { return try skipUnknown(wireType) }
    let field = frame.descriptor.pointee.fields + index
    let expected = Self.wireType(of: field.pointee.type)
    if wireType == expected {
      switch wireType {
      case 0: try skipVarint()
      case 1: try skip(8)
      case 5: try skip(4)
      default: return try scanDelimited(field, index)
      }
      if field.pointee.label == PROTOBUF_C_LABEL_REPEATED { try count(1, field, index) }
    } else if wireType == 2, field.pointee.label == PROTOBUF_C_LABEL_REPEATED {
      try scanPacked(field, index, elementType: expected)
    } else if wireType == 3 || wireType == 4 || wireType > 5 {
      throw malformed("a group or an unknown wire type")
    } else {
      throw malformed("wire type \(wireType) does not fit the field", field)
    }
  }

  // Fields mostly come in the order of their numbers: try the last one and its successor first.
  @inline(__always)
  private mutating func fieldIndex(_ number: UInt32) -> Int? {
    let fields = frame.descriptor.pointee.fields
    let count = Int(frame.descriptor.pointee.n_fields)
    guard let fields, count > 0 else { return nil }
    let last = frame.lastIndex
    if fields[last].id == number { return last }
    if last + 1 < count, fields[last + 1].id == number {
      frame.lastIndex = last + 1
      return last + 1
    }
    var low = 0
    var high = count
    while low < high {
      let middle = (low + high) / 2
      if fields[middle].id < number { low = middle + 1 } else { high = middle }
    }
    guard low < count, fields[low].id == number else { return nil }
    frame.lastIndex = low
    return low
  }

  @inline(__always)
  private static func wireType(of type: ProtobufCType) -> UInt32 {
    switch type {
    case PROTOBUF_C_TYPE_STRING, PROTOBUF_C_TYPE_BYTES, PROTOBUF_C_TYPE_MESSAGE: 2
    case PROTOBUF_C_TYPE_SFIXED32, PROTOBUF_C_TYPE_FIXED32, PROTOBUF_C_TYPE_FLOAT: 5
    case PROTOBUF_C_TYPE_SFIXED64, PROTOBUF_C_TYPE_FIXED64, PROTOBUF_C_TYPE_DOUBLE: 1
    default: 0
    }
  }

  @inline(__always)
  private mutating func scanDelimited(
    _ field: UnsafePointer<ProtobufCFieldDescriptor>,
    _ index: Int
  ) throws(RPCError) {
    let length = try readLength()
    let isRepeated = field.pointee.label == PROTOBUF_C_LABEL_REPEATED
    if isRepeated { try count(1, field, index) }
    switch field.pointee.type {
    case PROTOBUF_C_TYPE_STRING:
      switch TextCheck.check(cursor, length) {
      case .valid: cursor += length
      case .invalidUTF8: throw malformed("a string that is not UTF-8", field)
      case .containsNUL: throw malformed("a string with a NUL byte", field)
      }
    case PROTOBUF_C_TYPE_MESSAGE:
      if !isRepeated {
        guard frame.counters[index] == 0 else {
          throw malformed("a singular message given twice", field)
        }
        frame.counters[index] = 1
      }
      try enter(field, length)
    default:
      cursor += length
    }
  }

  @inline(__always)
  private mutating func enter(
    _ field: UnsafePointer<ProtobufCFieldDescriptor>,
    _ length: Int
  ) throws(RPCError) {
    guard depth + 1 < greatestDepth else {
      throw malformed("nested deeper than \(greatestDepth) levels", field)
    }
    guard let inner = field.pointee.descriptor else { throw malformed("no descriptor", field) }
    scratch.frames[depth] = frame
    depth += 1
    frame = Frame(
      descriptor: inner.assumingMemoryBound(to: ProtobufCMessageDescriptor.self),
      end: cursor + length,
      counters: frame.counters + Int(frame.descriptor.pointee.n_fields),
      lastIndex: 0
    )
    try clearCounters()
  }

  private func clearCounters() throws(RPCError) {
    let count = Int(frame.descriptor.pointee.n_fields)
    guard frame.counters - scratch.counters + count <= Scratch.counterCapacity else {
      throw RPCError(.resourceExhausted, "\(messageName): too many fields in nested messages")
    }
    frame.counters.update(repeating: 0, count: count)
  }

  private mutating func scanPacked(
    _ field: UnsafePointer<ProtobufCFieldDescriptor>,
    _ index: Int,
    elementType: UInt32
  ) throws(RPCError) {
    if elementType == 2 { throw malformed("wire type 2 does not fit the field", field) }
    let length = try readLength()
    let end = cursor + length
    if elementType != 0 {
      let size = elementType == 1 ? 8 : 4
      guard length % size == 0 else { throw malformed("a packed field of odd length", field) }
      cursor = end
      return try count(length / size, field, index)
    }
    var found = 0
    let outerEnd = frame.end
    frame.end = end
    while cursor < end {
      try skipVarint()
      found += 1
    }
    frame.end = outerEnd
    try count(found, field, index)
  }

  @inline(__always)
  private mutating func count(
    _ number: Int,
    _ field: UnsafePointer<ProtobufCFieldDescriptor>,
    _ index: Int
  ) throws(RPCError) {
    // No overflow: a message's byte count bounds both.
    elements += number
    let inField = Int(frame.counters[index]) + number
    guard inField <= limits.elementsPerField, elements <= limits.elements else {
      throw RPCError(
        .resourceExhausted,
        "\(messageName).\(Self.text(field.pointee.name)): too many elements "
          + "(limits: \(limits.elementsPerField) in a field, \(limits.elements) in all)"
      )
    }
    frame.counters[index] = UInt32(truncatingIfNeeded: inField)
  }

  private mutating func skipUnknown(_ wireType: UInt32) throws(RPCError) {
    unknownFields += 1
    guard unknownFields <= limits.unknownFields else {
      throw RPCError(
        .resourceExhausted,
        "\(messageName): more than \(limits.unknownFields) fields that the schema does not know"
      )
    }
    switch wireType {
    case 0: try skipVarint()
    case 1: try skip(8)
    case 2:
      let length = try readLength()
      cursor += length
    case 5: try skip(4)
    default: throw malformed("a group or an unknown wire type")
    }
  }
}

// MARK: Reading the pieces

extension WireScan {
  @inline(__always)
  private mutating func readTag() throws(RPCError) -> UInt32 {
    let first = cursor[0]
    if first >= 8 && first < 0x80 {
      cursor += 1
      return UInt32(first)
    }
    let tag = try readShortVarint("tag")
    guard tag >= 8 else { throw malformed("a field with number 0") }
    return tag
  }

  @inline(__always)
  private mutating func readLength() throws(RPCError) -> Int {
    let length: Int
    if cursor < frame.end, cursor[0] < 0x80 {
      length = Int(cursor[0])
      cursor += 1
    } else {
      length = Int(try readShortVarint("length"))
    }
    guard length <= frame.end - cursor else { throw malformed("a length beyond the end") }
    return length
  }

  // At most five bytes and 32 bits: what libprotobuf-c reads for tags and lengths.
  private mutating func readShortVarint(_ what: StaticString) throws(RPCError) -> UInt32 {
    var value: UInt64 = 0
    for position in 0..<5 {
      guard cursor < frame.end else { throw malformed("a \(what) that is cut off") }
      let byte = cursor[0]
      cursor += 1
      value |= UInt64(byte & 0x7F) << UInt64(7 * position)
      if byte < 0x80 {
        guard value <= UInt64(UInt32.max) else { break }
        return UInt32(truncatingIfNeeded: value)
      }
    }
    throw malformed("an overlong \(what)")
  }

  @inline(__always)
  private mutating func skipVarint() throws(RPCError) {
    if cursor < frame.end, cursor[0] < 0x80 {
      cursor += 1
      return
    }
    try skipLongVarint()
  }

  private mutating func skipLongVarint() throws(RPCError) {
    // Ten bytes hold 70 bits; like other decoders, unpacking drops those above 64.
    for _ in 0..<10 {
      guard cursor < frame.end else { throw malformed("a varint that is cut off") }
      let byte = cursor[0]
      cursor += 1
      if byte < 0x80 { return }
    }
    throw malformed("an overlong varint")
  }

  @inline(__always)
  private mutating func skip(_ byteCount: Int) throws(RPCError) {
    guard frame.end - cursor >= byteCount else { throw malformed("a number that is cut off") }
    cursor += byteCount
  }
}

// MARK: Errors

extension WireScan {
  private var messageName: String { Self.text(frame.descriptor.pointee.name) }

  private static func text(_ name: UnsafePointer<CChar>?) -> String {
    name.map { String(cString: $0) } ?? "?"
  }

  @inline(never)
  private func malformed(_ what: String) -> RPCError {
    RPCError(.invalidArgument, "malformed \(messageName): \(what)")
  }

  @inline(never)
  private func malformed(
    _ what: String,
    _ field: UnsafePointer<ProtobufCFieldDescriptor>
  ) -> RPCError {
    RPCError(
      .invalidArgument,
      "malformed \(messageName): field \(Self.text(field.pointee.name)): \(what)"
    )
  }
}
