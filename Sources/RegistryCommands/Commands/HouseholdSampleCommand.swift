internal import ArgumentParser
internal import Journal
internal import RPCCore
internal import RegistryAPI
internal import RegistryClient
internal import RegistryModel

/// `household sample`: households drawn at random, for an inspection.
struct HouseholdSampleCommand: ClientCommand {
  static let configuration = CommandConfiguration(
    commandName: "sample",
    abstract: words("Draws households at random, for an inspection.", "随机抽取农户（用于督查）。"),
    discussion: words(
      "Whoever knows the seed draws the same households from the same files, so that nobody can be "
        + "said to have chosen them. Say the seed beforehand, such as a lottery's numbers. With "
        + "`--inspection` the inspection is recorded with the seed, how many of how many were drawn, and "
        + "SHA-256 of their numbers, each on a line; its findings go back to it (`pilot record finding "
        + "--of`).",
      "同一种子在同样的档案中抽得相同农户，因而无从挑选。种子应事先公布（例如彩票号码）。加 --inspection 时登记督查，"
        + "写明种子、抽取户数与总户数及各户编号（每行一个）的 SHA-256；发现的问题以 pilot record finding --of 归入该督查。"
    )
  )

  @OptionGroup(title: words("Filter", "条件")) var filter: HouseholdFilterOptions
  @Option(name: .long, help: help("How many; at most 500.", "抽取户数，不超过500。"))
  var count: UInt32 = 30
  @Option(name: .long, help: help("The seed.", "种子。"))
  var seed: String
  @Option(
    name: .long,
    help: ArgumentHelp(
      words("Records the inspection under this title.", "以此标题登记督查。"),
      valueName: "title"
    )
  )
  var inspection: String?
  @OptionGroup(title: words("Server", "服务器")) var serverOptions: ServerOptions
  @OptionGroup(title: words("Printing", "输出")) var printOptions: PrintOptions

  func run(on console: Console, with client: RegistryClient) async throws {
    let codes = try await console.codeLists(over: client.channel)
    if inspection != nil { try await requireInspector(client, console) }
    let filter = try filter.filter(codes)
    let answer = try await client.households.sampleHouseholds(
      SampleHouseholdsRequest(filter: filter, count: count, seed: seed),
      options: callOptions()
    )
    let rows = answer.households.map {
      HouseholdForm.row($0, isWithheld: answer.withheld.contains, codes)
    }
    try show(Rows(HouseholdForm.columns, rows), on: console)
    console.note(
      Text(
        en: "\(rows.count) drawn from \(answer.drawnFrom) households, seed \(seed)",
        zh: "自 \(answer.drawnFrom) 户中抽取 \(rows.count) 户，种子 \(seed)"
      )
    )
    if let inspection { try await record(inspection, answer, filter, client, console) }
  }

  /// Nobody is drawn for an inspection that cannot be recorded.
  private func requireInspector(_ client: RegistryClient, _ console: Console) async throws {
    let caller = try await client.node.getNode(GetNodeRequest(), options: callOptions()).caller
    let office = OfficeIdentity(uri: caller)?.kind
    guard let office, try console.pilotKinds().isRecorded("inspection", by: office) else {
      throw CommandFailure(
        .usage,
        en: "--inspection: this office records no inspections; draw without it",
        zh: "--inspection：本机构不登记督查，请勿使用此选项"
      )
    }
  }

  private func record(
    _ title: String,
    _ answer: SampleHouseholdsResponse,
    _ filter: HouseholdFilter,
    _ client: RegistryClient,
    _ console: Console
  ) async throws {
    let home = try await PilotForm.home(of: client, callOptions())
    var record = PilotRecord(
      kind: "inspection",
      // Of several divisions, the office's own: it contains them.
      division: filter.division.isEmpty || !filter.divisions.isEmpty ? home : filter.division,
      day: Int32(ChinaTime.today.yyyymmdd),
      title: title
    )
    record.figures = [
      PilotFigure(key: "households.sampled", value: Int64(answer.households.count)),
      PilotFigure(key: "faults", value: 0),
    ]
    let numbers = answer.households.map { "\($0.number)\n" }.joined()
    let digest = try SHA256Context().hash(Array(numbers.utf8)).bytes
    record.text =
      "seed \(seed); \(answer.households.count) of \(answer.drawnFrom) households; "
      + "sha-256 \(Hexadecimal.text(digest))"
    let made = try await client.pilot.setPilotRecord(
      SetPilotRecordRequest(unsigned: record),
      options: callOptions(writes: true)
    )
    let id = Hexadecimal.text(made.id)
    console.note(Text(en: "inspection recorded: \(id)", zh: "已登记督查：\(id)"))
  }
}
