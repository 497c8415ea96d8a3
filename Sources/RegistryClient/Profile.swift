/// A node to call and the identity to call it with.
///
/// In a file it is a JSON object with the keys `server` (`HOST:PORT`, several of the same node with
/// commas), `ca`, `cert`, `key`, `node`,
/// `database` (a stand-alone registry's file, in place of `server` and `node`),
/// `purpose` where the office must state one, and, if they differ from the defaults, `timeout` and
/// `connectTimeout` (seconds), `attempts`, `compress` (true or false) and `transport` (`native` or
/// `grpc`).
public struct Profile: Sendable, Hashable {
  /// The node's name or address.
  public var host: String
  /// The node's port.
  public var port: UInt16
  /// Further addresses of the same node, `HOST:PORT` each: the next one is tried where one does not
  /// answer.
  public var alternatives: [String]
  /// A PEM file with the authorities that may have signed the node's certificate.
  public var authorities: String
  /// A PEM file with the own certificate, followed by those between it and the authority.
  public var certificate: String
  /// A PEM file with the own private key, readable by its owner alone.
  public var key: String
  /// What opens the private key, where it is locked by a passphrase; never in a file.
  public var passphrase: [UInt8]?
  /// The URI that the node's certificate must name, such as `registry://421224/node/main`.
  public var node: String
  /// A stand-alone registry's file, which `registryctl` opens in place of calling a server; the
  /// identity signs in to it. Nil calls the server.
  public var database: String?
  /// What the office looks for, stated with every call that states nothing else, such as
  /// `schooling-support`; nil states nothing. `registryctl --help` lists the purposes.
  public var purpose: String?
  /// How long a unary call may take that says nothing itself; nil leaves it to the node.
  public var callTimeout: Duration?
  /// How long an attempt to connect may take.
  public var connectTimeout: Duration
  /// How often a call is tried, the first time included.
  public var attempts: Int
  /// Whether large messages travel compressed both ways, where the node can: for slow links.
  public var compression: Bool
  /// The protocol in which the node is called.
  public var transport: Transport

  /// Describes a node and an identity; 10 s to connect and 5 attempts unless said.
  public init(
    host: String,
    port: UInt16 = 7443,
    authorities: String,
    certificate: String,
    key: String,
    node: String,
    purpose: String? = nil,
    callTimeout: Duration? = nil,
    connectTimeout: Duration = .seconds(10),
    attempts: Int = 5,
    passphrase: [UInt8]? = nil,
    database: String? = nil,
    compression: Bool = false,
    transport: Transport = .native,
    alternatives: [String] = []
  ) {
    self.alternatives = alternatives
    self.host = host
    self.port = port
    self.authorities = authorities
    self.certificate = certificate
    self.key = key
    self.node = node
    self.purpose = purpose
    self.callTimeout = callTimeout
    self.connectTimeout = connectTimeout
    self.attempts = attempts
    self.passphrase = passphrase
    self.database = database
    self.compression = compression
    self.transport = transport
  }

  /// What holds where a file does not say it.
  static let usualConnectTimeout = Duration.seconds(10)
  static let usualAttempts = 5
}
