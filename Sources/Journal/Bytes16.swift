/// Sixteen octets by value: an id, a salt, a keyed digest.
public struct Bytes16: Hashable, Sendable {
  /// Octets 0–7, the first one most significant.
  public var high: UInt64
  /// Octets 8–15, the first one most significant.
  public var low: UInt64

  /// Sixteen zeros.
  public static let zero = Bytes16(high: 0, low: 0)

  /// The value of two halves.
  public init(high: UInt64, low: UInt64) {
    self.high = high
    self.low = low
  }

  /// The value of sixteen octets, or nil for another count.
  public init?(_ bytes: [UInt8]) {
    guard let value = bytes.withUnsafeBytes({ Bytes16($0) }) else { return nil }
    self = value
  }

  /// The value of sixteen octets, or nil for another count.
  public init?(_ bytes: ArraySlice<UInt8>) {
    guard let value = bytes.withUnsafeBytes({ Bytes16($0) }) else { return nil }
    self = value
  }

  /// The value of sixteen octets, or nil for another count.
  public init?(_ bytes: UnsafeRawBufferPointer) {
    // Not one generic initialiser: unspecialised, it was a seventh of the cost of a read.
    guard bytes.count == 16 else { return nil }
    self.init(
      high: UInt64(bigEndian: bytes.loadUnaligned(as: UInt64.self)),
      low: UInt64(bigEndian: bytes.loadUnaligned(fromByteOffset: 8, as: UInt64.self))
    )
  }

  /// The sixteen octets in order.
  public var bytes: [UInt8] {
    var bytes: [UInt8] = []
    append(to: &bytes)
    return bytes
  }

  /// Appends the sixteen octets in order.
  public func append(to bytes: inout [UInt8]) {
    bytes.append(bigEndian: high)
    bytes.append(bigEndian: low)
  }
}

extension Bytes16: CustomStringConvertible {
  /// Thirty-two hexadecimal digits.
  public var description: String { hexadecimal(bytes) }
}

extension Array<UInt8> {
  /// Appends an integer in network byte order.
  mutating func append(bigEndian value: some FixedWidthInteger) {
    Swift.withUnsafeBytes(of: value.bigEndian) { append(contentsOf: $0) }
  }
}

extension Array<UInt8> {
  /// Lends the octets; unlike `withUnsafeBytes` it keeps the type of what is thrown.
  func withOctets<Result, Failure: Error>(
    _ body: (UnsafeRawBufferPointer) throws(Failure) -> Result
  ) throws(Failure) -> Result {
    try withUnsafeBufferPointer { buffer throws(Failure) in
      try body(UnsafeRawBufferPointer(buffer))
    }
  }
}

/// Two lower-case digits for each octet.
func hexadecimal(_ bytes: some Sequence<UInt8>) -> String {
  String(decoding: hexadecimalDigits(Array(bytes)), as: UTF8.self)
}

/// Two lower-case digits for each octet, in an array that a caller can wipe.
func hexadecimalDigits(_ bytes: [UInt8]) -> [UInt8] {
  let digits = Array("0123456789abcdef".utf8)
  return [UInt8](unsafeUninitializedCapacity: 2 * bytes.count) { text, count in
    for (index, byte) in bytes.enumerated() {
      text[2 * index] = digits[Int(byte >> 4)]
      text[2 * index + 1] = digits[Int(byte & 15)]
    }
    count = 2 * bytes.count
  }
}

/// The octets of lower-case hexadecimal digits, or nil if it is something else.
func octets(hexadecimal text: some Collection<UInt8>) -> [UInt8]? {
  guard text.count % 2 == 0 else { return nil }
  var bytes: [UInt8] = []
  // No growing: the octets may be a key, and what is left behind is not wiped.
  bytes.reserveCapacity(text.count / 2)
  var high: UInt8?
  for character in text {
    let digit: UInt8
    switch character {
    case UInt8(ascii: "0")...UInt8(ascii: "9"): digit = character - UInt8(ascii: "0")
    case UInt8(ascii: "a")...UInt8(ascii: "f"): digit = character - UInt8(ascii: "a") + 10
    default: return nil
    }
    if let first = high {
      bytes.append(first << 4 | digit)
      high = nil
    } else {
      high = digit
    }
  }
  return bytes
}
