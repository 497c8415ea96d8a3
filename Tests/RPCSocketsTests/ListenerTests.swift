internal import Dispatch
internal import Glibc
internal import RPCSockets
internal import Synchronization
internal import Testing

@Suite(.timeLimit(.minutes(1)))
struct ListenerTests {
  private let second: UInt64 = 1_000_000_000

  @Test(arguments: ["127.0.0.1", "::1"])
  func connectsAndExchangesBytes(_ host: String) async throws {
    let loop = try EventLoop()
    let address = try #require(SocketAddress(host: host, port: 0))
    let taken = Mutex<[(Socket, SocketAddress)]>([])
    let recorder = Recorder()
    let listener = try Listener(ListeningSocket(address), on: loop) { socket, peer in
      taken.withLock { $0.append((socket, peer)) }
      recorder.arrive()
    }
    #expect(listener.address.port != 0 && listener.address.host == host)
    try await listener.start()
    let client = try await Connector.connect(
      host: host,
      port: listener.address.port,
      on: loop,
      timeout: 10 * second
    )
    await recorder.arrival()
    let (server, peer) = try #require(taken.withLock { $0.first })
    #expect(peer == client.localAddress)
    #expect(client.peerAddress == listener.address)
    try client.setNoDelay()
    try client.setKeepalive(.init())
    try client.setUserTimeout(milliseconds: 30_000)
    #expect(try client.receive() == .wouldBlock)
    #expect(try [5, 6].withUnsafeBytes { try server.send($0) } == .bytes(16))
    server.shutdownWriting()
    #expect(try await client.receiveWhenReady(on: loop) == .bytes(16))
    #expect(try await client.receiveWhenReady(on: loop) == .closed)
    await listener.stop()
    await loop.shutdown()
  }

  /// Until there is time they are where they cost nothing, and then they are taken.
  @Test func newcomersWaitWhileThereIsNoTime() async throws {
    let loop = try EventLoop()
    let address = try #require(SocketAddress(host: "127.0.0.1", port: 0))
    let hasTime = Atomic<Bool>(false)
    let asked = Atomic<Int>(0)
    let taken = Mutex<[Socket]>([])
    let recorder = Recorder()
    let listener = try Listener(
      ListeningSocket(address),
      on: loop,
      hasTime: {
        asked.add(1, ordering: .relaxed)
        return hasTime.load(ordering: .relaxed)
      },
      accepted: { socket, _ in
        taken.withLock { $0.append(socket) }
        recorder.arrive()
      }
    )
    try await listener.start()
    let client = try await Connector.connect(
      host: "127.0.0.1",
      port: listener.address.port,
      on: loop,
      timeout: 10 * second
    )
    // It is looked again and again, and nobody is taken.
    while asked.load(ordering: .relaxed) < 3 { try await Task.sleep(for: .milliseconds(1)) }
    #expect(taken.withLock { $0.isEmpty })
    hasTime.store(true, ordering: .relaxed)
    await recorder.arrival()
    #expect(taken.withLock { $0.first?.peerAddress } == client.localAddress)
    await listener.stop()
    await loop.shutdown()
  }

  @Test func aBackgroundThreadTellsHowMuchWaits() throws {
    let thread = try BackgroundThread()
    let gate = DispatchSemaphore(value: 0)
    let begun = DispatchSemaphore(value: 0)
    thread.execute {
      begun.signal()
      gate.wait()
    }
    begun.wait()
    #expect(thread.waiting == 0)
    for _ in 0..<3 { thread.execute {} }
    #expect(thread.waiting == 3)
    gate.signal()
    while thread.waiting > 0 { usleep(1_000) }
  }

  @Test func aTakenAddressIsSaid() throws {
    let address = try #require(SocketAddress(host: "127.0.0.1", port: 0))
    let first = try ListeningSocket(address)
    let error = #expect(throws: SocketError.self) { try ListeningSocket(first.address) }
    #expect(error?.code == .addressInUse)
    #expect(error?.description == "listen on \(first.address): Address already in use")
  }

