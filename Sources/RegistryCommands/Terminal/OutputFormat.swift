internal import ArgumentParser

/// How results are printed.
package enum OutputFormat: String, Sendable, CaseIterable, ExpressibleByArgument {
  /// Aligned text for people.
  case table
  /// JSON (RFC 8259): money in fen, shares as fractions of 1, codes with their names.
  case json
  /// CSV (RFC 4180): money in yuan, codes alone.
  case csv

  /// A table in this form.
  package func text(_ rows: Rows, _ language: Language) -> String {
    switch self {
    case .table: TablePrinter(language: language).text(rows)
    case .json: JSONPrinter(language: language).text(rows)
    case .csv: CSVPrinter().text(rows)
    }
  }

  /// A record in this form.
  package func text(_ record: Record, _ language: Language) -> String {
    switch self {
    case .table: TablePrinter(language: language).text(record)
    case .json: JSONPrinter(language: language).text(record)
    case .csv: CSVPrinter().text(record)
    }
  }
}
