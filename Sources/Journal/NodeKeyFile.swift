internal import COpenSSL
internal import Glibc

/// The file with the node's keys, which never lies in the database or its backups.
///
/// Text, so that it can be printed and kept in a safe: one line for each key,
/// `registry-node-key/1 ID KEY`, ID being 8 and KEY 64 lower-case hexadecimal digits. The ID is
/// computed from the key, so that a slip in copying is found. The last line seals; all lines open;
/// the first one makes the keyed digests, which must outlive a change of keys.
package enum NodeKeyFile {
  /// Keys that a file may hold.
  package static let maximumKeys = 16
  static let keyCount = 32
  private static let prefix = "registry-node-key/1"
  private static let maximumLength = maximumKeys * 128

  /// Makes a file with one new random key, readable for its owner only, and syncs it and its
  /// directory.
  ///
  /// Throws `JournalError` (`keyFile`) if the file exists or cannot be written.
  package static func create(at path: String) throws(JournalError) {
    let key = try SecretBytes(count: keyCount) { octets throws(JournalError) in
      try requireSuccess(RAND_priv_bytes(octets.address, Int32(keyCount)), "making a key")
    }
    let id = try NodeKey(secret: key).id
    var line = line(id: id, key: key)
    defer { wipe(&line) }
    // Exclusive: an existing key must never be overwritten.
    let file = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
    guard file >= 0 else { throw failed("be created") }
    defer { close(file) }
    let written = line.withUnsafeBytes { write(file, $0.baseAddress, $0.count) == $0.count }
    guard written, fsync(file) == 0 else {
      let error = failed("be written")
      unlink(path)
      throw error
    }
    try syncDirectory(of: path)
  }

  /// Reads the file's keys.
  ///
  /// Throws `JournalError` (`keyFile`) if the file is absent, not a plain file of this user's,
  /// readable or writable for others, or not in the form.
  package static func read(at path: String) throws(JournalError) -> KeyRing {
    // Without waiting: a pipe in the file's place must not stop the start.
    let file = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
    guard file >= 0 else { throw failed("be opened") }
    defer { close(file) }
    try checkAccess(of: file)
    var bytes = [UInt8](repeating: 0, count: maximumLength + 1)
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
    return try parse(bytes[..<count])
  }

  private static func line(id: UInt32, key: SecretBytes) -> [UInt8] {
    var octets = Array(key.octets)
    var digits = hexadecimalDigits(octets)
    defer {
      wipe(&octets)
      wipe(&digits)
    }
    let name = "\(prefix) \(hexadecimal(idOctets(id))) "
    var line: [UInt8] = []
    // No growing: what is left behind is not wiped.
    line.reserveCapacity(maximumLength)
    line += name.utf8
    line += digits
    line.append(UInt8(ascii: "\n"))
    return line
  }

  /// The ring in a file's text.
  static func parse(_ text: ArraySlice<UInt8>) throws(JournalError) -> KeyRing {
    var keys: [NodeKey] = []
    for (number, line) in text.split(separator: UInt8(ascii: "\n")).enumerated() {
      keys.append(try parse(line: line, number: number + 1))
    }
    guard Set(keys.map(\.id)).count == keys.count else { throw damaged("a key stands twice") }
    return try KeyRing(keys: keys)
  }

  private static func parse(line: ArraySlice<UInt8>, number: Int) throws(JournalError) -> NodeKey {
    let words = line.split(separator: UInt8(ascii: " "), omittingEmptySubsequences: false)
    guard words.count == 3, words[0].elementsEqual(prefix.utf8),
      let id = octets(hexadecimal: words[1]), var key = octets(hexadecimal: words[2]),
      key.count == keyCount
    else { throw damaged("line \(number) is not a key") }
    defer { wipe(&key) }
    let secret = key.withUnsafeBytes { key in
      SecretBytes(count: keyCount) { $0.copyMemory(from: key) }
    }
    let node = try NodeKey(secret: secret)
    guard idOctets(node.id) == id else { throw damaged("line \(number) has a slip in its digits") }
    return node
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

  private static func idOctets(_ id: UInt32) -> [UInt8] {
    var bytes: [UInt8] = []
    bytes.append(bigEndian: id)
    return bytes
  }

  private static func failed(_ verb: String) -> JournalError {
    JournalError(.keyFile, "the key file cannot \(verb): \(String(cString: strerror(errno)))")
  }

  private static func damaged(_ reason: String) -> JournalError {
    JournalError(.keyFile, "the key file is damaged: \(reason)")
  }
}
