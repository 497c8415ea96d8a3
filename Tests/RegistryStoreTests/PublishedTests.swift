import RegistryAPI
import RegistryModel
import RegistryStore
import TestDatabases
import Testing

@Suite(.timeLimit(.minutes(1)))
struct PublishedTests {
  private static let partner = "registry://421224/partner/p0400"
  let fixture: Fixture

  init() throws { fixture = try Fixture() }

  private func ask(_ code: String = "", breakdown: Bool = false) async throws -> PublishedCounts {
    try await fixture.store.published(
      GetPublishedCountsRequest(division: code, breakdown: breakdown),
      scope: try Fixture.scope(Self.partner, .published, in: fixture.store)
    )
  }

  private func register(_ serials: Range<Int>, in village: String) async throws {
    for serial in serials {
      var household = Sample.household(serial, village: village)
      let need = Need(
        kind: 1,
        scale: Quantity(value: 250),
        unit: NeedUnits.all[0].chinese,
        investment: Money(fen: 15_000_000)
      )
      household.support = Support(needs: [need])
      household.classification?.mainCause = 9
      _ = try await fixture.store.create(
        CreateHouseholdRequest(household: household),
        scope: try Fixture.county(.create, in: fixture.store)
      )
    }
  }

  /// Investment and scale of the first need of each division, as far as they are published.
  private func amounts(_ answer: PublishedCounts) -> [[Int64]] {
    answer.divisions.map { one in
      ["need.1.fen", "need.1.scale"].compactMap { key in
        one.figures.first { $0.key == key }?.value
      }
    }
  }

  @Test("From month to month an amount moves by steps, and not by what one household needs")
  func overTwoMonths() async throws {
    try fixture.start(on: .sqlite)
    try await register(0..<17, in: Fixture.villages[0])
    let month: Int64 = 40 * 86_400_000_000
    fixture.now = Instant(microseconds: fixture.now.microseconds + month)
    let before = try await ask(breakdown: true)
    // One more, of 150,000 yuan: 2,550,000 become 2,700,000, and 17 households 18.
    try await register(17..<18, in: Fixture.villages[0])
    fixture.now = Instant(microseconds: fixture.now.microseconds + month)
    let after = try await ask(breakdown: true)
    #expect(before.day < after.day)
    func households(_ answer: PublishedCounts) -> [[Int64]] {
      answer.divisions.map { $0.figures.filter { $0.unit == .households }.map(\.value) }
    }
    #expect(households(before) == households(after))
    let (first, second) = (amounts(before), amounts(after))
    #expect(first[0] == [250_000_000, 4_200] && second[0] == [270_000_000, 4_500])
    // No amount of a single township in which one could see whose it is, and the county's moves by
    // whole steps: not by the household's own 150,000 yuan and 2.50.
    #expect(first.dropFirst().allSatisfy(\.isEmpty) && second.dropFirst().allSatisfy(\.isEmpty))
    #expect(second[0][0] - first[0][0] != 15_000_000 && second[0][1] - first[0][1] != 250)
  }

  @Test(
    "Partners see last month's counts in fives, added up from townships",
    arguments: TestDatabase.all
  )
  func ofLastMonth(on database: TestDatabase) async throws {
    try fixture.start(on: database)
    let store = fixture.store
    // Nine households in the first township, four in the second.
    try await register(0..<9, in: Fixture.villages[0])
    try await register(9..<13, in: Fixture.villages[2])
    func sum(_ one: PublishedDivision, _ section: String) -> Int64 {
      one.figures.filter { $0.section == section && $0.unit == .households }
        .reduce(0) { $0 + $1.value }
    }
    // What was registered today is published when the month has ended.
    #expect(sum(try await ask().divisions[0], "needs") == 0)
    fixture.now = Instant(microseconds: fixture.now.microseconds + 40 * 86_400_000_000)
    let answer = try await ask(breakdown: true)
    #expect(
      answer.divisions.map { $0.division?.code } == ["421224", "421224100000", "421224101000"]
    )
    #expect(answer.divisions.map { sum($0, "needs") } == [5, 5, 0])
    #expect(answer.divisions.map { sum($0, "causes") } == [5, 5, 0])
    // Thirteen times 150,000 yuan and 2.50: of the county alone.
    #expect(amounts(answer) == [[190_000_000, 3_200], [], []])
    #expect(Day(yyyymmdd: Int(answer.day)) != nil && answer.synthetic)
    #expect(try await ask("421224101000").divisions.count == 1)
    await #expect(throws: StoreError(.refused, "")) { try await ask("421224100201") }
    await #expect(throws: StoreError(.refused, "")) { try await ask("421223") }
    await #expect(throws: StoreError(.refused, "")) { try await ask("420000") }
  }
}
