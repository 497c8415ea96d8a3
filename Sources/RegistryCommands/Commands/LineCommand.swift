internal import ArgumentParser
internal import RPCCore
internal import RegistryAPI
internal import RegistryModel

/// `line`: poverty lines and dibao standards.
struct LineCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "line",
    abstract: words("Poverty lines and dibao standards.", "扶贫标准和低保标准。"),
    subcommands: [LineListCommand.self, LineSetCommand.self]
  )
}

/// `line list`: those of a division and of the divisions above.
struct LineListCommand: ServerCommand {
  static let configuration = CommandConfiguration(
    commandName: "list",
    abstract: words(
      "Lists the lines and standards of a division and those above.",
      "列出行政区划及其各上级的标准。"
    )
  )

  @Argument(help: help("Code of the division (default: this office's own).", "区划代码（默认为本机构所在区划）。"))
  var division = ""

  @Option(name: .long, help: help("Only this kind.", "仅此类别。"))
  var kind: LineKindName?

  @OptionGroup(title: words("Server", "服务器")) var serverOptions: ServerOptions
  @OptionGroup(title: words("Printing", "输出")) var printOptions: PrintOptions

  func run(on console: Console, over channel: any Channel) async throws {
    let request = ListLinesRequest(division: division, kind: kind?.kind ?? .unspecified)
    let answer = try await PolicyClient(channel).listLines(request, options: callOptions())
    try show(LineTable.rows(answer.lines), on: console)
  }
}

/// `line set`: sets a line or standard.
struct LineSetCommand: ServerCommand {
  static let configuration = CommandConfiguration(
    commandName: "set",
    abstract: words("Sets a poverty line or dibao standard.", "设定扶贫标准或低保标准。"),
    discussion: words(
      "Poverty offices of prefectures, provinces and the state set poverty lines; civil affairs of "
        + "prefectures and provinces set dibao standards of prefectures and counties. It holds from "
        + "the income year on, for the division and all below that have none of their own. A "
        + "national line changes at once who is counted below it.",
      "地、省、国家级扶贫办设定扶贫标准；地、省级民政设定地、县低保标准。自所给收入年度起，适用于本级及未自行设定的各下级。"
        + "国家标准设定后，低于标准的人数随即变动。"
    )
  )

  @Argument(help: help("Code of the division.", "区划代码。"))
  var division: String

  @Argument(help: help("The first income year that it is used for.", "适用的首个收入年度。"))
  var year: UInt32

  @Argument(
    help: ArgumentHelp(
      words("Yuan per person and year.", "每人每年金额（元）。"),
      valueName: "yuan"
    )
  )
  var amount: YuanArgument

  @Option(name: .long, help: help("What is set.", "设定的类别。"))
  var kind: LineKindName = .poverty

  @Option(name: .long, help: help("By which document.", "依据的文件。"))
  var source = ""

  @OptionGroup(title: words("Server", "服务器")) var serverOptions: ServerOptions
  @OptionGroup(title: words("Printing", "输出")) var printOptions: PrintOptions

  func run(on console: Console, over channel: any Channel) async throws {
    let request = SetLineRequest(
      line: Line(
        kind: kind.kind,
        division: division,
        year: year,
        amount: Money(fen: amount.fen),
        source: source
      )
    )
    let client = PolicyClient(channel)
    let options = callOptions(writes: true)
    let line =
      switch kind {
      case .poverty: try await client.setPovertyLine(request, options: options)
      case .dibao: try await client.setDibaoStandard(request, options: options)
      }
    try show(LineTable.rows([line]), on: console)
  }
}

/// A kind of line as an argument.
enum LineKindName: String, ExpressibleByArgument, CaseIterable {
  case poverty, dibao

  var kind: LineKind { self == .poverty ? .poverty : .dibao }
}

/// An amount of yuan as an argument.
struct YuanArgument: ExpressibleByArgument, Hashable {
  var fen: Int64

  init?(argument: String) {
    guard let amount = Amount(yuan: argument) else { return nil }
    fen = amount.fen
  }
}

/// Lines and standards as a table.
enum LineTable {
  static func rows(_ lines: [Line]) -> Rows {
    Rows(
      [
        .init("kind", "Kind", "类别"), .init("division", "Division", "区划代码"),
        .init("year", "From year", "起始年度"), .init("amount", "Yuan a year", "元/人年"),
        .init("source", "Source", "依据"), .init("set_by", "Set by", "设定者"),
        .init("version", "Version", "版本"), .init("recorded_at", "Recorded", "记录时间"),
      ],
      lines.map { line in
        [
          kind(line.kind), .text(line.division), .text(String(line.year)),
          line.amount.map { .money(fen: $0.fen) } ?? .absent, .text(line.source),
          .text(line.setBy), .integer(Int64(clamping: line.version)),
          ChinaTime.value(line.recordedAt),
        ]
      }
    )
  }

  private static func kind(_ kind: LineKind) -> Value {
    switch kind {
    case .poverty: .coded("poverty", Text(en: "poverty line", zh: "扶贫标准"))
    case .dibao: .coded("dibao", Text(en: "dibao standard", zh: "低保标准"))
    default: .absent
    }
  }
}
