internal import Journal
internal import RPCProtobuf
package import RegistryAPI
package import RegistryModel
internal import SQL

extension RegistryStore {
  /// The trial balance of a division's funds, by level of government.
  ///
  /// Throws `StoreError`: `refused`, `invalid`, `notFound` for a code.
  package func trialBalance(
    _ request: GetTrialBalanceRequest,
    scope: Scope
  ) async throws -> TrialBalance {
    try scope.require(.readPilot)
    let division = try ruled(request.division, scope)
    let day = try await asOf(request.asOf)
    return try await work.run { [self] _ in
      try readers.with { reader in
        try reader.connection.transaction {
          let funds = FundsReader(
            reader: reader,
            area: AreaRange(division.path),
            isWhole: division.level == .state,
            day: day
          )
          let findings = try funds.findings()
          return TrialBalance(
            division: divisions.message(division),
            lines: try funds.lines(Set(findings.map(\.level))),
            findings: Array(findings.prefix(1_000)),
            synthetic: isSynthetic
          )
        }
      }
    }
  }

  /// A page of records of a kind with the sums of what goes back to each.
  ///
  /// Throws `StoreError`: `refused`, `invalid`, `notFound` for a code.
  package func followedPilotRecords(
    _ request: FollowPilotRecordsRequest,
    scope: Scope
  ) async throws -> FollowPilotRecordsResponse {
    try scope.require(.readPilot)
    let division = try ruled(request.division, scope)
    guard let kind = pilotKinds[request.kind],
      request.without.isEmpty || pilotKinds[request.without] != nil
    else { throw StoreError.broken([PilotRule.kind.violation("kind")]) }
    let size = limits.page(request.pageSize, limits.proposalPage, limits.proposalPageMaximum)
    var question = request
    question.pageToken = ""
    question.pageSize = 0
    let asked = try question.serializedBytes()
    let holder = scope.actor(node: node)
    return try await work.run { [self] _ in
      try readers.with { reader in
        let start = try PageToken.place(
          .followedPilotRecords,
          token: request.pageToken,
          holder: holder,
          question: asked,
          using: reader.sealer
        )
        return try reader.connection.transaction {
          var found: [(n: Int64, record: PilotRecord)] = []
          try reader.pilotRecords(
            of: kind.word,
            without: request.without,
            AreaRange(division.path),
            after: start,
            limit: size + 1
          ) { found.append(($0, $1)) }
          var response = FollowPilotRecordsResponse()
          for (_, record) in found.prefix(size) {
            guard let shown = record.shown(to: scope) else { continue }
            let sums = try reader.pilotSums(naming: Bytes16(record.id), pilotKinds)
            response.records.append(FollowedPilotRecord(record: shown, sums: sums))
          }
          if found.count > size {
            response.nextPageToken = try PageToken.make(
              .followedPilotRecords,
              place: found[size - 1].n,
              holder: holder,
              question: asked,
              using: reader.sealer
            )
          }
          return response
        }
      }
    }
  }
}

extension PageToken.List {
  /// Records of pilot work with what became of them.
  static let followedPilotRecords = PageToken.List(rawValue: 25)
}

/// Sums the accounts of funds of an area. What is left undrawn and in transit are differences of what
/// was given and what was drawn: a level closes where the accounts add up, none of them is below zero
/// and nothing was found wrong with its records.
private struct FundsReader {
  let reader: Reader
  let area: AreaRange
  /// The area is the whole state: no money comes from outside it but that of society.
  let isWhole: Bool
  let day: Day?

  /// Money of the kinds of a list that holds, in the area.
  private static func sums(of kinds: String, where more: String = "") -> String {
    """
    SELECT p.level, \(Reader.sumOfValues) FROM pilot p
    JOIN pilot_figure f ON f.record = p.n AND f.key = 'fen' JOIN division d ON d.id = p.division
    WHERE p.kind IN (\(kinds)) AND p.since <= $1 AND p.until > $1 AND p.withdrawn = 0
    """ + more + " GROUP BY p.level"
  }

  private static let inside = " AND d.path >= $2 AND d.path < $3"

