internal import ArgumentParser
internal import Glibc
internal import RegistryModel
internal import RegistryServer
internal import RegistryStore

/// `database`: registries in a file, for offices without a network.
struct DatabaseCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "database",
    abstract: words("Registries in a file, without a server.", "单机版数据库。"),
    subcommands: [DatabaseCreateCommand.self]
  )
}

/// `database create`: makes a registry's file.
struct DatabaseCreateCommand: ConsoleCommand {
  static let configuration = CommandConfiguration(
    commandName: "create",
    abstract: words("Makes a stand-alone registry's file.", "建立单机版数据库。"),
    discussion: words(
      "Beside it lie FILE.key, which seals personal data (keep a copy in a safe: without it the "
        + "file cannot be read), and FILE.signing.pem, which signs its journal. Every other command "
        + "works on it with --database FILE, --ca, --cert and --key. A village or township takes its "
        + "printed numbers from a block that its county sets aside: --serials.",
      "旁边有 文件.key（加密个人数据，请另存于保险处，遗失则数据不可读）和 文件.signing.pem（为日志签名）。"
        + "其他命令用 --database 文件、--ca、--cert、--key 直接操作。村、乡镇的户编号取自县里划出的号段：--serials。"
    )
  )

  @Argument(help: help("The file; it must not be there yet.", "文件，须尚不存在。"))
  var file: String

  @Option(
    name: .long,
    help: help("The office's division, such as 421224100001.", "机构所在区划，例如 421224100001。")
  )
  var division: String

  @Option(name: .long, help: help("The node's name.", "节点名称。"))
  var node = "alone"

  @Option(
    name: .long,
    help: ArgumentHelp(words("The block of serials.", "编号号段。"), valueName: "from-to")
  )
  var serials: String?

  @Option(
    name: .long,
    help: help("CSV of further villages (code,name).", "补充村级区划的 CSV（code,name）。"),
    completion: .file(extensions: ["csv"])
  )
  var villages: String?

  @Flag(name: .long, help: help("Takes generated people only.", "仅接受生成的人口。"))
  var synthetic = false

  @OptionGroup var languageOptions: LanguageOptions

  func run(on console: Console) async throws {
    let uri = "registry://\(division)/node/\(node)"
    guard let identity = OfficeIdentity(uri: uri), identity.kind == .node else {
      throw CommandFailure(
        .usage,
        en: "\(uri) is not a node's identity",
        zh: "\(uri) 不是节点身份"
      )
    }
    let level = identity.division.level
    guard serials != nil || level <= .county else {
      throw CommandFailure(
        .usage,
        en: "--serials: a village or township needs a block of its county's serials",
        zh: "--serials：村、乡镇须有县里划出的号段"
      )
    }
    guard access(file, F_OK) != 0 else {
      throw CommandFailure(.usage, en: "\(file) is there already", zh: "\(file) 已存在")
    }
    var configuration = NodeConfiguration(
      database: StoreDatabase(file),
      sealingKey: "\(file).key",
      identity: identity
    )
    configuration.signingKey = "\(file).signing.pem"
    configuration.isSynthetic = synthetic
    configuration.villages = villages
    configuration.serials = try serials.map { text throws(CommandFailure) in
      guard let block = HouseholdSerialBlock(text) else {
        throw CommandFailure(
          .usage,
          en: "--serials: such as 5000001-5010000",
          zh: "--serials：例如 5000001-5010000"
        )
      }
      return block.serials
    }
    do {
      let made = try RegistryNode(opening: configuration)
      await made.close()
    } catch {
      throw CommandFailure(opening: file, error)
    }
    console.note(
      Text(
        en: "made \(file) for \(uri); copy \(file).key to a safe place",
        zh: "已为 \(uri) 建立 \(file)；请将 \(file).key 另存于保险处"
      )
    )
  }
}
