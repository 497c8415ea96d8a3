internal import Journal
internal import RegistryAPI
internal import RegistryModel
internal import SQL

/// The rows of what another node's entries made.
extension WriteSession {
  /// Where a household stands.
  struct HouseholdPlace {
    let n: Int64
    let version: UInt64
    let entry: Int64
    let village: Int64
  }

  /// Where a household stands; nil if it has no row.
  func household(_ id: Bytes16) throws -> HouseholdPlace? {
    let row = try connection.prepare(
      "SELECT n, version, entry, village FROM household WHERE id = $1"
    )
    row.bind(id, at: 1)
    return try row.first { row in
      HouseholdPlace(
        n: row.int64(at: 0),
        version: UInt64(bitPattern: row.int64(at: 1)),
        entry: row.int64(at: 2),
        village: row.int64(at: 3)
      )
    }
  }

  /// Writes a version of a household that another node made.
  func copy(_ prepared: PreparedHousehold, entry: Int64, in stream: StoredStream) throws {
    let lines = context.lines
    if let base = prepared.base {
      try statements.keepPast(base)
      guard
        try statements.update(prepared, base: base, entry: entry, connection: connection)
      else { throw StoreError(.damaged, "a household changed inside its transaction") }
      if base.household.number != prepared.household.number { try renumber(prepared, n: base.n) }
      try replaceCopied(base, by: prepared, in: stream)
      try replaceNames(of: base.household, by: prepared.household, n: base.n)
      effects.tallies[base.village.id, default: Tally()].subtract(base.household, lines: lines)
    } else {
      let n = state.nextN
      try statements.insert(prepared, n: n, entry: entry)
      for number in prepared.numbers {
        try insertCopied(number, n: n, of: prepared, in: stream)
      }
      for (position, member) in prepared.household.members.enumerated() {
        guard let name = member.identity?.name, !name.isEmpty else { continue }
        try statements.insert(name: name, n: n, position: position)
      }
      state.nextN = n + 1
    }
    effects.tallies[prepared.village.id, default: Tally()].add(prepared.household, lines: lines)
  }

  /// Gives a household that another county took over that county's number.
  private func renumber(_ prepared: PreparedHousehold, n: Int64) throws {
    let row = try connection.prepare("UPDATE household SET number = $1 WHERE n = $2")
    row.bind(Int64(bitPattern: prepared.number.body), at: 1)
    row.bind(n, at: 2)
    try row.run()
  }

  private func replaceCopied(
    _ base: PreparedHousehold.Base,
    by prepared: PreparedHousehold,
    in stream: StoredStream
  ) throws {
    let status = base.household.status
    if base.numbers == prepared.numbers, status == prepared.household.status { return }
    for number in base.numbers { try releaseCopied(number, n: base.n) }
    for number in prepared.numbers {
      try insertCopied(number, n: base.n, of: prepared, in: stream)
    }
  }

  /// Lists a person under the household, or beside the household of another node that has the
  /// number already: both are kept, since copies must not differ from what their nodes have.
  private func insertCopied(
    _ number: PreparedHousehold.MemberNumber,
    n: Int64,
    of prepared: PreparedHousehold,
    in stream: StoredStream
  ) throws {
    if try statements.insert(number, n: n, connection: connection) { return }
    // Who left the register there gives the number up; who left it here does not take it.
    if prepared.household.status == .exited { return }
    if try statements.isOfExited(number, otherThan: n) {
      return try statements.move(number, to: n)
    }
    let row = try connection.prepare(
      """
      INSERT INTO member_elsewhere (digest, household, position) VALUES ($1, $2, $3)
      ON CONFLICT (digest, household) DO NOTHING
      """
    )
    row.bind(number.digest, at: 1)
    row.bind(n, at: 2)
    row.bind(Int64(number.position), at: 3)
    try row.run()
    try tell(number, of: prepared, n: n, in: stream)
  }

  /// Takes a person off the household's list; one who stands in another file is listed there then.
  func releaseCopied(_ number: PreparedHousehold.MemberNumber, n: Int64) throws {
    try statements.delete(number, n: n)
    let row = try connection.prepare(
      "DELETE FROM member_elsewhere WHERE digest = $1 AND household = $2"
    )
    row.bind(number.digest, at: 1)
    row.bind(n, at: 2)
    try row.run()
    let other = try connection.prepare(
      """
      SELECT household, position FROM member_elsewhere WHERE digest = $1
      ORDER BY household LIMIT 1
      """
    )
    other.bind(number.digest, at: 1)
    guard let (next, position) = try other.first({ ($0.int64(at: 0), Int($0.int64(at: 1))) })
    else { return }
    let heir = PreparedHousehold.MemberNumber(digest: number.digest, position: position)
    guard try statements.insert(heir, n: next, connection: connection) else { return }
    row.bind(number.digest, at: 1)
    row.bind(next, at: 2)
    try row.run()
  }

