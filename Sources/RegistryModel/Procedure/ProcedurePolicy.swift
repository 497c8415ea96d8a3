/// A parameter of the procedure: dated data by division, not code.
package enum PolicyName: String, Sendable, Hashable, CaseIterable {
  case villageNoticeDays = "notice.village.days"
  case townshipNoticeDays = "notice.township.days"
  case countyNoticeDays = "notice.county.days"
  case appraisalQuorum = "appraisal.quorum"
  case appraisalMajority = "appraisal.majority"
  case appraisalMinutes = "appraisal.minutes"
  case appealDays = "appeal.days"
  case entryDays = "entry.days"

  /// The value that holds where nobody set another; ours, not a document's.
  package var builtIn: Int64 {
    switch self {
    case .villageNoticeDays, .townshipNoticeDays, .countyNoticeDays: 7
    case .appraisalQuorum: 10
    case .appraisalMajority: 50
    case .appraisalMinutes: 0
    case .appealDays: 15
    case .entryDays: 90
    }
  }

  /// The values that may be set.
  package var range: ClosedRange<Int64> {
    switch self {
    case .villageNoticeDays, .townshipNoticeDays, .countyNoticeDays: 0...60
    case .appraisalQuorum: 0...10_000
    case .appraisalMajority: 0...100
    case .appraisalMinutes: 0...1
    case .appealDays, .entryDays: 0...365
    }
  }

  /// What it says, in English, with its unit.
  package var english: String { words.0 }
  /// What it says, in Chinese, with its unit.
  package var chinese: String { words.1 }

  /// The parameter of a level's notice.
  package static func noticeDays(_ level: DivisionTier) -> PolicyName {
    switch level {
    case .village: .villageNoticeDays
    case .township: .townshipNoticeDays
    default: .countyNoticeDays
    }
  }

  private var words: (String, String) {
    switch self {
    case .villageNoticeDays: ("days that a village's notice hangs at least", "村级公示最少天数")
    case .townshipNoticeDays: ("days that a township's notice hangs at least", "乡镇公示最少天数")
    case .countyNoticeDays: ("days that a county's notice hangs at least", "县级公示最少天数")
    case .appraisalQuorum: ("people present at an appraisal at least", "民主评议最少到会人数")
    case .appraisalMajority:
      ("per cent of those present, more than which must be for it", "民主评议须超过的赞成百分比")
    case .appraisalMinutes:
      ("1: an appraisal needs its minutes; 0: it does not", "民主评议是否须附会议记录（1是0否）")
    case .appealDays: ("days after a refusal within which an appeal is taken", "否决后可申诉的天数")
    case .entryDays:
      ("days after it happened within which a step is entered", "步骤发生后可补录的天数")
    }
  }
}

/// The parameters that were set, found by division and day.
package struct PolicyBook: Sendable, Hashable {
  /// A parameter's value for a division and all below, from a day on.
  package struct Entry: Sendable, Hashable {
    /// The division.
    package let division: DivisionCode
    /// The parameter.
    package let name: PolicyName
    /// The first day.
    package let validFrom: Day
    /// The value.
    package let value: Int64

    /// Makes an entry.
    package init(division: DivisionCode, name: PolicyName, validFrom: Day, value: Int64) {
      self.division = division
      self.name = name
      self.validFrom = validFrom
      self.value = value
    }
  }

  private struct Key: Hashable {
    let division: DivisionCode
    let name: PolicyName
  }

  private var entries: [Key: [Entry]] = [:]

  /// A book with entries; a later one for the same division, parameter and day replaces.
  package init(_ entries: [Entry] = []) {
    for entry in entries { set(entry) }
  }

  /// Puts an entry in, in the place of one for the same division, parameter and day.
  package mutating func set(_ entry: Entry) {
    var list = entries[Key(division: entry.division, name: entry.name)] ?? []
    list.removeAll { $0.validFrom == entry.validFrom }
    let place = list.firstIndex { $0.validFrom > entry.validFrom } ?? list.endIndex
    list.insert(entry, at: place)
    entries[Key(division: entry.division, name: entry.name)] = list
  }

  /// The entry that holds in a division on a day: of the nearest division, from it upwards, that
  /// has one; nil where the built-in value holds.
  /// - Parameter chain: the divisions from the state down to the one asked for.
  package func entry(_ name: PolicyName, in chain: [DivisionCode], on day: Day) -> Entry? {
    for division in chain.reversed() {
      let list = entries[Key(division: division, name: name)]
      if let entry = list?.last(where: { $0.validFrom <= day }) { return entry }
    }
    return nil
  }

  /// The value that holds in a division on a day.
  package func value(_ name: PolicyName, in chain: [DivisionCode], on day: Day) -> Int64 {
    entry(name, in: chain, on: day)?.value ?? name.builtIn
  }
}
