internal import Journal
internal import SQL

/// The stored tree of a stream, as the Merkle code reads it: the node's own journal's, or a copy's.
struct JournalTreeSource: MerkleHashSource {
  let size: UInt64
  private let connection: any SQLConnection
  private let hasher: SHA256Context

  private let base: Int64

  init(_ connection: any SQLConnection, stream: Int64 = 0) throws {
    self.connection = connection
    hasher = try SHA256Context()
    let base = EntryPlace(stream: stream, sequence: 0).stored
    self.base = base
    let row = try connection.prepare("SELECT max(seq) FROM journal WHERE seq >= $1 AND seq < $2")
    row.bind(base, at: 1)
    row.bind(base + EntryPlace.width, at: 2)
    let last = try row.first { $0.optionalInt64(at: 0) } ?? nil
    size = UInt64(clamping: last.map { $0 - base } ?? 0)
  }

  func tile(level: Int, index: UInt64) throws -> [Hash256]? {
    let row = try connection.prepare(
      "SELECT hashes FROM journal_tile WHERE level = $1 AND tile = $2"
    )
    row.bind(Int64(level), at: 1)
    row.bind(base + Int64(bitPattern: index), at: 2)
    return try row.first { try $0.withBytes(at: 0) { try MerkleTile.hashes($0) } }
  }

  func leaves(_ range: Range<UInt64>) throws -> [Hash256] {
    let rows = try connection.prepare(
      "SELECT header, body_hash FROM journal WHERE seq > $1 AND seq <= $2 ORDER BY seq"
    )
    // Leaves count from 0, sequences from 1.
    rows.bind(base + Int64(bitPattern: range.lowerBound), at: 1)
    rows.bind(base + Int64(bitPattern: range.upperBound), at: 2)
    var leaves: [Hash256] = []
    try rows.forEach { row in
      let bodyHash = try row.hash256(at: 1)
      leaves.append(row.withBytes(at: 0) { hasher.leaf(header: $0, bodyHash: bodyHash) })
    }
    return leaves
  }
}
