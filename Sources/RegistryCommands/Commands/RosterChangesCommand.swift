internal import ArgumentParser
internal import RPCCore
internal import RegistryAPI
internal import RegistryModel

/// `roster changes`: two rosters of a kind and a division.
struct RosterChangesCommand: ServerCommand {
  static let configuration = CommandConfiguration(
    commandName: "changes",
    abstract: words("Tells who joined and who left between two rosters.", "比较两份名册的增减。"),
    discussion: words(
      "How many are in both, joined and left, by the divisions below as far as the registry knows their "
        + "households. --list gives the people: the row and the name of the roster, and of those whom the "
        + "registry knows, as far as the office sees them, household, village and category.",
      "统计均在册、新增和减少的人数，登记系统知其所在户者按下级区划列出。--list 列出人员：名册行号、姓名，"
        + "以及登记系统中（以本机构可见为限）的户编号、村和属性。"
    )
  )

  /// Who is listed.
  enum Side: String, ExpressibleByArgument, CaseIterable {
    case joined, left, all

    var message: RosterChange {
      switch self {
      case .joined: .joined
      case .left: .left
      case .all: .unspecified
      }
    }
  }

  @Argument(help: help("The earlier roster.", "较早的名册。")) var from: String
  @Argument(help: help("The later roster.", "较晚的名册。")) var to: String
  @Option(
    name: .long,
    help: help("Lists those who joined, left, or both.", "列出新增、减少或全部人员。")
  )
  var list: Side?
  @OptionGroup(title: words("Server", "服务器")) var serverOptions: ServerOptions
  @OptionGroup(title: words("Printing", "输出")) var printOptions: PrintOptions

  func run(on console: Console, over channel: any Channel) async throws {
    let client = RosterClient(channel)
    let (from, to) = (try RosterForm.id(from), try RosterForm.id(to))
    if let list {
      let asked = ListRosterChangesRequest(from: from, to: to, change: list.message)
      return try await show(asked, client, on: console)
    }
    // With millions it takes a while: the method's own maximum holds.
    let answer = try await client.compareRosters(CompareRostersRequest(from: from, to: to))
    console.noteSynthetic(answer.synthetic)
    var rows = Rows([
      .init("division", "Division", "区划"), .init("change", "Change", "变化"),
      .init("people", "People", "人数"),
    ])
    func add(_ place: Value, _ word: Value, _ count: UInt64) {
      rows.rows.append([place, word, .integer(Int64(clamping: count))])
    }
    add(.absent, .coded("stayed", Text(en: "in both", zh: "均在册")), answer.stayed)
    add(.absent, Self.word(.joined), answer.joined)
    add(.absent, Self.word(.left), answer.left)
    for one in answer.divisions {
      let place = Value.coded(one.division?.code ?? "", Text(one.division?.name ?? ""))
      if one.joined > 0 { add(place, Self.word(.joined), one.joined) }
      if one.left > 0 { add(place, Self.word(.left), one.left) }
    }
    try show(rows, on: console)
  }

  private func show(
    _ request: ListRosterChangesRequest,
    _ client: RosterClient,
    on console: Console
  ) async throws {
    var rows = RowStream(
      [
        .init("change", "Change", "变化"), .init("row", "Row", "名册行"),
        .init("name", "Name", "名册姓名"), .init("household", "Household", "户编号"),
        .init("village", "Village", "村"), .init("category", "Category", "属性"),
      ],
      printOptions.output,
      on: console
    )
    for try await part in try await client.listRosterChanges(request) {
      let isClassified = !part.withheld.contains(.classification)
      try rows.add(
        part.rows.map { person in
          [
            Self.word(person.change), .integer(Int64(clamping: person.row)), .text(person.name),
            .text(person.household), .text(person.village),
            isClassified
              ? HouseholdForm.choice(person.category, HouseholdForm.categories) : .withheld,
          ]
        }
      )
    }
    try rows.finish()
  }

  private static func word(_ change: RosterChange) -> Value {
    switch change {
    case .joined: .coded("joined", Text(en: "joined", zh: "新增"))
    case .left: .coded("left", Text(en: "left", zh: "减少"))
    default: .absent
    }
  }
}
