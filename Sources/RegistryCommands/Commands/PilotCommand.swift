internal import ArgumentParser
internal import RPCCore
internal import RegistryAPI
internal import RegistryClient
internal import RegistryModel

/// `pilot`: the work around the registry, recorded at every level and rolled up.
struct PilotCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "pilot",
    abstract: words("Records of pilot work, rolled up by division.", "试点工作记录与汇总。"),
    discussion: words(
      "Leading groups, documents, meetings, guidance, publicity, training, inspections, work funds, "
        + "what departments delivered, projects and the needs that they take up, budgets, allocations "
        + "and disbursements, findings and their correction, offers of help, the pilot counties themselves, rural populations, and the returns of counties that do not "
        + "upload. `pilot kinds` lists the kinds with their numbers. Records go up with the journal; "
        + "report and summary count them.",
      "领导小组、文件、会议、指导、宣传、培训、督查、工作经费、部门帮扶落实、扶持项目及所落实的需求、资金预算下达与拨付、检查问题与整改、社会帮扶意向、试点县名单、农村人口及未上传县的报表等。"
        + "pilot kinds 列出各类记录及其数字。记录随日志上传，计入报告与汇总。"
    ),
    subcommands: [
      PilotKindsCommand.self, PilotRecordCommand.self, PilotAmendCommand.self,
      PilotWithdrawCommand.self, PilotListCommand.self, PilotSummaryCommand.self,
      PilotFollowCommand.self, PilotTakeUpCommand.self, PilotBalanceCommand.self,
      PilotImportCommand.self,
    ]
  )
}

extension Console {
  /// The kinds that come with the program.
  ///
  /// - Throws: `software` when the tables are damaged.
  func pilotKinds() throws(CommandFailure) -> PilotKinds {
    do throws(ModelDataError) {
      return try PilotKinds.load()
    } catch {
      throw CommandFailure(
        .software,
        en: "the program's table of pilot work cannot be read",
        zh: "无法读取随附的试点工作类别表"
      )
    }
  }
}

/// `pilot kinds`: the kinds and their numbers.
struct PilotKindsCommand: ConsoleCommand {
  static let configuration = CommandConfiguration(
    commandName: "kinds",
    abstract: words("Lists the kinds of records and their numbers.", "列出记录类别及其数字。")
  )
  @OptionGroup(title: words("Printing", "输出")) var printOptions: PrintOptions
  var languageOptions: LanguageOptions { printOptions.language }

  func run(on console: Console) async throws {
    let rows = Rows(
      [
        .init("kind", "Kind", "类别"), .init("name", "Name", "名称"),
        .init("figures", "Numbers (! needed)", "数字（! 必填）"), .init("signed", "Signed", "须签名"),
        .init("money", "Money", "资金"), .init("of", "Is of", "所属记录"),
        .init("names", "Names (! needed)", "关联（! 必填）"),
      ],
      try console.pilotKinds().all.map { kind in
        let numbers = kind.numbers.map { PilotForm.word($0.0.key) + ($0.isNeeded ? "!" : "") }
        return [
          .text(kind.word), .coded(kind.word, Text(en: kind.english, zh: kind.chinese)),
          .text(numbers.joined(separator: " ")), .flag(kind.isSigned), .flag(kind.isMoney),
          .text(kind.of.sorted().joined(separator: " ")),
          .text(
            kind.links.map { $0.key.rawValue + ($0.value == .optional ? "" : "!") }.sorted()
              .joined(separator: " ")
          ),
        ]
      }
    )
    try console.print(printOptions.output.text(rows, console.language))
  }
}

/// What a record says, as options.
struct PilotOptions: ParsableArguments {
  @Option(name: .long, help: help("What it is called.", "标题。")) var title: String?
  @Option(
    name: .long,
    help: help(
      "The day that it is of (default: today; of an amendment, the day that it was of).",
      "所属日期（默认今日；修改时默认原日期）。"
    )
  )
  var day: String?
  @Option(
    name: .long,
    help: ArgumentHelp(
      words(
        "A number; may be given several times. Money is in yuan: yuan=1200.50; scale has two decimals.",
        "数字，可多次给出。资金以元计：yuan=1200.50；规模可有两位小数。"
      ),
      valueName: "key=value"
    )
  )
  var figure: [String] = []
  @Option(
    name: .long,
    help: help(
      "Whose money: state, province, prefecture, county, society.",
      "资金来源层级：state、province、prefecture、county、society。"
    )
  )
  var level: String?
  @Option(name: .long, help: help("More words.", "正文。")) var text: String?
  @Option(name: .long, help: help("The document that it is from.", "依据文件。")) var source: String?

