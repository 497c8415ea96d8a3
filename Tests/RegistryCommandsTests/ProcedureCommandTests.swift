internal import RegistryCommands
internal import Testing

@Suite("procedure", .timeLimit(.minutes(1)))
struct ProcedureCommandTests {
  private func run(_ arguments: String...) async -> (output: String, code: Int32) {
    let output = MemorySink()
    let error = MemorySink()
    let console = Console(
      language: .en,
      environment: [:],
      output: output,
      error: error,
      errorIsTerminal: false
    ) { _ in throw CommandFailure(.software, en: "no server is needed", zh: "无需服务器") }
    let code = await Program.run(["procedure"] + arguments, on: console)
    return (output.text, code)
  }

  @Test("The table of moves needs no server")
  func moves() async {
    let csv = await run("--output", "csv")
    #expect(csv.code == 0)
    let lines = csv.output.split(separator: "\n")
    #expect(lines.first == "move,command,from,to,offices,reason,signed")
    #expect(lines.count == 28)
    #expect(
      csv.output.contains(
        "examine,application examine,village-noticed,examined;rejected,"
          + "township/township-government,refusal,1\n"
      )
    )
    let english = await run()
    #expect(english.output.contains("decide for the poverty list"))
    #expect(english.output.contains("every state before the end"))
    #expect(csv.output.contains("withdraw,application withdraw,applied;appraised;"))
    let chinese = await run("--lang", "zh")
    #expect(chinese.output.contains("扶贫审批") && chinese.output.contains("县扶贫办"))
    let json = await run("--output", "json")
    #expect(json.output.contains(#""reason": {"code": "always", "name": "always"}"#))
  }

  @Test("Moves of one state; the states and whose work they are")
  func states() async {
    let one = await run("--state", "county-noticed", "--output", "csv")
    #expect(one.output.split(separator: "\n").count == 4, "\(one.output)")
    let states = await run("--states", "--output", "csv")
    #expect(states.output.split(separator: "\n").count == 17)
    #expect(
      states.output.contains("9,approving,approving,county/poverty-office;county/civil-affairs\n")
    )
    #expect(await run("--state", "lost").code == 64)
  }
}
