internal import COpenSSL
internal import Synchronization

/// A private key that signs: a person's, which is that of their certificate, or a node's.
public final class SigningKey: @unchecked Sendable {
  // Unchecked: the key is only read after it was made, and OpenSSL lets threads share it so; the
  // context changes with each signature, behind the mutex.
  private let key: OpaquePointer
  private let signs = Mutex(SignContext())

  /// Reads a private key in PEM (EC or Ed25519).
  ///
  /// - Parameter passphrase: opens a key that is locked by one.
  ///
  /// Throws `JournalError` (`keyFile`) for octets that are none, or are locked by another passphrase.
  public init(pem: [UInt8], passphrase: [UInt8]? = nil) throws(JournalError) {
    // OpenSSL reads from the octets themselves, until the end of this.
    defer { withExtendedLifetime(pem) {} }
    guard let count = Int32(exactly: pem.count),
      let source = pem.withUnsafeBytes({ BIO_new_mem_buf($0.baseAddress, count) })
    else { throw JournalError(.keyFile, "the private key's file is too long") }
    defer { BIO_free(source) }
    var word = (passphrase ?? []) + [0]
    defer { OPENSSL_cleanse(&word, word.count) }
    // The "user data" are the passphrase; an empty one keeps OpenSSL from asking at the terminal.
    let found = word.withUnsafeMutableBytes {
      PEM_read_bio_PrivateKey(source, nil, nil, $0.baseAddress)
    }
    ERR_clear_error()
    guard let found else {
      throw JournalError(.keyFile, "the file holds no private key that can be read")
    }
    key = found
  }

  /// A new random Ed25519 key, for a node to sign with.
  ///
  /// Throws `JournalError` (`cryptography`) if OpenSSL lacks the algorithm or memory.
  public init() throws(JournalError) {
    let context = try requireObject(
      EVP_PKEY_CTX_new_id(EVP_PKEY_ED25519, nil),
      "making a signing key"
    )
    defer { EVP_PKEY_CTX_free(context) }
    try requireSuccess(EVP_PKEY_keygen_init(context), "making a signing key")
    var made: OpaquePointer?
    try requireSuccess(EVP_PKEY_keygen(context, &made), "making a signing key")
    key = try requireObject(made, "making a signing key")
  }

  deinit { EVP_PKEY_free(key) }

  /// Lends the key to OpenSSL.
  func withKey<Result>(_ use: (OpaquePointer) -> Result) -> Result { use(key) }

  /// The public half of an Ed25519 key; empty for a key of another kind.
  var rawPublicKey: [UInt8] {
    guard EVP_PKEY_get_id(key) == EVP_PKEY_ED25519 else { return [] }
    var octets = [UInt8](repeating: 0, count: VerifyingKey.count)
    var count = octets.count
    return EVP_PKEY_get_raw_public_key(key, &octets, &count) == 1 ? octets : []
  }

  /// The private key in PEM, PKCS #8 without a passphrase; wipe it after use.
  ///
  /// Throws `JournalError` (`cryptography`) if it cannot be encoded.
  public func pem() throws(JournalError) -> [UInt8] {
    let output = try requireObject(BIO_new(BIO_s_mem()), "encoding a signing key")
    defer { BIO_free(output) }
    try requireSuccess(
      PEM_write_bio_PKCS8PrivateKey(output, key, nil, nil, 0, nil, nil),
      "encoding a signing key"
    )
    var octets = [UInt8](repeating: 0, count: Int(BIO_ctrl_pending(output)))
    let read = BIO_read(output, &octets, Int32(octets.count))
    guard read == octets.count else {
      throw JournalError(.cryptography, "encoding a signing key")
    }
    return octets
  }

  /// Signs octets: ECDSA with SHA-256, or Ed25519, by the kind of the key.
  public func sign(_ octets: [UInt8]) throws(JournalError) -> [UInt8] {
    guard digest(of: key) != nil else { return try signWhole(octets) }
    let hash = try SHA256Context().hash(octets).bytes
    return try signs.withLock { context throws(JournalError) in
      let context = try context.ready(for: key)
      var signature = [UInt8](repeating: 0, count: Int(EVP_PKEY_get_size(key)))
      var count = signature.count
      try requireSuccess(
        EVP_PKEY_sign(context, &signature, &count, hash, hash.count),
        "signing"
      )
      return Array(signature.prefix(count))
    }
  }

  private func signWhole(_ octets: [UInt8]) throws(JournalError) -> [UInt8] {
    let context = try requireObject(EVP_MD_CTX_new(), "making a signing context")
    defer { EVP_MD_CTX_free(context) }
    try requireSuccess(EVP_DigestSignInit(context, nil, nil, nil, key), "starting a signature")
    var count = Int(EVP_PKEY_get_size(key))
    var signature = [UInt8](repeating: 0, count: count)
    try requireSuccess(
      EVP_DigestSign(context, &signature, &count, octets, octets.count),
      "signing"
    )
    return Array(signature.prefix(count))
  }
}

