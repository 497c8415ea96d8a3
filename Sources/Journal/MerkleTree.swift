/// A growing tree: gives its root at any time, and tiles to store as they become complete.
///
/// A value: keep a copy to go back to when a transaction is undone. It costs one hash for a leaf
/// and one for a node each time, and holds at most 255 hashes of each level of tiles.
public struct MerkleTree: Sendable {
  /// The perfect subtrees, which give the root.
  public private(set) var frontier: MerkleFrontier
  // The hashes of each level of tiles that do not fill a tile yet.
  private var tails: [[Hash256]]

  /// Leaves in the tree.
  public var size: UInt64 { frontier.size }

  /// A tree without leaves.
  public init() {
    frontier = MerkleFrontier()
    tails = [[]]
  }

  /// The tree as it was stored.
  ///
  /// Throws `JournalError` (`incompleteTree`) if the source lacks hashes; what the source throws.
  public init(restoring source: some MerkleHashSource, using hasher: SHA256Context) throws {
    var reader = try MerkleReader(source, size: source.size, using: hasher)
    tails = []
    var count = source.size
    while count > 0 || tails.isEmpty {
      let level = tails.count
      let start = count & ~UInt64(MerkleTile.width - 1)
      tails.append(try reader.hashes(level: level, start..<count))
      count >>= UInt64(MerkleTile.height)
    }
    let subtrees = tails.reversed().flatMap { Self.subtrees(of: $0, using: hasher) }
    frontier = try MerkleFrontier(size: source.size, subtrees: subtrees)
  }

  /// Appends a leaf's hash; `complete` gets each tile that it completes, to be stored in the same
  /// transaction.
  ///
  /// Throws `JournalError` (`outOfRange`) if the tree is full; what `complete` throws, and the tree
  /// must be given up for an earlier copy then.
  public mutating func append(
    _ leaf: Hash256,
    using hasher: SHA256Context,
    complete: (MerkleTile) throws -> Void
  ) throws {
    guard size < MerkleFrontier.maximumSize else {
      throw JournalError(.outOfRange, "the tree is full")
    }
    frontier.append(leaf, using: hasher)
    var hash = leaf
    var level = 0
    while true {
      if level == tails.count { tails.append([]) }
      tails[level].append(hash)
      guard tails[level].count == MerkleTile.width else { return }
      let hashes = tails[level]
      let index = (size >> UInt64(MerkleTile.height * (level + 1))) - 1
      try complete(MerkleTile(level: level, index: index, hashes: hashes))
      tails[level] = []
      hash = fold(hashes, using: hasher)
      level += 1
    }
  }

  /// The root of the tree as it stands.
  public func root(using hasher: SHA256Context) -> Hash256 {
    frontier.root(using: hasher)
  }

  /// The perfect subtrees over the hashes of one level, the largest first.
  private static func subtrees(
    of hashes: [Hash256],
    using hasher: SHA256Context
  ) -> [Hash256] {
    var subtrees: [Hash256] = []
    var start = 0
    for bit in (0..<MerkleTile.height).reversed() where hashes.count & 1 << bit != 0 {
      subtrees.append(fold(Array(hashes[start..<start + 1 << bit]), using: hasher))
      start += 1 << bit
    }
    return subtrees
  }
}

/// The root over a power of two of hashes, at least one.
func fold(_ hashes: [Hash256], using hasher: SHA256Context) -> Hash256 {
  var level = hashes
  while level.count > 1 {
    for index in 0..<level.count / 2 {
      level[index] = hasher.node(level[2 * index], level[2 * index + 1])
    }
    level.removeLast(level.count - level.count / 2)
  }
  return level[0]
}
