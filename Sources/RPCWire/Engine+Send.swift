internal import DequeModule
package import RPCCore

extension Engine {
  /// Encodes a message into the connection's output, or into the call's queue while there is no
  /// credit or others go first. Before the peer's HELLO, a message over the smallest limit waits
  /// there until HELLO tells whether it may go.
  ///
  /// - Returns: false when the sender has to wait for `writable` before it sends more.
  /// - Throws: what encoding throws; RESOURCE_EXHAUSTED over the peer's limit; the call's failure
  ///   when it has ended.
  package func send<M: WireMessage>(_ message: M, on call: WireCall) throws(RPCError) -> Bool {
    guard call.state.apply(role == .server ? .responseData : .requestData) else {
      throw call.failure ?? RPCError(.cancelled, "the call has ended")
    }
    var oversize: UnsafeMutableRawPointer?
    defer { oversize?.deallocate() }
    var tooLarge = 0
    let limit = isGreeted ? peer.messageBytes : max(peer.messageBytes, limits.messageBytes)
    try message.encode { (count: Int) -> UnsafeMutableRawPointer in
      if count > limit {
        // There has to be room to write to, though nobody will read it.
        let scratch = UnsafeMutableRawPointer.allocate(byteCount: count, alignment: 8)
        oversize = scratch
        tooLarge = count
        return scratch
      }
      if count > peer.messageBytes { call.heldMessage = max(call.heldMessage, count) }
      return room(for: count, on: call)
    }
    guard tooLarge == 0 else { throw Self.tooLarge(tooLarge, limit) }
    return goesOn(call)
  }

  /// Whether the application is to compress what it sends in a call: the caller wants it, and the
  /// peer takes it.
  package func compresses(_ call: WireCall) -> Bool { call.isCompressed && isCompressionOn }

  /// Sends a message that is encoded already, as `send` does.
  ///
  /// - Parameters:
  ///   - octets: the message as it travels; copied.
  ///   - count: how long the message is without compression; nil when it is not compressed. The
  ///     peer's limit holds for both.
  /// - Throws: RESOURCE_EXHAUSTED over the peer's limit; the call's failure when it has ended.
  package func send(
    encoded octets: UnsafeRawBufferPointer,
    compressedFrom count: Int?,
    on call: WireCall
  ) throws(RPCError) -> Bool {
    guard call.state.apply(role == .server ? .responseData : .requestData) else {
      throw call.failure ?? RPCError(.cancelled, "the call has ended")
    }
    let limit = isGreeted ? peer.messageBytes : max(peer.messageBytes, limits.messageBytes)
    let largest = max(octets.count, count ?? 0)
    guard largest <= limit else { throw Self.tooLarge(largest, limit) }
    if largest > peer.messageBytes { call.heldMessage = max(call.heldMessage, largest) }
    let flag = count == nil ? 0 : MessagePrefix.compressedFlag
    UnsafeMutableRawBufferPointer(
      start: room(for: octets.count, flag: flag, on: call),
      count: octets.count
    ).copyMemory(from: octets)
    return goesOn(call)
  }

  private static func tooLarge(_ count: Int, _ limit: Int) -> RPCError {
    RPCError(.resourceExhausted, "a message of \(count) bytes is over the peer's limit of \(limit)")
  }

  /// Whether the sender of a message goes on; what is left of it gets in line.
  private func goesOn(_ call: WireCall) -> Bool {
    if call.outbound.isEmpty { return true }
    queue(call)
    call.isSenderWaiting = call.outbound.count > limits.callOutputBytes
    return !call.isSenderWaiting
  }

  /// Whether one more message may be sent without waiting: the call is alive and nothing of it
  /// waits for credit or its turn, so that it is the first to use its queue.
  package func canSendNow(on call: WireCall) -> Bool {
    !call.isEnded && call.outbound.isEmpty
  }

  /// Where a message of so many bytes is to be written: in a frame, where it may leave at once.
  func roomInFrame(
    for count: Int,
    flag: UInt8,
    on call: WireCall
  ) -> UnsafeMutableRawPointer {
    let size = MessagePrefix.byteCount + count
    let memory: UnsafeMutableRawPointer
    if call.outbound.isEmpty, size <= peer.frameBytes, output.count < limits.outputBytes,
      size <= call.sending.available, size <= sending.available
    {
      call.sending.spend(size)
      sending.spend(size)
      memory = dataFrame(call, payload: size)
      abuse.noteProgress()
    } else {
      memory = call.outbound.extend(by: size)
      queuedBytes += size
    }
    MessagePrefix.write(count, flag: flag, to: memory)
    return memory + MessagePrefix.byteCount
  }

  /// Puts a call with something to send and credit into the ring.
  func enterRing(_ call: WireCall) {
    guard !call.isInRing, !call.outbound.isEmpty, call.sending.available > 0,
      call.heldMessage == 0
    else { return }
    call.isInRing = true
    ring.append(call)
  }

  /// HELLO is here: lets a message go that waited for it, or ends its call.
  func releaseHeld(_ call: WireCall) {
    let held = call.heldMessage
    call.heldMessage = 0
    guard held > peer.messageBytes else { return queue(call) }
    let error = Self.tooLarge(held, peer.messageBytes)
    tellReset(error, call)
    end(call, failure: error, move: .reset)
  }

