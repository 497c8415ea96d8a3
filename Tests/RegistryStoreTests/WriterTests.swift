import Dispatch
import RegistryAPI
import RegistryModel
import SQL
import SQLite
import TestDatabases
import Testing

@testable import RegistryStore

@Suite(.timeLimit(.minutes(1)))
struct WriterTests {
  let fixture: Fixture

  init() throws { fixture = try Fixture() }

  /// A job that failed alone may have failed because of another's rows, which are gone.
  @Test(arguments: TestDatabase.all)
  func aFailedCommitIsEveryJobsFailure(on database: TestDatabase) async throws {
    try fixture.use(database)
    let store = try fixture.open()
    let gate = DispatchSemaphore(value: 0)
    let (begun, begin) = AsyncStream.makeStream(of: Void.self)
    let first = try store.writer.enqueue(weight: 1) { _ in
      begin.yield()
      gate.wait()
    }
    for await _ in begun { break }
    let duplicate: PendingWrite<Void> = try store.writer.enqueue(weight: 1) { _ in
      throw StoreError(.duplicate, "stands in another file")
    }
    let full: PendingWrite<Void> = try store.writer.enqueue(weight: 1) { _ in
      throw SQLError(.full, "the disk is full")
    }
    gate.signal()
    try await first.value()
    await #expect(throws: StoreError(.diskFull, "")) { try await duplicate.value() }
    await #expect(throws: StoreError(.diskFull, "")) { try await full.value() }
  }

  @Test func aReadersViewDoesNotStallWrites() async throws {
    let store = try fixture.open {
      $0.limits.idleCheckpoint = 1e-9
      $0.database = fixture.sqlite { $0.busyTimeout = 120_000 }
    }
    let reader = try SQLiteDatabase(
      path: fixture.path,
      configuration: SQLiteConfiguration(openMode: .readOnly)
    ).connect(role: .reader)
    try reader.begin()
    _ = try reader.prepare("SELECT count(*) FROM household").first { $0.int64(at: 0) }
    let scope = try Fixture.county(.create, in: store)
    for index in 0..<20 {
      let request = CreateHouseholdRequest(household: Sample.household(index))
      _ = try await store.create(request, scope: scope)
    }
    #expect(store.commits == 20)
    try reader.commit()
  }
}
