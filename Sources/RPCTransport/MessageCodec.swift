internal import Compression
internal import RPCCore
internal import RPCWire

/// Compresses and restores the messages of all connections of a loop.
///
/// Working memory is made with the first message that needs it and serves the next; what a large
/// message took besides is given back at once. A restored message lives only while it is decoded.
final class MessageCodec: @unchecked Sendable {
  // Unchecked: touched on its loop only.

  /// Shorter messages go as they are: little is won with them.
  static let smallest = 1 << 10
  /// Memory for a message that is kept for the next one.
  private static let keptBytes = 256 << 10

  @exclusivity(unchecked) private var compressor: Compressor?
  @exclusivity(unchecked) private var decompressor: Decompressor?
  @exclusivity(unchecked) private var plain = Scratch()
  @exclusivity(unchecked) private var packed = Scratch()

  /// Sends a message, compressed if that makes it a tenth shorter.
  ///
  /// - Throws: what `Engine.send` throws.
  func send<M: WireMessage>(
    _ message: M,
    on call: WireCall,
    of engine: Engine
  ) throws(RPCError) -> Bool {
    defer { shrink() }
    var count = 0
    try message.encode { (byteCount: Int) -> UnsafeMutableRawPointer in
      count = byteCount
      return plain.room(for: byteCount)
    }
    let octets = UnsafeRawBufferPointer(start: plain.room(for: count), count: count)
    // What the peer would refuse once restored is refused here, before the work.
    guard count >= Self.smallest, count <= engine.peer.messageBytes,
      let short = compress(octets, engine.encoding)
    else { return try engine.send(encoded: octets, compressedFrom: nil, on: call) }
    return try engine.send(encoded: short, compressedFrom: count, on: call)
  }

  /// The octets compressed; nil where that is not worth it.
  private func compress(
    _ octets: UnsafeRawBufferPointer,
    _ encoding: MessageEncoding
  ) -> UnsafeRawBufferPointer? {
    let most = octets.count - octets.count / 10
    let room = UnsafeMutableRawBufferPointer(start: packed.room(for: most), count: most)
    let written: Int?
    switch encoding {
    case .zstandard:
      if compressor == nil { compressor = try? Compressor() }
      written = compressor?.compress(octets, into: room)
    case .gzip: written = Gzip.compress(octets, into: room)
    }
    guard let count = written else { return nil }
    return UnsafeRawBufferPointer(rebasing: room[..<count])
  }

  /// What a compressed message was; valid until the codec is used again.
  ///
  /// Memory is taken for what the frame announces, once that is known to be within the limit.
  ///
  /// - Throws: RESOURCE_EXHAUSTED over the limit, INVALID_ARGUMENT for anything but one whole frame
  ///   that announces its content's size (a gzip frame does so at its end).
  func restore(
    _ octets: UnsafeRawBufferPointer,
    from encoding: MessageEncoding,
    atMost limit: Int
  ) throws(RPCError) -> UnsafeRawBufferPointer {
    switch encoding {
    case .zstandard: try restoreZstandard(octets, atMost: limit)
    case .gzip: try restoreGzip(octets, atMost: limit)
    }
  }

  private static func check(_ count: UInt64, atMost limit: Int) throws(RPCError) {
    guard count <= UInt64(limit) else {
      throw RPCError(
        .resourceExhausted,
        "a message of \(count) bytes is over the limit of \(limit)"
      )
    }
  }

  private func restoreGzip(
    _ octets: UnsafeRawBufferPointer,
    atMost limit: Int
  ) throws(RPCError) -> UnsafeRawBufferPointer {
    let count: Int
    do throws(CompressionError) {
      count = try Gzip.contentCount(octets)
    } catch {
      throw Self.unreadable(error)
    }
    try Self.check(UInt64(count), atMost: limit)
    let room = UnsafeMutableRawBufferPointer(start: plain.room(for: count), count: count)
    do throws(CompressionError) {
      try Gzip.decompress(octets, into: room)
    } catch {
      throw Self.unreadable(error)
    }
    return UnsafeRawBufferPointer(room)
  }

  private func restoreZstandard(
    _ octets: UnsafeRawBufferPointer,
    atMost limit: Int
  ) throws(RPCError) -> UnsafeRawBufferPointer {
    let frame: CompressedFrame
    do throws(CompressionError) {
      frame = try CompressedFrame(octets)
    } catch {
      throw Self.unreadable(error)
    }
    try Self.check(frame.contentCount, atMost: limit)
    guard frame.windowCount <= UInt64(limit) else {
      throw RPCError(
        .resourceExhausted,
        "a window of \(frame.windowCount) bytes is over the limit of \(limit)"
      )
    }
    let count = Int(frame.contentCount)
    let room = UnsafeMutableRawBufferPointer(start: plain.room(for: count), count: count)
    do throws(CompressionError) {
      try reusedDecompressor().decompress(octets, into: room)
    } catch {
      throw Self.unreadable(error)
    }
    return UnsafeRawBufferPointer(room)
  }

  private func reusedDecompressor() throws(CompressionError) -> Decompressor {
    if let decompressor { return decompressor }
    let new = try Decompressor()
    decompressor = new
    return new
  }

  /// Gives back what a large message took.
  func shrink() {
    plain.shrink(to: Self.keptBytes)
    packed.shrink(to: Self.keptBytes)
  }

  private static func unreadable(_ error: CompressionError) -> RPCError {
    RPCError(.invalidArgument, "a compressed message that cannot be restored: \(error)")
  }
}

/// Memory for one message after another.
private struct Scratch: ~Copyable {
  private var memory: UnsafeMutableRawPointer?
  private var capacity = 0

  deinit { memory?.deallocate() }

  /// Where so many bytes may stand: what stands there already if they have had room before.
  mutating func room(for count: Int) -> UnsafeMutableRawPointer {
    if let memory, count <= capacity { return memory }
    memory?.deallocate()
    let new = UnsafeMutableRawPointer.allocate(byteCount: max(count, 4096), alignment: 16)
    memory = new
    capacity = max(count, 4096)
    return new
  }

  mutating func shrink(to kept: Int) {
    guard capacity > kept else { return }
    memory?.deallocate()
    memory = nil
    capacity = 0
  }
}
