internal import CSV
internal import RegistryAPI
internal import RegistryModel

/// A file of pilot work: its headings understood, its rows read.
///
/// For one task at a time.
final class PilotFile {
  /// A row, and as it stands in the file.
  struct Entry: Sendable {
    var row: PilotRow
    var text: RowText
  }

  let headings: [String]
  let columns: PilotColumns
  let encoding: CSVEncoding
  /// Rows read so far, blank lines and headings aside.
  private(set) var rowCount: UInt32 = 0
  private let reader: CSVReader
  private let plan: PilotImportPlan

  /// Reads the headings.
  ///
  /// - Throws: `CSVError`; `dataRefused` when the headings are not understood.
  init(_ plan: PilotImportPlan) throws {
    self.plan = plan
    plan.file.rewind()
    reader = try CSVReader(descriptor: plan.file.descriptor, encoding: plan.encoding)
    encoding = reader.encoding
    guard try reader.next() else {
      throw CommandFailure(.dataRefused, en: "the file is empty", zh: "文件为空")
    }
    headings = reader.texts
    columns = PilotColumns(headings: headings, kinds: plan.kinds)
    let unknown = columns.unknown.map { position in
      let heading = headings[position - 1].prefix(100)
      return Text(
        en: "column \(position): no such heading: \(heading)",
        zh: "第 \(position) 列：无此列名：\(heading)"
      )
    }
    let problems = columns.problems.map(Text.init) + unknown
    guard problems.isEmpty else {
      throw CommandFailure(
        .dataRefused,
        Text(en: "the headings are not understood", zh: "无法理解表头"),
        details: Array(problems.prefix(50))
      )
    }
  }

  /// The next row that is meant; nil at the end of the file.
  ///
  /// - Throws: `CSVError`; `dataRefused` for more rows than can be counted.
  func next() throws -> Entry? {
    while try reader.next() {
      guard rowCount < .max else {
        throw CommandFailure(.dataRefused, en: "the file has too many rows", zh: "文件行数过多")
      }
      rowCount += 1
      let reader = reader
      let count = reader.fieldCount
      if !plan.divisions.isEmpty {
        let division = columns.division(fieldCount: count) { reader.text(at: $0) }
        guard plan.divisions.contains(division) else { continue }
      }
      let row = columns.row(rowCount, fieldCount: count, lists: plan.lists) {
        reader.text(at: $0)
      }
      var text = RowText()
      text.append(reader)
      return Entry(row: row, text: text)
    }
    return nil
  }
}

/// What a file of pilot work says, found out before anything is sent.
struct PilotFileCheck {
  /// The most problems that are kept.
  static let problemLimit = 50

  let headings: [String]
  let columns: PilotColumns
  let encoding: CSVEncoding
  /// Rows, those that are meant, and those of them that break a rule.
  private(set) var rows: Int64 = 0
  private(set) var meant: Int64 = 0
  private(set) var refused: Int64 = 0
  private(set) var problemCount: Int64 = 0
  private(set) var problems: [Violation] = []
  /// Rows by kind, of those that are meant.
  private(set) var kinds: [String: Int64] = [:]

  /// Reads the whole file and checks every row that is meant.
  ///
  /// - Throws: `CSVError`, `CommandFailure`.
  init(_ plan: PilotImportPlan, today: Day) throws {
    let file = try plan.open()
    headings = file.headings
    columns = file.columns
    encoding = file.encoding
    var labels: Set<String> = []
    while let row = try file.next()?.row {
      meant += 1
      kinds[row.record.kind, default: 0] += 1
      let broken = row.broken(by: plan.kinds, today: today, labels: labels)
      if !row.label.isEmpty { labels.insert(row.label) }
      if broken.isEmpty { continue }
      refused += 1
      problemCount += Int64(broken.count)
      problems += broken.prefix(Self.problemLimit - problems.count)
    }
    rows = Int64(file.rowCount)
  }

  /// The check as it is printed.
  func record(_ kinds: PilotKinds) -> Record {
    let understood = zip(headings, columns.columns).map { heading, column -> [Value] in
      [.text(heading), column.map { .text($0.name) } ?? .absent]
    }
    let counts = kinds.all.compactMap { kind in
      self.kinds[kind.word].map { count -> [Value] in
        [.coded(kind.word, Text(en: kind.english, zh: kind.chinese)), .integer(count)]
      }
    }
    return Record([
      .init("encoding", "Encoding", "编码", .text(encoding.rawValue)),
      .init("rows", "Rows", "行数", .integer(rows)),
      .init("left_out", "Of other divisions", "其他区划", .integer(rows - meant)),
      .init("refused", "To be refused", "将被拒行数", .integer(refused)),
      .init("problem_count", "Problems", "问题数", .integer(problemCount)),
      .init(
        "columns",
        "Columns",
        "列",
        .rows(
          Rows(
            [.init("heading", "Heading", "表头"), .init("column", "Understood as", "理解为")],
            understood
          )
        )
      ),
      .init(
        "kinds",
        "Kinds",
        "类别",
        .rows(Rows([.init("kind", "Kind", "类别"), .init("rows", "Rows", "行数")], counts))
      ),
      .problems(problems),
    ])
  }
}

/// Which rows of which file are meant, and how they are read.
struct PilotImportPlan: Sendable {
  var file: InputFile
  var encoding: CSVEncoding?
  var kinds: PilotKinds
  var lists: CodeLists
  /// The codes of the divisions whose rows are meant; empty for all.
  var divisions: Set<String> = []

  /// Opens the file at its first row.
  ///
  /// - Throws: `CSVError`, `CommandFailure`.
  func open() throws -> PilotFile { try PilotFile(self) }
}
