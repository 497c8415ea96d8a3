internal import Journal
internal import RegistryAPI
internal import RegistryModel
internal import SQL

/// New applications, what they apply for, and whom they may repeat.
extension StepPreparer {
  /// The most households, and the most applications, opened to compare one member's birth date: a
  /// county of a million has about as many people of its commonest name.
  private static let namesakes = 200

  /// A new application. Throws `ProcedureRefusal` with the rules that it breaks.
  func apply(_ given: NewApplication, actor: ProcedureActor) throws -> PreparedStep {
    let code = DivisionCode(given.household?.location?.village ?? "")
    let village = code.flatMap { store.divisions.record(code: $0) }
    if let village, village.level == .village, !scope.covers(village.path) {
      throw ProcedureRefusal(.area, "household.location.village")
    }
    let draft = try draft(given.household ?? Household(), village: nil)
    guard let village, let county = store.divisions.county(of: village) else {
      throw ProcedureRefusal(.area, "household.location.village")
    }
    var application = Application(version: 1, state: ProcedureState.applied.message)
    application.household = draft
    application.period = try period(given.period)
    application.lastDay = given.day == 0 ? Int32(today.yyyymmdd) : given.day
    try procedure(village, actor).checkEntry(of: application.lastDay)
    let previous = try previous(given.previousHousehold, people: draft)
    application.previousHousehold = previous?.id.bytes ?? []
    let lookedAt = try reader.lastApplication()
    application.possibleDuplicates = try duplicates(application, own: [])
    application.number = try number(in: county).description
    let id = try recorded.flatMap { Bytes16($0.id) } ?? households.makeID()
    let owner = previous?.id ?? id
    let key: HouseholdKey
    let wrapped: [UInt8]
    if let previous {
      wrapped = try reader.wrappedKey(n: previous.n)
      key = try reader.sealer.unwrap(wrapped, household: owner)
    } else {
      key = try reader.sealer.makeKey(for: owner)
      wrapped = try reader.sealer.wrap(key)
    }
    application.steps = [
      TakenStep(
        actor: actor.identity.uri,
        person: actor.name,
        day: application.lastDay,
        version: 1,
        to: application.state
      )
    ]
    let prepared = try finish(
      application,
      id: id,
      owner: owner,
      village: village,
      key: key,
      wrapped: wrapped,
      operation: .applicationRecorded,
      base: nil
    )
    prepared.lookedAt = lookedAt
    prepared.people = try people(of: application)
    prepared.replaced = .init()
    // The serials of an office's block are counted there.
    prepared.county = recorded == nil ? county.id : nil
    try checkOnFile(prepared, isNew: true)
    return prepared
  }

  /// The number of a new application: the next one, or that which an office gave. The one that is on
  /// record first has it: what is given here passes those over that offices gave.
  ///
  /// Throws `ProcedureRefusal` for an office's number that is another county's, or was given before.
  private func number(in county: DivisionRecord) throws -> ApplicationNumber {
    guard let recorded else {
      while true {
        let next = try store.context.numbers.take(county: county, list: .applications)
        if try !reader.isOnRecord(ApplicationNumber(next)) { return ApplicationNumber(next) }
      }
    }
    guard let given = ApplicationNumber(recorded.number), given.number.county == county.code,
      try !reader.isOnRecord(given)
    else { throw ProcedureRefusal(violations: [CopyRule.number.violation("number")]) }
    return given
  }

  /// What is applied for: regular, without decisions, every rule of a file checked that does not
  /// rest on them.
  func draft(_ given: Household, village: DivisionRecord?) throws -> Household {
    var household = households.rules.normalised(given)
    household.id = []
    household.number = ""
    household.version = 0
    household.status = .unspecified
    household.effectiveOn = 0
    household.recordedAt = 0
    household.change = nil
    household.exit = nil
    household.reviewedIn = 0
    household.withheld = []
    household.ahead = nil
    let known = recorded?.household?.members.compactMap { Bytes16($0.id) } ?? []
    let isKept = Set(known).count == household.members.count
    for index in household.members.indices {
      household.members[index].id =
        isKept ? known[index].bytes : try reader.sealer.makeRandom16().bytes
    }
    // The offices decide later: a pair that breaks no rule stands in for them while the rest is
    // checked.
    var classification = household.classification ?? Classification()
    classification.povertyDecision = .object
    classification.securityDecision = .neither
    classification.identifiedOn = 0
    household.classification = classification
    var violations = households.placed(household).violations
    if let village, household.location?.village != village.code.description {
      violations.append(ProcedureRule.area.violation("household.location.village"))
    }
    guard violations.isEmpty else { throw ProcedureRefusal(violations: violations) }
    household.classification?.povertyDecision = .unspecified
    household.classification?.securityDecision = .unspecified
    household.classification?.category = .unspecified
    return household
  }

