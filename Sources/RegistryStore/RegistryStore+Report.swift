package import RegistryAPI
package import RegistryModel
internal import SQL

/// What reports of an area, and of divisions below, are computed from.
package struct ReportSnapshot: Sendable {
  /// The division asked for, then those below in the order of their codes, if asked for.
  package let divisions: [(division: DivisionRecord, inputs: ReportInputs)]
  /// The instant of the last change that they include.
  package let asOf: Instant
  /// The journal's sequence that they include.
  package let sequence: UInt64
  /// The day at whose close they held; nil for now.
  package let day: Day?
}

extension RegistryStore {
  /// What the report of a division says.
  ///
  /// Point reads of kept counts and sums; nothing is counted anew. With a day, all as it was known
  /// here at its close, whatever came since. Throws `StoreError`: `refused` if the scope does not
  /// allow reports, or not there; `invalid`, `notFound` for a code.
  package func report(
    _ request: GetReportRequest,
    scope: Scope
  ) async throws -> ReportSnapshot {
    try await report(of: request.division, at: request.asOf, scope) { _ in [] }
  }

  /// The same of a division and of those of a level below it, all of one moment.
  ///
  /// Throws as `report`; `invalid` for a level that is not below the division, `refused` for more
  /// divisions than one answer has.
  package func reports(
    _ request: ListReportsRequest,
    scope: Scope
  ) async throws -> ReportSnapshot {
    try await report(of: request.division, at: request.asOf, scope) { division in
      if request.level == .unspecified { return divisions.children(of: division) }
      guard let level = DivisionTier(rawValue: request.level.rawValue), level > division.level
      else {
        throw StoreError.broken([PilotRule.reportLevel.violation("level")])
      }
      let below = divisions.below(division, level)
      guard below.count <= limits.reportDivisions else {
        throw StoreError.refused(
          by: "report.divisions",
          "these are \(below.count) divisions, more than \(limits.reportDivisions): ask for a part",
          zh: "共\(below.count)个区划，超过\(limits.reportDivisions)个：请分区查询"
        )
      }
      return below
    }
  }

  private func report(
    of code: String,
    at number: Int32,
    _ scope: Scope,
    below: (DivisionRecord) throws -> [DivisionRecord]
  ) async throws -> ReportSnapshot {
    try scope.require(.report)
    let division = try ruled(code, scope)
    let below = try below(division)
    for one in [division] + below.prefix(1) { try checkCounted(one, breakdown: false, scope) }
    let day = try await asOf(number)
    return try await work.run { [self] flag in
      try readers.with { reader in
        try reader.connection.transaction {
          try reader.report(of: [division] + below, at: day, self, flag)
        }
      }
    }
  }
}

/// The rural population of a division, and the day that it is of.
private struct RuralPopulation {
  var people: Int64
  var day: Int32
}

/// A county's latest return.
private struct CountyReturn {
  var people: [HouseholdCategory: Int64]
}

extension Reader {
  fileprivate func report(
    of divisions: [DivisionRecord],
    at day: Day?,
    _ store: RegistryStore,
    _ flag: CancellationFlag
  ) throws -> ReportSnapshot {
    let counts = try counts(inView: divisions, at: day)
    var inputs = counts.divisions.map {
      ReportInputs(tally: $0.tally, synthetic: store.isSynthetic)
    }
    try fill(&inputs, divisions, at: day, store)
    let (asked, home) = (divisions[0].path, store.division.path)
    if !home.contains(asked) {
      let name = store.divisions.message(store.division).fullName
      inputs[0].heldAlone = (name, isWithin: asked.contains(home))
    }
    let kinds = store.pilotKinds.all.filter { !Self.ofPlaces.contains($0.word) }
    for (place, division) in divisions.enumerated() {
      try flag.check()
      inputs[place].work = try pilotTally(of: division.id, at: day).sums(of: kinds)
    }
    return ReportSnapshot(
      divisions: Array(zip(divisions, inputs)),
      asOf: counts.asOf,
      sequence: counts.sequence,
      day: day
    )
  }

  /// Kinds that the report counts otherwise.
  private static let ofPlaces: Set<String> = [
    "pilot-county", "assignment", "rural-population", "return",
  ]

