internal import Journal
internal import RPCProtobuf
internal import RegistryAPI
internal import RegistryModel

/// Makes applications and steps ready for the writer, on the caller's thread.
final class StepPreparer {
  let store: RegistryStore
  let reader: Reader
  let scope: Scope
  let book: RuleBook.Contents
  let today: Day
  /// What a stand-alone office recorded, whose ids and number stay; nil for what is asked here.
  let recorded: Application?
  /// Made when a step needs the rules of a file, which few do.
  private(set) lazy var households = HouseholdPreparer(
    store.context,
    reader: reader,
    scope: scope
  )

  /// - Parameters:
  ///   - today: the day from which the rules count; nil for today.
  ///   - recorded: what a stand-alone office recorded, when that is carried out.
  init(
    _ store: RegistryStore,
    reader: Reader,
    scope: Scope,
    today: Day? = nil,
    recorded: Application? = nil
  ) {
    self.store = store
    self.reader = reader
    self.scope = scope
    self.recorded = recorded
    book = store.context.book.current
    self.today = today ?? store.context.environment.today
  }

  /// The rules of one village for one actor.
  func procedure(
    _ village: DivisionRecord,
    _ actor: ProcedureActor,
    minutes: [UInt8] = []
  ) throws -> Procedure {
    let isKept =
      minutes.isEmpty ? false : try reader.minutesID(digest: minutes, division: village.id) != nil
    return Procedure(
      context: ProcedureContext(
        policy: book.policy,
        lines: book.lines,
        standards: book.standards,
        chain: store.divisions.codes(to: village),
        today: today,
        hasMinutes: { _ in isKept }
      ),
      actor: actor
    )
  }

  /// One step of a request: the application's next version.
  ///
  /// Throws `ProcedureRefusal` with the rules broken. The base version is the caller's to compare.
  func prepare(
    _ step: Step,
    on stored: StoredApplication,
    actor: ProcedureActor,
    evidence: StepEvidence
  ) throws -> PreparedStep {
    var step = step
    if case .amend(let amendment)? = step.move {
      let draft = try draft(amendment.household ?? Household(), village: stored.village)
      step.move = .amend(Amendment(household: draft))
    }
    var minutes: [UInt8] = []
    if case .appraise(let appraisal)? = step.move { minutes = appraisal.minutes }
    let procedure = try procedure(stored.village, actor, minutes: minutes)
    var next = try procedure.taking(step, on: stored.application, evidence: evidence)
    var household: PreparedHousehold?
    if next.state == ProcedureState.registered.message {
      let prepared = try registration(of: next, stored: stored, reason: step.reason)
      next.registeredHousehold = prepared.id.bytes
      household = prepared
    }
    var lookedAt: Int64?
    if case .amend? = step.move {
      try checkPrevious(of: next)
      lookedAt = try reader.lastApplication()
      next.possibleDuplicates = try duplicates(next, own: stored.id.bytes)
    }
    let prepared = try seal(next, stored: stored, operation: .stepTaken)
    if case .amend? = step.move { try checkOnFile(prepared, isNew: false) }
    prepared.lookedAt = lookedAt
    prepared.household = household
    prepared.overQuotaReason = step.overQuotaReason
    return prepared
  }

  /// Seals the next version of a stored application.
  func seal(
    _ next: Application,
    stored: StoredApplication,
    operation: EntryOperation
  ) throws -> PreparedStep {
    let key = try reader.sealer.unwrap(stored.wrappedKey, household: stored.owner)
    let base = PreparedStep.Base(stored)
    let prepared = try finish(
      next,
      id: stored.id,
      owner: stored.owner,
      village: stored.village,
      key: key,
      wrapped: stored.wrappedKey,
      operation: operation,
      base: base
    )
    let isOnWay = !prepared.state.isEnd
    if stored.state.isEnd == isOnWay
      || next.household?.members != stored.application.household?.members
    {
      prepared.people = isOnWay ? try people(of: next) : PreparedStep.People()
      prepared.replaced = stored.state.isEnd ? .init() : try people(of: stored.application)
    }
    prepared.stages = PreparedStep.stages(from: stored.state, to: prepared.state)
    // Whatever leaves the state of a notice stands in none any more.
    prepared.notice = prepared.state.noticeLevel == nil ? 0 : stored.notice
    return prepared
  }

