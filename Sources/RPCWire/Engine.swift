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
package final class Engine {
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
  package let role: Role
  /// What this end accepts.
  package let limits: Limits
  /// What the other end accepts.
  @exclusivity(unchecked) package internal(set) var peer = PeerLimits.minimum
  /// Both ends speak Zstandard; false until the peer's HELLO is here.
  @exclusivity(unchecked) package internal(set) var isZstandardOn = false
  /// The peer's HELLO has come.
  @exclusivity(unchecked) package internal(set) var isGreeted = false
  /// What the peer calls its software, for logs.
  @exclusivity(unchecked) package internal(set) var peerSoftware = ""
  /// Bytes to be written.
  @exclusivity(unchecked) var output = ByteQueue(keeping: 128 << 10)
  /// Frames for calls that had ended, and frames of types that may be skipped.
  @exclusivity(unchecked) package internal(set) var droppedFrames = 0
  /// Server: the entry of the last method called, kept by the transport; nil after another method.
  @exclusivity(unchecked) package var methodEntry: AnyObject?
  /// Server: the name of the last method called.
  @exclusivity(unchecked) package internal(set) var methodName = ""

  @exclusivity(unchecked) var phase = Phase.open
  /// Client: the peer sent GOAWAY.
  @exclusivity(unchecked) var isRefused = false
  @exclusivity(unchecked) var calls = CallTable()
  /// Server: calls whose handler has not returned; client: open calls.
  @exclusivity(unchecked) var running = 0
  @exclusivity(unchecked) var highestCall: UInt32 = 0
  @exclusivity(unchecked) var events = Deque<Event>()
  /// Calls with something to send and credit of their own to send it.
  @exclusivity(unchecked) var ring = Deque<WireCall>()
  @exclusivity(unchecked) var sending: SendCredit
  @exclusivity(unchecked) var receiving: ReceiveCredit
  /// The call that may have more than its window on the way, because one message is larger.
  @exclusivity(unchecked) var oversized: WireCall?
  /// Calls that wait to become that one.
  @exclusivity(unchecked) var oversizedWaiters = Deque<WireCall>()
  @exclusivity(unchecked) var abuse: AbuseGuard
  /// Bytes of messages in the calls' queues, either way.
  @exclusivity(unchecked) var queuedBytes = 0

  // Input.
  @exclusivity(unchecked) var input = UnsafeRawBufferPointer(start: nil, count: 0)
  /// A header or frame of which only a part is here.
  @exclusivity(unchecked) var partial = ByteQueue()
  @exclusivity(unchecked) var dataRemaining = 0
  @exclusivity(unchecked) var dataCall: WireCall?
  @exclusivity(unchecked) var dataHasEnd = false

  // Output.
  /// Bytes that have left `output`.
  @exclusivity(unchecked) var consumed: UInt64 = 0
  /// Where those begin that were never offered to the transport.
  @exclusivity(unchecked) var offered: UInt64 = 0
  @exclusivity(unchecked) var lastDataCall: UInt32 = 0
  @exclusivity(unchecked) var lastDataPosition: UInt64 = 0

  // Time.
  @exclusivity(unchecked) var now: UInt64
  @exclusivity(unchecked) var started: UInt64
  @exclusivity(unchecked) var lastReceived: UInt64
  /// Memory kept for speed was given back since bytes came last.
  @exclusivity(unchecked) var isRested = false
  @exclusivity(unchecked) var lastBusy: UInt64
  @exclusivity(unchecked) var earliestDeadline = UInt64.max
  @exclusivity(unchecked) var pingSent: UInt64?
  @exclusivity(unchecked) var pingCounter: UInt64 = 0
  @exclusivity(unchecked) var drainPing: UInt64?
  @exclusivity(unchecked) var drainStarted: UInt64 = 0
  @exclusivity(unchecked) var drainMilliseconds: UInt32 = 0

  /// Starts one end of a connection; its HELLO is the first output.
  ///
  /// - Parameters:
  ///   - role: which end.
  ///   - limits: what this end accepts.
  ///   - software: name and version, told to the peer.
  ///   - now: the present in nanoseconds of the monotonic clock.
  package init(role: Role, limits: Limits, software: String, now: UInt64) {
    self.role = role
    self.limits = limits
    self.now = now
    started = now
    lastReceived = now
    lastBusy = now
    sending = SendCredit(limit: PeerLimits.minimum.connectionCredit)
    receiving = ReceiveCredit(window: limits.connectionWindow)
    abuse = AbuseGuard(limit: limits.controlFrames, interval: limits.abuseInterval)
    frame(.hello) { HelloPayload.write(limits, software: software, to: &$0) }
  }

  /// The transport is up, its handshake done: times run from now.
  package func begin(at present: UInt64) {
    now = present
    started = present
    lastReceived = present
    lastBusy = present
  }

  /// Whether the connection is beyond use.
  package var isClosed: Bool { phase == .closed }

  /// Calls that count against the limit.
  package var activeCalls: Int { running }

  /// How many bytes wait to be written.
  package var outputCount: Int { output.count }

  /// Bytes that this connection keeps in memory: of messages not yet taken, and not yet sent.
  package var heldBytes: Int { queuedBytes + output.count }

  /// Frames that brought nothing on, since the interval began that is counted.
  package var abuseCount: Int { abuse.count }

  /// Whether there is something to write, now or after `prepareOutput`.
  package var hasOutput: Bool {
    !output.isEmpty || (!ring.isEmpty && sending.available > 0 && phase != .closed)
  }

  /// The next thing to act on; nil when all input is used up.
  package func nextEvent() -> Event? {
    while events.isEmpty {
      guard phase != .closed, step() else { return nil }
    }
    return events.popFirst()
  }

  /// Ends the connection because the peer broke the protocol.
  func fatal(_ code: StatusCode, _ text: String) { reject(RPCError(code, text)) }

  /// Ends the connection with FATAL; a `fatal` event follows.
  package func reject(_ error: RPCError) {
    guard phase != .closed else { return }
    frame(.fatal) { ReasonPayload(error).write(to: &$0) }
    close(with: error)
  }

  /// Ends all calls because the connection is gone; the application hears of each.
  package func lose(_ error: RPCError) {
    guard phase != .closed else { return }
    close(with: error)
  }

  func close(with error: RPCError) {
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
}
