import Logging
import RPCCore
import RPCSockets
import RPCTLS
import Synchronization
import TestCertificates
import Testing

@testable import RPCTransport

/// Refused clients leave a line in the log, and a flood of them does not fill the disk.
@Suite(.timeLimit(.minutes(1)))
struct RefusalLogTests {
  @Test func aLineForEachRefusedHandshake() async throws {
    let lines = LogLines()
    let installation = try await Installation(logger: lines.logger)
    let stranger = try TestAuthority().issue(.office("421224", "poverty-office", "p0007"))
    let nameless = try installation.authority.issue(
      TestLeaf.office("421224", "audit", "p0001").with { $0.uris = [] }
    )
    for (identity, words) in [
      (stranger, "certificate signed by an unknown authority"),
      (nameless, "certificate has no URI name"),
    ] {
      let before = lines.infos.count
      // The stranger's own authority would refuse the node: it is to be the node that refuses.
      let channel = try installation.channel(as: identity) { configuration in
        configuration.credentials.authorities = [installation.office.authority]
        configuration.maximumAttempts = 1
      }
      await #expect(throws: RPCError.self) { _ = try await channel.echo("a") }
      await channel.close()
      let line = try await lines.info(after: before)
      #expect(line.contains("connection refused") && line.contains(words), "\(line)")
      #expect(line.contains("from=127.0.0.1") && !line.contains("p000"), "\(line)")
    }
    let before = lines.infos.count
    let client = try await Connector.connect(
      host: "127.0.0.1",
      port: installation.endpoint.port,
      on: EventLoop(label: "plain"),
      timeout: 5_000_000_000
    )
    _ = try client.send(UnsafeRawBufferPointer(start: nil, count: 0))
    try "GET / HTTP/1.1\r\n\r\n".utf8.withContiguousStorageIfAvailable {
      _ = try client.send(UnsafeRawBufferPointer($0))
    }
    #expect(try await lines.info(after: before).contains("HTTP"))
    client.close()
    await installation.server.shutdown()
  }

  @Test func aFloodIsCountedAndNotTold() throws {
    let lines = LogLines()
    let log = RefusalLog(lines.logger)
    let error = RPCError(
      code: .unauthenticated,
      message: "certificate revoked",
      cause: TLSError(.certificateRejected, "certificate revoked")
    )
    let start: UInt64 = 3_600_000_000_000
    for _ in 0..<10_000 { log.tell(error, of: "192.0.2.1", at: start) }
    #expect(lines.infos.count == RefusalLog.burst)
    log.tell(error, of: "192.0.2.1", at: start + RefusalLog.interval)
    #expect(lines.infos.count == RefusalLog.burst + 1)
    #expect(lines.infos.last?.contains("untold=\(10_000 - RefusalLog.burst)") == true)
    log.tell(error, of: "192.0.2.1", at: start + RefusalLog.interval)
    #expect(lines.infos.count == RefusalLog.burst + 1)
    // A day of silence makes room for one burst, not for a day's.
    for _ in 0..<100 { log.tell(error, of: "192.0.2.1", at: start + 86_400_000_000_000) }
    #expect(lines.infos.count == 2 * RefusalLog.burst + 1)
  }

  @Test func whoeverOnlyGoesAwayWasNotRefused() {
    let lines = LogLines()
    let log = RefusalLog(lines.logger)
    let gone = TLSError(.truncated, "connection ended without a TLS close")
    log.tell(RPCError(code: .unavailable, message: "x", cause: gone), of: "", at: 1)
    log.tell(RPCError(.unavailable, "the server is shutting down"), of: "", at: 1)
    #expect(lines.infos.isEmpty)
    log.tell(RPCError(.unavailable, Connection.lateHandshake), of: "", at: 1)
    log.tell(RPCError(.resourceExhausted, "too many connections"), of: "", at: 1)
    #expect(lines.infos.count == 2)
  }
}

/// A log in memory.
private final class LogLines: Sendable {
  private struct Handler: LogHandler {
    let lines: LogLines
    var metadata: Logger.Metadata = [:]
    var logLevel = Logger.Level.debug

    subscript(metadataKey key: String) -> Logger.Metadata.Value? {
      get { metadata[key] }
      set { metadata[key] = newValue }
    }

    func log(event: LogEvent) {
      guard event.level >= .info else { return }
      let words = (event.metadata ?? [:]).map { "\($0)=\($1)" }.sorted().joined(separator: " ")
      lines.told.withLock { $0.append("\(event.message) \(words)") }
      lines.signal.yield()
    }
  }

  fileprivate let told = Mutex<[String]>([])
  fileprivate let signal: AsyncStream<Void>.Continuation
  private let signals: AsyncStream<Void>

  init() { (signals, signal) = AsyncStream.makeStream() }

  var infos: [String] { told.withLock { $0 } }

  var logger: Logger { Logger(label: "test") { _ in Handler(lines: self) } }

  /// The line after so many, once it is there.
  func info(after count: Int) async throws -> String {
    for await _ in signals where infos.count > count { break }
    return try #require(infos.dropFirst(count).first)
  }
}
