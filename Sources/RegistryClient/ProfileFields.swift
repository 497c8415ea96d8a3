internal import RPCTransport

/// What a profile file or a command line says of a server, possibly not everything.
package struct ProfileFields: Codable, Sendable, Hashable {
  /// The fields by their keys in a file.
  package enum Key: String, Sendable, Hashable, CaseIterable, CodingKey {
    case server, database, ca, cert, key, node, purpose, timeout, connectTimeout, attempts, compress
    case transport

    /// What the value must be.
    package var expected: String {
      switch self {
      case .server: "HOST:PORT, such as county.example:7443, several of one node with commas"
      case .database, .ca, .cert, .key: "a file"
      case .node: "a node's URI, such as registry://421224/node/main"
      case .purpose: "a word of a to z and -, such as schooling-support"
      case .timeout, .connectTimeout: "more than 0 and at most 86400 seconds"
      case .attempts: "a whole number"
      case .compress: "true or false"
      case .transport: "native or grpc"
      }
    }
  }

  /// `HOST:PORT`, or `HOST` for the usual port; several with commas.
  package var server: String?
  /// A stand-alone registry's file.
  package var database: String?
  /// Files of the authorities, the own certificate and its key.
  package var ca: String?
  package var cert: String?
  package var key: String?
  /// The URI that the server must prove.
  package var node: String?
  /// What the office looks for, stated with every call.
  package var purpose: String?
  /// How long a unary call and an attempt to connect may take, in seconds.
  package var timeout: Double?
  package var connectTimeout: Double?
  /// How often a call is tried.
  package var attempts: Int?
  /// Whether large messages travel compressed.
  package var compress: Bool?
  /// The protocol in which the server is called.
  package var transport: Transport?

  private typealias CodingKeys = Key

  /// Names the fields that are known.
  package init(
    server: String? = nil,
    database: String? = nil,
    ca: String? = nil,
    cert: String? = nil,
    key: String? = nil,
    node: String? = nil,
    purpose: String? = nil,
    timeout: Double? = nil,
    compress: Bool? = nil,
    transport: Transport? = nil
  ) {
    self.server = server
    self.database = database
    self.ca = ca
    self.cert = cert
    self.key = key
    self.node = node
    self.purpose = purpose
    self.timeout = timeout
    self.compress = compress
    self.transport = transport
  }

  /// Everything that a whole profile says; what is usual is left out.
  init(_ profile: Profile) {
    self.init(
      server: profile.database == nil
        ? (["\(Endpoint(host: profile.host, port: profile.port))"] + profile.alternatives)
          .joined(separator: ",") : nil,
      database: profile.database,
      ca: profile.authorities,
      cert: profile.certificate,
      key: profile.key,
      node: profile.node,
      purpose: profile.purpose,
      timeout: profile.callTimeout.map { $0 / .seconds(1) }
    )
    if profile.connectTimeout != Profile.usualConnectTimeout {
      connectTimeout = profile.connectTimeout / .seconds(1)
    }
    if profile.attempts != Profile.usualAttempts { attempts = profile.attempts }
    if profile.compression { compress = true }
    if profile.transport != .native { transport = profile.transport }
  }

  /// These fields, and those of another where these say nothing.
  package func over(_ base: ProfileFields) -> ProfileFields {
    var fields = self
    // Who names one of the two means that one.
    fields.server = server ?? (database == nil ? base.server : nil)
    fields.database = database ?? (server == nil ? base.database : nil)
    fields.ca = ca ?? base.ca
    fields.cert = cert ?? base.cert
    fields.key = key ?? base.key
    fields.node = node ?? base.node
    fields.purpose = purpose ?? base.purpose
    fields.timeout = timeout ?? base.timeout
    fields.connectTimeout = connectTimeout ?? base.connectTimeout
    fields.attempts = attempts ?? base.attempts
    fields.compress = compress ?? base.compress
    fields.transport = transport ?? base.transport
    return fields
  }

  /// Paths that are not absolute, seen from a directory.
  package func resolved(from directory: String, home: String?) -> ProfileFields {
    var copy = self
    copy.database = database.map { Self.path($0, from: directory, home: home) }
    copy.ca = ca.map { Self.path($0, from: directory, home: home) }
    copy.cert = cert.map { Self.path($0, from: directory, home: home) }
    copy.key = key.map { Self.path($0, from: directory, home: home) }
    return copy
  }

  /// The whole profile.
  ///
  /// - Throws: `ProfileError` naming the fields that are missing, or the first that is wrong.
  package func profile() throws(ProfileError) -> Profile {
    var required: [(Key, String?)] = [(.ca, ca), (.cert, cert), (.key, key)]
    if database == nil { required = [(.server, server)] + required + [(.node, node)] }
    let missing = required.filter { $0.1?.isEmpty ?? true }.map(\.0)
    guard missing.isEmpty, let ca, let cert, let key else {
      throw ProfileError(.missing(missing))
    }
    let usual = database == nil ? [] : [Endpoint(host: "", port: 1)]
    let places = server.map { $0.split(separator: ",", omittingEmptySubsequences: false) } ?? []
    let read = places.compactMap { Endpoint(String($0)) }
    let endpoints = read.isEmpty ? usual : read
    guard let endpoint = endpoints.first, read.count == places.count, endpoints.count <= 8,
      endpoints.allSatisfy({ $0.port > 0 })
    else { throw ProfileError(.wrong(.server)) }
    let node = node ?? ""
    guard database != nil || node.hasPrefix("registry://") else {
      throw ProfileError(.wrong(.node))
    }
    if let purpose, !Self.isWord(purpose) { throw ProfileError(.wrong(.purpose)) }
    return Profile(
      host: endpoint.host,
      port: endpoint.port,
      authorities: ca,
      certificate: cert,
      key: key,
      node: node,
      purpose: purpose,
      callTimeout: try Self.seconds(timeout, .timeout),
      connectTimeout: try Self.seconds(connectTimeout, .connectTimeout)
        ?? Profile.usualConnectTimeout,
      attempts: min(max(1, attempts ?? Profile.usualAttempts), 10),
      database: database,
      compression: compress ?? false,
      transport: transport ?? .native,
      alternatives: endpoints.dropFirst().map(\.description)
    )
  }

  private static func seconds(
    _ seconds: Double?,
    _ key: Key
  ) throws(ProfileError) -> Duration? {
    guard let seconds else { return nil }
    guard seconds > 0, seconds <= 86_400 else { throw ProfileError(.wrong(key)) }
    return .seconds(seconds)
  }

  private static func isWord(_ text: String) -> Bool {
    (1...64).contains(text.utf8.count)
      && text.utf8.allSatisfy { (0x61...0x7A).contains($0) || $0 == 0x2D }
  }

  private static func path(_ path: String, from directory: String, home: String?) -> String {
    if path.hasPrefix("/") || path.isEmpty { return path }
    if path.hasPrefix("~/"), let home { return home + path.dropFirst(1) }
    return directory.isEmpty ? path : directory + "/" + path
  }
}