  /// Whether a record is of one of some kinds that holds, and where that lies.
  private static func named(_ kinds: String, _ place: String = "") -> String {
    """
    EXISTS (
      SELECT 1 FROM pilot_link l JOIN pilot s ON s.id = l.target JOIN division e ON e.id = s.division
      WHERE l.record = p.n AND l.role = \(PilotLinkRole.of) AND s.kind IN (\(kinds))
        AND s.since <= $1 AND s.until > $1 AND s.withdrawn = 0 \(place)
    )
    """
  }

  private static let there = "AND e.path >= $2 AND e.path < $3"
  private static let elsewhere = "AND NOT (e.path >= $2 AND e.path < $3)"

  /// Whether a node above told of a record: what that draws on stands there.
  private var told: String {
    get throws {
      let streams = try reader.streams().filter { $0.isIncoming && $0.role == .orders }.map(\.n)
      let ranges = streams.map { n in
        let start = EntryPlace(stream: n, sequence: 0).stored
        return "p.entry >= \(start) AND p.entry < \(start + EntryPlace.width)"
      }
      return ranges.isEmpty ? "1 = 0" : "(\(ranges.joined(separator: " OR ")))"
    }
  }
  private static let sources = "'budget', 'funds-received'"
  private static let spending = "'disbursement', 'work-fund'"
  private static let drawing = "'allocation', " + spending

  /// The levels that have money.
  ///
  /// - Parameter faulty: those of records with which something is wrong.
  func lines(_ faulty: Set<String>) throws -> [TrialBalanceLine] {
    let there = Self.there
    let budgeted = try byLevel(Self.sums(of: "'budget'", where: Self.inside))
    let received = try byLevel(
      Self.sums(
        of: "'funds-received'",
        where: Self.inside + " AND NOT \(Self.named("'allocation'", there))"
      )
    )
    let outside = try byLevel(
      Self.sums(
        of: Self.drawing,
        where: Self.inside
          + " AND (\(Self.named(Self.sources, Self.elsewhere)) OR \(try told) "
          + "AND NOT \(Self.named(Self.sources)))"
      )
    )
    let sources = try byLevel(Self.sums(of: Self.sources, where: Self.inside))
    let drawn = try byLevel(
      Self.sums(of: Self.drawing, where: " AND \(Self.named(Self.sources, there))")
    )
    let allocated = try byLevel(Self.sums(of: "'allocation'", where: Self.inside))
    let arrived = try byLevel(
      Self.sums(of: "'funds-received'", where: " AND \(Self.named("'allocation'", there))")
    )
    let disbursed = try byLevel(Self.sums(of: Self.spending, where: Self.inside))
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
    // PostgreSQL wants every parameter of a statement to stand in it.
    let row = try reader.connection.prepare(sql)
    row.bind(day.map { Int64($0.daysSince1970) } ?? Int64(Int32.max) - 1, at: 1)
    row.bind(area.lower, at: 2)
    row.bind(area.upper, at: 3)
    var sums: [String: Int64] = [:]
    try row.forEach { sums[$0.string(at: 0)] = Reader.sum($0, at: 1) }
    return sums
  }

