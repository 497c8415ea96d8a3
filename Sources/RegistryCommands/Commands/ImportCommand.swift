internal import ArgumentParser
internal import CSV
internal import RPCCore
internal import RegistryAPI
internal import RegistryModel

/// `import`: sends a file of households to the registry.
struct ImportCommand: ResultCommand {
  static let configuration = CommandConfiguration(
    commandName: "import",
    abstract: words("Imports a CSV file of households.", "导入农户 CSV 文件。"),
    discussion: words(
      """
      One row a member, the head's row first, headings in English or Chinese, UTF-8 or GB18030. \
      Rows with a household number change that household, others register one; an empty cell \
      never blanks a stored value. The same file can be imported again at any time: what was \
      done is known by the file's SHA-256 and the row, so that an interrupted import goes on \
      where it stopped and nothing is doubled; rows that were refused are tried anew. Refused \
      rows go to FILE.refused.csv with the reason in a last column. Unknown headings are refused.
      """,
      """
      每行一人，户主在前，表头中英文均可，编码为 UTF-8 或 GB18030。有户编号的行修改该户，否则登记新户；\
      空单元格从不清空已存的值。同一文件可随时重复导入：系统按文件 SHA-256 和行号识别已完成的部分，\
      因此中断后可继续，且不会重复；被拒的行会重试。被拒的行连同原因写入 FILE.refused.csv。\
      无法识别的列名将被拒。
      """
    )
  )

  @Argument(help: help("The CSV file.", "CSV 文件。"), completion: .file(extensions: ["csv"]))
  var file: String

  @Flag(
    name: .long,
    help: help("Only show what the file says; no server is needed.", "仅显示对文件的理解，无需服务器。")
  )
  var dryRun = false

  @Option(
    name: .long,
    help: help("Encoding (default: found out).", "编码（默认自动识别）。")
  )
  var encoding: EncodingName?

  @Option(
    name: .long,
    help: ArgumentHelp(
      words("Where refused rows go (default: FILE.refused.csv).", "被拒行的文件（默认为 FILE.refused.csv）。"),
      valueName: "file"
    ),
    completion: .file()
  )
  var refused: String?

  @Flag(
    name: .long,
    help: help(
      "With --dry-run: take generated ID numbers (area 99xxxx) as a synthetic node does.",
      "与 --dry-run 合用：如合成数据节点一样接受 99 开头的生成号码。"
    )
  )
  var synthetic = false

  @Flag(
    name: .long,
    help: help(
      "Pass over columns whose headings are unknown.",
      "略过列名无法识别的列。"
    )
  )
  var ignoreUnknown = false

  @OptionGroup(title: words("Server", "服务器")) var serverOptions: ServerOptions
  @OptionGroup(title: words("Printing", "输出")) var printOptions: PrintOptions

  func run(on console: Console) async throws {
    let input = try InputFile(path: file)
    if dryRun { return try preview(input, on: console) }
    // The headings are read before anything is sent or a server is asked.
    let rules = rules(try console.codeLists(), allowsSynthetic: synthetic)
    let source = try ImportFile(input, encoding: encoding?.encoding, rules: rules)
    let headings = source.headings
    if !ignoreUnknown { try source.refuseUnknown() }
    try await console.withChannel(serverOptions) { channel in
      try await send(input, headings, on: console, over: channel)
    }
  }

  /// A file's name within the 200 bytes that the header takes, cut between characters.
  private static func shortened(_ name: String) -> String {
    var short = name
    while short.utf8.count > 200 { short.unicodeScalars.removeLast() }
    return short
  }

  private func rules(
    _ lists: CodeLists,
    allowsSynthetic: Bool
  ) -> HouseholdRules {
    HouseholdRules(
      lists: lists,
      today: ChinaTime.today,
      allowsSynthetic: allowsSynthetic
    )
  }

  private func preview(_ input: InputFile, on console: Console) throws {
    let lines = try input.survey().lines
    let progress = ProgressBar(
      Text(en: "check", zh: "检查"),
      total: lines,
      unit: Text(en: "rows", zh: "行"),
      on: console
    )
    defer { progress.finish() }
    let preview = try ImportPreview(
      input,
      encoding: encoding?.encoding,
      rules: rules(console.codeLists(), allowsSynthetic: synthetic),
      progress: progress
    )
    progress.finish()
    try show(preview.record, on: console)
    if preview.refused > 0 {
      throw CommandFailure(
        .dataRefused,
        en: "\(preview.refused) households would be refused",
        zh: "\(preview.refused) 户将被拒"
      )
    }
  }

