internal import ArgumentParser
internal import RegistryAPI
internal import RegistryModel

/// The options by which households are looked for.
struct HouseholdFilterOptions: ParsableArguments {
  @Option(
    name: .long,
    help: help(
      "In this division or below; may be repeated (default: this office's area).",
      "此区划及以下；可多次给出（默认为本机构辖区）。"
    )
  )
  var division: [String] = []

  @Option(
    name: .long,
    help: help(
      "Category: poverty-object, dibao, both or five-guarantee; may be repeated.",
      "贫困户属性：扶贫户、低保户、扶贫低保户或五保户；可多次给出。"
    )
  )
  var category: [String] = []

  @Option(
    name: .long,
    help: help("Main cause, code or name; may be repeated.", "主要致贫原因，代码或名称；可多次给出。")
  )
  var cause: [String] = []

  @Option(name: .long, help: help("A member's name begins with this.", "成员姓名以此开头。"))
  var name = ""

  @Option(
    name: .long,
    help: ArgumentHelp(
      words("Net income per person below this.", "人均纯收入低于此数（元）。"),
      valueName: "yuan"
    )
  )
  var incomeBelow: String?

  @Option(name: .long, help: help("Status: registered or exited.", "状态：registered 或 exited。"))
  var status = "registered"

  @Option(
    name: .long,
    help: ArgumentHelp(
      words(
        "A criterion of a programme, as LIST=CODE (code or name): at-school, disability, disability-grade, health, danger, reception or need; of one list any, of several all of the same person. May be repeated.",
        "项目条件，形式为 列表=代码（代码或名称）：at-school、disability、disability-grade、health、danger、reception、need；同一列表任一即可，不同列表须同一人全部符合。可多次给出。"
      ),
      valueName: "list=code"
    )
  )
  var having: [String] = []

  init() {}

  /// Puts the criteria of programmes into a filter.
  private func putCriteria(
    _ codes: CodeLists,
    into filter: inout HouseholdFilter
  ) throws(CommandFailure) {
    for text in having {
      let parts = text.split(separator: "=", maxSplits: 1).map(String.init)
      let list: (CodeList, WritableKeyPath<HouseholdFilter, [UInt32]>)? =
        switch parts[0] {
        case "at-school": (codes.schooling, \.atSchool)
        case "disability": (codes.disabilityKind, \.disabilityKinds)
        case "disability-grade": (codes.disabilityGrade, \.disabilityGrades)
        case "health": (codes.health, \.healthStates)
        case "danger": (codes.danger, \.dangerGrades)
        case "reception": (codes.reception, \.receptions)
        case "need": (codes.needKind, \.needs)
        default: nil
        }
      guard let list, parts.count == 2 else {
        throw CommandFailure(
          .usage,
          en: "--having \(text): such as at-school=4 or danger=D",
          zh: "--having \(text)：例如 at-school=4 或 danger=D"
        )
      }
      do throws(FieldFault) {
        filter[keyPath: list.1].append(try list.0.parse(parts[1]))
      } catch {
        throw CommandFailure(
          .usage,
          en: "--having \(text): \(error.words.en)",
          zh: "--having \(text)：\(error.words.zh)"
        )
      }
    }
  }

  /// The filter as a request takes it.
  ///
  /// - Throws: `usage` naming the option that is not understood.
  func filter(_ codes: CodeLists) throws(CommandFailure) -> HouseholdFilter {
    var filter = HouseholdFilter()
    filter.division = division.first ?? ""
    filter.divisions = Array(division.dropFirst())
    filter.name = name
    for text in category {
      filter.categories.append(try Self.value(text, HouseholdForm.categories, "--category"))
    }
    for text in cause {
      do throws(FieldFault) {
        filter.mainCauses.append(try codes.cause.parse(text))
      } catch {
        throw CommandFailure(
          .usage,
          en: "--cause: \(error.words.en)",
          zh: "--cause：\(error.words.zh)"
        )
      }
    }
    if let incomeBelow {
      guard let amount = Amount(yuan: incomeBelow) else {
        throw CommandFailure(
          .usage,
          en: "--income-below is an amount in yuan",
          zh: "--income-below 应为金额（元）"
        )
      }
      var money = Money()
      money.fen = amount.fen
      filter.incomeBelow = money
    }
    filter.status = try Self.value(status, HouseholdForm.statuses, "--status")
    try putCriteria(codes, into: &filter)
    return filter
  }

  static func value<E: RawRepresentable>(
    _ text: String,
    _ names: [(E, Text)],
    _ option: String
  ) throws(CommandFailure) -> E where E.RawValue == Int32 {
    let found = names.first {
      text == $0.1.zh || text == "\($0.0.rawValue)"
        || text.lowercased() == $0.1.en
        || text.lowercased() == $0.1.en.split(separator: " ").joined(separator: "-")
    }
    guard let found else {
      let en = names.map { $0.1.en.split(separator: " ").joined(separator: "-") }
      throw CommandFailure(
        .usage,
        en: "\(option) is one of: \(en.joined(separator: ", "))",
        zh: "\(option) 应为：\(names.map(\.1.zh).joined(separator: "、"))"
      )
    }
    return found.0
  }
}
