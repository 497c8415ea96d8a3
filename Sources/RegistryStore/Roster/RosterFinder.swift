internal import Journal
internal import RegistryAPI
internal import RegistryModel
internal import SQL

/// Finds where people of rosters stand in a division, by the digests of their numbers, as far as a
/// scope sees them.
struct RosterFinder {
  /// A registered household in which somebody stands.
  struct Place {
    let id: Bytes16
    let n: Int64
    let number: Int64
    let village: DivisionRecord
    let category: Int32
  }

  /// Somebody in a household, as the scope sees it.
  struct Sight {
    let place: Place
    let household: Household
    /// The person's place among the members who are seen.
    let position: Int
  }

  private let reader: Reader
  private let directory: DivisionDirectory
  private let division: DivisionRecord
  private let scope: Scope
  private let today: Day
  private let first: any SQLStatement
  private let others: any SQLStatement
  /// Whether there are people of copies who stand in two nodes' files.
  private let hasOthers: Bool

  private static func text(_ table: String) -> String {
    """
    SELECT h.id, h.n, h.number, h.village, h.category, h.status
    FROM \(table) m JOIN household h ON h.n = m.household WHERE m.digest = $1
    """
  }

  init(_ reader: Reader, _ store: RegistryStore, _ division: DivisionRecord, _ scope: Scope) throws
  {
    self.reader = reader
    self.division = division
    self.scope = scope
    directory = store.divisions
    today = store.context.environment.today
    first = try reader.connection.prepare(Self.text("member_number"))
    others = try reader.connection.prepare(Self.text("member_elsewhere"))
    hasOthers =
      try reader.connection.prepare("SELECT 1 FROM member_elsewhere LIMIT 1")
      .first { _ in true } == true
  }

  /// A household as the scope sees it; nil where it sees nobody of it.
  func shown(_ household: Household) -> Household? { scope.disclosed(household, on: today) }

  /// Whether somebody stands in a second file.
  func isElsewhere(_ digest: Bytes16) throws -> Bool {
    guard hasOthers else { return false }
    others.bind(digest, at: 1)
    return try others.first { _ in true } == true
  }

  /// The registered households of the division in which somebody stands, in the order of their
  /// registration; whether the scope sees the person there is not asked.
  func places(of digest: Bytes16) throws -> [Place] {
    var found: [Place] = []
    for rows in hasOthers ? [first, others] : [first] {
      rows.bind(digest, at: 1)
      try rows.forEach { row in
        guard row.int64(at: 5) == Int64(HouseholdStatus.registered.rawValue),
          let village = directory.record(id: row.int64(at: 3)), division.path.contains(village.path)
        else { return }
        found.append(
          Place(
            id: try row.bytes16(at: 0),
            n: row.int64(at: 1),
            number: row.int64(at: 2),
            village: village,
            category: Int32(clamping: row.int64(at: 4))
          )
        )
      }
    }
    return found.count > 1 ? found.sorted { $0.n < $1.n } : found
  }

  /// Whether a member has the name that a roster has; a scope that sees no names learns nothing of them.
  func isNamed(_ member: Member, _ listed: String) -> Bool {
    guard scope.isSystem || scope.classes.contains(.identity) else { return true }
    return TextRules.folded(member.identity?.name ?? "") == listed
  }

  /// Where the scope sees somebody, in the order of registration.
  func sights(of digest: Bytes16) throws -> [Sight] {
    try places(of: digest).compactMap { place in
      let stored = try reader.household(
        .id(place.id),
        scope: .system(reason: "roster"),
        directory: directory
      )
      guard let whole = try stored?.household(), let shown = shown(whole) else { return nil }
      // By the member's own id: numbers may be withheld.
      let member = try whole.members.first {
        guard let number = $0.identity?.citizenId, !number.isEmpty else { return false }
        return try reader.sealer.digest(of: number, field: .idNumber) == digest
      }
      guard let position = shown.members.firstIndex(where: { $0.id == member?.id }) else {
        return nil
      }
      return Sight(place: place, household: shown, position: position)
    }
  }

  /// The first household in which the scope sees somebody.
  func place(of digest: Bytes16) throws -> Place? {
    if scope.seesEverything { return try places(of: digest).first }
    return try sights(of: digest).first?.place
  }
}