  /// The code of a kind of need, given as code or name.
  static func need(_ text: String, _ codes: CodeLists) throws(CommandFailure) -> UInt32 {
    do throws(FieldFault) {
      return try codes.needKind.parse(text)
    } catch {
      throw CommandFailure(.usage, en: "--need: \(error.words.en)", zh: "--need：\(error.words.zh)")
    }
  }

  /// Puts what was given into a record.
  func fill(_ record: inout PilotRecord) throws(CommandFailure) {
    if let title { record.title = title }
    if let day { record.day = try ChangeInput.day(day, "--day") }
    if let level { record.level = level }
    if let text { record.text = text }
    if let source { record.source = source }
    var given: Set<String> = []
    for word in figure {
      let parts = word.split(separator: "=", maxSplits: 1).map(String.init)
      // Amounts that are given in yuan under the name of fen would be taken for a hundredth.
      guard parts.first != PilotForm.money else {
        throw CommandFailure(
          .usage,
          en: "--figure \(word): money is given in yuan, such as yuan=1200.50",
          zh: "--figure \(word)：资金以元计，例如 yuan=1200.50"
        )
      }
      let key = parts.first == PilotForm.yuan ? PilotForm.money : parts.first ?? ""
      let value =
        parts.count == 2
        ? PilotForm.isDecimal(key) ? Amount(yuan: parts[1])?.fen : Int64(parts[1]) : nil
      guard let value else {
        let isDecimal = PilotForm.isDecimal(key)
        let example = isDecimal ? "\(PilotForm.word(key))=1200.50" : "people.trained=45"
        throw CommandFailure(
          .usage,
          en: "--figure \(word): such as \(example)"
            + (isDecimal ? ", with at most two decimals and no commas" : ""),
          zh: "--figure \(word)：例如 \(example)" + (isDecimal ? "，至多两位小数，不加千分位" : "")
        )
      }
      guard given.insert(key).inserted else {
        throw CommandFailure(
          .usage,
          en: "--figure \(word): this number is given twice",
          zh: "--figure \(word)：重复填写"
        )
      }
      record.figures.removeAll { $0.key == key }
      record.figures.append(PilotFigure(key: key, value: value))
    }
  }
}

/// Records as they are sent and shown.
enum PilotForm {
  /// The figure that is money: kept in fen, given and shown in yuan.
  static let money = "fen"
  static let yuan = "yuan"

  /// A figure's name as people give it and see it.
  static func word(_ key: String) -> String { key == money ? yuan : key }

  /// The same where JSON, which has money in fen, may be what is printed.
  static func word(_ key: String, _ output: OutputFormat) -> String {
    output == .json ? key : word(key)
  }

  /// A figure's name with its key.
  static func name(_ figure: Figure, _ output: OutputFormat) -> Value {
    .coded(word(figure.key, output), Text(en: figure.nameEn, zh: figure.nameZh))
  }

  /// Whether a figure is kept in hundredths of what people write.
  static func isDecimal(_ key: String) -> Bool { [money, "scale"].contains(key) }

  /// Sends a record, signed where its kind asks for it.
  static func send(
    _ record: PilotRecord,
    over client: RegistryClient,
    _ kinds: PilotKinds,
    _ options: CallOptions
  ) async throws -> PilotRecord {
    let isSigned = kinds[record.kind]?.isSigned == true
    let request =
      try isSigned
      ? client.signer?.request(record)
      : SetPilotRecordRequest(unsigned: record)
    guard let request else {
      throw CommandFailure(.usage, en: "no key to sign with", zh: "没有可用于签名的密钥")
    }
    return try await client.pilot.setPilotRecord(request, options: options)
  }

  /// A level of government.
  static func level(_ level: String) -> Value {
    let name = PilotKinds.levelName(level)
    return level.isEmpty ? .absent : .coded(level, Text(en: name.english, zh: name.chinese))
  }

