internal import ArgumentParser
internal import RPCCore
internal import RegistryAPI
internal import RegistryModel

/// `household history`: every version of a file, the latest first.
struct HouseholdHistoryCommand: ServerCommand {
  static let configuration = CommandConfiguration(
    commandName: "history",
    abstract: words(
      "Shows a household's versions: when, by whom, why, what changed.",
      "显示一户的历史版本：时间、经办、理由及变更字段。"
    )
  )

  @Argument(help: help("The printed number.", "户编号。")) var number: String

  @Option(name: .long, help: help("Print at most this many.", "最多显示条数。"))
  var limit = 100

  @OptionGroup(title: words("Server", "服务器")) var serverOptions: ServerOptions
  @OptionGroup(title: words("Printing", "输出")) var printOptions: PrintOptions

  func validate() throws {
    guard (1...1_000_000).contains(limit) else {
      throw ValidationError("--limit must be 1 to 1,000,000.")
    }
  }

  func run(on console: Console, over channel: any Channel) async throws {
    let client = HouseholdClient(channel)
    let household = try await client.getHousehold(
      GetHouseholdRequest(by: .number(number)),
      options: callOptions()
    )
    var request = GetHistoryRequest(id: household.id)
    var rows = Rows(ProposalForm.historyColumns)
    repeat {
      request.pageSize = UInt32(min(500, limit - rows.rows.count))
      let page = try await client.getHistory(request, options: callOptions())
      rows.rows += page.versions.map { ProposalForm.row($0) }
      request.pageToken = page.nextPageToken
    } while !request.pageToken.isEmpty && rows.rows.count < limit
    try show(rows, on: console)
    if !request.pageToken.isEmpty {
      console.note(Text(en: "there are earlier versions: use --limit", zh: "尚有更早版本：请用 --limit"))
    }
  }
}

/// `household compare`: two versions side by side.
struct HouseholdCompareCommand: ServerCommand {
  static let configuration = CommandConfiguration(
    commandName: "compare",
    abstract: words("Shows where two versions of a household differ.", "比较一户的两个版本。")
  )

  @Argument(help: help("The printed number.", "户编号。")) var number: String

  @Option(name: .long, help: help("The one version (default: the first).", "版本一（默认为首个）。"))
  var from: UInt64 = 0

  @Option(name: .long, help: help("The other version (default: the current).", "版本二（默认为现有）。"))
  var to: UInt64 = 0

  @OptionGroup(title: words("Server", "服务器")) var serverOptions: ServerOptions
  @OptionGroup(title: words("Printing", "输出")) var printOptions: PrintOptions

  func run(on console: Console, over channel: any Channel) async throws {
    let codes = try await console.codeLists(over: channel)
    let client = HouseholdClient(channel)
    let household = try await client.getHousehold(
      GetHouseholdRequest(by: .number(number)),
      options: callOptions()
    )
    let compared = try await client.compareVersions(
      CompareVersionsRequest(id: household.id, from: from, to: to),
      options: callOptions()
    )
    let (one, other) = (compared.from ?? Household(), compared.to ?? Household())
    for step in compared.steps {
      let kind = step.change?.kind ?? .unspecified
      let name = ProposalForm.kinds.first { $0.0 == kind }?.1 ?? Text(en: "change", zh: "变更")
      console.note(
        Text(
          en: "version \(step.version): \(name.en), by \(step.actor)",
          zh: "版本 \(step.version)：\(name.zh)，经办 \(step.actor)"
        )
      )
    }
    try show(HouseholdChanges.rows(from: one, to: other, codes), on: console)
  }
}
