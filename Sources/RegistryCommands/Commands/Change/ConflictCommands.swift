internal import ArgumentParser
internal import RPCCore
internal import RegistryAPI
internal import RegistryModel

/// `conflict list`: lists conflicts.
struct ConflictListCommand: ServerCommand {
  static let configuration = CommandConfiguration(
    commandName: "list",
    abstract: words("Lists conflicts.", "列出冲突。")
  )

  @OptionGroup(title: words("Filter", "条件")) var filter: ProposalFilterOptions

  @OptionGroup(title: words("Server", "服务器")) var serverOptions: ServerOptions
  @OptionGroup(title: words("Printing", "输出")) var printOptions: PrintOptions

  func run(on console: Console, over channel: any Channel) async throws {
    try await list(filter, [.conflict], on: console, over: channel)
  }
}

/// `conflict show`: shows both sides of a conflict, field by field.
struct ConflictShowCommand: ServerCommand {
  static let configuration = CommandConfiguration(
    commandName: "show",
    abstract: words("Shows both sides of a conflict, field by field.", "逐项显示冲突双方内容。")
  )

  @Argument(help: help("The proposal's id.", "提议编号。")) var id: String
  @OptionGroup(title: words("Server", "服务器")) var serverOptions: ServerOptions
  @OptionGroup(title: words("Printing", "输出")) var printOptions: PrintOptions

  func run(on console: Console, over channel: any Channel) async throws {
    let view = try await view(id, over: channel)
    try await show(ProposalForm.record(view, console.codeLists(over: channel)), on: console)
  }
}

/// `conflict resolve`: settles a conflict for one side.
struct ConflictResolveCommand: ServerCommand {
  static let configuration = CommandConfiguration(
    commandName: "resolve",
    abstract: words("Settles a conflict for one side.", "处理冲突，采用一方内容。"),
    discussion: words(
      "Where both sides differ, the one that is taken counts; what only one changed is taken in "
        + "either case.",
      "双方不同之处采用所选一方；仅一方修改之处均予采用。"
    )
  )

  private static let sides: [(ProposalVerdict, Text)] = [
    (.takeProposed, Text(en: "proposed", zh: "提议")),
    (.keepCurrent, Text(en: "current", zh: "在册")),
  ]

  @Argument(help: help("The proposal's id.", "提议编号。")) var id: String

  @Option(
    name: .long,
    help: ArgumentHelp(
      words("The side that counts: proposed or current.", "采用哪一方：提议或在册。"),
      valueName: "side"
    )
  )
  var take: String

  @Option(name: .long, help: help("Why, in words.", "理由。"))
  var reason: String

  @OptionGroup(title: words("Server", "服务器")) var serverOptions: ServerOptions
  @OptionGroup(title: words("Printing", "输出")) var printOptions: PrintOptions

  func run(on console: Console, over channel: any Channel) async throws {
    let verdict = try ChangeInput.choice(take, Self.sides, "--take")
    try await settle(id, verdict, reason, on: console, over: channel)
  }
}
