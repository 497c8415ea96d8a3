import Foundation
import RegistryClient
import TestCertificates
import TestRegistry

/// A province's and counties' daemons, with certificates of one authority.
final class LinkedDaemons: Sendable {
  static let province = "420000"
  let url: URL
  let authority: TestAuthority

  init() throws {
    url = FileManager.default.temporaryDirectory
      .appendingPathComponent("registry-nation-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
    authority = try TestAuthority()
  }

  deinit { try? FileManager.default.removeItem(at: url) }

  func path(_ name: String) -> String { url.appendingPathComponent(name).path }

  /// Starts the daemon of a division; one with an address above sends to the node there, the province
  /// unless told otherwise.
  func start(
    _ division: String,
    port: Int = 0,
    upstream: String? = nil,
    above: String = LinkedDaemons.province,
    database: String? = nil,
    killedAt step: String? = nil,
    as node: TestIdentity? = nil,
    _ flags: [String] = []
  ) async throws -> DaemonProcess {
    let node = try node ?? authority.issue(.node(division, "main"))
    var arguments = [
      "--listen", "127.0.0.1:\(port)", "--division", division, "--synthetic", "true",
      "--ca", node.authority, "--certificate", node.chain, "--key", node.key,
      "--database", database ?? path("\(division).db"), "--sealing-key", path("\(division).key"),
      "--signing-key", path("\(division).pem"), "--loops", "1",
    ]
    if let upstream {
      arguments += [
        "--upstream", upstream, "--upstream-node", "registry://\(above)/node/main",
        "--upstream-wait", "1",
      ]
    }
    return try await DaemonProcess(
      arguments: arguments + flags,
      environment: step.map { ["REGISTRY_TRIAL_KILL_AT": $0] } ?? [:],
      folder: url
    )
  }

  /// A client of a daemon as the division's poverty office.
  func client(
    _ division: String,
    _ daemon: DaemonProcess,
    as kind: String = "poverty-office"
  ) throws -> RegistryClient {
    let office = try authority.issue(.office(division, kind, "p0007"))
    return try RegistryClient(
      profile: Profile(
        host: "127.0.0.1",
        port: UInt16(daemon.port),
        authorities: office.authority,
        certificate: office.chain,
        key: office.key,
        node: "registry://\(division)/node/main"
      )
    )
  }

  /// How a node stands with its links.
  func links(_ division: String, _ daemon: DaemonProcess) async throws -> GetLinksResponse {
    let client = try client(division, daemon)
    let links = try await LinkClient(client.channel).getLinks(GetLinksRequest())
    await client.close()
    return links
  }

  /// Waits until the province has all entries of counties, whose own daemons must say so too.
  func settle(
    _ province: DaemonProcess,
    _ counties: [String: DaemonProcess],
    seconds: Int = 60
  ) async throws -> Bool {
    let end = ContinuousClock.now.advanced(by: .seconds(seconds))
    while ContinuousClock.now < end {
      let above = try? await links(Self.province, province)
      var isSettled = above != nil
      for (division, county) in counties {
        let own = try? await links(division, county).streams.first
        let copy = above?.streams.first {
          $0.incoming && $0.node == "registry://\(division)/node/main"
        }
        if own == nil || copy?.applied != own?.size || own?.waiting != 0 { isSettled = false }
      }
      if isSettled { return true }
      try await Task.sleep(for: .milliseconds(50))
    }
    return false
  }

  /// Recounts a node; the findings.
  func findings(_ division: String, _ daemon: DaemonProcess) async throws -> [String] {
    let client = try client(division, daemon)
    var found: [String] = []
    for try await report in try await client.statistics.checkRegistry(
      CheckRegistryRequest(deep: true)
    ) {
      found += report.findings.map { "\($0.check) at \($0.place)" }
    }
    await client.close()
    return found
  }
}
