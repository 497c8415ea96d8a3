internal import CZlib

/// Writes and reads gzip frames (RFC 1952), as every gRPC implementation speaks them.
///
/// Without state: zlib's own is made for each frame, and freed with it.
package enum Gzip {
  /// One frame, written to where the caller says; returns its length, or nil when it is longer than the
  /// room there or there is no memory.
  package static func compress(
    _ octets: UnsafeRawBufferPointer,
    into room: UnsafeMutableRawBufferPointer,
    level: Int32 = 6
  ) -> Int? {
    var stream = z_stream()
    guard czlib_begin_deflating(&stream, level) == Z_OK else { return nil }
    defer { deflateEnd(&stream) }
    guard point(&stream, octets, room), deflate(&stream, Z_FINISH) == Z_STREAM_END else {
      return nil
    }
    return room.count - Int(stream.avail_out)
  }

  /// How many octets one frame says that its content has, modulo 2³²: its last four octets.
  ///
  /// Throws `CompressionError` for octets that begin no frame, or are too few for one.
  package static func contentCount(
    _ octets: UnsafeRawBufferPointer
  ) throws(CompressionError) -> Int {
    guard octets.count >= 18, octets[0] == 0x1f, octets[1] == 0x8b else {
      throw CompressionError(description: "no gzip frame")
    }
    return octets.suffix(4).reversed().reduce(0) { $0 << 8 | Int($1) }
  }

  /// Restores exactly one frame to where the caller says: the room is taken by `contentCount`, which the
  /// caller has bounded, and its content has to fill it.
  ///
  /// Throws `CompressionError` for everything else.
  package static func decompress(
    _ octets: UnsafeRawBufferPointer,
    into room: UnsafeMutableRawBufferPointer
  ) throws(CompressionError) {
    var stream = z_stream()
    guard czlib_begin_inflating(&stream) == Z_OK else {
      throw CompressionError(description: "no memory for restoring")
    }
    defer { inflateEnd(&stream) }
    guard point(&stream, octets, room) else {
      throw CompressionError(description: "too long for one gzip frame")
    }
    let status = inflate(&stream, Z_FINISH)
    guard status == Z_STREAM_END, stream.avail_in == 0, stream.avail_out == 0 else {
      let reason = stream.msg.map { String(cString: $0) } ?? "not one whole frame of its size"
      throw CompressionError(description: reason)
    }
  }

  /// False for more octets than zlib counts.
  private static func point(
    _ stream: inout z_stream,
    _ octets: UnsafeRawBufferPointer,
    _ room: UnsafeMutableRawBufferPointer
  ) -> Bool {
    guard let input = UInt32(exactly: octets.count), let output = UInt32(exactly: room.count) else {
      return false
    }
    // zlib does not write to its input.
    stream.next_in = UnsafeMutableRawPointer(mutating: octets.baseAddress)?
      .assumingMemoryBound(to: UInt8.self)
    stream.avail_in = input
    stream.next_out = room.baseAddress?.assumingMemoryBound(to: UInt8.self)
    stream.avail_out = output
    return true
  }
}
