/// A list of items that one person signs at once: RFC 6962's tree over their octets, so that each
/// item carries its own proof (proto/JOURNAL.md, "Subjects").
public struct SignedList: Sendable {
  /// The hashes of each level, leaves first, the root last; a level's last hash without a sibling
  /// goes up as it is.
  private let levels: [[Hash256]]

  /// Hashes the items; there must be at least one.
  public init(_ items: [[UInt8]], using hasher: SHA256Context) {
    precondition(!items.isEmpty, "a signed list has items")
    var levels = [items.map { Self.leaf($0, using: hasher) }]
    while let last = levels.last, last.count > 1 {
      var above: [Hash256] = []
      above.reserveCapacity((last.count + 1) / 2)
      for place in stride(from: 0, to: last.count - 1, by: 2) {
        above.append(hasher.node(last[place], last[place + 1]))
      }
      if last.count % 2 == 1 { above.append(last[last.count - 1]) }
      levels.append(above)
    }
    self.levels = levels
  }

  /// How many items.
  public var count: Int { levels[0].count }

  /// The root of the tree.
  public var root: Hash256 { levels[levels.count - 1][0] }

  /// The octets that are signed: 0x03, `registry decision/1`, count (8), root (32).
  public var signedOctets: [UInt8] { Self.signedOctets(count: UInt64(count), root: root) }

  /// The octets that are signed for a list of this length and root.
  public static func signedOctets(count: UInt64, root: Hash256) -> [UInt8] {
    var octets: [UInt8] = [3]
    octets.append(contentsOf: "registry decision/1".utf8)
    withUnsafeBytes(of: count.bigEndian) { octets.append(contentsOf: $0) }
    octets.append(contentsOf: root.bytes)
    return octets
  }

  /// The inclusion proof of an item, from the leaf up, as `MerkleProof` checks it.
  public func proof(at index: Int) -> [Hash256] {
    var proof: [Hash256] = []
    var place = index
    for level in levels.dropLast() {
      let sibling = place ^ 1
      if sibling < level.count { proof.append(level[sibling]) }
      place >>= 1
    }
    return proof
  }

  /// The leaf of an item: H(0 ‖ item).
  public static func leaf(_ item: [UInt8], using hasher: SHA256Context) -> Hash256 {
    withUnsafeBytes(of: UInt8(0)) { hasher.update($0) }
    item.withUnsafeBytes { hasher.update($0) }
    return hasher.finish()
  }

  /// The root that an item and its proof lead to; nil for a proof that fits no such place.
  public static func root(
    of item: [UInt8],
    at index: UInt64,
    count: UInt64,
    proof: [Hash256],
    using hasher: SHA256Context
  ) -> Hash256? {
    MerkleProof.root(
      of: leaf(item, using: hasher),
      at: index,
      size: count,
      proof: proof,
      using: hasher
    )
  }
}
