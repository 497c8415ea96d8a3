/// The levels of the administrative divisions, from the state down; numbered as in messages.
package enum DivisionTier: Int32, Sendable, Hashable, Comparable, CaseIterable {
  case state = 1
  case province = 2
  case prefecture = 3
  case county = 4
  case township = 5
  case village = 6

  /// The level's name in the data files and on the command line.
  package var slug: String {
    switch self {
    case .state: "state"
    case .province: "province"
    case .prefecture: "prefecture"
    case .county: "county"
    case .township: "township"
    case .village: "village"
    }
  }

  /// Reads a level's name.
  package init?(slug: String) {
    guard let level = DivisionTier.allCases.first(where: { $0.slug == slug }) else { return nil }
    self = level
  }

  package static func < (left: DivisionTier, right: DivisionTier) -> Bool {
    left.rawValue < right.rawValue
  }
}

/// A division's code at some time: six digits of GB/T 2260, or twelve of the statistical code.
///
/// A code names a division at a date. It tells the level, and the parent of a township or village;
/// the parent of a county does not always follow from it (see `NationalDivisions`). Areas are
/// compared by `DivisionPath`, never by codes.
package struct DivisionCode: Sendable, Hashable, Comparable, CustomStringConvertible {
  /// The code as twelve digits; six-digit codes have six zeros added.
  package let value: UInt64

  /// The code of the state.
  package static let state = DivisionCode(value: 0)

  /// Reads six or twelve ASCII digits; nil for anything else and for a village without a township.
  package init?(_ text: String) {
    var value: UInt64 = 0
    for byte in text.utf8 {
      let digit = byte &- 0x30
      guard digit <= 9, value < 100_000_000_000 else { return nil }
      value = value * 10 + UInt64(digit)
    }
    switch text.utf8.count {
    case 6: value *= 1_000_000
    case 12: break
    default: return nil
    }
    self.init(twelveDigits: value)
  }

  /// Makes a code of its twelve-digit value; nil when its parts leave a gap.
  package init?(twelveDigits value: UInt64) {
    guard value < 1_000_000_000_000 else { return nil }
    let village = value % 1000
    let township = value / 1000 % 1000
    let county = value / 1_000_000 % 10_000
    let province = value / 10_000_000_000
    if village > 0, township == 0 { return nil }
    // Some prefectures (Dongguan, Zhongshan) have townships and no counties.
    if township > 0, county == 0 { return nil }
    if province == 0, value != 0 { return nil }
    self.init(value: value)
  }

  private init(value: UInt64) { self.value = value }

  /// The level that the code's shape tells.
  package var level: DivisionTier {
    if value == 0 { return .state }
    if value % 1000 > 0 { return .village }
    if value / 1000 % 1000 > 0 { return .township }
    if value / 1_000_000 % 100 > 0 { return .county }
    return value / 100_000_000 % 100 > 0 ? .prefecture : .province
  }

  /// The code as printed: six digits down to the county, twelve below.
  package var description: String {
    let six = level <= .county
    var digits = String(six ? value / 1_000_000 : value)
    let missing = (six ? 6 : 12) - digits.utf8.count
    if missing > 0 { digits = String(repeating: "0", count: missing) + digits }
    return digits
  }

  /// The county in which a township or village lies (the prefecture where it has no counties), or
  /// the code itself.
  package var county: DivisionCode { DivisionCode(value: value / 1_000_000 * 1_000_000) }

  /// The township of a village, or the code itself.
  package var township: DivisionCode { DivisionCode(value: value / 1000 * 1000) }

  /// The province's code.
  package var province: DivisionCode {
    DivisionCode(value: value / 10_000_000_000 * 10_000_000_000)
  }

  /// The parent that the code itself tells: certain for villages and townships and provinces; for
  /// a county or prefecture the data have the last word.
  package var nominalParent: DivisionCode? {
    switch level {
    case .state: nil
    case .province: .state
    case .prefecture: province
    case .county: DivisionCode(value: value / 100_000_000 * 100_000_000)
    case .township: county
    case .village: township
    }
  }

  /// What kind of unit a township or village is, by the ranges of the statistical code.
  package var kind: DivisionKind? {
    switch level {
    case .township:
      switch value / 1000 % 1000 {
      case 1...99: .subdistrict
      case 100...199: .town
      case 200...399: .township
      case 400...599: .townshipLike
      default: nil
      }
    case .village:
      switch value % 1000 {
      case 1...199: .residentsCommittee
      case 200...399: .villageCommittee
      case 400...499: .residentsCommitteeLike
      case 500...599: .villageCommitteeLike
      default: nil
      }
    default: nil
    }
  }

  package static func < (left: DivisionCode, right: DivisionCode) -> Bool {
    left.value < right.value
  }
}

/// The kinds of townships and villages that the statistical code tells apart.
package enum DivisionKind: Int32, Sendable, Hashable, CaseIterable {
  case subdistrict = 1
  case town = 2
  case township = 3
  case townshipLike = 4
  case residentsCommittee = 5
  case villageCommittee = 6
  case residentsCommitteeLike = 7
  case villageCommitteeLike = 8
}

/// The path of internal ids from the state down to a division: what areas are compared by.
package struct DivisionPath: Sendable, Hashable, CustomStringConvertible {
  /// The path as stored: `/1/18/204/`, each id followed by a slash.
  package let text: String
  /// The ids from the state down.
  package let ids: [Int64]

  /// A path has at most this many steps.
  package static let depthLimit = 16

  /// Makes a path of internal ids, the state's first; nil when empty, too deep or an id below 1.
  package init?(ids: [Int64]) {
    guard !ids.isEmpty, ids.count <= DivisionPath.depthLimit, ids.allSatisfy({ $0 > 0 }) else {
      return nil
    }
    text = ids.reduce(into: "/") { $0 += "\($1)/" }
    self.ids = ids
  }

  /// Reads the stored path of a division whose parent's is known, nil for the state's; nil when it is
  /// not one step longer.
  package init?(_ text: String, of id: Int64, below parent: DivisionPath?) {
    guard id > 0, text == (parent?.text ?? "/") + "\(id)/",
      (parent?.ids.count ?? 0) < DivisionPath.depthLimit
    else { return nil }
    self.text = text
    ids = (parent?.ids ?? []) + [id]
  }

  /// Whether a division is this one or lies below it.
  package func contains(_ other: DivisionPath) -> Bool { other.text.hasPrefix(text) }

  /// The end, not included, of the stored texts of this division and all below: a path lies in
  /// here exactly when `text <= path AND path < upperBound`, byte by byte.
  package var upperBound: String { text.dropLast() + "0" }

  /// The stored text.
  package var description: String { text }
}
