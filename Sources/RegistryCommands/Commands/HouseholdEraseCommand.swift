internal import ArgumentParser
internal import RPCCore
internal import RegistryAPI

/// `household erase`: destroys the key of a household's file.
struct HouseholdEraseCommand: ServerCommand {
  static let configuration = CommandConfiguration(
    commandName: "erase",
    abstract: words("Erases a household's file for ever.", "永久销毁一户档案。"),
    discussion: words(
      "The key is destroyed: nothing that was ever recorded of the household can be opened again, here "
        + "and, once the link has carried it there, at the nodes above; backups that hold the old key "
        + "must be destroyed too. The journal's entries stay without their contents, and every proof "
        + "holds. For exits and moves use change.",
      "密钥被销毁：该户曾登记的一切内容均不可再打开；交换之后上级节点亦然；含旧密钥的备份也须销毁。日志条目保留但无内容，"
        + "所有证明仍然成立。退出、迁移请用 change。"
    )
  )

  @Argument(help: help("The printed number.", "户编号。"))
  var number: String
  @Option(name: .long, help: help("The same number once more.", "再次输入户编号以确认。"))
  var confirm: String
  @Option(
    name: .long,
    help: help("Why, or on whose order; it stays on record: name nobody.", "理由或依据，将保留在日志中，请勿写姓名。")
  )
  var reason: String
  @OptionGroup(title: words("Server", "服务器")) var serverOptions: ServerOptions
  @OptionGroup(title: words("Printing", "输出")) var printOptions: PrintOptions

  func validate() throws {
    guard number == confirm else {
      throw ValidationError(
        words("--confirm must repeat the number.", "--confirm 须与户编号一致。")
      )
    }
  }

  func run(on console: Console, over channel: any Channel) async throws {
    let household = try await HouseholdClient(channel).getHousehold(
      GetHouseholdRequest(by: .number(number)),
      options: callOptions()
    )
    let answer = try await ChangeClient(channel).eraseHousehold(
      EraseHouseholdRequest(
        id: household.id,
        baseVersion: household.version,
        reason: reason
      ),
      options: callOptions(writes: true)
    )
    console.note(
      Text(
        en: "erased \(number), entry \(answer.entry)",
        zh: "已销毁 \(number)，日志第 \(answer.entry) 条"
      )
    )
  }
}
