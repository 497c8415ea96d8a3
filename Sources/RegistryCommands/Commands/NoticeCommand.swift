internal import ArgumentParser
internal import RPCCore
internal import RegistryAPI
internal import RegistryClient
internal import RegistryModel

/// `notice`: public notices.
struct NoticeCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "notice",
    abstract: words("Public notices.", "公示。"),
    subcommands: [
      NoticeOpenCommand.self, NoticeCloseCommand.self, NoticeListCommand.self,
      NoticeShowCommand.self, NoticeSheetCommand.self,
    ]
  )
}

/// A notice's id as an argument.
struct NoticeID: ExpressibleByArgument {
  let bytes: [UInt8]

  init?(argument: String) {
    guard let bytes = Hexadecimal.bytes(argument), bytes.count == 16 else { return nil }
    self.bytes = bytes
  }
}

/// `notice open`: posts applications.
struct NoticeOpenCommand: ClientCommand {
  static let configuration = CommandConfiguration(
    commandName: "open",
    abstract: words("Posts a notice in this office's division.", "在本机构所在区划张贴公示。"),
    discussion: words(
      "Without numbers: all applications that wait for their notice here, up to 2,000.",
      "未给出编号时，公示本级全部待公示的申请，最多 2,000 件。"
    )
  )

  @Argument(help: help("Numbers of applications.", "申请编号，可给出多个。"))
  var numbers: [String] = []

  @Option(name: .long, help: help("Where it hangs.", "张贴地点。"))
  var place = ""

  @Option(name: .long, help: help("Division (default: this office's own).", "区划（默认为本机构所在区划）。"))
  var division = ""

  @Option(
    name: .long,
    help: ArgumentHelp(
      words("Day on which it was posted (default: today).", "张贴日期（默认为今天）。"),
      valueName: "yyyy-mm-dd"
    )
  )
  var day: DayArgument?

  @OptionGroup(title: words("Server", "服务器")) var serverOptions: ServerOptions
  @OptionGroup(title: words("Printing", "输出")) var printOptions: PrintOptions

  func run(on console: Console, with client: RegistryClient) async throws {
    var request = OpenNoticeRequest(division: division, day: day?.number ?? 0, place: place)
    let targets = try await StepTargets.resolve(
      numbers.map { number in
        StepTarget(row: 0, number: number, values: StepValues(), text: RowText())
      },
      client
    )
    for target in targets {
      guard let known = target.known else {
        throw CommandFailure(
          .notFound,
          en: "no application \(target.number) in the office's area",
          zh: "辖区内没有申请 \(target.number)"
        )
      }
      request.applications.append(known.id)
    }
    let answer = try await client.procedure.openNotice(request, options: callOptions(writes: true))
    let outcomes = StepOutcome.all(answer.results)
    try show(NoticeTable.record(answer.notice, outcomes, console.language), on: console)
    if answer.notice == nil {
      throw CommandFailure(.dataRefused, en: "nothing was posted", zh: "没有可公示的申请")
    }
    try StepOutcome.failIfRefused(outcomes, file: nil)
  }
}

/// `notice close`: takes a notice down; its applications move on.
struct NoticeCloseCommand: ClientCommand {
  static let configuration = CommandConfiguration(
    commandName: "close",
    abstract: words(
      "Closes a notice: its applications move on, or back where an objection was upheld.",
      "结束公示：申请进入下一环节；异议成立的退回。"
    )
  )

  @Argument(help: help("The notice's id (32 hexadecimal digits).", "公示编号（32位十六进制）。"))
  var notice: NoticeID

  @Option(
    name: .long,
    help: ArgumentHelp(
      words("Day on which it came down (default: today).", "结束日期（默认为今天）。"),
      valueName: "yyyy-mm-dd"
    )
  )
  var day: DayArgument?

  @OptionGroup(title: words("Server", "服务器")) var serverOptions: ServerOptions
  @OptionGroup(title: words("Printing", "输出")) var printOptions: PrintOptions

  func run(on console: Console, with client: RegistryClient) async throws {
    let answer = try await client.procedure.closeNotice(
      CloseNoticeRequest(notice: notice.bytes, day: day?.number ?? 0),
      options: callOptions(writes: true)
    )
    let outcomes = StepOutcome.all(answer.results)
    try show(NoticeTable.record(answer.notice, outcomes, console.language), on: console)
    try StepOutcome.failIfRefused(outcomes, file: nil)
  }
}

