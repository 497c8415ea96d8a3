internal import Glibc
package import RPCCore

extension Engine {
  // MARK: Server

  func handleOpen(_ header: FrameHeader, _ payload: UnsafeRawBufferPointer) {
    guard role == .server else { return fatal(.internalError, "an OPEN frame from a server") }
    guard header.call & 1 == 1, header.call <= 0x7fff_ffff else {
      return fatal(.internalError, "a call id that is even or too large")
    }
    if phase == .gone {
      droppedFrames += 1
      return
    }
    guard header.call > highestCall else { return fatal(.internalError, "a call id used again") }
    highestCall = header.call
    let call = WireCall(
      id: header.call,
      window: limits.callWindow,
      credit: peer.callCredit,
      maximumMessageBytes: limits.messageBytes
    )
    if let refusal = read(payload, into: call) {
      // Nothing follows a FATAL.
      guard phase != .closed else { return }
      var refusal = refusal
      refusal.processed = .notStarted
      tellStatus(refusal, trailers: [:], .notStarted, call)
      return
    }
    running += 1
    call.isRunning = true
    calls.insert(call)
    events.append(.opened(call))
  }

  /// Reads OPEN's payload; returns why the call is refused.
  private func read(_ payload: UnsafeRawBufferPointer, into call: WireCall) -> RPCError? {
    guard let open = try? OpenPayload(payload), !open.method.isEmpty else {
      return RPCError(.invalidArgument, "a malformed OPEN")
    }
    guard open.method.count <= 1024 else {
      return RPCError(.resourceExhausted, "a method's name of more than 1,024 bytes")
    }
    // A handler that has returned makes no room while its call has not ended, nor an ended call
    // while its handler runs.
    guard running < limits.concurrentCalls, calls.count < limits.concurrentCalls else {
      noteAbuse()
      return RPCError(.resourceExhausted, "too many calls at a time on this connection")
    }
    if !open.metadata.isEmpty {
      guard open.metadata.size <= limits.metadataBytes else {
        return RPCError(.resourceExhausted, "metadata over the limit")
      }
      guard open.metadata.isWellFormed else {
        return RPCError(
          .invalidArgument,
          "metadata has a key or value with a character not permitted"
        )
      }
      call.metadata = open.metadata
    }
    if !open.idempotencyKey.isEmpty {
      guard let key = IdempotencyKey(bytes: open.idempotencyKey) else {
        return RPCError(.invalidArgument, "an idempotency key has 16 bytes")
      }
      call.idempotencyKey = key
    }
    guard open.trace.isEmpty || open.trace.count == 25 else {
      return RPCError(.invalidArgument, "a trace context has 25 bytes")
    }
    call.trace = open.trace
    call.attempt = Int(open.attempt)
    call.isCompressed = open.acceptsZstandard
    if open.microsecondsRemaining > 0 {
      let (nanoseconds, overflow) = open.microsecondsRemaining.multipliedReportingOverflow(by: 1000)
      call.deadline = .after(nanoseconds: overflow ? .max : nanoseconds, from: now)
    }
    guard remember(open.method) else {
      return RPCError(.invalidArgument, "a method's name that is not UTF-8")
    }
    return nil
  }

  /// Keeps the method's name; its entry stays while calls name the same method. False when it is
  /// not UTF-8.
  func remember(_ method: UnsafeRawBufferPointer) -> Bool {
    let isSame =
      methodEntry != nil
      && methodName.utf8.withContiguousStorageIfAvailable { known in
        known.count == method.count && isEqual(known, method)
      } ?? false
    if isSame { return true }
    methodEntry = nil
    guard let name = String(validating: method, as: UTF8.self) else { return false }
    methodName = name
    return true
  }

  private func isEqual(_ known: UnsafeBufferPointer<UInt8>, _ method: UnsafeRawBufferPointer)
    -> Bool
  {
    guard let left = known.baseAddress, let right = method.baseAddress else { return false }
    return memcmp(left, right, known.count) == 0
  }

  /// Takes a call on, with the bounds of its method.
  ///
  /// - Parameters:
  ///   - maximumDuration: longest time in nanoseconds, whatever the caller asked for.
  ///   - maximumMessageBytes: largest request message.
  package func accept(_ call: WireCall, maximumDuration: UInt64, maximumMessageBytes: Int) {
    call.deadline = min(call.deadline, .after(nanoseconds: maximumDuration, from: now))
    call.maximumMessageBytes = min(maximumMessageBytes, limits.messageBytes)
    earliestDeadline = min(earliestDeadline, call.deadline.nanoseconds)
  }

  /// Turns a call away before anything of it ran.
  package func refuse(_ call: WireCall, _ error: RPCError) {
    var error = error
    error.processed = .notStarted
    finish(call, error: error, trailers: [:], processed: .notStarted)
  }

  // MARK: Client

  /// Why no call can be opened now; nil when one can.
  package var openRefusal: OpenRefusal? {
    if isClosed || isRefused || highestCall > 0x7fff_fffd { return .never }
    return running < peer.concurrentCalls ? nil : .full
  }

  /// Reasons not to open a call on this connection.
  package enum OpenRefusal: Sendable {
    /// The peer's limit of calls at a time is reached.
    case full
    /// This connection takes no further calls.
    case never
  }

  /// Opens a call; ask `openRefusal` first.
  ///
  /// - Throws: RESOURCE_EXHAUSTED or INVALID_ARGUMENT for metadata that cannot be sent,
  ///   UNAVAILABLE when no call can be opened, DEADLINE_EXCEEDED when there is no time left; all
  ///   of them before anything is sent.
  package func open(_ request: OutgoingCall, now: UInt64) throws(RPCError) -> WireCall {
    self.now = now
    guard openRefusal == nil else {
      throw RPCError(
        code: .unavailable,
        message: "the connection takes no further calls",
        processed: .notStarted
      )
    }
    guard request.metadata.isWellFormed else {
      throw RPCError(.invalidArgument, "metadata has a key or value with a character not permitted")
    }
    guard (1...1024).contains(request.method.utf8.count) else {
      throw RPCError(.invalidArgument, "a method's name has 1 to 1,024 bytes")
    }
    guard request.metadata.size <= peer.metadataBytes else {
      throw RPCError(.resourceExhausted, "metadata over the server's limit")
    }
    guard !request.deadline.hasPassed(at: now) else {
      throw RPCError(
        code: .deadlineExceeded,
        message: "the deadline passed before the call was sent",
        processed: .notStarted
      )
    }
    highestCall = highestCall == 0 ? 1 : highestCall + 2
    let call = WireCall(
      id: highestCall,
      window: limits.callWindow,
      credit: peer.callCredit,
      maximumMessageBytes: limits.messageBytes
    )
    call.deadline = request.deadline
    call.isCompressed = request.isCompressed
    earliestDeadline = min(earliestDeadline, call.deadline.nanoseconds)
    call.openPosition = consumed &+ UInt64(output.count)
    let remaining =
      request.deadline == .never ? 0 : max(1, (request.deadline.nanoseconds - now) / 1000)
    try tellOpen(request, remaining: remaining, call)
    calls.insert(call)
    running += 1
    return call
  }
}
