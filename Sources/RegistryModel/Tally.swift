package import RegistryAPI

/// One count of a tally: its stable key and its names.
package struct TallyColumn: Sendable, Hashable {
  /// The stable name, such as `people.female`.
  package let key: String
  /// The name in English.
  package let english: String
  /// The name in Chinese.
  package let chinese: String
}

/// The counts kept for a village, and the sums of them: the one definition that store, statistics,
/// report and recount share.
///
/// Counts never depend on the day they are taken: people are counted by decade of birth, not age.
/// `columns` fixes the order of the values as stored; columns are only ever appended.
package struct Tally: Sendable, Hashable {
  /// The values in the order of `columns`.
  package private(set) var values: [Int64]

  /// A tally of nobody.
  package init() { values = Array(repeating: 0, count: Tally.columns.count) }

  /// Reads stored values; fewer than there are columns are of an older version, the rest is zero.
  ///
  /// Nil when there are more.
  package init?(values: [Int64]) {
    guard values.count <= Tally.columns.count else { return nil }
    self.values =
      values + Array(repeating: 0, count: Tally.columns.count - values.count)
  }

  /// Whether everything counted is zero.
  package var isEmpty: Bool { values.allSatisfy { $0 == 0 } }

  /// Counts a household and its members in.
  /// - Parameter lines: the poverty lines; the national one of the latest income year is used.
  package mutating func add(_ household: Household, lines: PovertyLines) {
    count(household, lines, sign: 1)
  }

  /// Takes a household, as it was counted in, out again.
  package mutating func subtract(_ household: Household, lines: PovertyLines) {
    count(household, lines, sign: -1)
  }

  /// Adds another tally's counts.
  package mutating func add(_ other: Tally) {
    for index in values.indices { values[index] &+= other.values[index] }
  }

  /// Takes another tally's counts away.
  package mutating func subtract(_ other: Tally) {
    for index in values.indices { values[index] &-= other.values[index] }
  }

  /// Adds households and people to those below the national line: their line changed, not they.
  package mutating func addBelowLine(_ count: Count) {
    bump(Layout.belowLine, count.households, count.people)
  }

  /// Counts in or out people whose application is through its last notice and waits to be
  /// registered: identified, and not yet on the register.
  package mutating func countNoticed(_ category: HouseholdCategory, people: Int64, sign: Int64) {
    bump(Layout.noticed + 2 * Int(category.rawValue - 1), sign, sign * people)
  }

  private mutating func count(_ household: Household, _ lines: PovertyLines, sign: Int64) {
    let people = sign * Int64(household.members.count)
    if household.status == .exited {
      bump(Layout.exited, sign, people)
      return
    }
    bump(Layout.registered, sign, people)
    if let classification = household.classification {
      let category = Int(classification.category.rawValue)
      if (1...4).contains(category) { bump(Layout.categories + 2 * (category - 1), sign, people) }
      let cause = Int(classification.mainCause)
      if (1...12).contains(cause) { bump(Layout.causes + 2 * (cause - 1), sign, people) }
    }
    if let latest = household.income?.years.last, let net = latest.netPerPerson {
      bump(Layout.incomeKnown, sign, people)
      if let line = lines.national(year: Int(latest.year)), net.fen < line.amount.fen {
        bump(Layout.belowLine, sign, people)
      }
    }
    for member in household.members { count(member, sign) }
    countNeeds(of: household, sign: sign)
  }

  /// Counts in a registered household's needs alone: for databases that were counted before needs
  /// were.
  package mutating func addNeeds(of household: Household) {
    if household.status != .exited { countNeeds(of: household, sign: 1) }
  }

  /// A household that needs a kind twice is one household of it; the scale is added up where it is
  /// in the kind's unit.
  private mutating func countNeeds(of household: Household, sign: Int64) {
    guard let needs = household.support?.needs, !needs.isEmpty else { return }
    var seen: UInt32 = 0
    for need in needs where need.kind > 0 {
      // Kinds that a node added to the list are other needs.
      let kind = min(Int(need.kind), NeedUnits.kinds)
      let place = Layout.needs + 4 * (kind - 1)
      if seen & 1 << kind == 0 {
        seen |= 1 << kind
        bump(place, sign, sign * Int64(household.members.count))
      }
      if let scale = need.scale, need.unit == NeedUnits.all[kind - 1].chinese {
        values[place + 2] &+= sign &* scale.value
      }
      values[place + 3] &+= sign &* (need.investment?.fen ?? 0)
    }
  }

  private mutating func count(_ member: Member, _ sign: Int64) {
    if let identity = member.identity {
      if identity.sex == 1 || identity.sex == 2 {
        values[Layout.sexes + Int(identity.sex) - 1] &+= sign
      }
      values[Layout.births + Layout.decade(ofBirth: identity.birthDate)] &+= sign
      if identity.citizenId.isEmpty { values[Layout.withoutNumber] &+= sign }
    }
    if member.schooling?.atSchool ?? 0 > 1 { values[Layout.atSchool] &+= sign }
    if let health = member.health {
      for state in health.states where (1...4).contains(state) {
        values[Layout.healths + Int(state) - 1] &+= sign
      }
    }
    if let labour = member.labour {
      if (1...5).contains(labour.capacity) {
        values[Layout.labours + Int(labour.capacity) - 1] &+= sign
      }
      if labour.awayMonths > 0 { values[Layout.away] &+= sign }
    }
    if let security = member.security {
      if security.medicalScheme == .yes { values[Layout.medical] &+= sign }
      if security.pension == .yes { values[Layout.pension] &+= sign }
      if security.dibao == .yes { values[Layout.dibao] &+= sign }
      if security.fiveGuarantee == .yes { values[Layout.fiveGuarantee] &+= sign }
    }
  }

  private mutating func bump(_ index: Int, _ households: Int64, _ people: Int64) {
    values[index] &+= households
    values[index + 1] &+= people
  }
}

/// Where each count stands; a pair is households, then people.
enum Layout {
  static let registered = 0
  static let exited = 2
  static let categories = 4
  static let causes = 12
  static let incomeKnown = 36
  static let belowLine = 38
  static let sexes = 40
  static let births = 42
  static let withoutNumber = 54
  static let atSchool = 55
  static let healths = 56
  static let labours = 60
  static let away = 65
  static let medical = 66
  static let pension = 67
  static let dibao = 68
  static let fiveGuarantee = 69
  static let noticed = 70
  /// For each kind of need: households, people, scale in 1/100, fen.
  static let needs = 78

  /// 0 for an unknown birth date, 1 before 1930, 2 to 11 the decades from 1930; later ones the last.
  @inline(__always)
  static func decade(ofBirth birth: Int32) -> Int {
    if birth <= 0 { return 0 }
    return max(1, min(11, (Int(birth) / 10000 - 1930) / 10 + (birth < 1930_00_00 ? 1 : 2)))
  }
}
