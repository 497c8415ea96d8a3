/// A server and the identity to meet it with.
package struct Profile: Sendable, Hashable {
  /// A DNS name or address.
  package var host: String
  package var port: UInt16
  /// PEM file of the certification authorities to trust.
  package var authorities: String
  /// PEM file of this office's certificate, and of its private key.
  package var certificate: String
  package var key: String
  /// The URI name that the server's certificate must carry.
  package var node: String
}

/// What a profile file or the command line says of a server, possibly not everything.
package struct ProfileFields: Codable, Sendable, Hashable {
  package var server: String?
  package var ca: String?
  package var cert: String?
  package var key: String?
  package var node: String?

  package init(
    server: String? = nil,
    ca: String? = nil,
    cert: String? = nil,
    key: String? = nil,
    node: String? = nil
  ) {
    self.server = server
    self.ca = ca
    self.cert = cert
    self.key = key
    self.node = node
  }

  /// These fields, and those of another where these say nothing.
  package func over(_ base: ProfileFields) -> ProfileFields {
    ProfileFields(
      server: server ?? base.server,
      ca: ca ?? base.ca,
      cert: cert ?? base.cert,
      key: key ?? base.key,
      node: node ?? base.node
    )
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
      node: node
    )
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
