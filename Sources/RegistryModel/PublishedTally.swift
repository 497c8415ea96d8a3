package import RegistryAPI

/// What everybody may know of counts, so that no small number can be told from it.
///
/// Households are published of one level of divisions alone, townships: those of a category, a main
/// cause or a need are rounded down to fives, so that fewer than five are none. Scale and investment of
/// a need are published of counties alone, where households of it are: rounded down to two
/// significant digits, money at least to 100,000 yuan. What is said of divisions above is the sum of
/// that, so that no difference between two answers of one month holds more than these figures do; and
/// as categories and causes come in steps of their own, what is left out stays open by at least one
/// household.
///
/// Of two months the difference says that a count passed a multiple of five, or an amount a step: who
/// knows of all other changes between can tell of the last one, on which side of the step it lies.
/// Rule: cells under five are suppressed (product, "partner").
package struct PublishedTally: Sendable, Hashable {
  /// The step of households, below which a count is none.
  package static let step: Int64 = 5
  /// The least step of money, in fen.
  package static let fenStep: Int64 = 10_000_000

  private var categories = Array(repeating: Int64(0), count: RegistryReport.categories.count)
  private var causes = Array(repeating: Int64(0), count: ReportCause.allCases.count)
  private var needs = Array(repeating: Int64(0), count: NeedUnits.kinds)
  private var scales = Array(repeating: Int64(0), count: NeedUnits.kinds)
  private var investments = Array(repeating: Int64(0), count: NeedUnits.kinds)

  /// Nothing.
  package init() {}

  /// What is published of a township: households alone.
  package init(township tally: Tally) {
    func rounded(_ count: Count) -> Int64 { max(0, count.households) / Self.step * Self.step }
    for (place, category) in RegistryReport.categories.enumerated() {
      categories[place] = rounded(tally.count(of: category.0))
    }
    for (place, cause) in ReportCause.allCases.enumerated() {
      causes[place] = rounded(tally.count(of: cause))
    }
    for kind in 1...NeedUnits.kinds { needs[kind - 1] = rounded(tally.need(kind).count) }
  }

  /// What is published of a county: its townships' households, and what they need together.
  package init(county tally: Tally, townships: [PublishedTally]) {
    for township in townships { add(township) }
    for kind in 1...NeedUnits.kinds where needs[kind - 1] > 0 {
      let need = tally.need(kind)
      scales[kind - 1] = Self.rounded(need.scale, atLeast: 1)
      investments[kind - 1] = Self.rounded(need.fen, atLeast: Self.fenStep)
    }
  }

  /// An amount rounded down to two significant digits, and at least to a step.
  private static func rounded(_ value: Int64, atLeast least: Int64) -> Int64 {
    if value <= 0 { return 0 }
    var step: Int64 = 1
    while value / step >= 100 { step *= 10 }
    step = max(step, least)
    return value / step * step
  }

  /// Adds what is published of another division.
  package mutating func add(_ other: PublishedTally) {
    for place in categories.indices { categories[place] &+= other.categories[place] }
    for place in causes.indices { causes[place] &+= other.causes[place] }
    for place in needs.indices {
      needs[place] &+= other.needs[place]
      scales[place] &+= other.scales[place]
      investments[place] &+= other.investments[place]
    }
  }

  /// The figures, each at least so many; what is not published of needs is left out.
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
      if scales[kind - 1] > 0 {
        let unit = NeedUnits.all[kind - 1]
        add(
          "need.\(kind).scale",
          "needs",
          "\(name.english): scale, \(unit.english)",
          "\(name.chinese)：规模（\(unit.chinese)）",
          scales[kind - 1],
          .hundredths
        )
      }
      if investments[kind - 1] > 0 {
        add(
          "need.\(kind).fen",
          "needs",
          "\(name.english): investment",
          "\(name.chinese)：投资",
          investments[kind - 1],
          .fen
        )
      }
    }
    return builder.figures
  }
}
