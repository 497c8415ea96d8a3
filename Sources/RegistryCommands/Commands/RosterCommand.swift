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
        + "that is cut short leaves nothing behind. Civil affairs imports dibao, five-guarantee and other "
        + "rosters, the disabled persons' federation those of disability, education, health, housing and "
        + "radio and television lists of their own (other), each with its --purpose; poverty offices any.",
      "同一文件只导入一次。号码有误的行予以列出并略过；中断的导入不留下任何内容。民政导入低保、五保及其他名册，"
        + "残联导入残疾名册，教育、卫生、住建、广电导入本部门名单（other），各注明 --purpose；扶贫办不限。"
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
    // The first are told, the others counted: a file may have millions.
    var faults: (told: [Violation], count: Int) = ([], 0)
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
      faults.told += answer.faults.prefix(Self.told - faults.told.count)
      faults.count += answer.faults.count
      progress.update(Int64(clamping: row))
      sent = next
    }
    guard let made = try await call.responses.next()?.roster else {
      throw RPCError(.internalError, "the server did not say that the roster is whole")
    }
    _ = try await call.responses.next()
    progress.finish()
    try show(RosterForm.rows([made]), on: console)
    for fault in faults.told {
      console.note(
        Text(
          en: "row \(fault.row), \(fault.field): \(fault.messageEn) (\(fault.rule))",
          zh: "第 \(fault.row) 行，\(fault.field)：\(fault.messageZh)（\(fault.rule)）"
        )
      )
    }
    if faults.count > faults.told.count {
      let more = faults.count - faults.told.count
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
    var request = ListRostersRequest(division: division)
    var rosters: [Roster] = []
    repeat {
      let page = try await RosterClient(channel).listRosters(request, options: callOptions())
      rosters += page.rosters
      request.pageToken = page.nextPageToken
    } while !request.pageToken.isEmpty
    try show(RosterForm.rows(rosters), on: console)
  }
}

/// `roster remove`: forgets a roster's rows.
struct RosterRemoveCommand: ServerCommand {
  static let configuration = CommandConfiguration(
    commandName: "remove",
    abstract: words("Forgets a roster's rows.", "删除名册内容。"),
    discussion: words(
      "The office that imported it removes it, or one above of the same kind. That it was imported and "
        + "removed stays on record. Its applications to start are forgotten, settled ones too; proposals "
        + "that are open stay.",
      "由导入机构或其同类上级机构删除。导入和删除的事实保留在日志中。其受理建议（含已处理的）一并删除；"
        + "未处理的变更提议保留。"
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
