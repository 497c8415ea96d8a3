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

  @Test func aBombGetsNoRoom() throws {
    let bomb = try compressed([UInt8](repeating: 0, count: 50 << 20))
    #expect(bomb.count < 10_000)
    #expect(throws: CompressionError.self) { try restored(bomb, count: 1 << 20) }
  }
}
