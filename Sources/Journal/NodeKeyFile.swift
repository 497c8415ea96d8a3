internal import COpenSSL

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
    try SecretFile.create(at: path, line)
  }

  /// Reads the file's keys.
  ///
  /// Throws `JournalError` (`keyFile`) if the file is absent, not a plain file of this user's,
  /// readable or writable for others, or not in the form.
  package static func read(at path: String) throws(JournalError) -> KeyRing {
    var bytes = try SecretFile.read(at: path, limit: maximumLength)
    defer { wipe(&bytes) }
    return try parse(bytes[...])
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

  private static func idOctets(_ id: UInt32) -> [UInt8] {
    var bytes: [UInt8] = []
    bytes.append(bigEndian: id)
    return bytes
  }

  private static func damaged(_ reason: String) -> JournalError {
    SecretFile.damaged(reason)
  }
}
