import RPCCore
import RPCWire
import Synchronization
import Testing

@testable import RPCTransport

/// The rules of PROTOCOL.md, Retries, as a value.
@Suite struct RetryPolicyTests {
  struct Case: Sendable {
    var name: String
    var code: StatusCode = .unavailable
    var processed: Processed = .mayHaveRun
    var attempt = 2
    var isReadOnly = false
    var hasKey = false
    var wasAnswered = true
    var expected: RetryPolicy.Decision
  }

  static let cases: [Case] = [
    Case(name: "may have run", expected: .fail),
    Case(name: "not started", processed: .notStarted, expected: .later(atLeast: 0)),
    Case(name: "read-only", isReadOnly: true, expected: .later(atLeast: 0)),
    Case(name: "key", hasKey: true, expected: .later(atLeast: 0)),
    Case(
      name: "never sent or excluded, first",
      processed: .notStarted,
      attempt: 1,
      wasAnswered: false,
      expected: .now
    ),
    Case(
      name: "never sent, later",
      processed: .notStarted,
      wasAnswered: false,
      expected: .later(atLeast: 0)
    ),
    Case(name: "fifth", processed: .notStarted, attempt: 5, expected: .fail),
    Case(
      name: "a limit, not started",
      code: .resourceExhausted,
      processed: .notStarted,
      expected: .later(atLeast: 0)
    ),
    Case(
      name: "a limit, may have run",
      code: .resourceExhausted,
      isReadOnly: true,
      expected: .fail
    ),
    Case(name: "deadline", code: .deadlineExceeded, isReadOnly: true, expected: .fail),
    Case(name: "internal", code: .internalError, hasKey: true, expected: .fail),
    Case(name: "not permitted", code: .permissionDenied, processed: .notStarted, expected: .fail),
  ]

  @Test(arguments: cases)
  func decides(_ example: Case) {
    var policy = RetryPolicy(maximumAttempts: 5)
    let decision = policy.decide(
      RPCError(code: example.code, message: "", processed: example.processed),
      attempt: example.attempt,
      isReadOnly: example.isReadOnly,
      hasKey: example.hasKey,
      wasAnswered: example.wasAnswered
    )
    #expect(decision == example.expected, "\(example.name)")
  }

  @Test func theServersWishIsHeard() {
    var policy = RetryPolicy(maximumAttempts: 5)
    let error = RPCError(code: .unavailable, message: "", retryDelay: .seconds(3))
    let decision = policy.decide(
      error,
      attempt: 1,
      isReadOnly: true,
      hasKey: false,
      wasAnswered: true
    )
    #expect(decision == .later(atLeast: 3_000_000_000))
  }

  @Test func aServerMayForbidRetries() {
    var policy = RetryPolicy(maximumAttempts: 5)
    var error = RPCError(code: .unavailable, message: "", processed: .notStarted)
    error.forbidsRetry = true
    let decision = policy.decide(
      error,
      attempt: 1,
      isReadOnly: true,
      hasKey: true,
      wasAnswered: true
    )
    #expect(decision == .fail)
  }

  @Test func theBucketStopsRetriesWhenMostCallsFail() {
    var policy = RetryPolicy(maximumAttempts: 5)
    func retries() -> Bool {
      policy.decide(
        RPCError(.unavailable, ""),
        attempt: 1,
        isReadOnly: true,
        hasKey: false,
        wasAnswered: true
      ) != .fail
    }
    let first = (0..<6).map { _ in retries() }
    #expect(first == [true, true, true, true, false, false])
    for _ in 0..<100 { policy.succeeded() }
    let later = retries()
    #expect(later)
  }

  @Test func pausesGrowWithinTheirBounds() {
    let backoff = Backoff()
    #expect(backoff.pause(afterFailures: 1, random: 0.5) == 1_000_000_000)
    #expect(backoff.pause(afterFailures: 2, random: 0.5) == 1_600_000_000)
    #expect(backoff.pause(afterFailures: 3, random: 0) == 2_048_000_000)
    #expect(backoff.pause(afterFailures: 3, random: 1) == 3_072_000_000)
    #expect(backoff.pause(afterFailures: 1_000_000, random: 1) == 36_000_000_000)
  }
}

@Suite(.timeLimit(.minutes(1)))
struct RetryTests {
  static let notStarted = RPCError(code: .unavailable, message: "x", processed: .notStarted)
  static let mayHaveRun = RPCError(.unavailable, "x")

