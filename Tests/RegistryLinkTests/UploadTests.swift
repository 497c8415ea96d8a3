import RPCCore
import RegistryAPI
import RegistryLink
import RegistryModel
import RegistryStore
import TestDatabases
import TestRegistry
import Testing

/// A county's journal on its way to the province.
struct UploadTests {
  @Test(
    "A county's files stand at the province as the county has them",
    arguments: TestDatabase.all
  )
  func upload(on database: TestDatabase) async throws {
    let nodes = try LinkedNodes(on: database)
    let county = try nodes.open(LinkedNodes.county)
    let province = try nodes.open(LinkedNodes.province)
    try await county.register(0..<20)
    let link = try county.link(to: province)
    #expect(try await link.exchangeOnce())
    for serial in 0..<20 {
      let request = GetHouseholdRequest(
        by: .citizenId(SampleHousehold.citizenID(serial, member: 1))
      )
      let own = try await county.households().getHousehold(request)
      var copy = try await province.households(as: LinkedNodes.provinceOffice)
        .getHousehold(request)
      copy.recordedAt = own.recordedAt
      #expect(copy == own)
    }
    // The receipts of orders, the looks among them, are entries of the county's own, which go up too.
    var rounds = 0
    while try await link.exchangeOnce() { rounds += 1 }
    #expect((1...4).contains(rounds))
    #expect(try await province.findings() == [])
    #expect(try await county.findings() == [])
    let sent = try await county.links().streams
    #expect(sent.first?.waiting == 0)
    #expect(sent.first?.relation != .forked)
    let links = try await province.links()
    #expect(links.countiesUploaded == 1)
    #expect(links.streams.first { $0.incoming }?.refused == 0)
    await county.close()
    await province.close()
  }

  @Test("Changes, exits and new members follow, and counts agree", arguments: TestDatabase.all)
  func changes(on database: TestDatabase) async throws {
    let nodes = try LinkedNodes(on: database)
    let county = try nodes.open(LinkedNodes.county)
    let province = try nodes.open(LinkedNodes.province)
    let link = try county.link(to: province)
    try await county.register(0..<5)
    _ = try await link.exchangeOnce()
    let request = GetHouseholdRequest(by: .citizenId(SampleHousehold.citizenID(2, member: 0)))
    for round in 0..<4 {
      var household = try await county.households().getHousehold(request)
      household.contact?.telephone = "1390000000\(round)"
      _ = try await county.households().updateHousehold(
        UpdateHouseholdRequest(
          id: household.id,
          baseVersion: household.version,
          household: household,
          mask: ["contact.telephone"]
        )
      )
      if round == 1 { _ = try await link.exchangeOnce() }
    }
    _ = try await link.exchangeOnce()
    let copy = try await province.households(as: LinkedNodes.provinceOffice).getHousehold(request)
    #expect(copy.version == 5)
    #expect(copy.contact?.telephone == "13900000003")
    #expect(try await province.findings() == [])
    let scope = Scope.system(reason: "test")
    let (mine, theirs) = (
      try await county.store.counts(of: "421224", scope: scope),
      try await province.store.counts(of: "421224", scope: scope)
    )
    #expect(mine.divisions.first?.tally == theirs.divisions.first?.tally)
    await county.close()
    await province.close()
  }

  @Test("A link by itself: quick with what is new, quiet when there is nothing")
  func byItself() async throws {
    let nodes = try LinkedNodes()
    let county = try nodes.open(LinkedNodes.county)
    let province = try nodes.open(LinkedNodes.province)
    let greetings = Counter()
    let link = try county.link(to: province) { if $0 == .greeted { greetings.add() } }
    let running = Task { await link.run() }
    func arrived(_ serial: Int) async throws -> Bool {
      let request = GetHouseholdRequest(
        by: .citizenId(SampleHousehold.citizenID(serial, member: 0))
      )
      for _ in 0..<200 {
        let copy = try? await province.households(as: LinkedNodes.provinceOffice)
          .getHousehold(request)
        if copy != nil { return true }
        try await Task.sleep(for: .milliseconds(25))
      }
      return false
    }
    for serial in 0..<3 {
      try await county.register(serial..<serial + 1)
      #expect(try await arrived(serial))
    }
    // Whatever is under way ends; then nobody calls any more.
    try await Task.sleep(for: .milliseconds(600))
    let before = greetings.count
    try await Task.sleep(for: .seconds(1))
    #expect(greetings.count == before)
    running.cancel()
    await running.value
    await county.close()
    await province.close()
  }

  @Test("The province writes no file that a county owns")
  func owner() async throws {
    let nodes = try LinkedNodes()
    let county = try nodes.open(LinkedNodes.county)
    let province = try nodes.open(LinkedNodes.province)
    try await county.register(0..<2)
    _ = try await county.link(to: province).exchangeOnce()
    await #expect {
      _ = try await province.households().createHousehold(
        CreateHouseholdRequest(household: SampleHousehold.household(9))
      )
    } throws: { error in
      let details = try? ErrorDetails(wireArray: (error as? RPCError)?.details ?? [])
      return (error as? RPCError)?.code == .permissionDenied
        && details?.refusedBy == "office.foreign-files"
    }
    // A county that does not upload is served as before.
    _ = try await province.households(as: LinkedNodes.otherOffice).createHousehold(
      CreateHouseholdRequest(
        household: SampleHousehold.household(9, village: LinkedNodes.villages[2])
      )
    )
    await county.close()
    await province.close()
  }
}
