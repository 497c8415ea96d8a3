package import Journal
internal import RPCCore
internal import RPCProtobuf
package import RegistryAPI

/// Something wrong with a journal.
package struct JournalFinding: Hashable, Sendable {
  /// What is wrong.
  package enum Problem: String, Sendable {
    case missing
    case inserted
    case malformed
    case changed
    case foreign
    case backInTime = "back-in-time"
    case root
    case signature
    case key
    case unsigned
    case cut
    case rewritten
  }

  /// What is wrong.
  package let problem: Problem
  /// The first entry concerned.
  package let first: UInt64
  /// The last entry concerned.
  package let last: UInt64
}

/// Verifies a journal from its entries without contents, with the node's public key alone.
///
/// Give it the pages in their order, then ask for the end. It keeps one tree's edge in memory,
/// however long the journal is.
package struct JournalVerifier {
  /// A key that must have signed for the node at some time; nil takes the journal's own word.
  private let trusted: VerifyingKey?
  /// A head that was seen before and must be one of this journal's.
  private let seen: JournalHead?
  private let hasher: SHA256Context
  private var frontier = MerkleFrontier()
  private var stream: Bytes16?
  private var expected: UInt64 = 1
  private var instant: Int64 = 0
  private var epoch: UInt32 = 1
  private var key: VerifyingKey?
  /// The last entry under a head that was right.
  private var good: UInt64 = 0
  private var isSeenFound = false
  private var isTrusted = false
  /// What is wrong so far, in the order of the journal.
  package private(set) var findings: [JournalFinding] = []

  /// Findings that are kept at most.
  private static let limit = 1_000
  /// The most entries that a journal can have: a database counts them in 63 bits.
  private static let longest = UInt64(Int64.max)

  /// Begins at the first entry.
  ///
  /// Throws `JournalError` (`cryptography`) if OpenSSL lacks SHA-256.
  package init(trusted: VerifyingKey?, seen: JournalHead? = nil) throws(JournalError) {
    self.trusted = trusted
    self.seen = seen
    hasher = try SHA256Context()
  }

  /// The entries that were verified.
  package var size: UInt64 { expected - 1 }
  /// The journal's identity, once its first entry was read.
  package var journal: Bytes16? { stream }
  /// The key that signs at the end.
  package var presentKey: VerifyingKey? { key }

  /// Verifies the next page.
  ///
  /// Throws `JournalError` (`cryptography`) if OpenSSL lacks memory.
  package mutating func read(_ page: JournalPage) throws(JournalError) {
    var heads = page.heads[...]
    for entry in page.entries {
      try read(entry)
      while let head = heads.first, (head.position?.size ?? 0) <= expected - 1 {
        heads.removeFirst()
        try read(head)
      }
    }
    for head in heads {
      // A head behind the last entry there is: what it counted was cut off.
      find(.cut, expected, head.position?.size ?? expected)
    }
  }

  /// Ends the journal, which said that it has so many entries.
  package mutating func finish(size: UInt64) {
    // A journal has an entry that starts it: where there is none, everything was cut off.
    if expected == 1, size == 0 { find(.cut, 1, 1) }
    if size > expected - 1 { find(.cut, expected, size) }
    if expected - 1 > good { find(.unsigned, good + 1, expected - 1) }
    if trusted != nil, !isTrusted { find(.key, 1, expected - 1) }
    if let position = seen?.position, !isSeenFound {
      if position.stream != stream?.bytes { return find(.foreign, 1, position.size) }
      find(position.size > expected - 1 ? .cut : .rewritten, 1, position.size)
    }
  }

  private mutating func read(_ entry: JournalEntry) throws(JournalError) {
    let header: EntryHeader
    do throws(JournalError) {
      header = try Self.header(entry.header)
    } catch {
      find(.malformed, expected, expected)
      try append(entry, at: expected)
      return
    }
    // No journal is that long: what counts beyond could not be counted on.
    guard header.sequence <= Self.longest else {
      find(.malformed, expected, expected)
      try append(entry, at: expected)
      return
    }
    if stream == nil { stream = header.stream }
    if header.stream != stream { find(.foreign, expected, expected) }
    if header.sequence > expected {
      find(.missing, expected, header.sequence - 1)
      expected = header.sequence
    } else if header.sequence < expected {
      find(.inserted, header.sequence, header.sequence)
      return
    }
    if header.instant < instant || header.epoch < epoch { find(.backInTime, expected, expected) }
    instant = max(instant, header.instant)
    epoch = max(epoch, header.epoch)
    if header.operation == .signingKeySet { try take(entry) }
    try append(entry, at: expected)
  }

  private static func header(_ octets: [UInt8]) throws(JournalError) -> EntryHeader {
    let result: Result<EntryHeader, JournalError> = octets.withUnsafeBytes { octets in
      do throws(JournalError) {
        return .success(try EntryHeader(decoding: octets))
      } catch {
        return .failure(error)
      }
    }
    return try result.get()
  }

  private mutating func append(_ entry: JournalEntry, at sequence: UInt64) throws(JournalError) {
    defer { expected = sequence + 1 }
    guard let bodyHash = Hash256(entry.bodyHash) else {
      return find(.malformed, sequence, sequence)
    }
    var leaf = entry.header.withUnsafeBytes { hasher.leaf(header: $0, bodyHash: bodyHash) }
    if let stored = Hash256(entry.leaf), stored != leaf {
      find(.changed, sequence, sequence)
      // The tree goes on with what the node hashed, so that the entries behind are not blamed.
      leaf = stored
    }
    frontier.append(leaf, using: hasher)
    // The root tells, also where the head itself is no longer among those on record.
    if let seen = seen?.position, seen.size == frontier.size, seen.stream == stream?.bytes {
      isSeenFound = seen.root == frontier.root(using: hasher).bytes
    }
  }

  /// Takes a key over, if the one before vouches for it.
  private mutating func take(_ entry: JournalEntry) throws(JournalError) {
    let salt = entry.content.prefix(16)
    let body = Array(entry.content.dropFirst(16))
    guard let stream, let set = try? SigningKeySet(wireArray: body),
      let next = VerifyingKey(set.key),
      let salt = Bytes16(Array(salt)),
      body.withUnsafeBytes({ hasher.bodyHash(salt: salt, body: $0) }).bytes == entry.bodyHash
    else { return find(.key, expected, expected) }
    // Each of two keys vouches for the other: to trust one of them is to trust all.
    if next == trusted { isTrusted = true }
    guard try set.isRight(after: key, in: stream) else { return find(.key, expected, expected) }
    key = next
  }

  private mutating func read(_ head: JournalHead) throws(JournalError) {
    guard let position = head.position else { return find(.malformed, good + 1, expected - 1) }
    let size = expected - 1
    guard position.size == size, frontier.size == size,
      position.root == frontier.root(using: hasher).bytes
    else {
      find(.root, good + 1, max(position.size, good + 1))
      // Told once: the next head tells of what comes behind.
      good = max(good, min(position.size, Self.longest))
      return
    }
    if let key, try !key.verifies(head.signature, of: Statements.head(head)) {
      find(.signature, good + 1, size)
    }
    good = size
  }

  private mutating func find(_ problem: JournalFinding.Problem, _ first: UInt64, _ last: UInt64) {
    guard findings.count < Self.limit else { return }
    findings.append(JournalFinding(problem: problem, first: first, last: last))
  }
}

