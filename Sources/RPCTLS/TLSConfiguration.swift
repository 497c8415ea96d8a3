/// What one side of TLS needs: its certificate and key, whom it trusts, what it speaks.
package struct TLSConfiguration: Sendable, Hashable {
  /// Which side of the handshake a context takes.
  package enum Role: Sendable, Hashable { case client, server }

  /// The only protocol name (ALPN) so far.
  package static let defaultProtocol = "registry-rpc/1"

  /// The side.
  package var role: Role
  /// PEM files with the authorities that may have signed the peer's certificate; at least one.
  package var authorities: [String]
  /// PEM files with the authorities' revocation lists; where there are any, a peer's authority must
  /// have one that is in force.
  package var revocations: [String]
  /// A PEM file with the own certificate, followed by those between it and the authority.
  package var certificateChain: String
  /// A PEM file with the own private key, readable by its owner alone.
  package var privateKey: String
  /// What opens the private key, where it is locked; servers have keys without.
  package var passphrase: [UInt8]?
  /// Protocol names (ALPN) in order of preference, 1 to 255 bytes each; at least one.
  package var protocols: [String]

  /// A configuration from paths of PEM files.
  package init(
    role: Role,
    authorities: [String],
    revocations: [String] = [],
    certificateChain: String,
    privateKey: String,
    passphrase: [UInt8]? = nil,
    protocols: [String] = [TLSConfiguration.defaultProtocol]
  ) {
    self.role = role
    self.authorities = authorities
    self.revocations = revocations
    self.certificateChain = certificateChain
    self.privateKey = privateKey
    self.passphrase = passphrase
    self.protocols = protocols
  }
}
