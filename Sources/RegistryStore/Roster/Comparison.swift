internal import Journal
internal import RegistryAPI
internal import RegistryModel
internal import SQL

extension ConvergenceFinding {
  /// Households that get the roster's kind, and are not of such a category; never told.
  static let toGrant = ConvergenceFinding(rawValue: 100)
  /// Households of such a category of which the roster has nobody; never told.
  static let toEnd = ConvergenceFinding(rawValue: 101)

  /// The findings that are told have numbers below.
  fileprivate static let end = 11
}

/// How many there are of each finding that is told.
struct FindingCounts: Sendable {
  private var values = [Int64](repeating: 0, count: ConvergenceFinding.end)

  subscript(finding: ConvergenceFinding) -> Int64 {
    get { values[Int(finding.rawValue)] }
    set { values[Int(finding.rawValue)] = newValue }
  }

  mutating func add(_ other: FindingCounts) {
    for place in values.indices { values[place] += other.values[place] }
  }

  /// Those of which there is somebody, in the order of the findings.
  func messages(_ isShown: (ConvergenceFinding) -> Bool) -> [ConvergenceCount] {
    values.indices.compactMap { place in
      let finding = ConvergenceFinding(rawValue: Int32(place))
      guard values[place] != 0, isShown(finding) else { return nil }
      return ConvergenceCount(finding: finding, people: values[place])
    }
  }
}

/// A person or household found, as it is kept for listing.
struct ConvergedRow: Sendable {
  let finding: ConvergenceFinding
  /// Its place in the order of all that the comparison found: by household.
  let n: Int64
  var row: Int64 = 0
  var name = ""
  let household: Int64
  let position: Int
}

/// What a comparison found among some households.
struct Converged: Sendable {
  /// People of the whole division, each once.
  var whole = FindingCounts()
  /// People of each division directly below, each once in it.
  var below: [Int64: FindingCounts] = [:]
  var rows: [ConvergedRow] = []
  /// Of whom a scope that sees some people alone is told that they are on record: their households,
  /// and how many they are.
  var files: [[UInt8]] = []
  var people = 0

  /// Adds the counts of another part.
  mutating func count(_ other: Converged) {
    whole.add(other.whole)
    for (division, counts) in other.below {
      below[division, default: FindingCounts()].add(counts)
    }
  }

  fileprivate mutating func note(_ finding: ConvergenceFinding, in division: Int64) {
    whole[finding] += 1
    below[division, default: FindingCounts()][finding] += 1
  }
}

/// Compares the people of some households with a roster, as far as a scope sees them.
///
/// A person of the roster is counted once, however many households they stand in: at the first of
/// these, where the others are looked up. So nothing need be remembered from one part to the next.
struct Comparison {
  /// A roster as it is compared.
  struct Subject: Sendable {
    let n: Int64
    let kind: RosterKind
    let division: DivisionRecord
    let hasFaults: Bool
  }

  private let reader: Reader
  private let directory: DivisionDirectory
  private let subject: Subject
  private let scope: Scope
  private let finder: RosterFinder
  private let find: any SQLStatement
  private let fault: any SQLStatement

  private var kind: RosterKind { subject.kind }

  init(_ reader: Reader, _ store: RegistryStore, _ subject: Subject, _ scope: Scope) throws {
    self.reader = reader
    self.subject = subject
    self.scope = scope
    directory = store.divisions
    finder = try RosterFinder(reader, store, subject.division, scope)
    find = try reader.connection.prepare(
      "SELECT row, name FROM roster_row WHERE roster = $1 AND digest = $2"
    )
    fault = try reader.connection.prepare(
      "SELECT 1 FROM roster_fault WHERE roster = $1 AND name = $2 LIMIT 1"
    )
  }

  /// Households of one view of the database, so that none is kept for long.
  private static let page: Int64 = 500
  /// Views of one part, whose findings are kept together.
  private static let pages = 4

