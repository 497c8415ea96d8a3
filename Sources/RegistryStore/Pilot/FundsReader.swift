internal import RegistryAPI
internal import RegistryModel
internal import SQL

/// What is wrong with the funds of an area.
struct FundsFaults {
  /// The first of them.
  private(set) var first: [FundsFinding] = []
  /// Whose money it is, of all.
  private(set) var levels: Set<String> = []

  private static let limit = 1_000

  mutating func add(_ finding: FundsFinding) {
    levels.insert(finding.level)
    if first.count < Self.limit { first.append(finding) }
  }
}

/// Sums the accounts of funds of an area. What is left undrawn and in transit are differences of what
/// was given and what was drawn: a level closes where the accounts add up, none of them is below zero
/// and nothing was found wrong with its records.
///
/// `CROSS JOIN` fixes the order of the tables for SQLite, which has no statistics to find it: from the
/// records of the area over what they name, or what names them, each by its key.
struct FundsReader {
  private let reader: Reader
  private let area: AreaRange
  /// The area is the whole state: no money comes from outside it but that of society.
  private let isWhole: Bool
  /// The area is most of what there is: its records are found by their kind, others by division.
  private let isWide: Bool
  private let day: Int64
  private let flag: CancellationFlag
  /// Whether a node above told of a record `p`: what that draws on stands there.
  private let told: String

  init(
    _ reader: Reader,
    _ division: DivisionRecord,
    at day: Day?,
    _ flag: CancellationFlag
  ) throws {
    self.reader = reader
    area = AreaRange(division.path)
    isWhole = division.level == .state
    isWide = division.level <= .province
    self.day = day.map { Int64($0.daysSince1970) } ?? Int64(Int32.max) - 1
    self.flag = flag
    let streams = try reader.streams().filter { $0.isIncoming && $0.role == .orders }.map(\.n)
    let ranges = streams.map { n in
      let start = EntryPlace(stream: n, sequence: 0).stored
      return "p.entry >= \(start) AND p.entry < \(start + EntryPlace.width)"
    }
    told = ranges.isEmpty ? "1 = 0" : "(\(ranges.joined(separator: " OR ")))"
  }

  private static let sources = "'budget', 'funds-received'"
  private static let spending = "'disbursement', 'work-fund'"
  private static let drawing = "'allocation', " + spending

  private static func holds(_ name: String, _ kinds: String) -> String {
    """
    \(name).kind IN (\(kinds)) AND \(name).since <= $1 AND \(name).until > $1
      AND \(name).withdrawn = 0
    """
  }

  /// Tables and conditions that give the records of some kinds that hold in the area.
  private func records(
    _ name: String,
    _ kinds: String,
    and tables: String = ""
  ) -> String {
    """
    FROM \(isWide ? "pilot \(name) CROSS JOIN division d" : "division d CROSS JOIN pilot \(name)")
    \(tables)
    WHERE \(Self.holds(name, kinds)) AND d.id = \(name).division AND d.path >= $2 AND d.path < $3
    """
  }

  private static let money = "f.record = p.n AND f.key = 'fen'"

  /// Whether a record `p` names one of some kinds that holds, and where that lies.
  private static func names(_ kinds: String, _ place: String = "") -> String {
    """
    EXISTS (
      SELECT 1 FROM pilot_link l CROSS JOIN pilot s CROSS JOIN division e
      WHERE l.record = p.n AND l.role = \(PilotLinkRole.of) AND s.id = l.target
        AND e.id = s.division AND \(holds("s", kinds)) \(place)
    )
    """
  }

  private static let there = "AND e.path >= $2 AND e.path < $3"
  private static let elsewhere = "AND NOT (e.path >= $2 AND e.path < $3)"

  /// The money of the records of some kinds in the area.
  private func sums(of kinds: String, where more: String = "1 = 1") throws -> [String: Int64] {
    try byLevel(
      """
      SELECT p.level, \(Reader.sumOfValues)
      \(records("p", kinds, and: "CROSS JOIN pilot_figure f")) AND \(Self.money) AND \(more)
      GROUP BY p.level
      """
    )
  }

