package import RegistryClient

/// What a profile file or the command line says of a server, possibly not everything.
package struct ProfileFields: Codable, Sendable, Hashable {
  /// `HOST:PORT`.
  package var server: String?
  /// Files of the authorities, the own certificate and its key.
  package var ca: String?
  package var cert: String?
  package var key: String?
  /// The URI that the server must prove.
  package var node: String?
  /// How long a unary call and an attempt to connect may take, in seconds.
  package var timeout: Double?
  package var connectTimeout: Double?
  /// How often a call is tried.
  package var attempts: Int?

  /// Names the fields that are known.
  package init(
    server: String? = nil,
    ca: String? = nil,
    cert: String? = nil,
    key: String? = nil,
    node: String? = nil,
    timeout: Double? = nil
  ) {
    self.server = server
    self.ca = ca
    self.cert = cert
    self.key = key
    self.node = node
    self.timeout = timeout
  }

  /// These fields, and those of another where these say nothing.
  package func over(_ base: ProfileFields) -> ProfileFields {
    var fields = self
    fields.server = server ?? base.server
    fields.ca = ca ?? base.ca
    fields.cert = cert ?? base.cert
    fields.key = key ?? base.key
    fields.node = node ?? base.node
    fields.timeout = timeout ?? base.timeout
    fields.connectTimeout = connectTimeout ?? base.connectTimeout
    fields.attempts = attempts ?? base.attempts
    return fields
  }

  /// Paths that are not absolute, seen from a directory.
  package func resolved(from directory: String, home: String?) -> ProfileFields {
    var copy = self
    copy.ca = ca.map { Self.path($0, from: directory, home: home) }
    copy.cert = cert.map { Self.path($0, from: directory, home: home) }
    copy.key = key.map { Self.path($0, from: directory, home: home) }
    return copy
  }

  /// The whole profile.
  ///
  /// - Throws: `configuration` naming the fields that are missing or wrong.
  package func profile() throws(CommandFailure) -> Profile {
    let missing = [
      ("--server", server), ("--ca", ca), ("--cert", cert), ("--key", key), ("--node", node),
    ].filter { $0.1?.isEmpty ?? true }.map(\.0)
    guard missing.isEmpty, let server, let ca, let cert, let key, let node else {
      let list = missing.joined(separator: ", ")
      throw CommandFailure(
        .configuration,
        Text(en: "not given: \(list)", zh: "未给出：\(list)"),
        details: [ProfileFile.hint]
      )
    }
    guard let (host, port) = Self.endpoint(server) else {
      throw CommandFailure(
        .configuration,
        en: "--server must be HOST:PORT, such as county.example:7443",
        zh: "--server 应为 主机:端口，例如 county.example:7443"
      )
    }
    guard node.hasPrefix("registry://") else {
      throw CommandFailure(
        .configuration,
        en: "--node must be a node's URI, such as registry://421224/node/main",
        zh: "--node 应为节点 URI，例如 registry://421224/node/main"
      )
    }
    return Profile(
      host: host,
      port: port,
      authorities: ca,
      certificate: cert,
      key: key,
      node: node,
      callTimeout: try Self.seconds(timeout, "timeout") ?? Self.defaultTimeout,
      connectTimeout: try Self.seconds(connectTimeout, "connectTimeout") ?? .seconds(10),
      attempts: min(max(1, attempts ?? 5), 10)
    )
  }

  /// How long a unary call may take when nobody says it.
  private static let defaultTimeout = Duration.seconds(30)

  private static func seconds(
    _ seconds: Double?,
    _ key: String
  ) throws(CommandFailure) -> Duration? {
    guard let seconds else { return nil }
    guard seconds > 0, seconds <= 86_400 else {
      throw CommandFailure(
        .configuration,
        en: "\(key) must be more than 0 and at most 86400 seconds",
        zh: "\(key) 应大于 0 且不超过 86400 秒"
      )
    }
    return .seconds(seconds)
  }

  private static func endpoint(_ server: String) -> (String, UInt16)? {
    guard let colon = server.lastIndex(of: ":"),
      let port = UInt16(server[server.index(after: colon)...]), port > 0
    else { return nil }
    var host = server[..<colon]
    if host.hasPrefix("["), host.hasSuffix("]") {
      host = host.dropFirst().dropLast()
    } else if host.contains(":") {
      return nil
    }
    return host.isEmpty ? nil : (String(host), port)
  }

  private static func path(_ path: String, from directory: String, home: String?) -> String {
    if path.hasPrefix("/") || path.isEmpty { return path }
    if path.hasPrefix("~/"), let home { return home + path.dropFirst(1) }
    return directory.isEmpty ? path : directory + "/" + path
  }
}
