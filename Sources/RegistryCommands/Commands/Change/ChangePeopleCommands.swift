internal import ArgumentParser
internal import RPCCore
internal import RegistryAPI
internal import RegistryModel

/// `change birth`: records a birth.
struct ChangeBirthCommand: ChangeSubcommand {
  static let configuration = CommandConfiguration(
    commandName: "birth",
    abstract: words("Records a birth.", "登记出生。"),
    discussion: words(
      "The person's fields are written below the member: --set identity.name=…, "
        + "--set identity.relation=….",
      "该人字段写法：--set identity.name=…、--set identity.relation=…。"
    )
  )

  @OptionGroup(title: words("Change", "变更")) var change: ChangeOptions

  @OptionGroup(title: words("Fields", "字段")) var input: HouseholdInputOptions

  @OptionGroup(title: words("Server", "服务器")) var serverOptions: ServerOptions
  @OptionGroup(title: words("Printing", "输出")) var printOptions: PrintOptions

  func kind(
    of before: Household,
    _ codes: CodeLists,
    over channel: any Channel
  ) async throws -> Change.Kind {
    .birth(Birth(member: try ChangeInput.person(input, codes)))
  }
}

/// `change death`: records a death.
struct ChangeDeathCommand: ChangeSubcommand {
  static let configuration = CommandConfiguration(
    commandName: "death",
    abstract: words("Records a death.", "登记死亡。")
  )

  @OptionGroup(title: words("Change", "变更")) var change: ChangeOptions

  @Option(
    name: .long,
    help: ArgumentHelp(words("The member who died.", "死亡成员的序号。"), valueName: "n")
  )
  var member: Int

  @Option(
    name: .long,
    help: ArgumentHelp(words("The new head, where the head died.", "户主死亡时的新户主序号。"), valueName: "n")
  )
  var newHead: Int?

  @Option(
    name: .long,
    help: ArgumentHelp(
      words("A member's relation to the new head; may be repeated.", "成员与新户主的关系；可多次给出。"),
      valueName: "n=relation"
    )
  )
  var relation: [String] = []

  @OptionGroup(title: words("Server", "服务器")) var serverOptions: ServerOptions
  @OptionGroup(title: words("Printing", "输出")) var printOptions: PrintOptions

  func kind(
    of before: Household,
    _ codes: CodeLists,
    over channel: any Channel
  ) async throws -> Change.Kind {
    var death = Death()
    death.member = try ChangeInput.member(member, of: before, "--member")
    if let newHead { death.newHead = try ChangeInput.member(newHead, of: before, "--new-head") }
    death.relations = try ChangeInput.relations(relation, of: before, "--relation", codes)
    return .death(death)
  }
}

/// `change marriage`: records a marriage into the household or out of it.
struct ChangeMarriageCommand: ChangeSubcommand {
  static let configuration = CommandConfiguration(
    commandName: "marriage",
    abstract: words("Records a marriage into the household or out of it.", "登记婚入或婚出。"),
    discussion: words(
      "The person's fields are written below the member: --set identity.name=…, "
        + "--set identity.relation=….",
      "该人字段写法：--set identity.name=…、--set identity.relation=…。"
    )
  )

  @OptionGroup(title: words("Change", "变更")) var change: ChangeOptions

  @Option(
    name: .long,
    help: ArgumentHelp(words("The member who married out.", "婚出成员的序号。"), valueName: "n")
  )
  var leaves: Int?

  @Option(
    name: .long,
    help: ArgumentHelp(
      words("The member whom the joining person married.", "婚入者的配偶序号。"),
      valueName: "n"
    )
  )
  var spouseOf: Int?

  @OptionGroup(title: words("Fields", "字段")) var input: HouseholdInputOptions

  @OptionGroup(title: words("Server", "服务器")) var serverOptions: ServerOptions
  @OptionGroup(title: words("Printing", "输出")) var printOptions: PrintOptions

  func kind(
    of before: Household,
    _ codes: CodeLists,
    over channel: any Channel
  ) async throws -> Change.Kind {
    if let leaves {
      return .marriage(
        Marriage(leaves: try ChangeInput.member(leaves, of: before, "--leaves"))
      )
    }
    var marriage = Marriage(joins: try ChangeInput.person(input, codes))
    if let spouseOf {
      marriage.spouseOf = try ChangeInput.member(spouseOf, of: before, "--spouse-of")
    }
    return .marriage(marriage)
  }
}
