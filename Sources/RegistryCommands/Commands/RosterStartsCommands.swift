internal import ArgumentParser
internal import RPCCore
internal import RegistryAPI
internal import RegistryModel

/// The states of applications to start, as words.
private enum StartWords {
  static func value(_ state: StartState) -> Value {
    all.first { $0.0 == state }.map { .coded($0.1.en, $0.1) } ?? .absent
  }

  static let all: [(StartState, Text)] = [
    (.open, Text(en: "open", zh: "待处理")), (.accepted, Text(en: "accepted", zh: "已采纳")),
    (.refused, Text(en: "refused", zh: "不予采纳")), (.started, Text(en: "started", zh: "已申请")),
  ]
}

/// `roster starts`: the applications to start that a roster led to.
struct RosterStartsCommand: ServerCommand {
  static let configuration = CommandConfiguration(
    commandName: "starts",
    abstract: words("Applications to start from a roster.", "名册建议受理的申请。"),
    discussion: words(
      "People of the roster who stood on no registered file of its division and in no application there when `converge --propose` asked. "
        + "Those accepted are for their villages to take (`apply`); who has applied since is started.",
      "执行 converge --propose 时名册所属区划内既不在册也未申请的名册人员。采纳后由所在村受理（apply）；已申请者标为已申请。"
    )
  )

  @Argument(help: help("The roster.", "名册。")) var roster: String
  @Option(
    name: .long,
    help: help(
      "Of this state: open, accepted, refused, started.",
      "状态：open、accepted、refused、started。"
    )
  )
  var state: String?
  @OptionGroup(title: words("Server", "服务器")) var serverOptions: ServerOptions
  @OptionGroup(title: words("Printing", "输出")) var printOptions: PrintOptions

  func run(on console: Console, over channel: any Channel) async throws {
    var request = ListStartsRequest(roster: try RosterForm.id(roster))
    if let state {
      request.state = try HouseholdFilterOptions.value(state, StartWords.all, "--state")
    }
    var rows = Rows([
      .init("row", "Row", "名册行"), .init("name", "Name", "姓名"), .init("state", "State", "状态"),
      .init("settled_by", "Settled by", "处理机构"), .init("reason", "Reason", "理由"),
      .init("settled_at", "Settled", "处理时间"),
    ])
    for try await part in try await RosterClient(channel).listStarts(request) {
      rows.rows += part.starts.map { start in
        [
          .integer(Int64(clamping: start.row)), .text(start.name),
          StartWords.value(start.state), .text(start.settledBy),
          .text(start.reason), start.settledAt == 0 ? .absent : ChinaTime.value(start.settledAt),
        ]
      }
    }
    try show(rows, on: console)
  }
}

/// Which applications to start are settled.
struct StartSelection: ParsableArguments {
  @Argument(help: help("The roster.", "名册。")) var roster: String
  @Option(
    name: .long,
    help: help("A row of the roster; may be repeated.", "名册行号，可重复。")
  )
  var row: [UInt64] = []
  @Flag(name: .long, help: help("All that are open.", "全部待处理。")) var all = false

  func validate() throws {
    guard row.isEmpty == all else {
      throw ValidationError(words("Give rows or --all.", "应给出 --row 或 --all。"))
    }
  }
}

extension ServerCommand {
  fileprivate func settle(
    _ which: StartSelection,
    _ verdict: StartState,
    _ reason: String,
    on console: Console,
    over channel: any Channel
  ) async throws {
    let settled = try await RosterClient(channel).settleStarts(
      SettleStartsRequest(
        roster: try RosterForm.id(which.roster),
        rows: which.row,
        verdict: verdict,
        reason: reason
      ),
      options: callOptions(writes: true)
    )
    console.note(
      Text(
        en: "\(settled.settled) settled, \(settled.passed) were not open",
        zh: "处理 \(settled.settled) 件，\(settled.passed) 件非待处理"
      )
    )
  }
}

/// `roster accept`: applications that are to be taken.
struct RosterAcceptCommand: ServerCommand {
  static let configuration = CommandConfiguration(
    commandName: "accept",
    abstract: words("Accepts applications to start.", "采纳受理建议。")
  )

  @OptionGroup var which: StartSelection
  @Option(name: .long, help: help("Why, in words.", "理由。")) var reason = ""
  @OptionGroup(title: words("Server", "服务器")) var serverOptions: ServerOptions
  @OptionGroup(title: words("Printing", "输出")) var printOptions: PrintOptions

  func run(on console: Console, over channel: any Channel) async throws {
    try await settle(which, .accepted, reason, on: console, over: channel)
  }
}

/// `roster refuse`: applications that are not to be taken.
struct RosterRefuseCommand: ServerCommand {
  static let configuration = CommandConfiguration(
    commandName: "refuse",
    abstract: words("Refuses applications to start.", "不予采纳受理建议。")
  )

  @OptionGroup var which: StartSelection
  @Option(name: .long, help: help("Why, in words.", "理由。")) var reason: String
  @OptionGroup(title: words("Server", "服务器")) var serverOptions: ServerOptions
  @OptionGroup(title: words("Printing", "输出")) var printOptions: PrintOptions

  func run(on console: Console, over channel: any Channel) async throws {
    try await settle(which, .refused, reason, on: console, over: channel)
  }
}
