import ArgumentParser
import Bilingual
import Testing

/// What swift-argument-parser itself says, from a command that provokes it.
@Suite struct ParserTextTests {
  private struct Command: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "tool",
      abstract: "工具。",
      version: "1",
      subcommands: [Part.self]
    )
  }

  private struct Part: ParsableCommand {
    enum Kind: String, ExpressibleByArgument, CaseIterable { case round, square, flat }

    static let configuration = CommandConfiguration(commandName: "part", abstract: "部件。")

    @Argument(help: "名称。") var name: String
    @Option(help: "数量。") var count = 3
    @Option(help: "形状。") var kind: Kind = .flat
    @Flag(help: "快。") var quick = false
  }

  private func told(_ arguments: [String]) -> String {
    do {
      // With subcommands, a request for help is a command of its own.
      var command = try Command.parseAsRoot(arguments)
      try command.run()
      return ""
    } catch {
      return ParserText.told(Command.fullMessage(for: error, columns: 80), in: .zh)
    }
  }

  @Test(arguments: [
    (["part"], "错误：缺少参数 '<name>'"), (["part", "a", "b"], "错误：多余的参数 'b'"),
    (["part", "a", "b", "c"], "错误：2 个多余的参数：'b', 'c'"),
    (["part", "a", "--cuont", "1"], "错误：没有选项 '--cuont'。是否想用 '--count'？"),
    (["part", "a", "--xxxxxxxxxxxx"], "错误：没有选项 '--xxxxxxxxxxxx'"),
    (["part", "a", "--count"], "错误：'--count <count>' 缺少值"),
    (["part", "a", "--count", "x"], "错误：'--count <count>' 不接受值 'x'"),
    (
      ["part", "a", "--kind", "x"],
      "错误：'--kind <kind>' 不接受值 'x'，请给出 'round', 'square' 或 'flat' 之一。"
    ),
    (["part", "a", "--quick=1"], "错误：选项 '--quick' 不带值，却给出了 '1'。"),
  ])
  func errors(arguments: [String], first: String) {
    let text = told(arguments)
    #expect(text.split(separator: "\n").first.map(String.init) == first, "\(text)")
    #expect(text.contains("用法：tool part") && text.contains("  详见 'tool part --help'。"), "\(text)")
  }

  @Test func help() {
    let text = told(["part", "--help"])
    for words in ["概述：部件。", "用法：tool part", "参数：", "选项：", "(默认：3)", "显示帮助。", "(可选："] {
      #expect(text.contains(words), "\(words) in \(text)")
    }
    let root = told(["--help"])
    for words in ["子命令：", "显示版本。", "  详见 'tool help <子命令>'。"] {
      #expect(root.contains(words), "\(words) in \(root)")
    }
  }

  @Test func inEnglishNothingChanges() {
    #expect(ParserText.told("Error: Unknown option '-x'", in: .en) == "Error: Unknown option '-x'")
  }
}
