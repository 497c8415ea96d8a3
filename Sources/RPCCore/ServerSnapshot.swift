internal import Synchronization

/// What a server is doing and has done, at one moment.
package struct ServerSnapshot: Sendable {
  /// The monotonic clock when it was taken (ns).
  package var takenAt: UInt64 = 0
  /// The monotonic clock when the server was made (ns).
  package var startedAt: UInt64 = 0
  /// Connections whose handshake is done.
  package var openConnections = 0
  /// Connections in their handshake.
  package var pendingConnections = 0
  /// Connections that were refused since the start, before or after their handshake.
  package var refusedConnections: UInt64 = 0
  /// Calls that wait for a place.
  package var waitingCalls = 0
  /// Calls that were turned away since the start because there was no place for them.
  package var refusedCalls: UInt64 = 0
  /// Bytes of messages that wait in the server's memory, either way.
  package var heldBytes = 0
  /// The server is draining.
  package var isDraining = false
  /// Every method that is served, by path.
  package var methods: [MethodSnapshot] = []
  /// The open connections.
  package var connections: [ConnectionSnapshot] = []
  /// The calls that run or wait.
  package var calls: [LiveCall] = []
  /// By what the server is trusted and trusts, and when it ends.
  package var certificates: [CertificateExpiry] = []

  /// An empty one.
  package init() {}
}

/// What a server counted of one method.
package struct MethodSnapshot: Sendable {
  /// `service/method`.
  package var path: String
  /// Calls that came, those included that were refused.
  package var started: UInt64 = 0
  /// Calls that have not ended, those that wait for a place included.
  package var running = 0
  /// How many calls ended with each code, by number; the last counts codes without a name.
  package var codes = [UInt64](repeating: 0, count: MethodSnapshot.codeCount)
  /// How long the calls took from their OPEN to their status.
  package var durations = DurationCounts()
  /// Bytes of request messages, prefixes included.
  package var receivedBytes: UInt64 = 0
  /// Bytes of response messages, prefixes included.
  package var sentBytes: UInt64 = 0

  /// gRPC's codes and one place for all others.
  package static let codeCount = 18

  /// Nothing counted yet.
  package init(path: String) { self.path = path }

  /// Counts a call's end.
  package mutating func note(_ code: StatusCode, duration: UInt64) {
    codes[min(Self.codeCount - 1, Int(code.rawValue))] &+= 1
    durations.note(duration)
  }

  /// Adds what another loop has counted of the same method.
  package mutating func add(_ other: MethodSnapshot) {
    started &+= other.started
    running += other.running
    for index in codes.indices { codes[index] &+= other.codes[index] }
    durations.add(other.durations)
    receivedBytes &+= other.receivedBytes
    sentBytes &+= other.sentBytes
  }
}

/// An open connection.
package struct ConnectionSnapshot: Sendable {
  /// The caller's identity.
  package var identity: String
  /// The caller's address.
  package var address: String
  /// When it was opened, on the monotonic clock (ns).
  package var openedAt: UInt64
  /// Calls that run or wait on it.
  package var calls: Int
  /// Bytes that wait to be written to it.
  package var outputBytes: Int

  /// Describes a connection.
  package init(identity: String, address: String, openedAt: UInt64, calls: Int, outputBytes: Int) {
    self.identity = identity
    self.address = address
    self.openedAt = openedAt
    self.calls = calls
    self.outputBytes = outputBytes
  }
}

/// When a certificate, or a list of revoked ones, ends.
package struct CertificateExpiry: Sendable, Hashable {
  /// What ends.
  package enum Role: Sendable {
    /// The server's own certificate.
    case own
    /// An authority's.
    case authority
    /// A list of revoked certificates.
    case revocations
  }

  /// What ends.
  package let role: Role
  /// Its name.
  package let name: String
  /// When, in seconds since 1970.
  package let endsAt: Int64

  /// Names one.
  package init(role: Role, name: String, endsAt: Int64) {
    self.role = role
    self.name = name
    self.endsAt = endsAt
  }
}

/// A call that has not ended.
package struct LiveCall: Sendable {
  /// The server's number of the call, which also stands in its record.
  package var number: UInt64
  /// `service/method`.
  package var path: String
  /// The caller's identity.
  package var identity: String
  /// When it began, on the monotonic clock (ns).
  package var startedAt: UInt64
  /// It waits for a place.
  package var isWaiting: Bool

  /// Describes a call.
  package init(
    number: UInt64,
    path: String,
    identity: String,
    startedAt: UInt64,
    isWaiting: Bool
  ) {
    self.number = number
    self.path = path
    self.identity = identity
    self.startedAt = startedAt
    self.isWaiting = isWaiting
  }
}

/// What remains of a call once it has ended: nothing of its messages, nothing of persons.
package struct CallRecord: Sendable {
  /// The server's number of the call.
  package let number: UInt64
  /// `service/method`.
  package let path: String
  /// The caller's identity: an office's or a node's, which names the person by number alone.
  package let identity: String
  /// How it ended.
  package let code: StatusCode
  /// Whether it was started, or answered from what is stored.
  package let processed: Processed
  /// From its OPEN to its status (ns).
  package let duration: UInt64
  /// How long of that it waited for a place (ns).
  package let waited: UInt64
  /// Bytes of request messages, prefixes included.
  package let receivedBytes: UInt64
  /// Bytes of response messages, prefixes included.
  package let sentBytes: UInt64
  /// Which attempt of its client it was.
  package let attempt: Int
  /// The larger piece of work that it belongs to.
  package let trace: TraceContext?

  /// Describes a call that has ended.
  package init(
    number: UInt64,
    path: String,
    identity: String,
    code: StatusCode,
    processed: Processed,
    duration: UInt64,
    waited: UInt64,
    receivedBytes: UInt64,
    sentBytes: UInt64,
    attempt: Int,
    trace: TraceContext?
  ) {
    self.number = number
    self.path = path
    self.identity = identity
    self.code = code
    self.processed = processed
    self.duration = duration
    self.waited = waited
    self.receivedBytes = receivedBytes
    self.sentBytes = sentBytes
    self.attempt = attempt
    self.trace = trace
  }
}

/// What tells about a server, for the services that pass it on.
package protocol ServerObservation: AnyObject, Sendable {
  /// What the server is doing now; nil before it serves, and where there is none.
  func snapshot() async -> ServerSnapshot?
}

/// Stands for a server that is made later than the services that tell about it, or never.
package final class LateObservation: ServerObservation {
  private struct Holder: Sendable {
    // Weak: the server holds the services, and they this.
    weak var server: (any ServerObservation)?
  }

  private let holder = Mutex(Holder())

  /// No server yet.
  package init() {}

  /// Tells about this server from now on, as long as it lives.
  package func observe(_ server: any ServerObservation) {
    holder.withLock { $0.server = server }
  }

  /// What the server is doing now; nil before there is one.
  package func snapshot() async -> ServerSnapshot? {
    await holder.withLock(\.server)?.snapshot()
  }
}
