internal import Journal
internal import RPCCore
internal import RPCProtobuf
internal import RegistryAPI
internal import RegistryModel
internal import SQL

/// One item of a request on its way to the writer: prepared, or refused already.
struct StepItem: Sendable {
  /// What is to become of it.
  enum Plan: Sendable {
    case write(PreparedStep)
    /// What is on record of an application that a rule or its version keeps from the step; nil for
    /// one that is not on record.
    case refused([Violation], known: Known?)
  }

  /// What a result says of an application on record.
  struct Known: Sendable {
    var id: [UInt8]
    var number: String
    var version: UInt64
    var state: ProcedureState
  }

  var row: UInt32
  var plan: Plan
  /// The version that the step names.
  var baseVersion: UInt64 = 0

  /// The application's id; nil where there is none.
  var application: [UInt8]? {
    switch plan {
    case .write(let prepared): prepared.id.bytes
    case .refused(_, let known): known?.id
    }
  }

  /// Prepares an item; a refusal by rules is its plan, every other failure is thrown.
  init(row: UInt32, known: Known? = nil, _ prepare: () throws -> PreparedStep) throws {
    self.row = row
    do {
      plan = .write(try prepare())
    } catch let refusal as ProcedureRefusal {
      plan = .refused(refusal.violations, known: known)
    } catch let refusal as HouseholdPreparer.Refusal {
      plan = .refused(refusal.violations, known: known)
    }
  }

  init(row: UInt32, refused rule: ProcedureRule, _ field: String, known: Known? = nil) {
    self.row = row
    plan = .refused([rule.violation(field)], known: known)
  }
}

/// The steps of a request with the signature over them.
struct SignedSteps: Sendable {
  /// What is to be said of the signature.
  enum State: Sendable {
    case missing
    case wrong
    case valid
  }

  let state: State
  let signature: [UInt8]
  let certificate: [UInt8]
  let fingerprint: [UInt8]
  private let list: SignedList

  /// Checks the signature. Throws `JournalError` (`cryptography`) if OpenSSL fails.
  init(
    _ steps: [[UInt8]],
    signature: [UInt8],
    signer: StepSigner,
    certificates: SignerCertificates
  ) throws {
    list = SignedList(steps, using: try SHA256Context())
    self.signature = signature
    certificate = signer.certificate
    guard !signature.isEmpty, !signer.certificate.isEmpty else {
      (state, fingerprint) = (.missing, [])
      return
    }
    // A certificate that the transport has verified can be read; one that cannot be signs nothing.
    guard let key = certificates[signer.certificate] else {
      (state, fingerprint) = (.wrong, [])
      return
    }
    fingerprint = key.fingerprint
    state = try key.verifies(signature, of: list.signedOctets) ? .valid : .wrong
  }

  /// The evidence of one of the steps.
  func evidence(of step: [UInt8], at place: Int) -> StepEvidence {
    var evidence = StepEvidence(step: step)
    guard state == .valid else { return evidence }
    evidence.signature = signature
    evidence.certificate = fingerprint
    evidence.place = UInt64(place)
    evidence.count = UInt64(list.count)
    evidence.proof = list.proof(at: place).map(\.bytes)
    return evidence
  }
}

extension StepPreparer {
  /// One step of a request, as its octets.
  func item(
    _ octets: [UInt8],
    at place: Int,
    signed: SignedSteps,
    actor: ProcedureActor
  ) throws -> StepItem {
    let row = UInt32(place + 1)
    guard let step = try? Step(wireArray: octets) else {
      return StepItem(row: row, refused: .moveMissing, "steps")
    }
    guard let move = ProcedureMove(step) else {
      return StepItem(row: row, refused: .moveMissing, "move")
    }
    guard octets.count <= move.octetLimit else {
      return StepItem(row: row, refused: .stepSize, "steps")
    }
    let found =
      step.application.count == 16
      ? try reader.application(.id(step.application), scope: scope, directory: store.divisions)
      : nil
    guard let stored = found else {
      return StepItem(row: row, refused: .unknown, "application")
    }
    let known = StepItem.Known(
      id: stored.id.bytes,
      number: stored.application.number,
      version: stored.version,
      state: stored.state
    )
    if ProcedureTable.isDecision(move) {
      switch signed.state {
      case .valid: break
      case .missing:
        return StepItem(row: row, refused: .signatureMissing, "signature", known: known)
      case .wrong: return StepItem(row: row, refused: .signatureWrong, "signature", known: known)
      }
    }
    guard stored.version == step.baseVersion else {
      var item = StepItem(row: row, refused: .stale, "base_version", known: known)
      item.baseVersion = step.baseVersion
      return item
    }
    var item = try StepItem(row: row, known: known) {
      try prepare(
        step,
        on: stored,
        actor: actor,
        evidence: signed.evidence(of: octets, at: place)
      )
    }
    item.baseVersion = step.baseVersion
    return item
  }
}

extension WriteSession {
  /// Carries out items in their order, each alone, and says what became of them; `preparer`, on this
  /// session's reader, looks for namesakes among those that came before.
  func carryOut(
    _ items: [StepItem],
    actor: String,
    _ preparer: StepPreparer? = nil
  ) throws -> [StepResult] {
    try items.map { item in
      switch item.plan {
      case .refused(let violations, let known):
        return result(item, violations, known)
      case .write(let given):
        let prepared = try preparer?.lookingAgain(at: given) ?? given
        return result(item, prepared, try write(prepared, actor: actor))
      }
    }
  }

  private func result(
    _ item: StepItem,
    _ violations: [Violation],
    _ known: StepItem.Known?
  ) -> StepResult {
    var result = StepResult(row: item.row, violations: violations)
    for index in result.violations.indices where result.violations[index].row == 0 {
      result.violations[index].row = item.row
    }
    if let known {
      result.application = known.id
      result.number = known.number
      result.state = known.state.message
      result.version = known.version
      if violations.first?.rule == ProcedureRule.stale.rawValue {
        result.conflict = VersionConflict(
          baseVersion: item.baseVersion,
          currentVersion: known.version
        )
      }
    }
    return result
  }

  private func result(
    _ item: StepItem,
    _ prepared: PreparedStep,
    _ outcome: StepOutcome
  ) -> StepResult {
    switch outcome {
    case .written(let household):
      return StepResult(
        row: item.row,
        application: prepared.id.bytes,
        number: prepared.application.number,
        state: prepared.application.state,
        version: prepared.application.version,
        household: household?.id ?? [],
        householdNumber: household?.number ?? "",
        possibleDuplicates: UInt32(
          prepared.application.possibleDuplicates.count { !$0.settled }
        )
      )
    case .refused(let violations):
      let known = prepared.base.map {
        StepItem.Known(
          id: prepared.id.bytes,
          number: prepared.application.number,
          version: $0.version,
          state: $0.state
        )
      }
      return result(item, violations, known)
    case .stale(let version, let state):
      let known = StepItem.Known(
        id: prepared.id.bytes,
        number: prepared.application.number,
        version: version,
        state: state
      )
      return result(item, [ProcedureRule.stale.violation("base_version")], known)
    }
  }

  /// Keeps the certificate of whoever signed, so that the signatures can be checked later.
  func keep(_ signed: SignedSteps, of identity: OfficeIdentity) throws {
    let row = try connection.prepare(
      """
      INSERT INTO signer (digest, identity, certificate) VALUES ($1, $2, $3)
      ON CONFLICT (digest) DO NOTHING
      """
    )
    row.bind(signed.fingerprint, at: 1)
    row.bind(identity.uri, at: 2)
    row.bind(signed.certificate, at: 3)
    try row.run()
  }
}
