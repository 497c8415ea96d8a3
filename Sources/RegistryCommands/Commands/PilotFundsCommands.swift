internal import ArgumentParser
internal import RPCCore
internal import RegistryAPI
internal import RegistryClient
internal import RegistryModel

/// `pilot balance`: every fen of a division's funds accounted for.
struct PilotBalanceCommand: ServerCommand {
  static let configuration = CommandConfiguration(
    commandName: "balance",
    abstract: words("The trial balance of a division's funds.", "某区划资金试算平衡。"),
    discussion: words(
      "By level of government: what was budgeted, received from or drawn on above, against what is "
        + "undrawn, in transit and disbursed. Each account is summed from records of its own; a level "
        + "that does not close, or a record that is drawn on for more than it has, ends with status 65.",
      "按资金层级：预算、自上级到位或支用，对应未支用、在途及已拨付。各项分别由其记录汇总；不平衡或超支时以状态 65 结束。"
    )
  )

  @OptionGroup var place: DivisionOption
  @Option(name: .long, help: help("As it was at the close of this day.", "截至该日日终。"))
  var asOf: String?
  @OptionGroup(title: words("Server", "服务器")) var serverOptions: ServerOptions
  @OptionGroup(title: words("Printing", "输出")) var printOptions: PrintOptions

  func run(on console: Console, over channel: any Channel) async throws {
    var request = GetTrialBalanceRequest(division: place.division)
    if let asOf { request.asOf = try ChangeInput.day(asOf, "--as-of") }
    let balance = try await PilotClient(channel).getTrialBalance(request, options: callOptions())
    console.noteSynthetic(balance.synthetic)
    let rows = Rows(
      [
        .init("level", "Money of", "资金层级"), .init("budgeted", "Budgeted", "预算"),
        .init("received_from_outside", "Received from outside", "外部到位"),
        .init("drawn_from_outside", "Drawn on above", "支用上级"),
        .init("undrawn", "Undrawn", "未支用"), .init("in_transit", "In transit", "在途"),
        .init("disbursed", "Disbursed", "已拨付"), .init("closes", "Closes", "平衡"),
      ],
      balance.lines.map { line in
        [
          PilotForm.level(line.level), .money(fen: line.budgeted),
          .money(fen: line.receivedFromOutside),
          .money(fen: line.drawnFromOutside), .money(fen: line.undrawn),
          .money(fen: line.inTransit), .money(fen: line.disbursed), .flag(line.closes),
        ]
      }
    )
    try show(rows, on: console)
    guard balance.findings.isEmpty, balance.lines.allSatisfy(\.closes) else {
      var failure = CommandFailure(
        .dataRefused,
        en: "the funds on record do not balance",
        zh: "登记的资金不平衡"
      )
      failure.details = balance.findings.map { finding in
        let record = Hexadecimal.text(finding.record)
        let yuan = Amount(fen: finding.fen).yuanText
        return Text(
          en: "record \(record): \(finding.messageEn) (\(finding.rule)): \(yuan) yuan",
          zh: "记录 \(record)：\(finding.messageZh)（\(finding.rule)）：\(yuan)元"
        )
      }
      throw failure
    }
  }
}

/// `pilot follow`: records with what became of them.
struct PilotFollowCommand: ServerCommand {
  static let configuration = CommandConfiguration(
    commandName: "follow",
    abstract: words(
      "Lists records with what became of them.",
      "列出记录及其后续：项目落实、资金拨付、问题整改等。"
    ),
    discussion: words(
      "What projects took up and were paid, what budgets were drawn on, which findings were "
        + "corrected. `pilot follow finding --without correction` lists what is still open.",
      "项目落实的需求与拨付的资金、预算的支用、问题的整改。pilot follow finding --without correction 列出未整改问题。"
    )
  )

