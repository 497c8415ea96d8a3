internal import COpenSSL

/// Computes SHA-256 with one reused OpenSSL context; for one thread at a time.
///
/// Beside plain hashes it knows the hashes of a journal's tree (RFC 6962, section 2.1).
public final class SHA256Context {
  private let context: OpaquePointer

  /// Throws `JournalError` (`cryptography`) if OpenSSL lacks the algorithm or memory.
  public init() throws(JournalError) {
    let algorithm = try requireObject(Algorithms.shared.sha256, "fetching SHA-256")
    let context = try requireObject(EVP_MD_CTX_new(), "making a hash context")
    let result = EVP_DigestInit_ex2(context, algorithm, nil)
    guard result == 1 else {
      EVP_MD_CTX_free(context)
      try requireSuccess(result, "starting a hash")
      throw JournalError(.cryptography, "starting a hash failed")
    }
    self.context = context
  }

  deinit {
    EVP_MD_CTX_free(context)
  }

  /// The hash of the octets of all parts, one after another.
  public func hash(_ parts: UnsafeRawBufferPointer...) -> Hash256 {
    for part in parts { update(part) }
    return finish()
  }

  /// The hash of the octets.
  public func hash(_ bytes: [UInt8]) -> Hash256 {
    bytes.withUnsafeBytes { update($0) }
    return finish()
  }

  /// The hash that stands for a body, so that the body can be withheld: H(salt ‖ body).
  public func bodyHash(salt: Bytes16, body: UnsafeRawBufferPointer) -> Hash256 {
    withUnsafeBytes(of: (salt.high.bigEndian, salt.low.bigEndian)) { update($0) }
    update(body)
    return finish()
  }

  /// The leaf of an entry: H(0 ‖ header ‖ body hash).
  public func leaf(header: UnsafeRawBufferPointer, bodyHash: Hash256) -> Hash256 {
    withUnsafeBytes(of: UInt8(0)) { update($0) }
    update(header)
    bodyHash.withUnsafeBytes { update($0) }
    return finish()
  }

  /// The leaf of an entry: H(0 ‖ header ‖ body hash).
  public func leaf(header: [UInt8], bodyHash: Hash256) -> Hash256 {
    header.withUnsafeBytes { leaf(header: $0, bodyHash: bodyHash) }
  }

  /// The node above two others: H(1 ‖ left ‖ right).
  public func node(_ left: Hash256, _ right: Hash256) -> Hash256 {
    // One update of 65 octets is cheaper than three.
    withUnsafeTemporaryAllocation(byteCount: 65, alignment: 8) { buffer in
      buffer[0] = 1
      left.withUnsafeBytes {
        UnsafeMutableRawBufferPointer(rebasing: buffer[1..<33]).copyMemory(from: $0)
      }
      right.withUnsafeBytes {
        UnsafeMutableRawBufferPointer(rebasing: buffer[33...]).copyMemory(from: $0)
      }
      update(UnsafeRawBufferPointer(buffer))
    }
    return finish()
  }

  /// The root of a tree without leaves: H().
  public var emptyRoot: Hash256 { finish() }

  // OpenSSL's SHA-256 allocates nothing once a context has run, so these cannot fail; if one did,
  // a wrong hash in the journal would be worse than the end of the process.
  package func update(_ bytes: UnsafeRawBufferPointer) {
    let result = EVP_DigestUpdate(context, bytes.baseAddress, bytes.count)
    precondition(result == 1, "SHA-256 failed")
  }

  package func finish() -> Hash256 {
    let hash = Hash256 { octets in
      let target = octets.bindMemory(to: UInt8.self).baseAddress
      let result = EVP_DigestFinal_ex(context, target, nil)
      precondition(result == 1, "SHA-256 failed")
    }
    let result = EVP_DigestInit_ex2(context, nil, nil)
    precondition(result == 1, "SHA-256 failed")
    return hash
  }
}
