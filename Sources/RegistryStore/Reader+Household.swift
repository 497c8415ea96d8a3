internal import Journal
internal import RegistryAPI
internal import RegistryModel
internal import SQL

extension Reader {
  /// The household of a reference within a scope's area; nil if there is none there.
  ///
  /// The area is compared with the row's village before anything is unsealed: the divisions are in
  /// memory, and joining them would cost this read, the most frequent of all, a seventh.
  func household(
    _ reference: HouseholdReference,
    scope: Scope,
    directory: DivisionDirectory
  ) throws -> StoredHousehold? {
    let statement = try bound(reference)
    defer { statement.reset() }
    guard try statement.step() else { return nil }
    return try stored(statement, scope: scope, directory: directory)
  }

  /// The further files in which somebody stands, of other nodes than the first.
  func householdsElsewhere(of number: CitizenIDNumber) throws -> [Bytes16] {
    let rows = try connection.prepare(
      """
      SELECT h.id FROM member_elsewhere m JOIN household h ON h.n = m.household
      WHERE m.digest = $1 ORDER BY h.n
      """
    )
    rows.bind(try sealer.digest(of: number.text, field: .idNumber), at: 1)
    var ids: [Bytes16] = []
    try rows.forEach { ids.append(try $0.bytes16(at: 0)) }
    return ids
  }

  /// The point read's statement of a reference, bound.
  func bound(_ reference: HouseholdReference) throws -> any SQLStatement {
    switch reference {
    case .id(let id):
      byID.bind(id, at: 1)
      return byID
    case .number(let number):
      byNumber.bind(Int64(bitPattern: number.body), at: 1)
      return byNumber
    case .citizenID(let number):
      byCitizenID.bind(try sealer.digest(of: number.text, field: .idNumber), at: 1)
      return byCitizenID
    }
  }

  /// A household's wrapped key.
  func wrappedKey(n: Int64) throws -> [UInt8] {
    let row = try connection.prepare("SELECT wrapped_key FROM household WHERE n = $1")
    row.bind(n, at: 1)
    guard let key = try row.first({ $0.bytes(at: 0) }) else { throw StoreError.householdNotFound }
    return key
  }

  /// An entry of a household's own, opened as the version that it made; nil if there is no such
  /// entry of this household in the scope's area.
  func version(
    entry: Int64,
    ofHousehold n: Int64,
    scope: Scope,
    directory: DivisionDirectory
  ) throws -> StoredHousehold? {
    let row = try connection.prepare(
      """
      SELECT h.id, h.village, h.wrapped_key, j.recorded_at, j.sealed, j.header
      FROM household h JOIN journal j ON j.seq = $1 JOIN division d ON d.id = h.village
      WHERE h.n = $2 AND d.path >= $3 AND d.path < $4
      """
    )
    for range in AreaRange.ranges(of: scope) {
      row.bind(entry, at: 1)
      row.bind(n, at: 2)
      row.bind(range.lower, at: 3)
      row.bind(range.upper, at: 4)
      if let found = try row.first({ try version(of: $0, entry: entry, n: n, directory) }) {
        return found
      }
    }
    return nil
  }

  private func version(
    of row: any SQLStatement,
    entry: Int64,
    n: Int64,
    _ directory: DivisionDirectory
  ) throws -> StoredHousehold? {
    let header = try row.withBytes(at: 5) { try EntryHeader(decoding: $0) }
    let id = try row.bytes16(at: 0)
    guard header.subjectKind == .household, header.subject == id,
      let village = directory.record(id: row.int64(at: 1))
    else { return nil }
    let binding = SealBinding.body(ofHousehold: id, stream: stream, version: header.versionAfter)
    let instant = row.int64(at: 3)
    let encoded = try row.withBytes(at: 2) { wrapped in
      try row.withBytes(at: 4) { sealed in
        try sealer.withOpened(sealed, wrappedKey: wrapped, binding: binding) { _, body in
          StoredHousehold.encoding(body: body, recordedAt: instant)
        }
      }
    }
    return StoredHousehold(
      id: id,
      version: header.versionAfter,
      village: village,
      encoded: encoded,
      n: n,
      entry: entry
    )
  }

  /// The entry of the version before an entry's; 0 for none.
  func prior(of entry: Int64) throws -> Int64 {
    let row = try connection.prepare("SELECT prior FROM journal WHERE seq = $1")
    row.bind(entry, at: 1)
    return try row.first { $0.int64(at: 0) } ?? 0
  }

  /// The entry that made a version of a household; nil if it is none of those up to `stored`.
  func entry(ofVersion version: UInt64, of stored: StoredHousehold) throws -> Int64? {
    if version == stored.version { return stored.entry }
    guard version > 0, version < stored.version else { return nil }
    let row = try connection.prepare(
      "SELECT entry FROM household_past WHERE household = $1 AND version = $2"
    )
    row.bind(stored.n, at: 1)
    row.bind(Int64(clamping: version), at: 2)
    return try row.first { $0.int64(at: 0) }
  }
}
