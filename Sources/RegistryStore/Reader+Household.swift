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

  /// The entry that made a version of a household, found by walking back from a later entry; nil
  /// if there is none.
  func entry(ofVersion version: UInt64, from entry: Int64) throws -> Int64? {
    let row = try connection.prepare("SELECT prior, header FROM journal WHERE seq = $1")
    var entry = entry
    while entry > 0 {
      row.bind(entry, at: 1)
      let step = try row.first { row in
        (try row.withBytes(at: 1) { try EntryHeader(decoding: $0).versionAfter }, row.int64(at: 0))
      }
      guard let (made, prior) = step, made >= version else { return nil }
      if made == version { return entry }
      // A chain that does not fall would never end.
      guard prior < entry else { throw StoreError(.damaged, "entry \(entry) follows itself") }
      entry = prior
    }
    return nil
  }
}
