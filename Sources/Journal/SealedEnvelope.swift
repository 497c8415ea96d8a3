internal import COpenSSL

/// Octets sealed to the certificates of those who may open them: CMS AuthEnvelopedData (RFC 5083)
/// with AES-256-GCM, which `openssl cms -decrypt -inform DER` opens too. Envelopes of any other form are not
/// opened (`EnvelopeForm`).
public enum SealedEnvelope {
  /// Seals octets to recipients.
  ///
  /// Throws `JournalError` (`cryptography`) for no recipient, or a certificate whose key cannot be
  /// sealed to.
  public static func seal(
    _ octets: [UInt8],
    to recipients: [SignerCertificate]
  ) throws(JournalError) -> [UInt8] {
    let stack = try requireObject(copenssl_new_certificates(), "sealing")
    // The stack borrows what the array keeps.
    defer { copenssl_free_certificates(stack) }
    for recipient in recipients {
      let added = recipient.withCertificate { copenssl_add_certificate(stack, $0) }
      guard added > 0 else { throw JournalError(.cryptography, "sealing failed") }
    }
    guard !recipients.isEmpty, let count = Int32(exactly: octets.count) else {
      throw JournalError(.cryptography, "sealing needs a recipient")
    }
    // OpenSSL reads from the octets themselves, until the end of this.
    defer { withExtendedLifetime(octets) {} }
    let source = try requireObject(
      octets.withUnsafeBytes { BIO_new_mem_buf($0.baseAddress, count) },
      "sealing"
    )
    defer { BIO_free(source) }
    let sealed = try withExtendedLifetime(recipients) { () throws(JournalError) in
      try requireObject(
        CMS_encrypt(stack, source, EVP_aes_256_gcm(), UInt32(CMS_BINARY)),
        "sealing"
      )
    }
    defer { CMS_ContentInfo_free(sealed) }
    var encoded: UnsafeMutablePointer<UInt8>?
    let length = i2d_CMS_ContentInfo(sealed, &encoded)
    guard length > 0, let encoded else { throw JournalError(.cryptography, "sealing failed") }
    defer { CRYPTO_free(encoded, #file, #line) }
    let envelope = Array(UnsafeBufferPointer(start: encoded, count: Int(length)))
    // What would not be opened must not be sealed.
    guard EnvelopeForm.fits(envelope) else {
      throw JournalError(.cryptography, "sealing to such a certificate is not supported")
    }
    return envelope
  }

  /// Opens what was sealed to a certificate, with its key.
  ///
  /// Throws `JournalError`: `malformed` for octets that are no envelope, or one of another form than
  /// this project's; `altered` if they are sealed to somebody else or were changed.
  public static func open(
    _ sealed: [UInt8],
    certificate: SignerCertificate,
    key: SigningKey
  ) throws(JournalError) -> [UInt8] {
    guard EnvelopeForm.fits(sealed) else { throw JournalError(.malformed, "not a sealed envelope") }
    defer { ERR_clear_error() }
    let decoded = sealed.withUnsafeBufferPointer { octets in
      var place = octets.baseAddress
      return d2i_CMS_ContentInfo(nil, &place, octets.count)
    }
    guard let decoded else { throw JournalError(.malformed, "not a sealed envelope") }
    defer { CMS_ContentInfo_free(decoded) }
    let output = try requireObject(BIO_new(BIO_s_mem()), "opening an envelope")
    defer { BIO_free(output) }
    let opened = certificate.withCertificate { certificate in
      key.withKey { CMS_decrypt(decoded, $0, certificate, nil, output, UInt32(CMS_BINARY)) }
    }
    guard opened == 1 else {
      throw JournalError(.altered, "the envelope is sealed to somebody else, or was changed")
    }
    var octets = [UInt8](repeating: 0, count: Int(BIO_ctrl_pending(output)))
    var got = 0
    while got < octets.count {
      let read = octets.withUnsafeMutableBufferPointer { buffer in
        BIO_read(output, buffer.baseAddress.map { $0 + got }, Int32(buffer.count - got))
      }
      guard read > 0 else { throw JournalError(.cryptography, "opening an envelope failed") }
      got += Int(read)
    }
    return octets
  }
}
