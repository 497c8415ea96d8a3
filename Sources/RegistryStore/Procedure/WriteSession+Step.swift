internal import Journal
internal import RegistryAPI
internal import RegistryModel
internal import SQL

/// Writing applications and their steps: each is written whole, or refused before anything of it is.
extension WriteSession {
  /// Writes a prepared application or step.
  func write(_ prepared: PreparedStep, actor: String) throws -> StepOutcome {
    if let base = prepared.base {
      let (version, state) = try onRecord(base.n)
      guard version == base.version else { return .stale(version: version, state: state) }
    }
    if prepared.base == nil, prepared.owner != prepared.id, try household(prepared.owner) == nil {
      // Erased since: its key must not come back with the application.
      return .refused([ProcedureRule.previousUnknown.violation("previous_household")])
    }
    if let violation = try overQuota(prepared) { return .refused([violation]) }
    let n = prepared.base?.n ?? state.nextApplication
    var registered: (n: Int64, number: String)?
    if let household = prepared.household {
      let taken = try registrable(household)
      guard taken.isEmpty else { return .refused(taken) }
      // Looked at before the first row is written: the household that comes back changed since.
      if let base = household.base, try versionOnRecord(household: base.n) != base.version {
        return .stale(version: prepared.base?.version ?? 0, state: prepared.base?.state ?? .applied)
      }
      guard case .written = try register(household, actor: actor) else {
        throw StoreError(.damaged, "a file that was looked at cannot be written")
      }
      registered = (household.base?.n ?? state.nextN - 1, household.household.number)
    }
    if let replaced = prepared.replaced {
      let taken = try replacePeople(replaced, by: prepared.people, n: n)
      guard taken.isEmpty else { return .refused(taken) }
    }
    let entry = try append(
      EntryDraft(
        operation: prepared.operation,
        kind: .application,
        subject: prepared.id,
        versionBefore: prepared.base?.version ?? 0,
        versionAfter: prepared.application.version,
        prior: prepared.base?.entry ?? 0,
        actor: actor
      ),
      body: prepared.sealed,
      bodyHash: prepared.bodyHash
    )
    if prepared.base == nil {
      try insert(prepared, n: n, entry: entry)
      state.nextApplication = n + 1
    } else {
      try update(prepared, n: n, entry: entry, household: registered?.n)
    }
    countIn(prepared)
    return .written(
      household: registered.map { (prepared.household?.id.bytes ?? [], $0.number) }
    )
  }

  private func onRecord(_ n: Int64) throws -> (UInt64, ProcedureState) {
    let row = try connection.prepare("SELECT version, state FROM application WHERE n = $1")
    row.bind(n, at: 1)
    let found = try row.first { row in
      (
        UInt64(bitPattern: row.int64(at: 0)),
        ProcedureState(rawValue: Int32(clamping: row.int64(at: 1))) ?? .applied
      )
    }
    // Erased since it was prepared.
    guard let found else { throw AnswerOvertaken() }
    return found
  }

  private func versionOnRecord(household n: Int64) throws -> UInt64? {
    let row = try connection.prepare("SELECT version FROM household WHERE n = $1")
    row.bind(n, at: 1)
    return try row.first { UInt64(bitPattern: $0.int64(at: 0)) }
  }

  /// The violation of a quota that the step passes without a reason; nil within, or with one.
  private func overQuota(_ prepared: PreparedStep) throws -> Violation? {
    guard !prepared.stages.isEmpty, prepared.overQuotaReason.isEmpty else { return nil }
    let quotas = context.book.current.quotas
    if quotas.isEmpty { return nil }
    for stage in prepared.stages {
      if try isOver(quotas, at: stage, prepared) {
        return ProcedureRule.quotaExceeded.violation("over_quota_reason")
      }
    }
    return nil
  }

