internal import Journal
package import RPCProtobuf
internal import RegistryModel
internal import SQL

/// A write whose answer is kept, so that its caller may repeat it: who, which method, which key;
/// and what was asked.
///
/// As `IdempotencyClaim`, for methods that answer with something else than a household: the answer
/// itself is kept, sealed, in the table `answer`.
struct AnswerClaim: Sendable {
  /// Names the call.
  let digest: Bytes16
  /// What was asked.
  let request: Bytes16

  /// Throws `StoreError` (`invalid`) for a key that has not 16 octets.
  init(
    key: [UInt8],
    method: String,
    holder: String,
    request: some Message,
    using sealer: SealerContext
  ) throws {
    let claim = try IdempotencyClaim(
      key: key,
      method: method,
      holder: holder,
      request: request,
      using: sealer
    )
    digest = claim.digest
    self.request = claim.request
  }

  /// What the kept answer is sealed for: this call of this request, nowhere else.
  fileprivate func binding(_ stream: Bytes16) -> SealBinding {
    SealBinding(
      place: .keptAnswer,
      household: digest,
      stream: stream,
      subjectKind: .stream,
      subject: request,
      version: 1
    )
  }
}

/// The answer of a write.
package struct Answered<Response: Message>: Sendable {
  /// The answer.
  package let response: Response
  /// Whether it is the kept answer of an earlier call under the same idempotency key.
  package let isReplayed: Bool
}

/// Thrown by a write that must be prepared anew, since another came between.
struct AnswerOvertaken: Error {}

extension RegistryStore {
  /// Prepares a write on a reader, carries it out in the writer's transaction, and keeps its answer
  /// under the key; a repeated call is given the first answer, and nothing is prepared or written.
  ///
  /// A repeated call's answer is what the first one was told: where it shows people, the caller of
  /// this function looks anew whether the scope still sees them. `prepare` runs again when `write`
  /// throws `AnswerOvertaken`. A write that must be alone in its commit has the weight
  /// `limits.householdsPerCommit`.
  ///
  /// Throws `StoreError`: `keyReused` for another request under the same key, `invalid` for a key
  /// that has not 16 octets, `overloaded`, `diskFull`, `unavailable`; what the closures throw.
  func answered<Prepared: Sendable, Response: Message>(
    _ method: String,
    request: some Message,
    key: [UInt8]?,
    scope: Scope,
    weight: Int = 1,
    prepare: @escaping @Sendable (Reader) throws -> Prepared,
    write: @escaping @Sendable (Prepared, WriteSession) throws -> Response
  ) async throws -> Answered<Response> {
    let holder = scope.actor(node: node)
    for _ in 0..<limits.updateAttempts {
      let start: AnswerStart<Prepared, Response> = try await work.run { [self] _ in
        try readers.with { reader in
          let claim = try key.map {
            try AnswerClaim(
              key: $0,
              method: method,
              holder: holder,
              request: request,
              using: reader.sealer
            )
          }
          let now = context.environment.now()
          if let claim, let kept: Response = try reader.answer(to: claim, now: now) {
            return .kept(kept)
          }
          do {
            return .prepared(try prepare(reader), claim)
          } catch {
            // Sent twice at once: what the first has written since is no other's change.
            if let claim, let kept: Response = try reader.answer(to: claim, now: now) {
              return .kept(kept)
            }
            throw error
          }
        }
      }
      switch start {
      case .kept(let response): return Answered(response: response, isReplayed: true)
      case .prepared(let prepared, let claim):
        do {
          return try await writer.perform(weight: weight) { session in
            try session.answer(claim) { try write(prepared, session) }
          }
        } catch is AnswerOvertaken {
          // The next turn starts from what came between.
        }
      }
    }
    throw StoreError(
      .overloaded,
      "other changes came between each time",
      zh: "每次均有其他变动在先，请稍后再试"
    )
  }

