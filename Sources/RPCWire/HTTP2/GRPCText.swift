internal import FoundationEssentials
package import RPCCore

/// The forms in which gRPC over HTTP/2 writes numbers, texts and bytes in headers
/// (gRPC's `PROTOCOL-HTTP2.md`).
package enum GRPCText {
  // MARK: Timeouts

  /// Reads `grpc-timeout`: 1 to 8 digits and a unit; nanoseconds, nil for anything else.
  package static func timeout(_ text: UnsafeBufferPointer<UInt8>) -> UInt64? {
    guard (2...9).contains(text.count), let last = text.last, let unit = nanoseconds(of: last)
    else { return nil }
    var value: UInt64 = 0
    for digit in text.dropLast() {
      guard (0x30...0x39).contains(digit) else { return nil }
      value = value * 10 + UInt64(digit - 0x30)
    }
    let (product, overflow) = value.multipliedReportingOverflow(by: unit)
    return overflow ? .max : product
  }

  private static func nanoseconds(of unit: UInt8) -> UInt64? {
    switch unit {
    case UInt8(ascii: "n"): 1
    case UInt8(ascii: "u"): 1_000
    case UInt8(ascii: "m"): 1_000_000
    case UInt8(ascii: "S"): 1_000_000_000
    case UInt8(ascii: "M"): 60_000_000_000
    case UInt8(ascii: "H"): 3_600_000_000_000
    default: nil
    }
  }

  /// Writes a time of so many microseconds, rounded up to what eight digits hold.
  package static func timeout(microseconds: UInt64) -> String {
    var value = max(1, microseconds)
    for (unit, next) in [("u", UInt64(1_000)), ("m", 1_000), ("S", 60), ("M", 60)] {
      if value < 100_000_000 { return "\(value)\(unit)" }
      value = value / next + (value % next == 0 ? 0 : 1)
    }
    return "\(min(value, 99_999_999))H"
  }

  // MARK: Messages of a status

  /// Percent-encodes what is not plain ASCII, and the percent sign.
  package static func encoded(_ message: String, limit: Int = TextLimits.textBytes) -> [UInt8] {
    let digits = Array("0123456789ABCDEF".utf8)
    var result: [UInt8] = []
    for byte in message.utf8.prefix(limit) {
      // A field may neither begin nor end with a space, so that none is left plain.
      if (0x21...0x7e).contains(byte), byte != UInt8(ascii: "%") {
        result.append(byte)
      } else {
        result += [UInt8(ascii: "%"), digits[Int(byte >> 4)], digits[Int(byte & 15)]]
      }
    }
    return result
  }

  /// Reads what `encoded` wrote; what is not well-formed stays as it is.
  package static func decoded(_ message: [UInt8]) -> String {
    var result: [UInt8] = []
    var place = 0
    while place < message.count {
      if message[place] == UInt8(ascii: "%"), place + 2 < message.count,
        let high = hexadecimal(message[place + 1]), let low = hexadecimal(message[place + 2])
      {
        result.append(high << 4 | low)
        place += 3
      } else {
        result.append(message[place])
        place += 1
      }
    }
    return String(decoding: result, as: UTF8.self)
  }

  static func hexadecimal(_ digit: UInt8) -> UInt8? {
    switch digit {
    case 0x30...0x39: digit - 0x30
    case 0x41...0x46: digit - 0x41 + 10
    case 0x61...0x66: digit - 0x61 + 10
    default: nil
    }
  }

  // MARK: Text metadata

  /// A value without the spaces around it.
  package static func trimmed(_ value: [UInt8]) -> [UInt8] {
    let space = UInt8(ascii: " ")
    guard value.first == space || value.last == space else { return value }
    return Array(value.drop { $0 == space }.reversed().drop { $0 == space }.reversed())
  }

  // MARK: Binary metadata

  /// Base64 without padding, as gRPC asks for.
  package static func base64(_ bytes: [UInt8]) -> [UInt8] {
    let padded = Array(Data(bytes).base64EncodedString().utf8)
    return Array(padded.prefix { $0 != UInt8(ascii: "=") })
  }

  /// Reads base64 with or without padding; nil for anything else.
  package static func bytes(base64 text: some Sequence<UInt8>) -> [UInt8]? {
    var digits = Array(text.prefix { $0 != UInt8(ascii: "=") })
    guard digits.count % 4 != 1 else { return nil }
    while digits.count % 4 != 0 { digits.append(UInt8(ascii: "=")) }
    return Data(base64Encoded: Data(digits)).map(Array.init)
  }

  // MARK: Keys

  /// Reads an idempotency key as people write a UUID: 32 hexadecimal digits, hyphens left out.
  package static func idempotencyKey(_ text: some Sequence<UInt8>) -> IdempotencyKey? {
    let digits = text.filter { $0 != UInt8(ascii: "-") }
    guard digits.count == 32 else { return nil }
    var bytes: [UInt8] = []
    for place in stride(from: 0, to: 32, by: 2) {
      guard let high = hexadecimal(digits[place]), let low = hexadecimal(digits[place + 1]) else {
        return nil
      }
      bytes.append(high << 4 | low)
    }
    return IdempotencyKey(bytes: bytes)
  }

  // MARK: Codes

  /// What an answer means that has an HTTP status other than 200 and none of gRPC's
  /// (`http-grpc-status-mapping.md`).
  package static func code(ofHTTP status: Int) -> StatusCode {
    switch status {
    case 400: .internalError
    case 401: .unauthenticated
    case 403: .permissionDenied
    case 404: .unimplemented
    case 429, 502, 503, 504: .unavailable
    default: .unknown
    }
  }

  /// What a stream's end by RST_STREAM means (`PROTOCOL-HTTP2.md`, Errors).
  package static func failure(ofReset code: UInt32) -> RPCError {
    switch code {
    case 7:
      RPCError(
        code: .unavailable,
        message: "the peer did not start the call",
        processed: .notStarted
      )
    case 8: RPCError(.cancelled, "the peer gave the call up")
    case 11: RPCError(.resourceExhausted, "the peer asks for fewer requests")
    case 12: RPCError(.permissionDenied, "the connection is not safe enough for the peer")
    default: RPCError(.internalError, "the peer reset the stream with code \(code)")
    }
  }
}

