internal import RPCCore

extension Engine {
  /// Hands over bytes that were read; they must stay valid until `nextEvent` has returned nil.
  package func receive(_ bytes: UnsafeRawBufferPointer, now: UInt64) {
    self.now = now
    lastReceived = now
    isRested = false
    pingSent = nil
    input = bytes
  }

  /// Works off a piece of the input; false when there is none left.
  func stepFrame() -> Bool {
    guard let start = input.baseAddress, !input.isEmpty else { return false }
    if dataRemaining > 0 {
      let count = min(dataRemaining, input.count)
      dataRemaining -= count
      advanceInput(count)
      deliver(UnsafeRawBufferPointer(start: start, count: count))
      return true
    }
    if !partial.isEmpty || input.count < FrameHeader.byteCount { return stepPartial() }
    guard let header = checkedHeader(start) else { return true }
    let length = Int(header.length)
    if header.type == FrameType.data.rawValue {
      advanceInput(FrameHeader.byteCount)
      beginData(header)
    } else if input.count >= FrameHeader.byteCount + length {
      advanceInput(FrameHeader.byteCount + length)
      handle(
        header,
        UnsafeRawBufferPointer(start: start + FrameHeader.byteCount, count: length)
      )
    } else {
      partial.append(start, count: input.count)
      advanceInput(input.count)
    }
    return true
  }

  /// Completes the header or frame that began in earlier input.
  private func stepPartial() -> Bool {
    guard fillPartial(to: FrameHeader.byteCount), let memory = partial.bytes.baseAddress else {
      return false
    }
    guard let header = checkedHeader(memory) else { return true }
    if header.type == FrameType.data.rawValue {
      partial.clear()
      beginData(header)
      return true
    }
    let length = Int(header.length)
    guard fillPartial(to: FrameHeader.byteCount + length) else { return false }
    handle(header, UnsafeRawBufferPointer(rebasing: partial.bytes[FrameHeader.byteCount...]))
    partial.clear()
    return true
  }

  private func fillPartial(to count: Int) -> Bool {
    let more = min(count - partial.count, input.count)
    if more > 0, let start = input.baseAddress {
      partial.append(start, count: more)
      advanceInput(more)
    }
    return partial.count >= count
  }

  func advanceInput(_ count: Int) {
    input = UnsafeRawBufferPointer(rebasing: input[count...])
  }

  private func checkedHeader(_ bytes: UnsafeRawPointer) -> FrameHeader? {
    guard let header = FrameHeader(bytes) else {
      fatal(.internalError, "a frame header's zero bytes are not zero")
      return nil
    }
    guard Int(header.length) <= limits.frameBytes else {
      fatal(.resourceExhausted, "a frame of \(header.length) bytes is over the limit")
      return nil
    }
    // A peer that turns the connection away may say so ahead of its HELLO.
    guard
      isGreeted || header.type == FrameType.hello.rawValue
        || header.type == FrameType.fatal.rawValue
    else {
      fatal(.failedPrecondition, "the first frame is not HELLO")
      return nil
    }
    return header
  }

  private func handle(_ header: FrameHeader, _ payload: UnsafeRawBufferPointer) {
    guard let type = FrameType(rawValue: header.type) else {
      guard header.type >= FrameType.firstSkippable else {
        return fatal(.unimplemented, "unknown frame type \(header.type)")
      }
      droppedFrames += 1
      return noteAbuse()
    }
    switch type {
    case .hello, .ping, .goAway, .fatal:
      guard header.call == 0 else {
        return fatal(.internalError, "a \(type) frame for a call")
      }
      handleConnection(type, header, payload)
    case .credit where header.call == 0:
      handleCredit(nil, payload)
    case .open:
      handleOpen(header, payload)
    case .data, .head, .status, .reset, .credit:
      handleCall(type, header, payload)
    }
  }

  private func handleConnection(
    _ type: FrameType,
    _ header: FrameHeader,
    _ payload: UnsafeRawBufferPointer
  ) {
    switch type {
    case .hello: handleHello(payload)
    case .ping: handlePing(header, payload)
    case .goAway: handleGoAway(payload)
    default:
      let reason = (try? ReasonPayload(payload)) ?? ReasonPayload(RPCError(.unknown, ""))
      close(
        with: RPCError(.unavailable, "the peer ended the connection: \(reason.text)")
      )
    }
  }

  private func handleCall(
    _ type: FrameType,
    _ header: FrameHeader,
    _ payload: UnsafeRawBufferPointer
  ) {
    guard isKnown(header.call) else {
      return fatal(.internalError, "a \(type) frame for a call that was never opened")
    }
    if role == .server, type == .head || type == .status {
      return fatal(.internalError, "a \(type) frame from a client")
    }
    guard let call = calls.find(header.call) else {
      droppedFrames += 1
      return
    }
    switch type {
    case .head: handleHead(call, payload)
    case .status: handleStatus(call, payload)
    case .reset: handleReset(call, payload)
    default: handleCredit(call, payload)
    }
  }

