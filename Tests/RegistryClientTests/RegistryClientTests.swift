import Foundation
import RPCTransport
import RegistryClient
import TestCertificates
import Testing

/// A node that tells who it is, or thinks about it for ever.
private struct FakeNode: NodeService {
  func getNode(_ request: GetNodeRequest, context: ServerContext) async throws -> Node {
    if context.metadata["hang"] != nil { try await Task.sleep(for: .seconds(600)) }
    var node = Node()
    node.identity = "registry://421224/node/main"
    node.caller = context.peer.identity
    node.software = context.metadata["registry-purpose"] ?? ""
    return node
  }
}

/// A running node and a profile file that leads to it.
private final class FakeInstallation: Sendable {
  private let authority: TestAuthority
  private let server: RPCServer
  let profiles: String

  init(before: String = "", more: String = "") async throws {
    authority = try TestAuthority()
    let identity = try authority.issue(.node("421224", "main"))
    let office = try authority.issue(.office("421224", "poverty-office", "p0007"))
    var router = Router()
    FakeNode().register(in: &router)
    server = try RPCServer(
      router: router,
      configuration: ServerConfiguration(
        endpoints: [Endpoint(host: "127.0.0.1", port: 0)],
        credentials: Credentials(
          authorities: [authority.certificate],
          certificate: identity.chain,
          key: identity.key
        )
      )
    )
    let endpoint = try await server.start()[0]
    // Paths as a clerk would write them: seen from the file's directory.
    func name(_ path: String) -> String { String(path.split(separator: "/").last ?? "") }
    profiles = authority.directory + "/profiles.json"
    let text = """
      {"profiles": {"county": {"server": "\(before)\(endpoint)", "ca": "\(name(authority.certificate))",
        "cert": "\(name(office.chain))", "key": "\(office.key)",
        "node": "registry://421224/node/main"\(more)}}}
      """
    try text.write(toFile: profiles, atomically: true, encoding: .utf8)
  }

  func stop() async { await server.shutdown() }
}

@Suite(.timeLimit(.minutes(1)))
struct RegistryClientTests {
  /// The example of `RegistryClient`'s documentation.
  @Test func tenLinesSuffice() async throws {
    let installation = try await FakeInstallation()
    let profile = try Profile.load("county", from: installation.profiles)
    let caller = try await withRegistryClient(profile) { client in
      let node = try await client.node.getNode(GetNodeRequest())
      #expect(node.identity == "registry://421224/node/main")
      return node.caller
    }
    #expect(caller == "registry://421224/poverty-office/p0007")
    await installation.stop()
  }

  /// The first two of its addresses do not answer: nobody listens there.
  @Test func theNextAddressIsTried() async throws {
    let installation = try await FakeInstallation(before: "127.0.0.1:1,[::1]:1,")
    let profile = try Profile.load("county", from: installation.profiles)
    #expect(profile.port == 1 && profile.alternatives.count == 2)
    var shortest = Duration.seconds(3_600)
    // A busy machine makes some tries long, not all.
    for _ in 0..<5 {
      let start = ContinuousClock.now
      let caller = try await withRegistryClient(profile) { client in
        try await client.node.getNode(GetNodeRequest()).caller
      }
      #expect(caller == "registry://421224/poverty-office/p0007")
      shortest = min(shortest, ContinuousClock.now - start)
    }
    // All are tried before the first pause, which is a second long.
    #expect(shortest < .milliseconds(700))
    await installation.stop()
  }

  @Test func theProfilesTimeoutHoldsForUnaryCalls() async throws {
    let installation = try await FakeInstallation(more: #", "timeout": 0.1"#)
    let profile = try Profile.load("county", from: installation.profiles)
    await #expect(throws: RPCError(.deadlineExceeded, "")) {
      try await withRegistryClient(profile) { client in
        try await client.node.getNode(
          GetNodeRequest(),
          options: CallOptions(metadata: ["hang": "yes"])
        )
      }
    }
    await installation.stop()
  }

