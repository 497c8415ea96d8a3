internal import COpenSSL

/// A person's private key, with which decisions are signed: that of the person's certificate.
public final class SigningKey: @unchecked Sendable {
  // Unchecked: the key is only read after it was made, and OpenSSL lets threads share it so.
  private let key: OpaquePointer

  /// Reads a private key in PEM (EC or Ed25519).
  ///
  /// - Parameter passphrase: opens a key that is locked by one.
  ///
  /// Throws `JournalError` (`keyFile`) for octets that are none, or are locked by another passphrase.
  public init(pem: [UInt8], passphrase: [UInt8]? = nil) throws(JournalError) {
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

  deinit { EVP_PKEY_free(key) }

  /// Signs octets: ECDSA with SHA-256, or Ed25519, by the kind of the key.
  public func sign(_ octets: [UInt8]) throws(JournalError) -> [UInt8] {
    let context = try requireObject(EVP_MD_CTX_new(), "making a signing context")
    defer { EVP_MD_CTX_free(context) }
    try requireSuccess(
      EVP_DigestSignInit(context, nil, digest(of: key), nil, key),
      "starting a signature"
    )
    var count = 0
    try requireSuccess(
      EVP_DigestSign(context, nil, &count, octets, octets.count),
      "measuring a signature"
    )
    var signature = [UInt8](repeating: 0, count: count)
    try requireSuccess(
      EVP_DigestSign(context, &signature, &count, octets, octets.count),
      "signing"
    )
    return Array(signature.prefix(count))
  }
}

/// The certificate of a person who signs, for checking signatures.
public final class SignerCertificate: @unchecked Sendable {
  // Unchecked: the certificate is only read after it was made, and OpenSSL lets threads share it so.
  private let certificate: OpaquePointer
  private let key: OpaquePointer
  /// SHA-256 of the certificate.
  public let fingerprint: [UInt8]

  /// Reads a certificate in DER.
  ///
  /// Throws `JournalError` (`malformed`) for octets that are none.
  public init(der: [UInt8]) throws(JournalError) {
    var decoded: OpaquePointer?
    der.withUnsafeBufferPointer { bytes in
      var place = bytes.baseAddress
      decoded = d2i_X509(nil, &place, bytes.count)
    }
    ERR_clear_error()
    guard let decoded else { throw JournalError(.malformed, "not a certificate") }
    guard let key = X509_get0_pubkey(decoded) else {
      X509_free(decoded)
      throw JournalError(.malformed, "the certificate's key cannot be read")
    }
    certificate = decoded
    self.key = key
    fingerprint = try SHA256Context().hash(der).bytes
  }

  deinit { X509_free(certificate) }

  /// Whether a signature is this certificate's over the octets.
  public func verifies(_ signature: [UInt8], of octets: [UInt8]) throws(JournalError) -> Bool {
    let context = try requireObject(EVP_MD_CTX_new(), "making a checking context")
    defer {
      EVP_MD_CTX_free(context)
      ERR_clear_error()
    }
    try requireSuccess(
      EVP_DigestVerifyInit(context, nil, digest(of: key), nil, key),
      "starting a check"
    )
    return EVP_DigestVerify(context, signature, signature.count, octets, octets.count) == 1
  }
}

/// Ed25519 hashes by itself; everything else is signed over SHA-256.
private func digest(of key: OpaquePointer) -> OpaquePointer? {
  EVP_PKEY_get_id(key) == EVP_PKEY_ED25519 ? nil : Algorithms.shared.sha256
}
