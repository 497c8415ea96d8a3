internal import ArgumentParser
internal import CSV
internal import Journal
internal import RPCCore
internal import RegistryAPI
internal import RegistryModel

/// `roster`: lists of people of other systems.
struct RosterCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "roster",
    abstract: words(
      "Rosters of other systems: dibao, five-guarantee, disability.",
      "其他系统名册：低保、五保、残疾等。"
    ),
    discussion: words(
      "A roster is a CSV file with columns of citizen ID numbers and names. Its numbers are kept as "
        + "keyed digests. `converge` compares it with the registry; `roster changes` compares it with "
        + "an earlier one.",
      "名册为含公民身份号码和姓名列的 CSV 文件，号码以密钥摘要保存。用 converge 与登记系统比对，用 roster changes 与先前名册比较。"
    ),
    subcommands: [
      RosterImportCommand.self, RosterListCommand.self, RosterChangesCommand.self,
      RosterStartsCommand.self, RosterAcceptCommand.self, RosterRefuseCommand.self,
      RosterRemoveCommand.self,
    ]
  )
}

/// What rosters are of.
enum RosterWord: String, ExpressibleByArgument, CaseIterable {
  case dibao
  case fiveGuarantee = "five-guarantee"
  case disability, other

  var kind: RosterKind {
    switch self {
    case .dibao: .dibao
    case .fiveGuarantee: .fiveGuarantee
    case .disability: .disability
    case .other: .other
    }
  }

  static func name(_ kind: RosterKind) -> Value {
    switch kind {
    case .dibao: .coded("dibao", Text(en: "minimum living security", zh: "低保"))
    case .fiveGuarantee: .coded("five-guarantee", Text(en: "five-guarantee", zh: "五保"))
    case .disability: .coded("disability", Text(en: "disability", zh: "残疾"))
    default: .coded("other", Text(en: "other", zh: "其他"))
    }
  }
}

/// Rosters as rows.
enum RosterForm {
  static func rows(_ rosters: [Roster]) -> Rows {
    Rows(
      [
        .init("id", "Roster", "名册"), .init("kind", "Kind", "类别"),
        .init("division", "Division", "区划"), .init("day", "Day", "日期"),
        .init("name", "Name", "名称"), .init("rows", "Rows", "行数"),
        .init("people", "People", "人数"), .init("malformed", "Malformed", "号码有误"),
        .init("repeated", "Repeated", "重复"), .init("imported_by", "Imported by", "导入者"),
        .init("recorded_at", "Imported", "导入时间"),
      ],
      rosters.map { roster in
        [
          .text(Hexadecimal.text(roster.id)), RosterWord.name(roster.kind), .text(roster.division),
          ProcedureWords.day(roster.day), .text(roster.name),
          .integer(Int64(clamping: roster.rows)), .integer(Int64(clamping: roster.people)),
          .integer(Int64(clamping: roster.malformed)),
          .integer(Int64(clamping: roster.repeated)), .text(roster.importedBy),
          ChinaTime.value(roster.recordedAt),
        ]
      }
    )
  }

  /// An id of the command line.
  static func id(_ text: String) throws(CommandFailure) -> [UInt8] {
    guard let octets = Hexadecimal.bytes(text), octets.count == 16 else {
      throw CommandFailure(.usage, en: "\(text) is no roster's id", zh: "\(text) 不是名册标识")
    }
    return octets
  }
}

/// `roster import`: a file.
struct RosterImportCommand: ServerCommand {
  static let configuration = CommandConfiguration(
    commandName: "import",
    abstract: words("Imports a roster.", "导入名册。"),
    discussion: words(
      "The same file is imported once. Rows whose numbers are none are told, and left out; the import "
        + "that is cut short leaves nothing behind.",
      "同一文件只导入一次。号码有误的行予以列出并略过；中断的导入不留下任何内容。"
    )
  )

  @Argument(help: help("The file.", "名册文件。"), completion: .file(extensions: ["csv"]))
  var file: String
  @Option(name: .long, help: help("What it is of.", "名册类别。")) var kind: RosterWord
  @Option(name: .long, help: help("The day that it is of.", "名册日期。")) var day: String
  @Option(
    name: .long,
    help: help("The division whose people it lists.", "名册所属区划。")
  )
  var division: String
  @Option(
    name: .long,
    help: help("What it is called (default: the file's name).", "名称（默认为文件名）。")
  )
  var name: String?
  @OptionGroup(title: words("Server", "服务器")) var serverOptions: ServerOptions
  @OptionGroup(title: words("Printing", "输出")) var printOptions: PrintOptions

