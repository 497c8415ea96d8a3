internal import RPCTransport

/// A node to call and the identity to call it with.
///
/// In a file it is a JSON object with the keys `server` (`HOST:PORT`), `ca`, `cert`, `key`, `node`
/// and, if they differ from the defaults, `timeout` and `connectTimeout` (seconds) and `attempts`.
public struct Profile: Sendable, Hashable {
  /// The node's name or address.
  public var host: String
  /// The node's port.
  public var port: UInt16
  /// A PEM file with the authorities that may have signed the node's certificate.
  public var authorities: String
  /// A PEM file with the own certificate, followed by those between it and the authority.
  public var certificate: String
  /// A PEM file with the own private key, readable by its owner alone.
  public var key: String
  /// The URI that the node's certificate must name, such as `registry://421224/node/main`.
  public var node: String
  /// How long a unary call may take that says nothing itself; nil leaves it to the node.
  public var callTimeout: Duration?
  /// How long an attempt to connect may take.
  public var connectTimeout: Duration
  /// How often a call is tried, the first time included.
  public var attempts: Int

  /// Describes a node and an identity; 10 s to connect and 5 attempts unless said.
  public init(
    host: String,
    port: UInt16 = 7443,
    authorities: String,
    certificate: String,
    key: String,
    node: String,
    callTimeout: Duration? = nil,
    connectTimeout: Duration = .seconds(10),
    attempts: Int = 5
  ) {
    self.host = host
    self.port = port
    self.authorities = authorities
    self.certificate = certificate
    self.key = key
    self.node = node
    self.callTimeout = callTimeout
    self.connectTimeout = connectTimeout
    self.attempts = attempts
  }
}

extension Profile: Codable {
  private enum CodingKeys: String, CodingKey {
    case server, ca, cert, key, node, timeout, connectTimeout, attempts
  }

  /// Reads a profile as files hold it.
  ///
  /// - Throws: `DecodingError` naming the key that is missing or wrong.
  public init(from decoder: any Decoder) throws {
    let fields = try decoder.container(keyedBy: CodingKeys.self)
    guard let server = Endpoint(try fields.decode(String.self, forKey: .server)) else {
      throw DecodingError.dataCorruptedError(
        forKey: .server,
        in: fields,
        debugDescription: "server must be HOST:PORT"
      )
    }
    let attempts = try fields.decodeIfPresent(Int.self, forKey: .attempts) ?? 5
    self.init(
      host: server.host,
      port: server.port,
      authorities: try fields.decode(String.self, forKey: .ca),
      certificate: try fields.decode(String.self, forKey: .cert),
      key: try fields.decode(String.self, forKey: .key),
      node: try fields.decode(String.self, forKey: .node),
      callTimeout: try Self.seconds(.timeout, in: fields),
      connectTimeout: try Self.seconds(.connectTimeout, in: fields) ?? .seconds(10),
      attempts: min(max(1, attempts), 10)
    )
  }

  /// Writes a profile as files hold it.
  public func encode(to encoder: any Encoder) throws {
    var fields = encoder.container(keyedBy: CodingKeys.self)
    try fields.encode("\(Endpoint(host: host, port: port))", forKey: .server)
    try fields.encode(authorities, forKey: .ca)
    try fields.encode(certificate, forKey: .cert)
    try fields.encode(key, forKey: .key)
    try fields.encode(node, forKey: .node)
    try fields.encodeIfPresent(callTimeout.map { $0 / .seconds(1) }, forKey: .timeout)
    if connectTimeout != .seconds(10) {
      try fields.encode(connectTimeout / .seconds(1), forKey: .connectTimeout)
    }
    if attempts != 5 { try fields.encode(attempts, forKey: .attempts) }
  }

  private static func seconds(
    _ key: CodingKeys,
    in fields: KeyedDecodingContainer<CodingKeys>
  ) throws -> Duration? {
    guard let seconds = try fields.decodeIfPresent(Double.self, forKey: key) else { return nil }
    guard seconds > 0, seconds <= 86_400 else {
      throw DecodingError.dataCorruptedError(
        forKey: key,
        in: fields,
        debugDescription: "\(key.rawValue) must be more than 0 and at most 86400 seconds"
      )
    }
    return .seconds(seconds)
  }
}