/// `google.rpc.Status` in `grpc-status-details-bin`: a failure's details and when to try again.
package enum GRPCStatus {
  private static let prefix = "type.googleapis.com/"
  private static let retryInfo = "google.rpc.RetryInfo"

  /// Writes a failure; nil where it has nothing beyond code and words.
  ///
  /// - Parameter type: what `details` are a message of, such as `registry.v1.ErrorDetails`.
  package static func encode(_ error: RPCError, detailsOf type: String) -> [UInt8]? {
    let hasDetails =
      !error.details.isEmpty && !type.isEmpty && error.details.count <= TextLimits.detailBytes
    guard hasDetails || error.retryDelay != nil else { return nil }
    var output = ByteQueue()
    FieldWriter.varint(1, UInt64(error.code.rawValue), to: &output)
    FieldWriter.text(2, error.message, limit: TextLimits.textBytes, to: &output)
    if hasDetails { FieldWriter.bytes(3, any(type, error.details), to: &output) }
    if let delay = error.retryDelay {
      let nanoseconds = delay.wholeNanoseconds
      var duration = ByteQueue()
      FieldWriter.varint(1, nanoseconds / 1_000_000_000, to: &duration)
      FieldWriter.varint(2, nanoseconds % 1_000_000_000, to: &duration)
      var info = ByteQueue()
      FieldWriter.bytes(1, Array(duration.bytes), to: &info)
      FieldWriter.bytes(3, any(retryInfo, Array(info.bytes)), to: &output)
    }
    return Array(output.bytes)
  }

  private static func any(_ type: String, _ value: [UInt8]) -> [UInt8] {
    var output = ByteQueue()
    FieldWriter.text(1, prefix + type, to: &output)
    FieldWriter.bytes(2, value, to: &output)
    return Array(output.bytes)
  }

  /// Takes details and delay over into a failure; octets that are no such message change nothing.
  package static func decode(_ octets: [UInt8], into error: inout RPCError) {
    octets.withUnsafeBytes { octets in
      var reader = FieldReader(octets)
      while let tag = reader.next() {
        guard tag == FieldTag.bytes(3) else {
          reader.skip()
          continue
        }
        var part = FieldReader(reader.bytes())
        var type = ""
        var value: [UInt8] = []
        while let tag = part.next() {
          switch tag {
          case FieldTag.bytes(1): type = part.text()
          case FieldTag.bytes(2): value = Array(part.bytes())
          default: part.skip()
          }
        }
        if type == prefix + retryInfo {
          error.retryDelay = delay(value) ?? error.retryDelay
        } else if error.details.isEmpty {
          error.details = value
        }
      }
    }
  }

  private static func delay(_ info: [UInt8]) -> Duration? {
    info.withUnsafeBytes { octets in
      var reader = FieldReader(octets)
      while let tag = reader.next() {
        guard tag == FieldTag.bytes(1) else {
          reader.skip()
          continue
        }
        var duration = FieldReader(reader.bytes())
        var seconds: UInt64 = 0
        var nanoseconds: UInt64 = 0
        while let tag = duration.next() {
          switch tag {
          case FieldTag.varint(1): seconds = duration.varint()
          case FieldTag.varint(2): nanoseconds = duration.varint()
          default: duration.skip()
          }
        }
        guard seconds < 1 << 32, nanoseconds < 1_000_000_000 else { return nil }
        return .seconds(Int64(seconds)) + .nanoseconds(Int64(nanoseconds))
      }
      return nil
    }
  }
}