  func fillFromRing() {
    guard phase != .closed else { return }
    while output.count < limits.outputBytes, sending.available > 0, let call = ring.popFirst() {
      call.isInRing = false
      let count = min(
        call.outbound.count,
        peer.frameBytes,
        call.sending.available,
        sending.available
      )
      guard count > 0, let source = call.outbound.bytes.baseAddress else { continue }
      dataFrame(call, payload: count).copyMemory(from: source, byteCount: count)
      call.sending.spend(count)
      sending.spend(count)
      call.outbound.consume(count)
      queuedBytes -= count
      abuse.noteProgress()
      sent(call)
    }
  }

  private func sent(_ call: WireCall) {
    queue(call)
    letSenderGoOn(call)
    guard call.outbound.isEmpty else { return }
    if call.endAfterOutbound {
      call.endAfterOutbound = false
      tellEnd(call)
    }
    if let status = call.statusAfterOutbound {
      call.statusAfterOutbound = nil
      self.status(call, error: status.error, trailers: status.trailers, status.processed)
      end(call, failure: nil, move: .status)
    }
  }

  /// Something of the call has left its queue.
  func letSenderGoOn(_ call: WireCall) {
    guard call.isSenderWaiting, call.outbound.count <= limits.callOutputBytes / 2 else { return }
    call.isSenderWaiting = false
    events.append(.writable(call))
  }

  // MARK: Server

  /// Sends metadata ahead of the first response.
  ///
  /// - Throws: the call's failure when it has ended; FAILED_PRECONDITION after a message or another
  ///   head; RESOURCE_EXHAUSTED or INVALID_ARGUMENT for metadata that cannot be sent.
  package func sendHead(_ metadata: Metadata, on call: WireCall) throws(RPCError) {
    if let failure = call.failure { throw failure }
    guard metadata.isWellFormed else {
      throw RPCError(.invalidArgument, "metadata has a key or value with a character not permitted")
    }
    guard metadata.size <= peer.metadataBytes else {
      throw RPCError(.resourceExhausted, "response metadata over the caller's limit")
    }
    guard call.state.apply(.responseHead) else {
      throw RPCError(.failedPrecondition, "a second head, or one after a message")
    }
    tellHead(metadata, call)
  }

  /// The handler has returned: sends the status, behind what the call still has to send.
  ///
  /// A failure drops what was not sent yet. After the call's end only its place is given free.
  package func finish(
    _ call: WireCall,
    error: RPCError?,
    trailers: Metadata,
    processed: Processed
  ) {
    if call.isRunning {
      call.isRunning = false
      running -= 1
      lastBusy = now
    }
    discard(call)
    guard !call.isEnded else { return }
    if error == nil, !call.outbound.isEmpty {
      call.statusAfterOutbound = WireCall.PendingStatus(
        error: nil,
        trailers: trailers,
        processed: processed
      )
      return
    }
    status(call, error: error, trailers: trailers, processed)
    end(call, failure: error, move: .status, isTold: true)
  }

  func status(
    _ call: WireCall,
    error: RPCError?,
    trailers: Metadata = [:],
    _ processed: Processed
  ) {
    // Trailers that the peer would refuse are left out rather than the status with them.
    let fits = trailers.isEmpty || (trailers.size <= peer.metadataBytes && trailers.isWellFormed)
    tellStatus(error, trailers: fits ? trailers : [:], processed, call)
  }

  // MARK: Client

  /// Ends the requests of a call, behind what it still has to send.
  package func finishSending(_ call: WireCall) {
    guard call.state.apply(.requestEnd) else { return }
    if call.outbound.isEmpty { tellEnd(call) } else { call.endAfterOutbound = true }
  }

  /// Gives a call up and tells the server.
  package func cancel(_ call: WireCall, _ error: RPCError) {
    guard !call.isEnded else { return discard(call) }
    tellReset(error, call)
    end(call, failure: error, move: .reset)
    discard(call)
  }

  // MARK: Both

  /// The peer broke the rules of one call: that call ends, the connection goes on.
  func violate(_ call: WireCall, _ code: StatusCode, _ text: String) {
    let error = RPCError(code, text)
    if role == .server {
      status(call, error: error, .mayHaveRun)
    } else {
      tellReset(error, call)
    }
    dataCall = nil
    end(call, failure: error, move: .reset)
    discard(call)
  }

  /// Takes an ended call out of the connection.
  ///
  /// - Parameter isTold: the application ended the call itself and needs no event.
  func end(_ call: WireCall, failure: RPCError?, move: CallState.Move, isTold: Bool = false) {
    guard call.state.apply(move) else { return }
    call.failure = failure
    call.isAwaited = false
    call.isWatched = false
    call.isSenderWaiting = false
    call.endAfterOutbound = false
    call.statusAfterOutbound = nil
    queuedBytes -= call.outbound.count
    call.outbound.clear()
    call.outbound.release()
    calls.remove(call.id)
    lastBusy = now
    if role == .client {
      running -= 1
      // What the application still takes holds the other calls' credit no longer.
      release(call, upTo: call.receiving.received)
    } else {
      discard(call)
    }
    if oversized === call { nextOversized() }
    if !isTold { events.append(.ended(call)) }
  }
}
