internal import Journal
internal import RPCProtobuf
internal import RegistryAPI
internal import RegistryModel
internal import SQL

/// Counts the households anew and compares the counts kept; when deep, opens each and compares its
/// rows with its file.
///
/// Each village is a view of the database of its own: its rows and its counts are of the same
/// moment, and no view keeps the log from being moved for long.
struct HouseholdCheck {
  let reader: Reader
  let context: PreparationContext
  let tallies: TallyCheck
  let isDeep: Bool
  /// The node is a stand-alone office's, which is told of the versions that concern it alone.
  let isOffice: Bool

  /// Members with a number, and with a name.
  private var members = (numbers: Int64(0), names: Int64(0), elsewhere: Int64(0))
  /// Versions that others replaced.
  private var pastVersions: Int64 = 0
  /// Some file could not be opened, which is a finding: its members cannot be counted.
  private var isPartial = false

  init(
    reader: Reader,
    context: PreparationContext,
    tallies: TallyCheck,
    isDeep: Bool,
    isOffice: Bool
  ) {
    self.reader = reader
    self.context = context
    self.tallies = tallies
    self.isDeep = isDeep
    self.isOffice = isOffice
  }

  private static let columns = """
    h.n, h.id, h.number, h.village, h.version, h.entry, h.status, h.category, h.main_cause,
    h.members, h.net_income, h.income_year, h.head_name, h.wrapped_key
    """

  /// Reads all households.
  mutating func run(_ log: inout CheckLog) throws {
    let before = try JournalTreeSource(reader.connection).size
    let total = try reader.connection.prepare("SELECT count(*) FROM household")
      .first { UInt64(clamping: $0.int64(at: 0)) }
    try log.begin("households", total: total ?? 0)
    for village in try villages() {
      try reader.connection.transaction { try check(village: village, &log) }
    }
    if isDeep, !isPartial {
      try reader.connection.transaction { try checkTotals(since: before, &log) }
    }
  }

  /// Every place that has households or counts; those that are no village's are added up later.
  private func villages() throws -> [Int64] {
    var ids: [Int64] = []
    try reader.connection.prepare(
      "SELECT village FROM household UNION SELECT division FROM tally ORDER BY village"
    ).forEach { ids.append($0.int64(at: 0)) }
    return ids.filter { id in
      context.directory.record(id: id).map { $0.level == .village } ?? true
    }
  }

  private mutating func check(village: Int64, _ log: inout CheckLog) throws {
    let body = isDeep ? ", j.header, j.body_hash, j.sealed" : ""
    let join = isDeep ? "LEFT JOIN journal j ON j.seq = h.entry" : ""
    let rows = try reader.connection.prepare(
      "SELECT \(Self.columns)\(body) FROM household h \(join) WHERE h.village = $1 ORDER BY h.n"
    )
    rows.bind(village, at: 1)
    // Those of this view: a line that is set meanwhile changes the kept counts with it.
    let lines = try RuleLoader(connection: reader.connection, directory: context.directory)
      .lines(.poverty, over: context.book.builtIn)
    var counted = Tally()
    try rows.forEach { row in
      if let household = isDeep ? try compare(row, &log) : told(by: row) {
        counted.add(household, lines: lines)
      }
      try log.advance()
    }
    try addNoticed(village, to: &counted)
    try tallies.compare(counted, village: village, &log)
  }

  /// Applications through their last notice count as identified until they are registered.
  private func addNoticed(_ village: Int64, to counted: inout Tally) throws {
    let rows = try reader.connection.prepare(
      "SELECT category, people FROM application WHERE village = $1 AND state = $2"
    )
    rows.bind(village, at: 1)
    rows.bind(Int64(ProcedureState.countyNoticed.rawValue), at: 2)
    try rows.forEach { row in
      guard let category = HouseholdCategory(rawValue: Int32(clamping: row.int64(at: 0))) else {
        return
      }
      counted.countNoticed(category, people: row.int64(at: 1), sign: 1)
    }
  }

