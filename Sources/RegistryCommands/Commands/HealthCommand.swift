internal import ArgumentParser
internal import RPCCore
internal import RPCServices

/// `health`: whether the server, or one of its services, takes calls.
struct HealthCommand: ServerCommand {
  static let configuration = CommandConfiguration(
    commandName: "health",
    abstract: words("Tells whether the server takes calls.", "显示服务器能否受理调用。"),
    discussion: words(
      "Ends with 0 where it does and with 69 where it does not, for scripts and load balancers.",
      "可受理时退出码为 0，否则为 69，供脚本和负载均衡使用。"
    )
  )

  @Argument(
    help: ArgumentHelp(
      words("A service's full name; the server as a whole unless given.", "服务全名；默认为整个服务器。"),
      valueName: "service"
    )
  )
  var service = ""
  @Flag(
    name: .long,
    help: help("Goes on, a line for each change.", "持续显示，每次变化一行。")
  )
  var watch = false
  @OptionGroup(title: words("Server", "服务器")) var serverOptions: ServerOptions
  @OptionGroup(title: words("Printing", "输出")) var printOptions: PrintOptions

  func run(on console: Console, over channel: any Channel) async throws {
    let client = HealthClient(channel)
    let request = HealthCheckRequest(service: service)
    if watch {
      for try await answer in try await client.watch(request) {
        try console.print(Self.told(answer.status)(console.language) + "\n")
      }
      return
    }
    let answer = try await client.check(request, options: callOptions())
    try show(
      Record([
        Record.Item("service", "Service", "服务", .text(service.isEmpty ? "*" : service)),
        Record.Item(
          "status",
          "State",
          "状态",
          .coded(String(answer.status.rawValue), Self.told(answer.status))
        ),
      ]),
      on: console
    )
    guard answer.status == .serving else {
      throw CommandFailure(.unavailable, en: "it takes no calls now", zh: "当前不受理调用")
    }
  }

  private static func told(_ status: HealthCheckResponse.ServingStatus) -> Text {
    switch status {
    case .serving: Text(en: "takes calls", zh: "受理中")
    case .notServing: Text(en: "takes no calls", zh: "不受理")
    case .serviceUnknown: Text(en: "no such service", zh: "没有该服务")
    default: Text(en: "unknown", zh: "未知")
    }
  }
}
