import Certificates
import Foundation
import Testing

@Suite(.timeLimit(.minutes(1)))
struct CertificateAuthorityTests {
  private static let uri = "registry://421224/poverty-office/p0007"
  private let now: Int64

  init() { now = Int64(Date().timeIntervalSince1970) + 2 }

  /// An authority made by `openssl`, as `tools/certs` makes it.
  private struct Folder: ~Copyable {
    let url = FileManager.default.temporaryDirectory.appending(path: "ca-\(UUID().uuidString)")

    init(permitted: String? = nil, days: Int = 3650) throws {
      try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
      var extensions =
        "[req]\nprompt=no\ndistinguished_name=dn\n[dn]\nCN=Test CA\n[ca]\n"
        + "basicConstraints=critical,CA:TRUE\nkeyUsage=critical,keyCertSign,cRLSign\n"
        + "subjectKeyIdentifier=hash\n"
      if let permitted { extensions += "nameConstraints=critical,permitted;URI:\(permitted)\n" }
      try write("ca.cnf", extensions)
      try openssl(
        "req",
        "-new",
        "-x509",
        "-newkey",
        "ec",
        "-pkeyopt",
        "ec_paramgen_curve:P-256",
        "-nodes",
        "-config",
        path("ca.cnf"),
        "-extensions",
        "ca",
        "-days",
        "\(days)",
        "-sha256",
        "-keyout",
        path("ca-key.pem"),
        "-out",
        path("ca.pem")
      )
    }

    deinit { try? FileManager.default.removeItem(at: url) }

    func path(_ name: String) -> String { url.appending(path: name).path }

    func write(_ name: String, _ text: String) throws {
      try Data(text.utf8).write(to: url.appending(path: name))
    }

    func read(_ name: String) throws -> [UInt8] {
      Array(try Data(contentsOf: url.appending(path: name)))
    }

    var authority: CertificateAuthority {
      get throws {
        try CertificateAuthority(
          certificate: IssuedCertificate(pem: read("ca.pem")),
          key: PrivateKey(pem: read("ca-key.pem"))
        )
      }
    }

    @discardableResult
    func openssl(_ arguments: String...) throws -> (status: Int32, output: String) {
      let process = Process()
      process.executableURL = URL(filePath: "/usr/bin/openssl")
      process.arguments = arguments
      let output = Pipe()
      process.standardOutput = output
      process.standardError = output
      try process.run()
      let text = output.fileHandleForReading.readDataToEndOfFile()
      process.waitUntilExit()
      return (process.terminationStatus, String(decoding: text, as: UTF8.self))
    }

    /// A request by another program, with these extensions.
    func foreign(_ extensions: String, curve: String = "P-256", name: String = "CN=Li") throws
      -> [UInt8]
    {
      try write(
        "r.cnf",
        "[req]\nprompt=no\nreq_extensions=e\ndistinguished_name=dn\n[dn]\n\(name)\n[e]\n"
          + extensions
      )
      let made = try openssl(
        "req",
        "-new",
        "-newkey",
        "ec",
        "-pkeyopt",
        "ec_paramgen_curve:\(curve)",
        "-nodes",
        "-config",
        path("r.cnf"),
        "-keyout",
        path("r-key.pem"),
        "-out",
        path("r.pem")
      )
      #expect(made.status == 0, "\(made.output)")
      return try read("r.pem")
    }
  }

  @Test("What is issued stands to openssl: chain, purpose, one URI, client only")
  func issued() throws {
    let folder = try Folder(permitted: "421224")
    let key = try PrivateKey()
    let request = try CertificateRequest(key: key, uri: Self.uri, name: "张三")
    let read = try CertificateRequest(pem: request.pem())
    #expect(read.uri == Self.uri && read.name == "张三")
    let made = try folder.authority.issue(read, days: 30, now: now)
    #expect(made.uri == Self.uri && made.name == "张三")
    #expect(made.belongs(to: key))
    #expect(made.notAfter == now + 30 * 86_400 && made.notBefore < now)
    try folder.write("leaf.pem", String(decoding: made.pem(), as: UTF8.self))
    let verified = try folder.openssl(
      "verify",
      "-CAfile",
      folder.path("ca.pem"),
      "-purpose",
      "sslclient",
      folder.path("leaf.pem")
    )
    #expect(verified.status == 0, "\(verified.output)")
    let server = try folder.openssl(
      "verify",
      "-CAfile",
      folder.path("ca.pem"),
      "-purpose",
      "sslserver",
      folder.path("leaf.pem")
    )
    #expect(server.status != 0)
    let text = try folder.openssl("x509", "-in", folder.path("leaf.pem"), "-noout", "-text").output
    #expect(text.contains("URI:\(Self.uri)"))
    #expect(text.contains("TLS Web Client Authentication"))
    #expect(!text.contains("TLS Web Server Authentication"))
    let again = try folder.authority.issue(read, days: 30, now: now)
    #expect(again.serial != made.serial && made.serial.count == 32)
  }