  private static let partSize = 5_000
  /// Faults that are told one by one.
  private static let told = 20

  func run(on console: Console, over channel: any Channel) async throws {
    let input = try InputFile(path: file)
    let digest = try digest(of: input)
    input.rewind()
    let reader = try CSVReader(descriptor: input.descriptor, encoding: nil)
    guard try reader.next() else {
      throw CommandFailure(.dataRefused, en: "the file is empty", zh: "文件为空")
    }
    let columns = try RosterColumns(reader.texts, file)
    let roster = Roster(
      kind: kind.kind,
      division: division,
      day: try ChangeInput.day(day, "--day"),
      name: name ?? String(file.split(separator: "/").last ?? ""),
      fileDigest: digest
    )
    let progress = ProgressBar(
      Text(en: "roster", zh: "名册"),
      total: nil,
      unit: Text(en: "rows", zh: "行"),
      on: console
    )
    defer { progress.finish() }
    var row: UInt64 = 0
    func part(_ first: Roster?) throws -> ImportRosterRequest? {
      var request = ImportRosterRequest(roster: first)
      while request.rows.count < Self.partSize, try reader.next() {
        row += 1
        request.rows.append(columns.row(row, reader))
      }
      return request.rows.isEmpty && first == nil ? nil : request
    }
    // The whole stream may take longer than one call's time: the method's own maximum holds.
    let call = try await RosterClient(channel).importRoster()
    func send(_ request: ImportRosterRequest?) async throws {
      if let request { return try await call.send(request) }
      try await call.finishSending()
    }
    var faults: [Violation] = []
    var sent = try part(roster)
    try await send(sent)
    while sent != nil {
      let next = try part(nil)
      async let following: Void = send(next)
      guard let answer = try await call.responses.next() else {
        throw RPCError(.internalError, "the server ended the import early")
      }
      if answer.known {
        // It reads no further: what is on its way is not waited for.
        try show(RosterForm.rows(answer.roster.map { [$0] } ?? []), on: console)
        console.note(Text(en: "imported before: nothing was done", zh: "先前已导入，未作改动"))
        call.cancel()
        try? await following
        return
      }
      try await following
      faults += answer.faults
      progress.update(Int64(clamping: row))
      sent = next
    }
    guard let made = try await call.responses.next()?.roster else {
      throw RPCError(.internalError, "the server did not say that the roster is whole")
    }
    _ = try await call.responses.next()
    progress.finish()
    try show(RosterForm.rows([made]), on: console)
    for fault in faults.prefix(Self.told) {
      console.note(
        Text(
          en: "row \(fault.row), \(fault.field): \(fault.messageEn) (\(fault.rule))",
          zh: "第 \(fault.row) 行，\(fault.field)：\(fault.messageZh)（\(fault.rule)）"
        )
      )
    }
    if faults.count > Self.told {
      let more = faults.count - Self.told
      console.note(Text(en: "and \(more) more", zh: "另有 \(more) 行"))
    }
  }

  private func digest(of input: InputFile) throws -> [UInt8] {
    let hasher = try SHA256Context()
    while true {
      let octets = try input.next(1 << 16)
      if octets.isEmpty { return hasher.finish().bytes }
      octets.withUnsafeBytes { hasher.update($0) }
    }
  }
}

/// The columns of a roster.
private struct RosterColumns {
  private let number: Int
  private let name: Int

  private static let numbers: Set<String> = [
    "citizen_id", "id_number", "公民身份号码", "公民身份证号码", "身份证号", "身份证号码", "证件号码",
  ]
  private static let names: Set<String> = ["name", "姓名"]

  init(_ headings: [String], _ file: String) throws(CommandFailure) {
    let folded = headings.map { $0.filter { !$0.isWhitespace }.lowercased() }
    func place(_ known: Set<String>) -> Int? {
      let places = folded.indices.filter { known.contains(folded[$0]) }
      return places.count == 1 ? places[0] : nil
    }
    guard let number = place(Self.numbers), let name = place(Self.names) else {
      throw CommandFailure(
        .dataRefused,
        en: "\(file) needs one column of ID numbers (citizen_id) and one of names (name)",
        zh: "\(file) 须有且仅有一列公民身份号码和一列姓名"
      )
    }
    self.number = number
    self.name = name
  }

