internal import COpenSSL
internal import Glibc

/// Why a key, request or certificate is not made; equality is on the code.
///
/// The words never hold key material.
package struct CertificateError: Error, Sendable, Hashable, CustomStringConvertible {
  /// The kind of a failure.
  package enum Code: String, Sendable, Hashable {
    /// Bytes that are no key, request or certificate.
    case malformed
    /// The passphrase is wrong, or one is needed.
    case passphrase
    /// A request whose signature is not by its own key.
    case proof = "proof of possession"
    /// A request asks for another name than one URI, or for a name that is not plain.
    case name
    /// A request asks for a usage that an office's certificate does not have.
    case usage
    /// The authority may not sign for the division.
    case notPermitted = "not permitted"
    /// The authority or certificate is out of its days, or would outlive its authority.
    case days
    /// A certificate of another authority, or a key that does not belong to it.
    case stranger
    /// A key of another kind or strength than takes part.
    case weakKey = "weak key"
    /// The cryptographic library failed.
    case cryptography
  }

  /// What kind of failure it is.
  package let code: Code
  /// What is wrong, in English.
  package let english: String
  /// What is wrong, in Chinese.
  package let chinese: String

  init(_ code: Code, _ english: String, _ chinese: String) {
    self.code = code
    self.english = english
    self.chinese = chinese
  }

  /// Equal for equal codes, whatever the words.
  package static func == (left: Self, right: Self) -> Bool { left.code == right.code }

  /// Hashes the code.
  package func hash(into hasher: inout Hasher) { hasher.combine(code) }

  /// Code and English words.
  package var description: String { "\(code.rawValue): \(english)" }
}

/// The choke point for OpenSSL: its answers become values or errors, its queue is left empty.
enum Crypto {
  static func make<Handle>(
    _ operation: String,
    _ body: () -> Handle?
  ) throws(CertificateError) -> Handle {
    ERR_clear_error()
    defer { ERR_clear_error() }
    guard let handle = body() else { throw failure(operation) }
    return handle
  }

  static func check(_ operation: String, _ body: () -> Int32) throws(CertificateError) {
    ERR_clear_error()
    defer { ERR_clear_error() }
    guard body() > 0 else { throw failure(operation) }
  }

  private static func failure(_ operation: String) -> CertificateError {
    let reason = ERR_reason_error_string(ERR_peek_last_error()).map { String(cString: $0) } ?? "?"
    return CertificateError(
      .cryptography,
      "\(operation) failed: \(reason)",
      "\(operation) 失败：\(reason)"
    )
  }

  /// Runs a closure with a memory BIO over the bytes.
  static func reading<Value>(
    _ bytes: [UInt8],
    _ body: (OpaquePointer) -> Value?
  ) throws(CertificateError) -> Value? {
    guard let count = Int32(exactly: bytes.count) else {
      throw CertificateError(.malformed, "the file is too long", "文件过长")
    }
    var copy = bytes
    defer { OPENSSL_cleanse(&copy, copy.count) }
    ERR_clear_error()
    defer { ERR_clear_error() }
    let result = copy.withUnsafeBytes { buffer -> Value? in
      guard let bio = BIO_new_mem_buf(buffer.baseAddress, count) else { return nil }
      defer { BIO_free(bio) }
      return body(bio)
    }
    return result
  }

  /// What a closure writes to a memory BIO.
  static func writing(
    _ operation: String,
    _ body: (OpaquePointer) -> Int32
  ) throws(CertificateError) -> [UInt8] {
    let bio = try make(operation) { BIO_new(BIO_s_mem()) }
    defer { BIO_free(bio) }
    try check(operation) { body(bio) }
    var bytes = [UInt8](repeating: 0, count: BIO_ctrl_pending(bio))
    try check(operation) { BIO_read(bio, &bytes, Int32(bytes.count)) }
    return bytes
  }

  /// Seconds since 1970 of a time in a certificate.
  static func seconds(_ time: UnsafePointer<ASN1_TIME>?) -> Int64? {
    guard let time else { return nil }
    var parts = tm()
    guard ASN1_TIME_to_tm(time, &parts) == 1 else { return nil }
    return Int64(timegm(&parts))
  }

  /// The subject's common name; empty when there is none.
  static func commonName(_ subject: OpaquePointer?) -> String {
    guard let subject else { return "" }
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

  /// The URI names among subject alternative names, and how many names of other kinds there are.
  static func names(_ names: OpaquePointer) -> (uris: [String], others: Int) {
    var uris: [String] = []
    var others = 0
    for place in 0..<copenssl_names_count(names) {
      var length: Int32 = 0
      guard let bytes = copenssl_names_uri(names, place, &length) else {
        others += 1
        continue
      }
      let text = UnsafeBufferPointer(start: bytes, count: Int(max(0, length)))
      uris.append(String(decoding: text, as: UTF8.self))
    }
    return (uris, others)
  }
}
