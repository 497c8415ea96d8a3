/// What is wrong with a CSV file, and where.
///
/// Two errors are equal when their codes are. The words name lines and columns, never contents,
/// because the files hold personal data.
package struct CSVError: Error, Hashable, Sendable, CustomStringConvertible {
  /// The kind of fault; more may be added.
  package struct Code: Hashable, Sendable, CustomStringConvertible {
    /// The code's name.
    package let description: String

    private init(_ description: String) { self.description = description }

    /// The descriptor could not be read.
    package static let input = Code("input")
    /// The descriptor could not be written.
    package static let output = Code("output")
    /// The bytes are not text in the file's encoding.
    package static let invalidBytes = Code("invalidBytes")
    /// A NUL character, which no text has.
    package static let nul = Code("nul")
    /// The file's encoding cannot be read.
    package static let unsupportedEncoding = Code("unsupportedEncoding")
    /// A field is longer than the limit.
    package static let fieldTooLong = Code("fieldTooLong")
    /// A record is longer than the limit.
    package static let recordTooLong = Code("recordTooLong")
    /// A record has more fields than the limit.
    package static let tooManyFields = Code("tooManyFields")
    /// A quotation mark stands where RFC 4180 has none.
    package static let strayQuote = Code("strayQuote")
    /// The file ends within quotation marks.
    package static let unterminatedQuote = Code("unterminatedQuote")
  }

  /// The kind of fault.
  package let code: Code
  /// The physical line, from 1; 0 where no line is concerned.
  package let line: Int
  /// The field within the record, from 1; 0 where no field is concerned.
  package let column: Int
  /// The fault in words, without the place.
  package let message: String

  /// Describes a fault.
  package init(_ code: Code, line: Int = 0, column: Int = 0, _ message: String) {
    self.code = code
    self.line = line
    self.column = column
    self.message = message
  }

  /// The place and the words: "line 7, column 3: …".
  package var description: String {
    if line == 0 { return message }
    return column == 0
      ? "line \(line): \(message)" : "line \(line), column \(column): \(message)"
  }

  /// Compares codes.
  package static func == (a: CSVError, b: CSVError) -> Bool { a.code == b.code }

  /// Hashes the code.
  package func hash(into hasher: inout Hasher) { hasher.combine(code) }
}
