internal import CLinux
internal import Dispatch
internal import Glibc

extension SocketAddress {
  /// The addresses of a host name or number, in the order in which to try them.
  ///
  /// The look-up blocks, so it runs on Dispatch's own threads and never on a loop.
  ///
  /// - Throws: `SocketError` with code `nameNotFound`.
  package static func resolve(
    host: String,
    port: UInt16
  ) async throws(SocketError) -> [SocketAddress] {
    if let address = SocketAddress(host: host, port: port) { return [address] }
    let result: Result<[SocketAddress], SocketError> = await withCheckedContinuation { waiter in
      DispatchQueue.global().async {
        waiter.resume(
          returning: Result { () throws(SocketError) in
            try lookUp(host: host, port: port, flags: AI_ADDRCONFIG)
          }
        )
      }
    }
    return try result.get()
  }

  static func lookUp(
    host: String,
    port: UInt16,
    flags: Int32
  ) throws(SocketError) -> [SocketAddress] {
    var hints = addrinfo()
    hints.ai_flags = flags | AI_NUMERICSERV
    hints.ai_socktype = Int32(SOCK_STREAM.rawValue)
    var list: UnsafeMutablePointer<addrinfo>?
    let status = getaddrinfo(host, String(port), &hints, &list)
    guard status == 0, let list else {
      throw SocketError(
        .nameNotFound,
        operation: "resolve \(host)",
        reason: String(cString: gai_strerror(status))
      )
    }
    defer { freeaddrinfo(list) }
    var addresses: [SocketAddress] = []
    var next: UnsafeMutablePointer<addrinfo>? = list
    while let entry = next?.pointee {
      if let address = entry.ai_addr.flatMap({ SocketAddress($0, length: entry.ai_addrlen) }),
        !addresses.contains(address)
      {
        addresses.append(address)
      }
      next = entry.ai_next
    }
    return addresses
  }
}
