internal import Journal
internal import RPCProtobuf
package import RegistryAPI
package import RegistryModel
internal import SQL
internal import Synchronization

extension RegistryStore {
  /// Compares a roster with the registered households of its division, on all workers, and keeps who
  /// was found how for listing, in the place of what an earlier comparison found.
  ///
  /// Throws `StoreError`: `refused`, `notFound`, `overloaded` also while it is being compared;
  /// `CancellationError`.
  package func converge(_ id: [UInt8], scope: Scope) async throws -> ConvergenceReport {
    try scope.require(.readRoster)
    let (n, division, roster) = try await work.run { [self] _ in
      try readers.with { try $0.roster(id, scope, self) }
    }
    // Two at once would mix what they found.
    let isFirst = converging.withLock { $0.insert(n).inserted }
    guard isFirst else {
      throw StoreError(.overloaded, "the roster is being compared", zh: "该名册正在比对")
    }
    defer { converging.withLock { _ = $0.remove(n) } }
    try await writer.perform(weight: 1) { try $0.forgetConverged(n) }
    let last = try await work.run { [self] _ in
      try readers.with { reader in
        try reader.connection.prepare("SELECT max(n) FROM household")
          .first { $0.int64(at: 0) } ?? 0
      }
    }
    let size = max(1_000, (last + Int64(limits.workers) * 4 - 1) / (Int64(limits.workers) * 4))
    var whole = Converged()
    try await withThrowingTaskGroup(of: Converged.self) { group in
      for start in stride(from: Int64(0), to: last, by: Int(size)) {
        group.addTask { [self] in
          try await work.run { [self] flag in
            try readers.with { reader in
              let range = start..<min(start + size, last)
              return try Comparison(reader, self, n, roster.kind, division).run(range, flag)
            }
          }
        }
      }
      for try await part in group { whole.add(part) }
    }
    whole.findTwice()
    for start in stride(from: 0, to: whole.rows.count, by: 2_000) {
      let rows = Array(whole.rows[start..<min(start + 2_000, whole.rows.count)])
      try await writer.perform(weight: 100) { try $0.keep(rows, from: start, ofRoster: n) }
    }
    // The last row says that the comparison is whole.
    let end = [ConvergedRow(finding: .compared, household: 0, position: 0)]
    let count = whole.rows.count
    try await writer.perform(weight: 1) { try $0.keep(end, from: count, ofRoster: n) }
    return report(whole, roster, division)
  }

  private func report(
    _ converged: Converged,
    _ roster: Roster,
    _ division: DivisionRecord
  ) -> ConvergenceReport {
    var all: [ConvergenceFinding: Int64] = [:]
    for counts in converged.counts.values { all.merge(counts, uniquingKeysWith: +) }
    all[.rosterOnly] = Int64(roster.people) - Int64(converged.people)
    all[.malformed] = Int64(roster.malformed)
    all[.twice] = Int64(converged.rows.count { $0.finding == .twice })
    func counts(_ found: [ConvergenceFinding: Int64]) -> [ConvergenceCount] {
      found.filter { $0.value != 0 }.sorted { $0.key.rawValue < $1.key.rawValue }
        .map { ConvergenceCount(finding: $0.key, people: $0.value) }
    }
    var report = ConvergenceReport(roster: roster, synthetic: isSynthetic)
    report.divisions.append(
      ConvergenceCounts(division: divisions.message(division), counts: counts(all))
    )
    for child in divisions.children(of: division) {
      guard let found = converged.counts[child.id], !found.isEmpty else { continue }
      report.divisions.append(
        ConvergenceCounts(division: divisions.message(child), counts: counts(found))
      )
    }
    return report
  }

  /// A part of the people of a finding behind a place, and the place of the last; nil at the end.
  ///
  /// Throws `StoreError`: `refused`, `notFound`, `invalid` for a finding that lists nobody.
  package func convergence(
    _ request: ListConvergenceRequest,
    after place: ConvergencePlace,
    scope: Scope
  ) async throws -> (rows: [ConvergenceRow], files: [[UInt8]], last: ConvergencePlace)? {
    try scope.require(.readRoster)
    switch request.finding {
    case .rosterOnly, .registryOnly, .otherName, .category, .mark, .twice: break
    default:
      throw StoreError.broken([PilotRule.kind.violation("finding")])
    }
    return try await work.run { [self] _ in
      try readers.with { reader in
        try reader.connection.transaction {
          let known = try reader.roster(request.roster, scope, self)
          return request.finding == .rosterOnly
            ? try reader.rosterOnly(known.n, in: known.division, after: place.digest)
            : try reader.converged(known.n, request.finding, after: place.n, divisions)
        }
      }
    }
  }
}

/// Where a list of people goes on.
package struct ConvergencePlace: Sendable {
  var n: Int64 = -1
  var digest: [UInt8] = []

  /// The beginning.
  package init() {}

  init(n: Int64) { self.n = n }
  init(digest: [UInt8]) { self.digest = digest }
}