  @Argument(help: help("The kind, such as project or finding.", "类别，如 project 或 finding。"))
  var kind: String
  @OptionGroup var place: DivisionOption
  @Option(
    name: .long,
    help: help("Those alone that no record of this kind goes back to.", "仅列没有此类后续记录的。")
  )
  var without = ""
  @Option(name: .long, help: help("Print at most this many.", "最多显示条数。")) var limit = 500
  @OptionGroup(title: words("Server", "服务器")) var serverOptions: ServerOptions
  @OptionGroup(title: words("Printing", "输出")) var printOptions: PrintOptions

  func run(on console: Console, over channel: any Channel) async throws {
    var request = FollowPilotRecordsRequest(division: place.division, kind: kind, without: without)
    var rows = Rows([
      .init("id", "Record", "记录"), .init("division", "Division", "区划"),
      .init("day", "Day", "日期"), .init("title", "Title", "标题"),
      .init("followed_by", "Followed by", "后续"), .init("records", "Records", "记录数"),
      .init("figure", "Number", "数字"), .init("value", "Sum", "合计"),
    ])
    var records = 0
    repeat {
      request.pageSize = UInt32(max(1, min(500, limit - records)))
      let page = try await PilotClient(channel)
        .followPilotRecords(request, options: callOptions())
      for followed in page.records { rows.rows += lines(of: followed) }
      records += page.records.count
      request.pageToken = page.nextPageToken
    } while !request.pageToken.isEmpty && records < limit
    try show(rows, on: console)
    if !request.pageToken.isEmpty {
      console.note(Text(en: "there are more: use --limit", zh: "尚有更多：请用 --limit"))
    }
  }

  private func lines(of followed: FollowedPilotRecord) -> [[Value]] {
    let record = followed.record ?? PilotRecord()
    let head: [Value] = [
      .text(Hexadecimal.text(record.id)), .text(record.division), ProcedureWords.day(record.day),
      .text(record.title),
    ]
    let own = record.figures.map { figure -> [Value] in
      head + [
        .absent, .absent, .text(PilotForm.word(figure.key, printOptions.output)),
        PilotForm.value(figure.key, figure.value),
      ]
    }
    let after = followed.sums.flatMap { sum -> [[Value]] in
      let kind = Value.coded(sum.kind, Text(en: sum.nameEn, zh: sum.nameZh))
      let lead = head + [kind, .integer(sum.records)]
      if sum.figures.isEmpty { return [lead + [.absent, .absent]] }
      return sum.figures.map {
        lead + [
          PilotForm.name($0, printOptions.output), PilotForm.value($0.key, $0.value),
        ]
      }
    }
    return own.isEmpty && after.isEmpty
      ? [head + [.absent, .absent, .absent, .absent]] : own + after
  }
}

/// `pilot take-up`: the needs of households that a project takes up.
struct PilotTakeUpCommand: ClientCommand {
  static let configuration = CommandConfiguration(
    commandName: "take-up",
    abstract: words(
      "Records that a project takes up households' needs.",
      "登记项目所落实的农户需求。"
    ),
    discussion: words(
      "Of the households named, or of all in the project's area that match the filter, those with a "
        + "need of the project's kind that no other project takes up; scale and investment are the "
        + "need's own. Repeating it adds those that came since. A project of a node above is on record "
        + "here once the link or a bundle has told of it.",
      "对所列各户或项目区域内符合条件的农户，登记其与项目同类且未被其他项目落实的需求；规模与投资取自该需求。"
        + "重复执行只增加新户。上级节点的项目经链路或数据包下达后即可使用。"
    )
  )

  @Argument(help: help("The project's id.", "项目标识。")) var project: String
  @Option(
    name: .long,
    help: ArgumentHelp(
      words("A household; may be repeated. Default: all of the filter.", "农户，可重复；默认为符合条件的全部。"),
      valueName: "number"
    )
  )
  var household: [String] = []
  @OptionGroup(title: words("Filter", "条件")) var filter: HouseholdFilterOptions
  @OptionGroup(title: words("Server", "服务器")) var serverOptions: ServerOptions
  @OptionGroup(title: words("Printing", "输出")) var printOptions: PrintOptions

