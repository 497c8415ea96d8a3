internal import Bilingual
internal import Glibc
package import Logging
internal import RPCTransport
internal import RegistryModel
package import RegistryStore

/// Everything that a node is started with, read and checked.
package struct DaemonConfiguration: Sendable {
  /// The host to listen on, as text.
  package let host: String
  /// The port to listen on; 0 takes a free one.
  package let port: UInt16
  /// The division's code.
  package let division: String
  /// The node's name.
  package let node: String
  /// PEM file with the authorities.
  package let authorities: String
  /// PEM file with the authorities' revocation lists, if they are to be looked at.
  package let revocations: String?
  /// PEM file with the node's certificate.
  package let certificate: String
  /// PEM file with the node's private key.
  package let key: String
  /// The database: a file or a server's.
  package let database: StoreDatabase
  /// The file with the key that seals personal data.
  package let sealingKey: String
  /// The file with the key that signs the node's journal.
  package let signingKey: String
  /// The node above, if there is one.
  package let upstream: Upstream?
  /// Whether the node takes generated people, and only those.
  package let isSynthetic: Bool
  /// A CSV file with further villages.
  package let villages: String?
  /// The block of serials of a village's or township's new database.
  package let serials: ClosedRange<UInt32>?
  /// How many event loops; nil for one a processor.
  package let loops: Int?
  /// How long calls in flight get at the end.
  package let drainLimit: Duration
  /// What is logged.
  package let logLevel: Logger.Level
  /// Pages of the write-ahead log between checkpoints.
  package let checkpointPages: Int
  /// MiB of a file that its writer keeps in memory.
  package let pageCache: Int
  /// Chunks of one import in work at once.
  package let importWindow: Int
  /// What the server takes on, beside the standard.
  package let limits: [(limit: ServerLimit, value: Int)]
  /// Where counts are served on this machine.
  package let metrics: (host: String, port: UInt16)?
  /// The file that gets a line for each call.
  package let callLog: String?

  /// The node's identity, which its certificate must carry.
  package var identity: String { "registry://\(division)/node/\(node)" }

  /// Reads and checks every setting.
  ///
  /// - Throws: `ConfigurationError` for the first setting that is missing or wrong, with its source.
  package init(_ layers: SettingLayers) throws(ConfigurationError) {
    (host, port) = try layers.parsed(
      .listen,
      expected: Text(
        en: "ADDRESS:PORT, such as 127.0.0.1:7443 or [::1]:0",
        zh: " 地址:端口，例如 127.0.0.1:7443 或 [::1]:0"
      ),
      Self.address
    )
    division = try layers.parsed(
      .division,
      expected: Text(en: "a code of 6 or 12 digits", zh: " 6 位或 12 位数字代码")
    ) { text in
      let isCode =
        [6, 12].contains(text.utf8.count)
        && text.utf8.allSatisfy { (0x30...0x39).contains($0) }
      return isCode ? text : nil
    }
    node = try layers.parsed(
      .node,
      expected: Text(
        en: "1 to 32 of a-z, 0-9 and -, a letter first",
        zh: " 1 至 32 个小写字母、数字或 -，以字母开头"
      )
    ) {
      Self.isNodeName($0) ? $0 : nil
    }
    authorities = try Self.file(.authorities, layers)
    revocations = try layers.optional(.revocations) == nil ? nil : Self.file(.revocations, layers)
    certificate = try Self.file(.certificate, layers)
    key = try Self.secretFile(.key, layers)
    database = StoreDatabase(try layers.required(.database))
    sealingKey = try Self.sealingKey(layers, database)
    signingKey = layers.optional(.signingKey) ?? Self.signingKey(database, sealingKey)
    upstream = try Self.upstream(layers)
    isSynthetic = try layers.parsed(
      .synthetic,
      expected: Text(en: "true or false", zh: " true 或 false")
    ) { Bool($0) }
    villages = try layers.optional(.villages) == nil ? nil : Self.file(.villages, layers)
    serials =
      try layers.optional(.serials) == nil
      ? nil
      : layers.parsed(
        .serials,
        expected: Text(en: "such as 5000001-5010000", zh: "，例如 5000001-5010000")
      ) { HouseholdSerialBlock($0)?.serials }
    loops = try layers.optional(.loops) == nil ? nil : layers.number(.loops, in: 1...64)
    drainLimit = .seconds(try layers.number(.drainLimit, in: 1...600))
    let levels = Logger.Level.allCases.map(\.rawValue)
    logLevel = try layers.parsed(
      .logLevel,
      expected: Text(en: Setting.logLevel.summary.en, zh: "：\(levels.joined(separator: "、"))")
    ) {
      Logger.Level(rawValue: $0)
    }
    checkpointPages = try layers.number(.checkpointPages, in: 1000...1_000_000)
    pageCache = try layers.number(.pageCache, in: 8...65_536)
    importWindow = try layers.number(.importWindow, in: 2...16)
    limits = try Self.limits(layers)
    metrics =
      try layers.optional(.metrics) == nil
      ? nil
      : layers.parsed(
        .metrics,
        expected: Text(
          en: "127.x.x.x:PORT or [::1]:PORT: what is counted is for this machine alone",
          zh: " 127.x.x.x:端口 或 [::1]:端口：计数仅供本机读取"
        )
      ) { text in
        Self.address(text).flatMap { $0.0.hasPrefix("127.") || $0.0 == "::1" ? $0 : nil }
      }
    callLog = layers.optional(.callLog)
  }

  private static func limits(
    _ layers: SettingLayers
  ) throws(ConfigurationError) -> [(limit: ServerLimit, value: Int)] {
    guard let text = layers.optional(.limits) else { return [] }
    do throws(LimitError) {
      return try ServerLimit.parse(text)
    } catch {
      throw ConfigurationError(.limits, layers.value(of: .limits).source, error.problem)
    }
  }

  /// The file of the sealing key: beside a database's file; for a server's somebody must say where.
  private static func sealingKey(
    _ layers: SettingLayers,
    _ database: StoreDatabase
  ) throws(ConfigurationError) -> String {
    if let path = layers.optional(.sealingKey) { return path }
    guard case .sqlite(let path, _) = database else {
      throw ConfigurationError(
        .sealingKey,
        .standard,
        Text(en: "must be set with a PostgreSQL database", zh: "使用 PostgreSQL 数据库时必须设置")
      )
    }
    return "\(path).key"
  }

  /// The node above and how it is reached.
  package struct Upstream: Sendable {
    /// Its host.
    package let host: String
    /// Its port.
    package let port: UInt16
    /// Its identity.
    package let node: String
    /// The longest wait between two attempts.
    package let longestWait: Duration
  }

  private static func upstream(_ layers: SettingLayers) throws(ConfigurationError) -> Upstream? {
    guard layers.optional(.upstream) != nil else { return nil }
    let (host, port) = try layers.parsed(
      .upstream,
      expected: Text(en: "HOST:PORT", zh: " 主机:端口"),
      address
    )
    let node = try layers.parsed(
      .upstreamNode,
      expected: Text(
        en: "a node's identity, such as registry://420000/node/main",
        zh: "节点身份，例如 registry://420000/node/main"
      )
    ) { OfficeIdentity(uri: $0)?.kind == .node ? $0 : nil }
    return Upstream(
      host: host,
      port: port,
      node: node,
      longestWait: .seconds(try layers.number(.upstreamWait, in: 1...86_400))
    )
  }

  /// The file of the signing key: beside a database's file, else beside the sealing key.
  private static func signingKey(_ database: StoreDatabase, _ sealingKey: String) -> String {
    guard case .sqlite(let path, _) = database else { return "\(sealingKey).signing.pem" }
    return "\(path).signing.pem"
  }

  private static func address(_ text: String) -> (String, UInt16)? {
    guard let colon = text.lastIndex(of: ":"), let port = UInt16(text[text.index(after: colon)...])
    else { return nil }
    var host = text[..<colon]
    if host.hasPrefix("["), host.hasSuffix("]") {
      host = host.dropFirst().dropLast()
    } else if host.contains(":") {
      return nil
    }
    return host.isEmpty ? nil : (String(host), port)
  }

  private static func isNodeName(_ text: String) -> Bool {
    guard (1...32).contains(text.utf8.count), let first = text.utf8.first,
      (0x61...0x7a).contains(first)
    else { return false }
    return text.utf8.allSatisfy {
      (0x61...0x7a).contains($0) || (0x30...0x39).contains($0) || $0 == 0x2d
    }
  }

  /// The path of a file that must be readable.
  private static func file(
    _ setting: Setting,
    _ layers: SettingLayers
  ) throws(ConfigurationError) -> String {
    let path = try layers.required(setting)
    guard access(path, R_OK) == 0 else {
      let reason = Text(errno: errno)
      throw ConfigurationError(
        setting,
        layers.value(of: setting).source,
        Text(en: "\(path) cannot be read: \(reason.en)", zh: "无法读取 \(path)：\(reason.zh)")
      )
    }
    return path
  }

  /// The path of a readable file that nobody but its owner may read or write.
  private static func secretFile(
    _ setting: Setting,
    _ layers: SettingLayers
  ) throws(ConfigurationError) -> String {
    let path = try file(setting, layers)
    var status = stat()
    guard stat(path, &status) == 0, status.st_mode & 0o077 == 0 else {
      let mode = String(status.st_mode & 0o777, radix: 8)
      throw ConfigurationError(
        setting,
        layers.value(of: setting).source,
        Text(
          en: "\(path) can be used by others (mode \(mode)): chmod 600",
          zh: "\(path) 可被他人使用（权限 \(mode)）：请 chmod 600"
        )
      )
    }
    return path
  }
}

extension DaemonConfiguration {
  /// The files with which the node proves who it is, and by which it trusts.
  var credentials: Credentials {
    var credentials = Credentials(
      authorities: [authorities],
      certificate: certificate,
      key: key
    )
    credentials.revocations = revocations.map { [$0] } ?? []
    return credentials
  }
}
