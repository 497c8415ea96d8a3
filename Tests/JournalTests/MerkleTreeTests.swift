import Testing

@testable import Journal

/// RFC 6962, section 2.1, word for word: what everything else is compared with.
struct NaiveTree {
  var leaves: [Hash256]
  let hasher: SHA256Context

  func root(_ range: Range<Int>) -> Hash256 {
    if range.isEmpty { return hasher.emptyRoot }
    if range.count == 1 { return leaves[range.lowerBound] }
    let middle = range.lowerBound + split(range.count)
    return hasher.node(root(range.lowerBound..<middle), root(middle..<range.upperBound))
  }

  func path(_ leaf: Int, _ range: Range<Int>) -> [Hash256] {
    if range.count <= 1 { return [] }
    let middle = range.lowerBound + split(range.count)
    let (left, right) = (range.lowerBound..<middle, middle..<range.upperBound)
    return leaf < middle ? path(leaf, left) + [root(right)] : path(leaf, right) + [root(left)]
  }

  func consistency(_ earlier: Int, _ range: Range<Int>, _ whole: Bool = true) -> [Hash256] {
    if earlier == range.upperBound { return whole ? [] : [root(range)] }
    let middle = range.lowerBound + split(range.count)
    let (left, right) = (range.lowerBound..<middle, middle..<range.upperBound)
    return earlier <= middle
      ? consistency(earlier, left, whole) + [root(right)]
      : consistency(earlier, right, false) + [root(left)]
  }

  private func split(_ count: Int) -> Int {
    var power = 1
    while power * 2 < count { power *= 2 }
    return power
  }
}

/// A stored tree: what a database would hold.
struct StoredTree: MerkleHashSource {
  var size: UInt64 { UInt64(all.count) }
  var all: [Hash256] = []
  var tiles: [[Int]: [UInt8]] = [:]

  func tile(level: Int, index: UInt64) throws -> [Hash256]? {
    try tiles[[level, Int(index)]]?.withUnsafeBytes { try MerkleTile.hashes($0) }
  }

  func leaves(_ range: Range<UInt64>) throws -> [Hash256] {
    // Those in complete tiles are never asked for.
    guard range.lowerBound >= size & ~255 else { return [] }
    return Array(all[Int(range.lowerBound)..<Int(range.upperBound)])
  }

  mutating func append(_ leaf: Hash256, to tree: inout MerkleTree, _ hasher: SHA256Context) throws {
    all.append(leaf)
    try tree.append(leaf, using: hasher) { tiles[[$0.level, Int($0.index)]] = $0.bytes }
  }
}

@Suite struct MerkleTreeTests {
  let hasher: SHA256Context

  init() throws {
    hasher = try SHA256Context()
  }

  func leaf(_ octets: [UInt8]) -> Hash256 { hasher.hash([0] + octets) }

  func stored(_ count: Int) throws -> (StoredTree, MerkleTree) {
    var (store, tree) = (StoredTree(), MerkleTree())
    for number in 0..<count {
      try store.append(leaf([UInt8(number >> 8 & 255), UInt8(number & 255)]), to: &tree, hasher)
    }
    return (store, tree)
  }