  /// The money of the records, wherever they are, that name one of the area.
  private func sums(of kinds: String, naming named: String) throws -> [String: Int64] {
    let tables = "CROSS JOIN pilot_link l CROSS JOIN pilot p CROSS JOIN pilot_figure f"
    return try byLevel(
      """
      SELECT p.level, \(Reader.sumOfValues)
      \(records("s", named, and: tables)) AND l.target = s.id AND l.role = \(PilotLinkRole.of)
        AND p.n = l.record AND \(Self.holds("p", kinds)) AND \(Self.money)
      GROUP BY p.level
      """
    )
  }

  /// The levels that have money.
  ///
  /// - Parameter faulty: those of records with which something is wrong.
  func lines(faulty: Set<String>) throws -> [TrialBalanceLine] {
    let budgeted = try sums(of: "'budget'")
    let received = try sums(
      of: "'funds-received'",
      where: "NOT \(Self.names("'allocation'", Self.there))"
    )
    let outside = try sums(
      of: Self.drawing,
      where: """
        (\(Self.names(Self.sources, Self.elsewhere))
          OR \(told) AND NOT \(Self.names(Self.sources)))
        """
    )
    let sources = try sums(of: Self.sources)
    let drawn = try sums(of: Self.drawing, naming: Self.sources)
    let allocated = try sums(of: "'allocation'")
    let arrived = try sums(of: "'funds-received'", naming: "'allocation'")
    let disbursed = try sums(of: Self.spending)
    return PilotKinds.moneyLevels.compactMap { level in
      func of(_ sums: [String: Int64]) -> Int64 { sums[level] ?? 0 }
      var line = TrialBalanceLine(level: level)
      line.budgeted = of(budgeted)
      line.receivedFromOutside = of(received)
      line.drawnFromOutside = of(outside)
      line.undrawn = of(sources) &- of(drawn)
      line.inTransit = of(allocated) &- of(arrived)
      line.disbursed = of(disbursed)
      line.closes =
        line.budgeted &+ line.receivedFromOutside &+ line.drawnFromOutside
        == line.undrawn &+ line.inTransit &+ line.disbursed
        && line.undrawn >= 0 && line.inTransit >= 0 && !faulty.contains(level)
      let isEmpty = [budgeted, received, outside, sources, drawn, allocated, arrived, disbursed]
        .allSatisfy { $0[level] == nil }
      return isEmpty ? nil : line
    }
  }

  private func byLevel(_ sql: String) throws -> [String: Int64] {
    var sums: [String: Int64] = [:]
    try bound(sql).forEach { sums[$0.string(at: 0)] = Reader.sum($0, at: 1) }
    return sums
  }

  private func bound(_ sql: String) throws -> any SQLStatement {
    try flag.check()
    let rows = try reader.connection.prepare(sql)
    rows.bind(day, at: 1)
    rows.bind(area.lower, at: 2)
    rows.bind(area.upper, at: 3)
    return rows
  }
}

/// What is wrong.
extension FundsReader {
  func faults() throws -> FundsFaults {
    var faults = FundsFaults()
    try findOverdrawn(&faults)
    try find(
      """
      SELECT p.id, p.level, f.value
      \(records("p", Self.drawing, and: "CROSS JOIN pilot_figure f")) AND \(Self.money)
        AND NOT \(Self.names(Self.sources)) AND NOT \(told)
      ORDER BY p.n
      """,
      "source-missing",
      "the money that it draws on is not on record",
      "所支用的资金未登记",
      &faults
    )
    let known = """
      EXISTS (
        SELECT 1 FROM pilot_link l CROSS JOIN pilot s
        WHERE l.record = p.n AND l.role = \(PilotLinkRole.of) AND s.id = l.target AND s.since <= $1
      )
      """
    let received = records("p", "'funds-received'", and: "CROSS JOIN pilot_figure f")
    try find(
      """
      SELECT p.id, p.level, f.value \(received) AND \(Self.money)
        AND \(known) AND NOT \(Self.names("'allocation'"))
      ORDER BY p.n
      """,
      "allocation-withdrawn",
      "the allocation that it names does not hold",
      "所列的资金下达已不成立",
      &faults
    )
    try find(
      unlike("s.level <> p.level", "\(Self.drawing), 'funds-received'"),
      "level",
      "its level is not that of the money that it draws on",
      "资金层级与所支用的资金不一致",
      &faults
    )
    try find(
      unlike("s.kind = 'allocation' AND s.division <> p.division", "'funds-received'"),
      "division",
      "it is received elsewhere than it was allocated to",
      "到位区划与下达区划不一致",
      &faults
    )
    guard isWhole else { return faults }
    try find(
      """
      SELECT p.id, p.level, f.value \(received) AND \(Self.money)
        AND p.level <> 'society' AND NOT \(known)
      ORDER BY p.n
      """,
      "from-nowhere",
      "no allocation on record is where this money is from, and none is outside the state",
      "资金没有登记的下达来源，而全国之外并无来源",
      &faults
    )
    return faults
  }