extension ConvergenceFinding {
  /// Households that get the roster's kind, and are not of such a category; never told.
  static let toGrant = ConvergenceFinding(rawValue: 100)
  /// Households of such a category of which the roster has nobody; never told.
  static let toEnd = ConvergenceFinding(rawValue: 101)
  /// All that was found is kept; never told.
  static let compared = ConvergenceFinding(rawValue: 102)
}

/// A person found, as it is kept for listing.
private struct ConvergedRow: Sendable {
  let finding: ConvergenceFinding
  var row: Int64 = 0
  var name = ""
  let household: Int64
  let position: Int
}

/// What a comparison found.
private struct Converged: Sendable {
  /// Counts by the division directly below the roster's, and finding.
  var counts: [Int64: [ConvergenceFinding: Int64]] = [:]
  var rows: [ConvergedRow] = []
  /// Rows of the roster that were found, each time.
  var matched: [(row: Int64, household: Int64, position: Int)] = []
  /// Different rows found.
  private(set) var people = 0

  mutating func add(_ other: Converged) {
    for (division, found) in other.counts {
      counts[division, default: [:]].merge(found, uniquingKeysWith: +)
    }
    rows += other.rows
    matched += other.matched
  }

  /// Numbers that stand in two households.
  mutating func findTwice() {
    matched.sort { ($0.row, $0.household) < ($1.row, $1.household) }
    people = 0
    for (place, one) in matched.enumerated() {
      let isAgain = place > 0 && matched[place - 1].row == one.row
      let isFollowed = place + 1 < matched.count && matched[place + 1].row == one.row
      if !isAgain { people += 1 }
      if isAgain || isFollowed {
        rows.append(
          ConvergedRow(
            finding: .twice,
            row: one.row,
            household: one.household,
            position: one.position
          )
        )
      }
    }
    matched = []
  }
}

/// Compares the members of some households with a roster.
private struct Comparison {
  let reader: Reader
  let store: RegistryStore
  let roster: Int64
  let kind: RosterKind
  let division: DivisionRecord
  private let find: any SQLStatement

  init(
    _ reader: Reader,
    _ store: RegistryStore,
    _ roster: Int64,
    _ kind: RosterKind,
    _ division: DivisionRecord
  ) throws {
    self.reader = reader
    self.store = store
    self.roster = roster
    self.kind = kind
    self.division = division
    find = try reader.connection.prepare(
      "SELECT row, name FROM roster_row WHERE roster = $1 AND digest = $2"
    )
  }

  private static let page: Int64 = 500

  func run(_ range: Range<Int64>, _ flag: CancellationFlag) throws -> Converged {
    var found = Converged()
    let rows = try reader.connection.prepare(
      """
      SELECT \(Reader.columns) FROM household h JOIN journal j ON j.seq = h.entry
      WHERE h.n > $1 AND h.n <= $2 AND h.status = $3 ORDER BY h.n LIMIT $4
      """
    )
    var last = range.lowerBound
    while true {
      try flag.check()
      let before = last
      // Pages, so that no view of the database is kept for long.
      try reader.connection.transaction {
        rows.bind(last, at: 1)
        rows.bind(range.upperBound, at: 2)
        rows.bind(Int64(HouseholdStatus.registered.rawValue), at: 3)
        rows.bind(Self.page, at: 4)
        try rows.forEach { row in
          last = row.int64(at: 6)
          let everywhere = Scope.system(reason: "converge")
          guard
            let stored = try reader.stored(row, scope: everywhere, directory: store.divisions),
            division.path.contains(stored.village.path)
          else { return }
          try compare(try stored.household(), stored, &found)
        }
      }
      if last == before { return found }
    }
  }

  private func compare(
    _ household: Household,
    _ stored: StoredHousehold,
    _ found: inout Converged
  ) throws {
    let ids = stored.village.path.ids
    let below = ids.count > division.path.ids.count ? ids[division.path.ids.count] : division.id
    let category = HouseholdCategory(
      rawValue: household.classification?.category.rawValue ?? 0
    )
    func note(_ finding: ConvergenceFinding, _ row: ConvergedRow?) {
      found.counts[below, default: [:]][finding, default: 0] += 1
      if let row { found.rows.append(row) }
    }
    let before = found.matched.count
    var isOne: Bool?
    defer {
      // Of the whole household: whether the roster grants what its category lacks, or has nobody of it.
      let isListed = found.matched.count > before
      if let isOne, isOne != isListed, kind != .disability {
        found.rows.append(
          ConvergedRow(
            finding: isListed ? .toGrant : .toEnd,
            household: stored.n,
            position: 0
          )
        )
      }
    }
    for (position, member) in household.members.enumerated() {
      isOne = belongs(member, category)
      func row(_ finding: ConvergenceFinding, _ known: (Int64, String)? = nil) -> ConvergedRow {
        ConvergedRow(
          finding: finding,
          row: known?.0 ?? 0,
          name: known?.1 ?? "",
          household: stored.n,
          position: position
        )
      }
      if contradicts(member, category) { note(.mark, row(.mark)) }
      guard let identity = member.identity, !identity.citizenId.isEmpty else { continue }
      find.bind(roster, at: 1)
      find.bind(try reader.sealer.digest(of: identity.citizenId, field: .idNumber), at: 2)
      let known = try find.first { ($0.int64(at: 0), $0.string(at: 1)) }
      guard let known else {
        if belongs(member, category) == true { note(.registryOnly, row(.registryOnly)) }
        continue
      }
      found.matched.append((known.0, stored.n, position))
      if TextRules.folded(identity.name) != known.1 {
        note(.otherName, row(.otherName, known))
      } else {
        note(.both, nil)
      }
      if belongs(member, category) == false { note(.category, row(.category, known)) }
    }
  }

