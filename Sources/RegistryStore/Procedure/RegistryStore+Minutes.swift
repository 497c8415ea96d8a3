internal import Journal
internal import RPCProtobuf
package import RegistryAPI
package import RegistryModel
internal import SQL

extension RegistryStore {
  /// Keeps minutes, sealed under a key of their own; the same bytes of a village are kept once.
  ///
  /// Throws `StoreError`: `refused`, `invalid`, `keyReused`, `overloaded`, `diskFull`,
  /// `unavailable`.
  package func attachMinutes(
    _ request: AttachMinutesRequest,
    idempotencyKey: [UInt8]? = nil,
    scope: Scope
  ) async throws -> Answered<AttachMinutesResponse> {
    try scope.require(.minutes)
    var minutes = request.minutes ?? Minutes()
    let division = try minutesDivision(minutes.division, scope)
    try check(minutes)
    let actor = scope.actor(node: node)
    let content = minutes
    minutes = Minutes()
    return try await answered(
      "attach-minutes",
      request: request,
      key: idempotencyKey,
      scope: scope,
      prepare: { try PreparedMinutes(content, division, $0) },
      write: { prepared, session in try session.keep(prepared, actor: actor) }
    )
  }

  /// Minutes of a village in the scope's area.
  ///
  /// Throws `StoreError`: `refused`, `notFound`, `damaged`, `overloaded`.
  package func minutes(_ request: GetMinutesRequest, scope: Scope) async throws -> Minutes {
    try scope.require(.applicationRead)
    let division = try minutesDivision(request.division, scope)
    return try await work.run { [self] _ in
      try readers.with { reader in
        let found = try reader.minutes(digest: request.digest, division: division.id)
        guard let found else {
          throw StoreError(.notFound, "no such minutes of the village", zh: "该村没有此会议记录")
        }
        return found
      }
    }
  }

  func minutesDivision(_ text: String, _ scope: Scope) throws -> DivisionRecord {
    let division = try text.isEmpty ? home(of: scope) : self.division(text: text)
    guard scope.covers(division.path) else {
      throw StoreError.outsideArea
    }
    guard division.level == .village else {
      throw StoreError.broken([StoreRule.villageUnknown.violation(field: "minutes.division")])
    }
    return division
  }

  func check(_ minutes: Minutes) throws {
    var violations: [Violation] = []
    let types = ["application/pdf", "image/jpeg", "image/png", "text/plain"]
    if !types.contains(minutes.mediaType) {
      violations.append(
        Violation(.codeUnknown, row: 0, member: 0, field: "minutes.media_type")
      )
    }
    if let rule = TextRules.broken(minutes.name, limit: 200) {
      violations.append(Violation(rule, row: 0, member: 0, field: "minutes.name"))
    }
    if minutes.content.isEmpty {
      violations.append(Violation(.required, row: 0, member: 0, field: "minutes.content"))
    }
    if minutes.content.count > limits.minutesBytes {
      violations.append(Violation(.range, row: 0, member: 0, field: "minutes.content"))
    }
    guard violations.isEmpty else { throw StoreError.broken(violations) }
  }
}

/// Minutes ready to be written.
struct PreparedMinutes: Sendable {
  let id: Bytes16
  let digest: [UInt8]
  let division: Int64
  let size: Int
  let sealed: [UInt8]
  let bodyHash: Hash256
  let wrappedKey: [UInt8]

  /// - Parameter id: the minutes' id where an office gave them one; nil makes one.
  init(
    _ given: Minutes,
    _ division: DivisionRecord,
    _ reader: Reader,
    id given16: Bytes16? = nil
  ) throws {
    var minutes = given
    id = try given16 ?? reader.sealer.makeRandom16()
    digest = reader.hasher.hash(given.content).bytes
    self.division = division.id
    size = given.content.count
    minutes.id = id.bytes
    minutes.digest = digest
    minutes.division = division.code.description
    let key = try reader.sealer.makeKey(for: id)
    wrappedKey = try reader.sealer.wrap(key)
    let body = try minutes.serializedBytes()
    let salt = try reader.sealer.makeRandom16()
    bodyHash = body.withUnsafeBytes { reader.hasher.bodyHash(salt: salt, body: $0) }
    sealed = try reader.sealer.seal(
      body,
      salt: salt,
      key: key,
      binding: .minutes(id, stream: reader.stream)
    )
  }
}

