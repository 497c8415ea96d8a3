internal import Journal
internal import RegistryAPI
internal import SQL

/// Tells whose signatures the steps of applications bear, by the certificates on record.
final class StepSignatures {
  private let reader: Reader
  /// Those who signed, by the digest of their certificate.
  private var signers: [[UInt8]: (identity: String, certificate: SignerCertificate)] = [:]

  init(reader: Reader) { self.reader = reader }

  /// The certificate of a step's actor whose signature stands over the list that the step proves to
  /// stand in; nil where there is no such signature.
  func certificate(of step: TakenStep) throws -> SignerCertificate? {
    guard let signer = try signer(step.certificate), signer.identity == step.actor else {
      return nil
    }
    let proof = step.proof.compactMap { Hash256($0) }
    let root = SignedList.root(
      of: step.step,
      at: step.place,
      count: step.count,
      proof: proof,
      using: reader.hasher
    )
    guard let root, proof.count == step.proof.count else { return nil }
    let octets = SignedList.signedOctets(count: step.count, root: root)
    guard try signer.certificate.verifies(step.signature, of: octets) else { return nil }
    return signer.certificate
  }

  private func signer(
    _ digest: [UInt8]
  ) throws -> (identity: String, certificate: SignerCertificate)? {
    if let known = signers[digest] { return known }
    let row = try reader.connection.prepare(
      "SELECT identity, certificate FROM signer WHERE digest = $1"
    )
    row.bind(digest, at: 1)
    let found = try row.first { ($0.string(at: 0), $0.bytes(at: 1)) }
    guard let (identity, der) = found, let certificate = try? SignerCertificate(der: der),
      certificate.fingerprint == digest
    else { return nil }
    signers[digest] = (identity, certificate)
    return (identity, certificate)
  }
}
