internal import RPCCore

/// Appends the fields of protobuf messages to a byte queue; zero and empty values are left out.
enum FieldWriter {
  static func varint(_ number: UInt8, _ value: UInt64, to output: inout ByteQueue) {
    guard value != 0 else { return }
    byte(number << 3, to: &output)
    raw(value, to: &output)
  }

  static func bytes(_ number: UInt8, _ value: [UInt8], to output: inout ByteQueue) {
    guard !value.isEmpty else { return }
    value.withUnsafeBytes { bytes(number, $0, to: &output) }
  }

  static func text(
    _ number: UInt8,
    _ value: String,
    limit: Int = .max,
    to output: inout ByteQueue
  ) {
    guard !value.isEmpty else { return }
    var value = value
    value.withUTF8 { utf8 in
      var count = min(utf8.count, limit)
      // Cut in front of a character, never within one.
      if count < utf8.count { while count > 0, utf8[count] & 0xc0 == 0x80 { count -= 1 } }
      bytes(number, UnsafeRawBufferPointer(start: utf8.baseAddress, count: count), to: &output)
    }
  }

  static func metadata(_ number: UInt8, _ metadata: Metadata, to output: inout ByteQueue) {
    for entry in metadata.entries {
      let key = entry.key.utf8.count
      let value = entry.value.count
      byte(number << 3 | 2, to: &output)
      raw(UInt64(size(ofBytes: key) + size(ofBytes: value)), to: &output)
      text(1, entry.key, to: &output)
      bytes(2, entry.value, to: &output)
    }
  }

  private static func bytes(
    _ number: UInt8,
    _ value: UnsafeRawBufferPointer,
    to output: inout ByteQueue
  ) {
    byte(number << 3 | 2, to: &output)
    raw(UInt64(value.count), to: &output)
    if let start = value.baseAddress { output.append(start, count: value.count) }
  }

  /// A field of so many bytes with its tag and length.
  private static func size(ofBytes count: Int) -> Int {
    guard count > 0 else { return 0 }
    var size = 2 + count
    var rest = count >> 7
    while rest > 0 {
      size += 1
      rest >>= 7
    }
    return size
  }

  private static func byte(_ value: UInt8, to output: inout ByteQueue) {
    output.extend(by: 1).storeBytes(of: value, as: UInt8.self)
  }

  private static func raw(_ value: UInt64, to output: inout ByteQueue) {
    var value = value
    while value >= 0x80 {
      byte(UInt8(truncatingIfNeeded: value) | 0x80, to: &output)
      value >>= 7
    }
    byte(UInt8(truncatingIfNeeded: value), to: &output)
  }
}
