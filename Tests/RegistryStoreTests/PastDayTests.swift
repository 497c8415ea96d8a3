import Dispatch
import RPCProtobuf
import RegistryAPI
import RegistryModel
import Synchronization
import TestDatabases
import Testing

@testable import RegistryStore

/// What is said of a day that has passed, and the sums that it is said from.
struct PastDayTests {
  private static let dayLength: Int64 = 86_400_000_000

  private func record(
    _ people: Int64,
    in store: RegistryStore,
    _ change: (inout PilotRecord) -> Void = { _ in }
  ) async throws -> PilotRecord {
    var record = PilotRecord(kind: "publicity", division: "421224100201", title: "宣传")
    record.day = 20_101_101
    record.figures = [PilotFigure(key: "people.mobilised", value: people)]
    change(&record)
    let request = SetPilotRecordRequest(record: try record.serializedBytes())
    return try await store.setPilotRecord(
      request,
      signer: StepSigner(name: "王", certificate: []),
      scope: Fixture.county(.setPilot, in: store)
    ).response
  }

  /// The people mobilised in a division by a day's close, or by now.
  private func mobilised(
    _ division: String,
    _ day: Day?,
    in store: RegistryStore
  ) async throws -> Int64? {
    let snapshot = try await store.report(
      GetReportRequest(division: division, asOf: day.map { Int32($0.yyyymmdd) } ?? 0),
      scope: Fixture.county(.report, in: store)
    )
    return snapshot.divisions[0].inputs.work.first { $0.kind == "publicity" }?.numbers.first?.value
  }

  @Test("A report of a day waits for the transaction that began on it", .timeLimit(.minutes(1)))
  func midnight() async throws {
    let fixture = try Fixture()
    let store = try fixture.open()
    let day = Day(of: fixture.now)
    // A transaction begins a millisecond before the day's close in China, and ends after it.
    fixture.now = Instant(microseconds: day.close.microseconds - 1_000)
    let (hasBegun, mayEnd) = (DispatchSemaphore(value: 0), DispatchSemaphore(value: 0))
    var record = PilotRecord(kind: "publicity", division: "421224100201", title: "宣传")
    record.day = 20_101_101
    record.figures = [PilotFigure(key: "people.mobilised", value: 7)]
    let work = try store.writer.enqueue(weight: 1) { [record] session in
      hasBegun.signal()
      mayEnd.wait()
      return try session.set(record, actor: Fixture.node, store.divisions, store.pilotKinds)
    }
    await withCheckedContinuation { continuation in
      DispatchQueue.global().async {
        hasBegun.wait()
        continuation.resume()
      }
    }
    fixture.now = Instant(microseconds: day.close.microseconds + 1_000)
    #expect(Day(of: fixture.now) > day)
    let asking = Task { try await mobilised("421224", day, in: store) }
    try await Task.sleep(for: .milliseconds(50))
    mayEnd.signal()
    _ = try await work.value()
    #expect(try await asking.value == 7)
    await store.close()
  }

  @Test("The sums of every day are the same when they are made anew", arguments: TestDatabase.all)
  func recount(on database: TestDatabase) async throws {
    let fixture = try Fixture(on: database)
    var store = try fixture.open()
    let first = Day(of: fixture.now)
    let kept = try await record(10, in: store)
    fixture.now = Instant(microseconds: fixture.now.microseconds + Self.dayLength)
    _ = try await record(5, in: store)
    _ = try await record(12, in: store) {
      ($0.id, $0.version, $0.reason) = (kept.id, 1, "更正")
    }
    fixture.now = Instant(microseconds: fixture.now.microseconds + Self.dayLength)
    _ = try await record(12, in: store) {
      ($0.id, $0.version, $0.reason, $0.withdrawn) = (kept.id, 2, "重复", true)
    }
    func said() async throws -> [Int64?] {
      var found: [Int64?] = []
      for division in ["421224", "421224100000", "421224100201", "421224100202"] {
        for ago in -1...1 as ClosedRange<Int32> {
          let day = Day(daysSince1970: first.daysSince1970 + ago)
          found.append(try await mobilised(division, day, in: store))
        }
        found.append(try await mobilised(division, nil, in: store))
      }
      return found
    }
    let before = try await said()
    #expect(
      before == Array(repeating: [nil, 10, 17, 5], count: 3).flatMap { $0 } + [nil, nil, nil, nil]
    )
    // As written by a program that kept no sums.
    await store.close()
    try fixture.tamper(
      "DELETE FROM pilot_tally; DELETE FROM meta WHERE name = 'pilot-kinds-counted'"
    )
    store = try fixture.open()
    #expect(try await said() == before)
    await store.close()
    // Sums that were changed are found.
    try fixture.tamper("UPDATE pilot_tally SET sums = x'' WHERE division = 5")
    store = try fixture.open()
    let found = Mutex<[String]>([])
    _ = try await store.check(deep: false, scope: .system(reason: "test")) { progress in
      found.withLock { $0 += progress.findings.map { "\($0.check) \($0.place)" } }
    }
    #expect(found.withLock { $0 } == ["pilot.sums division 421224"])
    await store.close()
  }
}