  /// Sources on which more is drawn than they have, and projects that were paid more than their
  /// investment: each node holds that limit for itself alone.
  private func findOverdrawn(_ faults: inout FundsFaults) throws {
    func sum(_ sources: String, _ role: Int64, _ kinds: String, _ level: String) -> String {
      let tables = """
        LEFT JOIN pilot_figure g ON g.record = s.n AND g.key = 'fen'
        CROSS JOIN pilot_link l CROSS JOIN pilot p CROSS JOIN pilot_figure f
        """
      return """
        SELECT s.id, \(level), \(Reader.sumOfValues), COALESCE(max(g.value), 0)
        \(records("s", sources, and: tables)) AND l.target = s.id AND l.role = \(role)
          AND p.n = l.record AND \(Self.holds("p", kinds)) AND \(Self.money)
        GROUP BY s.id, s.n, s.level ORDER BY s.n
        """
    }
    try find(
      sum(
        Self.sources + ", 'allocation'",
        PilotLinkRole.of,
        Self.drawing + ", 'funds-received'",
        "s.level"
      ),
      "overdrawn",
      "more is drawn or received than there is",
      "支用或到位超过可用金额",
      &faults
    ) { Reader.sum($0, at: 2) &- $0.int64(at: 4) }
    try find(
      sum("'project'", PilotLinkRole.project, Self.spending, "''"),
      "project-overpaid",
      "more is disbursed for it than its investment",
      "对项目的拨付超过其投资",
      &faults
    ) { Reader.sum($0, at: 2) &- $0.int64(at: 4) }
  }

  /// Records that differ from what they are of, of the area or naming one of it.
  private func unlike(_ difference: String, _ kinds: String) -> String {
    let tables = "CROSS JOIN pilot_link l CROSS JOIN pilot"
    let link = "l.role = \(PilotLinkRole.of)"
    let sources = "\(Self.sources), 'allocation'"
    return """
      SELECT p.id, p.level, f.value
      \(records("p", kinds, and: "\(tables) s CROSS JOIN pilot_figure f"))
        AND l.record = p.n AND \(link) AND s.id = l.target AND \(Self.holds("s", sources))
        AND \(Self.money) AND \(difference)
      UNION
      SELECT p.id, p.level, f.value
      \(records("s", sources, and: "\(tables) p CROSS JOIN pilot_figure f"))
        AND l.target = s.id AND \(link) AND p.n = l.record AND \(Self.holds("p", kinds))
        AND \(Self.money) AND \(difference)
      """
  }

  /// Adds the records that a statement finds.
  ///
  /// - Parameter excess: by how much each is wrong: none where that is not above zero. Nil for all of it.
  private func find(
    _ sql: String,
    _ rule: String,
    _ english: String,
    _ chinese: String,
    _ faults: inout FundsFaults,
    excess: ((any SQLStatement) -> Int64)? = nil
  ) throws {
    try bound(sql).forEach { row in
      let fen = excess?(row) ?? row.int64(at: 2)
      if excess != nil, fen <= 0 { return }
      faults.add(
        FundsFinding(
          record: row.bytes(at: 0),
          rule: rule,
          messageEn: english,
          messageZh: chinese,
          fen: fen,
          level: row.string(at: 1)
        )
      )
    }
  }
}
