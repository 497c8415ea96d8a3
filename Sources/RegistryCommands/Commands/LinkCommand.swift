internal import ArgumentParser
internal import RPCCore
internal import RegistryAPI

/// `link`: the links between nodes.
struct LinkCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "link",
    abstract: words("The links between nodes.", "节点之间的交换。"),
    subcommands: [
      LinkStatusCommand.self, LinkAheadCommand.self, LinkFindingsCommand.self,
      LinkBlockCommand.self, LinkAllowCommand.self,
    ]
  )
}

/// `link status`: how each link stands.
struct LinkStatusCommand: ServerCommand {
  static let configuration = CommandConfiguration(
    commandName: "status",
    abstract: words("Tells how each link stands.", "查看各交换的状态。"),
    discussion: words(
      "A line for each stream of entries: what a node below sends (journal: its own files; office: what "
        + "a village or township asks the county for), what goes to the node above, orders both ways. Alarms: sender-behind (the sender was restored from a backup), forked "
        + "(the two sides' histories differ: decide which is right before anything else), fenced "
        + "(an older epoch). No alarm but failing: the last attempt ended with the error shown. Time left goes by the rate of the last batches.",
      "每个日志流一行：下级节点报送的、报送上级的、上下行的指令。警报：sender-behind（发送方由备份恢复）、"
        + "forked（双方历史不一致，须先判定以何方为准）、fenced（纪元过期）。failing 不是警报，表示最近一次尝试失败，原因见错误栏。剩余时间按最近批次的速度估算。"
    )
  )

  @OptionGroup(title: words("Server", "服务器")) var serverOptions: ServerOptions
  @OptionGroup(title: words("Printing", "输出")) var printOptions: PrintOptions

  func run(on console: Console, over channel: any Channel) async throws {
    let answer = try await LinkClient(channel).getLinks(
      GetLinksRequest(),
      options: callOptions()
    )
    let rows = Rows(
      [
        .init("node", "Node", "节点"), .init("stream", "Stream", "日志流"),
        .init("direction", "Direction", "方向"), .init("applied", "Applied", "已生效"),
        .init("waiting", "Waiting", "待送"), .init("under_way", "Under way", "传送中"),
        .init("rate", "Per second", "每秒"), .init("left", "Seconds left", "剩余秒数"),
        .init("refused", "Refused", "未生效"), .init("epoch", "Epoch", "纪元"),
        .init("contact", "Last contact", "最近联系"), .init("state", "State", "状态"),
        .init("error", "Last error", "最近错误"),
      ],
      answer.streams.map { row($0, console.language) }
    )
    if !answer.upstream.isEmpty {
      console.note(Text(en: "Node above: \(answer.upstream)", zh: "上级节点：\(answer.upstream)"))
    }
    // A county's node has no counties below it.
    if answer.streams.contains(where: { $0.incoming && $0.role == .journal }) {
      let counties = answer.countiesUploaded
      console.note(
        Text(
          en: "Counties below that have uploaded data: \(counties)",
          zh: "已报送数据的下级县：\(counties)"
        )
      )
    }
    try show(rows, on: console)
  }

  private func row(_ stream: LinkStream, _ language: Language) -> [Value] {
    let isAlarm = ![.unspecified, .inOrder].contains(stream.relation)
    let progress =
      stream.openLength == 0 ? "" : "\(stream.openOffset * 100 / stream.openLength) %"
    return [
      .text(stream.node), .text(Self.name(of: stream.role)(language)),
      .text(Self.direction(stream)(language)), .integer(Int64(clamping: stream.applied)),
      stream.incoming ? .absent : .integer(Int64(clamping: stream.waiting)), .text(progress),
      .integer(Int64(clamping: stream.rate)),
      stream.waiting == 0 ? .absent : .integer(Int64(clamping: stream.remaining)),
      .integer(Int64(clamping: stream.refused)), .integer(Int64(stream.epoch)),
      ChinaTime.value(stream.contactAt),
      .text(stream.blocked ? Self.blocked(language) : Self.state(of: stream, isAlarm: isAlarm)),
      .text(isAlarm || stream.errorAt != 0 ? Self.error(stream)(language) : ""),
    ]
  }

  private static let blocked = Text(en: "blocked", zh: "已停止")

  private static func error(_ stream: LinkStream) -> Text {
    Text(en: stream.errorEn, zh: stream.errorZh)
  }

  private static func direction(_ stream: LinkStream) -> Text {
    switch (stream.incoming, stream.role) {
    case (true, .orders): Text(en: "from above", zh: "来自上级")
    case (true, _): Text(en: "from below", zh: "来自下级")
    case (false, .orders): Text(en: "to below", zh: "发往下级")
    default: Text(en: "to above", zh: "报送上级")
    }
  }

  private static func name(of role: StreamRole) -> Text {
    switch role {
    case .orders: Text(en: "orders", zh: "指令")
    case .office: Text(en: "office", zh: "单机")
    default: Text(en: "journal", zh: "日志")
    }
  }

  /// In order, but for what went wrong last.
  private static func state(of stream: LinkStream, isAlarm: Bool) -> String {
    stream.errorAt != 0 && !isAlarm ? "failing" : name(of: stream.relation)
  }

  /// The word is the same in both languages, so that alarms can be looked for.
  private static func name(of relation: StreamRelation) -> String {
    switch relation {
    case .senderBehind: "sender-behind"
    case .forked: "forked"
    case .fenced: "fenced"
    case .refused: "refused"
    default: "ok"
    }
  }
}

