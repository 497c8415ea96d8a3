internal import ArgumentParser
internal import RPCCore
internal import RegistryAPI

/// `published`: the counts that everybody may know.
struct PublishedCommand: ServerCommand {
  static let configuration = CommandConfiguration(
    commandName: "published",
    abstract: words("Prints the counts that everybody may know.", "输出可公开的统计。"),
    discussion: words(
      "Registered households by category, main cause and need, as at the close of the last month. A "
        + "township's households are rounded down to fives (fewer than five are none); a county's scale "
        + "and investment of a need to two significant digits, money at least to 100,000 yuan. "
        + "Divisions above have the sum of that, and differences within a month tell no more.",
      "建档户按属性、主要致贫原因和需求的统计，截至上月末。各乡镇户数向下取整至5（不足5计为0）；县级需求规模和投资"
        + "保留两位有效数字，投资至少取整至10万元。上级为其合计，同月各数之差不泄露更多信息。"
    )
  )

  @OptionGroup var place: DivisionOption
  @Flag(name: .long, help: help("Also each division directly below.", "含直接下级各区划。"))
  var breakdown = false
  @OptionGroup(title: words("Server", "服务器")) var serverOptions: ServerOptions
  @OptionGroup(title: words("Printing", "输出")) var printOptions: PrintOptions

  func run(on console: Console, over channel: any Channel) async throws {
    let answer = try await StatisticsClient(channel)
      .getPublishedCounts(
        GetPublishedCountsRequest(division: place.division, breakdown: breakdown),
        options: callOptions()
      )
    console.noteSynthetic(answer.synthetic)
    var rows = Rows([
      .init("division", "Division", "区划"), .init("day", "As at", "截至"),
      .init("section", "Section", "部分"), .init("key", "Figure", "指标"),
      .init("value", "At least", "不少于"),
    ])
    for one in answer.divisions {
      let place = Value.coded(one.division?.code ?? "", Text(one.division?.name ?? ""))
      rows.rows += one.figures.map { figure in
        [
          place, ProcedureWords.day(answer.day),
          .coded(figure.section, ReportSection.name(figure.section)),
          .coded(figure.key, Text(en: figure.nameEn, zh: figure.nameZh)),
          Value(figure),
        ]
      }
    }
    try show(rows, on: console)
  }
}
