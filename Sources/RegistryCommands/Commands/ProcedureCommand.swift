internal import ArgumentParser
internal import RegistryAPI
internal import RegistryModel

/// `procedure`: the table of states and moves, which every node goes by; needs no server.
struct ProcedureCommand: ConsoleCommand {
  static let configuration = CommandConfiguration(
    commandName: "procedure",
    abstract: words(
      "Prints the identification procedure: who does what, when.",
      "显示识别程序：各步骤的办理机构和条件。"
    ),
    discussion: words(
      "The table that nodes go by (document No. 31 of 2010). No server is needed.",
      "节点所依据的步骤表（国办发〔2010〕31号）。无需服务器。"
    )
  )

  @Option(name: .long, help: help("Only what can be done in this state.", "仅此状态下可办理的步骤。"))
  var state: StateName?

  @Flag(name: .long, help: help("The states instead of the moves.", "列出状态而非步骤。"))
  var states = false

  @OptionGroup(title: words("Printing", "输出")) var printOptions: PrintOptions

  var languageOptions: LanguageOptions { printOptions.language }

  func run(on console: Console) async throws {
    let rows =
      states
      ? Self.stateRows
      : Self.moveRows(state?.state.rawValue, isShort: printOptions.output == .table)
    try console.print(printOptions.output.text(rows, console.language))
  }

  private static var stateRows: Rows {
    Rows(
      [
        .init("number", "No.", "序号"), .init("state", "State", "状态"),
        .init("slug", "Name", "代号"), .init("waits_for", "Waits for", "待办机构"),
      ],
      ProcedureState.allCases.map { state in
        let offices = [ProcedureOffice.village, .township, .poverty, .security]
          .filter { ProcedureTable.waiting(for: $0).contains(state) }
        return [
          .text(String(state.rawValue)), ProcedureWords.value(state), .text(state.slug),
          list(offices),
        ]
      }
    )
  }

  /// - Parameter isShort: whether "every state before the end" is said so, for people.
  private static func moveRows(_ state: Int32?, isShort: Bool) -> Rows {
    Rows(
      [
        .init("move", "Move", "步骤"), .init("command", "Command", "命令"),
        .init("from", "From", "原状态"), .init("to", "To", "新状态"),
        .init("offices", "By", "办理机构"), .init("reason", "Reason", "理由"),
        .init("signed", "Signed", "签名"),
      ],
      ProcedureTable.rows.filter { row in
        state.map { wanted in row.from.contains { $0.rawValue == wanted } } ?? true
      }.map { row in
        [
          .coded(row.move.rawValue, ProcedureWords.name(row.move)),
          .text(ProcedureWords.command(row.move)),
          isShort && row.from == open ? anyOpen : .list(row.from.map(ProcedureWords.value)),
          row.to.isEmpty
            ? .coded("", Text(en: "(stays)", zh: "（不变）"))
            : .list(row.to.map(ProcedureWords.value)), list(row.offices), reason(row.reason),
          .flag(row.isDecision),
        ]
      }
    )
  }

  private static let open = ProcedureState.allCases.filter { !$0.isEnd }

  private static let anyOpen = Value.coded(
    "open",
    Text(en: "every state before the end", zh: "办结前任一状态")
  )

  private static func list(_ offices: [ProcedureOffice]) -> Value {
    .list(
      offices.map { .coded("\($0.level.slug)/\($0.kind.rawValue)", ProcedureWords.name($0)) }
    )
  }

  private static func reason(_ rule: ReasonRule) -> Value {
    switch rule {
    case .none: .coded("none", Text(en: "no", zh: "否"))
    case .always: .coded("always", Text(en: "always", zh: "必填"))
    case .refusal: .coded("refusal", Text(en: "when refusing", zh: "否决时"))
    }
  }
}
