internal import ArgumentParser
internal import RPCCore
internal import RegistryAPI
internal import RegistryModel

/// The options that all changes have: which household, from which version, from which day, why.
struct ChangeOptions: ParsableArguments {
  @OptionGroup(title: words("Household", "农户")) var key: HouseholdKeyOptions

  @Option(
    name: .long,
    help: help(
      "The version that the change was made from (default: the one on record now). If it is no "
        + "longer current, both sides are shown field by field.",
      "变更所依据的版本（默认为现有版本）。如已非最新，则逐项显示双方内容。"
    )
  )
  var baseVersion: UInt64?

  @Option(
    name: .long,
    help: ArgumentHelp(
      words("The day from which it holds (default: today).", "生效日期（默认为今天）。"),
      valueName: "day"
    )
  )
  var effective: String?

  @Option(name: .long, help: help("Why, in words.", "理由。"))
  var reason = ""

  init() {}

  /// The day as a number; 0 for today.
  ///
  /// - Throws: `usage` for text that is no day.
  func day() throws(CommandFailure) -> Int32 {
    try effective.map { text throws(CommandFailure) in try ChangeInput.day(text, "--effective") }
      ?? 0
  }
}

/// Reading what changes are given on the command line.
enum ChangeInput {
  /// A day as YYYYMMDD. Throws `usage` naming the option.
  static func day(_ text: String, _ option: String) throws(CommandFailure) -> Int32 {
    guard let day = Day(text) else {
      throw CommandFailure(
        .usage,
        en: "\(option): not a day (YYYY-MM-DD)",
        zh: "\(option)：不是日期（YYYY-MM-DD）"
      )
    }
    return Int32(day.yyyymmdd)
  }

  /// The id of member N of a household, counted from 1. Throws `usage`.
  static func member(
    _ number: Int,
    of household: Household,
    _ option: String
  ) throws(CommandFailure) -> [UInt8] {
    guard household.members.indices.contains(number - 1) else {
      throw CommandFailure(
        .usage,
        en: "\(option): there is no member \(number)",
        zh: "\(option)：没有第 \(number) 名成员"
      )
    }
    return household.members[number - 1].id
  }

  /// Relations written `N=CODE`, the member's number and the relation's code or name.
  static func relations(
    _ texts: [String],
    of household: Household,
    _ option: String,
    _ codes: CodeLists
  ) throws(CommandFailure) -> [MemberRelation] {
    var relations: [MemberRelation] = []
    for text in texts {
      guard let equals = text.firstIndex(of: "="), let number = Int(text[..<equals]) else {
        throw CommandFailure(
          .usage,
          en: "\(option) takes N=RELATION",
          zh: "\(option) 应写作 序号=与户主关系"
        )
      }
      let id = try member(number, of: household, option)
      let word = String(text[text.index(after: equals)...])
      relations.append(
        MemberRelation(member: id, relation: try code(word, codes.relationOfStandard, option))
      )
    }
    return relations
  }

  /// A code by number or name. Throws `usage` naming the option.
  static func code(
    _ text: String,
    _ list: CodeList,
    _ option: String
  ) throws(CommandFailure) -> UInt32 {
    do throws(FieldFault) {
      return try list.parse(text)
    } catch {
      throw CommandFailure(
        .usage,
        en: "\(option): \(error.words.en)",
        zh: "\(option)：\(error.words.zh)"
      )
    }
  }

  /// One of a few words, in either language. Throws `usage` naming the option and the words.
  static func choice<E>(
    _ text: String,
    _ choices: [(E, Text)],
    _ option: String
  ) throws(CommandFailure) -> E {
    if let found = choices.first(where: { $0.1.en == text || $0.1.zh == text }) { return found.0 }
    let known = choices.map { $0.1.en }.joined(separator: ", ")
    let chinese = choices.map { $0.1.zh }.joined(separator: "、")
    throw CommandFailure(
      .usage,
      en: "\(option): give one of \(known)",
      zh: "\(option)：应为 \(chinese) 之一"
    )
  }

  /// A person from fields written below the member, such as `identity.name`.
  static func person(
    _ input: HouseholdInputOptions,
    _ codes: CodeLists
  ) throws(CommandFailure) -> Member {
    var household = Household()
    for field in try input.fields() {
      let path = field.path.hasPrefix("members.") ? field.path : "members.1.\(field.path)"
      _ = try HouseholdForm.set(path, to: field.input, in: &household, codes)
    }
    guard household.members.count == 1 else {
      throw CommandFailure(
        .usage,
        en: "give one person's fields by --set or --from, such as --set identity.name=…",
        zh: "请用 --set 或 --from 填写一个人的字段，例如 --set identity.name=…"
      )
    }
    return household.members[0]
  }

  /// Fields set in a household, and the mask that names them, with the members concerned alone.
  static func masked(
    _ fields: [(path: String, input: FieldInput)],
    in before: Household,
    _ codes: CodeLists
  ) throws(CommandFailure) -> (household: Household, mask: [String]) {
    var household = before
    var touched: Set<HouseholdForm.Touched> = []
    for field in fields {
      touched.insert(try HouseholdForm.set(field.path, to: field.input, in: &household, codes))
    }
    let concerned = Set(touched.compactMap(\.member))
    household.members = household.members.enumerated().filter { concerned.contains($0.offset) }
      .map(\.element)
    return (household, Set(touched.map(\.mask)).sorted())
  }
}
