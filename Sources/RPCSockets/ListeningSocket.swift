internal import CLinux
internal import Glibc

/// A bound socket that accepts connections, with a spare descriptor for bad times.
///
/// When descriptors run out, a waiting connection can be neither taken nor refused and makes the
/// loop spin. The spare one is then given up for a moment to accept and close it at once.
package final class ListeningSocket {
  /// What came of an `accept()`.
  package enum Accepted {
    /// A connection and where it comes from.
    case connection(Socket, SocketAddress)
    /// Nobody waits.
    case none
    /// One was turned away, for want of descriptors.
    case refused
    /// Not even that was possible; try again a little later.
    case exhausted
  }

  /// The longest queue of connections that wait to be accepted.
  package static let defaultBacklog: Int32 = 1024

  private let socket: Socket
  private var spare: Int32

  /// The bound address, with the port that was given for port 0.
  package let address: SocketAddress

  /// The descriptor to watch.
  package var descriptor: Int32 { socket.descriptor }

  /// Binds and listens; port 0 takes any free one. An IPv6 address takes no IPv4 connections.
  ///
  /// - Throws: `SocketError`: `addressInUse`, `addressNotAvailable`, `permission`, `exhausted`.
  package init(
    _ address: SocketAddress,
    backlog: Int32 = ListeningSocket.defaultBacklog
  ) throws(SocketError) {
    let socket = try Socket.stream(address.family)
    try socket.set(SOL_SOCKET, SO_REUSEADDR, 1, "SO_REUSEADDR")
    if address.family == .ipv6 {
      try socket.set(Int32(IPPROTO_IPV6), IPV6_V6ONLY, 1, "IPV6_V6ONLY")
    }
    try SystemCall.run("listen on \(address)") {
      address.withSockaddr { bind(socket.descriptor, $0, $1) }
    }
    try SystemCall.run("listen on \(address)") { listen(socket.descriptor, backlog) }
    self.socket = socket
    self.address = socket.localAddress ?? address
    spare = Self.openSpare()
  }

  deinit { if spare >= 0 { Glibc.close(spare) } }

  /// Stops listening; connections not yet accepted are reset.
  package func close() { socket.close() }

  /// Takes the next connection.
  ///
  /// - Throws: `SocketError`, `closed` after `close()`.
  package func accept() throws(SocketError) -> Accepted {
    if spare < 0 { spare = Self.openSpare() }
    var storage = sockaddr_storage()
    while true {
      var length = socklen_t(MemoryLayout<sockaddr_storage>.size)
      switch SystemCall.attempt({ clinux_accept(socket.descriptor, &storage, &length) }) {
      case .success(let descriptor):
        let peer = withUnsafePointer(to: &storage) { pointer in
          pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
            SocketAddress($0, length: length)
          }
        }
        return .connection(Socket(owning: descriptor), peer ?? address)
      case .failure(let number):
        if number.wouldBlock { return .none }
        let error = SocketError(errno: number.value, operation: "accept")
        if error.code == .exhausted { return refuseOne() }
        // Linux reports errors of the new connection here; that one is gone, the next may be well.
        guard Self.isOfConnection(number.value) else { throw error }
      }
    }
  }

  private func refuseOne() -> Accepted {
    guard spare >= 0 else { return .exhausted }
    Glibc.close(spare)
    let victim = SystemCall.attempt { Glibc.accept(socket.descriptor, nil, nil) }
    if case .success(let descriptor) = victim { Glibc.close(descriptor) }
    spare = Self.openSpare()
    switch victim {
    case .success: return .refused
    // Without descriptors the system does not even look whether somebody waits.
    case .failure(let number) where number.wouldBlock: return .none
    case .failure: return .exhausted
    }
  }

  private static func openSpare() -> Int32 { open("/dev/null", O_RDONLY | O_CLOEXEC) }

  private static func isOfConnection(_ number: Int32) -> Bool {
    [
      ECONNABORTED, EPROTO, ENETDOWN, ENOPROTOOPT, EHOSTDOWN, EHOSTUNREACH, EOPNOTSUPP, ENETUNREACH,
      ETIMEDOUT, EPERM,
    ].contains(number)
  }
}
