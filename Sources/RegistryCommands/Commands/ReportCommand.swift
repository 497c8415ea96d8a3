internal import ArgumentParser
internal import RPCCore
internal import RegistryAPI

/// `report`: the progress report, every figure counted from records.
struct ReportCommand: ServerCommand {
  static let configuration = CommandConfiguration(
    commandName: "report",
    abstract: words("Prints the progress report of a division.", "输出行政区划的进展报告。"),
    discussion: words(
      "Every figure is counted from records; every percentage names its base.",
      "所有数字均由记录统计得出；每个比例均注明基数。"
    )
  )

  @Argument(help: help("Code of the division (default: this office's own).", "区划代码（默认为本机构所在区划）。"))
  var division = ""

  @OptionGroup(title: words("Server", "服务器")) var serverOptions: ServerOptions
  @OptionGroup(title: words("Printing", "输出")) var printOptions: PrintOptions

  func run(on console: Console, over channel: any Channel) async throws {
    var request = GetReportRequest()
    request.division = division
    let report = try await StatisticsClient(channel).getReport(request, options: callOptions())
    console.noteSynthetic(report.synthetic)
    if printOptions.output == .csv {
      try show(Self.rows(report), on: console)
    } else {
      try show(Self.record(report, console.language), on: console)
    }
  }

  private static func record(_ report: Report, _ language: Language) -> Record {
    let place = report.division
    let notes = language == .zh ? report.notesZh : report.notesEn
    return Record([
      .init("division", "Division", "行政区划", .coded(place?.code ?? "", Text(place?.fullName ?? ""))),
      .init("as_of", "As of", "截至", ChinaTime.value(report.asOf)),
      .init("sequence", "Journal sequence", "日志序号", .integer(Int64(clamping: report.sequence))),
      .init("synthetic", "Synthetic", "合成数据", .flag(report.synthetic)),
      .init("figures", "Figures", "数字", .rows(rows(report))),
      .init(
        "notes",
        "Notes",
        "说明",
        .rows(Rows([.init("note", "What a reader must know", "阅读须知")], notes.map { [.text($0)] }))
      ),
    ])
  }

  private static func rows(_ report: Report) -> Rows {
    let figures = Dictionary(
      report.figures.map { ($0.key, $0) },
      uniquingKeysWith: { first, _ in first }
    )
    return Rows(
      [
        .init("section", "Section", "部分"), .init("key", "Figure", "指标"),
        .init("value", "Number", "数量"), .init("unit", "Unit", "单位"),
        .init("share", "Share", "比例"), .init("base", "of", "基数"),
      ],
      report.figures.map { figure in
        let base = figures[figure.baseKey]
        return [
          .coded(figure.section, section(figure.section)), .coded(figure.key, name(figure)),
          value(figure), unit(figure),
          base.map { .share($0.value > 0 ? Double(figure.value) / Double($0.value) : nil) }
            ?? .absent,
          base.map { .coded($0.key, name($0)) } ?? .absent,
        ]
      }
    )
  }

  private static func section(_ key: String) -> Text {
    switch key {
    case "registered": Text(en: "registered", zh: "建档")
    case "categories": Text(en: "categories", zh: "属性")
    case "line": Text(en: "line", zh: "标准")
    case "causes": Text(en: "causes", zh: "原因")
    default: Text(key)
    }
  }

  private static func name(_ figure: Figure) -> Text {
    Text(en: figure.nameEn, zh: figure.nameZh)
  }

  private static func value(_ figure: Figure) -> Value {
    figure.unit == .fen ? .money(fen: figure.value) : .integer(figure.value)
  }

  private static func unit(_ figure: Figure) -> Value {
    switch figure.unit {
    case .households: .coded("households", Text(en: "households", zh: "户"))
    case .people: .coded("people", Text(en: "people", zh: "人"))
    case .fen: .coded("fen", Text(en: "yuan", zh: "元"))
    case .divisions: .coded("divisions", Text(en: "divisions", zh: "个"))
    default: .absent
    }
  }
}
