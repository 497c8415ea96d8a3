internal import COpenSSL

/// A certificate: who its holder is, until when, and by whose word.
package final class IssuedCertificate: @unchecked Sendable {
  // Unchecked: the certificate is only read after it was made, and OpenSSL lets threads share it so.
  let handle: OpaquePointer
  /// The serial number in hexadecimal digits.
  package let serial: String
  /// The one URI name; empty when there is none or more than one.
  package let uri: String
  /// The subject's common name. A person's name: never log it.
  package let name: String
  /// When it begins to be valid, in seconds since 1970.
  package let notBefore: Int64
  /// When it expires, in seconds since 1970.
  package let notAfter: Int64
  /// SHA-256 of the certificate (DER), 32 octets.
  package let fingerprint: [UInt8]

  /// Reads the first certificate of a PEM file.
  ///
  /// - Throws: `CertificateError` (`malformed`).
  package convenience init(pem: [UInt8]) throws(CertificateError) {
    let found = try Crypto.reading(pem) { PEM_read_bio_X509($0, nil, { _, _, _, _ in 0 }, nil) }
    guard let found else {
      throw CertificateError(.malformed, "the file holds no certificate", "文件中没有证书")
    }
    try self.init(owning: found)
  }

  /// Takes over a certificate.
  init(owning certificate: OpaquePointer) throws(CertificateError) {
    handle = certificate
    serial = Self.serial(certificate)
    name = Crypto.commonName(X509_get_subject_name(certificate))
    notBefore = Crypto.seconds(X509_get0_notBefore(certificate)) ?? 0
    notAfter = Crypto.seconds(X509_get0_notAfter(certificate)) ?? 0
    uri = Self.uri(certificate)
    fingerprint = Self.fingerprint(certificate)
  }

  deinit { X509_free(handle) }

  /// The certificate in PEM.
  ///
  /// - Throws: `CertificateError`.
  package func pem() throws(CertificateError) -> [UInt8] {
    try Crypto.writing("writing a certificate") { PEM_write_bio_X509($0, handle) }
  }

  /// Whether a private key is this certificate's.
  package func belongs(to key: PrivateKey) -> Bool {
    defer { ERR_clear_error() }
    return X509_check_private_key(handle, key.handle) == 1
  }

  private static func serial(_ certificate: OpaquePointer) -> String {
    guard let number = ASN1_INTEGER_to_BN(X509_get_serialNumber(certificate), nil) else {
      return ""
    }
    defer { BN_free(number) }
    guard let digits = BN_bn2hex(number) else { return "" }
    defer { CRYPTO_free(digits, #file, #line) }
    return String(cString: digits).lowercased()
  }

  private static func uri(_ certificate: OpaquePointer) -> String {
    guard let value = X509_get_ext_d2i(certificate, NID_subject_alt_name, nil, nil) else {
      return ""
    }
    let names = OpaquePointer(value)
    defer { GENERAL_NAMES_free(names) }
    let (uris, _) = Crypto.names(names)
    return uris.count == 1 ? uris[0] : ""
  }

  private static func fingerprint(_ certificate: OpaquePointer) -> [UInt8] {
    var digest = [UInt8](repeating: 0, count: 32)
    var count: UInt32 = 32
    guard X509_digest(certificate, EVP_sha256(), &digest, &count) == 1 else { return [] }
    return digest
  }
}
