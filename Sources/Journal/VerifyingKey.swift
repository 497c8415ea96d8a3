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

  /// Reads a public key in PEM, as `openssl pkey -pubout` writes it.
  ///
  /// Throws `JournalError` (`keyFile`) for octets that hold no Ed25519 key.
  public init(pem: [UInt8]) throws(JournalError) {
    defer { ERR_clear_error() }
    // OpenSSL reads from the octets themselves, until the end of this.
    defer { withExtendedLifetime(pem) {} }
    let source = pem.withUnsafeBytes { BIO_new_mem_buf($0.baseAddress, Int32(clamping: $0.count)) }
    let none = JournalError(.keyFile, "the file holds no Ed25519 public key")
    guard let source else { throw none }
    defer { BIO_free(source) }
    guard let key = PEM_read_bio_PUBKEY(source, nil, nil, nil) else { throw none }
    defer { EVP_PKEY_free(key) }
    guard EVP_PKEY_get_id(key) == EVP_PKEY_ED25519 else { throw none }
    var octets = [UInt8](repeating: 0, count: Self.count)
    var count = octets.count
    guard EVP_PKEY_get_raw_public_key(key, &octets, &count) == 1, count == Self.count else {
      throw none
    }
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
