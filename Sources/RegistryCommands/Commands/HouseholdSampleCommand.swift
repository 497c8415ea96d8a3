internal import ArgumentParser
internal import RPCCore
internal import RegistryAPI

/// `household sample`: households drawn at random, for an inspection.
struct HouseholdSampleCommand: ServerCommand {
  static let configuration = CommandConfiguration(
    commandName: "sample",
    abstract: words("Draws households at random, for an inspection.", "随机抽取农户（用于督查）。"),
    discussion: words(
      "Whoever knows the seed draws the same households from the same files, so that nobody can be "
        + "said to have chosen them. Say the seed beforehand, such as a lottery's numbers, and put it "
        + "into the record of the inspection (`pilot record inspection`).",
      "同一种子在同样的档案中抽得相同农户，因而无从挑选。种子应事先公布（例如彩票号码），并写入督查记录（pilot record inspection）。"
    )
  )

  @OptionGroup(title: words("Filter", "条件")) var filter: HouseholdFilterOptions
  @Option(name: .long, help: help("How many; at most 500.", "抽取户数，不超过500。"))
  var count: UInt32 = 30
  @Option(name: .long, help: help("The seed.", "种子。"))
  var seed: String
  @OptionGroup(title: words("Server", "服务器")) var serverOptions: ServerOptions
  @OptionGroup(title: words("Printing", "输出")) var printOptions: PrintOptions

  func run(on console: Console, over channel: any Channel) async throws {
    let codes = try await console.codeLists(over: channel)
    let answer = try await HouseholdClient(channel).sampleHouseholds(
      SampleHouseholdsRequest(filter: try filter.filter(codes), count: count, seed: seed),
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
  }
}
