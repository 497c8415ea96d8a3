/// Why a command failed: its exit status, words in both languages, and lines of detail.
package struct CommandFailure: Error, Sendable, Hashable {
  /// The exit code.
  package var status: ExitStatus
  /// What went wrong; without personal data.
  package var words: Text
  /// Row, field, rule and the like; without personal data.
  package var details: [Text]

  /// Describes a failure.
  package init(_ status: ExitStatus, _ words: Text, details: [Text] = []) {
    self.status = status
    self.words = words
    self.details = details
  }

  /// Describes a failure in two languages.
  package init(_ status: ExitStatus, en: String, zh: String) {
    self.init(status, Text(en: en, zh: zh))
  }

  /// What is printed to standard error.
  package func text(_ language: Language) -> String {
    let head = Text(en: "error: ", zh: "错误：")(language) + DisplayWidth.safe(words(language))
    return ([head] + details.map { "  " + DisplayWidth.safe($0(language)) })
      .map { $0 + "\n" }.joined()
  }
}
