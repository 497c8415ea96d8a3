internal import COpenSSL
internal import Synchronization

/// The owner of a certificate and its private key.
final class Minted: @unchecked Sendable {
  // Unchecked: nothing changes after `init`, and OpenSSL reads certificates and keys from any thread.

  private static let serial = Atomic<Int>(1)
  private let certificate: OpaquePointer
  private let key: OpaquePointer

  /// An authority, limited to URI names of some divisions unless there are none.
  convenience init(authority name: String, permitted: [String], issuer: Minted?) throws {
    var extensions: [(Int32, String)] = [
      (NID_basic_constraints, "critical,CA:TRUE"),
      (NID_key_usage, "critical,keyCertSign,cRLSign"), (NID_subject_key_identifier, "hash"),
    ]
    if !permitted.isEmpty {
      let names = permitted.map { "permitted;URI:\($0)" }.joined(separator: ",")
      extensions.append((NID_name_constraints, "critical," + names))
    }
    try self.init(
      commonName: name,
      valid: -86_400...864_000,
      extensions: extensions,
      issuer: issuer
    )
  }

  /// An end entity.
  convenience init(leaf: TestLeaf, issuer: Minted) throws {
    var extensions: [(Int32, String)] = [
      (NID_basic_constraints, "critical,CA:FALSE"), (NID_key_usage, "critical,digitalSignature"),
    ]
    if !leaf.usages.isEmpty {
      extensions.append((NID_ext_key_usage, leaf.usages.joined(separator: ",")))
    }
    if let names = leaf.subjectAlternativeNames {
      extensions.append((NID_subject_alt_name, names))
    }
    try self.init(
      commonName: leaf.commonName,
      valid: leaf.notBefore...leaf.notAfter,
      extensions: extensions,
      issuer: issuer
    )
  }

  private init(
    commonName: String,
    valid: ClosedRange<Int>,
    extensions: [(Int32, String)],
    issuer: Minted?
  ) throws {
    key = try Self.make("key") { copenssl_new_p256_key() }
    certificate = try Self.make("certificate") { X509_new() }
    X509_set_version(certificate, 2)
    let number = Self.serial.wrappingAdd(1, ordering: .relaxed).newValue
    ASN1_INTEGER_set(X509_get_serialNumber(certificate), number)
    X509_gmtime_adj(X509_getm_notBefore(certificate), valid.lowerBound)
    X509_gmtime_adj(X509_getm_notAfter(certificate), valid.upperBound)
    X509_set_pubkey(certificate, key)
    let subject = X509_get_subject_name(certificate)
    try Self.check("name") {
      X509_NAME_add_entry_by_NID(subject, NID_commonName, MBSTRING_UTF8, commonName, -1, -1, 0)
    }
    X509_set_issuer_name(
      certificate,
      issuer.map { X509_get_subject_name($0.certificate) } ?? subject
    )
    for (kind, value) in extensions { try add(kind, value, issuer: issuer) }
    // Tells authorities of the same name apart.
    if issuer != nil { try add(NID_authority_key_identifier, "keyid:always", issuer: issuer) }
    try Self.check("signature") {
      X509_sign(certificate, issuer?.key ?? key, EVP_sha256()) > 0 ? 1 : 0
    }
  }

  deinit {
    X509_free(certificate)
    EVP_PKEY_free(key)
  }

  private func add(_ kind: Int32, _ value: String, issuer: Minted?) throws {
    var context = X509V3_CTX()
    copenssl_set_issuer(&context, issuer?.certificate ?? certificate, certificate)
    let made = try Self.make("extension \(value)") {
      X509V3_EXT_conf_nid(nil, &context, kind, value)
    }
    defer { X509_EXTENSION_free(made) }
    try Self.check("extension \(value)") { X509_add_ext(certificate, made, -1) }
  }

  func certificatePEM() throws -> [UInt8] {
    try Self.pem { PEM_write_bio_X509($0, certificate) }
  }

  func keyPEM() throws -> [UInt8] {
    try Self.pem { PEM_write_bio_PrivateKey($0, key, nil, nil, 0, nil, nil) }
  }

  private static func pem(_ write: (OpaquePointer) -> Int32) throws -> [UInt8] {
    let bio = try make("BIO") { BIO_new(BIO_s_mem()) }
    defer { BIO_free(bio) }
    try check("PEM") { write(bio) }
    var bytes = [UInt8](repeating: 0, count: BIO_ctrl_pending(bio))
    try check("PEM") { BIO_read(bio, &bytes, Int32(bytes.count)) == bytes.count ? 1 : 0 }
    return bytes
  }

  private static func make<Handle>(_ what: String, _ body: () -> Handle?) throws -> Handle {
    guard let handle = body() else { throw failure(what) }
    return handle
  }

  private static func check(_ what: String, _ body: () -> Int32) throws {
    if body() != 1 { throw failure(what) }
  }

  private static func failure(_ what: String) -> TestAuthority.Failure {
    let reason = ERR_reason_error_string(ERR_get_error()).map { String(cString: $0) }
    return TestAuthority.Failure(description: "\(what): \(reason ?? "failed")")
  }
}
