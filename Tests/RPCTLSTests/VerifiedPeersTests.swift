internal import Foundation
internal import RPCTLS
internal import TestCertificates
internal import Testing

/// A peer that comes back is known; what it may not do at first it may not do then.
@Suite(.timeLimit(.minutes(1)))
struct VerifiedPeersTests {
  let authority: TestAuthority
  let node: TestIdentity
  let leaf = TestLeaf.office("421224", "poverty-office", "p0007")

  init() throws {
    authority = try TestAuthority()
    node = try authority.issue(.node("421224", "main"))
  }

  @Test func whoComesBackIsTheSame() throws {
    let client = try TLSContext(.init(.client, authority.issue(leaf)))
    let server = try TLSContext(.init(.server, node))
    var peers: [TLSPeer?] = []
    for _ in 0..<3 {
      let pair = try TLSPair(client: client, server: server)
      let outcome = pair.shakeHands()
      #expect(outcome.client == nil && outcome.server == nil)
      peers.append(pair.server.peer)
      #expect(pair.client.peer?.uri == "registry://421224/node/main")
    }
    #expect(peers[0]?.uri == "registry://421224/poverty-office/p0007")
    #expect(peers[0] == peers[1] && peers[1] == peers[2])
  }

  @Test func whoseTimeIsOverIsRefused() throws {
    let client = try TLSContext(
      .init(.client, authority.issue(leaf.with { $0.notAfter = 3 }))
    )
    let server = try TLSContext(.init(.server, node))
    let first = try TLSPair(client: client, server: server).shakeHands()
    #expect(first.client == nil && first.server == nil)
    Thread.sleep(forTimeInterval: 4.1)
    let second = try TLSPair(client: client, server: server).shakeHands()
    #expect(second.server?.code == .certificateRejected)
    #expect(second.server?.message.contains("expired on") == true)
  }

  @Test func aKnownNodeIsNotTakenForAnother() throws {
    let client = try TLSContext(.init(.client, authority.issue(leaf)))
    let server = try TLSContext(.init(.server, node))
    let first = try TLSPair(client: client, server: server).shakeHands()
    #expect(first.client == nil && first.server == nil)
    let second = try TLSPair(
      client: client,
      server: server,
      expectedPeer: "registry://421224/node/other"
    ).shakeHands()
    #expect(second.client?.message.contains("expected registry://421224/node/other") == true)
  }

  @Test func aContextOfOtherTrustKnowsNobody() throws {
    let client = try TLSContext(.init(.client, authority.issue(leaf)))
    let server = try TLSContext(.init(.server, node))
    let pair = try TLSPair(client: client, server: server)
    let outcome = pair.shakeHands()
    #expect(outcome.client == nil && outcome.server == nil)
    let other = try TestAuthority()
    let stranger = try TLSContext(.init(.server, other.issue(.node("421224", "main"))))
    let error = #expect(throws: TLSError.self) { try pair.server.verifyAgain(in: stranger) }
    #expect(error?.code == .certificateRejected)
    try pair.server.verifyAgain(in: server)
  }

  /// What lies between a certificate and the root is sent though only the authorities' file has it.
  @Test func theChainIsCompletedFromTheAuthorities() throws {
    let client = try authority.issue(leaf, throughAuthorityFor: ["421224"])
    let end = "-----END CERTIFICATE-----\n"
    let blocks = try String(contentsOfFile: client.chain, encoding: .utf8)
      .components(separatedBy: end).filter { !$0.isEmpty }.map { $0 + end }
    try #require(blocks.count == 2)
    let between = client.chain + "-between"
    try blocks[1].write(toFile: between, atomically: true, encoding: .utf8)
    try blocks[0].write(toFile: client.chain, atomically: true, encoding: .utf8)
    let server = try TLSContext(.init(.server, node))
    let alone = try TLSContext(.init(.client, client))
    #expect(try TLSPair(client: alone, server: server).shakeHands().server != nil)
    let whole = try TLSContext(
      .init(.client, client, authorities: [authority.certificate, between])
    )
    let outcome = try TLSPair(client: whole, server: server).shakeHands()
    #expect(outcome.client == nil && outcome.server == nil)
  }
}
