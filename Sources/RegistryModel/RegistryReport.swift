package import RegistryAPI

/// The report's registry part, computed from a tally: what is on record, nothing else.
package struct RegistryReport: Sendable, Hashable {
  /// The figures in their order; every figure that is printed with a percentage names its base.
  package let figures: [Figure]

  /// What a reader must know, in English.
  package let notesEnglish: [String]

  /// The same in Chinese.
  package let notesChinese: [String]

  /// Computes the report.
  package init(_ inputs: ReportInputs) {
    var builder = FigureBuilder()
    let base = Self.addPlaces(inputs, to: &builder)
    Self.addIdentified(inputs, to: &builder)
    Self.addRegistered(inputs.tally, ruralBase: base, to: &builder)
    Self.addNeeds(inputs.tally, to: &builder)
    Self.addWork(inputs.work, to: &builder)
    figures = builder.figures
    let notes = Self.notes(inputs)
    notesEnglish = notes.map(\.english)
    notesChinese = notes.map(\.chinese)
  }

  /// Counties and rural populations. Returns the key of the population that what is registered is a
  /// share of; empty where none is known.
  private static func addPlaces(_ inputs: ReportInputs, to builder: inout FigureBuilder) -> String {
    if let places = inputs.places {
      func add(
        _ key: String,
        _ english: String,
        _ chinese: String,
        _ value: Int64,
        _ base: String = ""
      ) {
        builder.add(key, "coverage", english, chinese, value, .divisions, base)
      }
      add("counties.key", "national key counties", "国家扶贫开发工作重点县", places.keyCounties)
      if places.assigned > 0 {
        add("counties.assigned", "pilot counties assigned", "下达试点县", places.assigned)
      }
      add(
        "counties.pilot",
        "pilot counties",
        "试点县",
        places.pilot,
        places.assigned > 0 ? "counties.assigned" : ""
      )
      add("provinces.pilot", "provinces with pilot counties", "开展试点的省", places.pilotProvinces)
      add(
        "counties.pilot.key",
        "national key counties among the pilot counties",
        "试点县中的重点县",
        places.pilotKey,
        "counties.key"
      )
      add(
        "counties.uploaded",
        "counties with data uploaded",
        "已上传数据的县",
        places.uploaded,
        "counties.pilot"
      )
      add(
        "counties.uploaded.key",
        "national key counties among those with data uploaded",
        "已上传数据的重点县",
        places.uploadedKey,
        "counties.key"
      )
      add("counties.returned", "counties with returns", "以报表上报的县", places.returned)
      if places.outside > 0 {
        add(
          "counties.outside",
          "counties with data uploaded or returned that are no pilot counties",
          "已上传或上报的非试点县",
          places.outside
        )
      }
    }
    func population(_ key: String, _ english: String, _ chinese: String, _ people: Int64?) -> Bool {
      guard let people else { return false }
      builder.add(key, "population", english, chinese, people, .people, "")
      return true
    }
    _ = population(
      "rural.pilot.people",
      "rural population of the pilot counties",
      "试点县农村人口",
      inputs.ruralPilot
    )
    let isKnown = population(
      "rural.people",
      "rural population of the counties with data uploaded",
      "已上传数据县农村人口",
      inputs.rural
    )
    return isKnown ? "rural.people" : ""
  }

  /// Those identified, by category: decided and through their notices, from records and returns.
  private static func addIdentified(_ inputs: ReportInputs, to builder: inout FigureBuilder) {
    let base = inputs.ruralPilot == nil ? "" : "rural.pilot.people"
    var recorded: Int64 = 0
    var returned: Int64 = 0
    for (category, key, english, chinese) in categories {
      let told = inputs.returns[category] ?? 0
      let own = inputs.tally.identified(category).people - (inputs.outsideFiles[category] ?? 0)
      recorded += own
      returned += told
      builder.add(
        "identified.\(key).people",
        "identified",
        "identified: \(english)",
        "已识别：\(chinese)",
        own + told,
        .people,
        base
      )
    }
    builder.add(
      "identified.people",
      "identified",
      "identified, all categories",
      "已识别合计",
      recorded + returned,
      .people,
      base
    )
    let outside = inputs.outside.values.reduce(0, +)
    if outside > 0 {
      builder.add(
        "identified.outside.people",
        "identified",
        "identified beside these, outside the pilot counties",
        "另有非试点县已识别",
        outside,
        .people,
        ""
      )
    }
    guard !inputs.returns.isEmpty else { return }
    for (key, english, chinese, value) in [
      ("recorded", "of these from records", "其中：来自档案", recorded),
      ("returned", "of these from returns", "其中：来自报表", returned),
    ] {
      builder.add(
        "identified.\(key).people",
        "identified",
        english,
        chinese,
        value,
        .people,
        "identified.people"
      )
    }
  }

  private static func addRegistered(
    _ tally: Tally,
    ruralBase base: String,
    to builder: inout FigureBuilder
  ) {
    builder.add("registered", "registered", "registered", "已建档", tally.registered, base)
    for (category, key, english, chinese) in categories {
      builder.add(
        "category.\(key)",
        "categories",
        english,
        chinese,
        tally.count(of: category),
        "registered"
      )
    }
    builder.add(
      "income-known",
      "line",
      "with a known income",
      "收入已知",
      tally.incomeKnown,
      "registered"
    )
    builder.add(
      "below-line",
      "line",
      "below the national line of the income year",
      "低于收入年度国家标准",
      tally.belowLine,
      "income-known"
    )
    if !base.isEmpty {
      builder.add(
        "below-line.of-rural.people",
        "line",
        "below the national line, of the rural population",
        "低于国家标准人口占农村人口",
        tally.belowLine.people,
        .people,
        base
      )
    }
    for cause in ReportCause.allCases {
      builder.add(
        "cause.\(cause)",
        "causes",
        cause.english,
        cause.chinese,
        tally.count(of: cause),
        "registered"
      )
    }
  }

  /// What registered households need, by kind; kinds that nobody needs are left out.
  private static func addNeeds(_ tally: Tally, to builder: inout FigureBuilder) {
    for kind in 1...NeedUnits.kinds {
      let need = tally.need(kind)
      guard need.count.households > 0 else { continue }
      let (name, unit) = (NeedUnits.names[kind - 1], NeedUnits.all[kind - 1])
      builder.add(
        "need.\(kind).households",
        "needs",
        name.english,
        name.chinese,
        need.count.households,
        .households,
        "registered.households"
      )
      builder.add(
        "need.\(kind).scale",
        "needs",
        "\(name.english): scale, \(unit.english)",
        "\(name.chinese)：规模（\(unit.chinese)）",
        need.scale,
        .hundredths,
        ""
      )
      builder.add(
        "need.\(kind).fen",
        "needs",
        "\(name.english): investment",
        "\(name.chinese)：投资",
        need.fen,
        .fen,
        ""
      )
    }
  }

  /// What was done around the registry, by the records of pilot work.
  private static func addWork(_ work: [PilotWorkSum], to builder: inout FigureBuilder) {
    for sum in work {
      builder.add(
        "work.\(sum.kind)",
        "work",
        sum.english,
        sum.chinese,
        sum.records,
        .unspecified,
        ""
      )
      for (number, value) in sum.numbers {
        builder.add(
          "work.\(sum.kind).\(number.key)",
          "work",
          "\(sum.english): \(number.english)",
          "\(sum.chinese)：\(number.chinese)",
          value,
          number.unit,
          number == .forProjects ? "work.\(sum.kind).fen" : ""
        )
      }
      for (level, fen) in sum.money {
        let name = PilotKinds.levelName(level)
        builder.add(
          "work.\(sum.kind).fen.\(level)",
          "work",
          "\(sum.english), \(name.0)",
          "\(sum.chinese)（\(name.1)）",
          fen,
          .fen,
          "work.\(sum.kind).fen"
        )
      }
    }
  }

  /// The categories with their keys and names.
  static let categories: [(HouseholdCategory, String, String, String)] = [
    (.povertyObject, "poverty-object", "poverty-alleviation objects", "扶贫户"),
    (.dibao, "dibao", "minimum living security", "低保户"),
    (.povertyObjectWithDibao, "both", "both", "扶贫低保户"),
    (.fiveGuarantee, "five-guarantee", "five-guarantee", "五保户"),
  ]

  private static func notes(
    _ inputs: ReportInputs
  ) -> [(english: String, chinese: String)] {
    var notes: [(english: String, chinese: String)] = []
    if inputs.synthetic {
      notes.append(("The people are synthetic: generated, not real.", "人员为合成数据，并非真实人员。"))
    }
    if let held = inputs.heldAlone {
      notes.append(
        held.isWithin
          ? (
            "Of this division the node here holds \(held.division) alone: ask one above for all of it.",
            "本节点仅持有其中\(held.division)的档案：全部数字请查询上级节点。"
          )
          : (
            "The node here holds \(held.division), and no files of this division: ask its own, or one above.",
            "本节点持有\(held.division)的档案，不含该区划：请查询其所属节点或上级节点。"
          )
      )
    }
    if inputs.rural == nil {
      notes.append(
        (
          "The rural population is not known here: no share of it is given.",
          "农村人口未知，不计算其占比。"
        )
      )
    }
    let unknown = inputs.countiesWithoutPopulation
    if unknown > 0 {
      notes.append(
        (
          "The rural population of \(unknown) counties is not on record: shares of it are too high.",
          "有\(unknown)个县的农村人口未登记：其占比偏高。"
        )
      )
    }
    notes.append(
      (
        "Identified: decided and through their notices, registered or not, from the files here and "
          + "from the signed returns of counties that do not upload. Registered: files held here.",
        "已识别：已认定并经公示者（含尚未建档），包括本节点档案及未上传县的签名报表。已建档：本节点持有档案。"
      )
    )
    notes.append(
      (
        "Below the line: net income per person under the national line of the latest income year on "
          + "record; base: those with a known income.",
        "低于标准：最近收入年度人均纯收入低于当年国家标准；基数为收入已知者。"
      )
    )
    notes.append(
      (
        "Causes: the household's main cause, twelve folded into eight; base: registered households.",
        "致贫原因：按户主要原因，十二类并为八类；基数为建档户。"
      )
    )
    notes.append(
      (
        "Needs: what registered households need, by kind; the scale adds up needs in the unit that is "
          + "named, others count as households and investment alone.",
        "需求：建档户的需求，按类别；规模仅汇总以所列单位计者，其余仅计户数和投资。"
      )
    )
    return notes
  }
}

