import RPCCore
import RPCWire
import Synchronization
import Testing

@testable import RPCTransport

/// How the same test reaches the service: in process for speed, over TLS for truth.
enum Way: String, CaseIterable, Sendable {
  case inProcess
  case live

  func withChannel(
    _ body: (any Channel, TestService) async throws -> Void
  ) async throws {
    switch self {
    case .inProcess:
      let service = TestService()
      let peer = Peer(identity: "registry://421224/poverty-office/p0007")
      try await body(InProcessChannel(router: service.router(), peer: peer), service)
    case .live:
      let installation = try await Installation()
      let channel = try installation.channel()
      try await body(channel, installation.service)
      await channel.close()
      await installation.server.shutdown()
    }
  }
}

@Suite(.timeLimit(.minutes(1)))
struct CallTests {
  @Test(arguments: Way.allCases)
  func fourKinds(way: Way) async throws {
    try await way.withChannel { channel, _ in
      #expect(try await channel.echo("a") == "a")
      let parts = try await channel.serverStreaming(
        Methods.split,
        Text("一二三"),
        returning: Text.self,
        options: .init()
      )
      #expect(try await parts.call.head()["parts"] == "characters")
      var seen: [String] = []
      for try await part in parts { seen.append(part.value) }
      #expect(seen == ["一", "二", "三"])
      let joining = try await channel.clientStreaming(
        Methods.join,
        sending: Text.self,
        returning: Text.self,
        options: .init()
      )
      for _ in 0..<1000 { try await joining.send(Text(count: 1000)) }
      #expect(try await joining.finish().value == "1000000")
      let chat = try await channel.bidirectional(
        Methods.chat,
        sending: Text.self,
        returning: Text.self,
        options: .init()
      )
      for word in ["one", "two"] {
        try await chat.send(Text(word))
        #expect(try await chat.responses.next() == Text(word + "!"))
      }
      try await chat.finishSending()
      #expect(try await chat.responses.next() == nil)
    }
  }

  @Test(arguments: Way.allCases)
  func statusAndTrailers(way: Way) async throws {
    try await way.withChannel { channel, service in
      let failure = RPCError(
        code: .failedPrecondition,
        message: "as asked",
        details: [1, 2, 3],
        metadata: ["why": "test"]
      )
      service.fail(with: [failure])
      do {
        _ = try await channel.echo("a")
        Issue.record("no error")
      } catch let error as RPCError {
        #expect(error.code == .failedPrecondition && error.message == "as asked")
        #expect(error.details == [1, 2, 3])
        // Its own metadata may be another call's; the handler's goes by the trailers.
        #expect(error.metadata["why"] == nil && error.metadata["attempt"] == "1")
      }
      await confirmation { ended in
        let options = CallOptions(onFinish: { outcome in
          #expect(outcome.code == .ok && outcome.attempts == 1)
          #expect(outcome.trailers["seen-by"] == "registry://421224/poverty-office/p0007")
          ended()
        })
        _ = try? await channel.echo("a", Methods.echo, options)
      }
    }
  }

  @Test(arguments: Way.allCases)
  func unknownMethodIsUnimplemented(way: Way) async throws {
    let method = MethodDescriptor(service: "t.Echo", method: "Nothing", kind: .unary)
    try await way.withChannel { channel, _ in
      await #expect(throws: RPCError(.unimplemented, "")) { try await channel.echo("a", method) }
    }
  }

