import Foundation
import RPCCore
import RPCTransport
import RegistryAPI
import RegistryModel
import RegistryServer
import RegistryStore
import TestCertificates

/// The ways in which the same suite reaches the services: in process for speed, over mutual TLS
/// for truth.
enum Way: CaseIterable, Sendable { case inProcess, live }

/// The offices that the tests call as.
enum Office {
  static let county = "registry://421224/poverty-office/p0007"
  static let otherCounty = "registry://421223/poverty-office/p0001"
  static let village = "registry://421224100001/village-committee/p0101"
  static let education = "registry://421224/education/p0021"
  static let statistics = "registry://421224/statistics/p0031"
  static let finance = "registry://421224/finance/p0041"
}

/// A node of Tongshan county over a new database, with a few divisions, reached in either way.
final class TestNode: Sendable {
  let node: RegistryNode
  private let folder: URL
  private let server: RPCServer?
  private let endpoint: Endpoint?
  private let authority: TestAuthority?

  /// Runs a body with a new node and ends the node afterwards.
  static func with(
    _ way: Way,
    importWindow: Int = 4,
    _ body: (TestNode) async throws -> Void
  ) async throws {
    let test = try await TestNode(way, importWindow: importWindow)
    do {
      try await body(test)
    } catch {
      await test.end()
      throw error
    }
    await test.end()
  }

  private init(_ way: Way, importWindow: Int) async throws {
    folder = FileManager.default.temporaryDirectory
      .appendingPathComponent("registry-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    guard let identity = OfficeIdentity(uri: "registry://421224/node/main") else {
      throw RPCError(.internalError, "the test's identity is wrong")
    }
    var configuration = NodeConfiguration(
      database: StoreDatabase(folder.appendingPathComponent("registry.db").path),
      sealingKey: folder.appendingPathComponent("registry.key").path,
      identity: identity
    )
    configuration.isSynthetic = true
    configuration.importWindow = importWindow
    configuration.divisions = .given(Self.divisions)
    node = try RegistryNode(opening: configuration)
    guard way == .live else {
      (server, endpoint, authority) = (nil, nil, nil)
      return
    }
    let authority = try TestAuthority()
    let certificate = try authority.issue(.node("421224", "main"))
    let server = try RPCServer(
      router: node.router,
      configuration: ServerConfiguration(
        endpoints: [Endpoint(host: "127.0.0.1", port: 0)],
        credentials: Self.credentials(certificate)
      )
    )
    endpoint = try await server.start().first
    self.server = server
    self.authority = authority
  }

  /// A channel as an office; the caller closes it, or the node's end does.
  func channel(_ identity: String = Office.county) throws -> any Channel {
    guard let authority, let endpoint else {
      return InProcessChannel(router: node.router, peer: Peer(identity: identity))
    }
    let leaf = TestLeaf.office("", "", "").with { $0.uris = [identity] }
    var configuration = ChannelConfiguration(
      endpoints: [endpoint],
      credentials: Self.credentials(try authority.issue(leaf)),
      node: "registry://421224/node/main"
    )
    configuration.backoff.first = 1_000_000
    return try RPCChannel(configuration: configuration)
  }

  /// The household service as an office.
  func households(_ identity: String = Office.county) throws -> HouseholdClient {
    HouseholdClient(try channel(identity))
  }

  private func end() async {
    await server?.shutdown()
    await node.close()
    try? FileManager.default.removeItem(at: folder)
  }

  private static func credentials(_ identity: TestIdentity) -> Credentials {
    Credentials(
      authorities: [identity.authority],
      certificate: identity.chain,
      key: identity.key
    )
  }

  private static var divisions: [DivisionSeed] {
    let rows: [(String, String, String?)] = [
      ("000000", "全国", nil), ("420000", "湖北省", "000000"), ("421200", "咸宁市", "420000"),
      ("421223", "崇阳县", "421200"), ("421224", "通山县", "421200"),
      ("421224100000", "通羊镇", "421224"), ("421224100001", "新城社区", "421224100000"),
      ("421224100002", "马槽桥社区", "421224100000"),
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

/// A purpose stated with a call.
func purpose(_ word: String) -> CallOptions { CallOptions(metadata: ["registry-purpose": word]) }
