import Glibc
import Journal
import RegistryAPI
import RegistryModel
import RegistryStore
import SQLite
import Synchronization
import TestDatabases
import Testing

@Suite(.timeLimit(.minutes(1)))
struct DamageTests {
  let fixture: Fixture

  init() throws { fixture = try Fixture() }

  func items(_ range: Range<Int>) -> [ImportItem] {
    range.map { Sample.item(Sample.household($0), row: $0 * 4 + 1) }
  }

  /// A store with some households, closed, with its file changed behind its back.
  func tampered(_ statement: String) async throws -> RegistryStore {
    let store = try fixture.open()
    _ = try await store.importItems(
      items(0..<600),
      file: Sample.file(),
      scope: Fixture.county(.importRows, in: store)
    )
    await store.close()
    try fixture.tamper(statement)
    return try fixture.open()
  }

  func findings(_ store: RegistryStore, deep: Bool) async throws -> [String] {
    let found = Mutex<[CheckFinding]>([])
    let count = try await store.check(
      deep: deep,
      scope: Fixture.county(.check, in: store)
    ) { progress in
      found.withLock { $0 += progress.findings }
    }
    let findings = found.withLock { $0 }
    #expect(findings.count == min(Int(count), store.limits.findings))
    return Set(findings.map(\.check)).sorted()
  }

  @Test(
    arguments: [
      ("UPDATE household SET category = 4 WHERE n = 7", ["tally"], ["household.row"]),
      ("UPDATE household SET head_name = '某人' WHERE n = 7", [], ["household.row"]),
      ("UPDATE household SET number = number + 5000 WHERE n = 7", [], ["household.row"]),
      ("DELETE FROM household WHERE n = 7", ["tally"], ["member.name", "member.number", "tally"]),
      ("DELETE FROM member_name WHERE household = 7", [], ["member.name"]),
      ("UPDATE member_number SET household = 8 WHERE household = 7", [], ["member.number"]),
      ("UPDATE household SET entry = 9 WHERE n = 7", [], ["household.entry", "tally"]),
      (
        "UPDATE journal SET sealed = (SELECT sealed FROM journal WHERE seq = 9) WHERE seq = 8", [],
        ["household.body", "tally"]
      ),
      (
        "UPDATE journal SET body_hash = (SELECT body_hash FROM journal WHERE seq = 9) "
          + "WHERE seq = 8", ["journal.head", "journal.tile"],
        ["household.body", "journal.head", "journal.tile"]
      ),
      (
        "DELETE FROM journal WHERE seq = 300",
        ["journal.head", "journal.sequence", "journal.tile"],
        ["household.body", "journal.head", "journal.sequence", "journal.tile", "tally"]
      ),
      ("UPDATE journal SET recorded_at = 1 WHERE seq = 8", ["journal.header"], ["journal.header"]),
      ("UPDATE tally SET counts = x'02' WHERE division = 9", ["tally"], ["tally"]),
      ("DELETE FROM journal_head WHERE size = 601", ["journal.head"], ["journal.head"]),
    ] as [(String, [String], [String])],
    TestDatabase.all
  )
  func aCheckFindsWhatWasChanged(
    _ damage: (statement: String, shallow: [String], deep: [String]),
    on database: TestDatabase
  ) async throws {
    try fixture.use(database)
    let (statement, shallow, deep) = damage
    let store = try await tampered(statement)
    #expect(try await findings(store, deep: false) == shallow)
    #expect(try await findings(store, deep: true) == deep)
  }

  @Test(arguments: TestDatabase.all)
  func aCheckOpensPastVersions(on database: TestDatabase) async throws {
    try fixture.use(database)
    var store = try fixture.open()
    let made = try await store.create(
      CreateHouseholdRequest(household: Sample.household(1)),
      scope: Fixture.county(.create, in: store)
    )
    var household = try made.stored.household()
    household.location?.group = "二组"
    _ = try await store.update(
      UpdateHouseholdRequest(
        id: household.id,
        baseVersion: 1,
        household: household,
        mask: ["location.group"]
      ),
      scope: Fixture.county(.update, in: store)
    )
    #expect(try await findings(store, deep: true) == [])
    await store.close()
    try fixture.tamper(
      "UPDATE journal SET sealed = (SELECT sealed FROM journal WHERE seq = 3) WHERE seq = 2;"
        + "INSERT INTO member_name VALUES ('无人', 99, 0)"
    )
    store = try fixture.open()
    #expect(try await findings(store, deep: true) == ["household.past", "member.name"])
  }

