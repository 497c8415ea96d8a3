package import RPCCore
internal import Synchronization

/// Whether a server and its services take calls, as gRPC tells it.
///
/// A server that drains says so here before calls fail: who balances calls between servers watches it.
package final class HealthServer: HealthService {
  private struct State {
    var services: [String: HealthCheckResponse.ServingStatus]
    var next = 0
    var hasEnded = false
    var watchers: [Int: (service: String, continuation: AsyncStream<Status>.Continuation)] = [:]
  }

  private typealias Status = HealthCheckResponse.ServingStatus

  private let state: Mutex<State>

  /// All the given services serve, and so does the server as a whole.
  package init(services: [String]) {
    let all = [""] + services
    state = Mutex(State(services: Dictionary(uniqueKeysWithValues: all.map { ($0, .serving) })))
  }

  /// Sets how the server and all its services are, and tells those who watch.
  package func set(isServing: Bool) {
    for service in state.withLock({ Array($0.services.keys) }) {
      set(service: service, isServing: isServing)
    }
  }

  /// The server ends: nothing serves any more, and those who watch are told so and let go, since their
  /// calls would hold up the end.
  package func end() {
    set(isServing: false)
    state.withLock { state in
      state.hasEnded = true
      for watcher in state.watchers.values { watcher.continuation.finish() }
    }
  }

  /// Sets how one service is, and tells those who watch it.
  package func set(service: String, isServing: Bool) {
    let status: Status = isServing ? .serving : .notServing
    state.withLock { state in
      guard state.services[service] != status else { return }
      state.services[service] = status
      for watcher in state.watchers.values where watcher.service == service {
        watcher.continuation.yield(status)
      }
    }
  }

  /// Tells how a service is.
  ///
  /// - Throws: NOT_FOUND for one that is not known.
  package func check(
    _ request: HealthCheckRequest,
    context: ServerContext
  ) async throws -> HealthCheckResponse {
    guard let status = state.withLock({ $0.services[request.service] }) else {
      throw RPCError(.notFound, "no such service")
    }
    return HealthCheckResponse(status: status)
  }

  /// Tells how a service is, and again whenever that changes.
  package func watch(
    _ request: HealthCheckRequest,
    responses: ResponseWriter<HealthCheckResponse>,
    context: ServerContext
  ) async throws {
    // Only the latest state matters to who was busy with an earlier one.
    let (changes, continuation) = AsyncStream.makeStream(
      of: Status.self,
      bufferingPolicy: .bufferingNewest(1)
    )
    let key = state.withLock { state in
      state.next += 1
      state.watchers[state.next] = (request.service, continuation)
      // Within the lock, so that no change comes between.
      continuation.yield(state.services[request.service] ?? .serviceUnknown)
      if state.hasEnded { continuation.finish() }
      return state.next
    }
    defer { state.withLock { $0.watchers[key] = nil } }
    var last: Status?
    for await status in changes where status != last {
      last = status
      try await responses.write(HealthCheckResponse(status: status))
    }
    try Task.checkCancellation()
    throw RPCError(.unavailable, "the server is shutting down")
  }
}
