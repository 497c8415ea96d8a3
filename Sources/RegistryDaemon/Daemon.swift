internal import Bilingual
internal import Logging
internal import RPCCore
internal import RPCTLS
internal import RPCTransport
internal import RegistryModel
internal import RegistryServer

/// The node as a process: opens, listens, says what it serves, waits for a signal, drains, closes.
package struct Daemon: Sendable {
  /// The program's version.
  package static let version = "0.1.0"

  private let configuration: DaemonConfiguration
  private let identity: OfficeIdentity
  private let tls: TLSConfiguration
  private let readyFile: String?

  /// Checks what can be checked without opening anything: certificates, keys, identity.
  ///
  /// - Throws: `DaemonFailure` and `TLSError`, both with the configuration at fault.
  package init(_ configuration: DaemonConfiguration, readyFile: String?) throws {
    self.configuration = configuration
    self.readyFile = readyFile
    guard let identity = OfficeIdentity(uri: configuration.identity) else {
      throw DaemonFailure(
        .configuration,
        en: "\(configuration.identity) is not a node's identity",
        zh: "\(configuration.identity) 不是节点身份"
      )
    }
    self.identity = identity
    tls = TLSConfiguration(
      role: .server,
      authorities: [configuration.authorities],
      certificateChain: configuration.certificate,
      privateKey: configuration.key
    )
    let certified = try TLSContext(tls).identity?.uri
    guard certified == identity.uri else {
      throw DaemonFailure(
        .configuration,
        en: "the certificate \(configuration.certificate) is for \(certified ?? "no identity"), "
          + "and division and node make \(identity.uri)",
        zh: "证书 \(configuration.certificate) 属于 \(certified ?? "无身份")，而区划和节点名为 \(identity.uri)"
      )
    }
  }

  /// Serves until the first signal, then drains and closes.
  package func run() async throws {
    let signals = DaemonSignals()
    let log = logger()
    let node = try open()
    do {
      try await serve(node, until: signals, log)
    } catch {
      await node.close()
      throw error
    }
    await node.close()
    log.notice("stopped")
  }

  private func open() throws(DaemonFailure) -> RegistryNode {
    do {
      return try RegistryNode(opening: nodeConfiguration)
    } catch {
      throw DaemonFailure(opening: configuration, error)
    }
  }

  private func serve(
    _ node: RegistryNode,
    until signals: DaemonSignals,
    _ log: Logger
  ) async throws {
    let server = try RPCServer(
      router: node.router,
      configuration: serverConfiguration,
      logger: log
    )
    let address = try await listen(server)
    do {
      for line in try await StartReport(node, address: address).lines { Console.say(line) }
      if let readyFile { try Console.put(address, into: readyFile) }
      Console.announce("ready \(address)")
    } catch {
      await server.shutdown()
      throw error
    }
    let signal = await signals.first.first { _ in true } ?? 0
    log.notice("draining", metadata: ["signal": "\(signal)"])
    if await !server.drain(limit: configuration.drainLimit) {
      log.warning("calls in flight were stopped at the drain limit")
    }
  }

  private func listen(_ server: RPCServer) async throws -> String {
    do {
      return try await server.start().map(\.description).joined(separator: " ")
    } catch {
      let exit = error.code == .invalidArgument ? DaemonExit.configuration : .unavailable
      throw DaemonFailure(
        exit,
        en: "cannot listen: \(error.message)",
        zh: "无法监听：\(Phrasebook.connections.chinese(error.message) ?? error.message)"
      )
    }
  }

  private func logger() -> Logger {
    var log = Logger(label: "registryd") { StreamLogHandler.standardError(label: $0) }
    log.logLevel = configuration.logLevel
    return log
  }

  private var serverConfiguration: ServerConfiguration {
    var server = ServerConfiguration(
      endpoints: [Endpoint(host: configuration.host, port: configuration.port)],
      credentials: Credentials(
        authorities: [configuration.authorities],
        certificate: configuration.certificate,
        key: configuration.key
      )
    )
    server.loops = configuration.loops
    server.software = "registryd \(Self.version)"
    return server
  }

  private var nodeConfiguration: NodeConfiguration {
    var node = NodeConfiguration(
      database: configuration.database,
      sealingKey: configuration.sealingKey,
      identity: identity
    )
    node.isSynthetic = configuration.isSynthetic
    node.villages = configuration.villages
    node.checkpointPages = configuration.checkpointPages
    node.importWindow = configuration.importWindow
    node.software = "registryd \(Self.version)"
    return node
  }
}
