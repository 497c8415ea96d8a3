internal import RPCCore
internal import RPCSockets
internal import RPCTLS
internal import RPCWire
internal import Synchronization

/// A socket, its TLS session and its engine on one loop: what server and client have in common.
///
/// Bytes read go to the engine, its events to the subclass, its output to TLS once a round. Life is
/// handshaking → open → closing (the last output leaves) → lingering (the peer reads it) → closed.
class Connection: ReadyHandler, TurnEndHandler, TimerHandler, @unchecked Sendable {
  // Unchecked: everything mutable is touched on the loop only, which `loop.now`, `register` and the
  // rest of the loop's interface check.

  enum Phase {
    case handshaking
    case open
    case closing
    case lingering
    case closed
  }

  /// What ends a connection whose handshake takes too long.
  static let lateHandshake = "no TLS handshake in time"
  /// Reads of one readiness before others have their turn.
  private static let readsPerRound = 8
  /// Writes of one round before others have their turn.
  private static let writesPerRound = 16
  /// How long the last output may take to leave, and the peer to read it (ns).
  private static let lingerTime: UInt64 = 1_000_000_000
  /// Bytes that a lingering connection throws away before it closes all the same.
  private static let lingerBytes = 1 << 20

  let loop: EventLoop
  /// Replaced by that of another protocol, if the two ends agree on one, when the handshake is done.
  @exclusivity(unchecked) private(set) var engine: Engine
  @exclusivity(unchecked) private(set) var phase = Phase.handshaking
  private let socket: Socket
  private let session: TLSSession
  private let buffer: ReceiveBuffer
  private let codec: MessageCodec
  /// Where handshakes are computed; on the loop where that is nil.
  private let handshakes: BackgroundThread?
  /// The handshake is being computed elsewhere: the session is not the loop's meanwhile.
  @exclusivity(unchecked) private var isComputing = false
  /// Nobody wants what is to be computed any more; read where that is done.
  private let isGivenUp = Atomic<Bool>(false)
  /// What ends the connection once that is done.
  @exclusivity(unchecked) private var endAfterComputing: RPCError?
  @exclusivity(unchecked) private var registration: Registration?
  @exclusivity(unchecked) private var timer: TimerID?
  @exclusivity(unchecked) private var timerDeadline = UInt64.max
  @exclusivity(unchecked) private var phaseDeadline: UInt64
  @exclusivity(unchecked) private var isFlushScheduled = false
  @exclusivity(unchecked) private var isReadScheduled = false
  /// Reading was left off because the peer does not take the output.
  @exclusivity(unchecked) private var isReadStalled = false
  @exclusivity(unchecked) private var isWriteBlocked = false
  @exclusivity(unchecked) private var readWantsWrite = false
  private var lingered = 0

  /// Takes over a connected socket; on the loop. `start` begins.
  init(
    loop: EventLoop,
    socket: Socket,
    session: TLSSession,
    engine: Engine,
    buffer: ReceiveBuffer,
    codec: MessageCodec,
    handshakes: BackgroundThread? = nil,
    handshakeDeadline: UInt64
  ) {
    self.loop = loop
    self.socket = socket
    self.session = session
    self.engine = engine
    self.buffer = buffer
    self.codec = codec
    self.handshakes = handshakes
    phaseDeadline = handshakeDeadline
  }

  /// Verifies the peer as another context trusts; nothing where the session began from that one.
  func verifyPeer(in context: TLSContext) throws(TLSError) {
    if session.context !== context { try session.verifyAgain(in: context) }
  }

  /// The verified peer; nil before the handshake is done.
  var verifiedPeer: Peer? {
    session.peer.map { peer in
      Peer(
        identity: peer.uri,
        commonName: peer.commonName,
        address: socket.peerAddress.map { "\($0)" } ?? "",
        fingerprint: peer.fingerprint,
        certificate: peer.certificate
      )
    }
  }

  // MARK: For subclasses

