internal import ArgumentParser
internal import RPCCore
internal import RegistryAPI
internal import RegistryClient
internal import RegistryModel

/// `application`: applications on their way to the register.
struct ApplicationCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "application",
    abstract: words(
      "Applications: look at them, take steps on them.",
      "申请：查看与办理。"
    ),
    discussion: words(
      """
      Steps take numbers of applications, --all-waiting, or --from FILE. Each is done or refused \
      alone, with a line for each in the result; decisions are signed with the profile's key. \
      registryctl procedure shows who takes which step when.
      """,
      """
      各步骤可给出申请编号、--all-waiting 或 --from 文件。逐件办理、逐件给出结果；决定以配置中的私钥签名。\
      registryctl procedure 列出各步骤的办理机构和条件。
      """
    ),
    subcommands: [
      ApplicationListCommand.self, ApplicationShowCommand.self, ApplicationStepsCommand.self,
      AppraiseCommand.self, DecideCommand.self, ExamineCommand.self, ApproveCommand.self,
      RegisterCommand.self, ReturnCommand.self, WithdrawCommand.self, AppealCommand.self,
      DecideAppealCommand.self, AmendCommand.self, ObjectCommand.self, AnswerCommand.self,
      SettleDuplicateCommand.self,
    ]
  )
}

/// `application list`: applications that a filter finds, in pages.
struct ApplicationListCommand: ClientCommand {
  static let configuration = CommandConfiguration(
    commandName: "list",
    abstract: words("Lists applications.", "列出申请。")
  )

  @OptionGroup(title: words("Filter", "条件")) var filter: ApplicationFilterOptions

  @Flag(name: .long, help: help("Only what waits for this office.", "仅本机构待办。"))
  var waiting = false

  @Option(name: .long, help: help("Read at most this many.", "最多读取件数。"))
  var limit = 50

  @Flag(name: .long, help: help("Read all.", "读取全部。"))
  var all = false

  @Option(
    name: .long,
    help: help("Go on from an earlier list with the same filter.", "从先前同条件的列表继续。")
  )
  var pageToken = ""

  @OptionGroup(title: words("Server", "服务器")) var serverOptions: ServerOptions
  @OptionGroup(title: words("Printing", "输出")) var printOptions: PrintOptions

  func validate() throws {
    guard (1...RegistryClient.listLimit).contains(limit) else {
      throw ValidationError(words("--limit must be 1 to 200,000.", "--limit 应为 1 至 200,000。"))
    }
  }

  func run(on console: Console, with client: RegistryClient) async throws {
    var request = filter.request(waiting: waiting)
    request.pageToken = pageToken
    let (lines, next) = try await client.applications(
      request,
      limit: all ? RegistryClient.listLimit : limit
    )
    let rows = lines.filter(filter.isWanted).map(ApplicationTable.row)
    try show(Rows(ApplicationTable.columns, rows), on: console)
    if !next.isEmpty {
      console.note(
        Text(en: "there are more: --page-token \(next)", zh: "尚有更多：--page-token \(next)")
      )
    }
  }
}

/// The options by which one application is named.
struct ApplicationKeyOptions: ParsableArguments {
  @Argument(help: help("The application's number or id.", "申请编号或内部编号。"))
  var number: String?

  @Option(
    name: .long,
    help: help(
      "Citizen ID number of a member; - reads it from standard input, so that it stands in no "
        + "list of processes.",
      "任一成员的公民身份号码；用 - 从标准输入读取，以免出现在进程列表中。"
    )
  )
  var citizenID: String?

  init() {}

  func validate() throws {
    guard (number == nil) != (citizenID == nil) else {
      throw ValidationError(
        words("Give a number or --citizen-id.", "请给出申请编号或 --citizen-id 之一。")
      )
    }
  }

  var request: GetApplicationRequest {
    if let number { return ApplicationKey.request(number) }
    let text = citizenID == "-" ? (readLine() ?? "") : citizenID ?? ""
    return GetApplicationRequest(by: .citizenId(text.trimmingSpaces))
  }
}

/// `application show`: one application whole.
struct ApplicationShowCommand: ClientCommand {
  static let configuration = CommandConfiguration(
    commandName: "show",
    abstract: words("Shows one application and what comes next.", "显示一份申请及下一步。")
  )

  @OptionGroup(title: words("Application", "申请")) var key: ApplicationKeyOptions
  @OptionGroup(title: words("Server", "服务器")) var serverOptions: ServerOptions
  @OptionGroup(title: words("Printing", "输出")) var printOptions: PrintOptions

  func run(on console: Console, with client: RegistryClient) async throws {
    let application = try await client.procedure.getApplication(key.request)
    let codes = try await console.codeLists(over: client.channel)
    try show(
      ApplicationForm.record(application, codes, console.language),
      on: console
    )
  }
}

/// `application steps`: what was done on one application, by whom, signed or not.
struct ApplicationStepsCommand: ClientCommand {
  static let configuration = CommandConfiguration(
    commandName: "steps",
    abstract: words("Shows the steps of one application.", "显示一份申请的办理过程。")
  )

  @OptionGroup(title: words("Application", "申请")) var key: ApplicationKeyOptions
  @OptionGroup(title: words("Server", "服务器")) var serverOptions: ServerOptions
  @OptionGroup(title: words("Printing", "输出")) var printOptions: PrintOptions

  func run(on console: Console, with client: RegistryClient) async throws {
    let application = try await client.procedure.getApplication(key.request)
    try show(ApplicationForm.steps(application), on: console)
  }
}
