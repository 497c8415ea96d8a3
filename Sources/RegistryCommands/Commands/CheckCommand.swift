internal import ArgumentParser
internal import RPCCore
internal import RegistryAPI

/// `check`: recounts the registry and compares.
struct CheckCommand: ServerCommand {
  static let configuration = CommandConfiguration(
    commandName: "check",
    abstract: words("Recounts the registry and compares.", "重新计数并核对。"),
    discussion: words(
      "Recounts the tallies from the files and the journal's tree from its entries, in the whole "
        + "node: the office's area must cover the node's division. Exits with 1 "
        + "when anything differs.",
      "由档案重新统计，由日志条目重建日志树，并与现存结果比较。核对涉及整个节点，本机构辖区须包含节点所在区划。如有差异，退出码为 1。"
    )
  )

  @Flag(
    name: .long,
    help: help("Also open every sealed file and compare it with its row.", "同时解封每份档案并与其行比较。")
  )
  var deep = false

  @OptionGroup(title: words("Server", "服务器")) var serverOptions: ServerOptions
  @OptionGroup(title: words("Printing", "输出")) var printOptions: PrintOptions

  func run(on console: Console, over channel: any Channel) async throws {
    var request = CheckRegistryRequest()
    request.deep = deep
    // A recount may take longer than one call's time: the method's own maximum holds.
    let answers = try await StatisticsClient(channel).checkRegistry(request)
    var stages: [(name: String, done: UInt64, bar: ProgressBar)] = []
    var findings: [CheckFinding] = []
    var count: UInt64 = 0
    var isFinished = false
    for try await answer in answers {
      if !answer.stage.isEmpty, stages.last?.name != answer.stage {
        stages.last?.bar.finish()
        let bar = ProgressBar(
          Self.name(ofStage: answer.stage),
          total: Int64(clamping: answer.total),
          unit: Text(""),
          on: console
        )
        stages.append((answer.stage, 0, bar))
      }
      stages.last?.bar.update(Int64(clamping: answer.done))
      if let last = stages.indices.last, answer.stage == stages[last].name {
        // Progress is told in steps; a stage that ended has done all of it.
        stages[last].done = max(answer.done, answer.total)
      }
      findings += answer.findings
      count = max(count, answer.findingCount)
      isFinished = isFinished || answer.finished
    }
    stages.last?.bar.finish()
    guard isFinished else {
      throw CommandFailure(
        .software,
        en: "the server did not finish the recount",
        zh: "服务器未完成核对"
      )
    }
    count = max(count, UInt64(findings.count))
    try show(Self.record(stages.map { ($0.name, $0.done) }, findings, count), on: console)
    guard count == 0 else {
      throw CommandFailure(
        .different,
        en: "\(count) differences were found",
        zh: "发现 \(count) 处差异"
      )
    }
  }

  /// A stage's name; one that is not known here stands as the server tells it.
  private static func name(ofStage stage: String) -> Text {
    switch stage {
    case "database": Text(en: "database", zh: "数据库")
    case "journal": Text(en: "journal", zh: "日志")
    case "copies": Text(en: "other nodes' journals", zh: "其他节点的日志")
    case "households": Text(en: "households", zh: "农户档案")
    case "tally": Text(en: "tally", zh: "统计")
    case "proposals": Text(en: "proposals and hand-overs", zh: "变更建议和移交")
    case "applications": Text(en: "applications and signatures", zh: "申请和签名")
    case "application-counts": Text(en: "counts of applications", zh: "申请计数")
    case "rules": Text(en: "parameters, lines, quotas", zh: "参数、标准和规模")
    case "pilot": Text(en: "pilot work", zh: "试点工作")
    case "looks": Text(en: "looks", zh: "查阅记录")
    default: Text(stage)
    }
  }

  private static func record(
    _ stages: [(String, UInt64)],
    _ findings: [CheckFinding],
    _ count: UInt64
  ) -> Record {
    Record([
      .init(
        "checked",
        "Checked",
        "已核对",
        .rows(
          Rows(
            [.init("stage", "What", "内容"), .init("done", "Number", "数量")],
            stages.map {
              [.coded($0.0, name(ofStage: $0.0)), .integer(Int64(clamping: $0.1))]
            }
          )
        )
      ),
      .init("finding_count", "Differences", "差异", .integer(Int64(clamping: count))),
      .init(
        "findings",
        "First differences",
        "首批差异",
        .rows(
          Rows(
            [
              .init("check", "Check", "核对项"), .init("place", "Place", "位置"),
              .init("words", "Difference", "差异"),
            ],
            findings.prefix(100).map {
              [
                .text($0.check), .text($0.place),
                .coded($0.check, Text(en: $0.messageEn, zh: $0.messageZh)),
              ]
            }
          )
        )
      ),
    ])
  }
}
