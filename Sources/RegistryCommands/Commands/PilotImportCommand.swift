internal import ArgumentParser
internal import CSV
internal import RPCCore
internal import RegistryAPI
internal import RegistryClient
internal import RegistryModel

/// `pilot import`: records of pilot work from a file.
struct PilotImportCommand: ResultCommand {
  static let configuration = CommandConfiguration(
    commandName: "import",
    abstract: words("Records pilot work from a CSV file.", "从 CSV 文件登记试点工作。"),
    discussion: words(
      """
      One row a record, headings in English or Chinese, UTF-8 or GB18030: kind, division, day, title; \
      text, level, source, need, unit, of, project, household_number, also, and one column for each \
      number (people.rural, yuan, …; money is in yuan), where the kind has them. `of` and `project` \
      name a record by its id, or a row above by the label that stands in its column `label`. All rows \
      are checked before the first is sent; each is signed where its kind asks for it. The same file \
      can be imported again within a week: what was recorded is known by the file's SHA-256 and the \
      row, so that an interrupted import goes on where it stopped and nothing is doubled; later than \
      that, rows would be recorded anew. Rows that the node refuses go to FILE.refused.csv with the \
      reason in a last column, and the rest goes on.
      """,
      """
      每行一条记录，表头中英文均可，编码为 UTF-8 或 GB18030：类别、区划代码、日期、标题；以及该类记录所需的正文、资金层级、\
      依据、需求类别、规模单位、所属记录、项目、户编号、其他区划和各项数字（农村人口、金额等，资金以元计）。“所属记录”和“项目”填记录标识，\
      或上文某行“代号”列中的代号。全部行先行核对，之后才发送；须签名的类别逐条签名。同一文件一周内可重复导入：系统按文件 \
      SHA-256 和行号识别已登记的行，因此中断后可继续，且不会重复；一周之后会重新登记。被节点拒绝的行连同原因写入 FILE.refused.csv，其余继续。
      """
    )
  )

  /// Problems that are told one by one.
  private static let told = PilotImportSession.problemLimit

  @Argument(help: help("The CSV file.", "CSV 文件。"), completion: .file(extensions: ["csv"]))
  var file: String
  @Option(
    name: .long,
    help: help(
      "Only the rows about this division; may be repeated.",
      "仅导入该区划的行，可重复。"
    )
  )
  var division: [String] = []
  @Flag(
    name: .long,
    help: help(
      "Only check and show what the file says; no server is needed.",
      "仅核对并显示对文件的理解，无需服务器。"
    )
  )
  var dryRun = false
  @Option(name: .long, help: help("Encoding (default: found out).", "编码（默认自动识别）。"))
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
  @OptionGroup(title: words("Server", "服务器")) var serverOptions: ServerOptions
  @OptionGroup(title: words("Printing", "输出")) var printOptions: PrintOptions

  func run(on console: Console) async throws {
    let input = try InputFile(path: file)
    if dryRun {
      let plan = try plan(input, try console.codeLists(), on: console)
      let check = try PilotFileCheck(plan, today: ChinaTime.today)
      try show(check.record(plan.kinds), on: console)
      if check.refused > 0 {
        throw CommandFailure(
          .dataRefused,
          en: "\(check.refused) rows would be refused",
          zh: "\(check.refused) 行将被拒"
        )
      }
      return
    }
    // The headings are read before a server is asked.
    _ = try plan(input, try console.codeLists(), on: console).open()
    try await console.withClient(serverOptions) { client in
      try await send(input, on: console, with: client)
    }
  }

  private func plan(
    _ input: InputFile,
    _ lists: CodeLists,
    on console: Console
  ) throws(CommandFailure) -> PilotImportPlan {
    PilotImportPlan(
      file: input,
      encoding: encoding?.encoding,
      kinds: try console.pilotKinds(),
      lists: lists,
      divisions: Set(division)
    )
  }

  private func send(
    _ input: InputFile,
    on console: Console,
    with client: RegistryClient
  ) async throws {
    let start = ContinuousClock.now
    let plan = try plan(input, try await console.codeLists(over: client.channel), on: console)
    let survey = try input.survey()
    let check = try PilotFileCheck(plan, today: ChinaTime.today)
    try refuseFile(check)
    let rejects = RefusedFile(
      path: refused ?? file + ".refused.csv",
      headings: check.headings,
      language: console.language
    )
    let progress = ProgressBar(
      Text(en: "import", zh: "导入"),
      total: check.meant,
      unit: Text(en: "rows", zh: "行"),
      on: console
    )
    let session = PilotImportSession(
      plan,
      digest: survey.digest,
      refused: rejects,
      progress: progress
    )
    do {
      try await session.run(over: client)
    } catch {
      progress.finish()
      try rejects.finish()
      console.note(
        Text(
          en: "stopped after \(session.totals.answered) rows; run the same command again to go on",
          zh: "已完成 \(session.totals.answered) 行后停止；再次运行同一命令即可继续"
        )
      )
      throw error
    }
    progress.finish()
    try rejects.finish()
    let elapsed = ContinuousClock.now - start
    try show(summary(session.totals, check, survey.digest, elapsed, rejects), on: console)
    try failIfRefused(session.totals, rejects)
  }

  /// - Throws: `dataRefused` with the rows, fields and rules, when rows break rules; then nothing is
  ///   sent.
  private func refuseFile(_ check: PilotFileCheck) throws(CommandFailure) {
    guard check.refused > 0 else { return }
    var failure = CommandFailure(
      .dataRefused,
      en: "\(check.refused) rows break rules; nothing was sent",
      zh: "\(check.refused) 行不合规则，未发送任何内容"
    )
    failure.details = check.problems.map(Text.init)
    let untold = check.problemCount - Int64(check.problems.count)
    if untold > 0 {
      failure.details.append(Text(en: "and \(untold) more", zh: "另有 \(untold) 处"))
    }
    throw failure
  }

  private func summary(
    _ totals: PilotImportTotals,
    _ check: PilotFileCheck,
    _ digest: [UInt8],
    _ elapsed: Duration,
    _ rejects: RefusedFile
  ) -> Record {
    let (seconds, attoseconds) = elapsed.components
    return Record([
      .init("file", "File", "文件", .text(file)),
      .init("sha256", "SHA-256", "SHA-256", .text(Hexadecimal.text(digest))),
      .init("rows", "Rows", "行数", .integer(check.rows)),
      .init("recorded", "Recorded", "已登记", .integer(totals.recorded)),
      .init("replayed", "Done by an earlier run", "先前已登记", .integer(totals.replayed)),
      .init("refused", "Refused", "被拒", .integer(totals.refused)),
      .init("left_out", "Of other divisions", "其他区划", .integer(check.rows - check.meant)),
      .init(
        "refused_file",
        "Refused rows in",
        "被拒行文件",
        totals.refused > 0 ? .text(rejects.path) : .absent
      ),
      .init(
        "milliseconds",
        "Milliseconds",
        "用时（毫秒）",
        .integer(max(1, seconds * 1000 + attoseconds / 1_000_000_000_000_000))
      ),
    ])
  }

  private func failIfRefused(
    _ totals: PilotImportTotals,
    _ rejects: RefusedFile
  ) throws(CommandFailure) {
    guard totals.refused > 0 else { return }
    var failure = CommandFailure(
      .dataRefused,
      en: "\(totals.refused) rows were refused; see \(rejects.path)",
      zh: "\(totals.refused) 行被拒；见 \(rejects.path)"
    )
    failure.details = totals.problems.prefix(Self.told).map(Text.init)
    throw failure
  }
}
