internal import RegistryAPI
internal import RegistryModel
internal import RegistryServer

/// What the node says at its start: in plain lines, what it serves and from where.
struct StartReport {
  /// The lines in their order.
  let lines: [String]

  /// Asks the node itself, in process, as any caller would.
  init(_ node: RegistryNode, address: String) async throws {
    let channel = node.channel(as: node.configuration.identity)
    let told = try await NodeClient(channel).getNode(GetNodeRequest())
    let division = told.division ?? Division()
    let counts = try await node.registered()
    var lines = [
      "registryd: \(told.identity) (\(told.software))",
      "  division   \(division.code) \(division.fullName)",
      "  address    \(address)",
      "  database   \(node.configuration.database)",
      "  people     \(counts.households) households, \(counts.people) people",
      "  journal    \(told.journalSize) entries",
      "  synthetic  \(told.synthetic ? "yes: generated people only (合成数据)" : "no")",
      "  services   \(told.services.joined(separator: " "))",
    ]
    if node.hasMadeSealingKey {
      lines.append(
        "  NEW KEY    \(node.configuration.sealingKey): without it nobody reads this database; "
          + "keep a copy in a safe, apart from the backups"
      )
    }
    self.lines = lines
  }
}
