internal import COpenSSL
internal import Glibc

/// One TLS connection over a non-blocking socket that the caller owns.
///
/// Confined to one event loop. The descriptor must stay open as long as the session is used; the
/// session never closes it. After an error, only `deinit` is left to do.
package final class TLSSession {
  /// What a step of the handshake came to.
  package enum Progress: Sendable, Hashable {
    /// Both sides are verified, as far as this side can know. A TLS 1.3 client learns only from its
    /// first `read` that the server refused its certificate.
    case done
    /// Call again when the socket can be read.
    case wantsRead
    /// Call again when the socket can be written.
    case wantsWrite
  }

  /// What a read came to.
  package enum ReadResult: Sendable, Hashable {
    /// That many bytes were read, at least one unless the buffer was empty.
    case bytes(Int)
    /// All is read that the socket had; wait until it can be read.
    case wantsRead
    /// TLS has to write first; call again when the socket can be written.
    case wantsWrite
    /// The peer has ended its half in order; this side may still write.
    case closed
  }

  /// What a write came to.
  package enum WriteResult: Sendable, Hashable {
    /// That many of the bytes were taken, at least one unless there were none.
    case bytes(Int)
    /// TLS has to read first; call again when the socket can be read.
    case wantsRead
    /// The socket is full. Call again when it can be written, with bytes that begin with the same
    /// ones and are at least as many; they may lie elsewhere.
    case wantsWrite
  }

  /// The context that the session was started from.
  package let context: TLSContext
  /// The only URI name accepted of the peer; nil accepts any.
  package let expectedPeer: String?
  /// Who the peer is; nil until the handshake has verified it.
  package private(set) var peer: TLSPeer?

  private let ssl: OpaquePointer
  private let state: UnsafeMutablePointer<SocketBIO.State>
  private var refusal: TLSError?

  /// Starts a session; the handshake follows.
  ///
  /// - Parameters:
  ///   - context: its role decides who speaks first.
  ///   - descriptor: a connected non-blocking socket, owned by the caller.
  ///   - expectedPeer: a client's: the URI of the node that its profile names.
  /// - Throws: `TLSError` with code `failed` without memory.
  package init(
    context: TLSContext,
    descriptor: Int32,
    expectedPeer: String? = nil
  ) throws(TLSError) {
    let ssl = try OpenSSL.create("SSL_new") { SSL_new(context.handle) }
    let state = UnsafeMutablePointer<SocketBIO.State>.allocate(capacity: 1)
    state.initialize(to: SocketBIO.State(descriptor: descriptor))
    guard let bio = SocketBIO.make(state) else {
      SSL_free(ssl)
      state.deallocate()
      throw TLSError(.failed, "BIO_new failed")
    }
    // One reference serves both directions; the SSL owns it from now on.
    SSL_set_bio(ssl, bio, bio)
    self.context = context
    self.expectedPeer = expectedPeer
    self.ssl = ssl
    self.state = state
    SSL_set_ex_data(ssl, 0, Unmanaged.passUnretained(self).toOpaque())
    switch context.configuration.role {
    case .client: SSL_set_connect_state(ssl)
    case .server: SSL_set_accept_state(ssl)
    }
  }

  deinit {
    SSL_free(ssl)
    state.deallocate()
  }

  /// Verifies the peer of an established session again, as another context trusts.
  ///
  /// - Throws: `TLSError` with code `certificateRejected` and the reason in words; `failed` without
  ///   memory.
  package func verifyAgain(in context: TLSContext) throws(TLSError) {
    guard let certificate = SSL_get0_peer_certificate(ssl) else {
      throw TLSError(.certificateRejected, "peer showed no certificate")
    }
    let store = try OpenSSL.create("X509_STORE_CTX_new") { X509_STORE_CTX_new() }
    defer { X509_STORE_CTX_free(store) }
    let trusted = SSL_CTX_get_cert_store(context.handle)
    try OpenSSL.check(.failed, "X509_STORE_CTX_init failed") {
      X509_STORE_CTX_init(store, trusted, certificate, SSL_get_peer_cert_chain(ssl))
    }
    // As the handshake has it for this side.
    let role = context.configuration.role
    X509_STORE_CTX_set_default(store, role == .server ? "ssl_client" : "ssl_server")
    let parameters = X509_STORE_CTX_get0_param(store)
    X509_VERIFY_PARAM_set_depth(parameters, TLSContext.longestChain)
    X509_VERIFY_PARAM_set_auth_level(parameters, TLSContext.securityLevel)
    defer { ERR_clear_error() }
    // The store is the context's.
    try withExtendedLifetime(context) { () throws(TLSError) in
      _ = try PeerVerification.verify(store, in: context, expectedURI: expectedPeer)
    }
  }

  /// Takes the handshake as far as the socket allows.
  ///
  /// - Throws: `TLSError`: `certificateRejected`, `protocolMismatch`, `rejectedByPeer`, `notTLS`,
  ///   `truncated`, `connectionLost`.
  package func handshake() throws(TLSError) -> Progress {
    switch OpenSSL.session(ssl, { SSL_do_handshake(ssl) }) {
    case .success:
      try checkProtocol()
      return .done
    case .wantsRead: return .wantsRead
    case .wantsWrite: return .wantsWrite
    case let outcome: throw error(for: outcome)
    }
  }

  /// Reads what has come, at most one record of 16 KiB a call; repeat until `wantsRead`, or look at
  /// `hasPending` before waiting: bytes already taken from the socket do not make it ready again.
  ///
  /// - Throws: `TLSError`: `truncated`, `rejectedByPeer`, `connectionLost`, `failed`.
  package func read(into buffer: UnsafeMutableRawBufferPointer) throws(TLSError) -> ReadResult {
    guard buffer.count > 0 else { return .bytes(0) }
    var count = 0
    switch OpenSSL.session(ssl, { SSL_read_ex(ssl, buffer.baseAddress, buffer.count, &count) }) {
    case .success: return .bytes(count)
    case .wantsRead: return .wantsRead
    case .wantsWrite: return .wantsWrite
    case .closed: return .closed
    case let outcome: throw error(for: outcome)
    }
  }

  /// Writes bytes in records of at most 16 KiB, each with one system call.
  ///
  /// - Throws: `TLSError`: `rejectedByPeer`, `connectionLost`, `failed`.
  package func write(_ bytes: UnsafeRawBufferPointer) throws(TLSError) -> WriteResult {
    guard bytes.count > 0 else { return .bytes(0) }
    var count = 0
    switch OpenSSL.session(ssl, { SSL_write_ex(ssl, bytes.baseAddress, bytes.count, &count) }) {
    case .success: return .bytes(count)
    case .wantsRead: return .wantsRead
    case .wantsWrite: return .wantsWrite
    case let outcome: throw error(for: outcome)
    }
  }

  /// Tells the peer that this side will write no more; the caller closes the socket afterwards.
  /// Answers false when the socket is full: call again when it can be written.
  @discardableResult
  package func shutdown() -> Bool {
    // Before the handshake and after an error there is nothing to say, and no failure to report.
    guard SSL_is_init_finished(ssl) == 1 else { return true }
    ERR_clear_error()
    let status = SSL_shutdown(ssl)
    let wantsWrite = status < 0 && SSL_get_error(ssl, status) == SSL_ERROR_WANT_WRITE
    ERR_clear_error()
    return !wantsWrite
  }

  /// Gives back the memory for records, some 33 KiB, unless something is in it; the next record takes it
  /// again.
  package func releaseBuffers() { SSL_free_buffers(ssl) }

  /// Decrypted bytes that `read` can hand out without the socket.
  package var pendingBytes: Int { Int(SSL_pending(ssl)) }

  /// Whether anything, decrypted or not, waits inside the session.
  package var hasPending: Bool { SSL_has_pending(ssl) == 1 }

  /// The protocol (ALPN) that the two sides agreed on; nil before the handshake is done.
  package var negotiatedProtocol: String? {
    var bytes: UnsafePointer<UInt8>?
    var count: UInt32 = 0
    SSL_get0_alpn_selected(ssl, &bytes, &count)
    guard let bytes, count > 0 else { return nil }
    return String(decoding: UnsafeBufferPointer(start: bytes, count: Int(count)), as: UTF8.self)
  }

  /// The peer's URI name; nil until the handshake has verified it.
  package var peerIdentity: String? { peer?.uri }

  private func checkProtocol() throws(TLSError) {
    guard let name = negotiatedProtocol, context.configuration.protocols.contains(name) else {
      throw TLSError(.protocolMismatch, "peer agreed to no protocol (ALPN)")
    }
    guard peer != nil else {
      throw TLSError(.certificateRejected, "peer showed no certificate")
    }
  }
}

