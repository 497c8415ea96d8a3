package import RegistryAPI

/// What everybody may know of counts, so that no small number can be told from it.
///
/// Published is one level of divisions alone, townships: households of a category, a main cause or a
/// need are rounded down to fives, so that fewer than five are none, the investment of a need to
/// 10,000 yuan. What is said of divisions above is the sum of that. So no difference between two
/// answers holds more than the townships' own figures do; and as categories and causes come in steps
/// of their own, what is left out stays open by at least one household. Rule: cells under five are
/// suppressed (product, "partner").
package struct PublishedTally: Sendable, Hashable {
  /// The step of households, below which a count is none.
  package static let step: Int64 = 5
  /// The step of money, in fen.
  package static let fenStep: Int64 = 1_000_000

  private var categories = Array(repeating: Int64(0), count: RegistryReport.categories.count)
  private var causes = Array(repeating: Int64(0), count: ReportCause.allCases.count)
  private var needs = Array(repeating: Int64(0), count: NeedUnits.kinds)
  private var investments = Array(repeating: Int64(0), count: NeedUnits.kinds)

  /// Nothing.
  package init() {}

  /// What is published of a township.
  package init(township tally: Tally) {
    func rounded(_ value: Int64, _ step: Int64) -> Int64 { max(0, value) / step * step }
    for (place, category) in RegistryReport.categories.enumerated() {
      categories[place] = rounded(tally.count(of: category.0).households, Self.step)
    }
    for (place, cause) in ReportCause.allCases.enumerated() {
      causes[place] = rounded(tally.count(of: cause).households, Self.step)
    }
    for kind in 1...NeedUnits.kinds {
      let need = tally.need(kind)
      needs[kind - 1] = rounded(need.count.households, Self.step)
      if needs[kind - 1] > 0 { investments[kind - 1] = rounded(need.fen, Self.fenStep) }
    }
  }

  /// Adds what is published of another division.
  package mutating func add(_ other: PublishedTally) {
    for place in categories.indices { categories[place] &+= other.categories[place] }
    for place in causes.indices { causes[place] &+= other.causes[place] }
    for place in needs.indices {
      needs[place] &+= other.needs[place]
      investments[place] &+= other.investments[place]
    }
  }

  /// The figures, each at least so many; needs of which nothing is published are left out.
  package var figures: [Figure] {
    var builder = FigureBuilder()
    func add(
      _ key: String,
      _ section: String,
      _ english: String,
      _ chinese: String,
      _ value: Int64,
      _ unit: FigureUnit = .households
    ) {
      builder.add(key, section, english, chinese, value, unit, "")
    }
    for (value, (_, key, english, chinese)) in zip(categories, RegistryReport.categories) {
      add("category.\(key).households", "categories", english, chinese, value)
    }
    for (value, cause) in zip(causes, ReportCause.allCases) {
      add("cause.\(cause).households", "causes", cause.english, cause.chinese, value)
    }
    for kind in 1...NeedUnits.kinds where needs[kind - 1] > 0 {
      let name = NeedUnits.names[kind - 1]
      add("need.\(kind).households", "needs", name.english, name.chinese, needs[kind - 1])
      add(
        "need.\(kind).fen",
        "needs",
        "\(name.english): investment",
        "\(name.chinese)：投资",
        investments[kind - 1],
        .fen
      )
    }
    return builder.figures
  }
}