  private func isOver(
    _ quotas: [RuleBook.QuotaKey: Int64],
    at stage: PreparedStep.Stage,
    _ prepared: PreparedStep
  ) throws -> Bool {
    for id in prepared.village.path.ids {
      guard let record = context.directory.record(id: id), stage.levels.contains(record.level),
        let quota = quotas[RuleBook.QuotaKey(division: id, period: prepared.application.period)]
      else { continue }
      let people = try people(
        division: id,
        period: prepared.application.period,
        states: stage.states
      )
      if people + prepared.memberCount > quota { return true }
    }
    return false
  }

  /// Those of a file's people who stand in another registered file.
  private func registrable(_ household: PreparedHousehold) throws -> [Violation] {
    let row = try connection.prepare(
      """
      SELECT h.n, h.status FROM member_number m JOIN household h ON h.n = m.household
      WHERE m.digest = $1
      """
    )
    return try household.numbers.compactMap { number in
      row.bind(number.digest, at: 1)
      let found = try row.first { ($0.int64(at: 0), $0.int64(at: 1)) }
      guard let (n, status) = found, n != household.base?.n,
        status == Int64(HouseholdStatus.registered.rawValue)
      else { return nil }
      return ProcedureRule.duplicateOnFile.violation(
        "household.members.identity.citizen_id",
        member: UInt32(number.position + 1)
      )
    }
  }

  /// Writes the file of a registration.
  private func register(_ household: PreparedHousehold, actor: String) throws -> WriteOutcome {
    household.base == nil
      ? try create(household, actor: actor) : try updateAlone(household, actor: actor)
  }

  private func countIn(_ prepared: PreparedStep) {
    let period = prepared.application.period
    if let base = prepared.base {
      count(
        -1,
        village: prepared.village,
        period: period,
        state: base.state,
        people: base.memberCount
      )
      if base.state == .countyNoticed, let category = base.category {
        effects.tallies[prepared.village.id, default: Tally()]
          .countNoticed(category, people: base.memberCount, sign: -1)
      }
    }
    count(
      1,
      village: prepared.village,
      period: period,
      state: prepared.state,
      people: prepared.memberCount
    )
    if prepared.state == .countyNoticed, let category = prepared.category {
      effects.tallies[prepared.village.id, default: Tally()]
        .countNoticed(category, people: prepared.memberCount, sign: 1)
    }
    if let county = prepared.county, let serial = prepared.number?.number.serial {
      effects.serials[-county] = max(effects.serials[-county] ?? 0, serial)
    }
  }
}

/// The lists of people whose applications are on their way.
extension WriteSession {
  /// Puts people in the place of others; where some stand in another application, everything stays
  /// as it was and their violations are returned.
  private func replacePeople(
    _ old: PreparedStep.People,
    by new: PreparedStep.People,
    n: Int64
  ) throws -> [Violation] {
    if old == new { return [] }
    let kept = Set(old.numbers.map(\.digest)).intersection(new.numbers.map(\.digest))
    let again = old.numbers.filter { kept.contains($0.digest) }
    for number in again { try removeApplicant(number, n: n) }
    var taken: [Violation] = []
    var inserted: [PreparedHousehold.MemberNumber] = []
    for number in new.numbers {
      if try insertApplicant(number, n: n) {
        inserted.append(number)
      } else {
        taken.append(
          ProcedureRule.duplicateApplied.violation(
            "household.members.identity.citizen_id",
            member: UInt32(number.position + 1)
          )
        )
      }
    }
    guard taken.isEmpty else {
      for number in inserted { try removeApplicant(number, n: n) }
      for number in again { _ = try insertApplicant(number, n: n) }
      return taken
    }
    for number in old.numbers where !kept.contains(number.digest) { try release(number, n: n) }
    if old.names != new.names {
      try changeNames(
        old.names,
        n,
        "DELETE FROM applicant_name WHERE name = $1 AND application = $2 AND place = $3"
      )
      try changeNames(
        new.names,
        n,
        "INSERT INTO applicant_name (name, application, place) VALUES ($1, $2, $3)"
      )
    }
    return []
  }

