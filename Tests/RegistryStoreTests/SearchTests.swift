import Journal
import RegistryAPI
import RegistryModel
import SQL
import TestDatabases
import Testing

@testable import RegistryStore

@Suite(.timeLimit(.minutes(1)))
struct SearchTests {
  let fixture: Fixture
  var store: RegistryStore { fixture.store }

  init() throws { fixture = try Fixture() }

  /// Thirty households, ten in each of the node's villages in turn.
  func start(on database: TestDatabase) async throws {
    try fixture.start(on: database)
    try await fill(0..<30)
  }

  func fill(_ indices: Range<Int>) async throws {
    let items = indices.map {
      Sample.item(Sample.household($0, village: Fixture.villages[$0 % 3]), row: $0 * 4 + 1)
    }
    let scope = try Fixture.county(.importRows, in: store)
    let results = try await store.importItems(items, file: Sample.file(), scope: scope)
    #expect(results.allSatisfy { $0.outcome == .created })
  }

  func search(
    _ filter: HouseholdFilter,
    size: UInt32 = 0,
    token: String = "",
    as uri: String = "registry://421224/poverty-office/p0007",
    purpose: Purpose? = nil
  ) async throws -> SearchHouseholdsResponse {
    try await store.search(
      SearchHouseholdsRequest(filter: filter, pageSize: size, pageToken: token),
      scope: Fixture.scope(uri, .search, purpose: purpose, in: store)
    )
  }

  /// A server's database takes no NUL, and no name or file name has a control character.
  @Test(arguments: TestDatabase.all)
  func controlCharactersAreRefusedByName(on database: TestDatabase) async throws {
    try fixture.start(on: database)
    func field(_ call: () async throws -> Void) async throws -> String? {
      do {
        try await call()
        return nil
      } catch let error as StoreError where error == StoreError(.invalid, "") {
        return error.details?.violations.first?.field
      }
    }
    let filter = HouseholdFilter(name: "王\u{0}伟")
    #expect(try await field { _ = try await search(filter) } == "filter.name")
    var file = Sample.file()
    file.fileName = "a\u{0}.csv"
    let scope = try Fixture.county(.importRows, in: store)
    let items = [Sample.item(Sample.household(1), row: 1)]
    let refused = try await field {
      _ = try await store.importItems(items, file: file, scope: scope)
    }
    #expect(refused == "file_name")
  }