  func row(_ row: UInt64, _ reader: CSVReader) -> RosterRow {
    func text(_ place: Int) -> String { place < reader.fieldCount ? reader.text(at: place) : "" }
    return RosterRow(row: row, citizenId: text(number), name: text(name))
  }
}

/// `roster list`: what was imported.
struct RosterListCommand: ServerCommand {
  static let configuration = CommandConfiguration(
    commandName: "list",
    abstract: words("Lists rosters, the latest first.", "列出名册（最近的在前）。")
  )

  @Option(name: .long, help: help("In this division or below.", "所在区划及以下。")) var division = ""
  @OptionGroup(title: words("Server", "服务器")) var serverOptions: ServerOptions
  @OptionGroup(title: words("Printing", "输出")) var printOptions: PrintOptions

  func run(on console: Console, over channel: any Channel) async throws {
    let answer = try await RosterClient(channel).listRosters(
      ListRostersRequest(division: division),
      options: callOptions()
    )
    try show(RosterForm.rows(answer.rosters), on: console)
  }
}

/// `roster changes`: two rosters of a kind.
struct RosterChangesCommand: ServerCommand {
  static let configuration = CommandConfiguration(
    commandName: "changes",
    abstract: words("Tells who joined and who left between two rosters.", "比较两份名册的增减。")
  )

  @Argument(help: help("The earlier roster.", "较早的名册。")) var from: String
  @Argument(help: help("The later roster.", "较晚的名册。")) var to: String
  @OptionGroup(title: words("Server", "服务器")) var serverOptions: ServerOptions
  @OptionGroup(title: words("Printing", "输出")) var printOptions: PrintOptions

  func run(on console: Console, over channel: any Channel) async throws {
    let answer = try await RosterClient(channel).compareRosters(
      CompareRostersRequest(from: try RosterForm.id(from), to: try RosterForm.id(to)),
      options: callOptions()
    )
    func rows(_ numbers: [UInt64]) -> Value {
      .text(numbers.map { "\($0)" }.joined(separator: " "))
    }
    try show(
      Record([
        .init("stayed", "In both", "均在册", .integer(Int64(clamping: answer.stayed))),
        .init("joined", "Joined", "新增", .integer(Int64(clamping: answer.joined))),
        .init("left", "Left", "减少", .integer(Int64(clamping: answer.left))),
        .init("joined_rows", "Rows of the later file", "较晚文件的行", rows(answer.joinedRows)),
        .init("left_rows", "Rows of the earlier file", "较早文件的行", rows(answer.leftRows)),
      ]),
      on: console
    )
  }
}

/// `roster remove`: forgets a roster's rows.
struct RosterRemoveCommand: ServerCommand {
  static let configuration = CommandConfiguration(
    commandName: "remove",
    abstract: words("Forgets a roster's rows.", "删除名册内容。"),
    discussion: words(
      "That it was imported and removed stays on record. Its applications to start are forgotten, settled "
        + "ones too; proposals that are open stay.",
      "导入和删除的事实保留在日志中。其受理建议（含已处理的）一并删除；未处理的变更提议保留。"
    )
  )

  @Argument(help: help("The roster.", "名册。")) var roster: String
  @OptionGroup(title: words("Server", "服务器")) var serverOptions: ServerOptions
  @OptionGroup(title: words("Printing", "输出")) var printOptions: PrintOptions

  func run(on console: Console, over channel: any Channel) async throws {
    _ = try await RosterClient(channel).removeRoster(
      RemoveRosterRequest(id: try RosterForm.id(roster)),
      options: callOptions()
    )
    console.note(Text(en: "removed", zh: "已删除"))
  }
}

/// `converge`: a roster and the registry.
struct ConvergeCommand: ServerCommand {
  static let configuration = CommandConfiguration(
    commandName: "converge",
    abstract: words("Compares a roster with the registry.", "将名册与登记系统比对。"),
    discussion: words(
      "Counts, by the divisions below the roster's: in both, in the roster alone, on the register as one "
        + "of its kind and not in it, the same number under another name, a category that is not of "
        + "the roster's kind, a member's mark against the household's category, a number in two "
        + "households, numbers that are none. --list FINDING gives the people, as CSV for a "
        + "spreadsheet with --output csv.",
      "按下级区划统计：两者均有、仅在名册、仅在登记系统（同类而不在名册）、号码相同姓名不同、属性与名册类别不符、"
        + "成员标记与户属性矛盾、同一号码在两户、号码有误。--list 列出人员。"
    )
  )

