internal import ArgumentParser
internal import RPCCore
internal import RegistryAPI

/// The division that a command asks about.
struct DivisionOption: ParsableArguments {
  @Option(
    name: .long,
    help: ArgumentHelp(
      words("Code of the division (default: this office's own).", "区划代码（默认为本机构所在区划）。"),
      valueName: "code"
    )
  )
  var division = ""
}

/// `report`: the progress report, every figure counted from records.
struct ReportCommand: ServerCommand {
  static let configuration = CommandConfiguration(
    commandName: "report",
    abstract: words("Prints the progress report of a division.", "输出行政区划的进展报告。"),
    discussion: words(
      "Every figure is counted from records: files, signed returns of counties that do not upload, and "
        + "records of pilot work (`pilot`). Every percentage names its base. A report of a past day "
        + "counts what this node had by that day's close, and says the same whenever it is asked. JSON "
        + "and CSV give every figure of the divisions below too, the page those of coverage, categories, "
        + "causes and money, the table the main ones. `--output html` is one page that prints on A4, in "
        + "both languages, with charts.",
      "所有数字均由记录统计得出：档案、未上传县的签名报表和试点工作记录（pilot）。每个比例均注明基数。"
        + "截至往日的报告只计该日日终前本节点已有的内容，何时查询均相同。JSON 和 CSV 含下级区划的全部数字，网页含覆盖、属性、原因和资金，表格仅列主要数字。"
        + "--output html 为可用A4打印的网页：单个文件，中英对照，含图表。"
    )
  )

  @OptionGroup var place: DivisionOption
  @Option(name: .long, help: help("As it was at the close of this day.", "截至该日日终。"))
  var asOf: String?
  @Flag(name: .long, help: help("Also each division directly below.", "含直接下级各区划。"))
  var breakdown = false
  @Option(
    name: .long,
    help: ArgumentHelp(
      words("Also each division of this level below.", "含该级别的各下级区划。"),
      valueName: "level"
    )
  )
  var by: DivisionLevelName?

  @OptionGroup(title: words("Server", "服务器")) var serverOptions: ServerOptions
  @Option(
    name: .shortAndLong,
    help: help(
      "Form of the results; html is a page, with each division directly below.",
      "结果形式；html 为网页，含直接下级各区划。"
    )
  )
  var output: Form = .table
  @OptionGroup(title: words("Printing", "输出")) var language: LanguageOptions

  /// How a report is printed.
  enum Form: String, Sendable, CaseIterable, ExpressibleByArgument {
    case table, json, csv, html
  }

  var printOptions: PrintOptions {
    PrintOptions(output: OutputFormat(rawValue: output.rawValue) ?? .table, language: language)
  }

  func run(on console: Console, over channel: any Channel) async throws {
    let client = StatisticsClient(channel)
    let day = try asOf.map { try ChangeInput.day($0, "--as-of") } ?? 0
    var report: Report?
    var below: [Report] = []
    if breakdown || by != nil || output == .html {
      let request = ListReportsRequest(
        division: place.division,
        asOf: day,
        level: by?.level ?? .unspecified
      )
      let call = try await client.listReports(request, options: callOptions())
      for try await one in call {
        if report == nil { report = one } else { below.append(one) }
      }
    } else {
      let request = GetReportRequest(division: place.division, asOf: day)
      report = try await client.getReport(request, options: callOptions())
    }
    guard let report else {
      throw CommandFailure(.software, en: "the server gave no report", zh: "服务器未返回报告")
    }
    console.noteSynthetic(report.synthetic)
    switch output {
    case .html: try console.print(ReportPage.html(report, below: below))
    case .csv: try show(Self.allRows([report] + below), on: console)
    case .table, .json: try show(record(report, below, console.language), on: console)
    }
  }

  private func record(_ report: Report, _ below: [Report], _ language: Language) -> Record {
    let place = report.division
    let notes = language == .zh ? report.notesZh : report.notesEn
    return Record([
      .init("division", "Division", "行政区划", .coded(place?.code ?? "", Text(place?.fullName ?? ""))),
      .init(
        "as_of",
        "As of",
        "截至",
        report.day == 0 ? ChinaTime.value(report.asOf) : ProcedureWords.day(report.day)
      ),
      .init(
        "sequence",
        "Journal sequence",
        "日志序号",
        report.day == 0 ? .integer(Int64(clamping: report.sequence)) : .absent
      ),
      .init("synthetic", "Synthetic", "合成数据", .flag(report.synthetic)),
      .init("figures", "Figures", "数字", .rows(Self.rows(report, output))),
      .init("below", "Below", "下级区划", below.isEmpty ? .absent : shown(below)),
      .init(
        "notes",
        "Notes",
        "说明",
        .rows(Rows([.init("note", "What a reader must know", "阅读须知")], notes.map { [.text($0)] }))
      ),
    ])
  }

