/// Where a dialogue's answers come from: the terminal, or a test's list.
package protocol LineSource: Sendable {
  /// The next line without its end; nil after the last.
  func line() -> String?
}

/// Lines of standard input.
struct StandardInputLines: LineSource {
  func line() -> String? { readLine() }
}
