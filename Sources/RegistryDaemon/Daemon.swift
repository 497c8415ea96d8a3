internal import Bilingual
internal import Exchange
internal import Journal
internal import Logging
internal import RPCCore
internal import RPCServices
internal import RPCTLS
internal import RPCTransport
internal import RegistryLink
internal import RegistryModel
internal import RegistryServer

/// The node as a process: opens, listens, says what it serves, waits for a signal, drains, closes.
package struct Daemon: Sendable {
  /// The program's version.
  package static let version = "0.1.0"

  private let configuration: DaemonConfiguration
  private let identity: OfficeIdentity
  private let readyFile: String?
  /// The certificates' files as they were before any of them was read.
  private let marks: [Credentials.Mark?]
  /// Tells those who watch the server about it, once there is one.
  private let observation = LateObservation()

  /// Checks what can be checked without opening anything: certificates, keys, identity.
  ///
  /// - Throws: `DaemonFailure` and `TLSError`, both with the configuration at fault.
  package init(_ configuration: DaemonConfiguration, readyFile: String?) throws {
    self.configuration = configuration
    self.readyFile = readyFile
    marks = configuration.credentials.marks
    guard let identity = OfficeIdentity(uri: configuration.identity) else {
      throw DaemonFailure(
        .configuration,
        en: "\(configuration.identity) is not a node's identity",
        zh: "\(configuration.identity) 不是节点身份"
      )
    }
    self.identity = identity
    let certified = try configuration.credentials.context(.server).identity?.uri
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
    // Before anything asks swift-metrics for what it counts with.
    if configuration.metrics != nil { _ = CountRegister.ofProcess }
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
      var node = nodeConfiguration
      node.credential = Renewable(try credential())
      return try RegistryNode(opening: node)
    } catch {
      throw DaemonFailure(opening: configuration, error)
    }
  }

  private func serve(
    _ node: RegistryNode,
    until signals: DaemonSignals,
    _ log: Logger
  ) async throws {
    let calls = try configuration.callLog.map { path throws(DaemonFailure) in
      try CallLog(path: path)
    }
    defer { calls?.finish() }
    let server = try RPCServer(
      router: node.router,
      configuration: serverConfiguration(calls),
      logger: log
    )
    observation.observe(server)
    let metrics = try await startMetrics(log)
    defer { metrics?.cancel() }
    let address = try await listen(server)
    let link: (channel: RPCChannel, task: Task<Void, Never>)?
    do {
      link = try startLink(node, log)
    } catch {
      await server.shutdown()
      throw error
    }
    defer { link?.task.cancel() }
    let reload = reload(server, node, link?.channel, signals, calls, log)
    defer { reload.cancel() }
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
    // Who balances calls hears of it before connections end.
    node.health.end()
    link?.task.cancel()
    // A reload must not run into the loops' end.
    reload.cancel()
    await reload.value
    await link?.task.value
    if await !server.drain(limit: configuration.drainLimit) {
      log.warning("calls in flight were stopped at the drain limit")
    }
  }

  /// The time between two looks for a signal; at the files it is looked every eighth time.
  private static let pause = Duration.milliseconds(250)
  /// After so many pauses all peers are verified again: their certificates and lists end.
  private static let sweep = 4 * 3_600

  /// Reads the certificates again when SIGHUP asks for it, when one of their files changes, and every
  /// hour: certificates and lists end while connections stay. One task, so that none overtakes another.
  private func reload(
    _ server: RPCServer,
    _ node: RegistryNode,
    _ link: RPCChannel?,
    _ signals: DaemonSignals,
    _ calls: CallLog?,
    _ log: Logger
  ) -> Task<Void, Never> {
    Task {
      var seen = marks
      var failure: String?
      var pauses = 0
      while (try? await Task.sleep(for: Self.pause)) != nil {
        pauses += 1
        let isAsked = signals.takeHangUp()
        let now = pauses % 8 == 0 ? configuration.credentials.marks : seen
        let isDue = pauses % Self.sweep == 0 || failure != nil && pauses % 8 == 0
        guard isAsked || isDue || now != seen else { continue }
        seen = now
        if isAsked { Self.reopen(calls, log) }
        do {
          let renewal = try node.renewal(try credential())
          try await server.reload { $0 == identity.uri }
          node.take(renewal)
          // What vouches for the journal is then the connection's certificate again.
          link?.renew()
          failure = nil
          if pauses % Self.sweep != 0 { log.notice("certificates reloaded") }
        } catch {
          // All stays as it was. A file may be half written: it is tried again until it is whole.
          let words = "\(error)"
          if words != failure || isAsked {
            log.error("certificates not reloaded", metadata: ["error": "\(words)"])
          }
          failure = words
        }
      }
    }
  }

  private static func reopen(_ calls: CallLog?, _ log: Logger) {
    do throws(DaemonFailure) {
      try calls?.reopen()
    } catch {
      log.error("the record of calls goes on in its old file", metadata: ["error": "\(error)"])
    }
  }

  /// Serves the counts on this machine, where that is asked for; returns once it listens.
  private func startMetrics(_ log: Logger) async throws -> Task<Void, Never>? {
    guard let place = configuration.metrics else { return nil }
    do {
      let metrics = try await MetricsServer(
        host: place.host,
        port: place.port,
        observation,
        .ofProcess
      )
      let (failures, continuation) = AsyncStream.makeStream(of: (any Error)?.self)
      let task = Task {
        do {
          try await metrics.run()
        } catch is CancellationError {
          return
        } catch {
          log.error("counts are not served any more", metadata: ["error": "\(error)"])
          continuation.yield(error)
        }
      }
      // Whichever comes first: it listens, or it cannot.
      let watch = Task {
        while await metrics.address == nil { try? await Task.sleep(for: .milliseconds(20)) }
        continuation.yield(nil)
      }
      defer { watch.cancel() }
      if case .some(let failure?) = await failures.first(where: { _ in true }) { throw failure }
      let address = await metrics.address ?? ""
      Console.say(
        Text(
          en: "counts (OpenMetrics): http://\(address)/metrics",
          zh: "计数（OpenMetrics）：http://\(address)/metrics"
        )
      )
      return task
    } catch {
      throw DaemonFailure(
        .unavailable,
        en: "counts cannot be served at \(place.host):\(place.port): \(error)",
        zh: "无法在 \(place.host):\(place.port) 提供计数：\(error)"
      )
    }
  }

  /// Keeps the node above up to date, where one is configured.
  private func startLink(
    _ node: RegistryNode,
    _ log: Logger
  ) throws -> (channel: RPCChannel, task: Task<Void, Never>)? {
    guard let upstream = configuration.upstream, let credential = node.configuration.credential
    else { return nil }
    let channel = try RPCChannel(
      configuration: ChannelConfiguration(
        endpoints: [Endpoint(host: upstream.host, port: upstream.port)],
        credentials: configuration.credentials,
        node: upstream.node
      ),
      logger: log
    )
    var link = LinkConfiguration(upstream: upstream.node, credential: credential)
    link.longestWait = upstream.longestWait
    let upstreamLink = try UpstreamLink(
      store: node.store,
      channel: channel,
      configuration: link,
      log: log,
      observe: LinkFaults.observer
    )
    let task = Task {
      await upstreamLink.run()
      await channel.close()
    }
    return (channel, task)
  }

  /// The node's certificate and key as their files are now.
  private func credential() throws -> NodeCredential {
    NodeCredential(
      certificate: try configuration.credentials.context(.server).identity?.certificate ?? [],
      key: try SigningKey(pem: SecretFile.read(at: configuration.key, limit: 64 << 10))
    )
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

  private func serverConfiguration(_ calls: CallLog?) -> ServerConfiguration {
    var server = ServerConfiguration(
      endpoints: [Endpoint(host: configuration.host, port: configuration.port)],
      credentials: configuration.credentials
    )
    server.loops = configuration.loops
    for (limit, value) in configuration.limits { limit.set(value, in: &server) }
    if let calls { server.recordCall = { calls.take($0) } }
    server.detailsType = "registry.v1.ErrorDetails"
    server.software = "registryd \(Self.version)"
    return server
  }

  private var nodeConfiguration: NodeConfiguration {
    var node = NodeConfiguration(
      database: configuration.database,
      sealingKey: configuration.sealingKey,
      identity: identity
    )
    node.signingKey = configuration.signingKey
    node.authorities = configuration.authorities
    node.upstream = configuration.upstream?.node ?? ""
    node.isSynthetic = configuration.isSynthetic
    node.villages = configuration.villages
    node.serials = configuration.serials
    node.checkpointPages = configuration.checkpointPages
    node.pageCache = configuration.pageCache
    node.importWindow = configuration.importWindow
    node.observation = observation
    node.software = "registryd \(Self.version)"
    return node
  }
}