  private func period(_ given: UInt32) throws -> UInt32 {
    let year = UInt32(today.components.year)
    let period = given == 0 ? year : given
    guard (year - 1...year + 1).contains(period) else {
      throw ProcedureRefusal(.period, "period")
    }
    return period
  }

  /// The exited household that comes back, of which somebody must be in the application.
  private func previous(_ text: String, people draft: Household) throws -> StoredHousehold? {
    if text.isEmpty { return nil }
    guard let number = HouseholdNumber(text),
      let stored = try reader.household(.number(number), scope: scope, directory: store.divisions)
    else { throw ProcedureRefusal(.previousUnknown, "previous_household") }
    let old = try stored.household()
    guard old.status == .exited else {
      throw ProcedureRefusal(.previousNotExited, "previous_household")
    }
    try checkReturning(draft, to: old)
    return stored
  }

  /// An amendment keeps somebody of the household that comes back.
  func checkPrevious(of application: Application) throws {
    guard let id = Bytes16(application.previousHousehold), let draft = application.household,
      let stored = try reader.household(.id(id), scope: scope, directory: store.divisions)
    else { return }
    try checkReturning(draft, to: try stored.household())
  }

  private func checkReturning(_ draft: Household, to old: Household) throws {
    let known = Set(old.members.compactMap { $0.identity?.citizenId }.filter { !$0.isEmpty })
    let names = Set(old.members.compactMap { $0.identity?.name })
    let returns = draft.members.contains { member in
      guard let identity = member.identity else { return false }
      return known.contains(identity.citizenId)
        || identity.citizenId.isEmpty && names.contains(identity.name)
    }
    guard returns else { throw ProcedureRefusal(.previousPeople, "previous_household") }
  }

  /// Refuses people who stand in a registered file, and those of a new application who stand in
  /// another on its way; for an amendment the writer finds these.
  func checkOnFile(_ prepared: PreparedStep, isNew: Bool) throws {
    let applicant = try reader.connection.prepare(
      "SELECT application FROM applicant_number WHERE digest = $1"
    )
    let member = try reader.connection.prepare(
      """
      SELECT h.status FROM member_number m JOIN household h ON h.n = m.household
      WHERE m.digest = $1
      """
    )
    var violations: [Violation] = []
    for number in prepared.people.numbers {
      applicant.bind(number.digest, at: 1)
      member.bind(number.digest, at: 1)
      let field = "household.members.identity.citizen_id"
      let place = UInt32(number.position + 1)
      if isNew, try applicant.first({ _ in true }) == true {
        violations.append(ProcedureRule.duplicateApplied.violation(field, member: place))
      }
      let status = try member.first { $0.int64(at: 0) }
      if status == Int64(HouseholdStatus.registered.rawValue) {
        violations.append(ProcedureRule.duplicateOnFile.violation(field, member: place))
      }
    }
    guard violations.isEmpty else { throw ProcedureRefusal(violations: violations) }
  }

  /// People on record with the name and birth date of a member and another ID number, or none.
  ///
  /// Answers that were given for the application before stay with it.
  func duplicates(_ application: Application, own: [UInt8]) throws -> [PossibleDuplicate] {
    var found = application.possibleDuplicates.filter(\.settled)
    if let recorded {
      // An office's answers name them by their places in its list; whether they were answered is
      // told by the steps that were carried out here.
      // By a table: the office may name as many as a body holds.
      let answered = Dictionary(found.map { ($0.file, $0) }) { first, _ in first }
      let told = recorded.possibleDuplicates.map { told in
        answered[told.file]
          ?? PossibleDuplicate(
            member: told.member,
            household: told.household,
            application: told.application
          )
      }
      let named = Set(told.map(\.file))
      found = told + found.filter { !named.contains($0.file) }
    }
    for (place, member) in (application.household?.members ?? []).enumerated() {
      guard let identity = member.identity, !identity.name.isEmpty, identity.birthDate != 0 else {
        continue
      }
      // Applications first: one that is registered meanwhile is found among the households.
      for other in try namesakes(identity, in: .applications) {
        if other == own { continue }
        if found.contains(where: { $0.application == other }) { continue }
        found.append(PossibleDuplicate(member: UInt32(place + 1), application: other))
      }
      for household in try namesakes(identity, in: .households) {
        if household == application.previousHousehold { continue }
        if found.contains(where: { $0.household == household }) { continue }
        found.append(PossibleDuplicate(member: UInt32(place + 1), household: household))
      }
    }
    return found
  }

