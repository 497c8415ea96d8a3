package import Journal
package import RegistryAPI

/// A node's certificate with its key: what vouches for the key that signs its streams.
package struct NodeCredential: Sendable {
  /// The certificate in DER.
  package let certificate: [UInt8]
  private let key: SigningKey

  /// Takes a certificate and its private key.
  package init(certificate: [UInt8], key: SigningKey) {
    self.certificate = certificate
    self.key = key
  }

  /// Opens what was sealed to the certificate.
  ///
  /// Throws `JournalError`: `malformed`, `altered`.
  package func open(_ sealed: [UInt8]) throws(JournalError) -> [UInt8] {
    try SealedEnvelope.open(
      sealed,
      certificate: try SignerCertificate(der: certificate),
      key: key
    )
  }

  /// The introduction with the certificate and its signature.
  ///
  /// Throws `JournalError` if the key cannot sign.
  package func vouch(for introduction: StreamIntroduction) throws -> StreamIntroduction {
    var vouched = introduction
    vouched.certificate = certificate
    vouched.signature = try key.sign(Statements.introduction(vouched))
    return vouched
  }
}
