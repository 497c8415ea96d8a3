internal import ArgumentParser
internal import RPCCore
internal import RegistryAPI

/// `hand-over`: files on their way to other counties.
struct HandOverCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "hand-over",
    abstract: words("Files handed over between counties.", "县与县之间移交的档案。"),
    discussion: words(
      "A household that moves away (change move-away) is the province's while it is on its way: "
        + "nobody writes its file until the other county takes it or refuses it.",
      "迁出的户（change move-away）在途中归省级节点：对方县接收或拒收之前，任何一方都不能改写其档案。"
    ),
    subcommands: [
      HandOverListCommand.self, HandOverArrivalsCommand.self, HandOverAcceptCommand.self,
      HandOverRefuseCommand.self,
    ]
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

/// `hand-over arrivals`: households that come from other counties.
struct HandOverArrivalsCommand: ServerCommand {
  static let configuration = CommandConfiguration(
    commandName: "arrivals",
    abstract: words("Lists households that other counties hand over.", "列出外县移入、待接收的户。")
  )

  @OptionGroup(title: words("Server", "服务器")) var serverOptions: ServerOptions
  @OptionGroup(title: words("Printing", "输出")) var printOptions: PrintOptions

  func run(on console: Console, over channel: any Channel) async throws {
    let answer = try await ChangeClient(channel).listArrivals(
      ListArrivalsRequest(limit: 200),
      options: callOptions()
    )
    let rows = Rows(
      [
        .init("id", "Id", "编号"), .init("from", "From", "迁出县"),
        .init("destination", "To", "迁入地"), .init("head", "Head", "户主"),
        .init("members", "Members", "人口"), .init("day", "Day", "日期"),
      ],
      answer.arrivals.map { arrival in
        let members = arrival.household?.members ?? []
        return [
          .text(Hexadecimal.text(arrival.handOver?.id ?? [])), .text(arrival.fromCounty),
          .text(arrival.handOver?.destination ?? ""),
          ProposalForm.text(members.first?.identity?.name ?? ""), .integer(Int64(members.count)),
          ProposalForm.day(arrival.handOver?.day ?? 0),
        ]
      }
    )
    try show(rows, on: console)
  }
}

/// `hand-over accept`: takes a household over.
struct HandOverAcceptCommand: ServerCommand {
  static let configuration = CommandConfiguration(
    commandName: "accept",
    abstract: words("Takes a household over from another county.", "接收外县移入的户。")
  )

  @Argument(help: help("The hand-over's id.", "移交编号。"))
  var id: String
  @Option(name: .long, help: help("Code of the village that it lives in now.", "现居住村的区划代码。"))
  var village: String
  @Option(name: .long, help: help("The village group.", "村民小组。"))
  var group = ""
  @OptionGroup(title: words("Server", "服务器")) var serverOptions: ServerOptions
  @OptionGroup(title: words("Printing", "输出")) var printOptions: PrintOptions

  func run(on console: Console, over channel: any Channel) async throws {
    let answer = try await ChangeClient(channel).settleArrival(
      SettleArrivalRequest(
        id: try handOver(id),
        location: Location(village: village, group: group)
      ),
      options: callOptions(writes: true)
    )
    let number = answer.household?.number ?? ""
    console.note(Text(en: "taken over as household \(number)", zh: "已接收，户编号 \(number)"))
  }
}

/// `hand-over refuse`: sends a household back.
struct HandOverRefuseCommand: ServerCommand {
  static let configuration = CommandConfiguration(
    commandName: "refuse",
    abstract: words("Refuses a household from another county.", "拒收外县移入的户。")
  )

  @Argument(help: help("The hand-over's id.", "移交编号。"))
  var id: String
  @Option(name: .long, help: help("Why.", "理由。"))
  var reason: String
  @OptionGroup(title: words("Server", "服务器")) var serverOptions: ServerOptions
  @OptionGroup(title: words("Printing", "输出")) var printOptions: PrintOptions

  func validate() throws {
    guard !reason.isEmpty, reason.utf8.count <= 400 else {
      throw ValidationError(words("--reason: 1 to 400 bytes.", "--reason：1 至 400 字节。"))
    }
  }

  func run(on console: Console, over channel: any Channel) async throws {
    _ = try await ChangeClient(channel).settleArrival(
      SettleArrivalRequest(id: try handOver(id), reason: reason),
      options: callOptions(writes: true)
    )
    console.note(Text(en: "refused", zh: "已拒收"))
  }
}

/// The id of a hand-over from the command line.
private func handOver(_ text: String) throws(CommandFailure) -> [UInt8] {
  guard let id = Hexadecimal.bytes(text), id.count == 16 else {
    throw CommandFailure(.usage, en: "ID: 32 hexadecimal digits", zh: "编号：32 位十六进制数字")
  }
  return id
}
