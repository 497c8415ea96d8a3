internal import ArgumentParser
internal import Journal

/// `evidence`: does again what an import does for evidence alone, and prints the seconds.
struct Evidence: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "evidence",
    abstract: "Prints the seconds that hashes, tree, heads and signatures of a journal take."
  )

  @Option(help: "Entries of the journal.")
  var entries: Int
  @Option(help: "Octets of a body.")
  var octets: Int
  @Option(help: "Signed heads.")
  var heads: Int

  func run() throws {
    let hasher = try SHA256Context()
    let key = try SigningKey()
    let body = [UInt8](repeating: 7, count: octets)
    let salt = Bytes16(high: 1, low: 2)
    var tree = MerkleTree()
    var header: [UInt8] = []
    var kept = 0
    let interval = max(1, entries / max(1, heads))
    let clock = ContinuousClock()
    let took = try clock.measure {
      for sequence in 1...entries {
        let bodyHash = body.withUnsafeBytes { hasher.bodyHash(salt: salt, body: $0) }
        let entry = try EntryHeader(
          stream: salt,
          epoch: 1,
          sequence: UInt64(sequence),
          instant: Int64(sequence),
          actor: "registry://421224/poverty-office/p0007",
          operation: EntryOperation(rawValue: 256),
          subjectKind: .household,
          subject: salt,
          versionBefore: 0,
          versionAfter: 1,
          schemaVersion: 1
        )
        header.removeAll(keepingCapacity: true)
        entry.append(to: &header)
        let leaf = hasher.leaf(header: header, bodyHash: bodyHash)
        try tree.append(leaf, using: hasher) { kept += $0.bytes.count }
        if sequence % interval == 0 {
          kept += try key.sign(tree.root(using: hasher).bytes).count
        }
      }
    }
    print(took / .seconds(1), kept)
  }
}
