internal import COpenSSL
internal import Glibc

/// Reads private keys, and only from files that nobody but their owner can read.
enum PrivateKeyFile {
  /// The largest file read.
  static let limit = 65_536

  /// The key in a PEM file; the caller owns it.
  ///
  /// - Parameter passphrase: opens a key that is locked; nil for servers, who have nobody to ask.
  /// - Throws: `TLSError` with code `configuration`: no such file, open to others, not a key, or
  ///   locked with another passphrase or any.
  static func read(
    _ path: String,
    passphrase: [UInt8]? = nil
  ) throws(TLSError) -> OpaquePointer {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else {
      throw TLSError(.configuration, "cannot open the key \(path): \(words(errno))")
    }
    defer { close(descriptor) }
    var status = stat()
    guard fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFREG else {
      throw TLSError(.configuration, "the key \(path) is not a file")
    }
    guard status.st_mode & 0o077 == 0 else {
      throw TLSError(
        .configuration,
        "the key \(path) can be read by others (mode \(String(status.st_mode & 0o777, radix: 8))): "
          + "chmod 600"
      )
    }
    return try withUnsafeTemporaryAllocation(byteCount: limit, alignment: 16) {
      buffer throws(TLSError) in
      defer { OPENSSL_cleanse(buffer.baseAddress, buffer.count) }
      let count = fill(buffer, from: descriptor)
      guard count > 0, count < limit else {
        throw TLSError(.configuration, "the key \(path) is empty, unreadable or too large")
      }
      return try parse(UnsafeRawBufferPointer(rebasing: buffer[..<count]), path, passphrase)
    }
  }

  private static func fill(_ buffer: UnsafeMutableRawBufferPointer, from descriptor: Int32) -> Int {
    var count = 0
    while count < buffer.count {
      let step = Glibc.read(descriptor, buffer.baseAddress.map { $0 + count }, buffer.count - count)
      if step < 0 && errno == EINTR { continue }
      if step <= 0 { return step < 0 ? -1 : count }
      count += step
    }
    return count
  }

  private static func parse(
    _ bytes: UnsafeRawBufferPointer,
    _ path: String,
    _ passphrase: [UInt8]?
  ) throws(TLSError) -> OpaquePointer {
    let bio = try OpenSSL.create("BIO_new_mem_buf") {
      BIO_new_mem_buf(bytes.baseAddress, Int32(bytes.count))
    }
    defer { BIO_free(bio) }
    ERR_clear_error()
    if let passphrase {
      var word = passphrase + [0]
      defer { OPENSSL_cleanse(&word, word.count) }
      // Without a callback the "user data" are the passphrase.
      let key = word.withUnsafeMutableBytes {
        PEM_read_bio_PrivateKey(bio, nil, nil, $0.baseAddress)
      }
      guard let key else {
        throw TLSError(
          .configuration,
          "the passphrase does not open the key \(path)",
          cause: OpenSSL.drain()
        )
      }
      return key
    }
    // Without a callback OpenSSL would ask for a passphrase on the terminal.
    guard let key = PEM_read_bio_PrivateKey(bio, nil, { _, _, _, _ in -1 }, nil) else {
      throw TLSError(
        .configuration,
        "\(path) holds no private key without passphrase",
        cause: OpenSSL.drain()
      )
    }
    return key
  }

  private static func words(_ number: Int32) -> String { String(cString: strerror(number)) }
}