  /// Rows of members who stand in no file would show in the totals alone; these can be compared if
  /// nothing was written since the households were begun.
  private func checkTotals(since size: UInt64, _ log: inout CheckLog) throws {
    guard try JournalTreeSource(reader.connection).size == size else { return }
    let tables = [
      ("member_number", members.numbers), ("member_name", members.names),
      ("member_elsewhere", members.elsewhere),
    ]
    for (table, expected) in tables {
      let found = try reader.connection.prepare("SELECT count(*) FROM \(table)")
        .first { $0.int64(at: 0) }
      if found != expected {
        log.find(
          table == "member_name" ? "member.name" : "member.number",
          at: table,
          "rows lead to nobody's file",
          "多余的索引行"
        )
      }
    }
    let past = try reader.connection.prepare("SELECT count(*) FROM household_past")
      .first { $0.int64(at: 0) }
    if past != pastVersions {
      log.find("household.past-row", at: "household_past", Self.pastWords.0, Self.pastWords.1)
    }
  }

  /// The household as far as its row alone tells.
  private func told(by row: any SQLStatement) -> Household {
    var household = Household()
    household.status = HouseholdStatus(rawValue: Int32(clamping: row.int64(at: 6)))
    household.classification = Classification(
      category: Category(rawValue: Int32(clamping: row.int64(at: 7))),
      mainCause: UInt32(clamping: row.int64(at: 8))
    )
    if let fen = row.optionalInt64(at: 10) {
      household.income = Income(
        years: [
          YearIncome(
            year: UInt32(clamping: row.int64(at: 11)),
            netPerPerson: Money(fen: fen)
          )
        ])
    }
    household.members = Array(repeating: Member(), count: Int(clamping: row.int64(at: 9)))
    return household
  }

  /// The household as its file has it; nil if that cannot be opened.
  private mutating func compare(
    _ row: any SQLStatement,
    _ log: inout CheckLog
  ) throws -> Household? {
    let place = "household \(row.int64(at: 0))"
    guard let household = open(row, place, &log) else {
      isPartial = true
      return nil
    }
    let village = household.location.flatMap { DivisionCode($0.village) }
      .flatMap { context.directory.record(code: $0) }
    if !rowEquals(household, village, row) {
      log.find("household.row", at: place, "the row differs from its file", "数据行与档案不一致")
    }
    try checkMembers(household, n: row.int64(at: 0), place, &log)
    try checkPast(row, place, &log)
    return household
  }

  /// Opens the file and checks that it is the one that the journal's entry hashes.
  private func open(
    _ row: any SQLStatement,
    _ place: String,
    _ log: inout CheckLog
  ) -> Household? {
    do {
      let id = try row.bytes16(at: 1)
      let header = try row.withBytes(at: 14) { try EntryHeader(decoding: $0) }
      let version = UInt64(bitPattern: row.int64(at: 4))
      if header.subject != id || header.versionAfter != version {
        log.find(
          "household.entry",
          at: place,
          "its entry is of another household or version",
          "日志条目与户或版本不符"
        )
        return nil
      }
      let hash = try row.hash256(at: 15)
      let binding = SealBinding.body(ofHousehold: id, stream: reader.stream, version: version)
      return try row.withBytes(at: 13) { wrapped in
        try row.withBytes(at: 16) { sealed in
          try reader.sealer.withOpened(sealed, wrappedKey: wrapped, binding: binding) {
            salt,
            body in
            if reader.hasher.bodyHash(salt: salt, body: body) != hash {
              log.find(
                "household.body",
                at: place,
                "the file is not the one that the journal hashes",
                "档案与日志哈希不符"
              )
            }
            return try Household(wireBytes: body)
          }
        }
      }
    } catch {
      log.find("household.body", at: place, "the sealed file cannot be opened", "加密档案无法打开")
      return nil
    }
  }

