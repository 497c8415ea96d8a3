internal import CSV

/// Prints tables as CSV under their keys, and records as key and value, nested keys joined by dots.
struct CSVPrinter {
  func text(_ rows: Rows) -> String {
    var writer = CSVWriter()
    writer.write(rows.columns.map(\.key))
    for row in rows.rows { writer.write(row.map(\.cell)) }
    return String(decoding: writer.bytes, as: UTF8.self)
  }

  func text(_ record: Record) -> String {
    var writer = CSVWriter()
    writer.write(["key", "value"])
    write(record, prefix: "", to: &writer)
    return String(decoding: writer.bytes, as: UTF8.self)
  }

  private func write(_ record: Record, prefix: String, to writer: inout CSVWriter) {
    for item in record.items {
      switch item.value {
      case .record(let inner):
        write(inner, prefix: "\(prefix)\(item.key).", to: &writer)
      case .records(let records):
        for (number, inner) in records.enumerated() {
          write(inner, prefix: "\(prefix)\(item.key).\(number + 1).", to: &writer)
        }
      case .rows(let rows):
        for (number, row) in rows.rows.enumerated() {
          let items = zip(rows.columns, row).map { Record.Item($0.key, "", "", $1) }
          write(Record(items), prefix: "\(prefix)\(item.key).\(number + 1).", to: &writer)
        }
      default:
        writer.write(["\(prefix)\(item.key)", item.value.cell])
      }
    }
  }
}
