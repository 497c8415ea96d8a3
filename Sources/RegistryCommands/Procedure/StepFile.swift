internal import CSV

/// A CSV file of applications: one row each, its number and what the row says of the step.
///
/// Headings are those of `StepField` in either language, `number` or 申请编号, and those of a list
/// of applications, which are passed over: what `inbox --output csv` prints can be filled in and
/// given back.
struct StepFile {
  /// The most rows of one file.
  static let rowLimit = 100_000

  /// One row.
  struct Row: Sendable {
    var place: UInt32
    var number: String
    var values: StepValues
    var text: RowText
  }

  let headings: [String]
  let rows: [Row]

  /// Reads a file whole.
  ///
  /// - Throws: `CSVError`; `dataRefused` for headings that nobody knows, naming them.
  init(_ file: InputFile) throws {
    file.rewind()
    let reader = try CSVReader(descriptor: file.descriptor)
    guard try reader.next() else {
      throw CommandFailure(.dataRefused, en: "the file is empty", zh: "文件为空")
    }
    headings = reader.texts
    let columns = try Columns(headings)
    var rows: [Row] = []
    while try reader.next() {
      guard rows.count < Self.rowLimit else {
        throw CommandFailure(
          .dataRefused,
          en: "the file has more than \(Self.rowLimit) rows",
          zh: "文件超过 \(Self.rowLimit) 行"
        )
      }
      var text = RowText()
      text.append(reader)
      var values = StepValues()
      for (position, field) in columns.fields {
        values.texts[field] = reader.text(at: position).trimmingSpaces
      }
      rows.append(
        Row(
          place: UInt32(rows.count + 1),
          number: reader.text(at: columns.number).trimmingSpaces,
          values: values,
          text: text
        )
      )
    }
    self.rows = rows
  }

  private struct Columns {
    var number = -1
    var fields: [(Int, StepField)] = []

    init(_ headings: [String]) throws(CommandFailure) {
      var unknown: [Text] = []
      for (position, heading) in headings.enumerated() {
        let name = heading.trimmingSpaces.lowercased()
        if ["number", "申请编号"].contains(name), number < 0 {
          number = position
        } else if let field = StepField(heading: name) {
          guard !fields.contains(where: { $0.1 == field }) else {
            throw CommandFailure(
              .dataRefused,
              en: "column \(position + 1) is there twice",
              zh: "第 \(position + 1) 列重复"
            )
          }
          fields.append((position, field))
        } else if !StepFile.passed.contains(name) {
          unknown.append(
            Text(
              en: "column \(position + 1): \(heading.prefix(100))",
              zh: "第 \(position + 1) 列：\(heading.prefix(100))"
            )
          )
        }
      }
      guard unknown.isEmpty else {
        throw CommandFailure(
          .dataRefused,
          Text(en: "unknown headings", zh: "有无法识别的列名"),
          details: Array(unknown.prefix(50))
        )
      }
      guard number >= 0 else {
        throw CommandFailure(
          .dataRefused,
          en: "there is no column number",
          zh: "缺少“申请编号”列"
        )
      }
    }
  }

  /// Headings of lists and of files of refused rows.
  private static let passed: Set<String> = {
    var names: Set<String> = ["refused_because", "拒绝原因"]
    for column in ApplicationTable.columns { names.formUnion([column.key, column.title.zh]) }
    return names
  }()
}
