internal import Journal
internal import RPCProtobuf
package import RegistryAPI
package import RegistryModel
internal import SQL

/// Who calls, as far as decisions need it: the certificate whose key signed them.
package struct StepSigner: Sendable {
  /// The person's name in the certificate's subject.
  package let name: String
  /// The certificate in DER; empty when the caller has shown none.
  package let certificate: [UInt8]

  /// Names a caller.
  package init(name: String, certificate: [UInt8]) {
    self.name = name
    self.certificate = certificate
  }
}

extension RegistryStore {
  /// Records applications; returns a result for each when all are durable.
  ///
  /// Each is recorded or refused alone. Throws `StoreError`: `refused`, `invalid` for too many,
  /// `keyReused`, `overloaded`, `diskFull`, `unavailable`.
  package func apply(
    _ request: ApplyRequest,
    signer: StepSigner,
    idempotencyKey: [UInt8]? = nil,
    scope: Scope
  ) async throws -> Answered<ApplyResponse> {
    try scope.require(.apply)
    let given = request.applications
    try requireCount(given.count, limits.applicationsPerCall, "applications")
    let actor = try procedureActor(scope, name: signer.name)
    return try await answered(
      "apply",
      request: request,
      key: idempotencyKey,
      scope: scope,
      weight: given.count
    ) { [self] in
      let items = try await eachPiece(given, scope: scope) { preparer, piece in
        try piece.map { place, application in
          try StepItem(row: application.row == 0 ? UInt32(place + 1) : application.row) {
            try preparer.apply(application, actor: actor)
          }
        }
      }
      return { session in
        ApplyResponse(results: try session.carryOut(items, actor: actor.identity.uri))
      }
    }
  }

  /// Takes steps; returns a result for each when all are durable.
  ///
  /// Each is taken or refused alone, in their order. Throws `StoreError` as `apply` does.
  package func recordSteps(
    _ request: RecordStepsRequest,
    signer: StepSigner,
    idempotencyKey: [UInt8]? = nil,
    scope: Scope
  ) async throws -> Answered<RecordStepsResponse> {
    try scope.require(.step)
    let steps = request.steps
    try requireCount(steps.count, limits.stepsPerCall, "steps")
    let actor = try procedureActor(scope, name: signer.name)
    return try await answered(
      "record-steps",
      request: request,
      key: idempotencyKey,
      scope: scope,
      weight: steps.count
    ) { [self] in
      let (signed, items) = try await prepare(request, signer, actor, scope)
      return { session in
        if signed.state == .valid { try session.keep(signed, of: actor.identity) }
        return RecordStepsResponse(
          results: try session.carryOut(items, actor: actor.identity.uri)
        )
      }
    }
  }

  /// Checks the signature and prepares the steps: a short list at one go, a long one on all workers.
  private func prepare(
    _ request: RecordStepsRequest,
    _ signer: StepSigner,
    _ actor: ProcedureActor,
    _ scope: Scope
  ) async throws -> (SignedSteps, [StepItem]) {
    let steps = request.steps
    @Sendable func signed() throws -> SignedSteps {
      try SignedSteps(
        steps,
        signature: request.signature?.value ?? [],
        signer: signer,
        certificates: certificates
      )
    }
    if steps.count <= Self.shortList {
      return try await work.run { [self] _ in
        try readers.with { reader in
          let signed = try signed()
          let preparer = StepPreparer(self, reader: reader, scope: scope)
          let items = try steps.enumerated().map { place, octets in
            try preparer.item(octets, at: place, signed: signed, actor: actor)
          }
          return (signed, items)
        }
      }
    }
    let checked = try await work.run { _ in try signed() }
    let items = try await eachPiece(steps, scope: scope) { preparer, piece in
      try piece.map { place, octets in
        try preparer.item(octets, at: place, signed: checked, actor: actor)
      }
    }
    return (checked, items)
  }

  /// Items that one worker prepares at one go.
  private static let shortList = 50

  /// An application within the scope's area.
  ///
  /// Throws `StoreError`: `refused`, `notFound`, `damaged`, `overloaded`.
  package func application(
    _ reference: ApplicationReference,
    scope: Scope
  ) async throws -> Application {
    try scope.require(.applicationRead)
    return try await work.run { [self] _ in
      try readers.with { reader in
        let found = try reader.application(reference, scope: scope, directory: divisions)
        guard let found else { throw StoreError.applicationNotFound }
        var application = found.application
        application.recordedAt = found.recordedAt
        return application
      }
    }
  }

