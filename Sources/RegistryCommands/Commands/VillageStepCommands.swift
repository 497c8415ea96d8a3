internal import ArgumentParser
internal import RegistryAPI
internal import RegistryClient
internal import RegistryModel

/// `application appraise`: records the democratic appraisal.
struct AppraiseCommand: StepCommand {
  static let configuration = CommandConfiguration(
    commandName: "appraise",
    abstract: words("Records the democratic appraisal.", "登记民主评议结果。"),
    discussion: words(
      """
      The votes for, against and abstained add up to those present. Columns of --from that differ by row: present, votes_for, \
      votes_against, abstained, minutes, day.
      """,
      """
      赞成、反对、弃权之和应等于到会人数。--from 文件中可逐行不同的列：到会人数、赞成票、反对票、弃权票、会议记录、日期。
      """
    )
  )

  @OptionGroup(title: words("Applications", "申请")) var targets: StepTargetOptions

  @Option(
    name: .long,
    help: ArgumentHelp(words("How many were present.", "到会人数。"), valueName: "n")
  )
  var present: String?

  @Option(
    name: .customLong("for"),
    help: ArgumentHelp(words("How many voted for it.", "赞成票数。"), valueName: "n")
  )
  var votesFor: String?

  @Option(
    name: .customLong("against"),
    help: ArgumentHelp(
      words("How many voted against it (default: 0).", "反对票数（默认 0）。"),
      valueName: "n"
    )
  )
  var votesAgainst: String?

  @Option(
    name: .long,
    help: ArgumentHelp(words("How many abstained (default: 0).", "弃权票数（默认 0）。"), valueName: "n")
  )
  var abstained: String?

  @Option(
    name: .long,
    help: ArgumentHelp(
      words("Digest that minutes attach printed.", "minutes attach 所显示的会议记录摘要。"),
      valueName: "sha256"
    )
  )
  var minutes: String?

  @OptionGroup(title: words("Step", "步骤")) var common: StepOptions
  @OptionGroup(title: words("Server", "服务器")) var serverOptions: ServerOptions
  @OptionGroup(title: words("Printing", "输出")) var printOptions: PrintOptions

  var values: [StepField: String] {
    [
      StepField.present: present, .votesFor: votesFor, .votesAgainst: votesAgainst,
      .abstained: abstained, .minutes: minutes,
    ].compactMapValues { $0 }
  }

  func move(_ client: RegistryClient) async throws -> ProcedureMove { .appraise }
}

/// `application decide`: decides in the village.
struct DecideCommand: StepCommand {
  static let configuration = CommandConfiguration(
    commandName: "decide",
    abstract: words("Decides in the village.", "作出村级决定。"),
    discussion: words(
      """
      For it only with the majority of the appraisal. Columns of --from that differ by row: accepted, reason,\
       over_quota_reason, day.
      """,
      """
      评议达到规定多数方可同意。--from 文件中可逐行不同的列：同意、理由、超规模理由、日期。
      """
    )
  )

  @OptionGroup(title: words("Applications", "申请")) var targets: StepTargetOptions
  @OptionGroup(title: words("Decision", "决定")) var verdict: VerdictOptions
  @OptionGroup(title: words("Quota", "规模")) var quota: QuotaOptions
  @OptionGroup(title: words("Step", "步骤")) var common: StepOptions
  @OptionGroup(title: words("Server", "服务器")) var serverOptions: ServerOptions
  @OptionGroup(title: words("Printing", "输出")) var printOptions: PrintOptions

  var values: [StepField: String] { verdict.values.merging(quota.values) { own, _ in own } }

  func move(_ client: RegistryClient) async throws -> ProcedureMove { .decide }
}

/// `application withdraw`: records that households withdraw.
struct WithdrawCommand: StepCommand {
  static let configuration = CommandConfiguration(
    commandName: "withdraw",
    abstract: words("Records that households withdraw.", "登记农户撤回申请。"),
    discussion: words(
      """
      Columns of --from that differ by row: reason, day.
      """,
      """
      --from 文件中可逐行不同的列：理由、日期。
      """
    )
  )

  @OptionGroup(title: words("Applications", "申请")) var targets: StepTargetOptions

  @OptionGroup(title: words("Step", "步骤")) var common: StepOptions
  @OptionGroup(title: words("Server", "服务器")) var serverOptions: ServerOptions
  @OptionGroup(title: words("Printing", "输出")) var printOptions: PrintOptions

  var values: [StepField: String] { [:] }

  var takesWholeLists: Bool { false }

  func move(_ client: RegistryClient) async throws -> ProcedureMove { .withdraw }
}

/// `application appeal`: records that households appeal.
struct AppealCommand: StepCommand {
  static let configuration = CommandConfiguration(
    commandName: "appeal",
    abstract: words("Records that households appeal.", "登记农户申诉。"),
    discussion: words(
      """
      Needs --reason; goes to the level above the refusal. Columns of --from that differ by row: reason, day.
      """,
      """
      须说明理由；由否决机构的上一级裁定。--from 文件中可逐行不同的列：理由、日期。
      """
    )
  )

  @OptionGroup(title: words("Applications", "申请")) var targets: StepTargetOptions

  @OptionGroup(title: words("Step", "步骤")) var common: StepOptions
  @OptionGroup(title: words("Server", "服务器")) var serverOptions: ServerOptions
  @OptionGroup(title: words("Printing", "输出")) var printOptions: PrintOptions

  var values: [StepField: String] { [:] }

  var takesWholeLists: Bool { false }

  func move(_ client: RegistryClient) async throws -> ProcedureMove { .appeal }
}
