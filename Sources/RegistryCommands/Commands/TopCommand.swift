internal import ArgumentParser
internal import RPCCore
internal import RPCServices

/// `top`: what the server does now, again and again.
struct TopCommand: ServerCommand {
  static let configuration = CommandConfiguration(
    commandName: "top",
    abstract: words("Shows what the server does, live.", "实时显示服务器的运行情况。"),
    discussion: words(
      "Rates are of the time since the line before; of the first, since the server's start. Times are "
        + "of all calls since the start: half of them, and 99 of 100, took at most so long. With "
        + "--output json each look is one line. Only offices of the server's own division may look.",
      "速率为上次显示以来的平均值，首次为启动以来；时间为启动以来全部调用的中位数和 99% 分位数。--output json "
        + "时每次输出一行。仅服务器所属区划的机构可以查看。"
    )
  )

  @Option(
    name: .shortAndLong,
    help: help("How many times to look; 0 for ever.", "显示次数；0 为持续。")
  )
  var count = 0
  @Option(
    name: .shortAndLong,
    help: ArgumentHelp(
      words("The pause between two looks, 0.1 to 60.", "两次之间的间隔，0.1 至 60。"),
      valueName: "seconds"
    )
  )
  var interval = 2.0
  @OptionGroup(title: words("Server", "服务器")) var serverOptions: ServerOptions
  @OptionGroup(title: words("Printing", "输出")) var printOptions: PrintOptions

  func validate() throws {
    guard (0.1...60).contains(interval), count >= 0 else {
      throw ValidationError(
        words(
          "--interval is 0.1 to 60 and --count not negative.",
          "--interval 为 0.1 至 60，--count 不为负数。"
        )
      )
    }
  }

  func run(on console: Console, over channel: any Channel) async throws {
    let request = WatchServerRequest(
      what: GetServerRequest(calls: true, connections: true),
      intervalMs: UInt32(interval * 1000)
    )
    let stream = try await ObserveClient(channel).watchServer(request)
    var before: ServerState?
    var looks = 0
    for try await state in stream {
      let record = Self.record(state, since: before)
      if printOptions.output == .json {
        try console.print(JSONPrinter(language: console.language).line(record) + "\n")
      } else {
        // The screen anew only for somebody who looks at one.
        if console.errorIsTerminal, looks > 0 { try console.print("\u{1b}[2J\u{1b}[H") }
        try show(record, on: console)
      }
      before = state
      looks += 1
      if looks == count { break }
    }
    stream.cancel()
  }

  private static func record(_ state: ServerState, since before: ServerState?) -> Record {
    let micros = state.uptimeUs - min(state.uptimeUs, before?.uptimeUs ?? 0)
    let seconds = max(0.001, Double(micros) / 1e6)
    let busy = Double(state.cpuUs - min(state.cpuUs, before?.cpuUs ?? 0)) / 1e6 / seconds
    return Record([
      .init("uptime_s", "Up (s)", "运行时间（秒）", .integer(Int64(state.uptimeUs / 1_000_000))),
      .init("cpu", "Processors used", "处理器占用", .share(busy)),
      .init("resident_bytes", "Memory (bytes)", "内存（字节）", whole(state.residentBytes)),
      .init("descriptors", "Descriptors", "描述符", whole(UInt64(state.descriptors))),
      .init("open_connections", "Connections", "连接", whole(UInt64(state.openConnections))),
      .init("pending_connections", "In handshake", "握手中", whole(UInt64(state.pendingConnections))),
      .init("refused_connections", "Refused", "拒绝的连接", whole(state.refusedConnections)),
      .init("waiting_calls", "Calls waiting", "等待的调用", whole(UInt64(state.waitingCalls))),
      .init("refused_calls", "Calls turned away", "拒绝的调用", whole(state.refusedCalls)),
      .init("held_bytes", "Messages in memory (bytes)", "内存中的消息（字节）", whole(state.heldBytes)),
      .init("draining", "Draining", "正在停止", .flag(state.draining)),
      .init("methods", "Methods", "方法", .rows(methods(state, before, seconds))),
      .init("calls", "Calls", "调用", .rows(calls(state))),
      .init("connections", "Connections", "连接", .rows(connections(state))),
    ])
  }

  private static func methods(
    _ state: ServerState,
    _ before: ServerState?,
    _ seconds: Double
  ) -> Rows {
    let earlier = Dictionary(
      (before?.methods ?? []).map { ($0.path, $0.started) },
      uniquingKeysWith: { first, _ in first }
    )
    return Rows(
      [
        Rows.Column("method", "Method", "方法"), Rows.Column("rate", "Calls/s", "每秒调用"),
        Rows.Column("running", "Running", "进行中"), Rows.Column("ended", "Ended", "已结束"),
        Rows.Column("failed", "Not OK", "未成功"), Rows.Column("p50_us", "p50 (µs)", "中位（微秒）"),
        Rows.Column("p99_us", "p99 (µs)", "99%（微秒）"),
      ],
      state.methods.sorted { $0.started > $1.started }.map { method in
        let new = method.started - min(method.started, earlier[method.path] ?? 0)
        let failed = method.codes.reduce(UInt64(0)) { $0 &+ ($1.code == 0 ? 0 : $1.count) }
        return [
          .text(method.path), .hundredths(Int64(min(1e15, Double(new) / seconds * 100))),
          whole(UInt64(method.running)),
          whole(method.started - min(method.started, UInt64(method.running))),
          whole(failed), whole(method.p50Us), whole(method.p99Us),
        ]
      }
    )
  }

  private static func calls(_ state: ServerState) -> Rows {
    Rows(
      [
        Rows.Column("call", "Call", "调用"), Rows.Column("method", "Method", "方法"),
        Rows.Column("caller", "Caller", "调用方"), Rows.Column("age_ms", "Age (ms)", "已用（毫秒）"),
        Rows.Column("waiting", "Waiting", "等待"),
      ],
      state.calls.prefix(20).map {
        [
          whole($0.number), .text($0.path), .text($0.identity), whole($0.ageUs / 1000),
          .flag($0.waiting),
        ]
      }
    )
  }

  private static func connections(_ state: ServerState) -> Rows {
    Rows(
      [
        Rows.Column("caller", "Caller", "调用方"), Rows.Column("address", "From", "地址"),
        Rows.Column("age_s", "Age (s)", "已连（秒）"), Rows.Column("calls", "Calls", "调用"),
        Rows.Column("output_bytes", "To be sent (bytes)", "待发（字节）"),
      ],
      state.connections.prefix(20).map {
        [
          .text($0.identity), .text($0.address), whole($0.ageUs / 1_000_000),
          whole(UInt64($0.calls)), whole($0.outputBytes),
        ]
      }
    )
  }

  private static func whole(_ number: UInt64) -> Value { .integer(Int64(clamping: number)) }
}
