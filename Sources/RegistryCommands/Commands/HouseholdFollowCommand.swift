internal import ArgumentParser
internal import Foundation
internal import RPCCore
internal import RegistryAPI
internal import RegistryModel

/// `household follow`: what changes in the files that the office sees.
struct HouseholdFollowCommand: ServerCommand {
  static let configuration = CommandConfiguration(
    commandName: "follow",
    abstract: words("Follows the changes of households.", "订阅农户变动。"),
    discussion: words(
      "Writes a line of JSON for each household that changed since the position kept in --state, as it "
        + "is now, and one with \"gone\" for each that the office does not see any more; then keeps the "
        + "new position. Without a position it begins with all files, with --now with none. Interrupted "
        + "anywhere and repeated, it leaves nothing out. Changes that the office may not see cause no "
        + "line, but an erasure in its area does; nor do birthdays, by which somebody comes into the age "
        + "that the office sees or leaves it. Each part is recorded as a look before it is shown.",
      "对 --state 所存位置之后有变动的每一户输出一行 JSON（现状），对不再可见的户输出含 gone 的一行，随后保存新位置。无位置时从全部农户"
        + "开始，--now 则只从此刻开始。任何时候中断后重新执行都不会遗漏。本机构不可见的变动不产生输出（辖区内档案的销毁除外）；"
        + "因生日进入或超出可见年龄也不产生输出。每一部分在显示前先记入查阅记录。"
    )
  )

  @Option(
    name: .long,
    help: ArgumentHelp(
      words("Where the position is kept between runs.", "两次执行之间保存位置的文件。"),
      valueName: "file"
    ),
    completion: .file()
  )
  var state: String?
  @Option(
    name: .long,
    help: help("In this division or below; may be repeated.", "此区划及以下；可多次给出。")
  )
  var division: [String] = []
  @Flag(
    name: .long,
    help: help(
      "Where no position is kept yet: only what changes from now on.",
      "尚无位置时：从此刻开始，仅订阅以后的变动。"
    )
  )
  var now = false
  @Option(
    name: .long,
    help: ArgumentHelp(
      words("Goes on for this long when all is told (default: ends).", "全部输出后继续等待的时间（默认结束）。"),
      valueName: "seconds"
    )
  )
  var wait: UInt32 = 0
  @OptionGroup(title: words("Server", "服务器")) var serverOptions: ServerOptions
  @OptionGroup(title: words("Printing", "输出")) var printOptions: PrintOptions

  func validate() throws {
    guard wait <= 3_600 else {
      throw ValidationError(words("--wait is at most 3600.", "--wait 不超过 3600。"))
    }
  }

  func run(on console: Console, over channel: any Channel) async throws {
    let codes = try await console.codeLists(over: channel)
    var request = FollowHouseholdsRequest(
      division: division.first ?? "",
      fromNow: now,
      waitSeconds: wait,
      divisions: Array(division.dropFirst())
    )
    if let state, FileManager.default.fileExists(atPath: state) {
      guard let text = try? String(contentsOfFile: state, encoding: .utf8) else {
        throw CommandFailure(.inputOutput, en: "cannot read \(state)", zh: "无法读取 \(state)")
      }
      request.position = text.trimmingCharacters(in: .whitespacesAndNewlines)
    }
    let json = JSONPrinter(language: console.language)
    var counts = (shown: 0, gone: 0)
    for try await part in try await InquiryClient(channel).followHouseholds(request) {
      for change in part.changes {
        switch change.what {
        case .shown(let household)?:
          counts.shown += 1
          try console.output.write(json.line(HouseholdForm.record(household, codes)) + "\n")
        case .gone(let gone)?:
          counts.gone += 1
          let record = Record([
            Record.Item("id", "Id", "内部编号", .text(Hexadecimal.text(gone.id))),
            Record.Item("number", "Number", "户编号", .text(gone.number)),
            Record.Item("gone", "Gone", "不再可见", .flag(true)),
          ])
          try console.output.write(json.line(record) + "\n")
        case nil: break
        }
      }
      // Behind the lines, never before them: a line may come twice, none is left out.
      if let state {
        let file = try AtomicFile(path: state)
        try file.write(part.position + "\n")
        try file.commit()
      }
    }
    console.note(
      Text(
        en: "\(counts.shown) households shown, \(counts.gone) gone",
        zh: "输出 \(counts.shown) 户，不再可见 \(counts.gone) 户"
      )
    )
  }
}