  /// Compares a part of the households of a range; where it ended, or nil at the end of the range.
  func part(
    of range: Range<Int64>,
    _ flag: CancellationFlag
  ) throws -> (found: Converged, last: Int64?) {
    var found = Converged()
    let rows = try reader.connection.prepare(
      """
      SELECT \(Reader.columns) FROM household h JOIN journal j ON j.seq = h.entry
      WHERE h.n > $1 AND h.n <= $2 AND h.status = $3 ORDER BY h.n LIMIT $4
      """
    )
    let everywhere = Scope.system(reason: "converge")
    var last = range.lowerBound
    for _ in 0..<Self.pages {
      try flag.check()
      let before = last
      try reader.connection.transaction {
        rows.bind(last, at: 1)
        rows.bind(range.upperBound, at: 2)
        rows.bind(Int64(HouseholdStatus.registered.rawValue), at: 3)
        rows.bind(Self.page, at: 4)
        try rows.forEach { row in
          last = row.int64(at: 6)
          guard
            let stored = try reader.stored(row, scope: everywhere, directory: directory),
            subject.division.path.contains(stored.village.path),
            let household = finder.shown(try stored.household())
          else { return }
          try compare(household, stored, &found)
        }
      }
      if last == before { return (found, nil) }
    }
    return (found, last)
  }

  /// The division directly below the roster's in which a village lies.
  private func below(_ village: DivisionRecord) -> Int64 {
    let (ids, depth) = (village.path.ids, subject.division.path.ids.count)
    return ids.count > depth ? ids[depth] : subject.division.id
  }

  private func compare(
    _ household: Household,
    _ stored: StoredHousehold,
    _ found: inout Converged
  ) throws {
    let place = below(stored.village)
    let category = HouseholdCategory(household)
    var key = stored.n << 16
    func keep(
      _ finding: ConvergenceFinding,
      _ position: Int,
      _ known: (row: Int64, name: String)? = nil,
      in n: Int64? = nil
    ) {
      found.rows.append(
        ConvergedRow(
          finding: finding,
          n: key,
          row: known?.row ?? 0,
          name: known?.name ?? "",
          household: n ?? stored.n,
          position: position
        )
      )
      key += 1
    }
    var listed = 0
    var unnumbered: Int?
    for (position, member) in household.members.enumerated() {
      if scope.shows(.mark, of: kind), contradicts(member, category) {
        found.note(.mark, in: place)
        keep(.mark, position)
      }
      guard let identity = member.identity, !identity.citizenId.isEmpty else {
        if unnumbered == nil { unnumbered = position }
        continue
      }
      let digest = try reader.sealer.digest(of: identity.citizenId, field: .idNumber)
      find.bind(subject.n, at: 1)
      find.bind(digest, at: 2)
      guard let known = try find.first({ (row: $0.int64(at: 0), name: $0.string(at: 1)) }) else {
        if scope.shows(.registryOnly, of: kind), belongs(member, category) == true {
          found.note(.registryOnly, in: place)
          keep(.registryOnly, position)
        }
        continue
      }
      listed += 1
      if try finder.isElsewhere(digest) {
        let sights = try finder.sights(of: digest)
        if sights.count > 1, sights.contains(where: { $0.place.n == stored.n }) {
          if sights[0].place.n == stored.n {
            for (finding, side) in count(sights, known, &found) {
              keep(finding, side.position, known, in: side.place.n)
            }
          }
          continue
        }
      }
      let isSame = finder.isNamed(member, known.name)
      found.note(isSame ? .both : .otherName, in: place)
      if !isSame { keep(.otherName, position, known) }
      if scope.shows(.category, of: kind), belongs(member, category) == false {
        found.note(.category, in: place)
        keep(.category, position, known)
      }
    }
    if !scope.seesEverything {
      if listed > 0 { found.files.append(stored.id.bytes) }
      found.people += listed
      return
    }
    // Of the whole household: whether the roster grants what its category lacks, or has nobody of it.
    guard let isOne = isOne(category), isOne != (listed > 0), !household.members.isEmpty else {
      return
    }
    if listed > 0 { return keep(.toGrant, 0) }
    // That nobody is in it cannot be said of one who might be.
    guard let position = try unnumbered ?? nameless(household) else { return keep(.toEnd, 0) }
    found.note(.uncomparable, in: place)
    keep(.uncomparable, position)
  }

