/// A failure of TLS: an open code to decide by, words for people, and the error beneath.
///
/// The text never carries transferred bytes nor names of people.
package struct TLSError: Error, Sendable, Equatable, CustomStringConvertible {
  /// The kind of failure; compare with the constants.
  package struct Code: Sendable, Hashable, CustomStringConvertible {
    package let description: String

    init(_ description: String) { self.description = description }

    /// A certificate, key or authority file cannot be used.
    package static let configuration = Code("configuration")
    /// This side refuses the peer's certificate.
    package static let certificateRejected = Code("certificate rejected")
    /// The peer ended the handshake or the connection with an alert.
    package static let rejectedByPeer = Code("rejected by peer")
    /// The two sides have no protocol (ALPN) in common, or one named none.
    package static let protocolMismatch = Code("protocol mismatch")
    /// The peer does not speak TLS, or not version 1.3.
    package static let notTLS = Code("not TLS 1.3")
    /// The connection ended without a TLS close: what came last may be cut.
    package static let truncated = Code("truncated")
    /// The socket failed; `cause` tells.
    package static let connectionLost = Code("connection lost")
    /// OpenSSL failed for another reason.
    package static let failed = Code("failed")
  }

  /// The kind of failure.
  package let code: Code
  /// What happened.
  package let message: String
  /// The error beneath.
  package let cause: (any Error)?

  /// An error with its words.
  package init(_ code: Code, _ message: String, cause: (any Error)? = nil) {
    self.code = code
    self.message = message
    self.cause = cause
  }

  package var description: String {
    cause.map { "\(code): \(message) (\($0))" } ?? "\(code): \(message)"
  }

  /// Errors are equal when their codes are.
  package static func == (left: TLSError, right: TLSError) -> Bool { left.code == right.code }
}

/// What OpenSSL left in its error queue, first error first.
struct OpenSSLError: Error, Sendable, CustomStringConvertible {
  /// A reason number with its library's words.
  struct Entry: Sendable {
    let library: Int32
    let reason: Int32
    let words: String
  }

  let entries: [Entry]

  var description: String {
    entries.isEmpty ? "no reason given" : entries.map(\.words).joined(separator: "; ")
  }
}
