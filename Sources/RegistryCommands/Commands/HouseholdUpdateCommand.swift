internal import ArgumentParser
internal import RPCCore
internal import RegistryAPI
internal import RegistryModel

/// `household update`: changes fields of one household and prints what changed.
struct HouseholdUpdateCommand: ServerCommand {
  static let configuration = CommandConfiguration(
    commandName: "update",
    abstract: words("Changes a household's file.", "修改一户档案。"),
    discussion: HouseholdInputOptions.form
  )

  @OptionGroup(title: words("Household", "农户")) var key: HouseholdKeyOptions

  @Option(
    name: .long,
    help: help(
      "The version that the change was made from (default: the one on record now). If it is no "
        + "longer current, the change is refused and the conflict shown.",
      "修改所依据的版本（默认为现有版本）。如已非最新，则拒绝修改并显示冲突。"
    )
  )
  var baseVersion: UInt64?

  @OptionGroup(title: words("Fields", "字段")) var input: HouseholdInputOptions

  @Option(
    name: .long,
    help: ArgumentHelp(
      words("Blank one field; may be repeated.", "清空一个字段；可多次给出。"),
      valueName: "path"
    )
  )
  var clear: [String] = []

  @Option(
    name: .long,
    help: ArgumentHelp(
      words("Take member N off the file; may be repeated.", "移除第 N 名成员；可多次给出。"),
      valueName: "n"
    )
  )
  var removeMember: [Int] = []

  @OptionGroup(title: words("Server", "服务器")) var serverOptions: ServerOptions
  @OptionGroup(title: words("Printing", "输出")) var printOptions: PrintOptions

  func run(on console: Console, over channel: any Channel) async throws {
    let codes = try await console.codeLists(over: channel)
    let client = HouseholdClient(channel)
    let before = try await client.getHousehold(key.request, options: callOptions())
    if baseVersion == nil {
      console.note(
        Text(
          en: "made from version \(before.version), read just now",
          zh: "所依据的版本为刚读取的 \(before.version)"
        )
      )
    }
    let request = try request(before, codes)
    let after: Household
    do {
      after = try await client.updateHousehold(request, options: callOptions(writes: true))
    } catch let error as RPCError where error.code == .aborted {
      try await showSides(of: error, request, codes, on: console, client)
      throw error
    }
    console.note(
      Text(
        en: "number \(after.number) is now version \(after.version)",
        zh: "户编号 \(after.number) 现为版本 \(after.version)"
      )
    )
    try show(HouseholdChanges.rows(from: before, to: after, codes), on: console)
  }

  /// Shows both sides, if the version that the change was made from can be had.
  private func showSides(
    of error: RPCError,
    _ request: UpdateHouseholdRequest,
    _ codes: CodeLists,
    on console: Console,
    _ client: HouseholdClient
  ) async throws {
    let compared = CompareVersionsRequest(id: request.id, from: request.baseVersion)
    guard
      let base = try? await client.compareVersions(compared, options: callOptions()).from
    else { return }
    let wanted = HouseholdFields.updated(
      base,
      with: request.household ?? Household(),
      mask: request.mask,
      removing: request.removedMembers
    ).household
    try await showSides(of: error, base, wanted, codes, on: console, client)
  }

  private func request(
    _ before: Household,
    _ codes: CodeLists
  ) throws(CommandFailure) -> UpdateHouseholdRequest {
    var household = before
    var touched: Set<HouseholdForm.Touched> = []
    var fields = try input.fields()
    fields += clear.map { ($0, .nothing) }
    for field in fields {
      touched.insert(
        try HouseholdForm.set(field.path, to: field.input, in: &household, codes)
      )
    }
    guard !touched.isEmpty || !removeMember.isEmpty else {
      throw CommandFailure(
        .usage,
        en: "nothing to change: use --set, --from, --clear or --remove-member",
        zh: "没有要修改的内容：请用 --set、--from、--clear 或 --remove-member"
      )
    }
    var request = UpdateHouseholdRequest()
    request.id = before.id
    request.baseVersion = baseVersion ?? before.version
    request.mask = Set(touched.map(\.mask)).sorted()
    request.removedMembers = try removed(before)
    let concerned = Set(touched.compactMap(\.member))
    let members = household.members.enumerated().filter { concerned.contains($0.offset) }
    household.members = members.map(\.element)
    request.household = household
    return request
  }

  private func removed(_ before: Household) throws(CommandFailure) -> [[UInt8]] {
    var ids: [[UInt8]] = []
    for number in Set(removeMember).sorted() {
      guard before.members.indices.contains(number - 1) else {
        throw CommandFailure(
          .usage,
          en: "--remove-member: there is no member \(number)",
          zh: "--remove-member：没有第 \(number) 名成员"
        )
      }
      ids.append(before.members[number - 1].id)
    }
    return ids
  }
}
