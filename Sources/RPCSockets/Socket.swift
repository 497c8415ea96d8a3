internal import CLinux
internal import Glibc
internal import Synchronization

/// The owner of a non-blocking, close-on-exec socket descriptor; closes it once.
package final class Socket: Sendable {
  private let value: Atomic<Int32>

  /// Takes over a descriptor that is already non-blocking.
  package init(owning descriptor: Int32) {
    value = Atomic(descriptor)
  }

  deinit { close() }

  /// The descriptor, −1 once closed; valid while this object lives and is not closed.
  package var descriptor: Int32 { value.load(ordering: .relaxed) }

  /// Closes the descriptor; more calls do nothing. Deregister it from its loop first.
  package func close() {
    let descriptor = value.exchange(-1, ordering: .acquiringAndReleasing)
    // Linux frees the descriptor even when it answers EINTR: never closed twice.
    if descriptor >= 0 { Glibc.close(descriptor) }
  }

  /// Opens a TCP socket.
  ///
  /// - Throws: `SocketError`, `exhausted` when there are no descriptors left.
  static func stream(_ family: SocketAddress.Family) throws(SocketError) -> Socket {
    let domain = family == .ipv4 ? AF_INET : AF_INET6
    let type = SOCK_STREAM.rawValue | SOCK_NONBLOCK.rawValue | SOCK_CLOEXEC.rawValue
    return Socket(owning: try SystemCall.run("socket") { socket(domain, Int32(type), 0) })
  }

  /// Two connected sockets without a network between.
  ///
  /// - Throws: `SocketError`, `exhausted` when there are no descriptors left.
  package static func pair() throws(SocketError) -> (Socket, Socket) {
    let type = SOCK_STREAM.rawValue | SOCK_NONBLOCK.rawValue | SOCK_CLOEXEC.rawValue
    var ends: [Int32] = [-1, -1]
    try SystemCall.run("socketpair") { socketpair(AF_UNIX, Int32(type), 0, &ends) }
    return (Socket(owning: ends[0]), Socket(owning: ends[1]))
  }

  /// What a transfer came to.
  package enum Transfer: Sendable, Equatable {
    /// That many bytes went, at least one.
    case bytes(Int)
    /// Nothing now; wait for readiness.
    case wouldBlock
    /// The peer has ended its half.
    case closed
  }

  /// Reads what is there, without TLS.
  ///
  /// - Throws: `SocketError`, `reset` when the connection broke.
  package func receive(into buffer: UnsafeMutableRawBufferPointer) throws(SocketError) -> Transfer {
    guard buffer.count > 0 else { return .bytes(0) }
    switch SystemCall.attempt({ recv(descriptor, buffer.baseAddress, buffer.count, 0) }) {
    case .success(0): return .closed
    case .success(let count): return .bytes(count)
    case .failure(let number) where number.wouldBlock: return .wouldBlock
    case .failure(let number): throw SocketError(errno: number.value, operation: "receive")
    }
  }

  /// Writes what fits, without TLS and without SIGPIPE.
  ///
  /// - Throws: `SocketError`, `reset` when the connection broke.
  package func send(_ bytes: UnsafeRawBufferPointer) throws(SocketError) -> Transfer {
    guard bytes.count > 0 else { return .bytes(0) }
    let flags = Int32(MSG_NOSIGNAL)
    switch SystemCall.attempt({ Glibc.send(descriptor, bytes.baseAddress, bytes.count, flags) }) {
    case .success(let count): return .bytes(count)
    case .failure(let number) where number.wouldBlock: return .wouldBlock
    case .failure(let number): throw SocketError(errno: number.value, operation: "send")
    }
  }

  /// Ends the sending half; the peer reads an end of stream.
  package func shutdownWriting() {
    // Fails only when the connection is gone already, which is what was asked for.
    _ = Glibc.shutdown(descriptor, Int32(SHUT_WR))
  }
}