  /// The vectors of the reference implementation of Certificate Transparency.
  @Test func rootsOfTheReferenceVectors() throws {
    let leaves = [
      "", "00", "10", "2021", "3031", "40414243", "5051525354555657",
      "606162636465666768696a6b6c6d6e6f",
    ]
    let roots = [
      "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
      "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
      "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
      "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
      "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
      "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
      "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
      "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
    ]
    var frontier = MerkleFrontier()
    #expect(
      "\(frontier.root(using: hasher))"
        == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
    )
    for (octets, root) in zip(leaves, roots) {
      frontier.append(leaf(try EntryHeaderTests.decode(octets)), using: hasher)
      #expect("\(frontier.root(using: hasher))" == root)
    }
  }

  /// Every proof of every small tree: equal to the RFC's recursion, and accepted.
  @Test func proofsOfAllSmallTrees() throws {
    let (store, _) = try stored(20)
    let naive = NaiveTree(leaves: store.all, hasher: hasher)
    for size in 1...20 {
      var reader = try MerkleReader(store, size: UInt64(size), using: hasher)
      let root = try reader.root()
      #expect(root == naive.root(0..<size))
      for index in 0..<size {
        let proof = try reader.inclusionProof(leaf: UInt64(index))
        #expect(proof == naive.path(index, 0..<size))
        for claimed in 0...size {
          let accepted = MerkleProof.includes(
            leaf: store.all[index],
            at: UInt64(claimed),
            size: UInt64(size),
            proof: proof,
            root: root,
            using: hasher
          )
          #expect(accepted == (claimed == index))
        }
      }
      for earlier in 1...size {
        let proof = try reader.consistencyProof(from: UInt64(earlier))
        #expect(proof == naive.consistency(earlier, 0..<size))
        for claimed in 0...size {
          let accepted = MerkleProof.isConsistent(
            earlierSize: UInt64(claimed),
            earlierRoot: naive.root(0..<earlier),
            size: UInt64(size),
            root: root,
            proof: proof,
            using: hasher
          )
          #expect(accepted == (claimed == earlier))
        }
      }
    }
  }

  /// Sizes around tiles: the tree restored from tiles and tail goes on like the one that grew.
  @Test(arguments: [0, 1, 255, 256, 257, 511, 700, 1_024, 3_333])
  func restoresAndProves(size: Int) throws {
    var (store, tree) = try stored(size)
    let naive = NaiveTree(leaves: store.all, hasher: hasher)
    #expect(tree.root(using: hasher) == naive.root(0..<size))
    var restored = try MerkleTree(restoring: store, using: hasher)
    #expect(restored.frontier == tree.frontier)
    var reader = try MerkleReader(store, size: UInt64(size), using: hasher)
    for index in stride(from: 0, to: size, by: 97) {
      #expect(try reader.inclusionProof(leaf: UInt64(index)) == naive.path(index, 0..<size))
      let consistency = try reader.consistencyProof(from: UInt64(index + 1))
      #expect(consistency == naive.consistency(index + 1, 0..<size))
    }
    var other = store
    for number in 0..<300 {
      let hash = leaf([7, UInt8(number & 255)])
      try store.append(hash, to: &tree, hasher)
      try other.append(hash, to: &restored, hasher)
    }
    #expect(restored.root(using: hasher) == tree.root(using: hasher))
    #expect(other.tiles == store.tiles)
  }

  /// 65,536 leaves complete a tile of the second level.
  @Test func completesHigherTiles() throws {
    var (store, tree) = try stored(65_536)
    #expect(store.tiles.count == 257)
    try store.append(leaf([1]), to: &tree, hasher)
    let restored = try MerkleTree(restoring: store, using: hasher)
    #expect(restored.frontier == tree.frontier)
    var reader = try MerkleReader(store, size: store.size, using: hasher)
    let proof = try reader.inclusionProof(leaf: 300)
    #expect(
      MerkleProof.includes(
        leaf: store.all[300],
        at: 300,
        size: store.size,
        proof: proof,
        root: tree.root(using: hasher),
        using: hasher
      )
    )
  }

  @Test func refusesAlteredProofs() throws {
    let (store, tree) = try stored(300)
    let root = tree.root(using: hasher)
    var reader = try MerkleReader(store, size: 300, using: hasher)
    let proof = try reader.inclusionProof(leaf: 123)
    for index in proof.indices {
      var altered = proof
      altered[index] = root
      #expect(
        !MerkleProof.includes(
          leaf: store.all[123],
          at: 123,
          size: 300,
          proof: altered,
          root: root,
          using: hasher
        )
      )
    }
    for altered in [Array(proof.dropLast()), proof + [root], []] {
      #expect(
        !MerkleProof.includes(
          leaf: store.all[123],
          at: 123,
          size: 300,
          proof: altered,
          root: root,
          using: hasher
        )
      )
    }
  }

  @Test func namesWhatIsMissing() throws {
    var (store, _) = try stored(600)
    var reader = try MerkleReader(store, size: 600, using: hasher)
    #expect(throws: JournalError(.outOfRange, "")) { try reader.inclusionProof(leaf: 600) }
    #expect(throws: JournalError(.outOfRange, "")) { try reader.consistencyProof(from: 0) }
    #expect(throws: JournalError(.outOfRange, "")) {
      try MerkleReader(store, size: 601, using: hasher)
    }
    store.tiles[[0, 1]] = nil
    #expect(throws: JournalError(.incompleteTree, "")) {
      try MerkleTree(restoring: store, using: hasher)
    }
    store.tiles[[0, 1]] = [1, 2, 3]
    #expect(throws: JournalError(.malformed, "")) {
      try MerkleTree(restoring: store, using: hasher)
    }
  }
}
