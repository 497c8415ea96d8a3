internal import COpenSSL
internal import Glibc

/// A certificate that is revoked.
package struct RevokedCertificate: Sendable, Hashable {
  /// The serial number in hexadecimal digits.
  package let serial: String
  /// When it was revoked, in seconds since 1970.
  package let revokedAt: Int64

  /// Names a certificate and when it was revoked.
  package init(serial: String, revokedAt: Int64) {
    self.serial = serial
    self.revokedAt = revokedAt
  }
}

extension CertificateAuthority {
  /// Whether the authority signed a certificate.
  package func signed(_ other: IssuedCertificate) -> Bool {
    defer { ERR_clear_error() }
    return X509_verify(other.handle, key.handle) == 1
  }

  /// The list of the certificates that the authority has revoked, signed, in PEM (RFC 5280, version 2).
  ///
  /// - Parameters:
  ///   - revoked: all of them, also those of earlier lists.
  ///   - days: how long the list is in force: nodes refuse everybody of an authority whose list has
  ///     expired. It never outlives the authority.
  ///   - now: the present, in seconds since 1970; the list's number too.
  /// - Throws: `CertificateError`: `malformed` for a serial that is no number.
  package func revocationList(
    _ revoked: [RevokedCertificate],
    days: Int,
    now: Int64
  ) throws(CertificateError) -> [UInt8] {
    let list = try Crypto.make("making a revocation list") { X509_CRL_new() }
    defer { X509_CRL_free(list) }
    try Crypto.check("setting the version") { X509_CRL_set_version(list, 1) }
    try Crypto.check("naming the authority") {
      X509_CRL_set_issuer_name(list, X509_get_subject_name(certificate.handle))
    }
    let end = min(now + Int64(days) * 86_400, certificate.notAfter)
    try setTime(now - Self.allowance) { X509_CRL_set1_lastUpdate(list, $0) }
    try setTime(end) { X509_CRL_set1_nextUpdate(list, $0) }
    for one in revoked { try add(one, to: list) }
    try Crypto.check("sorting a revocation list") { X509_CRL_sort(list) }
    try addExtensions(to: list, number: now)
    let digest = EVP_PKEY_get_base_id(key.handle) == EVP_PKEY_ED25519 ? nil : EVP_sha256()
    try Crypto.check("signing a revocation list") { X509_CRL_sign(list, key.handle, digest) }
    return try Crypto.writing("writing a revocation list") { PEM_write_bio_X509_CRL($0, list) }
  }

  private func setTime(
    _ seconds: Int64,
    _ set: (UnsafePointer<ASN1_TIME>) -> Int32
  ) throws(CertificateError) {
    let time = try Crypto.make("making a time") { ASN1_TIME_set(nil, time_t(seconds)) }
    defer { ASN1_TIME_free(time) }
    try Crypto.check("setting a time") { set(time) }
  }

  private func add(
    _ one: RevokedCertificate,
    to list: OpaquePointer
  ) throws(CertificateError) {
    var number: OpaquePointer?
    let digits = BN_hex2bn(&number, one.serial)
    defer { BN_free(number) }
    guard digits > 0, Int(digits) == one.serial.utf8.count else {
      throw CertificateError(.malformed, "a serial number is no number", "证书序列号有误")
    }
    let entry = try Crypto.make("making an entry") { X509_REVOKED_new() }
    do throws(CertificateError) {
      let serial = try Crypto.make("making a serial") { BN_to_ASN1_INTEGER(number, nil) }
      defer { ASN1_INTEGER_free(serial) }
      try Crypto.check("setting a serial") { X509_REVOKED_set_serialNumber(entry, serial) }
      let time = try Crypto.make("making a time") { ASN1_TIME_set(nil, time_t(one.revokedAt)) }
      defer { ASN1_TIME_free(time) }
      try Crypto.check("setting a time") { X509_REVOKED_set_revocationDate(entry, time) }
      // The list owns the entry from here on.
      try Crypto.check("adding an entry") { X509_CRL_add0_revoked(list, entry) }
    } catch {
      X509_REVOKED_free(entry)
      throw error
    }
  }

  /// Which key signed it, and which list is the later one.
  private func addExtensions(
    to list: OpaquePointer,
    number: Int64
  ) throws(CertificateError) {
    var context = X509V3_CTX()
    copenssl_set_list_issuer(&context, certificate.handle, list)
    let key = try Crypto.make("making an extension") {
      X509V3_EXT_conf_nid(nil, &context, NID_authority_key_identifier, "keyid:always")
    }
    defer { X509_EXTENSION_free(key) }
    try Crypto.check("adding an extension") { X509_CRL_add_ext(list, key, -1) }
    let value = try Crypto.make("making a number") { ASN1_INTEGER_new() }
    defer { ASN1_INTEGER_free(value) }
    try Crypto.check("setting a number") { ASN1_INTEGER_set_int64(value, number) }
    try Crypto.check("adding an extension") {
      X509_CRL_add1_ext_i2d(list, NID_crl_number, value, 0, 0)
    }
  }
}
