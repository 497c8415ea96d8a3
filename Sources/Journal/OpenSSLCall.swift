internal import COpenSSL

/// The choke point for OpenSSL: turns every result but 1 into an error, and leaves no error behind
/// in the thread's queue for an innocent later call.
func requireSuccess(_ result: Int32, _ operation: StaticString) throws(JournalError) {
  if result != 1 { throw failure(operation) }
}

/// As `requireSuccess`, for functions that return an object or nothing.
func requireObject<Object>(
  _ object: Object?,
  _ operation: StaticString
) throws(JournalError) -> Object {
  guard let object else { throw failure(operation) }
  return object
}

private func failure(_ operation: StaticString) -> JournalError {
  let code = ERR_peek_last_error()
  ERR_clear_error()
  return JournalError(.cryptography, "\(operation) failed (OpenSSL error \(code))")
}

/// Algorithms fetched once: looking one up by name costs more than using it.
///
/// The pointers are never freed, and OpenSSL allows their use from any thread.
struct Algorithms: @unchecked Sendable {
  let sha256: OpaquePointer?
  let aes256GCM: OpaquePointer?
  let hmac: OpaquePointer?

  static let shared = Algorithms(
    sha256: EVP_MD_fetch(nil, "SHA256", nil),
    aes256GCM: EVP_CIPHER_fetch(nil, "AES-256-GCM", nil),
    hmac: EVP_MAC_fetch(nil, "HMAC", nil)
  )
}