  func finish(
    _ input: Application,
    id: Bytes16,
    owner: Bytes16,
    village: DivisionRecord,
    key: HouseholdKey,
    wrapped: [UInt8],
    operation: EntryOperation,
    base: PreparedStep.Base?
  ) throws -> PreparedStep {
    var application = input
    application.id = id.bytes
    application.recordedAt = 0
    let body = try application.serializedBytes()
    let salt = try reader.sealer.makeRandom16()
    let bodyHash = body.withUnsafeBytes { reader.hasher.bodyHash(salt: salt, body: $0) }
    let binding = SealBinding.application(
      id,
      owner: owner,
      stream: reader.stream,
      version: application.version
    )
    return PreparedStep(
      application: application,
      id: id,
      owner: owner,
      village: village,
      operation: operation,
      sealed: try reader.sealer.seal(body, salt: salt, key: key, binding: binding),
      bodyHash: bodyHash,
      wrappedKey: wrapped,
      base: base
    )
  }

  /// The people of an application, as the lists have them.
  func people(of application: Application) throws -> PreparedStep.People {
    try PreparedStep.People(application, households)
  }

  /// The file that a registration makes: a new one, or the next version of the one that comes back.
  private func registration(
    of application: Application,
    stored: StoredApplication,
    reason: String
  ) throws -> PreparedHousehold {
    var household = application.household ?? Household()
    var classification = household.classification ?? Classification()
    classification.povertyDecision = application.povertyDecision
    classification.securityDecision = application.securityDecision
    classification.category = application.category
    // Identified: decided, and through the last notice.
    classification.identifiedOn = application.notices.last?.closedOn ?? application.lastDay
    household.classification = classification
    household.status = .registered
    household.exit = nil
    household.effectiveOn = application.lastDay
    household.change = ChangeNote(
      kind: application.previousHousehold.isEmpty ? .registration : .reEntry,
      reason: reason,
      application: stored.id.bytes
    )
    do {
      if application.previousHousehold.isEmpty {
        return try households.create(
          household,
          id: stored.owner,
          wrappedKey: stored.wrappedKey
        )
      }
      return try reEntry(household, previous: application.previousHousehold)
    } catch let refusal as HouseholdPreparer.Refusal {
      throw ProcedureRefusal(violations: refusal.violations)
    }
  }

  /// Who stood in the file before keeps the id, by the ID number, or name and birth date without one.
  private func keepIDs(of old: Household, in new: inout Household) {
    for index in new.members.indices {
      let identity = new.members[index].identity ?? Identity()
      let known = old.members.first { member in
        let other = member.identity ?? Identity()
        if !identity.citizenId.isEmpty { return other.citizenId == identity.citizenId }
        return other.citizenId.isEmpty && other.name == identity.name
          && other.birthDate == identity.birthDate
      }
      if let known { new.members[index].id = known.id }
    }
  }

  private func reEntry(_ household: Household, previous: [UInt8]) throws -> PreparedHousehold {
    guard let id = Bytes16(previous),
      let old = try reader.household(.id(id), scope: scope, directory: store.divisions)
    else { throw ProcedureRefusal(.previousUnknown, "previous_household") }
    let current = try old.recorded()
    guard current.status == .exited else {
      throw ProcedureRefusal(.previousNotExited, "previous_household")
    }
    var next = household
    next.id = current.id
    next.number = current.number
    next.version = current.version
    keepIDs(of: current, in: &next)
    let mark = VersionMark(
      note: household.change ?? ChangeNote(kind: .reEntry),
      effectiveOn: household.effectiveOn
    )
    let prepared = try households.next(of: old, current: current, changed: next, as: mark)
    guard let prepared else { throw StoreError(.damaged, "a file came back unchanged") }
    return prepared
  }
}
