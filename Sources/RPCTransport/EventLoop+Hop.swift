internal import RPCSockets

extension EventLoop {
  /// Runs a piece of a task on the loop, wherever the task runs.
  @concurrent
  func hop<Value: Sendable>(
    _ body: @concurrent @Sendable () async throws -> Value
  ) async throws -> Value {
    try await withTaskExecutorPreference(self, operation: body)
  }
}