extension SigningKeySet {
  /// Whether the key may sign from here on: it says so itself, and the key before vouches for it.
  ///
  /// - Parameter key: the one before, if the journal has one.
  ///
  /// Throws `JournalError` (`cryptography`) if OpenSSL lacks memory.
  package func isRight(after key: VerifyingKey?, in stream: Bytes16) throws(JournalError) -> Bool {
    let signed = Statements.key(self.key, after: previous, of: stream.bytes)
    guard let next = VerifyingKey(self.key), try next.verifies(signature, of: signed) else {
      return false
    }
    guard let key else { return true }
    guard previous == key.octets else { return false }
    return try key.verifies(previousSignature, of: signed)
  }
}

extension JournalProof {
  /// Whether the proof holds, by a public key alone.
  ///
  /// Throws `JournalError` (`cryptography`) if OpenSSL lacks memory.
  package func isRight(by key: VerifyingKey) throws(JournalError) -> Bool {
    guard let head, let position = head.position, let root = Hash256(position.root),
      try key.verifies(head.signature, of: Statements.head(head))
    else { return false }
    let hashes = path.compactMap { Hash256($0) }
    guard hashes.count == path.count else { return false }
    let hasher = try SHA256Context()
    if let entry {
      guard let bodyHash = Hash256(entry.bodyHash),
        let header = try? entry.header.withUnsafeBytes({ try EntryHeader(decoding: $0) }),
        header.stream.bytes == position.stream
      else { return false }
      return MerkleProof.includes(
        leaf: entry.header.withUnsafeBytes { hasher.leaf(header: $0, bodyHash: bodyHash) },
        at: header.sequence - 1,
        size: position.size,
        proof: hashes,
        root: root,
        using: hasher
      )
    }
    guard let earlier, let before = earlier.position, let earlierRoot = Hash256(before.root),
      before.stream == position.stream,
      try key.verifies(earlier.signature, of: Statements.head(earlier))
    else { return false }
    return MerkleProof.isConsistent(
      earlierSize: before.size,
      earlierRoot: earlierRoot,
      size: position.size,
      root: root,
      proof: hashes,
      using: hasher
    )
  }
}
