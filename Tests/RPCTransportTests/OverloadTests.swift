import RPCCore
import RPCWire
import Synchronization
import TestCertificates
import Testing

@testable import RPCTransport

/// A server with more to do than it bears, over TLS.
@Suite(.timeLimit(.minutes(1)))
struct OverloadTests {
  @Test func callsOverTheLimitAreToldWithoutBeingStarted() async throws {
    let installation = try await Installation {
      $0.maximumCalls = 2
      $0.maximumWaitingCalls = 0
    }
    let channel = try installation.channel { $0.maximumAttempts = 1 }
    let held = (0..<2).map { _ in Task { try await channel.echo("a", Methods.gated) } }
    await installation.service.wait(for: "started", count: 2)
    do {
      _ = try await channel.echo("b")
      Issue.record("the third call was let through")
    } catch let error as RPCError {
      #expect(error.code == .resourceExhausted && error.processed == .notStarted)
      #expect(error.retryDelay != nil)
    }
    #expect(installation.service.count("called") == 0)
    installation.service.open()
    for call in held { #expect(try await call.value == "a") }
    #expect(try await channel.echo("c") == "c")
    let snapshot = try #require(await installation.server.snapshot())
    #expect(snapshot.refusedCalls == 1 && snapshot.waitingCalls == 0)
    await channel.close()
    await installation.server.shutdown()
  }

  private static let busy = MethodDescriptor(service: "t", method: "Busy", kind: .unary)
  private static let look = MethodDescriptor(service: "t", method: "Look", kind: .unary)

  /// What a loop has no time for is refused at once, not started, and what it takes on is answered in time;
  /// calls that take no place are answered all the while.
  ///
  /// Also where handlers wait after their computing, and end on the loop later: as for a disk.
  @Test(arguments: Door.allCases, [false, true])
  func aLoopThatIsBehindAnswersInTimeOrRefuses(door: Door, waits: Bool) async throws {
    var router = Router(
      policies: [Self.look.path: MethodPolicy(takesPlace: false, isLeaf: true)],
      defaultPolicy: MethodPolicy(isLeaf: true)
    )
    router.unary(Self.busy) { (request: Text, _) async in
      // Computing, on the loop.
      let end = ContinuousClock.now + .milliseconds(5)
      while ContinuousClock.now < end {}
      if waits { try? await Task.sleep(for: .milliseconds(1)) }
      return request
    }
    router.unary(Self.look) { (request: Text, _) async in request }
    let installation = try await Installation(router: router) { $0.loops = 1 }
    let channel = try installation.channel {
      $0.maximumAttempts = 1
      $0.door = door
    }
    let watcher = try installation.channel { $0.door = door }
    // The loop learns how fast it gets on.
    try await withThrowingTaskGroup(of: String.self) { group in
      for _ in 0..<20 { group.addTask { try await channel.echo("in", Self.busy) } }
      for try await answer in group { #expect(answer == "in") }
    }
    // Half a second of work, and 200 ms for it.
    let options = CallOptions(timeout: .milliseconds(200))
    let outcomes = await withTaskGroup(of: StatusCode.self) { group in
      for _ in 0..<100 {
        group.addTask {
          do {
            _ = try await channel.echo("a", Self.busy, options)
            return .ok
          } catch let error as RPCError {
            return error.code
          } catch {
            return .unknown
          }
        }
      }
      group.addTask {
        do {
          for _ in 0..<5 { _ = try await watcher.echo("look", Self.look) }
          return .ok
        } catch { return .dataLoss }
      }
      var outcomes: [StatusCode: Int] = [:]
      for await code in group { outcomes[code, default: 0] += 1 }
      return outcomes
    }
    // Of the second door a refusal is REFUSED_STREAM, UNAVAILABLE to its client.
    let refused = outcomes[door == .native ? .resourceExhausted : .unavailable, default: 0]
    #expect(outcomes[.ok, default: 0] > 5 && refused > 20, "\(outcomes)")
    #expect(outcomes[.dataLoss] == nil && outcomes[.unknown] == nil)
    #expect(try await channel.echo("later", Self.busy) == "later")
    let snapshot = try #require(await installation.server.snapshot())
    #expect(snapshot.waitingCalls == 0 && snapshot.refusedCalls >= UInt64(refused))
    await channel.close()
    await watcher.close()
    await installation.server.shutdown()
  }

  /// Who asks for much makes nobody else wait for all of it.
  @Test(arguments: Door.allCases)
  func identitiesHaveTheirTurns(door: Door) async throws {
    var router = Router(defaultPolicy: MethodPolicy(isLeaf: true))
    let done = Mutex(0)
    router.unary(Self.busy) { (request: Text, context) async in
      let end = ContinuousClock.now + .milliseconds(10)
      while ContinuousClock.now < end {}
      done.withLock { $0 += 1 }
      return request
    }
    let installation = try await Installation(router: router) { $0.loops = 1 }
    let eager = try installation.channel { $0.door = door }
    let other = try installation.channel(
      as: try installation.authority.issue(.office("421224", "education", "p0009"))
    ) {
      $0.maximumAttempts = 1
      $0.door = door
    }
    // Both are known, and the loop has learnt how fast it gets on.
    #expect(try await other.echo("known", Self.busy) == "known")
    // A second of work.
    let flood = (0..<100).map { _ in Task { try await eager.echo("a", Self.busy) } }
    while done.withLock({ $0 }) < 5 { try await Task.sleep(for: .milliseconds(1)) }
    let options = CallOptions(timeout: .milliseconds(400))
    #expect(try await other.echo("b", Self.busy, options) == "b")
    #expect(done.withLock { $0 } < 80)
    for call in flood { #expect(try await call.value == "a") }
    await eager.close()
    await other.close()
    await installation.server.shutdown()
  }

  @Test func callsWaitForAPlaceAndAreSeenWaiting() async throws {
    let installation = try await Installation { $0.maximumCalls = 1 }
    let channel = try installation.channel()
    let held = Task { try await channel.echo("a", Methods.gated) }
    await installation.service.wait(for: "started")
    let waiting = Task { try await channel.echo("b") }
    var snapshot = try #require(await installation.server.snapshot())
    while snapshot.waitingCalls == 0 {
      snapshot = try #require(await installation.server.snapshot())
    }
    #expect(snapshot.calls.filter(\.isWaiting).map(\.path) == [Methods.echo.path])
    #expect(snapshot.calls.count == 2 && snapshot.connections.count == 1)
    #expect(installation.service.count("called") == 0)
    installation.service.open()
    #expect(try await waiting.value == "b")
    #expect(try await held.value == "a")
    await channel.close()
    await installation.server.shutdown()
  }

  @Test func aCallerThatGivesUpWaitingLeavesNothing() async throws {
    let installation = try await Installation { $0.maximumCalls = 1 }
    let channel = try installation.channel()
    let held = Task { try await channel.echo("a", Methods.gated) }
    await installation.service.wait(for: "started")
    let options = CallOptions(timeout: .milliseconds(50))
    await #expect(throws: RPCError(.deadlineExceeded, "")) {
      try await channel.echo("b", Methods.echo, options)
    }
    var snapshot = try #require(await installation.server.snapshot())
    while snapshot.waitingCalls > 0 || snapshot.calls.count > 1 {
      snapshot = try #require(await installation.server.snapshot())
    }
    installation.service.open()
    #expect(try await held.value == "a")
    #expect(try await channel.echo("c") == "c")
    #expect(installation.service.count("called") == 1)
    await channel.close()
    #expect(await installation.server.drain(limit: .seconds(20)))
  }

  @Test func anOldConnectionIsReplacedWithoutALostCall() async throws {
    let installation = try await Installation {
      $0.maximumAge = 30_000_000
      $0.jitter = 0.5
    }
    let channel = try installation.channel { $0.maximumAttempts = 1 }
    let slow = Task { try await channel.echo("slow", Methods.gated) }
    await installation.service.wait(for: "started")
    let start = ContinuousClock.now
    var count = 0
    while ContinuousClock.now - start < .milliseconds(500) {
      #expect(try await channel.echo("\(count)") == "\(count)")
      count += 1
    }
    installation.service.open()
    // It began on the first connection and was let end there.
    #expect(try await slow.value == "slow")
    let snapshot = try #require(await installation.server.snapshot())
    let echo = try #require(snapshot.methods.first { $0.path == Methods.echo.path })
    #expect(echo.codes[0] == UInt64(count) && echo.started == UInt64(count))
    await channel.close()
    await installation.server.shutdown()
  }

  @Test func messagesInMemoryAreBounded() async throws {
    let installation = try await Installation {
      // What stays behind the other door's window is a little less.
      $0.maximumHeldBytesPerIdentity = Installation.door == .native ? 150_000 : 90_000
      $0.limits.callOutputBytes = 200_000
    }
    let channel = try installation.channel { $0.maximumAttempts = 1 }
    // Nobody takes the answers: what the client gives no credit for stays in memory.
    let call = try await channel.open(Methods.flood, options: CallOptions())
    try await call.send(Text("1000"))
    try await call.finishSending()
    var refusal: RPCError?
    while refusal == nil {
      do { _ = try await channel.echo("a") } catch { refusal = error as? RPCError }
    }
    // gRPC has one way to say that a call was not started.
    let code = Installation.door == .native ? StatusCode.resourceExhausted : .unavailable
    #expect(refusal?.code == code && refusal?.processed == .notStarted)
    // Far too much ends the connection; another identity is not concerned.
    let eager = try installation.channel { $0.maximumAttempts = 1 }
    let stream = try await eager.open(Methods.chat, options: CallOptions())
    try? await stream.send(Text(count: 200_000))
    await #expect(throws: RPCError.self) { _ = try await stream.receive(Text.self) }
    await eager.close()
    let other = try installation.authority.issue(.office("421224", "education", "p0009"))
    let next = try installation.channel(as: other)
    #expect(try await next.echo("b") == "b")
    await channel.close()
    await next.close()
    var snapshot = try #require(await installation.server.snapshot())
    while snapshot.heldBytes > 0 || snapshot.openConnections > 0 {
      snapshot = try #require(await installation.server.snapshot())
    }
    await installation.server.shutdown()
  }

  @Test func eachCallLeavesARecord() async throws {
    let records = Mutex<[CallRecord]>([])
    let installation = try await Installation {
      $0.recordCall = { record in records.withLock { $0.append(record) } }
    }
    let channel = try installation.channel { $0.maximumAttempts = 1 }
    let trace = TraceContext.random()
    _ = try await channel.echo("a", Methods.echo, CallOptions(trace: trace))
    installation.service.fail(with: [RPCError(.notFound, "nothing")])
    _ = try? await channel.echo("b")
    let options = CallOptions(timeout: .milliseconds(50))
    _ = try? await channel.echo("c", Methods.hang, options)
    await installation.service.wait(for: "cancelled")
    let unknown = MethodDescriptor(service: "no", method: "Such", kind: .unary)
    _ = try? await channel.echo("d", unknown)
    await channel.close()
    await installation.server.drain(limit: .seconds(20))
    let found = records.withLock { $0 }
    #expect(found.map(\.code) == [.ok, .notFound, .deadlineExceeded])
    #expect(found[0].trace == trace && found[0].path == Methods.echo.path)
    #expect(found[0].receivedBytes > 5 && found[0].sentBytes > 5)
    #expect(found[2].duration >= 30_000_000 && Set(found.map(\.number)).count == 3)
    let snapshot = try #require(await installation.server.snapshot())
    #expect(snapshot.isDraining && snapshot.methods.last?.started == 1)
    #expect(snapshot.methods.allSatisfy { $0.running == 0 })
  }
}
