internal import ArgumentParser

/// The options of every command that prints results.
struct PrintOptions: ParsableArguments {
  @Option(
    name: .shortAndLong,
    help: help(
      "Form of the results.",
      "结果形式。"
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
      "Language (default: that of the locale).",
      "语言（默认随系统语言环境）。"
    )
  )
  var lang: Language?

  init() {}
}

extension Language: ExpressibleByArgument {}
