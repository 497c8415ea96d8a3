package import RPCCore

extension Engine {
  /// When `advance` has something to do next; `.max` for never.
  package var nextWake: UInt64 {
    guard phase != .closed else { return .max }
    var wake = earliestDeadline
    if !isGreeted { wake = min(wake, started &+ limits.helloTimeout) }
    if let pingSent {
      wake = min(wake, pingSent &+ limits.keepaliveTimeout)
    } else {
      wake = min(wake, lastReceived.addingClamped(pingInterval))
    }
    if !isRested { wake = min(wake, lastReceived &+ Self.rest) }
    if drainPing != nil { wake = min(wake, drainStarted &+ Self.drainGrace) }
    if isIdle {
      wake = min(wake, lastBusy.addingClamped(limits.idleTimeout))
    }
    return wake
  }

  /// How long a client may take to answer the ping between the two steps of GOAWAY.
  static var drainGrace: UInt64 { 2_000_000_000 }

  /// Silence after which memory kept for speed is given back.
  static var rest: UInt64 { 1_000_000_000 }

  /// Whether nothing was received for that long.
  package var isQuiet: Bool { now >= lastReceived.addingClamped(Self.rest) }

  /// Server: there is no call, neither on the wire nor in a handler.
  private var isIdle: Bool {
    role == .server && running == 0 && calls.count == 0 && phase == .open
  }

  private var pingInterval: UInt64 { max(limits.keepaliveInterval, peer.pingInterval) }

  /// Lets time pass: deadlines, keepalive, idleness. Events tell what came of it.
  package func advance(to present: UInt64) {
    now = present
    guard phase != .closed else { return }
    if present >= earliestDeadline { expireCalls() }
    if !isGreeted, present >= started &+ limits.helloTimeout {
      return fatal(.deadlineExceeded, "no HELLO in time")
    }
    if let pingSent {
      if present >= pingSent &+ limits.keepaliveTimeout {
        return lose(RPCError(.unavailable, "the peer does not answer"))
      }
    } else if present >= lastReceived.addingClamped(pingInterval) {
      pingCounter &+= 1
      tellPing(pingCounter)
      pingSent = present
    }
    if isQuiet {
      output.release()
      calls.release()
      isRested = true
    }
    if drainPing != nil, present >= drainStarted &+ Self.drainGrace { finishDrain() }
    if isIdle, present >= lastBusy.addingClamped(limits.idleTimeout) {
      lastBusy = present
      events.append(.idle)
    }
  }

  /// Ends the calls whose deadline has passed and finds the next one.
  private func expireCalls() {
    earliestDeadline = .max
    for call in calls.all {
      guard call.deadline.hasPassed(at: now) else {
        earliestDeadline = min(earliestDeadline, call.deadline.nanoseconds)
        continue
      }
      let error = RPCError(.deadlineExceeded, "the deadline passed")
      if role == .server {
        status(call, error: error, call.processedSoFar)
      } else {
        tellReset(error, call)
      }
      end(call, failure: error, move: .reset)
    }
  }

  // MARK: Drain

  /// Server: the first step of an orderly end. Calls that are on their way are still accepted.
  ///
  /// - Parameter limit: how long accepted calls still have, told to the client (ns).
  package func beginDrain(limit: UInt64) {
    guard role == .server, phase == .open else { return }
    phase = .goingAway
    drainStarted = now
    drainMilliseconds = UInt32(clamping: limit / 1_000_000)
    tellGoAway(0x7fff_ffff)
    pingCounter &+= 1
    drainPing = pingCounter
    tellPing(pingCounter)
  }

  /// Server: the second step, with the true highest id; later calls were never started.
  package func finishDrain() {
    guard role == .server, phase == .open || phase == .goingAway else { return }
    drainPing = nil
    phase = .gone
    tellGoAway(highestCall)
  }

  /// Server: ends every call with a status, because the time for draining is over.
  package func abandonCalls(_ error: RPCError) {
    for call in calls.all {
      status(call, error: error, call.processedSoFar)
      end(call, failure: error, move: .status)
    }
  }

  /// Client: opens no further call; the connection ends with the last of its calls.
  package func retire() { isRefused = true }

  /// Whether an orderly end is complete: no call left, nothing left to send.
  package var isDrained: Bool {
    guard output.isEmpty, calls.count == 0 else { return false }
    return role == .server ? phase == .gone && running == 0 : isRefused
  }
}

extension UInt64 {
  /// The sum, or the largest number where that is larger still.
  package func addingClamped(_ other: UInt64) -> UInt64 {
    let (sum, overflow) = addingReportingOverflow(other)
    return overflow ? .max : sum
  }
}
