import Foundation
import Journal
import RPCTransport
import RegistryClient
import Synchronization
import TestCertificates
import Testing

/// Keeps what it was asked, with the certificate that the transport saw.
private final class FakeProcedure: Sendable {
  struct Seen: Sendable {
    var request: RecordStepsRequest
    var certificate: [UInt8]
    var hasKey: Bool
  }

  let seen = Mutex<[Seen]>([])

  var router: Router {
    var router = Router()
    router.unary(ProcedureMethods.recordSteps) { request, context in
      try await self.recordSteps(request, context: context)
    }
    return router
  }

  private func recordSteps(
    _ request: RecordStepsRequest,
    context: ServerContext
  ) async throws -> RecordStepsResponse {
    seen.withLock {
      $0.append(
        Seen(
          request: request,
          certificate: context.peer.certificate,
          hasKey: context.idempotencyKey != nil
        )
      )
    }
    return RecordStepsResponse(
      results: request.steps.indices.map { StepResult(row: UInt32($0 + 1), state: .appraised) }
    )
  }
}

@Suite(.timeLimit(.minutes(1)))
struct StepSignerTests {
  private static func steps(_ count: Int) -> [Step] {
    (0..<count).map { place in
      Step(
        application: Array(repeating: UInt8(truncatingIfNeeded: place), count: 16),
        baseVersion: UInt64(place),
        day: 20_101_231,
        reason: "理由 \(place)",
        move: .decide(Verdict(accepted: place.isMultiple(of: 2)))
      )
    }
  }

  /// A node over mutual TLS, and the profile of an office.
  private static func serve(
    _ service: FakeProcedure,
    _ body: (Profile) async throws -> Void
  ) async throws {
    let authority = try TestAuthority()
    let identity = try authority.issue(.node("421224", "main"))
    let office = try authority.issue(.office("421224100201", "village-committee", "p0101"))
    let server = try RPCServer(
      router: service.router,
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
    try await body(
      Profile(
        host: endpoint.host,
        port: endpoint.port,
        authorities: office.authority,
        certificate: office.chain,
        key: office.key,
        node: "registry://421224/node/main"
      )
    )
    await server.shutdown()
  }

  @Test("Over TLS: every step's proof leads to the root that the caller's certificate signed")
  func signed() async throws {
    let service = FakeProcedure()
    let steps = Self.steps(7)
    try await Self.serve(service) { profile in
      let results = try await withRegistryClient(profile) { try await $0.recordSteps(steps) }
      #expect(results.map(\.row) == Array(1...7))
    }
    let seen = try #require(service.seen.withLock { $0.first })
    #expect(seen.hasKey)
    #expect(try seen.request.steps.map { try Step(wireArray: $0) } == steps)
    let hasher = try SHA256Context()
    let list = SignedList(seen.request.steps, using: hasher)
    let certificate = try SignerCertificate(der: seen.certificate)
    let signature = try #require(seen.request.signature).value
    for (place, step) in seen.request.steps.enumerated() {
      let root = try #require(
        SignedList.root(
          of: step,
          at: UInt64(place),
          count: 7,
          proof: list.proof(at: place),
          using: hasher
        )
      )
      let octets = SignedList.signedOctets(count: 7, root: root)
      #expect(try certificate.verifies(signature, of: octets))
    }
    let shorter = SignedList(Array(seen.request.steps.dropLast()), using: hasher)
    #expect(try !certificate.verifies(signature, of: shorter.signedOctets))
  }

  @Test("A list has 1 to 2,000 steps")
  func limits() {
    let signer = StepSigner(keyFile: "/nowhere")
    for count in [0, 2001] {
      #expect(throws: RPCError(.invalidArgument, "")) { try signer.request(Self.steps(count)) }
    }
  }

  @Test("A key that cannot be used is named")
  func badKey() throws {
    let missing = #expect(throws: RPCError(.unauthenticated, "")) {
      try StepSigner(keyFile: "/nowhere/key.pem").request(Self.steps(1))
    }
    #expect(missing?.message.contains("/nowhere/key.pem") == true)
    let path = NSTemporaryDirectory() + "no-key-\(UUID().uuidString).pem"
    try "not a key".write(toFile: path, atomically: true, encoding: .utf8)
    defer { try? FileManager.default.removeItem(atPath: path) }
    let error = #expect(throws: RPCError(.unauthenticated, "")) {
      try StepSigner(keyFile: path).request(Self.steps(1))
    }
    #expect(error?.message.contains("no private key") == true)
  }

  @Test("A locked key serves TLS and signatures with its passphrase, and with no other")
  func lockedKey() async throws {
    let service = FakeProcedure()
    try await Self.serve(service) { profile in
      var profile = profile
      let locked = NSTemporaryDirectory() + "locked-\(UUID().uuidString).pem"
      defer { try? FileManager.default.removeItem(atPath: locked) }
      let process = Process()
      process.executableURL = URL(filePath: "/usr/bin/openssl")
      process.arguments = [
        "pkcs8", "-topk8", "-in", profile.key, "-out", locked, "-passout", "pass:right-word",
      ]
      try process.run()
      process.waitUntilExit()
      try FileManager.default.setAttributes([.posixPermissions: 0o600], ofItemAtPath: locked)
      profile.key = locked
      for wrong in [nil, "wrong-word"] {
        profile.passphrase = wrong.map { Array($0.utf8) }
        let error = #expect(throws: RPCError(.unauthenticated, "")) {
          try RegistryClient(profile: profile)
        }
        #expect(error?.message.contains(locked) == true)
      }
      profile.passphrase = Array("right-word".utf8)
      let results = try await withRegistryClient(profile) {
        try await $0.recordSteps(Self.steps(1))
      }
      #expect(results.count == 1)
    }
  }

  @Test("Without a signer steps go unsigned")
  func unsigned() async throws {
    let service = FakeProcedure()
    let peer = Peer(identity: "registry://421224100201/village-committee/p0101")
    let client = RegistryClient(channel: InProcessChannel(router: service.router, peer: peer))
    #expect(try await client.recordSteps(Self.steps(2)).count == 2)
    #expect(service.seen.withLock { $0.first?.request.signature } == nil)
    await client.close()
  }
}