  /// Whether a call of that number has been opened, now or earlier.
  func isKnown(_ id: UInt32) -> Bool {
    guard id & 1 == 1 else { return false }
    // After GOAWAY the client may have opened calls that this side does not look at.
    return id <= highestCall || (role == .server && phase == .gone)
  }

  /// Counts something that brings nothing on.
  func noteAbuse() {
    if !abuse.note(at: now) {
      fatal(.resourceExhausted, "too many resets and control frames without progress")
    }
  }

  // MARK: Frames of the connection

  private func handleHello(_ payload: UnsafeRawBufferPointer) {
    guard !isGreeted else { return fatal(.failedPrecondition, "a second HELLO") }
    guard let hello = try? HelloPayload(payload) else {
      return fatal(.failedPrecondition, "a malformed HELLO")
    }
    guard hello.reachesMinimum(ofServer: role == .client) else {
      return fatal(.failedPrecondition, "a limit in HELLO is outside its bounds")
    }
    isGreeted = true
    peer = hello.limits
    // Beside metadata a frame holds a method or a status.
    peer.metadataBytes = min(peer.metadataBytes, peer.frameBytes - TextLimits.besideMetadata)
    peerSoftware = hello.software
    isCompressionOn = limits.speaksZstandard && hello.features & HelloPayload.zstandardFeature != 0
    _ = sending.raise(to: peer.connectionCredit)
    for call in calls.all {
      let isRaised = call.sending.raise(to: peer.callCredit)
      if call.heldMessage > 0 { releaseHeld(call) } else if isRaised { queue(call) }
    }
    events.append(.hello)
  }

  private func handlePing(_ header: FrameHeader, _ payload: UnsafeRawBufferPointer) {
    guard payload.count == 8 else { return fatal(.internalError, "a PING without 8 bytes") }
    let number = UInt64(bigEndian: payload.loadUnaligned(as: UInt64.self))
    if header.flags & FrameHeader.ackFlag == 0 {
      frame(.ping, flags: FrameHeader.ackFlag, number: number)
      noteAbuse()
    } else if number == drainPing {
      finishDrain()
    }
  }

  private func handleGoAway(_ payload: UnsafeRawBufferPointer) {
    guard let goAway = try? GoAwayPayload(payload) else {
      return fatal(.internalError, "a malformed GOAWAY")
    }
    isRefused = true
    if role == .client {
      for call in calls.all where call.id > goAway.highestCall {
        let failure = RPCError(
          code: .unavailable,
          message: "the server is shutting down and did not start the call",
          processed: .notStarted
        )
        end(call, failure: failure, move: .reset)
      }
    }
    events.append(.goAway)
  }

  private func handleCredit(_ call: WireCall?, _ payload: UnsafeRawBufferPointer) {
    guard payload.count == 8 else { return fatal(.internalError, "a CREDIT without 8 bytes") }
    let total = UInt64(bigEndian: payload.loadUnaligned(as: UInt64.self))
    if let call {
      if call.sending.raise(to: total) { queue(call) }
    } else {
      _ = sending.raise(to: total)
    }
    noteAbuse()
  }

  // MARK: Frames of calls

  private func handleHead(_ call: WireCall, _ payload: UnsafeRawBufferPointer) {
    guard call.state.apply(.responseHead) else {
      return violate(call, .internalError, "a second HEAD, or one after a message")
    }
    guard let head = try? HeadPayload(payload), head.metadata.isWellFormed else {
      return violate(call, .internalError, "a malformed HEAD")
    }
    guard head.metadata.size <= limits.metadataBytes else {
      return violate(call, .resourceExhausted, "response metadata over the limit")
    }
    call.head = head.metadata
    events.append(.headed(call))
  }

  private func handleStatus(_ call: WireCall, _ payload: UnsafeRawBufferPointer) {
    guard let status = try? StatusPayload(payload) else {
      return violate(call, .internalError, "a malformed STATUS")
    }
    call.wasAnswered = true
    call.trailers = status.error.metadata
    call.processed = status.error.processed
    var failure: RPCError?
    if status.error.code != .ok {
      failure = status.error
    } else if call.inbound.count > call.scanned {
      failure = RPCError(.internalError, "the server ended the call within a message")
    }
    end(call, failure: failure, move: .status)
  }

  private func handleReset(_ call: WireCall, _ payload: UnsafeRawBufferPointer) {
    let reason = (try? ReasonPayload(payload)) ?? ReasonPayload(RPCError(.unknown, ""))
    let code = StatusCode(rawValue: reason.code == 0 ? 2 : reason.code)
    end(call, failure: RPCError(code, "reset by the peer: \(reason.text)"), move: .reset)
    noteAbuse()
  }
}
