/// 256 neighbouring hashes of a tree, complete and never changed again: the unit in which a tree is
/// stored.
///
/// Level 0 holds leaf hashes, level 1 the roots of 256 leaves, level 2 the roots of 65,536 …;
/// tile `index` of a level holds its hashes from `index × 256` on.
public struct MerkleTile: Hashable, Sendable {
  /// The level of tiles, from 0.
  public let level: Int
  /// The place in its level, from 0.
  public let index: UInt64
  /// The 256 hashes in order.
  public let hashes: [Hash256]

  /// Levels of the tree between two levels of tiles.
  static let height = 8
  /// Hashes in a tile.
  public static let width = 1 << height
  /// Octets of a stored tile.
  public static let byteCount = width * Hash256.byteCount
  /// Levels of tiles that a tree of the maximum size has.
  static let maximumLevels = 6

  init(level: Int, index: UInt64, hashes: [Hash256]) {
    self.level = level
    self.index = index
    self.hashes = hashes
  }

  /// The stored form: the hashes one after another, 8,192 octets.
  public var bytes: [UInt8] {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(Self.byteCount)
    for hash in hashes { hash.withUnsafeBytes { bytes.append(contentsOf: $0) } }
    return bytes
  }

  /// The hashes of a stored tile. Throws `JournalError` (`malformed`) for another length.
  public static func hashes(_ bytes: UnsafeRawBufferPointer) throws(JournalError) -> [Hash256] {
    try require(bytes.count == byteCount, "a tile has \(bytes.count) octets")
    var hashes: [Hash256] = []
    hashes.reserveCapacity(width)
    for offset in stride(from: 0, to: byteCount, by: Hash256.byteCount) {
      let octets = UnsafeRawBufferPointer(rebasing: bytes[offset..<offset + Hash256.byteCount])
      if let hash = Hash256(octets) { hashes.append(hash) }
    }
    return hashes
  }
}

/// A stored tree: complete tiles, and the leaves after the last complete tile of level 0.
public protocol MerkleHashSource {
  /// Leaves in the stored tree.
  var size: UInt64 { get }
  /// The 256 hashes of a complete tile, or nil if it is not stored.
  func tile(level: Int, index: UInt64) throws -> [Hash256]?
  /// The hashes of some leaves (counted from 0) behind the last complete tile of level 0.
  func leaves(_ range: Range<UInt64>) throws -> [Hash256]
}
