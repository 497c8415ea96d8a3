/// What the library that reads command lines prints by itself, in Chinese.
///
/// It knows no languages: help and errors come as one text, whose headings, notes and sentences are
/// exchanged line by line. What the program has said itself stands in Chinese already.
package enum ParserText {
  /// A text of the parser in a language.
  package static func told(_ text: String, in language: Language) -> String {
    guard language == .zh else { return text }
    let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
    return lines.map { line(String($0)) }.joined(separator: "\n")
  }

  private static func line(_ line: String) -> String {
    for (english, chinese) in beginnings where line.hasPrefix(english) {
      let rest = String(line.dropFirst(english.count))
      return chinese + notes(Phrasebook.parser.chinese(rest) ?? rest)
    }
    if let sentence = Phrasebook.parser.chinese(line) { return sentence }
    if line.hasSuffix(":"), line.first != " " { return line.dropLast() + "：" }
    return notes(line)
  }

  /// The notes behind an option's help, which may be broken over two lines anywhere.
  private static func notes(_ line: String) -> String {
    var line = line
    for (english, chinese) in words {
      var parts: [Substring] = []
      var rest = Substring(line)
      while let range = rest.firstRange(of: english) {
        parts.append(rest[..<range.lowerBound])
        rest = rest[range.upperBound...]
      }
      if !parts.isEmpty { line = (parts + [rest]).joined(separator: chinese) }
    }
    return line
  }

  private static let beginnings = [
    ("OVERVIEW: ", "概述："), ("USAGE: ", "用法："), ("Usage: ", "用法："), ("Error: ", "错误："),
    ("Help:  ", "说明："), ("   or: ", "   或："),
  ]

  private static let words = [
    ("(values: ", "(可选："), ("(default: ", "(默认："), ("; default: ", "；默认："),
    (" default: ", " 默认："), ("Show help information.", "显示帮助。"),
    ("Show subcommand help information.", "显示子命令的帮助。"),
    ("Show the version.", "显示版本。"), ("<subcommand>", "<子命令>"), ("<subcommands>", "<子命令>"),
  ]
}

extension Phrasebook {
  /// The sentences of swift-argument-parser.
  package static let parser = Phrasebook([
    ("ARGUMENTS:", "参数："),
    ("OPTIONS:", "选项："),
    ("SUBCOMMANDS:", "子命令："),
    ("  See '{} <subcommand>' for detailed help.", "  详见 '{1} <子命令>'。"),
    ("  See '{}' for more information.", "  详见 '{1}'。"),
    ("Unknown option '{}'", "没有选项 '{1}'"),
    ("Unknown option '{}'. Did you mean '{}'?", "没有选项 '{1}'。是否想用 '{2}'？"),
    ("Invalid option: {}", "选项有误：{1}"),
    ("Missing value for '{}'", "'{1}' 缺少值"),
    ("Missing value for '{}' in '{}'", "'{2}' 中的 '{1}' 缺少值"),
    (
      "The option '{}' does not take any value, but '{}' was specified.", "选项 '{1}' 不带值，却给出了 '{2}'。"
    ),
    ("Unexpected argument '{}'", "多余的参数 '{1}'"),
    ("{} unexpected arguments: '{}'", "{1} 个多余的参数：'{2}'"),
    ("Value to be set with {} had already been set with {}", "{1} 与先前的 {2} 重复"),
    ("flag '{}'", "选项 '{1}'"),
    ("Missing expected argument '{}'", "缺少参数 '{1}'"),
    ("Missing one of: '{}'", "缺少下列之一：'{1}'"),
    ("Missing required subcommand.", "缺少子命令。"),
    ("The value '{}' is invalid for '{}'", "'{2}' 不接受值 '{1}'"),
    (
      "The value '{}' is invalid for '{}'. Please provide one of {}.",
      "'{2}' 不接受值 '{1}'，请给出 {3} 之一。"
    ),
    (
      "The value '{}' is invalid for '{}'. Please provide one of the following:",
      "'{2}' 不接受值 '{1}'，请给出下列之一："
    ),
    ("The value '{}' is invalid for '{}': {}", "'{2}' 不接受值 '{1}'：{3}"),
    ("'{}' or '{}'", "'{1}' 或 '{2}'"),
    ("'{}' and '{}'", "'{1}' 和 '{2}'"),
    ("Can't generate completion scripts for '{}'.", "无法为 '{1}' 生成补全脚本。"),
    ("Can't autodetect a supported shell.", "无法识别所用的 shell。"),
    (
      "Please use --generate-completion-script=<shell> with one of:",
      "请用 --generate-completion-script=<shell>，可选："
    ),
    ("Unspecified version", "未注明版本"),
  ])
}
