internal import ArgumentParser
internal import RPCCore
internal import RegistryAPI
internal import RegistryClient
internal import RegistryModel

/// `application amend`: corrects what was applied for, while the village has it.
struct AmendCommand: ClientCommand {
  static let configuration = CommandConfiguration(
    commandName: "amend",
    abstract: words("Corrects what was applied for.", "更正申请内容。"),
    discussion: HouseholdInputOptions.form
  )

  @Argument(help: help("The application's number or id.", "申请编号或内部编号。"))
  var number: String

  @OptionGroup(title: words("Fields", "字段")) var input: HouseholdInputOptions

  @Option(
    name: .long,
    help: ArgumentHelp(
      words("Take member N off the file; may be repeated.", "移除第 N 名成员；可多次给出。"),
      valueName: "n"
    )
  )
  var removeMember: [Int] = []

  @OptionGroup(title: words("Step", "步骤")) var why: ReasonOptions
  @OptionGroup(title: words("Server", "服务器")) var serverOptions: ServerOptions
  @OptionGroup(title: words("Printing", "输出")) var printOptions: PrintOptions

  func run(on console: Console, with client: RegistryClient) async throws {
    let application = try await client.procedure.getApplication(ApplicationKey.request(number))
    let codes = try await console.codeLists(over: client.channel)
    let amended = try household(application, codes)
    var step: Step
    do throws(StepFault) {
      step = try StepValues(texts: why.values)
        .step(.withdraw, application: application.id, version: application.version)
    } catch {
      throw CommandFailure(
        .usage,
        en: "\(error.field.option(.amend)): \(error.rule.english)",
        zh: "\(error.field.option(.amend))：\(error.rule.chinese)"
      )
    }
    step.move = .amend(Amendment(household: amended))
    let outcomes = try await client.recordSteps([step])
      .map { StepOutcome($0, row: 1, number: application.number) }
    try show(StepOutcome.rows(outcomes, console.language), on: console)
    try StepOutcome.failIfRefused(outcomes, file: nil)
  }

  private func household(
    _ application: Application,
    _ codes: CodeLists
  ) throws(CommandFailure) -> Household {
    var household = application.household ?? Household()
    guard household.withheld.isEmpty else {
      throw CommandFailure(
        .permission,
        en: "parts of the file are withheld from this office: it cannot replace the whole",
        zh: "部分档案对本机构不公开，不能替换整份申请"
      )
    }
    let fields = try input.fields()
    for field in fields {
      _ = try HouseholdForm.set(field.path, to: field.input, in: &household, codes)
    }
    for member in Set(removeMember).sorted(by: >) {
      guard household.members.indices.contains(member - 1) else {
        throw CommandFailure(
          .usage,
          en: "--remove-member: there is no member \(member)",
          zh: "--remove-member：没有第 \(member) 名成员"
        )
      }
      household.members.remove(at: member - 1)
    }
    guard !fields.isEmpty || !removeMember.isEmpty else {
      throw CommandFailure(
        .usage,
        en: "nothing to change: use --set, --from or --remove-member",
        zh: "没有要修改的内容：请用 --set、--from 或 --remove-member"
      )
    }
    return household
  }
}
