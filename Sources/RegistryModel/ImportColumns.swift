package import RegistryAPI

/// What a file's headings mean: which column stands where.
package struct ImportColumns: Sendable {
  /// A file has at most this many columns.
  package static let limit = 1024

  /// The column at each position; nil where the heading is unknown and the cells are passed over.
  package let columns: [ImportColumn?]

  /// The positions, from 1, of headings that nobody knows.
  package let unknown: [Int]

  /// The problems for which the file cannot be read, with `column.` rules; the position, from 1,
  /// or the missing column's name stands in the field.
  package let problems: [Violation]

  let keyPosition: Int?
  let numberPosition: Int?
  let relationPosition: Int?

  /// Understands a file's headings, in English or Chinese, in any order, letter case and spacing.
  package init(headings: [String]) {
    var columns: [ImportColumn?] = []
    var unknown: [Int] = []
    var problems: [Violation] = []
    var positions: [String: Int] = [:]
    for (position, heading) in headings.prefix(ImportColumns.limit).enumerated() {
      let column = ImportColumns.byHeading[ImportColumns.folded(heading)]
      if let column {
        let isRepeated = positions.updateValue(position, forKey: column.name) != nil
        if isRepeated, !column.isPassed {
          problems.append(.of(.columnRepeated, "column \(position + 1)"))
        }
      } else {
        unknown.append(position + 1)
      }
      columns.append(column)
    }
    for name in ["name", "relation"] where positions[name] == nil {
      problems.append(.of(.columnMissing, name))
    }
    if positions["village_code"] == nil, positions["household_number"] == nil {
      problems.append(.of(.columnMissing, "village_code"))
    }
    self.columns = columns
    self.unknown = unknown
    self.problems = problems
    keyPosition = positions["household"]
    numberPosition = positions["household_number"]
    relationPosition = positions["relation"]
  }

  private static let byHeading: [String: ImportColumn] = {
    var table: [String: ImportColumn] = [:]
    for column in ImportColumn.all {
      for heading in [column.name] + column.chinese { table[folded(heading)] = column }
    }
    return table
  }()

  /// A heading in small letters without spaces, `_`, `-` and `*`, its brackets made ASCII.
  static func folded(_ heading: String) -> String {
    var result = String.UnicodeScalarView()
    for scalar in heading.unicodeScalars.prefix(100) {
      switch scalar.value {
      case 0x20, 0x09, 0x0A, 0x0D, 0x3000, 0xA0, 0xFEFF, 0x2A, 0x2D, 0x5F: continue
      case 0x41...0x5A: result.append(Unicode.Scalar(UInt8(scalar.value + 0x20)))
      case 0xFF08: result.append("(")
      case 0xFF09: result.append(")")
      default: result.append(scalar)
      }
    }
    return String(result)
  }
}

extension Violation {
  static func of(_ rule: Rule, _ field: String) -> Violation {
    Violation(rule, row: 0, member: 0, field: field)
  }
}
