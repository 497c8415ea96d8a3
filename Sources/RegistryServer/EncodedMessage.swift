internal import Glibc
package import RPCCore

/// A response that is already encoded, as the store keeps it: sent without being decoded.
package struct EncodedMessage: WireMessage {
  private let bytes: [UInt8]

  /// Wraps the encoding of a message of the method's response type.
  package init(_ bytes: [UInt8]) { self.bytes = bytes }

  /// Keeps the bytes unchecked; servers only ever send messages of this type.
  package init(wireBytes: UnsafeRawBufferPointer) throws(RPCError) { bytes = Array(wireBytes) }

  /// Copies the bytes out.
  package func encode(
    reserve: (_ byteCount: Int) -> UnsafeMutableRawPointer
  ) throws(RPCError) {
    let memory = reserve(bytes.count)
    bytes.withUnsafeBytes { source in
      if let base = source.baseAddress { memcpy(memory, base, source.count) }
    }
  }
}
