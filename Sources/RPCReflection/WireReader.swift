package import RPCCore

/// Reads the fields of a message of which only the bytes are known.
struct WireReader {
  /// A field's value as it stands on the wire.
  enum Value {
    case varint(UInt64)
    case fixed64(UInt64)
    case fixed32(UInt32)
    case bytes(UnsafeRawBufferPointer)
  }

  private let bytes: UnsafeRawBufferPointer
  private var position = 0

  init(_ bytes: UnsafeRawBufferPointer) { self.bytes = bytes }

  var isAtEnd: Bool { position >= bytes.count }

  /// The next field; nil at the end.
  ///
  /// - Throws: INVALID_ARGUMENT for malformed bytes.
  mutating func next() throws(RPCError) -> (number: Int32, value: Value)? {
    guard !isAtEnd else { return nil }
    let tag = try varint()
    guard tag >> 3 > 0, tag >> 3 < 1 << 29 else { throw Self.malformed }
    let number = Int32(truncatingIfNeeded: tag >> 3)
    switch tag & 7 {
    case 0: return (number, .varint(try varint()))
    case 1: return (number, .fixed64(try fixed64()))
    case 2:
      let count = try varint()
      guard count <= UInt64(bytes.count - position) else { throw Self.malformed }
      let end = position + Int(count)
      defer { position = end }
      return (number, .bytes(UnsafeRawBufferPointer(rebasing: bytes[position..<end])))
    case 5: return (number, .fixed32(try fixed32()))
    default: throw Self.malformed
    }
  }

  mutating func varint() throws(RPCError) -> UInt64 {
    var value: UInt64 = 0
    var shift: UInt64 = 0
    while position < bytes.count, shift < 64 {
      let byte = bytes[position]
      position += 1
      value |= UInt64(byte & 0x7f) << shift
      if byte < 0x80 { return value }
      shift += 7
    }
    throw Self.malformed
  }

  mutating func fixed64() throws(RPCError) -> UInt64 {
    guard bytes.count - position >= 8 else { throw Self.malformed }
    defer { position += 8 }
    return UInt64(littleEndian: bytes.loadUnaligned(fromByteOffset: position, as: UInt64.self))
  }

  mutating func fixed32() throws(RPCError) -> UInt32 {
    guard bytes.count - position >= 4 else { throw Self.malformed }
    defer { position += 4 }
    return UInt32(littleEndian: bytes.loadUnaligned(fromByteOffset: position, as: UInt32.self))
  }

  static var malformed: RPCError { RPCError(.invalidArgument, "malformed message") }
}

/// A message whose bytes nobody here looks into.
package struct RawMessage: WireMessage {
  /// The encoding.
  package let bytes: [UInt8]

  /// Wraps an encoding.
  package init(_ bytes: [UInt8]) { self.bytes = bytes }

  /// Copies the bytes.
  package init(wireBytes: UnsafeRawBufferPointer) throws(RPCError) { bytes = Array(wireBytes) }

  /// Copies the bytes out.
  package func encode(
    reserve: (_ byteCount: Int) -> UnsafeMutableRawPointer
  ) throws(RPCError) {
    let memory = reserve(bytes.count)
    bytes.withUnsafeBytes { source in
      if let start = source.baseAddress { memory.copyMemory(from: start, byteCount: source.count) }
    }
  }
}
