internal import COpenSSL
internal import Glibc

/// OpenSSL's way to a socket that the caller owns.
///
/// OpenSSL's own socket BIO writes with `write`, and a vanished peer then kills the process by
/// SIGPIPE. This one sends with MSG_NOSIGNAL, so that no program has to change its signals, and
/// keeps the errno of the last failure.
enum SocketBIO {
  /// What a BIO works on; the session owns it and outlives the BIO.
  struct State {
    let descriptor: Int32
    var lastError: Int32 = 0
  }

  /// A BIO on `state`; nil without memory. The caller owns it.
  static func make(_ state: UnsafeMutablePointer<State>) -> OpaquePointer? {
    guard let method, let bio = BIO_new(method) else { return nil }
    BIO_set_data(bio, state)
    BIO_set_init(bio, 1)
    return bio
  }

  // Written once, read by all threads afterwards; lives as long as the process.
  nonisolated(unsafe) private static let method: OpaquePointer? = {
    let type = BIO_get_new_index() | BIO_TYPE_SOURCE_SINK | BIO_TYPE_DESCRIPTOR
    guard let method = BIO_meth_new(type, "socket without SIGPIPE") else { return nil }
    BIO_meth_set_read(method) { bio, buffer, count in
      SocketBIO.transfer(bio, BIO_FLAGS_READ) { recv($0, buffer, Int(count), 0) }
    }
    BIO_meth_set_write(method) { bio, buffer, count in
      SocketBIO.transfer(bio, BIO_FLAGS_WRITE) { send($0, buffer, Int(count), Int32(MSG_NOSIGNAL)) }
    }
    BIO_meth_set_ctrl(method) { _, command, _, _ in
      // Nothing is buffered here, so a flush has nothing to do; all else is not supported.
      command == BIO_CTRL_FLUSH ? 1 : 0
    }
    return method
  }()

  private static func transfer(
    _ bio: OpaquePointer?,
    _ direction: Int32,
    _ call: (Int32) -> Int
  ) -> Int32 {
    guard let bio, let data = BIO_get_data(bio) else { return -1 }
    let state = data.assumingMemoryBound(to: State.self)
    BIO_clear_flags(bio, BIO_FLAGS_READ | BIO_FLAGS_WRITE | BIO_FLAGS_SHOULD_RETRY)
    while true {
      let count = call(state.pointee.descriptor)
      if count >= 0 {
        state.pointee.lastError = 0
        return Int32(clamping: count)
      }
      let number = errno
      if number == EINTR { continue }
      state.pointee.lastError = number
      if number == EAGAIN || number == EWOULDBLOCK {
        BIO_set_flags(bio, direction | BIO_FLAGS_SHOULD_RETRY)
      }
      return -1
    }
  }
}
