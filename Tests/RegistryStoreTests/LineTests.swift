import RegistryAPI
import RegistryModel
import SQL
import TestDatabases
import Testing

@testable import RegistryStore

/// Poverty lines and dibao standards, and what a national line changes.
@Suite(.timeLimit(.minutes(1)))
struct LineTests {
  let fixture: Fixture
  static let state = "registry://000000/poverty-office/p0001"
  static let province = "registry://420000/poverty-office/p0001"
  static let civil = "registry://421200/civil-affairs/p0003"

  init() throws { fixture = try Fixture() }

  var store: RegistryStore { fixture.store }

  @discardableResult
  func set(
    _ division: String,
    _ year: UInt32,
    yuan: Int64,
    by office: String = state,
    kind: LineKind = .unspecified
  ) async throws -> Line {
    let line = Line(
      kind: kind,
      division: division,
      year: year,
      amount: Money(fen: yuan * 100),
      source: "国发〔2010〕2号"
    )
    let request = SetLineRequest(line: line)
    if office.contains("civil-affairs") {
      let scope = try Fixture.scope(office, .setDibaoStandard, in: store)
      return try await store.setDibaoStandard(request, scope: scope).response
    }
    let scope = try Fixture.scope(office, .setPovertyLine, in: store)
    return try await store.setPovertyLine(request, scope: scope).response
  }

  func list(_ kind: LineKind = .unspecified) async throws -> [String] {
    try await store.listLines(
      ListLinesRequest(kind: kind),
      scope: Fixture.county(.policyRead, in: store)
    ).lines.map {
      "\($0.kind == .dibao ? "dibao" : "line") \($0.division) \($0.year) \($0.amount?.fen ?? 0) "
        + "v\($0.version)"
    }
  }

  func broken(_ body: () async throws -> Line) async throws -> [String] {
    let error = await #expect(throws: StoreError.self) { try await body() }
    return try #require(error).details?.violations.map { "\($0.field) \($0.rule)" } ?? []
  }

  /// Below the national line, by village.
  func below() async throws -> [Int64] {
    let scope = try Fixture.scope(Self.state, .statistics, in: store)
    return try await (Fixture.villages + ["421224", "000000"]).asyncMap {
      try await store.counts(of: $0, scope: scope).divisions[0].tally.belowLine.people
    }
  }

  func checked(deep: Bool) async throws -> UInt64 {
    try await store.check(deep: deep, scope: Fixture.county(.check, in: store)) { _ in }
  }

