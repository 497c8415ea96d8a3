/// How many people's data one identity may be shown in a day by one node, by office kind and level:
/// offices that work on their own area have no limit.
package struct DisclosureBudgets: Sendable {
  private struct Key: Hashable {
    let kind: OfficeKind
    let level: DivisionTier
  }

  private let people: [Key: Int64]

  private static let file = "disclosure_budgets.csv"

  /// Reads the bundled table.
  /// - Throws: `ModelDataError` when it is missing or a word in it is unknown.
  package static func load() throws(ModelDataError) -> DisclosureBudgets {
    try DisclosureBudgets(bytes: ModelData.bytes(of: file), file: file)
  }

  /// Reads a table from CSV bytes.
  /// - Throws: `ModelDataError.malformed` with the line.
  package init(bytes: [UInt8], file: String) throws(ModelDataError) {
    let table = try DataTable(
      bytes: bytes,
      file: file,
      heading: ["office", "levels", "people_per_day"]
    )
    var people: [Key: Int64] = [:]
    for row in 0..<table.count {
      guard let kind = OfficeKind(rawValue: table[row, 0]), let count = Int64(table[row, 2]),
        count >= 0
      else { throw .malformed(file: file, line: row + 2) }
      for word in table[row, 1].split(separator: " ") {
        guard let level = DivisionTier(slug: String(word)),
          people.updateValue(count, forKey: Key(kind: kind, level: level)) == nil
        else { throw .malformed(file: file, line: row + 2) }
      }
    }
    self.people = people
  }

  /// The people a day for a scope of an office of a level; nil for no limit. An office that looks for a
  /// stated purpose alone and has no row is shown nobody.
  package func people(for scope: Scope, level: DivisionTier) -> Int64? {
    guard let kind = scope.identity?.kind else { return nil }
    return people[Key(kind: kind, level: level)] ?? (scope.isBound ? 0 : nil)
  }
}
