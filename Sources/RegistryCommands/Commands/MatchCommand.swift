internal import ArgumentParser
internal import CSV
internal import RPCCore
internal import RegistryAPI
internal import RegistryModel

/// `match`: a list of persons compared with the registry.
struct MatchCommand: ServerCommand {
  static let configuration = CommandConfiguration(
    commandName: "match",
    abstract: words("Compares a list of persons with the registry.", "将人员名单与登记系统比对。"),
    discussion: words(
      "The list is a CSV file with a column of citizen ID numbers; its rows come out again with what "
        + "became of each: found, absent or malformed, and of those found the household, village, "
        + "category and main cause as far as the office sees them. Each part of the list is "
        + "recorded as a look before it is answered; the households can ask who looked.",
      "名单为含公民身份号码列的 CSV 文件；输出原有各行及比对结果：在册、不在册或号码有误，在册者附户编号、村、属性及主要原因"
        + "（以本机构可见为限）。名单的每一部分在答复前先记入查阅记录，农户可查询。"
    )
  )

  @Argument(help: help("The list.", "名单文件。"), completion: .file(extensions: ["csv"]))
  var list: String
  @Option(
    name: .long,
    help: help(
      "The heading of the column with the numbers (default: found by its name).",
      "号码所在列的表头（默认按名称识别）。"
    )
  )
  var column: String?
  @Option(
    name: .shortAndLong,
    help: ArgumentHelp(
      words("Where to write (default: standard output).", "写入何处（默认为标准输出）。"),
      valueName: "file"
    ),
    completion: .file()
  )
  var file: String?
  @Flag(name: .long, help: help("Writes those found alone.", "仅输出在册人员。"))
  var found = false
  @OptionGroup(title: words("Server", "服务器")) var serverOptions: ServerOptions
  @OptionGroup(title: words("Printing", "输出")) var printOptions: PrintOptions

  /// Numbers of one part.
  private static let partSize = 5_000
  func run(on console: Console, over channel: any Channel) async throws {
    let codes = try await console.codeLists(over: channel)
    let input = try InputFile(path: list)
    input.rewind()
    let reader = try CSVReader(descriptor: input.descriptor, encoding: nil)
    guard try reader.next() else {
      throw CommandFailure(.dataRefused, en: "the file is empty", zh: "文件为空")
    }
    let headings = reader.texts
    let place = try numberColumn(headings)
    let target = try file.map { (path) throws(CommandFailure) in try AtomicFile(path: path) }
    let sink: any TextSink = target ?? console.output
    var writer = CSVWriter()
    writer.write(headings + Self.headings)
    let progress = ProgressBar(
      Text(en: "match", zh: "比对"),
      total: nil,
      unit: Text(en: "people", zh: "人"),
      on: console
    )
    defer { progress.finish() }
    // The whole stream may take longer than one call's time: the method's own maximum holds.
    let call = try await InquiryClient(channel).matchPeople()
    var counts = Counts()
    func next() throws -> [[String]] {
      var rows: [[String]] = []
      while rows.count < Self.partSize, try reader.next() { rows.append(reader.texts) }
      return rows
    }
    func send(_ rows: [[String]]) async throws {
      let numbers = rows.map { $0.indices.contains(place) ? $0[place] : "" }
      if rows.isEmpty { return try await call.finishSending() }
      try await call.send(MatchPeopleRequest(citizenIds: numbers))
    }
    var rows = try next()
    try await send(rows)
    while !rows.isEmpty {
      // The next part is on its way while this one is answered: who sends must also read.
      let following = try next()
      async let sent: Void = send(following)
      guard let response = try await call.responses.next() else {
        throw RPCError(.internalError, "the server ended the comparison early")
      }
      try await sent
      try write(rows, response, codes, console.language, &counts, &writer)
      try sink.write(writer.take())
      progress.update(counts.all)
      rows = following
    }
    _ = try await call.responses.next()
    try sink.write(writer.take())
    try target?.commit()
    progress.finish()
    console.note(
      Text(
        en: "\(counts.all) people: \(counts.found) found, \(counts.absent) absent, "
          + "\(counts.malformed) malformed",
        zh: "共 \(counts.all) 人：在册 \(counts.found)，不在册 \(counts.absent)，号码有误 \(counts.malformed)"
      )
    )
  }

  private struct Counts {
    var found: Int64 = 0
    var absent: Int64 = 0
    var malformed: Int64 = 0

    var all: Int64 { found + absent + malformed }
  }

  private static let headings = ["result", "household", "village", "category", "main_cause"]

  /// Headings under which lists have the numbers.
  private static let known: Set<String> = [
    "citizen_id", "id_number", "公民身份号码", "公民身份证号码", "身份证号", "身份证号码", "证件号码",
  ]

