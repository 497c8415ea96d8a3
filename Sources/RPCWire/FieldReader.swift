/// Reads the fields of one protobuf message within its bounds, in place.
///
/// The frames' payloads are small and fixed, so they are read straight from the bytes: no
/// allocation, no unpacked copy. Unknown fields and known ones of another wire type are skipped.
struct FieldReader {
  private var cursor: UnsafeRawPointer
  private let end: UnsafeRawPointer
  private var wire: UInt8 = 0
  /// Whether the bytes were not a protobuf message.
  private(set) var isMalformed = false

  init(_ bytes: UnsafeRawBufferPointer) {
    // An empty payload may have no address; any will do for no bytes.
    cursor = bytes.baseAddress ?? UnsafeRawPointer(bitPattern: 1).unsafelyUnwrapped
    end = cursor + bytes.count
  }

  /// The next field's number, times 8 plus its wire type; nil at the end.
  mutating func next() -> UInt64? {
    guard !isMalformed, cursor < end else { return nil }
    let tag = varint()
    guard !isMalformed, tag >> 3 > 0, tag >> 3 < 1 << 29 else { return fail() }
    wire = UInt8(tag & 7)
    return tag
  }

  mutating func varint() -> UInt64 {
    guard cursor < end else { return failWithZero() }
    let first = cursor.load(as: UInt8.self)
    if first < 0x80 {
      cursor += 1
      return UInt64(first)
    }
    var value: UInt64 = 0
    var shift: UInt64 = 0
    while cursor < end, shift < 64 {
      let byte = cursor.load(as: UInt8.self)
      cursor += 1
      value |= UInt64(byte & 0x7f) << shift
      if byte < 0x80 { return value }
      shift += 7
    }
    return failWithZero()
  }

  /// A varint, clamped to 32 bits.
  mutating func varint32() -> UInt32 { UInt32(clamping: varint()) }

  mutating func bytes() -> UnsafeRawBufferPointer {
    let count = varint()
    guard !isMalformed, count <= UInt64(end - cursor) else {
      isMalformed = true
      return UnsafeRawBufferPointer(start: nil, count: 0)
    }
    defer { cursor += Int(count) }
    return UnsafeRawBufferPointer(start: cursor, count: Int(count))
  }

  /// The text of a bytes field; what is not UTF-8 is replaced.
  mutating func text() -> String { String(decoding: bytes(), as: UTF8.self) }

  /// Skips the field whose tag `next` returned.
  mutating func skip() {
    switch wire {
    case 0: _ = varint()
    case 1: advance(8)
    case 2: _ = bytes()
    case 5: advance(4)
    default: isMalformed = true
    }
  }

  private mutating func advance(_ count: Int) {
    if end - cursor < count { isMalformed = true } else { cursor += count }
  }

  private mutating func fail() -> UInt64? {
    isMalformed = true
    return nil
  }

  private mutating func failWithZero() -> UInt64 {
    isMalformed = true
    return 0
  }
}

/// The tags of fields: number times 8 plus wire type.
enum FieldTag {
  static func varint(_ number: UInt64) -> UInt64 { number << 3 }
  static func bytes(_ number: UInt64) -> UInt64 { number << 3 | 2 }
}
