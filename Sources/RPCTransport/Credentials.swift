package import RPCTLS

/// The PEM files with which one side proves who it is and decides whom it trusts.
public struct Credentials: Sendable, Hashable {
  /// Files with the authorities that may have signed the peer's certificate; at least one.
  public var authorities: [String]
  /// Files with the authorities' revocation lists; none checks none.
  public var revocations: [String] = []
  /// A file with the own certificate, followed by those between it and the authority.
  public var certificate: String
  /// A file with the own private key, readable by its owner alone.
  public var key: String
  /// What opens the private key, where it is locked by a passphrase; nil for keys without.
  public var passphrase: [UInt8]?

  /// Names the files.
  public init(
    authorities: [String],
    certificate: String,
    key: String,
    passphrase: [UInt8]? = nil
  ) {
    self.authorities = authorities
    self.certificate = certificate
    self.key = key
    self.passphrase = passphrase
  }

  /// Reads the files, as what connections of one side start from.
  ///
  /// - Throws: `TLSError` with the file that is missing, malformed or of no use.
  package func context(
    _ role: TLSConfiguration.Role,
    protocols: [String] = [TLSConfiguration.defaultProtocol]
  ) throws(TLSError) -> TLSContext {
    try TLSContext(
      TLSConfiguration(
        role: role,
        authorities: authorities,
        revocations: revocations,
        certificateChain: certificate,
        privateKey: key,
        passphrase: passphrase,
        protocols: protocols
      )
    )
  }
}