  /// Whether the registry has a member as one of the roster's kind; nil where it cannot tell.
  private func belongs(_ member: Member, _ category: HouseholdCategory?) -> Bool? {
    switch kind {
    case .dibao: category == .dibao || category == .povertyObjectWithDibao
    case .fiveGuarantee: category == .fiveGuarantee
    case .disability:
      member.health?.states.contains(4) == true || member.health?.disabilityKind ?? 0 > 0
        || member.identity?.disabilityCertificate.isEmpty == false
    default: nil
    }
  }

  /// Whether a member's own mark contradicts the household's category.
  private func contradicts(_ member: Member, _ category: HouseholdCategory?) -> Bool {
    let mark: Answer
    switch kind {
    case .dibao: mark = member.security?.dibao ?? .unspecified
    case .fiveGuarantee: mark = member.security?.fiveGuarantee ?? .unspecified
    default: return false
    }
    guard mark == .yes || mark == .no, let isOne = belongs(member, category) else { return false }
    return (mark == .yes) != isOne
  }
}

extension WriteSession {
  fileprivate func forgetConverged(_ roster: Int64) throws {
    let row = try connection.prepare("DELETE FROM converged WHERE roster = $1")
    row.bind(roster, at: 1)
    try row.run()
  }

  fileprivate func keep(_ rows: [ConvergedRow], from start: Int, ofRoster roster: Int64) throws {
    try require(roster: roster)
    let insert = try connection.prepare(
      """
      INSERT INTO converged (roster, n, finding, row, name, household, position)
      VALUES ($1, $2, $3, $4, $5, $6, $7)
      """
    )
    for (place, one) in rows.enumerated() {
      insert.bind(roster, at: 1)
      insert.bind(Int64(start + place), at: 2)
      insert.bind(Int64(one.finding.rawValue), at: 3)
      insert.bind(one.row, at: 4)
      insert.bind(one.name, at: 5)
      insert.bind(one.household, at: 6)
      insert.bind(Int64(one.position), at: 7)
      try insert.run()
    }
  }
}

extension Reader {
  static let convergedPage: Int64 = 500

  fileprivate func converged(
    _ roster: Int64,
    _ finding: ConvergenceFinding,
    after place: Int64,
    _ divisions: DivisionDirectory
  ) throws -> (rows: [ConvergenceRow], files: [[UInt8]], last: ConvergencePlace)? {
    let found = try connection.prepare(
      """
      SELECT c.n, c.row, c.name, c.position, h.number, h.village, h.category, h.id
      FROM converged c JOIN household h ON h.n = c.household
      WHERE c.roster = $1 AND c.finding = $2 AND c.n > $3 ORDER BY c.n LIMIT $4
      """
    )
    found.bind(roster, at: 1)
    found.bind(Int64(finding.rawValue), at: 2)
    found.bind(place, at: 3)
    found.bind(Self.convergedPage, at: 4)
    var rows: [ConvergenceRow] = []
    var files: [[UInt8]] = []
    var last = place
    try found.forEach { row in
      last = row.int64(at: 0)
      files.append(row.bytes(at: 7))
      rows.append(
        ConvergenceRow(
          row: UInt64(clamping: row.int64(at: 1)),
          name: row.string(at: 2),
          household: HouseholdNumber(stored: row.int64(at: 4))?.description ?? "",
          member: UInt32(clamping: row.int64(at: 3) + 1),
          village: divisions.record(id: row.int64(at: 5))?.code.description ?? "",
          category: Category(rawValue: Int32(clamping: row.int64(at: 6)))
        )
      )
    }
    return rows.isEmpty ? nil : (rows, files, ConvergencePlace(n: last))
  }

  /// People of a roster who are on no registered file of its division, in the order of their digests.
  func rosterOnly(
    _ roster: Int64,
    in division: DivisionRecord,
    after digest: [UInt8]
  ) throws -> (rows: [ConvergenceRow], files: [[UInt8]], last: ConvergencePlace)? {
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
    found.bind(digest, at: 2)
    found.bind(Int64(HouseholdStatus.registered.rawValue), at: 3)
    found.bind(range.lower, at: 4)
    found.bind(range.upper, at: 5)
    found.bind(Self.convergedPage, at: 6)
    var rows: [ConvergenceRow] = []
    var last = digest
    try found.forEach { row in
      last = row.bytes(at: 0)
      rows.append(
        ConvergenceRow(row: UInt64(clamping: row.int64(at: 1)), name: row.string(at: 2))
      )
    }
    return rows.isEmpty ? nil : (rows, [], ConvergencePlace(digest: last))
  }
}