  /// Puts the counties, their populations and returns into the inputs of every division in which they
  /// lie: once over the counties, however many divisions are asked for.
  private func fill(
    _ inputs: inout [ReportInputs],
    _ divisions: [DivisionRecord],
    at day: Day?,
    _ store: RegistryStore
  ) throws {
    let area = divisions[0]
    let places = Dictionary(uniqueKeysWithValues: divisions.enumerated().map { ($1.id, $0) })
    let pilot = try Set(pilotRows("pilot-county", in: area, at: day).map(\.division))
    let knowsPilot = try isAnyPilotCounty(at: day)
    let uploaded = try uploaded(at: day, store)
    var rural: [Int64: RuralPopulation] = [:]
    var returns: [Int64: CountyReturn] = [:]
    // In the order of their days: the last one of a division stands.
    for row in try pilotRows("rural-population", in: area, at: day) {
      rural[row.division] = row.figures["people.rural"].map { .init(people: $0, day: row.day) }
    }
    for row in try pilotRows("return", in: area, at: day) {
      if let people = row.figures["people.rural"], (rural[row.division]?.day ?? 0) < row.day {
        rural[row.division] = RuralPopulation(people: people, day: row.day)
      }
      let told = HouseholdCategory.allCases.map { ($0, row.figures[$0.returned] ?? 0) }
      returns[row.division] = CountyReturn(people: Dictionary(uniqueKeysWithValues: told))
    }
    var provinces: [Int: Set<Int64>] = [:]
    for (place, division) in divisions.enumerated() {
      if division.level <= .county {
        inputs[place].places = ReportInputs.Places()
      } else {
        inputs[place].rural = rural[division.id]?.people
      }
    }
    for county in store.divisions.counties where area.path.contains(county.path) {
      let isPilot = pilot.contains(county.id)
      let isOutside = knowsPilot && !isPilot
      let isUploaded = uploaded.contains(county.id)
      let told = isUploaded ? nil : returns[county.id]
      let known = rural[county.id]?.people
      // What is identified outside the pilot counties has no share in their population.
      var outside: [HouseholdCategory: Int64] = told?.people ?? [:]
      if isOutside, isUploaded {
        let tally = try counts(inView: [county], at: day).divisions[0].tally
        for category in HouseholdCategory.allCases {
          outside[category] = tally.identified(category).people
        }
      }
      for place in county.path.ids.compactMap({ places[$0] }) {
        inputs[place].count(
          county.isKeyCounty,
          isPilot: isPilot,
          isOutside: isOutside,
          isUploaded: isUploaded,
          told: told?.people,
          outside: isOutside ? outside : [:],
          rural: known
        )
        if isPilot, county.path.ids.count > 1 {
          provinces[place, default: []].insert(county.path.ids[1])
        }
      }
    }
    for (place, found) in provinces { inputs[place].places?.pilotProvinces = Int64(found.count) }
    // Of a division itself: what it assigned to others is counted at them.
    for row in try pilotRows("assignment", in: area, at: day) {
      guard let place = places[row.division] else { continue }
      inputs[place].places?.assigned = row.figures["counties"] ?? 0
    }
  }

  private func isAnyPilotCounty(at day: Day?) throws -> Bool {
    let row = try connection.prepare(
      """
      SELECT 1 FROM pilot WHERE kind = 'pilot-county' AND since <= $1 AND until > $1
        AND withdrawn = 0 LIMIT 1
      """
    )
    row.bind(day.map { Int64($0.daysSince1970) } ?? Int64(Int32.max) - 1, at: 1)
    return try row.first { _ in true } == true
  }

  /// The counties whose files are here: this node's own, since it began, and those of whose journals
  /// files have come, from the day on which the first was counted here.
  private func uploaded(at day: Day?, _ store: RegistryStore) throws -> Set<Int64> {
    var counties: Set<Int64> = []
    if store.division.level == .county {
      let began = try connection.prepare("SELECT recorded_at FROM journal WHERE seq = 1")
        .first { Day(of: Instant(microseconds: $0.int64(at: 0))) }
      if let began, day.map({ began <= $0 }) ?? true { counties.insert(store.division.id) }
    }
    let counted = try connection.prepare(
      "SELECT day FROM tally WHERE division = $1 AND day <= $2 LIMIT 1"
    )
    for stream in try streams() where stream.isIncoming && stream.role == .journal {
      guard store.divisions.record(id: stream.division)?.level == .county else { continue }
      counted.bind(stream.division, at: 1)
      counted.bind(day.map { Int64($0.daysSince1970) } ?? Int64(Int32.max), at: 2)
      if try counted.first({ _ in true }) != nil { counties.insert(stream.division) }
    }
    return counties
  }
}

extension HouseholdCategory {
  /// The number of a return that tells its people.
  fileprivate var returned: String {
    switch self {
    case .povertyObject: "people.poverty-object"
    case .dibao: "people.dibao"
    case .povertyObjectWithDibao: "people.both"
    case .fiveGuarantee: "people.five-guarantee"
    }
  }
}
