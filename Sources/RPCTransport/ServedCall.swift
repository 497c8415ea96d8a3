internal import RPCCore
internal import RPCSockets
internal import RPCWire

/// A call on its way through the router; the handler's end of it.
///
/// May outlive its connection: it keeps the engine alive, whose ended calls answer with their
/// failure.
final class ServedCall: ServerCall, CallGate.Waiter, @unchecked Sendable {
  // Unchecked: mutable state is touched on the loop only; what handlers read from other threads
  // (metadata, deadline …) was written before the handler began and does not change.

  let call: WireCall
  private let method: ServerShared.Method
  let connection: ServerConnection
  @exclusivity(unchecked) private var receiver: UnsafeContinuation<Void, Never>?
  @exclusivity(unchecked) private var sender: UnsafeContinuation<Void, Never>?
  @exclusivity(unchecked) private var task: HandlerTask?

  /// What became of the call at the gate.
  private enum Place {
    /// It has not asked yet.
    case none
    /// It waits for a place.
    case awaited
    /// It has one, since then (ns).
    case taken(UInt64)
  }

  @exclusivity(unchecked) private var place = Place.none
  private let openedAt: UInt64
  @exclusivity(unchecked) private var number: UInt64 = 0
  @exclusivity(unchecked) private var livePlace = 0

  init(_ call: WireCall, method: ServerShared.Method, connection: ServerConnection) {
    self.call = call
    self.method = method
    self.connection = connection
    openedAt = connection.loop.now
    (number, livePlace) = connection.counts.begin(self, method: method.index)
  }

  /// The call as those who watch the server see it.
  var description: LiveCall {
    var isWaiting = isDelayed && !isStarted
    if case .awaited = place { isWaiting = true }
    return LiveCall(
      number: number,
      path: method.entry.method.path,
      identity: connection.peer.identity,
      startedAt: openedAt,
      isWaiting: isWaiting
    )
  }

  var peer: Peer { connection.peer }
  var metadata: Metadata { call.metadata }
  var deadline: Deadline { call.deadline }
  var idempotencyKey: IdempotencyKey? { call.idempotencyKey }
  var attempt: Int { call.attempt }
  var trace: TraceContext? { TraceContext(bytes: call.trace) }

  // MARK: The connection's side, on the loop

  /// Whether the handler was started, or skipped.
  @exclusivity(unchecked) private(set) var isStarted = false

  /// Whether it waits for the loop to have time for it.
  @exclusivity(unchecked) private(set) var isDelayed = false

  /// Starts the handler when the loop has time for it, unless others that wait for that take until the
  /// call's deadline. Calls that take no place are answered however much there is to do.
  func startInTurn() {
    guard !isDelayed else { return }
    let loop = connection.loop
    let gate = connection.shared.gate
    // Not the round's time: others may have worked for long in it. Whenever one of them has ended, or begun
    // to wait, the clock was read.
    let now = loop.latestNow
    guard loop.isBehind(at: now), gate.takesPlace(method.index) else { return start(at: now) }
    let refusal = gate.delay(
      self,
      method: method.index,
      caller: connection.caller,
      for: loop.backlogTime(of: connection.caller),
      margin: Self.margin(of: loop) * 3 / 2,
      now: now
    )
    if let refusal {
      isStarted = true
      return turnAway(refusal)
    }
    isDelayed = true
    call.isHeldBack = true
    // In turn with the calls of other identities.
    loop.later(for: connection.caller) { [self] in
      gate.endDelay(of: connection.caller)
      if !isStarted { start(at: connection.loop.readClock()) }
    }
  }

  /// What a call that had to wait needs besides its own time for its answer to be with the caller: rounds
  /// are long then (ns).
  private static func margin(of loop: EventLoop) -> UInt64 { 4 * loop.roundLimit }

  /// Starts the handler, once there is a place for the call.
  private func start(at now: UInt64) {
    isStarted = true
    let decision = connection.shared.gate.enter(
      self,
      method: method.index,
      caller: connection.caller,
      margin: isDelayed ? Self.margin(of: connection.loop) : 0,
      now: now
    )
    switch decision {
    case .goesOn: begin(at: now)
    case .waits:
      place = .awaited
      call.isHeldBack = true
    case .refused(let error): turnAway(error)
    }
  }

  private func begin(at now: UInt64) {
    place = .taken(now)
    call.isHeldBack = false
    task = connection.tasks.start(self)
  }

  private func turnAway(_ error: RPCError) {
    complete(CallEnding(error: error, trailers: [:], processed: error.processed))
  }

  func admit() {
    connection.loop.execute { [self] in
      let now = connection.loop.now
      begin(at: now)
      // It was over before it had its place: the handler's task is cancelled from the start.
      if call.isEnded { task?.cancel() }
    }
  }

  func refuse(_ error: RPCError) {
    connection.loop.execute { [self] in turnAway(error) }
  }

  /// The call is over before its handler began, and takes no place any more.
  func skip() {
    isStarted = true
    let error = RPCError(.cancelled, "the call ended before it began")
    complete(CallEnding(error: error, trailers: [:], processed: .notStarted))
  }

  /// The call is over for the peer: the handler is to notice.
  func stop() {
    // One that is not in the queue any more is about to be told of its place.
    if case .awaited = place, connection.shared.gate.forget(self, method: method.index) {
      return turnAway(RPCError(.cancelled, "the call ended before it began"))
    }
    task?.cancel()
    wakeReceiver()
    wakeSender()
  }

  func wakeReceiver() {
    receiver?.resume()
    receiver = nil
  }

  func wakeSender() {
    sender?.resume()
    sender = nil
  }

  // MARK: The handler's side

