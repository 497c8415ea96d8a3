internal import COpenSSL
internal import Glibc
internal import Synchronization

/// Peers whose certificates were verified as one context trusts: one that comes back costs no second
/// look at the signatures of its chain and of the revocation lists.
///
/// What a context trusts changes with the clock alone: a verified certificate stays so until a certificate
/// of its chain ends, or a revocation list ends or comes into force. That the peer holds the key is proved
/// in each handshake anew, and a context that is made of newer lists knows nobody.
final class VerifiedPeers: Sendable {
  private struct Entry {
    let peer: TLSPeer
    /// Seconds since 1970 in which it holds.
    let validity: Range<Int64>
  }

  /// The most that are remembered; each takes some 1.5 KiB.
  private static let capacity = 4096

  private let entries = Mutex<[[UInt8]: Entry]>([:])
  /// When the context's revocation lists come into force and end, in seconds since 1970.
  private let changes: [Int64]

  init(changes: [Int64]) { self.changes = changes }

  /// The peer with the certificate of that SHA-256 digest, if it was verified and still is.
  func find(_ fingerprint: [UInt8]) -> TLSPeer? {
    let now = Int64(time(nil))
    return entries.withLock { entries in
      guard let entry = entries[fingerprint] else { return nil }
      if entry.validity.contains(now) { return entry.peer }
      entries[fingerprint] = nil
      return nil
    }
  }

  /// Remembers a peer that was verified.
  ///
  /// - Parameters:
  ///   - chain: its certificates up to the authority's.
  ///   - now: when its verification began, in seconds since 1970.
  func remember(_ peer: TLSPeer, chain: OpaquePointer?, verifiedAt now: Int64) {
    guard let chain else { return }
    var end = Int64.max
    for place in 0..<OPENSSL_sk_num(chain) {
      let certificate = OPENSSL_sk_value(chain, place).map { OpaquePointer($0) }
      // Whose end cannot be read is not remembered.
      end = min(end, certificate.flatMap { Certificate.seconds(X509_get0_notAfter($0)) } ?? 0)
    }
    // A list that had ended by then was not relied upon.
    for change in changes where change >= now { end = min(end, change) }
    guard end > now else { return }
    let entry = Entry(peer: peer, validity: now..<end)
    entries.withLock { entries in
      if entries.count >= Self.capacity { entries.remove(at: entries.startIndex) }
      entries[peer.fingerprint] = entry
    }
  }
}
