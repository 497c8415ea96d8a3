internal import ArgumentParser
internal import CSV
internal import RPCCore
internal import RegistryAPI
internal import RegistryModel

/// `household export`: all households that a filter finds, as CSV or JSON lines.
struct HouseholdExportCommand: ServerCommand {
  /// The form of an export.
  enum Form: String, ExpressibleByArgument, CaseIterable {
    case csv, jsonl
  }

  static let configuration = CommandConfiguration(
    commandName: "export",
    abstract: words("Exports households that a filter finds.", "按条件导出农户。"),
    discussion: words(
      "CSV has the columns of the import and can be imported again; a row tells the latest year "
        + "of income and the first need. JSON lines hold everything. A file appears under its "
        + "name only when it is whole, readable by its owner alone.",
      "CSV 与导入文件列相同，可再次导入；每行仅含最近一年收入和第一项需求。JSON 行含全部内容。"
        + "文件写完整后才以其名称出现，仅所有者可读。"
    )
  )

  @Option(
    name: .shortAndLong,
    help: ArgumentHelp(
      words("Where to write (default: standard output).", "写入何处（默认为标准输出）。"),
      valueName: "file"
    ),
    completion: .file()
  )
  var file: String?

  @Option(
    name: .long,
    help: help(
      "Form (default: by the file's name, else csv).",
      "形式（默认按文件名，否则 csv）。"
    )
  )
  var format: Form?

  @OptionGroup(title: words("Filter", "条件")) var filter: HouseholdFilterOptions
  @OptionGroup(title: words("Server", "服务器")) var serverOptions: ServerOptions
  @OptionGroup(title: words("Printing", "输出")) var printOptions: PrintOptions

  func run(on console: Console, over channel: any Channel) async throws {
    let codes = try await console.codeLists(over: channel)
    var request = ExportHouseholdsRequest()
    request.filter = try filter.filter(codes)
    let target = try file.map { (path) throws(CommandFailure) in try AtomicFile(path: path) }
    let sink: any TextSink = target ?? console.output
    let progress = ProgressBar(
      Text(en: "export", zh: "导出"),
      total: nil,
      unit: Text(en: "households", zh: "户"),
      on: console
    )
    defer { progress.finish() }
    let form = format ?? (file?.hasSuffix(".jsonl") == true ? .jsonl : .csv)
    let rows = ExportRows(lists: codes, chinese: console.language == .zh)
    var writer = CSVWriter()
    if form == .csv { writer.write(rows.headings) }
    let json = JSONPrinter(language: console.language)
    var counts = (households: Int64(0), people: Int64(0))
    // The whole stream may take longer than one call's time: the method's own maximum holds.
    for try await answer in try await HouseholdClient(channel).exportHouseholds(request) {
      for household in answer.households {
        counts.households += 1
        counts.people += Int64(household.members.count)
        if form == .csv {
          for row in rows.rows(of: household) { writer.write(row) }
        } else {
          try sink.write(json.line(HouseholdForm.record(household, codes)) + "\n")
        }
      }
      try sink.write(writer.take())
      progress.update(counts.households)
    }
    try sink.write(writer.take())
    try target?.commit()
    progress.finish()
    console.note(
      Text(
        en: "\(counts.households) households, \(counts.people) people",
        zh: "\(counts.households) 户，\(counts.people) 人"
      )
    )
  }
}
