internal import ArgumentParser

/// A command that does its work on a console, so that tests can give it one of theirs.
protocol ConsoleCommand: AsyncParsableCommand {
  /// The options that say how to print; they carry the language too.
  var languageOptions: LanguageOptions { get }

  /// Does the work.
  ///
  /// - Throws: `CommandFailure`, or an error that `CommandFailure.init(_:)` can tell.
  func run(on console: Console) async throws
}
