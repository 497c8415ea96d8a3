internal import COpenSSL

/// HKDF with SHA-256 (RFC 5869), for outputs of one block.
enum HKDF {
  /// A key of 32 octets from secret input, bound to a use by `info`.
  static func deriveKey(
    from input: UnsafeRawBufferPointer,
    salt: [UInt8] = [],
    info: [UInt8]
  ) throws(JournalError) -> SecretBytes {
    // Without a salt RFC 5869 takes 32 zeros.
    let salt = salt.isEmpty ? [UInt8](repeating: 0, count: 32) : salt
    let extracted = try salt.withOctets { salt throws(JournalError) in
      try hmac(key: salt, input)
    }
    return try (info + [1]).withOctets { block throws(JournalError) in
      try hmac(key: extracted.octets, block)
    }
  }

  private static func hmac(
    key: UnsafeRawBufferPointer,
    _ message: UnsafeRawBufferPointer
  ) throws(JournalError) -> SecretBytes {
    try SecretBytes(count: 32) { output throws(JournalError) in
      var length: UInt32 = 0
      let result = HMAC(
        EVP_sha256(),
        key.baseAddress,
        Int32(clamping: key.count),
        message.address,
        message.count,
        output.address,
        &length
      )
      try requireSuccess(result != nil && length == 32 ? 1 : 0, "deriving a key")
    }
  }
}