  /// The divisions below: every figure for programs, a line each for people.
  private func shown(_ below: [Report]) -> Value {
    if output == .table { return .rows(Self.lines(below)) }
    return .records(
      below.map { one in
        let place = Text(one.division?.name ?? "")
        return Record([
          .init("division", "Division", "行政区划", .coded(one.division?.code ?? "", place)),
          .init("figures", "Figures", "数字", .rows(Self.rows(one, output))),
        ])
      }
    )
  }

  private static func rows(_ report: Report, _ output: Form) -> Rows {
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
          Value(figure), unit(figure, output),
          base.map { .share($0.value > 0 ? Double(figure.value) / Double($0.value) : nil) }
            ?? .absent,
          base.map { .coded($0.key, name($0)) } ?? .absent,
        ]
      }
    )
  }

  /// The figures of all divisions, each with its division's code.
  private static func allRows(_ reports: [Report]) -> Rows {
    var all = rows(reports[0], .csv)
    all.columns.insert(.init("division", "Division", "行政区划"), at: 0)
    all.rows = reports.flatMap { one in
      rows(one, .csv).rows.map { [.text(one.division?.code ?? "")] + $0 }
    }
    return all
  }

  /// A line for each division below, with the figures that matter most.
  private static func lines(_ below: [Report]) -> Rows {
    let keys: [(String, String, String)] = [
      ("counties.pilot", "Pilot counties", "试点县"), ("counties.uploaded", "Uploaded", "已上传县"),
      ("identified.people", "Identified", "已识别人口"),
      ("registered.households", "Households", "建档户"), ("registered.people", "People", "建档人口"),
      ("below-line.people", "Below the line", "低于标准人口"),
    ]
    return Rows(
      [.init("division", "Division", "行政区划")] + keys.map { .init($0.0, $0.1, $0.2) },
      below.map { one in
        let place = one.division
        return [.coded(place?.code ?? "", Text(place?.name ?? ""))]
          + keys.map { key in
            one.figures.first { $0.key == key.0 }.map { .integer($0.value) } ?? .absent
          }
      }
    )
  }

  private static func section(_ key: String) -> Text { ReportSection.name(key) }

  private static func name(_ figure: Figure) -> Text {
    Text(en: figure.nameEn, zh: figure.nameZh)
  }

  /// JSON has money in fen, the others in yuan.
  private static func unit(_ figure: Figure, _ output: Form) -> Value {
    switch figure.unit {
    case .households: .coded("households", Text(en: "households", zh: "户"))
    case .people: .coded("people", Text(en: "people", zh: "人"))
    case .fen: .coded(output == .json ? "fen" : "yuan", Text(en: "yuan", zh: "元"))
    case .divisions: .coded("divisions", Text(en: "divisions", zh: "个"))
    default: .absent
    }
  }
}

extension Value {
  /// The number of a figure.
  init(_ figure: Figure) {
    switch figure.unit {
    case .fen: self = .money(fen: figure.value)
    case .hundredths: self = .hundredths(figure.value)
    default: self = .integer(figure.value)
    }
  }
}

/// The names of a report's sections.
enum ReportSection {
  static func name(_ key: String) -> Text {
    switch key {
    case "coverage": Text(en: "coverage", zh: "覆盖")
    case "population": Text(en: "rural population", zh: "农村人口")
    case "identified": Text(en: "identified", zh: "识别")
    case "registered": Text(en: "registered", zh: "建档")
    case "categories": Text(en: "categories", zh: "属性")
    case "line": Text(en: "line", zh: "标准")
    case "causes": Text(en: "causes", zh: "原因")
    case "needs": Text(en: "needs", zh: "需求")
    case "work": Text(en: "pilot work", zh: "试点工作")
    default: Text(key)
    }
  }
}
