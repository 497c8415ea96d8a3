package import ArgumentParser
internal import Glibc

/// The language of a program's words: help, headings, messages.
package enum Language: String, Sendable, CaseIterable {
  case en
  case zh

  /// The language of this process, for help that is built before the arguments are parsed.
  package static let ofProcess = detect(
    arguments: CommandLine.arguments,
    environment: Environment.ofProcess
  )

  /// The language that the arguments (`--lang zh`) or else the locale variables ask for.
  ///
  /// As in POSIX the first variable that is set and not empty decides; what starts with `zh` is
  /// Chinese, everything else English.
  package static func detect(arguments: [String], environment: [String: String]) -> Language {
    if let language = asked(in: arguments) { return language }
    let locale = ["LC_ALL", "LC_MESSAGES", "LANG"].lazy
      .compactMap { environment[$0] }.first { !$0.isEmpty }
    return locale?.hasPrefix("zh") == true ? .zh : .en
  }

  /// The language that the arguments ask for (`--lang zh`, `--lang=zh`); nil when they do not.
  package static func asked(in arguments: [String]) -> Language? {
    for (index, argument) in arguments.enumerated() {
      if argument == "--" { break }
      if argument == "--lang", index + 1 < arguments.count,
        let language = Language(rawValue: arguments[index + 1])
      {
        return language
      }
      if argument.hasPrefix("--lang="),
        let language = Language(rawValue: String(argument.dropFirst(7)))
      {
        return language
      }
    }
    return nil
  }
}

extension Language: ExpressibleByArgument {}

/// The option that every command takes.
package struct LanguageOptions: ParsableArguments {
  @Option(
    name: .long,
    help: help(
      "Language (default: that of the locale).",
      "语言（默认随系统语言环境）。"
    )
  )
  package var lang: Language?

  /// Takes the option of a command line.
  package init() {}
}

/// The environment variables of this process.
package enum Environment {
  /// Read once, before other threads could change it.
  package static let ofProcess: [String: String] = {
    var variables: [String: String] = [:]
    // `environ` is only written by setenv, which this program never calls.
    nonisolated(unsafe) var entry = environ
    while let text = entry.pointee {
      let parts = String(cString: text).split(
        separator: "=",
        maxSplits: 1,
        omittingEmptySubsequences: false
      )
      if parts.count == 2 { variables[String(parts[0])] = String(parts[1]) }
      entry += 1
    }
    return variables
  }()
}
