internal import Glibc
internal import RPCSockets
internal import Synchronization
internal import Testing

@Suite(.timeLimit(.minutes(1)))
struct EventLoopTests {
  private let clock = ManualClock()

  /// Runs a test body with a loop that is shut down afterwards.
  private func withLoop(
    limits: EventLoop.Limits = .init(),
    clock: ManualClock? = nil,
    _ body: (EventLoop) async throws -> Void
  ) async throws {
    let loop = try EventLoop(limits: limits, clock: clock)
    try await body(loop)
    await loop.shutdown()
  }

  @Test func jobsOfAThreadRunInOrderOnTheLoop() async throws {
    try await withLoop { loop in
      let seen = Mutex<[Int]>([])
      for number in 0..<1_000 {
        loop.execute { seen.withLock { $0.append(loop.isCurrent ? number : -1) } }
      }
      try await loop.run {}
      #expect(seen.withLock { $0 } == Array(0..<1_000))
      #expect(!loop.isCurrent)
    }
  }

  /// What is asked for by `later` runs in order, and jobs and sockets have their turn between.
  @Test func laterRunsWhenThereIsTime() async throws {
    var limits = EventLoop.Limits()
    limits.round = 1_000_000
    try await withLoop(limits: limits) { loop in
      let seen = Mutex<[Int]>([])
      let times = Mutex<[UInt64]>([])
      let behind = try await loop.run { [limits] in
        for number in 0..<20 {
          loop.later(for: loop) {
            let end = loop.freshNow() + limits.round
            while loop.freshNow() < end {}
            seen.withLock { $0.append(number) }
          }
        }
        return loop.isBehind
      }
      #expect(behind)
      // Each of these is answered in a round of its own.
      for _ in 0..<5 {
        let count = try await loop.run { seen.withLock { $0.count } }
        times.withLock { $0.append(UInt64(count)) }
      }
      #expect(times.withLock { $0.first ?? 99 } < 15)
      while seen.withLock({ $0.count }) < 20 { try await loop.run {} }
      #expect(seen.withLock { $0 } == Array(0..<20))
      #expect(try await loop.run { loop.backlogTime(of: loop) } == 0)
    }
  }

  @Test func aBackgroundThreadRunsInOrder() async throws {
    let seen = Mutex<[Int]>([])
    await withCheckedContinuation { done in
      let thread = try? BackgroundThread()
      for number in 0..<1_000 { thread?.execute { seen.withLock { $0.append(number) } } }
      thread?.execute { done.resume() }
    }
    #expect(seen.withLock { $0 } == Array(0..<1_000))
  }

  @Test func noJobOfManyThreadsIsLost() async throws {
    try await withLoop { loop in
      let count = Counter()
      await withTaskGroup(of: Void.self) { group in
        for _ in 0..<8 {
          group.addTask {
            for _ in 0..<2_000 {
              await withCheckedContinuation { waiter in
                loop.execute {
                  count.increment()
                  waiter.resume()
                }
              }
            }
          }
        }
      }
      #expect(count.value == 16_000)
    }
  }

  @Test func aTaskStaysOnItsLoop() async throws {
    try await withLoop { loop in
      let stayed = await Task(executorPreference: loop) {
        var stayed = loop.isCurrent
        for _ in 0..<10 {
          await Task.yield()
          stayed = stayed && loop.isCurrent
          async let child = Self.isCurrent(loop)
          stayed = await child && stayed
        }
        return stayed
      }.value
      #expect(stayed)
    }
  }

  private static func isCurrent(_ loop: EventLoop) async -> Bool { loop.isCurrent }

