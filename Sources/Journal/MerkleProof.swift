/// Checks of proofs; they need public data alone (the algorithms of RFC 9162, sections 2.1.3.2 and
/// 2.1.4.2, for trees of RFC 6962).
public enum MerkleProof {
  /// True if the proof shows that the leaf (counted from 0) is in the tree of this size and root.
  public static func includes(
    leaf: Hash256,
    at index: UInt64,
    size: UInt64,
    proof: [Hash256],
    root: Hash256,
    using hasher: SHA256Context
  ) -> Bool {
    self.root(of: leaf, at: index, size: size, proof: proof, using: hasher) == root
  }

  /// The root that a leaf (counted from 0) and its proof lead to in a tree of this size; nil for a
  /// proof that fits no such place.
  static func root(
    of leaf: Hash256,
    at index: UInt64,
    size: UInt64,
    proof: [Hash256],
    using hasher: SHA256Context
  ) -> Hash256? {
    guard index < size else { return nil }
    var (place, last, node) = (index, size - 1, leaf)
    for sibling in proof {
      guard last > 0 else { return nil }
      if place & 1 == 1 || place == last {
        node = hasher.node(sibling, node)
        while place & 1 == 0, place > 0 {
          place >>= 1
          last >>= 1
        }
      } else {
        node = hasher.node(node, sibling)
      }
      place >>= 1
      last >>= 1
    }
    return last == 0 ? node : nil
  }

  /// True if the proof shows that the tree of `size` leaves and this root begins with the tree of
  /// `earlierSize` leaves and that root.
  public static func isConsistent(
    earlierSize: UInt64,
    earlierRoot: Hash256,
    size: UInt64,
    root: Hash256,
    proof: [Hash256],
    using hasher: SHA256Context
  ) -> Bool {
    guard earlierSize > 0, earlierSize <= size else { return false }
    if earlierSize == size { return proof.isEmpty && earlierRoot == root }
    var hashes = proof[...]
    // A perfect earlier tree is itself the first node of the way up.
    let first = earlierSize.nonzeroBitCount == 1 ? earlierRoot : hashes.popFirst()
    guard var earlier = first else { return false }
    var later = earlier
    let shift = UInt64((earlierSize - 1).trailingOneBitCount)
    var (place, last) = ((earlierSize - 1) >> shift, (size - 1) >> shift)
    for hash in hashes {
      guard last > 0 else { return false }
      if place & 1 == 1 || place == last {
        earlier = hasher.node(hash, earlier)
        later = hasher.node(hash, later)
        while place & 1 == 0, place > 0 {
          place >>= 1
          last >>= 1
        }
      } else {
        later = hasher.node(later, hash)
      }
      place >>= 1
      last >>= 1
    }
    return last == 0 && earlier == earlierRoot && later == root
  }
}

extension UInt64 {
  /// How many ones stand at the end.
  fileprivate var trailingOneBitCount: Int { (~self).trailingZeroBitCount }
}
