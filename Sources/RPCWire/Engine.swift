internal import DequeModule
package import RPCCore

/// One end of a connection without its socket: bytes and the application's wishes go in; events and
/// bytes to send come out.
///
/// The transport hands it what it reads (`receive`), pulls events until there are none
/// (`nextEvent`), asks what is to be written (`prepareOutput`, `offerOutput`) and calls `advance` at
/// `nextWake`. It is used on one loop only and holds no lock, no clock and no descriptor, so that
/// it can be tested as a plain value. `proto/PROTOCOL.md` is its specification.
///
/// Its fields, and a call's, are exempt from exclusivity checks at run time: they cost a tenth of a
/// call, and on one loop no access overlaps another except in a function that can be read whole.
///
/// What calls, messages, credit, deadlines and drains are is here; how the wire says it are the few
/// functions that a door of another protocol overrides (`HTTP2Engine`).
package class Engine {
  /// Which end of the connection this is.
  package enum Role: Sendable {
    /// Opens calls.
    case client
    /// Serves them.
    case server
  }

  /// What the transport has to act on.
  package enum Event {
    /// The peer's HELLO is here: its limits hold from now on.
    case hello
    /// Server: a call began. Answer with `accept` or `refuse` before pulling the next event.
    case opened(WireCall)
    /// Client: metadata came ahead of the first response.
    case headed(WireCall)
    /// A message, or the end, is here for a call whose application waits.
    case readable(WireCall)
    /// A sender that was told to wait may go on.
    case writable(WireCall)
    /// The call is over, by STATUS, RESET, deadline or violation; `failure` says how.
    case ended(WireCall)
    /// Client: no further calls on this connection.
    case goAway
    /// Server: there was no call for the idle timeout.
    case idle
    /// The connection is beyond use; send what is to be written and close.
    case fatal(RPCError)
  }

  enum Phase {
    case open
    /// GOAWAY with the maximum id is out, the true one not yet.
    case goingAway
    /// GOAWAY with the true id is out.
    case gone
    case closed
  }

  /// Which end this is.
  package final let role: Role
  /// What this end accepts.
  package final let limits: Limits
  /// What the other end accepts.
  @exclusivity(unchecked) final package internal(set) var peer = PeerLimits.minimum
  /// Both ends speak the encoding; false until the peer's HELLO is here.
  @exclusivity(unchecked) final package internal(set) var isCompressionOn = false
  /// The peer's HELLO has come.
  @exclusivity(unchecked) final package internal(set) var isGreeted = false
  /// What the peer calls its software, for logs.
  @exclusivity(unchecked) final package internal(set) var peerSoftware = ""
  /// Bytes to be written.
  @exclusivity(unchecked) final var output = ByteQueue(keeping: 128 << 10)
  /// Frames for calls that had ended, and frames of types that may be skipped.
  @exclusivity(unchecked) final package internal(set) var droppedFrames = 0
  /// Server: the entry of the last method called, kept by the transport; nil after another method.
  @exclusivity(unchecked) final package var methodEntry: AnyObject?
  /// Server: the name of the last method called.
  @exclusivity(unchecked) final package internal(set) var methodName = ""

  @exclusivity(unchecked) final var phase = Phase.open
  /// Client: the peer sent GOAWAY.
  @exclusivity(unchecked) final var isRefused = false
  @exclusivity(unchecked) final var calls = CallTable()
  /// Server: calls whose handler has not returned; client: open calls.
  @exclusivity(unchecked) final var running = 0
  @exclusivity(unchecked) final var highestCall: UInt32 = 0
  @exclusivity(unchecked) final var events = Deque<Event>()
  /// Calls with something to send and credit of their own to send it.
  @exclusivity(unchecked) final var ring = Deque<WireCall>()
  @exclusivity(unchecked) final var sending: SendCredit
  @exclusivity(unchecked) final var receiving: ReceiveCredit
  /// The call that may have more than its window on the way, because one message is larger.
  @exclusivity(unchecked) final var oversized: WireCall?
  /// Calls that wait to become that one.
  @exclusivity(unchecked) final var oversizedWaiters = Deque<WireCall>()
  @exclusivity(unchecked) final var abuse: AbuseGuard
  /// Bytes of messages in the calls' queues, either way.
  @exclusivity(unchecked) final var queuedBytes = 0

  // Input.
  @exclusivity(unchecked) final var input = UnsafeRawBufferPointer(start: nil, count: 0)
  /// A header or frame of which only a part is here.
  @exclusivity(unchecked) final var partial = ByteQueue()
  @exclusivity(unchecked) final var dataRemaining = 0
  @exclusivity(unchecked) final var dataCall: WireCall?
  @exclusivity(unchecked) final var dataHasEnd = false

  // Output.
  /// Bytes that have left `output`.
  @exclusivity(unchecked) final var consumed: UInt64 = 0
  /// Where those begin that were never offered to the transport.
  @exclusivity(unchecked) final var offered: UInt64 = 0
  @exclusivity(unchecked) final var lastDataCall: UInt32 = 0
  @exclusivity(unchecked) final var lastDataPosition: UInt64 = 0

  // Time.
  @exclusivity(unchecked) final var now: UInt64
  @exclusivity(unchecked) final var started: UInt64
  @exclusivity(unchecked) final var lastReceived: UInt64
  /// Memory kept for speed was given back since bytes came last.
  @exclusivity(unchecked) final var isRested = false
  @exclusivity(unchecked) final var lastBusy: UInt64
  @exclusivity(unchecked) final var earliestDeadline = UInt64.max
  @exclusivity(unchecked) final var pingSent: UInt64?
  @exclusivity(unchecked) final var pingCounter: UInt64 = 0
  @exclusivity(unchecked) final var drainPing: UInt64?
  @exclusivity(unchecked) final var drainStarted: UInt64 = 0
  @exclusivity(unchecked) final var drainMilliseconds: UInt32 = 0

  /// Starts one end of a connection; its HELLO is the first output.
  ///
  /// - Parameters:
  ///   - role: which end.
  ///   - limits: what this end accepts.
  ///   - software: name and version, told to the peer.
  ///   - now: the present in nanoseconds of the monotonic clock.
  ///   - greets: whether a HELLO begins it; a door of another protocol begins in its own way.
  package init(role: Role, limits: Limits, software: String, now: UInt64, greets: Bool = true) {
    self.role = role
    self.limits = limits
    self.now = now
    started = now
    lastReceived = now
    lastBusy = now
    sending = SendCredit(limit: PeerLimits.minimum.connectionCredit)
    receiving = ReceiveCredit(window: limits.connectionWindow)
    abuse = AbuseGuard(limit: limits.controlFrames, interval: limits.abuseInterval)
    guard greets else { return }
    frame(.hello) { HelloPayload.write(limits, software: software, to: &$0) }
  }

  /// The transport is up, its handshake done: times run from now.
  package final func begin(at present: UInt64) {
    now = present
    started = present
    lastReceived = present
    lastBusy = present
  }

  /// Whether the connection is beyond use.
  package final var isClosed: Bool { phase == .closed }

  /// Calls that count against the limit.
  package final var activeCalls: Int { running }

  /// How many bytes wait to be written.
  package final var outputCount: Int { output.count }

  /// Bytes that this connection keeps in memory: of messages not yet taken, and not yet sent.
  package final var heldBytes: Int { queuedBytes + output.count }

  /// The next thing to act on; nil when all input is used up.
  package final func nextEvent() -> Event? {
    while events.isEmpty {
      guard phase != .closed, step() else { return nil }
    }
    return events.popFirst()
  }

  /// Ends the connection because the peer broke the protocol.
  final func fatal(_ code: StatusCode, _ text: String) { reject(RPCError(code, text)) }

  /// Ends the connection with FATAL; a `fatal` event follows.
  package final func reject(_ error: RPCError) {
    guard phase != .closed else { return }
    tellFatal(error)
    close(with: error)
  }

  /// Ends all calls because the connection is gone; the application hears of each.
  package final func lose(_ error: RPCError) {
    guard phase != .closed else { return }
    close(with: error)
  }

  final func close(with error: RPCError) {
    phase = .closed
    input = UnsafeRawBufferPointer(start: nil, count: 0)
    for call in calls.all {
      var failure = error
      let neverSent = role == .client && call.openPosition >= offered
      failure.processed = neverSent ? .notStarted : .mayHaveRun
      end(call, failure: failure, move: .reset)
    }
    ring.removeAll()
    events.append(.fatal(error))
  }

  // MARK: How the wire says it

  /// What compressed messages are compressed with.
  package var encoding: MessageEncoding { .zstandard }

  /// Whether compressed messages of the call are taken.
  func takesCompressed(_ call: WireCall) -> Bool { isCompressionOn }

  /// How a call ends whose compressed messages are not taken.
  var compressionRefusal: StatusCode { .unimplemented }

  /// Works off a piece of the input; false when there is none left.
  func step() -> Bool { stepFrame() }

  /// Whether there is something to write, now or after `prepareOutput`.
  package var hasOutput: Bool {
    !output.isEmpty || (!ring.isEmpty && sending.available > 0 && phase != .closed)
  }

  /// Fills the output from the calls' queues, a frame of each in turn.
  ///
  /// Control frames and short answers are in the output already, so bulk never holds them up by
  /// more than `Limits.outputBytes`. May lead to events.
  package func prepareOutput() { fillFromRing() }

  /// Where a message of so many bytes is to be written.
  func room(for count: Int, flag: UInt8 = 0, on call: WireCall) -> UnsafeMutableRawPointer {
    roomInFrame(for: count, flag: flag, on: call)
  }

  /// Has what waits in a call's queue sent as soon as there is credit.
  func queue(_ call: WireCall) { enterRing(call) }

  /// Opens a call at the server; a `remaining` of 0 is no deadline (µs).
  func tellOpen(_ request: OutgoingCall, remaining: UInt64, _ call: WireCall) throws(RPCError) {
    frame(.open, call: call.id) { OpenPayload.write(request, remaining: remaining, to: &$0) }
  }

  /// Tells the client metadata ahead of the first response.
  func tellHead(_ metadata: Metadata, _ call: WireCall) {
    frame(.head, call: call.id) { FieldWriter.metadata(1, metadata, to: &$0) }
  }

  /// Ends a call's requests; nothing of them waits.
  func tellEnd(_ call: WireCall) { endFrame(call) }

  /// Ends a call at the client; trailers are such as the peer takes.
  func tellStatus(_ error: RPCError?, trailers: Metadata, _ processed: Processed, _ call: WireCall)
  {
    frame(.status, call: call.id) {
      StatusPayload.write(error, trailers: trailers, processed: processed, to: &$0)
    }
  }

  /// Gives a call up.
  func tellReset(_ error: RPCError, _ call: WireCall) {
    frame(.reset, call: call.id) { ReasonPayload(error).write(to: &$0) }
  }

  /// Tells what the peer may have sent in all, of a call or of the connection.
  func tellCredit(_ total: UInt64, _ call: WireCall?) {
    frame(.credit, call: call?.id ?? 0, number: total)
  }

  /// Asks the peer whether it is there.
  func tellPing(_ number: UInt64) { frame(.ping, number: number) }

  /// Tells the client which call is the last that is looked at; the maximum for "all so far".
  func tellGoAway(_ highest: UInt32) {
    let payload = GoAwayPayload(
      highestCall: highest,
      drainMilliseconds: drainMilliseconds,
      text: "the server is shutting down"
    )
    frame(.goAway) { payload.write(to: &$0) }
  }

  /// Tells the peer why the connection ends.
  func tellFatal(_ error: RPCError) { frame(.fatal) { ReasonPayload(error).write(to: &$0) } }
}
