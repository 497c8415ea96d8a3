internal import ArgumentParser
internal import RPCCore
internal import RegistryAPI
internal import RegistryModel

/// `change split`: makes members a household of their own.
struct ChangeSplitCommand: ChangeSubcommand {
  static let configuration = CommandConfiguration(
    commandName: "split",
    abstract: words("Makes members a household of their own.", "分户。"),
    discussion: words(
      "--set and --from give what the new household has of its own; its place and the offices' "
        + "decisions are those of the household that it leaves.",
      "--set、--from 填写新户自有内容；住址和两部门的决定沿用原户。"
    )
  )

  @OptionGroup(title: words("Change", "变更")) var change: ChangeOptions

  @Option(
    name: .long,
    help: ArgumentHelp(
      words("A member who leaves, the new head first; repeated.", "分出成员的序号，新户主在前；可多次给出。"),
      valueName: "n"
    )
  )
  var member: [Int] = []

  @Option(
    name: .long,
    help: ArgumentHelp(
      words(
        "A leaving member's relation to the new household's head; may be repeated.",
        "分出成员与新户户主的关系；可多次给出。"
      ),
      valueName: "n=relation"
    )
  )
  var relation: [String] = []

  @Option(
    name: .long,
    help: ArgumentHelp(
      words("The old household's new head, where its head leaves.", "原户主分出时原户的新户主序号。"),
      valueName: "n"
    )
  )
  var newHead: Int?

  @Option(
    name: .long,
    help: ArgumentHelp(
      words("A remaining member's relation to that head; may be repeated.", "留下成员与新户主的关系；可多次给出。"),
      valueName: "n=relation"
    )
  )
  var remainingRelation: [String] = []

  @OptionGroup(title: words("Fields", "字段")) var input: HouseholdInputOptions

  @OptionGroup(title: words("Server", "服务器")) var serverOptions: ServerOptions
  @OptionGroup(title: words("Printing", "输出")) var printOptions: PrintOptions

  func kind(
    of before: Household,
    _ codes: CodeLists,
    over channel: any Channel
  ) async throws -> Change.Kind {
    var split = Split()
    split.members = try member.map { try ChangeInput.member($0, of: before, "--member") }
    split.relations = try ChangeInput.relations(relation, of: before, "--relation", codes)
    if let newHead { split.newHead = try ChangeInput.member(newHead, of: before, "--new-head") }
    split.remainingRelations = try ChangeInput.relations(
      remainingRelation,
      of: before,
      "--remaining-relation",
      codes
    )
    var own = Household()
    // A place or classification of its own starts from the household that it leaves.
    let fields = try input.fields()
    if fields.contains(where: { $0.path.hasPrefix("location.") }) {
      own.location = before.location
    }
    if fields.contains(where: { $0.path.hasPrefix("classification.") }) {
      own.classification = before.classification
    }
    for field in fields { _ = try HouseholdForm.set(field.path, to: field.input, in: &own, codes) }
    split.household = own
    return .split(split)
  }
}

/// `change merge`: joins another household to this one and closes its file.
struct ChangeMergeCommand: ChangeSubcommand {
  static let configuration = CommandConfiguration(
    commandName: "merge",
    abstract: words("Joins another household to this one and closes its file.", "并户。")
  )

  @OptionGroup(title: words("Change", "变更")) var change: ChangeOptions

  @Option(
    name: .long,
    help: ArgumentHelp(
      words("The printed number of the household that joins.", "并入户的户编号。"),
      valueName: "number"
    )
  )
  var otherNumber: String

  @Option(
    name: .long,
    help: ArgumentHelp(
      words("The version of that household (default: the one on record now).", "并入户的版本（默认为现有版本）。"),
      valueName: "version"
    )
  )
  var otherVersion: UInt64?

  @Option(
    name: .long,
    help: ArgumentHelp(
      words(
        "The relation of the joining household's member N to this head; for each of them.",
        "并入户第 N 名成员与本户户主的关系；逐人填写。"
      ),
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
    let other = try await HouseholdClient(channel).getHousehold(
      GetHouseholdRequest(by: .number(otherNumber)),
      options: callOptions()
    )
    return .merge(
      Merge(
        other: other.id,
        otherBaseVersion: otherVersion ?? other.version,
        relations: try ChangeInput.relations(relation, of: other, "--relation", codes)
      )
    )
  }
}