  /// A record's numbers: for programs each under its key, else as they are given.
  private static func numbers(_ record: PilotRecord, _ output: OutputFormat) -> Value {
    if output == .json {
      return .record(
        Record(record.figures.map { .init($0.key, "", "", .integer($0.value)) })
      )
    }
    let words = record.figures.map { figure in
      let value = isDecimal(figure.key) ? Amount(fen: figure.value).yuanText : "\(figure.value)"
      return "\(word(figure.key))=\(value)"
    }
    return .text(words.joined(separator: " "))
  }

  static func rows(
    _ records: [PilotRecord],
    _ kinds: PilotKinds,
    _ output: OutputFormat
  ) -> Rows {
    Rows(
      [
        .init("id", "Record", "记录"), .init("kind", "Kind", "类别"),
        .init("division", "Division", "区划"), .init("day", "Day", "日期"),
        .init("title", "Title", "标题"), .init("figures", "Numbers", "数字"),
        .init("level", "Money of", "资金层级"), .init("source", "Source", "依据"),
        .init("recorded_by", "Recorded by", "登记人"), .init("person", "Person", "姓名"),
        .init("of", "Is of", "所属记录"), .init("project", "Project", "项目"),
        .init("household", "Household", "农户"), .init("need", "Need", "需求"),
        .init("unit", "Unit", "单位"), .init("divisions", "Also", "其他区划"),
        .init("version", "Version", "版本"), .init("withdrawn", "Withdrawn", "已撤销"),
        .init("recorded_at", "Recorded", "记录时间"), .init("text", "Text", "正文"),
      ],
      records.map { record in
        let kind = kinds[record.kind]
        return [
          .text(Hexadecimal.text(record.id)),
          .coded(
            record.kind,
            Text(en: kind?.english ?? record.kind, zh: kind?.chinese ?? record.kind)
          ),
          .text(record.division), ProcedureWords.day(record.day), .text(record.title),
          numbers(record, output), level(record.level), .text(record.source),
          .text(record.recordedBy), .text(record.person), .text(Hexadecimal.text(record.of)),
          .text(Hexadecimal.text(record.project)), .text(Hexadecimal.text(record.household)),
          need(record.need), .text(record.unit), .text(record.divisions.joined(separator: " ")),
          .integer(Int64(clamping: record.version)), .flag(record.withdrawn),
          ChinaTime.value(record.recordedAt), .text(record.text),
        ]
      }
    )
  }

  /// A number in its unit.
  static func value(_ key: String, _ value: Int64) -> Value {
    switch key {
    case money: .money(fen: value)
    case "scale": .text(Amount(fen: value).yuanText)
    default: .integer(value)
    }
  }

  private static func need(_ code: UInt32) -> Value {
    guard let name = code == 0 ? nil : NeedUnits.names.dropFirst(Int(code) - 1).first else {
      return .absent
    }
    return .coded("\(code)", Text(en: name.english, zh: name.chinese))
  }

  /// The division of the office that asks.
  static func home(of client: RegistryClient, _ options: CallOptions) async throws -> String {
    let caller = try await client.node.getNode(GetNodeRequest(), options: options).caller
    return OfficeIdentity(uri: caller)?.division.description ?? ""
  }

  /// A record by its id, among those that the office may see.
  static func find(
    _ id: String,
    over client: RegistryClient,
    _ options: CallOptions
  ) async throws -> PilotRecord {
    guard let octets = Hexadecimal.bytes(id), octets.count == 16 else {
      throw CommandFailure(.usage, en: "\(id) is no record's id", zh: "\(id) 不是记录标识")
    }
    return try await client.pilot.getPilotRecord(
      GetPilotRecordRequest(id: octets),
      options: options
    )
  }
}

/// `pilot record`: a new record.
struct PilotRecordCommand: ClientCommand {
  static let configuration = CommandConfiguration(
    commandName: "record",
    abstract: words("Records a piece of pilot work.", "登记一项试点工作。")
  )

