import Foundation
import RegistryClient
import TestRegistry
import Testing

/// A village's own daemon below its county's.
@Suite(.timeLimit(.minutes(2))) struct OfficeDaemonTests {
  private static let village = "421224100001"
  private static let county = "421224"

  /// What is recorded at the village stands at the county, which may block its node and take it again.
  @Test func aVillageWorksOverTheNetwork() async throws {
    let nation = try LinkedDaemons()
    let county = try await nation.start(Self.county)
    let village = try await nation.start(
      Self.village,
      upstream: "127.0.0.1:\(county.port)",
      above: Self.county,
      ["--serials", "5000001-5000100"]
    )
    let committee = try nation.client(Self.village, village, as: "village-committee")
    let office = try nation.client(Self.county, county)
    func apply(_ serial: Int) async throws -> StepResult {
      let household = SampleHousehold.household(serial, village: Self.village)
      let results = try await ProcedureClient(committee.channel).apply(
        ApplyRequest(applications: [NewApplication(household: household)])
      ).results
      return try #require(results.first)
    }
    func arrives(_ result: StepResult, seconds: Int = 20) async throws -> Bool {
      let end = ContinuousClock.now.advanced(by: .seconds(seconds))
      while ContinuousClock.now < end {
        let found = try? await ProcedureClient(office.channel).getApplication(
          GetApplicationRequest(by: .id(result.application))
        )
        if found?.number == result.number { return true }
        try await Task.sleep(for: .milliseconds(50))
      }
      return false
    }
    let first = try await apply(0)
    #expect(first.violations == [])
    #expect(try await arrives(first))
    let node = "registry://\(Self.village)/node/main"
    let links = LinkClient(office.channel)
    _ = try await links.setLinkAccess(SetLinkAccessRequest(node: node, blocked: true))
    let second = try await apply(1)
    #expect(try await !arrives(second, seconds: 2))
    _ = try await links.setLinkAccess(SetLinkAccessRequest(node: node, blocked: false))
    #expect(try await arrives(second))
    // Who oversees the village alone decides of no node, and a neighbour of none of this county's.
    await #expect {
      _ = try await LinkClient(committee.channel).setLinkAccess(
        SetLinkAccessRequest(node: "registry://421224/node/main", blocked: true)
      )
    } throws: { ($0 as? RPCError)?.code == .permissionDenied }
    #expect(try await nation.findings(Self.county, county) == [])
    await committee.close()
    await office.close()
    for daemon in [village, county] {
      daemon.send(SIGTERM)
      #expect(await daemon.end()?.status == 0)
    }
  }
}