  /// Writes a notice that another node posted or closed; the rule against it, or nil.
  func copy(_ notice: Notice, _ header: EntryHeader, at entry: Int64) throws -> CopyRule? {
    let code = DivisionCode(notice.division)
    guard notice.id == header.subject.bytes, notice.version == header.versionAfter,
      let division = code.flatMap({ context.directory.record(code: $0) })
    else { return .malformed }
    let known = try connection.prepare("SELECT n, version, entry FROM notice WHERE id = $1")
    known.bind(header.subject, at: 1)
    let base = try known.first { ($0.int64(at: 0), $0.int64(at: 1), $0.int64(at: 2)) }
    if let base, EntryPlace(base.2).stream != EntryPlace(entry).stream { return .foreign }
    guard UInt64(base?.1 ?? 0) == header.versionBefore else { return .version }
    if let base {
      try update(notice, n: base.0, entry: entry)
    } else {
      try insert(notice, id: header.subject, division: division, entry: entry)
    }
    return nil
  }

  /// Writes the row of a notice that has changed.
  func update(_ notice: Notice, n: Int64, entry: Int64) throws {
    let row = try connection.prepare(
      "UPDATE notice SET closed_on = $1, version = $2, entry = $3 WHERE n = $4"
    )
    row.bind(Int64(notice.closedOn), at: 1)
    row.bind(Int64(clamping: notice.version), at: 2)
    row.bind(entry, at: 3)
    row.bind(n, at: 4)
    try row.run()
  }

  /// Writes the row of a new notice.
  func insert(
    _ notice: Notice,
    id: Bytes16,
    division: DivisionRecord,
    entry: Int64
  ) throws {
    let n = state.nextNotice
    let row = try connection.prepare(
      """
      INSERT INTO notice (n, id, division, level, opened_on, closes_from, closed_on, version, entry)
      VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)
      """
    )
    row.bind(n, at: 1)
    row.bind(id, at: 2)
    row.bind(division.id, at: 3)
    row.bind(Int64(division.level.rawValue), at: 4)
    row.bind(Int64(notice.openedOn), at: 5)
    row.bind(Int64(notice.closesFrom), at: 6)
    row.bind(Int64(notice.closedOn), at: 7)
    row.bind(Int64(clamping: notice.version), at: 8)
    row.bind(entry, at: 9)
    try row.run()
    state.nextNotice = n + 1
    // Its applications came before it, with the state of those that hang.
    try hang(notice, n: n)
  }

  /// Notes which notice applications hang in, as far as they have not left it.
  func hang(_ notice: Notice, n: Int64) throws {
    let state = ProcedureState.allCases.first { $0.noticeLevel?.rawValue == notice.level.rawValue }
    guard let state else { return }
    let hang = try connection.prepare(
      "UPDATE application SET notice = $1 WHERE id = $2 AND state = $3"
    )
    for id in notice.applications {
      hang.bind(n, at: 1)
      hang.bind(id, at: 2)
      hang.bind(Int64(state.rawValue), at: 3)
      try hang.run()
    }
  }

  /// Writes a version of a proposal that another node recorded. Returns the entry of the version
  /// before, 0 for none; nil if that is not on record.
  func copy(
    _ proposal: Proposal,
    _ header: EntryHeader,
    household: HouseholdPlace,
    at entry: Int64
  ) throws -> Int64? {
    let row = try connection.prepare("SELECT n, version, entry FROM proposal WHERE id = $1")
    row.bind(header.subject, at: 1)
    let known = try row.first { ($0.int64(at: 0), $0.int64(at: 1), $0.int64(at: 2)) }
    guard UInt64(known?.1 ?? 0) == header.versionBefore else { return nil }
    if let known {
      try update(proposal, version: header.versionAfter, n: known.0, entry: entry)
      return known.2
    }
    try insertProposal(
      proposal,
      id: header.subject,
      version: header.versionAfter,
      household: household.n,
      village: household.village,
      entry: entry
    )
    return 0
  }

  /// Writes the row of a proposal that has changed.
  func update(_ proposal: Proposal, version: UInt64, n: Int64, entry: Int64) throws {
    let row = try connection.prepare(
      "UPDATE proposal SET state = $1, version = $2, entry = $3 WHERE n = $4"
    )
    row.bind(Int64(proposal.state.rawValue), at: 1)
    row.bind(Int64(clamping: version), at: 2)
    row.bind(entry, at: 3)
    row.bind(n, at: 4)
    try row.run()
  }

  /// Writes a hand-over that another node recorded. Returns the entry of the version before, 0 for
  /// none; nil if that is not on record.
  func copy(
    _ handOver: HandOver,
    _ header: EntryHeader,
    household: HouseholdPlace,
    at entry: Int64
  ) throws -> Int64? {
    let row = try connection.prepare("SELECT n, version, entry FROM hand_over WHERE id = $1")
    row.bind(header.subject, at: 1)
    let known = try row.first { ($0.int64(at: 0), $0.int64(at: 1), $0.int64(at: 2)) }
    guard UInt64(known?.1 ?? 0) == header.versionBefore else { return nil }
    if let known {
      let row = try connection.prepare(
        "UPDATE hand_over SET state = $1, version = $2, entry = $3 WHERE n = $4"
      )
      row.bind(Int64(handOver.state.rawValue), at: 1)
      row.bind(Int64(clamping: header.versionAfter), at: 2)
      row.bind(entry, at: 3)
      row.bind(known.0, at: 4)
      try row.run()
      return known.2
    }
    try insertHandOver(
      handOver,
      id: header.subject,
      version: header.versionAfter,
      household: household.n,
      entry: entry
    )
    return 0
  }
}