  /// What can be listed.
  enum Finding: String, ExpressibleByArgument, CaseIterable {
    case rosterOnly = "roster-only"
    case registryOnly = "registry-only"
    case otherName = "other-name"
    case category, mark, twice

    var message: ConvergenceFinding {
      switch self {
      case .rosterOnly: .rosterOnly
      case .registryOnly: .registryOnly
      case .otherName: .otherName
      case .category: .category
      case .mark: .mark
      case .twice: .twice
      }
    }
  }

  @Argument(help: help("The roster; see `roster list`.", "名册，见 roster list。")) var roster: String
  @Option(name: .long, help: help("Lists the people of a finding.", "列出某类结果的人员。"))
  var list: Finding?
  @Flag(
    name: .long,
    help: help(
      "Proposes category changes and exits, each once; they are taken or refused one by one or by "
        + "filter (proposal take | refuse).",
      "提出属性变更或退出建议（每户一次），可逐条或按条件采纳、不予采纳（proposal take | refuse）。"
    )
  )
  var propose = false
  @OptionGroup(title: words("Server", "服务器")) var serverOptions: ServerOptions
  @OptionGroup(title: words("Printing", "输出")) var printOptions: PrintOptions

  func run(on console: Console, over channel: any Channel) async throws {
    let client = RosterClient(channel)
    let id = try RosterForm.id(roster)
    // The comparison takes a while with millions: the method's own maximum holds.
    let report = try await client.converge(ConvergeRequest(roster: id))
    console.noteSynthetic(report.synthetic)
    if propose {
      let made = try await client.proposeFromRoster(ProposeFromRosterRequest(roster: id))
      console.note(
        Text(
          en:
            "\(made.starts) applications to start (roster starts); "
            + "\(made.made) proposed (\(made.exits) exits), \(made.known) proposed before, \(made.refused) against a rule, "
            + "\(made.elsewhere) owned by other nodes",
          zh:
            "建议受理申请 \(made.starts) 件（roster starts）；提出 \(made.made) 条（退出 \(made.exits) 条），先前已提出 \(made.known) 条，不合规则 \(made.refused) 条，"
            + "属其他节点 \(made.elsewhere) 条"
        )
      )
    }
    guard let list else { return try show(Self.rows(report), on: console) }
    var rows = Rows([
      .init("row", "Row", "名册行"), .init("name", "Name", "名册姓名"),
      .init("household", "Household", "户编号"), .init("member", "Member", "成员"),
      .init("village", "Village", "村"), .init("category", "Category", "属性"),
    ])
    let request = ListConvergenceRequest(roster: id, finding: list.message)
    for try await part in try await client.listConvergence(request) {
      rows.rows += part.rows.map { person in
        [
          person.row == 0 ? .absent : .integer(Int64(clamping: person.row)), .text(person.name),
          .text(person.household),
          person.member == 0 ? .absent : .integer(Int64(person.member)), .text(person.village),
          HouseholdForm.choice(person.category, HouseholdForm.categories),
        ]
      }
    }
    try show(rows, on: console)
  }

  private static func rows(_ report: ConvergenceReport) -> Rows {
    var rows = Rows([
      .init("division", "Division", "区划"), .init("finding", "Finding", "结果"),
      .init("people", "People", "人数"),
    ])
    for one in report.divisions {
      let place = Value.coded(one.division?.code ?? "", Text(one.division?.name ?? ""))
      rows.rows += one.counts.map { [place, name($0.finding), .integer($0.people)] }
    }
    return rows
  }

  private static func name(_ finding: ConvergenceFinding) -> Value {
    switch finding {
    case .both: .coded("both", Text(en: "in both", zh: "两者均有"))
    case .rosterOnly: .coded("roster-only", Text(en: "in the roster alone", zh: "仅在名册"))
    case .registryOnly:
      .coded("registry-only", Text(en: "on the register alone", zh: "仅在登记系统"))
    case .otherName: .coded("other-name", Text(en: "under another name", zh: "姓名不同"))
    case .category:
      .coded("category", Text(en: "household of another category", zh: "户属性不符"))
    case .mark:
      .coded("mark", Text(en: "mark against the category", zh: "成员标记与户属性矛盾"))
    case .twice: .coded("twice", Text(en: "in two households", zh: "在两户"))
    case .malformed: .coded("malformed", Text(en: "number is none", zh: "号码有误"))
    default: .absent
    }
  }
}
