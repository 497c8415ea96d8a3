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
  case dayEnded = "report.day-ended"
  case reportLevel = "report.level"
  case title = "pilot.title"
  case text = "pilot.text"
  case figureUnknown = "pilot.figure-unknown"
  case figureMissing = "pilot.figure-missing"
  case figureValue = "pilot.figure-value"
  case level = "pilot.level"
  case reason = "pilot.reason"
  case signature = "pilot.signature"
  case corrected = "pilot.corrected"
  case returned = "pilot.returned"
  case noLink = "pilot.no-link"
  case of = "pilot.of"
  case ofLevel = "pilot.of-level"
  case ofDivision = "pilot.of-division"
  case ofOffice = "pilot.of-office"
  case ownLevel = "pilot.own-level"
  case overdrawn = "pilot.overdrawn"
  case drawn = "pilot.drawn"
  case named = "pilot.named"
  case once = "pilot.once"
  case project = "pilot.project"
  case projectPlace = "pilot.project-place"
  case projectFunds = "pilot.project-funds"
  case household = "pilot.household"
  case need = "pilot.need"
  case needExceeded = "pilot.need-exceeded"
  case unit = "pilot.unit"
  case linksFixed = "pilot.links-fixed"

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
    case .reportLevel: ("the level is below that of the division", "级别应低于该区划")
    case .dayEnded: ("the day has ended, in China", "该日（中国时间）应已结束")
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
    case .returned:
      (
        "of the rural population are those identified, of these those registered, of these those below "
          + "the line",
        "已识别人口不超过农村人口，已建档不超过已识别，低于标准不超过已建档"
      )
    case .noLink: ("records of this kind name no such thing", "此类记录不填该项")
    case .of:
      (
        "what it is of is a record of the right kind, not withdrawn; money draws on records of this "
          + "node alone",
        "所属记录应为规定类别且未撤销；资金只能支用本节点的记录"
      )
    case .ofDivision:
      (
        "money is received where it was allocated to, and drawn on in its own division or below",
        "资金应在下达地到位，并在其所属区划或以下支用"
      )
    case .ofOffice:
      (
        "money is drawn on by offices of the division that has it, or above",
        "资金由其所属区划或上级的机构支用"
      )
    case .ownLevel:
      (
        "a budget is of the office's own level of government (townships: county), or of society",
        "预算应为本级政府（乡镇为县级）资金或社会资金"
      )
    case .ofLevel: ("money keeps the level of what it draws on", "资金层级应与所支用的资金一致")
    case .overdrawn: ("more is drawn than there is", "支用超过可用金额")
    case .drawn:
      (
        "what others draw on does not fall below what they draw, nor is it withdrawn",
        "已被支用的资金不得低于已支用金额，也不得撤销"
      )
    case .named:
      (
        "a record that others go back to is not withdrawn before them",
        "被其他记录引用的记录，须先撤销引用者"
      )
    case .needExceeded:
      (
        "one household's need is taken up at a time, and no more of it than the file says",
        "每次落实一户的需求，且不超过档案所列"
      )
    case .once: ("another record says this already", "已有同样的记录")
    case .project: ("the project is a project on record, not withdrawn", "项目应为已登记且未撤销的项目")
    case .projectPlace:
      ("it lies in the project's division, or one of its area's", "应在项目所在区划或其连片区域内")
    case .projectFunds:
      (
        "no more is disbursed for a project than its investment, and one that was paid for or takes up "
          + "needs is not withdrawn",
        "对项目的拨付不得超过其投资；已拨付或已落实需求的项目不得撤销"
      )
    case .household:
      ("the household is one on record in the record's division", "农户应为记录所属区划内的在册户")
    case .need:
      (
        "the kind of need is one of the list; a need that is taken up is one of the household's, and "
          + "of the project's kind",
        "需求类别应在代码表内；所落实的需求应为该户的需求，且与项目类别一致"
      )
    case .unit:
      (
        "a unit has at most 20 bytes; that of a need that is taken up is the project's",
        "计量单位不超过20字节；所落实需求的单位与项目一致"
      )
    case .linksFixed: ("what a record names does not change", "记录的关联不可更改")
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

    /// What is disbursed for projects, of all that is disbursed: summed, never given.
    package static let forProjects = Number(
      key: "fen.projects",
      unit: .fen,
      english: "for support projects",
      chinese: "其中：扶持项目"
    )
  }

  /// What a record may name beside its division.
  package enum Link: String, Sendable, Hashable {
    /// The record that it is of.
    case of
    /// The project that it is for.
    case project
    /// The household that it is about.
    case household
    /// The kind of need.
    case need
    /// More divisions.
    case divisions
  }

  /// Whether a kind's records name something.
  package enum Presence: Sendable, Hashable {
    /// They may; it may be on record at another node alone.
    case optional
    /// They do; it may be on record at another node alone.
    case needed
    /// They do, and it is on record here.
    case here
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
    /// The kinds that it may be of.
    package let of: Set<String>
    /// What it names.
    package let links: [Link: Presence]
    /// One record at a time of what it is of: of a finding, of a household's need.
    package let isOnce: Bool
    /// It is money of the recording office's own level of government, or of society.
    package let isOwnLevel: Bool
    /// The nodes below are told of it: they draw on it, or take up needs for it.
    package let isTold: Bool
    /// The numbers of several records add up; else each says how things stand, in the place of those
    /// before.
    package let addsUp: Bool
    fileprivate let levels: Set<DivisionTier>
    fileprivate let setters: Set<DivisionTier>
    fileprivate let offices: Set<OfficeKind>

    package static func == (left: Kind, right: Kind) -> Bool { left.word == right.word }
    package func hash(into hasher: inout Hasher) { hasher.combine(word) }
  }

  /// The kinds in the order of the table.
  package let all: [Kind]
  /// The numbers that kinds have, in the order of their table.
  package let numbers: [Number]

  /// Whose money it may be.
  package static let moneyLevels = ["state", "province", "prefecture", "county", "society"]

  /// The names of a level of government as those of whose money it is.
  package static func levelName(_ level: String) -> (english: String, chinese: String) {
    switch level {
    case "state": ("of the state", "中央")
    case "province": ("of provinces", "省级")
    case "prefecture": ("of prefectures", "地级")
    case "county": ("of counties", "县级")
    case "society": ("of society", "社会")
    default: (level, level)
    }
  }

  /// The kind of a word.
  package subscript(_ word: String) -> Kind? { all.first { $0.word == word } }

  /// Tells tables apart whose records are counted otherwise.
  package var fingerprint: [UInt8] {
    let rows = all.map { kind in
      ([kind.word, kind.isMoney ? "money" : ""] + kind.numbers.map(\.0.key)).joined(separator: " ")
    }
    return Array(rows.joined(separator: ";").utf8)
  }

  /// Reads the bundled tables.
  /// - Throws: `ModelDataError` when one is missing or a word in it is unknown.
  package static func load() throws(ModelDataError) -> PilotKinds {
    let figures = try DataTable(
      file: "pilot_figures.csv",
      heading: ["key", "unit", "name_en", "name_zh"]
    )
    var numbers: [String: Number] = [:]
    var inOrder: [Number] = []
    let units: [String: FigureUnit] = [
      "number": .unspecified, "households": .households, "people": .people, "fen": .fen,
      "divisions": .divisions, "hundredths": .hundredths,
    ]
    for row in 0..<figures.count {
      guard let unit = units[figures[row, 1]] else {
        throw .malformed(file: "pilot_figures.csv", line: row + 2)
      }
      let key = figures[row, 0]
      let number = Number(
        key: key,
        unit: unit,
        english: figures[row, 2],
        chinese: figures[row, 3]
      )
      numbers[key] = number
      inOrder.append(number)
    }
    let table = try DataTable(
      file: "pilot_kinds.csv",
      heading: [
        "kind", "name_en", "name_zh", "levels", "setters", "figures", "signed", "money", "offices",
        "of", "links", "adds",
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
      let words = table[row, 10].split(separator: " ").map(String.init)
      let marks: Set = ["once", "own", "told"]
      guard let links = links(words.filter { !marks.contains($0) }),
        ["yes", "no"].contains(table[row, 11])
      else {
        throw .malformed(file: "pilot_kinds.csv", line: row + 2)
      }
      kinds.append(
        Kind(
          word: table[row, 0],
          english: table[row, 1],
          chinese: table[row, 2],
          numbers: own,
          isSigned: table[row, 6] == "yes",
          isMoney: table[row, 7] == "yes",
          of: Set(table[row, 9].split(separator: " ").map(String.init)),
          links: links,
          isOnce: words.contains("once"),
          isOwnLevel: words.contains("own"),
          isTold: words.contains("told"),
          addsUp: table[row, 11] == "yes",
          levels: levels,
          setters: setters,
          offices: offices
        )
      )
    }
    let known = Set(kinds.map(\.word))
    if let row = kinds.firstIndex(where: { !$0.of.isSubset(of: known) }) {
      throw .malformed(file: "pilot_kinds.csv", line: row + 2)
    }
    return PilotKinds(all: kinds, numbers: inOrder)
  }

  private static func links(_ words: [String]) -> [Link: Presence]? {
    var links: [Link: Presence] = [:]
    for word in words {
      let presence: Presence =
        word.hasSuffix("!") ? .here : word.hasSuffix("+") ? .needed : .optional
      guard let link = Link(rawValue: presence == .optional ? word : String(word.dropLast())) else {
        return nil
      }
      links[link] = presence
    }
    return links
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

  /// Whether offices of a kind record something.
  package func isRecorded(_ word: String, by office: OfficeKind) -> Bool {
    self[word]?.offices.contains(office) == true
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
      if kind.isOwnLevel {
        let own = setter.level > .county ? DivisionTier.county.slug : setter.level.slug
        check([own, "society"].contains(record.level), .ownLevel, "level")
      }
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
        Self.largest.contains(figure.value),
        .figureValue,
        "figures.\(figure.key.prefix(40))"
      )
    }
    for (number, isNeeded) in kind.numbers where isNeeded {
      check(given[number.key] != nil, .figureMissing, "figures.\(number.key)")
    }
    brokenLinks(record, kind, check)
    if record.kind == "take-up", let households = given["households"] {
      check(households == 1, .needExceeded, "figures.households")
    }
    if record.kind == "return" {
      let identified = ["poverty-object", "dibao", "both", "five-guarantee"]
        .reduce(Int64(0)) { $0 &+ (given["people.\($1)"] ?? 0) }
      let order =
        [given["people.below-line"], given["people.registered"], identified]
        .compactMap { $0 } + [given["people.rural"] ?? 0]
      check(order == order.sorted(), .returned, "figures")
    }
    if let found = given["faults"], let corrected = given["faults.corrected"] {
      check(corrected <= found, .corrected, "figures.faults.corrected")
    }
    return broken
  }

  /// Whether sums can take a record that another node made, whatever kinds it knows: its numbers are
  /// in bounds, each once, and its money is of a level.
  package static func isSound(_ record: PilotRecord) -> Bool {
    Set(record.figures.map(\.key)).count == record.figures.count
      && record.figures.allSatisfy { largest.contains($0.value) }
      && (record.level.isEmpty || moneyLevels.contains(record.level))
  }

  /// What a number may be: sums of thousands of the largest stay in 64 bits.
  private static let largest: ClosedRange<Int64> = 0...1_000_000_000_000_000

  private func brokenLinks(
    _ record: PilotRecord,
    _ kind: Kind,
    _ check: (Bool, PilotRule, String) -> Void
  ) {
    func id(_ link: Link, _ octets: [UInt8], _ rule: PilotRule) {
      guard let presence = kind.links[link] else {
        return check(octets.isEmpty, .noLink, link.rawValue)
      }
      check(octets.count == 16 || octets.isEmpty && presence == .optional, rule, link.rawValue)
    }
    id(.of, record.of, .of)
    id(.project, record.project, .project)
    id(.household, record.household, .household)
    if let presence = kind.links[.need] {
      let isKnown = (1...UInt32(NeedUnits.kinds)).contains(record.need)
      check(isKnown || record.need == 0 && presence == .optional, .need, "need")
      check(TextRules.broken(record.unit, limit: 20) == nil, .unit, "unit")
    } else {
      check(record.need == 0, .noLink, "need")
      check(record.unit.isEmpty, .noLink, "unit")
    }
    if kind.links[.divisions] == nil {
      check(record.divisions.isEmpty, .noLink, "divisions")
    } else {
      let isSet = Set(record.divisions + [record.division]).count == record.divisions.count + 1
      check(isSet && record.divisions.count <= 100, .division, "divisions")
    }
  }

  private static func fits(_ text: String, _ limit: Int) -> Bool {
    TextRules.broken(text, limit: limit) == nil
  }
}
