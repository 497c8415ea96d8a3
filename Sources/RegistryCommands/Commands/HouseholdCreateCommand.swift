internal import ArgumentParser
internal import RPCCore
internal import RegistryAPI

/// `household create`: registers one household.
struct HouseholdCreateCommand: ServerCommand {
  static let configuration = CommandConfiguration(
    commandName: "create",
    abstract: words("Registers a household.", "登记一户。"),
    discussion: HouseholdInputOptions.form
  )

  @OptionGroup(title: words("Fields", "字段")) var input: HouseholdInputOptions
  @OptionGroup(title: words("Server", "服务器")) var serverOptions: ServerOptions
  @OptionGroup(title: words("Printing", "输出")) var printOptions: PrintOptions

  func run(on console: Console, over channel: any Channel) async throws {
    let codes = try await console.codeLists(over: channel)
    var household = Household()
    for field in try input.fields() {
      _ = try HouseholdForm.set(field.path, to: field.input, in: &household, codes)
    }
    var request = CreateHouseholdRequest()
    request.household = household
    let created = try await HouseholdClient(channel)
      .createHousehold(request, options: callOptions(writes: true))
    console.note(
      Text(en: "registered under number \(created.number)", zh: "已登记，户编号 \(created.number)")
    )
    try show(HouseholdForm.record(created, codes), on: console)
  }
}
