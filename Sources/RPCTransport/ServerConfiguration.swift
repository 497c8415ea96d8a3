package import RPCWire

/// How a server listens, whom it admits and what it bears.
package struct ServerConfiguration: Sendable {
  /// Where to listen: addresses in numbers.
  package var endpoints: [Endpoint]
  /// Certificate, key and authorities.
  package var credentials: Credentials
  /// The engine's limits.
  package var limits = Limits()
  /// How long a TLS handshake may take (ns).
  package var handshakeTimeout: UInt64 = 10_000_000_000
  /// Connections in all.
  package var maximumConnections = 10_000
  /// Connections whose handshake is not done.
  package var maximumPendingConnections = 1_000
  /// Connections of one identity.
  package var maximumConnectionsPerIdentity = 64
  /// Event loops; nil for one a processor.
  package var loops: Int?
  /// Name and version, told to clients.
  package var software = "household-registry"

  /// Listens at the given endpoints with the given credentials.
  package init(endpoints: [Endpoint], credentials: Credentials) {
    self.endpoints = endpoints
    self.credentials = credentials
  }
}
