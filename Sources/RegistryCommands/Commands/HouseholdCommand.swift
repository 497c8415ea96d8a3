internal import ArgumentParser
internal import RPCCore
internal import RegistryAPI

/// `household`: the files of households.
struct HouseholdCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "household",
    abstract: words("Household files.", "农户档案。"),
    subcommands: [
      HouseholdGetCommand.self, HouseholdListCommand.self, HouseholdSampleCommand.self,
      HouseholdCreateCommand.self,
      HouseholdUpdateCommand.self, HouseholdHistoryCommand.self, HouseholdCompareCommand.self,
      HouseholdExportCommand.self, HouseholdFollowCommand.self, HouseholdMeasuresCommand.self,
      HouseholdEraseCommand.self,
    ]
  )
}

/// The options by which one household is named.
struct HouseholdKeyOptions: ParsableArguments {
  @Option(name: .long, help: help("The household's id (32 hexadecimal digits).", "户内部编号（32位十六进制）。"))
  var id: String?

  @Option(name: .long, help: help("The printed number.", "户编号。"))
  var number: String?

  @Option(
    name: .long,
    help: help(
      "Citizen ID number of any member; - reads it from standard input, so that it stands in no "
        + "list of processes.",
      "任一成员的公民身份号码；用 - 从标准输入读取，以免出现在进程列表中。"
    )
  )
  var citizenID: String?

  init() {}

  func validate() throws {
    guard [id, number, citizenID].compactMap({ $0 }).count == 1 else {
      throw ValidationError(
        words(
          "Give exactly one of --id, --number and --citizen-id.",
          "--id、--number、--citizen-id 应恰好给出一个。"
        )
      )
    }
    if let id, Hexadecimal.bytes(id)?.count != 16 {
      throw ValidationError(
        words("--id must be 32 hexadecimal digits.", "--id 应为 32 位十六进制数字。")
      )
    }
  }

  var request: GetHouseholdRequest {
    var request = GetHouseholdRequest()
    if let bytes = id.flatMap(Hexadecimal.bytes) {
      request.by = .id(bytes)
    } else if let number {
      request.by = .number(number)
    } else if let citizenID {
      let text = citizenID == "-" ? (readLine() ?? "") : citizenID
      request.by = .citizenId(text.trimmingSpaces)
    }
    return request
  }
}

/// `household get`: one file.
struct HouseholdGetCommand: ServerCommand {
  static let configuration = CommandConfiguration(
    commandName: "get",
    abstract: words("Shows one household's file.", "显示一户档案。"),
    discussion: words(
      "With --output json the result can be edited and given to household update --from.",
      "用 --output json 输出的结果可修改后交给 household update --from。"
    )
  )

  @OptionGroup(title: words("Household", "农户")) var key: HouseholdKeyOptions

  @Option(
    name: .long,
    help: ArgumentHelp(
      words(
        "As it was on record at this instant, or at the end of this day (China time).",
        "该时刻（或该日终，北京时间）的在册内容。"
      ),
      valueName: "instant|day"
    )
  )
  var asOf: String?

  @Option(
    name: .long,
    help: ArgumentHelp(
      words("As it held on this day, as corrected since.", "该日有效的内容（含其后更正）。"),
      valueName: "day"
    )
  )
  var effective: String?

  @OptionGroup(title: words("Server", "服务器")) var serverOptions: ServerOptions
  @OptionGroup(title: words("Printing", "输出")) var printOptions: PrintOptions

  func validate() throws {
    if asOf != nil, effective != nil {
      throw ValidationError("Give --as-of or --effective, not both.")
    }
  }

  func run(on console: Console, over channel: any Channel) async throws {
    var request = key.request
    if let asOf {
      guard let instant = ChinaTime.instant(asOf) else {
        throw CommandFailure(
          .usage,
          en: "--as-of: neither an instant (2010-11-23T17:14:32+08:00) nor a day (2010-11-23)",
          zh: "--as-of：应为时刻（2010-11-23T17:14:32+08:00）或日期（2010-11-23）"
        )
      }
      request.asOf = instant
    }
    if let effective { request.effectiveOn = try ChangeInput.day(effective, "--effective") }
    let household = try await HouseholdClient(channel)
      .getHousehold(request, options: callOptions())
    try await show(
      HouseholdForm.record(household, console.codeLists(over: channel)),
      on: console
    )
  }
}