  @Test func withoutDescriptorsTheNewcomerIsTurnedAway() async {
    // In a process of its own, as the limit is the whole process's.
    await #expect(processExitsWith: .success) {
      let address = try #require(SocketAddress(host: "127.0.0.1", port: 0))
      let listening = try ListeningSocket(address)
      let loop = try EventLoop()
      let clients = try await [
        Connector.connect(to: listening.address, on: loop, timeout: 10_000_000_000),
        Connector.connect(to: listening.address, on: loop, timeout: 10_000_000_000),
      ]
      // No descriptor beyond those in use, so that only the spare one's place can be had.
      let free = dup(0)
      close(free)
      func allow(_ count: Int32) {
        var limit = rlimit(rlim_cur: rlim_t(count), rlim_max: rlim_t(free))
        #expect(setrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit) == 0)
      }
      allow(free)
      guard case .refused = try listening.accept() else { exit(1) }
      allow(0)
      guard case .exhausted = try listening.accept() else { exit(2) }
      allow(free)
      // The spare one is had again, and then the second client turned away.
      guard case .refused = try listening.accept() else { exit(3) }
      guard case .none = try listening.accept() else { exit(4) }
      withExtendedLifetime(clients) {}
    }
  }

  @Test func nobodyListensIsRefused() async throws {
    let loop = try EventLoop()
    let address = try #require(SocketAddress(host: "127.0.0.1", port: 0))
    let listening = try ListeningSocket(address)
    listening.close()
    await #expect(throws: SocketError(.refused, operation: "", reason: "")) {
      try await Connector.connect(to: listening.address, on: loop, timeout: 10 * second)
    }
    await loop.shutdown()
  }

  @Test func anAttemptEndsWithItsTimeOrItsTask() async throws {
    let clock = ManualClock()
    let loop = try EventLoop(clock: clock)
    // A full queue of connections leaves the next attempt without an answer.
    let listening = try ListeningSocket(
      try #require(SocketAddress(host: "127.0.0.1", port: 0)),
      backlog: 0
    )
    let address = listening.address
    let filler = try await Connector.connect(
      to: address,
      on: loop,
      timeout: 10 * second
    )
    let late = Task {
      try await Connector.connect(to: address, on: loop, timeout: 5 * second)
    }
    // An address that does not answer leaves the next one its share of the time.
    let answering = try ListeningSocket(
      try #require(SocketAddress(host: "127.0.0.1", port: 0)),
      backlog: 8
    )
    let addresses = [address, answering.address]
    let shared = Task {
      // Not before: the clock runs on while the task waits to begin.
      let begin = clock.now
      try await Connector.connect(toFirstOf: addresses, on: loop, timeout: 100 * second).close()
      return clock.now - begin
    }
    let advance = Task {
      while !Task.isCancelled {
        clock.advance(by: second)
        try await loop.run {}
      }
    }
    await #expect(throws: SocketError(.timedOut, operation: "", reason: "")) {
      try await late.value
    }
    #expect(try await (50 * second..<100 * second).contains(shared.value))
    answering.close()
    advance.cancel()
    let abandoned = Task {
      try await Connector.connect(to: address, on: loop, timeout: .max)
    }
    abandoned.cancel()
    await #expect(throws: CancellationError.self) { try await abandoned.value }
    filler.close()
    listening.close()
    await loop.shutdown()
  }

  @Test func namesAreResolvedAndUnknownOnesSaid() async throws {
    let addresses = try await SocketAddress.resolve(host: "localhost", port: 7443)
    #expect(addresses.contains { $0.host == "127.0.0.1" || $0.host == "::1" })
    await #expect(throws: SocketError(.nameNotFound, operation: "", reason: "")) {
      try await SocketAddress.resolve(host: "no-such-host.invalid", port: 7443)
    }
    #expect(SocketAddress(host: "localhost", port: 1) == nil)
    #expect(SocketAddress(host: "::1", port: 7443)?.description == "[::1]:7443")
    #expect(SocketAddress(host: "10.1.2.3", port: 65_535)?.description == "10.1.2.3:65535")
  }
}

extension Socket {
  fileprivate func receive() throws -> Transfer {
    var bytes = [UInt8](repeating: 0, count: 64)
    return try bytes.withUnsafeMutableBytes { try receive(into: $0) }
  }

  fileprivate func receiveWhenReady(on loop: EventLoop) async throws -> Transfer {
    let recorder = Recorder()
    let registration = try await loop.run { [self] in
      try loop.register(descriptor, interest: .read, handler: recorder)
    }
    await recorder.arrival()
    try await loop.run { loop.deregister(registration) }
    return try receive()
  }
}
