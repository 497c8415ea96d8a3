internal import ArgumentParser
internal import RPCCore
internal import RegistryAPI

/// `household list`: households that a filter finds, in pages.
struct HouseholdListCommand: ServerCommand {
  static let configuration = CommandConfiguration(
    commandName: "list",
    abstract: words("Lists households that a filter finds.", "按条件列出农户。"),
    discussion: words(
      "Pages stay stable while data changes. When there are more, standard error names the token "
        + "that --page-token takes to go on.",
      "翻页期间数据变化不影响结果次序。尚有更多时，标准错误输出给出可供 --page-token 继续的标记。"
    )
  )

  @OptionGroup(title: words("Filter", "条件")) var filter: HouseholdFilterOptions

  @Option(name: .long, help: help("Print at most this many.", "最多显示户数。"))
  var limit = 50

  @Flag(name: .long, help: help("Print all.", "显示全部。"))
  var all = false

  @Option(
    name: .long,
    help: help("Go on from an earlier list with the same filter.", "从先前同条件的列表继续。")
  )
  var pageToken = ""

  @OptionGroup(title: words("Server", "服务器")) var serverOptions: ServerOptions
  @OptionGroup(title: words("Printing", "输出")) var printOptions: PrintOptions

  func validate() throws {
    guard (1...1_000_000).contains(limit) else {
      throw ValidationError(
        words(
          "--limit must be 1 to 1,000,000; use --all for everything.",
          "--limit 应为 1 至 1,000,000；显示全部请用 --all。"
        )
      )
    }
  }

  func run(on console: Console, over channel: any Channel) async throws {
    let codes = try await console.codeLists(over: channel)
    var request = SearchHouseholdsRequest()
    request.filter = try filter.filter(codes)
    request.pageToken = pageToken
    var rows = Rows(HouseholdForm.columns)
    let wanted = all ? Int.max : limit
    repeat {
      request.pageSize = UInt32(min(500, wanted - rows.rows.count))
      let page = try await HouseholdClient(channel)
        .searchHouseholds(request, options: callOptions())
      rows.rows += page.households.map {
        HouseholdForm.row($0, isWithheld: page.withheld.contains, codes)
      }
      request.pageToken = page.nextPageToken
    } while !request.pageToken.isEmpty && rows.rows.count < wanted
    try show(rows, on: console)
    if !request.pageToken.isEmpty {
      console.note(
        Text(
          en: "there are more: --page-token \(request.pageToken)",
          zh: "尚有更多：--page-token \(request.pageToken)"
        )
      )
    }
  }
}
