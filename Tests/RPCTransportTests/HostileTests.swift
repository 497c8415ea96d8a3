import RPCCore
import RPCSockets
import RPCTLS
import RPCWire
import TestCertificates
import Testing

@testable import RPCTransport

/// Those who do not keep to the protocol, and those who may not speak at all.
@Suite(.timeLimit(.minutes(1)))
struct HostileTests {
  @Test(arguments: [
    "GET / HTTP/1.1\r\nHost: x\r\n\r\n",
    String(repeating: "\u{0}", count: 5000),
    "\u{16}\u{3}\u{1}\u{7f}\u{7f}" + String(repeating: "x", count: 20_000),
  ])
  func noTLS(bytes: String) async throws {
    let installation = try await Installation()
    let loop = try EventLoop()
    let socket = try await Connector.connect(
      host: "127.0.0.1",
      port: installation.endpoint.port,
      on: loop,
      timeout: 5_000_000_000
    )
    let sent = Array(bytes.utf8)
    sent.withUnsafeBytes { _ = try? socket.send($0) }
    while installation.server.connectionCounts.pending > 0 {
      try await Task.sleep(for: .milliseconds(1))
    }
    let channel = try installation.channel()
    #expect(try await channel.echo("alive") == "alive")
    await channel.close()
    await installation.server.shutdown()
    await loop.shutdown()
  }

  @Test func aSilentConnectionIsClosedInTime() async throws {
    let installation = try await Installation { $0.handshakeTimeout = 20_000_000 }
    let loop = try EventLoop()
    let socket = try await Connector.connect(
      host: "127.0.0.1",
      port: installation.endpoint.port,
      on: loop,
      timeout: 5_000_000_000
    )
    var byte: [UInt8] = [0]
    while true {
      let result = try? byte.withUnsafeMutableBytes { try socket.receive(into: $0) }
      if result != .wouldBlock { break }
      try await Task.sleep(for: .milliseconds(1))
    }
    // The peer may see the end before the server has counted it; the time limit bounds the wait.
    while installation.server.connectionCounts.pending > 0 {
      try await Task.sleep(for: .milliseconds(1))
    }
    await installation.server.shutdown()
    await loop.shutdown()
  }

  /// Handshakes that are begun and left do not keep out those who go on with theirs.
  @Test func theFirstOfTooManyHandshakesGivesWay() async throws {
    // On one loop they begin in the order in which they came.
    let installation = try await Installation {
      $0.maximumPendingConnections = 4
      $0.handshakeTimeout = 120_000_000_000
      $0.loops = 1
    }
    let loop = try EventLoop()
    var silent: [Socket] = []
    for _ in 0..<4 {
      silent.append(
        try await Connector.connect(
          host: "127.0.0.1",
          port: installation.endpoint.port,
          on: loop,
          timeout: 5_000_000_000
        )
      )
    }
    while installation.server.connectionCounts.pending < 4 {
      try await Task.sleep(for: .milliseconds(1))
    }
    let channel = try installation.channel()
    #expect(try await channel.echo("in") == "in")
    var byte: [UInt8] = [0]
    let ends = try silent.map { socket in
      try byte.withUnsafeMutableBytes { try socket.receive(into: $0) }
    }
    #expect(ends == [.closed, .wouldBlock, .wouldBlock, .wouldBlock])
    #expect(installation.server.connectionCounts.pending == 3)
    #expect(await installation.server.snapshot()?.refusedConnections == 1)
    await channel.close()
    await installation.server.shutdown()
    #expect(installation.server.connectionCounts.pending == 0)
    await loop.shutdown()
  }

  @Test func strangersAreRefusedBeforeAnyByte() async throws {
    let installation = try await Installation()
    let stranger = try TestAuthority().issue(.office("421224", "poverty-office", "p0007"))
    let channel = try installation.channel(as: stranger) {
      $0.credentials.authorities = [installation.authority.certificate]
    }
    await #expect(throws: RPCError(.unauthenticated, "")) { try await channel.echo("a") }
    #expect(installation.service.count("called") == 0)
    await channel.close()
    await installation.server.shutdown()
  }

  @Test func anotherNodeIsNotTheOneAskedFor() async throws {
    let installation = try await Installation()
    let channel = try installation.channel { $0.node = "registry://421223/node/main" }
    await #expect(throws: RPCError(.unauthenticated, "")) { try await channel.echo("a") }
    await channel.close()
    await installation.server.shutdown()
  }

