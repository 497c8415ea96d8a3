import Journal
import RPCProtobuf
import RegistryAPI
import RegistryModel
import SQL
import TestDatabases
import Testing

@testable import RegistryStore

/// Answers kept under idempotency keys.
@Suite(.timeLimit(.minutes(1)))
struct AnswerTests {
  let fixture: Fixture
  let key = [UInt8](repeating: 7, count: 16)

  init() throws { fixture = try Fixture() }

  var store: RegistryStore { fixture.store }

  /// Counts how often it was carried out: each writes an entry into the journal.
  func write(
    _ text: String,
    key: [UInt8]?,
    by office: String = "registry://421224/poverty-office/p0007"
  ) async throws -> Answered<Node> {
    let scope = try Fixture.scope(office, .nodeInfo, in: store)
    let stream = store.identity.stream
    return try await store.answered(
      "test",
      request: GetDivisionRequest(code: text),
      key: key,
      scope: scope
    ) { session in
      let draft = EntryDraft(
        operation: .quotaSet,
        kind: .quota,
        subject: stream,
        versionBefore: 0,
        versionAfter: 0,
        prior: 0,
        actor: scope.actor(node: session.node)
      )
      let hash = session.reader.hasher.hash([])
      let entry = try session.append(draft, body: [], bodyHash: hash)
      return Node(identity: text, software: "秘密", journalSize: UInt64(entry))
    }
  }

  @Test(arguments: TestDatabase.all)
  func aRepeatedCallIsGivenTheFirstAnswer(on database: TestDatabase) async throws {
    try fixture.start(on: database)
    let first = try await write("a", key: key)
    let again = try await write("a", key: key)
    #expect(!first.isReplayed && again.isReplayed)
    #expect(again.response == first.response && first.response.journalSize == 2)
    #expect(try store.status().journalSize == 2)
    // Without a key every call is one of its own, and so is another person's under the same key.
    #expect(try await write("a", key: nil).response.journalSize == 3)
    let other = "registry://421224/poverty-office/p0008"
    #expect(try await write("a", key: key, by: other).response.journalSize == 4)
  }

  @Test(arguments: TestDatabase.all)
  func anotherRequestUnderTheKeyIsRefused(on database: TestDatabase) async throws {
    try fixture.start(on: database)
    _ = try await write("a", key: key)
    await #expect(throws: StoreError(.keyReused, "")) { _ = try await write("b", key: key) }
    await #expect(throws: StoreError(.invalid, "")) { _ = try await write("a", key: [1, 2, 3]) }
    #expect(try store.status().journalSize == 2)
  }

  @Test(arguments: TestDatabase.all)
  func callsSentAtOnceAreCarriedOutOnce(on database: TestDatabase) async throws {
    try fixture.start(on: database)
    let answers = try await withThrowingTaskGroup(of: Answered<Node>.self) { group in
      for _ in 0..<16 { group.addTask { try await write("a", key: key) } }
      return try await group.reduce(into: [Answered<Node>]()) { $0.append($1) }
    }
    #expect(answers.filter { !$0.isReplayed }.count == 1)
    #expect(Set(answers.map(\.response)).count == 1)
    #expect(try store.status().journalSize == 2)
  }

  @Test(arguments: TestDatabase.all)
  func answersEndWithTheirTime(on database: TestDatabase) async throws {
    try fixture.start(on: database)
    _ = try await write("a", key: key)
    for octet in 8..<12 as Range<UInt8> {
      _ = try await write("a", key: [UInt8](repeating: octet, count: 16))
    }
    let life = store.limits.idempotencyLife
    fixture.now = Instant(microseconds: fixture.now.microseconds + life)
    // The key may come with another request now; what else has ended is dropped.
    #expect(try await write("b", key: key).response.journalSize == 7)
    let kept = try store.readers.with { reader in
      try reader.connection.prepare("SELECT count(*) FROM answer").first { $0.int64(at: 0) }
    }
    #expect(kept == 1)
  }

  @Test(arguments: TestDatabase.all)
  func aFailedWriteKeepsNothing(on database: TestDatabase) async throws {
    try fixture.start(on: database)
    let scope = try Fixture.county(.nodeInfo, in: store)
    await #expect(throws: StoreError(.invalid, "")) {
      let _: Answered<Node> = try await store.answered(
        "test",
        request: GetDivisionRequest(code: "a"),
        key: key,
        scope: scope
      ) { _ in throw StoreError(.invalid, "not so") }
    }
    #expect(try await write("a", key: key).isReplayed == false)
  }

  @Test(arguments: TestDatabase.all)
  func anOvertakenWriteIsPreparedAnew(on database: TestDatabase) async throws {
    try fixture.start(on: database)
    let scope = try Fixture.county(.nodeInfo, in: store)
    let answer = try await store.answered(
      "test",
      request: GetNodeRequest(),
      key: key,
      scope: scope,
      prepare: { try $0.status().journalSize },
      write: { size, session in
        guard size == session.state.tree.size else { throw AnswerOvertaken() }
        return Node(journalSize: size)
      }
    )
    #expect(answer.response.journalSize == 1)
    await #expect(throws: StoreError(.overloaded, "")) {
      let _: Answered<Node> = try await store.answered(
        "test",
        request: GetNodeRequest(),
        key: nil,
        scope: scope
      ) { _ in throw AnswerOvertaken() }
    }
  }

  /// Answers may show people: nobody reads them in the file.
  @Test(arguments: TestDatabase.all)
  func answersAreSealed(on database: TestDatabase) async throws {
    try fixture.start(on: database)
    _ = try await write("a", key: key)
    let stored = try store.readers.with { reader in
      try reader.connection.prepare("SELECT answer FROM answer").first { $0.bytes(at: 0) }
    }
    let text = String(decoding: try #require(stored), as: UTF8.self)
    #expect(!text.contains("秘密") && text.utf8.count > 100)
  }
}
