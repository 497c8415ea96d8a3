/// Where a server listens or is reached: a host name or address, and a port.
public struct Endpoint: Sendable, Hashable, CustomStringConvertible {
  /// The port that is used when none is named.
  public static let defaultPort: UInt16 = 7443

  /// A name, or an address in numbers without brackets.
  public var host: String
  /// The port; 0 lets a server choose a free one.
  public var port: UInt16

  /// Names an endpoint.
  public init(host: String, port: UInt16 = Endpoint.defaultPort) {
    self.host = host
    self.port = port
  }

  /// Reads `host`, `host:port`, `[::1]` or `[::1]:port`; nil for anything else.
  public init?(_ text: String) {
    var host = Substring(text)
    var port: Substring?
    if text.hasPrefix("[") {
      guard let end = text.firstIndex(of: "]") else { return nil }
      host = text[text.index(after: text.startIndex)..<end]
      let rest = text[text.index(after: end)...]
      guard rest.isEmpty || rest.hasPrefix(":") else { return nil }
      port = rest.isEmpty ? nil : rest.dropFirst()
    } else if let colon = text.lastIndex(of: ":") {
      host = text[..<colon]
      port = text[text.index(after: colon)...]
      guard !host.contains(":") else { return nil }
    }
    guard !host.isEmpty else { return nil }
    guard let port else {
      self.init(host: String(host))
      return
    }
    guard let number = UInt16(port) else { return nil }
    self.init(host: String(host), port: number)
  }

  /// `host:port`, with brackets around an IPv6 address.
  public var description: String {
    host.contains(":") ? "[\(host)]:\(port)" : "\(host):\(port)"
  }
}