  @Argument(help: help("The kind; see `pilot kinds`.", "类别，见 pilot kinds。")) var kind: String
  @Option(
    name: .long,
    help: help("The division that it is about (default: this office's).", "所属区划（默认本机构所在）。")
  )
  var division = ""
  @Option(
    name: .long,
    help: ArgumentHelp(
      words(
        "The record that it is of: the money that it draws on, the allocation received, the inspection, the finding corrected.",
        "所属记录：所支用的资金、所到位的下达、所属检查、所整改的问题。"
      ),
      valueName: "record"
    )
  )
  var of: String?
  @Option(
    name: .long,
    help: ArgumentHelp(words("The project that it is for.", "所属项目。"), valueName: "record")
  )
  var project: String?
  @Option(
    name: .long,
    help: ArgumentHelp(
      words("The household that it is about: its number or id.", "所涉农户的编号或标识。"),
      valueName: "number"
    )
  )
  var household: String?
  @Option(name: .long, help: help("The kind of need, code or name.", "需求类别，代码或名称。"))
  var need: String?
  @Option(name: .long, help: help("The unit of the scale.", "规模单位。")) var unit = ""
  @Option(
    name: .long,
    help: ArgumentHelp(
      words("One more division of a contiguous area; may be repeated.", "连片区域的其他区划，可重复。"),
      valueName: "division"
    )
  )
  var also: [String] = []
  @OptionGroup var record: PilotOptions
  @OptionGroup(title: words("Server", "服务器")) var serverOptions: ServerOptions
  @OptionGroup(title: words("Printing", "输出")) var printOptions: PrintOptions

  func run(on console: Console, with client: RegistryClient) async throws {
    let kinds = try console.pilotKinds()
    var asked = PilotRecord(kind: kind, division: division)
    if division.isEmpty { asked.division = try await PilotForm.home(of: client, callOptions()) }
    asked.day = Int32(ChinaTime.today.yyyymmdd)
    try await link(&asked, console, client)
    try record.fill(&asked)
    let made = try await PilotForm.send(asked, over: client, kinds, callOptions(writes: true))
    try show(PilotForm.rows([made], kinds, printOptions.output), on: console)
  }
}

extension PilotRecordCommand {
  /// Puts what the record names into it.
  private func link(
    _ asked: inout PilotRecord,
    _ console: Console,
    _ client: RegistryClient
  ) async throws {
    func id(_ text: String) throws(CommandFailure) -> [UInt8] {
      guard let id = Hexadecimal.bytes(text), id.count == 16 else {
        throw CommandFailure(.usage, en: "\(text) is no record's id", zh: "\(text) 不是记录标识")
      }
      return id
    }
    if let of { asked.of = try id(of) }
    if let project { asked.project = try id(project) }
    if let need {
      asked.need = try PilotOptions.need(need, try await console.codeLists(over: client.channel))
    }
    asked.unit = unit
    asked.divisions = also
    if let household {
      // Records show the household's id, which is longer than a printed number.
      let id = household.count == 32 ? Hexadecimal.bytes(household) : nil
      let found = try await client.households.getHousehold(
        GetHouseholdRequest(by: id.map { .id($0) } ?? .number(household)),
        options: callOptions()
      )
      asked.household = found.id
      if division.isEmpty { asked.division = found.location?.village ?? "" }
    }
  }
}

/// `pilot amend`: a later version of a record.
struct PilotAmendCommand: ClientCommand {
  static let configuration = CommandConfiguration(
    commandName: "amend",
    abstract: words("Changes a record; the version before is kept.", "修改记录（保留原版本）。")
  )

  @Argument(help: help("The record's id.", "记录标识。")) var id: String
  @Option(name: .long, help: help("Why.", "理由。")) var reason: String
  @OptionGroup var record: PilotOptions
  @OptionGroup(title: words("Server", "服务器")) var serverOptions: ServerOptions
  @OptionGroup(title: words("Printing", "输出")) var printOptions: PrintOptions

  func run(on console: Console, with client: RegistryClient) async throws {
    let kinds = try console.pilotKinds()
    var asked = try await PilotForm.find(id, over: client, callOptions()).askedAnew
    try record.fill(&asked)
    asked.reason = reason
    let made = try await PilotForm.send(asked, over: client, kinds, callOptions(writes: true))
    try show(PilotForm.rows([made], kinds, printOptions.output), on: console)
  }
}

/// `pilot withdraw`: a record that no longer counts.
struct PilotWithdrawCommand: ClientCommand {
  static let configuration = CommandConfiguration(
    commandName: "withdraw",
    abstract: words("Withdraws a record: it no longer counts.", "撤销记录（不再计入）。")
  )

  @Argument(help: help("The record's id.", "记录标识。")) var id: String
  @Option(name: .long, help: help("Why.", "理由。")) var reason: String
  @OptionGroup(title: words("Server", "服务器")) var serverOptions: ServerOptions
  @OptionGroup(title: words("Printing", "输出")) var printOptions: PrintOptions

