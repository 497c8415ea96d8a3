internal import COpenSSL

/// A person's or authority's private key, and nothing but its owner in memory.
package final class PrivateKey: @unchecked Sendable {
  // Unchecked: the key is only read after it was made, and OpenSSL lets threads share it so.
  let handle: OpaquePointer

  /// Makes a new key: ECDSA on P-256.
  ///
  /// - Throws: `CertificateError`.
  package init() throws(CertificateError) {
    handle = try Crypto.make("making a key") { copenssl_new_p256_key() }
  }

  /// Reads a key in PEM.
  ///
  /// - Parameter passphrase: opens a key that is locked by one.
  /// - Throws: `CertificateError` (`passphrase`, `malformed`).
  package init(pem: [UInt8], passphrase: [UInt8]? = nil) throws(CertificateError) {
    let isLocked = Self.isLocked(pem)
    if isLocked, passphrase == nil {
      throw CertificateError(.passphrase, "the key is locked by a passphrase", "私钥受口令保护")
    }
    var word = (passphrase ?? []) + [0]
    defer { OPENSSL_cleanse(&word, word.count) }
    let found = try Crypto.reading(pem) { bio in
      word.withUnsafeMutableBytes { buffer in
        // Given as the "user data", which OpenSSL's own callback takes for the passphrase; an empty
        // one keeps it from asking at the terminal.
        PEM_read_bio_PrivateKey(bio, nil, nil, buffer.baseAddress)
      }
    }
    guard let found else {
      throw isLocked
        ? CertificateError(.passphrase, "the passphrase does not open the key", "口令不能打开私钥")
        : CertificateError(.malformed, "the file holds no private key", "文件中没有私钥")
    }
    handle = found
  }

  deinit { EVP_PKEY_free(handle) }

  /// Whether a PEM file holds a key that a passphrase locks.
  package static func isLocked(_ pem: [UInt8]) -> Bool {
    let text = String(decoding: pem, as: UTF8.self)
    return text.contains("BEGIN ENCRYPTED PRIVATE KEY") || text.contains("Proc-Type: 4,ENCRYPTED")
  }

  /// The key in PEM (PKCS #8), locked by the passphrase if there is one (AES-256, PBKDF2).
  ///
  /// - Throws: `CertificateError`.
  package func pem(passphrase: [UInt8]? = nil) throws(CertificateError) -> [UInt8] {
    guard var word = passphrase else {
      return try Crypto.writing("writing a key") {
        PEM_write_bio_PKCS8PrivateKey($0, handle, nil, nil, 0, nil, nil)
      }
    }
    defer { OPENSSL_cleanse(&word, word.count) }
    return try Crypto.writing("writing a key") { bio in
      word.withUnsafeBytes { buffer in
        PEM_write_bio_PKCS8PrivateKey(
          bio,
          handle,
          EVP_aes_256_cbc(),
          buffer.bindMemory(to: CChar.self).baseAddress,
          Int32(buffer.count),
          nil,
          nil
        )
      }
    }
  }
}
