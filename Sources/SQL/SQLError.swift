/// An error of a database, with a code that callers decide on and words for the operator.
///
/// The words name tables, columns and rules, never a bound value: statements carry their values as
/// parameters, and drivers add none of them to a text.
package struct SQLError: Error, Hashable, Sendable {
  /// The kind of a failure; an open set, because drivers know more kinds than callers decide on.
  package struct Code: Hashable, Sendable, RawRepresentable {
    /// The name of the kind.
    package let rawValue: String

    /// A kind by its name.
    package init(rawValue: String) {
      self.rawValue = rawValue
    }

    /// A row with this key exists already; `SQLError.names` says which columns.
    package static let unique = Code(rawValue: "unique")
    /// A row that is referred to does not exist, or one that is still referred to was removed.
    package static let foreignKey = Code(rawValue: "foreign key")
    /// A column that must have a value was given NULL.
    package static let notNull = Code(rawValue: "not null")
    /// A CHECK rule, or the declared type of a column, refuses the value.
    package static let check = Code(rawValue: "check")
    /// Another connection holds the database; the statement may be tried again.
    package static let busy = Code(rawValue: "busy")
    /// The disk, or the space that the database may take, is full.
    package static let full = Code(rawValue: "full")
    /// The database or the connection takes no writes.
    package static let readOnly = Code(rawValue: "read-only")
    /// The database's pages contradict each other, or the file is not a database.
    package static let corrupt = Code(rawValue: "corrupt")
    /// The statement was interrupted or passed its step limit.
    package static let interrupted = Code(rawValue: "interrupted")
    /// The file or device failed to read, write or sync.
    package static let inputOutput = Code(rawValue: "input/output")
    /// The database cannot be opened: absent, no permission, a directory.
    package static let cannotOpen = Code(rawValue: "cannot open")
    /// The file is a database of another program.
    package static let foreign = Code(rawValue: "foreign database")
    /// Another process has this database open for writing.
    package static let inUse = Code(rawValue: "in use")
    /// The database was written by a newer version of this program, or its history is another one.
    package static let schema = Code(rawValue: "schema")
    /// The statement is wrong, or it was used against its contract.
    package static let misuse = Code(rawValue: "misuse")
    /// A value or a statement is longer than the database takes.
    package static let tooLarge = Code(rawValue: "too large")
    /// Memory ran out.
    package static let noMemory = Code(rawValue: "no memory")
    /// The connection to the database's server is gone; what ran is undone, but the outcome of a
    /// commit that was under way is not known.
    package static let connectionLost = Code(rawValue: "connection lost")
    /// Everything else; `SQLError.extendedCode` tells more.
    package static let other = Code(rawValue: "other")
  }

  /// What kind of failure it is.
  package var code: Code
  /// What went wrong, in words, without personal data.
  package var message: String
  /// The columns (`table.column`) or the rule that a constraint names, empty for other failures.
  /// PostgreSQL names a broken UNIQUE, CHECK or REFERENCES by the constraint's own name.
  package var names: [String]
  /// The driver's own code: SQLite's extended result code, or 0.
  package var extendedCode: Int32

  /// An error with words that hold no bound value.
  package init(
    _ code: Code,
    _ message: String,
    names: [String] = [],
    extendedCode: Int32 = 0
  ) {
    self.code = code
    self.message = message
    self.names = names
    self.extendedCode = extendedCode
  }
}

extension SQLError: CustomStringConvertible {
  /// Code and words.
  package var description: String {
    extendedCode == 0
      ? "\(code.rawValue): \(message)" : "\(code.rawValue) (\(extendedCode)): \(message)"
  }
}
