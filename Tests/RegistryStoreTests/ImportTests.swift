import RegistryAPI
import RegistryModel
import RegistryStore
import TestDatabases
import Testing

@Suite(.timeLimit(.minutes(1)))
struct ImportTests {
  let fixture: Fixture
  var store: RegistryStore { fixture.store }

  init() throws { fixture = try Fixture() }

  func start(on database: TestDatabase) throws {
    try fixture.start(on: database)
  }

  func send(_ items: [ImportItem], file: UInt8 = 1) async throws -> [ImportResult] {
    try await store.importItems(
      items,
      file: Sample.file(file),
      scope: Fixture.county(.importRows, in: store)
    )
  }

  func progress(_ file: UInt8 = 1) async throws -> Import {
    try await store.importProgress(
      GetImportRequest(fileDigest: Sample.file(file).fileDigest),
      scope: Fixture.county(.importRows, in: store)
    )
  }

  func items(_ range: Range<Int>) -> [ImportItem] {
    range.map { Sample.item(Sample.household($0), row: $0 * 4 + 1) }
  }

  func findings() async throws -> UInt64 {
    try await store.check(deep: true, scope: Fixture.county(.check, in: store)) { _ in }
  }

  @Test(arguments: TestDatabase.all)
  func aFileSentTwiceIsCarriedOutOnce(on database: TestDatabase) async throws {
    try start(on: database)
    let first = try await send(items(0..<300))
    #expect(first.allSatisfy { $0.outcome == .created && !$0.replayed })
    // Cut into other parts than before.
    var again = try await send(items(0..<120))
    again += try await send(items(120..<310))
    #expect(again.prefix(300).allSatisfy { $0.replayed })
    #expect(again.suffix(10).allSatisfy { $0.outcome == .created && !$0.replayed })
    #expect(zip(first, again).allSatisfy { $0.householdId == $1.householdId })
    let done = try await progress()
    #expect(done.created == 310)
    #expect(done.done == [RowRange(first: 1, last: 1_240)])
    #expect(try store.status().journalSize == 311)
    #expect(try await findings() == 0)
  }