  /// What is served.
  var entry: Router.Entry { method.entry }

  /// The handler has returned, somewhere; false where that is not the loop, and `completeOnLoop` is to be
  /// asked. Not one function for both: whatever suspends costs each call its frame.
  func completeHere(_ ending: CallEnding) -> Bool {
    guard connection.loop.isCurrent else { return false }
    complete(ending)
    return true
  }

  /// The same from another thread; returns on the loop.
  func completeOnLoop(_ ending: CallEnding) async {
    try? await connection.loop.hop { self.complete(ending) }
  }

  private func complete(_ ending: CallEnding) {
    task = nil
    call.owner = nil
    // What the caller was told: a handler may return after its deadline, or its caller's end.
    let code =
      call.isEnded ? call.failure?.code ?? .ok : ending.error?.code ?? StatusCode.ok
    connection.engine.finish(
      call,
      error: ending.error,
      trailers: ending.trailers,
      processed: ending.processed
    )
    settle(code, ending.processed)
    connection.scheduleFlush()
    connection.handlerReturned()
  }

  /// Gives the place free and counts the call.
  private func settle(_ code: StatusCode, _ processed: Processed) {
    let now = connection.loop.readClock()
    var waited: UInt64 = 0
    switch place {
    case .none: if isDelayed { waited = now &- openedAt }
    case .awaited: waited = now &- openedAt
    case .taken(let start):
      waited = start &- openedAt
      connection.shared.gate.leave(
        method: method.index,
        caller: connection.caller,
        duration: now &- start,
        now: now
      )
    }
    connection.counts.end(
      place: livePlace,
      method: method.index,
      code,
      duration: now &- openedAt,
      (call.receivedBytes, call.sentBytes)
    )
    guard let recordCall = connection.shared.configuration.recordCall else { return }
    let record = CallRecord(
      number: number,
      path: method.entry.method.path,
      identity: connection.peer.identity,
      code: code,
      processed: processed,
      duration: now &- openedAt,
      waited: waited,
      receivedBytes: call.receivedBytes,
      sentBytes: call.sentBytes,
      attempt: call.attempt,
      trace: trace
    )
    recordCall(record)
  }

  func receive<M: WireMessage>(_ type: M.Type) async throws -> M? {
    if connection.loop.isCurrent { return try await receiveOnLoop(type) }
    return try await connection.loop.hop {
      try await self.receiveOnLoop(type)
    }
  }

  func receiveOnlyNow<M: WireMessage>(_ type: M.Type) throws -> M? {
    guard connection.loop.isCurrent, connection.engine.hasOnlyMessage(call) else { return nil }
    return try take(type)
  }

  private func take<M: WireMessage>(_ type: M.Type) throws -> M {
    defer { connection.take(call) }
    return try M(wireBytes: connection.message(of: call))
  }

  private func receiveOnLoop<M: WireMessage>(_ type: M.Type) async throws -> M? {
    guard try await waitForMessage() else { return nil }
    let isCompressed = connection.engine.isCompressed(call)
    let message = try take(type)
    // A few bytes can become many: a stream of such messages is not to keep the loop for itself.
    if isCompressed { await Task.yield() }
    return message
  }

  /// Waits until a message is here; false when all were taken and the caller has ended.
  private func waitForMessage() async throws -> Bool {
    while true {
      switch connection.engine.offer(call) {
      case .message: return true
      case .end: return false
      case .failed(let error): throw error
      case .nothing:
        try Task.checkCancellation()
        connection.engine.await(call)
        connection.scheduleFlush()
        await waitToReceive()
      }
    }
  }

  func lend(_ body: (UnsafeRawBufferPointer) throws -> Void) async throws -> Bool {
    // What is lent does not leave the loop.
    guard connection.loop.isCurrent else { return try await lendCopy(body) }
    guard try await waitForMessage() else { return false }
    while true {
      // A few bytes can become many, and many messages take long: others have their turn between.
      let goesOn = !connection.engine.isCompressed(call) && !connection.loop.isBehind
      do {
        defer { connection.take(call) }
        try body(try connection.message(of: call))
      }
      guard goesOn else {
        await Task.yield()
        return true
      }
      guard case .message = connection.engine.offer(call) else { return true }
    }
  }

  func sendHead(_ metadata: Metadata) async throws {
    if connection.loop.isCurrent { return try sendHeadOnLoop(metadata) }
    try await connection.loop.hop { try self.sendHeadOnLoop(metadata) }
  }

  private func sendHeadOnLoop(_ metadata: Metadata) throws {
    try connection.engine.sendHead(metadata, on: call)
    connection.scheduleFlush()
  }

  func send<M: WireMessage>(_ message: M) async throws {
    if connection.loop.isCurrent {
      if try !connection.send(message, on: call) { try await waitToSend() }
      return
    }
    try await connection.loop.hop {
      if try !self.connection.send(message, on: self.call) { try await self.waitToSend() }
    }
  }

  func sendNow<M: WireMessage>(_ message: M) throws -> Bool {
    guard connection.loop.isCurrent, connection.engine.canSendNow(on: call) else { return false }
    _ = try connection.send(message, on: call)
    return true
  }

  private func waitToReceive() async {
    await withTaskCancellationHandler {
      await withUnsafeContinuation { receiver = $0 }
    } onCancel: {
      connection.loop.execute { self.wakeReceiver() }
    }
  }

  private func waitToSend() async throws {
    await withTaskCancellationHandler {
      await withUnsafeContinuation { sender = $0 }
    } onCancel: {
      connection.loop.execute { self.wakeSender() }
    }
    if let failure = call.failure { throw failure }
    try Task.checkCancellation()
  }
}