  /// Calls that wait for their answers at once: they are written in one go.
  private static let together = 32

  func run(on console: Console, with client: RegistryClient) async throws {
    let codes = try await console.codeLists(over: client.channel)
    var record = PilotRecord(kind: "take-up", day: Int32(ChinaTime.today.yyyymmdd))
    record.title = "take-up"
    record.figures = [PilotFigure(key: "households", value: 1)]
    let project = try await PilotForm.find(project, over: client, callOptions())
    (record.project, record.need, record.title) = (project.id, project.need, project.title)
    var counts: [String: Int64] = [:]
    for number in household {
      let found = try await client.households.getHousehold(
        GetHouseholdRequest(by: .number(number)),
        options: callOptions()
      )
      let place = found.location?.village ?? ""
      try await takeUp([(found.id, place)], record, client, &counts)
    }
    if household.isEmpty {
      var request = SearchHouseholdsRequest(filter: try filter.filter(codes), pageSize: 500)
      if filter.division.isEmpty {
        request.filter?.division = project.division
        request.filter?.divisions = project.divisions
      }
      repeat {
        let page: SearchHouseholdsResponse
        do {
          page = try await client.households.searchHouseholds(request, options: callOptions())
        } catch let error as RPCError where Self.isOutside(error) && filter.division.isEmpty {
          // The project reaches beyond the office's area: of that those who lie in the project's.
          request.filter?.division = ""
          request.filter?.divisions = []
          page = try await client.households.searchHouseholds(request, options: callOptions())
        }
        let found = page.households.map { ($0.id, $0.village) }
        for start in stride(from: 0, to: found.count, by: Self.together) {
          let part = Array(found[start..<min(start + Self.together, found.count)])
          try await takeUp(part, record, client, &counts)
        }
        request.pageToken = page.nextPageToken
      } while !request.pageToken.isEmpty
    }
    let rows = Rows(
      [.init("outcome", "Outcome", "结果"), .init("households", "Households", "户数")],
      [
        ("taken-up", Text(en: "taken up", zh: "已落实")),
        (PilotRule.once.rawValue, Text(en: "taken up before", zh: "此前已落实")),
        (PilotRule.need.rawValue, Text(en: "without such a need", zh: "无此需求")),
        (PilotRule.projectPlace.rawValue, Text(en: "outside the project's area", zh: "不在项目区域内")),
      ].map { [.coded($0.0, $0.1), .integer(counts[$0.0] ?? 0)] }
    )
    try show(rows, on: console)
  }

  /// Whether an error says that a division lies outside the office's area.
  private static func isOutside(_ error: RPCError) -> Bool {
    (try? ErrorDetails(wireArray: error.details))?.refusedBy == "office.area"
  }

  /// Records some take-ups at once; counts what became of them by the rule against each.
  private func takeUp(
    _ households: [(id: [UInt8], village: String)],
    _ record: PilotRecord,
    _ client: RegistryClient,
    _ counts: inout [String: Int64]
  ) async throws {
    let outcomes = try await withThrowingTaskGroup(of: String.self) { group in
      for (id, village) in households {
        var one = record
        (one.household, one.division) = (id, village)
        let request = try SetPilotRecordRequest(unsigned: one)
        let options = callOptions(writes: true)
        group.addTask {
          do {
            _ = try await client.pilot.setPilotRecord(request, options: options)
            return "taken-up"
          } catch let error as RPCError {
            let rules = (try? ErrorDetails(wireArray: error.details))?.violations.map(\.rule) ?? []
            let passed: [PilotRule] = [.once, .need, .projectPlace]
            guard rules.count == 1, passed.contains(where: { $0.rawValue == rules[0] }) else {
              throw error
            }
            return rules[0]
          }
        }
      }
      return try await group.reduce(into: [String]()) { $0.append($1) }
    }
    for outcome in outcomes { counts[outcome, default: 0] += 1 }
  }
}