  @Test(arguments: TestDatabase.all)
  func thoseThatComeWithTheProgramStandAmongThem(on database: TestDatabase) async throws {
    try fixture.start(on: database)
    let bundled = ["line 000000 2000 86500 v0", "line 000000 2010 127400 v0"]
    let later = "line 000000 2011 230000 v0"
    #expect(try await list() == bundled + [later])
    let made = try await set("000000", 2010, yuan: 1196)
    #expect(made.version == 1 && made.kind == .poverty && made.setBy == Self.state)
    try await set("420000", 2010, yuan: 1500, by: Self.province)
    try await set("421224", 2010, yuan: 1404, by: Self.civil, kind: .dibao)
    #expect(
      try await list() == [
        bundled[0], "line 000000 2010 119600 v1", later, "line 420000 2010 150000 v1",
        "dibao 421224 2010 140400 v1",
      ]
    )
    #expect(try await list(.dibao) == ["dibao 421224 2010 140400 v1"])
    let again = try await set("421224", 2010, yuan: 1500, by: Self.civil)
    #expect(again.version == 2)
    let found = try await list()
    let code = try #require(DivisionCode("421224100201"))
    let village = try #require(store.division(code: code))
    let chain = store.divisions.chain(to: village).map(\.code)
    await store.close()
    let opened = try fixture.open()
    let contents = opened.context.book.current
    #expect(contents.standards.inherited(chain, year: 2012)?.amount.fen == 150_000)
    #expect(contents.lines.inherited(chain, year: 2010)?.amount.fen == 150_000)
    #expect(contents.lines.national(year: 2010)?.amount.fen == 119_600)
    let scope = try Fixture.county(.policyRead, in: opened)
    let listed = try await opened.listLines(ListLinesRequest(), scope: scope).lines
    #expect(listed.count == found.count && listed[0].setBy == "built-in")
    #expect(listed[0].source.contains("white paper"))
  }

  @Test(arguments: TestDatabase.all)
  func everyBrokenRuleIsNamed(on database: TestDatabase) async throws {
    try fixture.start(on: database)
    #expect(
      try await broken { try await set("000000", 2010, yuan: 0) } == ["line.amount line.amount"]
    )
    #expect(
      try await broken { try await set("000000", 1989, yuan: 1_000_001) }
        == ["line.amount line.amount", "line.year line.year"]
    )
    #expect(try await broken { try await set("000000", 2012, yuan: 1) } == ["line.year line.year"])
    #expect(
      try await broken { try await set("421224100000", 2010, yuan: 1) } == [
        "line.division line.level"
      ]
    )
    #expect(
      try await broken { try await set("421224100000", 2010, yuan: 1, by: Self.civil) } == [
        "line.division standard.level"
      ]
    )
    #expect(
      try await broken { try await set("421224", 2010, yuan: 1, by: Self.civil, kind: .poverty) }
        == ["line.kind line.kind"]
    )
    #expect(
      try await broken { try await set("429999", 2010, yuan: 1) } == [
        "line.division setting.division-unknown"
      ]
    )
    let scope = try Fixture.scope(Self.state, .setPovertyLine, in: store)
    #expect(
      try await broken { try await store.setPovertyLine(SetLineRequest(), scope: scope).response }
        == [
          "line.division setting.division-unknown", "line.amount line.amount",
          "line.year line.year",
        ]
    )
    let refused = await #expect(throws: StoreError.self) {
      try await set("000000", 2010, yuan: 1, by: Self.province)
    }
    #expect(refused?.code == .refused && refused?.details?.refusedBy == "setting.area")
    #expect(try store.status().journalSize == 1)
  }

  @Test(arguments: TestDatabase.all)
  func aNationalLineChangesWhoIsBelowIt(on database: TestDatabase) async throws {
    try fixture.start(on: database)
    // Households of 2009 with 800 to 1,790 yuan; the line of 2009 is that of 2000: 865.
    let items = (0..<60).map {
      Sample.item(Sample.household($0, village: Fixture.villages[$0 % 3]), row: $0 * 4 + 1)
    }
    let scope = try Fixture.county(.importRows, in: store)
    _ = try await store.importItems(items, file: Sample.file(), scope: scope)
    func expected(yuan: Int64) -> [Int64] {
      let below = (0..<60).filter { 80_000 + $0 % 100 * 1_000 < yuan * 100 }
      let villages = (0..<4).map { village in Int64(below.filter { $0 % 3 == village }.count * 4) }
      return villages + [Int64(below.count * 4), Int64(below.count * 4)]
    }
    #expect(try await below() == expected(yuan: 865))
    // Raised for all years from 2009 on; lowered; in the year before, which 2009 does not use.
    try await set("000000", 2009, yuan: 1_000)
    #expect(try await below() == expected(yuan: 1_000))
    #expect(try await below()[4] == 80)
    try await set("000000", 2009, yuan: 830)
    #expect(try await below() == expected(yuan: 830))
    try await set("000000", 2005, yuan: 2_000)
    try await set("000000", 2011, yuan: 100)
    #expect(try await below() == expected(yuan: 830))
    for deep in [false, true] { #expect(try await checked(deep: deep) == 0) }
    // A province's line is for its own decisions: the counts are of the national one.
    try await set("420000", 2009, yuan: 5_000, by: Self.province)
    #expect(try await below() == expected(yuan: 830))
    // Households that come later are counted by the new line.
    let late = Sample.item(Sample.household(62, village: Fixture.villages[0]), row: 1)
    _ = try await store.importItems([late], file: Sample.file(2), scope: scope)
    #expect(try await below() == expected(yuan: 830))
    try await set("000000", 2009, yuan: 1_421)
    #expect(try await below()[0] == expected(yuan: 1_421)[0] + 4)
    for deep in [false, true] { #expect(try await checked(deep: deep) == 0) }
    await store.close()
    let opened = try fixture.open()
    let check = try Fixture.county(.check, in: opened)
    #expect(try await opened.check(deep: true, scope: check) { _ in } == 0)
  }

  @Test(arguments: TestDatabase.all)
  func aLineWhereThereWasNoneCounts(on database: TestDatabase) async throws {
    try fixture.start(on: database)
    var household = Sample.household(1)
    household.income?.years[0].year = 1995
    household.income?.years[0].netPerPerson = Money(fen: -5_000)
    let create = try Fixture.county(.create, in: store)
    _ = try await store.create(CreateHouseholdRequest(household: household), scope: create)
    #expect(try await below()[0] == 0)
    try await set("000000", 1990, yuan: 300)
    #expect(try await below()[0] == 4)
    try await set("000000", 1995, yuan: 200)
    #expect(try await below()[0] == 4)
    #expect(try await checked(deep: true) == 0)
  }

  /// While lines change and households come, every check sees counts and lines of one moment.
  @Test(arguments: TestDatabase.all)
  func settingMeanwhileIsNoFinding(on database: TestDatabase) async throws {
    try fixture.start(on: database)
    let scope = try Fixture.county(.importRows, in: store)
    try await withThrowingTaskGroup(of: Void.self) { group in
      group.addTask {
        for part in 0..<20 {
          let items = (0..<10).map {
            Sample.item(Sample.household(part * 10 + $0), row: part * 40 + $0 * 4 + 1)
          }
          _ = try await self.store.importItems(items, file: Sample.file(), scope: scope)
        }
      }
      group.addTask {
        for turn in 0..<20 as Range<Int64> {
          try await self.set("000000", 2009, yuan: 850 + turn % 5 * 200)
        }
      }
      group.addTask {
        while try self.store.status().journalSize <= 220 {
          #expect(try await self.checked(deep: false) == 0)
        }
      }
      try await group.waitForAll()
    }
    #expect(try await checked(deep: true) == 0)
  }

  /// The files as a killed process leaves them: copied while lines are set and households come.
  @Test func whatWasAcknowledgedOutlivesAKill() async throws {
    try fixture.start(on: .sqlite)
    let other = try Fixture()
    let scope = try Fixture.county(.importRows, in: store)
    let writing = Task {
      for turn in 0..<40 as Range<Int> {
        let items = (0..<5).map {
          Sample.item(Sample.household(turn * 5 + $0), row: turn * 20 + $0 * 4 + 1)
        }
        _ = try await store.importItems(items, file: Sample.file(), scope: scope)
        try await set("000000", 2009, yuan: Int64(850 + turn))
      }
    }
    while try store.status().journalSize < 60 { await Task.yield() }
    let acknowledged = try #require(store.context.book.current.lines.national(year: 2009)?.amount)
    for suffix in ["", "-wal"] { try Fixture.copy(fixture.path + suffix, other.path + suffix) }
    try await writing.value
    let opened = try fixture.open { $0.database = other.database }
    let line = try #require(opened.context.book.current.lines.national(year: 2009)?.amount)
    #expect(line >= acknowledged)
    #expect(try await fixture.findings(in: opened, deep: true) == [])
  }

  @Test(arguments: TestDatabase.all)
  func aChangedRowIsFound(on database: TestDatabase) async throws {
    try fixture.start(on: database)
    try await set("000000", 2010, yuan: 1_196)
    await store.close()
    try fixture.tamper("UPDATE line SET amount = 127400, version = 2")
    let opened = try fixture.open()
    let found = try await fixture.findings(in: opened, deep: false)
    #expect(found.map(\.check) == ["rule.row"])
    #expect(found.first?.place == "6/1/000000/2010")
  }
}

extension Array {
  /// Each element's result, one after the other.
  func asyncMap<Result>(_ body: (Element) async throws -> Result) async throws -> [Result] {
    var results: [Result] = []
    for element in self { results.append(try await body(element)) }
    return results
  }
}
