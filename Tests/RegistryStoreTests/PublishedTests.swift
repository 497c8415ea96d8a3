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

  @Test(
    "Partners see last month's counts in fives, added up from townships",
    arguments: TestDatabase.all
  )
  func ofLastMonth(on database: TestDatabase) async throws {
    try fixture.start(on: database)
    let store = fixture.store
    // Nine households in the first township, four in the second.
    let items = (0..<13).map { index in
      let village = Fixture.villages[index < 9 ? 0 : 2]
      var household = Sample.household(index, village: village)
      household.support = Support(needs: [Need(kind: 1, investment: Money(fen: 500_000))])
      household.classification?.mainCause = 9
      return Sample.item(household, row: index * 4 + 1)
    }
    _ = try await store.importItems(
      items,
      file: Sample.file(),
      scope: Fixture.county(.importRows, in: store)
    )
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
    #expect(
      answer.divisions.map { $0.figures.first { $0.key == "need.1.fen" }?.value } == [
        4_000_000, 4_000_000, nil,
      ]
    )
    #expect(Day(yyyymmdd: Int(answer.day)) != nil && answer.synthetic)
    #expect(try await ask("421224101000").divisions.count == 1)
    await #expect(throws: StoreError(.refused, "")) { try await ask("421224100201") }
    await #expect(throws: StoreError(.refused, "")) { try await ask("421223") }
    await #expect(throws: StoreError(.refused, "")) { try await ask("420000") }
  }
}