  /// What a killed process leaves: the files as they are at some instant, the log's end torn.
  @Test func whatWasAcknowledgedOutlivesAKill() async throws {
    let store = try fixture.open()
    let scope = try Fixture.county(.importRows, in: store)
    let other = try Fixture()
    let parts = (0..<20).map { items($0 * 50..<$0 * 50 + 50) }
    async let import_: Void = { [parts] in
      for part in parts { _ = try await store.importItems(part, file: Sample.file(), scope: scope) }
    }()
    var acknowledged = try store.status().journalSize
    while acknowledged < 300 {
      await Task.yield()
      acknowledged = try store.status().journalSize
    }
    for suffix in ["", "-wal"] { try Fixture.copy(fixture.path + suffix, other.path + suffix) }
    _ = try await import_
    let copy = try fixture.open { $0.database = other.database }
    let size = try copy.status().journalSize
    #expect(size >= acknowledged && size <= 1_001)
    #expect(try await findings(copy, deep: true) == [])
    // Sent again as a whole, every household is there once.
    let again = try Fixture.county(.importRows, in: copy)
    for part in parts {
      let results = try await copy.importItems(part, file: Sample.file(), scope: again)
      #expect(results.allSatisfy { $0.outcome == .created })
    }
    #expect(try copy.status().journalSize == 1_001)
    #expect(try await findings(copy, deep: true) == [])
  }

  @Test(arguments: TestDatabase.all)
  func aDamagedFileIsNotHandedOut(on database: TestDatabase) async throws {
    try fixture.use(database)
    let store = try await tampered(
      "UPDATE journal SET sealed = (SELECT sealed FROM journal WHERE seq = 9) WHERE seq = 8"
    )
    let scope = try Fixture.county(.get, in: store)
    let reference = HouseholdReference.citizenID(
      try CitizenIDNumber(Sample.number(24), on: Day(of: fixture.now), allowsSynthetic: true)
    )
    #expect(throws: StoreError(.damaged, "")) { try store.household(reference, scope: scope) }
  }

  /// A file system of a few megabytes, if this user may mount one.
  @Test func aFullDiskRefusesWholeAndHeals() async throws {
    let disk = fixture.directory + "/disk"
    guard mkdir(disk, 0o700) == 0 else { return }
    defer { rmdir(disk) }
    guard mount("store", disk, "tmpfs", 0, "size=6m") == 0 else { return }
    defer { umount2(disk, Int32(MNT_DETACH)) }
    let store = try fixture.open {
      $0.database = fixture.sqlite(path: disk + "/registry.db") { $0.synchronous = .full }
    }
    let ballast = disk + "/ballast"
    try fill(ballast)
    let scope = try Fixture.county(.importRows, in: store)
    await #expect(throws: StoreError(.diskFull, "")) {
      _ = try await store.importItems(items(0..<1_000), file: Sample.file(), scope: scope)
    }
    // Reading works on, and nothing of the part is on record.
    #expect(try store.status().journalSize == 1)
    #expect(
      try await store.importProgress(
        GetImportRequest(fileDigest: Sample.file().fileDigest),
        scope: scope
      ) == Import()
    )
    // There is room again: the same part goes through, once.
    unlink(ballast)
    let results = try await store.importItems(items(0..<100), file: Sample.file(), scope: scope)
    #expect(results.allSatisfy { $0.outcome == .created && !$0.replayed })
    #expect(try store.status().journalSize == 101)
    #expect(try await findings(store, deep: true) == [])
    await store.close()
  }

  /// Fills a file system but for some pages.
  private func fill(_ path: String) throws {
    guard let file = fopen(path, "w") else { throw StoreError(.diskFull, "") }
    let block = [UInt8](repeating: 1, count: 65_536)
    while fwrite(block, 1, block.count, file) == block.count, fflush(file) == 0 {}
    let size = ftell(file)
    fclose(file)
    truncate(path, size - 524_288)
  }
}