  /// What was prepared, with the namesakes that were recorded since: those of the same call, and of
  /// calls at the same time; and under another number where an office's application took its own
  /// meanwhile. For the writer's own reader.
  func lookingAgain(at prepared: PreparedStep) throws -> PreparedStep {
    guard let lookedAt = prepared.lookedAt else { return prepared }
    let isNew = prepared.base == nil
    let isTaken = try isNew && prepared.number.map { try reader.isOnRecord($0) } ?? false
    guard try isTaken || reader.hasApplicant(prepared.people.names, after: lookedAt) else {
      return prepared
    }
    var application = prepared.application
    if isTaken, let county = store.divisions.county(of: prepared.village) {
      application.number = try number(in: county).description
    }
    application.possibleDuplicates = try duplicates(application, own: prepared.id.bytes)
    let sealed = try finish(
      application,
      id: prepared.id,
      owner: prepared.owner,
      village: prepared.village,
      key: try reader.sealer.unwrap(prepared.wrappedKey, household: prepared.owner),
      wrapped: prepared.wrappedKey,
      operation: prepared.operation,
      base: prepared.base
    )
    prepared.application = sealed.application
    prepared.sealed = sealed.sealed
    prepared.bodyHash = sealed.bodyHash
    return prepared
  }

  private enum Place {
    case households
    case applications
  }

  /// The ids of files in which somebody else bears a name and birth date.
  private func namesakes(_ identity: Identity, in place: Place) throws -> [[UInt8]] {
    let text =
      place == .households
      ? """
      SELECT DISTINCT h.id FROM member_name m JOIN household h ON h.n = m.household
      WHERE m.name = $1 LIMIT $2
      """
      : """
      SELECT DISTINCT a.id FROM applicant_name m JOIN application a ON a.n = m.application
      WHERE m.name = $1 LIMIT $2
      """
    let row = try reader.connection.prepare(text)
    row.bind(identity.name, at: 1)
    row.bind(Int64(Self.namesakes), at: 2)
    var ids: [[UInt8]] = []
    try row.forEach { ids.append($0.bytes(at: 0)) }
    // The registry's own look, not the caller's: a namesake in another village counts too, and the
    // answer names the file alone.
    let own = Scope.system(reason: "possible duplicates")
    return try ids.filter { id in
      let members = try members(of: id, place, own)
      return members.contains { other in
        other.identity?.name == identity.name && other.identity?.birthDate == identity.birthDate
          && (other.identity?.citizenId != identity.citizenId || identity.citizenId.isEmpty)
      }
    }
  }

  private func members(of id: [UInt8], _ place: Place, _ scope: Scope) throws -> [Member] {
    switch place {
    case .households:
      guard let id = Bytes16(id) else { return [] }
      let stored = try reader.household(.id(id), scope: scope, directory: store.divisions)
      return try stored?.household().members ?? []
    case .applications:
      let stored = try reader.application(.id(id), scope: scope, directory: store.divisions)
      return stored?.application.household?.members ?? []
    }
  }
}

extension PossibleDuplicate {
  /// The file that it is about.
  fileprivate var file: [[UInt8]] { [household, application] }
}

extension Reader {
  /// Whether an application bears a number.
  func isOnRecord(_ number: ApplicationNumber) throws -> Bool {
    let row = try connection.prepare("SELECT 1 FROM application WHERE number = $1")
    row.bind(Int64(bitPattern: number.number.body), at: 1)
    return try row.first { _ in true } == true
  }

  /// The place of the last application on record; 0 before the first.
  func lastApplication() throws -> Int64 {
    try connection.prepare("SELECT max(n) FROM application").first { $0.int64(at: 0) } ?? 0
  }

  /// Whether somebody of some names stands in an application recorded after a place.
  fileprivate func hasApplicant(_ names: [String], after place: Int64) throws -> Bool {
    let row = try connection.prepare(
      "SELECT 1 FROM applicant_name WHERE name = $1 AND application > $2 LIMIT 1"
    )
    for name in names where !name.isEmpty {
      row.bind(name, at: 1)
      row.bind(place, at: 2)
      if try row.first({ _ in true }) == true { return true }
    }
    return false
  }
}