  @Test func theProfilesPurposeIsStatedWithEveryCallThatSaysNoOther() async throws {
    let installation = try await FakeInstallation(more: #", "purpose": "schooling-support""#)
    let profile = try Profile.load("county", from: installation.profiles)
    try await withRegistryClient(profile) { client in
      #expect(try await client.node.getNode(GetNodeRequest()).software == "schooling-support")
      let own = CallOptions(metadata: ["registry-purpose": "inspection"])
      #expect(
        try await client.node.getNode(GetNodeRequest(), options: own).software == "inspection"
      )
      let call = try await client.channel.open(NodeMethods.getNode, options: CallOptions())
      try await call.send(GetNodeRequest())
      try await call.finishSending()
      #expect(try await call.receive(Node.self)?.software == "schooling-support")
    }
    await installation.stop()
  }

  @Test func servicesInTheSameProcessServeToo() async throws {
    var router = Router()
    FakeNode().register(in: &router)
    let channel = InProcessChannel(router: router, peer: Peer(identity: "registry://1/a/b"))
    let client = RegistryClient(channel: channel)
    #expect(try await client.node.getNode(GetNodeRequest()).caller == "registry://1/a/b")
    await client.close()
  }

  @Test func missingCertificatesAreNamed() {
    let profile = Profile(
      host: "127.0.0.1",
      authorities: "/nowhere/ca.pem",
      certificate: "/nowhere/cert.pem",
      key: "/nowhere/key.pem",
      node: "registry://421224/node/main"
    )
    let error = #expect(throws: RPCError(.unauthenticated, "")) {
      try RegistryClient(profile: profile)
    }
    #expect(error?.message.contains("/nowhere/ca.pem") == true)
  }
}

@Suite struct ProfileTests {
  @Test func survivesItsFile() throws {
    var profile = Profile(
      host: "::1",
      port: 7444,
      authorities: "a",
      certificate: "b",
      key: "c",
      node: "registry://421224/node/main",
      purpose: "inspection",
      callTimeout: .seconds(30),
      attempts: 2,
      compression: true,
      transport: .grpc,
      alternatives: ["[::2]:7443", "county.example:1"]
    )
    for _ in 0..<2 {
      let data = try JSONEncoder().encode(profile)
      #expect(try JSONDecoder().decode(Profile.self, from: data) == profile)
      profile.callTimeout = nil
      profile.connectTimeout = .milliseconds(1500)
      profile.compression = false
      profile.transport = .native
    }
  }

  @Test(arguments: [
    ("", "JSON"),
    (#"{"profiles": {}}"#, "no profile county"),
    (
      #"{"profiles": {"county": {"server": "h"}}}"#,
      "profile county: not given: ca, cert, key, node"
    ),
    (#"{"profiles": {"county": {"server": 7}}}"#, "profiles.county.server"),
    (#"{"profile": {}}"#, "no profiles"),
    (
      #"{"profiles": {"county": {"server": "h:x", "ca": "a", "cert": "b", "key": "c","#
        + #" "node": "registry://421224/node/main"}}}"#, "server must be HOST:PORT"
    ),
    (
      #"{"profiles": {"county": {"server": "h", "ca": "a", "cert": "b", "key": "c","#
        + #" "node": "n"}}}"#, "node must be a node's URI"
    ),
    (
      #"{"profiles": {"county": {"server": "h", "ca": "a", "cert": "b", "key": "c","#
        + #" "node": "registry://421224/node/main", "purpose": "看"}}}"#, "purpose must be a word"
    ),
    (
      #"{"profiles": {"county": {"server": "h", "ca": "a", "cert": "b", "key": "c","#
        + #" "node": "registry://421224/node/main", "timeout": -1}}}"#, "timeout must be"
    ),
  ])
  func saysWhatIsWrongWithAFile(text: String, words: String) throws {
    let path = NSTemporaryDirectory() + "profiles-\(UUID().uuidString).json"
    try text.write(toFile: path, atomically: true, encoding: .utf8)
    defer { try? FileManager.default.removeItem(atPath: path) }
    let error = #expect(throws: ProfileError.self) { try Profile.load("county", from: path) }
    #expect(error?.description.contains(words) == true, "\(error?.description ?? "")")
    #expect(error?.description.contains(path) == true)
  }

  @Test func aMissingFileIsNamed() {
    let error = #expect(throws: ProfileError.self) { try Profile.load("x", from: "/nowhere.json") }
    #expect(error?.description == "cannot read the profile file /nowhere.json")
  }
}
