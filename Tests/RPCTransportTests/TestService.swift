import RPCCore
import Synchronization

/// A service with every kind of call, and eyes to see what happens to its handlers.
final class TestService: Sendable {
  private struct State {
    var counts: [String: Int] = [:]
    var waiters: [(name: String, count: Int, continuation: CheckedContinuation<Void, Never>)] = []
    var isOpen = false
    var gate: [CheckedContinuation<Void, Never>] = []
    var upstream: (any Channel)?
    var failures: [RPCError] = []
  }
  private let state = Mutex(State())

  /// Notes that something happened once more.
  func note(_ name: String) {
    let ready = state.withLock { state in
      state.counts[name, default: 0] += 1
      let count = state.counts[name, default: 0]
      let ready = state.waiters.filter { $0.name == name && $0.count <= count }
      state.waiters.removeAll { $0.name == name && $0.count <= count }
      return ready
    }
    for waiter in ready { waiter.continuation.resume() }
  }

  func count(_ name: String) -> Int { state.withLock { $0.counts[name, default: 0] } }

  /// Waits until something has happened that often.
  func wait(for name: String, count: Int = 1) async {
    await withCheckedContinuation { continuation in
      let isDone = state.withLock { state in
        if state.counts[name, default: 0] >= count { return true }
        state.waiters.append((name, count, continuation))
        return false
      }
      if isDone { continuation.resume() }
    }
  }

  /// Lets `gated` handlers go on.
  func open() {
    let gate = state.withLock { state in
      state.isOpen = true
      defer { state.gate = [] }
      return state.gate
    }
    for continuation in gate { continuation.resume() }
  }

  /// What the next calls of `echo` and `read` fail with.
  func fail(with errors: [RPCError]) { state.withLock { $0.failures = errors } }

  func setUpstream(_ channel: any Channel) { state.withLock { $0.upstream = channel } }

  private func nextFailure() -> RPCError? {
    state.withLock { $0.failures.isEmpty ? nil : $0.failures.removeFirst() }
  }

  /// The next failure when it says that no handler began.
  private func nextRefusal() -> RPCError? {
    state.withLock { state in
      guard state.failures.first?.processed == .notStarted else { return nil }
      return state.failures.removeFirst()
    }
  }

  /// Waits for the gate whatever becomes of the call.
  private func passGate() async {
    await withCheckedContinuation { continuation in
      let isOpen = state.withLock { state in
        if !state.isOpen { state.gate.append(continuation) }
        return state.isOpen
      }
      if isOpen { continuation.resume() }
    }
  }

  private func hang() async throws {
    note("started")
    do {
      try await Task.sleep(for: .seconds(600))
    } catch {
      note("cancelled")
      throw error
    }
  }

  func router(policies: [String: MethodPolicy] = [:]) -> Router {
    var router = Router(interceptors: [self], policies: policies)
    for method in [Methods.echo, Methods.read] {
      router.unary(method) { [self] (request: Text, context) in
        note("called")
        context.trailers.append("seen-by", context.peer.identity)
        context.trailers.append("attempt", "\(context.call.attempt)")
        if let trace = context.trace { context.trailers.append("trace", trace.traceparent) }
        if let failure = nextFailure() { throw failure }
        return request
      }
    }
    router.unary(Methods.hang) { [self] (request: Text, _) in
      try await hang()
      return request
    }
    router.unary(Methods.gated) { [self] (request: Text, _) in
      note("started")
      await passGate()
      note("passed")
      return request
    }
    router.unary(Methods.nested) { [self] (request: Text, context) in
      guard let upstream = state.withLock({ $0.upstream }) else { return request }
      return try await upstream.unary(
        request.value == "trace" ? Methods.echo : Methods.hang,
        request,
        returning: Text.self,
        options: .init(onFinish: { context.trailers.append("upstream", $0.trailers["trace"] ?? "") }
        )
      )
    }
    addStreams(to: &router)
    return router
  }

  private func addStreams(to router: inout Router) {
    router.serverStreaming(Methods.split) {
      (request: Text, responses: ResponseWriter<Text>, _) in
      try await responses.sendHead(["parts": "characters"])
      for character in request.value { try await responses.write(Text(String(character))) }
    }
    router.serverStreaming(Methods.flood) {
      [self] (request: Text, responses: ResponseWriter<Text>, _) in
      defer { note("flood over") }
      for _ in 0..<(Int(request.value) ?? 0) {
        try await responses.write(Text(count: 10_000))
        note("written")
      }
    }
    router.clientStreaming(Methods.join) { (requests: RequestStream<Text>, _) in
      var count = 0
      for try await request in requests { count += request.value.utf8.count }
      return Text("\(count)")
    }
    router.bidirectional(Methods.chat) {
      (requests: RequestStream<Text>, responses: ResponseWriter<Text>, _) in
      for try await request in requests { try await responses.write(Text(request.value + "!")) }
    }
  }
}

extension TestService: ServerInterceptor {
  func intercept(
    _ context: ServerContext,
    next: (ServerContext) async throws -> Void
  ) async throws {
    if let refusal = nextRefusal() {
      note("called")
      throw refusal
    }
    try await next(context)
  }
}
