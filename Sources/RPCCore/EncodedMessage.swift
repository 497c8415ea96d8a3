internal import Glibc

/// A message as its bytes, unchecked: what is stored encoded is sent without being decoded.
package struct EncodedMessage: WireMessage {
  let octets: [UInt8]

  /// Wraps the encoding of a message of the method's type.
  package init(_ octets: [UInt8]) { self.octets = octets }

  /// Keeps the bytes as they are.
  package init(wireBytes: UnsafeRawBufferPointer) { octets = Array(wireBytes) }

  /// Copies the bytes out.
  package func encode(reserve: (_ byteCount: Int) -> UnsafeMutableRawPointer) {
    let memory = reserve(octets.count)
    octets.withUnsafeBytes { source in
      if let base = source.baseAddress { memcpy(memory, base, source.count) }
    }
  }
}
