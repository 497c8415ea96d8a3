internal import ArgumentParser
internal import Bilingual
internal import RegistryAPI
internal import RegistryClient
internal import RegistryModel

/// A command that takes one move of the procedure on one or many applications.
protocol StepCommand: ClientCommand {
  var targets: StepTargetOptions { get }
  var common: StepOptions { get }
  /// What the command's own options say.
  var values: [StepField: String] { get }
  /// The move.
  ///
  /// - Throws: `CommandFailure` when the caller's office has none.
  func move(_ client: RegistryClient) async throws -> ProcedureMove
  /// Whether a whole list may be taken at once by `--all-waiting`.
  var takesWholeLists: Bool { get }
}

extension StepCommand {
  var takesWholeLists: Bool { true }

  func run(on console: Console, with client: RegistryClient) async throws {
    guard takesWholeLists || !targets.allWaiting else {
      throw CommandFailure(
        .usage,
        en: "this step is taken on applications that are named, not on whole lists",
        zh: "此步骤须逐一指明申请，不能用于全部待办"
      )
    }
    let move = try await move(client)
    let values = StepValues(texts: values.merging(common.values) { own, _ in own })
    try refuseUnreadable(values, move)
    let chosen = try await StepTargets(targets, move, values: values, client: client)
    if targets.allWaiting, chosen.targets.isEmpty {
      try await explainNothing(move, client, on: console)
    }
    let progress = ProgressBar(
      Text(en: move.english, zh: move.chinese),
      total: Int64(chosen.targets.count),
      unit: Text(en: "applications", zh: "件"),
      on: console
    )
    var run = StepRun(move, client: client)
    do {
      try await run.run(chosen.targets, progress: progress)
    } catch {
      progress.finish()
      if !run.outcomes.isEmpty { try finish(run, chosen.headings, on: console) }
      throw error
    }
    progress.finish()
    try finish(run, chosen.headings, on: console)
    try StepOutcome.failIfRefused(run.outcomes, file: common.refused)
  }

  /// Nothing waits: because nothing does, or because the step is another office's.
  private func explainNothing(
    _ move: ProcedureMove,
    _ client: RegistryClient,
    on console: Console
  ) async throws {
    let caller = try await client.node.getNode(GetNodeRequest()).caller
    if let identity = OfficeIdentity(uri: caller) {
      let office = ProcedureOffice(kind: identity.kind, level: identity.division.level)
      guard ProcedureTable.rows(of: move).contains(where: { $0.offices.contains(office) }) else {
        let rule = ProcedureRule.office
        throw CommandFailure(
          .permission,
          en: "\(rule.english) (\(rule.rawValue)); see registryctl procedure",
          zh: "\(rule.chinese)（\(rule.rawValue)）；参见 registryctl procedure"
        )
      }
    }
    console.note(Text(en: "nothing waits for this step here", zh: "本机构没有待办此步骤的申请"))
  }

  /// Without a file every row has the same values: what cannot be read is an error of the options.
  private func refuseUnreadable(
    _ values: StepValues,
    _ move: ProcedureMove
  ) throws(CommandFailure) {
    guard targets.from == nil else { return }
    do throws(StepFault) {
      _ = try values.step(move, application: [], version: 0)
    } catch {
      let option = error.field.option(move)
      throw CommandFailure(
        .usage,
        en: "\(option): \(error.rule.english) (\(error.rule.rawValue))",
        zh: "\(option)：\(error.rule.chinese)（\(error.rule.rawValue)）"
      )
    }
  }

  private func finish(_ run: StepRun, _ headings: [String], on console: Console) throws {
    if let path = common.refused {
      try run.writeRefused(to: path, headings: headings, console.language)
    }
    try show(StepOutcome.rows(run.outcomes, console.language), on: console)
  }
}

extension StepField {
  /// The options that give the value, for messages.
  func option(_ move: ProcedureMove) -> String {
    switch self {
    case .accepted: "--accept, --refuse"
    case .upheld: "--uphold, --dismiss"
    case .samePerson: "--same-person, --other-person"
    case .votesFor: "--for"
    case .votesAgainst: "--against"
    default: "--" + rawValue.split(separator: "_").joined(separator: "-")
    }
  }
}

extension StepOutcome {
  static func rows(_ outcomes: [StepOutcome], _ language: Language) -> Rows {
    Rows(columns, outcomes.map { $0.values(language) })
  }

  /// - Throws: `dataRefused` when any was refused.
  static func failIfRefused(_ outcomes: [StepOutcome], file: String?) throws(CommandFailure) {
    let count = outcomes.count(where: \.isRefused)
    guard count > 0 else { return }
    throw CommandFailure(
      .dataRefused,
      en: "\(count) of \(outcomes.count) were refused" + (file.map { "; see \($0)" } ?? ""),
      zh: "\(outcomes.count) 件中有 \(count) 件被拒" + (file.map { "；见 \($0)" } ?? "")
    )
  }
}
