/// The place of a call in a larger piece of work, as W3C Trace Context tells it.
///
/// A server passes it on from the call that it serves to those that it makes meanwhile. This package
/// records no spans: it carries the context, so that those who do find their calls again.
public struct TraceContext: Sendable, Hashable {
  /// Bytes of the encoded form: trace id, parent span id, flags.
  public static let byteCount = 25

  /// The encoded form, as OPEN frames carry it.
  public let bytes: [UInt8]

  /// Reads the encoded form; nil unless it has 25 bytes and neither id is all zero.
  public init?(bytes: [UInt8]) {
    guard bytes.count == Self.byteCount, bytes[..<16].contains(where: { $0 != 0 }),
      bytes[16..<24].contains(where: { $0 != 0 })
    else { return nil }
    self.bytes = bytes
  }

  /// Reads a `traceparent` header of version 00 (W3C Trace Context, 3.2); nil for anything else.
  public init?(traceparent text: String) {
    let parts = text.utf8.split(separator: UInt8(ascii: "-"), omittingEmptySubsequences: false)
    guard parts.count == 4, parts.map(\.count) == [2, 32, 16, 2], parts[0].elementsEqual("00".utf8)
    else { return nil }
    var bytes: [UInt8] = []
    for part in parts.dropFirst() {
      guard let octets = Self.octets(part) else { return nil }
      bytes += octets
    }
    self.init(bytes: bytes)
  }

  /// A new trace with a new parent, sampled or not.
  public static func random(isSampled: Bool = true) -> TraceContext {
    while true {
      var bytes = (0..<24).map { _ in UInt8.random(in: 0...255) }
      bytes.append(isSampled ? 1 : 0)
      // Only the one in 2^64 whose ids are all zero is none.
      if let context = TraceContext(bytes: bytes) { return context }
    }
  }

  /// The `traceparent` header.
  public var traceparent: String {
    let digits = bytes.map { byte in
      let text = String(byte, radix: 16)
      return byte < 16 ? "0" + text : text
    }
    return "00-\(digits[..<16].joined())-\(digits[16..<24].joined())-\(digits[24])"
  }

  /// Lower-case hexadecimal digits only, as the header demands.
  private static func octets(_ digits: some Collection<UInt8>) -> [UInt8]? {
    var octets: [UInt8] = []
    var high: UInt8?
    for digit in digits {
      let value: UInt8
      switch digit {
      case 0x30...0x39: value = digit - 0x30
      case 0x61...0x66: value = digit - 0x61 + 10
      default: return nil
      }
      if let first = high {
        octets.append(first << 4 | value)
        high = nil
      } else {
        high = value
      }
    }
    return octets
  }
}
