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
  /// - Parameters:
  ///   - tally: the sum of the area's villages.
  ///   - ruralPopulation: the rural population of the area, if known.
  ///   - synthetic: whether the people are generated.
  package init(tally: Tally, ruralPopulation: Int64? = nil, synthetic: Bool) {
    var builder = FigureBuilder()
    if let ruralPopulation {
      builder.add(
        "rural.people",
        "population",
        "rural population",
        "农村人口",
        ruralPopulation,
        .people,
        ""
      )
    }
    let base = ruralPopulation == nil ? "" : "rural.people"
    builder.add("registered", "registered", "registered", "已建档", tally.registered, base)
    for (category, key, english, chinese) in RegistryReport.categories {
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
    figures = builder.figures
    let notes = RegistryReport.notes(ruralPopulation, synthetic: synthetic)
    notesEnglish = notes.map(\.english)
    notesChinese = notes.map(\.chinese)
  }

  private static let categories: [(HouseholdCategory, String, String, String)] = [
    (.povertyObject, "poverty-object", "poverty-alleviation objects", "扶贫户"),
    (.dibao, "dibao", "minimum living security", "低保户"),
    (.povertyObjectWithDibao, "both", "both", "扶贫低保户"),
    (.fiveGuarantee, "five-guarantee", "five-guarantee", "五保户"),
  ]

  private static func notes(
    _ ruralPopulation: Int64?,
    synthetic: Bool
  ) -> [(english: String, chinese: String)] {
    var notes: [(english: String, chinese: String)] = []
    if synthetic {
      notes.append(("The people are synthetic: generated, not real.", "人员为合成数据，并非真实人员。"))
    }
    if ruralPopulation == nil {
      notes.append(
        (
          "The rural population is not known here: no share of it is given.",
          "农村人口未知，不计算其占比。"
        )
      )
    }
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
    return notes
  }
}

private struct FigureBuilder {
  var figures: [Figure] = []

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
