/// The roots of the perfect subtrees that make up a tree: all that is needed to append leaves and
/// to give the root at any time (RFC 6962, section 2.1; a "compact range" from 0).
public struct MerkleFrontier: Hashable, Sendable {
  /// Leaves in the tree.
  public private(set) var size: UInt64
  /// The roots of the perfect subtrees, the largest (leftmost) first: one for each bit of `size`.
  public private(set) var subtrees: [Hash256]

  /// The largest number of leaves that the project's trees take.
  public static let maximumSize: UInt64 = 1 << 48

  /// A tree without leaves.
  public init() {
    size = 0
    subtrees = []
  }

  /// A tree from its stored frontier.
  ///
  /// Throws `JournalError` (`malformed`) if the count of subtrees does not fit the size.
  public init(size: UInt64, subtrees: [Hash256]) throws(JournalError) {
    try require(size <= Self.maximumSize, "the tree is too large")
    try require(subtrees.count == size.nonzeroBitCount, "the frontier does not fit the size")
    self.size = size
    self.subtrees = subtrees
  }

  /// Appends a leaf's hash.
  public mutating func append(_ leaf: Hash256, using hasher: SHA256Context) {
    var node = leaf
    var complete = size
    while complete & 1 == 1, let left = subtrees.popLast() {
      node = hasher.node(left, node)
      complete >>= 1
    }
    subtrees.append(node)
    size += 1
  }

  /// The root of the tree as it stands.
  public func root(using hasher: SHA256Context) -> Hash256 {
    guard var node = subtrees.last else { return hasher.emptyRoot }
    for left in subtrees.dropLast().reversed() { node = hasher.node(left, node) }
    return node
  }
}
