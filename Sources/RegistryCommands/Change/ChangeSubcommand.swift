internal import ArgumentParser
internal import RPCCore
internal import RegistryAPI
internal import RegistryModel

/// A command that submits one change.
protocol ChangeSubcommand: ServerCommand {
  var change: ChangeOptions { get }

  /// What happens to the household, as it was in the version that the change is made from.
  func kind(
    of before: Household,
    _ codes: CodeLists,
    over channel: any Channel
  ) async throws -> Change.Kind
}

extension ChangeSubcommand {
  func run(on console: Console, over channel: any Channel) async throws {
    let codes = try await console.codeLists(over: channel)
    let households = HouseholdClient(channel)
    let current = try await households.getHousehold(change.key.request, options: callOptions())
    var base = current
    if let version = change.baseVersion, version != current.version {
      let request = CompareVersionsRequest(id: current.id, from: version)
      base =
        try await households.compareVersions(request, options: callOptions()).from ?? current
    }
    let submitted = Change(
      household: base.id,
      baseVersion: base.version,
      effectiveOn: try change.day(),
      reason: change.reason,
      kind: try await kind(of: base, codes, over: channel)
    )
    do {
      let made = try await ChangeClient(channel).submitChange(
        SubmitChangeRequest(change: submitted),
        options: callOptions(writes: true)
      )
      try show(made, base, codes, on: console)
    } catch let error as RPCError where error.code == .aborted {
      // The node applies the same rules: what it would have made of the version is known here.
      let rules = ChangeRules(lists: codes, today: ChinaTime.today, office: nil)
      let (result, violations) = rules.apply(submitted, to: base)
      let wanted = violations.isEmpty ? result.household : base
      try await showSides(of: error, base, wanted, codes, on: console, households)
      throw error
    }
  }

  private func show(
    _ made: SubmitChangeResponse,
    _ base: Household,
    _ codes: CodeLists,
    on console: Console
  ) throws {
    if let proposal = made.proposal {
      let id = Hexadecimal.text(proposal.id)
      console.note(Text(en: "proposed: \(id); the county decides", zh: "已提议：\(id)，由县级决定"))
      return try show(ProposalForm.record(proposal, codes), on: console)
    }
    guard let household = made.household else { return }
    console.note(
      Text(
        en: "number \(household.number) is now version \(household.version)",
        zh: "户编号 \(household.number) 现为版本 \(household.version)"
      )
    )
    if let other = made.other {
      console.note(
        other.status == .exited
          ? Text(en: "number \(other.number) is closed", zh: "户编号 \(other.number) 已注销")
          : Text(
            en: "new household: number \(other.number)",
            zh: "新立户：户编号 \(other.number)"
          )
      )
    }
    if let handOver = made.handOver {
      console.note(
        Text(
          en: "handed over to \(handOver.destination): \(Hexadecimal.text(handOver.id))",
          zh: "已移交 \(handOver.destination)：\(Hexadecimal.text(handOver.id))"
        )
      )
    }
    try show(HouseholdChanges.rows(from: base, to: household, codes), on: console)
  }
}

extension ServerCommand {
  /// Shows what is on record and what was asked, where either differs from the version before both.
  func showSides(
    of error: RPCError,
    _ base: Household,
    _ wanted: Household,
    _ codes: CodeLists,
    on console: Console,
    _ households: HouseholdClient
  ) async throws {
    guard (try? ErrorDetails(wireArray: error.details))?.conflict != nil else { return }
    let current = try await households.getHousehold(
      GetHouseholdRequest(by: .id(base.id)),
      options: callOptions()
    )
    try show(HouseholdChanges.sides(base: base, current, wanted, codes), on: console)
  }
}