  @Test func timersFireInOrderAndCancelledOnesDoNot() async throws {
    try await withLoop(clock: clock) { loop in
      let fired = Recorder()
      try await loop.run {
        _ = loop.schedule(after: 20) { fired.append("second") }
        _ = loop.schedule(after: 10) { fired.append("first") }
        let cancelled = loop.schedule(after: 10) { fired.append("cancelled") }
        _ = loop.schedule(after: .max) { fired.append("never") }
        loop.cancel(cancelled)
      }
      clock.advance(by: 9)
      loop.poke()
      try await loop.run {}
      #expect(fired.events == [])
      clock.advance(by: 11)
      loop.poke()
      try await loop.run {}
      #expect(fired.events == ["first", "second"])
    }
  }

  @Test func aTimerWakesAnIdleLoop() async throws {
    try await withLoop { loop in
      let start = loop.freshNow()
      await withCheckedContinuation { waiter in
        loop.execute { _ = loop.schedule(after: 20_000_000) { waiter.resume() } }
      }
      #expect(loop.freshNow() - start >= 20_000_000)
    }
  }

  @Test func endOfTurnComesAfterTheJobsOfItsRound() async throws {
    try await withLoop { loop in
      let recorder = Recorder()
      try await loop.run {
        loop.onTurnEnd(recorder)
        loop.execute { recorder.append("job") }
        recorder.append("first")
      }
      try await loop.run {}
      #expect(recorder.events == ["first", "job", "turn end"])
    }
  }

  @Test func anEndlessChainOfJobsStarvesNoSocket() async throws {
    try await withLoop { loop in
      let done = Counter()
      @Sendable func spin() {
        if done.value == 0 { loop.execute(spin) }
      }
      loop.execute(spin)
      try await echo(on: loop)
      done.increment()
    }
  }

  @Test func busySocketsStarveNoNewcomer() async throws {
    try await withLoop { loop in
      // Sixteen sockets that are always ready, as nobody reads them.
      let pairs = try (0..<16).map { _ in try Socket.pair() }
      let deaf = Recorder()
      let registrations = try await loop.run {
        try pairs.map { try loop.register($0.0.descriptor, interest: .write, handler: deaf) }
      }
      let address = try #require(SocketAddress(host: "127.0.0.1", port: 0))
      let listener = try Listener(ListeningSocket(address), on: loop) { _, _ in
        deaf.append("newcomer")
        deaf.arrive()
      }
      try await listener.start()
      let connection = try await Connector.connect(
        to: listener.address,
        on: loop,
        timeout: 10_000_000_000
      )
      await deaf.arrival()
      #expect(deaf.events == ["newcomer"])
      connection.close()
      await listener.stop()
      try await loop.run { for registration in registrations { loop.deregister(registration) } }
      for pair in pairs { pair.0.close() }
    }
  }

  @Test func aHandlerDeregisteredInTheSameBatchIsNotCalled() async throws {
    try await withLoop { loop in
      let pairs = try (0..<2).map { _ in try Socket.pair() }
      for pair in pairs { _ = try [1].withUnsafeBytes { try pair.1.send($0) } }
      let rivals = try await loop.run {
        let rivals = Rivals(loop)
        // Both are ready before the loop looks: whoever comes first ends the other.
        rivals.registrations = try pairs.map {
          try loop.register($0.0.descriptor, interest: .read, handler: Rivals.One(rivals))
        }
        return rivals
      }
      try await loop.run {}
      try await loop.run {}
      #expect(try await loop.run { rivals.calls } == 1)
      for pair in pairs { pair.0.close() }
    }
  }

  @Test func aPausedSocketIsQuiet() async throws {
    try await withLoop { loop in
      let (near, far) = try Socket.pair()
      _ = try [1].withUnsafeBytes { try far.send($0) }
      let recorder = Recorder()
      let registration = try await loop.run {
        let registration = try loop.register(
          near.descriptor,
          interest: .read,
          handler: recorder
        )
        loop.update(registration, interest: [])
        return registration
      }
      try await loop.run {}
      #expect(recorder.count == 0)
      far.close()
      try await echo(on: loop)
      // The end of the connection was told, and told once.
      #expect(recorder.count == 1)
      try await loop.run { loop.deregister(registration) }
      near.close()
    }
  }