  @Test(
    "A request that asks for more is refused",
    arguments: [
      ("subjectAltName=URI:\(uri),URI:registry://421224/audit/p0001", "name"),
      ("subjectAltName=URI:\(uri),DNS:localhost", "name"), ("subjectAltName=DNS:localhost", "name"),
      ("keyUsage=digitalSignature", "name"),
      ("subjectAltName=@n\n[n]\nURI=\(uri),DNS:localhost", "name"),
      ("subjectAltName=URI:\(uri)\nextendedKeyUsage=serverAuth,clientAuth", "usage"),
      ("subjectAltName=URI:\(uri)\nextendedKeyUsage=codeSigning", "usage"),
      ("subjectAltName=URI:\(uri)\nkeyUsage=digitalSignature,keyCertSign", "usage"),
      ("subjectAltName=URI:\(uri)\nbasicConstraints=CA:TRUE", "usage"),
      ("subjectAltName=URI:\(uri)\ncertificatePolicies=1.2.3", "usage"),
    ]
  )
  func refusedRequests(extensions: String, code: String) throws {
    let folder = try Folder()
    let pem = try folder.foreign(extensions)
    let error = #expect(throws: CertificateError.self) { try CertificateRequest(pem: pem) }
    #expect(error?.code.rawValue == code, "\(error?.description ?? "")")
  }

  @Test("Requests of other programs are taken when they ask for no more; weak keys are not")
  func foreignRequests() throws {
    let folder = try Folder()
    let plain = try CertificateRequest(pem: folder.foreign("subjectAltName=URI:\(Self.uri)"))
    #expect(try folder.authority.issue(plain, days: 1, now: now).name == "Li")
    let weak = try folder.foreign("subjectAltName=URI:\(Self.uri)", curve: "secp224r1")
    let error = #expect(throws: CertificateError.self) { try CertificateRequest(pem: weak) }
    #expect(error?.code == .weakKey)
    let nameless = try folder.foreign("subjectAltName=URI:\(Self.uri)", name: "O=x")
    #expect(throws: CertificateError.self) { try CertificateRequest(pem: nameless) }
  }

  @Test("A request that was altered, or is none, is refused")
  func altered() throws {
    let made = try CertificateRequest(key: PrivateKey(), uri: Self.uri, name: "Li").pem()
    let text = String(decoding: made, as: UTF8.self)
    var lines = text.split(separator: "\n").map(String.init)
    let middle = String(lines[1].reversed())
    lines[1] = middle
    for bytes in [Array(lines.joined(separator: "\n").utf8), [], Array("x".utf8)] {
      #expect(throws: CertificateError.self) { try CertificateRequest(pem: bytes) }
    }
  }

  @Test("An authority signs for its own divisions and days only")
  func limits() throws {
    let folder = try Folder(permitted: "421223", days: 10)
    let request = try CertificateRequest(key: PrivateKey(), uri: Self.uri, name: "Li")
    let authority = try folder.authority
    let division = #expect(throws: CertificateError.self) {
      try authority.issue(request, days: 5, now: now)
    }
    #expect(division?.code == .notPermitted)
    for days in [0, 11, 826] {
      let error = #expect(throws: CertificateError.self) {
        try authority.issue(request, days: days, now: now)
      }
      #expect(error?.code == .days)
    }
  }

  @Test("Renewal keeps the key and the name; strangers and expired ones are refused")
  func renewal() throws {
    let folder = try Folder()
    let authority = try folder.authority
    let key = try PrivateKey()
    let request = try CertificateRequest(key: key, uri: Self.uri, name: "Li")
    let old = try authority.issue(request, days: 2, now: now)
    let new = try authority.renew(old, days: 365, now: now)
    #expect(new.belongs(to: key) && new.uri == old.uri && new.name == old.name)
    #expect(new.serial != old.serial && new.notAfter > old.notAfter)
    let expired = #expect(throws: CertificateError.self) {
      try authority.renew(old, days: 365, now: now + 3 * 86_400)
    }
    #expect(expired?.code == .days)
    let other = try Folder()
    let stranger = #expect(throws: CertificateError.self) {
      try other.authority.renew(old, days: 1, now: now)
    }
    #expect(stranger?.code == .stranger)
  }

  @Test("An authority is its own key's and an authority's certificate")
  func authority() throws {
    let folder = try Folder()
    let certificate = try IssuedCertificate(pem: folder.read("ca.pem"))
    let wrong = #expect(throws: CertificateError.self) {
      try CertificateAuthority(certificate: certificate, key: PrivateKey())
    }
    #expect(wrong?.code == .stranger)
    let key = try PrivateKey()
    let request = try CertificateRequest(key: key, uri: Self.uri, name: "Li")
    let leaf = try folder.authority.issue(request, days: 1, now: now)
    #expect(throws: CertificateError.self) {
      try CertificateAuthority(certificate: leaf, key: key)
    }
  }

  @Test("A key with a passphrase is opened by it alone")
  func passphrases() throws {
    let key = try PrivateKey()
    let word = Array("eight characters".utf8)
    let locked = try key.pem(passphrase: word)
    let open = try key.pem()
    #expect(PrivateKey.isLocked(locked) && !PrivateKey.isLocked(open))
    let made = try CertificateRequest(key: key, uri: Self.uri, name: "Li").pem()
    let opened = try PrivateKey(pem: locked, passphrase: word)
    let again = try CertificateRequest(key: opened, uri: Self.uri, name: "Li").pem()
    #expect(made != again, "ECDSA signatures differ")
    for wrong in [nil, Array("wrong".utf8), []] as [[UInt8]?] {
      let error = #expect(throws: CertificateError.self) {
        try PrivateKey(pem: locked, passphrase: wrong)
      }
      #expect(error?.code == .passphrase)
    }
  }
}
