internal import ArgumentParser
internal import RegistryAPI
internal import RegistryClient
internal import RegistryModel

/// `application object`: records objections while a notice is open.
struct ObjectCommand: StepCommand {
  static let configuration = CommandConfiguration(
    commandName: "object",
    abstract: words("Records objections while a notice is open.", "登记公示期间的异议。"),
    discussion: words(
      """
      Columns of --from that differ by row: text, day.
      """,
      """
      --from 文件中可逐行不同的列：内容、日期。
      """
    )
  )

  @OptionGroup(title: words("Applications", "申请")) var targets: StepTargetOptions

  @Option(name: .long, help: help("What is objected.", "异议内容。"))
  var text: String?

  @OptionGroup(title: words("Step", "步骤")) var common: StepOptions
  @OptionGroup(title: words("Server", "服务器")) var serverOptions: ServerOptions
  @OptionGroup(title: words("Printing", "输出")) var printOptions: PrintOptions

  var values: [StepField: String] { text.map { [.text: $0] } ?? [:] }

  var takesWholeLists: Bool { false }

  func move(_ client: RegistryClient) async throws -> ProcedureMove { .object }
}

/// `application answer`: answers objections.
struct AnswerCommand: StepCommand {
  static let configuration = CommandConfiguration(
    commandName: "answer",
    abstract: words("Answers objections.", "答复异议。"),
    discussion: words(
      """
      Needs --reason. Upheld, an application goes back when its notice closes. \
      Columns of --from that differ by row: objection, upheld, reason, day.
      """,
      """
      须说明理由。异议成立的，公示结束后申请退回。--from 文件中可逐行不同的列：异议序号、异议成立、理由、日期。
      """
    )
  )

  @OptionGroup(title: words("Applications", "申请")) var targets: StepTargetOptions

  @Option(
    name: .long,
    help: ArgumentHelp(words("Which one, from 1 (default: 1).", "第几项异议（默认第 1 项）。"), valueName: "n")
  )
  var objection: String?

  @Flag(name: .long, help: help("The objection is right.", "异议成立。"))
  var uphold = false

  @Flag(name: .long, help: help("The objection is wrong.", "异议不成立。"))
  var dismiss = false

  func validate() throws {
    guard !(uphold && dismiss) else {
      throw ValidationError(words("Give --uphold or --dismiss.", "只能给出 --uphold 或 --dismiss 之一。"))
    }
  }

  @OptionGroup(title: words("Step", "步骤")) var common: StepOptions
  @OptionGroup(title: words("Server", "服务器")) var serverOptions: ServerOptions
  @OptionGroup(title: words("Printing", "输出")) var printOptions: PrintOptions

  var values: [StepField: String] {
    var values = objection.map { [StepField.objection: $0] } ?? [:]
    if uphold || dismiss { values[.upheld] = uphold ? "yes" : "no" }
    return values
  }

  var takesWholeLists: Bool { false }

  func move(_ client: RegistryClient) async throws -> ProcedureMove { .answer }
}

/// `application settle-duplicate`: settles possible duplicates.
struct SettleDuplicateCommand: StepCommand {
  static let configuration = CommandConfiguration(
    commandName: "settle-duplicate",
    abstract: words("Settles possible duplicates.", "处理疑似重复。"),
    discussion: words(
      """
      Needs --reason. The same person: the application is refused. \
      Columns of --from that differ by row: duplicate, same_person, reason, day.
      """,
      """
      须说明理由。确为同一人的，申请被否决。--from 文件中可逐行不同的列：疑似重复序号、同一人、理由、日期。
      """
    )
  )

  @OptionGroup(title: words("Applications", "申请")) var targets: StepTargetOptions

  @Option(
    name: .long,
    help: ArgumentHelp(
      words("Which one, from 1 (default: 1).", "第几项疑似重复（默认第 1 项）。"),
      valueName: "n"
    )
  )
  var duplicate: String?

  @Flag(name: .long, help: help("They are the same person.", "为同一人。"))
  var samePerson = false

  @Flag(name: .long, help: help("They are different people.", "不是同一人。"))
  var otherPerson = false

  func validate() throws {
    guard !(samePerson && otherPerson) else {
      throw ValidationError(
        words(
          "Give --same-person or --other-person.",
          "只能给出 --same-person 或 --other-person 之一。"
        )
      )
    }
  }

  @OptionGroup(title: words("Step", "步骤")) var common: StepOptions
  @OptionGroup(title: words("Server", "服务器")) var serverOptions: ServerOptions
  @OptionGroup(title: words("Printing", "输出")) var printOptions: PrintOptions

  var values: [StepField: String] {
    var values = duplicate.map { [StepField.duplicate: $0] } ?? [:]
    if samePerson || otherPerson { values[.samePerson] = samePerson ? "yes" : "no" }
    return values
  }

  var takesWholeLists: Bool { false }

  func move(_ client: RegistryClient) async throws -> ProcedureMove { .settleDuplicate }
}
