internal import RegistryModel

/// Counts as stored: each as a zigzag varint, in the order of `Tally.columns`.
extension Tally {
  /// The stored form; zeros at the end are left out.
  var stored: [UInt8] {
    var octets: [UInt8] = []
    octets.reserveCapacity(160)
    for value in values[..<(values.lastIndex { $0 != 0 }.map { $0 + 1 } ?? 0)] {
      var rest = UInt64(bitPattern: value << 1 ^ value >> 63)
      while rest >= 0x80 {
        octets.append(UInt8(truncatingIfNeeded: rest) | 0x80)
        rest >>= 7
      }
      octets.append(UInt8(rest))
    }
    return octets
  }

  /// Reads the stored form; nil for octets that are none.
  init?(stored octets: UnsafeRawBufferPointer) {
    var values: [Int64] = []
    var value: UInt64 = 0
    var shift: UInt64 = 0
    for octet in octets {
      guard shift < 64 else { return nil }
      value |= UInt64(octet & 0x7f) << shift
      shift += 7
      if octet & 0x80 != 0 { continue }
      values.append(Int64(bitPattern: value >> 1) ^ -Int64(bitPattern: value & 1))
      (value, shift) = (0, 0)
    }
    guard shift == 0 else { return nil }
    self.init(values: values)
  }
}
