import RegistryAPI
import Testing

@testable import RegistryModel

struct PublishedTallyTests {
  /// A township's counts; each household has one person.
  private func tally(categories: [Int64], causes: [Int64]) -> Tally {
    var values = Tally().values
    for (place, count) in categories.enumerated() { values[Layout.categories + 2 * place] = count }
    // One cause of the form for each of the report's.
    for (place, cause) in ReportCause.allCases.enumerated() {
      let first = PovertyCause.allCases.first { $0.reported == cause }
      values[Layout.causes + 2 * (Int(first?.rawValue ?? 1) - 1)] = causes[place]
    }
    return Tally(values: values) ?? Tally()
  }

  private func published(_ tally: Tally, _ section: String) -> [Int64] {
    PublishedTally(township: tally).figures.filter { $0.section == section }.map(\.value)
  }

  @Test("Households go down to fives, sums are of what is published")
  func rounds() {
    let first = tally(categories: [4, 5, 9, 10], causes: [28, 0, 0, 0, 0, 0, 0, 0])
    #expect(published(first, "categories") == [0, 5, 5, 10])
    #expect(published(first, "causes") == [25, 0, 0, 0, 0, 0, 0, 0])
    var sum = PublishedTally(township: first)
    // Four and four are eight households, of which nothing is published anywhere.
    sum.add(PublishedTally(township: first))
    #expect(sum.figures.prefix(4).map(\.value) == [0, 10, 10, 20])
  }

  @Test("Investment is told where five households need it, in steps of 10,000 yuan")
  func investment() {
    var values = Tally().values
    for (kind, households, fen) in [(1, 4, 9_000_000), (2, 5, 1_999_999), (3, 7, 12_345_678)] {
      values[Layout.needs + 4 * (kind - 1)] = Int64(households)
      values[Layout.needs + 4 * (kind - 1) + 3] = Int64(fen)
    }
    let figures = PublishedTally(township: Tally(values: values) ?? Tally()).figures
      .filter { $0.section == "needs" }
    #expect(
      figures.map { "\($0.key) \($0.value)" } == [
        "need.2.households 5", "need.2.fen 1000000", "need.3.households 5",
        "need.3.fen 12000000",
      ]
    )
  }

  /// What a reader of both partitions can tell of one cell: the least and the most that it can be.
  private func range(
    of cell: Int,
    in own: [Int64],
    beside other: [Int64]
  ) -> ClosedRange<Int64> {
    let most: Int64 = PublishedTally.step - 1
    let least = max(own.reduce(0, +), other.reduce(0, +))
    let greatest = min(
      own.reduce(0, +) + most * Int64(own.count),
      other.reduce(0, +) + most * Int64(other.count)
    )
    let rest = own.reduce(0, +) - own[cell]
    let restMost = rest + most * Int64(own.count - 1)
    return max(own[cell], least - restMost)...min(own[cell] + most, greatest - rest)
  }

  @Test("No suppressed count can be told from the two partitions of a township")
  func staysOpen() {
    var random = SystemRandomNumberGenerator()
    var narrowest = Int64.max
    for _ in 0..<20_000 {
      let causes = ReportCause.allCases.map { _ in Int64.random(in: 0...9, using: &random) }
      // The same households, by category.
      var categories: [Int64] = [0, 0, 0, 0]
      for _ in 0..<causes.reduce(0, +) { categories[Int.random(in: 0..<4, using: &random)] += 1 }
      let counts = tally(categories: categories, causes: causes)
      let (first, second) = (published(counts, "categories"), published(counts, "causes"))
      for (truth, own, other) in [(categories, first, second), (causes, second, first)] {
        for cell in own.indices where own[cell] == 0 {
          let open = range(of: cell, in: own, beside: other)
          #expect(open.contains(truth[cell]))
          narrowest = min(narrowest, open.upperBound - open.lowerBound)
        }
      }
    }
    #expect(narrowest >= 1)
    // The tightest cases there are: all causes at four, all categories at fives and at fours.
    for (categories, causes) in [
      ([32, 0, 0, 0], [4, 4, 4, 4, 4, 4, 4, 4]), ([30, 2, 0, 0], [4, 4, 4, 4, 4, 4, 4, 4]),
      ([4, 4, 4, 4], [15, 1, 0, 0, 0, 0, 0, 0]), ([9, 9, 9, 5], [4, 4, 4, 4, 4, 4, 4, 4]),
    ] as [([Int64], [Int64])] {
      let counts = tally(categories: categories, causes: causes)
      let (first, second) = (published(counts, "categories"), published(counts, "causes"))
      for (own, other) in [(first, second), (second, first)] {
        for cell in own.indices where own[cell] == 0 {
          let open = range(of: cell, in: own, beside: other)
          #expect(open.upperBound > open.lowerBound)
        }
      }
    }
  }
}
