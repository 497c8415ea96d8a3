/// A message that a call can carry: a value with one encoding.
///
/// The RPC's layers know messages only so; `RPCProtobuf.Message` is the kind that the project uses.
public protocol WireMessage: Sendable {
  /// Decodes a message.
  ///
  /// - Throws: INVALID_ARGUMENT naming what is malformed, RESOURCE_EXHAUSTED over a limit; never
  ///   with data from the message.
  init(wireBytes: UnsafeRawBufferPointer) throws(RPCError)

  /// Encodes the message: calls `reserve` exactly once with the exact number of bytes, then writes
  /// that many bytes to where it points.
  ///
  /// - Throws: INVALID_ARGUMENT for a value that has no encoding; `reserve` was then not called.
  func encode(reserve: (_ byteCount: Int) -> UnsafeMutableRawPointer) throws(RPCError)
}

extension WireMessage {
  /// The message's bytes in an array of their own.
  package func encodedArray() throws(RPCError) -> [UInt8] {
    var memory: UnsafeMutableRawPointer?
    var count = 0
    defer { memory?.deallocate() }
    try encode { (byteCount: Int) -> UnsafeMutableRawPointer in
      let reserved = UnsafeMutableRawPointer.allocate(byteCount: max(1, byteCount), alignment: 8)
      memory = reserved
      count = byteCount
      return reserved
    }
    return Array(UnsafeRawBufferPointer(start: memory, count: count))
  }

  /// Decodes from an array.
  package init(wireArray bytes: [UInt8]) throws(RPCError) {
    // `withUnsafeBytes` rethrows untyped errors only; the result carries the typed one out.
    let result = bytes.withUnsafeBytes { buffer in
      Result { () throws(RPCError) in try Self(wireBytes: buffer) }
    }
    self = try result.get()
  }
}