/// What signs with an ECDSA key: set up once, because setting it up costs OpenSSL more than signing.
private struct SignContext: ~Copyable, @unchecked Sendable {
  // Unchecked: its owner's mutex lends it to one thread at a time.
  private var context: OpaquePointer?

  mutating func ready(for key: OpaquePointer) throws(JournalError) -> OpaquePointer {
    if let context { return context }
    let made = try requireObject(
      EVP_PKEY_CTX_new_from_pkey(nil, key, nil),
      "making a signing context"
    )
    guard EVP_PKEY_sign_init(made) == 1 else {
      EVP_PKEY_CTX_free(made)
      ERR_clear_error()
      throw JournalError(.keyFile, "the private key signs nothing")
    }
    context = made
    return made
  }

  deinit { EVP_PKEY_CTX_free(context) }
}

/// The certificate of a person who signs, for checking signatures.
public final class SignerCertificate: @unchecked Sendable {
  // Unchecked: the certificate is only read after it was made, and OpenSSL lets threads share it so;
  // the context changes with each check, behind the mutex.
  private let certificate: OpaquePointer
  private let checks: Mutex<CheckContext>
  /// SHA-256 of the certificate.
  public let fingerprint: [UInt8]
  /// The certificate in DER.
  public let der: [UInt8]

  /// Reads a certificate in DER.
  ///
  /// Reading one costs more than checking a signature: keep it. Throws `JournalError` (`malformed`)
  /// for octets that are none.
  public init(der: [UInt8]) throws(JournalError) {
    var decoded: OpaquePointer?
    der.withUnsafeBufferPointer { bytes in
      var place = bytes.baseAddress
      decoded = d2i_X509(nil, &place, bytes.count)
    }
    ERR_clear_error()
    guard let decoded else { throw JournalError(.malformed, "not a certificate") }
    do throws(JournalError) {
      guard let key = X509_get0_pubkey(decoded) else {
        throw JournalError(.malformed, "the certificate's key cannot be read")
      }
      checks = Mutex(try CheckContext(key: key))
      fingerprint = try SHA256Context().hash(der).bytes
      self.der = der
    } catch {
      X509_free(decoded)
      ERR_clear_error()
      throw error
    }
    certificate = decoded
  }

  deinit { X509_free(certificate) }

  /// Lends the certificate to OpenSSL.
  func withCertificate<Result>(_ use: (OpaquePointer) -> Result) -> Result { use(certificate) }

  /// Whether a signature is this certificate's over the octets.
  public func verifies(_ signature: [UInt8], of octets: [UInt8]) throws(JournalError) -> Bool {
    try checks.withLock { context throws(JournalError) in
      try context.verifies(signature, of: octets)
    }
  }
}

/// What checks a key's signatures: for ECDSA a context that is set up once, because setting one up
/// costs OpenSSL as much as a check.
private struct CheckContext: ~Copyable, @unchecked Sendable {
  // Unchecked: its owner's mutex lends it to one thread at a time. The key belongs to the certificate,
  // which outlives this.
  private let key: OpaquePointer
  /// Nil for Ed25519, whose signatures are not over a digest.
  private let context: OpaquePointer?

  init(key: OpaquePointer) throws(JournalError) {
    self.key = key
    guard digest(of: key) != nil else {
      context = nil
      return
    }
    let made = try requireObject(
      EVP_PKEY_CTX_new_from_pkey(nil, key, nil),
      "making a checking context"
    )
    guard EVP_PKEY_verify_init(made) == 1 else {
      EVP_PKEY_CTX_free(made)
      throw JournalError(.malformed, "the certificate's key signs nothing")
    }
    context = made
  }

  deinit { EVP_PKEY_CTX_free(context) }

  func verifies(_ signature: [UInt8], of octets: [UInt8]) throws(JournalError) -> Bool {
    defer { ERR_clear_error() }
    if let context {
      let hash = try SHA256Context().hash(octets)
      return hash.withUnsafeBytes { hash in
        EVP_PKEY_verify(
          context,
          signature,
          signature.count,
          hash.bindMemory(to: UInt8.self).baseAddress,
          hash.count
        ) == 1
      }
    }
    let whole = try requireObject(EVP_MD_CTX_new(), "making a checking context")
    defer { EVP_MD_CTX_free(whole) }
    try requireSuccess(EVP_DigestVerifyInit(whole, nil, nil, nil, key), "starting a check")
    return EVP_DigestVerify(whole, signature, signature.count, octets, octets.count) == 1
  }
}

/// Ed25519 hashes by itself; everything else is signed over SHA-256.
private func digest(of key: OpaquePointer) -> OpaquePointer? {
  EVP_PKEY_get_id(key) == EVP_PKEY_ED25519 ? nil : Algorithms.shared.sha256
}
