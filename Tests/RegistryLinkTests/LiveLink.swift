import Exchange
import FaultProxy
import Foundation
import Journal
import Logging
import RPCCore
import RPCTransport
import RegistryAPI
import RegistryLink
import RegistryServer
import RegistryStore
import Synchronization
import TestCertificates

/// A county and a province that meet over mutual TLS through a proxy that lets things go wrong.
final class LiveLink: Sendable {
  let nodes: LinkedNodes
  let county: LinkedNode
  let province: LinkedNode
  let proxy: FaultProxy
  private let server: RPCServer
  private let certificate: TestIdentity

  init(
    script: FaultScript = FaultScript(),
    seed: UInt64 = 1,
    _ change: (inout StoreLimits) -> Void = { _ in }
  ) async throws {
    nodes = try LinkedNodes()
    county = try nodes.open(LinkedNodes.county, change)
    province = try nodes.open(LinkedNodes.province, change)
    let identity = try nodes.authority.issue(.node("420000", "main"))
    certificate = try nodes.authority.issue(.node("421224", "main"))
    server = try RPCServer(
      router: province.node.router,
      configuration: ServerConfiguration(
        endpoints: [Endpoint(host: "127.0.0.1", port: 0)],
        credentials: Self.credentials(identity)
      )
    )
    let endpoint = try await server.start().first
    proxy = try FaultProxy(endpoint?.port ?? 0, script: script, seed: seed)
  }

  /// A new channel through the proxy, tried once for each call.
  func channel() throws -> RPCChannel {
    var configuration = ChannelConfiguration(
      endpoints: [Endpoint(host: "127.0.0.1", port: proxy.port)],
      credentials: Self.credentials(certificate),
      node: LinkedNodes.province
    )
    configuration.maximumAttempts = 1
    configuration.backoff.first = 1_000_000
    return try RPCChannel(configuration: configuration)
  }

  /// Exchanges once over a channel of its own; false if the link was cut.
  func exchange() async throws -> Bool {
    let channel = try channel()
    let link = try county.link(to: province, over: channel)
    var isWhole = true
    do {
      _ = try await link.exchangeOnce()
    } catch is RPCError {
      isWhole = false
    }
    await channel.close()
    return isWhole
  }

  /// What must hold after every trial: both sides have the same entries, each once, in order, and
  /// recount clean.
  func agreement() async throws -> String? {
    let sent = try await county.links().streams.first
    let copy = try await province.links().streams.first { $0.incoming }
    guard let sent, let copy else { return "no stream" }
    if copy.applied != sent.size || sent.waiting != 0 {
      return "\(copy.applied) of \(sent.size), \(sent.waiting) waiting"
    }
    if copy.refused != 0 { return "\(copy.refused) refused" }
    for side in [county, province] {
      let findings = try await side.findings()
      if let first = findings.first { return "\(first.check) at \(first.place)" }
    }
    return nil
  }

  func end() async {
    proxy.stop()
    await server.shutdown()
    await county.close()
    await province.close()
  }

  private static func credentials(_ identity: TestIdentity) -> Credentials {
    Credentials(
      authorities: [identity.authority],
      certificate: identity.chain,
      key: identity.key
    )
  }
}

/// Counts from several tasks.
final class Counter: Sendable {
  private let number = Mutex(0)

  func add() { number.withLock { $0 += 1 } }

  var count: Int { number.withLock { $0 } }
}
