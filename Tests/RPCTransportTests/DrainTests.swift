import RPCCore
import RPCWire
import Testing

@testable import RPCTransport

@Suite(.timeLimit(.minutes(1)))
struct DrainTests {
  @Test func drainLosesNoCall() async throws {
    let installation = try await Installation()
    let channel = try installation.channel()
    let calls = (0..<20).map { number in
      Task { try await channel.echo("\(number)", Methods.gated) }
    }
    await installation.service.wait(for: "started", count: 20)
    let drained = Task { await installation.server.drain(limit: .seconds(30)) }
    installation.service.open()
    for (number, call) in calls.enumerated() { #expect(try await call.value == "\(number)") }
    #expect(await drained.value)
    #expect(installation.server.connectionCounts.open == 0)
    await channel.close()
  }

  /// Calls go on while one server drains and another takes its place at the same port.
  @Test func restartUnderLoadIsNotSeenByCallers() async throws {
    let first = try await Installation()
    let channel = try first.channel { $0.backoff.first = 100_000_000 }
    #expect(try await channel.echo("before", Methods.read) == "before")
    let load = Task {
      for number in 0..<300 {
        let answer = try await channel.echo("\(number)", Methods.read)
        #expect(answer == "\(number)")
        await Task.yield()
      }
    }
    await first.service.wait(for: "called", count: 20)
    await first.server.drain(limit: .seconds(10))
    let second = try await Installation(authority: first.authority, port: first.endpoint.port)
    try await load.value
    #expect(second.service.count("called") > 0)
    await channel.close()
    await second.server.shutdown()
  }

  @Test func theLimitEndsWhatStillRuns() async throws {
    let installation = try await Installation()
    let channel = try installation.channel { $0.maximumAttempts = 1 }
    let call = Task { try await channel.echo("a", Methods.hang) }
    await installation.service.wait(for: "started")
    #expect(await installation.server.drain(limit: .milliseconds(50)) == false)
    await #expect(throws: RPCError(.unavailable, "")) { try await call.value }
    await installation.service.wait(for: "cancelled")
    await channel.close()
  }

  /// A handler that does not listen ends after its server, and nothing breaks.
  @Test func handlersMayOutliveTheirConnectionAndServer() async throws {
    let installation = try await Installation()
    let channel = try installation.channel { $0.maximumAttempts = 1 }
    let call = Task { try await channel.echo("a", Methods.gated) }
    await installation.service.wait(for: "started")
    await installation.server.shutdown()
    await #expect(throws: RPCError(.unavailable, "")) { try await call.value }
    installation.service.open()
    await installation.service.wait(for: "passed")
    await channel.close()
  }

  @Test func closingTheChannelEndsItsCalls() async throws {
    let installation = try await Installation()
    let channel = try installation.channel()
    let call = Task { try await channel.echo("a", Methods.hang) }
    await installation.service.wait(for: "started")
    await channel.close()
    await #expect(throws: RPCError(.cancelled, "")) { try await call.value }
    await installation.service.wait(for: "cancelled")
    await #expect(throws: (any Error).self) { try await channel.echo("late") }
    await installation.server.shutdown()
  }
}
