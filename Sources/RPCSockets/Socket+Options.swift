internal import CLinux
internal import Glibc

extension Socket {
  /// When TCP gives an unresponsive peer up.
  package struct Keepalive: Sendable, Equatable {
    /// Seconds of silence before the first probe.
    package var idle: Int32 = 60
    /// Seconds between probes.
    package var interval: Int32 = 15
    /// Unanswered probes until the connection is given up.
    package var count: Int32 = 4

    /// The defaults.
    package init() {}
  }

  /// Sends small writes at once.
  ///
  /// - Throws: `SocketError` when this is not a TCP socket.
  package func setNoDelay() throws(SocketError) {
    try set(Int32(IPPROTO_TCP), TCP_NODELAY, 1, "TCP_NODELAY")
  }

  /// Probes a silent peer.
  ///
  /// - Throws: `SocketError` when this is not a TCP socket or a value is out of range.
  package func setKeepalive(_ keepalive: Keepalive) throws(SocketError) {
    try set(SOL_SOCKET, SO_KEEPALIVE, 1, "SO_KEEPALIVE")
    try set(Int32(IPPROTO_TCP), TCP_KEEPIDLE, keepalive.idle, "TCP_KEEPIDLE")
    try set(Int32(IPPROTO_TCP), TCP_KEEPINTVL, keepalive.interval, "TCP_KEEPINTVL")
    try set(Int32(IPPROTO_TCP), TCP_KEEPCNT, keepalive.count, "TCP_KEEPCNT")
  }

  /// Gives the connection up when sent bytes stay unacknowledged for that long (ms).
  ///
  /// - Throws: `SocketError` when this is not a TCP socket.
  package func setUserTimeout(milliseconds: Int32) throws(SocketError) {
    try set(Int32(IPPROTO_TCP), TCP_USER_TIMEOUT, milliseconds, "TCP_USER_TIMEOUT")
  }

  /// The address of this end; nil when it has none or is closed.
  package var localAddress: SocketAddress? {
    SocketAddress.from { getsockname(descriptor, $0, $1) }
  }

  /// The address of the other end; nil when it has none or is closed.
  package var peerAddress: SocketAddress? {
    SocketAddress.from { getpeername(descriptor, $0, $1) }
  }

  /// Takes the error that a connection attempt or transfer left on the socket.
  func pendingError(_ operation: String) -> SocketError? {
    var number: Int32 = 0
    var size = socklen_t(MemoryLayout<Int32>.size)
    let status = getsockopt(descriptor, SOL_SOCKET, SO_ERROR, &number, &size)
    if status != 0 { return SocketError(errno: errno, operation: operation) }
    return number == 0 ? nil : SocketError(errno: number, operation: operation)
  }

  func set(
    _ level: Int32,
    _ option: Int32,
    _ value: Int32,
    _ name: String
  ) throws(SocketError) {
    var value = value
    try SystemCall.run("set \(name)") {
      setsockopt(descriptor, level, option, &value, socklen_t(MemoryLayout<Int32>.size))
    }
  }
}
