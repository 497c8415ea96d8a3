import Exchange
import Foundation
import Journal
import Logging
import RPCCore
import RegistryAPI
import RegistryClient
import RegistryLink
import RegistryModel
import RegistryServer
import RegistryStore
import TestCertificates
import Testing

@testable import RegistryCommands

/// The files of `synthetic-population nation`, read once, and the divisions that nodes need for
/// them.
struct SmallNation: Sendable {
  struct County: Sendable {
    let code: String
    let isKey: Bool
    let uploads: Bool
  }

  /// The pilot counties, by code.
  let counties: [County]
  /// Every key county of 2010.
  let keyCounties: [String]
  private let folder: String
  /// The division of a code, and what lies below a county.
  private let rows: [String: NationalDivisions.Row]
  private let below: [String: [NationalDivisions.Row]]

  /// Makes the files in a folder.
  init(making folder: String) async throws {
    let made = try await DaemonProcess.run(
      ["nation", "--output", folder],
      program: DaemonProcess.program("synthetic-population")
    )
    try #require(made.end?.status == 0, "\(made.words)")
    self.folder = folder
    let data = try NationalDivisions.load().rows
    rows = Dictionary(data.filter { $0.level <= .county }.map { ($0.code.description, $0) }) { $1 }
    below = Dictionary(
      grouping: data.filter { $0.level > .county },
      by: { $0.code.county.description }
    )
    keyCounties = data.filter { $0.isKeyCounty && $0.level == .county }.map(\.code.description)
    let list = try String(contentsOfFile: "\(folder)/counties.csv", encoding: .utf8)
    counties = Operators.table(list).map {
      County(
        code: $0["code"] ?? "",
        isKey: $0["key_county"] == "yes",
        uploads: $0["uploads"] == "yes"
      )
    }
  }

  /// A file of the nation's.
  func path(_ name: String) -> String { "\(folder)/\(name)" }

  /// The divisions that a node of some counties has on record; the villages that are made up are
  /// read from the file.
  func seeds(_ counties: [String], townshipsOf peopled: Set<String>) throws -> [DivisionSeed] {
    var seeds: [DivisionSeed] = []
    var known: Set<DivisionCode> = []
    func add(_ row: NationalDivisions.Row) throws {
      guard known.insert(row.code).inserted else { return }
      if let parent = row.parent, !known.contains(parent) {
        try add(#require(rows[parent.description], "\(parent)"))
      }
      seeds.append(DivisionSeed(row))
    }
    for county in counties {
      try add(#require(rows[county], "\(county)"))
      if peopled.contains(county) {
        for row in below[county] ?? [] { try add(row) }
      }
    }
    return seeds
  }

  /// Opens the node of a division in a desk's folder.
  func open(
    _ desk: AloneDesk,
    _ code: String,
    _ counties: [String],
    townshipsOf peopled: Set<String>
  ) throws -> NationNode {
    let path = desk.path("\(code).db")
    var configuration = NodeConfiguration(
      database: StoreDatabase(path),
      sealingKey: path + ".key",
      identity: try #require(OfficeIdentity(uri: "registry://\(code)/node/main"))
    )
    configuration.signingKey = path + ".signing.pem"
    configuration.authorities = desk.authority.certificate
    configuration.isSynthetic = true
    configuration.divisions = .given(try seeds(counties, townshipsOf: peopled))
    configuration.villages = self.path("villages.csv")
    let leaf = try desk.authority.issue(.node(code, "main"))
    return NationNode(
      node: try RegistryNode(opening: configuration),
      certificate: try NationNode.der(leaf.chain),
      key: try SigningKey(pem: Array(Data(contentsOf: URL(fileURLWithPath: leaf.key))))
    )
  }
}

/// A node of the nation in this process, and what signs for it.
struct NationNode: Sendable {
  let node: RegistryNode
  let certificate: [UInt8]
  let key: SigningKey

  func channel(as identity: String, certificate: [UInt8] = []) -> InProcessChannel {
    InProcessChannel(
      router: node.router,
      peer: Peer(identity: identity, certificate: certificate)
    )
  }

  /// Sends everything up.
  func send(to above: NationNode) async throws {
    let link = try UpstreamLink(
      store: node.store,
      channel: above.channel(as: node.store.node.uri, certificate: certificate),
      configuration: LinkConfiguration(
        upstream: above.node.store.node.uri,
        credential: Renewable(NodeCredential(certificate: certificate, key: key))
      ),
      log: Logger(label: "nation") { _ in SwiftLogNoOpLogHandler() }
    )
    while try await link.exchangeOnce() {}
  }

  /// The first certificate of a PEM file.
  static func der(_ path: String) throws -> [UInt8] {
    let text = try String(contentsOfFile: path, encoding: .utf8)
    let parts = text.components(separatedBy: "-----")
    let data = try #require(
      parts.count > 2 ? Data(base64Encoded: parts[2].filter { !$0.isNewline }) : nil
    )
    return Array(data)
  }
}

/// What `registryctl import` and `registryctl pilot import` do, in this process: a process for each
/// of 949 counties would take longer than all they do.
struct NationImports: Sendable {
  private let lists: CodeLists
  private let kinds: PilotKinds
  private let rules: HouseholdRules

  init() throws {
    lists = try CodeLists.load()
    kinds = try PilotKinds.load()
    rules = HouseholdRules(lists: lists, today: ChinaTime.today, allowsSynthetic: true)
  }

  private func progress() -> ProgressBar {
    let console = Console(
      language: .en,
      environment: [:],
      output: MemorySink(),
      error: MemorySink(),
      errorIsTerminal: false
    ) { _ in throw CommandFailure(.usage, en: "nowhere to connect to", zh: "无处可连") }
    return ProgressBar(
      Text(en: "import", zh: "导入"),
      total: nil,
      unit: Text(en: "rows", zh: "行"),
      on: console
    )
  }

  /// Imports a county's households.
  func households(_ path: String, over channel: any Channel) async throws -> ImportTotals {
    let file = try InputFile(path: path)
    let session = ImportSession(
      file: file,
      encoding: nil,
      rules: rules,
      header: ImportHeader(fileDigest: try file.survey().digest, fileName: file.name),
      done: [],
      refused: RefusedFile(path: path + ".refused.csv", headings: [], language: .en),
      progress: progress()
    )
    try await session.run(over: channel)
    return session.totals
  }

  /// Imports those rows of a file of pilot work that are about a division.
  func pilot(
    _ path: String,
    about division: String,
    with client: RegistryClient
  ) async throws -> PilotImportTotals {
    let plan = PilotImportPlan(
      file: try InputFile(path: path),
      encoding: nil,
      kinds: kinds,
      lists: lists,
      divisions: [division]
    )
    let check = try PilotFileCheck(plan, today: ChinaTime.today)
    try #require(check.refused == 0, "\(check.problems)")
    let session = PilotImportSession(
      plan,
      digest: try plan.file.survey().digest,
      refused: RefusedFile(path: path + ".refused.csv", headings: [], language: .en)
    )
    try await session.run(over: client)
    return session.totals
  }
}
