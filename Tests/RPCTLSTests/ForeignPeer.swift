internal import COpenSSL
internal import RPCSockets
internal import RPCTLS
internal import TestCertificates

/// A server session with the other end of its socket for somebody else.
struct TLSSessionOverPair {
  let session: TLSSession
  let peer: Socket
  private let socket: Socket

  init(_ identity: TestIdentity) throws {
    (peer, socket) = try Socket.pair()
    session = try TLSSession(
      context: TLSContext(.init(.server, identity)),
      descriptor: socket.descriptor
    )
  }

  /// The server's error, nil when the handshake was done.
  func shakeHands(with client: ForeignClient) -> TLSError? {
    for _ in 0..<10 {
      client.step()
      do throws(TLSError) {
        if try session.handshake() == .done { return nil }
      } catch {
        client.step()
        return error
      }
    }
    return TLSError(.failed, "the handshake hangs")
  }
}

/// A TLS client that leaves out what ours never would.
final class ForeignClient {
  private let ssl: OpaquePointer
  private let socket: Socket
  /// The alert that came, in OpenSSL's words.
  private(set) var alert: String?

  init(
    _ socket: Socket,
    identity: TestIdentity?,
    protocols: [String],
    version: Int32 = TLS1_3_VERSION
  ) throws {
    guard let context = SSL_CTX_new(TLS_client_method()) else {
      throw TLSError(.failed, "SSL_CTX_new")
    }
    defer { SSL_CTX_free(context) }
    if version != TLS1_3_VERSION { copenssl_set_max_version(context, version) }
    if let identity {
      SSL_CTX_use_certificate_chain_file(context, identity.chain)
      SSL_CTX_use_PrivateKey_file(context, identity.key, SSL_FILETYPE_PEM)
    }
    let offered = protocols.flatMap { [UInt8($0.utf8.count)] + Array($0.utf8) }
    if !offered.isEmpty { SSL_CTX_set_alpn_protos(context, offered, UInt32(offered.count)) }
    guard let ssl = SSL_new(context) else { throw TLSError(.failed, "SSL_new") }
    self.ssl = ssl
    self.socket = socket
    SSL_set_fd(ssl, socket.descriptor)
    SSL_set_connect_state(ssl)
  }

  deinit { SSL_free(ssl) }

  /// Goes on with the handshake, then reads.
  func step() {
    guard alert == nil else { return }
    ERR_clear_error()
    var status = SSL_do_handshake(ssl)
    if status == 1 {
      var byte: UInt8 = 0
      status = SSL_read(ssl, &byte, 1)
    }
    if SSL_get_error(ssl, status) == SSL_ERROR_SSL {
      alert = ERR_reason_error_string(ERR_get_error()).map {
        String(cString: $0).replacing("tlsv1 alert no application", with: "no application")
      }
    }
  }
}

/// A TLS server that answers no protocol (ALPN).
final class ForeignServer {
  private let ssl: OpaquePointer
  private let socket: Socket

  init(_ socket: Socket, identity: TestIdentity) throws {
    guard let context = SSL_CTX_new(TLS_server_method()) else {
      throw TLSError(.failed, "SSL_CTX_new")
    }
    defer { SSL_CTX_free(context) }
    SSL_CTX_use_certificate_chain_file(context, identity.chain)
    SSL_CTX_use_PrivateKey_file(context, identity.key, SSL_FILETYPE_PEM)
    guard let ssl = SSL_new(context) else { throw TLSError(.failed, "SSL_new") }
    self.ssl = ssl
    self.socket = socket
    SSL_set_fd(ssl, socket.descriptor)
    SSL_set_accept_state(ssl)
  }

  deinit { SSL_free(ssl) }

  func step() { SSL_do_handshake(ssl) }
}
