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

  /// The options as a command gives them that has its own.
  init(output: OutputFormat, language: LanguageOptions) {
    self.output = output
    self.language = language
  }
}