  func findings() throws -> [FundsFinding] {
    let holding = { (name: String) in
      "\(name).since <= $1 AND \(name).until > $1 AND \(name).withdrawn = 0"
    }
    let overdrawn = try found(
      """
      SELECT s.id, s.level, \(Reader.sumOfValues), COALESCE(max(g.value), 0) FROM pilot s
      LEFT JOIN pilot_figure g ON g.record = s.n AND g.key = 'fen'
      JOIN division d ON d.id = s.division
      JOIN pilot_link l ON l.target = s.id AND l.role = \(PilotLinkRole.of)
      JOIN pilot p ON p.n = l.record JOIN pilot_figure f ON f.record = p.n AND f.key = 'fen'
      WHERE \(holding("s")) AND \(holding("p")) AND d.path >= $2 AND d.path < $3
        AND s.kind IN (\(Self.sources), 'allocation')
        AND p.kind IN (\(Self.drawing), 'funds-received')
      GROUP BY s.id, s.n, s.level ORDER BY s.n
      """,
      "overdrawn",
      "more is drawn or received than there is",
      "支用或到位超过可用金额"
    ) { Reader.sum($0, at: 2) &- $0.int64(at: 4) }
    let missing = try found(
      """
      SELECT p.id, p.level, f.value FROM pilot p
      JOIN pilot_figure f ON f.record = p.n AND f.key = 'fen' JOIN division d ON d.id = p.division
      WHERE p.kind IN (\(Self.drawing)) AND \(holding("p")) AND d.path >= $2 AND d.path < $3
        AND NOT \(Self.named(Self.sources)) AND NOT \(try told) ORDER BY p.n LIMIT 1000
      """,
      "source-missing",
      "the money that it draws on is not on record",
      "所支用的资金未登记"
    )
    let undone = try found(
      """
      SELECT p.id, p.level, f.value FROM pilot p
      JOIN pilot_figure f ON f.record = p.n AND f.key = 'fen' JOIN division d ON d.id = p.division
      JOIN pilot_link l ON l.record = p.n AND l.role = \(PilotLinkRole.of)
      WHERE p.kind = 'funds-received' AND \(holding("p")) AND d.path >= $2 AND d.path < $3
        AND EXISTS (SELECT 1 FROM pilot s WHERE s.id = l.target AND s.since <= $1)
        AND NOT \(Self.named("'allocation'")) ORDER BY p.n LIMIT 1000
      """,
      "allocation-withdrawn",
      "the allocation that it names does not hold",
      "所列的资金下达已不成立"
    )
    let levels = try found(
      """
      SELECT p.id, p.level, f.value FROM pilot p
      JOIN pilot_figure f ON f.record = p.n AND f.key = 'fen' JOIN division d ON d.id = p.division
      JOIN pilot_link l ON l.record = p.n AND l.role = \(PilotLinkRole.of)
      JOIN pilot s ON s.id = l.target JOIN division e ON e.id = s.division
      WHERE \(holding("p")) AND \(holding("s"))
        AND (d.path >= $2 AND d.path < $3 OR e.path >= $2 AND e.path < $3)
        AND p.kind IN (\(Self.drawing), 'funds-received') AND s.level <> p.level
      ORDER BY p.n LIMIT 1000
      """,
      "level",
      "its level is not that of the money that it draws on",
      "资金层级与所支用的资金不一致"
    )
    let places = try found(
      """
      SELECT p.id, p.level, f.value FROM pilot p
      JOIN pilot_figure f ON f.record = p.n AND f.key = 'fen' JOIN division d ON d.id = p.division
      JOIN pilot_link l ON l.record = p.n AND l.role = \(PilotLinkRole.of)
      JOIN pilot s ON s.id = l.target JOIN division e ON e.id = s.division
      WHERE p.kind = 'funds-received' AND \(holding("p")) AND \(holding("s"))
        AND (d.path >= $2 AND d.path < $3 OR e.path >= $2 AND e.path < $3)
        AND s.kind = 'allocation' AND s.division <> p.division
      ORDER BY p.n LIMIT 1000
      """,
      "division",
      "it is received elsewhere than it was allocated to",
      "到位区划与下达区划不一致"
    )
    let outside =
      !isWhole
      ? []
      : try found(
        """
        SELECT p.id, p.level, f.value FROM pilot p
        JOIN pilot_figure f ON f.record = p.n AND f.key = 'fen' JOIN division d ON d.id = p.division
        WHERE p.kind = 'funds-received' AND \(holding("p")) AND d.path >= $2 AND d.path < $3
          AND p.level <> 'society'
          AND NOT EXISTS (
            SELECT 1 FROM pilot_link l JOIN pilot s ON s.id = l.target
            WHERE l.record = p.n AND l.role = \(PilotLinkRole.of) AND s.since <= $1
          )
        ORDER BY p.n LIMIT 1000
        """,
        "from-nowhere",
        "no allocation on record is where this money is from, and none is outside the state",
        "资金没有登记的下达来源，而全国之外并无来源"
      )
    return overdrawn + missing + undone + levels + places + outside
  }

