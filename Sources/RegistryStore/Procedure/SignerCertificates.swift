internal import Journal
internal import Synchronization

/// The certificates of those who sign, read once: reading one costs more than checking a signature.
final class SignerCertificates: Sendable {
  /// Certificates kept; the memory is emptied when it is full.
  static let limit = 4_096

  private let kept = Mutex<[[UInt8]: SignerCertificate]>([:])

  /// The certificate of octets in DER; nil for octets that are none.
  subscript(der: [UInt8]) -> SignerCertificate? {
    if let known = kept.withLock({ $0[der] }) { return known }
    guard let read = try? SignerCertificate(der: der) else { return nil }
    kept.withLock { kept in
      if kept.count >= Self.limit { kept.removeAll(keepingCapacity: true) }
      kept[der] = read
    }
    return read
  }
}
