internal import RegistryAPI
internal import RegistryModel

/// Makes the items of an import ready for the writer.
struct ImportPreparer {
  let store: RegistryStore
  let reader: Reader
  let preparer: HouseholdPreparer

  init(_ store: RegistryStore, reader: Reader, scope: Scope) {
    self.store = store
    self.reader = reader
    preparer = HouseholdPreparer(store.context, reader: reader, scope: scope)
  }

  /// One item: with a number a change of the household on record, else a new one.
  func prepare(_ item: ImportItem) throws -> PreparedImport.Item {
    PreparedImport.Item(
      firstRow: item.firstRow,
      rowCount: item.rowCount,
      plan: try plan(item)
    )
  }

  private func plan(_ item: ImportItem) throws -> PreparedImport.Plan {
    guard let given = item.household else {
      let violation = Violation(.required, row: item.firstRow, member: 0, field: "household")
      return .result(item.result(.refused, [violation]))
    }
    // Violations name members' rows: a member beyond the item's rows would name another's.
    guard given.members.count <= Int(item.rowCount) else {
      let violation = StoreRule.importMembers.violation(row: item.firstRow, field: "row_count")
      return .result(item.result(.refused, [violation]))
    }
    do {
      if given.number.isEmpty {
        var prepared = try preparer.create(given, firstRow: item.firstRow)
        // The answer names the household; it does not repeat it.
        prepared.body = []
        return .create(prepared)
      }
      return try change(given, item)
    } catch let refusal as HouseholdPreparer.Refusal {
      return .result(item.result(.refused, capped(refusal.violations, item)))
    }
  }

  /// The first violations of an item, and how many more there are: an answer's size has a limit.
  private func capped(_ violations: [Violation], _ item: ImportItem) -> [Violation] {
    let limit = store.limits.violationsPerItem
    guard violations.count > limit else { return violations }
    let rest = violations.count - limit
    var last = StoreRule.importMore.violation(row: item.firstRow, field: "household")
    last.messageEn = "\(rest) further rules are broken"
    last.messageZh = "另有 \(rest) 处不符合规则"
    return violations.prefix(limit) + [last]
  }

  /// A change of the household that bears the number given.
  func change(_ given: Household, _ item: ImportItem) throws -> PreparedImport.Plan {
    let regular = preparer.rules.normalised(given)
    guard let number = HouseholdNumber(regular.number) else {
      let violation = Violation(.householdNumber, row: item.firstRow, member: 0, field: "number")
      return .result(item.result(.refused, [violation]))
    }
    let found = try reader.household(
      .number(number),
      scope: preparer.scope,
      directory: store.divisions
    )
    guard let stored = found else {
      let violation = StoreRule.numberUnknown.violation(row: item.firstRow, field: "number")
      return .result(item.result(.refused, [violation]))
    }
    let current = try stored.recorded()
    let unclear = HouseholdFields.ambiguities(of: regular, in: current, firstRow: item.firstRow)
    guard unclear.isEmpty else { return .result(item.result(.refused, unclear)) }
    // Category and sex of the merged household follow from its merged fields, not from the rows.
    let merged = HouseholdFields.merged(current, with: regular)
    let next = try preparer.next(
      of: stored,
      current: current,
      changed: merged,
      firstRow: item.firstRow,
      as: .entry
    )
    guard var prepared = next else {
      return .result(
        item.result(.unchanged, id: current.id, number: current.number)
      )
    }
    prepared.body = []
    return .update(prepared, given: given)
  }
}
