import Foundation
import RegistryClient
import RegistryModel
import TestCertificates
import TestRegistry
import Testing

/// A node's certificate is renewed while its link to the node above lives.
@Suite(.timeLimit(.minutes(3))) struct LinkRenewalTests {
  /// Puts the files of one identity in the place of another's.
  private func replace(_ old: TestIdentity, by new: TestIdentity) throws {
    for (from, to) in [(new.chain, old.chain), (new.key, old.key)] {
      let aside = to + ".new"
      try Data(contentsOf: URL(fileURLWithPath: from)).write(to: URL(fileURLWithPath: aside))
      try FileManager.default.setAttributes([.posixPermissions: 0o600], ofItemAtPath: aside)
      try #require(rename(aside, to) == 0)
    }
  }

  @Test("A link goes on with the new certificate and key when the old one has expired")
  func renewedWhileLinked() async throws {
    let nation = try LinkedDaemons()
    let province = try await nation.start(LinkedDaemons.province)
    let lifetime = 20
    let issued = ContinuousClock.now
    // Through an authority in between, which the province does not have.
    let leaf = TestLeaf.node("421224", "main")
    let node = try nation.authority.issue(
      leaf.with { $0.notAfter = lifetime },
      throughAuthorityFor: ["421224"]
    )
    let county = try await nation.start("421224", upstream: province.address, as: node)
    let client = try nation.client("421224", county)
    #expect(await SampleImport(60, size: 60).run(client).results.count == 60)
    #expect(try await nation.settle(province, ["421224": county]))
    try replace(node, by: nation.authority.issue(leaf, throughAuthorityFor: ["421224"]))
    try await Task.sleep(for: .seconds(4))
    // It has connected anew by itself: what it vouches with is what it came with.
    #expect(await SampleImport(60, size: 60, number: 2).run(client).results.count == 60)
    #expect(try await nation.settle(province, ["421224": county]))
    // Beyond the old one's end, and until its files have been looked at.
    try await Task.sleep(
      until: issued.advanced(by: .seconds(lifetime + 4)),
      clock: .continuous
    )
    province.send(SIGTERM)
    #expect(await province.end()?.status == 0)
    let again = try await nation.start(LinkedDaemons.province, port: province.port)
    #expect(await SampleImport(60, size: 60, number: 1).run(client).results.count == 60)
    await client.close()
    #expect(try await nation.settle(again, ["421224": county]))
    let links = try await nation.links(LinkedDaemons.province, again)
    #expect(links.streams.allSatisfy { $0.refused == 0 && $0.relation != .forked })
    for daemon in [county, again] {
      daemon.send(SIGTERM)
      #expect(await daemon.end()?.status == 0)
    }
  }
}