  @Test(arguments: TestDatabase.all)
  func progressTellsGapsApart(on database: TestDatabase) async throws {
    try start(on: database)
    #expect(try await progress() == Import())
    _ = try await send(items(5..<8) + items(9..<10))
    _ = try await send(items(0..<2))
    let done = try await progress().done
    #expect(
      done == [
        RowRange(first: 1, last: 8), RowRange(first: 21, last: 32), RowRange(first: 37, last: 40),
      ]
    )
    // The file of another office is another import.
    let other = try await store.importProgress(
      GetImportRequest(fileDigest: Sample.file().fileDigest),
      scope: .system(reason: "test")
    )
    #expect(other == Import())
  }

  @Test(arguments: TestDatabase.all)
  func aRefusedItemLeavesTheOthers(on database: TestDatabase) async throws {
    try start(on: database)
    var items = items(0..<6)
    // A duplicate in the file, of the second of it; one on file; a broken rule; a strange village.
    items[2].household?.members[1].identity?.citizenId = Sample.number(4)
    items[3].household?.members[0].identity?.relation = 20
    items[4].household?.location?.village = Fixture.villages[3]
    _ = try await send([Sample.item(Sample.household(100), row: 1)], file: 9)
    items[5].household?.members[3].identity?.citizenId = Sample.number(402)
    let results = try await send(items)
    #expect(results.map(\.outcome) == [.created, .created] + Array(repeating: .refused, count: 4))
    #expect(results[2].violations.map(\.rule) == ["id.on-file"])
    #expect(results[2].violations.map(\.row) == [10])
    #expect(results[3].violations.map(\.rule) == ["household.one-head"])
    #expect(results[3].violations.map(\.row) == [13])
    #expect(results[4].violations.map(\.rule) == ["household.node-area"])
    #expect(results[5].violations.map(\.row) == [24])
    // The people of a refused item are free, in the same file too.
    var later = Sample.household(2)
    later.members.removeLast()
    #expect(try await send([Sample.item(later, row: 100)]).map(\.outcome) == [.created])
    #expect(try await progress().refused == 4)
    #expect(try await findings() == 0)
  }

  @Test(arguments: TestDatabase.all)
  func aNumberChangesTheHouseholdAndBlanksNothing(on database: TestDatabase) async throws {
    try start(on: database)
    let created = try await send(items(0..<2))
    var change = Household()
    change.number = created[0].householdNumber
    change.contact = Contact(telephone: "13900000000")
    change.members = [Member(identity: Identity(citizenId: Sample.number(1), politicalStatus: 1))]
    let results = try await send(
      [
        Sample.item(change, row: 1),
        Sample.item(change, row: 2),
        Sample.item(Household(number: "42122499999998", members: [Member()]), row: 3),
      ],
      file: 2
    )
    // The second was prepared on the version before the first, and is made anew.
    #expect(results.map(\.outcome) == [.updated, .unchanged, .refused])
    let number = try #require(HouseholdNumber(created[0].householdNumber))
    let household = try store.household(
      .number(number),
      scope: Fixture.county(.get, in: store)
    ).household()
    #expect(household.version == 2)
    #expect(household.contact == Contact(telephone: "13900000000", address: "老街1号"))
    #expect(household.members.count == 4)
    #expect(household.members[1].identity?.politicalStatus == 1)
    #expect(try await findings() == 0)
  }

  @Test(arguments: TestDatabase.all)
  func rowsThatDoNotRiseAreRefusedAsAWhole(on database: TestDatabase) async throws {
    try start(on: database)
    let (a, b) = (items(0..<1), items(1..<2))
    let invalid = StoreError(.invalid, "")
    for items in [
      b + a, a + a, [ImportItem(firstRow: 0, rowCount: 1)],
      [ImportItem(firstRow: .max, rowCount: 2)], [ImportItem(firstRow: 1, rowCount: 0)],
    ] {
      await #expect(throws: invalid) { _ = try await send(items) }
    }
    await #expect(throws: invalid) {
      _ = try await store.importItems(
        a,
        file: ImportHeader(fileDigest: [1]),
        scope: Fixture.county(.importRows, in: store)
      )
    }
    _ = try await send(a)
    // The same row with another length is no row of that file.
    let cut = try await send([ImportItem(firstRow: 3, rowCount: 4, household: Sample.household(7))])
    #expect(cut.map { $0.violations.map(\.rule) } == [["import.rows"]])
  }

  @Test(arguments: TestDatabase.all)
  func aRowThatNoNumberCountsIsRefused(on database: TestDatabase) async throws {
    try start(on: database)
    let last = Int(UInt32.max) - 1
    var item = Sample.item(Sample.household(0), row: last)
    item.rowCount = 1
    let refused = try await send([item])
    #expect(refused.map { $0.violations.map(\.rule) } == [["import.members"]])
    // A change may have more members than rows: a fifth, who stands in another file.
    let created = try await send(items(0..<2), file: 2)
    let change = Household(
      number: created[0].householdNumber,
      members: [Sample.member(4, head: false)]
    )
    let results = try await send([Sample.item(change, row: last)], file: 3)
    #expect(results.map { $0.violations.map(\.rule) } == [["id.on-file"]])
    #expect(results.map { $0.violations.map(\.row) } == [[UInt32(last)]])
  }

  @Test(arguments: TestDatabase.all)
  func whatWasRefusedIsTriedAnewAndCountedOnce(on database: TestDatabase) async throws {
    try start(on: database)
    let good = items(0..<5)
    var bad = good
    for index in [1, 2] { bad[index].household?.members[0].identity?.relation = 20 }
    for _ in 0..<2 {
      let results = try await send(bad)
      #expect(
        results.map(\.outcome) == [.created, .refused, .refused, .created, .created]
      )
      #expect(results[1].violations.map(\.rule) == ["household.one-head"])
      let progress = try await progress()
      #expect(progress.refused == 2 && progress.created == 3)
      #expect(progress.done == [RowRange(first: 1, last: 4), RowRange(first: 13, last: 20)])
    }
    // One is mended; of the other the rows are cut otherwise, and of them the first is.
    var shorter = good[2]
    shorter.household?.members.removeLast()
    shorter.rowCount = 3
    let results = try await send([good[0], good[1], shorter, good[3]])
    #expect(results.allSatisfy { $0.outcome == .created })
    #expect(results.map(\.replayed) == [true, false, false, true])
    let progress = try await progress()
    #expect(progress.refused == 0 && progress.created == 5)
    #expect(progress.done == [RowRange(first: 1, last: 11), RowRange(first: 13, last: 20)])
    #expect(try await send(good.prefix(2) + [shorter]).allSatisfy { $0.replayed })
    #expect(try await findings() == 0)
  }

  @Test(arguments: TestDatabase.all)
  func aLongListOfViolationsEndsWithTheirNumber(on database: TestDatabase) async throws {
    try start(on: database)
    var household = Sample.household(0, members: 30)
    for index in household.members.indices {
      household.members[index].identity?.ethnicGroup = 99
      household.members[index].schooling?.education = 99
    }
    let results = try await send([Sample.item(household, row: 1)])
    #expect(results.map(\.outcome) == [.refused])
    #expect(results[0].violations.count == store.limits.violationsPerItem + 1)
    #expect(results[0].violations.last?.rule == "import.more")
    #expect(results[0].violations.last?.messageEn == "10 further rules are broken")
  }

  @Test(arguments: TestDatabase.all)
  func partsAtOnceOfManySendersStayWhole(on database: TestDatabase) async throws {
    try start(on: database)
    let scope = try Fixture.county(.importRows, in: store)
    try await withThrowingTaskGroup(of: Void.self) { group in
      for part in 0..<8 {
        group.addTask {
          // Two senders of each part: one of them gets the other's results.
          let items = self.items(part / 2 * 50..<part / 2 * 50 + 50)
          let results = try await store.importItems(items, file: Sample.file(), scope: scope)
          #expect(results.allSatisfy { $0.outcome == .created })
        }
      }
      try await group.waitForAll()
    }
    #expect(try store.status().journalSize == 201)
    #expect(try await progress().done == [RowRange(first: 1, last: 800)])
    #expect(try await findings() == 0)
  }

  @Test(arguments: TestDatabase.all)
  func submittedPartsShareACommitAndKeepTheirOrder(on database: TestDatabase) async throws {
    try start(on: database)
    let scope = try Fixture.county(.importRows, in: store)
    var parts: [PreparedImport] = []
    for part in 0..<20 {
      // Every part has the first household again, under another row: the first of them is taken.
      var items = items(part * 10 + 1..<part * 10 + 11)
      items.append(Sample.item(Sample.household(0), row: (part * 10 + 11) * 4 + 1))
      parts.append(
        try await store.prepareImport(items, file: Sample.file(UInt8(part)), scope: scope)
      )
    }
    let before = store.commits
    let pending = try parts.map { try store.submit($0) }
    var results: [[ImportResult]] = []
    for part in pending { results.append(try await part.results()) }
    #expect(store.commits - before < 20)
    #expect(
      results.map { $0.last?.outcome == .created } == [true] + Array(repeating: false, count: 19)
    )
    #expect(results.allSatisfy { $0.dropLast().allSatisfy { $0.outcome == .created } })
  }
}