  /// The first member whose name a row has whose number is none.
  private func nameless(_ household: Household) throws -> Int? {
    guard subject.hasFaults else { return nil }
    return try household.members.firstIndex { member in
      let name = TextRules.folded(member.identity?.name ?? "")
      guard !name.isEmpty else { return false }
      fault.bind(subject.n, at: 1)
      fault.bind(name, at: 2)
      return try fault.first { _ in true } == true
    }
  }

  /// Counts a person who stands in several households once in each division; what is listed of it.
  private func count(
    _ sights: [RosterFinder.Sight],
    _ known: (row: Int64, name: String),
    _ found: inout Converged
  ) -> [(ConvergenceFinding, RosterFinder.Sight)] {
    struct Side {
      let sight: RosterFinder.Sight
      let below: Int64
      let county: Int64
      let isSame: Bool
      let isOther: Bool
    }
    let sides = sights.map { sight in
      let member = sight.household.members[sight.position]
      return Side(
        sight: sight,
        below: below(sight.place.village),
        county: directory.county(of: sight.place.village)?.id ?? 0,
        isSame: finder.isNamed(member, known.name),
        isOther: belongs(member, HouseholdCategory(sight.household)) == false
      )
    }
    let counties = Dictionary(sides.map { ($0.county, 1) }, uniquingKeysWith: +)
    func findings(_ sides: [Side]) -> [ConvergenceFinding] {
      var findings: [ConvergenceFinding] = []
      findings.append(sides.contains(where: \.isSame) ? .both : .otherName)
      if scope.shows(.category, of: kind), sides.contains(where: \.isOther) {
        findings.append(.category)
      }
      if sides.contains(where: { counties[$0.county] ?? 0 > 1 }) { findings.append(.twice) }
      if counties.count > 1 { findings.append(.counties) }
      return findings
    }
    for finding in findings(sides) { found.whole[finding] += 1 }
    let parts = Dictionary(grouping: sides, by: \.below)
    var listed: [ConvergenceFinding: [Side]] = [:]
    for division in parts.keys.sorted() {
      let part = parts[division] ?? []
      for finding in findings(part) {
        found.below[division, default: FindingCounts()][finding] += 1
        listed[finding, default: []] += part.filter { side in
          switch finding {
          case .otherName: !side.isSame
          case .category: side.isOther
          case .twice: counties[side.county] ?? 0 > 1
          default: true
          }
        }
      }
    }
    return [ConvergenceFinding.otherName, .category, .twice, .counties].flatMap { finding in
      (listed[finding] ?? []).map { (finding, $0.sight) }
    }
  }

  /// Whether the registry has a member as one of the roster's kind; nil where it cannot tell.
  private func belongs(_ member: Member, _ category: HouseholdCategory?) -> Bool? {
    guard kind == .disability else { return isOne(category) }
    return member.health?.states.contains(4) == true || member.health?.disabilityKind ?? 0 > 0
      || member.identity?.disabilityCertificate.isEmpty == false
  }

  /// Whether a household's category is of the roster's kind; nil where none is.
  private func isOne(_ category: HouseholdCategory?) -> Bool? {
    switch kind {
    case .dibao: category == .dibao || category == .povertyObjectWithDibao
    case .fiveGuarantee: category == .fiveGuarantee
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
    guard mark == .yes || mark == .no, let isOne = isOne(category) else { return false }
    return (mark == .yes) != isOne
  }
}

extension HouseholdCategory {
  /// The category of a household's file; nil for one that has none.
  fileprivate init?(_ household: Household) {
    self.init(rawValue: household.classification?.category.rawValue ?? 0)
  }
}