  private func send(
    _ input: InputFile,
    _ headings: [String],
    on console: Console,
    over channel: any Channel
  ) async throws {
    let start = ContinuousClock.now
    let node = try await NodeClient(channel).getNode(GetNodeRequest(), options: callOptions())
    console.noteSynthetic(node.synthetic)
    let lists = try await console.codeLists(over: channel)
    let survey = try input.survey()
    let done = try await earlier(survey.digest, over: channel, on: console)
    let rejects = RefusedFile(
      path: refused ?? file + ".refused.csv",
      headings: headings,
      language: console.language
    )
    let progress = ProgressBar(
      Text(en: "import", zh: "导入"),
      total: max(0, survey.lines - 1),
      unit: Text(en: "people", zh: "人"),
      on: console
    )
    var header = ImportHeader()
    header.fileDigest = survey.digest
    header.fileName = Self.shortened(input.name)
    let session = ImportSession(
      file: input,
      encoding: encoding?.encoding,
      rules: rules(lists, allowsSynthetic: node.synthetic),
      header: header,
      done: done,
      refused: rejects,
      progress: progress
    )
    do {
      try await session.run(over: channel)
    } catch {
      progress.finish()
      try rejects.finish()
      tellInterrupted(session.totals, on: console)
      throw error
    }
    progress.finish()
    try rejects.finish()
    let elapsed = ContinuousClock.now - start
    try show(summary(session.totals, survey.digest, elapsed, rejects), on: console)
    try failIfRefused(session.totals, rejects)
  }

  /// The rows that an earlier run has done, in rising order.
  ///
  /// Refused rows are not among them: they are sent again, so that what was mended meanwhile is
  /// taken and the file of refused rows becomes whole.
  private func earlier(
    _ digest: [UInt8],
    over channel: any Channel,
    on console: Console
  ) async throws -> [ClosedRange<UInt32>] {
    var request = GetImportRequest()
    request.fileDigest = digest
    let known: Import
    do {
      known = try await HouseholdClient(channel).getImport(request, options: callOptions())
    } catch let error as RPCError where error.code == .notFound {
      return []
    }
    let ranges = known.done.filter { $0.first <= $0.last }.map { $0.first...$0.last }
    guard !ranges.isEmpty else { return [] }
    let rows = ranges.reduce(Int64(0)) { $0 + Int64($1.upperBound) - Int64($1.lowerBound) + 1 }
    console.note(
      Text(
        en: "an earlier run has done \(rows) rows of this file; they are not done again",
        zh: "先前已完成此文件的 \(rows) 行，不会重复"
      )
    )
    return ranges.sorted { $0.lowerBound < $1.lowerBound }
  }

  private func tellInterrupted(_ totals: ImportTotals, on console: Console) {
    console.note(
      Text(
        en: "stopped after \(totals.answeredRows) rows; run the same command again to go on",
        zh: "已完成 \(totals.answeredRows) 行后停止；再次运行同一命令即可继续"
      )
    )
  }

  private func summary(
    _ totals: ImportTotals,
    _ digest: [UInt8],
    _ elapsed: Duration,
    _ rejects: RefusedFile
  ) -> Record {
    let (seconds, attoseconds) = elapsed.components
    let milliseconds = max(1, seconds * 1000 + attoseconds / 1_000_000_000_000_000)
    return Record([
      .init("file", "File", "文件", .text(file)),
      .init("sha256", "SHA-256", "SHA-256", .text(Hexadecimal.text(digest))),
      .init("rows", "Rows", "行数", .integer(totals.answeredRows + totals.skippedRows)),
      .init("created", "Registered", "新登记户", .integer(totals.created)),
      .init("updated", "Changed", "修改户", .integer(totals.updated)),
      .init("unchanged", "Unchanged", "无变化户", .integer(totals.unchanged)),
      .init("refused", "Refused", "被拒户", .integer(totals.refused)),
      .init("refused_rows", "Refused rows", "被拒行", .integer(totals.refusedRows)),
      .init("replayed", "Done by an earlier run", "先前已完成户", .integer(totals.replayed)),
      .init("skipped_rows", "Rows not sent again", "未重发行", .integer(totals.skippedRows)),
      .init(
        "refused_file",
        "Refused rows in",
        "被拒行文件",
        rejects.counts.rows > 0 ? .text(rejects.path) : .absent
      ),
      .init("milliseconds", "Milliseconds", "用时（毫秒）", .integer(milliseconds)),
      .init(
        "people_per_second",
        "People per second",
        "每秒人数",
        .integer(totals.answeredRows * 1000 / milliseconds)
      ),
    ])
  }

  private func failIfRefused(
    _ totals: ImportTotals,
    _ rejects: RefusedFile
  ) throws(CommandFailure) {
    guard totals.refused > 0 else { return }
    throw CommandFailure(
      .dataRefused,
      en: "\(totals.refused) households (\(totals.refusedRows) rows) were refused; see "
        + rejects.path,
      zh: "\(totals.refused) 户（\(totals.refusedRows) 行）被拒；见 \(rejects.path)"
    )
  }
}

/// An encoding as an argument.
enum EncodingName: String, ExpressibleByArgument, CaseIterable {
  case utf8 = "utf-8"
  case gb18030

  var encoding: CSVEncoding { self == .utf8 ? .utf8 : .gb18030 }
}
