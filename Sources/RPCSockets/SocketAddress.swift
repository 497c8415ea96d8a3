internal import CLinux
internal import Glibc

/// An IPv4 or IPv6 address with a port.
package struct SocketAddress: Sendable, Hashable, CustomStringConvertible {
  /// The address family.
  package enum Family: Sendable, Hashable { case ipv4, ipv6 }

  /// The address family.
  package let family: Family
  /// The address in numbers, without brackets: `127.0.0.1`, `::1`.
  package let host: String
  /// The port.
  package let port: UInt16

  let bytes: [UInt8]

  /// `127.0.0.1:7443`, `[::1]:7443`.
  package var description: String {
    family == .ipv4 ? "\(host):\(port)" : "[\(host)]:\(port)"
  }

  /// Reads an address in numbers; nil for anything else, host names too.
  package init?(host: String, port: UInt16) {
    guard
      let address = try? Self.lookUp(host: host, port: port, flags: AI_NUMERICHOST).first
    else { return nil }
    self = address
  }

  /// Copies a `sockaddr`; nil for other families and cut ones.
  init?(_ address: UnsafePointer<sockaddr>, length: socklen_t) {
    let size: Int
    switch Int32(address.pointee.sa_family) {
    case AF_INET: (family, size) = (.ipv4, MemoryLayout<sockaddr_in>.size)
    case AF_INET6: (family, size) = (.ipv6, MemoryLayout<sockaddr_in6>.size)
    default: return nil
    }
    guard Int(length) >= size else { return nil }
    let raw = UnsafeRawBufferPointer(start: address, count: size)
    bytes = Array(raw)
    // The port lies at the same place in both.
    port = UInt16(bigEndian: raw.loadUnaligned(fromByteOffset: 2, as: UInt16.self))
    host = Self.numericHost(address, length: socklen_t(size))
  }

  /// Calls a function that fills a `sockaddr`.
  static func from(
    _ fill: (UnsafeMutablePointer<sockaddr>, UnsafeMutablePointer<socklen_t>) -> Int32
  ) -> SocketAddress? {
    var storage = sockaddr_storage()
    var length = socklen_t(MemoryLayout<sockaddr_storage>.size)
    return withUnsafeMutablePointer(to: &storage) { pointer in
      pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { address in
        fill(address, &length) == 0 ? SocketAddress(address, length: length) : nil
      }
    }
  }

  /// Calls a function that reads a `sockaddr`.
  func withSockaddr<Value>(_ body: (UnsafePointer<sockaddr>, socklen_t) -> Value) -> Value {
    var storage = sockaddr_storage()
    return withUnsafeMutablePointer(to: &storage) { pointer in
      UnsafeMutableRawBufferPointer(start: pointer, count: bytes.count).copyBytes(from: bytes)
      return pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        body($0, socklen_t(bytes.count))
      }
    }
  }

  private static func numericHost(
    _ address: UnsafePointer<sockaddr>,
    length: socklen_t
  ) -> String {
    withUnsafeTemporaryAllocation(of: CChar.self, capacity: Int(NI_MAXHOST)) { buffer in
      guard let base = buffer.baseAddress,
        getnameinfo(
          address,
          length,
          base,
          socklen_t(buffer.count),
          nil,
          0,
          Int32(NI_NUMERICHOST)
        ) == 0
      else { return "?" }
      return String(cString: base)
    }
  }
}