  /// The handshake is done and the peer verified; false turns the connection away.
  func authenticated() -> Bool { true }

  /// Makes the engine of a connection whose ends agreed on HTTP/2.
  func makeHTTP2Engine() -> HTTP2Engine {
    preconditionFailure("every kind of connection has its own")
  }

  /// Acts on an event other than `fatal`.
  func handle(_ event: Engine.Event) {}

  /// Nothing was received for a while: memory kept for speed is given back.
  func quietened() { session.releaseBuffers() }

  /// All events of the bytes at hand were handled.
  func handledEvents() {}

  /// The connection is gone; called once.
  func ended(_ error: RPCError) {}

  // MARK: Messages

  /// Sends a message, compressed where the call's ends want it; false when its sender has to wait.
  func send<M: WireMessage>(_ message: M, on call: WireCall) throws(RPCError) -> Bool {
    let goesOn =
      engine.compresses(call)
      ? try codec.send(message, on: call, of: engine) : try engine.send(message, on: call)
    scheduleFlush()
    return goesOn
  }

  /// The message at the front of a call, restored where it is compressed; valid until `take`.
  func message(of call: WireCall) throws(RPCError) -> UnsafeRawBufferPointer {
    let octets = engine.message(of: call)
    guard engine.isCompressed(call) else { return octets }
    return try codec.restore(octets, from: engine.encoding, atMost: call.maximumMessageBytes)
  }

  /// Takes the message at the front of a call and gives its credit back.
  func take(_ call: WireCall) {
    codec.shrink()
    engine.take(call)
    if engine.hasOutput { scheduleFlush() }
  }

  // MARK: Life

  /// Registers with the loop and begins the handshake.
  func start() {
    // Answers are small; on a socket that is not TCP this fails and does not matter.
    try? socket.setNoDelay()
    guard register() else { return }
    // The first word is the client's.
    if engine.role == .client { stepHandshake() }
    updateTimer()
  }

  private func register() -> Bool {
    do throws(SocketError) {
      registration = try loop.register(socket.descriptor, interest: .read, handler: self)
      return true
    } catch {
      abort(RPCError(code: .unavailable, message: "\(error)", cause: error))
      return false
    }
  }

  private func deregister() {
    if let registration { loop.deregister(registration) }
    registration = nil
  }

  /// Takes the handshake on: a millisecond or more of computing, for which calls on the loop do not
  /// wait where there is another place for it.
  private func stepHandshake() {
    guard let handshakes else { return stepped(computed()) }
    isComputing = true
    deregister()
    handshakes.execute { [self] in
      let outcome = computed()
      loop.execute { [self] in
        isComputing = false
        if let endAfterComputing { return abort(endAfterComputing) }
        guard register() else { return }
        stepped(outcome)
        updateTimer()
      }
    }
  }

  private func computed() -> Result<TLSSession.Progress, TLSError> {
    if isGivenUp.load(ordering: .relaxed) { return .success(.wantsRead) }
    return Result { () throws(TLSError) in try session.handshake() }
  }

  private func stepped(_ outcome: Result<TLSSession.Progress, TLSError>) {
    do throws(TLSError) {
      switch try outcome.get() {
      case .wantsRead: isWriteBlocked = false
      case .wantsWrite: isWriteBlocked = true
      case .done:
        isWriteBlocked = false
        phase = .open
        if session.negotiatedProtocol == HTTP2Engine.protocolName { engine = makeHTTP2Engine() }
        engine.begin(at: loop.now)
        guard authenticated() else { return }
        scheduleFlush()
        // The peer's first frames may have come with its last of the handshake.
        readAvailable()
      }
      updateInterest()
    } catch {
      abort(Self.failure(error))
    }
  }

