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

  /// Whether a certificate was issued by one of the authorities; `now` is what its days are compared
  /// with, in seconds since 1970.
  ///
  /// Throws `JournalError` (`cryptography`) if OpenSSL lacks memory.
  public func vouches(
    for certificate: SignerCertificate,
    now: Int64
  ) throws(JournalError) -> Bool {
    defer { ERR_clear_error() }
    let context = try requireObject(X509_STORE_CTX_new(), "making a verifying context")
    defer { X509_STORE_CTX_free(context) }
    let started = certificate.withCertificate { X509_STORE_CTX_init(context, store, $0, nil) }
    try requireSuccess(started, "starting to verify a certificate")
    X509_STORE_CTX_set_time(context, 0, time_t(now))
    return X509_verify_cert(context) == 1
  }
}
