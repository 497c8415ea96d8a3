import Foundation
import RegistryClient
import TestCertificates
import TestRegistry

/// A folder with certificates and a configuration file for `registryd`, and clients of it.
final class DaemonFolder: Sendable {
  let url: URL
  private let authority: TestAuthority
  private let operatorIdentity: TestIdentity

  /// A new folder for the node of Tongshan county, with synthetic people.
  init(certificate: TestLeaf = .node("421224", "main")) throws {
    url = FileManager.default.temporaryDirectory
      .appendingPathComponent("registryd-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
    authority = try TestAuthority()
    operatorIdentity = try authority.issue(.office("421224", "poverty-office", "p0007"))
    let node = try authority.issue(certificate)
    let settings: [String: Any] = [
      "listen": "127.0.0.1:0", "division": "421224", "ca": node.authority,
      "certificate": node.chain, "key": node.key, "database": "registry.db", "synthetic": true,
      "sealing-key": "registry.key", "drain-limit": 30,
    ]
    try JSONSerialization.data(withJSONObject: settings).write(to: configuration)
  }

  deinit { try? FileManager.default.removeItem(at: url) }

  /// The configuration file.
  var configuration: URL { url.appendingPathComponent("registryd.json") }

  /// The path of a file in the folder.
  func path(_ name: String) -> String { url.appendingPathComponent(name).path }

  /// Starts the program with the configuration file and further flags.
  func start(_ flags: [String] = []) async throws -> DaemonProcess {
    try await DaemonProcess(arguments: ["--config", configuration.path] + flags, folder: url)
  }

  /// Runs the program to its end.
  func run(
    _ flags: [String],
    environment: [String: String] = [:]
  ) async throws -> (end: DaemonProcess.End?, output: String, words: String) {
    try await DaemonProcess.run(
      ["--config", configuration.path] + flags,
      environment: environment
    )
  }

  /// Writes a file of profiles with one, `county`, that leads to a running program.
  func profiles(_ daemon: DaemonProcess) throws -> String {
    let profile = [
      "server": daemon.address, "ca": operatorIdentity.authority, "cert": operatorIdentity.chain,
      "key": operatorIdentity.key, "node": "registry://421224/node/main",
    ]
    let file = url.appendingPathComponent("profiles.json")
    try JSONSerialization.data(withJSONObject: ["profiles": ["county": profile]]).write(to: file)
    return file.path
  }

  /// Writes a file of profiles with the county's poverty office (`county`), a village committee of the
  /// sample households' village (`village`) and the county's civil affairs office (`civil`).
  func officeProfiles(_ daemon: DaemonProcess) throws -> String {
    let offices = [
      "county": operatorIdentity,
      "village": try authority.issue(.office("421224100001", "village-committee", "p0101")),
      "civil": try authority.issue(.office("421224", "civil-affairs", "p0301")),
    ]
    let profiles = offices.mapValues { identity in
      [
        "server": daemon.address, "ca": identity.authority, "cert": identity.chain,
        "key": identity.key, "node": "registry://421224/node/main",
      ]
    }
    let file = url.appendingPathComponent("offices.json")
    try JSONSerialization.data(withJSONObject: ["profiles": profiles]).write(to: file)
    return file.path
  }

  /// The files of the county's poverty office: authority, certificate, key.
  var office: (authority: String, certificate: String, key: String) {
    (operatorIdentity.authority, operatorIdentity.chain, operatorIdentity.key)
  }

  /// Another identity that the node's authority signs.
  func issue(_ leaf: TestLeaf) throws -> TestIdentity { try authority.issue(leaf) }

  /// A client of a running program, as the county's poverty office.
  func client(_ daemon: DaemonProcess) throws -> RegistryClient {
    try RegistryClient(
      profile: Profile(
        host: "127.0.0.1",
        port: UInt16(daemon.port),
        authorities: operatorIdentity.authority,
        certificate: operatorIdentity.chain,
        key: operatorIdentity.key,
        node: "registry://421224/node/main"
      )
    )
  }
}

/// An import of sample households in messages of a fixed size.
struct SampleImport {
  let digest: [UInt8]
  let items: [ImportItem]
  let size: Int

  /// An import of so many households; another number makes another file with other people.
  init(_ count: Int, size: Int, number: Int = 0) {
    digest = Array(repeating: UInt8(truncatingIfNeeded: number), count: 32)
    items = SampleHousehold.items(number * count..<(number + 1) * count)
    self.size = size
  }

  /// The messages in their order, the header in the first.
  var messages: [ImportHouseholdsRequest] {
    stride(from: 0, to: items.count, by: size).map { start in
      ImportHouseholdsRequest(
        header: start == 0 ? ImportHeader(fileDigest: digest, fileName: "sample.csv") : nil,
        items: Array(items[start..<min(start + size, items.count)])
      )
    }
  }

  /// Sends everything and gives the results that came before the end or the failure.
  func run(_ client: RegistryClient) async -> (results: [ImportResult], failure: RPCError?) {
    var results: [ImportResult] = []
    do {
      let call = try await client.households.importHouseholds()
      async let sending: Void = send(on: call)
      for try await answer in call.responses { results += answer.results }
      try await sending
      return (results, nil)
    } catch {
      return (results, RPCError(sending: error))
    }
  }

  private func send(
    on call: BidirectionalCall<ImportHouseholdsRequest, ImportHouseholdsResponse>
  ) async throws {
    for message in messages { try await call.send(message) }
    try await call.finishSending()
  }
}

extension RegistryClient {
  /// Households registered in the node's division.
  func registered() async throws -> Int64 {
    let answer = try await statistics.getStatistics(GetStatisticsRequest())
    return answer.divisions.first?.registered?.households ?? -1
  }

  /// What a deep recount finds.
  func findings() async throws -> UInt64? {
    var last: CheckRegistryResponse?
    for try await message in try await statistics.checkRegistry(CheckRegistryRequest(deep: true)) {
      last = message
    }
    return last?.finished == true ? last?.findingCount : nil
  }
}
