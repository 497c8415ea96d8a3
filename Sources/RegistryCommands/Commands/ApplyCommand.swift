internal import ArgumentParser
internal import CSV
internal import RPCCore
internal import RegistryAPI
internal import RegistryClient
internal import RegistryModel

/// `apply`: records households' applications.
struct ApplyCommand: ClientCommand {
  static let configuration = CommandConfiguration(
    commandName: "apply",
    abstract: words("Records applications of households.", "受理农户申请。"),
    discussion: words(
      """
      From fields (--from JSON, --set), from a CSV file with the columns of the import (--csv), or \
      at a terminal question by question. In a CSV file a household number means that this \
      household, which exited, comes back. Decisions and category are the offices' to make: what \
      is given of them is ignored.

      """,
      """
      可由字段（--from JSON、--set）、由导入格式的 CSV 文件（--csv），或在终端逐项问答录入。CSV 中填有户编号\
      表示该已退出户返贫。认定和属性由各机构决定，录入的不予采用。

      """
    ) + HouseholdInputOptions.form
  )

  @OptionGroup(title: words("Fields", "字段")) var input: HouseholdInputOptions

  @Option(
    name: .long,
    help: ArgumentHelp(
      words("Many households, one row a member.", "多户，每行一人。"),
      valueName: "file"
    ),
    completion: .file(extensions: ["csv"])
  )
  var csv: String?

  @Option(
    name: .long,
    help: ArgumentHelp(
      words(
        "With --csv: where refused rows go (default: FILE.refused.csv).",
        "与 --csv 合用：被拒行的文件（默认为 FILE.refused.csv）。"
      ),
      valueName: "file"
    ),
    completion: .file()
  )
  var refused: String?

  @Flag(
    name: .long,
    help: help("Pass over columns whose headings are unknown.", "略过列名无法识别的列。")
  )
  var ignoreUnknown = false

  @Option(
    name: .long,
    help: ArgumentHelp(
      words(
        "At a terminal: keep the answers as JSON in this file.",
        "终端问答时：将录入内容以 JSON 存入此文件。"
      ),
      valueName: "file"
    ),
    completion: .file(extensions: ["json"])
  )
  var keep: String?

  @OptionGroup(title: words("Application", "申请")) var options: ApplyOptions
  @OptionGroup(title: words("Server", "服务器")) var serverOptions: ServerOptions
  @OptionGroup(title: words("Printing", "输出")) var printOptions: PrintOptions

  func validate() throws {
    let hasFields = input.from != nil || !input.set.isEmpty
    guard csv == nil || !hasFields else {
      throw ValidationError(
        words("Give either fields or --csv.", "字段与 --csv 只能给出其一。")
      )
    }
    guard csv == nil || options.previousHousehold == nil else {
      throw ValidationError(
        words(
          "With --csv the household number stands in the file.",
          "用 --csv 时，户编号应填在文件中。"
        )
      )
    }
    guard csv != nil || (refused == nil && !ignoreUnknown) else {
      throw ValidationError(
        words(
          "--refused and --ignore-unknown go with --csv.",
          "--refused 和 --ignore-unknown 须与 --csv 合用。"
        )
      )
    }
  }

  func run(on console: Console, with client: RegistryClient) async throws {
    if let csv { return try await send(csv, on: console, client) }
    let codes = try await console.codeLists(over: client.channel)
    var household = Household()
    if input.from != nil || !input.set.isEmpty {
      for field in try input.fields() {
        _ = try HouseholdForm.set(field.path, to: field.input, in: &household, codes)
      }
    } else {
      guard let answered = try await ask(on: console, codes, client) else {
        return console.note(Text(en: "nothing was recorded", zh: "未登记"))
      }
      household = answered
    }
    let request = ApplyRequest(applications: [options.application(household)])
    let outcomes = StepOutcome.all(try await client.apply(request))
    try show(StepOutcome.rows(outcomes, console.language), on: console)
    try StepOutcome.failIfRefused(outcomes, file: nil)
  }

  private func ask(
    on console: Console,
    _ codes: CodeLists,
    _ client: RegistryClient
  ) async throws -> Household? {
    guard let answers = console.answers else {
      throw CommandFailure(
        .usage,
        en: "give fields or --csv: there is no terminal to ask at",
        zh: "请给出字段或 --csv：没有可供问答的终端"
      )
    }
    let node = try await client.node.getNode(GetNodeRequest())
    console.noteSynthetic(node.synthetic)
    var interview = Interview(
      console: console,
      answers: answers,
      codes: codes,
      rules: HouseholdRules(
        lists: codes,
        today: ChinaTime.today,
        allowsSynthetic: node.synthetic
      )
    )
    let household = try interview.run()
    if let keep, let household {
      let file = try AtomicFile(path: keep)
      let record = HouseholdForm.record(household, codes)
      try file.write(JSONPrinter(language: console.language).text(record))
      try file.commit()
    }
    return household
  }

  private func send(_ path: String, on console: Console, _ client: RegistryClient) async throws {
    let input = try InputFile(path: path)
    let node = try await client.node.getNode(GetNodeRequest())
    console.noteSynthetic(node.synthetic)
    let rules = HouseholdRules(
      lists: try await console.codeLists(over: client.channel),
      today: ChinaTime.today,
      allowsSynthetic: node.synthetic
    )
    let lines = try input.survey().lines
    let file = try ImportFile(input, encoding: nil, rules: rules)
    if !ignoreUnknown { try file.refuseUnknown() }
    let rejects = RefusedFile(
      path: refused ?? path + ".refused.csv",
      headings: file.headings,
      language: console.language
    )
    let progress = ProgressBar(
      Text(en: "apply", zh: "受理"),
      total: max(0, lines - 1),
      unit: Text(en: "people", zh: "人"),
      on: console
    )
    var run = ApplicationImport(options: options, client: client, refused: rejects)
    do {
      try await run.run(file, progress: progress)
    } catch {
      progress.finish()
      try rejects.finish()
      if !run.outcomes.isEmpty {
        try show(StepOutcome.rows(run.outcomes, console.language), on: console)
      }
      throw error
    }
    progress.finish()
    try rejects.finish()
    try show(StepOutcome.rows(run.outcomes, console.language), on: console)
    try StepOutcome.failIfRefused(run.outcomes, file: rejects.path)
  }
}

/// What an application says beside the file.
struct ApplyOptions: ParsableArguments {
  @Option(
    name: .long,
    help: help("The year whose quota it counts against (default: this year).", "计入规模的年度（默认为本年）。")
  )
  var period: UInt32 = 0

  @Option(
    name: .long,
    help: ArgumentHelp(
      words("Day on which the household applied (default: today).", "申请日期（默认为今天）。"),
      valueName: "yyyy-mm-dd"
    )
  )
  var day: DayArgument?

  @Option(
    name: .long,
    help: ArgumentHelp(
      words("The exited household that comes back by it.", "返贫的已退出户的户编号。"),
      valueName: "number"
    )
  )
  var previousHousehold: String?

  init() {}

  func application(_ household: Household) -> NewApplication {
    NewApplication(
      household: household,
      period: period,
      day: day?.number ?? 0,
      previousHousehold: previousHousehold ?? ""
    )
  }
}
