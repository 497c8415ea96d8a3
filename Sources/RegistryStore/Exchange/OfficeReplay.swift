internal import Exchange
internal import Journal
internal import RPCCore
internal import RPCProtobuf
internal import RegistryAPI
internal import RegistryModel
internal import SQL

/// Carries out what a stand-alone office recorded, as if its people had called here: the same
/// authorisation, the same rules, the same writing, under the ids that the office gave.
///
/// The office's own entries stay as they came, in its stream; what is made of them are entries of
/// this node's journal, with the office's people as actors.
final class OfficeReplay {
  private let store: RegistryStore
  private let session: WriteSession
  private let trust: CertificateTrust?
  private let table: AuthorizationTable
  private let signatures: StepSignatures
  /// The office whose certificate signed the bundle; nil where it is none that could record anything.
  private let office: (kind: OfficeKind, division: DivisionCode)?
  /// The entries of steps that a notice takes, by application: they are carried out with it.
  private var hanging: [Bytes16: UInt64] = [:]

  init(
    _ stream: StoredStream,
    store: RegistryStore,
    session: WriteSession,
    trust: CertificateTrust?
  ) throws {
    self.store = store
    self.session = session
    self.trust = trust
    table = try AuthorizationTable.load()
    signatures = StepSignatures(reader: session.reader)
    let certificate = try session.reader.peer(stream.node).flatMap {
      try? SignerCertificate(der: $0.certificate)
    }
    let holder = certificate?.identity.flatMap { OfficeIdentity(uri: $0) }
    office = holder.map { holder in
      // A node's own certificate stands for the office whose node it is.
      let level = store.divisions.record(code: holder.division)?.level
      let office: OfficeKind = level == .village ? .villageCommittee : .townshipGovernment
      return (holder.kind == .node ? office : holder.kind, holder.division)
    }
  }

  /// Carries an entry out; what is refused of it, by the sequences of the entries that asked for it.
  func carryOut(_ header: EntryHeader, _ body: [UInt8]) throws -> [RefusedEntry] {
    let before = (session.state, session.effects)
    do {
      return try session.connection.nested { try act(header, body) }
    } catch {
      guard let violation = Self.violation(error) else { throw error }
      (session.state, session.effects) = before
      return refuse(header, body, violation)
    }
  }

  /// An entry refused as a whole; a notice takes its applications' steps with it. The office is told
  /// what stands.
  private func refuse(
    _ header: EntryHeader,
    _ body: [UInt8],
    _ violation: Violation
  ) -> [RefusedEntry] {
    session.effects.standing.insert(Standing(kind: header.subjectKind, subject: header.subject))
    var refused = [violation.refusal(of: header.sequence)]
    guard header.subjectKind == .notice, let notice = try? Notice(wireArray: body) else {
      return refused
    }
    for id in notice.applications.compactMap({ Bytes16($0) }) {
      guard let sequence = hanging.removeValue(forKey: id) else { continue }
      session.effects.standing.insert(Standing(kind: .application, subject: id))
      refused.append(violation.refusal(of: sequence))
    }
    return refused
  }

  /// What of a failure is the entry's: the rule that it breaks; nil for a failure of this node's.
  private static func violation(_ error: any Error) -> Violation? {
    switch error {
    case let refusal as ProcedureRefusal: return refusal.violations.first
    case let refusal as HouseholdPreparer.Refusal:
      return violation(RegistryStore.error(refusal))
    // A row that another has: whatever it is, it must not hold the stream up.
    case let error as SQLError where error.code == .unique:
      return CopyRule.version.violation("id")
    case is Overtaken, is AnswerOvertaken: return ProcedureRule.stale.violation("version")
    case let error as StoreError:
      switch error.code {
      case .invalid, .refused, .notFound, .conflict, .duplicate, .precondition: break
      default: return nil
      }
      if let first = error.details?.violations.first { return first }
      let rule = error.details?.refusedBy ?? ""
      return Violation(
        rule: rule.isEmpty ? "exchange.\(error.code.rawValue.replacing(" ", with: "-"))" : rule,
        messageEn: error.message,
        messageZh: error.messageChinese
      )
    default: return nil
    }
  }

