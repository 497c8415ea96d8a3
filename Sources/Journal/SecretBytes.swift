internal import COpenSSL

/// Key material: one allocation that nobody copies and that is wiped at the end.
///
/// Unchecked: the octets are written by the initialiser alone and only read afterwards.
final class SecretBytes: @unchecked Sendable {
  let count: Int
  private let storage: UnsafeMutableRawPointer

  /// Allocates `count` octets (at least one), zeroed, and lets `fill` write them.
  init<Failure: Error>(
    count: Int,
    fill: (UnsafeMutableRawBufferPointer) throws(Failure) -> Void
  ) throws(Failure) {
    self.count = count
    storage = .allocate(byteCount: count, alignment: 16)
    let octets = UnsafeMutableRawBufferPointer(start: storage, count: count)
    octets.initializeMemory(as: UInt8.self, repeating: 0)
    try fill(octets)
  }

  deinit {
    OPENSSL_cleanse(storage, count)
    storage.deallocate()
  }

  /// The octets; valid as long as this object is.
  var octets: UnsafeRawBufferPointer { UnsafeRawBufferPointer(start: storage, count: count) }
}

/// Overwrites octets that held a secret.
func wipe(_ octets: UnsafeMutableRawBufferPointer) {
  OPENSSL_cleanse(octets.baseAddress, octets.count)
}

/// Overwrites an array that held a secret; it must be the only reference to its storage.
func wipe(_ bytes: inout [UInt8]) {
  bytes.withUnsafeMutableBytes { wipe($0) }
}

extension UnsafeRawBufferPointer {
  /// The address for C functions that take `unsigned char *`.
  var address: UnsafePointer<UInt8>? { bindMemory(to: UInt8.self).baseAddress }
}

extension UnsafeMutableRawBufferPointer {
  /// The address for C functions that fill `unsigned char *`.
  var address: UnsafeMutablePointer<UInt8>? { bindMemory(to: UInt8.self).baseAddress }
}
