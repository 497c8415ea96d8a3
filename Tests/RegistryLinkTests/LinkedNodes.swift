import Exchange
import Foundation
import Journal
import Logging
import RPCCore
import RegistryAPI
import RegistryLink
import RegistryModel
import RegistryServer
import RegistryStore
import TestCertificates
import TestDatabases
import TestRegistry

/// Nodes of a small nation, each with a database of its own, that call each other in process with
/// the certificates that they would have over TLS.
final class LinkedNodes: Sendable {
  static let state = "registry://000000/node/main"
  static let province = "registry://420000/node/main"
  static let county = "registry://421224/node/main"
  static let otherCounty = "registry://421223/node/main"
  static let office = "registry://421224/poverty-office/p0007"
  static let otherOffice = "registry://421223/poverty-office/p0001"
  static let provinceOffice = "registry://420000/poverty-office/p0001"
  static let villages = ["421224100001", "421224100002", "421223100001"]

  let folder: URL
  let authority: TestAuthority
  let databases: [TestServerDatabase]
  private let kind: TestDatabase

  init(on kind: TestDatabase = .sqlite) throws {
    folder = FileManager.default.temporaryDirectory
      .appendingPathComponent("registry-link-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    authority = try TestAuthority()
    self.kind = kind
    databases =
      kind == .postgreSQL ? try (0..<4).map { _ in try TestServerDatabase() } : []
  }

  deinit { try? FileManager.default.removeItem(at: folder) }

  /// Opens a node, or opens it again.
  ///
  /// - Parameter clockAhead: seconds by which its clock is ahead.
  func open(
    _ uri: String,
    file name: String? = nil,
    isSynthetic: Bool = true,
    without missing: Set<String> = [],
    villages: String? = nil,
    clockAhead: Int64 = 0,
    serials: ClosedRange<UInt32>? = nil,
    _ change: (inout StoreLimits) -> Void = { _ in }
  ) throws -> LinkedNode {
    guard let identity = OfficeIdentity(uri: uri) else { throw Failure(words: uri) }
    let name = name ?? identity.division.description
    let path = folder.appendingPathComponent("\(name).db").path
    let order = [Self.state, Self.province, Self.county, Self.otherCounty]
    let server = order.firstIndex(of: uri).flatMap { databases.indices.contains($0) ? $0 : nil }
    var configuration = NodeConfiguration(
      database: StoreDatabase(server.map { databases[$0].url } ?? path),
      sealingKey: path + ".key",
      identity: identity
    )
    configuration.signingKey = path + ".signing.pem"
    configuration.authorities = authority.certificate
    configuration.isSynthetic = isSynthetic
    configuration.divisions = .given(
      Self.divisions.filter { !missing.contains($0.code.description) }
    )
    configuration.villages = villages
    configuration.serials = serials
    configuration.environment.now = {
      Instant(microseconds: SystemClock.now().microseconds + clockAhead * 1_000_000)
    }
    change(&configuration.limits)
    let leaf = try authority.issue(.node("\(identity.division)", "main"))
    return LinkedNode(
      node: try RegistryNode(opening: configuration),
      certificate: try Self.der(leaf.chain),
      key: try SigningKey(pem: Array(Data(contentsOf: URL(fileURLWithPath: leaf.key))))
    )
  }

  struct Failure: Error {
    let words: String
  }

  /// The first certificate of a PEM file.
  static func der(_ path: String) throws -> [UInt8] {
    let text = try String(contentsOfFile: path, encoding: .utf8)
    let parts = text.components(separatedBy: "-----")
    guard parts.count > 2, let data = Data(base64Encoded: parts[2].filter { !$0.isNewline }) else {
      throw Failure(words: path)
    }
    return Array(data)
  }

  private static var divisions: [DivisionSeed] {
    let rows: [(String, String, String?)] = [
      ("000000", "全国", nil), ("420000", "湖北省", "000000"), ("421200", "咸宁市", "420000"),
      ("421223", "崇阳县", "421200"), ("421224", "通山县", "421200"),
      ("421223100000", "天城镇", "421223"), ("421223100001", "桃溪社区", "421223100000"),
      ("421224100000", "通羊镇", "421224"), ("421224100001", "新城社区", "421224100000"),
      ("421224100002", "马槽桥社区", "421224100000"), ("430000", "湖南省", "000000"),
    ]
    return rows.compactMap { code, name, parent in
      DivisionCode(code).map {
        DivisionSeed(
          code: $0,
          name: name,
          parent: parent.flatMap { DivisionCode($0) },
          isKeyCounty: code == "421224",
          source: "configured"
        )
      }
    }
  }
}

/// One node of a small nation.
struct LinkedNode: Sendable {
  let node: RegistryNode
  let certificate: [UInt8]
  let key: SigningKey

  var store: RegistryStore { node.store }

  /// A channel as one who calls the node.
  func channel(as identity: String, certificate: [UInt8] = []) -> InProcessChannel {
    InProcessChannel(router: node.router, peer: Peer(identity: identity, certificate: certificate))
  }

  func households(as office: String = LinkedNodes.office) -> HouseholdClient {
    HouseholdClient(channel(as: office))
  }

  /// The link to the node above.
  func link(
    to upstream: LinkedNode,
    over channel: (any Channel)? = nil,
    observe: @escaping @Sendable (LinkStep) -> Void = { _ in }
  ) throws -> UpstreamLink {
    try UpstreamLink(
      store: store,
      channel: channel ?? upstream.channel(as: store.node.uri, certificate: certificate),
      configuration: LinkConfiguration(
        upstream: upstream.store.node.uri,
        credential: Renewable(NodeCredential(certificate: certificate, key: key))
      ),
      log: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() },
      observe: observe
    )
  }

  /// Registers households, in order.
  func register(_ serials: Range<Int>, village: String = LinkedNodes.villages[0]) async throws {
    let office = village.hasPrefix("421224") ? LinkedNodes.office : LinkedNodes.otherOffice
    for serial in serials {
      _ = try await households(as: office).createHousehold(
        CreateHouseholdRequest(household: SampleHousehold.household(serial, village: village))
      )
    }
  }

  /// Recounts everything; how much was found wrong.
  func findings() async throws -> [CheckFinding] {
    let found = Findings()
    _ = try await store.check(deep: true, scope: .system(reason: "test")) { progress in
      found.append(progress.findings)
    }
    return found.all
  }

  /// How the node stands with its links.
  func links() async throws -> GetLinksResponse {
    try await store.links(scope: .system(reason: "test"))
  }

  func close() async { await node.close() }
}

private final class Findings: @unchecked Sendable {
  // Unchecked: behind the lock.
  private let lock = NSLock()
  private var findings: [CheckFinding] = []

  func append(_ more: [CheckFinding]) { lock.withLock { findings += more } }

  var all: [CheckFinding] { lock.withLock { findings } }
}
