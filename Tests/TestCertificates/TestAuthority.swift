internal import COpenSSL
internal import Foundation
internal import Synchronization

/// A certificate authority that lives as long as a test, its files in a temporary directory.
package final class TestAuthority: Sendable {
  /// A failure of OpenSSL or of the file system.
  package struct Failure: Error, CustomStringConvertible {
    package let description: String
  }

  /// The directory of all files; removed when the authority goes.
  package let directory: String
  /// The authority's own certificate.
  package let certificate: String
  private let signer: Minted
  private let count = Atomic<Int>(0)

  /// A self-signed authority.
  package init(name: String = "Test Authority") throws {
    directory = try Self.makeDirectory()
    signer = try Minted(authority: name, permitted: [], issuer: nil)
    certificate = directory + "/ca.pem"
    try Self.write(signer.certificatePEM(), to: certificate)
  }

  deinit { try? FileManager.default.removeItem(atPath: directory) }

  /// Issues a certificate with a new key.
  package func issue(_ leaf: TestLeaf) throws -> TestIdentity {
    try issue(leaf, signedBy: signer, through: nil)
  }

  /// Issues a certificate through an authority in between that may sign for some divisions only.
  package func issue(_ leaf: TestLeaf, throughAuthorityFor divisions: [String]) throws
    -> TestIdentity
  {
    let between = try Minted(authority: "Division Authority", permitted: divisions, issuer: signer)
    return try issue(leaf, signedBy: between, through: between)
  }

  /// The authority's private key, for what an authority signs beside certificates.
  package func keyPEM() throws -> [UInt8] { try signer.keyPEM() }

  /// A file that holds the certificates of several authorities.
  package func bundle(with other: TestAuthority) throws -> String {
    let path = nextPath() + "-bundle.pem"
    try Self.write(signer.certificatePEM() + other.signer.certificatePEM(), to: path)
    return path
  }

  private func issue(
    _ leaf: TestLeaf,
    signedBy signer: Minted,
    through between: Minted?
  ) throws -> TestIdentity {
    let minted = try Minted(leaf: leaf, issuer: signer)
    let path = nextPath()
    let identity = TestIdentity(
      issuer: self,
      authority: certificate,
      chain: path + ".pem",
      key: path + "-key.pem"
    )
    let chain = try minted.certificatePEM() + (between?.certificatePEM() ?? [])
    try Self.write(chain, to: identity.chain)
    try Self.write(minted.keyPEM(), to: identity.key)
    return identity
  }

  private func nextPath() -> String {
    "\(directory)/\(count.wrappingAdd(1, ordering: .relaxed).newValue)"
  }

  private static func makeDirectory() throws -> String {
    let path = NSTemporaryDirectory() + "registry-certificates-" + UUID().uuidString
    try FileManager.default.createDirectory(
      atPath: path,
      withIntermediateDirectories: true,
      attributes: [.posixPermissions: 0o700]
    )
    return path
  }

  private static func write(_ bytes: [UInt8], to path: String) throws {
    guard
      FileManager.default.createFile(
        atPath: path,
        contents: Data(bytes),
        attributes: [.posixPermissions: 0o600]
      )
    else { throw Failure(description: "cannot write \(path)") }
  }
}
