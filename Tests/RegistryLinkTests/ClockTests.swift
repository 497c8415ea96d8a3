import RPCCore
import RegistryAPI
import RegistryLink
import RegistryModel
import RegistryStore
import TestRegistry
import Testing

/// A node's clock may be wrong: what is exchanged goes by sequence, never by the time of day.
struct ClockTests {
  private static let day: Int64 = 86_400

  @Test("A county whose clock is a day off, and is put right", arguments: [-day, day])
  func aDayOff(ahead: Int64) async throws {
    let nodes = try LinkedNodes()
    let province = try nodes.open(LinkedNodes.province)
    var county = try nodes.open(LinkedNodes.county, clockAhead: ahead)
    func settle() async throws {
      while try await county.link(to: province).exchangeOnce() {}
    }
    func order(_ value: Int64) async throws {
      _ = try await PolicyClient(province.channel(as: LinkedNodes.provinceOffice)).setPolicy(
        SetPolicyRequest(
          parameters: [
            PolicyParameter(
              division: "420000",
              name: "entry.days",
              validFrom: 20_100_101,
              value: value,
              source: "鄂〔2010〕1号"
            )
          ]
        )
      )
    }
    try await county.register(0..<4)
    try await settle()
    try await order(40)
    try await settle()
    await county.close()
    // The clock jumps by a day: forward, or back to before what is on record.
    county = try nodes.open(LinkedNodes.county)
    try await county.register(4..<6)
    try await order(50)
    try await settle()
    for node in [county, province] {
      #expect(try await node.findings() == [], "\(node.store.node)")
    }
    let sent = try #require(try await county.links().streams.first { !$0.incoming })
    #expect(sent.waiting == 0 && sent.relation != .forked && sent.errorEn.isEmpty)
    let taken = try #require(try await province.links().streams.first { $0.incoming })
    #expect(taken.refused == 0 && taken.size == sent.size)
    for serial in 0..<6 {
      let request = GetHouseholdRequest(
        by: .citizenId(SampleHousehold.citizenID(serial, member: 0))
      )
      let own = try await county.households().getHousehold(request)
      let copy = try await province.households(as: LinkedNodes.provinceOffice)
        .getHousehold(request)
      #expect(own.id == copy.id && own.version == copy.version)
    }
    let policy = try await PolicyClient(county.channel(as: LinkedNodes.office)).listPolicy(
      ListPolicyRequest(division: "421224")
    )
    #expect(policy.parameters.first { $0.name == "entry.days" }?.value == 50)
    await county.close()
    await province.close()
  }
}
