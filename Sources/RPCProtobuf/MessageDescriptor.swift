internal import CProtobufC
internal import Glibc
package import RPCCore

// Unchecked, since the compiler can't know that the pointer leads to a constant of the program.
/// The schema of one message type, as `protoc-gen-c` compiled it, and the way in and out of bytes.
public struct MessageDescriptor: @unchecked Sendable {
  private let pointer: UnsafePointer<ProtobufCMessageDescriptor>

  /// Wraps a `ProtobufCMessageDescriptor`, which must live as long as the program.
  ///
  /// Generated code takes it from a structure that its C initialiser has filled.
  public init(_ pointer: UnsafeRawPointer) {
    self.pointer = pointer.assumingMemoryBound(to: ProtobufCMessageDescriptor.self)
  }

  /// The message's full name, such as `registry.v1.Household`.
  public var name: String { String(cString: pointer.pointee.name) }

  /// Checks and unpacks a message, and lends its C structure to `body`.
  ///
  /// - Throws: INVALID_ARGUMENT for malformed bytes, RESOURCE_EXHAUSTED over a limit, and what
  ///   `body` throws.
  package func withUnpacked<Result>(
    _ bytes: UnsafeRawBufferPointer,
    limits: DecodingLimits = .standard,
    _ body: (_ structure: UnsafeRawPointer) throws(RPCError) -> Result
  ) throws(RPCError) -> Result {
    let arena = Arena.current
    let mark = try begin(bytes, limits, in: arena)
    defer { arena.pointee.end(mark) }
    return try body(try unpack(bytes, in: arena))
  }

  /// Checks a message, the first step of unpacking, and marks where its C structure will begin.
  func begin(
    _ bytes: UnsafeRawBufferPointer,
    _ limits: DecodingLimits,
    in arena: UnsafeMutablePointer<Arena>
  ) throws(RPCError) -> Arena.Mark {
    try WireScan.check(bytes, as: pointer, limits: limits, scratch: arena.pointee.scratch)
    return arena.pointee.begin(limit: limits.arenaBytes(forMessageOf: bytes.count))
  }

  /// Unpacks a message that was checked; its C structure lives until the arena's mark ends.
  func unpack(
    _ bytes: UnsafeRawBufferPointer,
    in arena: UnsafeMutablePointer<Arena>
  ) throws(RPCError) -> UnsafeRawPointer {
    let structure = protobuf_c_message_unpack(
      pointer,
      arena.pointee.allocator,
      bytes.count,
      bytes.baseAddress?.assumingMemoryBound(to: UInt8.self)
    )
    guard let structure else {
      if case .exhausted = arena.pointee.failure {
        throw RPCError(.resourceExhausted, "\(name): its unpacked form is over the memory limit")
      }
      throw RPCError(.invalidArgument, "malformed \(name): not in the wire format")
    }
    return UnsafeRawPointer(structure)
  }

  /// Lets `fill` build a message's C structure, and lends it with its encoded size to `body`.
  ///
  /// - Throws: INVALID_ARGUMENT for a string with NUL or nesting over 32 levels,
  ///   RESOURCE_EXHAUSTED over 256 MiB, and what `body` throws.
  package func withPacked<Result>(
    fill: (_ structure: UnsafeMutableRawPointer, _ encoder: MessageEncoder) -> Void,
    _ body: (_ packed: PackedMessage) throws(RPCError) -> Result
  ) throws(RPCError) -> Result {
    let arena = Arena.current
    let mark = arena.pointee.begin(limit: Arena.encodingBytes)
    defer { arena.pointee.end(mark) }
    if let structure = arena.pointee.allocate(pointer.pointee.sizeof_message) {
      protobuf_c_message_init(pointer, structure)
      fill(structure, MessageEncoder(arena))
      if case .none = arena.pointee.failure { return try body(PackedMessage(structure)) }
    }
    throw failure(arena.pointee.failure)
  }

  /// Encodes what `fill` builds into the memory that `reserve` gives, as `WireMessage` asks.
  package func encode(
    reserve: (_ byteCount: Int) -> UnsafeMutableRawPointer,
    fill: (_ structure: UnsafeMutableRawPointer, _ encoder: MessageEncoder) -> Void
  ) throws(RPCError) {
    try withPacked(fill: fill) { (packed) throws(RPCError) in
      packed.write(to: reserve(packed.byteCount))
    }
  }

  private func failure(_ failure: Arena.Failure) -> RPCError {
    switch failure {
    case .nul(let field):
      RPCError(.invalidArgument, "\(name): field \(field): a string with a NUL character")
    case .depth:
      RPCError(
        .invalidArgument,
        "\(name): nested deeper than \(DecodingLimits.standard.depth) levels"
      )
    case .exhausted, .none:
      RPCError(.resourceExhausted, "\(name): the message is too large to encode")
    }
  }
}

/// A message in its C structure, ready to be written as bytes; valid only while it is lent.
package struct PackedMessage {
  private let structure: UnsafePointer<ProtobufCMessage>
  /// The exact size of the encoding.
  package let byteCount: Int

  init(_ structure: UnsafeMutableRawPointer) {
    let message = UnsafePointer(structure.assumingMemoryBound(to: ProtobufCMessage.self))
    self.structure = message
    byteCount = protobuf_c_message_get_packed_size(message)
  }

  /// Writes `byteCount` bytes.
  package func write(to memory: UnsafeMutableRawPointer) {
    if byteCount == 0 { return }
    protobuf_c_message_pack(structure, memory.assumingMemoryBound(to: UInt8.self))
  }
}
