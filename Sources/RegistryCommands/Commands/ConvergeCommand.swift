internal import ArgumentParser
internal import RPCCore
internal import RegistryAPI
internal import RegistryModel

/// `converge`: a roster and the registry.
struct ConvergeCommand: ServerCommand {
  static let configuration = CommandConfiguration(
    commandName: "converge",
    abstract: words("Compares a roster with the registry.", "将名册与登记系统比对。"),
    discussion: words(
      "Counts, by the divisions below the roster's: in both, in the roster alone, on the register as one "
        + "of its kind and not in it, the same number under another name, a category that is not of "
        + "the roster's kind, a member's mark against the household's category, a number in two "
        + "households of a county or in two counties, numbers that are none, and households that cannot "
        + "be compared, since a member has no number or the name of a row whose number is none. In both, "
        + "under another name and in the roster alone are together the people of the roster. --list "
        + "FINDING gives the people, as CSV for a spreadsheet with --output csv. Departments are told what "
        + "`match` would tell them; each comparison is recorded as a look.",
      "按下级区划统计：两者均有、仅在名册、仅在登记系统（同类而不在名册）、号码相同姓名不同、属性与名册类别不符、"
        + "成员标记与户属性矛盾、同一号码在一县两户或在两县、号码有误，以及无法比对的户（成员无号码，或与号码有误的行同名）。"
        + "“两者均有”“姓名不同”与“仅在名册”之和即名册人数。--list 列出人员。部门所见与 match 相同，每次比对均记为查阅。"
    )
  )

  /// What can be listed.
  enum Finding: String, ExpressibleByArgument, CaseIterable {
    case both
    case rosterOnly = "roster-only"
    case registryOnly = "registry-only"
    case otherName = "other-name"
    case category, mark, twice, counties, malformed, uncomparable

    var message: ConvergenceFinding {
      switch self {
      case .both: .both
      case .rosterOnly: .rosterOnly
      case .registryOnly: .registryOnly
      case .otherName: .otherName
      case .category: .category
      case .mark: .mark
      case .twice: .twice
      case .counties: .counties
      case .malformed: .malformed
      case .uncomparable: .uncomparable
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
        + "filter (proposal take | refuse), at the county that owns the file.",
      "提出属性变更或退出建议（每户一次），由档案所属县逐条或按条件采纳、不予采纳（proposal take | refuse）。"
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
            + "\(made.ordered) sent to the nodes that own the files, \(made.elsewhere) owned by nodes that take "
            + "no orders",
          zh:
            "建议受理申请 \(made.starts) 件（roster starts）；提出 \(made.made) 条（退出 \(made.exits) 条），先前已提出 \(made.known) 条，不合规则 \(made.refused) 条，"
            + "下发档案所属节点 \(made.ordered) 条，属不接收指令的节点 \(made.elsewhere) 条"
        )
      )
      if made.startsAbove, made.starts > 0 {
        console.note(
          Text(
            en:
              "the applications to start stay at this node, above the counties: none of them sees them",
            zh: "受理建议留存于本级节点，各县不可见"
          )
        )
      }
    }
    guard let list else { return try show(Self.rows(report), on: console) }
    var rows = RowStream(
      [
        .init("row", "Row", "名册行"), .init("name", "Name", "名册姓名"),
        .init("household", "Household", "户编号"), .init("member", "Member", "成员"),
        .init("village", "Village", "村"), .init("category", "Category", "属性"),
      ],
      printOptions.output,
      on: console
    )
    let request = ListConvergenceRequest(roster: id, finding: list.message)
    for try await part in try await client.listConvergence(request) {
      let isClassified = !part.withheld.contains(.classification)
      try rows.add(
        part.rows.map { person in
          [
            person.row == 0 ? .absent : .integer(Int64(clamping: person.row)), .text(person.name),
            .text(person.household),
            person.member == 0 ? .absent : .integer(Int64(person.member)), .text(person.village),
            isClassified
              ? HouseholdForm.choice(person.category, HouseholdForm.categories) : .withheld,
          ]
        }
      )
    }
    try rows.finish()
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
    case .twice: .coded("twice", Text(en: "in two households of a county", zh: "在一县两户"))
    case .malformed: .coded("malformed", Text(en: "number is none", zh: "号码有误"))
    case .counties: .coded("counties", Text(en: "in two counties", zh: "在两县"))
    case .uncomparable:
      .coded("uncomparable", Text(en: "households that cannot be compared", zh: "无法比对的户"))
    default: .absent
    }
  }
}
