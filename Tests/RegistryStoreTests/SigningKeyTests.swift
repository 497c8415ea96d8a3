import Journal
import RegistryAPI
import RegistryModel
import RegistryStore
import TestDatabases
import Testing

/// Which keys sign a node's journal, one after the other.
@Suite(.timeLimit(.minutes(1)))
struct SigningKeyTests {
  let damage: DamageTests
  var fixture: Fixture { damage.fixture }

  init() throws { damage = try DamageTests() }

  /// Opens the store with keys, the present one last, writes, looks for differences and closes it.
  @discardableResult
  func use(_ keys: SigningKey..., number: Int) async throws -> [String] {
    let store = try fixture.open { $0.signer = NodeSigner(keys) }
    _ = try await store.create(
      CreateHouseholdRequest(household: Sample.household(number)),
      scope: Fixture.county(.create, in: store)
    )
    let findings = try await damage.findings(store, deep: false)
    await store.close()
    return findings
  }

  @Test(arguments: TestDatabase.all)
  func aKeyIsFollowedByOneItVouchesFor(on database: TestDatabase) async throws {
    try fixture.use(database)
    let (first, second, third) = (try SigningKey(), try SigningKey(), try SigningKey())
    #expect(try await use(first, number: 1) == [])
    #expect(try await use(first, second, number: 2) == [])
    #expect(try await use(second, number: 3) == [])
    let wrongKey = StoreError(.wrongKey, "")
    await #expect(throws: wrongKey) { try await use(first, number: 4) }
    await #expect(throws: wrongKey) { try await use(third, number: 4) }
    await #expect(throws: wrongKey) { try await use(first, third, number: 4) }
    // What was signed once does not go on without a signature.
    await #expect(throws: wrongKey) { try await use(number: 4) }
    #expect(try await use(second, third, number: 4) == [])
    #expect(try await use(third, number: 5) == [])
  }

  /// Who can write to the database's file but lacks the key cannot put another in its place.
  @Test func aKeyThatNobodyVouchesForIsFound() async throws {
    #expect(try await use(SigningKey(), number: 1) == [])
    try fixture.tamper("DELETE FROM meta WHERE name = 'signing-key'")
    #expect(try await use(SigningKey(), number: 2) == ["journal.key", "journal.signature"])
  }
}