  /// False if the person stands in another application.
  private func insertApplicant(
    _ number: PreparedHousehold.MemberNumber,
    n: Int64
  ) throws -> Bool {
    let row = try connection.prepare(
      """
      INSERT INTO applicant_number (digest, application, place) VALUES ($1, $2, $3)
      ON CONFLICT (digest) DO NOTHING
      """
    )
    row.bind(number.digest, at: 1)
    row.bind(n, at: 2)
    row.bind(Int64(number.position), at: 3)
    try row.run()
    return connection.changes == 1
  }

  private func removeApplicant(_ number: PreparedHousehold.MemberNumber, n: Int64) throws {
    let row = try connection.prepare(
      "DELETE FROM applicant_number WHERE digest = $1 AND application = $2"
    )
    row.bind(number.digest, at: 1)
    row.bind(n, at: 2)
    try row.run()
  }

  /// Takes a person off an application's list; one who stands in another node's application as well
  /// is listed there then.
  private func release(_ number: PreparedHousehold.MemberNumber, n: Int64) throws {
    func delete(_ table: String) throws -> Bool {
      let row = try connection.prepare(
        "DELETE FROM \(table) WHERE digest = $1 AND application = $2"
      )
      row.bind(number.digest, at: 1)
      row.bind(n, at: 2)
      try row.run()
      return connection.changes > 0
    }
    guard try delete("applicant_number") else {
      _ = try delete("applicant_elsewhere")
      return
    }
    let other = try connection.prepare(
      """
      SELECT application, place FROM applicant_elsewhere WHERE digest = $1
      ORDER BY application LIMIT 1
      """
    )
    other.bind(number.digest, at: 1)
    guard let (heir, place) = try other.first({ ($0.int64(at: 0), Int($0.int64(at: 1))) }) else {
      return
    }
    let listed = PreparedHousehold.MemberNumber(digest: number.digest, position: place)
    guard try insertApplicant(listed, n: heir) else { return }
    let done = try connection.prepare(
      "DELETE FROM applicant_elsewhere WHERE digest = $1 AND application = $2"
    )
    done.bind(number.digest, at: 1)
    done.bind(heir, at: 2)
    try done.run()
  }

  /// Takes everybody off the lists of an application that is erased.
  func releasePeople(ofApplication n: Int64) throws {
    var listed: [PreparedHousehold.MemberNumber] = []
    for table in ["applicant_number", "applicant_elsewhere"] {
      let rows = try connection.prepare("SELECT digest, place FROM \(table) WHERE application = $1")
      rows.bind(n, at: 1)
      try rows.forEach { row in
        listed.append(
          PreparedHousehold.MemberNumber(
            digest: try row.bytes16(at: 0),
            position: Int(row.int64(at: 1))
          )
        )
      }
    }
    for number in listed { try release(number, n: n) }
  }

  private func changeNames(_ names: [String], _ n: Int64, _ text: String) throws {
    let row = try connection.prepare(text)
    for (place, name) in names.enumerated() where !name.isEmpty {
      row.bind(name, at: 1)
      row.bind(n, at: 2)
      row.bind(Int64(place), at: 3)
      try row.run()
    }
  }
}

/// The rows of applications.
extension WriteSession {
  private func insert(_ prepared: PreparedStep, n: Int64, entry: Int64) throws {
    let row = try connection.prepare(
      """
      INSERT INTO application
        (n, id, number, owner, village, period, wrapped_key, state, version, entry, people, poverty,
         security, category, waits, objections, returned, last_day, refused_at, notice, household,
         head_name)
      VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19,
        $20, $21, $22)
      """
    )
    row.bind(n, at: 1)
    row.bind(prepared.id, at: 2)
    row.bind(Int64(bitPattern: prepared.number?.number.body ?? 0), at: 3)
    row.bind(prepared.owner, at: 4)
    row.bind(prepared.village.id, at: 5)
    row.bind(Int64(prepared.application.period), at: 6)
    row.bind(prepared.wrappedKey, at: 7)
    bindFacts(prepared, row, from: 8, entry: entry)
    row.bind(prepared.notice, at: 20)
    row.bind(0 as Int64, at: 21)
    row.bind(headName(prepared), at: 22)
    try row.run()
  }

