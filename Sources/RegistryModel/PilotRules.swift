package import RegistryAPI

/// The rules of records of pilot work: a stable id and words in two languages.
package enum PilotRule: String, Sendable, Hashable, CaseIterable {
  case malformed = "pilot.malformed"
  case kind = "pilot.kind"
  case division = "pilot.division-unknown"
  case divisionLevel = "pilot.division-level"
  case setter = "pilot.setter"
  case office = "pilot.office"
  case day = "pilot.day"
  case title = "pilot.title"
  case text = "pilot.text"
  case figureUnknown = "pilot.figure-unknown"
  case figureMissing = "pilot.figure-missing"
  case figureValue = "pilot.figure-value"
  case level = "pilot.level"
  case reason = "pilot.reason"
  case signature = "pilot.signature"
  case corrected = "pilot.corrected"

  /// The rule in English, one clause without a full stop.
  package var english: String { words.0 }
  /// The rule in Chinese, one clause without a full stop.
  package var chinese: String { words.1 }

  /// The violation of this rule by a field.
  package func violation(_ field: String) -> Violation {
    Violation(field: field, rule: rawValue, messageEn: english, messageZh: chinese)
  }

  private var words: (String, String) {
    switch self {
    case .malformed: ("the record's octets are none", "记录内容无法识别")
    case .kind: ("there is no kind of record of this name", "没有此类记录")
    case .division: ("the code is not a division on record", "行政区划代码未登记")
    case .divisionLevel:
      ("records of this kind are not about divisions of this level", "此类记录不适用于该级区划")
    case .setter: ("offices of this level do not record this kind", "本级机构不登记此类记录")
    case .office: ("offices of this kind do not record this", "此类机构不登记此类记录")
    case .day: ("the day is 2000-01-01 to today", "日期应在2000年1月1日至今日之间")
    case .title: ("a title has 1 to 200 bytes and no control characters", "标题应为1至200字节，不含控制字符")
    case .text:
      (
        "texts have at most 2000 bytes (source 200) and no control characters",
        "正文不超过2000字节（来源200字节），不含控制字符"
      )
    case .figureUnknown:
      ("the kind has no number of this key, or it is given twice", "此类记录没有该数字，或重复填写")
    case .figureMissing: ("a number that the kind needs is missing", "缺少此类记录必填的数字")
    case .figureValue: ("a number is 0 to 10^15", "数字应在0至10的15次方之间")
    case .level:
      (
        "money names its level of government (state, province, prefecture, county, society); other "
          + "records name none",
        "资金须注明来源层级（state、province、prefecture、county、society），其他记录不填"
      )
    case .reason: ("a later version says why, in 1 to 400 bytes", "修改须说明理由，1至400字节")
    case .signature:
      ("the record must be signed by the person who records it", "此类记录须由登记人签名")
    case .corrected: ("no more faults are corrected than were found", "已整改数不应超过发现数")
    }
  }
}

