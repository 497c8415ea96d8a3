package import RegistryAPI

/// One column of a file of pilot work: its headings and what its cells say.
package struct PilotColumn: Sendable, Hashable {
  /// What the cells of a column say.
  enum Part: Sendable, Hashable {
    case label, kind, division, day, title, text, level, source, need, unit, of, project, household
    case also
    case figure(PilotKinds.Number)
    /// Known and passed over.
    case passed
  }

  /// The English heading, which is the column's stable name.
  package let name: String
  /// The Chinese headings that are understood; the first is the one to print.
  package let chinese: [String]
  let part: Part

  /// Every column that a file may have: those that all kinds share, and one for each number.
  package static func all(_ kinds: PilotKinds) -> [PilotColumn] {
    var numbers: [PilotColumn] = []
    for number in kinds.numbers {
      // Amounts under the name of the unit that they are kept in would be taken for a hundredth.
      let isMoney = number.unit == .fen
      numbers.append(
        PilotColumn(
          isMoney ? "yuan" : number.key,
          isMoney ? [number.chinese, number.chinese + "（元）"] : [number.chinese],
          .figure(number)
        )
      )
    }
    return shared + numbers
  }

  private static let shared: [PilotColumn] = [
    PilotColumn("label", ["代号"], .label), PilotColumn("kind", ["类别"], .kind),
    PilotColumn("division", ["区划代码", "区划"], .division), PilotColumn("day", ["日期"], .day),
    PilotColumn("title", ["标题"], .title), PilotColumn("text", ["正文"], .text),
    PilotColumn("level", ["资金层级"], .level), PilotColumn("source", ["依据"], .source),
    PilotColumn("need", ["需求类别", "需求"], .need), PilotColumn("unit", ["规模单位", "单位"], .unit),
    PilotColumn("of", ["所属记录"], .of), PilotColumn("project", ["项目"], .project),
    PilotColumn("household_number", ["户编号", "登记户号"], .household),
    PilotColumn("also", ["其他区划"], .also),
    // The last column of a file of refused rows, which is mended and imported in its turn.
    PilotColumn("refused_because", ["拒绝原因"], .passed),
  ]

  private init(_ name: String, _ chinese: [String], _ part: Part) {
    self.name = name
    self.chinese = chinese
    self.part = part
  }
}

/// What the headings of a file of pilot work mean.
package struct PilotColumns: Sendable {
  /// The column at each position; nil where the heading is unknown.
  package let columns: [PilotColumn?]
  /// The positions, from 1, of headings that nobody knows.
  package let unknown: [Int]
  /// The problems for which the file cannot be read, with `column.` rules; the position, from 1,
  /// or the missing column's name stands in the field.
  package let problems: [Violation]
  private let divisionPosition: Int?
  /// A kind's word by its word and names, as headings are folded.
  private let words: [String: String]

  /// Understands a file's headings, in English or Chinese, in any order, letter case and spacing.
  package init(headings: [String], kinds: PilotKinds) {
    var byHeading: [String: PilotColumn] = [:]
    for column in PilotColumn.all(kinds) {
      for heading in [column.name] + column.chinese {
        byHeading[ImportColumns.folded(heading)] = column
      }
    }
    var columns: [PilotColumn?] = []
    var unknown: [Int] = []
    var problems: [Violation] = []
    var found: Set<String> = []
    for (position, heading) in headings.prefix(ImportColumns.limit).enumerated() {
      let column = byHeading[ImportColumns.folded(heading)]
      columns.append(column)
      if let column {
        if !found.insert(column.name).inserted, column.part != .passed {
          problems.append(.of(.columnRepeated, "column \(position + 1)"))
        }
      } else {
        unknown.append(position + 1)
      }
    }
    for name in ["kind", "division", "day", "title"] where !found.contains(name) {
      problems.append(.of(.columnMissing, name))
    }
    var words: [String: String] = [:]
    for kind in kinds.all {
      for word in [kind.word, kind.english, kind.chinese] {
        words[ImportColumns.folded(word)] = kind.word
      }
    }
    self.columns = columns
    self.unknown = unknown
    self.problems = problems
    divisionPosition = columns.firstIndex { $0?.part == .division }
    self.words = words
  }

  /// The division of a row, for a look at it before all of it is read.
  package func division(fieldCount: Int, field: (Int) -> String) -> String {
    guard let divisionPosition, divisionPosition < fieldCount else { return "" }
    return TextRules.foldedNumber(TextRules.trimmed(field(divisionPosition)))
  }

  /// Reads a row.
  /// - Parameters:
  ///   - row: its number, 1 being the first below the headings.
  ///   - fieldCount: how many fields it has.
  ///   - lists: the code lists, for kinds of needs.
  ///   - field: gives the text of a field by its position from 0.
  package func row(
    _ row: UInt32,
    fieldCount: Int,
    lists: CodeLists,
    field: (Int) -> String
  ) -> PilotRow {
    var read = PilotRow(row: row)
    for (position, column) in columns.enumerated() where position < fieldCount {
      guard let column else { continue }
      let text = TextRules.trimmed(field(position))
      if text.isEmpty { continue }
      if let rule = fill(&read, column.part, text, lists) {
        read.violations.append(Violation(rule, row: row, member: 0, field: column.name))
      }
    }
    return read
  }

  private func fill(
    _ row: inout PilotRow,
    _ part: PilotColumn.Part,
    _ text: String,
    _ lists: CodeLists
  ) -> Rule? {
    switch part {
    case .label: row.label = text
    case .kind: row.record.kind = words[ImportColumns.folded(text)] ?? text
    case .division: row.record.division = TextRules.foldedNumber(text)
    case .day: return Cell.day(text, &row.record.day)
    case .title: row.record.title = text
    case .text: row.record.text = text
    case .level: row.record.level = Self.levels[text] ?? text
    case .source: row.record.source = text
    case .need: return Cell.code(text, lists.needKind, &row.record.need)
    case .unit: row.record.unit = text
    case .of: row.of = text
    case .project: row.project = text
    case .household: row.household = text
    case .also:
      row.record.divisions = text.split { " ,，;；、|｜".contains($0) }
        .map { TextRules.foldedNumber(String($0)) }
    case .figure(let number): return figure(&row.record, number, text)
    case .passed: break
    }
    return nil
  }

  private func figure(
    _ record: inout PilotRecord,
    _ number: PilotKinds.Number,
    _ text: String
  ) -> Rule? {
    let folded = TextRules.foldedNumber(text)
    let value: Int64
    if number.unit == .fen || number.unit == .hundredths {
      guard let amount = Amount(yuan: folded) else {
        return number.unit == .fen ? .money : .number
      }
      value = amount.fen
    } else {
      guard folded.utf8.allSatisfy({ $0 &- 0x30 <= 9 }), let whole = Int64(folded) else {
        return .number
      }
      value = whole
    }
    record.figures.append(PilotFigure(key: number.key, value: value))
    return nil
  }

  /// Whose money it is, in the words of forms.
  private static let levels = [
    "中央": "state", "国家": "state", "省级": "province", "省": "province", "市级": "prefecture",
    "市": "prefecture", "县级": "county", "县": "county", "社会": "society",
  ]
}