/// `notice list`: notices in the order of their posting.
struct NoticeListCommand: ClientCommand {
  static let configuration = CommandConfiguration(
    commandName: "list",
    abstract: words("Lists notices.", "列出公示。")
  )

  @Option(name: .long, help: help("In this division or below.", "此区划及以下。"))
  var division = ""

  @Flag(name: .long, help: help("Only open ones.", "仅公示中的。"))
  var open = false

  @Option(name: .long, help: help("Print at most this many.", "最多显示条数。"))
  var limit = 500

  @OptionGroup(title: words("Server", "服务器")) var serverOptions: ServerOptions
  @OptionGroup(title: words("Printing", "输出")) var printOptions: PrintOptions

  func validate() throws {
    guard (1...100_000).contains(limit) else {
      throw ValidationError(words("--limit must be 1 to 100,000.", "--limit 应为 1 至 100,000。"))
    }
  }

  func run(on console: Console, with client: RegistryClient) async throws {
    var request = ListNoticesRequest(division: division, open: open)
    var rows = Rows(NoticeTable.columns)
    repeat {
      request.pageSize = UInt32(min(500, limit - rows.rows.count))
      let page = try await client.procedure.listNotices(request)
      rows.rows += page.notices.map(NoticeTable.row)
      request.pageToken = page.nextPageToken
    } while !request.pageToken.isEmpty && rows.rows.count < limit
    try show(rows, on: console)
    if !request.pageToken.isEmpty {
      console.note(Text(en: "there are more: raise --limit", zh: "尚有更多：请增大 --limit"))
    }
  }
}

/// `notice show`: a notice with its lines.
struct NoticeShowCommand: ClientCommand {
  static let configuration = CommandConfiguration(
    commandName: "show",
    abstract: words("Shows a notice.", "显示一份公示。")
  )

  @Argument(help: help("The notice's id (32 hexadecimal digits).", "公示编号（32位十六进制）。"))
  var notice: NoticeID

  @OptionGroup(title: words("Server", "服务器")) var serverOptions: ServerOptions
  @OptionGroup(title: words("Printing", "输出")) var printOptions: PrintOptions

  func run(on console: Console, with client: RegistryClient) async throws {
    let sheet = try await client.procedure.getNotice(GetNoticeRequest(id: notice.bytes))
    console.noteSynthetic(sheet.synthetic)
    try await show(
      NoticeTable.record(sheet, console.codeLists(over: client.channel)),
      on: console
    )
  }
}

/// `notice sheet`: the printable page.
struct NoticeSheetCommand: ConsoleCommand {
  static let configuration = CommandConfiguration(
    commandName: "sheet",
    abstract: words("Makes a notice's printable page (A4, HTML).", "生成公示的可打印页面（A4，HTML）。"),
    discussion: words(
      "Open the file in a browser and print it. It holds no ID, bank or telephone numbers and no "
        + "addresses.",
      "用浏览器打开后打印。页面不含公民身份号码、银行账号、电话和住址。"
    )
  )

  @Argument(help: help("The notice's id (32 hexadecimal digits).", "公示编号（32位十六进制）。"))
  var notice: NoticeID

  @Option(
    name: .shortAndLong,
    help: ArgumentHelp(
      words("Where to write (default: standard output).", "写入何处（默认为标准输出）。"),
      valueName: "file"
    ),
    completion: .file(extensions: ["html"])
  )
  var output: String?

  @OptionGroup(title: words("Server", "服务器")) var serverOptions: ServerOptions
  @OptionGroup(title: words("Printing", "输出")) var languageOptions: LanguageOptions

  func run(on console: Console) async throws {
    try await console.withClient(serverOptions) { client in
      let sheet = try await client.procedure.getNotice(GetNoticeRequest(id: notice.bytes))
      let page = NoticePage.html(
        sheet,
        try await console.codeLists(over: client.channel),
        console.language
      )
      if let output {
        let file = try AtomicFile(path: output)
        try file.write(page)
        try file.commit()
        console.noteSynthetic(sheet.synthetic)
        console.note(Text(en: "written: \(output)", zh: "已写入：\(output)"))
      } else {
        try console.print(page)
      }
    }
  }
}

extension StepOutcome {
  static func all(_ results: [StepResult]) -> [StepOutcome] {
    results.enumerated().map { StepOutcome($1, row: UInt32($0 + 1)) }
  }
}