  /// Who takes steps under a scope. Throws `StoreError` (`refused`) for the program itself.
  func procedureActor(_ scope: Scope, name: String) throws(StoreError) -> ProcedureActor {
    guard let identity = scope.identity, let home = divisions.record(code: identity.division) else {
      throw .refused(
        by: "office.operation",
        "steps are taken by offices alone",
        zh: "步骤只能由机构办理"
      )
    }
    return ProcedureActor(identity: identity, level: home.level, name: name)
  }

  func requireCount(_ count: Int, _ limit: Int, _ field: String) throws(StoreError) {
    if count == 0 { throw .broken([Violation(.required, row: 0, member: 0, field: field)]) }
    if count > limit { throw .broken([Violation(.tooMany, row: 0, member: 0, field: field)]) }
  }

  /// Prepares items on all workers and gives them back in their order.
  private func eachPiece<Input: Sendable>(
    _ inputs: [Input],
    scope: Scope,
    _ prepare:
      @escaping @Sendable (StepPreparer, [(Int, Input)]) throws -> [StepItem]
  ) async throws -> [StepItem] {
    let all = Array(inputs.enumerated()).map { ($0.offset, $0.element) }
    @Sendable func run(_ piece: [(Int, Input)]) async throws -> [StepItem] {
      try await work.run { [self] flag in
        try readers.with { reader in
          try flag.check()
          return try prepare(StepPreparer(self, reader: reader, scope: scope), piece)
        }
      }
    }
    let size = max(Self.shortList, (all.count + limits.workers * 2 - 1) / (limits.workers * 2))
    if all.count <= size { return try await run(all) }
    return try await withThrowingTaskGroup(of: (Int, [StepItem]).self) { group in
      for start in stride(from: 0, to: all.count, by: size) {
        let piece = Array(all[start..<min(start + size, all.count)])
        group.addTask { (start, try await run(piece)) }
      }
      var pieces: [(Int, [StepItem])] = []
      for try await piece in group { pieces.append(piece) }
      return pieces.sorted { $0.0 < $1.0 }.flatMap { $0.1 }
    }
  }

  /// As `answered(_:request:key:scope:weight:prepare:write:)`, where preparing takes all workers:
  /// `prepare` gives what is to be done in the writer's transaction.
  func answered<Response: Message>(
    _ method: String,
    request: some Message,
    key: [UInt8]?,
    scope: Scope,
    weight: Int,
    _ prepare: () async throws -> @Sendable (WriteSession) throws -> Response
  ) async throws -> Answered<Response> {
    let claim = try await answerClaim(method, request: request, key: key, scope: scope)
    if let claim, let kept: Response = try await keptAnswer(to: claim) {
      return Answered(response: kept, isReplayed: true)
    }
    for _ in 0..<limits.updateAttempts {
      let write: @Sendable (WriteSession) throws -> Response
      do {
        write = try await prepare()
      } catch {
        // Sent twice at once: what the first has written since is no other's change.
        if let claim, let kept: Response = try await keptAnswer(to: claim) {
          return Answered(response: kept, isReplayed: true)
        }
        throw error
      }
      do {
        return try await writer.perform(weight: weight) { session in
          try session.answer(claim) { try write(session) }
        }
      } catch is AnswerOvertaken {
        // The next turn starts from what came between.
      }
    }
    throw StoreError(
      .overloaded,
      "other changes came between each time",
      zh: "每次均有其他变动先行写入，请重试"
    )
  }

  private func answerClaim(
    _ method: String,
    request: some Message,
    key: [UInt8]?,
    scope: Scope
  ) async throws -> AnswerClaim? {
    guard let key else { return nil }
    let holder = scope.actor(node: node)
    return try await work.run { [self] _ in
      try readers.with { reader in
        try AnswerClaim(
          key: key,
          method: method,
          holder: holder,
          request: request,
          using: reader.sealer
        )
      }
    }
  }

  private func keptAnswer<Response: Message>(to claim: AnswerClaim) async throws -> Response? {
    try await work.run { [self] _ in
      try readers.with { try $0.answer(to: claim, now: context.environment.now()) }
    }
  }
}

extension StoreError {
  /// There is none that the caller may know of.
  static let applicationNotFound = StoreError(
    .notFound,
    "no such application in the caller's area",
    zh: "本机构辖区内没有该申请"
  )
}
