internal import Exchange
internal import Journal
internal import RPCCore
internal import RPCProtobuf
internal import RegistryAPI
internal import RegistryModel
internal import SQL

/// What a stand-alone office asks for, and what it is told.
extension CopyWriter {
  /// Keeps an office's entry as it came, and carries out what it asks for.
  func asked(
    _ office: OfficeReplay,
    _ entry: CopiedEntry,
    at place: Int64
  ) throws -> KeptCopy {
    switch entry.content {
    case .withheld: return KeptCopy(sealed: [])
    case .body(let salt, let body):
      refuse(try office.carryOut(entry.header, body))
      if entry.header.isOpen { return KeptCopy(sealed: salt.bytes + body) }
      return try keep(entry, salt, body, refused: nil)
    // Of an office's stream bodies alone are prepared (`CopyPreparer.opensLater`).
    case .household, .refused: throw ExchangeRule.records.error("\(entry.header.sequence)")
    }
  }

  /// The household that a body is about, so that it goes when that is erased, also where it took no
  /// effect.
  func owner(of header: EntryHeader, _ body: [UInt8]) -> Bytes16 {
    let household: [UInt8]?
    switch header.subjectKind {
    case .application: household = (try? Application(wireArray: body))?.previousHousehold
    case .proposal: household = (try? Proposal(wireArray: body))?.change?.household
    case .handOver: household = (try? HandOver(wireArray: body))?.household
    default: household = nil
    }
    return household.flatMap { Bytes16($0) } ?? header.subject
  }

  /// Takes over what the county tells of a file: its version stands, whatever the office made of it.
  ///
  /// Nil for what no office is told of. What the office has already, or went further with, it keeps:
  /// its own entries are carried out when they arrive, or the county says what stands.
  func told(
    _ entry: CopiedEntry,
    _ salt: Bytes16,
    _ body: [UInt8],
    at place: Int64
  ) throws -> KeptCopy? {
    switch entry.header.subjectKind {
    case .household where entry.header.isVersionOfHousehold || entry.header.isStanding:
      return try told(household: entry, salt, body, at: place)
    case .application: return try told(application: entry, salt, body, at: place)
    case .notice:
      guard let notice = try? Notice(wireArray: body) else { return nil }
      return KeptCopy(sealed: salt.bytes + body)
        .refusing(try session.tell(notice, entry.header, at: place))
    case .proposal:
      guard let proposal = try? Proposal(wireArray: body),
        let household = Bytes16(proposal.change?.household ?? [])
      else { return nil }
      guard let row = try session.household(household) else {
        return try keep(entry, salt, body, refused: .version)
      }
      let prior = try session.tell(proposal, entry.header, household: row, at: place)
      let wrapped = try session.reader.wrappedKey(n: row.n)
      return KeptCopy(
        sealed: try seal(entry, salt, body, owner: household, wrapped: wrapped),
        prior: prior
      )
    case .minutes:
      let known = try? Minutes(wireArray: body)
      let division = known.flatMap { DivisionCode($0.division) }
        .flatMap { session.context.directory.record(code: $0) }
      guard let known, let division,
        try session.reader.minutesID(digest: known.digest, division: division.id) != nil
      else { return nil }
      return try keep(entry, salt, body, refused: nil)
    default: return nil
    }
  }

  private func told(
    household entry: CopiedEntry,
    _ salt: Bytes16,
    _ body: [UInt8],
    at place: Int64
  ) throws -> KeptCopy {
    let header = entry.header
    let reader = session.reader
    let row = try session.household(header.subject)
    if let row, header.versionAfter <= row.version {
      let wrapped = try reader.wrappedKey(n: row.n)
      return KeptCopy(
        sealed: try seal(entry, salt, body, owner: header.subject, wrapped: wrapped)
      )
    }
    let base = try row.map { try self.base($0, header.subject) }
    let key =
      try base.map { try reader.sealer.unwrap($0.1, household: header.subject) }
      ?? reader.sealer.makeKey(for: header.subject)
    let made = try body.withUnsafeBytes { octets in
      try preparer.household(
        header,
        salt,
        octets,
        entry.bodyHash,
        key: key,
        wrapped: try base?.1 ?? reader.sealer.wrap(key),
        base: base?.0
      )
    }
    switch made {
    case .failure(let refused): return try keep(entry, salt, body, refused: refused.rule)
    case .success(let prepared):
      try session.copy(prepared, entry: place, in: stream)
      return KeptCopy(sealed: prepared.sealed, prior: row?.entry ?? 0)
    }
  }

