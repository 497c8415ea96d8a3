internal import CSV
internal import RegistryAPI
internal import RegistryModel

/// What a file of households says, found out without a server.
struct ImportPreview {
  /// The most problems that are shown.
  static let problemLimit = 20

  private(set) var households: Int64 = 0
  private(set) var refused: Int64 = 0
  private(set) var problems: [Violation] = []
  private(set) var problemCount: Int64 = 0
  private(set) var rows: Int64 = 0
  let headings: [String]
  let columns: ImportColumns
  let encoding: CSVEncoding

  /// Reads the whole file and checks every household by the model's rules.
  ///
  /// - Throws: `CSVError`, `CommandFailure`.
  init(
    _ file: InputFile,
    encoding: CSVEncoding?,
    rules: HouseholdRules,
    progress: ProgressBar
  ) throws {
    let source = try ImportFile(file, encoding: encoding, rules: rules)
    headings = source.headings
    columns = source.columns
    self.encoding = source.encoding
    while let entry = try source.next() {
      let imported = entry.imported
      let found = imported.violations(by: rules)
      households += 1
      problemCount += Int64(found.count)
      if !found.isEmpty { refused += 1 }
      if problems.count < Self.problemLimit {
        problems += found.prefix(Self.problemLimit - problems.count)
      }
      rows = Int64(source.rowCount)
      progress.update(rows)
    }
    rows = Int64(source.rowCount)
  }

  /// The preview as it is printed.
  var record: Record {
    let understood = zip(headings, columns.columns).map { heading, column -> [Value] in
      [
        .text(heading), column.map { .text($0.name) } ?? .absent,
        column.map { $0.path.isEmpty ? .absent : .text($0.path) } ?? .absent,
      ]
    }
    return Record([
      .init("encoding", "Encoding", "编码", .text(encoding.rawValue)),
      .init("rows", "Rows", "行数", .integer(rows)),
      .init("households", "Households", "户数", .integer(households)),
      .init("refused", "To be refused", "将被拒户数", .integer(refused)),
      .init("problem_count", "Problems", "问题数", .integer(problemCount)),
      .init(
        "columns",
        "Columns",
        "列",
        .rows(
          Rows(
            [
              .init("heading", "Heading", "表头"), .init("column", "Understood as", "理解为"),
              .init("path", "Field", "字段"),
            ],
            understood
          )
        )
      ),
      .problems(problems),
    ])
  }
}

extension Record.Item {
  /// What is wrong with a file's rows, the first of it.
  static func problems(_ problems: [Violation]) -> Record.Item {
    let lines = problems.map { problem -> [Value] in
      [
        .integer(Int64(problem.row)), .text(problem.field), .text(problem.rule),
        .coded(problem.rule, Text(en: problem.messageEn, zh: problem.messageZh)),
      ]
    }
    return .init(
      "problems",
      "First problems",
      "首批问题",
      .rows(
        Rows(
          [
            .init("row", "Row", "行"), .init("field", "Field", "字段"),
            .init("rule", "Rule", "规则"), .init("words", "Reason", "原因"),
          ],
          lines
        )
      )
    )
  }
}
