import Dispatch
import Journal
import RPCProtobuf
import RegistryAPI
import RegistryModel
import SQL
import Synchronization
import TestDatabases
import Testing

@testable import RegistryStore

/// Parameters of the procedure: who sets them, from when they hold, and what is kept.
@Suite(.timeLimit(.minutes(1)))
struct PolicyTests {
  let fixture: Fixture
  static let province = "registry://420000/poverty-office/p0001"
  static let prefecture = "registry://421200/poverty-office/p0002"

  init() throws { fixture = try Fixture() }

  var store: RegistryStore { fixture.store }

  func parameter(
    _ name: PolicyName,
    _ value: Int64,
    in division: String = "420000",
    from day: Int32 = 2010_11_17
  ) -> PolicyParameter {
    PolicyParameter(
      division: division,
      name: name.rawValue,
      validFrom: day,
      value: value,
      source: "鄂政办〔2010〕1号"
    )
  }

  @discardableResult
  func set(
    _ parameters: [PolicyParameter],
    by office: String = province,
    key: [UInt8]? = nil,
    in store: RegistryStore? = nil
  ) async throws -> [PolicyParameter] {
    let store = store ?? self.store
    return try await store.setPolicy(
      SetPolicyRequest(parameters: parameters),
      idempotencyKey: key,
      scope: Fixture.scope(office, .setPolicy, in: store)
    ).response.parameters
  }

  func list(
    _ division: String = "",
    day: Int32 = 0,
    all: Bool = false,
    in store: RegistryStore? = nil
  ) async throws -> [PolicyParameter] {
    let store = store ?? self.store
    return try await store.listPolicy(
      ListPolicyRequest(division: division, day: day, all: all),
      scope: Fixture.county(.policyRead, in: store)
    ).parameters
  }

  func value(_ name: PolicyName, _ division: String = "", day: Int32 = 0) async throws -> Int64? {
    try await list(division, day: day).first { $0.name == name.rawValue }?.value
  }

  func broken(_ body: () async throws -> Void) async throws -> [String] {
    let error = await #expect(throws: StoreError.self) { try await body() }
    return try #require(error).details?.violations.map { "\($0.row) \($0.field) \($0.rule)" } ?? []
  }

  @Test(arguments: TestDatabase.all)
  func theNearestDivisionsLatestHolds(on database: TestDatabase) async throws {
    try fixture.start(on: database)
    #expect(try await list().map(\.value) == [15, 50, 0, 10, 90, 7, 7, 7])
    #expect(try await list().allSatisfy { $0.setBy == "built-in" && $0.version == 0 })
    let made = try await set([
      parameter(.villageNoticeDays, 10), parameter(.villageNoticeDays, 12, from: 2011_01_01),
      parameter(.appraisalQuorum, 20),
    ])
    #expect(made.allSatisfy { $0.version == 1 && $0.setBy == Self.province })
    #expect(made.allSatisfy { $0.recordedAt == fixture.now.microseconds })
    try await set([parameter(.villageNoticeDays, 5, in: "421224")], by: Self.prefecture)
    #expect(try await value(.villageNoticeDays) == 5)
    #expect(try await value(.appraisalQuorum, "421224100201") == 20)
    #expect(try await value(.villageNoticeDays, day: 2010_11_16) == 7)
    // The county's own goes before the province's later one.
    #expect(try await value(.villageNoticeDays, day: 2011_06_01) == 5)
    let all = try await list(all: true).filter { $0.name == "notice.village.days" }
    #expect(all.map(\.value) == [7, 10, 12, 5])
    // A correction is a version of its own; the journal keeps what it replaced.
    let again = try await set([parameter(.appraisalQuorum, 25)])
    #expect(again.map(\.version) == [2])
    #expect(try await value(.appraisalQuorum) == 25)
    #expect(try store.status().journalSize == 6)
  }

