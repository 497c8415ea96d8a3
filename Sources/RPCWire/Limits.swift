/// What one side of a connection accepts, and how patient it is. Times are nanoseconds.
package struct Limits: Sendable, Equatable {
  /// Largest frame payload accepted: 16 KiB … 1 MiB.
  package var frameBytes = 16 << 10
  /// Largest message accepted; a server's methods may permit less each.
  package var messageBytes = 4 << 20
  /// Largest metadata of one frame, counted as `Metadata.size`; it must fit a frame.
  package var metadataBytes = 8 << 10
  /// Calls at a time; a reset call counts until its handler has returned.
  package var concurrentCalls = 128
  /// Bytes of one call that may wait for the application.
  package var callWindow = 256 << 10
  /// Bytes of all calls that may wait for the application.
  package var connectionWindow = 1 << 20
  /// Resets and control frames without progress within `abuseInterval`.
  package var controlFrames = 200
  /// See `controlFrames`.
  package var abuseInterval: UInt64 = 30_000_000_000
  /// Output collected before calls have to wait for their turn.
  package var outputBytes = 64 << 10
  /// Encoded bytes of one call that wait for credit or their turn before its sender waits too.
  package var callOutputBytes = 16 << 10
  /// Output that the peer does not take before the connection stops reading.
  package var stalledOutputBytes = 1 << 20
  /// How often the peer may ping.
  package var toleratedPingInterval: UInt64 = 10_000_000_000
  /// Silence after which this side pings; `.max` for never.
  package var keepaliveInterval: UInt64 = 60_000_000_000
  /// How long the answer to a ping may take.
  package var keepaliveTimeout: UInt64 = 20_000_000_000
  /// How long the peer's HELLO may take.
  package var helloTimeout: UInt64 = 10_000_000_000
  /// Time without a call after which a server closes; `.max` for never.
  package var idleTimeout: UInt64 = 600_000_000_000

  /// Whether messages compressed with Zstandard are taken and may be sent; the application compresses
  /// and restores them.
  package var speaksZstandard = false

  /// The defaults.
  package init() {}
}

/// What the other side accepts: the minimum until its HELLO is here.
package struct PeerLimits: Sendable, Equatable {
  /// Largest frame payload.
  package var frameBytes = 16 << 10
  /// Largest message.
  package var messageBytes = 64 << 10
  /// Largest metadata of one frame.
  package var metadataBytes = 8 << 10
  /// Calls at a time.
  package var concurrentCalls = 8
  /// First credit of each call.
  package var callCredit: UInt64 = 64 << 10
  /// First credit of the connection.
  package var connectionCredit: UInt64 = 128 << 10
  /// Shortest interval between pings, in nanoseconds.
  package var pingInterval: UInt64 = 60_000_000_000

  /// The minimum, which every HELLO has to reach.
  package static let minimum = PeerLimits()
}

/// Bounds of texts and details in frames, the same for everybody.
enum TextLimits {
  static let textBytes = 1024
  static let detailBytes = 6144
  /// Part of a frame that metadata leaves free for the rest of OPEN or STATUS.
  static let besideMetadata = 8192
}
