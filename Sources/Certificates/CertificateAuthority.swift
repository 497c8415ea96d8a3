internal import COpenSSL
internal import Glibc

/// An authority that issues offices' certificates: its own certificate and its private key.
package struct CertificateAuthority: Sendable {
  /// The days a certificate may last.
  package static let days = 1...825
  /// A certificate begins this many seconds before it is made, for clocks that are behind.
  package static let allowance: Int64 = 300

  /// The authority's own certificate.
  package let certificate: IssuedCertificate
  let key: PrivateKey

  /// Takes the authority's certificate and its key.
  ///
  /// - Throws: `CertificateError` (`stranger`) when they do not belong together or the certificate
  ///   is no authority's.
  package init(certificate: IssuedCertificate, key: PrivateKey) throws(CertificateError) {
    guard certificate.belongs(to: key) else {
      throw CertificateError(
        .stranger,
        "the key is not that of the authority's certificate",
        "私钥与证书机构的证书不符"
      )
    }
    guard X509_check_ca(certificate.handle) == 1 else {
      throw CertificateError(.stranger, "the certificate is no authority's", "该证书不是证书机构的证书")
    }
    self.certificate = certificate
    self.key = key
  }

  /// Issues a certificate for what a request asks.
  ///
  /// - Parameters:
  ///   - days: how long it is valid, 1 to 825 days.
  ///   - now: the present, in seconds since 1970.
  /// - Throws: `CertificateError`: `notPermitted` when the authority may not sign for the division,
  ///   `days` when the certificate would outlive the authority.
  package func issue(
    _ request: CertificateRequest,
    days: Int,
    now: Int64
  ) throws(CertificateError) -> IssuedCertificate {
    guard let publicKey = X509_REQ_get0_pubkey(request.handle) else {
      throw CertificateError(.malformed, "the request's key cannot be read", "无法读取申请中的公钥")
    }
    return try issue(publicKey, uri: request.uri, name: request.name, days: days, now: now)
  }

  /// Issues a certificate anew, for the same holder and key, before the old one expires.
  ///
  /// - Throws: `CertificateError`: `stranger` for a certificate of another authority, `days` when it
  ///   has expired, and what `issue` throws.
  package func renew(
    _ old: IssuedCertificate,
    days: Int,
    now: Int64
  ) throws(CertificateError) -> IssuedCertificate {
    guard X509_verify(old.handle, key.handle) == 1 else {
      ERR_clear_error()
      throw CertificateError(
        .stranger,
        "the certificate is not of this authority",
        "该证书不是本证书机构签发的"
      )
    }
    guard old.notAfter > now else {
      throw CertificateError(
        .days,
        "the certificate has expired: make a new request",
        "证书已过期：请重新申请"
      )
    }
    guard !old.uri.isEmpty, let publicKey = X509_get0_pubkey(old.handle) else {
      throw CertificateError(.name, "the certificate names no URI", "证书没有 URI 名称")
    }
    return try issue(publicKey, uri: old.uri, name: old.name, days: days, now: now)
  }

  private func issue(
    _ publicKey: OpaquePointer,
    uri: String,
    name: String,
    days: Int,
    now: Int64
  ) throws(CertificateError) -> IssuedCertificate {
    // OpenSSL reads the extension as text: a comma would begin another name.
    guard CertificateRequest.isPlain(uri) else {
      throw CertificateError(.name, "the URI has characters not allowed", "URI 含不允许的字符")
    }
    guard Self.days.contains(days) else {
      throw CertificateError(.days, "a certificate lasts 1 to 825 days", "证书有效期为 1 至 825 天")
    }
    let end = now + Int64(days) * 86_400
    guard certificate.notBefore <= now, now < certificate.notAfter else {
      throw CertificateError(
        .days,
        "the authority's own certificate is not valid now",
        "证书机构自身的证书现不在有效期内"
      )
    }
    guard end <= certificate.notAfter else {
      throw CertificateError(
        .days,
        "the certificate would outlive its authority: give fewer days, or renew the authority",
        "证书有效期超出证书机构自身的有效期：请减少天数或更换证书机构证书"
      )
    }
    let made = try Crypto.make("making a certificate") { X509_new() }
    let issued = try IssuedCertificate(owning: try fill(made, publicKey, uri, name, now, end))
    try checkPermitted(issued)
    return issued
  }

  /// Fills in and signs a certificate, or frees it.
  private func fill(
    _ made: OpaquePointer,
    _ publicKey: OpaquePointer,
    _ uri: String,
    _ name: String,
    _ now: Int64,
    _ end: Int64
  ) throws(CertificateError) -> OpaquePointer {
    do throws(CertificateError) {
      X509_set_version(made, 2)
      try setSerial(made)
      ASN1_TIME_set(X509_getm_notBefore(made), time_t(now - Self.allowance))
      ASN1_TIME_set(X509_getm_notAfter(made), time_t(end))
      try Crypto.check("setting the key") { X509_set_pubkey(made, publicKey) }
      try Crypto.check("naming the subject") {
        X509_NAME_add_entry_by_NID(
          X509_get_subject_name(made),
          NID_commonName,
          MBSTRING_UTF8,
          name,
          -1,
          -1,
          0
        )
      }
      X509_set_issuer_name(made, X509_get_subject_name(certificate.handle))
      // As certs/office.cnf has them.
      for (kind, value) in [
        (NID_basic_constraints, "critical,CA:FALSE"), (NID_key_usage, "critical,digitalSignature"),
        (NID_ext_key_usage, "clientAuth"), (NID_subject_key_identifier, "hash"),
        (NID_authority_key_identifier, "keyid:always"), (NID_subject_alt_name, "URI:\(uri)"),
      ] {
        try add(kind, value, to: made)
      }
      let digest = EVP_PKEY_get_base_id(key.handle) == EVP_PKEY_ED25519 ? nil : EVP_sha256()
      try Crypto.check("signing the certificate") { X509_sign(made, key.handle, digest) }
      return made
    } catch {
      X509_free(made)
      throw error
    }
  }

  /// A serial of 127 random bits, so that nobody can foresee it.
  private func setSerial(_ made: OpaquePointer) throws(CertificateError) {
    var bytes = [UInt8](repeating: 0, count: 16)
    try Crypto.check("drawing a serial") { RAND_bytes(&bytes, Int32(bytes.count)) }
    bytes[0] &= 0x7F
    bytes[0] |= 0x40
    let number = try Crypto.make("making a serial") { BN_bin2bn(bytes, Int32(bytes.count), nil) }
    defer { BN_free(number) }
    _ = try Crypto.make("setting a serial") {
      BN_to_ASN1_INTEGER(number, X509_get_serialNumber(made))
    }
  }

  private func add(
    _ kind: Int32,
    _ value: String,
    to made: OpaquePointer
  ) throws(CertificateError) {
    var context = X509V3_CTX()
    copenssl_set_issuer(&context, certificate.handle, made)
    let item = try Crypto.make("making an extension") {
      X509V3_EXT_conf_nid(nil, &context, kind, value)
    }
    defer { X509_EXTENSION_free(item) }
    try Crypto.check("adding an extension") { X509_add_ext(made, item, -1) }
  }

  /// An authority may be limited to divisions (X.509 name constraints on the URI's host).
  private func checkPermitted(_ issued: IssuedCertificate) throws(CertificateError) {
    guard let value = X509_get_ext_d2i(certificate.handle, NID_name_constraints, nil, nil) else {
      return
    }
    let constraints = value.assumingMemoryBound(to: NAME_CONSTRAINTS.self)
    defer {
      NAME_CONSTRAINTS_free(constraints)
      ERR_clear_error()
    }
    // The check looks at names that OpenSSL has read: asking for any purpose makes it read them.
    let isRead = X509_check_purpose(issued.handle, -1, 0) == 1
    guard isRead, NAME_CONSTRAINTS_check(issued.handle, constraints) == X509_V_OK else {
      throw CertificateError(
        .notPermitted,
        "this authority may not sign for the division of \(issued.uri)",
        "本证书机构无权为 \(issued.uri) 所在区划签发"
      )
    }
  }
}