/// The kinds of records of pilot work, from the bundled tables.
package struct PilotKinds: Sendable {
  /// A number that a kind has.
  package struct Number: Sendable, Hashable {
    /// The stable key.
    package let key: String
    /// Its unit.
    package let unit: FigureUnit
    /// The name in English.
    package let english: String
    /// The name in Chinese.
    package let chinese: String
  }

  /// A kind.
  package struct Kind: Sendable, Hashable {
    /// The stable word.
    package let word: String
    /// The name in English.
    package let english: String
    /// The name in Chinese.
    package let chinese: String
    /// The numbers, and whether each is needed.
    package let numbers: [(Number, isNeeded: Bool)]
    /// The person signs it.
    package let isSigned: Bool
    /// It is money.
    package let isMoney: Bool
    fileprivate let levels: Set<DivisionTier>
    fileprivate let setters: Set<DivisionTier>
    fileprivate let offices: Set<OfficeKind>

    package static func == (left: Kind, right: Kind) -> Bool { left.word == right.word }
    package func hash(into hasher: inout Hasher) { hasher.combine(word) }
  }

  /// The kinds in the order of the table.
  package let all: [Kind]

  /// Whose money it may be.
  package static let moneyLevels = ["state", "province", "prefecture", "county", "society"]

  /// The kind of a word.
  package subscript(_ word: String) -> Kind? { all.first { $0.word == word } }

  /// Reads the bundled tables.
  /// - Throws: `ModelDataError` when one is missing or a word in it is unknown.
  package static func load() throws(ModelDataError) -> PilotKinds {
    let figures = try DataTable(
      file: "pilot_figures.csv",
      heading: ["key", "unit", "name_en", "name_zh"]
    )
    var numbers: [String: Number] = [:]
    let units: [String: FigureUnit] = [
      "number": .unspecified, "households": .households, "people": .people, "fen": .fen,
      "divisions": .divisions,
    ]
    for row in 0..<figures.count {
      guard let unit = units[figures[row, 1]] else {
        throw .malformed(file: "pilot_figures.csv", line: row + 2)
      }
      let key = figures[row, 0]
      numbers[key] = Number(
        key: key,
        unit: unit,
        english: figures[row, 2],
        chinese: figures[row, 3]
      )
    }
    let table = try DataTable(
      file: "pilot_kinds.csv",
      heading: [
        "kind", "name_en", "name_zh", "levels", "setters", "figures", "signed", "money", "offices",
      ]
    )
    var kinds: [Kind] = []
    for row in 0..<table.count {
      guard let levels = tiers(table[row, 3]), let setters = tiers(table[row, 4]) else {
        throw .malformed(file: "pilot_kinds.csv", line: row + 2)
      }
      let offices = Set(
        table[row, 8].split(separator: " ").compactMap { OfficeKind(rawValue: String($0)) }
      )
      guard offices.count == table[row, 8].split(separator: " ").count else {
        throw .malformed(file: "pilot_kinds.csv", line: row + 2)
      }
      var own: [(Number, isNeeded: Bool)] = []
      for word in table[row, 5].split(separator: " ") {
        let isNeeded = word.hasSuffix("!")
        guard let number = numbers[String(isNeeded ? word.dropLast() : word)] else {
          throw .malformed(file: "pilot_kinds.csv", line: row + 2)
        }
        own.append((number, isNeeded))
      }
      kinds.append(
        Kind(
          word: table[row, 0],
          english: table[row, 1],
          chinese: table[row, 2],
          numbers: own,
          isSigned: table[row, 6] == "yes",
          isMoney: table[row, 7] == "yes",
          levels: levels,
          setters: setters,
          offices: offices
        )
      )
    }
    return PilotKinds(all: kinds)
  }

  private static func tiers(_ words: String) -> Set<DivisionTier>? {
    if words == "any" { return Set(DivisionTier.allCases) }
    var tiers: Set<DivisionTier> = []
    for word in words.split(separator: " ") {
      guard let tier = DivisionTier(slug: String(word)) else { return nil }
      tiers.insert(tier)
    }
    return tiers
  }

  /// The rules that a record breaks.
  ///
  /// - Parameters:
  ///   - division: the level of the division that it is about; nil for one that is not on record.
  ///   - setter: the kind and level of the office that records it; nil for the program itself.
  ///   - isLater: it goes on from an earlier version.
  package func broken(
    _ record: PilotRecord,
    division: DivisionTier?,
    setter: (kind: OfficeKind, level: DivisionTier)?,
    today: Day,
    isLater: Bool
  ) -> [Violation] {
    guard let kind = self[record.kind] else { return [PilotRule.kind.violation("kind")] }
    var broken: [Violation] = []
    func check(_ holds: Bool, _ rule: PilotRule, _ field: String) {
      if !holds { broken.append(rule.violation(field)) }
    }
    if let division {
      check(kind.levels.contains(division), .divisionLevel, "division")
    } else {
      broken.append(PilotRule.division.violation("division"))
    }
    if let setter {
      check(kind.setters.contains(setter.level), .setter, "kind")
      check(kind.offices.contains(setter.kind), .office, "kind")
    }
    let day = Day(yyyymmdd: Int(record.day))
    check(day != nil && record.day >= 20_000_101 && day.map { $0 <= today } == true, .day, "day")
    check(Self.fits(record.title, 200) && !record.title.isEmpty, .title, "title")
    check(Self.fits(record.text, 2_000), .text, "text")
    check(Self.fits(record.source, 200), .text, "source")
    check(
      kind.isMoney ? Self.moneyLevels.contains(record.level) : record.level.isEmpty,
      .level,
      "level"
    )
    let isReasoned = Self.fits(record.reason, 400) && (!isLater || !record.reason.isEmpty)
    check(isReasoned, .reason, "reason")
    var given: [String: Int64] = [:]
    for figure in record.figures {
      let isKnown = kind.numbers.contains { $0.0.key == figure.key }
      check(
        isKnown && given.updateValue(figure.value, forKey: figure.key) == nil,
        .figureUnknown,
        "figures.\(figure.key.prefix(40))"
      )
      check(
        (0...1_000_000_000_000_000).contains(figure.value),
        .figureValue,
        "figures.\(figure.key.prefix(40))"
      )
    }
    for (number, isNeeded) in kind.numbers where isNeeded {
      check(given[number.key] != nil, .figureMissing, "figures.\(number.key)")
    }
    if let found = given["faults"], let corrected = given["faults.corrected"] {
      check(corrected <= found, .corrected, "figures.faults.corrected")
    }
    return broken
  }

  private static func fits(_ text: String, _ limit: Int) -> Bool {
    TextRules.broken(text, limit: limit) == nil
  }
}
