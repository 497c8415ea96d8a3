internal import ArgumentParser
internal import RPCCore
internal import RegistryAPI
internal import RegistryModel

/// `proposal`: changes that village and township offices propose.
struct ProposalCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "proposal",
    abstract: words("Changes proposed to the county.", "向县级提出的变更提议。"),
    subcommands: [
      ProposalListCommand.self, ProposalShowCommand.self, ProposalTakeCommand.self,
      ProposalRefuseCommand.self, ProposalWithdrawCommand.self,
    ]
  )
}

/// `conflict`: proposals whose household changed meanwhile in the same fields.
struct ConflictCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "conflict",
    abstract: words(
      "Proposals in conflict with what is on record, which a person settles.",
      "与在册内容冲突、须人工处理的提议。"
    ),
    subcommands: [
      ConflictListCommand.self, ConflictShowCommand.self, ConflictResolveCommand.self,
    ]
  )
}

/// Where proposals are looked for.
struct ProposalFilterOptions: ParsableArguments {
  @Option(
    name: .long,
    help: help("In this division or below (default: this office's area).", "此区划及以下（默认为本机构辖区）。")
  )
  var division = ""

  @Option(name: .long, help: help("Print at most this many.", "最多显示条数。"))
  var limit = 50

  init() {}

  func validate() throws {
    guard (1...1_000_000).contains(limit) else {
      throw ValidationError("--limit must be 1 to 1,000,000.")
    }
  }
}

extension ServerCommand {
  /// Prints proposals of some states.
  func list(
    _ filter: ProposalFilterOptions,
    _ states: [ProposalState],
    on console: Console,
    over channel: any Channel
  ) async throws {
    var request = ListProposalsRequest(division: filter.division, states: states)
    var rows = Rows(ProposalForm.columns)
    repeat {
      request.pageSize = UInt32(min(500, filter.limit - rows.rows.count))
      let page = try await ChangeClient(channel).listProposals(request, options: callOptions())
      rows.rows += page.proposals.map { ProposalForm.row($0) }
      request.pageToken = page.nextPageToken
    } while !request.pageToken.isEmpty && rows.rows.count < filter.limit
    try show(rows, on: console)
    if !request.pageToken.isEmpty {
      console.note(Text(en: "there are more: use --limit", zh: "尚有更多：请用 --limit"))
    }
  }

  /// A proposal with all its sides.
  func view(_ id: String, over channel: any Channel) async throws -> ProposalView {
    guard let bytes = Hexadecimal.bytes(id), bytes.count == 16 else {
      throw CommandFailure(
        .usage,
        en: "a proposal's id has 32 hexadecimal digits",
        zh: "提议编号为32位十六进制"
      )
    }
    return try await ChangeClient(channel)
      .getProposal(GetProposalRequest(id: bytes), options: callOptions())
  }

  /// Settles a proposal in the version that was read just now, and prints what became of it.
  func settle(
    _ id: String,
    _ verdict: ProposalVerdict,
    _ reason: String,
    on console: Console,
    over channel: any Channel
  ) async throws {
    let codes = try await console.codeLists(over: channel)
    let view = try await view(id, over: channel)
    let settled = try await ChangeClient(channel).settleProposal(
      SettleProposalRequest(
        id: view.proposal?.id ?? [],
        baseVersion: view.proposal?.version ?? 0,
        verdict: verdict,
        reason: reason
      ),
      options: callOptions(writes: true)
    )
    let proposal = settled.proposal ?? Proposal()
    if let household = settled.household {
      console.note(
        Text(
          en: "number \(household.number) is now version \(household.version)",
          zh: "户编号 \(household.number) 现为版本 \(household.version)"
        )
      )
    } else if proposal.state == .conflict {
      console.note(
        Text(
          en: "both sides changed the same: resolve it by conflict resolve",
          zh: "双方修改了同一内容：请用 conflict resolve 处理"
        )
      )
    }
    try show(ProposalForm.record(proposal, codes), on: console)
  }
}
