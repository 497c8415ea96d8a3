package import RPCCore
internal import RPCSockets
internal import RPCWire

extension RPCChannel {
  /// Makes a unary call, sent again where that is safe.
  package func unary<Request: WireMessage, Response: WireMessage>(
    _ method: MethodDescriptor,
    _ request: Request,
    returning: Response.Type,
    options: CallOptions
  ) async throws -> Response {
    let deadline = options.deadline
    var options = options
    options.trace = options.effectiveTrace
    return try await loop.hop { [options] in
      try await self.unaryOnLoop(method, request, returning, options, deadline)
    }
  }

  private func unaryOnLoop<Request: WireMessage, Response: WireMessage>(
    _ method: MethodDescriptor,
    _ request: Request,
    _ returning: Response.Type,
    _ options: CallOptions,
    _ deadline: Deadline
  ) async throws -> Response {
    var attempt = 1
    do {
      return try await attempts(method, request, returning, options, deadline, &attempt)
    } catch {
      let failure = RPCError(sending: error)
      options.onFinish?(
        CallOutcome(
          code: failure.code,
          trailers: failure.metadata,
          processed: failure.processed,
          attempts: attempt
        )
      )
      throw failure
    }
  }

  private func attempts<Request: WireMessage, Response: WireMessage>(
    _ method: MethodDescriptor,
    _ request: Request,
    _ returning: Response.Type,
    _ options: CallOptions,
    _ deadline: Deadline,
    _ attempt: inout Int
  ) async throws -> Response {
    while true {
      let transfer = try await begin(
        method,
        options: options,
        deadline: deadline,
        attempt: attempt,
        onFinish: nil
      )
      do {
        try await transfer.send(request)
        transfer.finishSending()
        let response = try await transfer.receiveOnly(Response.self)
        retries.succeeded()
        options.onFinish?(transfer.outcome)
        return response
      } catch {
        let failure = RPCError(sending: error)
        transfer.cancel(failure)
        let pause = pause(after: failure, transfer, attempt, method, options, deadline)
        guard let pause else { throw failure }
        try await sleep(pause)
        attempt += 1
      }
    }
  }

  /// How long to wait before the next attempt; nil when there is to be none.
  private func pause(
    after error: RPCError,
    _ transfer: CallTransfer,
    _ attempt: Int,
    _ method: MethodDescriptor,
    _ options: CallOptions,
    _ deadline: Deadline
  ) -> UInt64? {
    let decision = retries.decide(
      error,
      attempt: attempt,
      isReadOnly: method.isReadOnly,
      hasKey: options.idempotencyKey != nil,
      wasAnswered: transfer.call.wasAnswered
    )
    switch decision {
    case .fail: return nil
    case .now: return 0
    case .later(let wish):
      let random = Double.random(in: 0...1)
      let own = configuration.backoff.pause(afterFailures: attempt, random: random)
      let pause = max(wish, own)
      // An attempt that could only begin after the deadline is none.
      let (end, overflow) = loop.now.addingReportingOverflow(pause)
      return overflow || end >= deadline.nanoseconds ? nil : pause
    }
  }

  private func sleep(_ nanoseconds: UInt64) async throws {
    guard nanoseconds > 0 else { return }
    do {
      try await Task.sleep(nanoseconds: nanoseconds)
    } catch {
      throw RPCError(.cancelled, "the caller gave the call up")
    }
  }
}
