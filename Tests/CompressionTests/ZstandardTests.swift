import Compression
import Testing

/// What comes back is what went in, and nothing from outside takes more room than was allowed.
struct ZstandardTests {
  private let content = (0..<20_000).map { UInt8(truncatingIfNeeded: $0 / 97 * 13) }

  private func compressed(_ octets: [UInt8]) throws -> [UInt8] {
    try octets.withUnsafeBytes { try Compressor().compress($0) }
  }

  private func restored(_ octets: [UInt8], count: Int) throws -> [UInt8] {
    try octets.withUnsafeBytes { try Decompressor().decompress($0, count: count) }
  }

  @Test func givesBackWhatWentIn() throws {
    for octets in [[], [7], content] {
      let frame = try compressed(octets)
      #expect(try restored(frame, count: octets.count) == octets)
      // The same octets give the same frame: a batch goes on where it was cut.
      #expect(try compressed(octets) == frame)
    }
    #expect(try compressed(content).count < content.count / 4)
  }

  @Test func refusesEveryDamage() throws {
    let frame = try compressed(content)
    for place in frame.indices {
      var damaged = frame
      damaged[place] ^= 0x41
      // A few octets of the header have several right forms; the content is never another.
      if let got = try? restored(damaged, count: content.count) { #expect(got == content) }
      #expect(throws: CompressionError.self) {
        try restored(Array(frame[..<place]), count: content.count)
      }
    }
    #expect(throws: CompressionError.self) { try restored(frame + [0], count: content.count) }
    #expect(throws: CompressionError.self) { try restored(frame + frame, count: content.count) }
    #expect(throws: CompressionError.self) { try restored(frame, count: content.count - 1) }
    #expect(throws: CompressionError.self) { try restored(frame, count: content.count + 1) }
    #expect(throws: CompressionError.self) { try restored([], count: 0) }
  }

  /// A skippable frame has no content, and nobody writes less than nothing.
  @Test func refusesOtherFramesAndCounts() throws {
    let skippable: [UInt8] = [0x50, 0x2A, 0x4D, 0x18, 1, 0, 0, 0, 7]
    #expect(throws: CompressionError.self) { try restored(skippable, count: 0) }
    let frame = try compressed(content)
    #expect(throws: CompressionError.self) { try restored(frame, count: -1) }
    #expect(throws: CompressionError.self) { try restored(frame, count: .min) }
  }

  @Test func fillsGivenRoom() throws {
    let compressor = try Compressor()
    var room = [UInt8](repeating: 0, count: content.count)
    let count = content.withUnsafeBytes { octets in
      room.withUnsafeMutableBytes { compressor.compress(octets, into: $0) }
    }
    let frame = Array(room.prefix(try #require(count)))
    #expect(try restored(frame, count: content.count) == content)
    let header = try frame.withUnsafeBytes { try CompressedFrame($0) }
    #expect(header.contentCount == UInt64(content.count) && header.windowCount == 20_000)
    var back = [UInt8](repeating: 0, count: content.count)
    try frame.withUnsafeBytes { octets in
      try back.withUnsafeMutableBytes { try Decompressor().decompress(octets, into: $0) }
    }
    #expect(back == content)
    for wrong in [content.count - 1, content.count + 1] {
      back = [UInt8](repeating: 0, count: wrong)
      #expect(throws: CompressionError.self) {
        try frame.withUnsafeBytes { octets in
          try back.withUnsafeMutableBytes { try Decompressor().decompress(octets, into: $0) }
        }
      }
    }
    // Less room than the frame takes: nil, and the compressor goes on.
    for size in [0, 1, frame.count - 1] {
      room = [UInt8](repeating: 0, count: size)
      let none = content.withUnsafeBytes { octets in
        room.withUnsafeMutableBytes { compressor.compress(octets, into: $0) }
      }
      #expect(none == nil)
    }
  }

  @Test func readsWhatAFrameAnnounces() throws {
    let frame = try compressed(content)
    // A frame of the same blocks that has a window of 1 KiB, and of 1.875 GiB, and no size.
    let blocks = Array(frame[7...])
    #expect(frame[4] == 0x64 && frame[5...6] == [0x20, 0x4d])
    func announced(_ octets: [UInt8]) throws -> CompressedFrame {
      try octets.withUnsafeBytes { try CompressedFrame($0) }
    }
    let magic = Array(frame[..<4])
    let small = try announced(magic + [0x44, 0x00] + frame[5...6] + blocks)
    #expect(small.windowCount == 1024 && small.contentCount == 20_000)
    #expect(throws: CompressionError.self) { try announced(magic + [0x04, 0x58] + blocks) }
    let huge = try announced(magic + [0x44, 0xa7] + frame[5...6] + blocks)
    #expect(huge.windowCount == 15 << 27 && huge.contentCount == 20_000)
    for place in frame.indices {
      #expect(throws: CompressionError.self) { try announced(Array(frame[..<place])) }
    }
    for more in [[0], frame] {
      #expect(throws: CompressionError.self) { try announced(frame + more) }
    }
    let skippable: [UInt8] = [0x50, 0x2A, 0x4D, 0x18, 1, 0, 0, 0, 7]
    #expect(throws: CompressionError.self) { try announced(skippable) }
  }

  @Test func aBombGetsNoRoom() throws {
    let bomb = try compressed([UInt8](repeating: 0, count: 50 << 20))
    #expect(bomb.count < 10_000)
    #expect(throws: CompressionError.self) { try restored(bomb, count: 1 << 20) }
  }
}