  private func told(
    application entry: CopiedEntry,
    _ salt: Bytes16,
    _ body: [UInt8],
    at place: Int64
  ) throws -> KeptCopy {
    let header = entry.header
    guard let application = try? Application(wireArray: body),
      application.id == header.subject.bytes, application.version == header.versionAfter,
      ProcedureState(application.state) != nil, let number = ApplicationNumber(application.number)
    else { return try keep(entry, salt, body, refused: .malformed) }
    guard let village = try preparer.village(application.household?.location?.village ?? "") else {
      return try keep(entry, salt, body, refused: .area)
    }
    let reader = session.reader
    let known = try reader.application(
      .id(application.id),
      scope: .system(reason: "copy"),
      directory: session.context.directory
    )
    // Given here out of a block that is another's as well.
    if known == nil, try session.reader.isOnRecord(number) {
      return try keep(entry, salt, body, refused: .number)
    }
    let owner = known?.owner ?? Bytes16(application.previousHousehold) ?? header.subject
    let household = try session.household(owner)
    let wrapped =
      try known?.wrappedKey ?? household.map { try reader.wrappedKey(n: $0.n) }
      ?? reader.sealer.wrap(reader.sealer.makeKey(for: owner))
    let sealed = try seal(entry, salt, body, owner: owner, wrapped: wrapped)
    if let known, header.versionAfter < known.version, !header.isStanding {
      return KeptCopy(sealed: sealed)
    }
    let prepared = PreparedStep(
      application: application,
      id: header.subject,
      owner: owner,
      village: village,
      operation: header.operation,
      sealed: sealed,
      bodyHash: entry.bodyHash,
      wrappedKey: wrapped,
      base: known.map { PreparedStep.Base($0) }
    )
    try session.copy(prepared, over: known, entry: place)
    if known == nil { noteSerial(number.number.serial, in: village, .applications) }
    return KeptCopy(sealed: prepared.sealed, prior: known?.entry ?? 0)
  }
}

extension PreparedHousehold {
  /// The salt and the body as they came.
  func salted(_ reader: Reader) throws -> (salt: Bytes16, body: [UInt8]) {
    let key = try reader.sealer.unwrap(wrappedKey, household: id)
    let binding = SealBinding.body(ofHousehold: id, stream: reader.stream, version: version)
    let (salt, body) = try reader.sealer.open(sealed, key: key, binding: binding)
    return (salt, body)
  }
}

extension WriteSession {
  /// Whether the county told this office of a notice.
  func isTold(notice id: Bytes16) throws -> Bool {
    let row = try connection.prepare("SELECT entry FROM notice WHERE id = $1")
    row.bind(id, at: 1)
    return try row.first { EntryPlace($0.int64(at: 0)).stream != 0 } ?? false
  }

  /// Takes a quota away that this office set and its county did not; false for any other rule.
  func withdraw(_ rule: CopiedRule) throws -> Bool {
    guard case .quota(let division, let period) = rule.key else { return false }
    let row = try connection.prepare("DELETE FROM quota WHERE division = $1 AND period = $2")
    row.bind(division.id, at: 1)
    row.bind(Int64(period), at: 2)
    try row.run()
    let key = RuleBook.QuotaKey(division: division.id, period: period)
    effects.published.append { [book = context.book] in
      book.update { $0.quotas[key] = nil }
    }
    return true
  }

  /// Takes over a notice as the county has it; the rule against it, or nil.
  func tell(_ notice: Notice, _ header: EntryHeader, at entry: Int64) throws -> CopyRule? {
    let code = DivisionCode(notice.division)
    guard notice.id == header.subject.bytes, notice.version == header.versionAfter,
      let division = code.flatMap({ context.directory.record(code: $0) })
    else { return .malformed }
    let known = try connection.prepare("SELECT n, version FROM notice WHERE id = $1")
    known.bind(header.subject, at: 1)
    guard let (n, version) = try known.first({ ($0.int64(at: 0), $0.int64(at: 1)) }) else {
      try insert(notice, id: header.subject, division: division, entry: entry)
      return nil
    }
    if header.versionAfter < UInt64(version), !header.isStanding { return nil }
    try update(notice, n: n, entry: entry)
    if notice.closedOn == 0 { try hang(notice, n: n) }
    return nil
  }

  /// Takes over a proposal as the county has it. Returns the entry of the version before, 0 for none.
  func tell(
    _ proposal: Proposal,
    _ header: EntryHeader,
    household: HouseholdPlace,
    at entry: Int64
  ) throws -> Int64 {
    let row = try connection.prepare("SELECT n, version, entry FROM proposal WHERE id = $1")
    row.bind(header.subject, at: 1)
    let known = try row.first {
      ($0.int64(at: 0), UInt64(bitPattern: $0.int64(at: 1)), $0.int64(at: 2))
    }
    guard let (n, version, prior) = known else {
      try insertProposal(
        proposal,
        id: header.subject,
        version: header.versionAfter,
        household: household.n,
        village: household.village,
        entry: entry
      )
      return 0
    }
    if header.versionAfter < version, !header.isStanding { return 0 }
    try update(proposal, version: header.versionAfter, n: n, entry: entry)
    return prior
  }
}
