internal import Journal
internal import RegistryAPI
internal import RegistryModel
internal import SQL

/// A household's row as reading its history needs it; nothing is unsealed.
struct HouseholdRow {
  let id: Bytes16
  let n: Int64
  let village: DivisionRecord
  let wrappedKey: [UInt8]
  /// The current version.
  let current: VersionPlace
}

/// Where a version of a household stands.
struct VersionPlace: Hashable {
  let version: UInt64
  let entry: Int64
  let recordedAt: Int64
}

extension Reader {
  /// The version of a household that was on record at an instant; nil if none was.
  ///
  /// The current row if it was recorded by then, else one look-up by index. The scope's area is
  /// compared with the village where the household is now.
  func household(
    _ reference: HouseholdReference,
    asOf instant: Int64,
    scope: Scope,
    directory: DivisionDirectory
  ) throws -> StoredHousehold? {
    let statement = try bound(reference)
    defer { statement.reset() }
    guard try statement.step() else { return nil }
    if statement.int64(at: 4) <= instant {
      return try stored(statement, scope: scope, directory: directory)
    }
    guard let row = try row(statement, scope: scope, directory: directory) else { return nil }
    past.bind(row.n, at: 1)
    past.bind(instant, at: 2)
    defer { past.reset() }
    guard try past.step() else { return nil }
    let version = UInt64(bitPattern: past.int64(at: 0))
    let recordedAt = past.int64(at: 2)
    let binding = SealBinding.body(ofHousehold: row.id, stream: stream, version: version)
    let encoded = try row.wrappedKey.withUnsafeBytes { wrapped in
      try past.withBytes(at: 3) { sealed in
        try sealer.withOpened(sealed, wrappedKey: wrapped, binding: binding) { _, body in
          StoredHousehold.encoding(body: body, recordedAt: recordedAt)
        }
      }
    }
    return StoredHousehold(
      id: row.id,
      version: version,
      village: row.village,
      encoded: encoded,
      n: row.n,
      entry: past.int64(at: 1)
    )
  }

  /// The row of a household within a scope's area; nil if there is none there.
  func row(
    _ reference: HouseholdReference,
    scope: Scope,
    directory: DivisionDirectory
  ) throws -> HouseholdRow? {
    let statement = try bound(reference)
    defer { statement.reset() }
    guard try statement.step() else { return nil }
    return try row(statement, scope: scope, directory: directory)
  }

  private func row(
    _ row: any SQLStatement,
    scope: Scope,
    directory: DivisionDirectory
  ) throws -> HouseholdRow? {
    guard let village = directory.record(id: row.int64(at: 2)) else {
      throw StoreError(.damaged, "a household lies in a division that is not on record")
    }
    guard scope.covers(village.path) else { return nil }
    return HouseholdRow(
      id: try row.bytes16(at: 0),
      n: row.int64(at: 6),
      village: village,
      wrappedKey: row.bytes(at: 3),
      current: VersionPlace(
        version: UInt64(bitPattern: row.int64(at: 1)),
        entry: row.int64(at: 7),
        recordedAt: row.int64(at: 4)
      )
    )
  }

  /// The first version of a household that is on record here.
  func firstVersion(of row: HouseholdRow) throws -> UInt64 {
    let first = try connection.prepare(
      "SELECT version FROM household_past WHERE household = $1 ORDER BY version LIMIT 1"
    )
    first.bind(row.n, at: 1)
    return try first.first { UInt64(bitPattern: $0.int64(at: 0)) } ?? row.current.version
  }

  /// The places of a household's versions up to one, the latest first.
  func places(
    of row: HouseholdRow,
    upTo last: UInt64,
    limit: Int
  ) throws -> [VersionPlace] {
    var places = row.current.version <= last ? [row.current] : []
    let past = try connection.prepare(
      """
      SELECT version, entry, recorded_at FROM household_past
      WHERE household = $1 AND version <= $2 ORDER BY version DESC LIMIT $3
      """
    )
    past.bind(row.n, at: 1)
    past.bind(Int64(clamping: last), at: 2)
    past.bind(Int64(limit - places.count), at: 3)
    try past.forEach { past in
      places.append(
        VersionPlace(
          version: UInt64(bitPattern: past.int64(at: 0)),
          entry: past.int64(at: 1),
          recordedAt: past.int64(at: 2)
        )
      )
    }
    return places
  }

  /// Opens an entry whose body is sealed under a household's key.
  ///
  /// Throws `StoreError` (`damaged`) if there is no such entry.
  func opened<Result>(
    _ entry: Int64,
    household: Bytes16,
    wrappedKey: [UInt8],
    _ body: (EntryHeader, UnsafeRawBufferPointer) throws -> Result
  ) throws -> Result {
    let row = try connection.prepare("SELECT header, sealed FROM journal WHERE seq = $1")
    row.bind(entry, at: 1)
    let result = try row.first { row -> Result in
      let header = try row.withBytes(at: 0) { try EntryHeader(decoding: $0) }
      let binding = SealBinding(
        place: .body,
        household: household,
        stream: stream,
        subjectKind: header.subjectKind,
        subject: header.subject,
        version: header.versionAfter
      )
      return try wrappedKey.withUnsafeBytes { wrapped in
        try row.withBytes(at: 1) { sealed in
          try sealer.withOpened(sealed, wrappedKey: wrapped, binding: binding) { _, octets in
            try body(header, octets)
          }
        }
      }
    }
    guard let result else { throw StoreError(.damaged, "entry \(entry) is missing") }
    return result
  }

  /// Opens a version of a household, and tells who made it.
  func version(
    _ place: VersionPlace,
    of row: HouseholdRow
  ) throws -> (stored: StoredHousehold, actor: String) {
    try opened(place.entry, household: row.id, wrappedKey: row.wrappedKey) { header, octets in
      guard header.subjectKind == .household, header.versionAfter == place.version else {
        throw StoreError(.damaged, "entry \(place.entry) is not the version that leads to it")
      }
      let stored = StoredHousehold(
        id: row.id,
        version: place.version,
        village: row.village,
        encoded: StoredHousehold.encoding(body: octets, recordedAt: place.recordedAt),
        n: row.n,
        entry: place.entry
      )
      return (stored, header.actor)
    }
  }
}
