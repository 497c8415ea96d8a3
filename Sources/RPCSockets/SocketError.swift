internal import CLinux
internal import Glibc

/// A failed socket operation: an open code to decide by, and words for people.
///
/// The text names the operation and the system's reason; it never carries transferred bytes.
package struct SocketError: Error, Sendable, Equatable, CustomStringConvertible {
  /// The kind of failure; compare with the constants.
  package struct Code: Sendable, Hashable, CustomStringConvertible {
    package let description: String

    init(_ description: String) { self.description = description }

    /// Nobody listens at the address.
    package static let refused = Code("refused")
    /// No route to the host or network.
    package static let unreachable = Code("unreachable")
    /// The connection was not made, or its data not acknowledged, in time.
    package static let timedOut = Code("timed out")
    /// The peer or the network ended the connection.
    package static let reset = Code("reset")
    /// Another socket has the local address.
    package static let addressInUse = Code("address in use")
    /// The local address does not exist here.
    package static let addressNotAvailable = Code("address not available")
    /// The process or the system has no descriptors or socket memory left.
    package static let exhausted = Code("exhausted")
    /// The host name cannot be resolved, or the address cannot be read.
    package static let nameNotFound = Code("name not found")
    /// The socket or the event loop is closed.
    package static let closed = Code("closed")
    /// The system does not permit the operation.
    package static let permission = Code("permission")
    /// Anything else; `errno` tells.
    package static let other = Code("other")
  }

  /// The kind of failure.
  package let code: Code
  /// What was attempted: `connect to 127.0.0.1:7443`.
  package let operation: String
  /// The system's error number, 0 when there is none.
  package let errno: Int32
  /// The reason in words.
  package let reason: String

  /// An error without a system error number.
  package init(_ code: Code, operation: String, reason: String) {
    self.code = code
    self.operation = operation
    self.errno = 0
    self.reason = reason
  }

  /// The error for a system error number.
  package init(errno: Int32, operation: String) {
    self.code = Code(errno: errno)
    self.operation = operation
    self.errno = errno
    self.reason = SystemCall.words(for: errno)
  }

  package var description: String { "\(operation): \(reason)" }

  /// Errors are equal when their codes are.
  package static func == (left: SocketError, right: SocketError) -> Bool {
    left.code == right.code
  }
}

extension SocketError.Code {
  init(errno: Int32) {
    switch errno {
    case ECONNREFUSED: self = .refused
    case EHOSTUNREACH, ENETUNREACH, ENETDOWN, EHOSTDOWN: self = .unreachable
    case ETIMEDOUT: self = .timedOut
    case ECONNRESET, EPIPE, ECONNABORTED: self = .reset
    case EADDRINUSE: self = .addressInUse
    case EADDRNOTAVAIL: self = .addressNotAvailable
    case EMFILE, ENFILE, ENOBUFS, ENOMEM: self = .exhausted
    case EBADF, ENOTCONN, ESHUTDOWN: self = .closed
    case EACCES, EPERM: self = .permission
    default: self = .other
    }
  }
}