  private func act(_ header: EntryHeader, _ body: [UInt8]) throws -> [RefusedEntry] {
    switch (header.subjectKind, header.operation) {
    case (.application, .applicationRecorded): return try apply(header, try decoded(body))
    case (.application, .stepTaken): return try step(header, try decoded(body))
    case (.notice, .noticeOpened): return try open(header, try decoded(body))
    case (.notice, .noticeClosed): return try close(header, try decoded(body))
    case (.minutes, .minutesKept): return try keep(header, minutes: try decoded(body))
    case (.proposal, .changeProposed): return try propose(header, try decoded(body))
    case (.proposal, .proposalSettled): return try withdraw(header, try decoded(body))
    case (.quota, .quotaSet): return try set(header, quota: try decoded(body))
    // What is told of the office's own journal changes nothing here.
    case (.stream, _), (.receipt, _): return []
    default: throw refused(.kind)
    }
  }

  private func decoded<Message: WireMessage>(_ body: [UInt8]) throws -> Message {
    guard let message = try? Message(wireArray: body) else { throw refused(.malformed) }
    return message
  }

  private func refused(_ rule: CopyRule, _ field: String = "") -> ProcedureRefusal {
    ProcedureRefusal(violations: [rule.violation(field)])
  }
}

/// Whose entry it is.
extension OfficeReplay {
  /// Who recorded an entry, if the office that signed the bundle may answer for it.
  private func actor(_ header: EntryHeader) throws -> OfficeIdentity {
    guard let office, let actor = OfficeIdentity(uri: header.actor), actor.kind == office.kind,
      actor.division == office.division
    else { throw refused(.office, "actor") }
    return actor
  }

  /// What the table grants the one who recorded an entry today. Throws `StoreError` (`refused`).
  private func scope(_ header: EntryHeader, _ operation: Operation) throws -> Scope {
    let actor = try actor(header)
    guard let home = store.divisions.record(code: actor.division) else {
      throw StoreError.outsideArea
    }
    do {
      return try table.scope(
        for: actor,
        area: home.path,
        level: home.level,
        operation: operation
      )
    } catch {
      throw StoreError.refused(
        by: "office.operation",
        error.description,
        zh: error.chinese
      )
    }
  }

  /// The day on which an entry was recorded, from which its rules count; never one to come.
  private func day(_ header: EntryHeader) -> Day {
    // Compared as instants: a day of one at the end of time would be before all others.
    let recorded = min(header.instant, store.context.environment.now().microseconds)
    return min(Day(of: Instant(microseconds: recorded)), store.context.environment.today)
  }

  /// The name of a step's person: of a certificate once, so that it fits a line.
  private func person(_ taken: TakenStep) throws -> String {
    guard TextRules.broken(taken.person, limit: 200) == nil else {
      throw refused(.malformed, "steps.person")
    }
    return taken.person
  }

  private func preparer(
    _ header: EntryHeader,
    _ scope: Scope,
    _ recorded: Application? = nil
  ) -> StepPreparer {
    StepPreparer(
      store,
      reader: session.reader,
      scope: scope,
      today: day(header),
      recorded: recorded
    )
  }

  /// The refusal that a step's outcome is, if it is one.
  private func requireWritten(_ outcome: StepOutcome) throws {
    switch outcome {
    case .written: return
    case .refused(let violations): throw ProcedureRefusal(violations: violations)
    case .stale: throw ProcedureRefusal(.stale, "base_version")
    }
  }
}

/// Applications and their steps.
extension OfficeReplay {
  private func apply(
    _ header: EntryHeader,
    _ application: Application
  ) throws -> [RefusedEntry] {
    guard application.id == header.subject.bytes, application.version == 1,
      header.versionAfter == 1, let taken = application.steps.first
    else { throw refused(.malformed) }
    let scope = try scope(header, .apply)
    let preparer = preparer(header, scope, application)
    // A household is registered under the id of its application.
    guard try stored(header.subject) == nil, try session.household(header.subject) == nil else {
      throw refused(.version, "id")
    }
    let given = NewApplication(
      household: application.household,
      period: application.period,
      day: application.lastDay,
      previousHousehold: try number(ofHousehold: application.previousHousehold)
    )
    let prepared = try preparer.apply(
      given,
      actor: try store.procedureActor(scope, name: person(taken))
    )
    try requireWritten(try session.write(prepared, actor: header.actor))
    return []
  }

