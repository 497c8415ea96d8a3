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

/// One proposal, or all open ones of a filter.
struct ProposalSelection: ParsableArguments {
  @Argument(help: help("The proposal's id.", "提议编号。")) var id: String?

  @Flag(name: .long, help: help("All open ones of the filter below.", "符合以下条件的全部待处理提议。"))
  var all = false

  @Option(name: .long, help: help("In this division or below.", "此区划及以下。"))
  var division = ""

  @Option(
    name: .long,
    help: ArgumentHelp(
      words("Of this kind of change, such as category or exit.", "变更事项，如 category 或 exit。"),
      valueName: "kind"
    )
  )
  var ofKind: String?

  @Option(
    name: .long,
    help: ArgumentHelp(
      words(
        "Whose change was given a reason with these words, such as a roster's name (not its id).",
        "变更理由含有此文字，如名册名称（非名册标识）。"
      ),
      valueName: "words"
    )
  )
  var because: String?

  init() {}

  func validate() throws {
    let isFiltered = !division.isEmpty || ofKind != nil || because != nil
    guard (id != nil) != all, all == isFiltered else {
      throw ValidationError(
        words("Give a proposal's id, or --all with a filter.", "应给出提议编号，或 --all 及条件。")
      )
    }
  }

  /// The kind of change that was named; nil for all.
  fileprivate func kind() throws(CommandFailure) -> ChangeKind? {
    guard let ofKind else { return nil }
    return try HouseholdFilterOptions.value(ofKind, ProposalForm.kinds, "--of-kind")
  }
}

extension ServerCommand {
  /// Settles what was selected: one proposal, or one by one all of a filter.
  func settle(
    _ which: ProposalSelection,
    _ verdict: ProposalVerdict,
    _ reason: String,
    on console: Console,
    over channel: any Channel
  ) async throws {
    if let id = which.id {
      return try await settle(id, verdict, reason, on: console, over: channel)
    }
    let kind = try which.kind()
    let client = ChangeClient(channel)
    var request = ListProposalsRequest(division: which.division, states: [.open], pageSize: 500)
    var rows = Rows(ProposalForm.columns)
    var refused: [Text] = []
    // Listed whole before the first is settled: what is settled leaves the list.
    var found: [Proposal] = []
    repeat {
      let page = try await client.listProposals(request, options: callOptions())
      found += page.proposals.filter { proposal in
        let change = proposal.change ?? Change()
        return (kind.map { change.changeKind == $0 } ?? true)
          && (which.because.map { change.reason.contains($0) } ?? true)
      }
      request.pageToken = page.nextPageToken
    } while !request.pageToken.isEmpty
    var conflicts = 0
    func told() throws(CommandFailure) {
      try show(rows, on: console)
      console.note(
        Text(
          en: "\(rows.rows.count - conflicts) settled, \(conflicts) in conflict now, "
            + "\(found.count - rows.rows.count) left open",
          zh: "处理 \(rows.rows.count - conflicts) 条，转为冲突 \(conflicts) 条，"
            + "未处理 \(found.count - rows.rows.count) 条"
        )
      )
    }
    for proposal in found {
      do {
        let settled = try await client.settleProposal(
          SettleProposalRequest(
            id: proposal.id,
            baseVersion: proposal.version,
            verdict: verdict,
            reason: reason
          ),
          options: callOptions(writes: true)
        )
        rows.rows.append(ProposalForm.row(settled.proposal ?? proposal))
        if settled.proposal?.state == .conflict { conflicts += 1 }
      } catch let error as RPCError where Self.isOfOne(error) {
        let words = CommandFailure(error)
        let id = Hexadecimal.text(proposal.id)
        refused.append(Text(en: "\(id): \(words.words.en)", zh: "\(id)：\(words.words.zh)"))
      } catch {
        // What is settled stays settled, and is told.
        try told()
        throw error
      }
    }
    try told()
    guard refused.isEmpty else {
      var failure = CommandFailure(
        .dataRefused,
        en: "some proposals could not be settled",
        zh: "部分提议未能处理"
      )
      failure.details = Array(refused.prefix(50))
      throw failure
    }
  }

  /// Whether an error is about one proposal and the next may do better.
  private static func isOfOne(_ error: RPCError) -> Bool {
    let codes: [StatusCode] = [
      .invalidArgument, .failedPrecondition, .aborted, .notFound, .alreadyExists,
    ]
    if codes.contains(error.code) { return true }
    // Civil affairs settles category changes of its list, the poverty office the rest.
    return (try? ErrorDetails(wireArray: error.details))?.refusedBy
      == ChangeRule.proposalOffice.rawValue
  }

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
