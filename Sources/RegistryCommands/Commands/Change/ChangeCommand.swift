internal import ArgumentParser
internal import RPCCore
internal import RegistryAPI
internal import RegistryModel

/// `change`: what happens to registered households.
struct ChangeCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "change",
    abstract: words("Changes of registered households.", "在册农户动态管理。"),
    discussion: words(
      "County offices change at once; village and township offices propose. Members go by their "
        + "numbers in the file, from 1, as household get shows them.",
      "县级机构的变更立即生效；村级和乡镇机构的变更为提议。成员以 household get 显示的序号（从 1 起）指定。"
    ),
    subcommands: [
      ChangeCorrectCommand.self, ChangeReviewCommand.self, ChangeBirthCommand.self,
      ChangeDeathCommand.self, ChangeMarriageCommand.self, ChangeSplitCommand.self,
      ChangeMergeCommand.self, ChangeMoveCommand.self, ChangeMoveAwayCommand.self,
      ChangeCategoryCommand.self, ChangeExitCommand.self,
    ]
  )
}

/// `change correct`: corrects what was recorded, or records other new circumstances.
struct ChangeCorrectCommand: ChangeSubcommand {
  static let configuration = CommandConfiguration(
    commandName: "correct",
    abstract: words(
      "Corrects what was recorded, or records other new circumstances.",
      "更正档案或登记其他变化。"
    ),
    discussion: HouseholdInputOptions.form
  )

  @OptionGroup(title: words("Change", "变更")) var change: ChangeOptions

  @OptionGroup(title: words("Fields", "字段")) var input: HouseholdInputOptions

  @Option(
    name: .long,
    help: ArgumentHelp(
      words("Blank one field; may be repeated.", "清空一个字段；可多次给出。"),
      valueName: "path"
    )
  )
  var clear: [String] = []

  @OptionGroup(title: words("Server", "服务器")) var serverOptions: ServerOptions
  @OptionGroup(title: words("Printing", "输出")) var printOptions: PrintOptions

  func kind(
    of before: Household,
    _ codes: CodeLists,
    over channel: any Channel
  ) async throws -> Change.Kind {
    let fields = try input.fields() + clear.map { ($0, .nothing) }
    let (household, mask) = try ChangeInput.masked(fields, in: before, codes)
    return .correct(Correction(household: household, mask: mask))
  }
}

/// `change review`: records the yearly review.
struct ChangeReviewCommand: ChangeSubcommand {
  static let configuration = CommandConfiguration(
    commandName: "review",
    abstract: words("Records the yearly review.", "年度复核。"),
    discussion: words(
      "The year's income is set by --set income.net_per_person=… and the other fields of a year; "
        + "further fields as for household update.",
      "当年收入用 --set income.net_per_person=… 等填写；其他字段同 household update。"
    )
  )

  @OptionGroup(title: words("Change", "变更")) var change: ChangeOptions

  @Option(
    name: .long,
    help: ArgumentHelp(words("The year reviewed.", "复核年度。"), valueName: "year")
  )
  var year: UInt32

  @OptionGroup(title: words("Fields", "字段")) var input: HouseholdInputOptions

  @Option(
    name: .long,
    help: ArgumentHelp(
      words("Blank one field; may be repeated.", "清空一个字段；可多次给出。"),
      valueName: "path"
    )
  )
  var clear: [String] = []

  @OptionGroup(title: words("Server", "服务器")) var serverOptions: ServerOptions
  @OptionGroup(title: words("Printing", "输出")) var printOptions: PrintOptions

  func kind(
    of before: Household,
    _ codes: CodeLists,
    over channel: any Channel
  ) async throws -> Change.Kind {
    // The year's income is written income.wages and so on: there is one year only.
    let fields = try input.fields() + clear.map { ($0, .nothing) }
    var year = Household()
    for field in fields where Self.isIncome(field.path) {
      let path = "income.years.1." + field.path.dropFirst("income.".count)
      _ = try HouseholdForm.set(path, to: field.input, in: &year, codes)
    }
    let others = fields.filter { !Self.isIncome($0.path) }
    let (household, mask) = try ChangeInput.masked(others, in: before, codes)
    return .review(
      Review(year: self.year, income: year.income?.years.first, household: household, mask: mask)
    )
  }

  private static func isIncome(_ path: String) -> Bool {
    path.hasPrefix("income.") && !path.hasPrefix("income.years")
  }
}
