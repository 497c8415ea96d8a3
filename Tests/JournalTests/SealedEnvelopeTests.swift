import Foundation
import Journal
import TestCertificates
import Testing

/// Envelopes open to what was sealed, and to nothing that somebody made of another form.
@Suite struct SealedEnvelopeTests {
  private struct Recipient {
    let identity: TestIdentity
    let certificate: SignerCertificate
    let key: SigningKey

    init() throws {
      identity = try TestAuthority().issue(.node("421224", "main"))
      let chain = try Array(Data(contentsOf: URL(fileURLWithPath: identity.chain)))
      certificate = try #require(try SignerCertificate.chain(pem: chain).first)
      key = try SigningKey(pem: Array(Data(contentsOf: URL(fileURLWithPath: identity.key))))
    }

    func open(_ sealed: [UInt8]) throws -> [UInt8] {
      try SealedEnvelope.open(sealed, certificate: certificate, key: key)
    }
  }

  private let secret = Array("what nobody else may read".utf8)

  /// The octets with the one place replaced at which others stand.
  private func replaced(_ octets: [UInt8], _ old: [UInt8], by new: [UInt8]) throws -> [UInt8] {
    let places = octets.indices.dropLast(old.count - 1)
      .filter { octets[$0..<$0 + old.count].elementsEqual(old) }
    try #require(places.count == 1)
    return octets[..<places[0]] + new + octets[(places[0] + old.count)...]
  }

  private func expectMalformed(_ sealed: [UInt8], _ recipient: Recipient) {
    let error = #expect(throws: JournalError.self) { try recipient.open(sealed) }
    #expect(error?.code == .malformed)
  }

  @Test(arguments: [0, 1, 200, 300_000])
  func opensToWhatWasSealed(count: Int) throws {
    let recipient = try Recipient()
    let other = try Recipient()
    let content = (0..<count).map { UInt8(truncatingIfNeeded: $0) }
    let sealed = try SealedEnvelope.seal(
      content,
      to: [other.certificate, recipient.certificate]
    )
    #expect(try recipient.open(sealed) == content && other.open(sealed) == content)
    let error = #expect(throws: JournalError.self) { try Recipient().open(sealed) }
    #expect(error?.code == .altered)
  }

  /// OpenSSL before 3.0.22 writes beyond its memory when it unwraps a key in this way (CVE-2026-63072).
  @Test func keysAreWrappedInOneWay() throws {
    let recipient = try Recipient()
    let sealed = try SealedEnvelope.seal(secret, to: [recipient.certificate])
    let wrap: [UInt8] = [0x60, 0x86, 0x48, 0x01, 0x65, 0x03, 0x04, 0x01]
    for other: UInt8 in [0x05, 0x19, 0x30] {
      expectMalformed(try replaced(sealed, wrap + [0x2d], by: wrap + [other]), recipient)
    }
  }

  /// Short tags can be guessed, and other ciphers have none (CVE-2026-34182).
  @Test func contentIsSealedInOneWay() throws {
    let recipient = try Recipient()
    let sealed = try SealedEnvelope.seal(secret, to: [recipient.certificate])
    let cipher: [UInt8] = [0x60, 0x86, 0x48, 0x01, 0x65, 0x03, 0x04, 0x01]
    for other: UInt8 in [0x2a, 0x2f, 0x1a, 0x06] {
      expectMalformed(try replaced(sealed, cipher + [0x2e], by: cipher + [other]), recipient)
    }
    for length: UInt8 in [1, 4, 12, 17] {
      expectMalformed(
        try replaced(sealed, [0x02, 0x01, 0x10], by: [0x02, 0x01, length]),
        recipient
      )
    }
    expectMalformed(sealed + [0], recipient)
    expectMalformed([], recipient)
  }

  @Test func noOctetCanBeChanged() throws {
    let recipient = try Recipient()
    let sealed = try SealedEnvelope.seal(secret, to: [recipient.certificate])
    for place in sealed.indices {
      var changed = sealed
      changed[place] ^= 1 << UInt8(place % 8)
      let content = try? recipient.open(changed)
      // What names the recipient is not sealed.
      #expect(content == nil || content == secret, "octet \(place)")
      #expect((try? recipient.open(Array(sealed[..<place]))) == nil, "cut at \(place)")
    }
  }

  @discardableResult private func openssl(_ arguments: [String]) throws -> Int32 {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/usr/bin/openssl")
    process.arguments = arguments
    process.standardError = FileHandle.nullDevice
    try process.run()
    process.waitUntilExit()
    return process.terminationStatus
  }

  @Test func theOpenSSLProgramSealsAndOpensTheSame() throws {
    let recipient = try Recipient()
    let folder = FileManager.default.temporaryDirectory
      .appendingPathComponent("sealed-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    func path(_ name: String) -> String { folder.appendingPathComponent(name).path }
    func octets(_ name: String) throws -> [UInt8] {
      try Array(Data(contentsOf: URL(fileURLWithPath: path(name))))
    }
    let sealed = try SealedEnvelope.seal(secret, to: [recipient.certificate])
    try Data(sealed).write(to: URL(fileURLWithPath: path("sealed")))
    let decrypt = [
      "cms", "-decrypt", "-binary", "-inform", "DER", "-in", path("sealed"), "-out", path("plain"),
      "-recip", recipient.identity.chain, "-inkey", recipient.identity.key,
    ]
    #expect(try openssl(decrypt) == 0)
    #expect(try octets("plain") == secret)
    func encrypt(_ cipher: String, _ certificate: String) throws -> [UInt8] {
      let arguments = [
        "cms", "-encrypt", "-binary", cipher, "-outform", "DER", "-in", path("plain"),
        "-out", path("theirs"), certificate,
      ]
      try #require(try openssl(arguments) == 0)
      return try octets("theirs")
    }
    let chain = recipient.identity.chain
    #expect(try recipient.open(encrypt("-aes-256-gcm", chain)) == secret)
    expectMalformed(try encrypt("-aes-128-gcm", chain), recipient)
    expectMalformed(try encrypt("-aes-256-cbc", chain), recipient)
    // An authority of one's own may issue RSA keys.
    let request = [
      "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-subj", "/CN=RSA", "-days", "2",
      "-keyout", path("rsa-key.pem"), "-out", path("rsa.pem"),
    ]
    try #require(try openssl(request) == 0)
    let certificate = try #require(try SignerCertificate.chain(pem: octets("rsa.pem")).first)
    let key = try SigningKey(pem: octets("rsa-key.pem"))
    let both = try SealedEnvelope.seal(secret, to: [certificate, recipient.certificate])
    #expect(try recipient.open(both) == secret)
    #expect(try SealedEnvelope.open(both, certificate: certificate, key: key) == secret)
  }
}
