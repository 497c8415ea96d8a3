/// Prints values as JSON (RFC 8259): records over several lines, each row of a table on one.
struct JSONPrinter {
  let language: Language

  func text(_ rows: Rows) -> String { render(.rows(rows), indent: 0) + "\n" }

  func text(_ record: Record) -> String { render(.record(record), indent: 0) + "\n" }

  /// One record on one line, for JSON lines.
  func line(_ record: Record) -> String { compact(.record(record)) }

  private func render(_ value: Value, indent: Int) -> String {
    let margin = String(repeating: " ", count: indent)
    switch value {
    case .record(let record) where !record.items.isEmpty:
      let items = record.items.map {
        "\(margin)  \(Self.quoted($0.key)): \(render($0.value, indent: indent + 2))"
      }
      return "{\n" + items.joined(separator: ",\n") + "\n\(margin)}"
    case .records(let records) where !records.isEmpty:
      let items = records.map { margin + "  " + render(.record($0), indent: indent + 2) }
      return "[\n" + items.joined(separator: ",\n") + "\n\(margin)]"
    case .rows(let rows) where !rows.rows.isEmpty:
      let items = rows.rows.map { "\(margin)  \(compact(row($0, rows.columns)))" }
      return "[\n" + items.joined(separator: ",\n") + "\n\(margin)]"
    default:
      return compact(value)
    }
  }

  private func compact(_ value: Value) -> String {
    switch value {
    case .absent: "null"
    case .withheld: #"{"withheld": true}"#
    case .text(let text): Self.quoted(text)
    case .integer(let number): String(number)
    case .share(let share): share.flatMap { $0.isFinite ? "\($0)" : nil } ?? "null"
    case .money(let fen): String(fen)
    case .hundredths(let number): String(number)
    case .flag(let flag): flag ? "true" : "false"
    case .coded(let code, let name):
      "{\"code\": \(Self.quoted(code)), \"name\": \(Self.quoted(name(language)))}"
    case .list(let values): "[" + values.map(compact).joined(separator: ", ") + "]"
    case .rows(let rows):
      "[" + rows.rows.map { compact(row($0, rows.columns)) }.joined(separator: ", ") + "]"
    case .records(let records):
      "[" + records.map { compact(.record($0)) }.joined(separator: ", ") + "]"
    case .record(let record):
      "{"
        + record.items.map { "\(Self.quoted($0.key)): \(compact($0.value))" }
        .joined(separator: ", ") + "}"
    }
  }

  private func row(_ values: [Value], _ columns: [Rows.Column]) -> Value {
    .record(Record(zip(columns, values).map { Record.Item($0.key, "", "", $1) }))
  }

  static func quoted(_ text: String) -> String {
    var result = "\""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\"": result += "\\\""
      case "\\": result += "\\\\"
      case "\n": result += "\\n"
      case "\r": result += "\\r"
      case "\t": result += "\\t"
      case let control where control.value < 0x20 || control.value == 0x7F:
        let hex = String(control.value, radix: 16)
        result += "\\u" + String(repeating: "0", count: 4 - hex.count) + hex
      default: result.unicodeScalars.append(scalar)
      }
    }
    return result + "\""
  }
}
