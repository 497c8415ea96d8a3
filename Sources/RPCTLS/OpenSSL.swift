internal import COpenSSL
internal import Glibc

/// The one place where OpenSSL's answers become Swift values: its error queue belongs to the thread
/// and is shared by everybody there, so it is cleared before each call and drained after a failure.
enum OpenSSL {
  /// Most errors taken from the queue; it holds 16.
  private static let mostErrors = 16

  /// Runs a call that answers nil on failure.
  static func create<Handle>(
    _ operation: String,
    _ body: () -> Handle?
  ) throws(TLSError) -> Handle {
    ERR_clear_error()
    guard let handle = body() else {
      throw TLSError(.failed, "\(operation) failed", cause: drain())
    }
    return handle
  }

  /// Runs a call that answers 1 on success.
  static func check(
    _ code: TLSError.Code,
    _ message: @autoclosure () -> String,
    _ body: () -> Int32
  ) throws(TLSError) {
    ERR_clear_error()
    guard body() == 1 else { throw TLSError(code, message(), cause: drain()) }
  }

  /// What a call on a session came to.
  enum Outcome {
    case success
    case wantsRead
    case wantsWrite
    /// The peer has closed its half in order.
    case closed
    /// The socket failed or ended.
    case system
    /// OpenSSL failed.
    case failure(OpenSSLError)
  }

  /// Runs a call on a session that answers 1 on success.
  static func session(_ ssl: OpaquePointer, _ body: () -> Int32) -> Outcome {
    ERR_clear_error()
    let status = body()
    if status == 1 { return .success }
    switch SSL_get_error(ssl, status) {
    case SSL_ERROR_WANT_READ: return .wantsRead
    case SSL_ERROR_WANT_WRITE: return .wantsWrite
    case SSL_ERROR_ZERO_RETURN: return .closed
    case SSL_ERROR_SYSCALL: return .system
    default: return .failure(drain())
    }
  }

  /// Takes all errors off the queue.
  static func drain() -> OpenSSLError {
    var entries: [OpenSSLError.Entry] = []
    while entries.count < mostErrors {
      let code = ERR_get_error()
      if code == 0 { break }
      let words = withUnsafeTemporaryAllocation(of: CChar.self, capacity: 256) { buffer in
        guard let base = buffer.baseAddress else { return "" }
        ERR_error_string_n(code, base, buffer.count)
        return String(cString: base)
      }
      entries.append(
        .init(library: ERR_GET_LIB(code), reason: ERR_GET_REASON(code), words: words)
      )
    }
    ERR_clear_error()
    return OpenSSLError(entries: entries)
  }
}
