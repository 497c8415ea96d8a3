internal import ArgumentParser
internal import RPCCore
internal import RegistryAPI
internal import RegistryModel

/// `proposal list`: lists proposals, by default those that wait.
struct ProposalListCommand: ServerCommand {
  static let configuration = CommandConfiguration(
    commandName: "list",
    abstract: words("Lists proposals, by default those that wait.", "列出提议，默认为待处理的。")
  )

  @OptionGroup(title: words("Filter", "条件")) var filter: ProposalFilterOptions

  @Option(
    name: .long,
    help: help(
      "State: open, taken, refused, conflict or withdrawn; may be repeated.",
      "状态：待处理、已采纳、已否决、冲突或已撤回；可多次给出。"
    )
  )
  var state: [String] = []

  @OptionGroup(title: words("Server", "服务器")) var serverOptions: ServerOptions
  @OptionGroup(title: words("Printing", "输出")) var printOptions: PrintOptions

  func run(on console: Console, over channel: any Channel) async throws {
    let states = try state.map { try ChangeInput.choice($0, ProposalForm.states, "--state") }
    try await list(filter, states, on: console, over: channel)
  }
}

/// `proposal show`: shows a proposal with all its sides.
struct ProposalShowCommand: ServerCommand {
  static let configuration = CommandConfiguration(
    commandName: "show",
    abstract: words("Shows a proposal with all its sides.", "显示提议及各方内容。")
  )

  @Argument(help: help("The proposal's id.", "提议编号。")) var id: String
  @OptionGroup(title: words("Server", "服务器")) var serverOptions: ServerOptions
  @OptionGroup(title: words("Printing", "输出")) var printOptions: PrintOptions

  func run(on console: Console, over channel: any Channel) async throws {
    let view = try await view(id, over: channel)
    try await show(ProposalForm.record(view, console.codeLists(over: channel)), on: console)
  }
}

/// `proposal take`: takes a proposal; where both sides changed the same it becomes a conflict.
struct ProposalTakeCommand: ServerCommand {
  static let configuration = CommandConfiguration(
    commandName: "take",
    abstract: words(
      "Takes a proposal; where both sides changed the same it becomes a conflict.",
      "采纳提议；双方修改同一内容时转为冲突。"
    )
  )

  @OptionGroup(title: words("Proposals", "提议")) var which: ProposalSelection

  @Option(name: .long, help: help("Why, in words.", "理由。"))
  var reason = ""

  @OptionGroup(title: words("Server", "服务器")) var serverOptions: ServerOptions
  @OptionGroup(title: words("Printing", "输出")) var printOptions: PrintOptions

  func run(on console: Console, over channel: any Channel) async throws {
    try await settle(which, .take, reason, on: console, over: channel)
  }
}

/// `proposal refuse`: refuses a proposal.
struct ProposalRefuseCommand: ServerCommand {
  static let configuration = CommandConfiguration(
    commandName: "refuse",
    abstract: words("Refuses a proposal.", "否决提议。")
  )

  @OptionGroup(title: words("Proposals", "提议")) var which: ProposalSelection

  @Option(name: .long, help: help("Why, in words.", "理由。"))
  var reason: String

  @OptionGroup(title: words("Server", "服务器")) var serverOptions: ServerOptions
  @OptionGroup(title: words("Printing", "输出")) var printOptions: PrintOptions

  func run(on console: Console, over channel: any Channel) async throws {
    try await settle(which, .refuse, reason, on: console, over: channel)
  }
}

/// `proposal withdraw`: withdraws a proposal of this office.
struct ProposalWithdrawCommand: ServerCommand {
  static let configuration = CommandConfiguration(
    commandName: "withdraw",
    abstract: words("Withdraws a proposal of this office.", "撤回本机构的提议。")
  )

  @Argument(help: help("The proposal's id.", "提议编号。")) var id: String

  @Option(name: .long, help: help("Why, in words.", "理由。"))
  var reason = ""

  @OptionGroup(title: words("Server", "服务器")) var serverOptions: ServerOptions
  @OptionGroup(title: words("Printing", "输出")) var printOptions: PrintOptions

  func run(on console: Console, over channel: any Channel) async throws {
    try await settle(id, .withdraw, reason, on: console, over: channel)
  }
}
