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

  /// Counts of needs: kind, households, scale in 1/100, fen.
  private func needs(_ rows: [(kind: Int, Int64, Int64, Int64)]) -> Tally {
    var values = Tally().values
    for (kind, households, scale, fen) in rows {
      let place = Layout.needs + 4 * (kind - 1)
      (values[place], values[place + 2], values[place + 3]) = (households, scale, fen)
    }
    return Tally(values: values) ?? Tally()
  }

  private func told(_ tally: PublishedTally) -> [String] {
    tally.figures.filter { $0.section == "needs" }.map { "\($0.key) \($0.value)" }
  }

  @Test("Scale and investment are a county's, where its households are published")
  func amounts() {
    // Four in each of two townships: eight in the county, of whom nothing is published.
    let first = needs([
      (1, 4, 300, 90_000_000), (2, 5, 12_345, 19_999_999), (3, 7, 98, 123_456_789),
    ])
    let second = needs([(1, 4, 300, 90_000_000), (3, 1, 5, 9_876_543_210)])
    var whole = first
    whole.add(second)
    let townships = [first, second].map { PublishedTally(township: $0) }
    #expect(told(townships[0]) == ["need.2.households 5", "need.3.households 5"])
    #expect(told(townships[1]) == [])
    let county = PublishedTally(county: whole, townships: townships)
    #expect(
      told(county) == [
        "need.2.households 5", "need.2.scale 12000", "need.2.fen 10000000", "need.3.households 5",
        "need.3.scale 100", "need.3.fen 9900000000",
      ]
    )
    // Less than a step is none; above, counties are added up.
    var province = PublishedTally(county: needs([(2, 5, 0, 9_999_999)]), townships: [townships[0]])
    #expect(told(province) == ["need.2.households 5", "need.3.households 5"])
    province.add(county)
    #expect(told(province).contains("need.2.scale 12000"))
    #expect(told(province).contains("need.3.households 10"))
    // A unit for the scale.
    #expect(county.figures.first { $0.key == "need.2.scale" }?.unit == .hundredths)
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
