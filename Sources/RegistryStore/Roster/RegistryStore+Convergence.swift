internal import Journal
package import RegistryAPI
package import RegistryModel
internal import SQL

/// A part of the people of a finding, and where the list goes on.
package struct ConvergencePage: Sendable {
  package var rows: [ConvergenceRow] = []
  /// The households that are named, each time.
  package var files: [[UInt8]] = []
  package var last: ConvergencePlace
}

/// Where a list of people goes on.
package struct ConvergencePlace: Sendable {
  var n: Int64 = -1
  var digest: [UInt8] = []

  /// The beginning.
  package init() {}
}

extension RegistryStore {
  /// A part of the people of a finding behind a place; nil at the end. A part may be empty.
  ///
  /// Throws `StoreError`: `refused`, `notFound`, `invalid` for a finding that lists nobody, or that
  /// the scope is not told of.
  package func convergence(
    _ request: ListConvergenceRequest,
    after place: ConvergencePlace,
    scope: Scope
  ) async throws -> ConvergencePage? {
    try scope.require(.readRoster)
    switch request.finding {
    case .both, .rosterOnly, .registryOnly, .otherName, .category, .mark, .twice, .malformed,
      .counties,
      .uncomparable:
      break
    default:
      throw StoreError.broken([PilotRule.kind.violation("finding")])
    }
    return try await work.run { [self] _ in
      try readers.with { reader in
        try reader.connection.transaction { () -> ConvergencePage? in
          let known = try reader.roster(request.roster, scope, self)
          guard scope.shows(request.finding, of: known.roster.kind) else {
            throw StoreError.refused(
              by: "roster.finding",
              "the office is not told of this finding",
              zh: "本机构不可查看此类比对结果"
            )
          }
          switch request.finding {
          case .rosterOnly where scope.seesEverything:
            return try reader.rosterOnly(known.n, in: known.division, after: place)
          case .both, .rosterOnly:
            let finder = try RosterFinder(reader, self, known.division, scope)
            return try reader.scanned(known.n, request.finding, finder, scope, after: place)
          case .malformed: return try reader.faults(of: known.n, after: place)
          default:
            let comparison = try reader.comparison(of: known.n, view: scope.rosterView)
            guard let comparison else { return nil }
            return try reader.converged(comparison, request.finding, after: place, self, scope)
          }
        }
      }
    }
  }
}

extension Reader {
  static let convergedPage: Int64 = 500

  fileprivate func converged(
    _ comparison: Int64,
    _ finding: ConvergenceFinding,
    after place: ConvergencePlace,
    _ store: RegistryStore,
    _ scope: Scope
  ) throws -> ConvergencePage? {
    let found = try connection.prepare(
      """
      SELECT c.n, c.row, c.name, c.position, h.number, h.village, h.category, h.id
      FROM converged c JOIN household h ON h.n = c.household
      WHERE c.comparison = $1 AND c.finding = $2 AND c.n > $3 ORDER BY c.n LIMIT $4
      """
    )
    found.bind(comparison, at: 1)
    found.bind(Int64(finding.rawValue), at: 2)
    found.bind(place.n, at: 3)
    found.bind(Self.convergedPage, at: 4)
    let (directory, today) = (store.divisions, store.context.environment.today)
    let isClassified = scope.isSystem || scope.classes.contains(.classification)
    var page = ConvergencePage(last: place)
    var count = 0
    try found.forEach { row in
      count += 1
      page.last.n = row.int64(at: 0)
      let position = Int(clamping: row.int64(at: 3))
      // What the scope saw then it may see no longer.
      guard let village = directory.record(id: row.int64(at: 5)), scope.covers(village.path) else {
        return
      }
      let id = try row.bytes16(at: 7)
      if !scope.seesEverything {
        let stored = try household(.id(id), scope: scope, directory: directory)
        let shown = try stored.flatMap { scope.disclosed(try $0.household(), on: today) }
        guard let shown, shown.members.indices.contains(position) else { return }
      }
      page.files.append(id.bytes)
      page.rows.append(
        ConvergenceRow(
          row: UInt64(clamping: row.int64(at: 1)),
          name: row.string(at: 2),
          household: HouseholdNumber(stored: row.int64(at: 4))?.description ?? "",
          member: UInt32(clamping: position + 1),
          village: village.code.description,
          category: isClassified
            ? Category(rawValue: Int32(clamping: row.int64(at: 6))) : .unspecified
        )
      )
    }
    return count == 0 ? nil : page
  }

