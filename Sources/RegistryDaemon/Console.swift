internal import Bilingual
internal import Foundation

/// What the program says to the one who started it.
enum Console {
  /// The variables of the environment.
  static var environment: [String: String] { ProcessInfo.processInfo.environment }

  /// Writes a line to standard error, for people, in the language of the process.
  static func say(_ line: Text) {
    FileHandle.standardError.write(Data((line(.ofProcess) + "\n").utf8))
  }

  /// Writes a line to standard output, for programs, at once.
  static func announce(_ line: String) {
    FileHandle.standardOutput.write(Data((line + "\n").utf8))
  }

  /// Puts a line into a file in one step, so that nobody reads half of it.
  static func put(_ line: String, into path: String) throws {
    try Data((line + "\n").utf8).write(to: URL(fileURLWithPath: path), options: .atomic)
  }
}
