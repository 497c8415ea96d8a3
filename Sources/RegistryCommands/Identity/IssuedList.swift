internal import CSV
internal import Certificates
internal import Glibc

/// The list of certificates that an authority issued: a CSV file that only grows.
struct IssuedList {
  /// One certificate.
  struct Entry: Sendable, Hashable {
    var serial: String
    var uri: String
    /// The person's name.
    var name: String
    /// Seconds since 1970.
    var notBefore: Int64
    var notAfter: Int64
    /// SHA-256 of the certificate in hexadecimal digits.
    var fingerprint: String
  }

  private static let headings = [
    "serial", "uri", "name", "not_before", "not_after", "fingerprint",
  ]

  let path: String

  /// The entries in the order of their issue; none when there is no file.
  ///
  /// - Throws: `CSVError`, `dataRefused` when the file is damaged.
  func read() throws -> [Entry] {
    guard access(path, F_OK) == 0 else { return [] }
    let file = try InputFile(path: path)
    let reader = try CSVReader(descriptor: file.descriptor, encoding: .utf8)
    guard try reader.next(), reader.texts == Self.headings else { throw damaged(1) }
    var entries: [Entry] = []
    while try reader.next() {
      let texts = reader.texts
      guard texts.count == 6, let notBefore = Int64(texts[3]), let notAfter = Int64(texts[4]) else {
        throw damaged(reader.line)
      }
      entries.append(
        Entry(
          serial: texts[0],
          uri: texts[1],
          name: texts[2],
          notBefore: notBefore,
          notAfter: notAfter,
          fingerprint: texts[5]
        )
      )
    }
    return entries
  }

  /// Adds a certificate durably, before it is handed out: what is not in the list was not issued.
  ///
  /// - Throws: `cannotWrite`, `inputOutput`.
  func add(_ certificate: IssuedCertificate) throws(CommandFailure) {
    let descriptor = open(path, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0o600)
    guard descriptor >= 0 else { throw .cannotWrite(path, errno) }
    defer { close(descriptor) }
    // Two issuers at once must not write the headings twice.
    guard flock(descriptor, LOCK_EX) == 0 else { throw .cannotWrite(path, errno) }
    var status = stat()
    guard fstat(descriptor, &status) == 0 else { throw .cannotWrite(path, errno) }
    var writer = CSVWriter()
    if status.st_size == 0 { writer.write(Self.headings) }
    writer.write([
      certificate.serial, certificate.uri, certificate.name, String(certificate.notBefore),
      String(certificate.notAfter), Hexadecimal.text(certificate.fingerprint),
    ])
    try DescriptorSink(descriptor).write(writer.bytes)
    guard fsync(descriptor) == 0 else { throw .cannotWrite(path, errno) }
  }

  private func damaged(_ line: Int) -> CommandFailure {
    CommandFailure(
      .dataRefused,
      en: "\(path), line \(line): not a list of issued certificates",
      zh: "\(path) 第 \(line) 行：不是已签发证书列表"
    )
  }
}
