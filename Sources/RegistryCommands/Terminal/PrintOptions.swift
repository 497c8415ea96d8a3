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