  private func found(
    _ sql: String,
    _ rule: String,
    _ english: String,
    _ chinese: String,
    excess: (any SQLStatement) -> Int64 = { $0.int64(at: 2) }
  ) throws -> [FundsFinding] {
    let rows = try reader.connection.prepare(sql)
    rows.bind(day.map { Int64($0.daysSince1970) } ?? Int64(Int32.max) - 1, at: 1)
    rows.bind(area.lower, at: 2)
    rows.bind(area.upper, at: 3)
    var found: [FundsFinding] = []
    try rows.forEach { row in
      let fen = excess(row)
      guard fen > 0 || rule != "overdrawn" else { return }
      found.append(
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
    return found
  }
}

extension Reader {
  /// The present records of a kind in an area, those left out that a record of another kind goes
  /// back to.
  fileprivate func pilotRecords(
    of kind: String,
    without: String,
    _ range: AreaRange,
    after start: Int64,
    limit: Int,
    _ body: (Int64, PilotRecord) -> Void
  ) throws {
    let rows = try connection.prepare(
      """
      SELECT j.recorded_at, j.sealed, p.n FROM pilot p JOIN journal j ON j.seq = p.entry
      JOIN division d ON d.id = p.division
      WHERE p.n > $1 AND p.until = $2 AND p.withdrawn = 0 AND p.kind = $3
        AND d.path >= $4 AND d.path < $5
        AND NOT EXISTS (
          SELECT 1 FROM pilot_link l JOIN pilot q ON q.n = l.record
          WHERE l.target = p.id AND l.role <= \(PilotLinkRole.project) AND q.kind = $6
            AND q.until = $2 AND q.withdrawn = 0
        )
      ORDER BY p.n LIMIT $7
      """
    )
    rows.bind(start, at: 1)
    rows.bind(WriteSession.untilReplaced, at: 2)
    rows.bind(kind, at: 3)
    rows.bind(range.lower, at: 4)
    rows.bind(range.upper, at: 5)
    rows.bind(without, at: 6)
    rows.bind(Int64(limit), at: 7)
    try rows.forEach { row in
      var (record, instant): (PilotRecord, Int64) = try self.record(row)
      record.recordedAt = instant
      body(row.int64(at: 2), record)
    }
  }

  /// The sums of the present records that name one as what they are of, or as their project.
  fileprivate func pilotSums(naming id: Bytes16?, _ kinds: PilotKinds) throws -> [PilotSum] {
    guard let id else { return [] }
    let naming = """
      WHERE l.target = $1 AND l.role <= \(PilotLinkRole.project) AND q.until = $2
        AND q.withdrawn = 0
      """
    let counts = try connection.prepare(
      """
      SELECT q.kind, count(*), count(DISTINCT q.division) FROM pilot_link l
      JOIN pilot q ON q.n = l.record \(naming) GROUP BY q.kind
      """
    )
    counts.bind(id, at: 1)
    counts.bind(WriteSession.untilReplaced, at: 2)
    var counted: [String: (records: Int64, divisions: Int64)] = [:]
    try counts.forEach { counted[$0.string(at: 0)] = ($0.int64(at: 1), $0.int64(at: 2)) }
    if counted.isEmpty { return [] }
    let rows = try connection.prepare(
      """
      SELECT q.kind, f.key, \(Self.sumOfValues) FROM pilot_link l
      JOIN pilot q ON q.n = l.record JOIN pilot_figure f ON f.record = q.n
      \(naming) GROUP BY q.kind, f.key
      """
    )
    rows.bind(id, at: 1)
    rows.bind(WriteSession.untilReplaced, at: 2)
    var sums: [String: [String: Int64]] = [:]
    try rows.forEach {
      sums[$0.string(at: 0), default: [:]][$0.string(at: 1)] = Self.sum($0, at: 2)
    }
    return kinds.all.compactMap { kind in
      guard let (records, divisions) = counted[kind.word] else { return nil }
      var sum = kind.sum(records: records, divisions: divisions)
      sum.figures = kind.figures(sums[kind.word] ?? [:], hasOneUnit: true)
      return sum
    }
  }
}

extension PilotKinds.Kind {
  /// A sum of records of this kind, still without figures.
  func sum(records: Int64, divisions: Int64) -> PilotSum {
    PilotSum(
      kind: word,
      nameEn: english,
      nameZh: chinese,
      records: records,
      divisions: divisions
    )
  }

  /// The sums of its numbers as figures.
  ///
  /// - Parameter hasOneUnit: the records' scale is in one unit; else scales do not add up.
  func figures(_ sums: [String: Int64], hasOneUnit: Bool) -> [Figure] {
    numbers.compactMap { number, _ in
      if number.unit == .hundredths, !hasOneUnit { return nil }
      return sums[number.key].map {
        Figure(
          key: number.key,
          section: word,
          nameEn: number.english,
          nameZh: number.chinese,
          value: $0,
          unit: number.unit
        )
      }
    }
  }
}
