internal import RPCTLS
internal import TestCertificates
internal import Testing

@Suite(.timeLimit(.minutes(1)))
struct PeerVerificationTests {
  /// A certificate that must be refused, and words that the reason must have.
  struct Wrong: Sendable, CustomTestStringConvertible {
    let testDescription: String
    let reason: String
    let change: @Sendable (inout TestLeaf) -> Void
  }

  static let wrong = [
    Wrong(testDescription: "expired", reason: "expired on 20") { $0.notAfter = -60 },
    Wrong(testDescription: "not yet valid", reason: "not valid before 20") { $0.notBefore = 3600 },
    Wrong(testDescription: "two URIs", reason: "2 URI names") {
      $0.uris.append("registry://421224/civil-affairs/p0008")
    },
    Wrong(testDescription: "a user in the URI", reason: "not allowed") {
      $0.uris = ["registry://421224:x@421225/poverty-office/p0007"]
    },
    Wrong(testDescription: "no scheme", reason: "not allowed") { $0.uris = ["421224"] },
    Wrong(testDescription: "other names only", reason: "no URI name") {
      $0.uris = []
      $0.otherNames = ["DNS:localhost"]
    },
    Wrong(testDescription: "no names", reason: "no URI name") {
      $0.uris = []
      $0.otherNames = []
    },
    Wrong(testDescription: "no usage", reason: "is not for") { $0.usages = [] },
    Wrong(testDescription: "other usage", reason: "not for") { $0.usages = ["emailProtection"] },
  ]

  let authority: TestAuthority
  let node: TestIdentity
  let office: TestIdentity
  let leaf = TestLeaf.office("421224", "poverty-office", "p0007")

  init() throws {
    authority = try TestAuthority()
    node = try authority.issue(.node("421224", "main"))
    office = try authority.issue(leaf)
  }

  @Test(arguments: wrong) func theServerRefuses(_ wrong: Wrong) throws {
    let client = try authority.issue(leaf.with(wrong.change))
    let outcome = try TLSPair(client: client, server: node).shakeHands()
    try expectRefusal(outcome.server, by: outcome.client, wrong.reason)
  }

  @Test(arguments: wrong) func theClientRefuses(_ wrong: Wrong) throws {
    let server = try authority.issue(TestLeaf.node("421224", "main").with(wrong.change))
    let outcome = try TLSPair(client: office, server: server).shakeHands()
    try expectRefusal(outcome.client, by: outcome.server, wrong.reason)
  }

  @Test func anotherAuthorityIsUnknown() throws {
    let other = try TestAuthority().issue(leaf)
    let pair = try TLSPair(
      client: TLSContext(.init(.client, other, authorities: [authority.certificate])),
      server: TLSContext(.init(.server, node))
    )
    let outcome = pair.shakeHands()
    try expectRefusal(outcome.server, by: outcome.client, "unknown authority")
  }

  @Test func severalAuthoritiesMayBeTrusted() throws {
    let second = try TestAuthority()
    let bundle = try authority.bundle(with: second)
    let pair = try TLSPair(
      client: TLSContext(.init(.client, second.issue(leaf), authorities: [bundle])),
      server: TLSContext(
        .init(.server, node, authorities: [authority.certificate, second.certificate])
      )
    )
    let outcome = pair.shakeHands()
    #expect(outcome.client == nil && outcome.server == nil)
  }

  @Test func aClientsCertificateIsNotAServers() throws {
    let outcome = try TLSPair(client: office, server: office).shakeHands()
    try expectRefusal(outcome.client, by: outcome.server, "not for")
  }

  @Test func aServersCertificateIsNotAClients() throws {
    let server = try authority.issue(leaf.with { $0.usages = ["serverAuth"] })
    let outcome = try TLSPair(client: server, server: node).shakeHands()
    try expectRefusal(outcome.server, by: outcome.client, "not for")
  }

  @Test func theClientDemandsTheNodeOfItsProfile() throws {
    let pair = try TLSPair(
      client: office,
      server: node,
      expectedPeer: "registry://421224/node/other"
    )
    let outcome = pair.shakeHands()
    try expectRefusal(outcome.client, by: outcome.server, "expected registry://421224/node/other")
  }

  @Test func anAuthorityForADivisionSignsForItsOwn() throws {
    let client = try authority.issue(leaf, throughAuthorityFor: ["421224"])
    let outcome = try TLSPair(client: client, server: node).shakeHands()
    #expect(outcome.client == nil && outcome.server == nil)
  }

  @Test func anAuthorityForADivisionSignsForNoOther() throws {
    let client = try authority.issue(leaf, throughAuthorityFor: ["421221", "421222"])
    let outcome = try TLSPair(client: client, server: node).shakeHands()
    try expectRefusal(outcome.server, by: outcome.client, "division")
  }

  private func expectRefusal(
    _ error: TLSError?,
    by told: TLSError?,
    _ reason: String
  ) throws {
    let error = try #require(error)
    #expect(error.code == .certificateRejected)
    #expect(error.message.contains(reason), "\(error)")
    // The other side learns of it by an alert.
    #expect(told?.code == .rejectedByPeer)
  }
}