  /// The printed number by which an application names the household that comes back.
  private func number(ofHousehold id: [UInt8]) throws -> String {
    if id.isEmpty { return "" }
    let row = try session.connection.prepare("SELECT number FROM household WHERE id = $1")
    row.bind(id, at: 1)
    let found = try row.first { HouseholdNumber(stored: $0.int64(at: 0)) }
    guard let number = found ?? nil else {
      throw ProcedureRefusal(.previousUnknown, "previous_household")
    }
    return number.description
  }

  private func stored(
    _ id: Bytes16,
    _ scope: Scope = .system(reason: "bundle")
  ) throws -> StoredApplication? {
    try session.reader.application(.id(id.bytes), scope: scope, directory: store.divisions)
  }

  private func step(_ header: EntryHeader, _ application: Application) throws -> [RefusedEntry] {
    guard application.id == header.subject.bytes, application.version == header.versionAfter,
      let taken = application.steps.last
    else { throw refused(.malformed) }
    if taken.step.isEmpty {
      // Posting and closing a notice are steps of its applications: the notice's entry follows.
      _ = try actor(header)
      hanging[header.subject] = header.sequence
      return []
    }
    let scope = try scope(header, .step)
    guard let stored = try stored(header.subject, scope) else {
      throw ProcedureRefusal(.unknown, "application")
    }
    guard let step = try? Step(wireArray: taken.step), let move = ProcedureMove(step) else {
      throw ProcedureRefusal(.moveMissing, "steps")
    }
    guard step.application == header.subject.bytes else { throw refused(.malformed) }
    guard taken.step.count <= move.octetLimit else {
      throw ProcedureRefusal(.stepSize, "steps")
    }
    guard step.baseVersion == stored.version, header.versionBefore == stored.version else {
      throw ProcedureRefusal(.stale, "base_version")
    }
    let prepared = try preparer(header, scope, application).prepare(
      step,
      on: stored,
      actor: try store.procedureActor(scope, name: person(taken)),
      evidence: try evidence(of: taken, header, isDecision: ProcedureTable.isDecision(move))
    )
    try requireWritten(try session.write(prepared, actor: header.actor))
    return []
  }

  /// The evidence of a step as it was recorded. A decision bears the signature of the person who made
  /// it, whose certificate was valid on the day.
  private func evidence(
    of taken: TakenStep,
    _ header: EntryHeader,
    isDecision: Bool
  ) throws -> StepEvidence {
    var evidence = StepEvidence(step: taken.step)
    if taken.signature.isEmpty {
      guard !isDecision else { throw ProcedureRefusal(.signatureMissing, "signature") }
      return evidence
    }
    let seconds = header.instant / 1_000_000
    guard taken.actor == header.actor, let trust,
      let certificate = try signatures.certificate(of: taken),
      try trust.vouches(for: certificate, now: seconds)
    else { throw ProcedureRefusal(.signatureWrong, "signature") }
    evidence.signature = taken.signature
    evidence.certificate = taken.certificate
    evidence.place = taken.place
    evidence.count = taken.count
    evidence.proof = taken.proof
    return evidence
  }
}

/// Notices and minutes.
extension OfficeReplay {
  private func open(_ header: EntryHeader, _ notice: Notice) throws -> [RefusedEntry] {
    guard notice.id == header.subject.bytes, header.versionAfter == 1 else {
      throw refused(.malformed)
    }
    let scope = try scope(header, .notice)
    let actor = try store.procedureActor(scope, name: "")
    guard let home = store.divisions.record(code: actor.identity.division),
      notice.division == home.code.description
    else { throw ProcedureRefusal(.noticeDivision, "division") }
    let known = try session.reader.notice(
      notice.id,
      scope: .system(reason: "bundle"),
      directory: store.divisions
    )
    guard known == nil else { throw refused(.version, "id") }
    guard 1...store.limits.stepsPerCall ~= notice.applications.count,
      TextRules.broken(notice.place, limit: 200) == nil
    else { throw refused(.malformed) }
    let request = OpenNoticeRequest(
      division: notice.division,
      applications: notice.applications,
      day: notice.openedOn,
      place: notice.place
    )
    let (prepared, items) = try store.opening(
      request,
      home,
      actor,
      preparer(header, scope),
      CancellationFlag(),
      id: header.subject
    )
    let response = try session.open(prepared, items, division: home, actor: header.actor)
    return try told(response, header, wasDone: response.notice != nil)
  }

