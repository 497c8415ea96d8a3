internal import COpenSSL

/// The fields that are looked up by keyed digest; numbers are fixed for ever.
package struct DigestField: Hashable, Sendable, RawRepresentable {
  /// The number in the encoding.
  package let rawValue: UInt16

  /// The value of a number.
  package init(rawValue: UInt16) {
    self.rawValue = rawValue
  }

  /// A citizen ID number.
  package static let idNumber = DigestField(rawValue: 1)
  /// A disability certificate number.
  package static let disabilityCertificate = DigestField(rawValue: 2)
  /// A telephone number.
  package static let telephone = DigestField(rawValue: 3)
  /// A bank account.
  package static let bankAccount = DigestField(rawValue: 4)
  /// A household's printed number.
  package static let householdNumber = DigestField(rawValue: 5)
}

/// HMAC-SHA256 with one reused OpenSSL context; for one thread at a time.
final class KeyedDigester {
  private let context: OpaquePointer
  // Owns the key that the context was made with.
  private let key: SecretBytes

  init(key: SecretBytes) throws(JournalError) {
    self.key = key
    let algorithm = try requireObject(Algorithms.shared.hmac, "fetching HMAC")
    context = try requireObject(EVP_MAC_CTX_new(algorithm), "making a digest context")
    var name = Array("SHA256".utf8CString)
    // A parameter keeps the addresses of its name and value: both must live until it is read.
    let result = "digest".withCString { parameter in
      name.withUnsafeMutableBufferPointer { name in
        let parameters = [
          OSSL_PARAM_construct_utf8_string(parameter, name.baseAddress, 0),
          OSSL_PARAM_construct_end(),
        ]
        return EVP_MAC_init(context, key.octets.address, key.count, parameters)
      }
    }
    try requireSuccess(result, "setting a digest key")
  }

  deinit {
    EVP_MAC_CTX_free(context)
  }

  /// The first 16 octets of HMAC(key, field ‖ value).
  func digest(
    _ value: UnsafeRawBufferPointer,
    field: DigestField
  ) throws(JournalError) -> Bytes16 {
    // Without a key the context starts again with the one that it has.
    try requireSuccess(EVP_MAC_init(context, nil, 0, nil), "starting a digest")
    try withUnsafeBytes(of: field.rawValue.bigEndian) { field throws(JournalError) in
      try requireSuccess(EVP_MAC_update(context, field.address, field.count), "digesting")
    }
    try requireSuccess(EVP_MAC_update(context, value.address, value.count), "digesting")
    var words: (UInt64, UInt64, UInt64, UInt64) = (0, 0, 0, 0)
    try withUnsafeMutableBytes(of: &words) { output throws(JournalError) in
      var count = 0
      try requireSuccess(
        EVP_MAC_final(context, output.address, &count, output.count),
        "ending a digest"
      )
    }
    return Bytes16(high: UInt64(bigEndian: words.0), low: UInt64(bigEndian: words.1))
  }
}