  private func outcome(
    _ method: MethodDescriptor,
    failures: [RPCError],
    key: IdempotencyKey? = nil
  ) async throws -> CallOutcome {
    let installation = try await Installation()
    let channel = try installation.channel()
    installation.service.fail(with: failures)
    let seen = Mutex<[CallOutcome]>([])
    var options = CallOptions(idempotencyKey: key)
    options.onFinish = { outcome in seen.withLock { $0.append(outcome) } }
    _ = try? await channel.echo("a", method, options)
    let outcome = seen.withLock { $0 }
    #expect(outcome.count == 1)
    #expect(installation.service.count("called") == outcome.first?.attempts)
    await channel.close()
    await installation.server.shutdown()
    return try #require(outcome.first)
  }

  @Test func whatNeverStartedIsSentAgain() async throws {
    let outcome = try await outcome(Methods.echo, failures: [Self.notStarted, Self.notStarted])
    #expect(outcome.code == .ok && outcome.attempts == 3)
    #expect(outcome.trailers["attempt"] == "3")
  }

  @Test func whatMayHaveRunIsNot() async throws {
    let outcome = try await outcome(Methods.echo, failures: [Self.mayHaveRun])
    #expect(outcome.code == .unavailable && outcome.attempts == 1)
  }

  @Test func readOnlyIs() async throws {
    let outcome = try await outcome(Methods.read, failures: [Self.mayHaveRun])
    #expect(outcome.code == .ok && outcome.attempts == 2)
  }

  @Test func aWriteWithAKeyIs() async throws {
    let outcome = try await outcome(
      Methods.echo,
      failures: [Self.mayHaveRun],
      key: .random()
    )
    #expect(outcome.code == .ok && outcome.attempts == 2)
  }

  /// Three tries succeed in spite of the bucket; it stops the fifth failure of a fresh channel.
  @Test func attemptsHaveAnEnd() async throws {
    let failures = [RPCError](repeating: Self.notStarted, count: 9)
    let outcome = try await outcome(Methods.echo, failures: failures)
    #expect(outcome.code == .unavailable && outcome.attempts == 5)
  }

  @Test func aServerThatIsNotThereIsTriedFiveTimes() async throws {
    let installation = try await Installation()
    await installation.server.shutdown()
    let channel = try installation.channel()
    await #expect(throws: RPCError(.unavailable, "")) { try await channel.echo("a") }
    await channel.close()
  }

  @Test func theDeadlineBoundsConnecting() async throws {
    let installation = try await Installation()
    await installation.server.shutdown()
    let channel = try installation.channel { $0.backoff.first = 60_000_000_000 }
    await #expect(throws: RPCError(.deadlineExceeded, "")) {
      try await channel.echo("a", Methods.echo, .init(timeout: .milliseconds(50)))
    }
    await channel.close()
  }

  @Test func whatNeverBeganIsReportedToo() async throws {
    let installation = try await Installation()
    await installation.server.shutdown()
    let channel = try installation.channel()
    let seen = Mutex<[CallOutcome]>([])
    let options = CallOptions(onFinish: { outcome in seen.withLock { $0.append(outcome) } })
    await #expect(throws: RPCError(.unavailable, "")) {
      try await channel.echo("a", Methods.echo, options)
    }
    #expect(seen.withLock { $0.map(\.code) } == [.unavailable])
    await channel.close()
  }

  /// A node with another's certificate at one endpoint does not defeat the other endpoint.
  @Test func anEndpointWithAWrongCertificateIsPassedOver() async throws {
    let wrong = try await Installation()
    let right = try await Installation()
    let channel = try right.channel { $0.endpoints.insert(wrong.endpoint, at: 0) }
    #expect(try await channel.echo("a") == "a")
    await channel.close()
    await wrong.server.shutdown()
    await right.server.shutdown()
  }

  @Test func anIdleChannelConnectsAgain() async throws {
    let installation = try await Installation { $0.limits.idleTimeout = 20_000_000 }
    let channel = try installation.channel()
    for number in 0..<5 {
      #expect(try await channel.echo("\(number)") == "\(number)")
      while installation.server.connectionCounts.open > 0 { await Task.yield() }
    }
    await channel.close()
    await installation.server.shutdown()
  }

  @Test func anotherEndpointIsTried() async throws {
    let installation = try await Installation()
    let channel = try installation.channel {
      $0.endpoints.insert(Endpoint(host: "127.0.0.1", port: 1), at: 0)
      $0.backoff.first = 60_000_000_000
    }
    #expect(try await channel.echo("a") == "a")
    await channel.close()
    await installation.server.shutdown()
  }
}