/// Puts figures together.
struct FigureBuilder {
  private(set) var figures: [Figure] = []

  mutating func add(
    _ key: String,
    _ section: String,
    _ english: String,
    _ chinese: String,
    _ value: Int64,
    _ unit: FigureUnit,
    _ base: String
  ) {
    var figure = Figure()
    figure.key = key
    figure.section = section
    figure.nameEn = english
    figure.nameZh = chinese
    figure.value = value
    figure.unit = unit
    figure.baseKey = base
    figures.append(figure)
  }

  /// Adds households and people; the base names a pair, or `rural.people`, which only people share.
  mutating func add(
    _ key: String,
    _ section: String,
    _ english: String,
    _ chinese: String,
    _ count: Count,
    _ base: String
  ) {
    let isPair = !base.isEmpty && base != "rural.people"
    add(
      "\(key).households",
      section,
      english,
      chinese,
      count.households,
      .households,
      isPair ? "\(base).households" : ""
    )
    add(
      "\(key).people",
      section,
      english,
      chinese,
      count.people,
      .people,
      isPair ? "\(base).people" : base
    )
  }
}

/// The records of one kind of pilot work, summed.
package struct PilotWorkSum: Sendable, Hashable {
  /// The kind's word.
  package let kind: String
  /// The name in English.
  package let english: String
  /// The name in Chinese.
  package let chinese: String
  /// How many records.
  package var records: Int64 = 0
  /// The sums of its numbers, in the order of the table.
  package var numbers: [(number: PilotKinds.Number, value: Int64)] = []
  /// Money by the level of government whose it is, in their order.
  package var money: [(level: String, fen: Int64)] = []

  /// An empty sum of a kind.
  package init(_ kind: PilotKinds.Kind) {
    self.kind = kind.word
    english = kind.english
    chinese = kind.chinese
  }

  package static func == (left: PilotWorkSum, right: PilotWorkSum) -> Bool {
    left.kind == right.kind && left.records == right.records
      && left.numbers.map(\.value) == right.numbers.map(\.value)
      && left.money.map(\.fen) == right.money.map(\.fen)
  }

  package func hash(into hasher: inout Hasher) { hasher.combine(kind) }
}

