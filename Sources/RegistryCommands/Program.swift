internal import ArgumentParser

/// The program: parses arguments, runs the command, tells failures, answers the exit code.
package enum Program {
  /// The version that `--version` prints.
  package static let version = "0.1.0"

  /// Runs one command line.
  ///
  /// - Parameters:
  ///   - arguments: what follows the program's name.
  ///   - console: the streams and the way to servers.
  /// - Returns: the exit code; see `ExitStatus`.
  package static func run(_ arguments: [String], on console: Console) async -> Int32 {
    var console = console
    // What goes wrong before the arguments are understood is told in their language, too.
    if let language = Language.asked(in: arguments) { console.language = language }
    do {
      let command = try RootCommand.parseAsRoot(arguments)
      if let command = command as? any ConsoleCommand {
        if let language = command.languageOptions.lang { console.language = language }
        try await command.run(on: console)
      } else {
        var command = command
        try command.run()
      }
      return ExitStatus.success.rawValue
    } catch {
      return tell(error, on: console)
    }
  }

  private static func tell(_ error: any Error, on console: Console) -> Int32 {
    if let failure = CommandFailure(error) {
      try? console.error.write(failure.text(console.language))
      return failure.status.rawValue
    }
    let code = RootCommand.exitCode(for: error)
    let message = RootCommand.fullMessage(for: error)
    if !message.isEmpty {
      let sink = code.isSuccess ? console.output : console.error
      try? sink.write(ParserText.told(message, in: console.language) + "\n")
    }
    return code.rawValue
  }
}
