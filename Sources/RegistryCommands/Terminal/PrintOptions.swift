package import ArgumentParser

/// The options of every command that prints results.
package struct PrintOptions: ParsableArguments {
  @Option(
    name: .shortAndLong,
    help: help(
      "Form of the results: table, json or csv.", "结果形式：table、json 或 csv。"))
  var output: OutputFormat = .table

  @OptionGroup package var language: LanguageOptions

  package init() {}
}

/// The option that every command takes.
package struct LanguageOptions: ParsableArguments {
  @Option(
    name: .long,
    help: help(
      "Language: en or zh (default: that of the locale).", "语言：en 或 zh（默认随系统语言环境）。"))
  var lang: Language?

  package init() {}
}

extension Language: ExpressibleByArgument {}
