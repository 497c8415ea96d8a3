import Foundation
import RPCCore
import RPCProtobuf
import RegistryAPI
import RegistryLink
import RegistryModel
import RegistryStore
import TestDatabases
import TestRegistry
import Testing

/// A province that passes its counties' batches on to the state, and orders that come down.
struct RelayTests {
  @Test(
    "The state takes a county's batches from the province by the county's signatures",
    arguments: TestDatabase.all
  )
  func relay(on database: TestDatabase) async throws {
    let nodes = try LinkedNodes(on: database)
    let (state, province) = (
      try nodes.open(LinkedNodes.state), try nodes.open(LinkedNodes.province)
    )
    let (county, other) = (
      try nodes.open(LinkedNodes.county), try nodes.open(LinkedNodes.otherCounty)
    )
    try await county.register(0..<4)
    try await other.register(10..<13, village: LinkedNodes.villages[2])
    for _ in 0..<3 {
      for (below, above) in [(county, province), (other, province), (province, state)] {
        _ = try await below.link(to: above).exchangeOnce()
      }
    }
    let links = try await state.links()
    #expect(links.countiesUploaded == 2)
    #expect(links.streams.filter(\.incoming).allSatisfy { $0.refused == 0 })
    let scope = Scope.system(reason: "test")
    let counted = try await state.store.counts(of: "000000", scope: scope).divisions.first
    #expect(counted?.tally.registered.households == 7)
    for node in [state, province, county, other] { #expect(try await node.findings() == []) }
    for node in [county, other, province, state] { await node.close() }
  }

  @Test("What the province sets holds in its counties, also for one that joins later")
  func orders() async throws {
    let nodes = try LinkedNodes()
    let province = try nodes.open(LinkedNodes.province)
    let county = try nodes.open(LinkedNodes.county)
    let policy = PolicyClient(province.channel(as: LinkedNodes.provinceOffice))
    func set(_ days: Int64) async throws {
      _ = try await policy.setPolicy(
        SetPolicyRequest(
          parameters: [
            PolicyParameter(
              division: "420000",
              name: "notice.village.days",
              validFrom: 20_300_101,
              value: days
            )
          ]
        )
      )
    }
    func held(_ node: LinkedNode, _ office: String) async throws -> Int64? {
      try await PolicyClient(node.channel(as: office)).listPolicy(
        ListPolicyRequest(division: "", day: 20_300_601)
      ).parameters.first { $0.name == "notice.village.days" }?.value
    }
    try await set(9)
    while try await county.link(to: province).exchangeOnce() {}
    #expect(try await held(county, LinkedNodes.office) == 9)
    try await set(11)
    while try await county.link(to: province).exchangeOnce() {}
    #expect(try await held(county, LinkedNodes.office) == 11)
    #expect(try await county.findings() == [])
    let orders = try await province.links().streams.first { !$0.incoming && $0.role == .orders }
    #expect(orders?.waiting == 0 && orders?.refused == 0)
    await county.close()
    await province.close()
  }

  @Test("Nodes of generated and of real people do not meet, nor strangers, nor the blocked")
  func refusals() async throws {
    let nodes = try LinkedNodes()
    let province = try nodes.open(LinkedNodes.province)
    let county = try nodes.open(LinkedNodes.county)
    let real = try nodes.open(LinkedNodes.otherCounty, isSynthetic: false)
    await #expect {
      _ = try await real.link(to: province).exchangeOnce()
    } throws: { Self.rule($0) == "exchange.synthetic" }
    // A county's node that claims another county's journal, or calls as its equal.
    let stolen = province.channel(as: LinkedNodes.otherCounty, certificate: county.certificate)
    await #expect {
      _ = try await county.link(to: province, over: stolen).exchangeOnce()
    } throws: { ["exchange.caller", "exchange.introduction"].contains(Self.rule($0)) }
    await #expect {
      let sideways = real.channel(as: LinkedNodes.county, certificate: county.certificate)
      _ = try await county.link(to: real, over: sideways).exchangeOnce()
    } throws: { _ in true }
    _ = try await county.link(to: province).exchangeOnce()
    let operators = LinkClient(province.channel(as: LinkedNodes.provinceOffice))
    _ = try await operators.setLinkAccess(
      SetLinkAccessRequest(node: LinkedNodes.county, blocked: true)
    )
    try await county.register(0..<1)
    await #expect {
      _ = try await county.link(to: province).exchangeOnce()
    } throws: { Self.rule($0) == "exchange.blocked" }
    _ = try await operators.setLinkAccess(
      SetLinkAccessRequest(node: LinkedNodes.county, blocked: false)
    )
    while try await county.link(to: province).exchangeOnce() {}
    #expect(try await province.findings() == [])
    for node in [county, real, province] { await node.close() }
  }

  /// The rule that a call was refused by.
  private static func rule(_ error: any Error) -> String {
    guard let error = error as? RPCError,
      let details = try? ErrorDetails(serializedBytes: error.details)
    else { return "" }
    return details.refusedBy
  }

  @Test("A village that the province does not know holds the upload up, and is not left out")
  func unknownVillage() async throws {
    let nodes = try LinkedNodes()
    let county = try nodes.open(LinkedNodes.county)
    var province = try nodes.open(LinkedNodes.province, without: ["421224100002"])
    try await county.register(0..<1)
    try await county.register(1..<2, village: LinkedNodes.villages[1])
    await #expect {
      _ = try await county.link(to: province).exchangeOnce()
    } throws: { ($0 as? RPCError)?.message.contains("421224100002") == true }
    await province.close()
    let list = nodes.folder.appendingPathComponent("villages.csv").path
    try "code,name\n421224100002,马槽桥社区\n".write(toFile: list, atomically: true, encoding: .utf8)
    province = try nodes.open(LinkedNodes.province, villages: list)
    while try await county.link(to: province).exchangeOnce() {}
    #expect(try await province.findings() == [])
    let scope = Scope.system(reason: "test")
    let counted = try await province.store.counts(of: "421224", scope: scope).divisions.first
    #expect(counted?.tally.registered.households == 2)
    await county.close()
    await province.close()
  }

  @Test("One person in two counties: both copies stay, and both counties are told, once")
  func duplicates() async throws {
    let nodes = try LinkedNodes()
    let province = try nodes.open(LinkedNodes.province)
    let county = try nodes.open(LinkedNodes.county)
    let other = try nodes.open(LinkedNodes.otherCounty)
    try await county.register(0..<2)
    try await other.register(1..<3, village: LinkedNodes.villages[2])
    for node in [county, other] { while try await node.link(to: province).exchangeOnce() {} }
    let counted = try await province.store.counts(of: "420000", scope: .system(reason: "test"))
    #expect(counted.divisions.first?.tally.registered.households == 4)
    #expect(try await province.findings() == [])
    #expect(try await province.links().streams.allSatisfy { $0.refused == 0 })
    func told(_ node: LinkedNode, _ office: String) async throws -> [PersonFinding] {
      try await LinkClient(node.channel(as: office)).listFindings(ListFindingsRequest()).findings
    }
    // The first learns of it when it calls again.
    for node in [county, other] { while try await node.link(to: province).exchangeOnce() {} }
    let (first, second) = (
      try await told(county, LinkedNodes.office), try await told(other, LinkedNodes.otherOffice)
    )
    // Three members of one household.
    #expect(first.count == 3 && first.allSatisfy { $0.otherCounty == "421223" })
    #expect(second.count == 3 && second.allSatisfy { $0.otherCounty == "421224" })
    let request = GetHouseholdRequest(by: .citizenId(SampleHousehold.citizenID(1, member: 0)))
    let own = try await county.households().getHousehold(request)
    #expect(first.allSatisfy { $0.household == own.id })
    #expect(Set(first.map(\.member)) == Set(own.members.map(\.id)))
    for node in [county, other, province] { #expect(try await node.findings() == []) }
    for node in [county, other, province] { await node.close() }
  }
}
