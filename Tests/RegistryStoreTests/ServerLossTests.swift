import RegistryAPI
import RegistryModel
import SQL
import Synchronization
import TestDatabases
import Testing

@testable import RegistryStore

/// A database's server that ends sessions, or dies: what was acknowledged is there afterwards, what
/// was not can be sent again, and the store works on by itself.
@Suite(
  .enabled(if: TestServer.url != nil, "\(TestServer.absence)"),
  .serialized,
  .timeLimit(.minutes(2))
)
struct ServerLossTests {
  let fixture: Fixture
  let store: RegistryStore

  init() throws {
    fixture = try Fixture()
    try fixture.start(on: .postgreSQL)
    store = fixture.store
  }

  /// Registers households until told to stop; the numbers of those that were acknowledged, and how
  /// many calls failed.
  func write(
    from first: Int,
    until stop: borrowing Atomic<Bool>
  ) async throws -> (made: [String], failed: [String]) {
    let scope = try Fixture.county(.create, in: store)
    var (made, failed): ([String], [String]) = ([], [])
    var index = first
    while !stop.load(ordering: .relaxed) {
      let key = withUnsafeBytes(of: UInt64(index)) { Array($0) + Array(repeating: 7, count: 8) }
      let request = CreateHouseholdRequest(household: Sample.household(index))
      do {
        let written = try await store.create(request, idempotencyKey: key, scope: scope)
        made.append(try written.stored.household().number)
        index += 1
      } catch {
        // Sent again under its key until it is through.
        failed.append("\(error)")
        let code = (error as? StoreError)?.code
        #expect(code == .unavailable, "\(error)")
      }
    }
    return (made, failed)
  }

  func expectAll(_ numbers: [String]) async throws {
    #expect(Set(numbers).count == numbers.count)
    let scope = try Fixture.county(.get, in: store)
    for text in numbers {
      let number = try #require(HouseholdNumber(text))
      #expect(try store.household(.number(number), scope: scope).household().number == text)
    }
    #expect(try store.status().journalSize == UInt64(numbers.count + 1))
    let check = try Fixture.county(.check, in: store)
    #expect(try await store.check(deep: true, scope: check) { _ in } == 0)
  }

  /// Runs writers while `harm` is done to the server.
  func underLoad(_ harm: @escaping @Sendable () throws -> Void) async throws -> Int {
    let stop = Stop()
    var made: [String] = []
    var failed = 0
    try await withThrowingTaskGroup(of: (made: [String], failed: [String]).self) { group in
      for writer in 0..<4 {
        group.addTask { try await write(from: writer * 10_000, until: stop.flag) }
      }
      group.addTask {
        for _ in 0..<5 {
          try await Task.sleep(for: .milliseconds(150))
          try harm()
        }
        try await Task.sleep(for: .milliseconds(300))
        stop.flag.store(true, ordering: .relaxed)
        return ([], [])
      }
      for try await part in group {
        made += part.made
        failed += part.failed.count
      }
    }
    try await expectAll(made)
    return failed
  }

  final class Stop: Sendable {
    let flag = Atomic(false)
  }

  @Test func sessionsAreEndedInMidCommit() async throws {
    let server = try #require(fixture.server)
    #expect(try await underLoad { try server.endSessions() } > 0)
  }

  @Test func theServerDiesAndComesBack() async throws {
    #expect(try await underLoad { try TestServer.crash() } > 0)
  }

  /// While it is away reads and writes say so; then they work again.
  @Test func aServerThatIsAwayIsUnavailable() async throws {
    let scope = try Fixture.county(.create, in: store)
    let request = { CreateHouseholdRequest(household: Sample.household($0)) }
    _ = try await store.create(request(1), scope: scope)
    try TestServer.run("stop", "-m", "fast")
    for _ in 0..<2 {
      await #expect(throws: StoreError(.unavailable, "")) {
        _ = try await store.create(request(2), scope: scope)
      }
      #expect(throws: StoreError(.unavailable, "")) { try store.status() }
    }
    try TestServer.run("start")
    #expect(try store.status().journalSize == 2)
    _ = try await store.create(request(2), scope: scope)
    #expect(try store.status().journalSize == 3)
  }

  /// Another process took over while this one's session was lost.
  @Test func anOvertakenStoreAcknowledgesNothing() async throws {
    let scope = try Fixture.county(.create, in: store)
    let server = try #require(fixture.server)
    try server.endSessions()
    let other = try fixture.open()
    await #expect(throws: StoreError(.unavailable, "")) {
      let request = CreateHouseholdRequest(household: Sample.household(1))
      _ = try await store.create(request, scope: scope)
    }
    let request = CreateHouseholdRequest(household: Sample.household(2))
    _ = try await other.create(request, scope: Fixture.county(.create, in: other))
    await other.close()
    // Free again, but the journal has gone on: this store does not know where.
    let error = await #expect(throws: StoreError.self) {
      _ = try await store.create(request, scope: scope)
    }
    #expect((error?.cause as? SQLError)?.code == .inUse)
    #expect(try store.status().journalSize == 2)
  }
}
