internal import CSV

/// Prints the rows of a list that may be long as they come, in the form that was asked for: CSV and
/// JSON at once, tables by blocks under their headings, since a table needs the widths of its rows.
struct RowStream {
  /// Rows of one block of a table.
  static let block = 10_000

  private let output: OutputFormat
  private let console: Console
  private var rows: Rows
  private var csv = CSVWriter()
  private var isFirst = true

  /// Begins a list.
  init(_ columns: [Rows.Column], _ output: OutputFormat, on console: Console) {
    self.output = output
    self.console = console
    rows = Rows(columns)
    if output == .csv { csv.write(columns.map(\.key)) }
  }

  /// Prints more rows.
  /// - Throws: `CommandFailure` with status `inputOutput`.
  mutating func add(_ more: [[Value]]) throws(CommandFailure) {
    switch output {
    case .csv:
      for row in more { csv.write(row.map(\.cell)) }
      try console.output.write(csv.take())
    case .json:
      let printer = JSONPrinter(language: console.language)
      for row in more {
        let items = zip(rows.columns, row).map { Record.Item($0.key, "", "", $1) }
        try console.print((isFirst ? "[\n  " : ",\n  ") + printer.line(Record(items)))
        isFirst = false
      }
    case .table:
      rows.rows += more
      if rows.rows.count >= Self.block { try printBlock() }
    }
  }

  /// Ends the list.
  /// - Throws: `CommandFailure` with status `inputOutput`.
  mutating func finish() throws(CommandFailure) {
    switch output {
    case .csv: try console.output.write(csv.take())
    case .json: try console.print(isFirst ? "[]\n" : "\n]\n")
    case .table: if isFirst || !rows.rows.isEmpty { try printBlock() }
    }
  }

  private mutating func printBlock() throws(CommandFailure) {
    try console.print(output.text(rows, console.language))
    rows.rows = []
    isFirst = false
  }
}
