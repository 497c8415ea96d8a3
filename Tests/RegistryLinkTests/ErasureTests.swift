import Exchange
import Journal
import RPCCore
import RPCProtobuf
import RegistryAPI
import RegistryLink
import RegistryModel
import RegistryStore
import TestDatabases
import TestRegistry
import Testing

/// A household that is erased is gone at its county and above, and every proof of before holds.
struct ErasureTests {
  @Test("Erased here, erased above; proofs hold", arguments: TestDatabase.all)
  func erasure(on database: TestDatabase) async throws {
    let nodes = try LinkedNodes(on: database)
    let county = try nodes.open(LinkedNodes.county)
    let province = try nodes.open(LinkedNodes.province)
    try await county.register(0..<4)
    while try await county.link(to: province).exchangeOnce() {}
    let request = GetHouseholdRequest(by: .citizenId(SampleHousehold.citizenID(2, member: 0)))
    let household = try await county.households().getHousehold(request)
    let scope = Scope.system(reason: "test")
    let store = county.store
    // The entry of the household itself, proved before it is erased.
    let page = try await store.entries(ListEntriesRequest(limit: 100), scope: scope)
    let sequence = try page.entries.firstIndex { entry in
      try entry.header.withUnsafeBytes { try EntryHeader(decoding: $0) }.subject.bytes
        == household.id
    }
    let place = UInt64(try #require(sequence) + 1)
    let before = try await store.prove(ProveRequest(sequence: place), scope: scope)
    let changes = ChangeClient(county.channel(as: LinkedNodes.office))
    func erase(_ version: UInt64, _ reason: String) async throws -> EraseHouseholdResponse {
      try await changes.eraseHousehold(
        EraseHouseholdRequest(id: household.id, baseVersion: version, reason: reason)
      )
    }
    await #expect(throws: RPCError.self) { _ = try await erase(household.version, "") }
    await #expect {
      _ = try await erase(household.version + 1, "法院裁定")
    } throws: { ($0 as? RPCError)?.code == .aborted }
    let erased = try await erase(household.version, "法院裁定")
    #expect(erased.entry > place)
    await #expect {
      _ = try await county.households().getHousehold(request)
    } throws: { ($0 as? RPCError)?.code == .notFound }
    let key = try #require(store.verifyingKey)
    #expect(try before.isRight(by: key))
    let after = try await store.prove(ProveRequest(sequence: place), scope: scope)
    #expect(try after.isRight(by: key))
    while try await county.link(to: province).exchangeOnce() {}
    await #expect {
      _ = try await province.households(as: LinkedNodes.provinceOffice).getHousehold(request)
    } throws: { ($0 as? RPCError)?.code == .notFound }
    for node in [county, province] {
      let found = try await node.findings().map { "\($0.check) at \($0.place)" }
      #expect(found == [], "\(node.store.node)")
      let counted = try await node.store.counts(of: "421224", scope: scope).divisions.first
      #expect(counted?.tally.registered.households == 3)
    }
    // Its people may be registered anew.
    try await county.register(2..<3)
    // A province that meets the county only now gets hashes in the place of what was erased.
    let state = try nodes.open(LinkedNodes.state)
    for _ in 0..<3 {
      while try await county.link(to: province).exchangeOnce() {}
      while try await province.link(to: state).exchangeOnce() {}
    }
    #expect(try await state.findings() == [])
    #expect(try await state.links().streams.allSatisfy { $0.refused == 0 })
    let counted = try await state.store.counts(of: "421224", scope: scope).divisions.first
    #expect(counted?.tally.registered.households == 4)
    for node in [county, province, state] { await node.close() }
  }

  /// The scope of an office at a node.
  private func scope(
    _ uri: String,
    _ operation: RegistryModel.Operation,
    at store: RegistryStore
  ) throws -> Scope {
    let identity = try #require(OfficeIdentity(uri: uri))
    let division = try #require(store.division(code: identity.division))
    return try AuthorizationTable.load().scope(
      for: identity,
      area: division.path,
      level: division.level,
      operation: operation,
      purpose: nil
    )
  }

  /// The node above has the application as it began: how it ended comes without content, and must
  /// neither hold the stream up nor leave the application behind.
  @Test("An application that ends between two batches is erased above", arguments: TestDatabase.all)
  func applicationBetweenBatches(on database: TestDatabase) async throws {
    let nodes = try LinkedNodes(on: database)
    let county = try nodes.open(LinkedNodes.county)
    let province = try nodes.open(LinkedNodes.province)
    let village = "registry://421224100001/village-committee/p0101"
    let (store, changes) = (county.store, ChangeClient(county.channel(as: LinkedNodes.office)))
    try await county.register(0..<2)
    let household = try await county.households().getHousehold(
      GetHouseholdRequest(by: .citizenId(SampleHousehold.citizenID(1, member: 0)))
    )
    let exited = try #require(
      try await changes.submitChange(
        SubmitChangeRequest(
          change: Change(
            household: household.id,
            baseVersion: household.version,
            reason: "脱贫",
            kind: .exit(ExitChange(reason: 1))
          )
        )
      ).household
    )
    let signer = StepSigner(name: "某人", certificate: county.certificate)
    let applied = try #require(
      try await store.apply(
        ApplyRequest(
          applications: [
            NewApplication(
              household: SampleHousehold.household(1),
              previousHousehold: household.number
            )
          ]
        ),
        signer: signer,
        scope: scope(village, .apply, at: store)
      ).response.results.first
    )
    #expect(applied.violations == [])
    while try await county.link(to: province).exchangeOnce() {}
    let read = try scope(LinkedNodes.provinceOffice, .applicationRead, at: province.store)
    let above = try await province.store.application(.id(applied.application), scope: read)
    #expect(above.state == .applied)
    var step = Step(application: applied.application, baseVersion: applied.version, reason: "撤回")
    step.move = .withdraw(Withdrawal())
    let withdrawn = try await store.recordSteps(
      RecordStepsRequest(steps: [try step.serializedBytes()]),
      signer: signer,
      scope: scope(village, .step, at: store)
    ).response.results.first
    #expect(withdrawn?.violations == [])
    _ = try await changes.eraseHousehold(
      EraseHouseholdRequest(id: exited.id, baseVersion: exited.version, reason: "法院裁定")
    )
    while try await county.link(to: province).exchangeOnce() {}
    await #expect(throws: StoreError(.notFound, "")) {
      _ = try await province.store.application(.id(applied.application), scope: read)
    }
    for node in [county, province] {
      let found = try await node.findings().map { "\($0.check) at \($0.place)" }
      #expect(found == [], "\(node.store.node)")
    }
    #expect(try await province.links().streams.allSatisfy { $0.refused == 0 })
    for node in [county, province] { await node.close() }
  }
}
