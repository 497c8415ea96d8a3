internal import COpenSSL
internal import Glibc

/// What is demanded of a peer's certificate, beyond a chain of signatures up to an authority.
enum PeerVerification {
  /// Verifies the peer's chain within the handshake, so that a refusal is an alert to the peer and
  /// comes before any application byte; a peer that is known to be verified is taken as it is.
  ///
  /// - Throws: `TLSError` with code `certificateRejected` and the reason in words.
  static func verify(
    _ store: OpaquePointer,
    in context: TLSContext,
    expectedURI: String?
  ) throws(TLSError) -> TLSPeer {
    guard let certificate = X509_STORE_CTX_get0_cert(store) else {
      throw TLSError(.certificateRejected, "peer showed no certificate")
    }
    let peer: TLSPeer
    if let known = context.verifiedPeers.find(try Certificate.fingerprint(of: certificate)) {
      peer = known
      X509_STORE_CTX_set_error(store, X509_V_OK)
    } else {
      let start = Int64(time(nil))
      guard X509_verify_cert(store) == 1 else { throw rejection(store) }
      try checkUsage(certificate, role: context.configuration.role)
      peer = try TLSPeer(certificate: certificate)
      context.verifiedPeers.remember(
        peer,
        chain: X509_STORE_CTX_get0_chain(store),
        verifiedAt: start
      )
    }
    if let expectedURI, peer.uri != expectedURI {
      throw TLSError(
        .certificateRejected,
        "certificate is for \(peer.uri), expected \(expectedURI)"
      )
    }
    return peer
  }

  /// OpenSSL lets a certificate without extended key usage pass for everything; here it must say so.
  private static func checkUsage(
    _ certificate: OpaquePointer,
    role: TLSConfiguration.Role
  ) throws(TLSError) {
    let stated = X509_get_extension_flags(certificate) & UInt32(EXFLAG_XKUSAGE) != 0
    let usage = stated ? X509_get_extended_key_usage(certificate) : 0
    switch role {
    case .server where usage & UInt32(XKU_SSL_CLIENT) == 0:
      throw TLSError(.certificateRejected, "certificate is not for clients (clientAuth)")
    case .client where usage & UInt32(XKU_SSL_SERVER) == 0:
      throw TLSError(.certificateRejected, "certificate is not for servers (serverAuth)")
    default: break
    }
  }

  private static func rejection(_ store: OpaquePointer) -> TLSError {
    let code = X509_STORE_CTX_get_error(store)
    let certificate = X509_STORE_CTX_get_current_cert(store)
    return TLSError(.certificateRejected, words(for: code, certificate))
  }

  private static func words(for code: Int32, _ certificate: OpaquePointer?) -> String {
    switch code {
    case X509_V_ERR_UNABLE_TO_GET_ISSUER_CERT, X509_V_ERR_UNABLE_TO_GET_ISSUER_CERT_LOCALLY,
      X509_V_ERR_UNABLE_TO_VERIFY_LEAF_SIGNATURE, X509_V_ERR_SELF_SIGNED_CERT_IN_CHAIN:
      return "certificate signed by an unknown authority"
    case X509_V_ERR_DEPTH_ZERO_SELF_SIGNED_CERT:
      return "certificate signed by itself"
    case X509_V_ERR_CERT_SIGNATURE_FAILURE:
      return "certificate's signature is not its authority's"
    case X509_V_ERR_CERT_HAS_EXPIRED:
      return "certificate expired on \(Certificate.date(certificate.flatMap(X509_get0_notAfter)))"
    case X509_V_ERR_CERT_NOT_YET_VALID:
      return "certificate not valid before "
        + Certificate.date(certificate.flatMap(X509_get0_notBefore))
    case X509_V_ERR_INVALID_PURPOSE:
      return "certificate is not for this use (extended key usage)"
    case X509_V_ERR_PERMITTED_VIOLATION, X509_V_ERR_EXCLUDED_VIOLATION:
      return "certificate names a division that its authority may not sign for"
    case X509_V_ERR_INVALID_CA:
      return "certificate signed by one that is no authority"
    case X509_V_ERR_CERT_REVOKED:
      return "certificate revoked"
    case X509_V_ERR_UNABLE_TO_GET_CRL:
      return "certificate's authority has no revocation list here"
    case X509_V_ERR_CRL_HAS_EXPIRED:
      return "revocation list has expired"
    case X509_V_ERR_CRL_NOT_YET_VALID:
      return "revocation list is not in force yet"
    case X509_V_ERR_CRL_SIGNATURE_FAILURE:
      return "revocation list is not its authority's"
    default:
      return "certificate refused: " + String(cString: X509_verify_cert_error_string(Int(code)))
    }
  }
}
