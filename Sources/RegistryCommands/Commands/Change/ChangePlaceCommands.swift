internal import ArgumentParser
internal import RPCCore
internal import RegistryAPI
internal import RegistryModel

/// `change move`: moves the household to another village of the county.
struct ChangeMoveCommand: ChangeSubcommand {
  static let configuration = CommandConfiguration(
    commandName: "move",
    abstract: words("Moves the household to another village of the county.", "县内迁移。")
  )

  @OptionGroup(title: words("Change", "变更")) var change: ChangeOptions

  @Option(
    name: .long,
    help: ArgumentHelp(words("The village's twelve-digit code.", "迁入村的12位代码。"), valueName: "code")
  )
  var village: String

  @Option(
    name: .long,
    help: ArgumentHelp(words("The village group.", "村民小组。"), valueName: "name")
  )
  var group = ""

  @OptionGroup(title: words("Server", "服务器")) var serverOptions: ServerOptions
  @OptionGroup(title: words("Printing", "输出")) var printOptions: PrintOptions

  func kind(
    of before: Household,
    _ codes: CodeLists,
    over channel: any Channel
  ) async throws -> Change.Kind {
    .move(Move(location: Location(village: village, group: group)))
  }
}

/// `change move-away`: hands the file over to another county.
struct ChangeMoveAwayCommand: ChangeSubcommand {
  static let configuration = CommandConfiguration(
    commandName: "move-away",
    abstract: words("Hands the file over to another county.", "跨县迁出并移交档案。")
  )

  @OptionGroup(title: words("Change", "变更")) var change: ChangeOptions

  @Option(
    name: .long,
    help: ArgumentHelp(
      words("The code of the county, township or village.", "迁入县、乡镇或村的代码。"),
      valueName: "code"
    )
  )
  var destination: String

  @OptionGroup(title: words("Server", "服务器")) var serverOptions: ServerOptions
  @OptionGroup(title: words("Printing", "输出")) var printOptions: PrintOptions

  func kind(
    of before: Household,
    _ codes: CodeLists,
    over channel: any Channel
  ) async throws -> Change.Kind {
    .moveAway(MoveAway(destination: destination))
  }
}

/// `change category`: changes an office's decision for its own list.
struct ChangeCategoryCommand: ChangeSubcommand {
  static let configuration = CommandConfiguration(
    commandName: "category",
    abstract: words("Changes an office's decision for its own list.", "变更本部门名单的决定。")
  )

  @OptionGroup(title: words("Change", "变更")) var change: ChangeOptions

  @Option(
    name: .long,
    help: ArgumentHelp(
      words("The poverty office: object or refused.", "扶贫部门认定：object（扶贫对象）或 refused（不列入）。"),
      valueName: "decision"
    )
  )
  var poverty: String?

  @Option(
    name: .long,
    help: ArgumentHelp(
      words(
        "Civil affairs: dibao, five-guarantee or neither.",
        "民政部门认定：dibao（低保）、five-guarantee（五保）或 neither（无）。"
      ),
      valueName: "decision"
    )
  )
  var security: String?

  @OptionGroup(title: words("Server", "服务器")) var serverOptions: ServerOptions
  @OptionGroup(title: words("Printing", "输出")) var printOptions: PrintOptions

  func kind(
    of before: Household,
    _ codes: CodeLists,
    over channel: any Channel
  ) async throws -> Change.Kind {
    var category = CategoryChange()
    if let poverty {
      category.povertyDecision = try ChangeInput.choice(
        poverty,
        HouseholdForm.povertyDecisions,
        "--poverty"
      )
    }
    if let security {
      category.securityDecision = try ChangeInput.choice(
        security,
        HouseholdForm.securityDecisions,
        "--security"
      )
    }
    return .category(category)
  }
}

/// `change exit`: takes the household off the register.
struct ChangeExitCommand: ChangeSubcommand {
  static let configuration = CommandConfiguration(
    commandName: "exit",
    abstract: words("Takes the household off the register.", "退出。")
  )

  @OptionGroup(title: words("Change", "变更")) var change: ChangeOptions

  @Option(
    name: .long,
    help: ArgumentHelp(
      words("The reason's code or name; --reason gives words.", "退出原因代码或名称；--reason 填写说明。"),
      valueName: "reason"
    )
  )
  var because: String

  @OptionGroup(title: words("Server", "服务器")) var serverOptions: ServerOptions
  @OptionGroup(title: words("Printing", "输出")) var printOptions: PrintOptions

  func kind(
    of before: Household,
    _ codes: CodeLists,
    over channel: any Channel
  ) async throws -> Change.Kind {
    .exit(
      ExitChange(reason: try ChangeInput.code(because, codes.exitReason, "--because"))
    )
  }
}