/// What a report is computed from.
package struct ReportInputs: Sendable {
  /// The counties of an area.
  package struct Places: Sendable {
    /// National key counties.
    package var keyCounties: Int64 = 0
    /// Pilot counties that were assigned.
    package var assigned: Int64 = 0
    /// Pilot counties.
    package var pilot: Int64 = 0
    /// Provinces that have such.
    package var pilotProvinces: Int64 = 0
    /// National key counties among them.
    package var pilotKey: Int64 = 0
    /// Counties whose files are here.
    package var uploaded: Int64 = 0
    /// National key counties among them.
    package var uploadedKey: Int64 = 0
    /// Counties that sent a return instead.
    package var returned: Int64 = 0
    /// Counties that did either and are no pilot counties, where these are known: not counted above.
    package var outside: Int64 = 0

    /// None.
    package init() {}
  }

  /// The files of the area.
  package var tally: Tally
  /// Nil for an area within a county.
  package var places: Places?
  /// The rural population of the pilot counties; nil where it is not known, or there are none.
  package var ruralPilot: Int64?
  /// The rural population that those registered are a share of; nil where it is not known.
  package var rural: Int64?
  /// Pilot counties, and counties with data uploaded, whose rural population is not on record.
  private var withoutPopulation: Int64 = 0
  /// The same, where that of others is a base; 0 where that of none is known.
  package var countiesWithoutPopulation: Int64 {
    ruralPilot != nil || rural != nil ? withoutPopulation : 0
  }
  /// What the node holds, where it is not the whole division: a part of it, or of another one.
  package var heldAlone: (division: String, isWithin: Bool)?
  /// The people whom counties returned that do not upload, by category; empty where none did.
  package var returns: [HouseholdCategory: Int64] = [:]
  /// Those identified outside the pilot counties, from files and returns.
  package var outside: [HouseholdCategory: Int64] = [:]
  /// Of these, those from files.
  package var outsideFiles: [HouseholdCategory: Int64] = [:]
  /// The records of pilot work.
  package var work: [PilotWorkSum] = []
  /// The people are generated.
  package var synthetic: Bool

  /// Counts a county of the area.
  ///
  /// - Parameters:
  ///   - isOutside: it is no pilot county, where these are known.
  ///   - told: what it returned; nil where it did not, or uploads.
  ///   - outside: whom it identified, where it is no pilot county.
  ///   - rural: its rural population; nil where it is not known.
  package mutating func count(
    _ isKeyCounty: Bool,
    isPilot: Bool,
    isOutside: Bool,
    isUploaded: Bool,
    told: [HouseholdCategory: Int64]?,
    outside people: [HouseholdCategory: Int64],
    rural known: Int64?
  ) {
    guard var places else { return }
    if isKeyCounty { places.keyCounties += 1 }
    if isPilot {
      places.pilot += 1
      if isKeyCounty { places.pilotKey += 1 }
      if let known { ruralPilot = (ruralPilot ?? 0) + known }
    }
    if isUploaded, let known { rural = (rural ?? 0) + known }
    if isPilot || isUploaded, known == nil { withoutPopulation += 1 }
    if isOutside {
      if isUploaded || told != nil { places.outside += 1 }
      outside.merge(people, uniquingKeysWith: +)
      if isUploaded { outsideFiles.merge(people, uniquingKeysWith: +) }
    } else if isUploaded {
      places.uploaded += 1
      if isKeyCounty { places.uploadedKey += 1 }
    } else if let told {
      places.returned += 1
      returns.merge(told, uniquingKeysWith: +)
    }
    self.places = places
  }

  /// A report of files alone.
  package init(tally: Tally, rural: Int64? = nil, synthetic: Bool) {
    self.tally = tally
    self.rural = rural
    self.synthetic = synthetic
  }
}