  @Test(arguments: TestDatabase.all)
  func whatIsSetHoldsAtOnceAndAfterOpening(on database: TestDatabase) async throws {
    try fixture.start(on: database)
    let code = try #require(DivisionCode("421224100201"))
    let village = try #require(store.division(code: code))
    try await set([parameter(.appraisalQuorum, 33, in: "421224")])
    func quorum(_ store: RegistryStore) -> Int64 {
      let chain = store.divisions.chain(to: village).map(\.code)
      let day = Day(of: fixture.now)
      return store.context.book.current.policy.value(.appraisalQuorum, in: chain, on: day)
    }
    #expect(quorum(store) == 33)
    let made = try await list()
    await store.close()
    let again = try fixture.open()
    #expect(quorum(again) == 33)
    #expect(try await list(in: again) == made)
    let check = try Fixture.county(.check, in: again)
    #expect(try await again.check(deep: true, scope: check) { _ in } == 0)
  }

  @Test(arguments: TestDatabase.all)
  func everyBrokenRuleIsNamed(on database: TestDatabase) async throws {
    try fixture.start(on: database)
    var nameless = parameter(.appealDays, 1)
    nameless.name = "nonsense"
    var long = parameter(.appealDays, 15)
    long.source = String(repeating: "字", count: 67)
    let parameters = [
      nameless, parameter(.appealDays, 366), parameter(.appealDays, 1, from: 2010_02_30),
      parameter(.appealDays, 1, in: "429999"), parameter(.appealDays, 1, in: "x"), long, long,
    ]
    let told = try await broken { try await set(parameters) }
    #expect(
      told == [
        "1 parameters.name policy.name", "2 parameters.value policy.value",
        "3 parameters.valid_from value.date", "4 parameters.division setting.division-unknown",
        "5 parameters.division setting.division-unknown", "6 parameters.source value.length",
        "6 parameters setting.repeated", "7 parameters.source value.length",
        "7 parameters setting.repeated",
      ]
    )
    #expect(try await broken { try await set([]) } == ["0 parameters setting.count"])
    let many = Array(repeating: parameter(.appealDays, 1), count: 101)
    #expect(try await broken { try await set(many) } == ["0 parameters setting.count"])
    // All or none.
    #expect(try store.status().journalSize == 1)
  }

  @Test(arguments: TestDatabase.all)
  func officesSetWithinTheirAreaAlone(on database: TestDatabase) async throws {
    try fixture.start(on: database)
    for (office, division) in [
      (Self.prefecture, "420000"), (Self.province, "000000"), (Self.prefecture, "000000"),
    ] {
      let error = await #expect(throws: StoreError.self) {
        try await set([parameter(.appealDays, 1, in: division)], by: office)
      }
      #expect(error?.code == .refused && error?.details?.refusedBy == "setting.area")
    }
    for office in ["registry://421224/poverty-office/p0007", "registry://420000/finance/p0001"] {
      #expect(throws: AuthorizationError.self) {
        try Fixture.scope(office, .setPolicy, in: store)
      }
    }
    let scope = try Fixture.county(.policyRead, in: store)
    await #expect(throws: StoreError(.refused, "")) {
      _ = try await store.setPolicy(SetPolicyRequest(), scope: scope)
    }
    await #expect(throws: StoreError(.refused, "")) { _ = try await list("421223") }
    await #expect(throws: StoreError(.invalid, "")) { _ = try await list(day: 2010_13_01) }
    #expect(try await broken { _ = try await list(day: -1) } == ["0 day value.date"])
  }

  /// The rule is the model's; the store gives it whether the node's people are generated.
  @Test(arguments: TestDatabase.all)
  func aParameterIsNotBackdatedWhereThePeopleAreReal(on database: TestDatabase) async throws {
    try fixture.start(on: database)
    let today = try #require(Day(yyyymmdd: 2010_11_17))
    let yesterday = parameter(.appealDays, 1, from: 2010_11_16)
    #expect(SettingRules(today: today, allowsPast: true).broken(yesterday, row: 1).isEmpty)
    let told = SettingRules(today: today, allowsPast: false).broken(yesterday, row: 1)
    #expect(told.map(\.rule) == ["policy.backdated"])
    #expect(told.first?.messageEn.contains("generated people") == true)
    try await set([yesterday])
    #expect(try await value(.appealDays, day: 2010_11_16) == 1)
    let real = try Fixture()
    let other = try real.open { $0.synthetic = false }
    #expect(
      try await broken { try await set([yesterday], in: other) } == [
        "1 parameters.valid_from policy.backdated"
      ]
    )
    try await set([parameter(.appealDays, 1)], in: other)
  }

  @Test(arguments: TestDatabase.all)
  func aRepeatedCallSetsNothingAnew(on database: TestDatabase) async throws {
    try fixture.start(on: database)
    let key = [UInt8](repeating: 3, count: 16)
    let first = try await set([parameter(.appealDays, 20)], key: key)
    try await set([parameter(.appealDays, 30)])
    #expect(try await set([parameter(.appealDays, 20)], key: key) == first)
    #expect(try await value(.appealDays) == 30)
    await #expect(throws: StoreError(.keyReused, "")) {
      try await set([parameter(.appealDays, 21)], key: key)
    }
  }

  /// The subject's name and the unsealed body are those of the journal's page.
  @Test(arguments: TestDatabase.all)
  func anEntryIsAsTheJournalsPageSays(on database: TestDatabase) async throws {
    try fixture.start(on: database)
    try await set([parameter(.appealDays, 20, in: "421224")])
    try store.readers.with { reader in
      let row = try reader.connection.prepare("SELECT header, sealed FROM journal WHERE seq = 2")
      let entry = try row.first { ($0.bytes(at: 0), $0.bytes(at: 1)) }
      let (octets, body) = try #require(entry)
      let header = try octets.withUnsafeBytes { try EntryHeader(decoding: $0) }
      let name = [5] + Array("421224/appeal.days/20101117".utf8)
      #expect(header.subject == Bytes16(reader.hasher.hash(name).bytes.prefix(16)))
      #expect(header.operation.rawValue == 262 && header.subjectKind.rawValue == 5)
      #expect((header.versionBefore, header.versionAfter) == (0, 1))
      let record = try PolicyParameter(serializedBytes: Array(body.dropFirst(16)))
      #expect(record.value == 20 && record.recordedAt == 0 && record.version == 1)
    }
  }

  /// A rule is in force for whatever was given to the writer after it.
  @Test(arguments: TestDatabase.all)
  func itIsAloneInItsCommit(on database: TestDatabase) async throws {
    try fixture.start(on: database)
    try await withThrowingTaskGroup(of: Void.self) { group in
      for day in 1...8 as ClosedRange<Int32> {
        group.addTask {
          try await self.set([self.parameter(.appealDays, 9, from: 2011_01_00 + day)])
        }
      }
      try await group.waitForAll()
    }
    #expect(store.commits == 8)
  }

  /// What was not committed is known to nobody: not in memory either, also not later.
  @Test(arguments: TestDatabase.all)
  func aFailedCommitPublishesNothing(on database: TestDatabase) async throws {
    try fixture.start(on: database)
    let told = Mutex<[String]>([])
    let gate = DispatchSemaphore(value: 0)
    let (begun, begin) = AsyncStream.makeStream(of: Void.self)
    let first = try store.writer.enqueue(weight: 1) { _ in
      begin.yield()
      gate.wait()
    }
    for await _ in begun { break }
    let lost = try store.writer.enqueue(weight: 1) { session in
      session.effects.published.append { told.withLock { $0.append("lost") } }
    }
    let full: PendingWrite<Void> = try store.writer.enqueue(weight: 1) { _ in
      throw SQLError(.full, "the disk is full")
    }
    gate.signal()
    try await first.value()
    for pending in [lost, full] {
      await #expect(throws: StoreError(.diskFull, "")) { try await pending.value() }
    }
    let undone: PendingWrite<Void> = try store.writer.enqueue(weight: 1) { session in
      session.effects.published.append { told.withLock { $0.append("undone") } }
      throw StoreError(.invalid, "not so")
    }
    await #expect(throws: StoreError(.invalid, "")) { try await undone.value() }
    try await store.writer.perform(weight: 1) { session in
      session.effects.published.append { told.withLock { $0.append("kept") } }
    }
    #expect(told.withLock { $0 } == ["kept"])
  }
}
