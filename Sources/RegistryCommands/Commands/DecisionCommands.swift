internal import ArgumentParser
internal import RegistryAPI
internal import RegistryClient
internal import RegistryModel

/// `application examine`: examines for the township, with an income check.
struct ExamineCommand: StepCommand {
  static let configuration = CommandConfiguration(
    commandName: "examine",
    abstract: words("Examines for the township, with an income check.", "乡镇审核并核查收入。"),
    discussion: words(
      """
      Columns of --from that differ by row: accepted, income (yuan), income_year, able_to_work,\
       reason, over_quota_reason, day.
      """,
      """
      --from 文件中可逐行不同的列：同意、人均纯收入（元）、收入年度、有无劳动能力、理由、超规模理由、日期。
      """
    )
  )

  @OptionGroup(title: words("Applications", "申请")) var targets: StepTargetOptions
  @OptionGroup(title: words("Decision", "决定")) var verdict: VerdictOptions

  @Option(
    name: .long,
    help: ArgumentHelp(
      words("Net income per person as checked.", "核查的人均纯收入（元）。"),
      valueName: "yuan"
    )
  )
  var income: String?

  @Option(
    name: .long,
    help: ArgumentHelp(words("The income year.", "收入年度。"), valueName: "year")
  )
  var incomeYear: String?

  @Option(
    name: .long,
    help: ArgumentHelp(
      words("Whether somebody is able and willing to work: yes or no.", "是否有人有劳动能力和劳动意愿：yes 或 no。"),
      valueName: "yes|no"
    )
  )
  var ableToWork: String?

  @OptionGroup(title: words("Quota", "规模")) var quota: QuotaOptions
  @OptionGroup(title: words("Step", "步骤")) var common: StepOptions
  @OptionGroup(title: words("Server", "服务器")) var serverOptions: ServerOptions
  @OptionGroup(title: words("Printing", "输出")) var printOptions: PrintOptions

  var values: [StepField: String] {
    verdict.values.merging(quota.values) { own, _ in own }.merging(
      [StepField.income: income, .incomeYear: incomeYear, .ableToWork: ableToWork]
        .compactMapValues { $0 }
    ) { own, _ in own }
  }

  func move(_ client: RegistryClient) async throws -> ProcedureMove { .examine }
}

/// `application approve`: decides for this county office's own list.
struct ApproveCommand: StepCommand {
  static let configuration = CommandConfiguration(
    commandName: "approve",
    abstract: words("Decides for this county office's own list.", "本机构（扶贫或民政）审批。"),
    discussion: words(
      """
      The poverty office decides object or refused; civil affairs dibao, five-guarantee or neither. \
      Which of them decides follows from the certificate. Columns of --from that differ by row: decision, reason,\
       over_quota_reason, day.
      """,
      """
      扶贫办决定 object（扶贫对象）或 refused（不列入）；民政决定 dibao（低保）、five-guarantee（五保）或 \
      neither（无）。由证书所属机构确定。--from 文件中可逐行不同的列：决定、理由、超规模理由、日期。
      """
    )
  )

  @OptionGroup(title: words("Applications", "申请")) var targets: StepTargetOptions

  @Option(
    name: .long,
    help: help("The decision.", "决定。"),
    completion: .list(["object", "refused", "dibao", "five-guarantee", "neither"])
  )
  var decision: String?

  @OptionGroup(title: words("Quota", "规模")) var quota: QuotaOptions
  @OptionGroup(title: words("Step", "步骤")) var common: StepOptions
  @OptionGroup(title: words("Server", "服务器")) var serverOptions: ServerOptions
  @OptionGroup(title: words("Printing", "输出")) var printOptions: PrintOptions

  var values: [StepField: String] {
    quota.values.merging(decision.map { [.decision: $0] } ?? [:]) { own, _ in own }
  }

  func move(_ client: RegistryClient) async throws -> ProcedureMove { try await client.approval() }
}

/// `application return`: sends applications back.
struct ReturnCommand: StepCommand {
  static let configuration = CommandConfiguration(
    commandName: "return",
    abstract: words("Sends applications back.", "退回申请。"),
    discussion: words(
      """
      Needs --reason. To the village (to be appraised anew), the township (to be examined anew) or \
      the county (to be decided anew). Columns of --from that differ by row: to, reason, day.
      """,
      """
      须说明理由。退回村级（重新评议）、乡级（重新审核）或县级（重新审批）。--from 文件中可逐行不同的列：退回至、理由、日期。
      """
    )
  )

  @OptionGroup(title: words("Applications", "申请")) var targets: StepTargetOptions

  @Option(
    name: .long,
    help: help("Level: village, township or county.", "级别：village、township 或 county。"),
    completion: .list(["village", "township", "county"])
  )
  var to: String?

  @OptionGroup(title: words("Step", "步骤")) var common: StepOptions
  @OptionGroup(title: words("Server", "服务器")) var serverOptions: ServerOptions
  @OptionGroup(title: words("Printing", "输出")) var printOptions: PrintOptions

  var values: [StepField: String] { to.map { [.to: $0] } ?? [:] }

  func move(_ client: RegistryClient) async throws -> ProcedureMove { .sendBack }
}

/// `application decide-appeal`: decides appeals.
struct DecideAppealCommand: StepCommand {
  static let configuration = CommandConfiguration(
    commandName: "decide-appeal",
    abstract: words("Decides appeals.", "裁定申诉。"),
    discussion: words(
      """
      Needs --reason. Accepted, an application goes back to the level that refused it; else the \
      refusal stands. Columns of --from that differ by row: accepted, reason, day.
      """,
      """
      须说明理由。同意则退回原否决机构重新办理，否则维持否决。--from 文件中可逐行不同的列：同意、理由、日期。
      """
    )
  )

  @OptionGroup(title: words("Applications", "申请")) var targets: StepTargetOptions
  @OptionGroup(title: words("Decision", "决定")) var verdict: VerdictOptions
  @OptionGroup(title: words("Step", "步骤")) var common: StepOptions
  @OptionGroup(title: words("Server", "服务器")) var serverOptions: ServerOptions
  @OptionGroup(title: words("Printing", "输出")) var printOptions: PrintOptions

  var values: [StepField: String] { verdict.values }

  func move(_ client: RegistryClient) async throws -> ProcedureMove { .decideAppeal }
}

/// `application register`: puts households on the register.
struct RegisterCommand: StepCommand {
  static let configuration = CommandConfiguration(
    commandName: "register",
    abstract: words("Puts households on the register.", "登记建档。"),
    discussion: words(
      """
      With --reason where a member has no ID number. Columns of --from that differ by row: reason, day.
      """,
      """
      有成员无公民身份号码时须说明理由。--from 文件中可逐行不同的列：理由、日期。
      """
    )
  )

  @OptionGroup(title: words("Applications", "申请")) var targets: StepTargetOptions

  @OptionGroup(title: words("Step", "步骤")) var common: StepOptions
  @OptionGroup(title: words("Server", "服务器")) var serverOptions: ServerOptions
  @OptionGroup(title: words("Printing", "输出")) var printOptions: PrintOptions

  var values: [StepField: String] { [:] }

  func move(_ client: RegistryClient) async throws -> ProcedureMove { .register }
}
