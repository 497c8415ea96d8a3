package import RegistryAPI

/// One household put together from a file's rows.
package struct ImportedHousehold: Sendable, Hashable {
  /// The head's row, 1 being the first below the headings.
  package let firstRow: UInt32
  /// How many rows it has.
  package let rowCount: UInt32
  /// What the rows say, normalised.
  package let household: Household
  /// The cells that could not be read; the household's rules are not checked here.
  package let violations: [Violation]
}

/// Puts a file's rows together into households: one row a member, the head's first.
///
/// Rows with the same key (column `household`, or `household_number` where there is none) belong
/// together while they follow each other; where the key is empty, a head's row begins a household and
/// every other row goes on with it. An empty cell says nothing.
/// A household's cells stand on the head's row; on the others they are empty or the same.
package struct ImportAssembler: Sendable {
  private let columns: ImportColumns
  private let rules: HouseholdRules
  private var current: Draft?

  private struct Draft: Sendable {
    let firstRow: UInt32
    let key: String
    var rowCount: UInt32 = 0
    var household = Household()
    var violations: [Violation] = []
    /// The household's cells on the head's row, by position; empty where there are none.
    var cells: [String] = []
  }

  /// Makes an assembler for a file whose headings were understood without problems.
  package init(columns: ImportColumns, rules: HouseholdRules) {
    self.columns = columns
    self.rules = rules
  }

  /// Takes the next row; returns the household that ended with the row before, if one did.
  /// - Parameters:
  ///   - row: its number, 1 being the first below the headings.
  ///   - fieldCount: how many fields it has.
  ///   - field: gives the text of a field by its position from 0.
  package mutating func add(
    row: UInt32,
    fieldCount: Int,
    field: (Int) -> String
  ) -> ImportedHousehold? {
    func cell(_ position: Int?) -> String {
      guard let position, position < fieldCount else { return "" }
      return TextRules.trimmed(field(position))
    }
    let key = cell(columns.keyPosition ?? columns.numberPosition)
    var finished: ImportedHousehold?
    if startsHousehold(key: key, relation: cell(columns.relationPosition)) {
      finished = finish()
      current = Draft(firstRow: row, key: key)
    }
    guard var draft = current else { return finished }
    current = nil
    read(row, fieldCount: fieldCount, field: cell, into: &draft)
    current = draft
    return finished
  }

  /// Takes the next row from its fields.
  package mutating func add(row: UInt32, fields: [String]) -> ImportedHousehold? {
    add(row: row, fieldCount: fields.count) { fields[$0] }
  }

  /// Ends the file; returns the last household, if there is one.
  package mutating func finish() -> ImportedHousehold? {
    guard let draft = current else { return nil }
    current = nil
    var violations = draft.violations
    if draft.household.members.first?.identity?.relation != Relation.head {
      let hasHead = draft.household.members.contains { $0.identity?.relation == Relation.head }
      if hasHead || draft.key.isEmpty {
        let rule: Rule = hasHead ? .headFirst : .rowWithoutHead
        violations.append(
          Violation(rule, row: draft.firstRow, member: 1, field: "members.identity.relation")
        )
      }
    }
    return ImportedHousehold(
      firstRow: draft.firstRow,
      rowCount: draft.rowCount,
      household: rules.normalised(draft.household),
      violations: violations
    )
  }

  private func startsHousehold(key: String, relation: String) -> Bool {
    guard let current else { return true }
    if !key.isEmpty { return key != current.key }
    var code: UInt32 = 0
    return Cell.relation(relation, rules.lists, &code) == nil && code == Relation.head
  }

  private func read(
    _ row: UInt32,
    fieldCount: Int,
    field: (Int?) -> String,
    into draft: inout Draft
  ) {
    draft.rowCount += 1
    // One more than allowed, so that the rule about their number is broken; the rest is dropped.
    if draft.household.members.count > HouseholdRules.memberLimit { return }
    let place = UInt32(draft.household.members.count + 1)
    func found(_ rule: Rule, _ path: String, member: UInt32) {
      draft.violations.append(Violation(rule, row: row, member: member, field: path))
    }
    if fieldCount != columns.columns.count { found(.rowFields, "", member: place) }
    if place == 1 { draft.cells = Array(repeating: "", count: columns.columns.count) }
    var member = Member()
    for (position, column) in columns.columns.enumerated() {
      guard let column else { continue }
      switch column.reading {
      case .key, .passed: continue
      case .household(let read):
        let text = field(position)
        guard place == 1 else {
          // Said twice alike is no harm; what only another row says would be lost.
          if !text.isEmpty, text != draft.cells[position] {
            found(.rowHousehold, column.path, member: place)
          }
          continue
        }
        draft.cells[position] = text
        if !text.isEmpty, let rule = read(text, &draft.household, rules.lists) {
          found(rule, column.path, member: 0)
        }
      case .member(let read):
        let text = field(position)
        if !text.isEmpty, let rule = read(text, &member, rules.lists) {
          found(rule, column.path, member: place)
        }
      }
    }
    draft.household.members.append(member)
  }
}