  @Test(arguments: TestDatabase.all)
  func conditionsHoldTogether(on database: TestDatabase) async throws {
    try await start(on: database)
    func count(_ filter: HouseholdFilter) async throws -> Int {
      try await search(filter).households.count
    }
    #expect(try await count(HouseholdFilter()) == 30)
    #expect(try await count(HouseholdFilter(division: "421224100000")) == 20)
    #expect(try await count(HouseholdFilter(division: "421224101201")) == 10)
    #expect(try await count(HouseholdFilter(categories: [.both])) == 10)
    #expect(try await count(HouseholdFilter(categories: [.both, .povertyObject])) == 30)
    #expect(try await count(HouseholdFilter(mainCauses: [1, 2])) == 6)
    #expect(try await count(HouseholdFilter(incomeBelow: Money(fen: 85_000))) == 5)
    #expect(
      try await count(
        HouseholdFilter(
          division: "421224100000",
          categories: [.both],
          incomeBelow: Money(fen: 85_000)
        )
      ) == 2
    )
    #expect(try await count(HouseholdFilter(status: .exited)) == 0)
    #expect(try await count(HouseholdFilter(name: "王")) == 12)
  }

  @Test(arguments: TestDatabase.all)
  func aDivisionThatIsNotOnesOwnIsRefused(on database: TestDatabase) async throws {
    try await start(on: database)
    // The neighbour county, the prefecture above, and what nobody knows.
    for (division, code, rule) in [
      ("421223", StoreError.Code.refused, "office.area"), ("421200", .refused, "office.area"),
      ("421299", .notFound, ""), ("x", .invalid, ""),
    ] {
      let filter = HouseholdFilter(division: division)
      let error = try await #require(throws: StoreError.self) { _ = try await search(filter) }
      #expect(error.code == code && error.details?.refusedBy ?? "" == rule, "\(division)")
      if code == .invalid { #expect(error.details?.violations.first?.rule == "division.code") }
      if code == .notFound { #expect(error.message.contains(division)) }
      let exported = try await #require(throws: StoreError.self) {
        _ = try await store.exportPage(
          filter: filter,
          after: "",
          scope: Fixture.county(.export, in: store)
        )
      }
      #expect(exported.code == code && exported.details?.refusedBy ?? "" == rule, "\(division)")
    }
    let prefecture = "registry://421200/poverty-office/p0001"
    let found = try await search(HouseholdFilter(division: "421223"), as: prefecture)
    #expect(found.households.isEmpty)
  }

  @Test("Several divisions are found as one, each household once", arguments: TestDatabase.all)
  func severalDivisions(on database: TestDatabase) async throws {
    try await start(on: database)
    func found(_ divisions: [String], _ one: String = "") async throws -> [[UInt8]] {
      try await search(HouseholdFilter(division: one, divisions: divisions)).households.map(\.id)
    }
    let (first, second) = (Fixture.villages[0], Fixture.villages[2])
    let both = try await found([first, second])
    #expect(both.count == 20 && Set(both).count == 20)
    #expect(try await found([second], first) == both)
    #expect(try await Set(both) == Set(found([first]) + found([second])))
    // One within another adds nothing, nor one that is named twice.
    let township = "421224100000"
    let whole = try await found([township])
    #expect(try await found([first, township, township]) == whole && whole.count == 20)
    #expect(try await found([first, second], "421224").count == 30)
    // In pages, in the order of registration.
    var (pages, token) = ([[UInt8]](), "")
    let filter = HouseholdFilter(divisions: [first, second])
    repeat {
      let page = try await search(filter, size: 3, token: token)
      pages += page.households.map(\.id)
      token = page.nextPageToken
    } while !token.isEmpty
    #expect(pages == both)
    let exported = try await store.exportPage(
      filter: filter,
      after: "",
      scope: Fixture.county(.export, in: store)
    )
    #expect(exported.households.map(\.id.bytes) == both)
    let drawn = try await store.sample(
      SampleHouseholdsRequest(filter: filter, count: 30, seed: "1"),
      scope: Fixture.county(.sample, in: store)
    )
    #expect(drawn.drawnFrom == 20)
    // Each must be the caller's own.
    for (others, code) in [
      (["421223"], StoreError.Code.refused), (["421299"], .notFound),
      (Array(repeating: first, count: 101), .invalid),
    ] {
      let error = try await #require(throws: StoreError.self) { _ = try await found(others, first) }
      #expect(error.code == code)
    }
  }

  /// A list of townships is found by the index of villages, and not by going through the nation.
  @Test func severalDivisionsAreIndexed() async throws {
    try await start(on: .sqlite)
    let scope = try Fixture.county(.search, in: store)
    func plan(_ filter: HouseholdFilter) throws -> String {
      let query = try HouseholdQuery(filter, scope: scope, store: store)
      return try store.readers.with { reader in
        let text = "EXPLAIN QUERY PLAN " + query.text(columns: "h.n")
        var plan = ""
        try reader.connection.prepare(text).forEach { plan += $0.string(at: 3) + "\n" }
        return plan
      }
    }
    let townships = ["421224100000", "421224101000"]
    let several = try plan(HouseholdFilter(divisions: townships))
    #expect(several.contains("USING INDEX household_village (village=?"), "\(several)")
    #expect(several.contains("division_path (path>? AND path<?)"), "\(several)")
    #expect(!several.contains("SCAN h"), "\(several)")
    // A whole county is gone through in the order of registration, from the page's place on.
    let county = try plan(HouseholdFilter())
    #expect(county.contains("INTEGER PRIMARY KEY (rowid>?)"), "\(county)")
  }

  @Test(arguments: [1, 7, 30, 100], TestDatabase.all)
  func pagesAreStableWhileDataChanges(size: UInt32, on database: TestDatabase) async throws {
    try await start(on: database)
    var seen: [[UInt8]] = []
    var token = ""
    var added = false
    repeat {
      let page = try await search(HouseholdFilter(), size: size, token: token)
      #expect(page.households.count <= Int(size))
      seen += page.households.map(\.id)
      token = page.nextPageToken
      if !added {
        added = true
        try await fill(30..<40)
      }
    } while !token.isEmpty
    #expect(Set(seen).count == seen.count)
    #expect(seen.count >= 30)
  }

  @Test(arguments: TestDatabase.all)
  func aTokenServesItsQuestionAndHolderOnly(on database: TestDatabase) async throws {
    try await start(on: database)
    let filter = HouseholdFilter(division: "421224")
    let token = try await search(filter, size: 5).nextPageToken
    _ = try await search(filter, size: 9, token: token)
    let invalid = StoreError(.invalid, "")
    await #expect(throws: invalid) { _ = try await search(HouseholdFilter(), token: token) }
    await #expect(throws: invalid) {
      _ = try await search(filter, token: token, as: "registry://421224/poverty-office/p0008")
    }
    for (place, replacement) in [(0, "B"), (9, "x"), (31, "z"), (31, "!")] {
      var characters = Array(token)
      if characters[place] == Character(replacement) {
        characters[place] = "Q"
      } else {
        characters[place] = Character(replacement)
      }
      let forged = String(characters)
      await #expect(throws: invalid) { _ = try await search(filter, token: forged) }
    }
    await #expect(throws: invalid) { _ = try await search(filter, token: token + "A") }
    await #expect(throws: invalid) {
      _ = try await store.exportPage(
        filter: filter,
        after: token,
        scope: Fixture.county(.export, in: store)
      )
    }
  }

  @Test(arguments: TestDatabase.all)
  func aConditionOnHiddenFieldsIsRefused(on database: TestDatabase) async throws {
    try await start(on: database)
    let uri = "registry://421224/housing/p0001"
    await #expect(throws: StoreError(.refused, "")) {
      _ = try await search(
        HouseholdFilter(incomeBelow: Money(fen: 1)),
        as: uri,
        purpose: .dwellingSupport
      )
    }
    let all = try await search(HouseholdFilter(), as: uri, purpose: .dwellingSupport)
    #expect(all.households.count == 30)
  }

  @Test(arguments: TestDatabase.all)
  func anOfficeFindsOnlyThoseItSees(on database: TestDatabase) async throws {
    try await start(on: database)
    // Everybody is healthy and born in 1950 but one disabled person, the third of a household.
    var household = Sample.household(50)
    household.members[2].health = Health(states: [4], disabilityKind: 1, disabilityGrade: 2)
    let created = try await store.create(
      CreateHouseholdRequest(household: household),
      scope: Fixture.county(.create, in: store)
    )
    let uri = "registry://421224/disabled-federation/p0001"
    let found = try await search(HouseholdFilter(), as: uri, purpose: .disabilitySupport)
    #expect(found.households.map(\.id) == [created.stored.id.bytes])
    #expect(found.households.first?.head == "")
    #expect(found.households.first?.members == 1)
    let scope = try Fixture.scope(uri, .get, purpose: .disabilitySupport, in: store)
    let day = Day(of: fixture.now)
    for (index, isSeen) in [(202, true), (200, false), (4, false)] {
      let request = GetHouseholdRequest(by: .citizenId(Sample.number(index)))
      let reference = try HouseholdReference(request, today: day)
      #expect(((try? store.household(reference, scope: scope)) != nil) == isSeen)
    }
  }

  @Test(arguments: TestDatabase.all)
  func anExportGivesEveryHouseholdOnceAndResumes(on database: TestDatabase) async throws {
    try await start(on: database)
    let small = try Fixture(on: database)
    let store = try small.open { $0.limits.exportPage = 7 }
    let items = (0..<30).map { Sample.item(Sample.household($0), row: $0 * 4 + 1) }
    _ = try await store.importItems(
      items,
      file: Sample.file(),
      scope: Fixture.county(.importRows, in: store)
    )
    let scope = try Fixture.county(.export, in: store)
    var households: [Household] = []
    var token = ""
    repeat {
      let page = try await store.exportPage(filter: HouseholdFilter(), after: token, scope: scope)
      households += try page.households.map { try $0.household() }
      token = page.nextToken
    } while !token.isEmpty
    #expect(
      households.map { $0.members[0].identity?.citizenId } == (0..<30).map { Sample.number($0 * 4) }
    )
  }
}
