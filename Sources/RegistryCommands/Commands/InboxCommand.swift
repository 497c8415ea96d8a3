internal import ArgumentParser
internal import RPCCore
internal import RegistryAPI
internal import RegistryClient

/// `inbox`: what waits for this office.
struct InboxCommand: ClientCommand {
  static let configuration = CommandConfiguration(
    commandName: "inbox",
    abstract: words("Shows what waits for this office.", "显示本机构的待办申请。"),
    discussion: words(
      """
      First how many applications are in each state, then the applications. With --output csv only \
      the applications: fill in what differs by row (votes, income, decision) and give the file to \
      application STEP --from.
      """,
      """
      先显示各状态件数，再列出申请。用 --output csv 时仅列出申请：补填各行内容（票数、收入、决定）后，\
      可交给 application 各步骤的 --from。
      """
    )
  )

  @OptionGroup(title: words("Filter", "条件")) var filter: ApplicationFilterOptions

  @Option(name: .long, help: help("List at most this many.", "最多列出件数。"))
  var limit = 2000

  @Flag(name: .long, help: help("Only the counts.", "仅显示件数。"))
  var counts = false

  @OptionGroup(title: words("Server", "服务器")) var serverOptions: ServerOptions
  @OptionGroup(title: words("Printing", "输出")) var printOptions: PrintOptions

  func validate() throws {
    guard (1...RegistryClient.listLimit).contains(limit) else {
      throw ValidationError(words("--limit must be 1 to 200,000.", "--limit 应为 1 至 200,000。"))
    }
  }

  func run(on console: Console, with client: RegistryClient) async throws {
    let (all, next) = try await client.applications(filter.request(waiting: true))
    let lines = all.filter(filter.isWanted)
    let shown = counts ? [] : Array(lines.prefix(limit))
    let rows = Rows(ApplicationTable.columns, shown.map(ApplicationTable.row))
    if printOptions.output == .csv, !counts {
      try show(rows, on: console)
    } else if counts {
      try show(ApplicationTable.counts(lines), on: console)
    } else {
      try show(
        Record([
          .init("waiting", "Waiting", "待办", .integer(Int64(lines.count))),
          .init("states", "By state", "按状态", .rows(ApplicationTable.counts(lines))),
          .init("applications", "Applications", "申请", .rows(rows)),
        ]),
        on: console
      )
    }
    if !next.isEmpty || (!counts && lines.count > limit) {
      console.note(
        Text(
          en: "there are more: narrow the filter or raise --limit",
          zh: "尚有更多：请缩小条件或增大 --limit"
        )
      )
    }
  }
}
