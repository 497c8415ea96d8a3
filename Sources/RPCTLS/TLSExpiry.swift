internal import COpenSSL

/// When something ends by which a side is trusted or trusts.
package struct TLSExpiry: Sendable, Hashable {
  /// What ends.
  package enum Role: Sendable {
    /// The own certificate.
    case own
    /// An authority's certificate.
    case authority
    /// A list of revoked certificates: its next one is due.
    case revocations
  }

  /// What ends.
  package let role: Role
  /// The URI of the own certificate, or the common name of an authority.
  package let name: String
  /// When, in seconds since 1970.
  package let endsAt: Int64
}

extension TLSContext {
  /// When the own certificate, the authorities and their revocation lists end.
  package var expiries: [TLSExpiry] {
    var result: [TLSExpiry] = []
    if let identity {
      result.append(TLSExpiry(role: .own, name: identity.uri, endsAt: identity.notAfter))
    }
    // A verification sorts the store's objects when it is the first.
    let store = SSL_CTX_get_cert_store(handle)
    X509_STORE_lock(store)
    defer { X509_STORE_unlock(store) }
    for object in Self.trusted(in: handle) {
      if let certificate = X509_OBJECT_get0_X509(object) {
        append(
          .authority,
          X509_get_subject_name(certificate),
          X509_get0_notAfter(certificate),
          &result
        )
      } else if let list = X509_OBJECT_get0_X509_CRL(object) {
        append(.revocations, X509_CRL_get_issuer(list), X509_CRL_get0_nextUpdate(list), &result)
      }
    }
    return result
  }

  private func append(
    _ role: TLSExpiry.Role,
    _ name: OpaquePointer?,
    _ end: UnsafePointer<ASN1_TIME>?,
    _ result: inout [TLSExpiry]
  ) {
    // A list need not say when the next one comes.
    guard let end = Certificate.seconds(end) else { return }
    let words = name.map { Certificate.commonName(ofName: $0) } ?? ""
    result.append(TLSExpiry(role: role, name: words, endsAt: end))
  }
}
