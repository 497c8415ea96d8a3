internal import RPCTLS
package import RPCWire

/// Where a channel connects, as whom, and how patient it is.
package struct ChannelConfiguration: Sendable {
  /// The server's endpoints; the next is tried when one fails.
  package var endpoints: [Endpoint]
  /// Certificate, key and authorities.
  package var credentials: Credentials
  /// The URI that the server's certificate must name; nil accepts any that the authorities signed.
  package var node: String?
  /// The protocol that the server speaks.
  package var door = Door.native
  /// The engine's limits.
  package var limits: Limits
  /// How long finding and reaching the server may take together, and the handshake after it (ns).
  package var connectTimeout: UInt64 = 10_000_000_000
  /// Pauses between attempts.
  package var backoff = Backoff()
  /// Attempts of one call, the first included.
  package var maximumAttempts = 5
  /// Calls that wait for a connection or a place on one.
  package var maximumWaitingCalls = 4096
  /// Whether large messages travel compressed both ways, where the server can; a call may say
  /// otherwise.
  package var compression = false
  /// Name and version, told to the server.
  package var software = "household-registry"

  /// Connects to the given endpoints with the given credentials.
  package init(endpoints: [Endpoint], credentials: Credentials, node: String?) {
    self.endpoints = endpoints
    self.credentials = credentials
    self.node = node
    var limits = Limits()
    // Clients stay until the server closes.
    limits.idleTimeout = .max
    limits.speaksZstandard = true
    self.limits = limits
  }

  /// What connections start from, made of the files as they are now.
  func tlsContext() throws(TLSError) -> TLSContext {
    try credentials.context(.client, protocols: [door.protocolName])
  }
}

/// A protocol in which a server can be called.
package enum Door: String, Sendable, CaseIterable {
  /// The native one, `proto/PROTOCOL.md`.
  case native
  /// gRPC over HTTP/2: servers of any implementation.
  case grpc

  /// What TLS calls the protocol (ALPN).
  var protocolName: String {
    switch self {
    case .native: TLSConfiguration.defaultProtocol
    case .grpc: HTTP2Engine.protocolName
    }
  }
}

/// Pauses between attempts: `first` × `factor`ⁿ⁻¹, ± `jitter`, at most `longest`.
package struct Backoff: Sendable, Equatable {
  /// The pause after the first failure (ns).
  package var first: UInt64 = 1_000_000_000
  /// By how much each pause is longer than the one before.
  package var factor = 1.6
  /// The share by which a pause is longer or shorter at random.
  package var jitter = 0.2
  /// The longest pause before jitter (ns).
  package var longest: UInt64 = 30_000_000_000

  /// The defaults.
  package init() {}

  /// The pause after that many failures in a row, from 1 (ns); `random` is in 0 … 1.
  package func pause(afterFailures failures: Int, random: Double) -> UInt64 {
    var pause = Double(first)
    for _ in 1..<max(2, min(failures, 64)) where failures > 1 && pause < Double(longest) {
      pause *= factor
    }
    pause = min(pause, Double(longest)) * (1 + jitter * (2 * random - 1))
    return UInt64(max(0, min(pause, 1e18)))
  }
}
