internal import ArgumentParser

/// The options of every command that prints results.
struct PrintOptions: ParsableArguments {
  @Option(
    name: .shortAndLong,
    help: help(
      "Form of the results: table, json or csv.",
      "结果形式：table、json 或 csv。"
    )
  )
  var output: OutputFormat = .table

  @OptionGroup var language: LanguageOptions

  init() {}
}

/// The option that every command takes.
struct LanguageOptions: ParsableArguments {
  @Option(
    name: .long,
    help: help(
      "Language: en or zh (default: that of the locale).",
      "语言：en 或 zh（默认随系统语言环境）。"
    )
  )
  var lang: Language?

  init() {}
}

extension Language: ExpressibleByArgument {}