  func ready(_ events: ReadyEvents) {
    switch phase {
    case .handshaking:
      stepHandshake()
      updateTimer()
    case .open, .closing:
      if !events.isDisjoint(with: .writeOrHangup) {
        isWriteBlocked = false
        scheduleFlush()
      }
      if phase == .open, !events.isDisjoint(with: .readOrHangup) || readWantsWrite {
        readAvailable()
      } else if phase == .closing, events.contains(.hangup) {
        abort(RPCError(.unavailable, "the connection was lost"))
      }
    case .lingering: linger()
    case .closed: break
    }
  }

  /// Ends all calls and leaves in order: the output goes first, with what the engine has added.
  func close(_ error: RPCError) {
    guard phase != .closed, phase != .closing, phase != .lingering else { return }
    guard phase == .open else { return abort(error) }
    engine.lose(error)
    handleEvents()
    beginClosing(error)
  }

  private func beginClosing(_ error: RPCError) {
    guard phase == .open else { return }
    phase = .closing
    phaseDeadline = loop.now &+ Self.lingerTime
    ended(error)
    scheduleFlush()
  }

  /// Ends everything at once.
  func abort(_ error: RPCError) {
    guard phase != .closed else { return }
    guard !isComputing else {
      // No timer for what is on its way.
      phaseDeadline = .max
      isGivenUp.store(true, ordering: .relaxed)
      return endAfterComputing = endAfterComputing ?? error
    }
    let wasAlive = phase == .handshaking || phase == .open
    phase = .closed
    deregister()
    if let timer { loop.cancel(timer) }
    timer = nil
    engine.lose(error)
    while let event = engine.nextEvent() { pass(event) }
    socket.close()
    if wasAlive { ended(error) }
    closed()
  }

  /// The socket is closed; called once, after `ended`.
  func closed() {}

  // MARK: Reading

  private func readAvailable() {
    var reads = 0
    readWantsWrite = false
    while phase == .open {
      guard reads < Self.readsPerRound else { return scheduleRead() }
      // A peer that does not take answers is not asked for more questions.
      guard engine.outputCount <= engine.limits.stalledOutputBytes else {
        isReadStalled = true
        break
      }
      reads += 1
      guard readOnce() else { break }
    }
    updateInterest()
  }

  /// Reads a record; false when nothing more is there.
  private func readOnce() -> Bool {
    do throws(TLSError) {
      switch try session.read(into: buffer.memory) {
      case .bytes(let count):
        engine.receive(
          UnsafeRawBufferPointer(rebasing: buffer.memory[..<count]),
          now: loop.now
        )
        handleEvents()
        return session.hasPending
      case .wantsRead: return false
      case .wantsWrite:
        readWantsWrite = true
        return false
      case .closed:
        close(RPCError(.unavailable, "the peer closed the connection"))
        return false
      }
    } catch {
      abort(Self.failure(error))
      return false
    }
  }

  private func scheduleRead() {
    guard !isReadScheduled else { return }
    isReadScheduled = true
    // What TLS holds already does not make the socket ready again.
    loop.execute { [self] in
      isReadScheduled = false
      if phase == .open { readAvailable() }
    }
  }

  /// Acts on the engine's events; its output leaves at the end of the round.
  func handleEvents() {
    while let event = engine.nextEvent() { pass(event) }
    handledEvents()
    // A client's last call may be the end of a connection that the server has retired.
    if engine.hasOutput || engine.isDrained { scheduleFlush() } else { updateTimer() }
  }

  private func pass(_ event: Engine.Event) {
    if case .fatal(let error) = event { beginClosing(error) } else { handle(event) }
  }

  // MARK: Writing

  /// Has the output written when all events and jobs of this round are done.
  func scheduleFlush() {
    guard !isFlushScheduled, phase != .closed else { return }
    isFlushScheduled = true
    loop.onTurnEnd(self)
  }

  /// Writes what there is; subclasses look at what is left.
  func turnEnded() {
    isFlushScheduled = false
    guard phase == .open || phase == .closing else { return }
    flush()
    if phase == .open, engine.isDrained {
      close(RPCError(.unavailable, "the connection has ended in order"))
    }
    updateTimer()
  }