  @Test(arguments: Way.allCases)
  func deadlineEndsAHangingHandler(way: Way) async throws {
    try await way.withChannel { channel, service in
      await #expect(throws: RPCError(.deadlineExceeded, "")) {
        try await channel.echo("a", Methods.hang, .init(timeout: .milliseconds(50)))
      }
      if service.count("started") > 0 { await service.wait(for: "cancelled") }
    }
  }

  @Test(arguments: Way.allCases)
  func cancellingTheCallerCancelsTheHandler(way: Way) async throws {
    try await way.withChannel { channel, service in
      let caller = Task { try await channel.echo("a", Methods.hang) }
      await service.wait(for: "started")
      caller.cancel()
      await #expect(throws: RPCError(.cancelled, "")) { try await caller.value }
      await service.wait(for: "cancelled")
    }
  }

  @Test(arguments: Way.allCases)
  func droppingAStreamCancelsTheHandler(way: Way) async throws {
    try await way.withChannel { channel, service in
      do {
        let stream = try await channel.serverStreaming(
          Methods.flood,
          Text("1000000"),
          returning: Text.self,
          options: .init()
        )
        #expect(try await stream.next() != nil)
      }
      await service.wait(for: "flood over")
    }
  }

  @Test func oneHundredCallsAtATimeOnOneConnection() async throws {
    let installation = try await Installation()
    let channel = try installation.channel()
    try await withThrowingTaskGroup(of: Void.self) { group in
      for number in 0..<100 {
        group.addTask {
          let answer = try await channel.echo("\(number)", Methods.gated)
          #expect(answer == "\(number)")
        }
      }
      await installation.service.wait(for: "started", count: 100)
      #expect(installation.server.connectionCounts.open == 1)
      installation.service.open()
      try await group.waitForAll()
    }
    await channel.close()
    await installation.server.shutdown()
  }

  /// More than the server takes at a time: the channel holds them back.
  @Test func oneThousandCallsWaitForTheirTurn() async throws {
    let installation = try await Installation { $0.limits.concurrentCalls = 8 }
    let channel = try installation.channel()
    try await withThrowingTaskGroup(of: Void.self) { group in
      for number in 0..<1000 {
        group.addTask {
          let answer = try await channel.echo("\(number)")
          #expect(answer == "\(number)")
        }
      }
      try await group.waitForAll()
    }
    #expect(installation.service.count("called") == 1000)
    await channel.close()
    await installation.server.shutdown()
  }

  @Test func aSlowReaderHoldsItsWriterNotTheConnection() async throws {
    let installation = try await Installation()
    let channel = try installation.channel()
    let stream = try await channel.serverStreaming(
      Methods.flood,
      Text("2000"),
      returning: Text.self,
      options: .init()
    )
    #expect(try await stream.next() != nil)
    // 20 MB wait to be read; other calls pass.
    for number in 0..<50 { #expect(try await channel.echo("\(number)") == "\(number)") }
    // Window, queue and output of 10,000 bytes each.
    #expect(installation.service.count("written") < 60)
    var count = 1
    while try await stream.next() != nil { count += 1 }
    #expect(count == 2000)
    await channel.close()
    await installation.server.shutdown()
  }

  @Test func deadlinesPassOnToNestedCalls() async throws {
    let upstream = try await Installation()
    let front = try await Installation()
    let link = try upstream.channel()
    front.service.setUpstream(link)
    let channel = try front.channel()
    await #expect(throws: RPCError(.deadlineExceeded, "")) {
      try await channel.echo("a", Methods.nested, .init(timeout: .milliseconds(200)))
    }
    // The upstream handler, of whom the caller knows nothing, is stopped by the same deadline.
    if upstream.service.count("started") > 0 { await upstream.service.wait(for: "cancelled") }
    for channel in [channel, link] { await channel.close() }
    for server in [front.server, upstream.server] { await server.shutdown() }
  }

  @Test(arguments: Way.allCases)
  func aTraceContextTravels(way: Way) async throws {
    try await way.withChannel { channel, _ in
      let trace = TraceContext.random()
      let seen = Outcomes()
      _ = try await channel.echo("a", Methods.echo, .init(trace: trace, onFinish: seen.add))
      _ = try await channel.echo("a", Methods.echo, .init(onFinish: seen.add))
      #expect(seen.all.map { $0.trailers["trace"] } == [trace.traceparent, nil])
    }
  }

  @Test func aTraceContextPassesOnToNestedCalls() async throws {
    let upstream = try await Installation()
    let front = try await Installation()
    let link = try upstream.channel()
    front.service.setUpstream(link)
    let channel = try front.channel()
    let trace = TraceContext.random(isSampled: false)
    let seen = Outcomes()
    _ = try await channel.echo("trace", Methods.nested, .init(trace: trace, onFinish: seen.add))
    #expect(seen.all.map { $0.trailers["upstream"] } == [trace.traceparent])
    for channel in [channel, link] { await channel.close() }
    for server in [front.server, upstream.server] { await server.shutdown() }
  }

  @Test func theMethodsOwnMaximumHolds() async throws {
    let policy = MethodPolicy(maximumDuration: .milliseconds(50), maximumMessageBytes: 1000)
    let installation = try await Installation(
      policies: [Methods.hang.path: policy, Methods.echo.path: policy]
    )
    let channel = try installation.channel()
    await #expect(throws: RPCError(.deadlineExceeded, "")) {
      try await channel.echo("a", Methods.hang)
    }
    await #expect(throws: RPCError(.resourceExhausted, "")) {
      try await channel.unary(
        Methods.echo,
        Text(count: 1001),
        returning: Text.self,
        options: .init()
      )
    }
    #expect(try await channel.echo("the connection lives") == "the connection lives")
    await channel.close()
    await installation.server.shutdown()
  }
}

/// Collects how calls ended.
final class Outcomes: Sendable {
  private let outcomes = Mutex<[CallOutcome]>([])

  var all: [CallOutcome] { outcomes.withLock { $0 } }

  func add(_ outcome: CallOutcome) { outcomes.withLock { $0.append(outcome) } }
}
