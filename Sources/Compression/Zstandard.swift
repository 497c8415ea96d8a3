internal import CZstd

/// Why octets cannot be compressed or restored.
package struct CompressionError: Error, Hashable, Sendable, CustomStringConvertible {
  /// What is wrong.
  package let description: String
}

/// Compresses octets with Zstandard; equal octets give equal results with one version of the
/// library.
///
/// For one thread at a time: it keeps its working memory for the next use.
package final class Compressor {
  private let context: OpaquePointer

  /// Throws `CompressionError` if there is no memory.
  package init() throws(CompressionError) {
    guard let context = ZSTD_createCCtx() else {
      throw CompressionError(description: "no memory for compressing")
    }
    self.context = context
  }

  deinit { ZSTD_freeCCtx(context) }

  /// One frame with its content's size and checksum.
  package func compress(
    _ octets: UnsafeRawBufferPointer,
    level: Int32 = 3
  ) throws(CompressionError) -> [UInt8] {
    try check(ZSTD_CCtx_reset(context, ZSTD_reset_session_and_parameters))
    try check(ZSTD_CCtx_setParameter(context, ZSTD_c_compressionLevel, level))
    try check(ZSTD_CCtx_setParameter(context, ZSTD_c_checksumFlag, 1))
    var result: Result<Int, CompressionError> = .success(0)
    let compressed = [UInt8](unsafeUninitializedCapacity: ZSTD_compressBound(octets.count)) {
      buffer,
      count in
      let written = ZSTD_compress2(
        context,
        buffer.baseAddress,
        buffer.count,
        octets.baseAddress,
        octets.count
      )
      result = checked(written)
      count = (try? result.get()) ?? 0
    }
    _ = try result.get()
    return compressed
  }

  /// One frame with its content's size and without a checksum, written to where the caller says;
  /// returns its length, or nil when it is longer than the room there or there is no memory.
  package func compress(
    _ octets: UnsafeRawBufferPointer,
    into room: UnsafeMutableRawBufferPointer,
    level: Int32 = 3
  ) -> Int? {
    let written = ZSTD_compressCCtx(
      context,
      room.baseAddress,
      room.count,
      octets.baseAddress,
      octets.count,
      level
    )
    return ZSTD_isError(written) == 0 ? written : nil
  }
}

/// What exactly one frame says of itself, read without restoring anything (RFC 8878, section 3.1.1).
package struct CompressedFrame: Sendable, Hashable {
  /// How many octets its content has.
  package let contentCount: UInt64
  /// How far back its content may refer, in octets: the memory that restoring piece by piece takes.
  package let windowCount: UInt64

  /// How a frame begins.
  fileprivate static let magic: [UInt8] = [0x28, 0xB5, 0x2F, 0xFD]

  /// Throws `CompressionError` unless the octets are the header and blocks of one frame that tells
  /// its content's size. Whether the blocks can be restored is not looked at.
  package init(_ octets: UnsafeRawBufferPointer) throws(CompressionError) {
    // The library takes frames of other content for empty ones.
    guard octets.starts(with: Self.magic) else {
      throw CompressionError(description: "no Zstandard frame")
    }
    let frame = try check(ZSTD_findFrameCompressedSize(octets.baseAddress, octets.count))
    guard frame == octets.count, octets.count > 5 else {
      throw CompressionError(description: "octets follow the compressed frame")
    }
    contentCount = ZSTD_getFrameContentSize(octets.baseAddress, octets.count)
    // The library's two largest numbers stand for "unknown" and "an error".
    guard contentCount < UInt64.max - 1 else {
      throw CompressionError(description: "the frame does not announce its content's size")
    }
    let isSingleSegment = octets[4] & 0x20 != 0
    let base = UInt64(1) << (10 + UInt64(octets[5] >> 3))
    windowCount = isSingleSegment ? contentCount : base + base / 8 * UInt64(octets[5] & 7)
  }
}

/// Restores what `Compressor` made, within limits that the octets cannot move.
///
/// For one thread at a time: it keeps its working memory for the next use.
package final class Decompressor {
  /// The largest window that is taken: 2²⁷ octets, the library's own default.
  private static let windowLog: Int32 = 27

  private let context: OpaquePointer

  /// Throws `CompressionError` if there is no memory.
  package init() throws(CompressionError) {
    guard let context = ZSTD_createDCtx() else {
      throw CompressionError(description: "no memory for restoring")
    }
    self.context = context
  }

  deinit { ZSTD_freeDCtx(context) }

  /// The content of exactly one frame, which must be `count` octets.
  ///
  /// Throws `CompressionError` for everything else: the room is taken by `count`, which the caller
  /// has bounded, never by what the frame announces.
  package func decompress(
    _ octets: UnsafeRawBufferPointer,
    count expected: Int
  ) throws(CompressionError) -> [UInt8] {
    // The library takes frames of other content for empty ones, and an array has no negative size.
    guard expected >= 0, octets.starts(with: CompressedFrame.magic) else {
      throw CompressionError(description: "no Zstandard frame of \(expected) octets")
    }
    let frame = try check(ZSTD_findFrameCompressedSize(octets.baseAddress, octets.count))
    guard frame == octets.count else {
      throw CompressionError(description: "octets follow the compressed frame")
    }
    guard ZSTD_getFrameContentSize(octets.baseAddress, octets.count) == UInt64(expected) else {
      throw CompressionError(description: "the frame does not announce \(expected) octets")
    }
    try check(ZSTD_DCtx_reset(context, ZSTD_reset_session_and_parameters))
    try check(ZSTD_DCtx_setParameter(context, ZSTD_d_windowLogMax, Self.windowLog))
    var result: Result<Int, CompressionError> = .success(0)
    let content = [UInt8](unsafeUninitializedCapacity: expected) { buffer, count in
      let written = ZSTD_decompressDCtx(
        context,
        buffer.baseAddress,
        buffer.count,
        octets.baseAddress,
        octets.count
      )
      result = checked(written)
      count = (try? result.get()) ?? 0
    }
    guard try result.get() == expected else {
      throw CompressionError(description: "the frame has not \(expected) octets")
    }
    return content
  }

  /// Writes the content of one frame, whose header was looked at, to where the caller says: exactly as
  /// many octets as there is room for.
  ///
  /// Throws `CompressionError` for anything else; what the room then holds means nothing.
  package func decompress(
    _ octets: UnsafeRawBufferPointer,
    into room: UnsafeMutableRawBufferPointer
  ) throws(CompressionError) {
    try check(ZSTD_DCtx_reset(context, ZSTD_reset_session_and_parameters))
    let written = try check(
      ZSTD_decompressDCtx(
        context,
        room.baseAddress,
        room.count,
        octets.baseAddress,
        octets.count
      )
    )
    guard written == room.count else {
      throw CompressionError(description: "the frame has not \(room.count) octets")
    }
  }
}

private func checked(_ code: Int) -> Result<Int, CompressionError> {
  guard ZSTD_isError(code) != 0 else { return .success(code) }
  return .failure(CompressionError(description: String(cString: ZSTD_getErrorName(code))))
}

@discardableResult
private func check(_ code: Int) throws(CompressionError) -> Int { try checked(code).get() }