/// `link ahead`: what is known of files before their journals have come so far.
struct LinkAheadCommand: ServerCommand {
  static let configuration = CommandConfiguration(
    commandName: "ahead",
    abstract: words(
      "Lists what is known of files ahead of their nodes' journals.",
      "列出先于日志获知的档案变化。"
    ),
    discussion: words(
      "Deaths, exits, households that move away and erasures go ahead of the bulk on a slow link. They "
        + "take effect in their order; until then household get tells of them.",
      "死亡、退出、迁出和销毁在慢速线路上先于大批数据送达，仍按次序生效；此前由 household get 提示。"
    )
  )

  @Option(name: .long, help: help("At most so many.", "最多条数。"))
  var limit: UInt32 = 100
  @OptionGroup(title: words("Server", "服务器")) var serverOptions: ServerOptions
  @OptionGroup(title: words("Printing", "输出")) var printOptions: PrintOptions

  func run(on console: Console, over channel: any Channel) async throws {
    let answer = try await LinkClient(channel).listAhead(
      ListAheadRequest(limit: limit),
      options: callOptions()
    )
    let rows = Rows(
      [
        .init("node", "Node", "节点"), .init("number", "Household", "户编号"),
        .init("id", "Id", "编号"), .init("entry", "Entry", "日志条目"),
        .init("kind", "Kind", "事项"), .init("effective_on", "Effective", "生效日期"),
        .init("version", "Version", "版本"), .init("recorded_at", "Recorded", "记录时间"),
      ],
      answer.files.map { file in
        let ahead = file.ahead ?? Ahead()
        return [
          .text(file.node), .text(file.number), .text(Hexadecimal.text(file.household)),
          .integer(Int64(clamping: file.entry)), HouseholdForm.kind(of: ahead),
          HouseholdForm.day(ahead.effectiveOn), .integer(Int64(clamping: ahead.version)),
          ChinaTime.value(ahead.recordedAt),
        ]
      }
    )
    try show(rows, on: console)
  }
}

/// `link findings`: persons who stand in another county's file too.
struct LinkFindingsCommand: ServerCommand {
  static let configuration = CommandConfiguration(
    commandName: "findings",
    abstract: words(
      "Lists persons who stand in another county's file too.",
      "列出在他县也已建档的人员。"
    ),
    discussion: words(
      "The node above compares its counties' files and tells both; each learns the other county, no "
        + "more. The two settle between them where the person belongs.",
      "上级节点比对各县档案并告知双方；双方只知对方是哪个县。人员归属由两县商定。"
    )
  )

  @Option(name: .long, help: help("Those behind this place.", "从此序号之后开始。"))
  var after: UInt64 = 0
  @Option(name: .long, help: help("At most so many.", "最多条数。"))
  var limit: UInt32 = 100
  @OptionGroup(title: words("Server", "服务器")) var serverOptions: ServerOptions
  @OptionGroup(title: words("Printing", "输出")) var printOptions: PrintOptions

  func run(on console: Console, over channel: any Channel) async throws {
    let answer = try await LinkClient(channel).listFindings(
      ListFindingsRequest(after: after, limit: limit),
      options: callOptions()
    )
    let rows = Rows(
      [
        .init("number", "Household", "户编号"), .init("member", "Member", "成员"),
        .init("county", "Other county", "对方县"), .init("found_at", "Found", "发现时间"),
      ],
      zip(answer.findings, answer.numbers).map { finding, number in
        [
          .text(number), .text(Hexadecimal.text(finding.member)), .text(finding.otherCounty),
          ChinaTime.value(finding.foundAt),
        ]
      }
    )
    try show(rows, on: console)
  }
}

/// `link block`: takes nothing more from a node below.
struct LinkBlockCommand: ServerCommand {
  static let configuration = CommandConfiguration(
    commandName: "block",
    abstract: words("Takes nothing more from a node below.", "停止接收某下级节点的内容。"),
    discussion: words(
      "At once, also in the midst of a batch: what was committed stays, the rest waits at the "
        + "node. For a key or certificate that was lost or stolen.",
      "立即生效，传送途中亦然：已生效的保留，其余留在该节点。用于密钥或证书遗失、被盗。"
    )
  )

  @Argument(
    help: help(
      "The node, such as registry://421224/node/main.",
      "节点，例如 registry://421224/node/main。"
    )
  )
  var node: String

  @OptionGroup(title: words("Server", "服务器")) var serverOptions: ServerOptions
  @OptionGroup(title: words("Printing", "输出")) var printOptions: PrintOptions

  func run(on console: Console, over channel: any Channel) async throws {
    try await setAccess(node, blocked: true, channel)
    console.note(Text(en: "blocked \(node)", zh: "已停止 \(node)"))
  }
}

/// `link allow`: takes a node below again.
struct LinkAllowCommand: ServerCommand {
  static let configuration = CommandConfiguration(
    commandName: "allow",
    abstract: words("Takes a node below again.", "恢复接收某下级节点的内容。")
  )

  @Argument(
    help: help(
      "The node, such as registry://421224/node/main.",
      "节点，例如 registry://421224/node/main。"
    )
  )
  var node: String

  @OptionGroup(title: words("Server", "服务器")) var serverOptions: ServerOptions
  @OptionGroup(title: words("Printing", "输出")) var printOptions: PrintOptions

  func run(on console: Console, over channel: any Channel) async throws {
    try await setAccess(node, blocked: false, channel)
    console.note(Text(en: "allowed \(node)", zh: "已恢复 \(node)"))
  }
}

extension ServerCommand {
  fileprivate func setAccess(
    _ node: String,
    blocked: Bool,
    _ channel: any Channel
  ) async throws {
    _ = try await LinkClient(channel).setLinkAccess(
      SetLinkAccessRequest(node: node, blocked: blocked),
      options: callOptions()
    )
  }
}
