internal import Bilingual
internal import RegistryAPI
internal import RegistryModel
internal import RegistryServer
internal import RegistryStore

/// What the node says at its start: in plain lines, what it serves and from where.
struct StartReport {
  /// The lines in their order.
  let lines: [Text]

  /// Asks the node itself, in process, as any caller would.
  init(_ node: RegistryNode, address: String) async throws {
    let channel = node.channel(as: node.configuration.identity)
    let told = try await NodeClient(channel).getNode(GetNodeRequest())
    let division = told.division ?? Division()
    let counts = try await node.registered()
    let synthetic =
      told.synthetic
      ? Text(en: "yes: generated people only (合成数据)", zh: "是：仅含生成的人口")
      : Text(en: "no", zh: "否")
    var lines = [
      Text("registryd: \(told.identity) (\(told.software))"),
      Self.line("division   ", "行政区划  ", Text("\(division.code) \(division.fullName)")),
      Self.line("address    ", "监听地址  ", Text(address)),
      Self.line("database   ", "数据库    ", Text(node.configuration.database.description)),
      Self.line(
        "people     ",
        "人口      ",
        Text(
          en: "\(counts.households) households, \(counts.people) people",
          zh: "\(counts.households) 户，\(counts.people) 人"
        )
      ),
      Self.line(
        "journal    ",
        "日志      ",
        Text(en: "\(told.journalSize) entries", zh: "\(told.journalSize) 条")
      ),
      Self.line("synthetic  ", "合成数据  ", synthetic),
      Self.line("services   ", "服务      ", Text(told.services.joined(separator: " "))),
    ]
    if told.restored {
      lines.append(
        Self.line(
          "RESTORED   ",
          "由备份恢复",
          Text(
            en: "read-only until its later entries are back",
            zh: "在取回其后的日志之前只读"
          )
        )
      )
    }
    if node.hasMadeSealingKey {
      let key = node.configuration.sealingKey
      lines.append(
        Self.line(
          "NEW KEY    ",
          "新密钥    ",
          Text(
            en: "\(key): without it nobody reads this database; keep a copy in a safe, apart from "
              + "the backups",
            zh: "\(key)：没有它，任何人都无法读取此数据库；请将副本存入保险柜，与备份分开存放"
          )
        )
      )
    }
    self.lines = lines
  }

  /// A heading, filled up to the width of its column, and what stands behind it.
  private static func line(_ en: String, _ zh: String, _ value: Text) -> Text {
    Text(en: "  \(en)\(value.en)", zh: "  \(zh)\(value.zh)")
  }
}
