internal import Journal
internal import RegistryAPI
internal import RegistryModel
internal import SQL

/// Where the parts of a change stand once they are written.
struct WrittenChange: Sendable {
  var household: RegistryStore.Place
  var other: RegistryStore.Place?
}

extension WriteSession {
  /// The sequence that the household's own entry of a change will have.
  func entry(of change: PreparedChange) -> Int64 {
    nextEntry + (change.otherGoesFirst ? 1 : 0)
  }

  /// Writes a change of one or two households, or nothing of it: what it throws undoes the job.
  ///
  /// Throws `Overtaken` if another version came between, and `duplicate`.
  func write(_ change: PreparedChange, actor: String) throws -> WrittenChange {
    var other: RegistryStore.Place?
    if change.otherGoesFirst, let closed = change.other { other = try put(closed, actor: actor) }
    let household = try put(change.household, actor: actor)
    if !change.otherGoesFirst, let made = change.other { other = try put(made, actor: actor) }
    if let handOver = change.handOver { try write(handOver, household.n, actor: actor) }
    return WrittenChange(household: household, other: other)
  }

  private func put(_ prepared: PreparedHousehold, actor: String) throws -> RegistryStore.Place {
    let n = prepared.base?.n ?? state.nextN
    let outcome =
      prepared.base == nil
      ? try create(prepared, actor: actor) : try updateAlone(prepared, actor: actor)
    switch outcome {
    case .overtaken: throw Overtaken()
    case .onFile(let positions): throw RegistryStore.duplicate(positions)
    case .written(let entry):
      return RegistryStore.Place(n: n, entry: entry, instant: instant.microseconds)
    }
  }

  private func write(_ handOver: PreparedHandOver, _ household: Int64, actor: String) throws {
    let entry = try append(handOver.record, .handOverRecorded, before: 0, prior: 0, actor: actor)
    try insertHandOver(
      handOver.message,
      id: handOver.record.subject,
      version: handOver.record.version,
      household: household,
      entry: entry
    )
  }

  /// Writes the row of a new hand-over.
  func insertHandOver(
    _ handOver: HandOver,
    id: Bytes16,
    version: UInt64,
    household: Int64,
    entry: Int64
  ) throws {
    let row = try connection.prepare(
      """
      INSERT INTO hand_over (id, household, destination, state, version, entry, n)
      VALUES ($1, $2, $3, $4, $5, $6, $7)
      """
    )
    row.bind(id, at: 1)
    row.bind(household, at: 2)
    row.bind(handOver.destination, at: 3)
    row.bind(Int64(handOver.state.rawValue), at: 4)
    row.bind(Int64(bitPattern: version), at: 5)
    row.bind(entry, at: 6)
    row.bind(try nextKey(of: "hand_over"), at: 7)
    try row.run()
  }

  /// Writes the next version of a proposal.
  ///
  /// Throws `Overtaken` if another version came between, or the household was erased.
  func write(_ proposal: PreparedProposal, actor: String) throws -> RegistryStore.Place {
    let household = try connection.prepare("SELECT 1 FROM household WHERE n = $1")
    household.bind(proposal.household, at: 1)
    guard try household.first({ _ in true }) != nil else { throw Overtaken() }
    let entry = try append(
      proposal.record,
      proposal.base == nil ? .changeProposed : .proposalSettled,
      before: proposal.base?.version ?? 0,
      prior: proposal.base?.entry ?? 0,
      actor: actor
    )
    if let base = proposal.base {
      try update(proposal, base, entry)
    } else {
      try insertProposal(
        proposal.message,
        id: proposal.record.subject,
        version: proposal.record.version,
        household: proposal.household,
        village: proposal.village,
        entry: entry
      )
    }
    return RegistryStore.Place(
      n: proposal.household,
      entry: entry,
      instant: instant.microseconds
    )
  }

  /// Writes the row of a new proposal.
  func insertProposal(
    _ proposal: Proposal,
    id: Bytes16,
    version: UInt64,
    household: Int64,
    village: Int64,
    entry: Int64
  ) throws {
    let row = try connection.prepare(
      """
      INSERT INTO proposal (id, household, village, state, kind, base_version, version, entry, n)
      VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)
      """
    )
    row.bind(id, at: 1)
    row.bind(household, at: 2)
    row.bind(village, at: 3)
    row.bind(Int64(proposal.state.rawValue), at: 4)
    row.bind(Int64(proposal.change?.changeKind.rawValue ?? 0), at: 5)
    row.bind(Int64(clamping: proposal.change?.baseVersion ?? 0), at: 6)
    row.bind(Int64(bitPattern: version), at: 7)
    row.bind(entry, at: 8)
    row.bind(try nextKey(of: "proposal"), at: 9)
    try row.run()
  }

  /// The page key of a table's next row, which lists go by.
  private func nextKey(of table: String) throws -> Int64 {
    let last = try connection.prepare("SELECT max(n) FROM \(table)").first { $0.int64(at: 0) }
    return (last ?? 0) + 1
  }

  private func update(
    _ proposal: PreparedProposal,
    _ base: PreparedProposal.Base,
    _ entry: Int64
  ) throws {
    let row = try connection.prepare(
      "UPDATE proposal SET state = $1, version = $2, entry = $3 WHERE n = $4 AND version = $5 "
        + "AND id = $6"
    )
    row.bind(Int64(proposal.message.state.rawValue), at: 1)
    row.bind(Int64(bitPattern: proposal.record.version), at: 2)
    row.bind(entry, at: 3)
    row.bind(base.n, at: 4)
    row.bind(Int64(bitPattern: base.version), at: 5)
    // Its place may be another's by now: that of an erased household's proposal is given again.
    row.bind(proposal.record.subject, at: 6)
    try row.run()
    guard connection.changes == 1 else { throw Overtaken() }
  }

  private func append(
    _ record: PreparedRecord,
    _ operation: EntryOperation,
    before: UInt64,
    prior: Int64,
    actor: String
  ) throws -> Int64 {
    let draft = EntryDraft(
      operation: operation,
      kind: record.kind,
      subject: record.subject,
      versionBefore: before,
      versionAfter: record.version,
      prior: prior,
      actor: actor
    )
    return try append(draft, body: record.sealed, bodyHash: record.bodyHash)
  }
}
