internal import Journal
internal import RPCProtobuf
internal import RegistryAPI
internal import RegistryModel
internal import SQL

/// A proposal's row with the household that it is about.
struct ProposalRow {
  let n: Int64
  let entry: Int64
  let household: HouseholdRow
}

extension Reader {
  /// The row of a household by its page key, within a scope's area.
  func row(n: Int64, scope: Scope, directory: DivisionDirectory) throws -> HouseholdRow? {
    let row = try connection.prepare("SELECT id FROM household WHERE n = $1")
    row.bind(n, at: 1)
    guard let id = try row.first({ try $0.bytes16(at: 0) }) else { return nil }
    return try self.row(.id(id), scope: scope, directory: directory)
  }

  /// What kind of thing an entry is about.
  func subjectKind(of entry: Int64) throws -> SubjectKind? {
    let row = try connection.prepare("SELECT header FROM journal WHERE seq = $1")
    row.bind(entry, at: 1)
    return try row.first { row in
      try row.withBytes(at: 0) { try EntryHeader(decoding: $0).subjectKind }
    }
  }

  /// A proposal by its id, if its household lies in the scope's area.
  func proposal(
    id: Bytes16,
    scope: Scope,
    directory: DivisionDirectory
  ) throws -> ProposalRow? {
    let row = try connection.prepare("SELECT n, entry, household FROM proposal WHERE id = $1")
    row.bind(id, at: 1)
    let found = try row.first { ($0.int64(at: 0), $0.int64(at: 1), $0.int64(at: 2)) }
    guard let (n, entry, household) = found,
      let owner = try self.row(n: household, scope: scope, directory: directory)
    else { return nil }
    return ProposalRow(n: n, entry: entry, household: owner)
  }

  /// A version of a proposal, with its instants.
  func proposal(entry: Int64, of row: HouseholdRow) throws -> Proposal {
    try proposal(entry: entry, household: row.id, wrappedKey: row.wrappedKey)
  }

  /// A version of a proposal, with its instants.
  func proposal(entry: Int64, household: Bytes16, wrappedKey: [UInt8]) throws -> Proposal {
    try opened(entry, household: household, wrappedKey: wrappedKey) { header, octets in
      guard header.subjectKind == .proposal else {
        throw StoreError(.damaged, "entry \(entry) is no proposal")
      }
      var proposal = try Proposal(wireBytes: octets)
      proposal.recordedAt = header.instant
      // Later versions bear the instant of the first; that one's is its own.
      if proposal.proposedAt == 0 { proposal.proposedAt = header.instant }
      return proposal
    }
  }

  /// Where a household's hand-over to another county of the province stands; nil where there is none.
  /// A node that has never met one above hands nothing over: what it records waits with itself.
  ///
  /// - Parameter province: the first two digits of the node's own code; nobody carries a file beyond.
  func transit(of household: Int64, in province: String) throws -> HandOverState? {
    let row = try connection.prepare(
      """
      SELECT h.id FROM hand_over h WHERE h.household = $1 AND substr(h.destination, 1, 2) = $2
        AND EXISTS (SELECT 1 FROM stream WHERE n = 0)
      ORDER BY h.n DESC LIMIT 1
      """
    )
    row.bind(household, at: 1)
    row.bind(province, at: 2)
    return try row.first { $0.bytes(at: 0) }.map { try state(ofHandOver: $0) }
  }

  /// What became of a hand-over; ready where nobody has said.
  func state(ofHandOver id: [UInt8]) throws -> HandOverState {
    let row = try connection.prepare("SELECT taken FROM hand_over_settled WHERE id = $1")
    row.bind(id, at: 1)
    return try row.first { $0.bool(at: 0) ? .taken : .returned } ?? .ready
  }

  /// A hand-over that an entry recorded.
  func handOver(entry: Int64, of row: HouseholdRow) throws -> HandOver {
    try handOver(entry: entry, household: row.id, wrappedKey: row.wrappedKey)
  }

  /// A hand-over that an entry recorded.
  func handOver(entry: Int64, household: Bytes16, wrappedKey: [UInt8]) throws -> HandOver {
    try opened(entry, household: household, wrappedKey: wrappedKey) { header, octets in
      guard header.subjectKind == .handOver else {
        throw StoreError(.damaged, "entry \(entry) is no hand-over")
      }
      return try HandOver(wireBytes: octets)
    }
  }
}
