internal import Glibc
package import RPCCore
package import RegistryClient

/// What a command has of the world: language, environment, streams, and the way to a server.
package struct Console: Sendable {
  /// Opens a channel to the server that a profile names.
  package typealias Connect = @Sendable (Profile) async throws -> any Channel

  /// The language of results and messages.
  package var language: Language
  /// The environment variables.
  package var environment: [String: String]
  /// Where results go.
  package var output: any TextSink
  /// Where messages and progress go.
  package var error: any TextSink
  /// Whether progress may be drawn.
  package var errorIsTerminal: Bool
  /// The answers of somebody at a terminal; nil when nobody sits there.
  package var answers: (any LineSource)?
  /// The way to servers.
  package var connect: Connect

  /// Makes a console; tests give sinks in memory and an in-process channel.
  package init(
    language: Language,
    environment: [String: String],
    output: any TextSink,
    error: any TextSink,
    errorIsTerminal: Bool,
    answers: (any LineSource)? = nil,
    connect: @escaping Connect
  ) {
    self.language = language
    self.environment = environment
    self.output = output
    self.error = error
    self.errorIsTerminal = errorIsTerminal
    self.answers = answers
    self.connect = connect
  }

  /// The console of this process.
  package static func ofProcess(connect: @escaping Connect) -> Console {
    Console(
      language: .ofProcess,
      environment: Environment.ofProcess,
      output: DescriptorSink(STDOUT_FILENO),
      error: DescriptorSink(STDERR_FILENO),
      errorIsTerminal: isatty(STDERR_FILENO) == 1,
      answers: isatty(STDIN_FILENO) == 1 ? StandardInputLines() : nil,
      connect: connect
    )
  }

  /// Prints to standard output.
  func print(_ text: String) throws(CommandFailure) { try output.write(text) }

  /// Tells the user something beside the results, on standard error.
  func note(_ text: Text) { try? error.write(text(language) + "\n") }
}
