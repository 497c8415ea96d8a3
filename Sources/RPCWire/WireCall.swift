package import RPCCore

/// What a client asks for when it opens a call.
package struct OutgoingCall: Sendable {
  /// `service/method`.
  package var method: String
  /// When it must have ended, on the monotonic clock.
  package var deadline = Deadline.never
  /// What travels beside the messages; well-formed.
  package var metadata = Metadata()
  /// 25 bytes of trace context, or none.
  package var trace: [UInt8] = []
  /// The key of a write that may be repeated.
  package var idempotencyKey: IdempotencyKey?
  /// Which attempt this is, from 1.
  package var attempt = 1
  /// Responses may come compressed, and requests go compressed where the application does so.
  package var isCompressed = false

  /// Asks for a method.
  package init(method: String) { self.method = method }
}

/// One call of a connection as the engine keeps it; used on the connection's loop only.
package final class WireCall {
  /// The call's number on its connection.
  package let id: UInt32
  /// Where it stands.
  @exclusivity(unchecked) package internal(set) var state = CallState()
  /// What the transport hangs on the call.
  @exclusivity(unchecked) package var owner: AnyObject?
  /// When it must have ended.
  @exclusivity(unchecked) package internal(set) var deadline = Deadline.never
  /// OPEN's metadata.
  @exclusivity(unchecked) package internal(set) var metadata = Metadata()
  /// OPEN's trace context, 25 bytes or none.
  @exclusivity(unchecked) package internal(set) var trace: [UInt8] = []
  /// OPEN's idempotency key.
  @exclusivity(unchecked) package internal(set) var idempotencyKey: IdempotencyKey?
  /// OPEN's attempt.
  @exclusivity(unchecked) package internal(set) var attempt = 1
  /// The caller accepts compressed responses, or sends compressed requests.
  @exclusivity(unchecked) package internal(set) var isCompressed = false
  /// The metadata of a HEAD frame, once there was one.
  @exclusivity(unchecked) package internal(set) var head: Metadata?
  /// Why the call failed; nil while it lives, and when it ended well.
  @exclusivity(unchecked) package internal(set) var failure: RPCError?
  /// Metadata that came with the status.
  @exclusivity(unchecked) package internal(set) var trailers = Metadata()
  /// What the status said of the work.
  @exclusivity(unchecked) package internal(set) var processed = Processed.mayHaveRun

  /// Client: the server itself ended the call with a status.
  @exclusivity(unchecked) package internal(set) var wasAnswered = false

  // Receiving.
  @exclusivity(unchecked) var inbound = ByteQueue()
  @exclusivity(unchecked) var receiving: ReceiveCredit
  /// Bytes of this call that the connection's credit no longer counts as waiting.
  @exclusivity(unchecked) var released: UInt64 = 0
  /// Where the next message prefix stands in `inbound`.
  @exclusivity(unchecked) var scanned = 0
  @exclusivity(unchecked) var completeMessages = 0
  /// Largest message received, compressed or not.
  @exclusivity(unchecked) package internal(set) var maximumMessageBytes: Int
  /// The application waits for a message or the end.
  @exclusivity(unchecked) var isAwaited = false
  /// The transport wants to hear of the first message, but nobody waits yet.
  @exclusivity(unchecked) var isWatched = false
  /// Nobody will take what is left.
  @exclusivity(unchecked) var isDiscarded = false

  // Sending.
  @exclusivity(unchecked) var outbound = ByteQueue()
  @exclusivity(unchecked) var sending: SendCredit
  /// The call stands in the engine's ring of calls with something to send.
  @exclusivity(unchecked) var isInRing = false
  /// The largest message in `outbound` that only HELLO can permit; 0 for none. Nothing leaves
  /// `outbound` before.
  @exclusivity(unchecked) var heldMessage = 0
  /// The sender waits until its queue has drained.
  @exclusivity(unchecked) var isSenderWaiting = false
  @exclusivity(unchecked) var endAfterOutbound = false
  @exclusivity(unchecked) var statusAfterOutbound: PendingStatus?
  /// Where the OPEN frame begins in all that the connection ever sent.
  @exclusivity(unchecked) var openPosition: UInt64 = 0
  /// The handler has not returned yet.
  @exclusivity(unchecked) var isRunning = false

  struct PendingStatus {
    var error: RPCError?
    var trailers: Metadata
    var processed: Processed
  }

  init(id: UInt32, window: Int, credit: UInt64, maximumMessageBytes: Int) {
    self.id = id
    self.maximumMessageBytes = maximumMessageBytes
    receiving = ReceiveCredit(window: window)
    sending = SendCredit(limit: credit)
  }

  /// What an HTTP/2 engine notes of the call's stream.
  @exclusivity(unchecked) var marks: StreamMarks = []
  /// What the peer of an HTTP/2 engine was told it may have sent in all.
  @exclusivity(unchecked) var creditTold: UInt64 = 0

  /// Server: nothing of the call has begun, because there was no place for it yet.
  @exclusivity(unchecked) package var isHeldBack = false
  /// What is to be said of the work where the call ends without its handler's word.
  var processedSoFar: Processed { isHeldBack ? .notStarted : .mayHaveRun }

  /// Bytes of messages received, prefixes included.
  package var receivedBytes: UInt64 { receiving.received }
  /// Bytes of messages sent or about to be, prefixes included.
  package var sentBytes: UInt64 { sending.sent &+ UInt64(outbound.count) }

  /// Whether the call is over on the wire.
  package var isEnded: Bool { state.isEnded }
}
