internal import Journal
package import RegistryAPI
package import RegistryModel
internal import SQL

/// A part of those who joined and left between two rosters, and where the list goes on.
package struct RosterChangePage: Sendable {
  package var rows: [ChangedRow] = []
  /// The households that are named, each time.
  package var files: [[UInt8]] = []
  package var last: RosterChangePlace
  /// The divisions directly below the rosters' in which the named households lie, one a file.
  fileprivate var below: [Int64] = []
  fileprivate var changes: [RosterChange] = []
}

/// Where a list of those who joined and left goes on.
package struct RosterChangePlace: Sendable {
  fileprivate var change = RosterChange.joined
  fileprivate var digest: [UInt8] = []

  /// The beginning.
  package init() {}
}

extension RegistryStore {
  /// What changed between two rosters: how many, and in which divisions, as far as the scope sees
  /// their households.
  ///
  /// What a scope that sees some people alone is told of is recorded as looks first. Throws
  /// `StoreError`: `refused`, `notFound`, `invalid` for two of different kinds or divisions.
  package func compareRosters(
    _ request: CompareRostersRequest,
    to person: String = "",
    scope: Scope
  ) async throws -> CompareRostersResponse {
    try scope.require(.readRoster)
    var response = CompareRostersResponse(synthetic: isSynthetic)
    var counts: [Int64: (joined: UInt64, left: UInt64)] = [:]
    var place = RosterChangePlace()
    let asked = ListRosterChangesRequest(from: request.from, to: request.to)
    while let page = try await rosterChanges(asked, after: place, scope: scope) {
      if !scope.seesEverything {
        let shown = Disclosure(
          files: page.files,
          people: page.files.count,
          classes: .identity.intersection(scope.classes),
          asked: page.rows.count
        )
        try await disclose(shown, to: person, scope: scope)
      }
      for row in page.rows {
        if row.change == .joined {
          response.joined += 1
          if response.joinedRows.count < 10_000 { response.joinedRows.append(row.row) }
        } else {
          response.left += 1
          if response.leftRows.count < 10_000 { response.leftRows.append(row.row) }
        }
      }
      for (division, change) in zip(page.below, page.changes) {
        if change == .joined {
          counts[division, default: (0, 0)].joined += 1
        } else {
          counts[division, default: (0, 0)].left += 1
        }
      }
      place = page.last
    }
    response.joinedRows.sort()
    response.leftRows.sort()
    let (people, division) = try await work.run { [self] _ in
      try readers.with { reader in
        let from = try reader.roster(request.from, scope, self)
        return (from.roster.people, from.division)
      }
    }
    response.stayed = people - min(people, response.left)
    for child in divisions.children(of: division) {
      guard let found = counts[child.id] else { continue }
      response.divisions.append(
        RosterChangeCounts(
          division: divisions.message(child),
          joined: found.joined,
          left: found.left
        )
      )
    }
    return response
  }

  /// A part of those who joined and left between two rosters, behind a place; nil at the end. A part
  /// may be empty.
  ///
  /// Throws `StoreError`: `refused`, `notFound`, `invalid` for two of different kinds or divisions.
  package func rosterChanges(
    _ request: ListRosterChangesRequest,
    after place: RosterChangePlace,
    scope: Scope
  ) async throws -> RosterChangePage? {
    try scope.require(.readRoster)
    return try await work.run { [self] _ in
      try readers.with { reader in
        try reader.connection.transaction {
          let from = try reader.roster(request.from, scope, self)
          let to = try reader.roster(request.to, scope, self)
          guard from.roster.kind == to.roster.kind else {
            throw StoreError.broken([
              Violation(
                field: "to",
                rule: "roster.kind",
                messageEn: "the rosters are of different kinds",
                messageZh: "两份名册类别不同"
              )
            ])
          }
          guard from.division.id == to.division.id else {
            throw StoreError.broken([
              Violation(
                field: "to",
                rule: "roster.division",
                messageEn: "the rosters are of different divisions",
                messageZh: "两份名册所属区划不同"
              )
            ])
          }
          guard (0...2).contains(request.change.rawValue) else {
            throw StoreError.broken([PilotRule.kind.violation("change")])
          }
          let finder = try RosterFinder(reader, self, from.division, scope)
          var place = place
          if request.change == .left, place.change == .joined {
            place.change = .left
          }
          if place.change == .joined {
            let page = try reader.rows(in: to, notIn: from, finder, scope, after: place)
            if let page { return page }
            if request.change == .joined { return nil }
            place = RosterChangePlace()
            place.change = .left
          }
          return try reader.rows(in: from, notIn: to, finder, scope, after: place)
        }
      }
    }
  }
}

extension Reader {
  fileprivate func rows(
    in roster: KnownRoster,
    notIn other: KnownRoster,
    _ finder: RosterFinder,
    _ scope: Scope,
    after place: RosterChangePlace
  ) throws -> RosterChangePage? {
    let found = try connection.prepare(
      """
      SELECT a.digest, a.row, a.name FROM roster_row a
      WHERE a.roster = $1 AND a.digest > $2
        AND NOT EXISTS (SELECT 1 FROM roster_row b WHERE b.roster = $3 AND b.digest = a.digest)
      ORDER BY a.digest LIMIT $4
      """
    )
    found.bind(roster.n, at: 1)
    found.bind(place.digest, at: 2)
    found.bind(other.n, at: 3)
    found.bind(Self.convergedPage, at: 4)
    let isClassified = scope.isSystem || scope.classes.contains(.classification)
    let depth = roster.division.path.ids.count
    var page = RosterChangePage(last: place)
    try found.forEach { row in
      page.last.digest = row.bytes(at: 0)
      var changed = ChangedRow(
        change: place.change,
        row: UInt64(clamping: row.int64(at: 1)),
        name: row.string(at: 2)
      )
      if let home = try finder.place(of: row.bytes16(at: 0)) {
        changed.household = HouseholdNumber(stored: home.number)?.description ?? ""
        changed.village = home.village.code.description
        if isClassified { changed.category = Category(rawValue: home.category) }
        page.files.append(home.id.bytes)
        let ids = home.village.path.ids
        page.below.append(ids.count > depth ? ids[depth] : roster.division.id)
        page.changes.append(place.change)
      }
      page.rows.append(changed)
    }
    return page.rows.isEmpty ? nil : page
  }
}
