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
  private let stream: StoredStream
  /// The first entry of the batch: of those before it the receipt was given.
  private let first: UInt64
  /// The latest instant of the stream's entries up to the present one, never one to come: days and
  /// certificates count from it, so that no entry is recorded before those ahead of it.
  private(set) var clock: Int64

  init(
    _ stream: StoredStream,
    from first: UInt64,
    store: RegistryStore,
    session: WriteSession,
    trust: CertificateTrust?
  ) throws {
    self.stream = stream
    self.first = first
    self.store = store
    self.session = session
    self.trust = trust
    clock = try session.clock(ofOffice: stream.n)
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
    clock = max(clock, min(header.instant, store.context.environment.now().microseconds))
    let before = (session.state, session.effects)
    do {
      return try session.connection.nested { try act(header, body) }
    } catch {
      guard let violation = Self.violation(error) else { throw error }
      (session.state, session.effects) = before
      return try refuse(header, body, violation)
    }
  }

  /// An entry refused as a whole; a notice takes its applications' steps with it. The office is told
  /// what stands.
  private func refuse(
    _ header: EntryHeader,
    _ body: [UInt8],
    _ violation: Violation
  ) throws -> [RefusedEntry] {
    stand(header.subjectKind, header.subject, violation, asked: (header, body))
    var refused = [violation.refusal(of: header.sequence)]
    guard header.subjectKind == .notice, let notice = try? Notice(wireArray: body) else {
      return refused
    }
    for id in named(by: notice) { refused += try refuse(hanging: id, violation) }
    return refused
  }

  /// The applications of a notice, each once; of one that names more than it may, the first ones.
  private func named(by notice: Notice) -> [Bytes16] {
    var seen: Set<Bytes16> = []
    return notice.applications.prefix(store.limits.stepsPerCall).compactMap { Bytes16($0) }
      .filter { seen.insert($0).inserted }
  }

  /// Refuses the step of an application that a notice takes.
  private func refuse(hanging id: Bytes16, _ violation: Violation) throws -> [RefusedEntry] {
    stand(.application, id, violation, asked: nil)
    let sequence = try session.takeHanging(id, in: stream.n)
    return refusal(violation, of: sequence)
  }

  /// What the receipt tells of an entry; nothing of one of an earlier batch.
  private func refusal(_ violation: Violation, of sequence: UInt64?) -> [RefusedEntry] {
    guard let sequence, sequence >= first else { return [] }
    return [violation.refusal(of: sequence)]
  }

  /// Notes that the office is to be told what stands here.
  private func stand(
    _ kind: SubjectKind,
    _ subject: Bytes16,
    _ violation: Violation,
    asked: (EntryHeader, [UInt8])?
  ) {
    let key = Standing.Key(recipient: stream.node, kind: kind, subject: subject)
    let before = session.effects.standing[key]
    // The first rule is the cause: what followed fell with it.
    session.effects.standing[key] = Standing(
      asked: asked ?? before?.asked,
      violation: before?.violation ?? violation
    )
  }

  /// What of a failure is the entry's: the rule that it breaks; nil for a failure of this node's.
  static func violation(_ error: any Error) -> Violation? {
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
    case (.notice, .noticeOpened): return try open(header, body, try decoded(body))
    case (.notice, .noticeClosed): return try close(header, body, try decoded(body))
    case (.minutes, .minutesKept): return try keep(header, minutes: try decoded(body))
    case (.proposal, .changeProposed): return try propose(header, try decoded(body))
    case (.proposal, .proposalSettled): return try withdraw(header, try decoded(body))
    case (.quota, .quotaSet): return try set(header, quota: try decoded(body))
    case (.pilot, .pilotRecorded): return try record(header, try decoded(body))
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

  /// The day on which the present entry was recorded, from which its rules count.
  private var day: Day {
    min(Day(of: Instant(microseconds: clock)), store.context.environment.today)
  }

  /// The name of a step's person: that of the certificate that signed it; else as the office says, of
  /// one once, so that it fits a line.
  private func person(_ taken: TakenStep, _ signer: SignerCertificate? = nil) throws -> String {
    if let signer { return signer.commonName }
    return try line(taken.person)
  }

  private func line(_ name: String) throws -> String {
    guard TextRules.broken(name, limit: 200) == nil else { throw refused(.malformed, "person") }
    return name
  }

  private func preparer(
    _ scope: Scope,
    _ recorded: Application? = nil
  ) -> StepPreparer {
    StepPreparer(
      store,
      reader: session.reader,
      scope: scope,
      today: day,
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
    let preparer = preparer(scope, application)
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
    // Posting and closing a notice are steps of its applications: the notice's entry follows.
    let isHanging = taken.step.isEmpty
    let scope = try scope(header, isHanging ? .notice : .step)
    guard let stored = try stored(header.subject, scope) else {
      throw ProcedureRefusal(.unknown, "application")
    }
    // What was decided is what stands here, not another application of the same version.
    guard header.versionBefore == stored.version,
      application.continues(stored.application)
    else { throw ProcedureRefusal(.stale, "base_version") }
    if isHanging {
      try session.hang(header.subject, entry: header.sequence, in: stream.n)
      return []
    }
    guard let step = try? Step(wireArray: taken.step), let move = ProcedureMove(step) else {
      throw ProcedureRefusal(.moveMissing, "steps")
    }
    guard step.application == header.subject.bytes else { throw refused(.malformed) }
    guard taken.step.count <= move.octetLimit else {
      throw ProcedureRefusal(.stepSize, "steps")
    }
    guard step.baseVersion == stored.version else {
      throw ProcedureRefusal(.stale, "base_version")
    }
    let (evidence, signer) = try evidence(
      of: taken,
      header,
      isDecision: ProcedureTable.isDecision(move)
    )
    let prepared = try preparer(scope, application).prepare(
      step,
      on: stored,
      actor: try store.procedureActor(scope, name: person(taken, signer)),
      evidence: evidence
    )
    try requireWritten(try session.write(prepared, actor: header.actor))
    return []
  }

  /// The evidence of a step as it was recorded, and who signed it. A decision bears the signature of the person who made
  /// it, whose certificate was valid on the day.
  private func evidence(
    of taken: TakenStep,
    _ header: EntryHeader,
    isDecision: Bool
  ) throws -> (StepEvidence, SignerCertificate?) {
    var evidence = StepEvidence(step: taken.step)
    if taken.signature.isEmpty {
      guard !isDecision else { throw ProcedureRefusal(.signatureMissing, "signature") }
      return (evidence, nil)
    }
    guard taken.actor == header.actor, let trust,
      let certificate = try signatures.certificate(of: taken),
      try trust.vouches(for: certificate, now: clock / 1_000_000)
    else { throw ProcedureRefusal(.signatureWrong, "signature") }
    evidence.signature = taken.signature
    evidence.certificate = taken.certificate
    evidence.place = taken.place
    evidence.count = taken.count
    evidence.proof = taken.proof
    return (evidence, certificate)
  }
}

/// Notices and minutes.
extension OfficeReplay {
  private func open(
    _ header: EntryHeader,
    _ body: [UInt8],
    _ notice: Notice
  ) throws -> [RefusedEntry] {
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
    // Those whose own steps were refused hang in no notice.
    let hung = try hung(by: notice)
    guard !hung.isEmpty else { throw ProcedureRefusal(.stale, "applications") }
    let request = OpenNoticeRequest(
      division: notice.division,
      applications: hung.map(\.bytes),
      day: notice.openedOn,
      place: notice.place
    )
    let (prepared, items) = try store.opening(
      request,
      home,
      actor,
      preparer(scope),
      CancellationFlag(),
      id: header.subject
    )
    let response = try session.open(prepared, items, division: home, actor: header.actor)
    return try told(response, header, body, notice, wasDone: response.notice != nil)
  }

  /// The applications of a notice whose steps wait for it, each once, in the notice's order.
  private func hung(by notice: Notice) throws -> [Bytes16] {
    try named(by: notice).filter { try session.isHanging($0, in: stream.n) }
  }

  private func close(
    _ header: EntryHeader,
    _ body: [UInt8],
    _ notice: Notice
  ) throws -> [RefusedEntry] {
    guard notice.id == header.subject.bytes, header.versionAfter == 2 else {
      throw refused(.malformed)
    }
    let scope = try scope(header, .notice)
    let (stored, items, day) = try store.closing(
      CloseNoticeRequest(notice: notice.id, day: notice.closedOn),
      try store.procedureActor(scope, name: ""),
      preparer(scope)
    )
    // The office closed it over those that it had in it: all that hang here must be among them.
    let hung = Set(try hung(by: notice).map(\.bytes))
    guard items.allSatisfy({ $0.application.map(hung.contains) ?? false }) else {
      throw ProcedureRefusal(.stale, "applications")
    }
    let response = try session.close(stored, items, on: day, actor: header.actor)
    return try told(
      response,
      header,
      body,
      notice,
      wasDone: response.results.allSatisfy(\.violations.isEmpty)
    )
  }

  /// What of a notice was refused: its applications' own steps, and all of it where nothing was done.
  private func told(
    _ response: NoticeResponse,
    _ header: EntryHeader,
    _ body: [UInt8],
    _ notice: Notice,
    wasDone: Bool
  ) throws -> [RefusedEntry] {
    let first = response.results.lazy.compactMap(\.violations.first).first
    let violation = first ?? ProcedureRule.unknown.violation("applications")
    if !wasDone { return try refuse(header, body, violation) }
    var rules: [Bytes16: Violation] = [:]
    var done: Set<Bytes16> = []
    for result in response.results {
      guard let id = Bytes16(result.application) else { continue }
      if let rule = result.violations.first { rules[id] = rule } else { done.insert(id) }
    }
    var refused: [RefusedEntry] = []
    for id in named(by: notice) {
      if done.contains(id) {
        _ = try session.takeHanging(id, in: stream.n)
      } else {
        let stale = ProcedureRule.stale.violation("applications")
        refused += try refuse(hanging: id, rules[id] ?? stale)
      }
    }
    return refused.sorted { $0.sequence < $1.sequence }
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

/// Pilot work.
extension OfficeReplay {
  private func record(_ header: EntryHeader, _ given: PilotRecord) throws -> [RefusedEntry] {
    let scope = try scope(header, .setPilot)
    guard given.id == header.subject.bytes, given.version == header.versionAfter,
      let home = store.divisions.record(code: try actor(header).division)
    else { throw refused(.malformed) }
    var asked = given
    let isNew = header.versionBefore == 0
    asked.version = header.versionBefore
    asked.id = isNew ? [] : given.id
    var planned = try store.planned(
      SetPilotRecordRequest(record: try asked.serializedBytes()),
      StepSigner(name: try line(given.person), certificate: []),
      home: home,
      scope
    )
    planned.id = given.id
    _ = try session.set(
      planned,
      actor: header.actor,
      store.divisions,
      store.pilotKinds,
      id: isNew ? header.subject : nil
    )
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
      .proposal(of: change, recorded: (header.subject, clock))
    _ = try session.write(prepared, actor: header.actor)
    return []
  }

  private func withdraw(_ header: EntryHeader, _ proposal: Proposal) throws -> [RefusedEntry] {
    guard proposal.id == header.subject.bytes else { throw refused(.malformed) }
    guard proposal.state == .withdrawn else { throw refused(.office, "state") }
    let scope = try scope(header, .settle)
    let row = try session.reader.proposal(
      id: header.subject,
      scope: scope,
      directory: store.divisions
    )
    // What is withdrawn is what stands here.
    if let row {
      let known = try session.reader.proposal(entry: row.entry, of: row.household)
      guard known.change == proposal.change else {
        throw ProcedureRefusal(.stale, "base_version")
      }
    }
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

extension Application {
  /// Whether this is a version that one more step made of an application: its file, and whoever took
  /// which steps before, are the same.
  ///
  /// What each node adds of its own knowledge, such as namesakes, may differ.
  fileprivate func continues(_ earlier: Application) -> Bool {
    guard steps.count == earlier.steps.count + 1, previousHousehold == earlier.previousHousehold,
      period == earlier.period
    else { return false }
    let isAmended = (try? Step(wireArray: steps[steps.count - 1].step)).map { step in
      if case .amend? = step.move { true } else { false }
    }
    guard isAmended == true || household == earlier.household else { return false }
    return zip(steps, earlier.steps).allSatisfy { step, known in
      (step.step, step.actor, step.version) == (known.step, known.actor, known.version)
        && (step.from, step.to) == (known.from, known.to)
    }
  }
}

/// What carrying out an office's stream keeps between batches.
extension WriteSession {
  /// The latest instant of an office's entries.
  func clock(ofOffice stream: Int64) throws -> Int64 {
    let row = try connection.prepare("SELECT instant FROM office_clock WHERE stream = $1")
    row.bind(stream, at: 1)
    return try row.first { $0.int64(at: 0) } ?? 0
  }

  func keepClock(_ instant: Int64, ofOffice stream: Int64) throws {
    let row = try connection.prepare(
      """
      INSERT INTO office_clock (stream, instant) VALUES ($1, $2)
      ON CONFLICT (stream) DO UPDATE SET instant = excluded.instant
      """
    )
    row.bind(stream, at: 1)
    row.bind(instant, at: 2)
    try row.run()
  }

  /// Notes an application's step that its notice's entry takes, which may be of a later batch.
  fileprivate func hang(_ application: Bytes16, entry: UInt64, in stream: Int64) throws {
    let row = try connection.prepare(
      """
      INSERT INTO hanging (stream, application, entry) VALUES ($1, $2, $3)
      ON CONFLICT (stream, application) DO UPDATE SET entry = excluded.entry
      """
    )
    row.bind(stream, at: 1)
    row.bind(application, at: 2)
    row.bind(Int64(clamping: entry), at: 3)
    try row.run()
  }

  fileprivate func isHanging(_ application: Bytes16, in stream: Int64) throws -> Bool {
    try hanging(application, in: stream) != nil
  }

  /// Takes such a step off the list; its entry, or nil where none was noted.
  fileprivate func takeHanging(_ application: Bytes16, in stream: Int64) throws -> UInt64? {
    guard let entry = try hanging(application, in: stream) else { return nil }
    let row = try connection.prepare(
      "DELETE FROM hanging WHERE stream = $1 AND application = $2"
    )
    row.bind(stream, at: 1)
    row.bind(application, at: 2)
    try row.run()
    return entry
  }

  private func hanging(_ application: Bytes16, in stream: Int64) throws -> UInt64? {
    let row = try connection.prepare(
      "SELECT entry FROM hanging WHERE stream = $1 AND application = $2"
    )
    row.bind(stream, at: 1)
    row.bind(application, at: 2)
    return try row.first { UInt64(clamping: $0.int64(at: 0)) }
  }
}
