/// The kinds of frames; `proto/PROTOCOL.md` describes each.
package enum FrameType: UInt8, Sendable, CaseIterable {
  /// First frame of each side.
  case hello = 0x01
  /// A client begins a call.
  case open = 0x02
  /// Message bytes.
  case data = 0x03
  /// Response metadata.
  case head = 0x04
  /// A server ends a call.
  case status = 0x05
  /// Either side ends a call at once.
  case reset = 0x06
  /// Bytes that the sender is willing to receive.
  case credit = 0x07
  /// Proof of life.
  case ping = 0x08
  /// No further calls.
  case goAway = 0x09
  /// The connection is beyond use.
  case fatal = 0x0a

  /// From here on types may be skipped by those who do not know them.
  static let firstSkippable: UInt8 = 0x80
}

/// The 12 bytes in front of every frame's payload, in network byte order.
package struct FrameHeader: Equatable, Sendable {
  /// How long a header is.
  package static let byteCount = 12
  /// DATA: the sender's half ends with this frame.
  package static let endFlag: UInt8 = 1
  /// PING: an answer.
  package static let ackFlag: UInt8 = 1

  /// Length of the payload.
  package var length: UInt32
  /// The type's number, known or not.
  package var type: UInt8
  /// Bits whose meaning depends on the type; those without a meaning are ignored.
  package var flags: UInt8
  /// The call, or 0 for the connection.
  package var call: UInt32

  /// Puts a header together.
  package init(length: UInt32, type: UInt8, flags: UInt8 = 0, call: UInt32) {
    self.length = length
    self.type = type
    self.flags = flags
    self.call = call
  }

  /// Reads 12 bytes; nil when the two zero bytes are not zero.
  package init?(_ bytes: UnsafeRawPointer) {
    let zero = bytes.loadUnaligned(fromByteOffset: 6, as: UInt16.self)
    guard zero == 0 else { return nil }
    length = UInt32(bigEndian: bytes.loadUnaligned(as: UInt32.self))
    type = bytes.load(fromByteOffset: 4, as: UInt8.self)
    flags = bytes.load(fromByteOffset: 5, as: UInt8.self)
    call = UInt32(bigEndian: bytes.loadUnaligned(fromByteOffset: 8, as: UInt32.self))
  }

  /// Writes 12 bytes.
  package func write(to memory: UnsafeMutableRawPointer) {
    memory.storeBytes(of: length.bigEndian, as: UInt32.self)
    memory.storeBytes(of: type, toByteOffset: 4, as: UInt8.self)
    memory.storeBytes(of: flags, toByteOffset: 5, as: UInt8.self)
    memory.storeBytes(of: 0, toByteOffset: 6, as: UInt16.self)
    memory.storeBytes(of: call.bigEndian, toByteOffset: 8, as: UInt32.self)
  }
}

/// The 5 bytes in front of every message, as in gRPC: a compressed flag and the length.
enum MessagePrefix {
  static let byteCount = 5
  /// The flag of a message that is compressed.
  static let compressedFlag: UInt8 = 1

  static func write(_ length: Int, flag: UInt8 = 0, to memory: UnsafeMutableRawPointer) {
    memory.storeBytes(of: flag, as: UInt8.self)
    memory.storeBytes(
      of: UInt32(truncatingIfNeeded: length).bigEndian,
      toByteOffset: 1,
      as: UInt32.self
    )
  }

  static func read(_ bytes: UnsafeRawPointer) -> (flag: UInt8, length: Int) {
    let length = UInt32(bigEndian: bytes.loadUnaligned(fromByteOffset: 1, as: UInt32.self))
    return (bytes.load(as: UInt8.self), Int(length))
  }
}
