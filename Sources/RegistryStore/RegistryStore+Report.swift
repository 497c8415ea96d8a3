internal import Journal
package import RegistryAPI
package import RegistryModel
internal import SQL

/// What reports of an area, and of the divisions directly below, are computed from.
package struct ReportSnapshot: Sendable {
  /// The division asked for, then those directly below in the order of their codes, if asked for.
  package let divisions: [(division: DivisionRecord, inputs: ReportInputs)]
  /// The instant of the last change that they include.
  package let asOf: Instant
  /// The journal's sequence that they include.
  package let sequence: UInt64
  /// The day at whose close they held; nil for now.
  package let day: Day?
}

extension RegistryStore {
  /// What the report of a division says, and those of the divisions directly below.
  ///
  /// Point reads of kept counts, and the records of pilot work; nothing of households is counted
  /// anew. With a day, all as it was known here at its close, whatever came since.
  /// Throws `StoreError`: `refused` if the scope does not allow reports, or not there; `invalid`,
  /// `notFound` for a code.
  package func report(
    _ request: GetReportRequest,
    scope: Scope
  ) async throws -> ReportSnapshot {
    try scope.require(.report)
    let division = try ruled(request.division, scope)
    try checkCounted(division, breakdown: request.breakdown, scope)
    let day = try asOf(request.asOf)
    let below = request.breakdown ? divisions.children(of: division) : []
    return try await work.run { [self] _ in
      try readers.with { reader in
        try reader.connection.transaction {
          try reader.report(of: [division] + below, at: day, self)
        }
      }
    }
  }
}

/// The sums of one kind's numbers in one division.
private struct PilotTotal {
  let division: DivisionRecord
  let level: String
  var records: Int64 = 0
  var figures: [String: Int64] = [:]
}

extension Reader {
  fileprivate func report(
    of divisions: [DivisionRecord],
    at day: Day?,
    _ store: RegistryStore
  ) throws -> ReportSnapshot {
    let area = divisions[0]
    let counts = try counts(inView: divisions, at: day)
    let pilot = try Set(pilotRows("pilot-county", in: area, at: day).map(\.division))
    let uploaded = try uploaded(at: day, store)
    let rural = try latest("rural-population", "people.rural", in: area, at: day)
    let returns = try returns(in: area, at: day).filter { !uploaded.contains($0.key) }
    let counties = store.divisions.counties
    let work = try store.pilotKinds.all.filter { !Self.ofPlaces.contains($0.word) }
      .map { ($0, try totals($0.word, in: area, at: day, store)) }
    let assigned = try totals("assignment", in: area, at: day, store)
    return ReportSnapshot(
      divisions: counts.divisions.map { one in
        let division = one.division
        var inputs = ReportInputs(tally: one.tally, synthetic: store.isSynthetic)
        let own = counties.filter { division.path.contains($0.path) }
        if division.level <= .county {
          fill(
            &inputs,
            own,
            pilot: pilot,
            uploaded: uploaded,
            rural: rural,
            returns: returns,
            store
          )
          // Of the division itself: what it assigned to others is counted at them.
          inputs.places?.assigned = assigned.filter { $0.division.id == division.id }
            .reduce(0) { $0 + ($1.figures["counties"] ?? 0) }
        } else {
          inputs.rural = rural[division.id]
        }
        inputs.work = work.compactMap { Self.sum($0, $1, in: division) }
        return (division, inputs)
      },
      asOf: counts.asOf,
      sequence: counts.sequence,
      day: day
    )
  }

  /// Kinds that the report counts otherwise.
  private static let ofPlaces: Set<String> = [
    "pilot-county", "assignment", "rural-population", "return",
  ]