// What OpenSSL calls back for.
extension TLSSession {
  /// The session of an SSL; valid during a call on that session, which keeps it alive.
  static func of(_ ssl: OpaquePointer) -> TLSSession? {
    SSL_get_ex_data(ssl, 0).map { Unmanaged<TLSSession>.fromOpaque($0).takeUnretainedValue() }
  }

  /// Keeps the reason for which a call is about to fail.
  func refuse(_ reason: TLSError) { refusal = reason }

  /// Verifies the peer's chain; false sends an alert.
  func verifyPeer(_ store: OpaquePointer) -> Bool {
    do throws(TLSError) {
      peer = try PeerVerification.verify(
        store,
        in: context,
        expectedURI: expectedPeer
      )
      return true
    } catch {
      refuse(error)
      if X509_STORE_CTX_get_error(store) == X509_V_OK {
        // Our own rules, not OpenSSL's: the alert is then "bad certificate".
        X509_STORE_CTX_set_error(store, X509_V_ERR_CERT_REJECTED)
      }
      return false
    }
  }

  private func error(for outcome: OpenSSL.Outcome) -> TLSError {
    if let refusal { return refusal }
    switch outcome {
    case .failure(let error): return TLSFailure.error(for: error)
    case .system where state.pointee.lastError != 0:
      return TLSError(
        .connectionLost,
        "connection lost: " + String(cString: strerror(state.pointee.lastError))
      )
    default: return TLSError(.truncated, "connection ended without a TLS close")
    }
  }
}
