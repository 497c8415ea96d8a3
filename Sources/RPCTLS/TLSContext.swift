internal import COpenSSL
internal import Glibc

/// One side's settings, certificate and trust, ready to start sessions.
///
/// A context does not change: to reload certificates make a new one and start new sessions from it;
/// each session keeps the one it began with.
package final class TLSContext: @unchecked Sendable {
  // Unchecked: the SSL_CTX is written in `init` only; OpenSSL counts references to it atomically.

  /// The OpenSSL security level: at least 112 bits of security in keys and signatures.
  static let securityLevel: Int32 = 2
  /// Most certificates between the peer's and the authority.
  static let longestChain: Int32 = 4

  /// What the context was made from.
  package let configuration: TLSConfiguration
  /// The own certificate; nil when it has not exactly one URI name (which no peer will accept).
  package let identity: TLSPeer?
  /// Who was verified as this context trusts.
  let verifiedPeers: VerifiedPeers

  let handle: OpaquePointer
  /// The protocol names as TLS writes them: a length byte before each.
  private let offeredProtocols: [UInt8]

  /// Reads the files and makes a context.
  ///
  /// - Throws: `TLSError` with code `configuration`; it names the file and what is wrong with it.
  package init(_ configuration: TLSConfiguration) throws(TLSError) {
    self.configuration = configuration
    offeredProtocols = try Self.encode(configuration.protocols)
    handle = try OpenSSL.create("SSL_CTX_new") {
      SSL_CTX_new(configuration.role == .server ? TLS_server_method() : TLS_client_method())
    }
    do throws(TLSError) {
      try Self.restrict(handle)
      try Self.load(configuration, into: handle)
      verifiedPeers = VerifiedPeers(changes: Self.listChanges(in: handle))
      identity = SSL_CTX_get0_certificate(handle).flatMap { try? TLSPeer(certificate: $0) }
    } catch {
      SSL_CTX_free(handle)
      throw error
    }
    setVerification()
    try setProtocols()
  }

  deinit { SSL_CTX_free(handle) }

  private static func restrict(_ handle: OpaquePointer) throws(TLSError) {
    try OpenSSL.check(.failed, "OpenSSL offers no TLS 1.3") { copenssl_require_tls13(handle) }
    SSL_CTX_set_security_level(handle, securityLevel)
    // No tickets, no sessions to resume: a resumed one would skip the certificate checks.
    try OpenSSL.check(.failed, "session resumption cannot be switched off") {
      copenssl_disable_resumption(handle)
    }
    copenssl_set_mode(
      handle,
      Int(SSL_MODE_ENABLE_PARTIAL_WRITE) | Int(SSL_MODE_ACCEPT_MOVING_WRITE_BUFFER)
        | Int(SSL_MODE_NO_AUTO_CHAIN)
    )
    // Header and body of a record, and records that wait behind it, come with one call.
    copenssl_set_read_ahead(handle)
    SSL_CTX_set_verify_depth(handle, longestChain)
  }

  private static func load(
    _ configuration: TLSConfiguration,
    into handle: OpaquePointer
  ) throws(TLSError) {
    guard !configuration.authorities.isEmpty else {
      throw TLSError(.configuration, "no authority (CA) file is named")
    }
    for path in configuration.authorities {
      try OpenSSL.check(.configuration, "cannot read authorities from \(path)") {
        SSL_CTX_load_verify_file(handle, path)
      }
    }
    try loadRevocations(configuration.revocations, into: handle)
    let chain = configuration.certificateChain
    try OpenSSL.check(.configuration, "cannot read a certificate from \(chain)") {
      SSL_CTX_use_certificate_chain_file(handle, chain)
    }
    let key = try PrivateKeyFile.read(
      configuration.privateKey,
      passphrase: configuration.passphrase
    )
    defer { EVP_PKEY_free(key) }
    try OpenSSL.check(
      .configuration,
      "the key in \(configuration.privateKey) is not the certificate's in \(chain)"
    ) {
      SSL_CTX_use_PrivateKey(handle, key) == 1 ? SSL_CTX_check_private_key(handle) : 0
    }
    // Once, and without the root, which the peer has: else OpenSSL does so in each handshake.
    try OpenSSL.check(.configuration, "the chain of the certificate in \(chain) is refused") {
      copenssl_build_chain(handle)
    }
  }

  private static func loadRevocations(
    _ paths: [String],
    into handle: OpaquePointer
  ) throws(TLSError) {
    if paths.isEmpty { return }
    let store = SSL_CTX_get_cert_store(handle)
    for path in paths {
      try OpenSSL.check(.configuration, "cannot read revocation lists from \(path)") {
        guard let lookup = X509_STORE_add_lookup(store, X509_LOOKUP_file()) else { return 0 }
        return X509_load_crl_file(lookup, path, X509_FILETYPE_PEM) > 0 ? 1 : 0
      }
    }
    // Of authorities in between too: a revoked one takes all that it signed with it.
    X509_STORE_set_flags(store, UInt(X509_V_FLAG_CRL_CHECK) | UInt(X509_V_FLAG_CRL_CHECK_ALL))
  }

  /// When the revocation lists come into force and end, in seconds since 1970.
  private static func listChanges(in handle: OpaquePointer) -> [Int64] {
    trusted(in: handle).compactMap { X509_OBJECT_get0_X509_CRL($0) }
      .flatMap { [X509_CRL_get0_lastUpdate($0), X509_CRL_get0_nextUpdate($0)] }
      .compactMap { Certificate.seconds($0) }
  }

  /// The authorities' certificates and revocation lists, the context's own; while others use it, under the
  /// store's lock.
  static func trusted(in handle: OpaquePointer) -> [OpaquePointer] {
    guard let objects = X509_STORE_get0_objects(SSL_CTX_get_cert_store(handle)) else { return [] }
    return (0..<OPENSSL_sk_num(objects)).compactMap {
      OPENSSL_sk_value(objects, $0).map { OpaquePointer($0) }
    }
  }

  private func setVerification() {
    SSL_CTX_set_verify(handle, SSL_VERIFY_PEER | SSL_VERIFY_FAIL_IF_NO_PEER_CERT, nil)
    SSL_CTX_set_cert_verify_callback(
      handle,
      { store, _ in
        guard let store,
          let ssl = X509_STORE_CTX_get_ex_data(store, SSL_get_ex_data_X509_STORE_CTX_idx()),
          let session = TLSSession.of(OpaquePointer(ssl))
        else { return 0 }
        return session.verifyPeer(store) ? 1 : 0
      },
      nil
    )
  }

  private func setProtocols() throws(TLSError) {
    switch configuration.role {
    case .client:
      ERR_clear_error()
      // This one answers 0 on success.
      guard
        SSL_CTX_set_alpn_protos(handle, offeredProtocols, UInt32(offeredProtocols.count)) == 0
      else { throw TLSError(.configuration, "protocol names refused", cause: OpenSSL.drain()) }
    case .server:
      SSL_CTX_set_client_hello_cb(
        handle,
        { ssl, alert, _ in TLSContext.requireProtocol(ssl, alert) },
        nil
      )
      SSL_CTX_set_alpn_select_cb(
        handle,
        { ssl, chosen, length, offered, count, _ in
          guard let ssl, let session = TLSSession.of(ssl) else { return SSL_TLSEXT_ERR_ALERT_FATAL }
          return session.context.choose(chosen, length, from: offered, count)
        },
        nil
      )
    }
  }

  /// OpenSSL lets a client that names no protocol through; here it must name one.
  private static func requireProtocol(
    _ ssl: OpaquePointer?,
    _ alert: UnsafeMutablePointer<Int32>?
  ) -> Int32 {
    var content: UnsafePointer<UInt8>?
    var length = 0
    if SSL_client_hello_get0_ext(
      ssl,
      UInt32(TLSEXT_TYPE_application_layer_protocol_negotiation),
      &content,
      &length
    ) == 1 {
      return SSL_CLIENT_HELLO_SUCCESS
    }
    alert?.pointee = SSL_AD_NO_APPLICATION_PROTOCOL
    ssl.flatMap(TLSSession.of)?.refuse(
      TLSError(.protocolMismatch, "client named no protocol (ALPN)")
    )
    return SSL_CLIENT_HELLO_ERROR
  }

  /// Points `chosen` at the first of the server's protocols that the client offers.
  private func choose(
    _ chosen: UnsafeMutablePointer<UnsafePointer<UInt8>?>?,
    _ length: UnsafeMutablePointer<UInt8>?,
    from offered: UnsafePointer<UInt8>?,
    _ count: UInt32
  ) -> Int32 {
    var selected: UnsafeMutablePointer<UInt8>?
    let found = SSL_select_next_proto(
      &selected,
      length,
      offeredProtocols,
      UInt32(offeredProtocols.count),
      offered,
      count
    )
    guard found == OPENSSL_NPN_NEGOTIATED, let selected, let offered, let length else {
      return SSL_TLSEXT_ERR_ALERT_FATAL
    }
    // The answer lies in the server's list, whose address is only good within this call; the same
    // name in the client's list lives as long as OpenSSL needs it.
    let name = UnsafeBufferPointer(start: selected, count: Int(length.pointee))
    let list = UnsafeBufferPointer(start: offered, count: Int(count))
    var place = 0
    while place < list.count {
      let size = Int(list[place])
      guard place + 1 + size <= list.count else { break }
      if list[(place + 1)..<(place + 1 + size)].elementsEqual(name) {
        chosen?.pointee = offered + place + 1
        return SSL_TLSEXT_ERR_OK
      }
      place += 1 + size
    }
    return SSL_TLSEXT_ERR_ALERT_FATAL
  }

  private static func encode(_ protocols: [String]) throws(TLSError) -> [UInt8] {
    var encoded: [UInt8] = []
    for name in protocols {
      guard (1...255).contains(name.utf8.count) else {
        throw TLSError(.configuration, "a protocol name (ALPN) has 1 to 255 bytes")
      }
      encoded.append(UInt8(name.utf8.count))
      encoded.append(contentsOf: name.utf8)
    }
    guard !encoded.isEmpty else {
      throw TLSError(.configuration, "no protocol (ALPN) is named")
    }
    return encoded
  }
}
