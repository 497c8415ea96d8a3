import Journal
import RegistryAPI
import RegistryModel
import SQL
import TestDatabases
import Testing

@testable import RegistryStore

/// A household is erased with everything that could open it, whatever was under way meanwhile.
@Suite(.timeLimit(.minutes(1)))
struct ErasureTests {
  let changes: ChangeTests
  var store: RegistryStore { changes.store }

  init() throws { changes = try ChangeTests() }

  @discardableResult
  func erase(
    _ household: Household,
    in store: RegistryStore,
    key: UInt8? = nil
  ) async throws -> Answered<EraseHouseholdResponse> {
    try await store.erase(
      EraseHouseholdRequest(
        id: household.id,
        baseVersion: household.version,
        reason: "法院裁定"
      ),
      idempotencyKey: key.map { Array(repeating: $0, count: 16) },
      scope: Fixture.county(.erase, in: store)
    )
  }

  /// Rows of a table.
  func rows(_ table: String) throws -> Int64? {
    try store.readers.with { reader in
      try reader.connection.prepare("SELECT count(*) FROM \(table)").first { $0.int64(at: 0) }
    }
  }

  @Test(arguments: TestDatabase.all)
  func nothingLeadsToTheHouseholdAnyMore(on database: TestDatabase) async throws {
    try changes.fixture.start(on: database)
    var household = try await changes.create(1)
    let correction = { (telephone: String) in
      Change.Kind.correct(
        Correction(
          household: Household(contact: Contact(telephone: telephone)),
          mask: ["contact.telephone"]
        )
      )
    }
    _ = try await changes.submit(correction("13911112222"), household)
    household = try changes.get(household.id)
    _ = try await changes.submit(
      correction("13911113333"),
      household,
      as: ChangeTests.villageOffice
    )
    #expect(try rows("proposal") == 1 && rows("household_past") == 1)
    try await erase(household, in: store)
    for table in [
      "household", "member_number", "member_name", "household_past", "proposal", "entry_key",
    ] {
      #expect(try rows(table) == 0, "\(table)")
    }
    #expect(try await changes.findings() == 0)
    #expect(try await changes.counts("421224").households == 0)
    // Its people are free, and who comes next is nobody's heir.
    let next = try await changes.create(1)
    #expect(next.number != household.number && next.id != household.id)
    #expect(try await changes.findings() == 0)
  }

  /// A call that is repeated under its key neither registers the household anew nor erases twice.
  @Test(arguments: TestDatabase.all)
  func repeatedCallsDoNotBringItBack(on database: TestDatabase) async throws {
    try changes.fixture.start(on: database)
    let request = CreateHouseholdRequest(household: Sample.household(1))
    let key = [UInt8](repeating: 1, count: 16)
    let scope = try Fixture.county(.create, in: store)
    let made = try await store.create(request, idempotencyKey: key, scope: scope).stored.household()
    let first = try await erase(made, in: store, key: 2)
    let again = try await erase(made, in: store, key: 2)
    #expect(again.isReplayed && again.response == first.response)
    await #expect(throws: StoreError(.notFound, "")) {
      _ = try await store.create(request, idempotencyKey: key, scope: scope)
    }
    await #expect(throws: StoreError(.notFound, "")) { try await erase(made, in: store) }
    #expect(try rows("household") == 0)
  }

  private func write(_ proposal: PreparedProposal) async throws {
    _ = try await store.writer.perform(weight: 1) { session in
      try session.write(proposal, actor: ChangeTests.villageOffice)
    }
  }

  /// What was made ready before the erasure is not written after it.
  @Test(arguments: TestDatabase.all)
  func aProposalThatCameLateIsRefused(on database: TestDatabase) async throws {
    try changes.fixture.start(on: database)
    let household = try await changes.create(1)
    let change = Change(
      household: household.id,
      baseVersion: household.version,
      reason: "理由",
      kind: .exit(ExitChange(reason: 1))
    )
    let scope = try Fixture.scope(ChangeTests.villageOffice, .change, in: store)
    let late = try store.readers.with { [store] reader in
      try ChangePreparer(store, reader: reader, scope: scope).proposal(of: change)
    }
    try await erase(household, in: store)
    await #expect(throws: Overtaken.self) { try await write(late) }
    #expect(try rows("proposal") == 0)
    #expect(try await changes.findings() == 0)
  }

  /// An application of the household keeps it until it has ended, and goes with it then; one that was
  /// made ready before does not bring the key back.
  @Test(arguments: TestDatabase.all)
  func applicationsGoWithTheirHousehold(on database: TestDatabase) async throws {
    try await ProcedureTests.atDesk(on: database) { desk, fixture in
      let store = desk.store
      let request = CreateHouseholdRequest(household: Sample.household(1))
      let made = try await store.create(request, scope: Fixture.county(.create, in: store))
        .stored.household()
      let exit = Change(
        household: made.id,
        baseVersion: 1,
        reason: "脱贫",
        kind: .exit(ExitChange(reason: 1))
      )
      let gone = try #require(
        try await store.submit(
          SubmitChangeRequest(change: exit),
          scope: Fixture.county(.change, in: store)
        ).household?.household()
      )
      let again = NewApplication(
        household: Sample.household(1),
        previousHousehold: gone.number
      )
      let scope = try desk.scope(Desk.village, .apply)
      let actor = try store.procedureActor(scope, name: "某人")
      let late = try store.readers.with { reader in
        try StepPreparer(store, reader: reader, scope: scope).apply(again, actor: actor)
      }
      let result = try #require(try await desk.apply([again]).first)
      #expect(result.violations == [])
      let error = try await #require(throws: StoreError.self) { try await erase(gone, in: store) }
      #expect(error.code == .precondition)
      #expect(error.details?.violations.first?.rule == "household.on-its-way")
      let applied = try await desk.get(result.application)
      try await desk.step(applied, by: Desk.village, .withdraw(Withdrawal()), reason: "撤回")
      try await erase(gone, in: store)
      await #expect(throws: StoreError(.notFound, "")) { _ = try await desk.get(applied.id) }
      let outcome = try await store.writer.perform(weight: 1) { session in
        try session.write(late, actor: Desk.village)
      }
      guard case .refused(let violations) = outcome else {
        Issue.record("written: \(outcome)")
        return
      }
      #expect(violations.map(\.rule) == ["re-entry.unknown"])
    }
  }
}
