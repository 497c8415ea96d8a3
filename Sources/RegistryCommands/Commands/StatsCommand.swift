internal import ArgumentParser
internal import RPCCore
internal import RegistryAPI
internal import RegistryModel

/// `stats`: counts by division.
struct StatsCommand: ServerCommand {
  static let configuration = CommandConfiguration(
    commandName: "stats",
    abstract: words("Counts households and people by division.", "按行政区划统计户数和人数。"),
    discussion: words(
      "Shares are of the registered people. JSON and CSV hold every figure; the table the main "
        + "ones.",
      "比例以登记人口为基数。JSON 和 CSV 含全部数字，表格仅列主要数字。"
    )
  )

  @OptionGroup var place: DivisionOption
  @Flag(name: .long, help: help("Also each division directly below.", "同时列出各下级区划。"))
  var breakdown = false

  @OptionGroup(title: words("Server", "服务器")) var serverOptions: ServerOptions
  @OptionGroup(title: words("Printing", "输出")) var printOptions: PrintOptions

  func run(on console: Console, over channel: any Channel) async throws {
    var request = GetStatisticsRequest()
    request.division = place.division
    request.breakdown = breakdown
    let answer = try await StatisticsClient(channel)
      .getStatistics(request, options: callOptions())
    console.noteSynthetic(answer.synthetic)
    let codes = try await console.codeLists(over: channel)
    if breakdown {
      try show(Rows(Self.columns, answer.divisions.map(Self.row)), on: console)
    } else if let division = answer.divisions.first {
      try show(Self.record(division, answer, codes), on: console)
    }
  }

  private static let columns: [Rows.Column] =
    [
      .init("code", "Code", "代码"), .init("division", "Division", "行政区划"),
      .init("households", "Households", "户数"), .init("people", "People", "人数"),
    ]
    + HouseholdForm.categories.map {
      .init(key($0.1) + "_people", $0.1.en, $0.1.zh + "人数")
    } + [.init("below_line_people", "Below the line", "贫困线下人数")]

  private static func row(_ division: DivisionStatistics) -> [Value] {
    [
      .text(division.division?.code ?? ""), .text(division.division?.name ?? ""),
      .integer(division.registered?.households ?? 0), .integer(division.registered?.people ?? 0),
    ]
      + HouseholdForm.categories.map { category, _ in
        .integer(division.categories.first { $0.category == category }?.count?.people ?? 0)
      } + [.integer(division.belowLine?.people ?? 0)]
  }

  private static func record(
    _ division: DivisionStatistics,
    _ answer: Statistics,
    _ codes: CodeLists
  ) -> Record {
    let base = division.registered?.people ?? 0
    func counts(_ lines: [(Value, Count?)]) -> Value {
      .rows(
        Rows(
          [
            .init("key", "", ""), .init("households", "Households", "户数"),
            .init("people", "People", "人数"), .init("share", "Share", "比例"),
          ],
          lines.map { key, count in
            let people = count?.people ?? 0
            return [
              key, .integer(count?.households ?? 0), .integer(people),
              .share(base > 0 ? Double(people) / Double(base) : nil),
            ]
          }
        )
      )
    }
    let place = division.division
    return Record([
      .init("division", "Division", "行政区划", .coded(place?.code ?? "", Text(place?.fullName ?? ""))),
      .init("as_of", "As of", "截至", ChinaTime.value(answer.asOf)),
      .init("sequence", "Journal sequence", "日志序号", .integer(Int64(clamping: answer.sequence))),
      .init("synthetic", "Synthetic", "合成数据", .flag(answer.synthetic)),
      .init(
        "registered",
        "Registered",
        "登记",
        counts([
          (.coded("registered", Text(en: "all", zh: "合计")), division.registered),
          (.coded("below_line", Text(en: "below the line", zh: "贫困线下")), division.belowLine),
        ])
      ),
      .init(
        "categories",
        "Categories",
        "贫困户属性",
        counts(
          division.categories.map {
            (HouseholdForm.choice($0.category, HouseholdForm.categories), $0.count)
          }
        )
      ),
      .init(
        "causes",
        "Main causes",
        "主要致贫原因",
        counts(division.causes.map { (codes.cause.value($0.cause), $0.count) })
      ),
      .init(
        "others",
        "Further counts",
        "其他统计",
        .rows(
          Rows(
            [.init("key", "", ""), .init("value", "Number", "数量")],
            division.others.map {
              [.coded($0.key, Text(en: $0.nameEn, zh: $0.nameZh)), .integer($0.value)]
            }
          )
        )
      ),
    ])
  }

  private static func key(_ name: Text) -> String {
    name.en.split { $0 == " " || $0 == "-" }.joined(separator: "_")
  }
}
