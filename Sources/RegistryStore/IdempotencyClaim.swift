internal import Journal
internal import RPCProtobuf
internal import RegistryModel
internal import SQL

/// A write that its caller may repeat: who, which method, which key; and what was asked.
///
/// Both are digests under the node's key: the table holds nothing of a request.
struct IdempotencyClaim: Sendable {
  let digest: Bytes16
  let request: Bytes16

  /// Throws `StoreError` (`invalid`) for a key that has not 16 octets.
  init(
    key: [UInt8],
    method: String,
    holder: String,
    request: some Message,
    using sealer: SealerContext
  ) throws {
    guard key.count == 16 else {
      throw StoreError(.invalid, "an idempotency key has 16 octets", zh: "幂等键应为 16 字节")
    }
    let name = Array("\(holder)\n\(method)\n".utf8) + key
    digest = try name.withUnsafeBytes { try sealer.digest(of: $0, field: .idempotencyKey) }
    let octets = try request.serializedBytes()
    self.request = try octets.withUnsafeBytes { try sealer.digest(of: $0, field: .request) }
  }
}

extension Reader {
  /// The stored result of a claim, as the scope may find it now; nil if there is none.
  ///
  /// Throws `StoreError`: `keyReused` for another request under the same key, `notFound` if the
  /// household lies outside the scope by now.
  func replay(
    _ claim: IdempotencyClaim,
    scope: Scope,
    now: Instant,
    directory: DivisionDirectory
  ) throws -> StoredHousehold? {
    guard let (n, entry) = try kept(claim, now: now) else { return nil }
    let result = try version(entry: entry, ofHousehold: n, scope: scope, directory: directory)
    guard let result else { throw StoreError.householdNotFound }
    return result
  }

  /// The household and the entry kept under a claim; nil if there are none.
  ///
  /// Throws `StoreError` (`keyReused`) for another request under the same key.
  func kept(_ claim: IdempotencyClaim, now: Instant) throws -> (n: Int64, entry: Int64)? {
    let row = try connection.prepare(
      "SELECT request, household, entry FROM idempotency WHERE digest = $1 AND expires_at > $2"
    )
    row.bind(claim.digest, at: 1)
    row.bind(now.microseconds, at: 2)
    let kept = try row.first { row in
      (try row.bytes16(at: 0), row.int64(at: 1), row.int64(at: 2))
    }
    guard let (request, n, entry) = kept else { return nil }
    guard request == claim.request else {
      throw StoreError(
        .keyReused,
        "the idempotency key was used with another request",
        zh: "幂等键已用于另一请求"
      )
    }
    return (n, entry)
  }
}

extension WriteSession {
  /// Keeps a write's result under its claim; false if somebody did so in the meantime.
  func keep(_ claim: IdempotencyClaim, n: Int64, entry: Int64) throws -> Bool {
    try dropExpired()
    let row = try connection.prepare(
      """
      INSERT INTO idempotency (digest, request, household, entry, expires_at)
      VALUES ($1, $2, $3, $4, $5) ON CONFLICT (digest) DO NOTHING
      """
    )
    row.bind(claim.digest, at: 1)
    row.bind(claim.request, at: 2)
    row.bind(n, at: 3)
    row.bind(entry, at: 4)
    row.bind(instant.microseconds + limits.idempotencyLife, at: 5)
    try row.run()
    return connection.changes == 1
  }

  /// Drops results whose time is over, a bounded number each time.
  private func dropExpired() throws {
    let row = try connection.prepare(
      """
      DELETE FROM idempotency WHERE digest IN
        (SELECT digest FROM idempotency WHERE expires_at <= $1 ORDER BY expires_at LIMIT 100)
      """
    )
    row.bind(instant.microseconds, at: 1)
    try row.run()
  }
}
