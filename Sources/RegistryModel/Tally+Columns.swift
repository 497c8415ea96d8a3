package import RegistryAPI

extension Tally {
  /// The columns in the order in which values are stored.
  package static let columns: [TallyColumn] = {
    var columns = pair("registered", "registered", "建档")
    columns += pair("exited", "exited", "退出")
    for (key, english, chinese) in categoryNames {
      columns += pair("category.\(key)", english, chinese)
    }
    for (key, english, chinese) in causeNames { columns += pair("cause.\(key)", english, chinese) }
    columns += pair("income-known", "with a known income", "收入已知")
    columns += pair("below-line", "below the national line", "低于国家标准")
    columns += people.map { TallyColumn(key: "people.\($0.0)", english: $0.1, chinese: $0.2) }
    for (key, english, chinese) in categoryNames {
      columns += pair("noticed.\(key)", "to be registered, \(english)", "待登记\(chinese)")
    }
    for kind in 1...NeedUnits.kinds {
      let (name, unit) = (NeedUnits.names[kind - 1], NeedUnits.all[kind - 1])
      columns += pair("need.\(kind)", "need of \(name.english)", "需求（\(name.chinese)）")
      columns += [
        TallyColumn(
          key: "need.\(kind).scale",
          english: "need of \(name.english): scale, 1/100 \(unit.english)",
          chinese: "需求（\(name.chinese)）规模（1/100\(unit.chinese)）"
        ),
        TallyColumn(
          key: "need.\(kind).fen",
          english: "need of \(name.english): investment, fen",
          chinese: "需求（\(name.chinese)）投资（分）"
        ),
      ]
    }
    return columns
  }()

  private static func pair(_ key: String, _ english: String, _ chinese: String) -> [TallyColumn] {
    [
      TallyColumn(
        key: "\(key).households",
        english: "\(english): households",
        chinese: "\(chinese)户数"
      ),
      TallyColumn(key: "\(key).people", english: "\(english): people", chinese: "\(chinese)人数"),
    ]
  }

  private static let categoryNames = [
    ("poverty-object", "poverty-alleviation objects", "扶贫户"),
    ("dibao", "minimum living security", "低保户"),
    ("both", "both", "扶贫低保户"),
    ("five-guarantee", "five-guarantee", "五保户"),
  ]

  private static let causeNames: [(String, String, String)] = [
    ("illness", "illness", "因病"), ("disability", "disability", "因残"),
    ("schooling", "schooling cost", "因学"), ("disaster", "disaster", "因灾"),
    ("land", "lack of land", "缺土地"), ("water", "lack of water", "缺水"),
    ("technology", "lack of skills", "缺技术"), ("labour", "lack of labour", "缺劳力"),
    ("funds", "lack of funds", "缺资金"), ("transport", "poor transport", "交通条件落后"),
    ("motivation", "lack of own drive", "自身发展动力不足"), ("other", "other cause", "其它原因"),
  ]

  private static let people: [(String, String, String)] =
    [("male", "male", "男"), ("female", "female", "女")]
    + [
      ("birth-unknown", "birth date unknown", "出生日期不详"),
      ("born-before-1930", "born before 1930", "1930年前出生"),
    ]
    + (0..<10).map { decade in
      let year = 1930 + decade * 10
      let last = decade == 9
      return (
        "born-\(year)s", last ? "born in 2020 or later" : "born in the \(year)s",
        last ? "2020年及以后出生" : "\(year)年代出生"
      )
    }
    + [
      ("without-number", "without an ID number", "无公民身份号码"), ("at-school", "at school", "在校"),
      ("healthy", "healthy", "健康"), ("chronic-disease", "long-term chronic disease", "长期慢性病"),
      ("serious-disease", "serious disease", "患有大病"), ("disabled", "disabled", "残疾"),
      ("labour-ordinary", "ordinary labour", "普通劳动力"),
      ("labour-skilled", "skilled labour", "技能劳动力"),
      ("labour-weak", "weak or half labour", "弱劳动力或半劳动力"),
      ("labour-lost", "lost labour capacity", "丧失劳动力"),
      ("labour-none", "no labour capacity", "无劳动力"),
      ("working-away", "working away", "外出务工"),
      ("medical-scheme", "in the medical scheme", "参加新农合"),
      ("pension", "in the pension scheme", "参加养老保险"), ("dibao", "on dibao", "低保人口"),
      ("five-guarantee", "five-guarantee people", "五保人口"),
    ]

  /// The registered households and people.
  package var registered: Count { pair(at: Layout.registered) }

  /// The households and people of a category.
  package func count(of category: HouseholdCategory) -> Count {
    pair(at: Layout.categories + 2 * Int(category.rawValue - 1))
  }

  /// The households and people of a category that are identified: registered, or through the last
  /// notice and waiting for registration.
  package func identified(_ category: HouseholdCategory) -> Count {
    var sum = count(of: category)
    let waiting = pair(at: Layout.noticed + 2 * Int(category.rawValue - 1))
    sum.households &+= waiting.households
    sum.people &+= waiting.people
    return sum
  }

  /// The households and people with a main cause.
  package func count(of cause: PovertyCause) -> Count {
    pair(at: Layout.causes + 2 * Int(cause.rawValue - 1))
  }

  /// The households and people whose main cause reports count under one of the eight.
  package func count(of cause: ReportCause) -> Count {
    var total = Count()
    for one in PovertyCause.allCases where one.reported == cause {
      let part = count(of: one)
      total.households &+= part.households
      total.people &+= part.people
    }
    return total
  }

  /// Those below the national line of their latest income year.
  package var belowLine: Count { pair(at: Layout.belowLine) }

  /// What registered households need of a kind: households and people, scale in 1/100 of the kind's
  /// unit, fen.
  package func need(_ kind: Int) -> (count: Count, scale: Int64, fen: Int64) {
    let place = Layout.needs + 4 * (kind - 1)
    return (pair(at: place), values[place + 2], values[place + 3])
  }

  /// Those whose net income per person is known for some year.
  package var incomeKnown: Count { pair(at: Layout.incomeKnown) }

  /// Fills the counts of a division's statistics; its division stays.
  package func fill(_ statistics: inout DivisionStatistics) {
    statistics.registered = registered
    statistics.categories = HouseholdCategory.allCases.map { category in
      var entry = CategoryCount()
      entry.category = Category(rawValue: category.rawValue)
      entry.count = count(of: category)
      return entry
    }
    statistics.causes = PovertyCause.allCases.map { cause in
      var entry = CauseCount()
      entry.cause = UInt32(cause.rawValue)
      entry.count = count(of: cause)
      return entry
    }
    statistics.belowLine = belowLine
    let others = [Layout.exited, Layout.exited + 1] + Array(Layout.sexes..<Tally.columns.count)
    statistics.others = others.map { index in
      var named = NamedCount()
      named.key = Tally.columns[index].key
      named.nameEn = Tally.columns[index].english
      named.nameZh = Tally.columns[index].chinese
      named.value = values[index]
      return named
    }
  }

  private func pair(at index: Int) -> Count {
    var count = Count()
    count.households = values[index]
    count.people = values[index + 1]
    return count
  }
}
