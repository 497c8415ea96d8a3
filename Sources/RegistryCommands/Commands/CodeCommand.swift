internal import ArgumentParser
internal import RPCCore
internal import RegistryAPI
internal import RegistryModel

/// `code`: the registry's own code lists.
struct CodeCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "code",
    abstract: words("Codes of the registry's own lists.", "本系统自编代码表。"),
    discussion: words(
      "Provinces and the state add codes; they go down to the nodes below as orders. Lists: exit-reason, "
        + "need, no-id-reason, organisation, reception, road. Codes of standards and forms stay as they "
        + "are.",
      "省、国家级可增加代码，并作为指令下达各下级节点。可扩充的代码表：exit-reason（退出原因）、need（需求）、"
        + "no-id-reason（无号码原因）、organisation（组织）、reception（广播电视）、road（道路）。国家标准和表格代码不变。"
    ),
    subcommands: [CodeListCommand.self, CodeSetCommand.self]
  )
}

/// `code list`: a list with what was added to it.
struct CodeListCommand: ServerCommand {
  static let configuration = CommandConfiguration(
    commandName: "list",
    abstract: words("Lists codes, those that were added too.", "列出代码（含增加的代码）。")
  )

  @Argument(help: help("The list (default: all).", "代码表（默认为全部）。"))
  var list = ""
  @OptionGroup(title: words("Server", "服务器")) var serverOptions: ServerOptions
  @OptionGroup(title: words("Printing", "输出")) var printOptions: PrintOptions

  func run(on console: Console, over channel: any Channel) async throws {
    let answer = try await PolicyClient(channel).listCodes(
      ListCodesRequest(list: list),
      options: callOptions()
    )
    let bundled = try console.codeLists()
    var codes: [Code] = []
    for (word, name) in CodeListName.extensible where list.isEmpty || word == list {
      codes += bundled[name].entries.map { entry in
        Code(
          list: word,
          code: UInt32(clamping: entry.code),
          nameZh: entry.chinese,
          nameEn: entry.english,
          setBy: "built-in"
        )
      }
      codes += answer.codes.filter { $0.list == word }
    }
    try show(CodeTable.rows(codes), on: console)
  }
}

/// `code set`: adds a code, or names an added one anew.
struct CodeSetCommand: ServerCommand {
  static let configuration = CommandConfiguration(
    commandName: "set",
    abstract: words("Adds a code, or names an added one anew.", "增加代码，或为已增加的代码更名。")
  )

  @Argument(help: help("The list.", "代码表。"))
  var list: String
  @Argument(help: help("The code, up to 127.", "代码，不超过127。"))
  var code: UInt32
  @Option(name: .customLong("zh"), help: help("The name in Chinese.", "中文名称。"))
  var chinese: String
  @Option(name: .customLong("en"), help: help("The name in English.", "英文名称。"))
  var english: String
  @Option(name: .long, help: help("By which document.", "依据的文件。"))
  var source = ""
  @OptionGroup(title: words("Server", "服务器")) var serverOptions: ServerOptions
  @OptionGroup(title: words("Printing", "输出")) var printOptions: PrintOptions

  func run(on console: Console, over channel: any Channel) async throws {
    let request = SetCodesRequest(
      codes: [
        Code(list: list, code: code, nameZh: chinese, nameEn: english, source: source)
      ]
    )
    let answer = try await PolicyClient(channel)
      .setCodes(request, options: callOptions(writes: true))
    try show(CodeTable.rows(answer.codes), on: console)
  }
}

/// Codes as rows.
private enum CodeTable {
  static func rows(_ codes: [Code]) -> Rows {
    Rows(
      [
        .init("list", "List", "代码表"), .init("code", "Code", "代码"),
        .init("name_zh", "Chinese", "中文名称"), .init("name_en", "English", "英文名称"),
        .init("division", "Division", "区划"), .init("source", "Source", "依据"),
        .init("set_by", "Set by", "设定者"), .init("version", "Version", "版本"),
        .init("recorded_at", "Recorded", "记录时间"),
      ],
      codes.map { code in
        [
          .text(code.list), .integer(Int64(code.code)), .text(code.nameZh), .text(code.nameEn),
          .text(code.division), .text(code.source), .text(code.setBy),
          .integer(Int64(clamping: code.version)), ChinaTime.value(code.recordedAt),
        ]
      }
    )
  }
}
