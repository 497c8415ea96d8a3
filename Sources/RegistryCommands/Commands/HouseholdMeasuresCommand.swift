internal import ArgumentParser
internal import RPCCore
internal import RegistryAPI
internal import RegistryModel

/// `household measures`: measures of support that suit a household, or all that there are.
struct HouseholdMeasuresCommand: ServerCommand {
  static let configuration = CommandConfiguration(
    commandName: "measures",
    abstract: words("Suggests measures of support for a household.", "为农户建议帮扶措施。"),
    discussion: words(
      "By its category, its causes (those for the main cause first) and whether somebody is able to "
        + "work. Without a number it lists the measures that come with this program and are offered on the day.",
      "按属性、致贫原因（主要原因在前）及劳动能力提出。不给户编号时列出本程序随附的当日措施表。"
    )
  )

  @Argument(help: help("The printed number.", "户编号。")) var number: String?
  @Option(
    name: .long,
    help: help("As the measures stand on this day (default: today).", "按该日的措施（默认今日）。")
  )
  var day: String?
  @OptionGroup(title: words("Server", "服务器")) var serverOptions: ServerOptions
  @OptionGroup(title: words("Printing", "输出")) var printOptions: PrintOptions

  func run(on console: Console, over channel: any Channel) async throws {
    let codes = try await console.codeLists(over: channel)
    let asked = try day.map { (text) throws(CommandFailure) in try ChangeInput.day(text, "--day") }
    guard let number else {
      return try show(try table(asked, codes, console), on: console)
    }
    let answer = try await InquiryClient(channel).suggestMeasures(
      SuggestMeasuresRequest(by: .number(number), day: asked ?? 0),
      options: callOptions()
    )
    let rows = Rows(
      [
        .init("measure", "Measure", "措施"), .init("causes", "For causes", "对应原因"),
        .init("labour", "Able to work", "劳动能力"),
      ],
      answer.measures.map { measure in
        [
          .coded(measure.measure, Text(en: measure.nameEn, zh: measure.nameZh)),
          causes(measure.causes, codes, console),
          measure.labourUnknown
            ? .coded("unknown", Text(en: "to be seen", zh: "待核实")) : .absent,
        ]
      }
    )
    try show(rows, on: console)
    if answer.withheld.contains(.classification) {
      console.note(
        Text(en: "category and causes are withheld from this office", zh: "本机构不可见属性与原因")
      )
    }
  }

  private func causes(_ causes: [UInt32], _ codes: CodeLists, _ console: Console) -> Value {
    let names = causes.compactMap { code in codes.cause.entries.first { $0.code == Int(code) } }
    return .text(
      names.map { console.language == .zh ? $0.chinese : $0.english }.joined(separator: ", ")
    )
  }

  private func table(_ number: Int32?, _ codes: CodeLists, _ console: Console) throws -> Rows {
    let day = number.flatMap { Day(yyyymmdd: Int($0)) } ?? ChinaTime.today
    let catalogue: MeasureCatalogue
    do throws(ModelDataError) {
      catalogue = try MeasureCatalogue.load()
    } catch {
      throw CommandFailure(
        .software,
        en: "the program's table of measures cannot be read",
        zh: "无法读取随附的措施表"
      )
    }
    return Rows(
      [
        .init("measure", "Measure", "措施"), .init("categories", "Categories", "属性"),
        .init("causes", "Causes", "原因"), .init("labour", "Needs labour", "需劳动能力"),
        .init("from", "From", "起"), .init("until", "Until", "止"),
      ],
      catalogue.offered(on: day).map { measure in
        [
          .coded(measure.word, Text(en: measure.english, zh: measure.chinese)),
          .text(
            HouseholdForm.categories.filter { one in
              measure.categories.contains { $0.rawValue == one.0.rawValue }
            }.map { console.language == .zh ? $0.1.zh : $0.1.en }.joined(separator: ", ")
          ),
          causes(measure.causes, codes, console),
          .flag(measure.needsLabour), ProcedureWords.day(Int32(measure.from.yyyymmdd)),
          measure.until.map { ProcedureWords.day(Int32($0.yyyymmdd)) } ?? .absent,
        ]
      }
    )
  }
}