  private func update(
    _ prepared: PreparedStep,
    n: Int64,
    entry: Int64,
    household: Int64?
  ) throws {
    let row = try connection.prepare(
      """
      UPDATE application SET state = $1, version = $2, entry = $3, people = $4, poverty = $5,
        security = $6, category = $7, waits = $8, objections = $9, returned = $10, last_day = $11,
        refused_at = $12, notice = $13, household = $14, head_name = $15
      WHERE n = $16
      """
    )
    bindFacts(prepared, row, from: 1, entry: entry)
    row.bind(prepared.notice, at: 13)
    row.bind(household ?? prepared.base?.household ?? 0, at: 14)
    row.bind(headName(prepared), at: 15)
    row.bind(n, at: 16)
    try row.run()
  }

  /// State, version, entry, people, both decisions, category, what waits, whether it came back, the
  /// last day and the level that refused, at twelve parameters.
  private func bindFacts(
    _ prepared: PreparedStep,
    _ row: any SQLStatement,
    from first: Int,
    entry: Int64
  ) {
    let application = prepared.application
    row.bind(Int64(application.state.rawValue), at: first)
    row.bind(Int64(bitPattern: application.version), at: first + 1)
    row.bind(entry, at: first + 2)
    row.bind(prepared.memberCount, at: first + 3)
    row.bind(Int64(application.povertyDecision.rawValue), at: first + 4)
    row.bind(Int64(application.securityDecision.rawValue), at: first + 5)
    row.bind(Int64(application.category.rawValue), at: first + 6)
    row.bind(Int64(application.possibleDuplicates.count { !$0.settled }), at: first + 7)
    row.bind(Int64(application.objections.count { $0.answeredOn == 0 }), at: first + 8)
    row.bind(application.wasSentBack, at: first + 9)
    row.bind(Int64(application.lastDay), at: first + 10)
    row.bind(Int64(application.rejectedAt.rawValue), at: first + 11)
  }

  private func headName(_ prepared: PreparedStep) -> String {
    prepared.application.household?.members.first?.identity?.name ?? ""
  }
}

/// What another node decided.
extension WriteSession {
  /// Writes a version of an application that another node made; its people are listed as far as no
  /// other node's application has them.
  func copy(
    _ prepared: PreparedStep,
    over stored: StoredApplication?,
    entry: Int64
  ) throws {
    let n = stored?.n ?? state.nextApplication
    let households = HouseholdPreparer(
      context,
      reader: reader,
      scope: .system(reason: "copy")
    )
    if let stored, !stored.state.isEnd {
      try unlist(try PreparedStep.People(stored.application, households), n: n)
    }
    if !prepared.state.isEnd {
      try list(try PreparedStep.People(prepared.application, households), n: n)
    }
    // Whatever leaves the state of a notice stands in none any more.
    prepared.notice = prepared.state.noticeLevel == nil ? 0 : stored?.notice ?? 0
    if stored == nil {
      try insert(prepared, n: n, entry: entry)
      state.nextApplication = n + 1
    } else {
      // The file of a registration comes before the step that makes it.
      let file = prepared.state == .registered ? try household(prepared.owner)?.n : nil
      try update(prepared, n: n, entry: entry, household: file)
    }
    countIn(prepared)
  }

  private func list(_ people: PreparedStep.People, n: Int64) throws {
    for number in people.numbers where try !insertApplicant(number, n: n) {
      let row = try connection.prepare(
        """
        INSERT INTO applicant_elsewhere (digest, application, place) VALUES ($1, $2, $3)
        ON CONFLICT (digest, application) DO NOTHING
        """
      )
      row.bind(number.digest, at: 1)
      row.bind(n, at: 2)
      row.bind(Int64(number.position), at: 3)
      try row.run()
    }
    try changeNames(
      people.names,
      n,
      "INSERT INTO applicant_name (name, application, place) VALUES ($1, $2, $3)"
    )
  }

  private func unlist(_ people: PreparedStep.People, n: Int64) throws {
    for number in people.numbers { try release(number, n: n) }
    try changeNames(
      people.names,
      n,
      "DELETE FROM applicant_name WHERE name = $1 AND application = $2 AND place = $3"
    )
  }
}
