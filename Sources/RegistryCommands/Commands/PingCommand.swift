internal import ArgumentParser
internal import RPCCore
internal import RegistryAPI

/// `ping`: who serves, who asks, and how long an answer takes.
struct PingCommand: ServerCommand {
  static let configuration = CommandConfiguration(
    commandName: "ping",
    abstract: words(
      "Tells who serves and how long an answer takes.",
      "显示节点信息和应答时间。"
    )
  )

  @Option(
    name: .shortAndLong,
    help: help("How many times to ask, 1 to 10,000.", "询问次数，1 至 10,000。")
  )
  var count = 5

  @OptionGroup(title: words("Server", "服务器")) var serverOptions: ServerOptions
  @OptionGroup(title: words("Printing", "输出")) var printOptions: PrintOptions

  func validate() throws {
    guard (1...10_000).contains(count) else {
      throw ValidationError(words("--count must be 1 to 10,000.", "--count 应为 1 至 10,000。"))
    }
  }

  func run(on console: Console, over channel: any Channel) async throws {
    let client = NodeClient(channel)
    var times: [Duration] = []
    var node = Node()
    for _ in 0..<count {
      let start = ContinuousClock.now
      node = try await client.getNode(GetNodeRequest(), options: callOptions())
      times.append(ContinuousClock.now - start)
    }
    console.noteSynthetic(node.synthetic)
    try show(Self.record(node, times.sorted()), on: console)
  }

  private static func record(_ node: Node, _ times: [Duration]) -> Record {
    let median = times.isEmpty ? nil : times[times.count / 2]
    let restored = [
      Record.Item("restored", "Restored, read-only", "由备份恢复（只读）", .flag(node.restored))
    ]
    return Record(
      [
        .init("identity", "Node", "节点", .text(node.identity)),
        .init("division", "Division", "行政区划", division(node.division)),
        .init("synthetic", "Synthetic", "合成数据", .flag(node.synthetic)),
        .init("software", "Software", "软件", .text(node.software)),
        .init("started_at", "Started", "启动时间", ChinaTime.value(node.startedAt)),
        .init("now", "Its clock", "节点时间", ChinaTime.value(node.now)),
        .init(
          "journal_size",
          "Journal entries",
          "日志条数",
          .integer(Int64(clamping: node.journalSize))
        ),
        .init("journal_root", "Journal root", "日志树根", .text(Hexadecimal.text(node.journalRoot))),
        .init("services", "Services", "服务", .list(node.services.map { .text($0) })),
        .init("caller", "You are", "本机身份", .text(node.caller)),
        .init("round_trips", "Answers", "应答次数", .integer(Int64(times.count))),
        .init("minimum_us", "Fastest (µs)", "最短（微秒）", microseconds(times.first)),
        .init("median_us", "Median (µs)", "中位（微秒）", microseconds(median)),
        .init("maximum_us", "Slowest (µs)", "最长（微秒）", microseconds(times.last)),
      ] + (node.restored ? restored : [])
    )
  }

  private static func division(_ division: Division?) -> Value {
    guard let division else { return .absent }
    return .coded(division.code, Text("\(division.fullName) (\(division.code))"))
  }

  private static func microseconds(_ time: Duration?) -> Value {
    guard let (seconds, attoseconds) = time?.components else { return .absent }
    return .integer(seconds &* 1_000_000 &+ attoseconds / 1_000_000_000_000)
  }
}
