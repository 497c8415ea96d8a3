internal import Glibc

/// Files with keys: readable for their owner only, never overwritten.
package enum SecretFile {
  /// Makes a file with mode 0600, and syncs it and its directory.
  ///
  /// Throws `JournalError` (`keyFile`) if the file exists or cannot be written.
  static func create(at path: String, _ octets: [UInt8]) throws(JournalError) {
    // Exclusive: an existing key must never be overwritten.
    let file = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
    guard file >= 0 else { throw failed("be created") }
    defer { close(file) }
    let written = octets.withUnsafeBytes { write(file, $0.baseAddress, $0.count) == $0.count }
    guard written, fsync(file) == 0 else {
      let error = failed("be written")
      unlink(path)
      throw error
    }
    try syncDirectory(of: path)
  }

  /// The whole file; wipe it after use.
  ///
  /// Throws `JournalError` (`keyFile`) if the file is absent, longer than the limit, not a plain file
  /// of this user's, or readable or writable for others.
  package static func read(at path: String, limit: Int) throws(JournalError) -> [UInt8] {
    // Without waiting: a pipe in the file's place must not stop the start.
    let file = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
    guard file >= 0 else { throw failed("be opened") }
    defer { close(file) }
    try checkAccess(of: file)
    var bytes = [UInt8](repeating: 0, count: limit + 1)
    defer { wipe(&bytes) }
    var count = 0
    while count < bytes.count {
      let got = bytes.withUnsafeMutableBytes {
        Glibc.read(file, $0.baseAddress.map { $0 + count }, $0.count - count)
      }
      if got < 0, errno == EINTR { continue }
      guard got >= 0 else { throw failed("be read") }
      if got == 0 { break }
      count += got
    }
    guard count < bytes.count else { throw damaged("it is too long") }
    return Array(bytes[..<count])
  }

  private static func checkAccess(of file: Int32) throws(JournalError) {
    var status = stat()
    guard fstat(file, &status) == 0 else { throw failed("be examined") }
    guard status.st_mode & S_IFMT == S_IFREG else { throw damaged("it is not a plain file") }
    guard status.st_mode & 0o077 == 0 else {
      throw JournalError(
        .keyFile,
        "the key file is open to others than its owner; its mode must be 0600"
      )
    }
    guard status.st_uid == geteuid() || status.st_uid == 0 else {
      throw JournalError(.keyFile, "the key file belongs to another user")
    }
  }

  private static func syncDirectory(of path: String) throws(JournalError) {
    let parent =
      path.lastIndex(of: "/").map { $0 == path.startIndex ? "/" : String(path[..<$0]) } ?? "."
    let directory = open(parent, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    guard directory >= 0 else { throw failed("be synced") }
    defer { close(directory) }
    guard fsync(directory) == 0 else { throw failed("be synced") }
  }

  static func failed(_ verb: String) -> JournalError {
    JournalError(.keyFile, "the key file cannot \(verb): \(String(cString: strerror(errno)))")
  }

  static func damaged(_ reason: String) -> JournalError {
    JournalError(.keyFile, "the key file is damaged: \(reason)")
  }
}

/// The file with the Ed25519 keys that sign for a node: PEM, PKCS #8, for its owner only. The last
/// key signs; one that stands before it vouches for it when it comes into use.
package enum SigningKeyFile {
  private static let maximumLength = 16 << 10

  /// Makes a file with a new random key.
  ///
  /// Throws `JournalError` (`keyFile`) if the file exists or cannot be written.
  package static func create(at path: String) throws(JournalError) {
    var pem = try SigningKey().pem()
    defer { wipe(&pem) }
    try SecretFile.create(at: path, pem)
  }

  /// Reads the keys, the present one last.
  ///
  /// Throws `JournalError` (`keyFile`) if the file cannot be read, is open to others, or holds no
  /// Ed25519 key.
  package static func read(at path: String) throws(JournalError) -> [SigningKey] {
    var pem = try SecretFile.read(at: path, limit: maximumLength)
    defer { wipe(&pem) }
    var keys: [SigningKey] = []
    for var part in parts(of: pem) {
      defer { wipe(&part) }
      let key = try SigningKey(pem: part)
      guard key.verifyingKey != nil else { throw SecretFile.damaged("a key is not Ed25519") }
      keys.append(key)
    }
    guard !keys.isEmpty else { throw SecretFile.damaged("it holds no key") }
    return keys
  }

  /// Each key's text.
  private static func parts(of pem: [UInt8]) -> [[UInt8]] {
    let mark = Array("-----BEGIN".utf8)
    var starts: [Int] = []
    for start in pem.indices where pem[start...].starts(with: mark) { starts.append(start) }
    return starts.enumerated().map { index, start in
      Array(pem[start..<(index + 1 < starts.count ? starts[index + 1] : pem.count)])
    }
  }
}
