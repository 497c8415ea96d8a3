/// Prints tables and records as aligned text.
struct TablePrinter {
  let language: Language

  func text(_ rows: Rows) -> String { lines(rows, indent: 0).map { $0 + "\n" }.joined() }

  func text(_ record: Record) -> String { lines(record, indent: 0).map { $0 + "\n" }.joined() }

  private func lines(_ rows: Rows, indent: Int) -> [String] {
    let titles = rows.columns.map { $0.title(language) }
    let cells = rows.rows.map { $0.map { $0.shown(language) } }
    let isRight = rows.columns.indices.map { index in
      rows.rows.contains { index < $0.count && $0[index].isNumeric }
    }
    let widths = titles.indices.map { index in
      ([titles] + cells).map { index < $0.count ? DisplayWidth.of($0[index]) : 0 }.max() ?? 0
    }
    let margin = String(repeating: " ", count: indent)
    let rule = widths.map { String(repeating: "-", count: $0) }
    return ([titles, rule] + cells).map { row in
      let padded = zip(row.indices, row).map { index, cell in
        DisplayWidth.padded(cell, to: widths[index], right: isRight[index])
      }
      return margin + trimmed(padded.joined(separator: "  "))
    }
  }

  private func lines(_ record: Record, indent: Int) -> [String] {
    let margin = String(repeating: " ", count: indent)
    let width =
      record.items.filter { !isNested($0.value) }
      .map { DisplayWidth.of($0.title(language)) }.max() ?? 0
    return record.items.flatMap { item -> [String] in
      let title = item.title(language)
      switch item.value {
      case .record(let inner):
        return [margin + title] + lines(inner, indent: indent + 2)
      case .records(let records):
        return records.enumerated().flatMap { number, inner in
          ["\(margin)\(title) \(number + 1)"] + lines(inner, indent: indent + 2)
        }
      case .rows(let rows) where rows.rows.isEmpty:
        return [margin + DisplayWidth.padded(title, to: width) + "  –"]
      case .rows(let rows):
        return [margin + title] + lines(rows, indent: indent + 2)
      default:
        let padded = DisplayWidth.padded(title, to: width)
        return [trimmed(margin + padded + "  " + item.value.shown(language))]
      }
    }
  }

  private func isNested(_ value: Value) -> Bool {
    switch value {
    case .record, .records, .rows: true
    default: false
    }
  }

  private func trimmed(_ line: String) -> String {
    guard let last = line.lastIndex(where: { $0 != " " }) else { return "" }
    return String(line[...last])
  }
}
