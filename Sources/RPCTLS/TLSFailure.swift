internal import COpenSSL

/// Words for what OpenSSL reports.
enum TLSFailure {
  /// The error for what OpenSSL left in its queue.
  static func error(for cause: OpenSSLError) -> TLSError {
    guard let first = cause.entries.first(where: { $0.library == ERR_LIB_SSL }) else {
      return TLSError(.failed, "TLS failed", cause: cause)
    }
    switch first.reason {
    case SSL_R_UNEXPECTED_EOF_WHILE_READING:
      return TLSError(.truncated, "connection ended without a TLS close")
    case SSL_R_HTTP_REQUEST, SSL_R_HTTPS_PROXY_REQUEST:
      return TLSError(.notTLS, "peer speaks plain HTTP, not TLS")
    case SSL_R_WRONG_VERSION_NUMBER, SSL_R_PACKET_LENGTH_TOO_LONG, SSL_R_UNEXPECTED_MESSAGE,
      SSL_R_BAD_RECORD_TYPE, SSL_R_RECORD_LENGTH_MISMATCH:
      return TLSError(.notTLS, "peer does not speak TLS", cause: cause)
    case SSL_R_UNSUPPORTED_PROTOCOL, SSL_R_VERSION_TOO_LOW:
      return TLSError(.notTLS, "peer does not speak TLS 1.3")
    case SSL_R_NO_APPLICATION_PROTOCOL:
      return TLSError(.protocolMismatch, "peer offers no protocol (ALPN) that is spoken here")
    case SSL_R_PEER_DID_NOT_RETURN_A_CERTIFICATE:
      return TLSError(.certificateRejected, "peer showed no certificate")
    case let reason where reason >= SSL_AD_REASON_OFFSET:
      return alert(reason - SSL_AD_REASON_OFFSET, cause)
    default:
      return TLSError(.failed, "TLS failed", cause: cause)
    }
  }

  /// The error for an alert that the peer sent.
  private static func alert(_ number: Int32, _ cause: OpenSSLError) -> TLSError {
    if number == SSL_AD_NO_APPLICATION_PROTOCOL {
      return TLSError(.protocolMismatch, "peer does not speak the protocols offered (ALPN)")
    }
    if number == SSL_AD_PROTOCOL_VERSION {
      return TLSError(.notTLS, "peer does not speak TLS 1.3")
    }
    let words: String? =
      switch number {
      case SSL_AD_BAD_CERTIFICATE: "peer refused our certificate"
      case SSL_AD_UNSUPPORTED_CERTIFICATE: "peer says our certificate is not for this use"
      case SSL_AD_CERTIFICATE_REVOKED: "peer says our certificate is revoked"
      case SSL_AD_CERTIFICATE_EXPIRED: "peer says our certificate has expired or is not yet valid"
      case SSL_AD_CERTIFICATE_UNKNOWN: "peer does not accept our certificate"
      case SSL_AD_UNKNOWN_CA: "peer does not know the authority of our certificate"
      case TLS13_AD_CERTIFICATE_REQUIRED: "peer demands a certificate"
      case SSL_AD_ACCESS_DENIED: "peer denies access"
      default: nil
      }
    guard let words else {
      // It says nothing of who we are, and time may mend it.
      return TLSError(.connectionLost, "peer ended the connection (alert \(number))", cause: cause)
    }
    return TLSError(.rejectedByPeer, words, cause: cause)
  }
}
