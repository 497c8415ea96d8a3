internal import ArgumentParser
internal import RPCCore
internal import RegistryAPI

/// `division`: the administrative divisions that a node knows.
struct DivisionCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "division",
    abstract: words("Administrative divisions.", "行政区划。"),
    subcommands: [DivisionListCommand.self, DivisionShowCommand.self, DivisionSearchCommand.self]
  )
}

/// `division list`: the divisions below one.
struct DivisionListCommand: ServerCommand {
  static let configuration = CommandConfiguration(
    commandName: "list",
    abstract: words("Lists divisions below one.", "列出下级行政区划。")
  )

  @Argument(
    help: help(
      "Code of the division above (default: this office's own).",
      "上级区划代码（默认为本机构所在区划）。"
    )
  )
  var parent: String = ""

  @Flag(name: .long, help: help("Also those further below.", "包括所有下级。"))
  var all = false

  @Option(
    name: .long,
    help: help(
      "Only this level.",
      "仅此级别。"
    )
  )
  var level: DivisionLevelName?

  @OptionGroup(title: words("Server", "服务器")) var serverOptions: ServerOptions
  @OptionGroup(title: words("Printing", "输出")) var printOptions: PrintOptions

  func run(on console: Console, over channel: any Channel) async throws {
    var request = ListDivisionsRequest()
    request.parent = parent
    request.direct = !all && level == nil
    request.level = level?.level ?? .unspecified
    try show(
      try await DivisionTable.rows(request, over: channel, options: callOptions()),
      on: console
    )
  }
}

/// `division search`: divisions by name.
struct DivisionSearchCommand: ServerCommand {
  static let configuration = CommandConfiguration(
    commandName: "search",
    abstract: words("Finds divisions by name.", "按名称查找行政区划。")
  )

  @Argument(help: help("Part of the name.", "名称中的文字。"))
  var text: String

  @Option(name: .long, help: help("Only below this division.", "仅限此区划之下。"))
  var parent = ""

  @Option(name: .long, help: help("Only this level.", "仅此级别。"))
  var level: DivisionLevelName?

  @OptionGroup(title: words("Server", "服务器")) var serverOptions: ServerOptions
  @OptionGroup(title: words("Printing", "输出")) var printOptions: PrintOptions

  func run(on console: Console, over channel: any Channel) async throws {
    var request = ListDivisionsRequest()
    request.parent = parent
    request.nameContains = text
    request.level = level?.level ?? .unspecified
    try show(
      try await DivisionTable.rows(request, over: channel, options: callOptions()),
      on: console
    )
  }
}

/// `division show`: one division.
struct DivisionShowCommand: ServerCommand {
  static let configuration = CommandConfiguration(
    commandName: "show",
    abstract: words("Shows one division.", "显示一个行政区划。")
  )

  @Argument(help: help("Code; one no longer in force finds its division.", "区划代码；已停用的代码亦可。"))
  var code: String

  @OptionGroup(title: words("Server", "服务器")) var serverOptions: ServerOptions
  @OptionGroup(title: words("Printing", "输出")) var printOptions: PrintOptions

  func run(on console: Console, over channel: any Channel) async throws {
    var request = GetDivisionRequest()
    request.code = code
    let division = try await DivisionClient(channel).getDivision(request, options: callOptions())
    let items = zip(DivisionTable.columns, DivisionTable.row(division)).map {
      Record.Item($0.key, $0.title.en, $0.title.zh, $1)
    }
    try show(Record(items), on: console)
  }
}

/// A level as an argument.
enum DivisionLevelName: String, ExpressibleByArgument, CaseIterable {
  case state, province, prefecture, county, township, village

  var level: DivisionLevel {
    switch self {
    case .state: .state
    case .province: .province
    case .prefecture: .prefecture
    case .county: .county
    case .township: .township
    case .village: .village
    }
  }
}

/// Divisions as a table.
enum DivisionTable {
  /// At most this many are listed by one command.
  static let limit = 100_000

  static let columns: [Rows.Column] = [
    .init("code", "Code", "代码"), .init("name", "Name", "名称"), .init("level", "Level", "级别"),
    .init("full_name", "Full name", "全称"), .init("parent", "Above", "上级"),
    .init("children", "Below", "下级数"), .init("key_county", "Key county", "重点县"),
    .init("source", "Source", "来源"),
  ]

  static func row(_ division: Division) -> [Value] {
    [
      .text(division.code), .text(division.name), level(division.level), .text(division.fullName),
      .text(division.parent), .integer(Int64(division.children)), .flag(division.keyCounty),
      .text(division.source),
    ]
  }

  /// All pages of an answer.
  static func rows(
    _ request: ListDivisionsRequest,
    over channel: any Channel,
    options: CallOptions
  ) async throws -> Rows {
    var request = request
    request.pageSize = 1000
    var rows = Rows(columns)
    repeat {
      let page = try await DivisionClient(channel).listDivisions(request, options: options)
      rows.rows += page.divisions.map(row)
      request.pageToken = page.nextPageToken
    } while !request.pageToken.isEmpty && rows.rows.count < limit
    return rows
  }

  private static func level(_ level: DivisionLevel) -> Value {
    let names: [Text] = [
      Text(en: "state", zh: "国家"), Text(en: "province", zh: "省级"),
      Text(en: "prefecture", zh: "地级"), Text(en: "county", zh: "县级"),
      Text(en: "township", zh: "乡级"), Text(en: "village", zh: "村级"),
    ]
    let index = Int(level.rawValue) - 1
    return names.indices.contains(index)
      ? .coded(String(level.rawValue), names[index]) : .absent
  }
}