  private func fill(
    _ inputs: inout ReportInputs,
    _ counties: [DivisionRecord],
    pilot: Set<Int64>,
    uploaded: Set<Int64>,
    rural: [Int64: Int64],
    returns: [Int64: ReportInputs.Returns],
    _ store: RegistryStore
  ) {
    var places = ReportInputs.Places()
    var provinces: Set<Int64> = []
    var populations = (pilot: [Int64?](), uploaded: [Int64?]())
    var returned = ReportInputs.Returns()
    for county in counties {
      if county.isKeyCounty { places.keyCounties += 1 }
      if pilot.contains(county.id) {
        places.pilot += 1
        if county.isKeyCounty { places.pilotKey += 1 }
        if county.path.ids.count > 1 { provinces.insert(county.path.ids[1]) }
        populations.pilot.append(rural[county.id])
      }
      if uploaded.contains(county.id) {
        places.uploaded += 1
        if county.isKeyCounty { places.uploadedKey += 1 }
        populations.uploaded.append(rural[county.id])
      } else if let told = returns[county.id] {
        places.returned += 1
        returned.people.merge(told.people, uniquingKeysWith: +)
      }
    }
    places.pilotProvinces = Int64(provinces.count)
    inputs.places = places
    inputs.returns = places.returned > 0 ? returned : nil
    func sum(_ known: [Int64?]) -> Int64? {
      let people = known.compactMap { $0 }
      return people.isEmpty ? nil : people.reduce(0, +)
    }
    inputs.ruralPilot = sum(populations.pilot)
    inputs.rural = sum(populations.uploaded)
    let all = inputs.ruralPilot == nil ? populations.uploaded : populations.pilot
    if all.contains(where: { $0 != nil }) {
      inputs.countiesWithoutPopulation = Int64(all.count { $0 == nil })
    }
  }

  /// The counties whose files are here: this node's own, and those whose journals have come.
  private func uploaded(at day: Day?, _ store: RegistryStore) throws -> Set<Int64> {
    var counties: Set<Int64> = store.division.level == .county ? [store.division.id] : []
    let first = try connection.prepare("SELECT recorded_at FROM journal WHERE seq = $1")
    for stream in try streams()
    where stream.isIncoming && stream.role == .journal && stream.size > 0 {
      guard store.divisions.record(id: stream.division)?.level == .county else { continue }
      first.bind(EntryPlace(stream: stream.n, sequence: 1).stored, at: 1)
      let since = try first.first { Day(of: Instant(microseconds: $0.int64(at: 0))) }
      if let since, day.map({ since <= $0 }) ?? true { counties.insert(stream.division) }
    }
    return counties
  }

  /// The number of the latest record of each division.
  private func latest(
    _ kind: String,
    _ key: String,
    in area: DivisionRecord,
    at day: Day?
  ) throws -> [Int64: Int64] {
    var found: [Int64: Int64] = [:]
    for row in try pilotRows(kind, in: area, at: day) { found[row.division] = row.figures[key] }
    return found
  }

  private func returns(
    in area: DivisionRecord,
    at day: Day?
  ) throws -> [Int64: ReportInputs.Returns] {
    var found: [Int64: ReportInputs.Returns] = [:]
    // In the order of their days: the last one of a county stands.
    for row in try pilotRows("return", in: area, at: day) {
      var told = ReportInputs.Returns()
      told.people = [
        .povertyObject: row.figures["people.poverty-object"] ?? 0,
        .dibao: row.figures["people.dibao"] ?? 0,
        .povertyObjectWithDibao: row.figures["people.both"] ?? 0,
        .fiveGuarantee: row.figures["people.five-guarantee"] ?? 0,
      ]
      found[row.division] = told
    }
    return found
  }

  private func totals(
    _ kind: String,
    in area: DivisionRecord,
    at day: Day?,
    _ store: RegistryStore
  ) throws -> [PilotTotal] {
    try pilotRows(kind, in: area, at: day).compactMap { row in
      guard let division = store.divisions.record(id: row.division) else { return nil }
      return PilotTotal(division: division, level: row.level, records: 1, figures: row.figures)
    }
  }

  private static func sum(
    _ kind: PilotKinds.Kind,
    _ totals: [PilotTotal],
    in division: DivisionRecord
  ) -> PilotWorkSum? {
    var sum = PilotWorkSum(kind)
    var figures: [String: Int64] = [:]
    var money: [String: Int64] = [:]
    for total in totals where division.path.contains(total.division.path) {
      sum.records += total.records
      figures.merge(total.figures, uniquingKeysWith: +)
      if kind.isMoney { money[total.level, default: 0] += total.figures["fen"] ?? 0 }
    }
    guard sum.records > 0 else { return nil }
    // Scales of different units do not add up.
    sum.numbers = kind.numbers.filter { $0.0.unit != .hundredths }
      .compactMap { number, _ in figures[number.key].map { (number, $0) } }
    sum.money = PilotKinds.moneyLevels.compactMap { level in money[level].map { (level, $0) } }
    return sum
  }
}
