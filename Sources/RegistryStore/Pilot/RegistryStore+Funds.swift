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
    return try await work.run { [self] flag in
      try readers.with { reader in
        try reader.connection.transaction {
          let funds = try FundsReader(reader, division, at: day, flag)
          let faults = try funds.faults()
          return TrialBalance(
            division: divisions.message(division),
            lines: try funds.lines(faulty: faults.levels),
            findings: faults.first,
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
    try checkCounted(division, breakdown: false, scope)
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
              .filter { pilotKinds[$0.kind]?.isTold($0, to: scope) ?? true }
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
  /// Whether a sum is told to a scope: one of fewer than five records that are each about a household
  /// is not, to one that sees none.
  func isTold(_ sum: PilotSum, to scope: Scope) -> Bool {
    scope.people != .none || links[.household] == nil || sum.records >= 5
  }

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
