internal import COpenSSL

extension SignerCertificate {
  /// The certificate's one URI name; nil where it has none, or several.
  public var identity: String? {
    var critical: Int32 = 0
    defer { ERR_clear_error() }
    let found = withCertificate { X509_get_ext_d2i($0, NID_subject_alt_name, &critical, nil) }
    guard let found else { return nil }
    let names = OpaquePointer(found)
    defer { GENERAL_NAMES_free(names) }
    var uris: [String] = []
    for place in 0..<copenssl_names_count(names) {
      var length: Int32 = 0
      guard let bytes = copenssl_names_uri(names, place, &length), length > 0 else { continue }
      let text = UnsafeBufferPointer(start: bytes, count: Int(length))
      guard text.allSatisfy({ 0x21...0x7e ~= $0 }) else { return nil }
      uris.append(String(decoding: text, as: UTF8.self))
    }
    return uris.count == 1 ? uris[0] : nil
  }
}

/// The authorities whose certificates are taken for true.
public final class CertificateTrust: @unchecked Sendable {
  // Unchecked: the store is only read after it was made, and OpenSSL lets threads share it so.
  private let store: OpaquePointer

  /// Reads authorities' certificates in PEM.
  ///
  /// Throws `JournalError` (`keyFile`) for a file that cannot be read or holds none.
  public init(authorities path: String) throws(JournalError) {
    let made = try requireObject(X509_STORE_new(), "making a certificate store")
    guard X509_STORE_load_file(made, path) == 1 else {
      X509_STORE_free(made)
      ERR_clear_error()
      throw JournalError(.keyFile, "\(path) holds no authorities' certificates")
    }
    store = made
  }

  deinit { X509_STORE_free(store) }

  /// Whether a certificate was issued by one of the authorities, to a client.
  ///
  /// - Parameters:
  ///   - chain: further certificates between it and the authority, in DER.
  ///   - now: what its days are compared with, in seconds since 1970.
  ///
  /// Throws `JournalError` (`cryptography`) if OpenSSL lacks memory.
  public func vouches(
    for certificate: SignerCertificate,
    through chain: [SignerCertificate] = [],
    now: Int64
  ) throws(JournalError) -> Bool {
    defer { ERR_clear_error() }
    let context = try requireObject(X509_STORE_CTX_new(), "making a verifying context")
    defer { X509_STORE_CTX_free(context) }
    // The stack borrows what the array keeps.
    let between = chain.isEmpty ? nil : copenssl_new_certificates()
    defer { if let between { copenssl_free_certificates(between) } }
    if let between {
      for link in chain { _ = link.withCertificate { copenssl_add_certificate(between, $0) } }
    }
    let started = certificate.withCertificate { X509_STORE_CTX_init(context, store, $0, between) }
    try requireSuccess(started, "starting to verify a certificate")
    X509_STORE_CTX_set_time(context, 0, time_t(now))
    X509_STORE_CTX_set_purpose(context, X509_PURPOSE_SSL_CLIENT)
    return withExtendedLifetime(chain) { X509_verify_cert(context) == 1 }
  }
}

extension SignerCertificate {
  /// The certificates of a PEM file, the own one first.
  ///
  /// Throws `JournalError` (`malformed`) for octets that hold none.
  public static func chain(pem: [UInt8]) throws(JournalError) -> [SignerCertificate] {
    // OpenSSL reads from the octets themselves, until the end of this.
    defer { withExtendedLifetime(pem) {} }
    guard let count = Int32(exactly: pem.count),
      let source = pem.withUnsafeBytes({ BIO_new_mem_buf($0.baseAddress, count) })
    else { throw JournalError(.malformed, "the certificate's file is too long") }
    defer {
      BIO_free(source)
      ERR_clear_error()
    }
    var chain: [SignerCertificate] = []
    while let found = PEM_read_bio_X509(source, nil, nil, nil) {
      defer { X509_free(found) }
      var encoded: UnsafeMutablePointer<UInt8>?
      let count = i2d_X509(found, &encoded)
      guard count > 0, let encoded else { throw JournalError(.malformed, "not a certificate") }
      defer { CRYPTO_free(encoded, #file, #line) }
      let der = Array(UnsafeBufferPointer(start: encoded, count: Int(count)))
      chain.append(try SignerCertificate(der: der))
    }
    guard !chain.isEmpty else { throw JournalError(.malformed, "the file holds no certificate") }
    return chain
  }

  /// The subject's common name; empty where it has none.
  public var commonName: String {
    withCertificate { certificate in
      guard let subject = X509_get_subject_name(certificate) else { return "" }
      let place = X509_NAME_get_index_by_NID(subject, NID_commonName, -1)
      guard place >= 0, let entry = X509_NAME_get_entry(subject, place),
        let value = X509_NAME_ENTRY_get_data(entry)
      else { return "" }
      var bytes: UnsafeMutablePointer<UInt8>?
      let count = ASN1_STRING_to_UTF8(&bytes, value)
      guard count >= 0, let bytes else { return "" }
      defer { CRYPTO_free(bytes, #file, #line) }
      return String(decoding: UnsafeBufferPointer(start: bytes, count: Int(count)), as: UTF8.self)
    }
  }
}
