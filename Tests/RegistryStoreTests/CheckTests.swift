import Dispatch
import RegistryAPI
import RegistryModel
import SQL
import TestDatabases
import Testing

@testable import RegistryStore

/// A check is beside the work of the store, and not in its way.
@Suite(.timeLimit(.minutes(1)))
struct CheckTests {
  let fixture: Fixture
  var store: RegistryStore { fixture.store }

  init() throws { fixture = try Fixture() }

  func start(on database: TestDatabase) throws {
    try fixture.start(on: database) { $0.limits.workers = 1 }
  }

  func fill(_ range: Range<Int>) async throws {
    let items = range.map {
      Sample.item(Sample.household($0, village: Fixture.villages[$0 % 3]), row: $0 * 4 + 1)
    }
    let scope = try Fixture.county(.importRows, in: store)
    let results = try await store.importItems(items, file: Sample.file(), scope: scope)
    #expect(results.allSatisfy { $0.outcome == .created })
  }

  @Test(arguments: TestDatabase.all)
  func itNeedsTheWholeNodesArea(on database: TestDatabase) async throws {
    try start(on: database)
    for (uri, isAllowed) in [
      ("registry://421224/audit/p0001", true), ("registry://421200/poverty-office/p0001", true),
      ("registry://000000/audit/p0001", true), ("registry://421223/poverty-office/p0001", false),
      ("registry://421223/audit/p0001", false),
    ] {
      let scope = try Fixture.scope(uri, .check, purpose: .inspection, in: store)
      if isAllowed {
        #expect(try await store.check(deep: false, scope: scope) { _ in } == 0)
        continue
      }
      let error = try await #require(throws: StoreError.self) {
        _ = try await store.check(deep: false, scope: scope) { _ in }
      }
      #expect(error.code == .refused && error.details?.refusedBy == "office.area")
    }
  }

  @Test(arguments: TestDatabase.all)
  func aSecondIsRefusedAndTheWorkGoesOn(on database: TestDatabase) async throws {
    try start(on: database)
    let scope = try Fixture.county(.check, in: store)
    let gate = DispatchSemaphore(value: 0)
    let (started, start) = AsyncStream.makeStream(of: Void.self)
    let first = Task {
      try await store.check(deep: true, scope: scope) { progress in
        guard progress.stage == "journal", progress.done == 0 else { return }
        start.yield()
        gate.wait()
      }
    }
    for await _ in started { break }
    await #expect(throws: StoreError(.overloaded, "")) {
      _ = try await store.check(deep: false, scope: scope) { _ in }
    }
    try await fill(0..<10)
    gate.signal()
    #expect(try await first.value == 0)
    #expect(try await store.check(deep: false, scope: scope) { _ in } == 0)
  }

  @Test(arguments: TestDatabase.all)
  func cancellingEndsIt(on database: TestDatabase) async throws {
    try start(on: database)
    try await fill(0..<10)
    let scope = try Fixture.county(.check, in: store)
    let (started, start) = AsyncStream.makeStream(of: Void.self)
    let gate = DispatchSemaphore(value: 0)
    let check = Task {
      try await store.check(deep: true, scope: scope) { progress in
        if progress.stage != "database" || progress.done > 0 { return }
        start.yield()
        gate.wait()
      }
    }
    for await _ in started { break }
    check.cancel()
    gate.signal()
    await #expect(throws: CancellationError.self) { try await check.value }
  }

  /// A statement that takes long, such as the check of the database's pages, ends in its middle.
  @Test(arguments: TestDatabase.all)
  func cancellingInterruptsAStatement(on database: TestDatabase) throws {
    try start(on: database)
    try store.readers.with { reader in
      let flag = CancellationFlag()
      let rows = try reader.connection.prepare(
        "WITH RECURSIVE t(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM t) SELECT n FROM t"
      )
      #expect(throws: CancellationError.self) {
        try flag.interrupting(reader.connection.interrupter) {
          try rows.forEach { _ in flag.set() }
        }
      }
      // Set before, nothing is begun.
      #expect(throws: CancellationError.self) {
        try flag.interrupting(reader.connection.interrupter) { Issue.record("begun") }
      }
    }
  }

  @Test(arguments: [false, true], TestDatabase.all)
  func noViewOutlivesAVillage(deep: Bool, on database: TestDatabase) async throws {
    try start(on: database)
    try await fill(0..<30)
    try store.readers.with { reader in
      var stages: [String] = []
      let report = { (progress: CheckProgress) in
        stages.append(progress.stage)
        #expect(!reader.connection.isInTransaction)
      }
      try withoutActuallyEscaping(report) { report in
        var log = CheckLog(limit: 10, flag: CancellationFlag(), report: report)
        try store.check(reader, deep: deep, &log)
        #expect(log.findingCount == 0)
      }
      let proposals = deep ? ["proposals"] : []
      let applications = deep ? ["applications"] : []
      #expect(
        stages == ["database", "journal", "copies", "households"] + proposals + ["tally"]
          + applications
          + ["application-counts", "rules", "pilot", "looks"]
      )
    }
  }

  @Test(arguments: [false, true], TestDatabase.all)
  func writingMeanwhileIsNoFinding(deep: Bool, on database: TestDatabase) async throws {
    try start(on: database)
    let scope = try Fixture.county(.check, in: store)
    try await withThrowingTaskGroup(of: Void.self) { group in
      group.addTask {
        for part in 0..<40 { try await self.fill(part * 10..<part * 10 + 10) }
      }
      group.addTask {
        while try self.store.status().journalSize <= 400 {
          #expect(try await self.store.check(deep: deep, scope: scope) { _ in } == 0)
        }
      }
      try await group.waitForAll()
    }
  }
}