  @Test func capsHold() async throws {
    let installation = try await Installation { $0.maximumConnectionsPerIdentity = 2 }
    let channels = try (0..<3).map { _ in try installation.channel { $0.maximumAttempts = 1 } }
    for channel in channels.prefix(2) { #expect(try await channel.echo("a") == "a") }
    await #expect(throws: RPCError.self) { try await channels[2].echo("a") }
    await channels[0].close()
    while installation.server.connectionCounts.open > 1 {
      try await Task.sleep(for: .milliseconds(1))
    }
    let fourth = try installation.channel()
    #expect(try await fourth.echo("a") == "a")
    for channel in channels.dropFirst() + [fourth] { await channel.close() }
    await installation.server.shutdown()
  }

  /// Bytes after the handshake, each from a verified client that means harm.
  static let attacks: [(String, [UInt8], Bool)] = [
    ("HTTP inside TLS", Array("POST / HTTP/1.1\r\nContent-Length: 9\r\n\r\n".utf8), true),
    ("a lying length", [0x7f, 0xff, 0xff, 0xff, 1, 0, 0, 0, 0, 0, 0, 0], true),
    ("an unknown type", [0, 0, 0, 0, 0x7e, 0, 0, 0, 0, 0, 0, 0], true),
    ("half a header", [0, 0, 0], false),
  ]

  @Test(arguments: attacks)
  func attack(name: String, bytes: [UInt8], isFatal: Bool) async throws {
    let installation = try await Installation()
    let answer = try await RawClient.exchange(
      bytes,
      with: installation,
      endsItself: !isFatal
    )
    // HELLO, and FATAL where the bytes were a fault.
    try #require(answer.count > 12 && answer[4] == 1)
    if isFatal {
      let hello = 12 + Int(answer[3])
      #expect(answer.count > hello + 12 && answer[hello + 4] == 0x0a, "\(name)")
    }
    let channel = try installation.channel()
    #expect(try await channel.echo("alive") == "alive")
    await channel.close()
    await installation.server.shutdown()
  }
}

extension HostileTests {
  /// Bytes that TLS holds already are read once the output has left.
  @Test func readingGoesOnAfterTheOutputHasLeft() async throws {
    let installation = try await Installation { $0.limits.stalledOutputBytes = 0 }
    let engine = Engine(role: .client, limits: Limits(), software: "test", now: 1)
    var bytes = Array(engine.offerOutput())
    func frame(_ type: UInt8, _ payload: [UInt8]) -> [UInt8] {
      let length = [UInt8(payload.count >> 8), UInt8(payload.count & 0xff)]
      return [0, 0] + length + [type, 0, 0, 0, 0, 0, 0, 0] + payload
    }
    let ping = frame(8, [1, 2, 3, 4, 5, 6, 7, 8])
    // The first record ends within a frame that is skipped, the second holds the rest.
    bytes += ping + frame(0x80, [UInt8](repeating: 0, count: 16_340)) + ping + frame(0x0a, [])
    let answer = try await RawClient.exchange(bytes, with: installation, endsItself: false)
    let acknowledgements = answer.indices.filter { answer[$0...].starts(with: [8, 1, 0, 0]) }
    #expect(acknowledgements.count == 2)
    await installation.server.shutdown()
  }

  /// Handlers that do not listen keep their connection's place.
  @Test func handlersCountAfterTheirConnectionIsGone() async throws {
    let installation = try await Installation { $0.maximumConnectionsPerIdentity = 1 }
    let channel = try installation.channel()
    let call = Task { try await channel.echo("a", Methods.gated) }
    await installation.service.wait(for: "started")
    await channel.close()
    await #expect(throws: (any Error).self) { try await call.value }
    let next = try installation.channel()
    await #expect(throws: RPCError(.unavailable, "")) { try await next.echo("b", Methods.read) }
    #expect(installation.service.count("called") == 0)
    await next.close()
    let drained = Task { await installation.server.drain(limit: .seconds(30)) }
    installation.service.open()
    #expect(await drained.value)
    #expect(installation.service.count("passed") == 1)
    #expect(installation.server.connectionCounts.open == 0)
  }
}

/// A TLS client that sends any bytes and keeps what comes back until the server closes.
final class RawClient: ReadyHandler, @unchecked Sendable {
  // Unchecked: touched on its loop only.

  private let loop: EventLoop
  private let socket: Socket
  private let session: TLSSession
  private let bytes: [UInt8]
  private let endsItself: Bool
  private var registration: Registration?
  private var isShaken = false
  private var answer: [UInt8] = []
  private var waiter: CheckedContinuation<[UInt8], Never>?

  private init(
    loop: EventLoop,
    socket: Socket,
    session: TLSSession,
    bytes: [UInt8],
    endsItself: Bool
  ) {
    self.loop = loop
    self.socket = socket
    self.session = session
    self.bytes = bytes
    self.endsItself = endsItself
  }

  static func exchange(
    _ bytes: [UInt8],
    with installation: Installation,
    endsItself: Bool
  ) async throws -> [UInt8] {
    let loop = try EventLoop()
    let socket = try await Connector.connect(
      host: "127.0.0.1",
      port: installation.endpoint.port,
      on: loop,
      timeout: 5_000_000_000
    )
    let context = try installation.office.credentials.context(
      .client,
      protocols: [TLSConfiguration.defaultProtocol]
    )
    let answer: [UInt8] = await withCheckedContinuation { waiter in
      loop.execute {
        guard let session = try? TLSSession(context: context, descriptor: socket.descriptor) else {
          return waiter.resume(returning: [])
        }
        let client = RawClient(
          loop: loop,
          socket: socket,
          session: session,
          bytes: bytes,
          endsItself: endsItself
        )
        client.waiter = waiter
        client.registration = try? loop.register(
          socket.descriptor,
          interest: [.read],
          handler: client
        )
        client.ready(.write)
      }
    }
    await loop.shutdown()
    return answer
  }

  func ready(_ events: ReadyEvents) {
    do {
      if !isShaken {
        guard try session.handshake() == .done else { return }
        isShaken = true
        // A write takes a record at most.
        var rest = bytes[...]
        while !rest.isEmpty,
          case .bytes(let count) = try rest.withUnsafeBytes({ try session.write($0) })
        {
          rest = rest.dropFirst(count)
        }
      }
      var buffer = [UInt8](repeating: 0, count: 16 << 10)
      while true {
        switch try buffer.withUnsafeMutableBytes({ try session.read(into: $0) }) {
        case .bytes(let count):
          answer += buffer[..<count]
          if endsItself {
            session.shutdown()
            return finish()
          }
        case .closed: return finish()
        default: return
        }
      }
    } catch {
      finish()
    }
  }

  private func finish() {
    if let registration { loop.deregister(registration) }
    registration = nil
    socket.close()
    waiter?.resume(returning: answer)
    waiter = nil
  }
}
