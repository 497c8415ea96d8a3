internal import ArgumentParser

/// The options by which a command on applications names them.
struct StepTargetOptions: ParsableArguments {
  @Argument(help: help("Numbers of applications.", "申请编号，可给出多个。"))
  var numbers: [String] = []

  @Flag(
    name: .long,
    help: help(
      "All that wait for this step of this office.",
      "本机构待办此步骤的全部申请。"
    )
  )
  var allWaiting = false

  @Option(
    name: .long,
    help: help(
      "With --all-waiting: only of this division and below.",
      "与 --all-waiting 合用：仅限此区划及以下。"
    )
  )
  var village = ""

  @Option(
    name: .long,
    help: ArgumentHelp(
      words(
        "CSV with a column number, and columns for what differs by row.",
        "CSV 文件：含“申请编号”列，及各行不同的内容列。"
      ),
      valueName: "file"
    ),
    completion: .file(extensions: ["csv"])
  )
  var from: String?

  init() {}

  func validate() throws {
    let ways = [!numbers.isEmpty, allWaiting, from != nil].count { $0 }
    guard ways == 1 else {
      throw ValidationError(
        words(
          "Give numbers of applications, --all-waiting, or --from FILE.",
          "请给出申请编号、--all-waiting 或 --from 文件之一。"
        )
      )
    }
    guard village.isEmpty || allWaiting else {
      throw ValidationError(
        words("--village goes with --all-waiting.", "--village 须与 --all-waiting 合用。")
      )
    }
  }
}

/// Why and when.
struct ReasonOptions: ParsableArguments {
  @Option(name: .long, help: help("Why.", "理由。"))
  var reason: String?

  @Option(
    name: .long,
    help: ArgumentHelp(
      words("Day on which it happened (default: today).", "办理日期（默认为今天）。"),
      valueName: "yyyy-mm-dd"
    )
  )
  var day: String?

  init() {}

  var values: [StepField: String] {
    [StepField.reason: reason, .day: day].compactMapValues { $0 }
  }
}

/// The options that all steps on many applications have.
struct StepOptions: ParsableArguments {
  @OptionGroup var why: ReasonOptions

  @Option(
    name: .long,
    help: ArgumentHelp(
      words(
        "Write refused rows to this file, with the reason in a last column.",
        "将被拒的行连同原因写入此文件。"
      ),
      valueName: "file"
    ),
    completion: .file()
  )
  var refused: String?

  init() {}

  var values: [StepField: String] { why.values }
}

/// The option for steps that count against a quota.
struct QuotaOptions: ParsableArguments {
  @Option(
    name: .long,
    help: help("Why the quota is passed, where it is.", "超出规模控制数的理由（如超出）。")
  )
  var overQuotaReason: String?

  init() {}

  var values: [StepField: String] {
    overQuotaReason.map { [.overQuotaReason: $0] } ?? [:]
  }
}

/// For or against.
struct VerdictOptions: ParsableArguments {
  @Flag(name: .long, help: help("Decide for it.", "同意。"))
  var accept = false

  @Flag(name: .long, help: help("Decide against it; needs --reason.", "不同意；须说明理由。"))
  var refuse = false

  init() {}

  func validate() throws {
    guard !(accept && refuse) else {
      throw ValidationError(words("Give --accept or --refuse.", "只能给出 --accept 或 --refuse 之一。"))
    }
  }

  var values: [StepField: String] {
    accept ? [.accepted: "yes"] : refuse ? [.accepted: "no"] : [:]
  }
}
