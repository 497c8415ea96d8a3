internal import COpenSSL

/// Random octets, drawn from OpenSSL 4 KiB at a time because a call costs more than the octets.
struct RandomPool: ~Copyable {
  private static let count = 4_096
  private let storage: UnsafeMutableRawBufferPointer
  private var used = RandomPool.count

  init() {
    storage = .allocate(byteCount: Self.count, alignment: 16)
  }

  deinit {
    wipe(storage)
    storage.deallocate()
  }

  /// Fills `target` (at most 4 KiB) with octets that nobody else gets.
  mutating func fill(_ target: UnsafeMutableRawBufferPointer) throws(JournalError) {
    if Self.count - used < target.count {
      try requireSuccess(RAND_bytes(storage.address, Int32(Self.count)), "drawing random octets")
      used = 0
    }
    let octets = UnsafeMutableRawBufferPointer(rebasing: storage[used..<used + target.count])
    target.copyMemory(from: UnsafeRawBufferPointer(octets))
    wipe(octets)
    used += target.count
  }

  /// Sixteen random octets.
  mutating func bytes16() throws(JournalError) -> Bytes16 {
    var words: (UInt64, UInt64) = (0, 0)
    try withUnsafeMutableBytes(of: &words) { octets throws(JournalError) in try fill(octets) }
    return Bytes16(high: words.0, low: words.1)
  }
}