  /// Carries out a write that needs no preparation; see `answered(_:request:key:scope:prepare:)`.
  func answered<Response: Message>(
    _ method: String,
    request: some Message,
    key: [UInt8]?,
    scope: Scope,
    weight: Int = 1,
    _ write: @escaping @Sendable (WriteSession) throws -> Response
  ) async throws -> Answered<Response> {
    try await answered(
      method,
      request: request,
      key: key,
      scope: scope,
      weight: weight,
      prepare: { _ in },
      write: { _, session in try write(session) }
    )
  }
}

/// What a call finds when it begins.
private enum AnswerStart<Prepared: Sendable, Response: Message>: Sendable {
  case kept(Response)
  case prepared(Prepared, AnswerClaim?)
}

extension Reader {
  /// The kept answer to a claim; nil if there is none, or its time is over.
  ///
  /// Throws `StoreError`: `keyReused` for another request under the same key.
  func answer<Response: Message>(to claim: AnswerClaim, now: Instant) throws -> Response? {
    let row = try connection.prepare(
      "SELECT request, answer FROM answer WHERE digest = $1 AND expires_at > $2"
    )
    row.bind(claim.digest, at: 1)
    row.bind(now.microseconds, at: 2)
    let found = try row.first { (try $0.bytes16(at: 0), $0.bytes(at: 1)) }
    guard let (request, stored) = found else { return nil }
    guard request == claim.request else {
      throw StoreError(
        .keyReused,
        "the idempotency key was used with another request",
        zh: "幂等键已用于另一请求"
      )
    }
    return try stored.withUnsafeBytes { stored in
      guard stored.count > SealerContext.wrappedKeyCount else {
        throw StoreError(.damaged, "a kept answer is too short")
      }
      let wrapped = UnsafeRawBufferPointer(rebasing: stored[..<SealerContext.wrappedKeyCount])
      let sealed = UnsafeRawBufferPointer(rebasing: stored[SealerContext.wrappedKeyCount...])
      return try sealer.withOpened(sealed, wrappedKey: wrapped, binding: claim.binding(stream)) {
        try Response(wireBytes: $1)
      }
    }
  }
}

extension WriteSession {
  /// The kept answer to a claim, else that of the work, which is kept.
  ///
  /// A call sent twice at once finds the first one's answer here: the writer takes one job after
  /// the other.
  func answer<Response: Message>(
    _ claim: AnswerClaim?,
    _ work: () throws -> Response
  ) throws -> Answered<Response> {
    if let claim, let kept: Response = try reader.answer(to: claim, now: instant) {
      return Answered(response: kept, isReplayed: true)
    }
    let response = try work()
    if let claim { try keep(response, under: claim) }
    return Answered(response: response, isReplayed: false)
  }

  private func keep(_ response: some Message, under claim: AnswerClaim) throws {
    try dropExpiredAnswers()
    let key = try reader.sealer.makeKey(for: claim.digest)
    let sealed = try reader.sealer.seal(
      try response.serializedBytes(),
      salt: try reader.sealer.makeRandom16(),
      key: key,
      binding: claim.binding(stream)
    )
    // An expired one may still stand here: only a bounded number is dropped each time.
    let row = try connection.prepare(
      """
      INSERT INTO answer (digest, request, answer, expires_at) VALUES ($1, $2, $3, $4)
      ON CONFLICT (digest) DO UPDATE SET
        request = excluded.request, answer = excluded.answer, expires_at = excluded.expires_at
      """
    )
    row.bind(claim.digest, at: 1)
    row.bind(claim.request, at: 2)
    row.bind(try reader.sealer.wrap(key) + sealed, at: 3)
    row.bind(instant.microseconds + limits.idempotencyLife, at: 4)
    try row.run()
  }

  /// Drops answers whose time is over, a bounded number each time.
  private func dropExpiredAnswers() throws {
    let row = try connection.prepare(
      """
      DELETE FROM answer WHERE digest IN
        (SELECT digest FROM answer WHERE expires_at <= $1 ORDER BY expires_at LIMIT 100)
      """
    )
    row.bind(instant.microseconds, at: 1)
    try row.run()
  }
}

extension SealBinding.Place {
  /// An answer kept under an idempotency key (`answer.answer`).
  static let keptAnswer = SealBinding.Place(rawValue: firstColumn)
}
