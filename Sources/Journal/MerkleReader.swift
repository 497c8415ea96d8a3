/// Gives any hash of a stored tree from tiles and leaves, and proofs made of them.
///
/// A proof that touches the part of a level that fills no tile yet reads up to 255 tiles of the
/// level below (2 MB); everywhere else it reads a tile for each eight levels.
public struct MerkleReader<Source: MerkleHashSource> {
  private let source: Source
  private let size: UInt64
  private let hasher: SHA256Context
  private var tiles: [TileKey: [Hash256]] = [:]

  /// Tiles that are kept for the next question: 2 MB.
  static var tileLimit: Int { 256 }

  private struct TileKey: Hashable {
    var level: Int
    var index: UInt64
  }

  /// Reads the tree as it was when it had `size` leaves.
  ///
  /// Throws `JournalError` (`outOfRange`) if the source has fewer.
  public init(
    _ source: Source,
    size: UInt64,
    using hasher: SHA256Context
  ) throws(JournalError) {
    guard size <= source.size, size <= MerkleFrontier.maximumSize else {
      throw JournalError(.outOfRange, "the tree has fewer than \(size) leaves")
    }
    self.source = source
    self.size = size
    self.hasher = hasher
  }

  /// The root of the tree.
  public mutating func root() throws -> Hash256 {
    size == 0 ? hasher.emptyRoot : try range(from: 0, count: size)
  }

  /// The hashes that prove that a leaf (counted from 0) is in the tree, from the leaf upwards
  /// (RFC 6962, section 2.1.1).
  ///
  /// Throws `JournalError`: `outOfRange` if there is no such leaf, `incompleteTree`.
  public mutating func inclusionProof(leaf: UInt64) throws -> [Hash256] {
    guard leaf < size else { throw JournalError(.outOfRange, "the tree has no leaf \(leaf)") }
    var proof: [Hash256] = []
    var (start, count) = (UInt64(0), size)
    while count > 1 {
      let left = Self.leftCount(count)
      if leaf - start < left {
        proof.append(try range(from: start + left, count: count - left))
        count = left
      } else {
        proof.append(try range(from: start, count: left))
        start += left
        count -= left
      }
    }
    return proof.reversed()
  }

  /// The hashes that prove that the tree's first `earlier` leaves are those of an earlier tree
  /// (RFC 6962, section 2.1.2); none if `earlier` is the whole tree.
  ///
  /// Throws `JournalError`: `outOfRange` for 0 or more leaves than there are, `incompleteTree`.
  public mutating func consistencyProof(from earlier: UInt64) throws -> [Hash256] {
    guard earlier >= 1, earlier <= size else {
      throw JournalError(.outOfRange, "no proof from \(earlier) to \(size) leaves")
    }
    var proof: [Hash256] = []
    var (start, count, whole) = (UInt64(0), size, true)
    while earlier - start < count {
      let left = Self.leftCount(count)
      if earlier - start <= left {
        proof.append(try range(from: start + left, count: count - left))
        count = left
      } else {
        proof.append(try range(from: start, count: left))
        start += left
        count -= left
        whole = false
      }
    }
    if !whole { proof.append(try range(from: start, count: count)) }
    return proof.reversed()
  }

  /// The hashes of a level of tiles (level 1: roots of 256 leaves …); the range must lie in one
  /// tile and in the tree.
  mutating func hashes(level: Int, _ range: Range<UInt64>) throws -> [Hash256] {
    if range.isEmpty { return [] }
    let index = range.lowerBound >> UInt64(MerkleTile.height)
    let complete = source.size >> UInt64(MerkleTile.height * (level + 1))
    if index < complete {
      let hashes = try tile(level: level, index: index)
      let first = Int(range.lowerBound & UInt64(MerkleTile.width - 1))
      return Array(hashes[first..<first + range.count])
    }
    if level == 0 {
      let leaves = try source.leaves(range)
      guard leaves.count == range.count else {
        throw JournalError(.incompleteTree, "leaves are missing from \(range.lowerBound)")
      }
      return leaves
    }
    return try range.map { index in
      let below = index << UInt64(MerkleTile.height)
      let children = try hashes(level: level - 1, below..<below + UInt64(MerkleTile.width))
      return fold(children, using: hasher)
    }
  }

  private mutating func tile(level: Int, index: UInt64) throws -> [Hash256] {
    let key = TileKey(level: level, index: index)
    if let kept = tiles[key] { return kept }
    guard let hashes = try source.tile(level: level, index: index),
      hashes.count == MerkleTile.width
    else {
      throw JournalError(.incompleteTree, "tile \(index) of level \(level) is missing")
    }
    if tiles.count >= Self.tileLimit { tiles.removeAll(keepingCapacity: true) }
    tiles[key] = hashes
    return hashes
  }

  /// The root over leaves that start at a multiple of the power of two not below their count.
  private mutating func range(from start: UInt64, count: UInt64) throws -> Hash256 {
    if count.nonzeroBitCount == 1 {
      return try subtree(height: count.trailingZeroBitCount, index: start / count)
    }
    let left = Self.leftCount(count)
    return hasher.node(
      try range(from: start, count: left),
      try range(from: start + left, count: count - left)
    )
  }

  /// The root of the perfect subtree over the leaves `index << height ..< (index + 1) << height`.
  private mutating func subtree(height: Int, index: UInt64) throws -> Hash256 {
    let (level, rest) = height.quotientAndRemainder(dividingBy: MerkleTile.height)
    let first = index << UInt64(rest)
    return fold(try hashes(level: level, first..<first + 1 << UInt64(rest)), using: hasher)
  }

  /// The largest power of two below a count of at least two.
  private static func leftCount(_ count: UInt64) -> UInt64 {
    1 << UInt64(63 - (count - 1).leadingZeroBitCount)
  }
}