  private func flush() {
    var writes = 0
    while !isWriteBlocked {
      engine.prepareOutput()
      while let event = engine.nextEvent() { pass(event) }
      guard engine.outputCount > 0 else { break }
      guard writes < Self.writesPerRound else { return scheduleFlush() }
      writes += 1
      guard writeOnce() else { return }
    }
    if phase == .closing, engine.outputCount == 0, !isWriteBlocked { beginLingering() }
    if isReadStalled, engine.outputCount <= engine.limits.stalledOutputBytes {
      // What TLS has read already does not make the socket ready again.
      isReadStalled = false
      scheduleRead()
    }
    updateInterest()
  }

  private func writeOnce() -> Bool {
    do throws(TLSError) {
      switch try session.write(engine.offerOutput()) {
      case .bytes(let count): engine.consumeOutput(count)
      case .wantsWrite, .wantsRead: isWriteBlocked = true
      }
      return true
    } catch {
      abort(Self.failure(error))
      return false
    }
  }

  private func updateInterest() {
    guard let registration else { return }
    var interest = Interest.none
    if isWriteBlocked || (readWantsWrite && phase == .open) { interest.insert(.write) }
    // Only what is read is asked for: readiness that nobody uses up would come again at once.
    let reads =
      switch phase {
      case .handshaking, .lingering: true
      case .open: engine.outputCount <= engine.limits.stalledOutputBytes
      case .closing, .closed: false
      }
    if reads { interest.insert(.read) }
    loop.update(registration, interest: interest)
  }

  // MARK: Lingering

  /// Says goodbye and waits for the peer to do so: closing over unread bytes would make TCP throw
  /// away what the peer has not read yet.
  private func beginLingering() {
    session.shutdown()
    socket.shutdownWriting()
    phase = .lingering
    phaseDeadline = loop.now &+ Self.lingerTime
    linger()
  }

  private func linger() {
    while lingered < Self.lingerBytes {
      switch try? socket.receive(into: buffer.memory) {
      case .bytes(let count): lingered += count
      case .wouldBlock: return
      case .closed, nil: return abort(RPCError(.unavailable, "the connection has ended"))
      }
    }
    abort(RPCError(.unavailable, "the connection has ended"))
  }

  // MARK: Time

  /// Arms the one timer; a later deadline leaves it as it is, and it looks again when it fires.
  func updateTimer() {
    guard phase != .closed else { return }
    let wake = phase == .open ? engine.nextWake : phaseDeadline
    guard wake < timerDeadline else { return }
    if let timer { loop.cancel(timer) }
    timerDeadline = wake
    timer = loop.schedule(at: wake, self)
  }

  func timerFired(_ timer: TimerID) {
    self.timer = nil
    timerDeadline = .max
    switch phase {
    case .open:
      engine.advance(to: loop.now)
      handleEvents()
      scheduleFlush()
      if engine.isQuiet { quietened() }
    case .handshaking where loop.now >= phaseDeadline:
      abort(RPCError(.unavailable, Self.lateHandshake))
    case .closing where loop.now >= phaseDeadline, .lingering where loop.now >= phaseDeadline:
      abort(RPCError(.unavailable, "the connection has ended"))
    default: break
    }
    updateTimer()
  }

  /// What a TLS failure means for calls.
  static func failure(_ error: TLSError) -> RPCError {
    let code: StatusCode =
      switch error.code {
      case .certificateRejected, .rejectedByPeer, .configuration: .unauthenticated
      case .notTLS, .protocolMismatch: .unimplemented
      default: .unavailable
      }
    return RPCError(code: code, message: error.message, cause: error)
  }
}

/// The memory into which all connections of a loop read; what it holds is used up at once.
final class ReceiveBuffer: @unchecked Sendable {
  // Unchecked: touched on its loop only.

  /// A TLS record's largest content.
  static let byteCount = 16 << 10

  let memory = UnsafeMutableRawBufferPointer.allocate(byteCount: byteCount, alignment: 16)

  deinit { memory.deallocate() }
}