  /// Rows of a roster whose numbers are none.
  fileprivate func faults(
    of roster: Int64,
    after place: ConvergencePlace
  ) throws -> ConvergencePage? {
    let found = try connection.prepare(
      "SELECT row, name FROM roster_fault WHERE roster = $1 AND row > $2 ORDER BY row LIMIT $3"
    )
    found.bind(roster, at: 1)
    found.bind(place.n, at: 2)
    found.bind(Self.convergedPage, at: 3)
    var page = ConvergencePage(last: place)
    try found.forEach { row in
      page.last.n = row.int64(at: 0)
      page.rows.append(
        ConvergenceRow(row: UInt64(clamping: row.int64(at: 0)), name: row.string(at: 1))
      )
    }
    return page.rows.isEmpty ? nil : page
  }

  /// People of a roster as the registry is now: those whom a scope sees under the same name, with each
  /// place, or those whom it sees on no registered file of the division; in the order of their digests.
  fileprivate func scanned(
    _ roster: Int64,
    _ finding: ConvergenceFinding,
    _ finder: RosterFinder,
    _ scope: Scope,
    after place: ConvergencePlace
  ) throws -> ConvergencePage? {
    let found = try connection.prepare(
      """
      SELECT digest, row, name FROM roster_row WHERE roster = $1 AND digest > $2
      ORDER BY digest LIMIT $3
      """
    )
    found.bind(roster, at: 1)
    found.bind(place.digest, at: 2)
    found.bind(Self.convergedPage, at: 3)
    let isClassified = scope.isSystem || scope.classes.contains(.classification)
    var page = ConvergencePage(last: place)
    var count = 0
    try found.forEach { row in
      count += 1
      page.last.digest = row.bytes(at: 0)
      let (number, name) = (UInt64(clamping: row.int64(at: 1)), row.string(at: 2))
      let sights = try finder.sights(of: row.bytes16(at: 0))
      guard finding == .both else {
        if sights.isEmpty { page.rows.append(ConvergenceRow(row: number, name: name)) }
        return
      }
      let isSame = sights.contains {
        finder.isNamed($0.household.members[$0.position], name)
      }
      for sight in sights where isSame {
        page.files.append(sight.place.id.bytes)
        page.rows.append(
          ConvergenceRow(
            row: number,
            name: name,
            household: HouseholdNumber(stored: sight.place.number)?.description ?? "",
            member: UInt32(clamping: sight.position + 1),
            village: sight.place.village.code.description,
            category: isClassified ? Category(rawValue: sight.place.category) : .unspecified
          )
        )
      }
    }
    return count == 0 ? nil : page
  }

  /// People of a roster who are on no registered file of its division, in the order of their digests.
  func rosterOnly(
    _ roster: Int64,
    in division: DivisionRecord,
    after place: ConvergencePlace
  ) throws -> ConvergencePage? {
    func none(in table: String) -> String {
      """
      NOT EXISTS (SELECT 1 FROM \(table) m JOIN household h ON h.n = m.household
        JOIN division d ON d.id = h.village
        WHERE m.digest = r.digest AND h.status = $3 AND d.path >= $4 AND d.path < $5)
      """
    }
    let found = try connection.prepare(
      """
      SELECT r.digest, r.row, r.name FROM roster_row r
      WHERE r.roster = $1 AND r.digest > $2 AND \(none(in: "member_number"))
        AND \(none(in: "member_elsewhere"))
      ORDER BY r.digest LIMIT $6
      """
    )
    let range = AreaRange(division.path)
    found.bind(roster, at: 1)
    found.bind(place.digest, at: 2)
    found.bind(Int64(HouseholdStatus.registered.rawValue), at: 3)
    found.bind(range.lower, at: 4)
    found.bind(range.upper, at: 5)
    found.bind(Self.convergedPage, at: 6)
    var page = ConvergencePage(last: place)
    try found.forEach { row in
      page.last.digest = row.bytes(at: 0)
      page.rows.append(
        ConvergenceRow(row: UInt64(clamping: row.int64(at: 1)), name: row.string(at: 2))
      )
    }
    return page.rows.isEmpty ? nil : page
  }
}