  private func numberColumn(_ headings: [String]) throws(CommandFailure) -> Int {
    let names = headings.map { $0.filter { !$0.isWhitespace } }
    if let column {
      if let place = names.firstIndex(of: column) { return place }
      throw CommandFailure(
        .dataRefused,
        en: "\(list) has no column \(column)",
        zh: "\(list) 没有列 \(column)"
      )
    }
    let places = names.indices.filter { Self.known.contains(names[$0].lowercased()) }
    guard places.count == 1 else {
      throw CommandFailure(
        .dataRefused,
        en: "\(list): no column, or several, seem to be of ID numbers; name it with --column",
        zh: "\(list)：没有或有多个公民身份号码列，请用 --column 指明"
      )
    }
    return places[0]
  }

  private func write(
    _ rows: [[String]],
    _ response: MatchPeopleResponse,
    _ codes: CodeLists,
    _ language: Language,
    _ counts: inout Counts,
    _ writer: inout CSVWriter
  ) throws {
    guard response.results.count == rows.count else {
      throw RPCError(.internalError, "the server answered for another part of the list")
    }
    let matches = Dictionary(
      response.matches.map { (Int($0.place), $0) },
      uniquingKeysWith: { first, _ in first }
    )
    for (place, row) in rows.enumerated() {
      let word: Text
      switch MatchResult(rawValue: Int32(response.results[place])) {
      case .found:
        counts.found += 1
        word = Text(en: "found", zh: "在册")
      case .absent:
        counts.absent += 1
        word = Text(en: "absent", zh: "不在册")
      default:
        counts.malformed += 1
        word = Text(en: "malformed", zh: "号码有误")
      }
      let match = matches[place]
      if found, match == nil { continue }
      let category = match?.category ?? .unspecified
      let cause = match?.mainCause ?? 0
      writer.write(
        row + [
          word(language), match?.household ?? "", match?.village ?? "",
          category == .unspecified ? "" : "\(category.rawValue)", cause == 0 ? "" : "\(cause)",
        ]
      )
    }
  }
}

/// `access`: who looked at a household's file.
struct AccessCommand: ServerCommand {
  static let configuration = CommandConfiguration(
    commandName: "access",
    abstract: words("Tells who looked at a household's file.", "查询谁查阅过某户档案。"),
    discussion: words(
      "Every look at personal data is recorded before anything is shown: here, and at the nodes above, "
        + "which tell this one. The latest come first.",
      "每次查阅个人信息均先行记录：包括本节点，以及上级节点（由其告知本节点）。最近的在前。"
    )
  )

  @Option(name: .long, help: help("The household's printed number.", "户编号。"))
  var household: String
  @Option(name: .long, help: help("Print at most this many.", "最多显示条数。"))
  var limit = 100
  @OptionGroup(title: words("Server", "服务器")) var serverOptions: ServerOptions
  @OptionGroup(title: words("Printing", "输出")) var printOptions: PrintOptions

  func validate() throws {
    guard (1...1_000_000).contains(limit) else {
      throw ValidationError("--limit must be 1 to 1,000,000.")
    }
  }

  func run(on console: Console, over channel: any Channel) async throws {
    let client = InquiryClient(channel)
    var request = ListLooksRequest(by: .number(household))
    var rows = Rows([
      .init("at", "When", "时间"), .init("division", "Office of", "机构所在"),
      .init("identity", "Identity", "身份"), .init("person", "Person", "人员"),
      .init("operation", "Operation", "操作"), .init("purpose", "Purpose", "用途"),
      .init("classes", "Shown", "内容"), .init("node", "At node", "节点"),
    ])
    repeat {
      request.pageSize = UInt32(min(500, limit - rows.rows.count))
      let page = try await client.listLooks(request, options: callOptions())
      rows.rows += page.looks.map(Self.row)
      request.pageToken = page.nextPageToken
    } while !request.pageToken.isEmpty && rows.rows.count < limit
    try show(rows, on: console)
    if !request.pageToken.isEmpty {
      console.note(Text(en: "there are earlier looks: use --limit", zh: "尚有更早记录：请用 --limit"))
    }
  }

  private static func row(_ look: LookEntry) -> [Value] {
    let operation = Operation(rawValue: look.operation)
    let purpose = Purpose(rawValue: look.purpose)
    let names = look.classes.compactMap { shown in
      DisclosureClasses.named.first { $0.value.rawValue == 1 << UInt32(shown.rawValue) }?.name
    }
    let isAll = names.count == DisclosureClasses.named.count
    return [
      ChinaTime.value(look.at), .text(look.division), .text(look.identity), .text(look.person),
      .coded(look.operation, Text(en: look.operation, zh: operation?.chinese ?? look.operation)),
      look.purpose.isEmpty
        ? .absent
        : .coded(look.purpose, Text(en: look.purpose, zh: purpose?.chinese ?? look.purpose)),
      .text(isAll ? "all" : names.joined(separator: " ")), .text(look.node),
    ]
  }
}
