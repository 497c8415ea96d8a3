package import RPCCore
package import RPCWire

/// How a server listens, whom it admits and what it bears.
package struct ServerConfiguration: Sendable {
  /// Where to listen: addresses in numbers.
  package var endpoints: [Endpoint]
  /// Certificate, key and authorities.
  package var credentials: Credentials
  /// The engine's limits.
  package var limits = Limits()
  /// What failures carry as details, as gRPC clients are told: a message's full name; empty tells them
  /// no details.
  package var detailsType = ""
  /// How long a TLS handshake may take (ns).
  package var handshakeTimeout: UInt64 = 10_000_000_000
  /// Connections in all.
  package var maximumConnections = 10_000
  /// Connections whose handshake is not done.
  package var maximumPendingConnections = 1_000
  /// Connections of one identity.
  package var maximumConnectionsPerIdentity = 64
  /// Calls whose handlers run at a time.
  package var maximumCalls = 2_048
  /// Calls of one identity at a time, those that wait for a place included.
  package var maximumCallsPerIdentity = 512
  /// Calls that wait for a place.
  package var maximumWaitingCalls = 1_024
  /// Bytes of messages in memory, of all connections; beyond it new calls are turned away.
  package var maximumHeldBytes = 1 << 30
  /// The same for the connections of one identity; at twice as much they are ended.
  package var maximumHeldBytesPerIdentity = 256 << 20
  /// How long a connection lives before its client is asked to make a new one (ns); calls in flight
  /// end first. `.max` for ever.
  package var maximumAge: UInt64 = 8 * 3_600_000_000_000
  /// The share by which age and idle timeout of a connection differ at random, so that clients which
  /// came together do not come again together.
  package var jitter = 0.1
  /// Is told of each call that has ended, on the call's event loop: must not block.
  package var recordCall: (@Sendable (CallRecord) -> Void)?
  /// Event loops; nil for one a processor.
  package var loops: Int?
  /// Name and version, told to clients.
  package var software = "household-registry"

  /// Listens at the given endpoints with the given credentials.
  package init(endpoints: [Endpoint], credentials: Credentials) {
    self.endpoints = endpoints
    self.credentials = credentials
    limits.speaksZstandard = true
  }
}