  func run(on console: Console, with client: RegistryClient) async throws {
    let kinds = try console.pilotKinds()
    var asked = try await PilotForm.find(id, over: client, callOptions()).askedAnew
    asked.withdrawn = true
    asked.reason = reason
    let made = try await PilotForm.send(asked, over: client, kinds, callOptions(writes: true))
    try show(PilotForm.rows([made], kinds, printOptions.output), on: console)
  }
}

extension PilotRecord {
  /// The record as it is asked for again: without what the node adds.
  fileprivate var askedAnew: PilotRecord {
    var record = self
    record.recordedAt = 0
    record.recordedBy = ""
    record.person = ""
    record.signature = []
    record.certificate = []
    record.signed = []
    return record
  }
}

/// `pilot list`: records.
struct PilotListCommand: ServerCommand {
  static let configuration = CommandConfiguration(
    commandName: "list",
    abstract: words("Lists records.", "列出记录。")
  )

  @Option(name: .long, help: help("In this division or below.", "所在区划及以下。")) var division = ""
  @Option(name: .long, help: help("Of this kind.", "类别。")) var kind = ""
  @Option(name: .long, help: help("Of this day or later.", "起始日期。")) var from: String?
  @Option(name: .long, help: help("Of this day or earlier.", "截止日期。")) var to: String?
  @Option(name: .long, help: help("Print at most this many.", "最多显示条数。")) var limit = 500
  @OptionGroup(title: words("Server", "服务器")) var serverOptions: ServerOptions
  @OptionGroup(title: words("Printing", "输出")) var printOptions: PrintOptions

  func run(on console: Console, over channel: any Channel) async throws {
    var request = ListPilotRecordsRequest(division: division, kind: kind)
    if let from { request.from = try ChangeInput.day(from, "--from") }
    if let to { request.to = try ChangeInput.day(to, "--to") }
    var records: [PilotRecord] = []
    repeat {
      request.pageSize = UInt32(max(1, min(500, limit - records.count)))
      let page = try await PilotClient(channel).listPilotRecords(request, options: callOptions())
      records += page.records
      request.pageToken = page.nextPageToken
    } while !request.pageToken.isEmpty && records.count < limit
    try show(PilotForm.rows(records, try console.pilotKinds(), printOptions.output), on: console)
    if !request.pageToken.isEmpty {
      console.note(Text(en: "there are more: use --limit", zh: "尚有更多：请用 --limit"))
    }
  }
}

/// `pilot summary`: the sums of a division.
struct PilotSummaryCommand: ServerCommand {
  static let configuration = CommandConfiguration(
    commandName: "summary",
    abstract: words("Sums the records of a division and all below.", "汇总某区划及以下的记录。")
  )

  @OptionGroup var place: DivisionOption
  @Option(
    name: .long,
    help: help("As it was at the close of this day.", "截至该日日终。")
  )
  var asOf: String?
  @OptionGroup(title: words("Server", "服务器")) var serverOptions: ServerOptions
  @OptionGroup(title: words("Printing", "输出")) var printOptions: PrintOptions

  func run(on console: Console, over channel: any Channel) async throws {
    var request = SummarizePilotWorkRequest(division: place.division)
    if let asOf { request.asOf = try ChangeInput.day(asOf, "--as-of") }
    let summary = try await PilotClient(channel)
      .summarizePilotWork(request, options: callOptions())
    console.noteSynthetic(summary.synthetic)
    var rows = Rows([
      .init("kind", "Kind", "类别"), .init("records", "Records", "记录数"),
      .init("divisions", "Divisions", "区划数"), .init("figure", "Number", "数字"),
      .init("value", "Sum", "合计"),
    ])
    for sum in summary.sums {
      let kind = Value.coded(sum.kind, Text(en: sum.nameEn, zh: sum.nameZh))
      let head: [Value] = [kind, .integer(sum.records), .integer(sum.divisions)]
      if sum.figures.isEmpty { rows.rows.append(head + [.absent, .absent]) }
      for figure in sum.figures {
        rows.rows.append(
          head + [
            PilotForm.name(figure, printOptions.output),
            PilotForm.value(figure.key, figure.value),
          ]
        )
      }
    }
    try show(rows, on: console)
  }
}