/// A row of a file of pilot work.
package struct PilotRow: Sendable, Hashable {
  /// Its number, 1 being the first below the headings.
  package let row: UInt32
  /// A name by which later rows of the file may mean its record.
  package var label = ""
  /// The record that it is of and the project that it is for: an id, or an earlier row's label.
  package var of = ""
  package var project = ""
  /// The number of the household that it is about.
  package var household = ""
  /// The rest, as it is to be recorded.
  package var record = PilotRecord()
  /// The cells that could not be read, and rules that are known to be broken.
  package var violations: [Violation] = []

  /// A row that says nothing yet.
  package init(row: UInt32) { self.row = row }

  /// The rules that the row breaks, as far as can be told without the node: what the record names is
  /// taken to be there.
  ///
  /// - Parameter labels: those of earlier rows.
  package func broken(
    by kinds: PilotKinds,
    today: Day,
    labels: Set<String>
  ) -> [Violation] {
    var broken = violations
    func check(_ holds: Bool, _ rule: PilotFileRule, _ field: String) {
      if !holds { broken.append(rule.violation(field, row: row)) }
    }
    check(TextRules.broken(label, limit: 100) == nil && !labels.contains(label), .label, "label")
    for (field, text) in [("of", of), ("project", project)] {
      check(text.isEmpty || labels.contains(text) || Self.isID(text), .reference, field)
    }
    var record = record
    let some = [UInt8](repeating: 0, count: 16)
    if !of.isEmpty { record.of = some }
    if !project.isEmpty { record.project = some }
    if !household.isEmpty { record.household = some }
    let told = Set(broken.map(\.field))
    let rules = kinds.broken(
      record,
      division: DivisionCode(record.division)?.level,
      setter: nil,
      today: today,
      isLater: false
    )
    for var violation in rules {
      violation.row = row
      violation.field = Self.column(violation.field)
      if !told.contains(violation.field) { broken.append(violation) }
    }
    return broken
  }

  /// Whether a text is an id as lists print it.
  package static func isID(_ text: String) -> Bool {
    text.utf8.count == 32
      && text.utf8.allSatisfy { byte in
        byte &- 0x30 <= 9 || byte | 0x20 >= 0x61 && byte | 0x20 <= 0x66
      }
  }

  /// The heading of the column that a field of a record stands in.
  package static func column(_ field: String) -> String {
    var path = field[...]
    if path.hasPrefix("record.") { path = path.dropFirst(7) }
    if path.hasPrefix("figures.") { path = path.dropFirst(8) }
    return switch path {
    case "fen": "yuan"
    case "household": "household_number"
    case "divisions": "also"
    default: String(path)
    }
  }
}

/// The rules of files of pilot work, beside those of their records.
package enum PilotFileRule: String, Sendable, Hashable, CaseIterable {
  case label = "pilot-file.label"
  case reference = "pilot-file.reference"
  case referenceRefused = "pilot-file.reference-refused"

  /// The violation of this rule by a row.
  package func violation(_ field: String, row: UInt32) -> Violation {
    Violation(
      row: row,
      field: field,
      rule: rawValue,
      messageEn: words.0,
      messageZh: words.1
    )
  }

  private var words: (String, String) {
    switch self {
    case .label:
      (
        "a label has at most 100 bytes, no control characters, and stands at one row",
        "代号不超过100字节，不含控制字符，且不得重复"
      )
    case .reference:
      (
        "what a row names is a record's id or the label of a row above it",
        "所填应为记录标识，或上文某行的代号"
      )
    case .referenceRefused: ("the row that it names was refused", "所依据的行被拒")
    }
  }
}