  private func close(_ header: EntryHeader, _ notice: Notice) throws -> [RefusedEntry] {
    guard notice.id == header.subject.bytes, header.versionAfter == 2 else {
      throw refused(.malformed)
    }
    let scope = try scope(header, .notice)
    let (stored, items, day) = try store.closing(
      CloseNoticeRequest(notice: notice.id, day: notice.closedOn),
      try store.procedureActor(scope, name: ""),
      preparer(header, scope)
    )
    let response = try session.close(stored, items, on: day, actor: header.actor)
    return try told(response, header, wasDone: response.results.allSatisfy(\.violations.isEmpty))
  }

  /// What of a notice was refused: its applications' own steps, and itself where nothing was done.
  private func told(
    _ response: NoticeResponse,
    _ header: EntryHeader,
    wasDone: Bool
  ) throws -> [RefusedEntry] {
    var refused: [RefusedEntry] = []
    for result in response.results {
      guard let id = Bytes16(result.application) else { continue }
      let sequence = hanging.removeValue(forKey: id)
      guard let violation = result.violations.first else { continue }
      session.effects.standing.insert(Standing(kind: .application, subject: id))
      if let sequence { refused.append(violation.refusal(of: sequence)) }
    }
    if !wasDone {
      let first = response.results.lazy.compactMap(\.violations.first).first
      let violation = first ?? ProcedureRule.unknown.violation("applications")
      refused.append(violation.refusal(of: header.sequence))
      session.effects.standing.insert(Standing(kind: .notice, subject: header.subject))
    }
    return refused
  }

  private func keep(_ header: EntryHeader, minutes: Minutes) throws -> [RefusedEntry] {
    let scope = try scope(header, .minutes)
    guard minutes.id == header.subject.bytes else { throw refused(.malformed) }
    let division = try store.minutesDivision(minutes.division, scope)
    try store.check(minutes)
    let known = try session.connection.prepare("SELECT 1 FROM minutes WHERE id = $1")
    known.bind(header.subject, at: 1)
    guard try known.first({ _ in true }) != true else { throw refused(.version, "id") }
    let prepared = try PreparedMinutes(minutes, division, session.reader, id: header.subject)
    _ = try session.keep(prepared, actor: header.actor)
    return []
  }

  private func set(_ header: EntryHeader, quota: Quota) throws -> [RefusedEntry] {
    let scope = try scope(header, .setQuota)
    var asked = quota
    asked.version = 0
    try session.set([asked], scope: scope, store)
    return []
  }
}

/// Proposals of changes.
extension OfficeReplay {
  private func propose(_ header: EntryHeader, _ proposal: Proposal) throws -> [RefusedEntry] {
    guard proposal.id == header.subject.bytes, header.versionAfter == 1,
      let change = proposal.change
    else { throw refused(.malformed) }
    let scope = try scope(header, .change)
    let known = try session.reader.proposal(
      id: header.subject,
      scope: .system(reason: "bundle"),
      directory: store.divisions
    )
    guard known == nil else { throw refused(.version, "id") }
    let prepared = try ChangePreparer(store, reader: session.reader, scope: scope)
      .proposal(of: change, recorded: (header.subject, header.instant))
    _ = try session.write(prepared, actor: header.actor)
    return []
  }

  private func withdraw(_ header: EntryHeader, _ proposal: Proposal) throws -> [RefusedEntry] {
    guard proposal.id == header.subject.bytes else { throw refused(.malformed) }
    guard proposal.state == .withdrawn else { throw refused(.office, "state") }
    let scope = try scope(header, .settle)
    let request = SettleProposalRequest(
      id: proposal.id,
      baseVersion: header.versionBefore,
      verdict: .withdraw,
      reason: proposal.reason
    )
    let plan = try ChangePreparer(store, reader: session.reader, scope: scope).settled(request)
    guard case .propose(let prepared) = plan else { throw refused(.kind) }
    _ = try session.write(prepared, actor: header.actor)
    return []
  }
}
