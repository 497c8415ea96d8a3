internal import Exchange
internal import Journal
internal import RPCCore
internal import RegistryAPI

/// Journals that somebody else hands over, and proofs of them.
enum JournalChecks {
  private static let key = VerifyingKey([UInt8](repeating: 7, count: 32))

  /// Pages of a journal, in two parts or one: a verdict, whatever they hold.
  static func pages(_ source: inout ByteSource) throws {
    let choice = source.byte()
    let split = Int(source.byte())
    guard let page = try? JournalPage(wireArray: source.takeAll()) else { return }
    let trusted = choice & 1 == 0 ? nil : key
    let seen = choice & 2 == 0 ? nil : page.heads.last
    let whole = try verdict([page], trusted, seen)
    try check(whole.count <= 1_000, "\(whole.count) findings")
    for finding in whole where finding.first > finding.last {
      try check(finding.problem != .inserted, "a finding that ends before it begins")
    }
    // Heads come behind the entries of the page that they stand in.
    guard page.heads.isEmpty, split < page.entries.count else { return }
    var first = page
    var second = page
    first.entries = Array(page.entries[..<split])
    second.entries = Array(page.entries[split...])
    try check(
      try verdict([first, second], trusted, seen) == whole,
      "another verdict for the same entries in two pages"
    )
  }

  private static func verdict(
    _ pages: [JournalPage],
    _ trusted: VerifyingKey?,
    _ seen: JournalHead?
  ) throws -> [JournalFinding] {
    var verifier = try JournalVerifier(trusted: trusted, seen: seen)
    for page in pages { try verifier.read(page) }
    verifier.finish(size: verifier.size)
    return verifier.findings
  }

  /// A proof that nobody signed proves nothing.
  static func proof(_ bytes: [UInt8]) throws {
    guard let proof = try? JournalProof(wireArray: bytes), let key else { return }
    try check(try !proof.isRight(by: key), "a proof without a signature")
  }

  /// A hash of 32 equal octets, so that equal ones are found soon.
  private static func hash(_ source: inout ByteSource) throws -> Hash256 {
    let octets = [UInt8](repeating: source.byte(), count: Hash256.byteCount)
    guard let hash = Hash256(octets) else { throw FuzzFinding("32 octets are no hash") }
    return hash
  }

  /// Proofs of any size and place: they end, and prove nothing without a collision.
  static func merkle(_ source: inout ByteSource) throws {
    let hasher = try SHA256Context()
    let size = source.integer(bytes: 8)
    let place = source.integer(bytes: 8)
    let root = try hash(&source)
    let leaf = try hash(&source)
    var proof: [Hash256] = []
    while !source.isEmpty, proof.count < 200 { proof.append(try hash(&source)) }
    let isIncluded = MerkleProof.includes(
      leaf: leaf,
      at: place,
      size: size,
      proof: proof,
      root: root,
      using: hasher
    )
    try check(!isIncluded || (size == 1 && place == 0 && leaf == root), "a leaf of no tree")
    let isConsistent = MerkleProof.isConsistent(
      earlierSize: place,
      earlierRoot: leaf,
      size: size,
      root: root,
      proof: proof,
      using: hasher
    )
    try check(!isConsistent || (size == place && leaf == root), "an earlier tree of no tree")
    let frontier = try? MerkleFrontier(size: size, subtrees: proof)
    if let frontier { _ = frontier.root(using: hasher) }
  }

  /// A list's proofs hold for its items and, with one octet changed, for none.
  static func list(_ source: inout ByteSource) throws {
    let hasher = try SHA256Context()
    let count = 1 + Int(source.byte()) % 70
    let place = Int(source.byte()) % count
    let change = (Int(source.byte()), source.byte())
    let items = (0..<count).map { [UInt8(truncatingIfNeeded: $0)] + source.take(2) }
    let list = SignedList(items, using: hasher)
    var frontier = MerkleFrontier()
    for item in items { frontier.append(SignedList.leaf(item, using: hasher), using: hasher) }
    try check(frontier.root(using: hasher) == list.root, "two roots of one tree")
    var proof = list.proof(at: place)
    func root(_ proof: [Hash256], _ place: Int) -> Hash256? {
      SignedList.root(
        of: items[place],
        at: UInt64(place),
        count: UInt64(count),
        proof: proof,
        using: hasher
      )
    }
    try check(root(proof, place) == list.root, "an item's proof does not hold")
    try check(root(proof + [list.root], place) != list.root, "a proof with more than it needs")
    guard !proof.isEmpty, change.1 != 0 else { return }
    var octets = proof[change.0 % proof.count].bytes
    octets[change.0 % octets.count] ^= change.1
    if let changed = Hash256(octets) { proof[change.0 % proof.count] = changed }
    try check(root(proof, place) != list.root, "a changed proof holds")
  }

  /// Keys that vouch for each other, where nobody signed.
  static func credential(_ bytes: [UInt8]) throws {
    guard let set = try? SigningKeySet(wireArray: bytes) else { return }
    let stream = Bytes16(high: 1, low: 2)
    try check(try !set.isRight(after: key, in: stream), "a key that nobody vouches for")
    _ = try set.isRight(after: nil, in: stream)
  }
}
