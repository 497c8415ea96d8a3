internal import COpenSSL

/// The public half of a node's Ed25519 key: whoever has it checks what the node signed.
public struct VerifyingKey: Hashable, Sendable {
  /// Its only encoding: 32 octets.
  public let octets: [UInt8]

  /// Octets of a key.
  public static let count = 32
  /// Octets of a signature.
  public static let signatureCount = 64

  /// Nil for another count than 32.
  public init?(_ octets: [UInt8]) {
    guard octets.count == Self.count else { return nil }
    self.octets = octets
  }

  /// Whether a signature is this key's over the octets.
  ///
  /// Throws `JournalError` (`cryptography`) if OpenSSL lacks memory.
  public func verifies(_ signature: [UInt8], of signed: [UInt8]) throws(JournalError) -> Bool {
    defer { ERR_clear_error() }
    guard signature.count == Self.signatureCount else { return false }
    let key = try requireObject(
      EVP_PKEY_new_raw_public_key(EVP_PKEY_ED25519, nil, octets, octets.count),
      "reading a public key"
    )
    defer { EVP_PKEY_free(key) }
    let context = try requireObject(EVP_MD_CTX_new(), "making a checking context")
    defer { EVP_MD_CTX_free(context) }
    try requireSuccess(EVP_DigestVerifyInit(context, nil, nil, nil, key), "starting a check")
    return EVP_DigestVerify(context, signature, signature.count, signed, signed.count) == 1
  }
}

extension SigningKey {
  /// The public half of an Ed25519 key; nil for a key of another kind.
  public var verifyingKey: VerifyingKey? { VerifyingKey(rawPublicKey) }
}
