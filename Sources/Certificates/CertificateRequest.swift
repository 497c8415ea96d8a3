internal import COpenSSL

/// A request for an office's certificate (PKCS #10): a public key, a person's name, one URI.
package final class CertificateRequest: @unchecked Sendable {
  // Unchecked: the request is only read after it was made, and OpenSSL lets threads share it so.
  let handle: OpaquePointer
  /// The one URI that is asked for.
  package let uri: String
  /// The person's name.
  package let name: String

  /// The longest name in characters, and the largest file in bytes.
  package static let limits = (name: 64, file: 65_536)

  /// Asks for a certificate for the key's owner.
  ///
  /// - Parameters:
  ///   - uri: the identity; the caller has checked its form.
  ///   - name: the person's name, 1 to 64 characters.
  /// - Throws: `CertificateError`.
  package init(key: PrivateKey, uri: String, name: String) throws(CertificateError) {
    guard Self.isPlain(uri) else {
      throw CertificateError(.name, "the URI has characters not allowed", "URI 含不允许的字符")
    }
    let made = try Crypto.make("making a request") { X509_REQ_new() }
    do throws(CertificateError) {
      try Self.fill(made, key: key, uri: uri, name: name)
    } catch {
      X509_REQ_free(made)
      throw error
    }
    handle = made
    self.uri = uri
    self.name = name
  }

  /// Reads a request in PEM and checks all that it asks for.
  ///
  /// - Throws: `CertificateError`: `malformed`, `proof`, `name`, `usage`, `weakKey`.
  package init(pem: [UInt8]) throws(CertificateError) {
    guard pem.count <= Self.limits.file,
      let found = try Crypto.reading(
        pem,
        { PEM_read_bio_X509_REQ($0, nil, { _, _, _, _ in 0 }, nil) }
      )
    else {
      throw CertificateError(.malformed, "the file holds no certificate request", "文件中没有证书申请")
    }
    let said: (uri: String, name: String)
    do throws(CertificateError) {
      said = try Self.check(found)
    } catch {
      X509_REQ_free(found)
      throw error
    }
    handle = found
    (uri, name) = said
  }

  deinit { X509_REQ_free(handle) }

  /// The request in PEM.
  ///
  /// - Throws: `CertificateError`.
  package func pem() throws(CertificateError) -> [UInt8] {
    try Crypto.writing("writing a request") { PEM_write_bio_X509_REQ($0, handle) }
  }

  private static func fill(
    _ request: OpaquePointer,
    key: PrivateKey,
    uri: String,
    name: String
  ) throws(CertificateError) {
    try Crypto.check("naming the subject") {
      X509_NAME_add_entry_by_NID(
        X509_REQ_get_subject_name(request),
        NID_commonName,
        MBSTRING_UTF8,
        name,
        -1,
        -1,
        0
      )
    }
    try Crypto.check("setting the key") { X509_REQ_set_pubkey(request, key.handle) }
    let extensions = try Crypto.make("making extensions") { copenssl_extensions_new() }
    defer { copenssl_extensions_free(extensions) }
    for (kind, value) in [
      (NID_key_usage, "critical,digitalSignature"), (NID_ext_key_usage, "clientAuth"),
      (NID_subject_alt_name, "URI:\(uri)"),
    ] {
      let made = try Crypto.make("making an extension") {
        X509V3_EXT_conf_nid(nil, nil, kind, value)
      }
      try Crypto.check("adding an extension") { copenssl_extensions_push(extensions, made) }
    }
    try Crypto.check("adding extensions") { X509_REQ_add_extensions(request, extensions) }
    try Crypto.check("signing the request") { X509_REQ_sign(request, key.handle, EVP_sha256()) }
  }

  /// Everything that a request may ask for; the rest is refused rather than left out in silence.
  private static func check(
    _ request: OpaquePointer
  ) throws(CertificateError) -> (uri: String, name: String) {
    guard let key = X509_REQ_get0_pubkey(request) else {
      throw CertificateError(.malformed, "the request's key cannot be read", "无法读取申请中的公钥")
    }
    try requireGoodKey(key)
    defer { ERR_clear_error() }
    guard X509_REQ_verify(request, key) == 1 else {
      throw CertificateError(
        .proof,
        "the request is not signed by its own key",
        "证书申请的签名与其公钥不符"
      )
    }
    guard let extensions = X509_REQ_get_extensions(request) else {
      throw CertificateError(.name, "the request names no URI", "证书申请没有 URI 名称")
    }
    defer { copenssl_extensions_free(extensions) }
    let allowed = [
      NID_subject_alt_name, NID_key_usage, NID_ext_key_usage, NID_basic_constraints,
      NID_subject_key_identifier,
    ]
    for place in 0..<copenssl_extensions_count(extensions) {
      let kind = OBJ_obj2nid(X509_EXTENSION_get_object(copenssl_extension(extensions, place)))
      guard allowed.contains(kind) else {
        throw CertificateError(
          .usage,
          "the request asks for an extension that offices do not have",
          "证书申请包含机构证书不应有的扩展"
        )
      }
    }
    try checkUsages(extensions)
    let name = Crypto.commonName(X509_REQ_get_subject_name(request))
    guard (1...limits.name).contains(name.count) else {
      throw CertificateError(
        .name,
        "the request names no person, or by more than 64 characters",
        "证书申请没有姓名，或姓名超过 64 字"
      )
    }
    return (try uri(extensions), name)
  }

  private static func checkUsages(_ extensions: OpaquePointer) throws(CertificateError) {
    if let value = X509V3_get_d2i(extensions, NID_ext_key_usage, nil, nil) {
      let usages = OpaquePointer(value)
      defer { EXTENDED_KEY_USAGE_free(usages) }
      guard copenssl_usages_count(usages) == 1, copenssl_usage(usages, 0) == NID_client_auth else {
        throw CertificateError(
          .usage,
          "an office's certificate is for clients only (clientAuth)",
          "机构证书只能用于客户端（clientAuth）"
        )
      }
    }
    if let value = X509V3_get_d2i(extensions, NID_key_usage, nil, nil) {
      let bits = value.assumingMemoryBound(to: ASN1_BIT_STRING.self)
      defer { ASN1_BIT_STRING_free(bits) }
      // Bit 0 is digitalSignature; there are nine.
      let isRight =
        ASN1_BIT_STRING_get_bit(bits, 0) == 1
        && (1..<9).allSatisfy { ASN1_BIT_STRING_get_bit(bits, $0) == 0 }
      guard isRight else {
        throw CertificateError(
          .usage,
          "an office's key is for signatures only (digitalSignature)",
          "机构密钥只能用于签名（digitalSignature）"
        )
      }
    }
    if let value = X509V3_get_d2i(extensions, NID_basic_constraints, nil, nil) {
      let constraints = value.assumingMemoryBound(to: BASIC_CONSTRAINTS.self)
      defer { BASIC_CONSTRAINTS_free(constraints) }
      guard constraints.pointee.ca == 0 else {
        throw CertificateError(.usage, "an office is no authority (CA)", "机构证书不得用作证书机构")
      }
    }
  }

  private static func uri(_ extensions: OpaquePointer) throws(CertificateError) -> String {
    guard let value = X509V3_get_d2i(extensions, NID_subject_alt_name, nil, nil) else {
      throw CertificateError(.name, "the request names no URI", "证书申请没有 URI 名称")
    }
    let names = OpaquePointer(value)
    defer { GENERAL_NAMES_free(names) }
    let (uris, others) = Crypto.names(names)
    guard uris.count == 1, others == 0 else {
      throw CertificateError(
        .name,
        "the request names \(uris.count) URIs and \(others) other names, not one URI alone",
        "证书申请含 \(uris.count) 个 URI 和 \(others) 个其他名称，应只有一个 URI"
      )
    }
    guard isPlain(uris[0]) else {
      throw CertificateError(.name, "the URI has characters not allowed", "URI 含不允许的字符")
    }
    return uris[0]
  }

  /// Whether a URI has letters, digits and `-._~/:` alone, and not many of them.
  static func isPlain(_ uri: String) -> Bool {
    (1...512).contains(uri.utf8.count)
      && uri.utf8.allSatisfy { byte in
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
          UInt8(ascii: "0")...UInt8(ascii: "9"):
          true
        default: "-._~/:".utf8.contains(byte)
        }
      }
  }
}

/// Keys that take part: ECDSA on P-256 or P-384, and Ed25519.
func requireGoodKey(_ key: OpaquePointer) throws(CertificateError) {
  let kind = EVP_PKEY_get_base_id(key)
  if kind == EVP_PKEY_ED25519 { return }
  if kind == EVP_PKEY_EC {
    var name = [CChar](repeating: 0, count: 64)
    var length = 0
    let found = EVP_PKEY_get_group_name(key, &name, name.count, &length) == 1
    let group = String(decoding: name.prefix(length).map { UInt8(bitPattern: $0) }, as: UTF8.self)
    if found, ["prime256v1", "P-256", "secp384r1", "P-384"].contains(group) { return }
  }
  throw CertificateError(
    .weakKey,
    "the key is neither ECDSA on P-256 or P-384 nor Ed25519",
    "密钥既不是 P-256/P-384 的 ECDSA，也不是 Ed25519"
  )
}