  @Test func shutdownClosesDescriptorsAndStillRunsJobs() async throws {
    let before = try Self.descriptors()
    for _ in 0..<20 {
      let loop = try EventLoop()
      let queued = Counter()
      for _ in 0..<100 { loop.execute { queued.increment() } }
      await loop.shutdown()
      await loop.shutdown()
      #expect(queued.value == 100)
      #expect(try await loop.run { loop.isCurrent })
      #expect(await Task(executorPreference: loop) { loop.isCurrent }.value)
      await #expect(throws: SocketError(.closed, operation: "", reason: "")) {
        try await loop.run { _ = try loop.register(0, interest: .read, handler: Recorder()) }
      }
    }
    // Other tests run beside this one: 20 loops with 3 descriptors each would show.
    #expect(try Self.descriptors() < before + 40)
  }

  @Test func aGroupTakesItsLoopsInTurn() async throws {
    let group = try EventLoopGroup(count: 3)
    let labels = (0..<6).map { _ in group.next().label }
    #expect(Set(labels).count == 3 && labels[0] == labels[3])
    await group.shutdown()
    let standard = try EventLoopGroup()
    #expect(standard.loops.count == sysconf(Int32(_SC_NPROCESSORS_ONLN)))
    await standard.shutdown()
  }

  /// Sends a byte through a pair of sockets on the loop and waits for it.
  private func echo(on loop: EventLoop) async throws {
    let (near, far) = try Socket.pair()
    _ = try [1].withUnsafeBytes { try far.send($0) }
    let recorder = Recorder()
    let registration = try await loop.run {
      try loop.register(near.descriptor, interest: .read, handler: recorder)
    }
    await recorder.arrival()
    try await loop.run { loop.deregister(registration) }
    near.close()
  }

  private static func descriptors() throws -> Int {
    let directory = try #require(opendir("/proc/self/fd"))
    defer { closedir(directory) }
    var count = 0
    while readdir(directory) != nil { count += 1 }
    return count
  }
}

/// Counts from any thread.
private final class Counter: Sendable {
  private let count = Atomic<Int>(0)

  var value: Int { count.load(ordering: .relaxed) }

  func increment() { count.wrappingAdd(1, ordering: .relaxed) }
}

/// Remembers what happened.
final class Recorder: ReadyHandler, TurnEndHandler, Sendable {
  private struct State {
    var events: [String] = []
    var count = 0
    var arrived = false
    var waiter: CheckedContinuation<Void, Never>?
  }

  private let state = Mutex(State())

  var events: [String] { state.withLock { $0.events } }
  var count: Int { state.withLock { $0.count } }

  func append(_ event: String) { state.withLock { $0.events.append(event) } }

  func turnEnded() { append("turn end") }

  func ready(_ events: ReadyEvents) {
    state.withLock { $0.count += 1 }
    if events.contains(.read) { arrive() }
  }

  func arrive() {
    state.withLock { state in
      state.arrived = true
      defer { state.waiter = nil }
      return state.waiter
    }?.resume()
  }

  func arrival() async {
    await withCheckedContinuation { waiter in
      let arrived = state.withLock { state in
        if !state.arrived { state.waiter = waiter }
        return state.arrived
      }
      if arrived { waiter.resume() }
    }
  }
}

/// Handlers of which the first to be called ends all.
private final class Rivals: @unchecked Sendable {
  // Unchecked: used on the loop only.
  final class One: ReadyHandler {
    private let all: Rivals

    init(_ all: Rivals) { self.all = all }

    func ready(_ events: ReadyEvents) { all.called() }
  }

  let loop: EventLoop
  var registrations: [Registration] = []
  var calls = 0

  init(_ loop: EventLoop) { self.loop = loop }

  func called() {
    calls += 1
    for registration in registrations { loop.deregister(registration) }
  }
}