  private func rowEquals(
    _ household: Household,
    _ village: DivisionRecord?,
    _ row: any SQLStatement
  ) -> Bool {
    let latest = household.income?.years.last
    let net = latest?.netPerPerson?.fen
    return row.bytes(at: 1) == household.id
      && HouseholdNumber(stored: row.int64(at: 2))?.description == household.number
      && row.int64(at: 3) == village?.id
      && UInt64(bitPattern: row.int64(at: 4)) == household.version
      && row.int64(at: 6) == Int64(household.status.rawValue)
      && row.int64(at: 7) == Int64(household.classification?.category.rawValue ?? 0)
      && row.int64(at: 8) == Int64(household.classification?.mainCause ?? 0)
      && row.int64(at: 9) == Int64(household.members.count)
      && row.optionalInt64(at: 10) == net
      && row.optionalInt64(at: 11) == (net == nil ? nil : latest.map { Int64($0.year) })
      && row.string(at: 12) == household.members.first?.identity?.name ?? ""
  }

  /// Opens the versions before the current one, along the chain of their entries.
  private mutating func checkPast(
    _ row: any SQLStatement,
    _ place: String,
    _ log: inout CheckLog
  ) throws {
    if isOffice { return try checkTold(row, place, &log) }
    let id = try row.bytes16(at: 1)
    let wrapped = row.bytes(at: 13)
    let past = try reader.connection.prepare(
      "SELECT prior, header, body_hash, sealed, recorded_at FROM journal WHERE seq = $1"
    )
    var version = UInt64(bitPattern: row.int64(at: 4))
    let index = try PastIndex(reader, n: row.int64(at: 0))
    // What another county recorded before it handed the household over stands in its journal.
    let elsewhere = try reader.versionsElsewhere(id)
    let recorded = Int64(clamping: version) - 1 - Int64(clamping: elsewhere)
    pastVersions += recorded
    if try index.count() != recorded {
      log.find("household.past-row", at: place, Self.pastWords.0, Self.pastWords.1)
    }
    if recorded <= 0 { return }
    var entry = try reader.prior(of: row.int64(at: 5))
    version -= 1
    while version > elsewhere {
      past.bind(entry, at: 1)
      let prior = try past.first { past in
        let isIndexed = try index.leads(version, to: entry, recordedAt: past.int64(at: 4))
        if !isIndexed {
          let words = Self.pastWords
          log.find("household.past-row", at: "\(place), version \(version)", words.0, words.1)
        }
        return try isWhole(past, id, version, wrapped) ? past.int64(at: 0) : nil
      }
      guard let prior = prior ?? nil else {
        log.find(
          "household.past",
          at: "\(place), version \(version)",
          Self.lostWords.0,
          Self.lostWords.1
        )
        return
      }
      version -= 1
      entry = prior
    }
  }

  /// The versions of which an office was told: it may have joined late, and what another office's
  /// household went through is not told of, so that numbers are left out.
  private mutating func checkTold(
    _ row: any SQLStatement,
    _ place: String,
    _ log: inout CheckLog
  ) throws {
    let id = try row.bytes16(at: 1)
    let wrapped = row.bytes(at: 13)
    let past = try reader.connection.prepare(
      "SELECT prior, header, body_hash, sealed, recorded_at FROM journal WHERE seq = $1"
    )
    var version = UInt64(bitPattern: row.int64(at: 4))
    let index = try PastIndex(reader, n: row.int64(at: 0))
    var entry = try reader.prior(of: row.int64(at: 5))
    var told: Int64 = 0
    while entry != 0 {
      past.bind(entry, at: 1)
      let after = version
      let found = try past.first { past -> (UInt64, Int64)? in
        let header = try past.withBytes(at: 1) { try EntryHeader(decoding: $0) }
        let version = header.versionAfter
        guard version < after, try isWhole(past, id, version, wrapped) else { return nil }
        if try !index.leads(version, to: entry, recordedAt: past.int64(at: 4)) {
          let words = Self.pastWords
          log.find("household.past-row", at: "\(place), version \(version)", words.0, words.1)
        }
        return (version, past.int64(at: 0))
      }
      guard let (before, prior) = found ?? nil else {
        let words = Self.lostWords
        log.find("household.past", at: "\(place), before version \(version)", words.0, words.1)
        break
      }
      (version, entry) = (before, prior)
      told += 1
    }
    pastVersions += told
    if try index.count() != told {
      log.find("household.past-row", at: place, Self.pastWords.0, Self.pastWords.1)
    }
  }

