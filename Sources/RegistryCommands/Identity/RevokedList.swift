internal import CSV
internal import Certificates
internal import Glibc

/// The list of certificates that an authority revoked: a CSV file that only grows. The signed list
/// (`crl.pem`) is made from it.
struct RevokedList {
  /// One certificate.
  struct Entry: Sendable, Hashable {
    var serial: String
    var uri: String
    /// Seconds since 1970.
    var revokedAt: Int64
    var reason: String
  }

  private static let headings = ["serial", "uri", "revoked_at", "reason"]

  let path: String

  /// The entries in the order of their revocation; none when there is no file.
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
      guard texts.count == 4, let revokedAt = Int64(texts[2]) else { throw damaged(reader.line) }
      entries.append(
        Entry(serial: texts[0], uri: texts[1], revokedAt: revokedAt, reason: texts[3])
      )
    }
    return entries
  }

  /// Adds entries durably and hands all to `sign`, while nobody else adds: whoever signs last signs what
  /// all have added.
  ///
  /// - Parameters:
  ///   - found: the entries to add, by those that the list has.
  ///   - sign: makes the signed list of all.
  /// - Throws: `cannotWrite`, `inputOutput`, and what the two throw.
  func add(
    _ found: ([Entry]) throws -> [Entry],
    sign: ([Entry]) throws -> Void
  ) throws -> [Entry] {
    let descriptor = open(path, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0o600)
    guard descriptor >= 0 else { throw CommandFailure.cannotWrite(path, errno) }
    defer { close(descriptor) }
    guard flock(descriptor, LOCK_EX) == 0 else { throw CommandFailure.cannotWrite(path, errno) }
    var status = stat()
    guard fstat(descriptor, &status) == 0 else { throw CommandFailure.cannotWrite(path, errno) }
    let known = status.st_size == 0 ? [] : try read()
    let entries = try found(known)
    var writer = CSVWriter()
    if status.st_size == 0 { writer.write(Self.headings) }
    for entry in entries {
      writer.write([entry.serial, entry.uri, String(entry.revokedAt), entry.reason])
    }
    do {
      try DescriptorSink(descriptor).write(writer.bytes)
      guard fsync(descriptor) == 0 else { throw CommandFailure.cannotWrite(path, errno) }
    } catch {
      // Half a row would be in everybody's way.
      ftruncate(descriptor, status.st_size)
      throw error
    }
    try sign(known + entries)
    return entries
  }

  private func damaged(_ line: Int) -> CommandFailure {
    CommandFailure(
      .dataRefused,
      en: "\(path), line \(line): not a list of revoked certificates",
      zh: "\(path) 第 \(line) 行：不是已吊销证书列表"
    )
  }
}
