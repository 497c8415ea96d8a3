internal import ArgumentParser
internal import RPCCore
internal import RegistryAPI
internal import RegistryModel

/// `quota`: how many people divisions may identify.
struct QuotaCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "quota",
    abstract: words("Quotas of low-income people by division.", "各行政区划低收入人口规模。"),
    subcommands: [QuotaListCommand.self, QuotaSetCommand.self]
  )
}

/// `quota list`: a quota and what counts against it.
struct QuotaListCommand: ServerCommand {
  static let configuration = CommandConfiguration(
    commandName: "list",
    abstract: words("Lists quotas and what counts against them.", "列出规模及其使用情况。"),
    discussion: words(
      "Counted are people: decided for by the village (proposed), examined by the township, approved "
        + "by the county, registered; each with those further on.",
      "按人数统计：村级已决定（拟定）、乡镇已审核、县级已审批、已登记；均含其后各环节。"
    )
  )

  @Argument(help: help("Code of the division (default: this office's own).", "区划代码（默认为本机构所在区划）。"))
  var division = ""

  @Option(name: .long, help: help("The year (default: the present one).", "年度（默认为本年）。"))
  var period: UInt32?

  @Flag(name: .long, help: help("Also each division directly below.", "同时列出各下级区划。"))
  var breakdown = false

  @OptionGroup(title: words("Server", "服务器")) var serverOptions: ServerOptions
  @OptionGroup(title: words("Printing", "输出")) var printOptions: PrintOptions

  func run(on console: Console, over channel: any Channel) async throws {
    let request = ListQuotasRequest(division: division, period: period ?? 0, breakdown: breakdown)
    let answer = try await PolicyClient(channel).listQuotas(request, options: callOptions())
    let rows = Rows(
      [
        .init("code", "Code", "代码"), .init("division", "Division", "行政区划"),
        .init("period", "Year", "年度"), .init("quota", "Quota", "规模"),
        .init("allotted", "Allotted", "已分配"), .init("applications", "Applications", "申请数"),
        .init("proposed", "Proposed", "拟定"), .init("examined", "Examined", "已审核"),
        .init("approved", "Approved", "已审批"), .init("registered", "Registered", "已登记"),
        .init("over", "Over", "超出"), .init("reason", "Reason", "理由"),
      ],
      answer.quotas.map { use in
        [
          .text(use.division?.code ?? ""), .text(use.division?.name ?? ""),
          .text(String(answer.period)), use.quota.map { .integer($0.people) } ?? .absent,
          .integer(use.allotted), .integer(use.applications), .integer(use.proposed),
          .integer(use.examined), .integer(use.approved), .integer(use.registered),
          .integer(use.over), .text(use.quota?.reason ?? ""),
        ]
      }
    )
    try show(rows, on: console)
  }
}

/// `quota set`: sets quotas of divisions below.
struct QuotaSetCommand: ServerCommand {
  static let configuration = CommandConfiguration(
    commandName: "set",
    abstract: words("Sets quotas of the divisions below.", "设定下级规模。"),
    discussion: words(
      "Level by level: counties' from above, townships' by the county's poverty office, villages' by "
        + "the township. All are set or none. Where those below add up to more than the division "
        + "above has, or a quota sinks under what is allotted, a reason is needed. A file is CSV "
        + "with the headings division, people and, if there are reasons, reason.",
      "逐级下达：县级由上级，乡镇由县扶贫办，村由乡镇。要么全部设定，要么全不设定。下级之和超过上级规模，或规模低于已分配数时，"
        + "须说明理由。文件为 CSV，表头为 division、people，有理由时加 reason（或：区划代码、人数、理由）。"
    )
  )

  @Argument(
    help: ArgumentHelp(
      words("Divisions and their people.", "区划代码及人数。"),
      valueName: "division=people"
    )
  )
  var settings: [NumberSetting] = []

  @Option(
    name: .long,
    help: ArgumentHelp(words("CSV of divisions and people.", "含区划和人数的 CSV。"), valueName: "file"),
    completion: .file(extensions: ["csv"])
  )
  var file: String?

  @Option(name: .long, help: help("The year (default: the present one).", "年度（默认为本年）。"))
  var period: UInt32?

  @Option(
    name: .long,
    help: help("Why, or by which document; a file's own reasons go first.", "理由或依据；文件中的理由优先。")
  )
  var reason = ""

  @OptionGroup(title: words("Server", "服务器")) var serverOptions: ServerOptions
  @OptionGroup(title: words("Printing", "输出")) var printOptions: PrintOptions

  func validate() throws {
    guard settings.isEmpty == (file != nil) else {
      throw ValidationError(
        words(
          "Give either divisions with their people or --file.",
          "请给出 区划代码=人数，或用 --file。"
        )
      )
    }
  }

  func run(on console: Console, over channel: any Channel) async throws {
    let year = period ?? UInt32(ChinaTime.today.components.year)
    let lines =
      if let file { try QuotaFile(path: file).lines } else {
        settings.map { QuotaFile.Line(division: $0.name, people: $0.value, reason: "") }
      }
    let request = SetQuotasRequest(
      quotas: lines.map {
        Quota(
          division: $0.division,
          period: year,
          people: $0.people,
          reason: $0.reason.isEmpty ? reason : $0.reason
        )
      }
    )
    let answer = try await PolicyClient(channel)
      .setQuotas(request, options: callOptions(writes: true))
    let rows = Rows(
      [
        .init("division", "Division", "区划代码"), .init("period", "Year", "年度"),
        .init("people", "People", "人数"), .init("reason", "Reason", "理由"),
        .init("version", "Version", "版本"),
      ],
      answer.quotas.map {
        [
          .text($0.division), .text(String($0.period)), .integer($0.people), .text($0.reason),
          .integer(Int64(clamping: $0.version)),
        ]
      }
    )
    try show(rows, on: console)
  }
}
