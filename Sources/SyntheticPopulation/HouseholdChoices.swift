internal import RegistryModel

/// Decides what the households of a population are: by chance, or by count.
protocol HouseholdChoices: Sendable {
  /// The category of the next household.
  mutating func category(_ random: inout SplitMix64) -> HouseholdCategory
  /// Its main cause, as the report tells causes apart.
  mutating func cause(of category: HouseholdCategory, _ random: inout SplitMix64) -> ReportCause
  /// Its people: one of the families that are made.
  mutating func family(_ make: () -> [Person]) -> [Person]
  /// Whether its income is below the national line.
  mutating func isBelowLine(_ random: inout SplitMix64) -> Bool
}

/// Each household for itself by the weights that were wanted.
struct ChanceChoices: HouseholdChoices {
  private let categories: WeightedTable<HouseholdCategory>
  private let causes: WeightedTable<ReportCause>
  private let causesWithoutSchooling: WeightedTable<ReportCause>
  private let belowLine: Int

  init(_ options: PopulationOptions) {
    let byHousehold = HouseholdCategory.allCases.map { category in
      let size = category == .fiveGuarantee ? Self.sizes.fiveGuarantee : Self.sizes.other
      return (category, options.categories[Int(category.rawValue) - 1] / size)
    }
    // Schooling is never the cause of a five-guarantee household; the others make up for it.
    let all = byHousehold.reduce(0) { $0 + $1.1 }
    let others = max(all - byHousehold[3].1, all / 1000)
    let total = options.causes.reduce(0, +)
    let school = options.causes[6] / total
    let raised = min(0.99, school * all / others)
    let spread = school < 1 ? (1 - raised) / (1 - school) : 1
    func weights(_ share: Double, _ rest: Double) -> WeightedTable<ReportCause> {
      WeightedTable(
        ReportCause.allCases.map { cause in
          let weight = options.causes[Int(cause.rawValue) - 1] / total
          return (cause, cause == .schooling ? share : weight * rest)
        }
      )
    }
    categories = WeightedTable(byHousehold)
    causes = weights(raised, spread)
    causesWithoutSchooling = school >= 1 ? WeightedTable([(.other, 1)]) : weights(0, 1)
    belowLine = Int(options.belowLine * 1000)
  }

  /// Mean sizes of five-guarantee and of other households, by which weights by people become
  /// weights by household.
  private static let sizes = (fiveGuarantee: 1.15, other: 3.66)

  func category(_ random: inout SplitMix64) -> HouseholdCategory { categories.draw(&random) }

  func cause(of category: HouseholdCategory, _ random: inout SplitMix64) -> ReportCause {
    category == .fiveGuarantee ? causesWithoutSchooling.draw(&random) : causes.draw(&random)
  }

  func family(_ make: () -> [Person]) -> [Person] { make() }

  func isBelowLine(_ random: inout SplitMix64) -> Bool { random.chance(belowLine) }
}

/// So many people, so many of them below the line, and categories and causes in their shares: the
/// sums come out as wanted.
struct CountedChoices: HouseholdChoices {
  /// How many people there are to be, by whether they are below the line.
  private let wanted: (below: Int, above: Int)
  private var categories: Quota<HouseholdCategory>
  private var causes: Quota<ReportCause>
  private var lines: Quota<Bool>
  /// The places of what the household that is being made is.
  private var category = 0
  private var line = 0

  /// Families that are made before it is given up that one fits; one in a hundred does at worst.
  private static let attempts = 100_000

  /// Counts out a population.
  /// - Parameters:
  ///   - categories: weights by people, in the order of `HouseholdCategory`.
  ///   - causes: weights by household, in the order of `ReportCause`.
  init(people: Int, belowLine: Int, categories: [Double], causes: [Double]) {
    wanted = (belowLine, people - belowLine)
    self.categories = Quota(Array(zip(HouseholdCategory.allCases, categories)))
    self.causes = Quota(Array(zip(ReportCause.allCases, causes)))
    lines = Quota([(true, Double(wanted.below)), (false, Double(wanted.above))])
  }

  /// The people of each category so far, in the order of `HouseholdCategory`.
  var peopleByCategory: [Int] { categories.counts }
  /// The people below the line so far.
  var peopleBelowLine: Int { lines.counts[0] }

  private func left(_ isBelow: Bool) -> Int {
    isBelow ? wanted.below - lines.counts[0] : wanted.above - lines.counts[1]
  }

  mutating func category(_ random: inout SplitMix64) -> HouseholdCategory {
    category = categories.next() ?? 0
    return categories.kind(at: category)
  }

  mutating func cause(
    of category: HouseholdCategory,
    _ random: inout SplitMix64
  ) -> ReportCause {
    // Nobody of a five-guarantee household goes to school.
    let place = causes.next { category != .fiveGuarantee || $0 != .schooling } ?? 0
    causes.count(1, at: place)
    return causes.kind(at: place)
  }

  /// Where the last households are made, families are made anew until one is as large as what is
  /// left, or leaves more than a single place.
  mutating func family(_ make: () -> [Person]) -> [Person] {
    line = lines.next { left($0) > 0 } ?? 0
    let room = left(lines.kind(at: line))
    var people = make()
    var made = 1
    while people.count > room || room - people.count == 1, made < Self.attempts {
      people = make()
      made += 1
    }
    lines.count(people.count, at: line)
    categories.count(people.count, at: category)
    return people
  }

  func isBelowLine(_ random: inout SplitMix64) -> Bool { lines.kind(at: line) }
}