extension SealBinding {
  /// The body of the entry that keeps minutes.
  static func minutes(_ id: Bytes16, stream: Bytes16) -> SealBinding {
    SealBinding(
      place: .body,
      household: id,
      stream: stream,
      subjectKind: .minutes,
      subject: id,
      version: 1
    )
  }
}

extension Reader {
  /// The minutes of a village with these bytes' digest; nil if there are none.
  func minutes(digest: [UInt8], division: Int64) throws -> Minutes? {
    let row = try connection.prepare(
      """
      SELECT m.id, m.wrapped_key, j.sealed FROM minutes m JOIN journal j ON j.seq = m.entry
      WHERE m.division = $1 AND m.digest = $2
      """
    )
    row.bind(division, at: 1)
    row.bind(digest, at: 2)
    return try row.first { row in
      let binding = SealBinding.minutes(try row.bytes16(at: 0), stream: stream)
      return try row.withBytes(at: 1) { wrapped in
        try row.withBytes(at: 2) { sealed in
          try sealer.withOpened(sealed, wrappedKey: wrapped, binding: binding) { _, body in
            try Minutes(wireBytes: body)
          }
        }
      }
    }
  }

  /// The id of the minutes of a village with these bytes' digest; nil if there are none.
  func minutesID(digest: [UInt8], division: Int64) throws -> Bytes16? {
    let row = try connection.prepare(
      "SELECT id FROM minutes WHERE division = $1 AND digest = $2"
    )
    row.bind(division, at: 1)
    row.bind(digest, at: 2)
    return try row.first { try $0.bytes16(at: 0) }
  }
}

extension WriteSession {
  /// Keeps minutes; where the village has the same bytes already, gives those.
  func keep(_ prepared: PreparedMinutes, actor: String) throws -> AttachMinutesResponse {
    let known = try reader.minutesID(digest: prepared.digest, division: prepared.division)
    if let known { return AttachMinutesResponse(id: known.bytes, digest: prepared.digest) }
    let entry = try append(
      EntryDraft(
        operation: .minutesKept,
        kind: .minutes,
        subject: prepared.id,
        versionBefore: 0,
        versionAfter: 1,
        prior: 0,
        actor: actor
      ),
      body: prepared.sealed,
      bodyHash: prepared.bodyHash
    )
    try insertMinutes(
      id: prepared.id,
      digest: prepared.digest,
      division: prepared.division,
      size: prepared.size,
      entry: entry,
      wrappedKey: prepared.wrappedKey
    )
    return AttachMinutesResponse(id: prepared.id.bytes, digest: prepared.digest)
  }

  /// Writes the row of new minutes.
  func insertMinutes(
    id: Bytes16,
    digest: [UInt8],
    division: Int64,
    size: Int,
    entry: Int64,
    wrappedKey: [UInt8]
  ) throws {
    let last = try connection.prepare("SELECT max(n) FROM minutes").first { $0.int64(at: 0) }
    let row = try connection.prepare(
      """
      INSERT INTO minutes (n, id, digest, division, size, entry, wrapped_key)
      VALUES ($1, $2, $3, $4, $5, $6, $7)
      """
    )
    row.bind((last ?? 0) + 1, at: 1)
    row.bind(id, at: 2)
    row.bind(digest, at: 3)
    row.bind(division, at: 4)
    row.bind(Int64(size), at: 5)
    row.bind(entry, at: 6)
    row.bind(wrappedKey, at: 7)
    try row.run()
  }
}
