package import Bilingual

/// How `registryd` ends: the codes of `sysexits.h`.
package enum DaemonExit: Int32, Sendable, Hashable {
  /// After a drain, or after `--check-config` found nothing.
  case ok = 0
  /// The address can't be listened on.
  case unavailable = 69
  /// An invariant is broken.
  case software = 70
  /// The database or its key file can't be made, opened, read or written.
  case inputOutput = 74
  /// Another process has the database.
  case locked = 75
  /// A setting, certificate or key is missing or wrong, or contradicts the database.
  case configuration = 78
}

/// Why the node did not start or did not end well: words for the operator and an exit code.
package struct DaemonFailure: Error, Sendable, CustomStringConvertible {
  /// The code that the process ends with.
  package let exit: DaemonExit
  /// One sentence, without personal data.
  package let words: Text

  /// Describes a failure.
  package init(_ exit: DaemonExit, _ words: Text) {
    self.exit = exit
    self.words = words
  }

  /// Describes a failure in two languages.
  package init(_ exit: DaemonExit, en: String, zh: String) {
    self.init(exit, Text(en: en, zh: zh))
  }

  /// The sentence in English.
  package var description: String { words.en }
}
