internal import Certificates
internal import Journal
internal import RPCCore
internal import RegistryModel

/// What people hand in: certificates, requests, and numbers as they write them.
enum PaperChecks {
  /// Certificates and requests in PEM or DER.
  static func certificates(_ bytes: [UInt8]) throws {
    if let certificate = try? SignerCertificate(der: bytes) {
      _ = certificate.identity
      _ = certificate.commonName
      _ = try certificate.verifies([1, 2, 3], of: [4])
    }
    for certificate in (try? SignerCertificate.chain(pem: bytes)) ?? [] {
      _ = certificate.identity
      _ = certificate.commonName
    }
    _ = try? VerifyingKey(pem: bytes)
    if let request = try? CertificateRequest(pem: bytes) {
      let again = try CertificateRequest(pem: try request.pem())
      try check(again.uri == request.uri && again.name == request.name, "another request")
    }
    if let certificate = try? IssuedCertificate(pem: bytes) {
      let again = try IssuedCertificate(pem: try certificate.pem())
      try check(again.fingerprint == certificate.fingerprint, "another certificate")
      try check(again.uri == certificate.uri, "another name")
    }
  }

  /// Numbers, days, codes and amounts: what is read is written and read to the same.
  static func numbers(_ bytes: [UInt8]) throws {
    let text = String(decoding: bytes, as: UTF8.self)
    guard let day = Day("2026-05-01") else { throw FuzzFinding("a day is none") }
    for written in [text, CitizenIDNumber.folded(text)] {
      guard let number = try? CitizenIDNumber(written, on: day, allowsSynthetic: true) else {
        continue
      }
      let again = try CitizenIDNumber(number.text, on: day, allowsSynthetic: true)
      try check(again.body == number.body, "another ID number")
      try check(number.birth <= day, "born after today")
      try check(number.isSynthetic == (number.area / 10_000 == 99), "an area in doubt")
    }
    if let day = Day(text) { try check(Day(day.text) == day, "another day") }
    if let code = DivisionCode(text) {
      try check(DivisionCode(code.description) == code, "another division")
    }
    if let number = HouseholdNumber(text) {
      try check(number.description == text, "another household number")
    }
    _ = HouseholdSerialBlock(text)
    if let amount = Amount(yuan: text) {
      try check(Amount(yuan: amount.yuanText) == amount, "another amount")
    }
    if let trace = TraceContext(traceparent: text) {
      try check(trace.traceparent == text, "another trace")
    }
  }
}
