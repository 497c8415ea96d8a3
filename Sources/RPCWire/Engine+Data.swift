internal import DequeModule
package import RPCCore

extension Engine {
  func beginData(_ header: FrameHeader) {
    guard isKnown(header.call) else {
      return fatal(.internalError, "a DATA frame for a call that was never opened")
    }
    dataCall = calls.find(header.call)
    dataRemaining = Int(header.length)
    dataHasEnd = header.flags & FrameHeader.endFlag != 0
    guard receiving.receive(dataRemaining) else {
      return fatal(.resourceExhausted, "more DATA than the connection's credit")
    }
    guard let call = dataCall else {
      // A late frame: its bytes count for the connection, and nobody will take them.
      droppedFrames += 1
      receiving.take(UInt64(dataRemaining))
      return announceConnection()
    }
    checkData(call, count: dataRemaining)
    if dataRemaining == 0, dataCall != nil { endData(call) }
    if receiving.available < Self.scarceCredit { shareScarceCredit() }
  }

  private func checkData(_ call: WireCall, count: Int) {
    if count == 0 && !dataHasEnd { noteAbuse() }
    // Nothing follows a FATAL.
    guard phase != .closed else { return dataCall = nil }
    if !call.state.apply(role == .server ? .requestData : .responseData) {
      discardFrame(count)
      violate(call, .internalError, "DATA after the end of its half")
    } else if !call.receiving.receive(count) {
      discardFrame(count)
      violate(call, .resourceExhausted, "more DATA than the call's credit")
    } else if call.isDiscarded {
      // The handler has returned, and its answer waits for credit.
      discardFrame(count)
      if dataHasEnd { _ = call.state.apply(.requestEnd) }
    }
  }

  /// Drops the rest of the current DATA frame, given that nothing of it was delivered.
  private func discardFrame(_ count: Int) {
    dataCall = nil
    receiving.take(UInt64(count))
    announceConnection()
  }

  /// Takes over bytes of the current DATA frame.
  func deliver(_ bytes: UnsafeRawBufferPointer) {
    // Without a call, or after its end, the bytes have been given back already.
    guard let call = dataCall, let start = bytes.baseAddress else { return }
    guard !call.isDiscarded, !call.isEnded else {
      dataCall = nil
      return
    }
    call.inbound.append(start, count: bytes.count)
    queuedBytes += bytes.count
    scan(call)
    if dataRemaining == 0, !call.isDiscarded { endData(call) }
  }

  private func endData(_ call: WireCall) {
    dataCall = nil
    guard dataHasEnd else { return }
    guard call.inbound.count == call.scanned else {
      return violate(
        call,
        role == .server ? .invalidArgument : .internalError,
        "a half that ends within a message"
      )
    }
    _ = call.state.apply(role == .server ? .requestEnd : .responseEnd)
    wake(call)
  }

  /// Looks at message prefixes as they become complete.
  private func scan(_ call: WireCall) {
    let bytes = call.inbound.bytes
    guard let start = bytes.baseAddress else { return }
    while bytes.count - call.scanned >= MessagePrefix.byteCount {
      let prefix = MessagePrefix.read(start + call.scanned)
      guard
        prefix.flag == 0 || (prefix.flag == MessagePrefix.compressedFlag && takesCompressed(call))
      else {
        let isCompressed = prefix.flag == MessagePrefix.compressedFlag
        return violate(
          call,
          isCompressed ? compressionRefusal : .internalError,
          isCompressed ? "compressed messages are not supported" : "a malformed message prefix"
        )
      }
      guard prefix.length <= call.maximumMessageBytes else {
        return violate(
          call,
          .resourceExhausted,
          "a message of \(prefix.length) bytes is over the limit of \(call.maximumMessageBytes)"
        )
      }
      guard bytes.count - call.scanned >= MessagePrefix.byteCount + prefix.length else { break }
      call.scanned += MessagePrefix.byteCount + prefix.length
      call.completeMessages += 1
    }
    if call.completeMessages > 0 {
      wake(call)
    } else if call.isAwaited {
      letThrough(call)
    }
  }

  private func wake(_ call: WireCall) {
    guard call.isAwaited || call.isWatched else { return }
    call.isAwaited = false
    call.isWatched = false
    events.append(.readable(call))
  }

  // MARK: The application's side

  /// What there is to take for the application.
  package enum Offer {
    /// A message: `message(of:)`, then `take`.
    case message
    /// All was taken and the half, or the call, ended well.
    case end
    /// The call failed.
    case failed(RPCError)
    /// Nothing yet: `await` it.
    case nothing
  }

  /// Says what there is to take.
  package func offer(_ call: WireCall) -> Offer {
    if role == .server, let failure = call.failure { return .failed(failure) }
    if call.completeMessages > 0 { return .message }
    if let failure = call.failure { return .failed(failure) }
    if call.isEnded { return .end }
    return role == .server && !call.state.requestsOpen ? .end : .nothing
  }

  /// Server: whether exactly one message is here and the requests have ended behind it.
  package func hasOnlyMessage(_ call: WireCall) -> Bool {
    call.completeMessages == 1 && !call.state.requestsOpen && !call.isEnded
  }

