internal import ArgumentParser
internal import RPCCore
internal import RegistryAPI

/// `hand-over`: files on their way to other counties.
struct HandOverCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "hand-over",
    abstract: words("Files handed over to other counties.", "向外县移交的档案。"),
    subcommands: [HandOverListCommand.self]
  )
}

/// `hand-over list`: the hand-overs in the order of their recording.
struct HandOverListCommand: ServerCommand {
  static let configuration = CommandConfiguration(
    commandName: "list",
    abstract: words("Lists hand-overs.", "列出移交。")
  )

  @OptionGroup(title: words("Server", "服务器")) var serverOptions: ServerOptions
  @OptionGroup(title: words("Printing", "输出")) var printOptions: PrintOptions

  func run(on console: Console, over channel: any Channel) async throws {
    var request = ListHandOversRequest(pageSize: 500)
    var rows = Rows(ProposalForm.handOverColumns)
    repeat {
      let page = try await ChangeClient(channel).listHandOvers(request, options: callOptions())
      rows.rows += page.handOvers.map { ProposalForm.row($0) }
      request.pageToken = page.nextPageToken
    } while !request.pageToken.isEmpty
    try show(rows, on: console)
  }
}
