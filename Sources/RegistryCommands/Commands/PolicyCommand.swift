internal import ArgumentParser
internal import RPCCore
internal import RegistryAPI
internal import RegistryModel

/// `policy`: the parameters of the procedure.
struct PolicyCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "policy",
    abstract: words("Parameters of the procedure, dated.", "识别程序参数（按日期生效）。"),
    discussion: words(
      "Notice days, quorum and majority of appraisals, days for appeals; see policy names.",
      "公示天数、评议到会人数和赞成比例、申诉期限等；见 policy names。"
    ),
    subcommands: [PolicyListCommand.self, PolicySetCommand.self, PolicyNamesCommand.self]
  )
}

/// `policy list`: what holds in a division.
struct PolicyListCommand: ServerCommand {
  static let configuration = CommandConfiguration(
    commandName: "list",
    abstract: words("Lists the parameters that hold in a division.", "列出行政区划适用的参数。"),
    discussion: words(
      "The nearest division, from it upwards, that set a parameter decides; where none did, what "
        + "comes with the program holds.",
      "自本级向上，最近一级设定的参数生效；均未设定时用程序自带的值。"
    )
  )

  @Argument(help: help("Code of the division (default: this office's own).", "区划代码（默认为本机构所在区划）。"))
  var division = ""

  @Option(
    name: .long,
    help: ArgumentHelp(
      words("The day on which they hold (default: today).", "适用日期（默认为今天）。"),
      valueName: "yyyy-mm-dd"
    )
  )
  var day: DayArgument?

  @Flag(
    name: .long,
    help: help(
      "Also every later, earlier and overruled one of the division and those above.",
      "同时列出本级及各上级以前、以后和被取代的参数。"
    )
  )
  var all = false

  @OptionGroup(title: words("Server", "服务器")) var serverOptions: ServerOptions
  @OptionGroup(title: words("Printing", "输出")) var printOptions: PrintOptions

  func run(on console: Console, over channel: any Channel) async throws {
    let request = ListPolicyRequest(division: division, day: day?.number ?? 0, all: all)
    let answer = try await PolicyClient(channel).listPolicy(request, options: callOptions())
    try show(PolicyTable.rows(answer.parameters), on: console)
  }
}

/// `policy set`: sets parameters of a division and all below.
struct PolicySetCommand: ServerCommand {
  static let configuration = CommandConfiguration(
    commandName: "set",
    abstract: words("Sets parameters of a division and all below.", "设定行政区划及其所有下级的参数。"),
    discussion: words(
      "For poverty offices of prefectures, provinces and the state. All are set or none. A parameter "
        + "cannot be set for days that are past, but on a node of generated people.",
      "供地、省、国家级扶贫办使用。要么全部设定，要么全不设定。除合成数据节点外，不能自过去的日期生效。"
    )
  )

  @Argument(help: help("Code of the division.", "区划代码。"))
  var division: String

  @Argument(
    help: ArgumentHelp(
      words("Parameters and their values; see policy names.", "参数及其值；见 policy names。"),
      valueName: "name=value"
    )
  )
  var settings: [NumberSetting]

  @Option(
    name: .long,
    help: ArgumentHelp(
      words("The first day on which they hold (default: today).", "生效日期（默认为今天）。"),
      valueName: "yyyy-mm-dd"
    )
  )
  var from: DayArgument?

  @Option(name: .long, help: help("Why, or by which document.", "依据或文件名称。"))
  var source = ""

  @OptionGroup(title: words("Server", "服务器")) var serverOptions: ServerOptions
  @OptionGroup(title: words("Printing", "输出")) var printOptions: PrintOptions

  func run(on console: Console, over channel: any Channel) async throws {
    let first = from?.number ?? Int32(ChinaTime.today.yyyymmdd)
    let request = SetPolicyRequest(
      parameters: settings.map {
        PolicyParameter(
          division: division,
          name: $0.name,
          validFrom: first,
          value: $0.value,
          source: source
        )
      }
    )
    let answer = try await PolicyClient(channel)
      .setPolicy(request, options: callOptions(writes: true))
    try show(PolicyTable.rows(answer.parameters), on: console)
  }
}

/// `policy names`: the parameters that there are; asks no server.
struct PolicyNamesCommand: ConsoleCommand {
  static let configuration = CommandConfiguration(
    commandName: "names",
    abstract: words("Lists the parameters that there are.", "列出所有参数名称。")
  )

  @OptionGroup(title: words("Printing", "输出")) var printOptions: PrintOptions

  var languageOptions: LanguageOptions { printOptions.language }

  func run(on console: Console) async throws {
    let rows = Rows(
      [
        .init("name", "Name", "名称"), .init("meaning", "What it says", "含义"),
        .init("built_in", "Unless set", "默认值"), .init("minimum", "At least", "最小值"),
        .init("maximum", "At most", "最大值"),
      ],
      PolicyName.allCases.sorted { $0.rawValue < $1.rawValue }.map { name in
        [
          .text(name.rawValue),
          .coded(name.rawValue, Text(en: name.english, zh: name.chinese)),
          .integer(name.builtIn), .integer(name.range.lowerBound), .integer(name.range.upperBound),
        ]
      }
    )
    try console.print(printOptions.output.text(rows, console.language))
  }
}

/// A name and its number, as `NAME=VALUE`.
struct NumberSetting: ExpressibleByArgument, Hashable {
  var name: String
  var value: Int64

  init?(argument: String) {
    let parts = argument.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
    guard parts.count == 2, !parts[0].isEmpty, let value = Int64(parts[1]) else { return nil }
    name = String(parts[0])
    self.value = value
  }
}

/// Parameters as a table.
enum PolicyTable {
  static func rows(_ parameters: [PolicyParameter]) -> Rows {
    Rows(
      [
        .init("name", "Parameter", "参数"), .init("value", "Value", "值"),
        .init("division", "Division", "区划代码"), .init("valid_from", "From", "生效日期"),
        .init("source", "Source", "依据"), .init("set_by", "Set by", "设定者"),
        .init("version", "Version", "版本"), .init("recorded_at", "Recorded", "记录时间"),
      ],
      parameters.map { parameter in
        [
          .text(parameter.name), .integer(parameter.value), .text(parameter.division),
          Day(yyyymmdd: Int(parameter.validFrom)).map { .text($0.text) } ?? .absent,
          .text(parameter.source), .text(parameter.setBy),
          .integer(Int64(clamping: parameter.version)), ChinaTime.value(parameter.recordedAt),
        ]
      }
    )
  }
}