  /// The bytes of the message at the front; valid until the engine is used again.
  package func message(of call: WireCall) -> UnsafeRawBufferPointer {
    let bytes = call.inbound.bytes
    guard call.completeMessages > 0, let start = bytes.baseAddress else {
      return UnsafeRawBufferPointer(start: nil, count: 0)
    }
    let length = MessagePrefix.read(start).length
    return UnsafeRawBufferPointer(start: start + MessagePrefix.byteCount, count: length)
  }

  /// Whether the message at the front is compressed: the application restores it, and holds it to
  /// `WireCall.maximumMessageBytes` once more.
  package func isCompressed(_ call: WireCall) -> Bool {
    guard call.completeMessages > 0, let start = call.inbound.bytes.baseAddress else {
      return false
    }
    return MessagePrefix.read(start).flag == MessagePrefix.compressedFlag
  }

  /// Takes the message at the front and gives its credit back.
  package func take(_ call: WireCall) {
    guard call.completeMessages > 0 else { return }
    let size = MessagePrefix.byteCount + message(of: call).count
    call.inbound.consume(size)
    queuedBytes -= size
    call.scanned -= size
    call.completeMessages -= 1
    call.receiving.take(UInt64(size))
    abuse.noteProgress()
    if oversized === call { nextOversized() }
    release(call, upTo: call.receiving.taken)
    let isOpen = role == .server ? call.state.requestsOpen : call.state.responses != .closed
    if isOpen, !call.isEnded, let total = call.receiving.announcement() {
      tellCredit(total, call)
    }
  }

  /// Asks for a `readable` event, as `await` does, for an application that does not wait yet: the
  /// credit of what comes stays as it is.
  package func watch(_ call: WireCall) { call.isWatched = call.completeMessages == 0 }

  /// Notes that the application waits: `readable` or `ended` will tell it.
  package func await(_ call: WireCall) {
    call.isAwaited = true
    letThrough(call)
  }

  // MARK: Credit

  /// Makes sure that a message for which the application waits can come whole.
  ///
  /// Its bytes no longer hold the connection's window back; the call gets credit for all of it, and
  /// so does the connection when calls that nobody reads hold its window.
  private func letThrough(_ call: WireCall) {
    release(call, upTo: call.receiving.received)
    coverMessage(of: call)
    coverByConnection(call)
  }

  /// Where the message ends for which the application waits, in bytes of the call; the end of its
  /// prefix while that is not here.
  private func messageEnd(_ call: WireCall) -> UInt64 {
    let bytes = call.inbound.bytes
    var size = MessagePrefix.byteCount
    if bytes.count >= size, let start = bytes.baseAddress {
      size += MessagePrefix.read(start).length
    }
    return call.receiving.taken &+ UInt64(size)
  }

  /// Gives the call credit for the message for which the application waits: at once when it fits the
  /// window, and else for one call of the connection at a time.
  private func coverMessage(of call: WireCall) {
    let needed = messageEnd(call)
    guard needed > call.receiving.announced, oversized !== call else { return }
    let window = call.receiving.taken &+ call.receiving.window
    if needed <= window {
      if let total = call.receiving.announcement(extension: window) {
        tellCredit(total, call)
      }
      return
    }
    guard oversized == nil else {
      if !oversizedWaiters.contains(where: { $0 === call }) { oversizedWaiters.append(call) }
      return
    }
    oversized = call
    if let total = call.receiving.announcement(extension: needed) {
      tellCredit(total, call)
    }
  }

  /// Credit of the connection below which calls that wait may run short.
  private static var scarceCredit: UInt64 { 16 << 10 }

  /// Gives the connection credit for the message for which the application waits, though calls that
  /// nobody reads hold its window: their own windows still bound the memory.
  private func coverByConnection(_ call: WireCall) {
    let end = min(messageEnd(call), call.receiving.announced)
    guard phase != .closed, end > call.receiving.received else { return }
    let missing = end - call.receiving.received
    guard missing > receiving.available else { return }
    // Other calls may use it up first, so not less than a frame's worth.
    let total = receiving.received &+ max(missing, Self.scarceCredit)
    if let total = receiving.announcement(extension: total) { tellCredit(total, nil) }
  }

  /// Looks again whether calls that wait can still be sent to, since others used credit up.
  private func shareScarceCredit() {
    guard phase != .closed else { return }
    calls.forEach { call in if call.isAwaited { coverByConnection(call) } }
  }

  func nextOversized() {
    oversized = nil
    while oversized == nil, let call = oversizedWaiters.popFirst() {
      if !call.isEnded, !call.isDiscarded, call.isAwaited { letThrough(call) }
    }
  }

  func release(_ call: WireCall, upTo total: UInt64) {
    guard total > call.released else { return }
    receiving.take(total - call.released)
    call.released = total
    announceConnection()
  }

  func announceConnection() {
    if phase != .closed, let total = receiving.announcement() { tellCredit(total, nil) }
  }

  /// Drops what waits for the application, and gives its credit back.
  package func discard(_ call: WireCall) {
    guard !call.isDiscarded else { return }
    call.isDiscarded = true
    call.isAwaited = false
    call.isWatched = false
    queuedBytes -= call.inbound.count
    call.inbound.clear()
    call.inbound.release()
    call.scanned = 0
    call.completeMessages = 0
    if oversized === call { nextOversized() }
    release(call, upTo: call.receiving.received)
  }
}