  private static let lostWords = (
    "a past version is missing or cannot be opened", "历史版本缺失或无法打开"
  )

  private static let pastWords = (
    "the rows of past versions differ from the journal's chain", "历史版本索引与日志不一致"
  )

  /// Whether an entry is this version of the household, opens, and is what the journal hashes.
  private func isWhole(
    _ row: any SQLStatement,
    _ id: Bytes16,
    _ version: UInt64,
    _ wrapped: [UInt8]
  ) throws -> Bool {
    let header = try? row.withBytes(at: 1) { try EntryHeader(decoding: $0) }
    guard let header, header.subject == id, header.versionAfter == version else { return false }
    let hash = try row.hash256(at: 2)
    let binding = SealBinding.body(ofHousehold: id, stream: reader.stream, version: version)
    let found = try? wrapped.withUnsafeBytes { wrapped in
      try row.withBytes(at: 3) { sealed in
        try reader.sealer.withOpened(sealed, wrappedKey: wrapped, binding: binding) { salt, body in
          reader.hasher.bodyHash(salt: salt, body: body)
        }
      }
    }
    return found == hash
  }

  /// Whether a person is listed as one who stands in another file too.
  private func isElsewhere(_ digest: Bytes16, n: Int64, _ position: Int) throws -> Bool {
    let row = try reader.connection.prepare(
      "SELECT position FROM member_elsewhere WHERE digest = $1 AND household = $2"
    )
    row.bind(digest, at: 1)
    row.bind(n, at: 2)
    return try row.first { $0.int64(at: 0) } == Int64(position)
  }

  /// Compares the look-up rows of a household's members with its file.
  private mutating func checkMembers(
    _ household: Household,
    n: Int64,
    _ place: String,
    _ log: inout CheckLog
  ) throws {
    let number = try reader.connection.prepare(
      "SELECT household, position FROM member_number WHERE digest = $1"
    )
    let name = try reader.connection.prepare(
      "SELECT count(*) FROM member_name WHERE name = $1 AND household = $2 AND position = $3"
    )
    for (position, member) in household.members.enumerated() {
      guard let identity = member.identity else { continue }
      if !identity.citizenId.isEmpty {
        members.numbers += 1
        let digest = try reader.sealer.digest(of: identity.citizenId, field: .idNumber)
        number.bind(digest, at: 1)
        let found = try number.first { ($0.int64(at: 0), $0.int64(at: 1)) }
        // Who left the register with a household may stand in another file by now, or have stood.
        if household.status == .exited, found?.0 != n {
          members.numbers -= 1
        } else if try found?.0 != n && isElsewhere(digest, n: n, position) {
          // A copy whose person stands in another node's file as well.
          members.numbers -= 1
          members.elsewhere += 1
        } else if found?.0 != n || found?.1 != Int64(position) {
          log.find(
            "member.number",
            at: "\(place), member \(position + 1)",
            "the ID number's digest does not lead here",
            "公民身份号码摘要未指向此人"
          )
        }
      }
      guard !identity.name.isEmpty else { continue }
      members.names += 1
      name.bind(identity.name, at: 1)
      name.bind(n, at: 2)
      name.bind(Int64(position), at: 3)
      if try name.first({ $0.int64(at: 0) }) != 1 {
        log.find(
          "member.name",
          at: "\(place), member \(position + 1)",
          "the name does not lead here",
          "姓名未指向此人"
        )
      }
    }
  }
}
