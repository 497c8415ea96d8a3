internal import COpenSSL
internal import Glibc

/// Who a certificate says its holder is.
package struct TLSPeer: Sendable, Hashable {
  /// The certificate's one URI name: `registry://421224/poverty-office/p0007`.
  package let uri: String
  /// The subject's common name, empty when there is none. A person's name: never log it.
  package let commonName: String
  /// The SHA-256 digest of the certificate, 32 bytes.
  package let fingerprint: [UInt8]
  /// The certificate in DER.
  package let certificate: [UInt8]
  /// When the certificate expires, in seconds since 1970.
  package let notAfter: Int64

  /// Reads a certificate.
  ///
  /// - Throws: `TLSError` with code `certificateRejected` when it has not exactly one URI name.
  init(certificate: OpaquePointer) throws(TLSError) {
    uri = try Certificate.uri(of: certificate)
    commonName = Certificate.commonName(of: certificate)
    fingerprint = try Certificate.fingerprint(of: certificate)
    self.certificate = try Certificate.encoding(of: certificate)
    notAfter = Certificate.seconds(X509_get0_notAfter(certificate)) ?? 0
  }
}

/// Reads parts of X.509 certificates.
enum Certificate {
  /// The longest URI name taken.
  static let longestURI = 512

  /// The one URI name.
  ///
  /// - Throws: `TLSError` with code `certificateRejected` when there is none, or more than one, or
  ///   it is not a plain one.
  static func uri(of certificate: OpaquePointer) throws(TLSError) -> String {
    var uris: [String] = []
    var critical: Int32 = 0
    guard let extensionValue = X509_get_ext_d2i(certificate, NID_subject_alt_name, &critical, nil)
    else {
      throw TLSError(
        .certificateRejected,
        critical == -1
          ? "certificate has no URI name" : "certificate has unreadable or repeated names"
      )
    }
    let names = OpaquePointer(extensionValue)
    defer { GENERAL_NAMES_free(names) }
    for place in 0..<copenssl_names_count(names) {
      var length: Int32 = 0
      guard let bytes = copenssl_names_uri(names, place, &length) else { continue }
      let text = UnsafeBufferPointer(start: bytes, count: Int(max(0, length)))
      guard text.count <= longestURI, isPlain(text) else {
        throw TLSError(.certificateRejected, "certificate's URI name has characters not allowed")
      }
      uris.append(String(decoding: text, as: UTF8.self))
    }
    guard let uri = uris.first else {
      throw TLSError(.certificateRejected, "certificate has no URI name")
    }
    guard uris.count == 1 else {
      throw TLSError(.certificateRejected, "certificate has \(uris.count) URI names, not one")
    }
    return uri
  }

  /// Whether a URI is `scheme://host/path` in letters, digits and `-._~` alone. Others could be read
  /// in two ways: with a port or a user OpenSSL's name constraints see another host than we may.
  private static func isPlain(_ uri: UnsafeBufferPointer<UInt8>) -> Bool {
    let scheme = uri.prefix { isUnreserved($0) }
    let rest = uri.dropFirst(scheme.count)
    return !scheme.isEmpty && rest.starts(with: Array("://".utf8))
      && rest.dropFirst(3).first.map(isUnreserved) == true
      && rest.dropFirst(3).allSatisfy { isUnreserved($0) || $0 == UInt8(ascii: "/") }
  }

  private static func isUnreserved(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
      UInt8(ascii: "0")...UInt8(ascii: "9"):
      true
    default: "-._~".utf8.contains(byte)
    }
  }

  static func commonName(of certificate: OpaquePointer) -> String {
    X509_get_subject_name(certificate).map { commonName(ofName: $0) } ?? ""
  }

  /// The common name of a subject or issuer; empty when there is none.
  static func commonName(ofName subject: OpaquePointer) -> String {
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

  static func fingerprint(of certificate: OpaquePointer) throws(TLSError) -> [UInt8] {
    var digest = [UInt8](repeating: 0, count: 32)
    var count: UInt32 = 32
    try OpenSSL.check(.failed, "certificate digest failed") {
      X509_digest(certificate, EVP_sha256(), &digest, &count)
    }
    return digest
  }

  static func encoding(of certificate: OpaquePointer) throws(TLSError) -> [UInt8] {
    var bytes: UnsafeMutablePointer<UInt8>?
    let count = i2d_X509(certificate, &bytes)
    guard count > 0, let bytes else {
      ERR_clear_error()
      throw TLSError(.failed, "the certificate cannot be encoded")
    }
    defer { CRYPTO_free(bytes, #file, #line) }
    return Array(UnsafeBufferPointer(start: bytes, count: Int(count)))
  }

  /// A certificate's time in seconds since 1970, nil when it cannot be read.
  static func seconds(_ time: UnsafePointer<ASN1_TIME>?) -> Int64? {
    var parts = tm()
    guard let time, ASN1_TIME_to_tm(time, &parts) == 1 else { return nil }
    return Int64(timegm(&parts))
  }

  /// A certificate's time as `2026-07-21 08:00 UTC`.
  static func date(_ time: UnsafePointer<ASN1_TIME>?) -> String {
    var parts = tm()
    guard let time, ASN1_TIME_to_tm(time, &parts) == 1 else { return "an unreadable date" }
    func two(_ number: Int32) -> String { number < 10 ? "0\(number)" : "\(number)" }
    return "\(parts.tm_year + 1900)-\(two(parts.tm_mon + 1))-\(two(parts.tm_mday)) "
      + "\(two(parts.tm_hour)):\(two(parts.tm_min)) UTC"
  }
}
